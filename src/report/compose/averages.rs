//! The middle, the mean and the index, in words and for data files, as far as they follow from what is printed.

use crate::disclosure::averages::{
    Averages, Mean, Median, NoIndex, PrintedIndex, averages, indices, means_apart,
};
use crate::disclosure::published::PublishedItem;
use crate::domain::category::Category;
use crate::domain::id::Id;
use crate::domain::survey::Item;
use crate::report::chart::{self, Chart, Row as ChartRow};
use crate::report::document::{Cell, Document, Figure, Kind, Part, Role, Row, RowKind, Table, millionths};
use crate::texts::fill;
use crate::texts::number::decimal;

use super::Sources;
use super::picture::blank;
use super::tables::{captioned, column};

/// What the table of indices is called in data files, where others have their item.
const INDEX: &str = "index";
/// With fewer levels, a middle and a mean say nothing that the counts do not say better.
pub(super) const FEWEST_LEVELS: usize = 3;

/// Returns the sentences on an item's middle and mean, and the same for data files.
pub(super) fn of_item(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
) -> (Vec<String>, Vec<Figure>) {
    let Some(averages) = averages(item, printed) else {
        return (Vec::new(), Vec::new());
    };
    let sentences = [
        averages
            .median
            .as_ref()
            .map(|median| middle(sources, item, median)),
        mean(sources, item, &averages),
    ];
    let says_more = item
        .scale
        .is_some_and(|scale| scale.levels.len() >= FEWEST_LEVELS);
    (
        sentences.into_iter().flatten().filter(|_| says_more).collect(),
        if says_more {
            figures(item, &averages)
        } else {
            Vec::new()
        },
    )
}

fn middle(sources: &Sources<'_>, item: &Item<'_>, median: &Median) -> String {
    let words = &sources.texts.results.averages;
    let answer = |code: &Id| sources.answers(item, &[Category::Code(code.clone())]);
    match median {
        Median::At(code) => fill(&words.median, &[("answer", &answer(code))]),
        Median::Between(one, other) => fill(
            &words.median_between,
            &[("one", &answer(one)), ("other", &answer(other))],
        ),
    }
}

fn mean(sources: &Sources<'_>, item: &Item<'_>, averages: &Averages) -> Option<String> {
    let words = &sources.texts.results.averages;
    let levels = &item.scale?.levels;
    let answer = |code: &Id| sources.answers(item, &[Category::Code(code.clone())]);
    let (first, last) = (answer(&levels.first()?.code), answer(&levels.last()?.code));
    let number = |value: f64| decimal(value, 1, sources.language());
    let (first_counts, last_counts) = (averages.first.to_string(), averages.last.to_string());
    let ends = [
        ("first", first.as_str()),
        ("last", last.as_str()),
        ("first_counts", first_counts.as_str()),
        ("last_counts", last_counts.as_str()),
    ];
    let with = |text: &str, values: &[(&str, &str)]| fill(text, &[values, &ends[..]].concat());
    Some(match averages.mean? {
        Mean::Exact { mean, interval, .. } => {
            let mut said = vec![with(&words.mean, &[("mean", &number(mean))])];
            if let Some(interval) = interval {
                let text = if interval.cut {
                    &words.interval_cut
                } else {
                    &words.interval
                };
                let (low, high) = (number(interval.low), number(interval.high));
                said.push(fill(text, &[("low", &low), ("high", &high)]));
            }
            said.join(" ")
        }
        Mean::Within { low, high } => {
            let (low, high) = (number(down(low, 10.0)), number(up(high, 10.0)));
            with(&words.mean_within, &[("low", &low), ("high", &high)])
        }
    })
}

fn figures(item: &Item<'_>, averages: &Averages) -> Vec<Figure> {
    let key = item.key().to_string();
    let figure = |name: &'static str| Figure {
        name,
        item: key.clone(),
        of: None,
        value: None,
        within: None,
        interval: None,
    };
    let mut figures = Vec::new();
    if let (Some(median), Some(scale)) = (&averages.median, item.scale) {
        let position = |code: &Id| {
            let place = scale.levels.iter().position(|level| level.code == *code)?;
            let place = i64::try_from(place).ok()?;
            Some(if averages.first <= averages.last {
                averages.first + place
            } else {
                averages.first - place
            })
        };
        let (one, other) = match median {
            Median::At(code) => (code, code),
            Median::Between(one, other) => (one, other),
        };
        if let (Some(one), Some(other)) = (position(one), position(other)) {
            figures.push(Figure {
                value: Some(thousandths((one + other) as f64 / 2.0)),
                ..figure("median")
            });
        }
    }
    match averages.mean {
        Some(Mean::Exact { mean, sd, interval }) => {
            figures.push(Figure {
                value: Some(thousandths(mean)),
                interval: interval.map(|ends| (thousandths(ends.low), thousandths(ends.high))),
                ..figure("mean")
            });
            figures.extend(sd.map(|sd| Figure {
                value: Some(thousandths(sd)),
                ..figure("sd")
            }));
        }
        Some(Mean::Within { low, high }) => figures.push(Figure {
            within: Some((thousandths(down(low, 1000.0)), thousandths(up(high, 1000.0)))),
            ..figure("mean")
        }),
        None => {}
    }
    if let (Some((low, high)), Some(Mean::Exact { mean, .. })) = (averages.bootstrap, averages.mean) {
        figures.push(Figure {
            value: Some(thousandths(mean)),
            interval: Some((thousandths(low), thousandths(high))),
            ..figure("mean_bootstrap")
        });
    }
    if let Some((first, third)) = averages.quartiles {
        for (name, value) in [("quartile_1", first), ("quartile_3", third)] {
            figures.push(Figure {
                value: Some(thousandths(value)),
                ..figure(name)
            });
        }
    }
    figures
}

/// The means of the last two rounds in a sentence, and the same for data files.
pub(super) fn of_rounds(
    sources: &Sources<'_>,
    item: &Item<'_>,
    (before, after): (&PublishedItem, &PublishedItem),
) -> Option<(String, [Figure; 2])> {
    let apart = means_apart(item, before, after)?;
    let number = |value: f64| decimal(value, 1, sources.language()).replace('-', "\u{2212}");
    let interval = apart.difference.interval;
    let said = fill(
        &sources.texts.compare.means,
        &[
            ("before", &number(apart.before)),
            ("after", &number(apart.after)),
            ("low", &number(down(interval.low, 10.0))),
            ("high", &number(up(interval.high, 10.0))),
        ],
    );
    let figure = |name: &'static str, value: f64, interval: Option<(f64, f64)>| Figure {
        name,
        item: item.key().to_string(),
        of: None,
        value: Some(thousandths(value)),
        within: None,
        interval: interval.map(|(low, high)| (thousandths(low), thousandths(high))),
    };
    let (delta, delta_interval) = apart.delta;
    let difference = apart.difference.difference;
    Some((
        said,
        [
            figure("mean_difference", difference, Some((interval.low, interval.high))),
            figure("cliffs_delta", delta, delta_interval),
        ],
    ))
}

/// Writes the index of every dimension, in one table; nothing where the survey has none of two items or more.
pub(super) fn by_dimension(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.results.averages;
    let indices = indices(sources.survey, sources.published);
    if indices.is_empty() {
        return;
    }
    if indices.iter().all(|index| index.index.is_err()) {
        // A paper says so where the areas stand: one sentence is no chapter.
        if document.kind == Kind::Results {
            document.heading(1, words.together.clone());
            document.paragraph(words.no_index.clone());
        }
        document.figures.extend(indices.iter().flat_map(index_figures));
        return;
    }
    document.heading(1, words.together.clone());
    document.paragraph(words.index_how.clone());
    let number = |value: u32| sources.number(value);
    let row = |index: &PrintedIndex| Row {
        code: index.dimension.to_string(),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(dimension(sources, &index.dimension)),
            Cell::Text(number(u32::try_from(index.items).unwrap_or(u32::MAX))),
            in_words(sources, index),
        ],
    };
    let mut notes = Vec::new();
    for (why, said) in [
        (NoIndex::NotEverybody, &words.not_everybody),
        (NoIndex::NotPrinted, &words.not_printed),
    ] {
        let these = indices.iter().filter(|index| index.index == Err(why));
        let names: Vec<String> = these.map(|index| dimension(sources, &index.dimension)).collect();
        if !names.is_empty() {
            let quoted = names
                .iter()
                .map(|name| fill(&sources.words().quoted, &[("answer", name)]));
            notes.push(fill(
                said,
                &[
                    ("none", &sources.texts.results.none),
                    ("dimensions", &quoted.collect::<Vec<_>>().join(", ")),
                ],
            ));
        }
    }
    notes.extend(indices.iter().filter_map(|index| beside(sources, index)));
    if let Some(chart) = picture_of(sources, &indices) {
        document.chart(chart);
    }
    document.table(Table {
        item: INDEX.to_owned(),
        name: String::new(),
        part: Part::Index,
        question: words.together.clone(),
        caption: captioned(sources, &words.caption, &[]),
        n: None,
        asked: None,
        columns: vec![
            column(&words.dimension, Role::Label),
            column(&words.items, Role::Figure),
            column(&words.index, Role::Figure),
        ],
        rows: indices.iter().map(row).collect(),
        notes,
    });
    document.figures.extend(indices.iter().flat_map(index_figures));
}

/// The indices as dots with their intervals; `None` where there are fewer than two.
fn picture_of(sources: &Sources<'_>, indices: &[PrintedIndex]) -> Option<Chart> {
    let words = &sources.texts.results.averages;
    let told: Vec<&PrintedIndex> = indices.iter().filter(|index| index.index.is_ok()).collect();
    let rows = told.iter().map(|index| ChartRow {
        label: dimension(sources, &index.dimension),
        people: None,
        values: vec![drawn(index)],
    });
    let said = told.iter().map(|index| {
        let name = dimension(sources, &index.dimension);
        format!("{name}: {}", in_words(sources, index).text())
    });
    let title = captioned(sources, &words.caption, &[]);
    let alt = said.collect::<Vec<_>>().join("; ");
    (told.len() > 1).then(|| Chart {
        kind: chart::Kind::Indices,
        categories: vec![chart::Category {
            label: words.index.clone(),
            side: chart::Side::Plain,
            mark: None,
        }],
        rows: rows.collect(),
        ..blank(sources, title, alt, 0)
    })
}

/// An index as a chart takes it: so many of a hundred, or between two numbers.
fn drawn(index: &PrintedIndex) -> chart::Value {
    match index.index {
        Ok((low, high)) if is_exact(low, high) => chart::Value::Exact {
            count: of_hundred(low.round()),
            of: 100,
            interval: index
                .beside
                .as_ref()
                .map(|beside| (millionths(beside.low / 100.0), millionths(beside.high / 100.0))),
        },
        Ok((low, high)) => chart::Value::Coded {
            low: of_hundred(down(low, 1.0)),
            high: of_hundred(up(high, 1.0)),
            of: 100,
        },
        Err(_) => chart::Value::None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index lies between 0 and 100"
)]
fn of_hundred(value: f64) -> u32 {
    value.round().max(0.0) as u32
}

/// Returns whether the survey has dimensions of several questions and no index of any can be told.
pub(super) fn no_index(sources: &Sources<'_>) -> bool {
    let indices = indices(sources.survey, sources.published);
    !indices.is_empty() && indices.iter().all(|index| index.index.is_err())
}

/// Returns what a dimension is called.
pub(super) fn dimension(sources: &Sources<'_>, id: &Id) -> String {
    let known = sources.survey.parts().dimensions.iter();
    let title = known
        .filter(|(dimension, _)| dimension == id)
        .map(|(_, title)| title);
    let title = title.map(|title| title.get(sources.language()).to_owned()).next();
    title.unwrap_or_else(|| id.to_string())
}

/// Returns an index in words; no value where it is not told.
pub(super) fn in_words(sources: &Sources<'_>, index: &PrintedIndex) -> Cell {
    let words = &sources.texts.results.averages;
    let number = |value: f64| decimal(value, 0, sources.language());
    match index.index {
        Ok((low, high)) if is_exact(low, high) => Cell::Text(number(low)),
        Ok((low, high)) => {
            let (low, high) = (number(down(low, 1.0)), number(up(high, 1.0)));
            Cell::Text(fill(&words.index_within, &[("low", &low), ("high", &high)]))
        }
        Err(_) => Cell::None,
    }
}

/// The spread of an index and alpha, in words.
fn beside(sources: &Sources<'_>, index: &PrintedIndex) -> Option<String> {
    let words = &sources.texts.results.averages;
    let beside = index.beside.as_ref()?;
    let number =
        |value: f64, decimals: usize| decimal(value, decimals, sources.language()).replace('-', "\u{2212}");
    let name = dimension(sources, &index.dimension);
    let name = fill(&sources.words().quoted, &[("answer", &name)]);
    let (low, high) = (number(beside.low, 0), number(beside.high, 0));
    let mut said = vec![fill(
        &words.index_interval,
        &[("dimension", &name), ("low", &low), ("high", &high)],
    )];
    if let Some(sd) = beside.sd {
        said.push(fill(&words.index_sd, &[("sd", &number(sd, 0))]));
    }
    if let Some(alpha) = beside.alpha {
        let value = number(alpha.alpha, 2);
        said.push(match (alpha.low, alpha.high) {
            (Some(low), Some(high)) => fill(
                &words.alpha,
                &[
                    ("alpha", &value),
                    ("low", &number(low, 2)),
                    ("high", &number(high, 2)),
                ],
            ),
            _ => fill(&words.alpha_alone, &[("alpha", &value)]),
        });
        if alpha.alpha < 0.0 {
            said.push(words.alpha_negative.clone());
        }
    }
    Some(said.join(" "))
}

fn index_figures(index: &PrintedIndex) -> Vec<Figure> {
    let Ok((low, high)) = index.index else {
        return Vec::new();
    };
    let exact = is_exact(low, high);
    let figure = |name: &'static str| Figure {
        name,
        item: INDEX.to_owned(),
        of: Some(index.dimension.to_string()),
        value: None,
        within: None,
        interval: None,
    };
    let beside = index.beside.as_ref();
    let mut figures = vec![Figure {
        value: exact.then(|| thousandths(low)),
        within: (!exact).then(|| (thousandths(down(low, 1000.0)), thousandths(up(high, 1000.0)))),
        interval: beside.map(|beside| (thousandths(beside.low), thousandths(beside.high))),
        ..figure("index")
    }];
    figures.extend(beside.and_then(|beside| beside.sd).map(|sd| Figure {
        value: Some(thousandths(sd)),
        ..figure("sd")
    }));
    figures.extend(beside.and_then(|beside| beside.alpha).map(|alpha| {
        Figure {
            value: Some(thousandths(alpha.alpha)),
            interval: alpha
                .low
                .zip(alpha.high)
                .map(|(low, high)| (thousandths(low), thousandths(high))),
            ..figure("alpha")
        }
    }));
    figures
}

/// Both ends come from the same sums where they are the same.
pub(super) fn is_exact(low: f64, high: f64) -> bool {
    low.total_cmp(&high).is_eq()
}

/// Rounds so that what was between stays between.
pub(super) fn down(value: f64, parts: f64) -> f64 {
    (value * parts + 1e-9).floor() / parts
}

pub(super) fn up(value: f64, parts: f64) -> f64 {
    (value * parts - 1e-9).ceil() / parts
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "means of scales, indices and people in a table lie far within what it holds"
)]
pub(super) fn thousandths(value: f64) -> i32 {
    (value * 1000.0).round() as i32
}
