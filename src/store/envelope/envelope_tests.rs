//! Sealing and opening: everything comes back, nothing that was changed does, and sizes tell little.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::{EnvelopeName, MayNot, Opened, Origin, Signature, Unopened, may_interview, open, payload, seal};
use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::item::ItemKey;
use crate::domain::order::SplitMix64;
use crate::store::age_file;
use crate::store::envelope_store::{EnvelopeStore, FolderStore};
use crate::store::error::{KeyProblem, What};
use crate::store::keys::{RecoveryKey, Signer};
use crate::store::randomness::repeatable;
use crate::store::sample::{EVALUATION, People, id, record, records};

#[test]
fn a_sealed_interview_opens_for_each_recipient_and_says_who_signed() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let sealed = seal(&record(1), &to, &people.laptop).unwrap();
    assert_eq!(*sealed.name(), EnvelopeName::of(sealed.bytes()));
    for key in [&people.coordinator, &people.recovery] {
        let opened = open(sealed.bytes(), &key.identities(), EVALUATION).unwrap();
        let Opened::Interview {
            record: read,
            signed_by,
            ..
        } = opened
        else {
            panic!("an interview")
        };
        assert_eq!(*read, record(1));
        assert_eq!(
            Origin::of(&signed_by, &people.evaluation().signing),
            Origin::Laptop(crate::store::sample::slug("nord-1"))
        );
    }
    let other = open(sealed.bytes(), &RecoveryKey::generate().identities(), EVALUATION);
    assert_eq!(other, Err(Unopened::WrongKey));
    let elsewhere = open(sealed.bytes(), &people.identities(), "0000000000000000");
    assert_eq!(elsewhere, Err(Unopened::OtherEvaluation));
}

#[test]
fn revoked_and_unknown_signers_are_told() {
    let people = People::new();
    let mut signing = people.evaluation().signing;
    let key = people.laptop.public();
    assert!(Origin::of(&key, &signing).counts());
    signing.laptops[0].revoked = true;
    assert_eq!(
        Origin::of(&key, &signing),
        Origin::Revoked(signing.laptops[0].id.clone())
    );
    let mut twice = signing.laptops[0].clone();
    twice.revoked = false;
    signing.laptops.insert(0, twice);
    assert!(!Origin::of(&key, &signing).counts());
    let stranger = Signer::generate(&mut repeatable(99)).unwrap().public();
    assert_eq!(Origin::of(&stranger, &signing), Origin::Unknown);
    signing.coordinator = Some(stranger.to_string());
    assert_eq!(Origin::of(&stranger, &signing), Origin::Coordinator);
}

#[test]
fn every_cut_and_every_flipped_bit_is_refused() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let sealed = seal(&record(1), &to, &people.laptop).unwrap();
    let bytes = sealed.bytes();
    let identities = people.identities();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.to_vec();
            flipped[place] ^= 1 << bit;
            assert!(open(&flipped, &identities, EVALUATION).is_err(), "{place}.{bit}");
        }
        assert!(
            open(&bytes[..place], &identities, EVALUATION).is_err(),
            "cut at {place}"
        );
    }
    let longer = [bytes, b"x"].concat();
    assert!(open(&longer, &identities, EVALUATION).is_err());
}

#[test]
fn what_somebody_with_the_public_keys_can_change_is_refused() {
    // They can seal whatever they like; they cannot sign it.
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let payload = payload::write(&record(1), to.evaluation(), &people.laptop).unwrap();
    let end = payload.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    for place in (0..end).chain((end..payload.len()).step_by(97)) {
        for bit in 0..8 {
            let mut flipped = payload.clone();
            flipped[place] ^= 1 << bit;
            let opened = payload::read(&flipped, EVALUATION, Signature::Check);
            // A version that is not known cannot be looked into.
            let newer = matches!(opened, Ok(Opened::Newer)) && (8..10).contains(&place);
            assert!(opened.is_err() || newer, "{place}.{bit}");
        }
    }
    for length in 0..payload.len() {
        assert!(payload::read(&payload[..length], EVALUATION, Signature::Check).is_err());
    }
    let mut longer = payload.to_vec();
    longer.resize(2 * payload.len(), 0);
    assert!(
        payload::read(&longer, EVALUATION, Signature::Check).is_ok(),
        "a larger bucket is one"
    );
    longer.resize(2 * payload.len() - 1, 0);
    assert_eq!(
        payload::read(&longer, EVALUATION, Signature::Check),
        Err(Unopened::Damaged(What::Contents))
    );
}

#[test]
fn a_record_signed_by_one_key_does_not_count_under_another() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let stranger = Signer::generate(&mut repeatable(99)).unwrap();
    let mut payload = payload::write(&record(1), to.evaluation(), &stranger).unwrap();
    let place = payload
        .windows(32)
        .position(|window| window == stranger.public().as_bytes())
        .unwrap();
    payload[place..place + 32].copy_from_slice(people.laptop.public().as_bytes());
    assert_eq!(
        payload::read(&payload, EVALUATION, Signature::Check),
        Err(Unopened::Forged)
    );
}

#[test]
fn a_newer_schema_is_kept_and_not_half_read() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let mut newer = record(1);
    newer.schema += 1;
    let sealed = seal(&newer, &to, &people.laptop).unwrap();
    assert_eq!(
        open(sealed.bytes(), &people.identities(), EVALUATION),
        Ok(Opened::Newer)
    );
}

#[test]
fn what_a_newer_version_added_beside_survives_sealing_again() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let mut added = record(1);
    added
        .newer
        .insert("mood".to_owned(), serde_json::json!({"calm": [1, 2]}));
    let sealed = seal(&added, &to, &people.laptop).unwrap();
    let Ok(Opened::Interview { record: read, .. }) = open(sealed.bytes(), &people.identities(), EVALUATION)
    else {
        panic!("an interview")
    };
    assert_eq!(*read, added);
}

/// Threat row 20.
#[test]
fn any_length_of_answer_gives_one_of_at_most_six_sizes() {
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    let mut lengths = SplitMix64::new(1);
    let mut sizes = std::collections::BTreeSet::new();
    for number in 0..10_000 {
        let mut long = record(1);
        // Most people say a few sentences; somebody says all there is room for.
        let most = if number % 20 == 0 { 32_000 } else { 1_500 };
        let words = "å".repeat(lengths.below(most));
        let answer = Answer::Text(CleanText::block(&words));
        long.answers
            .insert(ItemKey::question(id("hva")), Response::Given(answer));
        let payload = payload::write(&long, to.evaluation(), &people.laptop).unwrap();
        assert!(payload.len().is_power_of_two() && payload.len() >= 4096);
        sizes.insert(payload.len());
    }
    assert!(sizes.len() <= 6, "{sizes:?}");
}

/// Threat row 5: of a thousand interviews whose order and length are known, neither name nor time says which is which,
/// and among those of one size class neither does the size.
#[test]
fn nothing_outside_the_seal_tells_which_interview_it_is() {
    const COUNT: usize = 1_000;
    // Five standard deviations: once in a million runs by chance.
    const BY_CHANCE: f64 = 0.158;
    let people = People::new();
    let to = may_interview(&people.evaluation()).unwrap();
    // In memory where there is such a thing: two thousand syncs are not what is tried here.
    let folder = tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap();
    let store = FolderStore::new(folder.path().to_owned());
    let mut lengths = SplitMix64::new(2);
    let mut found = Vec::new();
    for order in 0..COUNT {
        let length = lengths.below(2_500);
        let mut long = record(1);
        long.notes
            .insert(id("hva"), CleanText::block(&"a".repeat(length)));
        let sealed = seal(&long, &to, &people.laptop).unwrap();
        store.put_if_absent(sealed.name(), sealed.bytes()).unwrap();
        found.push((sealed.name().file_name(), order, length, sealed.bytes().len()));
    }
    let times: std::collections::BTreeSet<_> = found
        .iter()
        .map(|(name, ..)| {
            std::fs::metadata(folder.path().join(name))
                .unwrap()
                .modified()
                .unwrap()
        })
        .collect();
    assert_eq!(times.len(), 1);
    found.sort();
    let column =
        |of: &dyn Fn(&(String, usize, usize, usize)) -> usize| found.iter().map(of).collect::<Vec<_>>();
    let by_name: Vec<usize> = (0..COUNT).collect();
    for truth in [column(&|file| file.1), column(&|file| file.2)] {
        let together = correlation(&by_name, &truth);
        assert!(together.abs() < BY_CHANCE, "{together}");
    }
    // Everything here is of the smallest class: what age adds to it is drawn anew for each.
    let sizes = column(&|file| file.3);
    assert!(sizes.iter().all(|size| *size < 2 * 4096));
    for truth in [column(&|file| file.1), column(&|file| file.2)] {
        let together = correlation(&sizes, &truth);
        assert!(together.abs() < BY_CHANCE, "{together}");
    }
}

/// Pearson's.
#[expect(clippy::cast_precision_loss, reason = "thousands")]
fn correlation(left: &[usize], right: &[usize]) -> f64 {
    let mean = |of: &[usize]| of.iter().map(|value| *value as f64).sum::<f64>() / of.len() as f64;
    let (middle, other) = (mean(left), mean(right));
    let pairs = left
        .iter()
        .zip(right)
        .map(|(l, r)| (*l as f64 - middle, *r as f64 - other));
    let (mut both, mut squares) = (0.0, (0.0, 0.0));
    for (l, r) in pairs {
        both += l * r;
        squares = (squares.0 + l * l, squares.1 + r * r);
    }
    both / (squares.0 * squares.1).sqrt()
}

#[test]
fn no_interview_begins_without_two_recipients_who_proved_themselves() {
    let people = People::new();
    let evaluation = people.evaluation();
    let why = |change: &dyn Fn(&mut crate::domain::evaluation::Evaluation)| {
        let mut changed = evaluation.clone();
        change(&mut changed);
        may_interview(&changed).err()
    };
    assert_eq!(why(&|_| ()), None);
    assert_eq!(
        why(&|e| e.recipients.truncate(1)),
        Some(MayNot::TooFewRecipients { found: 1 })
    );
    assert_eq!(
        why(&|e| e.recipients[1].proved = false),
        Some(MayNot::NotProved { recipient: 1 })
    );
    assert_eq!(
        why(&|e| {
            e.made_up = true;
            e.recipients[0].proved = false;
        }),
        Some(MayNot::NotProved { recipient: 0 })
    );
    assert_eq!(
        why(&|e| e.recipients[1] = e.recipients[0].clone()),
        Some(MayNot::Keys(KeyProblem::Twice))
    );
    assert_eq!(
        why(&|e| e.recipients[1].key = "age1nonsense".to_owned()),
        Some(MayNot::Keys(KeyProblem::NotAKey))
    );
    assert_eq!(why(&|e| e.id = "nord".to_owned()), Some(MayNot::NoId));
    assert_eq!(why(&|e| e.rounds.clear()), Some(MayNot::NoRound));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sealing_and_opening_gives_the_same_interview(record in records()) {
        let people = People::new();
        let to = may_interview(&people.evaluation()).unwrap();
        let sealed = seal(&record, &to, &people.laptop).unwrap();
        let opened = open(sealed.bytes(), &people.identities(), EVALUATION).unwrap();
        let Opened::Interview { record: read, .. } = opened else {
            return Err(proptest::test_runner::TestCaseError::fail("an interview"));
        };
        prop_assert_eq!(*read, record);
    }

    #[test]
    fn whatever_is_sealed_inside_nothing_but_a_payload_opens(noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        let people = People::new();
        let sealed = age_file::seal(&noise, &people.recipients()).unwrap();
        prop_assert!(open(&sealed, &people.identities(), EVALUATION).is_err());
    }
}
