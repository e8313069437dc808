//! What so many interviews can show: from how many they are, before anybody looks at an answer.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::disclosure::forecast::{Written, shares};
use crate::disclosure::profile::Settings;
use crate::disclosure::row::shape::{Grain, Shape};

/// What so many interviews can show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// So many people.
    pub people: u32,
    /// The least and the greatest count that is written in full; nothing where none is.
    pub in_full: Option<(u32, u32)>,
    /// Where numbers are shown and none in full: the two bounds they are written with, "so many or fewer" and "so many or
    /// more".
    pub coded: Option<(u32, u32)>,
    /// In how many of all possible sets of answers a scale of five levels is printed with all five, and with two bands or
    /// finer.
    pub on_five: Option<(f64, f64)>,
}

impl Reach {
    /// Returns what so many people's answers can be printed as.
    #[must_use]
    pub fn of(people: u32, settings: &Settings) -> Self {
        let threshold = u32::from(settings.threshold(false));
        let enough = people >= u32::from(settings.row_base(false));
        let written = Written::of(people, threshold).filter(|_| enough);
        Self {
            people,
            in_full: written.and_then(Written::in_full),
            coded: written
                .filter(|written| written.in_full().is_none())
                .map(|written| (written.most, written.least)),
            on_five: enough.then(|| on_five(people, threshold)).flatten(),
        }
    }
}

/// What a row of five levels can be printed as, by people and threshold. It takes a moment to reckon, is the same for
/// every survey, and is looked at each time somebody comes back to the overview.
static ON_FIVE: Mutex<BTreeMap<(u32, u32), Option<(f64, f64)>>> = Mutex::new(BTreeMap::new());

/// Returns in which share of all sets of answers a row of five levels is printed level by level, and printed at all.
fn on_five(people: u32, threshold: u32) -> Option<(f64, f64)> {
    let key = (people, threshold);
    if let Some(known) = ON_FIVE.lock().ok().and_then(|known| known.get(&key).copied()) {
        return known;
    }
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
    let found = shares(people, threshold, &shape).map(|shares| {
        let sum = |fits: &dyn Fn(Option<Grain>) -> bool| {
            shares
                .iter()
                .filter(|(grain, _)| fits(*grain))
                .map(|(_, share)| share)
                .sum()
        };
        (
            sum(&|grain| grain == Some(Grain::Levels)),
            sum(&|grain| grain.is_some()),
        )
    });
    if let Ok(mut known) = ON_FIVE.lock() {
        known.insert(key, found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::disclosure::made_up::settings;
    use crate::domain::evaluation::ProfileName;

    #[test]
    fn more_interviews_reach_further_and_too_few_reach_nothing() {
        let reach = |people| Reach::of(people, &settings(ProfileName::Standard));
        assert_eq!((reach(10).in_full, reach(10).on_five), (None, None));
        assert_eq!((reach(10).coded, reach(11).coded), (None, Some((5, 6))));
        assert_eq!((reach(12).in_full, reach(12).coded), (Some((6, 6)), None));
        assert_eq!(
            (reach(20).in_full, reach(29).in_full),
            (Some((6, 14)), Some((6, 23)))
        );
        let (levels, some) = reach(20).on_five.unwrap();
        assert!(0.0 < levels && levels < some && some <= 1.0, "{levels} {some}");
    }
}
