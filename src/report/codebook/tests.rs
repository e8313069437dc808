//! Tests of this module.

use super::{bytes, every_language};
use crate::domain::language::Language;
use crate::domain::survey::sample::survey;
use crate::report::compose::tests::evaluation;

#[test]
fn a_codebook_names_every_variable_and_code_in_all_languages() {
    let texts = every_language().unwrap();
    let survey = survey();
    let written = bytes(&survey, &evaluation(false), &texts).unwrap();
    assert_eq!(written, bytes(&survey, &evaluation(false), &texts).unwrap());
    let book: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let names: Vec<&str> = book["variables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variable| variable["name"].as_str().unwrap())
        .collect();
    let items: Vec<String> = survey.items().map(|item| item.key().to_string()).collect();
    assert_eq!(names, items);
    for kind in book["missing"].as_array().unwrap() {
        for language in Language::ALL {
            assert!(kind["label"][language.code()].is_string(), "{kind}");
        }
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&book["variables"][0]).unwrap());
}
