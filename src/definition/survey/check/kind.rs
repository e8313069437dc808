//! What a question asks for, type by type.

use super::bands::step;
use super::{Check, Parents};
use crate::definition::code::Code;
use crate::definition::expression::scope::AnswerKind;
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::domain::number::Number;
use crate::domain::survey::question::{Choices, QuestionKind};

/// The most choices `min` and `max` may ask for.
const MOST_CHOICES: i64 = 1000;

impl Check<'_, '_> {
    /// Returns what the question asks for and what conditions may make of it.
    pub(super) fn kind(
        &mut self,
        raw: &RawQuestion,
        parents: Parents<'_>,
    ) -> (Option<QuestionKind>, AnswerKind) {
        let Some(kind) = raw.kind.as_ref().map(|kind| kind.value) else {
            return (None, AnswerKind::Unclear);
        };
        match kind {
            Type::One => self.one(raw, parents),
            Type::Scale => self.scale_question(raw),
            Type::Many => {
                let (choices, codes) = self.choices(raw, kind, parents);
                let limits = self.limits(raw);
                let kind = choices
                    .zip(limits)
                    .map(|(choices, (min, max))| QuestionKind::Many { choices, min, max });
                (kind, codes.map_or(AnswerKind::Unclear, AnswerKind::Choices))
            }
            Type::Rank => {
                let (choices, codes) = self.choices(raw, kind, parents);
                let limits = self.limits(raw);
                let kind = choices
                    .zip(limits)
                    .map(|(choices, (_, max))| QuestionKind::Rank { choices, max });
                (kind, codes.map_or(AnswerKind::Unclear, AnswerKind::Ranking))
            }
            Type::Count => {
                let (choices, _) = self.choices(raw, kind, parents);
                (choices.map(QuestionKind::Count), AnswerKind::Nothing)
            }
            Type::Matrix => self.matrix(raw, parents),
            Type::Number => self.number(raw),
            Type::Date => self.date(raw),
            Type::Text => (Some(QuestionKind::Text { long: raw.long }), AnswerKind::Text),
            Type::Info => (Some(QuestionKind::Info), AnswerKind::Nothing),
        }
    }

    fn one(&mut self, raw: &RawQuestion, parents: Parents<'_>) -> (Option<QuestionKind>, AnswerKind) {
        let Some(scale) = &raw.scale else {
            let (choices, codes) = self.choices(raw, Type::One, parents);
            return (
                choices.map(QuestionKind::One),
                codes.map_or(AnswerKind::Unclear, AnswerKind::Choice),
            );
        };
        if let Some(options) = &raw.options {
            self.reader.findings.add(Code::OptionsAndScale, options.span);
        }
        let codes = self.scale(scale);
        let choices = Choices {
            options: Vec::new(),
            scale: Some(scale.value.clone()),
            order: raw.order,
            groups: Vec::new(),
        };
        (
            codes.is_some().then_some(QuestionKind::One(choices)),
            codes.map_or(AnswerKind::Unclear, AnswerKind::Level),
        )
    }

    fn scale_question(&mut self, raw: &RawQuestion) -> (Option<QuestionKind>, AnswerKind) {
        let Some(scale) = &raw.scale else {
            let problem = self.reader.findings.add(Code::MissingKey, raw.span);
            problem
                .name("scale")
                .with(Argument::Other("scale = \"enig5\"".to_owned()));
            return (None, AnswerKind::Unclear);
        };
        let codes = self.scale(scale);
        let kind = codes.is_some().then(|| QuestionKind::Scale {
            scale: scale.value.clone(),
            faces: raw.faces.as_ref().is_some_and(|faces| faces.value),
        });
        (kind, codes.map_or(AnswerKind::Unclear, AnswerKind::Level))
    }

    fn number(&mut self, raw: &RawQuestion) -> (Option<QuestionKind>, AnswerKind) {
        let order = self.min_below_max(raw);
        let bands = self.bands(raw, step(raw.decimals));
        let least = bands.iter().flatten().next().map(|(least, _)| *least);
        let greatest = bands.iter().flatten().last().map(|(_, greatest)| *greatest);
        // A number outside every band could not be reported: without limits of its own, the bands are the limits.
        let min = raw.min.as_ref().map(|min| min.value).or(least);
        let max = raw.max.as_ref().map(|max| max.value).or(greatest);
        let unit = raw
            .unit
            .as_ref()
            .map(|unit| unit.localized(self.reader.source_language()));
        let kind = bands.zip(order).map(|(bands, ())| QuestionKind::Number {
            unit,
            min,
            max,
            decimals: raw.decimals,
            bands,
        });
        (kind, AnswerKind::Number { min, max })
    }

    fn date(&mut self, raw: &RawQuestion) -> (Option<QuestionKind>, AnswerKind) {
        let bands = self.bands(raw, step(0));
        let year = |number: Number| {
            let year = i16::try_from(number.thousandths() / 1000).ok();
            year.filter(|year| number.is_whole() && (1900..=2100).contains(year))
        };
        let mut years = Some(Vec::new());
        for (least, greatest) in bands.iter().flatten() {
            match (year(*least), year(*greatest), &mut years) {
                (Some(least), Some(greatest), Some(years)) => years.push((least, greatest)),
                _ => years = None,
            }
        }
        if years.is_none() {
            let span = raw.key("bands");
            let problem = self.reader.findings.add(Code::OutOfRange, span);
            problem
                .name("bands")
                .with(Argument::Limit("1900–2100".to_owned()));
        }
        let day = raw.day.as_ref().is_some_and(|day| day.value);
        let kind = bands.and(years).map(|bands| QuestionKind::Date { day, bands });
        (kind, AnswerKind::Date)
    }

    fn min_below_max(&mut self, raw: &RawQuestion) -> Option<()> {
        if let (Some(min), Some(max)) = (&raw.min, &raw.max)
            && min.value > max.value
        {
            self.reader
                .findings
                .add(Code::MinAboveMax, min.span.to(min.span))
                .name(min.value)
                .with(Argument::Other(max.value.to_string()));
            return None;
        }
        Some(())
    }

    /// Returns how many options may be chosen.
    fn limits(&mut self, raw: &RawQuestion) -> Option<(Option<u16>, Option<u16>)> {
        self.min_below_max(raw)?;
        let options = raw.options.as_ref().map_or(0, |options| {
            options
                .value
                .iter()
                .filter(|option| option.retired.is_none())
                .count()
        });
        let min = self.choices_limit(raw.min.as_ref(), options)?;
        let max = self.choices_limit(raw.max.as_ref(), options)?;
        Some((min, max))
    }

    fn choices_limit(&mut self, limit: Option<&At<Number>>, options: usize) -> Option<Option<u16>> {
        let Some(limit) = limit else { return Some(None) };
        let whole = limit.value.thousandths() / 1000;
        if !limit.value.is_whole() || !(1..=MOST_CHOICES).contains(&whole) {
            self.reader
                .findings
                .add(Code::OutOfRange, limit.span)
                .name(limit.value)
                .with(Argument::Limit(format!("1–{MOST_CHOICES}")));
            return None;
        }
        let number = u16::try_from(whole).ok()?;
        if usize::from(number) > options && options > 0 {
            self.reader
                .findings
                .add(Code::MoreThanOptions, limit.span)
                .name(number)
                .with(Argument::Count(options as u64));
            return None;
        }
        Some(Some(number))
    }
}
