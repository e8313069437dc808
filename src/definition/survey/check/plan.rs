//! What the survey plans: dimensions, codebooks, quotas, tables and group mode.

use std::collections::BTreeSet;

use super::Check;
use crate::definition::code::Code;
use crate::definition::expression::check::Standing;
use crate::definition::fields::Unique;
use crate::definition::place::At;
use crate::definition::survey::raw::RawSurvey;
use crate::definition::survey::raw::question::Type;
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::survey::consent::GroupMode;
use crate::domain::survey::report_plan::{Codebook, Quota, ReportTable};

/// What a table may be split by besides background questions.
const BREAKDOWNS: &[&str] = &["site", "round", "age_band"];

impl Check<'_, '_> {
    pub(super) fn dimensions(&mut self, raw: &RawSurvey, source: Language) -> Vec<(Id, Localized)> {
        let mut dimensions = Vec::new();
        for (id, text) in &raw.dimensions {
            self.dimensions.insert(id.value.clone());
            dimensions.extend(
                text.as_ref()
                    .map(|text| (id.value.clone(), text.localized(source))),
            );
        }
        dimensions
    }

    pub(super) fn codebooks(&mut self, raw: &RawSurvey) -> Vec<Codebook> {
        let source = self.reader.source_language();
        let mut unique = Unique::default();
        let mut codebooks = Vec::new();
        for codebook in &raw.codebooks {
            let mut themes = Unique::default();
            let mut codes = Vec::new();
            for (code, text) in &codebook.codes {
                let Some(code) = code else { continue };
                themes.add(code, self.reader);
                codes.extend(
                    text.as_ref()
                        .map(|text| (code.value.clone(), text.localized(source))),
                );
            }
            let Some(id) = &codebook.id else { continue };
            unique.add(id, self.reader);
            self.codebooks.insert(id.value.clone());
            codebooks.push(Codebook {
                id: id.value.clone(),
                title: codebook.title.as_ref().map(|title| title.localized(source)),
                codes,
            });
        }
        codebooks
    }

    pub(super) fn quotas(&mut self, raw: &RawSurvey) -> Vec<Quota> {
        let mut unique = Unique::default();
        let mut quotas = Vec::new();
        for quota in &raw.quotas {
            let when = quota
                .when
                .as_ref()
                .and_then(|condition| self.condition(condition, Standing::default(), &[]));
            let (Some(id), Some(target)) = (&quota.id, &quota.target) else {
                continue;
            };
            unique.add(id, self.reader);
            quotas.extend(when.map(|when| Quota {
                id: id.value.clone(),
                when,
                target: u32::try_from(target.value).unwrap_or(0),
            }));
        }
        quotas
    }

    pub(super) fn tables(&mut self, raw: &RawSurvey) -> Vec<ReportTable> {
        let source = self.reader.source_language();
        let background: BTreeSet<Id> = raw
            .sections
            .iter()
            .flat_map(|section| &section.questions)
            .filter(|question| question.background.is_some())
            .filter_map(|question| Some(question.id.as_ref()?.value.clone()))
            .chain(BREAKDOWNS.iter().filter_map(|name| Id::new(name).ok()))
            .collect();
        let mut unique = Unique::default();
        let mut tables = Vec::new();
        for table in &raw.tables {
            let is_dimension = matches!(table.rows.as_slice(), [one] if one.value.as_str() == "dimension");
            if !is_dimension {
                for row in &table.rows {
                    self.known_question(row);
                }
            }
            for by in &table.by {
                self.known(by, Code::NotBackground, &background);
            }
            let Some(id) = &table.id else { continue };
            unique.add(id, self.reader);
            tables.extend(table.title.as_ref().map(|title| ReportTable {
                id: id.value.clone(),
                title: title.localized(source),
                rows: table.rows.iter().map(|row| row.value.clone()).collect(),
                show: table.show.clone(),
                by: table.by.iter().map(|by| by.value.clone()).collect(),
            }));
        }
        tables
    }

    pub(super) fn group_mode(&mut self, raw: &RawSurvey) -> Option<GroupMode> {
        let group = raw.group_mode.as_ref();
        for id in group
            .iter()
            .flat_map(|group| group.only.iter().chain(&group.questions))
        {
            self.known_question(id);
        }
        let allowed = group.filter(|group| group.allowed);
        let named = |id: &Id| {
            let lists = allowed
                .iter()
                .flat_map(|group| group.only.iter().chain(&group.questions));
            lists.into_iter().any(|known| known.value == *id)
        };
        for question in raw.sections.iter().flat_map(|section| &section.questions) {
            let counts = question
                .kind
                .as_ref()
                .is_some_and(|kind| kind.value == Type::Count);
            if let Some(id) = question.id.as_ref().filter(|id| counts && !named(&id.value)) {
                let span = question.kind.as_ref().map_or(id.span, |kind| kind.span);
                self.reader.findings.add(Code::OnlyInGroups, span).name(&id.value);
            }
        }
        let ids = |list: &[At<Id>]| list.iter().map(|id| id.value.clone()).collect();
        allowed.map(|group| GroupMode {
            questions: ids(&group.questions),
            only: ids(&group.only),
            min_people: group.min_people,
        })
    }

    fn known_question(&mut self, id: &At<Id>) {
        let name = id.value.as_str();
        if !self.scope.everywhere.contains_key(name) {
            let known: Vec<String> = self.scope.everywhere.keys().cloned().collect();
            self.reader
                .findings
                .add_unknown(
                    Code::UnknownQuestion,
                    id.span,
                    name,
                    known.iter().map(String::as_str),
                )
                .quote_suggestion();
        }
    }
}
