//! From laptops to the coordinator: kits, deliveries, collecting, verifying, and what is printed for it.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[handover]`.
    pub struct HandoverTexts {
        /// What stands for the name of a laptop in help.
        pub laptop_value: String,
        /// What stands for files and folders in help.
        pub files_value: String,
        /// While envelopes are opened.
        pub opening: String,
        pub opening_unknown: String,
        /// On a laptop, for what only the coordinator can do.
        pub coordinator_only: String,
        /// Elsewhere, for what only a laptop does.
        pub laptop_only: String,
        pub not_as_signed: String,
        pub other_keys: String,
        pub key_words: String,
        pub laptop_code: String,
        pub kit: KitTexts,
        pub renew: RenewTexts,
        pub deliver: DeliverTexts,
        pub collect: CollectTexts,
        pub verify: VerifyTexts,
        pub wipe: WipeTexts,
        pub confirm: ConfirmTexts,
        pub strangers: StrangersTexts,
        pub remark: RemarkTexts,
        pub card: CardTexts,
        pub withdrawal_card: WithdrawalCardTexts,
        pub screen: ScreenTexts,
    }
}

texts! {
    /// Texts of `[handover.kit]`.
    pub struct KitTexts {
        pub about: String,
        pub laptop: String,
        pub to: String,
        pub site: String,
        pub letters: String,
        pub letters_value: String,
        pub no_letters: String,
        pub print: String,
        pub not_a_name: String,
        pub exists: String,
        pub no_site: String,
        pub card_file: String,
        pub card_left: String,
        pub withdrawal_file: String,
        pub made: String,
        pub printed: String,
        /// Blank withdrawal cards: `{file}`.
        pub cards: String,
        pub next: String,
    }
}

texts! {
    /// Texts of `[handover.renew]`.
    pub struct RenewTexts {
        pub about: String,
        pub survey: String,
        pub letters: String,
        pub letters_value: String,
        pub to: String,
        pub from: String,
        pub to_or_from: String,
        pub in_use: String,
        pub asked_differently: String,
        pub nobody: String,
        pub made: String,
        pub next: String,
        pub taken: String,
        pub not_for_us: String,
        pub new_signer: String,
        pub changed: String,
        pub not_signed: String,
    }
}

texts! {
    /// Texts of `[handover.deliver]`.
    pub struct DeliverTexts {
        pub about: String,
        pub to: String,
        pub where_to: String,
        pub sticks: String,
        pub nothing: String,
        pub no_folder: String,
        pub not_the_same: String,
        pub written: String,
        pub checked: String,
        pub stays: String,
        pub confirmed: String,
    }
}

texts! {
    /// Texts of `[handover.collect]`.
    pub struct CollectTexts {
        pub about: String,
        pub files: String,
        pub receipts: String,
        pub workbook: String,
        pub nothing: String,
        pub new: String,
        pub copies: String,
        pub withdrawn: String,
        pub slips: String,
        pub aside: String,
        pub with_another: String,
        pub shut: String,
        /// Drafts in a laptop's folder: `{count}`.
        pub left: String,
        pub absent: String,
        pub cut: String,
        pub elsewhere: String,
        pub strange: String,
        pub newer: String,
        pub unreadable: String,
        pub receipt: String,
        pub no_receipt: String,
        pub next: String,
    }
}

texts! {
    /// Texts of `[handover.verify]`.
    pub struct VerifyTexts {
        pub about: String,
        pub counts: String,
        pub workbook: String,
        /// Steps of the workbook that no file holds: `{count}`.
        pub lacking_steps: String,
        pub aside: String,
        pub collectable: String,
        /// A change of keys was begun and is not finished.
        pub changing_keys: String,
        pub well: String,
        pub not_well: String,
        pub missing: String,
        /// Tombstones that somebody deleted: `{count}`.
        pub lost_tombstones: String,
        pub no_tombstone: String,
        pub unopened_tombstone: String,
        pub newer_tombstone: String,
        pub first: String,
    }
}

texts! {
    /// Texts of `[handover.wipe]`.
    pub struct WipeTexts {
        pub about: String,
        pub receipt: String,
        pub confirm: String,
        pub early: String,
        pub no_date: String,
        pub in_use: String,
        pub intro: String,
        pub not_delivered: String,
        pub gone: String,
        pub empty: String,
        pub done: String,
        pub done_drafts: String,
        pub done_slips: String,
        pub nothing: String,
    }
}

texts! {
    /// Texts of `[handover.strangers]`.
    pub struct StrangersTexts {
        pub unknown: String,
        pub unrevoked: String,
        pub copy: String,
        pub ask_unknown: String,
        pub ask_unrevoked: String,
        pub ask_missing: String,
        pub ask_other_key: String,
        pub revoked_in_copy: String,
        pub copy_read: String,
        /// A promise that the file keeps less well: `{what}`, `{was}`, `{now}`, `{folder}`.
        pub laxer: String,
        /// A real evaluation whose file says that it is made up.
        pub not_made_up: String,
        /// A version of a survey that was put into use elsewhere: `{now}`, `{folder}`.
        pub survey: String,
        pub ask_survey: String,
        pub survey_waits: String,
        pub ask_laxer: String,
        pub laxer_accepted: String,
        pub laxer_kept: String,
        pub no_kit: String,
        /// What the file says where it says nothing.
        pub nothing: String,
        /// Something shown that this machine does not know: `{name}`, `{folder}`.
        pub release: String,
        pub releases_back: String,
        /// `{name}`, `{word}`.
        pub ask_release: String,
        pub release_word: String,
        pub release_accepted: String,
        pub release_removed: String,
        pub release_waits: String,
        pub accepted: String,
        pub not_accepted: String,
    }
}

texts! {
    /// Texts of `[handover.confirm]`.
    pub struct ConfirmTexts {
        pub about: String,
        pub same: String,
        pub ask: String,
        pub wrong: String,
        pub done: String,
    }
}

texts! {
    /// Texts of `[handover.remark]`: what there is to say about a file.
    pub struct RemarkTexts {
        pub newer: String,
        pub other_key: String,
        pub damaged: String,
        pub unknown_origin: String,
        pub revoked_laptop: String,
        pub forged: String,
        pub other_evaluation: String,
        pub made_up: String,
        pub absent: String,
        pub differs: String,
        pub misnamed: String,
        pub no_file: String,
    }
}

texts! {
    /// Texts of `[handover.card]`: the card of a laptop, on paper.
    pub struct CardTexts {
        pub title: String,
        pub laptop: String,
        pub site: String,
        pub code: String,
        pub code_about: String,
        pub words: String,
        pub words_about: String,
        pub coordinator: String,
        pub no_coordinator: String,
        pub phones: String,
        pub no_phones: String,
        pub how: String,
        pub steps: Vec<String>,
        pub keep: String,
    }
}

texts! {
    /// Texts of `[handover.withdrawal_card]`: blank cards for people who were interviewed, on paper.
    pub struct WithdrawalCardTexts {
        pub title: String,
        pub about: String,
        pub until: String,
        pub no_until: String,
        pub code: String,
        pub call: String,
        pub call_blank: String,
        pub keep: String,
    }
}

texts! {
    /// Texts of `[handover.screen]`: handing over, on screen.
    pub struct ScreenTexts {
        pub entry: String,
        pub entry_waiting: String,
        pub entry_unconfirmed: String,
    pub entry_slips: String,
    pub slips_ready: String,
    pub deletion_goes: String,
        pub title: String,
        pub ready_one: String,
        pub ready_more: String,
        pub none_ready: String,
        pub where_to: String,
        pub stick: String,
        pub folder: String,
        pub folder_aside: String,
        pub folder_title: String,
        pub folder_about: String,
        pub folder_label: String,
        pub folder_empty: String,
        pub locked: String,
        pub done_title: String,
        pub file: String,
        pub written: String,
        pub stays: String,
        pub clear_one: String,
        pub clear_more: String,
        pub cleared_one: String,
        pub cleared_more: String,
        pub cleared_drafts: String,
        pub done: String,
        pub key_words: String,
        pub code_needed: String,
        pub code_title: String,
        pub code_about: String,
        pub code_label: String,
        pub code_empty: String,
        pub wrong_code: String,
        pub nothing: String,
        pub no_folder: String,
        pub not_the_same: String,
    }
}
