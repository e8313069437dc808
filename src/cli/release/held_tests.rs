//! Evaluations whose interviews were held by made-up people, for tests of what is shown of them.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::cli::exit_code::ExitCode;
use crate::cli::surroundings::Surroundings;
use crate::cli::surroundings::made_up::stemme;
use crate::domain::record::Entered;
use crate::fieldwork::desk::{Desk, NewInterview};
use crate::fieldwork::made_up::{MadeUpPerson, hold};
use crate::fieldwork::workplace::Workplace;

/// Makes an evaluation with one survey.
pub(super) fn made(folder: &Path, title: &str, survey: &str) {
    fs::write(folder.join("pw"), "hest batteri stift korrekt").unwrap();
    let flags = [
        ["--title", title],
        ["--service", "Ungdomstorget"],
        ["--survey", survey],
        ["--mode", "anonymous"],
        ["--contact", "Vakt: 00 00 00 00"],
        ["--passphrase-file", "pw"],
        ["--recovery-out", "rec.txt"],
    ];
    let arguments = [&["new", "evaluation", "ev"][..], &flags.concat()].concat();
    let (code, _, said) = stemme(folder, &arguments);
    assert_eq!(code, ExitCode::Ok, "{said}");
}

/// Holds an interview with each of these people, or with groups of so many.
pub(super) fn held(folder: &Path, people: Range<usize>, group: Option<u16>) {
    let (surroundings, _) = Surroundings::made_up(&[], "");
    let mut workplace = Workplace::open(
        &folder.join("ev"),
        &folder.join("home"),
        surroundings.randomness(),
    )
    .unwrap();
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    for person in people {
        let wanted = NewInterview {
            survey: Arc::clone(&survey),
            site: None,
            language: survey.source_language(),
            group,
            entered: Entered::Live,
            letter: None,
        };
        let mut session = workplace.begin(&wanted).unwrap();
        hold(&mut session, &MadeUpPerson::new(1, person)).unwrap();
        session.wait();
        session.seal().unwrap();
        session.code_is_noted().unwrap();
    }
}

/// Runs a command on it, in English.
pub(super) fn said(folder: &Path, arguments: &[&str]) -> (ExitCode, String, String) {
    let before = ["-e", "ev", "--lang", "en", "--passphrase-file", "pw"];
    stemme(folder, &[&before[..], arguments].concat())
}
