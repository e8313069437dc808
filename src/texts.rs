//! Every word the program says, in three languages of equal standing.
//!
//! `nb.toml`, `nn.toml` and `en.toml` are read into one typed struct, chapter by chapter as they are needed: a
//! key that is missing or too much fails the tests, so no language falls behind. Nothing else in the program holds
//! words for people. The build packs the files; see `build.rs`.

use std::sync::LazyLock;

use miniz_oxide::inflate::decompress_to_vec;

use crate::domain::language::Language;

use self::chapter::{Chapter, Chapters};

pub mod chapter;
pub mod command;
pub mod compare;
pub mod coordinator;
pub mod diagnostic;
pub mod founding;
pub mod handover;
pub mod interview;
pub mod keys;
pub mod life;
pub mod linear;
pub mod number;
pub mod paper;
pub mod plan;
pub mod preview;
pub mod printed;
pub mod refusal;
pub mod release;
pub mod results;
mod section;
pub mod settings;
pub mod storage;
pub mod tabulate;
pub mod withdrawal;
pub mod words;
pub mod workbench;

/// All texts of one language. Fields are named as the keys of the text files.
#[derive(Clone, Debug)]
pub struct Texts {
    /// Which language this is.
    pub language: Language,
    /// Single words and names used in many places.
    pub words: Chapter<words::Words>,
    /// Why the interview stays as it is.
    pub refusal: Chapter<refusal::RefusalTexts>,
    /// The interview on screen.
    pub interview: Chapter<interview::InterviewTexts>,
    /// The interview line by line.
    pub linear: Chapter<linear::LinearTexts>,
    /// Settings and the first run.
    pub settings: Chapter<settings::SettingsTexts>,
    /// Commands, flags, prompts and what they answer.
    pub command: Chapter<command::CommandTexts>,
    /// What the checker says.
    pub diagnostic: Chapter<diagnostic::DiagnosticTexts>,
    /// Tables and reports.
    pub results: Chapter<results::ResultTexts>,
    /// What stands on paper, in office files and on charts.
    pub printed: Chapter<printed::PrintedTexts>,
    /// From laptops to the coordinator.
    pub handover: Chapter<handover::HandoverTexts>,
    /// What can go wrong with files and keys.
    pub storage: Chapter<storage::StorageTexts>,
    /// Tables of answers collected elsewhere.
    pub tabulate: Chapter<tabulate::TabulateTexts>,
    /// Making a new evaluation.
    pub founding: Chapter<founding::FoundingTexts>,
    /// What was shown, and what is shown next.
    pub release: Chapter<release::ReleaseTexts>,
    /// What so many interviews can show.
    pub plan: Chapter<plan::PlanTexts>,
    /// Rounds side by side.
    pub compare: Chapter<compare::CompareTexts>,
    /// Keys.
    pub keys: Chapter<keys::KeyTexts>,
    /// Backup, rescue, closing.
    pub life: Chapter<life::LifeTexts>,
    /// A survey previewed while it is written.
    pub preview: Chapter<preview::PreviewTexts>,
    /// Reports and other papers.
    pub paper: Chapter<paper::PaperTexts>,
    /// Taking answers out afterwards.
    pub withdrawal: Chapter<withdrawal::WithdrawalTexts>,
    /// Open answers, findings and actions, at the command line.
    pub workbench: Chapter<workbench::WorkbenchTexts>,
    /// The coordinator's screens.
    pub coordinator: Chapter<coordinator::CoordinatorTexts>,
}

/// A text file that does not hold exactly the texts it should. The tests keep this from ever being seen.
#[derive(Debug, thiserror::Error)]
#[error("texts in {}: {detail}", language.code())]
pub struct TextsError {
    /// Which file.
    pub language: Language,
    /// What the reader says.
    pub detail: String,
}

impl Texts {
    /// Returns the texts of a language.
    ///
    /// # Errors
    /// [`TextsError`] when the file built into the program lacks a chapter or has one too many.
    pub fn load(language: Language) -> Result<Self, TextsError> {
        let mut chapters = Chapters::of_file(file(language));
        let texts = Self {
            language,
            words: chapters.take("words"),
            refusal: chapters.take("refusal"),
            interview: chapters.take("interview"),
            linear: chapters.take("linear"),
            settings: chapters.take("settings"),
            command: chapters.take("command"),
            diagnostic: chapters.take("diagnostic"),
            results: chapters.take("results"),
            printed: chapters.take("printed"),
            handover: chapters.take("handover"),
            storage: chapters.take("storage"),
            tabulate: chapters.take("tabulate"),
            founding: chapters.take("founding"),
            release: chapters.take("release"),
            plan: chapters.take("plan"),
            compare: chapters.take("compare"),
            keys: chapters.take("keys"),
            life: chapters.take("life"),
            preview: chapters.take("preview"),
            paper: chapters.take("paper"),
            withdrawal: chapters.take("withdrawal"),
            workbench: chapters.take("workbench"),
            coordinator: chapters.take("coordinator"),
        };
        let wrong = chapters.end();
        if wrong.is_empty() {
            Ok(texts)
        } else {
            let detail = wrong.join("; ");
            Err(TextsError { language, detail })
        }
    }

    /// Reads all chapters and returns what is wrong with them: texts missing, surplus, of another kind. The tests
    /// see to it that nothing is.
    #[must_use]
    pub fn mistakes(&self) -> Vec<String> {
        let Self {
            language: _,
            words,
            refusal,
            interview,
            linear,
            settings,
            command,
            diagnostic,
            results,
            printed,
            handover,
            storage,
            tabulate,
            founding,
            release,
            plan,
            compare,
            keys,
            life,
            preview,
            paper,
            withdrawal,
            workbench,
            coordinator,
        } = self;
        [
            words.mistakes(),
            refusal.mistakes(),
            interview.mistakes(),
            linear.mistakes(),
            settings.mistakes(),
            command.mistakes(),
            diagnostic.mistakes(),
            results.mistakes(),
            printed.mistakes(),
            handover.mistakes(),
            storage.mistakes(),
            tabulate.mistakes(),
            founding.mistakes(),
            release.mistakes(),
            plan.mistakes(),
            compare.mistakes(),
            keys.mistakes(),
            life.mistakes(),
            preview.mistakes(),
            paper.mistakes(),
            withdrawal.mistakes(),
            workbench.mistakes(),
            coordinator.mistakes(),
        ]
        .concat()
    }

    /// Returns the language these texts are in.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }
}

/// A text file as the build packed it.
macro_rules! packed {
    ($language:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $language, ".deflate"))
    };
}

/// Returns a text file, unpacked the first time its language is spoken.
fn file(language: Language) -> &'static str {
    static BOKMAL: LazyLock<String> = LazyLock::new(|| unpacked(packed!("nb")));
    static NYNORSK: LazyLock<String> = LazyLock::new(|| unpacked(packed!("nn")));
    static ENGLISH: LazyLock<String> = LazyLock::new(|| unpacked(packed!("en")));
    match language {
        Language::Bokmal => &BOKMAL,
        Language::Nynorsk => &NYNORSK,
        Language::English => &ENGLISH,
    }
}

/// Returns what the build packed. What cannot be unpacked is nothing, and [`Texts::mistakes`] says so.
fn unpacked(packed: &[u8]) -> String {
    let bytes = decompress_to_vec(packed).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Returns `text` with each `{name}` replaced by its value. A name without a value stays as it is.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after
            .split_once('}')
            .and_then(|(name, next)| Some((values.iter().find(|(known, _)| *known == name)?.1, next)));
        match found {
            Some((value, next)) => {
                filled.push_str(value);
                rest = next;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Texts, file, fill};
    use crate::domain::language::Language;

    #[test]
    fn every_language_has_exactly_the_texts_the_program_knows() {
        for language in Language::ALL {
            assert_eq!(Texts::load(language).unwrap().mistakes(), [""; 0]);
        }
    }

    #[test]
    fn values_stand_where_the_text_wants_them() {
        assert_eq!(fill("{n} av {all}", &[("n", "17"), ("all", "23")]), "17 av 23");
        assert_eq!(fill("{x} {", &[("n", "1")]), "{x} {");
    }

    #[test]
    fn every_text_takes_the_same_values_in_every_language() {
        let placeholders = |language| {
            let table: toml::Table = toml::from_str(file(language)).unwrap();
            let mut found = BTreeMap::new();
            collect("", &toml::Value::Table(table), &mut found);
            found
        };
        let source = placeholders(Language::Bokmal);
        for language in [Language::Nynorsk, Language::English] {
            for (key, names) in placeholders(language) {
                // Lists of words, as for "about", may be longer in one language.
                let expected = source.get(&key).cloned().unwrap_or_default();
                assert_eq!(names, expected, "{key} in {}", language.code());
            }
        }
    }

    #[test]
    fn no_text_holds_a_character_that_could_harm_a_terminal() {
        for language in Language::ALL {
            let harmful = |c: char| c.is_control() && c != '\n';
            assert!(!file(language).contains(harmful), "{}", language.code());
        }
    }

    fn collect(path: &str, value: &toml::Value, found: &mut BTreeMap<String, BTreeSet<String>>) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    collect(&format!("{path}.{key}"), value, found);
                }
            }
            toml::Value::Array(list) => {
                for (place, value) in list.iter().enumerate() {
                    collect(&format!("{path}[{place}]"), value, found);
                }
            }
            toml::Value::String(text) => {
                let names = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
                let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                let names = names.map(|(name, _)| name).filter(is_name).map(str::to_owned);
                found.insert(path.to_owned(), names.collect());
            }
            _ => {}
        }
    }
}
