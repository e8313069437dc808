//! An interview as a row of small numbers, the same for interviews from envelopes and for rows of a file.
//!
//! Every item has a place in the row for what was said or why nothing was; a question with several answers has a
//! place per option beside it, a ranking one per option for its rank. Whoever reads answers fills rows, whoever counts
//! them takes rows, and neither knows the other.

use std::ops::Range;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::{Category, categories, place_of, place_of_code};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};

/// The name of the background that says where: roster data, no question.
pub const SITE: &str = "site";
/// The name of the background that says when.
pub const ROUND: &str = "round";

/// How answers of an item are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// One category per person.
    One,
    /// Any number of categories per person; counts sum to more than the people.
    Several,
    /// The first choice of a ranking: one category per person.
    FirstChoice,
    /// Only that there is an answer.
    Answered,
    /// Hands of groups; no persons.
    Hands,
}

/// What one person's place for an item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The answer counts under the category at this place.
    Category(usize),
    /// There is an answer; the places beside it, if any, say which.
    Given,
    /// There is an answer that no category holds, wholly or in part.
    Unknown,
    /// There is none, and why.
    Missing(Missing),
    /// The item was not meant for this person: routed past, or another version of the survey.
    NotMeant,
    /// What stands there cannot be read as an answer.
    Wrong,
}

/// What a place says beside categories, in the order of its codes. The commonest first: they are counted together
/// with the categories, the others one by one.
const BESIDE: [Said; 9] = [
    Said::Missing(Missing::Skipped),
    Said::Given,
    Said::NotMeant,
    Said::Missing(Missing::DontKnow),
    Said::Missing(Missing::WontSay),
    Said::Missing(Missing::NotApplicable),
    Said::Missing(Missing::NotAsked),
    Said::Unknown,
    Said::Wrong,
];

/// An item and its places in the row.
#[derive(Clone, Debug)]
pub struct CodedItem<'s> {
    /// The item.
    pub item: Item<'s>,
    /// Its name.
    pub key: ItemKey,
    /// How it is counted.
    pub counted: Counted,
    /// What it is counted under.
    pub categories: Vec<Category>,
    place: usize,
}

/// A background that is no question: where and when, by the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// `site` or `round`.
    pub name: Id,
    /// Its levels in order.
    pub levels: Vec<String>,
}

/// A place in the row: how many codes it can hold, and how many of them are common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Codes are below this.
    pub codes: usize,
    /// Codes below this are common, and counted together with those of other places.
    pub common: usize,
}

/// How a survey's interviews become rows.
#[derive(Clone, Debug)]
pub struct Coding<'s> {
    survey: &'s Survey,
    items: Vec<CodedItem<'s>>,
    rosters: Vec<Roster>,
    places: Vec<Place>,
}

/// Takes rows: one person each.
pub trait TakesRows {
    /// Takes one row with a code for every place.
    fn take(&mut self, row: &[u16]);
}

impl<'s> Coding<'s> {
    /// Returns the coding of a survey, with these backgrounds beside its questions.
    #[must_use]
    pub fn of(survey: &'s Survey, rosters: Vec<Roster>) -> Self {
        let mut places = Vec::new();
        let mut items = Vec::new();
        for item in survey.items() {
            let categories = categories(&item);
            let counted = counted(&item, &categories);
            let coded = CodedItem {
                key: item.key(),
                item,
                counted,
                categories,
                place: places.len(),
            };
            let own = coded.own_categories();
            let is_given = matches!(counted, Counted::Several | Counted::Answered);
            places.push(Place {
                codes: own + BESIDE.len(),
                common: own + if is_given { 2 } else { 1 },
            });
            let parts = coded.parts();
            let codes = match counted {
                Counted::FirstChoice => coded.left_out_codes().end,
                _ => 2,
            };
            let part = Place { codes, common: codes };
            places.extend(std::iter::repeat_n(part, parts));
            items.push(coded);
        }
        for roster in &rosters {
            let codes = roster.levels.len() + 1;
            places.push(Place { codes, common: codes });
        }
        Self {
            survey,
            items,
            rosters,
            places,
        }
    }

    /// Returns the survey.
    #[must_use]
    pub const fn survey(&self) -> &'s Survey {
        self.survey
    }

    /// Returns the items in file order.
    #[must_use]
    pub fn items(&self) -> &[CodedItem<'s>] {
        &self.items
    }

    /// Returns the backgrounds that are no questions.
    #[must_use]
    pub fn rosters(&self) -> &[Roster] {
        &self.rosters
    }

    /// Returns the place of a roster background, by its place among them.
    #[must_use]
    pub fn roster_place(&self, roster: usize) -> usize {
        self.places.len() - self.rosters.len() + roster
    }

    /// Returns the places of a row.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Returns the row of somebody for whom no item was meant.
    #[must_use]
    pub fn empty_row(&self) -> Vec<u16> {
        let mut row = vec![0; self.places.len()];
        for item in &self.items {
            item.write_said(Said::NotMeant, &mut row);
        }
        for (number, roster) in self.rosters.iter().enumerate() {
            if let Some(place) = row.get_mut(self.roster_place(number)) {
                *place = small(roster.levels.len());
            }
        }
        row
    }

    /// Returns the code of a roster level; one past the last for a level that is not known.
    #[must_use]
    pub fn roster_code(&self, roster: usize, level: Option<&str>) -> u16 {
        let levels = self.rosters.get(roster).map_or(&[][..], |roster| &roster.levels);
        let found = level.and_then(|level| levels.iter().position(|known| known == level));
        small(found.unwrap_or(levels.len()))
    }
}

impl CodedItem<'_> {
    /// Returns the item's own place in the row.
    #[must_use]
    pub const fn place(&self) -> usize {
        self.place
    }

    /// Returns how many places stand beside its own: one per option where several can be chosen or ranked.
    #[must_use]
    pub const fn parts(&self) -> usize {
        match self.counted {
            Counted::Several | Counted::FirstChoice => self.categories.len(),
            Counted::One | Counted::Answered | Counted::Hands => 0,
        }
    }

    /// Returns the place beside its own for the option at `part`.
    #[must_use]
    pub const fn part(&self, part: usize) -> usize {
        self.place + 1 + part
    }

    /// Returns the codes an option of a ranking has for its rank, the first rank first. 0 is no answer.
    #[must_use]
    pub const fn rank_codes(&self) -> Range<usize> {
        1..self.categories.len() + 1
    }

    /// Returns the codes an option has that was left out of a ranking of one, two and so on others.
    #[must_use]
    pub const fn left_out_codes(&self) -> Range<usize> {
        let ranks = self.categories.len();
        ranks + 1..2 * ranks + 1
    }

    /// Returns how many codes of its own place are categories.
    #[must_use]
    pub const fn own_categories(&self) -> usize {
        match self.counted {
            Counted::One | Counted::FirstChoice => self.categories.len(),
            Counted::Several | Counted::Answered | Counted::Hands => 0,
        }
    }

    /// Returns the code its own place has for this.
    #[must_use]
    pub fn code(&self, said: Said) -> u16 {
        let own = self.own_categories();
        small(match said {
            Said::Category(place) if place < own => place,
            // No category where there are none, or fewer: an answer all the same.
            Said::Category(_) => own + beside(Said::Unknown),
            said => own + beside(said),
        })
    }

    /// Returns what a code of its own place says.
    #[must_use]
    pub fn said(&self, code: u16) -> Said {
        let (code, own) = (usize::from(code), self.own_categories());
        if code < own {
            return Said::Category(code);
        }
        BESIDE.get(code - own).copied().unwrap_or(Said::Unknown)
    }

    /// Writes what its own place says; nothing is chosen beside it.
    pub fn write_said(&self, said: Said, row: &mut [u16]) {
        for part in row.iter_mut().skip(self.place + 1).take(self.parts()) {
            *part = 0;
        }
        if let Some(place) = row.get_mut(self.place) {
            *place = self.code(said);
        }
    }

    /// Writes an answer, or why there is none; an item without either was not reached.
    pub fn write(&self, response: Option<&Response>, row: &mut [u16]) {
        let answer = match response {
            Some(Response::Given(answer)) => answer,
            Some(Response::Missing(kind)) => return self.write_said(Said::Missing(*kind), row),
            None => return self.write_said(Said::Missing(Missing::NotAsked), row),
        };
        let place = |code: &Id| place_of_code(code, &self.item, &self.categories);
        match (self.counted, answer) {
            (Counted::Answered, _) => self.write_said(Said::Given, row),
            (Counted::One, _) => self.write_said(self.category(answer), row),
            (Counted::FirstChoice, Answer::Ranking(codes)) => {
                self.write_said(self.category(answer), row);
                let longest = self.left_out_codes().end.saturating_sub(1);
                let left_out = (self.left_out_codes().start + codes.len()).saturating_sub(1);
                let left_out = small(left_out.min(longest));
                for part in row.iter_mut().skip(self.part(0)).take(self.parts()) {
                    *part = left_out;
                }
                // Two older codes may be one option now; the better rank counts.
                for (rank, code) in (1..).zip(codes).collect::<Vec<_>>().into_iter().rev() {
                    if let Some(part) = place(code).and_then(|option| row.get_mut(self.part(option))) {
                        *part = rank;
                    }
                }
            }
            (Counted::Several, Answer::Choices { codes, .. }) => {
                let all_known = codes.iter().all(|code| place(code).is_some());
                self.write_said(if all_known { Said::Given } else { Said::Unknown }, row);
                for option in codes.iter().filter_map(place) {
                    if let Some(part) = row.get_mut(self.part(option)) {
                        *part = 1;
                    }
                }
            }
            (Counted::FirstChoice | Counted::Several | Counted::Hands, _) => {
                self.write_said(Said::Unknown, row);
            }
        }
    }

    fn category(&self, answer: &Answer) -> Said {
        place_of(answer, &self.item, &self.categories).map_or(Said::Unknown, Said::Category)
    }
}

fn counted(item: &Item<'_>, categories: &[Category]) -> Counted {
    match &item.question.kind {
        QuestionKind::Many { .. } => Counted::Several,
        QuestionKind::Rank { .. } => Counted::FirstChoice,
        QuestionKind::Count(_) => Counted::Hands,
        QuestionKind::Text { .. } => Counted::Answered,
        QuestionKind::Number { .. } | QuestionKind::Date { .. } if categories.is_empty() => Counted::Answered,
        _ => Counted::One,
    }
}

fn beside(said: Said) -> usize {
    BESIDE
        .iter()
        .position(|other| *other == said)
        .unwrap_or(BESIDE.len() - 1)
}

/// A survey file has room for far fewer options than a code.
fn small(code: usize) -> u16 {
    u16::try_from(code).unwrap_or(u16::MAX)
}
