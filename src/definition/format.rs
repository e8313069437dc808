//! What every file begins with: its format and its languages.

use toml::de::{DeTable, DeValue};

use crate::definition::code::Code;
use crate::definition::fields::{Fields, Reader, Unique};
use crate::definition::findings::Findings;
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::value;
use crate::domain::language::Language;

/// Returns whether the file is written for a newer program; then nothing else in it is judged.
pub(crate) fn is_newer(tree: &DeTable<'_>, newest: i64, findings: &mut Findings) -> bool {
    let Some(value) = tree.get("format") else {
        return false;
    };
    let DeValue::Integer(digits) = value.get_ref() else {
        return false;
    };
    let format = i64::from_str_radix(digits.as_str(), digits.radix());
    let newer = format.is_ok_and(|format| format > newest);
    if newer {
        findings
            .add(Code::NewerFormat, value::span(value))
            .name(digits.as_str())
            .with(Argument::Limit(newest.to_string()));
    }
    newer
}

/// Checks that the file says its format.
pub(crate) fn check(root: &Fields<'_>, newest: i64, reader: &mut Reader<'_>) {
    root.need("format", reader, value::whole(1, newest));
}

/// Returns the languages of the file; bokmål when it names none that is known.
pub(crate) fn languages(root: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<Language> {
    let listed = root.need("languages", reader, value::list_of(100, value::language));
    let mut unique = Unique::default();
    let mut languages = Vec::new();
    if let Some(listed) = &listed {
        for language in &listed.value {
            let code = At::new(language.value.code(), language.span);
            if unique.add(&code, reader) {
                languages.push(language.value);
            }
        }
        if listed.value.is_empty() && !reader.findings.has_errors() {
            let problem = reader.findings.add(Code::MissingKey, listed.span);
            problem
                .name("languages")
                .with(Argument::Other("languages = [\"nb\"]".to_owned()));
        }
    }
    if languages.is_empty() {
        languages.push(Language::Bokmal);
    }
    languages
}
