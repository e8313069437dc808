//! Dots on a line from nobody to everybody: one with its interval, or two that belong together.

use crate::texts::fill;
use crate::texts::number::percent;

use super::palette::Ink;
use super::scene::{Anchor, Area, Hatching, Pen};
use super::sheet::{MOST_LINES, NORMAL, SMALL, Sheet, Sign, WHOLE, WIDTH, height, share};
use super::{Chart, Kind, Row, Value};

/// Room for labels: they are whole questions.
const LABELS: i32 = 2600;
/// Room for the number and its interval.
const NUMBERS: i32 = 1250;
/// The same on a phone, where numbers stand close.
const NARROW_NUMBERS: i32 = 1120;
const RADIUS: i32 = 62;
const PEN: Pen = Pen::solid(Ink::BLUE, 22);

/// Where everything stands from left to right.
#[derive(Clone, Copy)]
struct Plan {
    /// Room for labels.
    labels: i32,
    /// Whether labels stand above their dots, for want of room beside them.
    above: bool,
    /// Where nobody is.
    left: i32,
    /// Where everybody is.
    right: i32,
}

impl Plan {
    fn of(chart: &Chart, sheet: &Sheet<'_>) -> Self {
        if sheet.wide < WIDTH {
            return Self {
                labels: sheet.wide,
                above: true,
                left: 200,
                right: sheet.wide - NARROW_NUMBERS,
            };
        }
        let labels = sheet.label_width(chart.rows.iter().map(|row| row.label.as_str()), LABELS);
        Self {
            labels,
            above: false,
            left: labels + 350,
            right: WIDTH - NUMBERS,
        }
    }

    /// Where a share lies.
    fn at(self, share: i32) -> i32 {
        let whole = i64::from(self.right - self.left);
        self.left + i32::try_from(i64::from(share) * whole / i64::from(WHOLE)).unwrap_or(0)
    }

    /// Where the numbers stand.
    const fn numbers(self) -> i32 {
        self.right + if self.above { 140 } else { 180 }
    }
}

/// Draws the chart.
pub(super) fn draw(chart: &Chart, sheet: &mut Sheet<'_>) {
    let mut legend = Vec::new();
    if chart.kind == Kind::Gap {
        for (category, ground) in chart.categories.iter().zip([Ink::WHITE, Ink::BLUE]) {
            legend.push((Sign::Dot(ground), category.label.clone()));
        }
    }
    let values = || chart.rows.iter().flat_map(|row| &row.values);
    let printed = &sheet.texts.printed;
    let has_interval = |value: &Value| {
        matches!(
            value,
            Value::Exact {
                interval: Some(_),
                ..
            }
        )
    };
    let dot = match chart.kind {
        Kind::Indices => &printed.dot_of_index,
        _ => &printed.dot,
    };
    if chart.kind != Kind::Gap && values().any(has_interval) {
        legend.push((Sign::Dot(Ink::BLUE), dot.clone()));
    }
    if values().any(|value| matches!(value, Value::Coded { .. })) {
        legend.push((Sign::Coded, printed.between.clone()));
    }
    // Of two values, signs stand side by side; one is told in words.
    legend.extend(sheet.coded_entries(chart, |_, _| chart.kind == Kind::Gap));
    sheet.legend(&legend);
    let plan = Plan::of(chart, sheet);
    let grid = sheet.scene.shapes.len();
    let top = sheet.y;
    let mut rows = Vec::new();
    for row in &chart.rows {
        rows.push(draw_row(chart, row, plan, sheet));
    }
    let bottom = sheet.y;
    // Labels above their dots are not struck through.
    let stretches = if plan.above { rows } else { vec![(top, bottom)] };
    let mut lines = super::scene::Scene::default();
    // A phone has no room for five numbers.
    let step = if plan.above { 2 } else { 1 };
    for quarter in (0..=4).step_by(step) {
        let x = plan.at(quarter * WHOLE / 4);
        for (top, bottom) in &stretches {
            lines.line((x, *top), (x, *bottom), Pen::solid(Ink::PALE, 8));
        }
        let words = match chart.kind {
            Kind::Indices => (quarter * 25).to_string(),
            _ => percent(f64::from(quarter) / 4.0, 0, sheet.texts.language()),
        };
        sheet
            .scene
            .words((x, bottom + 160), Anchor::Middle, SMALL, Ink::GREY, words);
    }
    // The grid lies below everything else.
    sheet.scene.shapes.splice(grid..grid, lines.shapes);
    sheet.y = bottom + 200;
    let counted = match (chart.kind, chart.categories.first()) {
        (Kind::Dots, Some(category)) => Some(&category.label),
        // Which answers are the good ones stands in the legend.
        (Kind::Gap, Some(_)) => Some(&sheet.texts.paper.good_answers),
        _ => None,
    };
    if let Some(what) = counted {
        let words = fill(&sheet.texts.printed.share_of, &[("what", what)]);
        let middle = (plan.at(WHOLE / 2), sheet.y + 130);
        sheet.scene.words(middle, Anchor::Middle, SMALL, Ink::GREY, words);
        sheet.y += 170;
    }
}

/// Draws a row; returns from where to where its dots stand.
fn draw_row(chart: &Chart, row: &Row, plan: Plan, sheet: &mut Sheet<'_>) -> (i32, i32) {
    let label = sheet.lines(&row.label, NORMAL, plan.labels, MOST_LINES);
    let people = row.people.map(|people| sheet.people(people));
    let words = height(label.len(), NORMAL);
    let dots = if people.is_some() { 320 } else { 260 };
    let (whole, first, middle) = if plan.above {
        (words + dots, sheet.y + NORMAL, sheet.y + words + dots / 2 + 10)
    } else {
        let whole = words.max(dots);
        let first = sheet.y + (whole - words) / 2 + NORMAL;
        (whole, first, sheet.y + whole / 2 + 10)
    };
    sheet.write(&label, (0, first), Anchor::Start, NORMAL, Ink::BLACK);
    if let Some(people) = people {
        let at = (plan.numbers(), middle + 90);
        sheet.centred(at, Anchor::Start, SMALL, Ink::GREY, &people);
    }
    if chart.kind == Kind::Gap {
        pair(row, (plan, middle), row.people.is_some(), sheet);
    } else if let Some(value) = row.values.first() {
        let is_in_hundredths = chart.kind == Kind::Indices || chart.says_percent();
        one(
            (*value, is_in_hundredths),
            (plan, middle),
            row.people.is_some(),
            sheet,
        );
    }
    let top = sheet.y + whole - dots;
    sheet.y += whole + 100;
    (top, sheet.y - 100)
}

/// One dot with its interval; the number stands to the right, above how many people it is of. The interval is said beside a
/// number of the same kind only: a count of people would lie outside an interval in per cent.
fn one(
    (value, is_in_hundredths): (Value, bool),
    (plan, y): (Plan, i32),
    has_people: bool,
    sheet: &mut Sheet<'_>,
) {
    let mut said = sheet.in_words(value);
    match value {
        Value::Exact { count, of, interval } => {
            if let Some((low, high)) = interval {
                let bound = |bound: i32| plan.at((bound / 100).clamp(0, WHOLE));
                let (from, to) = (bound(low), bound(high));
                sheet.scene.line((from, y), (to, y), PEN);
                for x in [from, to] {
                    sheet
                        .scene
                        .line((x, y - 50), (x, y + 50), Pen::solid(Ink::BLUE, 14));
                }
                if is_in_hundredths {
                    let whole = |bound: i32| bound.saturating_add(5_000) / 10_000;
                    said = format!("{said} ({}–{})", whole(low), whole(high));
                }
            }
            sheet
                .scene
                .dot(plan.at(share(count, of)), y, RADIUS, Ink::BLUE, PEN);
        }
        Value::Coded { low, high, of } => {
            between(plan.at(share(low, of)), plan.at(share(high, of)), y, sheet);
        }
        Value::Hidden | Value::None => {}
    }
    let at = (plan.numbers(), if has_people { y - 75 } else { y });
    sheet.centred(at, Anchor::Start, NORMAL, Ink::BLACK, &said);
}

/// Two dots and what lies between; each number stands on the outer side of its dot.
fn pair(row: &Row, (plan, y): (Plan, i32), has_people: bool, sheet: &mut Sheet<'_>) {
    let values = [0, 1].map(|place| row.values.get(place).copied().unwrap_or(Value::None));
    let place = |value: Value| match value {
        Value::Exact { count, of, .. } => Some(plan.at(share(count, of))),
        _ => None,
    };
    let [first, second] = values.map(place);
    if let (Some(first), Some(second)) = (first, second) {
        sheet
            .scene
            .line((first, y), (second, y), Pen::solid(Ink::BLUE, 14));
    }
    for (value, ground) in values.into_iter().zip([Ink::WHITE, Ink::BLUE]) {
        match value {
            Value::Coded { low, high, of } => {
                between(plan.at(share(low, of)), plan.at(share(high, of)), y, sheet);
            }
            _ => {
                if let Some(x) = place(value) {
                    // Where both are nearly the same, the second one lies upon the first.
                    let apart = first.zip(second).map(|(first, second)| (first - second).abs());
                    let is_upon = apart.is_some_and(|apart| apart < 2 * RADIUS) && ground == Ink::BLUE;
                    let radius = if is_upon { RADIUS / 3 } else { RADIUS };
                    sheet.scene.dot(x, y, radius, ground, PEN);
                }
            }
        }
    }
    let said = values.map(|value| sheet.said(value));
    let (Some(first), Some(second)) = (first, second) else {
        let [one, other] = said;
        let words = format!("{one} / {other}");
        let at = (plan.numbers(), if has_people { y - 75 } else { y });
        sheet.centred(at, Anchor::Start, NORMAL, Ink::BLACK, &words);
        return;
    };
    let [of_first, of_second] = said;
    let (left, of_left, right, of_right) = if first <= second {
        (first, of_first, second, of_second)
    } else {
        (second, of_second, first, of_first)
    };
    let half = |words: &str, sheet: &Sheet<'_>| sheet.width(words, SMALL) / 2;
    let x = left - RADIUS - 60 - half(&of_left, sheet);
    sheet.on_ground((x, y), &of_left, Ink::WHITE, Ink::BLACK);
    let x = right + RADIUS + 60 + half(&of_right, sheet);
    sheet.on_ground((x, y), &of_right, Ink::WHITE, Ink::BLACK);
}

/// A value somewhere between two places.
fn between(from: i32, to: i32, y: i32, sheet: &mut Sheet<'_>) {
    let area = Area::new(from, y - 50, (to - from).max(20), 100);
    sheet.scene.rectangle(area, Some(Ink::WHITE), None);
    sheet
        .scene
        .hatch(area, Hatching::Rising, 50, Pen::solid(Ink::GREY, 7));
    sheet.scene.rectangle(area, None, Some(Pen::dashed(Ink::GREY, 9)));
}
