//! In a report, a question goes by the number it has in the guide. Its id is for files and commands: readers of a report
//! have seen neither.

use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::report::document::{Block, Document};
use crate::texts::{Texts, fill};

/// Puts numbers for ids into the captions of all tables; an id that is no question's is left out.
pub(super) fn for_ids(document: &mut Document, survey: &Survey, texts: &Texts) {
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        let id = format!("[{}]", table.item);
        if table.caption.contains(&id) {
            let number = table
                .item
                .parse()
                .ok()
                .and_then(|key| number(&key, survey, texts));
            table.caption = match number {
                Some(number) => table.caption.replacen(&id, &number, 1),
                None => table.caption.replacen(&format!(" {id}"), "", 1),
            };
        }
    }
}

/// Returns the number alone, for a list of questions.
pub(super) fn bare(key: &ItemKey, survey: &Survey, texts: &Texts) -> String {
    let words = &texts.paper;
    placed(key, survey, ("{number}", &words.statement_bare)).unwrap_or_else(|| key.to_string())
}

fn number(key: &ItemKey, survey: &Survey, texts: &Texts) -> Option<String> {
    let words = &texts.paper;
    placed(key, survey, (&words.question_number, &words.statement_number))
}

/// Puts the number of a question, or of a statement of one, into words for either.
fn placed(key: &ItemKey, survey: &Survey, (question, statement): (&str, &str)) -> Option<String> {
    let number = survey.number(key.question_id())?.to_string();
    let Some(row) = key.row_id() else {
        return Some(fill(question, &[("number", &number)]));
    };
    let items = survey.items_of(survey.question(key.question_id())?);
    let mut rows: Vec<_> = items.iter().filter_map(|item| item.row).collect();
    rows.dedup_by(|a, b| a.id == b.id);
    let place = rows.iter().position(|known| known.id == *row)? + 1;
    Some(fill(
        statement,
        &[("number", &number), ("row", &place.to_string())],
    ))
}
