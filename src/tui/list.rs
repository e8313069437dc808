//! Rows to choose from: the start, consent, menus, pauses and the end all work alike.

use crate::domain::id::Id;
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::handover::HandedOver;
use crate::fieldwork::session::Trouble;

use super::asking::flush;
use super::card::Shown;
use super::command::{Command, Feeling, Open, Step};
use super::input::Key;
use super::keymap::{Binding, Keys};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::wrap::columns16;

mod begin;
mod breaks;
mod consent;
mod ending;
mod handover;
mod menu;
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
    /// The group is smaller than the survey advises: at least so many.
    FewPeople(u16),
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
    /// Deleted.
    Deleted,
    /// The practice is over.
    Practised,
    /// Where to hand over.
    HandOver,
    /// Handed over and read back.
    HandedOver(Box<HandedOver>),
    /// So many that had arrived are gone from here.
    Cleared(usize),
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
            in_a_row: false,
        }
    }
}

/// Rows to choose from.
#[derive(Clone, Debug)]
pub struct List {
    kind: Kind,
    focus: usize,
    picked: Option<usize>,
    /// The focus was moved by hand to a row that is not chosen.
    moved: bool,
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

    pub(super) const fn is_popup(&self) -> bool {
        matches!(self.kind, Kind::Menu)
    }

    pub(super) const fn is_discreet(&self) -> bool {
        matches!(self.kind, Kind::Pause | Kind::Distress)
    }

    /// Returns what it shows now.
    #[must_use]
    pub fn content(&self, s: &Situation) -> Content {
        match &self.kind {
            Kind::Home => begin::home(s),
            Kind::Surveys => begin::surveys(s),
            Kind::Sites => begin::sites(s),
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
            Kind::FewPeople(least) => begin::few_people(s, *least),
            Kind::Scribe => breaks::scribe(s),
            Kind::Parked => breaks::parked(s),
            Kind::Code(code) => ending::code(s, code),
            Kind::Sealed { felt, coded } => ending::sealed(s, *felt, *coded),
            Kind::NotSealed(trouble) => ending::not_sealed(s, *trouble),
            Kind::Deleted => ending::deleted(s),
            Kind::Practised => ending::practised(s),
            Kind::HandOver => handover::places(s),
            Kind::HandedOver(done) => handover::done(s, done),
            Kind::Cleared(count) => handover::cleared(s, *count),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let content = self.content(s);
        let mut table = Vec::new();
        let numbered = content
            .entries
            .iter()
            .filter(|entry| entry.letter.is_none())
            .count();
        let last = u8::try_from(numbered).unwrap_or(9).min(9);
        if last > 0 {
            let says = match content.manner {
                Manner::Acts | Manner::Picks => &t.hint.choose,
                Manner::Moves => &t.hint.go_to,
            };
            table.push(Binding::new(Keys::Digits(1, last), Command::Digit(1), says, 2));
        }
        let enter = match content.manner {
            Manner::Acts if self.kind == Kind::Settings => &s.texts.settings.change,
            Manner::Acts => &t.hint.open,
            Manner::Moves => &t.hint.do_it,
            Manner::Picks => &t.hint.next,
        };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 1));
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &t.hint.go_to,
            4,
        ));
        table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Down)));
        let space = Keys::One(Key::Char(' '));
        table.push(if self.moved {
            Binding::new(space, Command::Toggle, &t.hint.choose, 3)
        } else {
            Binding::silent(space, Command::Toggle)
        });
        for entry in &content.entries {
            if let Some(keys) = &entry.letter {
                table.push(Binding::silent(keys.clone(), entry.command.clone()));
            }
        }
        self.other_keys(s, &mut table);
        table
    }

    fn other_keys(&self, s: &Situation, table: &mut Vec<Binding>) {
        let t = s.t();
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        match self.kind {
            Kind::AgeBand | Kind::Guardian | Kind::Point(_) => {
                if self.card(s).is_some() {
                    let card = Command::Open(Open::Card);
                    table.push(Binding::new(letter(&t.letter.card), card, &t.hint.card, 3));
                    table.push(Binding::silent(Keys::One(Key::F(6)), Command::Open(Open::Card)));
                }
                table.push(Binding::new(
                    letter(&t.letter.back),
                    Command::Back,
                    &t.hint.back,
                    3,
                ));
                table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
                if s.preview.is_some() {
                    table.push(Binding::silent(Keys::One(Key::PageDown), Command::Next));
                }
                table.push(Binding::new(
                    Keys::One(Key::Ctrl('l')),
                    Command::Curtain,
                    &t.hint.curtain,
                    5,
                ));
            }
            Kind::FirstRole | Kind::FirstText => table.push(Binding::new(
                letter(&t.letter.back),
                Command::Back,
                &t.hint.back,
                3,
            )),
            Kind::Code(_) => {
                let card = Command::Open(Open::Card);
                table.push(Binding::new(letter(&t.letter.card), card, &t.hint.card, 3));
            }
            Kind::Closing => {
                table.push(Binding::new(
                    letter(&t.letter.back),
                    Command::Back,
                    &t.hint.back,
                    3,
                ));
                table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
            }
            Kind::Pause => {
                let command = Command::Open(Open::Distress);
                table.push(Binding::new(
                    letter(&t.letter.distress),
                    command,
                    &t.hint.distress,
                    3,
                ));
            }
            _ => {}
        }
        let esc = match self.kind {
            _ if self.is_base() => &t.hint.menu,
            Kind::Pause => &t.hint.go_on,
            _ => &t.hint.back,
        };
        if self.is_base() {
            let help = Command::Open(Open::Help);
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &t.hint.help, 6));
        }
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, esc, 0));
    }

    /// Returns whether it stands by itself and not over another view.
    const fn is_base(&self) -> bool {
        matches!(
            self.kind,
            Kind::Home
                | Kind::FirstLanguage
                | Kind::FirstRole
                | Kind::FirstText
                | Kind::FirstPractice
                | Kind::AgeBand
                | Kind::Guardian
                | Kind::Point(_)
                | Kind::Held
                | Kind::Closing
                | Kind::Declined
                | Kind::Code(_)
                | Kind::Sealed { .. }
                | Kind::NotSealed(_)
                | Kind::Deleted
                | Kind::Practised
        )
    }

    /// Returns what is shown to the other person here.
    pub(super) fn card(&self, s: &Situation) -> Option<Shown> {
        match self.kind {
            Kind::AgeBand | Kind::Point(_) => consent::card(s, &self.kind),
            Kind::Code(ref code) => Some(ending::code_card(s, code)),
            _ => None,
        }
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let content = self.content(s);
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        let inset = usize::from(!self.is_popup());
        if !content.title.is_empty() {
            if inset > 0 {
                page.gap(Gap::Around);
            }
            page.pinned(&content.title, Tone::Heading, inset * 2);
            page.gap(Gap::Part);
        }
        for (tone, text) in &content.before {
            page.text(text, *tone, inset * 2);
            page.gap(Gap::Part);
        }
        if content.in_a_row {
            self.side_by_side(&content, &mut page);
        } else {
            self.rows(s, &content, &mut page);
        }
        for (tone, text) in &content.after {
            page.gap(Gap::Part);
            page.text(text, *tone, inset * 2);
        }
        page
    }

    fn rows(&self, s: &Situation, content: &Content, page: &mut Page) {
        let letters = content
            .entries
            .iter()
            .map(|entry| super::wrap::columns(&entry.text))
            .max()
            .unwrap_or(0);
        let mut number = 0;
        for (place, entry) in content.entries.iter().enumerate() {
            let chosen = self.picked == Some(place);
            let lead = match (&entry.letter, content.manner) {
                (Some(_), _) if self.is_popup() => String::new(),
                (Some(keys), _) => format!("{}  ", keys.name(&s.t().key)),
                (None, Manner::Picks) => {
                    number += 1;
                    format!("{number}  {} ", if chosen { "(x)" } else { "( )" })
                }
                (None, _) => {
                    number += 1;
                    format!("{number}  ")
                }
            };
            let text = match &entry.letter {
                Some(keys) if self.is_popup() => {
                    let name = keys.name(&s.t().key);
                    format!(
                        "{}  {name}",
                        super::wrap::pad(&entry.text, letters).replace(' ', "\u{a0}")
                    )
                }
                _ if entry.aside.is_empty() => entry.text.clone(),
                _ => format!("{}  {}", entry.text, entry.aside),
            };
            page.choice(&lead, &text, self.focus == place, chosen, &Command::Press(place));
            page.gap(if self.is_popup() {
                Gap::Options
            } else {
                Gap::Around
            });
        }
    }

    fn side_by_side(&self, content: &Content, page: &mut Page) {
        let (mut spans, mut targets, mut cursor, mut at) = (Vec::new(), Vec::new(), None, 0_u16);
        for (place, entry) in content.entries.iter().enumerate() {
            let words = format!("{}  {}", place + 1, entry.text);
            let wide = columns16(&words) + 5;
            if at > 0 && usize::from(at + wide) > page.width() {
                flush(page, &mut spans, &mut targets, &mut cursor);
                at = 0;
            }
            let focused = self.focus == place;
            spans.push(page.span(if focused { " > " } else { "   " }, Tone::Plain));
            spans.push(page.span(&words, if focused { Tone::Focus } else { Tone::Plain }));
            spans.push(page.span("  ", Tone::Plain));
            if focused {
                cursor = Some(at + 1);
            }
            targets.push((at, at + wide, Command::Press(place)));
            at += wide;
        }
        flush(page, &mut spans, &mut targets, &mut cursor);
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let content = self.content(s);
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
            Command::Digit(digit) => match usize::from(*digit).checked_sub(1).filter(|at| *at <= last) {
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
                    Reaction::Say(s.row_not_chosen())
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
