//! Where a new evaluation is made and on which day, and what can be found there.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::id::Slug;
use crate::domain::survey::Survey;

use super::typed::slug_of;
use super::unfit::Unfit;

/// A survey with the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it was asked for with: a shipped survey's name, or a file.
    pub named: String,
    /// The survey.
    pub survey: Arc<Survey>,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// A name with a title, as `nord=Poliklinikk Nord` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub id: Slug,
    /// What people see.
    pub title: String,
}

/// A site, and how many interviews are planned there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSite {
    /// The site.
    pub site: Named,
    /// How many are planned; nothing where that was not said.
    pub planned: Option<u32>,
}

impl PlannedSite {
    /// Returns it as it can be typed: `Poliklinikk Nord: 12`.
    #[must_use]
    pub fn written(&self) -> String {
        let site = self.site.written();
        self.planned
            .map_or_else(|| site.clone(), |planned| format!("{site}: {planned}"))
    }
}

/// What reading an answer needs to know of the place and the day.
pub struct Here<'a> {
    /// Today.
    pub today: Date,
    /// What the round of this half year is called, "Høsten 2026".
    pub round: &'a str,
    /// The folder that names of folders begin from.
    pub folder: &'a Path,
    /// Finds a survey: by the number or the name of a shipped one, or by its file.
    pub find: &'a dyn Fn(&str) -> Result<Found, Unfit>,
    /// Whether a new evaluation can be made in a folder: it is empty or not there.
    pub is_free: &'a dyn Fn(&Path) -> bool,
}

impl Named {
    /// Returns it as it can be typed: the title alone where the name follows from it.
    #[must_use]
    pub fn written(&self) -> String {
        if slug_of(&self.title) == self.id {
            self.title.clone()
        } else {
            format!("{}={}", self.id, self.title)
        }
    }
}

impl Here<'_> {
    /// Returns the round that most would call it: `2026h`, "Høsten 2026".
    #[must_use]
    pub fn usual_round(&self) -> Named {
        let mark = if self.today.month() < 7 { 'v' } else { 'h' };
        let id = format!("{}{mark}", self.today.year());
        Named {
            id: Slug::new(&id).unwrap_or_else(|_| slug_of(self.round)),
            title: self.round.to_owned(),
        }
    }
}
