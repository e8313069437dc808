//! All themes on one screen: where each stands, its memo, and what can be done with the tree. Below them, what each batch of
//! interviews brought and how far two coders agree.

use std::collections::BTreeSet;

use crate::disclosure::agreement::TwoCoders;
use crate::domain::id::Id;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::theme::Theme;
use crate::fieldwork::workbench::{Batch, OpenAnswer, OpenQuestion};
use crate::texts::fill;
use crate::texts::number::decimal;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::key_name;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::super::pane::Pane;
use super::super::told::{Paragraph, Told};
use super::super::{Deed, undo_words};
use super::notes::notes;
use super::standing::{Stands, agreed, standing};
use super::{Coding, Picking, Stage, Typing};

/// How many themes can have a digit.
const DIGITS: usize = 9;
/// How many of those are kept for themes that were made here.
const MADE_AT_HAND: usize = 4;

/// What is known of the themes together. It is counted once after every change, not for every frame.
#[derive(Debug, Default)]
pub(super) struct Known {
    stands: Vec<(Id, Stands)>,
    batches: Vec<Batch>,
    agreed: Vec<TwoCoders>,
}

/// A theme that is being split: the answers that go to the new one.
#[derive(Debug)]
pub(super) struct Splitting {
    theme: Id,
    chosen: BTreeSet<AnswerRef>,
}

/// A row below the themes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Batches,
    Agreement,
}

impl Coding {
    /// Goes to the themes.
    pub(super) fn open_themes(&mut self) -> Reaction {
        self.stage = Stage::Themes;
        self.focus = 0;
        self.look();
        Reaction::Changed
    }

    /// Counts anew what is known of the themes together.
    fn look(&mut self) {
        self.known = Known {
            stands: standing(&self.bench),
            batches: self.bench.saturation(),
            agreed: agreed(&self.bench),
        };
    }

    fn below(&self) -> Vec<Below> {
        let batches = (self.known.batches.len() > 1).then_some(Below::Batches);
        let agreement = (!self.known.agreed.is_empty()).then_some(Below::Agreement);
        batches.into_iter().chain(agreement).collect()
    }

    fn row_below(&self) -> Option<Below> {
        let place = self.focus.checked_sub(self.bench.tree().len())?;
        self.below().get(place).copied()
    }

    /// Returns the places in the tree of the themes that have a digit, by digit: where there are more than nine, the last of
    /// them go to the themes that were made here, so that a new one is at hand for the next answer.
    pub(super) fn at_hand(&self) -> Vec<usize> {
        let tree = self.bench.tree();
        if tree.len() <= DIGITS {
            return (0..tree.len()).collect();
        }
        let made = tree.iter().enumerate().filter_map(|(place, (_, theme))| {
            let made = theme.made.clone()?;
            Some((made, place))
        });
        let mut made: Vec<_> = made.collect();
        made.sort();
        let made: Vec<usize> = made
            .iter()
            .rev()
            .take(MADE_AT_HAND)
            .rev()
            .map(|(_, place)| *place)
            .collect();
        let others = (0..tree.len()).filter(|place| !made.contains(place));
        let others: Vec<usize> = others.take(DIGITS - made.len()).collect();
        [others, made].concat()
    }

    /// Returns the place in the tree of the theme with a digit.
    pub(super) fn by_digit(&self, digit: u8) -> Option<usize> {
        self.at_hand().get(usize::from(digit).checked_sub(1)?).copied()
    }

    /// Keeps the focus on a theme, wherever it stands in the tree since.
    pub(super) fn stand_at(&mut self, theme: &Id) {
        let theme = self.bench.book().theme(theme).map(|theme| theme.id.clone());
        let tree = self.bench.tree();
        let place = tree.iter().position(|(_, own)| Some(&own.id) == theme.as_ref());
        self.focus = place.unwrap_or_else(|| self.focus.min(tree.len().saturating_sub(1)));
    }

    pub(super) fn themes_page(&self, s: &Situation, height: usize, width: usize) -> Pane {
        let more = (s.t().more_above.as_str(), s.t().more_below.as_str());
        match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let list = self.theme_list(s, left).seen(height, None, more);
                let mut beside = Pane::new(right, s.theme());
                match self.row_below() {
                    Some(row) => Told::write(&self.told(row, s), &mut beside),
                    None => self.memo(s, &mut beside),
                }
                list.beside(beside.seen(height, Some(0), more), down)
            }
            None => self.theme_list(s, width).seen(height, None, more),
        }
    }

    fn theme_list(&self, s: &Situation, width: usize) -> Pane {
        let (words, own) = (&s.texts.coordinator.coding, &s.texts.workbench.themes);
        let mut pane = Pane::new(width, s.theme());
        let tree = self.bench.tree();
        if tree.is_empty() {
            let plus = key_name(Key::Char('+'), &s.t().key);
            pane.text(&fill(&words.no_themes, &[("key", &plus)]), Tone::Plain);
        }
        let is_narrow = Pane::halves(width).is_none();
        for (place, (depth, theme)) in tree.iter().enumerate() {
            let focused = self.focus == place && self.typing.is_none();
            let name = self.bench.theme_name(theme, s.language());
            let stands = self.known.stands.iter().find(|(id, _)| *id == theme.id);
            let stands = stands.map_or("", |(_, stands)| stands.words(own));
            let picked = self.picked(&theme.id, s);
            let text = format!("{name}  ({stands}){picked}");
            if self.focus == place
                && let Some((Typing::Rename, field)) = &self.typing
            {
                pane.field(&words.rename_label, field);
                continue;
            }
            pane.long_row(&"  ".repeat(*depth), &text, focused, &Command::Press(place));
            if self.focus == place {
                if let Some((Typing::Memo, field)) = &self.typing {
                    pane.field(&words.memo_label, field);
                } else if is_narrow {
                    self.memo(s, &mut pane);
                }
            }
        }
        if let Some((Typing::NewTheme, field)) = &self.typing {
            pane.field(&words.new_label, field);
        }
        let below = self.below();
        if !below.is_empty() {
            pane.blank();
        }
        for (place, row) in (tree.len()..).zip(below) {
            let text = match row {
                Below::Batches => self.batches_line(s),
                Below::Agreement => words.agreement.clone(),
            };
            let focused = self.focus == place && self.typing.is_none();
            pane.long_row("", &text, focused, &Command::Press(place));
        }
        pane
    }

    /// What is said behind a theme that something is done with.
    pub(super) fn picked(&self, theme: &Id, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        match &self.picking {
            Some(Picking::Merge(picked)) if picked == theme => format!("  ({})", words.is_merged),
            Some(Picking::Move(picked)) if picked == theme => format!("  ({})", words.is_moved),
            _ => String::new(),
        }
    }

    /// The memo of the theme one is at.
    pub(super) fn memo(&self, s: &Situation, pane: &mut Pane) {
        let theme = self.theme().and_then(|theme| self.bench.book().theme(&theme));
        let Some(theme) = theme else { return };
        for said in notes(&self.bench, theme, &s.texts) {
            pane.hanging("    ", &said, Tone::Aside);
        }
    }

    fn batches_line(&self, s: &Situation) -> String {
        let words = &s.texts.workbench.themes;
        match self.known.batches.last() {
            Some(last) if last.brought_nothing() => words.no_new.clone(),
            Some(last) if last.left > 0 => words.not_all_new.clone(),
            _ => words.batches.trim_end_matches(':').to_owned(),
        }
    }

    fn told(&self, row: Below, s: &Situation) -> Vec<Paragraph> {
        let words = &s.texts.workbench.themes;
        let mut said = Vec::new();
        match row {
            Below::Batches => {
                said.push(Paragraph::Heading(words.batches.clone()));
                for batch in &self.known.batches {
                    let (n, new) = (batch.interviews.to_string(), batch.new_themes.to_string());
                    let line = fill(&words.batch, &[("n", &n), ("new", &new)]);
                    said.push(Paragraph::Marked("-".to_owned(), line));
                }
                let last = self.known.batches.last();
                if last.is_some_and(Batch::brought_nothing) {
                    said.push(Paragraph::Text(words.no_new.clone()));
                } else if last.is_some_and(|last| last.left > 0) {
                    said.push(Paragraph::Text(words.not_all_new.clone()));
                }
            }
            Below::Agreement => {
                for two in &self.known.agreed {
                    self.told_of(two, s, &mut said);
                }
                let n = self.bench.disputed().to_string();
                said.push(Paragraph::Text(fill(&words.disputed, &[("n", &n)])));
                said.push(Paragraph::Text(
                    s.texts.coordinator.coding.agreement_about.clone(),
                ));
            }
        }
        said
    }

    fn told_of(&self, two: &TwoCoders, s: &Situation, said: &mut Vec<Paragraph>) {
        let words = &s.texts.workbench.themes;
        let none = &s.texts.results.none;
        let figure =
            |value: Option<f64>| value.map_or_else(|| none.clone(), |value| decimal(value, 2, s.language()));
        let n = two.answers.to_string();
        let (one, other) = (two.coders.0.as_str(), two.coders.1.as_str());
        let values = [("one", one), ("other", other), ("n", n.as_str())];
        said.push(Paragraph::Heading(fill(&words.agreement, &values)));
        if two.themes.is_empty() {
            said.push(Paragraph::Text(words.agreement_few.clone()));
        }
        for of in &two.themes {
            let theme = self.bench.book().theme(&of.theme);
            let name = theme.map_or_else(String::new, |theme| self.bench.theme_name(theme, s.language()));
            let (kappa, alpha) = (figure(of.kappa), figure(of.alpha));
            let values = [
                ("theme", name.as_str()),
                ("kappa", kappa.as_str()),
                ("alpha", alpha.as_str()),
            ];
            let line = fill(&words.agreement_line, &values);
            said.push(Paragraph::Marked("-".to_owned(), line));
        }
    }

    pub(super) fn take_themes(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = (self.bench.tree().len() + self.below().len()).saturating_sub(1);
        let words = &s.texts.coordinator.coding;
        match command {
            Command::Move(step) => self.go(*step, last),
            Command::Press(place) if *place == self.focus || self.picking.is_some() => {
                self.focus = (*place).min(last);
                self.press(s)
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Enter | Command::Toggle => self.press(s),
            Command::Back => {
                if self.picking.take().is_none() {
                    self.stage = Stage::Questions;
                    self.focus = 0;
                }
                Reaction::Changed
            }
            Command::Undo | Command::Redo => {
                let done = self.undo(*command == Command::Undo, s);
                self.look();
                done
            }
            Command::Deed(Deed::Memo) => self.write_memo(),
            Command::Deed(Deed::Move) => match self.theme() {
                Some(theme) => {
                    self.picking = Some(Picking::Move(theme));
                    let key = key_name(Key::Char(' '), &s.t().key);
                    Reaction::Say(fill(&words.move_how, &[("key", &key)]))
                }
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::SplitTheme) => match self.theme() {
                Some(theme) if self.tagged(&theme).next().is_none() => {
                    Reaction::Say(words.none_to_split.clone())
                }
                Some(theme) => {
                    self.splitting = Some(Splitting {
                        theme,
                        chosen: BTreeSet::new(),
                    });
                    self.stage = Stage::Split;
                    self.focus = 0;
                    Reaction::Changed
                }
                None => Reaction::Nothing,
            },
            other => {
                let done = self.theme_deed(other, s);
                self.look();
                done.unwrap_or_else(|| Reaction::Do(other.clone()))
            }
        }
    }

    fn write_memo(&mut self) -> Reaction {
        let theme = self.theme().and_then(|theme| self.bench.book().theme(&theme));
        let half = self
            .half
            .take_if(|(of, _)| theme.is_some_and(|theme| theme.id == *of));
        let coder = self.bench.coder();
        let own = |theme: &Theme| theme.memo_of(coder).map_or_else(String::new, ToString::to_string);
        match theme.map(|theme| half.map_or_else(|| own(theme), |(_, memo)| memo)) {
            Some(memo) => self.types(Typing::Memo, &memo),
            None => Reaction::Nothing,
        }
    }

    /// What can be done with a theme wherever it is listed.
    pub(super) fn theme_deed(&mut self, command: &Command, s: &Situation) -> Option<Reaction> {
        let words = &s.texts.coordinator.coding;
        let Command::Deed(deed) = command else {
            return None;
        };
        let theme = self.theme();
        match (deed, theme) {
            (Deed::NewTheme, _) => Some(self.types(Typing::NewTheme, "")),
            (Deed::Rename, Some(theme)) => {
                let theme = self.bench.book().theme(&theme)?;
                let name = self.bench.theme_name(theme, s.language());
                Some(self.types(Typing::Rename, &name))
            }
            (Deed::Merge, Some(theme)) => {
                self.picking = Some(Picking::Merge(theme));
                let key = key_name(Key::Char(' '), &s.t().key);
                Some(Reaction::Say(fill(&words.merge_how, &[("key", &key)])))
            }
            (Deed::Drop, Some(theme)) => {
                self.bench.drop_theme(&theme);
                self.stand_at(&theme);
                Some(Reaction::Say(undo_words(&words.dropped, s)))
            }
            _ => None,
        }
    }

    /// A theme that answers are about is dropped only when that is asked for twice: it goes from every answer.
    pub(super) fn asks_before_dropping(&mut self, asked: Option<&Id>, s: &Situation) -> Option<Reaction> {
        let theme = self
            .theme()
            .filter(|_| matches!(self.stage, Stage::Answers | Stage::Themes))?;
        if asked == Some(&theme) || self.tagged(&theme).next().is_none() {
            return None;
        }
        let name = self
            .bench
            .theme_name(self.bench.book().theme(&theme)?, s.language());
        let key = s.texts.coordinator.letter.drop.as_str();
        let said = fill(
            &s.texts.coordinator.coding.drop_sure,
            &[("theme", &name), ("key", key)],
        );
        self.dropping = Some(theme);
        Some(Reaction::Say(said))
    }

    /// Returns the places in the tree of the themes whose names hold what was typed.
    pub(super) fn matching(&self, s: &Situation) -> Vec<usize> {
        let typed = self.typing.as_ref().map_or("", |(_, field)| field.shown());
        let typed = typed.trim().to_lowercase();
        let tree = self.bench.tree();
        let all = tree.iter().enumerate().filter(|(_, (_, theme))| {
            let name = self.bench.theme_name(theme, s.language());
            name.to_lowercase().contains(&typed)
        });
        all.map(|(place, _)| place).collect()
    }

    /// Keeps the focus on a theme whose name holds what was typed, or moves it to another of them.
    pub(super) fn go_in_matching(&mut self, step: Option<Step>, s: &Situation) -> Reaction {
        let found = self.matching(s);
        let last = found.len().saturating_sub(1);
        let here = found.iter().position(|place| *place == self.focus);
        let next = match (here, step) {
            (Some(here), Some(step)) => step.in_list(here, last),
            (here, _) => here.unwrap_or(0),
        };
        self.focus = found.get(next).copied().unwrap_or(self.focus);
        Reaction::Changed
    }

    /// Does with the theme that was picked what it was picked for. Returns whether one was.
    pub(super) fn pick(&mut self) -> bool {
        let (Some(picking), Some(into)) = (self.picking.take(), self.theme()) else {
            return false;
        };
        match picking {
            Picking::Merge(theme) if theme != into => {
                self.bench.merge_theme(&theme, &into);
                self.stand_at(&into);
            }
            Picking::Merge(_) => {}
            // Under itself a theme stands nowhere: it goes to the top.
            Picking::Move(theme) => {
                let under = (theme != into).then_some(into);
                self.bench.move_theme(&theme, under);
                self.stand_at(&theme);
            }
        }
        true
    }

    fn press(&mut self, s: &Situation) -> Reaction {
        if let Some(row) = self.row_below() {
            let heading = s.texts.coordinator.coding.title.clone();
            let told = Told::new(heading, self.told(row, s));
            return Reaction::Do(Command::Deed(Deed::Tell(Box::new(told))));
        }
        if self.pick() {
            self.look();
            return Reaction::Changed;
        }
        self.write_memo()
    }

    /// Returns the answers that are about a theme and none under it.
    fn tagged(&self, theme: &Id) -> impl Iterator<Item = &OpenAnswer> {
        let theme = theme.clone();
        let all = self.bench.questions().iter().flat_map(OpenQuestion::answers);
        all.filter(move |answer| self.bench.book().themes_of(&answer.answer).contains(&theme))
    }

    pub(super) fn split_page(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        let Some(splitting) = &self.splitting else {
            return pane;
        };
        if let Some(theme) = self.bench.book().theme(&splitting.theme) {
            let name = self.bench.theme_name(theme, s.language());
            pane.text(&fill(&words.split_about, &[("theme", &name)]), Tone::Heading);
        }
        if let Some((Typing::SplitName, field)) = &self.typing {
            pane.field(&words.new_label, field);
        }
        pane.blank();
        for (place, answer) in self.tagged(&splitting.theme).enumerate() {
            let mark = if splitting.chosen.contains(&answer.answer) {
                "[x] "
            } else {
                "[ ] "
            };
            let focused = self.focus == place && self.typing.is_none();
            let text = self.bench.shown(answer);
            pane.long_row(mark, text.as_str(), focused, &Command::Press(place));
        }
        pane
    }

    pub(super) fn take_split(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(splitting) = &self.splitting else {
            return Reaction::Nothing;
        };
        let theme = splitting.theme.clone();
        let answers: Vec<AnswerRef> = self.tagged(&theme).map(|answer| answer.answer.clone()).collect();
        let last = answers.len().saturating_sub(1);
        let chosen = |splitting: &mut Option<Splitting>, place: usize| {
            if let (Some(splitting), Some(answer)) = (splitting, answers.get(place))
                && !splitting.chosen.remove(answer)
            {
                splitting.chosen.insert(answer.clone());
            }
        };
        match command {
            Command::Move(step) => return self.go(*step, last),
            Command::Press(place) => {
                self.focus = (*place).min(last);
                chosen(&mut self.splitting, self.focus);
            }
            Command::Toggle => chosen(&mut self.splitting, self.focus.min(last)),
            Command::Enter if splitting.chosen.is_empty() => {
                let key = key_name(Key::Char(' '), &s.t().key);
                return Reaction::Say(fill(&s.texts.coordinator.coding.choose_first, &[("key", &key)]));
            }
            Command::Enter => return self.types(Typing::SplitName, ""),
            Command::Back => {
                self.splitting = None;
                self.stage = Stage::Themes;
                self.stand_at(&theme);
            }
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    /// Splits a theme: what was chosen goes to a new one of this name.
    pub(super) fn split(&mut self, name: &str) {
        let Some(splitting) = self.splitting.take() else {
            return;
        };
        let Splitting { theme, chosen } = splitting;
        let made = self
            .bench
            .split_theme(&theme, name, chosen.iter().cloned().collect());
        match made {
            Some(made) => {
                self.stage = Stage::Themes;
                self.look();
                self.stand_at(&made);
            }
            // Without a name nothing is split, and what was chosen stays chosen.
            None => self.splitting = Some(Splitting { theme, chosen }),
        }
    }

    /// What was typed about a theme.
    pub(super) fn typed_theme(&mut self, what: Typing, text: &str) {
        match (what, self.theme()) {
            (Typing::Rename, Some(theme)) => self.bench.rename_theme(&theme, text),
            (Typing::Memo, Some(theme)) => self.bench.write_memo(&theme, text),
            _ => {}
        }
        self.look_again();
    }

    /// Makes a theme of what was typed, and moves to it.
    /// Returns the theme that is called so already.
    pub(super) fn theme_called(&self, name: &str, s: &Situation) -> Option<Id> {
        let wanted = name.trim().to_lowercase();
        let tree = self.bench.tree();
        let named = |theme| self.bench.theme_name(theme, s.language()).to_lowercase();
        let found = tree.iter().find(|(_, theme)| named(theme) == wanted);
        found.map(|(_, theme)| theme.id.clone())
    }

    pub(super) fn make_theme(&mut self, name: &str) -> Option<Id> {
        let made = self.bench.new_theme(name, None)?;
        self.stand_at(&made);
        self.look_again();
        Some(made)
    }

    fn look_again(&mut self) {
        if self.stage == Stage::Themes {
            self.look();
        }
    }
}
