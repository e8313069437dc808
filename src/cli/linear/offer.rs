//! What can be chosen at an item, and under which number.

use std::collections::BTreeSet;

use crate::domain::answer::spoken;
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::language::Language;
use crate::domain::survey::Item;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What is typed to choose it.
    pub number: u32,
    /// Its code.
    pub code: Id,
    /// Its words.
    pub words: String,
    /// Whether it asks for the person's own words.
    pub specify: bool,
}

/// Returns what can be chosen at an item, in the order this interview puts it. A scale of plain numbers is chosen by
/// those numbers, everything else by its place from 1.
#[must_use]
pub fn offered(interview: &Interview, item: &Item<'_>, language: Language) -> Vec<Offered> {
    if let Some(scale) = item.scale {
        let levels = (1_u32..).zip(&scale.levels);
        return levels
            .map(|(place, level)| Offered {
                number: level
                    .text
                    .get(language)
                    .parse()
                    .ok()
                    .filter(|_| scale.numeric)
                    .unwrap_or(place),
                code: level.code.clone(),
                words: level.text.get(language).to_owned(),
                specify: false,
            })
            .collect();
    }
    (1_u32..)
        .zip(interview.options(item.question))
        .map(|(number, option)| Offered {
            number,
            code: option.code.clone(),
            words: option.text.get(language).to_owned(),
            specify: option.specify,
        })
        .collect()
}

/// Returns what one line chooses: a number, or the words of the option.
#[must_use]
pub fn one<'o>(line: &str, offered: &'o [Offered]) -> Option<&'o Offered> {
    let line = line.trim().trim_end_matches('.');
    if let Ok(number) = line.parse::<u32>() {
        return offered.iter().find(|option| option.number == number);
    }
    let line = line.to_lowercase();
    offered.iter().find(|option| option.words.to_lowercase() == line)
}

/// Returns what one line chooses, in the order it was written and each once: numbers, or the words of one option.
#[must_use]
pub fn several<'o>(line: &str, offered: &'o [Offered], and: &[String]) -> Option<Vec<&'o Offered>> {
    let Some(numbers) = spoken::list(line, and) else {
        return one(line, offered).map(|option| vec![option]);
    };
    let mut seen = BTreeSet::new();
    numbers
        .into_iter()
        .filter(|number| seen.insert(*number))
        .map(|number| offered.iter().find(|option| option.number == number))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Offered, one, several};
    use crate::domain::id::Id;

    fn three() -> Vec<Offered> {
        ["Ja", "Nei", "Noe annet"]
            .into_iter()
            .zip(1..)
            .map(|(words, number)| Offered {
                number,
                code: Id::new(&format!("o{number}")).unwrap(),
                words: words.to_owned(),
                specify: false,
            })
            .collect()
    }

    #[test]
    fn a_number_or_the_words_choose_an_option() {
        let offered = three();
        for line in ["2", " 2. ", "nei", "NEI"] {
            assert_eq!(one(line, &offered).unwrap().number, 2, "{line}");
        }
        for line in ["", "0", "4", "kanskje", "2 3"] {
            assert_eq!(one(line, &offered), None, "{line}");
        }
    }

    #[test]
    fn several_are_chosen_in_the_order_written() {
        let offered = three();
        let numbers = |line| -> Option<Vec<u32>> {
            Some(
                several(line, &offered, &["og".to_owned()])?
                    .into_iter()
                    .map(|o| o.number)
                    .collect(),
            )
        };
        assert_eq!(numbers("3, 1 og 3"), Some(vec![3, 1]));
        assert_eq!(numbers("noe annet"), Some(vec![3]));
        assert_eq!(numbers("1 9"), None);
    }
}
