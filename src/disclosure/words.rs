//! Themes and quotes of people who are too few for numbers.
//!
//! Below the least base a state holds no number, and nothing of any question: themes and quotes are all that is told, once
//! more than k of those interviewed hold any theme. Numbers that come later are decided as if nothing had been shown, for
//! nothing of any question was. Themes are not:
//!
//! - That a theme stood among these people stays known. So they are a row of their own for good, and whoever is shown later
//!   is counted without them.
//! - Whoever is shown later beside them tells of no theme while they are fewer than a row needs: a theme that is new beside
//!   two newcomers would be one of theirs.
//! - Two such states of the same people, made without regard to each other, tell of no more themes.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::record::InterviewId;
use crate::domain::workbook::Workbook;

use super::ledger::State;
use super::profile::Settings;
use super::release::{KeptRelease, ReleaseName};

/// Returns whether themes and quotes of these people may be told without numbers: whether more than k hold any theme.
#[must_use]
pub fn may_tell(workbook: &Workbook, people: &BTreeSet<InterviewId>, settings: &Settings) -> bool {
    let mut holding: BTreeSet<&InterviewId> = workbook.holding().into_values().flatten().collect();
    holding.extend(workbook.quotes().map(|(_, quote)| &quote.answer.interview));
    let own = holding
        .into_iter()
        .filter(|interview| people.contains(*interview));
    own.count() > usize::from(settings.threshold(false))
}

/// Returns whether one of these states in words stands.
#[must_use]
pub fn stand(in_words: &[State<'_>]) -> bool {
    in_words.iter().any(|state| state.wrong.is_none())
}

/// Returns of whom themes and quotes are told, state by state: those in words as a row of their own, and those of the
/// others without them. `still_there` says who of a state is.
#[must_use]
pub fn rows(
    in_words: &[State<'_>],
    others: &[State<'_>],
    still_there: impl Fn(&KeptRelease) -> BTreeSet<InterviewId>,
    settings: &Settings,
) -> BTreeMap<ReleaseName, BTreeSet<InterviewId>> {
    let before: BTreeSet<&InterviewId> = in_words.iter().flat_map(|state| state.kept.made_of()).collect();
    let mut rows = BTreeMap::new();
    for state in in_words.iter().filter(|state| state.wrong.is_none()) {
        // A second one holds some of the same people, or was made beside the first: the two could be told apart.
        let people = match in_words {
            [_] => still_there(state.kept),
            _ => BTreeSet::new(),
        };
        rows.insert(state.name.clone(), people);
    }
    for state in others.iter().filter(|state| state.wrong.is_none()) {
        let made_of = state.kept.made_of();
        let alone = made_of.iter().filter(|person| !before.contains(person)).count();
        let is_row = alone == made_of.len() || alone >= usize::from(settings.row_base(false));
        let mut people = BTreeSet::new();
        if is_row {
            people = still_there(state.kept);
            people.retain(|person| !before.contains(person));
        }
        rows.insert(state.name.clone(), people);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{may_tell, rows, stand};
    use crate::disclosure::ledger::{State, Wrong, conflict};
    use crate::disclosure::made_up::{ids, kept_of, settings};
    use crate::disclosure::release::{KeptRelease, ReleaseName};
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::ProfileName;
    use crate::domain::record::InterviewId;
    use crate::domain::workbook::log::{Change, Log};
    use crate::domain::workbook::theme::Theme;
    use crate::domain::workbook::{AnswerRef, Workbook};
    use crate::stats::made_up::{id, key};

    fn in_words(people: std::ops::Range<u8>) -> KeptRelease {
        let full = kept_of(people.clone());
        KeptRelease::new(full.published().clone().in_words(), ids(people))
    }

    fn state<'s>(name: &'s ReleaseName, kept: &'s KeptRelease) -> State<'s> {
        State {
            name,
            kept,
            wrong: None,
        }
    }

    fn sizes(in_words: &[State<'_>], others: &[State<'_>]) -> Vec<(String, usize)> {
        let settings = settings(ProfileName::Standard);
        let rows = rows(in_words, others, |kept| kept.made_of().clone(), &settings);
        let sizes = rows.into_iter();
        sizes
            .map(|(name, people)| (name.as_str().to_owned(), people.len()))
            .collect()
    }

    #[test]
    fn a_state_in_words_holds_nothing_of_any_question_and_reads_back_as_it_was() {
        let kept = in_words(0..9);
        let json = serde_json::to_string(&kept).unwrap();
        assert!(json.contains("\"items\":[]") && !json.contains("cells"), "{json}");
        let read = KeptRelease::read(json.as_bytes()).unwrap();
        assert!(read == kept && read.published().is_in_words());
        assert!(!kept_of(0..20).published().is_in_words());
    }

    #[test]
    fn it_takes_more_than_k_who_hold_any_theme() {
        let held = |people: u8| {
            let mut log = Log::default();
            for person in 0..people {
                let interview = InterviewId::from_bytes([person; 16]);
                let item = key("fritt");
                let answer = AnswerRef { interview, item };
                let theme = id(if person % 2 == 0 { "tid" } else { "rom" });
                log.add(&id("a"), 1, Change::Tag { answer, theme });
            }
            let themes = ["tid", "rom"].map(|theme| Theme::seed(id(theme), CleanText::line(theme)));
            Workbook::of(themes, &log)
        };
        let may = |people| may_tell(&held(people), &ids(0..9), &settings(ProfileName::Standard));
        assert_eq!([may(0), may(5), may(6), may(9)], [false, false, true, true]);
        // Others who hold one are not counted.
        assert!(!may_tell(&held(9), &ids(4..20), &settings(ProfileName::Standard)));
    }

    #[test]
    fn those_told_of_in_words_stay_a_row_of_their_own_and_too_few_beside_them_tell_nothing() {
        let (w, s, t) = (
            ReleaseName::new("w"),
            ReleaseName::new("s"),
            ReleaseName::new("t"),
        );
        let (few, later) = (in_words(0..9), kept_of(20..31));
        let of = |people: u8| {
            let numbers = kept_of(0..people);
            sizes(&[state(&w, &few)], &[state(&s, &numbers), state(&t, &later)])
        };
        let rows = |s, t| vec![("s".to_owned(), s), ("t".to_owned(), t), ("w".to_owned(), 9)];
        assert_eq!(of(11), rows(0, 11));
        assert_eq!(of(19), rows(0, 11));
        assert_eq!(of(20), rows(11, 11));
    }

    #[test]
    fn two_states_in_words_of_the_same_people_are_a_conflict_and_tell_no_more() {
        let (a, b) = (ReleaseName::new("a"), ReleaseName::new("b"));
        let (one, other) = (in_words(0..9), in_words(0..10));
        let mut states = [state(&a, &one), state(&b, &other)];
        assert!(conflict(&states).is_some());
        let none = vec![("a".to_owned(), 0), ("b".to_owned(), 0)];
        assert_eq!(sizes(&states, &[]), none);
        // Marking one as wrong makes nobody forget it.
        let wrong = Wrong {
            release: a.clone(),
            why: CleanText::line("Feil."),
        };
        states[0].wrong = Some(&wrong);
        assert_eq!(sizes(&states, &[]), vec![("b".to_owned(), 0)]);
        assert!(stand(&states) && !stand(&states[..1]));
    }

    #[test]
    fn numbers_of_the_same_people_are_no_conflict_with_words() {
        let (w, s) = (ReleaseName::new("w"), ReleaseName::new("s"));
        let (few, numbers) = (in_words(0..9), kept_of(0..20));
        assert_eq!(conflict(&[state(&w, &few), state(&s, &numbers)]), None);
    }
}
