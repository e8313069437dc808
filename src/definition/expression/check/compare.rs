//! What may be compared with what, and with which codes.

use std::ops::Range;

use super::{Checker, Type, Typed, mirrored};
use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::expression::date;
use crate::definition::expression::scope::Codes;
use crate::definition::expression::tree::{Node, NodeKind};
use crate::definition::problem::{Argument, Kind};
use crate::domain::expression::{Comparison, Expression, Value};

impl Checker<'_> {
    pub(super) fn comparison(
        &mut self,
        how: Comparison,
        left: &Node,
        right: &Node,
        at: &Range<usize>,
    ) -> Option<Typed> {
        // A literal on the left is compared from the right.
        let written = |node: &Node| matches!(node.kind, NodeKind::Word(_) | NodeKind::Digits(_));
        let (how, left, right) = if written(left) && !written(right) {
            (mirrored(how), right, left)
        } else {
            (how, left, right)
        };
        let (left, right) = self.sides(left, right)?;
        let expression = self.compared(how, &left, &right, at)?;
        Some(Typed {
            expression,
            kind: Type::Truth,
            at: at.clone(),
        })
    }

    /// Returns both sides with their types.
    fn sides(&mut self, left: &Node, right: &Node) -> Option<(Typed, Typed)> {
        let first = self.typed(left);
        let second = self.other_side(first.as_ref(), right);
        Some((first?, second?))
    }

    /// Returns the side that `first` is compared with. A bare word that is a code there lacks its quotation marks.
    fn other_side(&mut self, first: Option<&Typed>, right: &Node) -> Option<Typed> {
        if let (Some(first), NodeKind::Name(parts)) = (first, &right.kind)
            && let (Type::Code(codes, _) | Type::Codes(codes), [word]) = (&first.kind, parts.as_slice())
            && self.scope.get(word).is_none()
            && codes.entry(word).is_some()
        {
            let flaw = Flaw::new(Code::UnknownName, right.at.clone()).name(word);
            return self.flaw(flaw.fix(right.at.clone(), format!("'{word}'")));
        }
        self.typed(right)
    }

    fn compared(
        &mut self,
        how: Comparison,
        left: &Typed,
        right: &Typed,
        at: &Range<usize>,
    ) -> Option<Expression> {
        let same = matches!(how, Comparison::Equal | Comparison::NotEqual);
        let as_they_are = || {
            Some(Expression::Compare(
                how,
                Box::new(left.expression.clone()),
                Box::new(right.expression.clone()),
            ))
        };
        let with_word = |word: &str| {
            Some(Expression::Compare(
                how,
                Box::new(left.expression.clone()),
                Box::new(Expression::Literal(Value::Word(word.to_owned()))),
            ))
        };
        match (&left.kind, &right.kind) {
            (Type::Unclear, _) | (_, Type::Unclear) => as_they_are(),
            (Type::Number | Type::Digits(_), Type::Number | Type::Digits(_)) | (Type::Date, Type::Date) => {
                as_they_are()
            }
            (Type::Code(codes, _), Type::Word(word)) if same => {
                self.known_code(codes, word, &right.at)?;
                as_they_are()
            }
            (Type::Code(codes, _), Type::Digits(number)) if same && codes.numeric() => {
                match codes.numbered(*number) {
                    Some(code) => with_word(code.as_str()),
                    None => self.unknown_code(codes, &number.to_string(), &right.at),
                }
            }
            // Codes that are numbers are compared as numbers: '10' is more than '9'.
            (Type::Code(codes, _), Type::Digits(_) | Type::Number) if codes.numeric() => as_they_are(),
            (Type::Code(codes, _), Type::Word(word)) if codes.numeric() => match word.parse() {
                Ok(number) => Some(Expression::Compare(
                    how,
                    Box::new(left.expression.clone()),
                    Box::new(Expression::Literal(Value::Number(number))),
                )),
                Err(_) => self.unknown_code(codes, word, &right.at),
            },
            (Type::Code(_, true), Type::Word(_) | Type::Digits(_) | Type::Number | Type::Code(..))
                if !same =>
            {
                self.flaw(Flaw::new(Code::UseScore, left.at.clone()))
            }
            (Type::Code(..), Type::Code(..)) | (Type::Truth, Type::Truth) if same => as_they_are(),
            (Type::Text | Type::Open | Type::Word(_), Type::Text | Type::Open | Type::Word(_)) if same => {
                as_they_are()
            }
            (Type::Date, Type::Word(word)) => self.dated(how, left, word, right),
            (Type::Date, Type::Digits(number)) => self.dated(how, left, &number.to_string(), right),
            (Type::Codes(_), _) | (_, Type::Codes(_)) => {
                let flaw = Flaw::new(Code::UseHas, at.clone());
                self.flaw(flaw)
            }
            (Type::Number, Type::Word(word)) if word.parse::<crate::domain::number::Number>().is_ok() => {
                let flaw = Flaw::new(Code::KindsDoNotMatch, right.at.clone()).kinds(Kind::Number, Kind::Text);
                self.flaw(flaw.fix(right.at.clone(), word.replace(',', ".")))
            }
            (wanted, found) => {
                let flaw = Flaw::new(Code::KindsDoNotMatch, right.at.clone());
                self.flaw(flaw.kinds(wanted.kind(), found.kind()))
            }
        }
    }

    fn dated(&mut self, how: Comparison, left: &Typed, word: &str, right: &Typed) -> Option<Expression> {
        let compared = date::compare(how, left.expression.clone(), word);
        if compared.is_none() {
            return self.flaw(Flaw::new(Code::BadDate, right.at.clone()).name(word));
        }
        compared
    }

    /// `many has 'bup'`
    pub(super) fn has(&mut self, set: &Node, code: &Node, at: &Range<usize>) -> Option<Typed> {
        let (set, code) = self.sides(set, code)?;
        let expression = match (&set.kind, &code.kind) {
            (Type::Unclear, _) => code.expression,
            (Type::Codes(codes) | Type::Code(codes, _), Type::Word(word)) => {
                self.known_code(codes, word, &code.at)?;
                code.expression
            }
            (Type::Codes(codes) | Type::Code(codes, _), Type::Digits(number)) if codes.numeric() => {
                match codes.numbered(*number) {
                    Some(code) => Expression::Literal(Value::Word(code.to_string())),
                    None => return self.unknown_code(codes, &number.to_string(), &code.at),
                }
            }
            (Type::Codes(_) | Type::Code(..), found) => {
                let flaw = Flaw::new(Code::KindsDoNotMatch, code.at.clone());
                return self.flaw(flaw.kinds(Kind::Code, found.kind()));
            }
            (found, _) => {
                let flaw = Flaw::new(Code::KindsDoNotMatch, set.at.clone());
                return self.flaw(flaw.kinds(Kind::Codes, found.kind()));
            }
        };
        Some(Typed {
            expression: Expression::Has(Box::new(set.expression), Box::new(expression)),
            kind: Type::Truth,
            at: at.clone(),
        })
    }

    /// `one in ['bup', 'skole']`: each entry as if compared by itself.
    pub(super) fn membership(&mut self, part: &Node, list: &[Node], at: &Range<usize>) -> Option<Typed> {
        if list.is_empty() {
            let flaw = Flaw::new(Code::Unexpected, at.clone());
            return self.flaw(flaw.with(Argument::Wanted(Kind::Code)));
        }
        let mut entries = Vec::new();
        let mut all = Some(());
        let mut dated = None;
        let part = self.typed(part)?;
        for entry in list {
            let compared = self
                .other_side(Some(&part), entry)
                .and_then(|entry| self.compared(Comparison::Equal, &part, &entry, &entry.at));
            match compared {
                Some(Expression::Compare(_, _, entry)) => entries.push(*entry),
                // A date is a stretch of time: no single value, but a condition of its own.
                Some(stretch) => {
                    dated = Some(match dated.take() {
                        Some(earlier) => Expression::Or(Box::new(earlier), Box::new(stretch)),
                        None => stretch,
                    });
                }
                None => all = None,
            }
        }
        all?;
        let expression = match dated {
            Some(dated) => dated,
            None => Expression::In(Box::new(part.expression), entries),
        };
        Some(Typed {
            expression,
            kind: Type::Truth,
            at: at.clone(),
        })
    }

    /// Reports a word that is no code of the question.
    fn known_code(&mut self, codes: &Codes, word: &str, at: &Range<usize>) -> Option<()> {
        if codes.entry(word).is_some() {
            return Some(());
        }
        self.unknown_code(codes, word, at)
    }

    fn unknown_code<T>(&mut self, codes: &Codes, word: &str, at: &Range<usize>) -> Option<T> {
        let flaw = Flaw::new(Code::UnknownCodeInCondition, at.clone()).name(word);
        let flaw = match codes.replacing(word) {
            Some(code) => flaw.fix(at.clone(), format!("'{code}'")),
            None => flaw,
        };
        self.flaw(flaw.allowed(codes.names()))
    }
}
