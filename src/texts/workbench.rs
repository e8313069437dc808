//! The coordinator's work with open answers, findings and actions, at the command line.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[workbench]`.
    pub struct WorkbenchTexts {
        pub coder: String,
        pub coder_value: String,
        pub plain: String,
        pub json: String,
        pub yes: String,
        pub no_coder: String,
        pub new_coder: String,
        pub aside: String,
        pub remark: String,
        pub kept: String,
        pub not_kept: String,
        pub answer_value: String,
        pub theme_value: String,
        pub number_value: String,
        pub words_value: String,
        pub no_answer: String,
        pub no_theme: String,
        pub no_number: String,
        pub no_words: String,
        pub nothing_to_undo: String,
        pub undone: String,
        pub redone: String,
        pub answers: AnswersTexts,
        pub themes: ThemesTexts,
        pub code: CodeTexts,
        pub quotes: QuotesTexts,
        pub findings: FindingsTexts,
        pub actions: ActionsTexts,
        pub voices: VoicesTexts,
        pub demo: DemoTexts,
        pub translate: TranslateTexts,
        pub new_survey: NewSurveyTexts,
    }
}

texts! {
    /// Texts of `[workbench.answers]`.
    pub struct AnswersTexts {
        pub about: String,
        pub item: String,
        pub item_value: String,
        pub show: String,
        pub find: String,
        pub theme: String,
        pub none: String,
        pub no_item: String,
        pub question: String,
        pub not_terminal: String,
        pub careful: String,
        pub shown: String,
        pub themes: String,
        pub looks_like: String,
        pub may_quote: String,
        pub in_other_words: String,
        pub may_not_quote: String,
        pub not_read_back: String,
        pub group: String,
        pub next: String,
    }
}

texts! {
    /// Texts of `[workbench.themes]`.
    pub struct ThemesTexts {
        pub about: String,
        pub list_line: String,
        pub heading: String,
        pub other: String,
        pub alike: String,
        pub nobody: String,
        pub memo: String,
        pub memo_by: String,
        pub called: String,
        pub namesake: String,
        pub none: String,
        pub batches: String,
        pub batch: String,
        pub no_new: String,
        pub not_all_new: String,
        pub disputed: String,
        pub agreement: String,
        pub agreement_few: String,
        pub agreement_line: String,
        pub new_about: String,
        pub name: String,
        pub under: String,
        pub rename_about: String,
        pub memo_about: String,
        pub memo_text: String,
        pub move_about: String,
        pub merge_about: String,
        pub into: String,
        pub split_about: String,
        pub split_answers: String,
        pub drop_about: String,
        pub made: String,
    }
}

texts! {
    /// Texts of `[workbench.code]`.
    pub struct CodeTexts {
        pub about: String,
        pub answer: String,
        pub theme: String,
        pub not: String,
        pub bracket: String,
        pub word: String,
        pub unbracket: String,
        pub no_name: String,
        pub undo: String,
        pub redo: String,
        pub now: String,
        pub now_none: String,
    }
}

texts! {
    /// Texts of `[workbench.quotes]`.
    pub struct QuotesTexts {
        pub about: String,
        pub none: String,
        pub ready: String,
        pub mark_about: String,
        pub mark_words: String,
        pub theme: String,
        pub fit_about: String,
        pub fit_careful: String,
        pub unfit_about: String,
        pub reword_about: String,
        pub reword_words: String,
        pub not_to_reword: String,
        pub move_about: String,
        pub drop_about: String,
        pub quote: String,
        pub marked: String,
        pub marked_in_vain: String,
    }
}

texts! {
    /// Texts of `[workbench.findings]`.
    pub struct FindingsTexts {
        pub about: String,
        pub none: String,
        pub suggestions: String,
        pub new_about: String,
        pub text: String,
        pub area: String,
        pub area_value: String,
        pub addressee: String,
        pub item: String,
        pub theme: String,
        pub edit_about: String,
        pub finding: String,
        pub before_about: String,
        pub before: String,
        pub stands_about: String,
        pub standing: String,
        pub answer_about: String,
        pub answer_text: String,
        pub said_about: String,
        pub said_text: String,
        pub said_finding: String,
        pub drop_about: String,
        pub no_area: String,
        pub no_item: String,
        pub empty: String,
        pub suggest: String,
    }
}

texts! {
    /// Texts of `[workbench.actions]`.
    pub struct ActionsTexts {
        pub about: String,
        pub none: String,
        pub late: String,
        pub carried: String,
        pub new_about: String,
        pub text: String,
        pub finding: String,
        pub owner: String,
        pub due: String,
        pub no_date: String,
        pub edit_about: String,
        pub action: String,
        pub status_about: String,
        pub status: String,
        pub drop_about: String,
    }
}

texts! {
    /// Texts of `[workbench.voices]`: themes and quotes on their way into a report.
    pub struct VoicesTexts {
        pub preview: String,
        pub headings: String,
        pub others: String,
        pub alike: String,
        pub quotes: String,
        pub quote: String,
        pub refused: String,
        pub stay: String,
        pub looks_like: String,
        pub ask: String,
        pub ask_no_terminal: String,
        pub done: String,
        pub waiting: String,
        pub not_consented: String,
        pub not_approved: String,
        pub not_searched: String,
        pub may_give_away: String,
        pub rejected: String,
        pub too_few_reviewers: String,
        pub other_words: String,
        pub enough_in_theme: String,
        pub enough_in_report: String,
        pub no_theme: String,
        pub of_group: String,
        pub list_line: String,
    }
}

texts! {
    /// Texts of `[workbench.demo]`: the example's own work, all made up.
    pub struct DemoTexts {
        pub coder: String,
        pub theme: String,
        pub memo: String,
        pub finding_heard: String,
        pub finding_again: String,
        pub finding_decide: String,
        pub addressee_clinic: String,
        pub addressee_both: String,
        pub answer_heard: String,
        pub answer_again: String,
        pub said: String,
        pub action_card: String,
        pub action_training: String,
        pub finding_letter: String,
        pub answer_letter: String,
        pub action_letter: String,
        pub action_room: String,
        pub owner_clinic: String,
        pub owner_leader: String,
    }
}

texts! {
    /// Texts of `[workbench.translate]`: a survey's words as a table.
    pub struct TranslateTexts {
        pub about: String,
        pub survey: String,
        pub out: String,
        pub from: String,
        pub to: String,
        pub written: String,
        pub translated: String,
        pub next: String,
        pub not_toml: String,
        pub not_read: String,
        pub no_columns: String,
        pub no_text: String,
    }
}

texts! {
    /// Texts of `[workbench.new_survey]`.
    pub struct NewSurveyTexts {
        pub about: String,
        pub file: String,
        pub from: String,
        pub id: String,
        pub not_an_id: String,
        pub not_renamed: String,
        pub made: String,
        pub next: String,
    }
}
