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
    if all < FEW || !surroundings.stderr_is_terminal || settings.quiet {
        return;
    }
    let words = &settings.texts.handover.opening;
    let line = |done: usize| fill(words, &[("done", &done.to_string()), ("all", &all.to_string())]);
    if done == all {
        // Gone again, so that what comes next stands on a clean line.
        let blank = " ".repeat(line(all).chars().count());
        surroundings.output.note_bytes(format!("\r{blank}\r").as_bytes());
    } else if done.is_multiple_of(EVERY) {
        surroundings
            .output
            .note_bytes(format!("\r{}", line(done)).as_bytes());
    }
}
