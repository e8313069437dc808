//! What opening an evaluation's envelopes costs beside what `age` alone costs for the same files.
//!
//! `cargo bench --bench opening`. The files are sealed to two recipients, as those of every evaluation are; the key at
//! hand is the first one. "age" reads and decrypts each file and does nothing else; "collection" reads, hashes,
//! decrypts, checks signature and origin, parses whole or not at all, and counts each interview once.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark that cannot set itself up has nothing to measure; criterion writes its own entry"
)]

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use stemme::definition;
use stemme::domain::evaluation::Evaluation;
use stemme::domain::record::{InterviewId, InterviewRecord};
use stemme::store::collection;
use stemme::store::envelope::{may_interview, seal};
use stemme::store::envelope_store::{EnvelopeStore, FolderStore};
use stemme::store::keys::{Identities, RecoveryKey, Signer};

/// The size that must still be quick.
const ENVELOPES: u32 = 10_000;

struct Folder {
    folder: tempfile::TempDir,
    evaluation: Evaluation,
    key: RecoveryKey,
}

impl Folder {
    fn new() -> Self {
        let (key, other) = (RecoveryKey::generate(), RecoveryKey::generate());
        let mut state = 1_u64;
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = state.to_be_bytes()[0];
            }
            Ok(())
        };
        let signer = Signer::generate(&mut random).unwrap();
        let text = fs::read_to_string("tests/fixtures/evaluation.toml").unwrap();
        let mut evaluation = definition::evaluation::read(text.as_bytes()).value.unwrap();
        evaluation.recipients[0].key = key.public();
        evaluation.recipients[1].key = other.public();
        evaluation.recipients.truncate(2);
        for recipient in &mut evaluation.recipients {
            recipient.proved = true;
        }
        evaluation.signing.coordinator = Some(signer.public().to_string());
        let folder = tempfile::tempdir().unwrap();
        let to = may_interview(&evaluation).unwrap();
        for number in 0..ENVELOPES {
            let sealed = seal(&record(number), &to, &signer).unwrap();
            // Not through the store: ten thousand syncs are another benchmark.
            let path = folder.path().join(sealed.name().file_name());
            std::io::Write::write_all(
                &mut fs::OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .open(path)
                    .unwrap(),
                sealed.bytes(),
            )
            .unwrap();
        }
        Self {
            folder,
            evaluation,
            key,
        }
    }

    fn paths(&self) -> Vec<PathBuf> {
        let names = FolderStore::new(self.folder.path().to_owned()).list().unwrap();
        names.iter().map(|name| self.folder.path().join(name)).collect()
    }
}

/// An interview of forty answers, two of them texts.
fn record(number: u32) -> InterviewRecord {
    let answers: Vec<String> = (0..38)
        .map(|question| format!(r#""q{question}":{{"given":{{"choice":{{"code":"litt_enig"}}}}}}"#))
        .chain([
            format!(
                r#""a":{{"given":{{"text":"{}"}}}}"#,
                "At noen hørte på meg. ".repeat(12)
            ),
            r#""b":{"missing":"dont_know"}"#.to_owned(),
        ])
        .collect();
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    serde_json::from_str(&format!(
        r#"{{"schema":1,"interview":"{}","survey":{{"id":"min-stemme-bup","version":"1","sha256":"{}"}},
        "round":"2026h","mode":"individual","language":"nb","order_seed":7,"consent":{{"points":{{"deltar":true}}}},
        "answers":{{{}}},"read_back":true,"ended":"complete"}}"#,
        InterviewId::from_bytes(id),
        "ab".repeat(32),
        answers.join(","),
    ))
    .unwrap()
}

fn decrypt(path: &Path, identity: &age::x25519::Identity) -> usize {
    let sealed = fs::read(path).unwrap();
    let decryptor = age::Decryptor::new_buffered(sealed.as_slice()).unwrap();
    let identity: &dyn age::Identity = identity;
    let mut plain = Vec::new();
    decryptor
        .decrypt(std::iter::once(identity))
        .unwrap()
        .read_to_end(&mut plain)
        .unwrap();
    plain.len()
}

fn on_all_cores(paths: &[PathBuf], identity: &age::x25519::Identity) {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().unwrap().get();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    black_box(decrypt(path, identity));
                }
            });
        }
    });
}

fn opening(criterion: &mut Criterion) {
    let folder = Folder::new();
    let paths = folder.paths();
    let secret = secrecy::ExposeSecret::expose_secret(&folder.key.text()).to_owned();
    let identity: age::x25519::Identity = secret.parse().unwrap();
    let identities: Identities = folder.key.identities();
    let mut group = criterion.benchmark_group("10,000 envelopes");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(15));
    group.bench_function("age, one core", |bench| {
        bench.iter(|| {
            for path in &paths {
                black_box(decrypt(path, &identity));
            }
        });
    });
    group.bench_function("age, all cores", |bench| {
        bench.iter(|| on_all_cores(&paths, &identity));
    });
    group.bench_function("collection, all cores", |bench| {
        bench.iter(|| {
            let found = collection::read(folder.folder.path(), &identities, &folder.evaluation).unwrap();
            assert_eq!(found.counts.finished, paths.len());
            found
        });
    });
    group.finish();
}

criterion_group!(benches, opening);
criterion_main!(benches);
