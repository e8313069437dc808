//! A bar for every answer: one panel for everybody, or small panels beside each other, one a group, all with one scale.

use super::coded::{Reach, fixed};
use super::palette::Ink;
use super::scene::{Anchor, Area, Pen};
use super::sheet::{BAR, LABELS, LINE, MOST_LINES, NORMAL, SMALL, Sheet, WHOLE, WIDTH, height};
use super::{Chart, Side, Value};

/// Panels beside each other; further ones stand below.
const PANELS: usize = 3;
const GAP: i32 = 200;
/// Room for the number beside a bar.
const NUMBER: i32 = 480;

/// A bar: whose it is, and what it is filled with.
struct Line<'c> {
    label: &'c str,
    side: Side,
}

/// A panel: a bar for every line.
struct Panel<'c> {
    label: &'c str,
    people: Option<u32>,
    values: Vec<Value>,
}

/// Draws a panel for every row, a bar for every category.
pub(super) fn draw(chart: &Chart, sheet: &mut Sheet<'_>) {
    let lines: Vec<Line<'_>> = chart
        .categories
        .iter()
        .map(|category| Line {
            label: &category.label,
            side: category.side,
        })
        .collect();
    let panels: Vec<Panel<'_>> = chart
        .rows
        .iter()
        .map(|row| Panel {
            label: &row.label,
            people: row.people,
            values: row.values.clone(),
        })
        .collect();
    draw_panels(chart, &lines, &panels, sheet);
}

/// Draws one panel with a bar for every row.
pub(super) fn draw_bars(chart: &Chart, sheet: &mut Sheet<'_>) {
    let side = chart
        .categories
        .first()
        .map_or(Side::Plain, |category| category.side);
    let lines: Vec<Line<'_>> = chart
        .rows
        .iter()
        .map(|row| Line {
            label: &row.label,
            side,
        })
        .collect();
    let people = chart.rows.first().and_then(|row| row.people);
    let panel = Panel {
        label: "",
        people: people.filter(|_| chart.rows.iter().all(|row| row.people == people)),
        values: chart
            .rows
            .iter()
            .map(|row| row.values.first().copied().unwrap_or(Value::None))
            .collect(),
    };
    draw_panels(chart, &lines, &[panel], sheet);
}

fn draw_panels(chart: &Chart, lines: &[Line<'_>], panels: &[Panel<'_>], sheet: &mut Sheet<'_>) {
    let labels = sheet.label_width(lines.iter().map(|line| line.label), LABELS);
    // As many in each band, so that none stands alone below three others.
    let bands = panels.len().div_ceil(PANELS).max(1);
    let beside = panels.len().div_ceil(bands).max(1);
    let columns = i32::try_from(beside).unwrap_or(1);
    let width = (WIDTH - labels - GAP * columns) / columns;
    // Words beside a bar leave it at least two thirds of the panel; else their sign stands there.
    let room = width / 3;
    let values = || panels.iter().flat_map(|panel| &panel.values);
    let said = |sheet: &Sheet<'_>, value: Value| {
        let words = sheet.in_words(value);
        if sheet.width(&words, NORMAL) <= room {
            words
        } else {
            sheet.said(value)
        }
    };
    let needed = |value: Value| match value {
        Value::Hidden => fixed(value),
        _ => sheet.width(&said(sheet, value), NORMAL) + 80,
    };
    let numbers = values()
        .map(|value| needed(*value))
        .max()
        .unwrap_or(0)
        .max(NUMBER);
    let coded = sheet.coded_entries(chart, |_, value| said(sheet, value) != sheet.in_words(value));
    sheet.legend(&coded);
    for band in panels.chunks(beside) {
        let longest = width - numbers;
        let left: Vec<(i32, &Panel<'_>)> = band
            .iter()
            .zip(0..)
            .map(|(row, place)| (labels + GAP + place * (width + GAP), row))
            .collect();
        heads(&left, width, sheet, panels.len() > 1);
        for (place, line) in lines.iter().enumerate() {
            let label = sheet.lines(line.label, NORMAL, labels, MOST_LINES);
            let words = height(label.len(), NORMAL);
            let whole = words.max(BAR);
            let top = sheet.y;
            sheet.write(
                &label,
                (0, top + (whole - words) / 2 + NORMAL - 5),
                Anchor::Start,
                NORMAL,
                Ink::BLACK,
            );
            let bar = top + (whole - BAR) / 2;
            for (x, row) in &left {
                let value = row.values.get(place).copied().unwrap_or(Value::None);
                let reach = Reach::alone(value);
                let (long, possible) = (scaled(reach.certain, longest), scaled(reach.possible, longest));
                sheet
                    .scene
                    .rectangle(Area::new(*x, bar, longest, BAR), Some(Ink::TRACK), None);
                if long > 0 {
                    sheet.bar(Area::new(*x, bar, long, BAR), line.side);
                }
                if possible > 0 {
                    sheet.possible(Area::new(*x + long, bar, possible, BAR), Some(line.side));
                }
                sheet
                    .scene
                    .line((*x, bar - 30), (*x, bar + BAR + 30), Pen::solid(Ink::BLACK, 12));
                if value == Value::Hidden {
                    sheet.hidden((*x, bar), None);
                } else {
                    let words = said(sheet, value);
                    let at = (*x + long + possible + 60, bar + BAR / 2);
                    sheet.centred(at, Anchor::Start, NORMAL, Ink::BLACK, &words);
                }
            }
            sheet.y = top + whole + 80;
        }
        sheet.y += 120;
    }
    sheet.y -= 120;
}

/// Whose answers each panel shows; for one panel only how many they are.
fn heads(left: &[(i32, &Panel<'_>)], width: i32, sheet: &mut Sheet<'_>, named: bool) {
    let mut lowest = 0;
    let mut all = Vec::new();
    for (x, row) in left {
        let lines = if named {
            sheet.lines(row.label, NORMAL, width, MOST_LINES)
        } else {
            Vec::new()
        };
        let people = row.people.map(|people| sheet.people(people));
        let tall = height(lines.len(), NORMAL) + if people.is_some() { LINE } else { 0 };
        lowest = lowest.max(tall);
        all.push((*x, lines, people, tall));
    }
    for (x, lines, people, tall) in all {
        let first = sheet.y + lowest - tall + NORMAL;
        sheet.write(&lines, (x, first), Anchor::Start, NORMAL, Ink::BLACK);
        if let Some(people) = people {
            let y = first + height(lines.len(), NORMAL) - 10;
            sheet.scene.words((x, y), Anchor::Start, SMALL, Ink::GREY, people);
        }
    }
    if lowest > 0 {
        sheet.y += lowest + 90;
    }
}

fn scaled(share: i32, longest: i32) -> i32 {
    i32::try_from(i64::from(share) * i64::from(longest.max(0)) / i64::from(WHOLE)).unwrap_or(0)
}
