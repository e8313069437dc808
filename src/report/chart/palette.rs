//! Colours of the charts, told apart with every kind of colour sight, and never the only thing that tells.
//!
//! Orange to the left, blue to the right: the least distance of two neighbours is 25 (CIE76) in normal sight and in
//! simulated deuteranopia, protanopia and tritanopia (Machado 2009). Numbers on them have a contrast of 5 or more.

use super::Side;

/// A colour as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

impl Ink {
    /// Lines and words.
    pub(super) const BLACK: Self = Self(0x1a, 0x1a, 0x1a);
    /// The ground.
    pub(super) const WHITE: Self = Self(0xff, 0xff, 0xff);
    /// Words that matter less; 7 : 1 on white.
    pub(super) const GREY: Self = Self(0x55, 0x55, 0x55);
    /// Lines that matter less.
    pub(super) const PALE: Self = Self(0xc4, 0xc4, 0xc4);
    /// The ground behind a bar.
    pub(super) const TRACK: Self = Self(0xf1, 0xf1, 0xf1);
    /// What has no side.
    pub(super) const BLUE: Self = Self(0x0b, 0x5a, 0x9d);
    const DARK_ORANGE: Self = Self(0xa6, 0x50, 0x00);
    const ORANGE: Self = Self(0xf0, 0xa3, 0x5a);
    const MIDDLE: Self = Self(0xd0, 0xd0, 0xd0);
    const LIGHT_BLUE: Self = Self(0x7f, 0xb1, 0xd8);

    /// Returns the colour as `#0b5a9d`.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Returns what a bar of this side is filled with.
pub(super) const fn fill(side: Side) -> Ink {
    match side {
        Side::StronglyAgainst => Ink::DARK_ORANGE,
        Side::Against => Ink::ORANGE,
        Side::Neutral => Ink::MIDDLE,
        Side::For => Ink::LIGHT_BLUE,
        Side::StronglyFor | Side::Plain => Ink::BLUE,
        Side::Beside => Ink::WHITE,
    }
}

/// Returns the colour of numbers and hatching on a bar of this side.
pub(super) const fn on(side: Side) -> Ink {
    match side {
        Side::StronglyAgainst | Side::StronglyFor | Side::Plain => Ink::WHITE,
        Side::Against | Side::Neutral | Side::For | Side::Beside => Ink::BLACK,
    }
}

/// Returns the colour of the hatching that tells a weak side from a strong one without colour.
pub(super) const fn hatching(side: Side) -> Option<Ink> {
    match side {
        Side::Against => Some(Ink::DARK_ORANGE),
        Side::For => Some(Ink::BLUE),
        Side::Beside => Some(Ink::PALE),
        Side::StronglyAgainst | Side::StronglyFor | Side::Plain | Side::Neutral => None,
    }
}
