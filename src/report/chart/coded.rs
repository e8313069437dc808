//! How a count is drawn that is not written exactly: solid as far as it is certain, hatched with a broken edge as far as
//! it may reach.
//!
//! "5 or fewer" is hatched up to 5. "21 or more" is solid up to 21 and has an open end: what it may reach beyond is what
//! the others may fall short of, and drawn twice a row would be longer than all its people. Where a row has room for all
//! of them, it is hatched as far as they go. Neither tells more than the words.

use crate::texts::fill;
use crate::texts::number::whole;

use super::palette::{self, Ink};
use super::scene::{Area, Hatching, Pen};
use super::sheet::{BAR, HATCH, SMALL, Sheet, Sign, share};
use super::{Chart, Side, Value};

/// How wide the box of a hidden value is.
const HIDDEN: i32 = 580;
/// How wide the open end of "or more" is, whatever the count.
const OPEN: i32 = 110;
/// The strip of a side's colour below hatching.
const STRIP: i32 = 50;
const EDGE: Pen = Pen::dashed(Ink::GREY, 9);

/// How far a value reaches, in ten thousandths of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// As far as it is certain.
    pub(super) certain: i32,
    /// From there, as far as it may go.
    pub(super) possible: i32,
    /// Whether there are more, nobody is told how many.
    pub(super) open: bool,
}

impl Reach {
    /// Returns how far a value reaches.
    pub(super) fn of(value: Value) -> Self {
        match value {
            Value::Exact { count, of, .. } => Self {
                certain: share(count, of),
                ..Self::default()
            },
            Value::Coded { low, high, of } if low > 0 && high == of => Self {
                certain: share(low, of),
                possible: 0,
                open: true,
            },
            Value::Coded { low, high, of } => Self {
                certain: share(low, of),
                possible: share(high, of) - share(low, of),
                open: false,
            },
            Value::Hidden | Value::None => Self::default(),
        }
    }

    /// Returns how far a value reaches that stands alone, with room for all people.
    pub(super) fn alone(value: Value) -> Self {
        match value {
            Value::Coded { low, high, of } => Self {
                certain: share(low, of),
                possible: share(high, of) - share(low, of),
                open: false,
            },
            _ => Self::of(value),
        }
    }

    /// As far as it is drawn.
    pub(super) const fn all(self) -> i32 {
        self.certain + self.possible
    }
}

/// Returns how much room a value takes whatever it is: the box of a hidden one, an open end.
pub(super) fn fixed(value: Value) -> i32 {
    match value {
        Value::Hidden => HIDDEN,
        _ if Reach::of(value).open => OPEN,
        _ => 0,
    }
}

impl Sheet<'_> {
    /// How a value is said in words: "5 eller færre".
    pub(super) fn in_words(&self, value: Value) -> String {
        let number = |value: u32| whole(u64::from(value), self.texts.language());
        match value {
            Value::Coded { low: 0, high, .. } => {
                fill(&self.texts.results.at_most, &[("bound", &number(high))])
            }
            Value::Coded { low, high, of } if high == of => {
                fill(&self.texts.results.at_least, &[("bound", &number(low))])
            }
            _ => self.said(value),
        }
    }

    /// How a value is said where there is so much room: in words, or else by its sign.
    pub(super) fn said_within(&self, value: Value, room: i32) -> String {
        let words = self.in_words(value);
        if self.width(&words, SMALL) <= room {
            words
        } else {
            self.said(value)
        }
    }

    /// Draws what may be: hatched, with a broken edge and the colour of its side.
    pub(super) fn possible(&mut self, area: Area, side: Option<Side>) {
        self.scene.rectangle(area, Some(Ink::WHITE), None);
        self.scene.hatch(area, Hatching::Rising, 60, HATCH);
        self.strip(area, side);
        self.scene.rectangle(area, None, Some(EDGE));
    }

    /// Draws the open end of "or more": hatched, without an edge outwards.
    pub(super) fn open_end(&mut self, area: Area, side: Side) {
        self.scene.rectangle(area, Some(Ink::WHITE), None);
        self.scene
            .hatch(area, Hatching::Rising, 45, Pen::solid(Ink::GREY, 7));
        self.strip(area, Some(side));
        for y in [area.y, area.bottom()] {
            self.scene.line((area.x, y), (area.x + area.width, y), EDGE);
        }
    }

    fn strip(&mut self, area: Area, side: Option<Side>) {
        if let Some(side) = side {
            let strip = Area::new(area.x, area.bottom() - STRIP, area.width, STRIP);
            self.scene.rectangle(strip, Some(palette::fill(side)), None);
        }
    }

    /// Draws the box of a hidden value; it is as wide whatever the value.
    pub(super) fn hidden(&mut self, (x, y): (i32, i32), side: Option<Side>) {
        let area = Area::new(x, y, HIDDEN, BAR);
        self.scene.rectangle(area, Some(Ink::WHITE), None);
        self.strip(area, side);
        self.scene.rectangle(area, None, Some(EDGE));
        let strip = if side.is_some() { STRIP } else { 0 };
        let said = self.said(Value::Hidden);
        let middle = (area.middle().x, y + (BAR - strip) / 2);
        self.on_ground(middle, &said, Ink::WHITE, Ink::BLACK);
    }

    /// The explanation of the signs of counts that are not written exactly: of those that stand for words here.
    pub(super) fn coded_entries(
        &self,
        chart: &Chart,
        is_sign: impl Fn(usize, Value) -> bool,
    ) -> Vec<(Sign, String)> {
        let mut coded: Vec<(u32, u32, u32)> = Vec::new();
        for row in &chart.rows {
            for (place, value) in row.values.iter().enumerate() {
                if let Value::Coded { low, high, of } = value
                    && is_sign(place, *value)
                {
                    coded.push((*low, *high, *of));
                }
            }
        }
        coded.sort_unstable();
        let mut entries: Vec<(Sign, String)> = Vec::new();
        for (low, high, of) in coded {
            let value = Value::Coded { low, high, of };
            let (sign, words) = (self.said(value), self.in_words(value));
            let entry = (Sign::Coded, format!("{sign}: {words}"));
            if sign != words && !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::{Reach, fixed};
    use crate::report::chart::Value;

    #[test]
    fn few_are_hatched_up_to_their_bound_and_many_are_solid_up_to_theirs() {
        let few = Reach::of(Value::Coded {
            low: 0,
            high: 5,
            of: 20,
        });
        assert_eq!((few.certain, few.possible, few.open), (0, 2500, false));
        let many = Value::Coded {
            low: 15,
            high: 20,
            of: 20,
        };
        let reach = Reach::of(many);
        assert_eq!((reach.certain, reach.possible, reach.open), (7500, 0, true));
        // Together they are as long as everybody, and no longer.
        assert_eq!(few.all() + reach.all(), 10_000);
        let alone = Reach::alone(many);
        assert_eq!((alone.certain, alone.possible, alone.open), (7500, 2500, false));
    }

    #[test]
    fn an_open_end_and_a_hidden_value_take_the_same_room_whatever_they_are() {
        let many = |low, of| fixed(Value::Coded { low, high: of, of });
        assert_eq!(many(15, 20), many(150, 200));
        assert!(fixed(Value::Hidden) > 0);
        assert_eq!(
            fixed(Value::Coded {
                low: 0,
                high: 5,
                of: 20
            }),
            0
        );
    }
}
