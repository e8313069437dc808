//! Who was meant to be asked, and what the survey's own checks forbid: its conditions, put to rows.
//!
//! A condition over answers that are single words depends on a few codes of the row; what it comes to is worked out
//! once for each combination that occurs.

use std::collections::BTreeMap;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::Category;
use crate::domain::coding::{Coding, Counted, Said};
use crate::domain::expression::{Expression, Facts};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::survey::question::Level;

use super::columns::LookedAt;

/// Most combinations that are remembered for one condition.
const REMEMBERED: usize = 1 << 14;

/// What a condition decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decides {
    /// Whether an item was meant for this person.
    Meant(usize),
    /// Whether the answers of a question can stand; from the first item, so many.
    Stands(usize, usize),
}

/// A condition in the order of the survey.
#[derive(Debug)]
pub(super) struct Step<'s> {
    pub(super) decides: Decides,
    conditions: Vec<&'s Expression>,
    /// Places the conditions depend on, each with its number of codes; `None` where they depend on more.
    depends_on: Option<Vec<(usize, usize)>>,
}

/// The conditions of a survey.
#[derive(Debug)]
pub(super) struct Routing<'s> {
    pub(super) steps: Vec<Step<'s>>,
    items: BTreeMap<ItemKey, usize>,
    /// Per item, the response of each of its codes, where a code says it all.
    responses: Vec<Option<Vec<Response>>>,
    /// Per item, whether a condition looks at it.
    looked_at: Vec<bool>,
    /// Per item, whether no column holds it.
    absent: Vec<bool>,
}

/// What is known of a row beside its codes.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Per item, what was read, where a code does not say it all.
    pub(super) responses: Vec<Option<Response>>,
    /// Backgrounds that are no questions.
    pub(super) backgrounds: BTreeMap<Id, String>,
}

/// What conditions came to so far.
#[derive(Debug)]
pub(super) struct Remembered {
    /// Per step and combination: 0 for not worked out, else one more than no, yes and unknown.
    results: Vec<Vec<u8>>,
}

impl<'s> Routing<'s> {
    pub(super) fn of(coding: &Coding<'s>) -> Self {
        let items: BTreeMap<ItemKey, usize> = (0..)
            .zip(coding.items())
            .map(|(number, item)| (item.key.clone(), number))
            .collect();
        let mut routing = Self {
            steps: Vec::new(),
            responses: coding
                .items()
                .iter()
                .map(|item| (item.counted == Counted::One).then(|| responses(item)).flatten())
                .collect(),
            looked_at: vec![false; items.len()],
            absent: vec![false; items.len()],
            items,
        };
        let mut first = 0;
        for section in coding.survey().sections() {
            for question in &section.questions {
                let own = coding.survey().items_of(question);
                for (number, item) in (first..).zip(&own) {
                    let row = item.row.and_then(|row| row.show_if.as_ref());
                    let conditions = [section.show_if.as_ref(), question.show_if.as_ref(), row];
                    let conditions = conditions.into_iter().flatten().collect();
                    routing.add(Decides::Meant(number), conditions, coding);
                }
                let stops = question.checks.iter().filter(|check| check.level == Level::Stop);
                for check in stops {
                    routing.add(Decides::Stands(first, own.len()), vec![&check.that], coding);
                }
                first += own.len();
            }
        }
        routing
    }

    fn add(&mut self, decides: Decides, conditions: Vec<&'s Expression>, coding: &Coding<'s>) {
        if conditions.is_empty() {
            return;
        }
        let looked_at = look(&conditions);
        let mut depends_on = Some(Vec::new());
        if !looked_at.backgrounds.is_empty() {
            depends_on = None;
        }
        let mut combinations = 1_usize;
        for key in &looked_at.items {
            let Some(number) = self.items.get(key).copied() else {
                continue;
            };
            if let Some(looked) = self.looked_at.get_mut(number) {
                *looked = true;
            }
            let item = coding.items().get(number);
            let codes = item.and_then(|item| {
                let by_code = self.responses.get(number).is_some_and(Option::is_some);
                by_code.then_some((item.place(), coding.places().get(item.place())?.codes))
            });
            combinations = combinations.saturating_mul(codes.map_or(1, |(_, codes)| codes));
            depends_on = depends_on.zip(codes).map(|(mut all, codes)| {
                all.push(codes);
                all
            });
        }
        self.steps.push(Step {
            decides,
            conditions,
            depends_on: depends_on.filter(|_| combinations <= REMEMBERED),
        });
    }

    /// Returns everything the conditions look at.
    pub(super) fn looked_at(&self) -> LookedAt {
        let all: Vec<&Expression> = self
            .steps
            .iter()
            .flat_map(|step| step.conditions.iter().copied())
            .collect();
        look(&all)
    }

    /// Says which items no column holds: what conditions on them come to is unknown.
    pub(super) fn without(&mut self, absent: &[ItemKey]) {
        for number in absent.iter().filter_map(|item| self.items.get(item)) {
            if let Some(absent) = self.absent.get_mut(*number) {
                *absent = true;
            }
        }
    }

    /// Returns what an item's conditions look at and the file does not hold, given the backgrounds it does.
    pub(super) fn missed_by(&self, item: usize, held: &[Id]) -> Vec<String> {
        let own = |step: &&Step<'_>| step.decides == Decides::Meant(item);
        let conditions = self.steps.iter().filter(own).flat_map(|step| &step.conditions);
        let looked_at = look(&conditions.copied().collect::<Vec<_>>());
        let is_absent = |item: &&ItemKey| {
            let number = self.items.get(*item);
            number.is_some_and(|number| self.absent.get(*number).copied().unwrap_or(false))
        };
        let items = looked_at.items.iter().filter(is_absent).map(ToString::to_string);
        let backgrounds = looked_at.backgrounds.iter().filter(|name| !held.contains(*name));
        items.chain(backgrounds.map(ToString::to_string)).collect()
    }

    /// Returns whether a condition looks at an item in a way its code does not answer.
    pub(super) fn needs_response(&self, item: usize) -> bool {
        self.looked_at.get(item).copied().unwrap_or(false)
            && self.responses.get(item).is_some_and(Option::is_none)
    }

    /// Returns room for what conditions come to.
    pub(super) fn remembered(&self) -> Remembered {
        let size = |step: &Step<'_>| {
            let depends_on = step.depends_on.as_ref();
            depends_on.map_or(0, |places| places.iter().map(|(_, codes)| codes).product())
        };
        Remembered {
            results: self.steps.iter().map(|step| vec![0; size(step)]).collect(),
        }
    }

    /// Returns whether all conditions of a step hold for a row; `None` when that is unknown.
    pub(super) fn truth(
        &self,
        number: usize,
        row: &[u16],
        beside: &Beside,
        coding: &Coding<'_>,
        remembered: &mut Remembered,
    ) -> Option<bool> {
        let step = self.steps.get(number)?;
        let facts = RowFacts {
            routing: self,
            row,
            beside,
            coding,
        };
        // By Kleene: one that is false decides.
        let all = || {
            let mut all_known = true;
            for condition in &step.conditions {
                match condition.truth(&facts) {
                    Some(false) => return Some(false),
                    Some(true) => {}
                    None => all_known = false,
                }
            }
            all_known.then_some(true)
        };
        let Some(places) = &step.depends_on else {
            return all();
        };
        let combination = places.iter().fold(0, |combination, (place, codes)| {
            let code = row.get(*place).map_or(0, |code| usize::from(*code));
            combination * codes + code
        });
        let results = remembered.results.get_mut(number);
        let Some(result) = results.and_then(|results| results.get_mut(combination)) else {
            return all();
        };
        if *result == 0 {
            *result = match all() {
                Some(false) => 1,
                Some(true) => 2,
                None => 3,
            };
        }
        match *result {
            1 => Some(false),
            2 => Some(true),
            _ => None,
        }
    }
}

fn look(conditions: &[&Expression]) -> LookedAt {
    let mut looked_at = LookedAt::default();
    for condition in conditions {
        condition.each_item(&mut |item| {
            if !looked_at.items.contains(item) {
                looked_at.items.push(item.clone());
            }
        });
        condition.each_background(&mut |name| {
            if !looked_at.backgrounds.contains(name) {
                looked_at.backgrounds.push(name.clone());
            }
        });
    }
    looked_at
}

/// The response of each code of an item with one option each; `None` where categories are bands.
fn responses(item: &crate::domain::coding::CodedItem<'_>) -> Option<Vec<Response>> {
    let all = item.categories.iter().map(|category| match category {
        Category::Code(code) => Some(Response::Given(Answer::choice(code.clone()))),
        _ => None,
    });
    all.collect()
}

struct RowFacts<'a, 's> {
    routing: &'a Routing<'s>,
    row: &'a [u16],
    beside: &'a Beside,
    coding: &'a Coding<'s>,
}

impl Facts for RowFacts<'_, '_> {
    fn response(&self, item: &ItemKey) -> Option<&Response> {
        let number = *self.routing.items.get(item)?;
        let coded = self.coding.items().get(number)?;
        if self.routing.absent.get(number).copied().unwrap_or(false) {
            return None;
        }
        match coded.said(*self.row.get(coded.place())?) {
            Said::Missing(kind) => Some(none(kind)),
            Said::NotMeant => Some(none(Missing::NotAsked)),
            Said::Wrong => None,
            Said::Category(category) if self.routing.responses.get(number)?.is_some() => {
                self.routing.responses.get(number)?.as_ref()?.get(category)
            }
            Said::Category(_) | Said::Given | Said::Unknown => self.beside.responses.get(number)?.as_ref(),
        }
    }

    fn consent(&self, _: &Id) -> Option<bool> {
        None
    }

    fn background(&self, name: &Id) -> Option<&str> {
        self.beside.backgrounds.get(name).map(String::as_str)
    }

    fn score(&self, item: &ItemKey) -> Option<Number> {
        let Answer::Choice { code, .. } = self.response(item)?.answer()? else {
            return None;
        };
        let coded = self.coding.items().get(*self.routing.items.get(item)?)?;
        coded.item.scale?.level(code).map(|level| level.value)
    }

    fn is_unknown(&self, item: &ItemKey) -> bool {
        let Some(number) = self.routing.items.get(item).copied() else {
            return false;
        };
        let coded = self.coding.items().get(number);
        let code = coded.and_then(|coded| self.row.get(coded.place()));
        let is_wrong = coded
            .zip(code)
            .is_some_and(|(coded, code)| coded.said(*code) == Said::Wrong);
        is_wrong || self.routing.absent.get(number).copied().unwrap_or(false)
    }
}

const fn none(kind: Missing) -> &'static Response {
    match kind {
        Missing::NotAsked => &Response::Missing(Missing::NotAsked),
        Missing::Skipped => &Response::Missing(Missing::Skipped),
        Missing::DontKnow => &Response::Missing(Missing::DontKnow),
        Missing::WontSay => &Response::Missing(Missing::WontSay),
        Missing::NotApplicable => &Response::Missing(Missing::NotApplicable),
    }
}
