//! Why people did not answer, as far as that is printed.

use crate::disclosure::published::{Base, MissingShown, PublishedItem};
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::report::document::{Cell, Document, Part, Role, Row, RowKind};
use crate::texts::fill;

use super::Sources;
use super::tables::{blank, captioned, cell, column, explain};

/// Writes it below the table of an item.
pub(super) fn write(
    sources: &Sources<'_>,
    printed: &PublishedItem,
    item: &Item<'_>,
    document: &mut Document,
) {
    let words = sources.words();
    let cells = match &printed.missing {
        MissingShown::Hidden | MissingShown::Sum(0) => return,
        MissingShown::Sum(people) => {
            document.paragraph(fill(&words.missing_sum, &[("n", &sources.number(*people))]));
            return;
        }
        MissingShown::Kinds(cells) => cells,
    };
    let people = match printed.base {
        Base::Shown { asked, valid } => asked.saturating_sub(valid),
        Base::Hidden => 0,
    };
    let mut table = blank(sources, printed, item);
    table.part = Part::Missing;
    table.caption = captioned(
        sources,
        &words.caption_missing,
        &[("item", item.key().to_string())],
    );
    table.columns = vec![
        column(&words.reason, Role::Label),
        column(&words.count, Role::Count),
    ];
    let code = |kinds: &[Missing]| {
        let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
        codes.join("+")
    };
    table.rows = cells
        .iter()
        .map(|printed| Row {
            code: code(&printed.kinds),
            kind: RowKind::Single,
            cells: vec![
                Cell::Text(sources.kinds(&printed.kinds)),
                cell(printed.count, people),
            ],
        })
        .collect();
    explain(sources, &mut table);
    document.table(table);
}
