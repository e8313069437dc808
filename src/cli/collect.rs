//! `stemme collect`: brings together what laptops handed over, and writes them a receipt.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use crate::fieldwork::workbench::Workbench;
use crate::fieldwork::workplace::Workplace;
use crate::store::collecting::{self, Collected};
use crate::store::draft_wishes::{self, Waits};
use crate::store::judging::Remark;
use crate::store::keys::CoordinatorKeys;
use crate::store::ledger::Ledger;
use crate::store::superseded::{self, Superseded};
use crate::store::{StoreError, receipt, withdrawal};
use crate::texts::handover::RemarkTexts;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, value};
use super::data::{self, Form};
use super::evaluation::{coordinator, open, store_sentence, typed_folder};
use super::exit_code::ExitCode;
use super::kit::refuse_on_laptop;
use super::progress;
use super::settings::Settings;
use super::strangers;
use super::surroundings::Surroundings;

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.handover.collect;
    let files = Arg::new("files")
        .value_name(texts.handover.files_value.clone())
        .help(words.files.clone())
        .num_args(1..)
        .required(true);
    let folder = &texts.command.value.folder;
    bare("collect")
        .about(words.about.clone())
        .arg(path(files))
        .arg(path(value("receipts", "receipts", folder, &words.receipts)))
        .args(data::flags(texts))
}

/// Collects.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    collect(matches, settings, surroundings).unwrap_or_else(|code| code)
}

fn collect(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let workplace = open(settings, surroundings)?;
    refuse_on_laptop(&workplace, settings, surroundings)?;
    let here = surroundings.working_folder.clone();
    let sources: Vec<PathBuf> = matches
        .get_many::<PathBuf>("files")
        .map(|files| files.map(|file| here.join(file)).collect())
        .unwrap_or_default();
    let receipts = matches.get_one::<PathBuf>("receipts").map(|path| here.join(path));
    let wanted = (receipts, data::wanted(matches));
    collect_from(&sources, wanted, &workplace, settings, surroundings)
}

/// Collects what lies in these places; the receipt goes into a folder, and what is said may be JSON.
///
/// # Errors
/// How the run ends where nothing could be collected.
pub(super) fn collect_from(
    sources: &[PathBuf],
    (receipts, form): (Option<PathBuf>, Option<Form>),
    workplace: &Workplace,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let keys = coordinator(workplace, settings, surroundings)?;
    let said = |error: &StoreError, surroundings: &mut Surroundings| {
        surroundings.output.note(&store_sentence(error, &settings.texts));
        ExitCode::Unreadable
    };
    let ledger = workplace.home().ledger(&workplace.evaluation().id);
    let mut ledger = ledger
        .and_then(|path| Ledger::read(&path))
        .map_err(|error| said(&error, surroundings))?;
    // First, so that what was withdrawn is not taken in again.
    let source = surroundings.randomness();
    let mut random = |bytes: &mut [u8]| source(bytes);
    let mut remember = |ledger: &mut Ledger| {
        withdrawal::remember(
            workplace.folder(),
            &keys.identities(),
            workplace.evaluation(),
            ledger,
            keys.signer(),
            &mut random,
        )
    };
    remember(&mut ledger).map_err(|error| said(&error, surroundings))?;
    let mut seen = 0;
    let collected = collecting::collect(
        sources,
        workplace.folder(),
        &keys.identities(),
        workplace.evaluation(),
        &mut ledger,
        &mut |done| {
            seen = done;
            progress::show_so_far(done, settings, surroundings);
        },
    );
    progress::end_so_far(seen, settings, surroundings);
    let collected = collected.map_err(|error| said(&error, surroundings))?;
    let waiting = draft_wishes::honour(
        workplace.folder(),
        &keys.identities(),
        workplace.evaluation(),
        &mut ledger,
    )
    .map_err(|error| said(&error, surroundings))?;
    // And once more, with the tombstones that came along.
    remember(&mut ledger).map_err(|error| said(&error, surroundings))?;
    // A tombstone wins over every copy, also over one that a laptop brings afterwards.
    let removed = withdrawal::prune(workplace.folder(), &keys.identities(), workplace.evaluation())
        .map_err(|error| said(&error, surroundings))?;
    // One that the person finished takes the place of one that was sealed from the draft.
    let superseded = superseded::remove(
        workplace.folder(),
        &keys.identities(),
        workplace.evaluation(),
        &collected.again,
    )
    .map_err(|error| said(&error, surroundings))?;
    let waiting = [Waits::Deleted, Waits::DeletionAsked, Waits::NotYet]
        .map(|kind| waiting.values().filter(|why| **why == kind).count());
    let beside = Beside {
        removed,
        superseded,
        waiting,
    };
    let is_new = strangers::bring_copies(workplace, &collected.evaluation_files)
        .map_err(|error| said(&error, surroundings))?;
    if is_new {
        strangers::tell_copies(workplace, settings, surroundings);
    }
    workplace.note_checked(collected.checked.iter().copied(), keys.signer());
    // What came in together stands together: whether the last delivery brought a new theme is asked of it. A workbook that
    // cannot be opened is told of where somebody opens it.
    if let Ok(mut bench) = Workbench::open(workplace, &keys, None, &mut |_, _| ()) {
        bench.wait();
    }
    let receipts = receipts.or_else(|| folder_of(sources));
    let receipt = receipts.map(|folder| {
        let written = write_receipt(&folder, workplace, &keys, &collected.accepted);
        written.map_err(|_| folder)
    });
    if let Some(form) = form {
        let json = as_json(&collected, &beside, receipt.as_ref());
        data::write(&json, form, surroundings);
    } else {
        say(
            &collected,
            &beside,
            (sources, receipt.as_ref()),
            settings,
            surroundings,
        );
    }
    Ok(ending(&collected, receipt.as_ref()))
}

/// The folder of the first thing that was named: there the next laptop will look.
fn folder_of(sources: &[PathBuf]) -> Option<PathBuf> {
    let first = sources.first()?;
    if first.is_dir() {
        return Some(first.clone());
    }
    first.parent().map(Path::to_owned)
}

/// Writes a receipt; none where nothing arrived.
fn write_receipt(
    folder: &Path,
    workplace: &Workplace,
    keys: &CoordinatorKeys,
    accepted: &BTreeSet<crate::store::envelope::EnvelopeName>,
) -> Result<Option<PathBuf>, StoreError> {
    if accepted.is_empty() {
        return Ok(None);
    }
    receipt::write(folder, &workplace.evaluation().id, accepted, keys.signer()).map(Some)
}

/// What came of it besides.
struct Beside {
    /// Files of withdrawn and deleted interviews that went.
    removed: usize,
    /// Interviews that the person finished after they had been sealed from a draft, and what was set aside because it says
    /// something else than what counts.
    superseded: Superseded,
    /// Interviews that wait: deleted on the laptop, on one that was revoked, or not to be used yet.
    waiting: [usize; 3],
}

type Receipt = Result<Option<PathBuf>, PathBuf>;

fn ending(collected: &Collected, receipt: Option<&Receipt>) -> ExitCode {
    let trouble = !collected.unreadable.is_empty()
        || !collected.cut.is_empty()
        || !collected.newer.is_empty()
        || !collected.absent.is_empty()
        || !collected.strange.is_empty()
        || matches!(receipt, Some(Err(_)));
    if trouble {
        ExitCode::Unreadable
    } else if collected.envelopes == 0 {
        ExitCode::NothingToDo
    } else {
        ExitCode::Ok
    }
}

fn say(
    collected: &Collected,
    beside: &Beside,
    (sources, receipt): (&[PathBuf], Option<&Receipt>),
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let texts = &settings.texts.handover;
    let words = &texts.collect;
    if collected.envelopes == 0 && collected.strange.is_empty() {
        let looked: Vec<String> = sources.iter().map(|path| path.display().to_string()).collect();
        let said = fill(&words.nothing, &[("places", &looked.join(", "))]);
        surroundings.output.note(&said);
    }
    let counts = [
        (&words.new, collected.interviews, collected.envelopes > 0),
        (&words.copies, collected.copies, collected.copies > 0),
        (&words.withdrawn, collected.withdrawn, collected.withdrawn > 0),
        (&words.slips, collected.slips, collected.slips > 0),
        (&words.workbook, collected.workbook, collected.workbook > 0),
    ];
    for (text, count, wanted) in counts {
        if wanted {
            let count = count.to_string();
            surroundings.output.line(&fill(text, &[("count", &count)]));
        }
    }
    if collected.drafts > 0 {
        let count = collected.drafts.to_string();
        let said = fill(&settings.texts.life.drafts_collected, &[("count", &count)]);
        surroundings.output.line(&said);
    }
    let life = &settings.texts.life;
    let [deleted, asked, held] = beside.waiting;
    let counts = [
        (&life.held_messages, collected.held),
        (&life.finished_collected, beside.superseded.finished),
        (&life.differing_collected, beside.superseded.aside),
        (&life.removed_collected, beside.removed),
        (&life.deleted_collected, deleted),
        (&life.asked_collected, asked),
        (&life.held_collected, held),
    ];
    for (text, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        let count = count.to_string();
        surroundings.output.line(&fill(text, &[("count", &count)]));
    }
    for (remark, count) in &collected.aside {
        let values = [
            ("why", remark_words(*remark, &texts.remark)),
            ("count", &count.to_string()),
        ];
        surroundings.output.line(&fill(&words.aside, &values));
    }
    say_shut(
        collected.with_another,
        collected.aside.contains_key(&Remark::OtherKey),
        settings,
        surroundings,
    );
    let unreadable: Vec<PathBuf> = collected
        .unreadable
        .iter()
        .map(|(path, _)| path.clone())
        .collect();
    if collected.left > 0 {
        let count = collected.left.to_string();
        surroundings.output.note(&fill(&words.left, &[("count", &count)]));
    }
    let files = [
        (&words.absent, &collected.absent),
        (&words.cut, &collected.cut),
        (&words.elsewhere, &collected.elsewhere),
        (&words.newer, &collected.newer),
        (&words.strange, &collected.strange),
        (&words.unreadable, &unreadable),
    ];
    for (text, paths) in files {
        for path in paths {
            let shown = path.display().to_string();
            surroundings.output.note(&fill(text, &[("file", &shown)]));
        }
    }
    match receipt {
        Some(Ok(Some(path))) => {
            let shown = path.display().to_string();
            surroundings
                .output
                .line(&fill(&words.receipt, &[("file", &shown)]));
        }
        Some(Err(folder)) => {
            let shown = folder.display().to_string();
            surroundings
                .output
                .note(&fill(&words.no_receipt, &[("folder", &shown)]));
        }
        _ => {}
    }
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
}

/// Says what to do about what only another coordinator's key opens.
pub(super) fn say_shut(
    with_another: usize,
    is_shut: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let words = &settings.texts.handover.collect;
    let folder = typed_folder(settings, surroundings);
    let count = with_another.to_string();
    let values = [("count", count.as_str()), ("folder", folder.as_str())];
    for (text, wanted) in [(&words.with_another, with_another > 0), (&words.shut, is_shut)] {
        if wanted {
            surroundings.output.line(&fill(text, &values));
        }
    }
}

fn as_json(collected: &Collected, beside: &Beside, receipt: Option<&Receipt>) -> Value {
    let aside: serde_json::Map<String, Value> = collected
        .aside
        .iter()
        .map(|(remark, count)| (remark_code(*remark).to_owned(), json!(count)))
        .collect();
    let [deleted, asked, held] = beside.waiting;
    let unreadable: Vec<&Path> = collected
        .unreadable
        .iter()
        .map(|(path, _)| path.as_path())
        .collect();
    json!({
        "deliveries": collected.deliveries,
        "envelopes": collected.envelopes,
        "interviews": collected.interviews,
        "slips": collected.slips,
        "drafts": collected.drafts,
        "held": collected.held,
        "decisions": collected.decisions,
        "drafts_left": collected.left,
        "workbook": collected.workbook,
        "copies": collected.copies,
        "withdrawn": collected.withdrawn,
        "tombstones": collected.tombstones,
        "finished_after_sealing": beside.superseded.finished,
        "differing": beside.superseded.aside,
        "deleted_after_sealing": deleted,
        "deletion_asked": asked,
        "not_yet_after_sealing": held,
        "aside": aside,
        "with_another": collected.with_another,
        "absent": collected.absent,
        "cut": collected.cut,
        "elsewhere": collected.elsewhere,
        "newer": collected.newer,
        "strange": collected.strange,
        "unreadable": unreadable,
        "receipt": receipt.and_then(|receipt| receipt.as_ref().ok()),
    })
}

/// Returns what there is to say about a file, in words.
pub(super) fn remark_words(remark: Remark, words: &RemarkTexts) -> &str {
    match remark {
        Remark::Newer => &words.newer,
        Remark::OtherKey => &words.other_key,
        Remark::Damaged => &words.damaged,
        Remark::UnknownOrigin => &words.unknown_origin,
        Remark::RevokedLaptop => &words.revoked_laptop,
        Remark::Forged => &words.forged,
        Remark::OtherEvaluation => &words.other_evaluation,
        Remark::MadeUp => &words.made_up,
        Remark::Absent => &words.absent,
        Remark::Differs => &words.differs,
        Remark::Misnamed => &words.misnamed,
        Remark::NoFile => &words.no_file,
    }
}

/// Returns what there is to say about a file, for scripts: the same in every language.
pub(super) const fn remark_code(remark: Remark) -> &'static str {
    match remark {
        Remark::Newer => "newer",
        Remark::OtherKey => "other_key",
        Remark::Damaged => "damaged",
        Remark::UnknownOrigin => "unknown_origin",
        Remark::RevokedLaptop => "revoked_laptop",
        Remark::Forged => "forged",
        Remark::OtherEvaluation => "other_evaluation",
        Remark::MadeUp => "made_up",
        Remark::Absent => "absent",
        Remark::Differs => "differs",
        Remark::Misnamed => "misnamed",
        Remark::NoFile => "no_file",
    }
}
