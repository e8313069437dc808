//! The end: sealing, thanks, and how the interviewer is.

use crate::cli::trouble::sentence;
use crate::domain::interview::Action;
use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::session::{Saved, Trouble};
use crate::texts::fill;

use super::conversation::{Conversation, Ending, Flow, Heard};
use super::vocabulary::Word;

impl Conversation<'_> {
    /// Everything is said. Sealing takes the word itself: Enter or a number never does it.
    pub(super) fn closing(&mut self) -> Flow {
        let open = self
            .session
            .interview()
            .readback_rows()
            .iter()
            .filter(|row| !row.approved)
            .count();
        let words = &self.texts.linear;
        let live = self.session.interview().entered().is_live();
        let closing = if live {
            &words.closing
        } else {
            &words.afterwards.closing
        };
        let mut lines = vec![closing.clone()];
        if open > 0 {
            let says = if live {
                fill(&words.closing_open, &[("open", &open.to_string())])
            } else {
                let all = self.session.interview().readback_rows().len().to_string();
                let counts = [("open", open.to_string()), ("all", all)];
                let [open, all] = &counts;
                let words = &self.texts.interview.afterwards.not_looked_over;
                fill(words, &[(open.0, &open.1), (all.0, &all.1)])
            };
            lines.push(says);
        }
        lines.push(
            if self.practice {
                &words.closing_practice
            } else {
                &words.closing_how
            }
            .clone(),
        );
        self.say_all(&lines);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Line(line) if self.vocabulary.word(&line) == Some(Word::Seal) => {
                    if self.take(Action::Finish) {
                        return Flow::On;
                    }
                }
                Heard::Line(_) => {
                    let said = self.texts.linear.not_yet.clone();
                    self.say(&said);
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => {}
                    flow => return flow,
                },
            }
        }
    }

    /// Seals what is finished; tries again as often as somebody wants.
    pub(super) fn seal(&mut self) -> Flow {
        loop {
            if let Some(ending) = self.confirm_saved("") {
                return Flow::End(ending);
            }
            let practice = self.practice || self.session.saved() == Saved::Nothing;
            let trouble = match self.session.seal() {
                Ok(code) => {
                    let words = &self.texts.linear;
                    let live = self.session.interview().entered().is_live();
                    let said = if practice {
                        &words.sealed_practice
                    } else if !live {
                        &words.afterwards.sealed
                    } else {
                        &words.sealed
                    }
                    .clone();
                    self.say(&said);
                    if practice {
                        let real = self.texts.interview.practised.real.clone();
                        self.say(&real);
                    }
                    if let Some(code) = code
                        && let Some(ending) = self.hand_over(&code)
                    {
                        return Flow::End(ending);
                    }
                    self.debrief();
                    return Flow::End(Ending::Sealed);
                }
                Err(trouble) => trouble,
            };
            let said = self.not_sealed(trouble);
            self.say(&said);
            match self.hear_at_end(std::slice::from_ref(&said), None) {
                Some(line) if line.trim().is_empty() => {}
                _ => return Flow::End(self.input_ended()),
            }
        }
    }

    /// What is said where sealing failed: the draft is safe only where the disk has all of it.
    fn not_sealed(&mut self, trouble: Trouble) -> String {
        let is_safe = !matches!(self.session.wait(), Saved::Failed(_));
        let words = &self.texts.linear;
        let text = if is_safe {
            &words.not_sealed
        } else {
            &words.not_sealed_nor_saved
        };
        fill(text, &[("trouble", sentence(trouble, &self.texts))])
    }

    /// Shows the code to withdraw with until its last word is written: it is shown nowhere again after that.
    fn hand_over(&mut self, code: &WithdrawalCode) -> Option<Ending> {
        let last = code.words().last().copied().unwrap_or_default();
        let words = self.texts.withdrawal.clone();
        let about = if self.is_live() {
            words.code_aloud.clone()
        } else {
            self.texts.interview.afterwards.code.clone()
        };
        loop {
            self.say_all(&[
                about.clone(),
                format!("    {}", code.text().as_str()),
                words.code_last_word.clone(),
                words.code_unwanted_how.clone(),
            ]);
            loop {
                let how = [words.code_last_word.clone(), words.code_unwanted_how.clone()];
                let Some(line) = self.hear_at_end(&how, Some(last)) else {
                    self.say(&words.code_waits);
                    return Some(self.input_ended());
                };
                let line = line.trim().to_lowercase();
                if line.is_empty() {
                    break;
                }
                if line != last && self.vocabulary.word(&line) == Some(Word::No) {
                    match self.without_code() {
                        Some(ended) => return ended,
                        None => break,
                    }
                }
                if line != last {
                    self.say(&words.code_not_last);
                    continue;
                }
                return match self.session.code_is_noted() {
                    Ok(()) => {
                        self.push_away();
                        let gone = self.texts.linear.code_gone.clone();
                        self.say(&gone);
                        None
                    }
                    Err(_) => {
                        self.say(&words.code_waits);
                        Some(Ending::Sealed)
                    }
                };
            }
        }
    }

    /// Asks once more, and seals without a code; `None` where a code is wanted after all, else what has ended.
    fn without_code(&mut self) -> Option<Option<Ending>> {
        let words = self.texts.withdrawal.clone();
        self.say(&words.code_unwanted_sure);
        loop {
            let Some(line) = self.hear_at_end(std::slice::from_ref(&words.code_unwanted_sure), None) else {
                self.say(&words.code_waits);
                return Some(Some(self.input_ended()));
            };
            match self.vocabulary.word(&line) {
                Some(Word::Yes) => break,
                Some(Word::No) => return None,
                _ => self.say(&words.code_unwanted_sure),
            }
        }
        loop {
            let trouble = match self.session.code_is_unwanted() {
                Ok(()) => {
                    self.push_away();
                    self.say(&words.code_unwanted_done);
                    return Some(None);
                }
                Err(trouble) => trouble,
            };
            let said = self.not_sealed(trouble);
            self.say(&said);
            match self.hear_at_end(std::slice::from_ref(&said), None) {
                Some(line) if line.trim().is_empty() => {}
                _ => return Some(Some(self.input_ended())),
            }
        }
    }

    /// Asks how the interviewer is; the answer is kept nowhere.
    fn debrief(&mut self) {
        let said = self.texts.linear.debrief.clone();
        self.say_all(&said);
        let answer = self.hear_at_end(&said, None).unwrap_or_default();
        let language = self.session.interview().language();
        let mut lines = Vec::new();
        if matches!(answer.trim(), "2" | "3") {
            lines.push(self.texts.linear.debrief_talk.clone());
            lines.extend(self.contacts.iter().map(|contact| {
                fill(
                    &self.texts.linear.contact,
                    &[
                        ("name", contact.name.get(language)),
                        ("phone", contact.phone.as_str()),
                    ],
                )
            }));
        }
        lines.push(self.texts.linear.goodbye.clone());
        self.say_all(&lines);
    }
}
