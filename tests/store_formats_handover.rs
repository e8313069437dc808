//! What goes between laptops and the coordinator, written by the first version, is read for ever.
//!
//! `tests/fixtures/v1/handover` was written once, by `write_the_first_version` below, with keys that protect
//! nothing. A later format gets a folder of its own; these files stay as they are.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex};

    use secrecy::SecretString;
    use stemme::definition;
    use stemme::domain::evaluation::Evaluation;
    use stemme::domain::id::{Id, Slug};
    use stemme::domain::order::SplitMix64;
    use stemme::domain::record::{InterviewId, InterviewRecord};
    use stemme::domain::slip::Slip;
    use stemme::domain::workbook::log::Event;
    use stemme::store::delivery::{self, Reader};
    use stemme::store::draft_marks::DraftMarks;
    use stemme::store::envelope::{self, EnvelopeName, Opened};
    use stemme::store::keys::{
        COORDINATOR_FILE, CoordinatorKeys, KeyStrength, LAPTOP_DRAFTS_FILE, LAPTOP_FILE, LaptopIdentity,
        LaptopKey,
    };
    use stemme::store::ledger::Ledger;
    use stemme::store::workbook::{half, segment};
    use stemme::store::{handed_draft, kit, receipt, tombstone};

    const PASSPHRASE: &str = "bare til prøver og ingenting annet";
    const CODE: &str = "fjell kopp lys ravn";
    const JOURNAL: &[u8] = b"a journal, sealed as it lay on the laptop";

    fn fixture(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/v1/handover")
            .join(name)
    }

    /// The evaluation as the kit holds it.
    fn evaluation() -> Evaluation {
        let bytes = fs::read(fixture("kit/evaluation.toml")).unwrap();
        definition::evaluation::read(&bytes).value.unwrap()
    }

    fn coordinator(evaluation: &Evaluation) -> CoordinatorKeys {
        let path = fixture(COORDINATOR_FILE);
        CoordinatorKeys::read_wrapped(&path, &SecretString::from(PASSPHRASE), &evaluation.id).unwrap()
    }

    fn laptop(evaluation: &Evaluation) -> LaptopKey {
        LaptopKey::read(&fixture("kit/keys").join(LAPTOP_FILE), &evaluation.id).unwrap()
    }

    fn record() -> InterviewRecord {
        serde_json::from_str(
            r#"{"schema":1,"interview":"0123456789abcdef0123456789abcdef","survey":{"id":"gruppeintervju",
            "version":"1","sha256":"aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899"},
            "round":"2026h","mode":"individual","language":"nb","order_seed":1,
            "consent":{"age_band":null,"guardian_confirmed":false,"points":{}},
            "answers":{"q1":{"given":{"text":"blåbær"}}},"self_answered":[],"confirmations":[],
            "notes":{},"read_back":true,"quotes":{},"ended":"complete"}"#,
        )
        .unwrap()
    }

    fn slip() -> Slip {
        serde_json::from_str(
            r#"{"schema":1,"slip":"0f0e0d0c0b0a09080706050403020100","round":"2026h","site":"nord","asked":3,
            "declined":2,"stopped":1,"added_later":"kept"}"#,
        )
        .unwrap()
    }

    fn withdrawn() -> InterviewId {
        InterviewId::from_bytes([7; 16])
    }

    #[test]
    fn a_kit_of_the_first_version_is_as_the_coordinator_signed_it() {
        let evaluation = evaluation();
        let kit = kit::check(&fixture("kit"), &evaluation).unwrap().unwrap();
        assert_eq!(kit.laptop, Slug::new("nord-1").unwrap());
        assert_eq!(kit.site, Some(Slug::new("nord").unwrap()));
        assert_eq!(kit.key, laptop(&evaluation).signer().public());
        let path = fixture("kit/keys").join(LAPTOP_DRAFTS_FILE);
        let drafts = LaptopIdentity::read(&path, &SecretString::from(CODE), &evaluation.id).unwrap();
        assert_eq!(kit.age, drafts.public());
    }

    #[test]
    fn a_slip_and_a_tombstone_of_the_first_version_open() {
        let evaluation = evaluation();
        let identities = coordinator(&evaluation).identities();
        let bytes = fs::read(fixture("slip.stm")).unwrap();
        let opened = envelope::open(&bytes, &identities, &evaluation.id).unwrap();
        let Opened::Slip {
            slip: read,
            signed_by,
            ..
        } = opened
        else {
            panic!("a slip");
        };
        assert_eq!(
            (*read, signed_by),
            (slip(), laptop(&evaluation).signer().public())
        );
        let bytes = fs::read(fixture("tombstone.stm")).unwrap();
        assert_eq!(tombstone::read(&bytes, &identities, &evaluation), Ok(withdrawn()));
    }

    #[test]
    fn a_delivery_of_the_first_version_is_read_whole_and_its_draft_is_the_laptops() {
        let evaluation = evaluation();
        let identities = coordinator(&evaluation).identities();
        let reader = Reader::open(&fixture("delivery.stemme")).unwrap();
        assert_eq!(reader.evaluation(), evaluation.id);
        let (mut interviews, mut slips, mut drafts) = (0, 0, 0);
        for bytes in reader {
            let bytes = bytes.unwrap();
            if handed_draft::is_one(&bytes) {
                assert_eq!(handed_draft::open(&bytes, &evaluation).unwrap(), JOURNAL);
                drafts += 1;
                continue;
            }
            match envelope::open(&bytes, &identities, &evaluation.id).unwrap() {
                Opened::Interview { record: opened, .. } => {
                    assert_eq!(*opened, record());
                    interviews += 1;
                }
                Opened::Slip { slip: opened, .. } => {
                    assert_eq!(*opened, slip());
                    slips += 1;
                }
                Opened::Newer => panic!("nothing in it is newer"),
            }
        }
        assert_eq!((interviews, slips, drafts), (1, 1, 1));
    }

    #[test]
    fn a_receipt_and_a_ledger_of_the_first_version_name_what_arrived() {
        let evaluation = evaluation();
        let signer = evaluation.signing.coordinator.clone().unwrap();
        let named = receipt::read(&fixture("receipt.stemme"), &evaluation.id, &signer).unwrap();
        let arrived: BTreeSet<EnvelopeName> = Reader::open(&fixture("delivery.stemme"))
            .unwrap()
            .map(|bytes| EnvelopeName::of(&bytes.unwrap()))
            .collect();
        assert_eq!(named, arrived);
        let ledger = Ledger::read(&fixture("ledger")).unwrap();
        let seen: Vec<_> = ledger.seen().collect();
        let slip = EnvelopeName::of(&fs::read(fixture("slip.stm")).unwrap());
        assert_eq!(seen, [(&slip, &withdrawn())]);
    }

    fn newer(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name)
    }

    #[test]
    fn a_ledger_of_the_third_version_remembers_drafts() {
        let ledger = Ledger::read(&newer("v3/ledger")).unwrap();
        let drafts: Vec<_> = ledger.drafts().map(|(_, interview)| interview).collect();
        assert_eq!(drafts, [&InterviewId::from_bytes([9; 16])]);
        assert_eq!((ledger.seen().count(), ledger.withdrawn().len()), (1, 1));
    }

    #[test]
    fn marks_of_drafts_of_the_second_version_say_what_was_set_aside_and_deleted() {
        let marks = DraftMarks::read(&newer("v2")).unwrap();
        assert!(marks.is_handed(&"0a".repeat(16)) && marks.is_held(&"0b".repeat(16)));
        let aside: Vec<_> = marks.aside().map(|(name, _)| name.to_owned()).collect();
        let deleted: Vec<_> = marks.deleted().map(|(name, _)| name.to_owned()).collect();
        assert_eq!((aside, deleted), (vec!["0c".repeat(16)], vec!["0d".repeat(16)]));
    }

    #[test]
    fn a_ledger_of_the_second_version_remembers_who_withdrew() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v2/ledger");
        let ledger = Ledger::read(&path).unwrap();
        assert_eq!(ledger.seen().count(), 1);
        assert_eq!(
            ledger.withdrawn(),
            &BTreeSet::from([InterviewId::from_bytes([8; 16])])
        );
    }

    /// One event of every kind, as the first version wrote them.
    fn events() -> Vec<Event> {
        let answer = r#""answer":{"interview":"0123456789abcdef0123456789abcdef","item":"q1"}"#;
        let place = r#""place":{"from":0,"to":4}"#;
        let stamp = |name: &str| format!(r#""{name}":{{"clock":1,"coder":"ase","run":7}}"#);
        let changes = [
            r#""did":"theme","theme":"t1_ase_7","name":"Å vente","under":null"#.to_owned(),
            r#""did":"theme_name","theme":"venting","name":"Ventetid""#.to_owned(),
            r#""did":"theme_memo","theme":"venting","memo":"mye""#.to_owned(),
            r#""did":"theme_under","theme":"venting","under":"t1_ase_7""#.to_owned(),
            r#""did":"theme_merged","theme":"ro","into":"venting""#.to_owned(),
            r#""did":"theme_split","theme":"venting","into":"t2_ase_7","name":"Kø","answers":[{"interview":"0123456789abcdef0123456789abcdef","item":"q1"}]"#.to_owned(),
            r#""did":"theme_dropped","theme":"mat""#.to_owned(),
            format!(r#""did":"tag",{answer},"theme":"venting""#),
            format!(r#""did":"untag",{answer},"theme":"venting""#),
            format!(r#""did":"gone_through",{answer}"#),
            format!(r#""did":"quote",{answer},{place},"theme":"venting""#),
            format!(r#""did":"quote_theme",{},"theme":"ro""#, stamp("quote")),
            format!(r#""did":"quote_dropped",{}"#, stamp("quote")),
            format!(r#""did":"quote_reviewed",{},"fit":true"#, stamp("quote")),
            format!(r#""did":"bracket",{answer},{place},"word":"en behandler""#),
            format!(r#""did":"bracket_dropped",{}"#, stamp("bracket")),
            format!(r#""did":"no_name",{answer},{place}"#),
            r#""did":"finding","round":"2026h","text":"Det tar tid.","dimension":"p1","addressee":"BUP","items":["q1","q2.r1.s"],"themes":["venting"]"#.to_owned(),
            format!(r#""did":"finding_text",{},"text":"Det tar lang tid.""#, stamp("finding")),
            format!(r#""did":"finding_addressee",{},"addressee":"kommunen""#, stamp("finding")),
            format!(
                r#""did":"finding_about",{},"dimension":null,"items":[],"themes":[]"#,
                stamp("finding")
            ),
            format!(r#""did":"finding_before",{},"before":null"#, stamp("finding")),
            format!(r#""did":"finding_standing",{},"standing":"nuanced""#, stamp("finding")),
            format!(r#""did":"finding_answer",{},"answer":"Vi ser på det.""#, stamp("finding")),
            format!(r#""did":"finding_dropped",{}"#, stamp("finding")),
            r#""did":"statement","round":"2026h","finding":null,"text":"Nok stoler.""#.to_owned(),
            format!(r#""did":"statement_dropped",{}"#, stamp("statement")),
            r#""did":"action","round":"2026h","finding":null,"text":"Stoler","owner":"leder","due":"2027-03-01""#.to_owned(),
            format!(
                r#""did":"action_text",{},"text":"Flere stoler","owner":"","due":null"#,
                stamp("action")
            ),
            format!(r#""did":"action_status",{},"status":"given_up""#, stamp("action")),
            format!(r#""did":"action_dropped",{}"#, stamp("action")),
            r#""did":"arrived","interviews":["0123456789abcdef0123456789abcdef"]"#.to_owned(),
            format!(r#""did":"taken_back",{}"#, stamp("event")),
        ];
        (1..)
            .zip(changes)
            .map(|(clock, change): (u32, String)| {
                let json = format!(r#"{{"clock":{clock},"coder":"ase","run":7,{change}}}"#);
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
            })
            .collect()
    }

    #[test]
    fn store_reads_a_workbook_of_the_first_version() {
        let evaluation = evaluation();
        let keys = coordinator(&evaluation);
        let bytes = fs::read(fixture("workbook.stw")).unwrap();
        let read = segment::open(&bytes, &keys.identities(), &evaluation).unwrap();
        assert!(read == events());
    }

    /// What is half typed, as the first version kept it.
    fn half() -> half::Half {
        let texts = [("finding.new", "Det tar lang"), ("memo.venting", "Gjelder alle")];
        texts
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into()
    }

    #[test]
    fn store_reads_what_the_first_version_left_half_typed() {
        let evaluation = evaluation();
        let keys = coordinator(&evaluation);
        let coder = Id::new("ase").unwrap();
        let read = half::read(&fixture(""), &coder, &keys.identities(), &evaluation);
        assert_eq!(read, half());
    }

    /// Writes the file; refuses where there is one.
    #[test]
    #[ignore = "was run once, and never again"]
    fn write_what_is_half_typed_first() {
        let evaluation = evaluation();
        let keys = coordinator(&evaluation);
        let coder = Id::new("ase").unwrap();
        assert!(!fixture("half-typed-ase.sth").exists());
        let to = envelope::may_interview(&evaluation).unwrap();
        half::keep(&fixture(""), &coder, &half(), (&to, keys.signer())).unwrap();
    }

    /// Writes the file; refuses where there is one.
    #[test]
    #[ignore = "was run once, and never again"]
    fn write_the_first_workbook() {
        let evaluation = evaluation();
        let keys = coordinator(&evaluation);
        let to = envelope::may_interview(&evaluation).unwrap();
        let sealed = segment::seal(&events(), &to, keys.signer()).unwrap();
        let path = fixture("workbook.stw");
        stemme::store::atomic::write_new(&path, &sealed, stemme::store::atomic::Access::AsUsual).unwrap();
    }

    /// Writes the files; refuses where there are any.
    #[test]
    #[ignore = "was run once, and never again"]
    fn write_the_first_version() {
        use stemme::domain::founding::Field;
        use stemme::domain::language::Language;
        use stemme::fieldwork::founding::{Founder, Ground, Said};
        use stemme::store::atomic::{Access, write_new};
        use stemme::store::envelope_store::FolderStore;
        use stemme::store::folder::Comments;
        use stemme::store::home::Home;

        fs::create_dir(fixture("")).unwrap();
        let work = tempfile::tempdir().unwrap();
        let sequence = Arc::new(Mutex::new(SplitMix64::new(2026)));
        let random = move |bytes: &mut [u8]| {
            let mut sequence = sequence.lock().unwrap();
            bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
            Ok(())
        };
        let home = work.path().join("home");
        let mut founder = Founder::new(Ground {
            folder: work.path().to_owned(),
            home: home.clone(),
            now: "2026-11-22T14:02:00[UTC]".parse().unwrap(),
            random: Arc::new(random.clone()),
            strength: KeyStrength::NONE,
            keeps: false,
        });
        for (field, text) in [
            (Field::Title, "Bare til prøver"),
            (Field::Sites, "Nord"),
            (Field::Surveys, "gruppeintervju"),
            (Field::Folder, "ev"),
        ] {
            founder.take(field, text, "Høsten 2026").unwrap();
        }
        founder.make_keys(PASSPHRASE).unwrap();
        let root = founder
            .make(&Said {
                language: Language::Bokmal,
                round: "Høsten 2026".to_owned(),
                coordinator: "koordinator".to_owned(),
                recovery: "reserve".to_owned(),
                comments: Comments::none(),
            })
            .unwrap();
        let place = founder.open(&root).unwrap();
        let keys = place.coordinator(Some(PASSPHRASE)).unwrap();
        let mut random = random;
        let (nord_1, nord) = (Slug::new("nord-1").unwrap(), Slug::new("nord").unwrap());
        let new = kit::NewKit {
            laptop: &nord_1,
            site: Some(&nord),
            letters: &[],
            code: &SecretString::from(CODE),
            strength: KeyStrength::NONE,
            coordinator: keys.signer(),
        };
        kit::make(
            place.folder(),
            place.evaluation(),
            &fixture("kit"),
            &new,
            |_| Ok(()),
            &mut random,
        )
        .unwrap();
        let wrapped = Home::new(home).keys(&place.evaluation().id).unwrap();
        fs::copy(wrapped.join(COORDINATOR_FILE), fixture(COORDINATOR_FILE)).unwrap();
        let evaluation = evaluation();
        let laptop = laptop(&evaluation);
        let to = envelope::may_interview(&evaluation).unwrap();
        let out = work.path().join("out");
        fs::create_dir(&out).unwrap();
        let interview = envelope::seal(&record(), &to, laptop.signer()).unwrap();
        let counts = envelope::seal_slip(&slip(), &to, laptop.signer()).unwrap();
        for sealed in [&interview, &counts] {
            let path = out.join(sealed.name().file_name());
            write_new(&path, sealed.bytes(), Access::AsUsual).unwrap();
        }
        write_new(&fixture("slip.stm"), counts.bytes(), Access::AsUsual).unwrap();
        let draft = handed_draft::wrap(JOURNAL, &evaluation.id, laptop.signer());
        let store = FolderStore::new(out);
        let made = delivery::write(work.path(), &evaluation.id, &[&store], &[draft], |_| true).unwrap();
        fs::copy(made.path, fixture("delivery.stemme")).unwrap();
        let arrived: BTreeSet<EnvelopeName> = made.envelopes.into_iter().collect();
        let written = receipt::write(work.path(), &evaluation.id, &arrived, keys.signer()).unwrap();
        fs::copy(written, fixture("receipt.stemme")).unwrap();
        let gone = work.path().join("gone");
        tombstone::put(&gone, &withdrawn(), &to, keys.signer(), &mut random).unwrap();
        let stone = fs::read_dir(&gone).unwrap().next().unwrap().unwrap().path();
        fs::copy(stone, fixture("tombstone.stm")).unwrap();
        let mut ledger = Ledger::read(&fixture("ledger")).unwrap();
        ledger.see(*counts.name(), &withdrawn());
        ledger.keep().unwrap();
    }
}
