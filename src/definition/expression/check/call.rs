//! The five functions of conditions.

use std::ops::Range;

use super::{Checker, Type, Typed};
use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::expression::tree::Node;
use crate::definition::problem::{Argument, Kind};
use crate::domain::expression::Expression;

const FUNCTIONS: &[&str] = &["selected", "answered", "count", "score", "if"];

/// What other programs, or Norwegian, call our functions.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("antall", "count"),
    ("besvart", "answered"),
    ("count-selected", "count"),
    ("hvis", "if"),
    ("iif", "if"),
    ("poeng", "score"),
    ("valgt", "selected"),
    ("viss", "if"),
];

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        name_at: &Range<usize>,
        values: &[Node],
        at: &Range<usize>,
    ) -> Option<Typed> {
        let wanted = match name {
            "selected" => 2,
            "answered" | "count" | "score" => 1,
            "if" => 3,
            _ => {
                let flaw = Flaw::new(Code::UnknownFunction, name_at.clone()).name(name);
                let flaw = match OTHER_NAMES.iter().find(|(other, _)| *other == name) {
                    Some((_, ours)) => flaw.fix(name_at.clone(), ours),
                    None => flaw,
                };
                return self.flaw(flaw.allowed(FUNCTIONS));
            }
        };
        if values.len() != wanted {
            let flaw = Flaw::new(Code::WrongArguments, at.clone()).name(name);
            return self.flaw(
                flaw.with(Argument::Limit(wanted.to_string()))
                    .with(Argument::Count(values.len() as u64)),
            );
        }
        let (expression, kind) = match (name, values) {
            ("selected", [set, code]) => return self.has(set, code, at),
            ("answered", [item]) => (Expression::Answered(self.item_of(item)?.0), Type::Truth),
            ("count", [item]) => {
                let (key, kind) = self.item_of(item)?;
                match kind {
                    Type::Codes(_) | Type::Code(..) | Type::Unclear => (Expression::Count(key), Type::Number),
                    kind => {
                        let flaw = Flaw::new(Code::KindsDoNotMatch, item.at.clone());
                        return self.flaw(flaw.kinds(Kind::Codes, kind.kind()));
                    }
                }
            }
            ("score", [item]) => {
                let (key, kind) = self.item_of(item)?;
                match kind {
                    Type::Code(_, true) | Type::Unclear => (Expression::Score(key), Type::Number),
                    kind => {
                        let flaw = Flaw::new(Code::KindsDoNotMatch, item.at.clone());
                        return self.flaw(flaw.kinds(Kind::Code, kind.kind()));
                    }
                }
            }
            (_, [condition, then, otherwise]) => return self.either_or(condition, then, otherwise, at),
            _ => return None,
        };
        Some(Typed {
            expression,
            kind,
            at: at.clone(),
        })
    }

    /// `if(a, b, c)`: both outcomes must be of one kind.
    fn either_or(
        &mut self,
        condition: &Node,
        then: &Node,
        otherwise: &Node,
        at: &Range<usize>,
    ) -> Option<Typed> {
        let condition = self.truth(condition);
        let (then, otherwise) = (self.typed(then), self.typed(otherwise));
        let (condition, then, otherwise) = (condition?, then?, otherwise?);
        let kind = match (&then.kind, &otherwise.kind) {
            (Type::Unclear, _) | (_, Type::Unclear) => Type::Unclear,
            (Type::Truth, Type::Truth) => Type::Truth,
            (Type::Number | Type::Digits(_), Type::Number | Type::Digits(_)) => Type::Number,
            (
                Type::Word(_) | Type::Text | Type::Open | Type::Code(..),
                Type::Word(_) | Type::Text | Type::Open | Type::Code(..),
            ) => Type::Text,
            (wanted, found) => {
                let flaw = Flaw::new(Code::KindsDoNotMatch, otherwise.at.clone());
                return self.flaw(flaw.kinds(wanted.kind(), found.kind()));
            }
        };
        Some(Typed {
            expression: Expression::If(
                Box::new(condition),
                Box::new(then.expression),
                Box::new(otherwise.expression),
            ),
            kind,
            at: at.clone(),
        })
    }
}
