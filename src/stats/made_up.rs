//! Small surveys and interviews for tests.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::expression::{Comparison, Expression, Value};
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::record::{
    ConsentRecord, Ended, Entered, InterviewId, InterviewRecord, Mode, SCHEMA, SurveyStamp,
};
use crate::domain::survey::consent::Consent;
use crate::domain::survey::question::{ChoiceOption, Choices, Order, Question, QuestionKind, Row};
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::scale::{Bands, Good, Level, Scale};
use crate::domain::survey::{Fingerprint, Section, Survey, SurveyParts};

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub(crate) fn key(text: &str) -> ItemKey {
    text.parse().unwrap()
}

pub(crate) fn words(text: &str) -> Localized {
    Localized::new(Language::Bokmal, CleanText::line(text))
}

/// Five levels `a` to `e` with the usual bands.
pub(crate) fn five() -> Scale {
    let bands = Bands {
        three: Some([vec![id("a"), id("b")], vec![id("c")], vec![id("d"), id("e")]]),
        two: [vec![id("a"), id("b"), id("c")], vec![id("d"), id("e")]],
    };
    scale("abcde", Some(bands))
}

/// A scale whose levels are the letters of `levels`.
pub(crate) fn scale(levels: &str, bands: Option<Bands>) -> Scale {
    let level = |(value, letter): (i64, char)| Level {
        code: id(&letter.to_string()),
        value: Number::whole(value),
        text: words("nivå"),
    };
    Scale {
        good: Good::High,
        ask: None,
        levels: (0..).zip(levels.chars()).map(level).collect(),
        bands,
        numeric: false,
    }
}

pub(crate) fn question(name: &str, kind: QuestionKind) -> Question {
    Question {
        id: id(name),
        kind,
        text: words("Spørsmål"),
        help: None,
        interviewer_note: None,
        said: None,
        probes: Vec::new(),
        required: false,
        show_if: None,
        dimension: None,
        background: false,
        sensitive: false,
        self_answer: false,
        report: true,
        reverse: false,
        without: BTreeSet::new(),
        merge: Vec::new(),
        checks: Vec::new(),
        quotable: None,
        codebook: None,
    }
}

/// A question on the scale `five`.
pub(crate) fn on_five(name: &str) -> Question {
    question(
        name,
        QuestionKind::Scale {
            scale: id("five"),
            faces: false,
        },
    )
}

/// A question whose options are the letters of `options`.
pub(crate) fn one_of(name: &str, options: &str) -> Question {
    question(name, QuestionKind::One(choices(options)))
}

/// A question with several answers; a capital letter is an exclusive option of that letter.
pub(crate) fn several_of(name: &str, options: &str) -> Question {
    question(
        name,
        QuestionKind::Many {
            choices: choices(options),
            min: None,
            max: None,
        },
    )
}

pub(crate) fn ranking_of(name: &str, options: &str) -> Question {
    question(
        name,
        QuestionKind::Rank {
            choices: choices(options),
            max: None,
        },
    )
}

pub(crate) fn text(name: &str) -> Question {
    question(name, QuestionKind::Text { long: true })
}

pub(crate) fn matrix(name: &str, rows: &[&str]) -> Question {
    let row = |row: &&str| Row {
        id: id(row),
        text: words("Påstand"),
        said: None,
        show_if: None,
        dimension: None,
        reverse: false,
        sensitive: false,
    };
    question(
        name,
        QuestionKind::Matrix {
            rows: rows.iter().map(row).collect(),
            scales: vec![id("five")],
        },
    )
}

pub(crate) fn choices(options: &str) -> Choices {
    let option = |letter: char| ChoiceOption {
        code: id(&letter.to_ascii_lowercase().to_string()),
        text: words("Valg"),
        was: Vec::new(),
        retired: false,
        specify: false,
        exclusive: letter.is_ascii_uppercase(),
        pin_last: false,
        show_if: None,
    };
    Choices {
        options: options.chars().map(option).collect(),
        scale: None,
        order: Order::Fixed,
        groups: Vec::new(),
    }
}

/// `item = 'code'`.
pub(crate) fn equals(item: &str, code: &str) -> Expression {
    Expression::Compare(
        Comparison::Equal,
        Box::new(Expression::Item(key(item))),
        Box::new(Expression::Literal(Value::Word(code.to_owned()))),
    )
}

/// `item has 'code'`.
pub(crate) fn has(item: &str, code: &str) -> Expression {
    Expression::Has(
        Box::new(Expression::Item(key(item))),
        Box::new(Expression::Literal(Value::Word(code.to_owned()))),
    )
}

/// A survey of one section, with the scale `five`; its version is its fingerprint.
pub(crate) fn survey(version: &str, questions: Vec<Question>) -> Survey {
    survey_with(version, vec![(id("five"), five())], questions)
}

pub(crate) fn survey_with(version: &str, scales: Vec<(Id, Scale)>, questions: Vec<Question>) -> Survey {
    Survey::new(SurveyParts {
        id: Slug::new("made-up").unwrap(),
        version: version.to_owned(),
        fingerprint: Fingerprint(version.to_owned()),
        languages: vec![Language::Bokmal],
        title: words("Oppdiktet"),
        purpose: None,
        consent: Consent {
            read_aloud: words("Frivillig"),
            interviewer_note: None,
            points: Vec::new(),
            ask_age: false,
        },
        missing_wording: BTreeMap::new(),
        scales: scales.into_iter().collect(),
        dimensions: Vec::new(),
        sections: vec![Section {
            id: id("s"),
            title: words("Del"),
            intro: None,
            show_if: None,
            questions,
        }],
        readback: None,
        group_mode: None,
        quotas: Vec::new(),
        tightening: Tightening::default(),
        report_tables: Vec::new(),
        codebooks: Vec::new(),
    })
    .unwrap()
}

/// An interview of one person.
pub(crate) fn record(survey: &Survey, number: u16, answers: &[(&str, Response)]) -> InterviewRecord {
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().zip(number.to_be_bytes()) {
        *place = byte;
    }
    InterviewRecord {
        schema: SCHEMA,
        interview: InterviewId::from_bytes(bytes),
        survey: SurveyStamp {
            id: survey.id().clone(),
            version: survey.parts().version.clone(),
            sha256: survey.parts().fingerprint.clone(),
        },
        round: Slug::new("r1").unwrap(),
        site: None,
        laptop: None,
        interviewer: None,
        mode: Mode::Individual,
        entered: Entered::Live,
        language: Language::Bokmal,
        order_seed: 0,
        consent: ConsentRecord::default(),
        answers: answers
            .iter()
            .map(|(item, response)| (key(item), response.clone()))
            .collect(),
        self_answered: Vec::new(),
        confirmations: Vec::new(),
        notes: BTreeMap::new(),
        read_back: true,
        quotes: BTreeMap::new(),
        withdrawal_tag: None,
        ended: Ended::Complete,
        rescued: None,
        made_up: true,
        newer: BTreeMap::new(),
    }
}

pub(crate) fn chose(code: &str) -> Response {
    Response::Given(Answer::choice(id(code)))
}

/// Several options, one letter each.
pub(crate) fn chose_all(codes: &str) -> Response {
    let codes = codes.chars().map(|code| id(&code.to_string())).collect();
    Response::Given(Answer::Choices { codes, specify: None })
}

/// Options ranked, one letter each.
pub(crate) fn ranked(codes: &str) -> Response {
    Response::Given(Answer::Ranking(
        codes.chars().map(|code| id(&code.to_string())).collect(),
    ))
}

pub(crate) fn said(words: &str) -> Response {
    Response::Given(Answer::Text(CleanText::line(words)))
}

pub(crate) fn number(value: i64) -> Response {
    Response::Given(Answer::Number {
        value: Number::whole(value),
        about: false,
    })
}

pub(crate) fn none(kind: Missing) -> Response {
    Response::Missing(kind)
}

/// Interviews in which `counts` people chose each of `codes` in turn, to one item.
pub(crate) fn records_of(survey: &Survey, item: &str, counts: &[(&str, usize)]) -> Vec<InterviewRecord> {
    let people = counts
        .iter()
        .flat_map(|(code, count)| std::iter::repeat_n(*code, *count));
    (0..)
        .zip(people)
        .map(|(number, code)| record(survey, number, &[(item, chose(code))]))
        .collect()
}
