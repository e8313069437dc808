//! The house rules, kept by a test: which layer may use which, who may name which library, how long a file may be.
//!
//! The rules are in `ARCHITECTURE.md`. This test reads the source as text; it knows no Rust beyond comments,
//! strings and paths, which is enough to notice an import that points down the ladder.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may fail; places come from match_indices"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Layers from the top of the ladder to the bottom, each with what it may use.
const LADDER: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("texts", &["domain"]),
    ("definition", &["domain"]),
    ("import", &["domain", "definition"]),
    ("store", &["domain"]),
    ("stats", &["domain"]),
    ("disclosure", &["domain", "stats"]),
    ("report", &["domain", "disclosure", "texts"]),
    ("fieldwork", &["domain", "definition", "store"]),
    (
        "tui",
        &[
            "domain",
            "texts",
            "definition",
            "import",
            "store",
            "disclosure",
            "report",
            "fieldwork",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "texts",
            "definition",
            "import",
            "store",
            "disclosure",
            "report",
            "fieldwork",
            "tui",
        ],
    ),
];

/// Libraries and calls that only some layers may name. `main` is `src/main.rs`.
const RESERVED: &[(&str, &[&str])] = &[
    ("toml::", &["definition", "texts", "store"]),
    ("age::", &["store"]),
    ("age_core::", &["store"]),
    ("chacha20poly1305::", &["store"]),
    ("x25519_dalek::", &["store"]),
    ("ed25519_dalek::", &["store"]),
    ("scrypt::", &["store"]),
    ("tempfile::", &["store", "cli"]),
    ("fs4::", &["store"]),
    ("statrs::", &["stats"]),
    ("csv::", &["report", "import"]),
    ("tiny_skia::", &["report"]),
    ("ttf_parser::", &["report"]),
    ("miniz_oxide::", &["report"]),
    ("csv_core::", &["import"]),
    ("memchr::", &["import"]),
    ("ratatui::", &["tui"]),
    ("crossterm::", &["tui"]),
    ("rustix::", &["tui", "main"]),
    ("clap::", &["cli"]),
    ("clap_complete::", &["cli"]),
    ("roff::", &["cli"]),
    ("annotate_snippets::", &["cli"]),
    ("rpassword::", &["cli", "main"]),
    ("getrandom::", &["main"]),
    ("SystemTime::", &["main"]),
    ("Zoned::now", &["main"]),
    ("TimeZone::system", &["main"]),
    ("Timestamp::now", &["main"]),
    ("std::env", &["main"]),
    ("env::var", &["main"]),
    ("env::args", &["main"]),
    ("OpenOptions", &["store"]),
    ("fs::write", &["store"]),
    ("fs::rename", &["store"]),
    ("fs::remove", &["store"]),
    ("fs::create_dir", &["store"]),
    ("File::create", &["store"]),
    ("static mut", &[]),
    ("thread_local!", &[]),
];

const FORBIDDEN_NAMES: &[&str] = &[
    "mod", "util", "utils", "helper", "helpers", "manager", "common", "misc",
];

const LONGEST_FILE: usize = 700;

struct Source {
    path: PathBuf,
    layer: String,
    text: String,
    code: String,
}

#[test]
fn every_import_points_up_the_ladder() {
    let allowed: BTreeMap<&str, &[&str]> = LADDER.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(may_use) = allowed.get(source.layer.as_str()) else {
            continue;
        };
        for used in layers_named(&source.code) {
            if used != source.layer && !may_use.contains(&used.as_str()) {
                wrong.push(format!(
                    "{} ({}) uses {used}",
                    source.path.display(),
                    source.layer
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports against the ladder:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_layer_stands_in_the_ladder() {
    let known: BTreeSet<&str> = LADDER
        .iter()
        .map(|(layer, _)| *layer)
        .chain(["lib", "main"])
        .collect();
    for source in sources() {
        assert!(
            known.contains(source.layer.as_str()),
            "{} belongs to no layer",
            source.path.display()
        );
    }
}

#[test]
fn libraries_and_calls_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources() {
        if is_test_file(&source.path) {
            continue;
        }
        let code = without_tests(&source.code);
        for (name, layers) in RESERVED {
            if names(&code, name) && !layers.contains(&source.layer.as_str()) {
                wrong.push(format!(
                    "{} ({}) names {name}",
                    source.path.display(),
                    source.layer
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "named in the wrong layer:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn files_are_short_and_named_for_one_concept() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines, at most {LONGEST_FILE}",
            source.path.display()
        );
        let stem = source
            .path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        assert!(
            !FORBIDDEN_NAMES.contains(&stem),
            "{}: a name that says nothing",
            source.path.display()
        );
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for source in sources() {
        assert!(
            source.text.starts_with("//! "),
            "{} has no module comment",
            source.path.display()
        );
    }
}

#[test]
fn no_file_outside_test_modules_takes_everything_from_another() {
    for source in sources() {
        let code = without_tests(&source.code);
        assert!(
            !code.contains("use super::*"),
            "{} uses super::*",
            source.path.display()
        );
    }
}

#[test]
fn the_test_itself_notices_a_planted_import() {
    let planted = "use crate::stats::tally::Tally;\nfn f() { let s = \"crate::store\"; } // crate::cli";
    assert_eq!(
        layers_named(&code_of(planted)),
        BTreeSet::from(["stats".to_owned()])
    );
    let grouped = "use crate::{domain::id::Id, store};";
    assert_eq!(
        layers_named(&code_of(grouped)),
        BTreeSet::from(["domain".to_owned(), "store".to_owned()])
    );
    let climbing = "use super::super::store::journal;";
    assert_eq!(
        layers_named(&code_of(climbing)),
        BTreeSet::from(["store".to_owned()])
    );
    assert!(names("let x = age::Encryptor;", "age::"));
    assert!(!names("let x = storage::thing;", "age::"));
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let sources: Vec<Source> = files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let inside = path.strip_prefix(&root).unwrap().to_path_buf();
            let first = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_string_lossy()
                .into_owned();
            let layer = first.trim_end_matches(".rs").to_owned();
            Source {
                path: inside,
                layer,
                code: code_of(&text),
                text,
            }
        })
        .collect();
    assert!(sources.len() > 20, "the source was not found");
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// The text without comments and string contents.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.split_once("//").map_or(line, |(before, _)| before);
        let mut inside = false;
        for part in line.split('"') {
            if !inside {
                code.push_str(part);
                code.push('"');
            }
            inside = !inside;
        }
        code.push('\n');
    }
    code
}

/// A file that holds tests only, as its name says.
fn is_test_file(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| {
        let stem = stem.to_string_lossy();
        stem == "tests" || stem.ends_with("_tests")
    })
}

/// Everything but the file's own test module, which may use what it needs; it is the last thing in a file.
fn without_tests(code: &str) -> String {
    let tests = code.match_indices("#[cfg(test)]").find(|(at, _)| {
        let rest = code[at + "#[cfg(test)]".len()..].trim_start();
        let module = rest.split_once('{').map_or("", |(head, _)| head);
        module.trim_end().ends_with("mod tests") && !module.contains(';')
    });
    tests.map_or(code, |(at, _)| &code[..at]).to_owned()
}

/// Layers named as `crate::layer` or inside `crate::{..}`.
fn layers_named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split_once("};").map_or(group, |(inside, _)| inside);
            let mut depth = 0;
            for part in group.split_inclusive([',', '{', '}']) {
                if depth == 0 {
                    found.insert(first_name(part.trim()));
                }
                depth += part.matches('{').count();
                depth = depth.saturating_sub(part.matches('}').count());
            }
        } else {
            found.insert(first_name(rest));
        }
    }
    for (at, _) in code.match_indices("super::") {
        found.insert(first_name(&code[at + "super::".len()..]));
    }
    found.retain(|name| LADDER.iter().any(|(layer, _)| layer == name));
    found
}

fn first_name(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// Whether `code` names `name` at the start of a word.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}
