//! Group interviews: how many hands for each option.

use std::collections::BTreeMap;

use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::interview::{Action, Refusal};
use crate::domain::record::Mode;
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::wrap;

use super::{Asking, Put};

fn hands(asking: &Asking, put: &Put<'_>) -> BTreeMap<Id, u32> {
    match asking.answer(put) {
        Some(Answer::Hands(hands)) => hands.clone(),
        _ => BTreeMap::new(),
    }
}

fn people(put: &Put<'_>) -> u32 {
    match put.interview.mode() {
        Mode::Group { people } => u32::from(people),
        Mode::Individual => 1,
    }
}

pub(super) fn table(s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    table.push(Binding::new(
        Keys::Digits(0, 9),
        Command::Digit(0),
        &t.hint.hands,
        0,
    ));
    table.push(Binding::new(
        Keys::UpDown,
        Command::Move(Step::Down),
        &t.hint.go_to,
        3,
    ));
    table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Down)));
    table.push(Binding::new(
        Keys::One(Key::Backspace),
        Command::Erase,
        &t.hint.delete,
        4,
    ));
    table.push(Binding::new(
        Keys::One(Key::Enter),
        Command::Enter,
        &t.hint.go_on,
        0,
    ));
}

pub(super) fn page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page) {
    let options = put.interview.options(put.question);
    let hands = hands(asking, put);
    let about = fill(&s.t().count_about, &[("people", &people(put).to_string())]);
    page.text(&about, Tone::Plain, 1);
    page.gap(Gap::Part);
    for (place, option) in options.iter().enumerate() {
        let focused = asking.focus == place;
        let said = hands.get(&option.code).map_or_else(String::new, u32::to_string);
        let lead = if focused { " > " } else { "   " };
        let room = page.width().saturating_sub(14);
        for (at, line) in wrap(&s.says(&option.text), room).into_iter().enumerate() {
            let tone = if focused { Tone::Focus } else { Tone::Plain };
            let spans = if at == 0 {
                vec![
                    page.span(lead, Tone::Plain),
                    page.span(&format!("[ {said:>3} ]"), tone),
                    page.span(&format!("  {line}"), Tone::Plain),
                ]
            } else {
                vec![page.span(&format!("{}{line}", " ".repeat(12)), Tone::Plain)]
            };
            page.line(spans);
            page.target(0, u16::MAX, Command::Press(place));
            if focused && at == 0 {
                page.cursor(7);
            }
        }
        page.gap(Gap::Options);
    }
    page.gap(Gap::Part);
    asking.ways_line(s, put, page, options.len());
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let options = put.interview.options(put.question);
    let mut hands = hands(asking, put);
    let ways = s.ways(put.question);
    let focused = options.get(asking.focus).map(|option| option.code.clone());
    match (command, focused) {
        (Command::Move(step), _) => {
            asking.counting = None;
            asking.go(*step, options.len() + ways.len())
        }
        (Command::Press(place), _) => {
            asking.counting = None;
            asking.focus = *place;
            Reaction::Changed
        }
        (Command::Digit(digit), Some(code)) => {
            let digit = u32::from(*digit);
            // The first digit on a line begins a new number, the next ones are written after it.
            let so_far = hands
                .get(&code)
                .copied()
                .filter(|_| asking.counting == Some(asking.focus));
            let count = so_far.unwrap_or(0) * 10 + digit;
            if count > people(put) {
                let people = u16::try_from(people(put)).unwrap_or(u16::MAX);
                let refusal = Refusal::MoreHandsThanPeople { people };
                asking.error = Some(s.texts.refusal.sentence(&refusal, s.language()));
                return Reaction::Changed;
            }
            asking.counting = Some(asking.focus);
            hands.insert(code, count);
            set(asking, hands)
        }
        (Command::Erase, Some(code)) => {
            match hands.get(&code).copied() {
                None => return Reaction::Nothing,
                Some(count) if count >= 10 => hands.insert(code, count / 10),
                Some(_) => hands.remove(&code),
            };
            asking.counting = Some(asking.focus);
            set(asking, hands)
        }
        (Command::Enter, Some(_)) if asking.focus + 1 < options.len() => {
            asking.focus += 1;
            asking.counting = None;
            Reaction::Changed
        }
        (Command::Toggle, None) => match ways.get(asking.focus.saturating_sub(options.len())) {
            Some(way) => asking.take_missing(put, s, way.kind),
            None => Reaction::Nothing,
        },
        (Command::Enter, None) if asking.moved => {
            asking.enter_unchosen(s).unwrap_or(Reaction::Do(Command::Next))
        }
        (Command::Enter, _) => Reaction::Do(Command::Next),
        (other, _) => Reaction::Do(other.clone()),
    }
}

fn set(asking: &Asking, hands: BTreeMap<Id, u32>) -> Reaction {
    let item = asking.item();
    let step = if hands.is_empty() {
        Action::Clear(item)
    } else {
        asking.answer_step(item, Answer::Hands(hands))
    };
    Reaction::Steps(vec![step])
}
