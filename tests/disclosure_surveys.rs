//! The shipped surveys, answered by made-up people, through the one door: what is printed keeps its own rules.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it is wrong"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use stemme::definition;
use stemme::disclosure::profile::Settings;
use stemme::disclosure::publish::publish;
use stemme::disclosure::published::{Answers, Base, Count, Counted, Grain, MissingShown, Published};
use stemme::disclosure::release::KeptRelease;
use stemme::domain::answer::{Answer, Response};
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::{DisclosureChoice, ProfileName};
use stemme::domain::id::{Id, Slug};
use stemme::domain::language::Language;
use stemme::domain::missing::Missing;
use stemme::domain::number::Number;
use stemme::domain::order::SplitMix64;
use stemme::domain::record::{
    ConsentRecord, Ended, Entered, InterviewId, InterviewRecord, Mode, SCHEMA, SurveyStamp,
};
use stemme::domain::survey::question::QuestionKind;
use stemme::domain::survey::report_plan::Tightening;
use stemme::domain::survey::{Item, Survey};
use stemme::stats::collect::Tallies;

fn surveys() -> Vec<(PathBuf, Survey)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(root.join("surveys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
    files.push(root.join("tests/fixtures/every-type.toml"));
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let survey = definition::survey::read(&std::fs::read(&file).unwrap()).value;
            let survey = survey.unwrap_or_else(|| panic!("{} does not read", file.display()));
            (file, survey)
        })
        .collect()
}

/// A made-up answer to an item; mostly the later options, now and then none.
fn answer(item: &Item<'_>, luck: &mut SplitMix64) -> Response {
    if luck.below(12) == 0 {
        return Response::Missing(Missing::ALL[1 + luck.below(4)]);
    }
    let codes: Vec<Id> = match item.scale {
        Some(scale) => scale.levels.iter().map(|level| level.code.clone()).collect(),
        None => item
            .question
            .kind
            .choices()
            .map(|choices| choices.options.iter().map(|option| option.code.clone()).collect())
            .unwrap_or_default(),
    };
    let mut later = || luck.below(codes.len()).max(luck.below(codes.len()));
    Response::Given(match &item.question.kind {
        QuestionKind::One(_) | QuestionKind::Scale { .. } | QuestionKind::Matrix { .. } => {
            Answer::choice(codes[later()].clone())
        }
        QuestionKind::Many { .. } => Answer::Choices {
            codes: BTreeSet::from([codes[0].clone(), codes[later()].clone()]),
            specify: None,
        },
        QuestionKind::Rank { .. } => {
            let first = later();
            Answer::Ranking(vec![codes[first].clone()])
        }
        QuestionKind::Number { .. } => Answer::Number {
            value: Number::whole(3),
            about: false,
        },
        QuestionKind::Date { .. } => Answer::Date {
            year: 2024,
            month: None,
            day: None,
        },
        QuestionKind::Text { .. } => Answer::Text(CleanText::line("Oppdiktet")),
        QuestionKind::Count(_) | QuestionKind::Info => return Response::Missing(Missing::NotAsked),
    })
}

fn records(survey: &Survey, people: u8, seed: u64) -> Vec<InterviewRecord> {
    let mut luck = SplitMix64::new(seed);
    (0..people)
        .map(|number| InterviewRecord {
            schema: SCHEMA,
            interview: InterviewId::from_bytes([number; 16]),
            survey: SurveyStamp {
                id: survey.id().clone(),
                version: survey.parts().version.clone(),
                sha256: survey.parts().fingerprint.clone(),
            },
            round: Slug::new("r1").unwrap(),
            site: None,
            laptop: None,
            interviewer: None,
            mode: Mode::Individual,
            entered: Entered::Live,
            language: Language::Bokmal,
            order_seed: 0,
            consent: ConsentRecord::default(),
            answers: survey
                .items()
                .map(|item| (item.key(), answer(&item, &mut luck)))
                .collect(),
            self_answered: Vec::new(),
            confirmations: Vec::new(),
            notes: BTreeMap::new(),
            read_back: true,
            quotes: BTreeMap::new(),
            withdrawal_tag: None,
            ended: Ended::Complete,
            rescued: None,
            made_up: true,
            newer: BTreeMap::new(),
        })
        .collect()
}

fn settings(survey: &Survey) -> Settings {
    let choice = DisclosureChoice {
        profile: ProfileName::Standard,
        reason: None,
        tightening: Tightening::default(),
        breakdowns: BTreeMap::new(),
    };
    Settings::new(&choice, &survey.parts().tightening).unwrap()
}

fn published(survey: &Survey, people: u8, seed: u64) -> Published {
    let records = records(survey, people, seed);
    publish(survey, &Tallies::of(survey, &[], &records), &settings(survey))
}

#[test]
fn printed_counts_keep_within_their_codes_and_their_n() {
    for (file, survey) in surveys() {
        for people in [5, 12, 29] {
            let published = published(&survey, people, u64::from(people));
            let terms = published.terms();
            for item in published.items() {
                let name = format!("{} of {}, {people} people", item.item, file.display());
                let k = if item.sensitive {
                    terms.sensitive_threshold
                } else {
                    terms.threshold
                };
                let Some(n) = item.valid() else {
                    assert!(!matches!(item.answers, Answers::Row { .. }), "{name}");
                    assert_eq!(item.missing, MissingShown::Hidden, "{name}");
                    continue;
                };
                let Answers::Row { counted, .. } = &item.answers else {
                    continue;
                };
                for cell in item.cells() {
                    if let Count::Exact(count) = cell.count {
                        assert!(count > u32::from(k) && count < n - u32::from(k), "{name}");
                    } else {
                        assert_eq!(cell.share, None, "{name}");
                    }
                }
                for grain in [Grain::Levels, Grain::Groups, Grain::ThreeBands, Grain::TwoBands] {
                    let bounds: Vec<(u32, u32)> = item
                        .cells()
                        .iter()
                        .filter(|cell| cell.grain == grain)
                        .map(|cell| cell.count.bounds(n))
                        .collect();
                    if *counted != Counted::Several && !bounds.is_empty() {
                        let low: u32 = bounds.iter().map(|(low, _)| low).sum();
                        let high: u32 = bounds.iter().map(|(_, high)| high).sum();
                        assert!((low..=high).contains(&n), "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn most_questions_of_twenty_nine_people_are_printed() {
    for (file, survey) in surveys() {
        let published = published(&survey, 29, 7);
        let closed = published
            .items()
            .iter()
            .filter(|item| !matches!(item.answers, Answers::Words));
        let (printed, hidden): (Vec<_>, Vec<_>) =
            closed.partition(|item| matches!(item.answers, Answers::Row { .. }));
        // The round measure asks staff and young people different questions; its base is a background answer.
        let is_split = file.ends_with("laeringsnettverk.toml") || file.ends_with("gruppeintervju.toml");
        assert!(is_split || printed.len() > hidden.len(), "{}", file.display());
    }
}

#[test]
fn a_release_of_every_survey_reads_back() {
    for (_, survey) in surveys() {
        let published = published(&survey, 29, 3);
        assert!(
            published
                .items()
                .iter()
                .all(|item| !matches!(item.base, Base::Shown { asked, valid } if valid > asked))
        );
        let kept = KeptRelease::new(published, BTreeSet::new());
        assert_eq!(
            KeptRelease::read(&serde_json::to_vec(&kept).unwrap()).unwrap(),
            kept
        );
    }
}
