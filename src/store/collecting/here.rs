//! What is here already, read when it is wanted.

use std::collections::BTreeMap;

use crate::domain::record::InterviewId;
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
}

impl Here {
    /// Opens every interview and slip that counts in a folder.
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
                match judged?.contents {
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
        Ok(here)
    }

    /// Returns what the envelopes of an interview or slip say.
    pub(super) fn says(&self, interview: &InterviewId) -> Option<&[Says]> {
        self.says.get(interview).map(Vec::as_slice)
    }

    /// Returns whether a draft with so many steps has nothing new: the interview came finished, was sealed from this draft
    /// or a longer one, or the draft was dropped.
    pub(super) fn needs_no(&self, interview: &InterviewId, steps: u64) -> bool {
        let is_here = self.rescued.get(interview);
        is_here.is_some_and(|rescued| rescued.is_none_or(|known| known >= steps))
            || self.wishes.is_dropped(interview, steps)
    }
}
