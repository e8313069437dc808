//! Keys that exist, but not for questions of this type.

use super::Check;
use crate::definition::code::Code;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::keys::has;
use crate::definition::survey::raw::question::{QUESTION, RawQuestion, TYPES};

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
