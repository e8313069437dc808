//! Commands, flags, prompts and what they answer.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[command]`. Each command has a table of its own beside these.
    pub struct CommandTexts {
    pub about: String,
    /// At most twelve lines, for `stemme` without a terminal.
    pub short: String,
    pub start: String,
    pub quit: String,
    pub no_screen: String,
    pub crashed: String,
    pub heading: Headings,
    pub value: Values,
    pub flag: Flags,
    pub error: UsageErrors,
    pub help: About,
    pub check: Check,
    pub practice: Practice,
    pub interview: InterviewCommand,
    pub status: Status,
    pub new: About,
    pub new_evaluation: NewEvaluation,
    pub new_round: NewRound,
    pub doctor: Doctor,
    pub completions: Completions,
    pub man: Man,
    }
}

texts! {
    /// Texts of `[command.heading]`, in help.
    pub struct Headings {
    pub usage: String,
    pub commands: String,
    pub arguments: String,
    pub options: String,
    pub globals: String,
    }
}

texts! {
    /// Texts of `[command.value]`: what stands for a value in help.
    pub struct Values {
    pub command: String,
    pub options: String,
    pub folder: String,
    pub file: String,
    pub survey: String,
    pub text: String,
    pub date: String,
    pub age: String,
    pub site: String,
    pub people: String,
    pub draft: String,
    }
}

texts! {
    /// Texts of `[command.flag]`: flags every command takes.
    pub struct Flags {
    pub config: String,
    pub debug_log: String,
    pub round: String,
    pub evaluation: String,
    pub lang: String,
    pub color: String,
    pub no_color: String,
    pub ascii: String,
    pub linear: String,
    pub no_input: String,
    pub quiet: String,
    pub verbose: String,
    pub passphrase_file: String,
    pub help: String,
    pub version: String,
    }
}

texts! {
    /// Texts of `[command.error]`: arguments that were not understood.
    pub struct UsageErrors {
    pub not_written: String,
    pub unknown_command: String,
    pub did_you_mean: String,
    pub unknown_flag: String,
    pub surplus: String,
    pub no_round: String,
    pub no_value: String,
    pub wrong_value: String,
    pub not_text: String,
    pub possible: String,
    pub missing: String,
    pub missing_command: String,
    pub conflict: String,
    pub not_understood: String,
    pub more: String,
    }
}

texts! {
    /// A command that needs no more words than what it is for.
    pub struct About {
    pub about: String,
    }
}

texts! {
    /// Texts of `[command.check]`.
    pub struct Check {
    pub about: String,
    pub files: String,
    pub json: String,
    }
}

texts! {
    /// Texts of `[command.practice]`.
    pub struct Practice {
    pub about: String,
    pub survey: String,
    }
}

texts! {
    /// Texts of `[command.interview]`.
    pub struct InterviewCommand {
    pub about: String,
    pub survey: String,
    pub practice: String,
    pub resume: String,
    pub site: String,
    pub group: String,
    pub afterwards: String,
    pub no_drafts: String,
    pub draft_waits: String,
    pub drafts_wait: String,
    pub resume_named: String,
    pub no_such_draft: String,
    pub several_drafts: String,
    pub name_one: String,
    pub which_draft: String,
    pub which_survey: String,
    pub which_site: String,
    pub which_letter: String,
    pub letter: String,
    pub letter_value: String,
    pub no_letter: String,
    pub no_site: String,
    pub groups_only: String,
    pub no_groups: String,
    pub resumed: String,
    pub resumed_damaged: String,
    pub copy_is_out: String,
    }
}

texts! {
    /// Texts of `[command.status]`.
    pub struct Status {
    pub about: String,
    pub sites: String,
    pub round: String,
    pub drafts: String,
    pub sealed: String,
    pub finished: String,
    pub finished_of: String,
        pub asked: String,
    pub site: String,
    pub site_planned: String,
    pub unreadable: String,
    pub next: String,
    pub next_no_results: String,
    pub next_wipe: String,
    pub next_close: String,
        pub next_laptop: String,
    }
}

texts! {
    /// Texts of `[command.new_round]`.
    pub struct NewRound {
        pub about: String,
        pub round_value: String,
        pub wanted: String,
        pub round: String,
        pub taken: String,
        pub made: String,
        pub next: String,
    }
}

texts! {
    /// Texts of `[command.new_evaluation]`.
    pub struct NewEvaluation {
    pub about: String,
    pub folder: String,
    pub title: String,
    pub service: String,
    pub commissioner: String,
    pub purpose: String,
    pub round: String,
    pub site: String,
    pub planned: String,
    pub survey: String,
    pub languages: String,
    pub mode: String,
    pub withdraw_until: String,
    pub delete_by: String,
    pub self_from: String,
    pub guardian_below: String,
    pub consent_reason: String,
    pub profile: String,
    pub reason: String,
    pub recovery_out: String,
    pub call: String,
    pub contact: String,
    pub not_in_survey: String,
    pub twice: String,
    pub not_a_contact: String,
    pub passphrase_simple: String,
    pub intro: String,
    pub needed: String,
    pub not_a_date: String,
    pub date_past: String,
    pub delete_before_withdraw: String,
    pub not_an_age: String,
    pub not_a_count: String,
    pub guardian_gap: String,
    pub not_a_profile: String,
    pub not_languages: String,
    pub not_an_id: String,
    pub no_such_survey: String,
    pub flag_mode: String,
    pub flag_survey: String,
    pub survey_loosens: String,
    pub recovery_inside: String,
    pub first_question: String,
    pub ended: String,
    pub missing: String,
    pub not_empty: String,
    pub passphrase: String,
    pub passphrase_again: String,
    pub passphrase_short: String,
    pub passphrase_differs: String,
    pub passphrase_few_words: String,
    pub recovery_show: String,
    pub recovery_type: String,
    pub recovery_wrong: String,
    pub recovery_written: String,
    pub proved: String,
    /// The day of deletion that nobody chose: `{date}`.
    pub deletion_is: String,
    pub no_contacts: String,
    pub recipient_coordinator: String,
    pub recipient_recovery: String,
    pub made: String,
    pub next: String,
    pub round_spring: String,
    pub round_autumn: String,
    pub comment: EvaluationComments,
    }
}

texts! {
    /// Texts of `[command.new_evaluation.comment]`: what `evaluation.toml` says about itself.
    pub struct EvaluationComments {
    pub head: String,
    pub made_up: String,
    pub id: String,
    pub mode: String,
    pub withdraw_until: String,
    pub delete_by: String,
    pub round: String,
    pub survey: String,
    pub site: String,
    pub consent_policy: String,
    pub self_from: String,
    pub guardian_below: String,
    pub profile: String,
    pub recipient: String,
    pub coordinator: String,
    pub call: String,
    pub contact: String,
    }
}

texts! {
    /// Texts of `[command.doctor]`.
    pub struct Doctor {
        pub about: String,
        pub json: String,
        pub keys: String,
        pub head: String,
        pub works: String,
        pub notice: String,
        pub trouble: String,
        pub because: String,
        pub terminal: String,
        pub terminal_none: String,
        pub terminal_old: String,
        pub terminal_linear: String,
        pub size: String,
        pub size_narrow: String,
        pub size_small: String,
        pub colours: String,
        pub colours_none: String,
        pub characters: String,
        pub characters_measured: String,
        pub characters_wrong: String,
        pub characters_ascii: String,
        pub characters_chosen: String,
        pub keyboard: String,
        pub keyboard_inside: String,
        pub mouse: String,
        pub mouse_none: String,
        pub language: String,
        pub settings: String,
        pub settings_none: String,
        pub settings_passed: String,
        pub not_toml: String,
        pub unknown_key: String,
        pub wrong_value: String,
        pub disk: String,
        pub disk_portable: String,
        pub disk_slow: String,
        pub disk_no_locks: String,
        pub disk_trouble: String,
        pub room: String,
        pub room_little: String,
        pub evaluation: String,
        pub evaluation_none: String,
        pub next: String,
        pub keys_how: String,
        pub press: String,
        pub arrived: String,
        pub arrived_other: String,
        pub passed: String,
    }
}

texts! {
    /// Texts of `[command.completions]`.
    pub struct Completions {
        pub about: String,
        pub shell: String,
    }
}

texts! {
    /// Texts of `[command.man]`.
    pub struct Man {
        pub about: String,
        pub name: String,
        pub synopsis: String,
        pub description: String,
        pub describes: String,
        pub environment: String,
        pub variables: Vec<String>,
        pub files: String,
        pub file: Vec<String>,
        pub exit: String,
        pub code: Vec<String>,
    }
}
