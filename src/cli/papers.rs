//! Documents written to files: in which formats, under which names, never over what is there.

use std::path::{Path, PathBuf};

use crate::report::csv_profile::{self, Profile};
use crate::report::document::Document;
use crate::report::{docx, html, json, markdown, xlsx};
use crate::store::StoreError;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

use super::exit_code::ExitCode;
use super::failure;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// A format a document can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To go on writing in.
    Docx,
    /// Tables to go on counting in.
    Xlsx,
    /// To read on a screen, to print, to put on the web.
    Html,
    /// As Norwegian Excel opens it.
    Csv,
    /// As every other program reads it.
    PlainCsv,
    /// Text with marks.
    Markdown,
    /// For other programs.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] = [
        Self::Docx,
        Self::Xlsx,
        Self::Html,
        Self::Csv,
        Self::PlainCsv,
        Self::Markdown,
        Self::Json,
    ];

    /// Returns the name used in flags.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::PlainCsv => "csv-plain",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    /// Returns what the file's name ends with.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Docx => ".docx",
            Self::Xlsx => ".xlsx",
            Self::Html => ".html",
            Self::Csv => ".csv",
            Self::PlainCsv => "-plain.csv",
            Self::Markdown => ".md",
            Self::Json => ".json",
        }
    }

    /// Returns whether it holds words as well as values.
    #[must_use]
    pub const fn is_text(self) -> bool {
        match self {
            Self::Docx | Self::Html | Self::Markdown => true,
            Self::Xlsx | Self::Csv | Self::PlainCsv | Self::Json => false,
        }
    }

    /// Returns the document in this format; `survey` is the name of what it is about.
    ///
    /// # Errors
    /// What could not be put together.
    pub fn bytes(self, survey: &str, document: &Document, texts: &Texts) -> Result<Vec<u8>, String> {
        match self {
            Self::Docx => docx::bytes(document, texts).map_err(|error| error.to_string()),
            Self::Xlsx => xlsx::bytes(document, texts).map_err(|error| error.to_string()),
            Self::Html => Ok(html::bytes(document, texts)),
            Self::Markdown => Ok(markdown::bytes(document, texts)),
            Self::Csv => {
                csv_profile::bytes(document, Profile::NorwegianExcel).map_err(|error| error.to_string())
            }
            Self::PlainCsv => csv_profile::bytes(document, Profile::Plain).map_err(|error| error.to_string()),
            Self::Json => json::bytes(&[(survey, document.clone())]).map_err(|error| error.to_string()),
        }
    }
}

/// Reads formats by their names, with commas between them; each counts once. Says which one there is not.
///
/// # Errors
/// How the run ends then.
pub fn formats(
    wanted: &str,
    known: &[Format],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<Format>, ExitCode> {
    let words = &settings.texts.results.command;
    let names = || {
        known
            .iter()
            .map(|format| format.name())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut formats = Vec::new();
    for name in wanted.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(format) = known.iter().find(|format| format.name() == name) else {
            let said = fill(&words.no_format, &[("format", name), ("known", &names())]);
            surroundings.output.error("no_format", &said);
            return Err(ExitCode::Usage);
        };
        if !formats.contains(format) {
            formats.push(*format);
        }
    }
    if formats.is_empty() {
        let said = fill(&words.no_format_named, &[("known", &names())]);
        surroundings.output.error("no_format", &said);
        return Err(ExitCode::Usage);
    }
    Ok(formats)
}

/// Files to be written: what each is called, and its bytes.
#[derive(Debug, Default)]
pub struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    /// Adds a document in several formats. Says what could not be put together.
    ///
    /// # Errors
    /// How the run ends then.
    pub fn add(
        &mut self,
        name: &str,
        (survey, document): (&str, &Document),
        formats: &[Format],
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        for format in formats {
            let bytes = format.bytes(survey, document, &settings.texts);
            self.add_bytes(format!("{name}{}", format.ending()), bytes, surroundings)?;
        }
        Ok(())
    }

    /// Adds one file. Says what could not be put together.
    ///
    /// # Errors
    /// How the run ends then.
    pub fn add_bytes(
        &mut self,
        name: String,
        bytes: Result<Vec<u8>, String>,
        surroundings: &mut Surroundings,
    ) -> Result<(), ExitCode> {
        match bytes {
            Ok(bytes) => {
                self.0.push((name, bytes));
                Ok(())
            }
            Err(error) => {
                surroundings.output.error("unexpected", &error);
                Err(ExitCode::Unexpected)
            }
        }
    }

    /// Writes the files into a folder, all or none where one of them is there already, and says where they are.
    pub fn write(
        self,
        out: &Path,
        as_json: bool,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> ExitCode {
        match self.written(out, settings, surroundings) {
            Ok(files) => {
                say_written(&files, as_json, settings, surroundings);
                ExitCode::Ok
            }
            Err(code) => code,
        }
    }

    fn written(
        self,
        out: &Path,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<Vec<String>, ExitCode> {
        let there = |file: &Path, surroundings: &mut Surroundings| {
            let file = file.display().to_string();
            let said = fill(&settings.texts.results.command.file_there, &[("file", &file)]);
            surroundings.output.error("already_there", &said);
            ExitCode::NothingToDo
        };
        let files: Vec<(PathBuf, Vec<u8>)> = self
            .0
            .into_iter()
            .map(|(name, bytes)| (out.join(name), bytes))
            .collect();
        if let Some((file, _)) = files.iter().find(|(file, _)| file.exists()) {
            return Err(there(file, surroundings));
        }
        if let Err(error) = atomic::make_folder(out) {
            return Err(failure::store(&error, settings, surroundings));
        }
        let mut written = Vec::new();
        for (path, bytes) in &files {
            match atomic::write_new(path, bytes, Access::AsUsual) {
                Ok(()) => written.push(path.display().to_string()),
                Err(StoreError::AlreadyThere { .. }) => return Err(there(path, surroundings)),
                Err(error) => return Err(failure::store(&error, settings, surroundings)),
            }
        }
        Ok(written)
    }
}

fn say_written(files: &[String], as_json: bool, settings: &Settings, surroundings: &mut Surroundings) {
    if as_json {
        let json = serde_json::json!({ "format": 1, "files": files });
        surroundings.output.line(&json.to_string());
        return;
    }
    let words = &settings.texts.results.command;
    for file in files {
        surroundings.output.line(&fill(&words.written, &[("file", file)]));
    }
}
