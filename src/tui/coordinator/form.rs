//! A few things to fill in before something is done that is not done every day; what cannot be undone wants a word typed.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::{Gap, Page};
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pending::{Fate, LeftDraft, Strange};
use super::{Ask, Opened, Task, usual_keys};

mod about;

/// What a form is filled in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A kit for a new laptop.
    Kit,
    /// New kits for the laptops there are.
    Renew,
    /// The next round.
    NewRound,
    /// A laptop was lost.
    Revoke(Slug),
    /// The whole evaluation in one file.
    BackUp,
    /// A whole evaluation back.
    Restore,
    /// Somebody wants their answers deleted.
    Withdraw,
    /// Another coordinator.
    AddCoordinator,
    /// A coordinator leaves.
    RemoveCoordinator(String),
    /// Whether everything is here and as it was.
    Verify,
    /// A new key of one's own.
    NewKey,
    /// Everything sealed again.
    Reseal,
    /// Old keys go.
    ForgetOld,
    /// A key file on this machine.
    Install,
    /// A new key for one that is lost.
    Recover,
    /// A draft is used, or deleted.
    Decide(LeftDraft, Fate),
    /// Something that has changed is accepted, or not.
    Accept(Strange),
    /// A new kit for this laptop.
    TakeKit,
    /// The words that stand for keys that are other than before.
    Words,
    /// Everything on this laptop goes.
    Wipe,
    /// The evaluation ends.
    Close,
    /// A new survey from one that comes with the program.
    Survey {
        /// The name of that one.
        template: String,
        /// Its title.
        title: String,
    },
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Laptop,
    Letters,
    Site,
    Round,
    Folder,
    File,
    Title,
    Code,
    Coordinator,
    Passphrase,
    Again,
    /// The recovery key, or its file.
    Recovery,
    /// What a question asks for.
    Answer,
    /// How many interviews are planned.
    Planned,
    /// How many are wanted with the survey at this place.
    Wanted(usize),
    /// What becomes of the codes to withdraw with.
    Codes,
    /// A word that has to be typed as it stands.
    Word,
}

/// One thing to fill in.
struct Entry {
    name: Name,
    label: String,
    filled: Filled,
    /// It may be left empty.
    may_be_empty: bool,
}

enum Filled {
    Line(Field),
    /// What is typed is not shown.
    Masked(Field),
    /// One of several; the first stands for none.
    One {
        options: Vec<(Option<Slug>, String)>,
        picked: usize,
    },
}

/// The form.
pub struct Form {
    what: What,
    about: Vec<String>,
    entries: Vec<Entry>,
    /// What has to be typed before it is done.
    word: Option<String>,
    focus: usize,
    error: Option<String>,
}

impl Entry {
    fn line(name: Name, label: &str, text: &str) -> Self {
        Self {
            name,
            label: label.to_owned(),
            filled: Filled::Line(Field::line(text)),
            may_be_empty: false,
        }
    }

    fn masked(name: Name, label: &str) -> Self {
        Self {
            filled: Filled::Masked(Field::line("")),
            ..Self::line(name, label, "")
        }
    }

    const fn field(&mut self) -> Option<&mut Field> {
        match &mut self.filled {
            Filled::Line(field) | Filled::Masked(field) => Some(field),
            Filled::One { .. } => None,
        }
    }

    fn text(&self) -> &str {
        match &self.filled {
            Filled::Line(field) => field.shown().trim(),
            // A passphrase may begin with a space.
            Filled::Masked(field) => field.shown(),
            Filled::One { .. } => "",
        }
    }
}

impl Form {
    /// Returns the form for something that is done before anything is open: to restore an evaluation, or to bring a key here.
    #[must_use]
    pub fn before_opening(what: What, s: &Situation) -> Self {
        let word = (what == What::Wipe).then(|| s.desk_title().to_owned());
        let (about, entries) = (about::told_before(&what, s), about::entries_before(&what, s));
        Self::with_word(what, (about, entries), word, s)
    }

    /// Returns the form for something, with what is usual filled in.
    #[must_use]
    pub fn new(what: What, opened: &Opened, s: &Situation) -> Self {
        let word = about::word(&what, opened, s);
        let asked = (
            about::paragraphs(&what, opened, s),
            about::entries(&what, opened, s),
        );
        Self::with_word(what, asked, word, s)
    }

    fn with_word(
        what: What,
        (about, mut entries): (Vec<String>, Vec<Entry>),
        word: Option<String>,
        s: &Situation,
    ) -> Self {
        if let Some(word) = &word {
            let label = fill(&s.texts.coordinator.upkeep.label_word, &[("word", word)]);
            entries.push(Entry::line(Name::Word, &label, ""));
        }
        Self {
            about,
            what,
            entries,
            word,
            focus: 0,
            error: None,
        }
    }

    pub(super) fn heading(&self, s: &Situation) -> String {
        about::title(&self.what, s)
    }

    /// Says why it was not done.
    pub(in crate::tui) fn refused(&mut self, why: String) {
        self.error = Some(why);
    }

    /// Whoever types means the field with the focus.
    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.entries.get_mut(self.focus)?.field()
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let hint = &s.t().hint;
        let is_last = self.focus + 1 >= self.entries.len();
        let says = if is_last { &hint.do_it } else { &hint.next };
        let mut table = vec![Binding::new(Keys::One(Key::Enter), Command::Enter, says, 1)];
        let several = self.entries.len() > 1;
        let here = self.entries.get(self.focus).map(|entry| &entry.filled);
        let is_choice = matches!(here, None | Some(Filled::One { .. }));
        if here.is_none() {
            // There is nothing to fill in.
        } else if is_choice {
            let arrows = Command::Move(Step::Right);
            table.push(Binding::new(Keys::LeftRight, arrows, &hint.choose, 2));
            table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::Toggle));
        } else {
            table.extend(typing(s.t(), false));
        }
        if several {
            let down = Command::Move(Step::Down);
            table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 3));
            table.push(Binding::silent(Keys::One(Key::Tab), Command::NextZone));
            table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        }
        if is_choice {
            usual_keys(&mut table, false, s);
        } else {
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
        }
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        for paragraph in &self.about {
            page.gap(Gap::Part);
            page.text(paragraph, Tone::Plain, 2);
        }
        page.gap(Gap::Part);
        for (place, entry) in self.entries.iter().enumerate() {
            let focused = place == self.focus;
            // Under the labels of the rows without the focus.
            let label = format!(" {}", entry.label);
            match &entry.filled {
                Filled::Line(field) if focused => {
                    input_line(&mut page, &label, field, 60, true, false);
                }
                Filled::Masked(field) if focused => {
                    input_line(&mut page, &label, field, 40, true, true);
                }
                Filled::Line(_) => {
                    let text = format!("{} {}", entry.label, entry.text());
                    page.choice("", &text, false, false, &Command::Press(place));
                }
                Filled::Masked(field) => {
                    let text = format!("{} {}", entry.label, "*".repeat(field.letters()));
                    page.choice("", &text, false, false, &Command::Press(place));
                }
                Filled::One { options, picked } => {
                    let option = options.get(*picked).map_or("", |(_, option)| option);
                    let place_of = format!("{}/{}", picked + 1, options.len());
                    let text = format!("{} {option}  ({place_of})", entry.label);
                    page.choice("", &text, focused, false, &Command::Press(place));
                }
            }
        }
        if let Some(error) = &self.error {
            page.gap(Gap::Around);
            page.hanging("! ", error, Tone::Notice, 2);
        }
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.entries.len().saturating_sub(1);
        match command {
            Command::Move(Step::Down) | Command::NextZone => self.go((self.focus + 1).min(last)),
            Command::Move(Step::Up) | Command::PreviousZone => self.go(self.focus.saturating_sub(1)),
            Command::Press(place) if *place == self.focus => self.pick(true),
            Command::Press(place) => self.go((*place).min(last)),
            Command::Enter if self.focus < last => self.go(self.focus + 1),
            Command::Enter => self.done(s),
            Command::Toggle => self.pick(true),
            Command::Move(step @ (Step::Left | Step::Right)) if self.typing().is_none() => {
                self.pick(*step == Step::Right)
            }
            other => {
                let edited = self.typing().and_then(|field| edit(field, other, s));
                if edited.is_some() {
                    self.error = None;
                }
                edited.unwrap_or_else(|| Reaction::Do(other.clone()))
            }
        }
    }

    const fn go(&mut self, place: usize) -> Reaction {
        self.focus = place;
        Reaction::Changed
    }

    fn pick(&mut self, next: bool) -> Reaction {
        let entry = self.entries.get_mut(self.focus);
        let Some(Filled::One { options, picked }) = entry.map(|entry| &mut entry.filled) else {
            return Reaction::Nothing;
        };
        let all = options.len().max(1);
        *picked = (*picked + if next { 1 } else { all - 1 }) % all;
        Reaction::Changed
    }

    /// Asks for what was filled in, once nothing is missing.
    fn done(&mut self, s: &Situation) -> Reaction {
        let words = &s.texts.coordinator.upkeep;
        let empty = |entry: &&Entry| {
            !entry.may_be_empty && !matches!(entry.filled, Filled::One { .. }) && entry.text().is_empty()
        };
        if let Some(missing) = self.entries.iter().find(empty) {
            let label = missing.label.trim_end_matches(':');
            self.error = Some(fill(&words.fill_in, &[("label", label)]));
            self.focus = self.place_of(missing.name);
            return Reaction::Changed;
        }
        if let Some(word) = &self.word
            && self.text(Name::Word).to_lowercase() != word.to_lowercase()
        {
            self.error = Some(fill(&words.not_the_word, &[("word", word)]));
            self.focus = self.place_of(Name::Word);
            return Reaction::Changed;
        }
        if self.entry(Name::Again).is_some() && self.text(Name::Passphrase) != self.text(Name::Again) {
            let says = &s.texts.command.new_evaluation.passphrase_differs;
            self.error = Some(says.clone());
            self.focus = self.place_of(Name::Passphrase);
            return Reaction::Changed;
        }
        self.error = None;
        Reaction::Coordinate(self.ask())
    }

    fn ask(&self) -> Ask {
        let path = |name| PathBuf::from(self.text(name));
        let secret = |name| Zeroizing::new(self.text(name).to_owned());
        let task = match &self.what {
            What::Survey { template, .. } => {
                let title = CleanText::line(self.text(Name::Title));
                return Ask::Template(template.clone(), title);
            }
            What::Kit => Task::Kit {
                laptop: self.text(Name::Laptop).to_owned(),
                site: self.picked(Name::Site),
                letters: self.text(Name::Letters).to_owned(),
                folder: path(Name::Folder),
            },
            What::Renew => Task::Renew {
                folder: path(Name::Folder),
                letters: self.text(Name::Letters).to_owned(),
            },
            What::NewRound => Task::NewRound {
                title: self.text(Name::Title).to_owned(),
                planned: self.text(Name::Planned).to_owned(),
                wanted: (0..)
                    .map_while(|place| self.entry(Name::Wanted(place)))
                    .map(|entry| entry.text().to_owned())
                    .collect(),
            },
            What::Revoke(laptop) => Task::Revoke(laptop.clone()),
            What::BackUp => Task::BackUp(path(Name::File)),
            What::Restore => Task::Restore {
                file: path(Name::File),
                folder: path(Name::Folder),
                title: Some(self.text(Name::Title).to_owned()).filter(|title| !title.is_empty()),
            },
            What::Withdraw => Task::Withdraw {
                code: secret(Name::Code),
                site: self.picked(Name::Site),
                round: self.picked(Name::Round),
            },
            What::AddCoordinator => Task::AddCoordinator {
                name: self.text(Name::Coordinator).to_owned(),
                file: path(Name::File),
                passphrase: secret(Name::Passphrase),
            },
            What::RemoveCoordinator(name) => Task::RemoveCoordinator(name.clone()),
            What::Verify => Task::Verify,
            What::NewKey => Task::NewKey(secret(Name::Passphrase)),
            What::Reseal => Task::Reseal(self.picked(Name::Codes).is_some()),
            What::ForgetOld => Task::ForgetOld,
            What::Install => Task::Install {
                file: path(Name::File),
                passphrase: secret(Name::Passphrase),
            },
            What::Recover => Task::Recover {
                recovery: secret(Name::Recovery),
                name: self.text(Name::Coordinator).to_owned(),
                passphrase: secret(Name::Passphrase),
            },
            What::Decide(draft, fate) => Task::Decide(draft.name.clone(), *fate),
            What::Accept(strange) => Task::Accept(strange.name.clone(), self.text(Name::Answer).to_owned()),
            What::TakeKit => Task::TakeKit {
                from: path(Name::Folder),
                words: self.text(Name::Answer).to_owned(),
            },
            What::Words => Task::Words(self.text(Name::Answer).to_owned()),
            What::Wipe => Task::Wipe(self.word.clone().unwrap_or_default()),
            What::Close => Task::Close(self.word.clone().unwrap_or_default()),
        };
        Ask::Do(Box::new(task))
    }

    fn place_of(&self, name: Name) -> usize {
        let place = self.entries.iter().position(|entry| entry.name == name);
        place.unwrap_or(self.focus)
    }

    fn entry(&self, name: Name) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    fn text(&self, name: Name) -> &str {
        self.entry(name).map_or("", Entry::text)
    }

    fn picked(&self, name: Name) -> Option<Slug> {
        match &self.entry(name)?.filled {
            Filled::One { options, picked } => options.get(*picked)?.0.clone(),
            Filled::Line(_) | Filled::Masked(_) => None,
        }
    }
}

/// Returns a path as it stands in a field.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
