//! stemme: peer interviews that evaluate a service together with its users.
//!
//! The life of an answer runs one way: a key becomes an action, the interview machine takes it, the journal
//! keeps it, the envelope seals it, the tally counts it, and only what disclosure control lets through is
//! published. Each layer below may use only layers above it; `tests/architecture.rs` keeps it so.

pub mod domain;
// Words and files.
pub mod definition;
pub mod import;
pub mod store;
pub mod texts;
// Figures and what of them may be shown.
pub mod disclosure;
pub mod stats;
// Documents.
pub mod report;
// People.
pub mod cli;
pub mod fieldwork;
pub mod tui;
