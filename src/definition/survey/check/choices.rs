//! Options of a question: codes, older codes, groups, and what never stands among them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Check, Parents};
use crate::definition::code::Code;
use crate::definition::expression::check::Standing;
use crate::definition::expression::scope::{CodeEntry, Codes};
use crate::definition::fields::Unique;
use crate::definition::place::{At, Span};
use crate::definition::problem::Role;
use crate::definition::survey::raw::choice::RawOption;
use crate::definition::survey::raw::question::{RawQuestion, Type};
use crate::definition::wording::Wording;
use crate::domain::id::Id;
use crate::domain::localized::Localized;
use crate::domain::survey::question::{ChoiceOption, Choices};

/// Codes that are kinds of missing.
const MISSING_CODES: &[&str] = &[
    "not_asked",
    "skipped",
    "dont_know",
    "wont_say",
    "not_applicable",
    "vet_ikke",
    "veit_ikke",
    "veit_ikkje",
    "vil_ikke_svare",
    "vil_ikkje_svare",
    "gjelder_ikke",
    "gjelder_ikke_meg",
    "gjeld_ikkje",
];

/// Words that are kinds of missing.
const MISSING_WORDS: &[&str] = &[
    "vet ikke",
    "veit ikke",
    "veit ikkje",
    "vil ikke svare",
    "vil ikkje svare",
    "ønsker ikke å svare",
    "gjelder ikke",
    "gjelder ikke meg",
    "ikke aktuelt",
    "gjeld ikkje",
    "gjeld ikkje meg",
    "don't know",
    "don’t know",
    "do not know",
    "would rather not answer",
    "would rather not say",
    "prefer not to say",
    "prefer not to answer",
    "does not apply",
    "does not apply to me",
    "not applicable",
];

impl Check<'_, '_> {
    /// Returns the options with their codes; codes are there even when something is wrong with an option.
    pub(super) fn choices(
        &mut self,
        raw: &RawQuestion,
        kind: Type,
        parents: Parents<'_>,
    ) -> (Option<Choices>, Option<Rc<Codes>>) {
        let Some(options) = &raw.options else {
            self.reader.findings.add(Code::NoOptions, raw.key("type"));
            return (None, None);
        };
        self.option_codes(&options.value);
        let least = if matches!(kind, Type::One | Type::Rank) {
            2
        } else {
            1
        };
        let offered = options
            .value
            .iter()
            .filter(|option| option.retired.is_none())
            .count();
        if offered < least {
            self.reader.findings.add(Code::TooFewOptions, options.span);
        }
        let mut built = Vec::new();
        let mut codes = Vec::new();
        for option in &options.value {
            if let Some(code) = &option.code {
                self.missing_among(code, option.text.as_ref());
                codes.push(CodeEntry {
                    value: None,
                    code: code.value.clone(),
                    offered: option.retired.is_none(),
                    was: option.was.iter().map(|was| was.value.clone()).collect(),
                    exclusive: option.exclusive.as_ref().is_some_and(|exclusive| exclusive.value),
                });
            }
            built.push(self.option(option, raw, kind, parents));
        }
        let groups = self.groups(raw, &options.value);
        let choices = built
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .map(|options| Choices {
                options,
                scale: None,
                order: raw.order,
                groups,
            });
        (choices, Some(Rc::new(Codes::new(codes))))
    }

    fn option(
        &mut self,
        option: &RawOption,
        raw: &RawQuestion,
        kind: Type,
        parents: Parents<'_>,
    ) -> Option<ChoiceOption> {
        if let Some(value) = &option.value {
            self.reader
                .findings
                .add(Code::WithoutEffect, value.span)
                .name("value");
        }
        let exclusive = option.exclusive.as_ref().filter(|exclusive| exclusive.value);
        if let Some(exclusive) = exclusive.filter(|_| kind != Type::Many) {
            self.reader
                .findings
                .add(Code::WithoutEffect, exclusive.span)
                .name("exclusive");
        }
        let show_if = match &option.show_if {
            Some(condition) => {
                let standing = Standing {
                    own: raw.id.as_ref().map(|id| &id.value),
                    is_check: false,
                };
                Some(self.condition(condition, standing, parents)?)
            }
            None => None,
        };
        let text = option.text.as_ref()?;
        self.pipes(text, None, parents);
        Some(ChoiceOption {
            code: option.code.as_ref()?.value.clone(),
            text: text.localized(self.reader.source_language()),
            was: option.was.iter().map(|was| was.value.clone()).collect(),
            retired: option.retired.is_some(),
            specify: option.specify,
            exclusive: exclusive.is_some(),
            pin_last: option.pin_last,
            show_if,
        })
    }

    /// Codes differ, and an older code is not also in use.
    fn option_codes(&mut self, options: &[RawOption]) {
        let mut unique = Unique::default();
        let mut places: BTreeMap<&Id, Span> = BTreeMap::new();
        for code in options.iter().filter_map(|option| option.code.as_ref()) {
            unique.add(code, self.reader);
            places.entry(&code.value).or_insert(code.span);
        }
        for was in options.iter().flat_map(|option| &option.was) {
            match places.get(&was.value) {
                Some(span) => {
                    let problem = self.reader.findings.add(Code::CodeInUse, was.span);
                    problem.name(&was.value).related(*span, Role::DefinedHere);
                }
                None => {
                    places.insert(&was.value, was.span);
                }
            }
        }
    }

    /// Kinds of missing are always offered by the program; among options they would be counted as answers.
    pub(super) fn missing_among(&mut self, code: &At<Id>, text: Option<&Wording>) {
        let says = |wording: &Wording| {
            wording
                .texts
                .iter()
                .find(|text| {
                    let words = text
                        .clean
                        .as_str()
                        .trim()
                        .trim_matches(['(', ')', '.'])
                        .to_lowercase();
                    MISSING_WORDS.contains(&words.as_str())
                })
                .map(|text| (text.span, text.clean.to_string()))
        };
        let found = if MISSING_CODES.contains(&code.value.as_str()) {
            Some((code.span, code.value.to_string()))
        } else {
            text.and_then(says)
        };
        if let Some((span, name)) = found {
            self.reader
                .findings
                .add(Code::MissingAmongOptions, span)
                .name(name);
        }
    }

    fn groups(&mut self, raw: &RawQuestion, options: &[RawOption]) -> Vec<(Localized, Vec<Id>)> {
        let source = self.reader.source_language();
        let names: BTreeSet<Id> = raw.groups.iter().map(|(id, _)| id.value.clone()).collect();
        for group in options.iter().filter_map(|option| option.group.as_ref()) {
            self.known(group, Code::UnknownGroup, &names);
        }
        let mut groups = Vec::new();
        for (id, text) in &raw.groups {
            let of_group =
                |option: &&RawOption| option.group.as_ref().is_some_and(|group| group.value == id.value);
            let codes: Vec<Id> = options
                .iter()
                .filter(of_group)
                .filter_map(|option| Some(option.code.as_ref()?.value.clone()))
                .collect();
            if codes.is_empty() {
                self.reader.findings.add(Code::Unused, id.span).name(&id.value);
            }
            groups.extend(text.as_ref().map(|text| (text.localized(source), codes)));
        }
        groups
    }
}
