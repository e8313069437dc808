//! Programs that are killed at random moments: nothing that was acknowledged is lost, nothing is sealed twice or
//! not at all.
//!
//! The test starts itself again as a child, which appends, seals and says so; kills it (SIGKILL on Unix); and
//! reads what is on disk. `STEMME_CRASH_RUNS=1000` makes a long run of it.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::env;
    use std::io::{BufRead, BufReader, Write};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::{Duration, SystemTime};

    use stemme::domain::clean_text::CleanText;
    use stemme::domain::evaluation::{
        ConsentPolicy, DisclosureChoice, Evaluation, Identification, Laptop, LegalFrame, ProfileName,
        Recipient, Round, Signing,
    };
    use stemme::domain::id::{Id, Slug};
    use stemme::domain::interview::{Action, Opening};
    use stemme::domain::language::Language;
    use stemme::domain::localized::Localized;
    use stemme::domain::order::SplitMix64;
    use stemme::domain::record::InterviewRecord;
    use stemme::domain::survey::report_plan::Tightening;
    use stemme::store::NoRandomness;
    use stemme::store::checked::Checked;
    use stemme::store::collection::{self, Opening as Reading};
    use stemme::store::draft_wishes::DraftWishes;
    use stemme::store::envelope::{SealTo, may_interview};
    use stemme::store::journal::{Draft, Entry, list_drafts, recover_all};
    use stemme::store::keys::{RecoveryKey, Signer};
    use stemme::store::sealing::{Stage, seal, stage};
    use stemme::store::tombstone::Tombstones;
    use stemme::store::{atomic, randomness::Randomness};

    /// Tells the child where to work, with which keys, on what.
    const FOLDER: &str = "STEMME_CRASH_FOLDER";
    const KEYS: &str = "STEMME_CRASH_KEYS";
    const SEED: &str = "STEMME_CRASH_SEED";

    const COUNT: &str = "STEMME_CRASH_COUNT";

    /// How many entries or interviews a child makes that is killed after a time: more than it can.
    const MANY: u64 = 900;
    /// How many one makes that dies at a certain call.
    const FEW: u64 = 2;

    fn runs() -> u64 {
        env::var("STEMME_CRASH_RUNS").map_or(15, |runs| runs.parse().unwrap())
    }

    fn random(seed: u64) -> impl Randomness {
        let mut sequence = SplitMix64::new(seed);
        move |bytes: &mut [u8]| -> Result<(), NoRandomness> {
            for byte in bytes {
                *byte = sequence.next_u64().to_le_bytes()[0];
            }
            Ok(())
        }
    }

    /// What parent and child both know.
    struct World {
        folder: PathBuf,
        keys: [RecoveryKey; 2],
        signer: Signer,
    }

    impl World {
        fn new(folder: &Path, keys: [RecoveryKey; 2]) -> Self {
            let signer = Signer::generate(&mut random(1)).unwrap();
            Self {
                folder: folder.to_owned(),
                keys,
                signer,
            }
        }

        fn evaluation(&self) -> Evaluation {
            let text = |words: &str| Localized::new(Language::Bokmal, CleanText::line(words));
            let recipient = |key: &RecoveryKey| Recipient {
                name: CleanText::line("nøkkel"),
                key: key.public(),
                proved: true,
            };
            Evaluation {
                made_up: true,
                id: "3f9c2d1ab0e44c53".to_owned(),
                title: text("Prøve"),
                service: None,
                commissioner: None,
                purpose: None,
                languages: vec![Language::Bokmal],
                identification: Identification::Anonymous,
                withdraw_until: None,
                delete_by: None,
                draft_hours: 72,
                rounds: vec![Round {
                    id: Slug::new("r1").unwrap(),
                    title: text("Én"),
                    surveys: Vec::new(),
                    planned: None,
                    users: None,
                    wanted: Vec::new(),
                    period: None,
                }],
                surveys: Vec::new(),
                sites: Vec::new(),
                legal_frame: LegalFrame::default(),
                consent_policy: ConsentPolicy::default(),
                disclosure: DisclosureChoice {
                    profile: ProfileName::Standard,
                    reason: None,
                    tightening: Tightening::default(),
                    breakdowns: BTreeMap::new(),
                },
                recipients: self.keys.iter().map(recipient).collect(),
                signing: Signing {
                    coordinator: None,
                    laptops: vec![Laptop {
                        id: Slug::new("l1").unwrap(),
                        key: self.signer.public().to_string(),
                        revoked: false,
                    }],
                },
                call: None,
                contacts: Vec::new(),
            }
        }

        fn to(&self) -> SealTo {
            may_interview(&self.evaluation()).unwrap()
        }

        fn out(&self) -> PathBuf {
            self.folder.join("out")
        }
    }

    fn opening(interview: u64) -> Opening {
        serde_json::from_str(&format!(
            r#"{{"interview":"{interview:032x}","survey":{{"id":"s","version":"1","sha256":"{}"}},"round":"r1",
            "site":null,"laptop":"l1","interviewer":null,"mode":"individual","language":"nb","order_seed":1,
            "age_bands":[],"made_up":true}}"#,
            "ab".repeat(32),
        ))
        .unwrap()
    }

    fn record(interview: u64) -> InterviewRecord {
        serde_json::from_str(&format!(
            r#"{{"schema":1,"interview":"{interview:032x}","survey":{{"id":"s","version":"1","sha256":"{}"}},
            "round":"r1","mode":"individual","language":"nb","order_seed":1,"consent":{{"points":{{}}}},
            "answers":{{}},"read_back":true,"ended":"complete","made_up":true}}"#,
            "ab".repeat(32),
        ))
        .unwrap()
    }

    fn note(number: u64) -> Entry {
        Entry::Action(Action::Note {
            question: Id::new("q").unwrap(),
            text: CleanText::line(&number.to_string()),
        })
    }

    fn say(line: &str) {
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{line}").unwrap();
        out.flush().unwrap();
    }

    /// The world of a child; `None` when this process is none.
    fn child() -> Option<(World, u64, u64)> {
        let folder = PathBuf::from(env::var_os(FOLDER)?);
        let keys = env::var(KEYS).unwrap();
        let (a, b) = keys.split_once(' ').unwrap();
        let keys = [a, b].map(|key| RecoveryKey::read(key).unwrap());
        let number = |name| env::var(name).unwrap().parse::<u64>().unwrap();
        Some((World::new(&folder, keys), number(SEED), number(COUNT)))
    }

    /// How a child is ended.
    enum End {
        /// Not at all: it makes as many entries and ends.
        AfterAll(u64),
        /// Killed so long after its first word.
        After(Duration),
        /// By strace, at a certain call to the system.
        At(String),
        /// Not at all: strace writes down its calls here.
        Watched(PathBuf),
    }

    /// The calls to the system that change what is on the disk, or fail when the disk does.
    const CALLS: [&str; 13] = [
        "openat",
        "write",
        "fsync",
        "fdatasync",
        "rename",
        "renameat",
        "renameat2",
        "linkat",
        "unlink",
        "unlinkat",
        "mkdir",
        "utimensat",
        "flock",
    ];

    /// Starts this test again as the child `name`, and returns what it said until its end.
    fn live(world: &World, name: &str, seed: u64, end: &End) -> Vec<(String, u64)> {
        use secrecy::ExposeSecret;
        let keys = world
            .keys
            .each_ref()
            .map(|key| key.text().expose_secret().to_owned());
        let this = env::current_exe().unwrap();
        let mut command = match end {
            End::After(_) | End::AfterAll(_) => Command::new(this),
            End::Watched(log) => {
                let mut strace = Command::new("strace");
                // Descriptors with their paths: a call counts by the file it is about. Some machines lack some calls.
                let calls = CALLS.map(|call| format!("?{call}")).join(",");
                strace.args(["-f", "-y", "-qq", "-s", "0", "-o"]).arg(log);
                strace.args(["-e", &format!("trace={calls}")]).arg(this);
                strace
            }
            End::At(inject) => {
                let mut strace = Command::new("strace");
                strace
                    .args(["-f", "-qq", "-o", "/dev/null", "-e"])
                    .arg(format!("inject={inject}"));
                strace.arg(this);
                strace
            }
        };
        let mut child = command
            // One thread: strace counts the calls of each by itself.
            .args(["--exact", &format!("tests::{name}")])
            .args(["--nocapture", "--test-threads=1"])
            .env(FOLDER, &world.folder)
            .env(KEYS, keys.join(" "))
            .env(SEED, seed.to_string())
            .env(
                COUNT,
                match end {
                    End::After(_) => MANY,
                    End::At(_) | End::Watched(_) => FEW,
                    End::AfterAll(count) => *count,
                }
                .to_string(),
            )
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (ready, is_ready) = std::sync::mpsc::channel();
        let listener = thread::spawn(move || {
            let mut said = Vec::new();
            for line in out.lines().map_while(Result::ok) {
                let mut words = line.split(' ');
                if let (Some(word @ ("BEGUN" | "SAVED" | "SEALED")), Some(number)) =
                    (words.next(), words.next())
                {
                    said.push((word.to_owned(), number.parse().unwrap()));
                    let _ = ready.send(());
                }
            }
            said
        });
        if let End::After(time) = end {
            is_ready.recv_timeout(Duration::from_secs(60)).unwrap();
            thread::sleep(*time);
            child.kill().unwrap();
        }
        child.wait().unwrap();
        listener.join().unwrap()
    }

    #[test]
    fn store_child_appends_until_it_is_killed() {
        let Some((world, seed, count)) = child() else {
            return;
        };
        let mut random = random(seed);
        let identities = world.keys[0].identities();
        let recovered = recover_all(&world.folder, &identities).unwrap();
        let (mut draft, begin) = match recovered.into_iter().next() {
            None => {
                let to = world.to();
                let draft = Draft::create(&world.folder, &opening(1), &[], to.recipients(), &mut random);
                (draft.unwrap(), 0)
            }
            Some((_, recovered)) => {
                let recovered = recovered.unwrap();
                let begin = recovered.entries.len() as u64;
                (recovered.resume().unwrap(), begin)
            }
        };
        say(&format!("BEGUN {begin}"));
        for number in begin..begin + count {
            draft.append(&note(number), &mut random).unwrap();
            say(&format!("SAVED {number}"));
        }
    }

    #[test]
    fn store_loses_no_acknowledged_entry_when_killed() {
        if child().is_some() {
            return;
        }
        let mut chance = SplitMix64::new(11);
        for run in 0..runs() {
            let folder = tempfile::tempdir().unwrap();
            let world = World::new(folder.path(), [RecoveryKey::generate(), RecoveryKey::generate()]);
            for life in 0..3 {
                let end = End::After(Duration::from_micros(chance.below(20_000) as u64));
                let name = "store_child_appends_until_it_is_killed";
                let said = live(&world, name, run * 10 + life + 1, &end);
                assert!(!said.is_empty());
                check_appended(&world, &said);
            }
        }
    }

    /// The number of an entry's writer stands before its own.
    const APART: u64 = 1_000_000;

    #[test]
    fn store_child_fills_a_draft_of_its_own() {
        let Some((world, seed, count)) = child() else {
            return;
        };
        let mut random = random(seed);
        let to = world.to();
        let draft = Draft::create(&world.folder, &opening(seed), &[], to.recipients(), &mut random);
        let mut draft = draft.unwrap();
        say(&format!("BEGUN {seed}"));
        for number in 0..count {
            draft.append(&note(seed * APART + number), &mut random).unwrap();
            say(&format!("SAVED {number}"));
        }
    }

    /// Threat row 30: two programs at once in one folder, a thousand answers each.
    #[test]
    fn store_keeps_the_answers_of_two_programs_apart() {
        const ANSWERS: u64 = 1_000;
        if child().is_some() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path(), [RecoveryKey::generate(), RecoveryKey::generate()]);
        let name = "store_child_fills_a_draft_of_its_own";
        let said = thread::scope(|scope| {
            let both = [1, 2].map(|seed| {
                let world = &world;
                scope.spawn(move || live(world, name, seed, &End::AfterAll(ANSWERS)))
            });
            both.map(|one| one.join().unwrap())
        });
        let saved = |said: &[(String, u64)]| said.iter().filter(|(word, _)| word == "SAVED").count() as u64;
        assert_eq!(said.map(|said| saved(&said)), [ANSWERS; 2]);
        let found = recover_all(&world.folder, &world.keys[0].identities()).unwrap();
        assert_eq!(found.len(), 2);
        for (_, recovered) in found {
            let recovered = recovered.unwrap();
            let writer = u64::from_str_radix(recovered.opening.interview.as_str(), 16).unwrap();
            let expected: Vec<Entry> = (0..ANSWERS).map(|number| note(writer * APART + number)).collect();
            assert!(recovered.entries == expected, "{writer}");
        }
    }

    /// What was acknowledged is there, and at most the one entry more that was under way.
    fn check_appended(world: &World, said: &[(String, u64)]) {
        let found = recover_all(&world.folder, &world.keys[1].identities()).unwrap();
        let Some(acknowledged) = said
            .iter()
            .map(|(word, number)| number + u64::from(word == "SAVED"))
            .max()
        else {
            return;
        };
        assert_eq!(found.len(), 1);
        let recovered = found.into_iter().next().unwrap().1.unwrap();
        assert!(recovered.damage.is_none());
        let held = recovered.entries.len() as u64;
        assert!(
            (acknowledged..=acknowledged + 1).contains(&held),
            "{acknowledged} {held}"
        );
        let expected: Vec<Entry> = (0..held).map(note).collect();
        assert_eq!(recovered.entries, expected);
    }

    #[test]
    fn store_child_seals_until_it_is_killed() {
        let Some((world, seed, count)) = child() else {
            return;
        };
        let mut random = random(seed);
        for number in seed * 1000..seed * 1000 + count {
            let finished = [note(0), Entry::Action(Action::Finish)];
            let draft = Draft::create(
                &world.folder,
                &opening(number),
                &finished,
                world.to().recipients(),
                &mut random,
            );
            let draft = draft.unwrap();
            say(&format!("BEGUN {number}"));
            finish(&world, draft, finished.to_vec(), number, &mut random);
            say(&format!("SEALED {number}"));
        }
    }

    /// Seals and erases a draft, from wherever it was.
    fn finish(
        world: &World,
        mut draft: Draft,
        mut entries: Vec<Entry>,
        number: u64,
        random: &mut dyn Randomness,
    ) {
        let name = seal(
            &mut draft,
            &mut entries,
            &record(number),
            &world.to(),
            &world.signer,
            &world.out(),
            random,
        )
        .unwrap();
        assert_eq!(stage(&entries, &world.out()), Stage::Sealed(name));
        draft.erase().unwrap();
    }

    #[test]
    fn store_seals_every_interview_once_when_killed() {
        if child().is_some() {
            return;
        }
        let mut chance = SplitMix64::new(12);
        for run in 0..runs() {
            let folder = tempfile::tempdir().unwrap();
            let world = World::new(folder.path(), [RecoveryKey::generate(), RecoveryKey::generate()]);
            atomic::make_folder(&world.out()).unwrap();
            let mut said = Vec::new();
            for life in 0..3 {
                let end = End::After(Duration::from_micros(chance.below(20_000) as u64));
                let seed = run * 10 + life + 1;
                said.extend(live(&world, "store_child_seals_until_it_is_killed", seed, &end));
                let sealed = said.iter().filter(|(word, _)| word == "SEALED").count();
                assert!(collection::count(&world.out()).unwrap() >= sealed);
            }
            check_sealed(&world, &said);
        }
    }

    /// What is left goes on where it was; then every interview that was begun counts exactly once.
    fn check_sealed(world: &World, said: &[(String, u64)]) {
        let identities = world.keys[1].identities();
        let mut ids: Vec<String> = said
            .iter()
            .filter(|(word, _)| word == "BEGUN")
            .map(|(_, number)| format!("{number:032x}"))
            .collect();
        for (_, recovered) in recover_all(&world.folder, &identities).unwrap() {
            let recovered = recovered.unwrap();
            let id = recovered.opening.interview.as_str().to_owned();
            let number = u64::from_str_radix(&id, 16).unwrap();
            if !ids.contains(&id) {
                ids.push(id);
            }
            let entries = recovered.entries.clone();
            let mut random = random(number + 500_000);
            finish(world, recovered.resume().unwrap(), entries, number, &mut random);
        }
        assert_eq!(list_drafts(&world.folder).unwrap(), []);
        let reading = Reading {
            identities: &identities,
            evaluation: &world.evaluation(),
            gone: &Tombstones::default(),
            checked: &Checked::default(),
            asked: &DraftWishes::default(),
        };
        let collected = collection::read(&world.out(), &reading, &mut ()).unwrap();
        ids.sort();
        let found: Vec<&str> = collected
            .interviews
            .iter()
            .map(|head| head.interview.as_str())
            .collect();
        assert_eq!(found, ids);
        assert_eq!(collected.remarks, []);
        let later = SystemTime::now() + Duration::from_secs(60);
        for folder in [&world.folder, &world.out()] {
            atomic::sweep(folder, later).unwrap();
            let left = std::fs::read_dir(folder).unwrap().flatten();
            let temporary = left.filter(|entry| entry.file_name().to_string_lossy().starts_with(".tmp-"));
            assert_eq!(temporary.count(), 0);
        }
    }

    /// A child in a world of its own that ends in this way.
    fn life_of(name: &str, end: &End) -> (tempfile::TempDir, World, Vec<(String, u64)>) {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path(), [RecoveryKey::generate(), RecoveryKey::generate()]);
        atomic::make_folder(&world.out()).unwrap();
        let said = live(&world, name, 1, end);
        (folder, world, said)
    }

    /// Returns the calls of a child's whole life that are about its folder: of each kind, which ones. The others (the
    /// program being loaded, what it says) are the same wherever the folder stands, and touch no answer.
    fn calls_about_the_folder(name: &str) -> Vec<(String, u64)> {
        let place = tempfile::tempdir().unwrap();
        let log = place.path().join("calls");
        let (folder, _, said) = life_of(name, &End::Watched(log.clone()));
        assert_eq!(done(&said), FEW);
        let (mut made, mut found) = (BTreeMap::<String, u64>::new(), Vec::new());
        for line in std::fs::read_to_string(log).unwrap().lines() {
            let Some((before, _)) = line.split_once('(') else {
                continue;
            };
            let call = before.split_whitespace().last().unwrap();
            let number = made.entry(call.to_owned()).or_default();
            *number += 1;
            if line.contains(folder.path().to_str().unwrap()) {
                found.push((call.to_owned(), *number));
            }
        }
        found
    }

    fn done(said: &[(String, u64)]) -> u64 {
        let done = said
            .iter()
            .filter(|(word, _)| word == "SAVED" || word == "SEALED");
        done.count() as u64
    }

    /// Dies at, or is told of an error at, every call about the folder.
    #[test]
    #[ignore = "needs strace: cargo test --test store_crash -- --ignored"]
    fn store_survives_death_and_errors_at_every_call() {
        let names = [
            "store_child_appends_until_it_is_killed",
            "store_child_seals_until_it_is_killed",
        ];
        let mut points = Vec::new();
        for name in names {
            let calls = calls_about_the_folder(name);
            for call in ["openat", "write", "fsync", "flock"] {
                assert!(
                    calls.iter().any(|(found, _)| found == call),
                    "{name} makes no {call}"
                );
            }
            say(&format!("{name}: {} calls about the folder", calls.len()));
            let whats = ["signal=KILL", "error=EIO", "error=ENOSPC"];
            points.extend(
                calls
                    .iter()
                    .flat_map(|point| whats.map(|what| (name, point.clone(), what))),
            );
        }
        let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let threads = thread::available_parallelism().unwrap().get() * 2;
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some((name, (call, place), what)) =
                        points.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        let inject = format!("{call}:{what}:when={place}");
                        let (_folder, world, said) = life_of(name, &End::At(inject));
                        if name.contains("appends") {
                            check_appended(&world, &said);
                        } else {
                            check_sealed(&world, &said);
                        }
                        ended.fetch_add(usize::from(done(&said) < FEW), Ordering::Relaxed);
                    }
                });
            }
        });
        let ended = ended.into_inner();
        say(&format!("{} lives, {ended} of them cut short", points.len()));
        // Death always ends one; and an error nearly always does.
        assert!(ended >= points.len() / 2, "{ended} of {}", points.len());
    }
}
