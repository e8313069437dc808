//! Tests of this module.

use proptest::prelude::{any, proptest};

use super::{bytes, shown};
use crate::domain::language::Language;
use crate::report::document::Document;
use crate::report::example::{hostile, small};
use crate::texts::Texts;

fn page(document: &Document) -> String {
    let texts = Texts::load(document.language).unwrap();
    String::from_utf8(bytes(document, &texts)).unwrap()
}

/// The names of the elements a page opens, in order, without what pictures are drawn of: that goes by the words.
fn elements(page: &str) -> Vec<String> {
    let after_style = page.split("</style>").nth(1).unwrap();
    let mut pieces = after_style.split("<svg");
    let mut after_style = pieces.next().unwrap().to_owned();
    for piece in pieces {
        after_style.push_str("<svg>");
        after_style.push_str(piece.split_once("</svg>").unwrap().1);
    }
    let opened = after_style
        .split('<')
        .skip(1)
        .filter(|part| !part.starts_with('/'));
    opened
        .map(|part| part.split([' ', '>']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_page_says_its_language_and_has_one_title_and_one_main_part() {
    let page = page(&small());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"nb\">"));
    let count = |what: &str| elements(&page).iter().filter(|name| *name == what).count();
    assert_eq!((count("h1"), count("main"), count("nav")), (1, 1, 1));
}

#[test]
fn every_row_and_column_of_a_table_has_a_head() {
    let page = page(&small());
    let tables = page.matches("<table").count();
    assert_eq!(tables, small().tables().count());
    assert_eq!(page.matches("<caption").count(), tables);
    let rows = page.split("<tbody>").skip(1).flat_map(|body| {
        body.split("</tbody>")
            .next()
            .unwrap()
            .split("<tr")
            .skip(1)
            .collect::<Vec<_>>()
    });
    for row in rows {
        assert_eq!(row.matches("<th scope=\"row\">").count(), 1, "{row}");
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    let page = page(&small());
    // The only address is the name of what an svg is.
    let page = page.replace("http://www.w3.org/2000/svg", "");
    for what in [
        "<script", "<img", "<link", "<iframe", "src=", "url(", "http://", "https://", "@import",
    ] {
        assert!(!page.contains(what), "{what}");
    }
}

#[test]
fn the_contents_lead_to_headings_that_are_there() {
    let page = page(&small());
    let links = page
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    for target in links {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[test]
fn what_turns_the_direction_of_a_line_is_left_out() {
    assert_eq!(shown("a\u{202e}b\u{0}c\td"), "abc d");
}

#[test]
fn markup_in_a_text_is_shown_and_not_obeyed() {
    let page = page(&hostile("</title><script>alert(1)</script>&\"'"));
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
}

proptest! {
    #[test]
    fn no_text_adds_an_element_or_an_attribute(text in any::<String>()) {
        let texts = Texts::load(Language::Nynorsk).unwrap();
        let with = |text: &str| String::from_utf8(bytes(&hostile(text), &texts)).unwrap();
        let lines = "\n".repeat(text.matches('\n').count());
        assert_eq!(elements(&with(&format!("x{text}"))), elements(&with(&format!("x{lines}"))));
    }
}
