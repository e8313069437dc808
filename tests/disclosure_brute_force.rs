//! The promise of disclosure control, tried slowly and plainly: for every possible set of answers, what is printed;
//! for everything printed, what an outsider and every participant could conclude. Nothing may be open.
//!
//! Knows neither the policy nor the check: it calls only the function that says what is printed for these counts.
//! Larger sizes, some seconds of them: `STEMME_BRUTE_FORCE=1 cargo test --release --test disclosure_brute_force`.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where it is wrong"
)]

use std::collections::{BTreeMap, BTreeSet};

use stemme::disclosure::breakdown::policy::Policy as GroupPolicy;
use stemme::disclosure::breakdown::whole_threshold;
use stemme::disclosure::check;
use stemme::disclosure::many::{ManyRule, Tie, groups_threshold};
use stemme::disclosure::row::code::{Code, Coding};
use stemme::disclosure::row::flat::FlatRule;
use stemme::disclosure::row::policy::{Policy, PrintedRow};
use stemme::disclosure::row::rule::RowRule;
use stemme::disclosure::row::shape::{Grain, Shape};
use stemme::disclosure::row::wide::WideRule;

/// A row: its name, shape, number of levels, and the sets of levels whose counts are facts.
struct Row {
    name: &'static str,
    shape: Shape,
    levels: usize,
    facts: Vec<Vec<usize>>,
}

fn row(name: &'static str, shape: Shape, levels: usize, bands: &[&[usize]]) -> Row {
    let single = (0..levels).map(|level| vec![level]);
    let facts = single.chain(bands.iter().map(|band| band.to_vec())).collect();
    Row {
        name,
        shape,
        levels,
        facts,
    }
}

fn rows() -> Vec<Row> {
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    let high_cut = [vec![0, 1, 2], vec![3, 4]];
    let low_cut = [vec![0, 1], vec![2, 3, 4]];
    let halves = [vec![0, 1], vec![2, 3]];
    vec![
        row("two levels", Shape::ordered(2, None, None), 2, &[]),
        row("yes and no", Shape::nominal(2, &[]), 2, &[]),
        row("three levels", Shape::ordered(3, None, None), 3, &[]),
        row(
            "three, two bands",
            Shape::ordered(3, None, Some(&[vec![0, 1], vec![2]])),
            3,
            &[&[0, 1]],
        ),
        row(
            "four levels",
            Shape::ordered(4, None, Some(&halves)),
            4,
            &[&[0, 1], &[2, 3]],
        ),
        row(
            "five levels",
            Shape::ordered(5, Some(&three), Some(&high_cut)),
            5,
            &[&[0, 1], &[3, 4], &[0, 1, 2]],
        ),
        row(
            "five, low cut",
            Shape::ordered(5, Some(&three), Some(&low_cut)),
            5,
            &[&[0, 1], &[3, 4], &[2, 3, 4]],
        ),
        row(
            "five, crossing cut",
            Shape::ordered(5, Some(&three), Some(&[vec![0], vec![1, 2, 3, 4]])),
            5,
            &[&[0, 1], &[3, 4], &[1, 2, 3, 4]],
        ),
        row("five, no bands", Shape::ordered(5, None, None), 5, &[]),
        row("three options", Shape::nominal(3, &[]), 3, &[]),
        row("four options", Shape::nominal(4, &[]), 4, &[]),
        row("five options", Shape::nominal(5, &[]), 5, &[]),
        row(
            "four options in groups",
            Shape::nominal(4, &[vec![0, 1], vec![2, 3]]),
            4,
            &[&[0, 1], &[2, 3]],
        ),
        row(
            "five options in groups",
            Shape::nominal(5, &[vec![0, 3], vec![1, 4]]),
            5,
            &[&[0, 3], &[1, 4]],
        ),
        row(
            "five options, one group",
            Shape::nominal(5, &[vec![2, 3, 4]]),
            5,
            &[&[2, 3, 4]],
        ),
    ]
}

fn is_long() -> bool {
    std::env::var_os("STEMME_BRUTE_FORCE").is_some()
}

/// n and k: every n to 20 where a row can print, to 29 in the long run.
fn sizes() -> Vec<(u32, u32)> {
    let largest = if is_long() { 29 } else { 20 };
    (3..=6)
        .flat_map(|k| (2 * k + 1..=largest).map(move |n| (n, k)))
        .collect()
}

fn compositions(people: u32, levels: usize) -> Vec<Vec<u32>> {
    if levels == 1 {
        return vec![vec![people]];
    }
    let mut all = Vec::new();
    for first in 0..=people {
        for mut rest in compositions(people - first, levels - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

fn tells_too_much(count: u32, people: u32, k: u32) -> bool {
    (1..k).contains(&count) || (people - k + 1..=people).contains(&count)
}

/// What is printed, which facts are true, and who could be in it (anything that tells persons apart).
type World<P> = (P, Vec<bool>, Vec<bool>);

/// Facts that somebody could conclude, over all classes of worlds printed alike.
fn open_facts<P: Ord>(worlds: &[World<P>]) -> usize {
    open_by_class(worlds).values().sum()
}

/// For every print, how many facts somebody could conclude from it.
fn open_by_class<P: Ord>(worlds: &[World<P>]) -> BTreeMap<&P, usize> {
    let mut classes: BTreeMap<&P, Vec<&World<P>>> = BTreeMap::new();
    for world in worlds {
        classes.entry(&world.0).or_default().push(world);
    }
    classes
        .into_iter()
        .map(|(print, class)| (print, open_in_class(&class)))
        .collect()
}

fn open_in_class<P>(class: &[&World<P>]) -> usize {
    let facts = class[0].1.len();
    let persons = class[0].2.len();
    let mut open = 0;
    for reader in 0..=persons {
        let possible: Vec<_> = class
            .iter()
            .filter(|world| reader == persons || world.2[reader])
            .collect();
        for fact in 0..facts {
            let is_true = possible.iter().any(|world| world.1[fact]);
            let deniable = possible.iter().any(|world| !world.1[fact]);
            open += usize::from(is_true && !deniable);
        }
    }
    open
}

fn open_in_row<P: Ord>(n: u32, k: u32, row: &Row, print: impl Fn(&[u32]) -> P) -> usize {
    let worlds: Vec<_> = compositions(n, row.levels)
        .into_iter()
        .map(|counts| {
            let count = |fact: &Vec<usize>| fact.iter().map(|&level| counts[level]).sum();
            let facts = row
                .facts
                .iter()
                .map(|fact| tells_too_much(count(fact), n, k))
                .collect();
            let persons = counts.iter().map(|&count| count > 0).collect();
            (print(&counts), facts, persons)
        })
        .collect();
    open_facts(&worlds)
}

#[test]
fn no_row_leaves_a_fact_open_to_anybody() {
    for row in rows() {
        for (n, k) in sizes() {
            let policy = Policy::decide(n, k, &row.shape).unwrap();
            let open = open_in_row(n, k, &row, |counts| policy.printed(counts).unwrap());
            assert_eq!(open, 0, "{} n = {n}, k = {k}", row.name);
        }
    }
}

#[test]
fn no_row_of_the_rule_for_very_many_people_leaves_a_fact_open_to_anybody() {
    let mut printed = 0;
    for row in rows() {
        for k in 2..=4 {
            let fewest = u32::try_from(row.levels).unwrap() * (k + 1) + 1;
            let largest = if is_long() { fewest + 12 } else { fewest + 3 };
            for n in fewest..=largest {
                if compositions_number(n, row.levels) > if is_long() { 400_000 } else { 40_000 } {
                    continue;
                }
                let rule = WideRule::decide(n, k, &row.shape).unwrap();
                let open = open_in_row(n, k, &row, |counts| rule.printed(counts).unwrap());
                assert_eq!(open, 0, "{} n = {n}, k = {k}", row.name);
                printed += 1;
            }
        }
    }
    assert!(printed > 40, "{printed} rows tried");
}

#[test]
fn the_rule_for_rows_without_bands_leaves_nothing_open() {
    let mut tried = 0;
    for row in rows() {
        for (n, k) in sizes() {
            if let Some(rule) = FlatRule::decide(n, k, &row.shape) {
                let open = open_in_row(n, k, &row, |counts| rule.printed(counts).unwrap());
                assert_eq!(open, 0, "{} n = {n}, k = {k}", row.name);
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn eight_options_and_thousands_of_people_are_printed() {
    for (shape, counts, exact) in [
        (Shape::nominal(8, &[]), vec![12, 9, 8, 7, 2, 1, 1, 0], 3),
        (Shape::nominal(5, &[]), vec![2410, 980, 3, 1204, 403], 3),
    ] {
        let n = counts.iter().sum();
        let rule = RowRule::decide(n, 5, &shape).unwrap();
        let printed = rule.printed(&counts).unwrap();
        let told = printed
            .cells
            .iter()
            .filter(|(_, code)| matches!(code, Code::Exact(_)));
        assert!(told.count() >= exact, "{counts:?}");
        let finding = check::row::check(n, 5, &shape, &printed, |counts| rule.printed(counts));
        let finding = finding.unwrap();
        assert!(finding.open == 0 && finding.worlds > 1, "{counts:?} {finding:?}");
    }
}

fn compositions_number(people: u32, levels: usize) -> u64 {
    let others = u64::try_from(levels).unwrap() - 1;
    (1..=others).fold(1, |ways, i| ways * (u64::from(people) + i) / i)
}

#[test]
fn a_scale_too_long_for_its_levels_leaves_none_of_them_open() {
    // 14 people at 11 levels are 1,961,256 worlds: printed by bands. The levels inside are facts all the same; they
    // are tried on the shape's bands with two levels each, which is what a band of several levels can do at worst.
    let bands = [vec![0, 1, 2, 3], vec![4, 5, 6], vec![7, 8, 9, 10]];
    let long = Shape::ordered(11, Some(&bands), Some(&[(0..7).collect(), (7..11).collect()]));
    let pairs = row(
        "pairs",
        Shape::ordered(6, None, None),
        6,
        &[&[0, 1], &[2, 3], &[4, 5], &[0, 1, 2, 3]],
    );
    for (n, k) in [(13, 5), (13, 6), (14, 5)] {
        let policy = Policy::decide(n, k, &long).unwrap();
        let open = open_in_row(n, k, &pairs, |c| {
            let counts = [c[0], c[1], 0, 0, c[2], c[3], 0, c[4], c[5], 0, 0];
            policy.printed(&counts).unwrap()
        });
        assert_eq!(open, 0, "n = {n}, k = {k}");
    }
}

/// Every answer to a question with several answers, as the options it holds.
fn answers(plain: usize, exclusive: usize) -> Vec<Vec<usize>> {
    answers_of_at_most(plain, exclusive, plain)
}

/// The same where at most so many can be chosen together.
fn answers_of_at_most(plain: usize, exclusive: usize, max: usize) -> Vec<Vec<usize>> {
    answers_between(plain, exclusive, 1, max)
}

/// The same where so many have to be chosen, too.
fn answers_between(plain: usize, exclusive: usize, min: usize, max: usize) -> Vec<Vec<usize>> {
    let sets = (1_usize..1 << plain).map(|set| (0..plain).filter(|o| set >> o & 1 == 1).collect());
    let plain_sets = sets.filter(|set: &Vec<usize>| (min..=max).contains(&set.len()));
    plain_sets
        .chain((plain..plain + exclusive).map(|option| vec![option]))
        .collect()
}

fn open_in_many<P: Ord + Clone>(
    n: u32,
    k: u32,
    plain: usize,
    exclusive: usize,
    print: impl Fn(u32) -> P,
) -> usize {
    open_classes_in_many(n, k, plain, exclusive, print).len()
}

/// The printed rows that leave something open.
fn open_classes_in_many<P: Ord + Clone>(
    n: u32,
    k: u32,
    plain: usize,
    exclusive: usize,
    print: impl Fn(u32) -> P,
) -> Vec<Vec<P>> {
    let print = |counts: &[u32]| counts.iter().map(|&count| print(count)).collect::<Vec<P>>();
    open_classes(n, k, &answers(plain, exclusive), plain + exclusive, print)
}

/// The prints that leave something open, of people who each gave one of these answers.
fn open_classes<P: Ord + Clone>(
    n: u32,
    k: u32,
    answers: &[Vec<usize>],
    options: usize,
    print: impl Fn(&[u32]) -> P,
) -> Vec<P> {
    let worlds: Vec<World<P>> = compositions(n, answers.len())
        .into_iter()
        .map(|people| {
            let counts = counts_of(answers, &people, options);
            // A row of yes and no: nobody is everybody of the other.
            let facts = counts
                .iter()
                .map(|&count| !(k..=n - k).contains(&count))
                .collect();
            let persons = people.iter().map(|&people| people > 0).collect();
            (print(&counts), facts, persons)
        })
        .collect();
    let open = open_by_class(&worlds).into_iter().filter(|(_, open)| *open > 0);
    open.map(|(print, _)| print.clone()).collect()
}

/// How many chose each option, of so many people with each answer.
fn counts_of(answers: &[Vec<usize>], people: &[u32], options: usize) -> Vec<u32> {
    let count = |option| {
        let with_it = answers
            .iter()
            .zip(people)
            .filter(|(answer, _)| answer.contains(&option));
        with_it.map(|(_, &people)| people).sum()
    };
    (0..options).map(count).collect()
}

/// What is printed of several answers: each option coded, or nothing.
fn coded(rule: &ManyRule, counts: &[u32], plain: usize) -> Option<Vec<Code>> {
    let (together, alone) = counts.split_at(plain);
    let all = counts.iter().map(|count| rule.code(*count));
    rule.is_printed(together, alone).then(|| all.collect())
}

#[test]
fn no_option_of_several_of_at_most_so_many_is_open_to_anybody() {
    let sizes = [
        (3, 0, 2, 9, 3),
        (3, 0, 2, 12, 4),
        (4, 0, 2, 8, 2),
        (3, 1, 2, 12, 3),
    ];
    let more = [
        (4, 0, 2, 9, 3),
        (3, 0, 2, 16, 5),
        (3, 1, 2, 15, 3),
        (4, 1, 2, 9, 2),
        (4, 0, 3, 8, 2),
    ];
    for (plain, exclusive, max, n, k) in sizes.into_iter().chain(more.into_iter().filter(|_| is_long())) {
        let tie = Tie {
            max,
            ..free(plain, exclusive)
        };
        let name = format!("{max} of {plain} + {exclusive} options, n = {n}, k = {k}");
        let Some(rule) = ManyRule::decide(n, k, tie) else {
            panic!("{name}: there is a rule");
        };
        let answers = answers_of_at_most(plain, exclusive, max);
        let options = plain + exclusive;
        let open = open_classes(n, k, &answers, options, |counts| coded(&rule, counts, plain));
        assert_eq!(open, [], "{name}");
        // Always coded, some would be open.
        if (plain, exclusive, max, n) == (4, 0, 2, 8) {
            let all = |counts: &[u32]| counts.iter().map(|count| rule.code(*count)).collect::<Vec<_>>();
            assert!(!open_classes(n, k, &answers, options, all).is_empty());
        }
    }
}

/// Every size for which there is a rule, as far as there are few enough sets of answers.
#[test]
fn no_option_of_several_of_at_least_so_many_is_open_to_anybody() {
    let most_worlds = if is_long() { 100_000 } else { 1500 };
    let (mut tried, mut both, mut open_if_always_coded) = (0, BTreeSet::new(), 0);
    for (plain, exclusive) in [(2, 1), (3, 0), (3, 1), (4, 0), (4, 1), (5, 0)] {
        for (min, max) in (2..=plain).flat_map(|min| (min..=plain).map(move |max| (min, max))) {
            let answers = answers_between(plain, exclusive, min, max);
            let tie = Tie {
                min,
                max,
                ..free(plain, exclusive)
            };
            for (k, n) in (2..=6).flat_map(|k| (2 * k + 1..=30).map(move |n| (k, n))) {
                let few_enough = compositions_number(n, answers.len()) <= most_worlds;
                let Some(rule) = ManyRule::decide(n, k, tie).filter(|_| few_enough) else {
                    continue;
                };
                let name = format!("{min} to {max} of {plain} + {exclusive} options, n = {n}, k = {k}");
                let options = plain + exclusive;
                let mut printed = false;
                let mut hidden = false;
                let print = |counts: &[u32]| coded(&rule, counts, plain);
                let open = open_classes(n, k, &answers, options, print);
                assert_eq!(open, [], "{name}");
                for people in compositions(n, answers.len()) {
                    match print(&counts_of(&answers, &people, options)) {
                        Some(_) => printed = true,
                        None => hidden = true,
                    }
                }
                tried += 1;
                both.insert((printed, hidden));
                if open_if_always_coded == 0 {
                    let all =
                        |counts: &[u32]| counts.iter().map(|count| rule.code(*count)).collect::<Vec<_>>();
                    open_if_always_coded = open_classes(n, k, &answers, options, all).len();
                }
            }
        }
    }
    assert!(tried > 40 && both.contains(&(true, true)), "{tried} {both:?}");
    // Always coded, some would be open.
    assert!(open_if_always_coded > 0);
}

#[test]
fn no_option_of_several_is_open_to_anybody() {
    // Worlds are counts of people by whole answer, so sizes are small: 7 answers of 11 people are 12,376 worlds.
    let sizes = [
        (3, 0, 7, 3),
        (3, 0, 9, 3),
        (3, 0, 11, 5),
        (4, 0, 7, 3),
        (1, 1, 8, 3),
        (1, 1, 14, 5),
        (2, 1, 8, 3),
        (2, 1, 14, 3),
        (2, 1, 14, 5),
        (2, 1, 14, 6),
        (3, 1, 8, 3),
        (3, 1, 10, 4),
    ];
    let more = [
        (4, 0, 8, 3),
        (4, 1, 8, 3),
        (3, 0, 14, 6),
        (3, 1, 12, 5),
        (2, 1, 20, 6),
        (2, 1, 24, 5),
    ];
    for (plain, exclusive, n, k) in sizes.into_iter().chain(more.into_iter().filter(|_| is_long())) {
        let tie = Tie {
            plain,
            exclusive,
            min: 1,
            max: plain,
        };
        let rule = ManyRule::decide(n, k, tie).unwrap();
        let open = open_in_many(n, k, plain, exclusive, |count| rule.code(count));
        assert_eq!(open, 0, "{plain} + {exclusive} options, n = {n}, k = {k}");
    }
}

/// What is printed of several answers by groups: each option of the whole, and the option nearest to half of everybody in
/// each group.
type PrintedByGroup = (Option<Vec<Code>>, Option<(usize, Vec<Option<Code>>)>);

/// Open facts of a question with several answers split by groups of these sizes: every option of the whole and of every
/// group, to an outsider and to everybody by group and whole answer.
fn open_in_many_by_group(
    (plain, exclusive, max): (usize, usize, usize),
    groups: &[u32],
    k: u32,
    print: impl Fn(&[u32], &[Vec<u32>]) -> PrintedByGroup,
) -> (usize, usize) {
    let answers = answers_of_at_most(plain, exclusive, max);
    let options = plain + exclusive;
    let n: u32 = groups.iter().sum();
    // How many of a group gave each whole answer, and how many chose each option.
    let of_group = |size: u32| -> Vec<(Vec<u32>, Vec<u32>)> {
        let ways = compositions(size, answers.len()).into_iter();
        ways.map(|people| {
            let count = |option: usize| {
                let with_it = answers
                    .iter()
                    .zip(&people)
                    .filter(|(answer, _)| answer.contains(&option));
                with_it.map(|(_, people)| *people).sum()
            };
            let counts = (0..options).map(count).collect();
            (people, counts)
        })
        .collect()
    };
    let mut ways: Vec<Vec<(Vec<u32>, Vec<u32>)>> = vec![Vec::new()];
    for size in groups {
        let next = of_group(*size);
        ways = ways
            .into_iter()
            .flat_map(|before| {
                next.iter().map(move |way| {
                    let mut all = before.clone();
                    all.push(way.clone());
                    all
                })
            })
            .collect();
    }
    let mut split = 0;
    let worlds: Vec<World<PrintedByGroup>> = ways
        .into_iter()
        .map(|world| {
            let by_option: Vec<Vec<u32>> = (0..options)
                .map(|option| world.iter().map(|(_, counts)| counts[option]).collect())
                .collect();
            let whole: Vec<u32> = by_option.iter().map(|counts| counts.iter().sum()).collect();
            let is_unsafe = |count: u32, of: u32| !(k..=of - k).contains(&count);
            let mut facts: Vec<bool> = whole.iter().map(|count| is_unsafe(*count, n)).collect();
            for counts in &by_option {
                facts.extend(
                    counts
                        .iter()
                        .zip(groups)
                        .map(|(count, size)| is_unsafe(*count, *size)),
                );
            }
            let persons = world
                .iter()
                .flat_map(|(people, _)| people.iter().map(|people| *people > 0));
            let printed = print(&whole, &by_option);
            split += usize::from(
                printed
                    .1
                    .as_ref()
                    .is_some_and(|(_, row)| row.iter().any(Option::is_some)),
            );
            (printed, facts, persons.collect())
        })
        .collect();
    (open_facts(&worlds), split)
}

/// Of the options the whole tells exactly, the one nearest to half of everybody; of two the first.
fn nearest_to_half(n: u32, printed: &[Code]) -> Option<usize> {
    let exact = printed
        .iter()
        .enumerate()
        .filter_map(|(option, code)| match code {
            Code::Exact(count) => Some((option, (2 * count).abs_diff(n))),
            _ => None,
        });
    exact.min_by_key(|(_, far)| *far).map(|(option, _)| option)
}

fn by_group(
    (tie, groups): (Tie, &[u32]),
    (whole_k, groups_k): (u32, u32),
) -> impl Fn(&[u32], &[Vec<u32>]) -> PrintedByGroup {
    let n: u32 = groups.iter().sum();
    let rule = ManyRule::decide(n, whole_k, tie).unwrap();
    let policies: Vec<Option<GroupPolicy>> = (0..=n)
        .map(|total| GroupPolicy::decide(groups_k, total, groups))
        .collect();
    move |whole, by_option| {
        let printed = coded(&rule, whole, tie.plain);
        let told = printed
            .as_deref()
            .and_then(|printed| nearest_to_half(n, printed))
            .and_then(|option| {
                let total = usize::try_from(whole[option]).unwrap();
                Some((option, policies[total].as_ref()?.printed(&by_option[option])?))
            });
        (printed, told)
    }
}

const fn free(plain: usize, exclusive: usize) -> Tie {
    Tie {
        plain,
        exclusive,
        min: 1,
        max: plain,
    }
}

#[test]
fn no_option_of_several_is_open_to_anybody_in_any_group() {
    type Size = ((usize, usize, usize), &'static [u32], u32);
    let sizes: [Size; 2] = [((2, 1, 2), &[7, 7], 2), ((1, 1, 1), &[9, 10], 3)];
    let more: [Size; 5] = [
        ((2, 1, 2), &[7, 8], 2),
        ((2, 1, 2), &[9, 9], 3),
        ((3, 0, 3), &[5, 5], 1),
        ((3, 0, 2), &[5, 5], 1),
        ((1, 1, 1), &[9, 9, 9], 3),
    ];
    let more = more.into_iter().filter(|_| is_long());
    for ((plain, exclusive, max), groups, k) in sizes.into_iter().chain(more) {
        let tie = Tie {
            max,
            ..free(plain, exclusive)
        };
        let print = by_group((tie, groups), (whole_threshold(k), groups_threshold(k)));
        let (open, split) = open_in_many_by_group((plain, exclusive, max), groups, k, print);
        assert_eq!(
            open, 0,
            "{max} of {plain} + {exclusive} options, groups {groups:?}, k = {k}"
        );
        assert!(split > 0, "something is printed by groups");
    }
}

#[test]
fn a_whole_of_several_answers_that_forgets_its_groups_is_open() {
    let whole = ManyRule::decide(14, 2, free(2, 1)).unwrap();
    let print = |counts: &[u32], _: &[Vec<u32>]| -> PrintedByGroup { (coded(&whole, counts, 2), None) };
    let (open, _) = open_in_many_by_group((2, 1, 2), &[7, 7], 2, print);
    assert!(open > 0);
}

#[test]
fn the_check_finds_what_the_brute_force_finds() {
    // Coding without forms leaves some classes open and others not; both must agree on which.
    for row in rows() {
        let (n, k) = (13, 4);
        let coding = Coding::new(n, k).unwrap();
        let (cells, _) = row.shape.cells();
        let print = |counts: &[u32]| -> PrintedRow {
            let cells = cells
                .iter()
                .map(|cell| (*cell, coding.code(cell.count(counts))))
                .collect();
            PrintedRow {
                grain: Some(Grain::Levels),
                cells,
            }
        };
        let mut found = BTreeMap::new();
        for counts in compositions(n, row.levels) {
            let printed = print(&counts);
            found.entry(printed.clone()).or_insert_with(|| {
                check::row::check(n, k, &row.shape, &printed, |c| Some(print(c)))
                    .unwrap()
                    .open
            });
        }
        let by_brute_force = open_in_row(n, k, &row, print);
        assert_eq!(found.values().sum::<usize>(), by_brute_force, "{}", row.name);
    }
}

#[test]
fn the_check_of_several_answers_finds_what_the_brute_force_finds() {
    for (plain, exclusive, n, k) in [
        (2, 0, 11, 3),
        (3, 0, 9, 3),
        (2, 1, 11, 3),
        (1, 1, 12, 5),
        (3, 1, 8, 3),
    ] {
        let coding = Coding::new(n, k).unwrap();
        let tie = Tie {
            plain,
            exclusive,
            min: 1,
            max: plain,
        };
        let answers = answers(plain, exclusive);
        let mut seen = BTreeMap::new();
        for people in compositions(n, answers.len()) {
            let counts = counts_of(&answers, &people, plain + exclusive);
            let printed: Vec<Code> = counts.iter().map(|&count| coding.code(count)).collect();
            seen.entry(printed).or_insert(counts);
        }
        let is_open = |counts: &Vec<u32>| {
            let (together, alone) = counts.split_at(plain);
            check::many::open_facts(n, k, tie, together, alone, |count| coding.code(count)).unwrap() > 0
        };
        let found: Vec<Vec<Code>> = seen
            .iter()
            .filter(|(_, counts)| is_open(counts))
            .map(|(printed, _)| printed.clone())
            .collect();
        let open = open_classes_in_many(n, k, plain, exclusive, |count| coding.code(count));
        assert_eq!(found, open, "{plain} + {exclusive} options, n = {n}, k = {k}");
    }
}

/// The brute force itself must see what is open: each part of the policy taken away leaves something.
mod without_a_part {
    use super::*;

    fn five() -> Row {
        rows().remove(5)
    }

    #[test]
    fn printed_counts_are_open() {
        assert!(open_in_row(12, 5, &five(), <[u32]>::to_vec) > 0);
    }

    #[test]
    fn hiding_small_counts_is_open() {
        let hide = |counts: &[u32]| -> Vec<Option<u32>> {
            counts
                .iter()
                .map(|&count| (!(1..5).contains(&count)).then_some(count))
                .collect()
        };
        assert!(open_in_row(12, 5, &five(), hide) > 0);
    }

    #[test]
    fn coded_counts_without_forms_are_open() {
        let coding = Coding::new(14, 5).unwrap();
        let code = |counts: &[u32]| -> Vec<_> { counts.iter().map(|&count| coding.code(count)).collect() };
        assert!(open_in_row(14, 5, &five(), code) > 0);
    }

    /// A ladder: the first form whose class, taken alone, is closed. What it refused tells.
    fn open_in_ladder(n: u32, k: u32, row: &Row) -> usize {
        let coding = Coding::new(n, k).unwrap();
        let (cells, printed) = row.shape.cells();
        let value = |counts: &[u32], form: usize| -> Vec<Code> {
            cells
                .iter()
                .take(printed[form])
                .map(|cell| coding.code(cell.count(counts)))
                .collect()
        };
        let mut members: BTreeMap<(usize, Vec<Code>), Vec<World<()>>> = BTreeMap::new();
        for counts in compositions(n, row.levels) {
            let total = |fact: &Vec<usize>| fact.iter().map(|&level| counts[level]).sum();
            let facts: Vec<bool> = row
                .facts
                .iter()
                .map(|fact| tells_too_much(total(fact), n, k))
                .collect();
            let persons: Vec<bool> = counts.iter().map(|&count| count > 0).collect();
            for form in 0..printed.len() {
                let world = ((), facts.clone(), persons.clone());
                members
                    .entry((form, value(&counts, form)))
                    .or_default()
                    .push(world);
            }
        }
        let closed: BTreeMap<_, bool> = members
            .into_iter()
            .map(|(class, worlds)| (class, open_facts(&worlds) == 0))
            .collect();
        open_in_row(n, k, row, |counts| {
            (0..printed.len())
                .map(|form| (form, value(counts, form)))
                .find(|class| closed[class])
        })
    }

    /// Where a declared band is never printed, a ladder of forms leaves facts open: what it refused tells. (Where every
    /// declared band is printed in some form it happens to leave none in any row tried.)
    #[test]
    fn forms_without_taking_in_are_open() {
        for row in rows() {
            let open: usize = (7..=12).map(|n| open_in_ladder(n, 3, &row)).sum();
            assert_eq!(open > 0, row.name == "five, crossing cut", "{}", row.name);
        }
    }

    #[test]
    fn the_usual_code_for_tied_options_is_open() {
        let coding = Coding::new(8, 3).unwrap();
        assert!(open_in_many(8, 3, 2, 1, |count| coding.code(count)) > 0);
        let coding = Coding::new(11, 5).unwrap();
        assert!(open_in_many(11, 5, 2, 0, |count| coding.code(count)) > 0);
    }
}
