//! The words of a survey as a table, one row for each text and a column for each language, out of the file and back into
//! it.
//!
//! A text is told by where it stands: keys and list places, with the id in place of a number where a list entry has one.
//! Going back, only texts that changed are touched; everything else of the file, comments too, stays byte by byte.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, de};

use crate::domain::language::Language;

/// A text in its languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Where it stands in the file.
    pub place: String,
    /// What it says in each language it is there in.
    pub texts: BTreeMap<Language, String>,
}

/// Why a table does not go into a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTranslated {
    /// The file is no TOML; `stemme check` says where.
    #[error("not a survey file")]
    NotToml,
    /// A row is about a text that is not in the file.
    #[error("no text at {0}")]
    NoText(String),
}

/// Where a text stands in the bytes of the file.
struct Found {
    place: String,
    texts: BTreeMap<Language, (String, Key)>,
}

/// A language's key and value.
struct Key {
    key: Range<usize>,
    value: Range<usize>,
}

/// Returns every text of a survey file that is there in any language, in the order of the file.
///
/// # Errors
/// [`NotTranslated::NotToml`].
pub fn table(file: &str) -> Result<Vec<Phrase>, NotTranslated> {
    let phrase = |found: Found| Phrase {
        place: found.place,
        texts: found
            .texts
            .into_iter()
            .map(|(language, (text, _))| (language, text))
            .collect(),
    };
    Ok(found(file)?.into_iter().map(phrase).collect())
}

/// Returns the file with the texts of a table in it. An empty cell changes nothing: a translation that is not there yet is
/// no empty text. Returns beside it how many texts changed.
///
/// # Errors
/// [`NotTranslated`]; then nothing of the table is used.
pub fn translated(file: &str, phrases: &[Phrase]) -> Result<(String, usize), NotTranslated> {
    let all = found(file)?;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for phrase in phrases {
        let own = all.iter().find(|found| found.place == phrase.place);
        let own = own.ok_or_else(|| NotTranslated::NoText(phrase.place.clone()))?;
        let wanted = phrase.texts.iter().filter(|(_, text)| !text.trim().is_empty());
        for (language, text) in wanted {
            match own.texts.get(language) {
                Some((was, _)) if was == text => {}
                Some((_, key)) => edits.push((key.value.clone(), quoted(text))),
                None => edits.extend(inserted(file, own, *language, text)),
            }
        }
    }
    let changed = edits.len();
    // From the end, so that places before stay where they are; of two at one place the later stands first.
    edits.sort_by(|(a, one), (b, other)| (b.start, other).cmp(&(a.start, one)));
    let mut edited = file.to_owned();
    for (place, text) in edits {
        edited.replace_range(place, &text);
    }
    Ok((edited, changed))
}

/// A text in another language, written as its neighbour is: in the same braces, or on a line of its own.
fn inserted(file: &str, found: &Found, language: Language, text: &str) -> Option<(Range<usize>, String)> {
    let (_, last) = found.texts.values().max_by_key(|(_, key)| key.value.end)?;
    let before = file.get(..last.key.start)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let head = file.get(line..last.key.start)?;
    let code = language.code();
    let end = last.value.end;
    if head.trim_end().ends_with(['{', ',']) {
        return Some((end..end, format!(", {code} = {}", quoted(text))));
    }
    // To the end of the line: a remark behind the neighbour stays with it.
    let rest = file.get(end..)?;
    let end = end + rest.find('\n').unwrap_or(rest.len());
    Some((end..end, format!("\n{head}{code} = {}", quoted(text))))
}

fn found(file: &str) -> Result<Vec<Found>, NotTranslated> {
    let table = DeTable::parse(file).map_err(|_: de::Error| NotTranslated::NotToml)?;
    let mut all = Vec::new();
    collect(table.get_ref(), "", &mut all);
    all.sort_by_key(|found| found.texts.values().map(|(_, key)| key.value.start).min());
    Ok(all)
}

fn collect(table: &DeTable<'_>, place: &str, all: &mut Vec<Found>) {
    let mut texts = BTreeMap::new();
    for (key, value) in table {
        let language = Language::ALL
            .into_iter()
            .find(|language| language.code() == key.get_ref().as_ref());
        if let (Some(language), DeValue::String(text)) = (language, value.get_ref()) {
            let key = Key {
                key: key.span(),
                value: value.span(),
            };
            texts.insert(language, (text.to_string(), key));
        }
    }
    if !texts.is_empty() {
        all.push(Found {
            place: place.to_owned(),
            texts,
        });
        return;
    }
    for (key, value) in table {
        let inner = joined(place, key.get_ref());
        within(value, &inner, all);
    }
}

fn within(value: &Spanned<DeValue<'_>>, place: &str, all: &mut Vec<Found>) {
    match value.get_ref() {
        DeValue::Table(table) => collect(table, place, all),
        DeValue::Array(list) => {
            for (number, entry) in (1_usize..).zip(list) {
                let name = name_of(entry.get_ref()).unwrap_or_else(|| number.to_string());
                within(entry, &joined(place, &name), all);
            }
        }
        _ => {}
    }
}

/// What a list entry is called by: its id or code.
fn name_of(entry: &DeValue<'_>) -> Option<String> {
    let DeValue::Table(table) = entry else {
        return None;
    };
    ["id", "code"].into_iter().find_map(|wanted| {
        let (_, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == wanted)?;
        match value.get_ref() {
            DeValue::String(name) => Some(name.to_string()),
            _ => None,
        }
    })
}

fn joined(place: &str, key: &str) -> String {
    if place.is_empty() {
        key.to_owned()
    } else {
        format!("{place}.{key}")
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::{NotTranslated, Phrase, table, translated};
    use crate::definition;
    use crate::domain::language::Language;

    const FILE: &str = r#"# Et spørreskjema
title.nb = "Prøve"  # tittelen
[[section]]
id = "a"
title = { nb = "Første" }
[[section.q]]
id = "q1"
text.nb = """
To
linjer"""
options = [
  { code = "ja", text = { nb = "Ja", en = "Yes" } },
]
"#;

    fn phrase(place: &str, language: Language, text: &str) -> Phrase {
        Phrase {
            place: place.to_owned(),
            texts: [(language, text.to_owned())].into(),
        }
    }

    #[test]
    fn every_text_is_a_row_told_by_where_it_stands() {
        let places: Vec<String> = table(FILE)
            .unwrap()
            .into_iter()
            .map(|phrase| phrase.place)
            .collect();
        assert_eq!(
            places,
            [
                "title",
                "section.a.title",
                "section.a.q.q1.text",
                "section.a.q.q1.options.ja.text"
            ]
        );
        assert_eq!(table("[x"), Err(NotTranslated::NotToml));
    }

    #[test]
    fn a_translation_goes_in_beside_its_neighbour_and_nothing_else_changes() {
        let rows = [
            phrase("title", Language::English, "Try \"it\""),
            phrase("section.a.title", Language::Nynorsk, "Første"),
            phrase("section.a.q.q1.options.ja.text", Language::English, "Yeah"),
            phrase("section.a.q.q1.options.ja.text", Language::Nynorsk, "Ja"),
            phrase("section.a.q.q1.text", Language::Nynorsk, "  "),
        ];
        let (edited, changed) = translated(FILE, &rows).unwrap();
        assert_eq!(changed, 4);
        assert!(
            edited.contains("title.nb = \"Prøve\"  # tittelen\ntitle.en = "),
            "{edited}"
        );
        assert!(
            edited.contains("title = { nb = \"Første\", nn = \"Første\" }"),
            "{edited}"
        );
        assert!(
            edited.contains("{ nb = \"Ja\", en = \"Yeah\", nn = \"Ja\" }"),
            "{edited}"
        );
        let again = table(&edited).unwrap();
        assert_eq!(again[0].texts[&Language::English], "Try \"it\"");
        assert_eq!(again[2].texts.len(), 1);
        // The same table again changes nothing.
        assert_eq!(translated(&edited, &again), Ok((edited.clone(), 0)));
    }

    #[test]
    fn a_row_about_nothing_is_named_and_nothing_is_used() {
        let rows = [phrase("finnes.ikke", Language::English, "x")];
        assert_eq!(
            translated(FILE, &rows),
            Err(NotTranslated::NoText("finnes.ikke".to_owned()))
        );
    }

    #[test]
    fn the_shipped_surveys_go_out_and_in_and_stay_what_they_are() {
        for file in [
            include_str!("../../surveys/min-stemme-bup.toml"),
            include_str!("../../surveys/fire-pilarer.toml"),
            include_str!("../../surveys/gruppeintervju.toml"),
        ] {
            let all = table(file).unwrap();
            assert!(all.len() > 30);
            assert_eq!(translated(file, &all), Ok((file.to_owned(), 0)));
            let other: Vec<Phrase> = all
                .iter()
                .map(|row| phrase(&row.place, Language::English, &format!("{} 2", row.place)))
                .collect();
            let (edited, _) = translated(file, &other).unwrap();
            let outcome = definition::survey::open(edited.as_bytes());
            assert!(outcome.value.is_some(), "{:?}", outcome.problems);
        }
    }
}
