//! Tests of this module.

use super::{Form, guide, unpiped};
use crate::definition::survey::read;
use crate::domain::language::Language;
use crate::report::document::{Block, Document};
use crate::report::markdown;
use crate::texts::Texts;

/// A survey with a question of every kind.
const EVERY_TYPE: &[u8] = include_bytes!("../../../../tests/fixtures/every-type.toml");

fn of(language: Language, form: Form) -> Document {
    let survey = read(EVERY_TYPE).value.unwrap();
    guide(&survey, &Texts::load(language).unwrap(), None, form)
}

fn words(document: &Document) -> String {
    let texts = Texts::load(document.language).unwrap();
    String::from_utf8(markdown::bytes(document, &texts)).unwrap()
}

#[test]
fn every_kind_of_question_on_paper() {
    insta::assert_snapshot!(words(&of(Language::Bokmal, Form::Paper)));
}

#[test]
fn the_appendix_has_no_room_to_write_and_the_paper_has() {
    let rooms = |form| {
        let document = of(Language::English, form);
        document
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Room(_)))
            .count()
    };
    assert_eq!(rooms(Form::Appendix), 0);
    assert!(rooms(Form::Paper) > 5);
}

#[test]
fn words_of_an_earlier_answer_become_a_blank() {
    assert_eq!(unpiped("Du sa {{bup01}}. Hvorfor?"), "Du sa …. Hvorfor?");
    assert_eq!(unpiped("Du sa {{ikke lukket"), "Du sa {{ikke lukket");
}
