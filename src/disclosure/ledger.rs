//! The ledger: every state that was ever shown of an evaluation, and what was found wrong with them since.
//!
//! It only grows. What stands in it is known to readers for good, also a state that was wrong. Two coordinators' ledgers
//! are put together by taking everything of both; in which order makes no difference.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::domain::record::InterviewId;

use super::published::Unreadable;
use super::release::{KeptRelease, ReleaseName};
use super::voices::{KeptVoices, Released};

/// The version of the lines that are no states. A higher one is refused.
const FORMAT: u16 = 3;
/// The version of a line that says what is wrong with a state.
const WRONG: u16 = 1;
/// The version of a line that holds themes and quotes: programs that do not know them must not forget them.
const VOICES: u16 = 2;
/// The version of one that knows quotes by their marks. Version 2 held their words.
const MARKED: u16 = 3;

/// Everything that was shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    states: BTreeMap<ReleaseName, KeptRelease>,
    wrong: BTreeMap<ReleaseName, (ReleaseName, Wrong)>,
    voices: BTreeMap<ReleaseName, KeptVoices>,
}

/// A state that was found to be wrong. What it printed stays known, so it is kept; it is shown no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// Which state.
    pub release: ReleaseName,
    /// What is wrong with it, for those who read the numbers.
    pub why: CleanText,
}

/// A file of the ledger that is no state.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    ledger: u16,
    wrong: Wrong,
}

/// A file of the ledger that holds themes and quotes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VoicesLine {
    ledger: u16,
    voices: KeptVoices,
}

/// The part of a file that says what it is.
#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    ledger: Option<u64>,
}

/// A state of the ledger.
#[derive(Clone, Copy, Debug)]
pub struct State<'l> {
    /// Its name.
    pub name: &'l ReleaseName,
    /// What was shown.
    pub kept: &'l KeptRelease,
    /// What is wrong with it, where something is.
    pub wrong: Option<&'l Wrong>,
}

/// Two states that were shown without regard to each other, so that together they may give away what neither does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// One, the smaller name first.
    pub one: ReleaseName,
    /// The other.
    pub other: ReleaseName,
    /// How many interviews are in both; none where they are two files of the same survey, or tell of groups both.
    pub in_both: usize,
}

impl Ledger {
    /// Reads the files of a ledger, in any order.
    ///
    /// # Errors
    /// [`Unreadable`] when one cannot be read, or when a state was shown after one that is not here: what that one
    /// printed would be forgotten.
    pub fn read<'f>(files: impl IntoIterator<Item = (ReleaseName, &'f [u8])>) -> Result<Self, Unreadable> {
        let mut ledger = Self::default();
        for (name, bytes) in files {
            ledger.take(name, bytes)?;
        }
        let known = |name: &ReleaseName| ledger.states.contains_key(name);
        let complete = ledger
            .states
            .values()
            .all(|state| state.shown_before().iter().all(known));
        let marks = ledger.wrong.keys().all(known);
        let told = ledger.voices.values().all(|line| {
            let before = line.released_before().iter();
            line.states().iter().all(known) && { before }.all(|name| ledger.voices.contains_key(name))
        });
        if complete && marks && told {
            Ok(ledger)
        } else {
            Err(Unreadable::Damaged)
        }
    }

    fn take(&mut self, name: ReleaseName, bytes: &[u8]) -> Result<(), Unreadable> {
        let kind: Kind = serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged)?;
        match kind.ledger {
            None => {
                self.states.insert(name, KeptRelease::read(bytes)?);
            }
            Some(format) if format > u64::from(FORMAT) => return Err(Unreadable::Newer),
            Some(format) if format >= u64::from(VOICES) => {
                let line: VoicesLine = serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged)?;
                self.voices.insert(name, line.voices);
            }
            Some(_) => {
                let line: Line = serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged)?;
                let marked = line.wrong.release.clone();
                let known = self
                    .wrong
                    .entry(marked)
                    .or_insert_with(|| (name.clone(), line.wrong.clone()));
                // Two marks of one state: the same one is read whatever the order.
                if name < known.0 {
                    *known = (name, line.wrong);
                }
            }
        }
        Ok(())
    }

    /// Returns the bytes of the line that marks a state as wrong; nothing where there is no such state, or it is marked.
    #[must_use]
    pub fn mark(&self, release: &ReleaseName, why: CleanText) -> Option<Vec<u8>> {
        if !self.states.contains_key(release) || self.wrong.contains_key(release) {
            return None;
        }
        let wrong = Wrong {
            release: release.clone(),
            why,
        };
        serde_json::to_vec_pretty(&Line { ledger: WRONG, wrong }).ok()
    }

    /// Returns the bytes of the line that keeps themes and quotes.
    ///
    /// # Errors
    /// None that can be named: everything in it can be written.
    pub fn line(voices: &KeptVoices) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec_pretty(&VoicesLine {
            // Without quotes older programs can read it.
            ledger: if voices.has_marks() { MARKED } else { VOICES },
            voices: voices.clone(),
        })
    }

    /// Returns what was released of the themes and quotes of a survey, about the people of these states.
    #[must_use]
    pub fn voices(&self, survey: &Slug, states: &[State<'_>]) -> Released<'_> {
        let own = |line: &KeptVoices| {
            *line.survey() == *survey && states.iter().any(|state| line.states().contains(state.name))
        };
        Released::of(self.voices.iter().filter(|(_, line)| own(line)).collect())
    }

    /// Returns whether it knows quotes by their marks, so that their words have to come from the interviews.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.voices.values().any(KeptVoices::has_marks)
    }

    /// Returns every release of themes and quotes, first those before others.
    #[must_use]
    pub fn all_voices(&self) -> Vec<(&ReleaseName, &KeptVoices)> {
        let mut all: Vec<_> = self.voices.iter().collect();
        all.sort_by_key(|(name, line)| (line.released_before().len(), *name));
        all
    }

    /// Returns every state, those shown first before those shown after them.
    #[must_use]
    pub fn states(&self) -> Vec<State<'_>> {
        let mut states: Vec<State<'_>> = self
            .states
            .iter()
            .map(|(name, kept)| State {
                name,
                kept,
                wrong: self.wrong.get(name).map(|(_, wrong)| wrong),
            })
            .collect();
        states.sort_by_key(|state| (state.kept.shown_before().len(), state.name));
        states
    }

    /// Returns the state with a name that begins like this, if it is the only one.
    #[must_use]
    pub fn named(&self, beginning: &str) -> Option<State<'_>> {
        let beginning = beginning.trim();
        let mut fitting = self
            .states()
            .into_iter()
            .filter(|state| state.name.as_str().starts_with(beginning));
        let found = fitting.next().filter(|_| !beginning.is_empty())?;
        fitting.next().is_none().then_some(found)
    }

    /// Returns the states of a survey in a round, of which these interviews are left. One in words alone is not among them:
    /// for all that comes after it, nothing was shown.
    #[must_use]
    pub fn of_round(
        &self,
        survey: &Slug,
        round: &Slug,
        interviews: &BTreeSet<InterviewId>,
    ) -> Vec<State<'_>> {
        let mut states = self.all_of_round(survey, round, interviews);
        states.retain(|state| !state.kept.published().is_in_words());
        states
    }

    /// Returns the states in words alone of a survey in a round: of people who were too few for numbers.
    #[must_use]
    pub fn in_words(
        &self,
        survey: &Slug,
        round: &Slug,
        interviews: &BTreeSet<InterviewId>,
    ) -> Vec<State<'_>> {
        let mut states = self.all_of_round(survey, round, interviews);
        states.retain(|state| state.kept.published().is_in_words());
        states
    }

    fn all_of_round(
        &self,
        survey: &Slug,
        round: &Slug,
        interviews: &BTreeSet<InterviewId>,
    ) -> Vec<State<'_>> {
        let mut states = self.states();
        states.retain(|state| {
            state.kept.published().survey().id == *survey && state.kept.is_of_round(round, interviews)
        });
        states
    }

    /// Returns the states of files of answers to a survey.
    #[must_use]
    pub fn of_files(&self, survey: &Slug) -> Vec<State<'_>> {
        let mut states = self.states();
        states.retain(|state| state.kept.published().survey().id == *survey && state.kept.origin().is_file());
        states
    }

    /// Returns the names of the files of `other` that are not here.
    #[must_use]
    pub fn lacks(&self, other: &Self) -> BTreeSet<ReleaseName> {
        let states = other
            .states
            .keys()
            .filter(|name| !self.states.contains_key(*name));
        let marks = other.wrong.values().map(|(name, _)| name);
        let known: BTreeSet<&ReleaseName> = self.wrong.values().map(|(name, _)| name).collect();
        let voices = other
            .voices
            .keys()
            .filter(|name| !self.voices.contains_key(*name));
        states
            .chain(marks.filter(|name| !known.contains(*name)))
            .chain(voices)
            .cloned()
            .collect()
    }
}

/// Returns the states that are parts of what was shown. A wrong one that holds some of those who stand in another was a
/// second picture of them, and no part beside it.
#[must_use]
pub fn parts<'l>(states: &[State<'l>]) -> Vec<State<'l>> {
    let stands = standing_people(states);
    let is_part = |state: &&State<'_>| state.wrong.is_none() || stands.is_disjoint(state.kept.made_of());
    states.iter().filter(is_part).copied().collect()
}

/// Returns what is wrong with those states that are, and how many interviews are in no other: nobody, where the same
/// people stand in one that holds.
#[must_use]
pub fn left_out<'l>(states: &[State<'l>]) -> Vec<(usize, &'l Wrong)> {
    let stands = standing_people(states);
    let wrong = states.iter().filter_map(|state| {
        let alone = state.kept.made_of().difference(&stands).count();
        Some((alone, state.wrong?))
    });
    wrong.collect()
}

fn standing_people(states: &[State<'_>]) -> BTreeSet<InterviewId> {
    let standing = states.iter().filter(|state| state.wrong.is_none());
    standing
        .flat_map(|state| state.kept.made_of().iter().cloned())
        .collect()
}

/// Returns two states that were shown without regard to each other, the first by name. States that are marked as wrong
/// are out of it: nothing is shown beside them any more, and nothing can be done about them.
#[must_use]
pub fn conflict(states: &[State<'_>]) -> Option<Conflict> {
    let mut shown: Vec<&State<'_>> = states.iter().filter(|state| state.wrong.is_none()).collect();
    shown.sort_by_key(|state| state.name);
    for (place, one) in shown.iter().enumerate() {
        for other in shown.iter().skip(place + 1) {
            // What was told in words alone is no number of anybody.
            if one.kept.published().is_in_words() != other.kept.published().is_in_words() {
                continue;
            }
            let in_both = one.kept.made_of().intersection(other.kept.made_of()).count();
            let (own, others) = (one.kept.origin(), other.kept.origin());
            let files = own.is_file() && others.is_file() && own != others;
            // Groups are told of once.
            let told = |state: &State<'_>| state.kept.published().groups() > 0;
            let groups = own == others && told(one) && told(other);
            if in_both > 0 || files || groups {
                return Some(Conflict {
                    one: one.name.clone(),
                    other: other.name.clone(),
                    in_both,
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Ledger, conflict, left_out, parts};
    use crate::disclosure::made_up::{ids, kept_of};
    use crate::disclosure::published::Unreadable;
    use crate::disclosure::release::{KeptRelease, Origin, ReleaseName};
    use crate::domain::clean_text::CleanText;
    use crate::domain::id::Slug;

    fn round() -> Slug {
        Slug::new("spring").unwrap()
    }

    fn of(people: std::ops::Range<u8>) -> KeptRelease {
        kept_of(people).from(Origin::Round(round()))
    }

    /// A file and a name for it; what names are made of does not matter here.
    fn file(name: &str, kept: &KeptRelease) -> (ReleaseName, Vec<u8>) {
        (ReleaseName::new(name), serde_json::to_vec(kept).unwrap())
    }

    fn read(files: &[(ReleaseName, Vec<u8>)]) -> Result<Ledger, Unreadable> {
        Ledger::read(files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())))
    }

    fn after(names: &[&str]) -> BTreeSet<ReleaseName> {
        names.iter().map(|name| ReleaseName::new(name)).collect()
    }

    #[test]
    fn states_come_in_the_order_they_were_shown_whatever_the_order_of_the_files() {
        let files = [
            file("c", &of(0..20)),
            file("a", &of(20..33).after(after(&["c"]))),
            file("b", &of(33..50).after(after(&["a", "c"]))),
        ];
        let mut turned = files.clone();
        turned.reverse();
        let (one, other) = (read(&files).unwrap(), read(&turned).unwrap());
        assert_eq!(one, other);
        let survey = files_survey(&one);
        let names: Vec<&str> = one
            .of_round(&survey, &round(), &ids(0..50))
            .iter()
            .map(|state| state.name.as_str())
            .collect();
        assert_eq!(names, ["c", "a", "b"]);
    }

    fn files_survey(ledger: &Ledger) -> Slug {
        ledger.states()[0].kept.published().survey().id.clone()
    }

    #[test]
    fn a_state_whose_earlier_one_is_gone_stops_everything() {
        let files = [file("a", &of(20..33).after(after(&["c"])))];
        assert_eq!(read(&files), Err(Unreadable::Damaged));
    }

    #[test]
    fn two_ledgers_are_put_together_in_either_order() {
        let north = [file("n", &of(0..20))];
        let south = [file("s", &of(20..40))];
        let (one, other) = (read(&north).unwrap(), read(&south).unwrap());
        assert_eq!(one.lacks(&other), after(&["s"]));
        assert_eq!(other.lacks(&one), after(&["n"]));
        let together = read(&[north, south].concat()).unwrap();
        assert!(together.lacks(&one).is_empty() && together.lacks(&other).is_empty());
        assert_eq!(conflict(&together.states()), None);
    }

    #[test]
    fn two_states_with_the_same_people_in_them_are_a_conflict_until_one_is_marked_as_wrong() {
        let mut files = vec![file("a", &of(0..20)), file("b", &of(15..40))];
        let ledger = read(&files).unwrap();
        let found = conflict(&ledger.states()).unwrap();
        assert_eq!(
            (found.one.as_str(), found.other.as_str(), found.in_both),
            ("a", "b", 5)
        );
        let mark = ledger
            .mark(&ReleaseName::new("b"), CleanText::line("Feil spørsmål."))
            .unwrap();
        files.push((ReleaseName::new("m"), mark));
        let ledger = read(&files).unwrap();
        assert_eq!(conflict(&ledger.states()), None);
        assert_eq!(ledger.states().len(), 2, "what it printed stays known");
        assert_eq!(
            ledger.named("b").unwrap().wrong.unwrap().why.as_str(),
            "Feil spørsmål."
        );
        assert_eq!(
            ledger.mark(&ReleaseName::new("b"), CleanText::line("igjen")),
            None
        );
        assert_eq!(ledger.mark(&ReleaseName::new("x"), CleanText::line("nei")), None);
    }

    #[test]
    fn a_second_picture_of_the_same_people_that_is_wrong_is_no_part_and_leaves_nobody_out() {
        let wrong = |files: &mut Vec<(ReleaseName, Vec<u8>)>, name: &str| {
            let ledger = read(files).unwrap();
            let line = ledger.mark(&ReleaseName::new(name), CleanText::line("Feil."));
            files.push((ReleaseName::new(&format!("m-{name}")), line.unwrap()));
        };
        let mut files = vec![
            file("a", &of(0..26)),
            file("b", &of(0..26)),
            file("c", &of(26..40).after(after(&["a", "b"]))),
        ];
        wrong(&mut files, "a");
        let ledger = read(&files).unwrap();
        let names = |ledger: &Ledger| -> Vec<String> {
            let parts = parts(&ledger.states());
            parts.iter().map(|state| state.name.as_str().to_owned()).collect()
        };
        assert_eq!(names(&ledger), ["b", "c"]);
        let left: Vec<usize> = left_out(&ledger.states()).iter().map(|(n, _)| *n).collect();
        assert_eq!(left, [0]);
        // One whose people stand nowhere else keeps its place, and they are left out.
        wrong(&mut files, "c");
        let ledger = read(&files).unwrap();
        assert_eq!(names(&ledger), ["b", "c"]);
        let left: Vec<usize> = left_out(&ledger.states()).iter().map(|(n, _)| *n).collect();
        assert_eq!(left, [0, 14]);
    }

    #[test]
    fn two_files_of_one_survey_are_a_conflict() {
        let of_file = |name: &str| kept_of(0..0).from(Origin::File(name.to_owned()));
        let ledger = read(&[file("a", &of_file("one")), file("b", &of_file("two"))]).unwrap();
        assert!(conflict(&ledger.of_files(&files_survey(&ledger))).is_some());
    }

    #[test]
    fn a_newer_line_is_refused_as_newer_and_a_strange_one_as_damaged() {
        let line = |text: &str| read(&[(ReleaseName::new("a"), text.as_bytes().to_vec())]);
        assert_eq!(line(r#"{"ledger":4,"something":1}"#), Err(Unreadable::Newer));
        assert_eq!(line(r#"{"ledger":70000,"wrong":[]}"#), Err(Unreadable::Newer));
        assert_eq!(line(r#"{"ledger":1,"something":1}"#), Err(Unreadable::Damaged));
        assert_eq!(line("[]"), Err(Unreadable::Damaged));
    }
}
