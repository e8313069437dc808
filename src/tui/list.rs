//! Rows to choose from: the start, consent, menus, pauses and the end all work alike.

use crate::domain::id::Id;
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::handover::{Cleared, HandedOver};
use crate::fieldwork::session::{Remains, Trouble};

use super::card::Shown;
use super::command::{Command, Feeling, Step};
use super::field::Field;
use super::keymap::Keys;
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;

mod begin;
mod breaks;
mod consent;
mod drawing;
mod ending;
mod handover;
mod keys;
mod menu;
mod search;
mod settings;

/// Which list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The start screen.
    Home,
    /// Which survey.
    Surveys,
    /// Which site.
    Sites,
    /// Which interviewer's letter.
    Letters,
    /// One person or a group.
    OneOrGroup,
    /// Which age band.
    AgeBand,
    /// Whether a guardian's consent exists.
    Guardian,
    /// A consent point, by its place.
    Point(usize),
    /// There is no interview.
    Declined,
    /// The menu.
    Menu,
    /// How the program looks and works.
    Settings,
    /// First run: which language.
    FirstLanguage,
    /// First run: what the person does.
    FirstRole,
    /// First run: how the text is to be.
    FirstText,
    /// First run: the offer to practise.
    FirstPractice,
    /// A break.
    Pause,
    /// Stopping.
    Stop,
    /// Somebody has a hard time.
    Distress,
    /// Stopped, kept and not used.
    Held,
    /// No answer where one is wanted.
    Required,
    /// A check asks whether the answer is right.
    Check(Id, u16),
    /// Everything is said.
    Closing,
    /// Which draft.
    Drafts,
    /// What an interview is entered from.
    Afterwards,
    /// The group is smaller than the survey advises.
    FewPeople {
        /// At least so many.
        least: u16,
        /// Whether one person can be asked.
        single: bool,
    },
    /// Somebody else types from now on.
    Scribe,
    /// Some questions were skipped.
    Parked,
    /// The code to withdraw with, until it is written down.
    Code(WithdrawalCode),
    /// Sealed.
    Sealed {
        /// How the interviewer is, once that is said.
        felt: Option<Feeling>,
        /// Whether the other person got a code.
        coded: bool,
    },
    /// Could not be sealed.
    NotSealed(Option<Trouble>),
    /// Deleted, and what is left elsewhere.
    Deleted(Remains),
    /// The practice is over.
    Practised,
    /// Where to hand over.
    HandOver,
    /// Handed over and read back.
    HandedOver(Box<HandedOver>),
    /// So many that had arrived are gone from here.
    Cleared(Cleared),
}

/// What keys do in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A digit does what its row says; Enter does what the focused row says.
    Acts,
    /// A digit moves to its row; Enter does it.
    Moves,
    /// A digit chooses its row; Enter goes on with what is chosen.
    Picks,
}

/// Longer lists have no numbers: a number of two digits would have to be guessed from its first.
const NUMBERED: usize = 9;

/// One row.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its letter, in lists of letters.
    pub letter: Option<Keys>,
    /// Its words.
    pub text: String,
    /// What is added.
    pub aside: String,
    /// What it does.
    pub command: Command,
}

impl Entry {
    /// Returns a row with a number.
    #[must_use]
    pub fn new(text: &str, aside: &str, command: Command) -> Self {
        Self {
            letter: None,
            text: text.to_owned(),
            aside: aside.to_owned(),
            command,
        }
    }

    /// Returns a row with a key of its own.
    #[must_use]
    pub fn with_key(keys: Keys, text: &str, command: Command) -> Self {
        Self {
            letter: Some(keys),
            text: text.to_owned(),
            aside: String::new(),
            command,
        }
    }
}

/// What a list shows.
#[derive(Clone, Debug)]
pub struct Content {
    /// In the middle of row 1.
    pub heading: String,
    /// First, in bold.
    pub title: String,
    /// Before the rows.
    pub before: Vec<(Tone, String)>,
    /// The rows.
    pub entries: Vec<Entry>,
    /// After the rows.
    pub after: Vec<(Tone, String)>,
    /// What keys do.
    pub manner: Manner,
    /// Where the focus begins.
    pub first: usize,
    /// What stands chosen already.
    pub chosen: Option<usize>,
    /// In the second hint row.
    pub sentence: Option<String>,
    /// Whether it is so long that it is searched.
    pub searched: bool,
    /// Whether the rows stand beside each other, to leave room for what is said above them.
    pub in_a_row: bool,
}

impl Content {
    /// Returns a list that acts.
    #[must_use]
    pub fn new(title: &str, entries: Vec<Entry>) -> Self {
        Self {
            heading: String::new(),
            title: title.to_owned(),
            before: Vec::new(),
            entries,
            after: Vec::new(),
            manner: Manner::Acts,
            first: 0,
            chosen: None,
            sentence: None,
            searched: false,
            in_a_row: false,
        }
    }

    /// Returns how many rows have a number; none where there are too many for one digit.
    fn numbered(&self) -> usize {
        let rows = self.entries.iter().filter(|entry| entry.letter.is_none()).count();
        if self.searched || rows > NUMBERED { 0 } else { rows }
    }
}

/// Rows to choose from.
pub struct List {
    kind: Kind,
    focus: usize,
    picked: Option<usize>,
    /// The focus was moved by hand to a row that is not chosen.
    moved: bool,
    /// What is looked for, while somebody searches.
    filter: Option<Field>,
}

impl List {
    /// Returns a list, its focus where it begins.
    #[must_use]
    pub fn new(kind: Kind, s: &Situation) -> Self {
        let mut list = Self {
            kind,
            focus: 0,
            picked: None,
            moved: false,
            filter: None,
        };
        let content = list.content(s);
        list.picked = content.chosen;
        list.focus = content.chosen.unwrap_or(content.first);
        list
    }

    /// Returns which list it is.
    #[must_use]
    pub const fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(super) const fn is_first_run(&self) -> bool {
        matches!(
            self.kind,
            Kind::FirstLanguage | Kind::FirstRole | Kind::FirstText | Kind::FirstPractice
        )
    }

    pub(super) const fn is_popup(&self) -> bool {
        matches!(self.kind, Kind::Menu)
    }

    pub(super) const fn is_discreet(&self) -> bool {
        matches!(self.kind, Kind::Pause | Kind::Distress)
    }

    /// Returns what it shows now.
    #[must_use]
    pub fn content(&self, s: &Situation) -> Content {
        let mut content = self.whole(s);
        self.search_in(&mut content);
        content
    }

    fn whole(&self, s: &Situation) -> Content {
        match &self.kind {
            Kind::Home => begin::home(s),
            Kind::Surveys => begin::surveys(s),
            Kind::Sites => begin::sites(s),
            Kind::Letters => begin::letters(s),
            Kind::OneOrGroup => begin::one_or_group(s),
            Kind::AgeBand => consent::age_band(s),
            Kind::Guardian => consent::guardian(s),
            Kind::Point(place) => consent::consent_point(s, *place),
            Kind::Declined => consent::declined(s),
            Kind::Menu => menu::menu(s),
            Kind::Settings => settings::settings(s),
            Kind::FirstLanguage => settings::first_language(s),
            Kind::FirstRole => settings::first_role(s),
            Kind::FirstText => settings::first_text(s),
            Kind::FirstPractice => settings::first_practice(s),
            Kind::Pause => breaks::pause(s),
            Kind::Stop => breaks::stop(s),
            Kind::Distress => breaks::distress(s),
            Kind::Held => breaks::held(s),
            Kind::Required => breaks::required(s),
            Kind::Check(question, check) => breaks::check(s, question, *check),
            Kind::Closing => ending::closing(s),
            Kind::Drafts => begin::drafts(s),
            Kind::Afterwards => begin::afterwards(s),
            Kind::FewPeople { least, single } => begin::few_people(s, *least, *single),
            Kind::Scribe => breaks::scribe(s),
            Kind::Parked => breaks::parked(s),
            Kind::Code(code) => ending::code(s, code),
            Kind::Sealed { felt, coded } => ending::sealed(s, *felt, *coded),
            Kind::NotSealed(trouble) => ending::not_sealed(s, *trouble),
            Kind::Deleted(remains) => ending::deleted(s, *remains),
            Kind::Practised => ending::practised(s),
            Kind::HandOver => handover::places(s),
            Kind::HandedOver(done) => handover::done(s, done),
            Kind::Cleared(cleared) => handover::cleared(s, *cleared),
        }
    }

    /// Returns what is shown to the other person here.
    pub(super) fn card(&self, s: &Situation) -> Option<Shown> {
        match self.kind {
            Kind::AgeBand | Kind::Point(_) => consent::card(s, &self.kind),
            // Who answered on paper is not here to look at it.
            Kind::Code(ref code) if s.is_live() => Some(ending::code_card(s, code)),
            _ => None,
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let content = self.content(s);
        if let Some(reaction) = self.take_in_search(command, &content, s) {
            return reaction;
        }
        let last = content.entries.len().saturating_sub(1);
        match command {
            // A setting is one row with its values beside each other: the right arrow takes the next.
            Command::Move(Step::Right) if self.kind == Kind::Settings => do_entry(&content, self.focus),
            Command::Toggle if self.kind == Kind::Settings => do_entry(&content, self.focus),
            Command::Move(step) => {
                let focus = match step {
                    Step::Up | Step::Left => self.focus.saturating_sub(1),
                    Step::Down | Step::Right => (self.focus + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                };
                let before = std::mem::replace(&mut self.focus, focus);
                self.moved = content.manner == Manner::Picks && self.picked != Some(focus);
                if before == focus {
                    Reaction::Nothing
                } else {
                    Reaction::Changed
                }
            }
            Command::Digit(digit) => match usize::from(*digit)
                .checked_sub(1)
                .filter(|at| *at < content.numbered())
            {
                Some(place) => self.press(place, &content),
                None => Reaction::Nothing,
            },
            Command::Press(place) if *place <= last => self.press(*place, &content),
            Command::Toggle if content.manner == Manner::Picks => self.press(self.focus, &content),
            Command::Toggle => Reaction::Nothing,
            Command::Enter => match content.manner {
                Manner::Acts | Manner::Moves => do_entry(&content, self.focus),
                Manner::Picks if self.moved => {
                    self.moved = false;
                    Reaction::Say(match self.picked {
                        Some(_) => s.row_not_chosen(),
                        None => s.choose_row(),
                    })
                }
                Manner::Picks => match self.picked {
                    Some(place) => do_entry(&content, place),
                    None => Reaction::Say(s.t().choose_first.clone()),
                },
            },
            other => Reaction::Do(other.clone()),
        }
    }

    fn press(&mut self, place: usize, content: &Content) -> Reaction {
        self.focus = place;
        match content.manner {
            Manner::Acts => do_entry(content, place),
            Manner::Moves => Reaction::Changed,
            Manner::Picks => {
                self.picked = Some(place);
                self.moved = false;
                Reaction::Changed
            }
        }
    }
}

fn do_entry(content: &Content, place: usize) -> Reaction {
    match content.entries.get(place) {
        Some(entry) => Reaction::Do(entry.command.clone()),
        None => Reaction::Nothing,
    }
}
