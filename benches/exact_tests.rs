//! The exact tests, which count through every arrangement.

#![expect(missing_docs, reason = "the macros make functions without")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use stemme::stats::bootstrap::bootstrap;
use stemme::stats::confidence::Confidence;
use stemme::stats::crosstab::Crosstab;
use stemme::stats::fisher::fisher;
use stemme::stats::kruskal_wallis::kruskal_wallis;
use stemme::stats::level_counts::LevelCounts;
use stemme::stats::mann_whitney::exact;

fn counts(counts: &[u32]) -> LevelCounts {
    LevelCounts::new(counts.to_vec())
}

fn exact_tests(criterion: &mut Criterion) {
    let (first, second) = (counts(&[2, 4, 8, 10, 6]), counts(&[5, 8, 7, 6, 4]));
    criterion.bench_function("mann_whitney_30_against_30", |bench| {
        bench.iter(|| exact(black_box(&first), black_box(&second)));
    });
    let (first, second) = (counts(&[4, 5, 13, 27, 10]), counts(&[28, 32, 41, 58, 32]));
    criterion.bench_function("mann_whitney_59_against_191", |bench| {
        bench.iter(|| exact(black_box(&first), black_box(&second)));
    });
    let rows = [
        vec![5, 2, 1, 3],
        vec![2, 6, 3, 1],
        vec![0, 3, 7, 4],
        vec![1, 1, 4, 6],
    ];
    if let Ok(table) = Crosstab::new(&rows) {
        criterion.bench_function("fisher_4_by_4_of_49", |bench| {
            bench.iter(|| fisher(black_box(&table)));
        });
    }
    let groups = [
        counts(&[0, 1, 2, 1, 0]),
        counts(&[1, 1, 1, 1, 0]),
        counts(&[0, 0, 1, 1, 2]),
    ];
    criterion.bench_function("kruskal_wallis_three_groups_of_four", |bench| {
        bench.iter(|| kruskal_wallis(black_box(&groups)));
    });
    let many = counts(&[100, 400, 1100, 2000, 1400]);
    criterion.bench_function("bootstrap_of_5000", |bench| {
        bench.iter(|| bootstrap(black_box(&many), Confidence::NinetyFive));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = exact_tests
}
criterion_main!(benches);
