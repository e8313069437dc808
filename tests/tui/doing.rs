//! What keys do.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use stemme::domain::answer::{Answer, Response};
use stemme::domain::clean_text::CleanText;
use stemme::domain::interview::Position;
use stemme::domain::item::ItemKey;
use stemme::domain::language::Language;
use stemme::domain::missing::Missing;
use stemme::tui::app::Exit;
use stemme::tui::input::Input;

use crate::harness::Screens;
use crate::sample_survey::{self, SampleDesk, survey};

fn begun() -> Screens {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview();
    screens
}

fn response(screens: &Screens, item: &str) -> Option<Response> {
    let key: ItemKey = item.parse().unwrap();
    screens
        .app
        .situation()
        .interview
        .as_ref()
        .unwrap()
        .response(&key)
        .cloned()
}

fn choice(code: &str) -> Option<Response> {
    Some(Response::Given(Answer::choice(sample_survey::id(code))))
}

fn at(screens: &Screens) -> String {
    match screens
        .app
        .situation()
        .interview
        .as_ref()
        .map(|i| i.position().clone())
    {
        Some(Position::Question(id)) => id.to_string(),
        Some(other) => format!("{other:?}"),
        None => "desk".to_owned(),
    }
}

#[test]
fn a_digit_chooses_and_enter_goes_on() {
    let mut screens = begun();
    screens.keys("4");
    assert_eq!(at(&screens), "alvor");
    assert_eq!(response(&screens, "alvor"), choice("4"));
    screens.keys("Enter");
    assert_eq!(at(&screens), "bestemte");
    screens.keys("T");
    assert_eq!(at(&screens), "alvor");
}

#[test]
fn arrows_only_move_and_space_chooses() {
    let mut screens = begun();
    screens.keys("Down Down");
    assert_eq!(response(&screens, "alvor"), None);
    assert!(screens.see().contains("Mellomrom: velg"));
    screens.keys("Space");
    assert_eq!(
        (at(&screens).as_str(), response(&screens, "alvor")),
        ("alvor", choice("3"))
    );
    screens.keys("Enter");
    assert_eq!(at(&screens), "bestemte");
}

#[test]
fn enter_on_a_row_moved_to_changes_no_answer_and_says_so_before_it_goes_on() {
    let mut screens = begun();
    screens.keys("2 Down Enter");
    assert_eq!(
        (at(&screens).as_str(), response(&screens, "alvor")),
        ("alvor", choice("2"))
    );
    assert!(screens.see().contains("ikke er valgt"));
    screens.keys("Enter");
    assert_eq!(
        (at(&screens).as_str(), response(&screens, "alvor")),
        ("bestemte", choice("2"))
    );
}

#[test]
fn consent_is_never_given_by_enter_on_a_row_moved_to() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("1 1 Enter Enter Enter Enter");
    assert!(at(&screens).starts_with("AgeBand"), "{}", at(&screens));
    for _ in 0..4 {
        screens.keys("Down Enter Enter");
    }
    assert!(at(&screens).starts_with("AgeBand"), "{}", at(&screens));
    screens.keys("2 Enter 1 Down Enter");
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert!(interview.consent().points.is_empty());
}

#[test]
fn a_required_question_stops_kindly_with_three_ways_on() {
    let mut screens = begun();
    screens.keys("Enter Enter");
    assert!(screens.see().contains("Hopp over nå"), "{}", screens.see());
    screens.keys("2");
    assert_eq!(at(&screens), "hjalp");
    assert_eq!(
        response(&screens, "bestemte"),
        Some(Response::Missing(Missing::WontSay))
    );
}

#[test]
fn the_words_of_something_else_are_typed_in_place_and_enter_closes_the_field() {
    let mut screens = begun();
    screens
        .go_to("bestemte")
        .keys("4 Enter")
        .text("Mormor 2")
        .keys("Enter");
    assert_eq!(at(&screens), "bestemte");
    screens.keys("Enter");
    assert_eq!(at(&screens), "hjalp");
    let words = match response(&screens, "bestemte") {
        Some(Response::Given(answer)) => answer.words().map(CleanText::to_string),
        _ => None,
    };
    assert_eq!(words.as_deref(), Some("Mormor 2"));
}

#[test]
fn a_long_list_is_narrowed_by_typing() {
    let mut screens = begun();
    screens.go_to("hjalp").keys("/").text("nab").keys("Enter");
    assert_eq!(response(&screens, "hjalp"), choice("nabo"));
    assert_eq!(at(&screens), "hjalp");
}

#[test]
fn zero_to_ten_starts_empty_and_takes_two_digits() {
    let mut screens = begun();
    screens.go_to("trygg");
    assert!(screens.see().contains("ikke valgt ennå"));
    screens.keys("1");
    assert_eq!(response(&screens, "trygg"), choice("1"));
    screens.keys("0");
    assert_eq!(response(&screens, "trygg"), choice("10"));
    screens.keys("7 Left");
    assert_eq!(response(&screens, "trygg"), choice("6"));
    screens.keys("Bs");
    assert_eq!(response(&screens, "trygg"), None);
}

#[test]
fn a_reason_for_no_answer_clears_the_others_says_so_and_is_taken_back() {
    let mut screens = begun();
    screens.go_to("viktig").keys("1 2 V");
    assert!(
        screens.see().contains("Tok bort 2 valg. Ctrl+Z angrer."),
        "{}",
        screens.see()
    );
    screens.keys("C-z");
    assert!(screens.see().contains("Valgt: 2 av 3"), "{}", screens.see());
    assert!(
        screens.see().contains("Angret: Hva var viktig"),
        "{}",
        screens.see()
    );
}

#[test]
fn a_matrix_digit_answers_and_goes_to_the_next_row() {
    let mut screens = begun();
    screens.go_to("pastander").keys("4 V 2");
    assert_eq!(response(&screens, "pastander.visste"), choice("4"));
    assert_eq!(
        response(&screens, "pastander.nok_tid"),
        Some(Response::Missing(Missing::DontKnow))
    );
    assert_eq!(response(&screens, "pastander.over"), choice("2"));
    screens.go_to("par").keys("3 5 4 1");
    assert_eq!(response(&screens, "par.raskt.viktig4"), choice("3"));
    assert_eq!(response(&screens, "par.raskt.grad5"), choice("5"));
    assert_eq!(response(&screens, "par.hvor.grad5"), choice("1"));
}

#[test]
fn numbers_and_times_are_taken_as_people_say_them() {
    let mut screens = begun();
    screens.go_to("dager").text("ca 12").keys("Enter");
    assert!(matches!(
        response(&screens, "dager"),
        Some(Response::Given(Answer::Number { about: true, .. }))
    ));
    screens.go_to("dager");
    assert!(screens.see().contains("ca. 12"), "{}", screens.see());
    screens.go_to("start").text("3/24");
    assert!(screens.see().contains("= mars 2024"), "{}", screens.see());
    screens.keys("Enter");
    let date = Answer::Date {
        year: 2024,
        month: Some(3),
        day: None,
    };
    assert_eq!(response(&screens, "start"), Some(Response::Given(date)));
    screens
        .go_to("dager")
        .keys("Bs Bs Bs Bs Bs Bs")
        .text("mange")
        .keys("Enter");
    assert_eq!(at(&screens), "dager");
    assert!(
        screens.see().contains("! Det ser ikke ut som et tall."),
        "{}",
        screens.see()
    );
}

#[test]
fn a_check_that_asks_can_be_confirmed_and_one_that_stops_cannot() {
    let mut screens = begun();
    screens.go_to("dager").text("60").keys("Enter");
    assert!(
        screens.see().contains("60 dager er mer enn én i uka"),
        "{}",
        screens.see()
    );
    screens.keys("2");
    assert_eq!(at(&screens), "start");
    // Both checks fail, and only the one that stops is heard of.
    screens.go_to("dager").keys("Bs Bs").text("400").keys("Enter");
    assert_eq!(at(&screens), "dager");
    assert!(
        screens.see().contains("flere dager enn året har"),
        "{}",
        screens.see()
    );
}

#[test]
fn rest_keeps_what_is_typed_and_it_is_whole() {
    let mut screens = begun();
    let text = "Blåbærsyltetøy på Øya, é ü «sitat» @ { [ €";
    screens.go_to("annerledes").text(text);
    let before = screens.deeds.kept.load(Ordering::SeqCst);
    screens.wait(Duration::from_secs(2));
    assert_eq!(screens.deeds.kept.load(Ordering::SeqCst), before + 1);
    let interview = screens.app.situation().interview.as_ref().unwrap();
    let item = "annerledes".parse().unwrap();
    assert_eq!(interview.typing(&item).map(CleanText::as_str), Some(text));
    screens.wait(Duration::from_secs(2));
    assert_eq!(
        screens.deeds.kept.load(Ordering::SeqCst),
        before + 1,
        "nothing new, nothing kept"
    );
    screens.keys("PgDn");
    assert_eq!(
        response(&screens, "annerledes"),
        Some(Response::Given(Answer::Text(CleanText::block(text))))
    );
}

#[test]
fn altgr_writes_in_text_and_does_nothing_elsewhere() {
    let mut screens = begun();
    let altgr = |c| {
        Event::Key(KeyEvent::new(
            KeyCode::Char(c),
            KeyModifiers::CONTROL | KeyModifiers::ALT,
        ))
    };
    screens.event(&altgr('2'));
    assert_eq!(response(&screens, "alvor"), None);
    screens.go_to("ett_ord");
    screens.event(&altgr('@'));
    assert!(screens.see().contains("[ @"), "{}", screens.see());
}

#[test]
fn a_paste_on_a_choice_screen_does_nothing_and_says_so() {
    let mut screens = begun();
    screens.input(Input::Paste("4\n4\n4".to_owned()));
    assert_eq!(
        (at(&screens).as_str(), response(&screens, "alvor")),
        ("alvor", None)
    );
    assert!(screens.see().contains("Det kom mange tegn"), "{}", screens.see());
}

#[test]
fn a_held_enter_goes_on_once() {
    let mut screens = begun();
    screens.keys("3 Enter");
    assert_eq!(at(&screens), "bestemte");
    let enter = Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    let input = stemme::tui::input::read(&enter).unwrap();
    screens.send(stemme::tui::command::Message::Input(input));
    assert!(!screens.see().contains("Hopp over nå"), "{}", screens.see());
}

#[test]
fn the_other_person_answers_unseen() {
    let mut screens = begun();
    screens.go_to("trodd");
    let seen = screens.see();
    assert!(
        !seen.contains("Prøveskjema") && seen.contains("Nå svarer du selv"),
        "{seen}"
    );
    screens.keys("1 Enter");
    assert!(screens.see().contains("Svaret er skjult"), "{}", screens.see());
    screens.keys("Enter");
    screens.go_to("trodd");
    assert!(
        screens.see().contains("Besvart (skjult)") && !screens.see().contains("(x)"),
        "{}",
        screens.see()
    );
    screens.keys("Esc O");
    assert!(screens.see().contains("Besvart (skjult)"), "{}", screens.see());
}

#[test]
fn reading_back_approves_corrects_returns_to_the_row_and_asks_about_quotes() {
    let mut screens = begun();
    screens.keys("4 Enter");
    screens.go_to("annerledes").text("Fire ganger").keys("PgDn");
    screens.go_to("trodd").keys("2 Enter Enter");
    assert!(screens.see().contains("Noe står igjen"), "{}", screens.see());
    screens.keys("2");
    assert_eq!(at(&screens), "ReadBack(0)");
    screens.keys("Enter");
    assert_eq!(at(&screens), "ReadBack(1)");
    screens.keys("End");
    assert_ne!(at(&screens), "ReadBack(1)");
    screens.keys("Home Down");
    assert_eq!(at(&screens), "ReadBack(1)");
    screens.keys("R");
    assert_eq!(at(&screens), "bestemte");
    screens.keys("2 Enter");
    assert_eq!(at(&screens), "ReadBack(1)");
    while !screens.see().contains("Kan vi bruke ordene dine") {
        screens.keys("Down");
    }
    screens.keys("Enter");
    assert!(screens.see().contains("velg 1, 2 eller 3"), "{}", screens.see());
    screens.keys("2 Enter");
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert_eq!(
        interview.quote(&"annerledes".parse().unwrap()),
        Some(stemme::domain::record::QuotePermission::Rewritten)
    );
}

#[test]
fn enter_never_seals_and_1_does() {
    let mut screens = begun();
    screens.go_to("trodd").keys("1 Enter Enter 2 B");
    assert_eq!(at(&screens), "Closing");
    screens.keys("Enter");
    assert_eq!(screens.deeds.sealed.load(Ordering::SeqCst), 0);
    screens.keys("B 1");
    assert_eq!(screens.deeds.sealed.load(Ordering::SeqCst), 1);
    assert!(screens.see().contains("Forseglet"), "{}", screens.see());
    screens.keys("Enter");
    assert_eq!(at(&screens), "desk");
}

#[test]
fn deleting_takes_the_typed_word() {
    let mut screens = begun();
    screens.keys("Esc A 3 Enter").text("slet").keys("Enter");
    assert_eq!(screens.deeds.deleted.load(Ordering::SeqCst), 0);
    assert!(
        screens.see().contains("Ingenting er slettet"),
        "{}",
        screens.see()
    );
    screens.text("t").keys("Enter");
    assert_eq!(screens.deeds.deleted.load(Ordering::SeqCst), 1);
    assert!(screens.see().contains("Alt er slettet"), "{}", screens.see());
}

#[test]
fn no_means_thanks_and_nothing_kept() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("1 1 Enter 2 Enter 2 Enter");
    assert!(screens.see().contains("helt greit å si nei"), "{}", screens.see());
    assert_eq!(screens.deeds.kept.load(Ordering::SeqCst), 0);
    screens.keys("Enter");
    assert_eq!(at(&screens), "desk");
}

#[test]
fn a_draft_asks_for_its_secret_masked_and_says_that_all_is_here() {
    let mut desk = SampleDesk::new(survey());
    desk.drafts = vec![stemme::fieldwork::desk::DraftEntry {
        name: "x".to_owned(),
        last_day: None,
        arrived: false,
    }];
    let mut screens = Screens::at(desk, Language::Bokmal, (80, 24), stemme::tui::Look::default());
    screens.keys("1").text("feil").keys("Enter");
    assert!(
        screens.see().contains("Den passfrasen passer ikke"),
        "{}",
        screens.see()
    );
    screens.text("riktig");
    assert!(
        screens.see().contains("[ ******") && !screens.see().contains("riktig"),
        "{}",
        screens.see()
    );
    screens.keys("Enter");
    assert!(screens.see().contains("Alt er her"), "{}", screens.see());
    assert!(screens.see().contains("halv setn"), "{}", screens.see());
    assert_eq!(at(&screens), "annerledes");
}

#[test]
fn nothing_is_called_saved_before_the_disk_says_so_and_nobody_waits_for_it() {
    let mut screens = begun();
    screens.deeds.slow.store(1, Ordering::SeqCst);
    screens.keys("4");
    assert!(screens.see().contains("Lagrer …"), "{}", screens.see());
    assert!(!screens.see().contains("Lagret"), "{}", screens.see());
    screens.keys("C-s");
    assert!(!screens.see().contains("Alt er lagret"), "{}", screens.see());
    screens.keys("Enter");
    assert_eq!(at(&screens), "bestemte");
    assert!(screens.see().contains("Lagrer …"), "{}", screens.see());
    screens.keys("C-c");
    assert!(screens.see().contains("Det siste lagres nå"), "{}", screens.see());
    screens.deeds.slow.store(0, Ordering::SeqCst);
    screens.keys("C-s");
    assert!(screens.see().contains("Alt er lagret"), "{}", screens.see());
}

#[test]
fn a_full_disk_is_said_at_once_and_enter_tries_again() {
    let mut screens = begun();
    screens.deeds.full.store(1, Ordering::SeqCst);
    screens.keys("4");
    assert!(
        screens.see().contains("IKKE lagret. Disken er full."),
        "{}",
        screens.see()
    );
    screens.keys("Enter");
    assert_eq!(at(&screens), "alvor");
    screens.deeds.full.store(0, Ordering::SeqCst);
    screens.keys("Enter");
    assert!(
        !screens.see().contains("IKKE lagret") && screens.see().contains("Lagret 14.02"),
        "{}",
        screens.see()
    );
    screens.keys("Enter");
    assert_eq!(at(&screens), "bestemte");
}

#[test]
fn ctrl_c_asks_once_and_leaves_the_second_time() {
    let mut screens = begun();
    screens.keys("C-c");
    assert!(
        screens.see().contains("Avslutte? Alt er lagret."),
        "{}",
        screens.see()
    );
    assert_eq!(screens.app.exit(), None);
    screens.wait(Duration::from_secs(4));
    assert!(!screens.see().contains("Avslutte?"));
    screens.keys("C-c C-c");
    assert_eq!(screens.app.exit(), Some(Exit::Interrupted));
}

#[test]
fn another_language_keeps_place_and_answer() {
    let mut screens = begun();
    screens.keys("4 Esc S Enter Esc");
    let seen = screens.see();
    assert!(
        seen.contains("Kor einig er du?") && seen.contains("valt: 4 Litt einig"),
        "{seen}"
    );
    assert!(seen.contains("Lagra 14.02"), "{seen}");
}

#[test]
fn a_group_is_counted_by_hands() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens
        .keys("1 2")
        .text("12")
        .keys("Enter Enter 2 Enter 1 Enter 1 Enter");
    // What one person is asked on a scale, a group answers with hands, too.
    assert_eq!(at(&screens), "alvor");
    assert!(screens.see().contains("Tell hendene"), "{}", screens.see());
    screens.go_to("hender");
    screens.keys("1 1 Enter 3 Enter 9 9");
    assert!(screens.see().contains("[  11 ]"), "{}", screens.see());
    assert!(
        screens.see().contains("flere hender enn de 12"),
        "{}",
        screens.see()
    );
    screens.keys("Up 4");
    assert!(screens.see().contains("[   4 ]"), "{}", screens.see());
    screens.keys("Bs 7");
    assert!(screens.see().contains("[   7 ]"), "{}", screens.see());
}

#[test]
fn a_note_is_kept_when_it_is_closed() {
    let mut screens = begun();
    screens.keys("N").text("Kom for sent").keys("Esc");
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert_eq!(
        interview.note(&sample_survey::id("alvor")).map(CleanText::as_str),
        Some("Kom for sent")
    );
    screens.keys("O");
    assert!(screens.see().contains(".n  1"), "{}", screens.see());
}

#[test]
fn nothing_hostile_reaches_the_screen() {
    let mut survey = survey();
    let mut parts = survey.parts().clone();
    for section in &mut parts.sections {
        section.title = sample_survey::say(("\u{1b}]0;x\u{7}T", "T", "T"));
        for question in &mut section.questions {
            question.text = sample_survey::say(("\u{1b}[2Ja\u{202e}b\u{200b}\u{9b}31m", "x", "y"));
        }
    }
    survey = stemme::domain::survey::Survey::new(parts).unwrap();
    let desk = SampleDesk::new(survey);
    let mut screens = Screens::at(desk, Language::Bokmal, (80, 24), stemme::tui::Look::default());
    screens.interview();
    screens.go_to("annerledes");
    screens.input(Input::Paste("a\u{1b}[31m\u{202e}b\r\nc\u{7}".to_owned()));
    let buffer = screens.buffer();
    for cell in buffer.content() {
        let odd = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}');
        assert!(!cell.symbol().contains(odd), "{:?}", cell.symbol());
    }
}
