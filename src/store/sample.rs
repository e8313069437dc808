//! An evaluation, an opening, interviews and actions for the tests of this layer. Everything is made up.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, Laptop, LegalFrame, ProfileName, Recipient,
    Round, Signing,
};
use crate::domain::id::{Id, Slug};
use crate::domain::interview::{Action, Opening, Written};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::record::{InterviewId, InterviewRecord, QuotePermission};
use crate::domain::slip::{SCHEMA, Slip};
use crate::domain::survey::report_plan::Tightening;
use crate::domain::writing::Change;
use crate::store::journal::Entry;
use crate::store::keys::{Identities, Recipients, RecoveryKey, Signer};
use crate::store::randomness::repeatable;

pub(crate) const EVALUATION: &str = "3f9c2d1ab0e44c53";

/// Two people who can open, and a laptop that signs.
pub(crate) struct People {
    pub(crate) coordinator: RecoveryKey,
    pub(crate) recovery: RecoveryKey,
    pub(crate) laptop: Signer,
}

impl People {
    pub(crate) fn new() -> Self {
        Self {
            coordinator: RecoveryKey::generate(),
            recovery: RecoveryKey::generate(),
            laptop: Signer::generate(&mut repeatable(7)).unwrap(),
        }
    }

    pub(crate) fn identities(&self) -> Identities {
        self.coordinator.identities()
    }

    pub(crate) fn recipients(&self) -> Recipients {
        Recipients::new([self.coordinator.public().as_str(), &self.recovery.public()]).unwrap()
    }

    pub(crate) fn evaluation(&self) -> Evaluation {
        let recipient = |name: &str, key: &RecoveryKey| Recipient {
            name: CleanText::line(name),
            key: key.public(),
            proved: true,
        };
        Evaluation {
            made_up: false,
            id: EVALUATION.to_owned(),
            title: text("Høsten på poliklinikken"),
            service: None,
            commissioner: None,
            purpose: None,
            languages: vec![Language::Bokmal],
            identification: Identification::Deidentified,
            withdraw_until: None,
            delete_by: None,
            draft_hours: 72,
            rounds: vec![Round {
                id: slug("2026h"),
                title: text("Høsten 2026"),
                surveys: vec![slug("min-stemme-bup")],
                planned: Some(30),
                users: None,
                wanted: Vec::new(),
                period: None,
            }],
            surveys: Vec::new(),
            sites: Vec::new(),
            legal_frame: LegalFrame::default(),
            consent_policy: ConsentPolicy::default(),
            disclosure: DisclosureChoice {
                profile: ProfileName::Standard,
                reason: None,
                tightening: Tightening::default(),
                breakdowns: BTreeMap::new(),
            },
            recipients: vec![
                recipient("koordinator", &self.coordinator),
                recipient("reservenøkkel", &self.recovery),
            ],
            signing: Signing {
                coordinator: None,
                laptops: vec![Laptop {
                    id: slug("nord-1"),
                    key: self.laptop.public().to_string(),
                    revoked: false,
                }],
            },
            call: None,
            contacts: Vec::new(),
        }
    }
}

pub(crate) fn slug(name: &str) -> Slug {
    Slug::new(name).unwrap()
}

pub(crate) fn id(name: &str) -> Id {
    Id::new(name).unwrap()
}

pub(crate) fn text(words: &str) -> Localized {
    Localized::new(Language::Bokmal, CleanText::line(words))
}

pub(crate) fn interview(number: u8) -> InterviewId {
    InterviewId::from_bytes([number; 16])
}

/// Somebody who was asked and said no.
pub(crate) fn slip(number: u8) -> Slip {
    Slip {
        schema: SCHEMA,
        slip: interview(number),
        round: slug("2026h"),
        site: None,
        asked: 1,
        declined: 1,
        stopped: 0,
        deleted: None,
        held: None,
        decided: None,
        made_up: false,
        newer: BTreeMap::new(),
    }
}

pub(crate) fn opening() -> Opening {
    serde_json::from_str(&format!(
        r#"{{"interview":"{}","survey":{{"id":"min-stemme-bup","version":"2026-11-01","sha256":"{}"}},
        "round":"2026h","site":"nord","laptop":"nord-1","interviewer":null,"mode":"individual","language":"nb",
        "order_seed":18446744073709551615,"age_bands":[],"made_up":false}}"#,
        interview(1),
        "ab".repeat(32),
    ))
    .unwrap()
}

pub(crate) fn record(number: u8) -> InterviewRecord {
    serde_json::from_str(&format!(
        r#"{{"schema":1,"interview":"{}","survey":{{"id":"min-stemme-bup","version":"2026-11-01","sha256":"{}"}},
        "round":"2026h","mode":"individual","language":"nb","order_seed":18446744073709551615,
        "consent":{{"points":{{"delta":true}}}},
        "answers":{{"trygg":{{"given":{{"choice":{{"code":"helt_enig"}}}}}},"hva":{{"given":{{"text":"blåbær"}}}},
        "opplevelse.lyttet":{{"missing":"dont_know"}}}},
        "read_back":true,"ended":"complete"}}"#,
        interview(number),
        "ab".repeat(32),
    ))
    .unwrap()
}

pub(crate) fn answered(words: &str) -> Entry {
    Entry::Action(Action::Answer {
        item: ItemKey::question(id("hva")),
        answer: Answer::Text(CleanText::block(words)),
        by_self: false,
    })
}

/// Any step of an interview.
pub(crate) fn actions() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::Next),
        Just(Action::Back),
        Just(Action::Skip),
        Just(Action::Undo),
        Just(Action::ReadBack),
        Just(Action::Hold),
        Just(Action::Finish),
        ids().prop_map(Action::GoTo),
        ids().prop_map(Action::AgeBand),
        any::<bool>().prop_map(Action::Guardian),
        (ids(), any::<bool>()).prop_map(|(point, given)| Action::Consent { point, given }),
        (items(), answers(), any::<bool>()).prop_map(|(item, answer, by_self)| Action::Answer {
            item,
            answer,
            by_self
        }),
        (items(), any::<bool>()).prop_map(|(item, by_self)| Action::Missing {
            item,
            kind: Missing::DontKnow,
            by_self
        }),
        items().prop_map(Action::Clear),
        (items(), texts()).prop_map(|(item, text)| Action::Typing { item, text }),
        (items(), texts(), any::<bool>()).prop_map(|(item, text, joins)| Action::Write {
            on: Written::Item(item),
            changes: vec![
                Change::Begin(text.to_string()),
                Change::Replace {
                    at: 0,
                    remove: 0,
                    insert: "x".to_owned(),
                    joins,
                },
                Change::Undo,
            ],
            cursor: text.as_str().len(),
        }),
        (ids(), texts()).prop_map(|(question, text)| Action::Note { question, text }),
        (ids(), any::<u16>()).prop_map(|(question, check)| Action::Confirm { question, check }),
        Just(Action::Language(Language::Nynorsk)),
        items().prop_map(|item| Action::Quote {
            item,
            permission: QuotePermission::Rewritten
        }),
    ]
}

/// Any finished interview.
pub(crate) fn records() -> impl Strategy<Value = InterviewRecord> {
    let responses = prop_oneof![
        answers().prop_map(Response::Given),
        Just(Response::Missing(Missing::Skipped))
    ];
    (
        any::<[u8; 16]>(),
        any::<u64>(),
        btree_map(items(), responses, 0..20),
        btree_map(ids(), texts(), 0..3),
        option::of("[0-9a-f]{64}"),
    )
        .prop_map(
            |(id, order_seed, answers, notes, withdrawal_tag)| InterviewRecord {
                interview: InterviewId::from_bytes(id),
                order_seed,
                answers,
                notes,
                withdrawal_tag,
                ..record(1)
            },
        )
}

fn ids() -> impl Strategy<Value = Id> {
    "[a-z0-9_]{1,64}".prop_map(|name| id(&name))
}

fn items() -> impl Strategy<Value = ItemKey> {
    prop_oneof![
        ids().prop_map(ItemKey::question),
        (ids(), ids(), option::of(ids()))
            .prop_map(|(question, row, scale)| ItemKey::row(question, row, scale))
    ]
}

fn texts() -> impl Strategy<Value = CleanText> {
    any::<String>().prop_map(|raw| CleanText::block(&raw))
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        (ids(), option::of(texts())).prop_map(|(code, specify)| Answer::Choice { code, specify }),
        (btree_set(ids(), 1..5), option::of(texts()))
            .prop_map(|(codes, specify)| Answer::Choices { codes, specify }),
        (-1_000_000_000_i64..1_000_000_000, any::<bool>()).prop_map(|(thousandths, about)| Answer::Number {
            value: Number::from_thousandths(thousandths),
            about
        }),
        (any::<i16>(), option::of(any::<i8>()), option::of(any::<i8>()))
            .prop_map(|(year, month, day)| Answer::Date { year, month, day }),
        texts().prop_map(Answer::Text),
        vec(ids(), 0..5).prop_map(Answer::Ranking),
        btree_map(ids(), any::<u32>(), 0..5).prop_map(Answer::Hands),
    ]
}
