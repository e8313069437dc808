//! A survey tried out by the one who writes it: every question can be come to, whatever its condition, and nothing
//! is kept.

use std::sync::Arc;

use crate::domain::evaluation::ConsentPolicy;
use crate::domain::id::Id;
use crate::domain::interview::{Action, Interview, Opening, Position};
use crate::domain::language::Language;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::domain::survey::question::QuestionKind;

use super::desk::NewInterview;
use super::session::{KeepsNothing, Session};
use super::workplace::{practice_opening, stamp};

/// The age from which a young person consents alone.
const ALONE_FROM: u8 = 16;
/// People in the made-up group, where a group is asked.
const GROUP: u16 = 8;

/// Returns a session at the information before consent. `group` shows the survey as a group is asked; a survey that
/// asks groups only is always shown so.
#[must_use]
pub fn begin(survey: &Arc<Survey>, language: Language, group: bool) -> Session {
    let survey = every_question(survey);
    let one = Session::begin(interview(&survey, language, None), Box::new(KeepsNothing));
    let has_group = survey.parts().group_mode.is_some();
    if has_group && (group || one.interview().route().questions.is_empty()) {
        let several = interview(&survey, language, Some(GROUP));
        return Session::begin(several, Box::new(KeepsNothing));
    }
    one
}

/// Returns the same at a question, with everything before the questions agreed to.
#[must_use]
pub fn at(survey: &Arc<Survey>, language: Language, group: bool, question: &Id) -> Session {
    let mut session = begin(survey, language, group);
    let old = session.interview().clone();
    stand_at(&mut session, question, &old);
    session
}

/// Returns a session on a survey that has changed, with what was done so far done again as far as it still fits, at
/// the same question; where that is gone, at the one before it.
#[must_use]
pub fn renewed(before: &Session, survey: &Arc<Survey>) -> Session {
    let survey = every_question(survey);
    let old = before.interview();
    let opening = Opening {
        survey: stamp(&survey),
        ..old.opening().clone()
    };
    let interview = Interview::begin(Arc::clone(&survey), opening);
    let mut session = Session::begin(interview, Box::new(KeepsNothing));
    for step in before.steps() {
        // What does not fit any more is passed over.
        let _ = session.apply(step.clone());
    }
    match old.position() {
        Position::Question(question) => stand_at(&mut session, question, old),
        Position::ReadBack(_) | Position::Closing => {
            let there = matches!(
                session.interview().position(),
                Position::ReadBack(_) | Position::Closing
            );
            if !there {
                agree(&mut session);
                let _ = session.apply(Action::ReadBack);
            }
        }
        _ => {}
    }
    session
}

/// Returns a step that goes on where an answer before the questions is missing; `None` where plain going on does.
#[must_use]
pub fn yes(interview: &Interview) -> Option<Action> {
    match interview.position() {
        // The oldest answer for themselves.
        Position::AgeBand => interview
            .opening()
            .age_bands
            .last()
            .map(|band| Action::AgeBand(band.code.clone())),
        Position::Guardian => Some(Action::Guardian(true)),
        Position::Point(place) => {
            let point = interview.survey().parts().consent.points.get(*place)?;
            Some(Action::Consent {
                point: point.id.clone(),
                given: true,
            })
        }
        _ => None,
    }
}

fn interview(survey: &Arc<Survey>, language: Language, group: Option<u16>) -> Interview {
    let wanted = NewInterview {
        survey: Arc::clone(survey),
        site: None,
        language,
        group,
        entered: Entered::Live,
        letter: None,
    };
    // Which ages are told apart is the evaluation's to say; where a survey asks, an ordinary answer stands here.
    let policy = ConsentPolicy {
        self_from: Some(ALONE_FROM),
        guardian_below: Some(ALONE_FROM),
        reason: None,
    };
    let opening = Opening {
        age_bands: policy.age_bands(),
        ..practice_opening(&wanted)
    };
    Interview::begin(Arc::clone(survey), opening)
}

/// Returns the survey without conditions, so that no question, row or option waits for an answer.
fn every_question(survey: &Arc<Survey>) -> Arc<Survey> {
    let mut parts = survey.parts().clone();
    for section in &mut parts.sections {
        section.show_if = None;
        for question in &mut section.questions {
            question.show_if = None;
            match &mut question.kind {
                QuestionKind::Matrix { rows, .. } => {
                    for row in rows {
                        row.show_if = None;
                    }
                }
                QuestionKind::One(choices)
                | QuestionKind::Many { choices, .. }
                | QuestionKind::Rank { choices, .. }
                | QuestionKind::Count(choices) => {
                    for option in &mut choices.options {
                        option.show_if = None;
                    }
                }
                _ => {}
            }
        }
    }
    Survey::new(parts).map_or_else(|_| Arc::clone(survey), Arc::new)
}

/// Goes to a question; where it is gone, to the nearest one before it that is still there, else to the first.
fn stand_at(session: &mut Session, question: &Id, old: &Interview) {
    if session.interview().current_question() == Some(question) {
        return;
    }
    agree(session);
    let asked = &old.route().questions;
    let place = asked.iter().position(|id| id == question).unwrap_or(0);
    let before = asked.get(..=place).unwrap_or_default().iter().rev().cloned();
    let first = session.interview().route().questions.first().cloned();
    for wanted in before.chain(first) {
        if session.apply(Action::GoTo(wanted)).is_ok() {
            return;
        }
    }
}

/// Says yes to everything before the questions.
fn agree(session: &mut Session) {
    // Information, age, guardian, the points: each takes one step.
    let most = session.interview().survey().parts().consent.points.len() + 4;
    for _ in 0..most {
        let step = match session.interview().position() {
            Position::Information => Action::Next,
            _ => match yes(session.interview()) {
                Some(step) => step,
                None => return,
            },
        };
        if session.apply(step).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{begin, renewed, stand_at, yes};
    use crate::definition;
    use crate::domain::answer::Answer;
    use crate::domain::id::Id;
    use crate::domain::interview::{Action, Position};
    use crate::domain::item::ItemKey;
    use crate::domain::language::Language;
    use crate::domain::survey::Survey;

    const EVERY_TYPE: &str = include_str!("../../tests/fixtures/every-type.toml");

    fn survey(text: &str) -> Arc<Survey> {
        let outcome = definition::survey::read(text.as_bytes());
        Arc::new(outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.problems)))
    }

    fn id(name: &str) -> Id {
        Id::new(name).unwrap()
    }

    #[test]
    fn every_question_can_be_come_to_whatever_its_condition() {
        for text in [EVERY_TYPE, include_str!("../../surveys/min-stemme-bup.toml")] {
            let survey = survey(text);
            let mut session = begin(&survey, Language::Bokmal, false);
            let old = session.interview().clone();
            for question in old.route().questions.clone() {
                stand_at(&mut session, &question, &old);
                assert_eq!(session.interview().current_question(), Some(&question));
            }
            let for_groups = survey.parts().group_mode.as_ref();
            let only = for_groups.map_or(0, |group| group.only.len());
            assert!(old.route().questions.len() + only >= survey.questions().count() - only);
        }
    }

    #[test]
    fn what_only_groups_are_asked_is_shown_as_a_group_is_asked() {
        let survey = survey(include_str!("../../surveys/gruppeintervju.toml"));
        let session = begin(&survey, Language::Bokmal, false);
        assert!(!session.interview().route().questions.is_empty());
    }

    #[test]
    fn a_changed_survey_stays_at_the_same_question_with_what_was_answered() {
        let before = survey(EVERY_TYPE);
        let mut session = begin(&before, Language::Bokmal, false);
        let old = session.interview().clone();
        stand_at(&mut session, &id("bestemte"), &old);
        let item = ItemKey::question(id("bestemte"));
        let code = before
            .question(&id("bestemte"))
            .unwrap()
            .kind
            .choices()
            .unwrap()
            .options[0]
            .code
            .clone();
        let answer = Answer::Choice { code, specify: None };
        session
            .apply(Action::Answer {
                item: item.clone(),
                answer,
                by_self: false,
            })
            .unwrap();
        let after = survey(&EVERY_TYPE.replacen("Hvem bestemte", "Hvem var med og bestemte", 1));
        let after = renewed(&session, &after);
        assert_eq!(after.interview().current_question(), Some(&id("bestemte")));
        assert!(after.interview().response(&item).is_some());
    }

    #[test]
    fn where_the_question_is_gone_the_one_before_it_is_shown() {
        let all = survey(EVERY_TYPE);
        let mut session = begin(&all, Language::Bokmal, false);
        let old = session.interview().clone();
        let asked = old.route().questions.clone();
        stand_at(&mut session, &asked[3], &old);
        let mut parts = all.parts().clone();
        for section in &mut parts.sections {
            section.questions.retain(|question| question.id != asked[3]);
        }
        let after = renewed(&session, &Arc::new(Survey::new(parts).unwrap()));
        assert_eq!(after.interview().current_question(), Some(&asked[2]));
    }

    #[test]
    fn before_the_questions_there_is_always_a_yes_that_goes_on() {
        let survey = survey(EVERY_TYPE);
        let mut session = begin(&survey, Language::English, false);
        session.apply(Action::Next).unwrap();
        while let Some(step) = yes(session.interview()) {
            session.apply(step).unwrap();
        }
        assert!(matches!(session.interview().position(), Position::Question(_)));
        assert!(session.saved() == crate::fieldwork::session::Saved::Nothing);
    }
}
