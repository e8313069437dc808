//! The three questions of the first run, as the screens and the linear mode both put them.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Spacing};
use crate::texts::Texts;

use super::setting::{ROLES, role_words};

/// One way to answer.
pub struct Choice {
    /// Its words.
    pub name: String,
    /// What is added.
    pub aside: String,
    /// What it means.
    pub preference: Preference,
}

/// Which question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which language.
    Language,
    /// What the person does.
    Role,
    /// How the text is to be.
    Text,
}

impl Question {
    /// Every question, in order.
    pub const ALL: [Self; 3] = [Self::Language, Self::Role, Self::Text];

    /// Returns the question itself.
    #[must_use]
    pub fn ask(self, texts: &Texts) -> &str {
        let t = &texts.settings;
        match self {
            Self::Language => &t.first_language,
            Self::Role => &t.first_role,
            Self::Text => &t.first_text,
        }
    }

    /// Returns the ways to answer.
    #[must_use]
    pub fn choices(self, texts: &Texts) -> Vec<Choice> {
        let t = &texts.settings;
        let choice = |name: &str, aside: &str, preference| Choice {
            name: name.to_owned(),
            aside: aside.to_owned(),
            preference,
        };
        match self {
            Self::Language => Language::ALL
                .into_iter()
                .map(|language| choice(language.own_name(), "", Preference::Language(language)))
                .collect(),
            Self::Role => ROLES
                .into_iter()
                .map(|role| choice(role_words(texts, role), "", Preference::Role(role)))
                .collect(),
            Self::Text => vec![
                choice(&t.text_usual, "", Preference::Spacing(Spacing::Normal)),
                choice(
                    &t.text_airy,
                    &t.text_airy_aside,
                    Preference::Spacing(Spacing::Airy),
                ),
                choice(
                    &t.text_high,
                    &t.text_high_aside,
                    Preference::Contrast(Contrast::High),
                ),
                choice(&t.text_linear, &t.text_linear_aside, Preference::Linear(true)),
            ],
        }
    }
}
