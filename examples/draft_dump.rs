//! Prints what stands in the draft of a made-up evaluation: the written answers in the order of the questions, as a
//! JSON list. The crash tests compare it with what the screen had said was saved.
//!
//! ```text
//! cargo run --example draft_dump -- FOLDER
//! ```
//!
//! It refuses an evaluation that is not made up: answers of people are shown to nobody but those they were given to.
//! A draft that is in use cannot be read; a copy of its folder can. Without a draft the list is empty.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use stemme::domain::answer::Answer;
use stemme::domain::clean_text::CleanText;
use stemme::domain::interview::Interview;
use stemme::fieldwork::workplace::Workplace;
use stemme::store::NoRandomness;
use stemme::store::journal::recover_all;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name an evaluation's folder")?;
    let folder = Path::new(&folder);
    // Nothing is written here, so nothing is drawn.
    let random = Arc::new(|_: &mut [u8]| Err(NoRandomness));
    let workplace = Workplace::open(folder, folder, random).map_err(|error| format!("{error:?}"))?;
    if !workplace.evaluation().made_up {
        return Err("this evaluation is not made up".into());
    }
    let keys = workplace.unlock(None).map_err(|error| format!("{error:?}"))?;
    let mut drafts = recover_all(&workplace.folder().draft(), &keys)?;
    let draft = match (drafts.pop(), drafts.len()) {
        (None, _) => {
            writeln!(io::stdout(), "[]")?;
            return Ok(());
        }
        (Some((_, draft)), 0) => draft?,
        _ => return Err("there is more than one draft".into()),
    };
    if draft.damage.is_some() {
        return Err("the draft is damaged".into());
    }
    let steps = draft.actions();
    let survey = workplace
        .survey(&draft.opening.survey.sha256)
        .map_err(|error| format!("{error:?}"))?;
    let (interview, _) = Interview::replay(survey, draft.opening.clone(), &steps);
    let said: Vec<&str> = interview
        .route()
        .questions
        .iter()
        .flat_map(|question| interview.items_asked(question))
        .filter_map(|item| interview.response(&item.key())?.answer())
        .filter_map(Answer::words)
        .map(CleanText::as_str)
        .collect();
    writeln!(io::stdout(), "{}", serde_json::to_string(&said)?)?;
    Ok(())
}
