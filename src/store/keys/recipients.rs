//! Whom something is sealed to.

use age::x25519;

use crate::store::age_file::MAX_STANZAS;
use crate::store::error::KeyProblem;

/// The most recipients: a header holds one stanza more.
pub const MAX_RECIPIENTS: usize = MAX_STANZAS - 1;

/// Public keys that something is sealed to: at least one, each only once.
#[derive(Clone)]
pub struct Recipients(Vec<x25519::Recipient>);

impl Recipients {
    /// Returns the recipients with these public keys (`age1...`).
    ///
    /// # Errors
    /// [`KeyProblem`] when one is no key, stands twice, or there are none or too many.
    pub fn new<'a>(keys: impl IntoIterator<Item = &'a str>) -> Result<Self, KeyProblem> {
        let mut recipients = Vec::new();
        for key in keys {
            let key: x25519::Recipient = key.parse().map_err(|_| KeyProblem::NotAKey)?;
            if recipients.contains(&key) {
                return Err(KeyProblem::Twice);
            }
            recipients.push(key);
        }
        match recipients.len() {
            0 => Err(KeyProblem::None),
            count if count > MAX_RECIPIENTS => Err(KeyProblem::TooMany),
            _ => Ok(Self(recipients)),
        }
    }

    /// Returns these and one more: a laptop's own key, for its drafts.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn and(&self, key: &str) -> Result<Self, KeyProblem> {
        let keys: Vec<String> = self.public().chain([key.to_owned()]).collect();
        Self::new(keys.iter().map(String::as_str))
    }

    /// Returns the public keys as text.
    pub fn public(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(ToString::to_string)
    }

    pub(in crate::store) fn as_age(&self) -> impl Iterator<Item = &dyn age::Recipient> {
        self.0.iter().map(|key| key as &dyn age::Recipient)
    }
}

impl std::fmt::Debug for Recipients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recipients({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_RECIPIENTS, Recipients};
    use crate::store::error::KeyProblem;

    fn key() -> String {
        age::x25519::Identity::generate().to_public().to_string()
    }

    #[test]
    fn one_key_stands_once() {
        let (a, b) = (key(), key());
        assert_eq!(Recipients::new([]).unwrap_err(), KeyProblem::None);
        assert_eq!(Recipients::new([a.as_str(), &a]).unwrap_err(), KeyProblem::Twice);
        assert_eq!(Recipients::new(["age1x"]).unwrap_err(), KeyProblem::NotAKey);
        let one = Recipients::new([a.as_str()]).unwrap();
        assert_eq!(one.and(&b).unwrap().public().collect::<Vec<_>>(), [a.clone(), b]);
        assert_eq!(one.and(&a).unwrap_err(), KeyProblem::Twice);
        let many: Vec<String> = (0..=MAX_RECIPIENTS).map(|_| key()).collect();
        let many = Recipients::new(many.iter().map(String::as_str));
        assert_eq!(many.unwrap_err(), KeyProblem::TooMany);
    }
}
