//! From the start screen to an interview: what must be asked first.

use std::sync::Arc;

use crate::domain::founding::Field;
use crate::domain::id::{Id, Slug};
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::fieldwork::desk::{CannotStart, NewInterview};

use crate::tui::command::{Moment, Open};
use crate::tui::effect::Effect;
use crate::tui::founding::Ask;
use crate::tui::list::{Kind, List};
use crate::tui::prompt::{Asked, Prompt};
use crate::tui::view::View;

use super::App;

/// How the program begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the start screen.
    Home,
    /// With the questions of the first run.
    First,
    /// With a new interview; the survey is asked for where there is a choice.
    Interview {
        /// Which survey.
        survey: Option<Slug>,
        /// Where.
        site: Option<Slug>,
        /// The interviewer's letter.
        letter: Option<Id>,
        /// How many, where it is a group.
        people: Option<u16>,
        /// How the answers come into the program.
        entered: Entered,
    },
    /// With a draft, by its place; `None` to choose one.
    Resume(Option<usize>),
    /// With practice.
    Practice {
        /// Which survey.
        survey: Option<Slug>,
    },
    /// With what may be shown of the answers, over the start screen.
    Results,
    /// With a new evaluation.
    Founding {
        /// What is known already.
        given: Vec<(Field, String)>,
    },
    /// With the survey that is previewed.
    Preview,
    /// With the coordinator's screens.
    Coordinator,
}

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// From the menu.
    Left,
    /// By Ctrl+C twice.
    Interrupted,
    /// To go on line by line.
    Linear,
    /// To begin anew: the evaluation is another.
    Anew,
    /// By a signal, or because the terminal is gone.
    Ended,
}

impl Exit {
    /// Returns what it is called in a log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Interrupted => "interrupted",
            Self::Linear => "linear",
            Self::Anew => "anew",
            Self::Ended => "ended",
        }
    }
}

/// What is settled so far of a new interview.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) practice: bool,
    pub(super) survey: Option<usize>,
    pub(super) site: Option<usize>,
    pub(super) letter: Option<usize>,
    pub(super) group: Option<bool>,
    pub(super) people: Option<u16>,
    /// A small group goes on as a group.
    pub(super) few_anyway: bool,
    pub(super) entered: Entered,
}

impl App {
    /// Begins as asked; at once where nothing needs to be chosen.
    pub fn begin(&mut self, start: &Start) -> Option<Effect> {
        let (wanted, survey) = match start {
            Start::Home => return None,
            Start::First => {
                self.base = View::List(List::new(Kind::FirstLanguage, &self.s));
                return None;
            }
            Start::Results => {
                self.open_layer(Open::Results);
                return None;
            }
            Start::Resume(Some(place)) => return self.resume(*place),
            Start::Resume(None) => {
                self.open_layer(Open::Drafts);
                return None;
            }
            Start::Founding { given } => return Some(self.found(Ask::Begin(given.clone()))),
            Start::Preview => return self.preview_anew(),
            Start::Coordinator => return self.enter_office(Moment::FIRST),
            Start::Interview {
                survey,
                site,
                letter,
                people,
                entered,
            } => {
                let named = |name: &Slug| self.s.desk.sites.iter().position(|site| site.id == *name);
                let letters = &self.s.desk.letters;
                let own = |letter: &Id| letters.iter().position(|known| known == letter);
                let wanted = Wanted {
                    site: site.as_ref().and_then(named),
                    letter: letter.as_ref().and_then(own),
                    group: people.is_some().then_some(true),
                    people: *people,
                    entered: *entered,
                    ..Wanted::default()
                };
                (wanted, survey)
            }
            Start::Practice { survey } => {
                let wanted = Wanted {
                    practice: true,
                    ..Wanted::default()
                };
                (wanted, survey)
            }
        };
        let surveys = self.s.desk.surveys.as_read();
        let named = survey
            .as_ref()
            .and_then(|name| surveys.iter().position(|survey| survey.id() == name));
        self.wanted = Wanted {
            survey: named,
            ..wanted
        };
        self.ask_next()
    }

    /// Asks the next thing that is open, or begins.
    pub(super) fn ask_next(&mut self) -> Option<Effect> {
        self.dirty = true;
        self.s.practice = self.wanted.practice;
        // Nobody is asked where they are and how many, to be told then that it was in vain.
        if let Some(why) = self.s.desk.cannot_begin.filter(|_| !self.wanted.practice) {
            self.say_at_top(self.s.cannot(why).to_owned());
            return None;
        }
        let desk = &self.s.desk;
        let Ok(surveys) = desk.surveys.read() else {
            self.say_at_top(self.s.cannot(CannotStart::SurveyMistaken).to_owned());
            return None;
        };
        if self.wanted.survey.is_none() && surveys.len() == 1 {
            self.wanted.survey = Some(0);
        }
        if self.wanted.site.is_none() && desk.sites.len() == 1 {
            self.wanted.site = Some(0);
        }
        let Some(survey) = self.wanted.survey.and_then(|place| surveys.get(place)).cloned() else {
            self.ask(Kind::Surveys);
            return None;
        };
        if self.wanted.site.is_none() && !desk.sites.is_empty() && !self.wanted.practice {
            self.ask(Kind::Sites);
            return None;
        }
        if self.wanted.letter.is_none() && desk.letters.len() > 1 && !self.wanted.practice {
            self.ask(Kind::Letters);
            return None;
        }
        if survey.parts().group_mode.is_some() && !survey.asks_one_person() {
            self.wanted.group = Some(true);
        }
        if survey.parts().group_mode.is_some() && self.wanted.group.is_none() {
            self.ask(Kind::OneOrGroup);
            return None;
        }
        if self.wanted.group == Some(true) && self.wanted.people.is_none() {
            self.layers.push((None, View::Prompt(Prompt::new(Asked::People))));
            return None;
        }
        let least = survey.parts().group_mode.as_ref().map(|group| group.min_people);
        let few = |people: &u16| least.is_some_and(|least| *people < least);
        if let (Some(least), Some(_)) = (least, self.wanted.people.filter(few))
            && !self.wanted.few_anyway
            && self.wanted.group == Some(true)
        {
            self.ask(Kind::FewPeople {
                least,
                single: survey.asks_one_person(),
            });
            return None;
        }
        Some(self.begin_effect(survey))
    }

    fn begin_effect(&self, survey: Arc<Survey>) -> Effect {
        let site = self.wanted.site.and_then(|place| self.s.desk.sites.get(place));
        let letter = self
            .wanted
            .letter
            .and_then(|place| self.s.desk.letters.get(place));
        Effect::Begin {
            wanted: Box::new(NewInterview {
                survey,
                site: site.map(|site| site.id.clone()),
                language: self.s.language(),
                entered: self.wanted.entered,
                letter: letter.cloned(),
                group: self.wanted.people.filter(|_| self.wanted.group == Some(true)),
            }),
            practice: self.wanted.practice,
        }
    }

    fn ask(&mut self, kind: Kind) {
        let view = View::List(List::new(kind, &self.s));
        self.layers.push((None, view));
    }
}
