//! A survey while somebody writes it in a program of their own: its questions with what the checker says of each, and how
//! each will look. The file is looked at again all the time.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::texts::number::plural;
use crate::texts::{Texts, fill};
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::look::Look;
use crate::tui::page::Page;
use crate::tui::preview::{Preview, sheet_of};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::form::What;
use super::pane::{Pane, fit};
use super::results::rule;
use super::{Ask, Deed, letter, usual_keys};

/// The windows a question is shown in.
const SIZES: [(u16, u16); 2] = [(80, 24), (60, 16)];

/// A survey that can be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyFile {
    /// What it is called.
    pub title: String,
    /// Where it is from.
    pub source: Source,
}

/// Where a survey is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It is in use in the round: the evaluation keeps it as it is.
    InUse(PathBuf),
    /// Somebody's file.
    File(PathBuf),
    /// It comes with the program, under this name.
    Template(String),
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worst {
    /// Nothing is said of it.
    Nothing,
    /// There is advice.
    Advice,
    /// Something is wrong.
    Error,
}

/// What the checker says about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The place of the question in the list; `None` where it is about the whole.
    pub question: Option<usize>,
    /// The line.
    pub line: usize,
    /// Whether it is an error, else advice.
    pub is_error: bool,
    /// What it is.
    pub says: String,
    /// What to do about it.
    pub help: String,
}

/// A survey as it was checked just now.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its questions in the order of the file: id, and what it asks as far as that can be read.
    pub questions: Vec<(String, String)>,
    /// What the checker says.
    pub remarks: Vec<Remark>,
    /// How many minutes it takes, as far as that can be told.
    pub minutes: Option<usize>,
    /// Whether it is in use: it can be looked at and stays as it is.
    pub is_in_use: bool,
    /// The survey, where it has no errors.
    pub survey: Option<Arc<Survey>>,
}

/// The screen.
#[derive(Default)]
pub struct Surveys {
    files: Option<Vec<SurveyFile>>,
    checked: Option<Checked>,
    /// The last version without errors: what is shown while there are some.
    sound: Option<Arc<Survey>>,
    focus: usize,
    language: Option<Language>,
    size: usize,
}

impl Surveys {
    /// Takes which surveys there are.
    pub(in crate::tui) fn found(&mut self, files: Vec<SurveyFile>) {
        self.files = Some(files);
        self.focus = 0;
    }

    /// Takes a survey that was read.
    pub(in crate::tui) fn checked(&mut self, checked: Checked) {
        if self
            .checked
            .as_ref()
            .is_none_or(|before| before.path != checked.path)
        {
            self.focus = 0;
            self.sound = None;
        }
        if let Some(survey) = &checked.survey {
            self.sound = Some(Arc::clone(survey));
        }
        self.checked = Some(checked);
    }

    /// Returns the file that is followed.
    pub(in crate::tui) fn followed(&self) -> Option<&PathBuf> {
        self.checked.as_ref().map(|checked| &checked.path)
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.surveys;
        match &self.checked {
            Some(checked) => {
                let n = checked.questions.len().to_string();
                let heading = fill(&words.heading, &[("name", &checked.name), ("n", &n)]);
                match checked.minutes {
                    Some(minutes) => {
                        let minutes = minutes.to_string();
                        fill(&words.takes, &[("survey", &heading), ("minutes", &minutes)])
                    }
                    None => heading,
                }
            }
            None => words.title.clone(),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = Vec::new();
        let enter = Keys::One(Key::Enter);
        match &self.checked {
            None => table.push(Binding::new(enter, Command::Enter, &hint.open, 1)),
            Some(checked) => {
                table.push(Binding::new(enter, Command::Enter, &words.hint.try_question, 2));
                if !checked.is_in_use {
                    let open = Command::Deed(Deed::OpenOutside);
                    table.push(Binding::new(
                        letter(&words.letter.open),
                        open,
                        &words.hint.open_file,
                        1,
                    ));
                }
                let language = Command::Deed(Deed::OtherLanguage);
                let says = self.language(s).own_name().to_owned();
                table.push(Binding::new(letter(&words.letter.language), language, &says, 3));
                let size = Command::Deed(Deed::OtherSize);
                let (width, height) = self.size();
                let says = format!("{width}x{height}");
                table.push(Binding::new(letter(&words.letter.size), size, &says, 4));
                if !checked.is_in_use {
                    let (out, back) = (Command::Deed(Deed::WordsOut), Command::Deed(Deed::WordsIn));
                    let (letters, hints) = (&words.letter, &words.hint);
                    table.push(Binding::new(letter(&letters.words_out), out, &hints.words_out, 2));
                    table.push(Binding::new(letter(&letters.words_in), back, &hints.words_in, 2));
                }
            }
        }
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            3,
        ));
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::PageDown));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        let help = Command::Open(crate::tui::command::Open::Help);
        if self.checked.is_some() {
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 0));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
        } else {
            usual_keys(&mut table, false, s);
        }
        table
    }

    fn size(&self) -> (u16, u16) {
        SIZES.get(self.size).copied().unwrap_or((80, 24))
    }

    /// Returns the window a question is tried in, where another than the usual one was chosen.
    pub(in crate::tui) fn window(&self) -> Option<(u16, u16)> {
        (self.size > 0).then(|| self.size())
    }

    /// Returns the question that is looked at with its survey, to be tried out in the language that is shown.
    pub(in crate::tui) fn tried(&self, s: &Situation) -> Option<(Arc<Survey>, Id, Language)> {
        let survey = self.sound.clone()?;
        let (id, _) = self.checked.as_ref()?.questions.get(self.focus)?;
        let id = Id::new(id).ok()?;
        survey.question(&id)?;
        Some((survey, id, self.language(s)))
    }

    fn language(&self, s: &Situation) -> Language {
        self.language.unwrap_or_else(|| s.language())
    }

    fn remarks_of(&self, question: usize) -> impl Iterator<Item = &Remark> {
        let all = self.checked.iter().flat_map(|checked| &checked.remarks);
        all.filter(move |remark| remark.question == Some(question))
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let Some(checked) = &self.checked else {
            self.choice(s, width).seen(height, None, more).write(&mut page);
            return page;
        };
        let list = self.questions(checked, s, width);
        match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let mut pane = self.questions(checked, s, left);
                let said = self.said(checked, s, left);
                let room = height.saturating_sub(said.height() + 1);
                pane = pane.seen(room, None, more);
                pane.spans(vec![(rule(left, s.look.ascii), Tone::Rule)]);
                pane.below(said);
                let shown = self.shown(s, right);
                pane.seen(height, None, ("", ""))
                    .beside(shown.seen(height, Some(0), more), down)
                    .write(&mut page);
            }
            None => {
                let said = self.said(checked, s, width);
                let own = list.height().min((height / 3).max(4));
                let mut pane = list.seen(own, None, more);
                pane.spans(vec![(rule(width, s.look.ascii), Tone::Rule)]);
                let room = height.saturating_sub(pane.height());
                pane.below(said.seen(room.min(6), Some(0), more));
                let room = height.saturating_sub(pane.height() + 1);
                if room > 3 {
                    pane.spans(vec![(rule(width, s.look.ascii), Tone::Rule)]);
                    pane.below(self.shown(s, width).seen(room, Some(0), ("", more.1)));
                }
                pane.write(&mut page);
            }
        }
        page
    }

    /// Which survey, or a new one.
    fn choice(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.surveys;
        let mut pane = Pane::new(width, s.theme());
        let Some(files) = &self.files else {
            pane.text(&s.texts.coordinator.working, Tone::Plain);
            return pane;
        };
        pane.text(&words.about, Tone::Plain);
        let mut above = None;
        for (place, file) in files.iter().enumerate() {
            let (heading, lead, beside) = match &file.source {
                Source::InUse(_) => (&words.in_use, "", String::new()),
                Source::File(path) => (&words.own_files, "", format!("   {}", path.display())),
                Source::Template(_) => (&words.template, "+ ", String::new()),
            };
            if above != Some(heading) {
                pane.blank();
                pane.text(heading, Tone::Heading);
                above = Some(heading);
            }
            let text = format!("{lead}{}{beside}", file.title);
            pane.row(&text, self.focus == place, &Command::Press(place));
        }
        pane
    }

    fn questions(&self, checked: &Checked, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.surveys;
        let mut pane = Pane::new(width, s.theme());
        if checked.questions.is_empty() {
            pane.text(&words.no_questions, Tone::Plain);
        }
        let counts = 16;
        for (place, (id, text)) in checked.questions.iter().enumerate() {
            let (mut errors, mut advice) = (0_u64, 0_u64);
            for remark in self.remarks_of(place) {
                if remark.is_error {
                    errors += 1;
                } else {
                    advice += 1;
                }
            }
            let counted =
                |n: u64, one: &str, more: &str| fill(plural(n, one, more), &[("n", &n.to_string())]);
            let (mark, said) = match (errors, advice) {
                (0, 0) => ("ok", String::new()),
                (0, n) => ("! ", counted(n, &words.advice_one, &words.advice)),
                (n, _) => ("X ", counted(n, &words.error_one, &words.errors)),
            };
            let label = if text.is_empty() { id } else { text };
            let label = fit(label, width.saturating_sub(counts + 6));
            let row = format!("{mark} {label} {said}");
            pane.row(row.trim_end(), self.focus == place, &Command::Press(place));
        }
        pane
    }

    /// What the checker says of the question, or of the whole.
    fn said(&self, checked: &Checked, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.surveys;
        let mut pane = Pane::new(width, s.theme());
        let whole = checked.remarks.iter().filter(|remark| remark.question.is_none());
        let mut is_said = checked.is_in_use;
        if checked.is_in_use {
            pane.text(&words.only_looked_at, Tone::Aside);
        }
        for remark in self.remarks_of(self.focus).chain(whole) {
            is_said = true;
            let kind = if remark.is_error {
                &words.error_mark
            } else {
                &words.advice_mark
            };
            let line = remark.line.to_string();
            let text = fill(&words.remark, &[("line", &line), ("says", &remark.says)]);
            pane.hanging(&format!("{} ", fit(kind, 6)), &text, Tone::Plain);
            if !remark.help.is_empty() {
                pane.hanging("       ", &remark.help, Tone::Aside);
            }
        }
        if !is_said {
            pane.text(&words.nothing_wrong, Tone::Plain);
        }
        pane
    }

    /// How the question looks on the screen.
    fn shown(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.surveys;
        let mut pane = Pane::new(width, s.theme());
        match self.lines(
            s,
            (
                u16::try_from(width).unwrap_or(80).min(self.size().0),
                self.size().1,
            ),
        ) {
            Some(lines) => {
                for line in lines {
                    pane.line(&line, Tone::Plain);
                }
            }
            None => pane.text(&words.not_shown, Tone::Plain),
        }
        pane
    }

    fn lines(&self, s: &Situation, size: (u16, u16)) -> Option<Vec<String>> {
        let survey = self.sound.clone()?;
        let (id, _) = self.checked.as_ref()?.questions.get(self.focus)?;
        let id = Id::new(id).ok()?;
        let language = self.language(s);
        let texts = if language == s.language() {
            s.texts.clone()
        } else {
            Texts::load(language).ok()?
        };
        let mut preview = Preview::new(language, false, None);
        preview.survey = Some(survey);
        let look = Look {
            ascii: s.look.ascii,
            ..Look::default()
        };
        let size = (size.0.max(60), size.1);
        sheet_of(preview, size, texts, look, s.today, &id).map(|sheet| sheet.lines)
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let count = match (&self.checked, &self.files) {
            (Some(checked), _) => checked.questions.len(),
            (None, Some(files)) => files.len(),
            (None, None) => 0,
        };
        let last = count.saturating_sub(1);
        let before = self.focus.min(last);
        match command {
            Command::Move(step) => {
                self.focus = match step {
                    Step::Up | Step::Left => before.saturating_sub(1),
                    Step::Down | Step::Right => (before + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                };
                Reaction::Changed
            }
            Command::PageDown => {
                self.focus = (before + 8).min(last);
                Reaction::Changed
            }
            Command::PageUp => {
                self.focus = before.saturating_sub(8);
                Reaction::Changed
            }
            Command::Press(place) if self.checked.is_some() => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.open()
            }
            Command::Enter if self.checked.is_none() => self.open(),
            Command::Enter => Reaction::Do(Command::Deed(Deed::TryQuestion)),
            Command::Back => {
                self.checked = None;
                self.focus = 0;
                // A survey may have been made meanwhile.
                Reaction::Coordinate(Ask::Surveys)
            }
            Command::Deed(Deed::OtherLanguage) => {
                let here = self.language(s);
                let place = Language::ALL.iter().position(|language| *language == here);
                let next = place.map_or(0, |place| (place + 1) % Language::ALL.len());
                self.language = Language::ALL.get(next).copied();
                Reaction::Changed
            }
            Command::Deed(Deed::OtherSize) => {
                self.size = (self.size + 1) % SIZES.len();
                Reaction::Changed
            }
            Command::Deed(deed @ (Deed::WordsOut | Deed::WordsIn)) => match &self.checked {
                Some(checked) if checked.is_in_use => Reaction::Nothing,
                Some(checked) if *deed == Deed::WordsOut => {
                    Reaction::Coordinate(Ask::WordsOut(checked.path.clone()))
                }
                Some(checked) => Reaction::Coordinate(Ask::WordsIn(checked.path.clone())),
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::OpenOutside) => match &self.checked {
                Some(checked) if !checked.is_in_use => {
                    Reaction::Coordinate(Ask::OpenOutside(checked.path.clone()))
                }
                _ => Reaction::Nothing,
            },
            other => Reaction::Do(other.clone()),
        }
    }

    fn open(&self) -> Reaction {
        let file = self.files.as_ref().and_then(|files| files.get(self.focus));
        match file.map(|file| (&file.source, &file.title)) {
            Some((Source::InUse(path) | Source::File(path), _)) => {
                Reaction::Coordinate(Ask::Check(path.clone()))
            }
            Some((Source::Template(name), title)) => {
                let what = What::Survey {
                    template: name.clone(),
                    title: title.clone(),
                };
                Reaction::Do(Command::Deed(Deed::Fill(what)))
            }
            None => Reaction::Nothing,
        }
    }
}
