//! What of an evaluation needs the coordinator's attention.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::Gathered;
use crate::domain::roster::Roster;
use crate::domain::workbook::left::Left;

use super::Facts;

/// So many days before a day it is said that it comes.
const SOON: i64 = 14;
/// A telephone number that was confirmed longer ago than this is to be tried again.
const CONFIRMED_FOR_MONTHS: i64 = 12;

/// What needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Laptops of which nothing of this round has come.
    NotDelivered(Vec<Slug>),
    /// Files that no key here opens.
    Unreadable(usize),
    /// Files that are not what was sealed.
    Damaged(usize),
    /// Files of a newer version of the program.
    Newer(usize),
    /// Files that a sync program has not brought yet.
    Absent(usize),
    /// Interviews that count nowhere until somebody decides: the person asked for that after they had been sealed.
    Waiting(usize),
    /// Drafts to be decided on.
    Drafts(usize),
    /// The states of a survey were shown without regard to each other.
    Conflict(Slug),
    /// So many answers wait to be shown, and there are enough of them.
    CanBeShown(Slug, u32),
    /// So many wait, and so many more are needed.
    TooFew(Slug, u32),
    /// Only groups were interviewed, and there are enough of them to tell what they said.
    GroupsCanBeShown(Slug, Gathered),
    /// Only groups were interviewed, and it takes so many.
    TooFewGroups(Slug, Gathered),
    /// Telephone numbers nobody has confirmed for long.
    Contacts(usize),
    /// Laptops that stand in the evaluation file and that nobody here has accepted.
    Strangers(Vec<Slug>),
    /// Copies of the evaluation file that a sync program left.
    Copies(usize),
    /// Interviews and drafts that were set aside.
    Aside(usize),
    /// Open answers nobody has gone through.
    Uncoded(usize),
    /// Open answers in which something may show who somebody is, undecided.
    Undecided(usize),
    /// Quotes that somebody has still to read.
    Unread(usize),
    /// Actions past their day.
    Late(usize),
    /// A key that has opened no test envelope.
    KeysNotProved(usize),
    /// The last day of withdrawal is near.
    WithdrawalEnds(Date),
    /// The last day of withdrawal is over, and so many interviews can still be found by a code.
    Codes(usize),
    /// Answers and keys go soon.
    DeletionSoon(Date),
    /// They should be gone.
    DeletionDue(Date),
}

impl Attention {
    /// What is said first.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::DeletionDue(_) => 0,
            Self::Conflict(_) => 1,
            Self::Damaged(_) | Self::Unreadable(_) => 2,
            Self::Strangers(_) | Self::Copies(_) | Self::Aside(_) => 3,
            Self::Newer(_) | Self::Absent(_) => 4,
            Self::NotDelivered(_) => 5,
            Self::Drafts(_) | Self::Waiting(_) => 6,
            Self::CanBeShown(..) | Self::TooFew(..) | Self::GroupsCanBeShown(..) | Self::TooFewGroups(..) => {
                7
            }
            Self::Uncoded(_) | Self::Undecided(_) | Self::Unread(_) | Self::Late(_) => 8,
            Self::KeysNotProved(_) => 9,
            Self::WithdrawalEnds(_) | Self::Codes(_) | Self::DeletionSoon(_) => 10,
            Self::Contacts(_) => 11,
        }
    }

    /// Returns the word used in data files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotDelivered(_) => "not_delivered",
            Self::Unreadable(_) => "unreadable",
            Self::Damaged(_) => "damaged",
            Self::Newer(_) => "newer",
            Self::Absent(_) => "absent",
            Self::Waiting(_) => "waiting",
            Self::Drafts(_) => "drafts",
            Self::Conflict(_) => "conflict",
            Self::CanBeShown(..) => "can_be_shown",
            Self::TooFew(..) => "too_few",
            Self::GroupsCanBeShown(..) => "groups_can_be_shown",
            Self::TooFewGroups(..) => "too_few_groups",
            Self::Strangers(_) => "unknown_laptops",
            Self::Copies(_) => "evaluation_copies",
            Self::Aside(_) => "set_aside",
            Self::Uncoded(_) => "uncoded",
            Self::Undecided(_) => "may_name",
            Self::Unread(_) => "quotes_to_read",
            Self::Late(_) => "late_actions",
            Self::Contacts(_) => "contacts",
            Self::KeysNotProved(_) => "keys_not_proved",
            Self::WithdrawalEnds(_) => "withdrawal_ends",
            Self::Codes(_) => "codes",
            Self::DeletionSoon(_) => "deletion_soon",
            Self::DeletionDue(_) => "deletion_due",
        }
    }
}

/// What needs attention beside what can be shown.
pub(super) fn beside(
    evaluation: &Evaluation,
    roster: &Roster,
    facts: &Facts<'_>,
    attention: &mut Vec<Attention>,
) {
    let silent: Vec<Slug> = roster.silent().cloned().collect();
    if !silent.is_empty() {
        attention.push(Attention::NotDelivered(silent));
    }
    if !facts.strangers.is_empty() {
        attention.push(Attention::Strangers(facts.strangers.to_vec()));
    }
    attention.extend(of_work(facts.left));
    // Nobody's numbers are nobody's to confirm.
    let contacts = if evaluation.made_up {
        0
    } else {
        old_contacts(evaluation, facts.today)
    };
    let [unreadable, damaged, newer, absent] = facts.lost;
    let counted = [
        (unreadable, Attention::Unreadable as fn(usize) -> Attention),
        (damaged, Attention::Damaged),
        (newer, Attention::Newer),
        (absent, Attention::Absent),
        (facts.waiting, Attention::Waiting),
        (facts.drafts, Attention::Drafts),
        (facts.copies, Attention::Copies),
        (facts.aside, Attention::Aside),
        (contacts, Attention::Contacts),
        (not_proved(evaluation), Attention::KeysNotProved),
        (codes_left(evaluation, facts), Attention::Codes),
    ];
    for (count, kind) in counted.into_iter().filter(|(count, _)| *count > 0) {
        attention.push(kind(count));
    }
    let is_soon = |day: &Date| {
        day.checked_sub(SOON.days())
            .is_ok_and(|soon| (soon..*day).contains(&facts.today))
    };
    if let Some(day) = evaluation.withdraw_until.filter(is_soon) {
        attention.push(Attention::WithdrawalEnds(day));
    }
    match evaluation.delete_by.filter(|_| !facts.is_closed) {
        Some(day) if facts.today >= day => attention.push(Attention::DeletionDue(day)),
        Some(day) if is_soon(&day) => attention.push(Attention::DeletionSoon(day)),
        _ => {}
    }
}

/// How many interviews a code finds though nobody can withdraw any more.
fn codes_left(evaluation: &Evaluation, facts: &Facts<'_>) -> usize {
    let is_over = evaluation.withdraw_until.is_some_and(|until| facts.today > until);
    facts.heads.iter().filter(|head| is_over && head.has_code).count()
}

pub(super) fn old_contacts(evaluation: &Evaluation, today: Date) -> usize {
    let since = today.checked_sub(CONFIRMED_FOR_MONTHS.months()).ok();
    let is_old =
        |checked: Option<Date>| checked.is_none_or(|checked| since.is_some_and(|since| checked < since));
    let contacts = evaluation.contacts.iter();
    contacts.filter(|contact| is_old(contact.checked)).count()
}

pub(super) fn not_proved(evaluation: &Evaluation) -> usize {
    let keys = evaluation.recipients.iter().filter(|_| !evaluation.made_up);
    keys.filter(|key| !key.proved).count()
}

/// What waits at the workbench.
pub(super) fn of_work(left: Left) -> impl Iterator<Item = Attention> {
    let counted = [
        (left.uncoded, Attention::Uncoded as fn(usize) -> Attention),
        (left.undecided, Attention::Undecided),
        (left.unread, Attention::Unread),
        (left.late, Attention::Late),
    ];
    let some = counted.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, kind)| kind(count))
}
