//! Open answers: one line, or many up to a line with only a point.

use crate::domain::answer::Answer;
use crate::domain::clean_text::CleanText;
use crate::domain::interview::Action;
use crate::domain::item::ItemKey;
use crate::texts::fill;

use super::conversation::{Conversation, Flow, Heard};
use super::question::Turn;
use super::vocabulary::Word;

impl Conversation<'_> {
    /// Takes a text. What was written before a break is still there and goes on.
    pub(super) fn write(&mut self, key: &ItemKey, long: bool) -> Turn {
        let mut text = self
            .session
            .interview()
            .typing(key)
            .map(|text| text.as_str().to_owned())
            .unwrap_or_default();
        self.say_so_far(&text);
        loop {
            let line = match self.hear() {
                Heard::End => return Turn::Flow(Flow::End(self.input_ended())),
                Heard::Line(line) => line,
                // In the middle of a text these are part of it.
                Heard::Word(Word::Missing(kind)) if !text.is_empty() => {
                    crate::cli::linear::asking::missing_words(self.session.interview(), kind, &self.texts)
                }
                Heard::Word(Word::Skip) if !text.is_empty() => return self.finish(key, &text),
                Heard::Word(word) => match self.word_at(key, word) {
                    Some(turn) => return turn,
                    None => {
                        self.say_so_far(&text);
                        continue;
                    }
                },
            };
            let ended = line.trim() == "." || self.vocabulary.word(&line) == Some(Word::Done);
            if text.is_empty() && (line.trim().is_empty() || ended) {
                if self.session.interview().response(key).is_some() {
                    return Turn::Done;
                }
                let said = self.texts.linear.text_empty.clone();
                self.say(&said);
                continue;
            }
            if ended {
                return self.finish(key, &text);
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(unquoted(&line));
            if !long {
                return self.finish(key, &text);
            }
            let step = Action::Typing {
                item: key.clone(),
                text: CleanText::block(&text),
            };
            if !self.take(step) {
                return Turn::Flow(Flow::On);
            }
            if let Some(ending) = self.confirm_saved("") {
                return Turn::Flow(Flow::End(ending));
            }
        }
    }

    fn say_so_far(&mut self, text: &str) {
        if !text.is_empty() {
            let said = fill(&self.texts.linear.text_so_far, &[("text", text)]);
            self.say(&said);
        }
    }

    fn finish(&mut self, key: &ItemKey, text: &str) -> Turn {
        let answer = Answer::Text(CleanText::block(text.trim_end()));
        let turn = self.answer(key, answer, None, false);
        turn.unwrap_or(Turn::Flow(Flow::On))
    }
}

/// A line in quotation marks is taken as it is: so that somebody can answer "pause".
pub(super) fn unquoted(line: &str) -> &str {
    let line = line.trim_end();
    let inside = line
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| line.strip_prefix('«').and_then(|rest| rest.strip_suffix('»')));
    match inside {
        Some(inside) if !inside.contains(['"', '«', '»', ' ']) => inside,
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn a_word_in_quotation_marks_is_an_answer() {
        assert_eq!(unquoted("«pause»"), "pause");
        assert_eq!(unquoted("\"hide\" "), "hide");
        assert_eq!(unquoted("\"Hei\" og \"hallo\""), "\"Hei\" og \"hallo\"");
        assert_eq!(unquoted("«"), "«");
    }
}
