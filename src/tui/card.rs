//! The screen turned to the other person: what is asked, what can be answered, and nothing else.
//!
//! Nothing private stands on it: no note, no earlier answer (the one being given only where the settings say so), no
//! place in the interview. It fits a window of letters
//! made very big.

use crate::domain::missing::Missing;
use crate::texts::fill;

use super::command::{Command, Step};
use super::input::Key;
use super::keymap::{Binding, Keys};
use super::page::{Gap, Page};
use super::situation::{Situation, Way};
use super::theme::Tone;
use super::view::Reaction;
use super::wrap::{columns, wrap};

/// The smallest window it works in: columns and rows.
pub const SMALLEST: (u16, u16) = (40, 12);
/// Rows that are not body: the mark of practice, and the hint.
pub const CHROME: u16 = 2;
/// Before what is chosen.
pub const CHOSEN: &str = "(x) ";
/// From this width there is air on the left.
const ROOMY: usize = 56;
/// Lines are not longer than this, where there is room.
const LINE: usize = 66;

/// What a card shows.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// What is asked.
    pub text: Vec<String>,
    /// What can be answered: a number, where there is one, and words.
    pub options: Vec<(String, String)>,
    /// Numbers on a line, from the least.
    pub line: Vec<String>,
    /// The ways not to answer.
    pub ways: Vec<Way>,
    /// What was answered, in the read-back: question and answer.
    pub answers: Vec<(String, String)>,
    /// Which of the answers is read now.
    pub at: usize,
    /// Whether digits answer.
    pub digits: bool,
    /// What is chosen already, where that is to be seen: an option's mark, in the order of the options.
    pub marks: Vec<String>,
    /// The chosen way not to answer.
    pub chosen_way: Option<Missing>,
}

/// A card on the screen.
#[derive(Clone, Debug)]
pub struct Card {
    shown: Shown,
    from: Option<usize>,
}

impl Card {
    /// Returns a card that shows this.
    #[must_use]
    pub const fn new(shown: Shown) -> Self {
        Self { shown, from: None }
    }

    /// Shows this instead.
    pub(super) fn show(&mut self, shown: Shown) {
        if self.shown.text != shown.text {
            self.from = None;
        }
        self.shown = shown;
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = vec![
            Binding::new(Keys::One(Key::Esc), Command::Close, &t.hint.turn_back, 0),
            Binding::silent(Keys::One(Key::Enter), Command::Close),
            Binding::silent(Keys::Letter(t.letter.card.clone()), Command::Close),
            Binding::silent(Keys::One(Key::F(6)), Command::Close),
        ];
        if self.shown.digits {
            table.push(Binding::silent(Keys::Digits(0, 9), Command::Digit(0)));
        }
        for way in &self.shown.ways {
            let letter = Keys::Letter(way.letter.clone());
            table.push(Binding::silent(letter, Command::Missing(way.kind)));
        }
        let (left, from) = (self.left(s), self.first_line(s));
        let down = Keys::One(Key::PageDown);
        if left > 0 {
            table.push(Binding::new(down, Command::PageDown, &t.hint.read_on, 1));
        } else {
            table.push(Binding::silent(down, Command::PageDown));
        }
        table.push(if left > 0 || from > 0 {
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.scroll, 2)
        } else {
            Binding::silent(Keys::UpDown, Command::Move(Step::Down))
        });
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = self.whole(s, width, height);
        if page.lines() > height {
            page.scroll_to(self.first_line(s));
        }
        page
    }

    fn whole(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let shown = &self.shown;
        let (indent, inset) = if width >= ROOMY { (4, 7) } else { (0, 1) };
        let room = width.min(LINE + inset);
        let mut page = Page::new(room, s.theme());
        page.says_more(&t.more_above, &t.more_below);
        for text in &shown.text {
            let indent = if shown.answers.is_empty() { indent } else { 1 };
            page.text(text, Tone::Aloud, indent);
            page.gap(Gap::Part);
        }
        for (place, (number, words)) in shown.options.iter().enumerate() {
            let lead = if number.is_empty() {
                "-  ".to_owned()
            } else {
                format!("{number}   ")
            };
            let mark = shown.marks.get(place).map_or("", String::as_str);
            let tone = if mark.trim().is_empty() {
                Tone::Plain
            } else {
                Tone::Chosen
            };
            page.hanging(&format!("{lead}{mark}"), words, tone, inset);
            page.gap(Gap::Options);
        }
        self.numbers(&mut page, height, inset);
        for (place, (asked, answer)) in shown.answers.iter().enumerate() {
            let now = place == shown.at;
            for (line, words) in wrap(asked, room.saturating_sub(3)).into_iter().enumerate() {
                let mark = if now && line == 0 { " > " } else { "   " };
                page.plain(
                    &format!("{mark}{words}"),
                    if now { Tone::Aloud } else { Tone::Plain },
                );
                if now && line == 0 {
                    page.cursor(1);
                }
            }
            page.text(answer, Tone::Chosen, 5);
            page.gap(Gap::Options);
        }
        if !shown.ways.is_empty() {
            let words = |way: &Way| match shown.chosen_way {
                Some(chosen) if chosen == way.kind => format!("{CHOSEN}{}", way.words),
                _ => way.words.clone(),
            };
            let ways: Vec<String> = shown.ways.iter().map(words).collect();
            page.gap(Gap::Part);
            let ways = ways.join(&t.card.between_ways);
            page.text(&fill(&t.card.also, &[("ways", &ways)]), Tone::Plain, indent);
        }
        if shown.answers.is_empty() {
            page.cursor_at_top(u16::try_from(indent).unwrap_or(0));
        }
        page
    }

    /// Numbers stand as a thermometer where the window is high, else in a row.
    fn numbers(&self, page: &mut Page, height: usize, inset: usize) {
        let numbers = &self.shown.line;
        if numbers.is_empty() {
            return;
        }
        if height >= numbers.len() + page.lines() + 4 {
            for number in numbers.iter().rev() {
                let line = format!("{}{number:>3}  |", " ".repeat(inset));
                page.plain(&line, Tone::Plain);
            }
            return;
        }
        let row = numbers.join("   ");
        let between = if columns(&row) + inset <= page.width() {
            "   "
        } else {
            "  "
        };
        page.text(&numbers.join(between), Tone::Plain, inset);
    }

    /// Returns the first line seen: in the read-back the one that is read now.
    fn first_line(&self, s: &Situation) -> usize {
        let (width, height) = body_size(s);
        self.from.unwrap_or_else(|| {
            let above: usize = self
                .shown
                .answers
                .iter()
                .take(self.shown.at)
                .map(|(asked, answer)| {
                    wrap(asked, width.saturating_sub(3)).len() + wrap(answer, width.saturating_sub(5)).len()
                })
                .sum();
            let lines = self.whole(s, width, height).lines();
            above.min(lines.saturating_sub(height))
        })
    }

    /// Returns how many lines lie below what is seen.
    fn left(&self, s: &Situation) -> usize {
        let (width, height) = body_size(s);
        let lines = self.whole(s, width, height).lines();
        lines.saturating_sub(self.first_line(s) + height)
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let (_, height) = body_size(s);
        let before = self.first_line(s);
        let turn = height.saturating_sub(2).max(1);
        let from = match command {
            Command::PageDown => before + self.left(s).min(turn),
            Command::PageUp => before.saturating_sub(turn),
            Command::Move(Step::Down) => before + self.left(s).min(1),
            Command::Move(Step::Up) => before.saturating_sub(1),
            Command::Move(Step::First) => 0,
            Command::Move(Step::Last) => before + self.left(s),
            Command::Move(_) => before,
            // Both look at the card, and the interviewer answers.
            Command::Digit(_) | Command::Missing(_) => return Reaction::Beneath(command.clone()),
            other => return Reaction::Do(other.clone()),
        };
        if from == before {
            return Reaction::Nothing;
        }
        self.from = Some(from);
        Reaction::Changed
    }
}

/// Returns the columns and rows of a card's body.
fn body_size(s: &Situation) -> (usize, usize) {
    let (width, height) = s.size;
    (
        usize::from(width.min(super::frame::WIDEST).saturating_sub(4)),
        usize::from(height.saturating_sub(CHROME)),
    )
}
