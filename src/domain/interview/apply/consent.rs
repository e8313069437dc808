//! Consent: age band, guardian, points. Nothing is kept before "yes".

use crate::domain::id::Id;
use crate::domain::record::ConsentRecord;

use super::super::route::Route;
use super::super::{Interview, Position, Refusal};

impl Interview {
    pub(super) fn age_band(&mut self, band: &Id) -> Result<(), Refusal> {
        self.require(self.state.position == Position::AgeBand)?;
        let bands = &self.state.opening.age_bands;
        let known = bands
            .iter()
            .find(|known| known.code == *band)
            .ok_or(Refusal::NoSuchOption)?;
        let guardian = known.guardian;
        self.state.consent.age_band = Some(band.clone());
        if guardian {
            self.state.position = Position::Guardian;
        } else {
            self.state.consent.guardian_confirmed = None;
            self.state.position = self.point_or_questions(0);
        }
        Ok(())
    }

    pub(super) fn guardian(&mut self, exists: bool) -> Result<(), Refusal> {
        self.require(self.state.position == Position::Guardian)?;
        self.state.consent.guardian_confirmed = Some(exists);
        if exists {
            self.state.position = self.point_or_questions(0);
        } else {
            self.decline();
            // Not a no of the person's own: what is said then, and counted, is another thing.
            self.state.consent.guardian_confirmed = Some(false);
        }
        Ok(())
    }

    pub(super) fn consent_point(&mut self, point: &Id, given: bool) -> Result<(), Refusal> {
        let Position::Point(place) = self.state.position else {
            return Err(Refusal::NotNow);
        };
        let wanted = self
            .survey
            .parts()
            .consent
            .points
            .get(place)
            .ok_or(Refusal::NotNow)?;
        self.require(wanted.id == *point)?;
        let required = wanted.required;
        self.state.consent.points.insert(point.clone(), given);
        if required && !given {
            self.decline();
        } else {
            self.state.position = self.point_or_questions(place + 1);
        }
        Ok(())
    }

    /// A "no" leaves nothing behind, not even the age band.
    pub(super) fn decline(&mut self) {
        self.state.consent = ConsentRecord::default();
        self.state.position = Position::Declined;
    }

    pub(super) fn point_or_questions(&self, place: usize) -> Position {
        if place < self.survey.parts().consent.points.len() {
            return Position::Point(place);
        }
        // What is asked may hang on the consent just given.
        let route = Route::of(&self.survey, &self.state);
        route
            .questions
            .first()
            .cloned()
            .map_or(Position::Closing, Position::Question)
    }
}
