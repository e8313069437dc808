//! A small survey with every kind of question, built by hand: no file is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::AgeBand;
use crate::domain::expression::{Comparison, Expression, Value};
use crate::domain::id::{Id, Slug};
use crate::domain::interview::{Interview, Opening};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::number::Number;
use crate::domain::record::{Entered, InterviewId, Mode, SurveyStamp};
use crate::domain::survey::consent::{Consent, ConsentPoint, GroupMode};
use crate::domain::survey::question::{
    Check, ChoiceOption, Choices, Level as CheckLevel, Order, Question, QuestionKind, Row,
};
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::scale::{Good, Level, Scale};
use crate::domain::survey::{Fingerprint, Section, Survey, SurveyParts};

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn words(text: &str) -> Localized {
    let in_language = |language: Language| CleanText::block(&format!("{text} [{}]", language.code()));
    Localized::new(Language::Bokmal, CleanText::block(text))
        .with(Language::Nynorsk, in_language(Language::Nynorsk))
        .with(Language::English, in_language(Language::English))
}

fn question(name: &str, text: &str, kind: QuestionKind) -> Question {
    Question {
        id: id(name),
        kind,
        text: words(text),
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

fn choices(options: &[&str]) -> Choices {
    let option = |text: &&str| ChoiceOption {
        code: id(text.to_lowercase().replace('ø', "o").as_str()),
        text: words(text),
        was: Vec::new(),
        retired: false,
        specify: *text == "Annet",
        exclusive: *text == "Ingen",
        pin_last: false,
        show_if: None,
    };
    Choices {
        options: options.iter().map(option).collect(),
        scale: None,
        order: Order::Fixed,
        groups: Vec::new(),
    }
}

fn scale(ask: Option<&str>, numeric: bool, levels: &[&str]) -> Scale {
    Scale {
        good: Good::High,
        ask: ask.map(words),
        levels: (0_i64..)
            .zip(levels)
            .map(|(value, text)| Level {
                code: id(&format!("l{value}")),
                value: Number::whole(value),
                text: if numeric {
                    Localized::new(Language::Bokmal, CleanText::line(text))
                } else {
                    words(text)
                },
            })
            .collect(),
        bands: None,
        numeric,
    }
}

fn at_most(item: &str, most: i64) -> Expression {
    Expression::Compare(
        Comparison::LessOrEqual,
        Box::new(Expression::Item(ItemKey::question(id(item)))),
        Box::new(Expression::Literal(Value::Number(Number::whole(most)))),
    )
}

fn questions() -> Vec<Question> {
    let row = |name: &str, text: &str| Row {
        id: id(name),
        text: words(text),
        said: None,
        show_if: None,
        dimension: None,
        reverse: false,
        sensitive: false,
    };
    let rows = vec![row("a", "Jeg visste."), row("b", "Jeg fikk tid.")];
    let mut alvor = question(
        "alvor",
        "Ble du tatt på alvor?",
        QuestionKind::Scale {
            scale: id("enig"),
            faces: false,
        },
    );
    alvor.probes = vec![words("Kan du gi et eksempel?")];
    let mut hvem = question(
        "hvem",
        "Hvem bestemte?",
        QuestionKind::One(choices(&["Jeg", "Vi", "Annet"])),
    );
    hvem.required = true;
    let mut dager = question(
        "dager",
        "Hvor mange dager?",
        QuestionKind::Number {
            unit: Some(words("dager")),
            min: Some(Number::whole(0)),
            max: Some(Number::whole(999)),
            decimals: 0,
            bands: Vec::new(),
        },
    );
    dager.checks = vec![
        Check {
            level: CheckLevel::Ask,
            that: at_most("dager", 52),
            text: words("{{dager}} dager er mye."),
        },
        Check {
            level: CheckLevel::Stop,
            that: at_most("dager", 366),
            text: words("{{dager}} er flere enn året har."),
        },
    ];
    let mut trodd = question(
        "trodd",
        "Ble du trodd?",
        QuestionKind::One(choices(&["Ja", "Nei"])),
    );
    trodd.self_answer = true;
    let mut annerledes = question(
        "annerledes",
        "Hva kunne vært annerledes?",
        QuestionKind::Text { long: true },
    );
    annerledes.quotable = Some(id("sitat"));
    let many = QuestionKind::Many {
        choices: choices(&["Hørt", "Raskt", "Med", "Annet", "Ingen"]),
        min: None,
        max: Some(3),
    };
    vec![
        alvor,
        hvem,
        question(
            "trygg",
            "Hvor trygg?",
            QuestionKind::Scale {
                scale: id("tall"),
                faces: false,
            },
        ),
        question("viktig", "Hva var viktig?", many),
        question(
            "pastander",
            "Hvor enig er du?",
            QuestionKind::Matrix {
                rows: rows.clone(),
                scales: vec![id("enig")],
            },
        ),
        question(
            "par",
            "To svar på hver.",
            QuestionKind::Matrix {
                rows,
                scales: vec![id("enig"), id("grad")],
            },
        ),
        question(
            "rang",
            "Hva er viktigst?",
            QuestionKind::Rank {
                choices: choices(&["Hørt", "Raskt", "Med"]),
                max: Some(3),
            },
        ),
        question(
            "hender",
            "Rekk opp hånda.",
            QuestionKind::Count(choices(&["Hjelp", "Tid"])),
        ),
        question("halvveis", "Nå er vi halvveis.", QuestionKind::Info),
        dager,
        question(
            "start",
            "Når begynte du?",
            QuestionKind::Date {
                day: false,
                bands: Vec::new(),
            },
        ),
        question("ord", "Hvilket ord passer?", QuestionKind::Text { long: false }),
        annerledes,
        trodd,
    ]
}

pub(crate) fn survey() -> Arc<Survey> {
    let point = |name: &str, text: &str, required| ConsentPoint {
        id: id(name),
        text: words(text),
        required,
    };
    let levels = ["Helt uenig", "Litt uenig", "Litt enig", "Helt enig"];
    let numbers: Vec<String> = (0..=10).map(|number| number.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let parts = SurveyParts {
        id: Slug::new("proeve").unwrap(),
        version: "1".to_owned(),
        fingerprint: Fingerprint("0".repeat(64)),
        languages: Language::ALL.to_vec(),
        title: words("Prøve"),
        purpose: None,
        consent: Consent {
            read_aloud: words("Jeg heter {{interviewer}}.\n\nDu bestemmer selv."),
            interviewer_note: Some(words("Vent litt.")),
            points: vec![
                point("deltar", "Vil du være med?", true),
                point("sitat", "Kan vi sitere?", false),
            ],
            ask_age: true,
        },
        missing_wording: BTreeMap::new(),
        scales: BTreeMap::from([
            (id("enig"), scale(Some("Hvor enig?"), false, &levels)),
            (
                id("grad"),
                scale(Some("I hvilken grad?"), false, &["Liten", "Stor"]),
            ),
            (id("tall"), scale(None, true, &numbers)),
        ]),
        dimensions: Vec::new(),
        sections: vec![Section {
            id: id("alt"),
            title: words("Møtet"),
            intro: Some(words("Først noen spørsmål.")),
            show_if: None,
            questions: questions(),
        }],
        readback: None,
        group_mode: Some(GroupMode {
            questions: vec![id("viktig")],
            only: vec![id("hender")],
            min_people: 3,
        }),
        quotas: Vec::new(),
        tightening: Tightening::default(),
        report_tables: Vec::new(),
        codebooks: Vec::new(),
    };
    Arc::new(Survey::new(parts).unwrap())
}

pub(crate) fn interview(language: Language, mode: Mode) -> Interview {
    interview_entered(language, mode, Entered::Live)
}

/// The same, held now or before.
pub(crate) fn interview_entered(language: Language, mode: Mode, entered: Entered) -> Interview {
    let survey = survey();
    let bands = [("u16", None, Some(16), true), ("16p", Some(16), None, false)];
    let opening = Opening {
        interview: InterviewId::from_bytes([7; 16]),
        survey: SurveyStamp {
            id: survey.id().clone(),
            version: "1".to_owned(),
            sha256: survey.parts().fingerprint.clone(),
        },
        round: Slug::new("r1").unwrap(),
        site: None,
        laptop: None,
        interviewer: None,
        mode,
        entered,
        language,
        order_seed: 7,
        age_bands: bands
            .map(|(code, from, below, guardian)| AgeBand {
                code: id(code),
                from,
                below,
                guardian,
            })
            .to_vec(),
        made_up: false,
    };
    Interview::begin(survey, opening)
}
