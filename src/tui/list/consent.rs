//! Consent: age, guardian, what is agreed to, and the thanks when the answer is no.

use crate::domain::evaluation::AgeBand;
use crate::texts::fill;

use super::{Content, Entry, Manner};
use crate::tui::command::{Command, Open};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

pub(super) fn age_band(s: &Situation) -> Content {
    let bands = s
        .interview
        .as_ref()
        .map(|i| i.opening().age_bands.clone())
        .unwrap_or_default();
    let said = s.interview.as_ref().and_then(|i| i.consent().age_band.clone());
    let chosen = bands.iter().position(|band| Some(&band.code) == said.as_ref());
    let entries = bands
        .into_iter()
        .map(|band| Entry::new(&band_words(&band, s), "", Command::Age(band)))
        .collect();
    picks(s, &s.t().consent.age, entries, chosen)
}

/// Returns an age band in words.
fn band_words(band: &AgeBand, s: &Situation) -> String {
    let words = &s.texts.words;
    match (band.from, band.below) {
        (Some(from), Some(below)) => fill(
            &words.age_band_between,
            &[
                ("from", &from.to_string()),
                ("to", &below.saturating_sub(1).to_string()),
            ],
        ),
        (Some(age), None) => fill(&words.age_band_from, &[("age", &age.to_string())]),
        (None, Some(age)) => fill(&words.age_band_under, &[("age", &age.to_string())]),
        (None, None) => band.code.to_string(),
    }
}

pub(super) fn guardian(s: &Situation) -> Content {
    let t = &s.t().consent;
    let said = s.interview.as_ref().and_then(|i| i.consent().guardian_confirmed);
    let entries = vec![
        Entry::new(&t.guardian_yes, "", Command::Guardian(true)),
        Entry::new(&t.guardian_no, "", Command::Guardian(false)),
    ];
    let mut content = picks(s, "", entries, said.map(|yes| usize::from(!yes)));
    content.before = vec![
        (Tone::Aside, s.aside(&t.guardian_aside)),
        (Tone::Plain, t.guardian.clone()),
    ];
    content
}

pub(super) fn point(s: &Situation, place: usize) -> Content {
    let t = &s.t().consent;
    let Some((interview, point)) = s
        .interview
        .as_ref()
        .and_then(|i| Some((i, i.survey().parts().consent.points.get(place)?)))
    else {
        return Content::new("", Vec::new());
    };
    let said = interview.consent().points.get(&point.id).copied();
    let no = if point.required {
        &t.not_now
    } else {
        &s.texts.words.no
    };
    let mut entries = vec![
        Entry::new(&s.texts.words.yes, "", Command::Agree(true)),
        Entry::new(no, "", Command::Agree(false)),
    ];
    if point.required {
        entries.push(Entry::new(&t.know_more, "", Command::Open(Open::Information)));
    }
    let mut content = picks(s, "", entries, said.map(|yes| usize::from(!yes)));
    content.before = vec![(Tone::Aloud, s.aloud(&s.says(&point.text)))];
    if place == 0 {
        content.after = vec![(Tone::Aside, s.aside(&t.curtain))];
    }
    content
}

pub(super) fn declined(s: &Situation) -> Content {
    let t = &s.t().consent;
    let mut content = Content::new(
        &t.declined_title,
        vec![Entry::new(&s.t().to_start, "", Command::Home)],
    );
    content.before = vec![
        (Tone::Aloud, s.aloud(&t.declined_aloud)),
        (Tone::Plain, t.declined_kept.clone()),
    ];
    content
}

fn picks(s: &Situation, title: &str, entries: Vec<Entry>, chosen: Option<usize>) -> Content {
    let mut content = Content::new("", entries);
    if !title.is_empty() {
        content.before.push((Tone::Aloud, s.aloud(title)));
    }
    content.heading.clone_from(&s.t().consent.title);
    content.manner = Manner::Picks;
    content.chosen = chosen;
    content
}
