//! Passphrase, recovery key, and the evaluation itself: what is said and asked while it is made.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::cli::evaluation::store_sentence;
use crate::cli::exit_code::ExitCode;
use crate::cli::secret;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::founding::{Field, LEAST_PASSPHRASE, Strength};
use crate::fieldwork::founding::{Founder, TYPED_BACK};
use crate::store::atomic;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::founding::said;

/// How often something may be mistyped.
const TRIES: usize = 5;

/// How it is shown that the recovery key is in safe hands.
pub(super) enum Recovery {
    /// Its last groups are typed back.
    TypedBack,
    /// It is written into this file.
    File(PathBuf),
}

/// Makes the evaluation.
///
/// # Errors
/// How the run ends when it cannot be made; then there is no evaluation.
pub(super) fn make(
    founder: &mut Founder,
    recovery: &Recovery,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    if let (Recovery::File(path), Some(folder)) = (recovery, &founder.wanted().folder)
        && path.starts_with(folder)
    {
        let shown = path.display().to_string();
        surroundings
            .output
            .note(&fill(&words.recovery_inside, &[("file", &shown)]));
        return Err(ExitCode::Usage);
    }
    let chosen = passphrase(settings.passphrase_file.as_deref(), settings, surroundings)?;
    founder.make_keys(&chosen).map_err(|_| ExitCode::Unexpected)?;
    // Before the recovery key is handed out: a folder that cannot be made must leave no key behind.
    if let (Recovery::File(_), Some(folder)) = (recovery, &founder.wanted().folder)
        && let Err(error) = atomic::make_folder(folder)
    {
        surroundings.output.note(&store_sentence(&error, &settings.texts));
        return Err(ExitCode::Unreadable);
    }
    let title = founder.wanted().text(Field::Title);
    let about = fill(&settings.texts.founding.recovery_paper, &[("title", &title)]);
    match recovery {
        Recovery::TypedBack => type_back(founder, settings, surroundings)?,
        Recovery::File(path) => match founder.write_recovery(path, &about) {
            Ok(path) => {
                let shown = path.display().to_string();
                let said = fill(&words.recovery_written, &[("file", &shown)]);
                surroundings.output.note(&said);
            }
            Err(error) => {
                surroundings.output.note(&store_sentence(&error, &settings.texts));
                return Err(ExitCode::Unreadable);
            }
        },
    }
    let today = (surroundings.now)().date();
    let folder = match founder.make(&said(&settings.texts, today)) {
        Ok(folder) => folder,
        Err(error) => {
            // A recovery key of no evaluation would only lead astray.
            if let Recovery::File(path) = recovery {
                let _ = atomic::remove(path);
            }
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            return Err(ExitCode::Unreadable);
        }
    };
    let shown = folder.display().to_string();
    surroundings.output.note(&words.proved);
    surroundings
        .output
        .line(&fill(&words.made, &[("folder", &shown)]));
    if !settings.quiet {
        for said in to_remember(founder, today, settings) {
            surroundings.output.note(&said);
        }
        surroundings
            .output
            .note(&fill(&words.next, &[("folder", &shown)]));
    }
    Ok(())
}

/// What nobody chose, and what is still missing before somebody is interviewed.
fn to_remember(founder: &Founder, today: Date, settings: &Settings) -> Vec<String> {
    let (words, wanted) = (&settings.texts.command.new_evaluation, founder.wanted());
    let chosen = wanted.delete_day(today).filter(|_| !wanted.has(Field::DeleteBy));
    let chosen = chosen.map(|day| fill(&words.deletion_is, &[("date", &date(day, settings.language()))]));
    let has_contacts = wanted.contacts.iter().flatten().next().is_some();
    let contacts = (!has_contacts).then(|| words.no_contacts.clone());
    chosen.into_iter().chain(contacts).collect()
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
    let least = LEAST_PASSPHRASE.to_string();
    let values = [("least", least.as_str())];
    let refused = |strength| match strength {
        Strength::TooShort => Some(fill(&words.passphrase_short, &values)),
        Strength::TooSimple => Some(words.passphrase_simple.clone()),
        Strength::FewWords | Strength::Good => None,
    };
    if let Some(file) = file {
        let file = secret::from_path(file, settings, surroundings).map_err(|_| ExitCode::Unreadable)?;
        if let Some(said) = refused(Strength::of(&file)) {
            surroundings.output.note(&said);
            return Err(ExitCode::Usage);
        }
        return Ok(file);
    }
    for _ in 0..TRIES {
        let first = secret::ask(&fill(&words.passphrase, &values), settings, surroundings);
        let Some(first) = first else {
            break;
        };
        let strength = Strength::of(&first);
        if let Some(said) = refused(strength) {
            surroundings.output.note(&said);
            continue;
        }
        if strength == Strength::FewWords {
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

/// Shows the recovery key and has its last groups typed back.
fn type_back(
    founder: &Founder,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.command.new_evaluation;
    surroundings.output.note(&words.recovery_show);
    for line in founder.recovery().chunks(TYPED_BACK) {
        let line: Vec<&str> = line.iter().map(|group| group.as_str()).collect();
        surroundings.output.note(&format!("  {}", line.join(" ")));
    }
    for _ in 0..TRIES {
        surroundings.output.note(&words.recovery_type);
        surroundings.output.note_part("> ");
        let Some(line) = surroundings.read_line().map(Zeroizing::new) else {
            break;
        };
        if founder.is_typed_back(&line) {
            return Ok(());
        }
        surroundings.output.note(&words.recovery_wrong);
    }
    surroundings.output.note(&words.ended);
    Err(ExitCode::NothingToDo)
}
