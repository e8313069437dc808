//! Which keys this machine knows of an evaluation. They are noted when an evaluation is opened here for the first
//! time; when they are others later, nothing goes on until somebody has compared the words.

use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::home::Home;
use crate::store::titled;

/// The first line, up to the version.
const TITLE: &str = "stemme known ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 64 * 1024;

/// What this machine knows of an evaluation's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing: the evaluation is opened here for the first time.
    First,
    /// They are the same as always.
    Same,
    /// They are others.
    Changed,
}

/// Compares an evaluation's keys with those known here.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said. Keys that cannot be compared are not known.
pub fn compare(home: &Home, evaluation: &Evaluation) -> Result<Known, StoreError> {
    let path = place(home, evaluation)?;
    let bytes = match atomic::read(&path, MAX_FILE) {
        Err(StoreError::NotFound { .. }) => return Ok(Known::First),
        read => read?,
    };
    let _lines = titled::lines(&bytes, TITLE, VERSION, &path)?;
    if bytes == known(evaluation).as_bytes() {
        return Ok(Known::Same);
    }
    // This machine was about to change the keys to these, and stopped in the middle.
    let coming = match atomic::read(&home.coming(&evaluation.id)?, MAX_FILE) {
        Err(StoreError::NotFound { .. }) => None,
        read => Some(read?),
    };
    if coming.is_some_and(|coming| coming == known(evaluation).as_bytes()) {
        keep(home, evaluation)?;
        return Ok(Known::Same);
    }
    Ok(Known::Changed)
}

/// Notes the keys that this machine is about to give the evaluation, before it does: where it stops in the middle, nobody
/// is asked to compare words that nobody was told.
///
/// # Errors
/// What the system said.
pub fn note_coming(home: &Home, evaluation: &Evaluation) -> Result<(), StoreError> {
    write(&home.coming(&evaluation.id)?, evaluation)
}

/// Notes an evaluation's keys as those known here: at the first opening, after somebody has compared the words, and
/// by whoever changes the keys on purpose.
///
/// # Errors
/// What the system said.
pub fn keep(home: &Home, evaluation: &Evaluation) -> Result<(), StoreError> {
    write(&place(home, evaluation)?, evaluation)?;
    atomic::remove(&home.coming(&evaluation.id)?)
}

fn write(path: &Path, evaluation: &Evaluation) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder)?;
    }
    atomic::replace(path, known(evaluation).as_bytes(), Access::Owner)
}

fn place(home: &Home, evaluation: &Evaluation) -> Result<PathBuf, StoreError> {
    home.known(&evaluation.id)
}

/// The keys as text, always in the same order.
fn known(evaluation: &Evaluation) -> String {
    let mut recipients: Vec<&str> = evaluation.recipients.iter().map(|one| one.key.as_str()).collect();
    recipients.sort_unstable();
    let coordinator = evaluation.signing.coordinator.as_deref().unwrap_or("none");
    let mut text = format!("{TITLE}{VERSION}\ncoordinator {coordinator}\n");
    for recipient in recipients {
        text.push_str(&format!("recipient {recipient}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Known, compare, keep, note_coming};
    use crate::store::home::Home;
    use crate::store::keys::RecoveryKey;
    use crate::store::sample::People;

    #[test]
    fn keys_are_known_until_they_are_others() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("home"));
        let mut evaluation = People::new().evaluation();
        assert_eq!(compare(&home, &evaluation), Ok(Known::First));
        keep(&home, &evaluation).unwrap();
        assert_eq!(compare(&home, &evaluation), Ok(Known::Same));
        evaluation.recipients.reverse();
        assert_eq!(compare(&home, &evaluation), Ok(Known::Same));
        evaluation.recipients[1].key = RecoveryKey::generate().public();
        assert_eq!(compare(&home, &evaluation), Ok(Known::Changed));
        keep(&home, &evaluation).unwrap();
        assert_eq!(compare(&home, &evaluation), Ok(Known::Same));
    }

    #[test]
    fn keys_that_this_machine_was_about_to_give_are_known_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("home"));
        let was = People::new().evaluation();
        keep(&home, &was).unwrap();
        let mut coming = was.clone();
        coming.recipients[1].key = RecoveryKey::generate().public();
        note_coming(&home, &coming).unwrap();
        assert_eq!(
            compare(&home, &was),
            Ok(Known::Same),
            "before the file was changed"
        );
        assert_eq!(compare(&home, &coming), Ok(Known::Same), "after it");
        assert_eq!(
            compare(&home, &was),
            Ok(Known::Changed),
            "and the old ones are no more"
        );
        assert_eq!(compare(&home, &coming), Ok(Known::Same));
    }
}
