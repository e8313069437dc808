//! The report as it would be, in a box beside the form or page by page, and the list of names that may stand in it.

use crate::report::plain::{Line, LineRole, with_charts};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::columns;

use super::super::pane::{Pane, fit};
use super::super::results::signs;
use super::super::{Deed, Place, usual_keys};
use super::{At, Report, Seen};

impl Report {
    /// Returns what stands in row 1.
    pub(in crate::tui::coordinator) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.report;
        match self.seen {
            Seen::Form | Seen::Reading => words.title.clone(),
            Seen::Names => words.names_title.clone(),
        }
    }

    /// Begins to read the report.
    pub(super) const fn read(&mut self) {
        self.seen = Seen::Reading;
    }

    /// Turns a page.
    fn turn(&mut self, further: bool) {
        let (room, furthest) = self.page.get();
        let whole = room.saturating_sub(1).max(1);
        self.above = if further {
            (self.above + whole).min(furthest)
        } else {
            self.above.saturating_sub(whole)
        };
    }

    /// The lines that are seen of the report in so much room, and which page they are.
    fn page_of(&self, s: &Situation, width: usize, room: usize) -> (Vec<Line>, String) {
        let (Some(document), Some(texts)) = (self.previews.get(self.preview), &self.texts) else {
            return (Vec::new(), String::new());
        };
        let lines = with_charts(document, texts, width, Some(signs(s)));
        let furthest = lines.len().saturating_sub(room);
        self.page.set((room, furthest));
        let whole = room.saturating_sub(1).max(1);
        let above = self.above.min(furthest);
        let (page, pages) = (above.div_ceil(whole) + 1, furthest.div_ceil(whole) + 1);
        let words = &s.texts.coordinator.report;
        let said = fill(
            &words.preview,
            &[("page", &page.to_string()), ("pages", &pages.to_string())],
        );
        let lines = lines.into_iter().skip(above).take(room).collect();
        (lines, said)
    }

    /// The report in a box.
    pub(super) fn look(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let inner = width.saturating_sub(4);
        let room = height.saturating_sub(2).max(1);
        let (lines, title) = self.page_of(s, inner, room);
        let (corner, across, down) = if s.look.ascii {
            (["+", "+", "+", "+"], "-", "|")
        } else {
            (["┌", "┐", "└", "┘"], "─", "│")
        };
        let title = format!(" {title} ");
        let rest = width.saturating_sub(columns(&title) + 3);
        let top = format!("{}{across}{title}{}{}", corner[0], across.repeat(rest), corner[1]);
        pane.spans(vec![(top, Tone::Rule)]);
        for place in 0..room {
            let text = lines.get(place).map_or("", |line| line.text.as_str());
            pane.spans(vec![
                (format!("{down} "), Tone::Rule),
                (fit(text, inner), Tone::Plain),
                (format!(" {down}"), Tone::Rule),
            ]);
        }
        let low = format!(
            "{}{}{}",
            corner[2],
            across.repeat(width.saturating_sub(2)),
            corner[3]
        );
        pane.spans(vec![(low, Tone::Rule)]);
        pane
    }

    /// The report page by page, or where names may be.
    pub(super) fn reading(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        if self.seen == Seen::Names {
            let t = s.t();
            pane.text(&s.texts.coordinator.report.names_about, Tone::Plain);
            for (place, named) in self.names.iter().enumerate() {
                pane.blank();
                pane.long_row("", &named.says, place == self.name, &Command::Press(place));
                pane.hanging("    ", named.text.as_str(), Tone::Aside);
            }
            return pane.seen(height, None, (&t.more_above, &t.more_below));
        }
        let (lines, said) = self.page_of(s, width, height.saturating_sub(1));
        let survey = s.coordinator.shown.as_deref();
        let survey = survey.and_then(|shown| shown.parts.get(self.preview));
        let title = survey.filter(|_| self.previews.len() > 1);
        let title = title.map(|portion| portion.survey.parts().title.get(s.language()));
        let said = title.map_or(said.clone(), |title| format!("{said}  «{title}»"));
        pane.line(&said, Tone::Aside);
        for line in lines {
            let tone = match line.role {
                LineRole::Title | LineRole::Heading => Tone::Heading,
                LineRole::Rule => Tone::Rule,
                LineRole::Text => Tone::Plain,
            };
            pane.line(&line.text, tone);
        }
        pane
    }

    pub(super) fn reading_keys(&self, s: &Situation, table: &mut Vec<Binding>) {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let down = Command::Move(Step::Down);
        let enter = Keys::One(Key::Enter);
        if self.seen == Seen::Names {
            table.push(Binding::new(enter, Command::Enter, &words.report.go_there, 1));
            table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
        } else {
            let next = Keys::One(Key::PageDown);
            table.push(Binding::new(next, Command::PageDown, &words.hint.page_through, 1));
            table.push(Binding::silent(enter, Command::PageDown));
            table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::PageDown));
            table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
            table.push(Binding::silent(Keys::UpDown, down));
            if self.previews.len() > 1 {
                let right = Command::Move(Step::Right);
                let says = &words.report.other_report;
                table.push(Binding::new(Keys::LeftRight, right, says, 2));
            }
        }
        usual_keys(table, false, s);
        if let Some(esc) = table.last_mut() {
            esc.command = Command::Back;
        }
    }

    pub(super) fn take_reading(&mut self, command: &Command) -> Reaction {
        let furthest = self.page.get().1;
        let last = self.names.len().saturating_sub(1);
        match command {
            Command::Back => self.seen = Seen::Form,
            Command::Press(place) if self.seen == Seen::Names && *place != self.name => {
                self.name = (*place).min(last);
            }
            Command::Enter | Command::Press(_) => {
                let place = match self.looked_for() {
                    Some(At::Mark) => Place::Marks,
                    _ => Place::Findings,
                };
                return Reaction::Do(Command::Deed(Deed::Go(place)));
            }
            Command::Move(step) if self.seen == Seen::Names => self.name = step.in_list(self.name, last),
            Command::PageDown | Command::PageUp => self.turn(*command == Command::PageDown),
            Command::Move(Step::Down) => self.above = (self.above + 1).min(furthest),
            Command::Move(Step::Up) => self.above = self.above.saturating_sub(1),
            Command::Move(Step::First) => self.above = 0,
            Command::Move(Step::Last) => self.above = furthest,
            Command::Move(step @ (Step::Left | Step::Right)) => {
                let last = self.previews.len().saturating_sub(1);
                self.preview = match step {
                    Step::Left => self.preview.saturating_sub(1),
                    _ => (self.preview + 1).min(last),
                };
                self.above = 0;
            }
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }
}
