use jiff::civil::date;

use super::release::{Answers, Background, ByGroup, Limits, PrintedCell, PrintedItem, Release, WhyNot};
use super::{Sources, one, report};
use crate::disclosure::row::code::Code;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, ProfileName, Round, Signing, Site,
};
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::sample::{id, survey, words};
use crate::report::document::Document;
use crate::report::{json, markdown, plain};
use crate::texts::Texts;

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

fn evaluation(made_up: bool) -> Evaluation {
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
        }],
        surveys: Vec::new(),
        sites: vec![site("nord", "Poliklinikk Nord"), site("sor", "Poliklinikk Sør")],
        consent_policy: ConsentPolicy::default(),
        disclosure: DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: [("*".to_owned(), id("site"))].into(),
        },
        recipients: Vec::new(),
        signing: Signing::default(),
        contacts: Vec::new(),
    }
}

fn ids(codes: &[&str]) -> Vec<Id> {
    codes.iter().map(|code| id(code)).collect()
}

fn cell(codes: &[&str], count: Code) -> PrintedCell {
    PrintedCell {
        codes: ids(codes),
        count,
    }
}

fn item(key: &str, n: u32, answers: Answers) -> PrintedItem {
    PrintedItem {
        key: key.parse().unwrap(),
        n: Some(n),
        asked: Some(29),
        answers,
        missing: WhyNot::Sum(29 - n),
        breakdown: None,
    }
}

fn release(made_up: bool) -> Release {
    let low = Code::AtMost(5);
    let mut on_scale = item(
        "q01",
        29,
        Answers::Cells(vec![
            cell(&["stor", "svaert"], Code::Exact(19)),
            cell(&["ikke", "liten", "noen"], Code::Exact(10)),
            cell(&["ikke", "liten"], low),
            cell(&["noen"], Code::Exact(8)),
            cell(&["ikke"], low),
            cell(&["liten"], low),
            cell(&["stor"], Code::Exact(12)),
            cell(&["svaert"], Code::Exact(7)),
        ]),
    );
    on_scale.breakdown = Some(ByGroup {
        variable: id("site"),
        groups: vec![(vec!["nord".to_owned()], 15), (vec!["sor".to_owned()], 14)],
        rows: vec![
            (ids(&["ikke", "liten", "noen"]), vec![Some(low), None]),
            (ids(&["stor", "svaert"]), vec![Some(Code::AtLeast(10)), None]),
        ],
    });
    let mut many = item(
        "q03",
        14,
        Answers::Cells(vec![
            cell(&["a"], Code::Exact(6)),
            cell(&["b"], low),
            cell(&["c"], Code::Exact(7)),
            cell(&["annet"], low),
            cell(&["ingen"], low),
        ]),
    );
    many.missing = WhyNot::Kinds(vec![(Missing::DontKnow, Code::Exact(9)), (Missing::WontSay, low)]);
    Release {
        made_up,
        round: slug("r1"),
        interviews: 29,
        waiting: 2,
        background: vec![Background {
            variable: id("site"),
            groups: vec![(vec!["nord".to_owned()], 15), (vec!["sor".to_owned()], 14)],
        }],
        items: vec![
            on_scale,
            item(
                "q04.p1",
                27,
                Answers::Cells(vec![
                    cell(&["ikke", "liten", "noen"], low),
                    cell(&["stor", "svaert"], Code::AtLeast(22)),
                ]),
            ),
            item("q02", 28, Answers::Hidden),
            many,
            item("q04.p2", 9, Answers::TooFew(11)),
            item(
                "q05",
                28,
                Answers::Cells(vec![
                    cell(&["b1"], Code::Exact(13)),
                    cell(&["b2"], Code::Exact(15)),
                ]),
            ),
            item("q07", 12, Answers::Words),
        ],
        limits: Limits {
            threshold: 5,
            min_base: 11,
            min_group: 12,
            sensitive_threshold: 6,
            sensitive_min_base: 13,
            sensitive_min_group: 14,
            percent_from: 20,
        },
    }
}

fn composed<T>(made_up: bool, language: Language, compose: impl Fn(&Sources<'_>) -> T) -> T {
    compose(&Sources {
        release: &release(made_up),
        survey: &survey(),
        evaluation: &evaluation(made_up),
        texts: &Texts::load(language).unwrap(),
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
fn a_report_in_nynorsk_and_english() {
    for language in [Language::Nynorsk, Language::English] {
        let document = composed(false, language, report);
        insta::assert_snapshot!(format!("report_{}", language.code()), read(&document, language));
    }
}

#[test]
fn made_up_is_said_in_the_title_and_above_every_table() {
    let document = composed(true, Language::Bokmal, report);
    assert!(document.title.ends_with("(oppdiktet)") && document.made_up);
    assert!(document.tables().count() > 5);
    for table in document.tables() {
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
    let titles = |item: &str| {
        let table = document.tables().find(|table| table.item == item).unwrap();
        table.columns.len()
    };
    assert_eq!((titles("q01"), titles("q03")), (3, 2));
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let texts = Texts::load(Language::Bokmal).unwrap();
    let make = || composed(false, Language::Bokmal, report);
    assert_eq!(markdown::bytes(&make(), &texts), markdown::bytes(&make(), &texts));
    assert_eq!(json::bytes(&make()).unwrap(), json::bytes(&make()).unwrap());
}
