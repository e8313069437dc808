//! The surveys of a round, read when somebody first looks into one.
//!
//! The start screen only says whether there are any, and reading a survey takes longer than the rest of the way to
//! the first frame. That the bytes are those that were put into use is known before: their fingerprint was compared.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::definition;
use crate::definition::problem::Problem;
use crate::domain::survey::Survey;

/// Surveys, read or still to be read. Copies share what was read.
#[derive(Clone, Debug)]
pub struct RoundSurveys {
    within: Arc<Within>,
}

#[derive(Debug)]
struct Within {
    count: usize,
    files: Vec<SurveyBytes>,
    read: OnceLock<Result<Vec<Arc<Survey>>, Mistaken>>,
}

/// A survey file that nobody has read yet.
#[derive(Clone, Debug)]
pub struct SurveyBytes {
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A survey that cannot be used.
#[derive(Clone, Debug)]
pub struct Mistaken {
    /// The file.
    pub file: SurveyBytes,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl RoundSurveys {
    /// Returns surveys that will be read when they are wanted.
    #[must_use]
    pub fn unread(files: Vec<SurveyBytes>) -> Self {
        Self {
            within: Arc::new(Within {
                count: files.len(),
                files,
                read: OnceLock::new(),
            }),
        }
    }

    /// Returns surveys that are read already.
    #[must_use]
    pub fn read_already(surveys: Vec<Arc<Survey>>) -> Self {
        Self {
            within: Arc::new(Within {
                count: surveys.len(),
                files: Vec::new(),
                read: OnceLock::from(Ok(surveys)),
            }),
        }
    }

    /// Returns how many there are, without reading them.
    #[must_use]
    pub fn count(&self) -> usize {
        self.within.count
    }

    /// Returns the surveys.
    ///
    /// # Errors
    /// The first that cannot be used: made for another version of the program, as its bytes were used before.
    pub fn read(&self) -> Result<&[Arc<Survey>], &Mistaken> {
        let read = self
            .within
            .read
            .get_or_init(|| self.within.files.iter().map(SurveyBytes::read).collect());
        read.as_ref().map(Vec::as_slice)
    }

    /// Returns the surveys; none where one cannot be used.
    #[must_use]
    pub fn as_read(&self) -> &[Arc<Survey>] {
        self.read().unwrap_or(&[])
    }
}

impl SurveyBytes {
    /// Returns the survey.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Arc<Survey>, Mistaken> {
        let outcome = definition::survey::open(&self.bytes);
        outcome.value.map(Arc::new).ok_or_else(|| Mistaken {
            file: self.clone(),
            problems: outcome.problems,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{RoundSurveys, SurveyBytes};
    use crate::fieldwork::shipped::SHIPPED;

    fn file(name: &str, bytes: &[u8]) -> SurveyBytes {
        SurveyBytes {
            path: name.into(),
            bytes: bytes.to_vec(),
        }
    }

    #[test]
    fn surveys_are_counted_before_they_are_read() {
        let surveys = RoundSurveys::unread(SHIPPED.iter().map(|s| file(s.id, &s.bytes())).collect());
        assert_eq!(surveys.count(), SHIPPED.len());
        assert!(surveys.within.read.get().is_none());
        let read: Vec<&str> = surveys.as_read().iter().map(|s| s.id().as_str()).collect();
        assert_eq!(read, SHIPPED.map(|shipped| shipped.id));
        assert!(surveys.clone().within.read.get().is_some());
    }

    #[test]
    fn one_that_cannot_be_used_is_named_and_none_is_given() {
        let surveys = RoundSurveys::unread(vec![file("a", &SHIPPED[0].bytes()), file("b", b"format = 99")]);
        assert_eq!(surveys.read().unwrap_err().file.path.to_str(), Some("b"));
        assert!(surveys.as_read().is_empty());
    }
}
