//! The small document as a workbook, read as text.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::bytes;
use crate::domain::language::Language;
use crate::report::document::{Cell, Document};
use crate::report::example::{hostile, small, with_figures};
use crate::report::office::package_tests as parts;
use crate::texts::Texts;

fn texts() -> Texts {
    Texts::load(Language::Bokmal).unwrap()
}

fn written(document: &Document) -> Vec<u8> {
    bytes(document, &texts()).unwrap()
}

#[test]
fn the_small_document_as_xlsx() {
    parts::keep("small.xlsx", &written(&small()));
    insta::assert_snapshot!(parts::as_text(&written(&small())));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(&small()), written(&small()));
}

#[test]
fn a_chart_stands_beside_counts_with_what_lies_between_bounds_hatched_and_beside_no_hidden_one() {
    let charts = |instead: Cell| -> Vec<String> {
        let mut document = small();
        for block in &mut document.blocks {
            if let crate::report::document::Block::Table(table) = block
                && table.item == "bup05"
            {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    if *cell == Cell::AtMost(5) {
                        *cell = instead.clone();
                    }
                }
            }
        }
        let parts = parts::all(&written(&document)).into_iter();
        let charts = parts.filter(|(name, _)| name.starts_with("xl/charts/"));
        charts
            .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
            .collect()
    };
    let is_hatched = |charts: Vec<String>| charts.iter().map(|chart| chart.contains("pattFill")).collect();
    let hatched: Vec<bool> = is_hatched(charts(Cell::AtMost(5)));
    assert_eq!(hatched, [true]);
    let hatched: Vec<bool> = is_hatched(charts(Cell::Exact(3)));
    assert_eq!(hatched, [false]);
    assert!(charts(Cell::Hidden).is_empty());
}

#[test]
fn a_coded_count_has_an_empty_cell_a_status_and_its_bounds() {
    let sheet = parts::text(&written(&small()), "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("r=\"B5\""), "the count");
    assert!(
        sheet.contains(
            "<c r=\"C5\" s=\"11\" t=\"inlineStr\"><is><t xml:space=\"preserve\">coded</t></is></c>"
        )
    );
    assert!(sheet.contains("<c r=\"D5\" s=\"7\"><v>0</v></c><c r=\"E5\" s=\"7\"><v>5</v></c>"));
}

#[test]
fn figures_have_a_sheet_and_shares_the_interval_of_all_users() {
    let package = written(&with_figures());
    let sheets = parts::text(&package, "xl/workbook.xml");
    assert!(sheets.contains("Nøkkeltall"), "{sheets}");
    let all = parts::all(&package).into_iter();
    let all: Vec<String> = all
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let figures = all
        .iter()
        .find(|text| text.contains(">mean<") && text.contains(">bup05<"))
        .unwrap();
    for cell in [">mean<", ">within<", "<v>3.72</v>", "<v>3.81</v>"] {
        assert!(figures.contains(cell), "{cell} {figures}");
    }
    let shares = parts::text(&package, "xl/worksheets/sheet2.xml");
    assert!(
        shares.contains("Andel av alle brukere: 95\u{a0}% fra") && shares.contains("<v>0.59</v>"),
        "{shares}"
    );
    assert!(!parts::text(&written(&small()), "xl/workbook.xml").contains("Nøkkeltall"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn words_are_never_formulas_or_markup(text in any::<String>()) {
        for text in [text.clone(), format!("={text}")] {
            let package = written(&hostile(&text));
            for (name, content) in parts::all(&package) {
                let content = String::from_utf8(content).unwrap();
                assert!(!content.contains("<f>"), "{name}");
                assert!(!content.contains(|c: char| c.is_control() && c != '\n'));
            }
            let rows = |package: &[u8]| parts::text(package, "xl/worksheets/sheet2.xml").matches("<row").count();
            let plain = written(&hostile("x"));
            assert!(rows(&package) >= rows(&plain));
        }
    }
}
