//! What is agreed to before the questions.

use super::Check;
use crate::definition::code::Code;
use crate::definition::fields::Unique;
use crate::definition::survey::raw::consent::RawConsent;
use crate::domain::survey::consent::{Consent, ConsentPoint};

impl Check<'_, '_> {
    pub(super) fn consent(&mut self, raw: Option<&RawConsent>) -> Option<Consent> {
        let raw = raw?;
        let source = self.reader.source_language();
        let mut unique = Unique::default();
        let mut points = Vec::new();
        for point in &raw.points {
            if let Some(text) = &point.text {
                self.pipes(text, None, &[]);
            }
            let Some(id) = &point.id else { continue };
            unique.add(id, self.reader);
            self.scope.consent.insert(id.value.clone());
            points.push(point.text.as_ref().map(|text| ConsentPoint {
                id: id.value.clone(),
                text: text.localized(source),
                required: point.required,
            }));
        }
        if !raw.points.iter().any(|point| point.required) {
            self.reader.findings.add(Code::NothingToAgreeTo, raw.span);
        }
        for text in raw.read_aloud.iter().chain(&raw.interviewer_note) {
            self.pipes(text, None, &[]);
        }
        Some(Consent {
            read_aloud: raw.read_aloud.as_ref()?.localized(source),
            interviewer_note: raw.interviewer_note.as_ref().map(|note| note.localized(source)),
            points: points.into_iter().collect::<Option<_>>()?,
            ask_age: raw.ask_age,
        })
    }
}
