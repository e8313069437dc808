//! How it was done, and what is promised to those who answered and what not.

use crate::domain::clean_text::CleanText;
use crate::report::document::{Cell, Document};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;

/// Writes the method section.
pub(super) fn write(sources: &Sources<'_>, document: &mut Document) {
    let (words, language) = (sources.words(), sources.language());
    let parts = sources.survey.parts();
    document.heading(1, words.method.clone());
    let purpose = sources.evaluation.purpose.as_ref().or(parts.purpose.as_ref());
    if let Some(purpose) = purpose {
        document.paragraph(fill(&words.purpose, &[("purpose", purpose.get(language))]));
    }
    document.paragraph(fill(
        &words.survey,
        &[("title", parts.title.get(language)), ("version", &parts.version)],
    ));
    document.paragraph(words.held.clone());
    document.paragraph(words.base.clone());
    let terms = sources.published.terms();
    let number = |value: u16| sources.number(u32::from(value));
    document.paragraph(fill(&words.percent, &[("n", &number(terms.percent_from))]));
    document.heading(1, words.protection.clone());
    document.paragraph(words.promise.clone());
    document.paragraph(words.no_promise.clone());
    let disclosure = &sources.evaluation.disclosure;
    document.paragraph(fill(
        &words.profile,
        &[
            ("profile", &terms.profile),
            ("k", &number(terms.threshold)),
            (
                "low",
                &cell_words(&Cell::AtMost(u32::from(terms.threshold)), sources.texts),
            ),
        ],
    ));
    document.paragraph(fill(
        &words.profile_base,
        &[
            ("base", &number(terms.row_base)),
            ("sensitive", &number(terms.sensitive_threshold)),
            ("sensitive_base", &number(terms.sensitive_row_base)),
        ],
    ));
    document.paragraph(words.profile_merged.clone());
    if let Some(reason) = disclosure.reason.as_ref().map(CleanText::as_str) {
        document.paragraph(fill(&words.profile_reason, &[("reason", reason)]));
    }
}
