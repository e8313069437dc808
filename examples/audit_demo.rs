//! Writes the demo in the format of an independent attacker on published tables: `micro.csv` (every answer),
//! `spec.json` (what the tables are about) and `published.csv` (what was printed).
//!
//! ```text
//! cargo run --example audit_demo -- FOLDER
//! ```
//!
//! The interviews are made up; nothing here can read a real evaluation. The demo is made by the program itself in
//! `FOLDER/evaluation`, and what is written is the release that it kept there: what a reader of it has.
//!
//! Each printed row of answers is one value of the variable `item`; its finest printed cells are the values `1`, `2`,
//! ... of `answer`. Who did not answer is left out of its row: that is public. Coarser cells printed beside the finest
//! ones (`together`) are rows of their own, named `item#2`, whose cells name the finest cells they hold in
//! `published.csv`'s column `status`. An option of a question with several answers is a row of yes and no.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use stemme::cli;
use stemme::cli::debug_log::DebugLog;
use stemme::cli::exit_code::ExitCode;
use stemme::cli::output::Output;
use stemme::cli::surroundings::Surroundings;
use stemme::disclosure::published::{Answers, Category, Cell, Count, Counted, PublishedItem};
use stemme::disclosure::release::KeptRelease;
use stemme::domain::answer::{Answer, Response};
use stemme::domain::record::InterviewRecord;
use stemme::fieldwork::workplace::Workplace;
use stemme::store::atomic::{Access, write_new};
use stemme::store::keys::KeyStrength;
use stemme::store::{NoRandomness, releases};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("name a folder that is not there yet")?;
    let folder = Path::new(&folder);
    let evaluation = folder.join("evaluation");
    let mut surroundings = surroundings(&evaluation);
    if cli::run(&mut surroundings) != ExitCode::Ok {
        return Err("the demo was not made".into());
    }
    let workplace = Workplace::open(&evaluation, &surroundings.home, surroundings.randomness())
        .map_err(|error| format!("{error:?}"))?;
    let mut records: Vec<InterviewRecord> = Vec::new();
    workplace
        .open_collection_with(None, &mut records, &mut |_, _| ())
        .map_err(|error| format!("{error:?}"))?;
    records.sort_by(|a, b| a.interview.cmp(&b.interview));
    let files = releases::read_all(&workplace.folder().releases())?;
    let kept = KeptRelease::read(&files.first().ok_or("no release")?.bytes)?;
    let mut audit = Audit::default();
    for item in kept.published().items() {
        audit.add(item, &records);
    }
    let threshold = kept.published().terms().threshold;
    for (name, bytes) in [
        ("micro.csv", audit.micro()),
        ("spec.json", audit.spec(threshold)?),
        ("published.csv", audit.published()),
    ] {
        write_new(&folder.join(name), &bytes, Access::AsUsual)?;
    }
    Ok(())
}

/// Runs `stemme demo --dir FOLDER`, as quietly as that goes.
fn surroundings(folder: &Path) -> Surroundings {
    let arguments = ["demo".into(), "--quiet".into(), "--dir".into(), folder.into()];
    Surroundings {
        arguments: arguments.to_vec(),
        environment: BTreeMap::new(),
        working_folder: ".".into(),
        home: folder.join("no-home"),
        config_folder: folder.join("no-home"),
        documents: folder.join("no-home"),
        is_windows: false,
        stdin_is_terminal: false,
        stdout_is_terminal: false,
        stderr_is_terminal: false,
        input: Box::new(io::empty()),
        hidden_line: Box::new(|| Err(io::ErrorKind::Unsupported.into())),
        output: Output::new(Box::new(io::sink()), Box::new(io::stderr())),
        log: DebugLog::off(),
        has_left: false,
        now: Arc::new(jiff::Zoned::now),
        time: || jiff::Zoned::now().time(),
        random: Arc::new(|bytes| getrandom::fill(bytes).map_err(|_| NoRandomness)),
        key_strength: KeyStrength::NORMAL,
        keys: None,
    }
}

/// A row as the attacker sees it.
struct Row {
    name: String,
    n: usize,
    /// Printed counts by cell, with the finest cells each holds.
    cells: Vec<(Count, String)>,
}

#[derive(Default)]
struct Audit {
    rows: Vec<Row>,
    /// Row and cell of every answer.
    answers: Vec<(String, usize)>,
}

impl Audit {
    fn add(&mut self, item: &PublishedItem, records: &[InterviewRecord]) {
        let (counted, cells) = match &item.answers {
            Answers::Row { counted, cells, .. } | Answers::Hidden { counted, cells, .. } => (*counted, cells),
            Answers::Words => return,
        };
        let given: Vec<&Answer> = records
            .iter()
            .filter_map(|record| record.answers.get(&item.item).and_then(Response::answer))
            .collect();
        let name = item.item.to_string();
        if counted == Counted::Several {
            for cell in cells {
                let row = format!("{name}.{}", words(cell));
                let no = given.len();
                self.row(&row, &given, |answer| usize::from(!holds(cell, answer)));
                let other = opposite(cell.count, no);
                self.rows.push(Row {
                    name: row,
                    n: given.len(),
                    cells: vec![(cell.count, "1".to_owned()), (other, "2".to_owned())],
                });
            }
            return;
        }
        for (place, cells) in by_grain(cells).into_iter().enumerate() {
            let row = if place == 0 {
                name.clone()
            } else {
                format!("{name}#{}", place + 1)
            };
            let finest = by_grain(self_cells(&item.answers));
            let finest = finest.first().cloned().unwrap_or_default();
            self.row(&row, &given, |answer| {
                cells
                    .iter()
                    .position(|cell| holds(cell, answer))
                    .unwrap_or(cells.len())
            });
            let within = |cell: &Cell| {
                let inside = |fine: &&Cell| fine.what.iter().all(|one| cell.what.contains(one));
                let places = (1..).zip(&finest).filter(|(_, fine)| inside(fine));
                places
                    .map(|(place, _)| place.to_string())
                    .collect::<Vec<_>>()
                    .join("+")
            };
            self.rows.push(Row {
                name: row,
                n: given.len(),
                cells: cells.iter().map(|cell| (cell.count, within(cell))).collect(),
            });
        }
    }

    fn row(&mut self, name: &str, given: &[&Answer], place: impl Fn(&Answer) -> usize) {
        let answers = given.iter().map(|answer| (name.to_owned(), place(answer) + 1));
        self.answers.extend(answers);
    }

    fn most_cells(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    fn micro(&self) -> Vec<u8> {
        let mut text = "id,batch,item,answer\n".to_owned();
        for (id, (row, answer)) in (1..).zip(&self.answers) {
            text.push_str(&format!("{id},1,{row},{answer}\n"));
        }
        text.into_bytes()
    }

    fn spec(&self, threshold: u16) -> Result<Vec<u8>, serde_json::Error> {
        let items: Vec<&str> = self.rows.iter().map(|row| row.name.as_str()).collect();
        let answers: Vec<String> = (1..=self.most_cells()).map(|place| place.to_string()).collect();
        serde_json::to_vec_pretty(&json!({
            "id": "demo", "family": "demo", "n": self.answers.len(), "k": threshold,
            "vars": { "item": items, "answer": answers },
            "backgrounds": ["item"], "questions": ["answer"],
            "tables": [{ "id": "t1", "vars": ["item", "answer"] }],
            "releases": [{ "id": "r1", "batch_max": 1, "tables": ["t1"] }],
            "structural_zeros": [],
            "note": "made-up interviews of the program's own example",
        }))
    }

    fn published(&self) -> Vec<u8> {
        let mut text = "release,table,cell,stat,value,status\n".to_owned();
        for row in &self.rows {
            let name = &row.name;
            text.push_str(&format!("r1,t1,item={name},n,{},n\n", row.n));
            for (place, (count, holds)) in (1..).zip(&row.cells) {
                let (stat, value) = match count {
                    Count::Exact(count) => ("n", count.to_string()),
                    Count::AtMost(most) => ("range", format!("0:{most}")),
                    Count::AtLeast(least) => ("range", format!("{least}:{}", row.n)),
                    Count::Hidden => ("n", String::new()),
                };
                text.push_str(&format!(
                    "r1,t1,item={name};answer={place},{stat},{value},{holds}\n"
                ));
            }
            // A row has no answers beyond its own cells.
            for place in row.cells.len() + 1..=self.most_cells() {
                text.push_str(&format!("r1,t1,item={name};answer={place},n,0,\n"));
            }
        }
        text.into_bytes()
    }
}

fn self_cells(answers: &Answers) -> &[Cell] {
    match answers {
        Answers::Row { cells, .. } | Answers::Hidden { cells, .. } => cells,
        Answers::Words => &[],
    }
}

/// Cells of one grain each: every list shares out all people.
fn by_grain(cells: &[Cell]) -> Vec<Vec<&Cell>> {
    let mut grains: Vec<Vec<&Cell>> = Vec::new();
    for cell in cells {
        match grains.last_mut() {
            Some(last) if last.first().is_some_and(|first| first.grain == cell.grain) => last.push(cell),
            _ => grains.push(vec![cell]),
        }
    }
    grains
}

fn holds(cell: &Cell, answer: &Answer) -> bool {
    cell.what.iter().any(|category| match (category, answer) {
        (Category::Code(code), Answer::Choice { code: chosen, .. }) => chosen == code,
        (Category::Code(code), Answer::Choices { codes, .. }) => codes.contains(code),
        (Category::Code(code), Answer::Ranking(codes)) => codes.first() == Some(code),
        (Category::Numbers(low, high), Answer::Number { value, .. }) => (low..=high).contains(&value),
        (Category::Years(low, high), Answer::Date { year, .. }) => (low..=high).contains(&year),
        _ => false,
    })
}

fn words(cell: &Cell) -> String {
    let name = |category: &Category| match category {
        Category::Code(code) => code.to_string(),
        _ => "band".to_owned(),
    };
    cell.what.iter().map(name).collect::<Vec<_>>().join("+")
}

/// What a printed count says of those who did not choose the option.
fn opposite(count: Count, n: usize) -> Count {
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    match count {
        Count::Exact(count) => Count::Exact(n.saturating_sub(count)),
        Count::AtMost(most) => Count::AtLeast(n.saturating_sub(most)),
        Count::AtLeast(least) => Count::AtMost(n.saturating_sub(least)),
        Count::Hidden => Count::Hidden,
    }
}
