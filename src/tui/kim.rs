//! Kim, the made-up person of the practice: what Kim says stands on the screen, so that one person can practise alone.

use crate::domain::interview::wording::answer_words;
use crate::domain::interview::{Action, Position};
use crate::domain::missing::Missing;
use crate::domain::record::Mode;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::fieldwork::made_up::MadeUpPerson;
use crate::texts::fill;

use super::situation::Situation;

/// Kim is the same person every time.
const SEED: u64 = 17;
/// So many of the made-up people are asked until one has an answer.
const ASKED: usize = 8;
/// The question to which Kim has no answer, so that this is practised too.
const UNSURE: usize = 3;
/// The question at which Kim would like a break.
const WEARY: usize = 4;

/// Returns what Kim says to this item; nothing outside practice, and nothing in a group.
pub(super) fn answer(s: &Situation, item: &Item<'_>) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    let t = &s.t().kim;
    let place = interview
        .place_of(&item.question.id)
        .map_or(0, |(place, _)| place);
    if place == UNSURE && item.question.offers(Missing::DontKnow) {
        let words = s.missing_words(Missing::DontKnow).to_lowercase();
        return Some(fill(&t.says, &[("words", &words)]));
    }
    // The made-up people of the demo write in one language; Kim speaks the one of the screen.
    if let QuestionKind::Text { long } = item.question.kind {
        let said = if long { &t.sayings } else { &t.words };
        let words = said.get(place % said.len().max(1))?;
        return Some(fill(&t.says, &[("words", words)]));
    }
    let answers = (0..ASKED).find_map(
        |person| match MadeUpPerson::new(SEED, person).says(interview, item) {
            Action::Answer { answer, .. } => Some(answer),
            _ => None,
        },
    );
    Some(match answers {
        Some(answer) => fill(&t.says, &[("words", &answer_words(item, &answer, s.language()))]),
        None => t.quiet.clone(),
    })
}

/// Returns what Kim says before the questions: the age, and yes or no.
pub(super) fn before(s: &Situation, words: impl Fn(&Action) -> Option<String>) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    let said = words(&MadeUpPerson::new(SEED, 0).next_step(interview)?)?;
    Some(fill(&s.t().kim.says, &[("words", &said)]))
}

/// Returns Kim's wish for a break, once in an interview.
pub(super) fn wish(s: &Situation) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    let Position::Question(question) = interview.position() else {
        return None;
    };
    let (place, _) = interview.place_of(question)?;
    (place == WEARY).then(|| s.t().kim.pause.clone())
}

/// Returns whether Kim is the one who is interviewed.
pub(super) fn is_there(s: &Situation) -> bool {
    let alone = |interview: &crate::domain::interview::Interview| interview.mode() == Mode::Individual;
    s.practice && s.interview.as_ref().is_some_and(alone)
}
