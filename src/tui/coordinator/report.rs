//! Making the report: which files, in which language, with a look at it and a list of what to check before.

use std::cell::Cell;
use std::path::PathBuf;

use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;
use crate::report::compose::{self, Contents, Part, Plan, Work, titled};
use crate::report::document::Document;
use crate::texts::{Texts, fill};
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::findings::names::{self, At, Named};
use super::{Ask, Shown, usual_keys};

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
    Groups,
    Author,
    Make,
    Read,
    Names,
    Cancel,
}

/// The rows of the form, each with its stops.
const ROWS: [&[Stop]; 8] = [
    &[Stop::Format(0), Stop::Format(1), Stop::Format(2), Stop::Format(3)],
    &[Stop::Language(0), Stop::Language(1), Stop::Language(2)],
    &[Stop::Draft, Stop::Final],
    &[Stop::Paper(0), Stop::Paper(1), Stop::Paper(2), Stop::Paper(3)],
    &[Stop::Contents(0), Stop::Contents(1), Stop::Contents(2)],
    &[Stop::Groups],
    &[Stop::Author],
    &[Stop::Make, Stop::Read, Stop::Cancel],
];
/// The last of them where there are names to look at.
const WITH_NAMES: &[Stop] = &[Stop::Make, Stop::Read, Stop::Names, Stop::Cancel];

mod control;
mod panes;
mod reading;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// The form.
    Form,
    /// The report as it would be, page by page.
    Reading,
    /// Where somebody may be named.
    Names,
}

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
    seen: Seen,
    /// Lines of the report above what is seen.
    above: usize,
    /// Lines of it that were drawn, and the most there can be above them.
    page: Cell<(usize, usize)>,
    /// The reports as they would be, one for each survey, and the words they are in.
    previews: Vec<Document>,
    texts: Option<Texts>,
    /// Which of them is looked at.
    preview: usize,
    /// What the answers were shown by, in words.
    by: Vec<String>,
    /// Whether findings are sentences of the program, and nobody's own.
    is_raw: bool,
    /// Texts of the coordinators in which somebody may be named.
    names: Vec<Named>,
    /// Which of them one is at.
    name: usize,
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
            seen: Seen::Form,
            above: 0,
            page: Cell::default(),
            previews: Vec::new(),
            texts: None,
            preview: 0,
            by: Vec::new(),
            is_raw: false,
            names: Vec::new(),
            name: 0,
        };
        report.renew(s);
        report
    }

    /// Composes the reports anew.
    pub(in crate::tui) fn renew(&mut self, s: &Situation) {
        self.texts = if self.language == s.language() {
            Some(s.texts.clone())
        } else {
            Texts::load(self.language).ok()
        };
        self.above = 0;
        (self.previews, self.by, self.is_raw, self.names) = Default::default();
        let (Some(shown), Some(texts)) = (s.coordinator.shown.as_deref(), self.texts.take()) else {
            return;
        };
        for place in 0..shown.parts.len() {
            self.compose(shown, place, &texts, s);
        }
        self.texts = Some(texts);
        if let Some(round) = shown.evaluation.open_round() {
            self.names = names::told(&shown.book, &round.id, &shown.evaluation.own_words(), &s.texts);
        }
        if self.names.is_empty() && self.seen == Seen::Names {
            self.seen = Seen::Form;
        }
    }

    fn compose(&mut self, shown: &Shown, place: usize, texts: &Texts, s: &Situation) {
        let (Some(portion), Some(sources)) = (shown.parts.get(place), shown.sources(place, 0, texts)) else {
            return;
        };
        let is_whole = matches!(sources.people.part, Part::Only | Part::Together { .. });
        let rounds = titled(
            &shown.evaluation,
            &portion.rounds,
            Some(&shown.book),
            self.language,
        );
        let plan = Plan {
            is_final: self.is_final,
            contents: self.contents,
            authors: self.authors(),
            rounds: if is_whole { rounds } else { Vec::new() },
            beside: (0..shown.parts.len())
                .filter(|other| is_whole && *other != place)
                .filter_map(|other| shown.sources(other, 0, texts))
                .collect(),
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
        self.is_raw |= is_whole && compose::is_raw(&sources, plan.work.as_ref());
        self.previews.push(compose::report(&sources, &plan));
        // What it was shown by is said in the language of the form.
        let here = shown.sources(place, 0, &s.texts);
        for by in here
            .iter()
            .flat_map(|here| compose::shown_by(here).into_iter().map(|by| here.variable(by)))
        {
            if !self.by.contains(&by) {
                self.by.push(by);
            }
        }
    }

    /// Whoever has written it, by commas.
    fn authors(&self) -> Vec<CleanText> {
        let names = self.author.shown().split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        names.map(CleanText::line).collect()
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        (self.seen == Seen::Form && self.stop() == Stop::Author).then_some(&mut self.author)
    }

    /// Returns where somebody may be named that one wants to go to.
    pub(in crate::tui) fn looked_for(&self) -> Option<At> {
        let named = self.names.get(self.name).filter(|_| self.seen == Seen::Names)?;
        Some(named.at.clone())
    }

    fn row_at(&self, row: usize) -> &'static [Stop] {
        match ROWS.get(row) {
            Some(_) if row + 1 == ROWS.len() && !self.names.is_empty() => WITH_NAMES,
            Some(row) => row,
            None => &[Stop::Make],
        }
    }

    fn stop(&self) -> Stop {
        let row = self.row_at(self.row);
        let last = row.len().saturating_sub(1);
        row.get(self.column.min(last)).copied().unwrap_or(Stop::Make)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let enter = Keys::One(Key::Enter);
        let mut table = Vec::new();
        if self.seen != Seen::Form {
            self.reading_keys(s, &mut table);
            return table;
        }
        match self.stop() {
            Stop::Author => {
                table.extend(typing(s.t(), false));
                table.push(Binding::new(enter, Command::NextZone, &hint.next, 1));
            }
            Stop::Make | Stop::Read | Stop::Names | Stop::Cancel => {
                table.push(Binding::new(enter, Command::Enter, &hint.press, 1));
                table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::Enter));
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
        table.push(Binding::new(down, Command::PageDown, &words.report.read_hint, 3));
        if self.stop() == Stop::Author {
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.back, 0));
        } else {
            usual_keys(&mut table, false, s);
        }
        table
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.seen != Seen::Form {
            return self.take_reading(command);
        }
        let last_row = ROWS.len() - 1;
        let last = self.row_at(self.row).len().saturating_sub(1);
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
            Command::PageDown => self.read(),
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
            Stop::Groups if self.by.is_empty() => {
                let words = &s.texts.coordinator;
                let values = [("key", words.letter.release.as_str())];
                return Reaction::Say(fill(&words.report.split_how, &values));
            }
            Stop::Groups => {
                self.contents.groups = !self.contents.groups;
                self.renew(s);
            }
            // A click means to write there.
            Stop::Author => {}
            Stop::Read => self.read(),
            Stop::Names => {
                self.seen = Seen::Names;
                self.name = 0;
            }
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
        if formats.is_empty() || self.previews.is_empty() {
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
