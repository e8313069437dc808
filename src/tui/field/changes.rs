//! The changes of a field that are not kept yet.

use crate::domain::writing::{Change, Writing};

/// So many bytes at most are kept in one step: a journal's record has a greatest size.
const BYTES_AT_ONCE: usize = 128 * 1024;
/// So many changes at most are kept in one step, for the same reason.
const CHANGES_AT_ONCE: usize = 1000;

/// Changes since the text was last kept.
pub(super) struct Unkept {
    changes: Vec<Change>,
    /// Whether the other side knows the text the changes begin from; if not, the first of them says it.
    known: bool,
    cursor: usize,
}

impl Unkept {
    pub(super) fn new(writing: &Writing, known: bool) -> Self {
        let changes = if known {
            Vec::new()
        } else {
            vec![Change::Begin(writing.text().to_owned())]
        };
        Self {
            changes,
            known,
            cursor: writing.cursor(),
        }
    }

    pub(super) const fn is_changed(&self, cursor: usize) -> bool {
        if self.known {
            !self.changes.is_empty() || cursor != self.cursor
        } else {
            self.changes.len() > 1
        }
    }

    /// Adds a change. Letters typed one after the other become one.
    pub(super) fn add(&mut self, change: Change) {
        if let (
            Some(Change::Replace {
                at: before_at,
                remove: before_remove,
                insert: before,
                joins: continues,
            }),
            Change::Replace {
                at,
                remove,
                insert,
                joins: true,
            },
        ) = (self.changes.last_mut(), &change)
        {
            if *remove == 0 && *at == *before_at + before.len() {
                before.push_str(insert);
                return;
            }
            // Deleted on, before or after the same place. What continues a step that was kept stays apart: deleted on
            // both sides, the two together would no longer lie beside what that step deleted.
            if !*continues
                && insert.is_empty()
                && before.is_empty()
                && (at + remove == *before_at || at == before_at)
            {
                *before_at = *at;
                *before_remove += remove;
                return;
            }
        }
        self.changes.push(change);
    }

    /// Hands the changes over in groups that can each be kept at once.
    pub(super) fn take(&mut self, cursor: usize) -> Vec<Vec<Change>> {
        let changes = std::mem::take(&mut self.changes);
        self.known = true;
        self.cursor = cursor;
        let mut groups = Vec::new();
        let mut group: Vec<Change> = Vec::new();
        let mut bytes = 0;
        for change in changes {
            let more = match &change {
                Change::Begin(text) | Change::Replace { insert: text, .. } => text.len(),
                Change::Undo | Change::Redo => 0,
            };
            if !group.is_empty() && (bytes + more > BYTES_AT_ONCE || group.len() >= CHANGES_AT_ONCE) {
                groups.push(std::mem::take(&mut group));
                bytes = 0;
            }
            bytes += more;
            group.push(change);
        }
        // A cursor that moved alone is kept too.
        groups.push(group);
        groups
    }
}
