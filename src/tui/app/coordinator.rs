//! The coordinator's screens in the program: the overview at the bottom, the others over it.

use std::sync::Arc;

use crate::domain::word_code::LaptopCode;
use crate::tui::command::{Moment, Open};
use crate::tui::coordinator::checklist::Checklist;
use crate::tui::coordinator::coding::Coding;
use crate::tui::coordinator::collect::Collect;
use crate::tui::coordinator::findings::Findings;
use crate::tui::coordinator::form::{Form, What};
use crate::tui::coordinator::gate::Gate;
use crate::tui::coordinator::ledger::LedgerList;
use crate::tui::coordinator::marks::Marks;
use crate::tui::coordinator::overview::Overview;
use crate::tui::coordinator::pending::Pending;
use crate::tui::coordinator::release::Release;
use crate::tui::coordinator::report::Report;
use crate::tui::coordinator::rounds::Rounds;
use crate::tui::coordinator::surveys::Surveys;
use crate::tui::coordinator::told::{Paragraph, Told};
use crate::tui::coordinator::upkeep::Upkeep;
use crate::tui::coordinator::{Ask, Deed, Done, Door, Heard, Opened, Place, Screen};
use crate::tui::effect::Effect;
use crate::tui::list::{Kind, List};
use crate::tui::view::View;

use super::App;

impl App {
    /// Asks for something.
    pub(super) fn coordinate(&mut self, ask: Ask) -> Effect {
        // What opens elsewhere says nothing here.
        if !matches!(ask, Ask::OpenOutside(_)) {
            self.status = Some(self.s.texts.coordinator.working.clone());
        }
        Effect::Coordinate(ask, self.s.language())
    }

    /// Goes to the coordinator's screens: to the overview, or first to what opens it.
    pub(super) fn enter_office(&mut self, now: Moment) -> Option<Effect> {
        let door = self.s.coordinator.door.filter(|door| door.is_coordinators())?;
        if door == Door::NoKey {
            return self.go_to_place(Place::Keys, now);
        }
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
            Deed::TryQuestion => self.try_question(),
            Deed::Fill(what) => {
                let form = match (what, self.s.coordinator.opened.clone()) {
                    (what, Some(opened)) => Form::new(what.clone(), &opened, &self.s),
                    (
                        What::Restore
                        | What::Install
                        | What::Recover
                        | What::TakeKit
                        | What::Words
                        | What::Wipe,
                        None,
                    ) => Form::before_opening(what.clone(), &self.s),
                    _ => return None,
                };
                self.lay(Screen::Form(Box::new(form)), now);
                None
            }
            // What a screen did not take is for none.
            _ => None,
        }
    }

    fn go_to_place(&mut self, place: Place, now: Moment) -> Option<Effect> {
        let unopened = match place {
            Place::Keys => Some(Upkeep::of_keys()),
            Place::OwnLaptop => Some(Upkeep::of_own_laptop()),
            _ => None,
        };
        if let Some(list) = unopened {
            self.lay(Screen::Upkeep(list), now);
            return None;
        }
        let opened = self.s.coordinator.opened.clone()?;
        let is_shown = opened.standing.surveys.iter().any(|survey| survey.states > 0);
        match place {
            // Where nothing was shown yet, there is nothing to browse: what could be shown comes first.
            Place::Results | Place::Report if !is_shown => self.go_to_place(Place::Release, now),
            Place::Results => {
                self.lay(Screen::Results(Box::default()), now);
                self.with_results()
            }
            Place::Rounds => {
                self.lay(Screen::Rounds(Rounds::new()), now);
                self.with_results()
            }
            Place::Report => {
                let report = Report::new(&self.s);
                self.lay(Screen::Report(Box::new(report)), now);
                self.with_results()
            }
            Place::Release => {
                self.lay(Screen::Release(Release::default()), now);
                Some(self.coordinate(Ask::Offer(None)))
            }
            Place::Coding | Place::Findings | Place::Marks => {
                let coder = self.s.coordinator.coder.clone();
                Some(self.coordinate(Ask::Bench(place, coder)))
            }
            Place::Surveys => {
                self.lay(Screen::Surveys(Box::default()), now);
                Some(self.coordinate(Ask::Surveys))
            }
            Place::Collect => {
                let sticks = self.s.desk.sticks.len();
                self.lay(Screen::Collect(Collect::new(sticks)), now);
                None
            }
            Place::Checklist => {
                self.lay(Screen::Checklist(Checklist::default()), now);
                None
            }
            Place::Laptops => {
                self.lay(Screen::Upkeep(Upkeep::of_laptops()), now);
                None
            }
            Place::Drafts | Place::Changes => Some(self.coordinate(Ask::Waiting(place))),
            Place::Upkeep | Place::Keys | Place::OwnLaptop => {
                self.lay(Screen::Upkeep(Upkeep::of_evaluation()), now);
                None
            }
        }
    }

    /// Looks for what was shown, where that was not done yet.
    fn with_results(&mut self) -> Option<Effect> {
        let is_known = self.s.coordinator.shown.is_some();
        (!is_known).then(|| self.coordinate(Ask::Results))
    }

    fn lay(&mut self, lower: Screen, now: Moment) {
        self.layers.push((None, screen(lower)));
        self.page_changed = now.since_start;
    }

    /// What was done on a screen is on the disk before it closes. Says where it is not.
    pub(super) fn keep_office(&mut self) -> bool {
        let top = top_screen(&mut self.layers);
        let writes = matches!(top, Some(Screen::Coding(_) | Screen::Findings(_)));
        let left = match &top {
            Some(Screen::Coding(coding)) => Some(coding.left(self.s.today)),
            Some(Screen::Findings(findings)) => Some(findings.left(self.s.today)),
            _ => None,
        };
        let is_kept = top.is_none_or(Screen::is_kept);
        if writes && is_kept {
            // A report holds what was written there: it is read again.
            self.s.coordinator.shown = None;
        }
        if let (Some(left), Some(opened)) = (left, &mut self.s.coordinator.opened) {
            Arc::make_mut(opened).standing.note_left(left);
        }
        if !is_kept {
            self.status = Some(self.s.texts.coordinator.not_kept.clone());
        }
        is_kept
    }

    /// Looks again at what was shown, where something was closed that the screen below tells of.
    pub(super) fn below_written(&mut self, closed: Option<&View>) -> Option<Effect> {
        let marks = matches!(closed, Some(View::Coordinator(shown)) if matches!(**shown, Screen::Marks(_)));
        let report = self.s.coordinator.shown.is_none()
            && matches!(top_screen(&mut self.layers), Some(Screen::Report(_)));
        (marks || report).then(|| self.coordinate(Ask::Results))
    }

    /// Keeps what is half typed in the workbook.
    pub(super) fn keep_half(&mut self) {
        match top_screen(&mut self.layers) {
            Some(Screen::Coding(coding)) => coding.keep_half(),
            Some(Screen::Findings(findings)) => findings.keep_half(),
            Some(Screen::Marks(marks)) => marks.keep_half(),
            _ => {}
        }
    }

    /// Says that something half typed waits.
    fn half_waits(&mut self, is_there: bool) {
        let words = &self.s.texts.coordinator.findings.half_waits;
        self.status = is_there.then(|| words.clone());
    }

    /// A survey that is looked at is checked again when its file changes.
    pub(super) fn follow_survey(&mut self) -> Option<Effect> {
        let Some(Screen::Surveys(surveys)) = top_screen(&mut self.layers) else {
            return None;
        };
        let ask = Ask::Recheck(surveys.followed()?.clone());
        Some(Effect::Coordinate(ask, self.s.language()))
    }

    /// Something was done: what is said of it takes the place of the screen it was asked for on.
    fn done(&mut self, done: Done, code: Option<LaptopCode>, now: Moment) {
        if let Some(opened) = done.opened {
            self.s.coordinator.opened = Some(Arc::new(opened));
            self.s.coordinator.shown = None;
        }
        if let Some(shown) = done.shown {
            self.s.coordinator.shown = Some(Arc::new(shown));
        }
        let words = &self.s.texts.coordinator;
        let heading = match done.place {
            Place::Report => words.report.title.clone(),
            Place::Collect => words.collect.title.clone(),
            Place::Surveys => words.surveys.title.clone(),
            Place::Coding => words.coding.title.clone(),
            Place::Findings => words.findings.title.clone(),
            Place::Laptops => words.upkeep.laptops_title.clone(),
            Place::Upkeep => words.upkeep.title.clone(),
            Place::Keys => words.upkeep.keys_title.clone(),
            Place::OwnLaptop => words.upkeep.own_title.clone(),
            Place::Drafts => words.upkeep.rescue.clone(),
            Place::Changes => words.upkeep.confirm.clone(),
            Place::Release | Place::Results | Place::Rounds | Place::Marks | Place::Checklist => {
                words.release.title.clone()
            }
        };
        let mut said: Vec<Paragraph> = Vec::new();
        if let Some(code) = code {
            said.push(Paragraph::Heading(words.upkeep.kit_code.clone()));
            said.push(Paragraph::Code(code));
            said.push(Paragraph::Text(words.upkeep.kit_code_once.clone()));
        }
        said.extend(done.said.into_iter().map(Paragraph::Text));
        // Whoever is at a survey goes on with it.
        if done.place != Place::Surveys {
            self.layers.pop();
        }
        // What waited is another list now.
        if matches!(top_screen(&mut self.layers), Some(Screen::Pending(_))) {
            self.layers.pop();
        }
        self.lay(Screen::Told(Told::new(heading, said)), now);
    }

    /// The evaluation is over: nothing of it opens any more, and what is left is to read how it ended.
    fn closed(&mut self, said: Vec<String>, now: Moment) {
        let known = &mut self.s.coordinator;
        (known.door, known.opened, known.shown) = (None, None, None);
        known.is_in = false;
        let heading = self.s.texts.coordinator.upkeep.close_title.clone();
        self.show(View::List(List::new(Kind::Home, &self.s)), now);
        let said = said
            .into_iter()
            .map(|line| Paragraph::Marked(String::new(), line))
            .collect();
        self.lay(Screen::Told(Told::new(heading, said)), now);
    }

    /// Takes what came of something.
    pub(super) fn coordinated(&mut self, heard: Heard, now: Moment) -> Option<Effect> {
        self.status = None;
        match heard {
            Heard::Opened(opened) => {
                let round = |opened: &Opened| opened.evaluation.open_round().map(|round| round.id.clone());
                let before = self.s.coordinator.opened.as_deref().and_then(round);
                if before != round(&opened) {
                    self.s.coordinator.shown = None;
                }
                self.s.coordinator.opened = Some(Arc::new(*opened));
                if let Some(Screen::Checklist(list)) = top_screen(&mut self.layers) {
                    list.settled();
                    // The report says what was settled: it is read again.
                    self.s.coordinator.shown = None;
                }
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
            Heard::Results(shown) => {
                self.s.coordinator.shown = Some(Arc::new(*shown));
                let has_half = match top_screen(&mut self.layers) {
                    Some(Screen::Report(report)) => {
                        report.renew(&self.s);
                        false
                    }
                    Some(Screen::Findings(findings)) => findings.has_half(),
                    _ => false,
                };
                self.half_waits(has_half);
            }
            Heard::States(states) => {
                // What could be shown next is another thing once something was found wrong.
                if matches!(top_screen(&mut self.layers), Some(Screen::Release(_))) {
                    self.layers.pop();
                }
                self.lay(Screen::Ledger(Box::new(LedgerList::new(states))), now);
            }
            Heard::Offered(offer) => {
                if let Some(Screen::Release(release)) = top_screen(&mut self.layers) {
                    release.offered(offer);
                }
            }
            Heard::Bench(Place::Findings, bench) => {
                let mut findings = Findings::new(bench);
                if let Some(Screen::Report(report)) = top_screen(&mut self.layers)
                    && let Some(at) = report.looked_for()
                {
                    findings.find(at);
                }
                let has_half = findings.has_half();
                self.lay(Screen::Findings(Box::new(findings)), now);
                let effect = self.with_results();
                if effect.is_none() {
                    self.half_waits(has_half);
                }
                return effect;
            }
            Heard::Bench(Place::Marks, bench) => {
                let marks = Marks::new(bench);
                let has_half = marks.has_half();
                self.lay(Screen::Marks(Box::new(marks)), now);
                self.half_waits(has_half);
            }
            Heard::Bench(_, bench) => {
                // Somebody else codes: their screen takes the place of the one before.
                if matches!(top_screen(&mut self.layers), Some(Screen::Coding(_))) {
                    self.layers.pop();
                    self.s.coordinator.coder = Some(bench.coder().clone());
                }
                let coding = Coding::new(bench);
                let has_half = coding.has_half();
                self.lay(Screen::Coding(Box::new(coding)), now);
                self.half_waits(has_half);
            }
            Heard::Surveys(files) => {
                if let Some(Screen::Surveys(surveys)) = top_screen(&mut self.layers) {
                    surveys.found(files);
                }
            }
            Heard::Checked(checked) => {
                if let Some(Screen::Surveys(surveys)) = top_screen(&mut self.layers) {
                    surveys.checked(*checked);
                }
            }
            Heard::Made(checked, said) => {
                // What it was to be called is filled in over the list.
                if matches!(top_screen(&mut self.layers), Some(Screen::Form(_))) {
                    self.layers.pop();
                }
                if let Some(Screen::Surveys(surveys)) = top_screen(&mut self.layers) {
                    surveys.checked(*checked);
                    self.status = Some(said);
                }
            }
            Heard::Waiting(waiting) => self.lay(Screen::Pending(Pending::new(waiting)), now),
            Heard::Done(done) => self.done(*done, None, now),
            Heard::Kit(done, code) => self.done(*done, Some(code), now),
            Heard::Anew(heading, said) => {
                self.layers.clear();
                let said = said.into_iter().map(Paragraph::Text).collect();
                self.lay(Screen::Told(Told::new(heading, said)), now);
                self.begins_anew = true;
            }
            Heard::Closed(said) => self.closed(said, now),
            Heard::Ready(heading, said) => {
                self.s.coordinator.door = Some(Door::Passphrase);
                self.layers.pop();
                // Where one chose how to open it, there is nothing to choose any more.
                if matches!(top_screen(&mut self.layers), Some(Screen::Upkeep(_))) {
                    self.layers.pop();
                }
                let said = said.into_iter().map(Paragraph::Text).collect();
                self.lay(Screen::Told(Told::new(heading, said)), now);
            }
            Heard::Refused(why) => match top_screen(&mut self.layers) {
                Some(Screen::Form(form)) => form.refused(why),
                _ => self.status = Some(why),
            },
        }
        None
    }
}

/// Returns the surveys, where they lie on top.
pub(super) fn surveys_on_top(layers: &mut [(Option<Open>, View)]) -> Option<&Surveys> {
    match top_screen(layers) {
        Some(Screen::Surveys(surveys)) => Some(surveys),
        _ => None,
    }
}

/// Returns the coordinator's screen that lies on top.
fn top_screen(layers: &mut [(Option<Open>, View)]) -> Option<&mut Screen> {
    match layers.last_mut() {
        Some((_, View::Coordinator(shown))) => Some(shown),
        _ => None,
    }
}

fn screen(screen: Screen) -> View {
    View::Coordinator(Box::new(screen))
}
