//! Surveys that somebody is writing: which there are, what the checker says of each question, a new one from a template.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::cli::diagnostics::remarks;
use crate::cli::new::survey::renamed;
use crate::definition;
use crate::domain::id::{Id, Slug};
use crate::domain::survey::Survey;
use crate::fieldwork::shipped::{SHIPPED, find};
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::texts::Texts;
use crate::tui::coordinator::surveys::{Checked, Remark, SurveyFile};

/// More than a survey may have: enough to see that a file is too large, without reading all of it.
const READ_AT_MOST: u64 = 3 * 1024 * 1024;
const ENDING: &str = "toml";

/// Returns the surveys in these folders, and those that come with the program.
pub(super) fn files(folders: &[&Path]) -> Vec<SurveyFile> {
    let mut found: Vec<SurveyFile> = Vec::new();
    for folder in folders {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
            .unwrap_or_default();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING) && is_survey(path));
        paths.sort();
        for path in paths {
            if !found.iter().any(|own| own.path.as_ref() == Some(&path)) {
                found.push(SurveyFile {
                    name: name_of(&path),
                    path: Some(path),
                });
            }
        }
    }
    found.extend(SHIPPED.into_iter().map(|shipped| SurveyFile {
        name: shipped.id.to_owned(),
        path: None,
    }));
    found
}

fn name_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Whether a file has sections, as surveys do and evaluations and settings do not.
fn is_survey(path: &Path) -> bool {
    read(path).is_some_and(|bytes| {
        bytes
            .split(|byte| *byte == b'\n')
            .any(|line| line.trim_ascii_start().starts_with(b"[[section]]"))
    })
}

/// Returns the table beside a survey that was changed last: one that is called after it.
pub(super) fn newest_table(survey: &Path) -> Option<PathBuf> {
    let name = name_of(survey);
    let entries = fs::read_dir(survey.parent()?).ok()?;
    let tables = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let own = name_of(path);
            path.extension().is_some_and(|ending| ending == "csv") && own.starts_with(&format!("{name}-"))
        });
    tables.max_by_key(|path| {
        let changed = fs::metadata(path).and_then(|about| about.modified()).ok();
        (changed, path.clone())
    })
}

/// Returns what stands in a file.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).ok()?;
    file.take(READ_AT_MOST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Returns a survey's questions and what the checker says of each.
pub(super) fn check(path: &Path, bytes: &[u8], texts: &Texts) -> Checked {
    let outcome = definition::survey::read(bytes);
    let has_errors = outcome.has_errors();
    let survey = outcome.value.filter(|_| !has_errors).map(Arc::new);
    let places = places(bytes);
    let of_line = |line: usize| {
        places
            .iter()
            .position(|place| (place.from..place.to).contains(&line))
    };
    let mut said: Vec<Remark> = remarks(&outcome.problems, bytes, texts)
        .into_iter()
        .map(|remark| Remark {
            question: of_line(remark.line),
            line: remark.line,
            is_error: remark.is_error,
            says: remark.says,
            help: remark.help,
        })
        .collect();
    said.sort_by_key(|remark| (!remark.is_error, remark.line));
    let text = |id: &str| asks(survey.as_deref(), id, texts);
    Checked {
        path: path.to_owned(),
        name: name_of(path),
        questions: places
            .iter()
            .map(|place| (place.id.clone(), text(&place.id)))
            .collect(),
        remarks: said,
        survey,
    }
}

fn asks(survey: Option<&Survey>, id: &str, texts: &Texts) -> String {
    let question = survey.and_then(|survey| survey.question(&Id::new(id).ok()?));
    question.map_or_else(String::new, |question| {
        question.text.get(texts.language()).to_owned()
    })
}

/// A question in the file: its id, and its lines from 1, the last one not included.
struct QuestionPlace {
    id: String,
    from: usize,
    to: usize,
}

/// Finds the questions of a file by its lines, so that they are found also while it has errors.
fn places(bytes: &[u8]) -> Vec<QuestionPlace> {
    let text = String::from_utf8_lossy(bytes);
    let mut found: Vec<QuestionPlace> = Vec::new();
    let mut is_open = false;
    let mut wants_id = false;
    let mut last = 0;
    for (number, line) in (1..).zip(text.lines()) {
        last = number;
        let line = line.trim();
        let is_question = line.starts_with("[[section.q]]");
        let is_part = line.starts_with("[section.q.") || line.starts_with("[[section.q.");
        if line.starts_with('[') && (is_question || !is_part) {
            if is_open && let Some(open) = found.last_mut() {
                open.to = number;
            }
            is_open = is_question;
            wants_id = is_question;
            if is_question {
                found.push(QuestionPlace {
                    id: String::new(),
                    from: number,
                    to: usize::MAX,
                });
            }
        } else if line.starts_with('[') {
            wants_id = false;
        } else if wants_id
            && let Some((key, value)) = line.split_once('=')
            && key.trim() == "id"
            && let Some(open) = found.last_mut()
        {
            value
                .split('"')
                .nth(1)
                .unwrap_or_default()
                .clone_into(&mut open.id);
            wants_id = false;
        }
    }
    if let Some(open) = found.last_mut().filter(|open| open.to == usize::MAX) {
        open.to = last + 1;
    }
    found
}

/// Writes a copy of a survey that comes with the program into a folder, under a name that is free, and with that name: two
/// surveys of one name could not be told apart.
///
/// # Errors
/// What the disk said.
pub(super) fn from_template(name: &str, own: &str, folder: &Path) -> Result<PathBuf, StoreError> {
    let called = |number: u32| match number {
        1 => own.to_owned(),
        number => format!("{own}-{number}"),
    };
    let path = |number: u32| folder.join(format!("{}.{ENDING}", called(number)));
    let text = find(name).and_then(|shipped| std::str::from_utf8(shipped.bytes).ok());
    let Some(text) = text else {
        return Err(StoreError::NotFound { path: path(1) });
    };
    atomic::make_folder(folder)?;
    let mut number = 1;
    loop {
        let path = path(number);
        let id = Slug::new(&called(number)).ok();
        let made = id.and_then(|id| renamed(text, &id));
        let made = made.ok_or_else(|| StoreError::NotFound { path: path.clone() })?;
        match atomic::write_new(&path, made.as_bytes(), Access::AsUsual) {
            Err(StoreError::AlreadyThere { .. }) if number < 1000 => number += 1,
            written => return written.map(|()| path),
        }
    }
}

/// Opens a file in the program this machine opens such files with. Returns whether there is one.
pub(super) fn open_outside(path: &Path, is_windows: bool) -> bool {
    let openers: &[&[&str]] = if is_windows {
        &[&["cmd", "/C", "start", ""]]
    } else if cfg!(target_os = "macos") {
        &[&["open"]]
    } else {
        &[&["xdg-open"]]
    };
    openers.iter().any(|opener| {
        let Some((program, arguments)) = opener.split_first() else {
            return false;
        };
        let started = Command::new(program)
            .args(arguments)
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        started.is_ok()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{check, files, from_template};
    use crate::domain::language::Language;
    use crate::texts::Texts;

    const BROKEN: &[u8] = include_bytes!("../../../tests/fixtures/broken/several-mistakes.toml");
    const WHOLE: &[u8] = include_bytes!("../../../surveys/min-stemme-bup.toml");

    #[test]
    fn every_question_of_a_survey_is_found_with_its_words_and_nothing_said_of_it() {
        let texts = Texts::load(Language::Nynorsk).unwrap();
        let checked = check(Path::new("min.toml"), WHOLE, &texts);
        let survey = checked.survey.unwrap();
        let ids: Vec<&str> = survey
            .sections()
            .iter()
            .flat_map(|section| &section.questions)
            .map(|question| question.id.as_str())
            .collect();
        let found: Vec<&str> = checked.questions.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(found, ids);
        assert!(checked.questions.iter().all(|(_, text)| !text.is_empty()));
        assert!(checked.remarks.is_empty(), "{:?}", checked.remarks);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_question_and_its_line() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let checked = check(Path::new("a.toml"), BROKEN, &texts);
        assert!(checked.survey.is_none());
        let errors: Vec<_> = checked.remarks.iter().filter(|remark| remark.is_error).collect();
        assert!(!errors.is_empty());
        for remark in errors {
            assert!(!remark.says.is_empty() && remark.line > 0);
        }
    }

    #[test]
    fn a_new_survey_is_a_copy_that_writes_over_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let make = || from_template("min-stemme-bup", "min-stemme-bup-egen", folder.path()).unwrap();
        let (first, second) = (make(), make());
        assert_ne!(first, second);
        let id = |path: &Path| {
            let survey = crate::definition::survey::open(&std::fs::read(path).unwrap());
            survey.value.unwrap().id().to_string()
        };
        assert_eq!(
            [id(&first), id(&second)],
            ["min-stemme-bup-egen", "min-stemme-bup-egen-2"]
        );
        let found = files(&[folder.path(), folder.path()]);
        assert_eq!(found.iter().filter(|file| file.path.is_some()).count(), 2);
        assert!(from_template("finnes-ikke", "egen", folder.path()).is_err());
    }
}
