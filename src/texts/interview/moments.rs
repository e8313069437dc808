//! What is said at moments that are no question: the card, what was skipped, groups, practice, the end.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// The card for the other person.
    pub struct CardTexts {
        pub also: String,
        pub between_ways: String,
        pub answered: String,
        pub code: String,
    }
}

texts! {
    /// What was skipped.
    pub struct ParkedTexts {
        pub title: String,
        pub about: String,
        pub more: String,
        pub aloud: String,
        pub take: String,
        pub go_on: String,
    }
}

texts! {
    /// An interview entered afterwards.
    pub struct AfterwardsTexts {
        pub which_site: String,
        pub look_over: String,
        pub start: String,
        pub title: String,
        pub notes: String,
        pub paper: String,
        pub from_notes: String,
        pub pause_saved: String,
        pub pause_time: String,
        pub pause_advice: String,
        pub stop: String,
        pub stop_aside: String,
        pub use_aside: String,
        pub count: String,
        pub not_looked_over: String,
        pub quote: String,
        pub quote_no: String,
        pub quote_first: String,
        pub code: String,
        pub from_paper: String,
        pub about: String,
        pub was_read: String,
        pub consent: String,
        pub check: String,
        pub last_look: String,
    }
}

texts! {
    /// Somebody else types.
    pub struct ScribeTexts {
        pub title: String,
        pub saved: String,
        pub hand_over: String,
        pub here: String,
        pub advice: String,
        pub ready: String,
    }
}

texts! {
    /// A group.
    pub struct GroupTexts {
        pub youngest: String,
        pub guardian: String,
        pub each: String,
        pub statement: String,
        pub declined_aloud: String,
        pub declined_kept: String,
        pub readback: String,
        pub few_title: String,
        pub few_about: String,
        pub few_single: String,
        pub few_go_on: String,
    }
}

texts! {
    /// The made-up person of the practice.
    pub struct KimTexts {
        pub about: String,
        pub says: String,
        pub alone: String,
        pub quiet: String,
        pub pause: String,
        pub sayings: Vec<String>,
        pub words: Vec<String>,
    }
}

impl KimTexts {
    /// Returns words of Kim's own, where the survey has none to choose from.
    #[must_use]
    pub fn own_words(&self, long: bool, place: usize) -> Option<&str> {
        let said = if long { &self.sayings } else { &self.words };
        said.get(place % said.len().max(1)).map(String::as_str)
    }
}

texts! {
    /// How the interviewer is.
    pub struct DebriefTexts {
        pub given: String,
        pub given_code: String,
        pub question: String,
        pub fine: String,
        pub heavy: String,
        pub talk: String,
        pub not_kept: String,
        pub fine_said: String,
        pub heavy_said: String,
        pub talk_said: String,
        pub nobody: String,
    }
}
