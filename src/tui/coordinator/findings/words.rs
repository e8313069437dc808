//! What standings and statuses are called and which comes next, and days as people write them.

use jiff::civil::Date;

use crate::domain::workbook::finding::{ActionStatus, Standing};
use crate::texts::coordinator::FindingsTexts;

use super::Typing;

/// Reads a day as people write it: 2027-06-30 or 30.06.2027.
pub(super) fn read_date(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

pub(super) const fn label<'w>(what: &Typing, words: &'w FindingsTexts) -> &'w String {
    match what {
        Typing::New => &words.label_new,
        Typing::Reword(_) => &words.label_reword,
        Typing::Addressee(_) => &words.label_addressee,
        Typing::Answer(_) => &words.label_answer,
        Typing::Said(_) => &words.label_said,
        Typing::Action(_) | Typing::RewordAction(_) => &words.label_action,
        Typing::Owner(_) => &words.label_owner,
        Typing::Due(_) => &words.label_due,
    }
}

pub(super) const fn next_standing(standing: Standing) -> Standing {
    match standing {
        Standing::Open => Standing::Confirmed,
        Standing::Confirmed => Standing::Nuanced,
        Standing::Nuanced => Standing::Rejected,
        Standing::Rejected => Standing::New,
        Standing::New => Standing::Open,
    }
}

pub(super) const fn standing_words(standing: Standing, words: &FindingsTexts) -> &String {
    match standing {
        Standing::Open => &words.open,
        Standing::Confirmed => &words.confirmed,
        Standing::Nuanced => &words.nuanced,
        Standing::Rejected => &words.rejected,
        Standing::New => &words.new_at_conference,
    }
}

pub(super) const fn next_status(status: ActionStatus) -> ActionStatus {
    match status {
        ActionStatus::Planned => ActionStatus::Begun,
        ActionStatus::Begun => ActionStatus::Done,
        ActionStatus::Done => ActionStatus::GivenUp,
        ActionStatus::GivenUp => ActionStatus::Planned,
    }
}

pub(super) const fn status_words(status: ActionStatus, words: &FindingsTexts) -> &String {
    match status {
        ActionStatus::Planned => &words.promised,
        ActionStatus::Begun => &words.begun,
        ActionStatus::Done => &words.is_done,
        ActionStatus::GivenUp => &words.is_dropped,
    }
}
