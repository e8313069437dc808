//! Interviews that were held before, and codes: what is said fits who is there.

use super::Ending;
use super::held::{CONSENT, Held, Memory, enter, hold_with, whole};
use crate::domain::language::Language;
use crate::domain::record::{Entered, Mode, QuotePermission};
use crate::domain::word_code::WithdrawalCode;

fn coded() -> (Memory, String) {
    let code = WithdrawalCode::from_random([1, 2, 3, 4, 5, 6]);
    let text = code.text().as_str().to_owned();
    let kept = Memory::default();
    kept.0.lock().unwrap().code = Some(code);
    (kept, text)
}

#[test]
fn an_interview_that_was_held_before_is_spoken_of_as_such() {
    for (language, read_out, about, asked) in [
        (
            Language::Bokmal,
            "Les opp",
            "Du legger inn et intervju som er holdt før (fra papir).",
            "Sa personen at ordene kan brukes",
        ),
        (
            Language::Nynorsk,
            "Les opp",
            "Du legg inn eit intervju som er halde før (frå papir).",
            "Sa personen at orda kan brukast",
        ),
        (
            Language::English,
            "Read out",
            "You are entering an interview that was held before",
            "Did the person say that the words",
        ),
    ] {
        let held = enter(language, &whole("seal"), Memory::default());
        assert_eq!(held.ending, Ending::Sealed, "{}", held.said);
        assert!(held.said.contains(about), "{}", held.said);
        assert!(held.said.contains(asked), "{}", held.said);
        let mut read_aloud = held.said.lines().filter(|line| line.starts_with(read_out));
        assert_eq!(read_aloud.next(), None, "nobody is there to hear it");
        let kept = held.kept.0.lock().unwrap();
        let record = kept.record.as_ref().unwrap();
        assert_eq!(record.entered, Entered::FromPaper);
        assert!(
            record
                .quotes
                .values()
                .any(|said| *said == QuotePermission::Rewritten)
        );
    }
}

#[test]
fn a_break_while_something_is_entered_speaks_to_the_one_who_writes() {
    let lines = [&CONSENT[..], &["pause", "3", "", "1"]].concat();
    for (language, yours, asks) in [
        (Language::Bokmal, "den tida du trenger", "Spør"),
        (Language::Nynorsk, "den tida du treng", "Spør"),
        (Language::English, "the time you need", "Ask"),
    ] {
        let held = enter(language, &lines, Memory::default());
        let (_, after) = held.said.rsplit_once(yours).unwrap();
        assert!(!after.contains(asks), "{}", held.said);
    }
}

/// Everything to the seal, without the answer to how the interviewer is.
fn sealed(after: &[&str], kept: Memory) -> Held {
    let mut lines = whole("forsegl");
    lines.pop();
    lines.extend(after);
    hold_with(Language::Bokmal, Mode::Individual, &lines, kept)
}

#[test]
fn whoever_wants_no_code_says_so_twice_and_none_is_kept() {
    let held = sealed(&["nei", "ja", "1"], coded().0);
    assert_eq!(held.ending, Ending::Sealed, "{}", held.said);
    assert!(held.said.contains("Da er det ingen kode."), "{}", held.said);
    assert!(held.kept.0.lock().unwrap().unwanted);
}

#[test]
fn a_no_that_was_a_mistake_shows_the_code_again() {
    let (kept, code) = coded();
    let last = code.rsplit('-').next().unwrap_or_default();
    let held = sealed(&["nei", "nei", last, "1"], kept);
    assert_eq!(held.ending, Ending::Sealed, "{}", held.said);
    assert_eq!(held.said.matches(&code).count(), 2, "{}", held.said);
    assert!(!held.kept.0.lock().unwrap().unwanted);
}

#[test]
fn an_end_of_input_before_the_code_is_noted_says_that_it_waits() {
    let held = sealed(&["nei"], coded().0);
    assert!(held.said.contains("koden er ikke bekreftet"), "{}", held.said);
    assert!(!held.kept.0.lock().unwrap().unwanted);
}
