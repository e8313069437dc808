//! A list on the page: its title, what is said before and after, and its rows.

use super::{Content, Kind, List, Manner};
use crate::tui::asking::flush;
use crate::tui::command::Command;
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::columns16;

impl List {
    pub(in crate::tui) fn page(&self, s: &Situation, width: usize) -> Page {
        let content = self.content(s);
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        let inset = usize::from(!self.is_popup());
        if !content.title.is_empty() {
            if inset > 0 {
                page.gap(Gap::Around);
            }
            page.pinned(&content.title, Tone::Heading, inset * 2);
            page.gap(Gap::Part);
        }
        if content.searched {
            page.follow_evenly();
        }
        if let Some(filter) = &self.filter {
            let search = &s.t().overview.search;
            page.pinned(&format!("{search} {}", filter.shown()), Tone::Chosen, inset * 2);
            page.gap(Gap::Part);
        }
        if !content.before.is_empty() {
            page.keep_together();
        }
        for (place, (tone, text)) in content.before.iter().enumerate() {
            if place == 0 && matches!(self.kind, Kind::Code(_)) {
                // Whoever says it is written down has seen it.
                page.pinned(text, *tone, inset * 2);
            } else {
                page.text(text, *tone, inset * 2);
            }
            page.gap(Gap::Part);
        }
        if content.in_a_row {
            self.side_by_side(&content, &mut page);
        } else {
            self.rows(s, &content, &mut page);
        }
        if content.entries.is_empty() && self.filter.is_some() {
            page.text(&s.t().overview.nothing, Tone::Plain, inset * 2);
            page.cursor(2);
        }
        for (tone, text) in &content.after {
            page.gap(Gap::Part);
            page.text(text, *tone, inset * 2);
        }
        page
    }

    fn rows(&self, s: &Situation, content: &Content, page: &mut Page) {
        let letters = content
            .entries
            .iter()
            .map(|entry| crate::tui::wrap::columns(&entry.text))
            .max()
            .unwrap_or(0);
        let mut number = 0;
        for (place, entry) in content.entries.iter().enumerate() {
            let chosen = self.picked == Some(place);
            let lead = match (&entry.letter, content.manner) {
                (Some(_), _) if self.is_popup() => String::new(),
                (Some(keys), _) => format!("{}  ", keys.name(&s.t().key)),
                (None, manner) => {
                    number += 1;
                    let number = if content.numbered() > 0 {
                        format!("{number}  ")
                    } else {
                        String::new()
                    };
                    match manner {
                        Manner::Picks => format!("{number}{} ", if chosen { "(x)" } else { "( )" }),
                        Manner::Acts | Manner::Moves => number,
                    }
                }
            };
            let text = match &entry.letter {
                Some(keys) if self.is_popup() => {
                    let name = keys.name(&s.t().key);
                    format!(
                        "{}  {name}",
                        crate::tui::wrap::pad(&entry.text, letters).replace(' ', "\u{a0}")
                    )
                }
                _ if entry.aside.is_empty() => entry.text.clone(),
                _ => format!("{}  {}", entry.text, entry.aside),
            };
            page.choice(&lead, &text, self.focus == place, chosen, &Command::Press(place));
            page.gap(if self.is_popup() {
                Gap::Options
            } else {
                Gap::Around
            });
        }
    }

    fn side_by_side(&self, content: &Content, page: &mut Page) {
        let (mut spans, mut targets, mut cursor, mut at) = (Vec::new(), Vec::new(), None, 0_u16);
        for (place, entry) in content.entries.iter().enumerate() {
            let words = format!("{}  {}", place + 1, entry.text);
            let wide = columns16(&words) + 5;
            if at > 0 && usize::from(at + wide) > page.width() {
                flush(page, &mut spans, &mut targets, &mut cursor);
                at = 0;
            }
            let focused = self.focus == place;
            spans.push(page.span(if focused { " > " } else { "   " }, Tone::Plain));
            spans.push(page.span(&words, if focused { Tone::Focus } else { Tone::Plain }));
            spans.push(page.span("  ", Tone::Plain));
            if focused {
                cursor = Some(at + 1);
            }
            targets.push((at, at + wide, Command::Press(place)));
            at += wide;
        }
        flush(page, &mut spans, &mut targets, &mut cursor);
    }
}
