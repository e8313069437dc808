//! Promises: what protects less than was promised holds only when somebody said so here.

use jiff::civil::date;

use super::{KnownPromises, Laxer, Promise};
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{Evaluation, Identification, ProfileName, SurveyUse};
use crate::domain::limits::Settings;
use crate::domain::survey::Fingerprint;
use crate::domain::survey::report_plan::{Limit, Tightening};
use crate::store::home::Home;
use crate::store::sample::{People, slug};

/// Strict in everything.
fn promised() -> Evaluation {
    let mut evaluation = People::new().evaluation();
    evaluation.disclosure.profile = ProfileName::Standard;
    evaluation.disclosure.tightening.limits = [(Limit::MinBase, 15)].into();
    evaluation.identification = Identification::Deidentified;
    evaluation.withdraw_until = Some(date(2026, 12, 15));
    evaluation.delete_by = Some(date(2027, 6, 15));
    evaluation.consent_policy.self_from = Some(16);
    evaluation.consent_policy.guardian_below = Some(16);
    evaluation
}

/// What holds: the threshold, the least base, the last day of withdrawal, the day of deletion, the two ages.
fn holds(evaluation: &Evaluation) -> (u16, u16, [Option<jiff::civil::Date>; 2], [Option<u8>; 2]) {
    let settings = Settings::new(&evaluation.disclosure, &Tightening::default()).unwrap();
    (
        settings.limit(Limit::Threshold),
        settings.limit(Limit::MinBase),
        [evaluation.withdraw_until, evaluation.delete_by],
        [
            evaluation.consent_policy.self_from,
            evaluation.consent_policy.guardian_below,
        ],
    )
}

fn held(home: &Home, file: &Evaluation) -> (Vec<Laxer>, Evaluation) {
    let mut evaluation = file.clone();
    let laxer = KnownPromises::of(home, file)
        .unwrap()
        .hold_against(&mut evaluation)
        .unwrap();
    (laxer, evaluation)
}

#[test]
fn what_somebody_writes_into_the_file_protects_no_less() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path().join("home"));
    let promised = promised();
    assert_eq!(held(&home, &promised).0, []);
    let mut lax = promised.clone();
    lax.disclosure.profile = ProfileName::SmallSample;
    lax.disclosure.reason = Some(CleanText::line("Få."));
    lax.disclosure.tightening = Tightening::default();
    lax.identification = Identification::Anonymous;
    lax.withdraw_until = None;
    lax.delete_by = Some(date(2037, 6, 15));
    lax.consent_policy.self_from = Some(13);
    lax.consent_policy.guardian_below = None;
    let (laxer, kept) = held(&home, &lax);
    let keys: Vec<&str> = laxer.iter().map(|one| one.what.key()).collect();
    assert_eq!(
        keys,
        [
            "profile",
            "withdraw_until",
            "delete_by",
            "self_from",
            "guardian_below"
        ]
    );
    assert_eq!(holds(&kept), holds(&promised));
    assert_eq!(kept.identification, Identification::Deidentified);
    assert_eq!(held(&home, &promised).0, [], "nothing of it was learned");
    // One limit alone.
    let mut lax = promised.clone();
    lax.disclosure.tightening = Tightening::default();
    let (laxer, kept) = held(&home, &lax);
    let only = Laxer {
        what: Promise::Limit(Limit::MinBase),
        was: "15".to_owned(),
        now: Some("11".to_owned()),
    };
    assert_eq!((&laxer, holds(&kept)), (&vec![only], holds(&promised)));
    let mut known = KnownPromises::of(&home, &lax).unwrap();
    assert!(known.accept(&laxer[0], &lax));
    assert_eq!(
        known.kept_less_by(&lax),
        [],
        "what follows from it is accepted with it"
    );
}

#[test]
fn a_version_of_a_survey_that_somebody_writes_in_is_known_when_somebody_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path().join("home"));
    let version = |name: &str, digit: &str| SurveyUse {
        id: slug("min"),
        version: name.to_owned(),
        sha256: Fingerprint(digit.repeat(64)),
    };
    let mut evaluation = promised();
    evaluation.surveys = vec![version("1", "a")];
    assert_eq!(held(&home, &evaluation).0, []);
    // Under the name of the one that is known, too.
    for strange in [version("2", "b"), version("1", "c")] {
        let mut file = evaluation.clone();
        file.surveys.push(strange.clone());
        let (laxer, _) = held(&home, &file);
        assert_eq!(laxer.len(), 1);
        assert_eq!(
            (laxer[0].what, &laxer[0].now),
            (Promise::Survey, &Some(super::named(&strange)))
        );
        let mut known = KnownPromises::of(&home, &file).unwrap();
        assert!(known.accept(&laxer[0], &file));
        assert_eq!(known.kept_less_by(&file), []);
    }
    let mut known = KnownPromises::of(&home, &evaluation).unwrap();
    known.know_survey(&version("2", "b").sha256);
    known.keep().unwrap();
    evaluation.surveys.push(version("2", "b"));
    assert_eq!(held(&home, &evaluation).0, [], "put into use here");
}

#[test]
fn what_protects_more_is_learned_and_what_protects_less_holds_when_somebody_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path().join("home"));
    let was = promised();
    held(&home, &was);
    let mut stricter = was.clone();
    stricter.disclosure.profile = ProfileName::Strict;
    stricter.disclosure.tightening = Tightening::default();
    stricter.disclosure.tightening.limits = [(Limit::MinBase, 15)].into();
    stricter.withdraw_until = Some(date(2027, 1, 15));
    stricter.delete_by = Some(date(2027, 5, 1));
    assert_eq!(held(&home, &stricter).0, []);
    let (laxer, kept) = held(&home, &was);
    assert_eq!((laxer.len(), holds(&kept)), (3, holds(&stricter)));
    let mut known = KnownPromises::of(&home, &was).unwrap();
    let other = Laxer {
        now: Some("2020-01-01".to_owned()),
        ..laxer[1].clone()
    };
    assert!(!known.accept(&other, &was), "the file says something else");
    for one in &laxer {
        assert!(known.accept(one, &was));
    }
    known.keep().unwrap();
    let (laxer, kept) = held(&home, &was);
    assert_eq!((laxer, holds(&kept)), (Vec::new(), holds(&was)));
}
