//! The house rules, kept by a test: which layer may use which, who may name which library, how long a file may be.
//!
//! The rules are in `ARCHITECTURE.md`. This test reads the source as text; it knows no Rust beyond comments,
//! strings and paths, which is enough to notice an import that points down the ladder.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
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

/// What only layers that reach outside may name at all: no file, clock or other program is known in the others.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::process",
    "std::io::stdin",
    "Instant",
    "SystemTime",
];
const WITHOUT_OUTSIDE: &[&str] = &["domain", "texts", "definition", "stats", "disclosure", "report"];

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
    ("miniz_oxide::", &["fieldwork", "report", "texts"]),
    ("csv_core::", &["import"]),
    ("memchr::", &["import", "store"]),
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
    ("fs::copy", &["store"]),
    ("File::options", &["store"]),
    ("std::net", &[]),
    ("Instant::now", &["tui", "cli", "store", "main"]),
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

/// Ways to take in code that no path names.
const BY_THE_BACK_DOOR: [&str; 3] = ["extern crate", "#[path", "include!("];

#[test]
fn no_code_comes_in_by_the_back_door() {
    for source in sources() {
        for way in BY_THE_BACK_DOOR {
            assert!(!comes_by(&source.code, way), "{}: {way}", source.path.display());
        }
    }
    assert!(comes_by("extern   crate clap;", "extern crate"));
    assert!(comes_by("# [ path = \"../stats/tally.rs\"] mod x;", "#[path"));
    assert!(comes_by("include ! (\"../stats.rs\");", "include!("));
    assert!(!comes_by("include_str!(\"a.css\")", "include!("));
}

/// Whether code, whose spaces may stand anywhere, has this in it.
fn comes_by(code: &str, way: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    plain(code).contains(&plain(way))
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
        let code = format!("{code}\n{}", taken(&code).join("\n"));
        for name in OUTSIDE {
            if names(&code, name) && WITHOUT_OUTSIDE.contains(&source.layer.as_str()) {
                wrong.push(format!("{} names {name}", source.path.display()));
            }
        }
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
    for planted in [
        "use crate::{domain::id::Id, store};",
        "use crate::{\n    domain::id,\n    store::envelope,\n};",
        "use super::super::store::journal;",
        "use super::{domain, store};",
        "use stemme::{domain, store};",
        "use crate :: domain;\nuse crate::\n    store;",
        "let quote = '\"'; use crate::{domain, store};",
        "let far = \"http://x\"; use crate::domain; use crate::store;",
        "let raw = r#\"\"\"#; use crate::store; fn f(d: crate::domain::Id) {}",
    ] {
        let mut found = layers_named(&code_of(planted));
        found.remove("domain");
        assert_eq!(found, BTreeSet::from(["store".to_owned()]), "{planted}");
    }
    for planted in [
        "use crate as c;",
        "use crate::{self as c};",
        "use crate::*;",
        "use stemme::*;",
    ] {
        let found = layers_named(&code_of(planted));
        assert_eq!(found, BTreeSet::from([WHOLE.to_owned()]), "{planted}");
    }
    for (planted, name) in [
        ("use age;", "age::"),
        ("use age as a;", "age::"),
        ("use std::{env, fs};", "std::env"),
        ("use std::fs::{read, rename};", "fs::rename"),
        ("use std::time::{Duration, SystemTime as T};", "SystemTime::"),
    ] {
        assert!(names(&taken(planted).join("\n"), name), "{planted}");
    }
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

/// The text without comments and the contents of strings and character literals, and without room around `::`.
fn code_of(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or('\0');
    let mut code = String::with_capacity(text.len());
    let mut place = 0;
    while place < signs.len() {
        let sign = at(place);
        let after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if sign == '/' && at(place + 1) == '/' {
            while place < signs.len() && at(place) != '\n' {
                place += 1;
            }
        } else if sign == '/' && at(place + 1) == '*' {
            let mut depth = 1;
            place += 2;
            while place < signs.len() && depth > 0 {
                match (at(place), at(place + 1)) {
                    ('/', '*') => (depth, place) = (depth + 1, place + 1),
                    ('*', '/') => (depth, place) = (depth - 1, place + 1),
                    _ => {}
                }
                place += 1;
            }
        } else if sign == 'r'
            && !after_word
            && matches!(at(place + 1), '"' | '#')
            && raw_end(&signs, place).is_some()
        {
            place = raw_end(&signs, place).unwrap();
            code.push_str("\"\"");
        } else if sign == '"' {
            place += 1;
            while place < signs.len() && at(place) != '"' {
                place += if at(place) == '\\' { 2 } else { 1 };
            }
            place += 1;
            code.push_str("\"\"");
        } else if sign == '\'' && (at(place + 1) == '\\' || at(place + 2) == '\'') {
            // A character, and no lifetime.
            place += if at(place + 1) == '\\' { 3 } else { 2 };
            while place < signs.len() && at(place) != '\'' {
                place += 1;
            }
            place += 1;
            code.push_str("''");
        } else {
            code.push(sign);
            place += 1;
        }
    }
    let tight: Vec<&str> = code.split("::").collect();
    let last = tight.len() - 1;
    let parts = tight.iter().enumerate().map(|(nr, part)| {
        let part = if nr > 0 { part.trim_start() } else { part };
        if nr < last { part.trim_end() } else { part }
    });
    parts.collect::<Vec<_>>().join("::")
}

/// Where a raw string that begins at `start` ends; `None` where none begins there.
fn raw_end(signs: &[char], start: usize) -> Option<usize> {
    let hashes = signs[start + 1..].iter().take_while(|&&sign| sign == '#').count();
    let open = start + 1 + hashes;
    if signs.get(open) != Some(&'"') {
        return None;
    }
    let closes = |place: &usize| {
        signs[*place] == '"' && (1..=hashes).all(|more| signs.get(place + more) == Some(&'#'))
    };
    (open + 1..signs.len())
        .find(closes)
        .map(|place| place + 1 + hashes)
}

/// Every path that is taken with `use`, its groups written out.
fn taken(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let tree = code[at + "use ".len()..].split(';').next().unwrap_or_default();
        write_out("", tree, &mut paths);
    }
    paths
}

fn write_out(before: &str, tree: &str, paths: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        let mut words = tree.split_whitespace();
        let path = format!("{before}{}", words.next().unwrap_or_default());
        let path = path.trim_start_matches("::");
        // A library by itself, and a name that will not be seen again: both are named as if something in them was.
        let hides = words.next() == Some("as") || !path.contains("::");
        paths.push(if hides {
            format!("{path}::")
        } else {
            path.to_owned()
        });
        return;
    };
    let before = format!("{before}{}", tree[..open].trim());
    let inside = tree[open + 1..].rsplit_once('}').map_or("", |(inside, _)| inside);
    let (mut depth, mut begin) = (0, 0);
    for (at, sign) in inside.char_indices().chain([(inside.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inside[begin..at].trim().is_empty() {
                    write_out(&before, &inside[begin..at], paths);
                }
                begin = at + 1;
            }
            _ => {}
        }
    }
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

/// What the whole crate is called where it is taken under another name, which would hide every layer behind it.
const WHOLE: &str = "the whole crate";

/// Layers named by a path or taken with `use`.
fn layers_named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for from in ["crate::", "stemme::", "super::"] {
        for (at, _) in code.match_indices(from) {
            let is_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if !is_word {
                found.insert(first_name(&code[at + from.len()..]));
            }
        }
    }
    for path in taken(code) {
        let mut names = path
            .split("::")
            .skip_while(|name| *name == "super" || *name == "self");
        let first = names.next().unwrap_or_default();
        if !matches!(first, "crate" | "stemme") {
            if path.starts_with("super::") {
                found.insert(first.to_owned());
            }
            continue;
        }
        match names.next().unwrap_or_default() {
            "" | "*" | "self" => found.insert(WHOLE.to_owned()),
            layer => found.insert(layer.to_owned()),
        };
    }
    found.retain(|name| name == WHOLE || LADDER.iter().any(|(layer, _)| layer == name));
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
