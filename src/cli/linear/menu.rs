//! The words that mean the same at every prompt, the menu, notes, overview, language.

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::interview::progress::QuestionState;
use crate::domain::interview::{Action, Interview};
use crate::domain::language::Language;
use crate::texts::{Texts, fill};

use super::conversation::{Conversation, Flow, Heard};
use super::vocabulary::Word;
use super::writing::unquoted;

impl Conversation<'_> {
    /// Answers the words that mean the same at every prompt. [`Flow::Again`] puts the prompt again.
    pub(super) fn common(&mut self, word: Word) -> Flow {
        let flow = self.follow(word);
        if flow == Flow::Again {
            let said = self.texts.linear.go_on.clone();
            self.say(&said);
        }
        flow
    }

    /// As [`Self::common`], and does not say that the question is the same: whoever asked for this says it.
    pub(super) fn follow(&mut self, word: Word) -> Flow {
        match word {
            Word::Back => {
                if self.take(Action::Back) {
                    self.backwards = true;
                    return Flow::On;
                }
                Flow::Again
            }
            Word::Menu => match self.menu() {
                Ok(word) => self.follow(word),
                Err(flow) => flow,
            },
            Word::Pause | Word::Quit => self.pause(),
            Word::Distress => self.distress(),
            Word::Note => self.write_note(),
            Word::Overview => self.overview(),
            Word::Language => self.choose_language(),
            Word::Undo => {
                let before = self.session.interview().clone();
                if self.take(Action::Undo) {
                    let said = self.undone_words(&before);
                    if let Some(ending) = self.confirm_saved(&said) {
                        return Flow::End(ending);
                    }
                    return Flow::On;
                }
                Flow::Again
            }
            Word::Repeat => Flow::On,
            Word::Hide => {
                if !self.curtain() {
                    return Flow::End(self.input_ended());
                }
                Flow::Again
            }
            Word::Help => {
                let help = self.help();
                self.say_all(&help);
                Flow::Again
            }
            _ => {
                let said = self.texts.linear.not_here.clone();
                self.say(&said);
                Flow::Again
            }
        }
    }

    /// Says which question's answer a step back changed.
    fn undone_words(&self, before: &Interview) -> String {
        let after = self.session.interview();
        let words = &self.texts.linear;
        let mut items = after.survey().items();
        let changed = items.find(|item| before.response(&item.key()) != after.response(&item.key()));
        match changed {
            Some(item) => {
                let what = super::asking::item_name(after, &item.key(), &self.texts);
                fill(&self.texts.interview.undone, &[("what", &what)])
            }
            None => words.undone.clone(),
        }
    }

    /// Lists what can be done; returns the word that was chosen, by itself or by its number.
    pub(super) fn menu(&mut self) -> Result<Word, Flow> {
        const WORDS: [Word; 12] = [
            Word::Back,
            Word::Overview,
            Word::Note,
            Word::Language,
            Word::Undo,
            Word::Repeat,
            Word::Pause,
            Word::Distress,
            Word::Quit,
            Word::Skip,
            Word::Hide,
            Word::Help,
        ];
        let said = self.texts.linear.menu.clone();
        self.say_all(&said);
        loop {
            match self.hear() {
                Heard::End => return Err(Flow::End(self.input_ended())),
                Heard::Word(Word::Menu) => self.say_all(&said),
                Heard::Word(word) => return Ok(word),
                Heard::Line(line) if line.trim().is_empty() => return Err(Flow::Again),
                Heard::Line(line) => {
                    let place = line
                        .trim()
                        .parse::<usize>()
                        .ok()
                        .and_then(|place| place.checked_sub(1));
                    match place.and_then(|place| WORDS.get(place)) {
                        Some(word) => return Ok(*word),
                        None => self.say_all(&said),
                    }
                }
            }
        }
    }

    pub(super) fn write_note(&mut self) -> Flow {
        let Some(question) = self.session.interview().current_question().cloned() else {
            let said = self.texts.linear.not_here.clone();
            self.say(&said);
            return Flow::Again;
        };
        let said = self.texts.linear.note_how.clone();
        self.say(&said);
        let line = match self.hear() {
            Heard::End => return Flow::End(self.input_ended()),
            Heard::Line(line) => line,
            Heard::Word(Word::Back) => String::new(),
            Heard::Word(Word::Missing(kind)) => {
                super::asking::missing_words(self.session.interview(), kind, &self.texts)
            }
            Heard::Word(word) => return self.follow(word),
        };
        let line = unquoted(&line);
        if line.trim().is_empty() {
            let said = self.texts.linear.note_none.clone();
            self.say(&said);
            return Flow::Again;
        }
        let text = CleanText::line(line.trim());
        let words = text.as_str().to_owned();
        if self.take(Action::Note { question, text }) {
            let said = self.texts.linear.note_taken.clone();
            if let Some(ending) = self.confirm_saved(&said) {
                return Flow::End(ending);
            }
            if let Some(other) = self.without_identifiers(&words)
                && let Some(question) = self.session.interview().current_question().cloned()
            {
                let text = CleanText::line(&other);
                if self.take(Action::Note { question, text })
                    && let Some(ending) = self.confirm_saved(&self.texts.linear.note_taken.clone())
                {
                    return Flow::End(ending);
                }
            }
        }
        Flow::Again
    }

    /// Lists the questions that are asked; a number goes there.
    pub(super) fn overview(&mut self) -> Flow {
        let interview = self.session.interview();
        if !interview.has_consent() {
            let said = self.texts.linear.not_here.clone();
            self.say(&said);
            return Flow::Again;
        }
        let numbered = numbered(interview);
        let mut lines = vec![self.texts.linear.overview.clone()];
        lines.extend(
            numbered
                .iter()
                .map(|(place, id)| overview_line(interview, *place, id, &self.texts)),
        );
        lines.push(self.texts.linear.overview_how.clone());
        self.say_all(&lines);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Word(Word::Back) => return Flow::Again,
                Heard::Word(word) => return self.follow(word),
                Heard::Line(line) if line.trim().is_empty() => return Flow::Again,
                Heard::Line(line) => {
                    let wanted = line.trim().parse::<usize>().ok();
                    let found = numbered.iter().find(|(place, _)| Some(*place) == wanted);
                    if let Some((_, id)) = found {
                        if self.take(Action::GoTo(id.clone())) {
                            return Flow::On;
                        }
                    } else {
                        let said = self.texts.linear.overview_how.clone();
                        self.say(&said);
                    }
                }
            }
        }
    }

    pub(super) fn choose_language(&mut self) -> Flow {
        let mut lines = vec![self.texts.linear.language_ask.clone()];
        lines.extend(
            (1..)
                .zip(Language::ALL)
                .map(|(place, language): (usize, _)| format!("{place}. {}", language.own_name())),
        );
        self.say_all(&lines);
        let chosen = match self.hear() {
            Heard::End => return Flow::End(self.input_ended()),
            Heard::Line(line) => {
                let line = line.trim().to_lowercase();
                let by_place = line
                    .parse::<usize>()
                    .ok()
                    .and_then(|place| Language::ALL.get(place.checked_sub(1)?));
                by_place.copied().or_else(|| {
                    let named = |language: &Language| language.own_name().to_lowercase() == line;
                    Language::ALL
                        .into_iter()
                        .find(named)
                        .or_else(|| Language::from_code(&line))
                })
            }
            Heard::Word(Word::Back) => None,
            Heard::Word(word) => return self.follow(word),
        };
        match chosen {
            Some(language) => {
                if self.take(Action::Language(language)) {
                    self.speak(language);
                }
                Flow::On
            }
            None => Flow::Again,
        }
    }
}

/// Questions that count, with their numbers.
fn numbered(interview: &Interview) -> Vec<(usize, Id)> {
    let questions = interview.route().questions.iter();
    questions
        .filter_map(|id| Some((interview.place_of(id)?.0, id.clone())))
        .collect()
}

pub(super) fn overview_line(interview: &Interview, place: usize, id: &Id, texts: &Texts) -> String {
    let words = &texts.linear;
    let state = match interview.question_state(id) {
        QuestionState::Answered => &words.state_answered,
        QuestionState::Declined => &words.state_declined,
        QuestionState::Skipped => &words.state_skipped,
        QuestionState::Begun => &words.state_begun,
        QuestionState::NotAsked => &words.state_not_asked,
    };
    let question = interview.survey().question(id);
    let text =
        question.map(|question| interview.fill(question.text.get(interview.language()), &words.your_name));
    fill(
        &words.overview_line,
        &[
            ("place", &place.to_string()),
            ("text", &text.unwrap_or_default()),
            ("state", state),
        ],
    )
}
