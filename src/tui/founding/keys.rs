//! The coordinator's passphrase and the recovery key: each is shown to be known before anything is made.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::domain::founding::{LEAST_PASSPHRASE, Strength};
use crate::fieldwork::founding::{NotMade, TYPED_BACK};
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::keymap::Binding;
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::choosing::{self, begin, put_rows};
use super::control::put_error;
use super::typing::{self, Line};
use super::{Ask, Heard, said};

/// The steps.
pub(super) enum Keys {
    Passphrase(Line),
    Again {
        first: Zeroizing<String>,
        line: Line,
    },
    /// The recovery key is on the screen.
    Shown {
        key: Recovery,
        focus: usize,
    },
    /// Which file it goes to.
    File {
        key: Recovery,
        line: Line,
    },
    TypedBack {
        key: Recovery,
        line: Line,
    },
    Making(Recovery),
    Made(PathBuf),
}

/// The recovery key, and the file it was written to.
#[derive(Clone, Default)]
pub(super) struct Recovery {
    groups: Vec<Zeroizing<String>>,
    file: Option<PathBuf>,
}

/// What came of a command.
pub(super) enum Taken {
    Stays(Reaction),
    /// It is not right.
    Wrong(String),
    /// To the look over everything.
    Back,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self::Passphrase(Line::masked())
    }

    pub(super) fn typing(&mut self) -> Option<&mut crate::tui::field::Field> {
        match self {
            Self::Passphrase(line)
            | Self::Again { line, .. }
            | Self::File { line, .. }
            | Self::TypedBack { line, .. } => Some(line).filter(|line| line.is_typing()).map(Line::field),
            Self::Shown { .. } | Self::Making(_) | Self::Made(_) => None,
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        match self {
            Self::Passphrase(line)
            | Self::Again { line, .. }
            | Self::File { line, .. }
            | Self::TypedBack { line, .. } => line.table(s),
            Self::Shown { .. } => choosing::table(2, true, s),
            Self::Making(_) => choosing::leaving(s).into(),
            Self::Made(_) => choosing::table(1, false, s),
        }
    }

    pub(super) fn page(&self, error: Option<&str>, s: &Situation, width: usize) -> Page {
        let t = &s.texts.founding;
        let typed = |title: &str, about: &str, label: &str, line: &Line, below: Option<String>| {
            let mut page = begin(title, &[about], s, width);
            line.put(&mut page, label, 50);
            if let Some(below) = below {
                page.text(&below, Tone::Aside, 2);
            }
            put_error(&mut page, error);
            page.gap(Gap::Part);
            line.put_buttons(&mut page, s);
            page
        };
        match self {
            Self::Passphrase(line) => {
                let strength = strength_words(line.text(), s);
                typed(&t.pass_title, &t.pass_about, &t.pass_label, line, Some(strength))
            }
            Self::Again { line, .. } => typed(&t.again_title, &t.again_about, &t.pass_label, line, None),
            Self::File { line, .. } => typed(&t.out_title, &t.out_about, &t.out_label, line, None),
            Self::TypedBack { line, .. } => typed(&t.type_title, &t.type_about, &t.type_label, line, None),
            Self::Shown { key, focus } => {
                let mut page = begin(&t.recovery_title, &[&t.recovery_about], s, width);
                for groups in key.groups.chunks(TYPED_BACK) {
                    let groups: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
                    page.plain(&format!("    {}", groups.join("  ")), Tone::Chosen);
                }
                page.gap(Gap::Part);
                put_rows(&mut page, &[&t.recovery_noted, &t.recovery_file], *focus);
                if let Some(file) = &key.file {
                    let file = file.display().to_string();
                    page.text(&fill(&t.recovery_written, &[("file", &file)]), Tone::Plain, 2);
                }
                put_error(&mut page, error);
                page
            }
            Self::Making(_) => begin(&t.making, &[], s, width),
            Self::Made(folder) => {
                let folder = folder.display().to_string();
                let values = [("folder", folder.as_str())];
                let (lies, next) = (fill(&t.made_folder, &values), fill(&t.made_next, &values));
                let mut page = begin(&t.made_title, &[&t.made_proved, &lies, &next], s, width);
                put_rows(&mut page, &[&t.made_open], 0);
                page
            }
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Taken {
        let words = &s.texts.command.new_evaluation;
        match self {
            Self::Passphrase(line) => match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Back => Taken::Back,
                typing::Taken::Next => {
                    let first = Zeroizing::new(line.text().to_owned());
                    if !Strength::of(&first).is_accepted() {
                        return Taken::Wrong(refused_words(&first, s));
                    }
                    *self = Self::Again {
                        first,
                        line: Line::masked(),
                    };
                    Taken::Stays(Reaction::Changed)
                }
            },
            Self::Again { first, line } => match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Back => {
                    *self = Self::new();
                    Taken::Stays(Reaction::Changed)
                }
                typing::Taken::Next if line.text() == first.as_str() => {
                    Taken::Stays(Reaction::Found(Ask::Keys(first.clone())))
                }
                typing::Taken::Next => {
                    // Which of the two was mistyped nobody knows.
                    *self = Self::new();
                    Taken::Wrong(words.passphrase_differs.clone())
                }
            },
            Self::Shown { key, focus } => match choosing::take(command, focus, 2) {
                choosing::Taken::Moved => Taken::Stays(Reaction::Changed),
                choosing::Taken::Chosen(place) => {
                    let (key, line) = (std::mem::take(key), Line::new(""));
                    *self = if place == 0 {
                        Self::TypedBack { key, line }
                    } else {
                        Self::File { key, line }
                    };
                    Taken::Stays(Reaction::Changed)
                }
                choosing::Taken::Other if *command == Command::Back => Taken::Back,
                choosing::Taken::Other => Taken::Stays(Reaction::Do(command.clone())),
            },
            Self::File { key, line } => match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Next if !line.text().trim().is_empty() => {
                    let path = PathBuf::from(line.text().trim());
                    Taken::Stays(Reaction::Found(Ask::Write(
                        path,
                        s.texts.founding.recovery_paper.clone(),
                    )))
                }
                typing::Taken::Next => Taken::Wrong(words.needed.clone()),
                typing::Taken::Back => {
                    let key = std::mem::take(key);
                    *self = Self::Shown { key, focus: 0 };
                    Taken::Stays(Reaction::Changed)
                }
            },
            Self::TypedBack { key, line } => match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Next => {
                    let typed = Zeroizing::new(line.text().to_owned());
                    Taken::Stays(Reaction::Found(Ask::TypedBack(typed)))
                }
                typing::Taken::Back => {
                    let key = std::mem::take(key);
                    *self = Self::Shown { key, focus: 0 };
                    Taken::Stays(Reaction::Changed)
                }
            },
            Self::Making(_) => Taken::Stays(Reaction::Do(command.clone())),
            Self::Made(_) => match choosing::take(command, &mut 0, 1) {
                choosing::Taken::Chosen(_) => Taken::Stays(Reaction::Do(Command::Home)),
                choosing::Taken::Moved => Taken::Stays(Reaction::Nothing),
                choosing::Taken::Other => Taken::Stays(Reaction::Do(command.clone())),
            },
        }
    }

    /// Takes what came of something that was asked for.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(super) fn hear(&mut self, heard: Heard, s: &Situation) -> Result<Reaction, String> {
        match (heard, std::mem::replace(self, Self::new())) {
            (Heard::Keys(groups), _) if groups.is_empty() => Err(why(&NotMade::Disk(OTHER), s)),
            (Heard::Keys(groups), _) => {
                let key = Recovery { groups, file: None };
                *self = Self::Shown { key, focus: 0 };
                Ok(Reaction::Changed)
            }
            (Heard::Written(Ok(file)), Self::File { mut key, .. }) => {
                key.file = Some(file);
                *self = Self::Shown { key, focus: 0 };
                Ok(Reaction::Changed)
            }
            (Heard::Written(Err(error)), before) => {
                *self = before;
                Err(said_why(&error, s))
            }
            (Heard::TypedBack(true), Self::TypedBack { key, .. }) => {
                *self = Self::Making(key);
                Ok(Reaction::Found(Ask::Make(Box::new(said(&s.texts, s.today)))))
            }
            (Heard::TypedBack(_), before) => {
                *self = before;
                Err(s.texts.command.new_evaluation.recovery_wrong.clone())
            }
            (Heard::Made(Ok(folder)), _) => {
                *self = Self::Made(folder);
                Ok(Reaction::Changed)
            }
            (Heard::Made(Err(error)), Self::Making(key)) => {
                *self = Self::Shown { key, focus: 0 };
                Err(why(&error, s))
            }
            (_, before) => {
                *self = before;
                Ok(Reaction::Nothing)
            }
        }
    }
}

const OTHER: crate::fieldwork::session::Trouble = crate::fieldwork::session::Trouble::Other;

/// Returns why the evaluation was not made, and that nothing is lost.
fn why(error: &NotMade, s: &Situation) -> String {
    fill(&s.texts.founding.not_made, &[("why", &said_why(error, s))])
}

fn said_why(error: &NotMade, s: &Situation) -> String {
    let about = |text: &str, name: &str, path: &PathBuf| fill(text, &[(name, &path.display().to_string())]);
    match error {
        NotMade::NotEmpty(folder) => about(&s.texts.command.new_evaluation.not_empty, "folder", folder),
        NotMade::AlreadyThere(file) => about(&s.texts.founding.already_there, "file", file),
        NotMade::Disk(trouble) => s.trouble(*trouble).to_owned(),
    }
}

/// Returns how good a passphrase is, while it is typed.
fn strength_words(typed: &str, s: &Situation) -> String {
    let t = &s.texts.founding;
    match Strength::of(typed) {
        Strength::TooShort | Strength::TooSimple => {
            fill(&t.pass_short, &[("least", &LEAST_PASSPHRASE.to_string())])
        }
        Strength::FewWords => t.pass_few.clone(),
        Strength::Good => t.pass_good.clone(),
    }
}

fn refused_words(typed: &str, s: &Situation) -> String {
    let words = &s.texts.command.new_evaluation;
    match Strength::of(typed) {
        Strength::TooSimple => words.passphrase_simple.clone(),
        _ => fill(
            &words.passphrase_short,
            &[("least", &LEAST_PASSPHRASE.to_string())],
        ),
    }
}
