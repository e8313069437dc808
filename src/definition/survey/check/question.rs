//! One question: its kind, its conditions and checks, and what it refers to.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Check, Parents, Sort};
use crate::definition::code::Code;
use crate::definition::expression::check::Standing;
use crate::definition::expression::scope::{AnswerKind, Codes, Guard, Known};
use crate::definition::place::{At, Span};
use crate::definition::survey::raw::question::{RawCheck, RawQuestion, Type};
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::survey::question::{self, Question};
use crate::domain::survey::scale::Good;

impl Check<'_, '_> {
    pub(super) fn question(&mut self, raw: &RawQuestion, section: Option<&Rc<Guard>>) -> Option<Question> {
        self.keys_of_type(raw);
        let own = raw.id.as_ref().map(|id| &id.value);
        let standing = Standing { own, is_check: false };
        let of_section: Vec<(&Expression, Span)> = section
            .iter()
            .map(|guard| (&guard.condition, guard.span))
            .collect();
        let show_if = raw
            .show_if
            .as_ref()
            .map(|condition| (self.condition(condition, standing, &of_section), condition.span));
        let mut guards: Vec<Rc<Guard>> = section.into_iter().cloned().collect();
        if let Some((Some(condition), span)) = &show_if {
            guards.push(Rc::new(Guard {
                condition: condition.clone(),
                span: *span,
            }));
        }
        let parents: Vec<(&Expression, Span)> = guards
            .iter()
            .map(|guard| (&guard.condition, guard.span))
            .collect();
        let dimension = raw.dimension.as_ref().map(|dimension| self.dimension(dimension));
        let (kind, answer) = self.kind(raw, &parents);
        let merge = self.merge(raw, &answer);
        self.effects(raw, &answer);
        self.said_of_nothing(raw);
        let quotable = raw.quotable.as_ref().map(|point| self.quotable(point));
        let codebook = raw.codebook.as_ref().map(|name| self.codebook(name));
        self.texts(raw, &parents);
        if let Some(id) = &raw.id
            && self.scope.get(id.value.as_str()).is_none()
        {
            self.scope.add(
                id.value.clone(),
                Known {
                    answer,
                    conditions: guards.clone(),
                },
            );
        }
        let checks: Vec<_> = raw
            .checks
            .iter()
            .map(|check| self.check(check, own, &parents))
            .collect();
        self.ways_out(raw);
        let source = self.reader.source_language();
        let localized = |wording: &crate::definition::wording::Wording| wording.localized(source);
        Some(Question {
            id: raw.id.as_ref()?.value.clone(),
            kind: kind?,
            text: localized(raw.text.as_ref()?),
            help: raw.help.as_ref().map(localized),
            interviewer_note: raw.interviewer_note.as_ref().map(localized),
            said: raw.said.as_ref().map(localized),
            probes: raw.probes.iter().map(localized).collect(),
            required: raw.required,
            show_if: settled(show_if.map(|(condition, _)| condition))?,
            dimension: settled(dimension)?,
            background: raw.background.is_some(),
            sensitive: raw.sensitive,
            self_answer: raw.self_answer,
            report: raw.report,
            reverse: raw.reverse,
            without: raw.without.iter().map(|kind| kind.value).collect(),
            merge: merge?,
            checks: checks.into_iter().collect::<Option<_>>()?,
            quotable: settled(quotable)?,
            codebook: settled(codebook)?,
        })
    }

    pub(super) fn dimension(&mut self, name: &At<Id>) -> Option<Id> {
        self.used.insert((Sort::Dimension, name.value.clone()));
        if self.dimensions.contains(&name.value) {
            return Some(name.value.clone());
        }
        let defined = self.dimensions.clone();
        self.known(name, Code::UnknownDimension, &defined)
    }

    fn codebook(&mut self, name: &At<Id>) -> Option<Id> {
        self.used.insert((Sort::Codebook, name.value.clone()));
        if self.codebooks.contains(&name.value) {
            return Some(name.value.clone());
        }
        let defined = self.codebooks.clone();
        self.known(name, Code::UnknownCodebook, &defined)
    }

    /// `"consent.sitat"`: a consent point.
    fn quotable(&mut self, raw: &At<String>) -> Option<Id> {
        let points: Vec<String> = self
            .scope
            .consent
            .iter()
            .map(|point| format!("consent.{point}"))
            .collect();
        let named = raw.value.strip_prefix("consent.").unwrap_or(&raw.value);
        let point = self
            .scope
            .consent
            .iter()
            .find(|point| point.as_str() == named)
            .cloned();
        if point.is_some() && raw.value.starts_with("consent.") {
            return point;
        }
        let problem = self.reader.findings.add_unknown(
            Code::UnknownConsentPoint,
            raw.span,
            &raw.value,
            points.iter().map(String::as_str),
        );
        if let Some(point) = point {
            problem.suggest(raw.span, format!("consent.{point}"));
        }
        problem.quote_suggestion();
        None
    }

    /// Levels that may be merged belong to the question.
    fn merge(&mut self, raw: &RawQuestion, answer: &AnswerKind) -> Option<Vec<Vec<Id>>> {
        let Some(merge) = &raw.merge else {
            return Some(Vec::new());
        };
        let codes: Option<&Rc<Codes>> = match answer {
            AnswerKind::Choice(codes) | AnswerKind::Level(codes) => Some(codes),
            _ => None,
        };
        let names: BTreeSet<Id> = codes
            .iter()
            .flat_map(|codes| codes.entries())
            .map(|entry| entry.code.clone())
            .collect();
        let mut known = Some(());
        if codes.is_some() {
            for code in merge.value.iter().flat_map(|levels| &levels.value) {
                if self.known(code, Code::UnknownCode, &names).is_none() {
                    known = None;
                }
            }
        }
        if raw.background.is_none() {
            let span = raw.key("merge");
            self.reader.findings.add(Code::WithoutEffect, span).name("merge");
        }
        known?;
        let levels = |levels: &At<Vec<At<Id>>>| levels.value.iter().map(|code| code.value.clone()).collect();
        Some(merge.value.iter().map(levels).collect())
    }

    /// Names keys that change nothing for this question.
    fn effects(&mut self, raw: &RawQuestion, answer: &AnswerKind) {
        let on_scale = matches!(answer, AnswerKind::Level(_) | AnswerKind::Unclear);
        let is_one = raw.kind.as_ref().is_some_and(|kind| kind.value == Type::One);
        for (key, is_there) in [("reverse", raw.reverse), ("said", raw.said.is_some())] {
            if is_there && !on_scale && is_one {
                let span = raw.key(key);
                self.reader.findings.add(Code::WithoutEffect, span).name(key);
            }
        }
    }

    /// What a good answer says is never said of a scale whose ends are neither good nor bad.
    fn said_of_nothing(&mut self, raw: &RawQuestion) {
        // Of two scales, the first says how much a statement matters.
        let name = match (&raw.scale, &raw.scales) {
            (Some(name), _) => Some(&name.value),
            (None, Some(names)) => names.value.last().map(|name| &name.value),
            (None, None) => None,
        };
        let scale = name.and_then(|name| self.scales.get(name));
        if scale.is_none_or(|scale| scale.good != Good::None) {
            return;
        }
        let rows = raw.rows.iter().flat_map(|rows| &rows.value);
        for said in raw.said.iter().chain(rows.filter_map(|row| row.said.as_ref())) {
            self.reader
                .findings
                .add(Code::WithoutEffect, said.span)
                .name("said");
        }
    }

    fn texts(&mut self, raw: &RawQuestion, parents: Parents<'_>) {
        let voices = raw.text.iter().chain(&raw.help).chain(&raw.interviewer_note);
        for text in voices.chain(&raw.probes) {
            self.pipes(text, None, parents);
        }
    }

    fn check(&mut self, raw: &RawCheck, own: Option<&Id>, parents: Parents<'_>) -> Option<question::Check> {
        let standing = Standing { own, is_check: true };
        let that = raw
            .that
            .as_ref()
            .map(|condition| self.condition(condition, standing, parents));
        if let Some(text) = &raw.text {
            // The words are said when the check does not hold: then what it looks at is answered.
            let fails = that.clone().flatten().map(|that| Expression::Not(Box::new(that)));
            let mut known = parents.to_vec();
            known.extend(fails.as_ref().map(|fails| (fails, Span::default())));
            self.pipes(text, own, &known);
        }
        Some(question::Check {
            level: raw.level.as_ref()?.value,
            that: that??,
            text: raw.text.as_ref()?.localized(self.reader.source_language()),
        })
    }

    /// A required question leaves at least one way not to answer.
    fn ways_out(&mut self, raw: &RawQuestion) {
        let without: BTreeSet<_> = raw.without.iter().map(|kind| kind.value).collect();
        let all = crate::domain::missing::Missing::CHOSEN;
        if raw.required && all.iter().all(|kind| without.contains(kind)) {
            let span = raw.key("without");
            self.reader.findings.add(Code::NoWayOut, span);
        }
    }
}

/// What was not there is settled; what was there and wrong is not.
fn settled<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(value) => Some(Some(value?)),
        None => Some(None),
    }
}
