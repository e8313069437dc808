//! A problem: what is wrong, where, and what to write instead. Words come later, in the reader's language.

use crate::definition::code::Code;
use crate::definition::place::Span;
use crate::domain::language::Language;

/// Which kind of file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A survey.
    Survey,
    /// An evaluation.
    Evaluation,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used; it could be better.
    Advice,
}

/// One problem at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// Which kind of file it is in.
    pub file: FileKind,
    /// Where it is.
    pub span: Span,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What the words about it need.
    pub arguments: Vec<Argument>,
    /// What to write instead, where that is known.
    pub suggestion: Option<Suggestion>,
}

/// Another place that belongs to a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// Why it is shown.
    pub role: Role,
}

/// Why another place is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The same thing stood here first.
    First,
    /// What is named stands here, further down.
    Later,
    /// This condition must hold too.
    AlsoNeeded,
    /// What is asked for is said here.
    DefinedHere,
}

/// A change that would mend the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to replace.
    pub span: Span,
    /// What to write there.
    pub text: String,
}

/// Something the words about a problem need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `{name}`: the key, id, code or word it is about.
    Name(String),
    /// `{other}`: a second name.
    Other(String),
    /// `{allowed}`: what could stand there.
    Allowed(Vec<String>),
    /// `{wanted}`: the kind of thing wanted.
    Wanted(Kind),
    /// `{found}`: the kind of thing found.
    Found(Kind),
    /// `{limit}`: a limit.
    Limit(String),
    /// `{count}`: how many there are.
    Count(u64),
    /// `{languages}`: languages it is about.
    Languages(Vec<Language>),
    /// `{detail}`: English words of a library, for those who want them.
    Detail(String),
}

/// A kind of value, in a file or in a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text in quotation marks.
    Text,
    /// Text, or a table of texts by language.
    Localized,
    /// Whole number.
    Whole,
    /// Number.
    Number,
    /// `true` or `false`.
    Truth,
    /// List in brackets.
    List,
    /// List of two.
    Pair,
    /// Table.
    Table,
    /// Date without quotation marks.
    Date,
    /// A text or a list of texts.
    TextOrList,
    /// In a condition: something true or false.
    Condition,
    /// In a condition: the code of one option.
    Code,
    /// In a condition: several codes.
    Codes,
    /// In a condition: a question, number or code.
    Value,
    /// In a condition: `and`, `or`, `=` and so on, or the end.
    Operator,
    /// In a condition: the end.
    End,
    /// In a condition: `,` or `)`.
    CommaOrEnd,
    /// In a condition: a question's id.
    Item,
    /// In a condition: `[` and a list.
    Choices,
}

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// What was read; `None` when there are errors.
    pub value: Option<T>,
    /// Every problem, sorted by place.
    pub problems: Vec<Problem>,
}

impl Problem {
    /// Returns how much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Returns the code as people see it, `S014` or `E014`.
    #[must_use]
    pub fn id(&self) -> String {
        self.code.id(self.file)
    }

    pub(crate) fn with(&mut self, argument: Argument) -> &mut Self {
        self.arguments.push(argument);
        self
    }

    pub(crate) fn name(&mut self, name: impl ToString) -> &mut Self {
        self.with(Argument::Name(name.to_string()))
    }

    pub(crate) fn related(&mut self, span: Span, role: Role) -> &mut Self {
        self.related.push(Related { span, role });
        self
    }

    /// Puts what was suggested in straight quotation marks, where a text is to be replaced.
    pub(crate) fn quote_suggestion(&mut self) -> &mut Self {
        if let Some(suggestion) = &mut self.suggestion {
            suggestion.text = format!("\"{}\"", suggestion.text);
        }
        self
    }

    pub(crate) fn suggest(&mut self, span: Span, text: impl ToString) -> &mut Self {
        self.suggestion = Some(Suggestion {
            span,
            text: text.to_string(),
        });
        self
    }
}

impl<T> Outcome<T> {
    /// Returns whether something keeps the file from being used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity() == Severity::Error)
    }
}
