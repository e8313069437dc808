//! The coordinator's screens on a real evaluation: the example, opened, coded and told of through the same doors as the
//! commands.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use stemme::cli;
use stemme::cli::configuration::Configuration;
use stemme::cli::coordinator::{office, office_of_other_keys};
use stemme::cli::debug_log::DebugLog;
use stemme::cli::evaluation::has_other_keys;
use stemme::cli::exit_code::ExitCode;
use stemme::cli::output::Output;
use stemme::cli::settings::Settings;
use stemme::cli::surroundings::Surroundings;
use stemme::domain::language::Language;
use stemme::domain::order::SplitMix64;
use stemme::fieldwork::workplace::Workplace;
use stemme::store::keys::KeyStrength;
use stemme::texts::Texts;
use stemme::tui::app::Start;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::coordinator::{SIZES, walk};
use crate::harness::Screens;

fn surroundings(folder: &Path, arguments: &[&str]) -> Surroundings {
    surroundings_of(folder, arguments, 7)
}

/// The same with other random bytes: keys made in two runs are two keys.
pub fn surroundings_of(folder: &Path, arguments: &[&str], seed: u64) -> Surroundings {
    let sequence = Mutex::new(SplitMix64::new(seed));
    Surroundings {
        arguments: arguments.iter().map(Into::into).collect(),
        environment: [("LANG".to_owned(), "C.UTF-8".to_owned())].into(),
        working_folder: folder.to_owned(),
        home: folder.join("home"),
        config_folder: folder.join("home"),
        documents: folder.join("Documents"),
        is_windows: false,
        stdin_is_terminal: false,
        stdout_is_terminal: false,
        stderr_is_terminal: false,
        input: Box::new(io::empty()),
        hidden_line: Box::new(|| Err(io::ErrorKind::Unsupported.into())),
        output: Output::new(Box::new(io::sink()), Box::new(io::sink())),
        log: DebugLog::off(),
        has_left: false,
        now: Arc::new(|| "2026-11-22T14:02:00[UTC]".parse().unwrap()),
        time: || jiff::civil::time(14, 2, 0, 0),
        random: Arc::new(move |bytes| {
            let mut sequence = sequence.lock().unwrap();
            bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
            Ok(())
        }),
        key_strength: KeyStrength::NONE,
        keys: None,
    }
}

/// The example, made once.
fn example() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut made = surroundings(folder.path(), &["demo", "--dir", "d", "--quiet"]);
        assert_eq!(cli::run(&mut made), ExitCode::Ok);
        folder
    })
    .path()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// The example in a folder of its own, and the screens on it.
pub fn opened(language: Language, size: (u16, u16)) -> (TempDir, Screens) {
    let place = tempfile::tempdir().unwrap();
    copy(example(), place.path());
    let screens = again(place.path(), language, size);
    (place, screens)
}

pub fn again(place: &Path, language: Language, size: (u16, u16)) -> Screens {
    let surroundings = surroundings(place, &[]);
    let settings = settings(&place.join("d"), language, &surroundings);
    screens_on(&settings, &surroundings, language, size)
}

fn settings(root: &Path, language: Language, surroundings: &Surroundings) -> Settings {
    Settings {
        texts: Texts::load(language).unwrap(),
        evaluation: Some(root.to_owned()),
        round: None,
        colour: false,
        ascii: false,
        linear: false,
        no_input: false,
        quiet: true,
        verbose: false,
        passphrase_file: None,
        configuration: Configuration::load(surroundings),
    }
}

/// The screens on an evaluation, at the coordinator's where a key is here, else at the start.
fn screens_on(
    settings: &Settings,
    surroundings: &Surroundings,
    language: Language,
    size: (u16, u16),
) -> Screens {
    let root = settings.evaluation.clone().unwrap();
    let workplace = Workplace::open(&root, &surroundings.home, surroundings.randomness()).unwrap();
    let mut screens = Screens::new(language, size);
    screens.coordinate(office(&workplace, settings, surroundings));
    let has_key = workplace.has_coordinators_key();
    screens.start(if has_key {
        &Start::Coordinator
    } else {
        &Start::Home
    });
    screens
}

/// The screens on a real evaluation in `ev`, as somebody with this folder of their own sees them.
pub fn real(place: &Path, home: &str, seed: u64, size: (u16, u16)) -> Screens {
    real_in(place, "ev", home, seed, size)
}

/// The same in a folder that is called otherwise: a laptop's kit.
pub fn real_in(place: &Path, folder: &str, home: &str, seed: u64, size: (u16, u16)) -> Screens {
    let mut surroundings = surroundings_of(place, &[], seed);
    surroundings.home = place.join(home);
    let settings = settings(&place.join(folder), Language::Bokmal, &surroundings);
    screens_on(&settings, &surroundings, Language::Bokmal, size)
}

/// The screens where the keys are other than before.
pub fn with_other_keys(
    place: &Path,
    folder: &str,
    home: &str,
    language: Language,
    size: (u16, u16),
) -> Screens {
    let mut surroundings = surroundings_of(place, &[], 1);
    surroundings.home = place.join(home);
    let settings = settings(&place.join(folder), language, &surroundings);
    assert!(has_other_keys(&settings, &surroundings));
    let mut screens = Screens::new(language, size);
    screens.coordinate(Some(office_of_other_keys(&settings, &surroundings)));
    screens.start(&Start::Home);
    screens
}

pub fn looks(name: &str, steps: &[(&str, &str)]) {
    let all: Vec<_> = Language::ALL
        .into_iter()
        .flat_map(|language| SIZES.map(|size| (language, size)))
        .collect();
    looks_in(name, steps, &all);
}

fn looks_in(name: &str, steps: &[(&str, &str)], where_seen: &[(Language, (u16, u16))]) {
    for (language, size) in where_seen.iter().copied() {
        let letters = Texts::load(language).unwrap().coordinator.letter.clone();
        let with = |keys: &str| {
            [
                ("CHECKLIST", &letters.checklist),
                ("REPORT", &letters.report),
                ("RELEASE", &letters.release),
                ("STATES", &letters.states),
                ("ROUNDS", &letters.rounds),
                ("ALTERED", &letters.marks),
                ("RELEASE", &letters.release),
                ("STATES", &letters.states),
                ("WRONG", &letters.wrong),
                ("CODING", &letters.coding),
                ("FINDINGS", &letters.findings),
                ("QUOTES", &letters.quotes),
                ("THEMES", &letters.themes),
                ("MEMO", &letters.memo),
                ("MERGE", &letters.merge),
                ("SPLIT", &letters.split_theme),
                ("MOVE", &letters.move_theme),
                ("BESIDE", &letters.beside),
                ("EARLIER", &letters.earlier),
                ("FIT", &letters.fit),
                ("DROP", &letters.drop),
                ("MARK", &letters.mark),
                ("FILTER", &letters.filter),
                ("STANDS", &letters.stands),
                ("SAID", &letters.said),
                ("CONFERENCE", &letters.conference),
                ("ACTION", &letters.action),
                ("DUE", &letters.due),
            ]
            .iter()
            .fold(keys.to_owned(), |keys, (name, letter)| keys.replace(name, letter))
        };
        let (_place, mut screens) = opened(language, size);
        let steps: Vec<(&str, String)> = steps.iter().map(|(name, keys)| (*name, with(keys))).collect();
        let steps: Vec<(&str, &str)> = steps.iter().map(|(name, keys)| (*name, keys.as_str())).collect();
        let all = walk(&mut screens, &steps);
        for line in all.lines() {
            assert!(line.width() <= usize::from(size.0), "{line}");
        }
        let name = format!("coordinator_{name}_{}_{}x{}", language.code(), size.0, size.1);
        insta::assert_snapshot!(name, all);
    }
}

#[test]
fn open_answers_are_coded_one_at_a_time() {
    looks(
        "coding",
        &[
            ("questions", "CODING"),
            ("first answer", "Enter"),
            ("a theme on", "1"),
            ("a theme undone", "C-z"),
            ("new theme", "+ N y t t Enter"),
            ("looking for a theme", "THEMES o Down"),
            ("found", "Enter"),
            ("asked whether it is to go", "DROP"),
            ("next answer", "PgDn"),
            ("marking", "MARK"),
            ("other sentence", "Right"),
            ("the last word", "Tab Tab Left"),
            ("another theme", "2"),
            ("marked", "Enter"),
            ("marked there", "MARK Right"),
            ("not to be quoted", "Esc PgUp MARK"),
            ("filtered", "Esc FILTER"),
            ("quotes", "Esc QUOTES"),
            ("fit", "End FIT"),
            ("overview", "Esc Esc"),
        ],
    );
}

#[test]
fn whoever_may_be_named_is_listed_before_a_report_is_made_and_gone_to() {
    let [usual, small, _] = SIZES;
    let all = Language::ALL
        .into_iter()
        .flat_map(|language| [(language, usual), (language, small)]);
    looks_in(
        "report_names",
        &[
            (
                "names",
                "FINDINGS + K a r i Space N o r d m a n n Enter Esc REPORT End Right Right Enter",
            ),
            ("gone to", "Enter"),
            ("back", "Esc"),
        ],
        &all.collect::<Vec<_>>(),
    );
}

#[test]
fn what_was_settled_is_written_down_on_the_checklist() {
    looks(
        "checklist",
        &[
            ("checklist", "CHECKLIST"),
            ("typing", "Down Down Enter"),
            ("settled", "K v a l i t e t Enter"),
            ("not here", "Down Down Down Down Enter"),
        ],
    );
    let (place, mut screens) = opened(Language::Bokmal, (80, 24));
    screens
        .keys("M Down Down Down Enter")
        .text("Klinikken")
        .keys("Enter");
    assert!(
        screens.see().contains("[x] Behandlingsansvarlig: Klinikken"),
        "{}",
        screens.see()
    );
    let file = fs::read_to_string(place.path().join("d/evaluation.toml")).unwrap();
    assert!(file.contains("controller = \"Klinikken\""), "{file}");
}

#[test]
fn a_quote_in_other_words_is_written_when_it_is_marked_and_stands_once_it_is_read() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("K Down Enter");
    for _ in 0..30 {
        if screens.see().contains("Kan bare siteres med andre ord.") {
            break;
        }
        screens.keys("PgDn");
    }
    screens.keys("M Enter");
    assert!(screens.see().contains("Med andre ord:"), "{}", screens.see());
    for _ in 0..200 {
        screens.keys("Bs");
    }
    screens.text("Noen hørte på meg.").keys("Enter Esc S End");
    let seen = screens.see();
    assert!(seen.contains("> «Noen hørte på meg.»"), "{seen}");
    assert!(!seen.contains("Må skrives med andre ord"), "{seen}");
    screens.keys("G");
    let seen = screens.see();
    let said = seen.rsplit("Noen hørte på meg.").next().unwrap();
    assert!(
        said.contains("Med andre ord.") && said.contains("Klar til rapporten."),
        "{seen}"
    );
}

#[test]
fn words_the_program_did_not_see_are_bracketed_and_what_is_half_typed_is_kept() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens
        .keys("K Down Enter M Tab Tab Home B")
        .text("noe")
        .keys("Enter");
    let seen = screens.see();
    assert!(
        seen.contains("[noe]") && seen.contains("vises som [noe]"),
        "{seen}"
    );
    screens.keys("M X");
    assert!(screens.see().contains("Tatt bort."), "{}", screens.see());
    screens.keys("Esc Esc Esc F +").text("Mange ven").keys("Esc");
    assert!(!screens.see().contains("Mange ven"), "{}", screens.see());
    screens.keys("+").text("ter lenge på Ola Nordmann.");
    let seen = screens.see();
    assert!(seen.contains("Mange venter lenge på Ola Nordmann."), "{seen}");
    assert!(seen.contains("«Ola Nordmann» kan være et navn."), "{seen}");
}

#[test]
fn themes_stand_together_and_are_split_merged_and_moved() {
    looks(
        "themes",
        &[
            ("themes", "CODING THEMES"),
            ("memo", "MEMO O b s Enter"),
            ("merging", "Down Down MERGE"),
            ("merged", "Up Space"),
            ("moving", "MOVE Up"),
            ("moved", "Space"),
            ("undone", "C-z C-z"),
            ("splitting", "SPLIT"),
            ("nothing chosen", "Enter"),
            ("name", "Space Enter N y t t"),
            ("split", "Enter"),
            ("agreement", "End"),
            ("told", "Enter"),
        ],
    );
}

#[test]
fn sites_and_two_perspectives_are_set_beside_each_other() {
    looks(
        "compared",
        &[
            ("a site", "ROUNDS Tab"),
            ("another site", "Right"),
            ("perspectives", "Tab"),
            ("another dimension", "Down"),
        ],
    );
}

#[test]
fn what_was_shown_is_listed_by_what_people_call_it() {
    looks(
        "ledger",
        &[("shown", "RELEASE STATES"), ("themes and quotes", "End")],
    );
}

#[test]
fn findings_are_written_and_taken_through_the_conference() {
    looks(
        "findings",
        &[
            ("findings", "FINDINGS"),
            ("suggested", "+ Tab"),
            ("written", "Enter"),
            ("beside", "BESIDE"),
            ("chosen", "Space Down"),
            ("earlier", "Esc EARLIER"),
            ("action", "Home ACTION M ø t e Enter"),
            ("conference", "CONFERENCE"),
            ("confirmed", "STANDS"),
            ("said", "SAID J a Enter"),
            ("next", "Right"),
            ("back", "Esc"),
        ],
    );
}

#[test]
fn what_was_coded_is_there_when_it_is_opened_again() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 24));
    screens
        .keys("K Enter +")
        .text("Ventetid på telefon")
        .keys("Enter");
    assert!(
        screens.see().contains("[x] Ventetid på telefon"),
        "{}",
        screens.see()
    );
    screens.keys("Esc Esc");
    assert!(screens.see().contains("Poliklinikk Nord"), "{}", screens.see());
    drop(screens);
    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    screens.keys("K Enter");
    assert!(screens.see().contains("Ventetid på telefon"), "{}", screens.see());
}

#[test]
fn a_theme_is_found_by_typing_and_goes_from_all_answers_only_when_asked_twice() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 40));
    screens.keys("K Enter PgDn T").text("bestem");
    let seen = screens.see();
    assert!(seen.contains("> ") && !seen.contains("Nok tid"), "{seen}");
    let before = seen.matches("[x]").count();
    screens.keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Nok tid"), "{seen}");
    let row = |seen: &str| {
        let found = seen.lines().find(|line| line.trim_start().starts_with('>'));
        found.unwrap().trim().to_owned()
    };
    let theme = row(&seen);
    assert!(theme.to_lowercase().contains("bestem"), "{seen}");
    assert_eq!(theme.contains("[x]"), before == 0, "{seen}");
    screens.keys("T").text("zzz").keys("Enter");
    let seen = screens.see();
    assert!(seen.contains("Ingen tema heter noe slikt."), "{seen}");
    screens.keys("X");
    assert!(
        screens.see().contains("blir borte fra alle svar."),
        "{}",
        screens.see()
    );
    assert_eq!(row(&screens.see()), theme);
    // Any other key means no.
    screens.keys("Up Down X");
    assert_eq!(row(&screens.see()), theme);
    screens.keys("X");
    assert!(screens.see().contains("Tatt bort."), "{}", screens.see());
    assert!(row(&screens.see()) != theme, "{}", screens.see());
    screens.keys("C-z");
    assert!(
        screens.see().contains(theme.trim_start_matches("> ")),
        "{}",
        screens.see()
    );
}

#[test]
fn what_was_set_aside_is_taken_off_the_list_and_stays_where_it_lies() {
    let (place, screens) = opened(Language::Bokmal, (80, 40));
    drop(screens);
    let file = place
        .path()
        .join("d/quarantine/0123456789abcdef0123456789abcdef.stm");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::copy(place.path().join("d/evaluation.toml"), &file).unwrap();
    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    let row = "> ! 1 fil er lagt til side";
    for _ in 0..20 {
        if screens.see().contains(row) {
            break;
        }
        screens.keys("Down");
    }
    let seen = screens.see();
    assert!(
        seen.contains(row) && seen.contains("X: ta bort fra lista"),
        "{seen}"
    );
    screens.keys("X");
    let seen = screens.see();
    assert!(
        seen.contains("Filene er ikke slettet.") && seen.contains("quarantine"),
        "{seen}"
    );
    screens.keys("Esc");
    assert!(!screens.see().contains("lagt til side"), "{}", screens.see());
    assert!(file.is_file());
    // One more is told of.
    fs::copy(&file, file.with_file_name("fedcba9876543210fedcba9876543210.stm")).unwrap();
    drop(screens);
    let mut screens = again(place.path(), Language::Bokmal, (80, 40));
    assert!(
        screens.see().contains("1 fil er lagt til side"),
        "{}",
        screens.see()
    );
}

#[test]
fn two_coders_at_one_computer_have_tags_of_their_own() {
    let (_place, mut screens) = opened(Language::Bokmal, (80, 24));
    screens.keys("K Enter Space");
    let mine = screens.see();
    screens.keys("Esc K").text("Kari Nordmann").keys("Enter");
    assert!(
        screens.see().contains("Koder: kari_nordmann"),
        "{}",
        screens.see()
    );
    screens.keys("Enter");
    let theirs = screens.see();
    assert!(mine.contains("> 1 [x] Nok tid"), "{mine}");
    // Each sorts by oneself: what another found is seen once the answer is left behind.
    assert!(theirs.contains("> 1 [ ] Nok tid"), "{theirs}");
    assert!(
        theirs.contains("Det andre har satt, ser du når du har gått videre."),
        "{theirs}"
    );
    screens.keys("PgDn PgUp");
    assert!(screens.see().contains("> 1 [o] Nok tid"), "{}", screens.see());
    // Nobody takes back what somebody else did.
    screens.keys("C-z");
    assert!(screens.see().contains("> 1 [o] Nok tid"), "{}", screens.see());
    // They go on coding where they left off, until somebody else is named.
    screens.keys("Esc Esc K");
    assert!(
        screens.see().contains("Koder: kari_nordmann"),
        "{}",
        screens.see()
    );
}

#[test]
fn what_was_shown_is_listed_and_marked_as_wrong_only_with_a_reason() {
    let (place, mut screens) = opened(Language::Bokmal, (80, 24));
    let files = |place: &Path| fs::read_dir(place.join("d/releases")).unwrap().count();
    let before = files(place.path());
    screens.keys("U V");
    assert!(screens.see().contains("Min stemme"), "{}", screens.see());
    screens.keys("F Enter");
    assert!(
        screens.see().contains("Skriv hva som er feil."),
        "{}",
        screens.see()
    );
    screens.keys("Esc");
    assert_eq!(files(place.path()), before);
    screens.keys("F").text("To spørsmål var byttet om").keys("Enter");
    assert!(screens.see().contains("er merket som feil"), "{}", screens.see());
    assert_eq!(files(place.path()), before + 1);
    screens.keys("Esc U V");
    assert!(
        screens.see().contains("Feil: To spørsmål var byttet om"),
        "{}",
        screens.see()
    );
}
