//! The examples of `docs/statistics.md`, computed: each result must stand on the page as it is, and no example is left
//! out.

use stemme::definition;
use stemme::domain::coding::Coding;
use stemme::import::answers::{Reading, read};
use stemme::stats::adjusted::{Adjustment, adjusted};
use stemme::stats::agreement::{CodedTwice, Weighing};
use stemme::stats::bootstrap::bootstrap;
use stemme::stats::census::{Known, Users};
use stemme::stats::cliffs_delta::cliffs_delta;
use stemme::stats::collect::RowCounts;
use stemme::stats::confidence::Confidence;
use stemme::stats::crosstab::Crosstab;
use stemme::stats::difference::share_difference;
use stemme::stats::fisher::fisher;
use stemme::stats::gap::{gap, gap_0_100};
use stemme::stats::index::{IndexItem, MinimumAnswered, person_index};
use stemme::stats::kruskal_wallis::kruskal_wallis;
use stemme::stats::level_counts::LevelCounts;
use stemme::stats::mann_whitney::{mann_whitney, u_statistic};
use stemme::stats::mean::{Moments, mean_interval};
use stemme::stats::p_value::PValue;
use stemme::stats::percent::Percent;
use stemme::stats::quantile::{Definition, quartiles};
use stemme::stats::ranking::standings;
use stemme::stats::reliability::{ScaleSums, reliability};
use stemme::stats::run_chart::run_chart;
use stemme::stats::share::{clopper_pearson, wilson};
use stemme::stats::undefined::Undefined;

const PAGE: &str = include_str!("../docs/statistics.md");
const USUAL: Confidence = Confidence::NinetyFive;

/// What each example is found by.
const EXAMPLES: [&str; 20] = [
    "17 of 23",
    "3 of 5 is",
    "0 of 10: 1",
    "counts 0 1 1 2 1",
    "22 fives and a one: 4.8",
    "22 fives and a one: from",
    "2 3 4 4 5",
    "ranks c, a",
    "differences -3",
    "importance 3, 4 and 4",
    "3 of 5 levels",
    "rows 1 2",
    "0 of 10 against",
    "2 3 3 5 against",
    "same two groups",
    "0 8 / 5 4",
    "0.01, untestable",
    "61 58 63",
    "of 45 users",
    "20 times yes-yes",
];

#[test]
fn every_example_is_tested() {
    for line in PAGE.lines().filter(|line| line.starts_with("Example")) {
        let found = EXAMPLES.iter().filter(|about| line.contains(*about)).count();
        assert_eq!(found, 1, "{line}");
    }
}

/// Whether the example of `about` says `result`.
fn says(about: &str, result: &str) {
    assert!(EXAMPLES.contains(&about), "{about}");
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
fn per_cent_as_it_is_printed() {
    let printed = |count, n| {
        let percent = Percent::of(count, n).unwrap();
        let (whole, tenth) = (percent.tenths() / 10, percent.tenths() % 10);
        match percent.decimals() {
            0 => format!("{count} of {n} is {whole} %"),
            _ => format!("{count} of {n} is {whole}.{tenth} %"),
        }
    };
    says("17 of 23", &printed(17, 23));
    says("17 of 23", &printed(739, 1000));
    says("17 of 23", "of 19 people there is no per cent");
    assert!(Percent::of(17, 19).is_err());
}

/// One person's ranking, read as a row of a file.
#[test]
fn options_left_out_of_a_ranking() {
    let options: Vec<String> = ["a", "b", "c", "d"]
        .map(|code| format!("{{ code = '{code}', text = {{ en = 'Option {code}' }} }}"))
        .into();
    let survey = format!(
        "format = 1\nid = 'page'\nversion = '1'\nlanguages = ['en']\ntitle.en = 'Page'\n\
         [consent]\nread_aloud.en = 'Made up.'\n\
         points = [{{ id = 'part', required = true, text = {{ en = 'Take part?' }} }}]\n\
         [[section]]\nid = 'all'\ntitle.en = 'All'\n\
         [[section.q]]\nid = 'r'\ntype = 'rank'\ntext.en = 'What matters most?'\noptions = [{}]\n",
        options.join(", ")
    );
    let survey = definition::survey::read(survey.as_bytes()).value.unwrap();
    let coding = Coding::of(&survey, Vec::new());
    let takers = vec![RowCounts::new(&coding, &[])];
    let (mut parts, _) = read(&b"r\nc|a\n"[..], &coding, &Reading::default(), takers).unwrap();
    let tallies = parts.remove(0).tallies(&coding, &[]);
    let points: Vec<f64> = standings(tallies.tally(&"r".parse().unwrap()).unwrap())
        .unwrap()
        .iter()
        .map(|standing| standing.borda)
        .collect();
    let [a, b, c, d] = points.as_slice() else {
        panic!("four options");
    };
    assert_eq!(b.to_bits(), d.to_bits());
    says(
        "ranks c, a",
        &format!("c gets {c}, a {a}, and b and d get {b} each"),
    );
}

#[test]
fn pairs_and_an_index() {
    let people: Vec<(i32, u32)> = (-4..=4)
        .map(|gap| (gap, u32::from([-3, -2, 0, 2].contains(&gap))))
        .collect();
    let gap = gap(&people, USUAL).unwrap();
    assert_eq!(gap.below, 2);
    says("differences -3", &format!("mean {}, two below", gap.mean));
    let people = [(2, 1, 1), (3, 2, 1), (3, 4, 1)];
    let points = gap_0_100(people, (4, 5), USUAL).unwrap();
    says("importance 3, 4 and 4", &format!("mean {:.2}", points.mean));
    let items = [5, 11, 2].map(|levels| IndexItem::new(levels, false).unwrap());
    let answers = [Some(3), Some(6), Some(1)];
    let index = person_index(&items, &answers, MinimumAnswered::default()).unwrap();
    says("3 of 5 levels", &format!("= {index:.2}"));
}

#[test]
fn many_tests_rounds_in_time_and_coders() {
    let tests = [
        PValue::given(0.01),
        Err(Undefined::NoVariation),
        PValue::given(0.04),
    ];
    let holm: Vec<String> = adjusted(&tests, Adjustment::Holm)
        .iter()
        .map(|p| p.map_or_else(|_| "none".to_owned(), |p| p.to_string()))
        .collect();
    says("0.01, untestable", &format!("Holm {}.", holm.join(", ")));

    let series = [61, 58, 63, 60, 57, 62, 70, 72, 69, 74, 71, 73].map(|point| Some(f64::from(point)));
    let chart = run_chart(&series).unwrap();
    let rules = chart.rules.shown().unwrap();
    says(
        "61 58 63",
        &format!(
            "median {}, longest run {} of at most {}, {} crossing of at least {}: {}",
            chart.median,
            rules.longest_run,
            rules.longest_run_limit.unwrap(),
            rules.crossings,
            rules.crossings_limit.unwrap(),
            if rules.is_signal { "signal" } else { "no signal" }
        ),
    );

    let times = |one: u16, other: u16, times: usize| vec![(Some(one), Some(other)); times];
    let units = [times(1, 1, 20), times(0, 0, 15), times(1, 0, 5), times(0, 1, 10)].concat();
    let (first, second): (Vec<_>, Vec<_>) = units.into_iter().unzip();
    let coded = CodedTwice::new(&first, &second).unwrap();
    let agreement = coded.agreement(Weighing::Alike).unwrap();
    says("20 times yes-yes", &format!("po {}", agreement.agreed));
    says(
        "20 times yes-yes",
        &format!("kappa {:.1}.", agreement.kappa.unwrap()),
    );
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
