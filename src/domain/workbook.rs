//! The coordinators' own work on what was said: themes, what is tagged with them, quotes and their review, findings
//! and actions.
//!
//! Nothing of an interview is changed. Whatever somebody does is an [`Event`](log::Event), also taking something
//! back; the workbook is what the events of all coordinators come to, in whatever order their files arrive. No event
//! holds a word anybody said in an interview: a quote is a place in an answer, so that words somebody withdraws are
//! gone from the quotes too.
//!
//! `Debug` shows how much there is, never a text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::record::InterviewId;

mod apply;
pub mod finding;
pub mod left;
pub mod log;
pub mod marks;
pub mod quote;
pub mod steps;
pub mod theme;

use finding::{Action, Alteration, Finding, Statement};
use log::{Log, Stamp};
use quote::{Bracket, QuoteMark};
use theme::Theme;

/// One open answer: whose, and to what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnswerRef {
    /// The interview.
    pub interview: InterviewId,
    /// What was asked.
    pub item: ItemKey,
}

/// What the events of a log come to.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    themes: BTreeMap<Id, Theme>,
    tags: BTreeMap<AnswerRef, BTreeMap<Id, BTreeSet<Id>>>,
    gone_through: BTreeMap<AnswerRef, BTreeSet<Id>>,
    quotes: BTreeMap<Stamp, QuoteMark>,
    brackets: BTreeMap<Stamp, Bracket>,
    /// Where the brackets of an answer are: there may be thousands of both.
    bracketed: BTreeMap<AnswerRef, BTreeSet<Stamp>>,
    no_names: BTreeSet<(AnswerRef, quote::Place)>,
    findings: BTreeMap<Stamp, Finding>,
    /// The findings in the order they are told.
    told: Vec<Stamp>,
    statements: BTreeMap<Stamp, Statement>,
    actions: BTreeMap<Stamp, Action>,
    alterations: BTreeMap<Stamp, Alteration>,
    notes: BTreeMap<(Slug, ItemKey), CleanText>,
    batches: Vec<BTreeSet<InterviewId>>,
}

impl Workbook {
    /// Returns the workbook that begins with these themes, the survey's codebook, after everything in a log.
    #[must_use]
    pub fn of(codebook: impl IntoIterator<Item = Theme>, log: &Log) -> Self {
        let themes = codebook.into_iter().map(|theme| (theme.id.clone(), theme));
        let mut workbook = Self {
            themes: themes.collect(),
            ..Self::default()
        };
        for (stamp, change) in log.in_force() {
            workbook.apply(stamp, change);
        }
        workbook
    }

    /// Returns the findings in the order they are told.
    pub fn findings(&self) -> impl Iterator<Item = (&Stamp, &Finding)> {
        self.told
            .iter()
            .filter_map(|told| self.findings.get_key_value(told))
    }

    /// Returns a finding.
    #[must_use]
    pub fn finding(&self, finding: &Stamp) -> Option<&Finding> {
        self.findings.get(finding)
    }

    /// Returns what was said at dialogue conferences, oldest first.
    pub fn statements(&self) -> impl Iterator<Item = (&Stamp, &Statement)> {
        self.statements.iter()
    }

    /// Returns the actions, oldest first.
    pub fn actions(&self) -> impl Iterator<Item = (&Stamp, &Action)> {
        self.actions.iter()
    }

    /// Returns what else was changed between rounds, oldest first.
    pub fn alterations(&self) -> impl Iterator<Item = (&Stamp, &Alteration)> {
        self.alterations.iter()
    }

    /// Returns what was noted about the figures of a question in a round.
    #[must_use]
    pub fn note(&self, round: &Slug, item: &ItemKey) -> Option<&CleanText> {
        self.notes.get(&(round.clone(), item.clone()))
    }

    /// Returns the interviews in the order they came in, as far as anybody coded since: those that came together stand
    /// together.
    #[must_use]
    pub fn batches(&self) -> &[BTreeSet<InterviewId>] {
        &self.batches
    }
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Workbook({} themes, {} answers, {} quotes, {} findings, {} actions)",
            self.themes.len(),
            self.tags.len(),
            self.quotes.len(),
            self.findings.len(),
            self.actions.len(),
        )
    }
}
