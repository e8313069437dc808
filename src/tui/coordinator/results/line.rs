//! The list of the browser: an item in one line, and what stands above its columns.

use crate::report::chart::terminal::strip;
use crate::report::compose::{Glance, Sources, chart_of};
use crate::texts::coordinator::ResultsTexts;
use crate::tui::coordinator::pane::{Pane, fit, right};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

use super::signs;

/// The columns of the list: the question, the bar, the favourable answers, those without an answer.
const fn list_columns(width: usize) -> [usize; 4] {
    let (bar, missing) = if width >= 70 { (17, 9) } else { (13, 0) };
    let value = 15;
    let taken = bar + value + missing + 4;
    [width.saturating_sub(taken), bar, value, missing]
}

/// Returns what stands above the columns.
pub(super) fn column_head(words: &ResultsTexts, width: usize, s: &Situation) -> Pane {
    let [label, bar, value, missing] = list_columns(width.saturating_sub(2));
    let half = bar / 2;
    let axis = if s.look.ascii { '|' } else { '│' };
    let sides = format!(
        "{}{axis}{}",
        right(&words.against, half),
        fit(&words.favour, half)
    );
    let missing = if missing > 0 {
        format!(" {}", right(&words.missing, missing - 1))
    } else {
        String::new()
    };
    let text = format!(
        "  {} {sides} {}{missing}",
        fit("", label),
        right(&words.value, value)
    );
    let mut pane = Pane::new(width, s.theme());
    pane.line(text.trim_end(), Tone::Aside);
    pane
}

/// Returns an item in one line.
pub(super) fn row(glance: &Glance, sources: &Sources<'_>, s: &Situation, width: usize) -> String {
    let [label, bar, value, missing] = list_columns(width);
    let chart = chart_of(sources, &glance.item);
    let drawn = chart.and_then(|chart| strip(&chart, bar, signs(s)));
    let drawn = drawn.unwrap_or_else(|| " ".repeat(bar));
    let missing = if missing > 0 {
        format!(" {}", right(&glance.missing, missing - 1))
    } else {
        String::new()
    };
    format!(
        "{} {drawn} {}{missing}",
        fit(&glance.label, label),
        right(&glance.value, value)
    )
}
