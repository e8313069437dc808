//! Open answers under themes: one answer at a time, its themes beside it, quotes and what could tell who somebody is marked
//! in it. Everything can be undone; nothing of an interview is changed.

use std::fmt;

use crate::domain::id::Id;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::quote::Place as Words;
use crate::fieldwork::workbench::{
    Filter, Look, MayQuote, OpenAnswer, OpenQuestion, Piece, QuoteFacts, Safe, Show, Workbench,
};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::{columns, columns16};

use super::pane::{Pane, fit};
use super::{Deed, letter, usual_keys};

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// The name of a new theme.
    NewTheme,
    /// Another name of the theme that is focused.
    Rename,
    /// The word in brackets for what looks like an identifier.
    Bracket,
    /// What is looked for.
    Search,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Which question.
    Questions,
    /// Answers, one at a time.
    Answers,
    /// Quotes to be read by somebody before they stand.
    Quotes,
}

/// The screen.
pub struct Coding {
    bench: Box<Workbench>,
    stage: Stage,
    question: usize,
    /// Which of the answers that are shown.
    answer: usize,
    /// Which theme, or which row of another list.
    focus: usize,
    filter: Filter,
    typing: Option<(Typing, Field)>,
    /// A theme that goes into the one that is chosen next.
    merging: Option<Id>,
    /// The sentence a quote is marked in; nothing where none is being marked.
    marking: Option<usize>,
}

impl fmt::Debug for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coding({:?})", self.bench)
    }
}

impl Coding {
    /// Returns the screen at the choice of a question.
    #[must_use]
    pub fn new(bench: Box<Workbench>) -> Self {
        Self {
            bench,
            stage: Stage::Questions,
            question: 0,
            answer: 0,
            focus: 0,
            filter: Filter::default(),
            typing: None,
            merging: None,
            marking: None,
        }
    }

    /// Waits until everything is on disk; says why not.
    pub(in crate::tui) fn is_kept(&mut self) -> bool {
        matches!(self.bench.wait(), Safe::Yes | Safe::Soon)
    }

    fn asked(&self) -> Option<&OpenQuestion> {
        self.bench.questions().get(self.question)
    }

    /// Returns the places of the answers that are shown.
    fn shown(&self) -> Vec<usize> {
        self.asked()
            .map_or_else(Vec::new, |question| self.bench.filtered(question, &self.filter))
    }

    fn current(&self) -> Option<&OpenAnswer> {
        let shown = self.shown();
        let place = shown.get(self.answer.min(shown.len().saturating_sub(1)))?;
        self.asked()?.answers().get(*place)
    }

    fn theme(&self) -> Option<Id> {
        let tree = self.bench.tree();
        tree.get(self.focus).map(|(_, theme)| theme.id.clone())
    }

    /// Returns what stands in row 1.
    pub(super) fn heading(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        match self.stage {
            Stage::Questions => words.title.clone(),
            Stage::Quotes => words.quotes.clone(),
            Stage::Answers => {
                let all = self.shown().len();
                let number = (self.answer + 1).min(all).to_string();
                fill(&words.heading, &[("number", &number), ("all", &all.to_string())])
            }
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
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
            }
            Stage::Answers if self.marking.is_some() => {
                let enter = Keys::One(Key::Enter);
                table.push(Binding::new(enter, Command::Enter, &own.mark_this, 1));
                let arrows = Command::Move(Step::Right);
                table.push(Binding::new(Keys::LeftRight, arrows, &own.other_sentence, 1));
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
            let help = Command::Open(crate::tui::command::Open::Help);
            table.push(Binding::new(Keys::One(Key::Char('?')), help, &hint.help, 6));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Back, &hint.back, 0));
        }
        table
    }

    /// Returns the first place in the answer that looks like an identifier and nobody has decided on.
    fn undecided(&self) -> Option<Words> {
        let answer = self.current()?;
        self.bench.undecided(answer).next().map(|found| found.place)
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let mut page = Page::new(width, s.theme());
        let pane = match self.stage {
            Stage::Questions => self.questions(s, width).seen(height, None, more),
            Stage::Quotes => self.quotes(s, width).seen(height, None, more),
            Stage::Answers => match Pane::halves(width) {
                Some((left, right)) => {
                    let down = if s.look.ascii { "|" } else { "│" };
                    let answer = self.answer_pane(s, left).seen(height, Some(0), more);
                    let themes = self.themes(s, right).seen(height, None, more);
                    answer.beside(themes, down)
                }
                None => {
                    // The whole answer is seen where there is room; the themes have at least four lines.
                    let answer = self.answer_pane(s, width);
                    let most = height.saturating_sub(5).max(height / 2);
                    let own = answer.height().min(most);
                    let mut pane = answer.seen(own, Some(0), more);
                    pane.blank();
                    let room = height.saturating_sub(pane.height());
                    pane.below(self.themes(s, width).seen(room, None, more));
                    pane
                }
            },
        };
        pane.write(&mut page);
        page
    }

    fn questions(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        if self.bench.questions().is_empty() {
            pane.text(&words.no_answers, Tone::Plain);
        }
        for (place, question) in self.bench.questions().iter().enumerate() {
            let answers = question.answers();
            let done = answers.iter().filter(|answer| {
                self.bench
                    .book()
                    .is_gone_through(&answer.answer, self.bench.coder())
            });
            let (done, all) = (done.count().to_string(), answers.len().to_string());
            let title = question.title.get(s.language());
            let counts = fill(&words.gone_through, &[("n", &done), ("all", &all)]);
            let room = width.saturating_sub(columns(&counts) + 4);
            let text = format!("{} {counts}", fit(title, room));
            pane.row(&text, self.focus == place, &Command::Press(place));
        }
        let batches = self.bench.saturation();
        if let Some(last) = batches.last() {
            pane.blank();
            let values = [
                ("interviews", last.interviews.to_string()),
                ("themes", last.new_themes.to_string()),
            ];
            let [interviews, themes] = &values;
            let said = fill(
                &words.saturation,
                &[(interviews.0, &interviews.1), (themes.0, &themes.1)],
            );
            pane.text(&said, Tone::Aside);
        }
        pane
    }

    /// The question and the answer, marked.
    fn answer_pane(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        if let Some(question) = self.asked() {
            pane.text(question.title.get(s.language()), Tone::Heading);
        }
        let show = self.show_words(s);
        if !show.is_empty() {
            pane.text(&show, Tone::Aside);
        }
        if let Some((Typing::Search, field)) = &self.typing {
            field_line(&mut pane, &s.t().overview.search, field);
        }
        let Some(answer) = self.current() else {
            pane.text(&words.none_left, Tone::Plain);
            return pane;
        };
        pane.blank();
        let marked = self.sentence(answer);
        let pieces = self.bench.pieces(answer);
        written(&pieces, marked, &mut pane);
        pane.blank();
        let may = match answer.may_quote {
            MayQuote::Yes => &words.may_quote,
            MayQuote::InOtherWords => &words.in_other_words,
            MayQuote::NotAgreed => &words.not_agreed,
            MayQuote::NotReadBack => &words.not_read_back,
        };
        pane.text(may, Tone::Aside);
        if answer.is_group {
            pane.text(&words.by_group, Tone::Aside);
        }
        if let Some((Typing::Bracket, field)) = &self.typing {
            field_line(&mut pane, &words.bracket_label, field);
        } else if self.undecided().is_some() {
            pane.text(&words.looks_like, Tone::Notice);
        }
        pane
    }

    fn show_words(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        let show = match &self.filter.show {
            Show::All => "",
            Show::NotGoneThrough => &words.show_not_gone,
            Show::NoTheme => &words.show_no_theme,
            Show::Quoted => &words.show_quoted,
            Show::Identifier => &words.show_identifier,
            Show::Theme(_) => &words.show_theme,
        };
        let searched = self.filter.words.trim();
        if searched.is_empty() {
            show.to_owned()
        } else {
            format!("{show} «{searched}»").trim().to_owned()
        }
    }

    fn themes(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.themes, Tone::Heading);
        let current = self.current().map(|answer| answer.answer.clone());
        let (own, others) = match &current {
            Some(answer) => (
                self.bench.book().themes_by(self.bench.coder(), answer),
                self.bench.book().themes_of(answer),
            ),
            None => Default::default(),
        };
        for (place, (depth, theme)) in self.bench.tree().into_iter().enumerate() {
            let digit = if place < 9 {
                format!("{} ", place + 1)
            } else {
                "  ".to_owned()
            };
            let mark = if own.contains(&theme.id) {
                "[x]"
            } else if others.contains(&theme.id) {
                "[o]"
            } else {
                "[ ]"
            };
            let merging = if self.merging.as_ref() == Some(&theme.id) {
                format!("  ({})", words.is_merged)
            } else {
                String::new()
            };
            let name = self.bench.theme_name(theme, s.language());
            let text = format!("{digit}{mark} {}{name}{merging}", "  ".repeat(depth));
            let focused = self.focus == place && self.typing.is_none();
            if self.focus == place
                && let Some((Typing::Rename, field)) = &self.typing
            {
                field_line(&mut pane, &words.rename_label, field);
            } else {
                pane.row(&text, focused, &Command::Press(place));
                if self.focus == place {
                    pane.focus();
                }
            }
        }
        if let Some((Typing::NewTheme, field)) = &self.typing {
            field_line(&mut pane, &words.new_label, field);
        }
        if others.difference(&own).next().is_some() {
            pane.text(&words.by_another, Tone::Aside);
        }
        pane
    }

    /// Quotes that are marked, with who has read them.
    fn quotes(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.quotes_about, Tone::Plain);
        let quotes = self.bench.quotes();
        if quotes.is_empty() {
            pane.blank();
            pane.text(&words.no_quotes, Tone::Plain);
        }
        for (place, quote) in quotes.iter().enumerate() {
            pane.blank();
            let text = crate::report::wording::quoted(quote.words.as_str(), s.language());
            pane.long_row("", &text, self.focus == place, &Command::Press(place));
            pane.hanging("    ", &self.quote_words(quote, s), Tone::Aside);
        }
        pane
    }

    fn quote_words(&self, quote: &QuoteFacts, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        let mut said = Vec::new();
        let theme = self.bench.book().theme(&quote.theme);
        if let Some(theme) = theme {
            said.push(self.bench.theme_name(theme, s.language()));
        }
        said.push(match quote.may_quote {
            MayQuote::Yes => words.may_quote.clone(),
            MayQuote::InOtherWords => words.in_other_words.clone(),
            MayQuote::NotAgreed => words.not_agreed.clone(),
            MayQuote::NotReadBack => words.not_read_back.clone(),
        });
        if !quote.searched {
            said.push(words.looks_like.clone());
        }
        let readers = quote.reviewers.len().to_string();
        said.push(fill(&words.read_by, &[("n", &readers)]));
        if quote.is_unfit {
            said.push(words.is_unfit.clone());
        }
        said.join("  ")
    }

    /// The sentence that is being marked, as a place in the answer.
    fn sentence(&self, answer: &OpenAnswer) -> Option<Words> {
        let sentences = sentences(answer.words.as_str());
        let place = self.marking?.min(sentences.len().saturating_sub(1));
        sentences.get(place).copied()
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        match self.stage {
            Stage::Questions => self.take_questions(command),
            Stage::Quotes => self.take_quotes(command),
            Stage::Answers => self.take_answers(command, s),
        }
    }

    fn take_questions(&mut self, command: &Command) -> Reaction {
        let last = self.bench.questions().len().saturating_sub(1);
        match command {
            Command::Move(step) => self.go(*step, last),
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.open_question()
            }
            Command::Enter => self.open_question(),
            Command::Deed(Deed::Quotes) => {
                self.stage = Stage::Quotes;
                self.focus = 0;
                Reaction::Changed
            }
            other => Reaction::Do(other.clone()),
        }
    }

    fn open_question(&mut self) -> Reaction {
        if self.bench.questions().is_empty() {
            return Reaction::Nothing;
        }
        self.question = self.focus;
        self.stage = Stage::Answers;
        self.answer = 0;
        self.focus = 0;
        self.filter = Filter::default();
        Reaction::Changed
    }

    fn take_quotes(&mut self, command: &Command) -> Reaction {
        let quotes = self.bench.quotes();
        let last = quotes.len().saturating_sub(1);
        let current = quotes.get(self.focus.min(last)).map(|quote| quote.quote.clone());
        match command {
            Command::Move(step) => return self.go(*step, last),
            Command::Press(place) => self.focus = (*place).min(last),
            Command::Back => {
                self.stage = Stage::Questions;
                self.focus = 0;
            }
            Command::Deed(deed @ (Deed::Fit | Deed::Unfit | Deed::Drop)) => {
                let Some(quote) = current else {
                    return Reaction::Nothing;
                };
                match deed {
                    Deed::Drop => self.bench.drop_quote(&quote),
                    deed => self.bench.review_quote(&quote, *deed == Deed::Fit),
                }
            }
            Command::Undo => return self.undo(true),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    fn go(&mut self, step: Step, last: usize) -> Reaction {
        let before = self.focus.min(last);
        self.focus = match step {
            Step::Up | Step::Left => before.saturating_sub(1),
            Step::Down | Step::Right => (before + 1).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        Reaction::Changed
    }

    fn take_answers(&mut self, command: &Command, s: &Situation) -> Reaction {
        if self.marking.is_some() {
            return self.take_marking(command, s);
        }
        let words = &s.texts.coordinator.coding;
        let last = self.bench.tree().len().saturating_sub(1);
        match command {
            Command::Move(Step::Right) | Command::PageDown => self.next_answer(true),
            Command::Move(Step::Left) | Command::PageUp => self.next_answer(false),
            Command::Move(step) => self.go(*step, last),
            Command::Digit(digit) => {
                let place = usize::from(*digit).saturating_sub(1);
                if place > last {
                    return Reaction::Nothing;
                }
                self.focus = place;
                self.toggle()
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.toggle()
            }
            Command::Toggle => self.toggle(),
            Command::Undo => self.undo(true),
            Command::Redo => self.undo(false),
            Command::Back => {
                if self.merging.take().is_some() {
                    return Reaction::Changed;
                }
                self.stage = Stage::Questions;
                self.focus = self.question;
                Reaction::Changed
            }
            Command::Filter => self.types(Typing::Search, &self.filter.words.clone()),
            Command::Deed(Deed::NewTheme) => self.types(Typing::NewTheme, ""),
            Command::Deed(Deed::Rename) => {
                let name = self.theme().and_then(|theme| {
                    let theme = self.bench.book().theme(&theme)?;
                    Some(self.bench.theme_name(theme, s.language()))
                });
                match name {
                    Some(name) => self.types(Typing::Rename, &name),
                    None => Reaction::Nothing,
                }
            }
            Command::Deed(Deed::Merge) => {
                self.merging = self.theme();
                Reaction::Say(words.merge_how.clone())
            }
            Command::Deed(Deed::Drop) => match self.theme() {
                Some(theme) => {
                    self.bench.drop_theme(&theme);
                    Reaction::Say(words.dropped.clone())
                }
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::Filter) => {
                self.filter.show = match &self.filter.show {
                    Show::All => Show::NotGoneThrough,
                    Show::NotGoneThrough => Show::NoTheme,
                    Show::NoTheme => Show::Identifier,
                    Show::Identifier => Show::Quoted,
                    Show::Quoted => self.theme().map_or(Show::All, Show::Theme),
                    Show::Theme(_) => Show::All,
                };
                self.answer = 0;
                Reaction::Changed
            }
            Command::Deed(Deed::Mark) => match self.current() {
                Some(_) if self.theme().is_none() => Reaction::Say(words.theme_first.clone()),
                Some(_) => {
                    self.marking = Some(0);
                    Reaction::Changed
                }
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::Bracket) => match self.undecided() {
                Some(_) => self.types(Typing::Bracket, &words.somebody),
                None => Reaction::Nothing,
            },
            Command::Deed(Deed::NoName) => {
                let found = self.current().map(|answer| answer.answer.clone());
                match (found, self.undecided()) {
                    (Some(answer), Some(place)) => {
                        self.bench.no_name(&answer, place);
                        Reaction::Changed
                    }
                    _ => Reaction::Nothing,
                }
            }
            other => Reaction::Do(other.clone()),
        }
    }

    fn take_marking(&mut self, command: &Command, s: &Situation) -> Reaction {
        let words = &s.texts.coordinator.coding;
        let count = self
            .current()
            .map_or(0, |answer| sentences(answer.words.as_str()).len());
        let here = self.marking.unwrap_or(0);
        match command {
            Command::Move(Step::Left | Step::Up) => self.marking = Some(here.saturating_sub(1)),
            Command::Move(_) => self.marking = Some((here + 1).min(count.saturating_sub(1))),
            Command::Back | Command::Close => self.marking = None,
            Command::Enter => {
                let place = self.current().and_then(|answer| {
                    let place = self.sentence(answer)?;
                    Some((answer.answer.clone(), place))
                });
                self.marking = None;
                if let (Some((answer, place)), Some(theme)) = (place, self.theme()) {
                    self.bench.mark_quote(&answer, place, &theme);
                    return Reaction::Say(words.marked.clone());
                }
            }
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    fn types(&mut self, what: Typing, text: &str) -> Reaction {
        self.typing = Some((what, Field::line(text)));
        Reaction::Changed
    }

    fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => {
                if matches!(self.typing, Some((Typing::Search, _))) {
                    self.filter.words.clear();
                }
                self.typing = None;
                return Reaction::Changed;
            }
            Command::Enter => {
                let Some((what, field)) = self.typing.take() else {
                    return Reaction::Nothing;
                };
                return self.typed(what, field.shown().trim());
            }
            _ => {}
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
        }
        edited
    }

    fn typed(&mut self, what: Typing, text: &str) -> Reaction {
        let answer = self.current().map(|answer| answer.answer.clone());
        match what {
            Typing::Search => {}
            Typing::NewTheme => {
                if let Some(theme) = self.bench.new_theme(text, None) {
                    if let Some(answer) = &answer {
                        self.bench.toggle(answer, &theme);
                    }
                    let tree = self.bench.tree();
                    self.focus = tree
                        .iter()
                        .position(|(_, own)| own.id == theme)
                        .unwrap_or(self.focus);
                }
            }
            Typing::Rename => {
                if let Some(theme) = self.theme() {
                    self.bench.rename_theme(&theme, text);
                }
            }
            Typing::Bracket => {
                if let (Some(answer), Some(place)) = (answer, self.undecided()) {
                    self.bench.bracket(&answer, place, text);
                }
            }
        }
        Reaction::Changed
    }

    fn toggle(&mut self) -> Reaction {
        let Some(theme) = self.theme() else {
            return Reaction::Nothing;
        };
        if let Some(from) = self.merging.take() {
            if from != theme {
                self.bench.merge_theme(&from, &theme);
            }
            return Reaction::Changed;
        }
        if let Some(answer) = self.current().map(|answer| answer.answer.clone()) {
            self.bench.toggle(&answer, &theme);
        }
        Reaction::Changed
    }

    /// To the next answer, or the one before. Whoever leaves an answer has gone through it.
    fn next_answer(&mut self, further: bool) -> Reaction {
        let before: Option<AnswerRef> = self.current().map(|answer| answer.answer.clone());
        let count = self.shown().len();
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

    fn undo(&mut self, back: bool) -> Reaction {
        let done = if back {
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

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}

/// A line that is typed in, with the cursor.
pub(super) fn field_line(pane: &mut Pane, label: &str, field: &Field) {
    let lead = format!("{label} ");
    let at = columns16(&lead).saturating_add(u16::try_from(field.cursor_column()).unwrap_or(u16::MAX));
    pane.spans(vec![
        (lead, Tone::Plain),
        (field.shown().to_owned(), Tone::Chosen),
    ]);
    let last = u16::try_from(pane.width().saturating_sub(1)).unwrap_or(u16::MAX);
    pane.cursor(at.min(last));
}

/// Writes an answer, word by word: brackets as brackets, what looks like an identifier between double marks, quotes and
/// the sentence being marked in their tones.
fn written(pieces: &[Piece], marked: Option<Words>, pane: &mut Pane) {
    let mut line: Vec<(String, Tone)> = Vec::new();
    let mut used = 0;
    let width = pane.width();
    for piece in pieces {
        let (text, tone) = match &piece.look {
            Look::Suggested(_) => (format!("<<{}>>", piece.text), Tone::Notice),
            Look::Bracket(_) => (piece.text.clone(), Tone::Chosen),
            Look::Plain if piece.quotes.is_empty() => (piece.text.clone(), Tone::Plain),
            Look::Plain => (piece.text.clone(), Tone::Aloud),
        };
        let mut at = piece.place.from;
        for part in text.split_inclusive([' ', '\n']) {
            let is_marked = marked.is_some_and(|marked| marked.from <= at && at < marked.to);
            at = at.saturating_add(u32::try_from(part.chars().count()).unwrap_or(0));
            let ends = part.ends_with('\n');
            let part = part.trim_end_matches('\n');
            if used > 0 && used + columns(part.trim_end()) > width {
                pane.spans(std::mem::take(&mut line));
                used = 0;
            }
            used += columns(part);
            line.push((part.to_owned(), if is_marked { Tone::Focus } else { tone }));
            if ends {
                pane.spans(std::mem::take(&mut line));
                used = 0;
            }
        }
    }
    if !line.is_empty() {
        pane.spans(line);
    }
}

/// Returns the sentences of an answer as places in its characters.
fn sentences(text: &str) -> Vec<Words> {
    let mut found = Vec::new();
    let mut from = 0_u32;
    let mut at = 0_u32;
    let mut ended = false;
    for c in text.chars() {
        if ended && !c.is_whitespace() && !matches!(c, '.' | '!' | '?' | '"' | '»' | ')') {
            found.push(Words { from, to: at });
            from = at;
            ended = false;
        }
        ended |= matches!(c, '.' | '!' | '?' | '\n');
        at = at.saturating_add(1);
    }
    if from < at {
        found.push(Words { from, to: at });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn an_answer_is_marked_sentence_by_sentence() {
        let text = "Fortalt fire ganger! Skulle ønske de leste først. Ja...";
        let shown: Vec<String> = sentences(text)
            .into_iter()
            .map(|place| {
                let count = (place.to - place.from) as usize;
                text.chars().skip(place.from as usize).take(count).collect()
            })
            .collect();
        assert_eq!(
            shown,
            ["Fortalt fire ganger! ", "Skulle ønske de leste først. ", "Ja..."]
        );
        assert!(sentences("").is_empty());
    }
}
