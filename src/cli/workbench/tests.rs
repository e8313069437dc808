//! The commands of the workbench on the example, from reading an answer to a report with a finding in it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::demo::one_round::one_round;
use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::made_up::stemme;

fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    one_round(folder.path());
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
    let all: Vec<&str> = ["-e", "d"].iter().chain(arguments).copied().collect();
    stemme(folder, &all)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all: Vec<&str> = arguments.iter().chain(&["--json"]).copied().collect();
    let (code, out, said) = run(folder, &all);
    assert_eq!(code, ExitCode::Ok, "{said}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn words_people_said_leave_the_program_only_when_somebody_says_so() {
    let folder = example();
    let folder = folder.path();
    let (code, list, _) = run(folder, &["answers"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(
        list.contains("[bup07]") && list.contains("Ikke gått gjennom: 0"),
        "{list}"
    );
    let (code, out, said) = run(folder, &["answers", "bup07"]);
    assert_eq!((code, out.as_str()), (ExitCode::Usage, ""));
    assert!(said.contains("--yes"));
    let (code, out, _) = run(folder, &["answers", "bup07", "--yes"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(out.contains("bup07/") && out.contains("Temaer: "), "{out}");
    let (code, _, said) = run(folder, &["answers", "bup99", "--yes"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(said.contains("bup99"));
    let found = json(folder, &["answers", "bup07", "--yes", "--find", "KATTEN"]);
    let found = found["answers"].as_array().unwrap();
    assert!(
        found
            .iter()
            .all(|answer| answer["words"].as_str().unwrap().contains("katten"))
    );
    assert!(!found.is_empty());
}

#[test]
fn an_answer_is_tagged_and_the_step_taken_back_in_later_runs() {
    let folder = example();
    let folder = folder.path();
    let (code, made, _) = run(folder, &["themes", "new", "Å bli glemt", "--under", "ventetid"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(made.contains("Å bli glemt"));
    let answers = json(folder, &["answers", "bup07", "--yes"]);
    let name = answers["answers"][0]["answer"].as_str().unwrap().to_owned();
    let themes = |folder: &Path| {
        let all = json(folder, &["answers", "bup07", "--yes"]);
        let of = all["answers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|answer| answer["answer"] == *name)
            .cloned();
        of.unwrap()["themes"].as_array().unwrap().len()
    };
    let before = themes(folder);
    let (code, now, _) = run(folder, &["code", &name, "--theme", "å bli glemt"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(now.contains("Å bli glemt"), "{now}");
    assert_eq!(themes(folder), before + 1);
    assert_eq!(run(folder, &["code", "--undo"]).0, ExitCode::Ok);
    assert_eq!(themes(folder), before);
    assert_eq!(run(folder, &["code", "--redo"]).0, ExitCode::Ok);
    assert_eq!(themes(folder), before + 1);
    let (code, _, said) = run(folder, &["code", &name, "--theme", "finnes ikke"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(said.contains("finnes ikke"));
    assert_eq!(
        run(folder, &["code", "bup07/zz", "--theme", "ventetid"]).0,
        ExitCode::Usage
    );
}

#[test]
fn themes_are_listed_with_where_they_stand_and_no_count() {
    let folder = example();
    let list = json(folder.path(), &["themes"]);
    let themes = list["themes"].as_array().unwrap();
    let stands = |id: &str| themes.iter().find(|theme| theme["theme"] == *id).unwrap()["stands"].clone();
    assert_eq!(stands("bli_hort"), "heading");
    assert_eq!(stands("med_i_moter"), "nobody");
    assert!(themes.iter().all(|theme| theme.get("interviews").is_none()));
    let agreement = &list["agreement"][0];
    assert!(agreement["answers"].as_u64().unwrap() > 100);
    assert!(agreement["alpha"].as_f64().unwrap() > 0.5);
    let (_, text, _) = run(folder.path(), &["themes"]);
    insta::assert_snapshot!("themes", text);
    for (from, to) in [("rename", "Å bli hørt"), ("memo", "Et notat")] {
        assert_eq!(
            run(folder.path(), &["themes", from, "bli_hort", to]).0,
            ExitCode::Ok
        );
    }
    assert_eq!(
        run(folder.path(), &["themes", "merge", "overgang", "samarbeid"]).0,
        ExitCode::Ok
    );
    let list = json(folder.path(), &["themes"]);
    let themes = list["themes"].as_array().unwrap();
    assert!(themes.iter().all(|theme| theme["theme"] != "overgang"));
    let heard = themes.iter().find(|theme| theme["theme"] == "bli_hort").unwrap();
    assert_eq!(
        (&heard["name"], &heard["memo"]),
        (&"Å bli hørt".into(), &"Et notat".into())
    );
}

#[test]
fn a_quote_is_marked_approved_and_released_and_stands_in_the_report() {
    let folder = example();
    let folder = folder.path();
    let all = json(folder, &["quotes"]);
    let waits: Vec<u64> = all["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|quote| quote["ready"] == false)
        .map(|quote| quote["number"].as_u64().unwrap())
        .collect();
    assert_eq!(waits.len(), 1, "{all}");
    let number = waits[0].to_string();
    let words = all["quotes"][usize::try_from(waits[0]).unwrap() - 1]["words"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(run(folder, &["quotes", "unfit", &number]).0, ExitCode::Ok);
    let (_, list, _) = run(folder, &["quotes"]);
    assert!(list.contains("Avvist av "), "{list}");
    assert_eq!(run(folder, &["quotes", "fit", &number]).0, ExitCode::Ok);
    // Words that may stand as they were said are not told in others, and those that may not stand are told of at once.
    let as_said = |quote: &Value| quote["ready"] == true && quote["rewritten"] == false;
    let ready = all["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|quote| as_said(quote));
    let ready = ready.unwrap()["number"].to_string();
    assert_eq!(
        run(folder, &["quotes", "reword", &ready, "Annet"]).0,
        ExitCode::Refused
    );
    let answers = json(folder, &["answers", "bup07", "--yes"]);
    let answers = answers["answers"].as_array().unwrap();
    let private = answers
        .iter()
        .find(|answer| answer["quoting"] == "may_not_quote")
        .unwrap();
    let (name, said) = (
        private["answer"].as_str().unwrap(),
        private["words"].as_str().unwrap(),
    );
    let mark = ["quotes", "mark", name, said, "--theme", "bli_hort"];
    let (code, told, said) = run(folder, &mark);
    assert_eq!(code, ExitCode::Ok, "{said}");
    assert!(told.contains("vil ikke siteres"), "{told}");
    let (code, _, said) = run(folder, &["report", "--to", "md", "--out", "r1"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(said.contains("stemme release"), "{said}");
    let read = |dir: &str| {
        let file = fs::read_dir(folder.join(dir))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        fs::read_to_string(file).unwrap()
    };
    assert!(!read("r1").contains(&words));
    let (code, _, said) = run(folder, &["release"]);
    assert_eq!(code, ExitCode::Ok, "{said}");
    assert!(said.contains(&words), "{said}");
    let (code, list, _) = run(folder, &["release", "--list"]);
    assert_eq!((code, list.lines().count()), (ExitCode::Ok, 3));
    // Coordinators know what was shown by its survey and round; its name comes last.
    assert!(
        list.lines()
            .all(|line| line.starts_with('«') && line.ends_with(')')),
        "{list}"
    );
    let (_, _, said) = run(folder, &["report", "--to", "md", "--out", "r2"]);
    assert!(!said.contains("stemme release"));
    assert!(read("r2").contains(&words));
    // Nothing new the second time.
    assert_eq!(run(folder, &["release"]).0, ExitCode::NothingToDo);
}

#[test]
fn a_finding_is_written_talked_about_and_followed_by_an_action() {
    let folder = example();
    let folder = folder.path();
    let new = [
        "findings",
        "new",
        "Venterommet er stille.",
        "--item",
        "bup05",
        "--theme",
        "stedet",
        "--for",
        "BUP",
    ];
    assert_eq!(run(folder, &new).0, ExitCode::Ok);
    let all = json(folder, &["findings"]);
    assert_eq!(all["findings"].as_array().unwrap().len(), 4);
    assert_eq!(
        run(folder, &["findings", "move", "4", "--before", "1"]).0,
        ExitCode::Ok
    );
    assert_eq!(
        run(folder, &["findings", "stands", "1", "rejected"]).0,
        ExitCode::Ok
    );
    assert_eq!(
        run(folder, &["findings", "answer", "1", "Vi henger opp bilder."]).0,
        ExitCode::Ok
    );
    assert_eq!(
        run(
            folder,
            &["findings", "said", "Det lukter vondt.", "--finding", "1"]
        )
        .0,
        ExitCode::Ok
    );
    assert_eq!(
        run(
            folder,
            &["findings", "edit", "1", "--text", "Venterommet er for stille."]
        )
        .0,
        ExitCode::Ok
    );
    let first = json(folder, &["findings"])["findings"][0].clone();
    assert_eq!(first["text"], "Venterommet er for stille.");
    assert_eq!(
        (&first["stands"], &first["said"][0]),
        (&"rejected".into(), &"Det lukter vondt.".into())
    );
    assert_eq!(first["items"][0], "bup05");
    assert_eq!(
        run(folder, &["findings", "stands", "9", "new"]).0,
        ExitCode::Usage
    );
    assert_eq!(
        run(folder, &["findings", "new", "x", "--area", "finnes_ikke"]).0,
        ExitCode::Usage
    );
    let action = [
        "actions",
        "new",
        "Bilder på veggen",
        "--finding",
        "1",
        "--owner",
        "leder",
        "--due",
        "2026-11-01",
    ];
    assert_eq!(run(folder, &action).0, ExitCode::Ok);
    let late = json(folder, &["actions"])["actions"][2].clone();
    assert_eq!((&late["finding"], &late["late"]), (&1.into(), &true.into()));
    assert_eq!(run(folder, &["actions", "status", "3", "done"]).0, ExitCode::Ok);
    assert_eq!(json(folder, &["actions"])["actions"][2]["late"], false);
    assert_eq!(
        run(folder, &["actions", "new", "y", "--due", "i morgen"]).0,
        ExitCode::Usage
    );
    let (code, _, _) = run(folder, &["report", "--final", "--to", "md", "--out", "r"]);
    assert_eq!(code, ExitCode::Ok);
    let file = fs::read_dir(folder.join("r"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let report = fs::read_to_string(file).unwrap();
    for stands in [
        "Venterommet er for stille.",
        "Vi henger opp bilder.",
        "Bilder på veggen",
        "Avvist",
    ] {
        assert!(report.contains(stands), "{stands}");
    }
    // Nothing of it stands in the open in the folder.
    for entry in fs::read_dir(folder.join("d/workbook")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(11).any(|part| part == b"Venterommet"));
    }
}

#[test]
fn another_coder_is_named_and_a_name_that_is_none_is_refused() {
    let folder = example();
    let folder = folder.path();
    assert_eq!(
        run(folder, &["themes", "new", "Noe", "--coder", "Åse Ø."]).0,
        ExitCode::Ok
    );
    // The example has a coder already: a new name may be a slip of the finger.
    let (code, _, said) = run(folder, &["themes", "--coder", "Ase"]);
    assert_eq!(code, ExitCode::Ok);
    assert!(said.contains("«ase»"), "{said}");
    let (code, _, said) = run(folder, &["themes", "new", "Noe", "--coder", "?!"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(said.contains("?!"));
}

#[test]
fn a_survey_is_made_from_a_template_translated_in_a_table_and_still_right() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (code, out, _) = stemme(
        folder,
        &["new", "survey", "min-egen.toml", "--from", "gruppeintervju"],
    );
    assert_eq!(code, ExitCode::Ok, "{out}");
    assert_eq!(
        stemme(folder, &["new", "survey", "min-egen.toml"]).0,
        ExitCode::Unreadable
    );
    assert_eq!(stemme(folder, &["new", "survey", "Å.toml"]).0, ExitCode::Usage);
    assert_eq!(
        stemme(folder, &["translate", "min-egen.toml", "--out", "t.csv"]).0,
        ExitCode::Ok
    );
    let table = fs::read_to_string(folder.join("t.csv")).unwrap();
    assert!(table.starts_with("\u{feff}\"place\";\"nb\";\"nn\";\"en\"\r\n"));
    let changed = table.replacen("\"title\";\"", "\"title\";\"Vår egen ", 1);
    assert_ne!(changed, table);
    crate::store::atomic::replace(
        &folder.join("t.csv"),
        changed.as_bytes(),
        crate::store::atomic::Access::AsUsual,
    )
    .unwrap();
    let back = ["translate", "min-egen.toml", "--from", "t.csv", "--to", "ny.toml"];
    let (code, said, _) = stemme(folder, &back);
    assert_eq!(code, ExitCode::Ok);
    assert!(said.contains("1 tekster"), "{said}");
    assert_eq!(stemme(folder, &["check", "ny.toml"]).0, ExitCode::Ok);
    assert!(
        fs::read_to_string(folder.join("ny.toml"))
            .unwrap()
            .contains("Vår egen ")
    );
    let (code, _, said) = stemme(
        folder,
        &[
            "translate",
            "min-egen.toml",
            "--from",
            "min-egen.toml",
            "--to",
            "x",
        ],
    );
    assert_eq!(code, ExitCode::SurveyErrors);
    assert!(said.contains("min-egen.toml"));
}

/// The same with every answer's short name as one that stays: they are drawn anew for every example.
fn named_alike(text: &str) -> String {
    let mut parts = text.split('/');
    let mut alike = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name: String = part.chars().take_while(char::is_ascii_hexdigit).collect();
        let after: String = part.chars().skip(name.len()).collect();
        alike.push('/');
        alike.push_str(if name.len() >= 8 { "NAME" } else { &name });
        alike.push_str(&after);
    }
    alike
}

#[test]
fn what_the_workbench_says_for_programs_is_held_fast() {
    let folder = example();
    for command in ["themes", "quotes", "findings", "actions", "answers"] {
        let (code, lines, said) = run(folder.path(), &[command, "--plain"]);
        assert_eq!(code, ExitCode::Ok, "{command}: {said}");
        let json = serde_json::to_string_pretty(&json(folder.path(), &[command])).unwrap();
        let all = format!("{lines}\n{json}\n");
        insta::assert_snapshot!(format!("programs_{command}"), named_alike(&all));
    }
    // Answers are words people said: without --yes they leave the program nowhere.
    let (code, lines, _) = run(folder.path(), &["answers", "bup14", "--yes", "--plain"]);
    assert_eq!(code, ExitCode::Ok);
    let fields: Vec<usize> = lines.lines().map(|line| line.split('\t').count()).collect();
    assert!(
        fields.len() > 5 && fields.iter().all(|count| *count == fields[0]),
        "{fields:?}"
    );
}

#[test]
fn what_is_counted_and_shown_is_said_for_programs_line_by_line() {
    let folder = example();
    for (command, wanted) in [
        (&["plan", "--n", "20"][..], "rows.0.interviews\t20"),
        (&["release", "--list"][..], "states.0.interviews\t29"),
        (&["verify"][..], "well\ttrue"),
        (&["status"][..], "people\t29"),
    ] {
        let arguments: Vec<&str> = command.iter().chain(&["--plain"]).copied().collect();
        let (code, lines, said) = run(folder.path(), &arguments);
        assert_eq!(code, ExitCode::Ok, "{said}");
        assert!(lines.lines().any(|line| line == wanted), "{wanted} in {lines}");
    }
}
