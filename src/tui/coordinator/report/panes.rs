//! What stands on the form for a report: its rows, and the report as it would be.

use crate::domain::language::Language;
use crate::report::compose::{Contents, hidden_by_group};
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, columns16, cut};

use super::super::pane::{Pane, fit};
use super::{ROWS, Report, Seen, Stop};

impl Report {
    pub(in crate::tui::coordinator) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let words = &s.texts.coordinator.report;
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        if self.previews.is_empty() {
            let mut pane = Pane::new(width, s.theme());
            pane.text(&words.nothing, Tone::Plain);
            pane.write(&mut page);
            return page;
        }
        if self.seen != Seen::Form {
            self.reading(s, width, height).write(&mut page);
            return page;
        }
        let pane = match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let mut form = self.form(s, left);
                form.blank();
                form.below(self.control(s, left));
                form.blank();
                form.below(self.buttons(s, left));
                let room = height;
                form.seen(room, None, more)
                    .beside(self.look(s, right, room), down)
            }
            None => {
                let mut top = self.form(s, width);
                let mut foot = self.control(s, width);
                foot.below(self.buttons(s, width));
                let room = height.saturating_sub(top.height() + foot.height());
                if room >= 6 {
                    top.below(self.look(s, width, room));
                }
                top.below(foot);
                top.seen(height, None, more)
            }
        };
        pane.write(&mut page);
        page
    }

    fn form(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.report;
        let mut pane = Pane::new(width, s.theme());
        let labels = [
            &words.to,
            &words.language,
            &words.stage,
            &words.also,
            &words.contents,
            &words.split,
        ];
        for (row, label) in labels.into_iter().enumerate() {
            self.row_of(row, label, s, &mut pane);
        }
        let row = labels.len();
        if self.row == row {
            pane.field(&fit(&words.author, 12), &self.author);
        } else {
            let text = format!("{}  {}", fit(&words.author, 11), self.author.shown());
            pane.line(text.trim_end(), Tone::Plain);
            pane.target(
                0,
                u16::try_from(width).unwrap_or(u16::MAX),
                &Command::Press(row * 10),
            );
        }
        pane
    }

    fn buttons(&self, s: &Situation, width: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let last = ROWS.len() - 1;
        self.row_of(last, "", s, &mut pane);
        pane
    }

    /// One row of the form; further stops stand on further lines where the first is full.
    fn row_of(&self, row: usize, label: &str, s: &Situation, pane: &mut Pane) {
        let stops = self.row_at(row);
        let label_width = if label.is_empty() { 0 } else { 11 };
        let mut parts = vec![(fit(label, label_width), Tone::Plain)];
        let (mut targets, mut cursor, mut at) = (Vec::new(), None, label_width);
        let flush = |parts: &mut Vec<(String, Tone)>,
                     targets: &mut Vec<(u16, u16, Command)>,
                     cursor: &mut Option<u16>,
                     pane: &mut Pane| {
            pane.spans(std::mem::take(parts));
            for (from, to, command) in targets.drain(..) {
                pane.target(from, to, &command);
            }
            if let Some(column) = cursor.take() {
                pane.cursor(column);
            }
        };
        for (column, stop) in stops.iter().enumerate() {
            let text = cut(
                &self.stop_words(*stop, s),
                pane.width().saturating_sub(label_width + 4),
            );
            let wide = columns(&text) + 4;
            if at + wide > pane.width() && at > label_width {
                flush(&mut parts, &mut targets, &mut cursor, pane);
                parts.push((" ".repeat(label_width), Tone::Plain));
                at = label_width;
            }
            let focused = self.row == row && self.column.min(stops.len().saturating_sub(1)) == column;
            let place = u16::try_from(at).unwrap_or(u16::MAX);
            parts.push((if focused { "> " } else { "  " }.to_owned(), Tone::Plain));
            parts.push((text.clone(), if focused { Tone::Focus } else { Tone::Plain }));
            parts.push(("  ".to_owned(), Tone::Plain));
            if focused {
                cursor = Some(place);
            }
            let press = Command::Press(row * 10 + column);
            targets.push((place, place + columns16(&text) + 2, press));
            at += wide;
        }
        flush(&mut parts, &mut targets, &mut cursor, pane);
    }

    fn stop_words(&self, stop: Stop, s: &Situation) -> String {
        let words = &s.texts.coordinator.report;
        let tick = |on: bool, text: &str| format!("[{}] {text}", if on { "x" } else { " " });
        let ring = |on: bool, text: &str| format!("({}) {text}", if on { "x" } else { " " });
        let of = |list: &[bool; 4], place: usize| list.get(place).copied().unwrap_or(false);
        match stop {
            Stop::Format(place) => {
                let names = [&words.word, &words.excel, &words.html, &words.csv];
                let name = names.get(place).map_or("", |name| name.as_str());
                tick(of(&self.formats, place), name)
            }
            Stop::Language(place) => match Language::ALL.get(place) {
                Some(language) => ring(self.language == *language, language.own_name()),
                None => String::new(),
            },
            Stop::Draft => ring(!self.is_final, &words.draft),
            Stop::Final => ring(self.is_final, &words.final_report),
            Stop::Paper(place) => {
                let names = [
                    &words.one_page,
                    &words.conference,
                    &words.codebook,
                    &words.pictures,
                ];
                let name = names.get(place).map_or("", |name| name.as_str());
                tick(of(&self.papers, place), name)
            }
            Stop::Contents(place) => {
                let Contents {
                    questions,
                    quotes,
                    appendix,
                    ..
                } = self.contents;
                let (on, name) = match place {
                    0 => (questions, &words.questions),
                    1 => (quotes, &words.themes),
                    _ => (appendix, &words.appendix),
                };
                tick(on, name)
            }
            Stop::Groups if self.by.is_empty() => words.split_none.clone(),
            Stop::Groups if !self.contents.groups => tick(false, &self.by.join(", ")),
            Stop::Groups => {
                let hidden = self.previews.iter().map(hidden_by_group).sum::<usize>();
                let (by, n) = (self.by.join(", "), hidden.to_string());
                tick(true, &fill(&words.split_by, &[("by", &by), ("n", &n)]))
            }
            Stop::Author => self.author.shown().to_owned(),
            Stop::Read => format!("[ {} ]", words.read),
            Stop::Names => format!("[ {} ]", words.see_names),
            Stop::Make => format!("[ {} ]", words.make),
            Stop::Cancel => format!("[ {} ]", words.cancel),
        }
    }
}
