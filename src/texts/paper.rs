//! Reports and other papers.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::domain::workbook::finding::{ActionStatus, Standing};
use crate::texts::section::texts;

texts! {
    /// Texts of `[paper]`: what stands in reports beside the tables.
    pub struct PaperTexts {
        pub question_number: String,
        pub statement_bare: String,
        pub statement_number: String,
        pub answer_of_two: String,
        pub name_question: String,
        pub name_statement: String,
        pub name_groups: String,
        pub name_rounds: String,
        pub name_missing: String,
        pub stage_process: String,
        pub stage_final: String,
        pub draft: String,
        pub service: String,
        pub commissioner: String,
        pub round: String,
        pub period: String,
        pub survey: String,
        pub survey_version: String,
        pub version: String,
        pub version_of_day: String,
        pub languages: String,
        pub languages_last: String,
        pub bokmal: String,
        pub nynorsk: String,
        pub english: String,
        pub contents: String,
        pub skip: String,
        pub table_number: String,
        pub written_by: String,
        pub asked: String,
        pub declined: String,
        pub stopped: String,
        pub not_counted: String,
        pub limits_why: String,
        pub findings: String,
        pub findings_from: String,
        pub findings_draft: String,
        pub findings_none: String,
        pub strong: String,
        pub weak: String,
        pub good_answers: String,
        pub question: String,
        pub of: String,
        pub summary: String,
        pub strong_what: String,
        pub weak_what: String,
        pub strong_file: String,
        pub weak_file: String,
        pub dimensions: String,
        pub dimensions_about: String,
        pub dimension_open: String,
        pub dimension_none: String,
        pub perspectives: String,
        pub perspectives_about: String,
        pub breakdown_none: String,
        pub status_exact: String,
        pub status_coded: String,
        pub status_hidden: String,
        pub status_merged: String,
        pub status_words: String,
        pub status_within: String,
        pub status_none: String,
        pub themes: String,
        pub themes_about: String,
        pub themes_quotes: String,
        pub themes_quotes_in: String,
        pub themes_only: String,
        pub themes_named: String,
        pub themes_named_about: String,
        pub others: String,
        pub attribution: String,
        pub breakdown: String,
        pub breakdown_about: String,
        pub groups_picture: String,
        pub rounds: String,
        pub gap_people: String,
        pub rows_alt: String,
        pub conference: String,
        pub conference_about: String,
        pub conference_caption: String,
        pub conference_finding: String,
        pub conference_says: String,
        pub conference_service: String,
        pub actions: String,
        pub actions_caption: String,
        pub action: String,
        pub owner: String,
        pub due: String,
        pub status: String,
        pub consent: String,
        pub consent_alone: String,
        pub quote_rule: String,
        pub definitions: String,
        pub define_share: String,
        pub define_share_of_asked: String,
        pub define_good: String,
        pub define_median: String,
        pub define_interval: String,
        pub define_interval_users: String,
        pub define_not_asked: String,
        pub define_skipped: String,
        pub not_shown: String,
        pub not_shown_items: String,
        pub not_shown_about: String,
        pub sensitive_items: String,
        pub stricter_by_groups: String,
        pub merged_three: String,
        pub merged_two: String,
        pub merged_groups: String,
        pub all_shown: String,
        pub appendix: String,
        pub said: SaidTexts,
        pub planned: PlannedTexts,
        pub work: WorkTexts,
        pub guide: GuideTexts,
        pub conference_sheet: ConferenceTexts,
        pub one_page: OnePageTexts,
        pub command: PaperCommandTexts,
    }
}

texts! {
    /// Texts of `[paper.planned]`: the tables a survey asks for.
    pub struct PlannedTexts {
        pub title: String,
        pub answered: String,
        pub counts: String,
        pub percent: String,
        pub mean: String,
        pub index: String,
        pub median: String,
        pub missing: String,
        pub no_figure: String,
        pub between: String,
        pub scales: String,
        pub scale: String,
    }
}

texts! {
    /// Texts of `[paper.work]`: what the coordinators have written.
    pub struct WorkTexts {
        pub written: String,
        pub written_beside: String,
        pub written_in: String,
        pub finding: String,
        pub file: String,
        pub area: String,
        pub addressee: String,
        pub see: String,
        pub conference_done: String,
        pub actions_only: String,
        pub stands: String,
        pub also_said: String,
        pub carried: String,
        pub follow_up: String,
        pub found: String,
        pub will_be_done: String,
        pub themes_alike: String,
        pub open: String,
        pub not_raised: String,
        pub confirmed: String,
        pub nuanced: String,
        pub rejected: String,
        pub new: String,
        pub planned: String,
        pub begun: String,
        pub done: String,
        pub given_up: String,
    }
}

impl WorkTexts {
    /// Returns what the dialogue conference made of a finding.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> &str {
        match standing {
            Standing::Open => &self.open,
            Standing::Confirmed => &self.confirmed,
            Standing::Nuanced => &self.nuanced,
            Standing::Rejected => &self.rejected,
            Standing::New => &self.new,
        }
    }

    /// Returns how far an action has come.
    #[must_use]
    pub fn status(&self, status: ActionStatus) -> &str {
        match status {
            ActionStatus::Planned => &self.planned,
            ActionStatus::Begun => &self.begun,
            ActionStatus::Done => &self.done,
            ActionStatus::GivenUp => &self.given_up,
        }
    }
}

texts! {
    /// Texts of `[paper.said]`: figures as sentences.
    pub struct SaidTexts {
        pub of: String,
        pub of_percent: String,
        pub nobody: String,
        pub everybody: String,
        pub answered: String,
        pub chose: String,
        pub put_first: String,
        pub most_answered: String,
        pub most_chose: String,
        pub most_first: String,
        pub group: String,
        pub groups: String,
        pub says: String,
    }
}

texts! {
    /// Texts of `[paper.guide]`: a survey on paper.
    pub struct GuideTexts {
        pub title: String,
        pub about: String,
        pub before: String,
        pub read_aloud: String,
        pub interviewer: String,
        pub agree: String,
        pub age: String,
        pub only_some: String,
        pub only_if: String,
        pub only_unless: String,
        pub only_with: String,
        pub only_answered: String,
        pub self_answer: String,
        pub sensitive: String,
        pub choose_one: String,
        pub choose_many: String,
        pub choose_between: String,
        pub choose_at_most: String,
        pub choose_at_least: String,
        pub rank: String,
        pub number: String,
        pub number_unit: String,
        pub number_ring: String,
        pub month: String,
        pub day: String,
        pub hands: String,
        pub hands_count: String,
        pub answer: String,
        pub probes: String,
        pub own_words: String,
        pub own_words_group: String,
        pub age_open: String,
        pub age_guardian: String,
        pub answers: String,
        pub specify: String,
        pub statement: String,
        pub no_answer: String,
        pub matrix: String,
        pub after: String,
        pub readback: String,
    }
}

texts! {
    /// Texts of `[paper.conference_sheet]`: the sheet for the dialogue conference.
    pub struct ConferenceTexts {
        pub title: String,
        pub about: String,
        pub finding: String,
        pub confirmed: String,
        pub nuanced: String,
        pub rejected: String,
        pub what: String,
        pub service: String,
        pub new: String,
        pub actions: String,
    }
}

texts! {
    /// Texts of `[paper.one_page]`: the page for those who took part.
    pub struct OnePageTexts {
        pub title: String,
        pub who: String,
        pub who_no_service: String,
        pub good: String,
        pub better: String,
        pub none: String,
        pub limits: String,
        pub private: String,
        pub thanks: String,
    }
}

texts! {
    /// Texts of `[paper.command]`: what the commands say that write papers.
    pub struct PaperCommandTexts {
        pub final_report: String,
        pub author: String,
        pub author_value: String,
        pub without: String,
        pub without_value: String,
        pub no_part: String,
        pub also: String,
        pub also_value: String,
        pub no_paper: String,
        pub final_raw: String,
        pub final_open: String,
        pub not_on_paper: String,
        pub formats: String,
        pub guide_about: String,
        pub guide_survey: String,
        pub guide_survey_value: String,
        pub guide_formats: String,
        pub file_process: String,
        pub file_final: String,
        pub file_numbers: String,
        pub file_numbers_final: String,
        pub file_one_page: String,
        pub file_conference: String,
        pub file_codebook: String,
        pub file_guide: String,
        pub file_picture: String,
    }
}
