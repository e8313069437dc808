//! A break, the distress card, and stopping.

use crate::cli::trouble::sentence;
use crate::domain::interview::Action;
use crate::fieldwork::session::{Remains, Saved};
use crate::texts::fill;

use super::conversation::{Conversation, Ending, Flow, Heard};
use super::vocabulary::Word;

impl Conversation<'_> {
    /// A break. Going on, going on another day, and stopping start here.
    pub(super) fn pause(&mut self) -> Flow {
        let kept = match self.session.wait() {
            _ if self.practice => self.texts.interview.practised.nothing_kept.clone(),
            Saved::Safe => self.texts.linear.pause_saved.clone(),
            Saved::Nothing => self.texts.linear.pause_nothing.clone(),
            Saved::Saving | Saved::Failed(_) => String::new(),
        };
        let words = &self.texts.linear;
        let (pause, choices) = match (self.practice, self.is_live()) {
            (true, _) => (&words.pause, &words.pause_choices_practice),
            (false, true) => (&words.pause, &words.pause_choices),
            (false, false) => (&words.afterwards.pause, &words.afterwards.pause_choices),
        };
        let (said, choices) = (fill(pause, &[("kept", &kept)]), choices.clone());
        self.say(said.trim());
        self.say_all(&choices);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Word(Word::Back) => return Flow::Again,
                Heard::Word(word @ (Word::Menu | Word::Overview | Word::Note | Word::Language)) => {
                    return self.follow(word);
                }
                Heard::Word(word) => {
                    self.aside_of_choices(word);
                    self.say_all(&choices);
                }
                Heard::Line(line) => match line.trim() {
                    "" | "1" => return Flow::Again,
                    "2" => return Flow::End(self.another_day()),
                    "3" => match self.stop() {
                        Flow::Again => self.say_all(&choices),
                        flow => return flow,
                    },
                    _ => self.say_all(&choices),
                },
            }
        }
    }

    fn another_day(&mut self) -> Ending {
        if let Some(ending) = self.confirm_saved("") {
            return ending;
        }
        let words = &self.texts.linear;
        let (said, ending) = match self.session.wait() {
            Saved::Nothing => (&words.ended_nothing, Ending::Left),
            _ => (&words.another_day, Ending::Kept),
        };
        let said = said.clone();
        self.say(&said);
        ending
    }

    /// Says what happens with the answers now; in practice, what would.
    fn leave_held(&mut self) -> Ending {
        let said = self.texts.linear.held.clone();
        self.say(&said);
        if self.practice {
            let practice = self.texts.interview.practice_not_saved.clone();
            self.say(&practice);
        }
        Ending::Held
    }

    /// Asks what happens with the answers.
    fn stop(&mut self) -> Flow {
        if !self.session.interview().has_consent() {
            let said = self.texts.linear.ended_nothing.clone();
            self.say(&said);
            return Flow::End(Ending::Left);
        }
        let words = &self.texts.linear;
        let choices = if self.is_live() {
            words.stop.clone()
        } else {
            words.afterwards.stop.clone()
        };
        self.say_all(&choices);
        loop {
            let line = match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Word(Word::Back | Word::Pause) => return Flow::Again,
                Heard::Word(word @ (Word::Menu | Word::Overview | Word::Note | Word::Language)) => {
                    return self.follow(word);
                }
                Heard::Word(word) => {
                    self.aside_of_choices(word);
                    self.say_all(&choices);
                    continue;
                }
                Heard::Line(line) => line,
            };
            match line.trim() {
                "" => return Flow::Again,
                "1" => {
                    if self.take(Action::Hold) {
                        if let Some(ending) = self.confirm_saved("") {
                            return Flow::End(ending);
                        }
                        return Flow::End(self.leave_held());
                    }
                    return Flow::Again;
                }
                "2" => {
                    if self.take(Action::StopAndUse) {
                        if let Some(ending) = self.confirm_saved("") {
                            return Flow::End(ending);
                        }
                        return Flow::On;
                    }
                    return Flow::Again;
                }
                "3" => {
                    let said = self.texts.linear.delete_how.clone();
                    self.say(&said);
                }
                _ if self.vocabulary.word(&line) == Some(Word::Delete) => return self.delete(),
                _ => self.say_all(&choices),
            }
        }
    }

    fn delete(&mut self) -> Flow {
        match self.session.delete() {
            Ok(remains) => {
                let words = &self.texts.linear;
                let said = match remains {
                    Remains::Nothing => &words.deleted,
                    Remains::CopyToGo => &words.deleted_copy,
                    Remains::CopyUntold => &words.deleted_copy_untold,
                };
                let said = said.clone();
                self.say(&said);
                Flow::End(Ending::Deleted)
            }
            Err(trouble) => {
                let said = fill(
                    &self.texts.linear.not_deleted,
                    &[("trouble", sentence(trouble, &self.texts))],
                );
                self.say(&said);
                Flow::Again
            }
        }
    }

    /// Answers a word that leads nowhere from a list of choices; the choices are said again after it.
    fn aside_of_choices(&mut self, word: Word) {
        match word {
            Word::Distress => self.distress_lines(),
            Word::Menu | Word::Repeat => {}
            _ => {
                let said = self.texts.linear.not_here.clone();
                self.say(&said);
            }
        }
    }

    /// The distress card, then the same question again.
    pub(super) fn distress(&mut self) -> Flow {
        self.distress_lines();
        self.pause()
    }

    pub(super) fn distress_lines(&mut self) {
        let language = self.session.interview().language();
        let mut lines = self.texts.linear.distress.clone();
        lines.extend(self.contacts.iter().map(|contact| {
            let name = contact.name.get(language);
            fill(
                &self.texts.linear.contact,
                &[("name", name), ("phone", contact.phone.as_str())],
            )
        }));
        lines.push(self.texts.linear.distress_after.clone());
        self.say_all(&lines);
    }

    /// An interview that was stopped and is opened again.
    pub(super) fn held(&mut self) -> Flow {
        let said = self.texts.linear.held_opened.clone();
        self.say_all(&said);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Line(line) if line.trim() == "1" => {
                    self.take(Action::Resume);
                    return Flow::On;
                }
                Heard::Line(line) if line.trim() == "2" => {
                    self.take(Action::StopAndUse);
                    return Flow::On;
                }
                Heard::Line(line) if self.vocabulary.word(&line) == Some(Word::Delete) => match self.delete()
                {
                    Flow::Again => {}
                    flow => return flow,
                },
                Heard::Word(Word::Pause | Word::Quit) => {
                    return Flow::End(self.leave_held());
                }
                Heard::Word(word) => {
                    self.aside_of_choices(word);
                    self.say_all(&said);
                }
                Heard::Line(_) => self.say_all(&said),
            }
        }
    }
}
