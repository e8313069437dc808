//! The document for a terminal: aligned tables, at most 80 columns; and one record per line for scripts.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::texts::Texts;

use super::chart::terminal::{self, Signs};
use super::document::{Block, Cell, Column, Document, Figure, Front, Mark, Role, Row, Table};
use super::wording::{base_words, cell_words, quoted, share, table_words};

/// The most columns a line takes.
pub const WIDTH: usize = 80;
const INDENT: usize = 2;
const GAP: usize = 2;
/// Labels never get narrower than this; further columns then stand in a table below.
const NARROWEST_LABEL: usize = 24;
/// Narrower than this nothing can be laid out.
const NARROWEST: usize = 40;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRole {
    /// Of the document's title.
    Title,
    /// Of a heading.
    Heading,
    /// Under a title or a heading.
    Rule,
    /// Anything else.
    Text,
}

/// One line, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub role: LineRole,
    /// Its words.
    pub text: String,
}

/// Returns the document as lines for a terminal.
#[must_use]
pub fn bytes(document: &Document, texts: &Texts) -> Vec<u8> {
    ended(lines(document, texts, WIDTH).into_iter().map(|line| line.text))
}

/// Returns the document as lines of at most `width` columns; fewer than 40 are taken as 40.
#[must_use]
pub fn lines(document: &Document, texts: &Texts, width: usize) -> Vec<Line> {
    with_charts(document, texts, width, None)
}

/// The same with its charts, drawn in these signs; without charts where none are given.
#[must_use]
pub fn with_charts(document: &Document, texts: &Texts, width: usize, signs: Option<Signs>) -> Vec<Line> {
    let width = width.max(NARROWEST);
    let mut lines = Vec::new();
    let mut add = |role: LineRole, texts: Vec<String>| {
        lines.extend(texts.into_iter().map(|text| Line { role, text }));
    };
    let title = wrapped(&document.title, width);
    let rule = underline(&title, "=");
    add(LineRole::Title, title);
    add(LineRole::Rule, rule);
    if let Some(front) = &document.front {
        add(LineRole::Text, front_lines(front, width));
    }
    for block in &document.blocks {
        match (block, signs) {
            (Block::PageBreak, _) | (Block::Chart(_), None) => continue,
            _ => {}
        }
        add(LineRole::Text, vec![String::new()]);
        match block {
            Block::Heading { level, text } => {
                let heading = wrapped(text, width);
                let rule = if *level == 1 {
                    underline(&heading, "-")
                } else {
                    Vec::new()
                };
                add(LineRole::Heading, heading);
                add(LineRole::Rule, rule);
            }
            Block::Paragraph(text) | Block::Finding { text, .. } | Block::Note(text) => {
                for paragraph in text.split('\n') {
                    add(LineRole::Text, wrapped(paragraph, width));
                }
            }
            Block::List { mark, points } => {
                for (number, point) in (1..).zip(points) {
                    add(LineRole::Text, point_lines(*mark, number, point, width));
                }
            }
            Block::Quote { words, attribution } => {
                add(LineRole::Text, indented(&quoted(words, texts.language()), width));
                add(LineRole::Text, indented(&format!("– {attribution}"), width));
            }
            Block::Room(rows) => add(LineRole::Text, vec!["_".repeat(width); usize::from(*rows)]),
            Block::Chart(chart) => {
                let drawn = signs.map(|signs| terminal::lines(chart, texts, width, signs));
                add(LineRole::Text, drawn.unwrap_or_default());
            }
            Block::PageBreak => {}
            Block::Table(table) => add(LineRole::Text, table_lines(table, texts, width)),
        }
    }
    lines
}

fn underline(above: &[String], with: &str) -> Vec<String> {
    let longest = above.iter().map(|line| line.width()).max().unwrap_or(0);
    vec![with.repeat(longest)]
}

/// Returns one line per value: item, part, group, code, label, value (an exact count in digits, else in words), n, the
/// share with its 95 % interval, and the share of everybody asked where some did not answer, as numbers from 0 to 1; a
/// tab between them. A difference of shares is a number from -1 to 1 and has its interval in the same place. Below a table stand the figures that follow from it, with `figure` as their part and their name as
/// code: the value, or the two between which it lies with `..` between them, and behind the share's place its interval.
#[must_use]
pub fn records(document: &Document, texts: &Texts) -> Vec<u8> {
    let mut lines = Vec::new();
    for table in document.tables() {
        let n = table.n.map_or_else(String::new, |n| n.to_string());
        for row in table.printed_rows() {
            let label = row.cells.first().map_or("", Cell::text);
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                if matches!(column.role, Role::Count | Role::Difference | Role::Words) {
                    let group = column.group.as_deref().unwrap_or_default();
                    // A script reads digits, without the space that parts thousands for people.
                    // How many of a group answered is not printed.
                    let n = match (column.n, column.people) {
                        (Some(own), _) => own.to_string(),
                        (None, Some(_)) => String::new(),
                        (None, None) => n.clone(),
                    };
                    let fraction = |hundredths: i32| format!("{:.4}", f64::from(hundredths) / 10_000.0);
                    let words = match cell {
                        Cell::Exact(count) => count.to_string(),
                        Cell::Difference { by, .. } => fraction(*by),
                        other => cell_words(other, texts),
                    };
                    let [own, low, high] = match (cell, table.share_of(row, column)) {
                        (Cell::Difference { low, high, .. }, _) => {
                            [String::new(), fraction(*low), fraction(*high)]
                        }
                        (_, Some(share)) => in_digits(share.of, share.between),
                        (_, None) => <[String; 3]>::default(),
                    };
                    let of_asked = table
                        .share_of_asked(row, column)
                        .map_or_else(String::new, |(part, of)| format!("{:.4}", share(part, of)));
                    let fields = [
                        &*table.item,
                        table.part.code(),
                        group,
                        &row.code,
                        label,
                        &words,
                        &n,
                        &own,
                        &low,
                        &high,
                        &of_asked,
                    ];
                    lines.push(fields.map(one_field).join("\t"));
                }
            }
        }
        lines.extend(document.figures_of(table).map(|figure| figure_line(figure, &n)));
    }
    ended(lines)
}

/// A share and its interval as a script reads them.
fn in_digits((part, of): (u32, u32), between: Option<(i32, i32)>) -> [String; 3] {
    let fraction = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1_000_000.0);
    let (low, high) = between.map_or_else(Default::default, |(low, high)| (fraction(low), fraction(high)));
    [format!("{:.4}", share(part, of)), low, high]
}

fn figure_line(figure: &Figure, n: &str) -> String {
    let number = |thousandths: i32| format!("{:.3}", f64::from(thousandths) / 1000.0);
    let value = match (figure.value, figure.within) {
        (Some(value), _) => number(value),
        (None, Some((low, high))) => format!("{}..{}", number(low), number(high)),
        (None, None) => String::new(),
    };
    let (low, high) = figure
        .interval
        .map_or_else(Default::default, |(low, high)| (number(low), number(high)));
    let of = figure.of.as_deref().unwrap_or_default();
    let fields = [
        &*figure.item,
        "figure",
        "",
        figure.name,
        of,
        &value,
        n,
        "",
        &low,
        &high,
        "",
    ];
    fields.map(one_field).join("\t")
}

fn ended(lines: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut written = String::new();
    for line in lines {
        written.push_str(line.trim_end_matches(' '));
        written.push('\n');
    }
    written.into_bytes()
}

fn one_field(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn table_lines(table: &Table, texts: &Texts, width: usize) -> Vec<String> {
    let mut lines = wrapped(&table.caption, width);
    if let Some(base) = base_words(table, texts) {
        lines.extend(indented(&base, width));
    }
    let label = table.columns.first();
    let rows: Vec<(&Row, Vec<String>)> = table
        .printed_rows()
        .map(|row| {
            (
                row,
                row.cells
                    .iter()
                    .map(|cell| one_field(&table_words(table, cell, texts)))
                    .collect(),
            )
        })
        .collect();
    for (from, to) in column_runs(table, &rows, width) {
        if let Some(label) = label {
            lines.extend(run_lines(
                label,
                table.columns.get(from..to).unwrap_or_default(),
                from,
                &rows,
                width,
            ));
        }
    }
    for note in &table.notes {
        lines.extend(indented(note, width));
    }
    lines
}

fn front_lines(front: &Front, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(wrapped(&front.stage, width));
    let authors = (!front.authors.is_empty()).then(|| front.authors.join(", "));
    for line in [front.subtitle.as_ref(), authors.as_ref()].into_iter().flatten() {
        lines.extend(wrapped(line, width));
    }
    for fact in &front.facts {
        lines.extend(wrapped(&format!("{}: {}", fact.name, fact.value), width));
    }
    for remark in &front.remarks {
        lines.extend(wrapped(remark, width));
    }
    lines
}

/// A point with its mark before the first line and as much room before the others.
fn point_lines(mark: Mark, number: usize, point: &str, width: usize) -> Vec<String> {
    let mark = match mark {
        Mark::Dot => "-".to_owned(),
        Mark::Number => format!("{number}."),
        Mark::Ring => "( )".to_owned(),
        Mark::Square => "[ ]".to_owned(),
    };
    let room = mark.len() + 1;
    let lines = wrapped(point, width.saturating_sub(room)).into_iter().enumerate();
    lines
        .map(|(place, line)| {
            let before = if place == 0 { mark.as_str() } else { "" };
            format!("{before:room$}{line}")
        })
        .collect()
}

fn indented(text: &str, width: usize) -> Vec<String> {
    let space = " ".repeat(INDENT);
    wrapped(text, width.saturating_sub(INDENT))
        .into_iter()
        .map(|line| format!("{space}{line}"))
        .collect()
}

/// The width of a column of values: what its longest word needs, as far as there is room beside the labels.
fn column_width(column: &Column, place: usize, rows: &[(&Row, Vec<String>)], width: usize) -> usize {
    let room = width.saturating_sub(INDENT + NARROWEST_LABEL + GAP);
    let cells = rows.iter().filter_map(|(_, words)| words.get(place));
    let widest = cells.map(|words| words.width()).max().unwrap_or(0);
    widest.max(longest_word(&column.title)).min(room).max(8)
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace()
        .map(UnicodeWidthStr::width)
        .max()
        .unwrap_or(0)
}

/// Returns the columns of values in runs that fit beside the labels: first place and the place behind the last.
fn column_runs(table: &Table, rows: &[(&Row, Vec<String>)], width: usize) -> Vec<(usize, usize)> {
    let room = width.saturating_sub(INDENT + NARROWEST_LABEL);
    let mut runs = Vec::new();
    let (mut from, mut used) = (1, 0);
    for (place, column) in table.columns.iter().enumerate().skip(1) {
        let width = column_width(column, place, rows, width) + GAP;
        if used + width > room && place > from {
            runs.push((from, place));
            (from, used) = (place, 0);
        }
        used += width;
    }
    runs.push((from, table.columns.len()));
    runs
}

fn run_lines(
    label: &Column,
    columns: &[Column],
    from: usize,
    rows: &[(&Row, Vec<String>)],
    width: usize,
) -> Vec<String> {
    let widths: Vec<usize> = (from..)
        .zip(columns)
        .map(|(place, column)| column_width(column, place, rows, width))
        .collect();
    let values: usize = widths.iter().map(|width| width + GAP).sum();
    let labels = rows.iter().filter_map(|(_, words)| words.first());
    let longest = labels.map(|words| words.width()).max().unwrap_or(0);
    let label_width = longest
        .max(NARROWEST_LABEL)
        .min(width.saturating_sub(INDENT + values))
        .max(1);
    let mut lines = Vec::new();
    if columns.iter().any(|column| !column.title.is_empty()) {
        let titles: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
        lines.extend(row_lines(&label.title, label_width, &titles, &widths));
    }
    for (_, words) in rows {
        let first = words.first().map_or("", String::as_str);
        let values: Vec<&str> = words.iter().skip(from).map(String::as_str).collect();
        lines.extend(row_lines(first, label_width, &values, &widths));
    }
    lines
}

/// One row, whose label and values may take several lines; values stand to the right.
fn row_lines(label: &str, label_width: usize, values: &[&str], widths: &[usize]) -> Vec<String> {
    let label = wrapped(label, label_width);
    let values: Vec<Vec<String>> = values
        .iter()
        .zip(widths)
        .map(|(value, width)| wrapped(value, *width))
        .collect();
    let height = values.iter().map(Vec::len).max().unwrap_or(0).max(label.len());
    (0..height)
        .map(|place| {
            let words = label.get(place).map_or("", String::as_str);
            let mut line = format!("{}{words}", " ".repeat(INDENT));
            line.push_str(&" ".repeat(label_width.saturating_sub(words.width())));
            for (value, width) in values.iter().zip(widths) {
                let words = value.get(place).map_or("", String::as_str);
                line.push_str(&" ".repeat(GAP + width.saturating_sub(words.width())));
                line.push_str(words);
            }
            line
        })
        .collect()
}

/// Breaks a text into lines of at most `width` columns, between words where that is possible.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let no_break = |c: char| c == '\u{a0}';
    for word in text.split(|c: char| (c.is_whitespace() && !no_break(c)) || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        for part in pieces(word, width) {
            // Together: what stands side by side may be wider or narrower than each by itself.
            let longer = if line.is_empty() {
                part
            } else {
                format!("{line} {part}")
            };
            if line.is_empty() || longer.width() <= width {
                line = longer;
            } else {
                let part = longer.get(line.len() + 1..).unwrap_or_default().to_owned();
                lines.push(std::mem::replace(&mut line, part));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts a word that is wider than a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    for grapheme in word.graphemes(true) {
        let longer = format!("{}{grapheme}", parts.last().map_or("", String::as_str));
        match parts.last_mut() {
            Some(part) if part.is_empty() || longer.width() <= width => *part = longer,
            _ => parts.push(grapheme.to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use unicode_width::UnicodeWidthStr;

    use super::{NARROWEST, WIDTH, bytes, lines, records, wrapped};
    use crate::domain::language::Language;
    use crate::report::example::{hostile, small};
    use crate::texts::Texts;

    #[test]
    fn words_wider_than_a_line_are_cut_and_others_kept_whole() {
        assert_eq!(wrapped("en to tre", 6), ["en to", "tre"]);
        assert_eq!(wrapped("taushetsplikten", 6), ["taushe", "tsplik", "ten"]);
    }

    #[test]
    fn a_record_is_one_line_however_long_the_words() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let lines = String::from_utf8(records(&small(), &texts)).unwrap();
        for line in lines.lines() {
            assert_eq!(line.split('\t').count(), 11, "{line}");
        }
        assert!(lines.contains("[skjult]"));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_screen_or_holds_a_control(text in any::<String>()) {
            let texts = Texts::load(Language::Nynorsk).unwrap();
            for width in [NARROWEST, 56, 76] {
                for line in lines(&hostile(&text), &texts, width) {
                    assert!(line.text.width() <= width, "{}", line.text);
                }
            }
            let written = String::from_utf8(bytes(&hostile(&text), &texts)).unwrap();
            for line in written.split('\n') {
                assert!(line.width() <= WIDTH, "{line}");
                assert!(!line.contains(char::is_control), "{line}");
            }
        }
    }
}
