//! `stemme kit`: the copy of the evaluation that a laptop gets, and the cards that go with it.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::domain::evaluation::{Identification, Laptop};
use crate::domain::id::Slug;
use crate::domain::letter::letters;
use crate::domain::word_code::LaptopCode;
use crate::fieldwork::workplace::Workplace;
use crate::store::atomic::{self, Access};
use crate::store::kit::{self, NewKit};
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::evaluation::{coordinator, open, store_sentence};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::strangers::refuse_laxer;
use super::surroundings::Surroundings;

mod card;
mod html;
mod withdrawal_card;

#[cfg(test)]
mod left_draft_tests;
#[cfg(test)]
mod recovered_tests;
#[cfg(test)]
pub(super) mod tests;
#[cfg(test)]
mod two_folders_tests;
#[cfg(test)]
mod wipe_tests;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.kit;
    let placeholder = &texts.command.value;
    bare("kit")
        .about(words.about.clone())
        .arg(
            Arg::new("laptop")
                .value_name(texts.handover.laptop_value.clone())
                .help(words.laptop.clone())
                .required(true),
        )
        .arg(path(value("to", "to", &placeholder.folder, &words.to)).required(true))
        .arg(value("site", "site", &placeholder.site, &words.site))
        .arg(value("letters", "letters", &words.letters_value, &words.letters))
        .arg(path(value("print", "print", &placeholder.folder, &words.print)))
}

/// What a kit is to be.
pub(super) struct Wanted<'w> {
    /// What the laptop is to be called.
    pub laptop: &'w str,
    /// The site it is for.
    pub site: Option<&'w str>,
    /// The letters of those who interview with it, as `A,B,C`.
    pub letters: &'w str,
    /// A new or empty folder for the kit.
    pub to: &'w Path,
    /// Where the cards go.
    pub print: &'w Path,
}

/// Makes a kit.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let at = |name: &str, surroundings: &Surroundings| {
        let given = matches.get_one::<PathBuf>(name);
        given.map_or_else(
            || surroundings.working_folder.clone(),
            |path| surroundings.path(path),
        )
    };
    let (to, print) = (at("to", surroundings), at("print", surroundings));
    let wanted = Wanted {
        laptop: matches.get_one::<String>("laptop").map_or("", String::as_str),
        site: matches.get_one::<String>("site").map(String::as_str),
        letters: matches.get_one::<String>("letters").map_or("", String::as_str),
        to: &to,
        print: &print,
    };
    make_kit(&wanted, settings, surroundings)
        .err()
        .unwrap_or(ExitCode::Ok)
}

/// Makes a kit and says where it lies. Returns the code that opens what is begun on the laptop.
///
/// # Errors
/// How the run ends where there is no kit.
pub(super) fn make_kit(
    wanted: &Wanted<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<LaptopCode, ExitCode> {
    let workplace = open(settings, surroundings)?;
    refuse_on_laptop(&workplace, settings, surroundings)?;
    refuse_laxer(&workplace, settings, surroundings)?;
    let words = &settings.texts.handover.kit;
    let laptop = laptop(wanted.laptop, &workplace, settings, surroundings)?;
    let site = site(wanted.site, &workplace, settings, surroundings)?;
    let Some(letters) = letters(wanted.letters) else {
        let said = fill(&words.no_letters, &[("letters", wanted.letters)]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let (to, print) = (wanted.to, wanted.print);
    let keys = coordinator(&workplace, settings, surroundings)?;
    let code = laptop_code(surroundings)?;
    let values = [("laptop", laptop.as_str())];
    let card_file = print.join(fill(&words.card_file, &values));
    let card = card::page(&workplace, &laptop, site.as_ref(), &code, &settings.texts);
    if card_file.exists() {
        let shown = card_file.display().to_string();
        surroundings
            .output
            .note(&fill(&words.card_left, &[("file", &shown)]));
        return Err(ExitCode::Unreadable);
    }
    // The card first: the code stands nowhere else, and a kit whose code nobody has is of no use to anybody.
    write(&card_file, &card, settings, surroundings)?;
    let new = NewKit {
        laptop: &laptop,
        site: site.as_ref(),
        letters: &letters,
        code: &SecretString::from(code.text().as_str().to_owned()),
        strength: surroundings.key_strength,
        coordinator: keys.signer(),
    };
    if let Err(code) = make(&workplace, to, &new, settings, surroundings) {
        let _ = atomic::remove(&card_file);
        return Err(code);
    }
    let shown = to.display().to_string();
    let made = fill(&words.made, &[("laptop", laptop.as_str()), ("folder", &shown)]);
    surroundings.output.line(&made);
    let shown = card_file.display().to_string();
    surroundings
        .output
        .line(&fill(&words.printed, &[("file", &shown)]));
    let words_of_keys = workplace.fingerprint().to_string();
    let said = fill(&settings.texts.handover.key_words, &[("words", &words_of_keys)]);
    surroundings.output.line(&said);
    if workplace.evaluation().identification == Identification::Deidentified {
        let cards = withdrawal_card::page(workplace.evaluation(), &settings.texts);
        let file = print.join(&words.withdrawal_file);
        if !file.exists() {
            write(&file, &cards, settings, surroundings)?;
        }
        let said = fill(&words.cards, &[("file", &file.display().to_string())]);
        surroundings.output.line(&said);
    }
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    Ok(code)
}

/// Says so and ends where a command is the coordinator's and this is a laptop.
///
/// # Errors
/// How the run ends.
pub(super) fn refuse_on_laptop(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    if workplace.kit().is_some() {
        surroundings
            .output
            .note(&settings.texts.handover.coordinator_only);
        return Err(ExitCode::Usage);
    }
    Ok(())
}

fn laptop(
    named: &str,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Slug, ExitCode> {
    let words = &settings.texts.handover.kit;
    let Ok(laptop) = Slug::new(named) else {
        let said = fill(&words.not_a_name, &[("laptop", named)]);
        surroundings.output.note(&said);
        return Err(ExitCode::Usage);
    };
    let laptops = &workplace.evaluation().signing.laptops;
    if laptops.iter().any(|known| known.id == laptop) {
        surroundings
            .output
            .note(&fill(&words.exists, &[("laptop", named)]));
        return Err(ExitCode::Usage);
    }
    Ok(laptop)
}

fn site(
    named: Option<&str>,
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Slug>, ExitCode> {
    let Some(named) = named else {
        return Ok(None);
    };
    let sites = &workplace.evaluation().sites;
    if let Some(site) = sites.iter().find(|site| site.id.as_str() == named) {
        return Ok(Some(site.id.clone()));
    }
    let known: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    let values = [("site", named), ("sites", &known.join(", "))];
    let said = fill(&settings.texts.handover.kit.no_site, &values);
    surroundings.output.note(&said);
    Err(ExitCode::Usage)
}

/// Draws a new laptop's code.
fn laptop_code(surroundings: &Surroundings) -> Result<LaptopCode, ExitCode> {
    let mut bytes = Zeroizing::new([0; LaptopCode::RANDOM_BYTES]);
    surroundings.randomness()(&mut *bytes).map_err(|_| ExitCode::Unexpected)?;
    Ok(LaptopCode::from_random(*bytes))
}

fn make(
    workplace: &Workplace,
    to: &Path,
    new: &NewKit<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    // Made here: this machine knows it.
    let known = |laptop: &Laptop| workplace.accept_laptop(laptop);
    let (folder, evaluation) = (workplace.folder(), workplace.evaluation());
    kit::make(folder, evaluation, to, new, known, &mut random)
        .map(drop)
        .map_err(|error| {
            surroundings.output.note(&store_sentence(&error, &settings.texts));
            ExitCode::Unreadable
        })
}

fn write(
    file: &Path,
    page: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let folder = file.parent().unwrap_or(file);
    let written =
        atomic::make_folder(folder).and_then(|()| atomic::write_new(file, page.as_bytes(), Access::Owner));
    written.map_err(|error| {
        surroundings.output.note(&store_sentence(&error, &settings.texts));
        ExitCode::Unreadable
    })
}
