//! Tests of this module.

use super::{Contents, Plan, report};
use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::domain::survey::sample::{id, survey, words};
use crate::domain::workbook::Workbook;
use crate::domain::workbook::finding::{ActionStatus, Standing};
use crate::domain::workbook::log::{Change, Log};
use crate::report::compose::tests::{composed, with_voices};
use crate::report::compose::{Sources, Work, conference, one_page};
use crate::report::document::{Block, Document, Kind, RowKind};
use crate::report::markdown;
use crate::texts::Texts;

fn read(document: &Document) -> String {
    let texts = Texts::load(document.language).unwrap();
    String::from_utf8(markdown::bytes(document, &texts)).unwrap()
}

fn chapters(document: &Document) -> Vec<String> {
    let own = document.headings().filter(|(_, level, _)| *level == 1);
    own.map(|(_, _, text)| text.to_owned()).collect()
}

#[test]
fn a_draft_and_a_final_report() {
    let author = CleanText::line("Unge intervjuere i Min stemme teller");
    let draft = composed(false, Language::Bokmal, |sources| {
        report(sources, &Plan::default())
    });
    let last = composed(false, Language::Bokmal, |sources| {
        report(
            sources,
            &Plan {
                is_final: true,
                authors: vec![author.clone()],
                ..Plan::default()
            },
        )
    });
    assert_eq!((draft.kind, last.kind), (Kind::ProcessReport, Kind::FinalReport));
    assert_eq!(draft.front.as_ref().unwrap().stage, "UTKAST – prosessrapport");
    assert_eq!(last.front.as_ref().unwrap().authors, [author.as_str()]);
    assert!(chapters(&draft).contains(&"Dialogkonferansen".to_owned()));
    assert!(!chapters(&last).contains(&"Dialogkonferansen".to_owned()));
    assert!(!read(&last).contains("Programmet har foreslått"));
}

#[test]
fn the_title_page_says_when_the_interviews_were_held() {
    let document = composed(false, Language::Bokmal, |sources| {
        let mut evaluation = sources.evaluation.clone();
        evaluation.rounds[0].period = Some(words("oktober og november 2026"));
        let sources = Sources {
            evaluation: &evaluation,
            ..*sources
        };
        report(&sources, &Plan::default())
    });
    let facts = document.front.unwrap().facts;
    let period = facts.iter().find(|fact| fact.name == "Periode").unwrap();
    assert_eq!(period.value, "oktober og november 2026");
}

#[test]
fn a_report_says_the_same_in_three_languages() {
    let shape = |language| {
        let document = composed(false, language, |sources| report(sources, &Plan::default()));
        let kinds: Vec<_> = document.blocks.iter().map(std::mem::discriminant).collect();
        (
            kinds,
            document
                .tables()
                .map(|table| table.rows.len())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(shape(Language::Bokmal), shape(Language::Nynorsk));
    assert_eq!(shape(Language::Bokmal), shape(Language::English));
}

#[test]
fn headings_never_leave_a_level_out() {
    let document = composed(true, Language::Nynorsk, |sources| {
        report(sources, &Plan::default())
    });
    let mut before = 0;
    for (_, level, text) in document.headings() {
        assert!(level <= before + 1, "{text}");
        before = level;
    }
}

#[test]
fn a_chart_stands_above_its_table_and_says_a_sentence_of_the_report() {
    let document = composed(false, Language::English, |sources| {
        report(sources, &Plan::default())
    });
    let mut charts = 0;
    for pair in document.blocks.windows(2) {
        if let Block::Chart(chart) = &pair[0] {
            charts += 1;
            assert!(chart.alt.ends_with('.'), "{}", chart.alt);
            assert!(
                matches!(pair[1], Block::Table(_) | Block::Heading { .. }),
                "{}",
                chart.title
            );
        }
    }
    assert!(charts > 3, "{charts}");
}

#[test]
fn themes_stand_in_the_order_of_the_codebook_with_quotes_that_name_nobody() {
    let document = with_voices(Language::Bokmal, |sources| report(sources, &Plan::default()));
    let read = read(&document);
    let part = chapter(&read, "## Temaer og sitater");
    insta::assert_snapshot!(part);
}

fn chapter<'r>(read: &'r str, title: &str) -> &'r str {
    let rest = read.split(title).nth(1).unwrap();
    rest.split("\n## ").next().unwrap().trim()
}

/// What the coordinators have written of the made-up survey.
fn book() -> Workbook {
    let mut log = Log::default();
    let mut does = |change| log.add(&id("a"), 1, change).stamp;
    let round = |name: &str| Slug::new(name).unwrap();
    let finding = |text: &str, items: Vec<ItemKey>, themes: Vec<Id>| Change::Finding {
        round: round("r1"),
        text: CleanText::line(text),
        dimension: None,
        addressee: CleanText::line("BUP"),
        items,
        themes,
    };
    let first = does(finding(
        "De fleste blir tatt på alvor.",
        vec!["q04.p1".parse().unwrap(), "q01".parse().unwrap()],
        vec![id("tid")],
    ));
    let second = does(finding("Ventetida er for lang.", Vec::new(), Vec::new()));
    does(Change::FindingStanding {
        finding: first.clone(),
        standing: Standing::Confirmed,
    });
    does(Change::FindingStanding {
        finding: second.clone(),
        standing: Standing::Rejected,
    });
    does(Change::FindingAnswer {
        finding: first.clone(),
        answer: CleanText::line("Vi kjenner oss igjen."),
    });
    does(Change::Statement {
        round: round("r1"),
        finding: Some(first.clone()),
        text: CleanText::line("Det gjelder mest dem som har vært der lenge."),
    });
    does(Change::Statement {
        round: round("r1"),
        finding: None,
        text: CleanText::line("Rommene må pusses opp."),
    });
    let action = does(Change::Action {
        round: round("r1"),
        finding: Some(first),
        text: CleanText::line("Kurs i å lytte"),
        owner: CleanText::line("Leder"),
        due: Some(jiff::civil::date(2027, 3, 1)),
    });
    does(Change::ActionStatus {
        action,
        status: ActionStatus::Begun,
    });
    does(Change::Action {
        round: round("r0"),
        finding: None,
        text: CleanText::line("Nye stoler på venterommet"),
        owner: CleanText::default(),
        due: None,
    });
    Workbook::of([], &log)
}

fn with_work(is_final: bool, language: Language) -> Document {
    let (book, round) = (book(), Slug::new("r1").unwrap());
    with_voices(language, |sources| {
        let work = Some(Work {
            book: &book,
            round: &round,
            survey: None,
        });
        report(
            sources,
            &Plan {
                is_final,
                work,
                ..Plan::default()
            },
        )
    })
}

#[test]
fn what_the_coordinators_wrote_stands_with_figures_and_quotes_beside_it() {
    let read = read(&with_work(true, Language::Bokmal));
    insta::assert_snapshot!("findings", chapter(&read, "## Hovedfunn"));
    insta::assert_snapshot!("conference", chapter(&read, "## Dialogkonferansen"));
}

#[test]
fn the_draft_has_the_findings_to_talk_about_and_what_became_of_earlier_actions() {
    let read = read(&with_work(false, Language::Nynorsk));
    assert!(read.contains("## Sidan sist") && read.contains("Nye stoler på venterommet"));
    let sheet = chapter(&read, "## Dialogkonferansen");
    assert!(sheet.contains("De fleste blir tatt på alvor.") && !sheet.contains("Vi kjenner oss igjen."));
}

#[test]
fn papers_beside_the_report_tell_the_same_findings() {
    let (book, round) = (book(), Slug::new("r1").unwrap());
    let work = Work {
        book: &book,
        round: &round,
        survey: None,
    };
    let page = |is_final| {
        with_voices(Language::English, |sources| {
            one_page(sources, Some(&work), is_final)
        })
    };
    let (draft, page) = (read(&page(false)), read(&page(true)));
    assert!(page.contains("De fleste blir tatt på alvor.") && page.contains("Kurs i å lytte"));
    assert!(
        !draft.contains("Kurs i å lytte"),
        "they are still to be talked about"
    );
    assert!(
        !page.contains("Ventetida er for lang."),
        "a finding that was rejected is none"
    );
    let sheet = read(&with_voices(Language::English, |sources| {
        conference(sources, Some(&work))
    }));
    assert!(sheet.contains("Ventetida er for lang."));
}

#[test]
fn what_is_left_out_is_not_there_and_the_rest_stands() {
    let short = composed(false, Language::Bokmal, |sources| {
        report(
            sources,
            &Plan {
                contents: Contents {
                    questions: false,
                    groups: false,
                    quotes: false,
                    appendix: false,
                },
                ..Plan::default()
            },
        )
    });
    let whole = composed(false, Language::Bokmal, |sources| {
        report(sources, &Plan::default())
    });
    let (short, whole) = (chapters(&short), chapters(&whole));
    assert!(short.len() < whole.len(), "{short:?}");
    assert!(short.iter().all(|chapter| whole.contains(chapter)), "{short:?}");
    assert!(short.contains(&"Hovedfunn".to_owned()), "{short:?}");
    assert!(!short.contains(&"Spørsmål for spørsmål".to_owned()), "{short:?}");
}

#[test]
fn another_survey_that_asks_about_the_same_areas_stands_beside_this_one() {
    let title = "Sett fra flere sider".to_owned();
    let mut parts = survey().parts().clone();
    parts.dimensions = vec![(id("mote"), words("Møtet"))];
    for question in parts.sections.iter_mut().flat_map(|part| &mut part.questions) {
        question.dimension = Some(id("mote"));
    }
    let survey = Survey::new(parts).unwrap();
    let beside = |is_beside: bool| {
        composed(false, Language::Bokmal, |sources| {
            let own = Sources {
                survey: &survey,
                ..*sources
            };
            let plan = Plan {
                beside: if is_beside { vec![own] } else { Vec::new() },
                ..Plan::default()
            };
            report(&own, &plan)
        })
    };
    assert!(!chapters(&beside(false)).contains(&title));
    let both = beside(true);
    assert!(chapters(&both).contains(&title));
    let table = both.tables().find(|table| table.item.ends_with("-perspectives"));
    let rows = &table.unwrap().rows;
    let sides = rows.iter().filter(|row| row.kind == RowKind::Sum).count();
    assert_eq!(sides, 2);
    assert_eq!(rows.len() % 2, 0);
}

#[test]
fn an_earlier_answer_is_a_blank_where_nobody_in_particular_is_asked() {
    let mut parts = survey().parts().clone();
    for question in parts.sections.iter_mut().flat_map(|part| &mut part.questions) {
        question.text = words(&format!(
            "Du sa {{{{q01}}}}. {}",
            question.text.get(Language::Bokmal)
        ));
    }
    let survey = &Survey::new(parts).unwrap();
    let document = composed(false, Language::Bokmal, |sources| {
        report(&Sources { survey, ..*sources }, &Plan::default())
    });
    let read = read(&document);
    assert!(read.contains("Du sa …. ") && !read.contains("{{"), "{read}");
}

#[test]
fn the_page_for_those_who_took_part_explains_the_words_for_few_that_stand_on_it_and_no_others() {
    let figures = composed(false, Language::Bokmal, |sources| one_page(sources, None, false));
    // q04.p1 is told by its bounds; nothing is told as "5 eller færre".
    let figures = read(&figures);
    assert!(
        figures.contains("skriver vi «22 eller flere» i stedet"),
        "{figures}"
    );
    let (book, round) = (book(), Slug::new("r1").unwrap());
    let work = Work {
        book: &book,
        round: &round,
        survey: None,
    };
    let mut written = with_voices(Language::Bokmal, |sources| one_page(sources, Some(&work), false));
    assert!(read(&written).contains("22 eller flere"));
    written = composed(false, Language::Bokmal, |sources| {
        let published = sources.published.clone().in_words();
        one_page(
            &Sources {
                published: &published,
                ..*sources
            },
            Some(&work),
            false,
        )
    });
    assert!(!read(&written).contains("skriver vi"));
}

#[test]
fn what_follows_from_a_finding_about_another_survey_stands_in_that_survey_s_report() {
    let mut parts = survey().parts().clone();
    for question in parts.sections.iter_mut().flat_map(|part| &mut part.questions) {
        question.id = id(&format!("x{}", question.id));
    }
    let other = Survey::new(parts).unwrap();
    let (book, round) = (book(), Slug::new("r1").unwrap());
    let told = |survey: &Survey| {
        let work = Work {
            book: &book,
            round: &round,
            survey: Some(survey),
        };
        let page = composed(false, Language::Bokmal, |sources| {
            let plan = Plan {
                is_final: true,
                work: Some(work),
                ..Plan::default()
            };
            [report(sources, &plan), one_page(sources, Some(&work), true)]
        });
        page.map(|document| read(&document))
    };
    for own in told(&survey()) {
        assert!(own.contains("De fleste blir tatt på alvor.") && own.contains("Kurs i å lytte"));
    }
    let [report, page] = told(&other);
    for other in [&report, &page] {
        assert!(!other.contains("De fleste blir tatt på alvor.") && !other.contains("Kurs i å lytte"));
    }
    // What follows from no finding is everybody's.
    assert!(report.contains("Nye stoler på venterommet"));
}

#[test]
fn a_final_report_with_no_word_of_the_conference_says_so_above_the_actions() {
    let mut log = Log::default();
    log.add(
        &id("a"),
        1,
        Change::Action {
            round: Slug::new("r1").unwrap(),
            finding: None,
            text: CleanText::line("Kurs i å lytte"),
            owner: CleanText::default(),
            due: None,
        },
    );
    let (book, round) = (Workbook::of([], &log), Slug::new("r1").unwrap());
    let document = composed(false, Language::Bokmal, |sources| {
        let work = Some(Work {
            book: &book,
            round: &round,
            survey: None,
        });
        let plan = Plan {
            is_final: true,
            work,
            ..Plan::default()
        };
        report(sources, &plan)
    });
    let read = read(&document);
    let part = chapter(&read, "## Dialogkonferansen");
    assert!(
        part.starts_with("Hva konferansen sa om funnene, er ikke skrevet ned."),
        "{part}"
    );
}
