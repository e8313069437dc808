//! What was set aside and counts nowhere: how much of it nobody has looked at yet. The files stay where they are; what this
//! machine notes is only that somebody has seen them, so that they are told of no more.
//!
//! # Format, version 1
//! `stemme seen 1`, then a line for each file that was looked at: its name in `quarantine/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::home::Home;
use crate::store::{envelope, journal, listing, titled};

/// The first line, up to the version.
const TITLE: &str = "stemme seen ";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Returns how many interviews and drafts were set aside and not looked at on this machine.
///
/// # Errors
/// What the system said.
pub fn unseen(folder: &EvaluationFolder, home: &Home, evaluation: &str) -> Result<usize, StoreError> {
    let seen = seen(&home.seen(evaluation)?);
    Ok(names(folder)?.difference(&seen).count())
}

/// Notes that everything that is set aside now was looked at.
///
/// # Errors
/// What the system said.
pub fn see(folder: &EvaluationFolder, home: &Home, evaluation: &str) -> Result<(), StoreError> {
    let path = home.seen(evaluation)?;
    let mut text = format!("{TITLE}{VERSION}\n");
    for name in names(folder)? {
        text.push_str(&name);
        text.push('\n');
    }
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder)?;
    }
    atomic::replace(&path, text.as_bytes(), Access::Owner)
}

/// What was looked at. Where the list cannot be read, nothing was: it is told once more.
fn seen(path: &Path) -> BTreeSet<String> {
    let bytes = atomic::read(path, MAX_FILE).unwrap_or_default();
    let lines = titled::lines(&bytes, TITLE, VERSION, path);
    lines.map_or_else(|_| BTreeSet::new(), |lines| lines.map(str::to_owned).collect())
}

fn names(folder: &EvaluationFolder) -> Result<BTreeSet<String>, StoreError> {
    let of = |extension| listing::of(&folder.quarantine(), extension).map(|found| found.files);
    let files = [of(envelope::EXTENSION)?, of(journal::EXTENSION)?].concat();
    let name = |path: PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
    Ok(files.into_iter().filter_map(name).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{see, unseen};
    use crate::store::atomic::{Access, replace, write_new};
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::home::Home;
    use crate::store::sample::{EVALUATION, People};

    #[test]
    fn what_was_looked_at_is_told_of_no_more_and_stays_where_it_is() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        let folder =
            EvaluationFolder::create(&root, &People::new().evaluation(), &[], &Comments::none()).unwrap();
        let home = Home::new(place.path().join("home"));
        let count = || unseen(&folder, &home, EVALUATION).unwrap();
        let lay = |name: &str| write_new(&folder.quarantine().join(name), b"x", Access::Owner).unwrap();
        assert_eq!(count(), 0);
        lay("a.stm");
        lay("b.jnl");
        assert_eq!(count(), 2);
        see(&folder, &home, EVALUATION).unwrap();
        assert_eq!(count(), 0);
        lay("c.stm");
        assert_eq!(count(), 1);
        let list = home.seen(EVALUATION).unwrap();
        assert_eq!(
            fs::read_to_string(&list).unwrap(),
            "stemme seen 1\na.stm\nb.jnl\n"
        );
        // A list that nobody can read is none.
        replace(&list, b"stemme seen 99\na.stm\n", Access::Owner).unwrap();
        assert_eq!(count(), 3);
        assert_eq!(fs::read_dir(folder.quarantine()).unwrap().count(), 3);
    }
}
