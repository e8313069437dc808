//! The settings, one row each, and the questions of the first run.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Role, Spacing};

use super::{Content, Entry};
use crate::tui::command::Command;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, pad};

pub(super) fn settings(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let look = s.look;
    let yes = |on: bool| if on { &t.on } else { &t.off }.as_str();
    let prefer = Command::Prefer;
    let role = s.preferences.role.unwrap_or_default();
    let linear = s.preferences.linear.unwrap_or(false);
    let rows = [
        (
            &t.language,
            s.language().own_name(),
            Command::Language(next(&Language::ALL, s.language())),
        ),
        (
            &t.spacing,
            spacing_words(s, look.spacing),
            prefer(Preference::Spacing(next(
                &[Spacing::Tight, Spacing::Normal, Spacing::Airy],
                look.spacing,
            ))),
        ),
        (
            &t.contrast,
            match look.contrast {
                Contrast::Usual => &t.contrast_usual,
                Contrast::High => &t.contrast_high,
            },
            prefer(Preference::Contrast(next(
                &[Contrast::Usual, Contrast::High],
                look.contrast,
            ))),
        ),
        (
            &t.colours,
            yes(look.colour),
            prefer(Preference::Colours(!look.colour)),
        ),
        (
            &t.glyphs,
            if look.ascii {
                &t.glyphs_ascii
            } else {
                &t.glyphs_unicode
            },
            prefer(Preference::Ascii(!look.ascii)),
        ),
        (&t.mouse, yes(look.mouse), prefer(Preference::Mouse(!look.mouse))),
        (
            &t.auto_next,
            yes(look.auto_next),
            prefer(Preference::AutoNext(!look.auto_next)),
        ),
        (
            &t.hide_unfocused,
            yes(look.hide_unfocused),
            prefer(Preference::HideUnfocused(!look.hide_unfocused)),
        ),
        (
            &t.linear,
            if linear { &t.linear_next } else { &t.off },
            prefer(Preference::Linear(!linear)),
        ),
        (
            &t.role,
            role_words(s, role),
            prefer(Preference::Role(next(&ROLES, role))),
        ),
    ];
    let widest = rows.iter().map(|(name, ..)| columns(name)).max().unwrap_or(0);
    let entries = rows
        .into_iter()
        .map(|(name, value, command)| {
            // The columns stay apart when the line is wrapped.
            let name = pad(name, widest).replace(' ', "\u{a0}");
            Entry::new(&format!("{name}\u{a0}\u{a0}{value}"), "", command)
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

const ROLES: [Role; 3] = [Role::Interviewer, Role::Coordinator, Role::Visitor];

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
        .map(|role| Entry::new(role_words(s, role), "", Command::First(Preference::Role(role))))
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

fn spacing_words(s: &Situation, spacing: Spacing) -> &str {
    let t = &s.texts.settings;
    match spacing {
        Spacing::Tight => &t.spacing_tight,
        Spacing::Normal => &t.spacing_normal,
        Spacing::Airy => &t.spacing_airy,
    }
}

fn role_words(s: &Situation, role: Role) -> &str {
    let t = &s.texts.settings;
    match role {
        Role::Interviewer => &t.role_interviewer,
        Role::Coordinator => &t.role_coordinator,
        Role::Visitor => &t.role_visitor,
    }
}

/// Returns the value after this one, round and round.
fn next<T: Copy + PartialEq>(values: &[T], now: T) -> T {
    let place = values.iter().position(|value| *value == now).unwrap_or(0);
    values
        .get(place + 1)
        .or_else(|| values.first())
        .copied()
        .unwrap_or(now)
}
