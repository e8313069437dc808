//! What people's answers could be printed as, from how many they are alone: before fieldwork, and before a release.
//!
//! Looks at no answer. What a table would come to print is told by the answers, so it is not told before it is written
//! down; what it can print at most is told by sizes, which everybody knows.

use std::collections::BTreeMap;

use crate::domain::item::ItemKey;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::report_plan::Limit;
use crate::domain::survey::{Item, Survey};

use super::breakdown::merge::merged;
use super::breakdown::policy::Policy as GroupPolicy;
use super::breakdown::{Breakdowns, whole_threshold};
use super::policies::{Policies, Row};
use super::profile::Settings;
use super::row::code::Coding;
use super::row::rule::RowRule;
use super::row::shape::{Grain, Shape};
use super::row::worlds::Worlds;

/// What one item can be printed as at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// Counts, from this grain on or coarser.
    Counts(Grain),
    /// A count for each of several answers.
    Several,
    /// Only how many answered.
    Words,
    /// Nothing, or as others, by the answer that leads there.
    Routed,
    /// No numbers: too few people, or a form that no rule is there for.
    Never,
}

/// The numbers that are written in full, and what the others become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Counts up to this are "so many or fewer".
    pub most: u32,
    /// Counts from this on are "so many or more".
    pub least: u32,
}

impl Written {
    /// Returns how counts of so many people are written; nothing where a row prints none.
    #[must_use]
    pub fn of(people: u32, threshold: u32) -> Option<Self> {
        let coding = Coding::new(people, threshold)?;
        Some(Self {
            most: coding.threshold(),
            least: coding.people() - coding.threshold(),
        })
    }

    /// Returns the least and the greatest count that is written in full, where there is one.
    #[must_use]
    pub const fn in_full(self) -> Option<(u32, u32)> {
        let (low, high) = (self.most + 1, self.least - 1);
        if low <= high { Some((low, high)) } else { None }
    }
}

/// Returns what every reported item of a survey can be printed as, in file order, when so many people are asked and the
/// items are split like this.
#[must_use]
pub fn outlook(
    policies: &mut Policies,
    survey: &Survey,
    people: u32,
    (settings, breakdowns): (&Settings, &Breakdowns),
) -> Vec<(ItemKey, Outlook)> {
    let items = survey.items().filter(|item| item.question.report);
    items
        .map(|item| {
            (
                item.key(),
                item_outlook(policies, survey, &item, people, (settings, breakdowns)),
            )
        })
        .collect()
}

fn item_outlook(
    policies: &mut Policies,
    survey: &Survey,
    item: &Item<'_>,
    people: u32,
    (settings, breakdowns): (&Settings, &Breakdowns),
) -> Outlook {
    let sensitive = item.question.sensitive || item.row.is_some_and(|row| row.sensitive);
    let section = survey.section_of(&item.question.id);
    let is_routed = item.question.show_if.is_some()
        || item.row.is_some_and(|row| row.show_if.is_some())
        || section.is_some_and(|section| section.show_if.is_some());
    if people < u32::from(settings.row_base(sensitive)) {
        return Outlook::Never;
    }
    if is_routed {
        return Outlook::Routed;
    }
    let shape = match &item.question.kind {
        QuestionKind::Many { .. } => return Outlook::Several,
        _ => match (item.scale, item.question.kind.choices()) {
            (Some(scale), _) => scale_shape(scale),
            (None, Some(choices)) => Shape::nominal(choices.options.len(), &[]),
            (None, None) => match &item.question.kind {
                QuestionKind::Number { bands, .. } if bands.len() > 1 => {
                    Shape::ordered(bands.len(), None, None)
                }
                _ => return Outlook::Words,
            },
        },
    };
    let row = Row {
        people,
        threshold: u32::from(settings.threshold(sensitive)),
        beside_groups: breakdowns.of(&item.key()).is_some(),
        shape,
    };
    policies.finest(&row).map_or(Outlook::Never, Outlook::Counts)
}

/// The shape of a scale: bands by the places of its levels.
fn scale_shape(scale: &crate::domain::survey::scale::Scale) -> Shape {
    let places = |bands: &[Vec<crate::domain::id::Id>]| -> Vec<Vec<usize>> {
        let place = |code: &crate::domain::id::Id| scale.levels.iter().position(|level| level.code == *code);
        bands
            .iter()
            .map(|band| band.iter().filter_map(place).collect())
            .collect()
    };
    match &scale.bands {
        Some(bands) => {
            let three = bands.three.as_ref().map(|three| places(three));
            Shape::ordered(scale.levels.len(), three.as_deref(), Some(&places(&bands.two)))
        }
        None => Shape::nominal(scale.levels.len(), &[]),
    }
}

/// In how many of all possible sets of answers a row is printed in which grain, `None` for not at all. Every set counts
/// once. Nothing where no policy is possible for so many people.
#[must_use]
pub fn shares(people: u32, threshold: u32, shape: &Shape) -> Option<Vec<(Option<Grain>, f64)>> {
    let forms = match RowRule::decide(people, threshold, shape)? {
        RowRule::Decided(policy) => policy.worlds_by_form(),
        rule => by_form(&rule, &Worlds::new(people, shape.levels())?),
    };
    let all: usize = forms.iter().map(|(_, worlds)| worlds).sum();
    let share = |worlds: usize| worlds as f64 / all.max(1) as f64;
    Some(
        forms
            .into_iter()
            .map(|(grain, worlds)| (grain, share(worlds)))
            .collect(),
    )
}

fn by_form(rule: &RowRule, worlds: &Worlds) -> Vec<(Option<Grain>, usize)> {
    let mut forms: BTreeMap<Option<Grain>, usize> = BTreeMap::from([(None, 0)]);
    worlds.each(|counts| {
        let grain = rule.printed(counts).and_then(|printed| printed.grain);
        *forms.entry(grain).or_default() += 1;
    });
    // What is told first, and last what is not.
    forms.into_iter().rev().collect()
}

/// The most worlds of groups that are looked at one by one.
const MOST_GROUP_WORLDS: u64 = 500_000;

/// Returns the groups answers would be split by after merging by size: places of those put together, and their people.
///
/// # Errors
/// Where there are not two that are large enough: the fewest people a group needs.
pub fn groups(sizes: &[u32], settings: &Settings) -> Result<Vec<(Vec<usize>, u32)>, u32> {
    let room = u32::from(settings.threshold(false)) * 2 + 1;
    let least = u32::from(settings.limit(Limit::MinGroup)).max(room);
    let people = |places: &Vec<usize>| places.iter().filter_map(|place| sizes.get(*place)).sum();
    let merged = merged(sizes, least).ok_or(least)?;
    Ok(merged
        .into_iter()
        .map(|places| (places.clone(), people(&places)))
        .collect())
}

/// In how many of all possible sets of answers groups of these sizes are printed apart, when everybody answers. Every set
/// of counts on one side of the cut counts once. Nothing where there are too many to look at.
#[must_use]
pub fn group_share(threshold: u32, sizes: &[u32]) -> Option<f64> {
    let all = sizes
        .iter()
        .try_fold(1_u64, |all, size| all.checked_mul(u64::from(*size) + 1))?;
    let people = sizes.iter().try_fold(0_u32, |sum, size| sum.checked_add(*size))?;
    if all > MOST_GROUP_WORLDS {
        return None;
    }
    let whole = Written::of(people, whole_threshold(threshold)).and_then(Written::in_full);
    let policies: Vec<Option<GroupPolicy>> = (0..=people)
        .map(|total| {
            let is_printed = whole.is_some_and(|(low, high)| (low..=high).contains(&total));
            is_printed
                .then(|| GroupPolicy::decide(threshold, total, sizes))
                .flatten()
        })
        .collect();
    let mut printed = 0_u64;
    let mut counts = vec![0; sizes.len()];
    for _ in 0..all {
        let total: u32 = counts.iter().sum();
        let policy = policies.get(total as usize).and_then(Option::as_ref);
        let row = policy.and_then(|policy| policy.printed(&counts));
        printed += u64::from(row.is_some_and(|row| row.iter().any(Option::is_some)));
        // The next set, as an odometer turns.
        for (count, size) in counts.iter_mut().zip(sizes) {
            if *count < *size {
                *count += 1;
                break;
            }
            *count = 0;
        }
    }
    Some(printed as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::{Outlook, Written, group_share, groups, outlook, shares};
    use crate::disclosure::breakdown::Breakdowns;
    use crate::disclosure::made_up::settings;
    use crate::disclosure::policies::Policies;
    use crate::disclosure::row::shape::{Grain, Shape};
    use crate::domain::evaluation::ProfileName;
    use crate::stats::made_up::{equals, on_five, one_of, several_of, survey, text};

    #[test]
    fn what_can_be_printed_follows_from_the_number_of_people() {
        let mut child = on_five("c");
        child.show_if = Some(equals("y", "y"));
        let mut sensitive = one_of("s", "yn");
        sensitive.sensitive = true;
        let survey = survey(
            "1",
            vec![
                on_five("q"),
                one_of("y", "yn"),
                several_of("m", "xyz"),
                text("t"),
                child,
                sensitive,
            ],
        );
        let of = |people| -> Vec<Outlook> {
            outlook(
                &mut Policies::default(),
                &survey,
                people,
                (&settings(ProfileName::Standard), &Breakdowns::default()),
            )
            .into_iter()
            .map(|(_, outlook)| outlook)
            .collect()
        };
        let levels = Outlook::Counts(Grain::Levels);
        assert_eq!(
            of(29),
            [
                levels,
                levels,
                Outlook::Several,
                Outlook::Words,
                Outlook::Routed,
                levels
            ]
        );
        assert_eq!(of(12)[5], Outlook::Never, "a sensitive question takes 13");
        assert_eq!(of(10), [Outlook::Never; 6]);
    }

    #[test]
    fn the_first_count_in_full_comes_at_two_k_and_two() {
        let full = |people| Written::of(people, 5).map(Written::in_full);
        assert_eq!(
            [full(10), full(11), full(12)],
            [None, Some(None), Some(Some((6, 6)))]
        );
        assert_eq!(full(29), Some(Some((6, 23))));
    }

    #[test]
    fn groups_are_put_together_by_their_sizes_and_two_have_to_be_left() {
        let standard = settings(ProfileName::Standard);
        assert_eq!(
            groups(&[15, 14], &standard),
            Ok(vec![(vec![0], 15), (vec![1], 14)])
        );
        assert_eq!(
            groups(&[20, 5, 9], &standard),
            Ok(vec![(vec![0], 20), (vec![1, 2], 14)])
        );
        assert_eq!(groups(&[15, 8], &standard), Err(12));
    }

    #[test]
    fn larger_groups_are_printed_more_often() {
        let share = |sizes: &[u32]| group_share(5, sizes).unwrap();
        assert!(share(&[15, 14]) > 0.1, "{}", share(&[15, 14]));
        assert!(share(&[30, 30]) > share(&[15, 14]));
        assert!(
            group_share(5, &[12, 9]).unwrap() < 1e-9,
            "a group of nine prints nothing"
        );
        assert_eq!(group_share(5, &[100; 4]), None);
    }

    #[test]
    fn shares_of_all_sets_of_answers_sum_to_one() {
        let three = [vec![0, 1], vec![2], vec![3, 4]];
        let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
        let shares = shares(20, 5, &shape).unwrap();
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        assert_eq!(shares.first().unwrap().0, Some(Grain::Levels));
        assert!(super::shares(10, 5, &shape).is_none());
    }
}
