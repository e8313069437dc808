//! What a condition of the survey looks at, and whether it holds for a single answer.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::expression::{Expression, Facts};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::number::Number;
use crate::domain::survey::Item;

/// Everything an expression looks at.
#[derive(Default)]
pub(super) struct Reads {
    /// Items it looks at in any way.
    pub(super) items: BTreeSet<ItemKey>,
    /// Items whose answer matters, not only whether there is one.
    pub(super) answers: BTreeSet<ItemKey>,
    /// Whether it looks at consent.
    pub(super) consent: bool,
    /// Background values it looks at.
    pub(super) background: BTreeSet<Id>,
}

impl Reads {
    /// Returns what these expressions look at.
    pub(super) fn of<'e>(expressions: impl IntoIterator<Item = &'e Expression>) -> Self {
        let mut reads = Self::default();
        for expression in expressions {
            reads.see(expression);
        }
        reads
    }

    fn see(&mut self, expression: &Expression) {
        match expression {
            Expression::Literal(_) => {}
            Expression::Item(item) | Expression::Count(item) | Expression::Score(item) => {
                self.items.insert(item.clone());
                self.answers.insert(item.clone());
            }
            Expression::Answered(item) => {
                self.items.insert(item.clone());
            }
            Expression::Consent(_) => self.consent = true,
            Expression::Background(name) => {
                self.background.insert(name.clone());
            }
            Expression::Not(part) | Expression::Negate(part) => self.see(part),
            Expression::And(a, b)
            | Expression::Or(a, b)
            | Expression::Compare(_, a, b)
            | Expression::Calculate(_, a, b)
            | Expression::Has(a, b) => {
                self.see(a);
                self.see(b);
            }
            Expression::In(part, list) => {
                self.see(part);
                list.iter().for_each(|entry| self.see(entry));
            }
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|part| self.see(part)),
        }
    }
}

/// Returns whether a condition that looks at one item only is true for this response; `None` when it is unknown.
pub(super) fn truth(condition: &Expression, item: &Item<'_>, response: &Response) -> Option<bool> {
    condition.truth(&OneResponse {
        item,
        key: item.key(),
        response,
    })
}

/// A person of whom only the response to one item matters.
struct OneResponse<'a> {
    item: &'a Item<'a>,
    key: ItemKey,
    response: &'a Response,
}

impl Facts for OneResponse<'_> {
    fn response(&self, item: &ItemKey) -> Option<&Response> {
        (*item == self.key).then_some(self.response)
    }

    fn consent(&self, _: &Id) -> Option<bool> {
        None
    }

    fn background(&self, _: &Id) -> Option<&str> {
        None
    }

    fn score(&self, item: &ItemKey) -> Option<Number> {
        let Answer::Choice { code, .. } = self.response(item)?.answer()? else {
            return None;
        };
        self.item.scale?.level(code).map(|level| level.value)
    }
}
