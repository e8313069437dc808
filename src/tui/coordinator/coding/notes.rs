//! What is said below a theme: what coders think about it, what else they called it, and whether another is called the same.

use crate::domain::workbook::theme::Theme;
use crate::fieldwork::workbench::Workbench;
use crate::texts::{Texts, fill};

/// Returns it, a paragraph each.
#[must_use]
pub fn notes(bench: &Workbench, theme: &Theme, texts: &Texts) -> Vec<String> {
    let words = &texts.workbench.themes;
    let several = theme.memos().count() > 1;
    let memos = theme.memos().map(|(coder, memo)| {
        let values = [("coder", coder.as_str()), ("memo", memo.as_str())];
        fill(if several { &words.memo_by } else { &words.memo }, &values)
    });
    let called = theme.called_otherwise().map(|(coder, name)| {
        let values = [("coder", coder.as_str()), ("name", name.as_str())];
        fill(&words.called, &values)
    });
    let namesake = bench.book().has_namesake(theme).then(|| words.namesake.clone());
    memos.chain(called).chain(namesake).collect()
}
