//! Rounds side by side, in words and tables.

use crate::disclosure::compared::{ComparedCell, ComparedItem, Difference, RUNS_FROM, Step, compare};
use crate::disclosure::published::{Category, Published, Share};
use crate::domain::category::categories;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::survey::Item;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::finding::Alteration;
use crate::report::chart::{self, Chart};
use crate::report::document::{
    Block, Cell, Column, Document, Kind, Part, Role, Row, RowKind, Table, millionths,
};
use crate::report::wording::{hundredths, whole_points};
use crate::texts::compare::CompareTexts;
use crate::texts::fill;
use crate::texts::number::{date, percent, plural};

use super::item::{favourable, question};
use super::tables::{captioned, cell, column, explain, joined, label};
use super::{Sources, averages, counted, numbers, picture};

mod runs;

/// A round and what was printed of it.
#[derive(Clone, Debug)]
pub struct Round<'s> {
    /// The round's name in files.
    pub id: &'s Slug,
    /// Its title.
    pub title: &'s str,
    /// What is printed.
    pub published: &'s Published,
    /// What was changed since the round before it: the actions that were done.
    pub changed: Option<String>,
}

/// Returns the rounds of an evaluation of which something is printed, in time order. `book` knows what was changed between
/// them.
#[must_use]
pub fn titled<'s>(
    evaluation: &'s Evaluation,
    printed: &'s [(Slug, Published)],
    book: Option<&Workbook>,
    language: Language,
) -> Vec<Round<'s>> {
    let mut since: Vec<&Slug> = Vec::new();
    let mut rounds = Vec::new();
    for round in &evaluation.rounds {
        if let Some((_, published)) = printed.iter().find(|(own, _)| *own == round.id) {
            let done: Vec<String> = since
                .iter()
                .flat_map(|before| changed_after(before, book, language))
                .collect();
            rounds.push(Round {
                id: &round.id,
                title: round.title.get(language),
                published,
                changed: Some(done.join(chart::MARKS)).filter(|_| !done.is_empty()),
            });
            since.clear();
        }
        since.push(&round.id);
    }
    rounds
}

/// Returns what was changed after a round: the actions that were done and are marked, and what else somebody noted.
fn changed_after(round: &Slug, book: Option<&Workbook>, language: Language) -> Vec<String> {
    let actions = book.into_iter().flat_map(Workbook::actions);
    let done = actions.filter(|(_, action)| action.round == *round && action.marks());
    let others = book.into_iter().flat_map(Workbook::alterations);
    let others = others.filter(|(_, other)| other.round == *round);
    done.map(|(_, action)| action.text.to_string())
        .chain(others.map(|(_, other)| altered(other, language)))
        .collect()
}

/// Returns what was changed, with its day.
#[must_use]
pub fn altered(alteration: &Alteration, language: Language) -> String {
    match alteration.day {
        Some(day) => format!("{} ({})", alteration.text, date(day, language)),
        None => alteration.text.to_string(),
    }
}

/// Returns rounds side by side, in time order; of one question only where one is wanted. `sources` are those of the
/// last round. `None` when the wanted question is not in it.
#[must_use]
pub fn rounds(sources: &Sources<'_>, rounds: &[Round<'_>], wanted: Option<&str>) -> Option<Document> {
    let words = &sources.texts.compare;
    let title = sources.evaluation.title.get(sources.language());
    let title = sources.titled(fill(&words.title, &[("title", title)]));
    let mut document = Document::new(sources.language(), title, sources.made_up());
    if sources.made_up() {
        document.note(sources.words().made_up.clone());
    }
    document.heading(1, words.rounds.clone());
    let found = side_by_side(sources, rounds, wanted, &mut document);
    found.then_some(document)
}

/// Writes the rounds; returns whether the wanted question is there.
pub(super) fn side_by_side(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    wanted: Option<&str>,
    document: &mut Document,
) -> bool {
    let words = &sources.texts.compare;
    for round in rounds {
        let (alone, groups) = (round.published.interviews(), round.published.groups());
        let held = if alone == 0 && groups > 0 {
            fill(&words.held_groups, &[("n", &sources.number(groups))])
        } else {
            counted(sources, alone, &words.held_one, &words.held)
        };
        document.paragraph(fill(&held, &[("round", round.title)]));
        if let Some(changed) = &round.changed {
            let values = [("round", round.title), ("changed", &sources.written(changed))];
            document.paragraph(fill(&words.changed, &values));
        }
    }
    document.paragraph(words.other_people.clone());
    if rounds.len() < RUNS_FROM {
        document.note(fill(&words.few, &[("n", &rounds.len().to_string())]));
    } else {
        document.paragraph(words.runs_how.clone());
    }
    document.paragraph(words.how.clone());
    if document.kind == Kind::Results {
        document.heading(1, sources.words().questions.clone());
    }
    let published: Vec<&Published> = rounds.iter().map(|round| round.published).collect();
    let compared = compare(&published);
    let mut found = wanted.is_none();
    for section in sources.survey.sections() {
        let questions = section.questions.iter().filter(|question| question.report);
        let items = questions.flat_map(|question| sources.survey.items_of(question));
        let here: Vec<_> = items
            .filter(|item| wanted.is_none_or(|wanted| is_wanted(item, wanted)))
            .filter_map(|item| {
                let over = compared.iter().find(|over| over.item == item.key())?;
                Some((over, item))
            })
            .collect();
        if !here.is_empty() {
            found = true;
            document.heading(2, section.title.get(sources.language()));
        }
        for (over, item) in here {
            write(sources, rounds, over, &item, document);
        }
    }
    found
}

pub(super) fn is_wanted(item: &Item<'_>, wanted: &str) -> bool {
    let key = item.key();
    key.to_string() == wanted || key.question_id().as_str() == wanted
}

fn write(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    over: &ComparedItem,
    item: &Item<'_>,
    document: &mut Document,
) {
    let words = &sources.texts.compare;
    let heading = question(sources, item);
    document.heading(
        3,
        match document.kind {
            Kind::Results => heading,
            _ => numbers::headed(&item.key(), sources.survey, &heading),
        },
    );
    if over.answers_differ {
        document.paragraph(words.answers_differ.clone());
    } else if over.cells.is_empty() {
        document.paragraph(words.nothing_common.clone());
    } else {
        if let Some(sentence) = finding(sources, rounds, over, item) {
            document.finding(sentence.clone(), vec![item.key().to_string()]);
            if document.kind != Kind::Results
                && let Some(chart) = chart(sources, rounds, over, item, sentence)
            {
                document.chart(chart);
            }
        }
        // Reports have it in their pictures.
        if document.kind == Kind::Results
            && let Some(sentence) = each_round(sources, rounds, over, item)
        {
            document.paragraph(sentence);
        }
        if let [.., before, after] = rounds
            && let (Some(before), Some(after)) = (
                before.published.item(&over.item),
                after.published.item(&over.item),
            )
            && let Some((sentence, figures)) = averages::of_rounds(sources, item, (before, after))
        {
            document.paragraph(sentence);
            document.figures.extend(figures);
        }
        if rounds.len() >= RUNS_FROM {
            for sentence in runs::told(sources, rounds, over, item) {
                document.paragraph(sentence);
            }
        }
        document.table(table(sources, rounds, over, item));
        document.runs.extend(runs::for_data(rounds, over, item));
    }
}

/// Returns one item over the rounds, without a heading, and its chart where there is one; `None` where fewer than two
/// rounds printed anything of it.
#[must_use]
pub fn of_rounds(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    wanted: &ItemKey,
) -> Option<(Document, Option<Chart>)> {
    let item = sources.survey.item(wanted)?;
    let published: Vec<&Published> = rounds.iter().map(|round| round.published).collect();
    let compared = compare(&published);
    let over = compared.iter().find(|over| over.item == *wanted)?;
    let mut document = Document::new(sources.language(), String::new(), sources.made_up());
    write(sources, rounds, over, &item, &mut document);
    document
        .blocks
        .retain(|block| !matches!(block, Block::Heading { .. }));
    let alt = finding(sources, rounds, over, &item).unwrap_or_default();
    Some((document, chart(sources, rounds, over, &item, alt)))
}

/// The favourable answers of every round.
fn chart(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    over: &ComparedItem,
    item: &Item<'_>,
    alt: String,
) -> Option<Chart> {
    let wanted = favourable(item)?;
    let cell = over.cells.iter().find(|cell| are(&cell.what, &wanted))?;
    let category = |round: &Round<'_>| chart::Category {
        label: round.title.to_owned(),
        side: chart::Side::Plain,
        mark: round.changed.as_deref().map(|changed| sources.written(changed)),
    };
    let values = cell
        .counts
        .iter()
        .zip(&over.valid)
        .zip(rounds)
        .map(|((count, valid), round)| match (count, valid) {
            (Some(count), Some(n)) => {
                let share = share_of(round, over, cell);
                let interval = share.map(|share| (millionths(share.low), millionths(share.high)));
                picture::value(*count, interval, *n)
            }
            _ => chart::Value::None,
        });
    let fewest = over.valid.iter().flatten().min().copied().unwrap_or(0);
    let median = cell.run.as_ref().map(|run| hundredths(run.median));
    Some(Chart {
        kind: chart::Kind::Run,
        categories: rounds.iter().map(category).collect(),
        rows: vec![chart::Row {
            label: label(sources, item, &cell.what),
            people: None,
            values: values.collect(),
        }],
        median,
        ..picture::blank(sources, sources.titled(question(sources, item)), alt, fewest)
    })
}

/// The share a round prints beside a count, with its interval.
fn share_of<'r>(round: &'r Round<'_>, over: &ComparedItem, cell: &ComparedCell) -> Option<&'r Share> {
    let printed = round.published.item(&over.item)?.cells().iter();
    let mut own = printed.filter(|own| own.what == cell.what);
    own.find_map(|own| own.share.as_ref())
}

/// The favourable answers round by round, each with its interval and of how many; nothing where no round has one.
fn each_round(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    over: &ComparedItem,
    item: &Item<'_>,
) -> Option<String> {
    let words = &sources.texts.compare;
    let cell = favourable_cell(over, item)?;
    let language = sources.language();
    let said: Vec<String> = rounds
        .iter()
        .zip(&over.valid)
        .filter_map(|(round, valid)| {
            let share = share_of(round, over, cell)?;
            let number = |share: f64| percent(share, 0, language);
            let values = [
                ("round", round.title.to_owned()),
                ("share", number(share.share)),
                ("low", number(share.low)),
                ("high", number(share.high)),
                ("n", sources.number((*valid)?)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            Some(fill(&words.round_share, &values))
        })
        .collect();
    let values = [
        ("answers", sources.answers(item, &cell.what)),
        ("rounds", said.join("; ")),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    (!said.is_empty()).then(|| fill(&words.each_round, &values))
}

/// The favourable answers before and now, and whether the difference says anything.
fn finding(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    over: &ComparedItem,
    item: &Item<'_>,
) -> Option<String> {
    let words = &sources.texts.compare;
    let cell = favourable_cell(over, item)?;
    let ([.., before_round, after_round], Some(step)) = (rounds, cell.step) else {
        return None;
    };
    let number = |value: u32| sources.number(value);
    let said = fill(
        &words.finding,
        &[
            ("before_round", before_round.title),
            ("after_round", after_round.title),
            ("before", &number(step.before.0)),
            ("before_n", &number(step.before.1)),
            ("after", &number(step.after.0)),
            ("after_n", &number(step.after.1)),
            ("answers", &sources.answers(item, &cell.what)),
        ],
    );
    Some(format!("{said} {}", in_words(words, step)))
}

fn favourable_cell<'o>(over: &'o ComparedItem, item: &Item<'_>) -> Option<&'o ComparedCell> {
    let wanted = favourable(item)?;
    over.cells.iter().find(|cell| are(&cell.what, &wanted))
}

fn are(what: &[Category], wanted: &[&Id]) -> bool {
    let among = |category: &Category| matches!(category, Category::Code(code) if wanted.contains(&code));
    what.len() == wanted.len() && what.iter().all(among)
}

/// What changed, without a word on where things are heading.
fn in_words(words: &CompareTexts, step: Step) -> String {
    let Cell::Difference { by, low, high } = difference(Some(step)) else {
        return words.too_few_answers.clone();
    };
    let points = whole_points(by);
    let size = points.unsigned_abs();
    let said = match points {
        0 => &words.same,
        1.. => plural(u64::from(size), &words.higher_one, &words.higher),
        _ => plural(u64::from(size), &words.lower_one, &words.lower),
    };
    let said = fill(said, &[("n", &size.to_string())]);
    match (points, low <= 0 && high >= 0) {
        (0, _) => said,
        (_, true) => format!("{said} {}", words.chance),
        (_, false) => format!("{said} {}", words.beyond_chance),
    }
}

/// A difference in hundredths of a percentage point; none where there is none.
fn difference(step: Option<Step>) -> Cell {
    step.and_then(|step| step.change)
        .map_or(Cell::None, |change| difference_cell(&change))
}

/// A difference with its interval.
pub(super) fn difference_cell(change: &Difference) -> Cell {
    Cell::Difference {
        by: hundredths(change.difference),
        low: hundredths(change.interval.low),
        high: hundredths(change.interval.high),
    }
}

fn table(sources: &Sources<'_>, rounds: &[Round<'_>], over: &ComparedItem, item: &Item<'_>) -> Table {
    let words = &sources.texts.compare;
    let key = item.key().to_string();
    let mut columns = vec![column(&sources.words().answer, Role::Label)];
    for (round, valid) in rounds.iter().zip(&over.valid) {
        let title = match valid {
            Some(n) => fill(
                &words.column,
                &[("round", round.title), ("n", &sources.number(*n))],
            ),
            None => round.title.to_owned(),
        };
        columns.push(Column {
            title,
            role: Role::Count,
            group: Some(format!("round={}", round.id)),
            people: None,
            n: *valid,
        });
    }
    // Without a single difference there is no column of dashes.
    let with_change = over.cells.iter().any(|cell| difference(cell.step) != Cell::None);
    if let ([.., before, after], true) = (rounds, with_change) {
        columns.push(Column {
            title: words.change.clone(),
            role: Role::Difference,
            group: Some(format!("change={}..{}", before.id, after.id)),
            people: None,
            n: None,
        });
    }
    let mut rows: Vec<(usize, Row)> = over
        .cells
        .iter()
        .map(|cell| (place(item, cell), row(sources, over, cell, item, with_change)))
        .collect();
    // Answers in the order of the survey, then those that are told beside them.
    rows.sort_by_key(|(place, row)| (row.kind == RowKind::Sum, *place));
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let mut table = Table {
        caption: captioned(sources, &words.caption, &[("item", key.clone())]),
        item: key,
        name: String::new(),
        part: Part::Rounds,
        question: question(sources, item),
        n: None,
        asked: None,
        columns,
        rows,
        notes: Vec::new(),
    };
    if table.rows.iter().any(|row| row.kind == RowKind::Sum) {
        table.notes.push(sources.words().sum_note.clone());
    }
    if over
        .cells
        .iter()
        .any(|cell| cell.counts.iter().any(Option::is_none))
    {
        let none = &sources.texts.results.none;
        table.notes.push(fill(&words.not_apart, &[("none", none)]));
    }
    if over.cells.iter().any(|cell| difference(cell.step) == Cell::None) {
        table.notes.push(words.no_change.clone());
    }
    explain(sources, &mut table);
    table
}

fn row(
    sources: &Sources<'_>,
    over: &ComparedItem,
    compared: &ComparedCell,
    item: &Item<'_>,
    with_change: bool,
) -> Row {
    let what = &compared.what;
    let beside_its_parts = what.len() > 1
        && over
            .cells
            .iter()
            .any(|cell| cell.what.len() < what.len() && is_part(&cell.what, what));
    let (kind, said) = if beside_its_parts {
        let answers = sources.answers(item, what);
        (RowKind::Sum, fill(&sources.words().sum, &[("answers", &answers)]))
    } else {
        (RowKind::Single, label(sources, item, what))
    };
    let mut cells = vec![Cell::Text(said)];
    for (count, valid) in compared.counts.iter().zip(&over.valid) {
        cells.push(count.map_or(Cell::None, |count| cell(count, valid.unwrap_or(0))));
    }
    if with_change {
        cells.push(difference(compared.step));
    }
    Row {
        code: joined(what),
        kind,
        cells,
    }
}

/// Where an answer stands in the survey.
fn place(item: &Item<'_>, compared: &ComparedCell) -> usize {
    let known = categories(item);
    let places = compared.what.iter();
    let places = places.filter_map(|own| known.iter().position(|category| category == own));
    places.min().unwrap_or(known.len())
}

fn is_part(part: &[Category], whole: &[Category]) -> bool {
    part.iter().all(|category| whole.contains(category))
}

#[cfg(test)]
mod tests;
