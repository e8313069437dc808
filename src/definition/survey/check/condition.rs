//! Conditions in their place: what is wrong with them is shown where it stands in the file.

use std::ops::Range;

use super::{Check, Parents};
use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::expression::check::{Standing, check};
use crate::definition::expression::never::{Never, never_true};
use crate::definition::expression::parse::parse;
use crate::definition::place::{Span, inside};
use crate::definition::problem::{Argument, Role};
use crate::definition::survey::raw::RawCondition;
use crate::domain::expression::Expression;

impl Check<'_, '_> {
    /// Returns the typed condition, or says what is wrong with it.
    pub(super) fn condition(
        &mut self,
        raw: &RawCondition,
        standing: Standing<'_>,
        parents: Parents<'_>,
    ) -> Option<Expression> {
        let checked = parse(&raw.value).and_then(|tree| check(&tree, &self.scope, standing));
        match checked {
            Ok(condition) => {
                self.advise_on(&condition, raw.span, parents);
                Some(condition)
            }
            Err(flaws) => {
                for flaw in flaws {
                    self.report(raw, flaw);
                }
                None
            }
        }
    }

    fn advise_on(&mut self, condition: &Expression, span: Span, parents: Parents<'_>) {
        match never_true(condition, parents, &self.scope) {
            None => {}
            Some(Never::Alone) => {
                self.reader.findings.add(Code::NeverTrue, span);
            }
            Some(Never::Beside(other)) => {
                let problem = self.reader.findings.add(Code::NeverTrue, span);
                problem.related(other, Role::AlsoNeeded);
            }
        }
    }

    fn report(&mut self, raw: &RawCondition, flaw: Flaw) {
        let source = self.reader.source;
        let place = |range: Range<usize>| inside(source, raw.span, &raw.value, range);
        let at = place(flaw.at);
        let quoted = matches!(flaw.code, Code::UnknownCodeInCondition);
        let near = match (&flaw.fix, name_of(&flaw.arguments)) {
            (None, Some(name)) => {
                let allowed = flaw.allowed.iter().map(String::as_str);
                self.reader.findings.meant(name, allowed)
            }
            _ => None,
        };
        let problem = self.reader.findings.add(flaw.code, at);
        problem.arguments = flaw.arguments;
        if !flaw.allowed.is_empty() && flaw.allowed.len() <= 60 {
            problem.with(Argument::Allowed(flaw.allowed));
        }
        if let Some((range, text)) = flaw.fix {
            problem.suggest(place(range), text);
        } else if let Some(near) = near {
            let text = if quoted { format!("'{near}'") } else { near };
            problem.suggest(at, text);
        }
        if let Some((span, role)) = flaw.related {
            problem.related(span, role);
        }
    }
}

fn name_of(arguments: &[Argument]) -> Option<&str> {
    arguments.iter().find_map(|argument| match argument {
        Argument::Name(name) => Some(name.as_str()),
        _ => None,
    })
}
