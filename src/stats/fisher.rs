//! Fisher's exact test: 2 x 2, and Freeman and Halton's form for larger tables.
//!
//! A larger table is dealt column by column. What is left of the rows is a node; ways that reach the same node with
//! the same probability so far go on together, and those whose end is decided by the most and the least probable way
//! on are settled at once. Source: C. R. Mehta and N. R. Patel, JASA 78 (1983).

use std::collections::BTreeMap;

use super::crosstab::Crosstab;
use super::dealer::Dealer;
use super::distributions::LnFactorials;
use super::p_value::{How, PValue};
use super::undefined::{Figure, Undefined};

/// Tables count as "as unlikely" up to this relative difference, as in R.
const ALIKE: f64 = 1e-7;
/// Logarithms are kept as whole numbers of at most this unit, so that equal products meet whatever their order.
const UNIT: f64 = 17_592_186_044_416.0;
/// The largest sum of logarithms in units: half of what fits.
const LARGEST: f64 = 4_611_686_018_427_387_904.0;
/// The most work before tables are drawn instead, in cells dealt and ways followed: a few seconds.
const MOST_STEPS: u64 = 60_000_000;
/// What a dealt column costs beside its cells: it is put in order and looked up.
const COLUMN_STEPS: u64 = 4;
/// The most nodes and ways kept at once: some hundred megabytes.
const MOST_KEPT: usize = 2_000_000;
/// Tables drawn: so many, or fewer of very many people, so that drawing ends soon too.
const DRAWS: u32 = 100_000;
const FEWEST_DRAWS: u32 = 1_000;
const MOST_DRAWING_STEPS: u64 = 300_000_000;
/// Any fixed number would do; it is part of the definition of the figure.
const SEED: u64 = 19_350_701;

/// Returns Fisher's two-sided probability: the sum over all tables with these margins that are no more probable than
/// this one. Counted exactly; beyond a few seconds' work by 100,000 tables drawn with a fixed generator, fewer where so many
/// people answered that drawing takes long too, (as unlikely + 1)/(drawn + 1).
///
/// As R `fisher.test`. Sources: R. A. Fisher, JRSS 98 (1935); G. H. Freeman and J. H. Halton, Biometrika 38 (1951).
///
/// # Errors
/// Only when numbers leave their range.
pub fn fisher(table: &Crosstab) -> Figure<PValue> {
    let rows: Vec<&[u32]> = table.rows().collect();
    if let [[a, b], [c, d]] = rows.as_slice() {
        return two_by_two([*a, *b, *c, *d]);
    }
    // Nodes are what is left of the rows: the fewer rows, the fewer nodes.
    let turned;
    let table = if rows.len() > table.column_sums().len() {
        turned = table.transposed();
        &turned
    } else {
        table
    };
    match Network::new(table, MOST_STEPS)?.exact() {
        Some(p) => PValue::new(p, How::Exact),
        None => drawn(table, MOST_DRAWING_STEPS),
    }
}

fn two_by_two([a, b, c, d]: [u32; 4]) -> Figure<PValue> {
    let [a, b, c, d] = [a, b, c, d].map(u64::from);
    let (row, column, n) = (a + b, a + c, a + b + c + d);
    let (least, most) = ((row + column).saturating_sub(n), row.min(column));
    // Weights relative to the observed table, by the ratio of neighbours, which loses no digits.
    let ratio = |x: u64| {
        let up = (row - x) as f64 * (column - x) as f64;
        up / ((x + 1) as f64 * (n + x + 1 - row - column) as f64)
    };
    let (mut all, mut unlikely) = (1.0, 1.0);
    let mut add = |weight: f64| {
        all += weight;
        if weight <= 1.0 + ALIKE {
            unlikely += weight;
        }
    };
    let mut weight = 1.0;
    for x in a..most {
        weight *= ratio(x);
        add(weight);
    }
    weight = 1.0;
    for x in (least..a).rev() {
        weight /= ratio(x);
        add(weight);
    }
    if f64::is_finite(all) {
        PValue::new(unlikely / all, How::Exact)
    } else {
        // The rest weighs more than 1e308 times as much.
        PValue::new(0.0, How::Exact)
    }
}

/// What is left of the rows, in ascending order: what can follow depends on nothing else.
type Node = Vec<u32>;
/// Nodes with what the cells on the way cost, and how many ways do the same.
type Reached = BTreeMap<(Node, i64), f64>;

struct Network {
    columns: Vec<u32>,
    start: Node,
    ln_factorial: LnFactorials,
    /// Whole units of one.
    unit: f64,
    /// From this many units on a table is as unlikely as the observed one.
    limit: i64,
    steps: u64,
    most_steps: u64,
    bounds: BTreeMap<(usize, Node), (i64, i64)>,
}

impl Network {
    fn new(table: &Crosstab, most_steps: u64) -> Figure<Self> {
        let small = |sums: Vec<u64>| -> Figure<Vec<u32>> {
            let all = sums
                .into_iter()
                .map(|sum| u32::try_from(sum).map_err(|_| Undefined::TooLarge));
            all.collect()
        };
        let (mut start, mut columns) = (small(table.row_sums())?, small(table.column_sums())?);
        start.sort_unstable();
        // The largest first: what is left for the many small ones then comes in few kinds.
        columns.sort_unstable_by(|one, other| other.cmp(one));
        let ln_factorial = LnFactorials::up_to(table.n());
        // Cells together never cost more than everybody in one.
        let unit = UNIT.min(LARGEST / ln_factorial.of(table.n()).max(1.0));
        let mut network = Self {
            columns,
            start,
            limit: 0,
            ln_factorial,
            unit,
            steps: 0,
            most_steps,
            bounds: BTreeMap::new(),
        };
        let cells = table.rows().flatten();
        let observed: i64 = cells.map(|count| network.cost(u64::from(*count))).sum();
        network.limit = observed - in_units(ALIKE, unit);
        Ok(network)
    }

    /// What a cell of so many people costs, in units.
    fn cost(&self, people: u64) -> i64 {
        in_units(self.ln_factorial.of(people), self.unit)
    }

    /// Takes so many steps; `None` when they are too many.
    fn take_steps(&mut self, steps: u64) -> Option<()> {
        self.steps = self.steps.saturating_add(steps);
        (self.steps <= self.most_steps).then_some(())
    }

    /// Returns the probability, or `None` when it would take too long.
    fn exact(&mut self) -> Option<f64> {
        let whole = self.ln_ways(&self.start, 0);
        let mut reached: BTreeMap<Node, BTreeMap<i64, f64>> = BTreeMap::new();
        reached.insert(self.start.clone(), BTreeMap::from([(0, 1.0)]));
        let mut sum = 0.0;
        for stage in 0..self.columns.len() {
            let mut next: BTreeMap<Node, BTreeMap<i64, f64>> = BTreeMap::new();
            let mut all_kept = 0;
            for (node, ways) in &reached {
                for ((child, cost), kinds) in self.steps_from(stage, node)? {
                    let (least, most) = self.bounds(stage + 1, &child)?;
                    self.take_steps(ways.len() as u64)?;
                    let rest = self.ln_ways(&child, stage + 1) - whole;
                    let mut kept: Option<&mut BTreeMap<i64, f64>> = None;
                    for (past, count) in ways {
                        let so_far = past + cost;
                        if so_far + least >= self.limit {
                            sum += count * kinds * (rest - so_far as f64 / self.unit).exp();
                        } else if so_far + most >= self.limit {
                            let own = match kept {
                                Some(own) => own,
                                None => next.entry(child.clone()).or_default(),
                            };
                            *own.entry(so_far).or_insert(0.0) += count * kinds;
                            kept = Some(own);
                            all_kept += 1;
                        }
                    }
                    if all_kept > MOST_KEPT {
                        return None;
                    }
                }
            }
            reached = next;
        }
        Some(sum)
    }

    /// Logarithm of the sum of the weights of all ways on from a node.
    fn ln_ways(&self, node: &[u32], stage: usize) -> f64 {
        let left: u64 = node.iter().copied().map(u64::from).sum();
        let rows: f64 = node.iter().map(|row| self.ln_factorial.of(u64::from(*row))).sum();
        let columns: f64 = self
            .columns
            .iter()
            .skip(stage)
            .map(|column| self.ln_factorial.of(u64::from(*column)))
            .sum();
        self.ln_factorial.of(left) - rows - columns
    }

    /// The ways to deal the column of this stage to the rows: nodes reached, with what the cells cost and how many
    /// ways do the same; `None` when it would take too long.
    fn steps_from(&mut self, stage: usize, node: &[u32]) -> Option<Reached> {
        let mut found = Reached::new();
        let column = self.columns.get(stage).map_or(0, |column| *column);
        let mut left = node.to_vec();
        self.deal(column, 0, 0, &mut left, &mut found)?;
        Some(found)
    }

    fn deal(
        &mut self,
        people: u32,
        row: usize,
        cost: i64,
        left: &mut Node,
        found: &mut Reached,
    ) -> Option<()> {
        let Some(own) = left.get(row).copied() else {
            self.take_steps(COLUMN_STEPS)?;
            let mut child = left.clone();
            child.sort_unstable();
            *found.entry((child, cost)).or_insert(0.0) += 1.0;
            return (found.len() <= MOST_KEPT).then_some(());
        };
        let room_after: u64 = left.iter().skip(row + 1).copied().map(u64::from).sum();
        let least = u64::from(people).saturating_sub(room_after);
        let least = u32::try_from(least).unwrap_or(u32::MAX);
        for taken in least..=people.min(own) {
            self.take_steps(1)?;
            if let Some(row) = left.get_mut(row) {
                *row = own - taken;
            }
            let cost = cost + self.cost(u64::from(taken));
            self.deal(people - taken, row + 1, cost, left, found)?;
        }
        if let Some(row) = left.get_mut(row) {
            *row = own;
        }
        Some(())
    }

    /// The least and the most that can still be added from a node, or `None` when it would take too long.
    fn bounds(&mut self, stage: usize, node: &Node) -> Option<(i64, i64)> {
        if stage + 1 >= self.columns.len() {
            let rest: i64 = node.iter().map(|row| self.cost(u64::from(*row))).sum();
            return Some((rest, rest));
        }
        let key = (stage, node.clone());
        if let Some(known) = self.bounds.get(&key) {
            return Some(*known);
        }
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for (child, cost) in self.steps_from(stage, node)?.into_keys() {
            self.take_steps(1)?;
            let (low, high) = self.bounds(stage + 1, &child)?;
            (least, most) = (least.min(cost + low), most.max(cost + high));
        }
        self.bounds.insert(key, (least, most));
        (self.bounds.len() <= MOST_KEPT).then_some((least, most))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the unit is chosen so that the largest sum fits"
)]
fn in_units(ln: f64, unit: f64) -> i64 {
    (ln * unit).round() as i64
}

/// Draws tables of the same margins, column after column.
fn drawn(table: &Crosstab, most_steps: u64) -> Figure<PValue> {
    let network = Network::new(table, 0)?;
    let (rows, mut columns) = (table.row_sums(), table.column_sums());
    // The last column is what is left.
    columns.pop();
    let mut dealer = Dealer::new(SEED, &network.ln_factorial);
    let (mut unlikely, mut draws) = (0_u32, 0_u32);
    let mut dealt = vec![0; rows.len()];
    while draws < DRAWS && (draws < FEWEST_DRAWS || dealer.steps < most_steps) {
        draws += 1;
        let mut left = rows.clone();
        let mut cost = 0;
        for column in &columns {
            dealer.deal(*column, &mut left, &mut dealt);
            cost += dealt.iter().map(|count| network.cost(*count)).sum::<i64>();
        }
        cost += left.iter().map(|count| network.cost(*count)).sum::<i64>();
        unlikely += u32::from(cost >= network.limit);
    }
    let p = f64::from(unlikely + 1) / f64::from(draws + 1);
    PValue::new(p, How::Drawn { draws })
}

#[cfg(test)]
mod tests {
    use super::{FEWEST_DRAWS, MOST_DRAWING_STEPS, Network, drawn, fisher};
    use crate::stats::crosstab::Crosstab;
    use crate::stats::p_value::How;

    fn table(rows: &[&[u32]]) -> Crosstab {
        Crosstab::new(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    /// Every table of these margins, one by one.
    fn by_listing(rows: &[&[u32]]) -> f64 {
        fn weight(cells: &[u32]) -> f64 {
            let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
            cells.iter().map(|count| 1.0 / factorial(*count)).product()
        }
        fn list(rows: &mut Vec<u32>, columns: &[u32], cells: &mut Vec<u32>, found: &mut Vec<f64>) {
            let Some((column, rest)) = columns.split_first() else {
                if rows.iter().all(|row| *row == 0) {
                    found.push(weight(cells));
                }
                return;
            };
            fill(rows, *column, 0, rest, cells, found);
        }
        fn fill(
            rows: &mut Vec<u32>,
            left: u32,
            row: usize,
            rest: &[u32],
            cells: &mut Vec<u32>,
            found: &mut Vec<f64>,
        ) {
            if row == rows.len() {
                if left == 0 {
                    list(rows, rest, cells, found);
                }
                return;
            }
            for taken in 0..=left.min(rows[row]) {
                rows[row] -= taken;
                cells.push(taken);
                fill(rows, left - taken, row + 1, rest, cells, found);
                cells.pop();
                rows[row] += taken;
            }
        }
        let mut sums: Vec<u32> = rows.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u32> = (0..rows[0].len())
            .map(|c| rows.iter().map(|row| row[c]).sum())
            .collect();
        let mut found = Vec::new();
        list(&mut sums, &columns, &mut Vec::new(), &mut found);
        let own = weight(&rows.concat());
        let unlikely: f64 = found.iter().filter(|w| **w <= own * (1.0 + 1e-7)).sum();
        unlikely / found.iter().sum::<f64>()
    }

    #[test]
    fn exact_is_what_listing_every_table_gives() {
        let tables: [&[&[u32]]; 6] = [
            &[&[5, 2, 1], &[2, 6, 3], &[0, 3, 7]],
            &[&[3, 0, 1], &[0, 2, 2]],
            &[&[1, 1, 1, 1], &[2, 0, 2, 0], &[0, 3, 0, 1]],
            &[&[4, 0], &[1, 3], &[0, 2]],
            &[&[0, 8], &[5, 4]],
            &[&[2, 2], &[2, 2]],
        ];
        for rows in tables {
            let p = fisher(&table(rows)).unwrap();
            assert_eq!(p.how(), How::Exact);
            let listed = by_listing(rows);
            assert!(
                (p.unadjusted() - listed).abs() < 1e-11,
                "{rows:?}: {} {listed}",
                p.unadjusted()
            );
        }
    }

    #[test]
    fn drawn_tables_agree_with_counted_ones() {
        let rows = table(&[&[5, 2, 1], &[2, 6, 3], &[0, 3, 7]]);
        let (counted, drawn) = (fisher(&rows).unwrap(), drawn(&rows, MOST_DRAWING_STEPS).unwrap());
        assert_eq!(drawn.how(), How::Drawn { draws: 100_000 });
        // Four standard errors of 100,000 draws.
        let error = 4.0 * (counted.unadjusted() / 100_000.0).sqrt();
        assert!((counted.unadjusted() - drawn.unadjusted()).abs() < error);
    }

    /// Few of everything in a table of many rows and columns.
    fn wide(size: u32, most: u32) -> Crosstab {
        let cell = |row: u32, column: u32| (row * 7 + column * 11 + row * column * 5 + 1) * 9973 % (most + 1);
        let rows: Vec<Vec<u32>> = (0..size)
            .map(|row| (0..size).map(|column| cell(row, column)).collect())
            .collect();
        Crosstab::new(&rows).unwrap()
    }

    #[test]
    fn a_table_of_too_many_ways_is_given_up_after_so_many_steps() {
        for table in [wide(20, 30), wide(12, 4), wide(6, 2_000_000), wide(40, 1)] {
            let mut network = Network::new(&table, 200_000).unwrap();
            assert_eq!(network.exact(), None);
            assert!(network.steps < 200_000 + 1000, "{}", network.steps);
        }
    }

    #[test]
    fn of_millions_of_people_fewer_tables_are_drawn() {
        let p = drawn(&wide(6, 2_000_000), 100_000).unwrap();
        assert_eq!(p.how(), How::Drawn { draws: FEWEST_DRAWS });
        let few = drawn(&wide(12, 4), MOST_DRAWING_STEPS / 100).unwrap();
        assert!(matches!(few.how(), How::Drawn { draws } if draws > 5 * FEWEST_DRAWS));
    }

    #[test]
    fn a_lopsided_table_of_many_people_is_counted_out() {
        // By hand: this table, and the two with nobody in one of the small rows and two in the other.
        let expected = (6.0 * 31.0 * 21.0 + 3.0 * 31.0 * 30.0 + 3.0 * 21.0 * 20.0) / 1e10;
        let rows = table(&[&[99_947, 1], &[30, 1], &[20, 1]]);
        let p = fisher(&rows).unwrap();
        assert_eq!(p.how(), How::Exact);
        assert!(
            (p.unadjusted() / expected - 1.0).abs() < 1e-3,
            "{}",
            p.unadjusted()
        );
    }
}
