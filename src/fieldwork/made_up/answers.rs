//! What made-up people answer closed questions with: plausible shares, never somebody's.

use std::collections::BTreeSet;

use crate::domain::answer::Answer;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::order::SplitMix64;
use crate::domain::record::Mode;
use crate::domain::survey::Item;
use crate::domain::survey::question::{ChoiceOption, Choices, QuestionKind};
use crate::domain::survey::scale::{Good, Scale};

/// Chances are in hundredths.
pub(super) const HUNDRED: usize = 100;
const MYRIAD: usize = 10_000;

/// Shares of five steps from bad to good, in ten-thousandths: opinions differ.
const MIXED: [usize; 5] = [500, 1000, 2000, 3000, 3500];
/// As above: most are content.
const MOSTLY_GOOD: [usize; 5] = [200, 300, 1000, 3500, 5000];
/// In how many of a hundred answers the person's mood speaks.
const MOOD_SPEAKS: usize = 40;

/// Random choices about one thing.
pub(super) struct Chance {
    sequence: SplitMix64,
}

impl Chance {
    pub(super) fn new(seed: u64, about: &str) -> Self {
        Self {
            sequence: SplitMix64::named(seed, about),
        }
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.sequence.below(bound)
    }

    pub(super) fn percent(&mut self) -> usize {
        self.below(HUNDRED)
    }
}

/// Returns why the person does not answer, if so.
pub(super) fn why_not(item: &Item<'_>, chance: &mut Chance) -> Option<Missing> {
    let sensitive = item.question.sensitive || item.row.is_some_and(|row| row.sensitive);
    let open = matches!(item.question.kind, QuestionKind::Text { .. });
    let wont_say = if sensitive { 5 } else { 2 };
    let (dont_know, skipped) = if open { (8, 6) } else { (4, 1) };
    let kinds = [
        (Missing::WontSay, wont_say),
        (Missing::DontKnow, dont_know),
        (Missing::NotApplicable, 2),
        (Missing::Skipped, skipped),
    ];
    let drawn = chance.percent();
    let mut below = 0;
    for (kind, share) in kinds {
        below += share;
        if drawn < below {
            let offered = kind == Missing::Skipped || item.question.offers(kind);
            return offered.then_some(kind);
        }
    }
    None
}

/// Returns an answer to a closed question; `None` where there is nothing to choose.
pub(super) fn closed(
    interview: &Interview,
    item: &Item<'_>,
    mood: usize,
    chance: &mut Chance,
) -> Option<Answer> {
    if let Some(scale) = item.scale {
        let reverse = item.question.reverse || item.row.is_some_and(|row| row.reverse);
        return level(scale, reverse, item, mood, chance).map(Answer::choice);
    }
    match &item.question.kind {
        QuestionKind::One(choices) => one(choices, &interview.options(item.question), chance),
        QuestionKind::Many { min, max, .. } => {
            let least = usize::from(min.unwrap_or(1)).max(1);
            let most = max.map_or(usize::MAX, usize::from);
            many(&interview.options(item.question), least, most, chance)
        }
        QuestionKind::Count(_) => hands(interview, item, chance),
        QuestionKind::Rank { max, .. } => {
            let most = max.map_or(3, usize::from);
            let mut codes: Vec<Id> = interview
                .options(item.question)
                .into_iter()
                .map(|option| option.code.clone())
                .collect();
            chance.sequence.shuffle(&mut codes);
            codes.truncate(most);
            (!codes.is_empty()).then_some(Answer::Ranking(codes))
        }
        QuestionKind::Number {
            min,
            max,
            decimals,
            bands,
            ..
        } => {
            let band = bands.get(chance.below(bands.len()));
            let least = band.map(|band| band.0).or(*min).unwrap_or_default();
            let greatest = band.map(|band| band.1).or(*max);
            let value = number(least, greatest, *decimals, chance);
            let about = chance.percent() < 20;
            Some(Answer::Number { value, about })
        }
        QuestionKind::Date { bands, .. } => {
            let (from, to) = bands
                .get(chance.below(bands.len()))
                .copied()
                .unwrap_or((2023, 2026));
            let span = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
            let year = from + i16::try_from(chance.below(span + 1)).unwrap_or(0);
            let month = (chance.percent() < 60).then(|| i8::try_from(chance.below(12) + 1).unwrap_or(1));
            Some(Answer::Date {
                year,
                month,
                day: None,
            })
        }
        _ => None,
    }
}

/// A level of a scale: from a bad to a good place, by the question's own shares and the person's mood.
fn level(scale: &Scale, reverse: bool, item: &Item<'_>, mood: usize, chance: &mut Chance) -> Option<Id> {
    let name = item.key().to_string();
    let shares = if SplitMix64::named(0, &name).below(2) == 0 {
        MIXED
    } else {
        MOSTLY_GOOD
    };
    let drawn = if chance.percent() < MOOD_SPEAKS {
        mood * (MYRIAD / HUNDRED) + chance.below(MYRIAD / HUNDRED)
    } else {
        chance.below(MYRIAD)
    };
    let count = scale.levels.len();
    let place = goodness(shares, drawn) * count / (5 * MYRIAD);
    let good_is_last = (scale.good != Good::Low) != reverse;
    let place = if good_is_last {
        place
    } else {
        count.saturating_sub(place + 1)
    };
    scale.levels.get(place).map(|level| level.code.clone())
}

/// Places a share of people on the way from bad to good, 0 to 5 in ten-thousandths.
fn goodness(shares: [usize; 5], drawn: usize) -> usize {
    let mut below = 0;
    for (step, share) in shares.into_iter().enumerate() {
        if drawn < below + share {
            return step * MYRIAD + (drawn - below) * MYRIAD / share;
        }
        below += share;
    }
    5 * MYRIAD - 1
}

/// How many of a group raise a hand for each option.
fn hands(interview: &Interview, item: &Item<'_>, chance: &mut Chance) -> Option<Answer> {
    let Mode::Group { people } = interview.opening().mode else {
        return None;
    };
    let most = usize::from(people);
    let raised = |option: &&ChoiceOption, chance: &mut Chance| {
        // An option has a share of its own, as where each answers alone.
        let share = 15 + SplitMix64::named(0, option.code.as_str()).below(80);
        let raised = (0..most).filter(|_| chance.percent() < share).count();
        (option.code.clone(), u32::try_from(raised).unwrap_or(0))
    };
    let mut options = interview.options(item.question);
    options.sort_by(|a, b| a.code.cmp(&b.code));
    let hands = options.iter().map(|option| raised(option, chance));
    Some(Answer::Hands(hands.collect()))
}

/// One option; earlier options are likelier, whatever order they were read in.
fn one(choices: &Choices, offered: &[&ChoiceOption], chance: &mut Chance) -> Option<Answer> {
    let in_file_order: Vec<&ChoiceOption> = choices
        .options
        .iter()
        .filter(|option| offered.iter().any(|known| known.code == option.code))
        .collect();
    let weight = |place: usize| in_file_order.len() + 1 - place;
    let all: usize = (0..in_file_order.len()).map(weight).sum();
    let mut drawn = chance.below(all);
    for (place, option) in in_file_order.iter().enumerate() {
        if drawn < weight(place) {
            return Some(Answer::Choice {
                code: option.code.clone(),
                specify: own_words(option.specify),
            });
        }
        drawn -= weight(place);
    }
    None
}

fn many(offered: &[&ChoiceOption], least: usize, most: usize, chance: &mut Chance) -> Option<Answer> {
    let alone: Vec<&&ChoiceOption> = offered.iter().filter(|option| option.exclusive).collect();
    let mut together: Vec<&&ChoiceOption> = offered.iter().filter(|option| !option.exclusive).collect();
    together.sort_by(|a, b| a.code.cmp(&b.code));
    if !alone.is_empty() && chance.percent() < 12 {
        let option = alone.get(chance.below(alone.len()))?;
        return Some(Answer::Choices {
            codes: BTreeSet::from([option.code.clone()]),
            specify: None,
        });
    }
    chance.sequence.shuffle(&mut together);
    // Each option has a share of its own, the same for everybody: 20 to 70 of a hundred.
    let wanted = |option: &ChoiceOption, chance: &mut Chance| {
        let share = 20 + SplitMix64::named(0, option.code.as_str()).below(50);
        chance.percent() < share
    };
    let mut chosen: Vec<&ChoiceOption> = Vec::new();
    for option in &together {
        if wanted(option, chance) && chosen.len() < most {
            chosen.push(option);
        }
    }
    for option in &together {
        if chosen.len() < least && !chosen.iter().any(|known| known.code == option.code) {
            chosen.push(option);
        }
    }
    let specify = own_words(chosen.iter().any(|option| option.specify));
    let codes: BTreeSet<Id> = chosen.into_iter().map(|option| option.code.clone()).collect();
    (!codes.is_empty()).then_some(Answer::Choices { codes, specify })
}

fn own_words(asked_for: bool) -> Option<CleanText> {
    asked_for.then(|| CleanText::line("noe annet"))
}

/// A number from the least on, seldom near the greatest, as whole as the question takes it.
fn number(least: Number, greatest: Option<Number>, decimals: u8, chance: &mut Chance) -> Number {
    let step: i64 = match decimals {
        0 => 1000,
        1 => 500,
        _ => 250,
    };
    let span = greatest.map_or(10 * step, |greatest| greatest.thousandths() - least.thousandths());
    let steps = usize::try_from(span / step).unwrap_or(0).min(MYRIAD);
    // The smaller of two draws.
    let drawn = chance.below(steps + 1).min(chance.below(steps + 1));
    let first = least.thousandths().div_euclid(step) * step;
    let first = if first < least.thousandths() {
        first + step
    } else {
        first
    };
    let value = first + step * i64::try_from(drawn).unwrap_or(0);
    let value = greatest.map_or(value, |greatest| value.min(greatest.thousandths()));
    Number::from_thousandths(value)
}
