//! One question: its items one after the other, then on.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, spoken};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::interview::{Action, Position};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::texts::fill;
use crate::tui::warning::{exchanged, suggestions};

use super::asking::{echo, item_lines, question_lines};
use super::conversation::{Conversation, Flow, Heard, Left};
use super::offer::{Offered, offered, one, several};
use super::vocabulary::Word;

/// How one item went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Answered, or left as it was.
    Done,
    /// To the item before.
    Back,
    /// Somewhere else, or the same from the beginning.
    Flow(Flow),
}

/// What a line came to.
pub(super) enum Read {
    Answer(Answer, Option<u32>),
    Said(String),
    Turn(Turn),
}

impl Conversation<'_> {
    pub(super) fn question(&mut self, id: &Id) -> Flow {
        let interview = self.session.interview();
        let section = interview
            .survey()
            .section_of(id)
            .map(|section| section.id.clone());
        let lines = question_lines(interview, id, section != self.section, &self.texts);
        self.section = section;
        self.say_all(&lines);
        let keys = self.keys(id);
        if keys.is_empty() {
            return self.read_out();
        }
        self.kim_wishes();
        let mut place = self.first_place(&keys);
        self.backwards = false;
        let mut first = true;
        loop {
            let keys = self.keys(id);
            let Some(key) = keys.get(place).cloned() else {
                match self.leave() {
                    Left::Yes => return Flow::On,
                    Left::End(ending) => return Flow::End(ending),
                    Left::No => {
                        place = keys.len().saturating_sub(1);
                        continue;
                    }
                }
            };
            let lines = item_lines(self.session.interview(), &key, first, &self.texts);
            self.say_all(&lines);
            self.kim_says(&key);
            first = false;
            let turn = self.item(&key);
            if *self.session.interview().position() != Position::Question(id.clone()) {
                // An answer or a word led elsewhere.
                return match turn {
                    Turn::Flow(flow @ Flow::End(_)) => flow,
                    _ => Flow::On,
                };
            }
            match turn {
                Turn::Done if self.session.interview().correcting().is_some() => match self.leave() {
                    Left::Yes => return Flow::On,
                    Left::End(ending) => return Flow::End(ending),
                    Left::No => {}
                },
                Turn::Done => place += 1,
                Turn::Back if place > 0 && self.session.interview().correcting().is_none() => place -= 1,
                Turn::Back => {
                    if self.take(Action::Back) {
                        self.backwards = true;
                        return Flow::On;
                    }
                }
                Turn::Flow(flow) => return flow,
            }
        }
    }

    fn keys(&self, id: &Id) -> Vec<ItemKey> {
        let items = self.session.interview().items_asked(id);
        items.iter().map(Item::key).collect()
    }

    /// The row a correction is about; the last when coming from behind; else the first without an answer.
    fn first_place(&self, keys: &[ItemKey]) -> usize {
        let interview = self.session.interview();
        if let Some(row) = interview.correcting() {
            return keys.iter().position(|key| key == row).unwrap_or(0);
        }
        if self.backwards {
            return keys.len().saturating_sub(1);
        }
        keys.iter()
            .position(|key| interview.response(key).is_none())
            .unwrap_or(0)
    }

    /// Something that is only read out.
    fn read_out(&mut self) -> Flow {
        let said = self.texts.linear.type_enter.clone();
        self.say(&said);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Word(Word::Skip) => {
                    self.take(Action::Next);
                    return Flow::On;
                }
                Heard::Line(line) if line.trim().is_empty() => {
                    self.take(Action::Next);
                    return Flow::On;
                }
                Heard::Line(_) => {
                    let said = self.texts.linear.press_enter.clone();
                    self.say(&said);
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => {}
                    flow => return flow,
                },
            }
        }
    }

    /// Asks for one item until there is an answer or a way out.
    fn item(&mut self, key: &ItemKey) -> Turn {
        let interview = self.session.interview();
        let Some(item) = interview.survey().item(key) else {
            return Turn::Flow(Flow::On);
        };
        let kind = item.question.kind.clone();
        let unseen = interview.is_answered_alone(item.question);
        let choices = offered(interview, &item, interview.language());
        if unseen {
            return self.unseen(key, &kind, &choices);
        }
        if let QuestionKind::Text { long } = kind {
            return self.write(key, long);
        }
        if matches!(kind, QuestionKind::Count(_)) {
            return self.hands(key, &choices);
        }
        loop {
            let line = match self.hear() {
                Heard::End => return Turn::Flow(Flow::End(self.input_ended())),
                Heard::Line(line) => line,
                Heard::Word(word) => match self.word_at(key, word) {
                    Some(turn) => return turn,
                    None => continue,
                },
            };
            match self.understand(key, &kind, &choices, &line, false) {
                Read::Turn(turn) => return turn,
                Read::Said(said) => self.say(&said),
                Read::Answer(answer, typed) => {
                    if let Some(turn) = self.answer(key, answer, typed, false) {
                        return turn;
                    }
                }
            }
        }
    }

    /// Follows a word at an item; `None` puts the prompt again.
    pub(super) fn word_at(&mut self, key: &ItemKey, word: Word) -> Option<Turn> {
        match word {
            Word::Back => Some(Turn::Back),
            Word::Missing(kind) => self.not_answered(key, kind, false),
            Word::Skip => {
                if self.keys(key.question_id()).len() > 1 {
                    return self.not_answered(key, Missing::Skipped, false);
                }
                if self.take(Action::Skip) {
                    let said = self.texts.linear.skipped.clone();
                    return Some(match self.confirm_saved(&said) {
                        Some(ending) => Turn::Flow(Flow::End(ending)),
                        None => Turn::Flow(Flow::On),
                    });
                }
                None
            }
            Word::Clear if self.session.interview().response(key).is_none() => {
                let said = self.texts.linear.nothing_to_clear.clone();
                self.say(&said);
                None
            }
            Word::Clear => {
                if self.take(Action::Clear(key.clone())) {
                    let said = self.texts.linear.cleared.clone();
                    if let Some(ending) = self.confirm_saved(&said) {
                        return Some(Turn::Flow(Flow::End(ending)));
                    }
                    return Some(Turn::Flow(Flow::On));
                }
                None
            }
            Word::Probes => {
                let interview = self.session.interview();
                let language = interview.language();
                let question = interview.survey().question(key.question_id());
                let probes: Vec<String> = question
                    .map(|question| {
                        question
                            .probes
                            .iter()
                            .map(|probe| probe.get(language).to_owned())
                            .collect()
                    })
                    .unwrap_or_default();
                if probes.is_empty() {
                    let said = self.texts.linear.no_probes.clone();
                    self.say(&said);
                }
                for probe in probes {
                    let said = fill(&self.texts.linear.read_aloud, &[("text", &probe)]);
                    self.say(&said);
                }
                None
            }
            Word::Menu => match self.menu() {
                Ok(word) => self.word_at(key, word),
                Err(flow @ Flow::End(_)) => Some(Turn::Flow(flow)),
                Err(_) => {
                    let said = self.texts.linear.go_on.clone();
                    self.say(&said);
                    None
                }
            },
            Word::Alone => self.alone(key),
            word => match self.common(word) {
                Flow::Again => None,
                flow => Some(Turn::Flow(flow)),
            },
        }
    }

    /// The other person takes the keyboard, where the question is one to be answered unseen.
    fn alone(&mut self, key: &ItemKey) -> Option<Turn> {
        let interview = self.session.interview();
        let item = interview.survey().item(key)?;
        if interview.is_answered_alone(item.question) || !interview.may_be_answered_alone(item.question) {
            let said = self.texts.linear.self_not_here.clone();
            self.say(&said);
            return None;
        }
        let kind = item.question.kind.clone();
        let choices = offered(interview, &item, interview.language());
        let said = self.texts.linear.self_before.clone();
        self.say(&said);
        Some(self.unseen(key, &kind, &choices))
    }

    pub(super) fn understand(
        &mut self,
        key: &ItemKey,
        kind: &QuestionKind,
        choices: &[Offered],
        line: &str,
        by_self: bool,
    ) -> Read {
        let words = &self.texts.linear;
        if line.trim().is_empty() {
            return if self.session.interview().response(key).is_some() {
                Read::Turn(Turn::Done)
            } else {
                Read::Said(words.empty.clone())
            };
        }
        if let Some(kind) = self.vocabulary.missing_key(line) {
            return match self.not_answered(key, kind, by_self) {
                Some(turn) => Read::Turn(turn),
                None => Read::Said(self.texts.linear.go_on.clone()),
            };
        }
        match kind {
            QuestionKind::Many { .. } => match several(line, choices, &self.vocabulary.and) {
                Some(chosen) => {
                    let codes: BTreeSet<Id> = chosen.iter().map(|option| option.code.clone()).collect();
                    let own = chosen.iter().any(|option| option.specify);
                    self.with_own_words(own, |specify| Answer::Choices { codes, specify }, None)
                }
                None => Read::Said(words.no_such_numbers.clone()),
            },
            QuestionKind::Rank { .. } => match several(line, choices, &self.vocabulary.and) {
                Some(chosen) => {
                    let codes = chosen.iter().map(|option| option.code.clone()).collect();
                    Read::Answer(Answer::Ranking(codes), None)
                }
                None => Read::Said(words.no_such_numbers.clone()),
            },
            QuestionKind::Number { .. } => match spoken::number(line, &self.vocabulary.about) {
                Some(answer) => Read::Answer(answer, None),
                None => Read::Said(self.texts.refusal.not_a_number.clone()),
            },
            QuestionKind::Date { .. } => match self.date(line) {
                Some(answer) => Read::Answer(answer, None),
                None => Read::Said(self.texts.refusal.not_a_date.clone()),
            },
            QuestionKind::Text { .. } => Read::Answer(Answer::Text(CleanText::line(line)), None),
            _ => match one(line, choices) {
                Some(chosen) => {
                    let code = chosen.code.clone();
                    let number = Some(chosen.number);
                    self.with_own_words(chosen.specify, |specify| Answer::Choice { code, specify }, number)
                }
                None => Read::Said(words.no_such_number.clone()),
            },
        }
    }

    fn date(&self, line: &str) -> Option<Answer> {
        let year = (self.surroundings.now)().year();
        let mut languages = self.vocabulary.months.iter();
        languages.find_map(|months| spoken::date(line, months, year))
    }

    /// Asks what "something else" was, where an option wants to know.
    fn with_own_words(
        &mut self,
        asks: bool,
        make: impl FnOnce(Option<CleanText>) -> Answer,
        typed: Option<u32>,
    ) -> Read {
        if !asks {
            return Read::Answer(make(None), typed);
        }
        let said = self.texts.linear.specify.clone();
        self.say(&said);
        loop {
            match self.hear() {
                Heard::End => return Read::Answer(make(None), typed),
                Heard::Line(line) => {
                    let own = CleanText::line(line.trim());
                    return Read::Answer(make((!own.is_blank()).then_some(own)), typed);
                }
                Heard::Word(Word::Back) => return Read::Said(self.texts.linear.type_one.clone()),
                Heard::Word(Word::Skip | Word::Clear) => return Read::Answer(make(None), typed),
                Heard::Word(Word::Missing(kind)) => {
                    let own = super::asking::missing_words(self.session.interview(), kind, &self.texts);
                    return Read::Answer(make(Some(CleanText::line(&own))), typed);
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => {
                        let said = self.texts.linear.specify.clone();
                        self.say(&said);
                    }
                    flow => return Read::Turn(Turn::Flow(flow)),
                },
            }
        }
    }

    /// Gives an answer and says what it was; `None` when it was refused.
    pub(super) fn answer(
        &mut self,
        key: &ItemKey,
        answer: Answer,
        typed: Option<u32>,
        by_self: bool,
    ) -> Option<Turn> {
        let words = answer.words().filter(|_| !by_self).cloned();
        let step = |answer| Action::Answer {
            item: key.clone(),
            answer,
            by_self,
        };
        let turn = self.taken(key, step(answer.clone()), typed);
        let (Some(Turn::Done), Some(words)) = (&turn, words) else {
            return turn;
        };
        match self.without_identifiers(words.as_str()) {
            Some(other) => self.taken(key, step(with_words(answer, CleanText::block(&other))), typed),
            None => turn,
        }
    }

    /// Says what in words just written somebody may be known by, and returns them with what is suggested in its place
    /// where that is wanted. Asks until it is answered.
    pub(super) fn without_identifiers(&mut self, text: &str) -> Option<String> {
        let mut now = text.to_owned();
        for found in suggestions(text, &self.texts.interview.writing) {
            let how = self.texts.linear.exchange_how.clone();
            loop {
                self.say_all(&[found.sentence.clone(), how.clone()]);
                let Some(line) = self.read_aside() else {
                    return (now != text).then_some(now);
                };
                match self.vocabulary.word(&line) {
                    Some(Word::Yes) => {
                        now = exchanged(&now, &found.words, &self.texts.interview.writing);
                        break;
                    }
                    Some(Word::No) => break,
                    _ if line.trim().is_empty() => break,
                    // Somebody's name is not left standing because of a slip, nor is the line an answer to what comes next.
                    _ => {}
                }
            }
        }
        (now != text).then_some(now)
    }

    pub(super) fn not_answered(&mut self, key: &ItemKey, kind: Missing, by_self: bool) -> Option<Turn> {
        let step = Action::Missing {
            item: key.clone(),
            kind,
            by_self,
        };
        self.taken(key, step, None)
    }

    fn taken(&mut self, key: &ItemKey, step: Action, typed: Option<u32>) -> Option<Turn> {
        if !self.take(step) {
            return None;
        }
        let said = echo(self.session.interview(), key, typed, &self.texts);
        Some(match self.confirm_saved(&said) {
            Some(ending) => Turn::Flow(Flow::End(ending)),
            None => Turn::Done,
        })
    }
}

/// Returns an answer with other words of the person's own.
fn with_words(answer: Answer, words: CleanText) -> Answer {
    match answer {
        Answer::Text(_) => Answer::Text(words),
        Answer::Choice { code, .. } => Answer::Choice {
            code,
            specify: Some(words),
        },
        Answer::Choices { codes, .. } => Answer::Choices {
            codes,
            specify: Some(words),
        },
        other => other,
    }
}
