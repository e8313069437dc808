//! Statements answered on one scale, or on two.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Check, Parents, Sort};
use crate::definition::code::Code;
use crate::definition::expression::check::Standing;
use crate::definition::expression::scope::{AnswerKind, Codes};
use crate::definition::fields::Unique;
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::survey::raw::question::RawQuestion;
use crate::domain::id::Id;
use crate::domain::survey::question::{QuestionKind, Row};

impl Check<'_, '_> {
    /// Returns the codes of a scale a question uses, or says that it is not there.
    pub(super) fn scale(&mut self, name: &At<Id>) -> Option<Rc<Codes>> {
        self.add_built_in(&name.value);
        self.used.insert((Sort::Scale, name.value.clone()));
        if let Some(codes) = self.scale_codes.get(&name.value) {
            return Some(Rc::clone(codes));
        }
        let mut defined: BTreeSet<Id> = self.scale_codes.keys().cloned().collect();
        defined.extend(Id::new(super::scale::BUILT_IN).ok());
        self.known(name, Code::UnknownScale, &defined);
        None
    }

    pub(super) fn matrix(
        &mut self,
        raw: &RawQuestion,
        parents: Parents<'_>,
    ) -> (Option<QuestionKind>, AnswerKind) {
        let scales = self.matrix_scales(raw);
        let Some(rows) = &raw.rows else {
            let problem = self.reader.findings.add(Code::MissingKey, raw.span);
            problem.name("rows").with(Argument::Other(
                "rows = [{ id = \"lyttet\", text = \"...\" }]".to_owned(),
            ));
            return (None, AnswerKind::Unclear);
        };
        if rows.value.is_empty() {
            self.reader.findings.add(Code::TooFewOptions, rows.span);
        }
        let mut unique = Unique::default();
        let mut built = Vec::new();
        let mut ids = Vec::new();
        for row in &rows.value {
            if let Some(id) = &row.id {
                unique.add(id, self.reader);
                ids.push(id.value.clone());
            }
            built.push(self.row(row, raw, parents));
        }
        let answer = match &scales {
            Some(scales) => AnswerKind::Matrix {
                rows: ids,
                scales: scales.clone(),
            },
            None => AnswerKind::Unclear,
        };
        let names = scales.map(|scales| scales.into_iter().map(|(name, _)| name).collect());
        let rows = built.into_iter().collect::<Option<Vec<_>>>();
        let kind = rows
            .zip(names)
            .map(|(rows, scales)| QuestionKind::Matrix { rows, scales });
        (kind, answer)
    }

    fn row(
        &mut self,
        row: &crate::definition::survey::raw::choice::RawRow,
        raw: &RawQuestion,
        parents: Parents<'_>,
    ) -> Option<Row> {
        let own_dimension = row.dimension.as_ref();
        let dimension = own_dimension.map(|dimension| self.dimension(dimension));
        // The question's dimension is that of every row without one of its own; it is checked with the question.
        let inherited = raw.dimension.as_ref().map(|dimension| dimension.value.clone());
        let show_if = match &row.show_if {
            Some(condition) => {
                let standing = Standing {
                    own: raw.id.as_ref().map(|id| &id.value),
                    is_check: false,
                };
                Some(self.condition(condition, standing, parents)?)
            }
            None => None,
        };
        let text = row.text.as_ref()?;
        self.pipes(text, None, parents);
        Some(Row {
            id: row.id.as_ref()?.value.clone(),
            text: text.localized(self.reader.source_language()),
            said: row
                .said
                .as_ref()
                .map(|said| said.localized(self.reader.source_language())),
            show_if,
            dimension: match dimension {
                Some(dimension) => Some(dimension?),
                None => inherited,
            },
            reverse: row.reverse,
            sensitive: row.sensitive || raw.sensitive,
        })
    }

    fn matrix_scales(&mut self, raw: &RawQuestion) -> Option<Vec<(Id, Rc<Codes>)>> {
        let names: Vec<&At<Id>> = match (&raw.scale, &raw.scales) {
            (Some(scale), None) => vec![scale],
            (None, Some(scales)) => scales.value.iter().collect(),
            (Some(_), Some(scales)) => {
                self.reader.findings.add(Code::OneOrTwoScales, scales.span);
                return None;
            }
            (None, None) => {
                self.reader.findings.add(Code::NoOptions, raw.key("type"));
                return None;
            }
        };
        let differ = match names.as_slice() {
            [_] => true,
            [first, second] => first.value != second.value,
            _ => false,
        };
        if !differ {
            self.reader.findings.add(Code::OneOrTwoScales, raw.key("scales"));
            return None;
        }
        let codes: Vec<Option<(Id, Rc<Codes>)>> = names
            .into_iter()
            .map(|name| Some((name.value.clone(), self.scale(name)?)))
            .collect();
        codes.into_iter().collect()
    }
}
