//! The key files of answers are recognised by.
//!
//! A file of answers that was tabulated is recognised the next time by a mark in the ledger. A plain hash would be one
//! that anybody with the ledger can try guesses against, and of a few short rows there are few. So the mark is made with a
//! key that lies in the coordinator's home and nowhere else. Whoever tabulates on another machine has another key, and the
//! same file counts as another one there: nothing is shown twice.
//!
//! # Format, version 1
//! `stemme file key 1`, a line feed, the key in 64 hexadecimal digits, a line feed.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::home::Home;
use crate::store::randomness::{Randomness, draw};
use crate::store::titled;

/// The file, among an evaluation's keys.
const FILE: &str = "files.key";
/// The first line, up to the version.
const TITLE: &str = "stemme file key ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 1024;
/// What a mark is of, so that it is a mark of nothing else.
const MARK: &[u8] = b"stemme file 1\n";

/// The key of one evaluation on one machine. `Debug` does not show it.
pub struct FileKey(Zeroizing<[u8; 32]>);

impl FileKey {
    /// Reads the key of an evaluation, or makes it where there is none yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn read_or_make(
        home: &Home,
        evaluation: &str,
        random: &mut dyn Randomness,
    ) -> Result<Self, StoreError> {
        let folder = home.keys(evaluation)?;
        let path = folder.join(FILE);
        let bytes = match atomic::read(&path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => {
                let key = Zeroizing::new(draw::<32>(random)?);
                let text = Zeroizing::new(format!("{TITLE}{VERSION}\n{}\n", hex::hex(&*key)));
                atomic::make_folder(&folder)?;
                atomic::write_new(&path, text.as_bytes(), Access::Owner)?;
                return Ok(Self(key));
            }
            read => Zeroizing::new(read?),
        };
        let damaged = || StoreError::damaged(&path, What::Contents);
        let mut lines = titled::lines(&bytes, TITLE, VERSION, &path)?;
        let key = lines.next().and_then(hex::bytes::<32>).ok_or_else(damaged)?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// Returns the mark of a file with this SHA-256, in hexadecimal digits: HMAC-SHA-256 (RFC 2104) under the key.
    #[must_use]
    pub fn mark(&self, sha256: &[u8; 32]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else {
            return String::new();
        };
        mac.update(MARK);
        mac.update(sha256);
        hex::hex(&mac.finalize().into_bytes())
    }
}

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, FileKey};
    use crate::store::StoreError;
    use crate::store::atomic::{Access, replace};
    use crate::store::home::Home;
    use crate::store::randomness::repeatable;

    const EVALUATION: &str = "3f9c2d1ab0e44c53";

    #[test]
    fn a_file_has_the_same_mark_on_one_machine_and_another_on_another() {
        let folder = tempfile::tempdir().unwrap();
        let home = |name: &str| Home::new(folder.path().join(name));
        let mark = |name: &str, seed: u64| {
            let key = FileKey::read_or_make(&home(name), EVALUATION, &mut repeatable(seed)).unwrap();
            (key.mark(&[7; 32]), key.mark(&[8; 32]))
        };
        let one = mark("one", 1);
        assert_eq!(mark("one", 2), one, "the key is kept");
        assert_ne!(mark("other", 2).0, one.0);
        assert_ne!(one.0, one.1);
        assert_eq!(one.0.len(), 64);
    }

    #[test]
    fn a_newer_key_file_is_said_to_be_newer_and_a_strange_one_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().to_owned());
        let read = || FileKey::read_or_make(&home, EVALUATION, &mut repeatable(1));
        read().unwrap();
        let path = home.keys(EVALUATION).unwrap().join(FILE);
        replace(&path, b"stemme file key 2\nsomething else\n", Access::Owner).unwrap();
        assert!(matches!(read(), Err(StoreError::Newer { .. })));
        replace(&path, b"stemme file key 1\nabc\n", Access::Owner).unwrap();
        assert!(matches!(read(), Err(StoreError::Damaged { .. })));
    }
}
