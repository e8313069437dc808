//! Files written by the first version are read for ever.
//!
//! `tests/fixtures/v1` was written once, by `write_the_first_version` below, with keys that protect nothing. A
//! later format gets a folder of its own; these files stay as they are.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use secrecy::SecretString;
    use stemme::domain::interview::{Action, Opening};
    use stemme::domain::record::InterviewRecord;
    use stemme::store::NoRandomness;
    use stemme::store::envelope::{self, EnvelopeName, Opened};
    use stemme::store::hidden::Hidden;
    use stemme::store::journal::{Entry, Tail, recover};
    use stemme::store::keys::{CoordinatorKeys, LaptopKey, RecoveryKey};

    const EVALUATION: &str = "3f9c2d1ab0e44c53";
    const PASSPHRASE: &str = "bare til prøver";

    fn fixture(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/v1")
            .join(name)
    }

    fn opening() -> Opening {
        serde_json::from_str(
            r#"{"interview":"0123456789abcdef0123456789abcdef","survey":{"id":"min-stemme-bup",
            "version":"2026-11-01","sha256":"aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899"},
            "round":"2026h","site":"nord","laptop":"nord-1","interviewer":"b","mode":{"group":{"people":5}},
            "language":"nn","order_seed":18446744073709551615,
            "age_bands":[{"code":"u16","from":null,"below":16,"guardian":true}],"made_up":false}"#,
        )
        .unwrap()
    }

    fn actions() -> Vec<Action> {
        let actions = [
            r#""next""#,
            r#"{"go_to":"q1"}"#,
            r#"{"age_band":"u16"}"#,
            r#"{"guardian":true}"#,
            r#"{"consent":{"point":"sitat","given":true}}"#,
            r#"{"answer":{"item":"q1","answer":{"choice":{"code":"annet","specify":"å gå på ski"}},"by_self":true}}"#,
            r#"{"answer":{"item":"q2","answer":{"choices":{"codes":["a","b"]}},"by_self":false}}"#,
            r#"{"answer":{"item":"q3","answer":{"number":{"value":"12.5","about":true}},"by_self":false}}"#,
            r#"{"answer":{"item":"q4","answer":{"date":{"year":2026,"month":3}},"by_self":false}}"#,
            r#"{"answer":{"item":"q5","answer":{"text":"blåbær\nog «fløte» 🙂"},"by_self":false}}"#,
            r#"{"answer":{"item":"q6","answer":{"ranking":["b","a"]},"by_self":false}}"#,
            r#"{"answer":{"item":"q7","answer":{"hands":{"a":3,"b":0}},"by_self":false}}"#,
            r#"{"missing":{"item":"q8.r1.viktig4","kind":"wont_say","by_self":false}}"#,
            r#"{"clear":"q1"}"#,
            r#"{"typing":{"item":"q5","text":"halv"}}"#,
            r#"{"note":{"question":"q5","text":"lo"}}"#,
            r#"{"confirm":{"question":"q3","check":0}}"#,
            r#"{"language":"en"}"#,
            r#"{"quote":{"item":"q5","permission":"rewritten"}}"#,
            r#""stop_and_use""#,
            r#""finish""#,
        ];
        actions
            .iter()
            .map(|json| serde_json::from_str(json).unwrap())
            .collect()
    }

    fn entries() -> Vec<Entry> {
        let mut entries: Vec<Entry> = actions().into_iter().map(Entry::Action).collect();
        entries.push(Entry::Withdrawal {
            code: Hidden::new("fjell-kopp-lys-ravn".to_owned()),
            tag: "00ff".to_owned(),
        });
        entries.push(Entry::Envelope {
            name: EnvelopeName::of(b"abc"),
        });
        entries.push(Entry::Continues {
            path: "draft/00000000000000000000000000000000.jnl".to_owned(),
            damaged: true,
        });
        entries.push(Entry::Gap { records: 2 });
        entries
    }

    fn record() -> InterviewRecord {
        serde_json::from_str(
            r#"{"schema":1,"interview":"0123456789abcdef0123456789abcdef","survey":{"id":"min-stemme-bup",
            "version":"2026-11-01","sha256":"aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899"},
            "round":"2026h","site":"nord","laptop":"nord-1","interviewer":"b","mode":{"group":{"people":5}},
            "language":"en","order_seed":18446744073709551615,
            "consent":{"age_band":"u16","guardian_confirmed":true,"points":{"sitat":true}},
            "answers":{"q1":{"given":{"choice":{"code":"annet","specify":"å gå på ski"}}},
            "q8.r1.viktig4":{"missing":"wont_say"}},"self_answered":["q1"],"confirmations":[["q3",0]],
            "notes":{"q5":"lo"},"read_back":true,"quotes":{"q5":"rewritten"},"withdrawal_tag":"00ff",
            "ended":"stopped_use","made_up":true,"added_later":{"kept":[1,2]}}"#,
        )
        .unwrap()
    }

    fn recovery() -> RecoveryKey {
        RecoveryKey::read(&fs::read_to_string(fixture("recovery.txt")).unwrap()).unwrap()
    }

    fn coordinator() -> CoordinatorKeys {
        let passphrase = SecretString::from(PASSPHRASE);
        CoordinatorKeys::read_wrapped(&fixture("coordinator.key"), &passphrase, EVALUATION).unwrap()
    }

    #[test]
    fn store_reads_a_journal_of_the_first_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jnl");
        fs::copy(fixture("journal.jnl"), &path).unwrap();
        for identities in [coordinator().identities(), recovery().identities()] {
            let recovered = recover(&path, &identities).unwrap();
            assert_eq!(recovered.opening, opening());
            assert_eq!(recovered.entries, entries());
            assert_eq!((recovered.tail, &recovered.damage), (Tail::Whole, &None));
        }
    }

    #[test]
    fn store_reads_an_envelope_of_the_first_version() {
        let bytes = fs::read(fixture("envelope.stm")).unwrap();
        let laptop = LaptopKey::read(&fixture("laptop.key"), EVALUATION).unwrap();
        for identities in [coordinator().identities(), recovery().identities()] {
            let opened = envelope::open(&bytes, &identities, EVALUATION).unwrap();
            let Opened::Interview {
                record: read,
                signed_by,
                ..
            } = opened
            else {
                panic!("an interview");
            };
            assert_eq!((*read, signed_by), (record(), laptop.signer().public()));
        }
    }

    /// Writes the files; refuses where there are any.
    #[test]
    #[ignore = "was run once, and never again"]
    fn write_the_first_version() {
        use secrecy::ExposeSecret;
        use stemme::domain::clean_text::CleanText;
        use stemme::domain::evaluation::{
            ConsentPolicy, DisclosureChoice, Evaluation, Identification, LegalFrame, ProfileName, Recipient,
            Round, Signing,
        };
        use stemme::domain::id::Slug;
        use stemme::domain::language::Language;
        use stemme::domain::localized::Localized;
        use stemme::store::atomic::{Access, write_new};
        use stemme::store::journal::Draft;
        use stemme::store::keys::KeyStrength;

        let mut sequence = stemme::domain::order::SplitMix64::new(2026);
        let mut random = move |bytes: &mut [u8]| -> Result<(), NoRandomness> {
            for byte in bytes {
                *byte = sequence.next_u64().to_le_bytes()[0];
            }
            Ok(())
        };
        fs::create_dir(fixture("")).unwrap();
        let coordinator = CoordinatorKeys::generate(EVALUATION, &mut random).unwrap();
        coordinator
            .write_wrapped(
                &fixture("coordinator.key"),
                &SecretString::from(PASSPHRASE),
                KeyStrength::NONE,
            )
            .unwrap();
        let recovery = RecoveryKey::generate();
        let text = format!("# protects nothing\n{}\n", recovery.text().expose_secret());
        write_new(&fixture("recovery.txt"), text.as_bytes(), Access::AsUsual).unwrap();
        let laptop = LaptopKey::generate(EVALUATION, Slug::new("nord-1").unwrap(), &mut random).unwrap();
        laptop.write(&fixture("laptop.key")).unwrap();
        let title = |words: &str| Localized::new(Language::Bokmal, CleanText::line(words));
        let recipient = |key: String| Recipient {
            name: CleanText::line("x"),
            key,
            proved: true,
        };
        let evaluation = Evaluation {
            made_up: true,
            id: EVALUATION.to_owned(),
            title: title("x"),
            service: None,
            commissioner: None,
            purpose: None,
            languages: vec![Language::Bokmal],
            identification: Identification::Deidentified,
            withdraw_until: None,
            delete_by: None,
            draft_hours: 72,
            rounds: vec![Round {
                id: Slug::new("2026h").unwrap(),
                title: title("x"),
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
                tightening: stemme::domain::survey::report_plan::Tightening::default(),
                breakdowns: std::collections::BTreeMap::new(),
            },
            recipients: vec![recipient(coordinator.public()), recipient(recovery.public())],
            signing: Signing::default(),
            call: None,
            contacts: Vec::new(),
        };
        let to = envelope::may_interview(&evaluation).unwrap();
        let sealed = envelope::seal(&record(), &to, laptop.signer()).unwrap();
        write_new(&fixture("envelope.stm"), sealed.bytes(), Access::AsUsual).unwrap();
        let draft =
            Draft::create(&fixture(""), &opening(), &entries(), to.recipients(), &mut random).unwrap();
        fs::rename(draft.path(), fixture("journal.jnl")).unwrap();
    }
}
