//! A statement asked on two scales, how important it is and how it was, as far as it follows from both printed rows.
//!
//! Everything here is a function of what is printed, so it tells no more than that. Which two answers belong to one
//! person is in no row and is never told: the mean of everybody's gap is the difference of the two means where
//! everybody answered both, and of its interval all that follows is how wide it can be at most.

use crate::domain::item::ItemKey;
use crate::domain::survey::{Item, Survey};
use crate::stats::confidence::Confidence;
use crate::stats::dimension::is_turned;
use crate::stats::gap::gap_0_100;
use crate::stats::level_counts::LevelCounts;
use crate::stats::mean::mean_0_100;

use super::averages::{Extremes, NoIndex, WIDEST};
use super::published::{Base, Cell, Published, PublishedItem};

/// The least and the most a figure can be; the same where it is exact.
pub type Bounds = (f64, f64);

/// What follows of a statement asked on two scales.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedPair {
    /// The statement on the first scale.
    pub one: ItemKey,
    /// The statement on the second scale.
    pub other: ItemKey,
    /// How many people were interviewed.
    pub people: u32,
    /// Means and gap, or why they do not follow.
    pub gap: Result<PrintedGap, NoIndex>,
}

/// Two means and the gap between them, on scales that both go from 0 to 100, the favourable end at 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrintedGap {
    /// Mean of the first answers.
    pub first: Bounds,
    /// Mean of the second answers.
    pub second: Bounds,
    /// Mean of second less first over people.
    pub gap: Bounds,
    /// Within these lies its 95 % t interval, whichever answers belong together; where the printed counts fix both means.
    pub interval: Option<Bounds>,
}

/// Returns every statement of a survey that is asked on two scales and is printed, in file order.
#[must_use]
pub fn pairs(survey: &Survey, published: &Published) -> Vec<PrintedPair> {
    let items: Vec<Item<'_>> = survey.items().collect();
    let both = items.iter().zip(items.iter().skip(1));
    both.filter_map(|(one, other)| {
        let (key, beside) = (one.key(), other.key());
        let is_pair =
            one.paired && key.question_id() == beside.question_id() && key.row_id() == beside.row_id();
        if !is_pair {
            return None;
        }
        let (first, second) = (published.item(&key)?, published.item(&beside)?);
        let people = published.interviews();
        Some(PrintedPair {
            people,
            gap: gap_of([(one, first), (other, second)], people),
            one: key,
            other: beside,
        })
    })
    .collect()
}

fn gap_of([first, second]: [(&Item<'_>, &PublishedItem); 2], people: u32) -> Result<PrintedGap, NoIndex> {
    for (_, printed) in [first, second] {
        match printed.base {
            Base::Shown { asked, valid } if asked == people && valid == people => {}
            Base::Shown { .. } => return Err(NoIndex::NotEverybody),
            Base::Hidden => return Err(NoIndex::NotPrinted),
        }
    }
    let extremes = |(item, printed): (&Item<'_>, &PublishedItem)| {
        let extremes = Extremes::of(item, printed).ok_or(NoIndex::NotPrinted)?;
        Ok((extremes, is_turned(item).unwrap_or(false)))
    };
    let (first, turned) = extremes(first)?;
    let (second, other_turned) = extremes(second)?;
    let mean = |extremes: &Extremes, turned| {
        let mean = extremes.both(turned, |counts| mean_0_100(counts).ok());
        mean.ok_or(NoIndex::NotPrinted)
    };
    let (one, other) = (mean(&first, turned)?, mean(&second, other_turned)?);
    let gap = (other.0 - one.1, other.1 - one.0);
    if gap.1 - gap.0 > 100.0 * WIDEST {
        return Err(NoIndex::NotPrinted);
    }
    let fixed = first.counts(turned).zip(second.counts(other_turned));
    Ok(PrintedGap {
        first: one,
        second: other,
        gap,
        interval: fixed.and_then(|(first, second)| widest(&first, &second)),
    })
}

/// The interval of the gap if the highest first answers belonged to those with the lowest second ones. No other way to put
/// the same answers together has gaps that differ more, and the more they differ the wider the interval is.
fn widest(first: &LevelCounts, second: &LevelCounts) -> Option<Bounds> {
    let mut people = Vec::new();
    let mut downwards: Vec<(usize, u32)> = first.counts().iter().copied().enumerate().collect();
    for (place, count) in second.counts().iter().copied().enumerate() {
        let mut left = count;
        while left > 0 {
            let (own, there) = downwards.last_mut()?;
            let together = left.min(*there);
            people.push((*own, place, together));
            left -= together;
            *there -= together;
            if *there == 0 {
                downwards.pop();
            }
        }
    }
    let levels = (first.levels(), second.levels());
    let interval = gap_0_100(people, levels, Confidence::default())
        .ok()?
        .interval
        .ok()?;
    let shown = interval.shown();
    Some((shown.low, shown.high))
}

/// Returns the least and the most people who gave one of the answers of `first` and answered the second time, but none of
/// `second`: to whom something matters, and who did not meet it. `answered` is how many answered the second time, `people`
/// how many there are in all. A function of the four numbers, whoever gave both.
#[must_use]
pub fn without(first: &Cell, second: &Cell, answered: (u32, u32), people: u32) -> (u32, u32) {
    let (once, twice) = answered;
    let (fewest, most) = first.count.bounds(once);
    let (met, met_at_most) = second.count.bounds(twice);
    let not_met = (twice.saturating_sub(met_at_most), twice.saturating_sub(met));
    let least = fewest.saturating_add(not_met.0).saturating_sub(people);
    (least, most.min(not_met.1))
}

#[cfg(test)]
mod tests;
