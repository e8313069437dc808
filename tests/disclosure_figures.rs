//! How much of a five-level row is printed, against the table in `disclosure.md`: the share of worlds in each form and
//! the share of answers in exactly printed cells, for answers drawn independently from a distribution.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where it is wrong"
)]

use std::collections::BTreeMap;

use stemme::disclosure::breakdown::bands::{Bands, SplitSide};
use stemme::disclosure::breakdown::policy::Policy as GroupPolicy;
use stemme::disclosure::row::code::{Code, Coding};
use stemme::disclosure::row::policy::Policy;
use stemme::disclosure::row::shape::{Grain, Shape};
use stemme::disclosure::row::worlds::Worlds;

const MIXED: [f64; 5] = [0.05, 0.1, 0.2, 0.3, 0.35];
const MOSTLY_GOOD: [f64; 5] = [0.02, 0.03, 0.1, 0.35, 0.5];

/// Shares of five levels, three bands, two bands, nothing; and of answers in exact cells of the form printed.
fn figures(people: u32, threshold: u32, answers: [f64; 5]) -> ([f64; 4], f64) {
    let bands = [vec![0, 1], vec![2], vec![3, 4]];
    let shape = Shape::ordered(5, Some(&bands), Some(&[vec![0, 1, 2], vec![3, 4]]));
    let policy = Policy::decide(people, threshold, &shape).unwrap();
    let log_factorial: Vec<f64> = std::iter::once(0.0)
        .chain((1..=people).scan(0.0, |sum, i| {
            *sum += f64::from(i).ln();
            Some(*sum)
        }))
        .collect();
    let (mut forms, mut exact) = ([0.0; 4], 0.0);
    Worlds::new(people, 5).unwrap().each(|counts| {
        let log_weight = counts
            .iter()
            .zip(answers)
            .fold(log_factorial[people as usize], |sum, (&c, p)| {
                sum + f64::from(c) * p.ln() - log_factorial[c as usize]
            });
        let weight = log_weight.exp();
        let row = policy.printed(counts).unwrap();
        let form = match row.grain {
            Some(Grain::Levels) => 0,
            Some(Grain::ThreeBands) => 1,
            Some(_) => 2,
            None => 3,
        };
        forms[form] += weight;
        let finest = shape.tiers().get(form).map_or(&[][..], |tier| &tier.cells);
        let in_exact: u32 = row
            .cells
            .iter()
            .filter(|(cell, _)| finest.contains(cell))
            .map(|(_, code)| if let Code::Exact(count) = code { *count } else { 0 })
            .sum();
        exact += weight * f64::from(in_exact) / f64::from(people);
    });
    (forms, exact)
}

#[test]
fn the_table_of_the_design_is_met() {
    // n, k, answers, five levels, three bands, two bands, hidden, in exact cells
    let table = [
        (9, 3, MIXED, [0.77, 0.19, 0.04, 0.0], 0.32),
        (12, 5, MIXED, [0.88, 0.12, 0.0, 0.0], 0.11),
        (20, 5, MIXED, [0.51, 0.27, 0.22, 0.0], 0.62),
        (29, 5, MIXED, [0.51, 0.06, 0.42, 0.0], 0.85),
        (29, 5, MOSTLY_GOOD, [0.40, 0.55, 0.05, 0.0], 0.37),
        (29, 3, MIXED, [0.61, 0.21, 0.18, 0.0], 0.92),
    ];
    for (people, threshold, answers, forms, exact) in table {
        let (our_forms, our_exact) = figures(people, threshold, answers);
        for (ours, theirs) in our_forms.into_iter().zip(forms) {
            assert!(
                (ours - theirs).abs() < 0.02,
                "n = {people}, k = {threshold}: {our_forms:?}"
            );
        }
        assert!(
            our_exact > exact - 0.01,
            "n = {people}, k = {threshold}: {our_exact}"
        );
    }
}

#[test]
fn a_five_level_row_is_never_hidden_altogether() {
    for (people, threshold) in [(8, 3), (11, 5), (12, 5), (20, 5), (29, 5), (29, 6)] {
        let (forms, _) = figures(people, threshold, [0.2; 5]);
        assert!(forms[3] < 1e-12, "n = {people}, k = {threshold}: {forms:?}");
    }
}

/// How likely an unsafe count that is true looks to be safe to somebody who takes every world as equally likely: over
/// all worlds and their unsafe counts, the mean and the least share of the class in which that count is safe.
fn doubt<P: Ord>(worlds: impl Iterator<Item = (P, Vec<bool>)>) -> (f64, f64) {
    let mut classes: BTreeMap<P, (u32, Vec<u32>)> = BTreeMap::new();
    for (printed, is_unsafe) in worlds {
        let class = classes
            .entry(printed)
            .or_insert_with(|| (0, vec![0; is_unsafe.len()]));
        class.0 += 1;
        for (count, is_unsafe) in class.1.iter_mut().zip(is_unsafe) {
            *count += u32::from(is_unsafe);
        }
    }
    let (mut sum, mut all, mut least) = (0.0, 0.0, 1.0_f64);
    for (worlds, is_unsafe) in classes.values() {
        for count in is_unsafe.iter().filter(|count| **count > 0) {
            let safe = 1.0 - f64::from(*count) / f64::from(*worlds);
            sum += safe * f64::from(*count);
            all += f64::from(*count);
            least = least.min(safe);
        }
    }
    (sum / all, least)
}

fn doubt_in_row(people: u32, threshold: u32) -> (f64, f64) {
    let bands = [vec![0, 1], vec![2], vec![3, 4]];
    let shape = Shape::ordered(5, Some(&bands), Some(&[vec![0, 1, 2], vec![3, 4]]));
    let policy = Policy::decide(people, threshold, &shape).unwrap();
    let coding = Coding::new(people, threshold).unwrap();
    let mut worlds = Vec::new();
    Worlds::new(people, 5).unwrap().each(|counts| {
        let facts = shape.facts();
        let is_unsafe = facts.iter().map(|fact| coding.is_unsafe(fact.count(counts)));
        worlds.push((policy.printed(counts).unwrap(), is_unsafe.collect()));
    });
    doubt(worlds.into_iter())
}

/// As for a row, over the worlds of two or more groups of which something is printed.
fn doubt_in_groups(threshold: u32, sizes: &[u32]) -> (f64, f64) {
    let people: u32 = sizes.iter().sum();
    let mut worlds = Vec::new();
    for total in threshold + 2..people - threshold - 1 {
        let policy = GroupPolicy::decide(threshold, total, sizes).unwrap();
        policy.each(|counts| {
            let printed = policy.printed(counts).unwrap();
            if printed.iter().any(Option::is_some) {
                let of_group = counts.iter().zip(sizes);
                let is_unsafe = of_group.map(|(count, size)| *count < threshold || size - count < threshold);
                worlds.push(((total, printed), is_unsafe.collect()));
            }
        });
    }
    doubt(worlds.into_iter())
}

#[test]
fn the_doubt_that_is_left_is_as_documented() {
    // n, k, mean, least
    for (people, threshold, mean, least) in [
        (9, 3, 0.45, 0.152),
        (12, 5, 0.31, 0.055),
        (20, 5, 0.38, 0.050),
        (29, 5, 0.425, 0.032),
    ] {
        let (our_mean, our_least) = doubt_in_row(people, threshold);
        assert!(
            (our_mean - mean).abs() < 0.005 && (our_least - least).abs() < 0.0005,
            "n = {people}: {our_mean} {our_least}"
        );
    }
    for (threshold, sizes, mean, least) in [
        (5, &[15, 14][..], 0.26, 0.167),
        (5, &[20, 20], 0.22, 0.167),
        (5, &[20, 20, 20], 0.345, 0.107),
    ] {
        let (our_mean, our_least) = doubt_in_groups(threshold, sizes);
        assert!(
            (our_mean - mean).abs() < 0.005 && (our_least - least).abs() < 0.0005,
            "{sizes:?}: {our_mean} {our_least}"
        );
    }
}

#[test]
fn groups_are_printed_as_often_as_documented() {
    // k, sizes, share of worlds of which something is printed, and of which everything is printed exactly
    for (threshold, sizes, some, all) in [
        (5, &[15, 14][..], 0.450, 0.050),
        (5, &[20, 20], 0.701, 0.184),
        (3, &[9, 9], 0.440, 0.040),
        (5, &[20, 20, 20], 0.746, 0.079),
        (5, &[12, 12, 12], 0.133, 0.0),
        (5, &[15, 15, 15, 15], 0.757, 0.004),
    ] {
        let people: u32 = sizes.iter().sum();
        let worlds: f64 = sizes.iter().map(|size| f64::from(size + 1)).product();
        let (mut printed, mut exact) = (0.0, 0.0);
        for total in threshold + 2..people - threshold - 1 {
            let policy = GroupPolicy::decide(threshold, total, sizes).unwrap();
            policy.each(|counts| {
                let row = policy.printed(counts).unwrap();
                printed += f64::from(u8::from(row.iter().any(Option::is_some)));
                let is_exact = |code: &Option<Code>| matches!(code, Some(Code::Exact(_)));
                exact += f64::from(u8::from(row.iter().all(is_exact)));
            });
        }
        let shares = (printed / worlds, exact / worlds);
        assert!(
            (shares.0 - some).abs() < 0.001 && (shares.1 - all).abs() < 0.001,
            "{sizes:?}: {shares:?}"
        );
    }
}

/// Shares of all ways in which two groups can answer three bands: something of the two bands that make one side is printed
/// by groups, and all of it exactly.
fn three_bands(threshold: u32, sizes: [u32; 2]) -> (f64, f64) {
    let people = sizes[0] + sizes[1];
    let ways = |size: u32| f64::from((size + 1) * (size + 2)) / 2.0;
    let (mut some, mut exact) = (0_u32, 0_u32);
    for third in threshold + 2..people - threshold - 1 {
        let policy = GroupPolicy::decide(threshold, third, &sizes).unwrap();
        let mut classes: BTreeMap<Vec<Option<Code>>, Vec<Vec<u32>>> = BTreeMap::new();
        policy.each(|counts| {
            let sides = policy.printed(counts).unwrap();
            classes.entry(sides).or_default().push(counts.to_vec());
        });
        let on_side = people - third;
        for (sides, worlds) in classes {
            if sides.iter().all(Option::is_none) {
                continue;
            }
            for first in threshold + 1..on_side.saturating_sub(threshold) {
                let split = SplitSide {
                    is_told: false,
                    first,
                    second: on_side - first,
                };
                let bands = Bands::decide(&policy, &sides, split).unwrap();
                for told in &worlds {
                    let room = [sizes[0] - told[0], sizes[1] - told[1]];
                    for one in first.saturating_sub(room[1])..=first.min(room[0]) {
                        let printed = bands.printed(told, &[one, first - one]).unwrap();
                        some += u32::from(printed.iter().flatten().any(Option::is_some));
                        let is_exact = |code: &Option<Code>| matches!(code, Some(Code::Exact(_)));
                        exact += u32::from(printed.iter().flatten().all(is_exact));
                    }
                }
            }
        }
    }
    let all = ways(sizes[0]) * ways(sizes[1]);
    (f64::from(some) / all, f64::from(exact) / all)
}

#[test]
fn three_bands_by_groups_are_printed_as_often_as_documented() {
    let documented = [
        (3, [12, 12], 0.008, 0.0),
        (3, [20, 20], 0.188, 0.038),
        (5, [20, 20], 0.015, 0.001),
    ];
    let ours: Vec<(f64, f64)> = documented
        .iter()
        .map(|(threshold, sizes, ..)| three_bands(*threshold, *sizes))
        .collect();
    for ((threshold, sizes, some, all), own) in documented.iter().zip(&ours) {
        assert!(
            (own.0 - some).abs() < 0.001 && (own.1 - all).abs() < 0.001,
            "k = {threshold}, {sizes:?}: {ours:?}"
        );
    }
}
