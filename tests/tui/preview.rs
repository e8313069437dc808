//! A survey looked at while it is written: the real screens, which follow the file.

use std::sync::Arc;

use stemme::domain::clean_text::CleanText;
use stemme::domain::interview::Position;
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::domain::survey::Survey;
use stemme::texts::Texts;
use stemme::tui::command::Message;
use stemme::tui::preview::Reread;

use crate::harness::Screens;
use crate::sample_survey::survey;
use crate::walk::SIZES;

/// The survey with other words at its question "bestemte".
fn reworded(words: &str) -> Survey {
    let mut parts = survey().parts().clone();
    let questions = parts
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.questions);
    for question in questions.filter(|question| question.id.as_str() == "bestemte") {
        question.text = Localized::new(Language::Bokmal, CleanText::line(words));
    }
    Survey::new(parts).unwrap()
}

fn reread(screens: &mut Screens, survey: Option<Survey>, trouble: Option<&str>) {
    screens.send(Message::Reread(Reread {
        survey: survey.map(Arc::new),
        trouble: trouble.map(str::to_owned),
    }));
}

fn at(question: &str) -> Screens {
    let mut screens = Screens::preview(Some(survey()), Language::Bokmal, (80, 24));
    for _ in 0..8 {
        screens.keys("PgDn");
    }
    screens.go_to(question);
    screens
}

fn position(screens: &Screens) -> Position {
    let interview = screens.app.situation().interview.as_ref();
    interview.unwrap().position().clone()
}

#[test]
fn paging_goes_through_everything_to_the_read_back_without_an_answer() {
    let mut screens = Screens::preview(Some(survey()), Language::Bokmal, (80, 24));
    let mut seen = 0;
    while !matches!(position(&screens), Position::ReadBack(_)) {
        let before = screens.see();
        screens.keys("PgDn");
        seen += 1;
        assert!(seen < 60, "paging stands still\n{before}\n{}", screens.see());
    }
    assert!(seen > survey().questions().count());
}

#[test]
fn a_changed_survey_comes_up_at_the_same_question_with_what_was_open() {
    let mut screens = at("bestemte");
    screens.keys("2 O");
    reread(&mut screens, Some(reworded("Hvem valgte?")), None);
    let overview = screens.see();
    assert!(
        overview.contains("Oversikt") && overview.contains("Hvem valgte?"),
        "{overview}"
    );
    screens.keys("Esc");
    let question = screens.see();
    assert!(
        question.contains("«Hvem valgte?»") && question.contains("2  (x)"),
        "{question}"
    );
}

#[test]
fn what_is_being_typed_stays_when_the_survey_changes() {
    let mut screens = at("annerledes");
    screens.text("Halv setn");
    reread(&mut screens, Some(reworded("Hvem valgte?")), None);
    assert!(screens.see().contains("Halv setn"), "{}", screens.see());
}

#[test]
fn a_survey_with_mistakes_leaves_the_last_one_and_says_what_is_wrong() {
    let mut screens = at("bestemte");
    let before = screens.see();
    reread(
        &mut screens,
        None,
        Some("Feil i fila, linje 7: ukjent felt «tipe»."),
    );
    let broken = screens.see();
    assert!(broken.contains("linje 7: ukjent felt «tipe»"), "{broken}");
    assert!(broken.contains("Hvem bestemte"), "{broken}");
    reread(&mut screens, Some(survey()), None);
    assert_eq!(screens.see(), before);
}

#[test]
fn what_is_sealed_in_a_preview_is_not_there_and_the_way_to_the_start_begins_again() {
    let mut screens = at("bestemte");
    for _ in 0..60 {
        if matches!(position(&screens), Position::ReadBack(_)) {
            break;
        }
        screens.keys("PgDn");
    }
    screens.keys("Esc");
    let last = Texts::load(Language::Bokmal)
        .unwrap()
        .interview
        .letter
        .last
        .clone();
    screens.keys(&last).keys("1");
    assert!(screens.app.situation().interview.is_none(), "{}", screens.see());
    screens.keys("4");
    assert_eq!(position(&screens), Position::Information);
    assert_eq!(screens.deeds.sealed.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[test]
fn previews_look_so() {
    for language in Language::ALL {
        let mut all = String::new();
        let words = Texts::load(language).unwrap().preview;
        for size in SIZES {
            let mut screens = Screens::preview(None, language, size);
            let trouble = words.trouble.replace("{line}", "212").replace("{says}", "…");
            let trouble = format!("{trouble} {}", words.more.replace("{count}", "3"));
            reread(&mut screens, None, Some(&trouble));
            all.push_str(&format!("=== waiting\n{}\n", screens.see()));
            reread(&mut screens, Some(survey()), None);
            all.push_str(&format!("=== information\n{}\n", screens.see()));
            for _ in 0..8 {
                screens.keys("PgDn");
            }
            screens.go_to("bestemte");
            reread(&mut screens, None, Some(&format!("{trouble} {}", words.keeps)));
            all.push_str(&format!("=== mistakes\n{}\n", screens.see()));
            screens.keys("Esc");
            all.push_str(&format!("=== menu\n{}\n", screens.see()));
        }
        insta::assert_snapshot!(format!("preview_{}", language.code()), all);
    }
}
