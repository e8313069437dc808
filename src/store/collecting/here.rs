//! What is here already, read when it is wanted.

use std::collections::BTreeMap;

use crate::domain::record::{InterviewId, InterviewRecord};
use crate::store::collection::takes_its_place;
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::Says;
use crate::store::error::StoreError;
use crate::store::folder::EvaluationFolder;
use crate::store::in_parallel::in_parallel;
use crate::store::judging::Contents;
use crate::store::unsealed;

use super::Collector;

/// What the interviews and slips say that count here.
#[derive(Default)]
pub(super) struct Here {
    says: BTreeMap<InterviewId, Vec<Says>>,
    /// Of interviews that only the coordinator sealed, from drafts: how many steps the longest had.
    rescued: BTreeMap<InterviewId, Option<u64>>,
    wishes: DraftWishes,
    /// What was set aside says because something else took its place.
    settled: BTreeMap<InterviewId, Vec<Says>>,
    /// What was set aside says whose signer does not count.
    uncounted: BTreeMap<InterviewId, Vec<Says>>,
}

impl Here {
    /// Opens every interview and slip that counts in a folder, and what was set aside.
    pub(super) fn read(folder: &EvaluationFolder, collector: &Collector<'_>) -> Result<Self, StoreError> {
        let mut paths = unsealed::files(&folder.out())?;
        paths.extend(unsealed::files(&folder.slips())?);
        let open = |number: usize| {
            let path = paths.get(number)?;
            match unsealed::read(path) {
                Ok(bytes) => Some(Ok(collector.judge(&bytes?, path))),
                Err(error) => Some(Err(error)),
            }
        };
        let mut here = Self::default();
        in_parallel(paths.len(), open, |judged| match judged {
            Some(judged) => {
                let judged = judged?;
                if let Some((interview, says)) = judged.uncounted {
                    here.uncounted.entry(interview).or_default().push(says);
                }
                match judged.contents {
                    Ok(Contents::Interview(record, says)) => {
                        let rescued = here.rescued.entry(record.interview.clone());
                        let known = rescued.or_insert(record.rescued);
                        *known = known.zip(record.rescued).map(|(a, b)| a.max(b));
                        here.says.entry(record.interview).or_default().push(says);
                    }
                    Ok(Contents::Slip(slip, says)) => {
                        here.wishes.take(&slip);
                        here.says.entry(slip.slip).or_default().push(says);
                    }
                    Err(_) => {}
                }
                Ok::<(), StoreError>(())
            }
            None => Ok(()),
        })?;
        here.set_aside(folder, collector)?;
        Ok(here)
    }

    /// Adds what was set aside. What counts and says something else than what took its place is known, and no news.
    fn set_aside(&mut self, folder: &EvaluationFolder, collector: &Collector<'_>) -> Result<(), StoreError> {
        for path in unsealed::files(&folder.quarantine())? {
            let Some(bytes) = unsealed::read(&path)? else {
                continue;
            };
            let judged = collector.judge(&bytes, &path);
            if let Some((interview, says)) = judged.uncounted {
                self.uncounted.entry(interview).or_default().push(says);
            } else if let Ok(Contents::Interview(record, says)) = judged.contents
                && self.took_the_place_of(&record.interview, record.rescued)
            {
                self.settled.entry(record.interview).or_default().push(says);
            }
        }
        Ok(())
    }

    /// Returns whether an interview is here in an envelope that is worth as much as one sealed from a draft of so many
    /// steps, or finished.
    fn took_the_place_of(&self, interview: &InterviewId, rescued: Option<u64>) -> bool {
        let best = self.rescued.get(interview);
        best.is_some_and(|best| !takes_its_place(rescued, *best))
    }

    /// Returns whether something was set aside that says the same.
    pub(super) fn is_aside(&self, interview: &InterviewId, says: &Says) -> bool {
        let aside = self.uncounted.get(interview);
        aside.is_some_and(|aside| aside.contains(says))
    }

    /// Returns whether an envelope of an interview or slip says this, or, of what cannot be opened, whether there is any.
    pub(super) fn is_said(&self, interview: &InterviewId, says: Option<&Says>) -> bool {
        let has = |all: &BTreeMap<InterviewId, Vec<Says>>| {
            let all = all.get(interview);
            all.is_some_and(|all| says.is_none_or(|says| all.contains(says)))
        };
        has(&self.says) || has(&self.settled)
    }

    /// Returns whether something else took the place of an interview that was set aside.
    pub(super) fn is_settled(&self, record: &InterviewRecord, says: &Says) -> bool {
        let here = self.says.get(&record.interview);
        self.took_the_place_of(&record.interview, record.rescued)
            && !here.is_some_and(|here| here.contains(says))
    }

    /// Returns whether a draft with so many steps has nothing new: the interview came finished, was sealed from this draft
    /// or a longer one, or the draft was dropped.
    pub(super) fn needs_no(&self, interview: &InterviewId, steps: u64) -> bool {
        let is_here = self.rescued.get(interview);
        is_here.is_some_and(|rescued| rescued.is_none_or(|known| known >= steps))
            || self.wishes.is_dropped(interview, steps)
    }
}
