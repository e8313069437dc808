//! Kits: what the coordinator signed is what a laptop uses, or nothing begins.

use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::domain::id::Id;
use crate::domain::letter::letters;

use super::{KIT_FILE, Kit, NewKit, check, make, renewal};
use crate::domain::evaluation::{Evaluation, Laptop, SurveyUse};
use crate::domain::survey::Fingerprint;
use crate::store::StoreError;
use crate::store::age_file::KeyStrength;
use crate::store::atomic::{Access, replace};
use crate::store::error::What;
use crate::store::folder::{Comments, EvaluationFolder};
use crate::store::hex::sha256;
use crate::store::keys::{LAPTOP_DRAFTS_FILE, LaptopIdentity, LaptopKey, RecoveryKey, Signer};
use crate::store::randomness::repeatable;
use crate::store::sample::{EVALUATION, People, slug};

const SURVEY: &[u8] = b"id = \"min-stemme-bup\"\n";

struct Office {
    root: tempfile::TempDir,
    folder: EvaluationFolder,
    evaluation: Evaluation,
    coordinator: Signer,
}

impl Office {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let coordinator = Signer::generate(&mut repeatable(5)).unwrap();
        let mut evaluation = People::new().evaluation();
        evaluation.signing.coordinator = Some(coordinator.public().to_string());
        evaluation.surveys = vec![SurveyUse {
            id: slug("min-stemme-bup"),
            version: "1".to_owned(),
            sha256: Fingerprint(sha256(SURVEY)),
        }];
        let place = root.path().join("evaluering");
        let folder = EvaluationFolder::create(&place, &evaluation, &[SURVEY], &Comments::none()).unwrap();
        Self {
            root,
            folder,
            evaluation,
            coordinator,
        }
    }

    fn place(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn make(&mut self, name: &str) -> Kit {
        let laptop = slug(name);
        let code = SecretString::from("fjell-kopp-lys-ravn");
        let new = NewKit {
            laptop: &laptop,
            site: None,
            letters: &[],
            code: &code,
            strength: KeyStrength::NONE,
            coordinator: &self.coordinator,
        };
        let to = self.place(name);
        let mut told = Vec::new();
        let before = |laptop: &Laptop| {
            told.push(laptop.clone());
            Ok(())
        };
        let kit = make(
            &self.folder,
            &self.evaluation,
            &to,
            &new,
            before,
            &mut repeatable(6),
        )
        .unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].key, kit.key.to_string());
        self.evaluation.signing.laptops.push(Laptop {
            id: laptop,
            key: kit.key.to_string(),
            revoked: false,
        });
        kit
    }

    /// As [`Office::make`], for interviewers with letters.
    fn make_for(&mut self, name: &str, letters: &[Id]) -> Kit {
        let (laptop, code) = (slug(name), SecretString::from("fjell-kopp-lys-ravn"));
        let new = NewKit {
            laptop: &laptop,
            site: None,
            letters,
            code: &code,
            strength: KeyStrength::NONE,
            coordinator: &self.coordinator,
        };
        let to = self.place(name);
        make(
            &self.folder,
            &self.evaluation,
            &to,
            &new,
            |_| Ok(()),
            &mut repeatable(7),
        )
        .unwrap()
    }

    fn check(&self, name: &str) -> Result<Option<Kit>, StoreError> {
        check(&self.place(name), &self.evaluation)
    }
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    replace(path, text.replace(from, to).as_bytes(), Access::AsUsual).unwrap();
}

#[test]
fn a_kit_holds_what_a_laptop_needs_and_its_laptop_counts() {
    let mut office = Office::new();
    let made = office.make("nord-2");
    assert_eq!(office.check("nord-2"), Ok(Some(made.clone())));
    let kit = office.place("nord-2");
    let text = fs::read_to_string(office.folder.evaluation_path()).unwrap();
    assert!(text.contains(&made.key.to_string()));
    assert_eq!(fs::read_to_string(kit.join("evaluation.toml")).unwrap(), text);
    let keys = kit.join("keys");
    let signing = LaptopKey::read(&keys.join("laptop.key"), EVALUATION).unwrap();
    assert_eq!(signing.signer().public(), made.key);
    let code = SecretString::from("fjell-kopp-lys-ravn");
    let drafts = LaptopIdentity::read(&keys.join(LAPTOP_DRAFTS_FILE), &code, EVALUATION).unwrap();
    assert_eq!(drafts.public(), made.age);
    // The private halves stay in the kit: the coordinator's folder has none of them.
    let copy = fs::read(office.folder.workbook().join("kits").join("nord-2.sig")).unwrap();
    assert_eq!(copy, fs::read(kit.join(KIT_FILE)).unwrap());
    assert!(!office.folder.keys().exists());
}

/// Threat row 8: whoever changes the recipients, the surveys or anything else that was signed is noticed.
#[test]
fn every_change_to_what_was_signed_is_noticed() {
    let mut office = Office::new();
    office.make("nord-2");
    let kit = office.place("nord-2");
    let evaluation = kit.join("evaluation.toml");
    let whole = fs::read(&evaluation).unwrap();
    let swapped = RecoveryKey::generate().public();
    edit(
        &evaluation,
        &office.evaluation.recipients[0].key.clone(),
        &swapped,
    );
    let expected = StoreError::damaged(&evaluation, What::Signature);
    assert_eq!(office.check("nord-2"), Err(expected));
    replace(&evaluation, &whole, Access::AsUsual).unwrap();
    assert!(office.check("nord-2").unwrap().is_some());

    let survey = kit.join("surveys").join(format!("{}.toml", sha256(SURVEY)));
    replace(&survey, b"id = \"another\"\n", Access::AsUsual).unwrap();
    let expected = StoreError::damaged(&survey, What::Signature);
    assert_eq!(office.check("nord-2"), Err(expected));
    replace(&survey, SURVEY, Access::AsUsual).unwrap();

    let signed = fs::read(kit.join(KIT_FILE)).unwrap();
    for place in 0..signed.len() - 1 {
        let mut changed = signed.clone();
        changed[place] ^= 1;
        replace(&kit.join(KIT_FILE), &changed, Access::AsUsual).unwrap();
        assert!(office.check("nord-2").is_err(), "{place}");
    }
}

#[test]
fn a_kit_that_somebody_else_signed_is_none_of_ours() {
    let mut office = Office::new();
    office.make("nord-2");
    let mut other = office.evaluation.clone();
    let stranger = Signer::generate(&mut repeatable(8)).unwrap().public();
    other.signing.coordinator = Some(stranger.to_string());
    let checked = check(&office.place("nord-2"), &other);
    assert!(matches!(checked, Err(StoreError::WrongKey { .. })));
}

#[test]
fn the_letters_of_those_who_interview_are_signed_with_the_kit() {
    let mut office = Office::new();
    let letters = letters("A,B").unwrap();
    let kit = office.make_for("sor-1", &letters);
    assert_eq!(office.check("sor-1"), Ok(Some(kit)));
    edit(
        &office.place("sor-1").join(KIT_FILE),
        "letters a,b",
        "letters a,c",
    );
    assert!(office.check("sor-1").is_err());
}

#[test]
fn a_folder_without_a_signature_is_no_kit() {
    let office = Office::new();
    assert_eq!(check(office.folder.root(), &office.evaluation), Ok(None));
}

#[test]
fn a_kit_that_cannot_be_made_leaves_the_evaluation_as_it_was() {
    let mut office = Office::new();
    office.make("nord-2");
    let was = fs::read(office.folder.evaluation_path()).unwrap();
    let code = SecretString::from("x");
    let laptop = slug("sor-1");
    let new = |coordinator| NewKit {
        laptop: &laptop,
        site: None,
        letters: &[],
        code: &code,
        strength: KeyStrength::NONE,
        coordinator,
    };
    let mut random = repeatable(9);
    let taken = make(
        &office.folder,
        &office.evaluation,
        &office.place("nord-2"),
        &new(&office.coordinator),
        |_| Ok(()),
        &mut random,
    );
    assert!(matches!(taken, Err(StoreError::NotEmpty { .. })));
    let stranger = Signer::generate(&mut random).unwrap();
    let wrong = make(
        &office.folder,
        &office.evaluation,
        &office.place("ny"),
        &new(&stranger),
        |_| Ok(()),
        &mut random,
    );
    assert!(matches!(wrong, Err(StoreError::WrongKey { .. })));
    assert_eq!(fs::read(office.folder.evaluation_path()).unwrap(), was);
}

#[test]
fn a_renewed_kit_brings_the_new_survey_and_keeps_the_old_one() {
    let mut office = Office::new();
    let kit = office.make("nord-2");
    let newer: &[u8] = b"id = \"min-stemme-bup\" # 2\n";
    let added = Fingerprint(sha256(newer));
    office
        .folder
        .add_survey(
            &office.evaluation,
            &slug("min-stemme-bup"),
            "2",
            newer,
            |_| Ok(()),
        )
        .unwrap();
    office.evaluation.surveys.push(SurveyUse {
        id: slug("min-stemme-bup"),
        version: "2".to_owned(),
        sha256: added.clone(),
    });
    let to = office.place("nye");
    let laptops = renewal::write(&office.folder, &office.evaluation, &to, &office.coordinator, None).unwrap();
    assert_eq!(laptops, [slug("nord-2")], "laptops without a kit are left alone");
    let root = office.place("nord-2");
    let renewed = renewal::take(&root, renewal::look(&kit, &to).unwrap()).unwrap();
    assert_eq!((&renewed.age, renewed.key), (&kit.age, kit.key));
    assert_eq!(office.check("nord-2"), Ok(Some(renewed.clone())));
    let (laptop, _) = EvaluationFolder::open(&root).unwrap();
    assert_eq!(laptop.survey(&added).unwrap(), newer);
    assert_eq!(laptop.survey(&Fingerprint(sha256(SURVEY))).unwrap(), SURVEY);
    // Once more is no harm, and another laptop's is refused.
    let again = renewal::look(&renewed, &to).unwrap();
    assert!(!again.has_new_signer());
    assert_eq!(renewal::take(&root, again), Ok(renewed));
    let other = office.make("sor-1");
    let refused = renewal::look(&other, &to.join("nord-2"));
    assert!(matches!(refused, Err(StoreError::WrongKey { .. })));
}

#[test]
fn a_renewal_that_was_cut_off_is_finished() {
    let mut office = Office::new();
    office.make("nord-2");
    let newer: &[u8] = b"id = \"min-stemme-bup\" # 2\n";
    office
        .folder
        .add_survey(
            &office.evaluation,
            &slug("min-stemme-bup"),
            "2",
            newer,
            |_| Ok(()),
        )
        .unwrap();
    let to = office.place("nye");
    // The evaluation as it was read before: the file says more than that already.
    renewal::write(&office.folder, &office.evaluation, &to, &office.coordinator, None).unwrap();
    let (root, from) = (office.place("nord-2"), to.join("nord-2"));
    let copy = |name: &str, to: &str| {
        let bytes = fs::read(from.join(name)).unwrap();
        replace(&root.join(to), &bytes, Access::AsUsual).unwrap();
    };
    copy(KIT_FILE, "kit.sig.next");
    copy("evaluation.toml", "evaluation.toml");
    let finished = office.check("nord-2").unwrap();
    assert!(finished.is_some());
    assert!(!root.join("kit.sig.next").exists());
    assert_eq!(office.check("nord-2"), Ok(finished));
    // What somebody else puts there is not taken.
    edit(&root.join("evaluation.toml"), "min-stemme-bup", "noe-annet");
    copy(KIT_FILE, "kit.sig.next");
    assert!(office.check("nord-2").is_err());
}

#[test]
fn a_kit_that_a_new_key_signed_is_told_apart_before_anything_is_taken() {
    let mut office = Office::new();
    let kit = office.make("nord-2");
    let new = Signer::generate(&mut repeatable(31)).unwrap();
    edit(
        &office.folder.evaluation_path(),
        &office.coordinator.public().to_string(),
        &new.public().to_string(),
    );
    office.evaluation.signing.coordinator = Some(new.public().to_string());
    let to = office.place("nye");
    renewal::write(&office.folder, &office.evaluation, &to, &new, None).unwrap();
    let root = office.place("nord-2");
    let offer = renewal::look(&kit, &to).unwrap();
    assert!(offer.has_new_signer() && offer.is_of(&office.evaluation));
    let mut elsewhere = office.evaluation.clone();
    elsewhere.signing.coordinator = Some(office.coordinator.public().to_string());
    assert!(!offer.is_of(&elsewhere));
    let was = fs::read(root.join(KIT_FILE)).unwrap();
    assert_eq!(fs::read(root.join(KIT_FILE)).unwrap(), was);
    let taken = renewal::take(&root, offer).unwrap();
    assert_eq!(taken.signed_by, new.public());
    assert_eq!(office.check("nord-2"), Ok(Some(taken)));
}

#[test]
fn a_kit_that_could_not_be_finished_leaves_nothing_and_can_be_made_again() {
    let mut office = Office::new();
    let before = fs::read(office.folder.evaluation_path()).unwrap();
    let to = office.place("nord-2");
    let (laptop, code) = (slug("nord-2"), SecretString::from("fjell-kopp-lys-ravn"));
    let new = NewKit {
        laptop: &laptop,
        site: None,
        letters: &[],
        code: &code,
        strength: KeyStrength::NONE,
        coordinator: &office.coordinator,
    };
    // The stick is pulled out just before its last file.
    let pulled_out = |_: &Laptop| {
        fs::create_dir(to.join(KIT_FILE)).unwrap();
        Ok(())
    };
    let failed = make(
        &office.folder,
        &office.evaluation,
        &to,
        &new,
        pulled_out,
        &mut repeatable(6),
    );
    assert!(failed.is_err());
    assert_eq!(fs::read(office.folder.evaluation_path()).unwrap(), before);
    assert!(!to.exists());
    assert_eq!(
        fs::read_dir(office.folder.workbook().join("kits"))
            .unwrap()
            .count(),
        0
    );
    office.make("nord-2");
    assert!(office.check("nord-2").unwrap().is_some());
}
