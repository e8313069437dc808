//! Whole interviews, line by line, on the same machine the screens use.

use std::sync::Arc;

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};

use super::held::{ANSWERS, CONSENT, Memory, after_consent, hold, hold_of, hold_with, whole};
use super::{Conversation, Ending};
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::domain::answer::{Answer, Response};
use crate::domain::interview::{Action, Interview};
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::record::{Mode, QuotePermission};
use crate::domain::survey::Survey;
use crate::fieldwork::fixture::{id, interview, survey};
use crate::fieldwork::session::Session;

fn choice(code: &str) -> Response {
    Response::Given(Answer::choice(id(code)))
}

#[test]
fn at_a_sensitive_question_the_other_person_may_answer_alone() {
    let mut parts = survey().parts().clone();
    parts.sections[0].questions[0].sensitive = true;
    let opening = interview(Language::Bokmal, Mode::Individual).opening().clone();
    let sensitive = Interview::begin(Arc::new(Survey::new(parts).unwrap()), opening);
    let lines = [&CONSENT[..], &["alene", "4", "avslutt"]].concat();
    let held = hold_of(sensitive, &lines, Memory::default());
    assert!(held.said.contains("uten at du ser det"), "{}", held.said);
    assert!(!held.said.contains("Du valgte 4"), "{}", held.said);
    let kept = held.kept.0.lock().unwrap();
    let alone = Action::Answer {
        item: "alvor".parse().unwrap(),
        answer: Answer::choice(id("l3")),
        by_self: true,
    };
    assert!(kept.steps.contains(&alone));
}

#[test]
fn a_whole_interview_is_held_and_sealed_in_three_languages() {
    for (language, seal, saved) in [
        (Language::Bokmal, "forsegl", "Du valgte 4, Helt enig. Lagret."),
        (Language::Nynorsk, "forsegl", "Du valde 4, Helt enig [nn]. Lagra."),
        (Language::English, "seal", "You chose 4, Helt enig [en]. Saved."),
    ] {
        let held = hold_with(language, Mode::Individual, &whole(seal), Memory::default());
        assert_eq!(held.ending, Ending::Sealed, "{}", held.said);
        assert!(held.said.contains(saved), "{}", held.said);
        assert_eq!(held.answer("alvor"), choice("l3"));
        assert_eq!(held.answer("trygg"), choice("l7"));
        assert_eq!(held.answer("pastander.b"), choice("l2"));
        assert_eq!(held.answer("par.a.grad"), choice("l1"));
        let Response::Given(Answer::Number { about, .. }) = held.answer("dager") else {
            panic!("no number");
        };
        assert!(about);
        let text = held
            .answer("annerledes")
            .answer()
            .unwrap()
            .words()
            .unwrap()
            .as_str()
            .to_owned();
        assert_eq!(text, "Første linje\nandre");
        let word = held
            .answer("ord")
            .answer()
            .unwrap()
            .words()
            .unwrap()
            .as_str()
            .to_owned();
        assert_eq!(word, "pause");
        let kept = held.kept.0.lock().unwrap();
        let record = kept.record.as_ref().unwrap();
        assert!(record.read_back);
        assert_eq!(record.self_answered.len(), 1);
        assert_eq!(record.confirmations, [(id("dager"), 0)]);
        assert_eq!(
            record.quotes.values().copied().collect::<Vec<_>>(),
            [QuotePermission::Rewritten]
        );
    }
}

/// Threat row 31: the clock jumps by twenty years, forth and back, at every look at it.
#[test]
fn a_clock_that_jumps_changes_nothing_that_is_kept() {
    let steady = hold(&whole("forsegl"));
    let input: String = whole("forsegl").iter().map(|line| format!("{line}\n")).collect();
    let (mut surroundings, _) = Surroundings::made_up(&[], &input);
    let looks = std::sync::atomic::AtomicUsize::new(0);
    surroundings.now = Arc::new(move || {
        let look = looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let times = ["2046-11-22T14:02:00[UTC]", "2006-02-28T23:59:59[UTC]"];
        times[look % 2].parse().unwrap()
    });
    let kept = Memory::default();
    let session = Session::begin(
        interview(Language::Bokmal, Mode::Individual),
        Box::new(kept.clone()),
    );
    let ending = Conversation::new(session, &[], false, &mut surroundings)
        .unwrap()
        .hold();
    assert_eq!(ending, Ending::Sealed);
    let (steady, jumping) = (steady.kept.0.lock().unwrap(), kept.0.lock().unwrap());
    assert_eq!(steady.steps, jumping.steps);
    assert_eq!(steady.record, jumping.record);
    assert!(jumping.record.is_some());
}

#[test]
fn a_name_in_an_open_answer_is_pointed_out_after_it_and_stays() {
    let held = after_consent(&[&ANSWERS[..16], &["Spurte Kari om det"]].concat());
    let after = held.said.split("Spurte Kari om det").last().unwrap_or_default();
    assert!(
        after.contains("Ser ut som et navn: «Kari». Bytt til [en person]?"),
        "{}",
        held.said
    );
}

#[test]
fn a_name_is_exchanged_where_that_is_wanted_and_asked_about_until_that_is_answered() {
    let before = [&CONSENT[..], &ANSWERS[..16], &["Spurte Kari om det, Kari"]].concat();
    let words = |more: &[&str]| {
        let held = hold(&[&before[..], more].concat());
        let kept = held.kept.0.lock().unwrap();
        let mut texts = kept.steps.iter().filter_map(|step| match step {
            Action::Answer { answer, .. } => answer.words().map(|words| words.as_str().to_owned()),
            _ => None,
        });
        texts.next_back().unwrap()
    };
    assert_eq!(words(&["ja"]), "Spurte [en person] om det, [en person]");
    for more in ["", "nei"] {
        assert_eq!(words(&[more]), "Spurte Kari om det, Kari", "{more}");
    }
    // A slip neither leaves the name standing nor is an answer to the next question.
    assert_eq!(
        words(&["bytt", "2", "ja"]),
        "Spurte [en person] om det, [en person]"
    );
    assert_eq!(words(&["", "Noe annet", "."]), "Noe annet");
}

#[test]
fn what_was_passed_over_is_offered_before_the_read_back_and_taken_up_question_by_question() {
    let offer = "Noe står igjen.";
    let skips = (10..30)
        .find(|count| after_consent(&vec!["hopp"; *count]).said.contains(offer))
        .unwrap();
    let all = vec!["hopp"; skips];
    let declined = after_consent(&[&all[..], &["2"]].concat());
    assert_eq!(declined.said.matches(offer).count(), 1, "{}", declined.said);
    assert!(declined.said.contains("Svar 1 av"), "{}", declined.said);
    let taken = after_consent(&[&all[..], &["1", "4", "hopp"]].concat());
    let after = taken.said.split(offer).nth(1).unwrap();
    let places: Vec<_> = after.match_indices("Spørsmål ").map(|(at, _)| at).collect();
    assert!(places.len() >= 3 && after.contains("Spørsmål 1 av"), "{after}");
    // Where nothing was passed over, or a word means something else, it is not in the way.
    let paused = after_consent(&[&all[..], &["pause"]].concat());
    assert!(paused.said.contains("Pause. Alt er lagret."), "{}", paused.said);
}

#[test]
fn whoever_wants_to_know_more_hears_the_information_again_and_is_asked_again() {
    for more in ["3", "mer", "vil vite mer"] {
        let held = hold(&["", "2", more, "ja", "ja", "4"]);
        let asked = held.said.matches("3 er mer").count();
        assert!(asked >= 3, "{more}: {}", held.said);
        assert!(held.said.contains("Du valgte 4"), "{more}: {}", held.said);
    }
}

#[test]
fn taking_back_says_which_answer_is_gone_and_what_is_empty_cannot_be_emptied() {
    let held = after_consent(&["4", "angre"]);
    assert!(held.said.contains("Angret: "), "{}", held.said);
    let held = after_consent(&["tøm"]);
    assert!(
        held.said.contains("Her er det ikke noe svar å ta bort."),
        "{}",
        held.said
    );
}

#[test]
fn a_name_in_a_note_is_pointed_out_too() {
    let said = after_consent(&["notat", "Spør Kari siden"]).said;
    let after = said.split("Notatet er tatt imot.").last().unwrap_or_default();
    assert!(after.contains("Ser ut som et navn: «Kari»."), "{said}");
}

#[test]
fn the_beginning_reads_as_a_conversation() {
    let said = hold(&["", "2", "ja", "ja", "4", "hopp"]).said;
    insta::assert_snapshot!(said);
}

#[test]
fn the_word_back_leads_to_the_question_before_with_its_answer() {
    let held = after_consent(&["2", "tilbake", "4", "1"]);
    assert!(
        held.said.contains("Her står det nå: Litt uenig."),
        "{}",
        held.said
    );
    assert!(
        held.said.contains("Du valgte 4, Helt enig. Lagret."),
        "{}",
        held.said
    );
    assert_eq!(held.ending, Ending::InputEnded);
}

#[test]
fn words_of_another_language_work_too() {
    let held = after_consent(&["2", "back", "don't know", "hide", "", "overview", "", "nope"]);
    assert!(held.said.contains("Svaret er vet ikke. Lagret."), "{}", held.said);
    assert!(held.said.contains("Oversikt over spørsmålene."));
}

#[test]
fn hiding_pushes_everything_away_with_sixty_lines_and_one_sentence() {
    let held = after_consent(&["skjul", "", "4"]);
    let curtain = format!("{}Pause. Trykk Enter for å fortsette.", "\n".repeat(61));
    assert!(held.said.contains(&curtain));
}

#[test]
fn a_line_that_fits_nothing_gets_one_sentence_and_the_prompt_again() {
    let held = after_consent(&["9", "blåbær", "", "3"]);
    assert_eq!(
        held.said
            .matches("Det valget finnes ikke her. Skriv ett av tallene.\n> ")
            .count(),
        2
    );
    assert!(held.said.contains("Her kom det ikke noe svar."));
    assert!(held.said.contains("Du valgte 3, Litt enig. Lagret."));
}

#[test]
fn a_check_asks_and_another_stops() {
    let held = after_consent(&[
        "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "hopp", "", "400",
        "ja", "60", "nei", "12", "mai 2020",
    ]);
    assert!(held.said.contains("400 er flere enn året har."), "{}", held.said);
    assert!(
        held.said.contains("60 dager er mye.\nStemmer det?"),
        "{}",
        held.said
    );
    assert!(held.said.contains("Svaret er 12 dager. Lagret."), "{}", held.said);
    assert!(held.said.contains("Svaret er mai 2020. Lagret."), "{}", held.said);
}

#[test]
fn a_no_leaves_nothing() {
    let held = hold(&["", "2", "nei"]);
    assert_eq!(held.ending, Ending::Declined);
    assert!(held.kept.0.lock().unwrap().steps.is_empty());
}

#[test]
fn without_a_guardians_paper_nothing_begins_and_nobody_is_said_to_have_said_no() {
    let held = hold(&["", "1", "nei"]);
    assert_eq!(held.ending, Ending::Declined);
    assert!(held.kept.0.lock().unwrap().steps.is_empty());
    assert!(
        held.said.contains("Ingenting er lagret eller talt."),
        "{}",
        held.said
    );
    assert!(!held.said.contains("sa nei"), "{}", held.said);
}

#[test]
fn the_end_of_the_input_keeps_everything_so_far() {
    let held = after_consent(&["4"]);
    assert_eq!(held.ending, Ending::InputEnded);
    assert!(held.said.contains("Alt til hit er lagret som utkast"));
    assert_eq!(hold(&[""]).ending, Ending::NothingKept);
}

#[test]
fn who_leaves_by_choice_before_anything_is_kept_did_nothing_wrong() {
    for way in [&["", "pause", "2"][..], &["", "pause", "3"]] {
        let held = hold(way);
        assert_eq!(held.ending, Ending::Left, "{}", held.said);
        assert_eq!(held.ending.code(), ExitCode::Ok);
    }
    assert_eq!(hold(&[""]).ending.code(), ExitCode::NothingToDo);
}

#[test]
fn deleting_takes_the_word() {
    let held = after_consent(&["4", "pause", "3", "3", "", "1", "2"]);
    assert!(!held.kept.0.lock().unwrap().deleted);
    let held = after_consent(&["4", "pause", "3", "3", "slett"]);
    assert_eq!(held.ending, Ending::Deleted);
    assert!(held.kept.0.lock().unwrap().deleted);
}

#[test]
fn stopping_can_keep_or_use_the_answers() {
    assert_eq!(after_consent(&["4", "pause", "3", "1"]).ending, Ending::Held);
    let held = after_consent(&["4", "pause", "3", "2", "ferdig", "forsegl", "1"]);
    assert_eq!(held.ending, Ending::Sealed);
    assert_eq!(held.answer("hvem"), Response::Missing(Missing::NotAsked));
}

#[test]
fn a_correction_returns_to_its_row() {
    let mut lines = CONSENT.to_vec();
    lines.extend(&ANSWERS[..21]);
    lines.extend(["", "rett", "1", "", "ferdig", "forsegl"]);
    let held = hold(&lines);
    assert_eq!(held.ending, Ending::Sealed, "{}", held.said);
    assert_eq!(held.answer("hvem"), choice("jeg"));
    assert_eq!(held.said.matches("Svar 2 av ").count(), 2);
}

#[test]
fn what_the_person_types_unseen_is_never_said() {
    let mut lines = CONSENT.to_vec();
    lines.extend(["oversikt", "12", "Nei"]);
    let held = hold(&lines);
    assert!(held.said.contains("Nå svarer du selv."));
    let after = held.said.split("Nå svarer du selv.").last().unwrap();
    assert!(
        after.contains("Svaret er tatt imot og blir ikke vist."),
        "{after}"
    );
    assert!(
        !after.contains("Svaret er Nei") && !after.contains("> Nei"),
        "{after}"
    );
}

#[test]
fn a_group_raises_hands() {
    let lines = [
        "", "2", "ja", "ja", "3", "1", "2", "0", "0", "9", "4", "2", "", "", "", "ferdig", "forsegl",
    ];
    let held = hold_with(
        Language::Bokmal,
        Mode::Group { people: 5 },
        &lines,
        Memory::default(),
    );
    assert!(
        held.said.contains("Skriv et helt tall fra 0 til 5."),
        "{}",
        held.said
    );
    let Response::Given(Answer::Hands(hands)) = held.answer("hender") else {
        panic!("no hands: {}", held.said);
    };
    assert_eq!(hands.values().copied().collect::<Vec<_>>(), [4, 2]);
    // What one person would choose several of.
    let Response::Given(Answer::Hands(hands)) = held.answer("viktig") else {
        panic!("no hands: {}", held.said);
    };
    assert_eq!(hands.values().sum::<u32>(), 6);
}

#[test]
fn a_full_disk_is_said_at_once_and_enter_tries_again() {
    let kept = Memory::default();
    kept.0.lock().unwrap().failures = 2;
    let held = hold_with(
        Language::Bokmal,
        Mode::Individual,
        &["", "2", "ja", "ja", "", "", "4"],
        kept,
    );
    assert_eq!(
        held.said.matches("IKKE lagret. Disken er full.").count(),
        2,
        "{}",
        held.said
    );
    assert!(held.said.contains("Du valgte 4, Helt enig. Lagret."));
    let kept = Memory::default();
    kept.0.lock().unwrap().failures = 9;
    let held = hold_with(Language::Bokmal, Mode::Individual, &["", "2", "ja", "ja"], kept);
    assert_eq!(held.ending, Ending::NotSaved);
}

#[test]
fn a_break_in_the_middle_of_a_text_loses_nothing() {
    let mut lines = CONSENT.to_vec();
    lines.extend(["oversikt", "11", "Første", "pause", "1", "andre", "."]);
    let held = hold(&lines);
    assert!(
        held.said.contains("Dette er skrevet så langt: Første"),
        "{}",
        held.said
    );
    assert!(
        held.said.contains("Svaret er «Første\nandre». Lagret."),
        "{}",
        held.said
    );
}

#[test]
fn the_language_changes_in_the_middle() {
    let held = after_consent(&["språk", "2", "4"]);
    assert!(
        held.said.contains("Du valde 4, Helt enig [nn]. Lagra."),
        "{}",
        held.said
    );
}

fn any_line() -> impl Strategy<Value = String> {
    let words = [
        "",
        "1",
        "2",
        "3",
        "4",
        "7",
        "1 2",
        "ja",
        "nei",
        "tilbake",
        "meny",
        "pause",
        "skjul",
        "hjelp",
        "hopp",
        "notat",
        "oversikt",
        "språk",
        "angre",
        "tøm",
        "gjenta",
        "følg opp",
        "vanskelig",
        "rett",
        "ferdig",
        ".",
        "v",
        "ca 12",
        "mars 2024",
        "vet ikke",
    ];
    prop_oneof![
        8 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|line| line.replace('\n', "")),
        1 => Just("400".to_owned()),
    ]
}

proptest! {
    #[test]
    fn random_lines_never_seal_or_delete_without_the_words(lines in prop::collection::vec(any_line(), 0..80)) {
        let lines: Vec<&str> = CONSENT.into_iter().chain(lines.iter().map(String::as_str)).collect();
        let words = ["forsegl", "forsegle", "seal", "slett", "delete"];
        let spoken = lines.iter().any(|line| words.contains(&line.trim().trim_end_matches(['.', '!']).to_lowercase().as_str()));
        let held = hold(&lines);
        let kept = held.kept.0.lock().unwrap();
        prop_assert!(spoken || (kept.record.is_none() && !kept.deleted));
    }
}
