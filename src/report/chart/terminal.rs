//! Charts as lines of text, from the same values: blocks, or signs of ASCII where a terminal has no others.
//!
//! Strong answers are full blocks, weak ones shaded, and each side of an axis has its own sign in ASCII; every bar has
//! its number beside it. Full blocks that are exact end where they end, in parts of a column.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::texts::Texts;

use super::coded::Reach;
use super::sheet::{WHOLE, people, said, share};
use super::{Category, Chart, Kind, MARKS, Row, Side, Value};

/// Lines are never laid out narrower than this.
const NARROWEST: usize = 40;
/// How wide the box of a count is that is not written exactly, in a line of its own.
const UNSURE: usize = 2;
/// Room for a number.
const NUMBER: usize = 14;
/// The part of a line that labels take, one of so many.
const LABELS: usize = 3;

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Blocks, shades and dots.
    Blocks,
    /// ASCII only.
    Ascii,
}

impl Signs {
    const fn of(self, side: Side) -> char {
        match (self, side) {
            (Self::Blocks, Side::StronglyAgainst | Side::StronglyFor | Side::Plain) => '█',
            (Self::Blocks, Side::Against | Side::For) => '▒',
            (Self::Blocks, Side::Neutral | Side::Beside) => '░',
            (Self::Ascii, Side::StronglyAgainst | Side::StronglyFor | Side::Plain) => '#',
            (Self::Ascii, Side::Against) => '=',
            (Self::Ascii, Side::For) => '+',
            (Self::Ascii, Side::Neutral | Side::Beside) => '.',
        }
    }

    /// An exact bar as it grows away from its axis: what is shaded, or ASCII, in whole columns.
    fn grown(self, side: Side, share: i32, all: usize, grows: Grows) -> String {
        let sign = self.of(side);
        if sign != FULL {
            return sign.to_string().repeat(cells(share, all));
        }
        let parts = grows.parts();
        let fine = rounded(share, all * parts).max(usize::from(share > 0));
        let full = FULL.to_string().repeat(fine / parts);
        let Some(end) = (fine % parts)
            .checked_sub(1)
            .and_then(|end| grows.ends().get(end))
        else {
            return full;
        };
        match grows {
            Grows::Left => format!("{end}{full}"),
            Grows::Right => format!("{full}{end}"),
        }
    }

    /// What a count is drawn with that is not written exactly.
    const fn unsure(self) -> char {
        match self {
            Self::Blocks | Self::Ascii => '/',
        }
    }
}

/// A full column.
const FULL: char = '█';

/// To which side of its axis a bar grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grows {
    Left,
    Right,
}

impl Grows {
    /// What a bar ends with that does not fill its last column. To the left there is nothing but half of one.
    const fn ends(self) -> &'static [char] {
        match self {
            Self::Left => &['▐'],
            Self::Right => &['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
        }
    }

    /// Into how many parts a column is divided.
    const fn parts(self) -> usize {
        self.ends().len() + 1
    }
}

/// Returns the chart as lines of at most `width` columns; fewer than 40 are taken as 40.
#[must_use]
pub fn lines(chart: &Chart, texts: &Texts, width: usize, signs: Signs) -> Vec<String> {
    let page = Page {
        chart,
        texts,
        width: width.max(NARROWEST),
        signs,
    };
    let mut lines = Vec::new();
    match (chart.kind, &chart.rows[..]) {
        (Kind::Diverging, [row]) => page.bars(row, &mut lines),
        (Kind::Diverging, rows) => {
            for row in rows {
                page.both_sides(row, &mut lines);
            }
        }
        (Kind::SmallMultiples, rows) => {
            for row in rows {
                lines.push(page.fit(&page.headed(row), page.width));
                page.bars(row, &mut lines);
            }
        }
        (Kind::Bars, rows) => {
            let side = chart
                .categories
                .first()
                .map_or(Side::Plain, |category| category.side);
            for row in rows {
                let value = row.values.first().copied().unwrap_or(Value::None);
                lines.push(page.bar(&row.label, side, value));
            }
        }
        (Kind::Dots | Kind::Indices | Kind::Gap, rows) => {
            for row in rows {
                lines.push(page.line(&row.label, &row.values));
            }
            page.explain(&mut lines);
        }
        (Kind::Run, rows) => page.rounds(rows.first(), &mut lines),
    }
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

/// Returns a chart of one row with an axis as one line of exactly `width` columns, the axis in the middle: unfavourable
/// answers to its left, favourable ones to its right. A count that is not written exactly is a box of the same width
/// whatever it is. `None` where there is no axis.
#[must_use]
pub fn strip(chart: &Chart, width: usize, signs: Signs) -> Option<String> {
    let (Kind::Diverging, [row]) = (chart.kind, &chart.rows[..]) else {
        return None;
    };
    let half = width.checked_sub(1)? / 2;
    let of = |sides: [Side; 2], grows: Grows| -> String {
        let pairs = chart.categories.iter().zip(&row.values);
        let own = pairs.filter(|(category, _)| sides.contains(&category.side));
        own.map(|(category, value)| {
            let certain = Reach::of(*value).certain;
            match value {
                Value::Coded { .. } | Value::Hidden => {
                    let full = signs.of(category.side).to_string();
                    let unsure = signs.unsure().to_string();
                    full.repeat(cells(certain, half)) + &unsure.repeat(UNSURE)
                }
                Value::Exact { .. } | Value::None => signs.grown(category.side, certain, half, grows),
            }
        })
        .collect()
    };
    let (left, right) = (
        of([Side::StronglyAgainst, Side::Against], Grows::Left),
        of([Side::For, Side::StronglyFor], Grows::Right),
    );
    if left.is_empty() && right.is_empty() {
        return None;
    }
    // The strongest stand outermost; what rounding makes too much is cut there.
    let too_long = left.chars().count().saturating_sub(half);
    let left: String = left.chars().skip(too_long).collect();
    let right: String = right.chars().take(half).collect();
    let axis = if signs == Signs::Ascii { '|' } else { '│' };
    let rest = width - 1 - half;
    Some(format!("{left:>half$}{axis}{right:<rest$}"))
}

/// What lines are laid out with.
struct Page<'c> {
    chart: &'c Chart,
    texts: &'c Texts,
    width: usize,
    signs: Signs,
}

impl Page<'_> {
    fn said(&self, value: Value) -> String {
        let words = said(value, self.chart.says_percent(), self.texts);
        match self.signs {
            Signs::Blocks => words,
            Signs::Ascii => words
                .replace('≤', "<=")
                .replace('≥', ">=")
                .replace('–', "-")
                .replace('\u{a0}', " "),
        }
    }

    const fn sign(&self, side: Side) -> char {
        self.signs.of(side)
    }

    const fn labels(&self) -> usize {
        self.width / LABELS
    }

    const fn longest(&self) -> usize {
        self.width - self.labels() - 2 - NUMBER
    }

    fn headed(&self, row: &Row) -> String {
        row.people.map_or_else(
            || row.label.clone(),
            |n| format!("{} ({})", row.label, people(n, self.chart.kind, self.texts)),
        )
    }

    /// Words in exactly `width` columns, cut where they are too long.
    fn fit(&self, words: &str, width: usize) -> String {
        let words = crate::report::xml::one_line(words);
        let mut kept = String::new();
        let cut = words.width() > width;
        let (most, end) = match (cut, self.signs) {
            (false, _) => (width, ""),
            (true, Signs::Blocks) => (width.saturating_sub(1), "…"),
            (true, Signs::Ascii) => (width.saturating_sub(2), ".."),
        };
        for grapheme in words.graphemes(true) {
            if kept.width() + grapheme.width() > most {
                break;
            }
            kept.push_str(grapheme);
        }
        kept.push_str(end);
        kept.push_str(&" ".repeat(width.saturating_sub(kept.width())));
        kept
    }

    fn bars(&self, row: &Row, lines: &mut Vec<String>) {
        for (category, value) in self.chart.categories.iter().zip(&row.values) {
            lines.push(self.bar(&category.label, category.side, *value));
        }
    }

    /// One bar, its number to the right: `I stor grad  ▒▒▒▒▒▒ 43 %`.
    fn bar(&self, label: &str, side: Side, value: Value) -> String {
        let bar = self.drawn(side, Reach::alone(value), self.longest(), Grows::Right);
        let number = self.fit(&self.marked(value), NUMBER - 1);
        format!("{}  {bar} {number}", self.fit(label, self.labels()))
    }

    /// A bar: full as far as a value is certain, shaded as far as it may reach.
    fn drawn(&self, side: Side, reach: Reach, all: usize, grows: Grows) -> String {
        if !reach.open && reach.possible == 0 {
            return self.signs.grown(side, reach.certain, all, grows);
        }
        let certain = cells(reach.certain, all);
        let possible = match reach {
            Reach { open: true, .. } => 1,
            _ => cells(reach.all(), all).saturating_sub(certain).max(1),
        };
        let full = std::iter::repeat_n(self.sign(side), certain);
        full.chain(std::iter::repeat_n(self.signs.unsure(), possible))
            .collect()
    }

    /// A number that is not written exactly stands in brackets.
    fn marked(&self, value: Value) -> String {
        match value {
            Value::Coded { .. } => format!("[{}]", self.said(value)),
            _ => self.said(value),
        }
    }

    /// A row of a chart with an axis: the label, then both sides with their numbers, then what is neither.
    fn both_sides(&self, row: &Row, lines: &mut Vec<String>) {
        lines.push(self.fit(&self.headed(row), self.width));
        if row.values.iter().all(|value| *value == Value::Hidden) {
            lines.push(format!("  {}", self.said(Value::Hidden)));
            return;
        }
        let half = (self.width - 1) / 2;
        let numbers = half / 2;
        let of = |sides: [Side; 2]| -> Vec<(&Category, Value)> {
            let pairs = self.chart.categories.iter().zip(row.values.iter().copied());
            pairs
                .filter(|(category, _)| sides.contains(&category.side))
                .collect()
        };
        let room = half - numbers;
        let bar = |parts: &[(&Category, Value)], grows: Grows| -> String {
            let drawn = parts
                .iter()
                .map(|(category, value)| self.drawn(category.side, Reach::of(*value), room, grows));
            drawn.collect()
        };
        // The strongest stand outermost; what bounds make too much is cut there.
        let inner = |bar: String| -> String {
            let too_long = bar.chars().count().saturating_sub(room);
            bar.chars().skip(too_long).collect()
        };
        let written = |parts: &[(&Category, Value)]| {
            let numbers: Vec<String> = parts.iter().map(|(_, value)| self.marked(*value)).collect();
            numbers.join(" ")
        };
        let (left, right) = (
            of([Side::StronglyAgainst, Side::Against]),
            of([Side::For, Side::StronglyFor]),
        );
        let on_left = format!("{} {}", written(&left), inner(bar(&left, Grows::Left)));
        let pad = " ".repeat(half.saturating_sub(on_left.width()));
        let axis = if self.signs == Signs::Ascii { '|' } else { '│' };
        let on_right: String = bar(&right, Grows::Right).chars().take(room).collect();
        let line = format!("{pad}{on_left}{axis}{on_right} {}", written(&right));
        lines.push(self.fit(&line, self.width));
        let beside: Vec<String> = of([Side::Neutral, Side::Beside])
            .iter()
            .map(|(category, value)| format!("{}: {}", category.label, self.marked(*value)))
            .collect();
        if !beside.is_empty() {
            lines.push(self.fit(&format!("  {}", beside.join(", ")), self.width));
        }
    }

    /// A line from nobody to everybody with a dot for each value.
    fn line(&self, label: &str, values: &[Value]) -> String {
        let long = self.longest();
        let (dots, between, ground) = match self.signs {
            Signs::Blocks => (['●', '○'], '─', '·'),
            Signs::Ascii => (['*', 'o'], '-', '.'),
        };
        let mut line = vec![ground; long];
        let mut put = |from: usize, to: usize, sign: char| {
            for cell in line
                .iter_mut()
                .take(to.min(long.saturating_sub(1)) + 1)
                .skip(from)
            {
                *cell = sign;
            }
        };
        let at = |share: i32| cells(share, long.saturating_sub(1));
        let places: Vec<usize> = values
            .iter()
            .filter_map(|value| match value {
                Value::Exact { count, of, .. } => Some(at(share(*count, *of))),
                _ => None,
            })
            .collect();
        if let [one, other] = places[..] {
            put(one.min(other), one.max(other), between);
        }
        for (nr, value) in values.iter().enumerate() {
            // Of two, the first one is what matters: open; the second what was met: filled.
            let dot = if values.len() == 2 && nr == 0 {
                dots[1]
            } else {
                dots[0]
            };
            match value {
                Value::Exact { count, of, interval } => {
                    let bound = |bound: i32| at(bound / 100);
                    if let Some((low, high)) = interval {
                        put(bound(*low), bound(*high), between);
                    }
                    let place = at(share(*count, *of));
                    put(place, place, dot);
                }
                Value::Coded { low, high, of } => {
                    put(at(share(*low, *of)), at(share(*high, *of)), self.signs.unsure());
                }
                Value::Hidden | Value::None => {}
            }
        }
        let line: String = line.into_iter().collect();
        let numbers: Vec<String> = values.iter().map(|value| self.marked(*value)).collect();
        let numbers = self.fit(&numbers.join(" / "), NUMBER - 1);
        format!("{}  {line} {numbers}", self.fit(label, self.labels()))
    }

    /// Which dot is which.
    fn explain(&self, lines: &mut Vec<String>) {
        if let (Kind::Gap, [first, second, ..]) = (self.chart.kind, &self.chart.categories[..]) {
            let (open, filled) = if self.signs == Signs::Ascii {
                ('o', '*')
            } else {
                ('○', '●')
            };
            for (dot, category) in [(open, first), (filled, second)] {
                lines.push(self.fit(&format!("{dot} {}", category.label), self.width));
            }
        }
    }

    /// Rounds below each other; what was changed stands before the round it came before.
    fn rounds(&self, row: Option<&Row>, lines: &mut Vec<String>) {
        let values = row.map_or(&[][..], |row| &row.values);
        for (category, value) in self.chart.categories.iter().zip(values) {
            for mark in category.mark.iter().flat_map(|mark| mark.split(MARKS)) {
                lines.push(self.fit(&format!("-- {mark} --"), self.width));
            }
            // Of how many, round by round: they are other people each time.
            let label = match value {
                Value::Exact { of, .. } | Value::Coded { of, .. } => {
                    format!("{} (n = {of})", category.label)
                }
                Value::Hidden | Value::None => category.label.clone(),
            };
            lines.push(self.line(&label, std::slice::from_ref(value)));
        }
    }
}

fn cells(share: i32, all: usize) -> usize {
    // A value that is not 0 shows at least one.
    rounded(share, all).max(usize::from(share > 0))
}

/// Returns the nearest whole number of so many parts.
fn rounded(share: i32, all: usize) -> usize {
    let share = usize::try_from(share.clamp(0, WHOLE)).unwrap_or(0);
    (share * all + 5_000) / 10_000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};
    use unicode_width::UnicodeWidthStr;

    use super::{Signs, lines, strip};
    use crate::domain::language::Language;
    use crate::report::chart::{Chart, Kind, Side, Value, gallery};
    use crate::texts::Texts;

    #[test]
    fn charts_in_a_terminal() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let mut written = String::new();
        for signs in [Signs::Blocks, Signs::Ascii] {
            for (name, chart) in gallery::all() {
                written.push_str(&format!("{name}, {signs:?}\n"));
                for line in lines(&chart, &texts, 76, signs) {
                    written.push_str(&format!("{line}\n"));
                }
                written.push('\n');
            }
        }
        insta::assert_snapshot!(written);
    }

    #[test]
    fn a_line_of_its_own_has_its_axis_in_the_middle_and_a_box_of_one_width_for_what_is_not_exact() {
        let charts = gallery::all();
        let alone = |kind: Kind| {
            charts
                .iter()
                .find(|(_, chart)| chart.kind == kind && chart.rows.len() == 1)
        };
        let (_, chart) = alone(Kind::Diverging).unwrap();
        for width in [11, 21, 40] {
            let line = strip(chart, width, Signs::Ascii).unwrap();
            assert_eq!(line.width(), width);
            assert_eq!(line.find('|'), Some((width - 1) / 2), "{line}");
        }
        let mut coded = chart.clone();
        let boxes = |chart: &Chart| {
            let line = strip(chart, 61, Signs::Ascii).unwrap();
            line.chars().filter(|sign| *sign == '/').count()
        };
        for bound in [3, 9] {
            for value in &mut coded.rows[0].values {
                *value = Value::Coded {
                    low: 0,
                    high: bound,
                    of: 40,
                };
            }
            let sides = chart
                .categories
                .iter()
                .filter(|category| !matches!(category.side, Side::Neutral | Side::Beside));
            assert_eq!(boxes(&coded), sides.count() * 2, "whatever the bound");
        }
        let (_, none) = charts.iter().find(|(_, chart)| chart.kind == Kind::Bars).unwrap();
        assert_eq!(strip(none, 40, Signs::Blocks), None);
    }

    #[test]
    fn a_terminal_without_other_signs_gets_ascii_in_bars_and_numbers() {
        let texts = Texts::load(Language::English).unwrap();
        for (_, mut chart) in gallery::all() {
            for row in &mut chart.rows {
                row.label = "row".to_owned();
            }
            for category in &mut chart.categories {
                category.label = "answer".to_owned();
            }
            let written = lines(&chart, &texts, 76, Signs::Ascii).concat();
            assert!(written.is_ascii(), "{written}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_line_is_wider_than_asked_for(text in any::<String>(), width in 40_usize..120) {
            let texts = Texts::load(Language::Nynorsk).unwrap();
            for (_, mut chart) in gallery::all() {
                for row in &mut chart.rows {
                    row.label.clone_from(&text);
                }
                for category in &mut chart.categories {
                    category.label.clone_from(&text);
                }
                for line in lines(&chart, &texts, width, Signs::Blocks) {
                    assert!(line.width() <= width, "{line}");
                }
            }
        }
    }
}
