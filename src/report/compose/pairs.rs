//! Statements asked on two scales: how important it is beside how it was, as far as it follows from what is printed.

use crate::disclosure::averages::NoIndex;
use crate::disclosure::pairs::{Bounds, PrintedGap, PrintedPair, pairs, without};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::question::Question;
use crate::report::document::{Cell, Document, Figure, Part, Role, Row, RowKind, Table};
use crate::texts::fill;
use crate::texts::number::decimal;

use super::Sources;
use super::averages::{down, is_exact, thousandths, up};
use super::said::good;
use super::tables::{captioned, column};

/// Writes the gaps of every question asked on two scales, a table each; nothing where the survey has none.
pub(super) fn write(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.results.pairs;
    let mut all = pairs(sources.survey, sources.published);
    all.retain(|pair| {
        let printed = [&pair.one, &pair.other].map(|key| sources.published.item(key));
        !printed
            .into_iter()
            .flatten()
            .any(|printed| sources.is_no_column(printed))
    });
    if all.is_empty() {
        return;
    }
    document.heading(1, words.title.clone());
    let is_told = all.iter().any(|pair| pair.gap.is_ok());
    document.paragraph(if is_told { &words.how } else { &words.no_gap }.clone());
    for question in sources.survey.questions() {
        let own: Vec<&PrintedPair> = all
            .iter()
            .filter(|pair| *pair.one.question_id() == question.id)
            .collect();
        if !own.is_empty() {
            one(sources, question, &own, document, is_told);
        }
    }
}

fn one(
    sources: &Sources<'_>,
    question: &Question,
    own: &[&PrintedPair],
    document: &mut Document,
    is_told: bool,
) {
    let figures = own.iter().flat_map(|pair| figures(sources, question, pair));
    document.figures.extend(figures);
    if !is_told {
        return;
    }
    document.heading(2, sources.asked(&question.text));
    if let Some(said) = largest(sources, own) {
        document.finding(said, vec![question.id.to_string()]);
    }
    document.table(table(sources, question, own));
}

fn table(sources: &Sources<'_>, question: &Question, own: &[&PrintedPair]) -> Table {
    let words = &sources.texts.results.pairs;
    let ask = |second: bool, otherwise: &String| {
        let key = own
            .first()
            .map(|pair| if second { &pair.other } else { &pair.one });
        key.and_then(|key| asked(sources, key))
            .unwrap_or_else(|| otherwise.clone())
    };
    let row = |pair: &&PrintedPair| Row {
        code: code(pair),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(statement(sources, pair)),
            mean(sources, pair, |gap| gap.first),
            mean(sources, pair, |gap| gap.second),
            apart(sources, pair),
        ],
    };
    let mut notes = Vec::new();
    let gaps = own.iter().filter_map(|pair| pair.gap.as_ref().ok());
    if gaps.into_iter().any(is_rounded_apart) {
        notes.push(words.rounded.clone());
    }
    if own
        .iter()
        .any(|pair| matches!(&pair.gap, Ok(gap) if gap.interval.is_some()))
    {
        notes.push(words.interval.clone());
    }
    for (why, said) in [
        (NoIndex::NotEverybody, &words.not_everybody),
        (NoIndex::NotPrinted, &words.not_printed),
    ] {
        let these = own.iter().filter(|pair| pair.gap == Err(why));
        let quoted: Vec<String> = these
            .map(|pair| fill(&sources.words().quoted, &[("answer", &statement(sources, pair))]))
            .collect();
        if !quoted.is_empty() {
            let values = [
                ("none", sources.texts.results.none.as_str()),
                ("statements", &quoted.join(", ")),
            ];
            notes.push(fill(said, &values));
        }
    }
    Table {
        item: question.id.to_string(),
        name: String::new(),
        part: Part::Pairs,
        question: sources.asked(&question.text),
        caption: captioned(sources, &words.caption, &[("item", question.id.to_string())]),
        n: None,
        asked: None,
        columns: vec![
            column(&words.statement, Role::Label),
            column(&ask(false, &words.first), Role::Figure),
            column(&ask(true, &words.second), Role::Figure),
            column(&words.gap, Role::Figure),
        ],
        rows: own.iter().map(row).collect(),
        notes,
    }
}

/// Whether a gap and the two figures it lies between, each rounded by itself, do not add up.
fn is_rounded_apart(gap: &PrintedGap) -> bool {
    let all = [gap.first, gap.second, gap.gap];
    let is_exact = all.iter().all(|(low, high)| is_exact(*low, *high));
    let [first, second, gap] = all.map(|(value, _)| value.round());
    is_exact && (second - first - gap).abs() > 0.5
}

/// The row of a matrix, as data files name it.
fn code(pair: &PrintedPair) -> String {
    pair.one.row_id().map_or_else(String::new, Id::to_string)
}

/// What a scale asks of the statements, where it asks something of its own.
fn asked(sources: &Sources<'_>, key: &ItemKey) -> Option<String> {
    let ask = sources.survey.item(key)?.scale?.ask.as_ref()?;
    Some(ask.get(sources.language()).to_owned())
}

fn statement(sources: &Sources<'_>, pair: &PrintedPair) -> String {
    let item = sources.survey.item(&pair.one);
    let row = item.and_then(|item| item.row);
    row.map_or_else(|| code(pair), |row| sources.asked(&row.text))
}

fn mean(sources: &Sources<'_>, pair: &PrintedPair, of: impl Fn(&PrintedGap) -> Bounds) -> Cell {
    match &pair.gap {
        Ok(gap) => Cell::Text(between(sources, of(gap))),
        Err(_) => Cell::None,
    }
}

fn apart(sources: &Sources<'_>, pair: &PrintedPair) -> Cell {
    let Ok(gap) = &pair.gap else {
        return Cell::None;
    };
    let said = between(sources, gap.gap);
    Cell::Text(match gap.interval {
        Some((low, high)) => {
            let (low, high) = (signed(sources, down(low, 1.0)), signed(sources, up(high, 1.0)));
            let values = [("gap", said.as_str()), ("low", &low), ("high", &high)];
            fill(&sources.texts.results.pairs.with_interval, &values)
        }
        None => said,
    })
}

/// A figure, or the two whole numbers it lies between.
fn between(sources: &Sources<'_>, (low, high): Bounds) -> String {
    if is_exact(low, high) {
        return signed(sources, low);
    }
    let (low, high) = (signed(sources, down(low, 1.0)), signed(sources, up(high, 1.0)));
    let words = &sources.texts.results.averages.index_within;
    fill(words, &[("low", &low), ("high", &high)])
}

/// A whole number with a real minus sign, and none before 0.
fn signed(sources: &Sources<'_>, value: f64) -> String {
    let whole = value.round() + 0.0;
    decimal(whole, 0, sources.language()).replace('-', "\u{2212}")
}

/// How many it matters to and did not meet it, at least, of the statement where that is most.
fn largest(sources: &Sources<'_>, own: &[&PrintedPair]) -> Option<String> {
    let of = own
        .iter()
        .filter_map(|pair| Some((*pair, missed(sources, pair)?.0)));
    // Of statements alike the first one.
    let (pair, least) = of
        .rev()
        .max_by_key(|(_, least)| *least)
        .filter(|(_, least)| *least > 0)?;
    let (one, other) = (sources.survey.item(&pair.one)?, sources.survey.item(&pair.other)?);
    let answers = |item, key| {
        let cell = good(sources.published.item(key)?, item)?;
        Some(sources.answers(item, &cell.what))
    };
    let (first, second) = (answers(&one, &pair.one)?, answers(&other, &pair.other)?);
    let words = &sources.texts.results.pairs;
    let asked = asked(sources, &pair.one).zip(asked(sources, &pair.other));
    let (text, (one, other)) = match asked {
        Some(asked) => (&words.missed_asked, asked),
        None => (&words.missed, Default::default()),
    };
    Some(fill(
        text,
        &[
            ("statement", &statement(sources, pair)),
            ("n", &sources.number(least)),
            ("people", &sources.number(pair.people)),
            ("first", &first),
            ("second", &second),
            ("one", &one),
            ("other", &other),
        ],
    ))
}

/// The least and the most people it matters to and who did not meet it, by what is printed of both.
fn missed(sources: &Sources<'_>, pair: &PrintedPair) -> Option<(u32, u32)> {
    let good_of = |key| {
        let printed = sources.published.item(key)?;
        Some((good(printed, &sources.survey.item(key)?)?, printed.valid()?))
    };
    let ((first, once), (second, twice)) = (good_of(&pair.one)?, good_of(&pair.other)?);
    Some(without(first, second, (once, twice), pair.people))
}

fn figures(sources: &Sources<'_>, question: &Question, pair: &PrintedPair) -> Vec<Figure> {
    let figure = |name: &'static str, (low, high): Bounds| {
        let exact = is_exact(low, high);
        Figure {
            name,
            item: question.id.to_string(),
            of: Some(code(pair)).filter(|code| !code.is_empty()),
            value: exact.then(|| thousandths(low)),
            within: (!exact).then(|| (thousandths(down(low, 1000.0)), thousandths(up(high, 1000.0)))),
            interval: None,
        }
    };
    let mut figures = Vec::new();
    if let Ok(gap) = &pair.gap {
        let interval = gap.interval;
        figures.push(figure("first_mean", gap.first));
        figures.push(figure("second_mean", gap.second));
        figures.push(Figure {
            interval: interval
                .map(|(low, high)| (thousandths(down(low, 1000.0)), thousandths(up(high, 1000.0)))),
            ..figure("gap", gap.gap)
        });
    }
    if let Some((least, most)) = missed(sources, pair) {
        figures.push(figure("missed", (f64::from(least), f64::from(most))));
    }
    figures
}

#[cfg(test)]
mod tests;
