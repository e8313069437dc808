//! What stands on the screen with findings.

use crate::domain::workbook::finding::{Action, Finding};
use crate::domain::workbook::log::Stamp;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::Command;
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::wrap;

use super::super::pane::Pane;
use super::names::warning;
use super::words::{label, standing_words, status_words};
use super::{Findings, Row, Typing};

/// Columns of a finding in the conference: few, so that the letters of the window can be made large.
const CONFERENCE: usize = 44;

impl Findings {
    pub(in crate::tui::coordinator) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let mut page = Page::new(width, s.theme());
        if self.is_conference {
            self.large(s, width, height).write(&mut page);
            return page;
        }
        if let Some(finding) = &self.beside {
            self.beside_list(finding, s, width)
                .seen(height, None, more)
                .write(&mut page);
            return page;
        }
        let pane = match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let list = self.list(s, left).seen(height, None, more);
                list.beside(self.detail(s, right).seen(height, Some(0), more), down)
            }
            None => {
                let list = self.list(s, width);
                let detail = self.detail(s, width);
                let own = list
                    .height()
                    .min(height.saturating_sub(detail.height() + 1).max(height / 2));
                let mut pane = list.seen(own, None, more);
                pane.blank();
                let room = height.saturating_sub(pane.height());
                pane.below(detail.seen(room, Some(0), more));
                pane
            }
        };
        pane.write(&mut page);
        page
    }

    fn list(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let rows = self.rows();
        if rows.is_empty() && self.typing.is_none() {
            pane.text(&none_words(s), Tone::Plain);
        }
        let last = rows.len().saturating_sub(1);
        for (place, row) in rows.iter().enumerate() {
            let focused = place == self.focus.min(last) && self.typing.is_none();
            let press = Command::Press(place);
            match row {
                Row::Finding(stamp) => {
                    if let Some(finding) = self.bench.book().finding(stamp) {
                        let standing = standing_words(finding.standing, words);
                        let text = format!("{}  ({standing})", finding.text);
                        pane.long_row("", &text, focused, &press);
                    }
                }
                Row::Action(stamp) => {
                    let mut all = self.bench.book().actions();
                    if let Some((_, action)) = all.find(|(own, _)| *own == stamp) {
                        pane.long_row("-> ", &self.action_words(action, s), focused, &press);
                    }
                }
            }
        }
        self.field(s, &mut pane);
        pane
    }

    /// What is being typed, and whether somebody may be named in it.
    fn field(&self, s: &Situation, pane: &mut Pane) {
        let Some((what, field)) = &self.typing else {
            return;
        };
        pane.blank();
        pane.field(label(what, &s.texts.coordinator.findings), field);
        if let Some(warning) = warning(field.shown(), self.bench.own_words(), &s.texts) {
            pane.hanging("! ", &warning, Tone::Notice);
        }
    }

    fn action_words(&self, action: &Action, s: &Situation) -> String {
        let words = &s.texts.coordinator.findings;
        let mut said = vec![action.text.to_string()];
        if !action.owner.is_blank() {
            said.push(action.owner.to_string());
        }
        if let Some(due) = action.due {
            said.push(date(due, s.language()));
        }
        said.push(format!("({})", status_words(action.status, words)));
        if action.is_late(s.today) {
            said.push(words.late.clone());
        }
        if Some(&action.round) != self.bench.round() {
            said.push(words.carried.clone());
        }
        said.join("  ")
    }

    fn detail(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        // Whoever writes something new does not write about what the focus stands at.
        let is_new = matches!(self.typing, Some((Typing::New | Typing::Action(_), _)));
        let Some((stamp, finding)) = self.finding().filter(|_| !is_new) else {
            return pane;
        };
        if !finding.addressee.is_blank() {
            pane.text(
                &fill(&words.is_for, &[("who", finding.addressee.as_str())]),
                Tone::Plain,
            );
        }
        for line in self.about(finding, s) {
            pane.text(&line, Tone::Plain);
        }
        for sentence in self.figures(finding, s) {
            pane.hanging("| ", &sentence, Tone::Plain);
        }
        for quote in self.quotes(finding, s) {
            pane.hanging("| ", &quote, Tone::Aloud);
        }
        if !finding.answer.is_blank() {
            let text = fill(&words.answered, &[("answer", finding.answer.as_str())]);
            pane.text(&text, Tone::Plain);
        }
        for said in self.said(&stamp) {
            pane.hanging("- ", &said, Tone::Aside);
        }
        pane
    }

    /// What else stands beside a finding: its area, and the themes whose quotes do.
    fn about(&self, finding: &Finding, s: &Situation) -> Vec<String> {
        let (words, language) = (&s.texts.coordinator.findings, s.language());
        let areas = self.bench.surveys().iter();
        let mut areas = areas.flat_map(|survey| &survey.parts().dimensions);
        let area = areas.find(|(id, _)| Some(id) == finding.dimension.as_ref());
        let mut said = Vec::new();
        if let Some((_, title)) = area {
            said.push(fill(&words.is_about, &[("area", title.get(language))]));
        }
        let themes = finding
            .themes
            .iter()
            .filter_map(|theme| self.bench.book().theme(theme));
        let names: Vec<String> = themes
            .map(|theme| self.bench.theme_name(theme, language))
            .collect();
        if !names.is_empty() {
            said.push(fill(&words.with_quotes, &[("themes", &names.join(", "))]));
        }
        said
    }

    fn said(&self, finding: &Stamp) -> Vec<String> {
        let Some(round) = self.bench.round() else {
            return Vec::new();
        };
        let all = self.bench.statements_of(round);
        let own = all.filter(|(_, said)| said.finding.as_ref() == Some(finding));
        own.map(|(_, said)| said.text.to_string()).collect()
    }

    /// The actions that follow from a finding.
    fn actions_of(&self, finding: &Stamp, s: &Situation) -> Vec<String> {
        let own = self.bench.book().actions();
        let own = own.filter(|(_, action)| action.finding.as_ref() == Some(finding));
        own.map(|(_, action)| self.action_words(action, s)).collect()
    }

    /// One finding, few columns wide, for a wall.
    fn large(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let Some((stamp, finding)) = self.finding() else {
            pane.text(&none_words(s), Tone::Plain);
            return pane;
        };
        let wide = CONFERENCE.min(width);
        pane.blank();
        for line in wrap(finding.text.as_str(), wide) {
            pane.line(&line, Tone::Heading);
        }
        pane.blank();
        let standing = standing_words(finding.standing, words);
        pane.line(&format!("({standing})"), Tone::Chosen);
        if !finding.addressee.is_blank() {
            let text = fill(&words.is_for, &[("who", finding.addressee.as_str())]);
            for line in wrap(&text, wide) {
                pane.line(&line, Tone::Plain);
            }
        }
        pane.blank();
        let all = self.said(&stamp);
        for said in &all {
            for (place, line) in wrap(said, wide.saturating_sub(2)).into_iter().enumerate() {
                let lead = if place == 0 { "- " } else { "  " };
                pane.line(&format!("{lead}{line}"), Tone::Plain);
            }
        }
        if !all.is_empty() {
            pane.blank();
        }
        if !finding.answer.is_blank() {
            let text = fill(&words.answered, &[("answer", finding.answer.as_str())]);
            for line in wrap(&text, wide) {
                pane.line(&line, Tone::Plain);
            }
            pane.blank();
        }
        let figures = self.figures(finding, s).into_iter().map(|own| (own, Tone::Plain));
        let quotes = self.quotes(finding, s).into_iter().map(|own| (own, Tone::Aloud));
        for (text, tone) in figures.chain(quotes) {
            for line in wrap(&text, wide) {
                pane.line(&line, tone);
            }
            pane.blank();
        }
        for action in self.actions_of(&stamp, s) {
            for (place, line) in wrap(&action, wide.saturating_sub(3)).into_iter().enumerate() {
                let lead = if place == 0 { "-> " } else { "   " };
                pane.line(&format!("{lead}{line}"), Tone::Plain);
            }
        }
        self.field(s, &mut pane);
        self.furthest.set(pane.height().saturating_sub(height));
        // What is being typed is seen; else what one has scrolled to.
        let above = self.typing.is_none().then_some(self.above);
        pane.seen(height, above, (&s.t().more_above, &s.t().more_below))
    }
}

fn none_words(s: &Situation) -> String {
    let plus = key_name(Key::Char('+'), &s.t().key);
    fill(&s.texts.coordinator.findings.none, &[("key", &plus)])
}
