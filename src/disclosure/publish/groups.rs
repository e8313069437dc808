//! One item by groups of people.

use crate::domain::category::Category;
use crate::domain::item::ItemKey;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::report_plan::Limit;
use crate::domain::survey::scale::Good;
use crate::stats::collect::{By, Split};
use crate::stats::tally::{Counted, Tally};

use super::super::breakdown::Declared;
use super::super::breakdown::merge::merged;
use super::super::published::{
    Base, Count, GroupAnswers, NoBreakdown, PublishedBreakdown, PublishedGroup, PublishedItem,
};
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
        sizes.is_none_or(|sizes| merged(&sizes, self.least_group(sensitive)).is_some())
    }

    /// The fewest people in a group.
    fn least_group(&self, sensitive: bool) -> u32 {
        let limit = if sensitive {
            Limit::SensitiveMinGroup
        } else {
            Limit::MinGroup
        };
        let room = 2 * u32::from(self.settings.threshold(sensitive)) + 1;
        u32::from(self.settings.limit(limit)).max(room)
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
        let groups = merged(&sizes, self.least_group(whole.sensitive)).ok_or(NoBreakdown::GroupsTooSmall)?;
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
        let groups = merged(&sizes, self.least_group(sensitive))?;
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
        if tally.counted() != Counted::One {
            return Err(NoBreakdown::NoCut);
        }
        let levels = Levels::of(item, tally, &self.ties).map_err(|_| NoBreakdown::WholeNotExact)?;
        let (one, other) = levels.shape().sides().ok_or(NoBreakdown::NoCut)?;
        let side = if prefers_first(item) { one } else { other };
        let what: Vec<Category> = side
            .levels()
            .filter_map(|level| levels.category(tally, level).cloned())
            .collect();
        let printed = whole.cells().iter().find(|cell| cell.what == what);
        let Some(Count::Exact(total)) = printed.map(|cell| cell.count) else {
            return Err(NoBreakdown::WholeNotExact);
        };
        let threshold = u32::from(self.settings.threshold(whole.sensitive));
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
        if printed.iter().all(Option::is_none) {
            return Err(NoBreakdown::Protected);
        }
        let people: u32 = groups.iter().map(|group| group.people).sum();
        Ok(GroupAnswers::Row {
            what,
            counts: printed
                .into_iter()
                .map(|code| code.map_or(Count::Hidden, printed_count))
                .collect(),
            complete: people == sum(&answered),
        })
    }
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
        if valid != tally.valid() {
            return None;
        }
        all = all.checked_add(valid)?;
        on_side = on_side.checked_add(side.count(&counts))?;
    }
    Some((all, on_side))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::disclosure::breakdown::{Breakdowns, Declared};
    use crate::disclosure::made_up::{item_of, settings};
    use crate::disclosure::policies::Policies;
    use crate::disclosure::publish::{added_breakdown, publish, publish_by};
    use crate::disclosure::published::{
        Category, Count, GroupAnswers, NoBreakdown, Published, PublishedBreakdown,
    };
    use crate::domain::coding::{Coding, Roster};
    use crate::domain::evaluation::ProfileName;
    use crate::domain::id::Slug;
    use crate::domain::record::InterviewRecord;
    use crate::domain::survey::Survey;
    use crate::stats::collect::{By, Tallies};
    use crate::stats::made_up::{chose, id, key, none, on_five, one_of, record, survey};

    /// People by site and answer.
    fn people(survey: &Survey, groups: &[(&str, &str, usize)]) -> Vec<InterviewRecord> {
        let each = groups
            .iter()
            .flat_map(|(site, answer, count)| std::iter::repeat_n((*site, *answer), *count));
        let each = (0..).zip(each);
        each.map(|(number, (site, answer))| {
            let response = if answer.is_empty() {
                none(crate::domain::missing::Missing::Skipped)
            } else {
                chose(answer)
            };
            let mut record = record(survey, number, &[("q", response)]);
            record.site = Slug::new(site).ok();
            record
        })
        .collect()
    }

    const SITES: [&str; 3] = ["north", "south", "west"];

    fn sites() -> Roster {
        Roster {
            name: id("site"),
            levels: SITES.map(str::to_owned).to_vec(),
        }
    }

    fn by_site() -> Breakdowns {
        let mut breakdowns = Breakdowns::new(vec![Declared {
            by: id("site"),
            levels: SITES.map(str::to_owned).to_vec(),
            known: true,
        }]);
        breakdowns.declare(key("q"), 0).unwrap();
        breakdowns
    }

    fn tallies(survey: &Survey, records: &[InterviewRecord]) -> Tallies {
        let coding = Coding::of(survey, vec![sites()]);
        Tallies::by(&coding, &[], &[By::Roster(id("site"))], records)
    }

    fn published(survey: &Survey, groups: &[(&str, &str, usize)]) -> Published {
        let tallies = tallies(survey, &people(survey, groups));
        let settings = settings(ProfileName::Standard);
        publish_by(&mut Policies::default(), survey, &tallies, &settings, &by_site()).unwrap()
    }

    fn breakdown(survey: &Survey, groups: &[(&str, &str, usize)]) -> PublishedBreakdown {
        item_of(&published(survey, groups), "q").breakdown.unwrap()
    }

    fn why(breakdown: &PublishedBreakdown) -> Option<NoBreakdown> {
        match breakdown.answers {
            GroupAnswers::Hidden { reason } => Some(reason),
            GroupAnswers::Row { .. } => None,
        }
    }

    #[test]
    fn a_question_is_printed_by_its_groups_beside_the_whole() {
        let survey = survey("1", vec![on_five("q")]);
        let shown = breakdown(
            &survey,
            &[
                ("north", "d", 9),
                ("north", "b", 6),
                ("south", "e", 6),
                ("south", "c", 8),
            ],
        );
        let upper: Vec<Category> = ["d", "e"].map(|code| Category::Code(id(code))).to_vec();
        assert_eq!(
            shown.answers,
            GroupAnswers::Row {
                what: upper,
                counts: vec![Count::Exact(9), Count::Exact(6)],
                complete: true
            }
        );
        let sizes: Vec<(Vec<usize>, u32)> = shown
            .groups
            .iter()
            .map(|group| (group.levels.clone(), group.people))
            .collect();
        assert_eq!(sizes, [(vec![0], 15), (vec![1], 14)]);
    }

    #[test]
    fn a_group_with_few_is_coded_and_a_small_one_merged() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let shown = breakdown(
            &survey,
            &[
                ("north", "y", 2),
                ("north", "n", 13),
                ("south", "y", 9),
                ("south", "n", 4),
                ("west", "y", 1),
            ],
        );
        assert_eq!(shown.groups[1].levels, [1, 2]);
        assert_eq!(shown.counts(), [Count::AtMost(5), Count::AtLeast(7)]);
    }

    #[test]
    fn what_a_breakdown_gives_away_is_not_printed_of_the_whole() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let groups = [
            ("north", "y", 13),
            ("north", "n", 2),
            ("south", "y", 11),
            ("south", "n", 3),
        ];
        let with = item_of(&published(&survey, &groups), "q");
        let alone = publish(
            &survey,
            &Tallies::of(&survey, &[], &people(&survey, &groups)),
            &settings(ProfileName::Standard),
        );
        assert_eq!(item_of(&alone, "q").cells()[0].count, Count::AtLeast(24));
        assert_eq!(with.cells()[0].count, Count::AtLeast(23));
        assert_eq!(why(&with.breakdown.unwrap()), Some(NoBreakdown::WholeNotExact));
    }

    #[test]
    fn how_many_of_a_group_answered_is_not_printed() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let group = |north: usize, south: usize| {
            breakdown(
                &survey,
                &[
                    ("north", "y", 7),
                    ("north", "n", 9 - north),
                    ("north", "", north),
                    ("south", "y", 7),
                    ("south", "n", 9 - south),
                    ("south", "", south),
                ],
            )
        };
        assert_eq!(group(1, 0), group(0, 1));
        assert!(matches!(
            group(1, 0).answers,
            GroupAnswers::Row { complete: false, .. }
        ));
    }

    #[test]
    fn groups_too_small_are_told_by_their_size_and_cost_the_whole_nothing() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let groups = [
            ("north", "y", 19),
            ("north", "n", 2),
            ("south", "y", 5),
            ("south", "n", 3),
        ];
        let item = item_of(&published(&survey, &groups), "q");
        assert_eq!(item.cells()[0].count, Count::AtLeast(24));
        assert_eq!(why(&item.breakdown.unwrap()), Some(NoBreakdown::GroupsTooSmall));
    }

    #[test]
    fn a_group_in_which_too_few_answered_prints_nothing() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let groups = [
            ("north", "y", 7),
            ("north", "n", 8),
            ("south", "y", 10),
            ("south", "", 3),
        ];
        assert_eq!(
            why(&breakdown(&survey, &groups)),
            Some(NoBreakdown::TooFewAnswered)
        );
    }

    #[test]
    fn a_question_without_a_cut_is_not_split() {
        let survey = survey("1", vec![one_of("q", "xyz")]);
        let groups = [
            ("north", "x", 10),
            ("north", "y", 8),
            ("south", "z", 10),
            ("south", "y", 4),
        ];
        assert_eq!(why(&breakdown(&survey, &groups)), Some(NoBreakdown::NoCut));
    }

    #[test]
    fn a_breakdown_added_later_takes_the_whole_as_it_was_printed() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let settings = settings(ProfileName::Standard);
        let add = |groups: &[(&str, &str, usize)]| {
            let records = people(&survey, groups);
            let first = publish(&survey, &Tallies::of(&survey, &[], &records), &settings);
            let tallies = tallies(&survey, &records);
            let mut policies = Policies::default();
            added_breakdown(
                &mut policies,
                &survey,
                &tallies,
                &settings,
                &by_site(),
                (&first, &key("q")),
            )
            .unwrap()
            .unwrap()
        };
        let middle = add(&[
            ("north", "y", 7),
            ("north", "n", 8),
            ("south", "y", 6),
            ("south", "n", 8),
        ]);
        assert_eq!(middle.counts(), [Count::Exact(7), Count::Exact(6)]);
        let high = add(&[
            ("north", "y", 13),
            ("north", "n", 2),
            ("south", "y", 11),
            ("south", "n", 3),
        ]);
        assert_eq!(why(&high), Some(NoBreakdown::WholeNotExact));
    }

    #[test]
    fn people_and_groups_in_another_order_print_the_same() {
        let survey = survey("1", vec![on_five("q")]);
        let groups = [
            ("north", "d", 3),
            ("north", "b", 12),
            ("south", "e", 9),
            ("south", "c", 5),
        ];
        let mut records = people(&survey, &groups);
        let settings = settings(ProfileName::Standard);
        let print = |records: &[InterviewRecord]| {
            let tallies = tallies(&survey, records);
            publish_by(&mut Policies::default(), &survey, &tallies, &settings, &by_site()).unwrap()
        };
        let one = print(&records);
        records.reverse();
        assert_eq!(one, print(&records));
        let turned = groups.map(|(site, answer, count)| {
            let other = BTreeMap::from([("north", "south"), ("south", "north")]);
            (other[site], answer, count)
        });
        let mut other = breakdown(&survey, &turned).counts().to_vec();
        other.reverse();
        assert_eq!(breakdown(&survey, &groups).counts(), other);
        assert_eq!(other.len(), 2);
    }
}
