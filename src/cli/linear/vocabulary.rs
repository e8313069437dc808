//! The words that work at every prompt, in all three languages at once: whoever is used to one keeps it.

use std::collections::BTreeMap;

use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::texts::linear::WordTexts;
use crate::texts::{Texts, TextsError};

/// What a word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The question before.
    Back,
    /// Everything that can be done.
    Menu,
    /// A break.
    Pause,
    /// An empty screen.
    Hide,
    /// The words there are.
    Help,
    /// On without an answer.
    Skip,
    /// A note to the question.
    Note,
    /// All questions.
    Overview,
    /// Another language.
    Language,
    /// The same once more.
    Repeat,
    /// Follow-up prompts.
    Probes,
    /// The last change taken back.
    Undo,
    /// The answer taken away.
    Clear,
    /// The distress card.
    Distress,
    /// The other person answers unseen.
    Alone,
    /// Out of the interview.
    Quit,
    /// The end of a text, or of the read-back.
    Done,
    /// A correction in the read-back.
    Correct,
    /// The seal.
    Seal,
    /// Everything deleted.
    Delete,
    /// Yes.
    Yes,
    /// No.
    No,
    /// The other person wants to know more first.
    More,
    /// No answer, and why.
    Missing(Missing),
}

impl Word {
    /// Returns whether it means something at some prompts only: elsewhere it may be an answer.
    #[must_use]
    pub const fn is_of_some_prompts(self) -> bool {
        matches!(
            self,
            Self::Yes | Self::No | Self::More | Self::Done | Self::Delete | Self::Seal | Self::Correct
        )
    }
}

/// Every word the linear interview understands.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    words: BTreeMap<String, Word>,
    keys: BTreeMap<String, Missing>,
    /// Words for "about", before a number.
    pub about: Vec<String>,
    /// Words for "and", in a list.
    pub and: Vec<String>,
    /// The months in each language.
    pub months: Vec<Vec<String>>,
}

impl Vocabulary {
    /// Returns the words of all languages; where two languages disagree, the first of `language` and the usual
    /// order holds.
    ///
    /// # Errors
    /// [`TextsError`] when a text file is not what it should be.
    pub fn load(language: Language) -> Result<Self, TextsError> {
        let mut vocabulary = Self {
            words: BTreeMap::new(),
            keys: BTreeMap::new(),
            about: Vec::new(),
            and: Vec::new(),
            months: Vec::new(),
        };
        for language in [language].into_iter().chain(Language::ALL) {
            vocabulary.add(&Texts::load(language)?);
        }
        Ok(vocabulary)
    }

    fn add(&mut self, texts: &Texts) {
        for (words, word) in table(&texts.linear.word) {
            for text in words {
                self.words.entry(text.clone()).or_insert(word);
            }
        }
        self.about.extend(texts.linear.about_words.iter().cloned());
        self.and.extend(texts.linear.and.iter().cloned());
        self.months.push(texts.linear.months.clone());
        let words = &texts.words;
        let kinds = [
            (&words.dont_know, &words.key_dont_know, Missing::DontKnow),
            (&words.wont_say, &words.key_wont_say, Missing::WontSay),
            (
                &words.not_applicable,
                &words.key_not_applicable,
                Missing::NotApplicable,
            ),
        ];
        for (text, key, kind) in kinds {
            self.words
                .entry(text.to_lowercase())
                .or_insert(Word::Missing(kind));
            self.keys.entry(key.to_lowercase()).or_insert(kind);
        }
    }

    /// Returns what a line asks for, if it is nothing but one of the words.
    #[must_use]
    pub fn word(&self, line: &str) -> Option<Word> {
        self.words.get(&bare(line)).copied()
    }

    /// Returns the way not to answer that a single letter stands for.
    #[must_use]
    pub fn missing_key(&self, line: &str) -> Option<Missing> {
        self.keys.get(&bare(line)).copied()
    }
}

fn bare(line: &str) -> String {
    line.trim().trim_end_matches(['.', '!']).to_lowercase()
}

const fn table(texts: &WordTexts) -> [(&Vec<String>, Word); 23] {
    [
        (&texts.back, Word::Back),
        (&texts.menu, Word::Menu),
        (&texts.pause, Word::Pause),
        (&texts.hide, Word::Hide),
        (&texts.help, Word::Help),
        (&texts.skip, Word::Skip),
        (&texts.note, Word::Note),
        (&texts.overview, Word::Overview),
        (&texts.language, Word::Language),
        (&texts.repeat, Word::Repeat),
        (&texts.probes, Word::Probes),
        (&texts.undo, Word::Undo),
        (&texts.clear, Word::Clear),
        (&texts.distress, Word::Distress),
        (&texts.alone, Word::Alone),
        (&texts.quit, Word::Quit),
        (&texts.done, Word::Done),
        (&texts.correct, Word::Correct),
        (&texts.seal, Word::Seal),
        (&texts.delete, Word::Delete),
        (&texts.yes, Word::Yes),
        (&texts.no, Word::No),
        (&texts.more, Word::More),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Vocabulary, Word, table};
    use crate::domain::language::Language;
    use crate::domain::missing::Missing;
    use crate::texts::Texts;

    #[test]
    fn words_of_every_language_work_in_every_language() {
        for language in Language::ALL {
            let vocabulary = Vocabulary::load(language).unwrap();
            assert_eq!(vocabulary.word(" Tilbake "), Some(Word::Back));
            assert_eq!(vocabulary.word("hide"), Some(Word::Hide));
            assert_eq!(
                vocabulary.word("veit ikkje"),
                Some(Word::Missing(Missing::DontKnow))
            );
            assert_eq!(vocabulary.word("4"), None);
        }
    }

    #[test]
    fn no_word_means_two_things_in_two_languages() {
        let mut meanings: BTreeMap<String, Word> = BTreeMap::new();
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            for (words, word) in table(&texts.linear.word) {
                assert!(!words.is_empty());
                for text in words {
                    assert_eq!(text, &text.to_lowercase());
                    assert_eq!(*meanings.entry(text.clone()).or_insert(word), word, "{text}");
                }
            }
        }
    }
}
