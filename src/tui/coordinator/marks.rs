//! What was changed between rounds, as it is marked where they stand side by side: actions that were done, and what somebody
//! else writes.

use std::fmt;

use crate::domain::clean_text::CleanText;
use crate::domain::founding::{Unfit, day};
use crate::domain::id::Slug;
use crate::domain::workbook::finding::Action;
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{Half, Safe, Workbench};
use crate::report::compose::altered;
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::command::Step;
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::findings::names::warning;
use super::pane::Pane;
use super::{Deed, letter, undo, undo_words, usual_keys};

/// What the names of what is half typed here begin with.
const OWN: &str = "altered.";

/// What is being typed, and after which round it was changed.
#[derive(Clone, Debug)]
enum Typing {
    Words(Slug),
    Day(Slug, CleanText),
}

/// A row that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Action(Stamp),
    Altered(Stamp),
    /// Something else that was changed after a round.
    New(Slug),
}

/// What stands on the screen, in order.
enum Line {
    Heading(String),
    Choice(String, Row),
}

/// The screen.
pub struct Marks {
    bench: Box<Workbench>,
    focus: usize,
    typing: Option<(Typing, Field)>,
    /// What was half typed and left: it stands there when the same is written again.
    left: Half,
}

impl fmt::Debug for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Marks({:?})", self.bench)
    }
}

impl Marks {
    /// Returns the screen.
    #[must_use]
    pub fn new(bench: Box<Workbench>) -> Self {
        let own = bench.half().iter().filter(|(name, _)| name.starts_with(OWN));
        Self {
            left: own.map(|(name, text)| (name.clone(), text.clone())).collect(),
            bench,
            focus: 0,
            typing: None,
        }
    }

    /// Returns whether something was half typed when the screen was left, or the program ended.
    pub(in crate::tui) fn has_half(&self) -> bool {
        !self.left.is_empty()
    }

    /// Keeps what is half typed.
    pub(in crate::tui) fn keep_half(&mut self) {
        let mut half = self.bench.half().clone();
        half.retain(|name, _| !name.starts_with(OWN));
        half.extend(self.left.clone());
        match &mut self.typing {
            Some((Typing::Words(round), field)) => {
                field.kept();
                if !field.shown().trim().is_empty() {
                    half.insert(format!("{OWN}{round}"), field.shown().to_owned());
                }
            }
            Some((Typing::Day(round, text), _)) => {
                half.insert(format!("{OWN}{round}"), text.to_string());
            }
            None => {}
        }
        self.bench.keep_half(half);
    }

    /// Waits until everything is on disk.
    pub(in crate::tui) fn is_kept(&mut self) -> bool {
        matches!(self.bench.wait(), Safe::Yes | Safe::Soon)
    }

    fn lines(&self, s: &Situation) -> Vec<Line> {
        let words = &s.texts.coordinator.marks;
        let Some(opened) = s.coordinator.opened.as_deref() else {
            return Vec::new();
        };
        let book = self.bench.book();
        let mut lines = Vec::new();
        let rounds = &opened.evaluation.rounds;
        for (place, round) in rounds.iter().enumerate() {
            let (says, of) = match rounds.get(place + 1) {
                Some(next) => (&words.before, next),
                None => (&words.after, round),
            };
            let title = of.title.get(s.language());
            lines.push(Line::Heading(fill(says, &[("round", title)])));
            let done = book.actions().filter(|(_, action)| {
                // An action that is not done any more has no mark to take away.
                action.round == round.id
                    && Action {
                        is_marked: true,
                        ..(*action).clone()
                    }
                    .marks()
            });
            for (stamp, action) in done {
                let mark = if action.marks() { "[x]" } else { "[ ]" };
                let text = format!("{mark} {}", action.text);
                lines.push(Line::Choice(text, Row::Action(stamp.clone())));
            }
            for (stamp, other) in book.alterations().filter(|(_, other)| other.round == round.id) {
                let text = format!("[x] {}", altered(other, s.language()));
                lines.push(Line::Choice(text, Row::Altered(stamp.clone())));
            }
            let new = Row::New(round.id.clone());
            lines.push(Line::Choice(words.write.clone(), new));
        }
        lines
    }

    fn rows(&self, s: &Situation) -> Vec<Row> {
        let lines = self.lines(s).into_iter();
        lines
            .filter_map(|line| match line {
                Line::Choice(_, row) => Some(row),
                Line::Heading(_) => None,
            })
            .collect()
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let enter = Keys::One(Key::Enter);
        let mut table = Vec::new();
        if let Some((what, _)) = &self.typing {
            table.extend(typing(s.t(), false));
            let says = match what {
                Typing::Words(_) => &hint.next,
                Typing::Day(..) => &hint.done,
            };
            table.push(Binding::new(enter, Command::Enter, says, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        let row = self.rows(s).into_iter().nth(self.focus);
        let says = match row {
            Some(Row::New(_)) => Some(&words.marks.hint_write),
            Some(Row::Action(_)) => Some(&words.marks.hint_mark),
            _ => None,
        };
        match says {
            Some(says) => table.push(Binding::new(enter, Command::Enter, says, 1)),
            None => table.push(Binding::silent(enter, Command::Enter)),
        }
        table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::Enter));
        if matches!(row, Some(Row::Altered(_))) {
            let drop = Command::Deed(Deed::Drop);
            table.push(Binding::new(
                letter(&words.letter.drop),
                drop,
                &words.findings.drop,
                1,
            ));
        }
        let down = Command::Move(Step::Down);
        table.push(Binding::new(Keys::UpDown, down, &hint.go_to, 2));
        let undo = Keys::One(Key::Ctrl('z'));
        table.push(Binding::new(undo, Command::Undo, &hint.undo, 3));
        table.push(Binding::silent(Keys::One(Key::Ctrl('y')), Command::Redo));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.marks;
        let mut page = Page::new(width, s.theme());
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.about, Tone::Plain);
        let mut place = 0;
        for line in self.lines(s) {
            match line {
                Line::Heading(text) => {
                    pane.blank();
                    pane.text(&text, Tone::Heading);
                }
                Line::Choice(text, row) => {
                    let focused = place == self.focus;
                    let here = self.typing.as_ref().filter(|_| focused);
                    match here {
                        Some((what, field)) => self.field(what, field, &mut pane, s),
                        None => {
                            let lead = if matches!(row, Row::New(_)) { "+ " } else { "" };
                            pane.long_row(lead, &text, focused, &Command::Press(place));
                        }
                    }
                    place += 1;
                }
            }
        }
        pane.blank();
        let values = [("key", s.texts.coordinator.letter.findings.as_str())];
        pane.text(&fill(&words.not_done, &values), Tone::Aside);
        let t = s.t();
        pane.seen(height, None, (&t.more_above, &t.more_below))
            .write(&mut page);
        page
    }

    /// What is being typed, and whether somebody may be named in it.
    fn field(&self, what: &Typing, field: &Field, pane: &mut Pane, s: &Situation) {
        let words = &s.texts.coordinator.marks;
        match what {
            Typing::Words(_) => {
                pane.field(&words.label_words, field);
                if let Some(warning) = warning(field.shown(), self.bench.own_words(), &s.texts) {
                    pane.hanging("! ", &warning, Tone::Notice);
                }
            }
            Typing::Day(_, text) => {
                pane.text(&format!("{} {text}", words.label_words), Tone::Plain);
                pane.field(&words.label_day, field);
            }
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        let rows = self.rows(s);
        let last = rows.len().saturating_sub(1);
        self.focus = self.focus.min(last);
        match command {
            Command::Move(step) => {
                self.focus = step.in_list(self.focus, last);
                Reaction::Changed
            }
            Command::Press(place) if *place != self.focus => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Press(_) | Command::Enter => match rows.into_iter().nth(self.focus) {
                Some(Row::Action(stamp)) => self.turn(&stamp),
                Some(Row::Altered(_)) => {
                    let key = s.texts.coordinator.letter.drop.as_str();
                    let says = &s.texts.coordinator.marks.take_away;
                    Reaction::Say(fill(says, &[("key", key)]))
                }
                Some(Row::New(round)) => {
                    let kept = self.left.remove(&format!("{OWN}{round}")).unwrap_or_default();
                    self.typing = Some((Typing::Words(round), Field::line(&kept)));
                    Reaction::Changed
                }
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::Drop) => match rows.into_iter().nth(self.focus) {
                Some(Row::Altered(stamp)) => {
                    self.bench.was_not_altered(&stamp);
                    Reaction::Say(undo_words(&s.texts.coordinator.findings.dropped, s))
                }
                _ => Reaction::Nothing,
            },
            Command::Undo | Command::Redo => undo(&mut self.bench, *command == Command::Undo, s),
            other => Reaction::Do(other.clone()),
        }
    }

    /// Marks an action, or takes the mark away.
    fn turn(&mut self, stamp: &Stamp) -> Reaction {
        let mut all = self.bench.book().actions();
        let marked = all
            .find(|(own, _)| *own == stamp)
            .map(|(_, action)| action.is_marked);
        drop(all);
        if let Some(marked) = marked {
            self.bench.mark_action(stamp, !marked);
        }
        Reaction::Changed
    }

    fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => {
                self.keep_half();
                let own = self.bench.half().iter().filter(|(name, _)| name.starts_with(OWN));
                self.left = own.map(|(name, text)| (name.clone(), text.clone())).collect();
                self.typing = None;
                if self.left.is_empty() {
                    return Reaction::Changed;
                }
                Reaction::Say(s.texts.coordinator.findings.half_kept.clone())
            }
            Command::Enter => {
                let reaction = self.entered(s);
                self.keep_half();
                reaction
            }
            other => {
                let field = self.typing.as_mut().map(|(_, field)| field);
                let edited = field.and_then(|field| edit(field, other, s));
                edited.unwrap_or(Reaction::Nothing)
            }
        }
    }

    fn entered(&mut self, s: &Situation) -> Reaction {
        let Some((what, field)) = self.typing.take() else {
            return Reaction::Nothing;
        };
        let said = CleanText::line(field.shown().trim());
        match what {
            Typing::Words(_) if said.is_blank() => Reaction::Changed,
            Typing::Words(round) => {
                // It is kept as it was written; whoever was quick is told all the same.
                let warning = warning(said.as_str(), self.bench.own_words(), &s.texts);
                self.typing = Some((Typing::Day(round, said), Field::line("")));
                warning.map_or(Reaction::Changed, Reaction::Say)
            }
            Typing::Day(round, text) => {
                let on = day(said.as_str(), s.today);
                if on.is_none() && !said.is_blank() {
                    self.typing = Some((Typing::Day(round, text), field));
                    return Reaction::Say(s.texts.unfit(&Unfit::NotADate));
                }
                let stamp = self.bench.was_altered(&round, text, on);
                let row = stamp.map(Row::Altered);
                let place = self.rows(s).into_iter().position(|own| Some(own) == row);
                self.focus = place.unwrap_or(self.focus);
                Reaction::Changed
            }
        }
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}
