//! Whatever the counts: a figure is a number or a reason, never NaN or infinity, and lies where it must.

use std::fmt::Debug;

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use stemme::stats::adjusted::{Adjustment, adjusted};
use stemme::stats::agreement::{CodedTwice, Weighing};
use stemme::stats::bootstrap::bootstrap;
use stemme::stats::census::Users;
use stemme::stats::cliffs_delta::cliffs_delta;
use stemme::stats::confidence::Confidence;
use stemme::stats::crosstab::Crosstab;
use stemme::stats::difference::{mean_difference, share_difference};
use stemme::stats::fisher::fisher;
use stemme::stats::gap::gap;
use stemme::stats::index::{IndexItem, IndexScores, MinimumAnswered};
use stemme::stats::krippendorff::{Measure, krippendorff};
use stemme::stats::kruskal_wallis::kruskal_wallis;
use stemme::stats::level_counts::LevelCounts;
use stemme::stats::mann_whitney::{Continuity, exact, mann_whitney, normal};
use stemme::stats::mean::{Moments, mean_0_100, mean_interval, skewness};
use stemme::stats::p_value::PValue;
use stemme::stats::percent::Percent;
use stemme::stats::quantile::{Definition, quartiles};
use stemme::stats::reliability::{ScaleSums, reliability};
use stemme::stats::run_chart::run_chart;
use stemme::stats::share::{bottom_box, clopper_pearson, top_box, wilson};

const ALL: [Confidence; 3] = [Confidence::Ninety, Confidence::NinetyFive, Confidence::NinetyNine];

/// Counts as they come: mostly small, often 0, now and then large.
fn count(most: u32) -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0_u32), 6 => 0_u32..8, 1 => 0_u32..=most]
}

fn counts(levels: usize, most: u32) -> impl Strategy<Value = LevelCounts> {
    prop::collection::vec(count(most), levels).prop_map(LevelCounts::new)
}

fn answer(levels: u8) -> impl Strategy<Value = Option<u8>> {
    prop_oneof![1 => Just(None), 4 => (1..=levels).prop_map(Some)]
}

/// `Debug` of a figure shows every number in it.
fn is_finite(figure: &impl Debug) -> Result<(), TestCaseError> {
    let shown = format!("{figure:?}");
    prop_assert!(!shown.contains("NaN") && !shown.contains("inf"), "{shown}");
    Ok(())
}

#[test]
fn the_test_itself_would_see_a_number_that_is_none() {
    assert!(is_finite(&Some(f64::NAN)).is_err());
    assert!(is_finite(&[f64::NEG_INFINITY]).is_err());
    assert!(is_finite(&0.5).is_ok());
}

proptest! {
    #[test]
    fn figures_of_an_item(counts in (1_usize..12).prop_flat_map(|k| counts(k, 300)), boxes in 0_usize..12) {
        let scale = 1.0..=counts.levels() as f64;
        is_finite(&Moments::of(&counts))?;
        is_finite(&mean_0_100(&counts))?;
        is_finite(&skewness(&counts))?;
        is_finite(&quartiles(&counts, Definition::Type3))?;
        is_finite(&quartiles(&counts, Definition::Type7))?;
        is_finite(&Percent::of(counts.top(boxes), counts.n()))?;
        for confidence in ALL {
            is_finite(&bottom_box(&counts, boxes, confidence))?;
            is_finite(&clopper_pearson(counts.top(boxes), counts.n(), confidence))?;
            if let Ok(share) = top_box(&counts, boxes, confidence) {
                is_finite(&share)?;
                prop_assert!(0.0 <= share.low && share.low <= share.share);
                prop_assert!(share.share <= share.high && share.high <= 1.0);
            }
            if let Ok(interval) = mean_interval(&counts, confidence) {
                is_finite(&interval)?;
                prop_assert!(scale.contains(&interval.shown().low) && scale.contains(&interval.shown().high));
            }
            if let Ok(interval) = bootstrap(&counts, confidence) {
                is_finite(&interval)?;
                prop_assert!(scale.contains(&interval.bca.low) && scale.contains(&interval.bca.high));
            }
        }
    }

    #[test]
    fn figures_among_a_known_number_of_users(counts in counts(5, 60), users in 0_u32..400, boxes in 0_usize..6) {
        let (users, top) = (Users::new(users), counts.top(boxes));
        is_finite(&users.response_rate(counts.n()))?;
        is_finite(&users.standard_error(&counts))?;
        for confidence in ALL {
            is_finite(&users.mean(&counts, confidence))?;
            is_finite(&users.share(top, counts.n(), confidence))?;
            is_finite(&users.share_error(top, counts.n()))?;
            is_finite(&users.share_exact(top, counts.n(), confidence))?;
        }
    }

    #[test]
    fn comparisons_of_two_groups(
        groups in (1_usize..8).prop_flat_map(|k| (counts(k, 60), counts(k, 60))),
        boxes in 0_usize..6,
    ) {
        let (first, second) = groups;
        is_finite(&mann_whitney(&first, &second))?;
        is_finite(&normal(&first, &second, Continuity::Corrected))?;
        if first.n() + second.n() <= 80 {
            is_finite(&exact(&first, &second))?;
        }
        for confidence in ALL {
            is_finite(&cliffs_delta(&first, &second, confidence))?;
            let shares = ((first.top(boxes), first.n()), (second.top(boxes), second.n()));
            is_finite(&share_difference(shares.0, shares.1, confidence))?;
            if let (Ok(one), Ok(other)) = (Moments::of(&first), Moments::of(&second)) {
                is_finite(&mean_difference(&one, &other, confidence))?;
            }
        }
    }

    #[test]
    fn shares_of_large_groups(n in any::<u32>(), few in 1_u64..=49_999, part in 0_u64..=100) {
        for confidence in ALL {
            is_finite(&wilson(u64::from(n) * part / 100, u64::from(n), confidence))?;
            let exact = clopper_pearson(few * part / 100, few, confidence);
            prop_assert!(exact.is_ok());
            is_finite(&exact)?;
        }
    }

    #[test]
    fn reliability_and_index_of_a_scale(
        people in (1_usize..7).prop_flat_map(|items| prop::collection::vec(prop::collection::vec(answer(5), items), 0..40)),
        share in 0.0_f64..=1.0,
    ) {
        let items = people.first().map_or(1, Vec::len);
        let mut sums = ScaleSums::new(items);
        for row in &people {
            prop_assert!(sums.add(row).is_ok());
        }
        let fives: Vec<IndexItem> = (0..items).filter_map(|i| IndexItem::new(5, i % 2 == 1).ok()).collect();
        for confidence in ALL {
            is_finite(&reliability(&sums, confidence))?;
            if let Ok(minimum) = MinimumAnswered::new(share) {
                let scores = IndexScores::of(&fives, people.iter().map(Vec::as_slice), minimum);
                is_finite(&scores.and_then(|scores| scores.table(confidence)))?;
            }
        }
    }

    #[test]
    fn rounds_in_time(series in prop::collection::vec(prop::option::of(-1e6_f64..1e6), 0..60)) {
        is_finite(&run_chart(&series))?;
    }

    #[test]
    fn coders(codes in prop::collection::vec(prop::collection::vec(prop::option::of(0_u16..6), 9), 1..5)) {
        is_finite(&krippendorff(&codes, Measure::Nominal))?;
        is_finite(&krippendorff(&codes, Measure::Ordinal))?;
        if let [first, second, ..] = codes.as_slice()
            && let Ok(twice) = CodedTwice::new(first, second)
        {
            is_finite(&twice.agreement(Weighing::Alike))?;
            is_finite(&twice.agreement(Weighing::Quadratic))?;
            is_finite(&twice.kappa_interval(Confidence::NinetyFive))?;
        }
    }

    #[test]
    fn probabilities_of_many_tests(given in prop::collection::vec(0.0_f64..=1.0, 0..40)) {
        let tests: Vec<_> = given.iter().map(|p| PValue::given(*p)).collect();
        for adjustment in [Adjustment::Holm, Adjustment::BenjaminiHochberg] {
            for (raw, own) in given.iter().zip(adjusted(&tests, adjustment)) {
                prop_assert!(own.is_ok_and(|own| (*raw..=1.0).contains(&own)));
            }
        }
    }

    #[test]
    fn gaps_of_a_pair(people in prop::collection::vec(count(300), 9)) {
        let people: Vec<(i32, u32)> = (-4..=4).zip(people).collect();
        is_finite(&gap(&people, Confidence::NinetyFive))?;
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(40))]

    #[test]
    fn tables_of_counts(rows in (1_usize..4, 1_usize..4).prop_flat_map(|(r, c)| {
        prop::collection::vec(prop::collection::vec(0_u32..5, c), r)
    })) {
        if let Ok(table) = Crosstab::new(&rows) {
            is_finite(&table.association())?;
            is_finite(&table.independence())?;
            is_finite(&fisher(&table))?;
        }
    }

    #[test]
    fn several_groups(groups in (1_usize..6).prop_flat_map(|k| prop::collection::vec(counts(k, 10), 0..4))) {
        is_finite(&kruskal_wallis(&groups))?;
    }
}
