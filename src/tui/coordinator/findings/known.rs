//! What can stand beside findings: the sentences printed figures say, and quotes. It is looked for once, not in every
//! frame.

use std::cell::RefCell;
use std::sync::Arc;

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::survey::report_plan::Limit;
use crate::domain::workbook::finding::Finding;
use crate::fieldwork::workbench::Workbench;
use crate::report::compose::suggestions;
use crate::report::wording::quoted;
use crate::tui::situation::Situation;

use super::super::Shown;
use super::super::coding::quotes::problem;
use super::Findings;

/// A sentence with its question.
pub(super) type Sentences = Arc<[(ItemKey, String)]>;

/// The sentences of what was shown, in a language.
type Said = (Arc<Shown>, Language, Sentences);

#[derive(Default)]
pub(super) struct Known {
    said: RefCell<Option<Said>>,
    /// Quotes that can stand, each under its theme.
    quotes: Vec<(Id, String)>,
}

impl Known {
    pub(super) fn of(bench: &Workbench) -> Self {
        let can_stand = bench.quotes().into_iter().filter(|quote| {
            let needed = bench
                .limits(&quote.survey)
                .map_or(u16::MAX, |limits| limits.limit(Limit::QuoteReviewers));
            problem(quote, needed).is_none()
        });
        Self {
            said: RefCell::default(),
            quotes: can_stand
                .map(|quote| (quote.theme, quote.words.to_string()))
                .collect(),
        }
    }
}

impl Findings {
    /// The sentences that printed figures say by themselves, each with its question.
    pub(super) fn sentences(&self, s: &Situation) -> Sentences {
        let Some(shown) = &s.coordinator.shown else {
            return Arc::default();
        };
        let mut said = self.known.said.borrow_mut();
        if let Some((of, language, sentences)) = &*said
            && Arc::ptr_eq(of, shown)
            && *language == s.language()
        {
            return Arc::clone(sentences);
        }
        let sources = (0..shown.parts.len()).filter_map(|part| shown.sources(part, 0, &s.texts));
        let all: Sentences = sources.flat_map(|sources| suggestions(&sources)).collect();
        *said = Some((Arc::clone(shown), s.language(), Arc::clone(&all)));
        all
    }

    /// The printed sentences of the figures beside a finding, each with its question.
    pub(super) fn figures(&self, finding: &Finding, s: &Situation) -> Vec<String> {
        let all = self.sentences(s);
        let of = |item: &ItemKey| all.iter().find(|(known, _)| known == item);
        let found = finding.items.iter().filter_map(of);
        found.map(|(_, sentence)| sentence.clone()).collect()
    }

    /// The quotes that can stand under the themes beside a finding.
    pub(super) fn quotes(&self, finding: &Finding, s: &Situation) -> Vec<String> {
        let now = |theme: &Id| self.bench.book().theme(theme).map(|theme| theme.id.clone());
        let themes: Vec<Id> = finding.themes.iter().filter_map(now).collect();
        let own = self
            .known
            .quotes
            .iter()
            .filter(|(theme, _)| themes.contains(theme));
        own.map(|(_, words)| quoted(words, s.language())).collect()
    }
}
