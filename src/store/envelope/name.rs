//! The name of an envelope: it says which bytes, and nothing else.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::store::envelope::EXTENSION;
use crate::store::hex;

/// The first 128 bits of the SHA-256 of an envelope's bytes, as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvelopeName([u8; 16]);

impl EnvelopeName {
    /// Returns the name of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_hash(&Sha256::digest(bytes).into())
    }

    /// Returns the name of the bytes with this SHA-256.
    #[must_use]
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        let mut name = [0; 16];
        for (to, from) in name.iter_mut().zip(hash) {
            *to = *from;
        }
        Self(name)
    }

    /// Returns the name written as 32 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::bytes(text).map(Self)
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{self}.{EXTENSION}")
    }

    /// Returns whether a file is called so; copies that a sync program renamed (`x (1).stm`) are, too.
    #[must_use]
    pub fn is_name_of(&self, path: &Path) -> bool {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        stem.is_some_and(|stem| stem.starts_with(&self.to_string()))
    }
}

impl fmt::Display for EnvelopeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::hex(&self.0))
    }
}

impl fmt::Debug for EnvelopeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for EnvelopeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EnvelopeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?)
            .ok_or_else(|| serde::de::Error::custom("not 32 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::EnvelopeName;

    #[test]
    fn a_renamed_copy_is_known_by_its_beginning() {
        let name = EnvelopeName::of(b"abc");
        assert_eq!(name.to_string(), "ba7816bf8f01cfea414140de5dae2223");
        assert_eq!(EnvelopeName::parse(&name.to_string()), Some(name));
        for called in [
            "ba7816bf8f01cfea414140de5dae2223.stm",
            "out/ba7816bf8f01cfea414140de5dae2223 (1).stm",
        ] {
            assert!(name.is_name_of(Path::new(called)), "{called}");
        }
        assert!(!name.is_name_of(Path::new("kopi.stm")));
    }
}
