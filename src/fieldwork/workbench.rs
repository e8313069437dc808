//! The coordinator's workbench: an opened evaluation with its open answers and everything that was made of them.
//!
//! Whoever has the coordinator's key reads the open answers of the open round here, sorts them under themes, marks
//! quotes, writes findings and actions. Everything done is an event of the workbook
//! ([`log`](crate::domain::workbook::log)): it holds at once in memory and goes to a writer, which says when it is safe.
//! Nothing of an interview is changed.
//!
//! What may be said of how many people hold a theme is not decided here: that is `disclosure`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::limits::Settings as Limits;
use crate::domain::localized::Localized;
use crate::domain::record::{InterviewId, RecordHead};
use crate::domain::survey::Survey;
use crate::domain::workbook::log::{Change, Log, Stamp};
use crate::domain::workbook::steps::Steps;
use crate::domain::workbook::theme::{TagsBefore, Theme};
use crate::domain::workbook::{AnswerRef, Workbook};
use crate::store::StoreError;
use crate::store::envelope::{SealTo, may_interview};
use crate::store::error::KeyProblem;
use crate::store::judging::Remark;
use crate::store::keys::{CoordinatorKeys, Identities, Signer};
use crate::store::workbook::half;
use crate::store::workbook::writer::Writer;
use crate::store::workbook::{self, Found};

use super::desk::Desk;
use super::workplace::{CannotUnlock, Workplace};

pub use crate::store::workbook::half::Half;
pub use crate::store::workbook::writer::Safe;
pub use answers::{MayQuote, OpenAnswer, OpenQuestion, Suggestion};
pub use coder::{coder_of, named as coder_named};
pub use findings::{NewAction, NewFinding};
pub use left::OpenWork;
pub use quotes::QuoteFacts;
pub use reading::ReadWorkbook;
pub use view::{Filter, Look, Piece, Show};

mod answers;
mod coder;
mod findings;
mod left;
mod quotes;
mod reading;
mod themes;
mod view;
#[cfg(test)]
mod workbench_tests;

use answers::Gathering;

/// An opened evaluation with its workbook.
pub struct Workbench {
    rounds: Vec<Slug>,
    surveys: Vec<Arc<Survey>>,
    /// The disclosure limits of each survey.
    limits: BTreeMap<Slug, Limits>,
    questions: Vec<OpenQuestion>,
    interviews: Vec<RecordHead>,
    codebook: BTreeMap<Id, Localized>,
    order: Vec<Id>,
    log: Log,
    book: Workbook,
    steps: Steps,
    /// How answers were tagged before the tagging steps of this run that can be undone.
    before: Vec<(Stamp, TagsBefore)>,
    coder: Id,
    run: u32,
    writer: Option<Writer>,
    /// What was half typed, and how it is kept.
    half: Half,
    half_kept: Option<(PathBuf, SealTo, Signer)>,
    remarks: Vec<(PathBuf, Remark)>,
    set_aside: Vec<PathBuf>,
    own_words: BTreeSet<String>,
}

/// What was read of the workbook's folder.
struct Read {
    found: Found,
    gone: BTreeSet<InterviewId>,
}

/// Says how much there is, and no word of it.
impl fmt::Debug for Workbench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers: usize = self
            .questions
            .iter()
            .map(|question| question.answers().len())
            .sum();
        write!(f, "Workbench({answers} answers, {:?})", self.book)
    }
}

/// How many themes came with the interviews that came in together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Interviews that came in together.
    pub interviews: usize,
    /// Themes none before them had held.
    pub new_themes: usize,
    /// Their answers that nobody has gone through: these may hold something new yet.
    pub left: usize,
}

impl Batch {
    /// Returns whether all of them were gone through and nothing new was found: more would hardly bring more.
    #[must_use]
    pub const fn brought_nothing(&self) -> bool {
        self.new_themes == 0 && self.left == 0
    }
}

impl Workbench {
    /// Opens the workbook and the open answers of the open round. `coder` is who works here; whose key it is where
    /// nobody says so. `progress` is told how many of how many interviews are open.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn open(
        workplace: &Workplace,
        keys: &CoordinatorKeys,
        coder: Option<Id>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, CannotUnlock> {
        let coder = coder.or_else(|| coder_of(workplace.evaluation(), &keys.public()));
        let (mut bench, read) = Self::read(workplace, &keys.identities(), coder, progress)?;
        if let Ok(to) = may_interview(workplace.evaluation()) {
            // What cannot be tidied today is tidied another day.
            let (folder, sealing) = (workplace.folder(), (&to, keys.signer()));
            let tidied = workbook::tidy(folder, &read.found, &bench.coder, &read.gone, sealing);
            bench.set_aside = tidied.unwrap_or_default();
            bench.half = half::read(
                &folder.workbook(),
                &bench.coder,
                &keys.identities(),
                workplace.evaluation(),
            );
            bench.half_kept = Some((folder.workbook(), to.clone(), keys.signer().clone()));
            bench.writer = Some(Writer::new(folder.workbook(), to, keys.signer().clone()));
        }
        bench.note_arrivals();
        Ok(bench)
    }

    /// As [`Self::open`], to look at and not to change: nothing that is done here is kept.
    ///
    /// # Errors
    /// [`CannotUnlock`].
    pub fn look(
        workplace: &Workplace,
        identities: &Identities,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, CannotUnlock> {
        let coder = identities
            .public()
            .find_map(|key| coder_of(workplace.evaluation(), &key));
        Self::read(workplace, identities, coder, progress).map(|(bench, _)| bench)
    }

    fn read(
        workplace: &Workplace,
        identities: &Identities,
        coder: Option<Id>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(Self, Read), CannotUnlock> {
        let coder = coder.ok_or(CannotUnlock::Store(StoreError::Keys(KeyProblem::None)))?;
        let mut gathering = Gathering::of(workplace);
        let collection = workplace.open_again(identities, &mut gathering, progress)?;
        let ReadWorkbook {
            log,
            book,
            codebook,
            order,
            found,
            gone,
        } = ReadWorkbook::read(workplace, identities)?;
        let rounds = workplace.evaluation().rounds.iter();
        let bench = Self {
            limits: limits_of(workplace),
            rounds: rounds.map(|round| round.id.clone()).collect(),
            surveys: workplace.surveys().as_read().to_vec(),
            questions: gathering.questions(),
            interviews: collection.interviews,
            codebook,
            order,
            steps: Steps::of(&coder, &log),
            before: Vec::new(),
            log,
            book,
            coder,
            run: workplace.run_number().unwrap_or(0),
            writer: None,
            half: Half::new(),
            half_kept: None,
            remarks: found.remarks.clone(),
            set_aside: Vec::new(),
            own_words: workplace.evaluation().own_words(),
        };
        Ok((bench, Read { found, gone }))
    }

    /// Returns the words of the evaluation's own titles and places.
    #[must_use]
    pub const fn own_words(&self) -> &BTreeSet<String> {
        &self.own_words
    }

    /// Interviews that nobody has seen in the workbook yet came in together.
    fn note_arrivals(&mut self) {
        let known: BTreeSet<&InterviewId> = self.book.batches().iter().flatten().collect();
        let new: BTreeSet<InterviewId> = self
            .interviews
            .iter()
            .map(|head| &head.interview)
            .filter(|interview| !known.contains(interview))
            .cloned()
            .collect();
        if !new.is_empty() && self.writer.is_some() {
            self.does(Change::Arrived { interviews: new });
        }
    }

    /// Does something: it holds at once, and is handed to the writer.
    pub fn does(&mut self, change: Change) -> Stamp {
        let before = self.before(&change);
        let (stamp, change) = self.note(change);
        if let Some(before) = before {
            self.before.push((stamp.clone(), before));
        }
        if matches!(change, Change::TakenBack { .. }) {
            self.book = Workbook::of(self.seeds(), &self.log);
        } else {
            self.book.apply(&stamp, &change);
        }
        stamp
    }

    /// Notes what is done and hands it to the writer.
    fn note(&mut self, change: Change) -> (Stamp, Change) {
        let event = self.log.add(&self.coder, self.run, change);
        self.steps.take(&event.stamp, &event.change);
        if let Some(writer) = &mut self.writer {
            writer.write(event.clone());
        }
        (event.stamp, event.change)
    }

    /// How things are before a tag is put on or taken away: of all steps only these come one with every key.
    fn before(&self, change: &Change) -> Option<TagsBefore> {
        match change {
            Change::Tag { answer, .. } | Change::Untag { answer, .. } => Some(self.book.tags_now(answer)),
            _ => None,
        }
    }

    /// Takes back the last thing this coder did. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.steps.undo() else {
            return false;
        };
        // Of what was done in this run nothing after the last step holds, so the way back is short.
        let is_known = |(stamp, _): &mut (Stamp, TagsBefore)| Some(&*stamp) == self.steps.last();
        match self.before.pop_if(is_known) {
            Some((_, before)) => {
                self.note(step);
                self.book.tags_again(before);
            }
            None => drop(self.does(step)),
        }
        true
    }

    /// Does again what was undone last. Returns whether there was anything.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.steps.redo() else {
            return false;
        };
        let undone = self.steps.undone().filter(|stamp| stamp.run == self.run).cloned();
        let change = undone.as_ref().and_then(|stamp| self.log.change(stamp)).cloned();
        let before = change.as_ref().and_then(|change| self.before(change));
        match (undone, change, before) {
            (Some(stamp), Some(change), Some(before)) => {
                self.note(step);
                self.before.push((stamp.clone(), before));
                self.book.apply(&stamp, &change);
            }
            _ => drop(self.does(step)),
        }
        true
    }

    /// Returns what undoing would take back.
    #[must_use]
    pub fn last_step(&self) -> Option<&Change> {
        let last = self.steps.last()?;
        self.log.change(last)
    }

    /// Returns whether everything done is on disk.
    pub fn safe(&mut self) -> Safe {
        self.writer.as_mut().map_or_else(not_writable, Writer::safe)
    }

    /// Waits until everything done is on disk, or cannot be.
    pub fn wait(&mut self) -> Safe {
        self.writer.as_mut().map_or_else(not_writable, Writer::wait)
    }

    /// Tries once more to write what could not be written.
    pub fn try_again(&mut self) {
        if let Some(writer) = &mut self.writer {
            writer.try_again();
        }
    }

    /// Returns what was half typed, by what it was typed for.
    #[must_use]
    pub const fn half(&self) -> &Half {
        &self.half
    }

    /// Keeps what is half typed, so that it is there when the program ended in the middle of it.
    pub fn keep_half(&mut self, half: Half) {
        if half == self.half {
            return;
        }
        self.half = half;
        if let Some((folder, to, signer)) = &self.half_kept {
            // What cannot be kept today still stands on the screen, and everything that is done says so.
            let _ = half::keep(folder, &self.coder, &self.half, (to, signer));
        }
    }

    /// Returns what everything done comes to.
    #[must_use]
    pub const fn book(&self) -> &Workbook {
        &self.book
    }

    /// Returns who works here.
    #[must_use]
    pub const fn coder(&self) -> &Id {
        &self.coder
    }

    /// Returns the open round, and before it the others in time order.
    #[must_use]
    pub fn rounds(&self) -> &[Slug] {
        &self.rounds
    }

    /// Returns the open round.
    #[must_use]
    pub fn round(&self) -> Option<&Slug> {
        self.rounds.last()
    }

    /// Returns the surveys of the open round.
    #[must_use]
    pub fn surveys(&self) -> &[Arc<Survey>] {
        &self.surveys
    }

    /// Returns the disclosure limits of a survey; nothing where its files ask for looser ones than are allowed.
    #[must_use]
    pub fn limits(&self, survey: &Slug) -> Option<&Limits> {
        self.limits.get(survey)
    }

    /// Returns who was interviewed, without what was said.
    #[must_use]
    pub fn interviews(&self) -> &[RecordHead] {
        &self.interviews
    }

    /// Returns what there is to say about files in the workbook's folder that are no part of it.
    #[must_use]
    pub fn remarks(&self) -> &[(PathBuf, Remark)] {
        &self.remarks
    }

    /// Returns the files that were set aside on opening: they are in the quarantine now.
    #[must_use]
    pub fn set_aside(&self) -> &[PathBuf] {
        &self.set_aside
    }

    /// Returns a theme's name in every language there is one in.
    #[must_use]
    pub fn every_name(&self, theme: &Theme) -> Localized {
        named(theme, &self.codebook)
    }

    /// Returns the questions with open answers, in the order of the surveys.
    #[must_use]
    pub fn questions(&self) -> &[OpenQuestion] {
        &self.questions
    }

    /// Returns the question with this item, if it has open answers.
    #[must_use]
    pub fn question(&self, item: &ItemKey) -> Option<&OpenQuestion> {
        self.questions.iter().find(|question| question.item == *item)
    }

    /// Returns an open answer.
    #[must_use]
    pub fn answer(&self, answer: &AnswerRef) -> Option<&OpenAnswer> {
        self.questions
            .iter()
            .filter(|question| question.item == answer.item)
            .find_map(|question| question.answer(answer))
    }

    /// Returns what a theme is called: in this language where it is the survey's own and nobody renamed it.
    #[must_use]
    pub fn theme_name(&self, theme: &Theme, language: Language) -> String {
        named(theme, &self.codebook).get(language).to_owned()
    }

    fn seeds(&self) -> impl Iterator<Item = Theme> {
        seeds(&self.codebook)
    }

    /// Returns how many themes each batch of interviews of the open round brought that none before it held.
    #[must_use]
    pub fn saturation(&self) -> Vec<Batch> {
        let own: BTreeSet<&InterviewId> = self
            .interviews
            .iter()
            .filter(|head| Some(&head.round) == self.round())
            .map(|head| &head.interview)
            .collect();
        let batches: Vec<BTreeSet<InterviewId>> = self
            .book
            .batches()
            .iter()
            .map(|batch| batch.iter().filter(|one| own.contains(one)).cloned().collect())
            .filter(|batch: &BTreeSet<InterviewId>| !batch.is_empty())
            .collect();
        let new = self.book.new_themes(&batches);
        let left = |batch: &BTreeSet<InterviewId>| {
            let answers = self.questions.iter().flat_map(OpenQuestion::answers);
            let own = answers.filter(|own| batch.contains(&own.answer.interview));
            own.filter(|own| !self.book.is_seen(&own.answer)).count()
        };
        batches
            .iter()
            .zip(new)
            .map(|(batch, new_themes)| Batch {
                interviews: batch.len(),
                new_themes,
                left: left(batch),
            })
            .collect()
    }
}

/// The disclosure limits of each survey of the open round.
fn limits_of(workplace: &Workplace) -> BTreeMap<Slug, Limits> {
    let choice = &workplace.evaluation().disclosure;
    let limits = workplace.surveys().as_read().iter().filter_map(|survey| {
        let limits = Limits::new(choice, &survey.parts().tightening).ok()?;
        Some((survey.id().clone(), limits))
    });
    limits.collect()
}

fn not_writable() -> Safe {
    Safe::No(StoreError::Keys(KeyProblem::None))
}

/// The themes a workbook begins with. Which language stands in the log does not matter: it is the same for everybody.
fn seeds(codebook: &BTreeMap<Id, Localized>) -> impl Iterator<Item = Theme> {
    codebook
        .iter()
        .map(|(id, name)| Theme::seed(id.clone(), seed_name(name)))
}

fn seed_name(name: &Localized) -> crate::domain::clean_text::CleanText {
    crate::domain::clean_text::CleanText::line(name.get(Language::Bokmal))
}

/// What a theme is called, in every language there is a name in.
fn named(theme: &Theme, codebook: &BTreeMap<Id, Localized>) -> Localized {
    match codebook.get(&theme.id) {
        Some(own) if theme.made.is_none() && seed_name(own) == theme.name => own.clone(),
        _ => Localized::new(Language::Bokmal, theme.name.clone()),
    }
}
