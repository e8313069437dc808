//! The one that asks and listens.

use std::time::Instant;

use crate::cli::trouble::sentence;
use crate::domain::evaluation::Contact;
use crate::domain::interview::{Action, Position, Refusal};
use crate::domain::record::Entered;
use crate::domain::survey::question::Level;
use crate::fieldwork::session::{Saved, Session, Trouble};
use crate::texts::{Texts, TextsError, fill};
use crate::tui::trace::saved_name;

use super::vocabulary::{Vocabulary, Word};
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;

/// How an interview ended here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Sealed; in practice, gone through to the end.
    Sealed,
    /// To be gone on with another day.
    Kept,
    /// Stopped; kept, and not used until the person says so.
    Held,
    /// Deleted.
    Deleted,
    /// No consent: nothing was kept.
    Declined,
    /// Left by choice, before anything was to be kept.
    Left,
    /// There was nothing more to read before anything was to be kept.
    NothingKept,
    /// There was nothing more to read; everything so far is kept.
    InputEnded,
    /// Something is not on disk.
    NotSaved,
}

impl Ending {
    /// Returns how the run went.
    #[must_use]
    pub const fn code(self) -> ExitCode {
        match self {
            Self::Sealed
            | Self::Kept
            | Self::Held
            | Self::Deleted
            | Self::Declined
            | Self::Left
            | Self::InputEnded => ExitCode::Ok,
            Self::NothingKept => ExitCode::NothingToDo,
            Self::NotSaved => ExitCode::Unexpected,
        }
    }
}

/// What somebody typed.
#[derive(Debug)]
pub(super) enum Heard {
    /// A line that is none of the words.
    Line(String),
    /// One of the words.
    Word(Word),
    /// Nothing more will come.
    End,
}

/// How the conversation goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// With whatever the interview is at now.
    On,
    /// With the same prompt.
    Again,
    /// Not at all.
    End(Ending),
}

/// What to do when leaving a question was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// It was left.
    Yes,
    /// It was not; the sentence is said.
    No,
    /// The conversation is over.
    End(Ending),
}

/// An interview held line by line.
#[derive(Debug)]
pub struct Conversation<'a> {
    pub(super) session: Session,
    pub(super) surroundings: &'a mut Surroundings,
    pub(super) texts: Texts,
    pub(super) vocabulary: Vocabulary,
    pub(super) contacts: Vec<Contact>,
    pub(super) practice: bool,
    /// The section whose heading was last said.
    pub(super) section: Option<crate::domain::id::Id>,
    /// Whether the question was come to from behind.
    pub(super) backwards: bool,
    /// A line that was typed where it did not belong: the next prompt takes it.
    pub(super) ahead: Option<String>,
    /// Skipped questions that are being taken up; the first is the one that is put.
    pub(super) gathering: Vec<crate::domain::id::Id>,
    /// They were offered once.
    pub(super) offered_parked: bool,
}

impl<'a> Conversation<'a> {
    /// Returns a conversation about this interview. `contacts` are the lines of the distress card.
    ///
    /// # Errors
    /// [`TextsError`] when a text file is not what it should be.
    pub fn new(
        session: Session,
        contacts: &[Contact],
        practice: bool,
        surroundings: &'a mut Surroundings,
    ) -> Result<Self, TextsError> {
        let language = session.interview().language();
        Ok(Self {
            texts: Texts::load(language)?,
            vocabulary: Vocabulary::load(language)?,
            session,
            surroundings,
            contacts: contacts.to_vec(),
            practice,
            section: None,
            backwards: false,
            ahead: None,
            gathering: Vec::new(),
            offered_parked: false,
        })
    }

    /// Holds the interview to its end, or as far as there is something to read.
    pub fn hold(&mut self) -> Ending {
        let words = &self.texts.linear;
        let begins = *self.session.interview().position() == Position::Information;
        let mut welcome = vec![words.words_work.clone()];
        if self.practice {
            welcome.insert(0, words.practice.clone());
            if crate::fieldwork::kim::fits(self.session.interview()) {
                welcome.insert(1, words.practice_kim.clone());
            }
        } else if begins {
            welcome.insert(0, words.welcome.clone());
        }
        let marks = &self.texts.interview.afterwards;
        let from = match self.session.interview().entered() {
            Entered::Live => None,
            Entered::FromNotes => Some(&marks.from_notes),
            Entered::FromPaper => Some(&marks.from_paper),
        };
        if let Some(from) = from {
            let about = fill(&words.afterwards.about, &[("from", from)]);
            // It is said each time the interview is gone on with.
            if begins && !self.practice {
                welcome.remove(0);
            }
            welcome.insert(0, about);
        }
        self.say_all(&welcome);
        let mut before = None;
        loop {
            if let Some((left, was_correction)) = &before {
                self.take_up(left, *was_correction);
            }
            let interview = self.session.interview();
            before = Some((interview.position().clone(), interview.correcting().is_some()));
            let position = position_name(self.session.interview().position());
            self.surroundings.log.happened("position", position, None);
            self.say("");
            let flow = match self.session.interview().position().clone() {
                Position::Information => self.information(),
                Position::AgeBand => self.age_band(),
                Position::Guardian => self.guardian(),
                Position::Point(place) => self.point(place),
                Position::Declined => Flow::End(self.declined()),
                Position::Question(id) => self.question(&id),
                Position::ReadBack(row) => self.readback(row),
                Position::Closing => self.closing(),
                Position::Held => self.held(),
                Position::Finished => self.seal(),
            };
            if let Flow::End(ending) = flow {
                return ending;
            }
        }
    }

    /// Returns whether the other person is here; an interview that was held before is only entered.
    pub(super) fn is_live(&self) -> bool {
        self.session.interview().entered().is_live()
    }

    pub(super) fn say(&mut self, line: &str) {
        self.surroundings.output.line(line);
    }

    pub(super) fn say_all(&mut self, lines: &[String]) {
        for line in lines {
            self.say(line);
        }
    }

    /// Returns the words that work here, and what they do.
    pub(super) fn help(&self) -> Vec<String> {
        let words = &self.texts.linear;
        let own = match self.session.interview().position() {
            Position::Question(_) => return words.help.clone(),
            Position::ReadBack(_) => Some(&words.readback_how),
            Position::Closing if self.practice => Some(&words.closing_practice),
            Position::Closing => Some(&words.closing_how),
            _ => None,
        };
        own.into_iter().chain(&words.help_outside).cloned().collect()
    }

    /// Takes a step and says why not, if not.
    pub(super) fn take(&mut self, step: Action) -> bool {
        match self.session.apply(step) {
            Ok(()) => true,
            Err(refusal) => {
                self.explain(&refusal);
                false
            }
        }
    }

    pub(super) fn explain(&mut self, refusal: &Refusal) {
        let language = self.session.interview().language();
        let said = self.texts.refusal.sentence(refusal, language);
        self.say(&said);
    }

    /// Goes on from a question: checks that ask are put, checks that stop are said.
    pub(super) fn leave(&mut self) -> Left {
        loop {
            let Err(refusal) = self.session.apply(Action::Next) else {
                return Left::Yes;
            };
            let (Refusal::CheckStops { question, check } | Refusal::CheckAsks { question, check }) = &refusal
            else {
                self.explain(&refusal);
                return Left::No;
            };
            let interview = self.session.interview();
            let language = interview.language();
            let known = interview.survey().question(question);
            let Some(known) = known.and_then(|known| known.checks.get(usize::from(*check))) else {
                self.explain(&refusal);
                return Left::No;
            };
            let said = interview.fill(known.text.get(language), &self.texts.linear.your_name);
            let asks = known.level == Level::Ask;
            self.say(&said);
            if !asks {
                return Left::No;
            }
            let ask = self.texts.linear.is_it_right.clone();
            self.say(&ask);
            match self.yes_or_no() {
                Ok(true) => {
                    let confirmed = Action::Confirm {
                        question: question.clone(),
                        check: *check,
                    };
                    if !self.take(confirmed) {
                        return Left::No;
                    }
                }
                Ok(false) => return Left::No,
                Err(None) => return Left::End(self.input_ended()),
                Err(Some(Word::Back)) => return Left::No,
                Err(Some(word)) => {
                    let before = self.session.interview().position().clone();
                    match self.common(word) {
                        Flow::End(ending) => return Left::End(ending),
                        Flow::On if before == *self.session.interview().position() => return Left::No,
                        Flow::On => return Left::Yes,
                        Flow::Again => {}
                    }
                }
            }
        }
    }

    /// Waits until everything is safe and says so behind `said`. Asks what to do when it is not.
    pub(super) fn confirm_saved(&mut self, said: &str) -> Option<Ending> {
        let mut said = said.to_owned();
        loop {
            let before = Instant::now();
            let saved = self.session.wait();
            let log = &self.surroundings.log;
            log.happened("saved", saved_name(&saved), Some(before.elapsed()));
            match saved {
                Saved::Safe => {
                    // A word alone is easily missed by those who listen: nothing to say, nothing said.
                    if !said.is_empty() {
                        let saved = self.texts.linear.saved.clone();
                        self.say(format!("{said} {saved}").trim());
                    }
                    return None;
                }
                Saved::Nothing => {
                    if !said.is_empty() {
                        self.say(&said);
                    }
                    return None;
                }
                Saved::Saving | Saved::Failed(_) => {
                    let trouble = match self.session.saved() {
                        Saved::Failed(trouble) => trouble,
                        _ => Trouble::Other,
                    };
                    if !said.is_empty() {
                        self.say(&said);
                    }
                    said.clear();
                    let words = fill(
                        &self.texts.linear.not_saved,
                        &[("trouble", sentence(trouble, &self.texts))],
                    );
                    self.say(&words);
                    match self.read_aside() {
                        None => {
                            let end = self.texts.linear.not_saved_end.clone();
                            self.say(&end);
                            return Some(Ending::NotSaved);
                        }
                        Some(line) if line.trim().is_empty() => self.session.try_again(),
                        Some(line) => {
                            self.ahead = Some(line);
                            return None;
                        }
                    }
                }
            }
        }
    }

    /// Returns the ending when nothing more will come, and says what is kept.
    pub(super) fn input_ended(&mut self) -> Ending {
        let words = &self.texts.linear;
        let (said, ending) = match self.session.wait() {
            Saved::Safe => (&words.ended_kept, Ending::InputEnded),
            Saved::Nothing => (&words.ended_nothing, Ending::NothingKept),
            Saved::Saving | Saved::Failed(_) => (&words.not_saved_end, Ending::NotSaved),
        };
        let said = said.clone();
        self.say(&said);
        ending
    }

    /// Changes the language of everything that is said from now on.
    pub(super) fn speak(&mut self, language: crate::domain::language::Language) {
        if let Ok(texts) = Texts::load(language) {
            self.texts = texts;
        }
    }
}

/// Returns what kind of place this is, for a log; nothing of which question.
const fn position_name(position: &Position) -> &'static str {
    match position {
        Position::Information => "information",
        Position::AgeBand => "age band",
        Position::Guardian => "guardian",
        Position::Point(_) => "consent point",
        Position::Declined => "declined",
        Position::Question(_) => "question",
        Position::ReadBack(_) => "read-back",
        Position::Closing => "closing",
        Position::Held => "held",
        Position::Finished => "finished",
    }
}
