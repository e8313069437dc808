//! The examples of `docs/statistics.md`, computed: each result must stand on the page as it is.

use stemme::stats::bootstrap::bootstrap;
use stemme::stats::census::{Known, Users};
use stemme::stats::cliffs_delta::cliffs_delta;
use stemme::stats::confidence::Confidence;
use stemme::stats::crosstab::Crosstab;
use stemme::stats::difference::share_difference;
use stemme::stats::fisher::fisher;
use stemme::stats::kruskal_wallis::kruskal_wallis;
use stemme::stats::level_counts::LevelCounts;
use stemme::stats::mann_whitney::{mann_whitney, u_statistic};
use stemme::stats::mean::{Moments, mean_interval};
use stemme::stats::quantile::{Definition, quartiles};
use stemme::stats::reliability::{ScaleSums, reliability};
use stemme::stats::share::{clopper_pearson, wilson};

const PAGE: &str = include_str!("../docs/statistics.md");
const USUAL: Confidence = Confidence::NinetyFive;

/// Whether a line of examples that begins with `about` says `result`.
fn says(about: &str, result: &str) {
    let line = PAGE
        .lines()
        .find(|line| line.starts_with("Example") && line.contains(about));
    let line = line.unwrap_or_default();
    assert!(line.contains(result), "{about}: {result} is not in \"{line}\"");
}

fn counts(counts: &[u32]) -> LevelCounts {
    LevelCounts::new(counts.to_vec())
}

fn from_to(low: f64, high: f64) -> String {
    format!("from {low:.4} to {high:.4}")
}

#[test]
fn shares_and_their_differences() {
    let share = wilson(3, 5, USUAL).unwrap();
    says("3 of 5 is", &from_to(share.low, share.high));
    let exact = clopper_pearson(0, 10, USUAL).unwrap();
    says("0 of 10: 1", &from_to(exact.low, exact.high));
    let difference = share_difference((0, 10), (4, 12), USUAL).unwrap();
    let interval = difference.interval;
    says(
        "0 of 10 against",
        &format!(
            "{:.4}, {}",
            difference.difference,
            from_to(interval.low, interval.high)
        ),
    );
    let Ok(Known::Estimated(share)) = Users::new(45).share(18, 30, USUAL) else {
        panic!("some did not answer");
    };
    says("of 45 users", &from_to(share.low, share.high));
}

#[test]
fn means_and_quartiles() {
    let five = counts(&[0, 1, 1, 2, 1]);
    let moments = Moments::of(&five).unwrap();
    says("counts 0 1 1 2 1", &format!("mean {}, SD", moments.mean()));
    says("counts 0 1 1 2 1", &format!("= {:.4}.", moments.sd().unwrap()));
    let of = |definition| {
        let q = quartiles(&five, definition).unwrap();
        format!("{}, {} and {}", q.first, q.median, q.third)
    };
    says("2 3 4 4 5", &format!("type 7 gives {}", of(Definition::Type7)));
    says("2 3 4 4 5", &format!("type 6 gives {}", of(Definition::Type6)));
    let skewed = counts(&[1, 0, 0, 0, 22]);
    let interval = mean_interval(&skewed, USUAL).unwrap().unclipped();
    says("22 fives and a one: 4.8", &from_to(interval.low, interval.high));
    let bca = bootstrap(&skewed, USUAL).unwrap().bca;
    says("22 fives and a one: from", &from_to(bca.low, bca.high));
}

#[test]
fn groups() {
    let (first, second) = (counts(&[0, 1, 2, 0, 1]), counts(&[0, 0, 1, 2, 2]));
    let test = mann_whitney(&first, &second).unwrap();
    says(
        "2 3 3 5 against",
        &format!("U = {}", u_statistic(&first, &second).unwrap()),
    );
    says("2 3 3 5 against", &format!("p {:.4}", test.p.unadjusted()));
    let delta = cliffs_delta(&first, &second, USUAL).unwrap();
    let interval = delta.interval.unwrap();
    says(
        "same two groups",
        &format!(
            "delta {:.4}, {}",
            delta.delta,
            from_to(interval.low, interval.high)
        ),
    );
    let table = Crosstab::new(&[vec![0, 8], vec![5, 4]]).unwrap();
    let association = table.association().unwrap();
    says("0 8 / 5 4", &format!("chi-square {:.4}", association.chi_square));
    says(
        "0 8 / 5 4",
        &format!("p exact {:.4}", fisher(&table).unwrap().unadjusted()),
    );
    says("0 8 / 5 4", &format!("V {:.4}", association.cramers_v));
}

#[test]
fn small_groups_apart_are_rarer_than_chi_square_says() {
    let apart = [[4, 0, 0], [0, 4, 0], [0, 0, 4]].map(|group| counts(&group));
    let test = kruskal_wallis(&apart).unwrap();
    let line = PAGE
        .lines()
        .find(|line| line.contains("three groups of four"))
        .unwrap();
    let exact = format!("{:.4}", test.p.unadjusted());
    assert!(line.contains(&exact), "{exact}: {line}");
}

#[test]
fn alpha_of_four_people() {
    let mut sums = ScaleSums::new(2);
    for row in [[1, 2], [2, 2], [4, 5], [5, 4]] {
        sums.add(&row.map(Some)).unwrap();
    }
    let alpha = reliability(&sums, USUAL).unwrap();
    assert!(alpha.shown().is_err());
    says("rows 1 2", &format!("= {:.4}, in grey", alpha.in_grey().alpha));
}
