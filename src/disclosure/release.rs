//! States that were shown, and what may be shown next. What somebody has seen counts as printed.
//!
//! A first state is shown once there are enough interviews, and stays as it is: the same answers with a few more would
//! tell about the few. People who came since are decided in a later release, as rows of their own.
//!
//! The store writes and reads the files; here is what stands in them, and the decision.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::record::InterviewId;
use crate::domain::survey::report_plan::Limit;

use super::profile::Settings;
use super::published::{FORMAT, Published, Unreadable};

/// A state that was shown, and the interviews it was made of (their random names, which say nothing of a person).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptRelease {
    published: Published,
    made_of: BTreeSet<InterviewId>,
}

/// The way back from the file, for this module only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptForm {
    #[serde(deserialize_with = "Published::read")]
    published: Published,
    made_of: BTreeSet<InterviewId>,
}

/// The part of the file that says which program can read it.
#[derive(Deserialize)]
struct Versioned {
    published: Version,
}

#[derive(Deserialize)]
struct Version {
    format: u16,
}

/// What somebody wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Split by this background, as with `--by`.
    pub by: Option<&'a Id>,
    /// A new state although one was shown.
    pub anew: bool,
}

/// What may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The state that was shown before, as it was.
    Kept {
        /// Interviews that have come since.
        not_in_it: usize,
        /// Interviews that were withdrawn since; the state stays as it was printed.
        withdrawn_since: usize,
    },
    /// A first state: to be written down before it is shown.
    First,
    /// Nothing new.
    Refused(Refusal),
}

/// Why nothing new is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Fewer interviews than numbers are shown for.
    TooFewInterviews {
        /// How many it takes.
        needed: u16,
    },
    /// A state was shown before; a second one would tell about those who came between.
    SecondState,
    /// Breakdowns are decided with the whole, before results are first shown.
    Breakdown,
}

/// Returns what may be shown of a survey's answers. Pure: the caller writes a first state down before showing it.
///
/// `interviews` are the individual interviews that would be counted now.
#[must_use]
pub fn decide(
    kept: Option<&KeptRelease>,
    interviews: &BTreeSet<InterviewId>,
    settings: &Settings,
    wish: Wish<'_>,
) -> Show {
    if wish.by.is_some() {
        return Show::Refused(Refusal::Breakdown);
    }
    let Some(kept) = kept else {
        let needed = settings.limit(Limit::MinBase);
        return if interviews.len() < usize::from(needed) {
            Show::Refused(Refusal::TooFewInterviews { needed })
        } else {
            Show::First
        };
    };
    if wish.anew {
        return Show::Refused(Refusal::SecondState);
    }
    Show::Kept {
        not_in_it: interviews.difference(&kept.made_of).count(),
        withdrawn_since: kept.made_of.difference(interviews).count(),
    }
}

impl KeptRelease {
    /// Returns a state as it is kept. `made_of` are the individual interviews counted in it.
    #[must_use]
    pub fn new(published: Published, made_of: BTreeSet<InterviewId>) -> Self {
        Self { published, made_of }
    }

    /// Returns what was shown.
    #[must_use]
    pub const fn published(&self) -> &Published {
        &self.published
    }

    /// Returns the interviews it was made of.
    #[must_use]
    pub const fn made_of(&self) -> &BTreeSet<InterviewId> {
        &self.made_of
    }

    /// Reads what [`Serialize`] wrote as JSON.
    ///
    /// # Errors
    /// [`Unreadable`], which holds nothing of the file.
    pub fn read(json: &[u8]) -> Result<Self, Unreadable> {
        let versioned: Versioned = serde_json::from_slice(json).map_err(|_| Unreadable::Damaged)?;
        if versioned.published.format > FORMAT {
            return Err(Unreadable::Newer);
        }
        let KeptForm { published, made_of } =
            serde_json::from_slice(json).map_err(|_| Unreadable::Damaged)?;
        Ok(Self { published, made_of })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{KeptRelease, Refusal, Show, Wish, decide};
    use crate::disclosure::profile::Settings;
    use crate::disclosure::publish::publish;
    use crate::disclosure::published::Unreadable;
    use crate::domain::evaluation::{DisclosureChoice, ProfileName};
    use crate::domain::record::InterviewId;
    use crate::domain::survey::report_plan::Tightening;
    use crate::stats::collect::Tallies;
    use crate::stats::made_up::{id, on_five, records_of, several_of, survey};

    fn settings() -> Settings {
        let choice = DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        };
        Settings::new(&choice, &Tightening::default()).unwrap()
    }

    fn ids(numbers: std::ops::Range<u8>) -> BTreeSet<InterviewId> {
        numbers
            .map(|number| InterviewId::from_bytes([number; 16]))
            .collect()
    }

    fn kept(people: u8) -> KeptRelease {
        let survey = survey("1", vec![on_five("q"), several_of("m", "xyz")]);
        let records = records_of(
            &survey,
            "q",
            &[("a", usize::from(people) / 3), ("e", usize::from(people))],
        );
        let published = publish(&survey, &Tallies::of(&survey, &[], &records), &settings());
        KeptRelease::new(published, ids(0..people))
    }

    #[test]
    fn a_first_state_takes_as_many_interviews_as_the_least_base() {
        let show = |people| decide(None, &ids(0..people), &settings(), Wish::default());
        assert_eq!(show(10), Show::Refused(Refusal::TooFewInterviews { needed: 11 }));
        assert_eq!(show(11), Show::First);
    }

    #[test]
    fn a_shown_state_stays_and_says_how_many_came_and_went() {
        let show = decide(Some(&kept(20)), &ids(2..25), &settings(), Wish::default());
        assert_eq!(
            show,
            Show::Kept {
                not_in_it: 5,
                withdrawn_since: 2
            }
        );
        let anew = Wish {
            anew: true,
            ..Wish::default()
        };
        let show = decide(Some(&kept(20)), &ids(2..25), &settings(), anew);
        assert_eq!(show, Show::Refused(Refusal::SecondState));
    }

    #[test]
    fn a_breakdown_is_refused_before_and_after_a_first_state() {
        let site = id("site");
        let wish = Wish {
            by: Some(&site),
            anew: false,
        };
        for kept in [None, Some(&kept(20))] {
            assert_eq!(
                decide(kept, &ids(0..20), &settings(), wish),
                Show::Refused(Refusal::Breakdown)
            );
        }
    }

    #[test]
    fn a_kept_release_reads_back_as_it_was_written() {
        let release = kept(24);
        let json = serde_json::to_vec(&release).unwrap();
        let read = KeptRelease::read(&json).unwrap();
        assert_eq!(read, release);
        assert_eq!(serde_json::to_vec(&read).unwrap(), json);
    }

    #[test]
    fn a_damaged_or_newer_release_is_refused_without_a_word_of_it() {
        let json = serde_json::to_string(&kept(24)).unwrap();
        let newer = json.replacen("\"format\":1", "\"format\":2", 1);
        assert_eq!(KeptRelease::read(newer.as_bytes()), Err(Unreadable::Newer));
        let surplus = json.replacen("\"format\":1", "\"format\":1,\"more\":3", 1);
        assert_eq!(KeptRelease::read(surplus.as_bytes()), Err(Unreadable::Damaged));
        assert_eq!(KeptRelease::read(b"{}"), Err(Unreadable::Damaged));
    }
}
