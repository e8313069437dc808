//! Reference values of figures against ours: reads a folder of sets and says which value is off.

use std::fs;
use std::path::Path;

use serde_json::Value;
use stemme::stats::adjusted::{Adjustment, adjusted};
use stemme::stats::agreement::{CodedTwice, Weighing};
use stemme::stats::bootstrap::bootstrap;
use stemme::stats::census::{Known, Users};
use stemme::stats::cliffs_delta::cliffs_delta;
use stemme::stats::confidence::{Confidence, Interval};
use stemme::stats::crosstab::Crosstab;
use stemme::stats::difference::{mean_difference, share_difference};
use stemme::stats::fisher::fisher;
use stemme::stats::gap::gap;
use stemme::stats::index::{IndexItem, IndexScores, MinimumAnswered, person_index};
use stemme::stats::krippendorff::{Measure, krippendorff};
use stemme::stats::kruskal_wallis::kruskal_wallis;
use stemme::stats::level_counts::LevelCounts;
use stemme::stats::mann_whitney::{Continuity, exact, normal, u_statistic};
use stemme::stats::mean::{Moments, mean_0_100, mean_interval, skewness};
use stemme::stats::p_value::PValue;
use stemme::stats::quantile::{Definition, quartiles};
use stemme::stats::reliability::{ScaleSums, reliability};
use stemme::stats::run_chart::run_chart;
use stemme::stats::share::{clopper_pearson, ratio, top_box};
use stemme::stats::undefined::{Figure, Undefined};

/// Statistics in the sets that are not computed, and why.
pub(crate) const NOT_COMPUTED: &[(&str, &str)] = &[
    (
        "wilson_cc_95",
        "shares have no continuity correction: tools disagree on it",
    ),
    ("jeffreys_95", "later; Wilson and Clopper-Pearson are offered"),
    (
        "agresti_coull_95",
        "Wilson's interval is the better one of the two",
    ),
    ("wald_diff_ci95", "misleads at small n; Newcombe's is used"),
    ("miettinen_nurminen_ci95", "later; Newcombe's is used"),
    ("bca_95_ideal_strict", "ties count half, as in scipy"),
    (
        "bca_95_montecarlo",
        "drawn by boot in R with strict ties; ours is computed without drawing",
    ),
    (
        "mwu_p_exact_double_onesided",
        "two-sided is by distance from the middle, as in coin",
    ),
    ("brunner_munzel_p", "later; Mann and Whitney is the test"),
    ("hedges_g", "later; Cliff's delta is the effect size"),
    ("hedges_g_ci95_nct", "later; Cliff's delta is the effect size"),
    (
        "alpha_pairwise",
        "later; alpha is listwise, with the n it used beside it",
    ),
    ("omega_total_1f_minres_std", "later: two conventions differ"),
    ("omega_total_1f_ml_raw", "later: two conventions differ"),
    (
        "chi2_yates_p",
        "no continuity correction; small tables are tested exactly",
    ),
    (
        "cramers_v_ci95_ncchi2",
        "V stands without an interval, and V corrected for chance beside it",
    ),
    (
        "bonferroni",
        "Holm and Benjamini-Hochberg are offered; Holm is never worse",
    ),
    ("weights", "weighting is for later"),
    ("weighted_mean", "weighting is for later"),
    ("deff_kish", "weighting is for later"),
    ("sign_test_p", "tests for linked people are for later"),
    ("v_plus", "tests for linked people are for later"),
    ("wilcoxon_p_asymp_nocc", "tests for linked people are for later"),
    ("wilcoxon_p_asymp_cc", "tests for linked people are for later"),
    (
        "wilcoxon_p_exact_zeros_dropped",
        "tests for linked people are for later",
    ),
    ("wilcoxon_p_exact_pratt", "tests for linked people are for later"),
    ("mcnemar_b_c", "tests for linked people are for later"),
    ("mcnemar_exact_p_top2", "tests for linked people are for later"),
];

/// What came of comparing.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Values compared, single numbers of lists counted as one value.
    pub(crate) values: usize,
    /// What is off, in words.
    pub(crate) off: Vec<String>,
    /// Values not computed, with set and statistic.
    pub(crate) not_computed: Vec<(String, String)>,
}

impl Outcome {
    /// Returns the closing line.
    pub(crate) fn closing(&self) -> String {
        let (off, left) = (self.off.len(), self.not_computed.len());
        format!("{} values, {off} off, {left} not computed", self.values)
    }
}

/// Compares every set of a folder.
pub(crate) fn check_folder(folder: &Path) -> Result<Outcome, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    let mut outcome = Outcome::default();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let set: Value =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        check_set(&set, &mut outcome);
    }
    Ok(outcome)
}

fn check_set(set: &Value, outcome: &mut Outcome) {
    let text = |key: &str| set[key].as_str().unwrap_or_default().to_owned();
    let (id, family) = (text("id"), text("family"));
    for (statistic, expected) in set["expected"].as_object().into_iter().flatten() {
        outcome.values += 1;
        let want = &expected["value"];
        match computed(&family, statistic, &set["input"]) {
            None => outcome.not_computed.push((id.clone(), statistic.clone())),
            // An exact count that would take minutes; reports take the approximation there.
            Some(Err(Undefined::TooLarge)) => {
                outcome
                    .not_computed
                    .push((id.clone(), format!("{statistic} (too large)")));
            }
            Some(Err(why)) => outcome
                .off
                .push(format!("{id} {statistic}: undefined ({why:?}), expected {want}")),
            Some(Ok(got)) => {
                if !is_close(&got, want, statistic) {
                    let got = Value::from(got);
                    outcome
                        .off
                        .push(format!("{id} {statistic}: {got}, expected {want}"));
                }
            }
        }
    }
}

type Values = Vec<Option<f64>>;

fn is_close(got: &Values, want: &Value, statistic: &str) -> bool {
    let want: Values = match want {
        Value::Array(all) => all.iter().map(Value::as_f64).collect(),
        one => vec![one.as_f64()],
    };
    // Some tools leave out an item that was dropped, others list it without a value.
    let compact = |values: &Values| values.iter().flatten().copied().map(Some).collect::<Values>();
    let (got, want) = if got.len() == want.len() {
        (got.clone(), want)
    } else {
        (compact(got), compact(&want))
    };
    got.len() == want.len()
        && got
            .iter()
            .zip(&want)
            .all(|(got, want)| is_near(*got, *want, statistic))
}

fn is_near(got: Option<f64>, want: Option<f64>, statistic: &str) -> bool {
    let (Some(got), Some(want)) = (got, want) else {
        return got.is_none() && want.is_none();
    };
    let is_probability = statistic.ends_with("_p") || statistic.contains("_p_");
    let relative = if statistic.contains("montecarlo") {
        1e-2
    } else if is_probability && want < 1e-12 {
        1e-6
    } else if statistic.starts_with("clopper") {
        1e-8
    } else {
        1e-9
    };
    let floor = if is_probability { 0.0 } else { 1e-12 };
    (got - want).abs() <= (relative * want.abs()).max(floor)
}

fn computed(family: &str, statistic: &str, input: &Value) -> Option<Figure<Values>> {
    if NOT_COMPUTED.iter().any(|(name, _)| *name == statistic) {
        return None;
    }
    match family {
        "item" => item(statistic, input),
        "fpc" => census(statistic, input).or_else(|| item(statistic, input)),
        "scale" => scale(statistic, input),
        "two_groups" => two_groups(statistic, input),
        "table" => table(statistic, rows(&input["counts"])),
        "k_groups" => k_groups(statistic, input),
        "p_adjust" => p_adjust(statistic, input),
        "prop_diff" => prop_diff(statistic, input),
        "paired" => paired(statistic, input),
        "run_chart" => runs(statistic, input),
        "agreement" => agreement(statistic, input),
        _ => None,
    }
}

fn one(figure: Figure<f64>) -> Option<Figure<Values>> {
    Some(figure.map(|value| vec![Some(value)]))
}

fn count(value: u64) -> Option<Figure<Values>> {
    one(Ok(value as f64))
}

fn both(figure: Figure<Interval>) -> Option<Figure<Values>> {
    Some(figure.map(|interval| vec![Some(interval.low), Some(interval.high)]))
}

fn list(figures: impl IntoIterator<Item = Figure<f64>>) -> Option<Figure<Values>> {
    Some(Ok(figures.into_iter().map(Figure::ok).collect()))
}

fn positions(value: &Value) -> Vec<Option<u8>> {
    let all = value.as_array().map_or(&[][..], Vec::as_slice);
    all.iter().map(|one| u8::try_from(one.as_u64()?).ok()).collect()
}

fn rows(value: &Value) -> Vec<Vec<u32>> {
    let all = value.as_array().map_or(&[][..], Vec::as_slice);
    let number = |one: &Value| u32::try_from(one.as_u64().unwrap_or(0)).unwrap_or(u32::MAX);
    all.iter()
        .map(|row| row.as_array().into_iter().flatten().map(number).collect())
        .collect()
}

fn number(input: &Value, key: &str) -> u64 {
    input[key].as_u64().unwrap_or(0)
}

fn levels(input: &Value, answers: &[&[Option<u8>]]) -> u8 {
    let given = u8::try_from(number(input, "levels")).unwrap_or(0);
    let highest = answers.iter().flat_map(|a| a.iter().flatten()).max();
    if given > 0 {
        given
    } else {
        highest.map_or(1, |level| *level)
    }
}

fn confidence_of(statistic: &str) -> Confidence {
    if statistic.contains("90") {
        Confidence::Ninety
    } else if statistic.contains("99") {
        Confidence::NinetyNine
    } else {
        Confidence::NinetyFive
    }
}

fn item(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let values = positions(&input["values"]);
    let counts = match LevelCounts::of_positions(levels(input, &[&values]), values.iter().copied()) {
        Ok(counts) => counts,
        Err(why) => return Some(Err(why)),
    };
    let (total, n) = (values.len() as u64, counts.n());
    let top = usize::try_from(number(input, "top_boxes")).unwrap_or(0);
    let percent = |of: u64| {
        counts
            .counts()
            .iter()
            .map(move |c| ratio(u64::from(*c), of).map(|r| r * 100.0))
    };
    match statistic {
        "n_total" => count(total),
        "n_valid" => count(n),
        "n_missing" => count(total - n),
        "counts" => list(counts.counts().iter().map(|c| Ok(f64::from(*c)))),
        "pct_of_all" => list(percent(total)),
        "pct_of_valid" => list(percent(n)),
        "cum_pct_valid" => list(
            counts
                .cumulative()
                .into_iter()
                .map(|c| ratio(c, n).map(|r| r * 100.0)),
        ),
        "mean" => one(Moments::of(&counts).map(|m| m.mean())),
        "sd" => one(Moments::of(&counts).and_then(|m| m.sd())),
        "sem" => one(Moments::of(&counts).and_then(|m| m.standard_error())),
        "skewness_g1" => one(skewness(&counts)),
        "index_0_100" => one(mean_0_100(&counts)),
        "median" => one(quartiles(&counts, Definition::default()).map(|q| q.median)),
        "top_n" => count(counts.top(top)),
        "top_share" => one(ratio(counts.top(top), n)),
        "bca_z0_midrank" => one(bootstrap(&counts, Confidence::default()).map(|b| b.z0)),
        "bca_a" => one(bootstrap(&counts, Confidence::default()).map(|b| b.a)),
        _ if statistic.starts_with("quartiles_type") => {
            let definition = definition_of(statistic)?;
            Some(quartiles(&counts, definition).map(|q| vec![Some(q.first), Some(q.third)]))
        }
        _ => {
            let confidence = confidence_of(statistic);
            if statistic.starts_with("t_ci_") {
                both(mean_interval(&counts, confidence).map(|i| i.unclipped()))
            } else if statistic.starts_with("wilson_") {
                both(top_box(&counts, top, confidence).map(|s| s.interval()))
            } else if statistic.starts_with("clopper_pearson_") {
                both(clopper_pearson(counts.top(top), n, confidence).map(|s| s.interval()))
            } else if statistic.ends_with("_ideal_midrank") {
                both(bootstrap(&counts, confidence).map(|b| b.bca))
            } else if statistic.starts_with("percentile_") {
                both(bootstrap(&counts, confidence).map(|b| b.percentile))
            } else {
                None
            }
        }
    }
}

fn definition_of(statistic: &str) -> Option<Definition> {
    Some(match statistic.strip_prefix("quartiles_type")? {
        "1" => Definition::Type1,
        "2" => Definition::Type2,
        "3" => Definition::Type3,
        "4" => Definition::Type4,
        "5" => Definition::Type5,
        "6" => Definition::Type6,
        "7" => Definition::Type7,
        "8" => Definition::Type8,
        "9" => Definition::Type9,
        _ => return None,
    })
}

fn census(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let values = positions(&input["values"]);
    let counts = LevelCounts::of_positions(levels(input, &[&values]), values.iter().copied()).ok()?;
    let users = Users::new(u32::try_from(number(input, "population")).ok()?);
    let top = usize::try_from(number(input, "top_boxes")).unwrap_or(0);
    let (inside, n) = (counts.top(top), counts.n());
    let collapsed = |value: f64| Interval {
        low: value,
        high: value,
    };
    let confidence = confidence_of(statistic);
    if statistic.starts_with("fpc_se_mean") {
        one(users.standard_error(&counts))
    } else if statistic.starts_with("fpc_se_prop") {
        one(users.share_error(inside, n))
    } else if statistic.starts_with("fpc_t_ci") {
        both(users.mean(&counts, confidence).map(|known| match known {
            Known::Everybody(mean) => collapsed(mean),
            Known::Estimated(interval) => interval.unclipped(),
        }))
    } else if statistic.starts_with("fpc_exact") {
        both(users.share_exact(inside, n, confidence))
    } else if statistic.starts_with("fpc") && statistic.contains("wilson") {
        both(users.share(inside, n, confidence).map(|known| match known {
            Known::Everybody(share) => collapsed(share),
            Known::Estimated(share) => share.interval(),
        }))
    } else {
        None
    }
}

fn scale(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let people: Vec<Vec<Option<u8>>> = input["rows"].as_array()?.iter().map(positions).collect();
    let width = people.first().map_or(0, Vec::len);
    let reversed = positions(&input["reverse_items"]);
    let is_reversed = |place: usize| reversed.iter().flatten().any(|r| usize::from(*r) == place);
    let own_levels = positions(&input["levels"]);
    let item = |place: usize| {
        let own = own_levels.get(place).copied().flatten();
        let answers: Vec<&[Option<u8>]> = people.iter().map(Vec::as_slice).collect();
        IndexItem::new(own.unwrap_or_else(|| levels(input, &answers)), is_reversed(place))
    };
    let items: Vec<IndexItem> = match (0..width).map(item).collect() {
        Ok(items) => items,
        Err(why) => return Some(Err(why)),
    };
    let minimum = match MinimumAnswered::new(input["min_share"].as_f64().unwrap_or(0.5)) {
        Ok(minimum) => minimum,
        Err(why) => return Some(Err(why)),
    };
    let mut sums = ScaleSums::new(width);
    for row in &people {
        let turned: Vec<Option<u8>> = row
            .iter()
            .zip(&items)
            .map(|(answer, item)| answer.and_then(|answer| item.position(answer).ok()))
            .collect();
        if let Err(why) = sums.add(&turned) {
            return Some(Err(why));
        }
    }
    let scores = || IndexScores::of(&items, people.iter().map(Vec::as_slice), minimum);
    let table = || scores()?.table(Confidence::default());
    let alpha = || reliability(&sums, Confidence::default()).map(|alpha| alpha.in_grey().clone());
    let per_item = |of: fn(&stemme::stats::reliability::ItemReliability) -> Figure<f64>| {
        Some(alpha().map(|alpha| {
            let own = |place: usize| alpha.items.iter().find(|item| item.item == place);
            (0..width)
                .map(|place| own(place).and_then(|item| of(item).ok()))
                .collect::<Values>()
        }))
    };
    match statistic {
        "n_complete" => one(Ok(sums.complete() as f64)),
        "person_index" => list(people.iter().map(|row| person_index(&items, row, minimum))),
        "index_n" => one(scores().map(|scores| scores.n() as f64)),
        "index_mean" => one(table().map(|t| t.mean)),
        "index_sd" => one(table().and_then(|t| t.sd)),
        "index_t_ci_95" => both(table().and_then(|t| t.interval).map(|i| i.unclipped())),
        "alpha_listwise" => one(alpha().map(|a| a.alpha)),
        "alpha_feldt_ci_95_listwise" => both(alpha().and_then(|a| a.interval)),
        "alpha_std_listwise" => one(alpha().map(|a| a.standardised)),
        "mean_inter_item_r" => one(alpha().map(|a| a.mean_correlation)),
        "alpha_if_dropped_listwise" => per_item(|item| item.alpha_if_dropped),
        "item_rest_r_listwise" => per_item(|item| item.rest_correlation),
        "item_total_r_listwise" => per_item(|item| item.total_correlation),
        _ => None,
    }
}

fn two_groups(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let (x, y) = (positions(&input["x"]), positions(&input["y"]));
    let k = levels(input, &[&x, &y]);
    let first = LevelCounts::of_positions(k, x).ok()?;
    let second = LevelCounts::of_positions(k, y).ok()?;
    let confidence = Confidence::default();
    let welch = || mean_difference(&Moments::of(&first)?, &Moments::of(&second)?, confidence);
    let delta = || cliffs_delta(&first, &second, confidence);
    let p = |p: Figure<PValue>| one(p.map(PValue::unadjusted));
    match statistic {
        "n_x" => count(first.n()),
        "n_y" => count(second.n()),
        "cliffs_delta" => one(delta().map(|d| d.delta)),
        "a12" => one(delta().map(|d| d.chance_higher)),
        "cliffs_delta_ci95_cliff_z" => both(delta().and_then(|d| d.interval)),
        "u_x" => one(u_statistic(&first, &second)),
        "mwu_p_asymp_cc" => p(normal(&first, &second, Continuity::Corrected)),
        "mwu_p_asymp_nocc" => p(normal(&first, &second, Continuity::Uncorrected)),
        "mwu_p_exact" => p(exact(&first, &second)),
        "welch_t" => one(welch().map(|w| w.t)),
        "welch_df" => one(welch().map(|w| w.degrees)),
        "welch_p" => p(welch().map(|w| w.p)),
        "welch_diff_ci95" => both(welch().map(|w| w.difference.interval)),
        _ => None,
    }
}

fn table(statistic: &str, counts: Vec<Vec<u32>>) -> Option<Figure<Values>> {
    let table = match Crosstab::new(&counts) {
        Ok(table) => table,
        Err(why) => return Some(Err(why)),
    };
    let association = table.association();
    match statistic {
        "chi2" => one(association.map(|a| a.chi_square)),
        "chi2_df" => one(association.map(|a| a.degrees)),
        "chi2_p" => one(association.map(|a| a.chi_square_p.unadjusted())),
        "min_expected" => one(association.map(|a| a.least_expected)),
        "share_expected_lt5" => one(association.map(|a| a.share_few_expected)),
        "cramers_v" => one(association.map(|a| a.cramers_v)),
        "cramers_v_bias_corrected" => one(association.and_then(|a| a.cramers_v_corrected)),
        "fisher_ffh_p" | "fisher_p" => one(fisher(&table).map(PValue::unadjusted)),
        _ => None,
    }
}

fn k_groups(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let groups: Vec<Vec<Option<u8>>> = input["groups"].as_array()?.iter().map(positions).collect();
    let slices: Vec<&[Option<u8>]> = groups.iter().map(Vec::as_slice).collect();
    let k = levels(input, &slices);
    let counts: Vec<LevelCounts> = groups
        .iter()
        .map(|group| LevelCounts::of_positions(k, group.iter().copied()))
        .collect::<Figure<_>>()
        .ok()?;
    match statistic {
        "group_n" => list(counts.iter().map(|group| Ok(group.n() as f64))),
        "kruskal_h" => one(kruskal_wallis(&counts).map(|t| t.h)),
        "kruskal_df" => one(kruskal_wallis(&counts).map(|t| t.degrees)),
        "kruskal_p" => one(kruskal_wallis(&counts)
            .and_then(|t| t.chi_square_p())
            .map(PValue::unadjusted)),
        "epsilon_squared" => one(kruskal_wallis(&counts).map(|t| t.epsilon_squared)),
        _ if statistic.starts_with("kruskal_p_") => one(kruskal_wallis(&counts).map(|t| t.p.unadjusted())),
        _ => table(
            statistic,
            counts.iter().map(|group| group.counts().to_vec()).collect(),
        ),
    }
}

fn p_adjust(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let given = input["p"].as_array()?;
    let tests: Vec<Figure<PValue>> = given
        .iter()
        .map(|p| p.as_f64().map_or(Err(Undefined::NoVariation), PValue::given))
        .collect();
    match statistic {
        "holm" => list(adjusted(&tests, Adjustment::Holm)),
        "bh" => list(adjusted(&tests, Adjustment::BenjaminiHochberg)),
        _ => None,
    }
}

fn prop_diff(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let [k1, n1, k2, n2] = ["k1", "n1", "k2", "n2"].map(|key| number(input, key));
    let difference = share_difference((k1, n1), (k2, n2), Confidence::default());
    match statistic {
        "newcombe_diff_ci95" => both(difference.map(|d| d.interval)),
        "diff" => one(difference.map(|d| d.difference)),
        "fisher_p" | "chi2_p" => {
            let cell = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
            let counts = vec![
                vec![cell(k1), cell(n1.saturating_sub(k1))],
                vec![cell(k2), cell(n2.saturating_sub(k2))],
            ];
            table(statistic, counts)
        }
        _ => None,
    }
}

fn paired(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let (before, after) = (positions(&input["before"]), positions(&input["after"]));
    let most = i32::from(levels(input, &[&before, &after])) - 1;
    let mut people: Vec<(i32, u32)> = (-most..=most).map(|gap| (gap, 0)).collect();
    for (one, other) in before.into_iter().zip(after) {
        let apart = one
            .zip(other)
            .map(|(one, other)| i32::from(other) - i32::from(one));
        let own = people.iter_mut().find(|(gap, _)| Some(*gap) == apart);
        if let Some((_, count)) = own {
            *count += 1;
        }
    }
    let gap = gap(&people, Confidence::default());
    match statistic {
        "n_pairs" => one(gap.map(|g| g.n as f64)),
        "mean_diff" => one(gap.map(|g| g.mean)),
        "n_up" => one(gap.map(|g| g.above as f64)),
        "n_down" => one(gap.map(|g| g.below as f64)),
        "n_same" => one(gap.map(|g| g.alike as f64)),
        "t_ci_95_diff" => both(gap.and_then(|g| g.interval).map(|i| i.unclipped())),
        _ => None,
    }
}

fn runs(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let series: Vec<Option<f64>> = input["y"].as_array()?.iter().map(Value::as_f64).collect();
    let chart = run_chart(&series);
    let rules = chart.map(|chart| *chart.rules.in_grey());
    let limit = |of: Figure<Option<u64>>| Some(of.map(|limit| vec![limit.map(|limit| limit as f64)]));
    match statistic {
        "median" => one(chart.map(|c| c.median)),
        "n_obs" => one(chart.map(|c| c.points as f64)),
        "n_useful" => one(rules.map(|r| r.useful as f64)),
        "longest_run" => one(rules.map(|r| r.longest_run as f64)),
        "n_crossings" => one(rules.map(|r| r.crossings as f64)),
        "longest_run_max" => limit(rules.map(|r| r.longest_run_limit)),
        "n_crossings_min" => limit(rules.map(|r| r.crossings_limit)),
        "signal" => one(rules.map(|r| f64::from(u8::from(r.is_signal)))),
        _ => None,
    }
}

fn agreement(statistic: &str, input: &Value) -> Option<Figure<Values>> {
    let code = |one: &Value| u16::try_from(one.as_u64()?).ok();
    let raters = input["raters"].as_array()?;
    let coders: Vec<Vec<Option<u16>>> = raters
        .iter()
        .map(|rater| rater.as_array().into_iter().flatten().map(code).collect())
        .collect();
    if statistic.contains("kripp") {
        let measure = match () {
            () if statistic.contains("nominal") => Measure::Nominal,
            () if statistic.contains("ordinal") => Measure::Ordinal,
            () => return None,
        };
        return one(krippendorff(&coders, measure));
    }
    let [first, second] = coders.as_slice() else {
        return None;
    };
    let twice = match CodedTwice::new(first, second) {
        Ok(twice) => twice,
        Err(why) => return Some(Err(why)),
    };
    let agreement = twice.agreement(Weighing::Alike);
    match statistic {
        "n_both" => one(agreement.map(|a| a.n as f64)),
        "percent_agreement" => one(agreement.map(|a| a.agreed)),
        "cohen_kappa" => one(agreement.and_then(|a| a.kappa)),
        "cohen_kappa_quadratic" => one(twice.agreement(Weighing::Quadratic).and_then(|a| a.kappa)),
        "cohen_kappa_ci95" => both(twice.kappa_interval(Confidence::default())),
        _ => None,
    }
}
