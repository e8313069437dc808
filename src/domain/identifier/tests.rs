//! What is noticed and what is left alone, in ordinary sentences of three languages.

use super::names::{NAMES, NAMES_AND_WORDS};
use super::ordinary::ORDINARY;
use super::places::{PLACES, PLACES_AND_WORDS};
use super::{Kind, find};

mod sentences;

use sentences::{CLEAN, TELLING};

fn found(text: &str) -> Vec<(Kind, &str)> {
    find(text)
        .into_iter()
        .map(|found| (found.kind, text.get(found.place).unwrap()))
        .collect()
}

#[test]
fn the_lists_are_sorted_and_share_nothing() {
    for list in [NAMES, NAMES_AND_WORDS, PLACES, PLACES_AND_WORDS, ORDINARY] {
        assert!(list.is_sorted(), "{list:?}");
    }
    for name in NAMES {
        assert!(
            !NAMES_AND_WORDS.contains(name) && !PLACES.contains(name),
            "{name}"
        );
        assert!(!ORDINARY.contains(name), "{name}");
    }
}

#[test]
fn names_are_noticed_with_their_surnames() {
    assert_eq!(
        found("Behandleren Kari Nordmann hørte på meg."),
        [(Kind::Name, "Kari Nordmann")]
    );
    assert_eq!(found("kari var grei"), [(Kind::Name, "kari")]);
    assert_eq!(found("Så kom Xanthippe inn."), [(Kind::Name, "Xanthippe")]);
    assert_eq!(found("Det var Karis idé"), [(Kind::Name, "Karis")]);
    assert_eq!(found("Snakk med dr. Hansen"), [(Kind::Name, "Hansen")]);
}

#[test]
fn a_capital_at_the_beginning_says_nothing_and_words_that_are_names_are_words() {
    for text in [
        "Hans lege var fin. Liv og død.",
        "Per dag var det to timer. Even if it rains",
        "«Tone var viktig»",
        "- Snille folk\n- Kort vei",
        "Jeg var på BUP og NAV og fikk ADHD-diagnose.",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
    assert_eq!(found("Men Liv var der."), [(Kind::Name, "Liv")]);
}

#[test]
fn schools_streets_and_places_are_noticed() {
    assert_eq!(
        found("Jeg går på Ringve skole nå"),
        [(Kind::School, "Ringve skole")]
    );
    assert_eq!(
        found("Han går på Nordahl Grieg videregående skole"),
        [(Kind::School, "Nordahl Grieg videregående skole")]
    );
    assert_eq!(
        found("Vi bor i Storgata 12 B nå"),
        [(Kind::Address, "Storgata 12 B")]
    );
    assert_eq!(found("Jeg flytta til tromsø."), [(Kind::Place, "tromsø")]);
    assert_eq!(found("Hytta i Snåsavika er fin"), [(Kind::Place, "Snåsavika")]);
    for text in [
        "På skolen var det greit.",
        "Videregående skole var bra.",
        "gikk på ny skole",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn what_overlaps_is_said_once() {
    assert_eq!(
        found("kari.nordmann@example.org"),
        [(Kind::Email, "kari.nordmann@example.org")]
    );
}

/// How good it is on ordinary sentences: at most one in twenty is missed, at most one sentence in fifty flagged in
/// vain.
#[test]
fn most_of_what_tells_is_noticed_and_little_else() {
    let mut missed = Vec::new();
    let mut wanted = 0;
    for (text, telling) in TELLING {
        let noticed = found(text);
        for part in *telling {
            wanted += 1;
            if !noticed.iter().any(|(_, seen)| seen.contains(part)) {
                missed.push(format!("{part}: {text}"));
            }
        }
    }
    let mut false_alarms = Vec::new();
    for (text, telling) in CLEAN
        .iter()
        .map(|text| (text, &[][..]))
        .chain(TELLING.iter().map(|(t, p)| (t, *p)))
    {
        for (kind, seen) in found(text) {
            if !telling
                .iter()
                .any(|part| seen.contains(part) || part.contains(seen))
            {
                false_alarms.push(format!("{kind:?} {seen}: {text}"));
            }
        }
    }
    let sentences = CLEAN.len() + TELLING.len();
    assert!(missed.len() * 20 <= wanted, "missed:\n{}", missed.join("\n"));
    assert!(
        false_alarms.len() * 50 <= sentences,
        "false alarms:\n{}",
        false_alarms.join("\n")
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "(\\PC|[0-9@. A-ZÆØÅa-zæøå\n+-]){0,200}") {
        let mut end = 0;
        for seen in find(&text) {
            proptest::prop_assert!(seen.place.start >= end && text.get(seen.place.clone()).is_some());
            end = seen.place.end;
        }
    }
}
