//! What was typed of an evaluation that is not made yet, so that nobody types it twice. No key and no passphrase is
//! ever in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::store::atomic::{self, Access};
use crate::store::error::StoreError;

/// The version of the file.
const FORMAT: i64 = 1;
/// More than this nobody typed.
const MOST: u64 = 1024 * 1024;

/// What was typed, by the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// The field that was being asked.
    pub at: String,
    /// What stands in each.
    pub typed: BTreeMap<String, String>,
}

/// Reads what was typed; `None` where nothing was, or where a newer program wrote it.
///
/// # Errors
/// What the system said.
pub fn read(path: &Path) -> Result<Option<Unfinished>, StoreError> {
    match fs::metadata(path) {
        Ok(about) if about.len() <= MOST => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::at(path, &error)),
    }
    let text = fs::read_to_string(path).map_err(|error| StoreError::at(path, &error))?;
    let Ok(table) = text.parse::<toml::Table>() else {
        return Ok(None);
    };
    if table.get("format").and_then(toml::Value::as_integer) != Some(FORMAT) {
        return Ok(None);
    }
    let at = table.get("at").and_then(toml::Value::as_str).unwrap_or_default();
    let typed = table.get("typed").and_then(toml::Value::as_table);
    let typed = typed.into_iter().flatten().filter_map(|(name, value)| {
        let value = value.as_str()?;
        Some((name.clone(), value.to_owned()))
    });
    Ok(Some(Unfinished {
        at: at.to_owned(),
        typed: typed.collect(),
    }))
}

/// Keeps what was typed, in place of what was kept before.
///
/// # Errors
/// What the system said.
pub fn keep(path: &Path, unfinished: &Unfinished) -> Result<(), StoreError> {
    let typed = unfinished.typed.iter();
    let typed: toml::Table = typed
        .map(|(name, value)| (name.clone(), toml::Value::String(value.clone())))
        .collect();
    let mut table = toml::Table::new();
    table.insert("format".to_owned(), toml::Value::Integer(FORMAT));
    table.insert("at".to_owned(), toml::Value::String(unfinished.at.clone()));
    table.insert("typed".to_owned(), toml::Value::Table(typed));
    if let Some(folder) = path.parent() {
        atomic::make_folder(folder)?;
    }
    atomic::replace(path, table.to_string().as_bytes(), Access::Owner)
}

/// Removes it: the evaluation is made, or shall not be.
///
/// # Errors
/// What the system said.
pub fn forget(path: &Path) -> Result<(), StoreError> {
    match atomic::remove(path) {
        Err(StoreError::NotFound { .. }) => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::{Unfinished, forget, keep, read};
    use crate::store::atomic::{Access, write_new};

    #[test]
    fn what_was_typed_comes_back_as_it_was_and_can_be_forgotten() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("home").join("new-evaluation.toml");
        assert_eq!(read(&path), Ok(None));
        let mut unfinished = Unfinished {
            at: "site".to_owned(),
            ..Unfinished::default()
        };
        unfinished
            .typed
            .insert("title".to_owned(), "«Vår» stemme = \"best\"".to_owned());
        unfinished.typed.insert("site".to_owned(), "Nord\nSør".to_owned());
        keep(&path, &unfinished).unwrap();
        keep(&path, &unfinished).unwrap();
        assert_eq!(read(&path), Ok(Some(unfinished)));
        forget(&path).unwrap();
        forget(&path).unwrap();
        assert_eq!(read(&path), Ok(None));
    }

    #[test]
    fn a_file_of_a_newer_program_or_of_nobody_is_nothing_to_go_on_with() {
        let place = tempfile::tempdir().unwrap();
        for (name, text) in [("a", "format = 2\n[typed]\ntitle = 'x'\n"), ("b", "[[[")] {
            let path = place.path().join(name);
            write_new(&path, text.as_bytes(), Access::Owner).unwrap();
            assert_eq!(read(&path), Ok(None));
        }
    }
}
