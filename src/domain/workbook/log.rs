//! The log: everything the coordinators did, each thing once.
//!
//! Two logs are merged by taking everything of both; the order of events is that of their stamps, so it is the same
//! wherever and however they were merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::AnswerRef;
use super::finding::{ActionStatus, Standing};
use super::quote::Place;
use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, NotAnId, Slug};
use crate::domain::item::ItemKey;
use crate::domain::record::InterviewId;

/// When something was done, as far as it matters: after everything its doer knew of. Ties go by name. A run of the
/// program has a number of its own, so that one person at two machines never gives a stamp twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// One more than the highest number known when it was done (L. Lamport, Time, Clocks, and the Ordering of Events
    /// in a Distributed System, 1978).
    pub clock: u64,
    /// Who did it.
    pub coder: Id,
    /// Which run of the program.
    pub run: u32,
}

impl Stamp {
    /// Returns the name of the theme made by the event of this stamp.
    ///
    /// # Errors
    /// [`NotAnId`] when the coder's name leaves no room for it.
    pub fn theme(&self) -> Result<Id, NotAnId> {
        Id::new(&format!("t{}_{}_{:x}", self.clock, self.coder, self.run))
    }
}

/// Something somebody did.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, and who.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What.
    #[serde(flatten)]
    pub change: Change,
}

/// Shows the stamp only.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({:?})", self.stamp)
    }
}

/// What can be done. Names on disk are those of the variants.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the fields are named for what they hold; a line for each would repeat the name"
)]
pub enum Change {
    /// A theme was made.
    Theme {
        theme: Id,
        name: CleanText,
        under: Option<Id>,
    },
    /// A theme was given another name.
    ThemeName { theme: Id, name: CleanText },
    /// What somebody thinks about a theme.
    ThemeMemo { theme: Id, memo: CleanText },
    /// A theme was put under another, or at the top.
    ThemeUnder { theme: Id, under: Option<Id> },
    /// Two themes were the same: everything of the first goes to the second.
    ThemeMerged { theme: Id, into: Id },
    /// A theme was two: these answers are about the second.
    ThemeSplit {
        theme: Id,
        into: Id,
        name: CleanText,
        answers: Vec<AnswerRef>,
    },
    /// A theme is no theme after all.
    ThemeDropped { theme: Id },
    /// An answer is about a theme.
    Tag { answer: AnswerRef, theme: Id },
    /// It is not.
    Untag { answer: AnswerRef, theme: Id },
    /// An answer was gone through, with or without a theme.
    GoneThrough { answer: AnswerRef },
    /// Words are worth quoting, under a theme.
    Quote {
        answer: AnswerRef,
        place: Place,
        theme: Id,
    },
    /// They stand under another theme.
    QuoteTheme { quote: Stamp, theme: Id },
    /// They are quoted in other words, as whoever said them agreed to.
    QuoteWords {
        quote: Stamp,
        answer: AnswerRef,
        words: CleanText,
    },
    /// They are not.
    QuoteDropped { quote: Stamp },
    /// Somebody has read a quote and found it fit to stand, or not.
    QuoteReviewed { quote: Stamp, fit: bool },
    /// Words that could tell who somebody is are shown as other words in brackets.
    Bracket {
        answer: AnswerRef,
        place: Place,
        word: CleanText,
    },
    /// They are shown as they were said.
    BracketDropped { bracket: Stamp },
    /// What looks like a name here is none.
    NoName { answer: AnswerRef, place: Place },
    /// A finding was written.
    Finding {
        round: Slug,
        text: CleanText,
        dimension: Option<Id>,
        addressee: CleanText,
        items: Vec<ItemKey>,
        themes: Vec<Id>,
    },
    /// A finding was put in other words.
    FindingText { finding: Stamp, text: CleanText },
    /// A finding is for somebody else.
    FindingAddressee { finding: Stamp, addressee: CleanText },
    /// A finding is about something else: its dimension, its figures, its quotes.
    FindingAbout {
        finding: Stamp,
        dimension: Option<Id>,
        items: Vec<ItemKey>,
        themes: Vec<Id>,
    },
    /// A finding is told before another one, or last.
    FindingBefore { finding: Stamp, before: Option<Stamp> },
    /// What the dialogue conference made of a finding.
    FindingStanding { finding: Stamp, standing: Standing },
    /// What the service answers.
    FindingAnswer { finding: Stamp, answer: CleanText },
    /// A finding is none after all.
    FindingDropped { finding: Stamp },
    /// Something that was said at the dialogue conference, by nobody in particular.
    Statement {
        round: Slug,
        finding: Option<Stamp>,
        text: CleanText,
    },
    /// It was not said.
    StatementDropped { statement: Stamp },
    /// Somebody will do something.
    Action {
        round: Slug,
        finding: Option<Stamp>,
        text: CleanText,
        owner: CleanText,
        due: Option<Date>,
    },
    /// It is put in other words, or is somebody else's, or has another day.
    ActionText {
        action: Stamp,
        text: CleanText,
        owner: CleanText,
        due: Option<Date>,
    },
    /// How far it has come.
    ActionStatus { action: Stamp, status: ActionStatus },
    /// It will not be done after all, and was never promised.
    ActionDropped { action: Stamp },
    /// An action that was done is marked where rounds stand side by side, or not.
    ActionMarked { action: Stamp, marked: bool },
    /// Something else was changed after a round: it is marked there, too.
    Altered {
        round: Slug,
        text: CleanText,
        day: Option<Date>,
    },
    /// It was not.
    AlterationDropped { alteration: Stamp },
    /// What somebody notes about the figures of a question in a round; nothing takes the note away.
    Note {
        round: Slug,
        item: ItemKey,
        text: CleanText,
    },
    /// These interviews had come in since somebody coded last.
    Arrived { interviews: BTreeSet<InterviewId> },
    /// An event is taken back, as if it had not been. Taking this back again brings it back.
    TakenBack { event: Stamp },
}

/// Shows nothing: some hold texts.
impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change(..)")
    }
}

impl Change {
    /// Returns the answer it is about, if it is about one.
    #[must_use]
    pub const fn answer(&self) -> Option<&AnswerRef> {
        match self {
            Self::Tag { answer, .. }
            | Self::Untag { answer, .. }
            | Self::GoneThrough { answer }
            | Self::Quote { answer, .. }
            | Self::QuoteWords { answer, .. }
            | Self::Bracket { answer, .. }
            | Self::NoName { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// Returns whether it is about any of these interviews.
    #[must_use]
    pub fn is_about(&self, interviews: &BTreeSet<InterviewId>) -> bool {
        match self {
            Self::ThemeSplit { answers, .. } => answers
                .iter()
                .any(|answer| interviews.contains(&answer.interview)),
            Self::Arrived { interviews: own } => !own.is_disjoint(interviews),
            change => change
                .answer()
                .is_some_and(|answer| interviews.contains(&answer.interview)),
        }
    }

    /// Forgets what it says of these interviews. Returns whether anything is left.
    fn forget(&mut self, gone: &BTreeSet<InterviewId>) -> bool {
        match self {
            Self::ThemeSplit { answers, .. } => {
                answers.retain(|answer| !gone.contains(&answer.interview));
                true
            }
            Self::Arrived { interviews } => {
                interviews.retain(|interview| !gone.contains(interview));
                !interviews.is_empty()
            }
            change => !change.is_about(gone),
        }
    }

    /// Returns whether undoing takes it back: what somebody did on purpose, and has no other way back.
    #[must_use]
    pub const fn is_a_step(&self) -> bool {
        !matches!(
            self,
            Self::GoneThrough { .. } | Self::Arrived { .. } | Self::TakenBack { .. } | Self::Note { .. }
        )
    }
}

/// Everything that was done, by stamp.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Log {
    events: BTreeMap<Stamp, Change>,
}

/// Shows how many.
impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({} events)", self.events.len())
    }
}

impl FromIterator<Event> for Log {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut log = Self::default();
        log.extend(events);
        log
    }
}

impl Extend<Event> for Log {
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        for event in events {
            self.events.entry(event.stamp).or_insert(event.change);
        }
    }
}

impl Log {
    /// Returns the stamp of what somebody does next.
    #[must_use]
    pub fn next(&self, coder: &Id, run: u32) -> Stamp {
        let last = self.events.last_key_value().map_or(0, |(stamp, _)| stamp.clock);
        Stamp {
            clock: last.saturating_add(1),
            coder: coder.clone(),
            run,
        }
    }

    /// Returns what was done then.
    #[must_use]
    pub fn change(&self, stamp: &Stamp) -> Option<&Change> {
        self.events.get(stamp)
    }

    /// Adds what somebody does now and returns the event, to be kept.
    pub fn add(&mut self, coder: &Id, run: u32, change: Change) -> Event {
        let stamp = self.next(coder, run);
        self.events.insert(stamp.clone(), change.clone());
        Event { stamp, change }
    }

    /// Returns how many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns whether nothing was done yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns every event, oldest first.
    pub fn events(&self) -> impl Iterator<Item = (&Stamp, &Change)> {
        self.events.iter()
    }

    /// Returns the events that hold, oldest first: all but those taken back and the takings back themselves.
    pub fn in_force(&self) -> impl Iterator<Item = (&Stamp, &Change)> {
        let mut struck = BTreeSet::new();
        // From the newest: whether a taking back holds is known before the event it is about is reached.
        for (stamp, change) in self.events.iter().rev() {
            match change {
                Change::TakenBack { event } if event < stamp && !struck.contains(stamp) => {
                    struck.insert(event);
                }
                _ => {}
            }
        }
        let holds = move |(stamp, change): &(&Stamp, &Change)| {
            !struck.contains(stamp) && !matches!(change, Change::TakenBack { .. })
        };
        self.events.iter().filter(holds)
    }

    /// Forgets everything about the answers of interviews that are gone.
    pub fn forget(&mut self, gone: &BTreeSet<InterviewId>) {
        if !gone.is_empty() {
            self.events.retain(|_, change| change.forget(gone));
        }
    }
}

#[cfg(test)]
mod log_tests;
