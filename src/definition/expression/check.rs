//! From the syntax tree to the domain's typed tree: what does names mean, and do the parts fit together?

use std::ops::Range;
use std::rc::Rc;

use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::expression::scope::{AnswerKind, Codes, Scope};
use crate::definition::expression::tree::{Node, NodeKind};
use crate::definition::problem::Kind;
use crate::domain::expression::{Comparison, Expression, Operation, Value};
use crate::domain::id::Id;
use crate::domain::number::Number;

mod call;
mod compare;
mod name;

/// Where a condition stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing<'s> {
    /// The question it belongs to.
    pub(crate) own: Option<&'s Id>,
    /// Whether it checks that question's answer, and so may look at it.
    pub(crate) is_check: bool,
}

/// Returns the typed condition.
///
/// # Errors
/// Everything that does not fit together.
pub(crate) fn check(node: &Node, scope: &Scope, standing: Standing<'_>) -> Result<Expression, Vec<Flaw>> {
    let mut checker = Checker {
        scope,
        standing,
        flaws: Vec::new(),
    };
    let typed = checker.truth(node);
    match typed {
        Some(expression) if checker.flaws.is_empty() => Ok(expression),
        _ => Err(checker.flaws),
    }
}

struct Checker<'s> {
    scope: &'s Scope,
    standing: Standing<'s>,
    flaws: Vec<Flaw>,
}

/// A part with the kind of value it has.
#[derive(Clone, Debug)]
struct Typed {
    expression: Expression,
    kind: Type,
    at: Range<usize>,
}

/// Kinds of value.
#[derive(Clone, Debug)]
enum Type {
    Truth,
    Number,
    /// One of these codes; true when they are levels of a scale.
    Code(Rc<Codes>, bool),
    Codes(Rc<Codes>),
    Text,
    Date,
    /// A word whose codes are not known here: a site.
    Open,
    /// A word written in the condition.
    Word(String),
    /// A number written in the condition.
    Digits(Number),
    /// Not known, because what is named has mistakes of its own.
    Unclear,
}

impl Type {
    const fn kind(&self) -> Kind {
        match self {
            Self::Truth => Kind::Condition,
            Self::Number | Self::Digits(_) => Kind::Number,
            Self::Code(..) | Self::Open => Kind::Code,
            Self::Codes(_) => Kind::Codes,
            Self::Text | Self::Word(_) => Kind::Text,
            Self::Date => Kind::Date,
            Self::Unclear => Kind::Value,
        }
    }
}

impl Checker<'_> {
    /// Reports a flaw; the part it is in has no type.
    fn flaw<T>(&mut self, flaw: Flaw) -> Option<T> {
        self.flaws.push(flaw);
        None
    }

    /// Returns a part that must be true or false.
    fn truth(&mut self, node: &Node) -> Option<Expression> {
        let typed = self.typed(node)?;
        match typed.kind {
            Type::Truth | Type::Unclear => Some(typed.expression),
            kind => {
                let mut flaw =
                    Flaw::new(Code::NotACondition, typed.at.clone()).kinds(Kind::Condition, kind.kind());
                if let NodeKind::Name(parts) = &node.kind {
                    let name = parts.join(".");
                    flaw = flaw.name(&name).fix(typed.at, format!("answered({name})"));
                }
                self.flaw(flaw)
            }
        }
    }

    /// Returns a part that must be a number.
    fn number(&mut self, node: &Node) -> Option<Expression> {
        let typed = self.typed(node)?;
        match &typed.kind {
            Type::Number | Type::Digits(_) | Type::Unclear => Some(typed.expression),
            Type::Code(_, true) => {
                let flaw = Flaw::new(Code::UseScore, typed.at.clone());
                let fixed = match &node.kind {
                    NodeKind::Name(parts) => flaw
                        .name(parts.join("."))
                        .fix(typed.at, format!("score({})", parts.join("."))),
                    _ => flaw,
                };
                self.flaw(fixed)
            }
            kind => self.flaw(Flaw::new(Code::KindsDoNotMatch, typed.at).kinds(Kind::Number, kind.kind())),
        }
    }

    fn typed(&mut self, node: &Node) -> Option<Typed> {
        let at = node.at.clone();
        let typed = |expression, kind| Typed {
            expression,
            kind,
            at: at.clone(),
        };
        match &node.kind {
            NodeKind::Name(parts) => self.name(parts, &at),
            NodeKind::Here => {
                let (item, answer) = self.here(&at)?;
                Some(typed(Expression::Item(item), answer))
            }
            NodeKind::Word(word) => Some(typed(
                Expression::Literal(Value::Word(word.clone())),
                Type::Word(word.clone()),
            )),
            NodeKind::Digits(digits) => match digits.parse::<Number>() {
                Ok(number) => Some(typed(
                    Expression::Literal(Value::Number(number)),
                    Type::Digits(number),
                )),
                Err(_) => self.flaw(Flaw::new(Code::BadNumber, at).name(digits)),
            },
            NodeKind::Not(part) => {
                let part = self.truth(part)?;
                Some(typed(Expression::Not(Box::new(part)), Type::Truth))
            }
            NodeKind::And(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                Some(typed(Expression::And(Box::new(a?), Box::new(b?)), Type::Truth))
            }
            NodeKind::Or(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                Some(typed(Expression::Or(Box::new(a?), Box::new(b?)), Type::Truth))
            }
            NodeKind::Negate(part) => {
                let part = self.number(part)?;
                Some(match part {
                    Expression::Literal(Value::Number(number)) => {
                        let number = Number::from_thousandths(number.thousandths().saturating_neg());
                        typed(Expression::Literal(Value::Number(number)), Type::Digits(number))
                    }
                    part => typed(Expression::Negate(Box::new(part)), Type::Number),
                })
            }
            NodeKind::Calculate(how, a, b) => self.calculation(*how, a, b, &at),
            NodeKind::Compare(how, a, b) => self.comparison(*how, a, b, &at),
            NodeKind::Has(set, code) => self.has(set, code, &at),
            NodeKind::In(part, list) => self.membership(part, list, &at),
            NodeKind::Call(name, name_at, values) => self.call(name, name_at, values, &at),
        }
    }

    fn calculation(&mut self, how: Operation, a: &Node, b: &Node, at: &Range<usize>) -> Option<Typed> {
        let (a, b) = (self.number(a), self.number(b));
        Some(Typed {
            expression: Expression::Calculate(how, Box::new(a?), Box::new(b?)),
            kind: Type::Number,
            at: at.clone(),
        })
    }
}

/// Returns the comparison that says the same with its sides changed.
const fn mirrored(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// Returns the type of an answer.
fn type_of(answer: &AnswerKind, codes: Option<&Rc<Codes>>) -> Option<Type> {
    Some(match (answer, codes) {
        (AnswerKind::Choice(codes), _) => Type::Code(Rc::clone(codes), false),
        (AnswerKind::Level(codes), _) | (AnswerKind::Matrix { .. }, Some(codes)) => {
            Type::Code(Rc::clone(codes), true)
        }
        (AnswerKind::Choices(codes) | AnswerKind::Ranking(codes), _) => Type::Codes(Rc::clone(codes)),
        (AnswerKind::Number { .. }, _) => Type::Number,
        (AnswerKind::Date, _) => Type::Date,
        (AnswerKind::Text, _) => Type::Text,
        (AnswerKind::Unclear, _) => Type::Unclear,
        (AnswerKind::Nothing | AnswerKind::Matrix { .. }, _) => return None,
    })
}
