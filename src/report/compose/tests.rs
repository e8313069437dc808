//! Tests of this module.

use jiff::civil::date;

use super::{Background, People, Plan, Sources, one, results};
use crate::disclosure::made_up::{marks, settings};
use crate::disclosure::quote::Quote;
use crate::disclosure::release::{KeptRelease, ReleaseName};
use crate::disclosure::voices::{Released, ThemeName, Wanted, decide, with_voices as join};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, LegalFrame, ProfileName, Round, Signing,
    Site,
};
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::domain::record::InterviewId;
use crate::domain::slip::Asked;
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::sample::{id, survey, words};
use crate::domain::workbook::log::{Change, Log};
use crate::domain::workbook::theme::Theme;
use crate::domain::workbook::{AnswerRef, Workbook};
use crate::report::csv_profile::{self, Profile};
use crate::report::document::{Document, Part};
use crate::report::{json, markdown, plain};
use crate::texts::Texts;

/// A kept release with a made-up row of every kind.
const KEPT: &[u8] = include_bytes!("kept.json");

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

pub(in crate::report) fn evaluation(made_up: bool) -> Evaluation {
    let site = |name: &str, title: &str| Site {
        id: slug(name),
        title: words(title),
        planned: None,
    };
    Evaluation {
        made_up,
        id: "0123456789abcdef".to_owned(),
        title: words("Prøven 2026"),
        service: Some(words("Poliklinikken")),
        commissioner: None,
        purpose: None,
        languages: vec![Language::Bokmal],
        identification: Identification::Anonymous,
        withdraw_until: Some(date(2026, 12, 1)),
        delete_by: None,
        draft_hours: 72,
        rounds: vec![Round {
            id: slug("r1"),
            title: words("Høsten 2026"),
            surveys: vec![slug("prove")],
            planned: None,
            users: None,
            wanted: Vec::new(),
            period: None,
        }],
        surveys: Vec::new(),
        sites: vec![site("nord", "Poliklinikk Nord"), site("sor", "Poliklinikk Sør")],
        legal_frame: LegalFrame::default(),
        consent_policy: ConsentPolicy::default(),
        disclosure: DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: [("*".to_owned(), id("site"))].into(),
        },
        recipients: Vec::new(),
        signing: Signing::default(),
        call: None,
        contacts: Vec::new(),
    }
}

/// The draft.
fn report(sources: &Sources<'_>) -> Document {
    super::report(sources, &Plan::default())
}

pub(super) fn composed<T>(made_up: bool, language: Language, compose: impl Fn(&Sources<'_>) -> T) -> T {
    let kept = KeptRelease::read(KEPT).unwrap();
    let sites = [("nord", 15), ("sor", 14)];
    compose(&Sources {
        published: kept.published(),
        people: &People {
            background: vec![Background {
                variable: id("site"),
                groups: sites.map(|(site, people)| (site.to_owned(), people)).to_vec(),
            }],
            without: Some(Asked {
                asked: 7,
                declined: 5,
                stopped: 2,
            }),
            waiting: 2,
            ..People::default()
        },
        survey: &survey(),
        evaluation: &evaluation(made_up),
        texts: &Texts::load(language).unwrap(),
    })
}

/// As [`composed`], with a heading, a theme few hold, and a quote.
pub(super) fn with_voices<T>(language: Language, compose: impl Fn(&Sources<'_>) -> T) -> T {
    let mut log = Log::default();
    let mut tag = |person: u8, theme: &str| {
        let answer = AnswerRef {
            interview: InterviewId::from_bytes([person; 16]),
            item: "q01".parse().unwrap(),
        };
        log.add(
            &id("a"),
            1,
            Change::Tag {
                answer,
                theme: id(theme),
            },
        );
    };
    (0..9).for_each(|person| tag(person, "tid"));
    (0..2).for_each(|person| tag(person, "rom"));
    let seeds = [("tid", "Tid"), ("rom", "Rommene")]
        .map(|(theme, name)| Theme::seed(id(theme), CleanText::line(name)));
    let names: Vec<ThemeName> = seeds
        .iter()
        .map(|seed| ThemeName::new(seed.id.clone(), None, &words(seed.name.as_str())))
        .collect();
    let book = Workbook::of(seeds, &log);
    let people = (0..29)
        .map(|person| InterviewId::from_bytes([person; 16]))
        .collect();
    let interview = InterviewId::from_bytes([7; 16]);
    let quote = Quote {
        marks: marks(
            &interview,
            &"q04.p1".parse().unwrap(),
            0,
            "De hadde god tid til meg.",
        ),
        interview,
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
    let wanted = Wanted {
        survey: &slug("prove"),
        workbook: &book,
        states: &[(ReleaseName::new("0f"), people)].into(),
        names: &names,
        quotes: &[quote],
    };
    let decided = decide(wanted, &Released::default(), &settings(ProfileName::Standard));
    composed(false, language, |sources| {
        let published = join(sources.published.clone(), Some(decided.published.clone()));
        compose(&Sources {
            published: &published,
            ..*sources
        })
    })
}

fn read(document: &Document, language: Language) -> String {
    let texts = Texts::load(language).unwrap();
    String::from_utf8(plain::bytes(document, &texts)).unwrap()
}

#[test]
fn a_whole_report() {
    let document = composed(true, Language::Bokmal, report);
    insta::assert_snapshot!("report_nb", read(&document, Language::Bokmal));
}

#[test]
fn results_in_nynorsk_and_english() {
    for language in [Language::Nynorsk, Language::English] {
        let document = composed(false, language, results);
        insta::assert_snapshot!(format!("results_{}", language.code()), read(&document, language));
    }
}

#[test]
fn made_up_is_said_in_the_title_and_above_every_table() {
    let document = composed(true, Language::Bokmal, report);
    assert!(document.title.ends_with("(oppdiktet)") && document.made_up);
    assert!(document.tables().count() > 5);
    // The questions in the appendix are real ones.
    for table in document.tables().filter(|table| table.part != Part::Sheet) {
        assert!(table.caption.ends_with("(oppdiktet)"), "{}", table.caption);
    }
    let real = composed(false, Language::Bokmal, report);
    assert!(!read(&real, Language::Bokmal).contains("oppdikt"));
}

#[test]
fn one_question_brings_all_its_rows_and_one_row_itself() {
    let rows = |wanted: &str| {
        composed(false, Language::Bokmal, |sources| {
            one(sources, &wanted.parse().unwrap())
        })
        .map(|document| {
            document
                .tables()
                .map(|table| table.item.clone())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(rows("q04"), Some(vec!["q04.p1".to_owned(), "q04.p2".to_owned()]));
    assert_eq!(rows("q04.p2"), Some(vec!["q04.p2".to_owned()]));
    assert_eq!(rows("q99"), None);
}

#[test]
fn per_cent_stands_only_from_the_limit_on() {
    let document = composed(false, Language::Bokmal, report);
    let columns = |item: &str| {
        let table = document.tables().find(|table| table.item == item).unwrap();
        table.columns.len()
    };
    assert_eq!((columns("q01"), columns("q03")), (3, 2));
}

#[test]
fn a_level_that_is_a_band_by_itself_stands_once() {
    let document = composed(false, Language::Bokmal, report);
    let table = document.tables().find(|table| table.item == "q01").unwrap();
    let codes: Vec<&str> = table.rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "noen").count(), 1);
    assert_eq!(codes.len(), 8);
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let texts = Texts::load(Language::Bokmal).unwrap();
    let make = || composed(false, Language::Bokmal, report);
    assert_eq!(markdown::bytes(&make(), &texts), markdown::bytes(&make(), &texts));
    assert_eq!(
        json::bytes(&[("a", make())]).unwrap(),
        json::bytes(&[("a", make())]).unwrap()
    );
}

#[test]
fn the_part_of_all_users_is_told_where_their_number_is_known() {
    let of = |users: Option<u32>| {
        composed(true, Language::Bokmal, |sources| {
            let mut evaluation = sources.evaluation.clone();
            evaluation.rounds.last_mut().unwrap().users = users;
            let document = results(&Sources {
                evaluation: &evaluation,
                ..*sources
            });
            let text = String::from_utf8(plain::bytes(&document, sources.texts)).unwrap();
            let json = String::from_utf8(json::bytes(&[("prove", document)]).unwrap()).unwrap();
            (text.split_whitespace().collect::<Vec<_>>().join(" "), json)
        })
    };
    let (text, json) = of(Some(58));
    assert!(
        text.contains("Det er 50\u{a0}% av de 58 som bruker tjenesten.")
            || text.contains("Det er 50 % av de 58"),
        "{text}"
    );
    assert!(json.contains("users_interval_low"), "{json}");
    // Not known, or fewer than were interviewed.
    for users in [None, Some(28)] {
        let (text, json) = of(users);
        assert!(!text.contains("som bruker tjenesten") && !json.contains("users_interval_low"));
    }
}

/// Groups raised hands for a question that others were asked alone.
fn with_hands() -> Vec<u8> {
    let mut kept: serde_json::Value = serde_json::from_slice(KEPT).unwrap();
    kept["published"]["items"][0]["hands"] = serde_json::json!({
        "groups": 3,
        "people": 18,
        "answers": [
            { "what": { "code": "ikke" }, "said": "few" },
            { "what": { "code": "stor" }, "said": "most" },
        ],
    });
    serde_json::to_vec(&kept).unwrap()
}

#[test]
fn hands_are_of_the_people_in_the_groups_and_not_of_those_who_were_asked_alone() {
    let kept = KeptRelease::read(&with_hands()).unwrap();
    let texts = Texts::load(Language::English).unwrap();
    let document = composed(false, Language::English, |sources| {
        results(&Sources {
            published: kept.published(),
            ..*sources
        })
    });
    let json: serde_json::Value =
        serde_json::from_slice(&json::bytes(&[("prove", document.clone())]).unwrap()).unwrap();
    let tables = json["surveys"][0]["tables"].as_array().unwrap();
    let of = |part: &str| {
        let mut own = tables
            .iter()
            .filter(|table| table["item"] == "q01" && table["part"] == part);
        let only = own.next().unwrap();
        assert!(own.next().is_none(), "{part}");
        (only["n"].as_u64(), only["asked"].as_u64())
    };
    assert_eq!(
        (of("hands"), of("answers")),
        ((Some(18), None), (Some(29), Some(29)))
    );
    let csv = String::from_utf8(csv_profile::bytes(&document, Profile::Plain).unwrap()).unwrap();
    let rows: Vec<&str> = csv
        .lines()
        .filter(|line| line.starts_with("q01,hands,"))
        .collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row.contains(",18,,,,") && !row.contains("29")),
        "{rows:?}"
    );
    for paper in [
        String::from_utf8(markdown::bytes(&document, &texts)).unwrap(),
        String::from_utf8(plain::bytes(&document, &texts)).unwrap(),
    ] {
        let (_, above) = paper.split_once("3 groups with 18 people").unwrap();
        let hands = above.split("29 of the 29 asked").next().unwrap();
        assert!(
            hands.contains("few or nobody") && hands.contains("most"),
            "{paper}"
        );
    }
}
