//! The contents: every heading with its page, which a word processor counts.
//!
//! Each entry refers to the page of its heading by a field of its own, so any program that lays out pages shows the
//! number. Around them stands the field that builds contents from headings, out of date, so that Word fills it anew and
//! offers to do so again. LibreOffice takes what stands in such a field as it is and counts nothing in it; it is
//! therefore marked as being for programs that know Word's later additions (ECMA-376 part 3), and LibreOffice reads the
//! entries alone.

use crate::domain::language::Language;
use crate::report::document::{Document, Kind};
use crate::report::xml::Xml;
use crate::texts::Texts;

use super::paragraph;

/// Headings of these levels stand in the contents.
const DEEPEST: u8 = 2;
/// Headings of a guide in the contents: its sections.
const DEEPEST_OF_A_GUIDE: u8 = 1;

/// Returns the headings that stand in the contents.
pub(super) fn entries(document: &Document) -> impl Iterator<Item = (usize, u8, &str)> {
    let deepest = deepest(document);
    document.headings().filter(move |(_, level, _)| *level <= deepest)
}

const fn deepest(document: &Document) -> u8 {
    match document.kind {
        Kind::Guide => DEEPEST_OF_A_GUIDE,
        _ => DEEPEST,
    }
}

/// Writes the contents; `begins` is whether they begin a page.
pub(super) fn write(xml: &mut Xml, document: &Document, begins: bool, texts: &Texts) {
    let deepest = deepest(document);
    let headings: Vec<(usize, u8, &str)> = entries(document).collect();
    let last = headings.len().saturating_sub(1);
    xml.open("w:sdt", &[]);
    xml.open("w:sdtPr", &[]);
    xml.open("w:docPartObj", &[]);
    xml.empty("w:docPartGallery", &[("w:val", &"Table of Contents")]);
    xml.empty("w:docPartUnique", &[]);
    xml.close();
    xml.close();
    xml.open("w:sdtContent", &[]);
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &"TOCHeading")]);
    if begins {
        xml.empty("w:pageBreakBefore", &[]);
    }
    xml.close();
    paragraph::run(xml, &texts.printed.contents, document.language);
    xml.close();
    for (nr, (place, level, words)) in headings.into_iter().enumerate() {
        paragraph::open(xml, if level == 1 { "TOC1" } else { "TOC2" });
        if nr == 0 {
            for_word(xml, |xml| mark(xml, "begin"));
            for_word(xml, |xml| {
                instruction(xml, &format!(" TOC \\o \"1-{deepest}\" \\h \\z \\u "));
            });
            for_word(xml, |xml| mark(xml, "separate"));
        }
        entry(xml, place, words, document.language);
        if nr == last {
            for_word(xml, |xml| mark(xml, "end"));
        }
        xml.close();
    }
    xml.close();
    xml.close();
}

/// A heading as a link, and its page; until somebody has counted, no number stands there.
fn entry(xml: &mut Xml, place: usize, words: &str, own: Language) {
    let name = bookmark(place);
    xml.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
    paragraph::run(xml, words, own);
    paragraph::tab(xml);
    run(xml, |xml| mark(xml, "begin"));
    run(xml, |xml| instruction(xml, &format!(" PAGEREF {name} \\h ")));
    run(xml, |xml| mark(xml, "separate"));
    paragraph::run(xml, "", own);
    run(xml, |xml| mark(xml, "end"));
    xml.close();
}

/// Returns the name by which a heading is referred to.
pub(super) fn bookmark(place: usize) -> String {
    format!("_Toc{:08}", place + 1)
}

fn run(xml: &mut Xml, inside: impl FnOnce(&mut Xml)) {
    xml.open("w:r", &[]);
    inside(xml);
    xml.close();
}

fn for_word(xml: &mut Xml, inside: impl FnOnce(&mut Xml)) {
    run(xml, |xml| {
        xml.open("mc:AlternateContent", &[]);
        xml.open("mc:Choice", &[("Requires", &"w15")]);
        inside(xml);
        xml.close();
        xml.close();
    });
}

fn instruction(xml: &mut Xml, words: &str) {
    xml.leaf("w:instrText", &[("xml:space", &"preserve")], words);
}

/// A mark of a field that is out of date: a word processor fills it when it opens the document.
fn mark(xml: &mut Xml, which: &str) {
    if which == "begin" {
        xml.empty("w:fldChar", &[("w:fldCharType", &which), ("w:dirty", &"true")]);
    } else {
        xml.empty("w:fldChar", &[("w:fldCharType", &which)]);
    }
}
