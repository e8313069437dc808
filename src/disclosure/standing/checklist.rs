//! The checklist: what is to be settled about an evaluation.

use jiff::civil::Date;

use crate::domain::evaluation::{Evaluation, Identification};

use super::Facts;
use super::attention::{not_proved, old_contacts};

/// A point of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// What the evaluation is for, written down.
    Purpose,
    /// Who asked for it.
    Commissioner,
    /// Whether it is quality work or research, written down.
    Assessment,
    /// Who is the data controller, written down.
    Controller,
    /// Who consents from which age, and why.
    Consent,
    /// Whether and until when people can withdraw.
    Withdrawal(Option<Date>),
    /// Numbers to call, confirmed.
    Contacts,
    /// Two keys, each proved.
    Keys,
    /// The day answers and keys go.
    Deletion(Option<Date>),
    /// It was closed: there is a record of the deletion.
    Closed,
}

impl Point {
    /// Returns the word used in data files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Commissioner => "commissioner",
            Self::Assessment => "assessment",
            Self::Controller => "controller",
            Self::Consent => "consent",
            Self::Withdrawal(_) => "withdrawal",
            Self::Contacts => "contacts",
            Self::Keys => "keys",
            Self::Deletion(_) => "deletion",
            Self::Closed => "closed",
        }
    }
}

pub(super) fn checklist(evaluation: &Evaluation, facts: &Facts<'_>) -> Vec<(Point, bool)> {
    let policy = &evaluation.consent_policy;
    let consent = policy.reason.as_ref().is_some_and(|reason| !reason.is_blank());
    let withdrawal = match evaluation.identification {
        Identification::Anonymous => (Point::Withdrawal(None), true),
        Identification::Deidentified => (
            Point::Withdrawal(evaluation.withdraw_until),
            evaluation.withdraw_until.is_some(),
        ),
    };
    let contacts = !evaluation.contacts.is_empty() && old_contacts(evaluation, facts.today) == 0;
    let keys = evaluation.recipients.len() > 1 && not_proved(evaluation) == 0;
    let mut points = vec![
        (Point::Purpose, evaluation.purpose.is_some()),
        (Point::Commissioner, evaluation.commissioner.is_some()),
        (Point::Assessment, evaluation.legal_frame.assessment.is_some()),
        (Point::Controller, evaluation.legal_frame.controller.is_some()),
        (Point::Consent, consent),
        withdrawal,
        (Point::Contacts, contacts),
        (Point::Keys, keys),
        (
            Point::Deletion(evaluation.delete_by),
            evaluation.delete_by.is_some(),
        ),
    ];
    if facts.is_closed {
        points.push((Point::Closed, true));
    }
    points
}
