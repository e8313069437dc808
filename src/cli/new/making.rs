//! Keys, proofs, folder: everything that is made, in an order that leaves no half evaluation behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::cli::evaluation::store_sentence;
use crate::cli::exit_code::ExitCode;
use crate::cli::secret;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, Laptop, ProfileName, Recipient, Round,
    Signing, Site,
};
use crate::domain::id::Slug;
use crate::domain::localized::Localized;
use crate::domain::survey::report_plan::Tightening;
use crate::fieldwork::workplace::stamp;
use crate::store::atomic::{self, Access};
use crate::store::folder::{Comments, EvaluationFolder};
use crate::store::home::Home;
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys, LAPTOP_FILE, LaptopKey, RecoveryKey, prove};
use crate::store::{NoRandomness, StoreError};
use crate::texts::fill;

use super::wanted::{Named, Wanted, default_round};

/// The fewest characters of a passphrase.
const LEAST: usize = 12;
/// Fewer words than this are worth a piece of advice.
const FEW_WORDS: usize = 4;
/// How often something may be mistyped.
const TRIES: usize = 5;
/// How many groups of the recovery key are typed back.
const TYPED_BACK: usize = 4;
/// After how many hours an old draft is sealed for rescue.
const DRAFT_HOURS: u32 = 72;

/// Makes the evaluation.
///
/// # Errors
/// How the run ends when it cannot be made; then there is no evaluation.
pub(super) fn make(
    folder: &Path,
    wanted: &Wanted,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let chosen = passphrase(settings.passphrase_file.as_deref(), settings, surroundings)?;
    let passphrase = SecretString::from(chosen.as_str().to_owned());
    let id = random_id(surroundings)?;
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    let coordinator = CoordinatorKeys::generate(&id, &mut random).map_err(|_| ExitCode::Unexpected)?;
    let laptop = Slug::new("pc-1").map_err(|_| ExitCode::Unexpected)?;
    let laptop = LaptopKey::generate(&id, laptop, &mut random).map_err(|_| ExitCode::Unexpected)?;
    let recovery = RecoveryKey::generate();
    // Before the recovery key is handed out: a folder that cannot be made must leave no key behind.
    if wanted.recovery_out.is_some()
        && let Err(error) = atomic::make_folder(folder)
    {
        surroundings.output.note(&store_sentence(&error, &settings.texts));
        return Err(ExitCode::Unreadable);
    }
    hand_over(&recovery, wanted, settings, surroundings)?;
    let evaluation = evaluation(
        &id,
        wanted,
        &coordinator,
        &laptop,
        &recovery,
        settings,
        surroundings,
    );
    let made = (|| -> Result<(), StoreError> {
        prove(&coordinator.public(), &coordinator.identities(), &mut random)?;
        prove(&recovery.public(), &recovery.identities(), &mut random)?;
        let keys = Home::new(surroundings.home.clone()).keys(&id)?;
        atomic::make_folder(&keys)?;
        let key_file = keys.join(COORDINATOR_FILE);
        coordinator.write_wrapped(&key_file, &passphrase, surroundings.key_strength)?;
        // What was written has to open again: a key that cannot be read would be noticed too late.
        CoordinatorKeys::read_wrapped(&key_file, &passphrase, &id)?;
        laptop.write(&keys.join(LAPTOP_FILE))?;
        let surveys: Vec<&[u8]> = wanted
            .surveys
            .iter()
            .map(|found| found.bytes.as_slice())
            .collect();
        EvaluationFolder::create(folder, &evaluation, &surveys, &comments(settings))?;
        Ok(())
    })();
    if let Err(error) = made {
        surroundings.output.note(&store_sentence(&error, &settings.texts));
        return Err(ExitCode::Unreadable);
    }
    let shown = folder.display().to_string();
    surroundings.output.note(&words.proved);
    surroundings
        .output
        .line(&fill(&words.made, &[("folder", &shown)]));
    if !settings.quiet {
        surroundings
            .output
            .note(&fill(&words.next, &[("folder", &shown)]));
    }
    Ok(())
}

/// Whether people can withdraw afterwards: as chosen, else yes where a last day of withdrawal was given.
fn identification(wanted: &Wanted) -> Identification {
    let by_day = match wanted.withdraw_until {
        Some(_) => Identification::Deidentified,
        None => Identification::Anonymous,
    };
    wanted.mode.unwrap_or(by_day)
}

fn random_id(surroundings: &Surroundings) -> Result<String, ExitCode> {
    let mut bytes = [0; 8];
    (surroundings.random)(&mut bytes).map_err(|_: NoRandomness| ExitCode::Unexpected)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Returns a new passphrase: from a file, or typed twice.
///
/// # Errors
/// How the run ends without one; this has been said.
pub(in crate::cli) fn passphrase(
    file: Option<&Path>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Zeroizing<String>, ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    let least = LEAST.to_string();
    let values = [("least", least.as_str())];
    let too_short = |text: &str| text.chars().count() < LEAST;
    if let Some(file) = file {
        let file = secret::from_path(file, settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
        if too_short(&file) {
            surroundings.output.note(&fill(&words.passphrase_short, &values));
            return Err(ExitCode::Usage);
        }
        return Ok(file);
    }
    for _ in 0..TRIES {
        let first = secret::ask(&fill(&words.passphrase, &values), settings, surroundings);
        let Some(first) = first else {
            break;
        };
        if too_short(&first) {
            surroundings.output.note(&fill(&words.passphrase_short, &values));
            continue;
        }
        if first.split_whitespace().count() < FEW_WORDS {
            surroundings.output.note(&words.passphrase_few_words);
        }
        match secret::ask(&words.passphrase_again, settings, surroundings) {
            Some(second) if *second == *first => return Ok(first),
            Some(_) => surroundings.output.note(&words.passphrase_differs),
            None => break,
        }
    }
    surroundings.output.note("");
    surroundings.output.note(&words.ended);
    Err(ExitCode::NothingToDo)
}

/// Hands over the recovery key: into a file that is read back, or on screen and typed back.
fn hand_over(
    recovery: &RecoveryKey,
    wanted: &Wanted,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    if let Some(path) = &wanted.recovery_out {
        let text = Zeroizing::new(format!("{}\n", recovery.text().expose_secret()));
        let written = atomic::write_new(path, text.as_bytes(), Access::Owner);
        if let Err(error) = written {
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            return Err(ExitCode::Unreadable);
        }
        let read = fs::read_to_string(path).map(Zeroizing::new);
        let same = read
            .is_ok_and(|read| RecoveryKey::read(&read).is_ok_and(|key| key.public() == recovery.public()));
        if !same {
            surroundings.output.note(&settings.texts.storage.bad_key);
            return Err(ExitCode::Unreadable);
        }
        let shown = path.display().to_string();
        surroundings
            .output
            .note(&fill(&words.recovery_written, &[("file", &shown)]));
        return Ok(());
    }
    surroundings.output.note(&words.recovery_show);
    let groups = recovery.groups();
    for line in groups.chunks(TYPED_BACK) {
        let line: Vec<&str> = line.iter().map(|group| group.as_str()).collect();
        surroundings.output.note(&format!("  {}", line.join(" ")));
    }
    let last: String = groups
        .iter()
        .skip(groups.len().saturating_sub(TYPED_BACK))
        .map(|group| group.as_str())
        .collect();
    let last = Zeroizing::new(last);
    for _ in 0..TRIES {
        surroundings.output.note(&words.recovery_type);
        surroundings.output.note_part("> ");
        let Some(line) = surroundings.read_line().map(Zeroizing::new) else {
            break;
        };
        let typed: String = line
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        if *Zeroizing::new(typed) == *last {
            return Ok(());
        }
        surroundings.output.note(&words.recovery_wrong);
    }
    surroundings.output.note(&words.ended);
    Err(ExitCode::NothingToDo)
}

fn evaluation(
    id: &str,
    wanted: &Wanted,
    coordinator: &CoordinatorKeys,
    laptop: &LaptopKey,
    recovery: &RecoveryKey,
    settings: &Settings,
    surroundings: &Surroundings,
) -> Evaluation {
    let words = &settings.texts.command.new_evaluation;
    let said = |text: &str| Localized::new(settings.language(), CleanText::line(text));
    let line = |text: &Option<String>| text.as_deref().map(CleanText::line);
    let round = wanted
        .round
        .clone()
        .unwrap_or_else(|| default_round(settings, surroundings));
    let recipient = |name: &str, key: String| Recipient {
        name: CleanText::line(name),
        key,
        proved: true,
    };
    let site = |site: &Named| Site {
        id: site.id.clone(),
        title: said(&site.title),
        planned: None,
    };
    let mode = identification(wanted);
    Evaluation {
        made_up: false,
        id: id.to_owned(),
        title: said(wanted.title.as_deref().unwrap_or_default()),
        service: wanted.service.as_deref().map(said),
        commissioner: line(&wanted.commissioner),
        purpose: wanted.purpose.as_deref().map(said),
        languages: wanted.languages(),
        identification: mode,
        withdraw_until: wanted
            .withdraw_until
            .filter(|_| mode == Identification::Deidentified),
        delete_by: wanted.delete_day(surroundings),
        draft_hours: DRAFT_HOURS,
        rounds: vec![Round {
            id: round.id,
            title: said(&round.title),
            surveys: wanted
                .surveys
                .iter()
                .map(|found| found.survey.id().clone())
                .collect(),
            planned: None,
        }],
        surveys: wanted
            .surveys
            .iter()
            .map(|found| {
                let stamp = stamp(&found.survey);
                crate::domain::evaluation::SurveyUse {
                    id: stamp.id,
                    version: stamp.version,
                    sha256: stamp.sha256,
                }
            })
            .collect(),
        sites: wanted.sites.iter().flatten().map(site).collect(),
        consent_policy: ConsentPolicy {
            self_from: wanted.self_from,
            guardian_below: wanted.guardian_below,
            reason: line(&wanted.consent_reason),
        },
        disclosure: DisclosureChoice {
            profile: wanted.profile.unwrap_or(ProfileName::Standard),
            reason: line(&wanted.reason),
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        recipients: vec![
            recipient(&words.recipient_coordinator, coordinator.public()),
            recipient(&words.recipient_recovery, recovery.public()),
        ],
        signing: Signing {
            coordinator: Some(coordinator.signer().public().to_string()),
            laptops: vec![Laptop {
                id: laptop.laptop().clone(),
                key: laptop.signer().public().to_string(),
                revoked: false,
            }],
        },
        contacts: Vec::new(),
    }
}

/// What the file says about itself, in the language of this run.
fn comments(settings: &Settings) -> Comments {
    let words = &settings.texts.command.new_evaluation.comment;
    let comments = [
        ("", &words.head),
        ("made_up", &words.made_up),
        ("id", &words.id),
        ("mode", &words.mode),
        ("withdraw_until", &words.withdraw_until),
        ("delete_by", &words.delete_by),
        ("[[round]]", &words.round),
        ("[[survey]]", &words.survey),
        ("[[site]]", &words.site),
        ("[consent_policy]", &words.consent_policy),
        ("self_from", &words.self_from),
        ("guardian_below", &words.guardian_below),
        ("profile", &words.profile),
        ("[[recipient]]", &words.recipient),
        ("coordinator", &words.coordinator),
        ("[[contact]]", &words.contact),
    ];
    Comments::new(
        comments
            .into_iter()
            .map(|(key, text)| (key.to_owned(), text.clone())),
    )
}
