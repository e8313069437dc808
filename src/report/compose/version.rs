//! Which version of a survey was asked, in words: most versions are days.

use jiff::civil::Date;

use crate::texts::number::date_in_words;
use crate::texts::{Texts, fill};

/// Returns the words: "versjonen fra 22. november 2026", or the version as it is called.
pub(super) fn version(name: &str, texts: &Texts) -> String {
    let words = &texts.paper;
    match name.parse::<Date>() {
        Ok(day) => fill(
            &words.version_of_day,
            &[("day", &date_in_words(day, texts.language()))],
        ),
        Err(_) => fill(&words.version, &[("version", name)]),
    }
}
