//! Made-up results for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::profile::Settings;
use super::publish::publish;
use super::published::{Answers, Category, Count, Grain, Published, PublishedItem, Reason};
use super::release::KeptRelease;
use crate::domain::answer::Response;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{DisclosureChoice, ProfileName};
use crate::domain::item::ItemKey;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::survey::Survey;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::scale::{Bands, Scale};
use crate::domain::workbook::marks::QuoteMarks;
use crate::stats::collect::Tallies;
use crate::stats::made_up::{
    chose, five, id, key, matrix, on_five, record, records_of, scale, survey, survey_with, words,
};

pub(crate) fn settings(profile: ProfileName) -> Settings {
    let choice = DisclosureChoice {
        profile,
        reason: Some(CleanText::line("Oppdiktet.")),
        tightening: Tightening::default(),
        breakdowns: BTreeMap::new(),
    };
    Settings::new(&choice, &Tightening::default()).unwrap()
}

pub(crate) fn standard(survey: &Survey, records: &[InterviewRecord]) -> Published {
    publish(
        survey,
        &Tallies::of(survey, &[], records),
        &settings(ProfileName::Standard),
    )
}

/// One item's counts, by code, as people who answered that item only.
pub(crate) fn printed(survey: &Survey, item: &str, counts: &[(&str, usize)]) -> PublishedItem {
    item_of(&standard(survey, &records_of(survey, item, counts)), item)
}

pub(crate) fn item_of(published: &Published, item: &str) -> PublishedItem {
    published.item(&key(item)).unwrap().clone()
}

/// Codes joined, and the count as printed, for cells of one grain.
pub(crate) fn cells(item: &PublishedItem, grain: Grain) -> Vec<(String, Count)> {
    let name = |what: &[Category]| -> String {
        what.iter()
            .map(|category| {
                if let Category::Code(code) = category {
                    code.as_str()
                } else {
                    "?"
                }
            })
            .collect()
    };
    let of_grain = item.cells().iter().filter(|cell| cell.grain == grain);
    of_grain.map(|cell| (name(&cell.what), cell.count)).collect()
}

pub(crate) fn reason(item: &PublishedItem) -> Option<Reason> {
    match &item.answers {
        Answers::Hidden { reason, .. } => Some(*reason),
        _ => None,
    }
}

pub(crate) fn json(published: &Published) -> String {
    serde_json::to_string(published).unwrap()
}

/// Records of people who each gave these answers.
pub(crate) fn people(survey: &Survey, groups: &[(usize, &[(&str, Response)])]) -> Vec<InterviewRecord> {
    let answers = groups
        .iter()
        .flat_map(|(count, answers)| std::iter::repeat_n(*answers, *count));
    (0..)
        .zip(answers)
        .map(|(number, answers)| record(survey, number, answers))
        .collect()
}

/// Marks of a quote, told apart as the real ones are, without a key.
pub(crate) fn marks(interview: &InterviewId, item: &ItemKey, number: u16, words: &str) -> QuoteMarks {
    let mark = |parts: &dyn std::fmt::Debug| {
        let mut hasher = DefaultHasher::new();
        format!("{parts:?}").hash(&mut hasher);
        format!("m{:016x}", hasher.finish())
    };
    let (interview, item) = (interview.to_string(), item.to_string());
    QuoteMarks {
        person: mark(&("person", &interview)),
        quote: mark(&("quote", &interview, &item, number)),
        words: mark(&("words", &interview, &item, number, words)),
    }
}

/// Interviews by number.
pub(crate) fn ids(numbers: std::ops::Range<u8>) -> BTreeSet<InterviewId> {
    numbers
        .map(|number| InterviewId::from_bytes([number; 16]))
        .collect()
}

/// A state made of these interviews.
pub(crate) fn kept_of(people: std::ops::Range<u8>) -> KeptRelease {
    let survey = survey("1", vec![on_five("q")]);
    let count = people.len();
    let records = records_of(&survey, "q", &[("a", count / 3), ("e", count - count / 3)]);
    KeptRelease::new(standard(&survey, &records), ids(people))
}

/// A survey of statements, each asked on a scale of four levels, how important it is, and on one of five, how it was.
pub(crate) fn pair_survey(statements: &[&str]) -> Survey {
    let mut question = matrix("m", statements);
    if let QuestionKind::Matrix { scales, rows } = &mut question.kind {
        *scales = vec![id("four"), id("five")];
        for row in rows {
            row.text = words(&format!("Påstand {}", row.id));
        }
    }
    let two = Bands {
        three: None,
        two: [vec![id("a"), id("b")], vec![id("c"), id("d")]],
    };
    let named = |mut scale: Scale, ask: &str, name: &str| {
        scale.ask = Some(words(ask));
        for level in &mut scale.levels {
            level.text = words(&format!("{name} {}", level.code));
        }
        scale
    };
    let scales = vec![
        (
            id("four"),
            named(scale("abcd", Some(two)), "Hvor viktig er det?", "Viktig"),
        ),
        (id("five"), named(five(), "Er det slik i dag?", "Slik")),
    ];
    survey_with("1", scales, vec![question])
}

/// People who answered a statement of [`pair_survey`] twice, by level.
pub(crate) fn pair_records(
    survey: &Survey,
    statements: &[(&str, [usize; 4], [usize; 5])],
) -> Vec<InterviewRecord> {
    let spread = |levels: &str, counts: &[usize]| -> Vec<Response> {
        let of = levels.chars().zip(counts);
        of.flat_map(|(level, count)| std::iter::repeat_n(chose(&level.to_string()), *count))
            .collect()
    };
    let mut people: Vec<Vec<(String, Response)>> = Vec::new();
    for (statement, first, second) in statements {
        for (scale, answers) in [("four", spread("abcd", first)), ("five", spread("abcde", second))] {
            for (number, answer) in answers.into_iter().enumerate() {
                if people.len() <= number {
                    people.push(Vec::new());
                }
                people[number].push((format!("m.{statement}.{scale}"), answer));
            }
        }
    }
    let of = |(number, answers): (u16, Vec<(String, Response)>)| {
        let answers: Vec<(&str, Response)> = answers
            .iter()
            .map(|(item, answer)| (item.as_str(), answer.clone()))
            .collect();
        record(survey, number, &answers)
    };
    (0..).zip(people).map(of).collect()
}
