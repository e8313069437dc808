//! Words as the name of a file: the same on every disk, and easy to type.

/// Longer names are cut after a word.
const LONGEST: usize = 40;

/// Returns words in small letters without marks, with hyphens between them; numbers below ten get a zero before them, so
/// that files stand in the order of what they show.
pub(super) fn of(words: &str) -> String {
    let mut name = String::new();
    let plain = plain(words);
    for word in plain.split('-').filter(|word| !word.is_empty()) {
        let is_digit = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit());
        let zero = if is_digit { "0" } else { "" };
        if name.is_empty() {
            name = format!("{zero}{word}");
        } else if name.len() + word.len() < LONGEST {
            name = format!("{name}-{zero}{word}");
        } else {
            break;
        }
    }
    name
}

fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.to_lowercase().chars() {
        match letter {
            'å' | 'à' | 'á' | 'ä' => plain.push('a'),
            'ø' | 'ö' | 'ó' | 'ò' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'é' | 'è' | 'ê' => plain.push('e'),
            'ü' => plain.push('u'),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ => plain.push('-'),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_of_files_are_plain_and_in_order() {
        assert_eq!(of("Spørsmål 5"), "sporsmal-05");
        assert_eq!(of("Spørsmål 12.3, svar 2"), "sporsmal-12-03-svar-02");
        assert_eq!(of("Hjelp når jeg trenger det"), "hjelp-nar-jeg-trenger-det");
        assert_eq!(of("a ".repeat(40).as_str()).len(), 39);
        assert_eq!(of("../«x»"), "x");
    }
}
