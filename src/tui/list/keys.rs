//! The keys of a list.

use super::{Kind, List, Manner};
use crate::tui::command::{Command, Open, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::situation::Situation;

impl List {
    pub(in crate::tui) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        if self.filter.is_some() {
            return self.search_table(s);
        }
        let content = self.content(s);
        let mut table = Vec::new();
        let last = u8::try_from(content.numbered()).unwrap_or(0);
        if last > 0 {
            let says = match content.manner {
                // A digit that acts says so: whoever takes it for a choice would seal by it.
                Manner::Acts if *self.enter_says(s) == t.hint.next => &t.hint.choose_and_go,
                Manner::Acts => self.enter_says(s),
                Manner::Picks => &t.hint.choose,
                Manner::Moves => &t.hint.go_to,
            };
            table.push(Binding::new(Keys::Digits(1, last), Command::Digit(1), says, 2));
        }
        let enter = match content.manner {
            Manner::Acts if self.kind == Kind::Settings => &s.texts.settings.change,
            Manner::Acts => self.enter_says(s),
            Manner::Moves => &t.hint.do_it,
            Manner::Picks => &t.hint.next,
        };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 1));
        // Without numbers the arrows are the only way.
        let rank = if last > 0 { 4 } else { 0 };
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &t.hint.go_to,
            rank,
        ));
        table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Down)));
        let space = Keys::One(Key::Char(' '));
        table.push(if self.moved {
            Binding::new(space, Command::Toggle, &t.hint.choose, 3)
        } else {
            Binding::silent(space, Command::Toggle)
        });
        if content.searched {
            let slash = Keys::One(Key::Char('/'));
            table.push(Binding::new(slash, Command::Filter, &t.hint.search, 1));
        }
        for entry in &content.entries {
            if let Some(keys) = &entry.letter {
                table.push(Binding::silent(keys.clone(), entry.command.clone()));
            }
        }
        self.other_keys(s, &mut table);
        table
    }

    /// Returns what Enter does on a row that acts: opens something, goes on to the next question, or does it.
    pub(super) fn enter_says<'s>(&self, s: &'s Situation) -> &'s String {
        let hint = &s.t().hint;
        match self.kind {
            Kind::Home | Kind::Menu | Kind::Drafts | Kind::HandOver => &hint.open,
            Kind::FirstLanguage
            | Kind::FirstRole
            | Kind::FirstText
            | Kind::Surveys
            | Kind::Sites
            | Kind::Letters
            | Kind::OneOrGroup
            | Kind::Afterwards => &hint.next,
            _ => &hint.do_it,
        }
    }

    fn other_keys(&self, s: &Situation, table: &mut Vec<Binding>) {
        let t = s.t();
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        match self.kind {
            Kind::AgeBand | Kind::Guardian | Kind::Point(_) => {
                if self.card(s).is_some() {
                    let card = Command::Open(Open::Card);
                    table.push(Binding::new(letter(&t.letter.card), card, &t.hint.card, 3));
                    table.push(Binding::silent(Keys::One(Key::F(6)), Command::Open(Open::Card)));
                }
                table.push(Binding::new(
                    letter(&t.letter.back),
                    Command::Back,
                    &t.hint.back,
                    3,
                ));
                table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
                if s.preview.is_some() {
                    table.push(Binding::silent(Keys::One(Key::PageDown), Command::Next));
                }
                table.push(Binding::new(
                    Keys::One(Key::Ctrl('l')),
                    Command::Curtain,
                    &t.hint.curtain,
                    5,
                ));
            }
            Kind::FirstRole | Kind::FirstText => table.push(Binding::new(
                letter(&t.letter.back),
                Command::Back,
                &t.hint.back,
                3,
            )),
            Kind::Code(_) if self.card(s).is_some() => {
                let card = Command::Open(Open::Card);
                table.push(Binding::new(letter(&t.letter.card), card, &t.hint.card, 3));
            }
            Kind::Closing => {
                table.push(Binding::new(
                    letter(&t.letter.back),
                    Command::Back,
                    &t.hint.back,
                    3,
                ));
                table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
            }
            Kind::Pause => {
                let command = Command::Open(Open::Distress);
                table.push(Binding::new(
                    letter(&t.letter.distress),
                    command,
                    &t.hint.distress,
                    3,
                ));
            }
            _ => {}
        }
        let esc = match self.kind {
            _ if self.is_base() => &t.hint.menu,
            Kind::Pause => &t.hint.go_on,
            _ => &t.hint.back,
        };
        if self.is_base() {
            let help = Command::Open(Open::Help);
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &t.hint.help, 1));
        }
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, esc, 0));
    }

    /// Returns whether it stands by itself and not over another view.
    const fn is_base(&self) -> bool {
        matches!(
            self.kind,
            Kind::Home
                | Kind::FirstLanguage
                | Kind::FirstRole
                | Kind::FirstText
                | Kind::FirstPractice
                | Kind::AgeBand
                | Kind::Guardian
                | Kind::Point(_)
                | Kind::Held
                | Kind::Closing
                | Kind::Declined
                | Kind::Code(_)
                | Kind::Sealed { .. }
                | Kind::NotSealed(_)
                | Kind::Deleted(_)
                | Kind::Practised
        )
    }
}
