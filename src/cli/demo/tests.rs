//! The demo from beginning to end, in this process: made, shown, reported, and not shown a second time.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;

use crate::cli::demo::one_round::one_round;
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::cli::surroundings::made_up::stemme;
use crate::disclosure::interviews::publish_interviews;
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::published::{Answers, Count};
use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::record::InterviewRecord;
use crate::fieldwork::workplace::Workplace;
use crate::report::compose::{People, Plan, Sources, conference, one_page, report, results};
use crate::report::csv_profile::{self, Profile};
use crate::report::{docx, html, json, markdown, plain, xlsx};
use crate::texts::Texts;

#[test]
fn from_the_demo_to_results_and_a_report_and_no_second_state() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (code, tables, _) = stemme(folder, &["demo", "--dir", "d"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(tables.contains("52 intervjuer er med.") && tables.contains("17 intervjuer er med."));
    assert!(tables.contains("(oppdiktet)"));
    assert!(tables.contains("5 eller færre"));
    // What was shown stays, byte for byte, and is asked for without a question.
    let (code, again, _) = stemme(folder, &["-e", "d", "results"]);
    assert_eq!((code, again), (ExitCode::Ok, tables));
    let (code, one, _) = stemme(folder, &["-e", "d", "results", "bup05", "--plain"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(one.lines().all(|line| line.starts_with("bup05\t")), "{one}");
    let (code, json, _) = stemme(folder, &["-e", "d", "results", "--json"]);
    assert_eq!(code, ExitCode::Ok);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["made_up"], true);
    let (code, nothing, _) = stemme(folder, &["-e", "d", "results", "--new"]);
    assert_eq!((code, nothing.as_str()), (ExitCode::NothingToDo, ""));
    let (code, _, said) = stemme(folder, &["-e", "d", "results", "bup99"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(said.contains("bup99"));
    let report = [
        "-e",
        "d",
        "report",
        "--to",
        "docx,xlsx,html,csv,csv-plain,md,json",
        "--also",
        "one-page,conference,codebook",
        "--out",
        "ut",
    ];
    let (code, _, _) = stemme(folder, &report);
    assert_eq!(code, ExitCode::Ok);
    let names = |folder: &Path| {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let (young, close): (Vec<String>, Vec<String>) = names(&folder.join("ut"))
        .into_iter()
        .partition(|name| name.starts_with("min-stemme-bup"));
    // The same of those close to them.
    assert_eq!(close.len(), young.len());
    assert_eq!(
        young,
        [
            "min-stemme-bup-kodebok-nb.json",
            "min-stemme-bup-r2-en-side-nb.docx",
            "min-stemme-bup-r2-en-side-nb.html",
            "min-stemme-bup-r2-en-side-nb.md",
            "min-stemme-bup-r2-konferanseark-nb.docx",
            "min-stemme-bup-r2-konferanseark-nb.html",
            "min-stemme-bup-r2-konferanseark-nb.md",
            "min-stemme-bup-r2-prosessrapport-nb.docx",
            "min-stemme-bup-r2-prosessrapport-nb.html",
            "min-stemme-bup-r2-prosessrapport-nb.md",
            "min-stemme-bup-r2-tall-nb-plain.csv",
            "min-stemme-bup-r2-tall-nb.csv",
            "min-stemme-bup-r2-tall-nb.json",
            "min-stemme-bup-r2-tall-nb.xlsx"
        ]
    );
    let before = fs::read(folder.join("ut/min-stemme-bup-r2-prosessrapport-nb.md")).unwrap();
    let (code, _, said) = stemme(folder, &report);
    assert_eq!(code, ExitCode::NothingToDo);
    assert!(said.contains("finnes fra før"), "{said}");
    assert_eq!(
        fs::read(folder.join("ut/min-stemme-bup-r2-prosessrapport-nb.md")).unwrap(),
        before
    );
    let without = [
        "-e",
        "d",
        "report",
        "--to",
        "md",
        "--without",
        "groups",
        "--out",
        "kort",
    ];
    assert_eq!(stemme(folder, &without).0, ExitCode::Ok);
    let short = fs::read_to_string(folder.join("kort/min-stemme-bup-r2-prosessrapport-nb.md")).unwrap();
    let whole = String::from_utf8(before).unwrap();
    let by_site = "\n## Svar etter sted";
    assert!(whole.contains(by_site) && !short.contains(by_site), "{short}");
    // One state of the round before and two of this one, and what people told beside each.
    assert_eq!(
        names(&folder.join("d/releases")),
        ["1.json", "2.json", "3.json", "4.json", "5.json", "6.json"]
    );
}

/// The example has something to show on every side: rounds, sites, perspectives, deliveries and actions.
#[test]
fn the_example_has_an_earlier_round_four_sites_two_perspectives_and_three_deliveries() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(stemme(folder, &["demo", "--dir", "d"]).0, ExitCode::Ok);
    let said = |arguments: &[&str]| {
        let (code, said, beside) = stemme(folder, &[&["-e", "d", "--lang", "en"][..], arguments].concat());
        assert_eq!(code, ExitCode::Ok, "{arguments:?} {beside}");
        said
    };
    let rounds = said(&["compare", "bup08"]);
    assert!(
        rounds.contains("First round: 24 interviews.") && rounds.contains("Second round: 52 interviews.")
    );
    let sites = said(&["compare", "--by", "site", "--json"]);
    for site in ["site=nord", "site=sor", "site=ost", "site=vest"] {
        assert!(sites.contains(site), "{site}: {sites}");
    }
    let both = said(&["compare", "--perspectives", "--json"]);
    assert!(both.contains("min-stemme-bup") && both.contains("parorende"));
    let themes: serde_json::Value = serde_json::from_str(&said(&["themes", "--json"])).unwrap();
    let batches = themes["batches"].as_array().unwrap();
    assert_eq!(batches.len(), 3, "{batches:?}");
    assert!(batches[0]["new_themes"].as_u64().unwrap() > 3);
    assert_eq!(batches[2]["new_themes"], 0, "{batches:?}");
    let actions = said(&["actions"]);
    for carried in ["Et brev som forteller", "Et venterom"] {
        assert!(actions.contains(carried), "{actions}");
    }
    let before = said(&["findings", "--round", "r1"]);
    assert!(before.contains("Mange visste lite"), "{before}");
}

#[test]
fn the_same_seed_gives_the_same_tables_and_another_seed_others() {
    let folder = tempfile::tempdir().unwrap();
    let tables = |seed: &str| stemme(folder.path(), &["demo", "--seed", seed]).1;
    let first = tables("1");
    assert!(first == tables("1"));
    assert!(first != tables("2"));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("brev.txt"), "kjære").unwrap();
    let (code, _, _) = stemme(folder.path(), &["demo", "--dir", "."]);
    assert_ne!(code, ExitCode::Ok);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Every output, one after the other.
fn all_outputs(sources: &Sources<'_>) -> Vec<u8> {
    let document = report(sources, &Plan::default());
    [
        format!("{document:?}").into_bytes(),
        docx::bytes(&document, sources.texts).unwrap(),
        xlsx::bytes(&document, sources.texts).unwrap(),
        html::bytes(&document, sources.texts),
        html::bytes(&one_page(sources, None, false), sources.texts),
        html::bytes(&conference(sources, None), sources.texts),
        plain::bytes(&results(sources), sources.texts),
        markdown::bytes(&document, sources.texts),
        plain::bytes(&document, sources.texts),
        plain::records(&document, sources.texts),
        csv_profile::bytes(&document, Profile::NorwegianExcel).unwrap(),
        csv_profile::bytes(&document, Profile::Plain).unwrap(),
        json::bytes(&[("a", document.clone())]).unwrap(),
    ]
    .concat()
}

#[test]
fn an_answer_that_moves_between_coded_counts_changes_no_byte_of_any_output() {
    let folder = tempfile::tempdir().unwrap();
    one_round(folder.path());
    let home = folder.path().join("home");
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let workplace = Workplace::open(&folder.path().join("d"), &home, surroundings.randomness()).unwrap();
    let mut records: Vec<InterviewRecord> = Vec::new();
    workplace
        .open_collection_with(None, &mut records, &mut |_, _| ())
        .unwrap();
    records.sort_by(|a, b| a.interview.cmp(&b.interview));
    let survey = crate::fieldwork::desk::Desk::surveys(&workplace).as_read()[0].clone();
    let evaluation = workplace.evaluation();
    let limits = Limits::new(&evaluation.disclosure, &survey.parts().tightening).unwrap();
    let before = publish_interviews(&survey, &[], &records, &limits);
    // Both lowest levels are coded, and so are the bands they are in.
    let key = "bup24".parse().unwrap();
    let Answers::Row { cells, .. } = &before.item(&key).unwrap().answers else {
        panic!("not printed");
    };
    let coded = |cell: &&crate::disclosure::published::Cell| matches!(cell.count, Count::AtMost(_));
    assert!(cells.iter().filter(coded).count() >= 4);
    let choice = |code: &str| Response::Given(Answer::choice(Id::new(code).unwrap()));
    let (from, to) = (choice("ikke"), choice("liten"));
    let person = records.iter_mut().find(|record| {
        let said = record.answers.get(&key);
        said == Some(&from) || said == Some(&to)
    });
    let said = person.unwrap().answers.get_mut(&key).unwrap();
    *said = if *said == from { to } else { from };
    let after = publish_interviews(&survey, &[], &records, &limits);
    let people = People::default();
    let texts = Texts::load(crate::domain::language::Language::Bokmal).unwrap();
    let [before, after] = [&before, &after].map(|published| {
        all_outputs(&Sources {
            published,
            people: &people,
            survey: &survey,
            evaluation,
            texts: &texts,
        })
    });
    assert!(before == after);
}
