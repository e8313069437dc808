//! Tests of this module, as somebody at the command line would see it.

use std::path::Path;

use crate::cli::exit_code::ExitCode;
use crate::cli::run;
use crate::cli::surroundings::Surroundings;
use crate::store::atomic::{Access, write_new};

const HEAD: &str = include_str!("../../../tests/fixtures/short-survey.toml");

const QUESTION: &str = r#"
  [[section.q]]
  id = "mat"
  type = "one"
  text.nb = "Er maten god?"
  options = [
    { code = "ja", text = { nb = "Ja, den er det" } },
    { code = "nei", text = { nb = "Nei" } },
  ]
"#;

fn said(folder: &Path, arguments: &[&str], input: &str) -> (ExitCode, String, String) {
    let arguments: Vec<&str> = ["--lang=nb", "tabulate", "prove.toml"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    let (mut surroundings, written) = Surroundings::made_up(&arguments, input);
    surroundings.working_folder = folder.to_owned();
    let code = run(&mut surroundings);
    (code, written.0.text(), written.1.text())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_new(
        &folder.path().join("prove.toml"),
        format!("{HEAD}{QUESTION}").as_bytes(),
        Access::AsUsual,
    )
    .unwrap();
    folder
}

fn answers(yes: usize, no: usize) -> String {
    format!("id;mat\n{}{}", "1;ja\n".repeat(yes), "2;Nei\n".repeat(no))
}

#[test]
fn a_file_becomes_the_same_tables_as_interviews_do() {
    let folder = folder();
    let text = answers(13, 9);
    write_new(&folder.path().join("svar.csv"), text.as_bytes(), Access::AsUsual).unwrap();
    let (code, result, rest) = said(folder.path(), &["svar.csv"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(result.contains("22 personers svar er med"), "{result}");
    assert!(
        result.contains("13") && result.contains("Ja, den er det"),
        "{result}"
    );
    assert!(
        rest.contains("Mellom cellene står «;»") && rest.contains("undersøkelsen: id"),
        "{rest}"
    );
    assert!(rest.contains("Gi bare ut én tabell"), "{rest}");
    let (_, again, _) = said(folder.path(), &["-"], &answers(13, 9));
    assert_eq!(result, again, "the same answers give the same bytes");
}

#[test]
fn small_counts_are_coded_and_small_files_show_nothing() {
    let folder = folder();
    let (code, result, _) = said(folder.path(), &["-", "--plain"], &answers(19, 2));
    assert_eq!(code, ExitCode::Ok);
    assert!(!result.contains("19"), "{result}");
    let (code, result, rest) = said(folder.path(), &["-"], &answers(8, 2));
    assert_eq!((code, result.as_str()), (ExitCode::Refused, ""));
    assert!(
        rest.contains("10 personer står i fila. Tall kan vises fra 11 av"),
        "{rest}"
    );
    let (code, ..) = said(folder.path(), &["-", "--profile", "small-sample"], &answers(8, 2));
    assert_eq!(code, ExitCode::Usage);
}

#[test]
fn what_could_not_be_read_is_named_by_place_and_never_by_what_it_says() {
    let folder = folder();
    let text = format!("{}3;hemmelig\n4;ja;5\n", answers(13, 9));
    let (code, result, rest) = said(folder.path(), &["-"], &text);
    assert_eq!(code, ExitCode::Ok);
    assert!(
        rest.contains("rad 24, kolonne «mat»: ikke et svar på dette spørsmålet"),
        "{rest}"
    );
    assert!(rest.contains("rad 25: flere celler enn første rad har"), "{rest}");
    assert!(result.contains("1 celle i fila kunne ikke leses"), "{result}");
    assert!(!result.contains("hemmelig") && !rest.contains("hemmelig"));
}

#[test]
fn words_for_missing_answers_can_be_said() {
    let folder = folder();
    let text = format!("{}{}", answers(13, 9), "3;99\n".repeat(3));
    let (_, _, rest) = said(folder.path(), &["-", "--missing", "99=dont_know"], &text);
    assert!(!rest.contains("rad 24"), "{rest}");
    let (code, _, rest) = said(folder.path(), &["-", "--missing", "99=vetikke"], &text);
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("dont_know"), "{rest}");
}

#[test]
fn a_file_that_is_none_is_said_kindly() {
    let folder = folder();
    for (input, expected) in [
        ("", "er tom"),
        ("navn\nx\n", "Ingen kolonne"),
        ("mat,mat\nja,ja\n", "står to ganger"),
    ] {
        let (code, result, rest) = said(folder.path(), &["-"], input);
        assert_eq!((code, result.as_str()), (ExitCode::Unreadable, ""));
        assert!(rest.contains(expected), "{rest}");
    }
    let (code, _, rest) = said(folder.path(), &["borte.csv"], "");
    assert_eq!(code, ExitCode::Unreadable);
    assert!(rest.contains("borte.csv finnes ikke"), "{rest}");
}

#[test]
fn in_an_evaluation_a_file_is_written_down_once_and_a_second_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stemme = |arguments: &[&str], input: &str| {
        let (mut surroundings, written) = Surroundings::made_up(arguments, input);
        folder.path().clone_into(&mut surroundings.working_folder);
        surroundings.home = folder.path().join("home");
        let code = run(&mut surroundings);
        (code, written.0.text(), written.1.text())
    };
    let kept = || {
        std::fs::read_dir(folder.path().join("d/releases"))
            .unwrap()
            .count()
    };
    let (code, interviews, _) = stemme(&["demo", "--dir", "d"], "");
    assert_eq!(code, ExitCode::Ok);
    let before = kept();
    let tabulate = ["-e", "d", "tabulate", "min-stemme-bup", "-"];
    let file = |yes: usize, no: usize| format!("bup05\n{}{}", "stor\n".repeat(yes), "ikke\n".repeat(no));
    let (code, first, said) = stemme(&tabulate, &file(13, 12));
    assert_eq!((code, kept()), (ExitCode::Ok, before + 1), "{said}");
    assert!(first.contains("25 personers svar er med"), "{first}");
    let (code, again, said) = stemme(&tabulate, &file(13, 12));
    assert_eq!((code, kept(), again), (ExitCode::Ok, before + 1, first));
    assert!(said.contains("vist av denne fila første gang"), "{said}");
    let (code, nothing, said) = stemme(&tabulate, &file(13, 13));
    assert_eq!(
        (code, kept(), nothing.as_str()),
        (ExitCode::Refused, before + 1, "")
    );
    assert!(
        said.contains("En annen fil til samme undersøkelse er vist før"),
        "{said}"
    );
    // What was shown of the interviews is as it was.
    let (code, results, _) = stemme(&["-e", "d", "results"], "");
    assert_eq!((code, results), (ExitCode::Ok, interviews));
}

#[test]
fn a_hundred_thousand_rows_print_their_figures() {
    let folder = folder();
    let (code, result, rest) = said(folder.path(), &["-", "--plain"], &answers(60_007, 39_993));
    assert_eq!(code, ExitCode::Ok, "{rest}");
    for figure in ["60007", "39993", "100000"] {
        assert!(result.contains(figure), "{result}");
    }
}

#[test]
fn a_quote_that_is_never_closed_shows_nothing_and_names_the_row() {
    let folder = folder();
    for (rows, row) in [
        ("3;\"ja\n4;ja\n", 24),
        ("3;ja\n4;\"ja", 25),
        ("\"3;ja\n\"4;ja\n", 24),
    ] {
        let text = format!("{}{rows}", answers(13, 9));
        let (code, result, rest) = said(folder.path(), &["-"], &text);
        assert_eq!((code, result.as_str()), (ExitCode::Unreadable, ""));
        assert!(
            rest.contains(&format!("I rad {row} i - står et anførselstegn")),
            "{rest}"
        );
        assert!(!rest.contains("rader er lest"), "{rest}");
    }
}

#[test]
fn empty_rows_are_nobody_and_said_once() {
    let folder = folder();
    let text = format!("{}{}", answers(6, 4), ";\n".repeat(20));
    let (code, result, rest) = said(folder.path(), &["-"], &text);
    assert_eq!((code, result.as_str()), (ExitCode::Refused, ""));
    assert!(rest.contains("20 tomme rader er hoppet over."), "{rest}");
    assert!(rest.contains("10 personer står i fila"), "{rest}");
}

#[test]
fn a_number_that_may_be_an_answer_is_asked_about_and_may_be_said_for_its_column() {
    let folder = folder();
    let weeks = "  [[section.q]]\n  id = \"uker\"\n  type = \"number\"\n  min = 0\n  max = 200\n  \
                 bands = [[0, 98], [99, 200]]\n  text.nb = \"Hvor mange uker?\"\n";
    let survey = format!("{HEAD}{QUESTION}{weeks}");
    std::fs::remove_file(folder.path().join("prove.toml")).unwrap();
    write_new(
        &folder.path().join("prove.toml"),
        survey.as_bytes(),
        Access::AsUsual,
    )
    .unwrap();
    let text = format!("mat;uker\n{}{}", "ja;99\n".repeat(12), "nei;4\n".repeat(12));
    let (code, result, rest) = said(folder.path(), &["-", "--missing", "99=dont_know"], &text);
    assert_eq!((code, result.as_str()), (ExitCode::Usage, ""));
    assert!(rest.contains("--missing uker:99=dont_know"), "{rest}");
    for (means, shown) in [("uker:99=dont_know", "12 av 24"), ("uker:99=answer", "24 av 24")] {
        let flags = ["-", "--missing", "99=dont_know", "--missing", means];
        let (code, result, rest) = said(folder.path(), &flags, &text);
        assert_eq!(code, ExitCode::Ok, "{rest}");
        let weeks = result.split("Hvor mange uker?").nth(1).unwrap();
        assert!(weeks.contains(shown), "{means}: {result}");
    }
    let (code, _, rest) = said(folder.path(), &["-", "--missing", "vekt:99=dont_know"], &text);
    assert_eq!(code, ExitCode::Usage);
    assert!(rest.contains("heter «vekt»"), "{rest}");
}

#[test]
fn what_a_file_does_not_hold_is_no_fault_of_its_answers() {
    let folder = folder();
    let why = "  [[section.q]]\n  id = \"hvorfor\"\n  type = \"text\"\n  show_if = \"mat == 'nei'\"\n  \
               text.nb = \"Hvorfor ikke?\"\n";
    let survey = format!("{HEAD}{QUESTION}{why}");
    std::fs::remove_file(folder.path().join("prove.toml")).unwrap();
    write_new(
        &folder.path().join("prove.toml"),
        survey.as_bytes(),
        Access::AsUsual,
    )
    .unwrap();
    let text = format!("hvorfor\n{}", "kaldt\n".repeat(12));
    let (code, result, rest) = said(folder.path(), &["-"], &text);
    assert_eq!(code, ExitCode::Ok, "{rest}");
    assert!(
        rest.contains("12 svar på «hvorfor» er regnet med. Om spørsmålet ble stilt, avhenger av «mat»"),
        "{rest}"
    );
    assert!(
        !rest.contains("kunne ikke leses") && !result.contains("kunne ikke leses"),
        "{rest}"
    );
}

#[test]
fn a_survey_for_groups_says_that_a_file_of_persons_is_not_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--lang=nb", "tabulate", "gruppeintervju", "-"];
    let (mut surroundings, written) = Surroundings::made_up(&arguments, "g09\n5\n");
    folder.path().clone_into(&mut surroundings.working_folder);
    assert_eq!(run(&mut surroundings), ExitCode::Unreadable);
    let rest = written.1.text();
    assert!(
        rest.contains("Spørsmålet «g09» stilles bare til grupper"),
        "{rest}"
    );
}

#[test]
fn a_column_without_a_name_is_said_to_have_none() {
    let folder = folder();
    let text = answers(13, 9).replace('\n', ";\n");
    let (_, _, rest) = said(folder.path(), &["-"], &text);
    assert!(rest.contains("undersøkelsen: id, (uten navn)"), "{rest}");
}

#[test]
fn scripts_read_large_counts_as_digits() {
    let folder = folder();
    for language in ["nb", "en"] {
        let (mut surroundings, written) = Surroundings::made_up(
            &["--lang", language, "tabulate", "prove.toml", "-", "--plain"],
            &answers(12_345, 23_456),
        );
        folder.path().clone_into(&mut surroundings.working_folder);
        assert_eq!(run(&mut surroundings), ExitCode::Ok);
        let lines = written.0.text();
        assert!(
            lines.contains("\t12345\t") && lines.contains("\t23456\t"),
            "{lines}"
        );
    }
}

#[test]
fn answers_of_a_file_are_split_by_a_background_and_by_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let background = r#"
  [[section.q]]
  id = "klasse"
  type = "one"
  role = "background"
  text.nb = "Hvilken klasse?"
  options = [
    { code = "a", text = { nb = "A" } },
    { code = "b", text = { nb = "B" } },
  ]
"#;
    let survey = format!("{HEAD}{background}{QUESTION}");
    write_new(
        &folder.path().join("prove.toml"),
        survey.as_bytes(),
        Access::AsUsual,
    )
    .unwrap();
    let rows = [("a", "ja", 9), ("a", "nei", 6), ("b", "ja", 7), ("b", "nei", 8)];
    let rows: String = rows
        .iter()
        .map(|(class, answer, people)| format!("{class};{answer}\n").repeat(*people))
        .collect();
    let file = format!("klasse;mat\n{rows}");
    write_new(&folder.path().join("svar.csv"), file.as_bytes(), Access::AsUsual).unwrap();
    let (code, result, rest) = said(folder.path(), &["svar.csv", "--by", "klasse", "--plain"], "");
    assert_eq!(code, ExitCode::Ok, "{rest}");
    for line in [
        "mat\tbreakdown\tklasse=a\tja\tJa, den er det\t9\t",
        "mat\tbreakdown\tklasse=b\tja\tJa, den er det\t7\t",
    ] {
        assert!(result.contains(line), "{result}");
    }
    let (code, _, rest) = said(folder.path(), &["svar.csv", "--by", "mat"], "");
    assert_eq!(code, ExitCode::Usage, "{rest}");
    assert!(rest.contains("klasse"), "{rest}");
}
