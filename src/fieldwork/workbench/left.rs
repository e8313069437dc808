//! What is left to do with open answers and actions: for the overview, which opens no workbench, and for whoever comes back from
//! one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::id::Slug;
use crate::domain::limits::Settings as Limits;
use crate::domain::record::{InterviewRecord, TakesInterviews};
use crate::domain::survey::report_plan::Limit;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::left::Left;
use crate::fieldwork::workplace::{CannotUnlock, Workplace};
use crate::store::keys::Identities;

use super::answers::{Gathering, OpenQuestion};
use super::view::undecided_in;
use super::{ReadWorkbook, Workbench, limits_of};

/// Takes the open answers of interviews as they are opened, to count what is left to do with them.
pub struct OpenWork(Gathering);

impl OpenWork {
    /// Returns none yet of an evaluation's answers.
    #[must_use]
    pub fn of(workplace: &Workplace) -> Self {
        Self(Gathering::of(workplace))
    }

    /// Returns what is left to do on a day, with the answers that were taken.
    ///
    /// # Errors
    /// [`CannotUnlock::Store`] where the workbook cannot be read.
    pub fn left(
        self,
        workplace: &Workplace,
        identities: &Identities,
        today: Date,
    ) -> Result<Left, CannotUnlock> {
        let read = ReadWorkbook::read(workplace, identities)?;
        Ok(left(
            &read.book,
            &self.0.questions(),
            &limits_of(workplace),
            today,
        ))
    }
}

impl TakesInterviews for OpenWork {
    fn take(&mut self, record: &InterviewRecord) {
        self.0.take(record);
    }

    fn forget(&mut self) {
        self.0.forget();
    }
}

impl Workbench {
    /// Returns what is left to do on a day.
    #[must_use]
    pub fn left(&self, today: Date) -> Left {
        left(&self.book, &self.questions, &self.limits, today)
    }
}

fn left(book: &Workbook, questions: &[OpenQuestion], limits: &BTreeMap<Slug, Limits>, today: Date) -> Left {
    let mut left = Left {
        late: book.actions().filter(|(_, action)| action.is_late(today)).count(),
        ..Left::default()
    };
    for answer in questions.iter().flat_map(OpenQuestion::answers) {
        left.uncoded += usize::from(!book.is_seen(&answer.answer));
        left.undecided += usize::from(undecided_in(book, answer).next().is_some());
    }
    for (_, quote) in book.quotes() {
        let asked = questions
            .iter()
            .find(|asked| asked.answer(&quote.answer).is_some());
        let needed = asked.and_then(|asked| limits.get(&asked.survey));
        let Some(needed) = needed.map(|limits| usize::from(limits.limit(Limit::QuoteReviewers))) else {
            continue;
        };
        let is_fit = quote.reviews.values().all(|fit| *fit);
        left.unread += usize::from(is_fit && quote.reviews.len() < needed);
    }
    left
}
