//! What keys do at an answer.

use crate::domain::workbook::AnswerRef;
use crate::fieldwork::workbench::{Show, coder_named};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::super::{Ask, Deed, Place, undo_words};
use super::{Coding, Stage, Typing};

impl Coding {
    pub(super) fn take_answers(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.marking.is_some() {
            return self.take_marking(command, s);
        }
        let last = self.bench.tree().len().saturating_sub(1);
        match command {
            Command::PageDown if self.page.get().1 > 0 => {
                let (seen, below) = self.page.get();
                self.above += seen.saturating_sub(2).clamp(1, below);
                Reaction::Changed
            }
            Command::PageUp if self.above > 0 => {
                let seen = self.page.get().0;
                self.above = self.above.saturating_sub(seen.saturating_sub(2).max(1));
                Reaction::Changed
            }
            Command::Move(Step::Right) | Command::PageDown => self.next_answer(true),
            Command::Move(Step::Left) | Command::PageUp => self.next_answer(false),
            Command::Move(step) => self.go(*step, last),
            Command::Digit(digit) => {
                let Some(place) = self.by_digit(*digit) else {
                    return Reaction::Nothing;
                };
                self.focus = place;
                self.toggle()
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.toggle()
            }
            Command::Toggle => self.toggle(),
            Command::Undo => self.undo(true, s),
            Command::Redo => self.undo(false, s),
            Command::Back => {
                if self.picking.take().is_some() {
                    return Reaction::Changed;
                }
                self.stage = Stage::Questions;
                self.focus = self.question;
                Reaction::Changed
            }
            Command::Filter => self.types(Typing::Search, &self.filter.words.clone()),
            Command::Deed(Deed::Filter) => {
                self.filter.show = match &self.filter.show {
                    Show::All => Show::NotGoneThrough,
                    Show::NotGoneThrough => Show::NoTheme,
                    Show::NoTheme => Show::Identifier,
                    Show::Identifier => Show::Quoted,
                    Show::Quoted if self.bench.has_several_coders() => Show::Disputed,
                    Show::Quoted | Show::Disputed => self.theme().map_or(Show::All, Show::Theme),
                    Show::Theme(_) => Show::All,
                };
                self.answer = 0;
                self.above = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Themes) => self.types(Typing::FindTheme, ""),
            Command::Deed(Deed::Mark) => self.begin_marking(),
            Command::Deed(Deed::Bracket) => match self.undecided() {
                Some(found) => {
                    let instead = &s.texts.interview.writing.suggestion(found.kind).instead;
                    self.types(Typing::Bracket, instead.trim_matches(['[', ']']))
                }
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::NoName) => {
                let found = self.current().map(|answer| answer.answer.clone());
                match (found, self.undecided()) {
                    (Some(answer), Some(found)) => {
                        self.bench.no_name(&answer, found.place);
                        Reaction::Changed
                    }
                    _ => Reaction::Nothing,
                }
            }
            other => self
                .theme_deed(other, s)
                .unwrap_or_else(|| Reaction::Do(other.clone())),
        }
    }

    pub(super) fn types(&mut self, what: Typing, text: &str) -> Reaction {
        self.typing = Some((what, Field::line(text)));
        Reaction::Changed
    }

    pub(super) fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => {
                let left = self.typing.take();
                self.reworded = None;
                match (left, self.theme()) {
                    (Some((Typing::Search, _)), _) => self.filter.words.clear(),
                    (Some((Typing::Memo, field)), Some(theme)) => {
                        self.half = Some((theme, field.shown().to_owned()));
                        self.keep_half();
                        return Reaction::Say(s.texts.coordinator.findings.half_kept.clone());
                    }
                    _ => {}
                }
                return Reaction::Changed;
            }
            Command::Enter => {
                let found = self.matching(s).contains(&self.focus);
                let Some((what, field)) = self.typing.take() else {
                    return Reaction::Nothing;
                };
                if what == Typing::FindTheme {
                    return if found {
                        self.toggle()
                    } else {
                        let plus = key_name(Key::Char('+'), &s.t().key);
                        let words = &s.texts.coordinator.coding.no_such_theme;
                        Reaction::Say(fill(words, &[("key", &plus)]))
                    };
                }
                let reaction = self.typed(what, field.shown().trim(), s);
                if what == Typing::Memo {
                    self.keep_half();
                }
                return reaction;
            }
            _ => {}
        }
        let finds = matches!(self.typing, Some((Typing::FindTheme, _)));
        if let (Command::Move(step @ (Step::Up | Step::Down)), true) = (command, finds) {
            return self.go_in_matching(Some(*step), s);
        }
        let Some((what, field)) = &mut self.typing else {
            return Reaction::Nothing;
        };
        let Some(edited) = edit(field, command, s) else {
            return Reaction::Nothing;
        };
        if *what == Typing::Search {
            field.shown().clone_into(&mut self.filter.words);
            self.answer = 0;
            self.above = 0;
        }
        if finds {
            self.go_in_matching(None, s);
        }
        edited
    }

    fn typed(&mut self, what: Typing, text: &str, s: &Situation) -> Reaction {
        let answer = self.current().map(|answer| answer.answer.clone());
        match what {
            Typing::Search | Typing::FindTheme => {}
            Typing::NewTheme if self.theme_called(text, s).is_some() => {
                let known = self.theme_called(text, s);
                if let (Some(answer), Some(known), Stage::Answers) = (&answer, &known, self.stage)
                    && !self
                        .bench
                        .book()
                        .themes_by(self.bench.coder(), answer)
                        .contains(known)
                {
                    self.bench.toggle(answer, known);
                }
                if let Some(known) = &known {
                    self.stand_at(known);
                }
                return Reaction::Say(s.texts.coordinator.coding.theme_there.clone());
            }
            Typing::NewTheme => {
                let made = self.make_theme(text);
                // Whoever makes a theme at an answer means that answer.
                if let (Some(answer), Some(made), Stage::Answers) = (&answer, &made, self.stage) {
                    self.bench.toggle(answer, made);
                }
            }
            Typing::Rename | Typing::Memo => self.typed_theme(what, text),
            Typing::SplitName => self.split(text),
            Typing::Coder => return self.hand_over(text, s),
            Typing::OtherWords => {
                if let Some(quote) = self.reworded.take().filter(|_| !text.is_empty()) {
                    self.bench.reword_quote(&quote, text);
                    return Reaction::Say(s.texts.coordinator.coding.marked.clone());
                }
            }
            Typing::Bracket => {
                if let (Some(answer), Some(place)) = (answer, self.to_bracket())
                    && self.bench.bracket(&answer, place, text).is_some()
                {
                    self.marking = None;
                    return Reaction::Say(undo_words(&s.texts.coordinator.coding.bracketed, s));
                }
            }
        }
        Reaction::Changed
    }

    /// Somebody else codes, in a workbook opened anew: each has their own tags and their own way back.
    fn hand_over(&mut self, name: &str, s: &Situation) -> Reaction {
        let Some(coder) = coder_named(name) else {
            let words = &s.texts.workbench.no_coder;
            return Reaction::Say(fill(words, &[("name", name)]));
        };
        if !self.is_kept() {
            return Reaction::Say(s.texts.coordinator.not_kept.clone());
        }
        Reaction::Coordinate(Ask::Bench(Place::Coding, Some(coder)))
    }

    fn toggle(&mut self) -> Reaction {
        let Some(theme) = self.theme() else {
            return Reaction::Nothing;
        };
        if self.pick() {
            return Reaction::Changed;
        }
        if let Some(answer) = self.current().map(|answer| answer.answer.clone()) {
            self.bench.toggle(&answer, &theme);
        }
        Reaction::Changed
    }

    /// To the next answer, or the one before. Whoever leaves an answer has gone through it.
    fn next_answer(&mut self, further: bool) -> Reaction {
        self.above = 0;
        let before: Option<AnswerRef> = self.current().map(|answer| answer.answer.clone());
        let count = self.listed.len();
        let place = self.answer.min(count.saturating_sub(1));
        self.answer = if further {
            (place + 1).min(count.saturating_sub(1))
        } else {
            place.saturating_sub(1)
        };
        if let Some(answer) = before.filter(|_| further) {
            // What is shown changes where only those are shown that nobody has gone through.
            let leaves = self.filter.show == Show::NotGoneThrough;
            self.bench.gone_through(&answer);
            if leaves {
                self.answer = place;
            }
        }
        Reaction::Changed
    }
}
