//! A text being written: what stands, where the cursor is, and every step that can be taken back.
//!
//! The screen edits a [`Writing`] and remembers each [`Change`]; the interview applies the same changes to its own,
//! and the journal keeps them. Replaying a journal therefore gives back the text, the cursor and everything that
//! could be undone or done again. Places are bytes and lie on character boundaries.

use std::collections::VecDeque;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::answer::MAX_TEXT_BYTES;
use crate::domain::clean_text::{CleanText, first_hidden};

/// Steps that can be taken back in one text.
pub const MOST_STEPS: usize = 1000;
/// So many are kept however large they are.
pub const LEAST_STEPS: usize = 200;
/// Beyond [`LEAST_STEPS`], the oldest steps go when all of them together hold more bytes than this.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// One change of a text, as it is made and as the journal keeps it. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Begins anew from this text; nothing of what was before can be taken back.
    Begin(String),
    /// Replaces `remove` bytes from `at` by other text.
    Replace {
        /// From which byte.
        at: usize,
        /// How many bytes go.
        #[serde(default, skip_serializing_if = "is_zero")]
        remove: usize,
        /// What comes in their place.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        insert: String,
        /// Whether it belongs to the step before: they are taken back together.
        #[serde(default, skip_serializing_if = "is_false")]
        joins: bool,
    },
    /// Takes back the last step.
    Undo,
    /// Does it again.
    Redo,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_false(truth: &bool) -> bool {
    !*truth
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Begin(text) => write!(f, "Begin({} bytes)", text.len()),
            Self::Replace {
                at, remove, insert, ..
            } => write!(f, "Replace({remove} bytes at {at} by {})", insert.len()),
            Self::Undo => f.write_str("Undo"),
            Self::Redo => f.write_str("Redo"),
        }
    }
}

/// Why a change was not made; then nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The text would be longer than an answer may be.
    #[error("longer than an answer may be")]
    TooLong,
    /// It does not fit the text: another place, or characters that no text has.
    #[error("does not fit the text")]
    Elsewhere,
    /// There is nothing to take back or do again.
    #[error("nothing to take back")]
    Nothing,
}

/// A text being written. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Writing {
    text: String,
    cursor: usize,
    done: VecDeque<Step>,
    undone: Vec<Step>,
    /// Bytes that `done` and `undone` hold.
    held: usize,
}

/// What is taken back together.
#[derive(Clone, PartialEq, Eq)]
struct Step {
    edits: Vec<Edit>,
}

#[derive(Clone, PartialEq, Eq)]
struct Edit {
    at: usize,
    removed: String,
    inserted: String,
}

impl Step {
    fn bytes(&self) -> usize {
        self.edits
            .iter()
            .map(|edit| edit.removed.len() + edit.inserted.len())
            .sum()
    }
}

impl Writing {
    /// Begins from a text, the cursor at its end.
    #[must_use]
    pub fn new(text: &CleanText) -> Self {
        Self {
            text: text.to_string(),
            cursor: text.as_str().len(),
            ..Self::default()
        }
    }

    /// Returns the text as it stands. A joiner at its edge may still wait for the next letter: what leaves goes
    /// through [`Self::clean`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text cleaned, as an answer or note holds it.
    #[must_use]
    pub fn clean(&self) -> CleanText {
        CleanText::block(&self.text)
    }

    /// Returns where the cursor is.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Moves the cursor to `place`, or to the character boundary before it.
    pub fn move_to(&mut self, place: usize) {
        let place = place.min(self.text.len());
        self.cursor = (0..=place)
            .rev()
            .find(|&place| self.text.is_char_boundary(place))
            .unwrap_or(0);
    }

    /// Returns how many steps can be taken back.
    #[must_use]
    pub fn undoable(&self) -> usize {
        self.done.len()
    }

    /// Makes a change.
    ///
    /// # Errors
    /// [`Unfit`]; then nothing changed.
    pub fn apply(&mut self, change: &Change) -> Result<(), Unfit> {
        match change {
            Change::Begin(text) => {
                fits(text)?;
                *self = Self {
                    text: text.clone(),
                    cursor: text.len(),
                    ..Self::default()
                };
                Ok(())
            }
            Change::Replace {
                at,
                remove,
                insert,
                joins,
            } => self.replace(*at, *remove, insert, *joins),
            Change::Undo => {
                let step = self.done.pop_back().ok_or(Unfit::Nothing)?;
                for edit in step.edits.iter().rev() {
                    self.splice(edit.at, edit.inserted.len(), &edit.removed);
                }
                let first = step.edits.first();
                self.move_to(first.map_or(0, |edit| edit.at + edit.removed.len()));
                self.undone.push(step);
                Ok(())
            }
            Change::Redo => {
                let step = self.undone.pop().ok_or(Unfit::Nothing)?;
                for edit in &step.edits {
                    self.splice(edit.at, edit.removed.len(), &edit.inserted);
                    self.move_to(edit.at + edit.inserted.len());
                }
                self.done.push_back(step);
                Ok(())
            }
        }
    }

    fn replace(&mut self, at: usize, remove: usize, insert: &str, joins: bool) -> Result<(), Unfit> {
        fits(insert)?;
        let end = at.checked_add(remove).ok_or(Unfit::Elsewhere)?;
        let removed = self.text.get(at..end).ok_or(Unfit::Elsewhere)?.to_owned();
        if self.text.len() - remove + insert.len() > MAX_TEXT_BYTES {
            return Err(Unfit::TooLong);
        }
        self.splice(at, remove, insert);
        self.cursor = at + insert.len();
        self.held += remove + insert.len();
        self.held -= self.undone.drain(..).map(|step| step.bytes()).sum::<usize>();
        let edit = Edit {
            at,
            removed,
            inserted: insert.to_owned(),
        };
        match self.done.back_mut().filter(|_| joins) {
            Some(step) => step.add(edit),
            None => self.done.push_back(Step { edits: vec![edit] }),
        }
        self.forget();
        Ok(())
    }

    fn splice(&mut self, at: usize, remove: usize, insert: &str) {
        // Undone and redone edits fit by their making; were one ever not to, the text stays whole.
        if self.text.get(at..at + remove).is_some() {
            self.text.replace_range(at..at + remove, insert);
        }
    }

    /// Lets the oldest steps go.
    fn forget(&mut self) {
        while self.done.len() > MOST_STEPS || (self.done.len() > LEAST_STEPS && self.held > MOST_BYTES) {
            let Some(step) = self.done.pop_front() else {
                return;
            };
            self.held -= step.bytes();
        }
    }
}

impl Step {
    /// Adds an edit; typing on and deleting on stay one edit.
    fn add(&mut self, edit: Edit) {
        if let Some(last) = self.edits.last_mut() {
            if edit.removed.is_empty() && edit.at == last.at + last.inserted.len() {
                last.inserted.push_str(&edit.inserted);
                return;
            }
            let deletes = edit.inserted.is_empty() && last.inserted.is_empty();
            if deletes && edit.at + edit.removed.len() == last.at {
                last.removed.insert_str(0, &edit.removed);
                last.at = edit.at;
                return;
            }
            if deletes && edit.at == last.at {
                last.removed.push_str(&edit.removed);
                return;
            }
        }
        self.edits.push(edit);
    }
}

/// Returns whether a text may stand in a writing at all: of the right length, and already cleaned.
fn fits(text: &str) -> Result<(), Unfit> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Unfit::TooLong);
    }
    if first_hidden(text).is_some() || text.contains(['\r', '\t']) {
        return Err(Unfit::Elsewhere);
    }
    Ok(())
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (bytes, steps) = (self.text.len(), self.done.len());
        write!(f, "Writing({bytes} bytes, {steps} steps)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::{Change, LEAST_STEPS, Unfit, Writing};
    use crate::domain::answer::MAX_TEXT_BYTES;

    fn put(at: usize, remove: usize, insert: &str, joins: bool) -> Change {
        Change::Replace {
            at,
            remove,
            insert: insert.to_owned(),
            joins,
        }
    }

    fn written(changes: &[Change]) -> Writing {
        let mut writing = Writing::default();
        for change in changes {
            writing.apply(change).unwrap();
        }
        writing
    }

    #[test]
    fn what_belongs_together_is_taken_back_together() {
        let mut writing = written(&[
            put(0, 0, "Det ", false),
            put(4, 0, "gi", false),
            put(6, 0, "kk", true),
        ]);
        assert_eq!((writing.text(), writing.cursor()), ("Det gikk", 8));
        writing.apply(&Change::Undo).unwrap();
        assert_eq!((writing.text(), writing.cursor()), ("Det ", 4));
        writing.apply(&Change::Redo).unwrap();
        assert_eq!((writing.text(), writing.cursor()), ("Det gikk", 8));
    }

    #[test]
    fn what_was_deleted_letter_by_letter_comes_back_whole() {
        let mut writing = written(&[
            Change::Begin("bære".to_owned()),
            put(4, 1, "", false),
            put(3, 1, "", true),
            put(1, 2, "", true),
        ]);
        assert_eq!(writing.text(), "b");
        writing.apply(&Change::Undo).unwrap();
        assert_eq!((writing.text(), writing.cursor()), ("bære", 5));
        assert_eq!(writing.apply(&Change::Undo), Err(Unfit::Nothing));
    }

    #[test]
    fn a_change_that_does_not_fit_changes_nothing() {
        let mut writing = written(&[Change::Begin("å".to_owned())]);
        let before = writing.clone();
        for change in [
            put(1, 0, "x", false),
            put(0, 9, "", false),
            put(usize::MAX, 2, "", false),
            put(0, 0, "\u{1b}[2J", false),
            put(0, 0, "\u{202e}", false),
        ] {
            assert_eq!(writing.apply(&change), Err(Unfit::Elsewhere));
        }
        let long = put(0, 0, &"a".repeat(MAX_TEXT_BYTES), false);
        assert_eq!(writing.apply(&long), Err(Unfit::TooLong));
        assert_eq!(writing, before);
    }

    #[test]
    fn two_hundred_steps_are_kept_however_large() {
        let mut writing = Writing::default();
        let whole = "a".repeat(MAX_TEXT_BYTES);
        for _ in 0..LEAST_STEPS {
            let taken = writing.text().len();
            writing.apply(&put(0, taken, &whole, false)).unwrap();
        }
        for _ in 0..LEAST_STEPS {
            writing.apply(&Change::Undo).unwrap();
        }
        assert_eq!(writing.text(), "");
    }

    #[test]
    fn debug_shows_no_text() {
        let writing = written(&[Change::Begin("hemmelig".to_owned())]);
        let shown = format!("{writing:?} {:?}", put(0, 0, "hemmelig", false));
        assert!(!shown.contains("hemmelig"), "{shown}");
    }

    fn change() -> impl Strategy<Value = Change> {
        let text = "[a-cæ\u{301} \n]{0,4}";
        prop_oneof![
            6 => (0_usize..12, 0_usize..4, text, any::<bool>())
                .prop_map(|(at, remove, insert, joins)| put(at, remove, &insert, joins)),
            2 => Just(Change::Undo),
            1 => Just(Change::Redo),
            1 => text.prop_map(Change::Begin),
        ]
    }

    proptest! {
        /// The text after any number of steps back and forth is one that stood before.
        #[test]
        fn undo_and_redo_are_each_others_reverse(changes in proptest::collection::vec(change(), 0..60)) {
            let mut writing = Writing::default();
            for change in &changes {
                let before = writing.clone();
                if writing.apply(change).is_err() {
                    prop_assert_eq!(&writing, &before);
                }
            }
            let end = writing.text().to_owned();
            let mut steps = 0;
            while writing.apply(&Change::Undo).is_ok() {
                steps += 1;
            }
            for _ in 0..steps {
                writing.apply(&Change::Redo).unwrap();
            }
            prop_assert_eq!(writing.text(), end);
        }

        /// A journal's changes, read back from JSON, give the same writing.
        #[test]
        fn the_changes_themselves_rebuild_everything(changes in proptest::collection::vec(change(), 0..60)) {
            let (mut writing, mut made) = (Writing::default(), Vec::new());
            for change in changes {
                if writing.apply(&change).is_ok() {
                    made.push(change);
                }
            }
            let json = serde_json::to_string(&made).unwrap();
            let read: Vec<Change> = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(written(&read), writing);
        }
    }
}
