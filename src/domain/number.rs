//! Numbers people say: whole or with a decimal comma, exact to a thousandth.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number with up to three decimals, kept exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number {
    thousandths: i64,
}

/// A text that is no number of ours: letters, too many decimals, or too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number with at most three decimals")]
pub struct NotANumber;

const THOUSAND: i64 = 1000;
/// The largest whole number accepted, so that sums of many stay exact.
const LARGEST: i64 = 1_000_000_000_000;

impl Number {
    /// Returns a whole number; beyond a million millions it is clipped.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self {
            thousandths: value.clamp(-LARGEST, LARGEST).saturating_mul(THOUSAND),
        }
    }

    /// Returns the number in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.thousandths
    }

    /// Returns the number of this many thousandths.
    #[must_use]
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self { thousandths }
    }

    /// Returns whether there are no decimals.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.thousandths % THOUSAND == 0
    }

    /// Returns how many decimals the number has, 0 to 3.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match self.thousandths % THOUSAND {
            0 => 0,
            rest if rest % 100 == 0 => 1,
            rest if rest % 10 == 0 => 2,
            _ => 3,
        }
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads `12`, `-3`, `12,5` and `12.5`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(decimals) || decimals.len() > 3 {
            return Err(NotANumber);
        }
        let whole: i64 = whole.parse().map_err(|_| NotANumber)?;
        if whole > LARGEST {
            return Err(NotANumber);
        }
        let thousandths: i64 = format!("{decimals:0<3}").parse().map_err(|_| NotANumber)?;
        let size = whole * THOUSAND + thousandths;
        Ok(Self {
            thousandths: if negative { -size } else { size },
        })
    }
}

/// Prints with a decimal point and no needless zeros; a report puts in the comma.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.thousandths.unsigned_abs();
        let sign = if self.thousandths < 0 { "-" } else { "" };
        let (whole, rest) = (size / 1000, size % 1000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{rest:03}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn comma_and_point_are_the_same_number() {
        assert_eq!("12,5".parse::<Number>(), "12.50".parse());
        assert_eq!("12,5".parse::<Number>().unwrap().to_string(), "12.5");
        assert_eq!("-0.005".parse::<Number>().unwrap().to_string(), "-0.005");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for wrong in [
            "",
            "-",
            "1,",
            ",5",
            "1e5",
            "0x10",
            "1 000",
            "99999999999999999999",
            "1.2345",
        ] {
            assert!(wrong.parse::<Number>().is_err(), "{wrong}");
        }
    }
}
