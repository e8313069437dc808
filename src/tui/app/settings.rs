//! The first run, and what the settings change: at once on the screen, and kept for the next time.

use crate::domain::answer::Answer;
use crate::domain::interview::Action;
use crate::domain::language::Language;
use crate::domain::survey::question::QuestionKind;
use crate::fieldwork::session::Trouble;
use crate::store::preferences::{Preference, Role};
use crate::texts::fill;
use crate::tui::command::{Command, Moment};
use crate::tui::coordinator::Door;
use crate::tui::effect::Effect;
use crate::tui::list::{Kind, List};
use crate::tui::view::{Reaction, View};

use super::{App, Exit};

impl App {
    /// Speaks another language: of the interview, when a real one is open, else of the program.
    pub(super) fn change_language(&mut self, language: Language) -> Option<Effect> {
        self.speak(language);
        if self.s.interview.is_some() {
            return Some(Effect::Steps(vec![Action::Language(language)]));
        }
        self.own_language = language;
        Some(Effect::Prefer(vec![Preference::Language(language)]))
    }

    /// Changes a setting.
    pub(super) fn prefer(&mut self, preference: Preference) -> Effect {
        self.s.look.take(preference);
        self.s.preferences.take(preference);
        Effect::Prefer(vec![preference])
    }

    /// Says whether what the person wants was kept. The first run of a coordinator ends at the coordinator's screens.
    pub(super) fn preferred(&mut self, result: Result<(), Trouble>, now: Moment) -> Option<Effect> {
        let office = std::mem::take(&mut self.first_office)
            .then(|| self.enter_office(now))
            .flatten();
        if let Err(trouble) = result {
            let why = self.s.trouble(trouble).to_owned();
            self.status = Some(fill(&self.s.texts.settings.not_kept, &[("why", &why)]));
        }
        office
    }

    /// Takes an answer of the first run and puts the next question; after the last, everything is kept.
    pub(super) fn first_answer(&mut self, preference: Preference, now: Moment) -> Option<Effect> {
        let View::List(list) = &self.base else {
            return None;
        };
        let (place, next) = match list.kind() {
            Kind::FirstLanguage => (0, Kind::FirstRole),
            Kind::FirstRole => (1, Kind::FirstText),
            _ => (2, Kind::FirstPractice),
        };
        self.first.truncate(place);
        self.first.push(preference);
        self.s.look.take(preference);
        self.s.preferences.take(preference);
        if let Preference::Language(language) = preference {
            self.speak(language);
            self.own_language = language;
        }
        let coordinates = self.s.preferences.role == Some(Role::Coordinator);
        if preference == Preference::Linear(true) {
            self.exit = Some(Exit::Linear);
        } else if place == 2 && coordinates && self.s.coordinator.door.is_some_and(Door::has_key) {
            // Opened once what was answered is kept: see `preferred`.
            self.first_office = true;
        } else {
            let next = if next == Kind::FirstPractice && self.s.desk.surveys.count() == 0 {
                Kind::Home
            } else {
                next
            };
            self.show(View::List(List::new(next, &self.s)), now);
        }
        (place == 2).then(|| Effect::Prefer(std::mem::take(&mut self.first)))
    }

    /// To the question of the first run before this one.
    pub(super) fn first_back(&mut self, now: Moment) -> Option<Effect> {
        let View::List(list) = &self.base else {
            return None;
        };
        let before = match list.kind() {
            Kind::FirstRole => Kind::FirstLanguage,
            Kind::FirstText => Kind::FirstRole,
            _ => return None,
        };
        self.show(View::List(List::new(before, &self.s)), now);
        None
    }

    /// Where the person wants it, an answer given with one key also goes on.
    pub(super) fn going_on(&self, command: &Command, reaction: Reaction) -> Reaction {
        let wanted = self.s.look.auto_next
            && self.layers.is_empty()
            && matches!(
                command,
                Command::Digit(_) | Command::Missing(_) | Command::Press(_)
            );
        match reaction {
            Reaction::Steps(mut steps) if wanted && self.is_whole_answer(&steps) => {
                steps.push(Action::Next);
                Reaction::Steps(steps)
            }
            reaction => reaction,
        }
    }

    /// Whether these steps answer a question that takes one choice, so that nothing is left to say.
    fn is_whole_answer(&self, steps: &[Action]) -> bool {
        let Some(interview) = self.s.interview.as_ref() else {
            return false;
        };
        let question = interview
            .current_question()
            .and_then(|id| interview.survey().question(id));
        let Some(question) = question.filter(|question| !question.self_answer) else {
            return false;
        };
        match (steps, &question.kind) {
            (
                [
                    Action::Answer {
                        answer: Answer::Choice { code, .. },
                        by_self: false,
                        ..
                    },
                ],
                QuestionKind::One(_),
            ) => {
                let options = interview.options(question);
                options
                    .iter()
                    .any(|option| option.code == *code && !option.specify)
            }
            (
                [
                    Action::Answer {
                        answer: Answer::Choice { .. },
                        ..
                    },
                ],
                QuestionKind::Scale { scale, .. },
            ) => {
                // Ten takes two digits.
                interview
                    .survey()
                    .scale(scale)
                    .is_some_and(|scale| !scale.numeric)
            }
            ([Action::Missing { .. }], QuestionKind::One(_) | QuestionKind::Scale { .. }) => true,
            _ => false,
        }
    }
}
