//! Handing over to the coordinator: where to, and that it was read back.

use std::path::PathBuf;

use crate::fieldwork::desk::SHORTEST_NAME;
use crate::fieldwork::handover::{Cleared, HandedOver};
use crate::texts::fill;
use crate::texts::number::plural;

use super::{Content, Entry};
use crate::tui::command::Command;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;

/// The start screen's row, where this laptop hands over.
pub(super) fn entry(s: &Situation) -> Option<Entry> {
    let t = &s.texts.handover.screen;
    let waiting = s.desk.waiting?;
    let aside = match (waiting.waiting, waiting.unconfirmed) {
        (0, 0) if waiting.slips > 0 => t.entry_slips.clone(),
        (0, 0) if s.desk.left_drafts.here == 0 => return None,
        (0, 0) => String::new(),
        (0, unconfirmed) => fill(&t.entry_unconfirmed, &[("count", &unconfirmed.to_string())]),
        (waiting, _) => fill(&t.entry_waiting, &[("count", &waiting.to_string())]),
    };
    Some(Entry::new(&t.entry, &aside, Command::HandOver))
}

/// Where to.
pub(super) fn places(s: &Situation) -> Content {
    let t = &s.texts.handover.screen;
    let mut entries: Vec<Entry> = s
        .desk
        .sticks
        .iter()
        .map(|stick| {
            let aside = format!("({})", shown(stick));
            Entry::new(&t.stick, &aside, Command::HandOverTo(stick.clone()))
        })
        .collect();
    entries.push(Entry::new(&t.folder, &t.folder_aside, Command::AskFolder));
    let mut content = Content::new(&t.title, entries);
    let waiting = s.desk.waiting.unwrap_or_default();
    let says = match waiting.waiting {
        0 if waiting.slips > 0 && waiting.unconfirmed == 0 => t.slips_ready.clone(),
        0 => t.none_ready.clone(),
        ready => counted(ready, &t.ready_one, &t.ready_more),
    };
    let deleted = s.desk.deleted_drafts.iter();
    let deleted = deleted.map(|name| (Tone::Plain, deletion(name, s)));
    let (says, where_to) = ((Tone::Plain, says), (Tone::Plain, t.where_to.clone()));
    content.before = [says].into_iter().chain(deleted).chain([where_to]).collect();
    content.after = vec![(Tone::Plain, t.locked.clone())];
    content
}

/// Written and read back.
pub(super) fn done(s: &Situation, done: &HandedOver) -> Content {
    let t = &s.texts.handover.screen;
    let mut entries = vec![Entry::new(&t.done, "", Command::Home)];
    if let Some(folder) = done.path.parent().filter(|_| done.confirmed > 0) {
        let says = counted(done.confirmed, &t.clear_one, &t.clear_more);
        entries.push(Entry::new(&says, "", Command::ClearConfirmed(folder.to_owned())));
    }
    let mut content = Content::new(&t.done_title, entries);
    let file = done.path.file_name().map(PathBuf::from).unwrap_or_default();
    let (checked, all) = (done.checked.to_string(), done.interviews.to_string());
    content.before = vec![
        (Tone::Plain, fill(&t.file, &[("file", &shown(&file))])),
        (
            Tone::Plain,
            fill(&t.written, &[("checked", &checked), ("all", &all)]),
        ),
        (Tone::Plain, t.stays.clone()),
    ];
    content
}

/// What the coordinator had confirmed is gone from here.
pub(super) fn cleared(s: &Situation, cleared: Cleared) -> Content {
    let t = &s.texts.handover.screen;
    let mut content = Content::new(&t.title, vec![Entry::new(&t.done, "", Command::Home)]);
    if cleared.interviews > 0 {
        let says = counted(cleared.interviews, &t.cleared_one, &t.cleared_more);
        content.before.push((Tone::Plain, says));
    }
    if cleared.drafts > 0 {
        let count = cleared.drafts.to_string();
        let says = fill(&t.cleared_drafts, &[("count", &count)]);
        content.before.push((Tone::Plain, says));
    }
    if cleared.slips > 0 {
        let count = cleared.slips.to_string();
        let says = fill(&s.texts.handover.wipe.done_slips, &[("count", &count)]);
        content.before.push((Tone::Plain, says));
    }
    content
}

/// Says that the deletion of a draft goes along.
fn deletion(name: &str, s: &Situation) -> String {
    let name = name.get(..SHORTEST_NAME).unwrap_or(name);
    fill(&s.texts.handover.screen.deletion_goes, &[("draft", name)])
}

fn counted(count: usize, one: &str, more: &str) -> String {
    let words = plural(u64::try_from(count).unwrap_or(u64::MAX), one, more);
    fill(words, &[("count", &count.to_string())])
}

/// A path as it may stand on a screen: somebody else named the folders in it.
fn shown(path: &std::path::Path) -> String {
    crate::domain::clean_text::CleanText::line(&path.display().to_string())
        .as_str()
        .to_owned()
}
