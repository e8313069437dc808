//! What a person can ask of a screen, and everything else that can happen to the program.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Time;

use crate::domain::evaluation::AgeBand;
use crate::domain::id::Id;
use crate::domain::interview::{Interview, Refusal};
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::record::{Entered, QuotePermission};
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::desk::{CannotStart, Recovery};
use crate::fieldwork::handover::{CannotHandOver, Cleared, HandedOver};
use crate::fieldwork::session::{Remains, Saved, Trouble};
use crate::store::preferences::Preference;

use super::coordinator::{Deed, Heard as Coordinated};
use super::desk_facts::DeskFacts;
use super::founding::Heard;
use super::input::Input;
use super::preview::Reread;

/// What a person asks for. A key, a click and a row of a menu all come down to one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Moves the focus.
    Move(Step),
    /// Moves the cursor of a text further than by a letter, or selects on the way.
    Reach(Step, Reach),
    /// Deletes a word: before the cursor, or after it.
    DeleteWord {
        /// Before the cursor.
        back: bool,
    },
    /// Puts the suggested words where something was found that a person may be known by.
    Exchange,
    /// Leaves what was found as it is.
    LeaveAsIs,
    /// Moves the focus to a stop and presses it (a click).
    Press(usize),
    /// A digit, outside text.
    Digit(u8),
    /// Does what the focused row does.
    Enter,
    /// Chooses or unchooses the focused row.
    Toggle,
    /// To the next field or button.
    NextZone,
    /// To the field or button before.
    PreviousZone,
    /// Writes a character.
    Insert(char),
    /// Writes a line break.
    NewLine,
    /// Deletes before the cursor.
    DeleteBack,
    /// Deletes at the cursor.
    DeleteForward,
    /// Answers with a reason for no answer.
    Missing(Missing),
    /// Takes the answer away.
    Erase,
    /// Moves a ranked option up.
    Raise,
    /// Moves a ranked option down.
    Lower,
    /// Begins to filter a list.
    Filter,
    /// The other person takes the keyboard and answers alone.
    AnswerAlone,
    /// To the next question.
    Next,
    /// To the question before.
    Back,
    /// Passes over.
    Skip,
    /// Takes the last change back.
    Undo,
    /// Does it again.
    Redo,
    /// Reads further.
    PageDown,
    /// Reads back.
    PageUp,
    /// Goes up one level: the menu from a question, back from everything else.
    Up,
    /// Opens a layer.
    Open(Open),
    /// Closes the top layer.
    Close,
    /// Draws the curtain.
    Curtain,
    /// Asks whether all is saved.
    AskSaved,
    /// Tries to save again.
    Retry,
    /// Wants to leave the program.
    Quit,
    /// Leaves the program at once; everything is saved.
    Leave,
    /// To the start screen.
    Home,
    /// Enters an interview that was held before, from notes or paper.
    EnterFrom(Entered),
    /// A small group goes on as a group.
    FewAnyway,
    /// Goes to what was skipped, one by one.
    Gather,
    /// Says how the interviewer is; kept nowhere.
    Feel(Feeling),
    /// Begins an interview: asks what must be asked first.
    New {
        /// A made-up person, nothing kept.
        practice: bool,
    },
    /// Chooses a survey, a site, one person or a group.
    Survey(usize),
    /// See [`Command::Survey`].
    Site(usize),
    /// See [`Command::Survey`].
    Letter(usize),
    /// See [`Command::Survey`].
    Group(bool),
    /// Goes on with a draft.
    Resume(usize),
    /// Speaks another language.
    Language(Language),
    /// Changes a setting.
    Prefer(Preference),
    /// Would change a setting that the evaluation decides.
    Decided,
    /// Does what a row of the help says, on the screen the help is about.
    Run(Box<Self>),
    /// Answers a question of the first run.
    First(Preference),
    /// Says an age band.
    Age(AgeBand),
    /// Confirms a guardian's consent, or not.
    Guardian(bool),
    /// Agrees to the consent point put, or not.
    Agree(bool),
    /// Confirms an answer a check asked about.
    Confirm(Id, u16),
    /// Goes to a question.
    GoTo(Id),
    /// Corrects the row read back.
    Correct,
    /// Says how words may be used.
    Quote(QuotePermission),
    /// To the end of the read-back.
    EndReadBack,
    /// Keeps the answers and does not use them.
    Hold,
    /// Goes on after that.
    Unhold,
    /// Uses the answers so far.
    StopAndUse,
    /// Deletes everything; the word has been typed.
    Delete,
    /// Finishes and seals.
    Seal,
    /// Asks where to hand over.
    HandOver,
    /// Asks for a folder to hand over to.
    AskFolder,
    /// Hands over into a folder.
    HandOverTo(PathBuf),
    /// Removes what the receipts in a folder say has arrived.
    ClearConfirmed(PathBuf),
    /// The withdrawal code is written down.
    CodeIsNoted,
    /// No withdrawal code is wanted.
    CodeIsUnwanted,
    /// Makes a new evaluation.
    Found,
    /// Something of the coordinator's screens.
    Deed(Deed),
}

/// How the interviewer is after an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeling {
    /// Fine.
    Fine,
    /// A bit heavy.
    Heavy,
    /// Wants to talk to somebody.
    Talk,
}

/// A step of the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Step {
    /// Returns the row a list moves to from this one; `last` is the last row.
    #[must_use]
    pub fn in_list(self, from: usize, last: usize) -> usize {
        match self {
            Self::Up | Self::Left => from.saturating_sub(1),
            Self::Down | Self::Right => (from + 1).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

/// How far a step of the cursor goes, and whether it selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Over a word instead of a letter; with [`Step::First`] and [`Step::Last`] over the whole text.
    pub words: bool,
    /// What it passes is selected.
    pub selects: bool,
}

/// Layers that can lie over a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The menu.
    Menu,
    /// What the keys do.
    Help,
    /// All questions.
    Overview,
    /// The note to this question.
    Note,
    /// A break.
    Pause,
    /// Stopping.
    Stop,
    /// The word that deletes.
    DeleteWord,
    /// Somebody has a hard time.
    Distress,
    /// How the program looks and works.
    Settings,
    /// The information once more.
    Information,
    /// What to ask further.
    Probes,
    /// What may be shown of the answers.
    Results,
    /// The screen turned to the other person.
    Card,
    /// Somebody else types from now on.
    Scribe,
    /// Which draft.
    Drafts,
    /// A PIN for the curtain.
    Pin,
    /// What an interview is entered from.
    Afterwards,
}

/// Everything that can happen.
pub enum Message {
    /// The person did something.
    Input(Input),
    /// Time went by.
    Tick,
    /// How safe the answers are.
    Saved(Saved),
    /// A step was taken, or not.
    Stepped {
        /// Whether it was.
        result: Result<(), Refusal>,
        /// The interview after it.
        interview: Box<Interview>,
        /// How safe it is.
        saved: Saved,
    },
    /// An interview was opened.
    Opened {
        /// The interview.
        interview: Box<Interview>,
        /// What was found, for a draft.
        recovery: Option<Recovery>,
        /// Whether nothing of it is kept.
        practice: bool,
        /// How safe it is.
        saved: Saved,
    },
    /// The survey that is previewed was read again.
    Reread(Reread),
    /// What opens a draft was known, or not.
    Proved(Result<(), CannotStart>),
    /// An interview could not be opened.
    NotOpened(CannotStart),
    /// Sealed, with the code to withdraw with where there are codes; or not.
    Sealed(Result<Option<WithdrawalCode>, Trouble>),
    /// The withdrawal code is written down, and is nowhere else any more.
    CodeIsNoted,
    /// Deleted, or not.
    Deleted(Result<Remains, Trouble>),
    /// What the person wants was kept, or not.
    Preferred(Result<(), Trouble>),
    /// The interview was put away.
    AtDesk(Box<DeskFacts>),
    /// Handed over, or not.
    HandedOver(Result<Box<HandedOver>, CannotHandOver>),
    /// Removed what had arrived, or not.
    Cleared(Result<Cleared, CannotHandOver>),
    /// What came of making an evaluation.
    Founding(Box<Heard>),
    /// What came of something the coordinator's screens asked for.
    Coordinated(Box<Coordinated>),
}

/// When something happens.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Since the program began.
    pub since_start: Duration,
    /// The time of day.
    pub time: Time,
}

impl Moment {
    /// Before anything happened.
    pub(super) const FIRST: Self = Self {
        since_start: Duration::ZERO,
        time: Time::midnight(),
    };
}
