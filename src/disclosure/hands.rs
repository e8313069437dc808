//! Hands of groups that were interviewed together: told in words only.
//!
//! Of n people in three groups or more it is said whether at most a third raised a hand for an option, at least two thirds,
//! or a number in between.
//!
//! Proof that nothing is open where n / 3 is k or more and anybody can raise a hand for any option, so that options are
//! free of each other. A number of hands is unsafe below k and above n - k. "At most a third" holds k, "at least two
//! thirds" holds n - k, and what lies between is safe. Whoever raised a hand leaves k - 1 of the k to others, whoever did
//! not leaves n - k of the n - 1. So does somebody who saw all hands of the own group, as far as k people are in the
//! others: if fewer than k of the own group raised a hand, others may have made up for it. The members of a group saw each
//! other, and who of them raised a hand is nothing a report could keep from them.
//!
//! Where everybody raises one hand, the hands for all options are n. With n / 3 three more than k there is room for that: two
//! options in between take a third and one more each at the least, a most one two thirds, a reader's own hand one, and k
//! are left for any other; and where those are too few, options that take more make up for it. Tried below for every set of hands of up to four options.

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::Gathered;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};
use crate::stats::tally::Hands;

use super::forecast::is_sensitive;
use super::profile::Settings;
use super::publish::is_asked_by_roster;
use super::published::{Category, HandsAnswer, HowMany, PublishedHands};

/// Fewest groups of which anything is told.
const FEWEST_GROUPS: u32 = 3;

/// Returns what is told of the hands of groups at threshold k; `None` where they are too few, by sizes alone. `one_each`
/// says whether everybody raises one hand in all.
#[must_use]
pub fn in_words(
    hands: &Hands,
    categories: &[Category],
    threshold: u32,
    one_each: bool,
) -> Option<PublishedHands> {
    if !are_enough(hands.groups, hands.people, threshold, one_each) {
        return None;
    }
    let answers = categories.iter().zip(&hands.counts);
    Some(PublishedHands {
        groups: hands.groups,
        people: hands.people,
        answers: answers
            .map(|(category, raised)| HandsAnswer {
                what: category.clone(),
                said: said(*raised, hands.people),
            })
            .collect(),
    })
}

/// Returns whether anything may be told of so many groups at all, by their sizes alone.
#[must_use]
pub fn may_tell(gathered: Gathered, settings: &Settings) -> bool {
    let threshold = u32::from(settings.threshold(false));
    are_enough(gathered.groups, gathered.people, threshold, false)
}

/// Returns the fewest groups and the fewest people in them of whom anything is told.
#[must_use]
pub fn fewest(settings: &Settings) -> Gathered {
    Gathered {
        groups: FEWEST_GROUPS,
        people: u32::from(settings.threshold(false)) * FEWEST_GROUPS,
    }
}

const fn are_enough(groups: u32, people: u32, threshold: u32, one_each: bool) -> bool {
    let room = if one_each { 3 } else { 0 };
    let k = if threshold == 0 { 1 } else { threshold };
    groups >= FEWEST_GROUPS && people / 3 >= k.saturating_add(room)
}

/// Returns the items of which hands are told in words, in file order, where so many groups with so many people in all
/// answered: from how many they are, and from nothing else.
#[must_use]
pub fn would_tell(survey: &Survey, settings: &Settings, groups: u32, people: u32) -> Vec<ItemKey> {
    let mode = survey.parts().group_mode.as_ref();
    let is_asked = |id: &Id| mode.is_some_and(|mode| mode.only.contains(id) || mode.questions.contains(id));
    let is_told = |item: &Item<'_>| {
        let kind = &item.question.kind;
        let one_each = matches!(kind, QuestionKind::One(_) | QuestionKind::Scale { .. });
        let raises_hands = match kind {
            QuestionKind::Count(_) => true,
            QuestionKind::One(_) | QuestionKind::Scale { .. } | QuestionKind::Many { .. } => {
                is_asked(&item.question.id)
            }
            _ => false,
        };
        let threshold = u32::from(settings.threshold(is_sensitive(item)));
        item.question.report
            && raises_hands
            && is_asked_by_roster(survey, item)
            && !has_tied_options(kind)
            && are_enough(groups, people, threshold, one_each)
    };
    let items = survey.items().filter(is_told);
    items.map(|item| item.key()).collect()
}

/// Returns how many of so many people raised a hand, in words.
#[must_use]
pub const fn said(raised: u32, people: u32) -> HowMany {
    let three = raised.saturating_mul(3);
    if three <= people {
        HowMany::Few
    } else if three >= people.saturating_mul(2) {
        HowMany::Most
    } else {
        HowMany::Divided
    }
}

/// Whether how many may be chosen says something of one option by the hands for the others: with two choices each, options
/// that took nearly all of them leave few for the rest. The proof above takes options that are free of each other.
pub(super) fn has_tied_options(kind: &QuestionKind) -> bool {
    let QuestionKind::Many { choices, min, max } = kind else {
        return false;
    };
    let exclusive = choices.options.iter().filter(|option| option.exclusive).count();
    let free = choices.options.len() - exclusive;
    let is_bounded = max.is_some_and(|max| usize::from(max) < free) || min.is_some_and(|min| min > 1);
    // Whoever chooses from two, and cannot choose none, has one of them at the least.
    is_bounded || exclusive > 1 || (exclusive == 0 && free <= 2)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{HowMany, in_words, said, would_tell};
    use crate::disclosure::made_up::{settings, standard};
    use crate::disclosure::published::Category;
    use crate::domain::answer::{Answer, Response};
    use crate::domain::evaluation::ProfileName;
    use crate::domain::record::Mode;
    use crate::domain::survey::Survey;
    use crate::domain::survey::consent::GroupMode;
    use crate::domain::survey::question::QuestionKind;
    use crate::stats::made_up::{choices, id, one_of, question, record, survey};
    use crate::stats::tally::Hands;

    #[test]
    fn what_would_be_told_is_what_is_told_of_so_many_groups() {
        let many = |max| QuestionKind::Many {
            choices: choices("abcd"),
            min: None,
            max,
        };
        let mut questions = vec![
            question("h", QuestionKind::Count(choices("ab"))),
            one_of("one", "yn"),
            question("free", many(None)),
            question("tied", many(Some(2))),
            one_of("alone", "yn"),
        ];
        questions[0].sensitive = true;
        let mut survey = survey("1", questions);
        let told = |survey: &Survey, groups: u16, people: u16| -> Vec<(bool, bool)> {
            let records: Vec<_> = (0..groups)
                .map(|number| {
                    let hands = |codes: &str| {
                        let codes = codes.chars().map(|code| (id(&code.to_string()), 1));
                        Response::Given(Answer::Hands(codes.collect()))
                    };
                    let answers = [
                        ("h", hands("ab")),
                        ("one", hands("yn")),
                        ("free", hands("abcd")),
                        ("tied", hands("abcd")),
                    ];
                    let mut group = record(survey, number, &answers);
                    group.mode = Mode::Group { people };
                    group
                })
                .collect();
            let published = standard(survey, &records);
            let settings = settings(ProfileName::Standard);
            let before = would_tell(survey, &settings, groups.into(), (groups * people).into());
            let items = published.items().iter();
            items
                .map(|item| (before.contains(&item.item), item.hands.is_some()))
                .collect()
        };
        let mut parts = survey.parts().clone();
        parts.group_mode = Some(GroupMode {
            questions: ["one", "free", "tied"].map(id).into(),
            only: Vec::new(),
            min_people: 3,
        });
        survey = Survey::new(parts).unwrap();
        for (groups, people) in [(2, 20), (3, 4), (3, 5), (3, 6), (3, 8), (5, 20)] {
            let told = told(&survey, groups, people);
            assert!(
                told.iter().all(|(before, after)| before == after),
                "{groups}, {people}: {told:?}"
            );
        }
        assert!(told(&survey, 3, 8).iter().filter(|(told, _)| *told).count() == 3);
    }

    #[test]
    fn a_third_is_few_and_two_thirds_are_most() {
        let told = [0, 7, 8, 13, 14, 21].map(|raised| said(raised, 21));
        use HowMany::{Divided, Few, Most};
        assert_eq!(told, [Few, Few, Divided, Divided, Most, Most]);
    }

    #[test]
    fn fewer_than_three_groups_or_thrice_k_people_tell_nothing() {
        let told = |groups, people| {
            let counts = vec![4];
            let hands = Hands {
                groups,
                people,
                counts,
            };
            let told = |one_each| in_words(&hands, &[Category::Code(id("a"))], 5, one_each).is_some();
            [told(false), told(true)]
        };
        assert_eq!([told(2, 30), told(3, 14)], [[false; 2]; 2]);
        assert_eq!([told(3, 15), told(3, 24)], [[true, false], [true; 2]]);
    }

    /// For every number of people and hands: what is said, and what somebody could conclude who knows the hands of the own
    /// group, of which `seen` of `own` were raised (an outsider saw none of none).
    #[test]
    fn nothing_is_open_to_an_outsider_or_to_a_member_of_a_group() {
        for k in 3..=6_u32 {
            for people in 3 * k..=3 * k + 12 {
                for own in 0..=people - k {
                    for seen in 0..=own {
                        let mut classes: BTreeMap<HowMany, (bool, bool)> = BTreeMap::new();
                        for raised in seen..=people - (own - seen) {
                            let is_safe = raised >= k && people - raised >= k;
                            let class = classes.entry(said(raised, people)).or_default();
                            class.0 |= !is_safe;
                            class.1 |= is_safe;
                        }
                        for (word, (unsafe_there, safe_there)) in classes {
                            assert!(
                                !unsafe_there || safe_there,
                                "k = {k}, {people} people, {seen} of {own} seen: {word:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    fn sets_of(people: u32, options: usize) -> Vec<Vec<u32>> {
        if options == 1 {
            return vec![vec![people]];
        }
        let firsts = (0..=people).flat_map(|first| {
            let rest = sets_of(people - first, options - 1);
            rest.into_iter().map(move |rest| [vec![first], rest].concat())
        });
        firsts.collect()
    }

    /// Everybody raised one hand, perhaps for nothing that is asked for (the last option): for the outsider and for
    /// everybody who knows the own hand.
    #[test]
    fn nothing_is_open_where_everybody_raises_one_hand() {
        for (k, people, options) in [
            (3, 18, 2),
            (3, 18, 3),
            (3, 18, 4),
            (3, 20, 4),
            (5, 24, 3),
            (4, 21, 4),
        ] {
            for told in [options, options - 1] {
                let mut classes: BTreeMap<Vec<HowMany>, Vec<Vec<u32>>> = BTreeMap::new();
                for hands in sets_of(people, options) {
                    let words = hands.iter().take(told).map(|raised| said(*raised, people));
                    classes.entry(words.collect()).or_default().push(hands);
                }
                for (words, class) in classes {
                    for reader in 0..=options {
                        let possible = || {
                            class
                                .iter()
                                .filter(|hands| reader == options || hands[reader] > 0)
                        };
                        for fact in 0..told {
                            let is_safe = |hands: &&Vec<u32>| hands[fact] >= k && people - hands[fact] >= k;
                            let all_safe = possible().all(|hands| is_safe(&hands));
                            assert!(
                                all_safe || possible().any(|hands| is_safe(&hands)),
                                "k = {k}, {people} people: {words:?}, reader {reader}, option {fact}"
                            );
                        }
                    }
                }
            }
        }
    }
}
