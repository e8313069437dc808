//! The small language of conditions and checks: from text to the domain's typed tree.
//!
//! `token` and `parse` know signs and words only; `check` knows the survey so far and finds what does not fit
//! together; `never` finds conditions that no answers can make true.

use std::ops::Range;

use crate::definition::code::Code;
use crate::definition::place::Span;
use crate::definition::problem::{Argument, Kind, Role};

pub(crate) mod check;
pub(crate) mod date;
pub(crate) mod never;
pub(crate) mod parse;
pub(crate) mod scope;
pub(crate) mod token;
pub(crate) mod tree;

/// The most characters a condition may have.
pub(crate) const MAX_LENGTH: usize = 4096;
/// How deep parentheses and operators may stand inside one another.
pub(crate) const MAX_DEPTH: usize = 64;

/// Something wrong in a condition, with its place in the condition's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) code: Code,
    pub(crate) at: Range<usize>,
    pub(crate) arguments: Vec<Argument>,
    /// Text to write in place of a stretch.
    pub(crate) fix: Option<(Range<usize>, String)>,
    /// What could stand there; the nearest is suggested.
    pub(crate) allowed: Vec<String>,
    /// Another place in the file that belongs to it.
    pub(crate) related: Option<(Span, Role)>,
}

impl Flaw {
    pub(crate) const fn new(code: Code, at: Range<usize>) -> Self {
        Self {
            code,
            at,
            arguments: Vec::new(),
            fix: None,
            allowed: Vec::new(),
            related: None,
        }
    }

    pub(crate) fn with(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }

    pub(crate) fn name(self, name: impl ToString) -> Self {
        self.with(Argument::Name(name.to_string()))
    }

    pub(crate) fn kinds(self, wanted: Kind, found: Kind) -> Self {
        self.with(Argument::Wanted(wanted)).with(Argument::Found(found))
    }

    pub(crate) fn fix(mut self, at: Range<usize>, text: impl ToString) -> Self {
        self.fix = Some((at, text.to_string()));
        self
    }

    pub(crate) fn allowed(mut self, allowed: impl IntoIterator<Item = impl ToString>) -> Self {
        self.allowed = allowed.into_iter().map(|name| name.to_string()).collect();
        self
    }

    pub(crate) const fn related(mut self, span: Span, role: Role) -> Self {
        self.related = Some((span, role));
        self
    }
}
