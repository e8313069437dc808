//! Groups that were interviewed together, as numbers.

use super::head::RecordHead;
use super::{InterviewId, Mode};

/// How many groups were interviewed together, and how many people took part in them: planning data, no answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// How many groups.
    pub groups: u32,
    /// People in them.
    pub people: u32,
}

impl Gathered {
    /// Returns the groups among these interviews.
    #[must_use]
    pub fn of<'h>(heads: impl IntoIterator<Item = &'h RecordHead>) -> Self {
        let mut all = Self::default();
        for head in heads {
            if let Mode::Group { people } = head.mode {
                all.groups = all.groups.saturating_add(1);
                all.people = all.people.saturating_add(u32::from(people));
            }
        }
        all
    }

    /// Returns the names of the groups among these interviews.
    pub fn names<'h>(
        heads: impl IntoIterator<Item = &'h RecordHead>,
    ) -> impl Iterator<Item = &'h InterviewId> {
        let groups = heads
            .into_iter()
            .filter(|head| matches!(head.mode, Mode::Group { .. }));
        groups.map(|head| &head.interview)
    }
}
