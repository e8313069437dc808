//! `stemme renew`: new kits for laptops that are in use. At the coordinator's it writes them, on a laptop it takes
//! them into use.

use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command};

use crate::definition;
use crate::domain::id::{Id, Slug};
use crate::domain::letter::letters;
use crate::domain::survey::Fingerprint;
use crate::domain::survey::versions::asked_differently;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::{CannotOpen, Workplace};
use crate::store::StoreError;
use crate::store::fingerprint::KeyFingerprint;
use crate::store::kit;
use crate::store::kit::renewal::{self, Offer};
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::evaluation::{coordinator, folder, open, other_keys, store_sentence};
use super::exit_code::ExitCode;
use super::kit::refuse_on_laptop;
use super::settings::Settings;
use super::showing;
use super::strangers::refuse_laxer;
use super::surroundings::Surroundings;
use super::survey_file;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.renew;
    let placeholder = &texts.command.value;
    let survey = value("survey", "survey", &placeholder.file, &words.survey).action(ArgAction::Append);
    let letters = value("letters", "letters", &words.letters_value, &words.letters);
    bare("renew")
        .about(words.about.clone())
        .arg(survey)
        .arg(letters)
        .arg(path(value("to", "to", &placeholder.folder, &words.to)))
        .arg(
            path(value("from", "from", &placeholder.folder, &words.from))
                .conflicts_with_all(["to", "survey", "letters"]),
        )
}

/// Renews kits.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let at = |name: &str, surroundings: &Surroundings| {
        let given = matches.get_one::<PathBuf>(name);
        given.map(|path| surroundings.path(path))
    };
    let surveys: Vec<String> = matches
        .get_many::<String>("survey")
        .map(|names| names.cloned().collect())
        .unwrap_or_default();
    let renewed = match (at("from", surroundings), at("to", surroundings)) {
        (Some(from), _) => take(&from, None, settings, surroundings),
        (None, Some(to)) => {
            let letters = matches.get_one::<String>("letters").map_or("", String::as_str);
            write(&surveys, letters, &to, settings, surroundings)
        }
        (None, None) => {
            surroundings
                .output
                .note(&settings.texts.handover.renew.to_or_from);
            Err(ExitCode::Usage)
        }
    };
    renewed.err().unwrap_or(ExitCode::Ok)
}

/// Writes new kits for every laptop into a folder, with new versions of surveys where some are named. `letters`: new letters
/// for those who interview with one of them, as `nord-1=A,B`; often none.
///
/// # Errors
/// How the run ends where none are written.
pub(super) fn write(
    surveys: &[String],
    letters: &str,
    to: &Path,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover.renew;
    let mut workplace = open(settings, surroundings)?;
    refuse_on_laptop(&workplace, settings, surroundings)?;
    refuse_laxer(&workplace, settings, surroundings)?;
    let letters = letters_of(letters, &workplace, settings, surroundings)?;
    let letters = letters
        .as_ref()
        .map(|(laptop, letters)| (laptop, letters.as_slice()));
    let keys = coordinator(&workplace, settings, surroundings)?;
    for named in surveys {
        put_into_use(named, &workplace, settings, surroundings)?;
        workplace = open(settings, surroundings)?;
    }
    let renewed = renewal::write(
        workplace.folder(),
        workplace.evaluation(),
        to,
        keys.signer(),
        letters,
    );
    let laptops = renewed.map_err(|error| said(&error, settings, surroundings))?;
    if laptops.is_empty() {
        surroundings.output.note(&words.nobody);
        return if surveys.is_empty() {
            Err(ExitCode::NothingToDo)
        } else {
            Ok(())
        };
    }
    let names: Vec<&str> = laptops.iter().map(Slug::as_str).collect();
    let shown = to.display().to_string();
    let values = [("folder", shown.as_str()), ("laptops", &names.join(", "))];
    surroundings.output.line(&fill(&words.made, &values));
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    Ok(())
}

/// Reads `nord-1=A,B`; nothing where nothing is said.
fn letters_of(
    typed: &str,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<(Slug, Vec<Id>)>, ExitCode> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let (laptop, list) = typed.split_once('=').unwrap_or((typed, ""));
    let laptop = laptop.trim();
    let laptops = &workplace.evaluation().signing.laptops;
    let known = laptops.iter().filter(|known| !known.revoked);
    let Some(id) = known.clone().find(|known| known.id.as_str() == laptop) else {
        let names: Vec<&str> = known.map(|known| known.id.as_str()).collect();
        let values = [("laptop", laptop), ("laptops", &names.join(", "))];
        let said = fill(&settings.texts.keys.no_laptop, &values);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let Some(letters) = letters(list) else {
        let said = fill(&settings.texts.handover.kit.no_letters, &[("letters", list)]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    Ok(Some((id.id.clone(), letters)))
}

fn put_into_use(
    named: &str,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let found = survey_file::find(named, settings, surroundings)?;
    let (id, version) = (found.survey.id(), &found.survey.parts().version);
    let evaluation = workplace.evaluation();
    showing::limits(&evaluation.disclosure, &found.survey, settings, surroundings)?;
    let known = |version: &Fingerprint| workplace.accept_survey(version);
    workplace
        .folder()
        .add_survey(evaluation, id, version, &found.bytes, known)
        .map_err(|error| said(&error, settings, surroundings))?;
    let values = [("survey", id.as_str()), ("version", version.as_str())];
    let line = fill(&settings.texts.handover.renew.in_use, &values);
    surroundings.output.line(&line);
    let before = workplace
        .surveys()
        .as_read()
        .iter()
        .find(|survey| survey.id() == id);
    let changed = before.map_or_else(Vec::new, |before| asked_differently(&found.survey, before));
    if !changed.is_empty() {
        let names: Vec<&str> = changed.into_iter().map(Id::as_str).collect();
        let words = &settings.texts.handover.renew.asked_differently;
        let said = fill(words, &[("questions", &names.join(", "))]);
        surroundings.output.note(&said);
    }
    Ok(())
}

/// Takes a new kit into use. `typed` are the words that stand for new keys, where somebody typed them before they were asked
/// for.
///
/// # Errors
/// How the run ends where it is not taken.
pub(super) fn take(
    from: &Path,
    typed: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover;
    let root = folder(settings, surroundings);
    let looked = Workplace::open_unknown(&root, &surroundings.home, surroundings.randomness());
    // Files of the kit were changed: a new one puts them right, if the words say that it is the coordinator's.
    let is_changed = matches!(looked, Err(CannotOpen::NotAsSigned(_)));
    let kit = if is_changed {
        kit::as_signed(&root).map_err(|error| said(&error, settings, surroundings))?
    } else {
        let workplace = open(settings, surroundings)?;
        let Some(kit) = workplace.kit() else {
            surroundings.output.note(&words.laptop_only);
            return Err(ExitCode::Usage);
        };
        kit.clone()
    };
    let offer = match renewal::look(&kit, from) {
        Ok(offer) => offer,
        Err(
            StoreError::WrongKey { path } | StoreError::Damaged { path, .. } | StoreError::NotFound { path },
        ) => {
            let shown = path.display().to_string();
            surroundings
                .output
                .note(&fill(&words.renew.not_for_us, &[("file", &shown)]));
            return Err(ExitCode::Unreadable);
        }
        Err(error) => return Err(said(&error, settings, surroundings)),
    };
    let is_new = offer.has_new_signer() || is_changed;
    if is_new {
        words_fit(&offer, is_changed, typed, settings, surroundings)?;
    }
    renewal::take(&root, offer).map_err(|error| said(&error, settings, surroundings))?;
    surroundings.output.line(&words.renew.taken);
    if is_new {
        // These are the keys whose words were compared just now.
        let opened = Workplace::open_unknown(&root, &surroundings.home, surroundings.randomness());
        let kept = opened.is_ok_and(|opened| opened.keep_known().is_ok());
        if !kept {
            let said = other_keys(settings, surroundings);
            surroundings.output.note(&said);
        }
        return Ok(());
    }
    // Where it brought other keys, nothing begins here before somebody has compared the words.
    let opened = Workplace::open(&root, &surroundings.home, surroundings.randomness());
    if matches!(opened, Err(CannotOpen::OtherKeys(_))) {
        let said = other_keys(settings, surroundings);
        surroundings.output.note(&said);
    }
    Ok(())
}

/// Has the six words of a kit that a new key signed typed, before anything of it is taken: they come from the
/// coordinator, by a call, and are shown nowhere.
fn words_fit(
    offer: &Offer,
    is_changed: bool,
    typed: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover;
    let bytes = offer
        .evaluation_bytes()
        .map_err(|error| said(&error, settings, surroundings))?;
    let evaluation = definition::evaluation::read(&bytes).value;
    let Some(evaluation) = evaluation.filter(|evaluation| offer.is_of(evaluation)) else {
        surroundings.output.note(&words.renew.not_signed);
        return Err(ExitCode::Refused);
    };
    surroundings.output.note(if is_changed {
        &words.renew.changed
    } else {
        &words.renew.new_signer
    });
    let typed = match typed {
        Some("") => {
            surroundings.output.note(&words.confirm.ask);
            return Err(ExitCode::Refused);
        }
        Some(typed) => typed.to_owned(),
        None => {
            surroundings.output.line(&words.confirm.ask);
            if settings.no_input {
                return Err(ExitCode::Usage);
            }
            surroundings.output.part("> ");
            surroundings.read_line().unwrap_or_default()
        }
    };
    if KeyFingerprint::of(&evaluation).is_typed(&typed) {
        return Ok(());
    }
    surroundings.output.note(&words.confirm.wrong);
    Err(ExitCode::Refused)
}

fn said(error: &StoreError, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.note(&store_sentence(error, &settings.texts));
    ExitCode::Unreadable
}
