//! Bars on both sides of an axis: unfavourable answers to the left, favourable ones to the right, what is neither in
//! columns of its own. All bars have one scale.

use super::coded::{Reach, fixed};
use super::palette::{self, Ink};
use super::scene::{Anchor, Area, Pen};
use super::sheet::{BAR, LABELS, LINE, MOST_LINES, NORMAL, SMALL, Sheet, Sign, WHOLE, WIDTH, height};
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

impl Plan {
    /// Room for the number in a part of a stacked bar.
    fn room(&self, value: Value) -> i32 {
        scaled(Reach::of(value).all(), self.scale) - 60
    }
}

/// Draws the chart.
pub(super) fn draw(chart: &Chart, sheet: &mut Sheet<'_>) {
    let labels = match &chart.rows[..] {
        [_] => 0,
        rows => sheet.label_width(rows.iter().map(|row| row.label.as_str()), LABELS),
    };
    let plan = plan(chart, labels, sheet);
    let mut legend = Vec::new();
    for category in plan.left.iter().chain(&plan.right) {
        if let Some(category) = chart.categories.get(*category) {
            legend.push((Sign::Bar(category.side), category.label.clone()));
        }
    }
    let is_sign = |place: usize, value: Value| {
        let stacked = plan.left.contains(&place) || plan.right.contains(&place);
        stacked && sheet.said_within(value, plan.room(value)) != sheet.in_words(value)
    };
    legend.extend(sheet.coded_entries(chart, is_sign));
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

fn plan(chart: &Chart, labels: i32, sheet: &Sheet<'_>) -> Plan {
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
    let boxes = |categories: &[usize]| most(categories, &fixed);
    let shares = |categories: &[usize]| most(categories, &|value| Reach::of(value).all());
    // Beside the bar of a column of its own stands its number.
    let number = |value: Value| match value {
        Value::Hidden => fixed(value),
        _ => fixed(value) + sheet.width(&sheet.in_words(value), SMALL) + 60,
    };
    let beside = |place: usize| most(&[place], &number).max(NUMBER);
    let own_boxes: i32 = own.iter().map(|place| beside(*place)).sum();
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
        let width = beside(category) + wide(shares(&[category]));
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
        sheet.hidden((plan.axis + 60, bar), None);
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
    let (way, reach) = (outwards.sign(), Reach::of(value));
    let (certain, possible) = (
        scaled(reach.certain, plan.scale),
        scaled(reach.possible, plan.scale),
    );
    let area = |from: i32, width: i32| {
        let left = if way < 0 { from - width } else { from };
        Area::new(left, y, width, BAR)
    };
    if certain > 0 {
        sheet.bar(area(x, certain), side);
    }
    if possible > 0 {
        sheet.possible(area(x + way * certain, possible), Some(side));
    }
    let width = certain + possible;
    if width > 0 {
        let middle = area(x, width).middle();
        let said = sheet.said_within(value, plan.room(value));
        let needed = sheet.width(&said, SMALL) + 60;
        if needed <= width {
            let (ground, ink, at) = if possible > 0 {
                (Ink::WHITE, Ink::BLACK, middle.y - 25)
            } else {
                (palette::fill(side), palette::on(side), middle.y)
            };
            sheet.on_ground((middle.x, at), &said, ground, ink);
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
    let x = x + way * width;
    let room = area(x, fixed(value));
    if value == Value::Hidden {
        sheet.hidden((room.x, y), Some(side));
    } else if reach.open {
        sheet.open_end(room, side);
    }
    (x + way * room.width, taken)
}

/// Draws one bar that stands for itself, its number to the right.
fn beside(plan: &Plan, sheet: &mut Sheet<'_>, (x, y): (i32, i32), value: Value, side: Side) {
    let reach = Reach::of(value);
    let (certain, possible) = (
        scaled(reach.certain, plan.scale),
        scaled(reach.possible, plan.scale),
    );
    if certain > 0 {
        sheet.bar(Area::new(x, y, certain, BAR), side);
    }
    if possible > 0 {
        sheet.possible(Area::new(x + certain, y, possible, BAR), Some(side));
    }
    let end = x + certain + possible;
    if reach.open {
        sheet.open_end(Area::new(end, y, fixed(value), BAR), side);
    }
    sheet
        .scene
        .line((x, y - 20), (x, y + BAR + 20), Pen::solid(Ink::GREY, 8));
    if value == Value::Hidden {
        sheet.hidden((end, y), Some(side));
    } else {
        let said = sheet.in_words(value);
        let at = (end + fixed(value) + 50, y + BAR / 2);
        sheet.centred(at, Anchor::Start, SMALL, Ink::BLACK, &said);
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
