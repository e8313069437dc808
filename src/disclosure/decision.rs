//! What may be shown next, from what was shown before and who is there now. Looks at no answer.
//!
//! A first state is shown once there are enough interviews, and stays as it is: the same answers with a few more would
//! tell about the few. People who came since are rows of their own, from as many on as a row needs; as each state holds
//! other people, sums of what they print tell no more than they do.

use std::collections::BTreeSet;

use crate::domain::record::{Gathered, InterviewId};
use crate::domain::survey::report_plan::Limit;

use super::hands::may_tell;
use super::ledger::{Conflict, State, conflict};
use super::profile::Settings;
use super::release::Origin;

/// What may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// The states that were shown before, as they were.
    Kept {
        /// Interviews that have come since.
        not_in_it: usize,
        /// Interviews that were withdrawn since; the states stay as they were printed.
        withdrawn_since: usize,
    },
    /// A first state: to be written down before it is shown.
    First,
    /// A first state of groups that were interviewed together, where nobody was interviewed alone: in words, and to be
    /// written down first, too.
    Groups,
    /// A state of these interviews alone, beside those that were shown before: to be written down first, too.
    New(BTreeSet<InterviewId>),
    /// Nothing new.
    Refused(Refusal),
}

/// Why nothing new is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fewer interviews than numbers are shown for.
    TooFewInterviews {
        /// How many it takes.
        needed: u16,
    },
    /// Fewer interviews have come since than a row of their own needs.
    TooFewNew {
        /// How many have come.
        new: usize,
        /// How many it takes.
        needed: u16,
    },
    /// Another file of the same survey was shown before: the two could hold the same people.
    OtherFile,
    /// Two states were shown without regard to each other.
    Conflict(Conflict),
    /// Everything that was shown is marked as wrong, and too few others are there.
    AllWrong,
}

/// Returns what may be shown of a survey's interviews in a round. Pure: the caller writes a new state down before showing
/// it. `states` are all of this survey and round; `interviews` the individual interviews that would be counted now, and
/// `gathered` the groups that were interviewed together.
#[must_use]
pub fn decide(
    states: &[State<'_>],
    (interviews, gathered): (&BTreeSet<InterviewId>, Gathered),
    settings: &Settings,
    anew: bool,
) -> Show {
    if let Some(conflict) = conflict(states) {
        return Show::Refused(Refusal::Conflict(conflict));
    }
    if states.is_empty() {
        if interviews.is_empty() && may_tell(gathered, settings) {
            return Show::Groups;
        }
        let needed = settings.limit(Limit::MinBase);
        return if interviews.len() < usize::from(needed) {
            Show::Refused(Refusal::TooFewInterviews { needed })
        } else {
            Show::First
        };
    }
    let people = |with_wrong: bool| -> BTreeSet<InterviewId> {
        let states = states.iter().filter(|state| with_wrong || state.wrong.is_none());
        states
            .flat_map(|state| state.kept.made_of().iter().cloned())
            .collect()
    };
    // Also those of a wrong state: what it printed of them is known.
    let new: BTreeSet<InterviewId> = interviews.difference(&people(true)).cloned().collect();
    if anew {
        let needed = settings.row_base(false);
        return if new.len() < usize::from(needed) {
            Show::Refused(Refusal::TooFewNew {
                new: new.len(),
                needed,
            })
        } else {
            Show::New(new)
        };
    }
    if states.iter().all(|state| state.wrong.is_some()) {
        return Show::Refused(Refusal::AllWrong);
    }
    Show::Kept {
        not_in_it: new.len(),
        withdrawn_since: people(false).difference(interviews).count(),
    }
}

/// Returns what may be shown of a file of answers to a survey, of so many rows. `names` are all by which the file may stand
/// in the ledger; `states` are all of files of the survey. Pure: the caller writes a first state down before showing it.
#[must_use]
pub fn decide_file(states: &[State<'_>], names: &[Origin], rows: u64, settings: &Settings) -> Show {
    let is_it = |state: &State<'_>| names.contains(state.kept.origin());
    if let Some(own) = states.iter().find(|state| is_it(state)) {
        return if own.wrong.is_some() {
            Show::Refused(Refusal::AllWrong)
        } else {
            Show::Kept {
                not_in_it: 0,
                withdrawn_since: 0,
            }
        };
    }
    let needed = settings.limit(Limit::MinBase);
    if !states.is_empty() {
        Show::Refused(Refusal::OtherFile)
    } else if rows < u64::from(needed) {
        Show::Refused(Refusal::TooFewInterviews { needed })
    } else {
        Show::First
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Refusal, Show, decide, decide_file};
    use crate::disclosure::ledger::{State, Wrong};
    use crate::disclosure::made_up::{ids, kept_of, settings};
    use crate::disclosure::release::{KeptRelease, Origin, ReleaseName};
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::ProfileName;
    use crate::domain::record::{Gathered, InterviewId};

    fn shown<'s>(name: &'s ReleaseName, kept: &'s KeptRelease) -> State<'s> {
        State {
            name,
            kept,
            wrong: None,
        }
    }

    fn standard() -> crate::disclosure::profile::Settings {
        settings(ProfileName::Standard)
    }

    fn show(states: &[State<'_>], interviews: &BTreeSet<InterviewId>, anew: bool) -> Show {
        decide(states, (interviews, Gathered::default()), &standard(), anew)
    }

    #[test]
    fn groups_alone_are_a_first_state_from_three_groups_and_thrice_k_people_on() {
        let first = |people: std::ops::Range<u8>, groups, in_groups| {
            let gathered = Gathered {
                groups,
                people: in_groups,
            };
            decide(&[], (&ids(people), gathered), &standard(), false)
        };
        let too_few = Show::Refused(Refusal::TooFewInterviews { needed: 11 });
        assert_eq!(first(0..0, 3, 15), Show::Groups);
        assert_eq!(
            [first(0..0, 2, 30), first(0..0, 3, 14)],
            [too_few.clone(), too_few.clone()]
        );
        // Where others were interviewed alone, the groups stand with them.
        assert_eq!([first(0..1, 3, 15), first(0..11, 3, 15)], [too_few, Show::First]);
    }

    #[test]
    fn a_first_state_takes_as_many_interviews_as_the_least_base() {
        let first = |people| show(&[], &ids(0..people), false);
        assert_eq!(first(10), Show::Refused(Refusal::TooFewInterviews { needed: 11 }));
        assert_eq!(first(11), Show::First);
    }

    #[test]
    fn a_shown_state_stays_and_says_how_many_came_and_went() {
        let (name, kept) = (ReleaseName::new("a"), kept_of(0..20));
        let found = show(&[shown(&name, &kept)], &ids(2..25), false);
        assert_eq!(
            found,
            Show::Kept {
                not_in_it: 5,
                withdrawn_since: 2
            }
        );
    }

    #[test]
    fn those_who_came_since_are_shown_alone_from_a_row_of_their_own_on() {
        let (name, kept) = (ReleaseName::new("a"), kept_of(0..20));
        let states = [shown(&name, &kept)];
        let anew = |people| show(&states, &ids(5..people), true);
        assert_eq!(
            anew(30),
            Show::Refused(Refusal::TooFewNew { new: 10, needed: 11 })
        );
        assert_eq!(anew(31), Show::New(ids(20..31)));
    }

    #[test]
    fn who_is_in_a_wrong_state_is_never_shown_again() {
        let (name, kept) = (ReleaseName::new("a"), kept_of(0..20));
        let wrong = Wrong {
            release: name.clone(),
            why: CleanText::line("Feil."),
        };
        let states = [State {
            wrong: Some(&wrong),
            ..shown(&name, &kept)
        }];
        assert_eq!(
            show(&states, &ids(0..25), false),
            Show::Refused(Refusal::AllWrong)
        );
        assert_eq!(show(&states, &ids(0..40), true), Show::New(ids(20..40)));
    }

    #[test]
    fn states_in_conflict_stop_what_would_come_next() {
        let (a, b) = (ReleaseName::new("a"), ReleaseName::new("b"));
        let (one, other) = (kept_of(0..20), kept_of(10..30));
        let states = [shown(&a, &one), shown(&b, &other)];
        for anew in [false, true] {
            let found = show(&states, &ids(0..60), anew);
            assert!(matches!(found, Show::Refused(Refusal::Conflict(_))), "{found:?}");
        }
    }

    #[test]
    fn a_file_is_shown_once_and_no_second_one_of_the_same_survey() {
        let (name, one) = (
            ReleaseName::new("a"),
            kept_of(0..0).from(Origin::MarkedFile("one".to_owned())),
        );
        let states = [shown(&name, &one)];
        let names = |mark: &str| {
            [
                Origin::MarkedFile(mark.to_owned()),
                Origin::File(format!("sha {mark}")),
            ]
        };
        let of = |mark: &str, rows: u64| decide_file(&states, &names(mark), rows, &standard());
        assert!(matches!(of("one", 20), Show::Kept { .. }));
        assert_eq!(of("other", 20), Show::Refused(Refusal::OtherFile));
        // Older states name a file by its plain hash.
        let old = kept_of(0..0).from(Origin::File("sha one".to_owned()));
        let old = decide_file(&[shown(&name, &old)], &names("one"), 20, &standard());
        assert!(matches!(old, Show::Kept { .. }));
        let first = |rows| decide_file(&[], &names("one"), rows, &standard());
        assert_eq!(first(11), Show::First);
        assert_eq!(first(10), Show::Refused(Refusal::TooFewInterviews { needed: 11 }));
    }
}
