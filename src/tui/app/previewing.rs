//! A preview: the real screens on a survey that changes while it is looked at.

use ratatui::layout::Rect;

use crate::domain::interview::Action;
use crate::fieldwork::preview::yes;
use crate::tui::effect::Effect;
use crate::tui::input::Key;
use crate::tui::preview::Reread;
use crate::tui::reading::{Reading, Text};
use crate::tui::view::View;

use super::App;

impl App {
    /// Returns the part of the window that the screen is drawn in: all of it, but where a smaller one is previewed.
    #[must_use]
    pub fn drawn_in(&self, whole: Rect) -> Rect {
        if self.s.preview.is_none() {
            return whole;
        }
        let (width, height) = self.s.size;
        Rect {
            width: width.min(whole.width),
            height: height.min(whole.height),
            ..whole
        }
    }

    /// Takes another size of the window.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.s.size = match &mut self.s.preview {
            Some(preview) => {
                preview.room = (width, height);
                preview.size()
            }
            None => (width, height),
        };
    }

    /// Shows the survey from its beginning; as long as there is none, says that it is waited for.
    pub(super) fn preview_anew(&mut self) -> Option<Effect> {
        let preview = self.s.preview.as_ref()?;
        let Some(survey) = preview.survey.clone() else {
            self.base = View::Reading(Reading::new(Text::Waiting));
            return None;
        };
        Some(Effect::Preview {
            survey,
            language: preview.language,
            group: preview.group,
            before: None,
            at: None,
        })
    }

    /// The file has changed: a survey without errors is shown at the same place; with errors the last one stays.
    pub(super) fn reread(&mut self, reread: Reread) -> Option<Effect> {
        let steps = self.last_steps();
        let open = self.layers.iter().filter_map(|(open, _)| *open).collect();
        let first = self.s.interview.is_none();
        let preview = self.s.preview.as_mut()?;
        preview.trouble = reread.trouble;
        let survey = reread.survey?;
        let waited = preview.survey.replace(survey.clone()).is_none();
        if first {
            // At the end of an interview its last screen stays; the new survey is seen from the beginning.
            return if waited { self.preview_anew() } else { None };
        }
        preview.layers = open;
        Some(Effect::Preview {
            survey,
            language: preview.language,
            group: preview.group,
            before: Some(steps),
            at: None,
        })
    }

    /// Opens what was open before the survey changed.
    pub(super) fn open_again(&mut self) {
        let layers = self
            .s
            .preview
            .as_mut()
            .map(|preview| std::mem::take(&mut preview.layers));
        for open in layers.unwrap_or_default() {
            self.open_layer(open);
        }
    }

    /// In a preview PgDn goes to the next question, whatever stands open at this one.
    pub(super) fn paging(&mut self, key: Key) -> Option<Effect> {
        let pages = self.s.preview.is_some()
            && key == Key::PageDown
            && self.layers.is_empty()
            && matches!(self.base, View::Asking(_));
        let interview = self.s.interview.as_ref().filter(|_| pages)?;
        let here = interview.current_question()?;
        let mut after = interview
            .route()
            .questions
            .iter()
            .skip_while(|question| *question != here);
        let step = match after.nth(1) {
            Some(next) => Action::GoTo(next.clone()),
            None => Action::ReadBack,
        };
        self.status = None;
        let mut steps = self.leave_steps();
        steps.push(step);
        Some(Effect::Steps(steps))
    }

    /// Returns the step in place of plain going on, where a preview answers by itself.
    pub(super) fn going_on_anyway(&self, step: Action) -> Action {
        let answered = self
            .s
            .interview
            .as_ref()
            .filter(|_| self.s.preview.is_some() && step == Action::Next)
            .and_then(yes);
        answered.unwrap_or(step)
    }
}
