//! The workbook as it is read from disk, for those who only look.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::domain::record::InterviewId;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::log::Log;
use crate::domain::workbook::theme::Theme;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::{CannotUnlock, Workplace};
use crate::store::keys::Identities;
use crate::store::workbook::{self, Found};

use super::{named, seeds};

/// A workbook that was read.
#[derive(Debug)]
pub struct ReadWorkbook {
    pub(super) log: Log,
    /// What everything comes to.
    pub book: Workbook,
    pub(super) codebook: BTreeMap<Id, Localized>,
    pub(super) order: Vec<Id>,
    pub(super) found: Found,
    pub(super) gone: BTreeSet<InterviewId>,
}

impl ReadWorkbook {
    /// Reads it, without what is about withdrawn interviews.
    ///
    /// # Errors
    /// [`CannotUnlock::Store`].
    pub fn read(workplace: &Workplace, identities: &Identities) -> Result<Self, CannotUnlock> {
        let folder = workplace.folder();
        let evaluation = workplace.evaluation();
        let gone = workplace
            .gone(identities)
            .map_err(CannotUnlock::Store)?
            .interviews;
        let mut found =
            workbook::read(&folder.workbook(), identities, evaluation, &gone).map_err(CannotUnlock::Store)?;
        let log = std::mem::take(&mut found.log);
        let (mut codebook, mut order) = (BTreeMap::new(), Vec::new());
        for survey in workplace.surveys().as_read() {
            let codes = survey.parts().codebooks.iter().flat_map(|book| &book.codes);
            for (id, name) in codes {
                // Surveys that share a theme may call it otherwise: the round's first has the name.
                codebook.entry(id.clone()).or_insert_with(|| {
                    order.push(id.clone());
                    name.clone()
                });
            }
        }
        Ok(Self {
            book: Workbook::of(seeds(&codebook), &log),
            log,
            codebook,
            order,
            found,
            gone,
        })
    }

    /// Returns what a theme is called, in every language there is a name in.
    #[must_use]
    pub fn name(&self, theme: &Theme) -> Localized {
        named(theme, &self.codebook)
    }

    /// Returns the themes as the tree is read: each before those under it, the survey's own in the order of its codebook
    /// before those that were made, oldest first.
    #[must_use]
    pub fn tree(&self) -> Vec<(usize, &Theme)> {
        super::themes::tree(&self.book, &self.order)
    }
}
