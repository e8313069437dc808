//! The letters interviewers go by: how many interviews each of them has held is counted, and who they are stands nowhere.

use super::id::Id;

/// Returns the letters in a list like `A,B,C`, each once and in its order; nothing where one of them is no letter `A-Z`.
#[must_use]
pub fn letters(list: &str) -> Option<Vec<Id>> {
    let mut letters: Vec<Id> = Vec::new();
    for part in list.split([',', ' ']).filter(|part| !part.is_empty()) {
        let letter = letter(part)?;
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    Some(letters)
}

/// Returns the letter that somebody wrote, large or small.
#[must_use]
pub fn letter(text: &str) -> Option<Id> {
    let text = text.trim();
    let is_letter = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    Id::new(&text.to_ascii_lowercase()).ok().filter(|_| is_letter)
}

/// Returns a letter as people see it.
#[must_use]
pub fn shown(letter: &Id) -> String {
    letter.as_str().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{letters, shown};

    #[test]
    fn letters_are_read_in_their_order_and_each_once() {
        let read = |list: &str| letters(list).map(|all| all.iter().map(shown).collect::<String>());
        assert_eq!(read("A, b,C,a"), Some("ABC".to_owned()));
        assert_eq!(read(""), Some(String::new()));
        for wrong in ["A,Kari", "1", "Å", "A;B"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
