//! What comes back from effects.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::interview::{Action, Interview, Position, Refusal};
use crate::fieldwork::desk::Recovery;
use crate::fieldwork::session::Saved;
use crate::texts::fill;
use crate::texts::number::time;
use crate::tui::asking::Asking;
use crate::tui::command::Moment;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::list::{Kind, List};
use crate::tui::view::View;
use crate::tui::wrap::cut;

use super::{App, is_about_answer};

impl App {
    pub(super) fn stepped(
        &mut self,
        result: Result<(), Refusal>,
        interview: Interview,
        now: Moment,
    ) -> Option<Effect> {
        let covering = std::mem::take(&mut self.covering);
        let before = self.s.interview.replace(interview);
        let moved = match (&before, &self.s.interview) {
            (Some(before), Some(after)) => before.position() != after.position(),
            _ => true,
        };
        let rows = |interview: Option<&Interview>| {
            matches!(interview.map(Interview::position), Some(Position::ReadBack(_)))
        };
        if moved {
            let within_readback = rows(before.as_ref()) && rows(self.s.interview.as_ref());
            self.status = None;
            if let (false, Some(after)) = (within_readback, self.s.interview.as_ref()) {
                let view = self.view_of(after);
                self.show(view, now);
            } else {
                self.layers.clear();
                self.page_changed = now.since_start;
            }
        } else if let View::Asking(asking) = &mut self.base {
            if covering {
                asking.cover(&self.s);
            }
            asking.refresh(&self.s);
        }
        if let Some((_, View::Overview(overview))) = self.layers.last_mut() {
            overview.renew(&self.s);
        }
        let gathered = before.as_ref().and_then(|before| self.gathered(before));
        if gathered.is_none() {
            self.show_parked(before.as_ref());
        }
        match result {
            Err(refusal) => self.refused(&refusal),
            Ok(()) => {
                if let Some(before) = &before {
                    let says = self.gone_words(before);
                    if says.is_some() {
                        self.status = says;
                    }
                }
            }
        }
        if self.asked_saved {
            self.answer_saved();
        }
        gathered
    }

    /// Skipped questions are being taken up: after each the next one, after the last the read-back.
    fn gathered(&mut self, before: &Interview) -> Option<Effect> {
        let left = before.current_question()?.clone();
        let after = self.s.interview.as_ref()?;
        if self.gathering.first() != Some(&left) || after.current_question() == Some(&left) {
            return None;
        }
        self.gathering.remove(0);
        let route = after.route();
        self.gathering.retain(|question| route.asks(question));
        let step = match self.gathering.first() {
            Some(next) => Action::GoTo(next.clone()),
            None => Action::ReadBack,
        };
        (after.current_question() != self.gathering.first()).then(|| Effect::Steps(vec![step]))
    }

    /// At the end of the questions, before the read-back: offers what was skipped.
    fn show_parked(&mut self, before: Option<&Interview>) {
        let ended = |before: &&Interview| {
            matches!(before.position(), Position::Question(_)) && before.correcting().is_none()
        };
        let Some(after) = self
            .s
            .interview
            .as_ref()
            .filter(|_| before.filter(ended).is_some())
        else {
            return;
        };
        let arrived = matches!(after.position(), Position::ReadBack(_) | Position::Closing);
        if !arrived || after.is_stopped() || after.left().is_empty() {
            return;
        }
        if std::mem::replace(&mut self.offered_parked, true) {
            return;
        }
        let view = View::List(List::new(Kind::Parked, &self.s));
        self.layers.push((None, view));
    }

    pub(super) fn opened(&mut self, interview: Interview, recovery: Option<Recovery>, now: Moment) {
        self.speak(interview.language());
        self.gathering.clear();
        self.offered_parked = false;
        self.s.entered = interview.entered();
        self.s.copy_is_out = recovery.is_some_and(|recovery| recovery.copy_is_out);
        self.s.interview = Some(interview);
        let Some(interview) = self.s.interview.as_ref() else {
            return;
        };
        let view = self.view_of(interview);
        self.show(view, now);
        let t = self.s.t();
        self.status = recovery.map(|recovery| {
            let says = match (recovery.damaged, recovery.torn) {
                (true, _) => &t.recovered_damaged,
                (false, true) => &t.recovered,
                (false, false) => &t.resumed,
            };
            says.clone()
        });
        if self.trying.is_some() {
            self.status = Some(self.s.texts.coordinator.surveys.trying.clone());
        }
    }

    /// The interview stays where it is: say why, kindly, where the eye is.
    fn refused(&mut self, refusal: &Refusal) {
        match refusal {
            Refusal::Required if matches!(self.base, View::Asking(_)) => {
                let view = View::List(List::new(Kind::Required, &self.s));
                self.layers.clear();
                self.layers.push((None, view));
            }
            Refusal::Required => self.status = Some(self.s.t().choose_first.clone()),
            Refusal::CheckAsks { question, check } => {
                let view = View::List(List::new(Kind::Check(question.clone(), *check), &self.s));
                self.layers.clear();
                self.layers.push((None, view));
            }
            refusal => {
                let says = match refusal {
                    Refusal::CheckStops { question, check } => self
                        .s
                        .interview
                        .as_ref()
                        .and_then(|i| i.survey().question(question)?.checks.get(usize::from(*check)))
                        .map(|check| self.s.says(&check.text))
                        .unwrap_or_default(),
                    other => self.s.texts.refusal.sentence(other, self.s.language()),
                };
                let beside = is_about_answer(refusal) && self.base.set_error(says.clone());
                if !beside {
                    self.status = Some(says);
                }
            }
        }
    }

    /// Several choices gave way to one answer: say how many, and how to get them back.
    fn gone_words(&self, before: &Interview) -> Option<String> {
        let interview = self.s.interview.as_ref()?;
        let View::Asking(asking) = &self.base else {
            return None;
        };
        let item = asking.question().clone().into();
        let chosen = |interview: &Interview| -> BTreeSet<String> {
            match interview.response(&item) {
                Some(Response::Given(Answer::Choices { codes, .. })) => {
                    codes.iter().map(ToString::to_string).collect()
                }
                Some(Response::Given(Answer::Ranking(codes))) => {
                    codes.iter().map(ToString::to_string).collect()
                }
                _ => BTreeSet::new(),
            }
        };
        let (had, has) = (chosen(before), chosen(interview));
        let gone = had.difference(&has).count();
        let replaced = has.difference(&had).next().is_some()
            || interview
                .response(&item)
                .is_some_and(|response| response.missing().is_some());
        (gone > 0 && replaced).then(|| Asking::cleared_words(gone, &self.s))
    }

    /// Returns which question's answer a step back changed.
    pub(super) fn undone_words(&self, before: &Interview, says: &str) -> Option<String> {
        let after = self.s.interview.as_ref()?;
        let changed = after
            .survey()
            .items()
            .find(|item| before.response(&item.key()) != after.response(&item.key()))?;
        let text = self.s.says(
            changed
                .row
                .map_or_else(|| &changed.question.text, |row| &row.text),
        );
        Some(fill(says, &[("what", &cut(&text, 40))]))
    }

    /// Answers whether everything is saved: now, or as soon as the disk has said so.
    pub(super) fn answer_saved(&mut self) {
        self.asked_saved = self.s.saved == Saved::Saving;
        self.status = Some(self.saved_sentence());
    }

    pub(super) fn saved_sentence(&self) -> String {
        let t = self.s.t();
        if self.s.practice {
            return t.practice_not_saved.clone();
        }
        if let Saved::Failed(trouble) = self.s.saved {
            let enter = key_name(Key::Enter, &t.key);
            let why = self.s.trouble(trouble);
            return fill(&t.save_failed, &[("why", why), ("enter", &enter)]);
        }
        if self.s.saved == Saved::Saving {
            return t.saving.clone();
        }
        match self.s.saved_at {
            Some(at) => fill(&t.all_saved_at, &[("time", &time(at, self.s.language()))]),
            None => t.nothing_to_save.clone(),
        }
    }
}
