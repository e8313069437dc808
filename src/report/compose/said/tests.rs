//! Tests of this module: figures, and the sentences they allow.

use super::super::tests::composed;
use super::{alone, is_one_answer, who};
use crate::disclosure::published::{Category, Count};
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

fn sentence(item: &str) -> Option<String> {
    composed(false, Language::Bokmal, |sources| {
        let key = item.parse().unwrap();
        alone(
            sources,
            sources.published.item(&key).unwrap(),
            &sources.survey.item(&key).unwrap(),
        )
    })
}

#[test]
fn most_is_said_of_one_answer_and_not_of_several_put_together() {
    // 15 of 28 gave a number from 5 to 40, which is wider than from 0 to 4.
    let wide = sentence("q05").unwrap();
    assert!(
        wide.contains("15 av 28 svarte «5–40") && !wide.contains("lest"),
        "{wide}"
    );
    let one = sentence("q06").unwrap();
    assert!(one.contains("Flest satte") && one.contains("10 av 25"), "{one}");
    let code = |name| Category::Code(id(name));
    assert!(is_one_answer(&[code("a")]) && is_one_answer(&[Category::Years(2024, 2024)]));
    assert!(!is_one_answer(&[code("a"), code("b")]) && !is_one_answer(&[Category::Outside]));
}

#[test]
fn a_band_without_an_end_says_so_and_not_the_last_year_there_can_be() {
    let said = composed(false, Language::Bokmal, |sources| {
        let item = sources.survey.item(&"q05".parse().unwrap()).unwrap();
        [(2025, 2099), (1900, 2022), (2023, 2024), (2024, 2024)]
            .map(|(from, to)| sources.answer(&item, &Category::Years(from, to)))
    });
    assert_eq!(
        said,
        ["2025 eller senere", "2022 eller tidligere", "2023–2024", "2024"]
    );
}

#[test]
fn where_the_survey_says_what_a_good_answer_means_the_sentence_says_that() {
    assert_eq!(
        sentence("q04.p1").as_deref(),
        Some("22 eller flere av 27 sier at de blir hørt.")
    );
    // Where it does not, and where no answer is the good one, the question stands before what was answered.
    let asked = sentence("q01")
        .or_else(|| sentence("q02"))
        .or_else(|| sentence("q03"));
    assert!(
        asked.is_some_and(|said| said.starts_with("Hva mener du om q0")),
        "the question first"
    );
}
