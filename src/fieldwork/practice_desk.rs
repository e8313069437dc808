//! A desk without an evaluation: surveys to practise with, and nothing that is kept.

use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{Contact, Site};
use crate::domain::interview::Interview;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::survey::Survey;

use super::desk::{CannotStart, Desk, DraftEntry, NewInterview, Recovery};
use super::session::{KeepsNothing, Session};
use super::workplace::practice_opening;

/// Surveys to practise with.
#[derive(Debug)]
pub struct PracticeDesk {
    title: Localized,
    surveys: Vec<Arc<Survey>>,
}

impl PracticeDesk {
    /// Returns a desk with one survey, which gives it its title.
    #[must_use]
    pub fn new(survey: Arc<Survey>) -> Self {
        Self {
            title: survey.parts().title.clone(),
            surveys: vec![survey],
        }
    }
}

impl PracticeDesk {
    /// Returns a desk on which nothing lies yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            title: Localized::new(Language::Bokmal, CleanText::line("")),
            surveys: Vec::new(),
        }
    }
}

impl Desk for PracticeDesk {
    fn title(&self) -> &Localized {
        &self.title
    }

    fn made_up(&self) -> bool {
        true
    }

    fn surveys(&self) -> &[Arc<Survey>] {
        &self.surveys
    }

    fn sites(&self) -> &[Site] {
        &[]
    }

    fn contacts(&self) -> &[Contact] {
        &[]
    }

    fn withdraw_until(&self) -> Option<Date> {
        None
    }

    fn drafts(&self) -> Vec<DraftEntry> {
        Vec::new()
    }

    fn sealed(&self) -> usize {
        0
    }

    fn cannot_begin(&self) -> Option<CannotStart> {
        Some(CannotStart::NoEvaluation)
    }

    /// There are no keys, so nothing can be kept.
    fn begin(&mut self, _: &NewInterview) -> Result<Session, CannotStart> {
        Err(CannotStart::NoEvaluation)
    }

    fn resume(&mut self, _: &DraftEntry, _: Option<&str>) -> Result<(Session, Recovery), CannotStart> {
        Err(CannotStart::SurveyGone)
    }

    fn practice(&mut self, wanted: &NewInterview) -> Session {
        let interview = Interview::begin(Arc::clone(&wanted.survey), practice_opening(wanted));
        Session::begin(interview, Box::new(KeepsNothing))
    }
}
