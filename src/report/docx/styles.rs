//! Styles: the ones a word processor knows by name, so that it shows them in its own language and builds contents from
//! them, and a few of our own.

use crate::report::document::{Document, Kind};
use crate::report::office::language_tag;
use crate::report::xml::Xml;
use crate::texts::Texts;

use super::{contents, open_root};

/// Size of running text, in half points.
const BASE: u32 = 21;
/// A font that every word processor has, or one of the same widths.
const FONT: &str = "Arial";
/// Size of contents of more entries than this.
const SMALL: u32 = 18;
const LONG_CONTENTS: usize = 44;
const INK: &str = "1A1A1A";
const BLUE: &str = "0B3A66";
const GREY: &str = "555555";

/// A paragraph style.
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    based_on: &'a str,
    next: &'a str,
    /// Layout of the paragraph, in the order the format asks for.
    layout: &'static str,
    /// In half points; 0 is as in the style it is based on.
    size: u32,
    bold: bool,
    italic: bool,
    colour: &'static str,
}

impl<'a> Style<'a> {
    const fn new(id: &'a str, name: &'a str, size: u32, layout: &'static str) -> Self {
        Self {
            id,
            name,
            based_on: "Normal",
            next: id,
            layout,
            size,
            bold: false,
            italic: false,
            colour: "",
        }
    }

    const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    const fn colour(mut self, colour: &'static str) -> Self {
        self.colour = colour;
        self
    }

    const fn next(mut self, next: &'a str) -> Self {
        self.next = next;
        self
    }

    const fn based_on(mut self, other: &'a str) -> Self {
        self.based_on = other;
        self
    }
}

/// Returns the styles of a document; papers to be read around a table have larger letters.
pub(super) fn file(document: &Document, texts: &Texts) -> String {
    // In half points; headings and tables grow with it.
    let base = match document.kind {
        Kind::Conference => 26,
        Kind::OnePage => 23,
        _ => BASE,
    };
    let mut xml = Xml::file();
    open_root(&mut xml, "w:styles");
    defaults(&mut xml, document, base);
    xml.raw(concat!(
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#,
        r#"<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>"#,
        r#"<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>"#,
        r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
        r#"<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="0B3A66"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="0B3A66"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="C4C4C4"/></w:tblBorders></w:tblPr></w:style>"#,
    ));
    for style in paragraphs(texts) {
        // A title without a page of its own leaves room for what follows.
        let size = match style.id {
            "Title" if document.front.is_none() => 40,
            "Title" => style.size,
            // Long contents fill one page rather than a little of a second one.
            "TOC1" | "TOC2" if contents::entries(document).count() > LONG_CONTENTS => SMALL,
            // What is read around a table is all of one size.
            "TableText" | "TableHead" if document.kind == Kind::Conference => base,
            _ => style.size * base / BASE,
        };
        write(&mut xml, &style, size);
    }
    xml.finish()
}

fn defaults(xml: &mut Xml, document: &Document, size: u32) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", &FONT),
            ("w:hAnsi", &FONT),
            ("w:eastAsia", &FONT),
            ("w:cs", &FONT),
        ],
    );
    xml.empty("w:color", &[("w:val", &INK)]);
    xml.empty("w:sz", &[("w:val", &size)]);
    xml.empty("w:szCs", &[("w:val", &size)]);
    xml.empty("w:lang", &[("w:val", &language_tag(document.language))]);
    xml.close();
    xml.close();
    xml.raw(r#"<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="140" w:line="283" w:lineRule="auto"/></w:pPr></w:pPrDefault>"#);
    xml.close();
}

fn paragraphs(texts: &Texts) -> Vec<Style<'_>> {
    let own = &texts.printed.style;
    vec![
        Style::new(
            "Stage",
            &own.stage,
            24,
            r#"<w:spacing w:before="2400" w:after="240"/>"#,
        )
        .bold()
        .colour("A65000")
        .next("Title"),
        Style::new(
            "Title",
            "Title",
            52,
            r#"<w:keepNext/><w:spacing w:before="0" w:after="200" w:line="252" w:lineRule="auto"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new("Subtitle", "Subtitle", 28, r#"<w:spacing w:after="200"/>"#)
            .colour(GREY)
            .next("Normal"),
        Style::new(
            "Heading1",
            "heading 1",
            34,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="480" w:after="160" w:line="252" w:lineRule="auto"/><w:outlineLvl w:val="0"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new(
            "Heading2",
            "heading 2",
            27,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="120" w:line="252" w:lineRule="auto"/><w:outlineLvl w:val="1"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new(
            "Heading3",
            "heading 3",
            23,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="300" w:after="100" w:line="252" w:lineRule="auto"/><w:outlineLvl w:val="2"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new(
            "Heading4",
            "heading 4",
            21,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="3"/>"#,
        )
        .bold()
        .next("Normal"),
        Style::new(
            "TOCHeading",
            "TOC Heading",
            34,
            r#"<w:keepNext/><w:spacing w:before="0" w:after="240"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new(
            "TOC1",
            "toc 1",
            0,
            r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/>"#,
        )
        .bold(),
        Style::new(
            "TOC2",
            "toc 2",
            0,
            r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="284"/>"#,
        ),
        Style::new(
            "Finding",
            &own.finding,
            24,
            r#"<w:keepNext/><w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="0B5A9D"/></w:pBdr><w:spacing w:before="160" w:after="160"/><w:ind w:left="227"/>"#,
        )
        .bold()
        .colour(BLUE)
        .next("Normal"),
        Style::new(
            "Note",
            &own.note,
            0,
            r#"<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="C4C4C4"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F4F4F4"/><w:spacing w:before="120" w:after="160"/><w:ind w:left="227"/>"#,
        )
        .next("Normal"),
        Style::new(
            "Quote",
            "Quote",
            0,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="20"/><w:ind w:left="567" w:right="567"/>"#,
        )
        .italic()
        .next("QuoteSource"),
        Style::new(
            "QuoteSource",
            &own.source,
            18,
            r#"<w:spacing w:after="200"/><w:ind w:left="567" w:right="567"/>"#,
        )
        .colour(GREY)
        .next("Normal"),
        Style::new(
            "ListBullet",
            "List Bullet",
            0,
            r#"<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="397" w:hanging="397"/>"#,
        ),
        Style::new(
            "ListNumber",
            "List Number",
            0,
            r#"<w:numPr><w:numId w:val="4"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="397" w:hanging="397"/>"#,
        ),
        Style::new(
            "Choices",
            "Choices",
            0,
            r#"<w:keepLines/><w:spacing w:before="40" w:after="160" w:line="320" w:lineRule="auto"/><w:ind w:left="227"/>"#,
        ),
        Style::new(
            "Caption",
            "caption",
            19,
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="100"/>"#,
        )
        .colour(BLUE)
        .next("Normal"),
        Style::new("Figure", "Figure", 0, r#"<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>"#),
        Style::new(
            "TableText",
            &own.table,
            18,
            r#"<w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/>"#,
        ),
        Style::new("TableHead", &own.table_head, 18, r#"<w:keepNext/><w:spacing w:before="50" w:after="50" w:line="252" w:lineRule="auto"/>"#)
            .based_on("TableText")
            .bold(),
        Style::new(
            "TableNote",
            &own.table_note,
            17,
            r#"<w:spacing w:before="50" w:after="50" w:line="252" w:lineRule="auto"/>"#,
        )
        .colour(GREY),
        Style::new(
            "Room",
            &own.room,
            0,
            r#"<w:keepLines/><w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9070"/></w:tabs><w:spacing w:after="240" w:line="510" w:lineRule="exact"/>"#,
        ),
        Style::new("PageBreak", "Page Break", 2, r#"<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>"#),
        Style::new(
            "Header",
            "header",
            17,
            r#"<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="C4C4C4"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>"#,
        )
        .colour(GREY),
        Style::new(
            "Footer",
            "footer",
            17,
            r#"<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>"#,
        )
        .colour(GREY),
    ]
}

fn write(xml: &mut Xml, style: &Style<'_>, size: u32) {
    xml.open("w:style", &[("w:type", &"paragraph"), ("w:styleId", &style.id)]);
    xml.empty("w:name", &[("w:val", &style.name)]);
    xml.empty("w:basedOn", &[("w:val", &style.based_on)]);
    xml.empty("w:next", &[("w:val", &style.next)]);
    xml.empty("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    xml.raw(style.layout);
    xml.close();
    xml.open("w:rPr", &[]);
    if style.bold {
        xml.empty("w:b", &[]);
    }
    if style.italic {
        xml.empty("w:i", &[]);
    }
    if !style.colour.is_empty() {
        xml.empty("w:color", &[("w:val", &style.colour)]);
    }
    if size > 0 {
        xml.empty("w:sz", &[("w:val", &size)]);
        xml.empty("w:szCs", &[("w:val", &size)]);
    }
    xml.close();
    xml.close();
}
