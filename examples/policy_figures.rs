//! How much of a five-level row the policies let through, and how long they take to decide and check.
//!
//! `cargo run --release --example policy_figures`: for each size, the share of possible data sets printed with five
//! levels, three bands, two bands and not at all, and the share of answers in exactly printed cells, for answers drawn
//! independently from four distributions.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "an example prints, and stops where it is wrong"
)]

use std::time::Instant;

use stemme::disclosure::policies::{Policies, Row};
use stemme::disclosure::row::code::Code;
use stemme::disclosure::row::policy::Policy;
use stemme::disclosure::row::shape::{Grain, Shape};
use stemme::disclosure::row::worlds::Worlds;

const DISTRIBUTIONS: [(&str, [f64; 5]); 4] = [
    ("mixed", [0.05, 0.1, 0.2, 0.3, 0.35]),
    ("mostly good", [0.02, 0.03, 0.1, 0.35, 0.5]),
    ("flat", [0.2; 5]),
    ("polar", [0.3, 0.1, 0.1, 0.2, 0.3]),
];

fn main() {
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
    println!(
        "| n, k | answers | five levels | three bands | two bands | hidden | exact | decide | with check |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (people, threshold) in [
        (8, 3),
        (9, 3),
        (12, 5),
        (20, 5),
        (29, 3),
        (29, 5),
        (29, 6),
        (40, 5),
        (60, 5),
        (60, 6),
    ] {
        let start = Instant::now();
        let policy = Policy::decide(people, threshold, &shape).unwrap();
        let decided = start.elapsed();
        let start = Instant::now();
        let row = Row {
            people,
            threshold,
            beside_groups: false,
            shape: shape.clone(),
        };
        let fifth = people / 5;
        let counts = [fifth, fifth, fifth, fifth, people - 4 * fifth];
        assert!(Policies::default().printed(&row, &counts).is_some());
        let checked = start.elapsed();
        for (name, answers) in DISTRIBUTIONS {
            let (forms, exact) = figures(&policy, &shape, answers);
            let cells: String = forms
                .iter()
                .map(|share| format!(" {:.0} % |", 100.0 * share))
                .collect();
            println!(
                "| {people}, {threshold} | {name} |{cells} {:.0} % | {decided:.1?} | {checked:.1?} |",
                100.0 * exact
            );
        }
    }
}

fn figures(policy: &Policy, shape: &Shape, answers: [f64; 5]) -> ([f64; 4], f64) {
    let people = policy.people();
    let mut log_factorial = vec![0.0];
    for i in 1..=people {
        log_factorial.push(log_factorial[i as usize - 1] + f64::from(i).ln());
    }
    let (mut forms, mut exact) = ([0.0; 4], 0.0);
    Worlds::new(people, 5).unwrap().each(|counts| {
        let log_weight = counts
            .iter()
            .zip(answers)
            .fold(log_factorial[people as usize], |sum, (&c, p)| {
                sum + f64::from(c) * p.ln() - log_factorial[c as usize]
            });
        let row = policy.printed(counts).unwrap();
        let form = match row.grain {
            Some(Grain::Levels) => 0,
            Some(Grain::ThreeBands) => 1,
            Some(_) => 2,
            None => 3,
        };
        forms[form] += log_weight.exp();
        let finest = shape.tiers().get(form).map_or(&[][..], |tier| &tier.cells);
        let printed = row.cells.iter().filter(|(cell, _)| finest.contains(cell));
        let in_exact: u32 = printed
            .map(|(_, code)| if let Code::Exact(count) = code { *count } else { 0 })
            .sum();
        exact += log_weight.exp() * f64::from(in_exact) / f64::from(people);
    });
    (forms, exact)
}
