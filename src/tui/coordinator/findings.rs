//! Findings and actions: written beside figures, taken through the dialogue conference one at a time, followed up in the
//! next round.

use std::cell::Cell;
use std::fmt;

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::item::ItemKey;
use crate::domain::workbook::finding::{Action, Finding, Standing};
use crate::domain::workbook::left::Left;
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{Half, NewAction, NewFinding, Safe, Workbench};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::{Deed, undo, undo_words};

mod beside;
mod keys;
mod known;
pub mod names;
mod panes;
mod words;

use known::Known;
use names::At;
use words::{next_standing, next_status, read_date};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Typing {
    New,
    Reword(Stamp),
    Addressee(Stamp),
    Answer(Stamp),
    Said(Option<Stamp>),
    Action(Option<Stamp>),
    RewordAction(Stamp),
    Owner(Stamp),
    Due(Stamp),
}

/// What the names of what is half typed here begin with.
const OWN: &str = "finding.";

impl Typing {
    /// What it is called where it is kept half typed.
    fn name(&self) -> String {
        let of = |what: &str, stamp: &Stamp| {
            let Stamp { clock, coder, run } = stamp;
            format!("{OWN}{what}.{clock}-{coder}-{run}")
        };
        match self {
            Self::New => format!("{OWN}new"),
            Self::Reword(stamp) => of("reword", stamp),
            Self::Addressee(stamp) => of("addressee", stamp),
            Self::Answer(stamp) => of("answer", stamp),
            Self::Said(None) => format!("{OWN}said"),
            Self::Said(Some(stamp)) => of("said", stamp),
            Self::Action(None) => format!("{OWN}action"),
            Self::Action(Some(stamp)) => of("action", stamp),
            Self::RewordAction(stamp) => of("reword-action", stamp),
            Self::Owner(stamp) => of("owner", stamp),
            Self::Due(stamp) => of("due", stamp),
        }
    }
}

/// What was half typed on this screen.
fn own_half(half: &Half) -> Half {
    let own = half.iter().filter(|(name, _)| name.starts_with(OWN));
    own.map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Finding(Stamp),
    Action(Stamp),
}

/// The sentences that the figures suggested while a finding is written.
#[derive(Clone, Debug, Default)]
struct Suggested {
    /// Which comes next.
    next: usize,
    /// What was written before the last one.
    own: String,
    /// What was written with it.
    with: String,
    /// The figures whose sentences are in what is written.
    items: Vec<ItemKey>,
}

/// The screen.
pub struct Findings {
    bench: Box<Workbench>,
    known: Known,
    focus: usize,
    typing: Option<(Typing, Field)>,
    /// What was half typed and left: it stands there when the same is written again.
    left: Half,
    suggested: Suggested,
    /// The finding one chooses for what stands beside it.
    beside: Option<Stamp>,
    /// Which row of what can stand beside it.
    place: usize,
    is_conference: bool,
    /// Lines of the finding in the conference that are scrolled past.
    above: usize,
    /// The most of them there can be: known once it was drawn.
    furthest: Cell<usize>,
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Findings({:?})", self.bench)
    }
}

impl Findings {
    /// Returns the screen with the findings of the open round, and the actions of those before.
    #[must_use]
    pub fn new(bench: Box<Workbench>) -> Self {
        Self {
            known: Known::of(&bench),
            left: own_half(bench.half()),
            bench,
            focus: 0,
            typing: None,
            suggested: Suggested::default(),
            beside: None,
            place: 0,
            is_conference: false,
            above: 0,
            furthest: Cell::new(0),
        }
    }

    /// Returns whether it is on a wall.
    pub(in crate::tui) const fn is_conference(&self) -> bool {
        self.is_conference
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
        if let Some((what, field)) = &mut self.typing {
            field.kept();
            let text = field.shown();
            if !text.trim().is_empty() {
                half.insert(what.name(), text.to_owned());
            }
        }
        self.bench.keep_half(half);
    }

    /// Waits until everything is on disk.
    pub(in crate::tui) fn is_kept(&mut self) -> bool {
        matches!(self.bench.wait(), Safe::Yes | Safe::Soon)
    }

    /// Returns what is left to do on a day.
    #[must_use]
    pub fn left(&self, today: Date) -> Left {
        self.bench.left(today)
    }

    fn rows(&self) -> Vec<Row> {
        let round = self.bench.round().cloned();
        let mut rows = Vec::new();
        if let Some(round) = &round {
            for (stamp, _) in self.bench.findings_of(round) {
                rows.push(Row::Finding(stamp.clone()));
                let own = self.bench.actions_of(round);
                let own = own.filter(|(_, action)| action.finding.as_ref() == Some(stamp));
                rows.extend(own.map(|(action, _)| Row::Action(action.clone())));
            }
            let alone = self.bench.actions_of(round);
            let alone = alone.filter(|(_, action)| action.finding.is_none());
            rows.extend(alone.map(|(action, _)| Row::Action(action.clone())));
        }
        let carried = self.bench.carried().filter(|(_, action)| action.is_open());
        rows.extend(carried.map(|(action, _)| Row::Action(action.clone())));
        rows
    }

    fn row(&self) -> Option<Row> {
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        rows.get(self.focus.min(last)).cloned()
    }

    fn finding(&self) -> Option<(Stamp, &Finding)> {
        match self.row()? {
            Row::Finding(stamp) => {
                let finding = self.bench.book().finding(&stamp)?;
                Some((stamp, finding))
            }
            Row::Action(_) => None,
        }
    }

    fn action(&self) -> Option<(Stamp, &Action)> {
        match self.row()? {
            Row::Action(wanted) => {
                let mut all = self.bench.book().actions();
                let (stamp, action) = all.find(|(stamp, _)| **stamp == wanted)?;
                Some((stamp.clone(), action))
            }
            Row::Finding(_) => None,
        }
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.findings;
        if self.is_conference {
            let rows = self.rows();
            let is_finding = |row: &&Row| matches!(row, Row::Finding(_));
            let all = rows.iter().filter(is_finding).count();
            let number = rows.iter().take(self.focus + 1).filter(is_finding).count();
            let place = [("number", number.to_string()), ("all", all.to_string())];
            let [number, all] = &place;
            let place = fill(&words.place, &[(number.0, &number.1), (all.0, &all.1)]);
            format!("{}  {place}", words.conference)
        } else if self.beside.is_some() {
            words.beside.clone()
        } else {
            words.title.clone()
        }
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        if self.beside.is_some() {
            return self.take_beside(command, s);
        }
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        let here = self.focus.min(last);
        match command {
            Command::Move(Step::Down) if self.is_conference => {
                self.above = (self.above + 1).min(self.furthest.get());
                Reaction::Changed
            }
            Command::Move(Step::Up) if self.is_conference => {
                self.above = self.above.saturating_sub(1);
                Reaction::Changed
            }
            Command::Move(step) if self.is_conference => {
                self.above = 0;
                let is_finding = |place: &usize| matches!(rows.get(*place), Some(Row::Finding(_)));
                let next = match step {
                    Step::Left => (0..here).rev().find(is_finding),
                    Step::First => (0..rows.len()).find(is_finding),
                    Step::Last => (0..rows.len()).rev().find(is_finding),
                    _ => (here + 1..rows.len()).find(is_finding),
                };
                self.focus = next.unwrap_or(here);
                Reaction::Changed
            }
            Command::Move(step) => {
                self.focus = step.in_list(here, last);
                Reaction::Changed
            }
            Command::Enter => self.deed(&Deed::Rename, s).unwrap_or(Reaction::Nothing),
            Command::Press(place) => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Back => {
                self.is_conference = false;
                Reaction::Changed
            }
            Command::Undo | Command::Redo => self.undo(*command == Command::Undo, s),
            Command::Deed(deed) => self
                .deed(deed, s)
                .unwrap_or_else(|| Reaction::Do(command.clone())),
            other => Reaction::Do(other.clone()),
        }
    }

    fn undo(&mut self, back: bool, s: &Situation) -> Reaction {
        undo(&mut self.bench, back, s)
    }

    fn deed(&mut self, deed: &Deed, s: &Situation) -> Option<Reaction> {
        let words = &s.texts.coordinator.findings;
        let finding = self.finding().map(|(stamp, finding)| (stamp, finding.clone()));
        let action = self.action().map(|(stamp, action)| (stamp, action.clone()));
        match (deed, finding, action) {
            (Deed::NewFinding, ..) => {
                self.suggested = Suggested::default();
                self.types(Typing::New, "");
            }
            (Deed::NewAction, finding, action) => {
                let of_action = action.and_then(|(_, action)| action.finding);
                let finding = finding.map(|(stamp, _)| stamp).or(of_action);
                self.types(Typing::Action(finding), "");
            }
            (Deed::Said, finding, _) => self.types(Typing::Said(finding.map(|(stamp, _)| stamp)), ""),
            (Deed::Rename, Some((stamp, finding)), _) => {
                self.types(Typing::Reword(stamp), finding.text.as_str());
            }
            (Deed::Rename, None, Some((stamp, action))) => {
                self.types(Typing::RewordAction(stamp), action.text.as_str());
            }
            (Deed::Beside, Some((stamp, _)), _) => {
                self.beside = Some(stamp);
                self.place = 0;
            }
            (Deed::Earlier, Some((stamp, _)), _) => {
                let rows = self.rows();
                let findings = rows.iter().filter_map(|row| match row {
                    Row::Finding(stamp) => Some(stamp),
                    Row::Action(_) => None,
                });
                let before = findings.take_while(|other| **other != stamp).last();
                self.bench.tell_before(&stamp, Some(before?.clone()));
                self.stand_at(Some(Row::Finding(stamp)));
            }
            (Deed::Addressee, Some((stamp, finding)), _) => {
                self.types(Typing::Addressee(stamp), finding.addressee.as_str());
            }
            (Deed::Answer, Some((stamp, finding)), _) => {
                self.types(Typing::Answer(stamp), finding.answer.as_str());
            }
            (Deed::Conference, ..) => {
                let rows = self.rows();
                let is_finding = |row: &Row| matches!(row, Row::Finding(_));
                let before = rows.iter().take(self.focus + 1).rposition(is_finding);
                self.focus = before.or_else(|| rows.iter().position(is_finding))?;
                self.above = 0;
                self.is_conference = true;
            }
            (Deed::Stands, Some((stamp, finding)), _) => {
                self.bench.finding_stands(&stamp, next_standing(finding.standing));
            }
            (Deed::Stands, None, Some((stamp, action))) => {
                self.bench.action_has_come(&stamp, next_status(action.status));
            }
            (Deed::Owner, _, Some((stamp, action))) => {
                self.types(Typing::Owner(stamp), action.owner.as_str());
            }
            (Deed::Due, _, Some((stamp, action))) => {
                let due = action.due.map_or_else(String::new, |due| due.to_string());
                self.types(Typing::Due(stamp), &due);
            }
            (Deed::Drop, Some((stamp, _)), _) => {
                self.bench.drop_finding(&stamp);
                return Some(Reaction::Say(undo_words(&words.dropped, s)));
            }
            (Deed::Drop, None, Some((stamp, _))) => {
                self.bench.drop_action(&stamp);
                return Some(Reaction::Say(undo_words(&words.dropped, s)));
            }
            _ => return None,
        }
        Some(Reaction::Changed)
    }

    /// Types something, from what was half typed before.
    fn types(&mut self, what: Typing, text: &str) {
        let kept = self.left.remove(&what.name());
        self.typing = Some((what, Field::line(kept.as_deref().unwrap_or(text))));
    }

    /// Leaves what is being typed. It is kept until the same is written again.
    fn leave(&mut self, s: &Situation) -> Reaction {
        let Some((what, field)) = self.typing.take() else {
            return Reaction::Nothing;
        };
        if field.shown().trim().is_empty() {
            return Reaction::Changed;
        }
        self.left.insert(what.name(), field.shown().to_owned());
        self.keep_half();
        Reaction::Say(s.texts.coordinator.findings.half_kept.clone())
    }

    fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => self.leave(s),
            Command::NextZone => self.suggest(s),
            Command::PreviousZone => self.without_suggestion(),
            Command::Enter => {
                let Some((what, field)) = self.typing.take() else {
                    return Reaction::Nothing;
                };
                let reaction = self.typed(what, &field, s);
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

    /// Writes the next of these sentences behind what was written, in the place of the one before.
    fn suggest(&mut self, s: &Situation) -> Reaction {
        let all = self.sentences(s);
        let Some((item, sentence)) = all.get(self.suggested.next % all.len().max(1)) else {
            return Reaction::Say(s.texts.coordinator.findings.no_figures.clone());
        };
        let written = self.typing.as_ref().map_or("", |(_, field)| field.shown());
        if written == self.suggested.with && self.suggested.next > 0 {
            self.suggested.items.pop();
        } else {
            written.trim().clone_into(&mut self.suggested.own);
        }
        let own = &self.suggested.own;
        let is_sentence = own.is_empty() || own.ends_with(['.', '!', '?', ':', '…', '»']);
        let end = if is_sentence { "" } else { "." };
        let text = format!("{own}{end} {sentence}");
        text.trim().clone_into(&mut self.suggested.with);
        self.suggested.items.push(item.clone());
        self.suggested.next += 1;
        self.typing = Some((Typing::New, Field::line(&self.suggested.with)));
        Reaction::Changed
    }

    /// Takes the sentence away again that was written last.
    fn without_suggestion(&mut self) -> Reaction {
        let written = self.typing.as_ref().map_or("", |(_, field)| field.shown());
        if written != self.suggested.with || self.suggested.next == 0 {
            return Reaction::Nothing;
        }
        let own = std::mem::take(&mut self.suggested).own;
        self.typing = Some((Typing::New, Field::line(&own)));
        Reaction::Changed
    }

    fn typed(&mut self, what: Typing, field: &Field, s: &Situation) -> Reaction {
        let text = CleanText::line(field.shown().trim());
        // It is kept as it was written; whoever was quick is told all the same.
        let warning = match what {
            Typing::Due(_) => None,
            _ => names::warning(text.as_str(), self.bench.own_words(), &s.texts),
        };
        match what {
            Typing::New => {
                let items = std::mem::take(&mut self.suggested).items;
                let written = self.bench.write_finding(NewFinding {
                    text,
                    items,
                    ..NewFinding::default()
                });
                if let Some(stamp) = written.as_ref().filter(|_| self.is_conference) {
                    self.bench.finding_stands(stamp, Standing::New);
                }
                self.stand_at(written.map(Row::Finding));
            }
            Typing::Reword(stamp) if !text.is_blank() => self.bench.reword_finding(&stamp, text),
            Typing::Reword(_) => {}
            Typing::Addressee(stamp) => self.bench.finding_is_for(&stamp, text),
            Typing::Answer(stamp) => self.bench.service_answers(&stamp, text),
            Typing::Said(finding) => {
                self.bench.was_said(finding, text);
            }
            Typing::Action(finding) => {
                let promised = self.bench.promise(NewAction {
                    finding,
                    text,
                    ..NewAction::default()
                });
                self.stand_at(promised.map(Row::Action));
            }
            Typing::RewordAction(stamp) if !text.is_blank() => {
                self.change(&stamp, |action| action.text = text);
            }
            Typing::RewordAction(_) => {}
            Typing::Owner(stamp) => self.change(&stamp, |action| action.owner = text),
            // Nothing typed: no day.
            Typing::Due(stamp) if text.is_blank() => self.change(&stamp, |action| action.due = None),
            Typing::Due(stamp) => {
                let Some(due) = read_date(text.as_str()) else {
                    self.typing = Some((Typing::Due(stamp), Field::line(field.shown())));
                    return Reaction::Say(s.texts.coordinator.findings.no_date.clone());
                };
                self.change(&stamp, |action| action.due = Some(due));
            }
        }
        warning.map_or(Reaction::Changed, Reaction::Say)
    }

    /// Moves to where somebody may be named.
    pub(in crate::tui) fn find(&mut self, at: At) {
        self.stand_at(match at {
            At::Finding(stamp) | At::Said(Some(stamp)) => Some(Row::Finding(stamp)),
            At::Action(stamp) => Some(Row::Action(stamp)),
            At::Said(None) | At::Mark => None,
        });
    }

    /// Moves to a row.
    fn stand_at(&mut self, row: Option<Row>) {
        let place = row.and_then(|row| self.rows().iter().position(|other| *other == row));
        self.focus = place.unwrap_or(self.focus);
    }

    fn change(&mut self, stamp: &Stamp, change: impl FnOnce(&mut Action)) {
        let mut all = self.bench.book().actions();
        let found = all.find(|(own, _)| *own == stamp);
        let found = found.map(|(_, action)| action.clone());
        drop(all);
        if let Some(mut action) = found {
            change(&mut action);
            self.bench
                .change_action(stamp, action.text, action.owner, action.due);
        }
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}
