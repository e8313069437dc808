//! The small document as DOCX, read as text.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::bytes;
use crate::domain::language::Language;
use crate::report::document::Kind;
use crate::report::example::{hostile, small};
use crate::report::office::package_tests as parts;
use crate::texts::Texts;

fn texts() -> Texts {
    Texts::load(Language::Bokmal).unwrap()
}

#[test]
fn the_small_document_as_docx() {
    let written = bytes(&small(), &texts()).unwrap();
    parts::keep("small.docx", &written);
    insta::assert_snapshot!(parts::as_text(&written));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(
        bytes(&small(), &texts()).unwrap(),
        bytes(&small(), &texts()).unwrap()
    );
}

#[test]
fn a_draft_says_so_on_every_page_and_a_final_report_does_not() {
    let mut document = small();
    assert_eq!(document.kind, Kind::ProcessReport);
    let header = |document: &_| parts::text(&bytes(document, &texts()).unwrap(), "word/header.xml");
    assert!(header(&document).contains("UTKAST"));
    document.kind = Kind::FinalReport;
    assert!(!header(&document).contains("UTKAST"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn no_words_become_markup(text in any::<String>()) {
        let plain = bytes(&hostile("x"), &texts()).unwrap();
        let written = bytes(&hostile(&text), &texts()).unwrap();
        for name in ["word/document.xml", "word/header.xml", "docProps/core.xml"] {
            let tags = |file: &[u8]| parts::text(file, name).matches("<w:p>").count();
            assert_eq!(tags(&written), tags(&plain));
            let content = parts::text(&written, name);
            assert!(!content.contains(|c: char| c.is_control() && c != '\n'));
        }
    }
}
