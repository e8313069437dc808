//! What is hidden is in no output: not in tables, not in JSON, not beside them, not in the ledger.
//!
//! Two sets of answers that print the same are put through every command, and all that comes out is compared byte by
//! byte: so nothing of it depends on what is hidden. And what people said in their own words is looked for everywhere.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use crate::cli::demo::one_round::one_round;
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::cli::surroundings::made_up::stemme;
use crate::disclosure::choice::choice;
use crate::disclosure::interviews::Interviews;
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::row::policy::Policy;
use crate::disclosure::row::shape::Shape;
use crate::disclosure::row::worlds::Worlds;
use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::record::InterviewRecord;
use crate::domain::survey::scale::Scale;
use crate::fieldwork::workplace::Workplace;
use crate::store::envelope::{EnvelopeName, may_interview, seal};
use crate::store::keys::{LAPTOP_FILE, LaptopKey};

const HEAD: &str = include_str!("../../tests/fixtures/short-survey.toml");

const QUESTIONS: &str = r#"
  [[section.q]]
  id = "hort"
  type = "scale"
  scale = "fem"
  text.nb = "Ble du hørt?"

  [[section.q]]
  id = "mat"
  type = "one"
  text.nb = "Er maten god?"
  options = [
    { code = "ja", text = { nb = "Ja" } },
    { code = "nei", text = { nb = "Nei" } },
  ]

  [[section.q]]
  id = "ord"
  type = "text"
  text.nb = "Hva vil du si?"
"#;

/// A file of answers: counts by level, how many said yes, and a word only this file has.
fn answers(counts: &[u32], yes: u32, word: &str) -> String {
    let levels = ["1", "2", "3", "4", "5"];
    let rows = levels
        .iter()
        .zip(counts)
        .flat_map(|(level, count)| std::iter::repeat_n(*level, usize::try_from(*count).unwrap()));
    let mut text = "hort,mat,ord\n".to_owned();
    for (place, level) in (0..).zip(rows) {
        let said = if place < yes { "ja" } else { "nei" };
        let _ = writeln!(text, "{level},{said},{word} nummer {place}");
    }
    text
}

/// Everything that comes out of every command, for a file of answers.
fn outputs(text: &str) -> Vec<(ExitCode, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("prove.toml"), format!("{HEAD}{QUESTIONS}")).unwrap();
    std::fs::write(folder.join("svar.csv"), text).unwrap();
    let mut all = Vec::new();
    for how in [
        &["--verbose"][..],
        &["--plain"],
        &["--json"],
        &["--profile", "strict"],
    ] {
        let arguments = [&["tabulate", "prove.toml", "svar.csv"][..], how].concat();
        all.push(stemme(folder, &arguments));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn sets_of_answers_that_print_alike_are_alike_in_every_output(
        counts in proptest::array::uniform5(0_u32..6),
        (one, other) in (0_u32..=5, 0_u32..=5),
    ) {
        let people: u32 = counts.iter().sum();
        let three = [vec![0, 1], vec![2], vec![3, 4]];
        let shape = Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]]));
        // Strict protection must print the same of both, too.
        let policies = [5, 6].map(|k| Policy::decide(people, k, &shape));
        if (13..=15).contains(&people) {
            let printed = |world: &[u32]| policies.each_ref().map(|policy| policy.as_ref().map(|p| p.printed(world)));
            let shown = printed(&counts);
            let mut alike = None;
            Worlds::new(people, 5).unwrap().each(|world| {
                if alike.is_none() && world != counts.as_slice() && printed(world) == shown {
                    alike = Some(world.to_vec());
                }
            });
            if let Some(alike) = alike {
                let (first, second) = (outputs(&answers(&counts, one, "Rødhette")), outputs(&answers(&alike, other, "Ulven")));
                for said in first.iter().chain(&second) {
                    prop_assert_eq!(said.0, ExitCode::Ok);
                    for word in ["Rødhette", "Ulven"] {
                        assert!(!said.1.contains(word) && !said.2.contains(word), "{said:?}");
                    }
                }
                prop_assert_eq!(first, second);
            }
        }
    }
}

/// Takes the interviews of an evaluation out of their envelopes, changes them, and seals them again.
fn with_other_answers(folder: &Path, change: impl Fn(&Workplace, &mut [InterviewRecord])) {
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let root = folder.join("d");
    let workplace = Workplace::open(&root, &folder.join("home"), surroundings.randomness()).unwrap();
    let mut records: Vec<InterviewRecord> = Vec::new();
    workplace
        .open_collection_with(None, &mut records, &mut |_, _| ())
        .unwrap();
    change(&workplace, &mut records);
    let evaluation = workplace.evaluation();
    let to = may_interview(evaluation).unwrap();
    let laptop = LaptopKey::read(&root.join("keys").join(LAPTOP_FILE), &evaluation.id).unwrap();
    let empty = |folder: &str| {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
    };
    empty("out");
    empty("releases");
    for record in &records {
        let sealed = seal(record, &to, laptop.signer()).unwrap();
        let name = EnvelopeName::of(sealed.bytes()).file_name();
        std::fs::write(root.join("out").join(name), sealed.bytes()).unwrap();
    }
}

/// Moves people between the two lowest answers of scales, as far as the same is printed with them there, by site and not.
/// Returns how many.
fn moved(workplace: &Workplace, records: &mut [InterviewRecord]) -> usize {
    let survey = crate::fieldwork::desk::Desk::surveys(workplace).as_read()[0].clone();
    let evaluation = workplace.evaluation();
    let limits = Limits::new(&evaluation.disclosure, &survey.parts().tightening).unwrap();
    let sites: Vec<String> = evaluation.sites.iter().map(|site| site.id.to_string()).collect();
    let by = Id::new("site").unwrap();
    let choices = [None, Some(&by)].map(|by| choice(&BTreeMap::new(), &sites, &survey, by).unwrap());
    let print = |records: &[InterviewRecord]| {
        choices.each_ref().map(|choice| {
            let mut counted = Interviews::new(&survey, &[], choice);
            records.iter().for_each(|record| counted.add(record));
            counted.publish(&limits, choice).unwrap()
        })
    };
    let shown = print(records);
    let mut moved = 0;
    let scales = survey
        .items()
        .filter(|item| item.scale.is_some_and(Scale::is_ordered));
    for item in scales.filter(|item| item.question.report).take(2) {
        let key = item.key();
        let lowest = [0, 1]
            .map(|level| Response::Given(Answer::choice(item.scale.unwrap().levels[level].code.clone())));
        let Some(place) = records
            .iter()
            .position(|record| record.answers.get(&key).is_some_and(|said| lowest.contains(said)))
        else {
            continue;
        };
        let was = records[place].answers[&key].clone();
        let [first, second] = &lowest;
        let other = if was == *first { second } else { first };
        records[place].answers.insert(key.clone(), other.clone());
        if print(records) == shown {
            moved += 1;
        } else {
            records[place].answers.insert(key, was);
        }
    }
    moved
}

/// Everything that comes out of the program, and everything it keeps of it.
fn everything(folder: &Path, by_site: bool) -> Vec<String> {
    let commands: [&[&str]; 11] = [
        if by_site {
            &["results", "--by", "site", "--debug-log", "log"]
        } else {
            &["release", "--debug-log", "log"]
        },
        &["results", "--verbose"],
        &["results", "--json"],
        &["results", "--plain"],
        &["results", "--new", "--json"],
        &["report", "--to", "csv,csv-plain,md,json", "--out", "ut"],
        &["compare", "--json"],
        &["compare", "--by", "site"],
        &["compare", "--by", "site", "--json"],
        &["release", "--list", "--json"],
        &["status", "--sites"],
    ];
    let mut all = Vec::new();
    for command in commands {
        let arguments = [&["-e", "d"][..], command].concat();
        let (code, result, beside) = stemme(folder, &arguments);
        let expected: &[ExitCode] = match command {
            ["report", ..] | ["results", "--verbose" | "--json" | "--plain"] => &[ExitCode::Ok],
            _ => &[ExitCode::Ok, ExitCode::NothingToDo, ExitCode::Refused],
        };
        assert!(expected.contains(&code), "{command:?} {code:?} {beside}");
        all.push(format!("{command:?} {code:?}\n{result}\n{beside}"));
    }
    let mut files: Vec<_> = [folder.join("ut"), folder.join("d/releases")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .chain([folder.join("log")])
        .collect();
    files.sort();
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        // How long something took is another matter.
        let text = match file.file_name() {
            Some(name) if name == "log" => text.replace(|letter: char| letter.is_ascii_digit(), ""),
            _ => text,
        };
        all.push(format!("{}\n{text}", file.file_name().unwrap().display()));
    }
    let here = folder.display().to_string();
    all.iter().map(|said| said.replace(&here, "")).collect()
}

/// Two evaluations with the same people, in which some gave another answer that prints the same: not one byte that comes
/// out or is kept may differ.
#[test]
fn interviews_that_print_alike_are_alike_in_everything_that_comes_out_and_is_kept() {
    let made = || {
        let folder = tempfile::tempdir().unwrap();
        one_round(folder.path());
        folder
    };
    for by_site in [false, true] {
        let (one, other) = (made(), made());
        with_other_answers(one.path(), |_, _| ());
        with_other_answers(other.path(), |workplace, records| {
            assert!(moved(workplace, records) > 0, "there is somebody to move");
        });
        let (one, other) = (everything(one.path(), by_site), everything(other.path(), by_site));
        assert!(
            one.iter().any(|said| said.contains("\"exact\"")),
            "something is shown"
        );
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one, other);
        }
        assert_eq!(one.len(), other.len());
    }
}

/// Every command on made-up interviews: no word anybody wrote and no interview's name comes out anywhere.
#[test]
fn nobodys_words_and_no_interviews_name_are_in_any_output() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(stemme(folder, &["demo", "--dir", "d"]).0, ExitCode::Ok);
    let mut looked_for: Vec<String> = Vec::new();
    {
        let (surroundings, _) = Surroundings::made_up(&[], "");
        let workplace =
            Workplace::open(&folder.join("d"), &folder.join("home"), surroundings.randomness()).unwrap();
        let mut records: Vec<InterviewRecord> = Vec::new();
        workplace
            .open_collection_with(None, &mut records, &mut |_, _| ())
            .unwrap();
        for record in records {
            looked_for.push(record.interview.to_string());
            let texts = record.answers.values().filter_map(|response| match response {
                Response::Given(Answer::Text(text)) => Some(text.as_str().to_owned()),
                _ => None,
            });
            looked_for.extend(texts.filter(|text| text.chars().count() > 8));
            looked_for.extend(record.notes.values().map(|note| note.as_str().to_owned()));
        }
    }
    assert!(looked_for.len() > 40, "there is something to look for");
    // What was released as a quote was meant to be read.
    let (_, page, _) = stemme(folder, &["-e", "d", "results"]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_quoted = |text: &String| page.contains(&format!("«{text}»"));
    assert!(looked_for.iter().any(is_quoted), "a quote is shown");
    // The ledger keeps no word of anybody, also not of those who are quoted.
    for file in std::fs::read_dir(folder.join("d/releases")).unwrap() {
        let kept = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let is_told = |text: &&String| text.contains(' ') && kept.contains(text.as_str());
        assert_eq!(looked_for.iter().find(is_told), None);
    }
    looked_for.retain(|text| !is_quoted(text));
    let survey = "min-stemme-bup";
    std::fs::write(folder.join("svar.csv"), "bup05\nhemmeligheten\n").unwrap();
    let commands: [&[&str]; 22] = [
        &["results"],
        &["results", "--json"],
        &["results", "--plain"],
        &["results", "--by", "site"],
        &["results", "--new", "--json"],
        &[
            "report",
            "--to",
            "html,csv,csv-plain,md,json",
            "--also",
            "one-page,conference,codebook",
            "--out",
            "ut",
        ],
        &["report", "--to", "html,md", "--final", "--out", "ut"],
        &["compare"],
        &["compare", "--by", "site", "--json"],
        &["release"],
        &["release", "--json"],
        &["release", "--list"],
        &["release", "--list", "--json"],
        &["plan", "--json"],
        &["status", "--sites"],
        &["tabulate", survey, "svar.csv"],
        &["results", "--debug-log", "x"],
        &["answers"],
        &["themes"],
        &["themes", "--json"],
        &["findings", "--json", "--debug-log", "y"],
        &["actions", "--json"],
    ];
    let mut said = String::new();
    for command in commands {
        let arguments = [&["-e", "d"][..], command].concat();
        let (_, result, beside) = stemme(folder, &arguments);
        said.push_str(&result);
        said.push_str(&beside);
    }
    for file in std::fs::read_dir(folder.join("ut")).unwrap() {
        said.push_str(&String::from_utf8_lossy(
            &std::fs::read(file.unwrap().path()).unwrap(),
        ));
    }
    looked_for.push("hemmeligheten".to_owned());
    for text in looked_for {
        assert!(!said.contains(&text), "{text}");
    }
}
