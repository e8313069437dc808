//! Which keys do what in the browser of results.

use crate::tui::command::{Command, Step};
use crate::tui::coordinator::{Deed, letter, usual_keys};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;

use super::{Look, Results};

impl Results {
    /// Returns which keys do what: while something is searched for or noted, and otherwise.
    pub(in crate::tui::coordinator) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let mut table = Vec::new();
        if self.search.is_some() {
            for mut binding in typing(s.t(), false) {
                if binding.keys == Keys::Text {
                    binding = Binding::new(Keys::Text, binding.command, &hint.type_to_search, 2);
                }
                table.push(binding);
            }
            table.push(Binding::new(
                Keys::UpDown,
                Command::Move(Step::Down),
                &hint.go_to,
                3,
            ));
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Enter, &hint.done, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.close, 0));
            return table;
        }
        if self.note.is_some() {
            table.extend(typing(s.t(), false));
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Enter, &hint.done, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        let letters = &words.letter;
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            3,
        ));
        table.push(Binding::silent(
            Keys::One(Key::Enter),
            Command::Deed(Deed::Picture),
        ));
        let (picture, split) = match self.look {
            Look::Chart => (&words.hint.table, &words.hint.split),
            Look::Table => (&words.hint.chart, &words.hint.split),
        };
        let picture = Binding::new(letter(&letters.picture), Command::Deed(Deed::Picture), picture, 2);
        table.push(picture);
        if self.is_split(s) {
            table.push(Binding::new(
                letter(&letters.split),
                Command::Deed(Deed::Split),
                split,
                3,
            ));
        }
        table.push(Binding::new(
            letter(&letters.explain),
            Command::Deed(Deed::Explain),
            &words.hint.explain,
            1,
        ));
        let hidden = if self.only_hidden {
            &words.hint.all
        } else {
            &words.hint.only_hidden
        };
        table.push(Binding::new(
            letter(&letters.hidden),
            Command::Deed(Deed::Hidden),
            hidden,
            5,
        ));
        let note = Command::Deed(Deed::Note);
        table.push(Binding::new(letter(&letters.note), note, &words.hint.note, 4));
        let slash = Keys::One(Key::Char('/'));
        table.push(Binding::new(slash, Command::Filter, &hint.search, 4));
        if self.views(s).0 > 1 {
            let next = Keys::One(Key::Tab);
            table.push(Binding::new(next, Command::NextZone, &words.hint.next_view, 4));
            table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        }
        let page = Keys::One(Key::PageDown);
        table.push(if self.furthest.get() > 0 {
            Binding::new(page, Command::PageDown, &hint.scroll, 4)
        } else {
            Binding::silent(page, Command::PageDown)
        });
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        table.push(Binding::new(
            Keys::LeftRight,
            Command::Move(Step::Right),
            &words.hint.section,
            7,
        ));
        usual_keys(&mut table, false, s);
        table
    }

    fn is_split(&self, s: &Situation) -> bool {
        let Some(sources) = self.sources(s) else {
            return false;
        };
        sources
            .published
            .items()
            .iter()
            .any(|item| item.breakdown.is_some())
    }
}
