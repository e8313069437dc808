//! Where the program's own folder and its settings are.

use std::path::{Path, PathBuf};

/// The folder beside the program that makes it portable: on a memory stick, on a borrowed laptop.
pub const PORTABLE: &str = "stemme-data";

/// Where things lie on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Keys and unfinished interviews.
    pub home: PathBuf,
    /// `config.toml`.
    pub config: PathBuf,
}

impl Places {
    /// Returns both in one folder.
    #[must_use]
    pub fn together(folder: PathBuf) -> Self {
        Self {
            config: folder.clone(),
            home: folder,
        }
    }

    /// Decides: `chosen` is what `STEMME_HOME` says, `beside` the portable folder if it is there, `system` where
    /// the system keeps such things. The first of them holds.
    #[must_use]
    pub fn decide(chosen: Option<PathBuf>, beside: Option<PathBuf>, system: Option<Self>) -> Self {
        chosen
            .filter(|chosen| !chosen.as_os_str().is_empty())
            .or(beside)
            .map(Self::together)
            .or(system)
            .unwrap_or_else(|| Self::together(PathBuf::from(PORTABLE)))
    }
}

/// What the folder of documents may be called, the first one where none is there.
const DOCUMENTS: [&str; 2] = ["Documents", "Dokumenter"];

/// Returns the folder where people look for what they have written. `named` is what stands in the desktop's
/// `user-dirs.dirs`, `cloud` a folder that is kept in a cloud and may hold it.
#[must_use]
pub fn documents(
    home: Option<PathBuf>,
    cloud: Option<PathBuf>,
    named: Option<&str>,
    is_folder: &dyn Fn(&Path) -> bool,
) -> PathBuf {
    let home = home.unwrap_or_else(|| PathBuf::from("."));
    let said = named.and_then(|text| {
        let line = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("XDG_DOCUMENTS_DIR="))?;
        let path = line.trim().trim_matches('"');
        Some(match path.strip_prefix("$HOME") {
            Some(rest) => home.join(rest.trim_start_matches('/')),
            None => PathBuf::from(path),
        })
    });
    let usual = cloud
        .iter()
        .chain([&home])
        .flat_map(|folder| DOCUMENTS.map(|name| folder.join(name)));
    let [first, _] = DOCUMENTS;
    said.into_iter()
        .chain(usual)
        .find(|path| is_folder(path))
        .unwrap_or_else(|| home.join(first))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Places, documents};

    #[test]
    fn documents_are_where_the_desktop_says_else_where_people_have_them() {
        let home = || Some(PathBuf::from("/home/ada"));
        let of = |named: Option<&str>, cloud: Option<&str>, there: &[&str]| {
            let is_there = |path: &Path| there.iter().any(|own| path == Path::new(own));
            documents(home(), cloud.map(PathBuf::from), named, &is_there)
        };
        let said = "# of the desktop\nXDG_DOCUMENTS_DIR=\"$HOME/Skriv\"\n";
        assert_eq!(
            of(Some(said), None, &["/home/ada/Skriv"]),
            PathBuf::from("/home/ada/Skriv")
        );
        assert_eq!(
            of(Some(said), None, &["/home/ada/Dokumenter"]),
            PathBuf::from("/home/ada/Dokumenter")
        );
        assert_eq!(
            of(None, Some("/cloud"), &["/cloud/Documents", "/home/ada/Documents"]),
            PathBuf::from("/cloud/Documents")
        );
        assert_eq!(of(None, None, &[]), PathBuf::from("/home/ada/Documents"));
    }

    #[test]
    fn the_chosen_folder_goes_before_the_portable_one_and_that_before_the_systems() {
        let system = || {
            Some(Places {
                home: "/data".into(),
                config: "/config".into(),
            })
        };
        let path = |path: &str| Some(PathBuf::from(path));
        let decided = Places::decide(path("/chosen"), path("/stick"), system());
        assert_eq!(decided, Places::together("/chosen".into()));
        assert_eq!(
            Places::decide(path(""), path("/stick"), system()),
            Places::together("/stick".into())
        );
        assert_eq!(
            Places::decide(None, None, system()).config,
            PathBuf::from("/config")
        );
        assert_eq!(
            Places::decide(None, None, None).home,
            PathBuf::from("stemme-data")
        );
    }
}
