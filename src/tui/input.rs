//! What arrives from the keyboard and mouse, made the same on every terminal.
//!
//! The rules (each measured or read in a terminal's or library's source):
//! 1. A released key is nothing: Windows sends press and release.
//! 2. A character with Ctrl and Alt together is AltGr: it is text, and nothing outside text.
//! 3. A character with Alt alone is nothing: Esc and a key in one write arrive so.
//! 4. Ctrl+H is Backspace; Ctrl+J is a line feed, and only long text knows it.
//! 5. A paste is one thing. Where the terminal does not mark it, many keys at once are a paste.
//! 6. Text is composed (NFC): done by the field.
//! 7. A held Enter or digit answers one question: repeats are nothing, and see [`SETTLE`] and [`HELD`].

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

/// How long after a page change Enter is not listened to.
pub const SETTLE: Duration = Duration::from_millis(150);
/// The same digit again this soon was not pressed again: where a terminal does not tell, this does.
pub const HELD: Duration = Duration::from_millis(60);
/// So many characters within [`PASTE_WITHIN`] were not typed by hand.
pub const PASTE_KEYS: usize = 8;
/// See [`PASTE_KEYS`].
pub const PASTE_WITHIN: Duration = Duration::from_millis(20);

/// A key, freed from what terminals make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A character.
    Char(char),
    /// A character that took AltGr: text only.
    AltGr(char),
    /// A letter with Ctrl, in lower case.
    Ctrl(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// A line feed that is not Enter.
    LineFeed,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A key that moves or deletes, with Ctrl or Shift held: by words, or selecting. Where that means nothing it is
    /// the key itself.
    With {
        /// The key without them.
        key: Moving,
        /// Ctrl.
        ctrl: bool,
        /// Shift.
        shift: bool,
    },
}

/// Keys that do more when Ctrl or Shift is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moving {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

impl Moving {
    /// Returns the key without Ctrl and Shift.
    #[must_use]
    pub const fn plain(self) -> Key {
        match self {
            Self::Up => Key::Up,
            Self::Down => Key::Down,
            Self::Left => Key::Left,
            Self::Right => Key::Right,
            Self::Home => Key::Home,
            Self::End => Key::End,
            Self::Backspace => Key::Backspace,
            Self::Delete => Key::Delete,
        }
    }

    const fn of(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Up => Some(Self::Up),
            KeyCode::Down => Some(Self::Down),
            KeyCode::Left => Some(Self::Left),
            KeyCode::Right => Some(Self::Right),
            KeyCode::Home => Some(Self::Home),
            KeyCode::End => Some(Self::End),
            KeyCode::Backspace => Some(Self::Backspace),
            KeyCode::Delete => Some(Self::Delete),
            _ => None,
        }
    }
}

/// What the person did.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text, already with plain line breaks.
    Paste(String),
    /// Clicked at a column and row.
    Click(u16, u16),
    /// Moved the mouse here with its button held.
    Drag(u16, u16),
    /// Turned the wheel: up is negative.
    Wheel(i8),
    /// Made the window this wide and high.
    Resize(u16, u16),
    /// Went to another window.
    Away,
}

impl Input {
    /// Returns whether this means the same on whatever screen comes: the window, hiding, leaving.
    #[must_use]
    pub const fn holds_while_waiting(&self) -> bool {
        match self {
            Self::Resize(..) | Self::Away | Self::Key(Key::Ctrl('l' | 'c')) => true,
            Self::Key(_) | Self::Paste(_) | Self::Click(..) | Self::Drag(..) | Self::Wheel(_) => false,
        }
    }
}

/// Returns what an event means, if anything.
#[must_use]
pub fn read(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) => read_key(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(plain_breaks(text))),
        Event::Resize(width, height) => Some(Input::Resize(*width, *height)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(mouse.column, mouse.row)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Input::Drag(mouse.column, mouse.row)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(-1)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(1)),
            _ => None,
        },
        Event::FocusLost => Some(Input::Away),
        Event::FocusGained => None,
    }
}

/// Returns what events that lay ready together mean: `spread` is the time over which they were read. Each run of
/// characters is looked at by itself, so that what was typed stays in its order.
#[must_use]
pub fn read_all(events: &[Event], spread: Duration) -> Vec<Input> {
    let inputs: Vec<Input> = events.iter().filter_map(read).collect();
    if spread > PASTE_WITHIN {
        return inputs;
    }
    let runs = inputs.chunk_by(|one, next| character(one).is_some() && character(next).is_some());
    runs.flat_map(|run| pasted(run).unwrap_or_else(|| run.to_vec()))
        .collect()
}

/// Returns the character that a key puts into a text.
const fn character(input: &Input) -> Option<char> {
    match input {
        Input::Key(Key::Char(c) | Key::AltGr(c)) => Some(*c),
        Input::Key(Key::Enter | Key::LineFeed) => Some('\n'),
        Input::Key(Key::Tab) => Some(' '),
        _ => None,
    }
}

/// Returns keys at once as a paste, where they are too many to have been pressed and are not one that is held.
fn pasted(run: &[Input]) -> Option<Vec<Input>> {
    let text: String = run.iter().filter_map(character).collect();
    let mut letters = text.chars();
    let first = letters.next()?;
    let held = letters.all(|c| c == first);
    (text.chars().count() > PASTE_KEYS && !held).then(|| vec![Input::Paste(plain_breaks(&text))])
}

fn read_key(event: &KeyEvent) -> Option<Key> {
    let once = matches!(
        event.code,
        KeyCode::Enter | KeyCode::Esc | KeyCode::Char('0'..='9')
    );
    match event.kind {
        KeyEventKind::Release => return None,
        KeyEventKind::Repeat if once => return None,
        KeyEventKind::Press | KeyEventKind::Repeat => {}
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    match event.code {
        KeyCode::Char(c) if ctrl && alt => Some(Key::AltGr(c)),
        _ if alt => None,
        // Shift and Backspace is a slip of the hand, not a wish.
        KeyCode::Backspace if !ctrl => Some(Key::Backspace),
        code if (ctrl || shift) && Moving::of(code).is_some() => {
            Moving::of(code).map(|key| Key::With { key, ctrl, shift })
        }
        KeyCode::Char('h') if ctrl => Some(Key::Backspace),
        KeyCode::Char('j') if ctrl => Some(Key::LineFeed),
        KeyCode::Char('m') if ctrl => Some(Key::Enter),
        KeyCode::Char(c) if ctrl => Some(Key::Ctrl(c.to_ascii_lowercase())),
        KeyCode::Char(c) if c.is_control() => None,
        KeyCode::Char(c) => Some(Key::Char(c)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Esc),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::BackTab => Some(Key::BackTab),
        KeyCode::Delete => Some(Key::Delete),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::Left => Some(Key::Left),
        KeyCode::Right => Some(Key::Right),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::F(n) => Some(Key::F(n)),
        _ => None,
    }
}

fn plain_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

    use super::{Input, Key, PASTE_WITHIN, read, read_all};

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn key(event: &Event) -> Option<Key> {
        match read(event) {
            Some(Input::Key(key)) => Some(key),
            _ => None,
        }
    }

    fn of_kind(code: KeyCode, kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent::new_with_kind(code, KeyModifiers::NONE, kind))
    }

    #[test]
    fn a_released_key_is_nothing() {
        assert_eq!(key(&of_kind(KeyCode::Char('4'), KeyEventKind::Release)), None);
    }

    #[test]
    fn altgr_is_text_and_nothing_else() {
        let altgr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(key(&press(KeyCode::Char('@'), altgr)), Some(Key::AltGr('@')));
    }

    #[test]
    fn a_key_that_came_in_one_write_with_esc_is_nothing() {
        assert_eq!(key(&press(KeyCode::Char('3'), KeyModifiers::ALT)), None);
        assert_eq!(key(&press(KeyCode::Enter, KeyModifiers::ALT)), None);
    }

    #[test]
    fn ctrl_h_is_backspace_and_ctrl_j_a_line_feed() {
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(key(&press(KeyCode::Char('h'), ctrl)), Some(Key::Backspace));
        assert_eq!(key(&press(KeyCode::Char('j'), ctrl)), Some(Key::LineFeed));
        assert_eq!(key(&press(KeyCode::Char('L'), ctrl)), Some(Key::Ctrl('l')));
    }

    #[test]
    fn a_held_enter_or_digit_counts_once_and_a_held_arrow_moves_on() {
        assert_eq!(key(&of_kind(KeyCode::Enter, KeyEventKind::Repeat)), None);
        assert_eq!(key(&of_kind(KeyCode::Char('2'), KeyEventKind::Repeat)), None);
        assert_eq!(
            key(&of_kind(KeyCode::Down, KeyEventKind::Repeat)),
            Some(Key::Down)
        );
    }

    #[test]
    fn many_characters_at_once_are_a_paste_with_plain_line_breaks() {
        let typed = |text: &str| -> Vec<Event> {
            let code = |c| {
                if c == '\n' {
                    KeyCode::Enter
                } else {
                    KeyCode::Char(c)
                }
            };
            text.chars().map(|c| press(code(c), KeyModifiers::NONE)).collect()
        };
        let at_once = read_all(&typed("1\n2\n3\n4\n5"), Duration::from_millis(3));
        assert!(at_once == [Input::Paste("1\n2\n3\n4\n5".to_owned())]);
        assert_eq!(read_all(&typed("1\n2\n3\n4\n5"), PASTE_WITHIN * 2).len(), 9);
        assert_eq!(read_all(&typed("12345678"), Duration::ZERO).len(), 8);
        assert_eq!(
            read_all(&typed("aaaaaaaaaaaa"), Duration::ZERO).len(),
            12,
            "a held key"
        );
        let mut burst = typed("andresvaret");
        burst.push(press(KeyCode::PageDown, KeyModifiers::NONE));
        burst.extend(typed("kort"));
        let read_in_order = read_all(&burst, Duration::ZERO);
        assert!(read_in_order[..2] == [Input::Paste("andresvaret".to_owned()), Input::Key(Key::PageDown)]);
        assert_eq!(read_in_order.len(), 6);
        let pasted = read(&Event::Paste("a\r\nb\rc".to_owned()));
        assert!(pasted == Some(Input::Paste("a\nb\nc".to_owned())));
    }
}
