//! What one release of themes and quotes says, and two of them together.

use std::collections::BTreeSet;

use super::{KeptVoices, Released, ThemeName, Wanted, decide};
use crate::disclosure::made_up::{ids, marks, settings};
use crate::disclosure::profile::Settings;
use crate::disclosure::quote::{NoQuote, Quote};
use crate::disclosure::release::ReleaseName;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::ProfileName;
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::record::InterviewId;
use crate::domain::workbook::log::{Change, Log};
use crate::domain::workbook::theme::Theme;
use crate::domain::workbook::{AnswerRef, Workbook};
use crate::stats::made_up::{id, key};

fn book(tags: &[(u8, &str)]) -> Workbook {
    let mut log = Log::default();
    for (person, theme) in tags {
        let answer = AnswerRef {
            interview: InterviewId::from_bytes([*person; 16]),
            item: key("fritt"),
        };
        log.add(
            &id("a"),
            1,
            Change::Tag {
                answer,
                theme: id(theme),
            },
        );
    }
    Workbook::of(
        ["tid", "rom"].map(|theme| Theme::seed(id(theme), CleanText::line(theme))),
        &log,
    )
}

fn names() -> Vec<ThemeName> {
    ["tid", "rom"]
        .map(|theme| {
            let name = Localized::new(Language::Bokmal, CleanText::line(&theme.to_uppercase()));
            ThemeName::new(id(theme), None, &name)
        })
        .into()
}

fn quote(person: u8, theme: &str, words: &str) -> Quote {
    let interview = InterviewId::from_bytes([person; 16]);
    Quote {
        marks: marks(&interview, &key("fritt"), 0, words),
        interview,
        item: key("fritt"),
        number: 0,
        theme: id(theme),
        words: CleanText::line(words),
        consented: true,
        approved: true,
        searched: true,
        gives_nothing_away: true,
        reviewers: [id("anna")].into(),
    }
}

struct Case {
    book: Workbook,
    people: BTreeSet<InterviewId>,
    states: &'static [&'static str],
    quotes: Vec<Quote>,
}

fn decided(case: &Case, before: &[(&str, KeptVoices)], limits: &Settings) -> super::Decided {
    let named: Vec<(ReleaseName, &KeptVoices)> = before
        .iter()
        .map(|(name, line)| (ReleaseName::new(name), line))
        .collect();
    let released = Released::of(named.iter().map(|(name, line)| (name, *line)).collect());
    let survey = Slug::new("s").unwrap();
    // Those numbered from 20 on came with the second state.
    let later = InterviewId::from_bytes([20; 16]);
    let of = |place: usize| {
        let own = |one: &&InterviewId| case.states.len() == 1 || (**one >= later) == (place == 1);
        case.people.iter().filter(own).cloned().collect()
    };
    let named = case.states.iter().enumerate();
    let states = named
        .map(|(place, name)| (ReleaseName::new(name), of(place)))
        .collect();
    let wanted = Wanted {
        survey: &survey,
        workbook: &case.book,
        states: &states,
        names: &names(),
        quotes: &case.quotes,
    };
    decide(wanted, &released, limits)
}

fn held(count: u8) -> Vec<(u8, &'static str)> {
    (0..count).map(|person| (person, "tid")).collect()
}

#[test]
fn a_heading_and_a_quote_stand_and_nothing_says_whose() {
    let limits = settings(ProfileName::Standard);
    let mut tags = held(7);
    tags.push((9, "rom"));
    let case = Case {
        book: book(&tags),
        people: ids(0..20),
        states: &["s1"],
        quotes: vec![
            quote(1, "tid", "Jeg fikk tid."),
            quote(50, "tid", "Ikke med ennå."),
        ],
    };
    let decided = decided(&case, &[], &limits);
    assert_eq!(decided.published.themes().headings(), [id("tid")]);
    assert_eq!(decided.published.themes().others(), [id("rom")]);
    assert_eq!(decided.published.name(&id("tid"), Language::English), "TID");
    assert_eq!(decided.published.quotes().len(), 1);
    assert!(decided.is_new && decided.refused.is_empty());
    let json = serde_json::to_string(&decided.published).unwrap();
    assert!(!json.contains("0101"), "{json}");
    assert!(!format!("{decided:?}").contains("fikk"));
}

#[test]
fn what_was_released_is_read_back_and_says_nothing_new_until_something_is_done() {
    let limits = settings(ProfileName::Standard);
    let mut case = Case {
        book: book(&held(7)),
        people: ids(0..20),
        states: &["s1"],
        quotes: vec![quote(1, "tid", "Jeg fikk tid.")],
    };
    let first = decided(&case, &[], &limits).kept;
    let json = serde_json::to_string(&first).unwrap();
    assert!(serde_json::from_str::<KeptVoices>(&json).unwrap() == first);
    assert!(!decided(&case, &[("v1", first.clone())], &limits).is_new);
    case.quotes.push(quote(2, "tid", "De lyttet."));
    let second = decided(&case, &[("v1", first)], &limits);
    assert!(second.is_new && second.published.quotes().len() == 2);
}

#[test]
fn a_withdrawal_lowers_no_theme_and_takes_the_quote_away() {
    let limits = settings(ProfileName::Standard);
    let first = Case {
        book: book(&held(6)),
        people: ids(0..20),
        states: &["s1"],
        quotes: vec![quote(0, "tid", "Jeg fikk tid."), quote(1, "tid", "Vi ventet.")],
    };
    let kept = decided(&first, &[], &limits).kept;
    // Number 0 is gone: five are left, and the heading stands as it stood.
    let second = Case {
        book: book(&held(6)[1..]),
        people: ids(1..20),
        states: &["s1"],
        quotes: vec![quote(1, "tid", "Vi ventet.")],
    };
    let later = decided(&second, &[("v1", kept.clone())], &limits);
    assert!(later.themes_stay);
    assert_eq!(later.published.themes().headings(), [id("tid")]);
    let words: Vec<&str> = later
        .published
        .quotes()
        .iter()
        .map(|quote| quote.words().as_str())
        .collect();
    assert_eq!(words, ["Vi ventet."]);
    // With those who came since it is counted anew, and still does not fall.
    let third = Case {
        book: book(&held(6)[1..]),
        people: ids(1..31),
        states: &["s1", "s2"],
        quotes: Vec::new(),
    };
    let later = decided(&third, &[("v1", kept)], &limits);
    assert!(!later.themes_stay);
    assert_eq!(later.published.themes().headings(), [id("tid")]);
}

#[test]
fn the_words_of_one_who_withdrew_are_nowhere_in_the_ledger() {
    let limits = settings(ProfileName::Standard);
    let case = Case {
        book: book(&held(6)),
        people: ids(0..20),
        states: &["s1"],
        quotes: vec![quote(0, "tid", "Jeg fikk tid."), quote(1, "tid", "Vi ventet.")],
    };
    let kept = decided(&case, &[], &limits).kept;
    let line = String::from_utf8(crate::disclosure::ledger::Ledger::line(&kept).unwrap()).unwrap();
    assert!(line.contains("\"ledger\": 3"), "{line}");
    assert!(
        !line.contains("fikk") && !line.contains("ventet") && !line.contains("fritt"),
        "{line}"
    );
    // Read back, the quotes there are now give the words, for those who are still there.
    let name = ReleaseName::new("v1");
    let released = Released::of(vec![(&name, &kept)]);
    let words = |people: BTreeSet<InterviewId>, now: &[Quote]| -> Vec<String> {
        let published = released.published(&people, now).unwrap();
        let quotes = published.quotes().iter();
        quotes.map(|quote| quote.words().as_str().to_owned()).collect()
    };
    assert_eq!(words(ids(0..20), &case.quotes), ["Jeg fikk tid.", "Vi ventet."]);
    assert_eq!(words(ids(1..20), &case.quotes[1..]), ["Vi ventet."]);
    assert_eq!(words(ids(0..20), &[quote(1, "tid", "Vi ventet lenge.")]), [""; 0]);
}

#[test]
fn a_line_of_an_earlier_version_is_read_and_its_quotes_stand() {
    let line = include_str!("../../../tests/fixtures/releases/voices-2.json");
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let kept: KeptVoices = serde_json::from_value(line["voices"].clone()).unwrap();
    let (.., quotes) = kept.sizes();
    assert!(quotes > 0 && !kept.has_marks());
    let people = serde_json::from_value(line["voices"]["made_of"].clone()).unwrap();
    let name = ReleaseName::new("v1");
    let published = Released::of(vec![(&name, &kept)])
        .published(&people, &[])
        .unwrap();
    assert_eq!(published.quotes().len(), quotes);
}

#[test]
fn a_quote_needs_a_theme_that_stands() {
    let limits = settings(ProfileName::Standard);
    let case = Case {
        book: book(&held(3)),
        people: ids(0..20),
        states: &["s1"],
        quotes: vec![quote(1, "mat", "Maten var god.")],
    };
    let decided = decided(&case, &[], &limits);
    assert_eq!(decided.refused, [(0, NoQuote::NoTheme)].into());
}

/// Two releases one after the other: for every count of the first and of the new people, and for an outsider, a
/// holder and one who does not hold the theme among either, what is printed both times is also printed for counts
/// that are safe: of the first, of the new, of all.
#[test]
fn two_releases_together_tell_nobody_that_few_or_nearly_all_hold_a_theme() {
    for (profile, k) in [(ProfileName::Standard, 5_u8), (ProfileName::SmallSample, 3)] {
        let limits = settings(profile);
        let place = |themes: &crate::disclosure::theme::PublishedThemes| {
            (
                themes.headings().len(),
                themes.others().len(),
                themes.is_divided(),
            )
        };
        for (n, new) in [
            (2 * k + 1, 2 * k + 1),
            (2 * k + 3, 2 * k + 1),
            (2 * k + 6, 2 * k + 2),
        ] {
            let names = names();
            let print = |first: u8, second: u8| {
                let count = |interviews: u8| {
                    [super::ThemeCount {
                        theme: id("tid"),
                        interviews: interviews.into(),
                    }]
                };
                let one = super::PublishedThemes::of(&count(first), n.into(), &limits);
                let kept = KeptVoices {
                    survey: Slug::new("s").unwrap(),
                    of: BTreeSet::new(),
                    made_of: BTreeSet::new(),
                    headings: one.headings().to_vec(),
                    others: one.others().to_vec(),
                    divided: one.is_divided(),
                    names: Vec::new(),
                    quotes: Vec::new(),
                    after: BTreeSet::new(),
                };
                let since = super::PublishedThemes::of(&count(second), new.into(), &limits);
                let all = super::combined(&[one.clone(), since], &[id("tid")]);
                (place(&one), place(&super::raised(all, Some(&kept), &names)))
            };
            let is_safe = |count: u8, of: u8| count == 0 || (k..=of - k).contains(&count);
            let worlds = || (0..=n).flat_map(|first| (0..=new).map(move |second| (first, second)));
            for (first, second) in worlds() {
                let printed = print(first, second);
                type Fact = fn(u8, u8) -> u8;
                let facts: [(Fact, u8); 3] = [(|a, _| a, n), (|_, b| b, new), (|a, b| a + b, n + new)];
                for (fact, of) in facts {
                    let alike = |holds_first: bool, lacks_first: bool, holds_new: bool, lacks_new: bool| {
                        worlds().any(|(a, b)| {
                            print(a, b) == printed
                                && is_safe(fact(a, b), of)
                                && (!holds_first || a >= 1)
                                && (!lacks_first || a < n)
                                && (!holds_new || b >= 1)
                                && (!lacks_new || b < new)
                        })
                    };
                    let closed = alike(false, false, false, false)
                        && (first == 0 || alike(true, false, false, false))
                        && (first == n || alike(false, true, false, false))
                        && (second == 0 || alike(false, false, true, false))
                        && (second == new || alike(false, false, false, true));
                    assert!(closed, "{first} of {n} and {second} of {new}, k {k}");
                }
            }
        }
    }
}
