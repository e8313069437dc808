//! Laptops that stand in the evaluation file and that this machine does not know, and copies of that file that a sync
//! program left: both are told by every command, and asked about by `stemme confirm`.

use std::path::PathBuf;

use crate::definition;
use crate::domain::evaluation::Laptop;
use crate::domain::id::Slug;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::evaluation_copies;
use crate::store::folder::edit;
use crate::store::keys::VerifyingKey;
use crate::texts::fill;

use super::evaluation::{store_sentence, typed_folder};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;

/// What only a copy of the evaluation file says of laptops.
struct Copy {
    path: PathBuf,
    /// Laptops that the evaluation file does not have.
    missing: Vec<Laptop>,
    /// Laptops that are revoked in the copy alone.
    revoked: Vec<Laptop>,
}

/// Says which laptops do not count, and that there are copies.
pub(super) fn tell(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) {
    if workplace.kit().is_some() || workplace.evaluation().made_up {
        return;
    }
    let words = &settings.texts.handover.strangers;
    let folder = typed_folder(settings, surroundings);
    let strangers = workplace.strangers();
    for (text, laptops) in [
        (&words.unknown, &strangers.unknown),
        (&words.unrevoked, &strangers.unrevoked),
    ] {
        for laptop in laptops {
            let values = [("laptop", laptop.id.as_str()), ("folder", &*folder)];
            surroundings.output.note(&fill(text, &values));
        }
    }
    for (path, _) in evaluation_copies::of(workplace.folder()).unwrap_or_default() {
        let values = [("file", path.display().to_string()), ("folder", folder.clone())];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        surroundings.output.note(&fill(&words.copy, &values));
    }
}

/// Returns how many laptops and copies there are to ask about.
pub(super) fn count(workplace: &Workplace) -> usize {
    let copies = evaluation_copies::of(workplace.folder()).unwrap_or_default();
    let strangers = workplace.strangers();
    strangers.unknown.len() + strangers.unrevoked.len() + copies.len()
}

/// Returns the laptops and the number of copies there are to ask about.
pub(super) fn to_ask(workplace: &Workplace) -> (Vec<Slug>, usize) {
    if workplace.kit().is_some() || workplace.evaluation().made_up {
        return (Vec::new(), 0);
    }
    let strangers = workplace.strangers();
    let laptops = strangers.unknown.iter().chain(&strangers.unrevoked);
    let copies = evaluation_copies::of(workplace.folder()).unwrap_or_default();
    (laptops.map(|laptop| laptop.id.clone()).collect(), copies.len())
}

/// Asks about each of them. A laptop is accepted by typing its name: a yes would be clicked away.
pub(super) fn ask(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover.strangers;
    let strangers = workplace.strangers();
    for (text, laptops) in [
        (&words.ask_unknown, &strangers.unknown),
        (&words.ask_unrevoked, &strangers.unrevoked),
    ] {
        for laptop in laptops {
            if is_typed(
                &fill(text, &[("laptop", laptop.id.as_str())]),
                laptop,
                settings,
                surroundings,
            )? {
                accept(workplace, laptop, settings, surroundings)?;
            }
        }
    }
    for copy in copies(workplace).map_err(|error| said(&error, settings, surroundings))? {
        let file = copy.path.display().to_string();
        for laptop in &copy.missing {
            let values = [("laptop", laptop.id.as_str()), ("file", &*file)];
            if is_typed(&fill(&words.ask_missing, &values), laptop, settings, surroundings)? {
                take_in(workplace, laptop).map_err(|error| said(&error, settings, surroundings))?;
                accept(workplace, laptop, settings, surroundings)?;
            }
        }
        for laptop in &copy.revoked {
            let values = [("laptop", laptop.id.as_str()), ("file", &*file)];
            surroundings.output.line(&fill(&words.revoked_in_copy, &values));
        }
        surroundings
            .output
            .line(&fill(&words.copy_read, &[("file", &file)]));
    }
    Ok(())
}

fn is_typed(
    asked: &str,
    laptop: &Laptop,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<bool, ExitCode> {
    surroundings.output.line(asked);
    if settings.no_input {
        return Err(ExitCode::Usage);
    }
    surroundings.output.part("> ");
    let typed = surroundings.read_line().unwrap_or_default();
    let is_typed = typed.trim() == laptop.id.as_str();
    if !is_typed {
        let words = &settings.texts.handover.strangers;
        let said = fill(&words.not_accepted, &[("laptop", laptop.id.as_str())]);
        surroundings.output.line(&said);
    }
    Ok(is_typed)
}

fn accept(
    workplace: &Workplace,
    laptop: &Laptop,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    workplace
        .accept_laptop(laptop)
        .map_err(|error| said(&error, settings, surroundings))?;
    let words = &settings.texts.handover.strangers;
    let accepted = fill(&words.accepted, &[("laptop", laptop.id.as_str())]);
    surroundings.output.line(&accepted);
    Ok(())
}

/// Writes a laptop of a copy into the evaluation file.
fn take_in(workplace: &Workplace, laptop: &Laptop) -> Result<(), StoreError> {
    let key = VerifyingKey::parse(&laptop.key)?;
    workplace
        .folder()
        .edit(|text| edit::add_laptop(text, &laptop.id, &key))
}

fn copies(workplace: &Workplace) -> Result<Vec<Copy>, StoreError> {
    let here = definition::evaluation::read(&workplace.folder().evaluation_bytes()?).value;
    let here = here
        .map(|evaluation| evaluation.signing.laptops)
        .unwrap_or_default();
    let mut copies = Vec::new();
    for (path, bytes) in evaluation_copies::of(workplace.folder())? {
        let there = definition::evaluation::read(&bytes).value;
        // Another evaluation's file is no copy of this one.
        let there = there.filter(|there| there.id == workplace.evaluation().id);
        let laptops = there.map(|there| there.signing.laptops).unwrap_or_default();
        let same = |laptop: &Laptop| here.iter().find(|known| known.id == laptop.id).cloned();
        let is_missing = |laptop: &&Laptop| !laptop.revoked && same(laptop).is_none();
        let is_revoked_there =
            |laptop: &&Laptop| laptop.revoked && same(laptop).is_some_and(|known| !known.revoked);
        copies.push(Copy {
            path,
            missing: laptops.iter().filter(is_missing).cloned().collect(),
            revoked: laptops.iter().filter(is_revoked_there).cloned().collect(),
        });
    }
    Ok(copies)
}

fn said(error: &StoreError, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.note(&store_sentence(error, &settings.texts));
    ExitCode::Unreadable
}
