//! The settings, one row each, and the questions of the first run.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Role, Spacing};

use super::{Content, Entry};
use crate::tui::command::Command;
use crate::tui::first_run::{Question, ROLES, role_words};
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
            role_words(&s.texts, role),
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

pub(super) fn first_language(s: &Situation) -> Content {
    let chosen = Language::ALL
        .iter()
        .position(|language| *language == s.language());
    first(s, 1, Question::Language, chosen)
}

pub(super) fn first_role(s: &Situation) -> Content {
    let chosen = ROLES.iter().position(|role| Some(*role) == s.preferences.role);
    first(s, 2, Question::Role, chosen)
}

pub(super) fn first_text(s: &Situation) -> Content {
    first(s, 3, Question::Text, None)
}

pub(super) fn first_practice(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let mut entries = vec![
        Entry::new(
            &t.practise_yes,
            &s.t().start.practise_aside,
            Command::New { practice: true },
        ),
        Entry::new(&t.practise_no, "", Command::Home),
    ];
    if s.desk.founding.is_some() && s.preferences.role == Some(Role::Coordinator) {
        entries.push(Entry::new(&s.texts.founding.entry, "", Command::Found));
    }
    let mut content = Content::new(&t.practise_title, entries);
    content.before.push((Tone::Plain, t.practise_about.clone()));
    content.sentence = Some(s.t().start.safe.clone());
    content
}

/// One question of the first run, with its number and a default.
fn first(s: &Situation, number: usize, question: Question, chosen: Option<usize>) -> Content {
    let t = &s.texts.settings;
    let number = number.to_string();
    let choices = question.choices(&s.texts).into_iter();
    let entries = choices
        .map(|choice| Entry::new(&choice.name, &choice.aside, Command::First(choice.preference)))
        .collect();
    let mut content = Content::new(question.ask(&s.texts), entries);
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

/// Returns the value after this one, round and round.
fn next<T: Copy + PartialEq>(values: &[T], now: T) -> T {
    let place = values.iter().position(|value| *value == now).unwrap_or(0);
    values
        .get(place + 1)
        .or_else(|| values.first())
        .copied()
        .unwrap_or(now)
}
