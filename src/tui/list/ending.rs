//! The end: closing, sealed, deleted, practised.

use crate::domain::word_code::WithdrawalCode;
use crate::fieldwork::session::{Remains, Trouble};
use crate::texts::fill;
use crate::texts::number::date;

use super::{Content, Entry, Manner};
use crate::tui::card::Shown;
use crate::tui::command::{Command, Feeling};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

pub(super) fn closing(s: &Situation) -> Content {
    let t = &s.t().closing;
    let seal = if s.practice { &t.finish_practice } else { &t.seal };
    let entries = vec![
        Entry::new(seal, "", Command::Seal),
        Entry::new(&t.not_yet, "", Command::Back),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![if s.is_live() {
        (Tone::Aloud, s.aloud(&t.aloud))
    } else {
        (Tone::Plain, s.t().afterwards.last_look.clone())
    }];
    let rows = s
        .interview
        .as_ref()
        .map(crate::domain::interview::Interview::readback_rows)
        .unwrap_or_default();
    let open = rows.iter().filter(|row| !row.approved).count();
    if open > 0 {
        let not_yet = if s.is_live() {
            &t.not_read_back
        } else {
            &s.t().afterwards.not_looked_over
        };
        let counts = [("open", open.to_string()), ("all", rows.len().to_string())];
        let [open, all] = &counts;
        let said = fill(not_yet, &[(open.0, &open.1), (all.0, &all.1)]);
        content.before.push((Tone::Notice, said));
    }
    if !s.practice {
        content.after = vec![(Tone::Aside, s.aside(&t.nobody_changes))];
    }
    // The safe row has the focus: Enter pressed twice never seals.
    content.first = 1;
    content
}

/// The code to withdraw with. It is shown here once, and never again after it is written down: so Enter alone never
/// takes it away.
pub(super) fn code(s: &Situation, code: &WithdrawalCode) -> Content {
    let t = &s.texts.withdrawal;
    let entries = vec![
        Entry::new(&t.code_noted, "", Command::CodeIsNoted),
        Entry::new(&t.code_unwanted, "", Command::CodeIsUnwanted),
    ];
    let mut content = Content::new(&t.code_title, entries);
    content.manner = Manner::Picks;
    content.before = vec![
        (Tone::Chosen, format!("    {}", code.words().join(" - "))),
        if s.is_live() {
            (Tone::Aloud, s.aloud(&t.code_aloud))
        } else {
            (Tone::Plain, s.t().afterwards.code.clone())
        },
    ];
    if let Some(until) = s.desk.withdraw_until {
        let until = date(until, s.language());
        content
            .before
            .push((Tone::Plain, fill(&t.code_until, &[("date", &until)])));
    }
    content.after = vec![(Tone::Aside, s.aside(&t.code_once))];
    content
}

/// The code by itself, a word on each line, to copy it from.
pub(super) fn code_card(s: &Situation, code: &WithdrawalCode) -> Shown {
    let words = code.words();
    let mut text = vec![s.t().card.code.clone()];
    text.extend(words.iter().map(|word| format!("    {word}")));
    Shown {
        text,
        ..Shown::default()
    }
}

/// Sealed, thanks, and how the interviewer is. What is said here is kept nowhere.
pub(super) fn sealed(s: &Situation, felt: Option<Feeling>, coded: bool) -> Content {
    let (t, d) = (&s.t().sealed, &s.t().debrief);
    let mut entries = vec![
        Entry::new(&d.fine, "", Command::Feel(Feeling::Fine)),
        Entry::new(&d.heavy, "", Command::Feel(Feeling::Heavy)),
        Entry::new(&d.talk, "", Command::Feel(Feeling::Talk)),
        Entry::new(&s.t().to_start, "", Command::Home),
    ];
    let mut content = match felt {
        None => {
            let mut content = Content::new(&t.title, entries);
            let given = if coded { &d.given_code } else { &d.given };
            content.before = if s.is_live() {
                vec![
                    (Tone::Aloud, s.aloud(&t.thanks)),
                    (Tone::Plain, t.safe.clone()),
                    (Tone::Plain, given.clone()),
                ]
            } else {
                vec![(Tone::Plain, t.safe.clone())]
            };
            content.before.push((Tone::Heading, d.question.clone()));
            content.after = vec![(Tone::Aside, d.not_kept.clone())];
            content.first = 3;
            return content;
        }
        Some(_) => Content::new(&t.title, entries.split_off(3)),
    };
    let said = match felt {
        Some(Feeling::Heavy) => &d.heavy_said,
        Some(Feeling::Talk) => &d.talk_said,
        Some(Feeling::Fine) | None => &d.fine_said,
    };
    content.before = vec![(Tone::Plain, said.clone())];
    if felt != Some(Feeling::Fine) {
        let contacts = super::breaks::contacts(s);
        let whom = if contacts.is_empty() {
            d.nobody.clone()
        } else {
            contacts
        };
        content.before.push((Tone::Chosen, whom));
    }
    content
}

pub(super) fn not_sealed(s: &Situation, trouble: Option<Trouble>) -> Content {
    let t = &s.t().sealed;
    let entries = vec![
        Entry::new(&t.again, "", Command::Seal),
        Entry::new(&s.t().to_start, "", Command::Home),
    ];
    let mut content = Content::new(&t.failed_title, entries);
    let why = trouble.map(|trouble| s.trouble(trouble).to_owned());
    content.before = why.into_iter().map(|why| (Tone::Notice, why)).collect();
    let safe = if trouble == Some(Trouble::Gone) {
        &t.failed_gone
    } else {
        &t.failed_safe
    };
    content.before.push((Tone::Plain, safe.clone()));
    content
}

/// Deleted. Where a copy was handed over before, no more is said than is true.
pub(super) fn deleted(s: &Situation, remains: Remains) -> Content {
    let t = &s.t().deleted;
    let (title, aloud, left) = match remains {
        Remains::Nothing => (&t.title, &t.aloud, &t.gone),
        Remains::CopyToGo => (&t.copy_title, &t.copy_aloud, &t.copy),
        Remains::CopyUntold => (&t.copy_title, &t.copy_aloud, &t.copy_untold),
    };
    let mut content = Content::new(title, vec![Entry::new(&s.t().to_start, "", Command::Home)]);
    content.before = vec![(Tone::Plain, left.clone())];
    // That the copy goes with the next delivery is not said aloud where it is not so.
    if s.is_live() && remains != Remains::CopyUntold {
        content.before.insert(0, (Tone::Aloud, s.aloud(aloud)));
    }
    content
}

pub(super) fn practised(s: &Situation) -> Content {
    let t = &s.t().practised;
    let entries = vec![
        Entry::new(&s.t().to_start, "", Command::Home),
        Entry::new(&t.again, "", Command::New { practice: true }),
    ];
    let mut content = Content::new(&t.title, entries);
    content.before = vec![
        (Tone::Plain, t.nothing_kept.clone()),
        (Tone::Aside, t.real.clone()),
    ];
    content
}
