//! Where the program's own folder and its settings are.

use std::path::PathBuf;

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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Places;

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
