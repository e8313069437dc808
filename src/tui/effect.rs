//! What the screens want done outside themselves. Only what lies here speaks to the desk and the session.

use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::domain::id::Id;
use crate::domain::interview::Action;
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::{Desk, DraftEntry, NewInterview};
use crate::fieldwork::founding::Founder;
use crate::fieldwork::preview;
use crate::fieldwork::session::{Remains, Saved, Session, Trouble};
use crate::store::preferences::Preference;

use super::command::Message;
use super::coordinator::{Ask as CoordinatorAsk, Door, Office};
use super::desk_facts::DeskFacts;
use super::founding::Ask;

mod founding;

/// What is to be done.
pub enum Effect {
    /// Take steps, in order, until one is refused. Where another question comes, the disk has a moment to confirm, so that
    /// it is seldom drawn with answers still on their way.
    Steps(Vec<Action>),
    /// The same, and give the disk that moment whatever they are.
    Save(Vec<Action>),
    /// Begin an interview.
    Begin {
        /// Which.
        wanted: Box<NewInterview>,
        /// Nothing is kept.
        practice: bool,
    },
    /// Go on with a draft.
    Resume {
        /// Which.
        draft: DraftEntry,
        /// What opens it.
        secret: Option<Zeroizing<String>>,
    },
    /// Find out whether this opens drafts here: whoever knows it may see the screen.
    Prove(Zeroizing<String>),
    /// Show a survey that is being written. Nothing of it is kept.
    Preview {
        /// Which.
        survey: Arc<Survey>,
        /// The language it begins in.
        language: Language,
        /// As a group is asked.
        group: bool,
        /// At the same place as before, after these steps; `None` from its beginning.
        before: Option<Vec<Action>>,
        /// At this question.
        at: Option<Id>,
    },
    /// What was previewed is over.
    EndPreview,
    /// Try to save again.
    Retry,
    /// Finish and seal.
    Seal,
    /// The withdrawal code is written down: forget it.
    CodeIsNoted,
    /// No withdrawal code is wanted: seal without.
    CodeIsUnwanted,
    /// Delete everything said.
    Delete,
    /// Put the interview away, after these steps; nothing when it is not safe.
    PutAway(Vec<Action>),
    /// Leave the program, after these steps.
    Leave(Vec<Action>),
    /// Keep what the person wants of the program.
    Prefer(Vec<Preference>),
    /// Hand over into a folder.
    HandOver(PathBuf),
    /// Remove what the receipts in a folder say has arrived.
    Clear(PathBuf),
    /// A step in making an evaluation; with it what the round of this half year is called.
    Found(Ask, String),
    /// Something the coordinator's screens ask for, to be answered in this language.
    Coordinate(CoordinatorAsk, Language),
}

/// Keeps one thing the person wants, for the next time.
pub type KeepPreference = Box<dyn FnMut(Preference) -> Result<(), Trouble>>;

/// What effects work on.
pub struct Work {
    desk: Box<dyn Desk>,
    session: Option<Session>,
    keep: Option<KeepPreference>,
    founder: Option<Founder>,
    office: Option<(Door, Office)>,
}

impl Work {
    /// Returns the work at a desk, no interview open.
    #[must_use]
    pub fn new(desk: Box<dyn Desk>) -> Self {
        Self {
            desk,
            session: None,
            keep: None,
            founder: None,
            office: None,
        }
    }

    /// Returns the same work, where what the person wants is kept too.
    #[must_use]
    pub fn keeping(mut self, keep: KeepPreference) -> Self {
        self.keep = Some(keep);
        self
    }

    /// Returns the same work, where a new evaluation can be made.
    #[must_use]
    pub fn founding(mut self, founder: Option<Founder>) -> Self {
        self.founder = founder;
        self
    }

    /// Returns the same work, where the coordinator's things can be done.
    #[must_use]
    pub fn coordinating(mut self, office: Option<(Door, Office)>) -> Self {
        self.office = office;
        self
    }

    /// Returns what opens the coordinator's things, where there are any.
    #[must_use]
    pub fn door(&self) -> Option<Door> {
        self.office.as_ref().map(|(door, _)| *door)
    }

    /// Returns how the desk looks.
    #[must_use]
    pub fn desk_facts(&self) -> DeskFacts {
        DeskFacts {
            founding: self.founder.as_ref().map(Founder::has_unfinished),
            ..DeskFacts::of(self.desk.as_ref())
        }
    }

    /// Returns how safe the answers are.
    pub fn saved(&mut self) -> Saved {
        self.session.as_mut().map_or(Saved::Nothing, Session::saved)
    }

    /// Does what is wanted and says what came of it.
    pub fn run(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Steps(steps) => self.steps(steps, false),
            Effect::Save(steps) => self.steps(steps, true),
            Effect::Begin { wanted, practice } => Some(self.begin(&wanted, practice)),
            Effect::Resume { draft, secret } => {
                let secret = secret.as_ref().map(|secret| secret.as_str());
                Some(match self.desk.resume(&draft, secret) {
                    Ok((session, recovery)) => self.opened(session, Some(recovery), false),
                    Err(why) => Message::NotOpened(why),
                })
            }
            Effect::Prove(secret) => Some(Message::Proved(self.desk.prove(&secret))),
            Effect::Preview {
                survey,
                language,
                group,
                before,
                at,
            } => {
                let session = match (before, self.session.take()) {
                    (Some(steps), Some(mut session)) => {
                        take(&mut session, steps);
                        preview::renewed(&session, &survey)
                    }
                    _ => match at {
                        Some(question) => preview::at(&survey, language, group, &question),
                        None => preview::begin(&survey, language, group),
                    },
                };
                Some(self.opened(session, None, false))
            }
            Effect::EndPreview => {
                self.session = None;
                None
            }
            Effect::Retry => {
                let session = self.session.as_mut()?;
                session.try_again();
                Some(Message::Saved(session.wait()))
            }
            Effect::Seal => self.seal(),
            Effect::CodeIsNoted => {
                let noted = self.session.as_mut().map_or(Ok(()), Session::code_is_noted);
                // A code that could not be removed is shown again when the draft is gone on with.
                if noted.is_ok() {
                    self.session = None;
                }
                Some(match noted {
                    Ok(()) => Message::CodeIsNoted,
                    Err(trouble) => Message::Deleted(Err(trouble)),
                })
            }
            Effect::CodeIsUnwanted => {
                let sealed = self.session.as_mut()?.code_is_unwanted();
                if sealed.is_ok() {
                    self.session = None;
                }
                Some(Message::Sealed(sealed.map(|()| None)))
            }
            Effect::Delete => {
                let nothing = Ok(Remains::Nothing);
                let deleted = self.session.as_mut().map_or(nothing, Session::delete);
                if deleted.is_ok() {
                    self.session = None;
                }
                Some(Message::Deleted(deleted))
            }
            Effect::PutAway(steps) => {
                if let Some(session) = self.session.as_mut() {
                    take(session, steps);
                    if let failed @ Saved::Failed(_) = session.wait() {
                        return Some(Message::Saved(failed));
                    }
                }
                self.session = None;
                Some(Message::AtDesk(Box::new(self.desk_facts())))
            }
            Effect::HandOver(folder) => Some(Message::HandedOver(self.desk.hand_over(&folder).map(Box::new))),
            Effect::Clear(folder) => Some(Message::Cleared(self.desk.clear(&folder))),
            Effect::Found(ask, round) => self.found(ask, &round),
            Effect::Coordinate(ask, language) => {
                let (_, office) = self.office.as_mut()?;
                let heard = office(ask, language)?;
                Some(Message::Coordinated(Box::new(heard)))
            }
            Effect::Leave(steps) => {
                if let Some(session) = self.session.as_mut() {
                    take(session, steps);
                    session.wait();
                }
                None
            }
            Effect::Prefer(preferences) => {
                let keep = self.keep.as_mut()?;
                Some(Message::Preferred(preferences.into_iter().try_for_each(keep)))
            }
        }
    }

    fn steps(&mut self, steps: Vec<Action>, wait: bool) -> Option<Message> {
        let session = self.session.as_mut()?;
        let before = session.interview().position().clone();
        let result = steps.into_iter().try_for_each(|step| session.apply(step));
        let moved = before != *session.interview().position();
        let saved = if moved || wait {
            session.wait_briefly()
        } else {
            session.saved()
        };
        Some(Message::Stepped {
            result,
            interview: Box::new(session.interview().clone()),
            saved,
        })
    }

    fn begin(&mut self, wanted: &NewInterview, practice: bool) -> Message {
        if practice {
            let session = self.desk.practice(wanted);
            return self.opened(session, None, true);
        }
        match self.desk.begin(wanted) {
            Ok(session) => self.opened(session, None, false),
            Err(why) => Message::NotOpened(why),
        }
    }

    fn opened(
        &mut self,
        session: Session,
        recovery: Option<crate::fieldwork::desk::Recovery>,
        practice: bool,
    ) -> Message {
        let session = self.session.insert(session);
        Message::Opened {
            interview: Box::new(session.interview().clone()),
            recovery,
            practice,
            saved: session.saved(),
        }
    }

    fn seal(&mut self) -> Option<Message> {
        let session = self.session.as_mut()?;
        // An earlier try may have finished it already; then only the envelope is missing.
        let _ = session.apply(Action::Finish);
        let sealed = session.seal();
        // With a code to show, the draft stays until the code is noted.
        if sealed == Ok(None) {
            self.session = None;
        }
        Some(Message::Sealed(sealed))
    }
}

/// Takes steps as far as they go.
fn take(session: &mut Session, steps: Vec<Action>) {
    for step in steps {
        let _ = session.apply(step);
    }
}
