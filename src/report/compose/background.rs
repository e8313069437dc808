//! Who took part, by one variable.

use crate::report::document::{Cell, Part, Role, Row, RowKind, Table};

use super::item::capital;
use super::tables::{captioned, column};
use super::{Background, Sources};

/// Returns the table of who took part, by one variable.
pub(super) fn table(sources: &Sources<'_>, background: &Background) -> Table {
    let words = sources.words();
    let variable = sources.variable(&background.variable);
    let item = background.variable.to_string();
    let row = |(level, people): &(String, u32)| Row {
        code: level.clone(),
        kind: RowKind::Single,
        cells: vec![
            Cell::Text(sources.group(&background.variable, level)),
            Cell::Exact(*people),
        ],
    };
    Table {
        caption: captioned(
            sources,
            &words.caption_background,
            &[("variable", variable.clone()), ("item", item.clone())],
        ),
        item,
        name: String::new(),
        part: Part::Background,
        question: capital(&variable),
        n: None,
        asked: None,
        columns: vec![
            column(&words.people, Role::Label),
            column(&words.count, Role::Count),
        ],
        rows: background.groups.iter().map(row).collect(),
        notes: Vec::new(),
    }
}
