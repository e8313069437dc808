//! What the coordinators note about the figures of a question: kept in the workbook, in no report.

use crate::domain::clean_text::CleanText;
use crate::domain::item::ItemKey;
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::super::Ask;
use super::super::pane::Pane;
use super::Results;

impl Results {
    /// The note about an item in the open round, as it is kept.
    fn kept<'s>(item: &ItemKey, s: &'s Situation) -> Option<&'s CleanText> {
        let shown = s.coordinator.shown.as_deref()?;
        shown.book.note(&shown.evaluation.open_round()?.id, item)
    }

    /// Writes the note, or the field it is written in.
    pub(super) fn noted(&self, item: &ItemKey, s: &Situation, pane: &mut Pane) {
        let words = &s.texts.coordinator.results;
        match (&self.note, Self::kept(item, s)) {
            (Some(field), _) => pane.field(&words.note_label, field),
            (None, Some(text)) => {
                let text = fill(&words.noted, &[("note", text.as_str())]);
                pane.text(&text, Tone::Notice);
            }
            (None, None) => {}
        }
    }

    /// Begins to write the note about an item.
    pub(super) fn write_note(&mut self, item: &ItemKey, s: &Situation) -> Reaction {
        let text = Self::kept(item, s).map_or("", |text| text.as_str());
        self.note = Some(Field::line(text));
        Reaction::Changed
    }

    /// What is done to the note; nothing where none is written.
    pub(super) fn take_note(&mut self, command: &Command, s: &Situation) -> Option<Reaction> {
        let field = self.note.as_mut()?;
        match command {
            Command::Close | Command::Up => {
                self.note = None;
                Some(Reaction::Changed)
            }
            Command::Enter => {
                let text = CleanText::line(field.shown().trim());
                let found = self.found(&self.sources(s)?);
                let place = self.focus.min(found.len().saturating_sub(1));
                let item = found.get(place)?.item.clone();
                self.note = None;
                Some(Reaction::Coordinate(Ask::Note(item, text)))
            }
            other => Some(edit(field, other, s).unwrap_or(Reaction::Nothing)),
        }
    }
}
