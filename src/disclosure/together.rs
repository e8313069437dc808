//! States of different people put together: sums of what they print, and nothing else.
//!
//! Every count here is a function of printed counts, so it tells no more than they do. The whole is safe as well: in
//! every state a count can be 0 or k to n - k whatever the others print, and sums of such counts are 0 or k to n - k of
//! all (states under other limits are not put together). Groups stand with their states.

use crate::stats::confidence::Confidence;
use crate::stats::share::{Share, wilson};

use super::published::{
    Answers, Base, Cell, Count, MissingShown, People, Published, PublishedHands, PublishedItem, Reason,
};

/// Returns what several states print of all their people together; nothing where there are fewer than two, or where they
/// were made under other limits or of other versions of the survey.
#[must_use]
pub fn together(states: &[&Published]) -> Option<Published> {
    let (first, others) = states.split_first()?;
    let alike = |other: &&Published| other.terms() == first.terms() && other.survey() == first.survey();
    if others.is_empty() || !others.iter().all(alike) {
        return None;
    }
    let sum = |of: fn(&Published) -> u32| states.iter().map(|state| of(state)).sum();
    let people = People {
        interviews: sum(Published::interviews),
        groups: sum(Published::groups),
        left_out: sum(Published::left_out),
    };
    let percent_from = u32::from(first.terms().percent_from);
    let items = first.items().iter().filter_map(|item| {
        let all: Option<Vec<&PublishedItem>> = states.iter().map(|state| state.item(&item.item)).collect();
        Some(item_together(item, &all?, percent_from))
    });
    Some(Published::new(
        first.survey().clone(),
        first.terms().clone(),
        people,
        items.collect(),
    ))
}

fn item_together(first: &PublishedItem, states: &[&PublishedItem], percent_from: u32) -> PublishedItem {
    let base = base(states);
    let missing = match base {
        Base::Shown { asked, valid } => MissingShown::Sum(asked.saturating_sub(valid)),
        Base::Hidden => MissingShown::Hidden,
    };
    PublishedItem {
        item: first.item.clone(),
        sensitive: states.iter().any(|item| item.sensitive),
        base,
        answers: answers(first, states, base, percent_from),
        missing,
        breakdown: None,
        hands: hands(states),
    }
}

/// What is told of groups: it stands with one state, and is no sum.
fn hands(states: &[&PublishedItem]) -> Option<PublishedHands> {
    let mut told = states.iter().filter_map(|item| item.hands.as_ref());
    let only = told.next()?;
    told.next().is_none().then(|| only.clone())
}

fn base(states: &[&PublishedItem]) -> Base {
    let mut sum = (0_u32, 0_u32);
    for item in states {
        match item.base {
            Base::Shown { asked, valid } => {
                sum = (sum.0.saturating_add(asked), sum.1.saturating_add(valid));
            }
            Base::Hidden => return Base::Hidden,
        }
    }
    Base::Shown {
        asked: sum.0,
        valid: sum.1,
    }
}

fn answers(first: &PublishedItem, states: &[&PublishedItem], base: Base, percent_from: u32) -> Answers {
    // Where one state prints no counts, there is no sum, for the reason it gives.
    if let Some(without) = states
        .iter()
        .find(|item| !matches!(item.answers, Answers::Row { .. }))
    {
        return without.answers.clone();
    }
    let Answers::Row { counted, cells, .. } = &first.answers else {
        return first.answers.clone();
    };
    let n = match base {
        Base::Shown { valid, .. } => valid,
        Base::Hidden => 0,
    };
    let cells: Vec<Cell> = cells
        .iter()
        .filter_map(|cell| {
            let same = |item: &&PublishedItem| {
                let own = item
                    .cells()
                    .iter()
                    .find(|own| own.what == cell.what && own.grain == cell.grain);
                own.map(|own| own.count)
            };
            let counts: Option<Vec<Count>> = states.iter().map(same).collect();
            let count = sum(&counts?);
            let share = match count {
                Count::Exact(count) if n >= percent_from => share(count, n),
                _ => None,
            };
            Some(Cell {
                grain: cell.grain,
                what: cell.what.clone(),
                count,
                share,
            })
        })
        .collect();
    match cells.first() {
        Some(finest) => Answers::Row {
            counted: *counted,
            form: finest.grain,
            cells,
        },
        None => Answers::Hidden {
            counted: *counted,
            reason: Reason::Protected,
            cells: Vec::new(),
        },
    }
}

/// The sum of printed counts, as far as it can be printed: "so many or fewer" and "so many or more" do not add up.
fn sum(counts: &[Count]) -> Count {
    let mut total = Count::Exact(0);
    for &count in counts {
        total = match (total, count) {
            (Count::Exact(a), Count::Exact(b)) => Count::Exact(a + b),
            (Count::Exact(a) | Count::AtMost(a), Count::Exact(b) | Count::AtMost(b)) => Count::AtMost(a + b),
            (Count::Exact(a) | Count::AtLeast(a), Count::Exact(b) | Count::AtLeast(b)) => {
                Count::AtLeast(a + b)
            }
            _ => return Count::Hidden,
        };
    }
    total
}

/// The share of n with its interval, in nine decimals: more than anybody prints, and read back from JSON as the same.
fn share(count: u32, n: u32) -> Option<Share> {
    let round = |value: f64| (value * 1e9).round() / 1e9;
    let interval = wilson(u64::from(count), u64::from(n), Confidence::default()).ok()?;
    Some(Share {
        share: round(interval.share),
        low: round(interval.low),
        high: round(interval.high),
    })
}

#[cfg(test)]
mod tests {
    use super::together;
    use crate::disclosure::made_up::{cells, settings, standard};
    use crate::disclosure::publish::publish;
    use crate::disclosure::published::{Base, Count, Grain, MissingShown, People, Published, PublishedHands};
    use crate::domain::evaluation::ProfileName;
    use crate::stats::collect::Tallies;
    use crate::stats::made_up::{on_five, one_of, records_of, survey};

    fn yes_and_no(yes: usize, no: usize) -> Published {
        let survey = survey("1", vec![one_of("q", "yn")]);
        standard(&survey, &records_of(&survey, "q", &[("y", yes), ("n", no)]))
    }

    fn counts(states: &[&Published]) -> Vec<Count> {
        let together = together(states).unwrap();
        together.items()[0]
            .cells()
            .iter()
            .map(|cell| cell.count)
            .collect()
    }

    #[test]
    fn exact_counts_add_up_with_their_share() {
        let (one, other) = (yes_and_no(12, 10), yes_and_no(7, 9));
        let together = together(&[&one, &other]).unwrap();
        let item = &together.items()[0];
        assert_eq!(item.base, Base::Shown { asked: 38, valid: 38 });
        assert_eq!(
            (together.interviews(), &item.missing),
            (38, &MissingShown::Sum(0))
        );
        let yes = &item.cells()[0];
        assert_eq!(yes.count, Count::Exact(19));
        assert!((yes.share.unwrap().share - 0.5).abs() < 1e-9);
    }

    #[test]
    fn coded_counts_stay_coded_and_opposite_codes_do_not_add_up() {
        let exact = yes_and_no(12, 10);
        let coded = yes_and_no(20, 2);
        let other_way = yes_and_no(1, 20);
        assert_eq!(counts(&[&exact, &coded]), [Count::AtLeast(29), Count::AtMost(15)]);
        assert_eq!(counts(&[&coded, &coded]), [Count::AtLeast(34), Count::AtMost(10)]);
        assert_eq!(counts(&[&coded, &other_way]), [Count::Hidden, Count::Hidden]);
    }

    #[test]
    fn where_one_state_prints_nothing_there_is_no_sum() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let few = standard(&survey, &records_of(&survey, "q", &[("y", 4), ("n", 3)]));
        let together = together(&[&yes_and_no(12, 10), &few]).unwrap();
        assert!(
            together.items()[0]
                .cells()
                .iter()
                .all(|cell| cell.count == Count::Hidden)
        );
    }

    #[test]
    fn rows_of_other_forms_share_their_coarser_cells() {
        let survey = survey("1", vec![on_five("q")]);
        let of = |counts: [usize; 5]| {
            let counts: Vec<(&str, usize)> = ["a", "b", "c", "d", "e"].into_iter().zip(counts).collect();
            standard(&survey, &records_of(&survey, "q", &counts))
        };
        let (fine, coarse) = (of([0, 4, 5, 9, 11]), of([1, 3, 6, 9, 10]));
        let together = together(&[&fine, &coarse]).unwrap();
        let item = &together.items()[0];
        assert_eq!(cells(item, Grain::Levels), []);
        assert_eq!(
            cells(item, Grain::TwoBands),
            [
                ("abc".to_owned(), Count::Exact(19)),
                ("de".to_owned(), Count::Exact(39))
            ]
        );
    }

    #[test]
    fn what_groups_told_stands_with_the_whole_and_is_no_sum() {
        let told = PublishedHands {
            groups: 3,
            people: 18,
            answers: Vec::new(),
        };
        let with = |hands: Option<&PublishedHands>| {
            let state = yes_and_no(12, 10);
            let mut items = state.items().to_vec();
            items[0].hands = hands.cloned();
            let people = People {
                interviews: state.interviews(),
                groups: 3,
                left_out: 0,
            };
            Published::new(state.survey().clone(), state.terms().clone(), people, items)
        };
        let hands = |states: [Option<&PublishedHands>; 2]| {
            let [one, other] = states.map(with);
            together(&[&one, &other]).unwrap().items()[0].hands.clone()
        };
        assert_eq!(hands([Some(&told), None]), Some(told.clone()));
        assert_eq!(hands([None, None]), None);
        assert_eq!(hands([Some(&told), Some(&told)]), None);
    }

    #[test]
    fn states_under_other_limits_are_not_put_together() {
        let survey = survey("1", vec![one_of("q", "yn")]);
        let records = records_of(&survey, "q", &[("y", 12), ("n", 10)]);
        let strict = publish(
            &survey,
            &Tallies::of(&survey, &[], &records),
            &settings(ProfileName::Strict),
        );
        assert_eq!(together(&[&yes_and_no(12, 10), &strict]), None);
        assert_eq!(together(&[&strict]), None);
    }
}
