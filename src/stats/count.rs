//! The counting: rows of codes to counts by place, code and background, in one pass and without a copy of the rows.
//!
//! Adding one to 40 counters for each of 5 backgrounds is 200 additions a person. Here neighbouring places are counted
//! together, as one code in a small table, and so are backgrounds: some 60 additions, into tables that stay in the
//! nearest cache. They are taken apart again once in 65,535 rows. Codes that are rare are counted by themselves.

use std::sync::Arc;

use crate::domain::coding::{Coding, Counted, Place};

/// Most codes of places counted together, where backgrounds multiply them and where nothing does.
const TOGETHER: usize = 64;
const TOGETHER_ALONE: usize = 1296;
/// Most levels of backgrounds counted together.
const CROSSED: usize = 64;
/// Largest table of one background; beyond it every code is counted by itself.
const LARGEST_TABLE: usize = 1 << 20;

/// A background to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Background {
    /// Its place in the row.
    pub(super) place: usize,
    /// Codes below this are its levels; all others count as none of them.
    pub(super) levels: usize,
}

/// Two items of one matrix row, counted together so that their difference is known person by person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) one: usize,
    pub(super) one_levels: usize,
    pub(super) other: usize,
    pub(super) other_levels: usize,
}

#[derive(Debug)]
struct Member {
    place: usize,
    common: usize,
}

#[derive(Debug)]
struct Group {
    members: Vec<Member>,
    begin: usize,
    codes: usize,
}

#[derive(Debug)]
struct Crossing {
    /// Number among the backgrounds, and levels with one for none of them.
    backgrounds: Vec<(usize, usize)>,
    cells: usize,
}

/// What is counted, and how it is laid out.
#[derive(Debug)]
pub(super) struct Plan {
    places: usize,
    pairs: Vec<Pair>,
    backgrounds: Vec<Background>,
    groups: Vec<Group>,
    crossings: Vec<Crossing>,
    /// Cells of all groups together, for one cell of a crossing; one more takes what is rare.
    together: usize,
    /// Where the counts of each place begin; pairs come after the places.
    begins: Vec<usize>,
    all_codes: usize,
}

impl Plan {
    /// Returns the plan for a coding and these backgrounds.
    pub(super) fn of(coding: &Coding<'_>, backgrounds: Vec<Background>) -> Self {
        let mut places = coding.places().to_vec();
        let pairs = pairs(coding);
        for pair in &pairs {
            let codes = 1 + pair.one_levels * pair.other_levels;
            places.push(Place { codes, common: codes });
        }
        let crossings = crossings(&backgrounds);
        let limit = if backgrounds.is_empty() {
            TOGETHER_ALONE
        } else {
            TOGETHER
        };
        let widest = crossings.iter().map(|crossing| crossing.cells).max().unwrap_or(1);
        let groups = groups(&places, limit, LARGEST_TABLE / widest.max(1));
        let together = groups.iter().map(|group| group.codes).sum();
        let mut all_codes = 0;
        let begins = places
            .iter()
            .map(|place| {
                let begin = all_codes;
                all_codes += place.codes;
                begin
            })
            .collect();
        Self {
            places: coding.places().len(),
            pairs,
            backgrounds,
            groups,
            crossings,
            together,
            begins,
            all_codes,
        }
    }

    /// Returns the pairs that are counted.
    pub(super) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}

fn pairs(coding: &Coding<'_>) -> Vec<Pair> {
    let items = coding.items();
    let both = items.iter().zip(items.iter().skip(1)).filter(|(one, other)| {
        one.item.paired
            && one.counted == Counted::One
            && one.key.question_id() == other.key.question_id()
            && one.key.row_id() == other.key.row_id()
    });
    both.map(|(one, other)| Pair {
        one: one.place(),
        one_levels: one.categories.len(),
        other: other.place(),
        other_levels: other.categories.len(),
    })
    .collect()
}

fn crossings(backgrounds: &[Background]) -> Vec<Crossing> {
    let mut crossings: Vec<Crossing> = Vec::new();
    for (number, background) in backgrounds.iter().enumerate() {
        let levels = background.levels + 1;
        match crossings
            .iter_mut()
            .find(|crossing| crossing.cells * levels <= CROSSED)
        {
            Some(crossing) => {
                crossing.cells *= levels;
                crossing.backgrounds.push((number, levels));
            }
            None => crossings.push(Crossing {
                backgrounds: vec![(number, levels)],
                cells: levels,
            }),
        }
    }
    if crossings.is_empty() {
        crossings.push(Crossing {
            backgrounds: Vec::new(),
            cells: 1,
        });
    }
    crossings
}

fn groups(places: &[Place], limit: usize, largest: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, size) in places.iter().enumerate() {
        // A place too large for a table has no common codes: all of them are counted by themselves.
        let common = if size.common <= largest { size.common } else { 0 };
        let member = Member { place, common };
        match groups.last_mut() {
            Some(group) if common > 0 && group.codes > 0 && group.codes * common <= limit => {
                group.codes *= common;
                group.members.push(member);
            }
            _ => groups.push(Group {
                members: vec![member],
                begin: 0,
                codes: common,
            }),
        }
    }
    let mut begin = 0;
    for group in &mut groups {
        group.begin = begin;
        begin += group.codes;
    }
    groups
}

/// Counts rows. Two counters of one plan can be put together, in any order.
#[derive(Clone)]
pub(super) struct Counter {
    plan: Arc<Plan>,
    /// The row with its pairs.
    row: Vec<u16>,
    so_far: SoFar,
}

/// What was counted so far.
#[derive(Clone)]
struct SoFar {
    /// Where each group counts.
    at: Vec<usize>,
    /// One table per crossing: a line of `together + 1` for each of its cells.
    tables: Vec<Vec<u16>>,
    since_flush: u16,
    rows: u32,
    whole: Vec<u32>,
    /// Per background: `all_codes` counts for each level, and for none.
    by: Vec<Vec<u32>>,
}

impl Counter {
    /// Returns a counter of nobody.
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        let line = plan.together + 1;
        let tables = plan
            .crossings
            .iter()
            .map(|crossing| vec![0; crossing.cells * line]);
        let by = plan
            .backgrounds
            .iter()
            .map(|background| vec![0; (background.levels + 1) * plan.all_codes]);
        let so_far = SoFar {
            at: vec![0; plan.groups.len()],
            tables: tables.collect(),
            since_flush: 0,
            rows: 0,
            whole: vec![0; plan.all_codes],
            by: by.collect(),
        };
        Self {
            row: Vec::with_capacity(plan.places + plan.pairs.len()),
            so_far,
            plan,
        }
    }

    /// Counts one person.
    pub(super) fn take(&mut self, row: &[u16]) {
        if self.plan.pairs.is_empty() {
            return self.so_far.take(&self.plan, row);
        }
        self.row.clear();
        self.row.extend_from_slice(row);
        self.row.extend(self.plan.pairs.iter().map(|pair| pair.code(row)));
        self.so_far.take(&self.plan, &self.row);
    }

    /// Adds what another counter of the same plan counted.
    pub(super) fn merge(&mut self, mut other: Self) {
        self.so_far.flush(&self.plan);
        other.so_far.flush(&self.plan);
        let (own, others) = (&mut self.so_far, &other.so_far);
        own.rows = own.rows.saturating_add(others.rows);
        let sums = std::iter::once((&mut own.whole, &others.whole)).chain(own.by.iter_mut().zip(&others.by));
        for (own, others) in sums {
            for (own, other) in own.iter_mut().zip(others) {
                *own = own.saturating_add(*other);
            }
        }
    }

    /// Returns the counts.
    pub(super) fn finish(mut self) -> Counts {
        self.so_far.flush(&self.plan);
        Counts {
            plan: self.plan,
            rows: self.so_far.rows,
            whole: self.so_far.whole,
            by: self.so_far.by,
        }
    }
}

impl SoFar {
    fn take(&mut self, plan: &Plan, row: &[u16]) {
        self.rows = self.rows.saturating_add(1);
        let mut any_rare = false;
        for (group, at) in plan.groups.iter().zip(&mut self.at) {
            let (mut code, mut is_rare) = (0, false);
            for member in &group.members {
                let own = row.get(member.place).map_or(usize::MAX, |own| usize::from(*own));
                is_rare |= own >= member.common;
                code = code * member.common + own.min(member.common);
            }
            any_rare |= is_rare;
            *at = if is_rare {
                plan.together
            } else {
                group.begin + code
            };
        }
        let line = plan.together + 1;
        for (crossing, table) in plan.crossings.iter().zip(&mut self.tables) {
            let cell = crossing.backgrounds.iter().fold(0, |cell, (number, levels)| {
                cell * levels + plan.level(*number, row)
            });
            let Some(counts) = table.get_mut(cell * line..(cell + 1) * line) else {
                continue;
            };
            for at in &self.at {
                if let Some(count) = counts.get_mut(*at) {
                    *count = count.wrapping_add(1);
                }
            }
        }
        if any_rare {
            self.take_rare(plan, row);
        }
        self.since_flush += 1;
        if self.since_flush == u16::MAX {
            self.flush(plan);
        }
    }

    /// Counts the places of groups that hold a rare code one by one.
    fn take_rare(&mut self, plan: &Plan, row: &[u16]) {
        let rare = plan
            .groups
            .iter()
            .zip(&self.at)
            .filter(|(_, at)| **at == plan.together);
        for member in rare.flat_map(|(group, _)| &group.members) {
            let (Some(begin), Some(code)) = (plan.begins.get(member.place), row.get(member.place)) else {
                continue;
            };
            let at = begin + usize::from(*code);
            add(&mut self.whole, at, 1);
            for (number, by) in self.by.iter_mut().enumerate() {
                add(by, plan.level(number, row) * plan.all_codes + at, 1);
            }
        }
    }

    /// Takes the tables apart into the counts.
    fn flush(&mut self, plan: &Plan) {
        self.since_flush = 0;
        let line = plan.together + 1;
        for (number, (crossing, table)) in plan.crossings.iter().zip(&mut self.tables).enumerate() {
            for (cell, counts) in table.chunks_exact_mut(line).enumerate() {
                for group in &plan.groups {
                    let own = counts.iter_mut().skip(group.begin).take(group.codes);
                    for (code, count) in own.enumerate().filter(|(_, count)| **count > 0) {
                        let count = u32::from(std::mem::take(count));
                        let mut left = code;
                        for member in group.members.iter().rev() {
                            let own = left % member.common;
                            left /= member.common;
                            let begin = plan.begins.get(member.place);
                            let at = begin.map_or(usize::MAX, |begin| begin + own);
                            if number == 0 {
                                add(&mut self.whole, at, count);
                            }
                            for (background, level) in crossing.levels(cell) {
                                if let Some(by) = self.by.get_mut(background) {
                                    add(by, level * plan.all_codes + at, count);
                                }
                            }
                        }
                    }
                }
                if let Some(rare) = counts.last_mut() {
                    *rare = 0;
                }
            }
        }
    }
}

impl Crossing {
    /// Returns the levels of a cell, by background.
    fn levels(&self, cell: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut left = cell;
        self.backgrounds.iter().rev().map(move |(background, levels)| {
            let level = left % levels;
            left /= levels;
            (*background, level)
        })
    }
}

impl Plan {
    fn level(&self, background: usize, row: &[u16]) -> usize {
        self.backgrounds.get(background).map_or(0, |background| {
            let code = row
                .get(background.place)
                .map_or(usize::MAX, |code| usize::from(*code));
            code.min(background.levels)
        })
    }
}

impl Pair {
    fn code(&self, row: &[u16]) -> u16 {
        let level = |place: usize, levels: usize| {
            let code = row.get(place).map(|code| usize::from(*code));
            code.filter(|code| *code < levels)
        };
        let both = level(self.one, self.one_levels).zip(level(self.other, self.other_levels));
        both.and_then(|(one, other)| u16::try_from(1 + one * self.other_levels + other).ok())
            .unwrap_or(0)
    }
}

fn add(counts: &mut [u32], at: usize, more: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count = count.saturating_add(more);
    }
}

/// What was counted, by place and code: of everybody, or of a level of a background.
pub(super) struct Counts {
    plan: Arc<Plan>,
    rows: u32,
    whole: Vec<u32>,
    by: Vec<Vec<u32>>,
}

/// The people counts are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    All,
    /// Of a background by its number, at a level; one past the last is none of them.
    Level(usize, usize),
}

impl Counts {
    /// Returns the number of rows.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// Returns the plan.
    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns how many of these people have a code at a place.
    pub(super) fn count(&self, whose: Whose, place: usize, code: usize) -> u32 {
        let begin = self.plan.begins.get(place).copied();
        let end = self
            .plan
            .begins
            .get(place + 1)
            .copied()
            .unwrap_or(self.plan.all_codes);
        let Some(at) = begin.map(|begin| begin + code).filter(|at| *at < end) else {
            return 0;
        };
        let found = match whose {
            Whose::All => self.whole.get(at),
            Whose::Level(background, level) => self
                .by
                .get(background)
                .and_then(|by| by.get(level * self.plan.all_codes + at)),
        };
        found.copied().unwrap_or(0)
    }

    /// Returns how many of these people have both levels of a pair.
    pub(super) fn pair(&self, whose: Whose, pair: usize, both: usize) -> u32 {
        self.count(whose, self.plan.places + pair, 1 + both)
    }

    /// Returns how many these people are.
    pub(super) fn people(&self, whose: Whose) -> u32 {
        match (
            whose,
            self.plan.begins.get(1).copied().unwrap_or(self.plan.all_codes),
        ) {
            (Whose::All, _) => self.rows,
            (_, codes) => (0..codes).map(|code| self.count(whose, 0, code)).sum(),
        }
    }
}
