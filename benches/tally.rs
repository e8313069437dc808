//! Counting rows of answers: every question for everybody and by every background question.

#![expect(missing_docs, reason = "the macros make functions without")]
#![expect(clippy::print_stderr, reason = "a benchmark that cannot begin says so")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stemme::definition;
use stemme::domain::coding::Coding;
use stemme::domain::item::ItemKey;
use stemme::domain::order::SplitMix64;
use stemme::import::answers::{Reading, read};
use stemme::stats::collect::{By, RowCounts};

const ROWS: u64 = 20_000;
const QUESTIONS: u64 = 40;

const HEAD: &str = include_str!("../tests/fixtures/short-survey.toml");

const PLACE: &str = r#"
[[section.q]]
id = "place"
type = "one"
role = "background"
text.nb = "Hvor?"
options = [{ code = "n", text = { nb = "Nord" } }, { code = "s", text = { nb = "Sør" } }]
"#;

fn survey() -> String {
    (1..=QUESTIONS).fold(format!("{HEAD}{PLACE}"), |mut text, nr| {
        let _ = write!(
            text,
            "\n[[section.q]]\nid = 'q{nr}'\ntype = 'scale'\nscale = 'fem'\ntext.nb = 'Nummer {nr}?'\n"
        );
        text
    })
}

fn rows() -> String {
    let mut random = SplitMix64::new(1);
    let mut text = String::from("place");
    for nr in 1..=QUESTIONS {
        let _ = write!(text, ",q{nr}");
    }
    for _ in 0..ROWS {
        text.push('\n');
        text.push(if random.next_u64().is_multiple_of(2) {
            'n'
        } else {
            's'
        });
        for _ in 0..QUESTIONS {
            let _ = write!(text, ",{}", 1 + random.next_u64() % 5);
        }
    }
    text
}

fn tally(criterion: &mut Criterion) {
    let Some(survey) = definition::survey::read(survey().as_bytes()).value else {
        eprintln!("the survey of this benchmark has errors");
        std::process::exit(1);
    };
    let coding = Coding::of(&survey, Vec::new());
    let background = survey.questions().filter(|question| question.background);
    let by: Vec<By> = background
        .map(|question| By::Item(ItemKey::question(question.id.clone())))
        .collect();
    let rows = rows();
    let mut group = criterion.benchmark_group("tally");
    group.throughput(Throughput::Elements(ROWS));
    for cores in [1, 2] {
        group.bench_function(format!("{QUESTIONS}_questions_{cores}_cores"), |bench| {
            bench.iter(|| {
                let takers = vec![RowCounts::new(&coding, &by); cores];
                read(black_box(rows.as_bytes()), &coding, &Reading::default(), takers)
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = tally
}
criterion_main!(benches);
