//! The rows a question is printed in: a partition of the people into rows of their own.
//!
//! Every row is decided by the program's own policy for its people, and the rows hold different people, so all of them
//! together leave nothing open: in each row a count can be safe whatever the others print, and sums of safe counts are
//! safe. A row that holds a part of a group is decided as the program decides the whole of a question with a breakdown; the part must then be of 2k people or more. Which partition is taken, and which rows print nothing, follows from sizes alone: of whom there are how many is
//! known to everybody, and the answers are not looked at.

use std::collections::{BTreeMap, BTreeSet};

use stemme::disclosure::policies::Policies;
use stemme::disclosure::row::code::Code;
use stemme::disclosure::row::shape::Shape;

use crate::case::{Case, Person, Spec};

/// Backgrounds with their categories; empty for everybody.
pub(crate) type Group = BTreeMap<String, String>;

/// People counted together, and what is printed of them: the least and the greatest count of each answer.
pub(crate) struct Row<'c> {
    pub(crate) people: Vec<&'c Person>,
    pub(crate) printed: Option<Vec<(u32, u32)>>,
}

/// Returns the rows of a question among people who were new in one release.
pub(crate) fn rows<'c>(
    case: &'c Case,
    question: &str,
    batches: std::ops::RangeInclusive<u32>,
    policies: &mut Policies,
) -> Vec<Row<'c>> {
    let spec = &case.spec;
    let people: Vec<&Person> = case
        .people
        .iter()
        .filter(|person| batches.contains(&person.batch))
        .collect();
    let wanted = groups(spec, question);
    let parts = partition(spec, question, &people, &wanted);
    let levels = spec.codes(question);
    let shape = Shape::nominal(levels.len(), &[]);
    let row = |Part { people, threshold }: Part<'c>| {
        let printed = threshold.and_then(|threshold| {
            let counts: Vec<u32> = levels
                .iter()
                .map(|level| count(&people, question, level))
                .collect();
            let row = stemme::disclosure::policies::Row {
                people: size(&people),
                threshold: spec.k,
                beside_groups: threshold > spec.k,
                shape: shape.clone(),
            };
            let printed = policies.printed(&row, &counts)?;
            let of = |level: usize| {
                let cell = printed.cells.iter().find(|(set, _)| set.has(level))?;
                Some(bounds(cell.1, size(&people)))
            };
            (0..levels.len()).map(of).collect::<Option<Vec<_>>>()
        });
        Row { people, printed }
    };
    parts.into_iter().map(row).collect()
}

const fn bounds(code: Code, people: u32) -> (u32, u32) {
    match code {
        Code::AtMost(most) => (0, most),
        Code::Exact(count) => (count, count),
        Code::AtLeast(least) => (least, people),
    }
}

pub(crate) fn is_in(person: &Person, group: &Group) -> bool {
    group
        .iter()
        .all(|(name, code)| person.said.get(name) == Some(code))
}

fn count(people: &[&Person], question: &str, level: &str) -> u32 {
    let said = people
        .iter()
        .filter(|person| person.said.get(question).is_some_and(|said| said == level));
    u32::try_from(said.count()).unwrap_or(u32::MAX)
}

fn size(people: &[&Person]) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

/// Every group some table of the question wants to know of, everybody included.
fn groups(spec: &Spec, question: &str) -> BTreeSet<Group> {
    let mut groups = BTreeSet::new();
    for table in spec
        .tables
        .iter()
        .filter(|table| spec.question(table) == Some(question))
    {
        let backgrounds: Vec<&str> = table
            .vars
            .iter()
            .map(String::as_str)
            .filter(|name| *name != question)
            .collect();
        groups.extend(combinations(spec, &backgrounds));
    }
    groups
}

/// Every group by these variables and by any of them, everybody included.
pub(crate) fn combinations(spec: &Spec, names: &[&str]) -> Vec<Group> {
    let mut groups = vec![Group::new()];
    for name in names {
        let finer = groups.iter().flat_map(|group| {
            spec.codes(name).iter().map(|code| {
                let mut finer = group.clone();
                finer.insert((*name).to_owned(), code.clone());
                finer
            })
        });
        let finer: Vec<Group> = finer.collect();
        groups.extend(finer);
    }
    groups
}

struct Part<'c> {
    people: Vec<&'c Person>,
    /// What it is decided with; `None` where it prints nothing.
    threshold: Option<u32>,
}

impl Part<'_> {
    /// How many of a group are in it.
    fn share(&self, group: &Group) -> usize {
        self.people.iter().filter(|person| is_in(person, group)).count()
    }

    /// Whether it holds some of a group, and others.
    fn cuts(&self, group: &Group) -> bool {
        (1..self.people.len()).contains(&self.share(group))
    }
}

/// The partition that lets most cells be exact when every set of answers is as likely as any other.
fn partition<'c>(
    spec: &Spec,
    question: &str,
    people: &[&'c Person],
    wanted: &BTreeSet<Group>,
) -> Vec<Part<'c>> {
    let names: BTreeSet<&str> = wanted
        .iter()
        .flat_map(|group| group.keys().map(String::as_str))
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    let levels = spec.codes(question).len();
    let mut best: Option<(f64, Vec<Part<'c>>)> = None;
    for chosen in 0_u32..1 << names.len().min(8) {
        let by: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(place, _)| chosen >> place & 1 == 1)
            .map(|(_, name)| *name)
            .collect();
        let Some(parts) = parts(spec, people, &by, wanted) else {
            continue;
        };
        let expected = wanted
            .iter()
            .filter_map(|group| exact_cells(&parts, group, levels))
            .sum();
        if best.as_ref().is_none_or(|(most, _)| expected > *most) {
            best = Some((expected, parts));
        }
    }
    best.map(|(_, parts)| parts).unwrap_or_default()
}

/// The rows by these variables; nothing where a row would hold too small a part of a group. A row prints from 2k + 1
/// people on. Where a group of so many would be left with 1 to k - 1 people in rows that do not print, another of its
/// rows, the smallest, does not print either: somebody among these few could otherwise know that few gave the own answer.
fn parts<'c>(
    spec: &Spec,
    people: &[&'c Person],
    by: &[&str],
    wanted: &BTreeSet<Group>,
) -> Option<Vec<Part<'c>>> {
    let mut rows: BTreeMap<Vec<&String>, Vec<&'c Person>> = BTreeMap::new();
    for person in people {
        let key = by.iter().filter_map(|name| person.said.get(*name)).collect();
        rows.entry(key).or_default().push(person);
    }
    let k = spec.k as usize;
    // Smaller groups are rows the promise does not speak of.
    let large: Vec<&Group> = wanted
        .iter()
        .filter(|group| people.iter().filter(|person| is_in(person, group)).count() > 2 * k)
        .collect();
    let mut parts = Vec::new();
    for people in rows.into_values() {
        let mut part = Part {
            people,
            threshold: None,
        };
        let cut: Vec<usize> = large
            .iter()
            .filter(|group| part.cuts(group))
            .map(|group| part.share(group))
            .collect();
        let threshold = spec.k + u32::from(!cut.is_empty());
        if part.people.len() > 2 * threshold as usize {
            if cut.iter().any(|share| *share < 2 * k) {
                return None;
            }
            part.threshold = Some(threshold);
        }
        parts.push(part);
    }
    loop {
        let short = large.iter().find(|group| {
            let silent = parts.iter().filter(|part| part.threshold.is_none());
            let left: usize = silent.map(|part| part.share(group)).sum();
            (1..k).contains(&left)
        });
        let Some(group) = short else { return Some(parts) };
        let smallest = parts
            .iter_mut()
            .filter(|part| part.threshold.is_some() && part.share(group) > 0)
            .min_by_key(|part| part.people.len());
        match smallest {
            Some(part) => part.threshold = None,
            None => return Some(parts),
        }
    }
}

/// How many cells of a group are exact on average, when every set of answers of a row is as likely as any other;
/// `None` where the group is no union of printed rows.
fn exact_cells(parts: &[Part<'_>], group: &Group, levels: usize) -> Option<f64> {
    let mut expected = 1.0;
    let mut any = false;
    for part in parts {
        if part.share(group) == 0 {
            continue;
        }
        if part.cuts(group) {
            return None;
        }
        any = true;
        expected *= exact_share(part.people.len(), levels, part.threshold? as usize);
    }
    any.then(|| expected * f64::from(u32::try_from(levels).unwrap_or(u32::MAX)))
}

/// How often a count lies between k and n - k, over all ways to share n people among the levels.
fn exact_share(people: usize, levels: usize, k: usize) -> f64 {
    // The ways to give one level v of n: those to share n - v among the others. Ratios, so that nothing overflows.
    let mut weight = 1.0_f64;
    let (mut all, mut exact) = (0.0, 0.0);
    for left in 0..=people {
        if left > 0 {
            let others = f64::from(u32::try_from(left + levels - 2).unwrap_or(u32::MAX));
            weight *= others / f64::from(u32::try_from(left).unwrap_or(u32::MAX));
        }
        all += weight;
        let count = people - left;
        if count > k && left > k {
            exact += weight;
        }
    }
    exact / all
}
