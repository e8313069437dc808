//! From tokens to the syntax tree: recursive descent with a limit of depth.
//!
//! Weakest first: `or`, `and`, `not`, comparisons (not chained), `+ -`, `* / mod`, sign, value.

use std::ops::Range;

use crate::definition::code::Code;
use crate::definition::expression::token::{Token, TokenKind, tokens};
use crate::definition::expression::tree::{Node, NodeKind};
use crate::definition::expression::{Flaw, MAX_DEPTH, MAX_LENGTH};
use crate::definition::problem::{Argument, Kind};
use crate::domain::expression::{Comparison, Operation};

/// Words other programs put after a value.
const FOREIGN_WORDS: &[&str] = &[
    "notempty",
    "empty",
    "contains",
    "notcontains",
    "containsany",
    "containsall",
    "anyof",
    "allof",
    "noneof",
    "notin",
    "greater",
    "less",
    "like",
    "between",
    "is",
];

/// Returns the tree of a condition.
///
/// # Errors
/// Everything wrong with its signs, and the first thing wrong with their order.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<Flaw>> {
    if text.chars().count() > MAX_LENGTH {
        let flaw = Flaw::new(Code::ConditionTooLong, 0..text.len());
        return Err(vec![flaw.with(Argument::Limit(MAX_LENGTH.to_string()))]);
    }
    let (tokens, mut flaws) = tokens(text);
    if tokens.is_empty() && flaws.is_empty() {
        return Err(vec![Flaw::new(Code::EmptyCondition, 0..text.len())]);
    }
    let cut_short = flaws.iter().any(|flaw| flaw.code != Code::TypographicQuotes);
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
        end: text.trim_end().len(),
        depth: 0,
    };
    match parser.whole() {
        Ok(node) if flaws.is_empty() => Ok(node),
        Ok(_) => Err(flaws),
        // After a sign that is none the rest was not read: nothing more can be said about it.
        Err(flaw) => {
            let before_the_cut = flaw.at.end <= flaws.iter().map(|flaw| flaw.at.start).min().unwrap_or(0);
            if !cut_short || before_the_cut {
                flaws.push(flaw);
            }
            Err(flaws)
        }
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    end: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t TokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn take(&mut self) -> Option<&'t Token> {
        let token = self.tokens.get(self.next);
        self.next += 1;
        token
    }

    fn takes(&mut self, kind: &TokenKind) -> bool {
        let there = self.peek() == Some(kind);
        self.next += usize::from(there);
        there
    }

    fn whole(&mut self) -> Result<Node, Flaw> {
        let node = self.either()?;
        match self.tokens.get(self.next) {
            None => Ok(node),
            Some(token) => Err(self.surplus(token)),
        }
    }

    /// What to say about a token after a whole condition.
    fn surplus(&self, token: &Token) -> Flaw {
        if let TokenKind::Name(parts) = &token.kind {
            let word = parts.join(".");
            if FOREIGN_WORDS.contains(&word.to_lowercase().as_str()) {
                return Flaw::new(Code::NotOurOperator, token.at.clone()).name(word);
            }
        }
        self.unexpected(Some(token), Kind::Operator)
    }

    fn unexpected(&self, token: Option<&Token>, wanted: Kind) -> Flaw {
        let at = token.map_or(self.end..self.end, |token| token.at.clone());
        let flaw = Flaw::new(Code::Unexpected, at).with(Argument::Wanted(wanted));
        if token.is_none() {
            return flaw.with(Argument::Found(Kind::End));
        }
        flaw
    }

    /// `a or b or c`, folded evenly so that a long list is not deep.
    fn either(&mut self) -> Result<Node, Flaw> {
        let mut parts = vec![self.both()?];
        while self.takes(&TokenKind::Or) {
            parts.push(self.both()?);
        }
        fold(parts, |a, b| NodeKind::Or(Box::new(a), Box::new(b)))
            .ok_or_else(|| self.unexpected(None, Kind::Value))
    }

    fn both(&mut self) -> Result<Node, Flaw> {
        let mut parts = vec![self.negation()?];
        while self.takes(&TokenKind::And) {
            parts.push(self.negation()?);
        }
        fold(parts, |a, b| NodeKind::And(Box::new(a), Box::new(b)))
            .ok_or_else(|| self.unexpected(None, Kind::Value))
    }

    fn negation(&mut self) -> Result<Node, Flaw> {
        let start = self
            .tokens
            .get(self.next)
            .map_or(self.end, |token| token.at.start);
        if !self.takes(&TokenKind::Not) {
            return self.comparison();
        }
        self.deeper(start)?;
        let part = self.negation()?;
        self.depth -= 1;
        node(start..part.at.end, NodeKind::Not(Box::new(part)))
    }

    fn comparison(&mut self) -> Result<Node, Flaw> {
        let left = self.sum()?;
        let how = match self.peek() {
            Some(TokenKind::Equal) => Comparison::Equal,
            Some(TokenKind::NotEqual) => Comparison::NotEqual,
            Some(TokenKind::Less) => Comparison::Less,
            Some(TokenKind::LessOrEqual) => Comparison::LessOrEqual,
            Some(TokenKind::Greater) => Comparison::Greater,
            Some(TokenKind::GreaterOrEqual) => Comparison::GreaterOrEqual,
            Some(TokenKind::Has) => {
                self.next += 1;
                let right = self.sum()?;
                return node(
                    left.at.start..right.at.end,
                    NodeKind::Has(Box::new(left), Box::new(right)),
                );
            }
            Some(TokenKind::In) => return self.membership(left),
            _ => return Ok(left),
        };
        self.next += 1;
        let right = self.sum()?;
        node(
            left.at.start..right.at.end,
            NodeKind::Compare(how, Box::new(left), Box::new(right)),
        )
    }

    /// `x in ['a', 'b']`
    fn membership(&mut self, left: Node) -> Result<Node, Flaw> {
        self.next += 1;
        let opening = self.tokens.get(self.next);
        let closing = match opening.map(|token| &token.kind) {
            Some(TokenKind::OpenList) => TokenKind::CloseList,
            Some(TokenKind::Open) => TokenKind::Close,
            _ => return Err(self.unexpected(opening, Kind::Choices)),
        };
        self.next += 1;
        let start = left.at.start;
        let (list, end) = self.list(opening, &closing)?;
        node(start..end, NodeKind::In(Box::new(left), list))
    }

    /// Values with commas between them, up to the closing sign. Returns where it ends.
    fn list(&mut self, opening: Option<&Token>, closing: &TokenKind) -> Result<(Vec<Node>, usize), Flaw> {
        let start = opening.map_or(self.end, |token| token.at.start);
        self.deeper(start)?;
        let mut list = Vec::new();
        loop {
            let token = self.tokens.get(self.next);
            match token.map(|token| &token.kind) {
                Some(kind) if kind == closing => break,
                Some(_) => {}
                None => return Err(Flaw::new(Code::UnclosedParenthesis, start..start + 1)),
            }
            list.push(self.either()?);
            if self.takes(&TokenKind::Comma) {
                continue;
            }
            match self.tokens.get(self.next) {
                Some(token) if token.kind == *closing => break,
                Some(token) => return Err(self.unexpected(Some(token), Kind::CommaOrEnd)),
                None => return Err(Flaw::new(Code::UnclosedParenthesis, start..start + 1)),
            }
        }
        let end = self.take().map_or(self.end, |token| token.at.end);
        self.depth -= 1;
        Ok((list, end))
    }

    fn sum(&mut self) -> Result<Node, Flaw> {
        let mut left = self.product()?;
        loop {
            let how = match self.peek() {
                Some(TokenKind::Plus) => Operation::Add,
                Some(TokenKind::Minus) => Operation::Subtract,
                _ => return Ok(left),
            };
            self.next += 1;
            left = calculation(how, left, self.product()?)?;
        }
    }

    fn product(&mut self) -> Result<Node, Flaw> {
        let mut left = self.signed()?;
        loop {
            let how = match self.peek() {
                Some(TokenKind::Times) => Operation::Multiply,
                Some(TokenKind::Divide) => Operation::Divide,
                Some(TokenKind::Modulo) => Operation::Remainder,
                _ => return Ok(left),
            };
            self.next += 1;
            left = calculation(how, left, self.signed()?)?;
        }
    }

    fn signed(&mut self) -> Result<Node, Flaw> {
        let start = self
            .tokens
            .get(self.next)
            .map_or(self.end, |token| token.at.start);
        if !self.takes(&TokenKind::Minus) {
            return self.value();
        }
        self.deeper(start)?;
        let part = self.signed()?;
        self.depth -= 1;
        node(start..part.at.end, NodeKind::Negate(Box::new(part)))
    }

    fn value(&mut self) -> Result<Node, Flaw> {
        let Some(token) = self.take() else {
            return Err(self.unexpected(None, Kind::Value));
        };
        let at = token.at.clone();
        match &token.kind {
            TokenKind::Word(word) => node(at, NodeKind::Word(word.clone())),
            TokenKind::Digits(digits) => node(at, NodeKind::Digits(digits.clone())),
            TokenKind::Here => node(at, NodeKind::Here),
            TokenKind::Name(parts) => {
                let opening = self.tokens.get(self.next);
                if opening.is_none_or(|token| token.kind != TokenKind::Open) {
                    return node(at, NodeKind::Name(parts.clone()));
                }
                self.next += 1;
                let (values, end) = self.list(opening, &TokenKind::Close)?;
                node(at.start..end, NodeKind::Call(parts.join("."), at, values))
            }
            TokenKind::Open => {
                self.deeper(at.start)?;
                let inner = self.either()?;
                self.depth -= 1;
                match self.take() {
                    Some(token) if token.kind == TokenKind::Close => Ok(Node {
                        at: at.start..token.at.end,
                        ..inner
                    }),
                    Some(token) => Err(self.surplus(token)),
                    None => Err(Flaw::new(Code::UnclosedParenthesis, at)),
                }
            }
            // `[alder]`: a name as REDCap writes it.
            TokenKind::OpenList => match (self.take(), self.take()) {
                (Some(name), Some(closing)) if closing.kind == TokenKind::CloseList => match &name.kind {
                    TokenKind::Name(parts) => node(at.start..closing.at.end, NodeKind::Name(parts.clone())),
                    _ => Err(self.unexpected(Some(name), Kind::Item)),
                },
                (name, _) => Err(self.unexpected(name, Kind::Item)),
            },
            _ => Err(self.unexpected(Some(token), Kind::Value)),
        }
    }

    /// One step deeper; an error at the limit.
    fn deeper(&mut self, start: usize) -> Result<(), Flaw> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(start..start + 1));
        }
        Ok(())
    }
}

fn calculation(how: Operation, left: Node, right: Node) -> Result<Node, Flaw> {
    node(
        left.at.start..right.at.end,
        NodeKind::Calculate(how, Box::new(left), Box::new(right)),
    )
}

fn node(at: Range<usize>, kind: NodeKind) -> Result<Node, Flaw> {
    let node = Node::new(at, kind);
    if node.depth > MAX_DEPTH {
        return Err(too_deep(node.at));
    }
    Ok(node)
}

fn too_deep(at: Range<usize>) -> Flaw {
    Flaw::new(Code::ConditionTooLong, at).with(Argument::Limit(MAX_DEPTH.to_string()))
}

/// Puts parts together two by two. `and` and `or` may be grouped at will, also with unknown parts.
fn fold(mut parts: Vec<Node>, join: fn(Node, Node) -> NodeKind) -> Option<Node> {
    while parts.len() > 1 {
        let mut joined = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => Node::new(left.at.start..right.at.end, join(left, right)),
                None => left,
            });
        }
        parts = joined;
    }
    parts.pop()
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::definition::code::Code;
    use crate::definition::expression::tree::{Node, NodeKind};

    /// Writes the tree with parentheses around everything.
    fn shape(node: &Node) -> String {
        let list = |nodes: &[Node]| nodes.iter().map(shape).collect::<Vec<_>>().join(" ");
        match &node.kind {
            NodeKind::Name(parts) => parts.join("."),
            NodeKind::Here => ".".to_owned(),
            NodeKind::Word(word) => format!("'{word}'"),
            NodeKind::Digits(digits) => digits.clone(),
            NodeKind::Not(part) => format!("(not {})", shape(part)),
            NodeKind::Negate(part) => format!("(- {})", shape(part)),
            NodeKind::And(a, b) => format!("(and {} {})", shape(a), shape(b)),
            NodeKind::Or(a, b) => format!("(or {} {})", shape(a), shape(b)),
            NodeKind::Compare(how, a, b) => format!("({how:?} {} {})", shape(a), shape(b)),
            NodeKind::Calculate(how, a, b) => format!("({how:?} {} {})", shape(a), shape(b)),
            NodeKind::Has(a, b) => format!("(has {} {})", shape(a), shape(b)),
            NodeKind::In(a, b) => format!("(in {} [{}])", shape(a), list(b)),
            NodeKind::Call(name, _, values) => format!("{name}({})", list(values)),
        }
    }

    fn parsed(text: &str) -> String {
        shape(&parse(text).unwrap())
    }

    fn code(text: &str) -> Code {
        parse(text).unwrap_err()[0].code
    }

    #[test]
    fn and_binds_tighter_than_or_and_not_looser_than_a_comparison() {
        assert_eq!(
            parsed("a = 'x' or b = 1 and not c < 2"),
            "(or (Equal a 'x') (and (Equal b 1) (not (Less c 2))))"
        );
        assert_eq!(
            parsed("not answered(l01) or l01 != 'ansatt'"),
            "(or (not answered(l01)) (NotEqual l01 'ansatt'))"
        );
    }

    #[test]
    fn calculations_bind_as_in_school() {
        assert_eq!(
            parsed("a + 2 * -b > 3 mod 2"),
            "(Greater (Add a (Multiply 2 (- b))) (Remainder 3 2))"
        );
        assert_eq!(parsed("a - b - c"), "(Subtract (Subtract a b) c)");
    }

    #[test]
    fn lists_and_calls_hold_values() {
        assert_eq!(parsed("a in ['x', 'y']"), "(in a ['x' 'y'])");
        assert_eq!(parsed("selected (., 'x')"), "selected(. 'x')");
        assert_eq!(parsed("[kjonn] = \"0\""), "(Equal kjonn '0')");
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(code(""), Code::EmptyCondition);
        assert_eq!(code("a ="), Code::Unexpected);
        assert_eq!(code("(a = 1"), Code::UnclosedParenthesis);
        assert_eq!(code("a = 'x"), Code::UnclosedQuote);
        assert_eq!(code("a = ‘x’"), Code::TypographicQuotes);
        assert_eq!(code("a notempty"), Code::NotOurOperator);
        assert_eq!(code("a && b"), Code::NotOurOperator);
        assert_eq!(code("a b"), Code::Unexpected);
        assert_eq!(code("1 < a < 3"), Code::Unexpected);
    }

    #[test]
    fn depth_ends_at_the_limit_and_long_lists_are_not_deep() {
        let nested = format!("{}a{}", "(".repeat(65), ")".repeat(65));
        assert_eq!(code(&nested), Code::ConditionTooLong);
        assert_eq!(code(&"not ".repeat(70)), Code::ConditionTooLong);
        assert_eq!(code(&format!("a{}", " + 1".repeat(70))), Code::ConditionTooLong);
        assert!(parse(&vec!["a = 1"; 400].join(" or ")).is_ok());
        assert_eq!(code(&"a".repeat(5000)), Code::ConditionTooLong);
    }

    /// 632 conditions of published forms: what our language has, other programs' words for it, and prose.
    #[test]
    fn real_conditions_parse() {
        let corpus = include_str!("../../../tests/fixtures/expressions.tsv");
        let mut parsed = 0;
        for (kind, condition) in corpus.lines().filter_map(|line| line.split_once('\t')) {
            let result = parse(condition);
            let not_ours = ["notempty", " contains "]
                .iter()
                .any(|word| condition.contains(word));
            if condition.contains(['‘', '’', '“', '”']) {
                let flaws = result.unwrap_err();
                assert!(
                    flaws.iter().all(|flaw| flaw.code == Code::TypographicQuotes),
                    "{condition}"
                );
                assert!(flaws.iter().all(|flaw| flaw.fix.is_some()), "{condition}");
            } else if kind == "surveyjs" && not_ours {
                assert_eq!(result.unwrap_err()[0].code, Code::NotOurOperator, "{condition}");
            } else if condition.starts_with("because ") || condition.contains("itext") {
                assert!(result.is_err(), "{condition}");
            } else {
                assert!(result.is_ok(), "{condition}: {result:?}");
                parsed += 1;
            }
        }
        assert_eq!((corpus.lines().count(), parsed), (632, 616));
    }
}
