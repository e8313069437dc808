//! Findings and actions: written beside figures, taken through the dialogue conference one at a time, followed up in the
//! next round.

use std::fmt;

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::item::ItemKey;
use crate::domain::workbook::finding::{Action, ActionStatus, Finding, Standing};
use crate::domain::workbook::log::Stamp;
use crate::fieldwork::workbench::{NewAction, NewFinding, Workbench};
use crate::report::compose::{glances, sentence_of};
use crate::texts::coordinator::FindingsTexts;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::wrap;

use super::coding::field_line;
use super::pane::Pane;
use super::{Deed, letter, usual_keys};

/// Columns of a finding in the conference: few, so that the letters of the window can be made large.
const CONFERENCE: usize = 44;

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Typing {
    New,
    Reword(Stamp),
    Addressee(Stamp),
    Answer(Stamp),
    Said(Option<Stamp>),
    Action(Option<Stamp>),
    Owner(Stamp),
    Due(Stamp),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Finding(Stamp),
    Action(Stamp),
}

/// The screen.
pub struct Findings {
    bench: Box<Workbench>,
    focus: usize,
    typing: Option<(Typing, Field)>,
    /// The sentences that were suggested so far.
    suggested: usize,
    /// The figure a suggested sentence is about.
    about: Option<ItemKey>,
    is_conference: bool,
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Findings({:?})", self.bench)
    }
}

impl Findings {
    /// Returns the screen with the findings of the open round, and the actions of those before.
    #[must_use]
    pub const fn new(bench: Box<Workbench>) -> Self {
        Self {
            bench,
            focus: 0,
            typing: None,
            suggested: 0,
            about: None,
            is_conference: false,
        }
    }

    /// Waits until everything is on disk.
    pub(in crate::tui) fn is_kept(&mut self) -> bool {
        use crate::fieldwork::workbench::Safe;
        matches!(self.bench.wait(), Safe::Yes | Safe::Soon)
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
            words.conference.clone()
        } else {
            words.title.clone()
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
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
            }
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
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
            table.push(Binding::silent(
                Keys::One(Key::PageDown),
                Command::Move(Step::Right),
            ));
            table.push(Binding::silent(Keys::One(Key::PageUp), Command::Move(Step::Left)));
            table.push(Binding::silent(Keys::One(Key::Enter), Command::Move(Step::Right)));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
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
        table.push(Binding::new(
            letter(&letters.drop),
            deed(Deed::Drop),
            &own.drop,
            5,
        ));
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

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let mut page = Page::new(width, s.theme());
        if self.is_conference {
            self.large(s, width, height).write(&mut page);
            return page;
        }
        let pane = match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let list = self.list(s, left).seen(height, None, more);
                list.beside(self.detail(s, right).seen(height, Some(0), more), down)
            }
            None => {
                let list = self.list(s, width);
                let detail = self.detail(s, width);
                let own = list
                    .height()
                    .min(height.saturating_sub(detail.height() + 1).max(height / 2));
                let mut pane = list.seen(own, None, more);
                pane.blank();
                let room = height.saturating_sub(pane.height());
                pane.below(detail.seen(room, Some(0), more));
                pane
            }
        };
        pane.write(&mut page);
        page
    }

    fn list(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let rows = self.rows();
        if rows.is_empty() && self.typing.is_none() {
            pane.text(&words.none, Tone::Plain);
        }
        let last = rows.len().saturating_sub(1);
        for (place, row) in rows.iter().enumerate() {
            let focused = place == self.focus.min(last) && self.typing.is_none();
            let press = Command::Press(place);
            match row {
                Row::Finding(stamp) => {
                    if let Some(finding) = self.bench.book().finding(stamp) {
                        let standing = standing_words(finding.standing, words);
                        let text = format!("{}  ({standing})", finding.text);
                        pane.long_row("", &text, focused, &press);
                    }
                }
                Row::Action(stamp) => {
                    let mut all = self.bench.book().actions();
                    if let Some((_, action)) = all.find(|(own, _)| *own == stamp) {
                        pane.long_row("-> ", &self.action_words(action, s), focused, &press);
                    }
                }
            }
        }
        if let Some((what, field)) = &self.typing {
            pane.blank();
            field_line(&mut pane, label(what, words), field);
        }
        pane
    }

    fn action_words(&self, action: &Action, s: &Situation) -> String {
        let words = &s.texts.coordinator.findings;
        let mut said = vec![action.text.to_string()];
        if !action.owner.is_blank() {
            said.push(action.owner.to_string());
        }
        if let Some(due) = action.due {
            said.push(date(due, s.language()));
        }
        said.push(format!("({})", status_words(action.status, words)));
        if action.is_late(s.today) {
            said.push(words.late.clone());
        }
        if Some(&action.round) != self.bench.round() {
            said.push(words.carried.clone());
        }
        said.join("  ")
    }

    fn detail(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let Some((stamp, finding)) = self.finding() else {
            return pane;
        };
        if !finding.addressee.is_blank() {
            pane.text(
                &fill(&words.is_for, &[("who", finding.addressee.as_str())]),
                Tone::Plain,
            );
        }
        for sentence in self.figures(finding, s) {
            pane.hanging("| ", &sentence, Tone::Plain);
        }
        if !finding.answer.is_blank() {
            let text = fill(&words.answered, &[("answer", finding.answer.as_str())]);
            pane.text(&text, Tone::Plain);
        }
        for said in self.said(&stamp) {
            pane.hanging("- ", &said, Tone::Aside);
        }
        pane
    }

    /// The printed sentences of the figures beside a finding.
    fn figures(&self, finding: &Finding, s: &Situation) -> Vec<String> {
        let Some(shown) = s.coordinator.shown.as_deref() else {
            return Vec::new();
        };
        let portions = 0..shown.parts.len();
        let sources: Vec<_> = portions
            .filter_map(|place| shown.sources(place, 0, &s.texts))
            .collect();
        let of = |item: &ItemKey| sources.iter().find_map(|sources| sentence_of(sources, item));
        finding.items.iter().filter_map(of).collect()
    }

    fn said(&self, finding: &Stamp) -> Vec<String> {
        let Some(round) = self.bench.round() else {
            return Vec::new();
        };
        let all = self.bench.statements_of(round);
        let own = all.filter(|(_, said)| said.finding.as_ref() == Some(finding));
        own.map(|(_, said)| said.text.to_string()).collect()
    }

    /// One finding, few columns wide, for a wall.
    fn large(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let Some((stamp, finding)) = self.finding() else {
            pane.text(&words.none, Tone::Plain);
            return pane;
        };
        let wide = CONFERENCE.min(width);
        pane.blank();
        for line in wrap(finding.text.as_str(), wide) {
            pane.line(&line, Tone::Heading);
            pane.blank();
        }
        for sentence in self.figures(finding, s) {
            for line in wrap(&sentence, wide) {
                pane.line(&line, Tone::Plain);
            }
            pane.blank();
        }
        pane.line(standing_words(finding.standing, words), Tone::Chosen);
        for said in self.said(&stamp) {
            for (place, line) in wrap(&said, wide.saturating_sub(2)).into_iter().enumerate() {
                let lead = if place == 0 { "- " } else { "  " };
                pane.line(&format!("{lead}{line}"), Tone::Plain);
            }
        }
        if let Some((what, field)) = &self.typing {
            pane.blank();
            field_line(&mut pane, label(what, words), field);
        }
        pane.seen(height, None, (&s.t().more_above, &s.t().more_below))
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        let words = &s.texts.coordinator.findings;
        let rows = self.rows();
        let last = rows.len().saturating_sub(1);
        let here = self.focus.min(last);
        match command {
            Command::Move(step) if self.is_conference => {
                let is_finding = |place: &usize| matches!(rows.get(*place), Some(Row::Finding(_)));
                let next = match step {
                    Step::Left | Step::Up => (0..here).rev().find(is_finding),
                    _ => (here + 1..rows.len()).find(is_finding),
                };
                self.focus = next.unwrap_or(here);
                Reaction::Changed
            }
            Command::Move(step) => {
                self.focus = match step {
                    Step::Up | Step::Left => here.saturating_sub(1),
                    Step::Down | Step::Right => (here + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                };
                Reaction::Changed
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Back => {
                self.is_conference = false;
                Reaction::Changed
            }
            Command::Undo | Command::Redo => {
                let done = if *command == Command::Undo {
                    self.bench.undo()
                } else {
                    self.bench.redo()
                };
                if done {
                    Reaction::Changed
                } else {
                    Reaction::Nothing
                }
            }
            Command::Deed(deed) => self
                .deed(deed, words)
                .unwrap_or_else(|| Reaction::Do(command.clone())),
            other => Reaction::Do(other.clone()),
        }
    }

    fn deed(&mut self, deed: &Deed, words: &FindingsTexts) -> Option<Reaction> {
        let finding = self.finding().map(|(stamp, finding)| (stamp, finding.clone()));
        let action = self.action().map(|(stamp, action)| (stamp, action.clone()));
        match (deed, finding, action) {
            (Deed::NewFinding, ..) => {
                self.suggested = 0;
                self.about = None;
                self.types(Typing::New, "");
            }
            (Deed::NewAction, finding, _) => {
                self.types(Typing::Action(finding.map(|(stamp, _)| stamp)), "");
            }
            (Deed::Said, finding, _) => self.types(Typing::Said(finding.map(|(stamp, _)| stamp)), ""),
            (Deed::Rename, Some((stamp, finding)), _) => {
                self.types(Typing::Reword(stamp), finding.text.as_str());
            }
            (Deed::Addressee, Some((stamp, finding)), _) => {
                self.types(Typing::Addressee(stamp), finding.addressee.as_str());
            }
            (Deed::Answer, Some((stamp, finding)), _) => {
                self.types(Typing::Answer(stamp), finding.answer.as_str());
            }
            (Deed::Conference, Some(_), _) => self.is_conference = true,
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
                return Some(Reaction::Say(words.dropped.clone()));
            }
            (Deed::Drop, None, Some((stamp, _))) => {
                self.bench.drop_action(&stamp);
                return Some(Reaction::Say(words.dropped.clone()));
            }
            _ => return None,
        }
        Some(Reaction::Changed)
    }

    fn types(&mut self, what: Typing, text: &str) {
        self.typing = Some((what, Field::line(text)));
    }

    fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => {
                self.typing = None;
                Reaction::Changed
            }
            Command::NextZone => {
                if let Some((item, sentence)) = self.suggestion(s) {
                    self.about = Some(item);
                    self.types(Typing::New, &sentence);
                }
                Reaction::Changed
            }
            Command::Enter => {
                let Some((what, field)) = self.typing.take() else {
                    return Reaction::Nothing;
                };
                self.typed(what, &field, s)
            }
            other => {
                let field = self.typing.as_mut().map(|(_, field)| field);
                let edited = field.and_then(|field| edit(field, other, s));
                edited.unwrap_or(Reaction::Nothing)
            }
        }
    }

    /// The next sentence that a printed figure says by itself.
    fn suggestion(&mut self, s: &Situation) -> Option<(ItemKey, String)> {
        let shown = s.coordinator.shown.as_deref()?;
        let mut all = Vec::new();
        for place in 0..shown.parts.len() {
            let sources = shown.sources(place, 0, &s.texts)?;
            for glance in glances(&sources) {
                if let Some(sentence) = sentence_of(&sources, &glance.item) {
                    all.push((glance.item, sentence));
                }
            }
        }
        let next = all.get(self.suggested % all.len().max(1)).cloned();
        self.suggested += 1;
        next
    }

    fn typed(&mut self, what: Typing, field: &Field, s: &Situation) -> Reaction {
        let text = CleanText::line(field.shown().trim());
        match what {
            Typing::New => {
                let items = self.about.take().into_iter().collect();
                self.bench.write_finding(NewFinding {
                    text,
                    items,
                    ..NewFinding::default()
                });
            }
            Typing::Reword(stamp) if !text.is_blank() => self.bench.reword_finding(&stamp, text),
            Typing::Reword(_) => {}
            Typing::Addressee(stamp) => self.bench.finding_is_for(&stamp, text),
            Typing::Answer(stamp) => self.bench.service_answers(&stamp, text),
            Typing::Said(finding) => {
                self.bench.was_said(finding, text);
            }
            Typing::Action(finding) => {
                self.bench.promise(NewAction {
                    finding,
                    text,
                    ..NewAction::default()
                });
            }
            Typing::Owner(stamp) => self.change(&stamp, Some(text), None),
            Typing::Due(stamp) => {
                let Some(due) = read_date(text.as_str()) else {
                    self.typing = Some((Typing::Due(stamp), Field::line(field.shown())));
                    return Reaction::Say(s.texts.coordinator.findings.no_date.clone());
                };
                self.change(&stamp, None, Some(due));
            }
        }
        Reaction::Changed
    }

    fn change(&mut self, stamp: &Stamp, owner: Option<CleanText>, due: Option<Date>) {
        let mut all = self.bench.book().actions();
        let found = all
            .find(|(own, _)| *own == stamp)
            .map(|(_, action)| action.clone());
        drop(all);
        if let Some(action) = found {
            let owner = owner.unwrap_or(action.owner);
            let due = due.or(action.due);
            self.bench.change_action(stamp, action.text, owner, due);
        }
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}

/// Reads a day as people write it: 2027-06-30 or 30.06.2027.
fn read_date(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

const fn label<'w>(what: &Typing, words: &'w FindingsTexts) -> &'w String {
    match what {
        Typing::New => &words.label_new,
        Typing::Reword(_) => &words.label_reword,
        Typing::Addressee(_) => &words.label_addressee,
        Typing::Answer(_) => &words.label_answer,
        Typing::Said(_) => &words.label_said,
        Typing::Action(_) => &words.label_action,
        Typing::Owner(_) => &words.label_owner,
        Typing::Due(_) => &words.label_due,
    }
}

const fn next_standing(standing: Standing) -> Standing {
    match standing {
        Standing::Open => Standing::Confirmed,
        Standing::Confirmed => Standing::Nuanced,
        Standing::Nuanced => Standing::Rejected,
        Standing::Rejected => Standing::New,
        Standing::New => Standing::Open,
    }
}

const fn standing_words(standing: Standing, words: &FindingsTexts) -> &String {
    match standing {
        Standing::Open => &words.open,
        Standing::Confirmed => &words.confirmed,
        Standing::Nuanced => &words.nuanced,
        Standing::Rejected => &words.rejected,
        Standing::New => &words.new_at_conference,
    }
}

const fn next_status(status: ActionStatus) -> ActionStatus {
    match status {
        ActionStatus::Planned => ActionStatus::Begun,
        ActionStatus::Begun => ActionStatus::Done,
        ActionStatus::Done => ActionStatus::GivenUp,
        ActionStatus::GivenUp => ActionStatus::Planned,
    }
}

const fn status_words(status: ActionStatus, words: &FindingsTexts) -> &String {
    match status {
        ActionStatus::Planned => &words.promised,
        ActionStatus::Begun => &words.begun,
        ActionStatus::Done => &words.is_done,
        ActionStatus::GivenUp => &words.is_dropped,
    }
}
