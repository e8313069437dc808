//! The text itself, block by block.

use crate::report::chart::{Chart, Framing, Picture};
use crate::report::document::{Block, Document, Kind, Mark};
use crate::report::office::ExportError;
use crate::report::wording::quoted;
use crate::report::xml::{Xml, one_line};
use crate::texts::Texts;

use super::{lists, margins, open_root, paragraph, picture, table};

/// Headings of these levels stand in the contents.
const IN_CONTENTS: u8 = 2;
/// Headings of a guide in the contents: its sections.
const IN_CONTENTS_OF_A_GUIDE: u8 = 1;
/// So many points of a list stay on one page.
const SHORT_LIST: usize = 12;
/// The deepest heading style.
const DEEPEST: u8 = 4;

/// The text being written, and what it brings along.
pub(super) struct Body<'d> {
    document: &'d Document,
    texts: &'d Texts,
    xml: Xml,
    pictures: Vec<Vec<u8>>,
    tables: usize,
    numbered_lists: u32,
}

/// What was written.
pub(super) struct Written {
    pub(super) document: String,
    pub(super) pictures: Vec<Vec<u8>>,
    pub(super) numbered_lists: u32,
}

impl<'d> Body<'d> {
    /// Begins with nothing.
    pub(super) fn new(document: &'d Document, texts: &'d Texts) -> Self {
        let mut xml = Xml::file();
        open_root(&mut xml, "w:document");
        xml.open("w:body", &[]);
        Self {
            document,
            texts,
            xml,
            pictures: Vec::new(),
            tables: 0,
            numbered_lists: 0,
        }
    }

    /// Writes everything.
    pub(super) fn write(&mut self) -> Result<(), ExportError> {
        self.front();
        if self.document.kind.has_contents() {
            self.contents();
        }
        let document = self.document;
        let mut breaks = false;
        for (place, block) in document.blocks.iter().enumerate() {
            // A break before the first block would leave an empty page behind the title page.
            breaks = breaks || (place == 0 && document.front.is_some());
            if *block == Block::PageBreak {
                breaks = true;
                continue;
            }
            if breaks {
                self.page_break();
                breaks = false;
            }
            let keeps = keeps(document.kind, block, document.blocks.get(place + 1));
            self.block(place, block, keeps)?;
        }
        Ok(())
    }

    /// Ends the text.
    pub(super) fn finish(mut self) -> Written {
        margins::section(&mut self.xml, self.document);
        Written {
            document: self.xml.finish(),
            pictures: self.pictures,
            numbered_lists: self.numbered_lists,
        }
    }

    fn front(&mut self) {
        let Some(front) = &self.document.front else {
            paragraph::write(&mut self.xml, "Title", &self.document.title);
            return;
        };
        paragraph::write(&mut self.xml, "Stage", &front.stage);
        paragraph::write(&mut self.xml, "Title", &self.document.title);
        if let Some(subtitle) = &front.subtitle {
            paragraph::write(&mut self.xml, "Subtitle", subtitle);
        }
        for author in &front.authors {
            paragraph::write(&mut self.xml, "Subtitle", author);
        }
        for fact in &front.facts {
            paragraph::open(&mut self.xml, "Normal");
            paragraph::strong(&mut self.xml, &format!("{}: ", fact.name));
            paragraph::run(&mut self.xml, &fact.value);
            self.xml.close();
        }
        for remark in &front.remarks {
            paragraph::write(&mut self.xml, "Note", remark);
        }
    }

    /// The contents as a field: a word processor fills it anew with page numbers, and until then the headings stand
    /// there as links.
    fn contents(&mut self) {
        let deepest = match self.document.kind {
            Kind::Guide => IN_CONTENTS_OF_A_GUIDE,
            _ => IN_CONTENTS,
        };
        let headings: Vec<(usize, u8, &str)> = self
            .document
            .headings()
            .filter(|(_, level, _)| *level <= deepest)
            .collect();
        let Some(last) = headings.len().checked_sub(1) else {
            return;
        };
        if self.document.front.is_some() {
            self.page_break();
        }
        let xml = &mut self.xml;
        xml.open("w:sdt", &[]);
        xml.open("w:sdtPr", &[]);
        xml.open("w:docPartObj", &[]);
        xml.empty("w:docPartGallery", &[("w:val", &"Table of Contents")]);
        xml.empty("w:docPartUnique", &[]);
        xml.close();
        xml.close();
        xml.open("w:sdtContent", &[]);
        paragraph::write(xml, "TOCHeading", &self.texts.printed.contents);
        for (nr, (place, level, words)) in headings.into_iter().enumerate() {
            paragraph::open(xml, if level == 1 { "TOC1" } else { "TOC2" });
            if nr == 0 {
                field_mark(xml, "begin");
                xml.open("w:r", &[]);
                xml.leaf(
                    "w:instrText",
                    &[("xml:space", &"preserve")],
                    &format!(" TOC \\o \"1-{deepest}\" \\h \\z \\u "),
                );
                xml.close();
                field_mark(xml, "separate");
            }
            xml.open(
                "w:hyperlink",
                &[("w:anchor", &bookmark(place)), ("w:history", &1)],
            );
            paragraph::run(xml, words);
            xml.close();
            if nr == last {
                field_mark(xml, "end");
            }
            xml.close();
        }
        xml.close();
        xml.close();
    }

    /// Writes a block; `keeps` is whether it stays on one page with the next.
    fn block(&mut self, place: usize, block: &Block, keeps: bool) -> Result<(), ExportError> {
        match block {
            Block::Heading { level, text } => self.heading(place, *level, text),
            Block::Paragraph(words) => self.paragraph("Normal", words, keeps),
            Block::Finding(words) => self.paragraph("Finding", words, keeps),
            Block::Note(words) => self.paragraph("Note", words, keeps),
            Block::List { mark, points } => self.list(*mark, points, keeps),
            Block::Quote { words, attribution } => {
                let words = quoted(words, self.document.language);
                paragraph::write(&mut self.xml, "Quote", &words);
                paragraph::write(&mut self.xml, "QuoteSource", attribution);
            }
            Block::Table(shown) => {
                self.tables += 1;
                let large = self.document.kind.is_large();
                table::write(&mut self.xml, shown, self.tables, large, self.texts);
            }
            Block::Chart(chart) => self.chart(chart)?,
            Block::Room(lines) => {
                for nr in 1..=*lines {
                    let xml = &mut self.xml;
                    xml.open("w:p", &[]);
                    xml.open("w:pPr", &[]);
                    xml.empty("w:pStyle", &[("w:val", &"Room")]);
                    if nr < *lines || keeps {
                        xml.empty("w:keepNext", &[]);
                    }
                    if nr == *lines {
                        xml.empty("w:spacing", &[("w:after", &240)]);
                    }
                    xml.close();
                    xml.close();
                }
            }
            // Seen to where the blocks are gone through.
            Block::PageBreak => {}
        }
        Ok(())
    }

    fn heading(&mut self, place: usize, level: u8, words: &str) {
        let style = format!("Heading{}", level.clamp(1, DEEPEST));
        let xml = &mut self.xml;
        paragraph::open(xml, &style);
        xml.empty(
            "w:bookmarkStart",
            &[("w:id", &place), ("w:name", &bookmark(place))],
        );
        paragraph::run(xml, &one_line(words));
        xml.empty("w:bookmarkEnd", &[("w:id", &place)]);
        xml.close();
    }

    fn paragraph(&mut self, style: &str, words: &str, keeps: bool) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &style)]);
        if keeps {
            xml.empty("w:keepNext", &[]);
        }
        xml.close();
        paragraph::run(xml, words);
        xml.close();
    }

    /// A short list stays on one page.
    fn list(&mut self, mark: Mark, points: &[String], keeps: bool) {
        if mark == Mark::Number {
            self.numbered_lists += 1;
        }
        let number = lists::number(mark, self.numbered_lists);
        let style = if mark == Mark::Number {
            "ListNumber"
        } else {
            "ListBullet"
        };
        let xml = &mut self.xml;
        for (nr, point) in (1..).zip(points) {
            xml.open("w:p", &[]);
            xml.open("w:pPr", &[]);
            xml.empty("w:pStyle", &[("w:val", &style)]);
            if points.len() <= SHORT_LIST && (nr < points.len() || keeps) {
                xml.empty("w:keepNext", &[]);
            }
            xml.open("w:numPr", &[]);
            xml.empty("w:ilvl", &[("w:val", &0)]);
            xml.empty("w:numId", &[("w:val", &number)]);
            xml.close();
            xml.close();
            paragraph::run(xml, point);
            xml.close();
        }
    }

    /// A chart: its caption above, as the table's, then the picture; the table follows.
    fn chart(&mut self, chart: &Chart) -> Result<(), ExportError> {
        let drawn = Picture::of(chart, self.texts, Framing::InDocument);
        self.pictures.push(drawn.png()?);
        let nr = self.pictures.len();
        let kind = &self.texts.printed.figure;
        caption(&mut self.xml, kind, nr, &chart.title);
        let name = format!("{kind} {nr}");
        picture::write(&mut self.xml, nr, drawn.size(), &name, &chart.alt);
        Ok(())
    }

    fn page_break(&mut self) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &"PageBreak")]);
        xml.close();
        xml.open("w:r", &[]);
        xml.empty("w:br", &[("w:type", &"page")]);
        xml.close();
        xml.close();
    }
}

/// Whether a block stays on one page with the next. On paper to write on a question is one thing; elsewhere what was found
/// stays with what shows it, and a remark with what it is about.
fn keeps(kind: Kind, block: &Block, next: Option<&Block>) -> bool {
    let next = match next {
        None | Some(Block::PageBreak) => return false,
        // What is said before the first question of a section stays with it.
        Some(Block::Heading { level, .. }) => {
            return kind == Kind::Guide
                && *level > 1
                && matches!(block, Block::Paragraph(_) | Block::Note(_));
        }
        Some(next) => next,
    };
    match block {
        Block::Finding(_) | Block::Note(_) => true,
        Block::Paragraph(_) | Block::List { .. } | Block::Room(_) if kind == Kind::Guide => true,
        Block::Paragraph(_) => matches!(
            next,
            Block::List { .. } | Block::Table(_) | Block::Chart(_) | Block::Room(_)
        ),
        _ => false,
    }
}

/// A caption, whose number a word processor counts on when tables or pictures are added.
pub(super) fn caption(xml: &mut Xml, kind: &str, nr: usize, words: &str) {
    paragraph::open(xml, "Caption");
    paragraph::strong(xml, &format!("{kind}\u{a0}"));
    xml.open(
        "w:fldSimple",
        &[("w:instr", &format_args!(" SEQ {kind} \\* ARABIC "))],
    );
    paragraph::strong(xml, &nr.to_string());
    xml.close();
    paragraph::strong(xml, ".");
    paragraph::run(xml, &format!(" {words}"));
    xml.close();
}

/// A mark of a field that is out of date: a word processor fills it when it opens the document.
fn field_mark(xml: &mut Xml, which: &str) {
    xml.open("w:r", &[]);
    if which == "begin" {
        xml.empty("w:fldChar", &[("w:fldCharType", &which), ("w:dirty", &"true")]);
    } else {
        xml.empty("w:fldChar", &[("w:fldCharType", &which)]);
    }
    xml.close();
}

fn bookmark(place: usize) -> String {
    format!("_Toc{:08}", place + 1)
}
