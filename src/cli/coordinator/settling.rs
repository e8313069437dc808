//! Settling a point of the checklist: what somebody typed is read, and written into the evaluation file.

use jiff::civil::Date;

use crate::cli::evaluation::{open, store_sentence};
use crate::cli::exit_code::ExitCode;
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::Evaluation;
use crate::domain::founding::{Unfit, day};
use crate::domain::localized::Localized;
use crate::store::folder::edit::{Settled, settle};
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::coordinator::Heard;
use crate::tui::coordinator::checklist::Settle;

use super::Session;

impl Session {
    /// Settles a point, and looks how things stand.
    pub(super) fn settle(&mut self, what: Settle, said: &CleanText) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let settled = self.settled(what, said, workplace.evaluation())?;
        let is_read = |edited: &String| definition::evaluation::read(edited.as_bytes()).value.is_some();
        let folder = workplace.folder();
        if let Err(error) = folder.edit(|text| settle(text, &settled).filter(is_read)) {
            let why = store_sentence(&error, &self.settings.texts);
            self.surroundings.output.error("not_settled", &why);
            return Err(ExitCode::Unreadable);
        }
        self.opened()
    }

    fn settled(
        &mut self,
        what: Settle,
        said: &CleanText,
        evaluation: &Evaluation,
    ) -> Result<Settled, ExitCode> {
        let today = (self.surroundings.now)().date();
        let language = self.settings.language();
        let said = said.clone();
        Ok(match what {
            Settle::Purpose => Settled::Purpose(match &evaluation.purpose {
                Some(purpose) => purpose.clone().with(language, said),
                None => Localized::new(language, said),
            }),
            Settle::Commissioner => Settled::Commissioner(said),
            Settle::Assessment => Settled::Assessment(said, today),
            Settle::Controller => Settled::Controller(said, today),
            Settle::ConsentReason => Settled::ConsentReason(said),
            Settle::Contacts => {
                let tried = self.day(&said, today)?;
                if tried > today {
                    let why = self.settings.texts.coordinator.checklist.tried_later.clone();
                    return Err(self.unfit("not_tried", &why));
                }
                Settled::Tried(tried)
            }
            Settle::Deletion => {
                let gone = self.day(&said, today)?;
                // What was promised to those who answer is not put off here.
                if let Some(promised) = evaluation.delete_by.filter(|promised| gone > *promised) {
                    let words = &self.settings.texts.coordinator.checklist;
                    let why = fill(
                        &words.deletion_later,
                        &[("date", &date(promised, self.settings.language()))],
                    );
                    return Err(self.unfit("deletion_later", &why));
                }
                let why = if gone < today {
                    Some(Unfit::DatePast)
                } else if Some(gone) < evaluation.withdraw_until {
                    Some(Unfit::DeleteBeforeWithdraw)
                } else {
                    None
                };
                if let Some(why) = why {
                    let why = self.settings.texts.unfit(&why);
                    return Err(self.unfit("bad_day", &why));
                }
                Settled::DeleteBy(gone)
            }
        })
    }

    fn day(&mut self, said: &CleanText, today: Date) -> Result<Date, ExitCode> {
        let found = day(said.as_str().trim(), today);
        found.ok_or_else(|| {
            let why = self.settings.texts.unfit(&Unfit::NotADate);
            self.unfit("not_a_date", &why)
        })
    }

    fn unfit(&mut self, id: &'static str, why: &str) -> ExitCode {
        self.surroundings.output.error(id, why);
        ExitCode::Usage
    }
}
