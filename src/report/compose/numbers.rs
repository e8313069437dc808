//! In a report, a question goes by the number it has in the guide. Its id is for files and commands: readers of a report
//! have seen neither.

use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::report::document::{Block, Document, Part, Table};
use crate::texts::{Texts, fill};

/// Puts numbers for ids into the captions of all tables, where an id that is no question's is left out, and calls
/// tables and charts of questions by their numbers.
pub(super) fn for_ids(document: &mut Document, survey: &Survey, texts: &Texts) {
    let mut waiting: Vec<&mut String> = Vec::new();
    let mut over_several = false;
    for block in &mut document.blocks {
        match block {
            Block::Chart(chart) => {
                over_several = false;
                waiting.push(&mut chart.name);
            }
            // A chart that no table follows at once is of the whole question, whose statements come after it.
            Block::Heading { .. } => over_several = true,
            Block::Table(table) => {
                let key = table.item.parse().ok();
                captioned(table, key.as_ref(), survey, texts);
                if table.name.is_empty() {
                    table.name = named(table, key.as_ref(), survey, texts);
                }
                let whole = || whole(key.as_ref()?, survey, texts);
                let name = if over_several { whole() } else { None };
                let name = name.unwrap_or_else(|| table.name.clone());
                for own in waiting.drain(..) {
                    own.clone_from(&name);
                }
            }
            _ => {}
        }
    }
}

fn captioned(table: &mut Table, key: Option<&ItemKey>, survey: &Survey, texts: &Texts) {
    let id = format!("[{}]", table.item);
    if table.caption.contains(&id) {
        table.caption = match key.and_then(|key| number(key, survey, texts)) {
            Some(number) => table.caption.replacen(&id, &number, 1),
            None => table.caption.replacen(&format!(" {id}"), "", 1),
        };
    }
}

/// What a table is called: by the number of its question, or by its own words.
fn named(table: &Table, key: Option<&ItemKey>, survey: &Survey, texts: &Texts) -> String {
    let words = &texts.paper;
    let own = |key| placed(key, survey, (&words.name_question, &words.name_statement), texts);
    let Some(name) = key.and_then(own) else {
        let said = [&table.question, &table.caption];
        return said
            .into_iter()
            .find(|said| !said.is_empty())
            .cloned()
            .unwrap_or_default();
    };
    match table.part {
        Part::Breakdown => fill(&words.name_groups, &[("name", &name)]),
        Part::Rounds => fill(&words.name_rounds, &[("name", &name)]),
        Part::Missing => fill(&words.name_missing, &[("name", &name)]),
        _ => name,
    }
}

/// The name of a question with all its statements.
fn whole(key: &ItemKey, survey: &Survey, texts: &Texts) -> Option<String> {
    let number = survey.number(key.question_id())?.to_string();
    Some(fill(&texts.paper.name_question, &[("number", &number)]))
}

/// Returns the number alone, for a list of questions.
pub(super) fn bare(key: &ItemKey, survey: &Survey, texts: &Texts) -> String {
    let words = &texts.paper;
    placed(key, survey, ("{number}", &words.statement_bare), texts).unwrap_or_else(|| key.to_string())
}

/// Returns words of a question with the number it has in the guide before them.
pub(super) fn headed(key: &ItemKey, survey: &Survey, words: &str) -> String {
    match survey.number(key.question_id()) {
        Some(number) => format!("{number}. {words}"),
        None => words.to_owned(),
    }
}

fn number(key: &ItemKey, survey: &Survey, texts: &Texts) -> Option<String> {
    let words = &texts.paper;
    placed(
        key,
        survey,
        (&words.question_number, &words.statement_number),
        texts,
    )
}

/// Puts the number of a question, or of a statement of one, into words for either. Of a statement with two answers it is
/// said which of them it is.
fn placed(
    key: &ItemKey,
    survey: &Survey,
    (question, statement): (&str, &str),
    texts: &Texts,
) -> Option<String> {
    let number = survey.number(key.question_id())?.to_string();
    let Some(row) = key.row_id() else {
        return Some(fill(question, &[("number", &number)]));
    };
    let items = survey.items_of(survey.question(key.question_id())?);
    let own: Vec<_> = items
        .iter()
        .filter(|item| item.row.is_some_and(|known| known.id == *row))
        .collect();
    let mut rows: Vec<_> = items.iter().filter_map(|item| item.row).collect();
    rows.dedup_by(|a, b| a.id == b.id);
    let mut place = (rows.iter().position(|known| known.id == *row)? + 1).to_string();
    if own.len() > 1
        && let Some(answer) = own.iter().position(|item| item.key() == *key)
    {
        let answer = (answer + 1).to_string();
        place = fill(
            &texts.paper.answer_of_two,
            &[("row", &place), ("answer", &answer)],
        );
    }
    Some(fill(statement, &[("number", &number), ("row", &place)]))
}
