//! The words of a survey as a CSV file, to be translated in a spreadsheet: where each text stands, and a column for each
//! language.

use std::collections::BTreeMap;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::domain::language::Language;

use super::csv_profile::CsvError;

/// The column that says where a text stands. What stands there must come back as it is.
pub const PLACE: &str = "place";

/// Returns the file as spreadsheets open it by a double click here: UTF-8 with a byte order mark, `;`, CRLF. Texts stand
/// as they are, since they come back.
///
/// # Errors
/// [`CsvError`], for completeness.
pub fn bytes<'t>(
    rows: impl IntoIterator<Item = (&'t str, &'t BTreeMap<Language, String>)>,
) -> Result<Vec<u8>, CsvError> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let languages = Language::ALL.map(Language::code);
    let head = std::iter::once(PLACE).chain(languages);
    writer.write_record(head).map_err(|error| CsvError::of(&error))?;
    for (place, texts) in rows {
        let said = Language::ALL.map(|language| texts.get(&language).map_or("", String::as_str));
        let record = std::iter::once(place).chain(said);
        writer
            .write_record(record)
            .map_err(|error| CsvError::of(&error))?;
    }
    writer.into_inner().map_err(|error| CsvError::of(&error))
}
