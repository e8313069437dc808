//! Pictures of printed values.

use crate::disclosure::published::{
    Answers, Category, Count, Counted, Grain, GroupAnswers, PublishedBreakdown, PublishedItem,
};
use crate::domain::survey::Item;
use crate::domain::survey::scale::{Good, Scale};
use crate::report::chart::{self, Chart, Kind, Row, Side, Value};
use crate::texts::fill;

use super::Sources;
use super::item::{favourable, question};
use super::said::{after, alone, finding, finest, who};
use super::tables::label;

/// The most rows of a picture on paper.
const MOST_ROWS: usize = 10;

/// Returns a printed count as a chart takes it; `interval` is the one that is printed beside its share, in millionths.
pub(super) fn value(count: Count, interval: Option<(i32, i32)>, of: u32) -> Value {
    match count {
        Count::Exact(count) => Value::Exact { count, of, interval },
        Count::AtMost(_) | Count::AtLeast(_) => {
            let (low, high) = count.bounds(of);
            Value::Coded { low, high, of }
        }
        Count::Hidden => Value::Hidden,
    }
}

/// Returns the chart of one item; `None` where nothing is printed, or a picture would say less than the table.
pub(super) fn of_item(sources: &Sources<'_>, printed: &PublishedItem, item: &Item<'_>) -> Option<Chart> {
    let Answers::Row { counted, .. } = &printed.answers else {
        return None;
    };
    let n = printed.valid()?;
    let alt = finding(sources, printed, item)?;
    let title = sources.titled(question(sources, item));
    let ordered = item
        .scale
        .filter(|scale| good_end(scale, item).is_some() || scale.is_ordered());
    if let (Some(scale), Counted::One) = (ordered, counted) {
        let grain = grain_of(printed)?;
        let placed = on_scale(sources, item, scale, grain);
        let categories = sides_together(sources, placed, &[(printed, *item)]);
        let values = categories.iter().map(|(what, _)| cell_value(printed, what, n));
        let row = Row {
            label: String::new(),
            people: Some(n),
            values: values.collect(),
        };
        return Some(Chart {
            kind: Kind::Diverging,
            categories: categories.into_iter().map(|(_, category)| category).collect(),
            rows: vec![row],
            ..blank(sources, title, alt, n)
        });
    }
    let rows: Vec<Row> = finest(printed)
        .map(|cell| Row {
            label: label(sources, item, &cell.what),
            people: Some(n),
            values: vec![value(cell.count, None, n)],
        })
        .collect();
    let category = chart::Category {
        label: sources.words().count.clone(),
        side: Side::Plain,
        mark: None,
    };
    (rows.len() > 1).then(|| Chart {
        kind: Kind::Bars,
        categories: vec![category],
        rows,
        ..blank(sources, title, alt, n)
    })
}

/// Returns the chart of a matrix: its rows below each other on one scale, or what matters beside what is.
pub(super) fn of_matrix(
    sources: &Sources<'_>,
    title: &str,
    items: &[(&PublishedItem, Item<'_>)],
) -> Option<Chart> {
    let (_, first) = items.first()?;
    let scale = first.scale?;
    let shown = || {
        items
            .iter()
            .filter(|(printed, _)| matches!(printed.answers, Answers::Row { .. }))
    };
    let fewest = shown().filter_map(|(printed, _)| printed.valid()).min()?;
    let words = &sources.texts.paper;
    // What it shows in numbers, for those who do not see it, and where no table follows.
    let told: Vec<String> = items
        .iter()
        .filter_map(|(printed, item)| alone(sources, printed, item))
        .collect();
    let alt = |rows: usize| {
        if told.is_empty() {
            fill(&words.rows_alt, &[("rows", &rows.to_string())])
        } else {
            told.join(" ")
        }
    };
    let title = sources.titled(title.to_owned());
    if first.paired {
        let mut rows: Vec<Row> = Vec::new();
        let mut people: Vec<Vec<u32>> = Vec::new();
        let mut scales: Vec<&Scale> = Vec::new();
        let mut categories: Vec<chart::Category> = Vec::new();
        for (printed, item) in items {
            let (Some(row), Some(scale)) = (item.row, item.scale) else {
                continue;
            };
            if !scales.iter().any(|own| std::ptr::eq(*own, scale)) {
                scales.push(scale);
                let ask = scale.ask.as_ref().map(|ask| sources.asked(ask));
                let counted = favourable(item).unwrap_or_default().into_iter();
                let counted: Vec<Category> = counted.map(|code| Category::Code(code.clone())).collect();
                categories.push(chart::Category {
                    label: after(&ask.unwrap_or_default(), &sources.answers(item, &counted)),
                    side: Side::Plain,
                    mark: None,
                });
            }
            let label = sources.asked(&row.text);
            let value = favourable_value(printed, item);
            let own = rows.iter_mut().zip(&mut people);
            match own.into_iter().find(|(own, _)| own.label == label) {
                Some((own, people)) => {
                    own.values.push(value);
                    people.extend(printed.valid());
                }
                None => {
                    rows.push(Row {
                        label,
                        people: None,
                        values: vec![value],
                    });
                    people.push(printed.valid().into_iter().collect());
                }
            }
        }
        for (row, people) in rows.iter_mut().zip(people) {
            match people[..] {
                [one, other] if one == other => row.people = Some(one),
                [one, other] => {
                    let (one, other) = (sources.number(one), sources.number(other));
                    let values = [("label", row.label.as_str()), ("one", &one), ("other", &other)];
                    row.label = fill(&words.gap_people, &values);
                }
                _ => {}
            }
        }
        rows.retain(|row| row.values.len() == scales.len());
        return (rows.len() > 1).then(|| Chart {
            kind: Kind::Gap,
            categories,
            alt: alt(rows.len()),
            rows,
            ..blank(sources, title, String::new(), fewest)
        });
    }
    let grain = shown().filter_map(|(printed, _)| grain_of(printed)).max()?;
    let categories = sides_together(sources, on_scale(sources, first, scale, grain), items);
    let rows: Vec<Row> = items
        .iter()
        .map(|(printed, item)| {
            let n = printed.valid();
            let reverse = is_reverse(item);
            Row {
                label: item.row.map_or_else(String::new, |row| sources.asked(&row.text)),
                people: n,
                values: categories
                    .iter()
                    .map(|(what, _)| {
                        if reverse {
                            Value::None
                        } else {
                            cell_value(printed, what, n.unwrap_or(0))
                        }
                    })
                    .collect(),
            }
        })
        .collect();
    // A statement that is good to disagree with would stand on the wrong side.
    let mixed = items.iter().any(|(_, item)| is_reverse(item));
    (rows.len() > 1 && !mixed).then(|| Chart {
        kind: Kind::Diverging,
        alt: alt(rows.len()),
        categories: categories.into_iter().map(|(_, category)| category).collect(),
        rows,
        ..blank(sources, title, String::new(), fewest)
    })
}

/// Returns a chart of many rows as several, none of which is too high for a page.
pub(super) fn parted(sources: &Sources<'_>, chart: Chart) -> Vec<Chart> {
    let parts = chart.rows.len().div_ceil(MOST_ROWS).max(1);
    let long = chart.rows.len().div_ceil(parts).max(1);
    let rows = chart.rows.chunks(long).enumerate();
    rows.map(|(nr, rows)| Chart {
        title: if nr == 0 {
            chart.title.clone()
        } else {
            fill(&sources.texts.printed.continued, &[("caption", &chart.title)])
        },
        rows: rows.to_vec(),
        ..chart.clone()
    })
    .collect()
}

/// Returns the chart of groups beside each other.
pub(super) fn of_groups(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    breakdown: &PublishedBreakdown,
    names: &[String],
) -> Option<Chart> {
    let GroupAnswers::Row { what, counts, .. } = &breakdown.answers else {
        return None;
    };
    let words = &sources.texts.paper;
    let said = names
        .iter()
        .zip(counts)
        .zip(&breakdown.groups)
        .filter_map(|((name, count), group)| {
            let who = who(*count, group.people, false, sources.texts)?;
            Some(fill(&words.said.group, &[("group", name), ("who", &who)]))
        });
    let groups = said.collect::<Vec<_>>().join("; ");
    let answers = sources.answers(item, what);
    let values = [("answers", answers.as_str()), ("groups", &groups)];
    let alt = fill(&words.said.groups, &values);
    let rows: Vec<Row> = names
        .iter()
        .zip(counts)
        .zip(&breakdown.groups)
        .map(|((name, count), group)| Row {
            label: name.clone(),
            people: Some(group.people),
            values: vec![value(*count, None, group.people)],
        })
        .collect();
    let variable = sources.variable(&breakdown.by);
    let title = fill(
        &words.groups_picture,
        &[("variable", &variable), ("question", &question(sources, item))],
    );
    let category = chart::Category {
        label: label(sources, item, what),
        side: Side::Plain,
        mark: None,
    };
    (rows.len() > 1 && printed.valid().is_some()).then(|| Chart {
        kind: Kind::SmallMultiples,
        categories: vec![category],
        rows,
        ..blank(sources, sources.titled(title), alt, 0)
    })
}

/// A chart without rows. `n` is the fewest people a row has; 0 where per cent are not printed.
pub(super) fn blank(sources: &Sources<'_>, title: String, alt: String, n: u32) -> Chart {
    Chart {
        kind: Kind::Diverging,
        language: sources.language(),
        name: String::new(),
        title,
        alt,
        categories: Vec::new(),
        rows: Vec::new(),
        percent: n >= u32::from(sources.published.terms().percent_from),
        median: None,
    }
}

/// The count of the favourable answers, as a chart takes it.
fn favourable_value(printed: &PublishedItem, item: &Item<'_>) -> Value {
    match (super::said::good(printed, item), printed.valid()) {
        (Some(cell), Some(n)) => value(cell.count, None, n),
        _ => Value::Hidden,
    }
}

fn cell_value(printed: &PublishedItem, what: &[Category], n: u32) -> Value {
    let cell = printed.cells().iter().find(|cell| cell.what == what);
    match (&printed.answers, cell) {
        (Answers::Row { .. }, Some(cell)) => value(cell.count, None, n),
        (Answers::Row { .. }, None) => Value::None,
        _ => Value::Hidden,
    }
}

const fn grain_of(printed: &PublishedItem) -> Option<Grain> {
    match &printed.answers {
        Answers::Row { form, .. } => Some(*form),
        _ => None,
    }
}

fn is_reverse(item: &Item<'_>) -> bool {
    item.question.reverse || item.row.is_some_and(|row| row.reverse)
}

/// Whether the last level is the good one; `None` where neither end is.
fn good_end(scale: &Scale, item: &Item<'_>) -> Option<bool> {
    match scale.good {
        Good::None => None,
        Good::High => Some(!is_reverse(item)),
        Good::Low => Some(is_reverse(item)),
    }
}

/// The answers of a scale at a grain, the unfavourable ones first, each with where it stands.
fn on_scale(
    sources: &Sources<'_>,
    item: &Item<'_>,
    scale: &Scale,
    grain: Grain,
) -> Vec<(Vec<Category>, chart::Category)> {
    let code = |id: &crate::domain::id::Id| Category::Code(id.clone());
    let parts: Vec<Vec<Category>> = match (grain, &scale.bands) {
        (Grain::ThreeBands, Some(bands)) if bands.three.is_some() => {
            let three = bands.three.iter().flatten();
            three.map(|band| band.iter().map(code).collect()).collect()
        }
        (Grain::TwoBands, Some(bands)) => bands
            .two
            .iter()
            .map(|band| band.iter().map(code).collect())
            .collect(),
        _ => scale.levels.iter().map(|level| vec![code(&level.code)]).collect(),
    };
    let high = good_end(scale, item);
    let mut placed: Vec<(Vec<Category>, chart::Category)> = parts
        .into_iter()
        .map(|what| {
            let side = side(&what, scale, high, item);
            let label = label(sources, item, &what);
            let category = chart::Category {
                label,
                side,
                mark: None,
            };
            (what, category)
        })
        .collect();
    if high == Some(false) {
        placed.reverse();
    }
    placed
}

/// Takes the answers of a side together where one of them is told by its bounds alone and their sum is printed: two
/// counts of which little is known say less beside each other than the one that is known.
fn sides_together(
    sources: &Sources<'_>,
    placed: Vec<(Vec<Category>, chart::Category)>,
    items: &[(&PublishedItem, Item<'_>)],
) -> Vec<(Vec<Category>, chart::Category)> {
    let mut together: Vec<(Vec<Category>, chart::Category)> = Vec::new();
    let mut rest = placed.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let own = match first.1.side {
            Side::StronglyAgainst | Side::Against => [Side::StronglyAgainst, Side::Against],
            Side::StronglyFor | Side::For => [Side::StronglyFor, Side::For],
            Side::Neutral | Side::Plain | Side::Beside => {
                together.push(first.clone());
                rest = others;
                continue;
            }
        };
        let long = rest
            .iter()
            .take_while(|(_, category)| own.contains(&category.side))
            .count();
        let (side, after) = rest.split_at(long);
        rest = after;
        match sum_of(side, items) {
            Some((what, item)) => {
                let label = label(sources, item, &what);
                let [_, weak] = own;
                let category = chart::Category {
                    label,
                    side: weak,
                    mark: None,
                };
                together.push((what, category));
            }
            None => together.extend_from_slice(side),
        }
    }
    together
}

/// The printed sum of answers of which some count is told by its bounds alone; `None` where none is, or the sum is not
/// printed of every item.
fn sum_of<'i, 's>(
    side: &[(Vec<Category>, chart::Category)],
    items: &'i [(&PublishedItem, Item<'s>)],
) -> Option<(Vec<Category>, &'i Item<'s>)> {
    let shown = || {
        items
            .iter()
            .filter(|(printed, _)| matches!(printed.answers, Answers::Row { .. }))
    };
    let is_coded = |what: &[Category]| {
        let mut cells = shown().flat_map(|(printed, _)| printed.cells());
        cells.any(|cell| cell.what == what && matches!(cell.count, Count::AtMost(_) | Count::AtLeast(_)))
    };
    if side.len() < 2 || !side.iter().any(|(what, _)| is_coded(what)) {
        return None;
    }
    let wanted: Vec<&Category> = side.iter().flat_map(|(what, _)| what).collect();
    let is_sum = |what: &[Category]| {
        what.len() == wanted.len() && what.iter().all(|category| wanted.contains(&category))
    };
    let (first, item) = shown().next()?;
    let what = first.cells().iter().find(|cell| is_sum(&cell.what))?.what.clone();
    let everywhere = shown().all(|(printed, _)| printed.cells().iter().any(|cell| cell.what == what));
    everywhere.then_some((what, item))
}

/// Where an answer stands: on the side of its band, strongly where it is the end of the scale and not alone in its
/// band, in the middle where it is in the middle one of three.
fn side(what: &[Category], scale: &Scale, high: Option<bool>, item: &Item<'_>) -> Side {
    if high.is_none() {
        return Side::Plain;
    }
    let codes: Vec<_> = what
        .iter()
        .filter_map(|category| match category {
            Category::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    let three = scale.bands.as_ref().and_then(|bands| bands.three.as_ref());
    if let Some([_, middle, _]) = three
        && codes.iter().all(|code| middle.contains(code))
    {
        return Side::Neutral;
    }
    let is_good = favourable(item).is_some_and(|good| codes.iter().all(|code| good.contains(code)));
    let ends = [scale.levels.first(), scale.levels.last()];
    let is_end = codes.len() == 1
        && scale.levels.len() > 3
        && ends.iter().flatten().any(|level| codes.contains(&&level.code));
    match (is_good, is_end) {
        (true, true) => Side::StronglyFor,
        (true, false) => Side::For,
        (false, true) => Side::StronglyAgainst,
        (false, false) => Side::Against,
    }
}
