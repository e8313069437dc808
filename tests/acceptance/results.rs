//! Results: what is hidden is said to be hidden, and can be worked out from nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::laptop::{EVERY_TYPE, Laptop, noted, said};

const HIDDEN: &str = "[skjult]";

/// Check 24: what the example shows, in every form it is written in.
#[test]
fn a_coded_count_is_told_by_no_form_of_the_results() {
    let laptop = Laptop::used();
    let demo = laptop.run(&["demo", "--dir", "example"], "");
    let shown = said(&demo);
    assert!(demo.status.success(), "{shown}{}", noted(&demo));

    let results = laptop.run(&["-e", "example", "results", "--json"], "");
    let tables = tables(&said(&results));
    let coded = look_at(&tables);
    assert!(coded > 10, "{coded} coded values");
    let plain = laptop.run(&["-e", "example", "results", "--plain"], "");
    agrees_with_plain(&tables, &said(&plain));

    // Asking for parts of those asked shows no more than was shown: beside the whole it could tell.
    let split = laptop.run(&["-e", "example", "results", "--by", "site", "--plain"], "");
    assert!(said(&plain).starts_with(&said(&split)), "{}", noted(&split));
    assert!(noted(&split).contains("uten å være delt"), "{}", noted(&split));

    let to = ["--to", "csv,csv-plain,md,json", "--out", "report"];
    let written = laptop.run(&[&["-e", "example", "report"], &to[..]].concat(), "");
    assert!(written.status.success(), "{}", noted(&written));
    let files = laptop.files("report");
    // A file of each survey.
    let named = |ending: &str| -> Vec<String> {
        let found = files
            .iter()
            .filter(|(path, _)| path.display().to_string().ends_with(ending));
        found
            .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
            .collect()
    };
    let rows_of = |ending: &str, delimiter: char| -> Vec<BTreeMap<String, String>> {
        let texts = named(ending).into_iter();
        texts.flat_map(|text| csv(&text, delimiter)).collect()
    };
    // A report has the areas before the questions, and says of the groups in a sentence what their table does.
    let in_order = |mut tables: Vec<Value>| {
        for table in &mut tables {
            table.as_object_mut().unwrap().remove("said");
        }
        tables.sort_by_key(|table| (table["item"].to_string(), table["part"].to_string()));
        tables
    };
    let written = named(".json");
    let written = written.iter().flat_map(|json| self::tables(json));
    // A report has the round before beside this one as well.
    let written = written.filter(|table| table["part"] != "rounds").collect();
    assert_eq!(in_order(written), in_order(tables.clone()));
    let mut rows = rows_of("-plain.csv", ',');
    let mut for_people = rows_of("-nb.csv", ';');
    for row in &mut for_people {
        for number in [
            "share",
            "share_of_asked",
            "interval_low",
            "interval_high",
            "exact_interval_low",
            "exact_interval_high",
            "users_interval_low",
            "users_interval_high",
            "low",
            "high",
            "value",
        ] {
            let number = row.get_mut(number).unwrap();
            *number = number.replace(',', ".");
        }
    }
    assert_eq!(rows, for_people);
    rows.retain(|row| row["status"] != "exact");
    assert!(!rows.is_empty());
    for row in &rows {
        assert!(
            row["count"].is_empty() && row["share"].is_empty() && row["share_of_asked"].is_empty(),
            "{row:?}"
        );
        let bounds = !row["low"].is_empty() && !row["high"].is_empty();
        assert_eq!(
            bounds,
            ["coded", "within"].contains(&row["status"].as_str()),
            "{row:?}"
        );
        assert!(row["value"].is_empty(), "{row:?}");
    }
    let markdown = named(".md").concat();
    for word in ["eller færre", "eller flere"] {
        assert!(markdown.contains(word) && shown.contains(word), "{word}");
    }
}

/// Check 24: a question too few answered. `[skjult]` and why on the same page, in no form a number.
#[test]
fn a_hidden_count_is_a_word_with_its_reason_and_no_number_anywhere() {
    let laptop = Laptop::used();
    let mut answers = String::from("alvor,bestemte\n");
    for person in 0..30 {
        let second = if person < 5 { "jeg" } else { "vi" };
        answers.push_str(&format!("{},{second}\n", person % 4 + 1));
    }
    laptop.write("answers.csv", &answers);
    let run = |form: &[&str]| {
        let about = ["tabulate", EVERY_TYPE, "answers.csv", "--missing", "vi=dont_know"];
        let run = laptop.run(&[&about, form].concat(), "");
        assert!(run.status.success(), "{}", noted(&run));
        said(&run)
    };
    let shown = run(&[]);
    let part = shown.split("[bestemte]").nth(1).unwrap();
    let part = part.split("\n\n").next().unwrap();
    assert_eq!(part.matches(HIDDEN).count(), 4, "{part}");
    assert!(part.contains("så ingen kan kjennes igjen"), "{part}");
    let numbers: Vec<&str> = part
        .lines()
        .filter(|line| line.contains(HIDDEN))
        .filter(|line| line.chars().any(|c| c.is_ascii_digit()))
        .collect();
    assert!(numbers.is_empty(), "{numbers:?}");

    let tables = tables(&run(&["--json"]));
    look_at(&tables);
    let about = tables.iter().find(|table| table["item"] == "bestemte").unwrap();
    let values = about["values"].as_array().unwrap();
    assert!(
        values.iter().all(|value| value["status"] == "hidden"),
        "{about:#}"
    );
    let plain = run(&["--plain"]);
    agrees_with_plain(&tables, &plain);
    for line in plain
        .lines()
        .filter(|line| line.starts_with("bestemte\tanswers\t"))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        // How many answered at all is said, and nothing of what.
        assert_eq!((cells[5], cells[6]), (HIDDEN, "5"), "{line}");
    }
}

/// Returns every table of a JSON result.
fn tables(json: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(json).unwrap();
    let surveys = json["surveys"].as_array().unwrap();
    let tables = surveys
        .iter()
        .flat_map(|survey| survey["tables"].as_array().unwrap());
    tables.cloned().collect()
}

/// Looks at every value: what is not exact has no number of its own, and what the others leave over does not tell
/// it. Returns how many are coded.
fn look_at(tables: &[Value]) -> usize {
    let mut coded = 0;
    for table in tables {
        let values = table["values"].as_array().unwrap();
        for value in values {
            let has = |key: &str| value.get(key).is_some();
            match value["status"].as_str().unwrap() {
                "exact" => assert!(has("count") && !has("low") && !has("high"), "{value}"),
                "coded" => {
                    coded += 1;
                    assert!(!has("count") && !has("share"), "{value}");
                    assert!(value["low"].as_u64() < value["high"].as_u64(), "{value}");
                }
                "hidden" | "merged" => {
                    assert!(
                        ["count", "low", "high", "share"].into_iter().all(|key| !has(key)),
                        "{value}"
                    );
                }
                other => panic!("{other}: {value}"),
            }
        }
        leaves_open(table, values);
    }
    coded
}

/// From the whole and the other rows, more than one number stays possible for each coded row.
fn leaves_open(table: &Value, values: &[Value]) {
    let Some(n) = table["n"].as_u64() else {
        return;
    };
    let merged = |code: &str| {
        values
            .iter()
            .any(|value| value["code"] == code && value["status"] == "merged")
    };
    // Rows that together hold every answer once: single ones, and those that took the place of single ones.
    let part_of_all = |value: &&Value| {
        let code = value["code"].as_str().unwrap();
        let first = code.split('+').next().unwrap();
        value["status"] != "merged" && value["status"] != "hidden" && (!code.contains('+') || merged(first))
    };
    let rows: Vec<&Value> = values.iter().filter(part_of_all).collect();
    let bounds = |value: &Value| match value["count"].as_u64() {
        Some(count) => (count, count),
        None => (value["low"].as_u64().unwrap(), value["high"].as_u64().unwrap()),
    };
    let (least, most) = rows.iter().fold((0, 0), |(least, most), value| {
        let (low, high) = bounds(value);
        (least + low, most + high)
    });
    // Several may be chosen, or rows are missing: then they are no parts of a whole.
    if !(least..=most).contains(&n) {
        return;
    }
    for value in rows.iter().filter(|value| value["status"] == "coded") {
        let (low, high) = bounds(value);
        let from = low.max(n.saturating_sub(most - high));
        let to = high.min(n - (least - low));
        // That nobody gave an answer says nothing about anybody.
        assert!(from < to || to == 0, "{value} can only be {from}\n{table:#}");
    }
}

/// The lines for scripts say the same as the JSON, and no more.
fn agrees_with_plain(tables: &[Value], plain: &str) {
    let is_figure = |line: &&str| line.split('\t').nth(1) == Some("figure");
    let (figures, values): (Vec<&str>, Vec<&str>) = plain.lines().partition(is_figure);
    let in_tables = tables
        .iter()
        .map(|table| table["figures"].as_array().map_or(0, Vec::len));
    assert_eq!(figures.len(), in_tables.sum::<usize>());
    let mut lines = values.into_iter();
    for table in tables {
        for value in table["values"].as_array().unwrap() {
            let status = value["status"].as_str().unwrap();
            if status == "merged" {
                continue;
            }
            let line = lines.next().unwrap_or_else(|| panic!("no line for {value}"));
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells[3], value["code"].as_str().unwrap(), "{line}");
            for (cell, key) in [(7, "share"), (8, "interval_low"), (9, "interval_high")] {
                assert_eq!(cells[cell].parse().ok(), value[key].as_f64(), "{line}");
            }
            match status {
                "exact" => assert_eq!(cells[5], value["count"].to_string(), "{line}"),
                "hidden" => assert_eq!(cells[5], HIDDEN, "{line}"),
                _ => {
                    let bound = |key: &str| value[key].to_string();
                    let words = [
                        format!("{} eller færre", bound("high")),
                        format!("{} eller flere", bound("low")),
                    ];
                    assert!(words.iter().any(|words| words == cells[5]), "{line} {value}");
                }
            }
        }
    }
    assert_eq!(lines.next(), None);
}

/// Reads a table of a report: each row by the names in the first line.
fn csv(text: &str, delimiter: char) -> Vec<BTreeMap<String, String>> {
    let delimiter = u8::try_from(delimiter).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = parsed(text, delimiter).into_iter();
    let names = rows.next().unwrap();
    rows.map(|row| names.iter().cloned().zip(row).collect()).collect()
}

/// Splits a CSV text; a cell in quotation marks may hold the delimiter and marks written twice.
fn parsed(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let mut row = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                letter if letter == char::from(delimiter) && !quoted => row.push(String::new()),
                letter => row.last_mut().unwrap().push(letter),
            }
        }
        rows.push(row);
    }
    rows
}
