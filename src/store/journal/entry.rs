//! What stands in a journal after its opening.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::interview::Action;
use crate::store::envelope::EnvelopeName;
use crate::store::hidden::Hidden;
use crate::store::whole_json;

/// One record of a journal after the first.
///
/// In the file the kind is named outside its contents, so that kinds can be added. What this version does not
/// know, or would only half read, is [`Entry::Newer`]: kept, counted, never dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A step of the interview. [`Action::Finish`] is the point after which it can be sealed.
    Action(Action),
    /// The withdrawal code and its slow hash, made before the interview is finished. The code stands here, under
    /// the journal's key, until it has been shown and written down. An empty one after it says that the person wants
    /// no code: what was sealed with the first is taken back.
    Withdrawal {
        /// The code, as it is said aloud.
        code: Hidden,
        /// Its slow hash, which goes into the sealed interview.
        tag: String,
    },
    /// The envelope the interview was sealed into, journalled before the envelope is written.
    Envelope {
        /// The envelope's name.
        name: EnvelopeName,
    },
    /// This journal goes on where another one failed: that one holds nothing more and is to be removed, or, if it
    /// is damaged, to be set aside.
    Continues {
        /// Where the other one lies.
        path: String,
        /// Whether it is damaged and kept.
        #[serde(default)]
        damaged: bool,
    },
    /// Here records were lost to damage.
    Gap {
        /// How many.
        records: u64,
    },
    /// What a newer version of the program wrote.
    #[serde(skip)]
    Newer(NewerEntry),
}

/// An entry of a newer version, as it stands. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewerEntry(Zeroizing<Vec<u8>>);

impl fmt::Debug for NewerEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewerEntry({} bytes)", self.0.len())
    }
}

impl Entry {
    /// Returns the entry that says that no code is wanted.
    #[must_use]
    pub fn no_code() -> Self {
        Self::Withdrawal {
            code: Hidden::new(String::new()),
            tag: String::new(),
        }
    }

    /// Returns whether it says that no code is wanted.
    #[must_use]
    pub fn is_no_code(&self) -> bool {
        matches!(self, Self::Withdrawal { code, tag } if code.reveal().is_empty() && tag.is_empty())
    }

    /// Returns the step of the interview, if it is one.
    #[must_use]
    pub const fn action(&self) -> Option<&Action> {
        match self {
            Self::Action(action) => Some(action),
            _ => None,
        }
    }

    /// Returns how many steps of an interview these are, but for those at the end that only end it: what a coordinator
    /// adds to seal somebody's draft makes it no longer.
    #[must_use]
    pub fn steps(entries: &[Self]) -> u64 {
        let ends = |step: &&Action| matches!(step, Action::StopAndUse | Action::EndReadBack | Action::Finish);
        let steps = entries.iter().rev().filter_map(Self::action);
        u64::try_from(steps.skip_while(ends).count()).unwrap_or(u64::MAX)
    }

    /// Returns the damaged journals these entries go on from, as far as everything in them that opens stands here, too.
    /// Where a gap is the last that was written before, nothing behind the damage was read: it was too much to look
    /// through.
    #[must_use]
    pub fn read_from_damaged(entries: &[Self]) -> Vec<&Path> {
        let before = std::iter::once(None).chain(entries.iter().map(Some));
        let pairs = before.zip(entries);
        pairs
            .filter_map(|(before, entry)| match entry {
                Self::Continues { path, damaged: true } if !matches!(before, Some(Self::Gap { .. })) => {
                    Some(Path::new(path.as_str()))
                }
                _ => None,
            })
            .collect()
    }

    /// Returns the entry as JSON; `None` if it cannot be expressed, which no entry is known to do.
    pub(super) fn to_json(&self) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Newer(newer) => Some(newer.0.clone()),
            known => to_json(known),
        }
    }

    /// Reads an entry; what cannot be read whole is [`Entry::Newer`].
    pub(in crate::store) fn from_json(json: &[u8]) -> Self {
        whole_json::read(json)
            .unwrap_or_else(|| Self::Newer(NewerEntry(Zeroizing::new(json.trim_ascii_end().to_vec()))))
    }
}

/// Returns a value as JSON, leaving no copies behind.
pub(super) fn to_json(value: &impl Serialize) -> Option<Zeroizing<Vec<u8>>> {
    // Room enough for most: a vector that grows leaves copies of the contents behind.
    let mut json = Zeroizing::new(Vec::with_capacity(8 * 1024));
    serde_json::to_writer(&mut *json, value).ok()?;
    Some(json)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Entry;
    use crate::domain::interview::Action;
    use crate::store::envelope::EnvelopeName;
    use crate::store::hidden::Hidden;

    #[test]
    fn every_kind_reads_back() {
        let entries = [
            Entry::Action(Action::Finish),
            Entry::Withdrawal {
                code: Hidden::new("fjell-kopp-lys-ravn".to_owned()),
                tag: "00".to_owned(),
            },
            Entry::Envelope {
                name: EnvelopeName::of(b"abc"),
            },
            Entry::Continues {
                path: "draft/ab.jnl".to_owned(),
                damaged: false,
            },
            Entry::Gap { records: 1 },
        ];
        for entry in entries {
            assert_eq!(Entry::from_json(&entry.to_json().unwrap()), entry);
        }
    }

    #[test]
    fn what_only_ends_an_interview_makes_it_no_longer() {
        let step = |step: Action| Entry::Action(step);
        let mut entries = vec![
            step(Action::Next),
            Entry::Gap { records: 2 },
            step(Action::StopAndUse),
        ];
        entries.push(step(Action::Next));
        assert_eq!(Entry::steps(&entries), 3);
        entries.extend([
            step(Action::StopAndUse),
            step(Action::EndReadBack),
            step(Action::Finish),
        ]);
        entries.push(Entry::no_code());
        assert_eq!(Entry::steps(&entries), 3);
        entries.push(step(Action::Hold));
        assert_eq!(Entry::steps(&entries), 7);
    }

    #[test]
    fn a_damaged_journal_of_which_nothing_behind_the_damage_was_read_is_not_needless() {
        let from = |path: &str, damaged: bool| Entry::Continues {
            path: path.to_owned(),
            damaged,
        };
        let (step, gap) = (Entry::Action(Action::Next), Entry::Gap { records: 1 });
        let read = [
            step.clone(),
            gap.clone(),
            step.clone(),
            from("a", true),
            from("b", false),
        ];
        assert_eq!(Entry::read_from_damaged(&read), [Path::new("a")]);
        assert_eq!(Entry::read_from_damaged(&[from("a", true)]), [Path::new("a")]);
        assert!(Entry::read_from_damaged(&[step, gap, from("a", true)]).is_empty());
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept_to_the_byte() {
        for newer in [
            r#"{"weather":{"rain":true}}"#,
            r#"{"action":"dance"}"#,
            r#"{"envelope":{"name":"ba7816bf8f01cfea414140de5dae2223","place":"bucket"}}"#,
            r#""bare""#,
            "not even JSON",
        ] {
            let padded = format!("{newer}   ");
            let entry = Entry::from_json(padded.as_bytes());
            assert!(matches!(entry, Entry::Newer(_)), "{newer}");
            assert_eq!(&**entry.to_json().unwrap(), newer.as_bytes());
        }
    }

    #[test]
    fn debug_shows_no_code_and_no_newer_entry() {
        let code = Entry::Withdrawal {
            code: Hidden::new("fjell-kopp-lys-ravn".to_owned()),
            tag: "00".to_owned(),
        };
        assert!(!format!("{code:?}").contains("fjell"));
        let newer = Entry::from_json(br#"{"secret":"ravn"}"#);
        assert!(!format!("{newer:?}").contains("ravn"));
    }
}
