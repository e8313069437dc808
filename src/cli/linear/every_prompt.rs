//! Wherever somebody can type, the words that work everywhere are answered and are never taken for an answer.

use super::Ending;
use super::held::{ANSWERS, CONSENT, Held, Memory, hold_with};
use crate::domain::interview::Action;
use crate::domain::language::Language;
use crate::domain::record::Mode;
use crate::domain::word_code::WithdrawalCode;
use crate::texts::Texts;

/// A place where somebody can type, and the lines that lead there.
struct Prompt {
    name: &'static str,
    lines: Vec<String>,
    mode: Mode,
    kept: fn() -> Memory,
}

fn prompts() -> Vec<Prompt> {
    let usual: fn() -> Memory = Memory::default;
    let coded: fn() -> Memory = || {
        let kept = Memory::default();
        kept.0.lock().unwrap().code = Some(WithdrawalCode::from_random([1, 2, 3, 4, 5, 6]));
        kept
    };
    let full: fn() -> Memory = || {
        let kept = Memory::default();
        kept.0.lock().unwrap().failures = usize::MAX;
        kept
    };
    let unsealed: fn() -> Memory = || {
        let kept = Memory::default();
        kept.0.lock().unwrap().refuses_seal = true;
        kept
    };
    let one = |name, lines: &[&str], kept| Prompt {
        name,
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        mode: Mode::Individual,
        kept,
    };
    let consented = |more: &[&'static str]| [&CONSENT[..], more].concat();
    let to_the_end = |more: &[&'static str]| {
        let answers = [&ANSWERS[..21], &["ferdig"]].concat();
        [consented(&answers), more.to_vec()].concat()
    };
    let mut all = vec![
        one("information", &[], usual),
        one("age band", &[""], usual),
        one("guardian", &["", "1"], usual),
        one("consent point", &["", "2"], usual),
        one("second consent point", &["", "2", "ja"], usual),
        one("not saved", &["", "2", "ja", "ja"], full),
    ];
    // Every question in turn, with the field of "something else", a check that asks, and the unseen one.
    for count in 0..ANSWERS.len() - 1 {
        all.push(one("question", &consented(&ANSWERS[..count]), usual));
    }
    all.extend([
        one("menu", &consented(&["meny"]), usual),
        one("note", &consented(&["notat"]), usual),
        one("overview", &consented(&["oversikt"]), usual),
        one("language", &consented(&["språk"]), usual),
        one("pause", &consented(&["pause"]), usual),
        one("after the distress card", &consented(&["vanskelig"]), usual),
        one("stop", &consented(&["pause", "3"]), usual),
        one("delete", &consented(&["pause", "3", "3"]), usual),
        one("read-back", &consented(&ANSWERS[..21]), usual),
        one(
            "quote",
            &[consented(&ANSWERS[..21]), vec![""; 15]].concat(),
            usual,
        ),
        one("closing", &to_the_end(&[]), usual),
        one("not sealed", &to_the_end(&["forsegl"]), unsealed),
        one("withdrawal code", &to_the_end(&["forsegl"]), coded),
        one("debrief", &to_the_end(&["forsegl"]), usual),
    ]);
    let group = ["", "2", "ja", "ja", "1", "9", "4"];
    for count in 4..group.len() {
        all.push(Prompt {
            mode: Mode::Group { people: 5 },
            ..one("hands", &group[..count], usual)
        });
    }
    all
}

/// Types a word at a prompt, and what ends it; returns what was said after the word.
fn typed(prompt: &Prompt, word: &str, after: &[&str]) -> (Held, String) {
    let mut lines: Vec<&str> = prompt.lines.iter().map(String::as_str).collect();
    lines.push(word);
    lines.extend(after);
    let held = hold_with(Language::Bokmal, prompt.mode, &lines, (prompt.kept)());
    let without = hold_with(
        Language::Bokmal,
        prompt.mode,
        &lines[..prompt.lines.len()],
        (prompt.kept)(),
    );
    // Both say the same until the word is typed; the end of the input is what the shorter one says last.
    let same = held
        .said
        .bytes()
        .zip(without.said.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let start = held.said.floor_char_boundary(same);
    let said = held.said.get(start..).unwrap_or_default().to_owned();
    (held, said)
}

/// Whatever was typed, it is nobody's answer and nobody's note.
fn is_no_answer(held: &Held, prompt: &Prompt, word: &str) {
    let kept = held.kept.0.lock().unwrap();
    assert!(!kept.deleted, "{}: {word} deleted", prompt.name);
    assert!(
        !format!("{:?}", kept.steps).contains(&format!("\"{word}\"")),
        "{}: {word} was taken for an answer",
        prompt.name
    );
    let answers = |steps: &[Action]| {
        let given = |step: &&Action| matches!(step, Action::Answer { .. } | Action::Missing { .. });
        steps.iter().filter(given).count()
    };
    let lines: Vec<&str> = prompt.lines.iter().map(String::as_str).collect();
    let without = hold_with(Language::Bokmal, prompt.mode, &lines, (prompt.kept)());
    let before = answers(&without.kept.0.lock().unwrap().steps);
    // The end of the input may answer what was half said; a word never does.
    assert!(
        answers(&kept.steps) <= before,
        "{}: {word}\n{}",
        prompt.name,
        held.said
    );
}

#[test]
fn help_and_hide_and_the_menu_are_answered_at_every_prompt() {
    let words = Texts::load(Language::Bokmal).unwrap().linear;
    for prompt in prompts() {
        let (held, said) = typed(&prompt, "hjelp", &[]);
        let help = [&words.help[0], &words.help_outside[0]];
        assert!(
            help.iter().any(|line| said.contains(line.as_str())),
            "{}\n{said}",
            prompt.name
        );
        is_no_answer(&held, &prompt, "hjelp");

        let (held, said) = typed(&prompt, "skjul", &[""]);
        let hidden = format!("{}{}", "\n".repeat(60), words.curtain);
        assert!(
            said.contains(&hidden) && said.contains(&words.curtain_back),
            "{}\n{said}",
            prompt.name
        );
        is_no_answer(&held, &prompt, "skjul");

        let (held, said) = typed(&prompt, "meny", &[]);
        // Where a list of choices is open already, it is said again.
        let lists = [
            &words.menu[0],
            &words.pause_choices[0],
            &words.stop[0],
            &words.not_here,
            &words.debrief[0],
            &Texts::load(Language::Bokmal).unwrap().withdrawal.code_last_word,
        ];
        let listed = lists.iter().any(|list| said.contains(list.as_str())) || said.contains("IKKE");
        assert!(listed, "{}\n{said}", prompt.name);
        is_no_answer(&held, &prompt, "meny");
    }
}

#[test]
fn a_pause_and_the_way_back_are_answered_at_every_prompt() {
    let words = Texts::load(Language::Bokmal).unwrap().linear;
    for prompt in prompts() {
        let (held, said) = typed(&prompt, "pause", &[]);
        let answered = said.contains("Pause.")
            || [&words.at_end, &words.pause_choices[0], &words.not_here]
                .iter()
                .any(|said_so| said.contains(said_so.as_str()));
        assert!(answered, "{}\n{said}", prompt.name);
        is_no_answer(&held, &prompt, "pause");
        assert_ne!(held.ending, Ending::Deleted);

        let (held, said) = typed(&prompt, "tilbake", &[]);
        assert!(said.matches('\n').count() >= 2, "{}\n{said}", prompt.name);
        for wrong in [&words.no_such_number, &words.no_such_numbers, &words.yes_or_no] {
            let first = said.lines().nth(1).unwrap_or_default();
            assert_ne!(first, wrong, "{}\n{said}", prompt.name);
        }
        is_no_answer(&held, &prompt, "tilbake");
    }
}

#[test]
fn the_last_word_of_a_code_counts_also_when_it_is_one_of_the_words() {
    // The check word of some codes means something elsewhere.
    let code = (0..=u16::MAX)
        .map(|number| {
            let [a, b] = number.to_be_bytes();
            WithdrawalCode::from_random([0, 0, 0, 0, a, b])
        })
        .find(|code| ["pause", "tilbake", "hjelp"].contains(&code.words()[3]));
    let Some(code) = code else {
        panic!("no such code");
    };
    let last = code.words()[3];
    let kept = Memory::default();
    kept.0.lock().unwrap().code = Some(code);
    let answers = [&CONSENT[..], &ANSWERS[..21], &["ferdig", "forsegl", last, "1"]].concat();
    let held = hold_with(Language::Bokmal, Mode::Individual, &answers, kept);
    let goodbye = Texts::load(Language::Bokmal).unwrap().linear.goodbye.clone();
    assert_eq!(held.ending, Ending::Sealed);
    assert!(held.said.contains(&goodbye), "{}", held.said);
}
