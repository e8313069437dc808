//! One item: its sentence, its table of answers, and why people did not answer.

use crate::disclosure::published::{
    Answers, Base, Category, Cell as PrintedCell, Count, Counted, Grain, MissingShown, PublishedItem, Reason,
    Share,
};
use crate::disclosure::users::share_of_users;
use crate::domain::id::Id;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::scale::Good;
use crate::report::chart::Chart;
use crate::report::document::{Cell, Column, Document, Kind, Part, Role, Row, RowKind, Table, millionths};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::said::finding;
use super::{Background, Sources, averages, breakdown, hands, picture};

/// Writes everything printed of an item, under a heading of a level. Papers have the groups in a part of their own.
pub(super) fn write(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (level, heading): (u8, String),
    document: &mut Document,
) {
    document.heading(level, heading);
    let is_paper = document.kind != Kind::Results;
    if let Some(hands) = &printed.hands {
        hands::write(sources, printed, (item, hands), document);
        if sources.is_told_by_hands(printed) {
            return;
        }
    }
    match &printed.answers {
        Answers::Words => document.paragraph(in_words(sources, printed)),
        Answers::Row { counted, form, cells } => {
            if let Some(sentence) = finding(sources, printed, item) {
                document.finding(sentence, vec![item.key().to_string()]);
            }
            let (sentences, figures) = averages::of_item(sources, printed, item);
            if !sentences.is_empty() {
                document.paragraph(sentences.join(" "));
            }
            document.figures.extend(figures);
            // Rows of a matrix stand in one picture above them.
            if is_paper
                && level < 4
                && let Some(chart) = picture::of_item(sources, printed, item)
            {
                document.chart(chart);
            }
            document.table(answers(
                sources,
                printed,
                item,
                (*counted, *form, cells),
                is_paper,
            ));
            if !is_paper {
                breakdown::write(sources, printed, item, document);
            }
            missing(sources, printed, item, document);
        }
        Answers::Hidden { reason, cells, .. } => {
            document.table(nothing(sources, printed, item, (*reason, cells)));
            missing(sources, printed, item, document);
        }
    }
}

/// How many answered a question in their own words.
pub(super) fn in_words(sources: &Sources<'_>, printed: &PublishedItem) -> String {
    let words = sources.words();
    match printed.base {
        Base::Shown { asked, valid } => fill(
            &words.open,
            &[("n", &sources.number(valid)), ("asked", &sources.number(asked))],
        ),
        Base::Hidden if sources.is_of_groups() => words.groups_open.clone(),
        Base::Hidden => words.base_not_shown.clone(),
    }
}

/// Why nothing is printed, by what is public.
pub(super) fn reason(sources: &Sources<'_>, printed: &PublishedItem, reason: Reason) -> String {
    let (words, terms) = (sources.words(), sources.published.terms());
    match reason {
        Reason::TooFewAnswered => {
            let least = if printed.sensitive {
                terms.sensitive_row_base
            } else {
                terms.row_base
            };
            fill(&words.too_few, &[("least", &sources.number(u32::from(least)))])
        }
        Reason::TooFewInterviews => words.too_few_interviews.clone(),
        Reason::BaseNotShown => words.base_not_shown.clone(),
        Reason::Protected => words.not_shown.clone(),
        Reason::NotDecided => words.not_decided.clone(),
        Reason::OptionsDiffer => words.options_differ.clone(),
        Reason::TiedToAnother => words.tied.clone(),
        Reason::GroupsOnly => words.groups_only.clone(),
    }
}

/// The question as it was put, a matrix with its row.
pub(super) fn question(sources: &Sources<'_>, item: &Item<'_>) -> String {
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

/// What tells an item from the others in a list or a picture: the statement of a matrix without what stands over all of
/// them, and else the question.
pub(super) fn short(sources: &Sources<'_>, item: &Item<'_>) -> String {
    item.row.map_or_else(
        || question(sources, item),
        |row| row.text.get(sources.language()).to_owned(),
    )
}

fn caption(sources: &Sources<'_>, item: &Item<'_>) -> String {
    captioned(
        sources,
        &sources.words().caption,
        &[("item", item.key().to_string())],
    )
}

pub(super) fn captioned(sources: &Sources<'_>, text: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    sources.titled(fill(text, &values))
}

pub(super) fn column(title: &str, role: Role) -> Column {
    Column {
        title: title.to_owned(),
        role,
        group: None,
        people: None,
        n: None,
    }
}

pub(super) fn cell(count: Count, people: u32) -> Cell {
    match count {
        Count::Exact(count) => Cell::Exact(count),
        Count::AtMost(bound) => Cell::AtMost(bound),
        Count::AtLeast(bound) => Cell::AtLeast { bound, of: people },
        Count::Hidden => Cell::Hidden,
    }
}

/// The base of a question that was meant for everybody: only those may be taken for a part of all users.
fn everybody(sources: &Sources<'_>, people: u32) -> Base {
    Base::Shown {
        asked: sources.published.interviews(),
        valid: people,
    }
}

/// A share beside an exact count, with its interval.
pub(super) fn share_cell(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    count: &Cell,
    share: Option<&Share>,
    people: u32,
) -> Cell {
    let users = sources
        .users()
        .filter(|_| printed.base == everybody(sources, people));
    match (count, share) {
        (Cell::Exact(part), Some(share)) => Cell::Share {
            part: *part,
            of: people,
            between: Some((millionths(share.low), millionths(share.high))),
            of_users: users
                .and_then(|users| share_of_users(*part, people, users))
                .map(|(low, high)| (millionths(low), millionths(high))),
        },
        _ => Cell::None,
    }
}

/// Returns a table of this item without rows.
pub(super) fn blank(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Table {
    let (n, asked) = match printed.base {
        Base::Shown { asked, valid } => (Some(valid), Some(asked)),
        Base::Hidden => (None, None),
    };
    Table {
        item: item.key().to_string(),
        name: String::new(),
        part: Part::Answers,
        question: question(sources, item),
        caption: caption(sources, item),
        n,
        asked,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}

fn answers(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (counted, form, cells): (Counted, Grain, &[PrintedCell]),
    is_paper: bool,
) -> Table {
    let words = sources.words();
    let people = printed.valid().unwrap_or(0);
    let is_share = |cell: &PrintedCell| cell.share.is_some() && matches!(cell.count, Count::Exact(_));
    // On paper a column of nothing is left out.
    let with_share = people >= u32::from(sources.published.terms().percent_from)
        && (!is_paper || cells.iter().any(is_share));
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    if with_share {
        table.columns.push(column(&words.share, Role::Share));
    }
    let percent_from = sources.published.terms().percent_from;
    let of_asked = |count: Count| printed.part_of_asked(count, percent_from);
    // One per cent says the same as the other where everybody asked has answered.
    let with_asked = cells.iter().any(|cell| of_asked(cell.count).is_some());
    if with_asked {
        table
            .columns
            .push(column(&words.share_of_asked, Role::ShareOfAsked));
    }
    let row = |what: &[Category], kind: RowKind, counted: Count, share: Option<&Share>| {
        let count = match kind {
            RowKind::Merged => Cell::None,
            RowKind::Single | RowKind::Sum => cell(counted, people),
        };
        let label = match (kind, what) {
            (RowKind::Sum, what) => fill(&words.sum, &[("answers", &sources.answers(item, what))]),
            (_, what) => label(sources, item, what),
        };
        let mut cells = vec![Cell::Text(label), count.clone()];
        if with_share {
            cells.push(share_cell(sources, printed, &count, share, people));
        }
        if with_asked {
            cells.push(of_asked(counted).map_or(Cell::None, |(part, of)| Cell::Share {
                part,
                of,
                between: None,
                of_users: None,
            }));
        }
        Row {
            code: joined(what),
            kind,
            cells,
        }
    };
    let mut seen: Vec<&[Category]> = Vec::new();
    let mut merged: Vec<Row> = Vec::new();
    for printed in cells {
        // A band of one level is that level again.
        if seen.contains(&printed.what.as_slice()) {
            continue;
        }
        seen.push(&printed.what);
        let kind = if printed.grain == form {
            RowKind::Single
        } else {
            RowKind::Sum
        };
        table
            .rows
            .push(row(&printed.what, kind, printed.count, printed.share.as_ref()));
        if kind == RowKind::Single && printed.what.len() > 1 {
            let own = printed.what.iter();
            merged
                .extend(own.map(|one| row(std::slice::from_ref(one), RowKind::Merged, Count::Hidden, None)));
        }
    }
    // Data files say last of all which answers have no row of their own.
    table.rows.extend(merged);
    match counted {
        Counted::One => {}
        Counted::Several => table.notes.push(words.many_note.clone()),
        Counted::FirstChoice => table.notes.push(words.first_choice.clone()),
    }
    if table.rows.iter().any(|row| row.kind == RowKind::Sum) {
        table.notes.push(words.sum_note.clone());
    }
    explain(sources, &mut table);
    table.notes.extend(interval_note(sources, printed, &table));
    table
}

/// Returns the picture and the table of an item to stand beside a finding, its code and its name; its values stand in its own
/// table. `None` where nothing is printed.
pub(super) fn shown_beside(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (code, name): (&str, &str),
) -> Option<(Option<Chart>, Table)> {
    let Answers::Row { counted, form, cells } = &printed.answers else {
        return None;
    };
    let mut table = Table {
        item: code.to_owned(),
        name: name.to_owned(),
        part: Part::Summary,
        caption: sources.titled(question(sources, item)),
        ..answers(sources, printed, item, (*counted, *form, cells), true)
    };
    // Summaries have no intervals beside their shares.
    let note = interval_note(sources, printed, &table);
    table.notes.retain(|own| Some(own) != note.as_ref());
    Some((picture::of_item(sources, printed, item), table))
}

/// What the interval beside a share says, and of whom.
fn interval_note(sources: &Sources<'_>, printed: &PublishedItem, table: &Table) -> Option<String> {
    let words = sources.words();
    let shares = || {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.filter(|cell| matches!(cell, Cell::Share { .. }))
    };
    shares().next()?;
    let users = sources
        .users()
        .filter(|_| printed.base == everybody(sources, printed.valid().unwrap_or(0)));
    let has_interval = shares().any(|cell| cell.interval().is_some());
    let (text, users) = match users {
        Some(users) if has_interval => (&words.users_note, users),
        Some(users) => (&words.all_users_note, users),
        None => return has_interval.then(|| words.interval_note.clone()),
    };
    Some(fill(text, &[("users", &sources.number(users))]))
}

/// One answer as it is, answers put together quoted.
pub(super) fn label(sources: &Sources<'_>, item: &Item<'_>, what: &[Category]) -> String {
    match what {
        [one] => sources.answer(item, one),
        what => sources.answers(item, what),
    }
}

/// Returns categories put together, as data files name them.
#[must_use]
pub fn joined(what: &[Category]) -> String {
    let name = |category: &Category| match category {
        Category::Code(code) => code.to_string(),
        Category::Numbers(from, to) => format!("{from}_{to}"),
        Category::Years(from, to) => format!("{from}_{to}"),
        Category::Outside => "outside".to_owned(),
    };
    what.iter().map(name).collect::<Vec<_>>().join("+")
}

/// One line where something is coded or hidden. The same words whatever the reason.
pub(super) fn explain(sources: &Sources<'_>, table: &mut Table) {
    let words = sources.words();
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let hidden = cells().any(|cell| *cell == Cell::Hidden);
    let mut notes = Vec::new();
    let mut codes: Vec<(bool, u32, String)> = cells()
        .filter_map(|cell| {
            let words = || fill(&words.quoted, &[("answer", &cell_words(cell, sources.texts))]);
            match cell {
                Cell::AtMost(bound) => Some((false, *bound, words())),
                Cell::AtLeast { bound, .. } => Some((true, *bound, words())),
                _ => None,
            }
        })
        .collect();
    codes.sort();
    codes.dedup();
    let codes: Vec<String> = codes.into_iter().map(|(.., words)| words).collect();
    if let Some((last, others)) = codes.split_last() {
        let said = if others.is_empty() {
            last.clone()
        } else {
            format!("{} {} {last}", others.join(", "), words.and)
        };
        notes.push(fill(&words.coded_note, &[("codes", &said)]));
    }
    if hidden {
        notes.push(fill(
            &words.hidden_note,
            &[("hidden", &sources.texts.results.hidden)],
        ));
    }
    table.notes.extend(notes);
}

/// A table that prints nothing: every cell says so, and one line says why, as far as that is public.
fn nothing(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    (why, cells): (Reason, &[PrintedCell]),
) -> Table {
    let words = sources.words();
    let mut table = blank(sources, printed, item);
    table.columns = vec![
        column(&words.answer, Role::Label),
        column(&words.count, Role::Count),
    ];
    table.rows = cells
        .iter()
        .map(|printed| Row {
            code: joined(&printed.what),
            kind: RowKind::Single,
            cells: vec![Cell::Text(label(sources, item, &printed.what)), Cell::Hidden],
        })
        .collect();
    table.notes.push(reason(sources, printed, why));
    table
}

/// The favourable of two bands, or of two levels; `None` where neither end is the good one.
pub(super) fn favourable<'s>(item: &Item<'s>) -> Option<Vec<&'s Id>> {
    let scale = item.scale?;
    let reverse = item.question.reverse || item.row.is_some_and(|row| row.reverse);
    let high = match scale.good {
        Good::None => return None,
        Good::High => !reverse,
        Good::Low => reverse,
    };
    match (&scale.bands, scale.levels.as_slice()) {
        (Some(bands), _) => {
            let [low_band, high_band] = &bands.two;
            Some((if high { high_band } else { low_band }).iter().collect())
        }
        (None, [first, last]) => Some(vec![if high { &last.code } else { &first.code }]),
        (None, _) => None,
    }
}

fn missing(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>, document: &mut Document) {
    let words = sources.words();
    let cells = match &printed.missing {
        MissingShown::Hidden | MissingShown::Sum(0) => return,
        MissingShown::Sum(people) => {
            document.paragraph(fill(&words.missing_sum, &[("n", &sources.number(*people))]));
            return;
        }
        MissingShown::Kinds(cells) => cells,
    };
    let people = match printed.base {
        Base::Shown { asked, valid } => asked.saturating_sub(valid),
        Base::Hidden => 0,
    };
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
    let code = |kinds: &[Missing]| {
        let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        codes.join("+")
    };
    table.rows = cells
        .iter()
        .map(|printed| Row {
            code: code(&printed.kinds),
            kind: RowKind::Single,
            cells: vec![
                Cell::Text(sources.kinds(&printed.kinds)),
                cell(printed.count, people),
            ],
        })
        .collect();
    explain(sources, &mut table);
    document.table(table);
}

/// Returns words with their first letter in upper case.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Returns the table of who took part, by one variable.
pub(super) fn background(sources: &Sources<'_>, background: &Background) -> Table {
    let words = sources.words();
    let variable = sources.variable(&background.variable);
    let item = background.variable.to_string();
    let row = |(level, people): &(String, u32)| Row {
        code: level.clone(),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(sources.group(&background.variable, level)),
            Cell::Exact(*people),
        ],
    };
    Table {
        caption: captioned(
            sources,
            &words.caption_background,
            &[("variable", variable.clone()), ("item", item.clone())],
        ),
        item,
        name: String::new(),
        part: Part::Background,
        question: capital(&variable),
        n: None,
        asked: None,
        columns: vec![
            column(&words.people, Role::Label),
            column(&words.count, Role::Count),
        ],
        rows: background.groups.iter().map(row).collect(),
        notes: Vec::new(),
    }
}
