//! Figures over several items of a person: spread and interval of an index, and Cronbach's alpha.
//!
//! They say something of which answers belong to one person, which no row does. So they are printed only where that cannot
//! help anybody: where every count of every item of the dimension is printed exactly, everybody answered all of them, and
//! none of them is split by groups. Then nothing that the promise is about is left to be kept of these items, for every
//! count that is printed exactly is safe. Of all other items nothing follows: whatever people answered to these, the
//! answers to those are as free as before.
//!
//! Two items are too few: of two answers each, alpha would tell how many gave both. And all figures are rounded before
//! anybody sees them, so that they do not tell more of who answered what together than what they are for.

use crate::domain::survey::Item;
use crate::stats::confidence::Confidence;
use crate::stats::dimension::DimensionTally;
use crate::stats::index::MinimumAnswered;
use crate::stats::reliability::{ALPHA_FROM, reliability};

use super::super::averages::is_fixed;
use super::super::published::{Alpha, Base, PublishedDimension, PublishedItem};
use super::Door;

/// Fewest items of a dimension that has such figures.
const FEWEST_ITEMS: usize = 3;

impl Door<'_> {
    /// Returns what is printed over the items of each dimension.
    pub(super) fn dimensions(&self) -> Vec<PublishedDimension> {
        let tallies = self.tallies.dimensions().iter();
        tallies.filter_map(|tally| self.dimension(tally)).collect()
    }

    fn dimension(&self, tally: &DimensionTally) -> Option<PublishedDimension> {
        let people = self.tallies.interviews();
        if tally.items().len() < FEWEST_ITEMS || people < ALPHA_FROM || !self.prints_numbers() {
            return None;
        }
        for key in tally.items() {
            let item = self.survey.item(key)?;
            let printed = self.printed.iter().find(|printed| printed.item == *key)?;
            if !self.is_told_whole(&item, printed, people) {
                return None;
            }
        }
        let scores = tally.index().scores(MinimumAnswered::default());
        let table = scores.table(Confidence::default()).ok()?;
        let interval = table.interval.ok()?.shown();
        let alpha = reliability(tally.sums(), Confidence::default()).ok();
        let alpha = alpha.as_ref().and_then(|alpha| alpha.shown().ok());
        (table.n == u64::from(people)).then(|| PublishedDimension {
            dimension: tally.dimension().clone(),
            items: tally.items().to_vec(),
            sd: table.sd.ok().map(one_decimal),
            low: one_decimal(interval.low),
            high: one_decimal(interval.high),
            alpha: alpha.map(|alpha| Alpha {
                alpha: two_decimals(alpha.alpha),
                low: alpha.interval.ok().map(|interval| two_decimals(interval.low)),
                high: alpha.interval.ok().map(|interval| two_decimals(interval.high)),
                items: u32::try_from(alpha.items_used).unwrap_or(u32::MAX),
            }),
        })
    }

    /// Whether every count of an item is printed exactly, of everybody, with no groups beside it and no tie to others.
    fn is_told_whole(&self, item: &Item<'_>, printed: &PublishedItem, people: u32) -> bool {
        let everybody = printed.base
            == Base::Shown {
                asked: people,
                valid: people,
            };
        everybody
            && is_fixed(item, printed)
            && self.breakdowns.of(&printed.item).is_none()
            && !self.ties.checks(&printed.item)
            && !self.ties.holds_back(&printed.item)
    }
}

fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn two_decimals(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
