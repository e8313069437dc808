//! One page in plain words for those who took part.

use crate::disclosure::published::Count;
use crate::domain::workbook::finding::{Finding, Standing};
use crate::report::document::{Block, Document, Kind, Mark};
use crate::report::wording::cell_words;
use crate::texts::fill;

use super::Sources;
use super::findings::main;
use super::tables::cell;
use super::work::{self, Work};

mod room;

/// The most findings on either side, and the most written ones that have something beside them: more do not fit the page.
const MOST: usize = 3;
/// The most written findings.
const MOST_WRITTEN: usize = 5;
/// The most actions.
const MOST_ACTIONS: usize = 4;

/// Returns the page; beside the draft it says nothing of actions, which are still to be talked about.
#[must_use]
pub fn one_page(sources: &Sources<'_>, work: Option<&Work<'_>>, is_final: bool) -> Document {
    let words = &sources.texts.paper.one_page;
    let language = sources.language();
    let title = sources.evaluation.title.get(language);
    let title = sources.titled(fill(&words.title, &[("title", title)]));
    let mut document = Document::new(language, title, sources.made_up());
    document.kind = Kind::OnePage;
    if sources.made_up() {
        document.note(sources.words().made_up.clone());
    }
    let people = sources.number(sources.published.interviews());
    let service = sources
        .evaluation
        .service
        .as_ref()
        .map(|service| service.get(language));
    document.paragraph(match service {
        _ if sources.is_of_groups() => super::gathered(sources),
        Some(service) => fill(&words.who, &[("n", &people), ("service", service)]),
        None => fill(&words.who_no_service, &[("n", &people)]),
    });
    if sources.is_in_words() {
        document.paragraph(sources.words().in_words.clone());
    }
    if let Some(work) = work.filter(|work| work.is_written()) {
        written(sources, work, &mut document);
    } else {
        from_figures(sources, &mut document);
    }
    if let Some(work) = work.filter(|_| is_final) {
        promised(sources, work, &mut document);
    }
    if !sources.is_in_words() {
        document.note(words.limits.clone());
    }
    document.paragraph(words.thanks.clone());
    room::fit(&mut document);
    if let Some(codes) = codes(sources, &document) {
        let thanks = document.blocks.pop();
        document.paragraph(fill(&words.private, &[("codes", &codes)]));
        document.blocks.extend(thanks);
        room::fit(&mut document);
    }
    document
}

/// The words for counts that are not written exactly, of those that stand on the page.
fn codes(sources: &Sources<'_>, document: &Document) -> Option<String> {
    let said: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Finding { text, .. } | Block::Paragraph(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let stands = |words: &str| {
        let has = |text: &&str| {
            text.match_indices(words).any(|(at, _)| {
                !text
                    .get(..at)
                    .is_some_and(|before| before.ends_with(char::is_numeric))
            })
        };
        said.iter().any(has)
    };
    let mut codes: Vec<(bool, u32, String)> = Vec::new();
    for printed in sources.published.items() {
        for own in printed.cells() {
            let (is_least, bound) = match own.count {
                Count::AtMost(bound) => (false, bound),
                Count::AtLeast(bound) => (true, bound),
                Count::Exact(_) | Count::Hidden => continue,
            };
            let words = cell_words(&cell(own.count, printed.valid().unwrap_or(0)), sources.texts);
            if stands(&words) {
                codes.push((is_least, bound, words));
            }
        }
    }
    codes.sort();
    codes.dedup();
    (!codes.is_empty()).then(|| sources.all_quoted(codes.into_iter().map(|(.., words)| words)))
}

/// What was found, in the words of those who wrote it, with what stands beside it where there is room.
fn written(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    document.heading(1, sources.texts.paper.work.found.clone());
    work::in_language(sources, work, document);
    let stands = work.findings().into_iter().map(|(_, finding)| finding);
    let stands = stands.filter(|finding| finding.standing != Standing::Rejected);
    let stands: Vec<&Finding> = stands.take(MOST_WRITTEN).collect();
    for finding in &stands {
        document.finding(sources.written(finding.text.as_str()), work::keys(finding));
        if stands.len() <= MOST {
            work::in_short(sources, finding, 1, document);
        }
    }
}

/// What somebody will do.
fn promised(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    let points = work::points(sources, work);
    if !points.is_empty() {
        document.heading(1, sources.texts.paper.work.will_be_done.clone());
        document.list(Mark::Dot, points.into_iter().take(MOST_ACTIONS).collect());
    }
}

/// What follows from the figures.
fn from_figures(sources: &Sources<'_>, document: &mut Document) {
    let words = &sources.texts.paper.one_page;
    let main = main(sources);
    for (title, found) in [(&words.good, &main.strong), (&words.better, &main.weak)] {
        if !found.is_empty() {
            document.heading(1, title.clone());
        }
        for good in found.iter().take(MOST) {
            document.finding(good.sentence(sources), good.keys());
        }
    }
    if main.is_empty() {
        document.paragraph(words.none.clone());
    }
}
