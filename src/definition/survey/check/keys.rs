//! Which keys questions of a type have.

use super::Check;
use crate::definition::code::Code;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::question::{QUESTION, RawQuestion, TYPES, Type};

/// Keys of every type.
const ALWAYS: &[&str] = &["id", "type", "text", "help", "interviewer_note", "show_if"];
/// Keys of every type that has an answer.
const ANSWERED: &[&str] = &[
    "required",
    "dimension",
    "sensitive",
    "self_answer",
    "probes",
    "report",
    "without",
    "check",
];

/// Returns the further keys of a type.
const fn own(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::One => &[
            "options", "scale", "order", "groups", "merge", "role", "reverse", "quotable",
        ],
        Type::Scale => &["scale", "faces", "reverse", "role", "merge"],
        Type::Many => &["options", "order", "groups", "min", "max", "quotable"],
        Type::Matrix => &["scale", "scales", "rows"],
        Type::Number => &["min", "max", "unit", "decimals", "bands"],
        Type::Date => &["day", "bands"],
        Type::Text => &["long", "coding", "quotable"],
        Type::Rank => &["options", "order", "groups", "max"],
        Type::Count => &["options", "order", "groups"],
        Type::Info => &[],
    }
}

/// Returns whether questions of a type have a key.
fn has(kind: Type, key: &str) -> bool {
    ALWAYS.contains(&key) || (kind != Type::Info && ANSWERED.contains(&key)) || own(kind).contains(&key)
}

impl Check<'_, '_> {
    /// Reports keys that exist, but not for this type.
    pub(super) fn keys_of_type(&mut self, raw: &RawQuestion) {
        let Some(kind) = &raw.kind else { return };
        let word = TYPES
            .iter()
            .find(|(_, known)| *known == kind.value)
            .map_or("", |(word, _)| *word);
        for (key, span) in &raw.keys {
            if QUESTION.contains(&key.as_str()) && !has(kind.value, key) {
                let allowed = QUESTION.iter().filter(|key| has(kind.value, key));
                let problem = self.reader.findings.add(Code::KeyNotForType, *span);
                problem
                    .name(key)
                    .with(Argument::Other(word.to_owned()))
                    .with(Argument::Allowed(allowed.map(ToString::to_string).collect()));
            }
        }
    }
}
