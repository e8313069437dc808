//! Rows of a file are counted as somebody would count them by hand, whatever the file looks like.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail; the survey here is known"
)]

use std::collections::BTreeMap;

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert_eq, proptest};
use stemme::definition;
use stemme::domain::category::Category;
use stemme::domain::coding::Coding;
use stemme::domain::id::Id;
use stemme::domain::item::ItemKey;
use stemme::domain::missing::Missing;
use stemme::domain::survey::Survey;
use stemme::import::answers::wrong::{Why, WrongCell};
use stemme::import::answers::{Cells, InColumn, Reading, Unreadable, WhatWasRead, read};
use stemme::stats::collect::{By, RowCounts, Tallies};
use stemme::stats::tally::Tally;

const SURVEY: &str = r#"
format = 1
id = "proof"
version = "1"
languages = ["nb"]
title.nb = "Prøve"

[consent]
read_aloud.nb = "Vil du være med?"
points = [{ id = "deltar", required = true, text = { nb = "Vil du være med?" } }]

[scale.grad4]
good = "high"
bands = { two = [["ikke", "litt"], ["noe", "mye"]] }
options = [
  { code = "ikke", value = 0, text = { nb = "Ikke i det hele tatt" } },
  { code = "litt", value = 1, text = { nb = "I liten grad" } },
  { code = "noe", value = 2, text = { nb = "I noen grad" } },
  { code = "mye", value = 3, text = { nb = "I svært stor grad" } },
]

[[section]]
id = "alt"
title.nb = "Alt"

  [[section.q]]
  id = "hvem"
  type = "one"
  role = "background"
  text.nb = "Hvem er du?"
  options = [
    { code = "a", text = { nb = "Den første" } },
    { code = "b", text = { nb = "Den andre" } },
    { code = "c_c", text = { nb = "Åse, «den tredje»" }, was = ["gammel_kode"] },
  ]

  [[section.q]]
  id = "grad"
  type = "scale"
  scale = "grad4"
  text.nb = "I hvilken grad?"

  [[section.q]]
  id = "mer"
  type = "scale"
  scale = "grad4"
  show_if = "grad == 'mye' or hvem == 'a'"
  text.nb = "Og så?"

  [[section.q]]
  id = "flere"
  type = "many"
  max = 2
  text.nb = "Hvilke?"
  options = [
    { code = "x", text = { nb = "Den ene" } },
    { code = "y", text = { nb = "Den andre" } },
    { code = "z", text = { nb = "Den tredje" } },
    { code = "ingen", text = { nb = "Ingen av dem" }, exclusive = true },
  ]

  [[section.q]]
  id = "uker"
  type = "number"
  min = 0
  max = 52
  decimals = 1
  bands = [[0, 4], [4.1, 12], [12.1, 52]]
  text.nb = "Hvor mange uker?"

  [[section.q]]
  id = "aar"
  type = "date"
  bands = [[2000, 2009], [2010, 2019]]
  text.nb = "Når?"

  [[section.q]]
  id = "rang"
  type = "rank"
  text.nb = "Hva er viktigst?"
  options = [
    { code = "p", text = { nb = "Det første" } },
    { code = "q", text = { nb = "Det andre" } },
    { code = "r", text = { nb = "Det tredje" } },
  ]

  [[section.q]]
  id = "ord"
  type = "text"
  text.nb = "Noe mer?"
"#;

fn survey() -> Survey {
    let read = definition::survey::read(SURVEY.as_bytes());
    assert!(read.value.is_some(), "{:?}", read.problems);
    read.value.unwrap()
}

fn key(item: &str) -> ItemKey {
    item.parse().unwrap()
}

fn counted(text: &[u8], threads: usize) -> Result<(Tallies, WhatWasRead), Unreadable> {
    with(text, threads, &Reading::default())
}

fn with(text: &[u8], threads: usize, reading: &Reading) -> Result<(Tallies, WhatWasRead), Unreadable> {
    let survey = survey();
    let coding = Coding::of(&survey, Vec::new());
    let by = [By::Item(key("hvem"))];
    let begun = RowCounts::new(&coding, &by);
    let (takers, read) = read(text, &coding, reading, vec![begun.clone(); threads])?;
    let mut all = begun;
    takers.into_iter().for_each(|taker| all.merge(taker));
    Ok((all.tallies(&coding, &by), read))
}

fn tally<'t>(tallies: &'t Tallies, item: &str) -> &'t Tally {
    tallies.tally(&key(item)).unwrap()
}

fn why(read: &WhatWasRead) -> Vec<(u64, Option<usize>, Why)> {
    let listed = read.wrong.listed.iter();
    listed
        .map(|WrongCell { row, column, why }| (*row, *column, *why))
        .collect()
}

#[test]
fn codes_words_values_and_encodings_count_alike() {
    let text = "hvem,grad\na,mye\nDen første,3\nb,I svært stor grad\nc_c,2\ngammel_kode,noe\n\"Åse, «den tredje»\", MYE \nNA,vet ikke\n";
    let reading = Reading {
        missing: vec![("vet ikke".to_owned(), Missing::DontKnow)],
        ..Reading::default()
    };
    let mut latin: Vec<u8> = Vec::new();
    for letter in text.chars() {
        latin.push(u8::try_from(u32::from(letter)).unwrap());
    }
    for bytes in [text.as_bytes(), latin.as_slice()] {
        let (tallies, read) = with(bytes, 2, &reading).unwrap();
        assert_eq!(why(&read), []);
        assert_eq!(tally(&tallies, "hvem").counts(), [2, 1, 3]);
        assert_eq!(tally(&tallies, "grad").counts(), [0, 0, 2, 4]);
        assert_eq!(tally(&tallies, "grad").missing(Missing::DontKnow), 1);
    }
    let codes = Reading {
        cells: Cells::Codes,
        ..reading
    };
    let (tallies, read) = with(text.as_bytes(), 1, &codes).unwrap();
    assert_eq!(tally(&tallies, "grad").counts(), [0, 0, 1, 2]);
    assert_eq!(read.wrong.cells, 5);
}

#[test]
fn every_wrong_cell_is_counted_and_named_by_row_and_column() {
    let text = "hvem;uker;aar;flere;rang;grad;mer\n\
        d;1;2001;x;p;mye;mye\n\
        \n\
        a;tolv;2001-13;x,y,z;p q p;noe;noe\n\
        b;12,34;31.12.2012;ingen|x;r;noe;noe\n\
        b;53;2020;x;\n\
        b;1;2;3;4;5;6;7\n\
        b;4;2012;y z;q,p;ikke;\n";
    let (tallies, read) = counted(text.as_bytes(), 2).unwrap();
    assert_eq!(
        why(&read),
        [
            (2, Some(0), Why::NoSuchAnswer),
            (4, Some(1), Why::NoNumber),
            (4, Some(2), Why::NoDate),
            (4, Some(3), Why::HowManyOptions),
            (4, Some(4), Why::Twice),
            (5, Some(1), Why::TooManyDecimals),
            (5, Some(3), Why::NotAlone),
            (5, Some(6), Why::NotAsked),
            (6, None, Why::ShortRow),
            (7, None, Why::LongRow),
        ]
    );
    assert_eq!((read.rows, read.wrong.cells, read.wrong.rows), (4, 8, 2));
    let hvem = tally(&tallies, "hvem");
    assert_eq!((hvem.asked(), hvem.valid(), hvem.wrong()), (4, 3, 1));
    let aar = tally(&tallies, "aar");
    assert_eq!(aar.counts(), [1, 2, 0], "31.12.2012 counts as its year");
    let flere = tally(&tallies, "flere");
    assert_eq!((flere.counts(), flere.wrong()), (&[1, 1, 1, 0][..], 2));
    let mer = tally(&tallies, "mer");
    assert_eq!(
        (mer.asked(), mer.valid()),
        (2, 2),
        "asked of those in whom the condition holds"
    );
}

#[test]
fn a_column_per_option_counts_as_one_column_with_all() {
    let one = "flere,grad\nx y,mye\ningen,mye\n,mye\ndont_know,mye\n";
    let per_option = "flere/x,flere.y,flere___z,flere:ingen,grad\n1,1,0,0,mye\n0,0,0,1,mye\n0,,0,0,mye\ndont_know,,,,mye\n";
    let (first, read) = counted(one.as_bytes(), 1).unwrap();
    assert_eq!(why(&read), []);
    let (second, read) = counted(per_option.as_bytes(), 1).unwrap();
    assert_eq!(why(&read), []);
    assert_eq!(tally(&first, "flere").counts(), [1, 1, 0, 1]);
    assert_eq!(tally(&second, "flere").counts(), [1, 1, 0, 1]);
    assert!(tally(&first, "flere") == tally(&second, "flere"));
    let (tallies, read) = counted(b"flere/x,flere/ingen\n1,1\n", 1).unwrap();
    assert_eq!(why(&read), [(2, Some(0), Why::NotAlone)]);
    assert_eq!(tally(&tallies, "flere").valid(), 0);
}

#[test]
fn what_is_no_file_of_answers_is_said() {
    let said = |bytes: &[u8]| counted(bytes, 1).map(|_| ()).unwrap_err();
    assert!(matches!(said(b""), Unreadable::Empty));
    assert!(matches!(said(b"\xff\xfeh\0v\0"), Unreadable::NotText));
    assert!(matches!(said(b"navn,alder\nx,3\n"), Unreadable::NoColumn(Some(item)) if item == key("hvem")));
    assert!(matches!(said(b"grad,grad\n1,2\n"), Unreadable::ColumnTwice(name) if name == "grad"));
    assert!(matches!(said(b"flere,flere/x\n1,2\n"), Unreadable::ColumnTwice(name) if name == "flere/x"));
    let (tallies, _) = counted(b"grad\n", 2).unwrap();
    assert_eq!(tallies.interviews(), 0);
}

#[test]
fn columns_that_are_unknown_or_absent_are_named() {
    let (_, read) = counted(b"id,grad,hvem\n7,mye,a\n", 1).unwrap();
    assert_eq!(read.unused, ["id"]);
    let absent: Vec<String> = read.absent.iter().map(ToString::to_string).collect();
    assert_eq!(absent, ["mer", "flere", "uker", "aar", "rang", "ord"]);
}

#[test]
fn quotes_and_long_files_are_read_in_pieces() {
    let mut text = "grad,ord\n".to_owned();
    for number in 0..60_000 {
        let cell = match number % 4 {
            0 => "mye,\"to\nlinjer, og \"\"mer\"\"\"\n",
            1 => "\"litt\",5\" plate\r\n",
            2 => "noe,\n",
            _ => "feil,x\n",
        };
        text.push_str(cell);
    }
    for threads in [1, 3] {
        let (tallies, read) = counted(text.as_bytes(), threads).unwrap();
        assert_eq!(tally(&tallies, "grad").counts(), [0, 15_000, 15_000, 15_000]);
        assert_eq!(tally(&tallies, "ord").valid(), 45_000);
        assert_eq!((read.rows, read.wrong.cells), (60_000, 15_000));
        let rows: Vec<u64> = read.wrong.listed.iter().map(|wrong| wrong.row).collect();
        assert_eq!(rows.len(), 1000);
        assert!((1..).zip(&rows).all(|(number, row)| number * 4 + 1 == *row));
    }
}

/// A cell of `hvem` or `grad`, and what somebody would count it as.
#[derive(Clone, Debug)]
enum Cell {
    Level(usize),
    Missing(Missing),
    Wrong,
}

fn cell(levels: usize) -> impl Strategy<Value = Cell> {
    prop::sample::select(vec![0, 1, 2, 3, 10, 11, 12, 20]).prop_map(move |number| match number {
        10 => Cell::Missing(Missing::Skipped),
        11 => Cell::Missing(Missing::WontSay),
        12 => Cell::Missing(Missing::DontKnow),
        20 => Cell::Wrong,
        level => Cell::Level(level % levels),
    })
}

fn written(cell: &Cell, words: [&[&str]; 2], style: u8) -> String {
    let text = match cell {
        Cell::Level(level) => words[usize::from(style % 2)][*level],
        Cell::Missing(Missing::Skipped) => ["", "NA", "skipped"][usize::from(style % 3)],
        Cell::Missing(kind) => kind.code(),
        Cell::Wrong => ["feil", "9", "\u{fffd}", "x\ny"][usize::from(style % 4)],
    };
    let must = text.contains([',', ';', '"', '\n']);
    match (must, style / 8 % 4) {
        (true, _) | (false, 0) => format!("\"{}\"", text.replace('"', "\"\"")),
        (false, 1) => format!(" {text}"),
        (false, _) => text.to_owned(),
    }
}

const WHO: [&[&str]; 2] = [
    &["a", "b", "c_c"],
    &["Den første", "Den andre", "Åse, «den tredje»"],
];
const EXTENT: [&[&str]; 2] = [
    &["ikke", "litt", "noe", "mye"],
    &["0", "I liten grad", "2.0", "I svært stor grad"],
];

type Row = (Cell, Cell, u8, u8, bool);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_file_is_counted_as_by_hand(
        rows in prop::collection::vec((cell(3), cell(4), any::<u8>(), any::<u8>(), any::<bool>()), 0..40),
        semicolon in any::<bool>(),
        crlf in any::<bool>(),
        mark in any::<bool>(),
        last in any::<bool>(),
        threads in 1..4_usize,
    ) {
        let between = if semicolon { ';' } else { ',' };
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
        text.push_str(&format!("hvem{between}grad{end}"));
        let (mut who, mut extent) = (vec![0; 3], vec![0; 4]);
        let mut missing: BTreeMap<Missing, u32> = BTreeMap::new();
        let mut crossed: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        let (mut wrong, mut row_number, mut nobody) = (Vec::new(), 1_u64, 0);
        for (one, other, style, more, blank) in &rows {
            let row: &Row = &(one.clone(), other.clone(), *style, *more, *blank);
            let (first, second) = (written(&row.0, WHO, *style), written(&row.1, EXTENT, *more));
            if *blank {
                text.push_str(end);
                row_number += 1;
            }
            text.push_str(&format!("{first}{between}{second}{end}"));
            row_number += 1;
            // A row without anything in it is nobody.
            let is_blank = |text: &str| text.trim_matches(['"', ' ']).is_empty();
            if is_blank(&first) && is_blank(&second) {
                nobody += 1;
                continue;
            }
            if let Cell::Level(level) = one { who[*level] += 1; }
            if let Cell::Wrong = one { wrong.push((row_number, Some(0), Why::NoSuchAnswer)); }
            match other {
                Cell::Level(level) => extent[*level] += 1,
                Cell::Missing(kind) => *missing.entry(*kind).or_default() += 1,
                Cell::Wrong => wrong.push((row_number, Some(1), Why::NoSuchAnswer)),
            }
            if let (Cell::Level(one), Cell::Level(other)) = (one, other) {
                *crossed.entry((*one, *other)).or_default() += 1;
            }
        }
        if !last && !rows.is_empty() {
            let whole = text.len() - end.len();
            text.truncate(whole);
        }
        let (tallies, read) = counted(text.as_bytes(), threads).unwrap();
        prop_assert_eq!(usize::try_from(tallies.interviews()).unwrap(), rows.len() - nobody);
        prop_assert_eq!(tally(&tallies, "hvem").counts(), who);
        let grad = tally(&tallies, "grad");
        prop_assert_eq!(grad.counts(), extent);
        for kind in Missing::ALL {
            prop_assert_eq!(grad.missing(kind), missing.get(&kind).copied().unwrap_or(0));
        }
        prop_assert_eq!(why(&read), wrong);
        for group in tallies.splits()[0].groups() {
            let Some(level) = group.level() else { continue };
            let of_grad = group.all().iter().find(|tally| *tally.item() == key("grad")).unwrap();
            for (place, count) in of_grad.counts().iter().enumerate() {
                prop_assert_eq!(*count, crossed.get(&(level, place)).copied().unwrap_or(0));
            }
        }
    }
}

#[test]
fn older_codes_count_under_the_newer_one() {
    let (tallies, _) = counted("hvem\ngammel_kode\nc_c\n".as_bytes(), 1).unwrap();
    let hvem = tally(&tallies, "hvem");
    let third = Category::Code(Id::new("c_c").unwrap());
    let place = hvem
        .categories()
        .iter()
        .position(|category| *category == third)
        .unwrap();
    assert_eq!(hvem.counts()[place], 2);
}

fn open_quote(text: &str) -> Option<u64> {
    let rows = |threads| match counted(text.as_bytes(), threads) {
        Err(Unreadable::OpenQuote(row)) => Some(row),
        other => {
            assert!(other.is_ok(), "{:?}", other.err());
            None
        }
    };
    let found = rows(1);
    assert_eq!(found, rows(3));
    found
}

#[test]
fn a_stray_quote_ends_the_reading_wherever_it_stands() {
    let rows = |torn: &[(usize, &str)]| {
        let mut text = "hvem,grad,uker\n".to_owned();
        for number in 2..=40 {
            let own = torn.iter().find(|(row, _)| *row == number);
            text.push_str(own.map_or("a,mye,3", |(_, row)| row));
            text.push('\n');
        }
        text
    };
    assert_eq!(open_quote(&rows(&[])), None);
    for row in ["\"a,mye,3", "a,\"mye,3", "a,mye,\"3"] {
        for place in [2, 20, 40] {
            assert_eq!(open_quote(&rows(&[(place, row)])), Some(place as u64), "{row}");
        }
    }
    let last = rows(&[(40, "a,mye,\"3")]);
    assert_eq!(open_quote(last.trim_end()), Some(40), "without a line end");
    // Two of them, and the rows between are gone.
    for (first, second) in [
        ("\"a,mye,3", "\"a,mye,3"),
        ("\"a,mye,3", "a\",mye,3"),
        ("a,\"mye,3", "a,mye\",3"),
        ("a,mye,\"3", "a,mye,3\""),
        ("a,mye,\"3", "\"a,mye,3"),
        ("\"a,mye,3", "a,mye\",3"),
        ("a,\"mye,3", "a\",mye,3"),
    ] {
        for until in [11, 12, 30] {
            let text = rows(&[(10, first), (until, second)]);
            assert_eq!(open_quote(&text), Some(10), "{first} to row {until}: {second}");
        }
    }
    assert_eq!(open_quote("\"hvem,grad\na,mye\n"), Some(1));
    // In a column that is none of the survey's.
    assert_eq!(open_quote("hvem,x\na,\"1\na,1\na,1\"\na,1\n"), Some(2));
}

#[test]
fn text_over_several_lines_is_text_and_a_lone_one_is_named() {
    let lists =
        "ord,hvem,grad\n\"ro, tid\nmat, søvn, noen\nå snakke med, hver dag, litt\",a,mye\n\"en\nto\",a,mye\n";
    let (tallies, read) = counted(lists.as_bytes(), 1).unwrap();
    assert_eq!((why(&read), read.only_long), (vec![], None));
    assert_eq!(tally(&tallies, "ord").valid(), 2);
    let alone = "ord,hvem\nfint,a\n\"ikke fint\n\nmen nyttig\",b\nja,a\n";
    let (tallies, read) = counted(alone.as_bytes(), 1).unwrap();
    assert_eq!((tallies.interviews(), read.only_long), (3, Some((3, 3))));
}

#[test]
fn a_row_without_anything_in_it_is_nobody() {
    let empty = ["", ",,", " , ,\u{a0}", "\"\",,", ",", ",,,,,", "\t"];
    let text = format!("hvem,grad,id\na,mye,1\n{}\n,,7\n", empty.join("\n"));
    let (tallies, read) = counted(text.as_bytes(), 2).unwrap();
    assert_eq!(why(&read), []);
    assert_eq!((read.rows, read.empty_rows), (2, empty.len() as u64));
    assert_eq!((tallies.interviews(), tally(&tallies, "hvem").asked()), (2, 2));
    // Also where there is one column only: whoever gave no answer is written as NA.
    let (tallies, read) = counted("grad\nmye\n\nNA\n\n".as_bytes(), 1).unwrap();
    assert_eq!((tallies.interviews(), read.empty_rows), (2, 2));
    assert_eq!(tally(&tallies, "grad").missing(Missing::Skipped), 1);
}

#[test]
fn a_number_that_can_be_an_answer_is_missing_only_where_that_is_said() {
    let text = "grad,uker,aar\n99,99,2012\nmye,50,2012\n99,51,99\n";
    let reading = |word: &str, here: &[(&str, &str, Option<Missing>)]| Reading {
        missing: vec![(word.to_owned(), Missing::DontKnow)],
        in_column: here
            .iter()
            .map(|(column, word, kind)| InColumn {
                column: (*column).to_owned(),
                word: (*word).to_owned(),
                kind: *kind,
            })
            .collect(),
        ..Reading::default()
    };
    // 99 lies outside of 0 to 52 weeks, and is no year.
    let (tallies, read) = with(text.as_bytes(), 1, &reading("99", &[])).unwrap();
    assert_eq!(why(&read), []);
    let unknown = |tallies: &Tallies, item: &str| tally(tallies, item).missing(Missing::DontKnow);
    assert_eq!(
        ["grad", "uker", "aar"].map(|item| unknown(&tallies, item)),
        [2, 1, 1]
    );
    assert_eq!(tally(&tallies, "uker").counts()[2], 2);
    for (word, column) in [("51", "uker"), ("2012", "aar")] {
        let refused = with(text.as_bytes(), 1, &reading(word, &[]));
        assert!(matches!(
            refused,
            Err(Unreadable::MissingIsAnswer { column: own, word: said }) if own == column && said == word
        ));
    }
    let none = [("uker", "51", Some(Missing::WontSay))];
    let (tallies, _) = with(text.as_bytes(), 1, &reading("51", &none)).unwrap();
    assert_eq!(tally(&tallies, "uker").missing(Missing::WontSay), 1);
    assert_eq!(tally(&tallies, "uker").counts()[2], 1);
    let (tallies, _) = with(text.as_bytes(), 1, &reading("51", &[("uker", "51", None)])).unwrap();
    assert_eq!(tally(&tallies, "uker").counts()[2], 2);
    let nowhere = with(text.as_bytes(), 1, &reading("x", &[("vekt", "51", None)]));
    assert!(matches!(nowhere, Err(Unreadable::NoSuchColumn(column)) if column == "vekt"));
}

#[test]
fn an_answer_counts_where_nobody_can_tell_whether_it_was_asked_for() {
    let (tallies, read) = counted("mer\nmye\n\ndont_know\nNA\n".as_bytes(), 2).unwrap();
    assert_eq!(why(&read), []);
    let [unsure] = read.unsure.as_slice() else {
        panic!("{:?}", read.unsure);
    };
    assert_eq!((unsure.item.to_string(), unsure.answers), ("mer".to_owned(), 2));
    assert_eq!(unsure.on, ["grad", "hvem"]);
    let mer = tally(&tallies, "mer");
    assert_eq!((mer.asked(), mer.valid()), (2, 1));
    // One of the two decides, or its cell cannot be read.
    let (tallies, read) =
        counted("hvem,grad,mer\nb,feil,mye\nb,noe,mye\na,feil,mye\n".as_bytes(), 1).unwrap();
    assert_eq!(
        why(&read),
        [
            (2, Some(1), Why::NoSuchAnswer),
            (3, Some(2), Why::NotAsked),
            (4, Some(1), Why::NoSuchAnswer)
        ]
    );
    assert_eq!((read.unsure.len(), tally(&tallies, "mer").valid()), (0, 2));
}
