//! One item by groups of people.

use crate::domain::category::Category;
use crate::domain::item::ItemKey;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::scale::Good;
use crate::stats::collect::{By, Split};
use crate::stats::tally::{Counted, Tally};

use super::super::breakdown::Declared;
use super::super::breakdown::merge::merged;
use super::super::many::groups_threshold;
use super::super::policies::ByBands;
use super::super::published::{
    Base, Count, GroupAnswers, GroupBand, NoBreakdown, PublishedBreakdown, PublishedGroup, PublishedItem,
};
use super::super::row::code::Code;
use super::super::row::shape::LevelSet;
use super::base::{exact_sum, is_asked_by_roster};
use super::levels::Levels;
use super::{Door, printed_count};

impl Door<'_> {
    /// Returns what is printed of an item by the groups of its declared breakdown, given the whole as printed.
    pub(super) fn breakdown(
        &mut self,
        item: &Item<'_>,
        tally: &Tally,
        whole: &PublishedItem,
    ) -> Option<PublishedBreakdown> {
        let (place, declared) = self.breakdowns.of(tally.item())?;
        let split = self.tallies.splits().get(place);
        let mut groups = Vec::new();
        let counts = match split {
            Some(split) => self.groups(item, (split, declared), whole).and_then(|found| {
                groups = found;
                self.group_counts(item, tally, split, (whole, &groups))
            }),
            None => Err(NoBreakdown::GroupsNotKnown),
        };
        let answers = counts.unwrap_or_else(|reason| GroupAnswers::Hidden { reason });
        Some(PublishedBreakdown {
            by: declared.by.clone(),
            groups,
            answers,
        })
    }

    /// Whether the item's whole has to look after groups: a breakdown is declared, and its groups are large enough or
    /// their sizes not known yet. By what is public before any answer.
    pub(super) fn may_have_groups(&self, item: &Item<'_>, sensitive: bool) -> bool {
        let Some((place, declared)) = self.breakdowns.of(&item.key()) else {
            return false;
        };
        let sizes = self.tallies.splits().get(place);
        // How many of a group were asked a follow-up is an answer, and decides nothing.
        let sizes = sizes
            .filter(|_| is_asked_by_roster(self.survey, item))
            .and_then(|split| sizes_of_roster(split, declared, &item.key()));
        sizes.is_none_or(|sizes| merged(&sizes, self.least_group(sensitive), &declared.merge).is_some())
    }

    /// The fewest people in a group.
    fn least_group(&self, sensitive: bool) -> u32 {
        u32::from(self.settings.group_base(sensitive))
    }

    /// The groups after merging, by sizes that are public.
    fn groups(
        &self,
        item: &Item<'_>,
        (split, declared): (&Split, &Declared),
        whole: &PublishedItem,
    ) -> Result<Vec<PublishedGroup>, NoBreakdown> {
        if !self.prints_numbers() || whole.base == Base::Hidden || !is_asked_by_roster(self.survey, item) {
            return Err(NoBreakdown::BaseNotShown);
        }
        let sizes = match split.by() {
            By::Roster(_) => sizes_of_roster(split, declared, &item.key()),
            By::Item(background) => self.sizes_as_printed(background, split),
        };
        let sizes = sizes.ok_or(NoBreakdown::GroupsNotKnown)?;
        let groups = merged(&sizes, self.least_group(whole.sensitive), &declared.merge)
            .ok_or(NoBreakdown::GroupsTooSmall)?;
        let people = |levels: &Vec<usize>| levels.iter().filter_map(|level| sizes.get(*level)).sum();
        Ok(groups
            .into_iter()
            .map(|levels| PublishedGroup {
                people: people(&levels),
                levels,
            })
            .collect())
    }

    /// The sizes of groups that are an answer of the survey, where that answer's row prints them all exactly.
    fn sizes_as_printed(&self, background: &ItemKey, split: &Split) -> Option<Vec<u32>> {
        let item = self.survey.item(background)?;
        let printed = self.printed.iter().find(|printed| printed.item == *background)?;
        if !is_asked_by_roster(self.survey, &item) {
            return None;
        }
        let categories = self.tallies.tally(background)?.categories();
        let mut sizes = categories
            .iter()
            .map(|category| exact_sum(printed, &[category]))
            .collect::<Option<Vec<u32>>>()?;
        sizes.push(self.tallies.interviews().checked_sub(printed.valid()?)?);
        // What was printed may be of fewer levels than the split knows.
        (sizes.len() == split.groups().len()).then_some(sizes)
    }

    /// How many answered in each group, where groups are planning data and large enough.
    pub(super) fn answered_by_group(
        &self,
        item: &Item<'_>,
        levels: &Levels,
        sensitive: bool,
    ) -> Option<Vec<u32>> {
        let (place, declared) = self.breakdowns.of(&item.key())?;
        let split = self.tallies.splits().get(place)?;
        if !is_asked_by_roster(self.survey, item) {
            return None;
        }
        let sizes = sizes_of_roster(split, declared, &item.key())?;
        let groups = merged(&sizes, self.least_group(sensitive), &declared.merge)?;
        let nobody = LevelSet::of(&[]);
        let answered = groups
            .iter()
            .map(|group| on_side(levels, nobody, split, (&item.key(), group)).map(|(all, _)| all));
        let answered: Vec<u32> = answered.collect::<Option<_>>()?;
        let least = u32::from(self.settings.threshold(sensitive)) * 2;
        answered.iter().all(|all| *all > least).then_some(answered)
    }

    fn group_counts(
        &mut self,
        item: &Item<'_>,
        tally: &Tally,
        split: &Split,
        (whole, groups): (&PublishedItem, &[PublishedGroup]),
    ) -> Result<GroupAnswers, NoBreakdown> {
        let several = tally.counted() == Counted::Several;
        // The first choice of a ranking is one answer of a person.
        let countable = matches!(tally.counted(), Counted::One | Counted::FirstChoice) || several;
        if !countable {
            return Err(NoBreakdown::NoCut);
        }
        let levels = Levels::of(item, tally, &self.ties).map_err(|_| NoBreakdown::WholeNotExact)?;
        let own = u32::from(self.settings.threshold(whole.sensitive));
        // Other options of the same people stand beside the one that is told: `many::groups_threshold`.
        let threshold = if several { groups_threshold(own) } else { own };
        let (side, total) = match levels.shape().sides().filter(|_| !several) {
            Some((one, other)) => {
                let side = if prefers_first(item) { one } else { other };
                let total = exact(whole, &levels.categories(tally, side));
                (side, total.ok_or(NoBreakdown::WholeNotExact)?)
            }
            None => {
                let sides = if several {
                    (0..levels.shape().levels())
                        .map(|option| LevelSet::of(&[option]))
                        .collect()
                } else {
                    levels.shape().single_sides()
                };
                single_side(sides, &levels, tally, whole, own)?
            }
        };
        let what: Vec<Category> = levels.categories(tally, side);
        let (mut answered, mut counts) = (Vec::new(), Vec::new());
        for group in groups {
            let (all, on_side) = on_side(&levels, side, split, (tally.item(), &group.levels))
                .ok_or(NoBreakdown::NotDecided)?;
            answered.push(all);
            counts.push(on_side);
        }
        if answered
            .iter()
            .any(|all| *all < threshold.saturating_mul(2).saturating_add(1))
        {
            return Err(NoBreakdown::TooFewAnswered);
        }
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        // Groups that are not of the people in the printed whole cannot be decided with it.
        if sum(&counts) != total || Some(sum(&answered)) != whole.valid() {
            return Err(NoBreakdown::NotDecided);
        }
        let printed = self
            .policies
            .printed_by_group(threshold, &answered, &counts)
            .ok_or(NoBreakdown::NotDecided)?;
        let limits = self.limits(item, whole.sensitive);
        // Options of several answers were looked at with k + 1, the whole and the groups: that is enough.
        if let (Some(all), Some(valid), false) = (levels.counts(tally), whole.valid(), several) {
            let row = limits.row(valid, levels.shape().clone());
            self.policies
                .check_together((&row, &all), side, (&answered, &counts));
        }
        if printed.iter().all(Option::is_none) {
            return Err(NoBreakdown::Protected);
        }
        let people: u32 = groups.iter().map(|group| group.people).sum();
        let bands = if several {
            Vec::new()
        } else {
            self.bands(item, tally, split, (whole, groups), (&levels, side, &answered))
        };
        Ok(GroupAnswers::Row {
            what,
            counts: counts_of(printed),
            complete: people == sum(&answered),
            bands,
        })
    }

    /// What is printed of the two bands that make one side of the cut: nothing where the whole does not tell all three
    /// bands exactly.
    fn bands(
        &mut self,
        item: &Item<'_>,
        tally: &Tally,
        split: &Split,
        (whole, groups): (&PublishedItem, &[PublishedGroup]),
        (levels, side, answered): (&Levels, LevelSet, &[u32]),
    ) -> Vec<GroupBand> {
        let Some(parts) = levels.shape().three() else {
            return Vec::new();
        };
        let whats = parts.map(|part| levels.categories(tally, part));
        let all_exact = whats.iter().all(|what| exact(whole, what).is_some());
        let by_part = |group: &PublishedGroup| -> Option<Vec<u32>> {
            let count = |part| on_side(levels, part, split, (tally.item(), &group.levels));
            parts.into_iter().map(|part| Some(count(part)?.1)).collect()
        };
        let counts: Option<Vec<Vec<u32>>> = groups.iter().map(by_part).collect();
        let (Some(counts), Some(all), Some(valid), true) =
            (counts, levels.counts(tally), whole.valid(), all_exact)
        else {
            return Vec::new();
        };
        let [first, second, alone] = parts;
        let row = self
            .limits(item, whole.sensitive)
            .row(valid, levels.shape().clone());
        let printed = self.policies.printed_by_bands(&ByBands {
            whole: (&row, &all),
            parts: [first, second, alone],
            is_told: side != alone,
            answered,
            counts: &counts,
        });
        let bands = whats.into_iter().zip(printed.into_iter().flatten());
        bands
            .map(|(what, codes)| GroupBand {
                what,
                counts: counts_of(codes),
            })
            .collect()
    }
}

fn counts_of(codes: Vec<Option<Code>>) -> Vec<Count> {
    let codes = codes.into_iter();
    codes
        .map(|code| code.map_or(Count::Hidden, printed_count))
        .collect()
}

/// How many the whole prints exactly for these answers together.
fn exact(whole: &PublishedItem, what: &[Category]) -> Option<u32> {
    match whole.cells().iter().find(|cell| cell.what == what)?.count {
        Count::Exact(count) => Some(count),
        _ => None,
    }
}

/// The answer that is told by groups where a question has no cut of its own: of those the whole prints exactly, with room
/// for one more on either side, the one nearest to half of everybody; of two the first in the survey. So it follows
/// from what is printed of the whole.
fn single_side(
    sides: Vec<LevelSet>,
    levels: &Levels,
    tally: &Tally,
    whole: &PublishedItem,
    threshold: u32,
) -> Result<(LevelSet, u32), NoBreakdown> {
    let people = whole.valid().unwrap_or_default();
    if sides.is_empty() {
        return Err(NoBreakdown::NoCut);
    }
    let known = sides.into_iter().filter_map(|side| {
        let total = exact(whole, &levels.categories(tally, side))?;
        let room = total.min(people.checked_sub(total)?) > threshold.saturating_add(1);
        room.then_some((side, total))
    });
    known
        .min_by_key(|(_, total)| total.saturating_mul(2).abs_diff(people))
        .ok_or(NoBreakdown::WholeNotExact)
}

/// How many of each level of a roster background an item was meant for.
fn sizes_of_roster(split: &Split, declared: &Declared, item: &ItemKey) -> Option<Vec<u32>> {
    let known = declared.known && matches!(split.by(), By::Roster(_));
    let sizes = tallies_of(split, item).map(|tally| tally.map(Tally::asked));
    known.then(|| sizes.collect()).flatten()
}

/// Whether the first side of the cut is the favourable one.
fn prefers_first(item: &Item<'_>) -> bool {
    match (item.scale, &item.question.kind) {
        (Some(scale), _) => scale.good == Good::Low,
        (None, QuestionKind::One(_)) => true,
        (None, _) => false,
    }
}

/// The tallies of an item in every group of a split.
fn tallies_of<'s>(split: &'s Split, item: &ItemKey) -> impl Iterator<Item = Option<&'s Tally>> {
    let groups = split.groups().iter();
    groups.map(move |group| group.all().iter().find(|tally| tally.item() == item))
}

/// How many of a group answered, and how many of those on one side.
fn on_side(
    levels: &Levels,
    side: LevelSet,
    split: &Split,
    (item, group): (&ItemKey, &[usize]),
) -> Option<(u32, u32)> {
    let tallies: Vec<Option<&Tally>> = tallies_of(split, item).collect();
    let (mut all, mut on_side) = (0_u32, 0_u32);
    for level in group {
        let tally = (*tallies.get(*level)?)?;
        let counts = levels.counts(tally)?;
        let valid: u32 = counts
            .iter()
            .try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
        // Of several answers only each option by itself is a count of people.
        if tally.counted() != Counted::Several && valid != tally.valid() {
            return None;
        }
        all = all.checked_add(tally.valid())?;
        on_side = on_side.checked_add(side.count(&counts))?;
    }
    Some((all, on_side))
}

#[cfg(test)]
mod tests;
