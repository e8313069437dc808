//! The document: a title page, headings, text, tables and charts, before any format.
//!
//! A hidden value is a kind of cell, so an exporter that forgets it does not compile, and none can fill it in. A chart
//! shows values of the table below it and nothing else, so a format without pictures leaves charts out and loses
//! nothing.

use crate::domain::language::Language;

use super::chart::Chart;

mod figure;
mod file_name;
mod front;
mod table;

pub use figure::{Figure, RunChart};
pub use front::{Fact, Front};
pub(in crate::report) use table::millionths;
pub use table::{Cell, Column, Part, Role, Row, RowKind, Table, Value};

/// A report, a set of results, a guide or another paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What kind of paper it is.
    pub kind: Kind,
    /// The language it is written in.
    pub language: Language,
    /// Its title; says so when everything is made up.
    pub title: String,
    /// Whether the interviews behind it are made up (demo).
    pub made_up: bool,
    /// What stands under the title on a page of its own; papers without one begin right away.
    pub front: Option<Front>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Figures that follow from its tables, for data files; sentences above the tables say them in words.
    pub figures: Vec<Figure>,
    /// How rounds lie about their median, for data files, where that is said above a table.
    pub runs: Vec<RunChart>,
}

/// What kind of paper a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Results as they stand, on the screen or for other programs.
    #[default]
    Results,
    /// The draft that the dialogue conference talks about.
    ProcessReport,
    /// The report that stays.
    FinalReport,
    /// One page for the young people themselves.
    OnePage,
    /// The sheet for the dialogue conference, in large type.
    Conference,
    /// The questions of a survey, on paper.
    Guide,
}

/// Where a document holds the questions of a guide: each is kept on one page of paper.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct GuideQuestions {
    /// The block from which on they stand.
    pub(in crate::report) from: usize,
    /// The level of their headings.
    pub(in crate::report) level: u8,
}

impl GuideQuestions {
    /// Whether a heading is that of a question.
    pub(in crate::report) const fn has(self, place: usize, level: u8) -> bool {
        level >= self.level && (place > self.from || self.from == 0)
    }
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is the highest level below the title.
    Heading {
        /// Level, from 1.
        level: u8,
        /// What it says.
        text: String,
    },
    /// Running text; a line break in it is one on paper, too.
    Paragraph(String),
    /// What was found, in one sentence: stands out from the text around it.
    Finding {
        /// The sentence.
        text: String,
        /// Keys of the items it is about, for data files.
        items: Vec<String>,
    },
    /// A remark that stands apart.
    Note(String),
    /// Points one below the other.
    List {
        /// What stands before each.
        mark: Mark,
        /// The points.
        points: Vec<String>,
    },
    /// Somebody's own words.
    Quote {
        /// The words, without quotation marks.
        words: String,
        /// Whom they are said to be from.
        attribution: String,
    },
    /// A table. Large beside the others, hence boxed.
    Table(Box<Table>),
    /// A picture of the table that follows; several where one would be too high. Large beside the others, hence boxed.
    Chart(Box<Chart>),
    /// Room to write by hand: so many lines.
    Room(u8),
    /// What follows begins on a new page.
    PageBreak,
}

/// What stands before each point of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A dot.
    Dot,
    /// The numbers 1, 2, 3.
    Number,
    /// A circle, of which one is ticked by hand.
    Ring,
    /// A box, of which any number is ticked by hand.
    Square,
}

impl Kind {
    /// Returns whether it is long enough for a list of its headings.
    #[must_use]
    pub const fn has_contents(self) -> bool {
        matches!(self, Self::ProcessReport | Self::FinalReport | Self::Guide)
    }

    /// Returns whether it is printed in large type, to be read by people around a table.
    #[must_use]
    pub const fn is_large(self) -> bool {
        matches!(self, Self::OnePage | Self::Conference)
    }

    /// Returns the word used in data files, the same in every language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::ProcessReport => "process_report",
            Self::FinalReport => "final_report",
            Self::OnePage => "one_page",
            Self::Conference => "conference",
            Self::Guide => "guide",
        }
    }
}

impl Document {
    /// Returns an empty document.
    #[must_use]
    pub const fn new(language: Language, title: String, made_up: bool) -> Self {
        Self {
            kind: Kind::Results,
            language,
            title,
            made_up,
            front: None,
            blocks: Vec::new(),
            figures: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        let text = text.into();
        self.blocks.push(Block::Heading { level, text });
    }

    /// Adds running text.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a sentence that says what was found about items.
    pub fn finding(&mut self, text: impl Into<String>, items: Vec<String>) {
        let text = text.into();
        self.blocks.push(Block::Finding { text, items });
    }

    /// Adds a remark.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }

    /// Adds a list, unless there is nothing in it.
    pub fn list(&mut self, mark: Mark, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List { mark, points });
        }
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(Box::new(table)));
    }

    /// Adds a picture of the table that follows.
    pub fn chart(&mut self, chart: Chart) {
        self.blocks.push(Block::Chart(Box::new(chart)));
    }

    /// Adds room to write by hand.
    pub fn room(&mut self, lines: u8) {
        self.blocks.push(Block::Room(lines));
    }

    /// Lets what follows begin on a new page.
    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }

    /// Returns the tables in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(&**table),
            _ => None,
        })
    }

    /// Returns the figures that follow from a table. They follow from answers, or from rounds: other tables have none.
    pub fn figures_of<'d>(&'d self, table: &'d Table) -> impl Iterator<Item = &'d Figure> {
        let of_rounds = table.part == Part::Rounds;
        let has_figures = of_rounds || matches!(table.part, Part::Answers | Part::Index | Part::Pairs);
        let own = self.figures.iter().filter(move |_| has_figures);
        own.filter(move |figure| figure.item == table.item && figure.is_of_rounds() == of_rounds)
    }

    /// Returns where questions stand as they are put: all of a guide, or the appendix of a report.
    pub(in crate::report) fn questions_of_a_guide(&self) -> Option<GuideQuestions> {
        match self.kind {
            Kind::Guide => Some(GuideQuestions { from: 0, level: 2 }),
            // The appendix is the last chapter; in it the guide is one level lower.
            Kind::ProcessReport | Kind::FinalReport => {
                let last = self.headings().filter(|(_, level, _)| *level == 1).last();
                let (from, ..) = last?;
                Some(GuideQuestions { from, level: 3 })
            }
            Kind::Results | Kind::OnePage | Kind::Conference => None,
        }
    }

    /// Returns the charts in order, each with a name unlike the others', as names of files are: of small letters, digits
    /// and hyphens.
    #[must_use]
    pub fn pictures(&self) -> Vec<(String, &Chart)> {
        let mut pictures: Vec<(String, &Chart)> = Vec::new();
        for block in &self.blocks {
            let Block::Chart(chart) = block else { continue };
            let wanted = file_name::of(&chart.name);
            let mut name = wanted.clone();
            let mut number = 1;
            while pictures.iter().any(|(other, _)| *other == name) {
                number += 1;
                name = format!("{wanted}-{number}");
            }
            pictures.push((name, chart));
        }
        pictures
    }

    /// Returns the headings in order, each with the place of its block: level and words.
    pub fn headings(&self) -> impl Iterator<Item = (usize, u8, &str)> {
        let placed = self.blocks.iter().enumerate();
        placed.filter_map(|(place, block)| match block {
            Block::Heading { level, text } => Some((place, *level, text.as_str())),
            _ => None,
        })
    }
}
