//! Themes: what open answers are about, as a tree, and how often.
//!
//! A theme is counted by interviews, never by mentions: somebody who comes back to a thing three times is one person.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::log::Stamp;
use super::{AnswerRef, Workbook};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::record::InterviewId;

/// A theme.
#[derive(Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name in data.
    pub id: Id,
    /// What it is called.
    pub name: CleanText,
    /// What each coder thinks about it: two who write at the same time both stand.
    pub(super) memos: BTreeMap<Id, CleanText>,
    /// What each coder called it last.
    pub(super) names: BTreeMap<Id, CleanText>,
    /// The theme it stands under.
    pub under: Option<Id>,
    /// The theme it was found to be the same as.
    pub(super) merged_into: Option<Id>,
    /// Whether it is no theme after all.
    pub(super) dropped: bool,
    /// When it was made; nothing for a theme of the survey's codebook.
    pub made: Option<Stamp>,
}

/// Shows the key only.
impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Theme({})", self.id)
    }
}

impl Theme {
    /// Returns a theme of the survey's codebook.
    #[must_use]
    pub fn seed(id: Id, name: CleanText) -> Self {
        Self {
            id,
            name,
            memos: BTreeMap::new(),
            names: BTreeMap::new(),
            under: None,
            merged_into: None,
            dropped: false,
            made: None,
        }
    }

    /// Returns what coders think about it, by coder.
    pub fn memos(&self) -> impl Iterator<Item = (&Id, &CleanText)> {
        self.memos.iter()
    }

    /// Returns what a coder thinks about it.
    #[must_use]
    pub fn memo_of(&self, coder: &Id) -> Option<&CleanText> {
        self.memos.get(coder)
    }

    /// Returns everything coders think about it as one text: with their names, where there are several.
    #[must_use]
    pub fn memo(&self) -> CleanText {
        let all = self.memos.iter();
        let said: Vec<String> = match self.memos.len() {
            0 | 1 => all.map(|(_, memo)| memo.to_string()).collect(),
            _ => all.map(|(coder, memo)| format!("{coder}: {memo}")).collect(),
        };
        CleanText::block(&said.join("\n"))
    }

    /// Returns what other coders called it, where that is not its name now.
    pub fn called_otherwise(&self) -> impl Iterator<Item = (&Id, &CleanText)> {
        self.names.iter().filter(|(_, name)| **name != self.name)
    }

    pub(super) const fn stands(&self) -> bool {
        self.merged_into.is_none() && !self.dropped
    }
}

/// How an answer was tagged before something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagsBefore {
    answer: AnswerRef,
    tags: Option<BTreeMap<Id, BTreeSet<Id>>>,
}

impl Workbook {
    /// Returns how an answer is tagged, to come back to.
    #[must_use]
    pub fn tags_now(&self, answer: &AnswerRef) -> TagsBefore {
        TagsBefore {
            answer: answer.clone(),
            tags: self.tags.get(answer).cloned(),
        }
    }

    /// Comes back to how an answer was tagged. Only for a step after which nothing else holds.
    pub fn tags_again(&mut self, before: TagsBefore) {
        match before.tags {
            Some(tags) => drop(self.tags.insert(before.answer, tags)),
            None => drop(self.tags.remove(&before.answer)),
        }
    }

    /// Returns the themes there are, by key.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.themes.values().filter(|theme| theme.stands())
    }

    /// Returns whether another theme that stands has the same name, large or small.
    #[must_use]
    pub fn has_namesake(&self, theme: &Theme) -> bool {
        let name = theme.name.as_str().to_lowercase();
        let mut others = self.themes().filter(|other| other.id != theme.id);
        others.any(|other| other.name.as_str().to_lowercase() == name)
    }

    /// Returns a theme, or the one it was merged into.
    #[must_use]
    pub fn theme(&self, id: &Id) -> Option<&Theme> {
        let mut theme = self.themes.get(id)?;
        while let Some(into) = &theme.merged_into {
            theme = self.themes.get(into)?;
        }
        (!theme.dropped).then_some(theme)
    }

    /// Returns the themes from the top of the tree down to this one.
    #[must_use]
    pub fn path(&self, id: &Id) -> Vec<&Theme> {
        let mut path = Vec::new();
        let mut next = self.theme(id);
        while let Some(theme) = next {
            path.push(theme);
            next = theme.under.as_ref().and_then(|under| self.theme(under));
        }
        path.reverse();
        path
    }

    /// Returns what somebody found an answer to be about.
    #[must_use]
    pub fn themes_of(&self, answer: &AnswerRef) -> BTreeSet<&Id> {
        let tags = self.tags.get(answer).into_iter().flatten();
        tags.filter(|(_, coders)| !coders.is_empty())
            .filter_map(|(theme, _)| self.theme(theme))
            .map(|theme| &theme.id)
            .collect()
    }

    /// Returns what a coder found an answer to be about.
    #[must_use]
    pub fn themes_by(&self, coder: &Id, answer: &AnswerRef) -> BTreeSet<&Id> {
        let tags = self.tags.get(answer).into_iter().flatten();
        tags.filter(|(_, coders)| coders.contains(coder))
            .filter_map(|(theme, _)| self.theme(theme))
            .map(|theme| &theme.id)
            .collect()
    }

    /// Returns whether an answer is about a theme or one under it, whoever found so.
    #[must_use]
    pub fn is_tagged(&self, answer: &AnswerRef, theme: &Id) -> bool {
        let tags = self.tags.get(answer).into_iter().flatten();
        let mut held = tags.filter(|(_, coders)| !coders.is_empty()).map(|(tag, _)| tag);
        held.any(|tag| self.path(tag).iter().any(|above| above.id == *theme))
    }

    /// Returns whether somebody has gone through an answer: tagged it, or found nothing in it.
    #[must_use]
    pub fn is_gone_through(&self, answer: &AnswerRef, coder: &Id) -> bool {
        let seen = self.gone_through.get(answer);
        seen.is_some_and(|coders| coders.contains(coder)) || !self.themes_by(coder, answer).is_empty()
    }

    /// Returns whether a coder has left an answer behind: from then on what others found may be seen beside it.
    #[must_use]
    pub fn has_left(&self, answer: &AnswerRef, coder: &Id) -> bool {
        let left = self.gone_through.get(answer);
        left.is_some_and(|coders| coders.contains(coder))
    }

    /// Returns whether anybody has gone through an answer, or tagged it with a theme that is still there.
    #[must_use]
    pub fn is_seen(&self, answer: &AnswerRef) -> bool {
        let seen = self.gone_through.get(answer);
        seen.is_some_and(|coders| !coders.is_empty()) || !self.themes_of(answer).is_empty()
    }

    /// Returns everybody who has tagged or gone through anything.
    #[must_use]
    pub fn coders(&self) -> BTreeSet<&Id> {
        let tagging = self.tags.values().flat_map(BTreeMap::values).flatten();
        tagging.chain(self.gone_through.values().flatten()).collect()
    }

    /// Returns of each theme the interviews that hold it or a theme under it. Only for `disclosure`, which decides
    /// what may be said of their number.
    #[must_use]
    pub fn holding(&self) -> BTreeMap<&Id, BTreeSet<&InterviewId>> {
        let mut holding: BTreeMap<&Id, BTreeSet<&InterviewId>> =
            self.themes().map(|theme| (&theme.id, BTreeSet::new())).collect();
        for answer in self.tags.keys() {
            for theme in self.themes_of(answer) {
                for above in self.path(theme) {
                    holding.entry(&above.id).or_default().insert(&answer.interview);
                }
            }
        }
        holding
    }

    /// Returns whether a coder found each answer to be about a theme; nothing where they have not gone through it.
    #[must_use]
    pub fn coding(&self, coder: &Id, theme: &Id, answers: &[AnswerRef]) -> Vec<Option<bool>> {
        let wanted = self.theme(theme).map(|theme| &theme.id);
        let found = |answer: &AnswerRef| {
            let tags = self.tags.get(answer).into_iter().flatten();
            let mut own = tags.filter(|(_, coders)| coders.contains(coder));
            let seen = self.is_gone_through(answer, coder);
            seen.then(|| {
                own.any(|(tag, _)| wanted.is_some() && self.theme(tag).map(|theme| &theme.id) == wanted)
            })
        };
        answers.iter().map(found).collect()
    }

    /// Returns how many themes each batch of interviews brought that none before it held: when the last ones bring
    /// none, more interviews would hardly bring more (saturation).
    #[must_use]
    pub fn new_themes(&self, batches: &[BTreeSet<InterviewId>]) -> Vec<usize> {
        let mut known = BTreeSet::new();
        let mut count = |batch: &BTreeSet<InterviewId>| {
            let of_batch = self
                .tags
                .keys()
                .filter(|answer| batch.contains(&answer.interview));
            let themes: BTreeSet<&Id> = of_batch.flat_map(|answer| self.themes_of(answer)).collect();
            let before = known.len();
            known.extend(themes);
            known.len() - before
        };
        batches.iter().map(&mut count).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use super::Theme;
    use crate::domain::clean_text::CleanText;
    use crate::domain::id::Id;
    use crate::domain::item::ItemKey;
    use crate::domain::record::InterviewId;
    use crate::domain::workbook::log::{Change, Log};
    use crate::domain::workbook::{AnswerRef, Workbook};

    pub(in crate::domain::workbook) fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    pub(in crate::domain::workbook) fn answer(interview: u8) -> AnswerRef {
        AnswerRef {
            interview: InterviewId::from_bytes([interview; 16]),
            item: ItemKey::question(id("q1")),
        }
    }

    fn tag(log: &mut Log, coder: &str, interview: u8, theme: &str) {
        let change = Change::Tag {
            answer: answer(interview),
            theme: id(theme),
        };
        log.add(&id(coder), 1, change);
    }

    fn book(log: &Log) -> Workbook {
        let seed = |name: &str| Theme::seed(id(name), CleanText::line(name));
        Workbook::of(["trygg", "venting", "vente"].map(seed), log)
    }

    fn held(workbook: &Workbook, theme: &str) -> usize {
        workbook.holding().get(&id(theme)).map_or(0, BTreeSet::len)
    }

    #[test]
    fn a_theme_is_counted_by_interviews_whoever_found_it() {
        let mut log = Log::default();
        for (coder, interview) in [("a", 1), ("b", 1), ("a", 2)] {
            tag(&mut log, coder, interview, "venting");
        }
        assert_eq!(held(&book(&log), "venting"), 2);
    }

    #[test]
    fn a_merged_theme_takes_its_answers_along_also_those_tagged_later() {
        let mut log = Log::default();
        tag(&mut log, "a", 1, "vente");
        let (theme, into) = (id("vente"), id("venting"));
        let merged = log.add(&id("a"), 1, Change::ThemeMerged { theme, into });
        tag(&mut log, "b", 2, "vente");
        let workbook = book(&log);
        assert_eq!(held(&workbook, "venting"), 2);
        assert_eq!(workbook.themes().count(), 2);
        // Taken back, both are what they were.
        log.add(&id("a"), 1, Change::TakenBack { event: merged.stamp });
        let workbook = book(&log);
        assert_eq!((held(&workbook, "venting"), held(&workbook, "vente")), (0, 2));
    }

    #[test]
    fn two_coders_who_merge_a_theme_into_different_ones_make_no_third_one_of_those() {
        let mut log = Log::default();
        for (coder, into) in [("a", "venting"), ("b", "trygg")] {
            let (theme, into) = (id("vente"), id(into));
            log.add(&id(coder), 1, Change::ThemeMerged { theme, into });
        }
        let workbook = book(&log);
        for stays in ["venting", "trygg"] {
            assert_eq!(workbook.theme(&id(stays)).unwrap().id, id(stays));
        }
        assert_eq!(workbook.theme(&id("vente")).unwrap().id, id("venting"));
    }

    #[test]
    fn what_is_said_of_a_theme_that_another_has_merged_away_changes_none_but_itself() {
        let mut log = Log::default();
        let memo = |text: &str| CleanText::line(text);
        let all = [
            Change::ThemeMemo {
                theme: id("venting"),
                memo: memo("om tid"),
            },
            Change::ThemeMerged {
                theme: id("vente"),
                into: id("venting"),
            },
            Change::ThemeName {
                theme: id("vente"),
                name: memo("Noe annet"),
            },
            Change::ThemeUnder {
                theme: id("vente"),
                under: Some(id("trygg")),
            },
            Change::ThemeMemo {
                theme: id("vente"),
                memo: memo("om kø"),
            },
            Change::ThemeDropped { theme: id("vente") },
        ];
        for change in all {
            log.add(&id("b"), 1, change);
        }
        let workbook = book(&log);
        let stays = workbook.theme(&id("vente")).unwrap();
        assert_eq!((stays.id.as_str(), stays.name.as_str()), ("venting", "venting"));
        assert_eq!((stays.memo().as_str(), &stays.under), ("om tid om kø", &None));
    }

    #[test]
    fn memos_of_two_coders_both_stand_and_another_name_is_known() {
        let mut log = Log::default();
        for (coder, memo, name) in [
            ("anna", "Alle ser deg", "Venterommet"),
            ("berit", "Farge på veggen", "Å vente"),
        ] {
            let (theme, memo) = (id("venting"), CleanText::line(memo));
            log.add(&id(coder), 1, Change::ThemeMemo { theme, memo });
            let (theme, name) = (id("venting"), CleanText::line(name));
            log.add(&id(coder), 1, Change::ThemeName { theme, name });
        }
        let workbook = book(&log);
        let theme = workbook.theme(&id("venting")).unwrap();
        assert_eq!(
            theme.memo().as_str(),
            "anna: Alle ser deg\nberit: Farge på veggen"
        );
        assert_eq!(theme.name.as_str(), "Å vente");
        let called: Vec<String> = theme
            .called_otherwise()
            .map(|(coder, name)| format!("{coder} {name}"))
            .collect();
        assert_eq!(called, ["anna Venterommet"]);
        // A memo without words takes one's own away, and nobody else's.
        let (theme, memo) = (id("venting"), CleanText::default());
        log.add(&id("anna"), 1, Change::ThemeMemo { theme, memo });
        let workbook = book(&log);
        let theme = workbook.theme(&id("venting")).unwrap();
        assert_eq!(theme.memo().as_str(), "Farge på veggen");
    }

    #[test]
    fn two_themes_of_one_name_are_seen() {
        let mut log = Log::default();
        for name in ["t1", "t2"] {
            let (theme, name) = (
                id(name),
                CleanText::line(if name == "t1" { "Ventetid" } else { "ventetid" }),
            );
            let under = None;
            log.add(&id("a"), 1, Change::Theme { theme, name, under });
        }
        let workbook = book(&log);
        let of = |name: &str| workbook.has_namesake(workbook.theme(&id(name)).unwrap());
        assert!(of("t1") && of("t2") && !of("venting"));
    }

    #[test]
    fn a_theme_holds_what_the_themes_under_it_hold() {
        let mut log = Log::default();
        let (theme, under) = (id("vente"), Some(id("venting")));
        log.add(&id("a"), 1, Change::ThemeUnder { theme, under });
        tag(&mut log, "a", 1, "vente");
        tag(&mut log, "a", 2, "venting");
        let workbook = book(&log);
        assert_eq!((held(&workbook, "venting"), held(&workbook, "vente")), (2, 1));
        let path: Vec<&str> = workbook
            .path(&id("vente"))
            .iter()
            .map(|theme| theme.id.as_str())
            .collect();
        assert_eq!(path, ["venting", "vente"]);
    }

    #[test]
    fn an_answer_without_a_theme_counts_for_agreement_once_it_was_gone_through() {
        let mut log = Log::default();
        tag(&mut log, "a", 1, "venting");
        log.add(&id("a"), 1, Change::GoneThrough { answer: answer(2) });
        let workbook = book(&log);
        let answers = [answer(1), answer(2), answer(3)];
        let of = |coder: &str| workbook.coding(&id(coder), &id("venting"), &answers);
        assert_eq!(of("a"), [Some(true), Some(false), None]);
        assert_eq!(of("b"), [None, None, None]);
    }

    #[test]
    fn the_last_batch_that_brings_no_theme_is_seen() {
        let mut log = Log::default();
        for (interview, theme) in [(1, "venting"), (2, "trygg"), (3, "venting"), (4, "trygg")] {
            tag(&mut log, "a", interview, theme);
        }
        let batch = |numbers: [u8; 2]| numbers.map(|number| answer(number).interview).into();
        let new = book(&log).new_themes(&[batch([1, 2]), batch([3, 4])]);
        assert_eq!(new, [2, 0]);
    }
}
