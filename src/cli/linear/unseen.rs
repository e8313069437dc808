//! A question whose answer the other person types, unseen.

use crate::domain::item::ItemKey;
use crate::domain::survey::question::QuestionKind;

use super::conversation::{Conversation, Flow};
use super::offer::Offered;
use super::question::{Read, Turn};
use super::vocabulary::Word;

impl Conversation<'_> {
    /// The other person types; nothing of it is shown.
    pub(super) fn unseen(&mut self, key: &ItemKey, kind: &QuestionKind, choices: &[Offered]) -> Turn {
        loop {
            let Some(line) = self.read(true) else {
                return Turn::Flow(Flow::End(self.input_ended()));
            };
            match self.vocabulary.word(&line) {
                None => {}
                Some(word) if word.is_of_some_prompts() => {}
                Some(Word::Missing(kind)) => match self.not_answered(key, kind, true) {
                    Some(turn) => return turn,
                    None => continue,
                },
                Some(Word::Hide) => {
                    if !self.curtain() {
                        return Turn::Flow(Flow::End(self.input_ended()));
                    }
                    continue;
                }
                Some(Word::Help) => {
                    let help = self.help();
                    self.say_all(&help);
                    continue;
                }
                Some(word) => match self.word_at(key, word) {
                    Some(turn) => return turn,
                    None => continue,
                },
            }
            match self.understand(key, kind, choices, &line, true) {
                Read::Turn(turn) => return turn,
                Read::Said(said) => self.say(&said),
                Read::Answer(answer, _) => {
                    if let Some(turn) = self.answer(key, answer, None, true) {
                        return turn;
                    }
                }
            }
        }
    }
}
