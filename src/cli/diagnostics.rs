//! What `stemme check` prints: every problem of every file, for people or for programs.

use std::io::ErrorKind;

use crate::cli::exit_code::ExitCode;
use crate::definition::code::Code;
use crate::definition::evaluation::AskedAbout;
use crate::definition::problem::{Argument, FileKind, Problem, Severity};
use crate::definition::{evaluation, survey};
use crate::domain::clean_text::CleanText;
use crate::texts::{Texts, fill};

mod human;
mod json;
mod lines;
mod words;

use lines::Lines;
use words::Words;

/// One file to check.
#[derive(Clone, Copy, Debug)]
pub struct Input<'f> {
    /// The name as it was given.
    pub name: &'f str,
    /// Its bytes, or why they could not be read.
    pub content: Result<&'f [u8], ErrorKind>,
    /// What the surveys beside an evaluation ask, where they are known.
    pub asked: Option<&'f AskedAbout>,
}

/// How the result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people, without colours.
    Plain,
    /// For people, with colours.
    Coloured,
    /// For programs.
    Json,
}

/// What checking gave: what to print, and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// For standard output.
    pub output: String,
    /// Survey errors when a file has errors, unreadable when one cannot be read.
    pub exit_code: ExitCode,
}

/// Checks every file and says all there is to say about it.
#[must_use]
pub fn check_files(files: &[Input<'_>], texts: &Texts, form: Form) -> Checked {
    let words = Words::new(texts);
    let mut parts = Vec::new();
    let mut errors = 0;
    let mut advice = 0;
    let mut unread = 0;
    for file in files {
        // A file name is a text from outside, too.
        let name = CleanText::line(file.name);
        let name = name.as_str();
        let bytes = match file.content {
            Ok(bytes) => bytes,
            Err(why) => {
                unread += 1;
                parts.push(match form {
                    Form::Json => json::unreadable(name, why, &words),
                    Form::Plain | Form::Coloured => words.unreadable(name, why),
                });
                continue;
            }
        };
        let lines = Lines::new(bytes);
        for problem in problems(name, bytes, file.asked) {
            match problem.severity() {
                // The last one says how many more there are.
                Severity::Error if problem.code == Code::MoreProblems => errors += more(&problem),
                Severity::Error => errors += 1,
                Severity::Advice => advice += 1,
            }
            parts.push(match form {
                Form::Json => json::problem(&problem, name, &lines, &words),
                Form::Plain => human::problem(&problem, name, &lines, &words, false),
                Form::Coloured => human::problem(&problem, name, &lines, &words, true),
            });
        }
    }
    let output = match form {
        Form::Json => format!("[{}]\n", parts.join(",\n ")),
        Form::Plain | Form::Coloured => {
            // Where nothing was read there is nothing to sum up.
            if unread < files.len() {
                parts.push(summary(errors, advice, files.len() - unread, texts));
            }
            parts.join("\n")
        }
    };
    let exit_code = match (unread > 0, errors) {
        (true, _) => ExitCode::Unreadable,
        (false, 0) => ExitCode::Ok,
        (false, _) => ExitCode::SurveyErrors,
    };
    Checked { output, exit_code }
}

/// The mistakes of a survey in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// The line of the first.
    pub line: usize,
    /// What the first is.
    pub first: String,
    /// How many there are beside it.
    pub more: usize,
}

/// Returns the mistakes among these problems of a survey in one line, if there are any; advice is none.
#[must_use]
pub fn mistakes(problems: &[Problem], bytes: &[u8], texts: &Texts) -> Option<Mistakes> {
    let mut errors = problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error);
    let first = errors.next()?;
    Some(Mistakes {
        line: Lines::new(bytes).position(first.span.start).line,
        first: Words::new(texts).title(first),
        more: errors.count(),
    })
}

/// What the checker says about a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line.
    pub line: usize,
    /// Whether it is an error, else advice.
    pub is_error: bool,
    /// What it is.
    pub says: String,
    /// What to do about it.
    pub help: String,
}

/// Returns these problems in words.
#[must_use]
pub fn remarks(problems: &[Problem], bytes: &[u8], texts: &Texts) -> Vec<Remark> {
    let (lines, words) = (Lines::new(bytes), Words::new(texts));
    let remark = |problem: &Problem| Remark {
        line: lines.position(problem.span.start).line,
        is_error: problem.severity() == Severity::Error,
        says: words.title(problem),
        help: words.help(problem),
    };
    problems.iter().map(remark).collect()
}

/// Returns the problems of a file, read as what it is.
fn problems(name: &str, bytes: &[u8], asked: Option<&AskedAbout>) -> Vec<Problem> {
    match kind(name, bytes) {
        FileKind::Survey => survey::read(bytes).problems,
        FileKind::Evaluation => evaluation::read_beside(bytes, asked).problems,
    }
}

/// An evaluation is called `evaluation.toml`, or has a round and no section.
fn kind(name: &str, bytes: &[u8]) -> FileKind {
    let named = name.rsplit(['/', '\\']).next() == Some("evaluation.toml");
    let has = |heading: &[u8]| {
        bytes
            .split(|&byte| byte == b'\n')
            .any(|line| line.trim_ascii_start().starts_with(heading))
    };
    if named || (has(b"[[round]]") && !has(b"[[section]]")) {
        FileKind::Evaluation
    } else {
        FileKind::Survey
    }
}

fn more(problem: &Problem) -> usize {
    let counts = problem.arguments.iter().filter_map(|argument| match argument {
        Argument::Count(count) => usize::try_from(*count).ok(),
        _ => None,
    });
    counts.sum()
}

fn summary(errors: usize, advice: usize, files: usize, texts: &Texts) -> String {
    let says = &texts.diagnostic;
    let number = |one: &str, several: &str, count: usize| match count {
        1 => one.to_owned(),
        count => fill(several, &[("count", &count.to_string())]),
    };
    let files = number(&says.one_file, &says.files, files);
    if errors == 0 && advice == 0 {
        return format!("{} {files}\n", says.nothing);
    }
    let errors = number(&says.one_error, &says.errors, errors);
    let advice = number(&says.one_advice, &says.advices, advice);
    format!("{errors}, {advice} {files}\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::ErrorKind;

    use super::words::key;
    use super::{Checked, Form, Input, check_files};
    use crate::cli::exit_code::ExitCode;
    use crate::definition::code::Code;
    use crate::domain::language::Language;
    use crate::texts::Texts;

    fn check(name: &str, content: &str, language: Language, form: Form) -> Checked {
        let input = Input {
            name,
            content: Ok(content.as_bytes()),
            asked: None,
        };
        check_files(&[input], &Texts::load(language).unwrap(), form)
    }

    const SEVERAL: &str = include_str!("../../tests/fixtures/broken/several-mistakes.toml");

    #[test]
    fn every_code_has_its_words_in_every_language_and_there_are_no_others() {
        let codes: BTreeSet<String> = Code::ALL.iter().map(|code| key(*code)).collect();
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap().diagnostic.code.clone();
            let names: BTreeSet<String> = texts.keys().cloned().collect();
            assert_eq!(names, codes, "{}", language.code());
        }
    }

    #[test]
    fn several_mistakes_in_bokmal() {
        let checked = check("several-mistakes.toml", SEVERAL, Language::Bokmal, Form::Plain);
        assert_eq!(checked.exit_code, ExitCode::SurveyErrors);
        insta::assert_snapshot!(checked.output);
    }

    #[test]
    fn several_mistakes_in_nynorsk() {
        let checked = check("several-mistakes.toml", SEVERAL, Language::Nynorsk, Form::Plain);
        insta::assert_snapshot!(checked.output);
    }

    #[test]
    fn several_mistakes_in_english() {
        let checked = check("several-mistakes.toml", SEVERAL, Language::English, Form::Plain);
        insta::assert_snapshot!(checked.output);
    }

    #[test]
    fn programs_get_the_same_as_json_with_columns_in_characters() {
        let content = "format = 1\ntitle = \"æøå\" maks\n";
        let checked = check("a.toml", content, Language::English, Form::Json);
        let parsed: serde_json::Value = serde_json::from_str(&checked.output).unwrap();
        let first = &parsed[0];
        assert_eq!(
            (first["code"].as_str(), first["severity"].as_str()),
            (Some("S010"), Some("error"))
        );
        assert_eq!(
            (first["line"].as_u64(), first["column"].as_u64()),
            (Some(2), Some(15))
        );
        assert_eq!(first["fix"], serde_json::Value::Null);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_the_others_are_checked() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let files = [
            Input {
                name: "borte.toml",
                content: Err(ErrorKind::NotFound),
                asked: None,
            },
            Input {
                name: "tom.toml",
                content: Ok(b""),
                asked: None,
            },
        ];
        let checked = check_files(&files, &texts, Form::Plain);
        assert_eq!(checked.exit_code, ExitCode::Unreadable);
        assert!(checked.output.starts_with("borte.toml: kan ikke lese fila"));
        assert!(checked.output.contains("tom.toml:1:1"));
        assert!(checked.output.ends_with("i 1 fil\n"));
        let json = check_files(&files, &texts, Form::Json);
        assert!(serde_json::from_str::<serde_json::Value>(&json.output).is_ok());
        let folder = Input {
            name: "surveys",
            content: Err(ErrorKind::IsADirectory),
            asked: None,
        };
        let checked = check_files(&[folder], &texts, Form::Plain);
        assert!(
            checked.output.starts_with("surveys: er en mappe"),
            "{}",
            checked.output
        );
        // Where nothing was read, nothing is said to be without mistakes.
        let [unread, _] = files;
        let checked = check_files(&[unread], &texts, Form::Plain);
        assert!(!checked.output.contains("feil"), "{}", checked.output);
    }

    #[test]
    fn nothing_from_the_file_reaches_the_terminal_raw() {
        let hostile = "format = 1\nid = \"\u{202e}x\u{9b}31m\"\n\"\u{7f}\" = 1\n";
        for form in [Form::Plain, Form::Json] {
            let checked = check("a\u{1b}[31m.toml", hostile, Language::English, form);
            let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!checked.output.contains(raw), "{:?}", checked.output);
        }
    }

    /// Conditions with every mistake that a reader of signs can find.
    const BROKEN_CONDITIONS: &[&str] = &[
        "",
        "bestemte =",
        "= 1",
        "bestemte trygg",
        "1 < trygg < 3",
        "@",
        "bestemte @ 'jeg'",
        "bestemte = \u{2018}jeg\u{2019}",
        "bestemte = \u{201c}jeg",
        "bestemte = 'jeg",
        "bestemte == 'jeg' && trygg = 1",
        "bestemte notempty",
        "finnes_ikke = 1",
        "bestemte = 'finnes_ikke'",
        "bestemte = 3",
        "bestemte in []",
        "bestemte in ['jeg', 3",
        "selected(viktig)",
        "ukjent(viktig)",
        "score(bestemte)",
        "count(dager)",
        "not dager",
        "bestemte + 1 > 2",
        "if(bestemte = 'jeg', 1, 'b') = 1",
        "if(1, 2",
        "dager has 'a'",
        "viktig = 'horte'",
        "consent.ukjent",
        "background.ukjent = 1",
        "pastander.ukjent = '1'",
        "pastander = '1'",
        "(dager",
        "dager)",
        "[1]",
        "1 = '1'",
        "dager = 'to'",
        "dager = null",
        "bestemte === 'jeg'",
        "!dager",
        "dager % 0",
        "grunn = 'a'",
        "dager = 1 and dager = 2",
        "start = 'i fjor'",
        "snakke = 9",
        "halvveis = 1",
    ];

    #[test]
    fn no_sentence_shows_where_a_word_should_have_been_put_in() {
        let surveys = [
            include_str!("../../tests/fixtures/every-type.toml"),
            include_str!("../../tests/fixtures/evaluation-example.toml"),
        ];
        let mut files: Vec<(&str, String)> = Vec::new();
        for (survey, name) in surveys.into_iter().zip(["a.toml", "evaluation.toml"]) {
            let lines: Vec<&str> = survey.lines().collect();
            // A line left out, twice, or with another value, one after the other: many kinds of mistakes.
            for (place, line) in lines.iter().enumerate() {
                let key = line.split_once('=').map(|(key, _)| key.trim_end());
                let mut variants = vec![String::new(), format!("{line}\n{line}"), format!("{line} }}")];
                for value in [
                    "0",
                    "-1",
                    "1.5",
                    "\"\"",
                    "\"x\"",
                    "[]",
                    "[\"x\", \"x\"]",
                    "true",
                    "{ no = \"x\" }",
                ] {
                    variants.extend(key.map(|key| format!("{key} = {value}")));
                }
                let mut changed = lines.clone();
                let variant = variants.swap_remove(place % variants.len());
                changed[place] = &variant;
                files.push((name, changed.join("\n")));
            }
        }
        for condition in BROKEN_CONDITIONS {
            let shown = format!("show_if = \"\"\"{condition}\"\"\"");
            let changed = surveys[0].replace("show_if  = \"answered(trygg)\"", &shown);
            assert!(changed != surveys[0]);
            files.push(("a.toml", changed));
        }
        files.push(("a.toml", format!("a = {}", "[".repeat(300))));
        files.push(("a.toml", "a.b.c.d.e.f.g.h = 1".to_owned()));
        let places = [
            "name",
            "other",
            "allowed",
            "wanted",
            "found",
            "limit",
            "count",
            "languages",
            "detail",
        ];
        let mut codes = BTreeSet::new();
        for (place, (name, file)) in files.iter().enumerate() {
            let language = Language::ALL[place % Language::ALL.len()];
            let said = check(name, file, language, Form::Plain).output;
            for place in places {
                assert!(!said.contains(&format!("{{{place}}}")), "{said}");
            }
            let words = said
                .split(|c: char| !c.is_ascii_alphanumeric())
                .map(str::to_owned);
            codes.extend(words.filter(|word| {
                let number = word.strip_prefix(['S', 'E']).unwrap_or_default();
                number.len() == 3 && number.bytes().all(|digit| digit.is_ascii_digit())
            }));
        }
        assert!(codes.len() > 40, "{} kinds of mistakes: {codes:?}", codes.len());
    }

    #[test]
    fn a_sound_file_is_said_to_be_sound() {
        let survey = include_str!("../../surveys/min-stemme-bup.toml");
        let checked = check("min-stemme-bup.toml", survey, Language::Nynorsk, Form::Plain);
        assert_eq!(checked.output, "ingen feil og ingen råd i 1 fil\n");
        assert_eq!(checked.exit_code, ExitCode::Ok);
    }
}
