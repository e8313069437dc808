//! A state that was shown, as it is kept. What somebody has seen counts as printed, and stays as it is.
//!
//! The store writes and reads the files; here is what stands in them.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::id::Slug;
use crate::domain::record::InterviewId;

use super::published::{FORMAT, Published, Unreadable};

/// The name of a file of the ledger: the SHA-256 of its bytes, so that two ledgers name the same state alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReleaseName(String);

impl ReleaseName {
    /// Returns the name of the file with this SHA-256, in hexadecimal digits.
    #[must_use]
    pub fn new(sha256: &str) -> Self {
        Self(sha256.to_owned())
    }

    /// Returns it as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns its first eight digits, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl fmt::Debug for ReleaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

/// The first version that says its version in front of everything else. Older files say it among what was shown.
const VERSIONED_FROM: u16 = 3;

/// A state that was shown, and the interviews it was made of (their random names, which say nothing of a person): those
/// held one by one, or the groups where nobody was interviewed alone. An older program says of such groups that they are
/// not here any more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptRelease {
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<u16>,
    published: Published,
    made_of: BTreeSet<InterviewId>,
    #[serde(skip_serializing_if = "Origin::is_unknown_round")]
    origin: Origin,
    /// States of the same survey and round that were shown before it; its people are in none of them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    after: BTreeSet<ReleaseName>,
}

/// Where the answers of a state came from. Older files do not say: interviews, of whichever round those were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// Interviews of a round that is not said.
    #[default]
    Interviews,
    /// Interviews of this round.
    Round(Slug),
    /// The rows of a file, by the SHA-256 of its bytes: other people than those interviewed. Only read: who has few
    /// rows to guess could try them all against it.
    File(String),
    /// The rows of a file, by a mark made with a key that is not in the evaluation.
    MarkedFile(String),
}

impl Origin {
    fn is_unknown_round(&self) -> bool {
        *self == Self::Interviews
    }

    /// Returns whether the answers are the rows of a file.
    #[must_use]
    pub const fn is_file(&self) -> bool {
        matches!(self, Self::File(_) | Self::MarkedFile(_))
    }

    /// The first version of the file that can say it.
    const fn version(&self) -> u16 {
        match self {
            Self::Interviews | Self::Round(_) | Self::File(_) => 1,
            Self::MarkedFile(_) => VERSIONED_FROM,
        }
    }
}

/// The way back from the file, for this module only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptForm {
    #[serde(default)]
    format: Option<u16>,
    #[serde(deserialize_with = "Published::read")]
    published: Published,
    made_of: BTreeSet<InterviewId>,
    #[serde(default)]
    origin: Origin,
    #[serde(default)]
    after: BTreeSet<ReleaseName>,
}

/// The part of the file that says which program can read it.
#[derive(Deserialize)]
struct Versioned {
    #[serde(default)]
    format: Option<u64>,
    #[serde(default)]
    published: Option<Version>,
}

#[derive(Deserialize)]
struct Version {
    format: u64,
}

impl KeptRelease {
    /// Returns a state as it is kept. `made_of` are the individual interviews counted in it, or the groups
    /// where there are no others.
    #[must_use]
    pub fn new(published: Published, made_of: BTreeSet<InterviewId>) -> Self {
        Self {
            format: None,
            published,
            made_of,
            origin: Origin::Interviews,
            after: BTreeSet::new(),
        }
        .versioned()
    }

    /// Says the version where the file holds something older programs cannot read. In the place they look at, too: they
    /// then say that it is newer, not that it is damaged.
    fn versioned(mut self) -> Self {
        let needed = self.origin.version().max(self.published.format());
        if needed >= VERSIONED_FROM {
            self.format = Some(needed);
            self.published.raise_format(needed);
        }
        self
    }

    /// Says which states were shown before it.
    #[must_use]
    pub fn after(mut self, states: BTreeSet<ReleaseName>) -> Self {
        self.after = states;
        self
    }

    /// Returns the states that were shown before it.
    #[must_use]
    pub const fn shown_before(&self) -> &BTreeSet<ReleaseName> {
        &self.after
    }

    /// Says where its answers came from.
    #[must_use]
    pub fn from(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self.versioned()
    }

    /// Returns where its answers came from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns whether it is made of interviews of a round, of which these are all that are left.
    #[must_use]
    pub fn is_of_round(&self, round: &Slug, interviews: &BTreeSet<InterviewId>) -> bool {
        match &self.origin {
            Origin::Round(own) => own == round,
            Origin::Interviews => self.made_of.is_empty() || !self.made_of.is_disjoint(interviews),
            Origin::File(_) | Origin::MarkedFile(_) => false,
        }
    }

    /// Returns what was shown.
    #[must_use]
    pub const fn published(&self) -> &Published {
        &self.published
    }

    /// Returns the interviews it was made of.
    #[must_use]
    pub const fn made_of(&self) -> &BTreeSet<InterviewId> {
        &self.made_of
    }

    /// Reads what [`Serialize`] wrote as JSON.
    ///
    /// # Errors
    /// [`Unreadable`], which holds nothing of the file.
    pub fn read(json: &[u8]) -> Result<Self, Unreadable> {
        let versioned: Versioned = serde_json::from_slice(json).map_err(|_| Unreadable::Damaged)?;
        let own = versioned.published.map(|published| published.format);
        if versioned.format.max(own) > Some(u64::from(FORMAT)) {
            return Err(Unreadable::Newer);
        }
        let KeptForm {
            format,
            published,
            made_of,
            origin,
            after,
        } = serde_json::from_slice(json).map_err(|_| Unreadable::Damaged)?;
        Ok(Self {
            format,
            published,
            made_of,
            origin,
            after,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KeptRelease, Origin, ReleaseName};
    use crate::disclosure::made_up::{ids, kept_of};
    use crate::disclosure::published::Unreadable;
    use crate::domain::id::Slug;

    fn kept(people: u8) -> KeptRelease {
        kept_of(0..people)
    }

    #[test]
    fn a_kept_release_reads_back_as_it_was_written() {
        let before = BTreeSet::from([ReleaseName::new("0f")]);
        let release = kept(24).after(before);
        let json = serde_json::to_vec(&release).unwrap();
        let read = KeptRelease::read(&json).unwrap();
        assert_eq!(read, release);
        assert_eq!(serde_json::to_vec(&read).unwrap(), json);
    }

    #[test]
    fn what_older_programs_cannot_read_says_so_where_they_look() {
        let plain = serde_json::to_value(kept(24)).unwrap();
        assert!(plain.get("format").is_none() && plain["published"]["format"] == 1);
        let marked = kept(24).from(Origin::MarkedFile("0f".to_owned()));
        let json = serde_json::to_vec(&marked).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(
            (&value["format"], &value["published"]["format"]),
            (&3.into(), &3.into())
        );
        assert_eq!(KeptRelease::read(&json).unwrap(), marked);
    }

    #[test]
    fn a_state_belongs_to_its_round_and_an_older_one_to_that_of_its_interviews() {
        let (spring, autumn) = (Slug::new("spring").unwrap(), Slug::new("autumn").unwrap());
        let said = kept(20).from(Origin::Round(spring.clone()));
        assert!(said.is_of_round(&spring, &ids(0..0)) && !said.is_of_round(&autumn, &ids(0..20)));
        let unsaid = kept(20);
        assert!(unsaid.is_of_round(&spring, &ids(19..30)) && !unsaid.is_of_round(&autumn, &ids(20..30)));
        let file = kept(20).from(Origin::File("x".to_owned()));
        assert!(!file.is_of_round(&spring, &ids(0..20)));
    }

    #[test]
    fn a_state_of_version_4_is_read_and_written_as_it_was() {
        let file = include_str!("../../tests/fixtures/releases/bands-and-hands-4.json");
        let kept = KeptRelease::read(file.as_bytes()).unwrap();
        let [split, hands] = kept.published().items() else {
            panic!("two questions");
        };
        assert_eq!(split.breakdown.as_ref().unwrap().bands().len(), 2);
        assert_eq!(hands.hands.as_ref().unwrap().people, 18);
        assert_eq!(serde_json::to_string(&kept).unwrap(), file.trim_end());
    }

    #[test]
    fn a_damaged_or_newer_release_is_refused_without_a_word_of_it() {
        let json = serde_json::to_string(&kept(24)).unwrap();
        let newer = json.replacen("\"format\":1", "\"format\":5", 1);
        assert_eq!(KeptRelease::read(newer.as_bytes()), Err(Unreadable::Newer));
        // A later one may look quite different behind its version.
        for newer in [
            r#"{"format":5,"things":[]}"#,
            r#"{"format":99999999,"published":{"format":1}}"#,
            r#"{"published":{"format":5,"new":1},"made_of":7}"#,
        ] {
            assert_eq!(
                KeptRelease::read(newer.as_bytes()),
                Err(Unreadable::Newer),
                "{newer}"
            );
        }
        let surplus = json.replacen("\"format\":1", "\"format\":1,\"more\":3", 1);
        assert_eq!(KeptRelease::read(surplus.as_bytes()), Err(Unreadable::Damaged));
        assert_eq!(KeptRelease::read(b"{}"), Err(Unreadable::Damaged));
    }
}
