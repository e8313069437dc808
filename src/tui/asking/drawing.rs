//! How a question is drawn: what all types have in common.

use ratatui::text::Span;

use crate::domain::answer::Response;
use crate::domain::survey::question::Question;
use crate::tui::command::Command;
use crate::tui::kim;
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::columns16;

use super::{Asking, Kind, Put, Zone, count, levels, matrix, options, rank, typed};

impl Asking {
    pub(in crate::tui) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let mut page = Page::new(width, s.theme());
        page.says_more(&t.more_above, &t.more_below);
        let Some(put) = self.put(s) else {
            return page;
        };
        if self.unseen.is_covered() {
            self.unseen.page(s, &put, &mut page);
            return page;
        }
        if self.unseen.is_answering() {
            // Whoever answers alone has not learnt to scroll: not answering must be seen.
            page.keep_together();
        }
        self.question_lines(s, &put, &mut page);
        self.kim_says(s, &put, &mut page);
        match self.kind {
            Kind::Options { .. } => options::page(self, &put, s, &mut page, height),
            Kind::Levels => levels::page(self, &put, s, &mut page, height),
            Kind::Slider => levels::slider_page(self, &put, s, &mut page),
            Kind::Matrix => matrix::page(self, &put, s, &mut page),
            Kind::Line | Kind::Long => typed::page(self, &put, s, &mut page, height),
            Kind::Rank => rank::page(self, &put, s, &mut page),
            Kind::Count => count::page(self, &put, s, &mut page),
            Kind::Info => page.gap(Gap::Part),
        }
        if let Some(error) = self
            .error
            .as_ref()
            .filter(|_| !matches!(self.kind, Kind::Line | Kind::Long))
        {
            page.gap(Gap::Around);
            page.hanging("! ", error, Tone::Notice, 1);
            page.keep();
        }
        if let Some(note) = &put.question.interviewer_note
            && !self.unseen.is_answering()
            && self.kind != Kind::Long
        {
            page.gap(Gap::Part);
            page.text(&s.aside(&s.says(note)), Tone::Aside, 0);
        }
        page
    }

    /// In practice the made-up person answers on the screen.
    fn kim_says(&self, s: &Situation, put: &Put<'_>, page: &mut Page) {
        if !kim::is_there(s) || self.kind == Kind::Info {
            return;
        }
        if self.unseen.is_answering() {
            page.text(&s.t().kim.alone, Tone::Aside, 1);
            return;
        }
        if let Some(wish) = kim::wish(s).filter(|_| !self.is_writing()) {
            page.text(&wish, Tone::Notice, 0);
        }
        let items = put.interview.items_asked(&self.question);
        let place = if self.kind == Kind::Matrix { self.focus } else { 0 };
        if let Some(said) = items.get(place).and_then(|item| kim::answer(s, item)) {
            page.text(&said, Tone::Notice, 0);
        }
    }

    /// The question itself, with what the section says first and the help.
    fn question_lines(&self, s: &Situation, put: &Put<'_>, page: &mut Page) {
        if self.unseen.is_answering() {
            page.text(&s.t().unseen.intro, Tone::Plain, 1);
            page.gap(Gap::Part);
            page.pinned(&s.says(&put.question.text), Tone::Aloud, 1);
            return;
        }
        let section = put.interview.survey().section_of(&self.question);
        let first = section.is_some_and(|section| {
            let asked = |question: &&Question| put.interview.route().asks(&question.id);
            let first = section.questions.iter().find(asked);
            first.is_some_and(|first| first.id == self.question)
        });
        if let Some(intro) = section
            .and_then(|section| section.intro.as_ref())
            .filter(|_| first)
        {
            page.text(&s.aloud(&s.says(intro)), Tone::Plain, 0);
        }
        page.pinned(&s.aloud(&s.says(&put.question.text)), Tone::Aloud, 0);
        if self.kind == Kind::Info {
            page.cursor(0);
        }
        if let Some(help) = &put.question.help {
            page.text(&s.says(help), Tone::Plain, 1);
        }
        if self.kind == Kind::Long
            && let Some(note) = &put.question.interviewer_note
        {
            page.text(&s.aside(&s.says(note)), Tone::Aside, 0);
        }
        if self.kind == Kind::Long && s.is_group() {
            page.text(&s.aside(&s.t().group.statement), Tone::Aside, 0);
        }
    }

    /// The ways not to answer, in one line or two; `from` is the number of rows before them.
    pub(super) fn ways_line(&self, s: &Situation, put: &Put<'_>, page: &mut Page, from: usize) {
        let response = self.response(put).and_then(Response::missing);
        let ways = s.ways(put.question);
        let mut spans = Vec::new();
        let mut targets = Vec::new();
        let mut cursor = None;
        let mut at = 0_u16;
        for (place, way) in ways.iter().enumerate() {
            let focused = self.zone == Zone::Rows && self.focus == from + place;
            let chosen = response == Some(way.kind);
            let mark = if chosen { "(x)" } else { "( )" };
            let words = format!("{}  {mark} ({})", way.letter, way.words);
            let wide = columns16(&words) + 3;
            if at > 0 && usize::from(at + wide) > page.width() {
                flush(page, &mut spans, &mut targets, &mut cursor);
                at = 0;
            }
            let tone = match (focused, chosen) {
                (true, _) => Tone::Focus,
                (false, true) => Tone::Chosen,
                (false, false) => Tone::Plain,
            };
            spans.push(page.span(if focused { " > " } else { "   " }, Tone::Plain));
            spans.push(page.span(&words, tone));
            if focused {
                cursor = Some(at + 1);
            }
            targets.push((at, at + wide, Command::Missing(way.kind)));
            at += wide;
        }
        flush(page, &mut spans, &mut targets, &mut cursor);
    }
}

type Targets = Vec<(u16, u16, Command)>;

/// Ends a line of pieces that can be clicked.
pub(in crate::tui) fn flush(
    page: &mut Page,
    spans: &mut Vec<Span<'static>>,
    targets: &mut Targets,
    cursor: &mut Option<u16>,
) {
    if spans.is_empty() {
        return;
    }
    page.line(std::mem::take(spans));
    for (from, to, command) in targets.drain(..) {
        page.target(from, to, command);
    }
    if let Some(column) = cursor.take() {
        page.cursor(column);
    }
}
