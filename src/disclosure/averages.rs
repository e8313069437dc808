//! Median, mean and index, as far as they follow from printed rows.
//!
//! Everything here is a function of what is printed and of the survey, so it tells no more than that. Of all sets of
//! counts that fit the printed cells of a scale, one has everybody as low as can be and one as high as can be: bands are
//! runs of levels that lie inside each other or apart, so who can move up can do so whatever the others do, and the
//! highest set has the most people above every level at once. Every median and mean lies between those of the two. Where
//! the two are the same, the printed cells fix every count, and the figures are exact.

use std::ops::Range;

use crate::domain::category::Category;
use crate::domain::coding::Coding;
use crate::domain::id::Id;
use crate::domain::number::Number;
use crate::domain::survey::scale::Scale;
use crate::domain::survey::{Item, Survey};
use crate::stats::bootstrap::bootstrap;
use crate::stats::cliffs_delta::cliffs_delta;
use crate::stats::confidence::Confidence;
use crate::stats::difference::{Difference, mean_difference};
use crate::stats::dimension::{dimension_items, is_turned};
use crate::stats::level_counts::LevelCounts;
use crate::stats::mean::{Moments, mean_0_100, mean_interval};
use crate::stats::quantile::{Definition, quartiles};

use super::published::{Answers, Base, Counted, Published, PublishedDimension, PublishedItem};

/// A mean or an index that is known only within more of its scale than this says too little to be told.
pub(super) const WIDEST: f64 = 0.2;

/// What follows from the printed row of a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Averages {
    /// What the first level counts in the mean: its number, where levels are just numbers. Otherwise they count 1, 2, 3,
    /// the favourable end most.
    pub first: i64,
    /// What the last level counts.
    pub last: i64,
    /// The answer of the person in the middle; `None` where that does not follow.
    pub median: Option<Median>,
    /// The mean; `None` where too little follows.
    pub mean: Option<Mean>,
    /// The first and the third quartile, type 7, where the printed cells fix every count; in what levels count.
    pub quartiles: Option<(f64, f64)>,
    /// The 95 % bootstrap interval of the mean (BCa), for skewed answers, where the printed cells fix every count.
    pub bootstrap: Option<(f64, f64)>,
}

/// The middle of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Median {
    /// The person in the middle, or both of two, gave this answer.
    At(Id),
    /// Of two people in the middle one gave the first answer and one the second.
    Between(Id, Id),
}

/// A mean as far as it follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mean {
    /// The printed cells fix it.
    Exact {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: Option<f64>,
        /// The 95 % t interval, kept within the scale.
        interval: Option<MeanBounds>,
    },
    /// It lies between these.
    Within {
        /// The least it can be.
        low: f64,
        /// The most it can be.
        high: f64,
    },
}

impl Mean {
    /// The same with every level counting so much more.
    fn moved(self, by: f64) -> Self {
        match self {
            Self::Exact { mean, sd, interval } => Self::Exact {
                mean: mean + by,
                sd,
                interval: interval.map(|ends| MeanBounds {
                    low: ends.low + by,
                    high: ends.high + by,
                    ..ends
                }),
            },
            Self::Within { low, high } => Self::Within {
                low: low + by,
                high: high + by,
            },
        }
    }
}

/// An interval of a mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanBounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether an end of the scale cut it off.
    pub cut: bool,
}

/// The index of a dimension, 0 to 100: the mean over people of the mean over their answers.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedIndex {
    /// The dimension.
    pub dimension: Id,
    /// How many items it has.
    pub items: usize,
    /// How many people, where it follows.
    pub people: u32,
    /// The least and the most it can be; the same where it is exact.
    pub index: Result<(f64, f64), NoIndex>,
    /// Its spread and interval, and alpha, where they are printed.
    pub beside: Option<PublishedDimension>,
}

/// Why an index does not follow from what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoIndex {
    /// Somebody left out one of the items, or was not asked: which answers belong to one person is never told.
    NotEverybody,
    /// Too few of the counts are printed.
    NotPrinted,
}

/// Returns what follows from the printed row of an item; `None` where its levels have no order or it has no row.
#[must_use]
pub fn averages(item: &Item<'_>, printed: &PublishedItem) -> Option<Averages> {
    let extremes = Extremes::of(item, printed)?;
    let (first, last) = levels_count(item)?;
    let turned = first > last;
    let shift = (first.min(last) - 1) as f64;
    Some(Averages {
        first,
        last,
        median: extremes.median(),
        mean: extremes.mean(turned).map(|mean| mean.moved(shift)),
        quartiles: extremes
            .counts(turned)
            .and_then(|counts| quartiles(&counts, Definition::default()).ok())
            .map(|quartiles| (quartiles.first + shift, quartiles.third + shift)),
        bootstrap: extremes
            .counts(turned)
            .and_then(|counts| bootstrap(&counts, Confidence::default()).ok())
            .map(|found| (found.bca.low + shift, found.bca.high + shift)),
    })
}

/// Returns what the first and the last level of an item's scale count in means and medians: their own numbers, where
/// levels are just numbers; otherwise 1, 2, 3, the favourable end most. Levels between count evenly.
#[must_use]
pub fn levels_count(item: &Item<'_>) -> Option<(i64, i64)> {
    let scale = item.scale?;
    let levels = i64::try_from(scale.levels.len()).ok()?;
    let (turned, start) = match starts_at(scale) {
        Some(own) => (false, own),
        None => (is_turned(item).unwrap_or(false), 1),
    };
    let end = start + levels - 1;
    Some(if turned { (end, start) } else { (start, end) })
}

/// The number of the first level, where every level is just a number, one more than the level before.
fn starts_at(scale: &Scale) -> Option<i64> {
    let values: Vec<Number> = scale.levels.iter().map(|level| level.value).collect();
    let first = values.first().filter(|value| scale.numeric && value.is_whole())?;
    let first = first.thousandths() / 1000;
    let one_by_one = (first..).zip(&values);
    one_by_one
        .into_iter()
        .all(|(number, value)| *value == Number::whole(number))
        .then_some(first)
}

/// What sets two groups of people apart on a scale: the second less the first, in what levels count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeansApart {
    /// Mean of the first group.
    pub before: f64,
    /// Mean of the second one.
    pub after: f64,
    /// The difference with Welch's 95 % interval.
    pub difference: Difference,
    /// Cliff's delta, with its 95 % interval where there is one.
    pub delta: (f64, Option<(f64, f64)>),
}

/// Returns what sets two rounds apart on an ordered scale of three answers or more, where the printed cells of both fix every count; so it tells
/// no more than they do.
#[must_use]
pub fn means_apart(item: &Item<'_>, before: &PublishedItem, after: &PublishedItem) -> Option<MeansApart> {
    let turned = match item.scale.and_then(starts_at) {
        Some(_) => false,
        None => is_turned(item).unwrap_or(false),
    };
    let counts = |printed| Extremes::of(item, printed)?.counts(turned);
    let (first, second) = (counts(before)?, counts(after)?);
    // Of two answers the mean is the share in other words, and that has its own rules.
    if first.levels() < 3 {
        return None;
    }
    let (one, other) = (Moments::of(&first).ok()?, Moments::of(&second).ok()?);
    let shift = (item.scale.and_then(starts_at).unwrap_or(1) - 1) as f64;
    let delta = cliffs_delta(&second, &first, Confidence::default()).ok()?;
    Some(MeansApart {
        before: one.mean() + shift,
        after: other.mean() + shift,
        difference: mean_difference(&other, &one, Confidence::default())
            .ok()?
            .difference,
        delta: (delta.delta, delta.interval.ok().map(|ends| (ends.low, ends.high))),
    })
}

/// Returns the counts of an ordered scale, the favourable end last, where the printed cells fix all of them.
pub(super) fn fixed_counts(item: &Item<'_>, printed: &PublishedItem) -> Option<LevelCounts> {
    Extremes::of(item, printed)?.counts(is_turned(item).unwrap_or(false))
}

/// Returns whether the printed cells of an item fix every count.
pub(super) fn is_fixed(item: &Item<'_>, printed: &PublishedItem) -> bool {
    Extremes::of(item, printed).is_some_and(|extremes| extremes.lowest == extremes.highest)
}

/// Returns the index of every dimension as far as it follows, in the order of the survey. Dimensions of one item are left
/// out: that item says the same.
#[must_use]
pub fn indices(survey: &Survey, published: &Published) -> Vec<PrintedIndex> {
    let coding = Coding::of(survey, Vec::new());
    let dimensions = survey.parts().dimensions.iter();
    let indices = dimensions.filter_map(|(dimension, _)| {
        let keys: Vec<_> = dimension_items(&coding, dimension)
            .into_iter()
            .map(|(coded, _)| coded.key.clone())
            .collect();
        if keys.len() < 2 {
            return None;
        }
        let items = keys
            .iter()
            .map(|key| Some((survey.item(key)?, published.item(key)?)))
            .collect::<Option<Vec<_>>>();
        let index = items.map_or(Err(NoIndex::NotPrinted), |items| {
            index_of(&items, published.interviews())
        });
        Some(PrintedIndex {
            dimension: dimension.clone(),
            items: keys.len(),
            people: published.interviews(),
            index,
            beside: published
                .dimensions()
                .iter()
                .find(|beside| beside.dimension == *dimension)
                .cloned(),
        })
    });
    indices.collect()
}

/// Where everybody answered every item the mean over people of their means is the mean of the items' means.
fn index_of(items: &[(Item<'_>, &PublishedItem)], people: u32) -> Result<(f64, f64), NoIndex> {
    let mut sum = (0.0, 0.0);
    for (_, printed) in items {
        match printed.base {
            Base::Shown { asked, valid } if asked == people && valid == people => {}
            Base::Shown { .. } => return Err(NoIndex::NotEverybody),
            Base::Hidden => return Err(NoIndex::NotPrinted),
        }
    }
    for (item, printed) in items {
        let extremes = Extremes::of(item, printed).ok_or(NoIndex::NotPrinted)?;
        let (low, high) = extremes
            .both(is_turned(item).unwrap_or(false), |counts| mean_0_100(counts).ok())
            .ok_or(NoIndex::NotPrinted)?;
        sum = (sum.0 + low, sum.1 + high);
    }
    let (low, high) = (sum.0 / items.len() as f64, sum.1 / items.len() as f64);
    if high - low <= 100.0 * WIDEST {
        Ok((low, high))
    } else {
        Err(NoIndex::NotPrinted)
    }
}

/// The lowest and the highest counts that fit a printed row.
pub(super) struct Extremes {
    levels: Vec<Id>,
    lowest: Vec<u32>,
    highest: Vec<u32>,
}

impl Extremes {
    /// Returns those of a scale; `None` where its levels have no order or it has no row.
    pub(super) fn of(item: &Item<'_>, printed: &PublishedItem) -> Option<Self> {
        let scale = item.scale.filter(|scale| scale.is_ordered())?;
        let Answers::Row {
            counted: Counted::One,
            cells,
            ..
        } = &printed.answers
        else {
            return None;
        };
        let people = printed.valid().filter(|people| *people > 0)?;
        let levels: Vec<Id> = scale.levels.iter().map(|level| level.code.clone()).collect();
        let place = |category: &Category| match category {
            Category::Code(code) => levels.iter().position(|level| level == code),
            _ => None,
        };
        let mut known = vec![(0..levels.len(), people, people)];
        known.extend((0..levels.len()).map(|level| (level..level + 1, 0, people)));
        for cell in cells {
            let mut places = cell.what.iter().map(place).collect::<Option<Vec<usize>>>()?;
            places.sort_unstable();
            let (first, last) = (*places.first()?, *places.last()?);
            if last - first + 1 != places.len() {
                return None;
            }
            let (low, high) = cell.count.bounds(people);
            known.push((first..last + 1, low, high));
        }
        let tree = Run::of(known)?;
        let fill = |up: bool| {
            let mut counts = vec![0; levels.len()];
            tree.fill(people, up, &mut counts);
            counts
        };
        let (lowest, highest) = (fill(false), fill(true));
        Some(Self {
            levels,
            lowest,
            highest,
        })
    }

    /// A figure of the lowest and of the highest counts, the lower first.
    pub(super) fn both(
        &self,
        turned: bool,
        figure: impl Fn(&LevelCounts) -> Option<f64>,
    ) -> Option<(f64, f64)> {
        let of = |counts: &Vec<u32>| {
            let counts = LevelCounts::new(counts.clone());
            figure(&if turned { counts.reversed() } else { counts })
        };
        let (one, other) = (of(&self.lowest)?, of(&self.highest)?);
        Some((one.min(other), one.max(other)))
    }

    fn median(&self) -> Option<Median> {
        let people: u32 = self.lowest.iter().sum();
        // The person in the middle, or the two.
        let (one, other) = (people.div_ceil(2), people / 2 + 1);
        let level = |rank: u32| {
            let at = |counts: &[u32]| {
                let mut seen = 0_u32;
                counts.iter().position(|count| {
                    seen += count;
                    seen >= rank
                })
            };
            let level = at(&self.lowest)?;
            let fixed = at(&self.highest) == Some(level);
            self.levels.get(level).filter(|_| fixed).cloned()
        };
        let (one, other) = (level(one)?, level(other)?);
        Some(if one == other {
            Median::At(one)
        } else {
            Median::Between(one, other)
        })
    }

    /// The counts, the favourable end last where the scale is turned; `None` where they are not fixed.
    pub(super) fn counts(&self, turned: bool) -> Option<LevelCounts> {
        let counts = (self.lowest == self.highest).then(|| LevelCounts::new(self.lowest.clone()))?;
        Some(if turned { counts.reversed() } else { counts })
    }

    fn mean(&self, turned: bool) -> Option<Mean> {
        if let Some(counts) = self.counts(turned) {
            let moments = Moments::of(&counts).ok()?;
            let interval = mean_interval(&counts, Confidence::default()).ok();
            return Some(Mean::Exact {
                mean: moments.mean(),
                sd: moments.sd().ok(),
                interval: interval.map(|interval| MeanBounds {
                    low: interval.shown().low,
                    high: interval.shown().high,
                    cut: interval.is_clipped(),
                }),
            });
        }
        let (low, high) = self.both(turned, |counts| Some(Moments::of(counts).ok()?.mean()))?;
        let steps = self.levels.len().saturating_sub(1) as f64;
        (high - low <= steps * WIDEST).then_some(Mean::Within { low, high })
    }
}

/// A run of levels with the least and the most people in it, and the runs inside it: together all of it, or none.
struct Run {
    first: usize,
    low: u32,
    high: u32,
    inside: Vec<Run>,
}

impl Run {
    /// Puts runs inside each other; `None` where they overlap, or where no counts fit.
    fn of(mut known: Vec<(Range<usize>, u32, u32)>) -> Option<Self> {
        // A longer run stands before what is inside it.
        known.sort_by_key(|(run, ..)| (run.start, std::cmp::Reverse(run.end)));
        let mut merged: Vec<(Range<usize>, u32, u32)> = Vec::new();
        for (run, low, high) in known {
            match merged.last_mut() {
                Some((last, least, most)) if *last == run => {
                    *least = low.max(*least);
                    *most = high.min(*most);
                }
                _ => merged.push((run, low, high)),
            }
        }
        let mut rest = merged.into_iter().peekable();
        let tree = Self::next(&mut rest)?;
        rest.peek().is_none().then_some(tree)
    }

    fn next(rest: &mut std::iter::Peekable<std::vec::IntoIter<(Range<usize>, u32, u32)>>) -> Option<Self> {
        let (own, mut low, mut high) = rest.next()?;
        let mut inside = Vec::new();
        while let Some((next, ..)) = rest.peek() {
            if next.start >= own.end {
                break;
            }
            if next.end > own.end {
                return None;
            }
            inside.push(Self::next(rest)?);
        }
        if !inside.is_empty() {
            let sum =
                |of: fn(&Self) -> u32| inside.iter().fold(0_u32, |sum, run| sum.saturating_add(of(run)));
            low = low.max(sum(|run| run.low));
            high = high.min(sum(|run| run.high));
        }
        (low <= high).then_some(Self {
            first: own.start,
            low,
            high,
            inside,
        })
    }

    /// Shares people among the levels, as many as may be at the upper end, or at the lower one.
    fn fill(&self, people: u32, up: bool, counts: &mut [u32]) {
        if self.inside.is_empty() {
            if let Some(count) = counts.get_mut(self.first) {
                *count = people;
            }
            return;
        }
        let least: u32 = self.inside.iter().map(|run| run.low).sum();
        let mut left = people.saturating_sub(least);
        let mut give = |run: &Self| {
            let more = left.min(run.high - run.low);
            left -= more;
            run.fill(run.low + more, up, counts);
        };
        if up {
            self.inside.iter().rev().for_each(&mut give);
        } else {
            self.inside.iter().for_each(&mut give);
        }
    }
}

#[cfg(test)]
mod tests;
