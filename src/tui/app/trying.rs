//! A question that is tried out from the survey editor: it is asked as an interviewer would ask it, and nothing is kept.

use crate::fieldwork::session::Saved;
use crate::tui::command::Open;
use crate::tui::coordinator::surveys::Surveys;
use crate::tui::effect::Effect;
use crate::tui::preview::Preview;
use crate::tui::reading::{Reading, Text};
use crate::tui::view::View;

use super::App;
use super::coordinator::surveys_on_top;

/// The screens one comes back to.
pub(super) struct Tried {
    base: View,
    layers: Vec<(Option<Open>, View)>,
}

impl App {
    /// Asks the question that the screen with surveys stands at.
    pub(super) fn try_question(&mut self) -> Option<Effect> {
        let surveys = surveys_on_top(&mut self.layers);
        let window = surveys.and_then(Surveys::window);
        let tried = surveys.and_then(|surveys| surveys.tried(&self.s));
        let Some((survey, question, language)) = tried else {
            self.status = Some(self.s.texts.coordinator.surveys.not_shown.clone());
            return None;
        };
        let waiting = View::Reading(Reading::new(Text::Waiting));
        self.trying = Some(Tried {
            base: std::mem::replace(&mut self.base, waiting),
            layers: std::mem::take(&mut self.layers),
        });
        let mut preview = Preview::new(language, false, window);
        preview.survey = Some(survey.clone());
        preview.room = self.s.size;
        preview.is_trial = true;
        self.s.size = preview.size();
        self.s.preview = Some(preview);
        Some(Effect::Preview {
            survey,
            language,
            group: false,
            before: None,
            at: Some(question),
        })
    }

    /// Goes back to where it was tried from.
    pub(super) fn tried(&mut self) -> Option<Effect> {
        let Tried { base, layers } = self.trying.take()?;
        self.speak(self.own_language);
        if let Some(preview) = self.s.preview.take() {
            self.s.size = preview.room;
        }
        self.s.interview = None;
        self.s.saved = Saved::Nothing;
        self.s.saved_at = None;
        self.gathering.clear();
        self.typed_at = None;
        self.status = None;
        self.base = base;
        self.layers = layers;
        Some(Effect::EndPreview)
    }
}
