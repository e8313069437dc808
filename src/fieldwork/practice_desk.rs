//! A desk without an evaluation: surveys to practise with, and nothing that is kept.

use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::evaluation::{Contact, Site};
use crate::domain::interview::Interview;
use crate::domain::localized::Localized;
use crate::domain::survey::Survey;

use super::desk::{CannotStart, Desk, DraftEntry, NewInterview, Recovery};
use super::round_surveys::{RoundSurveys, SurveyBytes};
use super::session::{KeepsNothing, Session};
use super::shipped::SHIPPED;
use super::workplace::practice_opening;

/// Surveys to practise with.
#[derive(Debug)]
pub struct PracticeDesk {
    surveys: RoundSurveys,
}

impl PracticeDesk {
    /// Returns a desk with one survey.
    #[must_use]
    pub fn new(survey: Arc<Survey>) -> Self {
        Self {
            surveys: RoundSurveys::read_already(vec![survey]),
        }
    }

    /// Returns a desk with the survey for practice that comes with the program.
    #[must_use]
    pub fn shipped() -> Self {
        let first = SHIPPED.iter().take(1).map(|shipped| SurveyBytes {
            path: shipped.id.into(),
            bytes: shipped.bytes(),
        });
        Self {
            surveys: RoundSurveys::unread(first.collect()),
        }
    }

    /// Returns a desk on which nothing lies yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            surveys: RoundSurveys::read_already(Vec::new()),
        }
    }
}

impl Desk for PracticeDesk {
    fn title(&self) -> Option<&Localized> {
        None
    }

    fn made_up(&self) -> bool {
        true
    }

    fn surveys(&self) -> &RoundSurveys {
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
