//! Answers that the survey's own checks tie together.
//!
//! A check that stops the interview makes combinations of answers impossible. Two rows tied like that are not decided
//! independently of each other, so only the first of them in the survey is printed; which, depends on the survey alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::expression::Expression;
use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::domain::survey::question::Level;

use super::logic::Reads;

/// Which items are held back, and which checks an item's own answer must meet.
pub(super) struct Ties {
    held_back: BTreeSet<ItemKey>,
    own: BTreeMap<ItemKey, Vec<Expression>>,
    checked: BTreeSet<ItemKey>,
}

impl Ties {
    /// Returns the ties of a survey.
    pub(super) fn of(survey: &Survey) -> Self {
        let order: Vec<ItemKey> = survey.items().map(|item| item.key()).collect();
        let mut ties = Self {
            held_back: BTreeSet::new(),
            own: BTreeMap::new(),
            checked: BTreeSet::new(),
        };
        let stops = survey.questions().flat_map(|question| &question.checks);
        for check in stops.filter(|check| check.level == Level::Stop) {
            let reads = Reads::of([&check.that]);
            ties.checked.extend(reads.items.iter().cloned());
            // A limit by background or consent holds for some people only: then even the first is held back.
            let for_all = !reads.consent && reads.background.is_empty();
            match (reads.items.len(), for_all) {
                (1, true) => {
                    for item in reads.items {
                        ties.own.entry(item).or_default().push(check.that.clone());
                    }
                }
                _ => {
                    let tied = order.iter().filter(|key| reads.items.contains(*key));
                    ties.held_back.extend(tied.skip(usize::from(for_all)).cloned());
                }
            }
        }
        ties
    }

    /// Returns whether nothing is printed of an item because an earlier one is.
    pub(super) fn holds_back(&self, item: &ItemKey) -> bool {
        self.held_back.contains(item)
    }

    /// Returns whether a check that stops looks at an item: it may make some ways not to answer impossible.
    pub(super) fn checks(&self, item: &ItemKey) -> bool {
        self.checked.contains(item)
    }

    /// Returns the checks that look at this item alone.
    pub(super) fn own_checks(&self, item: &ItemKey) -> &[Expression] {
        self.own.get(item).map_or(&[], Vec::as_slice)
    }
}
