//! Charts that stay charts in the workbook: bars of counts, with the numbers of exact ones beside them.
//!
//! Where counts are told by their bounds, the bars of the bounds lie behind each other: solid up to the least, hatched up
//! to the most. All of them are cells of the sheet.

use crate::domain::language::Language;
use crate::report::office::language_tag;
use crate::report::xml::Xml;

use super::names;
use super::sheet::letters;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const SHEET_DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Blue, orange, light blue, brown, grey: told apart with every kind of colour sight.
const COLOURS: [&str; 5] = ["0B5A9D", "F0A35A", "7FB1D8", "A65000", "8C8C8C"];

/// Bars beside a table.
#[derive(Debug)]
pub(super) struct NativeChart {
    /// What it shows.
    pub(super) title: String,
    /// The same for those who do not see it: what was found, where something was.
    pub(super) said: String,
    /// The first row of the table's values, from 1.
    pub(super) first_row: usize,
    /// The column it stands in.
    pub(super) column: usize,
    /// The answers.
    pub(super) labels: Vec<String>,
    /// A bar of each answer for each of these.
    pub(super) series: Vec<Series>,
    /// Whether the bars of an answer lie behind each other, the first ones farthest back.
    pub(super) stacked: bool,
}

/// Counts of one column.
#[derive(Debug)]
pub(super) struct Series {
    /// What stands above the column.
    pub(super) name: String,
    /// Its place.
    pub(super) column: usize,
    /// The counts; none where the cell is empty.
    pub(super) values: Vec<Option<u32>>,
    /// What its bars look like.
    pub(super) look: Look,
}

/// What bars look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Filled, with their numbers.
    Numbered,
    /// Filled, without.
    Filled,
    /// Hatched, without.
    Hatched,
}

/// Returns where the chart stands on its sheet.
pub(super) fn drawing(chart: &NativeChart) -> String {
    let mut xml = Xml::file();
    xml.open(
        "xdr:wsDr",
        &[("xmlns:xdr", &SHEET_DRAWING), ("xmlns:a", &DRAWING)],
    );
    xml.open("xdr:twoCellAnchor", &[]);
    let beside = if chart.stacked { 1 } else { chart.series.len() };
    let bars = chart.labels.len() * beside;
    let top = chart.first_row.saturating_sub(2);
    for (name, column, row) in [
        ("xdr:from", chart.column, top),
        ("xdr:to", chart.column + 9, top + 8 + bars * 3 / 2),
    ] {
        xml.open(name, &[]);
        xml.leaf("xdr:col", &[], &column.to_string());
        xml.leaf("xdr:colOff", &[], "0");
        xml.leaf("xdr:row", &[], &row.to_string());
        xml.leaf("xdr:rowOff", &[], "0");
        xml.close();
    }
    xml.open("xdr:graphicFrame", &[("macro", &"")]);
    xml.open("xdr:nvGraphicFramePr", &[]);
    xml.empty(
        "xdr:cNvPr",
        &[("id", &2), ("name", &chart.title), ("descr", &chart.said)],
    );
    xml.empty("xdr:cNvGraphicFramePr", &[]);
    xml.close();
    xml.raw(r#"<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>"#);
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", &CHART)]);
    xml.empty(
        "c:chart",
        &[("xmlns:c", &CHART), ("xmlns:r", &RELATIONS), ("r:id", &"rId1")],
    );
    xml.close();
    xml.close();
    xml.close();
    xml.empty("xdr:clientData", &[]);
    xml.finish()
}

/// Returns the chart; its values are those of the sheet.
pub(super) fn file(chart: &NativeChart, sheet: &str, language: Language) -> String {
    let mut xml = Xml::file();
    xml.open(
        "c:chartSpace",
        &[
            ("xmlns:c", &CHART),
            ("xmlns:a", &DRAWING),
            ("xmlns:r", &RELATIONS),
        ],
    );
    xml.empty("c:lang", &[("val", &language_tag(language))]);
    xml.empty("c:roundedCorners", &[("val", &0)]);
    xml.open("c:chart", &[]);
    title(&mut xml, &chart.title);
    xml.empty("c:autoTitleDeleted", &[("val", &0)]);
    xml.open("c:plotArea", &[]);
    xml.empty("c:layout", &[]);
    xml.open("c:barChart", &[]);
    xml.empty("c:barDir", &[("val", &"bar")]);
    xml.empty("c:grouping", &[("val", &"clustered")]);
    xml.empty("c:varyColors", &[("val", &0)]);
    // Behind each other, bars are told apart by their hatching.
    let most = if chart.stacked { 1 } else { COLOURS.len() };
    let colours = COLOURS.iter().take(most).cycle();
    for (nr, (series, colour)) in chart.series.iter().zip(colours).enumerate() {
        write_series(&mut xml, chart, sheet, series, nr, colour);
    }
    xml.empty("c:gapWidth", &[("val", &60)]);
    if chart.stacked {
        xml.empty("c:overlap", &[("val", &100)]);
    }
    xml.empty("c:axId", &[("val", &1001)]);
    xml.empty("c:axId", &[("val", &1002)]);
    xml.close();
    // The first answer on top; the numbers stand on the bars, so their axis is left out.
    xml.raw(concat!(
        r#"<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>"#,
        r#"<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>"#,
        r#"<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>"#,
        r#"<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1001"/><c:crosses val="autoZero"/></c:valAx>"#,
    ));
    xml.close();
    if chart.series.len() > 1 {
        xml.raw(r#"<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>"#);
    }
    xml.raw(r#"<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>"#);
    xml.finish()
}

fn title(xml: &mut Xml, words: &str) {
    xml.open("c:title", &[]);
    xml.open("c:tx", &[]);
    xml.open("c:rich", &[]);
    xml.raw(r#"<a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100" b="1"/></a:pPr><a:r><a:rPr sz="1100" b="1"/>"#);
    xml.leaf("a:t", &[], words);
    xml.raw("</a:r></a:p>");
    xml.close();
    xml.close();
    xml.empty("c:overlay", &[("val", &0)]);
    xml.close();
}

fn write_series(xml: &mut Xml, chart: &NativeChart, sheet: &str, series: &Series, nr: usize, colour: &str) {
    let sheet = names::quoted(sheet);
    let last = chart.first_row + chart.labels.len() - 1;
    let range = |column: usize| {
        let column = letters(column);
        format!("{sheet}!${column}${}:${column}${last}", chart.first_row)
    };
    xml.open("c:ser", &[]);
    xml.empty("c:idx", &[("val", &nr)]);
    xml.empty("c:order", &[("val", &nr)]);
    xml.open("c:tx", &[]);
    let head = format!("{sheet}!${}${}", letters(series.column), chart.first_row - 1);
    words(xml, &head, std::slice::from_ref(&series.name));
    xml.close();
    xml.open("c:spPr", &[]);
    if series.look == Look::Hatched {
        xml.raw(r#"<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="8C8C8C"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>"#);
    } else {
        xml.open("a:solidFill", &[]);
        xml.empty("a:srgbClr", &[("val", &colour)]);
        xml.close();
    }
    xml.raw(r#"<a:ln w="9525"><a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill></a:ln>"#);
    xml.close();
    xml.empty("c:invertIfNegative", &[("val", &0)]);
    if series.look == Look::Numbered {
        xml.raw(concat!(
            r#"<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>"#,
            r#"<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>"#,
        ));
    }
    xml.open("c:cat", &[]);
    words(xml, &range(0), &chart.labels);
    xml.close();
    xml.open("c:val", &[]);
    xml.open("c:numRef", &[]);
    xml.leaf("c:f", &[], &range(series.column));
    xml.open("c:numCache", &[]);
    xml.leaf("c:formatCode", &[], "General");
    xml.empty("c:ptCount", &[("val", &series.values.len())]);
    for (nr, value) in series.values.iter().enumerate() {
        if let Some(value) = value {
            xml.open("c:pt", &[("idx", &nr)]);
            xml.leaf("c:v", &[], &value.to_string());
            xml.close();
        }
    }
    xml.close();
    xml.close();
    xml.close();
    xml.close();
}

fn words(xml: &mut Xml, range: &str, words: &[String]) {
    xml.open("c:strRef", &[]);
    xml.leaf("c:f", &[], range);
    xml.open("c:strCache", &[]);
    xml.empty("c:ptCount", &[("val", &words.len())]);
    for (nr, words) in words.iter().enumerate() {
        xml.open("c:pt", &[("idx", &nr)]);
        xml.leaf("c:v", &[], words);
        xml.close();
    }
    xml.close();
    xml.close();
}
