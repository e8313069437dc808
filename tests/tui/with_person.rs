//! What the other person sees, and what the interviewer must not see.

use stemme::domain::language::Language;
use stemme::domain::record::Entered;
use stemme::domain::survey::Survey;
use stemme::domain::survey::question::QuestionKind;
use stemme::texts::Texts;
use stemme::tui::Look;
use unicode_width::UnicodeWidthStr;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, id, survey};
use crate::walk::QUESTIONS;

fn begun(language: Language, size: (u16, u16)) -> Screens {
    let mut screens = Screens::new(language, size);
    screens.interview();
    screens
}

/// A survey in which these questions are answered alone, and words of the options are easy to find.
fn alone(questions: &[&str]) -> Survey {
    let mut parts = survey().parts().clone();
    for question in parts
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.questions)
    {
        question.self_answer = questions.contains(&question.id.as_str());
        if let QuestionKind::One(choices) | QuestionKind::Many { choices, .. } = &mut question.kind
            && question.self_answer
        {
            choices.options[0].text = crate::sample_survey::say(("Zebra", "Zebra", "Zebra"));
        }
    }
    Survey::new(parts).unwrap()
}

/// A survey in which this question is sensitive, and asked aloud.
fn sensitive(name: &str) -> Survey {
    let mut parts = alone(&[name]).parts().clone();
    let questions = parts
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.questions);
    for question in questions.filter(|question| question.id.as_str() == name) {
        question.self_answer = false;
        question.sensitive = true;
    }
    Survey::new(parts).unwrap()
}

fn with(survey: Survey) -> Screens {
    let mut screens = Screens::at(
        SampleDesk::new(survey),
        Language::Bokmal,
        (80, 24),
        Look::default(),
    );
    screens.interview();
    screens
}

/// Looks at everything the interviewer can open, and finds the words nowhere.
fn nowhere(screens: &mut Screens, question: &str, words: &[&str]) {
    let look = |screens: &mut Screens, wherefrom: &str| {
        let seen = screens.see();
        for words in words {
            assert!(!seen.contains(words), "{wherefrom}: {words}\n{seen}");
        }
    };
    look(screens, "handed back");
    screens.keys("Enter");
    look(screens, "next");
    for place in ["alvor", question] {
        screens.go_to(place);
        look(screens, "gone to");
        screens.keys("Esc");
        look(screens, "menu");
        screens.keys("O");
        look(screens, "overview");
        screens.keys("Esc Esc P");
        look(screens, "pause");
        screens.keys("Esc C-z");
        look(screens, "undone");
        screens.keys("C-y");
        look(screens, "done again");
    }
    screens.go_to("trodd").keys("PgDn PgDn Esc");
    for _ in 0..24 {
        look(screens, "read-back");
        screens.keys("K");
        look(screens, "card of the read-back");
        screens.keys("Esc Down");
    }
}

#[test]
fn at_a_sensitive_question_the_other_person_may_answer_alone() {
    let mut screens = with(sensitive("trodd"));
    screens.go_to("trodd").keys("1");
    assert!(screens.see().contains("(x) Zebra"), "{}", screens.see());
    screens.keys("Esc");
    assert!(screens.see().contains("usett"), "{}", screens.see());
    screens.keys("Y");
    let handed = screens.see();
    assert!(
        handed.contains("Nå svarer du selv") && !handed.contains("(x)"),
        "{handed}"
    );
    screens.keys("1 Enter");
    assert!(screens.see().contains("Svaret er skjult"), "{}", screens.see());
    nowhere(&mut screens, "trodd", &["Zebra"]);
}

#[test]
fn the_card_shows_what_is_asked_and_nothing_private() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    screens.keys("N").text("Hemmelig notat").keys("Esc 4 K");
    let card = screens.see();
    for shown in [
        "Jeg ble tatt på alvor",
        "4   Litt enig",
        "vet ikke",
        "Esc: snu tilbake",
    ] {
        assert!(card.contains(shown), "{shown}\n{card}");
    }
    for private in ["Hemmelig", "Til deg", "(x)", "Lagret", "Prøveskjema", "av ca."] {
        assert!(!card.contains(private), "{private}\n{card}");
    }
    screens.keys("2 Esc");
    assert!(screens.see().contains("valgt: 2 Litt uenig"), "{}", screens.see());
    screens.keys("K V Esc");
    assert!(screens.see().contains("V  (x) (vet ikke)"), "{}", screens.see());
}

#[test]
fn the_card_follows_the_row_of_a_matrix() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    screens.go_to("pastander").keys("K");
    let first = screens.see();
    screens.keys("4");
    let second = screens.see();
    assert_ne!(first, second, "the next statement is shown");
    screens.keys("Esc");
    assert!(screens.see().contains("4 litt enig"), "{}", screens.see());
}

#[test]
fn the_card_fits_very_large_letters() {
    for language in Language::ALL {
        let mut screens = begun(language, (80, 24));
        for question in QUESTIONS.into_iter().filter(|question| *question != "trodd") {
            screens.go_to(question);
            screens.keys("F6");
            screens.resize(40, 12);
            let lines = screens.lines();
            let interview = screens.app.situation().interview.as_ref().unwrap();
            let text = interview
                .survey()
                .question(&id(question))
                .unwrap()
                .text
                .get(language);
            let first = text.split_whitespace().next().unwrap();
            assert!(
                lines.iter().any(|line| line.contains(first)),
                "{question}\n{}",
                lines.join("\n")
            );
            assert!(lines.iter().all(|line| line.width() <= 40));
            assert!(lines[11].contains("Esc: "), "{question}\n{}", lines.join("\n"));
            screens.resize(80, 24);
            screens.keys("Esc");
        }
    }
}

#[test]
fn a_choice_answered_alone_is_seen_nowhere() {
    let mut screens = with(alone(&["trodd"]));
    screens.go_to("trodd").keys("1");
    assert!(screens.see().contains("Zebra"), "the person sees it");
    screens.keys("Enter");
    nowhere(&mut screens, "trodd", &["Zebra"]);
}

#[test]
fn statements_answered_alone_are_seen_nowhere_but_by_the_one_who_answers() {
    let mut screens = with(alone(&["pastander"]));
    screens.go_to("pastander").keys("5 5 5");
    assert!(screens.see().contains("5 helt enig\n") || screens.see().matches("5 helt enig").count() > 1);
    screens.keys("Enter");
    assert_eq!(
        screens.see().matches("5 helt enig").count(),
        0,
        "{}",
        screens.see()
    );
    screens.go_to("alvor").go_to("pastander");
    assert!(screens.see().contains("Besvart (skjult)"), "{}", screens.see());
    screens.keys("1 C-z C-z C-z");
    assert_eq!(
        screens.see().matches("5 helt enig").count(),
        0,
        "{}",
        screens.see()
    );
}

#[test]
fn words_written_alone_are_seen_nowhere_not_even_after_a_break() {
    let mut screens = with(alone(&["annerledes"]));
    screens.go_to("annerledes").text("Hemmelig").keys("Esc P Esc");
    assert!(!screens.see().contains("Hemmelig"), "{}", screens.see());
    screens.go_to("alvor").go_to("annerledes");
    screens.keys("1").text("Hemmelig").keys("PgDn");
    nowhere(&mut screens, "annerledes", &["Hemmelig"]);
}

#[test]
fn an_earlier_answer_given_alone_does_not_come_back_into_view() {
    let mut screens = with(alone(&["trodd"]));
    screens.go_to("trodd").keys("1 Enter");
    screens.go_to("alvor").go_to("trodd").keys("1");
    assert!(screens.see().contains("Zebra"), "the person answers again");
    screens.keys("C-z");
    assert!(
        screens.see().contains("Besvart (skjult)") && !screens.see().contains("Zebra"),
        "{}",
        screens.see()
    );
}

#[test]
fn not_answering_alone_does_not_show_in_the_overview() {
    let mut screens = with(alone(&["trodd"]));
    screens.go_to("trodd").keys("U Enter Enter Esc");
    screens.go_to("alvor").keys("O End");
    for _ in 0..20 {
        screens.keys("Down");
    }
    let seen = screens.see();
    let row = seen
        .lines()
        .find(|line| line.contains("Besvart (skjult)"))
        .unwrap();
    assert!(row.contains("x ") && !row.contains("- "), "{row}");
}

#[test]
fn what_is_left_is_taken_one_by_one_and_then_read_back() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    let skip = ["alvor", "bestemte", "hjalp"];
    for question in QUESTIONS.into_iter().filter(|question| !skip.contains(question)) {
        screens.go_to(question);
        match question {
            "pastander" | "par" => screens.keys("V V V V V V V V V V"),
            "halvveis" => screens.keys("Enter"),
            "dager" | "start" | "ett_ord" | "annerledes" => screens.keys("Tab Tab Enter"),
            "trodd" => screens.keys("1"),
            _ => screens.keys("V"),
        };
    }
    screens.go_to("alvor").keys("H H H");
    screens.go_to("trodd").keys("Enter");
    assert!(
        screens.see().contains("Noe står igjen") && screens.see().contains("- Hvor enig er du?"),
        "{}",
        screens.see()
    );
    screens.keys("1");
    let at = |screens: &Screens| {
        let interview = screens.app.situation().interview.as_ref().unwrap();
        format!("{:?}", interview.position())
    };
    assert!(at(&screens).contains("alvor"), "{}", at(&screens));
    screens.keys("4 Enter");
    assert!(at(&screens).contains("bestemte"), "{}", at(&screens));
    screens.keys("1 Enter");
    assert!(at(&screens).contains("hjalp"), "{}", at(&screens));
    screens.keys("H");
    assert!(at(&screens).contains("ReadBack"), "{}", at(&screens));
    assert!(!screens.see().contains("Noe står igjen"), "asked once only");
}

#[test]
fn somebody_else_types_on_at_the_same_place_in_the_same_words() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    screens.go_to("annerledes").text("halv setn").keys("Left Left");
    let before = (screens.see(), screens.cursor());
    screens.keys("Esc E");
    assert!(
        screens.see().contains("Gi PC-en videre") && !screens.see().contains("halv setn"),
        "{}",
        screens.see()
    );
    screens.keys("Enter");
    assert_eq!(before, (screens.see(), screens.cursor()));
}

#[test]
fn an_interview_entered_afterwards_says_so_on_every_screen_and_in_the_record() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("L 1 1");
    while screens.is_at_information() {
        assert!(screens.lines()[0].contains("(fra notater)"), "{}", screens.see());
        screens.keys("Enter");
    }
    screens.keys("2 Enter 1 Enter 1 Enter");
    for question in QUESTIONS {
        screens.go_to(question);
        assert!(screens.lines()[0].contains("(fra notater)"), "{}", screens.see());
    }
    assert!(
        !screens.see().contains("Nå svarer du selv"),
        "nobody answers alone afterwards"
    );
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert_eq!(interview.entered(), Entered::FromNotes);
}

#[test]
fn a_small_group_is_advised_to_be_asked_one_by_one() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("1 2 3 Enter");
    assert!(screens.see().contains("Er dere færre enn 4"), "{}", screens.see());
    screens.keys("1");
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert_eq!(interview.mode(), stemme::domain::record::Mode::Individual);
}

#[test]
fn practice_is_marked_in_row_1_to_the_very_end_and_kim_answers() {
    for language in Language::ALL {
        let mark = Texts::load(language).unwrap().words.practice.clone();
        let mut screens = Screens::new(language, (60, 16));
        screens.begin("Practice");
        for question in QUESTIONS {
            screens.go_to(question);
            assert!(screens.lines()[0].contains(&mark), "{}", screens.see());
            screens.keys("Esc");
            assert!(screens.lines()[0].contains(&mark), "{}", screens.see());
            screens.keys("Esc F6");
            assert!(screens.lines()[0].contains(&mark), "{}", screens.see());
            screens.keys("Esc");
            if screens.app.situation().interview.as_ref().is_none() {
                break;
            }
        }
        screens.go_to("alvor");
        assert!(screens.see().contains("Kim: "), "{}", screens.see());
        let letters = Texts::load(language).unwrap().interview;
        screens.keys("Esc").keys(&letters.letter.stop).keys("1 Enter");
        let stopped = screens.see().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(stopped.contains(&letters.practice_not_saved), "{stopped}");
        screens
            .keys("2 Esc")
            .keys(&letters.letter.stop)
            .keys("3 Enter")
            .text(&letters.prompt.delete_word)
            .keys("Enter");
        assert!(
            screens.see().contains(&letters.deleted.title),
            "{}",
            screens.see()
        );
        assert!(screens.lines()[0].contains(&mark), "{}", screens.see());
        screens.keys("Enter");
        assert!(!screens.lines()[0].contains(&mark), "{}", screens.see());
    }
}

#[test]
fn practice_is_marked_before_it_is_settled_who_answers_and_not_once_it_is_given_up() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.keys("2");
    assert!(screens.lines()[0].contains("(Øving)"), "{}", screens.see());
    screens.keys("2");
    assert!(screens.lines()[0].contains("(Øving)"), "{}", screens.see());
    screens.keys("Esc Esc");
    assert!(!screens.lines()[0].contains("(Øving)"), "{}", screens.see());
}

#[test]
fn no_hint_leads_back_from_the_first_question_where_consent_stands() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    let back = "T: tilbake";
    assert!(!screens.see().contains(back), "{}", screens.see());
    let before = screens.see();
    screens.keys("T");
    assert_eq!(before, screens.see());
    screens.keys("PgDn");
    assert!(screens.see().contains(back), "{}", screens.see());
}

#[test]
fn how_the_interviewer_is_gives_numbers_to_call_and_is_kept_nowhere() {
    let mut screens = begun(Language::Bokmal, (80, 24));
    screens.go_to("trodd").keys("1 Enter Enter Esc B 1");
    let kept = screens.deeds.kept.load(std::sync::atomic::Ordering::SeqCst);
    screens.keys("3");
    assert!(screens.see().contains("116 123"), "{}", screens.see());
    assert_eq!(kept, screens.deeds.kept.load(std::sync::atomic::Ordering::SeqCst));
    screens.keys("Enter");
    assert!(screens.see().contains("Hva vil du gjøre?"), "{}", screens.see());
}

#[test]
fn the_withdrawal_code_is_shown_until_somebody_says_it_is_written_down() {
    use std::sync::atomic::Ordering;
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.deeds.with_code.store(1, Ordering::SeqCst);
    screens.interview();
    screens.go_to("trodd").keys("1 Enter Enter Esc B 1");
    let code = stemme::domain::word_code::WithdrawalCode::from_random([0, 1, 0, 2, 0, 3])
        .words()
        .join(" - ");
    assert!(screens.see().contains(&code), "{}", screens.see());
    screens.keys("Enter Enter Esc Esc");
    assert!(
        screens.see().contains(&code),
        "Enter alone never takes it away\n{}",
        screens.see()
    );
    assert_eq!(screens.deeds.noted.load(Ordering::SeqCst), 0);
    screens.keys("K");
    assert!(
        screens.see().contains("Koden din:") && !screens.see().contains(&code),
        "{}",
        screens.see()
    );
    screens.keys("Esc 1 Enter");
    assert_eq!(screens.deeds.noted.load(Ordering::SeqCst), 1);
    assert!(
        screens.see().contains("Har den andre fått koden"),
        "{}",
        screens.see()
    );
}
