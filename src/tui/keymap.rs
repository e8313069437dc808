//! The key table: which key does what on a screen. The hint rows, the help and the keyboard itself all read the
//! same table, so a hint cannot lie.

use crate::texts::interview::{InterviewTexts, KeyNames};

use super::command::{Command, Open, Reach, Step};
use super::input::{Key, Moving};

/// Keys that do the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    /// One key.
    One(Key),
    /// A letter of the texts, in either case.
    Letter(String),
    /// Digits from the first to the last.
    Digits(u8, u8),
    /// The same, named together with letters that answer too and have rows of their own in the table.
    DigitsAnd(u8, u8, String),
    /// The arrows up and down, with Home and End.
    UpDown,
    /// The arrows left and right.
    LeftRight,
    /// All arrows, with Home and End.
    Arrows,
    /// Everything that can be written, and the keys that go or delete by words and select.
    Text,
    /// Nothing: a sentence among the hints.
    None,
}

/// One row of the key table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The keys.
    pub keys: Keys,
    /// What they do; arrows, digits and text say themselves which.
    pub command: Command,
    /// What the hint says; `None` for keys that are not shown.
    pub says: Option<String>,
    /// Which hints go first when there is no room: the highest.
    pub rank: u8,
}

impl Binding {
    /// Returns a row that is shown.
    #[must_use]
    pub fn new(keys: Keys, command: Command, says: &str, rank: u8) -> Self {
        Self {
            keys,
            command,
            says: Some(says.to_owned()),
            rank,
        }
    }

    /// Returns a row that works and is not shown.
    #[must_use]
    pub const fn silent(keys: Keys, command: Command) -> Self {
        Self {
            keys,
            command,
            says: None,
            rank: u8::MAX,
        }
    }
}

impl Keys {
    /// Returns what these keys are called, as a hint shows them.
    #[must_use]
    pub fn name(&self, names: &KeyNames) -> String {
        match self {
            Self::One(key) => key_name(*key, names),
            Self::Letter(letter) => letter.to_uppercase(),
            Self::Digits(first, last) if first == last => first.to_string(),
            Self::Digits(first, last) => format!("{first}-{last}"),
            Self::DigitsAnd(first, last, letters) => format!("{first}-{last} {letters}"),
            Self::UpDown => names.up_down.clone(),
            Self::LeftRight => names.left_right.clone(),
            Self::Arrows => names.arrows.clone(),
            Self::Text | Self::None => String::new(),
        }
    }

    /// Returns what a key does here: `command`, or for digits, arrows and text which of them.
    fn answer(&self, key: Key, command: &Command) -> Option<Command> {
        match (self, key) {
            (Self::One(mine), key) if *mine == key => Some(command.clone()),
            (Self::Letter(letter), Key::Char(c)) => {
                let same = letter.chars().flat_map(char::to_lowercase).eq(c.to_lowercase());
                same.then(|| command.clone())
            }
            (Self::Digits(first, last) | Self::DigitsAnd(first, last, _), Key::Char(c)) => {
                let digit = u8::try_from(c.to_digit(10)?).ok()?;
                (*first..=*last).contains(&digit).then_some(Command::Digit(digit))
            }
            (Self::UpDown | Self::Arrows, Key::Up) => Some(Command::Move(Step::Up)),
            (Self::UpDown | Self::Arrows, Key::Down) => Some(Command::Move(Step::Down)),
            (Self::UpDown | Self::Arrows, Key::Home) => Some(Command::Move(Step::First)),
            (Self::UpDown | Self::Arrows, Key::End) => Some(Command::Move(Step::Last)),
            (Self::LeftRight | Self::Arrows, Key::Left) => Some(Command::Move(Step::Left)),
            (Self::LeftRight | Self::Arrows, Key::Right) => Some(Command::Move(Step::Right)),
            (Self::Text, Key::Char(c) | Key::AltGr(c)) => Some(Command::Insert(c)),
            (Self::Text, Key::With { key, ctrl, shift }) => Some(with(key, ctrl, shift)),
            _ => None,
        }
    }
}

/// What a moving key does in a text while Ctrl or Shift is held.
const fn with(key: Moving, ctrl: bool, shift: bool) -> Command {
    let step = match key {
        Moving::Up => Step::Up,
        Moving::Down => Step::Down,
        Moving::Left => Step::Left,
        Moving::Right => Step::Right,
        Moving::Home => Step::First,
        Moving::End => Step::Last,
        Moving::Backspace => return Command::DeleteWord { back: true },
        Moving::Delete if ctrl => return Command::DeleteWord { back: false },
        Moving::Delete => return Command::DeleteForward,
    };
    let reach = Reach {
        words: ctrl,
        selects: shift,
    };
    Command::Reach(step, reach)
}

/// Returns what a key does by this table.
#[must_use]
pub fn command(table: &[Binding], key: Key) -> Option<Command> {
    let answer = |key| {
        table
            .iter()
            .find_map(|binding| binding.keys.answer(key, &binding.command))
    };
    answer(key).or_else(|| match key {
        Key::With { key, .. } => answer(key.plain()),
        _ => None,
    })
}

/// Returns the keys that work everywhere, also while typing. They are not among the hints of every screen; the menu
/// and the help show them.
#[must_use]
pub fn everywhere() -> Vec<Binding> {
    vec![
        Binding::silent(Keys::One(Key::Ctrl('l')), Command::Curtain),
        Binding::silent(Keys::One(Key::Ctrl('s')), Command::AskSaved),
        Binding::silent(Keys::One(Key::Ctrl('c')), Command::Quit),
        Binding::silent(Keys::One(Key::Ctrl('z')), Command::Undo),
        Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo),
        Binding::silent(Keys::One(Key::Esc), Command::Up),
        Binding::silent(Keys::One(Key::F(1)), Command::Open(Open::Help)),
    ]
}

/// Returns the extra function keys of a question, which no hint mentions.
#[must_use]
pub fn function_keys() -> Vec<Binding> {
    vec![
        Binding::silent(Keys::One(Key::F(2)), Command::Back),
        Binding::silent(Keys::One(Key::F(3)), Command::Open(Open::Overview)),
        Binding::silent(Keys::One(Key::F(4)), Command::Open(Open::Note)),
        Binding::silent(Keys::One(Key::F(6)), Command::Open(Open::Card)),
        Binding::silent(Keys::One(Key::F(8)), Command::Open(Open::Pause)),
    ]
}

/// Returns the keys of editing a text: `long` where Enter is a new line.
#[must_use]
pub fn typing(texts: &InterviewTexts, long: bool) -> Vec<Binding> {
    let text = if long {
        Binding::new(Keys::Text, Command::Insert(' '), &texts.hint.write, 3)
    } else {
        Binding::silent(Keys::Text, Command::Insert(' '))
    };
    let mut table = vec![
        text,
        Binding::silent(Keys::One(Key::Backspace), Command::DeleteBack),
        Binding::silent(Keys::One(Key::Delete), Command::DeleteForward),
        Binding::silent(Keys::LeftRight, Command::Move(Step::Left)),
    ];
    if long {
        table.push(Binding::silent(Keys::Arrows, Command::Move(Step::Up)));
        table.push(Binding::new(
            Keys::One(Key::Enter),
            Command::NewLine,
            &texts.hint.new_line,
            4,
        ));
        table.push(Binding::silent(Keys::One(Key::LineFeed), Command::NewLine));
    } else {
        table.push(Binding::silent(Keys::One(Key::Home), Command::Move(Step::First)));
        table.push(Binding::silent(Keys::One(Key::End), Command::Move(Step::Last)));
    }
    table
}

/// Returns what a key is called.
#[must_use]
pub fn key_name(key: Key, names: &KeyNames) -> String {
    match key {
        Key::With { key, .. } => key_name(key.plain(), names),
        Key::Char(' ') => names.space.clone(),
        Key::Char(c) | Key::AltGr(c) => c.to_uppercase().to_string(),
        Key::Ctrl(c) => format!("{}+{}", names.ctrl, c.to_uppercase()),
        Key::F(n) => format!("F{n}"),
        Key::Enter | Key::LineFeed => names.enter.clone(),
        Key::Esc => names.esc.clone(),
        Key::Tab | Key::BackTab => names.tab.clone(),
        Key::Backspace | Key::Delete => names.backspace.clone(),
        Key::Up | Key::Down => names.up_down.clone(),
        Key::Left | Key::Right => names.left_right.clone(),
        Key::Home => names.home.clone(),
        Key::End => names.end.clone(),
        Key::PageUp => names.page_up.clone(),
        Key::PageDown => names.page_down.clone(),
    }
}
