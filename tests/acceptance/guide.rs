//! The screens in the interviewers' guides are the program's own: taken from it here, compared with `docs/`.
//!
//! `STEMME_DRAW=1 cargo test --test acceptance guide` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use stemme::texts::{Texts, number};

use crate::laptop::{Laptop, noted};
use crate::steps::texts;
use crate::terminal::Terminal;

/// What stands before the block a screen is kept in: `<!-- screen: NAME -->`.
const MARK: &str = "<!-- screen: ";
/// Whom to call, on the card for when somebody is having a hard time.
const CONTACT: &str =
    "\n[[contact]]\nname = { nb = \"Mental Helse\" }\nphone = \"116 123\"\nchecked = 2026-09-01\n";
/// Words that are different on every machine; on a page they are these.
const CHECK_WORDS: &str = "avis kano lykt skog tavle vind";
const CODE: &str = "fjell - kopp - lys - ravn";

/// Everything in a guide is as on an interviewer's laptop: a coordinator makes an evaluation and a kit, and the kit is
/// opened on another machine.
struct Fieldwork {
    coordinator: Laptop,
    interviewer: Laptop,
}

impl Fieldwork {
    fn new(texts: &Texts) -> Self {
        let coordinator = Laptop::used();
        coordinator.write("pw", "hest batteri stift korrekt\n");
        let title = match texts.language().code() {
            "en" => "My voice counts",
            "nn" => "Mi stemme tel",
            _ => "Min stemme teller",
        };
        let evaluation = [
            "new",
            "evaluation",
            "ev",
            "--title",
            title,
            "--survey",
            "min-stemme-bup",
            "--mode",
            "deidentified",
            "--withdraw-until",
            "2099-12-31",
            "--passphrase-file",
            "pw",
            "--recovery-out",
            "recovery",
            "--no-input",
        ];
        let kit = [
            "-e",
            "ev",
            "kit",
            "pc-2",
            "--to",
            "kit",
            "--passphrase-file",
            "pw",
        ];
        let run = |arguments: &[&str]| {
            let made = coordinator.run(arguments, "");
            assert!(made.status.success(), "{}", noted(&made));
        };
        run(&evaluation);
        let file = coordinator.path().join("ev/evaluation.toml");
        let about = fs::read_to_string(file).unwrap();
        coordinator.write("ev/evaluation.toml", &format!("{about}{CONTACT}"));
        run(&kit);
        Self {
            coordinator,
            interviewer: Laptop::used(),
        }
    }

    fn screen(&self, language: &str) -> Terminal {
        let kit = self.coordinator.path().join("kit");
        let arguments = ["-e", kit.to_str().unwrap(), "--lang", language];
        self.interviewer.screen(&arguments, (80, 24))
    }
}

/// Returns a screen as a page shows it: always the same time, day and words, and no more than one empty line at a
/// time.
fn shown(terminal: &Terminal, texts: &Texts) -> String {
    let mut lines = terminal.lines();
    let saved = texts.interview.saved.replace("{time}", "");
    if let Some((before, after)) = lines[0].split_once(saved.as_str()) {
        let rest: String = after.chars().skip(5).collect();
        let between = after.chars().nth(2).unwrap();
        lines[0] = format!("{before}{saved}14{between}02{rest}");
    }
    let check_words = texts.handover.screen.key_words.replace("{words}", "");
    let day = |year, month, day| number::date(date(year, month, day), texts.language());
    let mut wrapped = None;
    for (at, line) in lines.iter_mut().enumerate() {
        if let Some(words) = line.find(&check_words) {
            line.replace_range(words.., &format!("{check_words}{CHECK_WORDS}"));
            wrapped = Some(at + 1);
        }
        if line.matches(" - ").count() == 3 && !line.contains(['.', ',', '«']) {
            let indent = line.len() - line.trim_start().len();
            line.replace_range(indent.., CODE);
        }
        *line = line.replace(&day(2099, 12, 31), &day(2027, 1, 15));
        let name = line.split(' ').find(|word| word.ends_with(".stemme"));
        if let Some((_, random)) = name.and_then(|name| name.split_once('-')) {
            *line = line.replace(random, "7f3a.stemme");
        }
    }
    if let Some(at) = wrapped
        && !lines[at].trim().is_empty()
        && !lines[at].contains('─')
    {
        lines.remove(at);
    }
    lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
    lines.join("\n").trim_end().to_owned()
}

/// Goes from opening the laptop to handing over, and returns the screens on the way.
fn screens(language: &str) -> BTreeMap<&'static str, String> {
    let texts = texts(language);
    let words = &texts.interview;
    let fieldwork = Fieldwork::new(&texts);
    let mut found = BTreeMap::new();
    let mut terminal = fieldwork.screen(language);
    terminal.wait_for(&words.start.title);
    found.insert("start", shown(&terminal, &texts));
    terminal.keys("1");
    for _ in 0..20 {
        let screen = terminal.see();
        if screen.contains(&words.start.one_or_group) {
            terminal.keys("1");
            continue;
        }
        if !terminal.lines()[0].contains(&words.consent.title) {
            break;
        }
        if screen.contains(&words.consent.know_more) {
            found.entry("consent").or_insert_with(|| shown(&terminal, &texts));
            terminal.keys("1 Enter");
        } else if screen.contains("( ) ") {
            // The oldest answer alone for themselves.
            terminal.keys("End Space Enter");
        } else {
            found
                .entry("information")
                .or_insert_with(|| shown(&terminal, &texts));
            terminal.keys("Enter");
        }
    }
    on(&mut terminal, &texts, &|screen| screen.contains(" 1-5 "));
    terminal.keys("4");
    terminal.wait_for(&words.saved.replace("{time}", ""));
    found.insert("question", shown(&terminal, &texts));
    terminal.keys(&words.letter.overview);
    terminal.wait_for(&words.overview.title);
    found.insert("overview", shown(&terminal, &texts));
    terminal.keys("Esc").keys(&words.letter.pause);
    terminal.wait_for(&words.pause.all_saved);
    found.insert("pause", shown(&terminal, &texts));
    terminal.keys(&words.letter.distress);
    terminal.wait_for(&words.distress.title);
    found.insert("distress", shown(&terminal, &texts));
    terminal.keys("Esc Esc C-l");
    terminal.wait_for(words.curtain.split(" {").next().unwrap());
    found.insert("curtain", shown(&terminal, &texts));
    terminal.keys("Enter");
    on(&mut terminal, &texts, &|screen| {
        screen.contains(&words.readback.title)
    });
    // A few answers were right; then the rest, to the end.
    terminal.keys("Enter Enter Enter");
    found.insert("read-back", shown(&terminal, &texts));
    for _ in 0..60 {
        let screen = terminal.see();
        if screen.contains(&words.closing.title) {
            break;
        }
        terminal.keys(
            if screen.contains(&words.readback.quote) && !screen.contains("(x)") {
                "1"
            } else {
                "Enter"
            },
        );
    }
    terminal.wait_for(&words.closing.title);
    found.insert("closing", shown(&terminal, &texts));
    terminal.keys("1");
    terminal.wait_for(&texts.withdrawal.code_title);
    found.insert("code", shown(&terminal, &texts));
    terminal.keys("1 Enter");
    terminal.wait_for(&words.sealed.title);
    found.insert("sealed", shown(&terminal, &texts));
    let screen = &texts.handover.screen;
    terminal.keys("4");
    terminal.wait_for(&screen.entry);
    terminal.keys("3");
    terminal.wait_for(&screen.folder);
    // The folder stands after the memory sticks that are in.
    terminal.keys("End Enter");
    terminal.wait_for(&screen.folder_title);
    let stick = fieldwork.coordinator.path().join("stick");
    fs::create_dir(&stick).unwrap();
    terminal.text(stick.to_str().unwrap());
    terminal.keys("Enter");
    terminal.wait_for(&screen.done_title);
    found.insert("delivered", shown(&terminal, &texts));
    found
}

/// Goes on until the screen is as wanted, and answers what a digit answers.
fn on(terminal: &mut Terminal, texts: &Texts, is_so: &dyn Fn(&str) -> bool) {
    let words = &texts.interview;
    for _ in 0..80 {
        let screen = terminal.see();
        if is_so(&screen) {
            return;
        }
        if screen.contains(&words.required.title) {
            terminal.keys("3");
        } else if screen.contains(&words.parked.title) {
            terminal.keys("2");
        } else if screen.contains(" 1-5 ") {
            terminal.keys("4 PgDn");
        } else {
            terminal.keys("PgDn");
        }
    }
    panic!("never seen\n{}", terminal.see());
}

/// Returns the page with these screens in their blocks.
fn with_screens(page: &str, screens: &BTreeMap<&'static str, String>) -> String {
    let mut parts = page.split(MARK);
    let mut new = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, after) = part.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("```text\n").unwrap();
        let (_, after) = after.split_once("```\n").unwrap();
        let screen = screens.get(name).unwrap_or_else(|| panic!("no screen {name}"));
        new.push_str(&format!("{MARK}{name} -->\n```text\n{screen}\n```\n{after}"));
    }
    new
}

fn compare(language: &str, guide: &str) {
    let screens = screens(language);
    assert!(screens.len() >= 8, "{guide} shows too few screens");
    compare_with(&screens, guide);
}

/// Compares the screens in a guide with these.
#[expect(clippy::disallowed_methods, reason = "writes the documentation")]
pub fn compare_with(screens: &BTreeMap<&'static str, String>, guide: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(guide);
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains(MARK), "{guide} shows no screen");
    let new = with_screens(&page, screens);
    if std::env::var_os("STEMME_DRAW").is_some() {
        fs::write(&file, &new).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    assert!(
        kept == new,
        "a screen in docs/{guide} has changed: look at it with STEMME_DRAW=1, and keep the page"
    );
}

#[test]
fn the_guide_in_bokmal_shows_the_screens_as_they_are() {
    compare("nb", "guide-intervjuer.md");
}

#[test]
fn the_guide_in_nynorsk_shows_the_screens_as_they_are() {
    compare("nn", "guide-intervjuar.md");
}

#[test]
fn the_guide_in_english_shows_the_screens_as_they_are() {
    compare("en", "guide-interviewer.md");
}
