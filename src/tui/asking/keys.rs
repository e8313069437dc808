//! Which keys do what at a question.

use crate::tui::command::{Command, Open};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, function_keys};
use crate::tui::situation::Situation;

use super::{Asking, Kind, Zone, count, levels, matrix, options, rank, typed};

impl Asking {
    pub(in crate::tui) fn table(&self, s: &Situation) -> Vec<Binding> {
        let Some(put) = self.put(s) else {
            return Vec::new();
        };
        if self.unseen.is_covered() {
            return self.unseen.table(s);
        }
        let t = s.t();
        let mut table = Vec::new();
        match self.kind {
            Kind::Options { .. } => options::table(self, &put, s, &mut table),
            Kind::Levels => levels::table(self, &put, s, &mut table),
            Kind::Slider => levels::slider_table(self, &put, s, &mut table),
            Kind::Matrix => matrix::table(self, &put, s, &mut table),
            Kind::Line | Kind::Long => typed::table(self, &put, s, &mut table),
            Kind::Rank => rank::table(self, &put, s, &mut table),
            Kind::Count => count::table(s, &mut table),
            Kind::Info => {
                table.push(Binding::new(
                    Keys::One(Key::Enter),
                    Command::Next,
                    &t.hint.next,
                    0,
                ));
            }
        }
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::Next));
        if put.interview.can_go_back() {
            table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
        }
        if self.is_writing() {
            let esc = if self.filter.is_some() {
                &t.hint.close
            } else {
                &t.hint.menu
            };
            table.push(Binding::new(Keys::One(Key::Esc), Command::Up, esc, 0));
            table.extend(function_keys());
            return table;
        }
        if self.kind != Kind::Info {
            let ways = s.ways(put.question);
            // In a small window the rows of the ways not to answer may lie below what is seen.
            let one = matches!(
                self.kind,
                Kind::Options { many: false } | Kind::Levels | Kind::Matrix
            );
            if one && !ways.is_empty() {
                let letters: Vec<&str> = ways.iter().map(|way| way.letter.as_str()).collect();
                name_letters(&mut table, &letters.join(" "));
            }
            for way in ways {
                table.push(Binding::silent(
                    Keys::Letter(way.letter),
                    Command::Missing(way.kind),
                ));
            }
        }
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        if !self.unseen.is_answering() {
            // Beside a field the hints are others than in it. What the menu names too is left out there: both rows are
            // sent anew for one step.
            let further = |keys, command, says: &str, rank| {
                if self.field.is_some() {
                    Binding::silent(keys, command)
                } else {
                    Binding::new(keys, command, says, rank)
                }
            };
            if put.interview.can_go_back() {
                let back = Binding::new(letter(&t.letter.back), Command::Back, &t.hint.back, 1);
                table.push(back);
            }
            if self.kind != Kind::Info {
                let says = if self.kind == Kind::Matrix {
                    &t.hint.skip_row
                } else {
                    &t.hint.skip
                };
                table.push(Binding::new(letter(&t.letter.skip), Command::Skip, says, 3));
            }
            table.push(Binding::new(
                letter(&t.letter.pause),
                Command::Open(Open::Pause),
                &t.hint.pause,
                2,
            ));
            let note = Command::Open(Open::Note);
            table.push(further(letter(&t.letter.note), note, &t.hint.note, 5));
            let overview = Command::Open(Open::Overview);
            table.push(further(letter(&t.letter.overview), overview, &t.hint.overview, 6));
            if self.card(s).is_some() {
                let card = Command::Open(Open::Card);
                table.push(further(letter(&t.letter.card), card, &t.hint.card, 4));
            }
            if put.interview.may_be_answered_alone(put.question) {
                table.push(Binding::silent(letter(&t.letter.alone), Command::AnswerAlone));
            }
            if !put.question.probes.is_empty() {
                let probes = Command::Open(Open::Probes);
                table.push(Binding::new(letter(&t.letter.probes), probes, &t.hint.probes, 7));
            }
            let help = Command::Open(Open::Help);
            table.push(further(Keys::One(Key::Char('?')), help, &t.hint.help, 1));
            table.extend(function_keys());
        }
        // What comes and goes with the focus stands last, so that no other hint moves.
        let comes_and_goes = |binding: &Binding| {
            binding.says.is_some() && (binding.command == Command::Toggle || binding.rank == 9)
        };
        let (last, mut table): (Vec<_>, Vec<_>) = table.into_iter().partition(comes_and_goes);
        table.extend(last);
        let is_trial = s.preview.as_ref().is_some_and(|preview| preview.is_trial);
        let esc = if is_trial { &t.hint.back } else { &t.hint.menu };
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, esc, 0));
        table
    }

    pub(super) fn is_writing(&self) -> bool {
        self.filter.is_some() || self.zone == Zone::Field
    }

    /// Adds what Space and Enter do; `unchosen` is whether the focus stands on a row that is not chosen.
    pub(super) fn space_and_enter(&self, s: &Situation, unchosen: bool, table: &mut Vec<Binding>) {
        let t = s.t();
        let space = Keys::One(Key::Char(' '));
        let by_enter = unchosen && self.unseen.is_answering();
        table.push(if unchosen && !by_enter {
            Binding::new(space, Command::Toggle, &t.hint.choose, 5)
        } else {
            Binding::silent(space, Command::Toggle)
        });
        let enter = if by_enter { &t.hint.choose } else { &t.hint.next };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 0));
    }
}

/// Names the letters that answer beside the digits that do.
fn name_letters(table: &mut [Binding], letters: &str) {
    for binding in table.iter_mut().filter(|binding| binding.says.is_some()) {
        if let Keys::Digits(first, last) = binding.keys {
            binding.keys = Keys::DigitsAnd(first, last, letters.to_owned());
        }
    }
}
