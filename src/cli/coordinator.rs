//! What the coordinator's screens ask for, done by what the commands do: the same doors, and nothing more is shown.
//!
//! Here the commands speak to nobody: what they say is kept and given to the screen.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::disclosure::standing::{Facts, Standing};
use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::record::TakesInterviews;
use crate::domain::workbook::left::Left;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workbench::{OpenWork, ReadWorkbook, Safe, Workbench};
use crate::fieldwork::workplace::Workplace;
use crate::store::collection::Collection;
use crate::store::handed_draft;
use crate::store::keys::Identities;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::ledger::ShownState;
use crate::tui::coordinator::release::Offer;
use crate::tui::coordinator::report::Wish;
use crate::tui::coordinator::{Ask, Done, Door, Heard, Office, Opened, Place};

mod instead;
mod keys;
mod notes;
mod settling;
mod surveys;
mod tasks;
mod writing;

use instead::on_screens;
use notes::Notes;

use super::collect::collect_from;
use super::debug_log::DebugLog;
use super::evaluation::{cannot_unlock, coordinator, folder, open, store_sentence, typed_folder, unlock};
use super::exit_code::ExitCode;
use super::papers::Format;
use super::report::{self, Paper, Wanted};
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{release, showing, strangers};

/// The folder among people's documents.
const FOLDER: &str = "stemme";

/// Returns what does the coordinator's things, where the coordinator's key is on this machine.
#[must_use]
pub fn office(
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &Surroundings,
) -> Option<(Door, Office)> {
    let opens = !workplace.needs_secret() || settings.passphrase_file.is_some();
    let door = match workplace.has_coordinators_key() {
        false if workplace.kit().is_some() => Door::Laptop,
        // Nothing opens without one: a key file, or the recovery key, brings it here.
        false if workplace.is_closed() => return None,
        false => Door::NoKey,
        true if opens => Door::Open,
        true => Door::Passphrase,
    };
    let mut session = Session::new(workplace.folder().root().to_owned(), settings, surroundings);
    session.compares_words = door == Door::Laptop;
    Some((door, Box::new(move |ask, language| session.take(ask, language))))
}

/// Returns what compares the words of an evaluation whose keys are other than before.
#[must_use]
pub fn office_of_other_keys(settings: &Settings, surroundings: &Surroundings) -> (Door, Office) {
    let root = folder(settings, surroundings);
    let mut session = Session::new(root, settings, surroundings);
    session.compares_words = true;
    (
        Door::OtherKeys,
        Box::new(move |ask, language| session.take(ask, language)),
    )
}

/// Returns what will do the coordinator's things of an evaluation that is made on the screens.
#[must_use]
pub fn office_to_be(settings: &Settings, surroundings: &Surroundings) -> (Door, Office) {
    let nowhere = surroundings.working_folder.clone();
    let mut session = Session::new(nowhere, settings, surroundings);
    (
        Door::NotYet,
        Box::new(move |ask, language| session.take(ask, language)),
    )
}

/// Counts how an evaluation stands that was opened.
///
/// # Errors
/// How the run ends where the ledger cannot be read.
pub fn standing(
    workplace: &Workplace,
    (collection, left): (&Collection, Left),
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Standing, ExitCode> {
    let kept = showing::read_all(workplace, settings, surroundings)?;
    let counts = &collection.counts;
    let unfinished = workplace.left_drafts();
    let own_laptop = workplace.own_laptop();
    let (unknown, copies) = strangers::to_ask(workplace);
    let round = workplace.evaluation().open_round().map(|round| &round.id);
    let heard = collection.heard.iter().filter(|(_, of)| Some(of) == round);
    let mut heard: BTreeSet<Slug> = heard.map(|(laptop, _)| laptop.clone()).collect();
    heard.extend(handed_draft::laptops(
        &workplace.folder().rescue(),
        workplace.evaluation(),
    ));
    // What other laptops handed over nobody knows in a kit.
    if workplace.kit().is_some() {
        let laptops = &workplace.evaluation().signing.laptops;
        heard.extend(laptops.iter().map(|laptop| laptop.id.clone()));
    }
    let facts = Facts {
        heads: &collection.interviews,
        slips: &collection.slips,
        lost: [counts.unreadable, counts.damaged, counts.newer, counts.absent],
        waiting: counts.waiting,
        drafts: unfinished.arrived + unfinished.here,
        ledger: &kept.ledger,
        today: (surroundings.now)().date(),
        is_closed: workplace.is_closed(),
        heard: &heard,
        own_laptop: own_laptop.as_ref(),
        strangers: &unknown,
        copies,
        aside: workplace.set_aside(),
        left,
    };
    let surveys = workplace.surveys().as_read().iter().map(|survey| &**survey);
    Ok(Standing::of(workplace.evaluation(), surveys, &facts))
}

/// Returns what is left to do at the workbench. A workbook that cannot be read is told of where it is opened.
#[must_use]
pub fn left(
    work: OpenWork,
    workplace: &Workplace,
    identities: &Identities,
    surroundings: &Surroundings,
) -> Left {
    let today = (surroundings.now)().date();
    work.left(workplace, identities, today).unwrap_or_default()
}

/// The screens' coordinator, from the passphrase on.
struct Session {
    settings: Settings,
    surroundings: Surroundings,
    /// Results and the rest, as they were said.
    notes: Notes,
    /// Results alone.
    results: Notes,
    secret: Option<Zeroizing<String>>,
    /// On the start screen here, the words are compared where keys are new.
    compares_words: bool,
    /// All rounds of the evaluation, also while an earlier one is looked at.
    rounds: Vec<Slug>,
    /// The survey that was checked last, and the language of what was said.
    read: Vec<u8>,
    read_in: Language,
}

impl Session {
    fn new(root: PathBuf, settings: &Settings, surroundings: &Surroundings) -> Self {
        let (notes, results) = (Notes::default(), Notes::default());
        Self {
            settings: Settings {
                evaluation: Some(root),
                no_input: false,
                quiet: true,
                ..settings.clone()
            },
            surroundings: Surroundings {
                arguments: Vec::new(),
                environment: surroundings.environment.clone(),
                working_folder: surroundings.working_folder.clone(),
                home: surroundings.home.clone(),
                config_folder: surroundings.config_folder.clone(),
                documents: surroundings.documents.clone(),
                is_windows: surroundings.is_windows,
                // Whoever sits at the screen was asked there.
                stdin_is_terminal: false,
                stdout_is_terminal: false,
                stderr_is_terminal: false,
                input: Box::new(io::empty()),
                hidden_line: Box::new(|| Err(io::ErrorKind::Unsupported.into())),
                output: notes.output(&results),
                log: DebugLog::off(),
                has_left: false,
                now: Arc::clone(&surroundings.now),
                time: surroundings.time,
                random: surroundings.randomness(),
                key_strength: surroundings.key_strength,
                keys: None,
            },
            notes,
            results,
            secret: None,
            compares_words: false,
            rounds: Vec::new(),
            read: Vec::new(),
            read_in: settings.language(),
        }
    }

    fn take(&mut self, ask: Ask, language: Language) -> Option<Heard> {
        if self.settings.language() != language
            && let Ok(texts) = Texts::load(language)
        {
            self.settings.texts = texts;
        }
        self.notes.clear();
        self.results.clear();
        self.surroundings.output = self.notes.output(&self.results);
        self.surroundings.input = self.given();
        let heard = match ask {
            Ask::Open(secret) => {
                let before = std::mem::replace(&mut self.secret, secret);
                self.open_keys();
                let opened = self.opened();
                if opened.is_err() {
                    self.secret = before;
                    return Some(Heard::Shut(self.why()));
                }
                opened
            }
            Ask::Turn(root) => {
                self.turn(root);
                return None;
            }
            Ask::Look => self.opened(),
            Ask::Round(round) => {
                self.settings.round = round;
                self.opened()
            }
            Ask::Results => self.results(),
            Ask::Offer(by) => self.offer(by.as_ref()),
            Ask::Release(by) => self.release(by.as_ref()),
            Ask::Write(wish) => self.write(&wish),
            Ask::Collect(folder) => self.collect(&folder),
            Ask::Bench(place, coder) => self.bench(place, coder),
            Ask::Surveys => Ok(Heard::Surveys(self.surveys())),
            Ask::Check(path) => self.check(&path),
            Ask::Recheck(path) => {
                let bytes = surveys::read(&path)?;
                if bytes == self.read && self.read_in == language {
                    return None;
                }
                self.check(&path)
            }
            Ask::Template(name, title) => self.template(&name, &title),
            Ask::States => self.states(),
            Ask::Wrong(name, why) => self.wrong(&name, &why),
            Ask::Waiting(place) => self.waiting(place),
            Ask::Do(task) => self.task(*task),
            Ask::Settle(what, said) => self.settle(what, &said),
            Ask::Note(item, text) => self.note(&item, text),
            Ask::WordsOut(survey) => self.words_out(&survey),
            Ask::WordsIn(survey) => self.words_in(&survey),
            Ask::OpenOutside(path) => {
                if surveys::open_outside(&path, self.surroundings.is_windows) {
                    return None;
                }
                let shown = path.display().to_string();
                let words = &self.settings.texts.coordinator.surveys;
                return Some(Heard::Refused(fill(&words.open_yourself, &[("file", &shown)])));
            }
        };
        Some(heard.unwrap_or_else(|_| Heard::Refused(self.why())))
    }

    /// Turns to another evaluation, whose keys are still shut.
    fn turn(&mut self, root: PathBuf) {
        self.settings.evaluation = Some(root);
        self.settings.passphrase_file = None;
        self.secret = None;
        self.settings.round = None;
        self.surroundings.keys = None;
    }

    /// Opens the coordinator's keys for everything that follows: working through the passphrase takes a moment each time.
    /// Where they stay shut, whoever needs them says why.
    fn open_keys(&mut self) {
        self.surroundings.keys = None;
        let Some(secret) = &self.secret else { return };
        if let Ok(workplace) = open(&self.settings, &mut self.surroundings) {
            self.surroundings.keys = workplace.coordinator(Some(secret.as_str())).ok();
        }
        self.notes.clear();
    }

    /// What commands read where they ask for the passphrase.
    fn given(&self) -> Box<dyn BufRead + Send> {
        let secret = self.secret.as_ref();
        let line = secret.map_or_else(String::new, |secret| format!("{}\n", **secret));
        // It is not left in memory once it was read.
        Box::new(Cursor::new(Zeroizing::new(line.into_bytes())))
    }

    /// Returns what was said last, or that something went wrong.
    fn why(&self) -> String {
        let said = self.surroundings.output.said().map(|(_, said)| said.to_owned());
        let said = said
            .or_else(|| Some(self.notes.text()).filter(|text| !text.is_empty()))
            .unwrap_or_else(|| self.settings.texts.storage.other.clone());
        self.on_screens(&said)
    }

    /// Opens what is sealed; each interview that counts is given to `taker`.
    fn unlocked(
        &mut self,
        workplace: &Workplace,
        taker: &mut dyn TakesInterviews,
    ) -> Result<(Collection, Identities), ExitCode> {
        let Some(secret) = &self.secret else {
            return unlock(workplace, taker, &self.settings, &mut self.surroundings);
        };
        let opened = workplace.open_collection_with(Some(secret.as_str()), taker, &mut |_, _| ());
        match opened {
            Ok(opened) => Ok(opened),
            Err(error) => Err(cannot_unlock(error, &self.settings, &mut self.surroundings)),
        }
    }

    fn opened(&mut self) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let mut work = OpenWork::of(&workplace);
        let (collection, identities) = self.unlocked(&workplace, &mut work)?;
        let known = (
            &collection,
            left(work, &workplace, &identities, &self.surroundings),
        );
        let standing = standing(&workplace, known, &self.settings, &mut self.surroundings)?;
        Ok(Heard::Opened(Box::new(self.opened_of(&workplace, standing))))
    }

    fn opened_of(&mut self, workplace: &Workplace, standing: Standing) -> Opened {
        if self.settings.round.is_none() {
            let rounds = workplace.evaluation().rounds.iter();
            self.rounds = rounds.map(|round| round.id.clone()).collect();
        }
        let today = (self.surroundings.now)().date().to_string();
        Opened {
            evaluation: workplace.evaluation().clone(),
            rounds: self.rounds.clone(),
            surveys: workplace.surveys().as_read().to_vec(),
            standing,
            reports: self.surroundings.documents.join(FOLDER).join(today),
        }
    }

    /// What was shown before.
    fn results(&mut self) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let opened = self.unlocked(&workplace, &mut ())?;
        let shown = self.shown(&workplace, &opened)?;
        Ok(Heard::Results(Box::new(shown.into())))
    }

    fn shown(
        &mut self,
        workplace: &Workplace,
        (collection, identities): &(Collection, Identities),
    ) -> Result<showing::Shown, ExitCode> {
        let kept = showing::read_ledger(workplace, &self.settings, &mut self.surroundings)?;
        let (settings, surroundings) = (&self.settings, &mut self.surroundings);
        let told = release::voices::told(workplace, identities, &kept, settings, surroundings)?;
        match ReadWorkbook::read(workplace, identities) {
            Ok(read) => {
                let shown = (&kept, told.as_slice());
                Ok(showing::Shown::before(workplace, collection, shown, read.book))
            }
            Err(error) => Err(cannot_unlock(error, &self.settings, &mut self.surroundings)),
        }
    }

    /// What could be shown next; nothing new to show is said as well.
    fn offer(&mut self, by: Option<&Id>) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let (settings, surroundings) = (&self.settings, &mut self.surroundings);
        let kept = showing::read_ledger(&workplace, settings, surroundings)?;
        let step = (by, release::Step::Offer);
        let offered = release::new_states(step, &workplace, kept, settings, surroundings);
        if matches!(offered, Err(ExitCode::Unreadable | ExitCode::Unexpected)) {
            return Err(ExitCode::Unreadable);
        }
        let can_show = offered.is_ok();
        let surveys = || workplace.surveys().as_read().iter().map(|survey| &**survey);
        let titled = |by: Id| {
            let title = release::titles::split_title(&by, surveys(), &self.settings.texts);
            (by, title)
        };
        let splits = offered.map(|(_, splits)| splits).unwrap_or_default();
        Ok(Heard::Offered(Offer {
            said: self.said(),
            can_show,
            splits: splits.into_iter().map(titled).collect(),
            by: by.cloned().filter(|_| can_show),
            is_declared: !workplace.evaluation().disclosure.breakdowns.is_empty(),
        }))
    }

    /// Shows what was offered: whoever sits at the screen has said yes.
    fn release(&mut self, by: Option<&Id>) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let (settings, surroundings) = (&self.settings, &mut self.surroundings);
        let kept = showing::read_ledger(&workplace, settings, surroundings)?;
        let step = release::Step::Show {
            yes: true,
            as_json: None,
        };
        release::new_states((by, step), &workplace, kept, settings, surroundings)?;
        let said = self.results_said();
        self.done(Place::Release, said)
    }

    /// Everything that was shown.
    fn states(&mut self) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let kept = showing::read_ledger(&workplace, &self.settings, &mut self.surroundings)?;
        let states = kept.ledger.states();
        let states = states.iter().map(|state| ShownState {
            name: Some(state.name.as_str().to_owned()),
            says: release::list::sentence(state, &workplace, &self.settings),
            wrong: state.wrong.map(|wrong| wrong.why.to_string()),
        });
        let told = release::list::told(&kept, &workplace, &self.settings);
        let told = told.into_iter().map(|says| ShownState {
            name: None,
            says,
            wrong: None,
        });
        let states = states.chain(told);
        Ok(Heard::States(states.collect()))
    }

    /// Marks something that was shown as wrong: whoever sits at the screen has said why.
    fn wrong(&mut self, name: &str, why: &CleanText) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let (settings, surroundings) = (&self.settings, &mut self.surroundings);
        let kept = showing::read_ledger(&workplace, settings, surroundings)?;
        let marked = (name, why.as_str(), true);
        release::wrong::mark(marked, &workplace, kept, None, settings, surroundings)?;
        let said = self.results_said();
        self.done(Place::Release, said)
    }

    /// Writes the report into a folder of its own.
    fn write(&mut self, wish: &Wish) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        report::refuse_early(
            wish.is_final,
            Some(&workplace),
            &self.settings,
            &mut self.surroundings,
        )?;
        let opened = self.unlocked(&workplace, &mut ())?;
        let shown = self.shown(&workplace, &opened)?;
        let named = |format: &&Format| wish.formats.contains(&format.name());
        let wanted = Wanted {
            formats: Format::ALL.iter().filter(named).copied().collect(),
            papers: Paper::ALL
                .into_iter()
                .filter(|paper| wish.papers.contains(&paper.name()))
                .collect(),
            is_final: wish.is_final,
            authors: wish.authors.clone(),
            contents: wish.contents,
        };
        let in_language = Settings {
            texts: Texts::load(wish.language).unwrap_or_else(|_| self.settings.texts.clone()),
            ..self.settings.clone()
        };
        let files = report::files(&shown, &wanted, &in_language, &mut self.surroundings)?;
        let folder = free(&wish.folder);
        self.notes.clear();
        match files.write(&folder, false, &self.settings, &mut self.surroundings) {
            ExitCode::Ok => {}
            code => return Err(code),
        }
        let said = self.said();
        let shown = folder.display().to_string();
        let words = &self.settings.texts.coordinator.report;
        let mut paragraphs = vec![fill(&words.made, &[("folder", &shown)])];
        paragraphs.extend(said);
        Ok(Heard::Done(Box::new(Done {
            place: Place::Report,
            said: paragraphs,
            opened: None,
            shown: None,
        })))
    }

    /// Brings in what lies in a folder.
    fn collect(&mut self, folder: &Path) -> Result<Heard, ExitCode> {
        // What comes in belongs to whatever round it was held in.
        self.settings.round = None;
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let folder = self.surroundings.path(folder);
        let wanted = (None, None);
        let collected = collect_from(
            &[folder],
            wanted,
            &workplace,
            &self.settings,
            &mut self.surroundings,
        );
        if collected.is_err() {
            return Err(ExitCode::Unreadable);
        }
        let said = self.said();
        self.done(Place::Collect, said)
    }

    /// Opens the workbook.
    fn bench(&mut self, place: Place, coder: Option<Id>) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let keys = coordinator(&workplace, &self.settings, &mut self.surroundings)?;
        let opened = Workbench::open(&workplace, &keys, coder, &mut |_, _| ());
        match opened {
            Ok(bench) => Ok(Heard::Bench(place, Box::new(bench))),
            Err(error) => Err(cannot_unlock(error, &self.settings, &mut self.surroundings)),
        }
    }

    /// Notes something about the figures of a question, and looks at the results again.
    fn note(&mut self, item: &ItemKey, text: CleanText) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let keys = coordinator(&workplace, &self.settings, &mut self.surroundings)?;
        let mut bench = Workbench::open(&workplace, &keys, None, &mut |_, _| ())
            .map_err(|error| cannot_unlock(error, &self.settings, &mut self.surroundings))?;
        bench.note_figures(item, text);
        if let Safe::No(error) = bench.wait() {
            let said = store_sentence(&error, &self.settings.texts);
            self.surroundings.output.error("not_kept", &said);
            return Err(ExitCode::Unreadable);
        }
        drop(bench);
        self.surroundings.input = self.given();
        self.results()
    }

    fn done(&mut self, place: Place, said: Vec<String>) -> Result<Heard, ExitCode> {
        let workplace = open(&self.settings, &mut self.surroundings)?;
        let given = self.given();
        self.surroundings.input = given;
        let mut work = OpenWork::of(&workplace);
        let opened = self.unlocked(&workplace, &mut work)?;
        let known = (&opened.0, left(work, &workplace, &opened.1, &self.surroundings));
        let standing = standing(&workplace, known, &self.settings, &mut self.surroundings)?;
        let shown = self.shown(&workplace, &opened)?;
        Ok(Heard::Done(Box::new(Done {
            place,
            said,
            opened: Some(self.opened_of(&workplace, standing)),
            shown: Some(shown.into()),
        })))
    }

    /// What a command said, as it is said on the screens.
    fn on_screens(&self, said: &str) -> String {
        let folder = typed_folder(&self.settings, &self.surroundings);
        let said = said.replace(&format!("stemme -e {folder} "), "stemme ");
        on_screens(&said, self.compares_words, &self.settings.texts)
    }

    /// Returns everything that was said, a line each.
    fn said(&self) -> Vec<String> {
        let text = self.notes.text();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| self.on_screens(line)).collect()
    }

    /// Returns what a release says of itself once it is done: what could be shown was said before.
    fn results_said(&self) -> Vec<String> {
        let text = self.results.text();
        text.lines().map(|line| self.on_screens(line)).collect()
    }
}

/// Returns this folder or file, or the same with a number where something lies in it or is called so.
fn free(folder: &Path) -> PathBuf {
    let is_free =
        |path: &Path| path.read_dir().is_ok_and(|mut there| there.next().is_none()) || !path.exists();
    let numbered = (2..1000).map(|number| {
        let name = folder.file_stem().unwrap_or_default().to_string_lossy();
        let ending = folder.extension().unwrap_or_default().to_string_lossy();
        let dot = if ending.is_empty() { "" } else { "." };
        folder.with_file_name(format!("{name}-{number}{dot}{ending}"))
    });
    std::iter::once(folder.to_owned())
        .chain(numbered)
        .find(|path| is_free(path))
        .unwrap_or_else(|| folder.to_owned())
}
