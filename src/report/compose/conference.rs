//! The dialogue conference: the part of the draft that is filled in there, and a sheet in large type to talk about.

use crate::report::document::{Document, Kind, Mark, Table};
use crate::texts::fill;

use super::Sources;
use super::findings::{Main, main};
use super::work::{Work, keys, sheet};

/// Rows for what the service will do.
const ACTIONS: usize = 4;
/// Lines to write on under a finding of the sheet, which has a page of its own.
const LINES: u8 = 5;

/// Writes the sheet to fill in into a draft.
pub(super) fn section(
    sources: &Sources<'_>,
    main: &Main<'_>,
    written: Option<&Work<'_>>,
    document: &mut Document,
) {
    let words = &sources.texts.paper;
    document.heading(1, words.conference.clone());
    document.paragraph(words.conference_about.clone());
    let found: Vec<String> = sentences(sources, main, written)
        .into_iter()
        .map(|(sentence, _)| sentence)
        .collect();
    if !found.is_empty() {
        let columns = [
            &words.conference_finding,
            &words.conference_says,
            &words.conference_service,
        ];
        document.table(to_fill_in(
            sources,
            "conference",
            &words.conference_caption,
            &columns,
            found,
        ));
    }
    actions(sources, document);
}

fn actions(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.paper;
    let columns = [&words.action, &words.owner, &words.due, &words.status];
    let rows = (1..=ACTIONS).map(|number| format!("{number}.")).collect();
    document.table(to_fill_in(
        sources,
        "actions",
        &words.actions_caption,
        &columns,
        rows,
    ));
}

/// A table to fill in: the first cell of each row is given.
fn to_fill_in(
    sources: &Sources<'_>,
    code: &str,
    caption: &str,
    columns: &[&String],
    first: Vec<String>,
) -> Table {
    let rows = first.into_iter().map(|given| {
        let empty = columns.iter().skip(1).map(|_| String::new());
        std::iter::once(given).chain(empty).collect()
    });
    sheet(sources, code, caption, columns, rows.collect())
}

/// The findings to talk about, each with its items: those somebody has written, or else those that follow from the
/// figures.
fn sentences(
    sources: &Sources<'_>,
    main: &Main<'_>,
    written: Option<&Work<'_>>,
) -> Vec<(String, Vec<String>)> {
    match written {
        Some(work) => {
            let findings = work.findings().into_iter();
            findings
                .map(|(_, finding)| (finding.text.to_string(), keys(finding)))
                .collect()
        }
        None => {
            let all = main.strong.iter().chain(&main.weak);
            all.map(|good| (good.sentence(sources), good.keys())).collect()
        }
    }
}

/// Returns the sheet for the conference: each finding with boxes to tick and room to write.
#[must_use]
pub fn conference(sources: &Sources<'_>, work: Option<&Work<'_>>) -> Document {
    let words = &sources.texts.paper.conference_sheet;
    let title = sources.evaluation.title.get(sources.language());
    let title = sources.titled(fill(&words.title, &[("title", title)]));
    let mut document = Document::new(sources.language(), title, sources.made_up());
    document.kind = Kind::Conference;
    if sources.made_up() {
        document.note(sources.words().made_up.clone());
    }
    document.paragraph(words.about.clone());
    let main = main(sources);
    let written = work.filter(|work| work.is_written());
    for (number, (sentence, items)) in (1_u32..).zip(sentences(sources, &main, written)) {
        if number > 1 {
            document.page_break();
        }
        document.heading(1, fill(&words.finding, &[("n", &sources.number(number))]));
        document.finding(sentence, items);
        let boxes = [&words.confirmed, &words.nuanced, &words.rejected];
        document.list(Mark::Square, boxes.map(Clone::clone).to_vec());
        document.paragraph(words.what.clone());
        document.room(LINES);
        document.paragraph(words.service.clone());
        document.room(LINES);
    }
    document.page_break();
    document.heading(1, words.new.clone());
    document.room(LINES);
    document.heading(1, words.actions.clone());
    actions(sources, &mut document);
    document
}
