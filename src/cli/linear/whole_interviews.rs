//! Whole interviews, line by line.

mod tests {
    use std::sync::Arc;

    use crate::cli::linear::{Conversation, Ending};
    use crate::cli::surroundings::Surroundings;
    use crate::domain::clean_text::CleanText;
    use crate::domain::id::{Id, Slug};
    use crate::domain::interview::{Interview, Opening};
    use crate::domain::language::Language;
    use crate::domain::localized::Localized;
    use crate::domain::record::{InterviewId, Mode, SurveyStamp};
    use crate::domain::survey::Survey;
    use crate::domain::survey::*;
    use crate::fieldwork::session::{KeepsNothing, Session};
}
