//! The text file of a laptop's key: four lines, told apart by the first.

use std::path::Path;

use zeroize::Zeroizing;

use crate::domain::id::Slug;
use crate::store::error::{StoreError, What};

const VERSION: u16 = 1;
/// A file of a key is never longer.
pub(super) const MAX_FILE: u64 = 64 * 1024;

/// A kind of file: how its first line begins, and how its last.
pub(super) struct LaptopFile {
    /// The first line, up to its version.
    pub(super) title: &'static str,
    /// What stands before the key.
    pub(super) key: &'static str,
}

/// What such a file says.
pub(super) struct Read {
    pub(super) laptop: Slug,
    pub(super) key: Zeroizing<String>,
}

impl LaptopFile {
    /// Returns the file's text.
    pub(super) fn text(&self, evaluation: &str, laptop: &Slug, key: &str) -> Zeroizing<String> {
        let (title, name) = (self.title, self.key);
        Zeroizing::new(format!(
            "{title} {VERSION}\nevaluation {evaluation}\nlaptop {laptop}\n{name} {key}\n"
        ))
    }

    /// Reads the text of the file at `path`, which must belong to this evaluation.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when it belongs to another evaluation; [`StoreError::Newer`];
    /// [`StoreError::Damaged`].
    pub(super) fn read(&self, bytes: &[u8], evaluation: &str, path: &Path) -> Result<Read, StoreError> {
        let damaged = |what| StoreError::damaged(path, what);
        let owned = || path.to_owned();
        let text = std::str::from_utf8(bytes).map_err(|_| damaged(What::Contents))?;
        let mut lines = text.lines();
        let mut after = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let version: u16 = after(self.title)
            .and_then(|version| version.parse().ok())
            .ok_or_else(|| damaged(What::Kind))?;
        if version > VERSION {
            return Err(StoreError::Newer { path: owned() });
        }
        let (Some(belongs_to), Some(laptop), Some(key)) =
            (after("evaluation"), after("laptop"), after(self.key))
        else {
            return Err(damaged(What::Contents));
        };
        if belongs_to != evaluation {
            return Err(StoreError::WrongKey { path: owned() });
        }
        Ok(Read {
            laptop: Slug::new(laptop).map_err(|_| damaged(What::Contents))?,
            key: Zeroizing::new(key.to_owned()),
        })
    }
}
