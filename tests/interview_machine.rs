//! What must hold for every interview, whatever is done in it and in whatever order.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use stemme::definition;
use stemme::domain::answer::{Answer, Response};
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::ConsentPolicy;
use stemme::domain::id::{Id, Slug};
use stemme::domain::interview::accept::check_answer;
use stemme::domain::interview::{Action, Interview, Opening, Position, Refusal};
use stemme::domain::item::ItemKey;
use stemme::domain::language::Language;
use stemme::domain::missing::Missing;
use stemme::domain::number::Number;
use stemme::domain::order::SplitMix64;
use stemme::domain::record::{Entered, InterviewId, Mode, QuotePermission, SurveyStamp};
use stemme::domain::survey::question::QuestionKind;
use stemme::domain::survey::{Item, Survey};

fn survey() -> Arc<Survey> {
    let read = definition::survey::read(include_bytes!("fixtures/every-type.toml"));
    Arc::new(
        read.value
            .unwrap_or_else(|| panic!("the fixture is not a survey")),
    )
}

fn opening(survey: &Survey, mode: Mode) -> Opening {
    let policy = ConsentPolicy {
        self_from: Some(16),
        guardian_below: Some(16),
        reason: None,
    };
    Opening {
        interview: InterviewId::from_bytes([7; 16]),
        survey: SurveyStamp {
            id: survey.id().clone(),
            version: survey.parts().version.clone(),
            sha256: survey.parts().fingerprint.clone(),
        },
        round: Slug::new("2026h").unwrap(),
        site: Some(Slug::new("nord").unwrap()),
        laptop: None,
        interviewer: None,
        mode,
        entered: Entered::Live,
        language: Language::Bokmal,
        order_seed: 11,
        age_bands: policy.age_bands(),
        made_up: true,
    }
}

fn begin(mode: Mode) -> Interview {
    let survey = survey();
    let opening = opening(&survey, mode);
    Interview::begin(survey, opening)
}

fn consented(mode: Mode) -> Interview {
    let mut interview = begin(mode);
    for _ in 0..20 {
        if interview.has_consent() {
            return interview;
        }
        let step = consent_step(&interview, true);
        interview.apply(&step).unwrap();
    }
    panic!("no consent after 20 steps");
}

fn consent_step(interview: &Interview, yes: bool) -> Action {
    match interview.position() {
        Position::AgeBand => Action::AgeBand(interview.opening().age_bands.last().unwrap().code.clone()),
        Position::Guardian => Action::Guardian(yes),
        Position::Point(place) => {
            let point = interview.survey().parts().consent.points.get(*place).unwrap();
            Action::Consent {
                point: point.id.clone(),
                given: yes,
            }
        }
        _ => Action::Next,
    }
}

/// One action, mostly sensible, sometimes not.
fn random_action(dice: &mut SplitMix64, interview: &Interview) -> Action {
    let survey = Arc::clone(interview.survey());
    let items: Vec<Item<'_>> = survey.items().collect();
    let questions: Vec<&Id> = survey.questions().map(|question| &question.id).collect();
    let item = items.get(dice.below(items.len())).unwrap();
    let here = interview
        .current_question()
        .map(|id| interview.items_asked(id))
        .unwrap_or_default();
    let near = here.get(dice.below(here.len())).unwrap_or(item);
    let question = (*questions.get(dice.below(questions.len())).unwrap()).clone();
    match dice.below(26) {
        0..=5 => Action::Next,
        6 => Action::Back,
        7 => Action::GoTo(question),
        8..=12 => Action::Answer {
            item: near.key(),
            answer: random_answer(dice, near),
            by_self: dice.below(5) == 0,
        },
        13 => Action::Answer {
            item: item.key(),
            answer: random_answer(dice, near),
            by_self: false,
        },
        14 => Action::Missing {
            item: near.key(),
            kind: missing(dice),
            by_self: false,
        },
        15 => Action::Clear(near.key()),
        16 => Action::Typing {
            item: near.key(),
            text: CleanText::block("halv setn"),
        },
        17 => Action::Note {
            question,
            text: CleanText::block("notat"),
        },
        18 => Action::Skip,
        19 => Action::Undo,
        20 => Action::Redo,
        21 => Action::Language(Language::Nynorsk),
        22 => [Action::ReadBack, Action::StopAndUse, Action::EndReadBack]
            .get(dice.below(3))
            .cloned()
            .unwrap(),
        23 => Action::Approve(near.key()),
        24 => [
            Action::Correct(item.key()),
            Action::Quote {
                item: item.key(),
                permission: QuotePermission::Rewritten,
            },
        ]
        .get(dice.below(2))
        .cloned()
        .unwrap(),
        _ => [
            Action::Hold,
            Action::Resume,
            Action::Resume,
            consent_step(interview, dice.below(4) > 0),
        ]
        .get(dice.below(4))
        .cloned()
        .unwrap(),
    }
}

fn missing(dice: &mut SplitMix64) -> Missing {
    *Missing::ALL.get(dice.below(5)).unwrap()
}

fn random_answer(dice: &mut SplitMix64, item: &Item<'_>) -> Answer {
    let codes: Vec<Id> = match (item.scale, item.question.kind.choices()) {
        (Some(scale), _) => scale.levels.iter().map(|level| level.code.clone()).collect(),
        (None, Some(choices)) => choices.options.iter().map(|option| option.code.clone()).collect(),
        (None, None) => vec![Id::new("x").unwrap()],
    };
    let code = codes.get(dice.below(codes.len())).unwrap().clone();
    let some: BTreeSet<Id> = codes.iter().filter(|_| dice.below(3) == 0).cloned().collect();
    match &item.question.kind {
        QuestionKind::Many { .. } => Answer::Choices {
            codes: some,
            specify: None,
        },
        QuestionKind::Number { .. } => {
            let value = Number::whole(i64::try_from(dice.below(80)).unwrap() - 5);
            Answer::Number {
                value,
                about: dice.below(2) == 0,
            }
        }
        QuestionKind::Date { .. } => Answer::Date {
            year: 2024,
            month: Some(3),
            day: None,
        },
        QuestionKind::Text { .. } => Answer::Text(CleanText::block("ord")),
        QuestionKind::Rank { .. } => Answer::Ranking(codes.into_iter().take(dice.below(4)).collect()),
        QuestionKind::Count(_) => Answer::Hands(BTreeMap::from([(code, 2)])),
        _ => Answer::choice(code),
    }
}

/// Everything an onlooker can tell about an interview.
fn picture(interview: &Interview) -> String {
    let survey = interview.survey();
    let items: Vec<String> = survey
        .items()
        .map(|item| {
            let key = item.key();
            let response = serde_json::to_string(&interview.response(&key)).unwrap();
            format!(
                "{key}={response} typing={:?} masked={}",
                interview.typing(&key),
                interview.is_masked(&key)
            )
        })
        .collect();
    format!(
        "{:?} {:?} {:?} {}",
        interview.position(),
        interview.consent(),
        interview.language(),
        items.join("\n")
    )
}

fn check_legal(interview: &Interview) {
    match interview.position() {
        Position::Question(id) => assert!(interview.route().asks(id), "at a question that is not asked"),
        Position::ReadBack(row) => assert!(
            *row < interview.readback_rows().len(),
            "at a row that is not there"
        ),
        Position::Declined => assert_eq!(
            *interview.consent(),
            stemme::domain::record::ConsentRecord::default()
        ),
        _ => {}
    }
    for item in interview.survey().items() {
        if let Some(Response::Given(answer)) = interview.response(&item.key()) {
            assert!(interview.has_consent(), "an answer without consent");
            let offered = interview.options(item.question);
            match check_answer(&item, answer, &offered, interview.mode()) {
                // Options that are no longer offered fall away; what is left may be fewer than asked for.
                Ok(()) | Err(Refusal::TooFew { .. }) => {}
                Err(refusal) => panic!("{}: {refusal}", item.key()),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_sequence_of_actions_leaves_a_legal_interview(seed in any::<u64>(), length in 1_usize..120) {
        let mut dice = SplitMix64::new(seed);
        let mode = if dice.below(4) == 0 { Mode::Group { people: 5 } } else { Mode::Individual };
        let mut interview = if dice.below(4) == 0 { begin(mode) } else { consented(mode) };
        for _ in 0..length {
            let action = random_action(&mut dice, &interview);
            let before = picture(&interview);
            if interview.apply(&action).is_err() {
                prop_assert_eq!(before, picture(&interview), "a refused action changed something");
            }
            check_legal(&interview);
            let is_asked = interview.readback_rows().iter().any(|row| row.may_quote);
            prop_assert!(!is_asked || mode == Mode::Individual, "a group is asked for leave to quote it");
        }
    }

    #[test]
    fn replaying_the_steps_gives_the_same_interview(seed in any::<u64>(), length in 1_usize..120) {
        let mut dice = SplitMix64::new(seed);
        let mut interview = begin(Mode::Individual);
        let mut steps = Vec::new();
        for _ in 0..length {
            let action = random_action(&mut dice, &interview);
            if interview.apply(&action).is_ok() {
                let kept = serde_json::to_string(&action).unwrap();
                steps.push(serde_json::from_str(&kept).unwrap());
            }
        }
        let survey = Arc::clone(interview.survey());
        let (again, refused) = Interview::replay(survey, interview.opening().clone(), &steps);
        prop_assert_eq!(refused, 0);
        prop_assert_eq!(picture(&again), picture(&interview));
    }

    #[test]
    fn what_routing_hides_never_reaches_the_sealed_record(seed in any::<u64>(), length in 1_usize..160) {
        let mut dice = SplitMix64::new(seed);
        let mut interview = consented(Mode::Individual);
        for _ in 0..length {
            let action = random_action(&mut dice, &interview);
            let _ = interview.apply(&action);
        }
        finish(&mut interview);
        let record = interview.record(None).unwrap();
        let items: Vec<ItemKey> = interview.survey().items().map(|item| item.key()).collect();
        prop_assert_eq!(record.answers.keys().cloned().collect::<BTreeSet<_>>(), items.into_iter().collect());
        for (item, response) in &record.answers {
            if !interview.route().asks_item(item) {
                prop_assert_eq!(response, &Response::Missing(Missing::NotAsked));
            }
        }
        for question in record.notes.keys() {
            prop_assert!(interview.route().asks(question));
        }
        let text = serde_json::to_string(&record).unwrap();
        let back: stemme::domain::record::InterviewRecord = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back, record);
    }

    #[test]
    fn going_back_and_forth_loses_no_answer(seed in any::<u64>()) {
        let mut dice = SplitMix64::new(seed);
        let mut interview = consented(Mode::Individual);
        for _ in 0..60 {
            let action = random_action(&mut dice, &interview);
            let _ = interview.apply(&action);
        }
        if matches!(interview.position(), Position::Held) {
            interview.apply(&Action::Resume).unwrap();
        }
        // Text being typed becomes the answer as soon as one moves.
        interview.apply(&Action::ReadBack).unwrap();
        let before = answers(&interview);
        for _ in 0..60 {
            let question = interview.route().questions.get(dice.below(interview.route().questions.len())).cloned();
            let step = match dice.below(4) {
                0 => Action::Next,
                1 => Action::Back,
                2 => Action::ReadBack,
                _ => Action::GoTo(question.unwrap()),
            };
            let _ = interview.apply(&step);
        }
        let after = answers(&interview);
        for (item, answer) in before {
            prop_assert_eq!(after.get(&item), Some(&answer), "{} was lost", item);
        }
    }

    #[test]
    fn a_change_that_is_taken_back_leaves_what_was_there(seed in any::<u64>()) {
        let mut dice = SplitMix64::new(seed);
        let mut interview = consented(Mode::Individual);
        let question = interview.current_question().unwrap().clone();
        let key = interview.items_asked(&question).first().unwrap().key();
        let mut before = Vec::new();
        for _ in 0..10 {
            let survey = Arc::clone(interview.survey());
            let answer = random_answer(&mut dice, &survey.item(&key).unwrap());
            let stood = interview.response(&key).cloned();
            if interview.apply(&Action::Answer { item: key.clone(), answer, by_self: false }).is_ok() {
                before.push(stood);
            }
        }
        while let Some(stood) = before.pop() {
            interview.apply(&Action::Undo).unwrap();
            prop_assert_eq!(interview.response(&key).cloned(), stood);
        }
    }
}

/// Answers given, and reasons people gave; what was skipped may be skipped again.
fn answers(interview: &Interview) -> BTreeMap<ItemKey, Response> {
    let survey = interview.survey();
    survey
        .items()
        .filter_map(|item| Some((item.key(), interview.response(&item.key())?.clone())))
        .filter(|(_, response)| response.missing() != Some(Missing::Skipped))
        .collect()
}

fn finish(interview: &mut Interview) {
    if *interview.position() == Position::Held {
        interview.apply(&Action::Resume).unwrap();
    }
    interview.apply(&Action::ReadBack).unwrap();
    if matches!(interview.position(), Position::ReadBack(_)) {
        interview.apply(&Action::EndReadBack).unwrap();
    }
    interview.apply(&Action::Finish).unwrap();
}

#[test]
fn a_no_to_taking_part_ends_it_and_leaves_nothing() {
    let mut interview = begin(Mode::Individual);
    while !matches!(interview.position(), Position::Point(_)) {
        let step = consent_step(&interview, true);
        interview.apply(&step).unwrap();
    }
    let step = consent_step(&interview, false);
    interview.apply(&step).unwrap();
    assert_eq!(*interview.position(), Position::Declined);
    assert!(!interview.has_consent());
    assert!(interview.consent().age_band.is_none());
    assert!(interview.apply(&Action::Next).is_err());
}

#[test]
fn nothing_changes_after_the_end() {
    let mut interview = consented(Mode::Individual);
    finish(&mut interview);
    let before = picture(&interview);
    let mut dice = SplitMix64::new(5);
    for _ in 0..200 {
        let action = random_action(&mut dice, &interview);
        assert!(interview.apply(&action).is_err());
    }
    assert_eq!(before, picture(&interview));
}

#[test]
fn nobody_is_asked_whether_an_answer_is_right_that_must_be_changed_anyway() {
    let mut interview = consented(Mode::Individual);
    let question = Id::new("dager").unwrap();
    let days = |value| Action::Answer {
        item: "dager".parse().unwrap(),
        answer: Answer::Number {
            value: Number::whole(value),
            about: false,
        },
        by_self: false,
    };
    interview.apply(&Action::GoTo(question.clone())).unwrap();
    // The check that asks stands first in the file, and fails too.
    interview.apply(&days(400)).unwrap();
    let stops = Refusal::CheckStops {
        question: question.clone(),
        check: 1,
    };
    assert_eq!(interview.apply(&Action::Next), Err(stops));
    interview.apply(&days(60)).unwrap();
    let asks = Refusal::CheckAsks {
        question: question.clone(),
        check: 0,
    };
    assert_eq!(interview.apply(&Action::Next), Err(asks));
    let confirm = Action::Confirm {
        question: question.clone(),
        check: 0,
    };
    interview.apply(&confirm).unwrap();
    interview.apply(&Action::Next).unwrap();
    assert_ne!(*interview.position(), Position::Question(question));
}
