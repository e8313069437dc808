//! The keys of the coding screen.

use crate::tui::command::{Command, Open, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;

use super::super::{Deed, letter, usual_keys};
use super::{Coding, Stage};

impl Coding {
    pub(in crate::tui::coordinator) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let (own, letters) = (&words.coding, &words.letter);
        let mut table = Vec::new();
        if self.typing.is_some() {
            table.extend(typing(s.t(), false));
            let enter = Keys::One(Key::Enter);
            table.push(Binding::new(enter, Command::Enter, &hint.done, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        let deed = |deed: Deed| Command::Deed(deed);
        match self.stage {
            Stage::Questions => {
                let enter = Keys::One(Key::Enter);
                table.push(Binding::new(enter, Command::Enter, &hint.open, 1));
                let quotes = deed(Deed::Quotes);
                table.push(Binding::new(letter(&letters.quotes), quotes, &own.to_quotes, 2));
            }
            Stage::Quotes => {
                table.push(Binding::new(letter(&letters.fit), deed(Deed::Fit), &own.fit, 1));
                table.push(Binding::new(
                    letter(&letters.unfit),
                    deed(Deed::Unfit),
                    &own.unfit,
                    1,
                ));
                table.push(Binding::new(
                    letter(&letters.drop),
                    deed(Deed::Drop),
                    &own.drop_quote,
                    3,
                ));
                let undo = Keys::One(Key::Ctrl('z'));
                table.push(Binding::new(undo, Command::Undo, &hint.undo, 3));
                table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
            }
            Stage::Answers if self.marking.is_some() => {
                let enter = Keys::One(Key::Enter);
                table.push(Binding::new(enter, Command::Enter, &own.mark_this, 1));
                let arrows = Command::Move(Step::Right);
                table.push(Binding::new(Keys::LeftRight, arrows, &own.other_sentence, 1));
                let more = Command::Move(Step::Down);
                table.push(Binding::new(Keys::UpDown, more, &own.more_sentences, 1));
                table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.cancel, 0));
                return table;
            }
            Stage::Answers => {
                let last = u8::try_from(self.bench.tree().len().min(9)).unwrap_or(9);
                if last > 0 {
                    table.push(Binding::new(
                        Keys::Digits(1, last),
                        Command::Digit(1),
                        &own.on_off,
                        1,
                    ));
                }
                let space = Keys::One(Key::Char(' '));
                let says = if self.merging.is_some() {
                    &own.merge_into
                } else {
                    &own.on_off
                };
                table.push(Binding::new(space, Command::Toggle, says, 5));
                table.push(Binding::silent(Keys::One(Key::Enter), Command::Toggle));
                let plus = Keys::One(Key::Char('+'));
                table.push(Binding::new(plus, deed(Deed::NewTheme), &own.new_theme, 2));
                let quote = deed(Deed::Mark);
                table.push(Binding::new(letter(&letters.mark), quote, &own.mark, 2));
                if self.undecided().is_some() {
                    let bracket = deed(Deed::Bracket);
                    table.push(Binding::new(letter(&letters.bracket), bracket, &own.bracket, 1));
                    let none = deed(Deed::NoName);
                    table.push(Binding::new(letter(&letters.no_name), none, &own.no_name, 1));
                }
                let next = Keys::One(Key::PageDown);
                table.push(Binding::new(next, Command::PageDown, &own.next_answer, 2));
                table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
                table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Right)));
                let undo = Keys::One(Key::Ctrl('z'));
                table.push(Binding::new(undo, Command::Undo, &hint.undo, 4));
                table.push(Binding::new(
                    letter(&letters.filter),
                    deed(Deed::Filter),
                    &own.filter,
                    5,
                ));
                let slash = Keys::One(Key::Char('/'));
                table.push(Binding::new(slash, Command::Filter, &hint.search, 6));
                table.push(Binding::new(
                    letter(&letters.rename),
                    deed(Deed::Rename),
                    &own.rename,
                    6,
                ));
                table.push(Binding::new(
                    letter(&letters.merge),
                    deed(Deed::Merge),
                    &own.merge,
                    6,
                ));
                table.push(Binding::new(
                    letter(&letters.drop),
                    deed(Deed::Drop),
                    &own.drop_theme,
                    7,
                ));
                table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
            }
        }
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            5,
        ));
        if self.stage == Stage::Questions {
            usual_keys(&mut table, false, s);
        } else {
            let help = Command::Open(Open::Help);
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 6));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
        }
        table
    }
}
