//! What the store writes, the definition layer reads: the same evaluation.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use stemme::definition::evaluation;
    use stemme::domain::clean_text::CleanText;
    use stemme::domain::evaluation::{Evaluation, ProfileName, SurveyUse};
    use stemme::domain::id::Slug;
    use stemme::domain::language::Language;
    use stemme::domain::localized::Localized;
    use stemme::domain::survey::Fingerprint;
    use stemme::domain::survey::report_plan::{Limit, Tightening};
    use stemme::store::NoRandomness;
    use stemme::store::envelope::{MayNot, may_interview};
    use stemme::store::folder::{Comments, EvaluationFolder, edit};
    use stemme::store::hex::sha256;
    use stemme::store::keys::{CoordinatorKeys, LaptopKey, RecoveryKey, prove};

    const EXAMPLE: &str = include_str!("fixtures/evaluation-example.toml");
    const SURVEY: &[u8] = b"a survey";

    fn random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
        bytes.fill(7);
        Ok(())
    }

    fn read(bytes: &[u8]) -> Evaluation {
        let outcome = evaluation::read(bytes);
        assert!(outcome.value.is_some(), "{:?}", outcome.problems);
        outcome.value.unwrap()
    }

    /// The example with real keys in the places of its dots, nobody proved yet.
    fn example() -> (Evaluation, CoordinatorKeys, RecoveryKey) {
        let coordinator = CoordinatorKeys::generate("3f9c2d1ab0e44c53", &mut random).unwrap();
        let recovery = RecoveryKey::generate();
        let text = EXAMPLE
            .replacen("\"age1...\"", &format!("\"{}\"", coordinator.public()), 1)
            .replacen("\"age1...\"", &format!("\"{}\"", recovery.public()), 1)
            .replace("sha256 = \"...\"", &format!("sha256 = \"{}\"", sha256(SURVEY)))
            .replace("ed25519:...", &coordinator.signer().public().to_string())
            .replace("proved = true", "proved = false");
        (read(text.as_bytes()), coordinator, recovery)
    }

    /// Evaluations have no equality of their own; what is written of one is everything there is.
    fn same(a: &Evaluation, b: &Evaluation) {
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
    }

    #[test]
    fn store_writes_an_evaluation_that_reads_back_the_same() {
        let (mut wanted, ..) = example();
        wanted.title = Localized::new(Language::Bokmal, CleanText::line("«Sitat» \"og\" \\ mer"))
            .with(Language::English, CleanText::line("Voice # 1"));
        wanted.disclosure.profile = ProfileName::SmallSample;
        wanted.disclosure.reason = Some(CleanText::line("Få deltar."));
        wanted.disclosure.tightening = Tightening {
            limits: BTreeMap::from([(Limit::Threshold, 5), (Limit::QuoteReviewers, 3)]),
        };
        for comments in [Comments::default(), Comments::none()] {
            let parent = tempfile::tempdir().unwrap();
            let root = parent.path().join("ny");
            EvaluationFolder::create(&root, &wanted, &[SURVEY], &comments).unwrap();
            let (_, bytes) = EvaluationFolder::open(&root).unwrap();
            same(&read(&bytes), &wanted);
        }
    }

    #[test]
    fn store_edits_an_evaluation_file_in_place() {
        let (evaluation, coordinator, recovery) = example();
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("ny");
        let folder = EvaluationFolder::create(&root, &evaluation, &[SURVEY], &Comments::default()).unwrap();
        assert_eq!(
            may_interview(&evaluation).err(),
            Some(MayNot::NotProved { recipient: 0 })
        );
        for (public, identities) in [
            (coordinator.public(), coordinator.identities()),
            (recovery.public(), recovery.identities()),
        ] {
            prove(&public, &identities, &mut random).unwrap();
            folder.edit(|text| edit::mark_proved(text, &public)).unwrap();
        }
        let laptop = LaptopKey::generate(&evaluation.id, Slug::new("sor-2").unwrap(), &mut random).unwrap();
        let key = laptop.signer().public();
        folder
            .edit(|text| edit::add_laptop(text, laptop.laptop(), &key))
            .unwrap();
        folder
            .edit(|text| edit::revoke_laptop(text, &Slug::new("nord-1").unwrap()))
            .unwrap();
        let id = Slug::new("parorende").unwrap();
        let mut added = None;
        let before = |version: &Fingerprint| {
            added = Some(version.clone());
            Ok(())
        };
        folder
            .add_survey(&evaluation, &id, "1", b"another", before)
            .unwrap();

        let edited = read(&folder.evaluation_bytes().unwrap());
        assert!(may_interview(&edited).is_ok());
        let mut expected = evaluation;
        for recipient in &mut expected.recipients {
            recipient.proved = true;
        }
        expected.signing.laptops[0].revoked = true;
        expected.signing.laptops.push(stemme::domain::evaluation::Laptop {
            id: laptop.laptop().clone(),
            key: key.to_string(),
            revoked: false,
        });
        expected.surveys.push(SurveyUse {
            id,
            version: "1".to_owned(),
            sha256: added.unwrap(),
        });
        same(&edited, &expected);
    }
}
