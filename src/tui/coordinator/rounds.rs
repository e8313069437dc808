//! Rounds side by side, a site beside the network, and two surveys on what they both ask about.
//!
//! All of it was shown before, round by round; nothing is counted here.

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::report::chart::terminal::lines as chart_lines;
use crate::report::compose::{
    Glance, Openness, Round, Sources, glances, group_lines, of_rounds, split_whole, titled,
};
use crate::report::document::Block;
use crate::report::plain;
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::{Pane, fit, right};
use super::results::{rule, signs};
use super::{Portion, Shown, usual_keys};

mod perspectives;

pub use perspectives::side_title;

/// Below this height a list and what is said about its row do not stand below each other.
const LOW: usize = 8;

/// What is put side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The rounds.
    Rounds,
    /// A site and everybody.
    Sites,
    /// Surveys that ask about the same.
    Perspectives,
}

impl Side {
    const ALL: [Self; 3] = [Self::Rounds, Self::Sites, Self::Perspectives];
}

/// The screen.
#[derive(Clone, Debug)]
pub struct Rounds {
    side: Side,
    portion: usize,
    focus: usize,
    /// Which site looks at itself.
    site: usize,
    as_table: bool,
    above: usize,
}

/// A line of the list.
struct Entry {
    heading: Option<String>,
    label: String,
    value: String,
    what: What,
}

/// So many other sites make a network that a site may be held against.
const LEAST_OTHERS: usize = 3;

/// What a line is about.
enum What {
    Item(ItemKey),
    Dimension(Id),
}

impl Rounds {
    /// Returns the screen with the rounds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            side: Side::Rounds,
            portion: 0,
            focus: 0,
            site: 0,
            as_table: false,
            above: 0,
        }
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.rounds;
        match self.side {
            Side::Rounds => words.title.clone(),
            Side::Sites => words.sites.clone(),
            Side::Perspectives => words.perspectives.clone(),
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = vec![Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            3,
        )];
        if self.side == Side::Sites {
            table.push(Binding::new(
                Keys::LeftRight,
                Command::Move(Step::Right),
                &words.hint.other_site,
                2,
            ));
        } else {
            table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Right)));
        }
        if self.side == Side::Rounds {
            let says = if self.as_table {
                &words.hint.chart
            } else {
                &words.hint.table
            };
            let picture = Command::Deed(super::Deed::Picture);
            table.push(Binding::new(
                super::letter(&words.letter.picture),
                picture,
                says,
                2,
            ));
            let marks = Command::Deed(super::Deed::Go(super::Place::Marks));
            table.push(Binding::new(
                super::letter(&words.letter.marks),
                marks,
                &words.hint.marks,
                2,
            ));
        }
        let next = match self.side {
            Side::Rounds => &words.hint.to_sites,
            Side::Sites => &words.hint.to_perspectives,
            Side::Perspectives => &words.hint.to_rounds,
        };
        table.push(Binding::new(Keys::One(Key::Tab), Command::NextZone, next, 1));
        table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::PageDown));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        usual_keys(&mut table, false, s);
        table
    }

    fn portion<'s>(&self, s: &'s Situation) -> Option<(&'s Shown, &'s Portion)> {
        let shown = s.coordinator.shown.as_deref()?;
        Some((shown, shown.parts.get(self.portion)?))
    }

    fn sources<'s>(&self, s: &'s Situation) -> Option<Sources<'s>> {
        let shown = s.coordinator.shown.as_deref()?;
        shown.sources(self.portion, 0, &s.texts)
    }

    /// The part in which questions are split by site: groups stand with their parts, and not with the sum of them.
    fn split_sources<'s>(&self, s: &'s Situation) -> Option<Sources<'s>> {
        let shown = s.coordinator.shown.as_deref()?;
        let mut views = (0..).map_while(|view| shown.sources(self.portion, view, &s.texts));
        views.find(|sources| {
            let items = sources.published.items().iter();
            let mut splits = items.filter_map(|item| item.breakdown.as_ref());
            splits.any(|split| split.by.as_str() == "site")
        })
    }

    fn entries(&self, s: &Situation) -> Vec<Entry> {
        match self.side {
            Side::Rounds => self.of_rounds(s),
            Side::Sites => self.of_sites(s),
            Side::Perspectives => perspectives::entries(s),
        }
    }

    /// Every item that at least two rounds printed.
    fn of_rounds(&self, s: &Situation) -> Vec<Entry> {
        let (Some((shown, portion)), Some(sources)) = (self.portion(s), self.sources(s)) else {
            return Vec::new();
        };
        let rounds = rounds_of(shown, portion, s);
        if rounds.len() < 2 {
            return Vec::new();
        }
        let mut found = glances(&sources);
        found.retain(|glance| glance.openness != Openness::Words);
        with_sections(&sources, s, found, |glance| glance.value.clone())
    }

    /// Every item that was shown by site.
    fn of_sites(&self, s: &Situation) -> Vec<Entry> {
        let Some(sources) = self.split_sources(s) else {
            return Vec::new();
        };
        let mut found = glances(&sources);
        found.retain(|glance| {
            let by_site = glance.by.as_ref().is_some_and(|by| by.as_str() == "site");
            by_site && glance.openness != Openness::Words
        });
        let site = self.site;
        with_sections(&sources, s, found, |glance| {
            let lines = group_lines(&sources, &glance.item);
            let own = lines.iter().find(|line| line.levels.contains(&site));
            own.map_or_else(|| s.texts.results.hidden.clone(), |line| line.value.clone())
        })
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.rounds;
        let mut page = Page::new(width, s.theme());
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let mut head = Pane::new(width, s.theme());
        if self.side == Side::Sites
            && let Some(site) = self
                .portion(s)
                .and_then(|(shown, _)| shown.evaluation.sites.get(self.site))
        {
            let name = site.title.get(s.language());
            head.text(&fill(&words.site, &[("site", name)]), Tone::Plain);
        }
        let entries = self.entries(s);
        if entries.is_empty() {
            let says = match self.side {
                Side::Rounds => &words.one_round,
                Side::Sites => &words.no_sites,
                Side::Perspectives => &words.one_perspective,
            };
            head.text(says, Tone::Plain);
            head.write(&mut page);
            return page;
        }
        let focus = self.focus.min(entries.len().saturating_sub(1));
        let room = height.saturating_sub(head.height());
        // Two perspectives take all of a wide window.
        let halves = Pane::halves(width).filter(|_| self.side != Side::Perspectives);
        match halves {
            Some((left, beside)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let list = list(&entries, focus, s, left).seen(room, None, more);
                let said = self.said(entries.get(focus), s, beside);
                head.below(list.beside(said.seen(room, Some(self.above), more), down));
            }
            None => {
                let list = list(&entries, focus, s, width);
                let said = self.said(entries.get(focus), s, width);
                let own = Pane::list_rows(&list, &said, (room / 3).max(4), room);
                head.below(list.seen(own, None, more));
                if room >= LOW {
                    head.spans(vec![(rule(width, s.look.ascii), Tone::Rule)]);
                    let below = room.saturating_sub(own + 1);
                    head.below(said.seen(below, Some(self.above), more));
                }
            }
        }
        head.write(&mut page);
        page
    }

    fn said(&self, entry: Option<&Entry>, s: &Situation, width: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let (Some(entry), Some((shown, portion))) = (entry, self.portion(s)) else {
            return pane;
        };
        match (&entry.what, self.side) {
            (What::Item(item), Side::Rounds) => self.rounds_said(item, shown, portion, s, &mut pane),
            (What::Item(item), _) => self.sites_said(item, s, &mut pane),
            (What::Dimension(dimension), _) => perspectives::said(dimension, shown, s, &mut pane),
        }
        pane
    }

    fn rounds_said(&self, item: &ItemKey, shown: &Shown, portion: &Portion, s: &Situation, pane: &mut Pane) {
        let rounds = rounds_of(shown, portion, s);
        let Some(sources) = self.sources(s) else {
            return;
        };
        let sources = match rounds.last() {
            Some(last) => Sources {
                published: last.published,
                ..sources
            },
            None => sources,
        };
        let Some((mut document, chart)) = of_rounds(&sources, &rounds, item) else {
            pane.text(&s.texts.compare.nothing_common, Tone::Plain);
            return;
        };
        if let Some(chart) = chart.filter(|_| !self.as_table) {
            for line in chart_lines(&chart, &s.texts, pane.width(), signs(s)) {
                pane.line(&line, Tone::Plain);
            }
            document.blocks.retain(|block| !matches!(block, Block::Table(_)));
        }
        for block in &mut document.blocks {
            if let Block::Table(table) = block {
                // Files name the question by its id there; here it stands in the list.
                table.caption.clone_from(&s.texts.coordinator.rounds.by_round);
            }
        }
        let lines = plain::lines(&document, &s.texts, pane.width());
        for line in lines.into_iter().skip_while(|line| line.text.is_empty()) {
            pane.line(&line.text, Tone::Plain);
        }
        pane.text(&s.texts.compare.other_people, Tone::Aside);
        let is_table = |block: &Block| matches!(block, Block::Table(_));
        if document.blocks.iter().any(is_table) {
            // Counts and a change in per cent points stand side by side there.
            pane.text(&s.texts.compare.how, Tone::Aside);
        }
    }

    fn sites_said(&self, item: &ItemKey, s: &Situation, pane: &mut Pane) {
        let words = &s.texts.coordinator.rounds;
        let Some(sources) = self.split_sources(s) else {
            return;
        };
        let question = glances(&sources).into_iter().find(|glance| glance.item == *item);
        let Some(question) = question else {
            return;
        };
        pane.text(&question.question, Tone::Heading);
        let Some(whole) = split_whole(&sources, item) else {
            pane.text(&words.site_hidden, Tone::Aside);
            return;
        };
        pane.text(&whole.answers, Tone::Plain);
        let lines = group_lines(&sources, item);
        let own = lines.iter().find(|line| line.levels.contains(&self.site));
        let hidden = s.texts.results.hidden.as_str();
        let width = pane.width();
        let numbers = 18.min(width / 3);
        let mut put = |name: &str, value: &str| {
            let name = fit(name, width.saturating_sub(numbers));
            pane.line(&format!("{name}{}", right(value, numbers)), Tone::Plain);
        };
        put(
            own.map_or(words.own_site.as_str(), |line| line.name.as_str()),
            own.map_or(hidden, |line| line.value.as_str()),
        );
        // A site sees itself and everybody. With few others, everybody less itself would be them.
        let others = lines.len().saturating_sub(usize::from(own.is_some()));
        let is_network = others >= LEAST_OTHERS;
        if is_network {
            put(&words.network, &whole.value);
        }
        if own.is_some_and(|line| line.levels.len() > 1) {
            pane.text(&words.merged, Tone::Aside);
        }
        if own.is_none() {
            pane.text(&words.site_hidden, Tone::Aside);
        }
        let how = if is_network {
            &words.network_how
        } else {
            &words.network_few
        };
        pane.text(how, Tone::Aside);
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.entries(s).len().saturating_sub(1);
        let before = self.focus.min(last);
        match command {
            Command::Move(step) => {
                if self.side == Side::Sites && matches!(step, Step::Left | Step::Right) {
                    return self.other_site(*step, s);
                }
                self.focus = match step {
                    Step::Up | Step::Left => before.saturating_sub(1),
                    Step::Down | Step::Right => (before + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                };
                self.above = 0;
                Reaction::Changed
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.above = 0;
                Reaction::Changed
            }
            Command::PageDown => {
                self.above += 5;
                Reaction::Changed
            }
            Command::PageUp => {
                self.above = self.above.saturating_sub(5);
                Reaction::Changed
            }
            Command::Deed(super::Deed::Picture) => {
                self.as_table = !self.as_table;
                Reaction::Changed
            }
            Command::NextZone | Command::PreviousZone => {
                let here = Side::ALL.iter().position(|side| *side == self.side).unwrap_or(0);
                let step = if *command == Command::NextZone { 1 } else { 2 };
                if let Some(side) = Side::ALL.get((here + step) % Side::ALL.len()) {
                    self.side = *side;
                }
                self.focus = 0;
                self.above = 0;
                Reaction::Changed
            }
            other => Reaction::Do(other.clone()),
        }
    }

    fn other_site(&mut self, step: Step, s: &Situation) -> Reaction {
        let count = self
            .portion(s)
            .map_or(0, |(shown, _)| shown.evaluation.sites.len());
        self.site = match step {
            Step::Right => (self.site + 1).min(count.saturating_sub(1)),
            _ => self.site.saturating_sub(1),
        };
        Reaction::Changed
    }
}

impl Default for Rounds {
    fn default() -> Self {
        Self::new()
    }
}

fn rounds_of<'s>(shown: &'s Shown, portion: &'s Portion, s: &Situation) -> Vec<Round<'s>> {
    titled(
        &shown.evaluation,
        &portion.rounds,
        Some(&shown.book),
        s.language(),
    )
}

fn with_sections(
    sources: &Sources<'_>,
    s: &Situation,
    found: Vec<Glance>,
    value: impl Fn(&Glance) -> String,
) -> Vec<Entry> {
    let mut section = None;
    let entry = |glance: Glance| {
        let is_new = section != Some(glance.section);
        section = Some(glance.section);
        let title = sources.survey.sections().get(glance.section);
        Entry {
            heading: title
                .filter(|_| is_new)
                .map(|section| section.title.get(s.language()).to_owned()),
            value: value(&glance),
            label: glance.label,
            what: What::Item(glance.item),
        }
    };
    found.into_iter().map(entry).collect()
}

fn list(entries: &[Entry], focus: usize, s: &Situation, width: usize) -> Pane {
    let mut pane = Pane::new(width, s.theme());
    let numbers = 16;
    for (place, entry) in entries.iter().enumerate() {
        if let Some(heading) = &entry.heading {
            pane.line(heading, Tone::Heading);
        }
        let label = fit(&entry.label, width.saturating_sub(numbers + 3));
        let text = format!("{label} {}", right(&entry.value, numbers));
        pane.row(&text, place == focus, &Command::Press(place));
    }
    pane
}
