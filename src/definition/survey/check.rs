//! From the raw file to the domain: does everything named exist, and do the parts fit together?

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::definition::code::Code;
use crate::definition::expression::check::Standing;
use crate::definition::expression::scope::{Codes, Guard, Scope};
use crate::definition::fields::{Reader, Unique};
use crate::definition::place::{At, Span};
use crate::definition::problem::Argument;
use crate::definition::survey::raw::{RawSection, RawSurvey};
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::survey::report_plan::Tightening;
use crate::domain::survey::scale::Scale;
use crate::domain::survey::{Fingerprint, Section, Survey, SurveyParts};

mod bands;
mod choices;
mod condition;
mod consent;
mod keys;
mod kind;
mod matrix;
mod pipes;
mod plan;
mod question;
mod scale;
mod unused;

/// Ids that mean something else in conditions, pipes and tables.
const RESERVED: &[&str] = &[
    "and",
    "background",
    "consent",
    "dimension",
    "div",
    "eller",
    "has",
    "if",
    "ikke",
    "ikkje",
    "in",
    "interviewer",
    "mod",
    "not",
    "og",
    "or",
];

/// What is known while the survey is put together.
pub(crate) struct Check<'r, 'd> {
    reader: &'r mut Reader<'d>,
    scope: Scope,
    scales: BTreeMap<Id, Scale>,
    /// Codes of every scale in the file, also of those with mistakes.
    scale_codes: BTreeMap<Id, Rc<Codes>>,
    dimensions: BTreeSet<Id>,
    codebooks: BTreeSet<Id>,
    /// Sort and name of what was referred to.
    used: BTreeSet<(Sort, Id)>,
}

/// Sorts of things that are defined once and used by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Scale,
    Dimension,
    Codebook,
}

/// Conditions that hold wherever something is asked.
type Parents<'p> = &'p [(&'p Expression, Span)];

/// Returns the survey, unless something does not fit.
pub(crate) fn survey(raw: &RawSurvey, fingerprint: Fingerprint, reader: &mut Reader<'_>) -> Option<Survey> {
    let mut check = Check {
        reader,
        scope: Scope::default(),
        scales: BTreeMap::new(),
        scale_codes: BTreeMap::new(),
        dimensions: BTreeSet::new(),
        codebooks: BTreeSet::new(),
        used: BTreeSet::new(),
    };
    let parts = check.parts(raw, fingerprint)?;
    if check.reader.findings.has_errors() {
        return None;
    }
    match Survey::new(parts) {
        Ok(survey) => Some(survey),
        Err(error) => {
            let problem = check.reader.findings.add(Code::Inconsistent, Span::default());
            problem.with(Argument::Detail(error.to_string()));
            None
        }
    }
}

impl Check<'_, '_> {
    /// Checks every part, whatever is wrong with those before; `None` when one is missing.
    fn parts(&mut self, raw: &RawSurvey, fingerprint: Fingerprint) -> Option<SurveyParts> {
        let source = self.reader.source_language();
        let localized = |wording: &crate::definition::wording::Wording| wording.localized(source);
        self.note_question_ids(raw);
        let dimensions = self.dimensions(raw, source);
        let codebooks = self.codebooks(raw);
        let consent = self.consent(raw.consent.as_ref());
        self.check_scales(raw);
        let sections: Vec<Option<Section>> = self.sections(raw);
        let readback = raw.readback.as_ref().map(localized);
        if let Some(text) = &raw.readback {
            self.pipes(text, None, &[]);
        }
        let quotas = self.quotas(raw);
        let group_mode = self.group_mode(raw);
        let report_tables = self.tables(raw);
        self.name_unused(raw);
        let limits = raw
            .limits
            .iter()
            .map(|(limit, value)| (*limit, value.value))
            .collect();
        Some(SurveyParts {
            id: raw.id.as_ref()?.value.clone(),
            version: raw.version.as_ref()?.value.clone(),
            fingerprint,
            languages: self.reader.languages.clone(),
            title: localized(raw.title.as_ref()?),
            purpose: raw.purpose.as_ref().map(localized),
            consent: consent?,
            missing_wording: raw
                .missing
                .iter()
                .map(|(kind, text)| (*kind, localized(text)))
                .collect(),
            scales: std::mem::take(&mut self.scales),
            dimensions,
            sections: sections.into_iter().collect::<Option<_>>()?,
            readback,
            group_mode,
            quotas,
            tightening: Tightening { limits },
            report_tables,
            codebooks,
        })
    }

    /// Notes where every question stands, so that a name that comes too early can be told from one that never comes.
    fn note_question_ids(&mut self, raw: &RawSurvey) {
        let mut unique = Unique::default();
        for question in raw.sections.iter().flat_map(|section| &section.questions) {
            if let Some(id) = &question.id {
                if RESERVED.contains(&id.value.as_str()) {
                    self.reader
                        .findings
                        .add(Code::ReservedId, id.span)
                        .name(&id.value);
                }
                unique.add(id, self.reader);
                self.scope
                    .everywhere
                    .entry(id.value.to_string())
                    .or_insert(id.span);
            }
        }
    }

    fn sections(&mut self, raw: &RawSurvey) -> Vec<Option<Section>> {
        let mut unique = Unique::default();
        let mut sections = Vec::new();
        for section in &raw.sections {
            if let Some(id) = &section.id {
                unique.add(id, self.reader);
            }
            sections.push(self.section(section));
        }
        sections
    }

    fn section(&mut self, raw: &RawSection) -> Option<Section> {
        let source = self.reader.source_language();
        let show_if = raw.show_if.as_ref().map(|condition| {
            (
                self.condition(condition, Standing::default(), &[]),
                condition.span,
            )
        });
        let guard = match &show_if {
            Some((Some(condition), span)) => Some(Rc::new(Guard {
                condition: condition.clone(),
                span: *span,
            })),
            _ => None,
        };
        let parents: Vec<(&Expression, Span)> =
            guard.iter().map(|guard| (&guard.condition, guard.span)).collect();
        for text in raw.intro.iter().chain(&raw.title) {
            self.pipes(text, None, &parents);
        }
        let questions: Vec<_> = raw
            .questions
            .iter()
            .map(|question| self.question(question, guard.as_ref()))
            .collect();
        let show_if = match show_if {
            Some((condition, _)) => Some(condition?),
            None => None,
        };
        Some(Section {
            id: raw.id.as_ref()?.value.clone(),
            title: raw.title.as_ref()?.localized(source),
            intro: raw.intro.as_ref().map(|intro| intro.localized(source)),
            show_if,
            questions: questions.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Returns a name that is defined; reports any other.
    fn known(&mut self, id: &At<Id>, code: Code, defined: &BTreeSet<Id>) -> Option<Id> {
        if defined.contains(&id.value) {
            return Some(id.value.clone());
        }
        self.reader
            .findings
            .add_unknown(code, id.span, id.value.as_str(), defined.iter().map(Id::as_str))
            .quote_suggestion();
        None
    }
}
