//! Surveys and evaluations from their TOML files, with every problem at once.
//!
//! A file is read into flat raw structs that keep the place of each value, then checked by ordinary code that goes
//! on after each mistake. A problem is a code, a place and arguments; the words for it are found by the caller, in
//! the reader's language. No bytes make this layer panic, and no file takes it more than a moment.

pub mod code;
pub mod evaluation;
pub mod place;
pub mod problem;
pub mod survey;
pub mod translation;

mod document;
mod expression;
mod fields;
mod findings;
mod format;
mod suggest;
mod value;
mod wording;

pub use document::{MAX_BYTES, MAX_NESTING};
