//! What happens on the screens, told to a log: words of the program and numbers, nothing anybody typed.

use std::time::{Duration, Instant};

use crate::fieldwork::session::{Saved, Trouble};

use super::app::App;
use super::command::Message;
use super::effect::Effect;
use super::input::Input;

/// A key that takes longer than this, with the frame after it, is worth a line of its own.
const SLOW: Duration = Duration::from_millis(16);

/// One line of the log. Only words that stand in the program can be said.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// What happened.
    pub what: &'static str,
    /// To what.
    pub about: &'static str,
    /// How long it took.
    pub took: Option<Duration>,
    /// Numbers of the program itself, as columns and rows; never of an answer.
    pub numbers: [(&'static str, u64); 2],
}

impl Event {
    /// Returns an event without numbers.
    #[must_use]
    pub const fn new(what: &'static str, about: &'static str) -> Self {
        Self {
            what,
            about,
            took: None,
            numbers: [("", 0); 2],
        }
    }
}

/// Takes what happened.
pub type Trace = Box<dyn FnMut(Event)>;

/// Watches the screens and tells the log.
pub(super) struct Watch {
    trace: Trace,
    view: &'static str,
    saved: &'static str,
    /// The slowest key since the view changed. How many there were is not kept: it could tell an answer.
    slowest: Duration,
    key: Option<Instant>,
}

impl Watch {
    pub(super) fn new(trace: Trace, (columns, rows): (u16, u16)) -> Self {
        let mut watch = Self {
            trace,
            view: "",
            saved: "",
            slowest: Duration::ZERO,
            key: None,
        };
        watch.size(columns, rows);
        watch
    }

    fn size(&mut self, columns: u16, rows: u16) {
        (self.trace)(Event {
            numbers: [("columns", columns.into()), ("rows", rows.into())],
            ..Event::new("window", "size")
        });
    }

    /// Something came in.
    pub(super) fn input(&mut self, input: &Input) {
        match input {
            Input::Key(_) => {
                self.key.get_or_insert_with(Instant::now);
            }
            Input::Resize(columns, rows) => self.size(*columns, *rows),
            Input::Paste(_) => (self.trace)(Event::new("input", "paste")),
            Input::Away => (self.trace)(Event::new("input", "away")),
            Input::Click(..) | Input::Drag(..) | Input::Wheel(_) => {}
        }
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self, app: &App, took: Duration) {
        let whole = self.key.take().map_or(took, |key| key.elapsed());
        self.slowest = self.slowest.max(whole);
        if whole > SLOW {
            (self.trace)(Event {
                took: Some(whole),
                ..Event::new("slow", app.view_name())
            });
        }
        let view = app.view_name();
        if view != self.view {
            if !self.view.is_empty() {
                (self.trace)(Event {
                    took: Some(std::mem::take(&mut self.slowest)),
                    ..Event::new("slowest", self.view)
                });
            }
            (self.trace)(Event::new("view", view));
            self.view = view;
        }
        let saved = saved_name(&app.situation().saved);
        if saved != self.saved {
            (self.trace)(Event::new("saved", saved));
            self.saved = saved;
        }
    }

    /// Something was done outside the screens.
    pub(super) fn done(&mut self, effect: &'static str, result: Option<&Message>, took: Duration) {
        (self.trace)(Event {
            took: Some(took),
            ..Event::new("effect", effect)
        });
        let failed = match result {
            Some(Message::NotOpened(_)) => "not opened",
            Some(Message::Sealed(Err(trouble)) | Message::Deleted(Err(trouble))) => trouble_name(*trouble),
            Some(Message::HandedOver(Err(_)) | Message::Cleared(Err(_))) => "not handed over",
            _ => return,
        };
        (self.trace)(Event::new("failed", failed));
    }

    /// The screens end.
    pub(super) fn ends(&mut self, how: &'static str) {
        (self.trace)(Event::new("screens end", how));
    }
}

/// Returns what an effect is called; nothing of what it is done to.
pub(super) const fn effect_name(effect: &Effect) -> &'static str {
    match effect {
        Effect::Steps(_) => "steps",
        Effect::Save(_) => "save",
        Effect::Begin { .. } => "begin",
        Effect::Resume { .. } => "resume",
        Effect::Prove(_) => "prove",
        Effect::Preview { .. } => "preview",
        Effect::EndPreview => "preview is over",
        Effect::Retry => "retry",
        Effect::Seal => "seal",
        Effect::CodeIsNoted => "code is noted",
        Effect::CodeIsUnwanted => "code is unwanted",
        Effect::Delete => "delete",
        Effect::PutAway(_) => "put away",
        Effect::Leave(_) => "leave",
        Effect::Prefer(_) => "prefer",
        Effect::HandOver(_) => "hand over",
        Effect::Clear(_) => "clear",
        Effect::Found(..) => "found",
        Effect::Coordinate(..) => "coordinate",
    }
}

/// Returns what a state of saving is called.
#[must_use]
pub const fn saved_name(saved: &Saved) -> &'static str {
    match saved {
        Saved::Nothing => "nothing",
        // On the way and arrived: both are as it should be.
        Saved::Saving | Saved::Safe => "safe",
        Saved::Failed(trouble) => trouble_name(*trouble),
    }
}

const fn trouble_name(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::DiskFull => "disk full",
        Trouble::ReadOnly => "read only",
        Trouble::Gone => "gone",
        Trouble::Other => "other trouble",
    }
}
