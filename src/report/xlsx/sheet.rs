//! One sheet: rows of cells, links to other sheets, and the head that stays in view.

use std::fmt::Display;

use crate::report::chart::font::Font;
use crate::report::xml::{Xml, one_line};

use super::chart::NativeChart;
use super::{MAIN, RELATIONS, names};

/// The most letters a cell holds, as UTF-16 counts.
const LONGEST: usize = 32_767;

/// How high a line is, in points.
const LINE: usize = 15;
/// How high letters and how wide digits are, in tenths of a pixel.
const LETTER: i32 = 150;
const DIGIT: i32 = 80;
/// A row never gets higher than this.
const MOST_LINES: usize = 20;

/// How a cell looks: its place in the file of styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Above the table.
    Title = 1,
    /// Above a column of words.
    Head = 2,
    /// Above a column of numbers.
    NumberHead = 3,
    /// Words, on as many lines as they need.
    Words = 4,
    /// Remarks.
    Note = 5,
    /// A way to another sheet.
    Link = 6,
    /// A number of people.
    Count = 7,
    /// A share without decimals.
    Share = 8,
    /// A share with one.
    FineShare = 9,
    /// Percentage points.
    Points = 10,
    /// How a count is to be taken.
    Status = 11,
    /// Above a column of these.
    StatusHead = 12,
    /// A figure: a mean, an index.
    Figure = 13,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Words; never a formula, whatever they begin with.
    Text(Style, String),
    /// A number.
    Number(Style, f64),
    /// Nothing.
    Empty,
}

/// A sheet being filled row by row.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name, legal and unlike all others.
    pub(super) name: String,
    /// The row of the head, from 1.
    pub(super) head: usize,
    /// What is drawn beside the table.
    pub(super) chart: Option<NativeChart>,
    /// Widths of its columns, in digits.
    widths: Vec<usize>,
    rows: Vec<Vec<Cell>>,
    /// Row, column and sheet of each link.
    links: Vec<(usize, usize, String)>,
}

impl Cell {
    /// Words.
    pub(super) fn text(style: Style, words: &str) -> Self {
        Self::Text(style, words.to_owned())
    }

    /// A number of people, where there is one.
    pub(super) fn count(count: Option<u32>) -> Self {
        count.map_or(Self::Empty, |count| Self::Number(Style::Count, f64::from(count)))
    }
}

impl Sheet {
    /// A sheet with nothing on it.
    pub(super) const fn new(name: String, widths: Vec<usize>) -> Self {
        Self {
            name,
            head: 1,
            chart: None,
            widths,
            rows: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Adds the row above the table, which stays in view.
    pub(super) fn head_row(&mut self, cells: Vec<Cell>) {
        self.row(cells);
        self.head = self.rows.len();
    }

    /// Lets a cell of the next row lead to another sheet.
    pub(super) fn link(&mut self, column: usize, sheet: &str) {
        self.links.push((self.rows.len() + 1, column, sheet.to_owned()));
    }

    /// Returns the file of the sheet.
    pub(super) fn file(&self, is_first: bool) -> String {
        let mut xml = Xml::file();
        xml.open("worksheet", &[("xmlns", &MAIN), ("xmlns:r", &RELATIONS)]);
        xml.open("sheetPr", &[]);
        xml.empty("pageSetUpPr", &[("fitToPage", &1)]);
        xml.close();
        self.view(&mut xml, is_first);
        xml.empty("sheetFormatPr", &[("defaultRowHeight", &15)]);
        xml.open("cols", &[]);
        for (nr, width) in (1..).zip(&self.widths) {
            xml.empty(
                "col",
                &[("min", &nr), ("max", &nr), ("width", width), ("customWidth", &1)],
            );
        }
        xml.close();
        xml.open("sheetData", &[]);
        let font = Font::new();
        for (nr, row) in (1..).zip(&self.rows) {
            let lines = self.lines(&font, row);
            if lines > 1 {
                // Not every program makes room for a second line by itself.
                let height = lines * LINE;
                xml.open("row", &[("r", &nr), ("ht", &height), ("customHeight", &1)]);
            } else {
                xml.open("row", &[("r", &nr)]);
            }
            for (column, cell) in row.iter().enumerate() {
                write_cell(&mut xml, &place(nr, column), cell);
            }
            xml.close();
        }
        xml.close();
        if !self.links.is_empty() {
            xml.open("hyperlinks", &[]);
            for (row, column, sheet) in &self.links {
                let location = format!("{}!A1", names::quoted(sheet));
                xml.empty(
                    "hyperlink",
                    &[
                        ("ref", &place(*row, *column)),
                        ("location", &location),
                        ("display", sheet),
                    ],
                );
            }
            xml.close();
        }
        xml.raw(r#"<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>"#);
        // A4 on its side, as wide as the table.
        xml.raw(r#"<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>"#);
        if self.chart.is_some() {
            xml.empty("drawing", &[("r:id", &"rId1")]);
        }
        xml.finish()
    }

    /// Lines of the cell of a row that needs most.
    fn lines(&self, font: &Font, row: &[Cell]) -> usize {
        let wrapped = row.iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(Style::Head | Style::NumberHead | Style::StatusHead | Style::Words, words) => {
                let room = i32::try_from(*width).unwrap_or(0) * DIGIT - DIGIT;
                // Bold letters are wider.
                let room = match cell {
                    Cell::Text(Style::Words, _) => room,
                    _ => room * 9 / 10,
                };
                font.wrapped(words, LETTER, room.max(DIGIT), MOST_LINES).len()
            }
            _ => 1,
        });
        wrapped.max().unwrap_or(1)
    }

    fn view(&self, xml: &mut Xml, is_first: bool) {
        xml.open("sheetViews", &[]);
        let selected = u8::from(is_first);
        xml.open(
            "sheetView",
            &[
                ("showGridLines", &0),
                ("tabSelected", &selected),
                ("workbookViewId", &0),
            ],
        );
        let below = format!("B{}", self.head + 1);
        xml.empty(
            "pane",
            &[
                ("xSplit", &1),
                ("ySplit", &self.head),
                ("topLeftCell", &below),
                ("activePane", &"bottomRight"),
                ("state", &"frozen"),
            ],
        );
        xml.empty(
            "selection",
            &[
                ("pane", &"bottomRight"),
                ("activeCell", &below),
                ("sqref", &below),
            ],
        );
        xml.close();
        xml.close();
    }
}

fn write_cell(xml: &mut Xml, at: &dyn Display, cell: &Cell) {
    match cell {
        Cell::Text(style, words) => {
            let mut length = 0;
            let kept: String = one_line(words)
                .chars()
                .take_while(|c| {
                    length += c.len_utf16();
                    length <= LONGEST
                })
                .collect();
            xml.open("c", &[("r", at), ("s", &(*style as u8)), ("t", &"inlineStr")]);
            xml.open("is", &[]);
            xml.leaf("t", &[("xml:space", &"preserve")], &kept);
            xml.close();
            xml.close();
        }
        Cell::Number(style, number) => {
            xml.open("c", &[("r", at), ("s", &(*style as u8))]);
            xml.leaf("v", &[], &number.to_string());
            xml.close();
        }
        Cell::Empty => {}
    }
}

/// Returns a place as references write it: row 1 and column 27 are `AB1`.
pub(super) fn place(row: usize, column: usize) -> String {
    format!("{}{row}", letters(column))
}

/// Returns the letters of a column.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn columns_go_on_after_z() {
        assert_eq!(place(1, 0), "A1");
        assert_eq!(place(4, 25), "Z4");
        assert_eq!(place(4, 26), "AA4");
        assert_eq!(place(4, 702), "AAA4");
    }
}
