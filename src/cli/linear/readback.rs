//! Reading the answers back, one by one.

use crate::domain::interview::Action;
use crate::domain::record::QuotePermission;
use crate::texts::fill;

use super::asking::{item_name, said_words};
use super::conversation::{Conversation, Flow, Heard};
use super::vocabulary::Word;

impl Conversation<'_> {
    pub(super) fn readback(&mut self, place: usize) -> Flow {
        let interview = self.session.interview();
        let language = interview.language();
        let rows = interview.readback_rows();
        let Some(row) = rows.get(place).cloned() else {
            self.take(Action::EndReadBack);
            return Flow::On;
        };
        let mut lines = Vec::new();
        if place == 0 {
            let own = interview.survey().parts().readback.as_ref();
            let words = &self.texts.linear;
            let intro = own.map_or(words.readback.as_str(), |own| own.get(language));
            lines.push(if interview.entered().is_live() {
                fill(&words.read_aloud, &[("text", intro)])
            } else {
                words.afterwards.readback.clone()
            });
        }
        let words = said_words(interview, &row.item, &self.texts);
        let words = words.unwrap_or_else(|| self.texts.words.not_asked.clone());
        lines.push(fill(
            &self.texts.linear.readback_row,
            &[
                ("place", &(place + 1).to_string()),
                ("of", &rows.len().to_string()),
                ("name", &item_name(interview, &row.item, &self.texts)),
                ("words", &words),
            ],
        ));
        lines.push(self.texts.linear.readback_how.clone());
        self.say_all(&lines);
        loop {
            let line = match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Word(Word::Skip) => {
                    self.take(Action::Next);
                    return Flow::On;
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => continue,
                    flow => return flow,
                },
                Heard::Line(line) => line,
            };
            let step = match self.vocabulary.word(&line) {
                Some(Word::Yes) => Action::Approve(row.item.clone()),
                Some(Word::Correct | Word::No) => Action::Correct(row.item.clone()),
                Some(Word::Done) => Action::EndReadBack,
                _ if line.trim().is_empty() => Action::Approve(row.item.clone()),
                _ => {
                    let said = self.texts.linear.readback_how.clone();
                    self.say(&said);
                    continue;
                }
            };
            if matches!(step, Action::Approve(_)) && row.may_quote {
                match self.quote() {
                    Ok(permission) => {
                        let item = row.item.clone();
                        self.take(Action::Quote { item, permission });
                    }
                    Err(flow) => return flow,
                }
            }
            let approved = matches!(step, Action::Approve(_));
            if self.take(step) {
                let said = if approved {
                    self.texts.linear.approved.clone()
                } else {
                    String::new()
                };
                if let Some(ending) = self.confirm_saved(&said) {
                    return Flow::End(ending);
                }
                return Flow::On;
            }
        }
    }

    /// Asks how the person's own words may be used.
    fn quote(&mut self) -> Result<QuotePermission, Flow> {
        let words = &self.texts.linear;
        let said = if self.is_live() {
            words.quote.clone()
        } else {
            words.afterwards.quote.clone()
        };
        self.say_all(&said);
        loop {
            match self.hear() {
                Heard::End => return Err(Flow::End(self.input_ended())),
                Heard::Line(line) => match line.trim() {
                    "1" => return Ok(QuotePermission::AsItStands),
                    "2" => return Ok(QuotePermission::Rewritten),
                    "3" => return Ok(QuotePermission::No),
                    _ if self.vocabulary.word(&line) == Some(Word::No) => return Ok(QuotePermission::No),
                    _ => self.say_all(&said),
                },
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => self.say_all(&said),
                    flow => return Err(flow),
                },
            }
        }
    }
}
