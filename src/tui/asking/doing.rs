//! What commands do at a question: what all types have in common.

use crate::domain::answer::Response;
use crate::domain::interview::Action;
use crate::domain::missing::Missing;
use crate::texts::fill;
use crate::texts::number::plural;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::{Asking, Kind, Put, Zone, count, levels, matrix, options, rank, typed, unseen};

impl Asking {
    pub(in crate::tui) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(put) = self.put(s) else {
            return Reaction::Nothing;
        };
        if self.unseen.is_covered() {
            return unseen::take(self, command);
        }
        let looks_aside = matches!(
            command,
            Command::Up | Command::Curtain | Command::Open(_) | Command::Quit | Command::AskSaved
        );
        if !looks_aside {
            self.error = None;
            // Looking around is no reason to say it again; an answer is.
            self.told_open &= !matches!(command, Command::Digit(_) | Command::Missing(_) | Command::Erase);
        }
        if self.unseen.is_answering() && *command == Command::Next {
            return unseen::leave(self, &put, s);
        }
        let reaction = self.take_by_kind(&put, s, command);
        if matches!(reaction, Reaction::Changed | Reaction::Say(_)) {
            self.look_for_identifiers();
        }
        match reaction {
            Reaction::Do(Command::Next) if self.unseen.is_answering() => unseen::leave(self, &put, s),
            Reaction::Steps(mut steps) => {
                // What stands already is no step: taking back would seem to do nothing.
                steps.retain(|step| !self.stands(&put, step));
                if steps.is_empty() {
                    Reaction::Changed
                } else {
                    Reaction::Steps(steps)
                }
            }
            reaction => reaction,
        }
    }

    /// Returns whether a step answers what is answered so already.
    fn stands(&self, put: &Put<'_>, step: &Action) -> bool {
        let (item, response) = match step {
            Action::Answer { item, answer, .. } => (item, Response::Given(answer.clone())),
            Action::Missing { item, kind, .. } => (item, Response::Missing(*kind)),
            _ => return false,
        };
        put.interview.response(item) == Some(&response)
            && put.interview.typing(item).is_none()
            && put.interview.is_masked(item) == self.unseen.is_answering()
    }

    fn take_by_kind(&mut self, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
        match command {
            Command::Undo | Command::Redo if self.typing().is_none() => return Reaction::Do(command.clone()),
            Command::AnswerAlone if put.interview.may_be_answered_alone(put.question) => {
                return unseen::hand_over(self, put);
            }
            Command::Missing(kind) if self.kind != Kind::Matrix => return self.take_missing(put, s, *kind),
            Command::Erase if !matches!(self.kind, Kind::Matrix | Kind::Rank | Kind::Count) => {
                return if put.interview.response(&self.item()).is_some() {
                    Reaction::Steps(vec![Action::Clear(self.item())])
                } else {
                    Reaction::Nothing
                };
            }
            _ => {}
        }
        match self.kind {
            Kind::Options { .. } => options::take(self, put, s, command),
            Kind::Levels => levels::take(self, put, s, command),
            Kind::Slider => levels::slider_take(self, put, s, command),
            Kind::Matrix => matrix::take(self, put, s, command),
            Kind::Line | Kind::Long => typed::take(self, put, s, command),
            Kind::Rank => rank::take(self, put, s, command),
            Kind::Count => count::take(self, put, s, command),
            Kind::Info => Reaction::Do(command.clone()),
        }
    }

    /// A reason for no answer replaces the answer, and says so where several things go at once.
    pub(super) fn take_missing(&mut self, put: &Put<'_>, s: &Situation, kind: Missing) -> Reaction {
        if !put.question.offers(kind) {
            return Reaction::Nothing;
        }
        self.moved = false;
        let rows = match self.kind {
            Kind::Options { .. } => options::visible(self, put, s).len(),
            Kind::Levels => levels::levels(put).len(),
            Kind::Slider => 1,
            Kind::Rank | Kind::Count => put.interview.options(put.question).len(),
            _ => 0,
        };
        let place = s.ways(put.question).iter().position(|way| way.kind == kind);
        if let Some(place) = place.filter(|_| !matches!(self.kind, Kind::Line | Kind::Long)) {
            self.zone = Zone::Rows;
            self.focus = rows + place;
        }
        if matches!(self.kind, Kind::Line | Kind::Long)
            && let Some(field) = &mut self.field
        {
            field.kept();
        }
        Reaction::Steps(vec![self.missing_step(self.item(), kind)])
    }

    /// Returns what to say after an answer of several things gave way to one.
    #[must_use]
    pub fn cleared_words(count: usize, s: &Situation) -> String {
        let undo = key_name(Key::Ctrl('z'), &s.t().key);
        let words = plural(
            u64::try_from(count).unwrap_or(u64::MAX),
            &s.t().cleared_one,
            &s.t().cleared_more,
        );
        fill(words, &[("count", &count.to_string()), ("undo", &undo)])
    }

    /// Enter on a row that was moved to and not chosen: it never answers and never leaves without a word. The other
    /// person, alone with the screen, chooses with it.
    pub(super) fn enter_unchosen(&mut self, s: &Situation) -> Option<Reaction> {
        if self.unseen.is_answering() {
            return None;
        }
        self.moved = false;
        self.error = Some(s.row_not_chosen());
        Some(Reaction::Changed)
    }

    /// Moves the focus among `rows` rows.
    pub(super) fn go(&mut self, step: Step, rows: usize) -> Reaction {
        let last = rows.saturating_sub(1);
        let focus = match step {
            Step::Up | Step::Left => self.focus.saturating_sub(1),
            Step::Down | Step::Right => (self.focus + 1).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        let before = std::mem::replace(&mut self.focus, focus);
        if before == focus {
            return Reaction::Nothing;
        }
        self.moved = true;
        Reaction::Changed
    }
}
