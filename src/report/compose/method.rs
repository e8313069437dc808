//! How it was done, and what is promised to those who answered and what not.

use crate::disclosure::published::{Answers, Grain, PublishedItem};
use crate::domain::clean_text::CleanText;
use crate::domain::item::ItemKey;
use crate::report::document::{Cell, Document, Mark};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;
use super::item::reason;
use super::numbers;

/// Writes the method section. `quoted` is whether people's own words stand in the report.
pub(super) fn write(sources: &Sources<'_>, quoted: bool, document: &mut Document) {
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
    let paper = &sources.texts.paper;
    if sources.people.file.is_none() {
        document.paragraph(words.held.clone());
        document.paragraph(fill(&paper.consent, &[("version", &parts.version)]));
    }
    if quoted {
        document.paragraph(paper.quote_rule.clone());
    }
    if sources.is_of_groups() {
        of_groups(sources, document);
        return;
    }
    document.paragraph(words.base.clone());
    let terms = sources.published.terms();
    let number = |value: u16| sources.number(u32::from(value));
    document.paragraph(fill(&words.percent, &[("n", &number(terms.percent_from))]));
    document.heading(2, paper.definitions.clone());
    let words_and_figures = [
        &paper.define_share,
        &paper.define_share_of_asked,
        &paper.define_good,
        &paper.define_median,
        &paper.define_interval,
        &paper.define_not_asked,
        &paper.define_skipped,
    ];
    document.list(Mark::Dot, words_and_figures.map(Clone::clone).to_vec());
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
    stricter(sources, document);
    document.paragraph(words.profile_merged.clone());
    if let Some(reason) = disclosure.reason.as_ref().map(CleanText::as_str) {
        document.paragraph(fill(&words.profile_reason, &[("reason", reason)]));
    }
    not_shown(sources, document);
}

/// What is promised where only groups were interviewed: there are no numbers, and nothing to explain of them.
fn of_groups(sources: &Sources<'_>, document: &mut Document) {
    let words = sources.words();
    document.heading(1, words.protection.clone());
    document.paragraph(words.promise.clone());
    document.paragraph(words.no_promise.clone());
    document.paragraph(sources.texts.results.hands.note.clone());
    if let Some(reason) = sources
        .evaluation
        .disclosure
        .reason
        .as_ref()
        .map(CleanText::as_str)
    {
        document.paragraph(fill(&words.profile_reason, &[("reason", reason)]));
    }
}

/// Which questions have other limits than the general one: the sensitive ones, and those that are shown by groups too.
fn stricter(sources: &Sources<'_>, document: &mut Document) {
    let paper = &sources.texts.paper;
    let items = |wanted: &dyn Fn(&PublishedItem) -> bool| {
        let own = sources.survey.items().filter(|item| item.question.report);
        let printed = own.filter_map(|item| sources.published.item(&item.key()));
        let named = printed
            .filter(|printed| !sources.is_no_column(printed) && wanted(printed))
            .map(|printed| numbers::bare(&printed.item, sources.survey, sources.texts));
        named.collect::<Vec<_>>().join(", ")
    };
    let sensitive = items(&|printed| printed.sensitive);
    if !sensitive.is_empty() {
        document.paragraph(fill(&paper.sensitive_items, &[("items", &sensitive)]));
    }
    if !items(&|printed| printed.breakdown.is_some()).is_empty() {
        document.paragraph(paper.stricter_by_groups.clone());
    }
}

/// Which questions have answers put together, and which have none: as it stands in their tables.
fn not_shown(sources: &Sources<'_>, document: &mut Document) {
    let paper = &sources.texts.paper;
    let known: Vec<ItemKey> = sources
        .survey
        .items()
        .filter(|item| item.question.report)
        .map(|item| item.key())
        .collect();
    let printed: Vec<&PublishedItem> = known
        .iter()
        .filter_map(|key| sources.published.item(key))
        .filter(|printed| !sources.is_no_column(printed) && !sources.is_told_by_hands(printed))
        .collect();
    let list = |wanted: &dyn Fn(&PublishedItem) -> bool| {
        let items = printed.iter().filter(|printed| wanted(printed));
        items
            .map(|printed| numbers::bare(&printed.item, sources.survey, sources.texts))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut points = Vec::new();
    for (grain, text) in [
        (Grain::Groups, &paper.merged_groups),
        (Grain::ThreeBands, &paper.merged_three),
        (Grain::TwoBands, &paper.merged_two),
    ] {
        let items = list(&|printed| matches!(&printed.answers, Answers::Row { form, .. } if *form == grain));
        if !items.is_empty() {
            points.push(fill(text, &[("items", &items)]));
        }
    }
    let mut said: Vec<String> = Vec::new();
    for own in &printed {
        let Answers::Hidden { reason: why, .. } = &own.answers else {
            continue;
        };
        let words = reason(sources, own, *why);
        if said.contains(&words) {
            continue;
        }
        let items = list(&|other| match &other.answers {
            Answers::Hidden { reason: why, .. } => reason(sources, other, *why) == words,
            _ => false,
        });
        let about = [("items", items.as_str()), ("reason", words.as_str())];
        points.push(fill(&paper.not_shown_items, &about));
        said.push(words);
    }
    document.heading(2, paper.not_shown.clone());
    if points.is_empty() {
        document.paragraph(paper.all_shown.clone());
    } else {
        document.paragraph(paper.not_shown_about.clone());
        document.list(Mark::Dot, points);
    }
}
