//! One case of a condition: what it asks of each item.

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::expression::scope::{AnswerKind, Codes, Scope, number};
use crate::domain::expression::Comparison;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::number::Number;

/// Everything that must be so at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    items: BTreeMap<ItemKey, Asked>,
    consent: BTreeMap<Id, bool>,
    background: BTreeMap<Id, Asked>,
    impossible: bool,
}

/// What is asked of one item.
#[derive(Clone, Debug, Default)]
struct Asked {
    answered: Option<bool>,
    /// One of these.
    among: Option<BTreeSet<String>>,
    /// None of these.
    none_of: BTreeSet<String>,
    /// All of these, where several can be chosen.
    holds: BTreeSet<String>,
    lacks: BTreeSet<String>,
    numbers: Vec<(Comparison, Number)>,
    /// The same of what the level chosen counts for.
    scores: Vec<(Comparison, Number)>,
}

impl Case {
    pub(super) fn answer(mut self, item: &ItemKey, answered: bool) -> Self {
        self.items.entry(item.clone()).or_default().answered = Some(answered);
        self
    }

    pub(super) fn consent(mut self, point: &Id, agreed: bool) -> Self {
        self.consent.insert(point.clone(), agreed);
        self
    }

    /// One of the words, or none of them.
    pub(super) fn among(mut self, item: &ItemKey, words: Vec<String>, wanted: bool) -> Self {
        let asked = self.items.entry(item.clone()).or_default();
        asked.answered = Some(true);
        asked.words(words, wanted);
        self
    }

    /// The code chosen among others, or not.
    pub(super) fn holds(mut self, item: &ItemKey, code: &str, wanted: bool) -> Self {
        let asked = self.items.entry(item.clone()).or_default();
        asked.answered = Some(true);
        let set = if wanted {
            &mut asked.holds
        } else {
            &mut asked.lacks
        };
        set.insert(code.to_owned());
        self
    }

    pub(super) fn number(mut self, item: &ItemKey, how: Comparison, number: Number) -> Self {
        let asked = self.items.entry(item.clone()).or_default();
        asked.answered = Some(true);
        asked.numbers.push((how, number));
        self
    }

    /// What the level chosen counts for.
    pub(super) fn score(mut self, item: &ItemKey, how: Comparison, number: Number) -> Self {
        let asked = self.items.entry(item.clone()).or_default();
        asked.answered = Some(true);
        asked.scores.push((how, number));
        self
    }

    pub(super) fn background(mut self, name: &Id, word: &str, how: Comparison) -> Self {
        let asked = self.background.entry(name.clone()).or_default();
        match how {
            Comparison::Equal => asked.words(vec![word.to_owned()], true),
            Comparison::NotEqual => asked.words(vec![word.to_owned()], false),
            _ => {}
        }
        self
    }

    /// Returns how much is asked.
    pub(super) fn size(&self) -> usize {
        1 + self.items.len() + self.background.len() + self.consent.len()
    }

    /// Returns about how much looking it takes to tell whether it is possible.
    pub(super) fn work(&self, scope: &Scope) -> usize {
        let codes = |item: &ItemKey| {
            let known = scope.get(item.question_id().as_str());
            known
                .and_then(|known| known.answer.codes(item))
                .map_or(1, |codes| codes.entries().len())
        };
        self.size() + self.items.keys().map(codes).sum::<usize>()
    }

    /// Returns the items that must be answered.
    pub(super) fn answered(&self) -> impl Iterator<Item = &ItemKey> {
        self.items
            .iter()
            .filter(|(_, asked)| asked.answered == Some(true))
            .map(|(item, _)| item)
    }

    /// Returns what both cases ask together.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.impossible |= other.impossible;
        for (item, asked) in &other.items {
            let merged = all.items.entry(item.clone()).or_default().and(asked);
            all.impossible |= !merged;
        }
        for (name, asked) in &other.background {
            let merged = all.background.entry(name.clone()).or_default().and(asked);
            all.impossible |= !merged;
        }
        for (point, agreed) in &other.consent {
            let earlier = all.consent.insert(point.clone(), *agreed);
            all.impossible |= earlier.is_some_and(|earlier| earlier != *agreed);
        }
        all
    }

    /// Returns whether answers exist that fit.
    pub(super) fn possible(&self, scope: &Scope) -> bool {
        let items = self.items.iter().all(|(item, asked)| {
            if asked.answered == Some(false) {
                return true;
            }
            let Some(known) = scope.get(item.question_id().as_str()) else {
                return true;
            };
            match (&known.answer, known.answer.codes(item)) {
                (AnswerKind::Choices(codes) | AnswerKind::Ranking(codes), _) => asked.fits_several(codes),
                (_, Some(codes)) => asked.fits_one(codes),
                (AnswerKind::Number { min, max }, _) => asked.fits_number(*min, *max),
                _ => asked.fits_words(),
            }
        });
        items && !self.impossible && self.background.values().all(Asked::fits_words)
    }
}

impl Asked {
    fn words(&mut self, words: Vec<String>, wanted: bool) {
        if wanted {
            let words: BTreeSet<String> = words.into_iter().collect();
            self.among = Some(match self.among.take() {
                Some(earlier) => earlier.intersection(&words).cloned().collect(),
                None => words,
            });
        } else {
            self.none_of.extend(words);
        }
    }

    /// Adds what `other` asks; false when they disagree on whether there is an answer.
    fn and(&mut self, other: &Self) -> bool {
        let agree = match (self.answered, other.answered) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        self.answered = self.answered.or(other.answered);
        if let Some(among) = &other.among {
            self.words(among.iter().cloned().collect(), true);
        }
        self.none_of.extend(other.none_of.iter().cloned());
        self.holds.extend(other.holds.iter().cloned());
        self.lacks.extend(other.lacks.iter().cloned());
        self.numbers.extend(other.numbers.iter().copied());
        self.scores.extend(other.scores.iter().copied());
        agree
    }

    fn allows(&self, word: &str) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(word)) && !self.none_of.contains(word)
    }

    fn fits_words(&self) -> bool {
        self.among
            .as_ref()
            .is_none_or(|among| among.iter().any(|word| !self.none_of.contains(word)))
    }

    fn fits_one(&self, codes: &Codes) -> bool {
        codes.entries().iter().filter(|entry| entry.offered).any(|entry| {
            let code = entry.code.as_str();
            let has = self.holds.iter().all(|wanted| wanted == code) && !self.lacks.contains(code);
            let counts = self
                .numbers
                .iter()
                .all(|(how, wanted)| number(&entry.code).is_none_or(|number| holds(*how, number, *wanted)));
            let scored = self
                .scores
                .iter()
                .all(|(how, wanted)| entry.value.is_none_or(|value| holds(*how, value, *wanted)));
            self.allows(code) && has && counts && scored
        })
    }

    fn fits_several(&self, codes: &Codes) -> bool {
        let offered = |code: &String| codes.entry(code).is_some_and(|entry| entry.offered);
        let alone = |code: &String| codes.entry(code).is_some_and(|entry| entry.exclusive);
        self.holds.is_disjoint(&self.lacks)
            && self.holds.iter().all(offered)
            && (self.holds.len() < 2 || !self.holds.iter().any(alone))
    }

    /// The numbers that matter are the limits themselves and points beside and between them.
    fn fits_number(&self, min: Option<Number>, max: Option<Number>) -> bool {
        let mut limits = self.numbers.clone();
        limits.extend(min.map(|min| (Comparison::GreaterOrEqual, min)));
        limits.extend(max.map(|max| (Comparison::LessOrEqual, max)));
        if limits.is_empty() {
            return true;
        }
        let near =
            |number: Number, step: i64| Number::from_thousandths(number.thousandths().saturating_add(step));
        limits
            .iter()
            .flat_map(|(_, number)| [near(*number, -1), *number, near(*number, 1)])
            .any(|candidate| limits.iter().all(|(how, limit)| holds(*how, candidate, *limit)))
    }
}

fn holds(how: Comparison, number: Number, limit: Number) -> bool {
    match how {
        Comparison::Equal => number == limit,
        Comparison::NotEqual => number != limit,
        Comparison::Less => number < limit,
        Comparison::LessOrEqual => number <= limit,
        Comparison::Greater => number > limit,
        Comparison::GreaterOrEqual => number >= limit,
    }
}
