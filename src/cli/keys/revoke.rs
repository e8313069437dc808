//! `stemme keys revoke`: a lost laptop. What it delivered counts; what is signed with its key from now on does not.

use clap::ArgMatches;

use crate::cli::exit_code::ExitCode;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::coordinator;
use crate::definition;
use crate::domain::id::Slug;
use crate::fieldwork::workplace::Workplace;
use crate::store::folder::edit::revoke_laptop;
use crate::store::keys::VerifyingKey;
use crate::store::resealing::Rewrite;
use crate::texts::fill;

use super::{agrees, edit, reseal_all};

pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let named = matches.get_one::<String>("laptop").map(String::as_str);
    revoke(
        named.unwrap_or_default(),
        matches.get_flag("yes"),
        settings,
        surroundings,
    )
}

/// Revokes the laptop that is called so; asks first, where nobody has said yes.
///
/// # Errors
/// How the run ends where nothing is changed.
pub(in crate::cli) fn revoke(
    named: &str,
    yes: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.keys;
    let workplace = crate::cli::evaluation::open_office(settings, surroundings)?;
    let laptops = &workplace.evaluation().signing.laptops;
    let found = laptops.iter().find(|laptop| laptop.id.as_str() == named);
    let Some((laptop, key)) = found.and_then(|laptop| {
        let key = VerifyingKey::parse(&laptop.key).ok()?;
        Some((laptop.clone(), key))
    }) else {
        let known: Vec<&str> = laptops.iter().map(|laptop| laptop.id.as_str()).collect();
        let values = [("laptop", named), ("laptops", &*known.join(", "))];
        surroundings.output.note(&fill(&words.no_laptop, &values));
        return Err(ExitCode::Usage);
    };
    if laptop.revoked && !is_written(&workplace, &laptop.id) {
        // This machine knows that it is revoked, and somebody took that out of the file, or put an older one back.
        edit(
            &workplace,
            |text| revoke_laptop(text, &laptop.id),
            settings,
            surroundings,
        )?;
        surroundings
            .output
            .line(&fill(&words.revoked_now, &[("laptop", named)]));
        return Ok(());
    }
    if laptop.revoked {
        surroundings.output.note(&words.revoked_before);
        return Err(ExitCode::NothingToDo);
    }
    if workplace.own_laptop().is_some_and(|own| own == laptop.id) {
        surroundings.output.note(&words.revoke_own);
        return Err(ExitCode::Refused);
    }
    let (keys, _) = coordinator(&workplace, settings, surroundings)?;
    surroundings
        .output
        .note(&fill(&words.revoke_intro, &[("laptop", named)]));
    if !yes && !agrees(&words.ask_yes, settings, surroundings) {
        surroundings.output.note(&words.nothing_changed);
        return Err(ExitCode::NothingToDo);
    }
    // First on the coordinator's word what has come in, then the laptop's word no more.
    let evaluation = workplace.evaluation().clone();
    let take_over = Rewrite::TakeOver(key);
    reseal_all(&workplace, &keys, &evaluation, &take_over, settings, surroundings)?;
    let id: Slug = laptop.id.clone();
    edit(
        &workplace,
        |text| revoke_laptop(text, &id),
        settings,
        surroundings,
    )?;
    surroundings
        .output
        .line(&fill(&words.revoked_now, &[("laptop", named)]));
    Ok(())
}

/// Returns whether the evaluation file says that a laptop is revoked.
fn is_written(workplace: &Workplace, id: &Slug) -> bool {
    let bytes = workplace.folder().evaluation_bytes().unwrap_or_default();
    let read = definition::evaluation::read(&bytes).value;
    read.is_some_and(|evaluation| {
        let mut laptops = evaluation.signing.laptops.iter();
        laptops.any(|laptop| laptop.id == *id && laptop.revoked)
    })
}
