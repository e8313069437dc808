//! Whoever wants interviews as they are opened, so that they need not be kept.

use crate::domain::record::InterviewRecord;

/// Takes finished interviews, each once, in no particular order.
pub trait TakesInterviews {
    /// Takes one.
    fn take(&mut self, record: &InterviewRecord);

    /// Forgets everything taken: one of them does not count after all, and everybody comes again.
    fn forget(&mut self);
}

/// Wants to know who was interviewed, and nothing of what was said.
impl TakesInterviews for () {
    fn take(&mut self, _: &InterviewRecord) {}

    fn forget(&mut self) {}
}

/// Keeps every one.
impl TakesInterviews for Vec<InterviewRecord> {
    fn take(&mut self, record: &InterviewRecord) {
        self.push(record.clone());
    }

    fn forget(&mut self) {
        self.clear();
    }
}
