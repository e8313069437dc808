//! What the whole program does on a command that no view kept for itself.

use std::path::PathBuf;

use crate::domain::answer::Response;
use crate::domain::interview::{Action, Interview, Position};
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::record::Entered;
use crate::fieldwork::desk::DraftSecret;
use crate::fieldwork::session::Saved;
use crate::texts::{Texts, fill};
use crate::tui::command::{Command, Moment, Open};
use crate::tui::effect::Effect;
use crate::tui::founding::Ask;
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::list::{Kind, List};
use crate::tui::prompt::{Asked, Prompt};
use crate::tui::view::View;

use super::{App, Exit, Wanted};

impl App {
    pub(super) fn perform(&mut self, command: &Command, now: Moment) -> Option<Effect> {
        match command {
            Command::Home if self.trying.is_some() => self.tried(),
            Command::Up if self.layers.is_empty() && self.trying.is_some() => self.tried(),
            Command::Up if self.layers.is_empty() => {
                self.open_layer(Open::Menu);
                self.keep()
            }
            Command::Up | Command::Close => self.close(),
            Command::Open(open) => {
                let steps = self.keep();
                self.open_layer(*open);
                steps
            }
            Command::Curtain => self.hide(),
            Command::AskSaved => {
                self.asked_saved = true;
                let steps = self.last_steps();
                if self.s.interview.is_none() {
                    self.asked_saved = false;
                    self.status = Some(self.saved_sentence());
                    return None;
                }
                Some(Effect::Save(steps))
            }
            Command::Retry => Some(Effect::Retry),
            Command::Quit => self.quit(now),
            Command::Leave => {
                self.exit = Some(Exit::Left);
                Some(Effect::Leave(self.leave_steps()))
            }
            Command::CodeIsNoted => Some(Effect::CodeIsNoted),
            Command::CodeIsUnwanted => Some(Effect::CodeIsUnwanted),
            Command::Home if self.s.preview.is_some() => self.preview_anew(),
            Command::Home => Some(Effect::PutAway(self.leave_steps())),
            Command::Enter => self.submit(),
            Command::Run(command) => self.run(command, now),
            command => self
                .perform_in_interview(command)
                .or_else(|| self.perform_at_desk(command, now)),
        }
    }

    fn perform_at_desk(&mut self, command: &Command, now: Moment) -> Option<Effect> {
        match command {
            Command::New { practice } => {
                self.s.entered = Entered::Live;
                self.wanted = Wanted {
                    practice: *practice,
                    ..Wanted::default()
                };
                self.ask_next()
            }
            Command::EnterFrom(entered) => {
                self.s.entered = *entered;
                self.wanted = Wanted {
                    entered: *entered,
                    ..Wanted::default()
                };
                self.ask_next()
            }
            Command::FewAnyway => {
                self.wanted.few_anyway = true;
                self.ask_next()
            }
            Command::Feel(feeling) => {
                let sealed = Kind::Sealed {
                    felt: Some(*feeling),
                    coded: false,
                };
                self.show(View::List(List::new(sealed, &self.s)), now);
                None
            }
            Command::Survey(place) => {
                self.wanted.survey = Some(*place);
                self.ask_next()
            }
            Command::Site(place) => {
                self.wanted.site = Some(*place);
                self.ask_next()
            }
            Command::Letter(place) => {
                self.wanted.letter = Some(*place);
                self.ask_next()
            }
            Command::Group(group) => {
                self.wanted.group = Some(*group);
                self.ask_next()
            }
            Command::Resume(place) => self.resume(*place),
            Command::Language(language) => self.change_language(*language),
            Command::Prefer(preference) => Some(self.prefer(*preference)),
            Command::Decided => {
                self.status = Some(self.s.texts.settings.decided.clone());
                None
            }
            Command::First(preference) => self.first_answer(*preference, now),
            Command::Back => self.first_back(now),
            Command::Found => Some(self.found(Ask::Begin(Vec::new()))),
            Command::Deed(deed) => self.deed(deed, now),
            Command::HandOver => {
                let places = View::List(List::new(Kind::HandOver, &self.s));
                self.layers.push((None, places));
                None
            }
            Command::AskFolder => {
                self.layers.push((None, View::Prompt(Prompt::new(Asked::Folder))));
                None
            }
            Command::HandOverTo(folder) => Some(Effect::HandOver(folder.clone())),
            Command::ClearConfirmed(folder) => Some(Effect::Clear(folder.clone())),
            _ => None,
        }
    }

    /// Opens a draft, or asks for what opens it.
    pub(super) fn resume(&mut self, place: usize) -> Option<Effect> {
        let draft = self.s.desk.drafts.get(place)?.clone();
        if self.s.desk.draft_secret == DraftSecret::Nothing {
            return Some(Effect::Resume { draft, secret: None });
        }
        let prompt = View::Prompt(Prompt::new(Asked::Secret(place)));
        self.layers.push((None, prompt));
        None
    }

    fn perform_in_interview(&mut self, command: &Command) -> Option<Effect> {
        self.s.interview.as_ref()?;
        match command {
            // What is chosen in the menu is done on the question below it.
            Command::Back | Command::Skip | Command::Next | Command::AnswerAlone
                if !self.layers.is_empty() =>
            {
                self.layers.clear();
                let s = &self.s;
                match self.base.take(command, s) {
                    crate::tui::view::Reaction::Do(command) => self.perform_in_interview(&command),
                    crate::tui::view::Reaction::Steps(steps) => Some(Effect::Steps(steps)),
                    _ => None,
                }
            }
            Command::Next => self.step(Action::Next),
            Command::Back => {
                self.gathering.clear();
                self.step(Action::Back)
            }
            Command::Skip => self.step(Action::Skip),
            Command::Gather => {
                self.gathering = self.s.interview.as_ref().map(Interview::left).unwrap_or_default();
                let first = self.gathering.first()?.clone();
                self.layers.clear();
                Some(Effect::Steps(vec![Action::GoTo(first)]))
            }
            Command::GoTo(question) => {
                self.gathering.clear();
                let mut steps = self.leave_steps();
                steps.push(Action::GoTo(question.clone()));
                self.layers.clear();
                Some(Effect::Steps(steps))
            }
            Command::Age(band) => self.step(Action::AgeBand(band.code.clone())),
            Command::Guardian(exists) => self.step(Action::Guardian(*exists)),
            Command::Agree(given) => {
                let interview = self.s.interview.as_ref()?;
                let Position::Point(place) = interview.position() else {
                    return None;
                };
                let point = interview.survey().parts().consent.points.get(*place)?.id.clone();
                self.step(Action::Consent { point, given: *given })
            }
            Command::Confirm(question, check) => {
                self.layers.clear();
                let confirm = Action::Confirm {
                    question: question.clone(),
                    check: *check,
                };
                Some(Effect::Steps(vec![confirm, Action::Next]))
            }
            Command::Missing(kind) => self.missing_and_on(*kind),
            Command::Hold => {
                self.gathering.clear();
                self.step(Action::Hold)
            }
            Command::Unhold => self.step(Action::Resume),
            Command::StopAndUse => {
                self.gathering.clear();
                self.step(Action::StopAndUse)
            }
            Command::Seal if self.s.practice => self.step(Action::Finish),
            Command::Seal => Some(Effect::Seal),
            Command::Undo => self.step_back(Action::Undo),
            Command::Redo => self.step_back(Action::Redo),
            _ => None,
        }
    }

    /// One step, after what is typed is settled.
    fn step(&mut self, step: Action) -> Option<Effect> {
        let step = self.going_on_anyway(step);
        let mut steps = self.leave_steps();
        steps.push(step);
        Some(Effect::Steps(steps))
    }

    fn step_back(&mut self, step: Action) -> Option<Effect> {
        // Try it on a copy first: then it can be said what it changes.
        let before = self.s.interview.clone()?;
        let mut after = before.clone();
        let (says, nothing) = if step == Action::Undo {
            (&self.s.t().undone, &self.s.texts.refusal.nothing_to_undo)
        } else {
            (&self.s.t().redone, &self.s.texts.refusal.nothing_to_redo)
        };
        let (says, nothing) = (says.clone(), nothing.clone());
        match after.apply(&step) {
            Ok(()) => {
                self.covering = true;
                self.s.interview = Some(after);
                self.status = self.undone_words(&before, &says);
                self.s.interview = Some(before);
                Some(Effect::Steps(vec![step]))
            }
            Err(_) => {
                self.status = Some(nothing);
                None
            }
        }
    }

    /// The friendly stop's second way on: this reason stands for all that is open here.
    fn missing_and_on(&mut self, kind: Missing) -> Option<Effect> {
        let interview = self.s.interview.as_ref()?;
        let question = interview.current_question()?.clone();
        let by_self = interview
            .survey()
            .question(&question)
            .is_some_and(|question| question.self_answer);
        let mut steps: Vec<Action> = interview
            .items_asked(&question)
            .iter()
            .map(crate::domain::survey::Item::key)
            .filter(|item| {
                interview
                    .response(item)
                    .is_none_or(|r: &Response| r.missing() == Some(Missing::Skipped))
            })
            .map(|item| Action::Missing { item, kind, by_self })
            .collect();
        steps.push(Action::Next);
        self.layers.clear();
        Some(Effect::Steps(steps))
    }

    /// Steps that keep what is typed, when there is something.
    pub(super) fn keep(&mut self) -> Option<Effect> {
        self.typed_at = None;
        self.keep_half();
        if let Some(note) = self.founding_note() {
            return Some(note);
        }
        let steps = self.last_steps();
        (!steps.is_empty()).then_some(Effect::Steps(steps))
    }

    pub(super) fn leave_steps(&mut self) -> Vec<Action> {
        self.typed_at = None;
        let mut steps = match self.layers.last_mut() {
            Some((_, top)) => top.keep(&self.s),
            None => Vec::new(),
        };
        if self.s.interview.is_some() {
            steps.extend(self.base.leave(&self.s));
        }
        steps
    }

    fn close(&mut self) -> Option<Effect> {
        if !self.keep_office() {
            return None;
        }
        let steps = self.keep();
        let closed = self.layers.pop();
        if matches!(closed, Some((_, View::Coordinator(_)))) {
            // What was said there is not about what lies below.
            self.status = None;
            if self.begins_anew {
                self.exit = Some(Exit::Anew);
            }
        }
        if self.layers.is_empty() && self.s.interview.is_none() {
            // Practice that was wanted and not begun.
            self.s.practice = false;
        }
        let elsewhere = !matches!(closed, Some((Some(Open::Menu | Open::Help | Open::Card), _)));
        if let View::Asking(asking) = &mut self.base
            && elsewhere
            && self.layers.is_empty()
        {
            asking.cover(&self.s);
        }
        steps.or_else(|| self.below_written(closed.as_ref().map(|(_, view)| view)))
    }

    fn quit(&mut self, now: Moment) -> Option<Effect> {
        let twice = self
            .quit_asked
            .is_some_and(|asked| now.since_start < asked + super::TWICE);
        if twice {
            self.exit = Some(Exit::Interrupted);
            return Some(Effect::Leave(self.leave_steps()));
        }
        self.quit_asked = Some(now.since_start);
        let t = self.s.t();
        let quit = key_name(Key::Ctrl('c'), &t.key);
        let says = match (&self.s.saved, self.s.practice) {
            (Saved::Failed(_), _) => &t.quit_unsaved,
            (_, true) => &t.quit_practice,
            (Saved::Nothing, false) => &t.quit_plain,
            (Saved::Saving, false) => &t.quit_saving,
            (Saved::Safe, false) => &t.quit_saved,
        };
        self.status = Some(fill(says, &[("quit", &quit)]));
        self.keep()
    }

    /// Enter in a prompt.
    fn submit(&mut self) -> Option<Effect> {
        let Some((_, View::Prompt(prompt))) = self.layers.last_mut() else {
            return None;
        };
        let typed = prompt.typed();
        let t = &self.s.texts.interview;
        match prompt.asked() {
            Asked::Secret(place) => {
                let draft = self.s.desk.drafts.get(place)?.clone();
                if typed.is_empty() {
                    let says = match self.s.desk.draft_secret {
                        DraftSecret::LaptopCode => &self.s.texts.handover.screen.code_empty,
                        DraftSecret::Passphrase | DraftSecret::Nothing => &t.prompt.secret_empty,
                    };
                    prompt.set_error(says.clone());
                    return None;
                }
                self.status = Some(t.opening.clone());
                Some(Effect::Resume {
                    draft,
                    secret: Some(typed),
                })
            }
            Asked::People => match typed
                .parse::<u16>()
                .ok()
                .filter(|people| (2..=500).contains(people))
            {
                Some(people) => {
                    self.wanted.people = Some(people);
                    self.ask_next()
                }
                None => {
                    prompt.set_error(t.prompt.people_wrong.clone());
                    None
                }
            },
            Asked::Folder if typed.is_empty() => {
                prompt.set_error(self.s.texts.handover.screen.folder_empty.clone());
                None
            }
            Asked::Folder => Some(Effect::HandOver(PathBuf::from(typed.as_str()))),
            Asked::NewPin => {
                self.choose_pin(&typed);
                None
            }
            Asked::PinAgain => {
                self.repeat_pin(&typed);
                None
            }
            Asked::DeleteWord => {
                if typed.to_lowercase() == t.prompt.delete_word {
                    return Some(Effect::Delete);
                }
                prompt.set_error(fill(&t.prompt.delete_wrong, &[("word", &t.prompt.delete_word)]));
                None
            }
        }
    }

    /// Speaks another language from now on.
    pub(super) fn speak(&mut self, language: Language) {
        if language != self.s.language()
            && let Ok(texts) = Texts::load(language)
        {
            self.s.texts = texts;
        }
    }
}
