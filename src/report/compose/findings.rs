//! The main findings: where most and where fewest gave good answers, in sentences, a picture and a table.
//!
//! Which questions stand here follows from printed values alone; a coded count is taken at its far end, so that no
//! question stands higher or lower than its print carries.

use std::cmp::Ordering;

use crate::disclosure::published::{Cell as PrintedCell, PublishedItem};
use crate::domain::survey::Item;
use crate::report::chart::{self, Kind, Row as ChartRow, Side, Value};
use crate::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::texts::fill;

use super::Sources;
use super::item::short;
use super::picture::{self, blank, value};
use super::said::{after, alone, good, matters};
use super::tables::{captioned, cell, column, explain, label, share_cell};

/// The most questions on either side.
const MOST: usize = 5;
/// The most rows of a picture on paper.
const MOST_ROWS: usize = 6;

/// A question with a printed count of good answers.
#[derive(Clone, Copy)]
pub(super) struct Good<'s> {
    pub(super) printed: &'s PublishedItem,
    pub(super) item: Item<'s>,
    cell: Option<&'s PrintedCell>,
    n: u32,
}

/// The questions where at least two thirds gave a good answer, and those where fewer did: at most five each, the
/// clearest first.
pub(super) struct Main<'s> {
    pub(super) strong: Vec<Good<'s>>,
    pub(super) weak: Vec<Good<'s>>,
}

impl Main<'_> {
    /// Returns whether no question stands on either side.
    pub(super) const fn is_empty(&self) -> bool {
        self.strong.is_empty() && self.weak.is_empty()
    }
}

impl<'s> Good<'s> {
    /// Returns the question where it has a good end; its count of good answers may be hidden.
    pub(super) fn of(printed: &'s PublishedItem, item: Item<'s>) -> Option<Self> {
        super::item::favourable(&item)?;
        if matters(&item) {
            return None;
        }
        Some(Self {
            printed,
            item,
            cell: good(printed, &item),
            n: printed.valid().unwrap_or(0),
        })
    }

    /// Returns the question with its sentence.
    pub(super) fn sentence(&self, sources: &Sources<'_>) -> String {
        alone(sources, self.printed, &self.item).unwrap_or_default()
    }

    /// Returns the item it is about.
    pub(super) fn keys(&self) -> Vec<String> {
        vec![self.item.key().to_string()]
    }

    /// The least and the most good answers there can be.
    fn bounds(&self) -> (u32, u32) {
        self.cell.map_or((0, self.n), |cell| cell.count.bounds(self.n))
    }

    /// Returns whether its count of good answers is printed, exactly or by its bounds.
    pub(super) const fn is_printed(&self) -> bool {
        self.cell.is_some() && self.n > 0
    }

    /// Returns its row of a table of good answers.
    pub(super) fn row(&self, sources: &Sources<'_>) -> Row {
        let text = |text: String| Cell::Text(text);
        let answers = self.cell.map(|cell| label(sources, &self.item, &cell.what));
        let [count, share] = self.count_and_share(sources);
        let of = self.printed.valid().map_or(Cell::None, Cell::Exact);
        Row {
            code: self.item.key().to_string(),
            kind: RowKind::Single,
            cells: vec![
                text(short(sources, &self.item)),
                text(answers.unwrap_or_else(|| sources.texts.results.none.clone())),
                count,
                of,
                share,
            ],
        }
    }

    /// Returns the count of good answers, and the share beside it.
    pub(super) fn count_and_share(&self, sources: &Sources<'_>) -> [Cell; 2] {
        let count = self
            .cell
            .map_or(Cell::Hidden, |printed| cell(printed.count, self.n));
        let share = self.cell.and_then(|printed| printed.share.as_ref());
        let share = share_cell(sources, self.printed, &count, share, self.n);
        [count, share]
    }

    /// Returns its row of a picture, with the interval that stands in its table.
    fn chart_row(&self, sources: &Sources<'_>) -> ChartRow {
        let [_, share] = self.count_and_share(sources);
        ChartRow {
            label: short(sources, &self.item),
            people: self.printed.valid(),
            values: vec![
                self.cell
                    .map_or(Value::Hidden, |cell| value(cell.count, share.interval(), self.n)),
            ],
        }
    }
}

/// Chooses the questions.
pub(super) fn main<'s>(sources: &Sources<'s>) -> Main<'s> {
    let survey = sources.survey;
    let mut all: Vec<Good<'s>> = survey
        .items()
        .filter(|item| item.question.report)
        .filter_map(|item| Good::of(sources.published.item(&item.key())?, item))
        .filter(Good::is_printed)
        .collect();
    // The better first; equal ones stay in the order of the survey.
    let share = |bound: fn(&Good<'_>) -> u32, a: &Good<'_>, b: &Good<'_>| -> Ordering {
        let of = |count: u32, n: u32| u64::from(count) * u64::from(n);
        of(bound(a), b.n).cmp(&of(bound(b), a.n))
    };
    let mut weaker = all.clone();
    all.sort_by(|a, b| share(|good| good.bounds().0, b, a));
    let most = |good: &&Good<'_>| u64::from(good.bounds().0) * 3 >= u64::from(good.n) * 2;
    let strong: Vec<Good<'s>> = all.iter().filter(most).take(MOST).copied().collect();
    weaker.sort_by(|a, b| share(|good| good.bounds().1, a, b));
    let few = |good: &&Good<'_>| u64::from(good.bounds().1) * 3 < u64::from(good.n) * 2;
    let weak: Vec<Good<'s>> = weaker.iter().filter(few).take(MOST).copied().collect();
    Main { strong, weak }
}

/// Writes them.
pub(super) fn write(sources: &Sources<'_>, main: &Main<'_>, document: &mut Document) {
    let words = &sources.texts.paper;
    if main.is_empty() {
        document.paragraph(words.findings_none.clone());
        return;
    }
    document.paragraph(words.findings_from.clone());
    let sides = [
        (
            &main.strong,
            &words.strong,
            &words.strong_what,
            &words.strong_file,
        ),
        (&main.weak, &words.weak, &words.weak_what, &words.weak_file),
    ];
    for (found, title, what, code) in sides {
        if found.is_empty() {
            continue;
        }
        document.heading(2, title.clone());
        for good in found {
            document.finding(good.sentence(sources), good.keys());
        }
        table(sources, found, (what, code, None), code, document);
    }
}

/// Writes questions with their good answers as a picture and a table. `title` is what the picture shows, where somebody
/// has said it; else it is called by what it holds.
pub(super) fn table(
    sources: &Sources<'_>,
    found: &[Good<'_>],
    (what, code, title): (&str, &str, Option<&str>),
    name: &str,
    document: &mut Document,
) {
    let words = &sources.texts.paper;
    let is_said = title.is_some();
    let title = title.map_or_else(
        || sources.titled(fill(&words.summary, &[("what", what)])),
        |title| sources.titled_once(title),
    );
    // A picture of a finding says it first, also to those who do not see it.
    let told = |figures: String| {
        if is_said {
            format!("{title} {figures}")
        } else {
            figures
        }
    };
    if let [one] = found {
        if let Some(chart) = picture::of_item(sources, one.printed, &one.item) {
            // The finding is in somebody's own words: what was asked stands with it.
            let asked = short(sources, &one.item);
            let said = one.sentence(sources);
            let alt = if is_said && !said.starts_with(&asked) {
                told(after(&asked, &said))
            } else {
                told(said)
            };
            let title = title.clone();
            document.chart(chart::Chart { title, alt, ..chart });
        }
    } else {
        let fewest = found.iter().map(|good| good.n).min().unwrap_or(0);
        // A picture that does not fit a page with what it is about is parted.
        let parts = found.len().div_ceil(MOST_ROWS).max(1);
        for (nr, part) in found.chunks(found.len().div_ceil(parts).max(1)).enumerate() {
            let said: Vec<String> = part
                .iter()
                .filter(|good| good.cell.is_some())
                .map(|good| good.sentence(sources))
                .collect();
            if said.is_empty() {
                continue;
            }
            let title = if nr == 0 {
                title.clone()
            } else {
                fill(&sources.texts.printed.continued, &[("caption", &title)])
            };
            document.chart(chart::Chart {
                kind: Kind::Dots,
                categories: vec![chart::Category {
                    label: words.good_answers.clone(),
                    side: Side::For,
                    mark: None,
                }],
                rows: part.iter().map(|good| good.chart_row(sources)).collect(),
                ..blank(sources, title, told(said.join(" ")), fewest)
            });
        }
    }
    let rows = found.iter().map(|good| good.row(sources)).collect();
    document.table(good_answers(sources, (what, code, name), rows));
}

/// Returns a table of good answers: what they are of, its code and what it is called.
pub(super) fn good_answers(
    sources: &Sources<'_>,
    (what, code, name): (&str, &str, &str),
    rows: Vec<Row>,
) -> Table {
    let words = &sources.texts.paper;
    let own = sources.words();
    let label = |title: &str| column(title, Role::Label);
    let columns: Vec<Column> = vec![
        label(&words.question),
        label(&words.good_answers),
        column(&own.count, Role::Count),
        column(&words.of, Role::Count),
        column(&own.share, Role::Share),
    ];
    let mut table = Table {
        item: code.to_owned(),
        name: name.to_owned(),
        part: Part::Summary,
        question: words.good_answers.clone(),
        caption: captioned(sources, &words.summary, &[("what", what.to_owned())]),
        n: None,
        asked: None,
        columns,
        rows,
        notes: Vec::new(),
    };
    without_empty_share(&mut table);
    explain(sources, &mut table);
    table
}

/// Takes out a last column of nothing.
fn without_empty_share(table: &mut Table) {
    let mut rows = table.rows.iter().filter(|row| row.kind == RowKind::Single);
    let is_empty = rows.all(|row| row.cells.last() == Some(&Cell::None));
    if is_empty {
        table.columns.pop();
        for row in &mut table.rows {
            row.cells.pop();
        }
    }
}

#[cfg(test)]
mod tests;
