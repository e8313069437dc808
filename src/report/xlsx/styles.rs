//! How cells look: number formats, letters, grounds.

use crate::report::xml::Xml;

use super::MAIN;

/// Returns the styles, in the order of [`super::sheet::Style`].
pub(super) fn file() -> String {
    let mut xml = Xml::file();
    xml.open("styleSheet", &[("xmlns", &MAIN)]);
    xml.raw(concat!(
        r#"<numFmts count="2"><numFmt numFmtId="164" formatCode="+0;-0;0"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>"#,
        r#"<fonts count="5">"#,
        r#"<font><sz val="11"/><color rgb="FF1A1A1A"/><name val="Arial"/><family val="2"/></font>"#,
        r#"<font><b/><sz val="14"/><color rgb="FF0B3A66"/><name val="Arial"/><family val="2"/></font>"#,
        r#"<font><b/><sz val="11"/><color rgb="FF1A1A1A"/><name val="Arial"/><family val="2"/></font>"#,
        r#"<font><sz val="10"/><color rgb="FF555555"/><name val="Arial"/><family val="2"/></font>"#,
        r#"<font><u/><sz val="11"/><color rgb="FF0B5A9D"/><name val="Arial"/><family val="2"/></font>"#,
        r#"</fonts>"#,
        r#"<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
        r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills>"#,
        r#"<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>"#,
        r#"<border><left/><right/><top/><bottom style="medium"><color rgb="FF0B3A66"/></bottom><diagonal/></border></borders>"#,
        r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
        r#"<cellXfs count="14">"#,
        // Plain.
        r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
        // Title.
        r#"<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>"#,
        // Head of words, of numbers.
        r#"<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="bottom" wrapText="1"/></xf>"#,
        r#"<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="right" vertical="bottom" wrapText="1"/></xf>"#,
        // Words.
        r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
        // Note.
        r#"<xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>"#,
        // Link.
        r#"<xf numFmtId="49" fontId="4" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        // Count, per cent, per cent with a decimal, points.
        r#"<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        r#"<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        r#"<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        // Status, head of it.
        r#"<xf numFmtId="49" fontId="3" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="left" vertical="top" indent="1"/></xf>"#,
        r#"<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="left" vertical="bottom" wrapText="1" indent="1"/></xf>"#,
        // Figure, two decimals.
        r#"<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
        r#"</cellXfs>"#,
        r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#,
    ));
    xml.finish()
}
