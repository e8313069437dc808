//! The list of settings, and the questions of the first run.

use crate::domain::language::Language;
use crate::store::preferences::{Preference, Role};

use super::{Content, Entry};
use crate::tui::command::{Command, Open};
use crate::tui::first_run::Question;
use crate::tui::setting::{self, ROLES};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, pad};

pub(super) fn settings(s: &Situation) -> Content {
    let t = &s.texts.settings;
    let rows = setting::all(&s.texts, s.look, &s.preferences, &s.decided);
    let pin = &s.t().pin.setting;
    let names = rows.iter().map(|row| &row.name).chain([pin]);
    let widest = names.map(|name| columns(name)).max().unwrap_or(0);
    let beside = rows.iter().position(|row| row.name == t.hide_unfocused);
    let mut entries: Vec<Entry> = rows
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
    // A PIN is no preference: it is kept nowhere. It stands beside what is about hiding.
    let value = if s.pin.is_some() { &t.on } else { &t.off };
    let text = format!("{}\u{a0}\u{a0}{value}", pad(pin, widest).replace(' ', "\u{a0}"));
    let open = Entry::new(&text, "", Command::Open(Open::Pin));
    entries.insert(beside.map_or(entries.len(), |place| place + 1), open);
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
