//! Texts in several languages, read with the place of each.

use std::collections::BTreeMap;

use toml::de::{DeString, DeValue};

use crate::definition::code::Code;
use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{Span, inside};
use crate::definition::problem::{Argument, Kind};
use crate::definition::value::{self, Value};
use crate::domain::clean_text::{CleanText, first_hidden};
use crate::domain::language::Language;
use crate::domain::localized::Localized;

/// A text as it stands in the file.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    /// The text, or the table of texts.
    pub(crate) span: Span,
    /// Each language's text. Never empty.
    pub(crate) texts: Vec<Written>,
}

/// One language's text.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) language: Language,
    /// The literal with its quotation marks.
    pub(crate) span: Span,
    /// As in the file, escapes resolved.
    pub(crate) raw: String,
    pub(crate) clean: CleanText,
}

impl Wording {
    /// Returns the text as the domain keeps it.
    pub(crate) fn localized(&self, source: Language) -> Localized {
        let first = self
            .texts
            .iter()
            .find(|text| text.language == source)
            .or_else(|| self.texts.first());
        // A text without its source language falls back to the first it has.
        let (language, clean) = first.map_or_else(
            || (source, CleanText::default()),
            |text| (text.language, text.clean.clone()),
        );
        self.texts
            .iter()
            .fold(Localized::new(language, clean), |all, text| {
                all.with(text.language, text.clean.clone())
            })
    }
}

impl Written {
    /// Returns where a part of the raw text stands in the file.
    pub(crate) fn place(&self, source: &str, part: std::ops::Range<usize>) -> Span {
        inside(source, self.span, &self.raw, part)
    }
}

/// Reads a text of one line: line ends become spaces.
pub(crate) fn line<'d>(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<Wording> {
    read(value, CleanText::line, reader)
}

/// Reads a text of several lines.
pub(crate) fn block<'d>(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<Wording> {
    read(value, CleanText::block, reader)
}

fn read<'d>(value: &'d Value<'d>, clean: fn(&str) -> CleanText, reader: &mut Reader<'_>) -> Option<Wording> {
    let span = value::span(value);
    let texts = match value.get_ref() {
        DeValue::String(text) => vec![written(reader.source_language(), span, text, clean)],
        DeValue::Table(_) => by_language(value, clean, reader)?,
        _ => return value::wrong(value, Kind::Localized, reader),
    };
    for text in &texts {
        report_hidden(text, reader);
    }
    let filled: Vec<Written> = texts.into_iter().filter(|text| !text.clean.is_blank()).collect();
    if filled.is_empty() {
        reader.findings.add(Code::EmptyText, span);
        return None;
    }
    report_languages(span, &filled, reader);
    Some(Wording { span, texts: filled })
}

fn written(language: Language, span: Span, raw: &DeString<'_>, clean: fn(&str) -> CleanText) -> Written {
    Written {
        language,
        span,
        raw: raw.to_string(),
        clean: clean(raw),
    }
}

fn by_language<'d>(
    value: &'d Value<'d>,
    clean: fn(&str) -> CleanText,
    reader: &mut Reader<'_>,
) -> Option<Vec<Written>> {
    let fields = Fields::free(value, reader)?;
    let mut texts: BTreeMap<Language, Written> = BTreeMap::new();
    for field in fields.in_file_order() {
        let language = Language::ALL.into_iter().find(|l| l.code() == field.key);
        let Some(language) = language else {
            let problem = reader.findings.add(Code::UnknownLanguage, field.key_span);
            problem.name(field.key);
            if field.key == "no" {
                problem.suggest(field.key_span, "nb");
            }
            continue;
        };
        if let DeValue::String(text) = field.value.get_ref() {
            let text = written(language, value::span(field.value), text, clean);
            texts.insert(language, text);
        } else {
            value::wrong::<()>(field.value, Kind::Text, reader);
        }
    }
    // Mistakes named above leave nothing to add about an empty table.
    let silent = fields.in_file_order().is_empty() || !texts.is_empty();
    silent.then(|| texts.into_values().collect())
}

fn report_hidden(text: &Written, reader: &mut Reader<'_>) {
    if let Some((place, c)) = first_hidden(&text.raw) {
        let span = text.place(reader.source, place..place + c.len_utf8());
        let problem = reader.findings.add(Code::HiddenCharacters, span);
        problem.name(format!("U+{:04X}", u32::from(c)));
    }
}

/// One problem for all languages that are missing, one for all that are too many.
fn report_languages(span: Span, texts: &[Written], reader: &mut Reader<'_>) {
    let says_words = |text: &Written| text.clean.as_str().chars().any(char::is_alphabetic);
    let has = |language: Language| texts.iter().any(|text| text.language == language);
    let missing: Vec<Language> = reader.languages.iter().copied().filter(|&l| !has(l)).collect();
    if !missing.is_empty() && texts.iter().any(says_words) {
        reader
            .findings
            .add(Code::MissingTranslation, span)
            .with(Argument::Languages(missing));
    }
    let surplus: Vec<Language> = texts
        .iter()
        .map(|text| text.language)
        .filter(|language| !reader.languages.contains(language))
        .collect();
    if !surplus.is_empty() {
        reader
            .findings
            .add(Code::SurplusLanguage, span)
            .with(Argument::Languages(surplus));
    }
}
