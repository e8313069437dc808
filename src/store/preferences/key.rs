//! The names and values of the keys, in Norwegian and English.

use super::{Contrast, Preference, Role, Spacing};
use crate::domain::language::Language;

/// Keys that are known and decide nothing: the version, and motion, which there is none of.
pub(super) const IGNORED: [&str; 3] = ["format", "bevegelse", "motion"];

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Language,
    Role,
    Spacing,
    Contrast,
    Colours,
    Glyphs,
    Mouse,
    AutoNext,
    Linear,
    HideUnfocused,
    ShowChoice,
}

/// Each key's names: the first is written.
const NAMES: [(Key, &[&str]); 11] = [
    (Key::Language, &["sprak", "språk", "language", "lang"]),
    (Key::Role, &["rolle", "role"]),
    (Key::Spacing, &["luft", "spacing"]),
    (Key::Contrast, &["kontrast", "contrast"]),
    (Key::Colours, &["farger", "colours", "colors", "color"]),
    (Key::Glyphs, &["tegn", "glyphs"]),
    (Key::Mouse, &["mus", "mouse"]),
    (Key::AutoNext, &["auto_neste", "auto_next"]),
    (Key::Linear, &["linje_for_linje", "linear"]),
    (Key::HideUnfocused, &["skjul_uten_fokus", "hide_unfocused"]),
    (Key::ShowChoice, &["vis_valg", "show_choice"]),
];

impl Key {
    /// Returns the key of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(_, names)| names.contains(&name));
        found.map(|(key, _)| *key)
    }

    /// Returns the values it is written with.
    pub(super) const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Language => &["nb", "nn", "en"],
            Self::Role => &["intervju", "koordinator", "se"],
            Self::Spacing => &["tett", "normal", "luftig"],
            Self::Contrast => &["vanlig", "høy"],
            Self::Colours => &["auto", "nei"],
            Self::Glyphs => &["unicode", "ascii"],
            Self::Mouse | Self::AutoNext | Self::Linear | Self::HideUnfocused | Self::ShowChoice => {
                &["true", "false"]
            }
        }
    }

    /// Returns what a word says under this key.
    pub(super) fn value(self, said: &str) -> Option<Preference> {
        match self {
            Self::Language => Language::from_code(said).map(Preference::Language),
            Self::Role => match said {
                "intervju" | "interview" => Some(Role::Interviewer),
                "koordinator" | "coordinator" => Some(Role::Coordinator),
                "se" | "look" => Some(Role::Visitor),
                _ => None,
            }
            .map(Preference::Role),
            Self::Spacing => match said {
                "tett" | "tight" => Some(Spacing::Tight),
                "normal" => Some(Spacing::Normal),
                "luftig" | "airy" => Some(Spacing::Airy),
                _ => None,
            }
            .map(Preference::Spacing),
            Self::Contrast => match said {
                "vanlig" | "usual" | "normal" => Some(Contrast::Usual),
                "høy" | "hoy" | "høg" | "hog" | "high" => Some(Contrast::High),
                _ => None,
            }
            .map(Preference::Contrast),
            Self::Colours => match said {
                "auto" => Some(true),
                said => truth(said),
            }
            .map(Preference::Colours),
            Self::Glyphs => match said {
                "unicode" => Some(false),
                "ascii" => Some(true),
                _ => None,
            }
            .map(Preference::Ascii),
            Self::Mouse => truth(said).map(Preference::Mouse),
            Self::AutoNext => truth(said).map(Preference::AutoNext),
            Self::Linear => truth(said).map(Preference::Linear),
            Self::HideUnfocused => truth(said).map(Preference::HideUnfocused),
            Self::ShowChoice => truth(said).map(Preference::ShowChoice),
        }
    }
}

fn truth(said: &str) -> Option<bool> {
    match said {
        "true" | "ja" | "yes" | "på" | "on" => Some(true),
        "false" | "nei" | "no" | "av" | "off" => Some(false),
        _ => None,
    }
}

/// Returns the key and the value, as the file has them.
pub(super) fn written(preference: Preference) -> (&'static str, String) {
    let word = |word: &str| format!("\"{word}\"");
    let (key, value) = match preference {
        Preference::Language(language) => (Key::Language, word(language.code())),
        Preference::Role(role) => (
            Key::Role,
            word(match role {
                Role::Interviewer => "intervju",
                Role::Coordinator => "koordinator",
                Role::Visitor => "se",
            }),
        ),
        Preference::Spacing(spacing) => (
            Key::Spacing,
            word(match spacing {
                Spacing::Tight => "tett",
                Spacing::Normal => "normal",
                Spacing::Airy => "luftig",
            }),
        ),
        Preference::Contrast(contrast) => (
            Key::Contrast,
            word(match contrast {
                Contrast::Usual => "vanlig",
                Contrast::High => "høy",
            }),
        ),
        Preference::Colours(on) => (Key::Colours, word(if on { "auto" } else { "nei" })),
        Preference::Ascii(on) => (Key::Glyphs, word(if on { "ascii" } else { "unicode" })),
        Preference::Mouse(on) => (Key::Mouse, on.to_string()),
        Preference::AutoNext(on) => (Key::AutoNext, on.to_string()),
        Preference::Linear(on) => (Key::Linear, on.to_string()),
        Preference::HideUnfocused(on) => (Key::HideUnfocused, on.to_string()),
        Preference::ShowChoice(on) => (Key::ShowChoice, on.to_string()),
    };
    let names = NAMES.iter().find(|(known, _)| *known == key);
    let name = names.and_then(|(_, names)| names.first()).copied();
    (name.unwrap_or_default(), value)
}
