//! The words for a problem: its code's texts with the arguments put in.

use std::io::ErrorKind;

use crate::definition::code::Code;
use crate::definition::problem::{Argument, Kind, Problem, Role, Severity};
use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;
use crate::texts::diagnostic::DiagnosticTexts;
use crate::texts::{Texts, fill};

/// The most characters of a name from the file that are repeated in a sentence.
const LONGEST_NAME: usize = 60;
/// Longer lists of what is allowed end in "…".
const MOST_LISTED: usize = 40;

/// Finds words in one language.
pub(super) struct Words<'t> {
    texts: &'t DiagnosticTexts,
}

impl<'t> Words<'t> {
    pub(super) fn new(texts: &'t Texts) -> Self {
        Self {
            texts: &texts.diagnostic,
        }
    }

    /// Returns "feil" or "råd".
    pub(super) fn severity(&self, severity: Severity) -> &'t str {
        match severity {
            Severity::Error => &self.texts.error,
            Severity::Advice => &self.texts.advice,
        }
    }

    /// Returns "hjelp".
    pub(super) fn help_word(&self) -> &'t str {
        &self.texts.help
    }

    /// Returns what is wrong.
    pub(super) fn title(&self, problem: &Problem) -> String {
        let code = self.texts.code.get(&key(problem.code));
        code.map_or_else(
            || problem.code.name().to_owned(),
            |texts| self.filled(&texts.title, problem),
        )
    }

    /// Returns what stands beside the place: what was meant, or what is wrong.
    pub(super) fn label(&self, problem: &Problem) -> String {
        if let Some(suggestion) = &problem.suggestion {
            if to_be_written(problem.code) || suggestion.text.is_empty() {
                let meant = shortened(&suggestion.text);
                return fill(&self.texts.write, &[("meant", &meant)]);
            }
            let meant = shortened(suggestion.text.trim_matches(['"', '\'']));
            return fill(&self.texts.meant, &[("meant", &meant)]);
        }
        let code = self.texts.code.get(&key(problem.code));
        code.map_or_else(String::new, |texts| self.filled(&texts.label, problem))
    }

    /// Returns what to do.
    pub(super) fn help(&self, problem: &Problem) -> String {
        let Some(texts) = self.texts.code.get(&key(problem.code)) else {
            return String::new();
        };
        let nothing_listed = !problem
            .arguments
            .iter()
            .any(|argument| matches!(argument, Argument::Allowed(list) if !list.is_empty()));
        match &texts.empty {
            Some(empty) if nothing_listed => self.filled(empty, problem),
            // A list that is not there leaves nothing to say.
            None if nothing_listed && texts.help.contains("{allowed}") => String::new(),
            _ => self.filled(&texts.help, problem),
        }
    }

    /// Returns why another place is shown.
    pub(super) fn role(&self, role: Role) -> &'t str {
        let roles = &self.texts.role;
        match role {
            Role::First => &roles.first,
            Role::Later => &roles.later,
            Role::AlsoNeeded => &roles.also_needed,
            Role::DefinedHere => &roles.defined_here,
        }
    }

    /// Returns what to say about a file that cannot be read.
    pub(super) fn unreadable(&self, name: &str, why: ErrorKind) -> String {
        let (title, help) = (self.unreadable_title(name, why), self.unreadable_help(why));
        format!("{title}\n{}: {help}\n", self.texts.help)
    }

    pub(super) fn unreadable_title(&self, name: &str, why: ErrorKind) -> String {
        let text = match why {
            ErrorKind::IsADirectory => &self.texts.folder,
            _ => &self.texts.unreadable,
        };
        fill(text, &[("file", name)])
    }

    pub(super) fn unreadable_help(&self, why: ErrorKind) -> &'t str {
        match why {
            ErrorKind::IsADirectory => &self.texts.folder_help,
            _ => &self.texts.unreadable_help,
        }
    }

    fn filled(&self, text: &str, problem: &Problem) -> String {
        let values: Vec<(&str, String)> = problem
            .arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        fill(text, &values)
    }

    fn value(&self, argument: &Argument) -> (&'static str, String) {
        match argument {
            Argument::Name(name) => ("name", shortened(name)),
            Argument::Other(name) => ("other", CleanText::line(name).to_string()),
            Argument::Allowed(names) => ("allowed", listed(names)),
            Argument::Wanted(kind) => ("wanted", self.kind(*kind).to_owned()),
            Argument::Found(kind) => ("found", self.kind(*kind).to_owned()),
            Argument::Limit(limit) => ("limit", limit.clone()),
            Argument::Count(count) => ("count", count.to_string()),
            Argument::Languages(languages) => ("languages", self.languages(languages)),
            Argument::Detail(detail) => ("detail", CleanText::line(detail).to_string()),
        }
    }

    fn languages(&self, languages: &[Language]) -> String {
        let names: Vec<String> = languages
            .iter()
            .map(|language| match language {
                Language::Bokmal => self.texts.language.nb.clone(),
                Language::Nynorsk => self.texts.language.nn.clone(),
                Language::English => self.texts.language.en.clone(),
            })
            .collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} {} {last}", others.join(", "), self.texts.and),
            None => String::new(),
        }
    }

    fn kind(&self, kind: Kind) -> &'t str {
        let kinds = &self.texts.kind;
        match kind {
            Kind::Text => &kinds.text,
            Kind::Localized => &kinds.localized,
            Kind::Whole => &kinds.whole,
            Kind::Number => &kinds.number,
            Kind::Truth => &kinds.truth,
            Kind::List => &kinds.list,
            Kind::Pair => &kinds.pair,
            Kind::Table => &kinds.table,
            Kind::Date => &kinds.date,
            Kind::TextOrList => &kinds.text_or_list,
            Kind::Condition => &kinds.condition,
            Kind::Code => &kinds.code,
            Kind::Codes => &kinds.codes,
            Kind::Value => &kinds.value,
            Kind::Operator => &kinds.operator,
            Kind::End => &kinds.end,
            Kind::CommaOrEnd => &kinds.comma_or_end,
            Kind::Item => &kinds.item,
            Kind::Choices => &kinds.choices,
        }
    }
}

/// Returns the key of a code's texts: `UnknownKey` is `unknown_key`.
pub(super) fn key(code: Code) -> String {
    let mut key = String::new();
    for c in code.name().chars() {
        if c.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}

/// Where the suggestion is a way to write it rather than a name that was meant.
const fn to_be_written(code: Code) -> bool {
    matches!(
        code,
        Code::BadId
            | Code::WrongKind
            | Code::SingleBrackets
            | Code::TypographicQuotes
            | Code::NotACondition
            | Code::NotOurOperator
            | Code::KindsDoNotMatch
            | Code::UseScore
            | Code::UnknownName
    )
}

fn shortened(name: &str) -> String {
    let clean = CleanText::line(name);
    let mut shown: String = clean.as_str().chars().take(LONGEST_NAME).collect();
    if shown.len() < clean.as_str().len() {
        shown.push('…');
    }
    shown
}

fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> = names
        .iter()
        .take(MOST_LISTED)
        .map(|name| shortened(name))
        .collect();
    if names.len() > MOST_LISTED {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}
