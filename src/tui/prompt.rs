//! One thing to type: the secret of a draft, the people in a group, the word that deletes.

use zeroize::Zeroizing;

use crate::fieldwork::desk::DraftSecret;

use super::command::Command;
use super::edit::edit;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, key_name, typing};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What opens a draft: its place in the list.
    Secret(usize),
    /// How many people are in the group.
    People,
    /// The word that deletes everything.
    DeleteWord,
    /// A folder to hand over to.
    Folder,
    /// A PIN for the curtain.
    NewPin,
    /// The same once more.
    PinAgain,
}

/// One thing to type.
pub struct Prompt {
    asked: Asked,
    field: Field,
    error: Option<String>,
}

impl Prompt {
    /// Returns an empty prompt.
    #[must_use]
    pub fn new(asked: Asked) -> Self {
        Self {
            asked,
            field: Field::line(""),
            error: None,
        }
    }

    /// Returns what is asked for.
    #[must_use]
    pub const fn asked(&self) -> Asked {
        self.asked
    }

    /// Returns what was typed.
    #[must_use]
    pub fn typed(&self) -> Zeroizing<String> {
        Zeroizing::new(self.field.shown().trim().to_owned())
    }

    pub(super) const fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    pub(super) fn set_error(&mut self, says: String) {
        self.error = Some(says);
        if matches!(self.asked, Asked::Secret(_) | Asked::NewPin | Asked::PinAgain) {
            self.field = Field::line("");
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = vec![Binding::new(
            Keys::One(Key::Enter),
            Command::Enter,
            match self.asked {
                Asked::Secret(_) | Asked::Folder => &t.hint.open,
                Asked::People | Asked::NewPin | Asked::PinAgain => &t.hint.next,
                Asked::DeleteWord => &t.hint.do_it,
            },
            1,
        )];
        table.extend(typing(t, false));
        table.push(Binding::new(
            Keys::One(Key::Esc),
            Command::Close,
            &t.hint.cancel,
            0,
        ));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().prompt;
        let h = &s.texts.handover.screen;
        let pin = &s.t().pin;
        let mut page = Page::new(width, s.theme());
        let (title, about, label, size, masked) = match self.asked {
            Asked::Secret(_) if s.desk.draft_secret == DraftSecret::LaptopCode => {
                (&h.code_title, &h.code_about, &h.code_label, 40, true)
            }
            Asked::NewPin if s.pin.is_some() => (&pin.title, &pin.change, &pin.label, 10, true),
            Asked::NewPin => (&pin.title, &pin.about, &pin.label, 10, true),
            Asked::PinAgain => (&pin.title, &pin.again, &pin.label, 10, true),
            Asked::Folder => (&h.folder_title, &h.folder_about, &h.folder_label, 60, false),
            Asked::Secret(_) => (&t.secret_title, &t.secret_about, &t.secret_label, 40, true),
            Asked::People => (&t.people_title, &t.people_about, &t.people_label, 6, false),
            Asked::DeleteWord => (&t.delete_title, &t.delete_about, &t.delete_label, 14, false),
        };
        let enter = key_name(Key::Enter, &s.t().key);
        let about = crate::texts::fill(about, &[("word", &t.delete_word), ("enter", &enter)]);
        page.gap(Gap::Around);
        page.pinned(title, Tone::Heading, 2);
        page.gap(Gap::Part);
        page.text(&about, Tone::Plain, 2);
        page.gap(Gap::Part);
        input_line(&mut page, label, &self.field, size, true, masked);
        if let Some(error) = &self.error {
            page.gap(Gap::Around);
            page.hanging("! ", error, Tone::Notice, 2);
        }
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let edited = edit(&mut self.field, command, s);
        if edited.is_some() {
            self.error = None;
        }
        edited.unwrap_or_else(|| Reaction::Do(command.clone()))
    }
}

/// Draws a one-line field: a label, brackets and as much of the text as fits, around the cursor.
pub fn input_line(page: &mut Page, label: &str, field: &Field, size: usize, focused: bool, masked: bool) {
    let lead = if label.is_empty() {
        "  [ ".to_owned()
    } else {
        format!("  {label} [ ")
    };
    let start = super::wrap::columns(&lead);
    let size = size.min(page.width().saturating_sub(start + 3)).max(4);
    let text = if masked {
        "*".repeat(field.letters())
    } else {
        field.shown().to_owned()
    };
    let cursor = if masked {
        field.letters()
    } else {
        field.cursor_column()
    };
    let skip = cursor.saturating_sub(size - 1);
    let seen = super::wrap::window(&text, skip, size);
    let tone = if focused { Tone::Chosen } else { Tone::Plain };
    // What is selected, in columns of what is seen.
    let column = |place: usize| {
        let before = text.get(..place).unwrap_or_default();
        super::wrap::columns(before).clamp(skip, skip + size) - skip
    };
    let selected = field.selection().filter(|_| focused && !masked);
    let marked = selected.map_or((0, 0), |selected| (column(selected.start), column(selected.end)));
    let part = |from: usize, to: usize| super::wrap::window(&seen, from, to.saturating_sub(from));
    let rest = part(marked.1, size);
    // What is empty looks the same with the focus and without it, and is not sent anew.
    let empty = size.saturating_sub(marked.1 + super::wrap::columns(&rest));
    let spans = vec![
        page.span(&lead, Tone::Plain),
        page.span(&part(0, marked.0), tone),
        page.span(&part(marked.0, marked.1), Tone::Focus),
        page.span(&rest, tone),
        page.span(&format!("{} ]", " ".repeat(empty)), Tone::Plain),
    ];
    page.line(spans);
    let from = u16::try_from(start).unwrap_or(u16::MAX);
    let to = u16::try_from(start + size).unwrap_or(u16::MAX);
    if !masked {
        page.typed(from, to, skip);
    }
    if focused {
        page.cursor(u16::try_from(start + cursor - skip).unwrap_or(u16::MAX));
    }
}
