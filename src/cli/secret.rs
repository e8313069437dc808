//! Passphrases: from a file, or typed without showing. Never from arguments or the environment.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::texts::fill;

use super::settings::Settings;
use super::surroundings::Surroundings;

/// The largest file a secret is read from.
const LARGEST: u64 = 64 * 1024;

/// Returns the first line of the passphrase file, if one was named. Says so when it cannot be read.
///
/// # Errors
/// `()` when the file was named and cannot be read.
pub fn from_file(
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Zeroizing<String>>, Unreadable> {
    match settings.passphrase_file.clone() {
        Some(path) => from_path(&path, settings, surroundings).map(Some),
        None => Ok(None),
    }
}

/// Returns the first line of a passphrase file. Says so when it cannot be read.
///
/// # Errors
/// [`Unreadable`].
pub fn from_path(
    path: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Zeroizing<String>, Unreadable> {
    let path = surroundings.path(path);
    let text = text_of(&path);
    match text
        .as_ref()
        .ok()
        .and_then(|text| text.lines().next())
        .filter(|line| !line.is_empty())
    {
        Some(line) => Ok(Zeroizing::new(line.to_owned())),
        None => {
            let shown = path.display().to_string();
            let said = fill(&settings.texts.storage.passphrase_file, &[("file", &shown)]);
            surroundings.output.error("passphrase_file", &said);
            Err(Unreadable)
        }
    }
}

/// Returns what stands in a file that holds a passphrase, a code or a key; of a file that is larger than any of them, the
/// beginning.
///
/// # Errors
/// What the system said; that it is no text.
pub(super) fn text_of(path: &Path) -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// The passphrase file cannot be read; this has been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Asks for a secret without showing it, where somebody can type; else reads a line where that is allowed.
pub fn ask(prompt: &str, settings: &Settings, surroundings: &mut Surroundings) -> Option<Zeroizing<String>> {
    if settings.no_input {
        return None;
    }
    surroundings.output.note_part(&format!("{prompt} "));
    let line = if surroundings.stdin_is_terminal {
        let line = (surroundings.hidden_line)().ok();
        surroundings.output.note("");
        line
    } else {
        surroundings.read_line()
    };
    line.map(Zeroizing::new)
}
