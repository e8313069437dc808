//! A backup: a whole evaluation in one file, checked when it is written and before anything of it is used.
//!
//! # Format, version 1
//! All integers are little-endian.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `stemmeB` and a zero byte |
//! | 2 | version, 1 |
//! | 4 | number of files |
//! | 2, so many | for each file: length of its path, and the path, with `/` between folders |
//! | 8, so many | its length, and its bytes |
//! | 32 | SHA-256 of everything before it |
//!
//! In it are the evaluation file, the surveys, everything sealed, drafts, releases and the workbook, as they lie
//! there: what was encrypted stays so, and no key is in it but the coordinator's, wrapped by its passphrase.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::store::atomic::{self, Access};
use crate::store::envelope::EXTENSION;
use crate::store::error::{StoreError, What};
use crate::store::folder::EVALUATION_FILE;
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys};
use crate::store::new_folder::NewFolder;
use crate::store::workbook;

const MAGIC: [u8; 8] = *b"stemmeB\0";
const VERSION: u16 = 1;
const SUM: usize = 32;
/// The largest backup.
const MAX_BACKUP: u64 = 4 * 1024 * 1024 * 1024;
/// The largest file in one.
const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// The coordinator's wrapped key, which lies in the home folder and not with the evaluation.
const KEY: &str = "coordinator.key";

/// Folders that belong to an evaluation; nothing else is taken in or put back.
const FOLDERS: [&str; 9] = [
    "surveys",
    "draft",
    "out",
    "slips",
    "gone",
    "quarantine",
    "rescue",
    "releases",
    "workbook",
];

/// Files by path, with `/` between folders.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes a backup of the evaluation in `root` to a new file and reads it back. Returns how many files are in it.
///
/// # Errors
/// [`StoreError::AlreadyThere`]; what the system said.
pub fn write(root: &Path, key: Option<&Path>, target: &Path) -> Result<usize, StoreError> {
    let mut files = Files::new();
    files.insert(
        EVALUATION_FILE.to_owned(),
        atomic::read(&root.join(EVALUATION_FILE), MAX_FILE)?,
    );
    for extra in ["kit.toml", "kit.sig"] {
        take(root, Path::new(extra), &mut files)?;
    }
    for folder in FOLDERS {
        walk(root, Path::new(folder), &mut files)?;
    }
    if let Some(key) = key
        && CoordinatorKeys::is_wrapped(key).unwrap_or(false)
    {
        files.insert(KEY.to_owned(), atomic::read(key, MAX_FILE)?);
    }
    let bytes = bytes(&files).ok_or_else(|| StoreError::TooLarge {
        path: target.to_owned(),
    })?;
    atomic::write_new(target, &bytes, Access::Owner)?;
    let again = read(target)?;
    if again != files {
        return Err(StoreError::damaged(target, What::Bytes));
    }
    Ok(files.len())
}

/// Makes the evaluation of a backup anew in a folder that is empty or not there yet; the coordinator's wrapped key
/// goes into `keys`, unless one is there. Everything is checked first. Returns how many files were written.
///
/// # Errors
/// [`StoreError::Damaged`]: then nothing was written; [`StoreError::NotEmpty`]; [`StoreError::Newer`]; what the
/// system said.
pub fn restore(
    backup: &Path,
    root: &Path,
    keys: &dyn Fn(&[u8]) -> Option<PathBuf>,
) -> Result<usize, StoreError> {
    let mut files = read(backup)?;
    let Some(evaluation) = files.remove(EVALUATION_FILE) else {
        return Err(StoreError::damaged(backup, What::Contents));
    };
    let new = NewFolder::claim(root)?;
    for folder in FOLDERS {
        atomic::make_folder(&root.join(folder))?;
    }
    let written = files.len() + 1;
    if let Some(key) = files.remove(KEY)
        && let Some(folder) = keys(&evaluation)
    {
        atomic::make_folder(&folder)?;
        match atomic::write_new(&folder.join(COORDINATOR_FILE), &key, Access::Owner) {
            Ok(()) | Err(StoreError::AlreadyThere { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    for (path, bytes) in &files {
        let target = root.join(path);
        if let Some(folder) = target.parent() {
            atomic::make_folder(folder)?;
        }
        let is_sealed =
            |extension: &std::ffi::OsStr| extension == EXTENSION || extension == workbook::EXTENSION;
        if target.extension().is_some_and(is_sealed) {
            atomic::write_new_timeless(&target, bytes, Access::Owner)?;
        } else {
            atomic::write_new(&target, bytes, Access::Owner)?;
        }
    }
    // Last: without it the folder is no evaluation.
    atomic::write_new(&root.join(EVALUATION_FILE), &evaluation, Access::AsUsual)?;
    new.keep();
    Ok(written)
}

/// Returns the evaluation file in a backup that is whole.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
pub fn evaluation_in(backup: &Path) -> Result<Vec<u8>, StoreError> {
    let evaluation = read(backup)?.remove(EVALUATION_FILE);
    evaluation.ok_or_else(|| StoreError::damaged(backup, What::Contents))
}

/// Reads a backup whole, or not at all.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
fn read(path: &Path) -> Result<Files, StoreError> {
    let is_none = || StoreError::damaged(path, What::Kind);
    // Before all of it is read: somebody may have named anything.
    if atomic::first_of(path, MAGIC.len())? != MAGIC {
        return Err(is_none());
    }
    let bytes = atomic::read(path, MAX_BACKUP)?;
    let rest = bytes.strip_prefix(&MAGIC).ok_or_else(is_none)?;
    let damaged = || StoreError::damaged(path, What::Contents);
    let (version, _) = rest.split_first_chunk().ok_or_else(damaged)?;
    if u16::from_le_bytes(*version) > VERSION {
        return Err(StoreError::Newer {
            path: path.to_owned(),
        });
    }
    let (signed, sum) = bytes
        .split_at_checked(bytes.len().saturating_sub(SUM))
        .ok_or_else(damaged)?;
    if Sha256::digest(signed).as_slice() != sum {
        return Err(StoreError::damaged(path, What::Bytes));
    }
    let mut rest = signed.get(MAGIC.len() + 2..).ok_or_else(damaged)?;
    let mut files = Files::new();
    for _ in 0..number(&mut rest).ok_or_else(damaged)? {
        let (name, file) = one(&mut rest).ok_or_else(damaged)?;
        if !is_ours(&name) || files.insert(name, file).is_some() {
            return Err(damaged());
        }
    }
    if rest.is_empty() {
        Ok(files)
    } else {
        Err(damaged())
    }
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (count, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(u32::from_le_bytes(*count))
}

fn one(rest: &mut &[u8]) -> Option<(String, Vec<u8>)> {
    let (length, behind) = rest.split_first_chunk()?;
    let (name, behind) = behind.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    let (length, behind) = behind.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (file, behind) = behind.split_at_checked(length)?;
    *rest = behind;
    Some((std::str::from_utf8(name).ok()?.to_owned(), file.to_vec()))
}

fn bytes(files: &Files) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(files.len()).ok()?.to_le_bytes());
    for (name, file) in files {
        bytes.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&u64::try_from(file.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(file);
    }
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    (bytes.len() as u64 <= MAX_BACKUP).then_some(bytes)
}

/// Returns whether a path is one that a backup may hold: nothing in it leads out of the evaluation's folder.
fn is_ours(name: &str) -> bool {
    if [EVALUATION_FILE, KEY, "kit.toml", "kit.sig"].contains(&name) {
        return true;
    }
    let mut parts = name.split('/');
    let known = parts.next().is_some_and(|first| FOLDERS.contains(&first));
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains(['\\', ':', '\0'])
            && Path::new(part)
                .components()
                .all(|part| matches!(part, Component::Normal(_)))
    };
    let inside: Vec<&str> = parts.collect();
    known && !inside.is_empty() && inside.into_iter().all(plain)
}

fn walk(root: &Path, folder: &Path, files: &mut Files) -> Result<(), StoreError> {
    let place = root.join(folder);
    let entries = match fs::read_dir(&place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::at(&place, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| StoreError::at(&place, &error))?;
        let kind = entry
            .file_type()
            .map_err(|error| StoreError::at(&place, &error))?;
        let inside = folder.join(entry.file_name());
        if kind.is_dir() {
            walk(root, &inside, files)?;
        } else if kind.is_file() {
            take(root, &inside, files)?;
        }
    }
    Ok(())
}

/// Takes a file in, if it is there and is one of ours: not what a crash left under a temporary name, nor ballast.
fn take(root: &Path, inside: &Path, files: &mut Files) -> Result<(), StoreError> {
    let names: Option<Vec<&str>> = inside
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    let Some(name) = names.map(|names| names.join("/")).filter(|name| is_ours(name)) else {
        return Ok(());
    };
    match atomic::read(&root.join(inside), MAX_FILE) {
        Ok(bytes) => drop(files.insert(name, bytes)),
        // Sealed, withdrawn or deleted while we were reading.
        Err(StoreError::NotFound { .. }) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Files, bytes, is_ours, restore, write};
    use crate::store::StoreError;
    use crate::store::atomic::{Access, make_folder, write_new};
    use crate::store::folder::{Comments, EvaluationFolder};
    use crate::store::sample::People;

    fn evaluation(root: &Path) -> EvaluationFolder {
        let folder =
            EvaluationFolder::create(root, &People::new().evaluation(), &[], &Comments::none()).unwrap();
        for (place, name) in [
            (folder.out(), "ab.stm"),
            (folder.gone(), "cd.stm"),
            (folder.draft(), "ef.jnl"),
            (folder.releases(), "1.json"),
            (folder.out(), ".ballast"),
        ] {
            write_new(&place.join(name), name.as_bytes(), Access::Owner).unwrap();
        }
        folder
    }

    fn all(root: &Path) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                    found.push((name, fs::read(&path).unwrap()));
                }
            }
        }
        found.retain(|(name, _)| !name.contains(".ballast"));
        found.sort();
        found
    }

    #[test]
    fn what_is_restored_is_what_was_backed_up() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        evaluation(&root);
        let file = place.path().join("kopi.stemme");
        assert_eq!(write(&root, None, &file), Ok(5));
        let again = place.path().join("igjen");
        assert_eq!(restore(&file, &again, &|_| None), Ok(5));
        assert_eq!(all(&root), all(&again));
        assert!(matches!(
            restore(&file, &again, &|_| None),
            Err(StoreError::NotEmpty { .. })
        ));
        assert!(matches!(
            write(&root, None, &file),
            Err(StoreError::AlreadyThere { .. })
        ));
    }

    #[test]
    fn a_damaged_backup_is_noticed_and_nothing_is_written() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("e");
        evaluation(&root);
        let file = place.path().join("kopi.stemme");
        write(&root, None, &file).unwrap();
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(211) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            let name = place.path().join(format!("{at}.stemme"));
            write_new(&name, &changed, Access::Owner).unwrap();
            let target = place.path().join("mål");
            assert!(restore(&name, &target, &|_| None).is_err(), "at {at}");
            assert!(!target.exists(), "at {at}");
        }
        let cut = place.path().join("cut.stemme");
        write_new(&cut, &whole[..whole.len() - 1], Access::Owner).unwrap();
        assert!(restore(&cut, &place.path().join("mål"), &|_| None).is_err());
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_refused() {
        for bad in [
            "../x",
            "out/../../x",
            "/etc/passwd",
            "out//x",
            "out",
            "keys/laptop.key",
            "out/.ballast",
            "out/C:x",
            "out\\x",
            "",
        ] {
            assert!(!is_ours(bad), "{bad}");
            let place = tempfile::tempdir().unwrap();
            let mut files = Files::new();
            files.insert("evaluation.toml".to_owned(), b"x".to_vec());
            files.insert(bad.to_owned(), b"x".to_vec());
            let file = place.path().join("b");
            write_new(&file, &bytes(&files).unwrap(), Access::Owner).unwrap();
            let target = place.path().join("deep").join("e");
            make_folder(target.parent().unwrap()).unwrap();
            assert!(matches!(
                restore(&file, &target, &|_| None),
                Err(StoreError::Damaged { .. })
            ));
            assert!(!target.exists());
        }
        assert!(is_ours("workbook/coding/log.age"));
    }
}
