//! Finds conditions that no answers can make true.
//!
//! A condition is taken apart into cases ("this and this"); in each case what is asked of one item is put together,
//! and a case that asks the impossible of an item is dropped. What must have been true for an item to be asked at
//! all is added. Within a budget: a condition too large to follow counts as possible.

use crate::definition::expression::scope::{AnswerKind, Scope};
use crate::definition::place::Span;
use crate::domain::expression::{Comparison, Expression, Value};
use crate::domain::item::ItemKey;
use crate::domain::number::Number;

mod case;

use case::Case;

/// Steps one question about a condition may take.
const MOST_STEPS: usize = 3000;
/// Cases one condition may fall into.
const MOST_CASES: usize = 256;

/// Why a condition can never be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Never {
    /// It contradicts itself.
    Alone,
    /// It contradicts the condition that stands here.
    Beside(Span),
}

/// Returns why a condition can never be true, if so. `parents` are conditions that hold wherever it is asked.
pub(crate) fn never_true(
    condition: &Expression,
    parents: &[(&Expression, Span)],
    scope: &Scope,
) -> Option<Never> {
    if possible(&[condition], scope, false) == Some(false) {
        return Some(Never::Alone);
    }
    for (parent, span) in parents {
        if possible(&[condition, *parent], scope, false) == Some(false) {
            return Some(Never::Beside(*span));
        }
    }
    let mut all: Vec<&Expression> = vec![condition];
    all.extend(parents.iter().map(|(parent, _)| *parent));
    if possible(&all, scope, true) != Some(false) {
        return None;
    }
    let mut guard = None;
    condition.each_item(&mut |item| {
        let known = scope.get(item.question_id().as_str());
        guard = guard.or_else(|| known?.conditions.first().map(|guard| guard.span));
    });
    Some(
        guard
            .or_else(|| parents.first().map(|(_, span)| *span))
            .map_or(Never::Alone, Never::Beside),
    )
}

/// Returns whether these conditions leave no way for an item to be unanswered, as far as can be told.
pub(crate) fn implies_answer(conditions: &[&Expression], item: &ItemKey, scope: &Scope) -> bool {
    let unanswered = Expression::Not(Box::new(Expression::Answered(item.clone())));
    let mut all = conditions.to_vec();
    all.push(&unanswered);
    possible(&all, scope, true) != Some(true)
}

/// Returns whether all can be true together; `deep` also asks what made each answered item be asked. `None` when it
/// takes too long to tell.
fn possible(conditions: &[&Expression], scope: &Scope, deep: bool) -> Option<bool> {
    let mut search = Search {
        scope,
        deep,
        steps: 0,
    };
    search.any(&Case::default(), conditions.to_vec(), Vec::new())
}

struct Search<'s> {
    scope: &'s Scope,
    deep: bool,
    steps: usize,
}

impl<'s> Search<'s> {
    /// Returns whether some case of all that is left to do is possible.
    fn any(&mut self, case: &Case, mut todo: Vec<&'s Expression>, mut asked: Vec<ItemKey>) -> Option<bool> {
        self.steps += 1;
        if self.steps > MOST_STEPS || !self.scope.spend(case.work(self.scope)) {
            return None;
        }
        if !case.possible(self.scope) {
            return Some(false);
        }
        let Some(condition) = todo.pop() else {
            if !self.deep {
                return Some(true);
            }
            let Some(item) = case.answered().find(|item| !asked.contains(item)).cloned() else {
                return Some(true);
            };
            if let Some(known) = self.scope.get(item.question_id().as_str()) {
                todo.extend(known.conditions.iter().map(|guard| &guard.condition));
            }
            asked.push(item);
            return self.any(case, todo, asked);
        };
        for other in cases(condition, true, self.scope)? {
            if self.any(&case.and(&other), todo.clone(), asked.clone())? {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// Returns the cases in which a condition is true (or false); `None` when there are too many.
fn cases(condition: &Expression, wanted: bool, scope: &Scope) -> Option<Vec<Case>> {
    let one = |case| Some(vec![case]);
    match condition {
        Expression::Literal(Value::Truth(truth)) => Some(if *truth == wanted {
            vec![Case::default()]
        } else {
            Vec::new()
        }),
        Expression::Not(part) => cases(part, !wanted, scope),
        Expression::And(a, b) if wanted => product(cases(a, true, scope)?, &cases(b, true, scope)?, scope),
        Expression::Or(a, b) if !wanted => product(cases(a, false, scope)?, &cases(b, false, scope)?, scope),
        Expression::And(a, b) | Expression::Or(a, b) => {
            let mut both = cases(a, wanted, scope)?;
            both.extend(cases(b, wanted, scope)?);
            (both.len() <= MOST_CASES).then_some(both)
        }
        Expression::Answered(item) => one(Case::default().answer(item, wanted)),
        Expression::Consent(point) => one(Case::default().consent(point, wanted)),
        Expression::Has(set, code) => match (set.as_ref(), code.as_ref()) {
            (Expression::Item(item), Expression::Literal(Value::Word(code))) => {
                one(Case::default().holds(item, code, wanted))
            }
            _ => one(known(condition)),
        },
        Expression::In(part, list) => match (part.as_ref(), words(list)) {
            (Expression::Item(item), Some(words)) => one(Case::default().among(item, words, wanted)),
            _ => one(known(condition)),
        },
        Expression::Compare(how, left, right) => {
            let how = if wanted { *how } else { opposite(*how) };
            let (how, left, right) = in_order(how, left, right);
            match (left, right) {
                (Expression::Count(item), Expression::Literal(Value::Number(number)))
                    if !can_count(how, *number, item, scope) =>
                {
                    Some(Vec::new())
                }
                _ => one(comparison(how, left, right)),
            }
        }
        _ => one(Case::default()),
    }
}

/// Returns the words of a list that holds nothing else.
fn words(list: &[Expression]) -> Option<Vec<String>> {
    let word = |entry: &Expression| match entry {
        Expression::Literal(Value::Word(word)) => Some(word.clone()),
        _ => None,
    };
    list.iter().map(word).collect()
}

/// Returns whether so many options can be chosen as is compared with this number.
fn can_count(how: Comparison, number: Number, item: &ItemKey, scope: &Scope) -> bool {
    let known = scope.get(item.question_id().as_str());
    let Some(AnswerKind::Choices(codes)) = known.map(|known| &known.answer) else {
        return true;
    };
    let most = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    (0..=most).any(|count| {
        let order = Number::whole(count).cmp(&number);
        match how {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        }
    })
}

/// Returns a comparison with what is compared on its left and what it is compared with on its right.
const fn in_order<'e>(
    how: Comparison,
    left: &'e Expression,
    right: &'e Expression,
) -> (Comparison, &'e Expression, &'e Expression) {
    if !matches!(left, Expression::Literal(_)) || matches!(right, Expression::Literal(_)) {
        return (how, left, right);
    }
    let how = match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => how,
    };
    (how, right, left)
}

fn comparison(how: Comparison, left: &Expression, right: &Expression) -> Case {
    match (left, right) {
        (Expression::Score(item), Expression::Literal(Value::Number(number))) => {
            Case::default().score(item, how, *number)
        }
        (Expression::Item(item), Expression::Literal(Value::Word(word))) => match how {
            Comparison::Equal => Case::default().among(item, vec![word.clone()], true),
            Comparison::NotEqual => Case::default().among(item, vec![word.clone()], false),
            _ => Case::default().answer(item, true),
        },
        (Expression::Item(item), Expression::Literal(Value::Number(number))) => {
            Case::default().number(item, how, *number)
        }
        (Expression::Background(name), Expression::Literal(Value::Word(word))) => {
            Case::default().background(name, word, how)
        }
        _ => known(left).and(&known(right)),
    }
}

/// What must be answered for this part to have a value at all.
fn known(part: &Expression) -> Case {
    match part {
        Expression::Item(item) | Expression::Count(item) | Expression::Score(item) => {
            Case::default().answer(item, true)
        }
        Expression::Calculate(_, a, b) | Expression::Has(a, b) => known(a).and(&known(b)),
        Expression::Negate(part) | Expression::In(part, _) => known(part),
        _ => Case::default(),
    }
}

const fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

fn product(left: Vec<Case>, right: &[Case], scope: &Scope) -> Option<Vec<Case>> {
    let pairs = left.len().saturating_mul(right.len());
    let size = left.iter().chain(right).map(Case::size).max().unwrap_or(0);
    if pairs > MOST_CASES || !scope.spend(pairs.saturating_mul(size)) {
        return None;
    }
    let both = left.into_iter().flat_map(|a| right.iter().map(move |b| a.and(b)));
    Some(both.collect())
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Never, implies_answer, never_true};
    use crate::definition::expression::check::{Standing, check};
    use crate::definition::expression::parse::parse;
    use crate::definition::expression::scope::{AnswerKind, CodeEntry, Codes, Guard, Known, Scope};
    use crate::definition::place::Span;
    use crate::domain::expression::Expression;
    use crate::domain::id::Id;
    use crate::domain::number::Number;

    fn codes(names: &[&str]) -> Rc<Codes> {
        let entry = |name: &&str| CodeEntry {
            code: Id::new(name.trim_matches(['-', '!'])).unwrap(),
            offered: !name.ends_with('-'),
            was: Vec::new(),
            exclusive: name.ends_with('!'),
            value: None,
        };
        Rc::new(Codes::new(names.iter().map(entry).collect()))
    }

    fn scope() -> Scope {
        let mut scope = Scope::default();
        let mut add = |name: &str, answer, conditions| {
            scope.add(Id::new(name).unwrap(), Known { answer, conditions });
        };
        add("q", AnswerKind::Choice(codes(&["a", "b", "old-"])), Vec::new());
        add("m", AnswerKind::Choices(codes(&["x", "y", "none!"])), Vec::new());
        add(
            "n",
            AnswerKind::Number {
                min: Some(Number::whole(0)),
                max: Some(Number::whole(200)),
            },
            Vec::new(),
        );
        add("s", AnswerKind::Level(codes(&["1", "2", "3"])), Vec::new());
        let level = |(code, value)| CodeEntry::level(Id::new(code).unwrap(), Some(Number::whole(value)));
        let levels = [("lite", 1), ("noe", 2), ("mye", 4)].map(level);
        let levels = Rc::new(Codes::new(levels.to_vec()));
        add("w", AnswerKind::Level(levels), Vec::new());
        scope.consent.insert(Id::new("sitat").unwrap());
        let guard = Rc::new(Guard {
            condition: typed("q = 'a'", &scope),
            span: Span::new(7, 9),
        });
        scope.add(
            Id::new("after").unwrap(),
            Known {
                answer: AnswerKind::Text,
                conditions: vec![guard],
            },
        );
        scope
    }

    fn typed(text: &str, scope: &Scope) -> Expression {
        check(&parse(text).unwrap(), scope, Standing::default()).unwrap()
    }

    fn never(text: &str) -> Option<Never> {
        let scope = scope();
        never_true(&typed(text, &scope), &[], &scope)
    }

    #[test]
    fn contradictions_are_found() {
        for text in [
            "q = 'a' and q = 'b'",
            "q = 'a' and q != 'a'",
            "q != 'a' and q != 'b'",
            "q = 'old'",
            "q = 'a' and not answered(q)",
            "m has 'x' and not (m has 'x')",
            "m has 'x' and m has 'none'",
            "n > 200",
            "n < 0",
            "n > 5 and n <= 5",
            "n = 5 and n != 5",
            "s > 3",
            "s < 2 and s != '1'",
            "q in ['a', 'old'] and q != 'a'",
            "consent.sitat and not consent.sitat",
            "(q = 'a' or q = 'b') and not answered(q)",
            "count(m) > 3",
            "count(m) < 0",
            "count(m) = 1.5",
            "3 < count(m) and answered(m)",
            "200 < n",
            "score(w) > 4",
            "score(w) = 3",
            "score(w) < 2 and w != 'lite'",
            "not (score(w) <= 4)",
            "5 <= score(w)",
        ] {
            assert_eq!(never(text), Some(Never::Alone), "{text}");
        }
    }

    #[test]
    fn what_is_possible_is_left_alone() {
        for text in [
            "q = 'a' or q = 'b'",
            "q != 'a'",
            "m has 'x' and m has 'y'",
            "n >= 200",
            "not answered(q) or q != 'a'",
            "s >= 3",
            "n + 1 > 3",
            "count(m) > 1",
            "count(m) >= 3",
            "not (count(m) > 3)",
            "score(w) >= 4",
            "4 <= score(w)",
            "score(w) > 1 and w != 'lite'",
            "not answered(w) or score(w) > 9",
            "background.site = 'nord'",
        ] {
            assert_eq!(never(text), None, "{text}");
        }
    }

    #[test]
    fn a_condition_against_what_made_the_question_be_asked_is_found() {
        assert_eq!(
            never("answered(after) and q = 'b'"),
            Some(Never::Beside(Span::new(7, 9)))
        );
        let scope = scope();
        let parent = typed("q = 'a'", &scope);
        let condition = typed("q = 'b'", &scope);
        assert_eq!(
            never_true(&condition, &[(&parent, Span::new(1, 2))], &scope),
            Some(Never::Beside(Span::new(1, 2)))
        );
    }

    #[test]
    fn an_answer_can_follow_from_conditions() {
        let scope = scope();
        let key = "q".parse().unwrap();
        let implied = |text: &str| implies_answer(&[&typed(text, &scope)], &key, &scope);
        assert!(implied("answered(q)"));
        assert!(implied("q != 'a' and n > 3"));
        assert!(implied("answered(after)"));
        assert!(!implied("q = 'a' or n > 3"));
    }

    #[test]
    fn a_condition_too_large_to_follow_counts_as_possible() {
        let pairs = vec!["(q = 'a' or n = 1)"; 40].join(" and ");
        assert_eq!(never(&pairs), None);
    }
}
