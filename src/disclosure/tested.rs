//! Tests of change from one round to the next, adjusted over all of them: for who asks for them.
//!
//! Only of questions whose printed counts fix every answer in both rounds, so that a probability tells no more than they
//! do; and never one by one: a probability is there only as it is adjusted over all questions that could be tested.

use crate::domain::item::ItemKey;
use crate::domain::survey::{Item, Survey};
use crate::stats::adjusted::adjusted;
use crate::stats::crosstab::Crosstab;
use crate::stats::mann_whitney::mann_whitney;
use crate::stats::p_value::PValue;
use crate::stats::undefined::Figure;

use super::averages::fixed_counts;
use super::published::{Answers, Category, Count, Counted, Published, PublishedItem};

pub use crate::stats::adjusted::Adjustment;

/// Which test it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Mann and Whitney's, of a scale.
    Ranks,
    /// Chi-square, or Fisher's in Freeman and Halton's form where few are expected, of options.
    Options,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The question.
    pub item: ItemKey,
    /// Its test.
    pub test: Test,
    /// The adjusted probability; `None` where there is no test to make, as where everybody answered alike.
    pub p: Option<f64>,
}

/// Returns the tests of every question that could be tested, in the order of the survey.
#[must_use]
pub fn tests(
    survey: &Survey,
    (before, after): (&Published, &Published),
    adjustment: Adjustment,
) -> Vec<Tested> {
    let mut items: Vec<(ItemKey, Test)> = Vec::new();
    let mut all: Vec<Figure<PValue>> = Vec::new();
    for item in survey.items() {
        let key = item.key();
        let (Some(one), Some(other)) = (before.item(&key), after.item(&key)) else {
            continue;
        };
        if let Some((test, p)) = tested(&item, one, other) {
            items.push((key, test));
            all.push(p);
        }
    }
    let adjusted = adjusted(&all, adjustment);
    let tested = items.into_iter().zip(adjusted);
    tested
        .map(|((item, test), p)| Tested {
            item,
            test,
            p: p.ok(),
        })
        .collect()
}

fn tested(item: &Item<'_>, before: &PublishedItem, after: &PublishedItem) -> Option<(Test, Figure<PValue>)> {
    let (whats, one) = exact_counts(before)?;
    let (others, other) = exact_counts(after)?;
    if let (Some(one), Some(other)) = (fixed_counts(item, before), fixed_counts(item, after)) {
        // Rounds that gave other answers to choose between are not put side by side.
        return (one.levels() == other.levels())
            .then(|| (Test::Ranks, mann_whitney(&one, &other).map(|test| test.p)));
    }
    if whats != others || item.scale.is_some() && whats.iter().any(|what| what.len() > 1) {
        return None;
    }
    let table = Crosstab::new(&[one, other]);
    Some((Test::Options, table.and_then(|table| table.independence())))
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
            let all = tests(&survey, (&before, &after), adjustment);
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
    fn what_is_coded_in_a_round_is_not_tested() {
        let survey = survey("1", vec![on_five("q"), one_of("o", "xy")]);
        let one = round(&survey, &[("a", 2), ("b", 8), ("d", 10)], &[("x", 18), ("y", 2)]);
        assert_eq!(tests(&survey, (&one, &one), Adjustment::Holm), []);
    }
}
