//! Surveys that somebody is writing: which there are, what the checker says of each question, a new one from a template.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::cli::diagnostics::remarks;
use crate::cli::new::survey::{renamed, retitled};
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::founding::slug_of;
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::fieldwork::shipped::{SHIPPED, find};
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::texts::Texts;
use crate::tui::coordinator::surveys::{Checked, Remark, Source, SurveyFile};

/// More than a survey may have: enough to see that a file is too large, without reading all of it.
const READ_AT_MOST: u64 = 3 * 1024 * 1024;
const ENDING: &str = "toml";

/// Returns the surveys in these folders, and those that come with the program.
pub(super) fn files(folders: &[&Path], language: Language) -> Vec<SurveyFile> {
    let mut found: Vec<SurveyFile> = Vec::new();
    for folder in folders {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
            .unwrap_or_default();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING) && is_survey(path));
        paths.sort();
        for path in paths {
            if !found.iter().any(|own| own.source == Source::File(path.clone())) {
                let title = read(&path).and_then(|bytes| title(&bytes, language));
                found.push(SurveyFile {
                    title: title.unwrap_or_else(|| name_of(&path)),
                    source: Source::File(path),
                });
            }
        }
    }
    found.extend(SHIPPED.into_iter().map(|shipped| SurveyFile {
        title: title(&shipped.bytes(), language).unwrap_or_else(|| shipped.id.to_owned()),
        source: Source::Template(shipped.id.to_owned()),
    }));
    found
}

/// What a survey is called, where it can be read.
fn title(bytes: &[u8], language: Language) -> Option<String> {
    let survey = definition::survey::open(bytes).value?;
    Some(survey.parts().title.get(language).to_owned())
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
    let (outcome, minutes) = definition::survey::read_timed(bytes);
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
    let title = survey
        .as_ref()
        .map(|survey| survey.parts().title.get(texts.language()));
    Checked {
        path: path.to_owned(),
        name: title.map_or_else(|| name_of(path), str::to_owned),
        minutes,
        is_in_use: false,
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

/// Writes a copy of a survey that comes with the program into a folder, with a title of its own, and with a name made of it
/// that is free: two surveys of one name could not be told apart.
///
/// # Errors
/// What the disk said.
pub(super) fn from_template(name: &str, title: &CleanText, folder: &Path) -> Result<PathBuf, StoreError> {
    let own = slug_of(title.as_str());
    let is_shipped = |name: &str| find(name).is_some();
    let called = |number: u32| match number {
        1 => own.to_string(),
        number => format!("{own}-{number}"),
    };
    let path = |number: u32| folder.join(format!("{}.{ENDING}", called(number)));
    let text = find(name).and_then(|shipped| String::from_utf8(shipped.bytes()).ok());
    let Some(text) = text else {
        return Err(StoreError::NotFound { path: path(1) });
    };
    atomic::make_folder(folder)?;
    let mut number = if is_shipped(own.as_str()) { 2 } else { 1 };
    loop {
        let path = path(number);
        let id = Slug::new(&called(number)).ok();
        let made = id.and_then(|id| retitled(&renamed(&text, &id)?, title));
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
    use crate::domain::clean_text::CleanText;
    use crate::domain::language::Language;
    use crate::texts::Texts;
    use crate::tui::coordinator::surveys::Source;

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
    fn a_new_survey_is_a_copy_with_its_own_title_and_writes_over_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let title = CleanText::line("Mi eiga røyst");
        let make = || from_template("min-stemme-bup", &title, folder.path()).unwrap();
        let (first, second) = (make(), make());
        assert_ne!(first, second);
        let id = |path: &Path| {
            let survey = crate::definition::survey::open(&std::fs::read(path).unwrap());
            survey.value.unwrap().id().to_string()
        };
        assert_eq!([id(&first), id(&second)], ["mi-eiga-royst", "mi-eiga-royst-2"]);
        let found = files(&[folder.path(), folder.path()], Language::Nynorsk);
        let own: Vec<&str> = found
            .iter()
            .filter(|file| matches!(file.source, Source::File(_)))
            .map(|file| file.title.as_str())
            .collect();
        assert_eq!(own, ["Mi eiga røyst", "Mi eiga røyst"]);
        assert!(from_template("finnes-ikke", &title, folder.path()).is_err());
        // What comes with the program has its name alone.
        let alike = from_template("parorende", &CleanText::line("Pårørende"), folder.path()).unwrap();
        assert_eq!(id(&alike), "parorende-2");
    }
}
