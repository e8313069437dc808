//! Tests of this module.

use super::main;
use crate::domain::language::Language;
use crate::report::compose::tests::composed;

#[test]
fn a_coded_count_stands_by_what_it_carries() {
    // q04.p1: 22 or more of 27 gave a good answer, which is at least two thirds; q01: 19 of 29 are fewer.
    let found = composed(false, Language::Bokmal, |sources| {
        let main = main(sources);
        let keys = |found: &[super::Good<'_>]| {
            found
                .iter()
                .map(|good| good.item.key().to_string())
                .collect::<Vec<_>>()
        };
        (keys(&main.strong), keys(&main.weak))
    });
    assert_eq!(found, (vec!["q04.p1".to_owned()], vec!["q01".to_owned()]));
}
