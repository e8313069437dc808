//! The document as DOCX, to be edited further in a word processor: real headings, lists, captions and tables.
//!
//! Own writer: the library for it cannot mark the head of a table, describe a picture or say the language. After
//! ECMA-376 part 1 (transitional).

use crate::texts::Texts;

use super::document::{Document, Kind};
use super::office::{ExportError, Package, Relation, language_tag};
use super::xml::Xml;

mod body;
mod contents;
mod lists;
mod margins;
mod paragraph;
mod picture;
mod styles;
mod table;

use body::Body;

/// The names every part uses.
const NAMESPACES: [(&str, &str); 7] = [
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        "xmlns:pic",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    ),
    (
        "xmlns:mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    ),
    (
        "xmlns:w15",
        "http://schemas.microsoft.com/office/word/2012/wordml",
    ),
];

/// Width of the text on the page, in twentieths of a point: A4 with margins of 2.5 cm.
const TEXT_WIDTH: i32 = 9070;

/// Returns the document as DOCX. `texts` are the words in its language.
///
/// # Errors
/// [`ExportError`] where a chart is larger than a picture can be, or the file larger than its format allows.
pub fn bytes(document: &Document, texts: &Texts) -> Result<Vec<u8>, ExportError> {
    let mut body = Body::new(document, texts);
    body.write()?;
    let written = body.finish();
    let mut package = Package::default();
    let part = |name: &str| format!("word/{name}.xml");
    let kind = |name: &str| match name {
        "document" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "styles" => "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
        "numbering" => "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
        "header" => "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
        "footer" => "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
        _ => "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
    };
    let mut relations = Vec::new();
    for (name, content) in [
        ("document", written.document),
        ("styles", styles::file(document, texts)),
        ("numbering", lists::file(written.numbered_lists)),
        ("header", margins::header(document)),
        ("footer", margins::footer(texts)),
        ("settings", settings(document)),
    ] {
        package.part(part(name), kind(name), content);
        if name != "document" {
            relations.push(Relation {
                id: relation_id(name),
                kind: relation_kind(name),
                target: format!("{name}.xml"),
            });
        }
    }
    for (nr, picture) in (1..).zip(written.pictures) {
        let target = format!("media/chart{nr}.png");
        package.part(format!("word/{target}"), "image/png", picture);
        relations.push(Relation {
            id: picture::relation_id(nr),
            kind: "image",
            target,
        });
    }
    package.relations("word/document.xml", relations);
    package.finish("word/document.xml", &document.title, document.language)
}

fn relation_id(name: &str) -> String {
    format!("{name}Id")
}

fn relation_kind(name: &str) -> &'static str {
    match name {
        "styles" => "styles",
        "numbering" => "numbering",
        "header" => "header",
        "footer" => "footer",
        _ => "settings",
    }
}

/// Opens the outermost element of a part.
fn open_root(xml: &mut Xml, name: &'static str) {
    let attributes: Vec<(&str, &dyn std::fmt::Display)> = NAMESPACES
        .iter()
        .map(|(key, value)| (*key, value as &dyn std::fmt::Display))
        .collect();
    xml.open(name, &attributes);
}

fn settings(document: &Document) -> String {
    let mut xml = Xml::file();
    open_root(&mut xml, "w:settings");
    xml.empty("w:zoom", &[("w:percent", &100)]);
    xml.empty("w:defaultTabStop", &[("w:val", &709)]);
    xml.open("w:compat", &[]);
    // Laid out as the word processors of today do it, not as those of 2007.
    xml.empty(
        "w:compatSetting",
        &[
            ("w:name", &"compatibilityMode"),
            ("w:uri", &"http://schemas.microsoft.com/office/word"),
            ("w:val", &15),
        ],
    );
    xml.close();
    xml.empty("w:themeFontLang", &[("w:val", &language_tag(document.language))]);
    if document.language != crate::domain::language::Language::English {
        xml.empty("w:decimalSymbol", &[("w:val", &",")]);
        xml.empty("w:listSeparator", &[("w:val", &";")]);
    }
    xml.finish()
}

/// Whether the paper is a draft, which every page says.
fn is_draft(document: &Document) -> bool {
    document.kind == Kind::ProcessReport
}

#[cfg(test)]
mod tests;
