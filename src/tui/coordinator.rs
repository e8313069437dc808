//! The coordinator's screens: how far the evaluation has come, what may be shown, rounds, reports, deliveries, surveys.
//!
//! Everything on them is planning data or printed values ([`Published`]); no screen can see a count that is not printed.
//! What is done beside the screens goes through [`Office`], behind which the same commands stand as on the command line.

use std::sync::Arc;

use crate::domain::id::Id;
use crate::domain::workbook::log::Change;
use crate::fieldwork::workbench::Workbench;
use crate::texts::fill;

use super::command::Command;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, key_name};
use super::page::Page;
use super::situation::Situation;
use super::view::Reaction;

pub mod checklist;
pub mod coding;
pub mod collect;
mod deed;
pub mod findings;
pub mod form;
pub mod gate;
pub mod ledger;
pub mod marks;
mod office;
pub mod overview;
pub mod pane;
pub mod pending;
pub mod release;
pub mod report;
pub mod results;
pub mod rounds;
pub mod surveys;
mod task;
pub mod told;
pub mod upkeep;

pub use deed::{Deed, Place};
pub use task::Task;

pub use office::{Ask, Done, Door, Heard, Office, Opened, Portion, Shown};

use checklist::Checklist;
use coding::Coding;
use collect::Collect;
use findings::Findings;
use form::Form;
use gate::Gate;
use ledger::LedgerList;
use marks::Marks;
use overview::Overview;
use pending::Pending;
use release::Release;
use report::Report;
use results::Results;
use rounds::Rounds;
use surveys::Surveys;
use told::Told;
use upkeep::Upkeep;

/// What is known of the coordinator's things here.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whether there are any, and what opens them.
    pub door: Option<Door>,
    /// Whether the coordinator's screens are open and not the start screen.
    pub is_in: bool,
    /// The evaluation, once it is open.
    pub opened: Option<Arc<Opened>>,
    /// What was shown, once it was looked for.
    pub shown: Option<Arc<Shown>>,
    /// Who codes, once somebody else than the owner of the key was named.
    pub coder: Option<Id>,
}

/// One of the coordinator's screens.
pub enum Screen {
    /// The passphrase.
    Gate(Gate),
    /// How far it has come.
    Overview(Overview),
    /// What has to be settled.
    Checklist(Checklist),
    /// A text to read.
    Told(Told),
    /// What was shown.
    Results(Box<Results>),
    /// Rounds, sites, perspectives.
    Rounds(Rounds),
    /// What can be shown next.
    Release(Release),
    /// Everything that was shown.
    Ledger(Box<LedgerList>),
    /// The report.
    Report(Box<Report>),
    /// Bringing in deliveries.
    Collect(Collect),
    /// Surveys that are written.
    Surveys(Box<Surveys>),
    /// Open answers.
    Coding(Box<Coding>),
    /// Findings and actions.
    Findings(Box<Findings>),
    /// What was changed between rounds.
    Marks(Box<Marks>),
    /// Laptops, or copies, coordinators, withdrawal and the end.
    Upkeep(Upkeep),
    /// What waits to be decided.
    Pending(Pending),
    /// Something to fill in.
    Form(Box<Form>),
}

impl Screen {
    /// Returns what kind of screen it is.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Gate(_) => "passphrase",
            Self::Overview(_) => "coordinator",
            Self::Checklist(_) => "checklist",
            Self::Told(_) => "explanation",
            Self::Results(_) => "browser",
            Self::Rounds(_) => "rounds",
            Self::Release(_) => "release",
            Self::Ledger(_) => "ledger",
            Self::Report(_) => "report",
            Self::Collect(_) => "collect",
            Self::Surveys(_) => "surveys",
            Self::Coding(_) => "coding",
            Self::Findings(_) => "findings",
            Self::Marks(_) => "marks",
            Self::Upkeep(_) => "upkeep",
            Self::Pending(_) => "pending",
            Self::Form(_) => "form",
        }
    }

    /// Returns what stands in row 1.
    #[must_use]
    pub fn heading(&self, s: &Situation) -> String {
        match self {
            Self::Gate(_) => s.texts.coordinator.entry.clone(),
            Self::Overview(_) => overview::heading(s),
            Self::Checklist(_) => s.texts.coordinator.checklist.title.clone(),
            Self::Told(told) => told.heading.clone(),
            Self::Results(results) => results.heading(s),
            Self::Rounds(rounds) => rounds.heading(s),
            Self::Release(_) => s.texts.coordinator.release.title.clone(),
            Self::Ledger(_) => s.texts.coordinator.ledger.title.clone(),
            Self::Report(report) => report.heading(s),
            Self::Collect(_) => s.texts.coordinator.collect.title.clone(),
            Self::Surveys(surveys) => surveys.heading(s),
            Self::Coding(coding) => coding.heading(s),
            Self::Findings(findings) => findings.heading(s),
            Self::Marks(_) => s.texts.coordinator.marks.title.clone(),
            Self::Upkeep(upkeep) => upkeep.heading(s),
            Self::Pending(pending) => pending.heading(s),
            Self::Form(form) => form.heading(s),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        match self {
            Self::Gate(_) => Gate::table(s),
            Self::Overview(overview) => overview.table(s),
            Self::Checklist(list) => list.table(s),
            Self::Told(told) => told.table(s),
            Self::Results(results) => results.table(s),
            Self::Rounds(rounds) => rounds.table(s),
            Self::Release(release) => release.table(s),
            Self::Ledger(list) => list.table(s),
            Self::Report(report) => report.table(s),
            Self::Collect(collect) => collect.table(s),
            Self::Surveys(surveys) => surveys.table(s),
            Self::Coding(coding) => coding.table(s),
            Self::Findings(findings) => findings.table(s),
            Self::Marks(marks) => marks.table(s),
            Self::Upkeep(upkeep) => upkeep.table(s),
            Self::Pending(pending) => pending.table(s),
            Self::Form(form) => form.table(s),
        }
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        match self {
            Self::Gate(gate) => gate.page(s, width),
            Self::Overview(overview) => overview.page(s, width, height),
            Self::Checklist(list) => list.page(s, width, height),
            Self::Told(told) => told.page(s, width, height),
            Self::Results(results) => results.page(s, width, height),
            Self::Rounds(rounds) => rounds.page(s, width, height),
            Self::Release(release) => release.page(s, width, height),
            Self::Ledger(list) => list.page(s, width, height),
            Self::Report(report) => report.page(s, width, height),
            Self::Collect(collect) => collect.page(s, width),
            Self::Surveys(surveys) => surveys.page(s, width, height),
            Self::Coding(coding) => coding.page(s, width, height),
            Self::Findings(findings) => findings.page(s, width, height),
            Self::Marks(marks) => marks.page(s, width, height),
            Self::Upkeep(upkeep) => upkeep.page(s, width, height),
            Self::Pending(pending) => pending.page(s, width, height),
            Self::Form(form) => form.page(s, width),
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        match self {
            Self::Gate(gate) => gate.take(command, s),
            Self::Overview(overview) => overview.take(command, s),
            Self::Checklist(list) => list.take(command, s),
            Self::Told(told) => told.take(command, s),
            Self::Results(results) => results.take(command, s),
            Self::Rounds(rounds) => rounds.take(command, s),
            Self::Release(release) => release.take(command, s),
            Self::Ledger(list) => list.take(command, s),
            Self::Report(report) => report.take(command, s),
            Self::Collect(collect) => collect.take(command, s),
            Self::Surveys(surveys) => surveys.take(command, s),
            Self::Coding(coding) => coding.take(command, s),
            Self::Findings(findings) => findings.take(command, s),
            Self::Marks(marks) => marks.take(command, s),
            Self::Upkeep(upkeep) => upkeep.take(command, s),
            Self::Pending(pending) => pending.take(command, s),
            Self::Form(form) => form.take(command, s),
        }
    }

    /// Returns the field being typed in.
    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        match self {
            Self::Gate(gate) => Some(gate.field()),
            Self::Results(results) => results.typing(),
            Self::Checklist(list) => list.typing(),
            Self::Collect(collect) => collect.typing(),
            Self::Coding(coding) => coding.typing(),
            Self::Ledger(list) => list.typing(),
            Self::Findings(findings) => findings.typing(),
            Self::Marks(marks) => marks.typing(),
            Self::Form(form) => form.typing(),
            Self::Report(report) => report.typing(),
            Self::Overview(_)
            | Self::Told(_)
            | Self::Rounds(_)
            | Self::Release(_)
            | Self::Surveys(_)
            | Self::Pending(_)
            | Self::Upkeep(_) => None,
        }
    }

    /// Looks at what was pasted as at what was typed.
    pub(super) fn was_pasted_into(&mut self) {
        match self {
            Self::Collect(collect) => collect.was_pasted_into(),
            Self::Coding(coding) => coding.was_pasted_into(),
            _ => {}
        }
    }

    /// Returns whether everything that was done on it is kept.
    pub(super) fn is_kept(&mut self) -> bool {
        match self {
            Self::Coding(coding) => coding.is_kept(),
            Self::Findings(findings) => findings.is_kept(),
            Self::Marks(marks) => marks.is_kept(),
            _ => true,
        }
    }

    /// Returns whether keys that were typed before it came may act on it: everything they do is seen and can be taken
    /// back.
    pub(super) const fn takes_what_was_typed_early(&self) -> bool {
        !matches!(self, Self::Told(_) | Self::Release(_) | Self::Form(_))
    }

    /// Returns whether it is on a wall, in large letters.
    pub(super) fn is_conference(&self) -> bool {
        matches!(self, Self::Findings(findings) if findings.is_conference())
    }

    /// Returns whether it uses all of a wide window.
    #[must_use]
    pub const fn is_wide(&self) -> bool {
        !matches!(
            self,
            Self::Gate(_)
                | Self::Checklist(_)
                | Self::Told(_)
                | Self::Release(_)
                | Self::Ledger(_)
                | Self::Collect(_)
                | Self::Marks(_)
                | Self::Upkeep(_)
                | Self::Pending(_)
                | Self::Form(_)
        )
    }
}

/// Adds the keys that every one of these screens has. `at_bottom`: it lies over no other.
fn usual_keys(table: &mut Vec<Binding>, at_bottom: bool, s: &Situation) {
    let hint = &s.t().hint;
    let help = Command::Open(super::command::Open::Help);
    table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 0));
    let (esc, says) = if at_bottom {
        (Command::Up, &hint.menu)
    } else {
        (Command::Close, &hint.back)
    };
    table.push(Binding::new(Keys::One(Key::Esc), esc, says, 0));
}

fn letter(letter: &str) -> Keys {
    Keys::Letter(letter.to_owned())
}

/// Takes back the last thing that was done in the workbook, or does it again, and says what it was: it may have been done
/// on another screen, or another day.
fn undo(bench: &mut Workbench, back: bool, s: &Situation) -> Reaction {
    let words = &s.texts.coordinator.undone;
    let before = bench.last_step().cloned();
    let done = if back { bench.undo() } else { bench.redo() };
    let step = if back { before } else { bench.last_step().cloned() };
    let Some(step) = step.filter(|_| done) else {
        return Reaction::Say(s.texts.refusal.nothing_to_undo.clone());
    };
    let what = match step {
        Change::Tag { .. } | Change::Untag { .. } => &words.tag,
        Change::Theme { .. }
        | Change::ThemeName { .. }
        | Change::ThemeMemo { .. }
        | Change::ThemeUnder { .. }
        | Change::ThemeMerged { .. }
        | Change::ThemeSplit { .. }
        | Change::ThemeDropped { .. } => &words.theme,
        Change::Quote { .. }
        | Change::QuoteTheme { .. }
        | Change::QuoteWords { .. }
        | Change::QuoteDropped { .. }
        | Change::QuoteReviewed { .. } => &words.quote,
        Change::Bracket { .. } | Change::BracketDropped { .. } | Change::NoName { .. } => &words.word,
        Change::Action { .. }
        | Change::ActionText { .. }
        | Change::ActionStatus { .. }
        | Change::ActionDropped { .. } => &words.action,
        Change::ActionMarked { .. } | Change::Altered { .. } | Change::AlterationDropped { .. } => {
            &words.mark
        }
        _ => &words.finding,
    };
    let says = if back { &words.undone } else { &words.redone };
    Reaction::Say(fill(says, &[("what", what)]))
}

/// Returns what is said after something that can be taken back.
fn undo_words(words: &str, s: &Situation) -> String {
    let undo = key_name(Key::Ctrl('z'), &s.t().key);
    fill(words, &[("undo", &undo)])
}
