//! Buttons beside each other on one line.

use super::command::Command;
use super::page::Page;
use super::theme::Tone;
use super::wrap::columns16;

/// A button.
pub(super) struct Button<'a> {
    /// What it says.
    pub(super) words: &'a str,
    /// What it does.
    pub(super) command: Command,
    /// Whether Enter presses it.
    pub(super) focused: bool,
}

/// Puts buttons on a line of their own, with the cursor on the one that has the focus.
pub(super) fn line<'a>(page: &mut Page, buttons: impl IntoIterator<Item = Button<'a>>) {
    let (mut spans, mut targets, mut cursor, mut at) = (Vec::new(), Vec::new(), None, 0);
    for button in buttons {
        let words = format!("[{}]", button.words);
        let wide = columns16(&words) + 3;
        let (mark, tone) = if button.focused {
            cursor = Some(at + 1);
            (" > ", Tone::Focus)
        } else {
            ("   ", Tone::Plain)
        };
        spans.push(page.span(mark, Tone::Plain));
        spans.push(page.span(&words, tone));
        targets.push((at, at + wide, button.command));
        at += wide;
    }
    page.line(spans);
    for (from, to, command) in targets {
        page.target(from, to, command);
    }
    if let Some(cursor) = cursor {
        page.cursor(cursor);
    }
}
