//! A scale: words side by side or below each other, faces, or numbers on a line.

use crate::domain::answer::{Answer, Response};
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::scale::Level;
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::{columns, pad, wrap};

use super::{Asking, Put};

/// From this width words stand side by side.
const SIDE_BY_SIDE: usize = 72;
/// Five faces from sad to glad, drawn so that every terminal can.
const FACES: [(&str, &str); 5] = [
    ("( o   o )", "( .---. )"),
    ("( o   o )", "(  .-.  )"),
    ("( o   o )", "(  ---  )"),
    ("( o   o )", "(  '-'  )"),
    ("( o   o )", "( '---' )"),
];

pub(super) fn levels<'s>(put: &Put<'s>) -> &'s [Level] {
    let QuestionKind::Scale { scale, .. } = &put.question.kind else {
        return &[];
    };
    let survey = put.interview.survey();
    survey.scale(scale).map_or(&[], |scale| scale.levels.as_slice())
}

fn chosen_level(asking: &Asking, put: &Put<'_>) -> Option<usize> {
    match asking.answer(put)? {
        Answer::Choice { code, .. } => levels(put).iter().position(|level| level.code == *code),
        _ => None,
    }
}

/// Returns the place of what is chosen, among levels and ways not to answer; all numbers are one place.
pub(super) fn chosen_place(asking: &Asking, put: &Put<'_>, s: &Situation) -> Option<usize> {
    let slider = asking.kind == super::Kind::Slider;
    match asking.response(put)? {
        Response::Given(_) => chosen_level(asking, put).map(|level| if slider { 0 } else { level }),
        Response::Missing(kind) => {
            let place = s.ways(put.question).iter().position(|way| way.kind == *kind)?;
            Some(place + if slider { 1 } else { levels(put).len() })
        }
    }
}

/// Returns whether the focus was moved to a place that is not chosen.
fn is_unchosen(asking: &Asking, put: &Put<'_>, s: &Situation) -> bool {
    asking.moved && chosen_place(asking, put, s) != Some(asking.focus)
}

pub(super) fn table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let last = u8::try_from(levels(put).len()).unwrap_or(9).min(9);
    table.push(Binding::new(
        Keys::Digits(1, last),
        Command::Digit(1),
        &t.hint.choose,
        0,
    ));
    table.push(Binding::new(
        Keys::Arrows,
        Command::Move(Step::Down),
        &t.hint.go_to,
        9,
    ));
    asking.space_and_enter(s, is_unchosen(asking, put, s), table);
    table.push(Binding::silent(Keys::One(Key::Backspace), Command::Erase));
}

pub(super) fn page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page, height: usize) {
    let faces = matches!(put.question.kind, QuestionKind::Scale { faces: true, .. });
    let levels = levels(put);
    page.gap(Gap::Part);
    if page.width() >= SIDE_BY_SIDE && (2..=7).contains(&levels.len()) {
        side_by_side(asking, put, s, page, faces && height >= 14);
    } else {
        for (place, level) in levels.iter().enumerate() {
            let chosen = chosen_level(asking, put) == Some(place);
            let mark = if chosen { "(x)" } else { "( )" };
            let face = FACES.get(place).filter(|_| faces && levels.len() == FACES.len());
            let mouth = face.map_or_else(String::new, |(_, mouth)| format!("{mouth}  "));
            let lead = format!("{}  {mark} {mouth}", place + 1);
            let words = s.says(&level.text);
            page.choice(
                &lead,
                &words,
                asking.focus == place,
                chosen,
                &Command::Press(place),
            );
            page.gap(Gap::Options);
        }
    }
    page.gap(Gap::Part);
    asking.ways_line(s, put, page, levels.len());
}

fn side_by_side(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page, faces: bool) {
    let levels = levels(put);
    let each = page.width() / levels.len();
    let chosen = chosen_level(asking, put);
    let faces = faces && levels.len() == FACES.len();
    let tone = |place: usize| {
        if asking.focus == place {
            Tone::Focus
        } else if chosen == Some(place) {
            Tone::Chosen
        } else {
            Tone::Plain
        }
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.push((1..=levels.len()).map(|number| format!("    {number}")).collect());
    if faces {
        rows.push(FACES.iter().map(|(eyes, _)| (*eyes).to_owned()).collect());
        rows.push(FACES.iter().map(|(_, mouth)| (*mouth).to_owned()).collect());
    }
    let words: Vec<Vec<String>> = levels
        .iter()
        .map(|level| wrap(&s.says(&level.text), each.saturating_sub(2)))
        .collect();
    let deepest = words.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..deepest {
        let part = |words: &Vec<String>| words.get(line).cloned().unwrap_or_default();
        rows.push(words.iter().map(part).collect());
    }
    let marks = levels.iter().enumerate().map(|(place, _)| {
        let mark = if chosen == Some(place) { "(x)" } else { "( )" };
        let focused = asking.focus == place;
        format!(
            "  {}{mark}{}",
            if focused { ">" } else { " " },
            if focused { "<" } else { " " }
        )
    });
    let mark_row = rows.len();
    rows.push(marks.collect());
    for (at, row) in rows.iter().enumerate() {
        let mut spans = Vec::new();
        for (place, cell) in row.iter().enumerate() {
            let style = if at == mark_row { tone(place) } else { Tone::Plain };
            let lead = cell.len() - cell.trim_start().len();
            let (before, text) = (" ".repeat(lead + 1), cell.trim_start());
            spans.push(page.span(&before, Tone::Plain));
            spans.push(page.span(text, style));
            let rest = each.saturating_sub(columns(&before) + columns(text));
            spans.push(page.span(&" ".repeat(rest), Tone::Plain));
        }
        page.line(spans);
        for place in 0..row.len() {
            let column = |place: usize| u16::try_from(place * each).unwrap_or(u16::MAX);
            page.target(column(place), column(place + 1), Command::Press(place));
            if at == mark_row && asking.focus == place {
                page.cursor(column(place) + 3);
            }
        }
        if at == 0 || at + 2 == rows.len() {
            page.gap(Gap::Options);
        }
    }
    page.gap(Gap::Around);
    let level = chosen.and_then(|place| Some((place, levels.get(place)?)));
    let words = level.map(|(place, level)| {
        let words = format!("{} {}", place + 1, s.says(&level.text));
        fill(&s.t().chosen, &[("words", &words)])
    });
    chosen_line(asking, put, s, words, page, 3);
}

/// Says what is chosen: in these words, or that it is a way not to answer, or that nothing is. The line is always
/// there, so that what stands below it does not move when something is.
fn chosen_line(
    asking: &Asking,
    put: &Put<'_>,
    s: &Situation,
    words: Option<String>,
    page: &mut Page,
    indent: usize,
) {
    let way = || match asking.response(put)? {
        Response::Missing(kind) => {
            let ways = s.ways(put.question);
            let way = ways.iter().find(|way| way.kind == *kind)?;
            Some(fill(&s.t().chosen, &[("words", &way.words)]))
        }
        Response::Given(_) => None,
    };
    match words.or_else(way) {
        Some(words) => page.text(&words, Tone::Chosen, indent),
        None => page.text(&s.t().nothing_chosen, Tone::Aside, indent),
    }
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let count = levels(put).len();
    let rows = count + s.ways(put.question).len();
    match command {
        Command::Move(step) => asking.go(*step, rows),
        Command::Digit(digit) => match usize::from(*digit).checked_sub(1) {
            Some(place) if place < count => press(asking, put, s, place),
            _ => Reaction::Nothing,
        },
        Command::Press(place) => press(asking, put, s, *place),
        Command::Toggle => press(asking, put, s, asking.focus),
        Command::Enter if is_unchosen(asking, put, s) => asking
            .enter_unchosen(s)
            .unwrap_or_else(|| press(asking, put, s, asking.focus)),
        Command::Enter => Reaction::Do(Command::Next),
        other => Reaction::Do(other.clone()),
    }
}

fn press(asking: &mut Asking, put: &Put<'_>, s: &Situation, place: usize) -> Reaction {
    let levels = levels(put);
    asking.focus = place;
    asking.moved = false;
    match levels.get(place) {
        Some(level) => {
            let step = asking.answer_step(asking.item(), Answer::choice(level.code.clone()));
            Reaction::Steps(vec![step])
        }
        None => match s.ways(put.question).get(place.saturating_sub(levels.len())) {
            Some(way) => asking.take_missing(put, s, way.kind),
            None => Reaction::Nothing,
        },
    }
}

// Numbers on a line

pub(super) fn slider_table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let last = levels(put)
        .last()
        .map_or_else(String::new, |level| level.text.get(s.language()).to_owned());
    let first = levels(put)
        .first()
        .map_or_else(String::new, |level| level.text.get(s.language()).to_owned());
    let write = fill(&t.hint.write_from_to, &[("from", &first), ("to", &last)]);
    table.push(Binding::new(Keys::Digits(0, 9), Command::Digit(0), &write, 0));
    table.push(Binding::new(
        Keys::LeftRight,
        Command::Move(Step::Right),
        &t.hint.choose,
        2,
    ));
    table.push(Binding::silent(Keys::UpDown, Command::Move(Step::Down)));
    table.push(Binding::new(
        Keys::One(Key::Backspace),
        Command::Erase,
        &t.hint.empty,
        4,
    ));
    let unchosen = asking.focus > 0 && is_unchosen(asking, put, s);
    asking.space_and_enter(s, unchosen, table);
}

pub(super) fn slider_page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page) {
    let levels = levels(put);
    let chosen = chosen_level(asking, put);
    let each = (page.width().saturating_sub(6) / levels.len().max(1)).clamp(3, 6);
    page.gap(Gap::Part);
    let mut numbers = String::from("    ");
    let mut track = String::from("    ");
    for (place, level) in levels.iter().enumerate() {
        let number = level.text.get(s.language());
        numbers.push_str(&pad(number, each));
        let last = place + 1 == levels.len();
        let before = chosen.is_some_and(|chosen| place < chosen);
        let cell = if chosen == Some(place) {
            format!("[{number}]")
        } else {
            "|".to_owned()
        };
        let fill = if last {
            ""
        } else if before {
            "="
        } else {
            "-"
        };
        let rest = each.saturating_sub(columns(&cell));
        track.push_str(&cell);
        track.push_str(&fill.repeat(rest));
    }
    let press = |page: &mut Page| {
        for place in 0..levels.len() {
            let column = |place: usize| u16::try_from(4 + place * each).unwrap_or(u16::MAX);
            page.target(column(place), column(place + 1), Command::Press(100 + place));
        }
    };
    page.plain(&numbers, Tone::Plain);
    press(page);
    let focused = asking.focus == 0;
    let track_tone = if focused { Tone::Chosen } else { Tone::Plain };
    let lead = if focused { " > " } else { "   " };
    let spans = vec![
        page.span(lead, Tone::Plain),
        page.span(track.get(3..).unwrap_or_default(), track_tone),
    ];
    page.line(spans);
    press(page);
    if focused {
        page.cursor(chosen.map_or(1, |place| u16::try_from(5 + place * each).unwrap_or(1)));
    }
    page.gap(Gap::Part);
    let text = |level: &Level| level.text.get(s.language()).to_owned();
    let words = chosen.and_then(|place| levels.get(place)).map(|level| {
        let greatest = levels.last().map(text).unwrap_or_default();
        fill(
            &s.t().chosen_of,
            &[("number", &text(level)), ("greatest", &greatest)],
        )
    });
    chosen_line(asking, put, s, words, page, 4);
    page.gap(Gap::Part);
    asking.ways_line(s, put, page, 1);
}

pub(super) fn slider_take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let levels = levels(put);
    let chosen = chosen_level(asking, put);
    let set = |asking: &mut Asking, place: usize| {
        asking.focus = 0;
        asking.moved = false;
        match levels.get(place) {
            Some(level) if chosen != Some(place) => {
                let step = asking.answer_step(asking.item(), Answer::choice(level.code.clone()));
                Reaction::Steps(vec![step])
            }
            _ => Reaction::Nothing,
        }
    };
    let last = levels.len().saturating_sub(1);
    match command {
        // A digit is written after the one that stands there when that makes a number of the scale.
        Command::Digit(digit) => {
            let number = |place: usize| levels.get(place).map(|level| level.text.get(s.language()));
            let find = |text: &str| (0..levels.len()).find(|place| number(*place) == Some(text));
            let longer = chosen
                .and_then(number)
                .and_then(|so_far| find(&format!("{so_far}{digit}")));
            match longer.or_else(|| find(&digit.to_string())) {
                Some(place) => set(asking, place),
                None => Reaction::Nothing,
            }
        }
        Command::Move(step) if asking.focus == 0 => match (step, chosen) {
            (Step::Right, None) | (Step::First, _) => set(asking, 0),
            (Step::Left, None) | (Step::Last, _) => set(asking, last),
            (Step::Right, Some(place)) => set(asking, (place + 1).min(last)),
            (Step::Left, Some(place)) => set(asking, place.saturating_sub(1)),
            (Step::Up | Step::Down, _) => asking.go(*step, 1 + s.ways(put.question).len()),
        },
        Command::Move(step) => asking.go(*step, 1 + s.ways(put.question).len()),
        Command::Press(place) if *place >= 100 => set(asking, place - 100),
        Command::Toggle => press_way(asking, put, s),
        Command::Enter if asking.focus > 0 && is_unchosen(asking, put, s) => asking
            .enter_unchosen(s)
            .unwrap_or_else(|| press_way(asking, put, s)),
        Command::Enter => Reaction::Do(Command::Next),
        other => Reaction::Do(other.clone()),
    }
}

/// Chooses the focused way not to answer, when one is focused.
fn press_way(asking: &mut Asking, put: &Put<'_>, s: &Situation) -> Reaction {
    let place = asking.focus.checked_sub(1);
    match place.and_then(|place| s.ways(put.question).into_iter().nth(place)) {
        Some(way) => asking.take_missing(put, s, way.kind),
        None => Reaction::Nothing,
    }
}
