//! Themes of open answers: which stand as headings of their own.
//!
//! How many interviews hold a theme is a count like any other. A heading says "more than k", everything else "k or fewer,
//! and at least one": both hold a safe count (k + 1 to n - k, and k), so neither tells that few, nearly all or all hold it.
//! Below 2k + 1 interviews "more than k" would say that nearly all do, so there all themes stand alike.

use crate::domain::id::Id;
use crate::domain::survey::report_plan::Limit;

use super::profile::Settings;

/// A theme and how many interviews hold it; in no output.
#[derive(Clone, PartialEq, Eq)]
pub struct ThemeCount {
    /// The theme's name in the codebook.
    pub theme: Id,
    /// Interviews in which it was found.
    pub interviews: u32,
}

/// Shows no count.
impl std::fmt::Debug for ThemeCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ThemeCount({}, ..)", self.theme)
    }
}

/// The themes as they stand in a report, each list in the order of the codebook. No count is printed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PublishedThemes {
    headings: Vec<Id>,
    others: Vec<Id>,
    divided: bool,
}

impl PublishedThemes {
    /// Returns how the themes of so many interviews stand. `counts` is in the order of the codebook; a theme no interview
    /// holds does not stand at all.
    #[must_use]
    pub fn of(counts: &[ThemeCount], interviews: u32, settings: &Settings) -> Self {
        let least = u32::from(settings.limit(Limit::ThemeFrom));
        // `theme_from` may be higher than k + 1; the heading must hold a safe count all the same.
        let threshold = u32::from(settings.threshold(true).max(settings.threshold(false)));
        let divided = interviews >= least.saturating_add(threshold);
        let held = counts.iter().filter(|count| count.interviews > 0);
        let (headings, others): (Vec<&ThemeCount>, Vec<&ThemeCount>) =
            held.partition(|count| !divided || count.interviews >= least);
        let names = |counts: Vec<&ThemeCount>| counts.into_iter().map(|count| count.theme.clone()).collect();
        Self {
            headings: names(headings),
            others: names(others),
            divided,
        }
    }

    /// Returns themes as they stood when they were released.
    pub(super) const fn kept(headings: Vec<Id>, others: Vec<Id>, divided: bool) -> Self {
        Self {
            headings,
            others,
            divided,
        }
    }

    /// Returns whether a theme stands at all.
    #[must_use]
    pub fn stands(&self, theme: &Id) -> bool {
        self.headings.contains(theme) || self.others.contains(theme)
    }

    /// Returns the themes that stand as headings.
    #[must_use]
    pub fn headings(&self) -> &[Id] {
        &self.headings
    }

    /// Returns the themes that stand together under "other".
    #[must_use]
    pub fn others(&self) -> &[Id] {
        &self.others
    }

    /// Returns whether a heading says that more hold it; where not, all themes stand alike.
    #[must_use]
    pub const fn is_divided(&self) -> bool {
        self.divided
    }
}

#[cfg(test)]
mod tests {
    use super::{PublishedThemes, ThemeCount};
    use crate::disclosure::made_up::settings;
    use crate::domain::evaluation::ProfileName;
    use crate::stats::made_up::id;

    fn themes(counts: &[(&str, u32)], interviews: u32, profile: ProfileName) -> PublishedThemes {
        let counts: Vec<ThemeCount> = counts
            .iter()
            .map(|(theme, interviews)| ThemeCount {
                theme: id(theme),
                interviews: *interviews,
            })
            .collect();
        PublishedThemes::of(&counts, interviews, &settings(profile))
    }

    #[test]
    fn a_theme_is_a_heading_when_more_than_k_hold_it_and_the_codebook_keeps_its_order() {
        let counts = [("rom", 5), ("tid", 6), ("mat", 0), ("ro", 1), ("tillit", 20)];
        let themes = themes(&counts, 29, ProfileName::Standard);
        assert_eq!(themes.headings(), [id("tid"), id("tillit")]);
        assert_eq!(themes.others(), [id("rom"), id("ro")]);
    }

    #[test]
    fn among_few_interviews_all_themes_stand_alike() {
        let counts = [("rom", 1), ("tid", 9)];
        let few = themes(&counts, 10, ProfileName::Standard);
        assert_eq!(
            (few.headings().len(), few.others().len(), few.is_divided()),
            (2, 0, false)
        );
    }

    /// For an outsider and for everybody who holds or does not hold a theme: some count that prints the same is safe.
    #[test]
    fn where_a_theme_stands_tells_nobody_that_few_or_nearly_all_hold_it() {
        for (profile, k) in [
            (ProfileName::Standard, 5),
            (ProfileName::Strict, 6),
            (ProfileName::SmallSample, 3),
        ] {
            for interviews in 2 * k + 1..=40 {
                let place = |count: u32| {
                    let themes = themes(&[("t", count)], interviews, profile);
                    (themes.headings().len(), themes.others().len())
                };
                let is_safe = |count: &u32| *count == 0 || (k..=interviews - k).contains(count);
                for count in 0..=interviews {
                    let same = |other: &u32| place(*other) == place(count);
                    let holder = |other: &u32| count == 0 || *other >= 1;
                    let other = |other: &u32| count == interviews || *other < interviews;
                    let closed = (0..=interviews).any(|c| same(&c) && is_safe(&c) && holder(&c) && other(&c));
                    assert!(closed, "{count} of {interviews}, {k}");
                }
            }
        }
    }
}
