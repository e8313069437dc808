//! The document as Markdown, readable as it stands.

use crate::texts::Texts;

use super::document::{Block, Cell, Document, Role, Table};
use super::wording::{base_words, cell_words};

/// Returns the document as Markdown.
#[must_use]
pub fn bytes(document: &Document, texts: &Texts) -> Vec<u8> {
    let mut lines = vec![format!("# {}", escaped(&document.title)), String::new()];
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                let marks = "#".repeat(usize::from(*level) + 1);
                lines.push(format!("{marks} {}", escaped(text)));
            }
            Block::Paragraph(text) => lines.push(escaped_lines(text, "")),
            Block::Note(text) => lines.push(escaped_lines(text, "> ")),
            Block::Table(table) => lines.extend(table_lines(table, texts)),
        }
        lines.push(String::new());
    }
    let mut written = lines.join("\n");
    while written.ends_with("\n\n") {
        written.pop();
    }
    written.into_bytes()
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
            .map(|column| match column.role {
                Role::Label => "---".to_owned(),
                Role::Count | Role::Share | Role::Difference => "---:".to_owned(),
            })
            .collect(),
    ));
    for row in table.printed_rows() {
        lines.push(line(
            row.cells.iter().map(|cell| cell_text(cell, texts)).collect(),
        ));
    }
    for note in &table.notes {
        lines.extend([String::new(), escaped(note)]);
    }
    lines
}

/// The program's own word for a hidden value stays readable; a `[skjult]` that a survey holds is escaped.
fn cell_text(cell: &Cell, texts: &Texts) -> String {
    match cell {
        Cell::Hidden => cell_words(cell, texts),
        _ => escaped(&cell_words(cell, texts)),
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
