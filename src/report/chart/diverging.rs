//! Bars on both sides of an axis: unfavourable answers to the left, favourable ones to the right, what is neither in
//! columns of its own. All bars have one scale.

use super::palette::{self, Ink};
use super::scene::{Anchor, Area, Pen};
use super::sheet::{
    BAR, LINE, MOST_LINES, NORMAL, SMALL, Sheet, Sign, WHOLE, WIDTH, certain, height, unsure_width,
};
use super::{Chart, Row, Side, Value};

const GAP: i32 = 160;
/// Room for the number beside a bar in a column of its own.
const NUMBER: i32 = 450;
/// All answers on one side are never wider than this.
const WIDEST: i32 = 4200;
const NARROWEST: i32 = 300;
/// Room above a bar for numbers it is too narrow for.
const ABOVE: i32 = 140;

/// Where everything stands from left to right.
struct Plan {
    left: Vec<usize>,
    right: Vec<usize>,
    axis: i32,
    columns: Vec<Column>,
    /// Room for the labels of the rows; none for a single row, which is about everybody.
    labels: i32,
    /// How wide a bar of everybody would be.
    scale: i32,
}

/// Which way a bar grows from the axis.
#[derive(Clone, Copy)]
enum Outwards {
    Left,
    Right,
}

impl Outwards {
    const fn sign(self) -> i32 {
        match self {
            Self::Left => -1,
            Self::Right => 1,
        }
    }
}

struct Column {
    category: usize,
    x: i32,
    width: i32,
}

/// Draws the chart.
pub(super) fn draw(chart: &Chart, sheet: &mut Sheet<'_>) {
    let labels = match &chart.rows[..] {
        [_] => 0,
        rows => sheet.label_width(rows.iter().map(|row| row.label.as_str())),
    };
    let plan = plan(chart, labels);
    let mut legend = Vec::new();
    for category in plan.left.iter().chain(&plan.right) {
        if let Some(category) = chart.categories.get(*category) {
            legend.push((Sign::Bar(category.side), category.label.clone()));
        }
    }
    legend.extend(sheet.coded_entries(chart));
    sheet.legend(&legend);
    column_heads(chart, &plan, sheet);
    let top = sheet.y;
    for row in &chart.rows {
        draw_row(chart, &plan, row, sheet);
    }
    sheet.scene.line(
        (plan.axis, top),
        (plan.axis, sheet.y - 30),
        Pen::solid(Ink::BLACK, 14),
    );
}

fn plan(chart: &Chart, labels: i32) -> Plan {
    let on = |sides: &[Side]| -> Vec<usize> {
        let mut found = Vec::new();
        for side in sides {
            let places = chart.categories.iter().enumerate();
            found.extend(
                places
                    .filter(|(_, category)| category.side == *side)
                    .map(|(place, _)| place),
            );
        }
        found
    };
    let left = on(&[Side::StronglyAgainst, Side::Against]);
    let right = on(&[Side::For, Side::StronglyFor]);
    let own = on(&[Side::Neutral, Side::Plain, Side::Beside]);
    let most = |categories: &[usize], of: &dyn Fn(Value) -> i32| {
        let rows = chart.rows.iter().filter(|row| !is_hidden(row));
        rows.map(|row| categories.iter().map(|place| of(value(row, *place))).sum::<i32>())
            .max()
            .unwrap_or(0)
    };
    let boxes = |categories: &[usize]| most(categories, &unsure_width);
    let shares = |categories: &[usize]| most(categories, &certain);
    let own_boxes: i32 = own.iter().map(|place| boxes(&[*place]).max(NUMBER)).sum();
    let own_shares: i32 = own.iter().map(|place| shares(&[*place])).sum();
    let gaps = GAP * i32::try_from(own.len() + 1).unwrap_or(1) + 60;
    let fixed = boxes(&left) + boxes(&right) + own_boxes + gaps;
    let all = (shares(&left) + shares(&right) + own_shares).max(1);
    let room = (WIDTH - labels - fixed).max(0);
    let scale = (i64::from(room) * i64::from(WHOLE) / i64::from(all)).clamp(NARROWEST.into(), WIDEST.into());
    let scale = i32::try_from(scale).unwrap_or(NARROWEST);
    let wide = |share: i32| scaled(share, scale);
    let axis = labels + if labels > 0 { GAP } else { 0 } + boxes(&left) + wide(shares(&left));
    let mut x = axis + boxes(&right) + wide(shares(&right)) + GAP;
    let mut columns = Vec::new();
    for category in own {
        let width = boxes(&[category]).max(NUMBER) + wide(shares(&[category]));
        columns.push(Column { category, x, width });
        x += width + GAP;
    }
    // What room is left stands between the bars and the columns beside them.
    let left_over = (WIDTH - (x - GAP)).max(0);
    for column in &mut columns {
        column.x += left_over / 2;
    }
    Plan {
        left,
        right,
        axis,
        columns,
        labels,
        scale,
    }
}

fn column_heads(chart: &Chart, plan: &Plan, sheet: &mut Sheet<'_>) {
    let mut lowest = 0;
    let heads: Vec<(i32, Vec<String>)> = plan
        .columns
        .iter()
        .map(|column| {
            let label = chart
                .categories
                .get(column.category)
                .map_or("", |category| category.label.as_str());
            let lines = sheet.lines(label, SMALL, column.width.max(700), MOST_LINES);
            (column.x, lines)
        })
        .collect();
    for (_, lines) in &heads {
        lowest = lowest.max(height(lines.len(), SMALL));
    }
    if let ([row], 0) = (&chart.rows[..], plan.labels)
        && let Some(people) = row.people
    {
        let people = sheet.people(people);
        lowest = lowest.max(height(1, SMALL));
        let y = sheet.y + lowest - height(1, SMALL) + SMALL;
        sheet.scene.words((0, y), Anchor::Start, SMALL, Ink::GREY, people);
    }
    for (x, lines) in heads {
        let y = sheet.y + lowest - height(lines.len(), SMALL) + SMALL;
        sheet.write(&lines, (x, y), Anchor::Start, SMALL, Ink::BLACK);
    }
    if lowest > 0 {
        sheet.y += lowest + 80;
    }
}

fn draw_row(chart: &Chart, plan: &Plan, row: &Row, sheet: &mut Sheet<'_>) {
    let (label, people) = if plan.labels > 0 {
        (
            sheet.lines(&row.label, NORMAL, plan.labels, MOST_LINES),
            row.people.map(|people| sheet.people(people)),
        )
    } else {
        (Vec::new(), None)
    };
    let words = height(label.len(), NORMAL) + if people.is_some() { LINE } else { 0 };
    let whole = words.max(ABOVE + BAR);
    let top = sheet.y + 40;
    let bar = top + (whole - BAR - ABOVE) / 2 + ABOVE;
    let first = top + (whole - words) / 2 + NORMAL;
    let below = first + height(label.len(), NORMAL);
    sheet.write(&label, (0, first), Anchor::Start, NORMAL, Ink::BLACK);
    if let Some(people) = people {
        sheet
            .scene
            .words((0, below - 10), Anchor::Start, SMALL, Ink::GREY, people);
    }
    if is_hidden(row) {
        sheet.unsure((plan.axis + 60, bar), Value::Hidden, None);
    } else {
        // From the axis outwards, so that numbers above the bar stay on their side of it.
        let mut edge = (plan.axis, plan.axis - 20);
        for place in plan.left.iter().rev() {
            edge = segment(chart, plan, sheet, (bar, edge), (row, *place), Outwards::Left);
        }
        let mut edge = (plan.axis, plan.axis + 20);
        for place in &plan.right {
            edge = segment(chart, plan, sheet, (bar, edge), (row, *place), Outwards::Right);
        }
        for column in &plan.columns {
            let side = chart
                .categories
                .get(column.category)
                .map_or(Side::Neutral, |category| category.side);
            beside(plan, sheet, (column.x, bar), value(row, column.category), side);
        }
    }
    sheet.y = top + whole + 60;
}

/// Draws one part of a stacked bar from its inner edge, `(x, taken)`, where `taken` is how far numbers above the bar
/// reach; returns the same for the next one.
fn segment(
    chart: &Chart,
    plan: &Plan,
    sheet: &mut Sheet<'_>,
    (y, (x, mut taken)): (i32, (i32, i32)),
    (row, place): (&Row, usize),
    outwards: Outwards,
) -> (i32, i32) {
    let side = chart
        .categories
        .get(place)
        .map_or(Side::Plain, |category| category.side);
    let value = value(row, place);
    let way = outwards.sign();
    let width = scaled(certain(value), plan.scale);
    let left_edge = |from: i32, width: i32| if way < 0 { from - width } else { from };
    if width > 0 {
        let area = Area::new(left_edge(x, width), y, width, BAR);
        sheet.bar(area, side);
        let said = sheet.said(value);
        let needed = sheet.width(&said, SMALL) + 60;
        let middle = area.middle();
        if needed <= width {
            sheet.on_ground(
                (middle.x, middle.y),
                &said,
                palette::fill(side),
                palette::on(side),
            );
        } else {
            let nearest = taken + way * needed / 2;
            let at = if way < 0 {
                middle.x.min(nearest)
            } else {
                middle.x.max(nearest)
            };
            let leader = Pen::solid(Ink::GREY, 8);
            sheet.scene.line((at, y - 35), (middle.x, y), leader);
            sheet.centred((at, y - 90), Anchor::Middle, SMALL, Ink::BLACK, &said);
            taken = at + way * needed / 2;
        }
    }
    let box_width = unsure_width(value);
    let x = x + way * width;
    if box_width > 0 {
        sheet.unsure((left_edge(x, box_width), y), value, Some(side));
    }
    (x + way * box_width, taken)
}

/// Draws one bar that stands for itself, its number to the right.
fn beside(plan: &Plan, sheet: &mut Sheet<'_>, (x, y): (i32, i32), value: Value, side: Side) {
    let width = scaled(certain(value), plan.scale);
    if width > 0 {
        sheet.bar(Area::new(x, y, width, BAR), side);
    }
    sheet
        .scene
        .line((x, y - 20), (x, y + BAR + 20), Pen::solid(Ink::GREY, 8));
    if unsure_width(value) > 0 {
        sheet.unsure((x + width, y), value, Some(side));
    } else {
        let said = sheet.said(value);
        sheet.centred(
            (x + width + 50, y + BAR / 2),
            Anchor::Start,
            SMALL,
            Ink::BLACK,
            &said,
        );
    }
}

fn scaled(share: i32, scale: i32) -> i32 {
    i32::try_from(i64::from(share) * i64::from(scale) / i64::from(WHOLE)).unwrap_or(0)
}

fn value(row: &Row, place: usize) -> Value {
    row.values.get(place).copied().unwrap_or(Value::None)
}

fn is_hidden(row: &Row) -> bool {
    row.values.iter().all(|value| matches!(value, Value::Hidden))
}
