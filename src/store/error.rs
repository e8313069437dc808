//! Why something could not be kept or read.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::store::randomness::NoRandomness;

/// Why something could not be kept or read: a kind and a place, never contents. The words come from the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No space, or no quota, left.
    #[error("no space left at {path}")]
    DiskFull {
        /// Where.
        path: PathBuf,
    },
    /// The disk is read-only.
    #[error("read-only at {path}")]
    ReadOnly {
        /// Where.
        path: PathBuf,
    },
    /// The system does not let us.
    #[error("not allowed at {path}")]
    NotAllowed {
        /// Where.
        path: PathBuf,
    },
    /// Larger than the file system, a limit of the process, or the format takes.
    #[error("too large: {path}")]
    TooLarge {
        /// Where.
        path: PathBuf,
    },
    /// It is not there.
    #[error("not found: {path}")]
    NotFound {
        /// Where.
        path: PathBuf,
    },
    /// A folder, a link, a pipe where a file of ours should be, or a link in the place of one of our folders.
    #[error("not what it should be: {path}")]
    Strange {
        /// Where.
        path: PathBuf,
    },
    /// Something stands there already, and nothing is overwritten.
    #[error("already there: {path}")]
    AlreadyThere {
        /// Where.
        path: PathBuf,
    },
    /// The folder is not empty, and nothing is overwritten.
    #[error("not empty: {path}")]
    NotEmpty {
        /// Where.
        path: PathBuf,
    },
    /// Another running program has it open.
    #[error("in use: {path}")]
    Locked {
        /// Where.
        path: PathBuf,
    },
    /// The passphrase does not open it.
    #[error("wrong passphrase for {path}")]
    WrongPassphrase {
        /// Where.
        path: PathBuf,
    },
    /// None of the keys at hand opens it, or the key belongs elsewhere.
    #[error("wrong key for {path}")]
    WrongKey {
        /// Where.
        path: PathBuf,
    },
    /// A key of a real evaluation lies there unwrapped.
    #[error("unwrapped key: {path}")]
    Unwrapped {
        /// Where.
        path: PathBuf,
    },
    /// It is not what was written.
    #[error("damaged: {what} of {path}")]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What of it.
        what: What,
    },
    /// Made by a newer version of the program; kept as it is.
    #[error("newer than this program: {path}")]
    Newer {
        /// Where.
        path: PathBuf,
    },
    /// An earlier write failed on this handle; it is never used again.
    #[error("an earlier write to {path} failed")]
    Poisoned {
        /// Where.
        path: PathBuf,
    },
    /// The interview is not finished, or is another one, so that it cannot be sealed.
    #[error("cannot be sealed as it stands: {path}")]
    NotFinished {
        /// The draft.
        path: PathBuf,
    },
    /// A survey file was changed under an unchanged version while interviews exist.
    #[error("survey {id} {version} was changed under an unchanged version")]
    SurveyChanged {
        /// The survey.
        id: String,
        /// Its version.
        version: String,
    },
    /// The evaluation file cannot be edited where it would have to be.
    #[error("cannot be edited: {path}")]
    NotEditable {
        /// Where.
        path: PathBuf,
    },
    /// A public or private key is not one, or there are too few or too many.
    #[error("keys: {0}")]
    Keys(#[from] KeyProblem),
    /// The system gave no randomness.
    #[error("no randomness")]
    NoRandomness,
    /// Anything else the system said.
    #[error("{kind} at {path}")]
    Other {
        /// Where.
        path: PathBuf,
        /// What.
        kind: ErrorKind,
    },
}

/// Which part is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// Not a file of this kind at all.
    #[error("kind")]
    Kind,
    /// The unencrypted beginning.
    #[error("header")]
    Header,
    /// The encrypted part.
    #[error("seal")]
    Seal,
    /// The journal's first record.
    #[error("opening")]
    Opening,
    /// A record.
    #[error("record")]
    Record,
    /// The contents do not have the shape they should.
    #[error("contents")]
    Contents,
    /// A list of what this machine has seen. It can be begun anew.
    #[error("list")]
    List,
    /// The signature.
    #[error("signature")]
    Signature,
    /// What was read back is not what was written, or not what the name says.
    #[error("bytes")]
    Bytes,
    /// A file that should be in between is missing.
    #[error("sequence")]
    Sequence,
}

/// What is wrong with keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Not a key.
    #[error("not a key")]
    NotAKey,
    /// None.
    #[error("none")]
    None,
    /// The same key twice.
    #[error("one stands twice")]
    Twice,
    /// More than a header takes.
    #[error("too many")]
    TooMany,
    /// A private key does not open what its public half sealed.
    #[error("not proved")]
    NotProved,
}

impl StoreError {
    /// Returns what the system said about `path` as one of ours.
    #[must_use]
    pub fn at(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::PermissionDenied => Self::NotAllowed { path },
            ErrorKind::FileTooLarge => Self::TooLarge { path },
            ErrorKind::NotFound => Self::NotFound { path },
            ErrorKind::AlreadyExists => Self::AlreadyThere { path },
            ErrorKind::DirectoryNotEmpty => Self::NotEmpty { path },
            kind => Self::Other { path, kind },
        }
    }

    /// Returns that `what` of `path` is damaged.
    #[must_use]
    pub fn damaged(path: &Path, what: What) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what,
        }
    }
}

impl From<NoRandomness> for StoreError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::StoreError;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_says_has_a_name() {
        let named = |errno| {
            let error = StoreError::at(Path::new("f"), &io::Error::from_raw_os_error(errno));
            format!("{error:?}").split(' ').next().map(str::to_owned)
        };
        for (errno, name) in [
            (28, "DiskFull"),
            (122, "DiskFull"),
            (30, "ReadOnly"),
            (13, "NotAllowed"),
            (1, "NotAllowed"),
            (27, "TooLarge"),
            (2, "NotFound"),
            (17, "AlreadyThere"),
            (39, "NotEmpty"),
            (5, "Other"),
        ] {
            assert_eq!(named(errno).as_deref(), Some(name), "errno {errno}");
        }
    }
}
