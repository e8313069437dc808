//! The kinds of missing: an absent answer always has a reason.

use serde::{Deserialize, Serialize};

/// Why there is no answer. The same five for every question type, and never in a denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The question was never put: routed past, or the interview ended before it.
    NotAsked,
    /// It was put and passed over for now.
    Skipped,
    /// "Vet ikke".
    DontKnow,
    /// "Vil ikke svare".
    WontSay,
    /// "Gjelder ikke meg".
    NotApplicable,
}

impl Missing {
    /// Every kind, in the order they are listed.
    pub const ALL: [Self; 5] = [
        Self::NotAsked,
        Self::Skipped,
        Self::DontKnow,
        Self::WontSay,
        Self::NotApplicable,
    ];

    /// The kinds a person can choose as their answer; the other two come from how the interview went.
    pub const CHOSEN: [Self; 3] = [Self::DontKnow, Self::WontSay, Self::NotApplicable];

    /// Returns the code used in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Skipped => "skipped",
            Self::DontKnow => "dont_know",
            Self::WontSay => "wont_say",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Returns the kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
