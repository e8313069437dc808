//! The syntax tree of a condition, before anybody knows what its names are.

use std::ops::Range;

use crate::domain::expression::{Comparison, Operation};

/// A part of a condition and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) at: Range<usize>,
    pub(crate) kind: NodeKind,
    /// How many parts stand inside one another here, this one included.
    pub(crate) depth: usize,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// A name by its parts.
    Name(Vec<String>),
    /// The current answer.
    Here,
    /// A code or text in quotation marks.
    Word(String),
    /// A number as written.
    Digits(String),
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Calculate(Operation, Box<Node>, Box<Node>),
    Has(Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
    /// A function with where its name stands.
    Call(String, Range<usize>, Vec<Node>),
}

impl Node {
    pub(crate) fn new(at: Range<usize>, kind: NodeKind) -> Self {
        let deepest = |nodes: &[Self]| nodes.iter().map(|node| node.depth).max().unwrap_or(0);
        let inside = match &kind {
            NodeKind::Name(_) | NodeKind::Here | NodeKind::Word(_) | NodeKind::Digits(_) => 0,
            NodeKind::Not(part) | NodeKind::Negate(part) => part.depth,
            NodeKind::And(a, b)
            | NodeKind::Or(a, b)
            | NodeKind::Compare(_, a, b)
            | NodeKind::Calculate(_, a, b)
            | NodeKind::Has(a, b) => a.depth.max(b.depth),
            NodeKind::In(part, list) => part.depth.max(deepest(list)),
            NodeKind::Call(_, _, values) => deepest(values),
        };
        Self {
            at,
            kind,
            depth: inside + 1,
        }
    }
}
