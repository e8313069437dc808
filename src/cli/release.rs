//! `stemme release`: says what can be shown before anything is written, asks, and writes it to the ledger.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::choice::{items_passed_over, known, passed_over};
use crate::disclosure::decision::{Refusal, Show, decide};
use crate::disclosure::ledger::parts;
use crate::disclosure::policies::Policies;
use crate::disclosure::published::{Answers, Count, Published, PublishedItem};
use crate::disclosure::release::KeptRelease;
use crate::domain::id::{Id, Slug};
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workplace::Workplace;
use crate::texts::number::whole;
use crate::texts::{Texts, fill};

use super::arguments::{bare, path, round, switch, value, variable};
use super::data::{self, Form};
use super::evaluation::open_office;
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::showing::{self, Interviewed, Kept, Opened, Versions};
use super::surroundings::Surroundings;

pub(in crate::cli) mod list;
mod merge;
mod preview;
pub(in crate::cli) mod titles;
pub mod voices;
pub(in crate::cli) mod wrong;

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (words, shared) = (&texts.release, &texts.results.command);
    let folder = &texts.command.value.folder;
    bare("release")
        .about(words.about.clone())
        .arg(switch("yes", "yes", &shared.yes))
        .arg(value("by", "by", &shared.by_value, &shared.by).value_parser(variable))
        .arg(switch("list", "list", &words.list))
        .arg(
            value("wrong", "wrong", &words.wrong_value, &words.wrong)
                .requires("why")
                .conflicts_with_all(["merge", "list"]),
        )
        .arg(value("why", "why", &words.why_value, &words.why).requires("wrong"))
        .arg(path(value("merge", "merge", folder, &words.merge)).conflicts_with_all(["list", "wrong"]))
        .args(data::flags(texts))
        .arg(round(texts))
}

/// Releases, or looks after what was released.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match released(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn released(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let workplace = open_office(settings, surroundings)?;
    let kept = showing::read_ledger(&workplace, settings, surroundings)?;
    let as_json = data::wanted(matches);
    if matches.get_flag("list") {
        return Ok(list::say(&workplace, &kept, as_json, settings, surroundings));
    }
    if let Some(folder) = matches.get_one::<PathBuf>("merge") {
        return merge::take_in(folder, &workplace, kept, as_json, settings, surroundings);
    }
    if let Some(name) = matches.get_one::<String>("wrong") {
        let why = matches.get_one::<String>("why").map_or("", String::as_str);
        let asked = (name.as_str(), why, matches.get_flag("yes"));
        return wrong::mark(asked, &workplace, kept, as_json, settings, surroundings);
    }
    let step = Step::Show {
        yes: matches.get_flag("yes"),
        as_json,
    };
    let by = matches.get_one::<Id>("by");
    new_states((by, step), &workplace, kept, settings, surroundings).map(|(code, _)| code)
}

/// How far it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Says what can be shown, and shows nothing.
    Offer,
    /// Shows it, where somebody says yes.
    Show {
        /// Somebody has.
        yes: bool,
        /// As JSON.
        as_json: Option<Form>,
    },
}

/// Releases what can be released of every survey of the round. Returns as well what everything that is offered can be split
/// by, where something of it is shown for the first time: what is split by what is settled then.
pub(super) fn new_states(
    (by, step): (Option<&Id>, Step),
    workplace: &Workplace,
    mut kept: Kept,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(ExitCode, Vec<Id>), ExitCode> {
    let versions = Versions::of(workplace);
    let opened = Opened::open(workplace, &versions, &kept, by, settings, surroundings)?;
    showing::mention_lost(&opened.collection, settings, surroundings);
    let evaluation = workplace.evaluation();
    let mut policies = Policies::default();
    let (mut done, mut refused): (Vec<Value>, Option<ExitCode>) = (Vec::new(), None);
    let mut is_offered = false;
    let mut planned: BTreeSet<Slug> = BTreeSet::new();
    let (mut is_first, mut splits): (bool, Option<Vec<Id>>) = (false, None);
    let surveys = workplace.surveys().as_read().iter().map(|survey| &**survey);
    for item in items_passed_over(&evaluation.disclosure.breakdowns, surveys) {
        let said = fill(&settings.texts.release.item_passed_over, &[("item", &item)]);
        surroundings.output.note(&said);
    }
    for survey in workplace.surveys().as_read() {
        let interviewed = Interviewed::of(evaluation, survey, &opened.collection.interviews);
        let limits = showing::limits(&evaluation.disclosure, survey, settings, surroundings)?;
        let states = interviewed.states(&kept);
        let part = parts(&states).len() + 1;
        let people = match decide(
            &states,
            (interviewed.single(), interviewed.gathered()),
            &limits,
            !states.is_empty(),
        ) {
            Show::First | Show::Kept { .. } => interviewed.single().clone(),
            Show::Groups => interviewed.groups_held(),
            Show::New(people) => people,
            Show::Refused(Refusal::TooFewInterviews { needed })
                if voices::may_tell(&interviewed, (&opened, &kept, &limits), settings, surroundings)? =>
            {
                preview::say_words(&interviewed, needed, settings, surroundings);
                planned.insert(survey.id().clone());
                if let Step::Show { yes, as_json: form } = step {
                    voices::offer(&opened, (&kept, &planned), settings, surroundings)?;
                    planned.clear();
                    if !evaluation.made_up {
                        interviewed.ask(interviewed.single(), yes, settings, surroundings)?;
                    }
                    let choice = interviewed.choice(None, settings, surroundings)?;
                    let of = (&limits, &choice);
                    interviewed.keep_words(of, &mut kept, &opened, settings, surroundings)?;
                    let name = kept.files.last().map_or("", |file| &file.sha256);
                    if form.is_some() {
                        done.push(json!({ "name": name, "survey": survey.id(), "in_words": true }));
                    } else {
                        let title = survey.parts().title.get(settings.language());
                        let values = [("name", name.get(..8).unwrap_or(name)), ("survey", title)];
                        let said = fill(&settings.texts.release.done_words, &values);
                        surroundings.output.line(&said);
                    }
                }
                continue;
            }
            Show::Refused(refusal) => {
                let code = interviewed.refused(&refusal, settings, surroundings);
                refused = match (refused, code) {
                    (Some(ExitCode::Refused), _) => refused,
                    (_, code) => Some(code),
                };
                continue;
            }
        };
        let sites: Vec<String> = evaluation.sites.iter().map(|site| site.id.to_string()).collect();
        is_first |= states.is_empty();
        let fits = |by: &Id| interviewed.can_split(by);
        splits = Some(match splits {
            None => known(&sites, survey).into_iter().filter(fits).collect(),
            Some(splits) => splits.into_iter().filter(fits).collect(),
        });
        let choice = interviewed.choice(by, settings, surroundings)?;
        for by in passed_over(&evaluation.disclosure.breakdowns, &sites, survey) {
            let said = fill(&settings.texts.release.by_passed_over, &[("by", by.as_str())]);
            surroundings.output.note(&said);
        }
        if people.is_disjoint(interviewed.single()) {
            let gathered = interviewed.gathered();
            preview::say_groups(survey, gathered, &limits, settings, surroundings);
        } else {
            preview::say(
                &mut policies,
                survey,
                (people.len(), part, interviewed.gathered()),
                (
                    &limits,
                    &interviewed.groups(&people, &choice, settings.language()),
                    &choice.breakdowns,
                ),
                &interviewed.asked(&people, &versions),
                settings,
                surroundings,
            );
        }
        let Step::Show { yes, as_json: form } = step else {
            is_offered = true;
            continue;
        };
        if !evaluation.made_up {
            interviewed.ask(&people, yes, settings, surroundings)?;
        }
        let state = interviewed.keep_new(
            people,
            (&limits, &choice),
            &mut kept,
            &opened,
            settings,
            surroundings,
        )?;
        let name = kept.files.last().map_or("", |file| &file.sha256);
        let title = survey.parts().title.get(settings.language());
        if form.is_some() {
            done.push(as_json(name, part, &state));
        } else {
            say_done(name, title, &state, settings, surroundings);
        }
    }
    let Step::Show { yes, as_json: form } = step else {
        is_offered |= voices::offer(&opened, (&kept, &planned), settings, surroundings)?;
        return match refused {
            Some(code) if !is_offered => Err(code),
            None if !is_offered => Err(ExitCode::NothingToDo),
            _ => Ok((ExitCode::Ok, splits.filter(|_| is_first).unwrap_or_default())),
        };
    };
    let told = voices::release(&opened, &mut kept, (yes, form.is_some()), settings, surroundings);
    // What was written down stays told, whatever becomes of the words.
    let told = match told {
        Err(code) if done.is_empty() && !surroundings.output.has_result() => return Err(code),
        told => told.unwrap_or_default(),
    };
    if let Some(form) = form.filter(|_| !(done.is_empty() && told.is_empty())) {
        let json = json!({ "format": 1, "released": done, "voices": told });
        data::write(&json, form, surroundings);
    }
    let wrote = surroundings.output.has_result() || !told.is_empty();
    match refused {
        Some(code) if !wrote => Err(code),
        None if !wrote => Err(ExitCode::NothingToDo),
        _ => {
            if !settings.quiet {
                surroundings.output.note(&settings.texts.release.next);
            }
            Ok((ExitCode::Ok, Vec::new()))
        }
    }
}

/// How many numbers a state prints in which way.
#[derive(Clone, Copy, Default)]
struct Printed {
    exact: u32,
    coded: u32,
    merged: u32,
}

impl Printed {
    fn of(published: &Published) -> Self {
        let mut printed = Self::default();
        for cell in published.items().iter().flat_map(PublishedItem::cells) {
            match cell.count {
                Count::Exact(_) => printed.exact += 1,
                Count::AtMost(_) | Count::AtLeast(_) => printed.coded += 1,
                Count::Hidden => continue,
            }
            printed.merged += u32::from(cell.what.len() > 1);
        }
        printed
    }
}

/// Whether a state is about groups alone.
fn is_of_groups(published: &Published) -> bool {
    published.interviews() == 0 && published.groups() > 0
}

/// The items of which nothing is said: no number, and of groups no words.
fn without_numbers(published: &Published) -> Vec<String> {
    let of_groups = is_of_groups(published);
    let hidden = published.items().iter().filter(|item| {
        matches!(item.answers, Answers::Hidden { .. }) && !(of_groups && item.hands.is_some())
    });
    hidden.map(|item| item.item.to_string()).collect()
}

fn say_done(
    name: &str,
    title: &str,
    state: &KeptRelease,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let (words, language) = (&settings.texts.release, settings.language());
    let number = |count: u32| whole(u64::from(count), language);
    let published = state.published();
    let short = name.get(..8).unwrap_or(name);
    let of_groups = is_of_groups(published);
    let (done, n) = if of_groups {
        (&words.done_groups, number(published.groups()))
    } else {
        (&words.done, number(published.interviews()))
    };
    let values = [("name", short), ("survey", title), ("n", n.as_str())];
    surroundings.output.line(&fill(done, &values));
    let printed = Printed::of(published);
    let (exact, coded, merged) = (
        number(printed.exact),
        number(printed.coded),
        number(printed.merged),
    );
    let values = [
        ("exact", exact.as_str()),
        ("coded", coded.as_str()),
        ("merged", merged.as_str()),
    ];
    if !of_groups {
        surroundings.output.line(&fill(&words.done_numbers, &values));
    }
    let without = without_numbers(published);
    if !without.is_empty() {
        let text = if of_groups {
            &words.groups_never
        } else {
            &words.done_without
        };
        let said = fill(text, &[("items", &without.join(", "))]);
        surroundings.output.line(&said);
    }
}

fn as_json(name: &str, part: usize, state: &KeptRelease) -> Value {
    let published = state.published();
    let printed = Printed::of(published);
    json!({
        "name": name,
        "survey": published.survey().id,
        "part": part,
        "interviews": published.interviews(),
        "groups": published.groups(),
        "exact": printed.exact,
        "coded": printed.coded,
        "merged": printed.merged,
        "without_numbers": without_numbers(published),
    })
}

#[cfg(test)]
mod groups_tests;
#[cfg(test)]
mod held_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;
