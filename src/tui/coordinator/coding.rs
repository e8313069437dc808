//! Open answers under themes: one answer at a time, its themes beside it, quotes and what could tell who somebody is marked
//! in it. Everything can be undone; nothing of an interview is changed.

use std::cell::Cell;
use std::fmt;

use jiff::civil::Date;

use crate::domain::id::Id;
use crate::domain::workbook::left::Left;
use crate::domain::workbook::log::Stamp;
use crate::domain::workbook::quote::Place as Words;
use crate::fieldwork::workbench::{
    Filter, OpenAnswer, OpenQuestion, QuoteFacts, Safe, Suggestion, Workbench,
};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::field::Field;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::{Deed, undo};

mod answers;
mod keys;
mod marking;
mod marks;
pub mod notes;
mod panes;
pub mod quotes;
mod sentences;
pub mod standing;
mod themes;

use marking::Marking;
use themes::{Known, Splitting};

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// The name of a new theme.
    NewTheme,
    /// Another name of the theme that is focused.
    Rename,
    /// The word in brackets for what is marked, or else for what looks like an identifier.
    Bracket,
    /// What is looked for.
    Search,
    /// Part of a theme's name, to put it on the answer.
    FindTheme,
    /// What somebody thinks about the theme that is focused.
    Memo,
    /// The name of the theme that answers of another go to.
    SplitName,
    /// Who codes.
    Coder,
    /// Other words for a quote.
    OtherWords,
}

/// What the name of a half typed memo begins with, where it is kept.
const MEMO: &str = "memo.";

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Which question.
    Questions,
    /// Answers, one at a time.
    Answers,
    /// Quotes to be read by somebody before they stand.
    Quotes,
    /// All themes together.
    Themes,
    /// The answers of a theme that go to a new one.
    Split,
}

/// A theme that something is done with, together with the one that is chosen next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Picking {
    /// It goes into that one.
    Merge(Id),
    /// It goes under that one; to the top where it is chosen itself.
    Move(Id),
}

/// The screen.
pub struct Coding {
    bench: Box<Workbench>,
    stage: Stage,
    question: usize,
    /// Which of the answers that are shown.
    answer: usize,
    /// Which theme, or which row of another list.
    focus: usize,
    filter: Filter,
    /// The places of the answers that are shown: they are looked for once after every key, not for every frame.
    listed: Vec<usize>,
    typing: Option<(Typing, Field)>,
    /// How many answers to each question the coder has gone through, counted like them.
    gone: Vec<usize>,
    /// The quotes on their list: looked for once after every key, not for every frame.
    marked: Vec<QuoteFacts>,
    /// The quote that other words are typed for.
    reworded: Option<Stamp>,
    /// A memo that was half typed and left, with its theme.
    half: Option<(Id, String)>,
    picking: Option<Picking>,
    /// A theme that is dropped if the same is asked for once more.
    dropping: Option<Id>,
    splitting: Option<Splitting>,
    known: Known,
    /// Lines of the answer that one has read past.
    above: usize,
    /// Lines of the answer that were drawn, and how many are left below them.
    page: Cell<(usize, usize)>,
    /// The words that are being marked; nothing where none are.
    marking: Option<Marking>,
}

impl fmt::Debug for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coding({:?})", self.bench)
    }
}

impl Coding {
    /// Returns the screen at the choice of a question.
    #[must_use]
    pub fn new(bench: Box<Workbench>) -> Self {
        let mut half = bench.half().iter().filter_map(|(name, memo)| {
            let theme = Id::new(name.strip_prefix(MEMO)?).ok()?;
            Some((theme, memo.clone()))
        });
        let half = half.next();
        let mut coding = Self {
            bench,
            stage: Stage::Questions,
            question: 0,
            answer: 0,
            focus: 0,
            filter: Filter::default(),
            listed: Vec::new(),
            typing: None,
            marked: Vec::new(),
            gone: Vec::new(),
            reworded: None,
            half,
            picking: None,
            dropping: None,
            splitting: None,
            known: Known::default(),
            above: 0,
            page: Cell::default(),
            marking: None,
        };
        coding.count();
        coding
    }

    /// Counts what the coder has gone through.
    fn count(&mut self) {
        let (book, coder) = (self.bench.book(), self.bench.coder());
        let gone = |question: &OpenQuestion| {
            let answers = question.answers().iter();
            answers
                .filter(|answer| book.is_gone_through(&answer.answer, coder))
                .count()
        };
        self.gone = self.bench.questions().iter().map(gone).collect();
    }

    /// Waits until everything is on disk; says why not.
    pub(in crate::tui) fn is_kept(&mut self) -> bool {
        matches!(self.bench.wait(), Safe::Yes | Safe::Soon)
    }

    /// Returns what is left to do on a day.
    #[must_use]
    pub fn left(&self, today: Date) -> Left {
        self.bench.left(today)
    }

    fn asked(&self) -> Option<&OpenQuestion> {
        self.bench.questions().get(self.question)
    }

    /// Returns whether a memo was half typed when the screen was left, or the program ended.
    pub(in crate::tui) const fn has_half(&self) -> bool {
        self.half.is_some()
    }

    /// Keeps a memo that is half typed.
    pub(in crate::tui) fn keep_half(&mut self) {
        let theme = self.theme();
        let typed = match (&mut self.typing, theme) {
            (Some((Typing::Memo, field)), Some(theme)) => {
                field.kept();
                Some((theme, field.shown().to_owned()))
            }
            _ => None,
        };
        let mut half = self.bench.half().clone();
        half.retain(|name, _| !name.starts_with(MEMO));
        if let Some((theme, memo)) = typed.or_else(|| self.half.clone()) {
            half.insert(format!("{MEMO}{theme}"), memo);
        }
        self.bench.keep_half(half);
    }

    /// Looks which answers are shown.
    fn list(&mut self) {
        let question = self.bench.questions().get(self.question);
        self.listed = question.map_or_else(Vec::new, |question| self.bench.filtered(question, &self.filter));
    }

    fn current(&self) -> Option<&OpenAnswer> {
        let last = self.listed.len().saturating_sub(1);
        let place = self.listed.get(self.answer.min(last))?;
        self.asked()?.answers().get(*place)
    }

    fn theme(&self) -> Option<Id> {
        let tree = self.bench.tree();
        tree.get(self.focus).map(|(_, theme)| theme.id.clone())
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        match self.stage {
            Stage::Questions => words.title.clone(),
            Stage::Quotes => words.quotes.clone(),
            Stage::Themes => words.themes.clone(),
            Stage::Split => words.split_title.clone(),
            Stage::Answers if self.listed.is_empty() => words.title.clone(),
            Stage::Answers => {
                let all = self.listed.len();
                let number = (self.answer + 1).min(all).to_string();
                fill(&words.heading, &[("number", &number), ("all", &all.to_string())])
            }
        }
    }

    /// Returns the first place in the answer that looks like an identifier and nobody has decided on.
    fn undecided(&self) -> Option<Suggestion> {
        let answer = self.current()?;
        self.bench.undecided(answer).next().copied()
    }

    /// The words that are being marked, as a place in the answer.
    fn marked_place(&self, answer: &OpenAnswer) -> Option<Words> {
        self.marking?.place(answer.words.as_str())
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let dropping = self.dropping.take();
        let reaction = self.take_at_stage(command, dropping.as_ref(), s);
        match self.stage {
            Stage::Answers => self.list(),
            Stage::Quotes => self.marked = self.bench.quotes(),
            Stage::Questions => self.count(),
            Stage::Themes | Stage::Split => {}
        }
        reaction
    }

    fn take_at_stage(&mut self, command: &Command, dropping: Option<&Id>, s: &Situation) -> Reaction {
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        if *command == Command::Deed(Deed::Drop)
            && self.marking.is_none()
            && let Some(sure) = self.asks_before_dropping(dropping, s)
        {
            return sure;
        }
        match self.stage {
            Stage::Questions => self.take_questions(command),
            Stage::Quotes => self.take_quotes(command, s),
            Stage::Answers => self.take_answers(command, s),
            Stage::Themes => self.take_themes(command, s),
            Stage::Split => self.take_split(command, s),
        }
    }

    fn take_questions(&mut self, command: &Command) -> Reaction {
        let last = self.bench.questions().len().saturating_sub(1);
        match command {
            Command::Move(step) => self.go(*step, last),
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.open_question()
            }
            Command::Enter => self.open_question(),
            Command::Deed(Deed::Quotes) => {
                self.stage = Stage::Quotes;
                self.focus = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Themes) => self.open_themes(),
            Command::Deed(Deed::OtherCoder) => self.types(Typing::Coder, ""),
            other => Reaction::Do(other.clone()),
        }
    }

    fn open_question(&mut self) -> Reaction {
        if self.bench.questions().is_empty() {
            return Reaction::Nothing;
        }
        self.question = self.focus;
        self.stage = Stage::Answers;
        self.answer = 0;
        self.above = 0;
        self.focus = 0;
        self.filter = Filter::default();
        Reaction::Changed
    }

    fn go(&mut self, step: Step, last: usize) -> Reaction {
        self.focus = step.in_list(self.focus.min(last), last);
        Reaction::Changed
    }

    fn undo(&mut self, back: bool, s: &Situation) -> Reaction {
        let theme = self.theme();
        let said = undo(&mut self.bench, back, s);
        if let (Some(theme), Stage::Answers | Stage::Themes) = (theme, self.stage) {
            self.stand_at(&theme);
        }
        said
    }

    /// What is looked for may be pasted.
    pub(super) fn was_pasted_into(&mut self) {
        if let Some((Typing::Search, field)) = &self.typing {
            field.shown().clone_into(&mut self.filter.words);
            self.answer = 0;
            self.above = 0;
            self.list();
        }
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}
