//! Findings, the dialogue conference, and actions at the workbench.

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::workbook::finding::{Action, ActionStatus, Finding, Standing, Statement};
use crate::domain::workbook::log::{Change, Stamp};

use super::Workbench;

/// A finding to be written.
#[derive(Clone, Debug, Default)]
pub struct NewFinding {
    /// What was found.
    pub text: CleanText,
    /// The dimension it is about.
    pub dimension: Option<Id>,
    /// Who it is for.
    pub addressee: CleanText,
    /// The questions whose figures stand beside it.
    pub items: Vec<ItemKey>,
    /// The themes whose quotes stand beside it.
    pub themes: Vec<Id>,
}

/// An action to be promised.
#[derive(Clone, Debug, Default)]
pub struct NewAction {
    /// The finding it follows from.
    pub finding: Option<Stamp>,
    /// What.
    pub text: CleanText,
    /// Who.
    pub owner: CleanText,
    /// By when.
    pub due: Option<Date>,
}

impl Workbench {
    /// Returns the findings of a round in the order they are told.
    pub fn findings_of(&self, round: &Slug) -> impl Iterator<Item = (&Stamp, &Finding)> {
        self.book()
            .findings()
            .filter(move |(_, finding)| finding.round == *round)
    }

    /// Returns what was said at the conference of a round.
    pub fn statements_of(&self, round: &Slug) -> impl Iterator<Item = (&Stamp, &Statement)> {
        self.book()
            .statements()
            .filter(move |(_, said)| said.round == *round)
    }

    /// Returns the actions promised in a round.
    pub fn actions_of(&self, round: &Slug) -> impl Iterator<Item = (&Stamp, &Action)> {
        self.book()
            .actions()
            .filter(move |(_, action)| action.round == *round)
    }

    /// Returns the actions of earlier rounds: what the next one follows up.
    pub fn carried(&self) -> impl Iterator<Item = (&Stamp, &Action)> {
        let open = self.round();
        self.book()
            .actions()
            .filter(move |(_, action)| Some(&action.round) != open)
    }

    /// Writes a finding of the open round. Nothing where there is no word in it.
    pub fn write_finding(&mut self, new: NewFinding) -> Option<Stamp> {
        let round = self.round()?.clone();
        if new.text.is_blank() {
            return None;
        }
        Some(self.does(Change::Finding {
            round,
            text: new.text,
            dimension: new.dimension,
            addressee: new.addressee,
            items: new.items,
            themes: new.themes,
        }))
    }

    /// Puts a finding in other words.
    pub fn reword_finding(&mut self, finding: &Stamp, text: CleanText) {
        let finding = finding.clone();
        self.does(Change::FindingText { finding, text });
    }

    /// Says what a finding is about: its dimension, the figures and the quotes beside it.
    pub fn finding_is_about(
        &mut self,
        finding: &Stamp,
        dimension: Option<Id>,
        items: Vec<ItemKey>,
        themes: Vec<Id>,
    ) {
        let finding = finding.clone();
        self.does(Change::FindingAbout {
            finding,
            dimension,
            items,
            themes,
        });
    }

    /// Says who a finding is for.
    pub fn finding_is_for(&mut self, finding: &Stamp, addressee: CleanText) {
        let finding = finding.clone();
        self.does(Change::FindingAddressee { finding, addressee });
    }

    /// Tells a finding before another one, or last.
    pub fn tell_before(&mut self, finding: &Stamp, before: Option<Stamp>) {
        let finding = finding.clone();
        self.does(Change::FindingBefore { finding, before });
    }

    /// Says what the dialogue conference made of a finding.
    pub fn finding_stands(&mut self, finding: &Stamp, standing: Standing) {
        let finding = finding.clone();
        self.does(Change::FindingStanding { finding, standing });
    }

    /// Writes what the service answers.
    pub fn service_answers(&mut self, finding: &Stamp, answer: CleanText) {
        let finding = finding.clone();
        self.does(Change::FindingAnswer { finding, answer });
    }

    /// Drops a finding.
    pub fn drop_finding(&mut self, finding: &Stamp) {
        let finding = finding.clone();
        self.does(Change::FindingDropped { finding });
    }

    /// Writes down what was said at the dialogue conference, by nobody in particular.
    pub fn was_said(&mut self, finding: Option<Stamp>, text: CleanText) -> Option<Stamp> {
        let round = self.round()?.clone();
        (!text.is_blank()).then(|| self.does(Change::Statement { round, finding, text }))
    }

    /// Takes away what was not said.
    pub fn was_not_said(&mut self, statement: &Stamp) {
        let statement = statement.clone();
        self.does(Change::StatementDropped { statement });
    }

    /// Notes something about the figures of a question in the open round; nothing takes the note away.
    pub fn note_figures(&mut self, item: &ItemKey, text: CleanText) -> Option<Stamp> {
        let round = self.round()?.clone();
        let item = item.clone();
        Some(self.does(Change::Note { round, item, text }))
    }

    /// Promises an action.
    pub fn promise(&mut self, new: NewAction) -> Option<Stamp> {
        let round = self.round()?.clone();
        if new.text.is_blank() {
            return None;
        }
        Some(self.does(Change::Action {
            round,
            finding: new.finding,
            text: new.text,
            owner: new.owner,
            due: new.due,
        }))
    }

    /// Puts an action in other words, gives it to somebody else, or another day.
    pub fn change_action(&mut self, action: &Stamp, text: CleanText, owner: CleanText, due: Option<Date>) {
        let action = action.clone();
        self.does(Change::ActionText {
            action,
            text,
            owner,
            due,
        });
    }

    /// Says how far an action has come.
    pub fn action_has_come(&mut self, action: &Stamp, status: ActionStatus) {
        let action = action.clone();
        self.does(Change::ActionStatus { action, status });
    }

    /// Drops an action.
    pub fn drop_action(&mut self, action: &Stamp) {
        let action = action.clone();
        self.does(Change::ActionDropped { action });
    }

    /// Marks an action that was done where rounds stand side by side, or takes the mark away.
    pub fn mark_action(&mut self, action: &Stamp, marked: bool) {
        let action = action.clone();
        self.does(Change::ActionMarked { action, marked });
    }

    /// Notes that something else was changed after a round. Nothing where there is no word in it.
    pub fn was_altered(&mut self, round: &Slug, text: CleanText, day: Option<Date>) -> Option<Stamp> {
        let round = round.clone();
        (!text.is_blank()).then(|| self.does(Change::Altered { round, text, day }))
    }

    /// Takes away what was not changed after all.
    pub fn was_not_altered(&mut self, alteration: &Stamp) {
        let alteration = alteration.clone();
        self.does(Change::AlterationDropped { alteration });
    }
}
