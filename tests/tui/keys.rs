//! The key reference in `docs/keys` is made of the key tables: the same that make the hints and the help, and that
//! the keyboard reads.
//!
//! `STEMME_DRAW=1 cargo test --test tui key_reference` writes the tables anew.

use std::fs;
use std::path::Path;

use stemme::domain::language::Language;
use stemme::texts::Texts;
use stemme::tui::command::{Command, Open};
use stemme::tui::input::Key;
use stemme::tui::keymap::{Binding, Keys, everywhere};
use stemme::tui::list::{Kind, List};
use tempfile::TempDir;

use crate::harness::Screens;

/// What stands before a table: `<!-- keys: NAME -->`.
const MARK: &str = "<!-- keys: ";
/// What stands after it.
const END: &str = "<!-- end -->";

/// What stands before the name of a screen of the coordinator's.
const OFFICE: &str = "office-";

/// The example, on which the screens that open the workbook are looked at: opened once for all of them.
type Example = Option<(TempDir, Screens)>;

/// Goes to the overview, and speaks this language.
fn at_overview(example: &mut Example, language: Language) -> &mut Screens {
    let (_, s) = example.get_or_insert_with(|| crate::coordinator_office::opened(language, (80, 24)));
    for _ in 0..9 {
        if s.app.view_name() != "coordinator" {
            s.keys("Esc");
        }
    }
    while s.app.situation().language() != language {
        let settings = s.app.situation().t().letter.settings.clone();
        s.keys("Esc").keys(&settings).keys("Enter Esc");
    }
    s
}

/// Returns the key table of one of the coordinator's screens.
fn office_table(name: &str, language: Language, example: &mut Example) -> Vec<Binding> {
    let letters = Texts::load(language).unwrap().coordinator.letter.clone();
    let mut own;
    let s = match name {
        "coding" | "marking" | "themes" | "quotes" | "findings" | "conference" => {
            at_overview(example, language)
        }
        _ => {
            own = crate::coordinator_screens::at_overview(language, (80, 24));
            &mut own
        }
    };
    match name {
        "results" => s.keys(&letters.results),
        "rounds" => s.keys(&letters.rounds),
        "release" => s.keys(&letters.release),
        "report" => s.keys(&letters.report),
        "collect" => s.keys(&letters.collect),
        "surveys" => s.keys(&letters.surveys),
        "survey" => s.keys(&letters.surveys).keys("Down Enter"),
        "coding" => s.keys(&letters.coding).keys("Enter"),
        "checklist" => s.keys(&letters.checklist),
        "marking" => {
            s.keys(&letters.coding).keys("Enter");
            // Where the words may be quoted.
            for _ in 0..40 {
                s.keys(&letters.mark);
                let enter = Keys::One(Key::Enter);
                let mut table = s.app.table().into_iter();
                if table.any(|binding| binding.keys == enter && binding.says.is_some()) {
                    break;
                }
                s.keys("Esc PgDn");
            }
            &mut *s
        }
        "themes" => s.keys(&letters.coding).keys(&letters.themes),
        "quotes" => s.keys(&letters.coding).keys(&letters.quotes),
        "findings" => s.keys(&letters.findings).keys("+ Tab Enter"),
        "conference" => {
            s.keys(&letters.findings).keys("+ Tab Enter");
            s.keys(&letters.conference)
        }
        _ => s,
    };
    s.app.table()
}

/// Returns the key table of the screen with this name, and screens in the language.
fn table(name: &str, language: Language, example: &mut Example) -> (Vec<Binding>, Screens) {
    if let Some(office) = name.strip_prefix(OFFICE) {
        let table = office_table(office, language, example);
        return (table, Screens::new(language, (80, 24)));
    }
    let letters = Texts::load(language).unwrap().interview.letter.clone();
    let mut s = Screens::new(language, (80, 24));
    if name == "everywhere" {
        return (everywhere(), s);
    }
    let question = match name {
        "start" => return (s.app.table(), s),
        "information" => {
            s.keys("1 1");
            return (s.app.table(), s);
        }
        "hands" => {
            s.keys("1 2 5 Enter");
            while s.is_at_information() {
                s.keys("Enter");
            }
            s.keys("2 Enter 1 Enter 1 Enter").go_to("hender");
            return (s.app.table(), s);
        }
        "consent" => {
            s.keys("1 1 Enter");
            while s.is_at_information() {
                s.keys("Enter");
            }
            s.keys("2 Enter");
            return (s.app.table(), s);
        }
        "many" => "viktig",
        "scale" => "snakke",
        "slider" => "trygg",
        "number" | "buttons" => "dager",
        "month" => "start",
        "text" => "annerledes",
        "long-list" => "hjalp",
        "rank" => "viktigst",
        "matrix" => "pastander",
        "alone" => "trodd",
        _ => "bestemte",
    };
    s.interview().go_to(question);
    match name {
        "buttons" => s.keys("Tab"),
        "card" => s.keys("F6"),
        "note" => s.keys(&letters.note),
        "overview" => s.keys(&letters.overview),
        "menu" => s.keys("Esc"),
        "pause" => s.keys(&letters.pause),
        "stop" => s.keys(&letters.pause).keys("3"),
        "distress" => s.keys("Esc").keys(&letters.distress),
        "read-back" | "closing" => {
            s.go_to("trodd").keys("1 Enter Enter Esc");
            if name == "closing" {
                s.keys(&letters.last);
            }
            &mut s
        }
        _ => &mut s,
    };
    (s.app.table(), s)
}

/// Returns what a key does whose binding does not say so itself; `None` for keys that move and edit as everywhere.
#[expect(clippy::panic, reason = "a key without words is a mistake")]
fn silent_words(command: &Command, screens: &Screens) -> Option<String> {
    let s = screens.app.situation();
    let t = &s.texts.interview;
    let (hint, help) = (&t.hint, &t.help);
    Some(match command {
        Command::Missing(kind) => s.missing_words(*kind).to_lowercase(),
        Command::Next => hint.next.clone(),
        Command::Back => hint.back.clone(),
        Command::Up => hint.menu.clone(),
        Command::Toggle => hint.choose.clone(),
        Command::Erase => hint.empty.clone(),
        Command::Filter => hint.search.clone(),
        Command::Raise => hint.raise.clone(),
        Command::Lower => hint.lower.clone(),
        Command::Skip => hint.skip.clone(),
        Command::Enter => hint.next.clone(),
        Command::Close => hint.close.clone(),
        Command::Curtain => help.curtain.clone(),
        Command::AskSaved => help.saved.clone(),
        Command::Undo => help.undo.clone(),
        Command::Redo => help.redo.clone(),
        Command::Quit => help.quit.clone(),
        Command::PageDown => hint.read_on.clone(),
        Command::PageUp => hint.scroll.clone(),
        Command::Open(open) => match open {
            Open::Help => hint.help.clone(),
            Open::Overview => hint.overview.clone(),
            Open::Note => hint.note.clone(),
            Open::Card => hint.card.clone(),
            Open::Pause => hint.pause.clone(),
            Open::Distress => hint.distress.clone(),
            Open::Probes => hint.probes.clone(),
            open => panic!("no words for {open:?}"),
        },
        Command::Move(_)
        | Command::Digit(_)
        | Command::Insert(_)
        | Command::NewLine
        | Command::DeleteBack
        | Command::DeleteForward
        | Command::NextZone
        | Command::PreviousZone => return None,
        command => panic!("no words for {command:?}"),
    })
}

/// Returns the same for the coordinator's screens.
fn office_words(command: &Command, screens: &Screens) -> Option<String> {
    let hint = &screens.app.situation().texts.interview.hint;
    Some(match command {
        Command::Redo => hint.redo.clone(),
        Command::Toggle => hint.choose.clone(),
        Command::PageDown => hint.read_on.clone(),
        Command::PageUp => hint.scroll.clone(),
        Command::Open(Open::Help) => hint.help.clone(),
        _ => return None,
    })
}

/// Returns the rows of a table: keys, and what they do.
fn rows(name: &str, language: Language, example: &mut Example) -> Vec<(Vec<String>, String)> {
    let (table, screens) = table(name, language, example);
    let s = screens.app.situation();
    let names = &s.texts.interview.key;
    let entries = match name {
        "start" => List::new(Kind::Home, s).content(s).entries,
        "menu" => List::new(Kind::Menu, s).content(s).entries,
        _ => Vec::new(),
    };
    let mut rows: Vec<(Vec<String>, String)> = Vec::new();
    for binding in &table {
        let entry = entries
            .iter()
            .find(|entry| entry.letter.as_ref() == Some(&binding.keys))
            .map(|entry| entry.text.clone());
        let same = |other: &&Binding| other.says.is_some() && other.command == binding.command;
        let visible = || table.iter().find(same).and_then(|other| other.says.clone());
        let words = entry
            .or_else(|| binding.says.clone())
            .or_else(visible)
            .or_else(|| match name.strip_prefix(OFFICE) {
                // What is not named there moves and edits as everywhere.
                Some(_) => office_words(&binding.command, &screens),
                None => silent_words(&binding.command, &screens),
            });
        let Some(words) = words else {
            continue;
        };
        let keys = match &binding.keys {
            // Hints show one name for both directions; here there is room for all.
            Keys::Text | Keys::None => continue,
            keys => keys.name(names),
        };
        match rows.iter_mut().find(|(_, known)| *known == words) {
            Some((known, _)) if known.contains(&keys) => {}
            Some((known, _)) => known.push(keys),
            None => rows.push((vec![keys], words)),
        }
    }
    rows
}

fn drawn(name: &str, language: Language, example: &mut Example) -> String {
    let (key, does) = match language {
        Language::Bokmal => ("Tast", "Hva den gjør"),
        Language::Nynorsk => ("Tast", "Kva han gjer"),
        Language::English => ("Key", "What it does"),
    };
    let mut table = format!("| {key} | {does} |\n|---|---|\n");
    for (keys, words) in rows(name, language, example) {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        table.push_str(&format!("| {} | {words} |\n", keys.join(", ")));
    }
    table
}

/// Returns the page with its tables made anew.
fn with_tables(page: &str, language: Language, example: &mut Example) -> String {
    let mut parts = page.split(MARK);
    let mut new = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, after) = part.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once(END).unwrap();
        let table = drawn(name, language, example);
        new.push_str(&format!("{MARK}{name} -->\n{table}{END}{after}"));
    }
    new
}

#[test]
#[expect(clippy::disallowed_methods, reason = "writes the documentation")]
fn the_key_reference_is_what_the_key_tables_say() {
    let mut names: Vec<Vec<String>> = Vec::new();
    let mut example = None;
    for language in Language::ALL {
        let file = format!("docs/keys/{}.md", language.code());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let page = fs::read_to_string(&path).unwrap();
        let new = with_tables(&page, language, &mut example);
        if std::env::var_os("STEMME_DRAW").is_some() {
            fs::write(&path, &new).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap();
        assert!(
            kept == new,
            "keys have changed: look at {file} with STEMME_DRAW=1, and keep it"
        );
        let marks = page.split(MARK).skip(1);
        names.push(
            marks
                .map(|part| part.split(' ').next().unwrap().to_owned())
                .collect(),
        );
    }
    assert!(names[0].len() > 20);
    assert!(names[1..].iter().all(|other| *other == names[0]), "{names:?}");
}
