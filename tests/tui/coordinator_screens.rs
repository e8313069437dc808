//! The coordinator's other screens: results, rounds, what is shown next, reports, deliveries, surveys.

use std::sync::Arc;

use stemme::definition;
use stemme::disclosure::published::Published;
use stemme::disclosure::release::KeptRelease;
use stemme::domain::id::{Id, Slug};
use stemme::domain::language::Language;
use stemme::domain::survey::Survey;
use stemme::domain::workbook::Workbook;
use stemme::domain::workbook::log::Log;
use stemme::report::compose::People;
use stemme::texts::Texts;
use stemme::tui::app::Start;
use stemme::tui::coordinator::pending::{LeftDraft, Strange, Waiting};
use stemme::tui::coordinator::release::Offer;
use stemme::tui::coordinator::surveys::{Checked, Remark, Source, SurveyFile};
use stemme::tui::coordinator::{Ask, Done, Door, Heard, Office, Opened, Place, Portion, Shown, Task};
use unicode_width::UnicodeWidthStr;

use crate::coordinator::{SIZES, opened, sample, walk};
use crate::harness::Screens;

fn survey() -> Arc<Survey> {
    let bytes = include_bytes!("../../surveys/min-stemme-bup.toml");
    Arc::new(definition::survey::read(bytes).value.unwrap())
}

/// What was kept of a release of made-up answers: `stemme results --by site` of the example.
fn published() -> Published {
    let bytes = include_bytes!("../fixtures/releases/demo-by-site.json");
    KeptRelease::read(bytes).unwrap().published().clone()
}

fn shown() -> Shown {
    let round = |name: &str| Slug::new(name).unwrap();
    let people = People {
        waiting: 4,
        ..People::default()
    };
    Shown {
        evaluation: sample(),
        book: Workbook::of([], &Log::default()),
        parts: vec![Portion {
            survey: survey(),
            views: vec![(published(), people)],
            rounds: vec![(round("2026v"), published()), (round("2026h"), published())],
        }],
    }
}

fn shown_before() -> Opened {
    let mut opened = opened(23);
    for survey in &mut opened.standing.surveys {
        survey.states = 1;
    }
    opened
}

fn offer(by: Option<Id>) -> Offer {
    Offer {
        said: vec![
            "Min stemme: 23 intervjuer kan vises.".to_owned(),
            "Antall fra 6 til 17 skrives nøyaktig.".to_owned(),
        ],
        can_show: true,
        splits: vec![
            (Id::new("site").unwrap(), "sted".to_owned()),
            (Id::new("alder").unwrap(), "Hvor gammel er du?".to_owned()),
        ],
        by,
        is_declared: false,
    }
}

fn checked() -> Checked {
    let survey = survey();
    let questions = survey.sections().iter().flat_map(|section| &section.questions);
    let questions: Vec<(String, String)> = questions
        .map(|question| {
            let text = question.text.get(Language::Bokmal).to_owned();
            (question.id.to_string(), text)
        })
        .collect();
    let remark = |question, is_error, says: &str, help: &str| Remark {
        question: Some(question),
        line: 212,
        is_error,
        says: says.to_owned(),
        help: help.to_owned(),
    };
    Checked {
        path: "min-stemme.toml".into(),
        name: "Min stemme".to_owned(),
        minutes: Some(25),
        is_in_use: false,
        questions,
        remarks: vec![
            remark(1, true, "mangler nynorsk tekst for valg 4", "Skriv nn = \"…\"."),
            remark(2, false, "24 ord er tungt å høre", ""),
            remark(2, false, "to ting i ett spørsmål", "Del det i to."),
        ],
        survey: Some(survey),
    }
}

fn office(opens: fn() -> Opened) -> Option<(Door, Office)> {
    let office = move |ask: Ask, _| {
        let done = |place, said: &str| {
            Heard::Done(Box::new(Done {
                place,
                said: vec![said.to_owned()],
                opened: Some(shown_before()),
                shown: Some(shown()),
            }))
        };
        Some(match ask {
            Ask::Open(_) | Ask::Look => Heard::Opened(Box::new(opens())),
            Ask::Results => Heard::Results(Box::new(shown())),
            Ask::Offer(by) => Heard::Offered(offer(by)),
            Ask::Release(_) => done(Place::Release, "Nå er det vist."),
            Ask::Write(wish) => {
                let mut formats = wish.formats.join(" ");
                if !wish.contents.quotes {
                    formats.push_str(" uten sitater");
                }
                for author in &wish.authors {
                    formats.push_str(&format!(" av {author}"));
                }
                done(
                    Place::Report,
                    &format!("Skrevet: {formats} i {}", wish.folder.display()),
                )
            }
            Ask::Collect(folder) => done(Place::Collect, &format!("Fra {}: 3 nye.", folder.display())),
            Ask::Waiting(Place::Changes) => Heard::Waiting(Waiting::Changes(vec![
                Strange {
                    name: "sor-9".to_owned(),
                    asks: "PC-en «sor-9» er ny for denne PC-en. Skriv navnet på PC-en for å godta den:"
                        .to_owned(),
                    is_told: false,
                },
                Strange {
                    name: String::new(),
                    asks: "evaluation (1).toml er lest. Slett kopien etterpå.".to_owned(),
                    is_told: true,
                },
            ])),
            Ask::Waiting(_) => Heard::Waiting(Waiting::Drafts(vec![
                LeftDraft {
                    name: "a".to_owned(),
                    says: vec![
                        "Utkast 1 av 2: sist brukt 06.11.2026, 12 av 24 svar, ikke lest opp.".to_owned(),
                    ],
                    can_be_used: true,
                    can_be_deleted: true,
                    must_ask: false,
                },
                LeftDraft {
                    name: "b".to_owned(),
                    says: vec![
                        "Utkast 2 av 2, fra nord-1, Nord: 20 av 24 svar, lest opp.".to_owned(),
                        "Personen stoppet med «ikke bruk dem ennå».".to_owned(),
                    ],
                    can_be_used: true,
                    can_be_deleted: true,
                    must_ask: true,
                },
            ])),
            Ask::Surveys => Heard::Surveys(vec![
                SurveyFile {
                    title: "Pårørende".to_owned(),
                    source: Source::InUse("d/surveys/0.toml".into()),
                },
                SurveyFile {
                    title: "Min stemme".to_owned(),
                    source: Source::File("min-stemme.toml".into()),
                },
                SurveyFile {
                    title: "Ung i kommunen".to_owned(),
                    source: Source::Template("kommune-ung".to_owned()),
                },
            ]),
            Ask::Check(path) => Heard::Checked(Box::new(Checked {
                is_in_use: path.starts_with("d/surveys"),
                ..checked()
            })),
            Ask::Template(name, title) => {
                let said = format!("{title} av {name} ligger i Documents/stemme.");
                Heard::Made(Box::new(checked()), said)
            }
            Ask::Do(task) if matches!(*task, Task::Kit { .. } | Task::Renew { .. } | Task::Revoke(_)) => {
                done(Place::Laptops, "Det er gjort.")
            }
            Ask::Do(_) => done(Place::Upkeep, "Det er gjort."),
            Ask::Recheck(_)
            | Ask::Round(_)
            | Ask::Settle(..)
            | Ask::OpenOutside(_)
            | Ask::Bench(..)
            | Ask::Turn(_)
            | Ask::States
            | Ask::Wrong(..)
            | Ask::Note(..)
            | Ask::WordsOut(_)
            | Ask::WordsIn(_) => return None,
        })
    };
    Some((Door::Open, Box::new(office)))
}

pub fn at_overview(language: Language, size: (u16, u16)) -> Screens {
    at(language, size, shown_before)
}

fn at(language: Language, size: (u16, u16), opens: fn() -> Opened) -> Screens {
    let mut screens = Screens::new(language, size);
    screens.coordinate(office(opens));
    screens.start(&Start::Coordinator);
    screens
}

/// Walks from the overview in every language and size, and compares with what was seen before.
pub fn looks(name: &str, steps: &[(&str, &str)]) {
    for language in Language::ALL {
        let letters = Texts::load(language).unwrap().coordinator.letter.clone();
        for size in SIZES {
            let mut screens = at_overview(language, size);
            let with_letters: Vec<(&str, String)> = steps
                .iter()
                .map(|(name, keys)| {
                    let keys = keys
                        .replace("RESULTS", &letters.results)
                        .replace("ROUNDS", &letters.rounds)
                        .replace("RELEASE", &letters.release)
                        .replace("REPORT", &letters.report)
                        .replace("COLLECT", &letters.collect)
                        .replace("SURVEYS", &letters.surveys)
                        .replace("PICTURE", &letters.picture)
                        .replace("EXPLAIN", &letters.explain)
                        .replace("HIDDEN", &letters.hidden)
                        .replace("SPLIT", &letters.split)
                        .replace("LANGUAGE", &letters.language)
                        .replace("SIZE", &letters.size)
                        .replace("LAPTOPS", &letters.laptops)
                        .replace("UPKEEP", &letters.upkeep)
                        .replace("USE", &letters.use_draft)
                        .replace("DROP", &letters.drop);
                    (*name, keys)
                })
                .collect();
            let steps: Vec<(&str, &str)> = with_letters
                .iter()
                .map(|(name, keys)| (*name, keys.as_str()))
                .collect();
            let all = walk(&mut screens, &steps);
            for line in all.lines() {
                assert!(line.width() <= usize::from(size.0), "{line}");
            }
            let name = format!("coordinator_{name}_{}_{}x{}", language.code(), size.0, size.1);
            insta::assert_snapshot!(name, all);
        }
    }
}

#[test]
fn results_are_looked_through_question_by_question() {
    looks(
        "results",
        &[
            ("list", "RESULTS"),
            ("further down", "Down Down Down Down"),
            ("as a table", "PICTURE"),
            ("explained", "EXPLAIN"),
            ("only hidden", "Esc HIDDEN"),
            ("all again, searched", "HIDDEN / t r y"),
            ("found", "Enter"),
            ("last", "End"),
            ("overview again", "Esc"),
        ],
    );
}

#[test]
fn rounds_stand_side_by_side_and_sites_and_perspectives_say_when_there_are_none() {
    looks(
        "rounds",
        &[
            ("rounds", "ROUNDS"),
            ("further down", "Down Down Down Down Down"),
            ("as a table", "PICTURE"),
            ("sites", "Tab"),
            ("perspectives", "Tab"),
        ],
    );
}

#[test]
fn what_would_be_shown_is_said_before_and_not_yet_is_where_it_begins() {
    looks(
        "release",
        &[
            ("offer", "RELEASE"),
            ("split by something", "SPLIT"),
            ("now", "Right"),
            ("done", "Enter"),
            ("back", "Esc"),
        ],
    );
}

#[test]
fn a_report_is_looked_at_before_it_is_made() {
    looks(
        "report",
        &[
            ("form", "REPORT"),
            ("html too", "Right Right Space"),
            ("nynorsk", "Tab Right Space"),
            ("read", "PgDn"),
            ("further down", "PgDn PgDn"),
            ("without quotes", "Esc Tab Tab Tab Right Space"),
            ("without groups", "Tab Space"),
            ("author", "Tab K i m"),
            ("button", "Tab"),
            ("made", "Enter"),
            (
                "final, too early",
                "Esc REPORT Tab Tab Right Space Down Down Down Down Down Space",
            ),
        ],
    );
}

#[test]
fn deliveries_are_brought_in_from_a_folder_that_is_typed() {
    looks(
        "collect",
        &[
            ("where", "COLLECT"),
            ("nothing typed", "Enter"),
            ("typed", "l e v"),
            ("came", "Enter"),
            ("back", "Esc"),
        ],
    );
}

#[test]
fn a_survey_is_seen_with_what_the_checker_says_of_each_question() {
    looks(
        "surveys",
        &[
            ("which", "SURVEYS"),
            ("in use", "Enter"),
            ("what is called", "Esc End Enter"),
            ("called nothing", "Enter"),
            ("made", "U n g Space h e r Enter"),
            ("questions", "Esc Down Enter"),
            ("an error", "Down"),
            ("advice", "Down"),
            ("other language", "LANGUAGE"),
            ("smaller", "SIZE"),
            ("tried", "Enter"),
            ("answered", "1"),
            ("back", "Esc"),
        ],
    );
}

#[test]
fn where_nothing_was_shown_the_results_begin_with_what_could_be() {
    let mut screens = at(Language::Bokmal, (80, 24), || opened(23));
    screens.keys("R");
    let seen = screens.see();
    assert!(seen.contains("> [ Ikke ennå ]"), "{seen}");
    // Enter at once shows nothing.
    screens.keys("Enter");
    assert!(screens.see().contains("Poliklinikk Nord"), "{}", screens.see());
    screens.keys("R Right Enter");
    assert!(screens.see().contains("Nå er det vist."), "{}", screens.see());
}

#[test]
fn what_is_hidden_has_no_number_in_list_chart_or_table() {
    let published = published();
    let mut screens = at_overview(Language::Bokmal, (80, 50));
    screens.keys("R B");
    for _ in 0..12 {
        for key in ["V", "V"] {
            screens.keys(key);
            let seen = screens.see();
            assert!(!seen.contains("NaN"), "{seen}");
        }
        screens.keys("Down");
    }
    assert!(!published.items().is_empty());
    let all = screens.see();
    assert!(all.contains("[skjult]") || all.contains("eller færre"), "{all}");
}

#[test]
fn the_wheel_and_a_click_go_through_the_list() {
    let mut screens = at_overview(Language::Bokmal, (80, 24));
    screens.keys("R");
    let before = screens.cursor();
    screens.input(stemme::tui::input::Input::Wheel(1));
    let after = screens.cursor();
    assert!(after.1 > before.1, "{before:?} {after:?}");
    screens.input(stemme::tui::input::Input::Click(6, before.1));
    assert_eq!(screens.cursor().1, before.1);
}
