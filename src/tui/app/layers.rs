//! Which view belongs to where the interview is, and what lies over it.

use crate::domain::interview::{Interview, Position};
use crate::fieldwork::session::Trouble;
use crate::tui::asking::Asking;
use crate::tui::card::Card;
use crate::tui::command::Open;
use crate::tui::list::{Kind, List};
use crate::tui::note::Note;
use crate::tui::overview::Overview;
use crate::tui::prompt::{Asked, Prompt};
use crate::tui::readback::ReadBack;
use crate::tui::reading::{Reading, Text};
use crate::tui::results::Results;
use crate::tui::view::View;

use super::App;

impl App {
    /// Returns the view of where the interview is.
    pub(super) fn view_of(&self, interview: &Interview) -> View {
        let s = &self.s;
        let list = |kind| View::List(List::new(kind, s));
        match interview.position() {
            Position::Information => View::Reading(Reading::new(Text::Information { again: false })),
            Position::AgeBand => list(Kind::AgeBand),
            Position::Guardian => list(Kind::Guardian),
            Position::Point(place) => list(Kind::Point(*place)),
            Position::Declined => list(Kind::Declined),
            Position::Question(question) => View::Asking(Box::new(Asking::new(question.clone(), s))),
            Position::ReadBack(_) => View::ReadBack(ReadBack::default()),
            Position::Closing => list(Kind::Closing),
            Position::Held => list(Kind::Held),
            Position::Finished if s.practice => list(Kind::Practised),
            Position::Finished => list(Kind::NotSealed(None::<Trouble>)),
        }
    }

    pub(super) fn open_layer(&mut self, open: Open) {
        let s = &self.s;
        let question = || s.interview.as_ref().and_then(|i| i.current_question()).cloned();
        let list = |kind| Some(View::List(List::new(kind, s)));
        let view = match open {
            Open::Menu => list(Kind::Menu),
            Open::Pause => list(Kind::Pause),
            Open::Stop => list(Kind::Stop),
            Open::Distress => list(Kind::Distress),
            Open::Settings => list(Kind::Settings),
            Open::DeleteWord => Some(View::Prompt(Prompt::new(Asked::DeleteWord))),
            Open::Pin => Some(View::Prompt(Prompt::new(Asked::NewPin))),
            Open::Help => Some(View::Help(self.help())),
            Open::Information => Some(View::Reading(Reading::new(Text::Information { again: true }))),
            Open::Results => Some(View::Results(Results::default())),
            Open::Overview => s
                .interview
                .as_ref()
                .filter(|interview| interview.has_consent())
                .map(|_| View::Overview(Overview::new(s))),
            Open::Card => self.base.card(s).map(|shown| View::Card(Card::new(shown))),
            Open::Scribe => list(Kind::Scribe),
            Open::Drafts => list(Kind::Drafts),
            Open::Afterwards => list(Kind::Afterwards),
            Open::Note => question().map(|question| View::Note(Note::new(question, s))),
            Open::Probes => question().map(|question| {
                let known = s.interview.as_ref().and_then(|i| i.survey().question(&question));
                let probes = known.map(|known| known.probes.iter().map(|probe| s.says(probe)).collect());
                View::Reading(Reading::new(Text::Probes(probes.unwrap_or_default())))
            }),
        };
        let Some(view) = view else {
            return;
        };
        // From wherever somebody is, the question is two steps up: the word that deletes stands in the place of the
        // choice to stop, and stopping in that of the card when both came from the pause.
        let is_open = |layer: Open| self.layers.iter().any(|(other, _)| *other == Some(layer));
        let gone = match open {
            Open::DeleteWord => Some(Open::Stop),
            Open::Stop if is_open(Open::Pause) => Some(Open::Distress),
            _ => None,
        };
        if gone.is_some() {
            self.layers.retain(|(other, _)| *other != gone);
        }
        // What is opened from the menu takes its place; nothing is ever open twice.
        if let Some(place) = self
            .layers
            .iter()
            .position(|(other, _)| *other == Some(open) || *other == Some(Open::Menu))
        {
            self.layers.truncate(place);
        }
        self.layers.push((Some(open), view));
    }
}
