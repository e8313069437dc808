//! `stemme verify`: whether everything is here that ever was, and is what it was.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::store::StoreError;
use crate::store::given_up::GivenUp;
use crate::store::judging::Remark;
use crate::store::ledger::Ledger;
use crate::store::tombstone::{self, NoTombstone};
use crate::store::verification::{self, Verified};
use crate::texts::{Texts, fill};

use super::arguments::bare;
use super::collect::{remark_code, remark_words, say_shut};
use super::evaluation::{open, unlock_to_sign};
use super::exit_code::ExitCode;
use super::progress;
use super::settings::Settings;
use super::strangers;
use super::surroundings::Surroundings;
use super::{data, evaluation, kit};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.verify;
    bare("verify").about(words.about.clone()).args(data::flags(texts))
}

/// Verifies. 0: all is well; 4: something is missing or not what it should be.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match verify(settings, surroundings) {
        Ok(verified) => {
            if let Some(form) = data::wanted(matches) {
                data::write(&as_json(&verified), form, surroundings);
            } else {
                say(&verified, settings, surroundings);
            }
            if verified.is_well() {
                ExitCode::Ok
            } else {
                ExitCode::Unreadable
            }
        }
        Err(code) => code,
    }
}

/// Verifies, and says what came of it.
///
/// # Errors
/// How the run ends where that could not be.
pub(super) fn told(settings: &Settings, surroundings: &mut Surroundings) -> Result<(), ExitCode> {
    let verified = verify(settings, surroundings)?;
    say(&verified, settings, surroundings);
    Ok(())
}

fn verify(settings: &Settings, surroundings: &mut Surroundings) -> Result<Verified, ExitCode> {
    let workplace = open(settings, surroundings)?;
    kit::refuse_on_laptop(&workplace, settings, surroundings)?;
    let (identities, signer) = unlock_to_sign(&workplace, settings, surroundings)?;
    let said = |error: &StoreError, surroundings: &mut Surroundings| {
        let words = evaluation::store_sentence(error, &settings.texts);
        surroundings.output.note(&words);
        ExitCode::Unreadable
    };
    let ledger = workplace.home().ledger(&workplace.evaluation().id);
    let mut ledger = ledger
        .and_then(|path| Ledger::read(&path))
        .map_err(|error| said(&error, surroundings))?;
    let gone = tombstone::read_all(&workplace.folder().gone(), &identities, workplace.evaluation());
    let gone = gone.map_err(|error| said(&error, surroundings))?;
    let given_up = GivenUp::read(workplace.home(), workplace.evaluation());
    let given_up = given_up.map_err(|error| said(&error, surroundings))?;
    let verified = verification::verify(
        workplace.folder(),
        &identities,
        workplace.evaluation(),
        (&gone, &given_up),
        &mut ledger,
        &mut |done, all| progress::show(done, all, settings, surroundings),
    );
    let mut verified = verified.map_err(|error| said(&error, surroundings))?;
    verified.strangers = strangers::count(&workplace);
    strangers::tell_releases(&workplace, settings, surroundings);
    // A made-up evaluation leaves nothing on the machine.
    if !workplace.evaluation().made_up {
        ledger.keep().map_err(|error| said(&error, surroundings))?;
    }
    if let Some(signer) = signer {
        workplace.note_all_checked(verified.checked.iter().copied(), &signer);
    }
    Ok(verified)
}

fn say(verified: &Verified, settings: &Settings, surroundings: &mut Surroundings) {
    let texts = &settings.texts.handover;
    let words = &texts.verify;
    let counts = [
        ("interviews", verified.interviews.to_string()),
        ("slips", verified.slips.to_string()),
        ("files", verified.files.to_string()),
        ("copies", verified.copies.to_string()),
    ];
    let counts: Vec<(&str, &str)> = counts
        .iter()
        .map(|(name, count)| (*name, count.as_str()))
        .collect();
    surroundings.output.line(&fill(&words.counts, &counts));
    if verified.workbook > 0 {
        let count = verified.workbook.to_string();
        surroundings
            .output
            .line(&fill(&words.workbook, &[("count", &count)]));
    }
    if verified.lacking_steps > 0 {
        let count = verified.lacking_steps.to_string();
        surroundings
            .output
            .line(&fill(&words.lacking_steps, &[("count", &count)]));
    }
    if verified.aside > 0 {
        let count = verified.aside.to_string();
        surroundings
            .output
            .line(&fill(&words.aside, &[("count", &count)]));
    }
    if verified.collectable > 0 {
        let count = verified.collectable.to_string();
        surroundings
            .output
            .line(&fill(&words.collectable, &[("count", &count)]));
    }
    for (remark, count) in &verified.aside_by {
        let line = format!("  {}: {count}", remark_words(*remark, &texts.remark));
        surroundings.output.line(&line);
    }
    let is_shut = verified.aside_by.contains_key(&Remark::OtherKey);
    say_shut(verified.with_another, is_shut, settings, surroundings);
    for (path, why) in &verified.no_tombstones {
        let shown = path.display().to_string();
        let text = match why {
            NoTombstone::Unopened => &words.unopened_tombstone,
            NoTombstone::Newer => &words.newer_tombstone,
            NoTombstone::Foreign => &words.no_tombstone,
        };
        surroundings.output.line(&fill(text, &[("file", &shown)]));
    }
    for (path, remark) in &verified.remarks {
        let line = format!("{}: {}", path.display(), remark_words(*remark, &texts.remark));
        surroundings.output.line(&line);
    }
    for name in &verified.missing {
        let name = name.to_string();
        surroundings
            .output
            .line(&fill(&words.missing, &[("name", &name)]));
    }
    if verified.lost_tombstones > 0 {
        let count = verified.lost_tombstones.to_string();
        surroundings
            .output
            .line(&fill(&words.lost_tombstones, &[("count", &count)]));
    }
    if verified.is_changing_keys {
        surroundings.output.line(&words.changing_keys);
    }
    let ending = if verified.is_well() {
        &words.well
    } else {
        &words.not_well
    };
    surroundings.output.line(ending);
    if verified.known == 0 && !settings.quiet {
        surroundings.output.note(&words.first);
    }
}

fn as_json(verified: &Verified) -> Value {
    let remarks: Vec<_> = verified
        .remarks
        .iter()
        .map(|(path, remark)| json!({ "file": path, "remark": remark_code(*remark) }))
        .collect();
    let aside_by: serde_json::Map<String, Value> = verified
        .aside_by
        .iter()
        .map(|(remark, count)| (remark_code(*remark).to_owned(), json!(count)))
        .collect();
    json!({
        "well": verified.is_well(),
        "files": verified.files,
        "interviews": verified.interviews,
        "slips": verified.slips,
        "copies": verified.copies,
        "workbook": verified.workbook,
        "lacking_steps": verified.lacking_steps,
        "aside": verified.aside,
        "aside_by": aside_by,
        "with_another": verified.with_another,
        "collectable": verified.collectable,
        "no_tombstones": verified.no_tombstones.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "known": verified.known,
        "remarks": remarks,
        "missing": verified.missing,
        "lost_tombstones": verified.lost_tombstones,
        "strangers": verified.strangers,
        "changing_keys": verified.is_changing_keys,
    })
}
