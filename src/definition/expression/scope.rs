//! What a condition may look at: the questions so far, and what can be answered to them.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::definition::place::Span;
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::number::Number;

/// Names a condition may use after `background.`.
pub(crate) const BACKGROUND: &[&str] = &["site", "round", "age_band"];

/// Work that may go into finding conditions that can never be true, for a whole file.
const BUDGET: usize = 500_000;

/// Everything a condition may look at.
pub(crate) struct Scope {
    /// Questions asked before, by id.
    known: BTreeMap<Id, Known>,
    /// Every question of the file, and where its id stands.
    pub(crate) everywhere: BTreeMap<String, Span>,
    pub(crate) consent: BTreeSet<Id>,
    budget: Cell<usize>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            everywhere: BTreeMap::new(),
            consent: BTreeSet::new(),
            budget: Cell::new(BUDGET),
        }
    }
}

/// A question that was asked before.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) answer: AnswerKind,
    /// What must be true for it to be asked.
    pub(crate) conditions: Vec<Rc<Guard>>,
}

/// A condition that decides whether something is asked.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    pub(crate) condition: Expression,
    pub(crate) span: Span,
}

/// What can be answered.
#[derive(Clone, Debug)]
pub(crate) enum AnswerKind {
    /// One option of its own.
    Choice(Rc<Codes>),
    /// One level of a scale.
    Level(Rc<Codes>),
    /// Several options.
    Choices(Rc<Codes>),
    /// Options in order.
    Ranking(Rc<Codes>),
    Number {
        min: Option<Number>,
        max: Option<Number>,
    },
    Date,
    Text,
    /// A level of each scale per row.
    Matrix {
        rows: Vec<Id>,
        scales: Vec<(Id, Rc<Codes>)>,
    },
    /// Nothing a condition could look at.
    Nothing,
    /// Not known, because the question has mistakes of its own.
    Unclear,
}

/// Codes that can be chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    entries: Vec<CodeEntry>,
    places: BTreeMap<Id, usize>,
    replaced: BTreeMap<Id, usize>,
    /// By the number each code is written as; empty unless every code is one.
    numbers: BTreeMap<Number, usize>,
}

/// One code.
#[derive(Clone, Debug)]
pub(crate) struct CodeEntry {
    pub(crate) code: Id,
    /// False when retired.
    pub(crate) offered: bool,
    /// Older codes of the same option.
    pub(crate) was: Vec<Id>,
    pub(crate) exclusive: bool,
    /// What a level of a scale counts for.
    pub(crate) value: Option<Number>,
}

impl Codes {
    /// Returns how many codes there are, retired ones too.
    pub(crate) const fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn new(entries: Vec<CodeEntry>) -> Self {
        let mut codes = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            codes.places.entry(entry.code.clone()).or_insert(place);
            for was in &entry.was {
                codes.replaced.entry(was.clone()).or_insert(place);
            }
            codes
                .numbers
                .extend(number(&entry.code).map(|number| (number, place)));
        }
        if codes.numbers.len() < entries.len() {
            codes.numbers.clear();
        }
        codes.entries = entries;
        codes
    }

    pub(crate) fn entries(&self) -> &[CodeEntry] {
        &self.entries
    }

    pub(crate) fn entry(&self, code: &str) -> Option<&CodeEntry> {
        self.entries.get(*self.places.get(&Id::new(code).ok()?)?)
    }

    /// Returns the code that replaced this older one.
    pub(crate) fn replacing(&self, old: &str) -> Option<&Id> {
        let entry = self.entries.get(*self.replaced.get(&Id::new(old).ok()?)?)?;
        Some(&entry.code)
    }

    /// Returns whether every code is a number, so that it may be compared as one.
    pub(crate) fn numeric(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Returns the code that is this number.
    pub(crate) fn numbered(&self, wanted: Number) -> Option<&Id> {
        let entry = self.entries.get(*self.numbers.get(&wanted)?)?;
        Some(&entry.code)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.code.as_str())
    }
}

impl CodeEntry {
    /// Returns the entry of a level of a scale: always on offer, never renamed.
    pub(crate) const fn level(code: Id, value: Option<Number>) -> Self {
        Self {
            code,
            offered: true,
            was: Vec::new(),
            exclusive: false,
            value,
        }
    }
}

/// Returns the number a code is written as, if it is.
pub(crate) fn number(code: &Id) -> Option<Number> {
    code.as_str().parse().ok()
}

impl AnswerKind {
    /// Returns the codes of the item with these parts after the question's id.
    pub(crate) fn codes(&self, item: &ItemKey) -> Option<&Rc<Codes>> {
        match self {
            Self::Choice(codes) | Self::Level(codes) | Self::Choices(codes) | Self::Ranking(codes) => {
                Some(codes)
            }
            Self::Matrix { scales, .. } => match item.scale_id() {
                Some(wanted) => scales.iter().find(|(name, _)| name == wanted),
                None => scales.first(),
            }
            .map(|(_, codes)| codes),
            _ => None,
        }
    }
}

impl Scope {
    /// Takes from the work that may be done; false when nothing is left.
    pub(crate) fn spend(&self, work: usize) -> bool {
        let left = self.budget.get().saturating_sub(work);
        self.budget.set(left);
        left > 0
    }

    pub(crate) fn add(&mut self, question: Id, known: Known) {
        self.known.insert(question, known);
    }

    pub(crate) fn get(&self, question: &str) -> Option<&Known> {
        self.known.get(&Id::new(question).ok()?)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(Id::as_str)
    }
}
