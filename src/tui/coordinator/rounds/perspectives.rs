//! Two surveys on what they both ask about: what each printed, one below the other.

use crate::disclosure::published::Published;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::Survey;
use crate::report::compose::{Glance, glances};
use crate::texts::number::whole;
use crate::texts::{Texts, fill};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::wrap;

use super::super::pane::{Pane, fit, right};
use super::super::{Portion, Shown};
use super::{Entry, What};

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

/// What each survey printed about a dimension, below each other.
pub(super) fn said(dimension: &Id, shown: &Shown, s: &Situation, pane: &mut Pane) {
    let width = pane.width();
    let numbers = 18.min(width / 3);
    for (place, portion) in shown.parts.iter().enumerate() {
        let Some(sources) = shown.sources(place, 0, &s.texts) else {
            continue;
        };
        let about: Vec<ItemKey> = portion
            .survey
            .items()
            .filter(|item| dimension_of(item) == Some(dimension))
            .map(|item| item.key())
            .collect();
        let found: Vec<Glance> = glances(&sources)
            .into_iter()
            .filter(|glance| about.contains(&glance.item))
            .collect();
        if found.is_empty() {
            continue;
        }
        pane.text(
            &side_title(sources.published, &portion.survey, &s.texts),
            Tone::Heading,
        );
        for glance in found {
            // A question that needs more lines has them: cut, nobody knows what was asked.
            let lines = wrap(&glance.label, width.saturating_sub(numbers + 1));
            let last = lines.len().saturating_sub(1);
            for (place, line) in lines.iter().enumerate() {
                let label = fit(line, width.saturating_sub(numbers + 1));
                let value = if place == last { &glance.value } else { "" };
                pane.line(&format!("{label} {}", right(value, numbers)), Tone::Plain);
            }
        }
    }
    pane.text(&s.texts.coordinator.rounds.perspectives_how, Tone::Aside);
}
