//! How much of a five-level row is printed, against the table in `disclosure.md`: the share of worlds in each form and
//! the share of answers in exactly printed cells, for answers drawn independently from a distribution.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where it is wrong"
)]

use stemme::disclosure::row::code::Code;
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
