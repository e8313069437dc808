//! From an ended interview to the record that is sealed.

use std::collections::BTreeMap;

use crate::domain::answer::Response;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::record::{Ended, InterviewRecord, QuotePermission, SCHEMA};

use super::{Interview, Position};

impl Interview {
    /// Returns the record of a finished interview; `None` before [`super::Action::Finish`].
    ///
    /// An item that is not asked as things stand, or was not reached, is "not asked" whatever was answered
    /// before: an answer that routing hid never reaches the sealed record, nor does a note to it.
    #[must_use]
    pub fn record(&self, withdrawal_tag: Option<String>) -> Option<InterviewRecord> {
        if self.state.position != Position::Finished {
            return None;
        }
        let opening = &self.state.opening;
        let asked = |question: &Id| self.route().asks(question);
        let answers = self
            .survey
            .items()
            .map(|item| {
                let response = self.response(&item.key()).cloned();
                (
                    item.key(),
                    response.unwrap_or(Response::Missing(Missing::NotAsked)),
                )
            })
            .collect();
        let quotes: BTreeMap<ItemKey, QuotePermission> = self
            .readback_rows()
            .into_iter()
            .filter(|row| row.may_quote)
            .filter_map(|row| Some((row.item.clone(), *self.state.quotes.get(&row.item)?)))
            .collect();
        Some(InterviewRecord {
            schema: SCHEMA,
            interview: opening.interview.clone(),
            survey: opening.survey.clone(),
            round: opening.round.clone(),
            site: opening.site.clone(),
            laptop: opening.laptop.clone(),
            interviewer: opening.interviewer.clone(),
            mode: opening.mode,
            entered: opening.entered,
            language: self.state.language,
            order_seed: opening.order_seed,
            consent: self.state.consent.clone(),
            answers,
            self_answered: self
                .state
                .entries
                .iter()
                .filter(|(item, entry)| entry.by_self && self.route().asks_item(item))
                .map(|(item, _)| item.clone())
                .collect(),
            confirmations: self
                .state
                .confirmed
                .iter()
                .filter(|(id, _)| asked(id))
                .cloned()
                .collect(),
            notes: self
                .state
                .notes
                .iter()
                .filter(|(id, _)| asked(id))
                .map(|(id, note)| (id.clone(), note.clone()))
                .collect(),
            read_back: self.all_approved(),
            quotes,
            withdrawal_tag,
            ended: if self.state.stopped {
                Ended::StoppedUse
            } else {
                Ended::Complete
            },
            rescued: None,
            made_up: opening.made_up,
            newer: BTreeMap::new(),
        })
    }
}
