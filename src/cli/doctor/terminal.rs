//! What is said about the terminal: how it draws, how large it is, and which keys reach the program.

use clap::ArgMatches;
use serde_json::json;

use crate::texts::fill;
use crate::tui;

use super::super::settings::{Settings, colour, locale, needs_ascii, wants_linear};
use super::super::surroundings::Surroundings;
use super::{Finding, State, by_id, by_words, found};

/// The smallest window, and the one the screens are made for.
const SMALLEST: (u16, u16) = tui::frame::SMALLEST;
const COMFORTABLE: (u16, u16) = (80, 24);
/// What the screens draw: each takes one column.
pub(super) const SAMPLES: [&str; 5] = ["æøå", "éüß", "─│┌", "█▒", "«»–"];

pub(super) fn terminal(settings: &Settings, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let name = ["TERM_PROGRAM", "TERM"]
        .into_iter()
        .find_map(|name| surroundings.variable(name))
        .unwrap_or(if surroundings.variable("WT_SESSION").is_some() {
            "Windows Terminal"
        } else {
            "?"
        });
    let preferences = settings.configuration.preferences();
    let (_, by) = wants_linear(&preferences, surroundings);
    let both = surroundings.stdin_is_terminal && surroundings.stdout_is_terminal;
    let values = json!({
        "name": name,
        "is_terminal": both,
        "can_draw": tui::can_draw(),
        "linear": settings.linear,
        "linear_because": by_id(by),
    });
    let (state, says) = if !both {
        (State::Notice, &words.terminal_none)
    } else if !tui::can_draw() {
        (State::Notice, &words.terminal_old)
    } else if settings.linear {
        (State::Works, &words.terminal_linear)
    } else {
        (State::Works, &words.terminal)
    };
    let because = by_words(by, words);
    let says = fill(says, &[("name", name), ("because", &because)]);
    found("terminal", state, says.trim(), values)
}

pub(super) fn size((columns, rows): (u16, u16), settings: &Settings) -> Finding {
    let words = &settings.texts.command.doctor;
    let fits = |(wide, high): (u16, u16)| columns >= wide && rows >= high;
    let (state, says) = if fits(COMFORTABLE) {
        (State::Works, &words.size)
    } else if fits(SMALLEST) {
        (State::Works, &words.size_narrow)
    } else {
        (State::Notice, &words.size_small)
    };
    let says = fill(
        says,
        &[("columns", &columns.to_string()), ("rows", &rows.to_string())],
    );
    found("size", state, &says, json!({ "columns": columns, "rows": rows }))
}

pub(super) fn colours(settings: &Settings, matches: &ArgMatches, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let flag = if matches.get_flag("no_color") {
        Some("never")
    } else {
        matches.get_one::<String>("color").map(String::as_str)
    };
    let (on, by) = colour(flag, &settings.configuration.preferences(), surroundings);
    let says = if on { &words.colours } else { &words.colours_none };
    let says = fill(says, &[("because", &by_words(by, words))]);
    let values = json!({ "on": on, "because": by_id(by) });
    found("colours", State::Works, says.trim(), values)
}

pub(super) fn characters(drawn: Option<&[u16]>, settings: &Settings, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let locale = locale(surroundings, "LC_CTYPE").unwrap_or_default();
    let wrong: Vec<&str> = SAMPLES
        .iter()
        .zip(drawn.unwrap_or_default())
        .filter(|(sample, width)| sample.chars().count() != usize::from(**width))
        .map(|(sample, _)| *sample)
        .collect();
    let values = json!({
        "locale": locale,
        "ascii": settings.ascii,
        "measured": drawn.is_some(),
        "drawn_wrong": wrong,
    });
    let (state, says) = if !wrong.is_empty() {
        let says = fill(&words.characters_wrong, &[("characters", &wrong.join(" "))]);
        (State::Notice, says)
    } else if needs_ascii(surroundings) {
        let says = fill(&words.characters_ascii, &[("locale", locale)]);
        (State::Works, says)
    } else if settings.ascii {
        (State::Works, words.characters_chosen.clone())
    } else if drawn.is_some() {
        (State::Works, words.characters_measured.clone())
    } else {
        (State::Works, words.characters.clone())
    };
    found("characters", state, &says, values)
}

/// Keys that the program around this one keeps for itself.
pub(super) fn keyboard(settings: &Settings, surroundings: &Surroundings) -> Finding {
    let words = &settings.texts.command.doctor;
    let is = |name: &str| surroundings.variable(name).is_some();
    let inside = if is("TMUX") {
        Some(("tmux", "Ctrl+B"))
    } else if is("STY") {
        Some(("screen", "Ctrl+A"))
    } else {
        None
    };
    let mouse = settings.look().mouse;
    let values = json!({
        "inside": inside.map(|(name, _)| name),
        "mouse": mouse,
        "marked_paste": !surroundings.is_windows,
    });
    let mut says = match inside {
        Some((name, key)) => fill(&words.keyboard_inside, &[("name", name), ("key", key)]),
        None => words.keyboard.clone(),
    };
    says.push(' ');
    says.push_str(if mouse { &words.mouse } else { &words.mouse_none });
    found("keyboard", State::Works, &says, values)
}
