//! A figure that misleads when few stand behind it.

use serde::Serialize;

use super::undefined::Undefined;

/// A figure with the number it rests on and the number from which it may stand in plain text. Below that number the
/// only way to it is [`in_grey`](Self::in_grey), whose name says how it must look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Guarded<T> {
    figure: T,
    rests_on: u64,
    show_from: u32,
}

impl<T> Guarded<T> {
    pub(super) const fn new(figure: T, rests_on: u64, show_from: u32) -> Self {
        Self {
            figure,
            rests_on,
            show_from,
        }
    }

    /// Returns the figure when enough stand behind it.
    ///
    /// # Errors
    /// [`Undefined::TooFewPeople`] with the number from which it is shown.
    pub fn shown(&self) -> Result<&T, Undefined> {
        if self.rests_on >= u64::from(self.show_from) {
            Ok(&self.figure)
        } else {
            Err(Undefined::TooFewPeople {
                needed: self.show_from,
            })
        }
    }

    /// Returns the figure whatever it rests on: for grey text beside [`show_from`](Self::show_from), and for comparing
    /// with other programs.
    pub const fn in_grey(&self) -> &T {
        &self.figure
    }

    /// Returns how many people, or points, the figure rests on.
    pub const fn rests_on(&self) -> u64 {
        self.rests_on
    }

    /// Returns from how many on the figure may stand in plain text.
    pub const fn show_from(&self) -> u32 {
        self.show_from
    }
}
