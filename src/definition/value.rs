//! Readers of single values: each says what is wrong and where, and returns nothing then.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::definition::code::Code;
use crate::definition::document;
use crate::definition::fields::Reader;
use crate::definition::place::{At, Span};
use crate::definition::problem::{Argument, Kind};
use crate::domain::id::{Id, MAX_LENGTH, Slug};
use crate::domain::language::Language;
use crate::domain::number::Number;

/// A value in the tree.
pub(crate) type Value<'d> = Spanned<DeValue<'d>>;

/// Returns a text.
pub(crate) fn text<'d>(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<At<&'d str>> {
    match value.get_ref() {
        DeValue::String(text) => Some(At::new(text, span(value))),
        _ => wrong(value, Kind::Text, reader),
    }
}

/// Returns a text that is not empty.
pub(crate) fn filled<'d>(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<At<&'d str>> {
    let text = text(value, reader)?;
    if text.value.trim().is_empty() {
        reader.findings.add(Code::EmptyText, text.span);
        return None;
    }
    Some(text)
}

/// Returns true or false.
pub(crate) fn truth(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<bool>> {
    match value.get_ref() {
        DeValue::Boolean(truth) => Some(At::new(*truth, span(value))),
        _ => wrong(value, Kind::Truth, reader),
    }
}

/// Returns a reader of whole numbers between two limits, both included.
pub(crate) fn whole(
    least: i64,
    greatest: i64,
) -> impl Fn(&Value<'_>, &mut Reader<'_>) -> Option<At<i64>> + Copy {
    move |value, reader| {
        let DeValue::Integer(digits) = value.get_ref() else {
            return wrong(value, Kind::Whole, reader);
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        match number.filter(|number| (least..=greatest).contains(number)) {
            Some(number) => Some(At::new(number, span(value))),
            None => {
                let problem = reader.findings.add(Code::OutOfRange, span(value));
                problem
                    .name(digits.as_str())
                    .with(Argument::Limit(format!("{least}–{greatest}")));
                None
            }
        }
    }
}

/// Returns a number with at most three decimals.
pub(crate) fn number(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Number>> {
    let (written, number) = match value.get_ref() {
        DeValue::Integer(digits) => {
            let whole = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
            let number = whole.map(Number::whole).filter(|number| {
                Some(number.thousandths()) == whole.and_then(|whole| whole.checked_mul(1000))
            });
            (digits.as_str(), number)
        }
        DeValue::Float(digits) => (digits.as_str(), digits.as_str().parse().ok()),
        _ => return wrong(value, Kind::Number, reader),
    };
    if number.is_none() {
        reader.findings.add(Code::BadNumber, span(value)).name(written);
    }
    number.map(|number| At::new(number, span(value)))
}

/// Returns an id.
pub(crate) fn id(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Id>> {
    let text = text(value, reader)?;
    match Id::new(text.value) {
        Ok(id) => Some(At::new(id, text.span)),
        Err(_) => bad_id(text.value, text.span, '_', reader),
    }
}

/// Returns an id that may hold `-`.
pub(crate) fn slug(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Slug>> {
    let text = text(value, reader)?;
    match Slug::new(text.value) {
        Ok(slug) => Some(At::new(slug, text.span)),
        Err(_) => bad_id(text.value, text.span, '-', reader),
    }
}

/// Reports a text that is no id, with the nearest one that is.
pub(crate) fn bad_id<T>(text: &str, span: Span, joint: char, reader: &mut Reader<'_>) -> Option<T> {
    let mut near = String::new();
    for c in text.to_lowercase().chars().take(MAX_LENGTH) {
        match c {
            'æ' | 'ä' => near.push_str("ae"),
            'ø' | 'ö' => near.push('o'),
            'å' => near.push('a'),
            'é' | 'è' | 'ê' => near.push('e'),
            'a'..='z' | '0'..='9' | '_' => near.push(c),
            _ if !near.ends_with(joint) => near.push(joint),
            _ => {}
        }
    }
    near.truncate(MAX_LENGTH);
    let near = near.trim_matches(joint);
    let problem = reader.findings.add(Code::BadId, span);
    problem.name(text);
    if !near.is_empty() {
        problem.suggest(span, quoted(near));
    }
    None
}

/// Returns a reader of one of these words.
pub(crate) fn word<T: Copy>(
    words: &[(&'static str, T)],
) -> impl Fn(&Value<'_>, &mut Reader<'_>) -> Option<At<T>> + Copy {
    move |value, reader| {
        let text = text(value, reader)?;
        match words.iter().find(|(word, _)| *word == text.value) {
            Some((_, meaning)) => Some(At::new(*meaning, text.span)),
            None => {
                let allowed = words.iter().map(|(word, _)| *word);
                reader
                    .findings
                    .add_unknown(Code::NotOneOf, text.span, text.value, allowed)
                    .quote_suggestion();
                None
            }
        }
    }
}

/// Returns a language.
pub(crate) fn language(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Language>> {
    let text = text(value, reader)?;
    let language = Language::ALL.into_iter().find(|l| l.code() == text.value);
    if language.is_none() {
        let problem = reader.findings.add(Code::UnknownLanguage, text.span);
        problem.name(text.value);
        if text.value.eq_ignore_ascii_case("no") {
            problem.suggest(text.span, quoted("nb"));
        }
    }
    language.map(|language| At::new(language, text.span))
}

/// Returns a date, written as a TOML date or in quotation marks.
pub(crate) fn date(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<At<Date>> {
    let (written, date) = match value.get_ref() {
        DeValue::Datetime(moment) => {
            let date = moment.date.and_then(|date| {
                let month = i8::try_from(date.month).ok()?;
                Date::new(
                    i16::try_from(date.year).ok()?,
                    month,
                    i8::try_from(date.day).ok()?,
                )
                .ok()
            });
            (moment.to_string(), date)
        }
        DeValue::String(text) => (text.to_string(), plain_date(text)),
        _ => return wrong(value, Kind::Date, reader),
    };
    if date.is_none() {
        reader.findings.add(Code::BadDate, span(value)).name(written);
    }
    date.map(|date| At::new(date, span(value)))
}

fn plain_date(text: &str) -> Option<Date> {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| shaped)
}

/// Returns the entries of a list.
pub(crate) fn list<'d>(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<At<Vec<&'d Value<'d>>>> {
    match value.get_ref() {
        DeValue::Array(list) => Some(At::new(list.iter().collect(), span(value))),
        _ => wrong(value, Kind::List, reader),
    }
}

/// Returns a reader of lists whose entries are read by `read`; entries it refuses are left out.
pub(crate) fn list_of<'d, T>(
    limit: usize,
    read: impl Fn(&'d Value<'d>, &mut Reader<'_>) -> Option<T>,
) -> impl FnOnce(&'d Value<'d>, &mut Reader<'_>) -> Option<At<Vec<T>>> {
    move |value, reader| {
        let entries = list(value, reader)?;
        reader.within(entries.value.len(), limit, entries.span);
        let mut read_entries = Vec::new();
        for entry in entries.value.into_iter().take(limit) {
            read_entries.extend(read(entry, reader));
        }
        Some(At::new(read_entries, entries.span))
    }
}

/// Returns a list of exactly two, each read by `read`.
pub(crate) fn pair_of<'d, T>(
    read: impl Fn(&'d Value<'d>, &mut Reader<'_>) -> Option<At<T>>,
) -> impl Fn(&'d Value<'d>, &mut Reader<'_>) -> Option<At<(T, T)>> {
    move |value, reader| {
        let entries = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect::<Vec<_>>(),
            _ => return wrong(value, Kind::Pair, reader),
        };
        let [first, second] = entries.as_slice() else {
            return wrong(value, Kind::Pair, reader);
        };
        let (first, second) = (read(first, reader), read(second, reader));
        Some(At::new((first?.value, second?.value), span(value)))
    }
}

/// Reports a value of another kind than wanted.
pub(crate) fn wrong<T>(value: &Value<'_>, wanted: Kind, reader: &mut Reader<'_>) -> Option<T> {
    let heading = reader.source.get(span(value).range()).unwrap_or_default();
    if wanted == Kind::List && heading.starts_with('[') && matches!(value.get_ref(), DeValue::Table(_)) {
        document::single_brackets(heading, span(value), &mut reader.findings);
        return None;
    }
    let found = match value.get_ref() {
        DeValue::String(_) => Kind::Text,
        DeValue::Integer(_) => Kind::Whole,
        DeValue::Float(_) => Kind::Number,
        DeValue::Boolean(_) => Kind::Truth,
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Array(_) => Kind::List,
        DeValue::Table(_) => Kind::Table,
    };
    let place = span(value);
    let problem = reader.findings.add(Code::WrongKind, place);
    problem
        .with(Argument::Wanted(wanted))
        .with(Argument::Found(found));
    match (wanted, value.get_ref()) {
        (Kind::Text | Kind::Localized, DeValue::Integer(digits)) => {
            problem.suggest(place, quoted(digits.as_str()));
        }
        (Kind::Truth, DeValue::String(text)) => match text.to_lowercase().as_str() {
            "true" | "ja" | "yes" | "sann" => {
                problem.suggest(place, "true");
            }
            "false" | "nei" | "no" | "usann" => {
                problem.suggest(place, "false");
            }
            _ => {}
        },
        (Kind::Whole | Kind::Number, DeValue::String(text)) if text.parse::<Number>().is_ok() => {
            problem.suggest(place, text.trim().replace(',', "."));
        }
        _ => {}
    }
    None
}

/// Returns where a value stands.
pub(crate) fn span(value: &Value<'_>) -> Span {
    value.span().into()
}

/// Returns a text in straight quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
