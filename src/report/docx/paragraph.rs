//! Paragraphs and the words in them.

use crate::domain::language::Language;
use crate::report::office::language_tag;
use crate::report::speech::foreign;
use crate::report::wording::curled;
use crate::report::xml::Xml;

/// Opens a paragraph of a style.
pub(super) fn open(xml: &mut Xml, style: &str) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &style)]);
    xml.close();
}

/// Writes a whole paragraph; a line break in the words is one on paper. `own` is the document's language.
pub(super) fn write(xml: &mut Xml, style: &str, words: &str, own: Language) {
    open(xml, style);
    run(xml, words, own);
    xml.close();
}

/// Writes words of an open paragraph; those of another language say so.
pub(super) fn run(xml: &mut Xml, words: &str, own: Language) {
    looking(xml, words, false, own);
}

/// Writes bold words of an open paragraph.
pub(super) fn strong(xml: &mut Xml, words: &str, own: Language) {
    looking(xml, words, true, own);
}

fn looking(xml: &mut Xml, words: &str, bold: bool, own: Language) {
    let other = foreign(words, own);
    xml.open("w:r", &[]);
    if bold || other.is_some() {
        xml.open("w:rPr", &[]);
        if bold {
            xml.empty("w:b", &[]);
        }
        if let Some(other) = other {
            xml.empty("w:lang", &[("w:val", &language_tag(other))]);
        }
        xml.close();
    }
    text(xml, words);
    xml.close();
}

/// Jumps to the next tab stop.
pub(super) fn tab(xml: &mut Xml) {
    xml.open("w:r", &[]);
    xml.empty("w:tab", &[]);
    xml.close();
}

/// Writes a number that a word processor counts itself; `shown` stands there until it does.
pub(super) fn field(xml: &mut Xml, instruction: &str, shown: &str) {
    xml.open("w:fldSimple", &[("w:instr", &format_args!(" {instruction} "))]);
    xml.open("w:r", &[]);
    text(xml, shown);
    xml.close();
    xml.close();
}

fn text(xml: &mut Xml, words: &str) {
    for (place, line) in curled(words).split('\n').enumerate() {
        if place > 0 {
            xml.empty("w:br", &[]);
        }
        xml.leaf("w:t", &[("xml:space", &"preserve")], line);
    }
}
