//! The document as Markdown, readable as it stands.

use crate::texts::Texts;

use super::document::{Block, Cell, Document, Front, Mark, Table};
use super::wording::{base_words, cell_words, curled, quoted, table_words};

/// A line to write on by hand.
const WRITE_HERE: &str = "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";

/// Returns the document as Markdown.
#[must_use]
pub fn bytes(document: &Document, texts: &Texts) -> Vec<u8> {
    let mut lines = vec![format!("# {}", escaped(&document.title)), String::new()];
    lines.extend(document.front.iter().flat_map(|front| front_lines(front, texts)));
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                let marks = "#".repeat(usize::from(*level) + 1);
                lines.push(format!("{marks} {}", escaped(text)));
            }
            Block::Paragraph(text) => lines.push(escaped_lines(text, "")),
            Block::Finding { text, .. } => lines.push(format!("**{}**", escaped(text))),
            Block::Note(text) => lines.push(escaped_lines(text, "> ")),
            Block::List { mark, points } => lines.extend(list_lines(*mark, points)),
            Block::Quote { words, attribution } => {
                lines.push(escaped_lines(&quoted(words, texts.language()), "> "));
                lines.push(format!("> – {}", escaped(attribution)));
            }
            Block::Table(table) => lines.extend(table_lines(table, texts)),
            Block::Room(rows) => {
                lines.extend((0..*rows).flat_map(|_| [WRITE_HERE.to_owned(), String::new()]));
            }
            // The table below says the same; a new page is for paper.
            Block::Chart(_) | Block::PageBreak => continue,
        }
        lines.push(String::new());
    }
    let mut written = lines.join("\n");
    while written.ends_with("\n\n") {
        written.pop();
    }
    written.into_bytes()
}

fn front_lines(front: &Front, texts: &Texts) -> Vec<String> {
    let mut lines = vec![format!("**{}**", escaped(&front.stage))];
    let authors = front.credit(texts);
    for line in [front.subtitle.as_ref(), authors.as_ref()].into_iter().flatten() {
        lines.extend([String::new(), escaped(line)]);
    }
    if !front.facts.is_empty() {
        lines.push(String::new());
    }
    for fact in &front.facts {
        lines.push(format!("- {}: {}", escaped(&fact.name), escaped(&fact.value)));
    }
    for remark in &front.remarks {
        lines.extend([String::new(), escaped_lines(remark, "> ")]);
    }
    lines.push(String::new());
    lines
}

fn list_lines(mark: Mark, points: &[String]) -> Vec<String> {
    let numbered = (1..).zip(points);
    numbered
        .map(|(number, point)| match mark {
            Mark::Dot => format!("- {}", escaped(point)),
            Mark::Number => format!("{number}. {}", escaped(point)),
            Mark::Ring => format!("- ( ) {}", escaped(point)),
            Mark::Square => format!("- [ ] {}", escaped(point)),
        })
        .collect()
}

fn table_lines(table: &Table, texts: &Texts) -> Vec<String> {
    let mut lines = vec![format!("**{}**", escaped(&table.caption))];
    if let Some(base) = base_words(table, texts) {
        lines.extend([String::new(), escaped(&base)]);
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    lines.push(String::new());
    lines.push(line(
        table
            .columns
            .iter()
            .map(|column| escaped(&column.title))
            .collect(),
    ));
    lines.push(line(
        table
            .columns
            .iter()
            .map(|column| {
                let rule = if column.role.is_number() { "---:" } else { "---" };
                rule.to_owned()
            })
            .collect(),
    ));
    for row in table.printed_rows() {
        lines.push(line(
            row.cells
                .iter()
                .map(|cell| cell_text(table, cell, texts))
                .collect(),
        ));
    }
    for note in &table.notes {
        lines.extend([String::new(), escaped(note)]);
    }
    lines
}

/// The program's own word for a hidden value stays readable; a `[skjult]` that a survey holds is escaped.
fn cell_text(table: &Table, cell: &Cell, texts: &Texts) -> String {
    match cell {
        Cell::Hidden => cell_words(cell, texts),
        _ => {
            // A row is one line; the break in a cell is the one tag that all readers of tables know.
            let words = table_words(table, cell, texts);
            let lines = words.split('\n').map(escaped).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join("<br>")
        }
    }
}

/// Escapes a text of one or more lines, each begun with `start`.
fn escaped_lines(text: &str, start: &str) -> String {
    let lines = text.split('\n').map(|line| format!("{start}{}", escaped(line)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the text so that Markdown shows it as it is: on one line, no markup, no links, no HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let text = curled(text);
    let line = text.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (place, c) in line.chars().enumerate() {
        let markup = matches!(
            c,
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '|' | '~' | '&' | '$'
        );
        let block_start = place == 0 && matches!(c, '#' | '+' | '-' | '=' | ':');
        let list_start = digits > 0 && place == digits && matches!(c, '.' | ')');
        if markup || block_start || list_start {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe.replace("://", "\\://").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{bytes, escaped};
    use crate::domain::language::Language;
    use crate::report::example::{hostile, small};
    use crate::texts::Texts;

    fn text_of(document: &crate::report::document::Document) -> String {
        let texts = Texts::load(Language::Bokmal).unwrap();
        String::from_utf8(bytes(document, &texts)).unwrap()
    }

    #[test]
    fn markup_in_a_text_is_shown_and_not_obeyed() {
        assert_eq!(escaped("# a\nb"), "\\# a b");
        assert_eq!(escaped("1. <b>x</b> | y"), "1\\. \\<b\\>x\\</b\\> \\| y");
        assert_eq!(escaped("[x](http://y)"), "\\[x\\](http\\://y)");
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        assert_eq!(text_of(&small()), text_of(&small()));
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_of_its_cell(text in any::<String>()) {
            let bars = |line: &str| {
                let (mut count, mut escape) = (0, false);
                for c in line.chars() {
                    count += usize::from(c == '|' && !escape);
                    escape = c == '\\' && !escape;
                }
                count
            };
            let written = text_of(&hostile(&text));
            for line in written.split('\n').filter(|line| line.starts_with('|')) {
                assert_eq!(bars(line), 4, "{line}");
            }
        }
    }
}
