//! Listening: a line is read, and the words that mean the same everywhere are followed.

use crate::cli::surroundings::Surroundings;
use crate::texts::Texts;

use super::conversation::{Conversation, Heard};
use super::vocabulary::Word;

/// How many lines push what was said out of sight.
const CURTAIN: usize = 60;

/// Pushes everything out of sight until somebody presses Enter. Returns whether there is more to read.
pub fn curtain(texts: &Texts, surroundings: &mut Surroundings) -> bool {
    for _ in 0..CURTAIN {
        surroundings.output.line("");
    }
    surroundings.output.line(&texts.linear.curtain);
    let more = surroundings.read_line().is_some();
    surroundings.output.line(&texts.linear.curtain_back);
    more
}

impl Conversation<'_> {
    /// Shows a prompt and waits for a line. Hides the screen and says the words there are by itself.
    pub(super) fn hear(&mut self) -> Heard {
        loop {
            let Some(line) = self.read(false) else {
                return Heard::End;
            };
            match self.vocabulary.word(&line) {
                Some(Word::Hide) => {
                    if !self.curtain() {
                        return Heard::End;
                    }
                }
                Some(Word::Help) => {
                    let help = self.help();
                    self.say_all(&help);
                }
                Some(word) if !word.is_of_some_prompts() => return Heard::Word(word),
                Some(_) | None => return Heard::Line(line),
            }
        }
    }

    /// Waits for a line where the interview itself is over: words are followed as far as they mean something, and
    /// said to mean nothing here where they do not. `again` is said after each. `answer` is an answer though it may be
    /// one of the words: a code is made of words.
    pub(super) fn hear_at_end(&mut self, again: &[String], answer: Option<&str>) -> Option<String> {
        loop {
            let line = self.read(false)?;
            if answer.is_some_and(|answer| line.trim().to_lowercase() == answer) {
                return Some(line);
            }
            let said = match self.vocabulary.word(&line) {
                None | Some(Word::Missing(_)) => return Some(line),
                Some(word) if word.is_of_some_prompts() => return Some(line),
                Some(Word::Hide) => {
                    if !self.curtain() {
                        return None;
                    }
                    Vec::new()
                }
                Some(Word::Help) => self.help(),
                Some(Word::Menu | Word::Repeat) => Vec::new(),
                Some(Word::Distress) => {
                    self.distress_lines();
                    Vec::new()
                }
                Some(_) => vec![self.texts.linear.at_end.clone()],
            };
            self.say_all(&said);
            self.say_all(again);
        }
    }

    /// Reads one line that is no answer to a question; hides the screen and says the words there are by itself.
    pub(super) fn read_aside(&mut self) -> Option<String> {
        loop {
            let line = self.read(false)?;
            match self.vocabulary.word(&line) {
                Some(Word::Hide) => {
                    if !self.curtain() {
                        return None;
                    }
                }
                Some(Word::Help) => {
                    let help = self.help();
                    self.say_all(&help);
                }
                _ => return Some(line),
            }
        }
    }

    /// Reads one line, whatever it says. `unseen` for what the other person types.
    pub(super) fn read(&mut self, unseen: bool) -> Option<String> {
        if let Some(line) = self.ahead.take() {
            return Some(line);
        }
        self.surroundings.output.part("> ");
        if unseen && self.surroundings.stdin_is_terminal {
            let line = (self.surroundings.hidden_line)().ok();
            self.say("");
            return line;
        }
        let line = self.surroundings.read_line();
        if !self.surroundings.stdin_is_terminal {
            // A transcript without what was typed would be hard to follow.
            let shown = line.as_deref().filter(|_| !unseen).unwrap_or_default().to_owned();
            self.say(&shown);
        }
        line
    }

    /// Pushes everything out of sight until somebody presses Enter. Returns whether there is more to read.
    pub(super) fn curtain(&mut self) -> bool {
        curtain(&self.texts, self.surroundings)
    }

    /// Pushes what was said out of sight, without waiting: for what belongs to the other person alone.
    pub(super) fn push_away(&mut self) {
        for _ in 0..CURTAIN {
            self.say("");
        }
    }

    /// Asks for yes or no, as often as it takes.
    pub(super) fn yes_or_no(&mut self) -> Result<bool, Option<Word>> {
        loop {
            let line = match self.hear() {
                Heard::End => return Err(None),
                Heard::Word(word) => return Err(Some(word)),
                Heard::Line(line) => line,
            };
            match (self.vocabulary.word(&line), line.trim()) {
                (Some(Word::Yes), _) | (_, "1") => return Ok(true),
                (Some(Word::No), _) | (_, "2") => return Ok(false),
                _ => {
                    let said = self.texts.linear.yes_or_no.clone();
                    self.say(&said);
                }
            }
        }
    }
}
