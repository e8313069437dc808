//! A table of translated texts, as a spreadsheet saves it.

use std::collections::BTreeMap;

use csv::ReaderBuilder;

use crate::definition::translation::Phrase;
use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;

/// The column that says where a text stands.
const PLACE: &str = "place";
/// The largest file.
const LARGEST: usize = 8 * 1024 * 1024;

/// Why a table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// Not rows of UTF-8 with the same number of cells.
    #[error("no table")]
    NotRead,
    /// No column that says where a text stands, or none of a language.
    #[error("columns are missing")]
    NoColumns,
}

/// Returns the rows. The columns may stand in any order, beside others; cells are divided by `;`, `,` or tabs.
///
/// # Errors
/// [`NoTable`].
pub fn read(bytes: &[u8]) -> Result<Vec<Phrase>, NoTable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > LARGEST {
        return Err(NoTable::NotRead);
    }
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let often = |delimiter: u8| head.iter().filter(|byte| **byte == delimiter).count();
    let delimiter = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|delimiter| often(*delimiter));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b';'))
        .from_reader(bytes);
    let columns = reader.headers().map_err(|_| NoTable::NotRead)?.clone();
    let column = |name: &str| columns.iter().position(|column| column.trim() == name);
    let place = column(PLACE).ok_or(NoTable::NoColumns)?;
    let languages: Vec<(Language, usize)> = Language::ALL
        .into_iter()
        .filter_map(|language| Some((language, column(language.code())?)))
        .collect();
    if languages.is_empty() {
        return Err(NoTable::NoColumns);
    }
    let mut phrases = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| NoTable::NotRead)?;
        let cell = |column: usize| record.get(column).unwrap_or_default();
        if cell(place).trim().is_empty() {
            continue;
        }
        let texts: BTreeMap<Language, String> = languages
            .iter()
            .map(|(language, column)| (*language, CleanText::block(cell(*column)).as_str().to_owned()))
            .collect();
        phrases.push(Phrase {
            place: cell(place).trim().to_owned(),
            texts,
        });
    }
    Ok(phrases)
}

#[cfg(test)]
mod tests {
    use super::{NoTable, read};
    use crate::domain::language::Language;

    #[test]
    fn columns_are_found_by_name_whatever_divides_them() {
        for file in [
            "\u{feff}place;nb;nn;en\r\ntitle;\"A;b\";;\"To\nlines\"\r\n",
            "en,nb,remark,place\n\"To\nlines\",A;b,x,title\n",
        ] {
            let rows = read(file.as_bytes()).unwrap();
            assert_eq!((rows.len(), rows[0].place.as_str()), (1, "title"));
            assert_eq!(rows[0].texts[&Language::Bokmal], "A;b");
            assert_eq!(rows[0].texts[&Language::English], "To\nlines");
        }
        assert_eq!(read(b"a;b\n1;2\n"), Err(NoTable::NoColumns));
        assert_eq!(read(b"place;nb\nx;\xff\n"), Err(NoTable::NotRead));
    }

    #[test]
    fn nothing_hostile_comes_in() {
        let rows = read("place,en\nt,a\u{1b}[2J\u{202e}b\n".as_bytes()).unwrap();
        assert_eq!(rows[0].texts[&Language::English], "a[2Jb");
    }
}
