//! Writing open answers and notes: what stays, what is pointed out, what comes back.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use stemme::domain::answer::{Answer, Response};
use stemme::domain::clean_text::CleanText;
use stemme::domain::interview::{Action, Interview, Written};
use stemme::domain::language::Language;
use stemme::tui::app::App;
use stemme::tui::input::{Input, PASTE_WITHIN, read_all};

use crate::harness::Screens;
use crate::sample_survey;

fn at_text() -> Screens {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview().go_to("annerledes");
    screens
}

fn interview(app: &App) -> &Interview {
    app.situation().interview.as_ref().unwrap()
}

fn typing(screens: &Screens) -> Option<String> {
    let item = "annerledes".parse().unwrap();
    interview(&screens.app).typing(&item).map(CleanText::to_string)
}

fn answer(screens: &Screens) -> Option<String> {
    match interview(&screens.app).response(&"annerledes".parse().unwrap()) {
        Some(Response::Given(Answer::Text(text))) => Some(text.to_string()),
        _ => None,
    }
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    })
}

#[test]
fn who_writes_without_a_rest_is_kept_every_second() {
    let mut screens = at_text();
    for letter in "uten pause".chars() {
        screens.text(&letter.to_string());
        screens.wait(Duration::from_millis(100));
    }
    let kept = typing(&screens).unwrap_or_default();
    assert!(kept.len() > 4 && "uten pause".starts_with(&kept), "{kept:?}");
}

#[test]
fn undo_works_after_leaving_the_question_and_coming_back() {
    let mut screens = at_text();
    screens.text("Fire ganger. ").text("Fem ganger.").keys("PgDn");
    screens.go_to("annerledes").keys("C-z C-z");
    assert!(screens.see().contains("Fire ganger.") && !screens.see().contains("Fem"));
    screens.keys("C-y C-y PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("Fire ganger. Fem ganger."));
}

/// The journal keeps actions as JSON; a program killed after a rest begins again from them.
#[test]
fn text_cursor_and_every_step_come_back_from_the_journal() {
    let mut screens = at_text();
    for word in 0..220 {
        screens.text(&format!("o{word} "));
        if word % 9 == 0 {
            screens.wait(Duration::from_secs(2));
        }
    }
    screens.keys("C-z C-z Left Left Left");
    screens.wait(Duration::from_secs(2));
    let before = interview(&screens.app);
    let json = serde_json::to_string(&*screens.deeds.steps.lock().unwrap()).unwrap();
    let steps: Vec<Action> = serde_json::from_str(&json).unwrap();
    let (again, refused) = Interview::replay(before.survey().clone(), before.opening().clone(), &steps);
    let on = Written::Item("annerledes".parse().unwrap());
    assert_eq!(refused, 0);
    assert_eq!(again.written(&on), before.written(&on));
    let written = again.written(&on).unwrap();
    assert_eq!(written.undoable(), 218);
    assert_eq!(written.cursor(), written.text().len() - 3);
    assert!(written.text().ends_with("o217 "), "{}", written.text());
}

#[test]
fn a_name_is_pointed_out_and_exchanged_only_when_asked_for() {
    let mut screens = at_text();
    screens.text("Snakket med Kari");
    assert!(!screens.see().contains("Ser ut som"), "still being written");
    screens.text(" og Kari lo");
    let seen = screens.see();
    assert!(
        seen.contains("! Ser ut som et navn: «Kari». Bytt til [en person]?"),
        "{seen}"
    );
    assert!(
        seen.contains("[Bytt «Kari»]") && seen.contains("[La stå]"),
        "{seen}"
    );
    screens.keys("PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("Snakket med Kari og Kari lo"));
    screens.go_to("annerledes").keys("Tab Tab Enter");
    assert!(!screens.see().contains("Ser ut som"), "{}", screens.see());
    screens.keys("PgDn");
    assert_eq!(
        answer(&screens).as_deref(),
        Some("Snakket med [en person] og [en person] lo")
    );
    screens.go_to("annerledes").keys("C-z PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("Snakket med Kari og Kari lo"));
}

#[test]
fn what_is_left_as_it_is_is_not_spoken_of_again_and_the_next_is() {
    let mut screens = at_text();
    screens.text("Kari bor i Bergen. ");
    assert!(
        screens.see().contains("«Kari». Bytt til [en person]? (og 1 til)"),
        "{}",
        screens.see()
    );
    screens.keys("Tab Tab Tab Enter");
    assert!(
        screens.see().contains("Ser ut som et sted: «Bergen»"),
        "{}",
        screens.see()
    );
    screens.text("Kari ");
    assert!(screens.see().contains("Bergen»"), "{}", screens.see());
    screens.keys("PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("Kari bor i Bergen. Kari "));
}

#[test]
fn a_note_points_it_out_too_in_every_language() {
    for (language, says) in [
        (Language::Bokmal, "Ser ut som et telefonnummer: «912 34 567»"),
        (Language::Nynorsk, "Ser ut som eit telefonnummer: «912 34 567»"),
        (Language::English, "Looks like a phone number: “912 34 567”"),
    ] {
        let mut screens = Screens::new(language, (80, 24));
        screens.interview().keys("N").text("Ring 912 34 567 nå");
        assert!(screens.see().contains(says), "{}", screens.see());
        screens.keys("Tab Tab Enter Esc");
        let note = interview(&screens.app).note(&sample_survey::id("alvor"));
        let note = note.map(CleanText::to_string).unwrap_or_default();
        assert!(!note.contains("912") && note.contains('['), "{note}");
    }
}

#[test]
fn nothing_of_a_warning_is_kept() {
    let mut screens = at_text();
    screens.text("Kari kom. ").keys("Tab Tab Tab Enter");
    screens.wait(Duration::from_secs(2));
    let steps = serde_json::to_string(&*screens.deeds.steps.lock().unwrap()).unwrap();
    for word in ["identifier", "warning", "left", "leave", "name"] {
        assert!(!steps.contains(word), "{word}: {steps}");
    }
}

#[test]
fn what_the_other_person_writes_unseen_leaves_no_steps_behind() {
    let mut screens = at_text();
    screens.go_to("trodd").keys("1 Enter Enter");
    let steps = screens.deeds.steps.lock().unwrap();
    assert!(!steps.iter().any(|step| matches!(step, Action::Write { .. })));
}

#[test]
fn a_huge_paste_keeps_what_fits_and_says_what_did_not() {
    let mut screens = at_text();
    screens.input(Input::Paste("æ".repeat(40_000)));
    let seen = screens.see();
    assert!(
        seen.contains("Det er fullt: 7232 tegn fikk ikke plass."),
        "{seen}"
    );
    assert!(!seen.contains("plass til omtrent"), "{seen}");
    screens.wait(Duration::from_secs(2));
    assert_eq!(typing(&screens).map(|text| text.chars().count()), Some(32_768));
    screens.keys("C-z C-y PgDn");
    assert_eq!(answer(&screens).map(|text| text.chars().count()), Some(32_768));
}

#[test]
fn a_long_answer_is_called_long_kindly_and_nobody_is_stopped() {
    let mut screens = at_text();
    screens.input(Input::Paste("ord ".repeat(1030)));
    assert!(
        screens.see().contains("Langt svar. Det er plass til mer."),
        "{}",
        screens.see()
    );
    screens.text("x");
    assert!(screens.see().contains("4121 tegn"), "{}", screens.see());
}

#[test]
fn a_click_moves_the_cursor_and_dragging_marks_in_long_and_short_fields() {
    let mut screens = at_text();
    screens.text("Fire ulike folk");
    let row = screens.cursor().1;
    screens.event(&mouse(MouseEventKind::Down(MouseButton::Left), 9, row));
    assert_eq!(screens.cursor(), (9, row));
    screens.event(&mouse(MouseEventKind::Drag(MouseButton::Left), 14, row));
    screens.text("to");
    assert!(screens.see().contains("Fire to folk"), "{}", screens.see());
    screens.go_to("ett_ord").text("heisann");
    let (column, row) = screens.cursor();
    screens.event(&mouse(MouseEventKind::Down(MouseButton::Left), column - 7, row));
    screens.text("H");
    assert!(screens.see().contains("[ Hheisann"), "{}", screens.see());
}

#[test]
fn keys_with_ctrl_and_shift_go_by_words_and_mark_and_are_themselves_elsewhere() {
    let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
    let mut screens = at_text();
    screens.text("en to tre");
    screens.event(&key(KeyCode::Left, KeyModifiers::CONTROL | KeyModifiers::SHIFT));
    screens.text("fire");
    screens.event(&key(KeyCode::Left, KeyModifiers::CONTROL));
    screens.event(&key(KeyCode::Backspace, KeyModifiers::CONTROL));
    assert!(screens.see().contains("en fire"), "{}", screens.see());
    screens.go_to("alvor");
    let before = screens.cursor();
    screens.event(&key(KeyCode::Down, KeyModifiers::SHIFT));
    assert_ne!(screens.cursor(), before);
}

/// On Windows a paste comes as keys: in an open answer its line ends are line ends, and nothing is sent.
#[test]
fn a_paste_that_comes_as_keys_is_text_in_a_text_and_nothing_on_a_choice() {
    let keys = |text: &str| -> Vec<Event> {
        let code = |c| {
            if c == '\n' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            }
        };
        text.chars()
            .map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE)))
            .collect()
    };
    let burst = keys("4\n4\n4\n4\n4\n4\n");
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview();
    for input in read_all(&burst, PASTE_WITHIN / 2) {
        screens.input(input);
    }
    assert!(
        interview(&screens.app)
            .response(&"alvor".parse().unwrap())
            .is_none()
    );
    screens.go_to("annerledes");
    for input in read_all(&burst, PASTE_WITHIN / 2) {
        screens.input(input);
    }
    screens.keys("PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("4\n4\n4\n4\n4\n4\n"));
}

#[test]
fn ctrl_h_deletes_and_ctrl_j_is_a_line_in_a_long_text_and_nothing_elsewhere() {
    let mut screens = at_text();
    screens.text("ab").keys("C-h C-j").text("c").keys("PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("a\nc"));
    screens.go_to("alvor").keys("4 C-j");
    assert_eq!(
        interview(&screens.app).current_question(),
        Some(&sample_survey::id("alvor"))
    );
}

#[test]
fn decomposed_letters_are_composed_however_they_come() {
    let mut screens = at_text();
    screens
        .text("A\u{30a}se")
        .input(Input::Paste(" a\u{30a}".to_owned()));
    screens.keys("PgDn");
    assert_eq!(answer(&screens).as_deref(), Some("Åse å"));
}

/// Terminals that do not tell a repeat from a press send a held key about thirty times a second.
#[test]
fn a_held_digit_answers_one_row_and_pressing_it_again_the_next() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview().go_to("pastander").keys("4");
    for _ in 0..10 {
        screens.wait(Duration::from_millis(33));
        let four = Event::Key(KeyEvent::new(KeyCode::Char('4'), KeyModifiers::NONE));
        let input = stemme::tui::input::read(&four).unwrap();
        screens.send(stemme::tui::command::Message::Input(input));
    }
    let answered = |screens: &Screens| {
        ["visste", "nok_tid", "over"]
            .iter()
            .filter(|row| {
                let item = format!("pastander.{row}").parse().unwrap();
                interview(&screens.app).response(&item).is_some()
            })
            .count()
    };
    assert_eq!(answered(&screens), 1);
    screens.keys("4");
    assert_eq!(answered(&screens), 2);
}
