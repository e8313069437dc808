//! Words for what a disk can say.

use crate::fieldwork::session::Trouble;
use crate::texts::Texts;

/// Returns one sentence: what happened.
#[must_use]
pub fn sentence(trouble: Trouble, texts: &Texts) -> &str {
    let words = &texts.storage;
    match trouble {
        Trouble::DiskFull => &words.disk_full,
        Trouble::ReadOnly => &words.read_only,
        Trouble::Gone => &words.gone,
        Trouble::Other => &words.other,
    }
}
