//! Pauses, stopping, hard times, and the friendly stops on the way.

use crate::domain::id::Id;
use crate::domain::missing::Missing;

use super::{Content, Entry, Manner};
use crate::tui::command::{Command, Open};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

pub(super) fn pause(s: &Situation) -> Content {
    let t = &s.t().pause;
    let mut entries = vec![Entry::new(&t.go_on, &t.go_on_aside, Command::Close)];
    if begun(s) {
        let aside = if s.practice { "" } else { &t.another_day_aside };
        entries.push(Entry::new(&t.another_day, aside, Command::Home));
        entries.push(Entry::new(&t.stop, &t.stop_aside, Command::Open(Open::Stop)));
    } else {
        entries.push(Entry::new(&t.leave, &t.leave_aside, Command::Home));
    }
    let mut content = Content::new(&t.title, entries);
    let kept = if s.practice || !begun(s) {
        &t.take_time
    } else {
        &t.all_saved
    };
    content.before = vec![(Tone::Plain, kept.clone())];
    content.after = vec![(Tone::Plain, t.advice.clone())];
    content
}

pub(super) fn stop(s: &Situation) -> Content {
    let t = &s.t().stop;
    let entries = vec![
        Entry::new(&t.hold, &t.hold_aside, Command::Hold),
        Entry::new(&t.use_them, &t.use_aside, Command::StopAndUse),
        Entry::new(&t.delete, &t.delete_aside, Command::Open(Open::DeleteWord)),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![(Tone::Aloud, s.aloud(&t.question))];
    content.manner = Manner::Moves;
    content
}

pub(super) fn distress(s: &Situation) -> Content {
    let t = &s.t().distress;
    let mut entries = vec![Entry::new(&t.pause, "", Command::Open(Open::Pause))];
    if begun(s) {
        entries.push(Entry::new(&t.stop, "", Command::Open(Open::Stop)));
    }
    entries.push(Entry::new(&t.back, "", Command::Close));
    let mut content = Content::new(&t.title, entries);
    let steps: Vec<String> = t.steps.iter().map(|step| format!("- {step}")).collect();
    content.before = vec![(Tone::Plain, steps.join("\n"))];
    if !s.desk.contacts.is_empty() {
        let contacts: Vec<String> = s
            .desk
            .contacts
            .iter()
            .map(|contact| format!("{}: {}", contact.name.get(s.language()), contact.phone))
            .collect();
        content
            .before
            .push((Tone::Plain, format!("{}\n{}", t.contacts, contacts.join("\n"))));
    }
    content.after = vec![(Tone::Aside, t.not_written.clone())];
    content
}

pub(super) fn held(s: &Situation) -> Content {
    let t = &s.t().held;
    let entries = vec![
        Entry::new(&s.t().to_start, "", Command::Home),
        Entry::new(&t.go_on, &t.go_on_aside, Command::Unhold),
        Entry::new(&t.use_them, "", Command::StopAndUse),
        Entry::new(
            &s.t().stop.delete,
            &s.t().stop.delete_aside,
            Command::Open(Open::DeleteWord),
        ),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![(Tone::Plain, t.about.clone())];
    content
}

/// A question that wants an answer stops kindly and shows three ways on.
pub(super) fn required(s: &Situation) -> Content {
    let t = &s.t().required;
    let mut entries = vec![Entry::new(&t.answer, "", Command::Close)];
    let question = s
        .interview
        .as_ref()
        .and_then(|interview| interview.survey().question(interview.current_question()?));
    if question.is_some_and(|question| question.offers(Missing::WontSay)) {
        let words = capital(&s.missing_words(Missing::WontSay));
        entries.push(Entry::new(&words, "", Command::Missing(Missing::WontSay)));
    }
    entries.push(Entry::new(&t.skip, &t.skip_aside, Command::Skip));
    let mut content = Content::new(&t.title, entries);
    content.before = vec![(Tone::Plain, s.texts.refusal.required.clone())];
    content
}

pub(super) fn check(s: &Situation, question: &Id, check: u16) -> Content {
    let t = &s.t().check;
    let text = s
        .interview
        .as_ref()
        .and_then(|interview| interview.survey().question(question))
        .and_then(|question| question.checks.get(usize::from(check)))
        .map(|check| s.says(&check.text))
        .unwrap_or_default();
    let entries = vec![
        Entry::new(&t.change, "", Command::Close),
        Entry::new(&t.right, "", Command::Confirm(question.clone(), check)),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![(Tone::Aloud, text)];
    content
}

/// Returns a text that begins as a sentence does.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn begun(s: &Situation) -> bool {
    s.interview
        .as_ref()
        .is_some_and(crate::domain::interview::Interview::has_consent)
}
