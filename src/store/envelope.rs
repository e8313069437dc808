//! The envelope: one finished interview, or a slip, sealed to the coordinators. Nothing about it shows from outside but the
//! size, rounded up to a power of two.
//!
//! # Format, version 1
//! The file is an age file. What it holds, all integers little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeE` and a zero byte |
//! | 2 | version, 1 |
//! | 2 | kind: 1 an interview, 2 a slip; others are of newer versions |
//! | 16 | the evaluation's id, as its 16 digits |
//! | 4 | length of the JSON |
//! | so many | JSON: an [`InterviewRecord`] or a [`Slip`] |
//! | 32 | public key of who signed |
//! | 64 | Ed25519 signature over everything before it |
//! | rest | zeros, up to a power of two of at least 4 KiB |
//!
//! The name is the first 128 bits of the SHA-256 of the file, so what a coordinator can check needs no key. The
//! evaluation's id is signed with the rest: an interview of one evaluation is no interview of another, even where
//! they share a key.
//!
//! A version, kind or schema that is not known, and a record that would be read only in part, is
//! [`Opened::Newer`]: kept as it is.

use std::fmt;

use crate::domain::record::InterviewRecord;
use crate::domain::slip::Slip;
use crate::store::age_file::{self, Shut};
use crate::store::error::{KeyProblem, StoreError, What};
use crate::store::keys::identities::Identities;
use crate::store::keys::signing::{Signer, VerifyingKey};

pub mod name;
pub mod origin;
mod payload;
pub mod seal_to;

#[cfg(test)]
mod envelope_tests;

pub use name::EnvelopeName;
pub use origin::Origin;
pub use seal_to::{MayNot, SealTo, may_interview};

/// How an envelope's name ends.
pub const EXTENSION: &str = "stm";
/// The largest envelope read.
pub const MAX_ENVELOPE: u64 = 64 * 1024 * 1024;

/// A sealed interview, not written yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    name: EnvelopeName,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Returns something that is called as an envelope is, for tests of what is done with one.
    #[cfg(test)]
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self {
            name: EnvelopeName::of(&bytes),
            bytes,
        }
    }

    /// Returns the name, made of the bytes.
    #[must_use]
    pub const fn name(&self) -> &EnvelopeName {
        &self.name
    }

    /// Returns the bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", self.name)
    }
}

/// What is in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// An interview of this evaluation.
    Interview {
        /// The interview.
        record: Box<InterviewRecord>,
        /// Who signed it: the signature holds.
        signed_by: VerifyingKey,
        /// What it says, as a hash.
        says: Says,
    },
    /// A slip of this evaluation.
    Slip {
        /// The slip.
        slip: Box<Slip>,
        /// Who signed it: the signature holds.
        signed_by: VerifyingKey,
        /// What it says, as a hash.
        says: Says,
    },
    /// Something of a newer version.
    Newer,
}

/// The SHA-256 of what is in an envelope as this version writes it: two envelopes with the same say the same.
///
/// `Debug` shows nothing: a hash of answers can be guessed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Says([u8; 32]);

impl fmt::Debug for Says {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Says(..)")
    }
}

/// Whether the signature inside an envelope is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Signature {
    /// It is checked.
    Check,
    /// It was checked before: the coordinator signed that these very bytes are good.
    WasChecked,
}

/// Why an envelope does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// None of the keys at hand.
    WrongKey,
    /// It belongs to another evaluation.
    OtherEvaluation,
    /// The signature does not hold: not by whom it says, or not what was signed.
    Forged,
    /// It is not what was sealed.
    Damaged(What),
}

/// Seals an interview, in memory.
///
/// # Errors
/// [`KeyProblem`]: none of the ways to get a [`SealTo`] lets that happen.
pub fn seal(record: &InterviewRecord, to: &SealTo, signer: &Signer) -> Result<Sealed, KeyProblem> {
    let payload = payload::write(record, to.evaluation(), signer).ok_or(KeyProblem::TooMany)?;
    shut(&payload, to)
}

/// Seals a slip, in memory. From outside it looks as a short interview does.
///
/// # Errors
/// As [`seal`].
pub fn seal_slip(slip: &Slip, to: &SealTo, signer: &Signer) -> Result<Sealed, KeyProblem> {
    let payload = payload::write_slip(slip, to.evaluation(), signer).ok_or(KeyProblem::TooMany)?;
    shut(&payload, to)
}

fn shut(payload: &[u8], to: &SealTo) -> Result<Sealed, KeyProblem> {
    let bytes = age_file::seal(payload, to.recipients())?;
    Ok(Sealed {
        name: EnvelopeName::of(&bytes),
        bytes,
    })
}

/// Opens an envelope of this evaluation. The signature is checked; whether the signer counts, says [`Origin`].
///
/// # Errors
/// [`Unopened`] says why not.
pub fn open(sealed: &[u8], identities: &Identities, evaluation: &str) -> Result<Opened, Unopened> {
    open_with(sealed, identities, evaluation, Signature::Check)
}

/// As [`open`].
pub(in crate::store) fn open_with(
    sealed: &[u8],
    identities: &Identities,
    evaluation: &str,
    signature: Signature,
) -> Result<Opened, Unopened> {
    let payload = age_file::open(sealed, identities).map_err(|shut| match shut {
        Shut::Key => Unopened::WrongKey,
        Shut::Header => Unopened::Damaged(What::Header),
        Shut::Seal => Unopened::Damaged(What::Seal),
    })?;
    payload::read(&payload, evaluation, signature)
}

impl Unopened {
    /// Returns this as what is wrong with the file at `path`.
    #[must_use]
    pub fn at(self, path: &std::path::Path) -> StoreError {
        match self {
            Self::WrongKey | Self::OtherEvaluation => StoreError::WrongKey {
                path: path.to_owned(),
            },
            Self::Forged => StoreError::damaged(path, What::Signature),
            Self::Damaged(what) => StoreError::damaged(path, what),
        }
    }
}
