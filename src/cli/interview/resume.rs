//! `stemme interview --resume`: going on with a draft, the only one, one out of several, or one that is named.

use crate::domain::language::Language;
use crate::fieldwork::desk::{CannotStart, Desk, DraftEntry, short_names};
use crate::fieldwork::workplace::Workplace;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::Start;

use crate::cli::choose::{Left, search};
use crate::cli::evaluation::{cannot_start, draft_secret};
use crate::cli::exit_code::ExitCode;
use crate::cli::practice::converse;
use crate::cli::screens;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;

/// How often what opens a draft may be mistyped.
const TRIES: usize = 3;

/// Goes on with a draft, on screen or line by line. `named` is the beginning of its name.
pub(super) fn run(
    mut workplace: Workplace,
    named: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    if !screens::wanted(settings, surroundings) {
        return resume(&mut workplace, named, settings, surroundings);
    }
    let place = match known(&workplace.drafts(), named, settings, surroundings) {
        Ok(place) => place,
        Err(code) => return code,
    };
    screens::show(Box::new(workplace), Start::Resume(place), settings, surroundings)
}

/// Goes on with a draft line by line; asks which, where there are several and none is named.
pub(in crate::cli) fn resume(
    workplace: &mut Workplace,
    named: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.command.interview;
    let drafts = workplace.drafts();
    let place = match known(&drafts, named, settings, surroundings) {
        Ok(Some(place)) => place,
        Ok(None) => {
            let names = listed(&drafts, settings.language());
            match search(&words.which_draft, &names, settings, surroundings) {
                Ok(place) => place,
                Err(Left::Back | Left::Quit) => return ExitCode::Ok,
                Err(Left::Ended) => {
                    return told(&words.name_one, "", &drafts, settings, surroundings);
                }
            }
        }
        Err(code) => return code,
    };
    let Some(draft) = drafts.get(place) else {
        return ExitCode::Usage;
    };
    let mut code = ExitCode::Unreadable;
    for _ in 0..TRIES {
        let secret = match draft_secret(workplace, settings, surroundings) {
            Ok(secret) => secret,
            Err(code) => return code,
        };
        match workplace.resume(draft, secret.as_ref().map(|secret| secret.as_str())) {
            Ok((session, recovery)) => {
                let said = if recovery.damaged {
                    &words.resumed_damaged
                } else {
                    &words.resumed
                };
                surroundings.output.line(said);
                if recovery.copy_is_out {
                    surroundings.output.line(&words.copy_is_out);
                }
                return converse(session, workplace.contacts(), false, surroundings);
            }
            Err(error) => {
                code = cannot_start(error, workplace.draft_secret(), &settings.texts, surroundings);
                let typed = settings.passphrase_file.is_none() && secret.is_some();
                if error != CannotStart::WrongSecret || !typed {
                    return code;
                }
            }
        }
    }
    code
}

/// Returns the place of the draft that is meant; `None` where somebody must choose. Says so where none is meant, or
/// more than one is.
fn known(
    drafts: &[DraftEntry],
    named: Option<&str>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<usize>, ExitCode> {
    let words = &settings.texts.command.interview;
    if drafts.is_empty() {
        surroundings.output.note(&words.no_drafts);
        return Err(ExitCode::NothingToDo);
    }
    let Some(named) = named else {
        return Ok((drafts.len() == 1).then_some(0));
    };
    match find(drafts, named) {
        Found::One(place) => Ok(Some(place)),
        Found::None => Err(told(&words.no_such_draft, named, drafts, settings, surroundings)),
        Found::Several(places) => {
            let several: Vec<_> = places
                .into_iter()
                .filter_map(|place| drafts.get(place).cloned())
                .collect();
            Err(told(
                &words.several_drafts,
                named,
                &several,
                settings,
                surroundings,
            ))
        }
    }
}

/// Says a sentence about a name, and which drafts there are.
fn told(
    says: &str,
    named: &str,
    drafts: &[DraftEntry],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let drafts = listed(drafts, settings.language()).join(", ");
    let said = fill(says, &[("name", named), ("drafts", &drafts)]);
    surroundings.output.note(&said);
    ExitCode::Usage
}

/// Each draft by its day and the beginning of its name.
fn listed(drafts: &[DraftEntry], language: Language) -> Vec<String> {
    let named = short_names(drafts).into_iter().zip(drafts);
    named
        .map(|(name, draft)| match draft.last_day {
            Some(day) => format!("{} ({name})", date(day, language)),
            None => name,
        })
        .collect()
}

/// What a name finds.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    One(usize),
    None,
    Several(Vec<usize>),
}

/// Finds the draft whose name is this, or begins like this.
fn find(drafts: &[DraftEntry], named: &str) -> Found {
    let named = named.trim().to_lowercase();
    let name = |draft: &DraftEntry| draft.name.to_lowercase();
    if let Some(place) = drafts.iter().position(|draft| name(draft) == named) {
        return Found::One(place);
    }
    let begins = |place: &usize| {
        drafts
            .get(*place)
            .is_some_and(|draft| name(draft).starts_with(&named))
    };
    let places: Vec<usize> = (0..drafts.len()).filter(begins).collect();
    match places.as_slice() {
        [] => Found::None,
        [one] => Found::One(*one),
        _ => Found::Several(places),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Found, find, listed};
    use crate::domain::language::Language;
    use crate::fieldwork::desk::DraftEntry;

    fn drafts(names: &[&str]) -> Vec<DraftEntry> {
        let draft = |name: &&str| DraftEntry {
            name: (*name).to_owned(),
            last_day: Some(date(2026, 11, 22)),
            arrived: false,
        };
        names.iter().map(draft).collect()
    }

    #[test]
    fn the_beginning_of_a_name_finds_its_draft_and_a_whole_name_goes_first() {
        let three = drafts(&["7f3a01", "7f3a01b2", "c4d2"]);
        assert_eq!(find(&three, "C4"), Found::One(2));
        assert_eq!(find(&three, "7f3a01"), Found::One(0));
        assert_eq!(find(&three, "7f3a01b"), Found::One(1));
        assert_eq!(find(&three, "7f"), Found::Several(vec![0, 1]));
        assert_eq!(find(&three, "b2"), Found::None);
        assert_eq!(find(&three, ""), Found::Several(vec![0, 1, 2]));
    }

    #[test]
    fn drafts_of_one_day_are_told_apart_by_as_much_of_their_names_as_it_takes() {
        assert_eq!(
            listed(&drafts(&["7f3a01aa", "7f3a02bb", "c4d2e5f6"]), Language::Bokmal),
            [
                "22.11.2026 (7f3a01)",
                "22.11.2026 (7f3a02)",
                "22.11.2026 (c4d2e5)"
            ]
        );
    }
}
