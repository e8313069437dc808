//! How far an evaluation has come, and what so many interviews can show: from how many they are, before anybody looks at
//! an answer.
//!
//! What needs attention is a list of kinds; the caller has the words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::domain::evaluation::{Evaluation, Identification};
use crate::domain::id::Slug;
use crate::domain::record::{InterviewId, Mode, RecordHead};
use crate::domain::roster::Roster;
use crate::domain::slip::Slip;
use crate::domain::survey::Survey;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::domain::workbook::left::Left;

use super::decision::{Refusal, Show, decide};
use super::forecast::{Written, groups, shares};
use super::ledger::Ledger;
use super::profile::Settings;
use super::row::shape::{Grain, Shape};

/// So many days before a day it is said that it comes.
const SOON: i64 = 14;
/// A telephone number that was confirmed longer ago than this is to be tried again.
const CONFIRMED_FOR_MONTHS: i64 = 12;

/// What so many interviews can show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// So many people.
    pub people: u32,
    /// The least and the greatest count that is written in full; nothing where none is.
    pub in_full: Option<(u32, u32)>,
    /// Where numbers are shown and none in full: the two bounds they are written with, "so many or fewer" and "so many or
    /// more".
    pub coded: Option<(u32, u32)>,
    /// In how many of all possible sets of answers a scale of five levels is printed with all five, and with two bands or
    /// finer.
    pub on_five: Option<(f64, f64)>,
}

impl Reach {
    /// Returns what so many people's answers can be printed as.
    #[must_use]
    pub fn of(people: u32, settings: &Settings) -> Self {
        let threshold = u32::from(settings.threshold(false));
        let enough = people >= u32::from(settings.row_base(false));
        let written = Written::of(people, threshold).filter(|_| enough);
        Self {
            people,
            in_full: written.and_then(Written::in_full),
            coded: written
                .filter(|written| written.in_full().is_none())
                .map(|written| (written.most, written.least)),
            on_five: enough.then(|| on_five(people, threshold)).flatten(),
        }
    }
}

/// What a row of five levels can be printed as, by people and threshold. It takes a moment to reckon, is the same for
/// every survey, and is looked at each time somebody comes back to the overview.
static ON_FIVE: Mutex<BTreeMap<(u32, u32), Option<(f64, f64)>>> = Mutex::new(BTreeMap::new());

/// Returns in which share of all sets of answers a row of five levels is printed level by level, and printed at all.
fn on_five(people: u32, threshold: u32) -> Option<(f64, f64)> {
    let key = (people, threshold);
    if let Some(known) = ON_FIVE.lock().ok().and_then(|known| known.get(&key).copied()) {
        return known;
    }
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
    let found = shares(people, threshold, &shape).map(|shares| {
        let sum = |fits: &dyn Fn(Option<Grain>) -> bool| {
            shares
                .iter()
                .filter(|(grain, _)| fits(*grain))
                .map(|(_, share)| share)
                .sum()
        };
        (
            sum(&|grain| grain == Some(Grain::Levels)),
            sum(&|grain| grain.is_some()),
        )
    });
    if let Ok(mut known) = ON_FIVE.lock() {
        known.insert(key, found);
    }
    found
}

/// Whether the sites are large enough to be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Fewest people a group needs to stand alone.
    pub least: u32,
    /// Groups that would be shown: places of the sites in each, and their people; nothing where there are not two.
    pub groups: Vec<(Vec<usize>, u32)>,
    /// People of each site: where several surveys are asked, those of the survey that has fewest there.
    pub people: Vec<u32>,
}

/// How a survey of the open round stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyStanding {
    /// The survey.
    pub survey: Slug,
    /// How many are counted: people who were interviewed one by one.
    pub people: u32,
    /// Fewest for a first state.
    pub needed: u32,
    /// How many states were shown.
    pub states: u32,
    /// People who are in no state.
    pub waiting: u32,
    /// Whether something new can be shown now.
    pub is_ready: bool,
    /// What so many can show.
    pub reach: Reach,
}

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
    /// Answers and keys go soon.
    DeletionSoon(Date),
    /// They should be gone.
    DeletionDue(Date),
}

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

/// How far an evaluation has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Counts of the open round.
    pub roster: Roster,
    /// What the interviews so far can show: of the survey that most were asked.
    pub now: Reach,
    /// What as many as are planned can show, where more are planned of one survey.
    pub planned: Option<Reach>,
    /// Whether sites can be told apart, where there are several.
    pub apart: Option<Apart>,
    /// The surveys of the open round.
    pub surveys: Vec<SurveyStanding>,
    /// What needs attention, the most pressing first.
    pub attention: Vec<Attention>,
    /// The checklist: each point, and whether it is settled.
    pub checklist: Vec<(Point, bool)>,
}

/// What the standing is told from, besides the evaluation.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// The interviews that count.
    pub heads: &'f [RecordHead],
    /// Slips.
    pub slips: &'f [Slip],
    /// Files that do not count: unreadable, damaged, newer, absent.
    pub lost: [usize; 4],
    /// Interviews that wait for somebody's word.
    pub waiting: usize,
    /// Drafts to be decided on.
    pub drafts: usize,
    /// Everything that was shown.
    pub ledger: &'f Ledger,
    /// Today.
    pub today: Date,
    /// Whether it was closed.
    pub is_closed: bool,
    /// Laptops of which something else than interviews that count has come in the open round.
    pub heard: &'f BTreeSet<Slug>,
    /// The laptop that this computer is itself, where the coordinator holds interviews.
    pub own_laptop: Option<&'f Slug>,
    /// Laptops that nobody here has accepted.
    pub strangers: &'f [Slug],
    /// Copies of the evaluation file.
    pub copies: usize,
    /// Interviews and drafts that were set aside.
    pub aside: usize,
    /// What is left to do at the workbench.
    pub left: Left,
}

impl Standing {
    /// Returns how an evaluation stands with the surveys of its open round. A survey whose limits are not accepted is left
    /// out; commands say what is wrong with it.
    #[must_use]
    pub fn of<'s>(
        evaluation: &Evaluation,
        surveys: impl IntoIterator<Item = &'s Survey>,
        facts: &Facts<'_>,
    ) -> Self {
        let mut roster = Roster::of(evaluation, facts.heads, facts.slips);
        roster.heard.clone_from(facts.heard);
        // The coordinator's own computer hands over to nobody.
        roster
            .laptops
            .retain(|(laptop, count)| *count > 0 || Some(laptop) != facts.own_laptop);
        let surveys: Vec<(&Survey, Settings)> = surveys
            .into_iter()
            .filter_map(|survey| {
                let settings = Settings::new(&evaluation.disclosure, &survey.parts().tightening).ok()?;
                Some((survey, settings))
            })
            .collect();
        let usual = || {
            let own = Settings::new(&evaluation.disclosure, &Tightening::default());
            own.unwrap_or_else(|_| Settings::usual(evaluation.disclosure.profile))
        };
        let of_round = facts.heads.iter().filter(|head| {
            let is_open = evaluation
                .open_round()
                .is_some_and(|round| round.id == head.round);
            is_open && head.mode == Mode::Individual
        });
        let people: Vec<&RecordHead> = of_round.collect();
        // A number stands in the table of one survey: what several can show together is nothing anybody sees.
        let most = surveys
            .iter()
            .max_by_key(|(survey, _)| people.iter().filter(|head| head.survey == *survey.id()).count());
        let settings = most.map_or_else(usual, |(_, settings)| settings.clone());
        let mut attention = Vec::new();
        let standings: Vec<SurveyStanding> = surveys
            .iter()
            .filter_map(|(survey, settings)| of_survey(evaluation, survey, settings, facts, &mut attention))
            .collect();
        beside(evaluation, &roster, facts, &mut attention);
        attention.sort_by_key(Attention::rank);
        let asked = standings.iter().filter(|survey| survey.people > 0).count();
        let planned = roster
            .planned
            .filter(|planned| asked < 2 && *planned > roster.people);
        let now = standings.iter().map(|survey| survey.people).max();
        Self {
            now: Reach::of(now.unwrap_or(roster.people), &settings),
            planned: planned.map(|planned| Reach::of(planned, &settings)),
            apart: apart(&roster, &people, &settings),
            surveys: standings,
            attention,
            checklist: checklist(evaluation, facts),
            roster,
        }
    }
}

impl Standing {
    /// Takes in what is left to do since somebody was at the workbench.
    pub fn note_left(&mut self, left: Left) {
        let is_of_work = |own: &Attention| {
            matches!(
                own,
                Attention::Uncoded(_) | Attention::Undecided(_) | Attention::Unread(_) | Attention::Late(_)
            )
        };
        self.attention.retain(|own| !is_of_work(own));
        self.attention.extend(of_work(left));
        self.attention.sort_by_key(Attention::rank);
    }
}

/// What waits at the workbench.
fn of_work(left: Left) -> impl Iterator<Item = Attention> {
    let counted = [
        (left.uncoded, Attention::Uncoded as fn(usize) -> Attention),
        (left.undecided, Attention::Undecided),
        (left.unread, Attention::Unread),
        (left.late, Attention::Late),
    ];
    let some = counted.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, kind)| kind(count))
}

impl Attention {
    /// What is said first.
    const fn rank(&self) -> u8 {
        match self {
            Self::DeletionDue(_) => 0,
            Self::Conflict(_) => 1,
            Self::Damaged(_) | Self::Unreadable(_) => 2,
            Self::Strangers(_) | Self::Copies(_) | Self::Aside(_) => 3,
            Self::Newer(_) | Self::Absent(_) => 4,
            Self::NotDelivered(_) => 5,
            Self::Drafts(_) | Self::Waiting(_) => 6,
            Self::CanBeShown(..) | Self::TooFew(..) => 7,
            Self::Uncoded(_) | Self::Undecided(_) | Self::Unread(_) | Self::Late(_) => 8,
            Self::KeysNotProved(_) => 9,
            Self::WithdrawalEnds(_) | Self::DeletionSoon(_) => 10,
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
            Self::DeletionSoon(_) => "deletion_soon",
            Self::DeletionDue(_) => "deletion_due",
        }
    }
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

fn of_survey(
    evaluation: &Evaluation,
    survey: &Survey,
    settings: &Settings,
    facts: &Facts<'_>,
    attention: &mut Vec<Attention>,
) -> Option<SurveyStanding> {
    let round = evaluation.open_round()?;
    let of_round = |head: &&RecordHead| head.survey == *survey.id() && head.round == round.id;
    let all = || facts.heads.iter().filter(of_round);
    let own = all().filter(|head| head.mode == Mode::Individual);
    let people: BTreeSet<InterviewId> = own.map(|head| head.interview.clone()).collect();
    let states = facts.ledger.of_round(survey.id(), &round.id, &people);
    let known: BTreeSet<&InterviewId> = states.iter().flat_map(|state| state.kept.made_of()).collect();
    let waiting = people.iter().filter(|person| !known.contains(person)).count();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let id = || survey.id().clone();
    let mut is_ready = false;
    match decide(&states, &people, settings, !states.is_empty()) {
        Show::First | Show::New(_) => {
            is_ready = true;
            attention.push(Attention::CanBeShown(id(), small(waiting)));
        }
        Show::Refused(Refusal::Conflict(_)) => attention.push(Attention::Conflict(id())),
        // Where only groups were interviewed so far, their words wait for single interviews, too.
        Show::Refused(Refusal::TooFewInterviews { needed }) if all().next().is_some() => {
            let more = u32::from(needed).saturating_sub(small(people.len()));
            attention.push(Attention::TooFew(id(), more));
        }
        Show::Refused(Refusal::TooFewNew { new, needed }) if new > 0 => {
            let more = u32::from(needed).saturating_sub(small(new));
            attention.push(Attention::TooFew(id(), more));
        }
        Show::Refused(_) | Show::Kept { .. } => {}
    }
    Some(SurveyStanding {
        survey: id(),
        people: small(people.len()),
        needed: u32::from(settings.limit(Limit::MinBase)),
        states: small(states.len()),
        waiting: small(waiting),
        is_ready,
        reach: Reach::of(small(people.len()), settings),
    })
}

/// What needs attention beside what can be shown.
fn beside(evaluation: &Evaluation, roster: &Roster, facts: &Facts<'_>, attention: &mut Vec<Attention>) {
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

fn old_contacts(evaluation: &Evaluation, today: Date) -> usize {
    let since = today.checked_sub(CONFIRMED_FOR_MONTHS.months()).ok();
    let is_old =
        |checked: Option<Date>| checked.is_none_or(|checked| since.is_some_and(|since| checked < since));
    let contacts = evaluation.contacts.iter();
    contacts.filter(|contact| is_old(contact.checked)).count()
}

fn not_proved(evaluation: &Evaluation) -> usize {
    let keys = evaluation.recipients.iter().filter(|_| !evaluation.made_up);
    keys.filter(|key| !key.proved).count()
}

fn apart(roster: &Roster, people: &[&RecordHead], settings: &Settings) -> Option<Apart> {
    if roster.sites.len() < 2 {
        return None;
    }
    let surveys: BTreeSet<&Slug> = people.iter().map(|head| &head.survey).collect();
    let fewest = |site: &Slug| {
        let of = |survey: &&Slug| {
            let own = people
                .iter()
                .filter(|head| head.survey == **survey && head.site.as_ref() == Some(site));
            u32::try_from(own.count()).unwrap_or(u32::MAX)
        };
        surveys.iter().map(of).min().unwrap_or(0)
    };
    let sizes: Vec<u32> = roster.sites.iter().map(|own| fewest(&own.site)).collect();
    let room = u32::from(settings.threshold(false)) * 2 + 1;
    Some(Apart {
        least: u32::from(settings.limit(Limit::MinGroup)).max(room),
        groups: groups(&sizes, settings).unwrap_or_default(),
        people: sizes,
    })
}

fn checklist(evaluation: &Evaluation, facts: &Facts<'_>) -> Vec<(Point, bool)> {
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

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::disclosure::made_up::settings;
    use crate::domain::evaluation::ProfileName;

    #[test]
    fn more_interviews_reach_further_and_too_few_reach_nothing() {
        let reach = |people| Reach::of(people, &settings(ProfileName::Standard));
        assert_eq!((reach(10).in_full, reach(10).on_five), (None, None));
        assert_eq!((reach(10).coded, reach(11).coded), (None, Some((5, 6))));
        assert_eq!((reach(12).in_full, reach(12).coded), (Some((6, 6)), None));
        assert_eq!(
            (reach(20).in_full, reach(29).in_full),
            (Some((6, 14)), Some((6, 23)))
        );
        let (levels, some) = reach(20).on_five.unwrap();
        assert!(0.0 < levels && levels < some && some <= 1.0, "{levels} {some}");
    }
}
