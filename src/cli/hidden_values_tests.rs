//! What is hidden is in no output: not in tables, not in JSON, not beside them, not in the ledger.
//!
//! Two sets of answers that print the same are put through every command, and all that comes out is compared byte by
//! byte: so nothing of it depends on what is hidden. And what people said in their own words is looked for everywhere.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fmt::Write as _;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::cli::surroundings::made_up::stemme;
use crate::disclosure::row::policy::Policy;
use crate::disclosure::row::shape::Shape;
use crate::disclosure::row::worlds::Worlds;
use crate::domain::answer::{Answer, Response};
use crate::fieldwork::workplace::Workplace;

const SURVEY: &str = r#"
format = 1
id = "prove"
version = "1"
languages = ["nb"]
title.nb = "Prøve"

[scale.god]
good = "high"
options = [
    { code = "a", value = 1, text = { nb = "Aldri" } },
    { code = "b", value = 2, text = { nb = "Sjelden" } },
    { code = "c", value = 3, text = { nb = "Av og til" } },
    { code = "d", value = 4, text = { nb = "Ofte" } },
    { code = "e", value = 5, text = { nb = "Alltid" } },
]
bands = { three = [["a", "b"], ["c"], ["d", "e"]], two = [["a", "b", "c"], ["d", "e"]] }

[consent]
read_aloud.nb = "Vil du være med?"
points = [{ id = "deltar", required = true, text = { nb = "Vil du være med?" } }]

[[section]]
id = "alt"
title.nb = "Alt"

  [[section.q]]
  id = "hort"
  type = "scale"
  scale = "god"
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
    let levels = ["a", "b", "c", "d", "e"];
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
    std::fs::write(folder.join("prove.toml"), SURVEY).unwrap();
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
        for record in workplace.open_collection(None).unwrap().records {
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
    let survey = "min-stemme-bup";
    std::fs::write(folder.join("svar.csv"), "bup05\nhemmeligheten\n").unwrap();
    let commands: [&[&str]; 17] = [
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
