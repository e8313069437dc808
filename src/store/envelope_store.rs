//! Where envelopes lie, seen through three operations: list, get, put if absent. Nothing else is ever done to them
//! on the way from a laptop to a coordinator, so that a bucket can take the folder's place.

use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::envelope::{EXTENSION, EnvelopeName, MAX_ENVELOPE};
use crate::store::error::StoreError;
use crate::store::listing;

/// A place for envelopes. Keys are file names; an envelope that is called by its content is called
/// [`EnvelopeName::file_name`], and copies that a sync program renamed have other names.
pub trait EnvelopeStore: Sync {
    /// Returns the names of everything that is called an envelope, in order.
    ///
    /// # Errors
    /// What the system said.
    fn list(&self) -> Result<Vec<String>, StoreError>;
    /// Returns the bytes under a name.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for what no envelope is; what the system said.
    fn get(&self, name: &str) -> Result<Vec<u8>, StoreError>;
    /// Puts bytes under their own name, unless they are there. What lies there under that name and is something
    /// else (a copy that broke) gives way to the bytes that the name says.
    ///
    /// # Errors
    /// What the system said; then it is there whole or not at all.
    fn put_if_absent(&self, name: &EnvelopeName, bytes: &[u8]) -> Result<Put, StoreError>;
}

/// What came of putting an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    New,
    /// It was there already.
    There,
}

/// Envelopes in a folder: a disk, a memory stick, a network share, a synced folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderStore(PathBuf);

impl FolderStore {
    /// Returns the envelopes of a folder, which need not be there yet.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }
}

impl EnvelopeStore for FolderStore {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        let files = listing::of(&self.0, EXTENSION)?.files;
        let named = files
            .iter()
            .filter_map(|path| path.file_name().and_then(|name| name.to_str()));
        Ok(named.map(str::to_owned).collect())
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        atomic::read(&self.0.join(name), MAX_ENVELOPE)
    }

    fn put_if_absent(&self, name: &EnvelopeName, bytes: &[u8]) -> Result<Put, StoreError> {
        let path = self.0.join(name.file_name());
        match atomic::write_new_timeless(&path, bytes, Access::Owner) {
            Ok(()) => Ok(Put::New),
            Err(StoreError::NotFound { .. }) if !self.0.is_dir() => {
                atomic::make_folder(&self.0)?;
                atomic::write_new_timeless(&path, bytes, Access::Owner).map(|()| Put::New)
            }
            Err(StoreError::AlreadyThere { .. }) => match self.get(&name.file_name()) {
                // Perhaps it came there just before a crash, and a receipt will say that it is safe.
                Ok(there) if EnvelopeName::of(&there) == *name => {
                    atomic::sync_again(&path).map(|()| Put::There)
                }
                Ok(_) | Err(StoreError::TooLarge { .. }) => {
                    atomic::replace_timeless(&path, bytes, Access::Owner).map(|()| Put::New)
                }
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        }
    }
}

/// Envelopes in memory, for tests of what is done with envelopes.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct MemoryStore(std::sync::Mutex<std::collections::BTreeMap<String, Vec<u8>>>);

#[cfg(test)]
impl MemoryStore {
    /// Returns everything there is.
    pub(crate) fn contents(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.0.lock().unwrap().clone()
    }
}

#[cfg(test)]
impl EnvelopeStore for MemoryStore {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.lock().unwrap().keys().cloned().collect())
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let found = self.0.lock().unwrap().get(name).cloned();
        found.ok_or_else(|| StoreError::NotFound { path: name.into() })
    }

    fn put_if_absent(&self, name: &EnvelopeName, bytes: &[u8]) -> Result<Put, StoreError> {
        let mut there = self.0.lock().unwrap();
        let was = there.insert(name.file_name(), bytes.to_vec());
        Ok(if was.as_deref() == Some(bytes) {
            Put::There
        } else {
            Put::New
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{EnvelopeStore, FolderStore, Put};
    use crate::store::atomic::{Access, replace};
    use crate::store::envelope::EnvelopeName;

    #[test]
    fn what_is_put_twice_is_there_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().join("out"));
        let name = EnvelopeName::of(b"hei");
        assert_eq!(store.put_if_absent(&name, b"hei"), Ok(Put::New));
        assert_eq!(store.put_if_absent(&name, b"hei"), Ok(Put::There));
        assert_eq!(store.list().unwrap(), [name.file_name()]);
        assert_eq!(store.get(&name.file_name()).unwrap(), b"hei");
    }

    #[test]
    fn a_copy_that_broke_gives_way_to_what_its_name_says() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::new(folder.path().to_owned());
        let name = EnvelopeName::of(b"hei");
        for broken in [&b""[..], b"he"] {
            replace(&folder.path().join(name.file_name()), broken, Access::Owner).unwrap();
            assert_eq!(store.put_if_absent(&name, b"hei"), Ok(Put::New));
            assert_eq!(store.get(&name.file_name()).unwrap(), b"hei");
        }
    }
}
