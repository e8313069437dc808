//! The slip: that somebody was asked and said no, or stopped, without a word about who. With slips a response rate
//! needs no names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::id::Slug;
use crate::domain::record::InterviewId;

/// The version of a slip's shape.
pub const SCHEMA: u16 = 1;

/// Counts of people who were asked and of whom there is no interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Shape, [`SCHEMA`].
    pub schema: u16,
    /// A random name: copies share it and count once.
    pub slip: InterviewId,
    /// The round it belongs to.
    pub round: Slug,
    /// The site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Slug>,
    /// How many were asked.
    pub asked: u32,
    /// How many of them said no.
    pub declined: u32,
    /// How many of them began, stopped, and wanted everything deleted.
    pub stopped: u32,
    /// The interview whose person wanted everything deleted: a copy of the draft that was handed over before goes, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<InterviewId>,
    /// The interview whose person said "do not use them yet" after the draft was handed over. Such a slip counts nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// What the coordinator decided about a draft or the interview it was sealed into. Such a slip counts nobody, but for a
    /// draft that was dropped: somebody was asked, and stopped, unless they finish after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// Whether they are made up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made_up: bool,
    /// What a newer version added; kept when the slip is sealed again.
    #[serde(flatten)]
    pub newer: BTreeMap<String, serde_json::Value>,
}

/// An interview that waits for the person's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub interview: InterviewId,
    /// How many steps its draft had then. One with more was gone on with since, and says itself whether it waits.
    pub steps: u64,
}

/// What the coordinator decided, of what was known with so many steps: what comes with more is decided anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// About which interview.
    pub interview: InterviewId,
    /// How many steps its draft had, or the message that it waits.
    pub steps: u64,
    /// What.
    pub what: Decision,
}

/// A decision of the coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The person was asked and said yes: "do not use them yet" holds no more.
    SaidYes,
    /// The draft is not used. What is finished of the interview, or comes with more steps, is another matter.
    Dropped,
    /// It was not the person who asked for the deletion, but somebody with a laptop that was revoked since.
    NotDeleted,
}

/// Sums of slips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// How many were asked and gave no interview.
    pub asked: u64,
    /// How many of them said no.
    pub declined: u64,
    /// How many of them stopped.
    pub stopped: u64,
}

impl Asked {
    /// Returns the sums over these slips.
    #[must_use]
    pub fn of<'s>(slips: impl IntoIterator<Item = &'s Slip>) -> Self {
        slips.into_iter().fold(Self::default(), |sum, slip| Self {
            asked: sum.asked.saturating_add(u64::from(slip.asked)),
            declined: sum.declined.saturating_add(u64::from(slip.declined)),
            stopped: sum.stopped.saturating_add(u64::from(slip.stopped)),
        })
    }
}
