//! The dialogue conference: the part of the draft that is filled in there, and a sheet in large type to talk about.

use crate::report::document::{Document, Kind, Mark, Table};
use crate::texts::fill;

use super::Sources;
use super::findings::{Main, main};
use super::work::{Work, in_language, in_short, keys, sheet};

/// Rows for what the service will do.
const ACTIONS: usize = 4;
/// Lines to write on under a finding of the sheet, which has a page of its own.
const LINES: u8 = 4;
/// Figures beside a finding, in sentences.
const FIGURES: usize = 2;

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
    let found: Vec<String> = match written {
        Some(work) => {
            let findings = work.findings().into_iter();
            findings
                .map(|(_, finding)| sources.written(finding.text.as_str()))
                .collect()
        }
        None => main
            .strong
            .iter()
            .chain(&main.weak)
            .map(|good| good.sentence(sources))
            .collect(),
    };
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
    match work.filter(|work| work.is_written()) {
        Some(work) => {
            in_language(sources, work, &mut document);
            for (number, (_, finding)) in (1..).zip(work.findings()) {
                begin(
                    sources,
                    number,
                    (sources.written(finding.text.as_str()), keys(finding)),
                    &mut document,
                );
                in_short(sources, finding, FIGURES, &mut document);
                talk(sources, &mut document);
            }
        }
        None => {
            let main = main(sources);
            for (number, good) in (1..).zip(main.strong.iter().chain(&main.weak)) {
                begin(
                    sources,
                    number,
                    (good.sentence(sources), good.keys()),
                    &mut document,
                );
                talk(sources, &mut document);
            }
        }
    }
    document.page_break();
    document.heading(1, words.new.clone());
    document.room(LINES);
    document.heading(1, words.actions.clone());
    actions(sources, &mut document);
    document
}

/// The finding, on a page of its own.
fn begin(
    sources: &Sources<'_>,
    number: u32,
    (sentence, items): (String, Vec<String>),
    document: &mut Document,
) {
    if number > 1 {
        document.page_break();
    }
    let words = &sources.texts.paper.conference_sheet;
    document.heading(1, fill(&words.finding, &[("n", &sources.number(number))]));
    document.finding(sentence, items);
}

/// What people make of a finding: boxes to tick, and room to write.
fn talk(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.paper.conference_sheet;
    let boxes = [&words.confirmed, &words.nuanced, &words.rejected];
    document.list(Mark::Square, boxes.map(Clone::clone).to_vec());
    document.paragraph(words.what.clone());
    document.room(LINES);
    document.paragraph(words.service.clone());
    document.room(LINES);
}
