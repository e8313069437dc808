//! What made-up people say to open questions.

use crate::domain::answer::Answer;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;

/// One saying per line, `question: words`; `*` is said where a question has none of its own.
const SAID: &str = include_str!("said.txt");

/// Returns what the person at this place says to a question.
pub(super) fn words(question: &Id, place: usize) -> Option<Answer> {
    let own = sayings(question.as_str());
    let sayings = if own.is_empty() { sayings("*") } else { own };
    let chosen = place.checked_rem(sayings.len())?;
    let words = sayings.get(chosen)?;
    Some(Answer::Text(CleanText::line(words)))
}

fn sayings(question: &str) -> Vec<&'static str> {
    let lines = SAID.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(about, _)| *about == question)
        .map(|(_, words)| words)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{SAID, sayings};

    #[test]
    fn every_line_is_a_saying_and_there_is_something_to_say_to_everything() {
        assert!(SAID.lines().all(|line| line.split_once(": ").is_some()));
        assert!(!sayings("*").is_empty());
    }
}
