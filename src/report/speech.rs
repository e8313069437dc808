//! Which language words are in, where they are not in the language of their document: what people said and what
//! coordinators wrote stands in a report as it is, and a screen reader must be told how to say it.
//!
//! Nothing records it, so it follows from the small words each language has of its own. Where these do not agree, the
//! words are taken for those of the document.

use crate::domain::language::Language;

/// Words of English that are none of Norwegian.
const ENGLISH: &[&str] = &[
    "the", "and", "is", "are", "was", "were", "of", "to", "that", "with", "you", "your", "they", "not", "it",
    "this", "have", "has", "what", "how", "who", "did", "when", "would", "been", "there", "my", "she",
    "from", "but", "about", "could", "more", "which", "their", "than", "be", "if", "do", "does", "had",
];
/// Words of both kinds of Norwegian that are none of English.
const NORWEGIAN: &[&str] = &[
    "og", "er", "det", "som", "til", "på", "av", "med", "har", "å", "så", "du", "meg", "deg", "seg", "når",
    "kan", "skal", "vil", "hadde", "etter", "eller", "blir", "ble", "vart", "min", "mitt", "din", "ditt",
    "den", "dette", "alle", "noen", "vere", "få", "får", "gjøre", "gjere", "unge", "også", "ja", "nei",
];
/// Words of bokmål that are none of nynorsk.
const BOKMAL: &[&str] = &[
    "ikke", "jeg", "hun", "hva", "hvor", "hvordan", "hvem", "hvilke", "hvilken", "noe", "noen", "fra",
    "være", "et", "dem", "bare", "deres", "hver", "selv", "mye", "uten", "svarte", "flere", "hjelpen",
    "gjøre", "hvorfor", "ble",
];
/// Words of nynorsk that are none of bokmål.
const NYNORSK: &[&str] = &[
    "ikkje", "eg", "ho", "kva", "kor", "korleis", "kven", "noko", "nokon", "nokre", "frå", "vere", "meir",
    "ein", "eit", "dei", "berre", "sjølv", "mykje", "utan", "svara", "fleire", "dykk", "korfor", "då", "òg",
    "hjelpa", "vart", "gjere",
];
/// Fewer of a language's words than this say nothing.
const LEAST: usize = 2;
/// So many times more of one language's words than of the other's decide.
const CLEARLY: usize = 4;

/// Returns the language of words in a document of `own` language, where it is clearly another one.
pub(super) fn foreign(words: &str, own: Language) -> Option<Language> {
    let lower = words.to_lowercase();
    let each = || {
        lower
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    let count = |known: &[&str]| each().filter(|word| known.contains(word)).count();
    let (english, bokmal, nynorsk) = (count(ENGLISH), count(BOKMAL), count(NYNORSK));
    let norwegian = each()
        .filter(|word| {
            [NORWEGIAN, BOKMAL, NYNORSK]
                .iter()
                .any(|known| known.contains(word))
        })
        .count();
    let is = if english >= LEAST && english > norwegian * CLEARLY {
        Language::English
    } else if norwegian < LEAST || norwegian <= english * CLEARLY {
        return None;
    } else if nynorsk > bokmal {
        Language::Nynorsk
    } else if bokmal > nynorsk || own == Language::English {
        Language::Bokmal
    } else {
        // It could be either.
        own
    };
    (is != own).then_some(is)
}

#[cfg(test)]
mod tests {
    use super::foreign;
    use crate::domain::language::Language;

    #[test]
    fn quotes_are_known_by_their_small_words() {
        let quote = "Han la bort PC-en og hørte på meg. Da turte jeg å si mer.";
        assert_eq!(foreign(quote, Language::English), Some(Language::Bokmal));
        assert_eq!(foreign(quote, Language::Nynorsk), Some(Language::Bokmal));
        assert_eq!(foreign(quote, Language::Bokmal), None);
        let quote = "Eg visste ikkje kva som skulle skje.";
        assert_eq!(foreign(quote, Language::Bokmal), Some(Language::Nynorsk));
        let quote = "They did not ask what I wanted.";
        assert_eq!(foreign(quote, Language::Bokmal), Some(Language::English));
        assert_eq!(foreign(quote, Language::English), None);
    }

    #[test]
    fn words_of_two_languages_are_those_of_the_document() {
        assert_eq!(
            foreign("17 of 23 answered “I stor grad”.", Language::English),
            None
        );
        assert_eq!(foreign("BUP", Language::English), None);
        assert_eq!(foreign("Samarbeid", Language::Nynorsk), None);
        assert_eq!(foreign("", Language::Bokmal), None);
    }

    #[test]
    fn the_programs_own_words_are_of_their_language() {
        for own in Language::ALL {
            let words = crate::texts::Texts::load(own).unwrap();
            let words = [
                &words.paper.draft,
                &words.paper.findings_from,
                &words.paper.define_good,
                &words.results.report.promise,
                &words.results.report.made_up,
            ];
            for words in words {
                assert_eq!(foreign(words, own), None, "{words}");
            }
        }
    }
}
