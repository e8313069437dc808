//! Handing over: from a laptop to the coordinator, on a stick or through a folder, and clearing up after the receipt.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::evaluation::Evaluation;
use crate::store::StoreError;
use crate::store::atomic;
use crate::store::delivered::Delivered;
use crate::store::delivery;
use crate::store::draft_marks::DraftMarks;
use crate::store::envelope::EnvelopeName;
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::journal;
use crate::store::keys::Signer;
use crate::store::receipt;

use super::journal_keeper::trouble;
use super::session::Trouble;

/// Where systems put memory sticks, and how deep below.
const STICKS: [(&str, usize); 4] = [("/run/media", 2), ("/media", 2), ("/Volumes", 1), ("/mnt", 1)];
/// Letters that memory sticks have on Windows.
const LETTERS: std::ops::RangeInclusive<char> = 'D'..='Z';
/// More are not offered; a folder can always be named.
const STICKS_SHOWN: usize = 5;

/// What lies sealed on this laptop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Sealed interviews that were not handed over yet.
    pub waiting: usize,
    /// Those that were, and that the coordinator has not confirmed.
    pub unconfirmed: usize,
    /// Counts of people who were asked, not handed over yet.
    pub slips: usize,
}

/// What was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The file.
    pub path: PathBuf,
    /// Interviews in it.
    pub interviews: usize,
    /// Old drafts in it, for the coordinator to take care of.
    pub drafts: usize,
    /// How many of the interviews were read back and were the same.
    pub checked: usize,
    /// Interviews here that a receipt in the same folder says have arrived.
    pub confirmed: usize,
}

/// What was removed from a laptop, since it has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Cleared {
    /// Interviews.
    pub interviews: usize,
    /// Drafts that nobody finished.
    pub drafts: usize,
    /// Slips: counts of people who were asked, and what somebody decided about a draft.
    pub slips: usize,
}

/// Why nothing was handed over, or nothing removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotHandOver {
    /// There is nothing.
    Nothing,
    /// There is no such folder.
    NoFolder,
    /// It was written, and what was read back is something else.
    NotTheSame,
    /// The disk said no.
    Disk(Trouble),
}

impl From<StoreError> for CannotHandOver {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged { .. } => Self::NotTheSame,
            error => Self::Disk(trouble(&error)),
        }
    }
}

/// Returns what lies sealed in a laptop's folder.
///
/// # Errors
/// What the system said.
pub fn waiting(folder: &EvaluationFolder) -> Result<Waiting, StoreError> {
    let delivered = Delivered::read(folder.root())?;
    let is_delivered = |name: &&String| {
        let stem = name.get(..32).and_then(EnvelopeName::parse);
        stem.is_some_and(|stem| delivered.has(&stem))
    };
    let names = FolderStore::new(folder.out()).list()?;
    let unconfirmed = names.iter().filter(is_delivered).count();
    let slips = FolderStore::new(folder.slips()).list()?;
    Ok(Waiting {
        waiting: names.len() - unconfirmed,
        unconfirmed,
        slips: slips.len() - slips.iter().filter(is_delivered).count(),
    })
}

/// Hands over everything sealed here as one file: what was handed over before and is not confirmed comes along, so
/// that a lost stick loses nothing. Everything stays here until a receipt names it. `drafts` are the names of those that
/// nobody has gone on with for long: they go as they are, locked, signed by this laptop.
///
/// # Errors
/// [`CannotHandOver`].
pub fn hand_over(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    drafts: &[String],
    signer: &Signer,
    to: &Path,
) -> Result<HandedOver, CannotHandOver> {
    if !to.is_dir() {
        return Err(CannotHandOver::NoFolder);
    }
    let (out, slips) = (FolderStore::new(folder.out()), FolderStore::new(folder.slips()));
    // First that they go, so that nobody is told later there is no copy. Where that cannot be written they stay.
    let marked = DraftMarks::read(folder.root()).and_then(|mut marks| {
        marks.hand(drafts);
        marks.keep()
    });
    let drafts = if marked.is_ok() { drafts } else { &[] };
    let drafts: Vec<Vec<u8>> = handed_draft::read(&folder.draft(), drafts)?
        .iter()
        .map(|(_, journal)| handed_draft::wrap(journal, &evaluation.id, signer))
        .collect();
    if out.list()?.is_empty() && slips.list()?.is_empty() && drafts.is_empty() {
        return Err(CannotHandOver::Nothing);
    }
    let made = delivery::write(to, &evaluation.id, &[&out, &slips], &drafts, |_| true)?;
    if made.checked != made.envelopes.len() {
        return Err(CannotHandOver::NotTheSame);
    }
    // What is not noted is handed over once more, and counted once.
    let _ = Delivered::read(folder.root()).and_then(|mut delivered| delivered.note(&made.envelopes));
    let ours: BTreeSet<EnvelopeName> = names(&out)?;
    let interviews = made.envelopes.iter().filter(|name| ours.contains(name)).count();
    let confirmed = confirmed(evaluation, to);
    Ok(HandedOver {
        path: made.path,
        interviews,
        drafts: drafts.len(),
        checked: interviews,
        confirmed: ours.intersection(&confirmed).count(),
    })
}

/// Removes from a laptop what the coordinator's receipts in a folder (or a receipt by itself) say has arrived.
/// Returns how many of what were removed.
///
/// # Errors
/// [`CannotHandOver::Nothing`] when no receipt names anything here.
pub fn clear(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    receipts: &Path,
) -> Result<Cleared, CannotHandOver> {
    let confirmed = confirmed(evaluation, receipts);
    let mut marks = DraftMarks::read(folder.root());
    if let Ok(marks) = &mut marks {
        // What recovery could not read of a damaged draft goes with the interview, and before it: a crash between leaves
        // the envelope, and the next receipt takes both.
        for (name, envelope) in marks.aside() {
            if confirmed.contains(envelope) {
                let file = format!("{name}.{}", journal::EXTENSION);
                atomic::remove(&folder.quarantine().join(file))?;
            }
        }
        marks.forget(&confirmed);
    }
    let mut removed = (0, 0);
    for (store, count) in [
        (FolderStore::new(folder.out()), &mut removed.0),
        (FolderStore::new(folder.slips()), &mut removed.1),
    ] {
        for called in store.list()? {
            let bytes = store.get(&called)?;
            // By what it is, not by what it is called: only what arrived goes.
            if confirmed.contains(&EnvelopeName::of(&bytes)) {
                atomic::remove(&store.folder().join(&called))?;
                *count += 1;
            }
        }
    }
    // A draft that somebody has gone on with since is another file than the one that arrived, and stays.
    let mut drafts = 0;
    for draft in journal::list_drafts(&folder.draft())? {
        let name = draft.path.file_stem().and_then(|name| name.to_str());
        let Some(name) = name.filter(|_| !draft.in_use) else {
            continue;
        };
        for (path, bytes) in handed_draft::read(&folder.draft(), &[name.to_owned()])? {
            if confirmed.contains(&EnvelopeName::of(&bytes)) {
                atomic::remove(&path)?;
                drafts += 1;
            }
        }
    }
    // What cannot be written is remembered too long, and nothing else.
    let _ = marks.and_then(|mut marks| marks.keep());
    match removed {
        (0, 0) if drafts == 0 => Err(CannotHandOver::Nothing),
        (interviews, slips) => Ok(Cleared {
            interviews,
            drafts,
            slips,
        }),
    }
}

/// Everything that the coordinator's receipts here name. What is no receipt of this evaluation says nothing.
fn confirmed(evaluation: &Evaluation, place: &Path) -> BTreeSet<EnvelopeName> {
    let coordinator = evaluation.signing.coordinator.as_deref().unwrap_or_default();
    let paths = if place.is_dir() {
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    } else {
        vec![place.to_owned()]
    };
    paths
        .iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == delivery::EXTENSION)
        })
        .filter_map(|path| receipt::read(path, &evaluation.id, coordinator).ok())
        .flatten()
        .collect()
}

fn names(store: &FolderStore) -> Result<BTreeSet<EnvelopeName>, StoreError> {
    let names = store.list()?;
    let parsed = names
        .iter()
        .filter_map(|name| EnvelopeName::parse(name.get(..32)?));
    Ok(parsed.collect())
}

/// Returns folders of memory sticks: where systems put them, as far as something is there.
#[must_use]
pub fn sticks() -> Vec<PathBuf> {
    let mut found = Vec::new();
    if cfg!(windows) {
        found.extend(LETTERS.map(|letter| PathBuf::from(format!("{letter}:\\"))));
        found.retain(|path| path.is_dir());
    } else {
        for (root, depth) in STICKS {
            below(Path::new(root), depth, &mut found);
        }
    }
    found.sort();
    found.truncate(STICKS_SHOWN);
    found
}

fn below(root: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| path.is_dir()) {
        if depth > 1 {
            below(&path, depth - 1, found);
        } else {
            found.push(path);
        }
    }
}
