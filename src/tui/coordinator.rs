//! The coordinator's screens: how far the evaluation has come, what may be shown, rounds, reports, deliveries, surveys.
//!
//! Everything on them is planning data or printed values ([`Published`]); no screen can see a count that is not printed.
//! What is done beside the screens goes through [`Office`], behind which the same commands stand as on the command line.

use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::disclosure::published::Published;
use crate::disclosure::standing::Standing;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::survey::Survey;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::log::Change;
use crate::fieldwork::workbench::Workbench;
use crate::report::compose::{People, Sources};
use crate::texts::{Texts, fill};

use super::command::Command;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, key_name};
use super::page::Page;
use super::situation::Situation;
use super::view::Reaction;

pub mod coding;
pub mod collect;
pub mod findings;
pub mod gate;
pub mod ledger;
pub mod overview;
pub mod pane;
pub mod release;
pub mod report;
pub mod results;
pub mod rounds;
pub mod surveys;
pub mod told;

use coding::Coding;
use collect::Collect;
use findings::Findings;
use gate::Gate;
use ledger::{LedgerList, ShownState};
use overview::Overview;
use release::{Offer, Release};
use report::{Report, Wish};
use results::Results;
use rounds::Rounds;
use surveys::{Checked, SurveyFile, Surveys};
use told::Told;

/// Whether the coordinator's keys open by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Made up: no passphrase.
    Open,
    /// A passphrase opens them.
    Passphrase,
    /// There are none yet: there will be, once a new evaluation is made.
    NotYet,
}

/// Does what the screens ask for, in the words of a language; says nothing where nothing is new.
pub type Office = Box<dyn FnMut(Ask, Language) -> Option<Heard>>;

/// What is asked for. (No `Debug`: a passphrase passes through.)
#[derive(Clone)]
pub enum Ask {
    /// Open what is sealed and look how things stand.
    Open(Option<Zeroizing<String>>),
    /// Turn to another evaluation: the one that was made just now.
    Turn(PathBuf),
    /// Look again.
    Look,
    /// What was shown. Shows nothing new.
    Results,
    /// What could be shown next, split by this; from how many they are, and shows nothing.
    Offer(Option<Id>),
    /// Everything that was shown.
    States,
    /// What has this name is wrong, and why.
    Wrong(String, CleanText),
    /// Show it, split by this. What is shown stays.
    Release(Option<Id>),
    /// Write the report.
    Write(Wish),
    /// Bring in what lies in a folder.
    Collect(PathBuf),
    /// Which surveys there are.
    Surveys,
    /// Check a survey.
    Check(PathBuf),
    /// Check it again, where it changed.
    Recheck(PathBuf),
    /// A new survey from one that comes with the program.
    Template(String),
    /// Note something about the figures of a question.
    Note(ItemKey, CleanText),
    /// Write the words of a survey to a table, to be translated.
    WordsOut(PathBuf),
    /// A survey anew with the words of the last table of it.
    WordsIn(PathBuf),
    /// Open a file in a program of its own.
    OpenOutside(PathBuf),
    /// Open the workbook, to code answers or to write findings, as this coder; as whose key it is where none is said.
    Bench(Place, Option<Id>),
}

/// What came of it.
#[derive(Debug)]
pub enum Heard {
    /// It is open: how things stand.
    Opened(Box<Opened>),
    /// It stays shut, and why.
    Shut(String),
    /// What was shown.
    Results(Box<Shown>),
    /// Everything that was shown.
    States(Vec<ShownState>),
    /// What could be shown next.
    Offered(Offer),
    /// The workbook is open, for this screen.
    Bench(Place, Box<Workbench>),
    /// Which surveys there are.
    Surveys(Vec<SurveyFile>),
    /// A survey was checked.
    Checked(Box<Checked>),
    /// Something was done.
    Done(Box<Done>),
    /// Something was not done, and why.
    Refused(String),
}

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Done {
    /// On which screen.
    pub place: Place,
    /// What is said of it, a paragraph each.
    pub said: Vec<String>,
    /// How things stand since.
    pub opened: Option<Opened>,
    /// What is shown since.
    pub shown: Option<Shown>,
}

/// An evaluation that is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The evaluation.
    pub evaluation: Evaluation,
    /// The surveys of its open round.
    pub surveys: Vec<Arc<Survey>>,
    /// How far it has come.
    pub standing: Standing,
    /// The folder reports are written into.
    pub reports: PathBuf,
}

/// What may be shown: what was shown before.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The evaluation.
    pub evaluation: Evaluation,
    /// What the coordinators have written.
    pub book: Workbook,
    /// The surveys of which something was shown.
    pub parts: Vec<Portion>,
}

/// What may be shown of one survey.
#[derive(Clone, Debug)]
pub struct Portion {
    /// The survey.
    pub survey: Arc<Survey>,
    /// Everybody together, where there are several states, and then each state.
    pub views: Vec<(Published, People)>,
    /// What was shown in each round, in time order.
    pub rounds: Vec<(Slug, Published)>,
}

impl Shown {
    /// Returns what a document about a view of a survey is composed of.
    #[must_use]
    pub fn sources<'s>(&'s self, portion: usize, view: usize, texts: &'s Texts) -> Option<Sources<'s>> {
        let portion = self.parts.get(portion)?;
        let (published, people) = portion.views.get(view)?;
        Some(Sources {
            published,
            people,
            survey: &portion.survey,
            evaluation: &self.evaluation,
            texts,
        })
    }
}

/// What is known of the coordinator's things here.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whether there are any, and what opens them.
    pub door: Option<Door>,
    /// Whether the coordinator's screens are open and not the start screen.
    pub is_in: bool,
    /// The evaluation, once it is open.
    pub opened: Option<Arc<Opened>>,
    /// What was shown, once it was looked for.
    pub shown: Option<Arc<Shown>>,
    /// Who codes, once somebody else than the owner of the key was named.
    pub coder: Option<Id>,
}

/// What a person asks for on these screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To the coordinator's screens.
    Enter,
    /// Opens a screen.
    Go(Place),
    /// Shows a text.
    Tell(Box<Told>),
    /// Explains what is hidden.
    Explain,
    /// Shows what is looked at as a chart, or as a table.
    Picture,
    /// Shows it by groups; on the release, chooses the groups.
    Split,
    /// Lists everything that was shown.
    States,
    /// It is wrong.
    Wrong,
    /// Notes something about it.
    Note,
    /// Lists only what is not written in full, or everything.
    Hidden,
    /// Opens the file that is looked at in a program of its own.
    OpenOutside,
    /// Writes its words to a table.
    WordsOut,
    /// Takes the words of a table.
    WordsIn,
    /// Shows it in the next language.
    OtherLanguage,
    /// Shows it in another window.
    OtherSize,
    /// A theme that is not there yet.
    NewTheme,
    /// Another name, or other words.
    Rename,
    /// Two themes are one.
    Merge,
    /// A theme is two.
    SplitTheme,
    /// A theme stands under another.
    Move,
    /// What somebody thinks about a theme.
    Memo,
    /// All themes together.
    Themes,
    /// Somebody else codes.
    OtherCoder,
    /// Away with it.
    Drop,
    /// Other answers.
    Filter,
    /// Words worth quoting.
    Mark,
    /// A word in brackets in the place of an identifier.
    Bracket,
    /// It is no identifier.
    NoName,
    /// The quotes.
    Quotes,
    /// The quote can stand.
    Fit,
    /// It cannot.
    Unfit,
    /// A new finding.
    NewFinding,
    /// A new action.
    NewAction,
    /// What stands beside a finding.
    Beside,
    /// A finding is told earlier.
    Earlier,
    /// What was made of a finding; how far an action has come.
    Stands,
    /// Something was said at the conference.
    Said,
    /// Who a finding is for.
    Addressee,
    /// What the service answers.
    Answer,
    /// One finding at a time, in large letters.
    Conference,
    /// Who does it.
    Owner,
    /// By when.
    Due,
}

/// A screen to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The checklist.
    Checklist,
    /// What was shown.
    Results,
    /// Rounds, sites, perspectives.
    Rounds,
    /// What can be shown next.
    Release,
    /// The report.
    Report,
    /// Bringing in deliveries.
    Collect,
    /// Surveys that are written.
    Surveys,
    /// Open answers.
    Coding,
    /// Findings and actions.
    Findings,
}

/// One of the coordinator's screens.
pub enum Screen {
    /// The passphrase.
    Gate(Gate),
    /// How far it has come.
    Overview(Overview),
    /// A text to read.
    Told(Told),
    /// What was shown.
    Results(Box<Results>),
    /// Rounds, sites, perspectives.
    Rounds(Rounds),
    /// What can be shown next.
    Release(Release),
    /// Everything that was shown.
    Ledger(Box<LedgerList>),
    /// The report.
    Report(Box<Report>),
    /// Bringing in deliveries.
    Collect(Collect),
    /// Surveys that are written.
    Surveys(Box<Surveys>),
    /// Open answers.
    Coding(Box<Coding>),
    /// Findings and actions.
    Findings(Box<Findings>),
}

impl Screen {
    /// Returns what kind of screen it is.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Gate(_) => "passphrase",
            Self::Overview(_) => "coordinator",
            Self::Told(_) => "explanation",
            Self::Results(_) => "browser",
            Self::Rounds(_) => "rounds",
            Self::Release(_) => "release",
            Self::Ledger(_) => "ledger",
            Self::Report(_) => "report",
            Self::Collect(_) => "collect",
            Self::Surveys(_) => "surveys",
            Self::Coding(_) => "coding",
            Self::Findings(_) => "findings",
        }
    }

    /// Returns what stands in row 1.
    #[must_use]
    pub fn heading(&self, s: &Situation) -> String {
        match self {
            Self::Gate(_) => s.texts.coordinator.entry.clone(),
            Self::Overview(_) => overview::heading(s),
            Self::Told(told) => told.heading.clone(),
            Self::Results(results) => results.heading(s),
            Self::Rounds(rounds) => rounds.heading(s),
            Self::Release(_) => s.texts.coordinator.release.title.clone(),
            Self::Ledger(_) => s.texts.coordinator.ledger.title.clone(),
            Self::Report(_) => s.texts.coordinator.report.title.clone(),
            Self::Collect(_) => s.texts.coordinator.collect.title.clone(),
            Self::Surveys(surveys) => surveys.heading(s),
            Self::Coding(coding) => coding.heading(s),
            Self::Findings(findings) => findings.heading(s),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        match self {
            Self::Gate(_) => Gate::table(s),
            Self::Overview(overview) => overview.table(s),
            Self::Told(told) => told.table(s),
            Self::Results(results) => results.table(s),
            Self::Rounds(rounds) => rounds.table(s),
            Self::Release(release) => release.table(s),
            Self::Ledger(list) => list.table(s),
            Self::Report(report) => report.table(s),
            Self::Collect(collect) => collect.table(s),
            Self::Surveys(surveys) => surveys.table(s),
            Self::Coding(coding) => coding.table(s),
            Self::Findings(findings) => findings.table(s),
        }
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        match self {
            Self::Gate(gate) => gate.page(s, width),
            Self::Overview(overview) => overview.page(s, width, height),
            Self::Told(told) => told.page(s, width, height),
            Self::Results(results) => results.page(s, width, height),
            Self::Rounds(rounds) => rounds.page(s, width, height),
            Self::Release(release) => release.page(s, width, height),
            Self::Ledger(list) => list.page(s, width, height),
            Self::Report(report) => report.page(s, width, height),
            Self::Collect(collect) => collect.page(s, width),
            Self::Surveys(surveys) => surveys.page(s, width, height),
            Self::Coding(coding) => coding.page(s, width, height),
            Self::Findings(findings) => findings.page(s, width, height),
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        match self {
            Self::Gate(gate) => gate.take(command, s),
            Self::Overview(overview) => overview.take(command, s),
            Self::Told(told) => told.take(command, s),
            Self::Results(results) => results.take(command, s),
            Self::Rounds(rounds) => rounds.take(command, s),
            Self::Release(release) => release.take(command, s),
            Self::Ledger(list) => list.take(command, s),
            Self::Report(report) => report.take(command, s),
            Self::Collect(collect) => collect.take(command, s),
            Self::Surveys(surveys) => surveys.take(command, s),
            Self::Coding(coding) => coding.take(command, s),
            Self::Findings(findings) => findings.take(command, s),
        }
    }

    /// Returns the field being typed in.
    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        match self {
            Self::Gate(gate) => Some(gate.field()),
            Self::Results(results) => results.typing(),
            Self::Collect(collect) => collect.typing(),
            Self::Coding(coding) => coding.typing(),
            Self::Ledger(list) => list.typing(),
            Self::Findings(findings) => findings.typing(),
            Self::Overview(_)
            | Self::Told(_)
            | Self::Rounds(_)
            | Self::Release(_)
            | Self::Report(_)
            | Self::Surveys(_) => None,
        }
    }

    /// Returns whether everything that was done on it is kept.
    pub(super) fn is_kept(&mut self) -> bool {
        match self {
            Self::Coding(coding) => coding.is_kept(),
            Self::Findings(findings) => findings.is_kept(),
            _ => true,
        }
    }

    /// Returns whether it uses all of a wide window.
    #[must_use]
    pub const fn is_wide(&self) -> bool {
        !matches!(
            self,
            Self::Gate(_) | Self::Told(_) | Self::Release(_) | Self::Ledger(_) | Self::Collect(_)
        )
    }
}

/// Adds the keys that every one of these screens has. `at_bottom`: it lies over no other.
fn usual_keys(table: &mut Vec<Binding>, at_bottom: bool, s: &Situation) {
    let hint = &s.t().hint;
    let help = Command::Open(super::command::Open::Help);
    table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 6));
    let (esc, says) = if at_bottom {
        (Command::Up, &hint.menu)
    } else {
        (Command::Close, &hint.back)
    };
    table.push(Binding::new(Keys::One(Key::Esc), esc, says, 0));
}

fn letter(letter: &str) -> Keys {
    Keys::Letter(letter.to_owned())
}

/// Takes back the last thing that was done in the workbook, or does it again, and says what it was: it may have been done
/// on another screen, or another day.
fn undo(bench: &mut Workbench, back: bool, s: &Situation) -> Reaction {
    let words = &s.texts.coordinator.undone;
    let before = bench.last_step().cloned();
    let done = if back { bench.undo() } else { bench.redo() };
    let step = if back { before } else { bench.last_step().cloned() };
    let Some(step) = step.filter(|_| done) else {
        return Reaction::Say(s.texts.refusal.nothing_to_undo.clone());
    };
    let what = match step {
        Change::Tag { .. } | Change::Untag { .. } => &words.tag,
        Change::Theme { .. }
        | Change::ThemeName { .. }
        | Change::ThemeMemo { .. }
        | Change::ThemeUnder { .. }
        | Change::ThemeMerged { .. }
        | Change::ThemeSplit { .. }
        | Change::ThemeDropped { .. } => &words.theme,
        Change::Quote { .. }
        | Change::QuoteTheme { .. }
        | Change::QuoteDropped { .. }
        | Change::QuoteReviewed { .. } => &words.quote,
        Change::Bracket { .. } | Change::BracketDropped { .. } | Change::NoName { .. } => &words.word,
        Change::Action { .. }
        | Change::ActionText { .. }
        | Change::ActionStatus { .. }
        | Change::ActionDropped { .. } => &words.action,
        _ => &words.finding,
    };
    let says = if back { &words.undone } else { &words.redone };
    Reaction::Say(fill(says, &[("what", what)]))
}

/// Returns what is said after something that can be taken back.
fn undo_words(words: &str, s: &Situation) -> String {
    let undo = key_name(Key::Ctrl('z'), &s.t().key);
    fill(words, &[("undo", &undo)])
}
