//! A coordinator's office for the tests of this layer: a folder with sealed interviews and the keys to them.

use std::fs;
use std::path::PathBuf;

use crate::domain::evaluation::Evaluation;
use crate::domain::record::InterviewRecord;
use crate::store::atomic::{Access, write_new};
use crate::store::checked::Checked;
use crate::store::collection::{self, Counts, Opening, Remark};
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::{Sealed, may_interview, seal};
use crate::store::folder::{Comments, EvaluationFolder};
use crate::store::keys::{Identities, Signer};
use crate::store::randomness::repeatable;
use crate::store::sample::People;
use crate::store::tombstone;

/// A folder, the people with keys to it, and a coordinator who signs.
pub(crate) struct Office {
    _root: tempfile::TempDir,
    pub(crate) folder: EvaluationFolder,
    pub(crate) people: People,
    pub(crate) evaluation: Evaluation,
    pub(crate) coordinator: Signer,
}

/// What counts in the office's folder.
pub(crate) struct Found {
    /// By id.
    pub(crate) records: Vec<InterviewRecord>,
    pub(crate) counts: Counts,
    pub(crate) remarks: Vec<(PathBuf, Remark)>,
}

impl Office {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let people = People::new();
        let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
        let mut evaluation = people.evaluation();
        evaluation.signing.coordinator = Some(coordinator.public().to_string());
        let folder =
            EvaluationFolder::create(&root.path().join("e"), &evaluation, &[], &Comments::none()).unwrap();
        Self {
            _root: root,
            folder,
            people,
            evaluation,
            coordinator,
        }
    }

    pub(crate) fn sealed(&self, record: &InterviewRecord) -> Sealed {
        let to = may_interview(&self.evaluation).unwrap();
        seal(record, &to, &self.people.laptop).unwrap()
    }

    pub(crate) fn put(&self, record: &InterviewRecord) -> Sealed {
        let sealed = self.sealed(record);
        self.put_bytes(&sealed);
        sealed
    }

    pub(crate) fn put_bytes(&self, sealed: &Sealed) {
        let path = self.folder.out().join(sealed.name().file_name());
        write_new(&path, sealed.bytes(), Access::Owner).unwrap();
    }

    pub(crate) fn found(&self, identities: &Identities) -> Found {
        let gone = tombstone::read_all(&self.folder.gone(), identities, &self.evaluation).unwrap();
        let opening = Opening {
            identities,
            evaluation: &self.evaluation,
            gone: &gone,
            checked: &Checked::default(),
            asked: &DraftWishes::default(),
        };
        let mut records: Vec<InterviewRecord> = Vec::new();
        let found = collection::read(&self.folder.out(), &opening, &mut records).unwrap();
        records.sort_by(|a, b| a.interview.cmp(&b.interview));
        assert!(
            found
                .interviews
                .iter()
                .map(|head| &head.interview)
                .eq(records.iter().map(|record| &record.interview))
        );
        Found {
            records,
            counts: found.counts,
            remarks: found.remarks,
        }
    }

    pub(crate) fn files(&self) -> usize {
        fs::read_dir(self.folder.out()).unwrap().count()
    }
}
