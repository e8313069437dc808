//! Tests of change over rounds, adjusted over all of them: for who asks for them.
//!
//! Only of rounds whose printed counts fix every answer to a question, so that a probability tells no more than they do;
//! and never one by one: a probability is there only as it is adjusted over all questions that could be tested.

use crate::domain::item::ItemKey;
use crate::domain::survey::{Item, Survey};
use crate::stats::adjusted::adjusted;
use crate::stats::cliffs_delta::cliffs_delta;
use crate::stats::confidence::Confidence;
use crate::stats::crosstab::Crosstab;
use crate::stats::kruskal_wallis::kruskal_wallis;
use crate::stats::level_counts::LevelCounts;
use crate::stats::mann_whitney::mann_whitney;
use crate::stats::p_value::PValue;
use crate::stats::undefined::Figure;

use super::averages::fixed_counts;
use super::published::{Answers, Category, Count, Counted, Published, PublishedItem};

pub use crate::stats::adjusted::Adjustment;

/// Which test it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Mann and Whitney's, of a scale in two rounds. Its size is Cliff's delta, the later round's less the earlier one's.
    Ranks,
    /// Kruskal and Wallis', of a scale in more rounds. Its size is epsilon squared.
    RanksOfSeveral,
    /// Chi-square, or Fisher's in Freeman and Halton's form where few are expected, of options. Its size is Cramer's V.
    Options,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The question.
    pub item: ItemKey,
    /// Its test.
    pub test: Test,
    /// How many rounds it is of.
    pub rounds: usize,
    /// How far apart the rounds are.
    pub size: Option<f64>,
    /// The adjusted probability; `None` where there is no test to make, as where everybody answered alike.
    pub p: Option<f64>,
}

/// A test before it is adjusted.
struct Raw {
    test: Test,
    rounds: usize,
    size: Option<f64>,
    p: Figure<PValue>,
}

/// Returns the tests of every question that could be tested, in the order of the survey. `rounds` stand in time order; of a
/// question those count that print all of it.
#[must_use]
pub fn tests(survey: &Survey, rounds: &[&Published], adjustment: Adjustment) -> Vec<Tested> {
    let raw = survey.items().filter_map(|item| {
        let key = item.key();
        let printed: Vec<&PublishedItem> = rounds.iter().filter_map(|round| round.item(&key)).collect();
        Some((key, tested(&item, &printed)?))
    });
    let (items, raw): (Vec<ItemKey>, Vec<Raw>) = raw.unzip();
    let all: Vec<Figure<PValue>> = raw.iter().map(|raw| raw.p).collect();
    let adjusted = adjusted(&all, adjustment);
    let tested = items.into_iter().zip(raw).zip(adjusted);
    tested
        .map(|((item, raw), p)| Tested {
            item,
            test: raw.test,
            rounds: raw.rounds,
            size: raw.size.filter(|_| p.is_ok()),
            p: p.ok(),
        })
        .collect()
}

fn tested(item: &Item<'_>, rounds: &[&PublishedItem]) -> Option<Raw> {
    let exact: Vec<(&PublishedItem, Vec<&[Category]>, Vec<u32>)> = rounds
        .iter()
        .filter_map(|printed| {
            let (whats, counts) = exact_counts(printed)?;
            Some((*printed, whats, counts))
        })
        .collect();
    // Rounds that gave other answers to choose between are not put side by side.
    let [(_, whats, _), _, ..] = exact.as_slice() else {
        return None;
    };
    if exact.iter().any(|(_, others, _)| others != whats) {
        return None;
    }
    let scales: Option<Vec<LevelCounts>> = exact
        .iter()
        .map(|(printed, ..)| fixed_counts(item, printed))
        .collect();
    match scales.as_deref() {
        Some([one, other]) => {
            let delta = cliffs_delta(other, one, Confidence::default());
            Some(Raw {
                test: Test::Ranks,
                rounds: exact.len(),
                size: delta.ok().map(|delta| delta.delta),
                p: mann_whitney(one, other).map(|test| test.p),
            })
        }
        Some(several) => {
            let test = kruskal_wallis(several);
            Some(Raw {
                test: Test::RanksOfSeveral,
                rounds: exact.len(),
                size: test.as_ref().ok().map(|test| test.epsilon_squared),
                p: test.map(|test| test.p),
            })
        }
        // Bands of a scale are not tested as if they had no order.
        None if item.scale.is_some() => None,
        None => {
            let rows: Vec<Vec<u32>> = exact.iter().map(|(.., counts)| counts.clone()).collect();
            let table = Crosstab::new(&rows);
            let association = table.as_ref().ok().and_then(|table| table.association().ok());
            Some(Raw {
                test: Test::Options,
                rounds: exact.len(),
                size: association.map(|found| found.cramers_v),
                p: table.and_then(|table| table.independence()),
            })
        }
    }
}

/// The finest cells of a row with one answer a person, and their counts; `None` unless all are exact.
fn exact_counts(printed: &PublishedItem) -> Option<(Vec<&[Category]>, Vec<u32>)> {
    let Answers::Row {
        counted: Counted::One,
        form,
        cells,
    } = &printed.answers
    else {
        return None;
    };
    let finest = cells.iter().filter(|cell| cell.grain == *form);
    let counts = finest.map(|cell| match cell.count {
        Count::Exact(count) => Some((cell.what.as_slice(), count)),
        _ => None,
    });
    let counts: Vec<(&[Category], u32)> = counts.collect::<Option<_>>()?;
    Some(counts.into_iter().unzip())
}

#[cfg(test)]
mod tests {
    use super::{Adjustment, Test, tests};
    use crate::disclosure::made_up::standard;
    use crate::disclosure::published::Published;
    use crate::domain::answer::Response;
    use crate::domain::survey::Survey;
    use crate::stats::made_up::{chose, on_five, one_of, survey};

    fn round(survey: &Survey, scale: &[(&str, usize)], options: &[(&str, usize)]) -> Published {
        let spread = |counts: &[(&str, usize)]| -> Vec<String> {
            let each = counts.iter();
            each.flat_map(|(code, people)| std::iter::repeat_n((*code).to_owned(), *people))
                .collect()
        };
        let people: Vec<(String, String)> = spread(scale).into_iter().zip(spread(options)).collect();
        let groups: Vec<(usize, [(&str, Response); 2])> = people
            .iter()
            .map(|(one, other)| (1, [("q", chose(one)), ("o", chose(other))]))
            .collect();
        let groups: Vec<(usize, &[(&str, Response)])> = groups
            .iter()
            .map(|(people, answers)| (*people, &answers[..]))
            .collect();
        standard(survey, &crate::disclosure::made_up::people(survey, &groups))
    }

    #[test]
    fn a_scale_and_options_are_tested_and_adjusted_together() {
        let survey = survey("1", vec![on_five("q"), one_of("o", "xy")]);
        let before = round(
            &survey,
            &[("a", 8), ("b", 8), ("c", 8), ("d", 8), ("e", 8)],
            &[("x", 30), ("y", 10)],
        );
        let after = round(
            &survey,
            &[("a", 6), ("b", 6), ("c", 8), ("d", 10), ("e", 10)],
            &[("x", 12), ("y", 28)],
        );
        let of = |adjustment| -> Vec<(Test, f64)> {
            let all = tests(&survey, &[&before, &after], adjustment);
            all.into_iter().map(|one| (one.test, one.p.unwrap())).collect()
        };
        let (holm, hochberg) = (of(Adjustment::Holm), of(Adjustment::BenjaminiHochberg));
        let kinds: Vec<Test> = holm.iter().map(|(test, _)| *test).collect();
        assert_eq!(kinds, [Test::Ranks, Test::Options]);
        // 30 10 / 12 28: chi-square 16.2406 by hand, p 0.0000558; twice that by Holm.
        assert!((holm[1].1 - 0.000_111_6).abs() < 1e-6, "{holm:?}");
        assert!(holm[0].1 >= hochberg[0].1 && holm[0].1 > 0.1, "{holm:?}");
    }

    #[test]
    fn three_rounds_are_tested_together_and_those_that_print_all_of_it() {
        let survey = survey("1", vec![on_five("q"), one_of("o", "xy")]);
        let level = [("a", 8), ("b", 8), ("c", 8), ("d", 8), ("e", 8)];
        let round = |yes, no| round(&survey, &level, &[("x", yes), ("y", no)]);
        let (one, two, coded) = (round(30, 10), round(12, 28), round(39, 1));
        let all = tests(&survey, &[&one, &coded, &two], Adjustment::Holm);
        let kinds: Vec<(Test, usize)> = all.iter().map(|one| (one.test, one.rounds)).collect();
        assert_eq!(kinds, [(Test::RanksOfSeveral, 3), (Test::Options, 2)]);
        // Nobody moved on the scale; and V is the root of 16.2406 / 80.
        assert!(all[0].size.unwrap().abs() < 1e-12 && (all[0].p.unwrap() - 1.0).abs() < 1e-9);
        assert!((all[1].size.unwrap() - 0.4506).abs() < 1e-4);
    }

    #[test]
    fn what_is_coded_in_a_round_is_not_tested() {
        let survey = survey("1", vec![on_five("q"), one_of("o", "xy")]);
        let one = round(&survey, &[("a", 2), ("b", 8), ("d", 10)], &[("x", 18), ("y", 2)]);
        assert_eq!(tests(&survey, &[&one, &one], Adjustment::Holm), []);
    }
}
