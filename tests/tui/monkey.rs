//! Random keys, in practice, ten thousand in all: nothing breaks, nothing is sealed or deleted. A thousand more are
//! pressed in a real terminal in `tests/acceptance`.

use std::sync::atomic::Ordering;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::Config;
use stemme::domain::interview::Position;
use stemme::domain::language::Language;
use stemme::tui::input::Input;

use crate::harness::Screens;

#[derive(Clone, Debug)]
enum Deed {
    Key(KeyCode, KeyModifiers),
    Paste(String),
    Click(u16, u16),
    Resize(u16, u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    let key = |code| Just(Deed::Key(code, KeyModifiers::NONE));
    let ctrl = |c| Just(Deed::Key(KeyCode::Char(c), KeyModifiers::CONTROL));
    prop_oneof![
        12 => "[0-9a-zæøå?/+ -]".prop_map(|c| Deed::Key(KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::NONE)),
        8 => key(KeyCode::Enter),
        3 => key(KeyCode::Esc),
        3 => prop_oneof![key(KeyCode::Up), key(KeyCode::Down), key(KeyCode::Left), key(KeyCode::Right)],
        3 => prop_oneof![key(KeyCode::PageDown), key(KeyCode::PageUp), key(KeyCode::Home), key(KeyCode::End)],
        2 => prop_oneof![key(KeyCode::Tab), key(KeyCode::BackTab), key(KeyCode::Backspace), key(KeyCode::Delete)],
        2 => prop_oneof![ctrl('z'), ctrl('y'), ctrl('l'), ctrl('s'), ctrl('h')],
        1 => any::<String>().prop_map(Deed::Paste),
        1 => (0_u16..90, 0_u16..30).prop_map(|(x, y)| Deed::Click(x, y)),
        1 => (1_u16..130, 1_u16..40).prop_map(|(w, h)| Deed::Resize(w, h)),
    ]
}

fn practice() -> Screens {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.begin("Practice");
    screens
}

proptest! {
    #![proptest_config(Config { cases: 50, ..Config::default() })]

    #[test]
    fn random_keys_in_practice_do_no_harm(deeds in proptest::collection::vec(deed(), 200..=200)) {
        let mut screens = practice();
        for (count, deed) in deeds.into_iter().enumerate() {
            match deed {
                Deed::Key(code, modifiers) => screens.event(&Event::Key(KeyEvent::new(code, modifiers))),
                Deed::Paste(text) => screens.input(Input::Paste(text)),
                Deed::Click(x, y) => screens.input(Input::Click(x, y)),
                Deed::Resize(width, height) => screens.resize(width, height),
            }
            if count % 25 == 24 {
                back_to_the_question(&mut screens);
            }
            screens.see();
            proptest::prop_assert_eq!(screens.deeds.sealed.load(Ordering::SeqCst), 0);
            proptest::prop_assert_eq!(screens.deeds.deleted.load(Ordering::SeqCst), 0);
            // At the desk there is a real interview one key away; the monkey stays in the practice.
            if screens.app.situation().interview.is_none() {
                screens = practice();
            }
        }
    }
}

/// From wherever the keys led, the question is at most two steps away: Esc, and Enter behind the curtain. Help and
/// curtain lie over everything and take one step more.
fn back_to_the_question(screens: &mut Screens) {
    let is_asking = |screens: &Screens| {
        let interview = screens.app.situation().interview.as_ref();
        interview.is_some_and(|interview| matches!(interview.position(), Position::Question(_)))
    };
    if !is_asking(screens) {
        return;
    }
    screens.resize(80, 24);
    let mut steps = 0;
    let mut most = 2;
    while screens.app.view_name() != "question" {
        let view = screens.app.view_name();
        if matches!(view, "curtain" | "help") {
            most += 1;
        }
        steps += 1;
        assert!(steps <= most, "{view} after {steps} steps\n{}", screens.see());
        screens.keys(if view == "curtain" { "Enter" } else { "Esc" });
    }
}
