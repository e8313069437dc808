//! Keys that are typed while something opens: taken where they can be taken back, else nothing, and that is said.

use std::collections::VecDeque;

use stemme::domain::language::Language;
use stemme::tui::input::{Input, Key};

use crate::coordinator_screens::at_overview;

fn typed(keys: &[char]) -> VecDeque<Input> {
    keys.iter().map(|key| Input::Key(Key::Char(*key))).collect()
}

#[test]
fn what_is_typed_while_results_open_is_done_there() {
    let mut screens = at_overview(Language::Bokmal, (80, 24));
    screens.keys("R");
    let mut early = typed(&['v', 'd']);
    early.push_back(Input::Click(3, 3));
    screens.typed_early(&mut early);
    assert!(
        early == typed(&['v', 'd']),
        "a click meant what stood there before"
    );
}

#[test]
fn nothing_is_shown_for_good_by_a_key_that_was_typed_before_the_question_stood_there() {
    let mut screens = at_overview(Language::Bokmal, (80, 24));
    screens.keys("U");
    let mut early = typed(&['x', 'y']);
    early.push_back(Input::Resize(60, 16));
    screens.typed_early(&mut early);
    assert!(early == [Input::Resize(60, 16)], "the window is as wide as it is");
    let seen = screens.see();
    assert!(
        seen.contains("Tastene du trykte mens du ventet, gjorde ingenting."),
        "{seen}"
    );
}

#[test]
fn a_key_that_is_held_down_a_little_long_is_not_spoken_of() {
    let mut screens = at_overview(Language::Bokmal, (80, 24));
    screens.keys("U");
    screens.typed_early(&mut typed(&['U', 'U']));
    assert!(!screens.see().contains("mens du ventet"), "{}", screens.see());
}
