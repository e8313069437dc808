//! Reads tables key by key: unknown keys are named all at once, missing ones with an example.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::definition::code::Code;
use crate::definition::findings::Findings;
use crate::definition::place::{At, Span};
use crate::definition::problem::{Argument, Kind, Role};
use crate::definition::value::{self, Value};
use crate::domain::language::Language;

/// What all reading shares: the text, its languages and what was found so far.
pub(crate) struct Reader<'d> {
    pub(crate) source: &'d str,
    /// The first is the source language. Never empty.
    pub(crate) languages: Vec<Language>,
    pub(crate) findings: Findings,
}

impl Reader<'_> {
    pub(crate) fn source_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::Bokmal)
    }

    /// Reports when there are more than allowed.
    pub(crate) fn within(&mut self, count: usize, limit: usize, span: Span) {
        if count > limit {
            self.findings
                .add(Code::TooMany, span)
                .with(Argument::Count(count as u64))
                .with(Argument::Limit(limit.to_string()));
        }
    }
}

/// A table being read.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'d> {
    table: &'d DeTable<'d>,
    /// Where to point when something is missing: the heading, or the inline table.
    pub(crate) span: Span,
}

/// A key with its value.
#[derive(Clone, Copy)]
pub(crate) struct Field<'d> {
    pub(crate) key: &'d str,
    pub(crate) key_span: Span,
    pub(crate) value: &'d Value<'d>,
}

impl<'d> Fields<'d> {
    /// Opens the file's own table.
    /// `inside` are keys of its tables, with their way there, that are easily put outside.
    pub(crate) fn root(
        table: &'d DeTable<'d>,
        keys: &[&'static str],
        inside: &[&'static str],
        reader: &mut Reader<'_>,
    ) -> Self {
        let fields = Self {
            table,
            span: Span::default(),
        };
        let shown: Vec<&str> = keys.iter().chain(inside).copied().collect();
        fields.name_unknown(keys, &shown, reader);
        fields
    }

    /// Opens a table that has these keys; reports every other key.
    pub(crate) fn open(value: &'d Value<'d>, keys: &[&'static str], reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Self::free(value, reader)?;
        fields.name_unknown(keys, keys, reader);
        Some(fields)
    }

    /// Names keys that are none of `keys`; `shown` are those worth proposing.
    pub(crate) fn name_unknown(&self, keys: &[&str], shown: &[&str], reader: &mut Reader<'_>) {
        for field in self.in_file_order() {
            if keys.contains(&field.key) {
                continue;
            }
            // What is already there was not meant, but a list can have one more.
            let free = shown
                .iter()
                .copied()
                .filter(|key| !self.has(key) || self.is_list(key));
            let inside = shown.iter().find(|key| key.rsplit('.').next() == Some(field.key));
            let near = reader.findings.meant(field.key, free);
            let near = inside.map(ToString::to_string).or(near);
            let problem = reader.findings.add(Code::UnknownKey, field.key_span);
            problem
                .name(field.key)
                .with(Argument::Allowed(shown.iter().map(ToString::to_string).collect()));
            if let Some(near) = near {
                problem.suggest(field.key_span, near);
            }
        }
    }

    /// Opens a table whose keys are ids.
    pub(crate) fn free(value: &'d Value<'d>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self {
                table,
                span: value::span(value),
            }),
            _ => value::wrong(value, Kind::Table, reader),
        }
    }

    /// Returns the fields as they stand in the file.
    pub(crate) fn in_file_order(&self) -> Vec<Field<'d>> {
        let mut fields: Vec<Field<'d>> = self
            .table
            .iter()
            .map(|(key, value)| Field {
                key: key.get_ref(),
                key_span: key.span().into(),
                value,
            })
            .collect();
        fields.sort_by_key(|field| field.key_span);
        fields
    }

    /// Returns whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn is_list(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)))
    }

    /// Reads a key that may be there.
    pub(crate) fn get<T>(
        &self,
        key: &str,
        reader: &mut Reader<'_>,
        read: impl FnOnce(&'d Value<'d>, &mut Reader<'_>) -> Option<T>,
    ) -> Option<T> {
        read(self.table.get(key)?, reader)
    }

    /// Reads a key that must be there.
    pub(crate) fn need<T>(
        &self,
        key: &'static str,
        reader: &mut Reader<'_>,
        read: impl FnOnce(&'d Value<'d>, &mut Reader<'_>) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            let problem = reader.findings.add(Code::MissingKey, self.span);
            problem.name(key).with(Argument::Other(example(key).to_owned()));
        }
        self.get(key, reader, read)
    }

    /// Reads a list that may be there; no list is an empty one.
    pub(crate) fn list<T>(
        &self,
        key: &str,
        limit: usize,
        reader: &mut Reader<'_>,
        read: impl Fn(&'d Value<'d>, &mut Reader<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.get(key, reader, value::list_of(limit, read))
            .map(|list| list.value)
            .unwrap_or_default()
    }

    /// Reads true or false; `default` when it is not there.
    pub(crate) fn truth(&self, key: &str, default: bool, reader: &mut Reader<'_>) -> bool {
        self.get(key, reader, value::truth)
            .map_or(default, |truth| truth.value)
    }
}

/// What to write for a key that is missing.
fn example(key: &str) -> &'static str {
    match key {
        "format" => "format = 1",
        "id" => "id = \"kort_navn\"",
        "version" => "version = \"2026-11-01\"",
        "languages" => "languages = [\"nb\", \"nn\", \"en\"]",
        "title" => "title = { nb = \"...\", nn = \"...\", en = \"...\" }",
        "consent" => "[consent]",
        "read_aloud" => "read_aloud = { nb = \"...\" }",
        "points" => "points = [{ id = \"deltar\", text = \"...\", required = true }]",
        "section" => "[[section]]",
        "q" => "[[section.q]]",
        "type" => "type = \"one\"",
        "code" => "code = \"ja\"",
        "good" => "good = \"high\"",
        "options" => "options = [{ code = \"ja\", text = \"Ja\" }, { code = \"nei\", text = \"Nei\" }]",
        "rows" => "rows = [{ id = \"lyttet\", text = \"...\" }]",
        "scale" => "scale = \"enig5\"",
        "level" => "level = \"ask\"",
        "that" => "that = \". <= 52\"",
        "two" => "two = [[\"1\", \"2\"], [\"3\", \"4\"]]",
        "when" => "when = \"aldersgruppe = 'u16'\"",
        "target" => "target = 15",
        "show" => "show = [\"n\", \"favourable\"]",
        "codes" => "codes = [{ code = \"tid\", text = \"...\" }]",
        "codebook" => "codebook = \"tema\"",
        "round" => "[[round]]",
        "mode" => "mode = \"deidentified\"",
        "surveys" => "surveys = [\"min-stemme-bup\"]",
        "name" => "name = \"koordinator\"",
        "age" => "age = \"age1...\"",
        "key" => "key = \"ed25519:...\"",
        "sha256" => "sha256 = \"...\"",
        "phone" => "phone = \"...\"",
        _ => "text = { nb = \"...\", nn = \"...\", en = \"...\" }",
    }
}

/// Ids that must differ.
#[derive(Default)]
pub(crate) struct Unique {
    seen: BTreeMap<String, Span>,
}

impl Unique {
    /// Returns whether this id is new; reports it with the first one when it is not.
    pub(crate) fn add<T: ToString>(&mut self, id: &At<T>, reader: &mut Reader<'_>) -> bool {
        let name = id.value.to_string();
        if let Some(first) = self.seen.get(&name) {
            let problem = reader.findings.add(Code::Twice, id.span);
            problem.name(name).related(*first, Role::First);
            return false;
        }
        self.seen.insert(name, id.span);
        true
    }
}
