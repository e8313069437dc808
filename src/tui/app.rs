//! The interviewer's program as a plain state: messages change it, and it may ask for an effect. It draws nothing
//! and touches nothing.

use std::time::Duration;

use ratatui::layout::Rect;

use crate::domain::id::Id;
use crate::domain::interview::{Action, Position, Refusal};
use crate::domain::language::Language;
use crate::domain::record::Entered;
use crate::fieldwork::session::Saved;
use crate::store::preferences::Preference;
use crate::texts::fill;

use super::command::{Command, Message, Moment, Open};
use super::curtain::Curtain;
use super::effect::Effect;
use super::frame::{Picture, Scene};
use super::input::Key;
use super::keymap::Binding;
use super::list::{Kind, List};
use super::pin::Pin;
use super::situation::Situation;
use super::view::{Reaction, View};

mod answers;
mod coordinator;
mod doing;
mod founding;
mod help;
mod hiding;
mod input;
mod layers;
mod previewing;
mod settings;
mod starting;
mod trying;

use starting::Wanted;
pub use starting::{Exit, Start};
use trying::Tried;

/// How long what is typed waits before it is kept.
const REST: Duration = Duration::from_secs(1);
/// Within this time a second click at the same place takes the word.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);
/// Within this time a second Ctrl+C leaves.
const TWICE: Duration = Duration::from_secs(3);

/// The program's state.
pub struct App {
    s: Situation,
    base: View,
    layers: Vec<(Option<Open>, View)>,
    curtain: Option<Curtain>,
    /// A PIN that was typed once and is to be typed once more.
    new_pin: Option<Pin>,
    status: Option<String>,
    /// What was said before something was opened over the screen, and is said again when it is closed.
    status_below: Option<String>,
    /// Whether the status stays when the next step comes back.
    asked_saved: bool,
    wanted: Wanted,
    /// Where one comes back to from a question that is tried out.
    trying: Option<Tried>,
    /// Answers of the first run, kept when the last is given.
    first: Vec<Preference>,
    /// The first run leads on to the coordinator's screens.
    first_office: bool,
    /// The language of the program where no interview has its own.
    own_language: Language,
    /// Skipped questions that are being taken up; the first is the one on the screen.
    gathering: Vec<Id>,
    /// They were offered once; going back and forth does not ask again.
    offered_parked: bool,
    /// What the next step brings back may have been answered alone.
    covering: bool,
    page_changed: Duration,
    typed_at: Option<Duration>,
    clicked: Option<(u16, u16, Duration)>,
    last_key: Option<(Key, Duration)>,
    quit_asked: Option<Duration>,
    exit: Option<Exit>,
    /// The program begins anew once what is read now is closed.
    begins_anew: bool,
    dirty: bool,
}

impl App {
    /// Returns the program at its start screen.
    #[must_use]
    pub fn new(s: Situation) -> Self {
        let base = View::List(List::new(Kind::Home, &s));
        let own_language = s.language();
        Self {
            s,
            base,
            layers: Vec::new(),
            curtain: None,
            new_pin: None,
            status: None,
            status_below: None,
            asked_saved: false,
            wanted: Wanted::default(),
            trying: None,
            first: Vec::new(),
            first_office: false,
            own_language,
            gathering: Vec::new(),
            offered_parked: false,
            covering: false,
            page_changed: Duration::ZERO,
            typed_at: None,
            clicked: None,
            last_key: None,
            quit_asked: None,
            exit: None,
            begins_anew: false,
            dirty: true,
        }
    }

    /// Returns how things stand.
    #[must_use]
    pub const fn situation(&self) -> &Situation {
        &self.s
    }

    /// Returns what kind of screen is open, for a log.
    #[must_use]
    pub fn view_name(&self) -> &'static str {
        if self.curtain.is_some() {
            "curtain"
        } else {
            self.top().name()
        }
    }

    /// Returns whether the program is to end, and how.
    #[must_use]
    pub const fn exit(&self) -> Option<Exit> {
        self.exit
    }

    /// Returns whether anything changed since this was last asked.
    pub const fn take_dirty(&mut self) -> bool {
        std::mem::replace(&mut self.dirty, false)
    }

    /// Returns the screen as it is to be drawn.
    #[must_use]
    pub fn picture(&self, area: Rect) -> Picture<'_> {
        let popup = self
            .layers
            .last()
            .map(|(_, view)| view)
            .filter(|view| view.is_popup());
        let full = self
            .layers
            .iter()
            .rev()
            .map(|(_, view)| view)
            .find(|view| !view.is_popup());
        // Behind the curtain nothing is said but the question whether to leave: what stood there may tell a word of
        // the survey.
        let status = self.status.as_deref();
        let status = status.filter(|_| self.curtain.is_none() || self.quit_asked.is_some());
        let scene = Scene {
            situation: &self.s,
            view: full.unwrap_or(&self.base),
            popup,
            curtain: self.curtain.as_ref(),
            status,
        };
        Picture::new(&scene, area)
    }

    /// Returns the key table of the screen, without the keys that work everywhere.
    #[must_use]
    pub fn table(&self) -> Vec<Binding> {
        self.top().table(&self.s)
    }

    /// Returns how long nothing needs to happen if the person does nothing.
    #[must_use]
    pub fn patience(&self, now: Duration) -> Option<Duration> {
        let left =
            |since: Option<Duration>, time: Duration| since.map(|since| (since + time).saturating_sub(now));
        let typing = left(self.typed_at, REST);
        let quitting = left(self.quit_asked, TWICE);
        let resting = self.curtain.as_ref().and_then(|curtain| curtain.rest(now));
        typing.into_iter().chain(quitting).chain(resting).min()
    }

    /// Returns what must be kept before the program ends from outside.
    pub fn last_steps(&mut self) -> Vec<Action> {
        self.keep_half();
        let mut steps = match self.layers.last_mut() {
            Some((_, top)) => top.keep(&self.s),
            None => Vec::new(),
        };
        steps.extend(self.base.keep(&self.s));
        steps
    }

    /// Takes what happened; may ask for an effect, whose result is the next message.
    pub fn update(&mut self, message: Message, now: Moment) -> Option<Effect> {
        // What says nothing does not take back that something else is still to be drawn.
        let undrawn = self.dirty;
        self.dirty = undrawn || !matches!(message, Message::Tick);
        let effect = self.take(message, now);
        self.dirty |= undrawn;
        effect
    }

    fn take(&mut self, message: Message, now: Moment) -> Option<Effect> {
        match message {
            Message::Tick => self.tick(now),
            Message::Input(input) => self.input(input, now),
            Message::Saved(saved) => {
                self.set_saved(saved, now);
                if self.asked_saved {
                    self.answer_saved();
                }
                None
            }
            Message::Stepped {
                result,
                interview,
                saved,
            } => {
                self.set_saved(saved, now);
                let more = self.stepped(result, *interview, now);
                self.renew_card();
                more
            }
            Message::Opened {
                interview,
                recovery,
                practice,
                saved,
            } => {
                self.s.practice = practice;
                self.s.saved_at = None;
                self.set_saved(saved, now);
                let is_finished = *interview.position() == Position::Finished;
                let is_whole = recovery.is_some_and(|recovery| !recovery.damaged);
                self.opened(*interview, recovery, now);
                self.open_again();
                // It was finished before the program ended: what is left is to seal it, or, if that was done, to
                // show the code again. Sealing finds out, and never seals twice.
                (is_finished && is_whole && !self.s.practice).then_some(Effect::Seal)
            }
            Message::Reread(reread) => self.reread(reread),
            Message::Proved(result) => {
                self.proved(result, now);
                None
            }
            Message::NotOpened(why) => {
                self.say_at_top(self.s.cannot(why).to_owned());
                None
            }
            Message::Sealed(result) => {
                let kind = match result {
                    Ok(None) => Kind::Sealed {
                        felt: None,
                        coded: false,
                    },
                    Ok(Some(code)) => Kind::Code(code),
                    Err(trouble) => Kind::NotSealed(Some(trouble)),
                };
                self.ended(kind, now);
                None
            }
            Message::CodeIsNoted => {
                let (felt, coded) = (None, true);
                self.ended(Kind::Sealed { felt, coded }, now);
                None
            }
            Message::Deleted(Ok(remains)) => {
                self.ended(Kind::Deleted(remains), now);
                None
            }
            Message::Deleted(Err(trouble)) => {
                let why = self.s.trouble(trouble).to_owned();
                self.status = Some(fill(&self.s.t().not_deleted, &[("why", &why)]));
                None
            }
            Message::Preferred(result) => self.preferred(result, now),
            Message::HandedOver(Ok(done)) => {
                self.ended(Kind::HandedOver(done), now);
                None
            }
            Message::Cleared(Ok(count)) => {
                self.ended(Kind::Cleared(count), now);
                None
            }
            Message::HandedOver(Err(why)) | Message::Cleared(Err(why)) => {
                self.say_at_top(self.s.cannot_hand_over(why).to_owned());
                None
            }
            Message::Founding(heard) => self.founding(*heard, now),
            Message::Coordinated(heard) => self.coordinated(*heard, now),
            Message::AtDesk(facts) => {
                self.speak(self.own_language);
                self.s.desk = *facts;
                self.s.coordinator.is_in = false;
                self.s.founding = false;
                self.s.entered = Entered::Live;
                self.s.interview = None;
                self.s.practice = false;
                self.s.saved = Saved::Nothing;
                self.s.saved_at = None;
                self.status = None;
                self.show(View::List(List::new(Kind::Home, &self.s)), now);
                None
            }
        }
    }

    /// Says what is wrong beside what was typed, or else below.
    fn say_at_top(&mut self, says: String) {
        self.status = None;
        let shown = self
            .layers
            .last_mut()
            .is_some_and(|(_, top)| top.set_error(says.clone()));
        if !shown {
            self.status = Some(says);
        }
    }

    fn tick(&mut self, now: Moment) -> Option<Effect> {
        if self
            .quit_asked
            .is_some_and(|asked| now.since_start >= asked + TWICE)
        {
            self.quit_asked = None;
            self.status = None;
            self.dirty = true;
        }
        let curtain = self.curtain.as_mut();
        if curtain.is_some_and(|curtain| curtain.rested(now.since_start)) {
            self.dirty = true;
        }
        if self.typed_at.is_some_and(|typed| now.since_start >= typed + REST) {
            return self.keep();
        }
        self.follow_survey()
    }

    fn top(&self) -> &View {
        self.layers.last().map_or(&self.base, |(_, view)| view)
    }

    fn top_mut(&mut self) -> &mut View {
        self.layers.last_mut().map_or(&mut self.base, |(_, view)| view)
    }

    fn act(&mut self, command: &Command, now: Moment) -> Option<Effect> {
        let keeps_status = matches!(
            command,
            Command::Up | Command::Close | Command::Curtain | Command::Quit
        );
        if let Command::Open(open) = command
            && *open != Open::Menu
        {
            // It would take lines from what matters there: whom to call, what the other person reads.
            self.status_below = self.status.take().or(self.status_below.take());
            self.quit_asked = None;
        } else if !keeps_status {
            self.status = None;
            self.status_below = None;
            self.quit_asked = None;
        }
        let (s, top) = (
            &self.s,
            self.layers.last_mut().map_or(&mut self.base, |(_, view)| view),
        );
        let covered = top.is_covered();
        let reaction = top.take(command, s);
        if top.is_covered() != covered {
            // The same question, and another page: whoever answered alone hands the computer back.
            self.page_changed = now.since_start;
        }
        let reaction = self.going_on(command, reaction);
        let effect = self.react(reaction, now);
        if self.layers.is_empty() && self.status.is_none() {
            self.status = self.status_below.take();
        }
        effect
    }

    fn react(&mut self, reaction: Reaction, now: Moment) -> Option<Effect> {
        match reaction {
            Reaction::Nothing => None,
            Reaction::Changed => {
                if self.top_mut().typing().is_some_and(|field| field.is_changed()) {
                    // Whoever writes without a rest is kept all the same.
                    self.typed_at.get_or_insert(now.since_start);
                }
                None
            }
            Reaction::Say(says) => {
                if self.top_mut().typing().is_some_and(|field| field.is_changed()) {
                    self.typed_at.get_or_insert(now.since_start);
                }
                self.status = Some(says);
                None
            }
            Reaction::Steps(steps) => Some(Effect::Steps(steps)),
            Reaction::Found(ask) => Some(self.found(ask)),
            Reaction::Coordinate(ask) => Some(self.coordinate(ask)),
            Reaction::Do(command) => self.perform(&command, now),
            Reaction::Beneath(command) => {
                let reaction = self.base.take(&command, &self.s);
                let effect = match reaction {
                    Reaction::Beneath(_) | Reaction::Nothing | Reaction::Changed => None,
                    other => self.react(other, now),
                };
                self.renew_card();
                effect
            }
        }
    }

    /// What the card shows follows the question below it.
    fn renew_card(&mut self) {
        let shown = self.base.card(&self.s);
        let Some((_, View::Card(card))) = self.layers.last_mut() else {
            return;
        };
        match shown {
            Some(shown) => card.show(shown),
            None => {
                self.layers.pop();
            }
        }
    }

    /// Shows a view and nothing over it.
    fn show(&mut self, view: View, now: Moment) {
        self.base = view;
        self.layers.clear();
        self.typed_at = None;
        self.page_changed = now.since_start;
    }

    /// The interview is over: sealed, deleted, or waiting to be sealed.
    fn ended(&mut self, kind: Kind, now: Moment) {
        if !matches!(kind, Kind::NotSealed(_)) {
            self.s.interview = None;
            self.s.saved = Saved::Nothing;
        }
        self.status = None;
        self.show(View::List(List::new(kind, &self.s)), now);
    }

    fn set_saved(&mut self, saved: Saved, now: Moment) {
        if saved == Saved::Safe {
            self.s.saved_at = Some(now.time);
        }
        self.s.saved = saved;
    }
}

/// Returns whether a refusal is about the answer and belongs beside it.
const fn is_about_answer(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::TooSmall { .. }
            | Refusal::TooLarge { .. }
            | Refusal::TooManyDecimals { .. }
            | Refusal::TooFew { .. }
            | Refusal::TooMany { .. }
            | Refusal::NoSuchDate
            | Refusal::TooLong
            | Refusal::MoreHandsThanPeople { .. }
            | Refusal::CheckStops { .. }
    )
}
