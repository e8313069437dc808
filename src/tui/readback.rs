//! The answers are read back, row by row: right, or corrected; and how words may be used.

use crate::domain::answer::Response;
use crate::domain::interview::readback::ReadbackRow;
use crate::domain::interview::{Action, Position};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::record::QuotePermission;
use crate::texts::fill;

use super::command::{Command, Open, Step};
use super::input::Key;
use super::keymap::{Binding, Keys};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::wrap::{columns, cut, pad};

/// The read-back. Which row it is at stands in the interview.
#[derive(Clone, Debug, Default)]
pub struct ReadBack {
    /// The kind question about quoting was put for this row; Enter goes on without it.
    asked: Option<ItemKey>,
    /// The first line that is seen of a long answer, and whose it is.
    from: Option<(ItemKey, usize)>,
}

/// Fewer lines have the introduction only at the first row.
const ROOMY: usize = 14;

const QUOTES: [QuotePermission; 3] = [
    QuotePermission::AsItStands,
    QuotePermission::Rewritten,
    QuotePermission::No,
];

impl ReadBack {
    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        let row = current(s);
        let enter = if self.reads_on(s) {
            &t.hint.read_on
        } else {
            &t.hint.right
        };
        let mut table = vec![
            Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 0),
            Binding::new(letter(&t.letter.correct), Command::Correct, &t.hint.correct, 1),
        ];
        if row.as_ref().is_some_and(|(row, ..)| row.may_quote) {
            table.push(Binding::new(
                Keys::Digits(1, 3),
                Command::Digit(1),
                &t.hint.quote,
                2,
            ));
        }
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &t.hint.go_to,
            5,
        ));
        table.push(Binding::new(
            letter(&t.letter.last),
            Command::EndReadBack,
            &t.hint.to_end,
            4,
        ));
        table.push(Binding::new(
            letter(&t.letter.back),
            Command::Back,
            &t.hint.back,
            4,
        ));
        table.push(Binding::new(
            letter(&t.letter.pause),
            Command::Open(Open::Pause),
            &t.hint.pause,
            5,
        ));
        if s.interview.as_ref().is_some_and(|i| i.entered().is_live()) {
            let card = Command::Open(Open::Card);
            table.push(Binding::new(letter(&t.letter.card), card, &t.hint.card, 3));
            table.push(Binding::silent(Keys::One(Key::F(6)), Command::Open(Open::Card)));
        }
        table.push(Binding::silent(
            letter(&t.letter.overview),
            Command::Open(Open::Overview),
        ));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::PageDown));
        table.push(Binding::silent(
            Keys::One(Key::Char('?')),
            Command::Open(Open::Help),
        ));
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, &t.hint.menu, 0));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().readback;
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        let Some(interview) = &s.interview else {
            return page;
        };
        let own = interview
            .survey()
            .parts()
            .readback
            .as_ref()
            .map(|text| s.says(text));
        let at = row_at(s);
        if at > 0 && super::frame::body_size(s).1 < ROOMY {
            // It was said; what is read aloud now needs the room.
        } else if !interview.entered().is_live() {
            page.pinned(&s.aside(&s.t().afterwards.check), Tone::Aside, 0);
        } else if s.is_group() {
            page.pinned(&s.aloud(&s.t().group.readback), Tone::Aloud, 0);
        } else {
            page.pinned(&s.aloud(&own.unwrap_or_else(|| t.aloud.clone())), Tone::Aloud, 0);
        }
        let rows = interview.readback_rows();
        let approved = rows.iter().filter(|row| row.approved).count();
        let said = [("done", approved.to_string()), ("all", rows.len().to_string())];
        let [done, all] = &said;
        let count = if s.is_live() {
            &t.count
        } else {
            &s.t().afterwards.count
        };
        page.pinned(
            &fill(count, &[(done.0, &done.1), (all.0, &all.1)]),
            Tone::Aside,
            0,
        );
        page.gap(Gap::Part);
        let mut section = None;
        for (place, row) in rows.iter().enumerate() {
            let here = interview.survey().section_of(row.item.question_id());
            let title = here.map(|section| s.says(&section.title));
            if title != section {
                page.gap(Gap::Options);
                page.text(&title.clone().unwrap_or_default(), Tone::Heading, 1);
                section = title;
            }
            self.row(s, row, place == at, width, &mut page);
        }
        page
    }

    fn row(&self, s: &Situation, row: &ReadbackRow, focused: bool, width: usize, page: &mut Page) {
        let t = &s.t().readback;
        let state = if row.approved { t.right.as_str() } else { "..." };
        let tone = if focused { Tone::Focus } else { Tone::Plain };
        let start = if focused { " > " } else { "   " };
        let room = room_of(s, width);
        let (asked, answer) = words(s, row);
        // What is read aloud now stands whole; the other rows are cut.
        let words = if focused {
            super::wrap::wrap(&asked, room)
        } else {
            let half = room / 2;
            vec![format!(
                "{}{}",
                pad(&cut(&asked, half.saturating_sub(2)), half),
                cut(&answer, room - half)
            )]
        };
        for (line, words) in words.iter().enumerate() {
            let state = if line == 0 { state } else { "" };
            let spans = vec![
                page.span(if line == 0 { start } else { "   " }, Tone::Plain),
                page.span(&pad(words, room), tone),
                page.span(&format!("  {state}"), Tone::Plain),
            ];
            page.line(spans);
            if focused && line == 0 {
                page.cursor(1);
            }
        }
        if focused {
            let whole = aloud_lines(s, row, &answer, room);
            let (from, most) = (self.first_line(row), answer_room(s, row, &asked, room));
            let mark = |page: &mut Page, says: &str| {
                page.text(says, Tone::Aside, 5);
                page.keep();
            };
            if from > 0 {
                mark(page, &s.t().more_above);
            }
            for line in whole.iter().skip(from).take(most) {
                page.text(line, Tone::Aloud, 5);
                page.keep();
            }
            if from + most < whole.len() {
                mark(page, &s.t().more_below);
            }
        }
        if focused && row.masked {
            page.text(&s.aside(&t.masked), Tone::Aside, 3);
        }
        if focused && row.may_quote {
            let agreed = s
                .interview
                .as_ref()
                .and_then(|interview| interview.quote(&row.item));
            let a = &s.t().afterwards;
            let no = if s.is_live() {
                page.text(&s.aloud(&t.quote), Tone::Aloud, 3);
                &t.quote_no
            } else {
                page.text(&a.quote, Tone::Plain, 3);
                &a.quote_no
            };
            page.keep();
            let ways = [&t.quote_as_it_stands, &t.quote_rewritten, no];
            for (place, (permission, says)) in QUOTES.into_iter().zip(ways).enumerate() {
                let mark = if agreed == Some(permission) { "(x)" } else { "( )" };
                page.text(&format!("{}  {mark} {says}", place + 1), Tone::Plain, 3);
                page.target(
                    3,
                    u16::try_from(width).unwrap_or(u16::MAX),
                    Command::Quote(permission),
                );
                page.keep();
            }
        }
    }

    /// Returns the first line that is seen of the answer of a row.
    fn first_line(&self, row: &ReadbackRow) -> usize {
        match &self.from {
            Some((item, from)) if *item == row.item => *from,
            _ => 0,
        }
    }

    /// Returns whether more of the answer lies below what is seen.
    fn reads_on(&self, s: &Situation) -> bool {
        let Some((row, ..)) = current(s) else {
            return false;
        };
        let room = room_of(s, super::frame::body_size(s).0);
        let (asked, answer) = words(s, &row);
        let lines = aloud_lines(s, &row, &answer, room).len();
        self.first_line(&row) + answer_room(s, &row, &asked, room) < lines
    }

    /// Returns the answers as the other person may look at them.
    pub(super) fn card(s: &Situation) -> Option<super::card::Shown> {
        let interview = s.interview.as_ref().filter(|i| i.entered().is_live())?;
        let rows = interview.readback_rows();
        Some(super::card::Shown {
            text: vec![s.t().card.answered.clone()],
            answers: rows.iter().map(|row| words(s, row)).collect(),
            at: row_at(s),
            ..super::card::Shown::default()
        })
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some((row, at, last)) = current(s) else {
            return Reaction::Do(command.clone());
        };
        match command {
            // A long answer is read to its end before it is called right.
            Command::Enter | Command::PageDown if self.reads_on(s) => {
                let (width, _) = super::frame::body_size(s);
                let room = room_of(s, width);
                let most = answer_room(s, &row, &words(s, &row).0, room);
                self.from = Some((row.item.clone(), self.first_line(&row) + most));
                Reaction::Changed
            }
            Command::PageUp if self.first_line(&row) > 0 => {
                self.from = None;
                Reaction::Changed
            }
            Command::PageDown => self.take(&Command::Move(Step::Down), s),
            Command::PageUp => Reaction::Do(Command::Back),
            Command::Enter => {
                let quoted = s.interview.as_ref().and_then(|i| i.quote(&row.item)).is_some();
                if row.may_quote && !quoted && self.asked.as_ref() != Some(&row.item) {
                    self.asked = Some(row.item);
                    let t = s.t();
                    let says = if s.is_live() {
                        &t.readback.quote_first
                    } else {
                        &t.afterwards.quote_first
                    };
                    return Reaction::Say(says.clone());
                }
                Reaction::Steps(vec![Action::Approve(row.item)])
            }
            Command::Digit(digit) => {
                let place = usize::from(*digit).checked_sub(1);
                match place
                    .and_then(|place| QUOTES.get(place))
                    .filter(|_| row.may_quote)
                {
                    Some(permission) => quote(row.item, *permission),
                    None => Reaction::Nothing,
                }
            }
            Command::Quote(permission) if row.may_quote => quote(row.item, *permission),
            Command::Correct => Reaction::Steps(vec![Action::Correct(row.item)]),
            Command::Move(Step::Down | Step::Right) if at < last => Reaction::Steps(vec![Action::Next]),
            Command::Move(Step::Up | Step::Left) if at > 0 => Reaction::Steps(vec![Action::Back]),
            Command::Move(_) => Reaction::Nothing,
            Command::EndReadBack => Reaction::Steps(vec![Action::EndReadBack]),
            other => Reaction::Do(other.clone()),
        }
    }
}

/// Returns the columns of a row, without its mark and its state.
fn room_of(s: &Situation, width: usize) -> usize {
    width.saturating_sub(3 + columns(&s.t().readback.right) + 2)
}

/// Returns the answer of a row as it is read aloud, in lines.
fn aloud_lines(s: &Situation, row: &ReadbackRow, answer: &str, room: usize) -> Vec<String> {
    let given = s
        .interview
        .as_ref()
        .and_then(|interview| interview.response(&row.item));
    let said = given.is_some_and(|response| response.answer().is_some()) && !row.masked;
    if said {
        super::wrap::wrap(&s.aloud(answer), room)
    } else {
        super::wrap::wrap(answer, room)
    }
}

/// Returns how many lines of an answer are seen together with what was asked and how it may be quoted.
fn answer_room(s: &Situation, row: &ReadbackRow, asked: &str, room: usize) -> usize {
    let (_, height) = super::frame::body_size(s);
    let head = if height < ROOMY { 1 } else { 4 };
    let quotes = if row.may_quote { 1 + QUOTES.len() } else { 0 };
    // Two lines say that there is more of the answer, and two that there are more rows.
    let taken = head + super::wrap::wrap(asked, room).len() + quotes + 4;
    height.saturating_sub(taken).max(2)
}

fn quote(item: ItemKey, permission: QuotePermission) -> Reaction {
    Reaction::Steps(vec![Action::Quote { item, permission }])
}

fn row_at(s: &Situation) -> usize {
    match s
        .interview
        .as_ref()
        .map(crate::domain::interview::Interview::position)
    {
        Some(Position::ReadBack(row)) => *row,
        _ => 0,
    }
}

/// Returns the row the read-back is at, its place, and the last place.
fn current(s: &Situation) -> Option<(ReadbackRow, usize, usize)> {
    let rows = s.interview.as_ref()?.readback_rows();
    let at = row_at(s);
    Some((rows.get(at)?.clone(), at, rows.len().saturating_sub(1)))
}

/// Returns what was asked and answered at a row.
fn words(s: &Situation, row: &ReadbackRow) -> (String, String) {
    let Some(interview) = &s.interview else {
        return (String::new(), String::new());
    };
    let survey = interview.survey();
    let asked = survey
        .item(&row.item)
        .map(|item| {
            let text = item.row.map_or(&item.question.text, |row| &row.text);
            let ask = item
                .scale
                .filter(|_| item.paired)
                .and_then(|scale| scale.ask.as_ref());
            match ask {
                Some(ask) => format!("{}: {}", s.says(text).trim_end_matches('.'), s.says(ask)),
                None => s.says(text),
            }
        })
        .unwrap_or_default();
    let passed = interview.response(&row.item).and_then(Response::missing) == Some(Missing::Skipped);
    let answer = s
        .response_words(&row.item)
        .filter(|_| !passed)
        .unwrap_or_else(|| s.t().readback.no_answer.clone());
    (asked, answer)
}
