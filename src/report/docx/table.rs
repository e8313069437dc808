//! Tables: a caption above, a head that is marked as one and repeated on every page, rows that are not torn apart, and
//! columns as wide as their words.

use crate::domain::language::Language;
use crate::report::chart::font::Font;
use crate::report::document::{Cell, Part, Role, Row, RowKind, Table};
use crate::report::wording::{base_words, table_words};
use crate::report::xml::Xml;
use crate::texts::{Texts, fill};

use super::{TEXT_WIDTH, body, paragraph};

/// Margins of a cell, left and right together, with some room for fonts wider than the one measured with.
const CELL_MARGINS: i32 = 260;
/// Labels are never narrower than this; further columns then stand in a table below.
const NARROWEST_LABEL: i32 = 2600;
const NARROWEST: i32 = 900;
/// Tables are never narrower than this.
const NARROWEST_TABLE: i32 = 5600;
/// Longer tables may be parted between pages, but not near their ends.
const MOST_KEPT: usize = 9;
/// So many rows of a long table stay together at either end.
const END: usize = 2;
/// Room to write by hand, and to tick.
const ROOM: i32 = 900;
const TICK: i32 = 600;

/// Writes a table, its `nr`th caption above it.
/// `keeps` is whether it stays on one page with what follows.
pub(super) fn write(xml: &mut Xml, table: &Table, nr: usize, (large, keeps): (bool, bool), texts: &Texts) {
    let sizes = Sizes::new(large);
    let own = texts.language();
    let kind = &texts.printed.table;
    let words: Vec<(&Row, Vec<String>)> = table
        .printed_rows()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| table_words(table, cell, texts));
            (row, cells.collect())
        })
        .collect();
    let runs = runs(table, &words, &sizes);
    for (part, columns) in runs.iter().enumerate() {
        if part == 0 {
            body::caption(xml, kind, nr, &table.caption, own);
            if let Some(base) = base_words(table, texts) {
                note(xml, &base, true, own);
            }
        } else {
            let words = fill(&texts.printed.continued, &[("caption", &table.caption)]);
            paragraph::write(xml, "Caption", &words, own);
        }
        let is_last = part + 1 == runs.len();
        grid(xml, table, &words, (columns, keeps && is_last), own);
        // A table that another one follows at once would become one with it.
        if part + 1 < runs.len() || table.notes.is_empty() {
            note(xml, "", keeps && is_last, own);
        }
    }
    let last = table.notes.len();
    for (nr, words) in (1..).zip(&table.notes) {
        note(xml, words, keeps || nr < last, own);
    }
}

fn note(xml: &mut Xml, words: &str, keeps: bool, own: Language) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &"TableNote")]);
    if keeps {
        xml.empty("w:keepNext", &[]);
    }
    xml.close();
    paragraph::run(xml, words, own);
    xml.close();
}

/// How large words are when columns are measured, in twentieths of a point.
struct Sizes {
    font: Font,
    size: i32,
}

impl Sizes {
    fn new(large: bool) -> Self {
        Self {
            font: Font::new(),
            size: if large { 260 } else { 180 },
        }
    }

    /// Width of a cell that holds the words on one line.
    fn whole(&self, words: &str) -> i32 {
        words
            .lines()
            .map(|line| self.font.width(line, self.size))
            .max()
            .unwrap_or(0)
            + CELL_MARGINS
    }

    /// Width of a cell that holds the longest word.
    fn least(&self, words: &str) -> i32 {
        let words = words.split([' ', '\n', '/', '-']);
        words
            .map(|word| self.font.width(word, self.size))
            .max()
            .unwrap_or(0)
            + CELL_MARGINS
    }
}

/// A column with its width.
type Placed = (usize, i32);

/// Parts the columns into tables that fit between the margins; each begins with the labels.
fn runs(table: &Table, words: &[(&Row, Vec<String>)], sizes: &Sizes) -> Vec<Vec<Placed>> {
    if table.columns.iter().all(|column| column.role == Role::Label) {
        return vec![words_only(table, words, sizes)];
    }
    let cells = |place: usize| words.iter().filter_map(move |(_, cells)| cells.get(place));
    let widest =
        |place: usize, of: &dyn Fn(&str) -> i32| cells(place).map(|cell| of(cell)).max().unwrap_or(0);
    let is_text = |place: usize| {
        let role = table.columns.get(place).map(|column| column.role);
        matches!(role, Some(Role::Label | Role::Words))
    };
    let needed = |is_tight: bool| -> Vec<Placed> {
        let columns = table.columns.iter().enumerate().skip(1);
        let widths = columns.map(|(place, column)| {
            // A head takes two lines rather than three, where that parts no table.
            let whole = if is_tight { 0 } else { sizes.whole(&column.title) };
            let head = sizes.least(&column.title).max(whole * 3 / 5);
            // Words go over several lines, numbers stand on one.
            let values = if is_text(place) {
                widest(place, &|cell| sizes.least(cell))
            } else {
                widest(place, &|cell| sizes.whole(cell))
            };
            (
                place,
                head.max(values).clamp(NARROWEST, TEXT_WIDTH - NARROWEST_LABEL),
            )
        });
        widths.collect()
    };
    let fits = |needed: &[Placed]| {
        needed.iter().map(|(_, width)| *width).sum::<i32>() + NARROWEST_LABEL <= TEXT_WIDTH
    };
    let needed = Some(needed(false))
        .filter(|wide| fits(wide))
        .unwrap_or_else(|| needed(true));
    let mut runs: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut taken = NARROWEST_LABEL;
    for (place, width) in needed {
        if taken + width > TEXT_WIDTH && taken > NARROWEST_LABEL {
            runs.push(Vec::new());
            taken = NARROWEST_LABEL;
        }
        taken += width;
        if let Some(run) = runs.last_mut() {
            run.push((place, width));
        }
    }
    let head = table.columns.first().map_or("", |column| column.title.as_str());
    let label = widest(0, &|cell| sizes.whole(cell)).max(sizes.whole(head));
    for run in &mut runs {
        run.insert(0, (0, NARROWEST_LABEL));
        let taken: i32 = run.iter().map(|(_, width)| *width).sum();
        let room = (TEXT_WIDTH - taken).max(0);
        // What is left goes to the columns of words, each as it could use it.
        let wants: Vec<i32> = run
            .iter()
            .map(|(place, width)| match place {
                0 => (label - width).max(0),
                place if is_text(*place) => (widest(*place, &|cell| sizes.whole(cell)) - width).max(0),
                _ => 0,
            })
            .collect();
        let all: i32 = wants.iter().sum::<i32>().max(1);
        for ((_, width), want) in run.iter_mut().zip(&wants) {
            *width += if all <= room {
                *want
            } else {
                i32::try_from(i64::from(*want) * i64::from(room) / i64::from(all)).unwrap_or(0)
            };
        }
        // Numbers far from their words are hard to follow, but a table of a few words is no table.
        let width: i32 = run.iter().map(|(_, width)| *width).sum();
        if let Some((_, first)) = run.first_mut() {
            *first += (NARROWEST_TABLE - width).max(0);
        }
    }
    runs
}

/// Widths of a table of words: each column as its words need, empty ones with room to write.
fn words_only(table: &Table, words: &[(&Row, Vec<String>)], sizes: &Sizes) -> Vec<Placed> {
    let needs: Vec<i32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let cells = words.iter().filter_map(|(_, cells)| cells.get(place));
            let longest = cells.map(|cell| sizes.whole(cell)).max().unwrap_or(0);
            let least = sizes.whole(&column.title).min(TEXT_WIDTH / 5);
            longest.clamp(least.max(NARROWEST), TEXT_WIDTH / 2)
        })
        .collect();
    let all: i32 = needs.iter().sum::<i32>().max(1);
    let mut placed: Vec<Placed> = needs
        .iter()
        .enumerate()
        .map(|(place, need)| (place, scaled(*need, all)))
        .collect();
    let given: i32 = placed.iter().map(|(_, width)| *width).sum();
    if let Some((_, first)) = placed.first_mut() {
        *first += TEXT_WIDTH - given;
    }
    placed
}

fn scaled(need: i32, all: i32) -> i32 {
    i32::try_from(i64::from(need) * i64::from(TEXT_WIDTH) / i64::from(all)).unwrap_or(NARROWEST)
}

fn grid(
    xml: &mut Xml,
    table: &Table,
    words: &[(&Row, Vec<String>)],
    (columns, keeps): (&[Placed], bool),
    own: Language,
) {
    let is_sheet = table.part == Part::Sheet;
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblStyle", &[("w:val", &"TableGrid")]);
    let width: i32 = columns.iter().map(|(_, width)| *width).sum();
    xml.empty("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
    if is_sheet {
        xml.open("w:tblBorders", &[]);
        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
            xml.empty(
                side,
                &[
                    ("w:val", &"single"),
                    ("w:sz", &4),
                    ("w:space", &0),
                    ("w:color", &"888888"),
                ],
            );
        }
        xml.close();
    }
    xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
    xml.empty(
        "w:tblLook",
        &[
            ("w:val", &"0620"),
            ("w:firstRow", &1),
            ("w:firstColumn", &1),
            ("w:noHBand", &1),
            ("w:noVBand", &1),
        ],
    );
    xml.empty("w:tblCaption", &[("w:val", &table.caption)]);
    xml.close();
    xml.open("w:tblGrid", &[]);
    for (_, width) in columns {
        xml.empty("w:gridCol", &[("w:w", width)]);
    }
    xml.close();
    head(xml, table, columns, own);
    let last = words.len().saturating_sub(1);
    for (nr, (row, cells)) in words.iter().enumerate() {
        let has_room = is_sheet && cells.iter().any(String::is_empty);
        let look = Look {
            // A short table stays on one page, with its notes; a long one with its head and with its notes.
            // A row that heads others stays with the first of them.
            kept: (words.len() <= MOST_KEPT || nr + 1 < END || nr + END > last || heads(table, row))
                && (nr < last || keeps || !table.notes.is_empty()),
            bold: row.kind == RowKind::Sum,
            own,
        };
        xml.open("w:tr", &[]);
        xml.open("w:trPr", &[]);
        xml.empty("w:cantSplit", &[]);
        let is_ticked = is_sheet && cells.iter().any(|words| is_tick(words));
        if has_room || is_ticked {
            let height = if is_ticked { TICK } else { ROOM };
            xml.empty("w:trHeight", &[("w:val", &height), ("w:hRule", &"atLeast")]);
        }
        xml.close();
        for (place, width) in columns {
            let words = cells.get(*place).map_or("", String::as_str);
            let is_number = table
                .columns
                .get(*place)
                .is_some_and(|column| column.role.is_number());
            let is_words = matches!(row.cells.get(*place), Some(Cell::Text(_)));
            let right = *place > 0 && (is_number || !is_words);
            let side = if is_tick(words) {
                Some("center")
            } else if right {
                Some("right")
            } else {
                None
            };
            cell(xml, *width, words, side, &look);
        }
        xml.close();
    }
    xml.close();
}

fn head(xml: &mut Xml, table: &Table, columns: &[Placed], own: Language) {
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.empty("w:cantSplit", &[]);
    xml.empty("w:tblHeader", &[]);
    xml.close();
    for (place, width) in columns {
        let Some(column) = table.columns.get(*place) else {
            continue;
        };
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", width), ("w:type", &"dxa")]);
        xml.empty(
            "w:shd",
            &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &"E8EEF4")],
        );
        xml.empty("w:vAlign", &[("w:val", &"bottom")]);
        xml.close();
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &"TableHead")]);
        if column.role.is_number() {
            xml.empty("w:jc", &[("w:val", &"right")]);
        }
        xml.close();
        paragraph::run(xml, &column.title, own);
        xml.close();
        xml.close();
    }
    xml.close();
}

/// Whether a row names what the rows below it are about.
fn heads(table: &Table, row: &Row) -> bool {
    table.part == Part::Summary && row.kind == RowKind::Sum
}

/// Whether a cell holds nothing but what is ticked by hand.
fn is_tick(words: &str) -> bool {
    matches!(words, "○" | "□")
}

/// How the words of a row look.
struct Look {
    kept: bool,
    bold: bool,
    /// The document's language.
    own: Language,
}

fn cell(xml: &mut Xml, width: i32, words: &str, side: Option<&str>, look: &Look) {
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
    xml.close();
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &"TableText")]);
    if look.kept {
        xml.empty("w:keepNext", &[]);
    }
    if let Some(side) = side {
        xml.empty("w:jc", &[("w:val", &side)]);
    }
    xml.close();
    if !words.is_empty() {
        if look.bold {
            paragraph::strong(xml, words, look.own);
        } else {
            paragraph::run(xml, words, look.own);
        }
    }
    xml.close();
    xml.close();
}
