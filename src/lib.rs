//! stemme: peer interviews that evaluate a service together with its users.
//!
//! The life of an answer runs one way: a key becomes an action, the interview machine takes it, the journal
//! keeps it, the envelope seals it, the tally counts it, and only what disclosure control lets through is
//! published. Each layer below may use only the layers above it; `tests/architecture.rs` keeps it so.

pub mod disclosure;
pub mod domain;
pub mod stats;
pub mod store;
