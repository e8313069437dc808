//! How far an evaluation has come, and what so many interviews can show: from how many they are, before anybody looks at
//! an answer.
//!
//! What needs attention is a list of kinds; the caller has the words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::evaluation::Evaluation;
use crate::domain::id::Slug;
use crate::domain::record::{Gathered, InterviewId, Mode, RecordHead};
use crate::domain::roster::Roster;
use crate::domain::slip::Slip;
use crate::domain::survey::Survey;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::domain::workbook::left::Left;

use super::decision::{Refusal, Show, decide};
use super::forecast::groups;
use super::hands::fewest;
use super::ledger::{Ledger, left_out};
use super::profile::Settings;

pub use attention::Attention;
pub use checklist::Point;
pub use reach::Reach;

use attention::{beside, of_work};
use checklist::checklist;

mod attention;
mod checklist;
mod reach;

/// Whether the sites are large enough to be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Fewest people a group needs to stand alone.
    pub least: u32,
    /// Groups that would be shown: places of the sites in each, and their people; nothing where there are not two.
    pub groups: Vec<(Vec<usize>, u32)>,
    /// The survey that most were asked, where anybody was.
    pub survey: Option<Slug>,
    /// People of each site who were asked it.
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
    /// States that are marked as wrong: how many interviews, and what was wrong. They are shown nowhere any more.
    pub wrong: Vec<(u32, String)>,
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
        let planned = roster.planned.filter(|planned| {
            asked < 2 && *planned > roster.people && (roster.people > 0 || roster.groups == 0)
        });
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
    let gathered = Gathered::of(all());
    match decide(&states, (&people, gathered), settings, !states.is_empty()) {
        Show::First | Show::New(_) => {
            is_ready = true;
            attention.push(Attention::CanBeShown(id(), small(waiting)));
        }
        Show::Groups => {
            is_ready = true;
            attention.push(Attention::GroupsCanBeShown(id(), gathered));
        }
        Show::Refused(Refusal::Conflict(_)) => attention.push(Attention::Conflict(id())),
        Show::Refused(Refusal::TooFewInterviews { .. }) if people.is_empty() && gathered.groups > 0 => {
            attention.push(Attention::TooFewGroups(id(), fewest(settings)));
        }
        Show::Refused(Refusal::TooFewInterviews { needed }) if !people.is_empty() => {
            let more = u32::from(needed).saturating_sub(small(people.len()));
            attention.push(Attention::TooFew(id(), more));
        }
        Show::Refused(Refusal::TooFewNew { new, needed }) if new > 0 => {
            let more = u32::from(needed).saturating_sub(small(new));
            attention.push(Attention::TooFew(id(), more));
        }
        Show::Refused(_) | Show::Kept { .. } => {}
    }
    // Who is shown in another state is not left out.
    let wrong = left_out(&states).into_iter().filter(|(people, _)| *people > 0);
    let wrong = wrong.map(|(people, wrong)| (small(people), wrong.why.to_string()));
    Some(SurveyStanding {
        survey: id(),
        people: small(people.len()),
        needed: u32::from(settings.limit(Limit::MinBase)),
        states: small(states.len()),
        waiting: small(waiting),
        is_ready,
        reach: Reach::of(small(people.len()), settings),
        wrong: wrong.collect(),
    })
}

fn apart(roster: &Roster, people: &[&RecordHead], settings: &Settings) -> Option<Apart> {
    if roster.sites.len() < 2 {
        return None;
    }
    let mut surveys: BTreeMap<&Slug, usize> = BTreeMap::new();
    for head in people {
        *surveys.entry(&head.survey).or_default() += 1;
    }
    let most = surveys.into_iter().max_by_key(|(_, count)| *count);
    let at = |site: &Slug| {
        let own = people.iter().filter(|head| {
            most.is_some_and(|(survey, _)| head.survey == *survey) && head.site.as_ref() == Some(site)
        });
        u32::try_from(own.count()).unwrap_or(u32::MAX)
    };
    let sizes: Vec<u32> = roster.sites.iter().map(|own| at(&own.site)).collect();
    let room = u32::from(settings.threshold(false)) * 2 + 1;
    Some(Apart {
        least: u32::from(settings.limit(Limit::MinGroup)).max(room),
        groups: groups(&sizes, settings).unwrap_or_default(),
        survey: most.map(|(survey, _)| survey.clone()),
        people: sizes,
    })
}
