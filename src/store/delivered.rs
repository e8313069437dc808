//! What this laptop has handed over already, and what the coordinator has said arrived: names of envelopes, which say
//! nothing to anybody. An envelope stays on the laptop until a receipt names it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::envelope::EnvelopeName;
use crate::store::error::{StoreError, What};
use crate::store::titled;

/// The file, in the evaluation's folder.
pub(super) const FILE: &str = "delivered";
/// The first line, up to the version.
const TITLE: &str = "stemme delivered ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// Envelopes that were handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    path: PathBuf,
    names: BTreeSet<EnvelopeName>,
}

impl Delivered {
    /// Reads what an evaluation folder's laptop has handed over.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn read(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(FILE);
        let mut names = BTreeSet::new();
        let bytes = match atomic::read(&path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => return Ok(Self { path, names }),
            read => read?,
        };
        let damaged = || StoreError::damaged(&path, What::Contents);
        for line in titled::lines(&bytes, TITLE, VERSION, &path)? {
            names.insert(EnvelopeName::parse(line).ok_or_else(damaged)?);
        }
        Ok(Self { path, names })
    }

    /// Returns whether an envelope was handed over.
    #[must_use]
    pub fn has(&self, name: &EnvelopeName) -> bool {
        self.names.contains(name)
    }

    /// Notes what was handed over, and forgets what is not here any more.
    ///
    /// # Errors
    /// What the system said.
    pub fn note(&mut self, delivered: &[EnvelopeName]) -> Result<(), StoreError> {
        let names: BTreeSet<EnvelopeName> = delivered.iter().copied().collect();
        if names == self.names {
            return Ok(());
        }
        let mut text = format!("{TITLE}{VERSION}\n");
        for name in &names {
            text.push_str(&format!("{name}\n"));
        }
        atomic::replace(&self.path, text.as_bytes(), Access::Owner)?;
        self.names = names;
        Ok(())
    }
}
