//! The tables a survey asks for in its file: figures of several questions side by side, as far as they are printed.
//!
//! Every figure stands in the table of its question, too. Nothing is worked out here that is not printed there.

use crate::disclosure::averages::{Averages, Mean, Median, averages, indices};
use crate::disclosure::published::{Answers, Base, Count, GroupAnswers, PublishedItem};
use crate::domain::category::Category;
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::domain::survey::report_plan::ReportTable;
use crate::report::document::{Cell, Document, Part, Role, Row, RowKind, Table};
use crate::report::wording::{cell_words, share_words};
use crate::texts::fill;
use crate::texts::number::decimal;

use super::averages::{FEWEST_LEVELS, down, in_words, up};
use super::findings::Good;
use super::item::short;
use super::tables::{captioned, cell, column, explain, label};
use super::{Sources, breakdown};

/// What stands for the questions of every dimension.
const DIMENSION: &str = "dimension";

/// Writes the tables, where the survey asks for any and something of them is printed.
pub(super) fn write(sources: &Sources<'_>, document: &mut Document) {
    let tables = &sources.survey.parts().report_tables;
    let written: Vec<Table> = tables
        .iter()
        .filter_map(|planned| table(sources, planned))
        .collect();
    if written.is_empty() {
        return;
    }
    document.heading(1, sources.texts.paper.planned.title.clone());
    for table in written {
        document.heading(2, table.question.clone());
        document.table(table);
    }
}

/// A question that is printed.
type Printed<'s> = (&'s PublishedItem, Item<'s>);

fn printed<'s>(sources: &Sources<'s>, wanted: impl Fn(&Item<'_>) -> bool) -> Vec<Printed<'s>> {
    let own = sources
        .survey
        .items()
        .filter(|item| item.question.report && wanted(item));
    own.filter_map(|item| Some((sources.published.item(&item.key())?, item)))
        .filter(|(printed, _)| !sources.is_no_column(printed))
        .collect()
}

fn table(sources: &Sources<'_>, planned: &ReportTable) -> Option<Table> {
    let title = planned.title.get(sources.language()).to_owned();
    let shown: Vec<Shown> = planned.show.iter().filter_map(Shown::of).collect();
    // Of answers in words there is no more than how many gave one.
    let with_words = shown
        .iter()
        .all(|shown| matches!(shown, Shown::Answered | Shown::Missing));
    let printed = |wanted: &dyn Fn(&Item<'_>) -> bool| {
        let mut own = printed(sources, wanted);
        own.retain(|(printed, _)| with_words || !matches!(printed.answers, Answers::Words));
        own
    };
    let by_dimension = planned.rows.iter().any(|row| row.as_str() == DIMENSION);
    // The dimensions with their questions, or the questions in the order of the file.
    let mut parts: Vec<(Option<&Id>, Vec<Printed<'_>>)> = Vec::new();
    if by_dimension {
        for (id, _) in &sources.survey.parts().dimensions {
            let own = printed(&|item| super::dimensions::belongs(item, id));
            parts.push((Some(id), own));
        }
    } else {
        for id in &planned.rows {
            parts.push((None, printed(&|item| item.question.id == *id)));
        }
    }
    parts.retain(|(_, own)| !own.is_empty());
    let all: Vec<Printed<'_>> = parts.iter().flat_map(|(_, own)| own).copied().collect();
    if all.is_empty() {
        return None;
    }
    let groups = groups(sources, &planned.by, &all);
    let mut columns = vec![column(&sources.texts.paper.question, Role::Label)];
    for shown in &shown {
        let title = shown.title(sources);
        columns.push(column(title, shown.role()));
        if *shown == Shown::Good {
            columns.push(column(&sources.words().share, Role::Share));
        }
    }
    columns.extend(groups.iter().map(|(_, name)| column(name, Role::Count)));
    let mut rows = Vec::new();
    for (dimension, own) in &parts {
        rows.extend(dimension.map(|id| heading(sources, id, &shown, columns.len())));
        rows.extend(own.iter().map(|own| row(sources, own, &shown, &groups)));
    }
    let mut table = Table {
        item: planned.id.to_string(),
        name: String::new(),
        part: Part::Summary,
        question: title.clone(),
        caption: captioned(sources, &title, &[]),
        n: None,
        asked: None,
        columns,
        rows,
        notes: Vec::new(),
    };
    without_empty(&mut table);
    explain(sources, &mut table);
    if shown.contains(&Shown::Mean) {
        explain_means(sources, &all, &mut table);
    }
    for by in &planned.by {
        if !groups.iter().any(|((own, _), _)| own == by) {
            let variable = sources.variable(by);
            let said = fill(&sources.texts.release.by_hidden, &[("variable", &variable)]);
            table.notes.push(said);
        }
    }
    Some(table)
}

/// Says what stands for a number that is not there, what two numbers are, and that scales differ.
fn explain_means(sources: &Sources<'_>, all: &[Printed<'_>], table: &mut Table) {
    let words = &sources.texts.paper.planned;
    if table.rows.iter().any(|row| row.cells.contains(&Cell::None)) {
        table.notes.push(words.no_figure.clone());
    }
    let known = all
        .iter()
        .filter_map(|(printed, item)| averages_of(item, printed));
    let known: Vec<Averages> = known.filter(|own| own.mean.is_some()).collect();
    if known
        .iter()
        .any(|own| matches!(own.mean, Some(Mean::Within { .. })))
    {
        table.notes.push(words.between.clone());
    }
    let mut scales: Vec<(i64, i64)> = known
        .iter()
        .map(|own| (own.first.min(own.last), own.first.max(own.last)))
        .collect();
    scales.sort_unstable();
    scales.dedup();
    let said = |(first, last): &(i64, i64)| {
        let ends = [("first", first.to_string()), ("last", last.to_string())];
        fill(
            &words.scale,
            &ends.each_ref().map(|(name, value)| (*name, value.as_str())),
        )
    };
    let said: Vec<String> = scales.iter().map(said).collect();
    if let [before @ .., last] = said.as_slice()
        && !before.is_empty()
    {
        let and = &sources.texts.paper.languages_last;
        let scales = format!("{} {and} {last}", before.join(", "));
        table.notes.push(fill(&words.scales, &[("scales", &scales)]));
    }
}

/// A figure of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// How many answered.
    Answered,
    /// Every answer with its count.
    Counts,
    /// Every answer with its share.
    Percent,
    /// Good answers.
    Good,
    /// The mean; of a dimension its index.
    Mean,
    /// The answer in the middle.
    Median,
    /// How many did not answer.
    Missing,
}

impl Shown {
    fn of(name: &Id) -> Option<Self> {
        Some(match name.as_str() {
            "n" => Self::Answered,
            "counts" => Self::Counts,
            "percent" => Self::Percent,
            "favourable" => Self::Good,
            "mean" => Self::Mean,
            "median" => Self::Median,
            "missing" => Self::Missing,
            _ => return None,
        })
    }

    fn title<'t>(self, sources: &'t Sources<'_>) -> &'t str {
        let words = &sources.texts.paper.planned;
        match self {
            Self::Answered => &words.answered,
            Self::Counts => &words.counts,
            Self::Percent => &words.percent,
            Self::Good => &sources.texts.paper.good_answers,
            Self::Mean => &words.mean,
            Self::Median => &words.median,
            Self::Missing => &words.missing,
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Answered | Self::Good | Self::Missing => Role::Count,
            Self::Mean => Role::Figure,
            Self::Counts | Self::Percent | Self::Median => Role::Words,
        }
    }
}

/// The row of a dimension: its index, where that follows from what is printed.
fn heading(sources: &Sources<'_>, id: &Id, shown: &[Shown], columns: usize) -> Row {
    let name = super::averages::dimension(sources, id);
    let mut cells = vec![Cell::Text(name)];
    for shown in shown {
        cells.push(match shown {
            Shown::Mean => index(sources, id),
            _ => Cell::Text(String::new()),
        });
        if *shown == Shown::Good {
            cells.push(Cell::Text(String::new()));
        }
    }
    cells.resize(columns, Cell::Text(String::new()));
    Row {
        code: id.to_string(),
        kind: RowKind::Sum,
        cells,
    }
}

fn index(sources: &Sources<'_>, id: &Id) -> Cell {
    let all = indices(sources.survey, sources.published);
    let own = all.iter().find(|index| index.dimension == *id);
    match own.map(|own| in_words(sources, own)) {
        Some(Cell::Text(index)) => Cell::Text(fill(&sources.texts.paper.planned.index, &[("index", &index)])),
        _ => Cell::Text(String::new()),
    }
}

fn row(sources: &Sources<'_>, own: &Printed<'_>, shown: &[Shown], groups: &[Group]) -> Row {
    let (printed, item) = own;
    let mut cells = vec![Cell::Text(name(sources, item))];
    for shown in shown {
        match shown {
            Shown::Good => cells.extend(good(sources, printed, item)),
            other => cells.push(figure(sources, printed, item, *other)),
        }
    }
    cells.extend(groups.iter().map(|(group, _)| of_group(sources, printed, group)));
    Row {
        code: item.key().to_string(),
        kind: RowKind::Single,
        cells,
    }
}

/// What an item is called in the table: of a statement answered twice, which of the two is meant.
fn name(sources: &Sources<'_>, item: &Item<'_>) -> String {
    let ask = item
        .scale
        .filter(|_| item.paired)
        .and_then(|scale| scale.ask.as_ref());
    let short = short(sources, item);
    ask.map_or_else(
        || short.clone(),
        |ask| format!("{short} – {}", ask.get(sources.language())),
    )
}

/// The count of good answers and its share.
fn good(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> [Cell; 2] {
    match Good::of(printed, *item) {
        Some(good) => good.count_and_share(sources),
        None => [Cell::None, Cell::None],
    }
}

fn figure(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>, shown: Shown) -> Cell {
    let base = match printed.base {
        Base::Shown { asked, valid } => Some((asked, valid)),
        Base::Hidden => None,
    };
    let answers = |said: &dyn Fn(Count, bool) -> Option<String>| {
        let own = super::said::finest(printed).filter_map(|cell| {
            let said = said(cell.count, cell.share.is_some())?;
            Some(format!("{}: {said}", label(sources, item, &cell.what)))
        });
        let own: Vec<String> = own.collect();
        if own.is_empty() {
            Cell::None
        } else {
            Cell::Text(own.join("; "))
        }
    };
    let n = printed.valid().unwrap_or(0);
    match shown {
        Shown::Answered => base.map_or(Cell::Hidden, |(_, valid)| Cell::Exact(valid)),
        Shown::Missing => base.map_or(Cell::Hidden, |(asked, valid)| {
            Cell::Exact(asked.saturating_sub(valid))
        }),
        Shown::Counts => answers(&|count, _| Some(cell_words(&cell(count, n), sources.texts))),
        Shown::Percent => answers(&|count, has_share| match count {
            Count::Exact(count) if has_share => Some(share_words(count, n, sources.language())),
            _ => None,
        }),
        Shown::Mean => mean(sources, printed, item),
        Shown::Median => median(sources, printed, item),
        Shown::Good => Cell::None,
    }
}

fn mean(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Cell {
    let number = |value: f64| decimal(value, 1, sources.language());
    match averages_of(item, printed).and_then(|averages| averages.mean) {
        Some(Mean::Exact { mean, .. }) => Cell::Text(number(mean)),
        Some(Mean::Within { low, high }) => {
            let (low, high) = (number(down(low, 10.0)), number(up(high, 10.0)));
            Cell::Text(format!("{low}–{high}"))
        }
        None => Cell::None,
    }
}

/// The averages of a scale; of fewer levels, counts say all there is to say.
fn averages_of(item: &Item<'_>, printed: &PublishedItem) -> Option<Averages> {
    item.scale
        .filter(|scale| scale.levels.len() >= FEWEST_LEVELS)
        .and_then(|_| averages(item, printed))
}

fn median(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Cell {
    let answer = |code: &Id| sources.answer(item, &Category::Code(code.clone()));
    match averages_of(item, printed).and_then(|averages| averages.median) {
        Some(Median::At(code)) => Cell::Text(answer(&code)),
        Some(Median::Between(one, other)) => Cell::Text(format!("{} – {}", answer(&one), answer(&other))),
        None => Cell::None,
    }
}

/// A group of people: the variable and the places of its levels; and what it is called.
type Group = ((Id, Vec<usize>), String);

/// The groups that something is printed of, in the order they come.
fn groups(sources: &Sources<'_>, by: &[Id], all: &[Printed<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for by in by {
        for (printed, _) in all {
            let own = printed.breakdown.as_ref().filter(|own| own.by == *by);
            let Some(own) = own.filter(|own| matches!(own.answers, GroupAnswers::Row { .. })) else {
                continue;
            };
            let names = breakdown::names(sources, own);
            for (group, name) in own.groups.iter().zip(names) {
                let key = (by.clone(), group.levels.clone());
                if !groups.iter().any(|(known, _)| *known == key) {
                    groups.push((key, name));
                }
            }
        }
    }
    groups
}

/// How many of a group gave the answer that is told of groups.
fn of_group(sources: &Sources<'_>, printed: &PublishedItem, (by, levels): &(Id, Vec<usize>)) -> Cell {
    let own = printed.breakdown.as_ref().filter(|own| own.by == *by);
    let Some(own) = own.filter(|own| matches!(own.answers, GroupAnswers::Row { .. })) else {
        return Cell::None;
    };
    let pairs = own.groups.iter().zip(own.counts());
    let found = pairs
        .filter(|(group, _)| group.levels == *levels)
        .map(|(group, count)| Cell::Text(of_people(sources, *count, group.people)));
    found.into_iter().next().unwrap_or(Cell::None)
}

/// So many of so many, in words: how many a group has stands with its count.
fn of_people(sources: &Sources<'_>, count: Count, people: u32) -> String {
    let said = cell_words(&cell(count, people), sources.texts);
    let values = [("count", said.as_str()), ("n", &sources.number(people))];
    fill(&sources.texts.paper.said.of, &values)
}

/// Takes out columns of nothing.
fn without_empty(table: &mut Table) {
    let is_nothing = |cell: Option<&Cell>| match cell {
        None | Some(Cell::None) => true,
        Some(Cell::Text(words)) => words.is_empty(),
        Some(_) => false,
    };
    for place in (1..table.columns.len()).rev() {
        if table.rows.iter().all(|row| is_nothing(row.cells.get(place))) {
            table.columns.remove(place);
            for row in &mut table.rows {
                row.cells.remove(place);
            }
        }
    }
}

#[cfg(test)]
mod tests;
