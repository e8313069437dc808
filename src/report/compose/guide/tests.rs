//! Tests of this module. The guide of every kind of question is tried at the command line.

use super::{Form, guide};
use crate::domain::language::Language;
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
