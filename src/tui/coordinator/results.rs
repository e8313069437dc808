//! What was shown, to look through: every question a line with its bar, and below or beside it all there is about the one
//! that is looked at. Browsing shows nothing new: everything here was released before.

use std::cell::Cell;

use crate::report::chart::terminal::{Signs, lines as chart_lines};
use crate::report::compose::{Glance, Openness, Sources, about, chart_of, glances, groups_of};
use crate::report::document::{Block, Part};
use crate::report::plain;
use crate::texts::fill;
use crate::texts::number::whole;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::Deed;
use super::pane::Pane;

mod explanation;
mod keys;
mod line;
mod note;

use explanation::explanation;
use line::{column_head, row};

/// Below this height a list and what is said about its row do not stand below each other.
const LOW: usize = 9;

/// What the browser shows of the item it stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Chart,
    Table,
}

/// The browser.
pub struct Results {
    /// Which survey, and of it which view: everybody together, or one of several states.
    portion: usize,
    view: usize,
    focus: usize,
    look: Look,
    by_group: bool,
    search: Option<Field>,
    /// A note about the item it stands at, being written.
    note: Option<Field>,
    /// Only what was not written in full.
    only_hidden: bool,
    /// Lines of the item that lie above what is seen.
    above: usize,
    /// The most of them there can be: known once it was drawn.
    furthest: Cell<usize>,
}

impl Results {
    /// Returns the browser at its first question.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            portion: 0,
            view: 0,
            focus: 0,
            look: Look::Chart,
            by_group: false,
            search: None,
            note: None,
            only_hidden: false,
            above: 0,
            furthest: Cell::new(0),
        }
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.results;
        let Some(sources) = self.sources(s) else {
            return words.title.clone();
        };
        let published = sources.published;
        let (text, n) = if sources.is_of_groups() {
            (&words.heading_groups, published.groups())
        } else {
            (&words.heading, published.interviews())
        };
        let n = whole(u64::from(n), s.language());
        fill(text, &[("title", &words.title), ("n", &n)])
    }

    fn sources<'s>(&self, s: &'s Situation) -> Option<Sources<'s>> {
        let shown = s.coordinator.shown.as_deref()?;
        shown.sources(self.portion, self.view, &s.texts)
    }

    /// Returns how many views there are, over all surveys, and which this is.
    fn views(&self, s: &Situation) -> (usize, usize) {
        let portions = s
            .coordinator
            .shown
            .as_deref()
            .map_or(&[][..], |shown| &shown.parts);
        let before: usize = portions
            .iter()
            .take(self.portion)
            .map(|own| own.views.len())
            .sum();
        let all = portions.iter().map(|own| own.views.len()).sum();
        (all, before + self.view)
    }

    fn found(&self, sources: &Sources<'_>) -> Vec<Glance> {
        let wanted = self
            .search
            .as_ref()
            .map_or_else(String::new, |field| field.shown().trim().to_lowercase());
        let mut found = glances(sources);
        found.retain(|glance| {
            let fits = wanted.is_empty()
                || glance.question.to_lowercase().contains(&wanted)
                || glance.item.to_string().contains(&wanted);
            let is_open = matches!(glance.openness, Openness::Whole | Openness::Words);
            fits && !(self.only_hidden && is_open)
        });
        found
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let words = &s.texts.coordinator.results;
        let Some(sources) = self.sources(s) else {
            let mut pane = Pane::new(width, s.theme());
            pane.text(&words.nothing, Tone::Plain);
            pane.write(&mut page);
            return page;
        };
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let found = self.found(&sources);
        let focus = self.focus.min(found.len().saturating_sub(1));
        let mut head = self.head(&sources, s, width);
        let room = height.saturating_sub(head.height());
        match Pane::halves(width) {
            Some((left, beside)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let mut list = column_head(words, left, s);
                let own = self.list(&found, focus, &sources, s, left);
                let list_room = room.saturating_sub(list.height());
                list.below(own.seen(list_room, None, more));
                let said = self.said(found.get(focus), &sources, s, beside);
                self.furthest.set(said.height().saturating_sub(room));
                head.below(list.beside(said.seen(room, self.above(), more), down));
            }
            None => {
                let list = self.list(&found, focus, &sources, s, width);
                let columns = column_head(words, width, s);
                let said = self.said(found.get(focus), &sources, s, width);
                // The list has at least three lines below its heads, or half of the room, and never more than it needs.
                let least = (room / 2).max(4).saturating_sub(1);
                let own = Pane::list_rows(&list, &said, least, room.saturating_sub(1));
                head.below(columns);
                head.below(list.seen(own, None, more));
                if room >= LOW {
                    let below = room.saturating_sub(own + 2);
                    head.spans(vec![(rule(width, s.look.ascii), Tone::Rule)]);
                    self.furthest.set(said.height().saturating_sub(below));
                    head.below(said.seen(below, self.above(), more));
                }
            }
        }
        head.write(&mut page);
        page
    }

    /// The lines that are scrolled past; a note that is written is seen.
    fn above(&self) -> Option<usize> {
        self.note.is_none().then_some(self.above)
    }

    /// What is looked at: which survey and part, and what is searched for.
    fn head(&self, sources: &Sources<'_>, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.results;
        let mut pane = Pane::new(width, s.theme());
        let (all, this) = self.views(s);
        if all > 1 {
            let title = sources.survey.parts().title.get(s.language());
            let part = match sources.people.part {
                crate::report::compose::Part::Only => String::new(),
                crate::report::compose::Part::Together { .. } => words.together.clone(),
                crate::report::compose::Part::First => fill(&words.part, &[("n", "1")]),
                crate::report::compose::Part::Since { number } => {
                    fill(&words.part, &[("n", &number.to_string())])
                }
            };
            let (number, all) = ((this + 1).to_string(), all.to_string());
            let values = [
                ("survey", title),
                ("part", part.as_str()),
                ("number", &number),
                ("all", &all),
            ];
            pane.line(fill(&words.view, &values).trim(), Tone::Plain);
        }
        if let Some(field) = &self.search {
            let lead = format!("{} ", s.t().overview.search);
            let column = crate::tui::wrap::columns16(&lead)
                .saturating_add(u16::try_from(field.cursor_column()).unwrap_or(u16::MAX));
            pane.line(&format!("{lead}{}", field.shown()), Tone::Chosen);
            pane.cursor(column);
        }
        pane
    }

    fn list(
        &self,
        found: &[Glance],
        focus: usize,
        sources: &Sources<'_>,
        s: &Situation,
        width: usize,
    ) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        if found.is_empty() {
            pane.text(&s.texts.coordinator.results.none_found, Tone::Plain);
            return pane;
        }
        let mut section = None;
        for (place, glance) in found.iter().enumerate() {
            if section != Some(glance.section) {
                section = Some(glance.section);
                let title = sources
                    .survey
                    .sections()
                    .get(glance.section)
                    .map_or("", |section| section.title.get(s.language()));
                pane.line(title, Tone::Heading);
            }
            // What is far from the focus is not seen: its bar need not be drawn.
            let is_near = place.abs_diff(focus) <= super::pane::AROUND;
            let text = if is_near {
                row(glance, sources, s, width.saturating_sub(2))
            } else {
                String::new()
            };
            let focused = place == focus;
            if focused && (self.search.is_some() || self.note.is_some()) {
                // The cursor stands in what is typed.
                pane.spans(vec![("> ".to_owned(), Tone::Plain), (text, Tone::Chosen)]);
                pane.focus();
            } else {
                pane.row(&text, focused, &Command::Press(place));
            }
        }
        pane
    }

    /// Everything about an item, as a chart or as tables.
    fn said(&self, glance: Option<&Glance>, sources: &Sources<'_>, s: &Situation, width: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let Some(glance) = glance else {
            return pane;
        };
        pane.text(&glance.question, Tone::Heading);
        self.noted(&glance.item, s, &mut pane);
        let signs = signs(s);
        let Some(mut document) = about(sources, &glance.item) else {
            return pane;
        };
        let is_split = document
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Table(table) if table.part == Part::Breakdown));
        let is_grouped = self.by_group && is_split;
        // Why there are no groups comes first: the whole stands below.
        let hidden = glance.by.as_ref().filter(|_| self.by_group && !is_split);
        let hidden =
            hidden.map(|by| fill(&s.texts.release.by_hidden, &[("variable", &sources.variable(by))]));
        if let Some(said) = &hidden {
            pane.text(said, Tone::Notice);
        }
        let chart = match (self.look, is_grouped) {
            (Look::Chart, false) => chart_of(sources, &glance.item),
            (Look::Chart, true) => groups_of(sources, &glance.item),
            (Look::Table, _) => None,
        };
        let mut notes = Vec::new();
        let is_drawn = chart.is_some();
        document.blocks.retain(|block| match block {
            Block::Table(table) => {
                let wanted = match table.part {
                    Part::Breakdown => self.by_group,
                    _ => !is_grouped,
                };
                let drawn = is_drawn && matches!(table.part, Part::Answers | Part::Breakdown);
                if wanted && drawn {
                    notes.extend(table.notes.iter().cloned());
                }
                wanted && !drawn
            }
            _ => true,
        });
        if let Some(chart) = &chart {
            let mut before = Vec::new();
            document.blocks.retain(|block| match block {
                Block::Finding { text, .. } => {
                    before.push(text.clone());
                    false
                }
                _ => true,
            });
            for text in before.iter().filter(|_| !is_grouped) {
                pane.text(text, Tone::Plain);
            }
            for line in chart_lines(chart, &s.texts, width, signs) {
                pane.line(&line, Tone::Plain);
            }
        }
        let lines = plain::lines(&document, &s.texts, width);
        let lines = lines.into_iter().skip_while(|line| line.text.is_empty());
        for line in lines {
            pane.line(&line.text, Tone::Plain);
        }
        // What is said of lines and brackets of the table has nothing to stand under in the picture.
        let words = &s.texts.results.report;
        let of_the_table = [&words.sum_note, &words.interval_note];
        let is_said = |note: &&String| of_the_table.contains(note) || hidden.as_ref() == Some(*note);
        for note in notes.iter().filter(|note| !is_said(note)) {
            pane.text(note, Tone::Aside);
        }
        pane
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if let Some(reaction) = self
            .take_in_search(command, s)
            .or_else(|| self.take_note(command, s))
        {
            return reaction;
        }
        let Some(sources) = self.sources(s) else {
            return Reaction::Do(command.clone());
        };
        let found = self.found(&sources);
        let last = found.len().saturating_sub(1);
        let before = self.focus.min(last);
        match command {
            Command::Move(step) => {
                let here = found.get(before).map(|glance| glance.section);
                self.focus = match step {
                    Step::Up => before.saturating_sub(1),
                    Step::Down => (before + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                    Step::Right => found
                        .iter()
                        .skip(before)
                        .position(|glance| Some(glance.section) != here)
                        .map_or(before, |further| before + further),
                    Step::Left => first_of_section_before(&found, before),
                };
                self.moved(before)
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.moved(before)
            }
            Command::PageDown => {
                self.above = (self.above + 5).min(self.furthest.get());
                Reaction::Changed
            }
            Command::PageUp => {
                self.above = self.above.saturating_sub(5);
                Reaction::Changed
            }
            Command::Filter => {
                self.search = Some(Field::line(""));
                Reaction::Changed
            }
            Command::NextZone => self.other_view(s, true),
            Command::PreviousZone => self.other_view(s, false),
            Command::Deed(Deed::Picture) => {
                self.look = match self.look {
                    Look::Chart => Look::Table,
                    Look::Table => Look::Chart,
                };
                self.above = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Split) => {
                self.by_group = !self.by_group;
                self.above = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Hidden) => {
                self.only_hidden = !self.only_hidden;
                self.focus = 0;
                self.above = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Note) => match found.get(before).map(|glance| glance.item.clone()) {
                Some(item) => self.write_note(&item, s),
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::Explain) => match found.get(before) {
                Some(glance) => {
                    let told = explanation(glance, &sources, s);
                    Reaction::Do(Command::Deed(Deed::Tell(Box::new(told))))
                }
                None => Reaction::Nothing,
            },
            other => Reaction::Do(other.clone()),
        }
    }

    fn moved(&mut self, before: usize) -> Reaction {
        if self.focus == before {
            return Reaction::Nothing;
        }
        self.above = 0;
        Reaction::Changed
    }

    fn take_in_search(&mut self, command: &Command, s: &Situation) -> Option<Reaction> {
        let field = self.search.as_mut()?;
        match command {
            Command::Close | Command::Up => {
                self.search = None;
                self.focus = 0;
                return Some(Reaction::Changed);
            }
            Command::Enter => {
                // The item that was found stays looked at when all are listed again.
                let sources = self.sources(s)?;
                let found = self.found(&sources);
                let wanted = found.get(self.focus).map(|glance| glance.item.clone());
                self.search = None;
                let all = self.found(&sources);
                self.focus = all
                    .iter()
                    .position(|glance| Some(&glance.item) == wanted.as_ref())
                    .unwrap_or(0);
                return Some(Reaction::Changed);
            }
            Command::Move(Step::Up | Step::Down) => return None,
            _ => {}
        }
        let edited = edit(field, command, s)?;
        self.focus = 0;
        self.above = 0;
        Some(edited)
    }

    fn other_view(&mut self, s: &Situation, further: bool) -> Reaction {
        let Some(shown) = s.coordinator.shown.as_deref() else {
            return Reaction::Nothing;
        };
        let views: Vec<(usize, usize)> = shown
            .parts
            .iter()
            .enumerate()
            .flat_map(|(portion, own)| (0..own.views.len()).map(move |view| (portion, view)))
            .collect();
        let here = views
            .iter()
            .position(|at| *at == (self.portion, self.view))
            .unwrap_or(0);
        let count = views.len().max(1);
        let next = if further { here + 1 } else { here + count - 1 } % count;
        if let Some((portion, view)) = views.get(next) {
            (self.portion, self.view) = (*portion, *view);
        }
        self.focus = 0;
        self.above = 0;
        Reaction::Changed
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.search.as_mut().or(self.note.as_mut())
    }
}

impl Default for Results {
    fn default() -> Self {
        Self::new()
    }
}

fn first_of_section_before(found: &[Glance], here: usize) -> usize {
    let section = |place: usize| found.get(place).map(|glance| glance.section);
    let first_of = |place: usize| {
        let own = section(place);
        found
            .iter()
            .position(|glance| Some(glance.section) == own)
            .unwrap_or(place)
    };
    let first = first_of(here);
    if first < here {
        first
    } else {
        first_of(here.saturating_sub(1))
    }
}

/// Returns the signs charts are drawn with here.
pub(super) const fn signs(s: &Situation) -> Signs {
    if s.look.ascii { Signs::Ascii } else { Signs::Blocks }
}

pub(super) fn rule(width: usize, ascii: bool) -> String {
    if ascii { "-" } else { "─" }.repeat(width)
}
