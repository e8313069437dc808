//! How it was done, and what is promised to those who answered and what not.

use crate::disclosure::published::{Answers, Grain, PublishedItem};
use crate::domain::clean_text::CleanText;
use crate::domain::missing::Missing;
use crate::report::chart;
use crate::report::document::{Block, Cell, Column, Document, Mark, Part, Role};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;
use super::item::reason;
use super::numbers;
use super::version::version;

/// What stands in the report that the method speaks of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    /// People's own words.
    pub(super) quotes: bool,
    /// What was read aloud and asked.
    pub(super) appendix: bool,
}

/// Writes the method section.
pub(super) fn write(sources: &Sources<'_>, stands: Stands, document: &mut Document) {
    let (words, language) = (sources.words(), sources.language());
    let parts = sources.survey.parts();
    document.heading(1, words.method.clone());
    // Where several are asked different things, each survey says what it is for.
    let [of_survey, of_all] = [&parts.purpose, &sources.evaluation.purpose];
    let round = sources.evaluation.open_round();
    let purpose = if round.is_some_and(|round| round.surveys.len() > 1) {
        of_survey.as_ref().or(of_all.as_ref())
    } else {
        of_all.as_ref().or(of_survey.as_ref())
    };
    if let Some(purpose) = purpose {
        document.paragraph(fill(&words.purpose, &[("purpose", purpose.get(language))]));
    }
    let version = version(&parts.version, sources.texts);
    let survey = [("title", parts.title.get(language)), ("version", &version)];
    document.paragraph(fill(&words.survey, &survey));
    let paper = &sources.texts.paper;
    if sources.people.file.is_none() {
        document.paragraph(words.held.clone());
        document.paragraph({
            let consent = if stands.appendix {
                &paper.consent
            } else {
                &paper.consent_alone
            };
            fill(consent, &[("version", &version)])
        });
    }
    if stands.quotes {
        document.paragraph(paper.quote_rule.clone());
    }
    if sources.is_of_groups() || sources.is_in_words() {
        without_numbers(sources, document);
        return;
    }
    document.paragraph(words.base.clone());
    let terms = sources.published.terms();
    let number = |value: u16| sources.number(u32::from(value));
    document.paragraph(fill(&words.percent, &[("n", &number(terms.percent_from))]));
    let defined = definitions(sources, document);
    if !defined.is_empty() {
        document.heading(2, paper.definitions.clone());
        document.list(Mark::Dot, defined);
    }
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
    let base = fill(&words.profile_base, &[("base", &number(terms.row_base))]);
    let sensitive = listed(sources, &|printed| printed.sensitive);
    if sensitive.is_empty() {
        document.paragraph(base);
    } else {
        let limits = [
            ("sensitive", number(terms.sensitive_threshold)),
            ("sensitive_base", number(terms.sensitive_row_base)),
        ];
        let limits = limits.each_ref().map(|(name, value)| (*name, value.as_str()));
        document.paragraph(format!("{base} {}", fill(&words.profile_sensitive, &limits)));
        document.paragraph(fill(&paper.sensitive_items, &[("items", &sensitive)]));
    }
    if !listed(sources, &|printed| printed.breakdown.is_some()).is_empty() {
        document.paragraph(paper.stricter_by_groups.clone());
    }
    if let Some(reason) = disclosure.reason.as_ref().map(CleanText::as_str) {
        document.paragraph(fill(&words.profile_reason, &[("reason", reason)]));
    }
    not_shown(sources, document);
}

/// What is promised where only groups were interviewed, or too few for numbers: there are none, and nothing to explain of
/// them.
fn without_numbers(sources: &Sources<'_>, document: &mut Document) {
    let words = sources.words();
    document.heading(1, words.protection.clone());
    document.paragraph(words.promise.clone());
    document.paragraph(words.no_promise.clone());
    if sources.is_of_groups() {
        document.paragraph(sources.texts.results.hands.note.clone());
    }
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

/// What the words and figures of this report mean: of those that stand in it.
fn definitions(sources: &Sources<'_>, document: &Document) -> Vec<String> {
    let paper = &sources.texts.paper;
    let has_column = |wanted: &dyn Fn(&Column) -> bool| {
        let mut columns = document.tables().flat_map(|table| &table.columns);
        columns.any(wanted)
    };
    let is_missing = |kind: Missing| {
        let mut tables = document.tables().filter(|table| table.part == Part::Missing);
        tables.any(|table| {
            let mut codes = table.rows.iter().flat_map(|row| row.code.split('+'));
            codes.any(|code| code == kind.code())
        })
    };
    let has_interval = document.blocks.iter().any(|block| match block {
        Block::Chart(chart) if chart.kind == chart::Kind::Dots => {
            let mut values = chart.rows.iter().flat_map(|row| &row.values);
            values.any(|value| {
                matches!(
                    value,
                    chart::Value::Exact {
                        interval: Some(_),
                        ..
                    }
                )
            })
        }
        _ => false,
    });
    let users = sources.users();
    let of = [(
        "users",
        users.map(|users| sources.number(users)).unwrap_or_default(),
    )];
    let of = of.each_ref().map(|(name, value)| (*name, value.as_str()));
    let has_median = document.figures.iter().any(|figure| figure.name == "median");
    let defined = [
        (
            has_column(&|column| column.role == Role::Share),
            &paper.define_share,
        ),
        (
            has_column(&|column| column.role == Role::ShareOfAsked),
            &paper.define_share_of_asked,
        ),
        (
            has_column(&|column| column.title == paper.good_answers),
            &paper.define_good,
        ),
        (has_median, &paper.define_median),
        (has_interval && users.is_none(), &paper.define_interval),
        (has_interval && users.is_some(), &paper.define_interval_users),
        (is_missing(Missing::NotAsked), &paper.define_not_asked),
        (is_missing(Missing::Skipped), &paper.define_skipped),
    ];
    let defined = defined.into_iter().filter(|(stands, _)| *stands);
    defined.map(|(_, words)| fill(words, &of)).collect()
}

/// The numbers of the questions of which something holds, for a list.
fn listed(sources: &Sources<'_>, wanted: &dyn Fn(&PublishedItem) -> bool) -> String {
    let own = sources.survey.items().filter(|item| item.question.report);
    let printed = own.filter_map(|item| sources.published.item(&item.key()));
    let named = printed
        .filter(|printed| !sources.is_no_column(printed) && wanted(printed))
        .map(|printed| numbers::bare(&printed.item, sources.survey, sources.texts));
    named.collect::<Vec<_>>().join(", ")
}

/// Which questions have answers put together, and which have none: as it stands in their tables.
fn not_shown(sources: &Sources<'_>, document: &mut Document) {
    let paper = &sources.texts.paper;
    let items = sources.survey.items().filter(|item| item.question.report);
    let printed: Vec<&PublishedItem> = items
        .filter_map(|item| sources.published.item(&item.key()))
        .filter(|printed| !sources.is_no_column(printed) && !sources.is_told_by_hands(printed))
        .collect();
    let mut points = Vec::new();
    for (grain, text) in [
        (Grain::Groups, &paper.merged_groups),
        (Grain::ThreeBands, &paper.merged_three),
        (Grain::TwoBands, &paper.merged_two),
    ] {
        let items = listed(
            sources,
            &|printed| matches!(&printed.answers, Answers::Row { form, .. } if *form == grain),
        );
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
        let items = listed(sources, &|other| match &other.answers {
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
        document.paragraph(sources.words().profile_merged.clone());
        document.paragraph(paper.not_shown_about.clone());
        document.list(Mark::Dot, points);
    }
}
