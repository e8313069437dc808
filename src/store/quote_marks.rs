//! The marks that quotes are known by in the ledger of what was released.
//!
//! The ledger must know which quotes stood, in which words, and how many of one interview. Kept in clear beside the names
//! of interviews, the words would lie there for good, also those of a person who withdraws. So it keeps marks: HMAC-SHA-256
//! (RFC 2104) with a key that is drawn with the interview and lies sealed in it. Every coordinator who can open the
//! interview makes the same marks; nobody else can try the words of a report against them; and when an interview is
//! deleted its key is gone, so that nothing leads from the marks to the words any more.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::domain::clean_text::CleanText;
use crate::domain::record::head::Secret;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::marks::QuoteMarks;
use crate::store::hex;

/// What a mark is of, so that it is a mark of nothing else.
const MARK: &str = "stemme quote 1\n";

/// Returns the marks of a quote: the one that begins at this place of an answer, in these words.
#[must_use]
pub fn quote_marks(secret: Secret, answer: &AnswerRef, number: u16, words: &CleanText) -> QuoteMarks {
    let interview = &answer.interview;
    let quote = format!("{interview}\n{}\n{number}\n", answer.item);
    QuoteMarks {
        person: mark(secret, &["person\n", &format!("{interview}\n")]),
        quote: mark(secret, &["quote\n", &quote]),
        words: mark(secret, &["words\n", &quote, words.as_str()]),
    }
}

fn mark(secret: Secret, parts: &[&str]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&secret.to_bytes()) else {
        return String::new();
    };
    mac.update(MARK.as_bytes());
    for part in parts {
        mac.update(part.as_bytes());
    }
    hex::hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::quote_marks;
    use crate::domain::clean_text::CleanText;
    use crate::domain::record::head::RecordHead;
    use crate::domain::workbook::AnswerRef;
    use crate::store::sample;

    #[test]
    fn marks_tell_quotes_apart_by_person_place_and_words_and_only_with_the_secret() {
        let head = |seed| {
            let mut record = sample::record(1);
            record.order_seed = seed;
            RecordHead::of(&record)
        };
        let (own, other) = (head(1), head(2));
        let answer = |item: &str| AnswerRef {
            interview: own.interview.clone(),
            item: item.parse().unwrap(),
        };
        let words = CleanText::line("De lyttet.");
        let of = |head: &RecordHead, item: &str, number, words: &CleanText| {
            quote_marks(head.secret, &answer(item), number, words)
        };
        let first = of(&own, "q1", 0, &words);
        assert_eq!(first, of(&own, "q1", 0, &words));
        let reworded = of(&own, "q1", 0, &CleanText::line("De lyttet ikke."));
        assert!(reworded.quote == first.quote && reworded.words != first.words);
        let next = of(&own, "q1", 12, &words);
        assert!(next.person == first.person && next.quote != first.quote && next.words != first.words);
        let elsewhere = of(&own, "q2", 0, &words);
        assert!(elsewhere.person == first.person && elsewhere.quote != first.quote);
        let guessed = of(&other, "q1", 0, &words);
        assert!(guessed.person != first.person && guessed.words != first.words);
        assert!(
            [&first.person, &first.quote, &first.words]
                .iter()
                .all(|mark| mark.len() == 64)
        );
        assert!(!format!("{own:?}").contains("order_seed"));
    }
}
