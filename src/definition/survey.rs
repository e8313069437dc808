//! Surveys: from the bytes of a file to the domain's `Survey`.

use std::cell::Cell;

use sha2::{Digest, Sha256};

use crate::definition::document;
use crate::definition::fields::{Fields, Reader};
use crate::definition::findings::Findings;
use crate::definition::format;
use crate::definition::problem::{FileKind, Outcome};
use crate::domain::survey::{Fingerprint, Survey};

mod advice;
mod check;
mod raw;

pub(crate) use raw::plan::limit_value;
pub(crate) use raw::version;

/// The newest format of surveys this program reads.
pub const FORMAT: i64 = 1;

/// Returns the survey in these bytes, with every problem found and advice for the one who writes it.
#[must_use]
pub fn read(bytes: &[u8]) -> Outcome<Survey> {
    read_with(bytes, advice::give)
}

/// Returns the same, and how many minutes the interview takes for somebody who gets every question, as far as the file can
/// be read.
#[must_use]
pub fn read_timed(bytes: &[u8]) -> (Outcome<Survey>, Option<usize>) {
    let minutes = Cell::new(None);
    let outcome = read_with(bytes, |raw, reader| {
        advice::give(raw, reader);
        minutes.set(Some(advice::minutes(raw)));
    });
    (outcome, minutes.get())
}

/// Returns the survey in these bytes, with every mistake found. Without advice: for surveys in use, which nobody
/// is writing at.
#[must_use]
pub fn open(bytes: &[u8]) -> Outcome<Survey> {
    read_with(bytes, |_, _| ())
}

fn read_with(bytes: &[u8], advise: impl Fn(&raw::RawSurvey, &mut Reader)) -> Outcome<Survey> {
    let mut findings = Findings::new(FileKind::Survey);
    let Some(source) = document::text(bytes, &mut findings) else {
        return findings.outcome(None);
    };
    let Some((tree, broken)) = document::tree(source, &mut findings) else {
        return findings.outcome(None);
    };
    if broken || format::is_newer(&tree, FORMAT, &mut findings) {
        return findings.outcome(None);
    }
    let mut reader = Reader {
        source,
        languages: Vec::new(),
        findings,
    };
    let root = Fields::root(&tree, raw::KEYS, raw::INSIDE, &mut reader);
    format::check(&root, FORMAT, &mut reader);
    reader.languages = format::languages(&root, &mut reader);
    let raw = raw::RawSurvey::read(&root, &mut reader);
    let survey = check::survey(&raw, fingerprint(bytes), &mut reader);
    advise(&raw, &mut reader);
    reader.findings.outcome(survey)
}

/// Returns the fingerprint of a file: SHA-256 as 64 hexadecimal digits.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> Fingerprint {
    let digest = Sha256::digest(bytes);
    Fingerprint(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
