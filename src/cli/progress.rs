//! A line that counts while many envelopes are opened, beside the result and only where somebody watches.

use crate::texts::fill;

use super::settings::Settings;
use super::surroundings::Surroundings;

/// Fewer than this are open before anybody could read a line.
const FEW: usize = 500;
/// How often the line is written anew: once in so many.
const EVERY: usize = 100;

/// Shows how many of how many are open.
pub fn show(done: usize, all: usize, settings: &Settings, surroundings: &mut Surroundings) {
    if all < FEW || !is_watched(settings, surroundings) {
        return;
    }
    let words = &settings.texts.handover.opening;
    let line = |done: usize| fill(words, &[("done", &done.to_string()), ("all", &all.to_string())]);
    if done == all {
        wipe(&line(all), surroundings);
    } else if done.is_multiple_of(EVERY) {
        write(&line(done), surroundings);
    }
}

/// Shows how many are open, where nobody knows yet how many there will be.
pub fn show_so_far(done: usize, settings: &Settings, surroundings: &mut Surroundings) {
    if done >= FEW && done.is_multiple_of(EVERY) && is_watched(settings, surroundings) {
        write(&so_far(done, settings), surroundings);
    }
}

/// Takes the line of [`show_so_far`] away again.
pub fn end_so_far(done: usize, settings: &Settings, surroundings: &mut Surroundings) {
    if done >= FEW && is_watched(settings, surroundings) {
        wipe(&so_far(done, settings), surroundings);
    }
}

fn so_far(done: usize, settings: &Settings) -> String {
    let words = &settings.texts.handover.opening_unknown;
    fill(words, &[("done", &done.to_string())])
}

const fn is_watched(settings: &Settings, surroundings: &Surroundings) -> bool {
    surroundings.stderr_is_terminal && !settings.quiet
}

fn write(line: &str, surroundings: &mut Surroundings) {
    surroundings.output.note_bytes(format!("\r{line}").as_bytes());
}

/// What comes next stands on a clean line.
fn wipe(line: &str, surroundings: &mut Surroundings) {
    let blank = " ".repeat(line.chars().count());
    surroundings.output.note_bytes(format!("\r{blank}\r").as_bytes());
}
