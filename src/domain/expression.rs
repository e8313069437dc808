//! Conditions and checks: the typed tree and its three-valued evaluation.
//!
//! The `definition` layer parses and type-checks; what arrives here fits together. A value is *unknown* (`None`)
//! when the item was not asked, not answered, or answered with a kind of missing. Unknown spreads by Kleene's
//! strong logic: `a or true` is true, `a and false` is false, anything else with an unknown part is unknown.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::number::Number;

/// A condition or calculation over earlier answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A fixed value.
    Literal(Value),
    /// The value of an item.
    Item(ItemKey),
    /// Whether a consent point was agreed to.
    Consent(Id),
    /// A background value of the interview: `site`, `age_band`, `round`.
    Background(Id),
    /// True where the part is false.
    Not(Box<Self>),
    /// Both.
    And(Box<Self>, Box<Self>),
    /// Either.
    Or(Box<Self>, Box<Self>),
    /// A comparison of two numbers, two codes, two texts or two dates.
    Compare(Comparison, Box<Self>, Box<Self>),
    /// A calculation with two numbers.
    Calculate(Operation, Box<Self>, Box<Self>),
    /// The number with its sign turned.
    Negate(Box<Self>),
    /// Whether the options chosen (left) hold this code (right).
    Has(Box<Self>, Box<Self>),
    /// Whether the value is one of these.
    In(Box<Self>, Vec<Self>),
    /// Whether the item has an answer. Never unknown.
    Answered(ItemKey),
    /// How many options were chosen.
    Count(ItemKey),
    /// The value a scale level counts as.
    Score(ItemKey),
    /// The second where the first is true, the third where it is false.
    If(Box<Self>, Box<Self>, Box<Self>),
}

/// A value a condition works with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// True or false.
    Truth(bool),
    /// A number.
    Number(Number),
    /// A code, a text, or a date as `2026-03`.
    Word(String),
    /// Codes chosen together.
    Words(BTreeSet<String>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// How two numbers are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`; unknown for a divisor of 0.
    Divide,
    /// What a division leaves, with the sign of the left number; unknown for a divisor of 0.
    Remainder,
}

/// What conditions may look at. Implemented by the interview and by records being tallied.
pub trait Facts {
    /// Returns what an item was answered with; `None` when it is not asked (yet).
    fn response(&self, item: &ItemKey) -> Option<&Response>;
    /// Returns whether a consent point was agreed to; `None` before it was put.
    fn consent(&self, point: &Id) -> Option<bool>;
    /// Returns a background value of the interview as its code.
    fn background(&self, name: &Id) -> Option<&str>;
    /// Returns the value that the chosen level of a scale counts as.
    fn score(&self, item: &ItemKey) -> Option<Number>;
    /// Returns whether nobody can tell if an item was answered: its column is not in the file, or its cell cannot be
    /// read. In a conversation that is always known.
    fn is_unknown(&self, _item: &ItemKey) -> bool {
        false
    }
}

impl Expression {
    /// Returns whether the condition is true; `None` when it is unknown.
    #[must_use]
    pub fn truth(&self, facts: &dyn Facts) -> Option<bool> {
        match self.value(facts)? {
            Value::Truth(truth) => Some(truth),
            _ => None,
        }
    }

    /// Returns the value, or `None` when it is unknown.
    #[must_use]
    pub fn value(&self, facts: &dyn Facts) -> Option<Value> {
        let truth = |t: bool| Some(Value::Truth(t));
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Item(item) => facts.response(item)?.answer().and_then(answer_value),
            Self::Consent(point) => facts.consent(point).map(Value::Truth),
            Self::Background(name) => facts.background(name).map(|code| Value::Word(code.to_owned())),
            Self::Not(part) => truth(!part.truth(facts)?),
            Self::And(left, right) => match (left.truth(facts), right.truth(facts)) {
                (Some(false), _) | (_, Some(false)) => truth(false),
                (Some(true), Some(true)) => truth(true),
                _ => None,
            },
            Self::Or(left, right) => match (left.truth(facts), right.truth(facts)) {
                (Some(true), _) | (_, Some(true)) => truth(true),
                (Some(false), Some(false)) => truth(false),
                _ => None,
            },
            Self::Compare(how, left, right) => {
                truth(compare(*how, &left.value(facts)?, &right.value(facts)?)?)
            }
            Self::Calculate(how, left, right) => {
                calculate(*how, left.number(facts)?, right.number(facts)?).map(Value::Number)
            }
            Self::Negate(part) => {
                let thousandths = part.number(facts)?.thousandths().checked_neg()?;
                Some(Value::Number(Number::from_thousandths(thousandths)))
            }
            Self::Has(set, code) => {
                let (set, code) = (set.value(facts)?, code.value(facts)?);
                match (set, code) {
                    (Value::Words(set), Value::Word(code)) => truth(set.contains(&code)),
                    (Value::Word(one), Value::Word(code)) => truth(one == code),
                    _ => None,
                }
            }
            Self::In(part, list) => is_in(&part.value(facts)?, list, facts).map(Value::Truth),
            Self::Answered(item) if facts.is_unknown(item) => None,
            Self::Answered(item) => truth(facts.response(item).is_some_and(|r| r.answer().is_some())),
            Self::Count(item) => match facts.response(item)?.answer()? {
                Answer::Choices { codes, .. } => count(codes.len()),
                Answer::Ranking(codes) => count(codes.len()),
                Answer::Choice { .. } => count(1),
                _ => None,
            },
            Self::Score(item) => facts.score(item).map(Value::Number),
            Self::If(condition, then, otherwise) => {
                if condition.truth(facts)? {
                    then.value(facts)
                } else {
                    otherwise.value(facts)
                }
            }
        }
    }

    fn number(&self, facts: &dyn Facts) -> Option<Number> {
        match self.value(facts)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Calls `see` for every background the expression looks at.
    pub fn each_background(&self, see: &mut dyn FnMut(&Id)) {
        match self {
            Self::Background(name) => see(name),
            Self::Not(part) | Self::Negate(part) => part.each_background(see),
            Self::And(a, b)
            | Self::Or(a, b)
            | Self::Compare(_, a, b)
            | Self::Calculate(_, a, b)
            | Self::Has(a, b) => {
                a.each_background(see);
                b.each_background(see);
            }
            Self::In(part, list) => {
                part.each_background(see);
                list.iter().for_each(|entry| entry.each_background(see));
            }
            Self::If(a, b, c) => [a, b, c].into_iter().for_each(|part| part.each_background(see)),
            Self::Literal(_)
            | Self::Item(_)
            | Self::Answered(_)
            | Self::Count(_)
            | Self::Score(_)
            | Self::Consent(_) => {}
        }
    }

    /// Calls `see` for every item the expression looks at.
    pub fn each_item(&self, see: &mut dyn FnMut(&ItemKey)) {
        match self {
            Self::Item(item) | Self::Answered(item) | Self::Count(item) | Self::Score(item) => see(item),
            Self::Not(part) | Self::Negate(part) => part.each_item(see),
            Self::And(a, b)
            | Self::Or(a, b)
            | Self::Compare(_, a, b)
            | Self::Calculate(_, a, b)
            | Self::Has(a, b) => {
                a.each_item(see);
                b.each_item(see);
            }
            Self::In(part, list) => {
                part.each_item(see);
                list.iter().for_each(|entry| entry.each_item(see));
            }
            Self::If(a, b, c) => [a, b, c].into_iter().for_each(|part| part.each_item(see)),
            Self::Literal(_) | Self::Consent(_) | Self::Background(_) => {}
        }
    }
}

fn answer_value(answer: &Answer) -> Option<Value> {
    Some(match answer {
        Answer::Choice { code, .. } => Value::Word(code.to_string()),
        Answer::Choices { codes, .. } => Value::Words(codes.iter().map(ToString::to_string).collect()),
        Answer::Number { value, .. } => Value::Number(*value),
        Answer::Date { year, month, day } => {
            let mut date = format!("{year:04}");
            for part in [month, day].into_iter().flatten() {
                date.push_str(&format!("-{part:02}"));
            }
            Value::Word(date)
        }
        Answer::Text(text) => Value::Word(text.as_str().to_owned()),
        Answer::Ranking(codes) => Value::Words(codes.iter().map(ToString::to_string).collect()),
        Answer::Hands(_) => return None,
    })
}

fn compare(how: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        // A scale code that looks like a number may be compared with one: `bup05 >= 3`.
        (Value::Word(a), Value::Number(b)) => a.parse::<Number>().ok()?.cmp(b),
        (Value::Number(a), Value::Word(b)) => a.cmp(&b.parse::<Number>().ok()?),
        (Value::Word(a), Value::Word(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.cmp(b),
        (Value::Words(a), Value::Words(b)) => a.cmp(b),
        _ => return None,
    };
    Some(match how {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    })
}

fn calculate(how: Operation, left: Number, right: Number) -> Option<Number> {
    let (a, b) = (i128::from(left.thousandths()), i128::from(right.thousandths()));
    let thousandths = match how {
        Operation::Add => a + b,
        Operation::Subtract => a - b,
        Operation::Multiply => a * b / 1000,
        Operation::Divide | Operation::Remainder if b == 0 => return None,
        Operation::Divide => a * 1000 / b,
        Operation::Remainder => a % b,
    };
    i64::try_from(thousandths).ok().map(Number::from_thousandths)
}

/// A match anywhere is true even when another entry is unknown; no match is false only when all are known.
fn is_in(value: &Value, list: &[Expression], facts: &dyn Facts) -> Option<bool> {
    let mut all_known = true;
    for entry in list {
        match entry
            .value(facts)
            .and_then(|entry| compare(Comparison::Equal, value, &entry))
        {
            Some(true) => return Some(true),
            Some(false) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(false)
}

fn count(length: usize) -> Option<Value> {
    Some(Value::Number(Number::whole(i64::try_from(length).ok()?)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Comparison, Expression, Facts, Operation, Value};
    use crate::domain::answer::{Answer, Response};
    use crate::domain::id::Id;
    use crate::domain::item::ItemKey;
    use crate::domain::missing::Missing;
    use crate::domain::number::Number;

    #[derive(Default)]
    struct Known(BTreeMap<ItemKey, Response>);

    impl Facts for Known {
        fn response(&self, item: &ItemKey) -> Option<&Response> {
            self.0.get(item)
        }
        fn consent(&self, _: &Id) -> Option<bool> {
            None
        }
        fn background(&self, _: &Id) -> Option<&str> {
            None
        }
        fn score(&self, _: &ItemKey) -> Option<Number> {
            None
        }
    }

    fn key(text: &str) -> ItemKey {
        text.parse().unwrap()
    }

    fn equals(item: &str, code: &str) -> Box<Expression> {
        Box::new(Expression::Compare(
            Comparison::Equal,
            Box::new(Expression::Item(key(item))),
            Box::new(Expression::Literal(Value::Word(code.to_owned()))),
        ))
    }

    fn known(entries: &[(&str, Response)]) -> Known {
        Known(
            entries
                .iter()
                .map(|(item, response)| (key(item), response.clone()))
                .collect(),
        )
    }

    fn chosen(code: &str) -> Response {
        Response::Given(Answer::choice(Id::new(code).unwrap()))
    }

    #[test]
    fn an_unanswered_item_is_unknown_and_unknown_spreads_by_kleene() {
        let facts = known(&[("a", chosen("ja")), ("b", Response::Missing(Missing::DontKnow))]);
        let yes = equals("a", "ja");
        let unknown = equals("b", "ja");
        let no = equals("a", "nei");
        assert_eq!(unknown.truth(&facts), None);
        assert_eq!(
            Expression::Or(unknown.clone(), yes.clone()).truth(&facts),
            Some(true)
        );
        assert_eq!(Expression::And(no, unknown.clone()).truth(&facts), Some(false));
        assert_eq!(Expression::And(yes, unknown.clone()).truth(&facts), None);
        assert_eq!(Expression::Not(unknown).truth(&facts), None);
    }

    #[test]
    fn answered_is_never_unknown() {
        let facts = known(&[("b", Response::Missing(Missing::WontSay))]);
        assert_eq!(Expression::Answered(key("b")).truth(&facts), Some(false));
        assert_eq!(Expression::Answered(key("c")).truth(&facts), Some(false));
    }

    #[test]
    fn dividing_by_zero_is_unknown() {
        let number = |n| Box::new(Expression::Literal(Value::Number(Number::whole(n))));
        let divide = |a, b| Expression::Calculate(Operation::Divide, number(a), number(b));
        assert_eq!(divide(1, 0).value(&known(&[])), None);
        assert_eq!(
            divide(1, 8).value(&known(&[])),
            Some(Value::Number(Number::from_thousandths(125)))
        );
    }
}
