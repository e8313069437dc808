//! A few rows of which one is done: a digit or Enter does it.

use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

/// What came of a command.
pub(super) enum Taken {
    /// Another row has the focus.
    Moved,
    /// This row is to be done.
    Chosen(usize),
    /// It was none of theirs.
    Other,
}

/// Returns the keys of `rows` rows; `back` where there is something before.
pub(super) fn table(rows: u8, back: bool, s: &Situation) -> Vec<Binding> {
    let t = s.t();
    let mut table = vec![
        Binding::new(Keys::Digits(1, rows.min(9)), Command::Digit(1), &t.hint.choose, 2),
        Binding::new(Keys::One(Key::Enter), Command::Enter, &t.hint.open, 1),
        Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 4),
        Binding::silent(Keys::One(Key::Char(' ')), Command::Enter),
    ];
    if back {
        table.extend(going_back(s));
    }
    table.extend(leaving(s));
    table
}

/// Returns the keys to what was before, outside text.
pub(super) fn going_back(s: &Situation) -> [Binding; 2] {
    let t = s.t();
    [
        Binding::new(
            Keys::Letter(t.letter.back.clone()),
            Command::Back,
            &t.hint.back,
            3,
        ),
        Binding::silent(Keys::One(Key::PageUp), Command::Back),
    ]
}

/// Returns the keys to the menu and to help.
pub(super) fn leaving(s: &Situation) -> [Binding; 1] {
    [Binding::new(
        Keys::One(Key::Esc),
        Command::Up,
        &s.t().hint.menu,
        0,
    )]
}

pub(super) fn page(
    title: &str,
    about: &str,
    rows: &[&str],
    focus: usize,
    s: &Situation,
    width: usize,
) -> Page {
    let mut page = begin(title, &[about], s, width);
    put_rows(&mut page, rows, focus);
    page
}

/// Returns a page with a title and what is said under it.
pub(super) fn begin(title: &str, about: &[&str], s: &Situation, width: usize) -> Page {
    let mut page = Page::new(width, s.theme());
    page.says_more(&s.t().more_above, &s.t().more_below);
    page.gap(Gap::Around);
    page.pinned(title, Tone::Heading, 2);
    page.gap(Gap::Part);
    for text in about.iter().filter(|text| !text.is_empty()) {
        page.text(text, Tone::Plain, 2);
        page.gap(Gap::Around);
    }
    page.gap(Gap::Part);
    page
}

/// Adds rows with their numbers.
pub(super) fn put_rows(page: &mut Page, rows: &[&str], focus: usize) {
    for (place, row) in rows.iter().enumerate() {
        let lead = format!("{}  ", place + 1);
        page.choice(&lead, row, focus == place, false, &Command::Press(place));
        page.gap(Gap::Around);
    }
}

pub(super) fn take(command: &Command, focus: &mut usize, rows: usize) -> Taken {
    let last = rows.saturating_sub(1);
    match command {
        Command::Move(step) => {
            *focus = match step {
                Step::Up | Step::Left => focus.saturating_sub(1),
                Step::Down | Step::Right => (*focus + 1).min(last),
                Step::First => 0,
                Step::Last => last,
            };
            Taken::Moved
        }
        Command::Digit(digit) => match usize::from(*digit).checked_sub(1).filter(|at| *at <= last) {
            Some(place) => Taken::Chosen(place),
            None => Taken::Moved,
        },
        Command::Press(place) if *place <= last => Taken::Chosen(*place),
        Command::Enter => Taken::Chosen(*focus),
        _ => Taken::Other,
    }
}
