//! What counts that are not written in full mean, and what would show more.

use crate::report::compose::{Glance, Sources, explained};
use crate::texts::fill;
use crate::texts::number::whole;
use crate::tui::coordinator::told::{Paragraph, Told};
use crate::tui::situation::Situation;

/// What such counts mean, and what would show more. Why a certain count is as it is, is not told: it would tell of it.
pub(super) fn explanation(glance: &Glance, sources: &Sources<'_>, s: &Situation) -> Told {
    let words = &s.texts.coordinator.explain;
    let terms = sources.published.terms();
    let number = |value: u32| whole(u64::from(value), s.language());
    let explained = explained(sources, &glance.item).unwrap_or_default();
    let (threshold, base) = if explained.sensitive {
        (terms.sensitive_threshold, terms.sensitive_row_base)
    } else {
        (terms.threshold, terms.row_base)
    };
    let bound = number(u32::from(threshold));
    let base = number(u32::from(base));
    let mut said = vec![
        Paragraph::Heading(glance.question.clone()),
        Paragraph::Text(words.why.clone()),
    ];
    let few = fill(&s.texts.results.at_most, &[("bound", &bound)]);
    let values = [
        ("few", few.as_str()),
        ("hidden", s.texts.results.hidden.as_str()),
        ("base", base.as_str()),
        ("bound", bound.as_str()),
    ];
    said.push(Paragraph::Text(fill(&words.coded, &values)));
    said.push(Paragraph::Text(fill(&words.hidden, &values)));
    if let Some(nothing) = &explained.nothing {
        said.push(Paragraph::Heading(words.here.clone()));
        said.push(Paragraph::Text(nothing.clone()));
    }
    if !explained.together.is_empty() {
        said.push(Paragraph::Heading(words.together.clone()));
        for answers in &explained.together {
            said.push(Paragraph::Marked("-".to_owned(), answers.clone()));
        }
    }
    if let Some(by) = &explained.by {
        let by = fill(&words.by, &[("by", by)]);
        said.push(Paragraph::Heading(by));
        said.push(Paragraph::Text(if explained.groups_hidden {
            words.groups_hidden.clone()
        } else if explained.groups.is_empty() {
            words.groups_apart.clone()
        } else {
            words.groups_merged.clone()
        }));
        for group in explained.groups.iter().filter(|_| !explained.groups_hidden) {
            said.push(Paragraph::Marked("-".to_owned(), group.clone()));
        }
    }
    said.push(Paragraph::Heading(words.more.clone()));
    said.push(Paragraph::Text(words.more_together.clone()));
    let waiting = sources.people.waiting;
    let needed = u32::from(terms.row_base);
    let more = if waiting >= needed {
        &words.more_ready
    } else {
        &words.more_needed
    };
    let left = needed.saturating_sub(waiting);
    let values = [
        ("waiting", number(waiting)),
        ("needed", number(needed)),
        ("left", number(left)),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    said.push(Paragraph::Text(fill(more, &values)));
    Told::new(s.texts.coordinator.results.title.clone(), said)
}
