//! What stands on the form for a report: its rows, and the report as it would be.

use crate::domain::language::Language;
use crate::report::compose::Contents;
use crate::report::plain;
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, columns16};

use super::super::pane::{Pane, fit};
use super::{ROWS, Report, Stop};

impl Report {
    pub(in crate::tui::coordinator) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let words = &s.texts.coordinator.report;
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        if self.preview.is_none() {
            let mut pane = Pane::new(width, s.theme());
            pane.text(&words.nothing, Tone::Plain);
            pane.write(&mut page);
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
                if room >= 4 {
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
        ];
        for (row, (stops, label)) in ROWS.iter().zip(labels).enumerate() {
            self.row_of(row, label, stops, s, &mut pane);
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
        self.row_of(
            last,
            "",
            ROWS.get(last).copied().unwrap_or_default(),
            s,
            &mut pane,
        );
        pane
    }

    /// One row of the form; further stops stand on further lines where the first is full.
    fn row_of(&self, row: usize, label: &str, stops: &[Stop], s: &Situation, pane: &mut Pane) {
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
            let text = self.stop_words(*stop, s);
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
                } = self.contents;
                let (on, name) = match place {
                    0 => (questions, &words.questions),
                    1 => (quotes, &words.themes),
                    _ => (appendix, &words.appendix),
                };
                tick(on, name)
            }
            Stop::Author => self.author.shown().to_owned(),
            Stop::Make => format!("[ {} ]", words.make),
            Stop::Cancel => format!("[ {} ]", words.cancel),
        }
    }

    /// The report as it would be, in a box.
    fn look(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let Some((document, texts)) = &self.preview else {
            return pane;
        };
        let inner = width.saturating_sub(4);
        let room = height.saturating_sub(2).max(1);
        let lines = plain::lines(document, texts, inner);
        let furthest = lines.len().saturating_sub(room);
        let above = self.above.min(furthest);
        let page = (above.div_ceil(room) + 1).to_string();
        let title = fill(&s.texts.coordinator.report.preview, &[("page", &page)]);
        let (corner, across, down) = if s.look.ascii {
            (["+", "+", "+", "+"], "-", "|")
        } else {
            (["┌", "┐", "└", "┘"], "─", "│")
        };
        let title = format!(" {title} ");
        let rest = width.saturating_sub(columns(&title) + 3);
        let top = format!("{}{across}{title}{}{}", corner[0], across.repeat(rest), corner[1]);
        pane.spans(vec![(top, Tone::Rule)]);
        for line in lines.iter().skip(above).take(room) {
            pane.spans(vec![
                (format!("{down} "), Tone::Rule),
                (fit(&line.text, inner), Tone::Plain),
                (format!(" {down}"), Tone::Rule),
            ]);
        }
        for _ in lines.len().saturating_sub(above)..room {
            let empty = " ".repeat(inner);
            pane.spans(vec![
                (format!("{down} "), Tone::Rule),
                (empty, Tone::Plain),
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
}
