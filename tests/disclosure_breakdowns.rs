//! The promise for breakdowns, tried slowly and plainly, as `disclosure_brute_force.rs` does for single rows: every
//! possible set of answers of every group, what is printed of it, and what an outsider and every participant could
//! conclude from that. Knows neither the policy nor the check, only the functions that say what is printed.
//!
//! All sizes with a sum of at most 40, some minutes of them:
//! `cargo test --release --test disclosure_breakdowns -- --ignored`.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where it is wrong"
)]

use std::collections::BTreeMap;

use stemme::disclosure::breakdown::bands::{Bands, PrintedBand, SplitSide};
use stemme::disclosure::breakdown::policy::Policy as GroupPolicy;
use stemme::disclosure::check;
use stemme::disclosure::row::code::{Code, Coding};
use stemme::disclosure::row::policy::{Policy, PrintedRow};
use stemme::disclosure::row::rule::RowRule;
use stemme::disclosure::row::shape::{LevelSet, Shape};

/// Every world as answers by group and level.
type Matrix = Vec<Vec<u32>>;

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

fn matrices(sizes: &[u32], levels: usize) -> Vec<Matrix> {
    let Some((first, rest)) = sizes.split_first() else {
        return vec![Vec::new()];
    };
    let rest = matrices(rest, levels);
    let mut all = Vec::new();
    for row in compositions(*first, levels) {
        for others in &rest {
            let mut matrix = vec![row.clone()];
            matrix.extend(others.iter().cloned());
            all.push(matrix);
        }
    }
    all
}

/// What a reader could conclude, collected over the worlds of one print.
#[derive(Default)]
struct Class {
    /// By reader and fact: true in some world possible for the reader, and not true in some.
    seen: BTreeMap<(usize, usize), (bool, bool)>,
}

impl Class {
    /// `readers` are who could be in this world, 0 the outsider; `facts` which facts are true in it.
    fn see(&mut self, readers: &[usize], facts: &[bool]) {
        for reader in readers {
            for (fact, is_true) in facts.iter().enumerate() {
                let seen = self.seen.entry((*reader, fact)).or_default();
                seen.0 |= *is_true;
                seen.1 |= !*is_true;
            }
        }
    }

    fn open(&self) -> usize {
        self.seen
            .values()
            .filter(|(is_true, deniable)| *is_true && !deniable)
            .count()
    }
}

fn open_facts<P: Ord>(worlds: impl Iterator<Item = (P, Vec<usize>, Vec<bool>)>) -> usize {
    let mut classes: BTreeMap<P, Class> = BTreeMap::new();
    for (print, readers, facts) in worlds {
        classes.entry(print).or_default().see(&readers, &facts);
    }
    classes.values().map(Class::open).sum()
}

/// Few, or all but few: of two answers only k to n - k is safe.
fn tells_of_few(count: u32, of: u32, k: u32) -> bool {
    count < k || of - count < k
}

/// Facts of one row: levels and bands one by one, and the two sides of the cut together.
fn row_facts(counts: &[u32], k: u32, bands: &[&[usize]], side: &[usize]) -> Vec<bool> {
    let n: u32 = counts.iter().sum();
    let count = |levels: &[usize]| -> u32 { levels.iter().map(|level| counts[*level]).sum() };
    let is_unsafe = |v: u32| (v >= 1 && v < k) || v + k > n;
    let singles = (0..counts.len()).map(|level| is_unsafe(counts[level]));
    let bands = bands.iter().map(|band| is_unsafe(count(band)));
    let mut facts: Vec<bool> = singles.chain(bands).collect();
    if counts.len() == 2 {
        facts.clear();
    }
    facts.push(tells_of_few(count(side), n, k));
    facts
}

// Two bands, any number of groups.

/// Open facts of the groups over all worlds with this sum.
fn open_by_sum<P: Ord>(k: u32, sizes: &[u32], total: u32, print: impl Fn(&[u32]) -> P) -> usize {
    let mut worlds: Vec<Vec<u32>> = vec![Vec::new()];
    for size in sizes {
        let longer = worlds.iter().flat_map(|world| {
            (0..=*size).map(move |count| {
                let mut longer = world.clone();
                longer.push(count);
                longer
            })
        });
        worlds = longer
            .filter(|world| world.iter().sum::<u32>() <= total)
            .collect();
    }
    let worlds = worlds
        .into_iter()
        .filter(|world| world.iter().sum::<u32>() == total);
    open_facts(worlds.map(|world| {
        let sides = world.iter().zip(sizes).enumerate();
        let insiders = sides.flat_map(|(group, (count, size))| {
            let yes = (*count > 0).then_some(2 * group + 1);
            let no = (size > count).then_some(2 * group + 2);
            [yes, no].into_iter().flatten()
        });
        let readers = std::iter::once(0).chain(insiders).collect();
        let facts = world
            .iter()
            .zip(sizes)
            .map(|(count, size)| tells_of_few(*count, *size, k));
        let facts = facts.collect();
        (print(&world), readers, facts)
    }))
}

fn open_in_sizes(k: u32, sizes: &[u32]) -> usize {
    let people: u32 = sizes.iter().sum();
    (k + 1..people - k)
        .map(|total| {
            let policy = GroupPolicy::decide(k, total, sizes).unwrap();
            open_by_sum(k, sizes, total, |counts| policy.printed(counts).unwrap())
        })
        .sum()
}

/// Group sizes from 2k + 1 on, smaller ones first, with at most `most` people together.
fn all_sizes(k: u32, groups: usize, most: u32) -> Vec<Vec<u32>> {
    fn more(groups: usize, least: u32, left: u32) -> Vec<Vec<u32>> {
        if groups == 0 {
            return vec![Vec::new()];
        }
        let each = u32::try_from(groups).unwrap();
        (least..=left / each)
            .flat_map(|first| {
                more(groups - 1, first, left - first)
                    .into_iter()
                    .map(move |mut rest| {
                        rest.insert(0, first);
                        rest
                    })
            })
            .collect()
    }
    more(groups, 2 * k + 1, most)
}

#[test]
fn no_group_is_open_to_anybody() {
    for (k, sizes) in [
        (3, &[7, 7][..]),
        (3, &[8, 11]),
        (3, &[20, 20]),
        (5, &[14, 15]),
        (6, &[13, 27]),
        (3, &[7, 7, 7]),
        (3, &[8, 8, 9]),
        (4, &[9, 10, 12]),
        (5, &[12, 13, 15]),
        (3, &[7, 8, 8, 9]),
        (4, &[9, 9, 9, 9]),
    ] {
        assert_eq!(open_in_sizes(k, sizes), 0, "k = {k}, {sizes:?}");
    }
}

#[test]
#[ignore = "some minutes"]
fn no_group_of_any_size_is_open_to_anybody() {
    let mut tried = 0;
    for k in 3..=6 {
        for groups in 2..=4 {
            for sizes in all_sizes(k, groups, 40) {
                assert_eq!(open_in_sizes(k, &sizes), 0, "k = {k}, {sizes:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn groups_in_another_order_and_the_other_side_of_the_cut_print_the_same() {
    let (k, sizes) = (3_u32, [7_u32, 9, 8]);
    for total in k + 1..24 - k {
        let policy = GroupPolicy::decide(k, total, &sizes).unwrap();
        let turned = GroupPolicy::decide(k, total, &[8, 7, 9]).unwrap();
        let flipped = GroupPolicy::decide(k, 24 - total, &sizes).unwrap();
        policy.each(|counts| {
            let printed = policy.printed(counts).unwrap();
            let other = turned.printed(&[counts[2], counts[0], counts[1]]).unwrap();
            assert_eq!([printed[2], printed[0], printed[1]], other[..], "{counts:?}");
            let rest: Vec<u32> = counts
                .iter()
                .zip(sizes)
                .map(|(count, size)| size - count)
                .collect();
            let other: Vec<Option<Code>> = flipped
                .printed(&rest)
                .unwrap()
                .into_iter()
                .zip(sizes)
                .map(|(code, size)| {
                    code.map(|code| match code {
                        Code::Exact(count) => Code::Exact(size - count),
                        Code::AtMost(most) => Code::AtLeast(size - most),
                        Code::AtLeast(least) => Code::AtMost(size - least),
                    })
                })
                .collect();
            assert_eq!(printed, other, "{counts:?}");
        });
    }
}

#[test]
fn printed_groups_hold_what_they_say() {
    let sizes = [12_u32, 13, 15];
    for total in 6..35 {
        let policy = GroupPolicy::decide(5, total, &sizes).unwrap();
        policy.each(|counts| {
            for ((count, size), code) in counts.iter().zip(sizes).zip(policy.printed(counts).unwrap()) {
                assert!(match code {
                    None => true,
                    Some(Code::Exact(exact)) => exact == *count && exact > 5 && size - exact > 5,
                    Some(Code::AtMost(most)) => *count <= most && most >= 5,
                    Some(Code::AtLeast(least)) => *count >= least && size - least >= 5,
                });
            }
        });
    }
}

// The whole and the groups together, every level of every group a fact.

struct Question {
    shape: Shape,
    levels: usize,
    bands: &'static [&'static [usize]],
    side: &'static [usize],
}

fn yes_no() -> Question {
    Question {
        shape: Shape::nominal(2, &[]),
        levels: 2,
        bands: &[],
        side: &[1],
    }
}

fn three() -> Question {
    Question {
        shape: Shape::ordered(3, None, Some(&[vec![0, 1], vec![2]])),
        levels: 3,
        bands: &[&[0, 1]],
        side: &[2],
    }
}

fn four() -> Question {
    Question {
        shape: Shape::ordered(4, None, Some(&[vec![0, 1], vec![2, 3]])),
        levels: 4,
        bands: &[&[0, 1], &[2, 3]],
        side: &[2, 3],
    }
}

fn five() -> Question {
    Question {
        shape: Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        ),
        levels: 5,
        bands: &[&[0, 1], &[3, 4], &[0, 1, 2]],
        side: &[3, 4],
    }
}

type PrintedGroups = Option<Vec<Option<Code>>>;

/// What is printed of a world: the whole at `threshold`, and the groups where the whole prints the side exactly.
fn printed(
    whole: &Policy,
    groups: &mut BTreeMap<u32, Option<GroupPolicy>>,
    k: u32,
    question: &Question,
    sizes: &[u32],
    world: &Matrix,
) -> (PrintedRow, PrintedGroups) {
    let counts: Vec<u32> = (0..question.levels)
        .map(|level| world.iter().map(|row| row[level]).sum())
        .collect();
    let row = whole.printed(&counts).unwrap();
    let side = LevelSet::of(question.side);
    let cell = row.cells.iter().find(|(cell, _)| *cell == side);
    let by_group = match cell {
        Some((_, Code::Exact(total))) => {
            let counts: Vec<u32> = world
                .iter()
                .map(|row| question.side.iter().map(|level| row[*level]).sum())
                .collect();
            let policy = groups
                .entry(*total)
                .or_insert_with(|| GroupPolicy::decide(k, *total, sizes));
            policy.as_ref().map(|policy| policy.printed(&counts).unwrap())
        }
        _ => None,
    };
    (row, by_group)
}

/// Facts of the whole and of every group, levels included, that somebody in any group can conclude.
fn open_together(k: u32, whole: &Policy, question: &Question, sizes: &[u32]) -> usize {
    let mut policies = BTreeMap::new();
    let worlds = matrices(sizes, question.levels);
    open_facts(worlds.iter().map(|world| {
        let print = printed(whole, &mut policies, k, question, sizes, world);
        let counts: Vec<u32> = (0..question.levels)
            .map(|level| world.iter().map(|row| row[level]).sum())
            .collect();
        let mut facts = row_facts(&counts, k, question.bands, question.side);
        for row in world {
            facts.extend(row_facts(row, k, question.bands, question.side));
        }
        let cells = world.iter().flatten().enumerate();
        let insiders = cells.filter(|(_, count)| **count > 0).map(|(cell, _)| cell + 1);
        (print, std::iter::once(0).chain(insiders).collect(), facts)
    }))
}

#[test]
fn nothing_of_whole_or_groups_is_open_to_anybody() {
    for (k, question, sizes) in [
        (2, yes_no(), &[5, 5][..]),
        (3, yes_no(), &[7, 9]),
        (5, yes_no(), &[14, 15]),
        (3, yes_no(), &[7, 8, 9]),
        (3, yes_no(), &[7, 7, 7, 7]),
        (2, three(), &[5, 6]),
        (3, three(), &[7, 8]),
        (2, three(), &[5, 5, 5]),
        (2, four(), &[5, 6]),
        (2, five(), &[5, 5]),
    ] {
        let people = sizes.iter().sum();
        let whole = Policy::decide_beside_groups(people, k, &question.shape).unwrap();
        let open = open_together(k, &whole, &question, sizes);
        assert_eq!(open, 0, "k = {k}, {} levels, {sizes:?}", question.levels);
    }
}

#[test]
#[ignore = "some minutes"]
fn nothing_of_larger_wholes_or_groups_is_open_to_anybody() {
    for (k, question, sizes) in [
        (5, yes_no(), &[12, 13, 15][..]),
        (3, yes_no(), &[8, 9, 10, 13]),
        (3, three(), &[9, 12]),
        (3, three(), &[7, 7, 7]),
        (2, three(), &[5, 5, 5, 5]),
        (5, three(), &[12, 14]),
        (3, four(), &[7, 9]),
        (2, four(), &[5, 5, 5]),
        (3, five(), &[7, 7]),
        (2, five(), &[6, 7]),
    ] {
        let people = sizes.iter().sum();
        let whole = Policy::decide_beside_groups(people, k, &question.shape).unwrap();
        let open = open_together(k, &whole, &question, sizes);
        assert_eq!(open, 0, "k = {k}, {} levels, {sizes:?}", question.levels);
    }
}

// Three bands by groups beside the whole and the sides, every level of every group a fact.

fn four_in_three() -> Question {
    Question {
        shape: Shape::ordered(
            4,
            Some(&[vec![0], vec![1], vec![2, 3]]),
            Some(&[vec![0, 1], vec![2, 3]]),
        ),
        levels: 4,
        bands: &[&[0, 1]],
        side: &[2, 3],
    }
}

type PrintedBands = Option<[PrintedBand; 2]>;

/// What is printed of the bands of a world whose whole and sides are printed like this; nothing where the whole does not
/// print all three bands exactly.
fn printed_bands(
    decided: &mut BTreeMap<(u32, Vec<Option<Code>>, u32), Option<Bands>>,
    question: &Question,
    (row, sides): (&PrintedRow, &PrintedGroups),
    policies: &BTreeMap<u32, Option<GroupPolicy>>,
    world: &Matrix,
) -> PrintedBands {
    let exact = |part: LevelSet| match row.cells.iter().find(|(cell, _)| *cell == part) {
        Some((_, Code::Exact(count))) => Some(*count),
        _ => None,
    };
    let [first, second, alone] = question.shape.three()?;
    let totals = [exact(first)?, exact(second)?, exact(alone)?];
    let told = LevelSet::of(question.side);
    let is_told = told != alone;
    let policy = policies
        .values()
        .flatten()
        .find(|policy| policy.total() == if is_told { totals[0] + totals[1] } else { totals[2] })?;
    let split = SplitSide {
        is_told,
        first: totals[0],
        second: totals[1],
    };
    let sides = sides.clone()?;
    let bands = decided
        .entry((policy.total(), sides.clone(), totals[0]))
        .or_insert_with(|| Bands::decide(policy, &sides, split))
        .as_ref()?;
    let count = |part: LevelSet| world.iter().map(|row| part.count(row)).collect::<Vec<u32>>();
    Some(bands.printed(&count(told), &count(first)).unwrap())
}

/// Open facts of whole, sides and bands, and how many worlds tell something of a band in a group.
fn open_in_bands(k: u32, whole: &Policy, question: &Question, sizes: &[u32]) -> (usize, usize) {
    let (mut policies, mut bands) = (BTreeMap::new(), BTreeMap::new());
    let mut told = 0;
    let worlds = matrices(sizes, question.levels);
    let open = open_facts(worlds.iter().map(|world| {
        let (row, sides) = printed(whole, &mut policies, k, question, sizes, world);
        let of_bands = printed_bands(&mut bands, question, (&row, &sides), &policies, world);
        told += usize::from(of_bands.iter().flatten().flatten().any(Option::is_some));
        let counts: Vec<u32> = (0..question.levels)
            .map(|level| world.iter().map(|row| row[level]).sum())
            .collect();
        let mut facts = row_facts(&counts, k, question.bands, question.side);
        for row in world {
            facts.extend(row_facts(row, k, question.bands, question.side));
        }
        let cells = world.iter().flatten().enumerate();
        let insiders = cells.filter(|(_, count)| **count > 0).map(|(cell, _)| cell + 1);
        let readers = std::iter::once(0).chain(insiders).collect();
        ((row, sides, of_bands), readers, facts)
    }));
    (open, told)
}

fn no_band_is_open(cases: &[(u32, Question, &[u32])]) {
    let mut all_told = 0;
    for (k, question, sizes) in cases {
        let people = sizes.iter().sum();
        let whole = Policy::decide_beside_groups(people, *k, &question.shape).unwrap();
        let (open, told) = open_in_bands(*k, &whole, question, sizes);
        assert_eq!(open, 0, "k = {k}, {} levels, {sizes:?}", question.levels);
        all_told += told;
    }
    assert!(all_told > 0);
}

#[test]
fn nothing_of_three_bands_by_groups_is_open_to_anybody() {
    no_band_is_open(&[
        (2, three(), &[5, 6]),
        (2, three(), &[8, 9]),
        (3, three(), &[12, 12]),
        (2, four_in_three(), &[6, 6]),
        (2, five(), &[5, 5]),
    ]);
}

#[test]
#[ignore = "some minutes"]
fn nothing_of_three_bands_by_larger_groups_is_open_to_anybody() {
    no_band_is_open(&[
        (5, three(), &[20, 20]),
        (5, three(), &[18, 22]),
        (4, three(), &[15, 17]),
        (3, three(), &[14, 15]),
        (2, three(), &[5, 5, 5]),
        (2, three(), &[7, 7, 7]),
        (2, four_in_three(), &[8, 9]),
        (2, four_in_three(), &[5, 5, 5]),
        (3, four_in_three(), &[9, 10]),
        (2, five(), &[7, 7]),
        (3, five(), &[8, 8]),
    ]);
}

#[test]
fn groups_and_bands_in_another_order_print_the_same() {
    let (k, sizes) = (3_u32, [13_u32, 15]);
    let turned = [sizes[1], sizes[0]];
    let mut told_something = 0;
    for third in [8, 11] {
        let policy = GroupPolicy::decide(k, third, &sizes).unwrap();
        let other = GroupPolicy::decide(k, third, &turned).unwrap();
        let on_side = 28 - third;
        for first in k + 1..on_side - k {
            policy.each(|told| {
                let sides = policy.printed(told).unwrap();
                let turned_sides: Vec<Option<Code>> = sides.iter().rev().copied().collect();
                let split = |first| SplitSide {
                    is_told: false,
                    first,
                    second: on_side - first,
                };
                let bands = Bands::decide(&policy, &sides, split(first)).unwrap();
                let mirror = Bands::decide(&other, &turned_sides, split(on_side - first)).unwrap();
                let room = [sizes[0] - told[0], sizes[1] - told[1]];
                for one in first.saturating_sub(room[1])..=first.min(room[0]) {
                    let own = [one, first - one];
                    let printed = bands.printed(told, &own).unwrap();
                    told_something += usize::from(printed.iter().flatten().any(Option::is_some));
                    // The groups the other way round, and the second band for the first.
                    let second = [room[1] - own[1], room[0] - own[0]];
                    let [two, one] = mirror.printed(&[told[1], told[0]], &second).unwrap();
                    let back = |codes: &[Option<Code>]| codes.iter().rev().copied().collect::<Vec<_>>();
                    assert_eq!(printed, [back(&one), back(&two)], "{told:?} {own:?}");
                }
            });
        }
    }
    assert!(told_something > 0);
}

#[test]
fn the_usual_codes_for_three_bands_by_groups_are_open() {
    let (k, sizes, question) = (3_u32, [12_u32, 12], three());
    let whole = Policy::decide_beside_groups(24, k, &question.shape).unwrap();
    let mut policies = BTreeMap::new();
    let worlds = matrices(&sizes, 3);
    let open = open_facts(worlds.iter().map(|world| {
        let (row, sides) = printed(&whole, &mut policies, k, &question, &sizes, world);
        let codes = |level: usize| -> Vec<Code> {
            let counts = world
                .iter()
                .map(|row| Coding::new(12, k).unwrap().code(row[level]));
            counts.collect()
        };
        let bands = sides.is_some().then(|| [codes(0), codes(1)]);
        let mut facts = Vec::new();
        for row in world {
            facts.extend(row_facts(row, k, question.bands, question.side));
        }
        ((row, sides, bands), vec![0], facts)
    }));
    assert!(open > 0);
}

// Options without bands: of the answers the whole tells exactly, the one nearest to half of everybody by groups.

/// Few, all but few, or everybody, of every option.
fn facts_of_options(counts: &[u32], k: u32) -> Vec<bool> {
    let n: u32 = counts.iter().sum();
    counts.iter().map(|v| (*v >= 1 && *v < k) || v + k > n).collect()
}

fn printed_options(
    rule: &RowRule,
    groups: &mut BTreeMap<u32, Option<GroupPolicy>>,
    k: u32,
    sizes: &[u32],
    world: &Matrix,
) -> (PrintedRow, Option<(usize, Vec<Option<Code>>)>) {
    let people: u32 = sizes.iter().sum();
    let levels = world[0].len();
    let counts: Vec<u32> = (0..levels)
        .map(|level| world.iter().map(|row| row[level]).sum())
        .collect();
    let row = rule.printed(&counts).unwrap();
    let told = row.cells.iter().filter_map(|(cell, code)| match code {
        Code::Exact(count) if *count > k + 1 && people - count > k + 1 => {
            Some((cell.levels().next().unwrap(), *count))
        }
        _ => None,
    });
    let side = told.min_by_key(|(_, count)| (2 * count).abs_diff(people));
    let by_group = side.and_then(|(level, total)| {
        let policy = groups
            .entry(total)
            .or_insert_with(|| GroupPolicy::decide(k, total, sizes));
        let counts: Vec<u32> = world.iter().map(|row| row[level]).collect();
        Some((level, policy.as_ref()?.printed(&counts).unwrap()))
    });
    (row, by_group)
}

fn open_of_options(k: u32, levels: usize, sizes: &[u32]) -> usize {
    let shape = Shape::nominal(levels, &[]);
    let rule = RowRule::decide_beside_groups(sizes.iter().sum(), k, &shape).unwrap();
    let mut policies = BTreeMap::new();
    let worlds = matrices(sizes, levels);
    open_facts(worlds.iter().map(|world| {
        let print = printed_options(&rule, &mut policies, k, sizes, world);
        let counts: Vec<u32> = (0..levels)
            .map(|level| world.iter().map(|row| row[level]).sum())
            .collect();
        let mut facts = facts_of_options(&counts, k);
        facts.extend(world.iter().flat_map(|row| facts_of_options(row, k)));
        let cells = world.iter().flatten().enumerate();
        let insiders = cells.filter(|(_, count)| **count > 0).map(|(cell, _)| cell + 1);
        (print, std::iter::once(0).chain(insiders).collect(), facts)
    }))
}

#[test]
fn nothing_of_options_or_of_one_of_them_by_groups_is_open_to_anybody() {
    for (k, levels, sizes) in [
        (2, 3, &[5, 6][..]),
        (2, 3, &[7, 9]),
        (3, 3, &[7, 8]),
        (3, 3, &[9, 11]),
        (2, 3, &[5, 5, 5]),
        (2, 4, &[5, 6]),
        (2, 4, &[6, 7]),
    ] {
        assert_eq!(
            open_of_options(k, levels, sizes),
            0,
            "k = {k}, {levels} options, {sizes:?}"
        );
    }
}

#[test]
#[ignore = "some minutes"]
fn nothing_of_more_options_or_of_one_of_them_by_groups_is_open_to_anybody() {
    for (k, levels, sizes) in [
        (5, 3, &[12, 13][..]),
        (5, 3, &[14, 15]),
        (3, 3, &[7, 8, 9]),
        (2, 3, &[5, 5, 5, 6]),
        (3, 4, &[8, 9]),
        (3, 4, &[7, 11]),
        (2, 4, &[5, 5, 5]),
        (2, 5, &[6, 6]),
    ] {
        assert_eq!(
            open_of_options(k, levels, sizes),
            0,
            "k = {k}, {levels} options, {sizes:?}"
        );
    }
}

/// What was printed of people who came earlier and later, and the sums of both.
#[test]
fn nothing_of_options_in_any_release_or_their_sum_is_open_to_anybody() {
    for (k, levels, releases) in [
        (2, 3, &[5_u32, 6][..]),
        (3, 3, &[7, 8]),
        (2, 3, &[5, 5, 6]),
        (2, 4, &[5, 6]),
    ] {
        let shape = Shape::nominal(levels, &[]);
        let rules: Vec<RowRule> = releases
            .iter()
            .map(|people| RowRule::decide(*people, k, &shape).unwrap())
            .collect();
        let worlds = matrices(releases, levels);
        let open = open_facts(worlds.iter().map(|world| {
            let print: Vec<PrintedRow> = world
                .iter()
                .zip(&rules)
                .map(|(row, rule)| rule.printed(row).unwrap())
                .collect();
            let mut facts = Vec::new();
            for until in 0..world.len() {
                let counts: Vec<u32> = (0..levels)
                    .map(|level| world[..=until].iter().map(|row| row[level]).sum())
                    .collect();
                facts.extend(facts_of_options(&world[until], k));
                facts.extend(facts_of_options(&counts, k));
            }
            let cells = world.iter().flatten().enumerate();
            let insiders = cells.filter(|(_, count)| **count > 0).map(|(cell, _)| cell + 1);
            (print, std::iter::once(0).chain(insiders).collect(), facts)
        }));
        assert_eq!(open, 0, "k = {k}, {levels} options, {releases:?}");
    }
}

/// What somebody sees who does not know how many of each group answered, also if that is somebody who did not.
#[test]
fn nothing_is_open_where_some_did_not_answer() {
    let (k, roster) = (2_u32, [6_u32, 7]);
    for silent in 0..=3_u32 {
        let n = 13 - silent;
        let question = yes_no();
        let whole = Policy::decide_beside_groups(n, k, &question.shape).unwrap();
        let mut worlds = Vec::new();
        for away in 0..=silent {
            let sizes = [roster[0] - away, roster[1] - (silent - away)];
            let mut policies = BTreeMap::new();
            for world in matrices(&sizes, 2) {
                let print = if sizes.iter().all(|size| *size > 2 * k) {
                    printed(&whole, &mut policies, k, &question, &sizes, &world)
                } else {
                    let counts = vec![world[0][0] + world[1][0], world[0][1] + world[1][1]];
                    (whole.printed(&counts).unwrap(), None)
                };
                let mut readers = vec![0];
                for (group, row) in world.iter().enumerate() {
                    let answered = (0..2)
                        .filter(|level| row[*level] > 0)
                        .map(|level| 3 * group + level + 1);
                    readers.extend(answered);
                    if roster[group] > sizes[group] {
                        readers.push(3 * group + 3);
                    }
                }
                let mut facts = row_facts(
                    &[world[0][0] + world[1][0], world[0][1] + world[1][1]],
                    k,
                    &[],
                    &[1],
                );
                for row in &world {
                    facts.push(tells_of_few(row[1], row.iter().sum(), k));
                }
                worlds.push((print, readers, facts));
            }
        }
        assert_eq!(open_facts(worlds.into_iter()), 0, "{silent} did not answer");
    }
}

// People who came later: rows of their own.

#[test]
fn nothing_of_any_release_or_their_sum_is_open_to_anybody() {
    for (k, question, releases) in [
        (3_u32, yes_no(), &[7_u32, 9][..]),
        (3, yes_no(), &[7, 8, 10]),
        (5, yes_no(), &[12, 11]),
        (3, three(), &[7, 8]),
        (2, three(), &[5, 5, 6]),
        (2, five(), &[5, 6]),
    ] {
        let policies: Vec<Policy> = releases
            .iter()
            .map(|people| Policy::decide(*people, k, &question.shape).unwrap())
            .collect();
        let worlds = matrices(releases, question.levels);
        let open = open_facts(worlds.iter().map(|world| {
            let print: Vec<PrintedRow> = world
                .iter()
                .zip(&policies)
                .map(|(row, policy)| policy.printed(row).unwrap())
                .collect();
            let mut facts = Vec::new();
            // Each release's people, and everybody up to it.
            for until in 0..world.len() {
                let counts: Vec<u32> = (0..question.levels)
                    .map(|level| world[..=until].iter().map(|row| row[level]).sum())
                    .collect();
                facts.extend(row_facts(&world[until], k, question.bands, question.side));
                facts.extend(row_facts(&counts, k, question.bands, question.side));
            }
            let cells = world.iter().flatten().enumerate();
            let insiders = cells.filter(|(_, count)| **count > 0).map(|(cell, _)| cell + 1);
            (print, std::iter::once(0).chain(insiders).collect(), facts)
        }));
        assert_eq!(open, 0, "k = {k}, {} levels, {releases:?}", question.levels);
    }
}

/// The brute force itself must see what is open.
mod without_a_part {
    use super::*;

    #[test]
    fn a_whole_that_forgets_the_groups_is_open() {
        // 13 or more of 16 said yes: somebody who said no knows that of the other 8 at most 2 did.
        let usual = |people, k, question: &Question| Policy::decide(people, k, &question.shape).unwrap();
        assert!(open_together(3, &usual(16, 3, &yes_no()), &yes_no(), &[8, 8]) > 0);
        assert!(open_together(2, &usual(11, 2, &three()), &three(), &[5, 6]) > 0);
    }

    #[test]
    fn the_usual_codes_for_groups_are_open() {
        let sizes = [14_u32, 15];
        let coded = |counts: &[u32]| -> Vec<Code> {
            let codes = counts.iter().zip(sizes);
            codes
                .map(|(count, size)| Coding::new(size, 5).unwrap().code(*count))
                .collect()
        };
        assert!(open_by_sum(5, &sizes, 12, coded) > 0);
    }

    #[test]
    fn groups_hidden_where_they_are_small_are_open() {
        let hide = |counts: &[u32]| -> Vec<Option<u32>> {
            let small = |count: &u32| *count < 3 || 8 - count < 3;
            counts
                .iter()
                .map(|count| (!small(count)).then_some(*count))
                .collect()
        };
        assert!(open_by_sum(3, &[8, 8, 8], 11, hide) > 0);
    }

    #[test]
    fn a_second_table_of_everybody_is_open() {
        // Each table alone is closed; beside each other they tell of the people who came between.
        let (k, question) = (3, yes_no());
        let (first, both) = (
            Policy::decide(12, k, &question.shape).unwrap(),
            Policy::decide(24, k, &question.shape).unwrap(),
        );
        let worlds = matrices(&[12, 12], 2);
        let open = open_facts(worlds.iter().map(|world| {
            let sum: Vec<u32> = (0..2).map(|level| world[0][level] + world[1][level]).collect();
            let print = (first.printed(&world[0]).unwrap(), both.printed(&sum).unwrap());
            let facts = row_facts(&world[1], k, &[], &[1]);
            (print, vec![0], facts)
        }));
        assert!(open > 0);
    }
}

#[test]
fn the_check_finds_what_the_brute_force_finds() {
    let (k, sizes) = (3_u32, [7_u32, 8, 9]);
    for total in k + 1..24 - k {
        let policy = GroupPolicy::decide(k, total, &sizes).unwrap();
        let usual = |counts: &[u32]| -> Option<Vec<Option<Code>>> {
            let codes = counts.iter().zip(sizes);
            Some(
                codes
                    .map(|(count, size)| Some(Coding::new(size, k).unwrap().code(*count)))
                    .collect(),
            )
        };
        let mut found: BTreeMap<Vec<Option<Code>>, usize> = BTreeMap::new();
        policy.each(|counts| {
            found
                .entry(usual(counts).unwrap())
                .or_insert_with(|| check::breakdown::open_facts(k, &sizes, counts, usual).unwrap());
            let ours = check::breakdown::open_facts(k, &sizes, counts, |counts| policy.printed(counts));
            assert_eq!(ours, Some(0), "{counts:?}");
        });
        let open = open_by_sum(k, &sizes, total, |counts| usual(counts).unwrap());
        assert_eq!(found.values().sum::<usize>(), open, "{total}");
    }
}
