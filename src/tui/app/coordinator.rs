//! The coordinator's screens in the program: the overview at the bottom, the others over it.

use std::sync::Arc;

use crate::tui::command::Moment;
use crate::tui::coordinator::gate::Gate;
use crate::tui::coordinator::overview::{Overview, checklist};
use crate::tui::coordinator::{Ask, Deed, Door, Heard, Place, Screen};
use crate::tui::effect::Effect;
use crate::tui::view::View;

use super::App;

impl App {
    /// Asks for something.
    pub(super) fn coordinate(&mut self, ask: Ask) -> Effect {
        self.status = Some(self.s.texts.coordinator.working.clone());
        Effect::Coordinate(ask, self.s.language())
    }

    /// Goes to the coordinator's screens: to the overview, or first to what opens it.
    pub(super) fn enter_office(&mut self, now: Moment) -> Option<Effect> {
        let door = self.s.coordinator.door?;
        self.s.coordinator.is_in = true;
        self.status = None;
        if self.s.coordinator.opened.is_some() {
            self.show(screen(Screen::Overview(Overview::default())), now);
            return Some(self.coordinate(Ask::Look));
        }
        self.show(screen(Screen::Gate(Gate::new())), now);
        (door == Door::Open).then(|| self.coordinate(Ask::Open(None)))
    }

    /// Does what a person asks for on these screens.
    pub(super) fn deed(&mut self, deed: &Deed, now: Moment) -> Option<Effect> {
        match deed {
            Deed::Enter => self.enter_office(now),
            Deed::Tell(told) => {
                self.lay(Screen::Told((**told).clone()), now);
                None
            }
            Deed::Go(place) => self.go_to_place(*place, now),
        }
    }

    fn go_to_place(&mut self, place: Place, now: Moment) -> Option<Effect> {
        let opened = self.s.coordinator.opened.clone()?;
        match place {
            Place::Checklist => {
                let told = checklist(&opened, &self.s);
                self.lay(Screen::Told(told), now);
                None
            }
        }
    }

    fn lay(&mut self, lower: Screen, now: Moment) {
        self.layers.push((None, screen(lower)));
        self.page_changed = now.since_start;
    }

    /// Takes what came of something.
    pub(super) fn coordinated(&mut self, heard: Heard, now: Moment) -> Option<Effect> {
        self.status = None;
        match heard {
            Heard::Opened(opened) => {
                self.s.coordinator.opened = Some(Arc::new(*opened));
                let at_gate = matches!(
                    &self.base,
                    View::Coordinator(shown) if matches!(**shown, Screen::Gate(_))
                );
                if at_gate {
                    self.show(screen(Screen::Overview(Overview::default())), now);
                }
            }
            Heard::Shut(why) => match &mut self.base {
                View::Coordinator(shown) => match &mut **shown {
                    Screen::Gate(gate) => gate.stays_shut(why),
                    _ => self.status = Some(why),
                },
                _ => self.status = Some(why),
            },
            Heard::Results(shown) => self.s.coordinator.shown = Some(Arc::new(*shown)),
            Heard::Refused(why) => self.status = Some(why),
        }
        None
    }
}

fn screen(screen: Screen) -> View {
    View::Coordinator(Box::new(screen))
}
