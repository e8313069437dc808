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
use super::wrap::{columns, cut, pad, wrap};

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

/// The columns before an answer.
const ANSWER: usize = 5;

/// Between ways to answer that stand in one line.
const BETWEEN: &str = "   ";

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
        // Last, so that the other hints stay where they are.
        if row.as_ref().is_some_and(|(row, ..)| row.may_quote) {
            table.push(Binding::new(
                Keys::Digits(1, 3),
                Command::Digit(1),
                &t.hint.quote,
                2,
            ));
        }
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().readback;
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        page.follow_evenly();
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

    /// A row looks the same whether it is read now or not, but for the mark and what is asked about quoting: a step
    /// changes little on the screen, and nothing jumps about.
    fn row(&self, s: &Situation, row: &ReadbackRow, focused: bool, width: usize, page: &mut Page) {
        let t = &s.t().readback;
        let state = if row.approved { t.right.as_str() } else { "..." };
        let room = room_of(s, width);
        let (asked, answer) = words(s, row);
        for (line, words) in wrap(&asked, room).iter().enumerate() {
            if line > 0 {
                page.plain(&format!("   {words}"), Tone::Plain);
                continue;
            }
            let (mark, tone) = if focused {
                (" >", Tone::Focus)
            } else {
                ("  ", Tone::Plain)
            };
            page.line(vec![
                page.span(mark, tone),
                page.span(&format!(" {}  {state}", pad(words, room)), Tone::Plain),
            ]);
            if focused {
                page.cursor(1);
            }
        }
        if row.masked {
            page.text(&t.masked, Tone::Aside, ANSWER);
            if focused {
                page.keep();
            }
            return;
        }
        let whole = aloud_lines(s, row, &answer, room);
        if !focused {
            let first = whole.first().map_or("", String::as_str);
            let more = if whole.len() > 1 { " …" } else { "" };
            page.text(
                &format!("{}{more}", cut(first, room.saturating_sub(2))),
                Tone::Aloud,
                ANSWER,
            );
            return;
        }
        let (from, most) = (self.first_line(row), answer_room(s, row, &asked));
        let mark = |page: &mut Page, says: &str| {
            page.text(says, Tone::Aside, ANSWER);
            page.keep();
        };
        if from > 0 {
            mark(page, &s.t().more_above);
        }
        for line in whole.iter().skip(from).take(most) {
            page.text(line, Tone::Aloud, ANSWER);
            page.keep();
        }
        if from + most < whole.len() {
            mark(page, &s.t().more_below);
        }
        if row.may_quote {
            self.quoting(s, row, width, page);
        }
    }

    /// Asks how the words may be used; the ways stand in one line where there is room.
    fn quoting(&self, s: &Situation, row: &ReadbackRow, width: usize, page: &mut Page) {
        let (t, a) = (&s.t().readback, &s.t().afterwards);
        if s.is_live() {
            page.text(&s.aloud(&t.quote), Tone::Aloud, ANSWER);
        } else {
            page.text(&a.quote, Tone::Plain, ANSWER);
        }
        page.keep();
        let agreed = s.interview.as_ref().and_then(|i| i.quote(&row.item));
        let beside = are_beside(s, width);
        let mut at = ANSWER;
        for (place, (permission, says)) in ways(s, agreed).into_iter().enumerate() {
            if beside && place > 0 {
                page.append(&format!("{BETWEEN}{says}"));
                at += columns(BETWEEN);
            } else {
                page.text(&says, Tone::Plain, ANSWER);
                page.keep();
                at = ANSWER;
            }
            let to = at + columns(&says);
            let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
            page.target(column(at), column(to), Command::Quote(permission));
            at = to;
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
        self.first_line(&row) + answer_room(s, &row, &asked) < lines
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
                let most = answer_room(s, &row, &words(s, &row).0);
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
            Command::Move(Step::First) if at > 0 => Reaction::Steps(vec![Action::Back; at]),
            Command::Move(Step::Last) if at < last => Reaction::Steps(vec![Action::Next; last - at]),
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
        wrap(&s.aloud(answer), room)
    } else {
        wrap(answer, room)
    }
}

/// Returns how many lines of an answer are seen together with what was asked and how it may be quoted.
fn answer_room(s: &Situation, row: &ReadbackRow, asked: &str) -> usize {
    let (width, height) = super::frame::body_size(s);
    let head = if height < ROOMY { 1 } else { 4 };
    let ways = if are_beside(s, width) { 1 } else { QUOTES.len() };
    let quotes = if row.may_quote { 1 + ways } else { 0 };
    // Two lines say that there is more of the answer, and two that there are more rows.
    let taken = head + wrap(asked, room_of(s, width)).len() + quotes + 4;
    height.saturating_sub(taken).max(2)
}

/// Returns the ways words may be used, as they stand on the screen.
fn ways(s: &Situation, agreed: Option<QuotePermission>) -> Vec<(QuotePermission, String)> {
    let (t, a) = (&s.t().readback, &s.t().afterwards);
    let no = if s.is_live() { &t.quote_no } else { &a.quote_no };
    let says = [&t.quote_as_it_stands, &t.quote_rewritten, no];
    let way = |(place, (permission, says)): (usize, (QuotePermission, &String))| {
        let mark = if agreed == Some(permission) { "(x)" } else { "( )" };
        (permission, format!("{}  {mark} {says}", place + 1))
    };
    QUOTES.into_iter().zip(says).enumerate().map(way).collect()
}

/// Returns whether the ways words may be used have room beside each other.
fn are_beside(s: &Situation, width: usize) -> bool {
    let ways = ways(s, None);
    let taken: usize = ways
        .iter()
        .map(|(_, says)| columns(says) + columns(BETWEEN))
        .sum();
    ANSWER + taken <= width + columns(BETWEEN)
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
        .spoken_words(&row.item)
        .filter(|_| !passed)
        .unwrap_or_else(|| s.t().readback.no_answer.clone());
    (asked, answer)
}
