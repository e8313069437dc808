//! Tests of this module: figures, and the sentences they allow.

use super::{bounds_up_to, place_of, who};
use crate::disclosure::published::{Category, Cell, Count, Grain};
use crate::domain::language::Language;
use crate::domain::survey::sample::id;
use crate::texts::{Texts, fill};

/// A count, n, whether per cent are printed, and the sentence in bokmål, nynorsk and English; none where nothing is
/// printed.
type Allowed = (Count, u32, bool, Option<[&'static str; 3]>);

const ALLOWED: [Allowed; 8] = [
    (
        Count::Exact(17),
        23,
        true,
        Some([
            "17 av 23 svarte «ja».",
            "17 av 23 svara «ja».",
            "17 of 23 answered “ja”.",
        ]),
    ),
    (
        Count::Exact(9),
        17,
        false,
        Some([
            "9 av 17 svarte «ja».",
            "9 av 17 svara «ja».",
            "9 of 17 answered “ja”.",
        ]),
    ),
    (
        Count::Exact(150),
        212,
        true,
        Some([
            "150 av 212 (70,8\u{a0}%) svarte «ja».",
            "150 av 212 (70,8\u{a0}%) svara «ja».",
            "150 of 212 (70.8%) answered “ja”.",
        ]),
    ),
    (
        Count::Exact(0),
        40,
        true,
        Some([
            "Ingen av de 40 svarte «ja».",
            "Ingen av dei 40 svara «ja».",
            "None of the 40 answered “ja”.",
        ]),
    ),
    (
        Count::Exact(40),
        40,
        true,
        Some([
            "Alle de 40 svarte «ja».",
            "Alle dei 40 svara «ja».",
            "All 40 answered “ja”.",
        ]),
    ),
    (
        Count::AtMost(5),
        29,
        true,
        Some([
            "5 eller færre av 29 svarte «ja».",
            "5 eller færre av 29 svara «ja».",
            "5 or fewer of 29 answered “ja”.",
        ]),
    ),
    (
        Count::AtLeast(24),
        129,
        true,
        Some([
            "24 eller flere av 129 svarte «ja».",
            "24 eller fleire av 129 svara «ja».",
            "24 or more of 129 answered “ja”.",
        ]),
    ),
    (Count::Hidden, 29, true, None),
];

#[test]
fn a_sentence_says_what_the_figure_says_and_no_more() {
    for (count, n, percent, allowed) in ALLOWED {
        for (place, language) in Language::ALL.into_iter().enumerate() {
            let texts = Texts::load(language).unwrap();
            let quoted = fill(&texts.results.report.quoted, &[("answer", "ja")]);
            let said = who(count, n, percent, &texts)
                .map(|who| fill(&texts.paper.said.answered, &[("who", &who), ("answers", &quoted)]));
            assert_eq!(
                said.as_deref(),
                allowed.map(|sentences| sentences[place]),
                "{count:?} of {n}"
            );
        }
    }
}

fn levels() -> Vec<Category> {
    ["a", "b", "c", "d", "e"]
        .map(|code| Category::Code(id(code)))
        .to_vec()
}

fn cell(what: &[Category], count: Count) -> Cell {
    Cell {
        grain: Grain::Levels,
        what: what.to_vec(),
        count,
        share: None,
    }
}

/// The places of the two middle answers, where they are fixed.
fn middle(counts: [Count; 5], n: u32) -> Option<(usize, usize)> {
    let levels = levels();
    let cells: Vec<Cell> = levels
        .iter()
        .zip(counts)
        .map(|(level, count)| cell(std::slice::from_ref(level), count))
        .collect();
    let place = |position| place_of(position, &levels, &cells, n);
    Some((place(n.div_ceil(2))?, place(n / 2 + 1)?))
}

#[test]
fn the_middle_answer_is_said_only_where_every_reading_of_the_codes_has_the_same_one() {
    use Count::{AtMost, Exact};
    // 8 + 12 + 7 of 29: the first two hold 2, and the 15th answer is among the 12 whatever they are.
    assert_eq!(
        middle([AtMost(5), AtMost(5), Exact(8), Exact(12), Exact(7)], 29),
        Some((3, 3))
    );
    assert_eq!(
        middle([Exact(10), Exact(10), Exact(10), Exact(10), Exact(10)], 50),
        Some((2, 2))
    );
    // 10 and 10 on either side of the middle.
    assert_eq!(
        middle([Exact(6), Exact(9), Exact(9), Exact(6), Exact(0)], 30),
        Some((1, 2))
    );
    // Of 24, 5 to 10 lie below the 9: the middle is among these whatever the codes stand for.
    assert_eq!(
        middle([AtMost(5), AtMost(5), Exact(9), AtMost(5), AtMost(5)], 24),
        Some((2, 2))
    );
    // Of 22, 10 to 15 lie below the 7: the middle may lie on either side.
    assert_eq!(
        middle([AtMost(5), AtMost(5), AtMost(5), Exact(7), AtMost(5)], 22),
        None
    );
}

#[test]
fn what_the_first_levels_hold_follows_from_every_printed_sum() {
    use Count::{AtMost, Exact};
    let levels = levels();
    let mut cells: Vec<Cell> = levels
        .iter()
        .zip([AtMost(5), AtMost(5), Exact(8), Exact(12), AtMost(5)])
        .map(|(level, count)| cell(std::slice::from_ref(level), count))
        .collect();
    assert_eq!(bounds_up_to(2, &levels, &cells, 27), (2, 7));
    cells.push(cell(&levels[..2], Exact(6)));
    assert_eq!(bounds_up_to(2, &levels, &cells, 27), (6, 6));
}
