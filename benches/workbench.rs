//! A day at the workbench that is larger than any: 5,000 open answers to one question, 200 themes, 10,000 tags, 1,000
//! quotes. Whatever a key does there must be done before the next frame: 16 ms.
//!
//! `cargo bench --bench workbench`.

#![expect(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot set itself up has nothing to measure"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use stemme::definition;
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, LegalFrame, ProfileName, Recipient, Round,
    Signing, SurveyUse,
};
use stemme::domain::id::{Id, Slug};
use stemme::domain::item::ItemKey;
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::domain::order::SplitMix64;
use stemme::domain::record::InterviewRecord;
use stemme::domain::survey::report_plan::Tightening;
use stemme::domain::workbook::quote::Place;
use stemme::fieldwork::shipped;
use stemme::fieldwork::workbench::{Filter, Safe, Show, Workbench};
use stemme::fieldwork::workplace::Workplace;
use stemme::store::envelope::{may_interview, seal};
use stemme::store::folder::{Comments, EvaluationFolder};
use stemme::store::keys::{CoordinatorKeys, RecoveryKey};

const ANSWERS: u32 = 5_000;
const THEMES: usize = 200;
const QUOTES: usize = 1_000;
const SAID: [&str; 5] = [
    "Hun hørte på meg hele tida, og da turte jeg å si mer om det som var vanskelig hjemme og på skolen.",
    "Jeg måtte fortelle alt på nytt til en ny som ikke hadde lest noe, og det var slitsomt hver gang.",
    "Venterommet var stille, og alle så ned i telefonen mens vi ventet på at noen skulle komme.",
    "De spurte hva jeg ville, men det ble ikke noe av det, og jeg fikk aldri vite hvorfor ikke.",
    "Vi gikk tur i stedet for å sitte inne, og da var det mye lettere å snakke om det som betyr noe.",
];

fn record(number: u32, sha256: &str) -> InterviewRecord {
    let words = SAID[number as usize % SAID.len()];
    serde_json::from_str(&format!(
        r#"{{"schema":1,"interview":"{number:032x}","survey":{{"id":"min-stemme-bup","version":"1","sha256":"{sha256}"}},
        "round":"r1","mode":"individual","language":"nb","order_seed":7,"consent":{{"points":{{"sitat":true}}}},
        "answers":{{"bup07":{{"given":{{"text":"{words} Nummer {number}. Kari var der."}}}}}},"read_back":true,
        "ended":"complete"}}"#
    ))
    .unwrap()
}

/// An evaluation with so many interviews, its workbook, and somebody at it.
fn bench(root: &Path) -> Workbench {
    let number = "00000000000000b1";
    let mut sequence = SplitMix64::new(3);
    let mut random = move |bytes: &mut [u8]| {
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    };
    let shipped = shipped::find("min-stemme-bup").unwrap();
    let survey = definition::survey::open(&shipped.bytes()).value.unwrap();
    let sha256 = survey.parts().fingerprint.clone();
    let keys = CoordinatorKeys::generate(number, &mut random).unwrap();
    let slug = |text: &str| Slug::new(text).unwrap();
    let title = || Localized::new(Language::Bokmal, CleanText::line("x"));
    let recipient = |key: String| Recipient {
        name: CleanText::line("k"),
        key,
        proved: true,
    };
    let evaluation = Evaluation {
        made_up: false,
        id: number.to_owned(),
        title: title(),
        service: None,
        commissioner: None,
        purpose: None,
        languages: vec![Language::Bokmal],
        identification: Identification::Anonymous,
        withdraw_until: None,
        delete_by: None,
        draft_hours: 72,
        rounds: vec![Round {
            id: slug("r1"),
            title: title(),
            surveys: vec![survey.id().clone()],
            planned: None,
            users: None,
            wanted: Vec::new(),
            period: None,
        }],
        surveys: vec![SurveyUse {
            id: survey.id().clone(),
            version: survey.parts().version.clone(),
            sha256: sha256.clone(),
        }],
        sites: Vec::new(),
        legal_frame: LegalFrame::default(),
        consent_policy: ConsentPolicy::default(),
        disclosure: DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        recipients: vec![
            recipient(keys.public()),
            recipient(RecoveryKey::generate().public()),
        ],
        signing: Signing {
            coordinator: Some(keys.signer().public().to_string()),
            laptops: Vec::new(),
        },
        call: None,
        contacts: Vec::new(),
    };
    let made = EvaluationFolder::create(
        &root.join("e"),
        &evaluation,
        &[&shipped.bytes()],
        &Comments::none(),
    )
    .unwrap();
    let to = may_interview(&evaluation).unwrap();
    for number in 0..ANSWERS {
        let sealed = seal(&record(number, &sha256.0), &to, keys.signer()).unwrap();
        // Not through the store: thousands of syncs are another benchmark.
        let path = made.out().join(sealed.name().file_name());
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).open(path).unwrap();
        file.write_all(sealed.bytes()).unwrap();
    }
    let source = Arc::new(|bytes: &mut [u8]| {
        bytes.fill(7);
        Ok(())
    });
    let workplace = Workplace::open_unknown(&root.join("e"), &root.join("home"), source).unwrap();
    let mut bench = Workbench::open(&workplace, &keys, None, &mut |_, _| ()).unwrap();
    let mut themes: Vec<Id> = Vec::new();
    for theme in 0..THEMES {
        let under = theme.checked_sub(100).map(|above| themes[above].clone());
        themes.push(bench.new_theme(&format!("Tema {theme}"), under).unwrap());
    }
    let answers: Vec<_> = {
        let question = bench.question(&item()).unwrap();
        question
            .answers()
            .iter()
            .map(|answer| answer.answer.clone())
            .collect()
    };
    for (place, answer) in answers.iter().enumerate() {
        bench.toggle(answer, &themes[place % THEMES]);
        bench.toggle(answer, &themes[(place * 7 + 3) % THEMES]);
    }
    for answer in answers.iter().take(QUOTES) {
        bench.mark_quote(answer, Place { from: 0, to: 20 }, &themes[0]);
        bench.bracket(answer, Place { from: 4, to: 9 }, "noen");
    }
    assert_eq!(bench.wait(), Safe::Yes);
    bench
}

fn item() -> ItemKey {
    ItemKey::question(Id::new("bup07").unwrap())
}

fn at_the_bench(criterion: &mut Criterion) {
    let root = tempfile::tempdir().unwrap();
    let mut bench = bench(root.path());
    let theme = bench.tree()[150].1.id.clone();
    let answers: Vec<_> = {
        let question = bench.question(&item()).unwrap();
        assert_eq!(question.answers().len(), ANSWERS as usize);
        question
            .answers()
            .iter()
            .map(|answer| answer.answer.clone())
            .collect()
    };
    let mut group = criterion.benchmark_group("workbench");
    for (name, show, words) in [
        ("filter_by_words", Show::All, "venterom"),
        ("filter_by_theme", Show::Theme(theme.clone()), ""),
        ("filter_new", Show::NotGoneThrough, ""),
        ("filter_no_theme", Show::NoTheme, ""),
        ("filter_quoted", Show::Quoted, ""),
        ("filter_identifier", Show::Identifier, ""),
    ] {
        let filter = Filter {
            show,
            words: words.to_owned(),
        };
        group.bench_function(name, |b| {
            b.iter(|| {
                let question = bench.question(&item()).unwrap();
                black_box(bench.filtered(question, &filter).len())
            });
        });
    }
    group.bench_function("step_to_the_next_answer", |b| {
        let mut place = 0;
        b.iter(|| {
            place = (place + 1) % answers.len();
            let answer = bench.answer(&answers[place]).unwrap();
            let themes = bench.book().themes_of(&answer.answer).len();
            black_box((bench.pieces(answer).len(), themes, bench.tree().len()))
        });
    });
    // Before the tags below, which make the log longer than any. One step of this run first, as after any key.
    bench.toggle(&answers[0], &theme);
    group.bench_function("undo_and_redo", |b| {
        b.iter(|| black_box((bench.undo(), bench.redo())));
    });
    group.bench_function("tag_with_one_key", |b| {
        let mut place = 0;
        b.iter(|| {
            place = (place + 1) % answers.len();
            black_box(bench.toggle(&answers[place], &theme))
        });
    });
    group.finish();
}

criterion_group!(benches, at_the_bench);
criterion_main!(benches);
