//! Answer scales: levels in order, with values that rise and bands that hold every level once.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Check;
use crate::definition::code::Code;
use crate::definition::expression::scope::{CodeEntry, Codes};
use crate::definition::fields::Unique;
use crate::definition::place::{At, Span};
use crate::definition::problem::Argument;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::scale::{RawBands, RawGroups, RawLevel, RawScale};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::number::Number;
use crate::domain::survey::scale::{Bands, Good, Level, Scale};

/// The scale from 0 to 10 that every survey may use.
pub(crate) const BUILT_IN: &str = "tall0_10";
const HIGHEST: i64 = 10;

impl Check<'_, '_> {
    pub(super) fn check_scales(&mut self, raw: &RawSurvey) {
        for (name, scale) in &raw.scales {
            if name.value.as_str() == BUILT_IN {
                self.reader
                    .findings
                    .add(Code::BuiltInScale, name.span)
                    .name(BUILT_IN);
                continue;
            }
            let levels = || scale.levels.iter().flat_map(|levels| &levels.value);
            // Without values of their own the levels count from 1.
            let counted = levels().all(|level| level.value.is_none());
            let entries = (1..).zip(levels()).filter_map(|(place, level)| {
                let own = level.value.as_ref().map(|value| value.value);
                let value = if counted { Some(Number::whole(place)) } else { own };
                Some(CodeEntry::level(level.code.as_ref()?.value.clone(), value))
            });
            let codes = Codes::new(entries.collect());
            self.scale_codes.insert(name.value.clone(), Rc::new(codes));
            if let Some(scale) = self.check_scale(name, scale) {
                self.scales.insert(name.value.clone(), scale);
            }
        }
    }

    /// Adds the built-in scale when a question uses it.
    pub(super) fn add_built_in(&mut self, name: &Id) {
        if name.as_str() == BUILT_IN && !self.scales.contains_key(name) {
            let scale = built_in();
            let entries = scale
                .levels
                .iter()
                .map(|level| CodeEntry::level(level.code.clone(), Some(level.value)));
            let codes = Codes::new(entries.collect());
            self.scale_codes.insert(name.clone(), Rc::new(codes));
            self.scales.insert(name.clone(), scale);
        }
    }

    fn check_scale(&mut self, name: &At<Id>, raw: &RawScale) -> Option<Scale> {
        let source = self.reader.source_language();
        let levels = raw.levels.as_ref()?;
        let mut unique = Unique::default();
        for level in &levels.value {
            if let Some(code) = &level.code {
                unique.add(code, self.reader);
                self.missing_among(code, level.text.as_ref());
            }
        }
        if levels.value.len() < 2 {
            self.reader
                .findings
                .add(Code::ScaleTooShort, levels.span)
                .name(&name.value);
            return None;
        }
        let values = self.values(&levels.value);
        let codes: Option<Vec<At<Id>>> = levels.value.iter().map(|level| level.code.clone()).collect();
        let good = raw.good.as_ref()?.value;
        let codes = codes?;
        let bands = match &raw.bands {
            Some(bands) => Some(self.given_bands(bands, &codes)?),
            None if good == Good::None => None,
            None => Some(self.default_bands(name, raw.span, &codes)?),
        };
        let texts: Option<Vec<Localized>> = levels
            .value
            .iter()
            .map(|level| Some(level.text.as_ref()?.localized(source)))
            .collect();
        let levels = codes.into_iter().zip(values?).zip(texts?);
        let levels = levels.map(|((code, value), text)| Level {
            code: code.value,
            value,
            text,
        });
        Some(Scale {
            good,
            ask: raw.ask.as_ref().map(|ask| ask.localized(source)),
            levels: levels.collect(),
            bands,
            numeric: false,
        })
    }

    /// Returns the values of the levels: given for all, rising; or else the places from 1.
    fn values(&mut self, levels: &[RawLevel]) -> Option<Vec<Number>> {
        if levels.iter().all(|level| level.value.is_none()) {
            return Some((1..).take(levels.len()).map(Number::whole).collect());
        }
        let mut values: Vec<Number> = Vec::new();
        for level in levels {
            let Some(value) = &level.value else {
                self.reader.findings.add(Code::ValuesDoNotRise, level.span);
                return None;
            };
            if values.last().is_some_and(|last| *last >= value.value) {
                self.reader
                    .findings
                    .add(Code::ValuesDoNotRise, value.span)
                    .name(value.value);
                return None;
            }
            values.push(value.value);
        }
        Some(values)
    }

    fn given_bands(&mut self, raw: &RawBands, codes: &[At<Id>]) -> Option<Bands> {
        let three = match &raw.three {
            Some(three) if codes.len() <= 4 => {
                let problem = self.reader.findings.add(Code::ThreeBandsOnShortScale, three.span);
                problem.with(Argument::Count(codes.len() as u64));
                return None;
            }
            Some(three) => Some(self.cover::<3>(three, codes)?),
            None => None,
        };
        let two = self.cover::<2>(raw.two.as_ref()?, codes)?;
        Some(Bands { three, two })
    }

    /// Returns the bands when they hold every level once, in order.
    fn cover<const N: usize>(&mut self, raw: &RawGroups, codes: &[At<Id>]) -> Option<[Vec<Id>; N]> {
        let names: BTreeSet<Id> = codes.iter().map(|code| code.value.clone()).collect();
        let mut known = Some(());
        for code in raw.value.iter().flat_map(|band| &band.value) {
            if self.known(code, Code::UnknownCode, &names).is_none() {
                known = None;
            }
        }
        known?;
        let bands: Vec<Vec<Id>> = raw
            .value
            .iter()
            .map(|band| band.value.iter().map(|code| code.value.clone()).collect())
            .collect();
        let in_order = bands.iter().flatten().eq(codes.iter().map(|code| &code.value))
            && bands.iter().all(|band| !band.is_empty());
        match <[Vec<Id>; N]>::try_from(bands) {
            Ok(bands) if in_order => Some(bands),
            _ => {
                let allowed = codes.iter().map(|code| code.value.to_string()).collect();
                self.reader
                    .findings
                    .add(Code::BandsDoNotCover, raw.span)
                    .with(Argument::Count(N as u64))
                    .with(Argument::Allowed(allowed));
                None
            }
        }
    }

    /// Scales of up to five levels say their bands by their length; longer ones must say them.
    fn default_bands(&mut self, name: &At<Id>, span: Span, codes: &[At<Id>]) -> Option<Bands> {
        let slice = |range: std::ops::Range<usize>| -> Option<Vec<Id>> {
            Some(codes.get(range)?.iter().map(|code| code.value.clone()).collect())
        };
        match codes.len() {
            5 => Some(Bands {
                three: Some([slice(0..2)?, slice(2..3)?, slice(3..5)?]),
                two: [slice(0..3)?, slice(3..5)?],
            }),
            length @ 2..=4 => {
                let cut = length.div_ceil(2);
                Some(Bands {
                    three: None,
                    two: [slice(0..cut)?, slice(cut..length)?],
                })
            }
            length => {
                let problem = self.reader.findings.add(Code::BandsNeeded, span);
                problem.name(&name.value).with(Argument::Count(length as u64));
                None
            }
        }
    }
}

/// Returns the scale from 0 to 10: numbers without words, high is good, 0-3, 4-6 and 7-10.
fn built_in() -> Scale {
    let code = |number: i64| Id::new(&number.to_string()).ok();
    let level = |number: i64| {
        let text = CleanText::line(&number.to_string());
        let text = Language::ALL
            .into_iter()
            .fold(Localized::new(Language::Bokmal, text.clone()), |all, language| {
                all.with(language, text.clone())
            });
        Some(Level {
            code: code(number)?,
            value: Number::whole(number),
            text,
        })
    };
    let band = |least: i64, greatest: i64| (least..=greatest).filter_map(code).collect::<Vec<Id>>();
    Scale {
        good: Good::High,
        ask: None,
        levels: (0..=HIGHEST).filter_map(level).collect(),
        bands: Some(Bands {
            three: Some([band(0, 3), band(4, 6), band(7, HIGHEST)]),
            two: [band(0, 6), band(7, HIGHEST)],
        }),
        numeric: true,
    }
}
