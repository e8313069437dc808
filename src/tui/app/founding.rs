//! A new evaluation being made: what was asked for goes out, what came of it goes to the screen.

use crate::tui::command::Moment;
use crate::tui::coordinator::Door;
use crate::tui::effect::Effect;
use crate::tui::founding::{Ask, Founding, Heard};
use crate::tui::view::View;

use super::App;

impl App {
    /// Asks for a step.
    pub(super) fn found(&self, ask: Ask) -> Effect {
        Effect::Found(ask, self.s.texts.usual_round(self.s.today))
    }

    /// Takes what came of one.
    pub(super) fn founding(&mut self, heard: Heard, now: Moment) -> Option<Effect> {
        self.s.founding = true;
        match heard {
            Heard::Begun {
                unfinished: true,
                given,
            } => {
                let view = Founding::unfinished(given);
                self.show(View::Founding(Box::new(view)), now);
                None
            }
            Heard::Begun { given, .. } => Some(self.found(Ask::Anew(given))),
            Heard::Asking(facts) => {
                let view = Founding::asking(*facts, &self.s);
                self.show(View::Founding(Box::new(view)), now);
                None
            }
            heard => {
                let View::Founding(founding) = &mut self.base else {
                    return None;
                };
                self.page_changed = now.since_start;
                let known = &mut self.s.coordinator;
                if matches!(heard, Heard::Made(Ok(_))) && known.door.is_some() {
                    // The coordinator's screens are those of the new evaluation from here on.
                    known.door = Some(Door::Passphrase);
                    (known.opened, known.shown) = (None, None);
                }
                let reaction = founding.hear(heard, &self.s);
                self.react(reaction, now)
            }
        }
    }

    /// Keeps what is being typed of a new evaluation.
    pub(super) fn founding_note(&mut self) -> Option<Effect> {
        let View::Founding(founding) = &mut self.base else {
            return None;
        };
        if let Some(field) = founding.typing() {
            field.kept();
        }
        let (field, text) = founding.typed()?;
        Some(self.found(Ask::Note(field, text)))
    }
}
