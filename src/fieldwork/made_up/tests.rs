//! Tests of this module.

use std::sync::Arc;

use proptest::prelude::{any, proptest};

use super::{MadeUpPerson, hold};
use crate::domain::answer::Answer;
use crate::domain::evaluation::ConsentPolicy;
use crate::domain::id::Slug;
use crate::domain::interview::{Interview, Opening};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::record::{Ended, Entered, InterviewId, InterviewRecord, Mode, SurveyStamp};
use crate::domain::survey::sample;
use crate::fieldwork::session::{KeepsNothing, Session};

fn held(seed: u64, place: usize) -> InterviewRecord {
    let survey = Arc::new(sample::survey());
    let policy = ConsentPolicy {
        self_from: Some(16),
        guardian_below: Some(16),
        reason: None,
    };
    let opening = Opening {
        interview: InterviewId::from_bytes([7; 16]),
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
        order_seed: 1,
        age_bands: policy.age_bands(),
        made_up: true,
    };
    let mut session = Session::begin(Interview::begin(survey, opening), Box::new(KeepsNothing));
    hold(&mut session, &MadeUpPerson::new(seed, place)).unwrap();
    session.interview().record(None).unwrap()
}

fn choice_of(record: &InterviewRecord, item: &str) -> Option<String> {
    match record.answers.get(&item.parse::<ItemKey>().unwrap())?.answer()? {
        Answer::Choice { code, .. } => Some(code.to_string()),
        _ => None,
    }
}

#[test]
fn the_same_seed_gives_the_same_interview() {
    assert!(held(3, 1) == held(3, 1));
    assert!(held(3, 1) != held(4, 1));
}

#[test]
fn a_question_is_answered_only_where_the_route_goes() {
    for place in 0..40 {
        let record = held(1, place);
        let routed = record.answers.get(&"q07".parse().unwrap()).unwrap();
        let asked = routed.missing() != Some(Missing::NotAsked);
        let reached = record.ended == Ended::Complete;
        assert!(!asked || choice_of(&record, "q02").as_deref() == Some("ja"));
        assert!(asked || choice_of(&record, "q02").as_deref() != Some("ja") || !reached);
    }
}

#[test]
fn most_people_answer_and_most_answers_are_good() {
    let records: Vec<InterviewRecord> = (0..200).map(|place| held(9, place)).collect();
    let answers: Vec<String> = records.iter().filter_map(|r| choice_of(r, "q01")).collect();
    assert!((170..200).contains(&answers.len()), "{}", answers.len());
    let good = answers.iter().filter(|code| *code == "stor" || *code == "svaert");
    assert!((110..180).contains(&good.count()));
    let quoted = records.iter().filter(|record| !record.quotes.is_empty()).count();
    assert!((20..140).contains(&quoted), "{quoted}");
    assert!(records.iter().all(|record| record.made_up));
}

proptest! {
    #[test]
    fn whoever_is_made_up_comes_to_the_end(seed in any::<u64>(), place in 0_usize..100) {
        held(seed, place);
    }
}
