//! What to check before anybody reads a report.

use crate::disclosure::standing::Attention;
use crate::report::compose::not_in_full;
use crate::texts::fill;
use crate::texts::number::{date, whole};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

use super::super::Portion;
use super::super::pane::Pane;
use super::Report;

impl Report {
    /// What to check before anybody reads it.
    pub(super) fn control(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.report;
        let mut pane = Pane::new(width, s.theme());
        let Some(texts) = self.texts.as_ref().filter(|_| !self.previews.is_empty()) else {
            return pane;
        };
        let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), s.language());
        let (coded, hidden) = self
            .previews
            .iter()
            .map(not_in_full)
            .fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1));
        let has_method = self.previews.iter().all(|document| {
            let mut headings = document.headings();
            headings.any(|(_, _, text)| text == texts.results.report.method)
        });
        let waiting: u32 = s.coordinator.shown.as_deref().map_or(0, |shown| {
            let first = |portion: &Portion| portion.views.first().map_or(0, |(_, own)| own.waiting);
            shown.parts.iter().map(first).sum()
        });
        let mut said = vec![
            fill(
                &words.not_in_full,
                &[("coded", &number(coded)), ("hidden", &number(hidden))],
            ),
            match quotes(s) {
                0 => words.no_quotes.clone(),
                count => fill(&words.quotes, &[("n", &number(count))]),
            },
            match unread(s) {
                0 => words.none_unread.clone(),
                count => fill(&words.unread, &[("n", &number(count))]),
            },
            match self.names.len() {
                0 => words.no_names.clone(),
                count => fill(&words.names, &[("n", &number(count))]),
            },
            if has_method {
                words.method.clone()
            } else {
                words.no_method.clone()
            },
        ];
        if self.is_raw {
            said.insert(0, words.raw.clone());
        }
        let reports = self.previews.len();
        if reports > 1 {
            said.insert(0, fill(&words.several, &[("n", &number(reports))]));
        }
        if waiting > 0 {
            let waiting = whole(u64::from(waiting), s.language());
            said.push(fill(&words.waiting, &[("n", &waiting)]));
        }
        said.extend(self.still_withdraw(s));
        let text = format!("{} {}", words.control, said.join("  "));
        pane.text(&text, Tone::Plain);
        pane.text(&fill(&words.folder, &[("folder", &folder_words(s))]), Tone::Plain);
        pane
    }

    /// What stands in the way of the final report: that somebody can still withdraw.
    pub(super) fn still_withdraw(&self, s: &Situation) -> Option<String> {
        let opened = s.coordinator.opened.as_deref().filter(|_| self.is_final)?;
        let until = opened
            .evaluation
            .withdraw_until
            .filter(|until| s.today <= *until)?;
        let day = date(until, s.language());
        Some(fill(
            &s.texts.coordinator.report.still_withdraw,
            &[("date", &day)],
        ))
    }
}

/// How many quotes were released: each was read and found fit, and what looked like a name in it was decided on.
fn quotes(s: &Situation) -> usize {
    let shown = s.coordinator.shown.as_deref();
    let views = shown.into_iter().flat_map(|shown| &shown.parts);
    let first = views.filter_map(|portion| portion.views.first());
    first
        .filter_map(|(published, _)| published.voices())
        .map(|told| told.quotes().len())
        .sum()
}

/// How many quotes are marked and still to be read: they are left out.
fn unread(s: &Situation) -> usize {
    let opened = s.coordinator.opened.as_deref();
    let attention = opened.into_iter().flat_map(|opened| &opened.standing.attention);
    attention
        .map(|own| match own {
            Attention::Unread(count) => *count,
            _ => 0,
        })
        .sum()
}

fn folder_words(s: &Situation) -> String {
    let opened = s.coordinator.opened.as_deref();
    opened.map_or_else(String::new, |opened| opened.reports.display().to_string())
}
