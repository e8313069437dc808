//! What is left to do at the workbench.

/// How much waits for somebody at the workbench. Counts of work, not of what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Answers nobody has tagged or gone through.
    pub uncoded: usize,
    /// Answers in which something looks like an identifier and nobody has decided on it.
    pub undecided: usize,
    /// Quotes that fewer have read than must, and nobody has found unfit.
    pub unread: usize,
    /// Actions that are past their day.
    pub late: usize,
}
