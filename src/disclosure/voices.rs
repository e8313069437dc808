//! What people told in their own words, as it is released: themes and quotes of a survey in a round.
//!
//! A release of them is a line of the ledger of its own, since the answers are sorted after the figures were shown. It is
//! about the people of the states shown so far, and about nobody else. What was released stays known:
//!
//! - A quote that stood is not put in other words, and counts in the limits of every later report. It is left out where
//!   its interview was withdrawn since. The ledger knows it by marks and does not hold its words: those are in the
//!   interview, and gone with it.
//! - A theme that stood goes on standing, and a heading goes on being one: otherwise somebody who knows who withdrew could
//!   tell what they had held.
//! - Those who came since are counted by themselves, as the figures are: a theme becomes a heading when more than k of them
//!   hold it. Counted together with those before, "still k or fewer" would tell each new person who holds it that fewer
//!   than k of the others do.
//! - As long as nobody came since and somebody withdrew, themes stay as they were printed.
//!
//! That two releases together tell nothing of few people is tried by enumeration below.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, Slug};
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::record::InterviewId;
use crate::domain::workbook::Workbook;

use super::profile::Settings;
use super::published::Published;
use super::quote::{NoQuote, PublishedQuote, Quote, ReleasedQuote, quotes, standing};
use super::release::ReleaseName;
use super::theme::{PublishedThemes, ThemeCount};

/// What a theme is called where it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeName {
    /// Its name in data.
    pub theme: Id,
    /// The theme it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Id>,
    /// What it is called, in each language there is a name in; the first is the one it was written in.
    pub name: Vec<(Language, CleanText)>,
}

impl ThemeName {
    /// Returns a theme's name.
    #[must_use]
    pub fn new(theme: Id, under: Option<Id>, name: &Localized) -> Self {
        Self {
            theme,
            under,
            name: name
                .iter()
                .map(|(language, text)| (language, text.clone()))
                .collect(),
        }
    }

    /// Returns what it is called in a language, or else in one it has.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let own = self.name.iter().find(|(own, _)| *own == language);
        own.or_else(|| self.name.first())
            .map_or("", |(_, name)| name.as_str())
    }
}

/// Themes and quotes as they stand in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedVoices {
    themes: PublishedThemes,
    names: Vec<ThemeName>,
    quotes: Vec<PublishedQuote>,
}

impl PublishedVoices {
    /// Returns which themes stand, and how.
    #[must_use]
    pub const fn themes(&self) -> &PublishedThemes {
        &self.themes
    }

    /// Returns the quotes: by theme in the order of the themes, and in a theme by their words.
    #[must_use]
    pub fn quotes(&self) -> &[PublishedQuote] {
        &self.quotes
    }

    /// Returns what a theme is called.
    #[must_use]
    pub fn name(&self, theme: &Id, language: Language) -> String {
        let known = self.names.iter().find(|known| known.theme == *theme);
        known.map_or_else(|| theme.to_string(), |known| known.get(language).to_owned())
    }

    /// Returns the theme another one stands under, if that one is a heading.
    #[must_use]
    pub fn above(&self, theme: &Id) -> Option<&Id> {
        let known = self.names.iter().find(|known| known.theme == *theme)?;
        let above = known.under.as_ref()?;
        self.themes.headings().iter().find(|heading| *heading == above)
    }
}

/// A release of themes and quotes, as the ledger keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptVoices {
    survey: Slug,
    /// The states whose people it is about.
    of: BTreeSet<ReleaseName>,
    /// Whoever of these was still there.
    made_of: BTreeSet<InterviewId>,
    headings: Vec<Id>,
    others: Vec<Id>,
    divided: bool,
    names: Vec<ThemeName>,
    quotes: Vec<ReleasedQuote>,
    /// Releases of themes and quotes before it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    after: BTreeSet<ReleaseName>,
}

/// Says how much it holds, and no word of a quote.
impl fmt::Debug for KeptVoices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "KeptVoices({}, {} themes, {} quotes)",
            self.survey,
            self.headings.len() + self.others.len(),
            self.quotes.len()
        )
    }
}

impl KeptVoices {
    /// Returns the survey.
    #[must_use]
    pub const fn survey(&self) -> &Slug {
        &self.survey
    }

    /// Returns the states whose people it is about.
    #[must_use]
    pub const fn states(&self) -> &BTreeSet<ReleaseName> {
        &self.of
    }

    /// Returns the releases of themes and quotes before it.
    #[must_use]
    pub const fn released_before(&self) -> &BTreeSet<ReleaseName> {
        &self.after
    }

    /// Returns how many themes stand as headings, how many as others, and how many quotes stand.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize, usize) {
        (self.headings.len(), self.others.len(), self.quotes.len())
    }

    /// Returns whether it knows quotes by their marks.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.quotes.iter().any(ReleasedQuote::is_marked)
    }

    fn themes(&self) -> PublishedThemes {
        PublishedThemes::kept(self.headings.clone(), self.others.clone(), self.divided)
    }
}

/// Everything that was released of the themes and quotes of a survey in a round, put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Released<'l> {
    lines: Vec<(&'l ReleaseName, &'l KeptVoices)>,
}

impl<'l> Released<'l> {
    /// Returns what these lines come to, in whatever order they are given.
    #[must_use]
    pub fn of(mut lines: Vec<(&'l ReleaseName, &'l KeptVoices)>) -> Self {
        lines.sort_by_key(|(name, line)| (line.after.len(), *name));
        Self { lines }
    }

    /// Returns whether nothing was released.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn last(&self) -> Option<&'l KeptVoices> {
        self.lines.last().map(|(_, line)| *line)
    }

    /// Every quote that was ever released, once.
    fn quotes(&self) -> Vec<ReleasedQuote> {
        let mut all: Vec<ReleasedQuote> = Vec::new();
        for quote in self.lines.iter().flat_map(|(_, line)| &line.quotes) {
            if !all.iter().any(|known| known.is_same(quote)) {
                all.push(quote.clone());
            }
        }
        all
    }

    /// Returns how the themes stand and which quotes, for those who are still there. The words come from the quotes there
    /// are now: the ledger has only their marks.
    #[must_use]
    pub fn published(&self, still_there: &BTreeSet<InterviewId>, now: &[Quote]) -> Option<PublishedVoices> {
        let last = self.last()?;
        let order: Vec<Id> = last.names.iter().map(|name| name.theme.clone()).collect();
        Some(PublishedVoices {
            themes: last.themes(),
            names: last.names.clone(),
            quotes: standing(&self.quotes(), now, &order, |own| still_there.contains(own)),
        })
    }
}

/// What somebody wants to release.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// The survey.
    pub survey: &'w Slug,
    /// The coordinators' work.
    pub workbook: &'w Workbook,
    /// The states shown so far, each with those of its people who are still there: whom it is about.
    pub states: &'w BTreeMap<ReleaseName, BTreeSet<InterviewId>>,
    /// The themes in the order of the codebook.
    pub names: &'w [ThemeName],
    /// The quotes, in the order somebody wants them.
    pub quotes: &'w [Quote],
}

impl fmt::Debug for Wanted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wanted({})", self.survey)
    }
}

/// What would be released.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The line of the ledger.
    pub kept: KeptVoices,
    /// The same as it would stand in a report.
    pub published: PublishedVoices,
    /// Which of the quotes cannot stand, by their place, and why.
    pub refused: BTreeMap<usize, NoQuote>,
    /// Whether it says anything that was not released before.
    pub is_new: bool,
    /// Whether themes stay as they were printed, because somebody withdrew and nobody came since.
    pub themes_stay: bool,
}

/// Decides what would be released.
#[must_use]
pub fn decide(wanted: Wanted<'_>, before: &Released<'_>, settings: &Settings) -> Decided {
    let people: BTreeSet<InterviewId> = wanted.states.values().flatten().cloned().collect();
    let of: BTreeSet<ReleaseName> = wanted.states.keys().cloned().collect();
    let own = |quote: &&Quote| people.contains(&quote.interview);
    let last = before.last();
    let came = last.is_none_or(|last| !of.is_subset(&last.of));
    let withdrew = last.is_some_and(|last| !last.made_of.is_subset(&people));
    let themes_stay = withdrew && !came;
    let (themes, names) = match last {
        Some(last) if themes_stay => (last.themes(), last.names.clone()),
        last => {
            let computed = counted(&wanted, before, settings);
            let names = with_those_before(wanted.names, last);
            (raised(computed, last, &names), names)
        }
    };
    let order: Vec<Id> = names.iter().map(|name| name.theme.clone()).collect();
    let known = before.quotes();
    let mut refused = BTreeMap::new();
    let mut places = Vec::new();
    let mut able = Vec::new();
    for (place, quote) in wanted.quotes.iter().enumerate().filter(|(_, quote)| own(quote)) {
        let stands = themes.stands(&quote.theme);
        if stands {
            places.push(place);
            able.push(quote.clone());
        } else {
            refused.insert(place, NoQuote::NoTheme);
        }
    }
    let decided = quotes(&able, &known, &order, settings);
    for (place, why) in decided.refused {
        if let Some(place) = places.get(place) {
            refused.insert(*place, why);
        }
    }
    let mut released = decided.released;
    let published = PublishedVoices {
        themes: themes.clone(),
        names: names.clone(),
        quotes: standing(&released, wanted.quotes, &order, |own| people.contains(own)),
    };
    let more = released.len() > known.len();
    let is_new =
        last.is_none_or(|last| more || last.themes() != themes || last.names != names || of != last.of);
    // What an earlier version kept in clear stands in its own line, and is not written again.
    released.retain(ReleasedQuote::is_marked);
    released.sort();
    Decided {
        kept: KeptVoices {
            survey: wanted.survey.clone(),
            of,
            made_of: people,
            headings: themes.headings().to_vec(),
            others: themes.others().to_vec(),
            divided: themes.is_divided(),
            names,
            quotes: released,
            after: before.lines.iter().map(|(name, _)| (*name).clone()).collect(),
        },
        published,
        refused,
        is_new,
        themes_stay,
    }
}

/// How the themes stand: by how many of those who were told of first hold them, and of those who came since, each by
/// themselves. Whoever is quoted under a theme holds it.
fn counted(wanted: &Wanted<'_>, before: &Released<'_>, settings: &Settings) -> PublishedThemes {
    let order: Vec<Id> = wanted.names.iter().map(|name| name.theme.clone()).collect();
    let rows = batches(wanted, before).into_iter().map(|people| {
        let quoted = wanted.quotes.iter().map(|quote| (&quote.theme, &quote.interview));
        stand(wanted.workbook, quoted, &order, &people, settings)
    });
    combined(&rows.collect::<Vec<_>>(), &order)
}

/// The people of the states that each release was the first to tell of, and those of the others.
fn batches(wanted: &Wanted<'_>, before: &Released<'_>) -> Vec<BTreeSet<InterviewId>> {
    let mut left: BTreeMap<&ReleaseName, &BTreeSet<InterviewId>> = wanted.states.iter().collect();
    let mut batches = Vec::new();
    for (_, line) in &before.lines {
        let people = line.of.iter().filter_map(|state| left.remove(state)).flatten();
        batches.push(people.cloned().collect::<BTreeSet<_>>());
    }
    batches.push(left.into_values().flatten().cloned().collect());
    batches.retain(|batch| !batch.is_empty());
    batches
}

/// A heading among any of them is one; what only few held among all of them stands with the others.
fn combined(rows: &[PublishedThemes], order: &[Id]) -> PublishedThemes {
    let divided = rows.iter().any(PublishedThemes::is_divided);
    let is_heading = |theme: &Id| {
        rows.iter()
            .any(|row| row.is_divided() && row.headings().contains(theme))
    };
    let stands = order
        .iter()
        .filter(|theme| rows.iter().any(|row| row.stands(theme)));
    let (headings, others) = stands.cloned().partition(|theme| !divided || is_heading(theme));
    PublishedThemes::kept(headings, others, divided)
}

/// Returns how themes would stand now, for those who code: where a theme stands, and no count.
#[must_use]
pub fn stand_now(
    workbook: &Workbook,
    order: &[Id],
    people: &BTreeSet<InterviewId>,
    settings: &Settings,
) -> PublishedThemes {
    let quoted = workbook
        .quotes()
        .map(|(_, quote)| (&quote.theme, &quote.answer.interview));
    stand(workbook, quoted, order, people, settings)
}

fn stand<'w>(
    workbook: &'w Workbook,
    quoted: impl Iterator<Item = (&'w Id, &'w InterviewId)>,
    order: &[Id],
    people: &BTreeSet<InterviewId>,
    settings: &Settings,
) -> PublishedThemes {
    let mut holding: BTreeMap<&Id, BTreeSet<&InterviewId>> = workbook.holding();
    for (theme, interview) in quoted {
        for above in workbook.path(theme) {
            holding.entry(&above.id).or_default().insert(interview);
        }
    }
    let counts: Vec<ThemeCount> = order
        .iter()
        .map(|theme| ThemeCount {
            theme: theme.clone(),
            interviews: holding.get(theme).map_or(0, |held| {
                let own = held.iter().filter(|one| people.contains(**one));
                u32::try_from(own.count()).unwrap_or(u32::MAX)
            }),
        })
        .collect();
    let people = u32::try_from(people.len()).unwrap_or(u32::MAX);
    PublishedThemes::of(&counts, people, settings)
}

/// The names there are now, and at the end those that stood before and are no themes any more: they were printed.
fn with_those_before(now: &[ThemeName], last: Option<&KeptVoices>) -> Vec<ThemeName> {
    let mut names = now.to_vec();
    let before = last.into_iter().flat_map(|last| {
        let stood = last.headings.iter().chain(&last.others);
        stood.filter_map(|theme| last.names.iter().find(|name| name.theme == *theme))
    });
    for name in before {
        if !names.iter().any(|known| known.theme == name.theme) {
            names.push(name.clone());
        }
    }
    names
}

/// What stood goes on standing, and a heading goes on being one, unless the theme itself is gone from the codebook.
fn raised(computed: PublishedThemes, last: Option<&KeptVoices>, names: &[ThemeName]) -> PublishedThemes {
    let Some(last) = last else { return computed };
    let divided = computed.is_divided() || last.divided;
    let order: Vec<Id> = names.iter().map(|name| name.theme.clone()).collect();
    let all = combined(&[computed, last.themes()], &order);
    PublishedThemes::kept(all.headings().to_vec(), all.others().to_vec(), divided)
}

/// Returns what is printed together with what people told.
#[must_use]
pub fn with_voices(published: Published, voices: Option<PublishedVoices>) -> Published {
    published.with_voices(voices)
}

#[cfg(test)]
mod tests;
