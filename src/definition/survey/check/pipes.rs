//! `{{id}}` in texts: the words of an earlier answer.

use super::{Check, Parents};
use crate::definition::code::Code;
use crate::definition::expression::never::implies_answer;
use crate::definition::expression::scope::AnswerKind;
use crate::definition::place::Span;
use crate::definition::problem::Role;
use crate::definition::wording::{Wording, Written};
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;

impl Check<'_, '_> {
    /// Checks every pipe of a text. `own` is the question whose answer is there already: in the words of its checks.
    pub(super) fn pipes(&mut self, wording: &Wording, own: Option<&Id>, parents: Parents<'_>) {
        for (place, text) in wording.texts.iter().enumerate() {
            for (name, span) in self.piped(text) {
                // What may be blank is so in every language: said once.
                self.pipe(&name, span, own, parents, place == 0);
            }
        }
    }

    fn piped(&mut self, text: &Written) -> Vec<(String, Span)> {
        let source = self.reader.source;
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text.raw.get(at..).and_then(|rest| rest.find("{{")) {
            let start = at + start;
            let body = text.raw.get(start + 2..).unwrap_or_default();
            let Some(length) = body.find("}}") else {
                let span = text.place(source, start..start + 2);
                self.reader.findings.add(Code::UnclosedPipe, span);
                break;
            };
            at = start + 2 + length + 2;
            let name = body.get(..length).unwrap_or_default().trim().to_owned();
            found.push((name, text.place(source, start..at)));
        }
        found
    }

    fn pipe(&mut self, name: &str, span: Span, own: Option<&Id>, parents: Parents<'_>, advise: bool) {
        if name == "interviewer" {
            return;
        }
        let key: Option<ItemKey> = name.parse().ok();
        let question = key.as_ref().map(ItemKey::question_id);
        let known = question.and_then(|question| self.scope.get(question.as_str()));
        let Some((key, known)) = key.as_ref().zip(known) else {
            self.unknown_pipe(name, span);
            return;
        };
        let names_item = match &known.answer {
            AnswerKind::Unclear => return,
            AnswerKind::Nothing => false,
            AnswerKind::Matrix { rows, scales } => {
                let row = key.row_id().is_some_and(|row| rows.contains(row));
                let scale = match key.scale_id() {
                    Some(wanted) => scales.len() > 1 && scales.iter().any(|(name, _)| name == wanted),
                    None => scales.len() == 1,
                };
                row && scale
            }
            _ => key.row_id().is_none(),
        };
        if !names_item {
            self.unknown_pipe(name, span);
            return;
        }
        let conditions: Vec<&Expression> = parents.iter().map(|(condition, _)| *condition).collect();
        let answered =
            own == Some(key.question_id()) || !advise || implies_answer(&conditions, key, &self.scope);
        if !answered {
            self.reader.findings.add(Code::PipeMayBeBlank, span).name(name);
        }
    }

    fn unknown_pipe(&mut self, name: &str, span: Span) {
        let question = name.split('.').next().unwrap_or_default();
        if self.scope.get(question).is_none()
            && let Some(later) = self.scope.everywhere.get(question)
        {
            let problem = self.reader.findings.add(Code::PipeForward, span);
            problem.name(name).related(*later, Role::Later);
            return;
        }
        let names: Vec<&str> = self.scope.names().chain(["interviewer"]).collect();
        let problem = self
            .reader
            .findings
            .add_unknown(Code::UnknownPipe, span, name, names);
        if let Some(suggestion) = &mut problem.suggestion {
            suggestion.text = format!("{{{{{}}}}}", suggestion.text);
        }
    }
}
