//! The coordinator's afternoon, in a real terminal: from the overview to files that people open, without a command. The
//! screens in the coordinators' guides are taken on the way.
//!
//! `STEMME_DRAW=1 cargo test --test acceptance coordinator` writes them anew.

use std::collections::BTreeMap;

use crate::guide::compare_with;
use crate::laptop::{Laptop, PASSPHRASE, noted, said};
use crate::steps::texts;

/// The example, made on this laptop.
fn with_example() -> Laptop {
    let laptop = Laptop::used();
    let demo = laptop.run(&["demo", "--dir", "example", "--quiet"], "");
    assert!(demo.status.success(), "{}", noted(&demo));
    laptop
}

#[test]
fn an_afternoon_leads_from_the_overview_to_files_in_the_documents_without_a_command() {
    let laptop = with_example();
    let mut terminal = laptop.screen(&["-e", "example"], (80, 24));
    terminal.wait_for("Sjekkliste:");
    assert!(terminal.see().contains("Ferdige: 69 av 72"), "{}", terminal.see());
    // What came is brought in; a folder that is not there is told of.
    terminal.keys("H");
    terminal.text("ingen-slik-mappe").keys("Enter");
    terminal.until("something is said", |screen| !screen.contains("Mappe: ["));
    terminal.keys("Esc");
    terminal.wait_for("Sjekkliste:");
    // The results, a question as chart and table, and what hidden counts mean.
    terminal.keys("R");
    terminal.wait_for("n = 52");
    terminal.keys("Down Down V V F");
    terminal.wait_for("ingen skal");
    terminal.keys("Esc Esc");
    // The round before and this one, a site beside the network, and two perspectives.
    terminal.keys("S");
    terminal.wait_for("Første runde");
    terminal.keys("Tab");
    terminal.wait_for("nettverket");
    terminal.keys("Tab");
    terminal.wait_for("Pårørende");
    terminal.keys("Esc");
    // A note about a question's figures is kept.
    terminal.keys("R");
    terminal.wait_for("n = 52");
    terminal.keys("A").text("Spør tjenesten").keys("Enter");
    terminal.wait_for("Notat: Spør tjenesten");
    terminal.keys("Esc");
    // An open answer gets a theme of its own; a sentence of it is marked, read and approved.
    terminal.wait_for("Sjekkliste:");
    terminal.keys("K");
    terminal.wait_for("gått gjennom");
    terminal.keys("Down Enter");
    for _ in 0..23 {
        let screen = terminal.see();
        if screen.contains("Kan siteres som det står.") && !screen.contains("Sitat:") {
            break;
        }
        terminal.keys("Right");
    }
    terminal.keys("+").text("Husker små ting").keys("Enter");
    terminal.wait_for("[x] Husker små ting");
    terminal.keys("M Enter");
    terminal.wait_for("Merket.");
    terminal.keys("Esc S End G");
    terminal.wait_for("Klar til rapporten.");
    terminal.keys("Esc Esc");
    // A finding, with what the service promises.
    terminal.wait_for("Sjekkliste:");
    terminal.keys("F");
    terminal.wait_for("Til: BUP");
    terminal
        .keys("+")
        .text("Det er de små tingene som teller.")
        .keys("Enter P");
    terminal.text("En kopp te først").keys("Enter");
    terminal.wait_for("-> En kopp te først");
    terminal.keys("Esc");
    // What was found is shown together with what was shown before.
    terminal.wait_for("Sjekkliste:");
    terminal.keys("U");
    terminal.wait_for("Husker små ting");
    terminal.keys("Right Enter");
    terminal.wait_for("Temaer og sitater er med i rapporten nå");
    terminal.keys("Esc");
    // The final report is looked at and made; it lies among the documents.
    terminal.wait_for("Sjekkliste:");
    terminal.keys("E");
    terminal.wait_for("[ Lag filer ]");
    terminal.keys("Right Right Space Down Down Right Space");
    terminal.wait_for("(x) endelig rapport");
    terminal.keys("End Enter");
    let screen = terminal.wait_for("Filene ligger i mappa");
    terminal.keys("Esc");
    terminal.wait_for("Sjekkliste:");
    let made = laptop.files("Documents/stemme");
    let ends = |ending: &str| {
        made.iter()
            .any(|(path, bytes)| path.display().to_string().ends_with(ending) && bytes.len() > 1000)
    };
    assert!(ends(".docx") && ends(".xlsx"), "{screen}");
    let page = made
        .iter()
        .find(|(path, _)| path.display().to_string().ends_with(".html"));
    let page = page.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap();
    for told in [
        "Husker små ting",
        "Det er de små tingene som teller.",
        "En kopp te først",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // Once more goes into a folder beside it: nothing is written over.
    terminal.keys("E");
    terminal.wait_for("[ Lag filer ]");
    terminal.keys("Right Right Space End Enter");
    terminal.wait_for("Filene ligger i mappa");
    assert_eq!(laptop.files("Documents/stemme").len(), 2 * made.len());
    // To the start screen, and out.
    terminal.keys("Esc Esc T");
    terminal.wait_for("Hva vil du gjøre");
}

#[test]
fn browsing_shows_nothing_that_the_command_does_not_and_releases_nothing() {
    let laptop = with_example();
    let before = laptop.files("example/releases");
    let mut terminal = laptop.screen(&["-e", "example"], (80, 24));
    terminal.wait_for("Sjekkliste:");
    terminal.keys("R");
    terminal.wait_for("n = 52");
    for _ in 0..10 {
        terminal.keys("Down V D B B");
    }
    terminal.keys("Esc U");
    terminal.wait_for("Vis nye svar");
    terminal.keys("Enter");
    assert_eq!(laptop.files("example/releases"), before);
}

#[test]
fn the_passphrase_is_asked_for_on_the_screen_and_nothing_new_is_shown_unasked() {
    let laptop = Laptop::with_evaluation();
    let mut terminal = laptop.screen(&["-e", "ev"], (80, 24));
    terminal.wait_for("Passfrase:");
    terminal.text("feil").keys("Enter");
    terminal.wait_for("! ");
    terminal.text(PASSPHRASE).keys("Enter");
    terminal.wait_for("Sjekkliste:");
    assert!(!String::from_utf8_lossy(&terminal.bytes()).contains(PASSPHRASE));
    let status = laptop.run(&["status", "-e", "ev", "--json"], "");
    assert!(said(&status).contains("\"evaluation\""), "{}", noted(&status));
    terminal.keys("R");
    terminal.wait_for("Vis nye svar");
    terminal.keys("Esc");
    assert_eq!(laptop.files("ev/releases").len(), 0);
}

fn screens(language: &str) -> BTreeMap<&'static str, String> {
    let texts = texts(language);
    let words = &texts.coordinator;
    let laptop = with_example();
    let mut terminal = laptop.screen(&["-e", "example", "--lang", language], (80, 24));
    let mut found = BTreeMap::new();
    let checklist = words.overview.checklist.split(':').next().unwrap().to_owned();
    let on_page = |terminal: &crate::terminal::Terminal| {
        let mut lines = terminal.lines();
        lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
        lines.join("\n").trim_end().to_owned()
    };
    terminal.wait_for(&checklist);
    found.insert("coordinator", on_page(&terminal));
    terminal.keys(&words.letter.results);
    terminal.wait_for("n = 52");
    terminal.keys("Down Down");
    found.insert("results", on_page(&terminal));
    terminal.keys(&words.letter.explain);
    terminal.wait_for(&words.explain.together);
    found.insert("explained", on_page(&terminal));
    terminal.keys("Esc Esc");
    terminal.wait_for(&checklist);
    terminal.keys(&words.letter.coding);
    terminal.wait_for(words.coding.gone_through.rsplit('}').next().unwrap());
    // An example's answers lie in another order every time: the guide shows one that is quoted.
    terminal.keys("Down Enter /").text("PC-en").keys("Enter");
    for _ in 0..4 {
        terminal.keys(&words.letter.filter);
    }
    terminal.wait_for(&words.coding.quote_label);
    found.insert("coding", on_page(&terminal));
    terminal.keys("Esc Esc");
    terminal.wait_for(&checklist);
    terminal.keys(&words.letter.findings);
    terminal.wait_for(words.findings.is_for.split('{').next().unwrap());
    found.insert("findings", on_page(&terminal));
    found
}

#[test]
fn the_screens_in_the_guide_for_coordinators_are_the_programs_own() {
    compare_with(&screens("nb"), "guide-koordinator.md");
}

#[test]
fn the_screens_in_the_nynorsk_guide_for_coordinators_are_the_programs_own() {
    compare_with(&screens("nn"), "guide-koordinator-nn.md");
}

#[test]
fn the_screens_in_the_english_guide_for_coordinators_are_the_programs_own() {
    compare_with(&screens("en"), "guide-coordinator.md");
}
