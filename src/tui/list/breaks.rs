//! Pauses, stopping, hard times, and the friendly stops on the way.

use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::missing::Missing;

use super::{Content, Entry, Manner};
use crate::texts::fill;
use crate::tui::command::{Command, Open};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, cut, pad};

pub(super) fn pause(s: &Situation) -> Content {
    let t = &s.t().pause;
    let a = &s.t().afterwards;
    // Where nobody else is here, nobody is asked.
    let live = s.is_live();
    let ready = if live { t.go_on_aside.as_str() } else { "" };
    let mut entries = vec![Entry::new(&t.go_on, ready, Command::Close)];
    if begun(s) {
        entries.push(if s.practice {
            Entry::new(&s.t().closing.finish_practice, "", Command::Home)
        } else {
            Entry::new(&t.another_day, &t.another_day_aside, Command::Home)
        });
        let aside = if live { &t.stop_aside } else { &a.stop_aside };
        entries.push(Entry::new(&t.stop, aside, Command::Open(Open::Stop)));
    } else {
        entries.push(Entry::new(&t.leave, &t.leave_aside, Command::Home));
    }
    let mut content = Content::new(&t.title, entries);
    let kept = match (s.practice || !begun(s), live) {
        (true, true) => &t.take_time,
        (true, false) => &a.pause_time,
        (false, true) => &t.all_saved,
        (false, false) => &a.pause_saved,
    };
    let advice = if live { &t.advice } else { &a.pause_advice };
    content.before = vec![(Tone::Plain, kept.clone())];
    content.after = vec![(Tone::Plain, advice.clone())];
    content
}

pub(super) fn stop(s: &Situation) -> Content {
    let t = &s.t().stop;
    let a = &s.t().afterwards;
    let use_aside = if s.is_live() { &t.use_aside } else { &a.use_aside };
    let entries = vec![
        Entry::new(&t.hold, &t.hold_aside, Command::Hold),
        Entry::new(&t.use_them, use_aside, Command::StopAndUse),
        Entry::new(&t.delete, &t.delete_aside, Command::Open(Open::DeleteWord)),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![if s.is_live() {
        (Tone::Aloud, s.aloud(&t.question))
    } else {
        (Tone::Plain, a.stop.clone())
    }];
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
    let mut content = Content::new("", entries);
    content.heading.clone_from(&t.title);
    content.in_a_row = true;
    let steps: Vec<String> = (1..)
        .zip(&t.steps)
        .map(|(at, step)| format!("{at}. {step}"))
        .collect();
    content.before = vec![(Tone::Plain, steps.join("\n"))];
    if !s.desk.contacts.is_empty() {
        let whom = format!("{}\n{}", t.contacts, contacts(s));
        content.before.push((Tone::Plain, whom));
    }
    content.after = vec![(Tone::Aside, t.not_written.clone())];
    content
}

/// Whom to call, one on each line, the numbers below each other.
pub(super) fn contacts(s: &Situation) -> String {
    let names: Vec<&str> = s.desk.contacts.iter().map(|c| c.name.get(s.language())).collect();
    let wide = names.iter().map(|name| columns(name)).max().unwrap_or(0).min(40);
    let lines = names.iter().zip(&s.desk.contacts);
    lines
        .map(|(name, contact)| format!("{}  {}", pad(name, wide).replace(' ', "\u{a0}"), contact.phone))
        .collect::<Vec<_>>()
        .join("\n")
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
    if s.practice {
        let practice = s.aside(&s.t().practice_not_saved);
        content.before.push((Tone::Aside, practice));
    }
    if s.copy_is_out {
        content.before.push((Tone::Notice, t.copy.clone()));
    }
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

/// The laptop goes from one pair of hands to the next; nothing moves.
pub(super) fn scribe(s: &Situation) -> Content {
    let t = &s.t().scribe;
    let mut content = Content::new(&t.title, vec![Entry::new(&t.ready, "", Command::Close)]);
    let kept = if s.practice || !begun(s) {
        &t.hand_over
    } else {
        &t.saved
    };
    content.before = vec![(Tone::Plain, kept.clone())];
    let question = s
        .interview
        .as_ref()
        .and_then(|interview| interview.survey().question(interview.current_question()?));
    if let Some(question) = question {
        let here = format!("{}\n{}", t.here, s.aloud(&s.says(&question.text)));
        content.before.push((Tone::Plain, here));
    }
    content.after = vec![(Tone::Plain, t.advice.clone())];
    content
}

/// How many skipped questions are named.
const NAMED: usize = 3;

/// Before the read-back: what was skipped can be taken now.
pub(super) fn parked(s: &Situation) -> Content {
    let t = &s.t().parked;
    let entries = vec![
        Entry::new(&t.take, "", Command::Gather),
        Entry::new(&t.go_on, "", Command::Close),
    ];
    let mut content = Content::new(&t.title, entries);
    let left = s.interview.as_ref().map(Interview::left).unwrap_or_default();
    let question = |id: &Id| s.interview.as_ref()?.survey().question(id);
    let mut lines = vec![t.about.clone()];
    let named = left.iter().filter_map(question).take(NAMED);
    lines.extend(named.map(|question| {
        format!(
            "- {}",
            cut(
                &s.says(&question.text),
                usize::from(s.size.0.min(80)).saturating_sub(12)
            )
        )
    }));
    if let Some(more) = left.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lines.push(fill(&t.more, &[("count", &more.to_string())]));
    }
    content.before = vec![(Tone::Plain, lines.join("\n"))];
    if s.is_live() {
        content.before.insert(0, (Tone::Aloud, s.aloud(&t.aloud)));
    }
    content
}

fn begun(s: &Situation) -> bool {
    s.interview.as_ref().is_some_and(Interview::has_consent)
}
