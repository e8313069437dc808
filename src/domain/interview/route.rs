//! Which questions, rows and options this interview has, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answer::{Answer, Response};
use crate::domain::expression::{Expression, Facts};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::number::Number;
use crate::domain::order::SplitMix64;
use crate::domain::record::Mode;
use crate::domain::survey::Survey;
use crate::domain::survey::question::{ChoiceOption, Order, Question, QuestionKind, Row};

use super::State;

/// What is asked in this interview as things stand.
///
/// Conditions look back only, so one pass in file order settles everything; an answer to a question that is no
/// longer asked counts as unknown, and what hung on it goes too.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// Questions asked, in file order.
    pub questions: Vec<Id>,
    /// Those of them that have something to answer.
    counted: Vec<Id>,
    asked: BTreeSet<Id>,
    hidden_rows: BTreeSet<(Id, Id)>,
    hidden_options: BTreeSet<(Id, Id)>,
    /// What is left of answers that hold options no longer offered; `None` where nothing is left.
    narrowed: BTreeMap<ItemKey, Option<Response>>,
}

impl Route {
    /// Returns what is asked, given the answers so far.
    pub(super) fn of(survey: &Survey, state: &State) -> Self {
        let mut route = Self::default();
        for section in survey.sections() {
            if !holds(
                section.show_if.as_ref(),
                &Seen {
                    survey,
                    state,
                    route: &route,
                },
            ) {
                continue;
            }
            for question in &section.questions {
                let asked = fits_mode(survey, question, state.opening.mode)
                    && holds(
                        question.show_if.as_ref(),
                        &Seen {
                            survey,
                            state,
                            route: &route,
                        },
                    );
                if asked {
                    route.add(survey, state, question);
                }
            }
        }
        route
    }

    fn add(&mut self, survey: &Survey, state: &State, question: &Question) {
        let seen = Seen {
            survey,
            state,
            route: self,
        };
        let mut hidden_rows = Vec::new();
        let mut hidden_options = Vec::new();
        if let QuestionKind::Matrix { rows, .. } = &question.kind {
            let hidden = rows.iter().filter(|row| !holds(row.show_if.as_ref(), &seen));
            hidden_rows.extend(hidden.map(|row| (question.id.clone(), row.id.clone())));
        }
        if let Some(choices) = question.kind.choices() {
            let hidden = choices
                .options
                .iter()
                .filter(|option| !holds(option.show_if.as_ref(), &seen));
            hidden_options.extend(hidden.map(|option| (question.id.clone(), option.code.clone())));
        }
        let answerable = match &question.kind {
            QuestionKind::Info => false,
            QuestionKind::Matrix { rows, scales } => hidden_rows.len() < rows.len() && !scales.is_empty(),
            _ => true,
        };
        if answerable {
            self.counted.push(question.id.clone());
        }
        self.hidden_rows.extend(hidden_rows);
        let key = ItemKey::question(question.id.clone());
        if let Some(entry) = state.entries.get(&key).filter(|_| !hidden_options.is_empty()) {
            let hidden = |code: &Id| hidden_options.iter().any(|(_, option)| option == code);
            if let Some(left) = without_hidden(&entry.response, &hidden) {
                self.narrowed.insert(key, left);
            }
        }
        self.hidden_options.extend(hidden_options);
        self.asked.insert(question.id.clone());
        self.questions.push(question.id.clone());
    }

    /// Returns the questions that have something to answer, in file order.
    #[must_use]
    pub fn counted(&self) -> &[Id] {
        &self.counted
    }

    /// Returns whether a question is asked.
    #[must_use]
    pub fn asks(&self, question: &Id) -> bool {
        self.asked.contains(question)
    }

    /// Returns whether an item is asked: its question is, and its row is not hidden.
    #[must_use]
    pub fn asks_item(&self, item: &ItemKey) -> bool {
        self.asks(item.question_id())
            && item.row_id().is_none_or(|row| {
                !self
                    .hidden_rows
                    .contains(&(item.question_id().clone(), row.clone()))
            })
    }

    /// Returns what stands at an item as things stand: nothing where the item is not asked, and without options
    /// that are no longer offered.
    pub(super) fn response<'s>(&'s self, state: &'s State, item: &ItemKey) -> Option<&'s Response> {
        if !self.asks_item(item) {
            return None;
        }
        match self.narrowed.get(item) {
            Some(left) => left.as_ref(),
            None => state.entries.get(item).map(|entry| &entry.response),
        }
    }

    /// Returns the options on offer, in the order this interview puts them. A retired option is offered only
    /// where it is already chosen.
    pub(super) fn options<'s>(&self, state: &State, question: &'s Question) -> Vec<&'s ChoiceOption> {
        let Some(choices) = question.kind.choices() else {
            return Vec::new();
        };
        let chosen = state
            .entries
            .get(&ItemKey::question(question.id.clone()))
            .map(|entry| &entry.response);
        let offered: Vec<&ChoiceOption> = choices
            .options
            .iter()
            .filter(|option| {
                !self
                    .hidden_options
                    .contains(&(question.id.clone(), option.code.clone()))
            })
            .filter(|option| {
                !option.retired || chosen.is_some_and(|response| holds_code(response, &option.code))
            })
            .collect();
        ordered(offered, choices.order, state.opening.order_seed, &question.id)
    }

    /// Returns the rows asked, in file order.
    #[must_use]
    pub fn rows<'s>(&self, question: &'s Question) -> Vec<&'s Row> {
        let QuestionKind::Matrix { rows, .. } = &question.kind else {
            return Vec::new();
        };
        let asked = |row: &&Row| !self.hidden_rows.contains(&(question.id.clone(), row.id.clone()));
        rows.iter().filter(asked).collect()
    }
}

fn holds(condition: Option<&Expression>, seen: &Seen<'_>) -> bool {
    condition.is_none_or(|condition| condition.truth(seen) == Some(true))
}

fn fits_mode(survey: &Survey, question: &Question, mode: Mode) -> bool {
    let group = survey.parts().group_mode.as_ref();
    let only = group.is_some_and(|group| group.only.contains(&question.id));
    match mode {
        Mode::Individual => !only && !matches!(question.kind, QuestionKind::Count(_)),
        Mode::Group { .. } => only || group.is_some_and(|group| group.questions.contains(&question.id)),
    }
}

/// Returns what is left of a response without hidden options; the outer `None` when it holds none of them.
#[expect(clippy::option_option, reason = "untouched, and nothing left, are two things")]
fn without_hidden(response: &Response, hidden: &dyn Fn(&Id) -> bool) -> Option<Option<Response>> {
    let left = match response {
        Response::Given(Answer::Choice { code, .. }) if hidden(code) => None,
        Response::Given(Answer::Choices { codes, specify }) if codes.iter().any(hidden) => {
            let codes: BTreeSet<Id> = codes.iter().filter(|code| !hidden(code)).cloned().collect();
            let specify = specify.clone();
            (!codes.is_empty()).then_some(Response::Given(Answer::Choices { codes, specify }))
        }
        Response::Given(Answer::Ranking(codes)) if codes.iter().any(hidden) => {
            let codes: Vec<Id> = codes.iter().filter(|code| !hidden(code)).cloned().collect();
            (!codes.is_empty()).then_some(Response::Given(Answer::Ranking(codes)))
        }
        Response::Given(Answer::Hands(hands)) if hands.keys().any(hidden) => {
            let hands: BTreeMap<Id, u32> = hands
                .iter()
                .filter(|(code, _)| !hidden(code))
                .map(|(c, n)| (c.clone(), *n))
                .collect();
            (!hands.is_empty()).then_some(Response::Given(Answer::Hands(hands)))
        }
        _ => return None,
    };
    Some(left)
}

fn holds_code(response: &Response, code: &Id) -> bool {
    match response {
        Response::Given(Answer::Choice { code: chosen, .. }) => chosen == code,
        Response::Given(Answer::Choices { codes, .. }) => codes.contains(code),
        Response::Given(Answer::Ranking(codes)) => codes.contains(code),
        _ => false,
    }
}

fn ordered<'s>(
    offered: Vec<&'s ChoiceOption>,
    order: Order,
    seed: u64,
    question: &Id,
) -> Vec<&'s ChoiceOption> {
    let (pinned, mut free): (Vec<_>, Vec<_>) = offered.into_iter().partition(|option| option.pin_last);
    let mut sequence = SplitMix64::named(seed, question.as_str());
    match order {
        Order::Fixed => {}
        Order::Random => sequence.shuffle(&mut free),
        Order::Rotate => {
            let turn = sequence.below(free.len());
            free.rotate_left(turn);
        }
    }
    free.extend(pinned);
    free
}

/// What conditions may look at: answers to questions that are asked.
pub(super) struct Seen<'a> {
    pub(super) survey: &'a Survey,
    pub(super) state: &'a State,
    pub(super) route: &'a Route,
}

impl Facts for Seen<'_> {
    fn response(&self, item: &ItemKey) -> Option<&Response> {
        self.route.response(self.state, item)
    }

    fn consent(&self, point: &Id) -> Option<bool> {
        self.state.consent.points.get(point).copied()
    }

    fn background(&self, name: &Id) -> Option<&str> {
        match name.as_str() {
            "site" => self
                .state
                .opening
                .site
                .as_ref()
                .map(crate::domain::id::Slug::as_str),
            "round" => Some(self.state.opening.round.as_str()),
            "age_band" => self.state.consent.age_band.as_ref().map(Id::as_str),
            _ => None,
        }
    }

    fn score(&self, item: &ItemKey) -> Option<Number> {
        let Answer::Choice { code, .. } = self.response(item)?.answer()? else {
            return None;
        };
        self.survey
            .item(item)?
            .scale?
            .level(code)
            .map(|level| level.value)
    }
}
