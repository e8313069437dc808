//! What opening an evaluation's envelopes costs beside what `age` alone costs for the same files, and how much memory
//! it takes.
//!
//! `cargo bench --bench opening`. The files are sealed to two recipients, as those of every evaluation are; the key at
//! hand is the first one. "age" reads and decrypts each file and does nothing else. "opened" is what `stemme results`
//! does with what `stemme collect` brought: read, hash, decrypt, see whose it is, parse whole or not at all, and find
//! each interview once. "counted" beside that counts every answer, as the first results do. "unchecked" is "opened"
//! where no signature was checked before, so that all of them are. They take turns, and of each the best turn counts, so
//! that whatever else the machine does weighs on all alike. Memory is that of a process that does nothing but open and
//! count.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::print_stdout,
    reason = "a benchmark that cannot set itself up has nothing to measure; it says what it measured"
)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use stemme::definition;
use stemme::disclosure::choice::Choice;
use stemme::disclosure::interviews::Interviews;
use stemme::domain::evaluation::Evaluation;
use stemme::domain::record::{InterviewId, InterviewRecord, TakesInterviews};
use stemme::domain::survey::Survey;
use stemme::store::checked::Checked;
use stemme::store::collection::{self, Opening};
use stemme::store::draft_wishes::DraftWishes;
use stemme::store::envelope::{may_interview, seal};
use stemme::store::envelope_store::{EnvelopeStore, FolderStore};
use stemme::store::keys::{Identities, RecoveryKey, Signer};
use stemme::store::tombstone::Tombstones;

/// The size that must still be quick, and one to compare its memory with.
const ENVELOPES: u32 = 10_000;
const FEWER: u32 = 1_000;
/// How often each takes its turn.
const TURNS: usize = 7;
/// What opening may cost, in what age alone costs.
const AT_MOST: f64 = 1.2;
/// Tells the process whose memory is measured what to open, and with which key.
const OPEN: &str = "STEMME_BENCH_OPEN";
const KEY: &str = "STEMME_BENCH_KEY";

/// The survey the interviews are of: forty questions.
const SURVEY: &str = r#"
format = 1
id = "count"
version = "1"
languages = ["en"]
title.en = "Made up"

[consent]
read_aloud.en = "Made up."
points = [{ id = "part", required = true, text = { en = "Take part?" } }]

[scale.agree]
good = "high"
bands = { three = [["1", "2"], ["3"], ["4", "5"]], two = [["1", "2", "3"], ["4", "5"]] }
options = [
  { code = "1", value = 1, text = { en = "Level 1" } },
  { code = "2", value = 2, text = { en = "Level 2" } },
  { code = "3", value = 3, text = { en = "Level 3" } },
  { code = "4", value = 4, text = { en = "Level 4" } },
  { code = "5", value = 5, text = { en = "Level 5" } },
]

[[section]]
id = "all"
title.en = "All"

[[section.q]]
id = "words"
type = "text"
text.en = "In your own words?"

[[section.q]]
id = "why"
type = "text"
text.en = "Why?"
"#;

fn survey() -> Survey {
    let mut text = SURVEY.to_owned();
    for number in 0..38 {
        text.push_str(&format!(
            "\n[[section.q]]\nid = 'q{number}'\ntype = 'scale'\nscale = 'agree'\ntext.en = 'Number {number}?'\n"
        ));
    }
    definition::survey::read(text.as_bytes()).value.unwrap()
}

/// Counts every answer.
struct Counts<'s>(Interviews<'s>);

impl TakesInterviews for Counts<'_> {
    fn take(&mut self, record: &InterviewRecord) {
        self.0.add(record);
    }

    fn forget(&mut self) {
        unreachable!("every interview is sealed once");
    }
}

struct Folder {
    folder: tempfile::TempDir,
    key: RecoveryKey,
    checked: Checked,
}

/// The evaluation whose first key is this one. Its second opens nothing here.
fn evaluation(key: &RecoveryKey, other: &RecoveryKey) -> Evaluation {
    let text = fs::read_to_string("tests/fixtures/evaluation.toml").unwrap();
    let mut evaluation = definition::evaluation::read(text.as_bytes()).value.unwrap();
    evaluation.recipients[0].key = key.public();
    evaluation.recipients[1].key = other.public();
    evaluation.recipients.truncate(2);
    for recipient in &mut evaluation.recipients {
        recipient.proved = true;
    }
    evaluation.signing.coordinator = Some(signer().public().to_string());
    evaluation
}

/// The same in every process.
fn signer() -> Signer {
    let mut state = 1_u64;
    let mut random = |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = state.to_be_bytes()[0];
        }
        Ok(())
    };
    Signer::generate(&mut random).unwrap()
}

impl Folder {
    fn new(envelopes: u32) -> Self {
        let (key, other) = (RecoveryKey::generate(), RecoveryKey::generate());
        let folder = tempfile::tempdir().unwrap();
        let to = may_interview(&evaluation(&key, &other)).unwrap();
        let (signer, sha256) = (signer(), survey().parts().fingerprint.0.clone());
        let mut checked = Checked::default();
        for number in 0..envelopes {
            let sealed = seal(&record(number, &sha256), &to, &signer).unwrap();
            checked.extend([Sha256::digest(sealed.bytes()).into()]);
            // Not through the store: ten thousand syncs are another benchmark.
            let path = folder.path().join(sealed.name().file_name());
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(path)
                .unwrap();
            file.write_all(sealed.bytes()).unwrap();
        }
        Self { folder, key, checked }
    }

    fn paths(&self) -> Vec<PathBuf> {
        let names = FolderStore::new(self.folder.path().to_owned()).list().unwrap();
        names.iter().map(|name| self.folder.path().join(name)).collect()
    }
}

/// An interview of forty answers, two of them texts.
fn record(number: u32, sha256: &str) -> InterviewRecord {
    let answers: Vec<String> = (0..38)
        .map(|question| {
            format!(
                r#""q{question}":{{"given":{{"choice":{{"code":"{}"}}}}}}"#,
                1 + (question + number) % 5
            )
        })
        .chain([
            format!(
                r#""words":{{"given":{{"text":"{}"}}}}"#,
                "At noen hørte på meg. ".repeat(12)
            ),
            r#""why":{"missing":"dont_know"}"#.to_owned(),
        ])
        .collect();
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    serde_json::from_str(&format!(
        r#"{{"schema":1,"interview":"{}","survey":{{"id":"count","version":"1","sha256":"{sha256}"}},
        "round":"2026h","mode":"individual","language":"nb","order_seed":7,"consent":{{"points":{{"deltar":true}}}},
        "answers":{{{}}},"read_back":true,"ended":"complete"}}"#,
        InterviewId::from_bytes(id),
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

/// Time on the clock, and of the processor where the system tells.
#[derive(Clone, Copy)]
struct Spent {
    wall: Duration,
    processor: Option<Duration>,
}

impl Spent {
    const NONE: Self = Self {
        wall: Duration::MAX,
        processor: Some(Duration::MAX),
    };

    fn of(work: impl FnOnce()) -> Self {
        let (before, began) = (processor(), Instant::now());
        work();
        Self {
            wall: began.elapsed(),
            processor: before.zip(processor()).map(|(before, after)| after - before),
        }
    }

    fn said(self) -> String {
        let processor = self
            .processor
            .map(|spent| format!(" ({spent:?} of the processor)"));
        format!("{:?}{}", self.wall, processor.unwrap_or_default())
    }

    fn best(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            processor: self.processor.zip(other.processor).map(|(a, b)| a.min(b)),
        }
    }
}

/// The processor's time this process has taken (Linux: the 14th and 15th words of `stat`, in hundredths of a second).
fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let words: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = words.get(11)?.parse::<u64>().ok()? + words.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn open(
    folder: &Path,
    identities: &Identities,
    evaluation: &Evaluation,
    checked: &Checked,
    taker: &mut dyn TakesInterviews,
) -> usize {
    let opening = Opening {
        identities,
        evaluation,
        gone: &Tombstones::default(),
        checked,
        asked: &DraftWishes::default(),
    };
    black_box(collection::read(folder, &opening, taker).unwrap())
        .counts
        .finished
}

fn speed(folder: &Folder) {
    let paths = folder.paths();
    let identity: age::x25519::Identity = folder.key.text().expose_secret().parse().unwrap();
    let identities = folder.key.identities();
    let evaluation = evaluation(&folder.key, &RecoveryKey::generate());
    let survey = survey();
    let nobody = Interviews::new(&survey, &[], &Choice::default());
    let open = |checked: &Checked, taker: &mut dyn TakesInterviews| {
        let opened = open(folder.folder.path(), &identities, &evaluation, checked, taker);
        assert_eq!(opened, paths.len());
    };
    let [mut age, mut opened, mut counted, mut unchecked] = [Spent::NONE; 4];
    for _ in 0..TURNS {
        age = age.best(Spent::of(|| on_all_cores(&paths, &identity)));
        opened = opened.best(Spent::of(|| open(&folder.checked, &mut ())));
        counted = counted.best(Spent::of(|| {
            let mut counts = Counts(nobody.clone());
            open(&folder.checked, &mut counts);
            black_box(counts);
        }));
        unchecked = unchecked.best(Spent::of(|| open(&Checked::default(), &mut ())));
    }
    println!("{ENVELOPES} envelopes on all cores: age {}", age.said());
    for (name, spent) in [("opened", opened), ("counted", counted), ("unchecked", unchecked)] {
        let wall = spent.wall.as_secs_f64() / age.wall.as_secs_f64();
        let processor = age.processor.zip(spent.processor).map(|(age, spent)| {
            let ratio = spent.as_secs_f64() / age.as_secs_f64();
            let verdict = if ratio <= AT_MOST { "within" } else { "above" };
            format!("{ratio:.2} of the processor, {verdict} {AT_MOST}")
        });
        let processor = processor.unwrap_or_default();
        println!(
            "{name}: {}, {wall:.2} times age on the clock, {processor}",
            spent.said()
        );
    }
}

/// The most memory a process took that opened the folder, in KiB.
fn memory(folder: &Folder) -> Option<u64> {
    let said = Command::new(env::current_exe().unwrap())
        .env(OPEN, folder.folder.path())
        .env(KEY, folder.key.text().expose_secret())
        .output()
        .unwrap();
    String::from_utf8(said.stdout).unwrap().trim().parse().ok()
}

/// What that process does.
fn open_only(folder: &Path) {
    let key = RecoveryKey::read(&env::var(KEY).unwrap()).unwrap();
    let evaluation = evaluation(&key, &RecoveryKey::generate());
    let survey = survey();
    let mut counts = Counts(Interviews::new(&survey, &[], &Choice::default()));
    open(
        folder,
        &key.identities(),
        &evaluation,
        &Checked::default(),
        &mut counts,
    );
    black_box(counts);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "{}",
        most.and_then(|line| line.split_whitespace().next())
            .unwrap_or("?")
    );
}

fn main() {
    if let Some(folder) = env::var_os(OPEN) {
        return open_only(Path::new(&folder));
    }
    let (many, fewer) = (Folder::new(ENVELOPES), Folder::new(FEWER));
    speed(&many);
    if let (Some(few), Some(many)) = (memory(&fewer), memory(&many)) {
        println!("memory at most: {FEWER} envelopes {few} KiB, {ENVELOPES} envelopes {many} KiB");
    }
}
