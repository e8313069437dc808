//! What Kim, the made-up person of the practice, says on the screen.

use crate::domain::interview::Action;
use crate::domain::interview::wording::answer_words;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::fieldwork::kim::{self, Saying};
use crate::texts::fill;

use super::situation::Situation;

/// Returns what Kim says to this item; nothing outside practice, and nothing in a group.
pub(super) fn answer(s: &Situation, item: &Item<'_>) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    let t = &s.t().kim;
    let words = match kim::says(interview, item) {
        Saying::Unsure => s.missing_words(Missing::DontKnow).to_lowercase(),
        Saying::Words { long, place } => t.own_words(long, place)?.to_owned(),
        Saying::Answer(answer) => answer_words(item, &answer, s.language()),
        Saying::Quiet => return Some(t.quiet.clone()),
    };
    Some(fill(&t.says, &[("words", &words)]))
}

/// Returns what Kim says before the questions: the age, and yes or no.
pub(super) fn before(s: &Situation, words: impl Fn(&Action) -> Option<String>) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    let said = words(&kim::before(interview)?)?;
    Some(fill(&s.t().kim.says, &[("words", &said)]))
}

/// Returns Kim's wish for a break, once in an interview.
pub(super) fn wish(s: &Situation) -> Option<String> {
    let interview = s.interview.as_ref().filter(|_| is_there(s))?;
    kim::wishes_a_break(interview).then(|| s.t().kim.pause.clone())
}

/// Returns whether Kim is the one who is interviewed.
pub(super) fn is_there(s: &Situation) -> bool {
    s.practice && s.interview.as_ref().is_some_and(kim::fits)
}
