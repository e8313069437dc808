//! What Kim, the made-up person of the practice, says line by line.

use crate::domain::interview::wording::answer_words;
use crate::domain::interview::{Action, Interview};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::fieldwork::kim::{self, Saying};
use crate::texts::fill;

use super::conversation::Conversation;

impl Conversation<'_> {
    fn kim(&self) -> Option<&Interview> {
        let interview = self.session.interview();
        (self.practice && kim::fits(interview)).then_some(interview)
    }

    /// Says what Kim would like at this question, besides answering it.
    pub(super) fn kim_wishes(&mut self) {
        if self.kim().is_some_and(kim::wishes_a_break) {
            let said = self.texts.linear.kim_pause.clone();
            self.say(&said);
        }
    }

    /// Says what Kim answers; nothing outside practice, and nothing in a group.
    pub(super) fn kim_says(&mut self, key: &ItemKey) {
        let Some(said) = self.kim().and_then(|interview| self.said(interview, key)) else {
            return;
        };
        self.say(&said);
    }

    fn said(&self, interview: &Interview, key: &ItemKey) -> Option<String> {
        let t = &self.texts.interview.kim;
        let item = interview.survey().item(key)?;
        if interview.is_answered_alone(item.question) {
            return Some(t.alone.clone());
        }
        let words = match kim::says(interview, &item) {
            Saying::Unsure => self.texts.words.missing(Missing::DontKnow).to_lowercase(),
            Saying::Words { long, place } => t.own_words(long, place)?.to_owned(),
            Saying::Answer(answer) => answer_words(&item, &answer, interview.language()),
            Saying::Quiet => return Some(t.quiet.clone()),
        };
        Some(self.in_words(&words))
    }

    /// Says what Kim answers before the questions.
    pub(super) fn kim_says_before(&mut self, words: impl Fn(&Self, &Action) -> Option<String>) {
        let said = self
            .kim()
            .and_then(kim::before)
            .and_then(|step| words(self, &step));
        if let Some(said) = said {
            let says = self.in_words(&said);
            self.say(&says);
        }
    }

    fn in_words(&self, words: &str) -> String {
        let words = words.trim_end_matches('.');
        fill(&self.texts.linear.kim_says, &[("words", words)])
    }
}
