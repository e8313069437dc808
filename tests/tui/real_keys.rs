//! Keys, drafts and changes on a real evaluation: what a coordinator needs now and then, without a command.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes what a person would have written"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use stemme::cli;
use stemme::cli::exit_code::ExitCode;
use stemme::domain::language::Language;
use stemme::fieldwork::desk::Desk;
use stemme::fieldwork::workplace::Workplace;
use stemme::tui::Exit;
use tempfile::TempDir;

use crate::coordinator::walk;
use crate::coordinator_office::{real, real_in, surroundings_of, with_other_keys};
use crate::harness::Screens;

const PASSPHRASE: &str = "hest batteri stift korrekt";
const NEXT: &str = "fjell kopp lys og fjord";
const LAST: &str = "bord stol lampe og bok";

fn run(place: &Path, line: &str, input: &str, day: &'static str, seed: u64) {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let mut made = surroundings_of(place, &arguments, seed);
    made.home = place.join("home");
    made.input = Box::new(std::io::Cursor::new(input.as_bytes().to_vec()));
    made.now = Arc::new(move || format!("{day}T14:02:00[UTC]").parse().unwrap());
    assert_eq!(cli::run(&mut made), ExitCode::Ok, "{line}");
}

fn evaluation() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("pw"), PASSPHRASE).unwrap();
    let new = "new evaluation ev --title Prøve --survey min-stemme-bup --withdraw-until 2026-12-15 \
               --passphrase-file pw --recovery-out rec.txt";
    run(place.path(), new, "", "2026-11-10", 1);
    place
}

/// Goes down to a row.
fn row(screens: &mut Screens, says: &str) {
    screens.keys("Home");
    let mark = format!("> {says}");
    for _ in 0..30 {
        if !screens.see().contains(&mark) {
            screens.keys("Down");
        }
    }
    sees(screens, &mark);
}

fn sees(screens: &mut Screens, says: &str) {
    let seen = screens.see();
    assert!(seen.contains(says), "{says}: {seen}");
}

#[test]
fn a_key_is_changed_old_ones_go_and_everything_is_there() {
    let place = evaluation();
    let mut screens = real(place.path(), "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Bytt nøkkelen din");
    screens
        .keys("Enter")
        .text("kort")
        .keys("Enter")
        .text("kort")
        .keys("Enter");
    sees(&mut screens, "! ");
    screens
        .keys("Esc Enter")
        .text(NEXT)
        .keys("Enter")
        .text(NEXT)
        .keys("Enter");
    sees(&mut screens, "Nøkkelen er byttet");
    // Nothing on the screen asks anybody to type a command.
    assert!(!screens.see().contains("stemme keys"), "{}", screens.see());
    screens.keys("Esc");
    row(&mut screens, "Kast gamle nøkler");
    screens.keys("Enter Enter");
    sees(&mut screens, "De gamle nøklene er kastet");
    screens.keys("Esc");
    row(&mut screens, "Se etter at alt er her");
    screens.keys("Enter Enter");
    sees(&mut screens, "Alt er");
    drop(screens);

    let mut screens = real(place.path(), "home", 3, (80, 40));
    screens.text(PASSPHRASE).keys("Enter");
    sees(&mut screens, "! ");
    screens.text(NEXT).keys("Enter");
    sees(&mut screens, "Oversikt");
}

#[test]
fn a_forgotten_passphrase_is_replaced_from_where_it_is_asked_for() {
    let place = evaluation();
    let mut screens = real(place.path(), "home", 2, (80, 40));
    sees(&mut screens, "Tab: glemt den");
    screens.keys("Tab");
    row(&mut screens, "Lag ny nøkkel med reservenøkkelen");
    let recovery = place.path().join("rec.txt").display().to_string();
    screens.keys("Enter").text(&recovery).keys("Enter Enter");
    screens.text(LAST).keys("Enter").text(LAST).keys("Enter");
    sees(&mut screens, "Du har en ny nøkkel");
    screens.keys("Esc").text(PASSPHRASE).keys("Enter");
    sees(&mut screens, "! ");
    screens.text(LAST).keys("Enter");
    sees(&mut screens, "Oversikt");
}

#[test]
fn another_coordinator_takes_their_key_file_into_use_on_their_own_computer() {
    let place = evaluation();
    let file = place.path().join("stick/bodil.key").display().to_string();
    let mut screens = real(place.path(), "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Gi en koordinator til");
    screens.keys("Enter").text("bodil").keys("Enter");
    for _ in 0..200 {
        screens.keys("Bs");
    }
    screens
        .text(&file)
        .keys("Enter")
        .text(NEXT)
        .keys("Enter")
        .text(NEXT)
        .keys("Enter");
    sees(&mut screens, "«bodil» kan nå åpne intervjuene");
    drop(screens);

    let mut screens = real(place.path(), "home2", 3, (80, 40));
    row(&mut screens, "3  For koordinator");
    screens.keys("Enter");
    row(&mut screens, "Ta i bruk en nøkkelfil");
    screens
        .keys("Enter")
        .text(&file)
        .keys("Enter")
        .text("noe annet her")
        .keys("Enter");
    sees(&mut screens, "! ");
    for _ in 0..20 {
        screens.keys("Bs");
    }
    screens.text(NEXT).keys("Enter");
    sees(&mut screens, "ligger på denne PC-en nå");
    screens.keys("Esc");
    row(&mut screens, "3  For koordinator");
    screens.keys("Enter").text(NEXT).keys("Enter");
    sees(&mut screens, "Oversikt");
}

#[test]
fn a_draft_that_nobody_finished_is_decided_about_on_a_screen() {
    let place = evaluation();
    for seed in [5, 6] {
        run(
            place.path(),
            "interview -e ev --linear",
            "\nja\nnei\nhopp\nhopp\n",
            "2026-11-12",
            seed,
        );
    }
    // Nobody has touched it for some days.
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_794_000_000);
    for file in fs::read_dir(place.path().join("ev/draft")).unwrap().flatten() {
        let file = fs::File::options().write(true).open(file.path()).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let mut screens = real(place.path(), "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Utkast og svar som venter");
    screens.keys("Enter");
    sees(&mut screens, "Utkast 1 av 2");
    screens.keys("X").text("slett").keys("Enter");
    sees(&mut screens, "Slettet.");
    screens.keys("Esc Enter");
    sees(&mut screens, "Utkast 1 av 1");
    screens.keys("B Enter");
    sees(&mut screens, "Forseglet. Svarene er med");
    screens.keys("Esc Enter");
    sees(&mut screens, "Ingen utkast eller svar venter");
}

#[test]
fn a_promise_that_is_kept_less_well_is_accepted_by_typing_what_the_file_says() {
    let place = evaluation();
    let file = place.path().join("ev/evaluation.toml");
    let text = fs::read_to_string(&file).unwrap();
    let earlier = text.replace("2026-12-15", "2026-12-01");
    assert_ne!(text, earlier);
    fs::write(&file, earlier).unwrap();
    let mut screens = real(place.path(), "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Det som er endret siden sist");
    screens.keys("Enter");
    sees(&mut screens, "withdraw_until var 2026-12-15");
    screens.keys("Enter").text("noe annet").keys("Enter");
    sees(&mut screens, "gjelder fortsatt");
    screens.keys("Esc Enter Enter").text("01.12.2026").keys("Enter");
    sees(&mut screens, "gjelder fra nå av");
    screens.keys("Esc Enter");
    sees(&mut screens, "Ingenting er endret utenom");
}

#[test]
fn a_new_kit_is_taken_into_use_and_new_keys_are_compared_on_the_laptops_own_screens() {
    let place = evaluation();
    let at = place.path();
    fs::write(at.join("pw2"), NEXT).unwrap();
    run(
        at,
        "kit nord-1 -e ev --to kit --print print --passphrase-file pw",
        "",
        "2026-11-12",
        5,
    );
    let rotate = "keys rotate -e ev --passphrase-file pw --new-passphrase-file pw2";
    run(at, rotate, "", "2026-11-12", 6);
    run(
        at,
        "renew -e ev --to new --passphrase-file pw2",
        "",
        "2026-11-12",
        7,
    );

    let mut screens = real_in(at, "kit", "laptop", 2, (80, 40));
    sees(&mut screens, "Denne PC-en");
    screens.keys("D");
    row(&mut screens, "Ta i bruk en ny pakke");
    screens.keys("Enter").text("finnes-ikke").keys("Enter Enter");
    sees(&mut screens, "! ");
    screens.keys("Up End");
    for _ in 0..60 {
        screens.keys("Bs");
    }
    let new = at.join("new").display().to_string();
    screens.text(&new).keys("Enter Enter");
    sees(&mut screens, "Pakka er fornyet");
    sees(&mut screens, "«Skriv kontrollordene»");
    screens.keys("Esc");
    assert_eq!(screens.app.exit(), Some(Exit::Anew), "it begins with the new kit");
    drop(screens);

    let words = {
        let random = surroundings_of(at, &[], 1).randomness();
        let workplace = Workplace::open_unknown(&at.join("kit"), &at.join("laptop"), random).unwrap();
        workplace.key_words().unwrap()
    };
    for language in Language::ALL {
        for size in [(80, 24), (60, 16)] {
            let mut screens = with_other_keys(at, "kit", "laptop", language, size);
            let all = walk(&mut screens, &[("start", ""), ("words", "1")]);
            screens.text("en to tre fire fem seks");
            let all = all + &walk(&mut screens, &[("wrong", "Enter")]);
            let name = format!("new_keys_{}_{}x{}", language.code(), size.0, size.1);
            insta::assert_snapshot!(name, all);
        }
    }
    let mut screens = with_other_keys(at, "kit", "laptop", Language::Bokmal, (80, 40));
    sees(&mut screens, "Nøklene er ikke de samme som før");
    screens.keys("1").text("en to tre fire fem seks").keys("Enter");
    sees(&mut screens, "Ordene stemmer ikke");
    for _ in 0..30 {
        screens.keys("Bs");
    }
    screens.text(&words).keys("Enter");
    sees(&mut screens, "Dere kan begynne igjen");
    drop(screens);
    let mut screens = real_in(at, "kit", "laptop", 3, (80, 40));
    sees(&mut screens, "Nytt intervju");
}

#[test]
fn the_next_round_begins_on_a_screen_and_a_laptop_gets_other_letters() {
    let place = evaluation();
    let at = place.path();
    run(
        at,
        "kit nord-1 -e ev --to kit --print print --letters A,B --passphrase-file pw",
        "",
        "2026-11-12",
        5,
    );
    let mut screens = real(at, "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Begynn en ny runde");
    screens
        .keys("Enter")
        .text("Våren 2027")
        .keys("Enter")
        .text("mange")
        .keys("Enter");
    sees(&mut screens, "! ");
    screens.keys("Bs Bs Bs Bs Bs").text("30").keys("Enter");
    sees(&mut screens, "Runden «Våren 2027» er åpen nå");
    sees(&mut screens, "forny pakkene (P");
    let file = fs::read_to_string(at.join("ev/evaluation.toml")).unwrap();
    assert!(file.contains("planned = 30"), "{file}");

    screens.keys("Esc Esc P");
    row(&mut screens, "Forny pakkene");
    screens.keys("Enter");
    for _ in 0..200 {
        screens.keys("Bs");
    }
    let new = at.join("new").display().to_string();
    screens.text(&new).keys("Enter").text("nord-2=C").keys("Enter");
    sees(&mut screens, "Ingen PC heter nord-2");
    screens.keys("Bs Bs Bs").text("1=B,C").keys("Enter");
    sees(&mut screens, "Nye pakker ligger i");
    let kit = fs::read_to_string(at.join("new/nord-1/kit.sig")).unwrap();
    assert!(kit.contains("letters b,c"), "{kit}");
}

#[test]
fn codes_go_when_everything_is_sealed_again_after_the_last_day_and_only_when_that_is_chosen() {
    let place = evaluation();
    let file = place.path().join("ev/evaluation.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("2026-12-15", "2026-11-20")).unwrap();
    run_confirm(place.path());
    let mut screens = real(place.path(), "home", 2, (80, 40));
    screens.text(PASSPHRASE).keys("Enter T");
    row(&mut screens, "Forsegl alt på nytt");
    screens.keys("Enter");
    sees(&mut screens, "Siste dag for å trekke seg var 20.11.2026");
    sees(&mut screens, "beholdes");
    screens.keys("Enter");
    sees(&mut screens, "Kodene er som før.");
    assert!(!screens.see().contains("ja/nei"), "{}", screens.see());
    screens.keys("Esc Enter Right Enter");
    assert!(!screens.see().contains("Kodene er som før"), "{}", screens.see());
    sees(&mut screens, "Forseglet på nytt");
}

/// Accepts the earlier day that somebody wrote.
fn run_confirm(place: &Path) {
    run(place, "confirm -e ev", "2026-11-20\n", "2026-11-12", 4);
}
