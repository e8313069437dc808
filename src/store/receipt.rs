//! A receipt: the coordinator's word that envelopes arrived, opened and count. It names them by their hashes. A
//! laptop keeps its own copy until it has read such a word.
//!
//! The file is a signed text:
//! ```text
//! stemme receipt 1
//! evaluation 3f9c2d1ab0e44c53
//! envelope ba7816bf8f01cfea414140de5dae2223
//! signed-by ed25519:...
//! signature ...
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::delivery::EXTENSION;
use crate::store::envelope::EnvelopeName;
use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::keys::signing::Signer;
use crate::store::signed_text;

const TITLE: &str = "stemme receipt";
const VERSION: u16 = 1;
const PREFIX: &str = "kvittering";
/// The largest receipt.
const MAX_RECEIPT: u64 = 64 * 1024 * 1024;

/// Writes a receipt into a folder. The same envelopes give the same file.
///
/// # Errors
/// What the system said.
pub fn write(
    folder: &Path,
    evaluation: &str,
    envelopes: &BTreeSet<EnvelopeName>,
    signer: &Signer,
) -> Result<PathBuf, StoreError> {
    let mut lines = vec![format!("evaluation {evaluation}")];
    lines.extend(envelopes.iter().map(|name| format!("envelope {name}")));
    let text = signed_text::write(TITLE, VERSION, &lines, signer);
    let hash = hex::sha256(text.as_bytes());
    let short = hash.get(..8).unwrap_or(&hash);
    let path = folder.join(format!("{PREFIX}-{short}.{EXTENSION}"));
    match atomic::write_new_timeless(&path, text.as_bytes(), Access::AsUsual) {
        Err(StoreError::AlreadyThere { .. })
            if atomic::read(&path, MAX_RECEIPT).is_ok_and(|there| there == text.as_bytes()) =>
        {
            Ok(path)
        }
        written => written.map(|()| path),
    }
}

/// Returns whether these bytes begin as a receipt does.
#[must_use]
pub fn is_receipt(bytes: &[u8]) -> bool {
    signed_text::is_titled(bytes, TITLE)
}

/// Returns the bytes of a receipt.
///
/// # Errors
/// What the system said; [`StoreError::TooLarge`].
pub fn bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    atomic::read(path, MAX_RECEIPT)
}

/// Reads a receipt of this evaluation by this coordinator (`ed25519:...`) and returns what it names.
///
/// # Errors
/// [`StoreError::WrongKey`] when it belongs to another evaluation or somebody else signed it;
/// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
pub fn read(path: &Path, evaluation: &str, coordinator: &str) -> Result<BTreeSet<EnvelopeName>, StoreError> {
    let bytes = bytes(path)?;
    let text = signed_text::read(&bytes, TITLE, VERSION, path)?;
    let mut lines = text.lines.iter();
    let belongs = lines.next().and_then(|line| line.strip_prefix("evaluation "));
    if belongs != Some(evaluation) || text.signed_by.to_string() != coordinator {
        return Err(StoreError::WrongKey {
            path: path.to_owned(),
        });
    }
    let name = |line: &String| EnvelopeName::parse(line.strip_prefix("envelope ")?);
    lines
        .map(name)
        .collect::<Option<_>>()
        .ok_or_else(|| StoreError::damaged(path, What::Contents))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{read, write};
    use crate::store::StoreError;
    use crate::store::envelope::EnvelopeName;
    use crate::store::keys::Signer;
    use crate::store::randomness::repeatable;
    use crate::store::sample::EVALUATION;

    #[test]
    fn only_the_coordinators_receipt_of_this_evaluation_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let mut random = repeatable(1);
        let (ours, other) = (
            Signer::generate(&mut random).unwrap(),
            Signer::generate(&mut random).unwrap(),
        );
        let names = BTreeSet::from([EnvelopeName::of(b"a"), EnvelopeName::of(b"b")]);
        let path = write(folder.path(), EVALUATION, &names, &ours).unwrap();
        assert_eq!(write(folder.path(), EVALUATION, &names, &ours), Ok(path.clone()));
        let coordinator = ours.public().to_string();
        assert_eq!(read(&path, EVALUATION, &coordinator), Ok(names.clone()));
        let wrong = Err(StoreError::WrongKey { path: path.clone() });
        assert_eq!(read(&path, "0000000000000000", &coordinator), wrong);
        let forged = write(folder.path(), EVALUATION, &names, &other).unwrap();
        let wrong = Err(StoreError::WrongKey { path: forged.clone() });
        assert_eq!(read(&forged, EVALUATION, &coordinator), wrong);
    }
}
