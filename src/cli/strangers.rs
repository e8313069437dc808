//! Laptops that stand in the evaluation file and that this machine does not know, promises that it keeps less well than
//! before, and copies of that file that a sync program left: all are told by every command, and asked about by
//! `stemme confirm`.

use std::path::PathBuf;

use crate::definition;
use crate::domain::evaluation::Laptop;
use crate::domain::id::Slug;
use crate::fieldwork::workplace::Workplace;
use crate::store::StoreError;
use crate::store::evaluation_copies;
use crate::store::folder::edit;
use crate::store::keys::VerifyingKey;
use crate::store::known_promises::{Laxer, Promise};
use crate::store::releases::{self, ReleaseFile};
use crate::texts::fill;

use super::evaluation::{store_sentence, typed_folder};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing;
use super::surroundings::Surroundings;
use crate::tui::coordinator::pending::Strange;

/// What only a copy of the evaluation file says of laptops.
struct Copy {
    path: PathBuf,
    bytes: Vec<u8>,
    /// Laptops that the evaluation file does not have, each with the name it gets here and the one it has there.
    missing: Vec<(Laptop, Slug)>,
    /// Laptops that are revoked in the copy alone.
    revoked: Vec<Laptop>,
}

impl Copy {
    const fn says_nothing_new(&self) -> bool {
        self.missing.is_empty() && self.revoked.is_empty()
    }
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
    for one in workplace.laxer() {
        let text = match one.what {
            Promise::Real => &words.not_made_up,
            Promise::Survey => &words.survey,
            _ => &words.laxer,
        };
        let now = now(one, settings);
        let values = [
            ("what", one.what.key()),
            ("was", one.was.as_str()),
            ("now", now.as_str()),
            ("folder", &*folder),
        ];
        surroundings.output.note(&fill(text, &values));
    }
    tell_copies(workplace, settings, surroundings);
}

/// Says that there are copies of the evaluation file.
pub(super) fn tell_copies(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) {
    let folder = typed_folder(settings, surroundings);
    for (path, _) in evaluation_copies::of(workplace.folder()).unwrap_or_default() {
        let file = path.display().to_string();
        let values = [("file", file.as_str()), ("folder", folder.as_str())];
        let said = fill(&settings.texts.handover.strangers.copy, &values);
        surroundings.output.note(&said);
    }
}

/// What the file says of a promise, as somebody types it.
fn now(one: &Laxer, settings: &Settings) -> String {
    let nothing = &settings.texts.handover.strangers.nothing;
    one.now.clone().unwrap_or_else(|| nothing.clone())
}

/// Makes no kit, and renews none, while the evaluation file keeps a promise less well than before: the coordinator would
/// sign it.
///
/// # Errors
/// How the run ends then.
pub(super) fn refuse_laxer(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    if workplace.laxer().is_empty() {
        return Ok(());
    }
    let folder = typed_folder(settings, surroundings);
    let words = &settings.texts.handover.strangers;
    let said = fill(&words.no_kit, &[("folder", &folder)]);
    surroundings.output.error("laxer", &said);
    Err(ExitCode::Refused)
}

/// Shows nothing new while a version of a survey is in use that was not put into use here: what is sensitive in it, and how
/// few it tells of, somebody else may have written.
///
/// # Errors
/// How the run ends then.
pub(super) fn refuse_strange_survey(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let strange = workplace.laxer().iter().find(|one| one.what == Promise::Survey);
    let Some(strange) = strange else {
        return Ok(());
    };
    let (folder, now) = (typed_folder(settings, surroundings), now(strange, settings));
    let values = [("now", now.as_str()), ("folder", &*folder)];
    let said = fill(&settings.texts.handover.strangers.survey, &values);
    surroundings.output.error("strange_survey", &said);
    Err(ExitCode::Refused)
}

/// Returns how many laptops, promises and copies there are to ask about.
pub(super) fn count(workplace: &Workplace) -> usize {
    let copies = evaluation_copies::of(workplace.folder()).unwrap_or_default();
    let strangers = workplace.strangers();
    let releases = strange_releases(workplace).map_or(1, |found| found.len());
    strangers.unknown.len() + strangers.unrevoked.len() + workplace.laxer().len() + copies.len() + releases
}

/// Names what lies in `releases/` and is not known here, or cannot be read.
pub(super) fn tell_releases(workplace: &Workplace, settings: &Settings, surroundings: &mut Surroundings) {
    let found = match strange_releases(workplace) {
        Ok(found) => found,
        Err(error) => {
            let said = store_sentence(&error, &settings.texts);
            surroundings.output.note(&said);
            return;
        }
    };
    let folder = typed_folder(settings, surroundings);
    for file in found {
        let name = file.sha256.get(..8).unwrap_or_default();
        let values = [("name", name), ("folder", &*folder)];
        let said = fill(&settings.texts.handover.strangers.release, &values);
        surroundings.output.note(&said);
    }
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

/// Who is asked.
pub(super) enum Asked<'a> {
    /// Whoever sits at the terminal, about one after the other.
    Typing,
    /// Nobody: what there is to ask is listed.
    Listing(&'a mut Vec<Strange>),
    /// On a screen this was typed to the question with this name.
    Typed(&'a str, &'a str),
}

impl Asked<'_> {
    /// Tells something that nothing is typed to.
    fn tell(&mut self, line: &str, surroundings: &mut Surroundings) {
        match self {
            Self::Typing => surroundings.output.line(line),
            Self::Listing(all) => all.push(Strange {
                name: String::new(),
                asks: line.to_owned(),
                is_told: true,
            }),
            Self::Typed(..) => {}
        }
    }

    /// Returns what is typed; `None` where it is not about this question.
    fn typed(
        &mut self,
        name: &str,
        asks: &str,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<Option<String>, ExitCode> {
        match self {
            Self::Typing => {
                surroundings.output.line(asks);
                if settings.no_input {
                    return Err(ExitCode::Usage);
                }
                surroundings.output.part("> ");
                Ok(Some(surroundings.read_line().unwrap_or_default()))
            }
            Self::Listing(all) => {
                all.push(Strange {
                    name: name.to_owned(),
                    asks: asks.to_owned(),
                    is_told: false,
                });
                Ok(None)
            }
            Self::Typed(wanted, typed) => Ok((*wanted == name).then(|| (*typed).to_owned())),
        }
    }
}

/// Asks about each of them. A laptop is accepted by typing its name: a yes would be clicked away.
pub(super) fn ask(
    workplace: &Workplace,
    asked: &mut Asked<'_>,
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
            let question = fill(text, &[("laptop", laptop.id.as_str())]);
            if is_typed(&question, laptop, asked, settings, surroundings)? {
                accept(workplace, laptop, settings, surroundings)?;
            }
        }
    }
    for one in workplace.laxer().iter().filter(|one| one.what != Promise::Real) {
        ask_laxer(workplace, one, asked, settings, surroundings)?;
    }
    for file in strange_releases(workplace).map_err(|error| said(&error, settings, surroundings))? {
        ask_release(workplace, &file, asked, settings, surroundings)?;
    }
    for copy in copies(workplace).map_err(|error| said(&error, settings, surroundings))? {
        let file = copy.path.display().to_string();
        for (laptop, there) in &copy.missing {
            let values = [
                ("laptop", laptop.id.as_str()),
                ("there", there.as_str()),
                ("file", &*file),
            ];
            let asks = if laptop.id == *there {
                &words.ask_missing
            } else {
                &words.ask_other_key
            };
            if is_typed(&fill(asks, &values), laptop, asked, settings, surroundings)? {
                take_in(workplace, laptop).map_err(|error| said(&error, settings, surroundings))?;
                accept(workplace, laptop, settings, surroundings)?;
            }
        }
        let revoked = copy.revoked.iter().map(|laptop| {
            let values = [("laptop", laptop.id.as_str()), ("file", &*file)];
            fill(&words.revoked_in_copy, &values)
        });
        let is_gone = settle(workplace, &copy).map_err(|error| said(&error, settings, surroundings))?;
        let read = (!is_gone).then(|| fill(&words.copy_read, &[("file", &file)]));
        for line in revoked.chain(read) {
            asked.tell(&line, surroundings);
        }
    }
    Ok(())
}

/// Lays what other coordinators' evaluation files say of laptops beside ours, where it is new, and takes away what was laid
/// there and is known since. Returns whether there was anything new.
///
/// # Errors
/// What the system said.
pub(super) fn bring_copies(workplace: &Workplace, files: &[PathBuf]) -> Result<bool, StoreError> {
    let mut is_new = false;
    for file in files {
        let read = evaluation_copies::read(file)?;
        let copy = read.and_then(|bytes| compared(workplace, file.clone(), bytes).transpose());
        if let Some(copy) = copy.transpose()?
            && !copy.says_nothing_new()
        {
            is_new |= evaluation_copies::bring(workplace.folder(), &copy.bytes)?;
        }
    }
    for copy in copies(workplace)? {
        settle(workplace, &copy)?;
    }
    Ok(is_new)
}

/// Takes a copy away that was laid there when somebody else's folder was collected, once it says nothing new.
fn settle(workplace: &Workplace, copy: &Copy) -> Result<bool, StoreError> {
    let now = compared(workplace, copy.path.clone(), copy.bytes.clone())?;
    if now.is_some_and(|now| now.says_nothing_new()) {
        evaluation_copies::take_away(&copy.path, &copy.bytes)
    } else {
        Ok(false)
    }
}

fn strange_releases(workplace: &Workplace) -> Result<Vec<ReleaseFile>, StoreError> {
    let files = releases::read_all(&workplace.folder().releases())?;
    showing::strange_releases(workplace, &files)
}

/// Asks about something shown that this machine does not know. It is accepted by typing its name, and taken away by typing
/// the word for that.
fn ask_release(
    workplace: &Workplace,
    file: &ReleaseFile,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover.strangers;
    let name = file.sha256.get(..8).unwrap_or_default();
    let values = [("name", name), ("word", &*words.release_word)];
    let question = fill(&words.ask_release, &values);
    let Some(typed) = asked.typed(&file.sha256, &question, settings, surroundings)? else {
        return Ok(());
    };
    let (done, text) = match typed.trim() {
        typed if typed == name => (showing::note_shown(workplace, file), &words.release_accepted),
        typed if typed == words.release_word => (
            releases::remove(&workplace.folder().releases(), file),
            &words.release_removed,
        ),
        _ => (Ok(()), &words.release_waits),
    };
    done.map_err(|error| said(&error, settings, surroundings))?;
    surroundings.output.line(&fill(text, &values));
    Ok(())
}

/// Whether somebody typed what stands there; a day as people write it, too.
fn is_the_same(typed: &str, now: &str) -> bool {
    let day = || {
        let mut parts = typed.split('.').rev().map(str::trim);
        let parts = [parts.next()?, parts.next()?, parts.next()?].map(|part| format!("{part:0>2}"));
        Some(parts.join("-"))
    };
    typed == now || day().is_some_and(|day| day == now)
}

/// Asks about a promise. What the file says is accepted by typing it.
fn ask_laxer(
    workplace: &Workplace,
    one: &Laxer,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let words = &settings.texts.handover.strangers;
    let now = now(one, settings);
    let values = [
        ("what", one.what.key()),
        ("was", one.was.as_str()),
        ("now", now.as_str()),
    ];
    let (asks, kept) = match one.what {
        Promise::Survey => (&words.ask_survey, &words.survey_waits),
        _ => (&words.ask_laxer, &words.laxer_kept),
    };
    let name = format!("{}={now}", one.what.key());
    let Some(typed) = asked.typed(&name, &fill(asks, &values), settings, surroundings)? else {
        return Ok(());
    };
    let is_accepted = is_the_same(typed.trim(), &now)
        && workplace
            .accept_laxer(one)
            .map_err(|error| said(&error, settings, surroundings))?;
    let text = if is_accepted { &words.laxer_accepted } else { kept };
    surroundings.output.line(&fill(text, &values));
    Ok(())
}

fn is_typed(
    question: &str,
    laptop: &Laptop,
    asked: &mut Asked<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<bool, ExitCode> {
    let Some(typed) = asked.typed(question, question, settings, surroundings)? else {
        return Ok(false);
    };
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
    evaluation_copies::of(workplace.folder())?
        .into_iter()
        .filter_map(|(path, bytes)| compared(workplace, path, bytes).transpose())
        .collect()
}

/// Returns what a copy says that the evaluation file does not; `None` for another evaluation's, which is no copy.
fn compared(workplace: &Workplace, path: PathBuf, bytes: Vec<u8>) -> Result<Option<Copy>, StoreError> {
    let laptops = |bytes: &[u8]| {
        let read = definition::evaluation::read(bytes).value;
        let read = read.filter(|read| read.id == workplace.evaluation().id);
        read.map(|read| read.signing.laptops)
    };
    let Some(there) = laptops(&bytes) else {
        return Ok(None);
    };
    let here = laptops(&workplace.folder().evaluation_bytes()?).unwrap_or_default();
    let mut copy = Copy {
        path,
        bytes,
        missing: Vec::new(),
        revoked: Vec::new(),
    };
    for laptop in there {
        match here.iter().find(|known| known.key == laptop.key) {
            Some(known) if laptop.revoked && !known.revoked => copy.revoked.push(known.clone()),
            None if !laptop.revoked => {
                let taken = here.iter().chain(copy.missing.iter().map(|(taken, _)| taken));
                let is_taken = |name: &Slug| taken.clone().any(|known| known.id == *name);
                let mut further = (2..100).filter_map(|n| Slug::new(&format!("{}-{n}", laptop.id)).ok());
                let free = if is_taken(&laptop.id) {
                    further.find(|name| !is_taken(name))
                } else {
                    Some(laptop.id.clone())
                };
                let there = laptop.id.clone();
                copy.missing
                    .extend(free.map(|id| (Laptop { id, ..laptop }, there)));
            }
            _ => {}
        }
    }
    Ok(Some(copy))
}

fn said(error: &StoreError, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    surroundings.output.note(&store_sentence(error, &settings.texts));
    ExitCode::Unreadable
}
