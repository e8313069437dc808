//! From published results to documents: what may be shown, said in three languages and written in several formats.
//!
//! An exporter takes a [`document::Document`] and returns bytes; the same document gives the same bytes. Nothing in
//! this layer sees an answer, a tally or a file: a value that is not published cannot reach a report, because no
//! report can ask for it.

pub mod chart;
pub mod codebook;
pub mod compose;
pub mod csv_profile;
pub mod document;
pub mod docx;
pub mod html;
pub mod json;
pub mod markdown;
pub mod office;
pub mod plain;
mod speech;
pub mod translation;
pub mod wording;
pub mod xlsx;
mod xml;

#[cfg(test)]
mod example;
