//! Why people did not answer: a row of its own, with asked - n people.

use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::stats::tally::Tally;

use super::super::policies::Policies;
use super::super::published::{MissingCell, MissingShown};
use super::super::row::shape::{Grain, Shape};
use super::{RowLimits, printed_count};

/// Returns the kinds of missing as they are printed: by kind where a row of so many people prints, else their sum,
/// which asked and n give anyway.
///
/// "Not asked" (the interview ended before) is counted together with "skipped". Alone it would be bounded by the
/// number of interviews that ended early, which is known; so together they are a kind that is always possible. `by_kind`
/// is false where the survey's checks may make kinds impossible. A row of fewer people than its limit prints only the sum.
pub(super) fn missing(
    policies: &mut Policies,
    limits: RowLimits,
    item: &Item<'_>,
    tally: &Tally,
    by_kind: bool,
) -> MissingShown {
    let people = tally.asked().saturating_sub(tally.valid());
    let sum = MissingShown::Sum(people);
    let chosen = Missing::CHOSEN
        .into_iter()
        .filter(|kind| item.question.offers(*kind))
        .map(|kind| vec![kind]);
    let rows: Vec<Vec<Missing>> = std::iter::once(vec![Missing::NotAsked, Missing::Skipped])
        .chain(chosen)
        .collect();
    let count = |kinds: &Vec<Missing>| kinds.iter().map(|kind| tally.missing(*kind)).sum::<u32>();
    if !by_kind || people < limits.least || rows.iter().map(count).sum::<u32>() != people {
        return sum;
    }
    let counts: Vec<u32> = rows.iter().map(count).collect();
    let shape = Shape::nominal(rows.len(), &[]);
    let printed = policies.printed(&limits.row(people, shape), &counts);
    match printed.filter(|row| row.grain == Some(Grain::Levels)) {
        Some(row) => {
            let in_order = (0..rows.len()).filter_map(|level| {
                row.cells
                    .iter()
                    .find(|(cell, _)| cell.levels().eq(std::iter::once(level)))
            });
            let cell = |(kinds, (_, code)): (Vec<Missing>, &(_, _))| MissingCell {
                kinds,
                count: printed_count(*code),
            };
            MissingShown::Kinds(rows.into_iter().zip(in_order).map(cell).collect())
        }
        None => sum,
    }
}

#[cfg(test)]
mod tests {
    use crate::disclosure::made_up::{item_of, people, standard};
    use crate::disclosure::published::{Count, MissingCell, MissingShown};
    use crate::domain::answer::Response;
    use crate::domain::missing::Missing;
    use crate::stats::made_up::{chose, none, on_five, survey};

    #[test]
    fn kinds_of_missing_are_a_row_of_their_own() {
        let survey = survey("1", vec![on_five("q")]);
        let missing = |dont_know: usize, wont_say: usize, skipped: usize| {
            let groups: [(usize, &[(&str, Response)]); 4] = [
                (15, &[("q", chose("e"))]),
                (dont_know, &[("q", none(Missing::DontKnow))]),
                (wont_say, &[("q", none(Missing::WontSay))]),
                (skipped, &[("q", none(Missing::Skipped))]),
            ];
            item_of(&standard(&survey, &people(&survey, &groups)), "q").missing
        };
        assert_eq!(missing(4, 1, 0), MissingShown::Sum(5));
        assert_eq!(
            missing(7, 7, 1),
            MissingShown::Sum(15),
            "7 and 7 of 15 would tell of the last one"
        );
        let cell = |kinds: &[Missing], count| MissingCell {
            kinds: kinds.to_vec(),
            count,
        };
        assert_eq!(
            missing(7, 8, 0),
            MissingShown::Kinds(vec![
                cell(&[Missing::NotAsked, Missing::Skipped], Count::AtMost(5)),
                cell(&[Missing::DontKnow], Count::Exact(7)),
                cell(&[Missing::WontSay], Count::Exact(8)),
                cell(&[Missing::NotApplicable], Count::AtMost(5)),
            ])
        );
    }
}
