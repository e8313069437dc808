//! Made-up charts of every kind, for the tests.

use crate::domain::language::Language;

use super::{Category, Chart, Kind, Row, Side, Value};

const ALL: u32 = 23;

const fn exact(count: u32) -> Value {
    Value::Exact {
        count,
        of: ALL,
        interval: None,
    }
}

const fn low() -> Value {
    Value::Coded {
        low: 0,
        high: 5,
        of: ALL,
    }
}

const fn high() -> Value {
    Value::Coded {
        low: 18,
        high: ALL,
        of: ALL,
    }
}

fn category(label: &str, side: Side) -> Category {
    Category {
        label: label.to_owned(),
        side,
        mark: None,
    }
}

fn row(label: &str, values: Vec<Value>) -> Row {
    Row {
        label: label.to_owned(),
        people: Some(ALL),
        values,
    }
}

fn chart(kind: Kind, categories: Vec<Category>, rows: Vec<Row>) -> Chart {
    Chart {
        kind,
        language: Language::Bokmal,
        name: String::new(),
        title: "I hvilken grad blir det du sier, tatt på alvor? (oppdiktet)".to_owned(),
        alt: "17 av 23 svarte «I stor grad» eller «I svært stor grad».".to_owned(),
        categories,
        rows,
        percent: true,
        median: None,
    }
}

fn agreement() -> Vec<Category> {
    vec![
        category("Helt uenig", Side::StronglyAgainst),
        category("Litt uenig", Side::Against),
        category("Både og", Side::Neutral),
        category("Litt enig", Side::For),
        category("Helt enig", Side::StronglyFor),
        category("Vet ikke", Side::Beside),
    ]
}

/// Agreement with several questions, with every kind of value.
pub(in crate::report) fn diverging() -> Chart {
    let rows = vec![
        row(
            "De på BUP hørte på det jeg sa",
            vec![exact(1), exact(3), exact(4), exact(8), exact(6), exact(1)],
        ),
        row(
            "Jeg fikk være med på å bestemme hva slags hjelp jeg skulle få, og når vi skulle møtes",
            vec![low(), low(), exact(6), exact(11), low(), low()],
        ),
        row(
            "Jeg visste hva som ble skrevet om meg",
            vec![exact(9), exact(7), low(), low(), exact(0), low()],
        ),
        row("Noen spurte hvordan jeg hadde det hjemme", vec![Value::Hidden; 6]),
        row(
            "Jeg kunne si fra når noe ikke var bra",
            vec![low(), Value::Hidden, exact(7), Value::Hidden, exact(8), low()],
        ),
    ];
    chart(Kind::Diverging, agreement(), rows)
}

/// One question, everybody.
pub(in crate::report) fn single() -> Chart {
    let rows = vec![row(
        "Alle",
        vec![exact(2), exact(3), exact(4), exact(8), exact(6), Value::None],
    )];
    chart(Kind::Diverging, agreement(), rows)
}

/// Answers that have no good end.
pub(in crate::report) fn bars() -> Chart {
    let answers = [
        ("Fastlegen", exact(12)),
        ("Helsesykepleieren på skolen", high()),
        ("Familien", exact(6)),
        ("Andre", Value::Hidden),
        ("Vet ikke", exact(0)),
    ];
    let rows = answers.map(|(label, value)| row(label, vec![value])).to_vec();
    let mut chart = chart(Kind::Bars, vec![category("Antall", Side::Plain)], rows);
    chart.percent = false;
    chart
}

/// Four groups beside each other.
pub(in crate::report) fn multiples() -> Chart {
    let rows = vec![
        row(
            "Poliklinikk Nord",
            vec![exact(0), exact(7), low(), exact(9), exact(7), low()],
        ),
        row(
            "Poliklinikk Sør",
            vec![low(), low(), exact(7), exact(10), low(), low()],
        ),
        row("Ambulant team for unge på Helgeland", vec![Value::Hidden; 6]),
        row(
            "Ungdomsteamet",
            vec![low(), low(), low(), high(), low(), Value::None],
        ),
    ];
    chart(Kind::SmallMultiples, agreement(), rows)
}

/// Indices with their intervals.
pub(in crate::report) fn dots() -> Chart {
    let with = |count, low, high| Value::Exact {
        count,
        of: 100,
        interval: Some((low, high)),
    };
    let rows = vec![
        row("Trygghet", vec![with(74, 532_000, 879_000)]),
        row("Medvirkning", vec![with(48, 301_000, 668_000)]),
        row("Tilgjengelighet", vec![low()]),
        row("Helhet", vec![Value::Hidden]),
    ];
    chart(Kind::Dots, vec![category("Indeks", Side::Plain)], rows)
}

/// Indices of areas, from 0 to 100.
pub(in crate::report) fn indices() -> Chart {
    let mut chart = dots();
    chart.kind = Kind::Indices;
    chart.percent = false;
    for (row, value) in chart.rows.iter_mut().zip([
        Value::Exact {
            count: 61,
            of: 100,
            interval: Some((552_000, 671_000)),
        },
        Value::Coded {
            low: 48,
            high: 66,
            of: 100,
        },
    ]) {
        row.values = vec![value];
    }
    for row in &mut chart.rows {
        row.people = None;
    }
    chart
}

/// What matters beside what was met.
pub(in crate::report) fn gap() -> Chart {
    let rows = vec![
        row("Å bli tatt på alvor", vec![exact(21), exact(13)]),
        row("Å få være med og bestemme", vec![exact(15), exact(16)]),
        row("Kort ventetid", vec![exact(17), low()]),
        row("At noen forklarer", vec![exact(10), exact(10)]),
    ];
    let categories = vec![
        category("Dette er viktig for meg", Side::Plain),
        category("Slik var det", Side::Plain),
    ];
    chart(Kind::Gap, categories, rows)
}

/// Rounds.
pub(in crate::report) fn run() -> Chart {
    let mut categories: Vec<Category> = ["Høst 2024", "Vår 2025", "Høst 2025", "Vår 2026", "Høst 2026"]
        .map(|label| category(label, Side::Plain))
        .to_vec();
    if let Some(third) = categories.get_mut(2) {
        third.mark = Some("Ny timebestilling".to_owned());
    }
    let rows = vec![row(
        "Alle",
        vec![exact(9), exact(12), exact(15), low(), exact(17)],
    )];
    let mut chart = chart(Kind::Run, categories, rows);
    chart.median = Some(5217);
    chart
}

/// Every chart with a name.
pub(in crate::report) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("diverging", diverging()),
        ("single", single()),
        ("bars", bars()),
        ("multiples", multiples()),
        ("dots", dots()),
        ("indices", indices()),
        ("gap", gap()),
        ("run", run()),
    ]
}
