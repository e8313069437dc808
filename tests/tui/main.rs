//! The interview screens without a terminal.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "tests may fail"
)]

mod beside;
mod bytes;
mod coordinator;
mod coordinator_office;
mod coordinator_screens;
mod curtain;
mod doing;
mod founding;
mod half_typed;
mod handover;
mod harness;
mod keys;
mod long_lists;
mod marks;
mod monkey;
mod nothing_unseen;
mod preview;
mod real_keys;
mod results;
mod sample_survey;
mod settings;
mod sides;
mod typed_early;
mod upkeep;
mod walk;
mod with_person;
mod writing;
