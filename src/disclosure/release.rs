//! States that were shown, and what may be shown next. What somebody has seen counts as printed.
//!
//! A first state is shown once there are enough interviews, and stays as it is: the same answers with a few more would
//! tell about the few. People who came since are decided in a later release, as rows of their own.
//!
//! The store writes and reads the files; here is what stands in them, and the decision.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::id::{Id, Slug};
use crate::domain::record::InterviewId;
use crate::domain::survey::report_plan::Limit;

use super::profile::Settings;
use super::published::{FORMAT, Published, Unreadable};

/// A state that was shown, and the interviews it was made of (their random names, which say nothing of a person).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptRelease {
    published: Published,
    made_of: BTreeSet<InterviewId>,
    #[serde(skip_serializing_if = "Origin::is_unknown_round")]
    origin: Origin,
}

/// Where the answers of a state came from. Older files do not say: interviews, of whichever round those were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// Interviews of a round that is not said.
    #[default]
    Interviews,
    /// Interviews of this round.
    Round(Slug),
    /// The rows of a file, by the SHA-256 of its bytes: other people than those interviewed.
    File(String),
}

impl Origin {
    fn is_unknown_round(&self) -> bool {
        *self == Self::Interviews
    }
}

/// The way back from the file, for this module only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptForm {
    #[serde(deserialize_with = "Published::read")]
    published: Published,
    made_of: BTreeSet<InterviewId>,
    #[serde(default)]
    origin: Origin,
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
    /// Another file of the same survey was shown before: the two could hold the same people.
    OtherFile,
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

/// Returns what may be shown of a file of answers to a survey, of so many rows. `kept` are all states of the survey.
/// Pure: the caller writes a first state down before showing it.
#[must_use]
pub fn decide_file<'k>(
    kept: impl IntoIterator<Item = &'k KeptRelease>,
    sha256: &str,
    rows: u64,
    settings: &Settings,
) -> Show {
    let mut other = false;
    for kept in kept {
        match &kept.origin {
            Origin::File(own) if own == sha256 => {
                return Show::Kept {
                    not_in_it: 0,
                    withdrawn_since: 0,
                };
            }
            Origin::File(_) => other = true,
            Origin::Interviews | Origin::Round(_) => {}
        }
    }
    let needed = settings.limit(Limit::MinBase);
    if other {
        Show::Refused(Refusal::OtherFile)
    } else if rows < u64::from(needed) {
        Show::Refused(Refusal::TooFewInterviews { needed })
    } else {
        Show::First
    }
}

impl KeptRelease {
    /// Returns a state as it is kept. `made_of` are the individual interviews counted in it.
    #[must_use]
    pub fn new(published: Published, made_of: BTreeSet<InterviewId>) -> Self {
        Self {
            published,
            made_of,
            origin: Origin::Interviews,
        }
    }

    /// Says where its answers came from.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// Returns where its answers came from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns whether it is made of interviews of a round, of which these are all that are left.
    #[must_use]
    pub fn is_of_round(&self, round: &Slug, interviews: &BTreeSet<InterviewId>) -> bool {
        match &self.origin {
            Origin::Round(own) => own == round,
            Origin::Interviews => self.made_of.is_empty() || !self.made_of.is_disjoint(interviews),
            Origin::File(_) => false,
        }
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
        let KeptForm {
            published,
            made_of,
            origin,
        } = serde_json::from_slice(json).map_err(|_| Unreadable::Damaged)?;
        Ok(Self {
            published,
            made_of,
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{KeptRelease, Origin, Refusal, Show, Wish, decide, decide_file};
    use crate::disclosure::profile::Settings;
    use crate::disclosure::publish::publish;
    use crate::disclosure::published::Unreadable;
    use crate::domain::evaluation::{DisclosureChoice, ProfileName};
    use crate::domain::id::Slug;
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
    fn a_file_is_shown_once_and_no_second_one_of_the_same_survey() {
        let one = kept(20).from(Origin::File("one".to_owned()));
        let interviews = kept(20);
        let all = [&interviews, &one];
        let of = |sha256: &str, rows: u64| decide_file(all, sha256, rows, &settings());
        let again = Show::Kept {
            not_in_it: 0,
            withdrawn_since: 0,
        };
        assert_eq!(of("one", 20), again);
        assert_eq!(of("other", 20), Show::Refused(Refusal::OtherFile));
        let first = |rows| decide_file([&interviews], "one", rows, &settings());
        assert_eq!(first(11), Show::First);
        assert_eq!(first(10), Show::Refused(Refusal::TooFewInterviews { needed: 11 }));
        let json = serde_json::to_vec(&one).unwrap();
        assert_eq!(KeptRelease::read(&json).unwrap(), one);
    }

    #[test]
    fn a_state_belongs_to_its_round_and_an_older_one_to_that_of_its_interviews() {
        let (spring, autumn) = (Slug::new("spring").unwrap(), Slug::new("autumn").unwrap());
        let said = kept(20).from(Origin::Round(spring.clone()));
        assert!(said.is_of_round(&spring, &ids(0..0)) && !said.is_of_round(&autumn, &ids(0..20)));
        let unsaid = kept(20);
        assert!(unsaid.is_of_round(&spring, &ids(19..30)) && !unsaid.is_of_round(&autumn, &ids(20..30)));
        let file = kept(20).from(Origin::File("x".to_owned()));
        assert!(!file.is_of_round(&spring, &ids(0..20)));
    }

    #[test]
    fn a_damaged_or_newer_release_is_refused_without_a_word_of_it() {
        let json = serde_json::to_string(&kept(24)).unwrap();
        let newer = json.replacen("\"format\":1", "\"format\":3", 1);
        assert_eq!(KeptRelease::read(newer.as_bytes()), Err(Unreadable::Newer));
        let surplus = json.replacen("\"format\":1", "\"format\":1,\"more\":3", 1);
        assert_eq!(KeptRelease::read(surplus.as_bytes()), Err(Unreadable::Damaged));
        assert_eq!(KeptRelease::read(b"{}"), Err(Unreadable::Damaged));
    }
}
