//! CSV in two profiles: what Norwegian Excel opens by a double click, and what every other program reads.
//!
//! One line per value, so nothing has to be unpacked. `n` and `asked` are of everybody; a line about a group has its
//! `people` instead, for how many of a group answered is not printed. A coded count has an empty count and its bounds;
//! a hidden one has neither: no sum goes wrong silently. Figures that follow from a table stand below its values, with
//! `figure` as their part and no count: `value`, or `low` and `high` where all that follows is that they lie between. Words in
//! place of a count, as of hands of groups, stand in `value`.

use csv::{Terminator, WriterBuilder};

use super::document::{Document, Figure, Table, Value};
use super::wording::share;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// UTF-8 with a byte order mark, `;`, decimal comma, CRLF.
    NorwegianExcel,
    /// UTF-8, `,`, decimal point, LF.
    Plain,
}

/// A file that could not be put together; it lives in memory, so this is never seen.
#[derive(Debug, thiserror::Error)]
#[error("csv: {0}")]
pub struct CsvError(String);

impl CsvError {
    pub(super) fn of(error: &dyn std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// The columns, the same in every language.
pub const COLUMNS: [&str; 24] = [
    "item",
    "part",
    "group",
    "question",
    "code",
    "label",
    "status",
    "count",
    "low",
    "high",
    "share",
    "share_of_asked",
    "interval_low",
    "interval_high",
    "exact_interval_low",
    "exact_interval_high",
    "users_interval_low",
    "users_interval_high",
    "n",
    "asked",
    "people",
    "figure",
    "value",
    "made_up",
];

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the document's values as CSV.
///
/// # Errors
/// [`CsvError`], for completeness.
pub fn bytes(document: &Document, profile: Profile) -> Result<Vec<u8>, CsvError> {
    let (mark, delimiter, end): (&[u8], u8, Terminator) = match profile {
        Profile::NorwegianExcel => (BYTE_ORDER_MARK, b';', Terminator::CRLF),
        Profile::Plain => (b"", b',', Terminator::Any(b'\n')),
    };
    let failed = CsvError::of;
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(end)
        .from_writer(mark.to_vec());
    writer.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for table in document.tables() {
        for value in table.values() {
            let record = record(document, table, &value, profile);
            writer.write_record(record).map_err(|error| failed(&error))?;
        }
        for figure in document.figures_of(table) {
            let record = figure_record(document, table, figure, profile);
            writer.write_record(record).map_err(|error| failed(&error))?;
        }
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn record(document: &Document, table: &Table, value: &Value<'_>, profile: Profile) -> [String; 24] {
    let bound = |bound: Option<i32>| {
        bound.map_or_else(String::new, |bound| {
            in_profile(format!("{:.6}", f64::from(bound) / 1_000_000.0), profile)
        })
    };
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let part = |part: Option<(u32, u32)>| {
        part.map_or_else(String::new, |(part, of)| decimal(share(part, of), profile))
    };
    [
        text_cell(&table.item),
        table.part.code().to_owned(),
        text_cell(value.group.unwrap_or_default()),
        text_cell(&table.question),
        text_cell(value.code),
        text_cell(value.label),
        value.status.to_owned(),
        number(value.count),
        number(value.bounds.map(|(low, _)| low)),
        number(value.bounds.map(|(_, high)| high)),
        part(value.share),
        part(value.share_of_asked),
        bound(value.interval.map(|(low, _)| low)),
        bound(value.interval.map(|(_, high)| high)),
        bound(value.exact_interval.map(|(low, _)| low)),
        bound(value.exact_interval.map(|(_, high)| high)),
        bound(value.users_interval.map(|(low, _)| low)),
        bound(value.users_interval.map(|(_, high)| high)),
        number(value.n.or(table.n.filter(|_| value.people.is_none()))),
        number(table.asked.filter(|_| value.people.is_none())),
        number(value.people),
        String::new(),
        text_cell(value.words.unwrap_or_default()),
        document.made_up.to_string(),
    ]
}

/// A figure that follows from a table: its name and its value, or the two between which it lies.
fn figure_record(document: &Document, table: &Table, figure: &Figure, profile: Profile) -> [String; 24] {
    let number = |thousandths: Option<i32>| {
        let plain = thousandths.map(|own| format!("{:.3}", f64::from(own) / 1000.0));
        plain.map_or_else(String::new, |plain| in_profile(plain, profile))
    };
    let of = figure.of.as_deref().unwrap_or_default();
    [
        text_cell(&table.item),
        "figure".to_owned(),
        String::new(),
        text_cell(&table.question),
        text_cell(of),
        String::new(),
        figure.status().to_owned(),
        String::new(),
        number(figure.within.map(|(low, _)| low)),
        number(figure.within.map(|(_, high)| high)),
        String::new(),
        String::new(),
        number(figure.interval.map(|(low, _)| low)),
        number(figure.interval.map(|(_, high)| high)),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        figure.name.to_owned(),
        number(figure.value),
        document.made_up.to_string(),
    ]
}

fn decimal(value: f64, profile: Profile) -> String {
    in_profile(format!("{value:.4}"), profile)
}

fn in_profile(plain: String, profile: Profile) -> String {
    match profile {
        Profile::NorwegianExcel => plain.replace('.', ","),
        Profile::Plain => plain,
    }
}

/// Returns the text so that no spreadsheet takes it for a formula: one that begins like a formula gets a `'` in
/// front, unless it is just a number.
#[must_use]
pub fn text_cell(text: &str) -> String {
    if begins_like_a_formula(text) && !is_number(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::{Profile, bytes, text_cell};
    use crate::report::document::Document;
    use crate::report::example::{hostile, small, with_figures};

    fn read(document: &Document, profile: Profile) -> Vec<csv::StringRecord> {
        let bytes = bytes(document, profile).unwrap();
        let (delimiter, skip) = match profile {
            Profile::NorwegianExcel => (b';', 3),
            Profile::Plain => (b',', 0),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(&bytes[skip..]);
        reader.records().map(Result::unwrap).collect()
    }

    #[test]
    fn the_norwegian_file_opens_in_excel_and_the_plain_one_everywhere() {
        let norwegian = bytes(&small(), Profile::NorwegianExcel).unwrap();
        assert!(norwegian.starts_with(b"\xef\xbb\xbfitem;part;"));
        assert!(norwegian.ends_with(b"\r\n"));
        assert!(
            String::from_utf8(norwegian)
                .unwrap()
                .contains(";0,4348;0,4000;0,256346;0,631886;")
        );
        let plain = bytes(&small(), Profile::Plain).unwrap();
        assert!(plain.starts_with(b"item,part,"));
        let plain = String::from_utf8(plain).unwrap();
        assert!(plain.contains(",0.4348,0.4000,0.256346,0.631886,") && !plain.contains('\r'));
    }

    #[test]
    fn a_figure_stands_below_its_table_and_a_share_has_the_interval_of_all_users() {
        let records = read(&with_figures(), Profile::NorwegianExcel);
        let column = |name: &str| super::COLUMNS.iter().position(|own| *own == name).unwrap();
        let figure = records
            .iter()
            .find(|record| &record[column("part")] == "figure")
            .unwrap();
        let of = |name: &str| &figure[column(name)];
        assert_eq!(
            (of("item"), of("figure"), of("status")),
            ("bup05", "mean", "within")
        );
        assert_eq!(
            (of("value"), of("low"), of("high"), of("count")),
            ("", "3,720", "3,810", "")
        );
        let share = records
            .iter()
            .find(|record| &record[column("count")] == "10")
            .unwrap();
        assert_eq!(&share[column("users_interval_low")], "0,300000");
        assert_eq!(&share[column("users_interval_high")], "0,590000");
    }

    #[test]
    fn negative_numbers_stay_and_formulas_become_text() {
        assert_eq!(text_cell("-2"), "-2");
        assert_eq!(text_cell("-2,5"), "-2,5");
        assert_eq!(text_cell("-2+3"), "'-2+3");
        assert_eq!(text_cell("=1+1"), "'=1+1");
        assert_eq!(text_cell("＝1"), "'＝1");
        assert_eq!(text_cell("a=b"), "a=b");
    }

    #[test]
    fn a_hidden_value_has_no_count_and_no_bounds() {
        let records = read(&small(), Profile::Plain);
        let hidden: Vec<_> = records.iter().filter(|record| &record[6] == "hidden").collect();
        assert!(!hidden.is_empty());
        for record in hidden {
            assert!(record.iter().skip(7).take(9).all(str::is_empty), "{record:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_becomes_a_formula(text in any::<String>(), start in prop::sample::select(vec![
            "", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", ";", "\"", ",",
        ])) {
            let text = format!("{start}{text}");
            for profile in [Profile::NorwegianExcel, Profile::Plain] {
                for record in read(&hostile(&text), profile) {
                    assert_eq!(record.len(), super::COLUMNS.len());
                    for field in [&record[3], &record[5]] {
                        assert!(field == text || *field == format!("'{text}"));
                        assert!(!super::begins_like_a_formula(field) || super::is_number(field));
                    }
                }
            }
        }
    }
}
