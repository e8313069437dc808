//! Whether an answer fits its item, and why not.

use std::collections::BTreeMap;

use crate::domain::answer::{Answer, MAX_TEXT_BYTES};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::missing::Missing;
use crate::domain::number::Number;
use crate::domain::record::Mode;
use crate::domain::survey::Item;
use crate::domain::survey::question::{ChoiceOption, Choices, QuestionKind};

/// Why the interview stays as it is. Holds what a kind sentence needs, and no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The question needs an answer, a kind of missing, or to be skipped.
    #[error("no answer yet")]
    Required,
    /// Below the least value.
    #[error("below {least}")]
    TooSmall {
        /// Least value.
        least: Number,
    },
    /// Above the greatest value.
    #[error("above {greatest}")]
    TooLarge {
        /// Greatest value.
        greatest: Number,
    },
    /// More decimals than the question takes.
    #[error("at most {decimals} decimals")]
    TooManyDecimals {
        /// Decimals taken.
        decimals: u8,
    },
    /// Fewer options than asked for.
    #[error("at least {min} options")]
    TooFew {
        /// Least number of options.
        min: u16,
    },
    /// More options than asked for.
    #[error("at most {max} options")]
    TooMany {
        /// Greatest number of options.
        max: u16,
    },
    /// An exclusive option beside others.
    #[error("an option that stands alone beside others")]
    Exclusive,
    /// An option that is not offered.
    #[error("not an option here")]
    NoSuchOption,
    /// No such month or day.
    #[error("no such date")]
    NoSuchDate,
    /// Longer than 64 KiB.
    #[error("text too long")]
    TooLong,
    /// More hands than people.
    #[error("more hands than {people} people")]
    MoreHandsThanPeople {
        /// People in the group.
        people: u16,
    },
    /// This way not to answer is not offered.
    #[error("not offered")]
    NotOffered,
    /// A check says the answer cannot stand.
    #[error("check {check} of {question} does not hold")]
    CheckStops {
        /// The question.
        question: Id,
        /// The check's place, from 0.
        check: u16,
    },
    /// A check asks whether the answer is right.
    #[error("check {check} of {question} asks")]
    CheckAsks {
        /// The question.
        question: Id,
        /// The check's place, from 0.
        check: u16,
    },
    /// The answer is of another kind than the question.
    #[error("another kind of answer")]
    WrongKind,
    /// The question or item is not asked in this interview.
    #[error("not asked here")]
    NotAskedHere,
    /// The step does not belong to this part of the interview.
    #[error("not now")]
    NotNow,
    /// There is nothing to take back or do again.
    #[error("nothing to undo")]
    NothingToUndo,
}

/// Returns whether `answer` fits `item`. `offered` are the options open to this interview.
///
/// # Errors
/// The [`Refusal`] that says why not.
pub fn check_answer(
    item: &Item<'_>,
    answer: &Answer,
    offered: &[&ChoiceOption],
    mode: Mode,
) -> Result<(), Refusal> {
    let is_offered = |code: &Id| match item.scale {
        Some(scale) => scale.level(code).is_some(),
        None => offered.iter().any(|option| option.code == *code),
    };
    match (&item.question.kind, answer) {
        (
            QuestionKind::One(_) | QuestionKind::Scale { .. } | QuestionKind::Matrix { .. },
            Answer::Choice { code, specify },
        ) => {
            check_length(specify.as_ref())?;
            if is_offered(code) {
                Ok(())
            } else {
                Err(Refusal::NoSuchOption)
            }
        }
        (QuestionKind::Many { max, .. }, Answer::Choices { codes, specify }) => {
            check_length(specify.as_ref())?;
            let chosen: Vec<&&ChoiceOption> = offered
                .iter()
                .filter(|option| codes.contains(&option.code))
                .collect();
            if chosen.len() != codes.len() {
                return Err(Refusal::NoSuchOption);
            }
            if chosen.iter().any(|option| option.exclusive) {
                return if chosen.len() == 1 {
                    Ok(())
                } else {
                    Err(Refusal::Exclusive)
                };
            }
            // Options are chosen one by one: that there are enough is asked when the question is left.
            check_count(chosen.len(), Some(1), *max)
        }
        (
            QuestionKind::Number {
                min, max, decimals, ..
            },
            Answer::Number { value, .. },
        ) => {
            if let Some(least) = min.filter(|least| value < least) {
                return Err(Refusal::TooSmall { least });
            }
            if let Some(greatest) = max.filter(|greatest| value > greatest) {
                return Err(Refusal::TooLarge { greatest });
            }
            if value.decimals() > *decimals {
                return Err(Refusal::TooManyDecimals { decimals: *decimals });
            }
            Ok(())
        }
        (QuestionKind::Date { day: wanted, .. }, Answer::Date { year, month, day }) => {
            let real = jiff::civil::Date::new(*year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
            let fits = (1900..=2100).contains(year) && (month.is_some() || day.is_none());
            if real && fits && (*wanted || day.is_none()) {
                Ok(())
            } else {
                Err(Refusal::NoSuchDate)
            }
        }
        (QuestionKind::Text { .. }, Answer::Text(text)) => check_length(Some(text)),
        (QuestionKind::Rank { max, .. }, Answer::Ranking(codes)) => {
            let mut once = codes.clone();
            once.sort();
            once.dedup();
            if once.len() != codes.len() || !codes.iter().all(is_offered) {
                return Err(Refusal::NoSuchOption);
            }
            check_count(codes.len(), Some(1), *max)
        }
        (QuestionKind::Count(choices), Answer::Hands(hands)) => {
            let Mode::Group { people } = mode else {
                return Err(Refusal::NotAskedHere);
            };
            if !hands.keys().all(is_offered) {
                return Err(Refusal::NoSuchOption);
            }
            if fewest_people(choices, hands) > u32::from(people) {
                return Err(Refusal::MoreHandsThanPeople { people });
            }
            Ok(())
        }
        _ => Err(Refusal::WrongKind),
    }
}

/// How many people there are at least behind these hands: who raises a hand for an option that stands alone raises no
/// other, and all the rest may be the same people's.
fn fewest_people(choices: &Choices, hands: &BTreeMap<Id, u32>) -> u32 {
    let stands_alone = |code: &Id| {
        let option = choices.options.iter().find(|option| option.code == *code);
        option.is_some_and(|option| option.exclusive)
    };
    let (alone, together): (Vec<_>, Vec<_>) = hands.iter().partition(|(code, _)| stands_alone(code));
    let alone = alone.into_iter().map(|(_, count)| *count);
    let most = together.into_iter().map(|(_, count)| *count).max();
    alone.fold(most.unwrap_or(0), u32::saturating_add)
}

/// Returns whether this way not to answer is open to this item.
///
/// # Errors
/// [`Refusal::NotOffered`] for ways the question leaves out, and for "not asked", which nobody chooses.
pub fn check_missing(item: &Item<'_>, kind: Missing) -> Result<(), Refusal> {
    let open = match kind {
        Missing::NotAsked => false,
        Missing::Skipped => true,
        kind => item.question.offers(kind),
    };
    if open { Ok(()) } else { Err(Refusal::NotOffered) }
}

/// Returns whether an answer holds as many options as its question wants.
///
/// # Errors
/// [`Refusal::TooFew`].
pub fn check_enough(item: &Item<'_>, answer: &Answer) -> Result<(), Refusal> {
    let (QuestionKind::Many { choices, min, .. }, Answer::Choices { codes, .. }) =
        (&item.question.kind, answer)
    else {
        return Ok(());
    };
    let stands_alone = |code: &Id| choices.option(code).is_some_and(|option| option.exclusive);
    if codes.iter().any(stands_alone) {
        return Ok(());
    }
    check_count(codes.len(), *min, None)
}

fn check_length(text: Option<&CleanText>) -> Result<(), Refusal> {
    match text {
        Some(text) if text.as_str().len() > MAX_TEXT_BYTES => Err(Refusal::TooLong),
        _ => Ok(()),
    }
}

fn check_count(chosen: usize, min: Option<u16>, max: Option<u16>) -> Result<(), Refusal> {
    if let Some(min) = min.filter(|&min| chosen < usize::from(min)) {
        return Err(Refusal::TooFew { min });
    }
    if let Some(max) = max.filter(|&max| chosen > usize::from(max)) {
        return Err(Refusal::TooMany { max });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::fewest_people;
    use crate::domain::survey::sample::{choices, id};

    #[test]
    fn who_raises_a_hand_for_what_stands_alone_raises_no_other() {
        let hands = |counts: &[(&str, u32)]| -> BTreeMap<_, _> {
            counts.iter().map(|(code, count)| (id(code), *count)).collect()
        };
        let some = choices(&["skole", "hjemme", "ingen"]);
        let counted = |counts: &[(&str, u32)]| fewest_people(&some, &hands(counts));
        assert_eq!(counted(&[]), 0);
        assert_eq!(counted(&[("skole", 4), ("hjemme", 3)]), 4);
        assert_eq!(counted(&[("skole", 4), ("hjemme", 3), ("ingen", 2)]), 6);
        let mut each = choices(&["ja", "nei"]);
        for option in &mut each.options {
            option.exclusive = true;
        }
        assert_eq!(fewest_people(&each, &hands(&[("ja", 3), ("nei", 3)])), 6);
    }
}
