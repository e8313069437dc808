//! The keys of the coding screen.

use crate::tui::command::{Command, Open, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;

use super::super::{Deed, letter, usual_keys};
use super::marking::Grip;
use super::quotes::not_quotable;
use super::{Coding, Picking, Stage, Typing};

impl Coding {
    pub(in crate::tui::coordinator) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let (own, letters) = (&words.coding, &words.letter);
        let mut table = Vec::new();
        if let Some((what, _)) = &self.typing {
            table.extend(typing(s.t(), false));
            let enter = Keys::One(Key::Enter);
            let finds = *what == Typing::FindTheme;
            let says = if finds { &own.on_off } else { &hint.done };
            table.push(Binding::new(enter, Command::Enter, says, 1));
            if finds {
                let down = Command::Move(Step::Down);
                table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
            }
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
                let coder = deed(Deed::OtherCoder);
                table.push(Binding::new(letter(&letters.coder), coder, &own.other_coder, 4));
                let themes = deed(Deed::Themes);
                table.push(Binding::new(letter(&letters.themes), themes, &own.to_themes, 2));
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
                if self.is_to_reword() {
                    let reword = deed(Deed::Rename);
                    table.push(Binding::new(letter(&letters.rename), reword, &own.reword, 2));
                }
                let undo = Keys::One(Key::Ctrl('z'));
                table.push(Binding::new(undo, Command::Undo, &hint.undo, 3));
                table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
            }
            Stage::Themes => self.theme_keys(s, &mut table),
            Stage::Split => {
                let space = Keys::One(Key::Char(' '));
                table.push(Binding::new(space, Command::Toggle, &own.choose, 1));
                let enter = Keys::One(Key::Enter);
                table.push(Binding::new(enter, Command::Enter, &own.split_these, 1));
            }
            Stage::Answers if self.marking.is_some() => {
                self.marking_keys(s, &mut table);
                return table;
            }
            Stage::Answers => {
                let last = u8::try_from(self.at_hand().len()).unwrap_or(9);
                if last > 0 {
                    table.push(Binding::new(
                        Keys::Digits(1, last),
                        Command::Digit(1),
                        &own.on_off,
                        1,
                    ));
                }
                let space = Keys::One(Key::Char(' '));
                let (says, rank) = match self.picking {
                    Some(_) => (&own.merge_into, 0),
                    None => (&own.on_off, 8),
                };
                table.push(Binding::new(space, Command::Toggle, says, rank));
                table.push(Binding::silent(Keys::One(Key::Enter), Command::Toggle));
                let plus = Keys::One(Key::Char('+'));
                table.push(Binding::new(plus, deed(Deed::NewTheme), &own.new_theme, 2));
                let find = deed(Deed::Themes);
                table.push(Binding::new(letter(&letters.themes), find, &own.find_theme, 3));
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
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 0));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
        }
        table
    }

    /// The keys while words are being marked.
    fn marking_keys(&self, s: &Situation, table: &mut Vec<Binding>) {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let (own, letters) = (&words.coding, &words.letter);
        let enter = Keys::One(Key::Enter);
        let can_be_quoted = self
            .current()
            .is_some_and(|answer| not_quotable(answer, &s.texts.workbench.voices).is_none());
        table.push(if can_be_quoted {
            Binding::new(enter, Command::Enter, &own.mark_this, 1)
        } else {
            Binding::silent(enter, Command::Enter)
        });
        let grip = self.marking.map_or(Grip::Sentences, |marking| marking.grip);
        let (moves, next) = match grip {
            Grip::Sentences => (&own.other_sentence, &own.grip_first),
            Grip::First => (&own.other_first, &own.grip_last),
            Grip::Last => (&own.other_last, &own.grip_sentences),
        };
        let right = Command::Move(Step::Right);
        table.push(Binding::new(Keys::LeftRight, right, moves, 1));
        let down = Command::Move(Step::Down);
        table.push(if grip == Grip::Sentences {
            Binding::new(Keys::UpDown, down, &own.more_sentences, 1)
        } else {
            Binding::silent(Keys::UpDown, down)
        });
        let tab = Keys::One(Key::Tab);
        table.push(Binding::new(tab, Command::NextZone, next, 1));
        table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        let last = u8::try_from(self.at_hand().len()).unwrap_or(9);
        if last > 0 && can_be_quoted {
            let digits = Keys::Digits(1, last);
            table.push(Binding::new(digits, Command::Digit(1), &own.other_theme, 2));
        }
        let bracket = Command::Deed(Deed::Bracket);
        table.push(Binding::new(letter(&letters.bracket), bracket, &own.bracket, 2));
        if !self.marked_there().is_empty() {
            let drop = Command::Deed(Deed::Drop);
            table.push(Binding::new(letter(&letters.drop), drop, &own.unmark, 1));
        }
        table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.cancel, 0));
    }

    /// The keys where all themes stand together.
    fn theme_keys(&self, s: &Situation, table: &mut Vec<Binding>) {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let (own, letters) = (&words.coding, &words.letter);
        let deed = |deed: Deed| Command::Deed(deed);
        let enter = Keys::One(Key::Enter);
        if let Some(picking) = &self.picking {
            let says = match picking {
                Picking::Merge(_) => &own.merge_into,
                Picking::Move(_) => &own.move_here,
            };
            table.push(Binding::new(Keys::One(Key::Char(' ')), Command::Toggle, says, 1));
            table.push(Binding::silent(enter, Command::Enter));
            return;
        }
        table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::Toggle));
        let plus = Keys::One(Key::Char('+'));
        table.push(Binding::new(plus, deed(Deed::NewTheme), &own.new_theme, 2));
        if self.theme().is_some() {
            table.push(Binding::silent(enter, Command::Enter));
            let all = [
                (&letters.memo, Deed::Memo, &own.memo, 2),
                (&letters.rename, Deed::Rename, &own.rename, 2),
                (&letters.merge, Deed::Merge, &own.merge, 2),
                (&letters.split_theme, Deed::SplitTheme, &own.split, 2),
                (&letters.move_theme, Deed::Move, &own.move_under, 2),
                (&letters.drop, Deed::Drop, &own.drop_theme, 3),
            ];
            for (key, what, says, rank) in all {
                table.push(Binding::new(letter(key), deed(what), says, rank));
            }
        } else {
            table.push(Binding::new(enter, Command::Enter, &hint.open, 1));
        }
        let undo = Keys::One(Key::Ctrl('z'));
        table.push(Binding::new(undo, Command::Undo, &hint.undo, 4));
        table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
    }
}
