//! The items of one quality dimension, person by person: what an index and alpha are computed from.

use std::fmt;
use std::sync::Arc;

use crate::domain::coding::{CodedItem, Coding, Counted, Said};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::Item;
use crate::domain::survey::scale::Good;

use super::count::Background;
use super::index::{IndexCounts, IndexItem};
use super::reliability::ScaleSums;

/// What people answered to the items of one dimension: sums, and how many people have each index. It does not grow
/// with the number of people.
///
/// `Debug` shows no count.
#[derive(Clone, PartialEq, Eq)]
pub struct DimensionTally {
    dimension: Id,
    items: Vec<ItemKey>,
    scales: Vec<IndexItem>,
    sums: ScaleSums,
    index: IndexCounts,
}

impl DimensionTally {
    /// Returns the dimension.
    #[must_use]
    pub const fn dimension(&self) -> &Id {
        &self.dimension
    }

    /// Returns its items in file order.
    #[must_use]
    pub fn items(&self) -> &[ItemKey] {
        &self.items
    }

    /// Returns the sums alpha needs.
    #[must_use]
    pub const fn sums(&self) -> &ScaleSums {
        &self.sums
    }

    /// Returns how many people have each index.
    #[must_use]
    pub const fn index(&self) -> &IndexCounts {
        &self.index
    }

    fn take(&mut self, answers: &[Option<u8>], turned: &[Option<u8>]) {
        // Neither can fail: there is an answer, or none, for every item, and each within its scale.
        let _ = self.index.add(&self.scales, answers);
        let _ = self.sums.add(turned);
    }

    fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.index.merge(&other.index);
    }
}

impl fmt::Debug for DimensionTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DimensionTally({}, ..)", self.dimension)
    }
}

/// Whether the favourable end of an item is its first level: by the scale, and by how the item is worded. `None` where
/// the levels have no order, or neither end is the good one.
#[must_use]
pub fn is_turned(item: &Item<'_>) -> Option<bool> {
    let scale = item.scale.filter(|scale| scale.is_ordered())?;
    let reverse = item.question.reverse || item.row.is_some_and(|row| row.reverse);
    match scale.good {
        Good::High => Some(reverse),
        Good::Low => Some(!reverse),
        Good::None => None,
    }
}

struct Part {
    place: usize,
    levels: u16,
    not_meant: u16,
}

struct Planned {
    parts: Vec<Part>,
    empty: DimensionTally,
}

/// The dimensions of a survey, and the backgrounds to count them by.
pub(super) struct DimensionPlan {
    planned: Vec<Planned>,
    backgrounds: Vec<Background>,
}

impl DimensionPlan {
    /// Returns the plan: every dimension with its items on ordered scales. Of a statement on two scales (how
    /// important, and how it was) the second one belongs to it.
    pub(super) fn of(coding: &Coding<'_>, backgrounds: Vec<Background>) -> Self {
        let dimensions = coding.survey().parts().dimensions.iter();
        let planned = dimensions.map(|(dimension, _)| {
            let own = dimension_items(coding, dimension);
            let scales: Vec<IndexItem> = own.iter().map(|(_, scale)| *scale).collect();
            let part = |item: &CodedItem<'_>| Part {
                place: item.place(),
                levels: u16::try_from(item.categories.len()).unwrap_or(u16::MAX),
                not_meant: item.code(Said::NotMeant),
            };
            Planned {
                parts: own.iter().map(|(item, _)| part(item)).collect(),
                empty: DimensionTally {
                    dimension: dimension.clone(),
                    items: own.iter().map(|(item, _)| item.key.clone()).collect(),
                    sums: ScaleSums::new(scales.len()),
                    index: IndexCounts::new(&scales),
                    scales,
                },
            }
        });
        Self {
            planned: planned.filter(|planned| !planned.parts.is_empty()).collect(),
            backgrounds,
        }
    }

    fn nobody(&self) -> Vec<DimensionTally> {
        self.planned.iter().map(|planned| planned.empty.clone()).collect()
    }
}

/// Returns the items of a dimension that an index is made of, in file order: those on an ordered scale with a favourable
/// end. Of a statement asked on two scales it is the second one.
#[must_use]
pub fn dimension_items<'c, 's>(
    coding: &'c Coding<'s>,
    dimension: &Id,
) -> Vec<(&'c CodedItem<'s>, IndexItem)> {
    let items = coding.items();
    let own = items.iter().enumerate().filter(|(number, item)| {
        let next = items.get(number + 1);
        let is_first_of_two =
            item.item.paired && next.is_some_and(|next| is_same_statement(&item.key, &next.key));
        !is_first_of_two && dimension_of(&item.item) == Some(dimension)
    });
    own.filter_map(|(_, item)| Some((item, index_item(item)?)))
        .collect()
}

fn is_same_statement(one: &ItemKey, other: &ItemKey) -> bool {
    one.question_id() == other.question_id() && one.row_id() == other.row_id()
}

fn dimension_of<'s>(item: &Item<'s>) -> Option<&'s Id> {
    match item.row {
        Some(row) => row.dimension.as_ref(),
        None => item.question.dimension.as_ref(),
    }
}

fn index_item(item: &CodedItem<'_>) -> Option<IndexItem> {
    let turned = is_turned(&item.item).filter(|_| item.counted == Counted::One)?;
    IndexItem::new(u8::try_from(item.categories.len()).ok()?, turned).ok()
}

/// Counts rows by dimension. Two counters of one plan can be put together, in any order.
#[derive(Clone)]
pub(super) struct DimensionCounter {
    plan: Arc<DimensionPlan>,
    whole: Vec<DimensionTally>,
    /// By background and level; one past the last level is none of them.
    by: Vec<Vec<Vec<DimensionTally>>>,
    answers: Vec<Option<u8>>,
    turned: Vec<Option<u8>>,
}

impl DimensionCounter {
    /// Returns a counter of nobody.
    pub(super) fn new(plan: Arc<DimensionPlan>) -> Self {
        let by = plan.backgrounds.iter();
        Self {
            whole: plan.nobody(),
            by: by
                .map(|background| vec![plan.nobody(); background.levels + 1])
                .collect(),
            answers: Vec::new(),
            turned: Vec::new(),
            plan,
        }
    }

    /// Counts one person. Somebody none of a dimension's items was meant for has no part in it.
    pub(super) fn take(&mut self, row: &[u16]) {
        let plan = &*self.plan;
        for (number, planned) in plan.planned.iter().enumerate() {
            self.answers.clear();
            self.turned.clear();
            let mut is_meant = false;
            for (part, scale) in planned.parts.iter().zip(&planned.empty.scales) {
                let code = row.get(part.place).copied().unwrap_or(part.not_meant);
                is_meant |= code != part.not_meant;
                let answer = u8::try_from(code + 1).ok().filter(|_| code < part.levels);
                self.answers.push(answer);
                self.turned
                    .push(answer.and_then(|answer| scale.position(answer).ok()));
            }
            if !is_meant {
                continue;
            }
            if let Some(tally) = self.whole.get_mut(number) {
                tally.take(&self.answers, &self.turned);
            }
            for (background, levels) in plan.backgrounds.iter().zip(&mut self.by) {
                let code = row
                    .get(background.place)
                    .map_or(usize::MAX, |code| usize::from(*code));
                let level = levels.get_mut(code.min(background.levels));
                if let Some(tally) = level.and_then(|level| level.get_mut(number)) {
                    tally.take(&self.answers, &self.turned);
                }
            }
        }
    }

    /// Adds what another counter of the same plan counted.
    pub(super) fn merge(&mut self, other: &Self) {
        let own = self
            .whole
            .iter_mut()
            .chain(self.by.iter_mut().flatten().flatten());
        let others = other.whole.iter().chain(other.by.iter().flatten().flatten());
        for (own, other) in own.zip(others) {
            own.merge(other);
        }
    }

    /// Returns the tallies of everybody, and by background and level.
    pub(super) fn finish(self) -> (Vec<DimensionTally>, Vec<Vec<Vec<DimensionTally>>>) {
        (self.whole, self.by)
    }
}
