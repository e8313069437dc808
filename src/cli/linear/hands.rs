//! A question to a group: hands are counted.

use std::collections::BTreeMap;

use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::Mode;
use crate::texts::fill;

use super::conversation::{Conversation, Flow, Heard};
use super::offer::Offered;
use super::question::Turn;
use super::vocabulary::Word;

impl Conversation<'_> {
    /// Counts hands, option by option.
    pub(super) fn hands(&mut self, key: &ItemKey, choices: &[Offered]) -> Turn {
        let people = match self.session.interview().mode() {
            Mode::Group { people } => u32::from(people),
            Mode::Individual => 0,
        };
        let mut hands: BTreeMap<Id, u32> = BTreeMap::new();
        let mut place = 0;
        while let Some(option) = choices.get(place) {
            let said = fill(&self.texts.linear.hands, &[("option", &option.words)]);
            self.say(&said);
            match self.hear() {
                Heard::End => return Turn::Flow(Flow::End(self.input_ended())),
                Heard::Word(Word::Back) if place > 0 => place -= 1,
                Heard::Word(word) => {
                    if let Some(turn) = self.word_at(key, word) {
                        return turn;
                    }
                }
                Heard::Line(line) => {
                    if place == 0 {
                        if let Some(kind) = self.vocabulary.missing_key(&line) {
                            if let Some(turn) = self.not_answered(key, kind, false) {
                                return turn;
                            }
                            continue;
                        }
                        if line.trim().is_empty() && self.session.interview().response(key).is_some() {
                            return Turn::Done;
                        }
                    }
                    match line.trim().parse::<u32>() {
                        Ok(count) if count <= people => {
                            hands.insert(option.code.clone(), count);
                            place += 1;
                        }
                        _ => {
                            let said = fill(&self.texts.linear.hands_how, &[("people", &people.to_string())]);
                            self.say(&said);
                        }
                    }
                }
            }
        }
        self.answer(key, Answer::Hands(hands), None, false)
            .unwrap_or(Turn::Flow(Flow::On))
    }
}
