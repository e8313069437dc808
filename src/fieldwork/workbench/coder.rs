//! Who works at the workbench, as a name in data.

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Id;

/// The longest name: there must be room for the names of the themes somebody makes.
const LONGEST: usize = 24;

/// Returns the name of the one whose key this is: what the evaluation calls the key, in the letters of a key.
#[must_use]
pub fn coder_of(evaluation: &Evaluation, public: &str) -> Option<Id> {
    let known = evaluation.recipients.iter().find(|known| known.key == public);
    known
        .and_then(|known| named(known.name.as_str()))
        .or_else(|| named("koordinator"))
}

/// Returns a person's name as a name in data, if anything of it is left.
#[must_use]
pub fn named(name: &str) -> Option<Id> {
    let mut letters = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => letters.push(letter),
            'å' | 'ä' => letters.push('a'),
            'ø' | 'ö' => letters.push('o'),
            'æ' => letters.push_str("ae"),
            _ if letters.ends_with('_') || letters.is_empty() => {}
            _ => letters.push('_'),
        }
        if letters.len() >= LONGEST {
            break;
        }
    }
    Id::new(letters.trim_end_matches('_')).ok()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_name_becomes_a_key_that_looks_like_it() {
        let key = |name| named(name).map(|id| id.to_string());
        assert_eq!(key("Åse Østby"), Some("ase_ostby".to_owned()));
        assert_eq!(key("  koordinator 2 "), Some("koordinator_2".to_owned()));
        assert_eq!(key("—"), None);
        assert!(key(&"x".repeat(200)).unwrap().len() <= 24);
    }
}
