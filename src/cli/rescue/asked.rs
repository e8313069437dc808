//! Who is asked what becomes of a draft: somebody who types, about one after the other, or a screen, which lists them first.

use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::texts::fill;
use crate::tui::coordinator::pending::{Fate, LeftDraft};

/// How it is decided.
pub(in crate::cli) enum Asked<'a> {
    /// Whoever sits at the terminal is asked about each.
    Typing,
    /// Nothing is decided: they are listed.
    Listing(&'a mut Vec<LeftDraft>),
    /// This becomes of the one with this name; whatever has to be said first, was said on the screen.
    Decided(&'a str, Fate),
}

impl Asked<'_> {
    /// Returns what becomes of one: `None` where it is not about this one, and nothing where it waits.
    pub(super) fn fate(
        &mut self,
        left: LeftDraft,
        question: &str,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Option<Option<Fate>> {
        let words = &settings.texts.life;
        match self {
            Self::Typing => {
                for line in &left.says {
                    surroundings.output.line(line);
                }
                let answer = ask(question, settings, surroundings);
                Some(if answer == words.rescue_use && left.can_be_used {
                    Some(Fate::Use)
                } else if answer == words.rescue_delete {
                    Some(Fate::Delete)
                } else {
                    None
                })
            }
            Self::Listing(list) => {
                list.push(left);
                None
            }
            Self::Decided(name, fate) => (*name == left.name).then_some(Some(*fate)),
        }
    }

    /// Returns whether the person has said that their answers can be used.
    pub(super) fn has_said_yes(&self, settings: &Settings, surroundings: &mut Surroundings) -> bool {
        let words = &settings.texts.life;
        match self {
            Self::Typing => ask(&words.rescue_said_yes, settings, surroundings) == words.rescue_yes,
            Self::Listing(_) => false,
            Self::Decided(..) => true,
        }
    }

    /// Returns whether the word was typed that stands for what cannot be undone.
    pub(super) fn is_sure(
        &self,
        has_arrived: bool,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> bool {
        let words = &settings.texts.life;
        let text = if has_arrived {
            &words.rescue_sure_draft
        } else {
            &words.rescue_sure
        };
        let question = fill(text, &[("word", &words.rescue_word)]);
        match self {
            Self::Typing => ask(&question, settings, surroundings) == words.rescue_word,
            Self::Listing(_) => false,
            Self::Decided(..) => true,
        }
    }
}

/// Returns what is typed, in small letters; nothing where nobody may be asked.
fn ask(question: &str, settings: &Settings, surroundings: &mut Surroundings) -> String {
    if settings.no_input {
        return String::new();
    }
    surroundings.output.note_part(&format!("{question} "));
    let line = surroundings.read_line().unwrap_or_default();
    line.trim().to_lowercase()
}
