//! Kim, the made-up person of the practice: what Kim answers, so that one person can practise alone. Who speaks for
//! Kim, on a screen or line by line, finds the words.

use crate::domain::answer::Answer;
use crate::domain::interview::{Action, Interview, Position, Refusal};
use crate::domain::missing::Missing;
use crate::domain::record::Mode;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;

use super::made_up::MadeUpPerson;

/// Kim is the same person every time.
const SEED: u64 = 17;
/// So many of the made-up people are asked until one has an answer that can stand.
const ASKED: usize = 32;
/// The question to which Kim has no answer, so that this is practised too.
const UNSURE: usize = 3;
/// The question at which Kim would like a break.
const WEARY: usize = 4;

/// What Kim says to an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    /// That Kim does not know.
    Unsure,
    /// Words of Kim's own: many or few, and which of those there are to choose from.
    Words {
        /// Whether more than a word is asked for.
        long: bool,
        /// The place of the question.
        place: usize,
    },
    /// This.
    Answer(Answer),
    /// Nothing yet.
    Quiet,
}

/// Returns whether Kim can be the one who is asked: Kim is alone.
#[must_use]
pub fn fits(interview: &Interview) -> bool {
    interview.mode() == Mode::Individual
}

/// Returns what Kim says to this item.
#[must_use]
pub fn says(interview: &Interview, item: &Item<'_>) -> Saying {
    let place = interview
        .place_of(&item.question.id)
        .map_or(0, |(place, _)| place);
    if place == UNSURE && item.question.offers(Missing::DontKnow) {
        return Saying::Unsure;
    }
    // The made-up people of the demo write in one language; Kim speaks the one of the interview.
    if let QuestionKind::Text { long } = item.question.kind {
        return Saying::Words { long, place };
    }
    let answer = (0..ASKED).find_map(
        |person| match MadeUpPerson::new(SEED, person).says(interview, item) {
            Action::Answer { answer, .. } if stands(interview, item, &answer) => Some(answer),
            _ => None,
        },
    );
    answer.map_or(Saying::Quiet, Saying::Answer)
}

/// Returns whether the question's own checks let an answer stand: who practises would think the mistake their own.
fn stands(interview: &Interview, item: &Item<'_>, answer: &Answer) -> bool {
    if item.question.checks.is_empty() {
        return true;
    }
    let answered = Action::Answer {
        item: item.key(),
        answer: answer.clone(),
        by_self: false,
    };
    let mut after = interview.clone();
    let steps = [Action::GoTo(item.question.id.clone()), answered, Action::Next];
    let taken = steps.iter().try_for_each(|step| after.apply(step));
    !matches!(taken, Err(Refusal::CheckStops { .. } | Refusal::CheckAsks { .. }))
}

/// Returns what Kim does before the questions: the age, and yes or no.
#[must_use]
pub fn before(interview: &Interview) -> Option<Action> {
    MadeUpPerson::new(SEED, 0).next_step(interview)
}

/// Returns whether Kim would like a break at this question: once in an interview.
#[must_use]
pub fn wishes_a_break(interview: &Interview) -> bool {
    let Position::Question(question) = interview.position() else {
        return false;
    };
    interview
        .place_of(question)
        .is_some_and(|(place, _)| place == WEARY)
}

#[cfg(test)]
mod tests {
    use super::{Saying, before, says, stands};
    use crate::domain::answer::Answer;
    use crate::domain::interview::{Action, Position};
    use crate::domain::language::Language;
    use crate::domain::number::Number;
    use crate::domain::record::Mode;
    use crate::fieldwork::fixture;

    /// The question takes up to 999, asks from 53 and refuses from 367.
    #[test]
    fn what_kim_says_is_what_the_question_takes_without_asking() {
        let mut interview = fixture::interview(Language::Bokmal, Mode::Individual);
        while !matches!(interview.position(), Position::Question(_)) {
            let step = before(&interview).unwrap_or(Action::Next);
            interview.apply(&step).unwrap();
        }
        let item = interview.survey().item(&"dager".parse().unwrap()).unwrap();
        let number = |value| Answer::Number {
            value: Number::whole(value),
            about: false,
        };
        for (value, fits) in [(52, true), (53, false), (366, false), (367, false)] {
            assert_eq!(stands(&interview, &item, &number(value)), fits, "{value}");
        }
        let Saying::Answer(said) = says(&interview, &item) else {
            panic!("Kim says nothing");
        };
        assert!(stands(&interview, &item, &said));
    }
}
