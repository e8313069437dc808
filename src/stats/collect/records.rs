//! Interviews, one by one.

use std::fmt;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::place_of_code;
use crate::domain::coding::{CodedItem, Coding, ROUND, Roster, SITE, Said};
use crate::domain::id::Slug;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::survey::Survey;
use crate::domain::survey::versions::asks_alike;
use crate::stats::count::Counter;
use crate::stats::dimension::DimensionCounter;
use crate::stats::respondent::Respondent;

use super::{By, Tallies, dimension_counter, plan};

/// Interviews as they are counted, one by one; none is kept. A clone of one that counted nothing yet begins anew.
///
/// `Debug` shows no counts of answers.
#[derive(Clone)]
pub struct Counting<'s> {
    coding: Coding<'s>,
    by: Vec<By>,
    /// All versions, the current one first, and whether a record of it was counted.
    versions: Vec<(&'s Survey, bool)>,
    counter: Counter,
    dimensions: DimensionCounter,
    row: Vec<u16>,
    hands: Vec<HandCount>,
    groups: u32,
    left_out: u32,
}

/// Hands of groups for one item.
#[derive(Clone, Default)]
struct HandCount {
    groups: u32,
    people: u32,
    counts: Vec<u32>,
    unknown: u32,
}

impl fmt::Debug for Counting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counting(..)")
    }
}

impl<'s> Counting<'s> {
    /// Begins to count by the items of this coding's survey, and by these backgrounds. Records of `earlier` versions count
    /// where they have the item.
    #[must_use]
    pub fn begin(coding: Coding<'s>, earlier: &[&'s Survey], by: &[By]) -> Self {
        let current: &'s Survey = coding.survey();
        let versions = std::iter::once(current).chain(earlier.iter().copied());
        let hands = coding.items().iter().map(|item| HandCount {
            counts: vec![0; item.categories.len()],
            ..HandCount::default()
        });
        Self {
            versions: versions.map(|version| (version, false)).collect(),
            counter: Counter::new(plan(&coding, by)),
            dimensions: dimension_counter(&coding, by),
            row: coding.empty_row(),
            hands: hands.collect(),
            groups: 0,
            left_out: 0,
            by: by.to_vec(),
            coding,
        }
    }

    /// Counts one.
    pub fn add(&mut self, record: &InterviewRecord) {
        let known = self.versions.iter_mut().find(|(version, _)| {
            *version.id() == record.survey.id && version.parts().fingerprint == record.survey.sha256
        });
        let Some((version, is_used)) = known else {
            self.left_out += 1;
            return;
        };
        *is_used = true;
        let respondent = Respondent {
            survey: version,
            record,
        };
        if let Mode::Group { people } = record.mode {
            self.groups += 1;
            for (item, hands) in self.coding.items().iter().zip(&mut self.hands) {
                if version.item(&item.key).is_some() {
                    hands.add(item, record.answers.get(&item.key), people);
                }
            }
            return;
        }
        for item in self.coding.items() {
            let asked = version.item(&item.key);
            if asked.is_some_and(|asked| respondent.was_meant(&asked)) {
                item.write(record.answers.get(&item.key), &mut self.row);
            } else {
                item.write_said(Said::NotMeant, &mut self.row);
            }
        }
        for (number, roster) in self.coding.rosters().iter().enumerate() {
            let level = roster_level(roster, record);
            if let Some(place) = self.row.get_mut(self.coding.roster_place(number)) {
                *place = self.coding.roster_code(number, level);
            }
        }
        self.counter.take(&self.row);
        self.dimensions.take(&self.row);
    }

    /// Returns what was counted.
    #[must_use]
    pub fn finish(self) -> Tallies {
        let counted = Tallies::counted(&self.coding, &self.by, &self.counter.finish());
        let mut tallies = counted.with_dimensions(self.dimensions);
        tallies.groups = self.groups;
        tallies.left_out = self.left_out;
        for (tally, hands) in tallies.tallies.iter_mut().zip(self.hands) {
            tally.hands.groups = hands.groups;
            tally.hands.people = hands.people;
            tally.hands.counts = hands.counts;
            tally.unknown = tally.unknown.saturating_add(hands.unknown);
        }
        // Without any record of the current version there is still nothing to compare it with.
        let survey = self.coding.survey();
        let used = self.versions.iter().skip(1).filter(|(_, is_used)| *is_used);
        for (version, _) in used {
            for (number, item) in self.coding.items().iter().enumerate() {
                let differs = version
                    .item(&item.key)
                    .is_some_and(|same_item| !asks_alike(survey, &item.item, version, &same_item));
                let groups = tallies.splits.iter_mut().flat_map(|split| &mut split.groups);
                let all = std::iter::once(&mut tallies.tallies).chain(groups.map(|group| &mut group.tallies));
                for tally in all.filter_map(|all| all.get_mut(number)) {
                    tally.versions_differ |= differs;
                }
            }
        }
        tallies
    }
}

impl HandCount {
    fn add(&mut self, item: &CodedItem<'_>, response: Option<&Response>, people: u16) {
        let Some(Answer::Hands(hands)) = response.and_then(Response::answer) else {
            return;
        };
        self.groups = self.groups.saturating_add(1);
        self.people = self.people.saturating_add(u32::from(people));
        for (code, raised) in hands {
            let place = place_of_code(code, &item.item, &item.categories);
            match place.and_then(|place| self.counts.get_mut(place)) {
                Some(count) => *count = count.saturating_add(*raised),
                None => self.unknown = self.unknown.saturating_add(1),
            }
        }
    }
}

fn roster_level<'r>(roster: &Roster, record: &'r InterviewRecord) -> Option<&'r str> {
    match roster.name.as_str() {
        SITE => record.site.as_ref().map(Slug::as_str),
        ROUND => Some(record.round.as_str()),
        _ => None,
    }
}
