//! Made-up documents for the tests of every format.

use crate::domain::language::Language;

use super::chart::{self, Chart};
use super::document::{
    Block, Cell, Column, Document, Fact, Figure, Front, Kind, Mark, Part, Role, Row, RowKind, Table,
};

fn column(title: &str, role: Role) -> Column {
    Column {
        title: title.to_owned(),
        role,
        group: None,
        people: None,
        n: None,
    }
}

fn row(code: &str, kind: RowKind, label: &str, cells: Vec<Cell>) -> Row {
    let mut all = vec![Cell::Text(label.to_owned())];
    all.extend(cells);
    Row {
        code: code.to_owned(),
        kind,
        cells: all,
    }
}

/// Returns [`small`] with a mean of its first table, and as if the number of users were known.
pub(super) fn with_figures() -> Document {
    let mut document = small();
    let figure = Figure {
        name: "mean",
        item: "bup05".to_owned(),
        of: None,
        value: None,
        within: Some((3720, 3810)),
        interval: None,
    };
    document.figures = vec![figure];
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                if let Cell::Share {
                    between: Some(_),
                    of_users,
                    ..
                } = cell
                {
                    *of_users = Some((300_000, 590_000));
                }
            }
        }
    }
    document
}

/// Returns a small document with every kind of block, cell and row.
pub(super) fn small() -> Document {
    let mut document = Document::new(Language::Bokmal, "Min stemme teller (oppdiktet)".to_owned(), true);
    document.kind = Kind::ProcessReport;
    document.front = Some(Front {
        stage: "UTKAST – prosessrapport".to_owned(),
        subtitle: Some("BUP-poliklinikken i eksempelet".to_owned()),
        authors: vec!["Unge intervjuere i Min stemme teller".to_owned()],
        facts: vec![Fact {
            name: "Runde".to_owned(),
            value: "Høsten 2026".to_owned(),
        }],
        remarks: vec!["Alt her er oppdiktet.".to_owned()],
    });
    document.heading(1, "Hvem som er med");
    document.paragraph("23 intervjuer er med.");
    document.list(
        Mark::Dot,
        vec![
            "13 på Poliklinikk Nord".to_owned(),
            "12 på Poliklinikk Sør".to_owned(),
        ],
    );
    document.finding(
        "17 av 23 svarte «I stor grad» eller «I svært stor grad».",
        vec!["bup05".to_owned()],
    );
    document.blocks.push(Block::Quote {
        words: "De hørte på meg «hele tida», liksom.".to_owned(),
        attribution: "Ungdom som er intervjuet".to_owned(),
    });
    document.note("Tallene sier ikke hva alle unge mener.");
    document.heading(2, "Møtet med BUP");
    let share = |count, between| Cell::Share {
        part: count,
        of: 23,
        between: Some(between),
        of_users: None,
    };
    let of_asked = |part| Cell::Share {
        part,
        of: 25,
        between: None,
        of_users: None,
    };
    let exact = |count, between| vec![Cell::Exact(count), share(count, between), of_asked(count)];
    let low = || vec![Cell::AtMost(5), Cell::None, Cell::None];
    document.chart(on_five());
    document.table(Table {
        item: "bup05".to_owned(),
        name: "Spørsmål 5".to_owned(),
        part: Part::Answers,
        question: "I hvilken grad blir det du sier, tatt på alvor?".to_owned(),
        caption: "bup05. I hvilken grad blir det du sier, tatt på alvor? (oppdiktet)".to_owned(),
        n: Some(23),
        asked: Some(25),
        columns: vec![
            column("Svar", Role::Label),
            column("Antall", Role::Count),
            column("Andel", Role::Share),
            column("Andel av alle spurte", Role::ShareOfAsked),
        ],
        rows: vec![
            row("ikke", RowKind::Single, "Ikke i det hele tatt", low()),
            row("liten", RowKind::Single, "I liten grad", low()),
            row("noen", RowKind::Single, "I noen grad", low()),
            row(
                "stor",
                RowKind::Single,
                "I stor grad",
                exact(10, (256_346, 631_886)),
            ),
            row(
                "svaert_stor",
                RowKind::Single,
                "I svært stor grad",
                exact(7, (156_040, 508_658)),
            ),
            row(
                "stor+svaert_stor",
                RowKind::Sum,
                "I stor grad eller i svært stor grad",
                exact(17, (535_300, 874_514)),
            ),
        ],
        notes: vec!["«5 eller færre»: skrives slik for at ingen skal kjennes igjen.".to_owned()],
    });
    document.table(Table {
        item: "bup09".to_owned(),
        name: "Spørsmål 9".to_owned(),
        part: Part::Answers,
        question: "Har noen på BUP spurt deg hva som er viktig for deg?".to_owned(),
        caption: "bup09. Har noen på BUP spurt deg hva som er viktig for deg? (oppdiktet)".to_owned(),
        n: Some(24),
        asked: Some(25),
        columns: vec![column("Svar", Role::Label), column("Antall", Role::Count)],
        rows: vec![
            row(
                "ja+litt",
                RowKind::Single,
                "Ja eller litt",
                vec![Cell::AtLeast { bound: 19, of: 24 }],
            ),
            row("ja", RowKind::Merged, "Ja", vec![Cell::None]),
            row("litt", RowKind::Merged, "Litt", vec![Cell::None]),
            row("nei", RowKind::Single, "Nei", vec![Cell::AtMost(5)]),
        ],
        notes: Vec::new(),
    });
    let group = |code: &str, title: &str| Column {
        title: title.to_owned(),
        role: Role::Count,
        group: Some(format!("site={code}")),
        people: Some(15),
        n: None,
    };
    document.table(Table {
        item: "bup05".to_owned(),
        name: "Spørsmål 5, grupper".to_owned(),
        part: Part::Breakdown,
        question: "I hvilken grad blir det du sier, tatt på alvor?".to_owned(),
        caption: "bup05 etter sted (oppdiktet)".to_owned(),
        n: None,
        asked: None,
        columns: vec![
            column("Svar", Role::Label),
            group("nord", "Poliklinikk Nord (13)"),
            group("sor", "Poliklinikk Sør (12)"),
        ],
        rows: vec![
            row(
                "ikke+liten+noen",
                RowKind::Single,
                "Ikke, i liten eller i noen grad",
                vec![Cell::AtMost(5), Cell::Hidden],
            ),
            row(
                "stor+svaert_stor",
                RowKind::Single,
                "I stor eller svært stor grad",
                vec![Cell::Exact(0), Cell::Hidden],
            ),
        ],
        notes: vec!["[skjult]: tallet vises ikke.".to_owned()],
    });
    document.page_break();
    document.heading(1, "Til dialogkonferansen");
    let words = |words: &str| Cell::Text(words.to_owned());
    document.table(Table {
        item: "conference".to_owned(),
        name: "Funn".to_owned(),
        part: Part::Sheet,
        question: "Funn".to_owned(),
        caption: "Det vi fant, og hva dere sier om det".to_owned(),
        n: None,
        asked: None,
        columns: ["Funn", "Stemmer", "Stemmer ikke"]
            .map(|title| column(title, Role::Label))
            .to_vec(),
        rows: vec![Row {
            code: "1".to_owned(),
            kind: RowKind::Single,
            cells: vec![words("17 av 23 ble tatt på alvor."), words(""), words("")],
        }],
        notes: Vec::new(),
    });
    document.list(Mark::Square, vec!["Vi er enige".to_owned()]);
    document.room(2);
    document
}

/// The chart of the first table.
fn on_five() -> Chart {
    use chart::{Category, Side, Value};
    let exact = |count| Value::Exact {
        count,
        of: 23,
        interval: None,
    };
    let coded = Value::Coded {
        low: 0,
        high: 5,
        of: 23,
    };
    let levels = [
        ("Ikke i det hele tatt", Side::StronglyAgainst, coded),
        ("I liten grad", Side::Against, coded),
        ("I noen grad", Side::Neutral, coded),
        ("I stor grad", Side::For, exact(10)),
        ("I svært stor grad", Side::StronglyFor, exact(7)),
    ];
    Chart {
        kind: chart::Kind::Diverging,
        language: Language::Bokmal,
        name: "Spørsmål 5".to_owned(),
        title: "I hvilken grad blir det du sier, tatt på alvor? (oppdiktet)".to_owned(),
        alt: "17 av 23 svarte «I stor grad» eller «I svært stor grad».".to_owned(),
        categories: levels
            .map(|(label, side, _)| Category {
                label: label.to_owned(),
                side,
                mark: None,
            })
            .to_vec(),
        rows: vec![chart::Row {
            label: "Alle".to_owned(),
            people: Some(23),
            values: levels.map(|(_, _, value)| value).to_vec(),
        }],
        percent: true,
        median: None,
    }
}

/// Returns a document that has `text` wherever a survey or a person could have put it.
pub(super) fn hostile(text: &str) -> Document {
    let mut document = Document::new(Language::Nynorsk, text.to_owned(), false);
    document.front = Some(Front {
        stage: text.to_owned(),
        subtitle: Some(text.to_owned()),
        authors: vec![text.to_owned()],
        facts: vec![Fact {
            name: text.to_owned(),
            value: text.to_owned(),
        }],
        remarks: vec![text.to_owned()],
    });
    document.heading(1, text);
    document.paragraph(text);
    document.finding(text, vec![text.to_owned()]);
    document.note(text);
    document.list(Mark::Number, vec![text.to_owned()]);
    document.blocks.push(Block::Quote {
        words: text.to_owned(),
        attribution: text.to_owned(),
    });
    let mut chart = on_five();
    for own in [&mut chart.title, &mut chart.alt]
        .into_iter()
        .chain(chart.rows.iter_mut().map(|row| &mut row.label))
    {
        text.clone_into(own);
    }
    for category in &mut chart.categories {
        text.clone_into(&mut category.label);
    }
    document.chart(chart);
    document.table(Table {
        item: "q".to_owned(),
        name: text.to_owned(),
        part: Part::Answers,
        question: text.to_owned(),
        caption: text.to_owned(),
        n: Some(12),
        asked: None,
        columns: vec![
            column(text, Role::Label),
            column(text, Role::Count),
            column("", Role::Share),
        ],
        rows: vec![row(
            "a",
            RowKind::Single,
            text,
            vec![
                Cell::Exact(6),
                Cell::Share {
                    part: 6,
                    of: 12,
                    between: None,
                    of_users: None,
                },
            ],
        )],
        notes: vec![text.to_owned()],
    });
    document
}

#[cfg(test)]
mod tests {
    use super::small;
    use crate::domain::language::Language;
    use crate::report::csv_profile::{self, Profile};
    use crate::report::{html, json, markdown, plain};
    use crate::texts::Texts;

    /// A page without its looks, an element a line.
    fn page(html: &str) -> String {
        let (head, body) = html.split_once("<style>").unwrap();
        let (_, body) = body.split_once("</style>").unwrap();
        [head, body].concat().replace("><", ">\n<")
    }

    #[test]
    fn one_document_in_all_formats() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let document = small();
        let all = [
            ("markdown", text(markdown::bytes(&document, &texts))),
            ("html", page(&text(html::bytes(&document, &texts)))),
            ("terminal", text(plain::bytes(&document, &texts))),
            ("records", text(plain::records(&document, &texts))),
            (
                "csv, Norwegian Excel",
                text(csv_profile::bytes(&document, Profile::NorwegianExcel).unwrap()),
            ),
            (
                "csv, plain",
                text(csv_profile::bytes(&document, Profile::Plain).unwrap()),
            ),
            (
                "json",
                text(json::bytes(&[("example", document.clone())]).unwrap()),
            ),
        ];
        let side_by_side: Vec<String> = all
            .into_iter()
            .map(|(format, text)| format!("#### {format}\n{text}"))
            .collect();
        insta::assert_snapshot!("all_formats", side_by_side.join("\n"));
    }
}
