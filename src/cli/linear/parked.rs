//! What was passed over, offered once everything else is asked.

use crate::domain::id::Id;
use crate::domain::interview::{Action, Position};
use crate::texts::fill;

use super::conversation::Conversation;
use super::menu::overview_line;

impl Conversation<'_> {
    /// Offers what was passed over when the last question was left, and leads through it where that is wanted.
    pub(super) fn take_up(&mut self, left: &Position, was_correction: bool) {
        let Position::Question(left) = left else {
            return;
        };
        let interview = self.session.interview();
        let here = interview.position().clone();
        if was_correction || here == Position::Question(left.clone()) {
            return;
        }
        let is_at_end = matches!(here, Position::ReadBack(_) | Position::Closing);
        if self.gathering.first() == Some(left) {
            let route = &interview.route().questions;
            let after = route.iter().skip_while(|question| *question != left).nth(1);
            let went_on = is_at_end || after.is_some_and(|after| here == Position::Question(after.clone()));
            if self.backwards || !went_on {
                // Whoever goes elsewhere goes on from there.
                self.gathering.clear();
            } else {
                self.next_parked(&here);
            }
            return;
        }
        if !is_at_end || interview.is_stopped() || self.offered_parked {
            return;
        }
        self.offered_parked = true;
        let parked = interview.left();
        if !parked.is_empty() && self.are_wanted(&parked) {
            let first = parked.first().cloned();
            self.gathering = parked;
            self.take_if_any(first.map(Action::GoTo));
        }
    }

    /// To the next that was passed over; after the last to the read-back.
    fn next_parked(&mut self, here: &Position) {
        let route = self.session.interview().route();
        let asked = |question: &Id| route.asks(question);
        self.gathering = self
            .gathering
            .iter()
            .skip(1)
            .filter(|id| asked(id))
            .cloned()
            .collect();
        let step = match self.gathering.first() {
            Some(next) if *here == Position::Question(next.clone()) => None,
            Some(next) => Some(Action::GoTo(next.clone())),
            None if matches!(here, Position::Question(_)) => Some(Action::ReadBack),
            None => None,
        };
        self.take_if_any(step);
    }

    fn take_if_any(&mut self, step: Option<Action>) {
        if let Some(step) = step {
            self.take(step);
        }
    }

    /// Lists what was passed over and asks whether to take it now. Whatever else is typed is for the next prompt.
    fn are_wanted(&mut self, parked: &[Id]) -> bool {
        let interview = self.session.interview();
        let (words, own) = (&self.texts.linear, &self.texts.interview.parked);
        let mut lines = vec![words.parked.clone()];
        let numbered = parked
            .iter()
            .filter_map(|id| Some((interview.place_of(id)?.0, id)));
        lines.extend(numbered.map(|(place, id)| overview_line(interview, place, id, &self.texts)));
        lines.push(if interview.entered().is_live() {
            fill(&words.read_aloud, &[("text", &own.aloud)])
        } else {
            own.aloud.clone()
        });
        lines.extend([format!("1. {}", own.take), format!("2. {}", own.go_on)]);
        lines.push(words.parked_how.clone());
        self.say_all(&lines);
        let Some(line) = self.read_aside() else {
            return false;
        };
        match line.trim().trim_end_matches('.') {
            "1" => true,
            "" | "2" => false,
            _ => {
                self.ahead = Some(line);
                false
            }
        }
    }
}
