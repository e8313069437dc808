//! Two coordinators' ledgers put together: everything of both, in whichever order.

use std::path::Path;

use serde_json::json;

use crate::disclosure::ledger::{Conflict, conflict};
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::store::releases::{self, ReleaseFile};
use crate::texts::fill;
use crate::texts::number::whole;

use super::super::data::{self, Form};
use super::super::evaluation;
use super::super::exit_code::ExitCode;
use super::super::failure;
use super::super::settings::Settings;
use super::super::showing::{self, Kept};
use super::super::surroundings::Surroundings;

/// Takes in what stands in the ledger of the evaluation in another folder. What was shown was shown: it is taken in also
/// where the two cannot stand beside each other, and that is said.
pub(super) fn take_in(
    folder: &Path,
    workplace: &Workplace,
    mut kept: Kept,
    form: Option<Form>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.release;
    let folder = surroundings.path(folder);
    let shown = folder.display().to_string();
    let values = [("folder", shown.as_str())];
    let other = evaluation::open_at(&folder, settings, surroundings)?;
    if other.evaluation().id != workplace.evaluation().id {
        surroundings
            .output
            .error("merge_other", &fill(&words.merge_other, &values));
        return Err(ExitCode::Refused);
    }
    let files = releases::read_all(&other.folder().releases())
        .map_err(|error| failure::store(&error, settings, surroundings))?;
    if files.is_empty() {
        surroundings
            .output
            .error("merge_nothing", &fill(&words.merge_nothing, &values));
        return Err(ExitCode::NothingToDo);
    }
    let ledger =
        showing::parse(&files).map_err(|error| showing::unreadable(error, settings, surroundings))?;
    let lacking = kept.ledger.lacks(&ledger);
    // Those shown first are written first, so that a run that is cut off leaves a ledger that can be read.
    let mut order: Vec<&str> = ledger.states().iter().map(|state| state.name.as_str()).collect();
    let marks = files
        .iter()
        .map(|file| file.sha256.as_str())
        .filter(|name| !order.contains(name));
    let marks: Vec<&str> = marks.collect();
    order.extend(marks);
    let mut taken: u64 = 0;
    for name in order {
        let file: Option<&ReleaseFile> = files.iter().find(|file| file.sha256 == name);
        if let Some(file) = file.filter(|_| lacking.iter().any(|lacking| lacking.as_str() == name)) {
            showing::add(file.bytes.clone(), &mut kept, workplace, settings, surroundings)?;
            taken += 1;
        }
    }
    let found = workplace.surveys().as_read().iter().find_map(|survey| {
        let own: Vec<_> = kept
            .ledger
            .states()
            .into_iter()
            .filter(|state| state.kept.published().survey().id == *survey.id())
            .collect();
        Some((survey, conflict(&own)?))
    });
    if let Some(form) = form {
        let conflict = found
            .as_ref()
            .map(|(_, Conflict { one, other, .. })| json!([one, other]));
        let json = json!({ "format": 1, "taken_in": taken, "conflict": conflict });
        data::write(&json, form, surroundings);
    } else if taken == 0 {
        surroundings.output.line(&words.merge_none);
    } else {
        let n = whole(taken, settings.language());
        surroundings.output.line(&fill(&words.merged, &[("n", &n)]));
    }
    if let Some((survey, conflict)) = found {
        let values = [
            ("survey", survey.parts().title.get(settings.language())),
            ("one", conflict.one.short()),
            ("other", conflict.other.short()),
        ];
        surroundings
            .output
            .error("ledger_conflict", &fill(&words.conflict, &values));
        return Err(ExitCode::Refused);
    }
    Ok(ExitCode::Ok)
}
