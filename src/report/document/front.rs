//! The title page.

use crate::texts::{Texts, fill};

/// What stands on the title page beside the title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Above the title: draft or final report.
    pub stage: String,
    /// What is said right under the title, in one line: the service.
    pub subtitle: Option<String>,
    /// Who wrote it, as they want to be named.
    pub authors: Vec<String>,
    /// What one should know about it: round, period, languages.
    pub facts: Vec<Fact>,
    /// Remarks, one a line: what a draft is for, that everything is made up.
    pub remarks: Vec<String>,
}

impl Front {
    /// Returns the line that says who wrote it, where anybody is named.
    #[must_use]
    pub fn credit(&self, texts: &Texts) -> Option<String> {
        let authors = self.authors.join(", ");
        (!self.authors.is_empty()).then(|| fill(&texts.paper.written_by, &[("authors", &authors)]))
    }
}

/// One line of the title page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: "Runde".
    pub name: String,
    /// What is said: "Høsten 2026".
    pub value: String,
}
