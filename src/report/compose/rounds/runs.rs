//! How rounds lie about their median, for the favourable answers: whether that is more than chance makes.

use crate::disclosure::compared::{ComparedItem, Run, Side};
use crate::domain::survey::Item;
use crate::report::compose::Sources;
use crate::report::compose::tables::joined;
use crate::report::document::RunChart;
use crate::report::wording::hundredths;
use crate::texts::compare::CompareTexts;
use crate::texts::fill;
use crate::texts::number::percent;

use super::{Round, favourable_cell};

/// How the rounds lie about their median, for the favourable answers: where each lies, and whether that is more than
/// chance makes.
pub(super) fn told(
    sources: &Sources<'_>,
    rounds: &[Round<'_>],
    over: &ComparedItem,
    item: &Item<'_>,
) -> Vec<String> {
    let words = &sources.texts.compare;
    let Some(cell) = favourable_cell(over, item) else {
        return Vec::new();
    };
    let Some(run) = &cell.run else {
        return vec![words.runs_few.clone()];
    };
    let side = |side: &Option<Side>| match side {
        Some(Side::Above) => &words.above,
        Some(Side::On) => &words.on,
        Some(Side::Below) => &words.below,
        None => &words.no_side,
    };
    let one_by_one = rounds
        .iter()
        .zip(&run.sides)
        .map(|(round, lies)| fill(&words.round_lies, &[("round", round.title), ("side", side(lies))]));
    let median = percent(run.median, 0, sources.language());
    let line = fill(
        &words.runs_line,
        &[
            ("answers", &sources.answers(item, &cell.what)),
            ("median", &median),
            ("rounds", &one_by_one.collect::<Vec<_>>().join("; ")),
        ],
    );
    vec![line, verdict(words, run)]
}

/// The same for data files.
pub(super) fn for_data(rounds: &[Round<'_>], over: &ComparedItem, item: &Item<'_>) -> Option<RunChart> {
    let cell = favourable_cell(over, item)?;
    let run = cell.run.as_ref()?;
    let side = |side: &Side| match side {
        Side::Above => "above",
        Side::On => "on",
        Side::Below => "below",
    };
    let sides = rounds.iter().zip(&run.sides);
    Some(RunChart {
        item: item.key().to_string(),
        code: joined(&cell.what),
        median: hundredths(run.median),
        sides: sides
            .map(|(round, lies)| (round.id.to_string(), lies.as_ref().map(side)))
            .collect(),
        useful: run.rules.useful,
        longest_run: (run.rules.longest_run, run.rules.longest_run_limit),
        crossings: (run.rules.crossings, run.rules.crossings_limit),
        signal: run.rules.is_signal,
    })
}

/// What the rules for runs say, in words.
fn verdict(words: &CompareTexts, run: &Run) -> String {
    let rules = run.rules;
    if !rules.is_signal {
        return words.runs_quiet.clone();
    }
    let number = |value: Option<u64>| value.unwrap_or(0).to_string();
    fill(
        &words.runs_signal,
        &[
            ("longest", &rules.longest_run.to_string()),
            ("most", &number(rules.longest_run_limit)),
            ("crossings", &rules.crossings.to_string()),
            ("fewest", &number(rules.crossings_limit)),
        ],
    )
}
