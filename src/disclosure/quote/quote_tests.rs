//! Quotes: when they stand, how many of one person, and that no word of them is remembered in clear.

use super::{NoQuote, Quote, quotes};
use crate::disclosure::made_up::{marks, settings};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::ProfileName;
use crate::domain::id::Id;
use crate::domain::record::InterviewId;
use crate::stats::made_up::{id, key};

fn quote(person: u8, number: u16, theme: &str, words: &str) -> Quote {
    let interview = InterviewId::from_bytes([person; 16]);
    Quote {
        marks: marks(&interview, &key("fritt"), number, words),
        interview,
        item: key("fritt"),
        number,
        theme: id(theme),
        words: CleanText::line(words),
        consented: true,
        approved: true,
        searched: true,
        gives_nothing_away: true,
        reviewers: [id("anna")].into(),
    }
}

fn codebook() -> Vec<Id> {
    vec![id("tid"), id("rom")]
}

fn refused(wanted: &[Quote], profile: ProfileName) -> Vec<(usize, NoQuote)> {
    quotes(wanted, &[], &codebook(), &settings(profile))
        .refused
        .into_iter()
        .collect()
}

#[test]
fn a_quote_stands_only_when_everything_is_in_order() {
    let changes: [(fn(&mut Quote), NoQuote); 5] = [
        (|quote| quote.consented = false, NoQuote::NotConsented),
        (|quote| quote.approved = false, NoQuote::NotApproved),
        (|quote| quote.searched = false, NoQuote::NotSearched),
        (|quote| quote.gives_nothing_away = false, NoQuote::MayGiveAway),
        (
            |quote| quote.reviewers.clear(),
            NoQuote::TooFewReviewers { needed: 1 },
        ),
    ];
    assert_eq!(
        refused(&[quote(1, 1, "tid", "Jeg fikk tid.")], ProfileName::Standard),
        []
    );
    for (change, why) in changes {
        let mut wanted = quote(1, 1, "tid", "Jeg fikk tid.");
        change(&mut wanted);
        assert_eq!(refused(&[wanted], ProfileName::Standard), [(0, why)]);
    }
}

#[test]
fn strict_protection_takes_two_reviewers() {
    let mut wanted = quote(1, 1, "tid", "Jeg fikk tid.");
    let needed = NoQuote::TooFewReviewers { needed: 2 };
    assert_eq!(
        refused(std::slice::from_ref(&wanted), ProfileName::Strict),
        [(0, needed)]
    );
    wanted.reviewers.insert(id("bo"));
    assert_eq!(refused(&[wanted], ProfileName::Strict), []);
}

#[test]
fn one_person_has_at_most_two_quotes_in_a_theme_and_three_in_all() {
    let wanted: Vec<Quote> = [(1, "tid"), (2, "tid"), (3, "tid"), (4, "rom"), (5, "rom")]
        .map(|(number, theme)| quote(1, number, theme, &format!("Ord {number}")))
        .into();
    assert_eq!(
        refused(&wanted, ProfileName::Standard),
        [(2, NoQuote::EnoughInTheme), (4, NoQuote::EnoughInReport)]
    );
}

#[test]
fn what_was_released_keeps_its_words_and_counts_in_the_next_report() {
    let limits = settings(ProfileName::Standard);
    let first = [
        quote(1, 1, "tid", "Jeg fikk tid."),
        quote(1, 2, "tid", "Ingen maste."),
    ];
    let before = quotes(&first, &[], &codebook(), &limits).released;
    let next = [
        quote(1, 1, "tid", "Jeg fikk god tid."),
        quote(1, 3, "tid", "De lyttet."),
        quote(2, 1, "rom", "Rommet var fint."),
    ];
    let both = quotes(&next, &before, &codebook(), &limits);
    assert_eq!(
        both.refused,
        [(0, NoQuote::OtherWords), (1, NoQuote::EnoughInTheme)].into()
    );
    let words: Vec<&str> = both
        .published
        .iter()
        .map(|quote| quote.words().as_str())
        .collect();
    // The first one has other words now, and the second one is not there any more: neither is told in other words.
    assert_eq!(words, ["Rommet var fint."]);
    let again = quotes(&first, &before, &codebook(), &limits);
    let words: Vec<&str> = again
        .published
        .iter()
        .map(|quote| quote.words().as_str())
        .collect();
    assert_eq!(words, ["Ingen maste.", "Jeg fikk tid."]);
    let json = serde_json::to_string(&both.published).unwrap();
    assert!(!json.contains("0101") && !json.contains("fritt"), "{json}");
}

#[test]
fn the_order_of_quotes_says_nothing_of_the_order_of_interviews() {
    let wanted = [
        quote(1, 1, "rom", "B"),
        quote(2, 1, "tid", "C"),
        quote(3, 1, "rom", "A"),
    ];
    let mut turned = wanted.clone();
    turned.reverse();
    let of = |wanted: &[Quote]| quotes(wanted, &[], &codebook(), &settings(ProfileName::Standard)).published;
    assert_eq!(of(&wanted), of(&turned));
    let words: Vec<String> = of(&wanted)
        .iter()
        .map(|quote| quote.words().as_str().to_owned())
        .collect();
    assert_eq!(words, ["C", "A", "B"]);
}

#[test]
fn the_ledger_knows_a_quote_by_marks_and_holds_no_word_and_no_name() {
    let wanted = [quote(1, 1, "tid", "Hemmelig")];
    let released = quotes(&wanted, &[], &codebook(), &settings(ProfileName::Standard)).released;
    let json = serde_json::to_string(&released).unwrap();
    assert!(
        !json.contains("Hemmelig") && !json.contains("0101") && !json.contains("fritt"),
        "{json}"
    );
    let read: Vec<super::ReleasedQuote> = serde_json::from_str(&json).unwrap();
    assert!(read == released && read[0].is_marked());
}

#[test]
fn a_quote_that_an_earlier_version_kept_in_clear_stands_and_counts() {
    let interview = InterviewId::from_bytes([1; 16]);
    let old = |number: u16, words: &str| {
        format!(
            r#"{{"interview":"{interview}","item":"fritt","number":{number},"theme":"tid","words":"{words}"}}"#
        )
    };
    let before = format!("[{},{}]", old(1, "Jeg fikk tid."), old(2, "Ingen maste."));
    let before: Vec<super::ReleasedQuote> = serde_json::from_str(&before).unwrap();
    let next = [
        quote(1, 1, "tid", "Jeg fikk god tid."),
        quote(1, 2, "tid", "Ingen maste."),
        quote(1, 3, "tid", "De lyttet."),
        quote(2, 1, "tid", "Rommet var fint."),
    ];
    let both = quotes(&next, &before, &codebook(), &settings(ProfileName::Standard));
    assert_eq!(
        both.refused,
        [(0, NoQuote::OtherWords), (2, NoQuote::EnoughInTheme)].into()
    );
    assert_eq!(both.published.len(), 3);
    assert_eq!(both.released.iter().filter(|quote| quote.is_marked()).count(), 1);
}

#[test]
fn no_word_of_a_quote_is_in_its_debug_form() {
    let wanted = [quote(1, 1, "tid", "Hemmelig")];
    let quotes = quotes(&wanted, &[], &codebook(), &settings(ProfileName::Standard));
    let shown = format!("{wanted:?} {:?} {quotes:?}", quotes.released);
    assert!(!shown.contains("Hemmelig"));
}
