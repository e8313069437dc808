//! What is done for an evaluation beside its answers, as the screens ask for it: kits, copies, keys, withdrawal, the end.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::cli::evaluation::open_unknown;
use crate::cli::exit_code::ExitCode;
use crate::cli::keys::{add, remove, revoke};
use crate::cli::new::round;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::withdraw::{Which, not_a_code, withdraw};
use crate::cli::{backup, close, confirm, failure, kit, renew, rescue, restore, strangers, verify, wipe};
use crate::domain::founding::{LEAST_PASSPHRASE, Strength, Unfit};
use crate::domain::id::Slug;
use crate::domain::word_code::{LaptopCode, WithdrawalCode};
use crate::store::folder::EVALUATION_FILE;
use crate::texts::fill;
use crate::tui::coordinator::pending::Waiting;
use crate::tui::coordinator::{Done, Heard, Place, Task};

use super::{FOLDER, Session};

impl Session {
    /// Does something that was filled in on a screen.
    pub(super) fn task(&mut self, task: Task) -> Result<Heard, ExitCode> {
        // What is done here is done for the evaluation as it is now.
        self.settings.round = None;
        let place = match &task {
            Task::Kit { .. } | Task::Renew { .. } | Task::Revoke(_) => Place::Laptops,
            Task::Decide(..) => Place::Drafts,
            Task::Accept(..) => Place::Changes,
            _ => Place::Upkeep,
        };
        // Whoever sits at the screen is told what is next, too.
        self.settings.quiet = false;
        let done = self.dealt_with(task);
        self.settings.quiet = true;
        match done? {
            Dealt::Done => self.told(place).map(|done| Heard::Done(Box::new(done))),
            Dealt::Kit(code) => self.told(place).map(|done| Heard::Kit(Box::new(done), code)),
            Dealt::Restored => {
                let words = &self.settings.texts.coordinator.upkeep;
                self.surroundings.output.line(&words.restored_here);
                Ok(Heard::Ready(words.restore_title.clone(), self.said()))
            }
            Dealt::Anew => {
                let words = &self.settings.texts.coordinator.upkeep;
                Ok(Heard::Anew(words.own_title.clone(), self.said()))
            }
            Dealt::Key => {
                let words = &self.settings.texts.coordinator.upkeep;
                Ok(Heard::Ready(words.keys_title.clone(), self.said()))
            }
            Dealt::Closed => {
                self.surroundings.keys = None;
                self.secret = None;
                let text = self.notes.text();
                Ok(Heard::Closed(text.lines().map(str::to_owned).collect()))
            }
        }
    }

    /// Lists what waits to be decided.
    pub(super) fn waiting(&mut self, place: Place) -> Result<Heard, ExitCode> {
        self.settings.round = None;
        let settings = self.settings.clone();
        if place == Place::Changes {
            let workplace = super::open(&settings, &mut self.surroundings)?;
            let mut all = Vec::new();
            let asked = &mut strangers::Asked::Listing(&mut all);
            if workplace.kit().is_none() && !workplace.evaluation().made_up {
                strangers::ask(&workplace, asked, &settings, &mut self.surroundings)?;
            }
            for strange in &mut all {
                strange.asks = self.on_screens(&strange.asks);
            }
            return Ok(Heard::Waiting(Waiting::Changes(all)));
        }
        let mut drafts = Vec::new();
        let asked = &mut rescue::Asked::Listing(&mut drafts);
        match rescue::go_through(false, asked, &settings, &mut self.surroundings) {
            ExitCode::Ok | ExitCode::NothingToDo => Ok(Heard::Waiting(Waiting::Drafts(drafts))),
            code => Err(code),
        }
    }

    fn told(&mut self, place: Place) -> Result<Done, ExitCode> {
        let said = self.said();
        match self.done(place, said)? {
            Heard::Done(done) => Ok(*done),
            _ => Err(ExitCode::Unexpected),
        }
    }

    fn dealt_with(&mut self, task: Task) -> Result<Dealt, ExitCode> {
        let settings = self.settings.clone();
        match task {
            Task::Kit {
                laptop,
                site,
                letters,
                folder,
            } => {
                let words = &settings.texts.coordinator.upkeep;
                let name = fill(&words.kit_folder, &[("laptop", &laptop)]);
                let to = self.surroundings.path(folder).join(name);
                let wanted = kit::Wanted {
                    laptop: &laptop,
                    site: site.as_ref().map(Slug::as_str),
                    letters: &letters,
                    to: &to,
                    print: &self.printed(),
                };
                kit::make_kit(&wanted, &settings, &mut self.surroundings).map(Dealt::Kit)
            }
            Task::NewRound {
                title,
                planned,
                wanted,
            } => self.new_round(&title, &planned, &wanted, &settings),
            Task::Renew { folder, letters } => {
                let folder = self.surroundings.path(folder);
                renew::write(&[], &letters, &folder, &settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            Task::Revoke(laptop) => {
                revoke::revoke(laptop.as_str(), true, &settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            Task::BackUp(file) => {
                let file = self.surroundings.path(file);
                self.folder_of(&file)?;
                match backup::back_up(&file, &settings, &mut self.surroundings) {
                    ExitCode::Ok => Ok(Dealt::Done),
                    code => Err(code),
                }
            }
            Task::Restore { file, folder, title } => {
                let (file, folder) = (self.surroundings.path(file), self.surroundings.path(folder));
                let root = settings.evaluation.as_deref();
                let is_here = root.is_some_and(|root| root.join(EVALUATION_FILE).is_file());
                restore::restored((&file, &folder), title, &settings, &mut self.surroundings)?;
                if !is_here {
                    self.turn(folder);
                    return Ok(Dealt::Restored);
                }
                let words = &settings.texts.coordinator.upkeep;
                self.surroundings.output.line(&words.restored_next);
                Ok(Dealt::Done)
            }
            Task::Withdraw { code, site, round } => {
                let which = Which {
                    site: site.as_ref().map(Slug::as_str),
                    round: round.as_ref().map(Slug::as_str),
                };
                let read = |surroundings: &mut Surroundings| {
                    WithdrawalCode::read(&code).map_err(|why| {
                        let said = not_a_code(&why, &settings.texts.withdrawal);
                        surroundings.output.note(&said);
                        ExitCode::Usage
                    })
                };
                withdraw(&which, read, true, &settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            Task::AddCoordinator {
                name,
                file,
                passphrase,
            } => {
                self.is_strong(&passphrase)?;
                let file = self.surroundings.path(file);
                self.folder_of(&file)?;
                let added = add::add(
                    (&name, &file),
                    |_| Ok(passphrase),
                    &settings,
                    &mut self.surroundings,
                );
                self.keys_changed();
                added.map(|()| Dealt::Done)
            }
            Task::RemoveCoordinator(name) => {
                // The new keys are wrapped with the passphrase, which is read again and not remembered here.
                self.surroundings.keys = None;
                let removed = remove::remove(&name, true, &settings, &mut self.surroundings);
                self.keys_changed();
                removed.map(|()| Dealt::Done)
            }
            Task::SeeAside => {
                let workplace = super::open(&settings, &mut self.surroundings)?;
                workplace
                    .see_set_aside()
                    .map_err(|error| failure::store(&error, &settings, &mut self.surroundings))?;
                let folder = workplace.folder().quarantine().display().to_string();
                let words = &settings.texts.coordinator.attention.aside_seen;
                self.surroundings
                    .output
                    .line(&fill(words, &[("folder", &folder)]));
                Ok(Dealt::Done)
            }
            Task::Verify => {
                verify::told(&settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            Task::Decide(name, fate) => {
                let asked = &mut rescue::Asked::Decided(&name, fate);
                // One that is newer than the deadline is on no list; whoever chose one has chosen it.
                match rescue::go_through(true, asked, &settings, &mut self.surroundings) {
                    ExitCode::Ok => Ok(Dealt::Done),
                    code => Err(code),
                }
            }
            Task::Accept(question, typed) => {
                let asked = &mut strangers::Asked::Typed(&question, &typed);
                let workplace = super::open(&settings, &mut self.surroundings)?;
                self.notes.clear();
                strangers::ask(&workplace, asked, &settings, &mut self.surroundings)?;
                Ok(Dealt::Done)
            }
            Task::TakeKit { from, words } => {
                let from = self.surroundings.path(from);
                renew::take(&from, Some(&words), &settings, &mut self.surroundings)?;
                Ok(Dealt::Anew)
            }
            Task::Words(typed) => {
                let workplace = open_unknown(&settings, &mut self.surroundings)?;
                match confirm::accept(&workplace, &typed, &settings, &mut self.surroundings) {
                    ExitCode::Ok => Ok(Dealt::Anew),
                    code => Err(code),
                }
            }
            Task::Wipe(title) => {
                let workplace = super::open(&settings, &mut self.surroundings)?;
                wipe::everything(&workplace, Some(title), &settings, &mut self.surroundings)?;
                Ok(Dealt::Anew)
            }
            Task::NewKey(_)
            | Task::Reseal(_)
            | Task::ForgetOld
            | Task::Install { .. }
            | Task::Recover { .. } => self.key(task, &settings),
            Task::Close(title) => {
                close::close(true, Some(title), &settings, &mut self.surroundings)?;
                Ok(Dealt::Closed)
            }
        }
    }

    /// Begins the next round. Numbers stand in the order of the surveys: one cannot be left out before another.
    fn new_round(
        &mut self,
        title: &str,
        planned: &str,
        wanted: &[String],
        settings: &Settings,
    ) -> Result<Dealt, ExitCode> {
        let words = &settings.texts.coordinator.upkeep;
        let mut count = |typed: &str| match typed.parse::<u32>() {
            Ok(count) if count > 0 => Ok(count),
            _ => {
                let said = settings.texts.unfit(&Unfit::NotACount);
                self.surroundings.output.note(&said);
                Err(ExitCode::Usage)
            }
        };
        let planned = (!planned.is_empty()).then(|| count(planned)).transpose()?;
        let given: Vec<&String> = wanted.iter().take_while(|typed| !typed.is_empty()).collect();
        let numbers = given
            .iter()
            .map(|typed| count(typed))
            .collect::<Result<Vec<u32>, _>>()?;
        if wanted.iter().skip(given.len()).any(|typed| !typed.is_empty()) {
            self.surroundings.output.note(&words.wanted_in_order);
            return Err(ExitCode::Usage);
        }
        let new = round::New {
            called: title,
            planned,
            wanted: numbers,
        };
        // What is next is another thing on the screens.
        let quiet = Settings {
            quiet: true,
            ..settings.clone()
        };
        round::begin(&new, &quiet, &mut self.surroundings)?;
        self.surroundings.output.line(&words.round_next);
        Ok(Dealt::Done)
    }

    /// Opens the keys again as they are now; what was said of the change stays said.
    pub(super) fn keys_changed(&mut self) {
        let said = self.notes.text();
        self.open_keys();
        self.notes.clear();
        self.surroundings.output.note(&said);
    }

    /// Where cards lie to be printed: with the other papers.
    fn printed(&self) -> PathBuf {
        let today = (self.surroundings.now)().date().to_string();
        self.surroundings.documents.join(FOLDER).join(today)
    }

    /// Makes the folder a new file is to lie in.
    fn folder_of(&mut self, file: &Path) -> Result<(), ExitCode> {
        let folder = file.parent().unwrap_or(file);
        crate::store::atomic::make_folder(folder).map_err(|error| {
            let said = crate::cli::evaluation::store_sentence(&error, &self.settings.texts);
            self.surroundings.output.error("store", &said);
            ExitCode::Unreadable
        })
    }

    pub(super) fn is_strong(&mut self, passphrase: &Zeroizing<String>) -> Result<(), ExitCode> {
        let words = &self.settings.texts.command.new_evaluation;
        let least = LEAST_PASSPHRASE.to_string();
        let said = match Strength::of(passphrase) {
            Strength::TooShort => fill(&words.passphrase_short, &[("least", &least)]),
            Strength::TooSimple => words.passphrase_simple.clone(),
            Strength::FewWords | Strength::Good => return Ok(()),
        };
        self.surroundings.output.note(&said);
        Err(ExitCode::Usage)
    }
}

/// How something went that was filled in.
pub(super) enum Dealt {
    Done,
    /// A key lies on this machine that has not opened anything yet.
    Key,
    /// What the program was started with is something else now.
    Anew,
    Kit(LaptopCode),
    /// Where there was none before.
    Restored,
    Closed,
}
