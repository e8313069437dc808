//! A small survey for tests: one question of most kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::consent::{Consent, ConsentPoint};
use super::question::{ChoiceOption, Choices, Order, Question, QuestionKind, Row};
use super::report_plan::Tightening;
use super::scale::{Bands, Good, Level, Scale};
use super::{Fingerprint, Section, Survey, SurveyParts};
use crate::domain::clean_text::CleanText;
use crate::domain::expression::{Comparison, Expression, Value};
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::number::Number;

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub(crate) fn words(text: &str) -> Localized {
    Localized::new(Language::Bokmal, CleanText::line(text))
}

/// Returns a question that is asked of everybody and has no settings of its own.
pub(crate) fn question(name: &str, kind: QuestionKind) -> Question {
    Question {
        id: id(name),
        kind,
        text: words(&format!("Hva mener du om {name}?")),
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

pub(crate) fn choices(codes: &[&str]) -> Choices {
    let option = |code: &&str| ChoiceOption {
        code: id(code),
        text: words(&format!("Svaret {code}")),
        was: Vec::new(),
        retired: false,
        specify: *code == "annet",
        exclusive: *code == "ingen",
        pin_last: *code == "ingen",
        show_if: None,
    };
    Choices {
        options: codes.iter().map(option).collect(),
        scale: None,
        order: Order::Fixed,
        groups: Vec::new(),
    }
}

fn scale(codes: &[&str], good: Good, bands: Option<Bands>) -> Scale {
    let level = |(place, code): (i64, &&str)| Level {
        code: id(code),
        value: Number::whole(place),
        text: words(&format!("I {code} grad")),
    };
    Scale {
        good,
        ask: None,
        levels: (0..).zip(codes).map(level).collect(),
        bands,
        numeric: false,
    }
}

/// Returns the survey.
pub(crate) fn survey() -> Survey {
    let five = Bands {
        three: Some([
            vec![id("ikke"), id("liten")],
            vec![id("noen")],
            vec![id("stor"), id("svaert")],
        ]),
        two: [
            vec![id("ikke"), id("liten"), id("noen")],
            vec![id("stor"), id("svaert")],
        ],
    };
    let on_scale = |name: &str| QuestionKind::Scale {
        scale: id(name),
        faces: false,
    };
    let rows = ["p1", "p2"].map(|name| Row {
        id: id(name),
        text: words(&format!("Påstand {name}")),
        said: (name == "p1").then(|| words("de blir hørt")),
        show_if: None,
        dimension: None,
        reverse: name == "p2",
        sensitive: false,
    });
    let mut routed = question("q07", QuestionKind::Text { long: true });
    routed.show_if = Some(Expression::Compare(
        Comparison::Equal,
        Box::new(Expression::Item(ItemKey::question(id("q02")))),
        Box::new(Expression::Literal(Value::Word("ja".to_owned()))),
    ));
    routed.quotable = Some(id("sitat"));
    let questions = vec![
        question("q01", on_scale("grad5")),
        question("q02", QuestionKind::One(choices(&["ja", "nei"]))),
        question(
            "q03",
            QuestionKind::Many {
                choices: choices(&["a", "b", "c", "annet", "ingen"]),
                min: None,
                max: None,
            },
        ),
        question(
            "q04",
            QuestionKind::Matrix {
                rows: rows.to_vec(),
                scales: vec![id("grad5")],
            },
        ),
        question(
            "q05",
            QuestionKind::Number {
                unit: None,
                min: Some(Number::whole(0)),
                max: Some(Number::whole(40)),
                decimals: 0,
                bands: vec![
                    (Number::whole(0), Number::whole(4)),
                    (Number::whole(5), Number::whole(40)),
                ],
            },
        ),
        question(
            "q06",
            QuestionKind::Rank {
                choices: choices(&["a", "b", "c"]),
                max: Some(2),
            },
        ),
        routed,
        question(
            "q08",
            QuestionKind::Date {
                day: false,
                bands: Vec::new(),
            },
        ),
    ];
    Survey::new(SurveyParts {
        id: Slug::new("prove").unwrap(),
        version: "1".to_owned(),
        fingerprint: Fingerprint("0".repeat(64)),
        languages: vec![Language::Bokmal],
        title: words("Prøveundersøkelse"),
        purpose: Some(words("Finne ut om prøven går bra.")),
        consent: Consent {
            read_aloud: words("Du bestemmer selv."),
            interviewer_note: None,
            points: ["deltar", "sitat"]
                .map(|name| ConsentPoint {
                    id: id(name),
                    text: words(name),
                    required: name == "deltar",
                })
                .to_vec(),
            ask_age: true,
        },
        missing_wording: BTreeMap::new(),
        scales: BTreeMap::from([(
            id("grad5"),
            scale(
                &["ikke", "liten", "noen", "stor", "svaert"],
                Good::High,
                Some(five),
            ),
        )]),
        dimensions: Vec::new(),
        sections: vec![Section {
            id: id("del1"),
            title: words("Første del"),
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
