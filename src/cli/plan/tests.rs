//! Tests of this module, as somebody at the command line would see it.

use crate::cli::exit_code::ExitCode;
use crate::cli::run;
use crate::cli::surroundings::Surroundings;

fn plan(arguments: &[&str]) -> (ExitCode, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let arguments: Vec<&str> = ["plan"].into_iter().chain(arguments.iter().copied()).collect();
    let (mut surroundings, written) = Surroundings::made_up(&arguments, "");
    folder.path().clone_into(&mut surroundings.working_folder);
    let code = run(&mut surroundings);
    (code, written.0.text(), written.1.text())
}

#[test]
fn a_plan_is_a_table_in_every_language() {
    for language in ["nb", "nn", "en"] {
        let (code, text, said) = plan(&["--n", "10,12,20", "--groups", "15,14", "--lang", language]);
        assert_eq!((code, said.as_str()), (ExitCode::Ok, ""));
        insta::assert_snapshot!(format!("plan_{language}"), text);
    }
}

#[test]
fn a_plan_as_json_says_the_same() {
    let (_, text, _) = plan(&["--n", "20", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let scale = &json["rows"][0];
    assert_eq!(scale["exact"], serde_json::json!([6, 14]));
    let sum: f64 = ["levels", "three_bands", "two_bands", "nothing"]
        .iter()
        .map(|name| scale[name].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-9);
}

#[test]
fn groups_that_are_too_small_are_put_together_or_not_shown() {
    let (_, text, _) = plan(&["--groups", "20,5,9", "--lang", "en"]);
    assert!(text.contains("put together as 20, 14"), "{text}");
    let (_, text, _) = plan(&["--groups", "15,8", "--lang", "en"]);
    assert!(text.contains("Each needs at least 12"), "{text}");
}

#[test]
fn what_is_no_number_of_people_is_said_kindly() {
    for wrong in ["", "0", "12,x", "2000", "-3"] {
        let (code, text, said) = plan(&[&format!("--n={wrong}")]);
        assert_eq!((code, text.as_str()), (ExitCode::Usage, ""), "{wrong}");
        assert!(said.contains("12,20,30"), "{said}");
    }
}
