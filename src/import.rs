//! What comes from elsewhere: answers collected with other tools, as rows of a file, and translated texts.
//!
//! This layer reads and says what does not fit, as codes and places; `cli` finds the words. It counts nothing: rows go
//! to whoever takes them ([`TakesRows`](crate::domain::coding::TakesRows)).

pub mod answers;
pub mod translation;
