//! Names of keys, letters that do things, and what hints say.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// What keys are called.
    pub struct KeyNames {
        pub enter: String,
        pub esc: String,
        pub tab: String,
        pub space: String,
        pub backspace: String,
        pub up_down: String,
        pub left_right: String,
        pub arrows: String,
        pub home: String,
        pub end: String,
        pub page_up: String,
        pub page_down: String,
        pub ctrl: String,
    }
}

texts! {
    /// Letters that do things; unshifted `a-z`, each only once, and none that stands for a way not to answer.
    pub struct Letters {
        pub back: String,
        pub skip: String,
        pub note: String,
        pub overview: String,
        pub pause: String,
        pub distress: String,
        pub settings: String,
        pub stop: String,
        pub probes: String,
        pub correct: String,
        pub last: String,
        pub card: String,
        pub alone: String,
        pub scribe: String,
        pub afterwards: String,
    }
}

impl Letters {
    /// Returns every letter.
    #[must_use]
    pub fn all(&self) -> [&str; 15] {
        [
            &self.back,
            &self.skip,
            &self.note,
            &self.overview,
            &self.pause,
            &self.distress,
            &self.settings,
            &self.stop,
            &self.probes,
            &self.correct,
            &self.last,
            &self.card,
            &self.alone,
            &self.scribe,
            &self.afterwards,
        ]
    }
}

texts! {
    /// What hints say keys do.
    pub struct HintTexts {
        pub answer_again: String,
        pub answer_row: String,
        pub back: String,
        pub buttons: String,
        pub cancel: String,
        pub card: String,
        pub choose: String,
        pub choose_and_go: String,
        pub close: String,
        pub correct: String,
        pub curtain: String,
        pub delete: String,
        pub distress: String,
        pub do_it: String,
        pub done: String,
        pub empty: String,
        pub go_on: String,
        pub go_there: String,
        pub go_to: String,
        pub hands: String,
        pub help: String,
        pub lower: String,
        pub menu: String,
        pub new_line: String,
        pub next: String,
        pub next_page: String,
        pub next_place: String,
        pub note: String,
        pub on_off: String,
        pub onward: String,
        pub open: String,
        pub overview: String,
        pub pause: String,
        pub press: String,
        pub probes: String,
        pub quote: String,
        pub raise: String,
        pub read_on: String,
        pub redo: String,
        pub right: String,
        pub scroll: String,
        pub search: String,
        pub skip: String,
        pub skip_row: String,
        pub swap: String,
        pub take_last: String,
        pub to_end: String,
        pub turn_back: String,
        pub type_to_search: String,
        pub undo: String,
        pub write: String,
        pub write_from_to: String,
        pub write_it: String,
    }
}
