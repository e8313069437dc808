//! What the coordinator's screens ask for, and what they hear: the same commands stand behind it as on the command line.

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
use crate::domain::word_code::LaptopCode;
use crate::domain::workbook::Workbook;
use crate::fieldwork::workbench::Workbench;
use crate::report::compose::{People, Sources};
use crate::texts::Texts;

use super::checklist::Settle;
use super::ledger::ShownState;
use super::pending::Waiting;
use super::release::Offer;
use super::report::Wish;
use super::surveys::{Checked, SurveyFile};
use super::{Place, Task};

/// Whether the coordinator's keys open by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Made up: no passphrase.
    Open,
    /// A passphrase opens them.
    Passphrase,
    /// There are none yet: there will be, once a new evaluation is made.
    NotYet,
    /// There are some, and none of them on this machine.
    NoKey,
    /// It is an interviewer's laptop.
    Laptop,
    /// The keys are other than before: somebody has to compare the words.
    OtherKeys,
}

impl Door {
    /// Returns whether there is something for the coordinator, with a key here or without.
    #[must_use]
    pub const fn is_coordinators(self) -> bool {
        matches!(self, Self::Open | Self::Passphrase | Self::NoKey)
    }

    /// Returns whether a key on this machine opens the coordinator's screens.
    #[must_use]
    pub const fn has_key(self) -> bool {
        matches!(self, Self::Open | Self::Passphrase)
    }
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
    /// Look at an earlier round, or at the open one.
    Round(Option<Slug>),
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
    /// A new survey from one that comes with the program, with this title.
    Template(String, CleanText),
    /// Settle a point of the checklist.
    Settle(Settle, CleanText),
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
    /// What waits to be decided: drafts, or what has changed.
    Waiting(Place),
    /// Do something for the evaluation beside its answers.
    Do(Box<Task>),
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
    /// The same of a file that was made just now, and what is said of that.
    Made(Box<Checked>, String),
    /// What waits to be decided.
    Waiting(Waiting),
    /// Something was done.
    Done(Box<Done>),
    /// A kit was made; this code opens what is begun on its laptop.
    Kit(Box<Done>, LaptopCode),
    /// There was nothing to open, and now there is, with a passphrase: what was done, and what is said of it.
    Ready(String, Vec<String>),
    /// The evaluation is another than the program began with: what was done, and what is said of it. It begins anew.
    Anew(String, Vec<String>),
    /// The evaluation is closed, and what is said of it.
    Closed(Vec<String>),
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
    /// The evaluation, as it was in the round that is looked at.
    pub evaluation: Evaluation,
    /// All its rounds in time order.
    pub rounds: Vec<Slug>,
    /// The surveys of the round that is looked at.
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
