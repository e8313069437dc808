//! What a survey, an answer and an interview are.
//!
//! Everything here is plain data and pure functions: the same calls give the same result, on any machine. The
//! domain knows no terminal, file, clock, environment or file format, and says no words of its own.

pub mod answer;
pub mod category;
pub mod clean_text;
pub mod coding;
pub mod evaluation;
pub mod expression;
pub mod founding;
pub mod id;
pub mod identifier;
pub mod interview;
pub mod item;
pub mod language;
pub mod letter;
pub mod limits;
pub mod localized;
pub mod missing;
pub mod number;
pub mod order;
pub mod record;
pub mod roster;
pub mod slip;
pub mod survey;
pub mod word_code;
pub mod workbook;

pub mod writing;
