//! What people's answers could be printed as, from how many they are alone: before fieldwork, and before a release.
//!
//! Looks at no answer. What a table would come to print is told by the answers, so it is not told before it is written
//! down; what it can print at most is told by sizes, which everybody knows.

use std::collections::BTreeMap;

use crate::domain::item::ItemKey;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::versions::asks_alike;
use crate::domain::survey::{Item, Survey};

use super::breakdown::merge::merged;
use super::breakdown::policy::Policy as GroupPolicy;
use super::breakdown::{Breakdowns, whole_threshold};
use super::many::ManyRule;
use super::policies::{Policies, Row};
use super::profile::Settings;
use super::publish::tie_of;
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

    /// Returns how counts are written on both sides of the cut of a question that is split by groups.
    #[must_use]
    pub fn beside_groups(people: u32, threshold: u32) -> Option<Self> {
        Self::of(people, whole_threshold(threshold))
    }

    /// Returns the least and the greatest count that is written in full, where there is one.
    #[must_use]
    pub const fn in_full(self) -> Option<(u32, u32)> {
        let (low, high) = (self.most + 1, self.least - 1);
        if low <= high { Some((low, high)) } else { None }
    }
}

/// Returns what every reported item of a survey can be printed as, in file order, when so many people are asked and the
/// items are split like this, into groups of these sizes where they are known.
#[must_use]
pub fn outlook(
    policies: &mut Policies,
    survey: &Survey,
    people: u32,
    plan: &Plan<'_>,
) -> Vec<(ItemKey, Outlook)> {
    let items = survey.items().filter(|item| item.question.report);
    items
        .map(|item| (item.key(), item_outlook(policies, survey, &item, people, plan)))
        .collect()
}

/// What is known before anything is shown.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The limits.
    pub settings: &'a Settings,
    /// Which question is split by what.
    pub breakdowns: &'a Breakdowns,
    /// How many are in each group, by the name of the background.
    pub sizes: &'a BTreeMap<String, Vec<u32>>,
    /// How many had a version of the survey that asks an item, where that is not everybody.
    pub asked: &'a BTreeMap<ItemKey, u32>,
}

/// Returns how many had a version of the survey that asks an item, of items that not all versions have, or have alike:
/// numbers of people whose versions ask in other ways are not put together. Each version comes with its people.
#[must_use]
pub fn asked_by_version(survey: &Survey, versions: &[(&Survey, u32)]) -> BTreeMap<ItemKey, u32> {
    let used = || versions.iter().filter(|(_, people)| *people > 0);
    let all: u32 = used().map(|(_, people)| people).sum();
    let mut asked = BTreeMap::new();
    for item in survey.items() {
        let key = item.key();
        let mut people = 0_u32;
        let mut is_alike = true;
        for (version, own) in used() {
            if let Some(same) = version.item(&key) {
                people = people.saturating_add(*own);
                is_alike &= asks_alike(survey, &item, version, &same);
            }
        }
        if people < all || !is_alike {
            asked.insert(key, if is_alike { people } else { 0 });
        }
    }
    asked
}

impl Plan<'_> {
    /// Returns whether the whole of an item looks after groups: it is to be split, and its groups are large enough or their
    /// sizes not known.
    #[must_use]
    pub fn is_split(&self, item: &Item<'_>) -> bool {
        let Some((_, declared)) = self.breakdowns.of(&item.key()) else {
            return false;
        };
        let least = u32::from(self.settings.group_base(is_sensitive(item)));
        let sizes = self.sizes.get(declared.by.as_str());
        sizes.is_none_or(|sizes| merged(sizes, least, &declared.merge).is_some())
    }
}

/// Whether the stricter limits hold for an item.
#[must_use]
pub fn is_sensitive(item: &Item<'_>) -> bool {
    item.question.sensitive || item.row.is_some_and(|row| row.sensitive)
}

fn item_outlook(
    policies: &mut Policies,
    survey: &Survey,
    item: &Item<'_>,
    people: u32,
    plan: &Plan<'_>,
) -> Outlook {
    let settings = plan.settings;
    let people = plan.asked.get(&item.key()).copied().unwrap_or(people);
    let sensitive = is_sensitive(item);
    let beside_groups = plan.is_split(item);
    let threshold = u32::from(settings.threshold(sensitive));
    let own = if beside_groups {
        whole_threshold(threshold)
    } else {
        threshold
    };
    let least = own
        .saturating_mul(2)
        .saturating_add(1)
        .max(u32::from(settings.row_base(sensitive)));
    let section = survey.section_of(&item.question.id);
    let is_routed = item.question.show_if.is_some()
        || item.row.is_some_and(|row| row.show_if.is_some())
        || section.is_some_and(|section| section.show_if.is_some());
    let group = survey.parts().group_mode.as_ref();
    let is_for_groups = matches!(item.question.kind, QuestionKind::Count(_))
        || group.is_some_and(|group| group.only.contains(&item.question.id));
    // Nobody is asked it alone.
    if people < least || is_for_groups {
        return Outlook::Never;
    }
    if is_routed {
        return Outlook::Routed;
    }
    let shape = match &item.question.kind {
        QuestionKind::Many { choices, .. } => {
            let offered = || choices.options.iter().filter(|option| !option.retired);
            let alone = offered().filter(|option| option.exclusive).count();
            let tie = tie_of(item, offered().count() - alone, alone);
            let rule = tie.and_then(|tie| ManyRule::decide(people, own, tie));
            return rule.map_or(Outlook::Never, |_| Outlook::Several);
        }
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
        threshold,
        beside_groups,
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
    let least = u32::from(settings.group_base(false));
    let people = |places: &Vec<usize>| places.iter().filter_map(|place| sizes.get(*place)).sum();
    let merged = merged(sizes, least, &[]).ok_or(least)?;
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
    let whole = Written::beside_groups(people, threshold).and_then(Written::in_full);
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
    use std::collections::BTreeMap;

    use super::{Outlook, Plan, Written, asked_by_version, group_share, groups, outlook, shares};
    use crate::disclosure::breakdown::{Breakdowns, Declared};
    use crate::disclosure::made_up::settings;
    use crate::disclosure::policies::Policies;
    use crate::disclosure::row::shape::{Grain, Shape};
    use crate::domain::evaluation::ProfileName;
    use crate::domain::survey::question::QuestionKind;
    use crate::stats::made_up::{equals, id, key, on_five, one_of, several_of, survey, text};

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
                &Plan {
                    settings: &settings(ProfileName::Standard),
                    breakdowns: &Breakdowns::default(),
                    sizes: &BTreeMap::new(),
                    asked: &BTreeMap::new(),
                },
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
    fn a_split_that_is_refused_by_sizes_costs_nothing() {
        let mut alone = several_of("m", "xyz");
        if let QuestionKind::Many { choices, .. } = &mut alone.kind {
            choices.options[2].exclusive = true;
        }
        let survey = survey("1", vec![on_five("q"), alone]);
        let by = Declared {
            by: id("site"),
            levels: vec!["north".to_owned(), "south".to_owned()],
            known: true,
            merge: Vec::new(),
        };
        let mut breakdowns = Breakdowns::new(vec![by]);
        for item in ["q", "m"] {
            breakdowns.declare(key(item), 0).unwrap();
        }
        let of = |sizes: [u32; 2]| -> Vec<Outlook> {
            let sizes = BTreeMap::from([("site".to_owned(), sizes.to_vec())]);
            let plan = Plan {
                settings: &settings(ProfileName::Standard),
                breakdowns: &breakdowns,
                sizes: &sizes,
                asked: &BTreeMap::new(),
            };
            let people = sizes["site"].iter().sum();
            let all = outlook(&mut Policies::default(), &survey, people, &plan);
            all.into_iter().map(|(_, outlook)| outlook).collect()
        };
        let levels = Outlook::Counts(Grain::Levels);
        // Eleven are too few for the options beside one that stands alone.
        assert_eq!(of([6, 5]), [levels, Outlook::Never]);
        assert_eq!(of([12, 12]), [levels, Outlook::Several]);
    }

    #[test]
    fn a_question_that_came_with_a_new_version_is_of_those_who_had_it() {
        let before = survey("1", vec![on_five("q"), one_of("changed", "yn")]);
        let now = survey(
            "2",
            vec![on_five("q"), one_of("new", "yn"), one_of("changed", "ynm")],
        );
        let asked = asked_by_version(&now, &[(&now, 5), (&before, 11)]);
        assert_eq!(asked, BTreeMap::from([(key("new"), 5), (key("changed"), 0)]));
        assert_eq!(
            asked_by_version(&now, &[(&now, 16), (&before, 0)]),
            BTreeMap::new()
        );
        let plan = Plan {
            settings: &settings(ProfileName::Standard),
            breakdowns: &Breakdowns::default(),
            sizes: &BTreeMap::new(),
            asked: &asked,
        };
        let all = outlook(&mut Policies::default(), &now, 16, &plan);
        let told: Vec<bool> = all
            .into_iter()
            .map(|(_, outlook)| outlook != Outlook::Never)
            .collect();
        assert_eq!(told, [true, false, false]);
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
