//! Consent: age, guardian, what is agreed to, and the thanks when the answer is no.

use crate::domain::evaluation::AgeBand;
use crate::texts::fill;

use super::{Content, Entry, Kind, Manner};
use crate::domain::interview::{Action, Interview};
use crate::tui::card::Shown;
use crate::tui::command::{Command, Open};
use crate::tui::kim;
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
        .iter()
        .map(|band| Entry::new(&band_words(band, s), "", Command::Age(band.clone())))
        .collect();
    let age = if s.is_group() {
        &s.t().group.youngest
    } else {
        &s.t().consent.age
    };
    let mut content = picks(s, age, entries, chosen);
    let kim = kim::before(s, |step| match step {
        Action::AgeBand(code) => bands
            .iter()
            .find(|band| band.code == *code)
            .map(|band| band_words(band, s)),
        _ => None,
    });
    content.after.extend(kim.map(|said| (Tone::Notice, said)));
    content
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
    let guardian = if s.is_group() {
        &s.t().group.guardian
    } else {
        &t.guardian
    };
    let mut content = picks(s, "", entries, said.map(|yes| usize::from(!yes)));
    content.before = vec![(Tone::Plain, guardian.clone())];
    if s.is_live() {
        content
            .before
            .insert(0, (Tone::Aside, s.aside(&t.guardian_aside)));
    }
    content
}

pub(super) fn consent_point(s: &Situation, place: usize) -> Content {
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
    let live = interview.entered().is_live();
    if live {
        entries.push(Entry::new(&t.know_more, "", Command::Open(Open::Information)));
    }
    let mut content = picks(s, "", entries, said.map(|yes| usize::from(!yes)));
    content.before = vec![(Tone::Aloud, s.aloud(&s.says(&point.text)))];
    if !live {
        content.after = vec![(Tone::Aside, s.aside(&s.t().afterwards.consent))];
    } else if s.is_group() {
        content.after = vec![(Tone::Aside, s.aside(&s.t().group.each))];
    } else if place == 0 {
        content.after = vec![(Tone::Aside, s.aside(&t.curtain))];
    }
    let kim = kim::before(s, |step| match step {
        Action::Consent { given: true, .. } => Some(s.texts.words.yes.clone()),
        Action::Consent { given: false, .. } => Some(s.texts.words.no.clone()),
        _ => None,
    });
    content.after.extend(kim.map(|said| (Tone::Notice, said)));
    content
}

/// What the other person may read along: what is asked, and what can be answered.
pub(super) fn card(s: &Situation, kind: &Kind) -> Option<Shown> {
    let interview = s.interview.as_ref().filter(|i| i.entered().is_live())?;
    let (text, content) = match kind {
        Kind::Point(place) => {
            let point = interview.survey().parts().consent.points.get(*place)?;
            (s.says(&point.text), consent_point(s, *place))
        }
        _ if s.is_group() => (s.t().group.youngest.clone(), age_band(s)),
        _ => (s.t().consent.age.clone(), age_band(s)),
    };
    let options = content.entries.iter().zip(1..);
    Some(Shown {
        text: vec![text],
        options: options
            .map(|(entry, number)| (number.to_string(), entry.text.clone()))
            .collect(),
        digits: true,
        ..Shown::default()
    })
}

pub(super) fn declined(s: &Situation) -> Content {
    if s.interview.as_ref().is_some_and(Interview::lacks_guardian) {
        return no_guardian(s);
    }
    let t = &s.t().consent;
    let (aloud, kept) = if s.is_group() {
        (&s.t().group.declined_aloud, &s.t().group.declined_kept)
    } else {
        (&t.declined_aloud, &t.declined_kept)
    };
    let mut content = Content::new(
        &t.declined_title,
        vec![Entry::new(&s.t().to_start, "", Command::Home)],
    );
    content.before = vec![
        (Tone::Aloud, s.aloud(aloud)),
        (
            Tone::Plain,
            if s.practice {
                t.declined_practice.clone()
            } else {
                kept.clone()
            },
        ),
    ];
    content
}

/// Nobody said no: what is missing can still come.
fn no_guardian(s: &Situation) -> Content {
    let t = &s.t().no_guardian;
    let mut content = Content::new(&t.title, vec![Entry::new(&s.t().to_start, "", Command::Home)]);
    let aloud = if s.is_group() { &t.aloud_group } else { &t.aloud };
    if s.is_live() {
        content.before.push((Tone::Aloud, s.aloud(aloud)));
    }
    content.before.push((Tone::Plain, t.kept.clone()));
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
