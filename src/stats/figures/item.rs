//! The figures of one item.

use std::fmt;

use crate::domain::category::Category;
use crate::domain::coding::Counted;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::stats::bootstrap::{Bootstrap, bootstrap};
use crate::stats::census::Known;
use crate::stats::dimension::is_turned;
use crate::stats::level_counts::LevelCounts;
use crate::stats::mean::{MeanInterval, Moments, mean_0_100, mean_interval, skewness};
use crate::stats::percent::Percent;
use crate::stats::quantile::{Quartiles, quartiles};
use crate::stats::ranking::{Standing, standings};
use crate::stats::share::{Share, bottom_box, clopper_pearson, ratio, top_box, wilson};
use crate::stats::tally::{Hands, Tally};
use crate::stats::undefined::Figure;

use super::Method;

/// The figures of one item over some people.
pub struct ItemFigures {
    /// The item.
    pub item: ItemKey,
    /// How it is counted.
    pub counted: Counted,
    /// People it was meant for.
    pub asked: u32,
    /// People who answered: n.
    pub valid: u32,
    /// People who did not, by why, in the order of [`Missing::ALL`].
    pub missing: [(Missing, u32); Missing::ALL.len()],
    /// Answers that could not be read; in `asked` only.
    pub wrong: u32,
    /// Answers no category holds; in `valid`.
    pub unknown: u32,
    /// Whether versions of the survey asked it in different ways.
    pub versions_differ: bool,
    /// Each category, in the order of the survey; for numbers and dates the declared bands.
    pub categories: Vec<CategoryFigures>,
    /// For items on an ordered scale.
    pub ordinal: Option<OrdinalFigures>,
    /// For rankings, by option; undefined where nobody answered.
    pub ranking: Option<Figure<Vec<Standing>>>,
    /// For hands of groups.
    pub hands: Option<HandsFigures>,
}

/// The figures of one category.
pub struct CategoryFigures {
    /// The category.
    pub category: Category,
    /// People.
    pub count: u32,
    /// Of those who answered, as it may be printed.
    pub percent: Figure<Percent>,
    /// Of those asked, as it may be printed.
    pub percent_of_asked: Figure<Percent>,
    /// Of those who answered, with Wilson's interval.
    pub share: Figure<Share>,
    /// The same with the exact interval of Clopper and Pearson, where asked for.
    pub exact: Option<Figure<Share>>,
    /// The same as if drawn at random from the users, where their number is known.
    pub of_users: Option<Figure<Known<Share>>>,
}

/// The figures of an item on an ordered scale, by positions 1 to k of which k is the favourable end.
pub struct OrdinalFigures {
    /// Whether the scale was turned round for that.
    pub is_turned: bool,
    /// People by position.
    pub counts: LevelCounts,
    /// Mean position.
    pub mean: Figure<f64>,
    /// Standard deviation.
    pub sd: Figure<f64>,
    /// t interval of the mean, kept within the scale.
    pub interval: Figure<MeanInterval>,
    /// Bootstrap intervals of the mean, where asked for.
    pub bootstrap: Option<Figure<Bootstrap>>,
    /// The mean as if drawn at random from the users, where their number is known.
    pub of_users: Option<Figure<Known<MeanInterval>>>,
    /// Median and quartiles.
    pub quartiles: Figure<Quartiles>,
    /// How far the answers lean to one end.
    pub skewness: Figure<f64>,
    /// The mean as a number from 0 to 100.
    pub mean_0_100: Figure<f64>,
    /// How many levels count as top, and as bottom.
    pub boxes: usize,
    /// People at the favourable levels, with Wilson's interval.
    pub top: Figure<Share>,
    /// People at the levels of the other end.
    pub bottom: Figure<Share>,
}

/// Hands of groups: a base of people, but no persons.
pub struct HandsFigures {
    /// Groups.
    pub groups: u32,
    /// People in them.
    pub people: u32,
    /// Hands by category.
    pub hands: Vec<u32>,
    /// Hands by people. No interval: people in one room do not answer by themselves.
    pub shares: Vec<Figure<f64>>,
}

impl ItemFigures {
    /// Returns the figures of a tally.
    #[must_use]
    pub fn of(item: &Item<'_>, tally: &Tally, method: &Method) -> Self {
        let counted = tally.counted();
        let has_categories = matches!(counted, Counted::One | Counted::Several | Counted::FirstChoice);
        let categories = tally.categories().iter().zip(tally.counts());
        Self {
            item: tally.item().clone(),
            counted,
            asked: tally.asked(),
            valid: tally.valid(),
            missing: Missing::ALL.map(|kind| (kind, tally.missing(kind))),
            wrong: tally.wrong(),
            unknown: tally.unknown(),
            versions_differ: tally.versions_differ(),
            categories: categories
                .filter(|_| has_categories)
                .map(|(category, count)| CategoryFigures::of(category, *count, tally, method))
                .collect(),
            ordinal: OrdinalFigures::of(item, tally, method),
            ranking: (counted == Counted::FirstChoice).then(|| standings(tally)),
            hands: (counted == Counted::Hands).then(|| HandsFigures::of(tally.hands())),
        }
    }
}

impl CategoryFigures {
    fn of(category: &Category, count: u32, tally: &Tally, method: &Method) -> Self {
        let (people, n, asked) = (
            u64::from(count),
            u64::from(tally.valid()),
            u64::from(tally.asked()),
        );
        Self {
            category: category.clone(),
            count,
            percent: Percent::of(people, n),
            percent_of_asked: Percent::of(people, asked),
            share: wilson(people, n, method.confidence),
            exact: method
                .exact_shares
                .then(|| clopper_pearson(people, n, method.confidence)),
            of_users: method
                .users
                .map(|users| users.share(people, n, method.confidence)),
        }
    }
}

/// Returns the people of an item by position, k the favourable end, and whether the scale was turned round for it;
/// `None` where the categories have no order.
pub(super) fn positions(item: &Item<'_>, tally: &Tally) -> Option<(LevelCounts, bool)> {
    item.scale
        .filter(|scale| scale.is_ordered() && tally.counted() == Counted::One)?;
    // Without a favourable end the order is that of the scale.
    let turned = is_turned(item).unwrap_or(false);
    let counts = LevelCounts::new(tally.counts().to_vec());
    Some((if turned { counts.reversed() } else { counts }, turned))
}

impl OrdinalFigures {
    fn of(item: &Item<'_>, tally: &Tally, method: &Method) -> Option<Self> {
        let (counts, is_turned) = positions(item, tally)?;
        let (confidence, boxes) = (method.confidence, boxes(&counts, method));
        let moments = Moments::of(&counts);
        Some(Self {
            is_turned,
            mean: moments.map(|moments| moments.mean()),
            sd: moments.and_then(|moments| moments.sd()),
            interval: mean_interval(&counts, confidence),
            bootstrap: method.bootstrap.then(|| bootstrap(&counts, confidence)),
            of_users: method.users.map(|users| users.mean(&counts, confidence)),
            quartiles: quartiles(&counts, method.quartiles),
            skewness: skewness(&counts),
            mean_0_100: mean_0_100(&counts),
            boxes,
            top: top_box(&counts, boxes, confidence),
            bottom: bottom_box(&counts, boxes, confidence),
            counts,
        })
    }
}

/// How many levels of a scale count as its top: never all of them.
pub(super) fn boxes(counts: &LevelCounts, method: &Method) -> usize {
    method.boxes.min(counts.levels().saturating_sub(1))
}

impl HandsFigures {
    fn of(hands: &Hands) -> Self {
        let share = |raised: &u32| ratio(u64::from(*raised), u64::from(hands.people));
        Self {
            groups: hands.groups,
            people: hands.people,
            hands: hands.counts.clone(),
            shares: hands.counts.iter().map(share).collect(),
        }
    }
}

impl fmt::Debug for ItemFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemFigures({}, ..)", self.item)
    }
}

impl fmt::Debug for CategoryFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CategoryFigures({:?}, ..)", self.category)
    }
}

impl fmt::Debug for OrdinalFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrdinalFigures(..)")
    }
}

impl fmt::Debug for HandsFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandsFigures(..)")
    }
}
