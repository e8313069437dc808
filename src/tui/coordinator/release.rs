//! What can be shown next, said before anybody sees it, and the question whether to show it.

use std::cell::Cell;

use crate::domain::id::Id;
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::Pane;
use super::{Ask, Deed, letter, usual_keys};

/// What a release would show, from how many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// What is said about it, a paragraph each.
    pub said: Vec<String>,
    /// Whether there is something to show.
    pub can_show: bool,
    /// What the answers can be split by, where that is still open, and what it is called.
    pub splits: Vec<(Id, String)>,
    /// What they would be split by.
    pub by: Option<Id>,
    /// Whether the evaluation itself says what is split by what, where nobody chooses.
    pub is_declared: bool,
}

/// The screen that asks.
#[derive(Clone, Debug, Default)]
pub struct Release {
    offer: Option<Offer>,
    /// 0: not yet; 1: now.
    focus: usize,
    above: usize,
    /// The most lines that can lie above what is seen: known once it was drawn.
    furthest: Cell<usize>,
}

impl Release {
    /// Takes what would be shown.
    pub(in crate::tui) fn offered(&mut self, offer: Offer) {
        self.offer = Some(offer);
        self.focus = 0;
        self.above = 0;
    }

    fn can_show(&self) -> bool {
        self.offer.as_ref().is_some_and(|offer| offer.can_show)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = Vec::new();
        let enter = Keys::One(Key::Enter);
        if self.can_show() {
            table.push(Binding::new(enter, Command::Enter, &hint.press, 1));
            let arrows = Command::Move(Step::Right);
            table.push(Binding::new(Keys::LeftRight, arrows, &hint.go_to, 3));
        } else {
            table.push(Binding::new(enter, Command::Close, &hint.close, 1));
        }
        let splits = self.offer.as_ref().map_or(&[][..], |offer| &offer.splits);
        if !splits.is_empty() && self.can_show() {
            let split = Command::Deed(Deed::Split);
            table.push(Binding::new(
                letter(&words.letter.split),
                split,
                &words.hint.split_by,
                2,
            ));
        }
        let states = Command::Deed(Deed::States);
        table.push(Binding::new(
            letter(&words.letter.states),
            states,
            &words.hint.states,
            4,
        ));
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.scroll,
            5,
        ));
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::PageDown));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.release;
        let mut page = Page::new(width, s.theme());
        let Some(offer) = &self.offer else {
            page.text(&s.texts.coordinator.working, Tone::Plain, 0);
            page.cursor(0);
            return page;
        };
        let mut said = Pane::new(width, s.theme());
        if offer.can_show {
            said.text(&words.stays, Tone::Notice);
        }
        for paragraph in &offer.said {
            said.blank();
            said.text(paragraph, Tone::Plain);
        }
        let mut foot = Pane::new(width, s.theme());
        if offer.can_show {
            foot.blank();
            if !offer.splits.is_empty() {
                let chosen = offer.by.as_ref();
                let mut splits = offer.splits.iter();
                let by = match splits.find(|(own, _)| Some(own) == chosen) {
                    Some((_, title)) => title,
                    None if offer.is_declared => &words.split_declared,
                    None => &words.split_none,
                };
                foot.text(&fill(&words.split, &[("by", by)]), Tone::Plain);
                foot.blank();
            }
            let buttons = [&words.not_yet, &words.now];
            let mut parts = Vec::new();
            let mut at = 0_u16;
            let mut targets = Vec::new();
            let mut cursor = 0;
            for (place, text) in buttons.into_iter().enumerate() {
                let focused = self.focus == place;
                let shown = format!("[ {text} ]");
                let mark = if focused { "> " } else { "  " };
                let wide = crate::tui::wrap::columns16(&shown) + 2;
                parts.push((mark.to_owned(), Tone::Plain));
                parts.push((shown, if focused { Tone::Focus } else { Tone::Plain }));
                parts.push(("   ".to_owned(), Tone::Plain));
                if focused {
                    cursor = at;
                }
                targets.push((at, at + wide, Command::Press(place)));
                at += wide + 3;
            }
            foot.spans(parts);
            for (from, to, command) in &targets {
                foot.target(*from, *to, command);
            }
            foot.cursor(cursor);
        }
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let room = height.saturating_sub(foot.height());
        self.furthest.set(said.height().saturating_sub(room));
        let mut all = said.seen(room, Some(self.above), more);
        all.below(foot);
        all.write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, _: &Situation) -> Reaction {
        match command {
            Command::Move(Step::Left) if self.can_show() => self.go(0),
            Command::Move(Step::Right) if self.can_show() => self.go(1),
            Command::Move(Step::Down) => self.scroll(self.above + 1),
            Command::Move(Step::Up) => self.scroll(self.above.saturating_sub(1)),
            Command::PageDown => self.scroll(self.above + 8),
            Command::PageUp => self.scroll(self.above.saturating_sub(8)),
            Command::Press(place) if self.can_show() => {
                self.focus = *place;
                self.press()
            }
            Command::Enter if self.can_show() => self.press(),
            Command::Deed(Deed::Split) => self.next_split(),
            Command::Deed(Deed::States) => Reaction::Coordinate(Ask::States),
            other => Reaction::Do(other.clone()),
        }
    }

    fn scroll(&mut self, above: usize) -> Reaction {
        self.above = above.min(self.furthest.get());
        Reaction::Changed
    }

    fn go(&mut self, place: usize) -> Reaction {
        self.focus = place;
        Reaction::Changed
    }

    fn press(&self) -> Reaction {
        if self.focus == 0 {
            return Reaction::Do(Command::Close);
        }
        let by = self.offer.as_ref().and_then(|offer| offer.by.clone());
        Reaction::Coordinate(Ask::Release(by))
    }

    /// Asks what would be shown if the answers were split by the next background.
    fn next_split(&mut self) -> Reaction {
        let Some(offer) = &self.offer else {
            return Reaction::Nothing;
        };
        let here = offer
            .by
            .as_ref()
            .and_then(|by| offer.splits.iter().position(|(own, _)| own == by));
        let next = match here {
            None => offer.splits.first(),
            Some(place) => offer.splits.get(place + 1),
        };
        Reaction::Coordinate(Ask::Offer(next.map(|(by, _)| by.clone())))
    }
}
