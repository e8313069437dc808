//! Publishes the tables of a case and leaves them to an attacker.
//!
//! `cargo run --release --example check_disclosure -- CASE_DIR --out published.csv`: CASE_DIR holds `micro.csv` (one
//! person a line) and `spec.json` (tables, releases, k). Each answer cell is exact (`n`), between two bounds that follow
//! from what is printed (`range`), or hidden (`n` without a value; `range` from nobody to everybody in groups that print
//! nothing whatever they answered, where a 0 may well stand). Group sizes are known and printed. Prints how many
//! answer cells have a value, beside what another tool's `out/gauss_sep.csv` leaves.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod case;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stemme::disclosure::policies::Policies;

use case::{Case, Release, Table};
use rows::{Group, Row, combinations, is_in};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, flag, out] = arguments.as_slice() else {
        eprintln!("Say which case and where to: check_disclosure CASE_DIR --out published.csv");
        return ExitCode::from(2);
    };
    if flag.as_os_str() != "--out" {
        eprintln!("Say where to: --out published.csv");
        return ExitCode::from(2);
    }
    match publish(folder, out) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Exact(u32),
    Range(u32, u32),
    Hidden,
}

fn publish(folder: &Path, out: &Path) -> Result<String, String> {
    let case = Case::read(folder)?;
    let spec = &case.spec;
    let mut policies = Policies::default();
    let mut known: BTreeMap<&str, (u32, Vec<Row<'_>>)> = BTreeMap::new();
    let mut writer = csv::Writer::from_path(out).map_err(|error| error.to_string())?;
    let mut write = |fields: [&str; 5]| writer.write_record(fields).map_err(|error| error.to_string());
    write(["release", "table", "cell", "stat", "value"])?;
    let (mut exact, mut coded, mut hidden) = (0, 0, 0);
    for release in &spec.releases {
        for table in spec
            .tables
            .iter()
            .filter(|table| release.tables.contains(&table.id))
        {
            let question = spec.question(table);
            if let Some(question) = question {
                let (seen, rows) = known.entry(question).or_insert((0, Vec::new()));
                if *seen < release.batch_max {
                    rows.extend(rows::rows(
                        &case,
                        question,
                        *seen + 1..=release.batch_max,
                        &mut policies,
                    ));
                    *seen = release.batch_max;
                }
            }
            for (cell, group, level) in cells(&case, table) {
                let people = people_in(&case, release, &group);
                let value = match level.and_then(|level| Some((level, known.get(question?)?))) {
                    None => Value::Exact(people),
                    Some((level, (_, rows))) => value(rows, release, &group, level),
                };
                if level.is_some() && people > 0 {
                    match value {
                        Value::Exact(_) => exact += 1,
                        Value::Range(..) => coded += 1,
                        Value::Hidden => hidden += 1,
                    }
                }
                let (stat, value) = match value {
                    Value::Exact(count) => ("n", count.to_string()),
                    Value::Range(low, high) => ("range", format!("{low}:{high}")),
                    // A group of so few prints nothing whatever was answered: 0 is as possible as any other number.
                    Value::Hidden if people < 2 * spec.k + 1 => ("range", format!("0:{people}")),
                    Value::Hidden => ("n", String::new()),
                };
                write([&release.id, &table.id, &cell, stat, &value])?;
            }
        }
    }
    writer.flush().map_err(|error| error.to_string())?;
    let other = other_tool(folder, &case).map_or_else(
        || "no other tool's file".to_owned(),
        |cells| format!("GaussSuppression: {cells} exact"),
    );
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!(
        "{name}: answer cells {exact} exact, {coded} coded, {hidden} hidden ({other})"
    ))
}

fn people_in(case: &Case, release: &Release, group: &Group) -> u32 {
    let people = case
        .people
        .iter()
        .filter(|person| person.batch <= release.batch_max && is_in(person, group));
    u32::try_from(people.count()).unwrap_or(u32::MAX)
}

/// Every cell of a table and of its sums: its name, its group, and the place of its answer.
fn cells(case: &Case, table: &Table) -> Vec<(String, Group, Option<usize>)> {
    let question = case.spec.question(table);
    let backgrounds: Vec<&str> = table
        .vars
        .iter()
        .map(String::as_str)
        .filter(|name| Some(*name) != question)
        .collect();
    let levels = question.map_or(&[][..], |question| case.spec.codes(question));
    let mut cells = Vec::new();
    for group in combinations(&case.spec, &backgrounds) {
        for level in std::iter::once(None).chain((0..levels.len()).map(Some)) {
            let part = |name: &String| {
                let code = match (Some(name.as_str()) == question, level) {
                    (true, Some(level)) => levels.get(level)?,
                    (true, None) => return None,
                    (false, _) => group.get(name)?,
                };
                Some(format!("{name}={code}"))
            };
            let name: Vec<String> = table.vars.iter().filter_map(part).collect();
            cells.push((name.join(";"), group.clone(), level));
        }
    }
    cells
}

/// What follows for an answer of a group from the printed rows.
fn value(rows: &[Row<'_>], release: &Release, group: &Group, level: usize) -> Value {
    let (mut low, mut high, mut people) = (0, 0, 0);
    let mut whole_rows = true;
    for row in rows {
        let in_release = row.people.iter().all(|person| person.batch <= release.batch_max);
        let all = u32::try_from(row.people.len()).unwrap_or(u32::MAX);
        let inside = row.people.iter().filter(|person| is_in(person, group));
        let inside = u32::try_from(inside.count()).unwrap_or(u32::MAX);
        if inside == 0 || !in_release {
            continue;
        }
        people += inside;
        match row.printed.as_ref().and_then(|cells| cells.get(level)) {
            Some(&(least, most)) => {
                whole_rows &= inside == all;
                low += least.saturating_sub(all - inside);
                high += most.min(inside);
            }
            None => {
                whole_rows = false;
                high += inside;
            }
        }
    }
    if people == 0 || whole_rows && low == high {
        Value::Exact(low)
    } else if low == 0 && high == people {
        Value::Hidden
    } else {
        Value::Range(low, high)
    }
}

/// How many answer cells another tool's file gives, of groups with somebody in them.
fn other_tool(folder: &Path, case: &Case) -> Option<usize> {
    let mut reader = csv::Reader::from_path(folder.join("out").join("gauss_sep.csv")).ok()?;
    let mut cells = 0;
    for line in reader.deserialize() {
        let line: BTreeMap<String, String> = line.ok()?;
        let release = case
            .spec
            .releases
            .iter()
            .find(|release| Some(&release.id) == line.get("release"))?;
        let mut group: Group = line
            .get("cell")?
            .split(';')
            .filter_map(|part| part.split_once('='))
            .map(|(name, code)| (name.to_owned(), code.to_owned()))
            .collect();
        let before = group.len();
        group.retain(|name, _| !case.spec.questions.contains(name));
        let is_answer = group.len() < before;
        let has_value = line.get("value").is_some_and(|value| !value.is_empty());
        cells += usize::from(is_answer && has_value && people_in(case, release, &group) > 0);
    }
    Some(cells)
}
