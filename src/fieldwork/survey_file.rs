//! Finding and reading a survey: by file, by the name or the number of a shipped one.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::definition;
use crate::domain::founding::{Found, Unfit};
use crate::store::folder::MAX_DEFINITION;

use super::shipped::{self, SHIPPED};

/// Returns the survey that `named` means: a file that is there, else a shipped survey by its name, else by its place
/// in the list. Names of files begin from `folder`.
///
/// # Errors
/// [`Unfit::NoSuchSurvey`], [`Unfit::SurveyMistakes`].
pub fn find(named: &str, folder: &Path) -> Result<Found, Unfit> {
    let by_place = || {
        let place = named.parse::<usize>().ok()?.checked_sub(1)?;
        SHIPPED.get(place).copied()
    };
    match at_most(&folder.join(named)) {
        Ok(bytes) => read(named, bytes),
        Err(_) => match shipped::find(named).or_else(by_place) {
            Some(shipped) => read(shipped.id, shipped.bytes()),
            None => Err(Unfit::NoSuchSurvey(named.to_owned())),
        },
    }
}

/// Reads a file as far as a survey may reach and a byte more, so that one that is too large is found to be so.
fn at_most(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_DEFINITION + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns every survey that comes with the program.
#[must_use]
pub fn all_shipped() -> Vec<Found> {
    SHIPPED
        .into_iter()
        .filter_map(|shipped| read(shipped.id, shipped.bytes()).ok())
        .collect()
}

fn read(named: &str, bytes: Vec<u8>) -> Result<Found, Unfit> {
    match definition::survey::open(&bytes).value {
        Some(survey) => Ok(Found {
            named: named.to_owned(),
            survey: Arc::new(survey),
            bytes,
        }),
        None => Err(Unfit::SurveyMistakes(named.to_owned())),
    }
}
