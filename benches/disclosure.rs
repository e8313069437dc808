//! Deciding what may be shown: single rows, breakdowns, and a whole release.

#![expect(missing_docs, reason = "the macros make functions without")]
#![expect(clippy::print_stderr, reason = "a benchmark that cannot begin says so")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use stemme::definition;
use stemme::disclosure::breakdown::policy::Policy as GroupPolicy;
use stemme::disclosure::breakdown::{Breakdowns, Declared};
use stemme::disclosure::policies::Policies;
use stemme::disclosure::profile::Settings;
use stemme::disclosure::publish::publish_by;
use stemme::disclosure::row::policy::Policy;
use stemme::disclosure::row::shape::Shape;
use stemme::domain::coding::Coding;
use stemme::domain::evaluation::{DisclosureChoice, ProfileName};
use stemme::domain::id::Id;
use stemme::domain::item::ItemKey;
use stemme::domain::order::SplitMix64;
use stemme::domain::survey::Survey;
use stemme::domain::survey::report_plan::Tightening;
use stemme::import::answers::{Reading, read};
use stemme::stats::collect::{By, RowCounts, Tallies};

const PEOPLE: usize = 60;
const QUESTIONS: usize = 25;

const HEAD: &str = include_str!("../tests/fixtures/short-survey.toml");

const PLACE: &str = r#"
[[section.q]]
id = "place"
type = "one"
role = "background"
text.nb = "Hvor?"
options = [{ code = "n", text = { nb = "Nord" } }, { code = "s", text = { nb = "Sør" } }]
"#;

fn five() -> Shape {
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]))
}

fn made_up() -> Option<(Survey, String)> {
    let mut text = format!("{HEAD}{PLACE}");
    let mut rows = String::from("place");
    for nr in 1..=QUESTIONS {
        let _ = write!(
            text,
            "\n[[section.q]]\nid = 'q{nr}'\ntype = 'scale'\nscale = 'fem'\ntext.nb = 'Nummer {nr}?'\n"
        );
        let _ = write!(rows, ",q{nr}");
    }
    let mut random = SplitMix64::new(1);
    for person in 0..PEOPLE {
        rows.push_str(if person % 2 == 0 { "\nn" } else { "\ns" });
        for _ in 0..QUESTIONS {
            let _ = write!(rows, ",{}", 1 + random.below(5).max(random.below(5)));
        }
    }
    Some((definition::survey::read(text.as_bytes()).value?, rows))
}

fn tallies(survey: &Survey, rows: &str, by: &[By]) -> Option<Tallies> {
    let coding = Coding::of(survey, Vec::new());
    let takers = vec![RowCounts::new(&coding, by)];
    let (takers, _) = read(rows.as_bytes(), &coding, &Reading::default(), takers).ok()?;
    let counted = takers.into_iter().next()?;
    Some(counted.tallies(&coding, by))
}

fn policies(criterion: &mut Criterion) {
    for people in [29, 40, 60] {
        criterion.bench_function(&format!("a row of five levels, n = {people}"), |bencher| {
            bencher.iter(|| black_box(Policy::decide(people, 5, &five())));
        });
    }
    criterion.bench_function("a row beside groups, n = 40", |bencher| {
        bencher.iter(|| black_box(Policy::decide_beside_groups(40, 5, &five())));
    });
    for sizes in [&[15, 14][..], &[20, 20, 20], &[15, 15, 15, 15]] {
        let total = sizes.iter().sum::<u32>() / 2;
        criterion.bench_function(&format!("groups of {sizes:?}"), |bencher| {
            bencher.iter(|| black_box(GroupPolicy::decide(5, total, sizes)));
        });
    }
}

fn release(criterion: &mut Criterion) {
    let Ok(name) = Id::new("place") else { return };
    let place = ItemKey::question(name.clone());
    let by = [By::Item(place.clone())];
    let settings = Settings::new(
        &DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        &Tightening::default(),
    );
    let made = made_up().and_then(|(survey, rows)| {
        let tallies = tallies(&survey, &rows, &by)?;
        Some((survey, tallies))
    });
    let (Some((survey, tallies)), Ok(settings)) = (made, settings) else {
        eprintln!("the survey of this benchmark has errors");
        std::process::exit(1);
    };
    let mut breakdowns = Breakdowns::new(vec![Declared {
        by: name,
        levels: vec!["n".to_owned(), "s".to_owned()],
        known: false,
        merge: Vec::new(),
    }]);
    for item in survey.items() {
        if item.key() != place {
            let _ = breakdowns.declare(item.key(), 0);
        }
    }
    let publish = |policies: &mut Policies| publish_by(policies, &survey, &tallies, &settings, &breakdowns);
    let mut group = criterion.benchmark_group("a release of 25 questions by place, n = 60");
    group.sample_size(10);
    group.bench_function("nothing decided yet", |bencher| {
        bencher.iter(|| black_box(publish(&mut Policies::default())));
    });
    let mut policies = Policies::default();
    group.bench_function("policies decided before", |bencher| {
        bencher.iter(|| black_box(publish(&mut policies)));
    });
    group.finish();
}

criterion_group!(benches, policies, release);
criterion_main!(benches);
