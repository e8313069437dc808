//! What can be done in an interview: the only way its state ever changes, and what the journal keeps.

use serde::{Deserialize, Serialize};

use crate::domain::answer::Answer;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::AgeBand;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::record::{Entered, InterviewId, Mode, QuotePermission, SurveyStamp};
use crate::domain::writing::Change;

/// Everything that is settled before an interview begins: the journal's first record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Random name of the interview.
    pub interview: InterviewId,
    /// Which survey, and with it which consent text.
    pub survey: SurveyStamp,
    /// The open round.
    pub round: Slug,
    /// The site.
    pub site: Option<Slug>,
    /// The laptop.
    pub laptop: Option<Slug>,
    /// The interviewer's letter.
    pub interviewer: Option<Id>,
    /// One person, or a group.
    pub mode: Mode,
    /// How the answers come into the program.
    #[serde(default, skip_serializing_if = "Entered::is_live")]
    pub entered: Entered,
    /// The language it begins in.
    pub language: Language,
    /// Seed of the order options are put in.
    pub order_seed: u64,
    /// Age bands of the evaluation's consent policy; empty when age is not asked.
    pub age_bands: Vec<AgeBand>,
    /// Whether this is made up (demo).
    pub made_up: bool,
}

/// Which text is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// What is typed at an item.
    Item(ItemKey),
    /// The interviewer's note to a question.
    Note(Id),
}

/// One step of an interview. Kept in the journal as JSON, so that replaying them rebuilds the interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Goes on: to the next thing to say, question, or row of the read-back.
    Next,
    /// Goes back one.
    Back,
    /// Goes to a question that is asked in this interview.
    GoTo(Id),
    /// Says which age band.
    AgeBand(Id),
    /// Confirms, or not, that a guardian's written consent exists.
    Guardian(bool),
    /// Agrees, or not, to a consent point.
    Consent {
        /// The point.
        point: Id,
        /// Yes or no.
        given: bool,
    },
    /// Answers an item.
    Answer {
        /// The item.
        item: ItemKey,
        /// The answer.
        answer: Answer,
        /// Whether the person typed it unseen by the interviewer.
        #[serde(default)]
        by_self: bool,
    },
    /// Does not answer an item, and says why.
    Missing {
        /// The item.
        item: ItemKey,
        /// Why.
        kind: Missing,
        /// Whether the person typed it unseen by the interviewer.
        #[serde(default)]
        by_self: bool,
    },
    /// Takes an item's answer away.
    Clear(ItemKey),
    /// Goes on writing a text: what changed since the last time, and where the cursor is now. The text is still
    /// being typed until an answer settles it; a note is one as soon as it is written.
    Write {
        /// Which text.
        on: Written,
        /// The changes, in order.
        changes: Vec<Change>,
        /// The cursor, in bytes.
        cursor: usize,
    },
    /// Keeps text that is still being typed, whole: a line at a time, without a cursor.
    Typing {
        /// The item.
        item: ItemKey,
        /// The text so far.
        text: CleanText,
    },
    /// Writes the interviewer's note to a question; an empty one takes it away.
    Note {
        /// The question.
        question: Id,
        /// The note.
        text: CleanText,
    },
    /// Passes over what is unanswered in this question, and goes on.
    Skip,
    /// Confirms an answer that a check asked about.
    Confirm {
        /// The question.
        question: Id,
        /// The check's place, from 0.
        check: u16,
    },
    /// Takes back the last change of an answer.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Goes on in another language.
    Language(Language),
    /// Begins reading back.
    ReadBack,
    /// Agrees that a row is right, and goes to the next.
    Approve(ItemKey),
    /// Goes to a question to correct it; going on returns to the read-back.
    Correct(ItemKey),
    /// Agrees how an open answer may be used.
    Quote {
        /// The item.
        item: ItemKey,
        /// What was agreed.
        permission: QuotePermission,
    },
    /// Ends the read-back.
    EndReadBack,
    /// Stops; the answers are kept and not used until the person says so.
    Hold,
    /// Goes on with an interview that was stopped.
    Resume,
    /// Stops; the answers so far are used. Goes to the read-back.
    StopAndUse,
    /// Ends the interview: nothing changes any more, it can be sealed.
    Finish,
}
