//! How the screens look: what the terminal can and the person wants. Decided by the caller; nothing here looks at
//! the environment.

/// How much the text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Contrast {
    /// Dimmed text for what is only for the interviewer.
    #[default]
    Usual,
    /// Bold and reversed only: nothing dimmed, no colours.
    High,
}

/// How much air there is between lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Spacing {
    /// Never an empty line between options.
    Tight,
    /// An empty line between options wherever there is room.
    #[default]
    Airy,
}

/// How the screens look.
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
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: true,
            contrast: Contrast::Usual,
            ascii: false,
            mouse: true,
            spacing: Spacing::Airy,
        }
    }
}
