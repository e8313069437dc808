//! The recovery key: a second way to every interview, printed once and locked away.

use age::x25519;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::store::error::KeyProblem;
use crate::store::keys::identities::Identities;

/// How the text of a private age key begins.
const PREFIX: &str = "AGE-SECRET-KEY-1";
/// Characters in a group of the printed key.
const GROUP: usize = 4;

/// The recovery key. As text it is an ordinary age identity, so that any age program can use it.
#[derive(Clone)]
pub struct RecoveryKey(x25519::Identity);

impl RecoveryKey {
    /// Makes a new key. (With the operating system's randomness: age offers no other way.)
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads a key that was typed from paper, or an identity file: groups, line breaks and small letters are
    /// fine, the beginning may be left out, lines beginning with `#` are passed over. A mistyped character is
    /// noticed.
    ///
    /// # Errors
    /// [`KeyProblem::NotAKey`].
    pub fn read(typed: &str) -> Result<Self, KeyProblem> {
        let mut text = Zeroizing::new(String::with_capacity(typed.len()));
        for line in typed.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let kept = line.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}');
            text.extend(kept.map(|c| c.to_ascii_uppercase()));
        }
        let mut key = Zeroizing::new(String::with_capacity(text.len() + PREFIX.len()));
        key.push_str(PREFIX);
        key.extend(
            text.strip_prefix(PREFIX)
                .unwrap_or(&text)
                .chars()
                .filter(|c| *c != '-'),
        );
        key.parse().map(Self).map_err(|_| KeyProblem::NotAKey)
    }

    /// Returns the key as one line, `AGE-SECRET-KEY-1...`.
    #[must_use]
    pub fn text(&self) -> SecretString {
        self.0.to_string()
    }

    /// Returns the key for printing: its beginning, then groups of four.
    #[must_use]
    pub fn groups(&self) -> Vec<Zeroizing<String>> {
        let text = self.text();
        let rest = text.expose_secret().strip_prefix(PREFIX).unwrap_or_default();
        let characters: Zeroizing<Vec<char>> = Zeroizing::new(rest.chars().collect());
        let mut groups = vec![Zeroizing::new(PREFIX.to_owned())];
        groups.extend(
            characters
                .chunks(GROUP)
                .map(|group| Zeroizing::new(group.iter().collect())),
        );
        groups
    }

    /// Returns the public half (`age1...`).
    #[must_use]
    pub fn public(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Returns the key itself, to be kept among the coordinator's.
    pub(super) const fn identity(&self) -> &x25519::Identity {
        &self.0
    }

    /// Returns the key for opening.
    #[must_use]
    pub fn identities(&self) -> Identities {
        Identities::one(self.0.clone())
    }
}

impl std::fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::RecoveryKey;

    #[test]
    fn what_was_printed_can_be_typed_in_many_ways() {
        let key = RecoveryKey::generate();
        let groups: Vec<String> = key.groups().iter().map(|group| group.to_string()).collect();
        let typed = [
            groups.join(" "),
            groups.join("\n"),
            groups.join("-"),
            groups[1..].join("-"),
            groups[1..].join("\u{a0}").to_lowercase(),
            format!("# reservenøkkel\n{}\n", key.text().expose_secret()),
        ];
        for typed in typed {
            let read = RecoveryKey::read(&typed).unwrap();
            assert_eq!(read.public(), key.public());
        }
    }

    #[test]
    fn one_wrong_character_is_noticed() {
        let key = RecoveryKey::generate();
        let text = key.text().expose_secret().to_owned();
        for place in 16..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong[place] = if wrong[place] == b'Q' { b'P' } else { b'Q' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert!(RecoveryKey::read(&wrong).is_err(), "at {place}");
        }
    }
}
