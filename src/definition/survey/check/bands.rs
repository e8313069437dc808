//! Bands of numbers and years: from least to greatest, nothing twice and nothing left out.

use super::Check;
use crate::definition::code::Code;
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::question::RawQuestion;
use crate::domain::number::Number;

/// Thousandths in one.
const ONE: i64 = 1000;

impl Check<'_, '_> {
    /// Returns the bands; what is reported must have them. `step` is between one possible answer and the next.
    pub(super) fn bands(&mut self, raw: &RawQuestion, step: i64) -> Option<Vec<(Number, Number)>> {
        let Some(bands) = &raw.bands else {
            if raw.report {
                let span = raw.key("type");
                self.reader.findings.add(Code::NumberNeedsBands, span);
                return None;
            }
            return Some(Vec::new());
        };
        if bands.value.is_empty() {
            self.reader.findings.add(Code::NumberNeedsBands, bands.span);
            return None;
        }
        let mut last: Option<Number> = None;
        for band in &bands.value {
            let (least, greatest) = band.value;
            if least > greatest {
                return self.gap(band, greatest, least);
            }
            if let Some(last) = last {
                let next = Number::from_thousandths(last.thousandths().saturating_add(step));
                if next != least {
                    return self.gap(band, next, least);
                }
            }
            last = Some(greatest);
        }
        self.reaches(raw, bands)?;
        Some(bands.value.iter().map(|band| band.value).collect())
    }

    /// The bands reach from the least to the greatest answer.
    fn reaches(&mut self, raw: &RawQuestion, bands: &At<Vec<At<(Number, Number)>>>) -> Option<()> {
        let (first, last) = bands.value.first().zip(bands.value.last())?;
        if let Some(min) = &raw.min
            && min.value < first.value.0
        {
            return self.gap(first, min.value, first.value.0);
        }
        if let Some(max) = &raw.max
            && max.value > last.value.1
        {
            return self.gap(last, max.value, last.value.1);
        }
        Some(())
    }

    fn gap<T>(&mut self, band: &At<(Number, Number)>, wanted: Number, found: Number) -> Option<T> {
        self.reader
            .findings
            .add(Code::BandsWithGap, band.span)
            .name(wanted)
            .with(Argument::Other(found.to_string()));
        None
    }
}

/// Returns the step between one number and the next with this many decimals.
pub(super) const fn step(decimals: u8) -> i64 {
    match decimals {
        0 => ONE,
        1 => 100,
        2 => 10,
        _ => 1,
    }
}
