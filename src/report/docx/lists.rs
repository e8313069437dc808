//! Lists: what stands before each point, and where numbers begin again.

use crate::report::document::Mark;
use crate::report::xml::Xml;

use super::open_root;

/// Number of the list of dots, rings, squares, and of the style of numbered ones; each numbered list comes after, with
/// a number of its own.
const DOT: u32 = 1;
const RING: u32 = 2;
const SQUARE: u32 = 3;
const NUMBERED: u32 = 4;
const FIRST_NUMBERED: u32 = 5;

/// Returns the number of a list; `numbered` is how many numbered lists there are so far, this one included.
pub(super) const fn number(mark: Mark, numbered: u32) -> u32 {
    match mark {
        Mark::Dot => DOT,
        Mark::Ring => RING,
        Mark::Square => SQUARE,
        Mark::Number => FIRST_NUMBERED + numbered - 1,
    }
}

/// Returns the file that says what stands before each point.
pub(super) fn file(numbered: u32) -> String {
    let mut xml = Xml::file();
    open_root(&mut xml, "w:numbering");
    // Signs that every common font has.
    for (id, kind, sign) in [
        (DOT, "bullet", "•"),
        (RING, "bullet", "○"),
        (SQUARE, "bullet", "□"),
        (NUMBERED, "decimal", "%1."),
    ] {
        xml.open("w:abstractNum", &[("w:abstractNumId", &id)]);
        xml.empty("w:multiLevelType", &[("w:val", &"singleLevel")]);
        xml.open("w:lvl", &[("w:ilvl", &0)]);
        xml.empty("w:start", &[("w:val", &1)]);
        xml.empty("w:numFmt", &[("w:val", &kind)]);
        xml.empty("w:lvlText", &[("w:val", &sign)]);
        xml.empty("w:lvlJc", &[("w:val", &"left")]);
        xml.open("w:pPr", &[]);
        xml.empty("w:ind", &[("w:left", &397), ("w:hanging", &397)]);
        xml.close();
        xml.close();
        xml.close();
    }
    for (id, kind) in [(DOT, DOT), (RING, RING), (SQUARE, SQUARE), (NUMBERED, NUMBERED)] {
        xml.open("w:num", &[("w:numId", &id)]);
        xml.empty("w:abstractNumId", &[("w:val", &kind)]);
        xml.close();
    }
    for nr in 0..numbered {
        xml.open("w:num", &[("w:numId", &(FIRST_NUMBERED + nr))]);
        xml.empty("w:abstractNumId", &[("w:val", &NUMBERED)]);
        xml.open("w:lvlOverride", &[("w:ilvl", &0)]);
        xml.empty("w:startOverride", &[("w:val", &1)]);
        xml.close();
        xml.close();
    }
    xml.finish()
}
