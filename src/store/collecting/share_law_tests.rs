//! The merge laws over the whole share: interviews, what was sealed from drafts, drafts, slips, decisions, tombstones and
//! what counts nowhere. In whatever order they come, however often, and by way of whichever other coordinators' folders: the
//! same interviews count, the same wait or are gone, the same drafts are to be decided on, and a receipt names the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

use super::{Collected, collect};
use crate::domain::evaluation::Evaluation;
use crate::domain::record::{InterviewId, InterviewRecord};
use crate::domain::slip::{Decided, Decision, Held, Slip};
use crate::store::atomic::{Access, make_folder, replace};
use crate::store::checked::Checked;
use crate::store::collection::{self, Opening};
use crate::store::draft_wishes::{DraftWishes, honour};
use crate::store::envelope::{EnvelopeName, may_interview, seal, seal_slip};
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::folder::EvaluationFolder;
use crate::store::handed_draft;
use crate::store::journal::Draft;
use crate::store::keys::Signer;
use crate::store::ledger::Ledger;
use crate::store::listing;
use crate::store::randomness::repeatable;
use crate::store::sample::{People, answered, interview, opening, record, slip};
use crate::store::superseded;
use crate::store::tombstone;
use crate::store::withdrawal::{prune, remember};

/// How many shares are tried: each is collected a dozen times, with a disk. A thousand hold (and take some minutes).
const CASES: u32 = 8;

/// Everything that can come, each once, and who can read it.
struct Pool {
    people: People,
    evaluation: Evaluation,
    coordinator: Signer,
    files: Vec<Vec<u8>>,
}

static POOL: LazyLock<Pool> = LazyLock::new(Pool::new);

impl Pool {
    fn new() -> Self {
        let people = People::new();
        let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
        let mut evaluation = people.evaluation();
        evaluation.signing.coordinator = Some(coordinator.public().to_string());
        let to = may_interview(&evaluation).unwrap();
        let by_laptop =
            |record: &InterviewRecord| seal(record, &to, &people.laptop).unwrap().bytes().to_vec();
        // What the coordinator sealed from a draft with so many steps.
        let rescued = |number: u8, steps: u64| {
            let mut record = record(number);
            record.answers.clear();
            record.rescued = Some(steps);
            seal(&record, &to, &coordinator).unwrap().bytes().to_vec()
        };
        let draft = |number: u8, words: &[&str]| {
            let folder = tempfile::tempdir().unwrap();
            let mut opening = opening();
            opening.interview = interview(number);
            let entries: Vec<_> = words.iter().map(|words| answered(words)).collect();
            let mut random = repeatable(u64::from(number) * 10 + words.len() as u64);
            let draft =
                Draft::create(folder.path(), &opening, &entries, to.recipients(), &mut random).unwrap();
            let journal = fs::read(draft.path()).unwrap();
            handed_draft::wrap(&journal, &evaluation.id, &people.laptop)
        };
        let said = |slip: &Slip, signer: &Signer| seal_slip(slip, &to, signer).unwrap().bytes().to_vec();
        let of_laptop = |slip: &Slip| said(slip, &people.laptop);
        let decided = |number: u8, of: u8, what| {
            let mut slip = slip(number);
            (slip.asked, slip.declined) = (0, 0);
            slip.decided = Some(Decided {
                interview: interview(of),
                steps: 2,
                what,
            });
            said(&slip, &coordinator)
        };
        let stone = {
            let folder = tempfile::tempdir().unwrap();
            tombstone::put(
                folder.path(),
                &interview(5),
                &to,
                &coordinator,
                &mut repeatable(6),
            )
            .unwrap();
            let store = FolderStore::new(folder.path().to_owned());
            store.get(&store.list().unwrap()[0]).unwrap()
        };
        let stranger = Signer::generate(&mut repeatable(99)).unwrap();
        let mut damaged = by_laptop(&record(8));
        damaged[3000] ^= 1;
        let mut deletes = slip(13);
        deletes.deleted = Some(interview(3));
        let mut holds = slip(14);
        (holds.asked, holds.declined) = (0, 0);
        holds.held = Some(Held {
            interview: interview(4),
            steps: 2,
        });
        let files = vec![
            // Finished, sealed twice around a crash.
            by_laptop(&record(1)),
            by_laptop(&record(1)),
            // Drafts, what was sealed from them, and what the person finished after all.
            draft(2, &["en"]),
            draft(2, &["en", "to", "tre"]),
            rescued(2, 1),
            rescued(2, 3),
            by_laptop(&record(2)),
            // Deleted by the person.
            draft(3, &["en", "to"]),
            rescued(3, 2),
            of_laptop(&deletes),
            // "Do not use them yet", and the yes.
            draft(4, &["en", "to"]),
            rescued(4, 2),
            of_laptop(&holds),
            decided(15, 4, Decision::SaidYes),
            // Withdrawn.
            by_laptop(&record(5)),
            draft(5, &["en"]),
            stone,
            // Dropped by the coordinator, and gone on with.
            draft(6, &["en"]),
            draft(6, &["en", "to", "tre"]),
            decided(16, 6, Decision::Dropped),
            // Said no.
            of_laptop(&slip(17)),
            of_laptop(&slip(18)),
            // Nobody's.
            seal(&record(7), &to, &stranger).unwrap().bytes().to_vec(),
            damaged,
        ];
        Self {
            files,
            people,
            evaluation,
            coordinator,
        }
    }

    fn file(&self, number: u8) -> &[u8] {
        &self.files[usize::from(number) % self.files.len()]
    }
}

/// A coordinator's folder and ledger.
struct Desk {
    root: tempfile::TempDir,
}

/// What a share comes to.
#[derive(Clone, Debug, PartialEq)]
struct Meaning {
    counts: Vec<InterviewRecord>,
    /// Interviews that wait or are gone.
    held_back: BTreeSet<InterviewId>,
    slips: Vec<Slip>,
    drafts: BTreeMap<InterviewId, u64>,
    aside: Vec<String>,
}

impl Desk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("e");
        make_folder(&folder).unwrap();
        replace(&folder.join("evaluation.toml"), b"", Access::Owner).unwrap();
        Self { root }
    }

    fn folder(&self) -> EvaluationFolder {
        EvaluationFolder::open(&self.root.path().join("e")).unwrap().0
    }

    fn ledger(&self) -> Ledger {
        Ledger::read(&self.root.path().join("ledger")).unwrap()
    }

    /// A stick with these files, to be met in this order.
    fn stick(&self, name: &str, files: impl IntoIterator<Item = u8>) -> PathBuf {
        let stick = self.root.path().join(name);
        make_folder(&stick).unwrap();
        for (place, number) in files.into_iter().enumerate() {
            let path = stick.join(format!("{place:03}.stm"));
            replace(&path, POOL.file(number), Access::Owner).unwrap();
        }
        stick
    }

    /// What the coordinator's program does with what was handed over.
    fn collect(&self, source: &Path) -> Collected {
        let pool = &*POOL;
        let (folder, identities) = (self.folder(), pool.people.identities());
        let (evaluation, signer) = (&pool.evaluation, &pool.coordinator);
        let mut ledger = self.ledger();
        let mut random = repeatable(9);
        remember(&folder, &identities, evaluation, &mut ledger, signer, &mut random).unwrap();
        let sources = [source.to_owned()];
        let done = collect(
            &sources,
            &folder,
            &identities,
            evaluation,
            &mut ledger,
            &mut |_| (),
        )
        .unwrap();
        honour(&folder, &identities, evaluation, &mut ledger).unwrap();
        remember(&folder, &identities, evaluation, &mut ledger, signer, &mut random).unwrap();
        prune(&folder, &identities, evaluation).unwrap();
        superseded::remove(&folder, &identities, evaluation, &done.again).unwrap();
        done
    }

    fn meaning(&self) -> Meaning {
        let pool = &*POOL;
        let (folder, identities) = (self.folder(), pool.people.identities());
        let mut gone = tombstone::read_all(&folder.gone(), &identities, &pool.evaluation).unwrap();
        gone.interviews.extend(self.ledger().withdrawn().iter().cloned());
        let opening = Opening {
            identities: &identities,
            evaluation: &pool.evaluation,
            gone: &gone,
            checked: &Checked::default(),
            asked: &DraftWishes::default(),
        };
        let (out, slips) = (FolderStore::new(folder.out()), FolderStore::new(folder.slips()));
        let (out_path, slips_path) = (folder.out(), folder.slips());
        let places: [(&Path, &dyn EnvelopeStore); 2] = [(&slips_path, &slips), (&out_path, &out)];
        let mut counts: Vec<InterviewRecord> = Vec::new();
        let found = collection::read_all(&places, &opening, &mut counts, &mut |_, _| ()).unwrap();
        counts.sort_by(|a, b| a.interview.cmp(&b.interview));
        let mut held_back: BTreeSet<InterviewId> = found
            .waiting
            .iter()
            .map(|(head, _)| head.interview.clone())
            .collect();
        let mut drafts: BTreeMap<InterviewId, u64> = BTreeMap::new();
        for path in listing::of(&folder.rescue(), "jnl").unwrap().files {
            let journal = fs::read(&path).unwrap();
            assert_eq!(handed_draft::origin(&path, &journal, &pool.evaluation), Ok(()));
            let (interview, steps) = handed_draft::interview_in(&journal, &identities).unwrap();
            let is_in = counts.iter().any(|record| {
                record.interview == interview && record.rescued.is_none_or(|known| known >= steps)
            });
            let is_gone = held_back.contains(&interview)
                || gone.interviews.contains(&interview)
                || found.wishes.is_deleted(&interview)
                || found.wishes.is_dropped(&interview, steps);
            if !is_in && !is_gone {
                let known = drafts.entry(interview).or_default();
                *known = steps.max(*known);
            }
        }
        held_back.extend(gone.interviews);
        let mut slips = found.slips;
        slips.sort_by(|a, b| a.slip.cmp(&b.slip));
        Meaning {
            counts,
            held_back,
            slips,
            drafts,
            aside: FolderStore::new(folder.quarantine()).list().unwrap(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]
    #[test]
    fn the_whole_share_means_the_same_in_any_order_and_by_way_of_any_folders(
        drawn in vec((any::<u8>(), 0_usize..3), 0..14),
        turn in 0_usize..3,
    ) {
        let numbers = || drawn.iter().map(|(number, _)| *number);
        let straight = Desk::new();
        straight.collect(&straight.stick("stick", numbers()));
        let meaning = straight.meaning();

        // The other way round, and a few at a time.
        let slowly = Desk::new();
        let backwards: Vec<u8> = numbers().rev().collect();
        for (place, some) in backwards.chunks(3).enumerate() {
            slowly.collect(&slowly.stick(&place.to_string(), some.iter().copied()));
        }
        prop_assert_eq!(&slowly.meaning(), &meaning);

        // Through other coordinators' folders, beginning with any of them.
        let merged = Desk::new();
        for heap in (0..3).map(|heap| (heap + turn) % 3) {
            let theirs = Desk::new();
            let own = drawn.iter().rev().filter(|(_, own)| *own == heap);
            theirs.collect(&theirs.stick("stick", own.map(|(number, _)| *number)));
            merged.collect(theirs.folder().root());
        }
        prop_assert_eq!(&merged.meaning(), &meaning);

        // Once more: nothing changes, and a receipt names the same.
        let names = |desk: &Desk| -> BTreeSet<EnvelopeName> {
            desk.collect(&desk.stick("again", numbers())).accepted
        };
        prop_assert_eq!(names(&merged), names(&straight));
        prop_assert_eq!((merged.meaning(), straight.meaning()), (meaning.clone(), meaning));
    }
}
