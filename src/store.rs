//! Interviews, keys and releases on disk.
//!
//! A draft is one append-only encrypted journal ([`journal`]); a finished interview is one sealed, padded file
//! named by the hash of its bytes ([`envelope`]); everything a coordinator counts is read back from those files
//! ([`collection`]). There is no data base and no index: the files are the truth.
//!
//! What this layer promises: what was acknowledged is on disk; what is read is what was written, or an error;
//! nothing is overwritten that is not meant to be; no interview begins that could not be sealed. It says no words
//! to people and knows no survey format: clock, randomness and places come in as arguments, and errors are values
//! without answers, codes or keys in them.
//!
//! Only [`atomic`] writes whole files; the journal has an appender of its own.

pub mod age_file;
pub mod atomic;
pub mod backup;
pub mod ballast;
pub mod checked;
pub mod closing;
pub mod collecting;
pub mod collection;
pub mod delivered;
pub mod delivery;
pub mod draft_marks;
pub mod draft_wishes;
pub mod envelope;
pub mod envelope_store;
pub mod error;
pub mod evaluation_copies;
pub mod file_key;
pub mod fingerprint;
pub mod folder;
pub mod given_up;
pub mod handed_draft;
pub mod hex;
pub mod hidden;
pub mod home;
mod in_parallel;
pub mod journal;
pub mod judging;
pub mod keys;
pub mod kit;
pub mod known;
pub mod known_laptops;
pub mod known_promises;
pub mod ledger;
mod listing;
mod new_folder;
pub mod preferences;
pub mod quote_marks;
pub mod randomness;
pub mod receipt;
pub mod releases;
pub mod resealing;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod sample_office;
pub mod sealing;
pub mod set_aside;
pub mod shown;
mod signed_text;
#[cfg(test)]
pub(crate) mod sim_disk;
pub mod superseded;
pub mod taken_elsewhere;
mod titled;
pub mod tombstone;
pub mod trial;
pub mod unfinished;
pub mod unsealed;
pub mod verification;
mod whole_json;
pub mod withdrawal;
pub mod workbook;

pub use error::{StoreError, What};
pub use randomness::{NoRandomness, Randomness};
