//! One item: its sentence, its table of answers, why people did not answer, and the breakdown.

use crate::disclosure::row::code::Code;
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::scale::Good;
use crate::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;
use super::release::{Answers, Background, ByGroup, PrintedCell, PrintedItem, WhyNot};

/// Writes everything printed of an item.
pub(super) fn write(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>, document: &mut Document) {
    let words = sources.words();
    document.heading(3, question(sources, item));
    match &printed.answers {
        Answers::Words => {
            let number = |value: Option<u32>| value.map(|value| sources.number(value));
            match (number(printed.n), number(printed.asked)) {
                (Some(n), Some(asked)) => {
                    document.paragraph(fill(&words.open, &[("n", &n), ("asked", &asked)]));
                }
                (Some(n), None) => document.paragraph(fill(&words.open_n, &[("n", &n)])),
                (None, _) => document.paragraph(words.not_shown.clone()),
            }
            return;
        }
        Answers::Cells(cells) => {
            if let Some(sentence) = finding(sources, printed, item, cells) {
                document.paragraph(sentence);
            }
            document.table(answers(sources, printed, item, cells));
        }
        Answers::Hidden => document.table(nothing(sources, printed, item, words.not_shown.clone())),
        Answers::TooFew(least) => {
            let why = fill(&words.too_few, &[("least", &sources.number(*least))]);
            document.table(nothing(sources, printed, item, why));
        }
    }
    missing(sources, printed, item, document);
    if let Some(by_group) = &printed.breakdown {
        document.table(breakdown(sources, printed, item, by_group));
    }
}

/// The question as it was put, a matrix with its row.
fn question(sources: &Sources<'_>, item: &Item<'_>) -> String {
    let language = sources.language();
    let text = item.question.text.get(language);
    let ask = item
        .scale
        .filter(|_| item.paired)
        .and_then(|scale| scale.ask.as_ref());
    let row = item.row.map(|row| row.text.get(language));
    let parts = [Some(text), ask.map(|ask| ask.get(language)), row];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn caption(sources: &Sources<'_>, item: &Item<'_>) -> String {
    captioned(
        sources,
        &sources.words().caption,
        &[("item", item.key().to_string())],
    )
}

fn captioned(sources: &Sources<'_>, text: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    sources.titled(fill(text, &values))
}

fn column(title: &str, role: Role) -> Column {
    Column {
        title: title.to_owned(),
        role,
        group: None,
    }
}

fn cell(count: Code, people: u32) -> Cell {
    match count {
        Code::AtMost(bound) => Cell::AtMost(u32::from(bound)),
        Code::Exact(count) => Cell::Exact(u32::from(count)),
        Code::AtLeast(bound) => Cell::AtLeast {
            bound: u32::from(bound),
            of: people,
        },
    }
}

/// Returns a table of this item without rows.
fn blank(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>) -> Table {
    Table {
        item: item.key().to_string(),
        part: Part::Answers,
        question: question(sources, item),
        caption: caption(sources, item),
        n: printed.n,
        asked: printed.asked,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

fn answers(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>, cells: &[PrintedCell]) -> Table {
    let words = sources.words();
    let people = printed.n.unwrap_or(0);
    let with_share = people >= sources.release.limits.percent_from;
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    if with_share {
        table.columns.push(column(&words.share, Role::Share));
    }
    let row = |codes: &[Id], kind: RowKind, count: Cell| {
        let label = match (kind, codes) {
            (RowKind::Sum, codes) => fill(&words.sum, &[("answers", &sources.answers(item, codes))]),
            (_, [code]) => sources.answer(item, code),
            (_, codes) => sources.answers(item, codes),
        };
        let mut cells = vec![Cell::Text(label), count.clone()];
        if with_share {
            cells.push(match count {
                Cell::Exact(part) => Cell::Share { part, of: people },
                _ => Cell::None,
            });
        }
        Row {
            code: joined(codes),
            kind,
            cells,
        }
    };
    let (single, sums) = sorted(item, cells);
    for printed in &single {
        table
            .rows
            .push(row(&printed.codes, RowKind::Single, cell(printed.count, people)));
        if printed.codes.len() > 1 {
            for code in &printed.codes {
                table
                    .rows
                    .push(row(std::slice::from_ref(code), RowKind::Merged, Cell::None));
            }
        }
    }
    for printed in &sums {
        table
            .rows
            .push(row(&printed.codes, RowKind::Sum, cell(printed.count, people)));
    }
    if matches!(item.question.kind, QuestionKind::Many { .. }) {
        table.notes.push(words.many_note.clone());
    }
    if !sums.is_empty() {
        table.notes.push(words.sum_note.clone());
    }
    explain(sources, &mut table);
    table
}

/// Codes put together, as data files name them.
fn joined(codes: &[Id]) -> String {
    codes.iter().map(Id::as_str).collect::<Vec<_>>().join("+")
}

/// Parts the cells of a row into those that share out the people, and sums of them; both in the survey's order.
fn sorted<'c>(item: &Item<'_>, cells: &'c [PrintedCell]) -> (Vec<&'c PrintedCell>, Vec<&'c PrintedCell>) {
    let place = |code: &Id| code_place(item, code);
    let is_sum = |cell: &PrintedCell| {
        cells.iter().any(|other| {
            other.codes.len() < cell.codes.len() && other.codes.iter().all(|code| cell.codes.contains(code))
        })
    };
    let (mut sums, mut single): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| is_sum(cell));
    for list in [&mut sums, &mut single] {
        list.sort_by_key(|cell| {
            (
                cell.codes.len() > 1 && is_sum(cell),
                cell.codes.iter().map(place).min(),
            )
        });
    }
    sums.sort_by_key(|cell| cell.codes.len());
    (single, sums)
}

fn code_place(item: &Item<'_>, code: &Id) -> usize {
    let levels = item
        .scale
        .map(|scale| scale.levels.iter().map(|level| &level.code).collect::<Vec<_>>());
    let options = item.question.kind.choices();
    let options = options.map(|choices| choices.options.iter().map(|option| &option.code).collect());
    let known: Vec<&Id> = levels.or(options).unwrap_or_default();
    known
        .iter()
        .position(|known| *known == code)
        .unwrap_or_else(|| known.len())
}

/// One line where something is coded or hidden. The same words whatever the reason.
fn explain(sources: &Sources<'_>, table: &mut Table) {
    let words = sources.words();
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let coded = cells().find_map(|cell| match cell {
        Cell::AtMost(_) | Cell::AtLeast { .. } => Some(cell),
        _ => None,
    });
    let hidden = cells().any(|cell| *cell == Cell::Hidden);
    let mut notes = Vec::new();
    if coded.is_some() {
        let low = cells().find(|cell| matches!(cell, Cell::AtMost(_)));
        let high = cells().find(|cell| matches!(cell, Cell::AtLeast { .. }));
        let said: Vec<String> = [low, high]
            .into_iter()
            .flatten()
            .map(|cell| fill(&words.quoted, &[("answer", &cell_words(cell, sources.texts))]))
            .collect();
        let joint = format!(" {} ", words.and);
        notes.push(fill(&words.coded_note, &[("codes", &said.join(&joint))]));
    }
    if hidden {
        notes.push(fill(
            &words.hidden_note,
            &[("hidden", &sources.texts.results.hidden)],
        ));
    }
    table.notes.extend(notes);
}

/// A table that prints nothing: one row that says so, and why in general.
fn nothing(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>, why: String) -> Table {
    let words = sources.words();
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    for code in codes_of(item) {
        table.rows.push(Row {
            code: code.to_string(),
            kind: RowKind::Single,
            cells: vec![Cell::Text(sources.answer(item, &code)), Cell::Hidden],
        });
    }
    table.notes.push(why);
    table
}

fn codes_of(item: &Item<'_>) -> Vec<Id> {
    if let Some(scale) = item.scale {
        return scale.levels.iter().map(|level| level.code.clone()).collect();
    }
    if let Some(choices) = item.question.kind.choices() {
        return choices.options.iter().map(|option| option.code.clone()).collect();
    }
    let bands = match &item.question.kind {
        QuestionKind::Number { bands, .. } => bands.len(),
        QuestionKind::Date { bands, .. } => bands.len(),
        _ => 0,
    };
    (1..=bands)
        .filter_map(|place| Id::new(&format!("b{place}")).ok())
        .collect()
}

/// The sentence of an item: how many gave a favourable answer, where that is printed.
fn finding(
    sources: &Sources<'_>,
    printed: &PrintedItem,
    item: &Item<'_>,
    cells: &[PrintedCell],
) -> Option<String> {
    let scale = item.scale?;
    let reverse = item.question.reverse || item.row.is_some_and(|row| row.reverse);
    let good = match (scale.good, reverse) {
        (Good::None, _) => return None,
        (Good::High, false) | (Good::Low, true) => true,
        (Good::Low, false) | (Good::High, true) => false,
    };
    let wanted: Vec<&Id> = match &scale.bands {
        Some(bands) => {
            let [low, high] = &bands.two;
            (if good { high } else { low }).iter().collect()
        }
        None if scale.levels.len() == 2 => {
            let level = if good {
                scale.levels.last()
            } else {
                scale.levels.first()
            };
            level.map(|level| &level.code).into_iter().collect()
        }
        None => return None,
    };
    let same = |cell: &&PrintedCell| {
        cell.codes.len() == wanted.len() && cell.codes.iter().all(|code| wanted.contains(&code))
    };
    let people = printed.n?;
    let found = cells.iter().find(same)?;
    let count = cell_words(&cell(found.count, people), sources.texts);
    let mut codes = found.codes.clone();
    codes.sort_by_key(|code| code_place(item, code));
    Some(fill(
        &sources.words().finding,
        &[
            ("count", &count),
            ("n", &sources.number(people)),
            ("answers", &sources.answers(item, &codes)),
        ],
    ))
}

fn missing(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>, document: &mut Document) {
    let words = sources.words();
    match &printed.missing {
        WhyNot::Unknown | WhyNot::Sum(0) => {}
        WhyNot::Sum(people) => {
            document.paragraph(fill(&words.missing_sum, &[("n", &sources.number(*people))]));
        }
        WhyNot::Kinds(kinds) => {
            let people = printed
                .asked
                .zip(printed.n)
                .map_or(0, |(asked, n)| asked.saturating_sub(n));
            let mut table = blank(sources, printed, item);
            table.part = Part::Missing;
            table.caption = captioned(
                sources,
                &words.caption_missing,
                &[("item", item.key().to_string())],
            );
            table.columns = vec![
                column(&words.reason, Role::Label),
                column(&words.count, Role::Count),
            ];
            table.rows = kinds
                .iter()
                .map(|(kind, count)| Row {
                    code: kind.code().to_owned(),
                    kind: RowKind::Single,
                    cells: vec![Cell::Text(sources.missing(*kind)), cell(*count, people)],
                })
                .collect();
            explain(sources, &mut table);
            document.table(table);
        }
    }
}

fn breakdown(sources: &Sources<'_>, printed: &PrintedItem, item: &Item<'_>, by_group: &ByGroup) -> Table {
    let words = sources.words();
    let variable = &by_group.variable;
    let mut table = blank(sources, printed, item);
    table.part = Part::Breakdown;
    // Within groups no valid n is printed, and a table of groups stands for itself.
    (table.n, table.asked) = (None, None);
    table.caption = captioned(
        sources,
        &words.caption_breakdown,
        &[
            ("variable", sources.variable(variable)),
            ("item", item.key().to_string()),
        ],
    );
    table.columns = vec![column(&words.answer, Role::Label)];
    for (levels, size) in &by_group.groups {
        let label = sources.group(variable, levels);
        let size = sources.number(*size);
        table.columns.push(Column {
            title: fill(&words.group, &[("label", &label), ("size", &size)]),
            role: Role::Count,
            group: Some(format!("{variable}={}", levels.join("+"))),
        });
    }
    for (codes, counts) in &by_group.rows {
        let mut cells = vec![Cell::Text(sources.answers(item, codes))];
        let sizes = by_group.groups.iter().map(|(_, size)| *size);
        cells.extend(
            counts
                .iter()
                .zip(sizes)
                .map(|(count, size)| count.map_or(Cell::Hidden, |count| cell(count, size))),
        );
        table.rows.push(Row {
            code: joined(codes),
            kind: RowKind::Single,
            cells,
        });
    }
    explain(sources, &mut table);
    table
}

/// Returns the table of who took part, by one variable.
pub(super) fn background(sources: &Sources<'_>, background: &Background) -> Table {
    let words = sources.words();
    let variable = sources.variable(&background.variable);
    let item = background.variable.to_string();
    Table {
        caption: captioned(
            sources,
            &words.caption_background,
            &[("variable", variable.clone()), ("item", item.clone())],
        ),
        item,
        part: Part::Background,
        question: variable,
        n: None,
        asked: None,
        columns: vec![
            column(&words.people, Role::Label),
            column(&words.count, Role::Count),
        ],
        rows: background
            .groups
            .iter()
            .map(|(levels, size)| Row {
                code: levels.join("+"),
                kind: RowKind::Single,
                cells: vec![
                    Cell::Text(sources.group(&background.variable, levels)),
                    Cell::Exact(*size),
                ],
            })
            .collect(),
        notes: Vec::new(),
    }
}
