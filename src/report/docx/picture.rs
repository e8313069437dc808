//! Charts as pictures with a description.

use crate::report::xml::Xml;

/// English metric units in a tenth of a pixel: 640 pixels are 16 cm.
const UNITS: i64 = 900;

/// Name by which the text knows a picture.
pub(super) fn relation_id(nr: usize) -> String {
    format!("chartId{nr}")
}

/// Writes a picture on a line of its own. `size` is in tenths of a pixel; `keeps` is whether it stays on one page with
/// what follows.
pub(super) fn write(
    xml: &mut Xml,
    nr: usize,
    (width, height): (i32, i32),
    (name, description): (&str, &str),
    keeps: bool,
) {
    let (width, height) = (i64::from(width) * UNITS, i64::from(height) * UNITS);
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &"Figure")]);
    if keeps {
        xml.empty("w:keepNext", &[]);
    }
    xml.close();
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open(
        "wp:inline",
        &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)],
    );
    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.empty(
        "wp:docPr",
        &[("id", &nr), ("name", &name), ("descr", &description)],
    );
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.empty("a:graphicFrameLocks", &[("noChangeAspect", &1)]);
    xml.close();
    xml.open("a:graphic", &[]);
    xml.open(
        "a:graphicData",
        &[("uri", &"http://schemas.openxmlformats.org/drawingml/2006/picture")],
    );
    xml.open("pic:pic", &[]);
    xml.open("pic:nvPicPr", &[]);
    xml.empty(
        "pic:cNvPr",
        &[("id", &nr), ("name", &name), ("descr", &description)],
    );
    xml.empty("pic:cNvPicPr", &[]);
    xml.close();
    xml.open("pic:blipFill", &[]);
    xml.empty("a:blip", &[("r:embed", &relation_id(nr))]);
    xml.open("a:stretch", &[]);
    xml.empty("a:fillRect", &[]);
    xml.close();
    xml.close();
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.empty("a:off", &[("x", &0), ("y", &0)]);
    xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    xml.close();
    xml.open("a:prstGeom", &[("prst", &"rect")]);
    xml.empty("a:avLst", &[]);
    // prstGeom, spPr, pic, graphicData, graphic, inline, drawing, run, paragraph.
    for _ in 0..9 {
        xml.close();
    }
}
