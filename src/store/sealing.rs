//! From a finished draft to an envelope on disk, in steps that a crash can interrupt anywhere.
//!
//! 1. The withdrawal code and [`Action::Finish`] are in the journal (the caller appends them).
//! 2. The envelope is made, in memory.
//! 3. Its name goes into the journal; then it is written beside its place, synced, read back, renamed.
//! 4. The code is shown until it is confirmed; then [`Draft::erase`]. Where no code is wanted, that goes into the
//!    journal, the envelope is taken back ([`take_back_coded`]), and 2 and 3 follow again, without a tag.
//!
//! After a crash the journal tells how far it came ([`stage`]), and [`seal`] goes on there: an envelope that was
//! journalled and is there whole is the envelope; otherwise another one is made. Two envelopes of one interview
//! can be the result; the collection counts one.

use std::path::Path;

use crate::domain::interview::Action;
use crate::domain::record::InterviewRecord;
use crate::store::atomic::{self, Access};
use crate::store::ballast;
use crate::store::envelope::{self, EnvelopeName, MAX_ENVELOPE, SealTo, Sealed};
use crate::store::error::{KeyProblem, StoreError};
use crate::store::journal::{Draft, Entry};
use crate::store::keys::signing::Signer;
use crate::store::randomness::Randomness;

/// How far an interview has come on its way into an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is not finished.
    Open,
    /// It is finished and not sealed.
    Finished,
    /// It is sealed; only the code is to be shown and the draft to be erased.
    Sealed(EnvelopeName),
}

/// Returns how far the interview with these entries has come.
#[must_use]
pub fn stage(entries: &[Entry], out: &Path) -> Stage {
    if !is_finished(entries) {
        return Stage::Open;
    }
    written(entries, &Folder(out)).map_or(Stage::Finished, Stage::Sealed)
}

/// Where an envelope goes.
pub(super) trait Place {
    /// Returns whether it is there, whole.
    fn has(&self, name: &EnvelopeName) -> bool;
    /// Makes what is there last.
    fn sync_again(&self, name: &EnvelopeName) -> Result<(), StoreError>;
    fn write(&self, sealed: &Sealed) -> Result<(), StoreError>;
    /// Gives up what was kept free for this.
    fn make_room(&self) -> Result<(), StoreError>;
}

struct Folder<'p>(&'p Path);

impl Place for Folder<'_> {
    fn has(&self, name: &EnvelopeName) -> bool {
        let bytes = atomic::read(&self.0.join(name.file_name()), MAX_ENVELOPE);
        bytes.is_ok_and(|bytes| EnvelopeName::of(&bytes) == *name)
    }

    fn sync_again(&self, name: &EnvelopeName) -> Result<(), StoreError> {
        atomic::sync_again(&self.0.join(name.file_name()))
    }

    fn write(&self, sealed: &Sealed) -> Result<(), StoreError> {
        let path = self.0.join(sealed.name().file_name());
        atomic::write_new_timeless(&path, sealed.bytes(), Access::Owner)
    }

    fn make_room(&self) -> Result<(), StoreError> {
        ballast::throw_out(self.0)
    }
}

/// Seals the interview of a draft, or finds that it is sealed already. `entries` are all entries of the draft;
/// what is appended here is added to them. When the disk is full, the ballast in `out` is thrown out and it is
/// tried once more.
///
/// # Errors
/// [`StoreError::NotFinished`] when there is no finish in the journal, or the record is of another interview;
/// [`StoreError::Newer`] when a newer version wrote entries, which would be lost;
/// otherwise what the system said. A failed append poisons the draft: go on elsewhere, then seal again.
pub fn seal(
    draft: &mut Draft,
    entries: &mut Vec<Entry>,
    record: &InterviewRecord,
    to: &SealTo,
    signer: &Signer,
    out: &Path,
    random: &mut dyn Randomness,
) -> Result<EnvelopeName, StoreError> {
    if !draft.is_of(&record.interview) {
        let path = draft.path().to_owned();
        return Err(StoreError::NotFinished { path });
    }
    let make = || envelope::seal(record, to, signer);
    seal_into(&Folder(out), draft, entries, &make, random)
}

/// As [`seal`], with the envelope made by `make`.
pub(super) fn seal_into(
    place: &dyn Place,
    draft: &mut Draft,
    entries: &mut Vec<Entry>,
    make: &dyn Fn() -> Result<Sealed, KeyProblem>,
    random: &mut dyn Randomness,
) -> Result<EnvelopeName, StoreError> {
    let path = || draft.path().to_owned();
    if entries.iter().any(|entry| matches!(entry, Entry::Newer(_))) {
        return Err(StoreError::Newer { path: path() });
    }
    if !is_finished(entries) {
        return Err(StoreError::NotFinished { path: path() });
    }
    if let Some(name) = written(entries, place) {
        // Whether it is there for good is not known after a crash.
        place.sync_again(&name)?;
        return Ok(name);
    }
    let sealed = make()?;
    let entry = Entry::Envelope { name: *sealed.name() };
    draft.append(&entry, random)?;
    entries.push(entry);
    match place.write(&sealed) {
        Err(StoreError::DiskFull { .. }) => {
            place.make_room()?;
            place.write(&sealed)?;
        }
        written => written?,
    }
    Ok(*sealed.name())
}

/// Removes the envelopes that were made before the person wanted no code: in them stands the tag of one. The draft
/// holds everything that was in them, and is sealed anew.
///
/// # Errors
/// What the system said; try again.
pub fn take_back_coded(entries: &[Entry], out: &Path) -> Result<(), StoreError> {
    let Some(unwanted) = entries.iter().rposition(Entry::is_no_code) else {
        return Ok(());
    };
    for entry in entries.iter().take(unwanted) {
        if let Entry::Envelope { name } = entry {
            atomic::remove(&out.join(name.file_name()))?;
        }
    }
    Ok(())
}

fn is_finished(entries: &[Entry]) -> bool {
    entries
        .iter()
        .any(|entry| matches!(entry, Entry::Action(Action::Finish)))
}

/// The journalled envelope that is there whole, the latest if there are several.
fn written(entries: &[Entry], place: &dyn Place) -> Option<EnvelopeName> {
    let journalled = entries.iter().rev().filter_map(|entry| match entry {
        Entry::Envelope { name } => Some(*name),
        _ => None,
    });
    journalled.into_iter().find(|name| place.has(name))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Stage, seal, stage};
    use crate::domain::interview::Action;
    use crate::store::StoreError;
    use crate::store::atomic::{Access, replace};
    use crate::store::envelope::{EnvelopeName, may_interview};
    use crate::store::journal::{Draft, Entry, recover};
    use crate::store::randomness::repeatable;
    use crate::store::sample::{People, answered, opening, record};

    /// A finished draft, and everything needed to seal it.
    struct Desk {
        _folder: tempfile::TempDir,
        out: PathBuf,
        people: People,
        draft: Option<Draft>,
        entries: Vec<Entry>,
    }

    impl Desk {
        fn new(entries: &[Entry]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path().join("out");
            fs::create_dir(&out).unwrap();
            let people = People::new();
            let to = may_interview(&people.evaluation()).unwrap();
            let draft = Draft::create(
                folder.path(),
                &opening(),
                entries,
                to.recipients(),
                &mut repeatable(1),
            );
            Self {
                out,
                people,
                draft: Some(draft.unwrap()),
                entries: entries.to_vec(),
                _folder: folder,
            }
        }

        fn finished() -> Self {
            Self::new(&[answered("en"), Entry::Action(Action::Finish)])
        }

        fn seal(&mut self) -> Result<EnvelopeName, StoreError> {
            self.seal_as(1)
        }

        fn seal_as(&mut self, interview: u8) -> Result<EnvelopeName, StoreError> {
            let to = may_interview(&self.people.evaluation()).unwrap();
            seal(
                self.draft.as_mut().unwrap(),
                &mut self.entries,
                &record(interview),
                &to,
                &self.people.laptop,
                &self.out,
                &mut repeatable(2),
            )
        }

        /// The program dies here and starts again.
        fn crash(&mut self) {
            let path = self.draft.take().unwrap().path().to_owned();
            let recovered = recover(&path, &self.people.identities()).unwrap();
            self.entries.clone_from(&recovered.entries);
            self.draft = Some(recovered.resume().unwrap());
        }

        fn envelopes(&self) -> usize {
            fs::read_dir(&self.out).unwrap().count()
        }
    }

    fn path_of(name: &EnvelopeName, out: &Path) -> PathBuf {
        out.join(name.file_name())
    }

    #[test]
    fn a_finished_interview_is_sealed_and_its_draft_erased() {
        let mut desk = Desk::finished();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Finished);
        let name = desk.seal().unwrap();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Sealed(name));
        let modified = fs::metadata(path_of(&name, &desk.out))
            .unwrap()
            .modified()
            .unwrap();
        let since = modified.duration_since(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(since.as_secs(), 946_684_800);
        let draft = desk.draft.take().unwrap();
        let path = draft.path().to_owned();
        draft.erase().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn after_a_crash_the_envelope_that_is_there_is_the_envelope() {
        let mut desk = Desk::finished();
        let name = desk.seal().unwrap();
        desk.crash();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Sealed(name));
        assert_eq!(desk.seal(), Ok(name));
        assert_eq!(desk.envelopes(), 1);
    }

    #[test]
    fn after_a_crash_before_it_was_written_another_is_made() {
        let mut desk = Desk::finished();
        let journalled = Entry::Envelope {
            name: EnvelopeName::of(b"never written"),
        };
        let draft = desk.draft.as_mut().unwrap();
        draft.append(&journalled, &mut repeatable(3)).unwrap();
        desk.crash();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Finished);
        let name = desk.seal().unwrap();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Sealed(name));
    }

    #[test]
    fn an_envelope_that_is_not_whole_is_none() {
        let mut desk = Desk::finished();
        let name = desk.seal().unwrap();
        let whole = fs::read(path_of(&name, &desk.out)).unwrap();
        replace(&path_of(&name, &desk.out), &whole[..100], Access::Owner).unwrap();
        desk.crash();
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Finished);
        assert_ne!(desk.seal().unwrap(), name);
    }

    #[test]
    fn what_is_not_finished_or_of_another_interview_is_not_sealed() {
        let mut desk = Desk::new(&[answered("en")]);
        assert!(matches!(desk.seal(), Err(StoreError::NotFinished { .. })));
        assert_eq!(stage(&desk.entries, &desk.out), Stage::Open);
        let mut desk = Desk::finished();
        assert!(matches!(desk.seal_as(2), Err(StoreError::NotFinished { .. })));
        assert_eq!(desk.envelopes(), 0);
    }

    #[test]
    fn with_entries_of_a_newer_version_nothing_is_sealed() {
        let newer = Entry::from_json(br#"{"weather":1}"#);
        let mut desk = Desk::new(&[newer, Entry::Action(Action::Finish)]);
        assert!(matches!(desk.seal(), Err(StoreError::Newer { .. })));
    }

    #[test]
    fn an_envelope_that_cannot_be_written_leaves_the_draft() {
        let mut desk = Desk::finished();
        fs::remove_dir(&desk.out).unwrap();
        assert!(matches!(desk.seal(), Err(StoreError::NotFound { .. })));
        fs::create_dir(&desk.out).unwrap();
        desk.crash();
        assert!(desk.seal().is_ok());
        assert_eq!(desk.envelopes(), 1);
    }
}
