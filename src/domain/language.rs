//! The three languages everything is said in.

use serde::{Deserialize, Serialize};

/// A language of the program and its surveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Norwegian bokmål, the language everything falls back to.
    #[serde(rename = "nb")]
    Bokmal,
    /// Norwegian nynorsk.
    #[serde(rename = "nn")]
    Nynorsk,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Bokmal, Self::Nynorsk, Self::English];

    /// Returns the two-letter code used in files and flags.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
            Self::English => "en",
        }
    }

    /// Returns the language with this code; `no` is taken as bokmål.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "nb" | "no" => Some(Self::Bokmal),
            "nn" => Some(Self::Nynorsk),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Returns the language of a POSIX locale such as `nn_NO.UTF-8`; `None` when it is none of ours.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '.', '@', '-']).next()?;
        Self::from_code(&code.to_ascii_lowercase())
    }

    /// Returns the language's own name, the same in every language.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Bokmal => "Bokmål",
            Self::Nynorsk => "Nynorsk",
            Self::English => "English",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(Language::from_locale("nn_NO.UTF-8"), Some(Language::Nynorsk));
        assert_eq!(Language::from_locale("no"), Some(Language::Bokmal));
        assert_eq!(Language::from_locale("C.UTF-8"), None);
    }
}
