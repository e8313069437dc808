//! While a text is written: its length, and what somebody may be known by.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::domain::identifier::Kind;
use crate::texts::section::texts;

texts! {
    /// Texts of `[interview.writing]`.
    pub struct WritingTexts {
        pub long: String,
        pub nearly_full: String,
        pub full: String,
        pub full_one: String,
        pub full_more: String,
        pub looks_like: String,
        pub and_more: String,
        pub button_exchange: String,
        pub button_leave: String,
        pub name: SuggestionTexts,
        pub phone: SuggestionTexts,
        pub identity_number: SuggestionTexts,
        pub long_number: SuggestionTexts,
        pub email: SuggestionTexts,
        pub account: SuggestionTexts,
        pub date: SuggestionTexts,
        pub school: SuggestionTexts,
        pub address: SuggestionTexts,
        pub place: SuggestionTexts,
    }
}

texts! {
    /// What something looks like, and what can stand in its place.
    pub struct SuggestionTexts {
        pub what: String,
        pub instead: String,
    }
}

impl WritingTexts {
    /// Returns what a kind is called, and what can stand in its place.
    #[must_use]
    pub const fn suggestion(&self, kind: Kind) -> &SuggestionTexts {
        match kind {
            Kind::Name => &self.name,
            Kind::Phone => &self.phone,
            Kind::IdentityNumber => &self.identity_number,
            Kind::LongNumber => &self.long_number,
            Kind::Email => &self.email,
            Kind::Account => &self.account,
            Kind::Date => &self.date,
            Kind::School => &self.school,
            Kind::Address => &self.address,
            Kind::Place => &self.place,
        }
    }
}
