//! The list of settings, and the questions of the first run.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Spacing};

use super::{Content, Entry};
use crate::tui::command::Command;
use crate::tui::setting::{self, ROLES, role_words};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, pad};

pub(super) fn settings(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let rows = setting::all(&s.texts, s.look, &s.preferences, &s.decided);
    let widest = rows.iter().map(|row| columns(&row.name)).max().unwrap_or(0);
    let entries = rows
        .into_iter()
        .map(|row| {
            // The columns stay apart when the line is wrapped.
            let name = pad(&row.name, widest).replace(' ', "\u{a0}");
            let command = match row.next {
                Some(Preference::Language(language)) => Command::Language(language),
                Some(preference) => Command::Prefer(preference),
                None => Command::Decided,
            };
            Entry::new(&format!("{name}\u{a0}\u{a0}{}", row.value), "", command)
        })
        .collect();
    let mut content = Content::new(&t.title, entries);
    content.heading = t.title.clone();
    content.title = String::new();
    content.sentence = Some(if s.interview.is_some() {
        t.about_interview.clone()
    } else {
        t.about.clone()
    });
    content
}

pub(super) fn first_language(s: &Situation) -> Content {
    let entries = Language::ALL
        .into_iter()
        .map(|language| {
            Entry::new(
                language.own_name(),
                "",
                Command::First(Preference::Language(language)),
            )
        })
        .collect();
    let chosen = Language::ALL
        .iter()
        .position(|language| *language == s.language());
    first(s, 1, &s.texts.settings.first_language, entries, chosen)
}

pub(super) fn first_role(s: &Situation) -> Content {
    let entries = ROLES
        .into_iter()
        .map(|role| {
            Entry::new(
                role_words(&s.texts, role),
                "",
                Command::First(Preference::Role(role)),
            )
        })
        .collect();
    let chosen = ROLES.iter().position(|role| Some(*role) == s.preferences.role);
    first(s, 2, &s.texts.settings.first_role, entries, chosen)
}

pub(super) fn first_text(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let row = |text: &str, aside: &str, preference| Entry::new(text, aside, Command::First(preference));
    let entries = vec![
        row(&t.text_usual, "", Preference::Spacing(Spacing::Normal)),
        row(
            &t.text_airy,
            &t.text_airy_aside,
            Preference::Spacing(Spacing::Airy),
        ),
        row(
            &t.text_high,
            &t.text_high_aside,
            Preference::Contrast(Contrast::High),
        ),
        row(&t.text_linear, &t.text_linear_aside, Preference::Linear(true)),
    ];
    first(s, 3, &t.first_text, entries, None)
}

pub(super) fn first_practice(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let entries = vec![
        Entry::new(
            &t.practise_yes,
            &s.t().start.practise_aside,
            Command::New { practice: true },
        ),
        Entry::new(&t.practise_no, "", Command::Home),
    ];
    let mut content = Content::new(&t.practise_title, entries);
    content.before.push((Tone::Plain, t.practise_about.clone()));
    content.sentence = Some(s.t().start.safe.clone());
    content
}

/// One question of the first run, with its number and a default.
fn first(s: &Situation, number: usize, title: &str, entries: Vec<Entry>, chosen: Option<usize>) -> Content {
    let t = &s.texts.settings;
    let number = number.to_string();
    let mut content = Content::new(title, entries);
    content.heading = crate::texts::fill(&t.first_heading, &[("number", &number)]);
    content.first = chosen.unwrap_or(0);
    content.after.push((Tone::Aside, t.first_later.clone()));
    content.sentence = Some(t.first_enter.clone());
    content
}
