//! Rounds from left to right: a dot for each, joined where both are known, with what was changed in between.

use crate::report::wording::share_words;
use crate::texts::fill;
use crate::texts::number::percent;

use super::palette::Ink;
use super::scene::{Anchor, Area, Hatching, Pen};
use super::sheet::{SMALL, Sheet, Sign, WHOLE, WIDTH, height, share};
use super::{Chart, Value};

const LEFT: i32 = 600;
const RIGHT: i32 = WIDTH - 300;
/// How tall the scale is: of few rounds no taller than what they show, so that a page holds two of them.
const TALL: i32 = 2400;
const LOW: i32 = 1600;
const FEW: usize = 3;
/// Lines of what was changed before a round.
const MARK_LINES: usize = 2;
const RADIUS: i32 = 62;

/// Draws the chart.
pub(super) fn draw(chart: &Chart, sheet: &mut Sheet<'_>) {
    let mut legend = sheet.coded_entries(chart, |_, _| true);
    let language = sheet.texts.language();
    let values = chart.rows.first().map_or(&[][..], |row| &row.values);
    let has_interval = |value: &Value| {
        matches!(
            value,
            Value::Exact {
                interval: Some(_),
                ..
            }
        )
    };
    if values.iter().any(has_interval) {
        legend.push((Sign::Dot(Ink::BLUE), sheet.texts.printed.dot.clone()));
    }
    if let Some(median) = chart.median {
        let number = share_words(u32::try_from(median).unwrap_or(0), 10_000, language);
        let words = fill(&sheet.texts.printed.median, &[("median", &number)]);
        legend.push((Sign::Dashed, words));
    }
    sheet.legend(&legend);
    let marks = chart
        .categories
        .iter()
        .filter_map(|category| category.mark.as_ref());
    let above = if marks.count() > 0 {
        height(MARK_LINES, SMALL)
    } else {
        0
    };
    let top = sheet.y + 100 + above;
    let tall = if chart.categories.len() <= FEW { LOW } else { TALL };
    let bottom = top + tall;
    let height_of = |share: i32| bottom - share.clamp(0, WHOLE) * (tall / 100) / (WHOLE / 100);
    for quarter in 0..=4 {
        let y = height_of(quarter * WHOLE / 4);
        sheet.scene.line((LEFT, y), (RIGHT, y), Pen::solid(Ink::PALE, 8));
        let words = percent(f64::from(quarter) / 4.0, 0, language);
        sheet.centred((LEFT - 80, y), Anchor::End, SMALL, Ink::GREY, &words);
    }
    if let Some(median) = chart.median {
        let y = height_of(median);
        sheet
            .scene
            .line((LEFT, y), (RIGHT, y), Pen::dashed(Ink::GREY, 12));
    }
    let count = i32::try_from(chart.categories.len()).unwrap_or(1).max(1);
    let step = (RIGHT - LEFT) / count;
    let x_of = |place: i32| LEFT + step * place + step / 2;
    let known: Vec<(i32, Value)> = (0..).map(x_of).zip(values.iter().copied()).collect();
    // Two points would draw a way up or down that two are too few for.
    let pairs = known.windows(2).filter(|_| known.len() >= FEW);
    for pair in pairs {
        if let [
            (
                x1,
                Value::Exact {
                    count: one, of: all, ..
                },
            ),
            (x2, Value::Exact { count, of, .. }),
        ] = pair
        {
            sheet.scene.line(
                (*x1, height_of(share(*one, *all))),
                (*x2, height_of(share(*count, *of))),
                Pen::solid(Ink::BLUE, 20),
            );
        }
    }
    for (x, value) in known {
        point(x, value, bottom, &height_of, sheet);
    }
    let mut lowest = bottom;
    for ((place, category), value) in (0..).zip(&chart.categories).zip(values) {
        let lines = sheet.lines(&category.label, SMALL, step - 60, 3);
        let mut y = bottom + 170;
        sheet.write(&lines, (x_of(place), y), Anchor::Middle, SMALL, Ink::BLACK);
        y += height(lines.len(), SMALL);
        if let Value::Exact { of, .. } | Value::Coded { of, .. } = value {
            let people = sheet.people(*of);
            let lines = sheet.lines(&people, SMALL, step - 40, 2);
            sheet.write(&lines, (x_of(place), y), Anchor::Middle, SMALL, Ink::GREY);
            y += height(lines.len(), SMALL);
        }
        if let Some(mark) = &category.mark {
            let x = x_of(place) - step / 2;
            sheet
                .scene
                .line((x, top), (x, bottom + 60), Pen::dashed(Ink::BLACK, 12));
            let lines = sheet.lines(mark, SMALL, step * 2 - 60, MARK_LINES);
            let first = top - 90 - height(lines.len().saturating_sub(1), SMALL);
            let inside = x.clamp(LEFT + step, RIGHT - step);
            sheet.write(&lines, (inside, first), Anchor::Middle, SMALL, Ink::BLACK);
        }
        lowest = lowest.max(y);
    }
    sheet.y = lowest;
}

fn point(x: i32, value: Value, bottom: i32, height_of: &dyn Fn(i32) -> i32, sheet: &mut Sheet<'_>) {
    let said = sheet.said(value);
    let above = match value {
        Value::Exact { count, of, interval } => {
            let y = height_of(share(count, of));
            if let Some((low, high)) = interval {
                let at = |bound: i32| height_of(bound / 100);
                let pen = Pen::solid(Ink::GREY, 14);
                sheet.scene.line((x, at(low)), (x, at(high)), pen);
            }
            sheet
                .scene
                .dot(x, y, RADIUS, Ink::BLUE, Pen::solid(Ink::WHITE, 14));
            let right = x + RADIUS + 70 + sheet.width(&said, SMALL) / 2;
            sheet.on_ground((right, y - 90), &said, Ink::WHITE, Ink::BLACK);
            return;
        }
        Value::Coded { low, high, of } => {
            let (upper, lower) = (height_of(share(high, of)), height_of(share(low, of)));
            let area = Area::new(x - 60, upper, 120, (lower - upper).max(20));
            sheet.scene.rectangle(area, Some(Ink::WHITE), None);
            sheet
                .scene
                .hatch(area, Hatching::Rising, 50, Pen::solid(Ink::GREY, 7));
            sheet.scene.rectangle(area, None, Some(Pen::dashed(Ink::GREY, 9)));
            upper - 100
        }
        Value::Hidden | Value::None => bottom - 120,
    };
    sheet.on_ground((x, above), &said, Ink::WHITE, Ink::BLACK);
}
