//! Themes and quotes on their way into a report: shown as they would stand, asked about, and written to the ledger.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::disclosure::ledger::{Ledger, conflict};
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::quote::{NoQuote, Quote};
use crate::disclosure::release::{KeptRelease, ReleaseName};
use crate::disclosure::voices::{Decided, ThemeName, Wanted, decide};
use crate::disclosure::words;
use crate::domain::id::{Id, Slug};
use crate::domain::identifier;
use crate::domain::record::InterviewId;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::workbench::{MayQuote, QuoteFacts, Workbench};
use crate::fieldwork::workplace::Workplace;
use crate::store::keys::Identities;
use crate::texts::fill;
use crate::texts::number::whole;
use crate::tui::coordinator::coding::quotes::reason;

use super::super::evaluation::cannot_unlock;
use super::super::exit_code::ExitCode;
use super::super::settings::Settings;
use super::super::showing::{self, Interviewed, Kept, Opened};
use super::super::surroundings::Surroundings;

/// Releases the themes and quotes of every survey that has something new. Returns each as JSON; says what was released
/// where it is not told so.
///
/// # Errors
/// How the run ends where nobody said yes, or nothing can be kept.
pub(in crate::cli) fn release(
    opened: &Opened<'_>,
    kept: &mut Kept,
    (yes, is_json): (bool, bool),
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<Value>, ExitCode> {
    let mut done = Vec::new();
    let Some(bench) = bench(opened, settings, surroundings)? else {
        return Ok(done);
    };
    let made_up = opened.workplace.evaluation().made_up;
    for (survey, limits) in surveys(opened, settings, surroundings)? {
        let Some((decided, facts)) = decided(&bench, opened, kept, &survey, &limits, &BTreeSet::new()) else {
            continue;
        };
        if !decided.is_new {
            continue;
        }
        let title = title(opened, &survey, settings);
        say(&decided, &facts, &title, settings, surroundings);
        if !made_up {
            let words = &settings.texts.workbench.voices;
            showing::ask((&words.ask, &words.ask_no_terminal), yes, settings, surroundings)?;
        }
        let bytes = Ledger::line(&decided.kept).map_err(|_| ExitCode::Unexpected)?;
        showing::add(bytes, kept, opened.workplace, settings, surroundings)?;
        let name = kept.files.last().map_or("", |file| &file.sha256);
        done.push(as_json(name, &survey, &decided));
        if !is_json {
            say_done(&decided, settings, surroundings);
        }
    }
    Ok(done)
}

/// Says which themes and quotes could be released, and releases none: also of the surveys of which words alone are
/// planned. Returns whether there are any.
///
/// # Errors
/// How the run ends where that cannot be seen.
pub(in crate::cli) fn offer(
    opened: &Opened<'_>,
    (kept, planned): (&Kept, &BTreeSet<Slug>),
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<bool, ExitCode> {
    let Some(bench) = bench(opened, settings, surroundings)? else {
        return Ok(false);
    };
    let mut is_offered = false;
    for (survey, limits) in surveys(opened, settings, surroundings)? {
        let decided = decided(&bench, opened, kept, &survey, &limits, planned);
        if let Some((decided, facts)) = decided.filter(|(decided, _)| decided.is_new) {
            let title = title(opened, &survey, settings);
            say(&decided, &facts, &title, settings, surroundings);
            is_offered = true;
        }
    }
    Ok(is_offered)
}

/// As [`release`], without a word: for the example, whose answers nobody gave.
///
/// # Errors
/// How the run ends where nothing can be kept.
pub(in crate::cli) fn release_unasked(
    opened: &Opened<'_>,
    kept: &mut Kept,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let Some(bench) = bench(opened, settings, surroundings)? else {
        return Ok(());
    };
    for (survey, limits) in surveys(opened, settings, surroundings)? {
        if let Some((decided, _)) = decided(&bench, opened, kept, &survey, &limits, &BTreeSet::new()) {
            let bytes = Ledger::line(&decided.kept).map_err(|_| ExitCode::Unexpected)?;
            showing::add(bytes, kept, opened.workplace, settings, surroundings)?;
        }
    }
    Ok(())
}

/// Returns whether there are themes or quotes that were not released.
///
/// # Errors
/// How the run ends where that cannot be seen.
pub(in crate::cli) fn is_waiting(
    opened: &Opened<'_>,
    kept: &Kept,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<bool, ExitCode> {
    let Some(bench) = bench(opened, settings, surroundings)? else {
        return Ok(false);
    };
    let all = surveys(opened, settings, surroundings)?;
    Ok(all.iter().any(|(survey, limits)| {
        decided(&bench, opened, kept, survey, limits, &BTreeSet::new())
            .is_some_and(|(decided, _)| decided.is_new)
    }))
}

/// Returns whether a survey of which nothing was shown may be told of in words alone: whether enough people hold a theme.
///
/// # Errors
/// How the run ends where that cannot be seen.
pub(in crate::cli) fn may_tell(
    interviewed: &Interviewed<'_>,
    (opened, kept, limits): (&Opened<'_>, &Kept, &Limits),
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<bool, ExitCode> {
    if interviewed.single().is_empty() || !interviewed.in_words(kept).is_empty() {
        return Ok(false);
    }
    let read = opened.workbook(settings, surroundings)?;
    Ok(words::may_tell(&read.book, interviewed.single(), limits))
}

/// Opens the answers only where somebody has sorted them.
fn bench(
    opened: &Opened<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Option<Workbench>, ExitCode> {
    let read = opened.workbook(settings, surroundings)?;
    let is_used =
        read.book.holding().values().any(|held| !held.is_empty()) || read.book.quotes().next().is_some();
    if !is_used {
        return Ok(None);
    }
    let bench = Workbench::look(opened.workplace, opened.identities(), &mut |_, _| ());
    bench
        .map(Some)
        .map_err(|error| cannot_unlock(error, settings, surroundings))
}

fn surveys(
    opened: &Opened<'_>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<(Slug, Limits)>, ExitCode> {
    let choice = &opened.workplace.evaluation().disclosure;
    let surveys = opened.workplace.surveys().as_read().iter();
    surveys
        .map(|survey| {
            let limits = showing::limits(choice, survey, settings, surroundings)?;
            Ok((survey.id().clone(), limits))
        })
        .collect()
}

fn title(opened: &Opened<'_>, survey: &Slug, settings: &Settings) -> String {
    let mut known = opened.workplace.surveys().as_read().iter();
    let known = known.find(|known| known.id() == survey);
    known.map_or_else(String::new, |known| {
        known.parts().title.get(settings.language()).to_owned()
    })
}

/// What would be released of a survey, and the quotes in the order they were handed in; nothing before a state was shown.
fn decided(
    bench: &Workbench,
    opened: &Opened<'_>,
    kept: &Kept,
    survey: &Slug,
    limits: &Limits,
    planned: &BTreeSet<Slug>,
) -> Option<(Decided, Vec<QuoteFacts>)> {
    let workplace = opened.workplace;
    let survey = workplace
        .surveys()
        .as_read()
        .iter()
        .find(|known| known.id() == survey)?;
    let interviewed = Interviewed::of(workplace.evaluation(), survey, &opened.collection.interviews);
    let mut states = interviewed.states(kept);
    states.retain(|state| state.wrong.is_none());
    let in_words = interviewed.in_words(kept);
    let is_planned = planned.contains(survey.id()) && states.is_empty() && in_words.is_empty();
    if (states.is_empty() && !words::stand(&in_words) && !is_planned) || conflict(&in_words).is_some() {
        return None;
    }
    // What groups told stands where nobody was interviewed alone: beside others it would tell how many of those hold it.
    let of_groups = interviewed.single().is_empty()
        || (!states.is_empty()
            && states
                .iter()
                .all(|state| state.kept.published().interviews() == 0));
    let still_there = |state: &KeptRelease| -> BTreeSet<InterviewId> {
        let own = interviewed.still_there(state).into_iter();
        own.filter(|interview| of_groups || interviewed.single().contains(interview))
            .collect()
    };
    let mut people = words::rows(&in_words, &states, still_there, limits);
    if is_planned {
        people.insert(ReleaseName::new("planned"), interviewed.single().clone());
    }
    let themes: Vec<ThemeName> = bench
        .tree()
        .into_iter()
        .map(|(_, theme)| ThemeName::new(theme.id.clone(), theme.under.clone(), &bench.every_name(theme)))
        .collect();
    let order: Vec<&Id> = themes.iter().map(|name| &name.theme).collect();
    let mut facts = bench.quotes();
    facts.retain(|facts| facts.survey == *survey.id());
    facts.sort_by_key(|facts| order.iter().position(|theme| **theme == facts.theme));
    let quotes: Vec<Quote> = facts.iter().map(quote).collect();
    let before = kept
        .ledger
        .voices(survey.id(), &[in_words, states.clone()].concat());
    let wanted = Wanted {
        survey: survey.id(),
        workbook: bench.book(),
        states: &people,
        names: &themes,
        quotes: &quotes,
    };
    let decided = decide(wanted, &before, limits);
    let (headings, others, quoted) = decided.kept.sizes();
    (headings + others + quoted > 0 || !before.is_empty()).then_some((decided, facts))
}

fn quote(facts: &QuoteFacts) -> Quote {
    Quote {
        interview: facts.answer.interview.clone(),
        item: facts.answer.item.clone(),
        number: facts.number,
        theme: facts.theme.clone(),
        words: facts.words.clone(),
        consented: facts.may_quote != MayQuote::NotAgreed,
        // Other words were agreed to as other words, and the words that were said as they were said.
        approved: match facts.may_quote {
            MayQuote::Yes => !facts.is_rewritten,
            MayQuote::InOtherWords => facts.is_rewritten,
            MayQuote::NotAgreed | MayQuote::NotReadBack => false,
        },
        searched: facts.searched,
        // Whoever approves a quote says that it gives nothing away.
        gives_nothing_away: !facts.reviewers.is_empty(),
        reviewers: facts.reviewers.clone(),
        marks: facts.marks.clone(),
    }
}

/// Returns the quotes there are now, where the ledger knows some by their marks: it does not hold their words.
///
/// # Errors
/// How the run ends where that cannot be seen.
pub(in crate::cli) fn told(
    workplace: &Workplace,
    identities: &Identities,
    kept: &Kept,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<Quote>, ExitCode> {
    if !kept.ledger.has_marks() {
        return Ok(Vec::new());
    }
    match Workbench::look(workplace, identities, &mut |_, _| ()) {
        Ok(bench) => Ok(bench.quotes().iter().map(quote).collect()),
        Err(error) => Err(cannot_unlock(error, settings, surroundings)),
    }
}

fn say(
    decided: &Decided,
    facts: &[QuoteFacts],
    title: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let words = &settings.texts.workbench.voices;
    let language = settings.language();
    let published = &decided.published;
    let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), language);
    let mut lines = vec![fill(&words.preview, &[("survey", title)])];
    let names = |themes: &[Id]| {
        let names: Vec<String> = themes
            .iter()
            .map(|theme| published.name(theme, language))
            .collect();
        names.join(", ")
    };
    let themes = published.themes();
    let first = if themes.is_divided() {
        &words.headings
    } else {
        &words.alike
    };
    for (text, list) in [(first, themes.headings()), (&words.others, themes.others())] {
        if !list.is_empty() {
            lines.push(fill(text, &[("themes", &names(list))]));
        }
    }
    lines.push(fill(&words.quotes, &[("n", &number(published.quotes().len()))]));
    for quote in published.quotes() {
        let theme = published.name(quote.theme(), language);
        let values = [("words", quote.words().as_str()), ("theme", theme.as_str())];
        lines.push(fill(&words.quote, &values));
    }
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    for (place, why) in &decided.refused {
        let is_group = facts.get(*place).is_some_and(|facts| facts.is_group);
        let why = if is_group { NoQuote::OfGroup } else { *why };
        *refused.entry(reason(why, words)).or_default() += 1;
    }
    for (why, count) in &refused {
        lines.push(fill(&words.refused, &[("n", &number(*count)), ("why", why)]));
    }
    for theme in themes.headings().iter().chain(themes.others()) {
        let name = published.name(theme, language);
        if let Some(found) = identifier::find(&name).first() {
            let what = &settings.texts.interview.writing.suggestion(found.kind).what;
            lines.push(fill(&words.looks_like, &[("theme", &name), ("what", what)]));
        }
    }
    if decided.themes_stay {
        lines.push(words.stay.clone());
    }
    for line in lines {
        surroundings.output.note(&line);
    }
}

fn say_done(decided: &Decided, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.workbench.voices;
    let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), settings.language());
    let (headings, others, quotes) = decided.kept.sizes();
    let (headings, others, quotes) = (number(headings), number(others), number(quotes));
    let values = [
        ("headings", headings.as_str()),
        ("others", others.as_str()),
        ("quotes", quotes.as_str()),
    ];
    surroundings.output.line(&fill(&words.done, &values));
}

fn as_json(name: &str, survey: &Slug, decided: &Decided) -> Value {
    let (headings, others, quotes) = decided.kept.sizes();
    json!({
        "name": name,
        "survey": survey,
        "headings": headings,
        "others": others,
        "quotes": quotes,
    })
}
