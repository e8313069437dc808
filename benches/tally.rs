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

const HEAD: &str = r#"
format = 1
id = "count"
version = "1"
languages = ["en"]
title.en = "Made up"

[consent]
read_aloud.en = "Made up."
points = [{ id = "part", required = true, text = { en = "Take part?" } }]

[scale.agree5]
good = "high"
bands = { three = [["1", "2"], ["3"], ["4", "5"]], two = [["1", "2", "3"], ["4", "5"]] }
options = [
  { code = "1", value = 1, text = { en = "Level 1" } },
  { code = "2", value = 2, text = { en = "Level 2" } },
  { code = "3", value = 3, text = { en = "Level 3" } },
  { code = "4", value = 4, text = { en = "Level 4" } },
  { code = "5", value = 5, text = { en = "Level 5" } },
]

[[section]]
id = "all"
title.en = "All"

[[section.q]]
id = "place"
type = "one"
role = "background"
text.en = "Where?"
options = [{ code = "n", text = { en = "North" } }, { code = "s", text = { en = "South" } }]
"#;

fn survey() -> String {
    (1..=QUESTIONS).fold(HEAD.to_owned(), |mut text, nr| {
        let _ = write!(
            text,
            "\n[[section.q]]\nid = 'q{nr}'\ntype = 'scale'\nscale = 'agree5'\ntext.en = 'Number {nr}?'\n"
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
