//! Statements on one scale, or on two: one row is active, a digit answers it and goes to the next.

use crate::domain::answer::{Answer, Response};
use crate::domain::interview::Action;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
use crate::domain::survey::scale::Scale;
use crate::texts::fill;
use crate::texts::number::plural;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::{columns, cut, pad, wrap};

use super::{Asking, Put};

pub(super) fn items<'s>(put: &Put<'s>) -> Vec<Item<'s>> {
    put.interview.items_asked(&put.question.id)
}

/// Returns the first row without an answer, or that was passed over, or the first.
pub(super) fn first_open(put: &Put<'_>) -> usize {
    items(put)
        .iter()
        .position(|item| {
            let response = put.interview.response(&item.key());
            response.is_none_or(|response| response.missing() == Some(Missing::Skipped))
        })
        .unwrap_or(0)
}

/// Returns the places that nothing was said about yet.
fn open(put: &Put<'_>, items: &[Item<'_>]) -> Vec<usize> {
    let open = |place: &usize| {
        let item = items.get(*place);
        item.is_some_and(|item| put.interview.response(&item.key()).is_none())
    };
    (0..items.len()).filter(open).collect()
}

/// Returns how many values a row has.
fn per_row(put: &Put<'_>) -> usize {
    if items(put).first().is_some_and(|item| item.paired) {
        2
    } else {
        1
    }
}

pub(super) fn table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let items = items(put);
    let scale = items.get(asking.focus).and_then(|item| item.scale);
    if let Some(scale) = scale {
        let (first, last) = digits(scale);
        table.push(Binding::new(
            Keys::Digits(first, last),
            Command::Digit(1),
            &t.hint.answer_row,
            0,
        ));
    }
    table.push(Binding::new(
        Keys::Arrows,
        Command::Move(Step::Down),
        &t.hint.go_to,
        4,
    ));
    table.push(Binding::new(
        Keys::One(Key::Enter),
        Command::Enter,
        &t.hint.next_page,
        0,
    ));
    table.push(Binding::silent(Keys::One(Key::Backspace), Command::Erase));
}

fn digits(scale: &Scale) -> (u8, u8) {
    let last = u8::try_from(scale.levels.len()).unwrap_or(9);
    if scale.numeric { (0, 9) } else { (1, last.min(9)) }
}

/// Returns what a level is called in the legend and the table: its number and words.
fn level_words(scale: &Scale, place: usize, s: &Situation) -> String {
    let Some(level) = scale.levels.get(place) else {
        return String::new();
    };
    let words = s.says(&level.text).to_lowercase();
    if scale.numeric {
        words
    } else {
        format!("{} {words}", place + 1)
    }
}

fn item_words(asking: &Asking, put: &Put<'_>, item: &Item<'_>, s: &Situation) -> Option<String> {
    if asking.unseen.hides(put.interview.is_masked(&item.key())) {
        return Some(s.t().hidden_answer.clone());
    }
    match put.interview.response(&item.key())? {
        Response::Given(Answer::Choice { code, .. }) => {
            let scale = item.scale?;
            let place = scale.levels.iter().position(|level| level.code == *code)?;
            Some(level_words(scale, place, s))
        }
        Response::Given(_) => None,
        Response::Missing(kind) => Some(s.missing_words(*kind).to_lowercase()),
    }
}

pub(super) fn page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page) {
    let items = items(put);
    let active = items.get(asking.focus);
    page.gap(Gap::Around);
    if let Some(scale) = active.and_then(|item| item.scale) {
        if let Some(ask) = scale
            .ask
            .as_ref()
            .filter(|_| active.is_some_and(|item| item.paired))
        {
            page.pinned(&s.aloud(&s.says(ask)), Tone::Aloud, 0);
        }
        let legend: Vec<String> = (0..scale.levels.len())
            .map(|place| level_words(scale, place, s).replace(' ', "\u{a0}"))
            .collect();
        page.pinned(&legend.join("  \u{a0}"), Tone::Plain, 1);
    }
    page.gap(Gap::Part);
    let per_row = per_row(put);
    let width = page.width();
    let room = if per_row == 2 {
        width * 2 / 5
    } else {
        width * 3 / 5
    };
    let each = width.saturating_sub(6 + room) / per_row;
    for (row, values) in items.chunks(per_row).enumerate() {
        let focused = asking.focus / per_row == row;
        let letter = char::from(b'a'.saturating_add(u8::try_from(row % 26).unwrap_or(0)));
        let text = values
            .first()
            .and_then(|item| item.row)
            .map(|row| s.says(&row.text))
            .unwrap_or_default();
        let text = if focused { s.aloud(&text) } else { text };
        let lines = wrap(&text, room.saturating_sub(2));
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 {
                format!("{letter}  ")
            } else {
                "   ".to_owned()
            };
            let start = if focused && at == 0 { " > " } else { "   " };
            let tone = if focused { Tone::Aloud } else { Tone::Plain };
            let mut spans = vec![
                page.span(start, Tone::Plain),
                page.span(&lead, tone),
                page.span(&pad(line, room), tone),
            ];
            let mut cursor = None;
            if at == 0 {
                for (column, item) in values.iter().enumerate() {
                    let here = asking.focus == row * per_row + column;
                    let said = item_words(asking, put, item, s);
                    let blank = if here { "_" } else { "." };
                    let words = cut(&said.unwrap_or_else(|| blank.to_owned()), each.saturating_sub(1));
                    if here {
                        let before = 6 + room + column * each;
                        cursor = u16::try_from(before).ok();
                    }
                    let rest = each.saturating_sub(columns(&words));
                    spans.push(page.span(&words, if here { Tone::Focus } else { Tone::Plain }));
                    spans.push(page.span(&" ".repeat(rest), Tone::Plain));
                }
            }
            page.line(spans);
            let start = u16::try_from(6 + room).unwrap_or(u16::MAX);
            let wide = u16::try_from(each).unwrap_or(u16::MAX);
            page.target(0, start, Command::Press(row * per_row));
            for column in 0..values.len() {
                let from = start + wide * u16::try_from(column).unwrap_or(0);
                page.target(from, from + wide, Command::Press(row * per_row + column));
            }
            if let Some(column) = cursor {
                page.cursor(column);
            }
        }
        page.gap(Gap::Options);
    }
    page.gap(Gap::Part);
    // Rows have the focus; the ways not to answer are letters, for the active row.
    asking.ways_line(s, put, page, usize::MAX / 2);
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let items = items(put);
    let per_row = per_row(put);
    let last = items.len().saturating_sub(1);
    let Some(item) = items.get(asking.focus) else {
        return Reaction::Do(command.clone());
    };
    let go_on = |asking: &mut Asking| asking.focus = (asking.focus + 1).min(last);
    match command {
        Command::Move(step) => {
            let focus = match step {
                Step::Up => asking.focus.checked_sub(per_row).unwrap_or(asking.focus),
                Step::Down if asking.focus + per_row <= last => asking.focus + per_row,
                Step::Down => asking.focus,
                Step::Left => asking.focus.saturating_sub(1),
                Step::Right => (asking.focus + 1).min(last),
                Step::First => 0,
                Step::Last => last,
            };
            let before = std::mem::replace(&mut asking.focus, focus);
            if before == focus {
                Reaction::Nothing
            } else {
                Reaction::Changed
            }
        }
        Command::Press(place) => {
            asking.focus = (*place).min(last);
            Reaction::Changed
        }
        Command::Digit(digit) => {
            let Some(scale) = item.scale else {
                return Reaction::Nothing;
            };
            let Some((place, whole)) = level_of(asking, put, item, scale, *digit, s) else {
                return Reaction::Nothing;
            };
            let Some(level) = scale.levels.get(place) else {
                return Reaction::Nothing;
            };
            let step = asking.answer_step(item.key(), Answer::choice(level.code.clone()));
            if whole {
                go_on(asking);
            }
            Reaction::Steps(vec![step])
        }
        Command::Missing(kind) if put.question.offers(*kind) => {
            let step = asking.missing_step(item.key(), *kind);
            go_on(asking);
            Reaction::Steps(vec![step])
        }
        Command::Skip => skip(asking, put, &items),
        Command::Erase => Reaction::Steps(vec![Action::Clear(item.key())]),
        Command::Enter | Command::Next => go_on_or_tell(asking, put, s, &items),
        other => Reaction::Do(other.clone()),
    }
}

/// Goes on; but what has no answer yet may lie below what is seen, so it is shown and said first. Again goes on.
fn go_on_or_tell(asking: &mut Asking, put: &Put<'_>, s: &Situation, items: &[Item<'_>]) -> Reaction {
    let open = open(put, items);
    let Some(first) = open.first().filter(|_| !asking.told_open) else {
        return Reaction::Do(Command::Next);
    };
    asking.told_open = true;
    asking.focus = *first;
    let t = &s.t().matrix;
    let count = u64::try_from(open.len()).unwrap_or(u64::MAX);
    let says = plural(count, &t.open_one, &t.open_more);
    Reaction::Say(fill(
        says,
        &[("count", &count.to_string()), ("enter", &s.t().key.enter)],
    ))
}

/// Passes over the active row, on to the next; from the last one to the first that is open, or over the page.
fn skip(asking: &mut Asking, put: &Put<'_>, items: &[Item<'_>]) -> Reaction {
    let Some(item) = items.get(asking.focus) else {
        return Reaction::Nothing;
    };
    let open = open(put, items);
    let here = asking.focus;
    let next = if here + 1 < items.len() {
        Some(here + 1)
    } else {
        open.iter().copied().find(|place| *place != here)
    };
    let Some(next) = next else {
        return Reaction::Do(Command::Skip);
    };
    asking.focus = next;
    if open.contains(&here) {
        Reaction::Steps(vec![asking.missing_step(item.key(), Missing::Skipped)])
    } else {
        Reaction::Changed
    }
}

/// Returns the level a digit means, and whether nothing can be added to it.
fn level_of(
    asking: &Asking,
    put: &Put<'_>,
    item: &Item<'_>,
    scale: &Scale,
    digit: u8,
    s: &Situation,
) -> Option<(usize, bool)> {
    if !scale.numeric {
        let place = usize::from(digit).checked_sub(1)?;
        return (place < scale.levels.len()).then_some((place, true));
    }
    let name = |place: usize| scale.levels.get(place).map(|level| level.text.get(s.language()));
    let find = |text: &str| (0..scale.levels.len()).find(|place| name(*place) == Some(text));
    let said = put.interview.response(&item.key()).and_then(Response::answer);
    let so_far = match said.filter(|_| asking.focus > 0 || scale.numeric) {
        Some(Answer::Choice { code, .. }) => scale.levels.iter().position(|level| level.code == *code),
        _ => None,
    };
    let longer = so_far
        .and_then(name)
        .and_then(|text| find(&format!("{text}{digit}")));
    match longer.or_else(|| find(&digit.to_string())) {
        Some(place) => {
            let text = name(place)?;
            let can_grow = (0..10).any(|next| find(&format!("{text}{next}")).is_some());
            Some((place, !can_grow))
        }
        None => None,
    }
}
