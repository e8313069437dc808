//! The survey: what is asked, of whom, in which order and with which words.
//!
//! A `Survey` is valid once built: ids are unique and everything it refers to exists. The `definition` layer
//! reads one from TOML and explains every mistake; [`Survey::new`] is the last guard.

use std::collections::BTreeMap;

use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;

pub mod consent;
mod for_group;
pub mod question;
pub mod report_plan;
pub mod scale;
pub mod versions;

#[cfg(test)]
pub(crate) mod sample;

use consent::{Consent, GroupMode};
use question::{Question, QuestionKind, Row};
use report_plan::{Codebook, Quota, ReportTable, Tightening};
use scale::Scale;

/// The SHA-256 of the survey file's bytes, as 64 hexadecimal digits: tells one version from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub String);

/// Everything a survey holds, before it is checked as a whole. Any values are fine here.
#[derive(Clone, Debug)]
pub struct SurveyParts {
    /// The survey's own name, the same in every version.
    pub id: Slug,
    /// The version, usually a date.
    pub version: String,
    /// Hash of the file's bytes.
    pub fingerprint: Fingerprint,
    /// Languages; the first is the source language.
    pub languages: Vec<Language>,
    /// Title as people see it.
    pub title: Localized,
    /// One sentence for the report's method section.
    pub purpose: Option<Localized>,
    /// What is read aloud and agreed to first.
    pub consent: Consent,
    /// Own wording of the kinds of missing a person can choose.
    pub missing_wording: BTreeMap<crate::domain::missing::Missing, Localized>,
    /// Answer scales by name, the built-in ones included where they are used.
    pub scales: BTreeMap<Id, Scale>,
    /// Quality dimensions in file order: the rows of the summary table.
    pub dimensions: Vec<(Id, Localized)>,
    /// Sections in file order.
    pub sections: Vec<Section>,
    /// What is said before the answers are read back; `None` takes the program's own words.
    pub readback: Option<Localized>,
    /// How a group may be asked, if it may.
    pub group_mode: Option<GroupMode>,
    /// How many of whom the coordinator wants to reach.
    pub quotas: Vec<Quota>,
    /// Disclosure settings that tighten the evaluation's.
    pub tightening: Tightening,
    /// Tables the report should have.
    pub report_tables: Vec<ReportTable>,
    /// Themes that open answers start out with.
    pub codebooks: Vec<Codebook>,
}

/// Questions that belong together.
#[derive(Clone, Debug)]
pub struct Section {
    /// Stable id.
    pub id: Id,
    /// Heading.
    pub title: Localized,
    /// Read aloud when the section begins.
    pub intro: Option<Localized>,
    /// Condition; otherwise everything in it is not asked.
    pub show_if: Option<crate::domain::expression::Expression>,
    /// Questions in file order.
    pub questions: Vec<Question>,
}

/// A survey whose parts fit together.
#[derive(Clone, Debug)]
pub struct Survey {
    parts: SurveyParts,
    /// Section and question place by question id.
    places: BTreeMap<Id, (usize, usize)>,
}

/// Why parts do not make a survey. The checker finds these first and says them better.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// Two questions share an id.
    #[error("question {0} stands twice")]
    QuestionTwice(Id),
    /// A question uses a scale that is not there.
    #[error("question {0} uses scale {1}, which is not there")]
    NoSuchScale(Id, Id),
    /// No language at all.
    #[error("no language")]
    NoLanguage,
}

/// One item with everything that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'s> {
    /// The question it is, or is part of.
    pub question: &'s Question,
    /// The matrix row.
    pub row: Option<&'s Row>,
    /// The scale it is answered on; `None` for questions with options of their own, numbers, texts.
    pub scale: Option<&'s Scale>,
    /// The scale's name.
    pub scale_id: Option<&'s Id>,
    /// Whether the matrix has two scales, so that the scale is part of the item's name.
    pub paired: bool,
}

impl Item<'_> {
    /// Returns the item's name.
    #[must_use]
    pub fn key(&self) -> ItemKey {
        let scale = self.scale_id.filter(|_| self.paired).cloned();
        match self.row {
            Some(row) => ItemKey::row(self.question.id.clone(), row.id.clone(), scale),
            None => ItemKey::question(self.question.id.clone()),
        }
    }
}

impl Survey {
    /// Returns the survey, or what does not fit together.
    ///
    /// # Errors
    /// [`SurveyError`] for the first thing found.
    pub fn new(mut parts: SurveyParts) -> Result<Self, SurveyError> {
        if parts.languages.is_empty() {
            return Err(SurveyError::NoLanguage);
        }
        let SurveyParts { sections, scales, .. } = &mut parts;
        for question in sections.iter_mut().flat_map(|section| &mut section.questions) {
            question.offer_levels(scales);
        }
        let mut places = BTreeMap::new();
        for (s, section) in parts.sections.iter().enumerate() {
            for (q, question) in section.questions.iter().enumerate() {
                if places.insert(question.id.clone(), (s, q)).is_some() {
                    return Err(SurveyError::QuestionTwice(question.id.clone()));
                }
                for scale in question.kind.scale_names() {
                    if !parts.scales.contains_key(scale) {
                        return Err(SurveyError::NoSuchScale(question.id.clone(), scale.clone()));
                    }
                }
            }
        }
        Ok(Self { parts, places })
    }

    /// Returns everything the survey holds.
    #[must_use]
    pub const fn parts(&self) -> &SurveyParts {
        &self.parts
    }

    /// Returns the survey's own name.
    #[must_use]
    pub const fn id(&self) -> &Slug {
        &self.parts.id
    }

    /// Returns the language everything is written in first.
    #[must_use]
    pub fn source_language(&self) -> Language {
        self.parts.languages.first().copied().unwrap_or(Language::Bokmal)
    }

    /// Returns the sections in file order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.parts.sections
    }

    /// Returns every question in file order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.sections.iter().flat_map(|section| &section.questions)
    }

    /// Returns whether one person can be asked: a survey can be for groups alone.
    #[must_use]
    pub fn asks_one_person(&self) -> bool {
        let group = self.parts.group_mode.as_ref();
        self.questions().any(|question| {
            let only = group.is_some_and(|group| group.only.contains(&question.id));
            !only && !matches!(question.kind, QuestionKind::Count(_) | QuestionKind::Info)
        })
    }

    /// Returns the question with this id.
    #[must_use]
    pub fn question(&self, id: &Id) -> Option<&Question> {
        let (s, q) = self.places.get(id)?;
        self.parts.sections.get(*s)?.questions.get(*q)
    }

    /// Returns where a question stands: section and place in it. Later questions have greater places.
    #[must_use]
    pub fn place(&self, id: &Id) -> Option<(usize, usize)> {
        self.places.get(id).copied()
    }

    /// Returns the number a question has on paper: 1 is the first, and what is only read aloud has none.
    #[must_use]
    pub fn number(&self, id: &Id) -> Option<usize> {
        let asked = self
            .questions()
            .filter(|question| !matches!(question.kind, QuestionKind::Info));
        asked
            .zip(1..)
            .find_map(|(question, number)| (question.id == *id).then_some(number))
    }

    /// Returns the section a question stands in.
    #[must_use]
    pub fn section_of(&self, id: &Id) -> Option<&Section> {
        self.parts.sections.get(self.places.get(id)?.0)
    }

    /// Returns the scale with this name.
    #[must_use]
    pub fn scale(&self, name: &Id) -> Option<&Scale> {
        self.parts.scales.get(name)
    }

    /// Returns the items of one question: itself, or its rows on each scale. An `info` has none.
    #[must_use]
    pub fn items_of<'s>(&'s self, question: &'s Question) -> Vec<Item<'s>> {
        let item = |row, scale_id: Option<&'s Id>, paired| Item {
            question,
            row,
            scale: scale_id.and_then(|name| self.scale(name)),
            scale_id,
            paired,
        };
        match &question.kind {
            QuestionKind::Info => Vec::new(),
            QuestionKind::Scale { scale, .. } => vec![item(None, Some(scale), false)],
            QuestionKind::One(choices) => vec![item(None, choices.scale.as_ref(), false)],
            QuestionKind::Matrix { rows, scales } => rows
                .iter()
                .flat_map(|row| {
                    scales
                        .iter()
                        .map(move |name| item(Some(row), Some(name), scales.len() > 1))
                })
                .collect(),
            _ => vec![item(None, None, false)],
        }
    }

    /// Returns every item in file order.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.questions().flat_map(|question| self.items_of(question))
    }

    /// Returns the item with this name.
    #[must_use]
    pub fn item(&self, key: &ItemKey) -> Option<Item<'_>> {
        self.items_of(self.question(key.question_id())?)
            .into_iter()
            .find(|item| item.key() == *key)
    }
}
