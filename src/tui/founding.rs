//! Making a new evaluation: one question a screen, a look over everything, then passphrase and recovery key. Nothing
//! is made before the last step, and what was typed is kept all the way.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::disclosure::profile::Settings;
use crate::domain::evaluation::ProfileName;
use crate::domain::founding::{Field, Unfit, Wanted};
use crate::domain::localized::Localized;
use crate::fieldwork::founding::{NotMade, Said};
use crate::store::folder::Comments;
use crate::texts::{Texts, fill};

use super::command::Command;
use super::keymap::Binding;
use super::page::Page;
use super::situation::Situation;
use super::view::Reaction;

mod choosing;
mod control;
mod keys;
mod summary;
mod typing;

use control::Control;
use keys::Keys;
use summary::Summary;

/// What is asked of whoever makes the evaluation. (No `Debug`: a passphrase passes through.)
#[derive(Clone)]
pub enum Ask {
    /// Begin, with what flags gave already; says whether something unfinished waits.
    Begin(Vec<(Field, String)>),
    /// Go on with what was typed earlier.
    Resume(Vec<(Field, String)>),
    /// Delete what was typed earlier.
    Anew(Vec<(Field, String)>),
    /// Take an answer.
    Take(Field, String),
    /// Keep what is being typed.
    Note(Field, String),
    /// Back to the start screen; keep what is being typed.
    Leave(Option<(Field, String)>),
    /// Make the keys.
    Keys(Zeroizing<String>),
    /// Write the recovery key into a file.
    Write(PathBuf, String),
    /// See whether the recovery key was written down.
    TypedBack(Zeroizing<String>),
    /// Make the evaluation.
    Make(Box<Said>),
}

/// What came of it. (No `Debug`: the recovery key passes through.)
#[derive(Clone)]
pub enum Heard {
    /// It can begin.
    Begun {
        /// Something typed earlier waits.
        unfinished: bool,
        /// What flags gave.
        given: Vec<(Field, String)>,
    },
    /// The questions begin, or go on.
    Asking(Box<Facts>),
    /// An answer was taken, or not.
    Taken(Result<(), Unfit>, Box<Facts>),
    /// The recovery key, for writing down; nothing where no keys could be made.
    Keys(Vec<Zeroizing<String>>),
    /// The recovery key is in this file, or not.
    Written(Result<PathBuf, NotMade>),
    /// Whether the recovery key was typed as it is.
    TypedBack(bool),
    /// The evaluation is in this folder, or not made.
    Made(Result<PathBuf, NotMade>),
}

/// What is known so far.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What was taken.
    pub wanted: Wanted,
    /// What was typed, taken or not.
    pub typed: BTreeMap<Field, String>,
    /// What stands where nothing was typed.
    pub usual: BTreeMap<Field, String>,
    /// Where it was broken off.
    pub at: Option<Field>,
    /// Surveys to choose from: their names and titles.
    pub surveys: Vec<(String, Localized)>,
}

impl Facts {
    /// Returns what stands at a field when it is asked.
    fn text(&self, field: Field) -> &str {
        let of =
            |map: &'_ BTreeMap<Field, String>| map.get(&field).is_some_and(|text| !text.trim().is_empty());
        // A day of deletion that came to lie before the last day of withdrawal gave way.
        let gave_way = field == Field::DeleteBy && self.wanted.delete_by < self.wanted.last_withdrawal();
        let from = if of(&self.typed) && !gave_way {
            &self.typed
        } else {
            &self.usual
        };
        from.get(&field).map_or("", String::as_str)
    }

    /// Returns what is taken for an answer: nothing where the usual was left standing, so that it follows what else
    /// is answered.
    fn answer(&self, field: Field, text: &str) -> String {
        let is_usual = self.usual.get(&field).is_some_and(|usual| usual == text.trim());
        let follows = matches!(field, Field::Round | Field::DeleteBy | Field::Languages);
        if follows && is_usual {
            String::new()
        } else {
            text.trim().to_owned()
        }
    }

    /// Returns the fields that are asked.
    fn asked(&self) -> Vec<Field> {
        Field::ALL
            .into_iter()
            .filter(|field| self.wanted.applies(*field))
            .collect()
    }

    /// Returns the first field without which nothing can be made.
    fn open(&self) -> Option<Field> {
        let folder = (!self.wanted.has(Field::Folder)).then_some(Field::Folder);
        self.wanted.missing().first().copied().or(folder)
    }
}

/// Where it stands.
enum Stage {
    Unfinished {
        given: Vec<(Field, String)>,
        focus: usize,
    },
    Ask(Field, Control),
    Summary(Summary),
    Keys(Keys),
}

/// Making a new evaluation.
pub struct Founding {
    facts: Facts,
    stage: Stage,
    error: Option<String>,
    /// A row of the summary is being changed.
    from_summary: bool,
}

impl Founding {
    /// Returns the first screen: whether to go on with what was typed earlier.
    #[must_use]
    pub fn unfinished(given: Vec<(Field, String)>) -> Self {
        Self {
            facts: Facts::default(),
            stage: Stage::Unfinished { given, focus: 0 },
            error: None,
            from_summary: false,
        }
    }

    /// Returns the questions, at the place where they were broken off, else at the first that flags did not answer.
    #[must_use]
    pub fn asking(facts: Facts, s: &Situation) -> Self {
        let asked = facts.asked();
        let first = asked
            .iter()
            .copied()
            .find(|field| !facts.typed.contains_key(field));
        let at = facts
            .at
            .filter(|at| asked.contains(at) && first.is_none_or(|first| first > *at));
        let mut founding = Self {
            facts,
            stage: Stage::Summary(Summary::default()),
            error: None,
            from_summary: false,
        };
        if let Some(field) = at.or(first) {
            founding.ask(field, s);
        }
        founding
    }

    fn ask(&mut self, field: Field, s: &Situation) {
        self.error = None;
        self.stage = Stage::Ask(field, Control::new(field, &self.facts, s));
    }

    /// Returns what stands in row 1.
    #[must_use]
    pub fn heading(&self, s: &Situation) -> String {
        let t = &s.texts.founding;
        let Stage::Ask(field, _) = &self.stage else {
            return t.heading.clone();
        };
        let asked = self.facts.asked();
        let place = asked.iter().position(|other| other == field).unwrap_or(0) + 1;
        let (number, all) = (place.to_string(), asked.len().to_string());
        let place = fill(&t.place, &[("number", &number), ("all", &all)]);
        format!("{}   {place}", t.heading)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        match &self.stage {
            Stage::Unfinished { .. } => choosing::table(2, false, s),
            Stage::Ask(_, control) => control.table(s),
            Stage::Summary(_) => Summary::table(s),
            Stage::Keys(keys) => keys.table(s),
        }
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let error = self.error.as_deref();
        match &self.stage {
            Stage::Unfinished { focus, .. } => {
                let t = &s.texts.founding;
                let rows = [t.unfinished_go_on.as_str(), t.unfinished_anew.as_str()];
                choosing::page(&t.unfinished_title, &t.unfinished_about, &rows, *focus, s, width)
            }
            Stage::Ask(field, control) => control.page(*field, error, s, width),
            Stage::Summary(summary) => summary.page(&self.facts, error, s, width),
            Stage::Keys(keys) => keys.page(error, s, width),
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        match &mut self.stage {
            Stage::Unfinished { given, focus } => match choosing::take(command, focus, 2) {
                choosing::Taken::Chosen(0) => Reaction::Found(Ask::Resume(std::mem::take(given))),
                choosing::Taken::Chosen(_) => Reaction::Found(Ask::Anew(std::mem::take(given))),
                choosing::Taken::Moved => Reaction::Changed,
                choosing::Taken::Other if *command == Command::Back => Reaction::Do(Command::Home),
                choosing::Taken::Other => Reaction::Do(command.clone()),
            },
            Stage::Ask(field, control) => {
                let field = *field;
                match control.take(command, s) {
                    control::Taken::Stays(reaction) => {
                        if matches!(reaction, Reaction::Changed) {
                            self.error = None;
                        }
                        reaction
                    }
                    control::Taken::Answer(text) => {
                        let answer = self.facts.answer(field, &text);
                        Reaction::Found(Ask::Take(field, answer))
                    }
                    control::Taken::Wrong(said) => {
                        self.error = Some(said);
                        Reaction::Changed
                    }
                    control::Taken::Back => self.back(field, s),
                }
            }
            Stage::Summary(summary) => match summary.take(command, &self.facts) {
                summary::Taken::Moved => Reaction::Changed,
                summary::Taken::Change(field) => {
                    self.from_summary = true;
                    self.ask(field, s);
                    Reaction::Changed
                }
                summary::Taken::Make => match self.facts.open() {
                    Some(field) => {
                        self.from_summary = true;
                        self.ask(field, s);
                        Reaction::Changed
                    }
                    None => {
                        self.error = None;
                        self.stage = Stage::Keys(Keys::new());
                        Reaction::Changed
                    }
                },
                summary::Taken::Back => match self.facts.asked().last() {
                    Some(last) => {
                        self.ask(*last, s);
                        Reaction::Changed
                    }
                    None => Reaction::Nothing,
                },
                summary::Taken::Other => Reaction::Do(command.clone()),
            },
            Stage::Keys(keys) => match keys.take(command, s) {
                keys::Taken::Stays(reaction) => {
                    if matches!(reaction, Reaction::Changed) {
                        self.error = None;
                    }
                    reaction
                }
                keys::Taken::Wrong(said) => {
                    self.error = Some(said);
                    Reaction::Changed
                }
                keys::Taken::Back => {
                    self.error = None;
                    self.stage = Stage::Summary(Summary::default());
                    Reaction::Changed
                }
            },
        }
    }

    /// To the question before; from the first to the start screen.
    fn back(&mut self, field: Field, s: &Situation) -> Reaction {
        let typed = self.typed();
        if let Some((field, text)) = &typed {
            self.facts.typed.insert(*field, text.clone());
        }
        let asked = self.facts.asked();
        let before = asked.iter().rev().find(|other| **other < field).copied();
        match before {
            _ if self.from_summary => {
                self.from_summary = false;
                self.error = None;
                self.stage = Stage::Summary(Summary::at(field));
            }
            Some(before) => self.ask(before, s),
            None => return Reaction::Found(Ask::Leave(typed)),
        }
        match typed {
            Some((field, text)) => Reaction::Found(Ask::Note(field, text)),
            None => Reaction::Changed,
        }
    }

    /// Takes what came of something that was asked for.
    pub(super) fn hear(&mut self, heard: Heard, s: &Situation) -> Reaction {
        match (heard, &mut self.stage) {
            (Heard::Asking(facts), _) => *self = Self::asking(*facts, s),
            (Heard::Taken(Ok(()), facts), Stage::Ask(field, control)) => {
                let field = *field;
                self.facts = *facts;
                if !control.goes_on(&self.facts, s) {
                    return Reaction::Changed;
                }
                let next = self.facts.asked().into_iter().find(|other| *other > field);
                let next = if self.from_summary {
                    self.facts.open()
                } else {
                    next
                };
                match next {
                    Some(next) => self.ask(next, s),
                    None => {
                        let at = if self.from_summary {
                            Summary::at(field)
                        } else {
                            Summary::default()
                        };
                        self.from_summary = false;
                        self.error = None;
                        self.stage = Stage::Summary(at);
                    }
                }
            }
            (Heard::Taken(Err(unfit), facts), Stage::Ask(_, control)) => {
                self.facts = *facts;
                control.refused();
                self.error = Some(s.texts.unfit(&unfit));
            }
            (heard, Stage::Keys(keys)) => match keys.hear(heard, s) {
                Ok(reaction) => {
                    self.error = None;
                    return reaction;
                }
                Err(said) => self.error = Some(said),
            },
            _ => {}
        }
        Reaction::Changed
    }

    /// Returns what is being typed, as far as it may be kept: no passphrase, no key.
    #[must_use]
    pub fn typed(&self) -> Option<(Field, String)> {
        match &self.stage {
            Stage::Ask(field, control) => Some((*field, control.text())),
            _ => None,
        }
    }

    /// Returns whether the wheel moves something here.
    #[must_use]
    pub const fn is_scrolled(&self) -> bool {
        matches!(self.stage, Stage::Summary(_))
    }

    /// Returns the field being typed in.
    pub fn typing(&mut self) -> Option<&mut super::field::Field> {
        match &mut self.stage {
            Stage::Ask(_, control) => control.typing(),
            Stage::Keys(keys) => keys.typing(),
            Stage::Unfinished { .. } | Stage::Summary(_) => None,
        }
    }
}

/// Returns what one of a field's few names means; a profile says the least number of answers.
#[must_use]
pub fn offered_about(name: &str, texts: &Texts) -> String {
    let about = texts
        .founding
        .offered(name)
        .map_or("", |offered| offered.about.as_str());
    match ProfileName::from_code(name) {
        Some(profile) => {
            let base = Settings::usual(profile).row_base(false).to_string();
            fill(about, &[("base", &base)])
        }
        None => about.to_owned(),
    }
}

/// Returns the words the evaluation's file holds.
#[must_use]
pub fn said(texts: &Texts, today: Date) -> Said {
    let words = &texts.command.new_evaluation;
    let comment = &words.comment;
    let comments = [
        ("", &comment.head),
        ("made_up", &comment.made_up),
        ("id", &comment.id),
        ("mode", &comment.mode),
        ("withdraw_until", &comment.withdraw_until),
        ("delete_by", &comment.delete_by),
        ("[[round]]", &comment.round),
        ("[[survey]]", &comment.survey),
        ("[[site]]", &comment.site),
        ("[consent_policy]", &comment.consent_policy),
        ("self_from", &comment.self_from),
        ("guardian_below", &comment.guardian_below),
        ("profile", &comment.profile),
        ("[[recipient]]", &comment.recipient),
        ("coordinator", &comment.coordinator),
        ("[call]", &comment.call),
        ("[[contact]]", &comment.contact),
    ];
    Said {
        language: texts.language(),
        round: texts.usual_round(today),
        coordinator: words.recipient_coordinator.clone(),
        recovery: words.recipient_recovery.clone(),
        comments: Comments::new(
            comments
                .into_iter()
                .map(|(key, text)| (key.to_owned(), text.clone())),
        ),
    }
}
