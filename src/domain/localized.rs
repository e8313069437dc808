//! One text in up to three languages.

use std::collections::BTreeMap;

use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;

/// A text in one or more languages, with a source language that is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    source: Language,
    texts: BTreeMap<Language, CleanText>,
}

impl Localized {
    /// Returns a text that so far exists in its source language only.
    #[must_use]
    pub fn new(source: Language, text: CleanText) -> Self {
        Self {
            source,
            texts: BTreeMap::from([(source, text)]),
        }
    }

    /// Adds or replaces one language.
    #[must_use]
    pub fn with(mut self, language: Language, text: CleanText) -> Self {
        self.texts.insert(language, text);
        self
    }

    /// Returns the text in `language`, else in bokmål, else in the source language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        [language, Language::Bokmal, self.source]
            .into_iter()
            .find_map(|wanted| self.texts.get(&wanted))
            .map_or("", CleanText::as_str)
    }

    /// Returns whether there is a text of its own in `language`.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        self.texts.contains_key(&language)
    }

    /// Returns every language with its text.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &CleanText)> {
        self.texts.iter().map(|(language, text)| (*language, text))
    }
}

#[cfg(test)]
mod tests {
    use super::Localized;
    use crate::domain::clean_text::CleanText;
    use crate::domain::language::Language;

    #[test]
    fn a_missing_language_falls_back_to_bokmal_then_to_the_source() {
        let text = Localized::new(Language::English, CleanText::line("voice"));
        assert_eq!(text.get(Language::Nynorsk), "voice");
        let text = text.with(Language::Bokmal, CleanText::line("stemme"));
        assert_eq!(text.get(Language::Nynorsk), "stemme");
        assert_eq!(text.get(Language::English), "voice");
    }
}
