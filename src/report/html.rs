//! The document as a web page: one file, no scripts, nothing from anywhere else.
//!
//! Made for WCAG 2.1 AA: a language, landmarks, a way past the contents, headings in order, tables whose heads say what
//! they are heads of, charts with the words of their finding. It prints on A4 and reads on a narrow screen.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::domain::language::Language;
use crate::texts::Texts;

use super::chart::{Chart, Framing, Picture};
use super::document::{Block, Document, Front, Kind, Mark, Part};
use super::speech::foreign;
use super::wording::{curled, quoted};

mod table;

/// What the page looks like, on the screen and on paper.
const STYLE: &str = include_str!("html/style.css");
/// Keeps the page from loading or running anything, should it ever be changed by others.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/// Where the way past the contents leads.
const MAIN: &str = "main";

/// Returns the document as a web page.
#[must_use]
pub fn bytes(document: &Document, texts: &Texts) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang=(document.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (plain(&page_title(document))) }
                style { (PreEscaped(STYLE)) }
            }
            body class=(class(document.kind)) {
                @if document.kind.has_contents() {
                    a.skip href={ "#" (MAIN) } { (texts.paper.skip) }
                }
                header.front { (front(document, texts)) }
                @if document.kind.has_contents() { (contents(document, texts)) }
                main id=(MAIN) { (blocks(document, texts)) }
            }
        }
    };
    let mut bytes = page.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The title in the window: the stage first, so that a draft is seen to be one.
fn page_title(document: &Document) -> String {
    match &document.front {
        Some(front) if !front.stage.is_empty() => format!("{} – {}", document.title, front.stage),
        _ => document.title.clone(),
    }
}

const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Results | Kind::ProcessReport | Kind::FinalReport => "report",
        Kind::OnePage => "large one-page",
        Kind::Conference => "large",
        Kind::Guide => "guide",
    }
}

fn front(document: &Document, texts: &Texts) -> Markup {
    let none = Front::default();
    let front = document.front.as_ref().unwrap_or(&none);
    html! {
        @if !front.stage.is_empty() { p.stage { (plain(&front.stage)) } }
        h1 { (plain(&document.title)) }
        @if let Some(subtitle) = &front.subtitle { p.subtitle { (plain(subtitle)) } }
        @if let Some(authors) = front.credit(texts) { p.authors { (plain(&authors)) } }
        @if !front.facts.is_empty() {
            dl {
                @for fact in &front.facts {
                    dt { (plain(&fact.name)) }
                    dd lang=[lang(&fact.value, document.language)] { (plain(&fact.value)) }
                }
            }
        }
        @for remark in &front.remarks { p.note { (lines(remark)) } }
    }
}

/// The headings as links: two levels, in a guide one.
fn contents(document: &Document, texts: &Texts) -> Markup {
    let deepest = if document.kind == Kind::Guide { 1 } else { 2 };
    let headings: Vec<(usize, u8, &str)> = document
        .headings()
        .filter(|(_, level, _)| *level <= deepest)
        .collect();
    let mut chapters: Vec<(usize, &str, Vec<(usize, &str)>)> = Vec::new();
    for (place, level, text) in headings {
        match chapters.last_mut() {
            Some((_, _, parts)) if level > 1 => parts.push((place, text)),
            _ => chapters.push((place, text, Vec::new())),
        }
    }
    html! {
        nav aria-labelledby="contents" {
            h2 id="contents" { (texts.paper.contents) }
            ol {
                @for (place, text, parts) in chapters {
                    li {
                        (link(place, text, document.language))
                        @if !parts.is_empty() {
                            ol { @for (place, text) in parts { li { (link(place, text, document.language)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn link(place: usize, text: &str, own: Language) -> Markup {
    html! { a href={ "#h" (place) } lang=[lang(text, own)] { (plain(text)) } }
}

fn blocks(document: &Document, texts: &Texts) -> Markup {
    let mut counted = Counted::default();
    html! {
        @for (is_one, stretch) in stretches(document) {
            @if is_one {
                div.question { @for (place, block) in stretch { (one(document, place, block, &mut counted, texts)) } }
            } @else {
                @for (place, block) in stretch { (one(document, place, block, &mut counted, texts)) }
            }
        }
    }
}

/// Returns the blocks with their places, in stretches; true before one that is printed on one page: a question of a
/// guide with the room to answer it, a theme with its quotes.
fn stretches(document: &Document) -> Vec<(bool, Vec<(usize, &Block)>)> {
    let mut stretches: Vec<(bool, Vec<(usize, &Block)>)> = Vec::new();
    let questions = document.questions_of_a_guide();
    for (place, block) in document.blocks.iter().enumerate() {
        let begins = match block {
            Block::Heading { level, .. } => {
                // A theme stays with its quotes.
                let quoted = matches!(document.blocks.get(place + 1), Some(Block::Quote { .. }));
                Some(quoted || questions.is_some_and(|own| own.has(place, *level)))
            }
            _ => None,
        };
        match (begins, stretches.last_mut()) {
            (None, Some((_, stretch))) => stretch.push((place, block)),
            (begins, _) => stretches.push((begins.unwrap_or(false), vec![(place, block)])),
        }
    }
    stretches
}

fn one(document: &Document, place: usize, block: &Block, counted: &mut Counted, texts: &Texts) -> Markup {
    let own = document.language;
    match block {
        Block::Heading { level, text } => heading(place, *level, text, own),
        Block::Paragraph(text) => html! { p lang=[lang(text, own)] { (lines(text)) } },
        Block::Finding { text, .. } => html! { p.finding lang=[lang(text, own)] { (lines(text)) } },
        Block::Note(text) => html! { p.note lang=[lang(text, own)] { (lines(text)) } },
        Block::List { mark, points } => list(*mark, points, own),
        Block::Quote { words, attribution } => html! {
            figure.quote {
                blockquote { p lang=[lang(words, own)] { (lines(&quoted(words, own))) } }
                figcaption lang=[lang(attribution, own)] { "– " (plain(attribution)) }
            }
        },
        Block::Table(table) => table::markup(place, table, counted.table(table.part, document.kind), texts),
        Block::Chart(chart) => chart_markup(place, chart, counted.figure(), texts),
        Block::Room(rows) => html! { div.room { @for _ in 0..*rows { div {} } } },
        Block::PageBreak => html! { div.new-page {} },
    }
}

/// How many tables and pictures there are so far.
#[derive(Default)]
struct Counted {
    tables: usize,
    figures: usize,
}

impl Counted {
    /// Tables are numbered; sheets only in a report, among others.
    const fn table(&mut self, part: Part, kind: Kind) -> Option<usize> {
        match (part, kind) {
            (Part::Sheet, Kind::Guide | Kind::Conference | Kind::OnePage) => None,
            _ => {
                self.tables += 1;
                Some(self.tables)
            }
        }
    }

    const fn figure(&mut self) -> usize {
        self.figures += 1;
        self.figures
    }
}

fn heading(place: usize, level: u8, text: &str, own: Language) -> Markup {
    let id = format!("h{place}");
    let other = lang(text, own);
    let text = plain(text);
    match level {
        0 | 1 => html! { h2 id=(id) lang=[other] { (text) } },
        2 => html! { h3 id=(id) lang=[other] { (text) } },
        3 => html! { h4 id=(id) lang=[other] { (text) } },
        4 => html! { h5 id=(id) lang=[other] { (text) } },
        _ => html! { h6 id=(id) lang=[other] { (text) } },
    }
}

fn list(mark: Mark, points: &[String], own: Language) -> Markup {
    let class = match mark {
        Mark::Dot | Mark::Number => "points",
        Mark::Ring => "rings",
        Mark::Square => "squares",
    };
    let points = html! { @for point in points { li lang=[lang(point, own)] { (plain(point)) } } };
    if mark == Mark::Number {
        html! { ol class=(class) { (points) } }
    } else {
        html! { ul class=(class) { (points) } }
    }
}

/// A picture under its caption. Its letters are no smaller on a narrow screen: there it is drawn anew, or can be moved
/// sideways.
fn chart_markup(place: usize, chart: &Chart, number: usize, texts: &Texts) -> Markup {
    let drawn = |framing, name: &str| Picture::of(chart, texts, framing).svg(&format!("{name}{place}"));
    let picture = drawn(Framing::InDocument, "chart");
    let narrow = Picture::has_narrow(chart).then(|| drawn(Framing::Narrow, "narrow"));
    let caption = format!("f{place}");
    html! {
        figure.chart {
            figcaption id=(caption) {
                strong { (texts.printed.figure) "\u{a0}" (number) "." }
                " " (spoken(&chart.title, texts.language()))
            }
            @if let Some(narrow) = narrow {
                div.on-wide { (PreEscaped(picture)) }
                div.on-narrow { (PreEscaped(narrow)) }
            } @else {
                div.wide role="group" aria-labelledby=(caption) tabindex="0" { (PreEscaped(picture)) }
            }
        }
    }
}

/// The language of words that are clearly not in the document's: a screen reader must be told.
pub(super) fn lang(words: &str, own: Language) -> Option<&'static str> {
    foreign(words, own).map(Language::code)
}

/// Words on one line beside others, marked where they are of another language.
pub(super) fn spoken(words: &str, own: Language) -> Markup {
    let text = plain(words);
    match lang(words, own) {
        Some(other) => html! { span lang=(other) { (text) } },
        None => html! { (text) },
    }
}

/// The text on one line, without characters that have no place in a page.
fn plain(text: &str) -> String {
    shown(&text.replace('\n', " "))
}

/// The text with its line breaks.
pub(super) fn lines(text: &str) -> Markup {
    html! {
        @for (number, line) in text.split('\n').enumerate() {
            @if number > 0 { br; }
            (shown(line))
        }
    }
}

/// Leaves out controls, characters that turn the direction of what follows, and those a page cannot hold.
pub(super) fn shown(text: &str) -> String {
    curled(text)
        .chars()
        .filter_map(|c| match c {
            '\t' => Some(' '),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{fdd0}'..='\u{fdef}' => None,
            c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests;
