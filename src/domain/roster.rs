//! The roster: how many interviews there are in a round, where, on which laptop and by which interviewer's letter.
//!
//! Planning data that whoever leads the evaluation knows anyway; looks at no answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::evaluation::{Evaluation, Laptop};
use crate::domain::id::{Id, Slug};
use crate::domain::record::{Mode, RecordHead};
use crate::domain::slip::{Asked, Slip};

/// How many interviews there are in the open round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// People who were interviewed one by one.
    pub people: u32,
    /// Groups that were interviewed.
    pub groups: u32,
    /// People in these groups.
    pub in_groups: u32,
    /// How many are planned: of the round, or else of its sites together.
    pub planned: Option<u32>,
    /// By site, in the order of the evaluation.
    pub sites: Vec<SiteCount>,
    /// By survey, in the order of the round: young people and those close to them, for example.
    pub surveys: Vec<SurveyCount>,
    /// Interviews that say no site, or one that the evaluation does not have.
    pub elsewhere: u32,
    /// By interviewer's letter; empty where the evaluation uses none.
    pub interviewers: Vec<(Id, u32)>,
    /// By laptop that may hold interviews, in the order of the evaluation.
    pub laptops: Vec<(Slug, u32)>,
    /// Laptops of which something else has come in this round: slips, drafts, interviews that wait for somebody's word.
    pub heard: BTreeSet<Slug>,
    /// How many were asked of whom there is no interview.
    pub without: Asked,
}

/// The interviews of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteCount {
    /// The site.
    pub site: Slug,
    /// Interviews, a group counting as one.
    pub held: u32,
    /// People who were interviewed one by one: these are counted in tables.
    pub people: u32,
    /// How many are planned.
    pub planned: Option<u32>,
}

/// The interviews with a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyCount {
    /// The survey.
    pub survey: Slug,
    /// Interviews, a group counting as one.
    pub held: u32,
    /// How many are wanted.
    pub planned: Option<u32>,
}

impl Roster {
    /// Returns the roster of the open round.
    #[must_use]
    pub fn of<'h>(
        evaluation: &Evaluation,
        heads: impl IntoIterator<Item = &'h RecordHead>,
        slips: &[Slip],
    ) -> Self {
        let Some(round) = evaluation.open_round() else {
            return Self::default();
        };
        let mut roster = Self {
            planned: planned(evaluation),
            sites: evaluation
                .sites
                .iter()
                .map(|site| SiteCount {
                    site: site.id.clone(),
                    held: 0,
                    people: 0,
                    planned: site.planned,
                })
                .collect(),
            surveys: round
                .surveys
                .iter()
                .map(|survey| SurveyCount {
                    survey: survey.clone(),
                    held: 0,
                    planned: round.wanted_with(survey),
                })
                .collect(),
            laptops: evaluation
                .signing
                .laptops
                .iter()
                .filter(|laptop| !laptop.revoked)
                .map(|laptop| (laptop.id.clone(), 0))
                .collect(),
            without: Asked::of(slips.iter().filter(|slip| slip.round == round.id)),
            ..Self::default()
        };
        let mut interviewers: BTreeMap<Id, u32> = BTreeMap::new();
        for head in heads.into_iter().filter(|head| head.round == round.id) {
            roster.add(head, &mut interviewers);
        }
        roster.interviewers = interviewers.into_iter().collect();
        roster
    }

    fn add(&mut self, head: &RecordHead, interviewers: &mut BTreeMap<Id, u32>) {
        let alone = match head.mode {
            Mode::Individual => {
                self.people += 1;
                1
            }
            Mode::Group { people } => {
                self.groups += 1;
                self.in_groups += u32::from(people);
                0
            }
        };
        match self
            .sites
            .iter_mut()
            .find(|own| Some(&own.site) == head.site.as_ref())
        {
            Some(own) => {
                own.held += 1;
                own.people += alone;
            }
            None => self.elsewhere += 1,
        }
        if let Some(own) = self.surveys.iter_mut().find(|own| own.survey == head.survey) {
            own.held += 1;
        }
        if let Some(letter) = &head.interviewer {
            *interviewers.entry(letter.clone()).or_default() += 1;
        }
        let laptop = self
            .laptops
            .iter_mut()
            .find(|(own, _)| Some(own) == head.laptop.as_ref());
        if let Some((_, count)) = laptop {
            *count += 1;
        }
    }

    /// Returns how many interviews there are, a group counting as one.
    #[must_use]
    pub const fn held(&self) -> u32 {
        self.people + self.groups
    }

    /// Returns the sites of which interviews are still missing, and how many.
    pub fn missing_at(&self) -> impl Iterator<Item = (&Slug, u32)> {
        self.sites.iter().filter_map(|own| {
            let more = own.planned?.saturating_sub(own.held);
            (more > 0).then_some((&own.site, more))
        })
    }

    /// Returns the surveys with which interviews are still missing, and how many.
    pub fn missing_with(&self) -> impl Iterator<Item = (&Slug, u32)> {
        self.surveys.iter().filter_map(|own| {
            let more = own.planned?.saturating_sub(own.held);
            (more > 0).then_some((&own.survey, more))
        })
    }

    /// Returns how many were asked: those who were interviewed one by one, and those of whom there is no interview.
    #[must_use]
    pub const fn asked(&self) -> u64 {
        self.without.asked.saturating_add(self.people as u64)
    }

    /// Returns the interviewers' laptops of which nothing of this round has come.
    pub fn silent(&self) -> impl Iterator<Item = &Slug> {
        self.laptops
            .iter()
            .filter(|(laptop, count)| {
                *count == 0 && !self.heard.contains(laptop) && !Laptop::is_office(laptop)
            })
            .map(|(laptop, _)| laptop)
    }
}

fn planned(evaluation: &Evaluation) -> Option<u32> {
    let of_round = evaluation.open_round().and_then(|round| round.planned);
    let wanted = || {
        let round = evaluation.open_round()?;
        // Of all of them, or it is no number of the round.
        let is_whole = !round.wanted.is_empty() && round.wanted.len() >= round.surveys.len();
        is_whole.then(|| round.wanted.iter().sum())
    };
    of_round.or_else(wanted).or_else(|| {
        let sites = evaluation.sites.iter().filter_map(|site| site.planned);
        let all: u32 = sites.sum();
        (all > 0).then_some(all)
    })
}
