//! Releases one after the other, tried slowly and plainly: for every possible set of answers of those who came first and
//! of those who came since, what is printed; for everything printed, what an outsider and every participant could conclude
//! of the first, of the new and of all together. Nothing may be open.
//!
//! Knows nothing of how it is decided: it calls the function that says what is printed of a row, and the one that says who
//! is in the next state.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where it is wrong"
)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{
    Just, ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

use stemme::definition;
use stemme::disclosure::decision::{Show, decide};
use stemme::disclosure::interviews::publish_interviews;
use stemme::disclosure::ledger::Ledger;
use stemme::disclosure::policies::{Policies, Row};
use stemme::disclosure::profile::Settings;
use stemme::disclosure::release::{KeptRelease, Origin, ReleaseName};
use stemme::disclosure::row::policy::PrintedRow;
use stemme::disclosure::row::shape::Shape;
use stemme::domain::evaluation::{DisclosureChoice, ProfileName};
use stemme::domain::id::Slug;
use stemme::domain::record::{Gathered, InterviewId};
use stemme::domain::survey::Survey;
use stemme::domain::survey::report_plan::Tightening;

/// Counts of the first and of the new people.
type World = (Vec<u32>, Vec<u32>);

/// A question with so many options and nothing else.
fn row(people: u32, threshold: u32, levels: usize) -> Row {
    Row {
        people,
        threshold,
        beside_groups: false,
        shape: Shape::nominal(levels, &[]),
    }
}

/// Every way to share so many people among so many levels.
fn shared(people: u32, levels: usize) -> Vec<Vec<u32>> {
    if levels == 1 {
        return vec![vec![people]];
    }
    (0..=people)
        .flat_map(|first| {
            shared(people - first, levels - 1)
                .into_iter()
                .map(move |mut rest| {
                    rest.insert(0, first);
                    rest
                })
        })
        .collect()
}

fn tells(count: u32, people: u32, k: u32) -> bool {
    (1..k).contains(&count) || people - count < k
}

/// How many facts somebody could conclude when each world is printed like this. Who reads: an outsider, one of the first
/// and one of the new with any answer.
fn open(
    worlds: &[World],
    (first, new): (u32, u32),
    k: u32,
    print: impl Fn(&World) -> Vec<Option<PrintedRow>>,
) -> usize {
    let mut classes: BTreeMap<Vec<Option<PrintedRow>>, Vec<&World>> = BTreeMap::new();
    for world in worlds {
        classes.entry(print(world)).or_default().push(world);
    }
    let levels = worlds[0].0.len();
    let mut readers: Vec<Option<(bool, usize)>> = vec![None];
    readers.extend((0..levels).flat_map(|level| [Some((true, level)), Some((false, level))]));
    let mut open = 0;
    for class in classes.values() {
        for reader in &readers {
            let possible = class.iter().filter(|world| match reader {
                None => true,
                Some((true, own)) => world.0[*own] > 0,
                Some((false, own)) => world.1[*own] > 0,
            });
            let possible: Vec<_> = possible.collect();
            for level in 0..levels {
                let facts: [Box<dyn Fn(&World) -> bool>; 3] = [
                    Box::new(move |world| tells(world.0[level], first, k)),
                    Box::new(move |world| tells(world.1[level], new, k)),
                    Box::new(move |world| tells(world.0[level] + world.1[level], first + new, k)),
                ];
                for fact in facts {
                    let told = possible.iter().filter(|world| fact(world)).count();
                    open += usize::from(told > 0 && told == possible.len());
                }
            }
        }
    }
    open
}

fn worlds(first: u32, new: u32, levels: usize) -> Vec<World> {
    let new = shared(new, levels);
    shared(first, levels)
        .into_iter()
        .flat_map(|first| new.iter().map(move |new| (first.clone(), new.clone())))
        .collect()
}

#[test]
fn those_who_came_first_and_those_who_came_since_leave_nothing_open_together() {
    for (first, new, levels, k) in [
        (7, 7, 3, 3),
        (8, 7, 3, 3),
        (9, 8, 2, 3),
        (11, 12, 2, 5),
        (10, 7, 3, 3),
    ] {
        let mut policies = Policies::default();
        let mut printed: BTreeMap<Vec<u32>, PrintedRow> = BTreeMap::new();
        for people in [first, new] {
            for counts in shared(people, levels) {
                let row = policies.printed(&row(people, k, levels), &counts).unwrap();
                printed.insert(counts, row);
            }
        }
        let print = |world: &World| vec![Some(printed[&world.0].clone()), Some(printed[&world.1].clone())];
        assert_eq!(
            open(&worlds(first, new, levels), (first, new), k, print),
            0,
            "{first} {new} {levels} {k}"
        );
    }
}

/// The test sees what is open: everybody so far as one row, each time it is asked.
#[test]
fn the_same_people_with_a_few_more_would_leave_something_open() {
    let (first, new, levels, k) = (8, 8, 2, 3);
    let mut policies = Policies::default();
    let mut printed: BTreeMap<Vec<u32>, PrintedRow> = BTreeMap::new();
    for people in [first, first + new] {
        for counts in shared(people, levels) {
            let row = policies.printed(&row(people, k, levels), &counts).unwrap();
            printed.insert(counts, row);
        }
    }
    let print = |world: &World| {
        let all: Vec<u32> = world.0.iter().zip(&world.1).map(|(a, b)| a + b).collect();
        vec![Some(printed[&world.0].clone()), Some(printed[&all].clone())]
    };
    assert!(open(&worlds(first, new, levels), (first, new), k, print) > 0);
}

/// What can happen to an evaluation.
#[derive(Clone, Copy, Debug)]
enum Happens {
    /// So many people are interviewed.
    Come(u8),
    /// One of them withdraws, by the place among those who are left.
    Withdraw(usize),
    /// Somebody looks.
    Look,
    /// Somebody wants those who came since to be shown.
    LookAnew,
    /// The last state is marked as wrong.
    Wrong,
}

fn survey() -> Survey {
    definition::survey::read(include_bytes!("fixtures/every-type.toml"))
        .value
        .unwrap()
}

fn standard() -> Settings {
    let choice = DisclosureChoice {
        profile: ProfileName::Standard,
        reason: None,
        tightening: Tightening::default(),
        breakdowns: BTreeMap::new(),
    };
    Settings::new(&choice, &Tightening::default()).unwrap()
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        (1_u8..15).prop_map(Happens::Come),
        (0_usize..40).prop_map(Happens::Withdraw),
        Just(Happens::Look),
        Just(Happens::LookAnew),
        Just(Happens::LookAnew),
        Just(Happens::Wrong),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever comes and goes: nobody is in two states, no state is of few, and what was shown stays as it was.
    #[test]
    fn any_sequence_of_states_withdrawals_and_marks_shows_everybody_at_most_once(
        sequence in prop::collection::vec(happens(), 1..25)
    ) {
        let (survey, settings, round) = (survey(), standard(), Slug::new("spring").unwrap());
        let empty = publish_interviews(&survey, &[], [], &settings);
        let mut files: Vec<(ReleaseName, Vec<u8>)> = Vec::new();
        let mut here: BTreeSet<InterviewId> = BTreeSet::new();
        let mut number = 0_u16;
        for happens in sequence {
            let read = |files: &[(ReleaseName, Vec<u8>)]| {
                Ledger::read(files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice()))).unwrap()
            };
            let ledger = read(&files);
            let states = ledger.of_round(survey.id(), &round, &here);
            match happens {
                Happens::Come(people) => {
                    for _ in 0..people {
                        number += 1;
                        let mut bytes = [0; 16];
                        bytes[..2].copy_from_slice(&number.to_be_bytes());
                        here.insert(InterviewId::from_bytes(bytes));
                    }
                }
                Happens::Withdraw(place) => {
                    let gone = here.iter().nth(place % here.len().max(1)).cloned();
                    if let Some(gone) = gone {
                        here.remove(&gone);
                    }
                }
                Happens::Look | Happens::LookAnew => {
                    let anew = matches!(happens, Happens::LookAnew) && !states.is_empty();
                    let people = match decide(&states, (&here, Gathered::default()), &settings, anew) {
                        Show::First => here.clone(),
                        Show::New(people) => people,
                        Show::Kept { .. } | Show::Groups | Show::Refused(_) => continue,
                    };
                    prop_assert!(people.len() >= 11, "a state of {}", people.len());
                    for state in &states {
                        prop_assert!(state.kept.made_of().is_disjoint(&people));
                    }
                    let before = states.iter().map(|state| state.name.clone()).collect();
                    let kept = KeptRelease::new(empty.clone(), people)
                        .from(Origin::Round(round.clone()))
                        .after(before);
                    let name = ReleaseName::new(&format!("{:064}", files.len()));
                    files.push((name, serde_json::to_vec(&kept).unwrap()));
                }
                Happens::Wrong => {
                    let Some(last) = states.last() else { continue };
                    let why = stemme::domain::clean_text::CleanText::line("Feil.");
                    if let Some(line) = ledger.mark(last.name, why) {
                        files.push((ReleaseName::new(&format!("{:064}", files.len())), line));
                    }
                }
            }
            let mut turned = files.clone();
            turned.reverse();
            prop_assert_eq!(read(&files), read(&turned));
        }
    }
}
