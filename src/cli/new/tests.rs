//! New evaluations, from flags and by asking, and the interviews that can be held in them at once.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;

use crate::cli::demo::one_round::one_round;
use crate::cli::exit_code::ExitCode;
use crate::cli::run;
use crate::cli::surroundings::Surroundings;

const PASSPHRASE: &str = "hest batteri stift korrekt";

fn at(root: &Path, arguments: &[&str], input: &str) -> (ExitCode, String, String) {
    let (mut surroundings, written) = Surroundings::made_up(arguments, input);
    surroundings.working_folder = root.to_owned();
    surroundings.home = root.join("home");
    let code = run(&mut surroundings);
    (code, written.0.text(), written.1.text())
}

fn made(root: &Path) {
    fs::write(root.join("pw"), PASSPHRASE).unwrap();
    let arguments = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "Prøve",
        "--survey",
        "min-stemme-bup",
        "--site",
        "nord=Nord",
        "--withdraw-until",
        "2026-12-15",
        "--passphrase-file",
        "pw",
        "--recovery-out",
        "rec.txt",
    ];
    let (code, result, rest) = at(root, &arguments, "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.starts_with("Evalueringen er laget i "), "{result}");
    assert!(!rest.contains('?'), "nothing was to be asked: {rest}");
}

#[test]
fn with_everything_given_nothing_is_asked() {
    let root = tempfile::tempdir().unwrap();
    made(root.path());
    let (code, result, _) = at(
        root.path(),
        &["status", "-e", "ev", "--passphrase-file", "pw"],
        "",
    );
    assert_eq!(code, ExitCode::Ok);
    assert!(result.contains("Ferdige intervju: 0"), "{result}");
    let wrong = at(
        root.path(),
        &["status", "-e", "ev", "--sites"],
        "feil passfrase her\n\n",
    );
    assert_eq!(wrong.0, ExitCode::Unreadable);
    assert!(wrong.2.contains("Passfrasen passet ikke."), "{}", wrong.2);
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("ev")).unwrap();
    fs::write(root.path().join("ev/x"), "x").unwrap();
    let (code, _, rest) = at(root.path(), &["new", "evaluation", "ev"], "");
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("er ikke tom"), "{rest}");
}

#[test]
fn without_input_the_missing_flags_are_named() {
    let root = tempfile::tempdir().unwrap();
    let (code, _, rest) = at(
        root.path(),
        &["new", "evaluation", "ev", "--no-input", "--title", "x"],
        "",
    );
    assert_eq!(code, ExitCode::Usage);
    assert!(
        rest.contains("--survey, --passphrase-file, --recovery-out"),
        "{rest}"
    );
    assert!(!root.path().join("ev").exists());
}

#[test]
fn questions_are_asked_one_by_one_and_can_be_gone_back_to() {
    let root = tempfile::tempdir().unwrap();
    // Title, service, back to the title, ..., an impossible date, a passphrase too short and one mistyped.
    let input = format!(
        "Feil\ntilbake\nRett\n\n\n\n\nNord: 12, Sør\n1\n\nja\nsnart\n2026-12-15\n\n16\n16\nAvklart\n\n\
         Prosjektleder: 900 00 000\nLegevakta 116 117\nkort\n{PASSPHRASE}\nnoe annet enn det\n{PASSPHRASE}\n{PASSPHRASE}\n"
    );
    let (code, _, rest) = at(
        root.path(),
        &["new", "evaluation", "ev", "--recovery-out", "rec"],
        &input,
    );
    assert_eq!(code, ExitCode::Ok, "{rest}");
    for said in [
        "Skriv dag, måned og år",
        "Den er for kort.",
        "De to var ikke like.",
    ] {
        assert!(rest.contains(said), "{said} in {rest}");
    }
    let file = fs::read_to_string(root.path().join("ev/evaluation.toml")).unwrap();
    assert!(file.contains("title = { nb = \"Rett\" }"), "{file}");
    assert!(
        file.contains("id = \"sor\"")
            && file.contains("planned = 12")
            && file.contains("self_from = 16")
            && file.contains("116 117")
            && file.contains("name = { nb = \"Prosjektleder\" }\nphone = \"900 00 000\""),
        "{file}"
    );
    assert!(!file.contains(PASSPHRASE));
}

fn without_asking(root: &Path, survey: &str, recovery: &str) -> (ExitCode, String, String) {
    let arguments = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "x",
        "--survey",
        survey,
        "--mode",
        "anonymous",
        "--passphrase-file",
        "pw",
        "--recovery-out",
        recovery,
        "--no-input",
    ];
    at(root, &arguments, "")
}

#[test]
fn a_recovery_key_beside_the_answers_is_refused_before_it_is_written() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("pw"), PASSPHRASE).unwrap();
    let (code, _, rest) = without_asking(root.path(), "1", "ev/key");
    assert_eq!(code, ExitCode::Usage, "{rest}");
    assert!(rest.contains("kan ikke ligge i mappa til evalueringen"), "{rest}");
    assert!(!root.path().join("ev").exists());
}

#[test]
fn a_survey_that_asks_for_weaker_protection_is_never_put_into_use() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("pw"), PASSPHRASE).unwrap();
    let survey = fs::read_to_string("surveys/hva-er-viktig.toml").unwrap();
    let with = |limits: &str| {
        let text = format!("{survey}\n[disclosure]\n{limits}\n");
        fs::write(root.path().join("own.toml"), text).unwrap();
        without_asking(root.path(), "own.toml", "key")
    };
    // Looser than any profile: a mistake of the survey.
    let (code, _, rest) = with("threshold = 2");
    assert_eq!(code, ExitCode::SurveyErrors, "{rest}");
    assert!(rest.contains("har feil"), "{rest}");
    // Looser than the usual profile, but not than the one for small samples.
    let (code, _, rest) = with("threshold = 4");
    assert_eq!(code, ExitCode::SurveyErrors, "{rest}");
    assert!(rest.contains("svakere vern"), "{rest}");
    assert!(!root.path().join("ev").exists() && !root.path().join("key").exists());
}

#[test]
fn a_recovery_key_on_screen_has_to_be_typed_back() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("pw"), PASSPHRASE).unwrap();
    let arguments = [
        "new",
        "evaluation",
        "ev",
        "--title",
        "x",
        "--survey",
        "1",
        "--mode",
        "anonymous",
        "--passphrase-file",
        "pw",
    ];
    let (code, _, rest) = at(
        root.path(),
        &arguments,
        &format!("{}feil\nfeil\n", "\n".repeat(13)),
    );
    assert_eq!(code, ExitCode::NothingToDo, "{rest}");
    assert!(
        rest.contains("AGE-SECRET-KEY-1") && rest.contains("Det stemte ikke."),
        "{rest}"
    );
    assert!(!root.path().join("ev").exists());
}

#[test]
fn an_interview_is_held_broken_off_gone_on_with_sealed_and_counted() {
    let root = tempfile::tempdir().unwrap();
    made(root.path());
    let begin = ["interview", "-e", "ev", "--linear"];
    let (code, result, rest) = at(root.path(), &begin, "\nja\nnei\nhopp\nhopp\n");
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    assert!(result.contains("Alt til hit er lagret som utkast"), "{result}");
    let resume = [
        "interview",
        "-e",
        "ev",
        "--resume",
        "--linear",
        "--passphrase-file",
        "pw",
    ];
    // The code is shown, and the window is closed before it is written down.
    let (_, result, rest) = at(root.path(), &resume, "pause\n3\n2\nferdig\nforsegl\n");
    assert!(result.contains("Intervjuet er forseglet."), "{result}{rest}");
    let shown = code_in(&result);
    // It is the same when the draft is gone on with; the last word ends it.
    let last = shown.rsplit('-').next().unwrap();
    let (code, result, rest) = at(root.path(), &resume, &format!("feil\n{last}\n1\n"));
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    assert_eq!(code_in(&result), shown);
    assert_eq!(counted(root.path()), (Some(0), Some(1)));
    let (code, _, rest) = at(root.path(), &resume, "");
    assert_eq!(code, ExitCode::NothingToDo, "{rest}");

    // The person withdraws: with a word mistyped first, then with four letters of each.
    let withdraw = ["withdraw", "-e", "ev", "--passphrase-file", "pw"];
    let four: Vec<&str> = shown
        .split('-')
        .map(|word| word.get(..4).unwrap_or(word))
        .collect();
    let typed = format!("fjelx kopp lys lys\n{}\nslett\n", four.join(" ").to_uppercase());
    let (code, result, rest) = at(root.path(), &withdraw, &typed);
    assert_eq!(code, ExitCode::Ok, "{result}{rest}");
    assert!(rest.contains("Mente du fjell"), "{rest}");
    assert!(
        !rest.contains("nord") && !result.contains("nord"),
        "{result}{rest}"
    );
    assert_eq!(counted(root.path()), (Some(0), Some(0)));
    let (code, _, rest) = at(root.path(), &withdraw, &format!("{shown}\n"));
    assert_eq!(code, ExitCode::NothingToDo, "{rest}");
}

/// The code as it is shown, indented, on a line of its own.
fn code_in(result: &str) -> String {
    let line = result
        .lines()
        .find(|line| line.starts_with("    ") && line.split('-').count() == 4);
    line.unwrap().trim().to_owned()
}

/// Drafts, and finished interviews.
fn counted(root: &Path) -> (Option<u64>, Option<u64>) {
    let status = ["status", "-e", "ev", "--json", "--passphrase-file", "pw"];
    let (_, result, _) = at(root, &status, "");
    let status: serde_json::Value = serde_json::from_str(&result).unwrap();
    (status["drafts"].as_u64(), status["finished"].as_u64())
}

#[test]
fn a_closed_evaluation_says_that_it_is_closed() {
    let root = tempfile::tempdir().unwrap();
    made(root.path());
    let early = at(root.path(), &["close", "-e", "ev"], "");
    assert_eq!(early.0, ExitCode::Refused);
    assert!(early.2.contains("Ingenting er slettet."), "{}", early.2);
    let (code, protocol, _) = at(
        root.path(),
        &["close", "-e", "ev", "--now", "--confirm", "Prøve"],
        "",
    );
    assert_eq!(code, ExitCode::Ok);
    assert!(protocol.contains("nøkkelfiler: 2"), "{protocol}");
    for arguments in [
        &["status", "-e", "ev", "--passphrase-file", "pw"][..],
        &["interview", "-e", "ev", "--site", "nord"],
    ] {
        let (_, _, rest) = at(root.path(), arguments, "1\n");
        assert!(rest.contains("Evalueringen er lukket."), "{arguments:?}: {rest}");
    }
}

#[test]
fn the_next_round_is_open_and_the_one_before_can_be_looked_at() {
    let root = tempfile::tempdir().unwrap();
    one_round(root.path());
    let (code, out, rest) = at(
        root.path(),
        &["-e", "d", "new", "round", "2027v=Våren 2027", "--planned", "20"],
        "",
    );
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(
        out.contains("Våren 2027") && rest.contains("--round r1"),
        "{out}{rest}"
    );
    let said = |arguments: &[&str]| {
        let all: Vec<&str> = ["-e", "d"].iter().chain(arguments).copied().collect();
        at(root.path(), &all, "")
    };
    assert!(said(&["status", "--plain"]).1.contains("people\t0"));
    assert_eq!(said(&["results"]).0, ExitCode::NothingToDo);
    assert!(
        said(&["status", "--plain", "--round", "r1"])
            .1
            .contains("people\t29")
    );
    assert_eq!(said(&["results", "bup05", "--round", "r1"]).0, ExitCode::Ok);
    assert_eq!(said(&["findings", "--round", "r1"]).0, ExitCode::Ok);
    let (code, _, rest) = said(&["results", "--round", "r9"]);
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("r1, 2027v"), "{rest}");
    assert_eq!(said(&["new", "round", "r1=Igjen"]).0, ExitCode::Usage);
}
