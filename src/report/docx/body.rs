//! The text itself, block by block.

use crate::domain::language::Language;
use crate::report::chart::{Chart, Framing, Picture};
use crate::report::document::{Block, Document, Kind, Mark};
use crate::report::office::ExportError;
use crate::report::wording::quoted;
use crate::report::xml::{Xml, one_line};
use crate::texts::Texts;

use super::contents::{self, bookmark};
use super::{lists, margins, open_root, paragraph, picture, table};

/// So many remarks of a question stand in one paragraph; what is longer is a text that is read aloud.
const MOST_SAID: usize = 3;
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
    /// Whether what comes next begins a page.
    breaks: bool,
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
            breaks: false,
        }
    }

    /// Writes everything.
    pub(super) fn write(&mut self) -> Result<(), ExportError> {
        self.front();
        if self.document.kind.has_contents() {
            self.contents();
        }
        let document = self.document;
        let questions = document.questions_of_a_guide();
        // Whether the block stands in a question of a guide, or before the first one of its section.
        let mut within = Within::Text;
        // What is said in a question goes on in the same paragraph, for the same reason as its lines do.
        let mut said: Vec<&str> = Vec::new();
        let mut is_remark = true;
        for (place, block) in document.blocks.iter().enumerate() {
            // A break before the first block would leave an empty page behind the title page.
            self.breaks = self.breaks || (place == 0 && document.front.is_some());
            if *block == Block::PageBreak {
                self.breaks = true;
                continue;
            }
            if !matches!(block, Block::Heading { .. }) {
                self.page_break();
            }
            if let (Some(questions), Block::Heading { level, .. }) = (questions, block) {
                within = if questions.has(place, *level) {
                    Within::Question
                } else if place >= questions.from {
                    Within::Section
                } else {
                    Within::Text
                };
            }
            let next = document.blocks.get(place + 1);
            let keeps = keeps(within, block, next);
            if let (Within::Question, Block::Paragraph(words)) = (within, block) {
                let before = place
                    .checked_sub(1)
                    .and_then(|before| document.blocks.get(before));
                if !matches!(before, Some(Block::Paragraph(_))) {
                    let rest = document.blocks.iter().skip(place);
                    let run = rest
                        .take_while(|block| matches!(block, Block::Paragraph(_)))
                        .count();
                    is_remark = run <= MOST_SAID;
                }
                said.push(words);
                let goes_on = matches!(next, Some(Block::Paragraph(_))) && is_remark;
                if !goes_on {
                    let words = std::mem::take(&mut said).join("\n");
                    self.paragraph("Normal", &words, keeps);
                }
                continue;
            }
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
        let own = self.document.language;
        let Some(front) = &self.document.front else {
            paragraph::write(&mut self.xml, "Title", &self.document.title, own);
            return;
        };
        paragraph::write(&mut self.xml, "Stage", &front.stage, own);
        paragraph::write(&mut self.xml, "Title", &self.document.title, own);
        if let Some(subtitle) = &front.subtitle {
            paragraph::write(&mut self.xml, "Subtitle", subtitle, own);
        }
        if let Some(authors) = front.credit(self.texts) {
            paragraph::write(&mut self.xml, "Subtitle", &authors, own);
        }
        for fact in &front.facts {
            paragraph::open(&mut self.xml, "Normal");
            paragraph::strong(&mut self.xml, &format!("{}: ", fact.name), own);
            paragraph::run(&mut self.xml, &fact.value, own);
            self.xml.close();
        }
        for remark in &front.remarks {
            paragraph::write(&mut self.xml, "Note", remark, own);
        }
    }

    fn contents(&mut self) {
        if self.document.headings().next().is_some() {
            let begins = self.document.front.is_some();
            contents::write(&mut self.xml, self.document, begins, self.texts);
        }
    }

    /// Writes a block; `keeps` is whether it stays on one page with the next.
    fn block(&mut self, place: usize, block: &Block, keeps: bool) -> Result<(), ExportError> {
        let own = self.document.language;
        match block {
            Block::Heading { level, text } => self.heading(place, *level, text),
            Block::Paragraph(words) => self.paragraph("Normal", words, keeps),
            Block::Finding { text, .. } => self.paragraph("Finding", text, keeps),
            Block::Note(words) => self.paragraph("Note", words, keeps),
            // On paper to write on, too: see the lines.
            Block::List { mark, points } if self.document.kind == Kind::Guide && *mark != Mark::Number => {
                self.choices(*mark, points, keeps);
            }
            Block::List { mark, points } => self.list(*mark, points, keeps),
            Block::Quote { words, attribution } => {
                let words = quoted(words, self.document.language);
                paragraph::write(&mut self.xml, "Quote", &words, own);
                paragraph::write(&mut self.xml, "QuoteSource", attribution, own);
            }
            Block::Table(shown) => {
                self.tables += 1;
                let large = self.document.kind.is_large();
                table::write(&mut self.xml, shown, self.tables, (large, keeps), self.texts);
            }
            Block::Chart(chart) => self.chart(chart, keeps)?,
            Block::Room(lines) => self.room(*lines, keeps),
            // Seen to where the blocks are gone through.
            Block::PageBreak => {}
        }
        Ok(())
    }

    /// Lines to write on, all of one paragraph: long chains of paragraphs are not kept on one page by every word processor.
    fn room(&mut self, lines: u8, keeps: bool) {
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &"Room")]);
        if keeps {
            xml.empty("w:keepNext", &[]);
        }
        xml.close();
        for nr in 1..=lines {
            xml.open("w:r", &[]);
            if nr > 1 {
                xml.empty("w:br", &[]);
            }
            xml.empty("w:tab", &[]);
            xml.close();
        }
        xml.close();
    }

    fn heading(&mut self, place: usize, level: u8, words: &str) {
        let style = format!("Heading{}", level.clamp(1, DEEPEST));
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &style)]);
        // A break in a paragraph of its own would leave an empty page after a full one.
        if std::mem::take(&mut self.breaks) {
            xml.empty("w:pageBreakBefore", &[]);
        }
        xml.close();
        xml.empty(
            "w:bookmarkStart",
            &[("w:id", &place), ("w:name", &bookmark(place))],
        );
        paragraph::run(xml, &one_line(words), self.document.language);
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
        paragraph::run(xml, words, self.document.language);
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
            if nr == points.len() {
                // What follows stands apart.
                xml.empty("w:spacing", &[("w:after", &160)]);
            }
            xml.close();
            paragraph::run(xml, point, self.document.language);
            xml.close();
        }
    }

    /// Points of a form, a line each in one paragraph.
    fn choices(&mut self, mark: Mark, points: &[String], keeps: bool) {
        let sign = match mark {
            Mark::Dot | Mark::Number => "•",
            Mark::Ring => "○",
            Mark::Square => "□",
        };
        let lines = points.iter().map(|point| format!("{sign}\u{2002}{point}"));
        let words = lines.collect::<Vec<_>>().join("\n");
        self.paragraph("Choices", &words, keeps);
    }

    /// A chart: its caption above, as the table's, then the picture; the table follows.
    fn chart(&mut self, chart: &Chart, keeps: bool) -> Result<(), ExportError> {
        let drawn = Picture::of(chart, self.texts, Framing::InDocument);
        self.pictures.push(drawn.png()?);
        let nr = self.pictures.len();
        let kind = &self.texts.printed.figure;
        caption(&mut self.xml, kind, nr, &chart.title, self.document.language);
        let name = format!("{kind} {nr}");
        picture::write(&mut self.xml, nr, drawn.size(), (&name, &chart.alt), keeps);
        Ok(())
    }

    /// Begins a page before what is no heading.
    fn page_break(&mut self) {
        if !std::mem::take(&mut self.breaks) {
            return;
        }
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

/// What of a guide a block stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Nothing of a guide.
    Text,
    /// A section, before its first question.
    Section,
    /// A question.
    Question,
}

/// Whether a block stays on one page with the next. On paper to write on a question is one thing, and what is said before
/// the first one of a section stays with it; elsewhere what was found stays with what shows it, and a remark with what it
/// is about.
fn keeps(within: Within, block: &Block, next: Option<&Block>) -> bool {
    let next = match next {
        None | Some(Block::PageBreak) => return false,
        Some(Block::Heading { .. }) => {
            return within == Within::Section && matches!(block, Block::Paragraph(_) | Block::Note(_));
        }
        Some(next) => next,
    };
    match block {
        // Its style keeps it with what shows it: said here a second time, LibreOffice leaves headings behind.
        Block::Finding { .. } => false,
        Block::Note(_) => true,
        Block::Paragraph(_) | Block::List { .. } | Block::Room(_) | Block::Table(_)
            if within == Within::Question =>
        {
            true
        }
        Block::Paragraph(_) => matches!(
            next,
            Block::List { .. } | Block::Table(_) | Block::Chart(_) | Block::Room(_) | Block::Quote { .. }
        ),
        // Why others did not answer is said below the table, in a line; a quote stays with the finding it stands beside.
        // A picture and the table below it may part: a page is filled rather than left half empty.
        Block::Table(_) => matches!(next, Block::Paragraph(_) | Block::Quote { .. }),
        _ => false,
    }
}

/// A caption, whose number a word processor counts on when tables or pictures are added.
pub(super) fn caption(xml: &mut Xml, kind: &str, nr: usize, words: &str, own: Language) {
    paragraph::open(xml, "Caption");
    paragraph::strong(xml, &format!("{kind}\u{a0}"), own);
    xml.open(
        "w:fldSimple",
        &[("w:instr", &format_args!(" SEQ {kind} \\* ARABIC "))],
    );
    paragraph::strong(xml, &nr.to_string(), own);
    xml.close();
    paragraph::strong(xml, ".", own);
    paragraph::run(xml, " ", own);
    paragraph::run(xml, words, own);
    xml.close();
}
