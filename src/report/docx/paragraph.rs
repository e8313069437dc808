//! Paragraphs and the words in them.

use crate::report::xml::Xml;

/// Opens a paragraph of a style.
pub(super) fn open(xml: &mut Xml, style: &str) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &style)]);
    xml.close();
}

/// Writes a whole paragraph; a line break in the words is one on paper.
pub(super) fn write(xml: &mut Xml, style: &str, words: &str) {
    open(xml, style);
    run(xml, words);
    xml.close();
}

/// Writes words of an open paragraph.
pub(super) fn run(xml: &mut Xml, words: &str) {
    xml.open("w:r", &[]);
    text(xml, words);
    xml.close();
}

/// Writes bold words of an open paragraph.
pub(super) fn strong(xml: &mut Xml, words: &str) {
    xml.open("w:r", &[]);
    xml.open("w:rPr", &[]);
    xml.empty("w:b", &[]);
    xml.close();
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
    run(xml, shown);
    xml.close();
}

fn text(xml: &mut Xml, words: &str) {
    for (place, line) in words.split('\n').enumerate() {
        if place > 0 {
            xml.empty("w:br", &[]);
        }
        xml.leaf("w:t", &[("xml:space", &"preserve")], line);
    }
}
