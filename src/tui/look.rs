//! How the screens look: what the terminal can and the person wants. Decided by the caller; nothing here looks at
//! the environment.

use crate::store::preferences::Preference;

pub use crate::store::preferences::{Contrast, Spacing};

/// How the screens look and take keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether colours may be used.
    pub colour: bool,
    /// How much the text stands out.
    pub contrast: Contrast,
    /// Only ASCII for lines and marks; letters stay as they are.
    pub ascii: bool,
    /// Whether the mouse works.
    pub mouse: bool,
    /// Air between lines.
    pub spacing: Spacing,
    /// Whether a digit that answers also goes on.
    pub auto_next: bool,
    /// Whether the curtain falls when the window is left.
    pub hide_unfocused: bool,
    /// Whether the card shows what is chosen already.
    pub show_choice: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: true,
            contrast: Contrast::Usual,
            ascii: false,
            mouse: true,
            spacing: Spacing::Normal,
            auto_next: false,
            hide_unfocused: false,
            show_choice: false,
        }
    }
}

impl Look {
    /// Takes in what the person wants.
    pub const fn take(&mut self, preference: Preference) {
        match preference {
            Preference::Spacing(spacing) => self.spacing = spacing,
            Preference::Contrast(contrast) => self.contrast = contrast,
            Preference::Colours(on) => self.colour = on,
            Preference::Ascii(on) => self.ascii = on,
            Preference::Mouse(on) => self.mouse = on,
            Preference::AutoNext(on) => self.auto_next = on,
            Preference::HideUnfocused(on) => self.hide_unfocused = on,
            Preference::ShowChoice(on) => self.show_choice = on,
            Preference::Language(_) | Preference::Role(_) | Preference::Linear(_) => {}
        }
    }
}
