//! A journal for other keys: its own key is wrapped anew, its records stay as they are, damaged ones too.

use crate::store::error::StoreError;
use crate::store::journal::format::{self, BadHeader};
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;

/// Returns the journal with its key wrapped to `recipients`; `None` where these keys do not open it.
///
/// # Errors
/// [`StoreError`] where it cannot be wrapped.
pub fn rewrapped(
    bytes: &[u8],
    identities: &Identities,
    recipients: &Recipients,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Ok((key, begin)) = format::unwrap_header(bytes, identities) else {
        return Ok(None);
    };
    let mut journal = format::header(&key, recipients)?;
    journal.extend_from_slice(bytes.get(begin..).unwrap_or_default());
    Ok(Some(journal))
}

/// Returns whether these keys open a journal.
#[must_use]
pub fn opens(bytes: &[u8], identities: &Identities) -> bool {
    !matches!(
        format::unwrap_header(bytes, identities),
        Err(BadHeader::WrongKey | BadHeader::What(_) | BadHeader::Newer)
    )
}
