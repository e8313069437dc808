//! Tests of this module.

use super::{Plan, Voices, report};
use crate::disclosure::made_up::settings;
use crate::disclosure::quote::{Quote, quotes};
use crate::disclosure::theme::{PublishedThemes, ThemeCount};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::ProfileName;
use crate::domain::language::Language;
use crate::domain::record::InterviewId;
use crate::domain::survey::sample::id;
use crate::report::compose::tests::composed;
use crate::report::document::{Block, Document, Kind};
use crate::report::markdown;
use crate::texts::Texts;

fn read(document: &Document) -> String {
    let texts = Texts::load(document.language).unwrap();
    String::from_utf8(markdown::bytes(document, &texts)).unwrap()
}

fn chapters(document: &Document) -> Vec<String> {
    let own = document.headings().filter(|(_, level, _)| *level == 1);
    own.map(|(_, _, text)| text.to_owned()).collect()
}

#[test]
fn a_draft_and_a_final_report() {
    let author = CleanText::line("Unge intervjuere i Min stemme teller");
    let draft = composed(false, Language::Bokmal, |sources| {
        report(sources, &Plan::default())
    });
    let last = composed(false, Language::Bokmal, |sources| {
        report(
            sources,
            &Plan {
                is_final: true,
                authors: vec![author.clone()],
                ..Plan::default()
            },
        )
    });
    assert_eq!((draft.kind, last.kind), (Kind::ProcessReport, Kind::FinalReport));
    assert_eq!(draft.front.as_ref().unwrap().stage, "UTKAST – prosessrapport");
    assert_eq!(last.front.as_ref().unwrap().authors, [author.as_str()]);
    assert!(chapters(&draft).contains(&"Dialogkonferansen".to_owned()));
    assert!(!chapters(&last).contains(&"Dialogkonferansen".to_owned()));
    assert!(!read(&last).contains("Programmet har foreslått"));
}

#[test]
fn a_report_says_the_same_in_three_languages() {
    let shape = |language| {
        let document = composed(false, language, |sources| report(sources, &Plan::default()));
        let kinds: Vec<_> = document.blocks.iter().map(std::mem::discriminant).collect();
        (
            kinds,
            document
                .tables()
                .map(|table| table.rows.len())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(shape(Language::Bokmal), shape(Language::Nynorsk));
    assert_eq!(shape(Language::Bokmal), shape(Language::English));
}

#[test]
fn headings_never_leave_a_level_out() {
    let document = composed(true, Language::Nynorsk, |sources| {
        report(sources, &Plan::default())
    });
    let mut before = 0;
    for (_, level, text) in document.headings() {
        assert!(level <= before + 1, "{text}");
        before = level;
    }
}

#[test]
fn a_chart_stands_above_its_table_and_says_a_sentence_of_the_report() {
    let document = composed(false, Language::English, |sources| {
        report(sources, &Plan::default())
    });
    let mut charts = 0;
    for pair in document.blocks.windows(2) {
        if let Block::Chart(chart) = &pair[0] {
            charts += 1;
            assert!(chart.alt.ends_with('.'), "{}", chart.alt);
            assert!(
                matches!(pair[1], Block::Table(_) | Block::Heading { .. }),
                "{}",
                chart.title
            );
        }
    }
    assert!(charts > 3, "{charts}");
}

#[test]
fn themes_stand_in_the_order_of_the_codebook_with_quotes_that_name_nobody() {
    let settings = settings(ProfileName::Standard);
    let count = |theme: &str, interviews| ThemeCount {
        theme: id(theme),
        interviews,
    };
    let themes = PublishedThemes::of(&[count("tid", 9), count("rom", 2)], 29, &settings);
    let quote = Quote {
        interview: InterviewId::from_bytes([7; 16]),
        item: "q04.p1".parse().unwrap(),
        number: 0,
        theme: id("tid"),
        words: CleanText::line("De hadde god tid til meg."),
        consented: true,
        approved: true,
        searched: true,
        gives_nothing_away: true,
        reviewers: [id("a")].into(),
    };
    let quotes = quotes(&[quote], &[], &[id("tid"), id("rom")], &settings).published;
    let names = [(id("tid"), "Tid".to_owned()), (id("rom"), "Rommene".to_owned())];
    let document = composed(false, Language::Bokmal, |sources| {
        let voices = Some(Voices {
            themes: &themes,
            names: &names,
            quotes: &quotes,
        });
        report(
            sources,
            &Plan {
                voices,
                ..Plan::default()
            },
        )
    });
    let read = read(&document);
    let part = read
        .split("## Temaer og sitater")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    insta::assert_snapshot!(part.trim());
}
