//! The interview machine: from the first word of consent to a record that can be sealed.
//!
//! It takes [`Action`]s and either changes or says why not; nothing else changes it. It knows no terminal, file
//! or clock, so the screens, the linear mode, the tests and the demo drive the same machine, and replaying a
//! journal's actions gives the same interview.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::domain::answer::Response;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::record::{ConsentRecord, Entered, Mode, QuotePermission};
use crate::domain::survey::question::{ChoiceOption, Question, QuestionKind, Row};
use crate::domain::survey::{Item, Survey};
use crate::domain::writing::Writing;

pub mod accept;
pub mod action;
pub mod apply;
pub mod progress;
pub mod readback;
pub mod route;
pub mod seal;
pub mod wording;

pub use accept::Refusal;
pub use action::{Action, Opening, Written};
use route::{Route, Seen};

/// One interview.
#[derive(Clone)]
pub struct Interview {
    survey: Arc<Survey>,
    state: State,
    route: Arc<Route>,
}

/// Where an interview is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// The information is read aloud.
    Information,
    /// The age band is asked.
    AgeBand,
    /// The interviewer confirms that a guardian's written consent exists.
    Guardian,
    /// A consent point is put: its place in the survey.
    Point(usize),
    /// There is no consent: nothing is kept, and the interview is over.
    Declined,
    /// A question is put.
    Question(Id),
    /// The answers are read back: the row's place.
    ReadBack(usize),
    /// Everything is said; it can be finished or gone back to.
    Closing,
    /// Stopped; kept, and not used until the person says so.
    Held,
    /// Finished: nothing changes any more.
    Finished,
}

/// Everything that changes during an interview.
#[derive(Clone)]
struct State {
    opening: Opening,
    position: Position,
    language: Language,
    consent: ConsentRecord,
    entries: BTreeMap<ItemKey, Entry>,
    typing: BTreeMap<ItemKey, CleanText>,
    /// How texts were written, so that it can be taken back; shared, because an interview is copied at every step.
    written: BTreeMap<Written, Arc<Writing>>,
    notes: BTreeMap<Id, CleanText>,
    /// Questions gone past; tells an `info` that was read from one that was not.
    passed: BTreeSet<Id>,
    confirmed: BTreeSet<(Id, u16)>,
    approved: BTreeSet<ItemKey>,
    quotes: BTreeMap<ItemKey, QuotePermission>,
    /// Where a correction returns to: a row of the read-back.
    correcting: Option<ItemKey>,
    /// Where going on after a stop returns to.
    held_from: Option<Position>,
    stopped: bool,
    undo: Vec<Vec<Change>>,
    redo: Vec<Vec<Change>>,
}

/// What stands at an item.
#[derive(Clone, PartialEq, Eq)]
struct Entry {
    response: Response,
    by_self: bool,
}

/// One item's entry before a change.
#[derive(Clone)]
struct Change {
    item: ItemKey,
    before: Option<Entry>,
}

/// The most changes that can be taken back.
const UNDO_DEPTH: usize = 500;

impl Interview {
    /// Begins an interview, at the information that is read aloud. A group is asked [`Survey::for_group`].
    #[must_use]
    pub fn begin(survey: Arc<Survey>, opening: Opening) -> Self {
        let survey = match opening.mode {
            Mode::Individual => survey,
            Mode::Group { .. } => Arc::new(survey.for_group()),
        };
        let state = State {
            language: opening.language,
            opening,
            position: Position::Information,
            consent: ConsentRecord::default(),
            entries: BTreeMap::new(),
            typing: BTreeMap::new(),
            written: BTreeMap::new(),
            notes: BTreeMap::new(),
            passed: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            approved: BTreeSet::new(),
            quotes: BTreeMap::new(),
            correcting: None,
            held_from: None,
            stopped: false,
            undo: Vec::new(),
            redo: Vec::new(),
        };
        let route = Arc::new(Route::of(&survey, &state));
        Self { survey, state, route }
    }

    /// Rebuilds an interview from its journal. An action that does not fit any more is passed over and counted,
    /// so that one bad entry never costs the rest.
    #[must_use]
    pub fn replay(survey: Arc<Survey>, opening: Opening, actions: &[Action]) -> (Self, usize) {
        let mut interview = Self::begin(survey, opening);
        let refused = actions
            .iter()
            .filter(|action| interview.apply(action).is_err())
            .count();
        (interview, refused)
    }

    /// Returns the survey.
    #[must_use]
    pub const fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    /// Returns what was settled before it began.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.state.opening
    }

    /// Returns where the interview is.
    #[must_use]
    pub const fn position(&self) -> &Position {
        &self.state.position
    }

    /// Returns the language it is held in now.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.state.language
    }

    /// Returns whether one person is asked, or a group.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.state.opening.mode
    }

    /// Returns how the answers come into the program.
    #[must_use]
    pub const fn entered(&self) -> Entered {
        self.state.opening.entered
    }

    /// Returns whether the other person answers this question alone. Nobody can where the answers are entered
    /// afterwards, or where a group answers aloud.
    #[must_use]
    pub fn is_answered_alone(&self, question: &Question) -> bool {
        question.self_answer && self.entered().is_live() && self.mode() == Mode::Individual
    }

    /// Returns whether the other person may take the keyboard and answer alone, though the question does not say so:
    /// at what is sensitive, where one chooses among answers.
    #[must_use]
    pub fn may_be_answered_alone(&self, question: &Question) -> bool {
        let chooses = matches!(
            question.kind,
            QuestionKind::One(_) | QuestionKind::Many { .. } | QuestionKind::Scale { .. }
        );
        let both_are_here = self.entered().is_live() && self.mode() == Mode::Individual;
        question.sensitive && chooses && both_are_here && !question.self_answer
    }

    /// Returns what was agreed to.
    #[must_use]
    pub const fn consent(&self) -> &ConsentRecord {
        &self.state.consent
    }

    /// Returns whether consent was given, so that answers may be kept.
    #[must_use]
    pub fn has_consent(&self) -> bool {
        let points = &self.survey.parts().consent.points;
        let given = |id: &Id, required: bool| {
            self.state
                .consent
                .points
                .get(id)
                .is_some_and(|given| *given || !required)
        };
        !matches!(self.state.position, Position::Declined | Position::Information)
            && !matches!(
                self.state.position,
                Position::AgeBand | Position::Guardian | Position::Point(_)
            )
            && points.iter().all(|point| given(&point.id, point.required))
    }

    /// Returns whether there is anything before this place that can be gone back to. Before the first question lies the
    /// consent, which stands.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        match &self.state.position {
            Position::Question(question) => {
                self.state.correcting.is_some() || self.route.questions.first() != Some(question)
            }
            Position::ReadBack(0) => self.last_question().is_some(),
            Position::Information | Position::Declined | Position::Held | Position::Finished => false,
            Position::AgeBand
            | Position::Guardian
            | Position::Point(_)
            | Position::ReadBack(_)
            | Position::Closing => true,
        }
    }

    /// Returns what is asked as things stand.
    #[must_use]
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Returns the items of a question that are asked.
    #[must_use]
    pub fn items_asked(&self, question: &Id) -> Vec<Item<'_>> {
        let Some(question) = self.survey.question(question) else {
            return Vec::new();
        };
        let items = self.survey.items_of(question);
        items
            .into_iter()
            .filter(|item| self.route.asks_item(&item.key()))
            .collect()
    }

    /// Returns the options on offer, in the order this interview puts them.
    #[must_use]
    pub fn options<'s>(&self, question: &'s Question) -> Vec<&'s ChoiceOption> {
        self.route.options(&self.state, question)
    }

    /// Returns the matrix rows asked.
    #[must_use]
    pub fn rows<'s>(&self, question: &'s Question) -> Vec<&'s Row> {
        self.route.rows(question)
    }

    /// Returns what stands at an item, also where it is hidden from the interviewer: callers that draw ask
    /// [`Self::is_masked`] first.
    #[must_use]
    pub fn response(&self, item: &ItemKey) -> Option<&Response> {
        self.route.response(&self.state, item)
    }

    /// Returns whether the interview could not begin because a guardian's consent is missing: nobody said no.
    #[must_use]
    pub fn lacks_guardian(&self) -> bool {
        self.state.position == Position::Declined && self.state.consent.guardian_confirmed == Some(false)
    }

    /// Returns whether the person typed this answer unseen, so that the interviewer must not see it.
    #[must_use]
    pub fn is_masked(&self, item: &ItemKey) -> bool {
        self.state.entries.get(item).is_some_and(|entry| entry.by_self)
    }

    /// Returns text still being typed at an item.
    #[must_use]
    pub fn typing(&self, item: &ItemKey) -> Option<&CleanText> {
        self.state.typing.get(item)
    }

    /// Returns how a text was written so far: its cursor, and what can be taken back.
    #[must_use]
    pub fn written(&self, on: &Written) -> Option<&Writing> {
        self.state.written.get(on).map(AsRef::as_ref)
    }

    /// Returns the interviewer's note to a question.
    #[must_use]
    pub fn note(&self, question: &Id) -> Option<&CleanText> {
        self.state.notes.get(question)
    }

    /// Returns what was agreed about quoting an item.
    #[must_use]
    pub fn quote(&self, item: &ItemKey) -> Option<QuotePermission> {
        self.state.quotes.get(item).copied()
    }

    /// Returns the row of the read-back that a correction returns to.
    #[must_use]
    pub const fn correcting(&self) -> Option<&ItemKey> {
        self.state.correcting.as_ref()
    }

    /// Returns whether it was stopped with leave to use the answers so far.
    #[must_use]
    pub const fn is_stopped(&self) -> bool {
        self.state.stopped
    }

    fn seen(&self) -> Seen<'_> {
        Seen {
            survey: &self.survey,
            state: &self.state,
            route: &self.route,
        }
    }
}

/// Shows the interview's name and place, never an answer.
impl fmt::Debug for Interview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Interview({} at {:?})",
            self.state.opening.interview, self.state.position
        )
    }
}
