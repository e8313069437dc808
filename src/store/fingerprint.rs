//! Whose keys these are, as six words that a person can compare: on the laptop's card, on the start screen, on the
//! phone. Whoever swaps a recipient or the coordinator's key changes the words.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::domain::evaluation::Evaluation;
use crate::domain::word_code;

/// The fingerprint of an evaluation's keys: 66 bits of a SHA-256 over the evaluation's id, the coordinator's signing
/// key and every recipient. Finding other keys with the same words would take 2^66 new keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyFingerprint([u8; 32]);

impl KeyFingerprint {
    /// Returns the fingerprint of an evaluation's keys. The order of the recipients, their names and whether they
    /// are proved do not matter.
    #[must_use]
    pub fn of(evaluation: &Evaluation) -> Self {
        let mut recipients: Vec<&str> = evaluation.recipients.iter().map(|one| one.key.as_str()).collect();
        recipients.sort_unstable();
        let coordinator = evaluation.signing.coordinator.as_deref().unwrap_or("");
        let mut hash = Sha256::new();
        for line in ["stemme fingerprint 1", &evaluation.id, coordinator]
            .into_iter()
            .chain(recipients)
        {
            hash.update(line.as_bytes());
            hash.update(b"\n");
        }
        Self(hash.finalize().into())
    }

    /// Returns the words.
    #[must_use]
    pub fn words(&self) -> [&'static str; 6] {
        word_code::fingerprint(&self.0)
    }

    /// Returns whether these are the words that somebody typed: capitals, spaces, hyphens and line breaks are all
    /// the same.
    #[must_use]
    pub fn is_typed(&self, typed: &str) -> bool {
        word_code::read::<6>(typed).is_ok_and(|typed| typed.map(word_code::Word::text) == self.words())
    }
}

impl fmt::Display for KeyFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

impl fmt::Debug for KeyFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::KeyFingerprint;
    use crate::store::keys::RecoveryKey;
    use crate::store::sample::People;

    #[test]
    fn the_words_stand_for_the_keys_and_for_nothing_else() {
        let people = People::new();
        let mut evaluation = people.evaluation();
        let words = KeyFingerprint::of(&evaluation);
        assert_eq!(words.words().len(), 6);
        evaluation.recipients.reverse();
        evaluation.recipients[0].proved = false;
        evaluation.signing.laptops.clear();
        assert_eq!(KeyFingerprint::of(&evaluation), words);
        let mut swapped = evaluation.clone();
        swapped.recipients[0].key = RecoveryKey::generate().public();
        assert_ne!(KeyFingerprint::of(&swapped), words);
        let mut added = evaluation.clone();
        added.recipients.push(swapped.recipients[0].clone());
        assert_ne!(KeyFingerprint::of(&added), words);
        let mut signer = evaluation;
        signer.signing.coordinator = Some(people.laptop.public().to_string());
        assert_ne!(KeyFingerprint::of(&signer), words);
    }

    #[test]
    fn typed_words_are_known_however_they_are_written() {
        let words = KeyFingerprint::of(&People::new().evaluation());
        let typed = words.words().join("-").to_uppercase();
        assert!(words.is_typed(&typed) && words.is_typed(&words.to_string()));
        assert!(!words.is_typed(&words.words()[..5].join(" ")));
        assert!(!words.is_typed(""));
    }
}
