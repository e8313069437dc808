//! The start screen, and what is asked before an interview begins.

use crate::fieldwork::desk::{CannotStart, DraftSecret, short_names};
use crate::texts::fill;
use crate::texts::number::{date, plural};

use super::{Content, Entry, handover};
use crate::domain::letter::shown;
use crate::domain::record::Entered;
use crate::tui::command::{Command, Open};
use crate::tui::coordinator::form::What;
use crate::tui::coordinator::{Deed, Door, Place};
use crate::tui::keymap::Keys;
use crate::tui::retention;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

pub(super) fn home(s: &Situation) -> Content {
    let t = &s.t().start;
    let mut entries = Vec::new();
    match s.desk.drafts.as_slice() {
        [] => {}
        [_] => entries.push(Entry::new(&t.resume, secret(s), Command::Resume(0))),
        _ => entries.push(Entry::new(&t.resume_one_of, "", Command::Open(Open::Drafts))),
    }
    // Where no interview can ever begin again, none is offered.
    let is_over = matches!(
        s.desk.cannot_begin,
        Some(CannotStart::Closed | CannotStart::DeletionDue)
    );
    // Without an evaluation there is practice and nothing else: that is what stands first then.
    let is_shut = s.coordinator.door == Some(Door::OtherKeys);
    let is_practice_alone = is_shut || s.desk.cannot_begin == Some(CannotStart::NoEvaluation);
    if s.desk.surveys.count() > 0 {
        if !is_over && !is_practice_alone {
            entries.push(Entry::new(&t.new, "", Command::New { practice: false }));
        }
        entries.push(Entry::new(
            &t.practise,
            &t.practise_aside,
            Command::New { practice: true },
        ));
    }
    entries.extend(handover::entry(s));
    if !s.results.is_empty() {
        let words = &s.texts.results.screen;
        entries.push(Entry::new(&words.entry, "", Command::Open(Open::Results)));
    }
    if is_shut {
        let words = &s.texts.coordinator.upkeep;
        entries.insert(
            0,
            Entry::new(&words.words_title, "", Command::Deed(Deed::Fill(What::Words))),
        );
    }
    if s.coordinator.door.is_some_and(Door::is_coordinators) {
        let words = &s.texts.coordinator;
        entries.push(Entry::new(&words.entry, "", Command::Deed(Deed::Enter)));
    }
    if let Some(begun) = s.desk.founding {
        let words = &s.texts.founding;
        let says = if begun {
            &words.entry_unfinished
        } else {
            &words.entry
        };
        entries.push(Entry::new(says, &words.entry_aside, Command::Found));
        if is_practice_alone {
            let words = &s.texts.coordinator.upkeep;
            let restore = Command::Deed(Deed::Fill(What::Restore));
            entries.push(Entry::new(&words.restore, "", restore));
        }
    }
    if s.desk.surveys.count() > 0 && !is_over && !is_practice_alone {
        entries.push(Entry::with_key(
            Keys::Letter(s.t().letter.afterwards.clone()),
            &s.t().afterwards.start,
            Command::Open(Open::Afterwards),
        ));
    }
    if s.coordinator.door == Some(Door::Laptop) {
        let words = &s.texts.coordinator.upkeep;
        let go = Command::Deed(Deed::Go(Place::OwnLaptop));
        entries.push(Entry::with_key(
            Keys::Letter(s.texts.coordinator.letter.own_laptop.clone()),
            &words.own_title,
            go,
        ));
    }
    let mut content = Content::new(&t.title, entries);
    if is_shut {
        let says = s.texts.coordinator.upkeep.words_about.clone();
        content.before.push((Tone::Notice, says));
    }
    let count = |count: usize, one: &str, more: &str| {
        let words = plural(u64::try_from(count).unwrap_or(u64::MAX), one, more);
        fill(words, &[("count", &count.to_string())])
    };
    if s.desk.surveys.count() == 0 {
        content.before.push((Tone::Plain, t.no_survey.clone()));
    }
    let drafts = count(s.desk.drafts.len(), &t.drafts_one, &t.drafts_more);
    let sealed = count(s.desk.sealed, &t.sealed_one, &t.sealed_more);
    // What lies here stays unread until the words fit: it is not nothing.
    if !is_shut {
        content.after.push((Tone::Plain, format!("{drafts}   {sealed}")));
    }
    let left = s.desk.left_drafts;
    let hours = left.hours.to_string();
    let life = &s.texts.life;
    if left.here > 0 && s.desk.waiting.is_some() {
        let says = count(left.here, &life.old_draft_one, &life.old_draft_more);
        content
            .after
            .push((Tone::Aside, fill(&says, &[("hours", &hours)])));
    } else if left.here + left.arrived > 0 {
        let says = count(
            left.here + left.arrived,
            &life.to_rescue_one,
            &life.to_rescue_more,
        );
        content.after.push((Tone::Aside, says));
    }
    if s.desk.cannot_begin == Some(CannotStart::Closed) {
        content.after.push((Tone::Notice, life.is_closed.clone()));
    }
    if let Some(says) = retention::notice(s.desk.delete_by, s.today, s.desk.waiting.is_some(), &s.texts) {
        content.after.push((Tone::Notice, says));
    }
    if let Some(words) = &s.desk.key_words {
        let says = fill(&s.texts.handover.screen.key_words, &[("words", words)]);
        content.after.push((Tone::Aside, says));
    }
    content.heading = s.desk_title().to_owned();
    content.sentence = Some(t.safe.clone());
    content
}

/// Which draft, where there are several: told apart by the day, and by their names where the day is the same.
pub(super) fn drafts(s: &Situation) -> Content {
    let t = &s.t().start;
    let drafts = &s.desk.drafts;
    let same_day = |day| drafts.iter().filter(|draft| draft.last_day == day).count() > 1;
    let shown = short_names(drafts).into_iter().zip(drafts).enumerate();
    let entries = shown
        .map(|(place, (name, draft))| {
            // Its name says nothing to anybody; where the day does not tell which, it is all there is.
            let aside = if same_day(draft.last_day) {
                format!("({name})")
            } else {
                String::new()
            };
            let words = match draft.last_day {
                Some(day) => fill(&t.resume_from, &[("day", &date(day, s.language()))]),
                None => t.resume.clone(),
            };
            Entry::new(&words, &aside, Command::Resume(place))
        })
        .collect();
    let mut content = Content::new(&t.which_draft, entries);
    if !secret(s).is_empty() {
        content.after = vec![(Tone::Plain, secret(s).to_owned())];
    }
    content
}

fn secret(s: &Situation) -> &str {
    match s.desk.draft_secret {
        DraftSecret::Nothing => "",
        DraftSecret::Passphrase => &s.t().start.needs_secret,
        DraftSecret::LaptopCode => &s.texts.handover.screen.code_needed,
    }
}

pub(super) fn afterwards(s: &Situation) -> Content {
    let t = &s.t().afterwards;
    Content::new(
        &t.title,
        vec![
            Entry::new(&t.notes, "", Command::EnterFrom(Entered::FromNotes)),
            Entry::new(&t.paper, "", Command::EnterFrom(Entered::FromPaper)),
        ],
    )
}

/// In a small group it is easy to remember who said what.
pub(super) fn few_people(s: &Situation, least: u16, single: bool) -> Content {
    let t = &s.t().group;
    let mut entries = vec![Entry::new(&t.few_go_on, "", Command::FewAnyway)];
    if single {
        entries.insert(0, Entry::new(&t.few_single, "", Command::Group(false)));
    }
    let mut content = Content::new(&t.few_title, entries);
    let about = fill(&t.few_about, &[("min", &least.to_string())]);
    content.before = vec![(Tone::Plain, about)];
    content
}

pub(super) fn surveys(s: &Situation) -> Content {
    let entries = s
        .desk
        .surveys
        .as_read()
        .iter()
        .enumerate()
        .map(|(place, survey)| Entry::new(survey.parts().title.get(s.language()), "", Command::Survey(place)))
        .collect();
    Content::new(&s.t().start.which_survey, entries)
}

pub(super) fn sites(s: &Situation) -> Content {
    let entries = s
        .desk
        .sites
        .iter()
        .enumerate()
        .map(|(place, site)| Entry::new(site.title.get(s.language()), "", Command::Site(place)))
        .collect();
    let title = if s.is_live() {
        &s.t().start.which_site
    } else {
        &s.t().afterwards.which_site
    };
    Content::new(title, entries)
}

/// Several interview with one machine: whoever does, says which letter is theirs.
pub(super) fn letters(s: &Situation) -> Content {
    let letters = s.desk.letters.iter().enumerate();
    let entries = letters.map(|(place, letter)| Entry::new(&shown(letter), "", Command::Letter(place)));
    Content::new(&s.t().start.which_letter, entries.collect())
}

pub(super) fn one_or_group(s: &Situation) -> Content {
    let t = &s.t().start;
    Content::new(
        &t.one_or_group,
        vec![
            Entry::new(&t.one_person, "", Command::Group(false)),
            Entry::new(&t.group, &t.group_aside, Command::Group(true)),
        ],
    )
}
