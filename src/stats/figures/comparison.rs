//! One item over the groups of a background: differences, effect sizes, tests, and rounds in time.

use std::fmt;

use crate::domain::category::Category;
use crate::domain::coding::{Coding, Counted, ROUND};
use crate::domain::item::ItemKey;
use crate::domain::survey::Item;
use crate::stats::adjusted::adjusted;
use crate::stats::cliffs_delta::{CliffsDelta, cliffs_delta};
use crate::stats::collect::{By, GroupTallies, Split};
use crate::stats::crosstab::{Association, Crosstab};
use crate::stats::difference::{Difference, MeanDifference, mean_difference, share_difference};
use crate::stats::kruskal_wallis::{KruskalWallis, kruskal_wallis};
use crate::stats::level_counts::LevelCounts;
use crate::stats::mann_whitney::{MannWhitney, mann_whitney};
use crate::stats::mean::Moments;
use crate::stats::p_value::PValue;
use crate::stats::run_chart::{RunChart, run_chart};
use crate::stats::share::ratio;
use crate::stats::tally::Tally;
use crate::stats::undefined::Figure;

use super::Method;
use super::item::{boxes, positions};

/// An item over the groups of a background.
pub struct ItemComparison {
    /// The item.
    pub item: ItemKey,
    /// Two groups beside each other: rounds each beside the one before; two groups of another background; of more
    /// than two, each beside all others together.
    pub pairs: Vec<PairComparison>,
    /// Tests over all groups, where they were asked for: one, or one per option where several can be chosen.
    pub tests: Vec<Test>,
    /// For rounds: per cent at the favourable levels in time, with what runs about their median say. For items on an
    /// ordered scale.
    pub run: Option<Figure<RunChart>>,
}

/// What stands beside what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versus {
    /// The first group less the second, by their places.
    Group(usize, usize),
    /// A group less all others together.
    Others(usize),
}

/// Two groups beside each other; every difference is first less second.
pub struct PairComparison {
    /// Which.
    pub versus: Versus,
    /// Difference of shares, by category, with Newcombe's interval.
    pub shares: Vec<(Category, Figure<Difference>)>,
    /// Difference of shares at the favourable levels; for items on an ordered scale, as the two below.
    pub top: Option<Figure<Difference>>,
    /// Difference of mean positions by Welch.
    pub mean: Option<Figure<MeanDifference>>,
    /// Cliff's delta.
    pub delta: Option<Figure<CliffsDelta>>,
}

/// A test over all groups.
pub struct Test {
    /// The option, where several can be chosen.
    pub category: Option<Category>,
    /// The test that fits, with its figures.
    pub of: TestOf,
    /// Its probability, adjusted over all tests of the background.
    pub adjusted: Figure<f64>,
}

/// The test that fits the item and the number of groups.
#[derive(Clone, Copy)]
pub enum TestOf {
    /// Two groups on an ordered scale.
    MannWhitney(Figure<MannWhitney>),
    /// More groups on an ordered scale.
    KruskalWallis(Figure<KruskalWallis>),
    /// Categories without order: how strongly they go with the groups, and the probability that fits the table.
    Table(Figure<Association>, Figure<PValue>),
}

impl TestOf {
    /// Returns the probability before it is adjusted.
    ///
    /// # Errors
    /// Why there is no test.
    pub fn p(&self) -> Figure<PValue> {
        match self {
            Self::MannWhitney(test) => test.map(|test| test.p),
            Self::KruskalWallis(test) => test.map(|test| test.p),
            Self::Table(_, p) => *p,
        }
    }
}

/// Returns every item over the groups of a background.
pub(super) fn comparisons(coding: &Coding<'_>, split: &Split, method: &Method) -> Vec<ItemComparison> {
    let groups: Vec<&GroupTallies> = split
        .groups()
        .iter()
        .filter(|group| group.level().is_some())
        .collect();
    let is_in_time = matches!(split.by(), By::Roster(name) if name.as_str() == ROUND);
    let mut all: Vec<ItemComparison> = coding
        .items()
        .iter()
        .enumerate()
        .map(|(number, item)| {
            let tallies = groups.iter().filter_map(|group| group.all().get(number));
            let over = Over {
                item: &item.item,
                tallies: tallies.collect(),
                method,
            };
            over.comparison(item.key.clone(), is_in_time)
        })
        .collect();
    if let Some(adjustment) = method.tests {
        let tests = all.iter_mut().flat_map(|item| &mut item.tests);
        let tests: Vec<&mut Test> = tests.collect();
        let given: Vec<Figure<PValue>> = tests.iter().map(|test| test.of.p()).collect();
        for (test, p) in tests.into_iter().zip(adjusted(&given, adjustment)) {
            test.adjusted = p;
        }
    }
    all
}

struct Over<'t> {
    item: &'t Item<'t>,
    tallies: Vec<&'t Tally>,
    method: &'t Method,
}

impl Over<'_> {
    fn comparison(&self, item: ItemKey, is_in_time: bool) -> ItemComparison {
        let groups = self.tallies.len();
        let versus: Vec<Versus> = match groups {
            0 | 1 => Vec::new(),
            _ if is_in_time => (1..groups).map(|group| Versus::Group(group, group - 1)).collect(),
            2 => vec![Versus::Group(0, 1)],
            _ => (0..groups).map(Versus::Others).collect(),
        };
        ItemComparison {
            item,
            pairs: versus.into_iter().map(|versus| self.pair(versus)).collect(),
            tests: if self.method.tests.is_some() && groups > 1 {
                self.tests()
            } else {
                Vec::new()
            },
            run: if is_in_time { self.run() } else { None },
        }
    }

    fn pair(&self, versus: Versus) -> PairComparison {
        let (first, second): (Vec<usize>, Vec<usize>) = match versus {
            Versus::Group(first, second) => (vec![first], vec![second]),
            Versus::Others(first) => {
                let others = (0..self.tallies.len()).filter(|other| *other != first);
                (vec![first], others.collect())
            }
        };
        let confidence = self.method.confidence;
        let n = |groups: &[usize]| -> u64 { self.sum(groups, |tally| u64::from(tally.valid())) };
        let categories = self.tallies.first().map_or(&[][..], |tally| tally.categories());
        let share = |(place, category): (usize, &Category)| {
            let of = |groups: &[usize]| (self.people(groups, place), n(groups));
            let difference = share_difference(of(&first), of(&second), confidence);
            (category.clone(), difference)
        };
        let has_persons = self.tallies.first().is_some_and(|tally| {
            matches!(
                tally.counted(),
                Counted::One | Counted::Several | Counted::FirstChoice
            )
        });
        let both = self.positions(&first).zip(self.positions(&second));
        let top = |(one, other): &(LevelCounts, LevelCounts)| {
            let boxes = boxes(one, self.method);
            let of = |counts: &LevelCounts| (counts.top(boxes), counts.n());
            share_difference(of(one), of(other), confidence)
        };
        let mean = |(one, other): &(LevelCounts, LevelCounts)| {
            mean_difference(&Moments::of(one)?, &Moments::of(other)?, confidence)
        };
        PairComparison {
            versus,
            shares: categories
                .iter()
                .enumerate()
                .filter(|_| has_persons)
                .map(share)
                .collect(),
            top: both.as_ref().map(top),
            mean: both.as_ref().map(mean),
            delta: both
                .as_ref()
                .map(|(one, other)| cliffs_delta(one, other, confidence)),
        }
    }

    fn sum(&self, groups: &[usize], of: impl Fn(&Tally) -> u64) -> u64 {
        let tallies = groups.iter().filter_map(|group| self.tallies.get(*group));
        tallies.map(|tally| of(tally)).sum()
    }

    fn people(&self, groups: &[usize], category: usize) -> u64 {
        self.sum(groups, |tally| {
            tally.counts().get(category).copied().map_or(0, u64::from)
        })
    }

    /// People of some groups together by position.
    fn positions(&self, groups: &[usize]) -> Option<LevelCounts> {
        let mut all: Vec<u32> = Vec::new();
        for group in groups {
            let (counts, _) = positions(self.item, self.tallies.get(*group)?)?;
            all.resize(counts.levels(), 0);
            for (sum, own) in all.iter_mut().zip(counts.counts()) {
                *sum = sum.saturating_add(*own);
            }
        }
        Some(LevelCounts::new(all))
    }

    fn tests(&self) -> Vec<Test> {
        let Some(first) = self.tallies.first() else {
            return Vec::new();
        };
        let by_position: Option<Vec<LevelCounts>> = (0..self.tallies.len())
            .map(|group| self.positions(&[group]))
            .collect();
        let unadjusted = |category: Option<Category>, of: TestOf| Test {
            category,
            adjusted: of.p().map(PValue::unadjusted),
            of,
        };
        match (first.counted(), by_position.as_deref()) {
            (_, Some([one, other])) => {
                vec![unadjusted(None, TestOf::MannWhitney(mann_whitney(one, other)))]
            }
            (_, Some(groups)) => vec![unadjusted(None, TestOf::KruskalWallis(kruskal_wallis(groups)))],
            (Counted::One | Counted::FirstChoice, None) => {
                let rows: Vec<Vec<u32>> = self.tallies.iter().map(|tally| tally.counts().to_vec()).collect();
                vec![unadjusted(None, table(&rows))]
            }
            (Counted::Several, None) => {
                let option = |(place, category): (usize, &Category)| {
                    let row = |tally: &&Tally| {
                        let chosen = tally.counts().get(place).copied().unwrap_or(0);
                        vec![chosen, tally.valid().saturating_sub(chosen)]
                    };
                    let rows: Vec<Vec<u32>> = self.tallies.iter().map(row).collect();
                    unadjusted(Some(category.clone()), table(&rows))
                };
                first.categories().iter().enumerate().map(option).collect()
            }
            (Counted::Answered | Counted::Hands, None) => Vec::new(),
        }
    }

    /// Per cent at the favourable levels, round by round.
    fn run(&self) -> Option<Figure<RunChart>> {
        let by_round: Option<Vec<LevelCounts>> = (0..self.tallies.len())
            .map(|group| self.positions(&[group]))
            .collect();
        let share = |counts: &LevelCounts| {
            let top = counts.top(boxes(counts, self.method));
            ratio(top, counts.n()).ok().map(|share| share * 100.0)
        };
        let series: Vec<Option<f64>> = by_round?.iter().map(share).collect();
        Some(run_chart(&series))
    }
}

fn table(rows: &[Vec<u32>]) -> TestOf {
    match Crosstab::new(rows) {
        Ok(table) => TestOf::Table(table.association(), table.independence()),
        Err(why) => TestOf::Table(Err(why), Err(why)),
    }
}

impl fmt::Debug for ItemComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemComparison({}, ..)", self.item)
    }
}

impl fmt::Debug for PairComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PairComparison({:?}, ..)", self.versus)
    }
}

impl fmt::Debug for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Test(..)")
    }
}

impl fmt::Debug for TestOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestOf(..)")
    }
}
