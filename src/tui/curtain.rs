//! The curtain: a screen that says nothing of what lies behind it, and how it is drawn aside.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::fieldwork::desk::{CannotStart, DraftSecret};
use crate::texts::fill;

use super::field::Field;
use super::input::Key;
use super::keymap::key_name;
use super::situation::Situation;
use super::wrap::{columns16, wrap};

/// So many wrong PINs are forgiven at once.
const FORGIVEN: u8 = 4;
/// After that there is so much time between two.
const REST: Duration = Duration::from_secs(30);
/// More signs than any code of words has are not taken.
const LONGEST: usize = 200;
/// The columns of the field.
const FIELD: usize = 24;

/// What brings the screen back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// Enter.
    Enter,
    /// The PIN.
    Pin,
    /// What opens a draft, from whoever forgot the PIN.
    Secret,
}

/// What is said about the last try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Nothing,
    Empty,
    WrongPin,
    Rest,
    Opening,
    Cannot(CannotStart),
}

/// What a key does to the curtain.
#[derive(Debug, PartialEq, Eq)]
pub enum Pull {
    /// Nothing, not even a frame.
    Nothing,
    /// What it shows changed.
    Changed,
    /// It is drawn aside.
    Aside,
    /// Somebody says to know what opens a draft.
    Prove(Zeroizing<String>),
}

/// A drawn curtain.
pub struct Curtain {
    asks: Asks,
    field: Field,
    wrong: u8,
    says: Says,
    rests_until: Option<Duration>,
}

impl Curtain {
    /// Draws it; behind a PIN where there is one.
    #[must_use]
    pub fn drawn(s: &Situation) -> Self {
        Self {
            asks: if s.pin.is_some() { Asks::Pin } else { Asks::Enter },
            field: Field::line(""),
            wrong: 0,
            says: Says::Nothing,
            rests_until: None,
        }
    }

    /// Takes a key.
    pub fn take(&mut self, key: Key, s: &Situation, now: Duration) -> Pull {
        match (self.asks, key) {
            (Asks::Enter, Key::Enter) => Pull::Aside,
            (Asks::Enter, _) => Pull::Nothing,
            (_, Key::Enter) if self.field.shown().trim().is_empty() => {
                let before = std::mem::replace(&mut self.says, Says::Empty);
                if before == Says::Empty {
                    Pull::Nothing
                } else {
                    Pull::Changed
                }
            }
            (Asks::Pin, Key::Enter) => self.try_pin(s, now),
            (Asks::Secret, Key::Enter) => {
                self.says = Says::Opening;
                Pull::Prove(self.typed())
            }
            (Asks::Pin, Key::Tab) if has_secret(s) => self.ask(Asks::Secret),
            (Asks::Secret, Key::Tab | Key::BackTab | Key::Esc) => self.ask(Asks::Pin),
            (_, Key::Backspace) => {
                self.field.delete_back();
                Pull::Changed
            }
            (Asks::Pin, Key::Char(c)) if !c.is_ascii_digit() => Pull::Nothing,
            (_, Key::Char(c) | Key::AltGr(c)) => self.write(|field| field.insert(c).is_ok()),
            _ => Pull::Nothing,
        }
    }

    /// Takes what is pasted: a code may come from somewhere else, a PIN does not.
    pub fn paste(&mut self, text: &str) -> Pull {
        if self.asks != Asks::Secret {
            return Pull::Nothing;
        }
        self.write(|field| field.paste(text).is_ok())
    }

    fn write(&mut self, write: impl FnOnce(&mut Field) -> bool) -> Pull {
        if self.field.letters() >= LONGEST || !write(&mut self.field) {
            return Pull::Nothing;
        }
        if !matches!(self.says, Says::Rest) {
            self.says = Says::Nothing;
        }
        Pull::Changed
    }

    fn ask(&mut self, asks: Asks) -> Pull {
        self.asks = asks;
        self.field = Field::line("");
        self.says = Says::Nothing;
        Pull::Changed
    }

    fn typed(&mut self) -> Zeroizing<String> {
        let typed = Zeroizing::new(self.field.shown().trim().to_owned());
        self.field = Field::line("");
        typed
    }

    fn try_pin(&mut self, s: &Situation, now: Duration) -> Pull {
        let typed = self.typed();
        if self.rests_until.is_some_and(|until| now < until) {
            self.says = Says::Rest;
            return Pull::Changed;
        }
        if s.pin.as_ref().is_none_or(|pin| pin.is(&typed)) {
            return Pull::Aside;
        }
        self.wrong = self.wrong.saturating_add(1);
        self.says = Says::WrongPin;
        if self.wrong > FORGIVEN {
            self.says = Says::Rest;
            self.rests_until = Some(now + REST);
        }
        Pull::Changed
    }

    /// Says why that does not open a draft.
    pub const fn refused(&mut self, why: CannotStart) {
        self.says = Says::Cannot(why);
    }

    /// Ends a rest that is over; returns whether what it shows changed.
    pub fn rested(&mut self, now: Duration) -> bool {
        if self.rests_until.is_none_or(|until| now < until) {
            return false;
        }
        self.rests_until = None;
        let said = self.says == Says::Rest;
        if said {
            self.says = Says::Nothing;
        }
        said
    }

    /// Returns how long it still rests.
    #[must_use]
    pub fn rest(&self, now: Duration) -> Option<Duration> {
        self.rests_until.map(|until| until.saturating_sub(now))
    }

    /// Returns its lines, and the row and column of the cursor among them. `status` is said too.
    pub(super) fn lines(
        &self,
        s: &Situation,
        status: Option<&str>,
        width: usize,
    ) -> (Vec<String>, (u16, u16)) {
        let t = s.t();
        let name = |key| key_name(key, &t.key);
        let (enter, esc, tab, quit) = (
            name(Key::Enter),
            name(Key::Esc),
            name(Key::Tab),
            name(Key::Ctrl('c')),
        );
        let says = |text: &str| {
            let keys = [
                ("enter", enter.as_str()),
                ("esc", &esc),
                ("tab", &tab),
                ("quit", &quit),
            ];
            wrap(&fill(text, &keys), width)
        };
        let code = s.desk.draft_secret == DraftSecret::LaptopCode;
        let mut lines = says(match self.asks {
            Asks::Enter => &t.curtain,
            Asks::Pin => &t.pin.ask,
            Asks::Secret if code => &t.pin.ask_code,
            Asks::Secret => &t.pin.ask_passphrase,
        });
        let mut cursor = (0, 0);
        if self.asks != Asks::Enter {
            let room = FIELD.min(width.saturating_sub(4));
            let dots = "*".repeat(self.field.letters().min(room.saturating_sub(1)));
            let row = lines.len() + 1;
            cursor = (u16::try_from(row).unwrap_or(u16::MAX), 2 + columns16(&dots));
            lines.push(String::new());
            lines.push(format!("[ {dots}{} ]", " ".repeat(room - dots.len())));
            lines.push(String::new());
        } else if status.is_some() {
            lines.push(String::new());
        }
        match self.says {
            Says::Nothing => {}
            Says::Empty if self.asks == Asks::Secret => lines.extend(says(&t.pin.empty_secret)),
            Says::Empty => lines.extend(says(&t.pin.empty)),
            Says::WrongPin => lines.extend(says(&t.pin.wrong)),
            Says::Rest => lines.extend(says(&t.pin.rest)),
            Says::Opening => lines.extend(says(&t.opening)),
            Says::Cannot(why) => lines.extend(says(s.cannot(why))),
        }
        if self.asks == Asks::Pin && self.wrong > 0 {
            lines.extend(says(match s.desk.draft_secret {
                DraftSecret::LaptopCode => &t.pin.forgot_code,
                DraftSecret::Passphrase => &t.pin.forgot_passphrase,
                DraftSecret::Nothing => &t.pin.forgot,
            }));
        }
        lines.extend(status.map(|status| wrap(status, width)).unwrap_or_default());
        (lines, cursor)
    }
}

/// Whether something else than the PIN tells who may see the screen.
fn has_secret(s: &Situation) -> bool {
    s.desk.draft_secret != DraftSecret::Nothing
}
