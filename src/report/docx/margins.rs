//! What stands above and below the text on every page, and the page itself.

use crate::report::document::Document;
use crate::report::xml::Xml;
use crate::texts::Texts;

use super::{is_draft, open_root, paragraph, relation_id};

/// Above: the title, and on a draft that it is one.
pub(super) fn header(document: &Document) -> String {
    let mut xml = Xml::file();
    open_root(&mut xml, "w:hdr");
    paragraph::open(&mut xml, "Header");
    paragraph::run(&mut xml, &document.title, document.language);
    if let Some(front) = &document.front
        && is_draft(document)
    {
        paragraph::tab(&mut xml);
        xml.open("w:r", &[]);
        xml.open("w:rPr", &[]);
        xml.empty("w:b", &[]);
        xml.empty("w:color", &[("w:val", &"A65000")]);
        xml.close();
        xml.leaf("w:t", &[("xml:space", &"preserve")], &front.stage);
        xml.close();
    }
    xml.finish()
}

/// Below: the number of the page.
pub(super) fn footer(texts: &Texts) -> String {
    let mut xml = Xml::file();
    open_root(&mut xml, "w:ftr");
    paragraph::open(&mut xml, "Footer");
    let mut rest = texts.printed.page.as_str();
    for (place, instruction) in [("{page}", "PAGE"), ("{pages}", "NUMPAGES")] {
        if let Some((before, after)) = rest.split_once(place) {
            paragraph::run(&mut xml, before, texts.language());
            paragraph::field(&mut xml, instruction, "1");
            rest = after;
        }
    }
    paragraph::run(&mut xml, rest, texts.language());
    xml.finish()
}

/// The page: A4, margins of 2.5 cm; the title page has nothing above and below.
pub(super) fn section(xml: &mut Xml, document: &Document) {
    xml.open("w:sectPr", &[]);
    let (header, footer) = (relation_id("header"), relation_id("footer"));
    xml.empty("w:headerReference", &[("w:type", &"default"), ("r:id", &header)]);
    xml.empty("w:footerReference", &[("w:type", &"default"), ("r:id", &footer)]);
    if document.front.is_none() {
        xml.empty("w:footerReference", &[("w:type", &"first"), ("r:id", &footer)]);
    }
    xml.empty("w:pgSz", &[("w:w", &11906), ("w:h", &16838)]);
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &1418),
            ("w:right", &1418),
            ("w:bottom", &1418),
            ("w:left", &1418),
            ("w:header", &709),
            ("w:footer", &709),
            ("w:gutter", &0),
        ],
    );
    xml.empty("w:titlePg", &[]);
    xml.close();
}
