//! Results: what is hidden is said to be hidden, and can be worked out from nothing.

use serde_json::Value;

use crate::laptop::{Laptop, noted, said};

/// Check 24. Documents for Word, Excel and the web do not exist yet; what exists is looked at.
#[test]
fn a_hidden_count_is_a_word_everywhere_and_no_number() {
    let laptop = Laptop::used();
    let demo = laptop.run(&["demo", "--dir", "example"], "");
    let shown = said(&demo);
    assert!(demo.status.success(), "{shown}{}", noted(&demo));

    let results = laptop.run(&["-e", "example", "results", "--json"], "");
    let json: Value = serde_json::from_str(&said(&results)).unwrap();
    let mut cells = Vec::new();
    gather(&json, &mut cells);
    let status = |wanted: &str| cells.iter().filter(|(status, _)| status == wanted).count();
    assert!(status("hidden") + status("coded") > 0, "{json:#}");
    for (status, value) in &cells {
        let is_number = value.as_ref().is_some_and(Value::is_number);
        assert!(
            status == "shown" || !is_number,
            "a number in a cell that is {status}: {value:?}"
        );
    }
    // Asking for parts of those asked is refused: beside the whole it could tell.
    let split = laptop.run(&["-e", "example", "results", "--by", "alder", "--plain"], "");
    assert_eq!(split.status.code(), Some(5), "{}", noted(&split));
    assert!(split.stdout.is_empty());

    let written = laptop.run(
        &[
            "-e",
            "example",
            "report",
            "--to",
            "csv,csv-plain,md,json",
            "--out",
            "report",
        ],
        "",
    );
    assert!(written.status.success(), "{}", noted(&written));
    let files = laptop.files("report");
    assert!(files.len() >= 4, "{files:?}");
}

/// Gathers every cell: its status and its value.
fn gather(json: &Value, cells: &mut Vec<(String, Option<Value>)>) {
    match json {
        Value::Array(parts) => parts.iter().for_each(|part| gather(part, cells)),
        Value::Object(fields) => {
            if let Some(Value::String(status)) = fields.get("status") {
                let value = fields.get("value").or_else(|| fields.get("n"));
                cells.push((status.clone(), value.cloned()));
            }
            fields.values().for_each(|part| gather(part, cells));
        }
        _ => {}
    }
}
