//! One out of a few, by number.

use super::settings::Settings;
use super::surroundings::Surroundings;

/// How often a number may be mistyped.
const TRIES: usize = 5;

/// Lists names and asks for the number of one; returns its place.
pub fn choose(
    ask: &str,
    names: &[String],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Option<usize> {
    if settings.no_input {
        return None;
    }
    surroundings.output.line(ask);
    for (place, name) in (1..).zip(names) {
        let place: usize = place;
        surroundings.output.line(&format!("{place}. {name}"));
    }
    for _ in 0..TRIES {
        surroundings.output.part("> ");
        let line = surroundings.read_line()?;
        if !surroundings.stdin_is_terminal {
            surroundings.output.line(line.trim());
        }
        let place = line
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|place| place.checked_sub(1));
        if place.is_some_and(|place| place < names.len()) {
            return place;
        }
        surroundings.output.line(&settings.texts.linear.no_such_number);
    }
    None
}
