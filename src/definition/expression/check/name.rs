//! What a name in a condition stands for.

use std::ops::Range;

use super::{Checker, Type, Typed, type_of};
use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::expression::scope::{AnswerKind, BACKGROUND, Known};
use crate::definition::expression::tree::{Node, NodeKind};
use crate::definition::problem::{Argument, Kind, Role};
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;

impl Checker<'_> {
    /// Returns what a name stands for: a consent point, a background value or an earlier item.
    pub(super) fn name(&mut self, parts: &[String], at: &Range<usize>) -> Option<Typed> {
        let typed = |expression, kind| {
            Some(Typed {
                expression,
                kind,
                at: at.clone(),
            })
        };
        match parts {
            [first, point] if first == "consent" => {
                let found = self
                    .scope
                    .consent
                    .iter()
                    .find(|known| known.as_str() == point)
                    .cloned();
                match found {
                    Some(point) => typed(Expression::Consent(point), Type::Truth),
                    None => {
                        let allowed = self.scope.consent.iter().map(|known| format!("consent.{known}"));
                        let flaw = Flaw::new(Code::UnknownConsentPoint, at.clone()).name(parts.join("."));
                        self.flaw(flaw.allowed(allowed))
                    }
                }
            }
            [first, name] if first == "background" => {
                match Id::new(name).ok().filter(|id| BACKGROUND.contains(&id.as_str())) {
                    Some(name) => typed(Expression::Background(name), Type::Open),
                    None => {
                        let allowed = BACKGROUND.iter().map(|known| format!("background.{known}"));
                        let flaw = Flaw::new(Code::UnknownBackground, at.clone()).name(parts.join("."));
                        self.flaw(flaw.allowed(allowed))
                    }
                }
            }
            _ => {
                let (item, kind) = self.item(parts, at)?;
                typed(Expression::Item(item), kind)
            }
        }
    }

    /// Returns the item that a part of a function names.
    pub(super) fn item_of(&mut self, node: &Node) -> Option<(ItemKey, Type)> {
        match &node.kind {
            NodeKind::Name(parts) => self.item(parts, &node.at),
            NodeKind::Here => self.here(&node.at),
            _ => self.flaw(Flaw::new(Code::Unexpected, node.at.clone()).with(Argument::Wanted(Kind::Item))),
        }
    }

    /// Returns the item whose answer is checked.
    pub(super) fn here(&mut self, at: &Range<usize>) -> Option<(ItemKey, Type)> {
        match self.standing.own.filter(|_| self.standing.is_check) {
            Some(own) => {
                let parts = [own.to_string()];
                self.item(&parts, at)
            }
            None => self.flaw(Flaw::new(Code::PointOutsideCheck, at.clone())),
        }
    }

    fn item(&mut self, parts: &[String], at: &Range<usize>) -> Option<(ItemKey, Type)> {
        let first = parts.first().map(String::as_str).unwrap_or_default();
        let Some(known) = self.scope.get(first) else {
            return self.unknown(first, parts, at);
        };
        let key = match &known.answer {
            AnswerKind::Matrix { rows, scales } => {
                let scales: Vec<&Id> = scales.iter().map(|(name, _)| name).collect();
                self.row(parts, rows, &scales, at)?
            }
            AnswerKind::Unclear => ItemKey::question(Id::new(first).ok()?),
            _ if parts.len() > 1 => {
                let flaw = Flaw::new(Code::UnknownRow, at.clone()).name(parts.join("."));
                return self.flaw(flaw.fix(at.clone(), first));
            }
            _ => ItemKey::question(Id::new(first).ok()?),
        };
        match answer_type(known, &key) {
            Some(kind) => Some((key, kind)),
            None => self.flaw(Flaw::new(Code::NoAnswer, at.clone()).name(first)),
        }
    }

    /// Returns the row of a matrix, on one scale when it has two.
    fn row(&mut self, parts: &[String], rows: &[Id], scales: &[&Id], at: &Range<usize>) -> Option<ItemKey> {
        let question = parts.first()?;
        let Some(wanted) = parts.get(1) else {
            let allowed = rows.iter().map(|row| format!("{question}.{row}"));
            return self.flaw(
                Flaw::new(Code::RowNeeded, at.clone())
                    .name(question)
                    .allowed(allowed),
            );
        };
        let Some(row) = rows.iter().find(|row| row.as_str() == wanted) else {
            let allowed = rows.iter().map(|row| format!("{question}.{row}"));
            return self.flaw(
                Flaw::new(Code::UnknownRow, at.clone())
                    .name(parts.join("."))
                    .allowed(allowed),
            );
        };
        let question = Id::new(question).ok()?;
        let paired = scales.len() > 1;
        match (parts.get(2), paired) {
            (None, false) => Some(ItemKey::row(question, row.clone(), None)),
            (Some(wanted), true) if parts.len() == 3 => {
                match scales.iter().find(|scale| scale.as_str() == wanted) {
                    Some(scale) => Some(ItemKey::row(question, row.clone(), Some((*scale).clone()))),
                    None => {
                        let allowed = scales.iter().map(|scale| format!("{question}.{row}.{scale}"));
                        let flaw = Flaw::new(Code::UnknownRow, at.clone()).name(parts.join("."));
                        self.flaw(flaw.allowed(allowed))
                    }
                }
            }
            (None, true) => {
                let allowed = scales.iter().map(|scale| format!("{question}.{row}.{scale}"));
                let flaw = Flaw::new(Code::RowNeeded, at.clone()).name(format!("{question}.{row}"));
                self.flaw(flaw.allowed(allowed))
            }
            _ => {
                let flaw = Flaw::new(Code::UnknownRow, at.clone()).name(parts.join("."));
                self.flaw(flaw.fix(at.clone(), format!("{question}.{row}")))
            }
        }
    }

    /// Says why a name is not known: itself, later, or nowhere.
    fn unknown<T>(&mut self, first: &str, parts: &[String], at: &Range<usize>) -> Option<T> {
        if self.standing.own.is_some_and(|own| own.as_str() == first) {
            return self.flaw(Flaw::new(Code::SelfReference, at.clone()).name(first));
        }
        if let Some(span) = self.scope.everywhere.get(first) {
            let flaw = Flaw::new(Code::ForwardReference, at.clone()).name(first);
            return self.flaw(flaw.related(*span, Role::Later));
        }
        let whole = parts.join(".");
        let flaw = Flaw::new(Code::UnknownName, at.clone()).name(&whole);
        if self.scope.consent.iter().any(|point| point.as_str() == whole) {
            return self.flaw(flaw.fix(at.clone(), format!("consent.{whole}")));
        }
        if BACKGROUND.contains(&whole.as_str()) {
            return self.flaw(flaw.fix(at.clone(), format!("background.{whole}")));
        }
        let names: Vec<&str> = self.scope.names().collect();
        self.flaw(flaw.allowed(names))
    }
}

fn answer_type(known: &Known, key: &ItemKey) -> Option<Type> {
    type_of(&known.answer, known.answer.codes(key))
}
