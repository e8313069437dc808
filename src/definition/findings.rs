//! Problems as they are found, and names that were probably meant.

use crate::definition::code::Code;
use crate::definition::place::Span;
use crate::definition::problem::{Argument, FileKind, Outcome, Problem, Severity};
use crate::definition::suggest::Suggester;

/// After so many problems the rest is only counted: nobody reads more, and a hostile file must not fill memory.
const MOST_PROBLEMS: usize = 1000;
/// Collects problems; reading goes on after each.
pub(crate) struct Findings {
    file: FileKind,
    problems: Vec<Problem>,
    /// Takes what comes after the limit and is written over each time.
    surplus: Problem,
    left_out: u64,
    suggester: Suggester,
}

impl Findings {
    pub(crate) fn new(file: FileKind) -> Self {
        Self {
            file,
            problems: Vec::new(),
            surplus: problem(Code::MoreProblems, file, Span::default()),
            left_out: 0,
            suggester: Suggester::default(),
        }
    }

    /// Adds a problem and returns it, to be given its arguments.
    pub(crate) fn add(&mut self, code: Code, span: Span) -> &mut Problem {
        let problem = problem(code, self.file, span);
        if self.is_full() {
            self.left_out += 1;
            self.surplus = problem;
            return &mut self.surplus;
        }
        self.problems.push(problem);
        self.problems.last_mut().unwrap_or(&mut self.surplus)
    }

    /// Adds a problem about a name that is none of `allowed`, with the nearest of them as what was meant.
    pub(crate) fn add_unknown<'n>(
        &mut self,
        code: Code,
        span: Span,
        name: &str,
        allowed: impl IntoIterator<Item = &'n str>,
    ) -> &mut Problem {
        let allowed: Vec<&str> = if self.is_full() {
            Vec::new()
        } else {
            allowed.into_iter().collect()
        };
        let near = self.suggester.nearest(name, &allowed).map(str::to_owned);
        let listed = if allowed.len() <= 60 { allowed } else { Vec::new() };
        let listed = listed.into_iter().map(str::to_owned).collect();
        let problem = self.add(code, span);
        problem.name(name).with(Argument::Allowed(listed));
        if let Some(near) = near {
            problem.suggest(span, near);
        }
        problem
    }

    /// Returns the name that was probably meant, if one is near enough.
    pub(crate) fn meant<'n>(&mut self, name: &str, allowed: impl Iterator<Item = &'n str>) -> Option<String> {
        if self.is_full() {
            return None;
        }
        let allowed: Vec<&str> = allowed.collect();
        self.suggester.nearest(name, &allowed).map(str::to_owned)
    }

    /// Returns whether further problems are only counted.
    pub(crate) const fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.left_out > 0
            || self
                .problems
                .iter()
                .any(|problem| problem.severity() == Severity::Error)
    }

    /// Returns what was read, unless there are errors, with every problem sorted by place.
    pub(crate) fn outcome<T>(mut self, value: Option<T>) -> Outcome<T> {
        self.problems
            .sort_by_key(|problem| (problem.span.start, problem.code.number()));
        if self.left_out > 0 {
            let mut more = problem(Code::MoreProblems, self.file, Span::default());
            more.with(Argument::Count(self.left_out));
            self.problems.push(more);
        }
        let value = if self.has_errors() { None } else { value };
        Outcome {
            value,
            problems: self.problems,
        }
    }
}

const fn problem(code: Code, file: FileKind, span: Span) -> Problem {
    Problem {
        code,
        file,
        span,
        related: Vec::new(),
        arguments: Vec::new(),
        suggestion: None,
    }
}

#[cfg(test)]
mod tests {
    use super::Findings;
    use crate::definition::code::Code;
    use crate::definition::place::Span;
    use crate::definition::problem::FileKind;

    #[test]
    fn problems_beyond_the_limit_are_counted() {
        let mut findings = Findings::new(FileKind::Survey);
        for _ in 0..1500 {
            findings.add(Code::UnknownKey, Span::default()).name("x");
        }
        let outcome = findings.outcome(Some(()));
        assert_eq!(outcome.problems.len(), 1001);
        assert!(outcome.value.is_none());
    }
}
