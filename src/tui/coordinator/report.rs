//! Making the report: which files, in which language, with a look at it and a list of what to check before.

use std::path::PathBuf;

use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;
use crate::report::compose::{self, Contents, Part, Plan, Work, titled};
use crate::report::document::Document;
use crate::texts::Texts;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::findings::names;
use super::{Ask, usual_keys};

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Formats, by the names the command knows.
    pub formats: Vec<&'static str>,
    /// Papers beside the report, by the names the command knows.
    pub papers: Vec<&'static str>,
    /// What is in it.
    pub contents: Contents,
    /// Who has written it.
    pub authors: Vec<CleanText>,
    /// The final report, not the draft.
    pub is_final: bool,
    /// The language of the report.
    pub language: Language,
    /// Where to.
    pub folder: PathBuf,
}

const FORMATS: [&str; 4] = ["docx", "xlsx", "html", "csv"];
const PAPERS: [&str; 4] = ["one-page", "conference", "codebook", "pictures"];

/// Something that can be chosen or pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Format(usize),
    Language(usize),
    Draft,
    Final,
    Paper(usize),
    Contents(usize),
    Author,
    Make,
    Cancel,
}

/// The rows of the form, each with its stops.
const ROWS: [&[Stop]; 7] = [
    &[Stop::Format(0), Stop::Format(1), Stop::Format(2), Stop::Format(3)],
    &[Stop::Language(0), Stop::Language(1), Stop::Language(2)],
    &[Stop::Draft, Stop::Final],
    &[Stop::Paper(0), Stop::Paper(1), Stop::Paper(2), Stop::Paper(3)],
    &[Stop::Contents(0), Stop::Contents(1), Stop::Contents(2)],
    &[Stop::Author],
    &[Stop::Make, Stop::Cancel],
];

mod control;
mod panes;

/// The form.
pub struct Report {
    row: usize,
    column: usize,
    formats: [bool; 4],
    papers: [bool; 4],
    contents: Contents,
    author: Field,
    language: Language,
    is_final: bool,
    above: usize,
    /// The report as it would be, and the words it is in.
    preview: Option<(Document, Texts)>,
    /// Whether its findings are sentences of the program, and nobody's own.
    is_raw: bool,
    /// Texts of the coordinators in which somebody may be named.
    names: usize,
}

impl Report {
    /// Returns the form: Word and Excel, the draft, in the language of the screen.
    #[must_use]
    pub fn new(s: &Situation) -> Self {
        let mut report = Self {
            row: 0,
            column: 0,
            formats: [true, true, false, false],
            papers: [false; 4],
            contents: Contents::default(),
            author: Field::line(""),
            language: s.language(),
            is_final: false,
            above: 0,
            preview: None,
            is_raw: false,
            names: 0,
        };
        report.renew(s);
        report
    }

    /// Composes the report anew.
    pub(in crate::tui) fn renew(&mut self, s: &Situation) {
        let composed = self.composed(s);
        self.is_raw = composed.as_ref().is_some_and(|(.., is_raw)| *is_raw);
        self.preview = composed.map(|(document, texts, _)| (document, texts));
        self.above = 0;
        let shown = s.coordinator.shown.as_deref();
        let round = shown.and_then(|shown| shown.evaluation.open_round());
        self.names = match (shown, round) {
            (Some(shown), Some(round)) => names::count(&shown.book, &round.id),
            _ => 0,
        };
    }

    fn composed(&self, s: &Situation) -> Option<(Document, Texts, bool)> {
        let shown = s.coordinator.shown.as_deref()?;
        let texts = if self.language == s.language() {
            s.texts.clone()
        } else {
            Texts::load(self.language).ok()?
        };
        let portion = shown.parts.first()?;
        let sources = shown.sources(0, 0, &texts)?;
        let rounds = titled(
            &shown.evaluation,
            &portion.rounds,
            Some(&shown.book),
            self.language,
        );
        let is_whole = matches!(sources.people.part, Part::Only | Part::Together { .. });
        let plan = Plan {
            is_final: self.is_final,
            contents: self.contents,
            authors: self.authors(),
            rounds: if is_whole { rounds } else { Vec::new() },
            work: shown
                .evaluation
                .open_round()
                .filter(|_| is_whole)
                .map(|round| Work {
                    book: &shown.book,
                    round: &round.id,
                    survey: Some(sources.survey),
                }),
        };
        let document = compose::report(&sources, &plan);
        let is_raw = is_whole && compose::is_raw(&sources, plan.work.as_ref());
        Some((document, texts, is_raw))
    }

    /// Whoever has written it, by commas.
    fn authors(&self) -> Vec<CleanText> {
        let names = self.author.shown().split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        names.map(CleanText::line).collect()
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        (self.stop() == Stop::Author).then_some(&mut self.author)
    }

    fn stop(&self) -> Stop {
        let row = ROWS.get(self.row).copied().unwrap_or(&[Stop::Make]);
        let last = row.len().saturating_sub(1);
        row.get(self.column.min(last)).copied().unwrap_or(Stop::Make)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let enter = Keys::One(Key::Enter);
        let mut table = Vec::new();
        match self.stop() {
            Stop::Author => {
                table.extend(typing(s.t(), false));
                table.push(Binding::new(enter, Command::NextZone, &hint.next, 1));
            }
            Stop::Make | Stop::Cancel => {
                table.push(Binding::new(enter, Command::Enter, &hint.press, 1));
            }
            _ => {
                table.push(Binding::silent(enter, Command::Toggle));
                let space = Keys::One(Key::Char(' '));
                table.push(Binding::new(space, Command::Toggle, &hint.on_off, 1));
            }
        }
        table.push(Binding::new(
            Keys::One(Key::Tab),
            Command::NextZone,
            &words.hint.next_row,
            2,
        ));
        table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        table.push(Binding::new(
            Keys::Arrows,
            Command::Move(Step::Right),
            &hint.go_to,
            4,
        ));
        let down = Keys::One(Key::PageDown);
        table.push(Binding::new(down, Command::PageDown, &words.hint.page_through, 3));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        if self.stop() == Stop::Author {
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.back, 0));
        } else {
            usual_keys(&mut table, false, s);
        }
        table
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last_row = ROWS.len() - 1;
        let here = ROWS.get(self.row).copied().unwrap_or_default();
        let last = here.len().saturating_sub(1);
        if self.stop() == Stop::Author {
            if let Some(edited) = self.take_author(command, s) {
                return edited;
            }
            // It stands on the title page.
            self.renew(s);
        }
        match command {
            Command::Move(Step::Left) => self.column = self.column.min(last).saturating_sub(1),
            Command::Move(Step::Right) => self.column = (self.column + 1).min(last),
            Command::Move(Step::Up) => self.row = self.row.saturating_sub(1),
            Command::Move(Step::Down) => {
                // Among the buttons it begins with the first.
                if self.row + 1 == last_row {
                    self.column = 0;
                }
                self.row = (self.row + 1).min(last_row);
            }
            Command::Move(Step::First) => self.row = 0,
            Command::Move(Step::Last) => {
                self.row = last_row;
                self.column = 0;
            }
            Command::NextZone => {
                self.row = (self.row + 1) % ROWS.len();
                self.column = 0;
            }
            Command::PreviousZone => {
                self.row = (self.row + last_row) % ROWS.len();
                self.column = 0;
            }
            Command::PageDown => self.above += 8,
            Command::PageUp => self.above = self.above.saturating_sub(8),
            Command::Press(place) => {
                self.row = (place / 10).min(last_row);
                self.column = place % 10;
                return self.press(s);
            }
            Command::Toggle | Command::Enter => return self.press(s),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    /// Lets the field with the authors take what is a field's.
    fn take_author(&mut self, command: &Command, s: &Situation) -> Option<Reaction> {
        let is_fields = !matches!(command, Command::Move(Step::Up | Step::Down));
        is_fields.then(|| edit(&mut self.author, command, s)).flatten()
    }

    fn press(&mut self, s: &Situation) -> Reaction {
        match self.stop() {
            Stop::Format(place) => toggle(&mut self.formats, place),
            Stop::Paper(place) => toggle(&mut self.papers, place),
            Stop::Language(place) => {
                if let Some(language) = Language::ALL.get(place) {
                    self.language = *language;
                }
                self.renew(s);
            }
            Stop::Draft | Stop::Final => {
                self.is_final = self.stop() == Stop::Final;
                self.renew(s);
            }
            Stop::Contents(place) => {
                let on = match place {
                    0 => &mut self.contents.questions,
                    1 => &mut self.contents.quotes,
                    _ => &mut self.contents.appendix,
                };
                *on = !*on;
                self.renew(s);
            }
            // A click means to write there.
            Stop::Author => {}
            Stop::Cancel => return Reaction::Do(Command::Close),
            Stop::Make => return self.make(s),
        }
        Reaction::Changed
    }

    fn make(&self, s: &Situation) -> Reaction {
        if let Some(said) = self.still_withdraw(s) {
            return Reaction::Say(said);
        }
        let chosen = |on: &[bool; 4], names: [&'static str; 4]| -> Vec<&'static str> {
            let pairs = on.iter().zip(names);
            pairs.filter(|(on, _)| **on).map(|(_, name)| name).collect()
        };
        let formats = chosen(&self.formats, FORMATS);
        if formats.is_empty() || self.preview.is_none() {
            return Reaction::Say(s.texts.coordinator.report.choose_one.clone());
        }
        let folder = s
            .coordinator
            .opened
            .as_deref()
            .map(|opened| opened.reports.clone());
        Reaction::Coordinate(Ask::Write(Wish {
            formats,
            papers: chosen(&self.papers, PAPERS),
            contents: self.contents,
            authors: self.authors(),
            is_final: self.is_final,
            language: self.language,
            folder: folder.unwrap_or_default(),
        }))
    }
}

fn toggle(list: &mut [bool; 4], place: usize) {
    if let Some(on) = list.get_mut(place) {
        *on = !*on;
    }
}
