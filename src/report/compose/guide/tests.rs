//! Tests of this module. The guide of every kind of question is tried at the command line.

use super::{Form, guide};
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::domain::survey::sample::survey;
use crate::report::document::Block;
use crate::texts::Texts;

#[test]
fn the_appendix_has_no_room_to_write_and_the_paper_has() {
    let texts = Texts::load(Language::English).unwrap();
    let rooms = |form| {
        let document = guide(&survey(), &texts, None, form);
        let rooms = document
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Room(_)));
        rooms.count()
    };
    assert_eq!(rooms(Form::Appendix), 0);
    assert!(rooms(Form::Paper) > 5);
}

#[test]
fn a_paper_asks_for_the_age_also_where_no_evaluation_says_which_ages_matter() {
    let texts = Texts::load(Language::Bokmal).unwrap();
    let mut parts = survey().parts().clone();
    let mut asks = |ask_age| {
        parts.consent.ask_age = ask_age;
        let document = guide(&Survey::new(parts.clone()).unwrap(), &texts, None, Form::Paper);
        document
            .headings()
            .any(|(_, _, text)| text.starts_with("Spør om alder"))
    };
    assert!(asks(true) && !asks(false));
}
