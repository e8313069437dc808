//! How long the screens take: a key, a whole screen, a survey as large as they come, a huge paste.
//!
//! What is measured is the program's own time from an input to the bytes for the terminal.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a benchmark may fail, and shares the tests' window and survey"
)]

use std::hint::black_box;
use std::io::{self, Write};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ratatui::layout::Rect;
use stemme::domain::identifier;
use stemme::domain::language::Language;
use stemme::domain::survey::Survey;
use stemme::tui::Look;
use stemme::tui::canvas::Canvas;
use stemme::tui::input::Input;

#[path = "../tests/tui/harness.rs"]
mod harness;
#[path = "../tests/tui/sample_survey.rs"]
mod sample_survey;

use harness::Screens;
use sample_survey::{SampleDesk, id, survey};

const SIZE: (u16, u16) = (80, 24);
const AREA: Rect = Rect::new(0, 0, SIZE.0, SIZE.1);

/// Counts what would go to the terminal.
struct Nowhere(usize);

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn begun(survey: Survey, at: &str) -> (Screens, Canvas<Nowhere>) {
    let mut screens = Screens::at(SampleDesk::new(survey), Language::Bokmal, SIZE, Look::default());
    screens.interview();
    screens.go_to(at);
    let mut canvas = Canvas::new(Nowhere(0));
    canvas.draw(&screens.app, AREA).unwrap();
    (screens, canvas)
}

/// A key and the frame after it, and the key that takes it back.
fn there_and_back(criterion: &mut Criterion, name: &str, survey: Survey, at: &str, keys: [&str; 2]) {
    let (mut screens, mut canvas) = begun(survey, at);
    let mut turn = 0;
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            screens.keys(keys[turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
}

/// A survey of ten thousand questions, every tenth of them asked only after an answer to the first.
fn ten_thousand() -> Survey {
    let mut parts = survey().parts().clone();
    let pattern = parts.sections[0].questions[0].clone();
    let first = pattern.id.clone();
    let condition = survey().questions().find_map(|question| question.show_if.clone());
    let large = &mut parts.sections[0].questions;
    for number in large.len()..10_000 {
        let mut next = pattern.clone();
        next.id = id(&format!("q{number}"));
        if number % 10 == 0 {
            next.show_if.clone_from(&condition);
        }
        large.push(next);
    }
    assert_eq!(large[0].id, first);
    Survey::new(parts).unwrap()
}

fn keys(criterion: &mut Criterion) {
    there_and_back(
        criterion,
        "key: move on a choice",
        survey(),
        "alvor",
        ["Down", "Up"],
    );
    there_and_back(criterion, "key: answer a choice", survey(), "alvor", ["2", "4"]);
    there_and_back(
        criterion,
        "key: to the next question and back",
        survey(),
        "hjalp",
        ["PgDn", "PgUp"],
    );
    there_and_back(
        criterion,
        "key: write a letter",
        survey(),
        "annerledes",
        ["x", "Bs"],
    );
}

fn screen(criterion: &mut Criterion) {
    let (screens, _) = begun(survey(), "annerledes");
    criterion.bench_function("screen: draw it whole", |bencher| {
        bencher.iter_batched(
            || Canvas::new(Nowhere(0)),
            |mut canvas| canvas.draw(black_box(&screens.app), AREA).unwrap(),
            BatchSize::SmallInput,
        );
    });
    let (screens, mut canvas) = begun(survey(), "annerledes");
    criterion.bench_function("screen: nothing changed", |bencher| {
        bencher.iter(|| canvas.draw(black_box(&screens.app), AREA).unwrap());
    });
}

fn large_survey(criterion: &mut Criterion) {
    there_and_back(
        criterion,
        "10,000 questions: move",
        ten_thousand(),
        "q5001",
        ["Down", "Up"],
    );
    there_and_back(
        criterion,
        "10,000 questions: answer",
        ten_thousand(),
        "q5001",
        ["2", "4"],
    );
    there_and_back(
        criterion,
        "10,000 questions: next and back",
        ten_thousand(),
        "q5001",
        ["PgDn", "PgUp"],
    );
    let (mut screens, mut canvas) = begun(ten_thousand(), "q5001");
    screens.keys("O");
    let mut turn = 0;
    criterion.bench_function("10,000 questions: move in the list", |bencher| {
        bencher.iter(|| {
            screens.keys(["Down", "Up"][turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
    criterion.bench_function("10,000 questions: search in the list", |bencher| {
        bencher.iter(|| {
            screens.keys(["a", "Bs"][turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
}

/// Sixty rows to read back: the list scrolls by a row or more at each step.
fn read_back(criterion: &mut Criterion) {
    let mut parts = survey().parts().clone();
    let pattern = parts.sections[0].questions[0].clone();
    let section = &mut parts.sections[0].questions;
    for number in section.len()..60 {
        let mut next = pattern.clone();
        next.id = id(&format!("q{number}"));
        section.push(next);
    }
    let (mut screens, mut canvas) = begun(Survey::new(parts).unwrap(), "q30");
    let pause = screens.app.situation().t().letter.pause.clone();
    screens.keys(&format!("4 {pause} 3 2 Enter"));
    for _ in 0..30 {
        screens.keys("Down");
    }
    canvas.draw(&screens.app, AREA).unwrap();
    let mut turn = 0;
    criterion.bench_function("read-back: a row further and back, scrolled", |bencher| {
        bencher.iter(|| {
            screens.keys(["Down", "Up"][turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
    let mut turn = 0;
    criterion.bench_function("read-back: to its end and back", |bencher| {
        bencher.iter(|| {
            screens.keys(["End", "Home"][turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
}

/// A text field and its buttons: the hints change with the keys.
fn field_and_buttons(criterion: &mut Criterion) {
    there_and_back(
        criterion,
        "key: from a text to its buttons and back",
        survey(),
        "annerledes",
        ["Tab", "Up"],
    );
}

fn long_text(criterion: &mut Criterion) {
    let megabyte = "Fortalt historien min fire ganger til fire ulike folk. ".repeat(20_000);
    criterion.bench_function("text: paste a megabyte", |bencher| {
        bencher.iter_batched(
            || begun(survey(), "annerledes"),
            |(mut screens, mut canvas)| {
                screens.input(Input::Paste(megabyte.clone()));
                canvas.draw(&screens.app, AREA).unwrap();
            },
            BatchSize::LargeInput,
        );
    });
    let (mut screens, mut canvas) = begun(survey(), "annerledes");
    let almost: String = megabyte.chars().take(65_000).collect();
    screens.input(Input::Paste(almost.clone()));
    let mut turn = 0;
    criterion.bench_function("text: write a letter after 65,000", |bencher| {
        bencher.iter(|| {
            screens.keys(["x", "Bs"][turn % 2]);
            canvas.draw(&screens.app, AREA).unwrap();
            turn += 1;
        });
    });
    criterion.bench_function("text: look for identifiers in 65,000 letters", |bencher| {
        bencher.iter(|| identifier::find(black_box(&almost)));
    });
}

criterion_group!(
    benches,
    keys,
    screen,
    read_back,
    field_and_buttons,
    large_survey,
    long_text
);
criterion_main!(benches);
