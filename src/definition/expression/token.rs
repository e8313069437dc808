//! From the text of a condition to tokens with places.

use std::ops::Range;

use crate::definition::code::Code;
use crate::definition::expression::Flaw;
use crate::definition::problem::{Argument, Kind};

/// One token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `alder`, `matrise.rad.skala`, `${alder}`: the parts of the name.
    Name(Vec<String>),
    /// `'bup'` or `"bup"`.
    Word(String),
    /// Digits with or without decimals, as written.
    Digits(String),
    /// `.`: the current answer.
    Here,
    And,
    Or,
    Not,
    Has,
    In,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
}

/// Words that are operators in any case of letters.
const KEYWORDS: &[(&str, TokenKind)] = &[
    ("and", TokenKind::And),
    ("og", TokenKind::And),
    ("or", TokenKind::Or),
    ("eller", TokenKind::Or),
    ("not", TokenKind::Not),
    ("ikke", TokenKind::Not),
    ("ikkje", TokenKind::Not),
    ("has", TokenKind::Has),
    ("in", TokenKind::In),
    ("div", TokenKind::Divide),
    ("mod", TokenKind::Modulo),
];

/// Signs, the longer ones first.
const SIGNS: &[(&str, TokenKind)] = &[
    ("==", TokenKind::Equal),
    ("!=", TokenKind::NotEqual),
    ("<>", TokenKind::NotEqual),
    ("<=", TokenKind::LessOrEqual),
    (">=", TokenKind::GreaterOrEqual),
    ("≤", TokenKind::LessOrEqual),
    ("≥", TokenKind::GreaterOrEqual),
    ("≠", TokenKind::NotEqual),
    ("=", TokenKind::Equal),
    ("<", TokenKind::Less),
    (">", TokenKind::Greater),
    ("+", TokenKind::Plus),
    ("-", TokenKind::Minus),
    ("−", TokenKind::Minus),
    ("*", TokenKind::Times),
    ("/", TokenKind::Divide),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    ("[", TokenKind::OpenList),
    ("]", TokenKind::CloseList),
    (",", TokenKind::Comma),
];

/// Signs of other languages with ours.
const FOREIGN: &[(&str, &str)] = &[("&&", "and"), ("||", "or"), ("!", "not ")];

/// Typographic quotation marks that open, and what may close them.
const TYPOGRAPHIC: &[char] = &['‘', '’', '‚', '“', '”', '„', '«', '»', '‹', '›', '´', '`'];

/// Returns the tokens, with what is wrong among them.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Vec<Flaw>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        flaws: Vec::new(),
    };
    while lexer.step() {}
    (lexer.tokens, lexer.flaws)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    flaws: Vec<Flaw>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token {
            kind,
            at: self.at..end,
        });
        self.at = end;
    }

    /// Takes one token; false at the end or where nothing sensible can follow.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        self.at += blank;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        match first {
            '\'' | '"' => self.quoted(first),
            '$' if rest.starts_with("${") => self.braced(2),
            '{' => self.braced(1),
            '0'..='9' => self.digits(),
            '.' if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => self.digits(),
            '.' => {
                self.push(TokenKind::Here, self.at + 1);
                true
            }
            c if is_letter(c) => self.name(),
            c if TYPOGRAPHIC.contains(&c) => self.typographic(c),
            _ => self.sign(first),
        }
    }

    fn quoted(&mut self, mark: char) -> bool {
        let body = self.rest().get(1..).unwrap_or_default();
        let Some(length) = body.find(mark) else {
            self.flaws
                .push(Flaw::new(Code::UnclosedQuote, self.at..self.text.len()));
            return false;
        };
        let word = body.get(..length).unwrap_or_default().to_owned();
        self.push(TokenKind::Word(word), self.at + length + 2);
        true
    }

    /// `${alder}` and `{alder}`: anything but a brace is a name here, checked later.
    fn braced(&mut self, opening: usize) -> bool {
        let body = self.rest().get(opening..).unwrap_or_default();
        let closing = body
            .find(['}', '{'])
            .filter(|&end| body.get(end..).is_some_and(|rest| rest.starts_with('}')));
        let Some(length) = closing else {
            self.flaws
                .push(Flaw::new(Code::UnclosedParenthesis, self.at..self.at + opening));
            return false;
        };
        let name = body.get(..length).unwrap_or_default().trim();
        let parts = name.split('.').map(str::to_owned).collect();
        self.push(TokenKind::Name(parts), self.at + opening + length + 1);
        true
    }

    fn digits(&mut self) -> bool {
        let rest = self.rest();
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(rest);
        let decimals = rest.get(end + 1..).map_or(0, digits);
        if rest.get(end..).is_some_and(|rest| rest.starts_with('.')) && decimals > 0 {
            end += 1 + decimals;
        }
        let written = rest.get(..end).unwrap_or_default();
        let written = if written.starts_with('.') {
            format!("0{written}")
        } else {
            written.to_owned()
        };
        self.push(TokenKind::Digits(written), self.at + end);
        true
    }

    fn name(&mut self) -> bool {
        let rest = self.rest();
        let letters = |text: &str| text.find(|c| !is_name(c)).unwrap_or(text.len());
        let mut end = letters(rest);
        let first = rest.get(..end).unwrap_or_default();
        let keyword = KEYWORDS.iter().find(|(word, _)| first.eq_ignore_ascii_case(word));
        let dotted = rest.get(end..).is_some_and(|rest| rest.starts_with('.'));
        if let Some((_, kind)) = keyword.filter(|_| !dotted) {
            self.push(kind.clone(), self.at + end);
            return true;
        }
        // Function names of other programs hold hyphens: `count-selected(`.
        if let Some(function) = hyphenated(rest) {
            let name = rest.get(..function).unwrap_or_default().to_owned();
            self.push(TokenKind::Name(vec![name]), self.at + function);
            return true;
        }
        let mut parts = vec![first.to_owned()];
        while let Some(after) = rest.get(end..).and_then(|rest| rest.strip_prefix('.')) {
            let length = letters(after);
            if length == 0 {
                break;
            }
            parts.push(after.get(..length).unwrap_or_default().to_owned());
            end += 1 + length;
        }
        self.push(TokenKind::Name(parts), self.at + end);
        true
    }

    /// `‘bup’`: one flaw with straight quotation marks as the fix; reading goes on as if they were straight.
    fn typographic(&mut self, mark: char) -> bool {
        let start = self.at;
        let body = self.rest().get(mark.len_utf8()..).unwrap_or_default();
        let closing = body.find(|c| TYPOGRAPHIC.contains(&c) || matches!(c, '\'' | '"'));
        let Some(length) = closing else {
            let end = start + mark.len_utf8();
            let word = body.split(|c: char| !is_name(c)).next().unwrap_or_default();
            self.flaws
                .push(Flaw::new(Code::TypographicQuotes, start..end).name(word));
            return false;
        };
        let word = body.get(..length).unwrap_or_default();
        let closing = body.get(length..).and_then(|rest| rest.chars().next());
        let end = start + mark.len_utf8() + length + closing.map_or(0, char::len_utf8);
        let flaw = Flaw::new(Code::TypographicQuotes, start..end).name(word);
        self.flaws.push(flaw.fix(start..end, format!("'{word}'")));
        self.push(TokenKind::Word(word.to_owned()), end);
        true
    }

    fn sign(&mut self, first: char) -> bool {
        let rest = self.rest();
        if let Some((sign, kind)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            self.push(kind.clone(), self.at + sign.len());
            return true;
        }
        if let Some((sign, ours)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
            let at = self.at..self.at + sign.len();
            let flaw = Flaw::new(Code::NotOurOperator, at.clone()).name(sign);
            self.flaws.push(flaw.fix(at, ours));
            return false;
        }
        let at = self.at..self.at + first.len_utf8();
        let wanted = if self.tokens.last().is_some_and(ends_a_part) {
            Kind::Operator
        } else {
            Kind::Value
        };
        self.flaws
            .push(Flaw::new(Code::Unexpected, at).with(Argument::Wanted(wanted)));
        false
    }
}

/// Returns whether something that has a value ends with this token, so that an operator may follow.
const fn ends_a_part(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Name(_)
            | TokenKind::Word(_)
            | TokenKind::Digits(_)
            | TokenKind::Here
            | TokenKind::Close
            | TokenKind::CloseList
    )
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the length of a hyphenated name that an opening parenthesis follows at once.
fn hyphenated(rest: &str) -> Option<usize> {
    let end = rest.find(|c| !is_name(c) && c != '-')?;
    let name = rest.get(..end)?;
    (name.contains('-') && rest.get(end..)?.starts_with('(')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, tokens};
    use crate::definition::code::Code;

    fn kinds(text: &str) -> Vec<TokenKind> {
        let (tokens, flaws) = tokens(text);
        assert_eq!(flaws, [], "{text}");
        tokens.into_iter().map(|token| token.kind).collect()
    }

    fn name(text: &str) -> TokenKind {
        TokenKind::Name(text.split('.').map(str::to_owned).collect())
    }

    #[test]
    fn names_may_stand_in_braces_and_have_parts() {
        assert_eq!(
            kinds("${alder} alder matrise.p02.viktig4"),
            [name("alder"), name("alder"), name("matrise.p02.viktig4")]
        );
        assert_eq!(kinds("count-selected(.)").first(), Some(&name("count-selected")));
        assert_eq!(kinds("a-b").len(), 3);
    }

    #[test]
    fn a_point_is_the_current_answer_unless_digits_follow() {
        assert_eq!(
            kinds(".>=0"),
            [
                TokenKind::Here,
                TokenKind::GreaterOrEqual,
                TokenKind::Digits("0".to_owned())
            ]
        );
        assert_eq!(kinds("12.5"), [TokenKind::Digits("12.5".to_owned())]);
    }

    #[test]
    fn norwegian_and_english_words_are_the_same_operators() {
        assert_eq!(kinds("a og b eller ikke c"), kinds("a and b or not c"));
    }

    #[test]
    fn typographic_quotes_are_named_with_the_fix_and_reading_goes_on() {
        let (found, flaws) = tokens("a = ‘bup’ and b = “x”");
        assert_eq!(found.len(), 7);
        let fixes: Vec<_> = flaws.iter().map(|flaw| flaw.fix.clone().unwrap().1).collect();
        assert_eq!(fixes, ["'bup'", "'x'"]);
        assert!(flaws.iter().all(|flaw| flaw.code == Code::TypographicQuotes));
    }
}
