//! Tests of this module.

use super::in_words;
use crate::disclosure::compared::Step;
use crate::domain::language::Language;
use crate::texts::Texts;

fn said(before: (u32, u32), after: (u32, u32)) -> String {
    let texts = Texts::load(Language::Bokmal).unwrap();
    in_words(&texts.compare, Step::made_up(before, after))
}

#[test]
fn a_difference_is_said_with_how_much_chance_can_make() {
    assert_eq!(
        said((12, 25), (19, 27)),
        "Andelen er 22 prosentpoeng høyere. En slik forskjell kan være tilfeldig."
    );
    assert!(said((40, 50), (20, 50)).starts_with("Andelen er 40 prosentpoeng lavere. Forskjellen er større"));
    assert_eq!(said((100, 200), (101, 201)), "Andelen er omtrent den samme.");
}

#[test]
fn no_language_says_where_things_are_heading() {
    for language in Language::ALL {
        let texts = Texts::load(language).unwrap();
        for after in [5, 20, 25, 26, 45] {
            let said = in_words(&texts.compare, Step::made_up((25, 50), (after, 50))).to_lowercase();
            for word in [
                "trend",
                "utvikling",
                "bedre",
                "betre",
                "verre",
                "worse",
                "better",
                "improv",
            ] {
                assert!(!said.contains(word), "{said}");
            }
        }
    }
}
