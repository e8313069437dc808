//! Two surveys on what they both ask about: what each printed, beside each other where there is room.

use crate::disclosure::published::Published;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::report::chart::terminal::strip;
use crate::report::compose::{Openness, chart_of, glances};
use crate::texts::number::whole;
use crate::texts::{Texts, fill};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::wrap;

use super::super::pane::{BETWEEN, Pane, fit, right};
use super::super::results::signs;
use super::super::{Portion, Shown};
use super::{Entry, What};

/// Two sides stand beside each other from so many columns each.
const LEAST_SIDE: usize = 56;
/// From so many columns a bar is as long as in the results.
const WIDE_BAR: usize = 60;
/// Fewest columns of a question beside its bar.
const LEAST_LABEL: usize = 28;
/// Columns of what a question comes to.
const VALUE: usize = 18;

/// Dimensions that at least two surveys ask about.
pub(super) fn entries(s: &Situation) -> Vec<Entry> {
    let Some(shown) = s.coordinator.shown.as_deref() else {
        return Vec::new();
    };
    let mut entries: Vec<Entry> = Vec::new();
    for portion in &shown.parts {
        for (dimension, title) in &portion.survey.parts().dimensions {
            let known = entries
                .iter()
                .any(|entry| matches!(&entry.what, What::Dimension(own) if own == dimension));
            let asked = shown
                .parts
                .iter()
                .filter(|own| asks_about(own, dimension))
                .count();
            if !known && asked > 1 {
                entries.push(Entry {
                    heading: None,
                    label: title.get(s.language()).to_owned(),
                    value: String::new(),
                    what: What::Dimension(dimension.clone()),
                });
            }
        }
    }
    entries
}

fn asks_about(portion: &Portion, dimension: &Id) -> bool {
    portion
        .survey
        .items()
        .any(|item| dimension_of(&item) == Some(dimension))
}

fn dimension_of<'s>(item: &crate::domain::survey::Item<'s>) -> Option<&'s Id> {
    item.row
        .and_then(|row| row.dimension.as_ref())
        .or(item.question.dimension.as_ref())
}

/// What a side of two perspectives is called, and of how many it is: a number alone says little.
#[must_use]
pub fn side_title(published: &Published, survey: &Survey, texts: &Texts) -> String {
    let n = whole(u64::from(published.interviews()), texts.language());
    let title = survey.parts().title.get(texts.language());
    fill(&texts.coordinator.rounds.side, &[("survey", title), ("n", &n)])
}

/// What each survey printed about a dimension: beside each other where there is room for two, else below.
pub(super) fn said(dimension: &Id, shown: &Shown, s: &Situation, pane: &mut Pane) {
    let width = pane.width();
    let two = (width.saturating_sub(BETWEEN)) / 2;
    let is_beside = two >= LEAST_SIDE;
    let mut sides: Vec<Pane> = Vec::new();
    for place in 0..shown.parts.len() {
        sides.extend(side(
            dimension,
            (shown, place),
            s,
            if is_beside { two } else { width },
        ));
    }
    let down = if s.look.ascii { "|" } else { "│" };
    let mut left: Option<Pane> = None;
    for side in sides {
        match left.take() {
            None if is_beside => left = Some(side),
            None => pane.below(side),
            Some(first) => pane.below(first.beside(side, down)),
        }
    }
    if let Some(alone) = left {
        pane.below(alone);
    }
    pane.text(&s.texts.coordinator.rounds.perspectives_how, Tone::Aside);
}

/// What one survey printed about a dimension: each question with its bar and what it comes to.
fn side(dimension: &Id, (shown, place): (&Shown, usize), s: &Situation, width: usize) -> Option<Pane> {
    let (portion, sources) = (shown.parts.get(place)?, shown.sources(place, 0, &s.texts)?);
    let about: Vec<ItemKey> = portion
        .survey
        .items()
        .filter(|item| dimension_of(item) == Some(dimension))
        .map(|item| item.key())
        .collect();
    let mut found = glances(&sources);
    found.retain(|glance| about.contains(&glance.item));
    // Beside numbers it says nothing how many have written something.
    if found.iter().any(|glance| glance.openness != Openness::Words) {
        found.retain(|glance| glance.openness != Openness::Words);
    }
    if found.is_empty() {
        return None;
    }
    let mut pane = Pane::new(width, s.theme());
    pane.text(
        &side_title(sources.published, &portion.survey, &s.texts),
        Tone::Heading,
    );
    let bar = if width >= WIDE_BAR { 17 } else { 13 };
    let label = width.saturating_sub(bar + VALUE + 2);
    // Where there is little room for words beside the bar, they stand above it.
    let is_above = label < LEAST_LABEL;
    let words = &s.texts.coordinator.results;
    let axis = if s.look.ascii { '|' } else { '│' };
    let (against, favour) = (right(&words.against, bar / 2), fit(&words.favour, bar / 2));
    let heading = format!("{} {against}{axis}{favour}", " ".repeat(label));
    pane.line(heading.trim_end(), Tone::Aside);
    for glance in found {
        // A question that needs more lines has them: cut, nobody knows what was asked.
        let mut lines = wrap(&glance.label, if is_above { width } else { label });
        let beside = if is_above {
            String::new()
        } else {
            lines.pop().unwrap_or_default()
        };
        for line in &lines {
            pane.line(line, Tone::Plain);
        }
        let drawn = chart_of(&sources, &glance.item).and_then(|chart| strip(&chart, bar, signs(s)));
        let drawn = drawn.unwrap_or_else(|| " ".repeat(bar));
        let value = right(&glance.value, VALUE);
        pane.line(&format!("{} {drawn} {value}", fit(&beside, label)), Tone::Plain);
    }
    Some(pane)
}
