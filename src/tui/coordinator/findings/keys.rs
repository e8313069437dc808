//! The keys of the screen with findings.

use crate::tui::command::{Command, Open, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;

use super::super::{Deed, letter, usual_keys};
use super::{Findings, Row, Typing};

impl Findings {
    pub(in crate::tui::coordinator) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let (own, letters) = (&words.findings, &words.letter);
        let mut table = Vec::new();
        let deed = |deed: Deed| Command::Deed(deed);
        if let Some((what, _)) = &self.typing {
            table.extend(typing(s.t(), false));
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Enter, &hint.done, 1));
            if *what == Typing::New {
                let tab = Keys::One(Key::Tab);
                table.push(Binding::new(tab, Command::NextZone, &own.suggestion, 2));
                table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
            }
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        if self.beside.is_some() {
            let space = Keys::One(Key::Char(' '));
            table.push(Binding::new(space, Command::Toggle, &own.on_off, 1));
            table.push(Binding::silent(Keys::One(Key::Enter), Command::Toggle));
            let down = Command::Move(Step::Down);
            table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
            let earlier = deed(Deed::Earlier);
            table.push(Binding::new(letter(&letters.earlier), earlier, &own.earlier, 3));
            let undo = Keys::One(Key::Ctrl('z'));
            table.push(Binding::new(undo, Command::Undo, &hint.undo, 3));
            table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
            back_keys(&mut table, s);
            return table;
        }
        if self.finding().is_some() {
            let stands = deed(Deed::Stands);
            table.push(Binding::new(letter(&letters.stands), stands, &own.stands, 1));
            table.push(Binding::new(
                letter(&letters.said),
                deed(Deed::Said),
                &own.said,
                2,
            ));
        }
        if self.is_conference {
            let next = Command::Move(Step::Right);
            table.push(Binding::new(Keys::LeftRight, next, &own.next, 1));
            let down = Command::Move(Step::Down);
            table.push(Binding::new(Keys::UpDown, down, &words.hint.page_through, 3));
            let answer = deed(Deed::Answer);
            table.push(Binding::new(letter(&letters.answer), answer, &own.answer, 2));
            let plus = Keys::One(Key::Char('+'));
            table.push(Binding::new(plus, deed(Deed::NewFinding), &own.new, 3));
            let undo = Keys::One(Key::Ctrl('z'));
            table.push(Binding::new(undo, Command::Undo, &hint.undo, 4));
            table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
            table.push(Binding::silent(
                Keys::One(Key::PageDown),
                Command::Move(Step::Right),
            ));
            table.push(Binding::silent(Keys::One(Key::PageUp), Command::Move(Step::Left)));
            table.push(Binding::silent(Keys::One(Key::Enter), Command::Move(Step::Right)));
            back_keys(&mut table, s);
            return table;
        }
        let plus = Keys::One(Key::Char('+'));
        table.push(Binding::new(plus, deed(Deed::NewFinding), &own.new, 1));
        if self.finding().is_some() {
            table.push(Binding::new(
                letter(&letters.rename),
                deed(Deed::Rename),
                &own.reword,
                3,
            ));
            let beside = deed(Deed::Beside);
            table.push(Binding::new(letter(&letters.beside), beside, &own.to_beside, 3));
            let earlier = deed(Deed::Earlier);
            table.push(Binding::new(letter(&letters.earlier), earlier, &own.earlier, 6));
            table.push(Binding::new(
                letter(&letters.addressee),
                deed(Deed::Addressee),
                &own.to_whom,
                4,
            ));
            table.push(Binding::new(
                letter(&letters.answer),
                deed(Deed::Answer),
                &own.answer,
                4,
            ));
        }
        let is_any = self.rows().iter().any(|row| matches!(row, Row::Finding(_)));
        if is_any {
            table.push(Binding::new(
                letter(&letters.conference),
                deed(Deed::Conference),
                &own.to_conference,
                2,
            ));
        }
        table.push(Binding::new(
            letter(&letters.action),
            deed(Deed::NewAction),
            &own.new_action,
            2,
        ));
        if self.action().is_some() {
            table.push(Binding::new(
                letter(&letters.rename),
                deed(Deed::Rename),
                &own.reword,
                3,
            ));
            table.push(Binding::new(
                letter(&letters.stands),
                deed(Deed::Stands),
                &own.status,
                1,
            ));
            table.push(Binding::new(
                letter(&letters.owner),
                deed(Deed::Owner),
                &own.owner,
                3,
            ));
            table.push(Binding::new(letter(&letters.due), deed(Deed::Due), &own.due, 3));
        }
        if self.row().is_some() {
            table.push(Binding::silent(Keys::One(Key::Enter), Command::Enter));
            table.push(Binding::new(
                letter(&letters.drop),
                deed(Deed::Drop),
                &own.drop,
                5,
            ));
        }
        let undo = Keys::One(Key::Ctrl('z'));
        table.push(Binding::new(undo, Command::Undo, &hint.undo, 5));
        table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            6,
        ));
        usual_keys(&mut table, false, s);
        table
    }
}

/// Help, and the way back to the list.
fn back_keys(table: &mut Vec<Binding>, s: &Situation) {
    let hint = &s.t().hint;
    let help = Command::Open(Open::Help);
    table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 0));
    table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
}
