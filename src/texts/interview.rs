//! The interview on screen.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

pub mod keys;
pub mod moments;
pub mod pin;
pub mod writing;

pub use keys::{HintTexts, KeyNames, Letters};
pub use moments::{AfterwardsTexts, CardTexts, DebriefTexts, GroupTexts, KimTexts, ParkedTexts, ScribeTexts};
pub use pin::PinTexts;
pub use writing::WritingTexts;

texts! {
    /// Texts of `[interview]`.
    pub struct InterviewTexts {
        pub program: String,
        pub window_title: String,
        pub crashed: String,
        pub hide: String,
        pub place: String,
        pub saved: String,
        pub saving: String,
        pub all_saved_at: String,
        pub nothing_to_save: String,
        pub practice_not_saved: String,
        pub save_failed: String,
        pub aloud: String,
        pub aside: String,
        pub about: String,
        pub about_words: Vec<String>,
        pub months: Vec<String>,
        pub hidden_answer: String,
        pub more_above: String,
        pub more_below: String,
        pub choose_first: String,
        pub row_not_chosen: String,
        pub choose_row: String,
        pub chosen: String,
        pub chosen_of: String,
        pub nothing_chosen: String,
        pub cleared_one: String,
        pub cleared_more: String,
        pub undone: String,
        pub redone: String,
        pub paste_ignored: String,
        pub typed_early: String,
        pub curtain: String,
        pub small: String,
        pub to_start: String,
        pub probes_title: String,
        pub probes_about: String,
        pub letters_one: String,
        pub letters_more: String,
        pub no_names: String,
        pub button_next: String,
        pub button_note: String,
        pub date_about: String,
        pub date_with_day: String,
        pub count_about: String,
        pub opening: String,
        pub recovered: String,
        pub recovered_damaged: String,
        pub resumed: String,
        pub not_deleted: String,
        pub quit_saved: String,
        pub quit_saving: String,
        pub quit_unsaved: String,
        pub quit_practice: String,
        pub quit_plain: String,
        pub key: KeyNames,
        pub letter: Letters,
        pub hint: HintTexts,
        pub start: StartTexts,
        pub prompt: PromptTexts,
        pub pin: PinTexts,
        pub consent: ConsentTexts,
        pub no_guardian: NoGuardianTexts,
        pub menu: MenuTexts,
        pub pause: PauseTexts,
        pub stop: StopTexts,
        pub distress: DistressTexts,
        pub held: HeldTexts,
        pub required: RequiredTexts,
        pub check: CheckTexts,
        pub closing: ClosingTexts,
        pub sealed: SealedTexts,
        pub deleted: DeletedTexts,
        pub practised: PractisedTexts,
        pub many: ManyTexts,
        pub matrix: MatrixTexts,
        pub number: NumberTexts,
        pub rank: RankTexts,
        pub unseen: UnseenTexts,
        pub card: CardTexts,
        pub parked: ParkedTexts,
        pub afterwards: AfterwardsTexts,
        pub scribe: ScribeTexts,
        pub group: GroupTexts,
        pub kim: KimTexts,
        pub debrief: DebriefTexts,
        pub overview: OverviewTexts,
        pub note: NoteTexts,
        pub writing: WritingTexts,
        pub readback: ReadbackTexts,
        pub help: HelpTexts,
        pub cannot: CannotTexts,
        pub trouble: TroubleTexts,
    }
}

texts! {
    /// The start screen.
    pub struct StartTexts {
        pub no_evaluation: String,
        pub title: String,
        pub resume: String,
        pub resume_from: String,
        pub needs_secret: String,
        pub new: String,
        pub practise: String,
        pub practise_aside: String,
        pub drafts_one: String,
        pub drafts_more: String,
        pub sealed_one: String,
        pub sealed_more: String,
        pub no_survey: String,
        pub safe: String,
        pub which_survey: String,
        pub which_site: String,
        pub which_letter: String,
        pub one_or_group: String,
        pub one_person: String,
        pub group: String,
        pub group_aside: String,
        pub resume_one_of: String,
        pub which_draft: String,
    }
}

texts! {
    /// One thing to type.
    pub struct PromptTexts {
        pub secret_title: String,
        pub secret_about: String,
        pub secret_label: String,
        pub secret_empty: String,
        pub people_title: String,
        pub people_about: String,
        pub people_label: String,
        pub people_wrong: String,
        pub delete_title: String,
        pub delete_about: String,
        pub delete_label: String,
        pub delete_word: String,
        pub delete_wrong: String,
    }
}

texts! {
    /// Consent.
    pub struct ConsentTexts {
        pub title: String,
        pub read_aloud: String,
        pub age: String,
        pub guardian: String,
        pub guardian_aside: String,
        pub guardian_yes: String,
        pub guardian_no: String,
        pub not_now: String,
        pub know_more: String,
        pub curtain: String,
        pub declined_title: String,
        pub declined_aloud: String,
        pub declined_kept: String,
        pub declined_practice: String,
    }
}

texts! {
    /// A guardian's yes is needed, and is not there.
    pub struct NoGuardianTexts {
        pub title: String,
        pub aloud: String,
        pub aloud_group: String,
        pub kept: String,
    }
}

texts! {
    /// The menu.
    pub struct MenuTexts {
        pub start: String,
        pub title: String,
        pub back_to_interview: String,
        pub back: String,
        pub previous: String,
        pub skip: String,
        pub overview: String,
        pub note: String,
        pub probes: String,
        pub card: String,
        pub alone: String,
        pub scribe: String,
        pub settings: String,
        pub pause: String,
        pub distress: String,
        pub curtain: String,
        pub stop: String,
        pub leave: String,
        pub quit: String,
        pub help: String,
    }
}

texts! {
    /// A break.
    pub struct PauseTexts {
        pub title: String,
        pub all_saved: String,
        pub take_time: String,
        pub go_on: String,
        pub go_on_aside: String,
        pub another_day: String,
        pub another_day_aside: String,
        pub stop: String,
        pub stop_aside: String,
        pub leave: String,
        pub leave_aside: String,
        pub advice: String,
    }
}

texts! {
    /// Stopping.
    pub struct StopTexts {
        pub title: String,
        pub question: String,
        pub hold: String,
        pub hold_aside: String,
        pub use_them: String,
        pub use_aside: String,
        pub delete: String,
        pub delete_aside: String,
    }
}

texts! {
    /// Hard times.
    pub struct DistressTexts {
        pub title: String,
        pub steps: Vec<String>,
        pub contacts: String,
        pub pause: String,
        pub stop: String,
        pub back: String,
        pub not_written: String,
    }
}

texts! {
    /// Stopped and kept.
    pub struct HeldTexts {
        pub title: String,
        pub about: String,
        pub copy: String,
        pub go_on: String,
        pub go_on_aside: String,
        pub use_them: String,
    }
}

texts! {
    /// No answer where one is wanted.
    pub struct RequiredTexts {
        pub title: String,
        pub answer: String,
        pub skip: String,
        pub skip_aside: String,
    }
}

texts! {
    /// A check asks.
    pub struct CheckTexts {
        pub title: String,
        pub change: String,
        pub right: String,
    }
}

texts! {
    /// The end.
    pub struct ClosingTexts {
        pub title: String,
        pub aloud: String,
        pub not_read_back: String,
        pub seal: String,
        pub finish_practice: String,
        pub not_yet: String,
        pub nobody_changes: String,
    }
}

texts! {
    /// Sealed, or not.
    pub struct SealedTexts {
        pub title: String,
        pub thanks: String,
        pub safe: String,
        pub failed_title: String,
        pub failed_safe: String,
        pub failed_gone: String,
        pub again: String,
    }
}

texts! {
    /// Deleted.
    pub struct DeletedTexts {
        pub title: String,
        pub aloud: String,
        pub gone: String,
        pub copy_title: String,
        pub copy_aloud: String,
        pub copy: String,
        pub copy_untold: String,
    }
}

texts! {
    /// The practice is over.
    pub struct PractisedTexts {
        pub title: String,
        pub nothing_kept: String,
        pub real: String,
        pub again: String,
    }
}

texts! {
    /// Several options.
    pub struct ManyTexts {
        pub any: String,
        pub at_most: String,
        pub at_least: String,
        pub between: String,
    }
}

texts! {
    /// Statements on one scale.
    pub struct MatrixTexts {
        pub open_one: String,
        pub open_more: String,
    }
}

texts! {
    /// Numbers.
    pub struct NumberTexts {
        pub whole_between: String,
        pub between: String,
        pub whole: String,
        pub any: String,
    }
}

texts! {
    /// An order.
    pub struct RankTexts {
        pub about: String,
        pub order: String,
    }
}

texts! {
    /// The other person answers alone.
    pub struct UnseenTexts {
        pub intro: String,
        pub hand_back: String,
        pub is_hidden: String,
        pub answered: String,
        pub again: String,
        pub taken_back: String,
    }
}

texts! {
    /// Every question.
    pub struct OverviewTexts {
        pub title: String,
        pub search: String,
        pub counts: String,
        pub rows: String,
        pub text_one: String,
        pub text_more: String,
        pub nothing: String,
        pub legend: String,
    }
}

texts! {
    /// A note.
    pub struct NoteTexts {
        pub title: String,
        pub about: String,
        pub button_done: String,
    }
}

texts! {
    /// The read-back.
    pub struct ReadbackTexts {
        pub title: String,
        pub aloud: String,
        pub count: String,
        pub right: String,
        pub no_answer: String,
        pub masked: String,
        pub quote: String,
        pub quote_as_it_stands: String,
        pub quote_rewritten: String,
        pub quote_no: String,
        pub quote_first: String,
    }
}

texts! {
    /// The keys.
    pub struct HelpTexts {
        pub title: String,
        pub about: String,
        pub press_there: String,
        pub safe: String,
        pub curtain: String,
        pub saved: String,
        pub undo: String,
        pub redo: String,
        pub quit: String,
    }
}

texts! {
    /// Why an interview cannot be opened.
    pub struct CannotTexts {
        pub no_evaluation: String,
        pub keys_not_proved: String,
        pub no_signing_key: String,
        pub deletion_due: String,
        pub wrong_secret: String,
        pub other_key: String,
        pub open_elsewhere: String,
        pub damaged: String,
        pub newer: String,
        pub survey_gone: String,
        pub survey_mistaken: String,
    }
}

texts! {
    /// Why something could not be kept.
    pub struct TroubleTexts {
        pub disk_full: String,
        pub read_only: String,
        pub gone: String,
        pub other: String,
    }
}
