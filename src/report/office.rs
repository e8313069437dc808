//! What DOCX and XLSX have in common: files in a package, and what a package says about itself.

use crate::domain::language::Language;

mod archive;
mod package;
#[cfg(test)]
pub(super) mod package_tests;

pub(super) use package::{Package, Relation};

/// A file that could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A package is larger than its format allows.
    #[error("the file would be larger than its format allows")]
    TooLarge,
    /// A chart could not be drawn.
    #[error(transparent)]
    Picture(#[from] super::chart::PngError),
}

/// Returns the code by which office programs know a language.
pub(super) const fn language_tag(language: Language) -> &'static str {
    match language {
        Language::Bokmal => "nb-NO",
        Language::Nynorsk => "nn-NO",
        Language::English => "en-GB",
    }
}
