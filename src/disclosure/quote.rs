//! Quotes: which of the people's own words may stand in a report, and how.
//!
//! A quote stands only with consent and the person's approval, after the search for names and a look at whether it gives
//! away a closed answer, read by as many reviewers as the profile says. It stands without order, number, group or site.
//! What was quoted once keeps its words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::InterviewId;
use crate::domain::survey::report_plan::Limit;
use crate::domain::workbook::marks::QuoteMarks;

use super::profile::Settings;

/// The most quotes of one interview in a theme.
pub const MOST_IN_THEME: usize = 2;
/// The most quotes of one interview in a report.
pub const MOST_IN_REPORT: usize = 3;

/// A quote somebody wants to release. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Quote {
    /// Whose words.
    pub interview: InterviewId,
    /// The answer they were said in.
    pub item: ItemKey,
    /// Which quote of that answer.
    pub number: u16,
    /// The theme it stands under.
    pub theme: Id,
    /// The words as they would stand.
    pub words: CleanText,
    /// The person agreed that what they say may be quoted.
    pub consented: bool,
    /// The person approved these words when they were read back.
    pub approved: bool,
    /// Names, places and the like were looked for.
    pub searched: bool,
    /// Somebody looked at whether it gives away what was answered to a closed question, and it does not.
    pub gives_nothing_away: bool,
    /// Who has read it and found it fit to stand.
    pub reviewers: BTreeSet<Id>,
    /// What it is recognised by once it is released.
    pub marks: QuoteMarks,
}

/// Why a quote cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoQuote {
    /// No consent to being quoted.
    NotConsented,
    /// The words were not approved.
    NotApproved,
    /// Names and places were not looked for.
    NotSearched,
    /// It may give away a closed answer.
    MayGiveAway,
    /// Fewer reviewers than it takes.
    TooFewReviewers {
        /// How many it takes.
        needed: u16,
    },
    /// It was released with other words, and keeps those.
    OtherWords,
    /// Two quotes of this interview stand in the theme.
    EnoughInTheme,
    /// Three quotes of this interview stand in the report.
    EnoughInReport,
    /// Its theme does not stand.
    NoTheme,
    /// A group said it: what many said together is told in the coordinator's words.
    OfGroup,
}

/// A quote that was released, as the ledger knows it: by marks, so that its words do not lie beside the name of an
/// interview, and do not outlive one that is withdrawn. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ReleasedQuote {
    /// What it is recognised by.
    Marked(Marked),
    /// Whose words, and the words: only read, as earlier versions wrote it.
    InClear(InClear),
}

/// A quote by its marks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    theme: Id,
    marks: QuoteMarks,
}

/// A quote with its words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InClear {
    interview: InterviewId,
    item: ItemKey,
    number: u16,
    theme: Id,
    words: CleanText,
}

/// A quote with its words as it stands: the theme, and the words.
type Standing<'q> = (&'q Id, &'q CleanText);

/// Who a quote is said to be from: never more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribution {
    /// One of those who were interviewed.
    Participant,
}

/// A quote as it stands in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedQuote {
    theme: Id,
    words: CleanText,
    attribution: Attribution,
}

/// What comes of the quotes somebody wants to release.
#[derive(Clone, PartialEq, Eq)]
pub struct Quotes {
    /// Every quote that stands, those released before first kept: by theme in the order of the codebook, and in a theme by
    /// their words, which says nothing of the order of the interviews.
    pub published: Vec<PublishedQuote>,
    /// The same as the ledger keeps them.
    pub released: Vec<ReleasedQuote>,
    /// Which of those wanted cannot stand, by their place, and why.
    pub refused: BTreeMap<usize, NoQuote>,
}

impl PublishedQuote {
    /// Returns the theme it stands under.
    #[must_use]
    pub const fn theme(&self) -> &Id {
        &self.theme
    }

    /// Returns its words.
    #[must_use]
    pub const fn words(&self) -> &CleanText {
        &self.words
    }

    /// Returns who it is said to be from.
    #[must_use]
    pub const fn attribution(&self) -> Attribution {
        self.attribution
    }
}

impl ReleasedQuote {
    /// Returns whether the ledger knows it by marks only.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        matches!(self, Self::Marked(_))
    }

    const fn theme(&self) -> &Id {
        match self {
            Self::Marked(own) => &own.theme,
            Self::InClear(own) => &own.theme,
        }
    }

    /// Returns whether it is the same quote, in whatever words. One that was kept in clear is not kept once more.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Marked(own), Self::Marked(other)) => own.marks.quote == other.marks.quote,
            (Self::InClear(own), Self::InClear(other)) => {
                own.interview == other.interview && own.item == other.item && own.number == other.number
            }
            _ => false,
        }
    }

    /// Returns it with its words, where they are known and it may stand: those of a quote that is marked come from the
    /// quotes there are now, and only where they are the same words still. `is_there` says whose interviews are there.
    pub(super) fn standing<'q>(
        &'q self,
        now: &'q [Quote],
        is_there: impl Fn(&InterviewId) -> bool,
    ) -> Option<Standing<'q>> {
        match self {
            Self::InClear(own) => is_there(&own.interview).then_some((&own.theme, &own.words)),
            Self::Marked(own) => {
                let quote = now.iter().find(|quote| quote.marks.words == own.marks.words)?;
                is_there(&quote.interview).then_some((&own.theme, &quote.words))
            }
        }
    }
}

impl Quote {
    fn is(&self, released: &ReleasedQuote) -> bool {
        match released {
            ReleasedQuote::Marked(own) => self.marks.quote == own.marks.quote,
            ReleasedQuote::InClear(own) => {
                self.interview == own.interview && self.item == own.item && self.number == own.number
            }
        }
    }

    fn has_words_of(&self, released: &ReleasedQuote) -> bool {
        match released {
            ReleasedQuote::Marked(own) => self.marks.words == own.marks.words,
            ReleasedQuote::InClear(own) => self.words == own.words,
        }
    }

    fn is_of_person_of(&self, released: &ReleasedQuote) -> bool {
        match released {
            ReleasedQuote::Marked(own) => self.marks.person == own.marks.person,
            ReleasedQuote::InClear(own) => self.interview == own.interview,
        }
    }

    fn problem(&self, settings: &Settings) -> Option<NoQuote> {
        let needed = settings.limit(Limit::QuoteReviewers);
        [
            (!self.consented, NoQuote::NotConsented),
            (!self.approved, NoQuote::NotApproved),
            (!self.searched, NoQuote::NotSearched),
            (!self.gives_nothing_away, NoQuote::MayGiveAway),
            (
                self.reviewers.len() < usize::from(needed),
                NoQuote::TooFewReviewers { needed },
            ),
        ]
        .into_iter()
        .find_map(|(is_so, why)| is_so.then_some(why))
    }
}

/// Decides which quotes stand, in the order somebody wants them. `before` are all that were ever released of the same
/// interviews: they stand as they are, and count, for whoever has both reports has them all. `codebook` is the order of
/// the themes.
#[must_use]
pub fn quotes(wanted: &[Quote], before: &[ReleasedQuote], codebook: &[Id], settings: &Settings) -> Quotes {
    let mut released: Vec<ReleasedQuote> = before.to_vec();
    let mut refused = BTreeMap::new();
    for (place, quote) in wanted.iter().enumerate() {
        let known = before.iter().find(|released| quote.is(released));
        let of_person = |released: &&ReleasedQuote| quote.is_of_person_of(released);
        let in_theme = |released: &&ReleasedQuote| *released.theme() == quote.theme;
        let problem = match known {
            Some(known) if quote.has_words_of(known) => continue,
            Some(_) => Some(NoQuote::OtherWords),
            None if released.iter().any(|released| quote.is(released)) => continue,
            None => quote.problem(settings),
        };
        let problem = problem.or_else(|| {
            let own = released.iter().filter(of_person);
            if own.clone().filter(in_theme).count() >= MOST_IN_THEME {
                Some(NoQuote::EnoughInTheme)
            } else if own.count() >= MOST_IN_REPORT {
                Some(NoQuote::EnoughInReport)
            } else {
                None
            }
        });
        match problem {
            Some(problem) => {
                refused.insert(place, problem);
            }
            None => released.push(ReleasedQuote::Marked(Marked {
                theme: quote.theme.clone(),
                marks: quote.marks.clone(),
            })),
        }
    }
    let published = standing(&released, wanted, codebook, |_| true);
    Quotes {
        published,
        released,
        refused,
    }
}

/// Returns released quotes as they stand: by theme in the order of the codebook, and in a theme by their words. `now` are
/// the quotes there are now, for the words; `is_there` says whose interviews are there.
pub(super) fn standing(
    released: &[ReleasedQuote],
    now: &[Quote],
    codebook: &[Id],
    is_there: impl Fn(&InterviewId) -> bool,
) -> Vec<PublishedQuote> {
    let order = |theme: &Id| codebook.iter().position(|own| own == theme).unwrap_or(usize::MAX);
    let mut published: Vec<PublishedQuote> = released
        .iter()
        .filter_map(|released| released.standing(now, &is_there))
        .map(|(theme, words)| PublishedQuote {
            theme: theme.clone(),
            words: words.clone(),
            attribution: Attribution::Participant,
        })
        .collect();
    published.sort_by(|a, b| {
        let by_theme = order(&a.theme)
            .cmp(&order(&b.theme))
            .then_with(|| a.theme.cmp(&b.theme));
        by_theme.then_with(|| a.words.as_str().cmp(b.words.as_str()))
    });
    published
}

impl std::fmt::Debug for Quote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Quote(..)")
    }
}

impl std::fmt::Debug for ReleasedQuote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReleasedQuote(..)")
    }
}

impl std::fmt::Debug for Quotes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Quotes({} stand, {} refused)",
            self.published.len(),
            self.refused.len()
        )
    }
}

#[cfg(test)]
mod quote_tests;
