//! Trying the terminal out: how wide it draws, and which keys arrive.

use std::io::{self, Write};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue};

use crate::texts::interview::KeyNames;

use super::input::{Input, Key, read};
use super::keymap::key_name;

/// Keys that are worth trying: those that some terminal or keyboard keeps for itself.
pub const KEYS: [Key; 9] = [
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::PageDown,
    Key::Ctrl('l'),
    Key::Ctrl('z'),
    Key::Ctrl('s'),
    Key::Char('ø'),
    Key::AltGr('@'),
];
/// So long the person may think.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It arrived.
    Right,
    /// Another one arrived.
    Other(String),
    /// It was passed over.
    Passed,
}

/// Gives the terminal back.
struct Raw;

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Draws each sample at the left edge of the line and returns how many columns the cursor moved; `None` where the
/// terminal does not answer. The line is empty afterwards.
#[must_use]
pub fn widths(samples: &[&str]) -> Option<Vec<u16>> {
    enable_raw_mode().ok()?;
    let _raw = Raw;
    let mut out = io::stdout();
    let mut widths = Vec::new();
    for sample in samples {
        out.write_all(b"\r")
            .and_then(|()| out.write_all(sample.as_bytes()))
            .ok()?;
        out.flush().ok()?;
        let at = cursor::position();
        queue!(out, cursor::MoveToColumn(0), Clear(ClearType::CurrentLine)).ok()?;
        out.flush().ok()?;
        widths.push(at.ok()?.0);
    }
    Some(widths)
}

/// Returns what the key that is pressed next is; Enter passes over.
#[must_use]
pub fn next_key(wanted: Key, names: &KeyNames) -> Arrived {
    if enable_raw_mode().is_err() {
        return Arrived::Passed;
    }
    let _raw = Raw;
    loop {
        if !event::poll(PATIENCE).unwrap_or(false) {
            return Arrived::Passed;
        }
        match event::read() {
            Ok(event) => {
                if let Some(arrived) = judge(&event, wanted, names) {
                    return arrived;
                }
            }
            Err(_) => return Arrived::Passed,
        }
    }
}

/// Returns what an event is when `wanted` was asked for; `None` for what is no key.
fn judge(event: &Event, wanted: Key, names: &KeyNames) -> Option<Arrived> {
    match read(event) {
        Some(Input::Key(Key::Enter)) => Some(Arrived::Passed),
        Some(Input::Key(key)) => {
            // Where AltGr is a key of its own, its character arrives as any other.
            let same = key == wanted || matches!((key, wanted), (Key::Char(a), Key::AltGr(b)) if a == b);
            Some(if same {
                Arrived::Right
            } else {
                Arrived::Other(key_name(key, names))
            })
        }
        Some(_) => None,
        None => match event {
            // A key that the screens do not know, but a key.
            Event::Key(key)
                if key.kind == KeyEventKind::Press && !matches!(key.code, KeyCode::Modifier(_)) =>
            {
                Some(Arrived::Other(format!("{:?}", key.code)))
            }
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::{Arrived, judge};
    use crate::domain::language::Language;
    use crate::texts::Texts;
    use crate::tui::input::Key;

    #[test]
    fn a_key_is_right_another_or_passed_over() {
        let names = Texts::load(Language::Bokmal).unwrap().interview.key.clone();
        let event = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        let plain = |code| event(code, KeyModifiers::NONE);
        let ctrl_l = event(KeyCode::Char('l'), KeyModifiers::CONTROL);
        assert_eq!(judge(&ctrl_l, Key::Ctrl('l'), &names), Some(Arrived::Right));
        assert_eq!(
            judge(&plain(KeyCode::Char('l')), Key::Ctrl('l'), &names),
            Some(Arrived::Other("L".into()))
        );
        assert_eq!(
            judge(&plain(KeyCode::Char('@')), Key::AltGr('@'), &names),
            Some(Arrived::Right)
        );
        assert_eq!(
            judge(&plain(KeyCode::Enter), Key::Esc, &names),
            Some(Arrived::Passed)
        );
        let released = KeyEvent::new_with_kind(KeyCode::Esc, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(judge(&Event::Key(released), Key::Esc, &names), None);
    }
}
