//! Which laptops this machine knows of an evaluation. The evaluation file lies where others can write: a laptop that
//! somebody adds to it, a key that is another, a revocation that is taken back change nothing here until the
//! coordinator has said so on this machine.
//!
//! # Format, version 1
//! `stemme laptops 1`, then a line `laptop <id> <key>` for each laptop that is known, and a line `revoked <key>` for each
//! key that signs nothing any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::domain::evaluation::{Evaluation, Laptop};
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::home::Home;
use crate::store::titled;

/// The first line, up to the version.
const TITLE: &str = "stemme laptops ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 256 * 1024;

/// What this machine knows of an evaluation's laptops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLaptops {
    path: PathBuf,
    keys: BTreeMap<String, String>,
    revoked: BTreeSet<String>,
}

/// Laptops in an evaluation file that are not as this machine knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strangers {
    /// New to this machine, or with another key: nothing they signed counts.
    pub unknown: Vec<Laptop>,
    /// Revoked, and in the file no more: nothing they signed counts.
    pub unrevoked: Vec<Laptop>,
}

impl Strangers {
    /// Returns whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.unrevoked.is_empty()
    }
}

impl KnownLaptops {
    /// Reads what this machine knows; at the first time the evaluation is opened here, that is what its file says.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
    pub fn of(home: &Home, evaluation: &Evaluation) -> Result<Self, StoreError> {
        let path = home.known_laptops(&evaluation.id)?;
        let mut known = Self {
            path,
            keys: BTreeMap::new(),
            revoked: BTreeSet::new(),
        };
        let bytes = match atomic::read(&known.path, MAX_FILE) {
            Err(StoreError::NotFound { .. }) => {
                for laptop in &evaluation.signing.laptops {
                    known.accept(laptop);
                }
                known.keep()?;
                return Ok(known);
            }
            read => read?,
        };
        for line in titled::lines(&bytes, TITLE, VERSION, &known.path)? {
            let mut words = line.split(' ');
            match (words.next(), words.next(), words.next(), words.next()) {
                (Some("laptop"), Some(id), Some(key), None) => {
                    known.keys.insert(id.to_owned(), key.to_owned());
                }
                (Some("revoked"), Some(key), None, None) => drop(known.revoked.insert(key.to_owned())),
                _ => return Err(StoreError::damaged(&known.path, What::Contents)),
            }
        }
        Ok(known)
    }

    /// Accepts a laptop as it stands in the evaluation file: made here, or somebody has said that it is right.
    pub fn accept(&mut self, laptop: &Laptop) {
        self.keys.insert(laptop.id.to_string(), laptop.key.clone());
        if laptop.revoked {
            self.revoked.insert(laptop.key.clone());
        } else {
            self.revoked.remove(&laptop.key);
        }
    }

    /// Lets nobody count in `evaluation` whom this machine does not know, and learns which laptops were revoked.
    ///
    /// # Errors
    /// What the system said.
    pub fn hold_against(&mut self, evaluation: &mut Evaluation) -> Result<Strangers, StoreError> {
        let mut strangers = Strangers::default();
        let was = self.revoked.len();
        evaluation.signing.laptops.retain_mut(|laptop| {
            if self.keys.get(laptop.id.as_str()) != Some(&laptop.key) {
                strangers.unknown.push(laptop.clone());
                return false;
            }
            if laptop.revoked {
                self.revoked.insert(laptop.key.clone());
            } else if self.revoked.contains(&laptop.key) {
                strangers.unrevoked.push(laptop.clone());
                laptop.revoked = true;
            }
            true
        });
        if self.revoked.len() > was {
            self.keep()?;
        }
        Ok(strangers)
    }

    /// Writes what this machine knows.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep(&self) -> Result<(), StoreError> {
        let mut text = format!("{TITLE}{VERSION}\n");
        for (id, key) in &self.keys {
            text.push_str(&format!("laptop {id} {key}\n"));
        }
        for key in &self.revoked {
            text.push_str(&format!("revoked {key}\n"));
        }
        if let Some(folder) = self.path.parent() {
            atomic::make_folder(folder)?;
        }
        atomic::replace(&self.path, text.as_bytes(), Access::Owner)
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownLaptops, Strangers};
    use crate::domain::evaluation::{Evaluation, Laptop};
    use crate::store::home::Home;
    use crate::store::keys::Signer;
    use crate::store::randomness::repeatable;
    use crate::store::sample::{People, slug};

    fn laptop(name: &str, seed: u64) -> Laptop {
        Laptop {
            id: slug(name),
            key: Signer::generate(&mut repeatable(seed))
                .unwrap()
                .public()
                .to_string(),
            revoked: false,
        }
    }

    fn held(home: &Home, mut evaluation: Evaluation) -> (Strangers, Vec<(String, bool)>) {
        let mut known = KnownLaptops::of(home, &evaluation).unwrap();
        let strangers = known.hold_against(&mut evaluation).unwrap();
        let left = evaluation.signing.laptops.iter();
        (
            strangers,
            left.map(|laptop| (laptop.id.to_string(), laptop.revoked))
                .collect(),
        )
    }

    #[test]
    fn a_laptop_that_somebody_adds_to_the_file_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("home"));
        let mut evaluation = People::new().evaluation();
        evaluation.signing.laptops = vec![laptop("nord-1", 1)];
        let (none, first) = held(&home, evaluation.clone());
        assert!(none.is_empty() && first == [("nord-1".to_owned(), false)]);
        let stranger = laptop("ny", 2);
        evaluation.signing.laptops.push(stranger.clone());
        let (strangers, left) = held(&home, evaluation.clone());
        assert_eq!((strangers.unknown, left.len()), (vec![stranger.clone()], 1));
        let mut known = KnownLaptops::of(&home, &evaluation).unwrap();
        known.accept(&stranger);
        known.keep().unwrap();
        assert!(held(&home, evaluation.clone()).0.is_empty());
        evaluation.signing.laptops[0].key = laptop("x", 3).key;
        let (strangers, left) = held(&home, evaluation);
        assert_eq!(
            (strangers.unknown.len(), left.len()),
            (1, 1),
            "a key that is another"
        );
    }

    #[test]
    fn a_revocation_that_is_taken_back_in_the_file_holds_here() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("home"));
        let mut evaluation = People::new().evaluation();
        evaluation.signing.laptops = vec![laptop("nord-1", 1)];
        held(&home, evaluation.clone());
        let mut revoked = evaluation.clone();
        revoked.signing.laptops[0].revoked = true;
        assert!(
            held(&home, revoked).0.is_empty(),
            "somebody else revoked it: that is learned"
        );
        let (strangers, left) = held(&home, evaluation);
        assert_eq!(strangers.unrevoked.len(), 1);
        assert_eq!(left, [("nord-1".to_owned(), true)]);
    }
}
