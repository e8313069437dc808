//! Options in order of importance: a number gives an option the next place.

use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::interview::Action;
use crate::domain::survey::question::{ChoiceOption, QuestionKind};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::{Asking, Put};

fn ranked(asking: &Asking, put: &Put<'_>) -> Vec<Id> {
    match asking.answer(put) {
        Some(Answer::Ranking(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

fn limit(put: &Put<'_>) -> usize {
    let all = put.interview.options(put.question).len();
    match put.question.kind {
        QuestionKind::Rank { max: Some(max), .. } => usize::from(max).min(all),
        _ => all,
    }
}

fn option_at<'s>(asking: &Asking, options: &[&'s ChoiceOption]) -> Option<&'s ChoiceOption> {
    options.get(asking.focus).copied()
}

fn is_ranked(asking: &Asking, put: &Put<'_>, place: usize) -> bool {
    let options = put.interview.options(put.question);
    options
        .get(place)
        .is_some_and(|option| ranked(asking, put).contains(&option.code))
}

pub(super) fn table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let options = put.interview.options(put.question);
    let last = u8::try_from(options.len()).unwrap_or(9).min(9);
    table.push(Binding::new(
        Keys::Digits(1, last),
        Command::Digit(1),
        &t.hint.next_place,
        0,
    ));
    table.push(Binding::new(
        Keys::UpDown,
        Command::Move(Step::Down),
        &t.hint.go_to,
        5,
    ));
    table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Down)));
    if !ranked(asking, put).is_empty() {
        table.push(Binding::new(
            Keys::One(Key::Backspace),
            Command::Erase,
            &t.hint.take_last,
            2,
        ));
    }
    if is_ranked(asking, put, asking.focus) {
        table.push(Binding::new(
            Keys::One(Key::Char('+')),
            Command::Raise,
            &t.hint.raise,
            4,
        ));
        table.push(Binding::new(
            Keys::One(Key::Char('-')),
            Command::Lower,
            &t.hint.lower,
            4,
        ));
    }
    asking.space_and_enter(s, is_unchosen(asking, put), table);
}

/// Returns whether the focus was moved to an option that has no place yet.
fn is_unchosen(asking: &Asking, put: &Put<'_>) -> bool {
    asking.moved && !is_ranked(asking, put, asking.focus)
}

pub(super) fn page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page) {
    let t = &s.t().rank;
    let options = put.interview.options(put.question);
    let ranked = ranked(asking, put);
    let counts = [
        ("chosen", ranked.len().to_string()),
        ("max", limit(put).to_string()),
    ];
    let [chosen, max] = &counts;
    page.text(
        &fill(&t.about, &[(chosen.0, &chosen.1), (max.0, &max.1)]),
        Tone::Plain,
        1,
    );
    page.gap(Gap::Part);
    for (place, option) in options.iter().enumerate() {
        let stands = ranked.iter().position(|code| *code == option.code);
        let mark = stands.map_or_else(|| "[  ]".to_owned(), |stands| format!("[{}.]", stands + 1));
        let lead = format!("{}  {mark} ", place + 1);
        let focused = asking.focus == place;
        page.choice(
            &lead,
            &s.says(&option.text),
            focused,
            stands.is_some(),
            &Command::Press(place),
        );
        page.gap(Gap::Options);
    }
    page.gap(Gap::Around);
    asking.ways_line(s, put, page, options.len());
    if !ranked.is_empty() {
        page.gap(Gap::Part);
        let named = ranked.iter().zip(1..).filter_map(|(code, place)| {
            let option = options.iter().find(|option| option.code == *code)?;
            Some(format!("{place}. {}", s.says(&option.text)))
        });
        let words = named.collect::<Vec<_>>().join(", ");
        page.text(&fill(&t.order, &[("words", &words)]), Tone::Chosen, 3);
    }
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let options = put.interview.options(put.question);
    let mut codes = ranked(asking, put);
    match command {
        Command::Move(step) => asking.go(*step, options.len() + s.ways(put.question).len()),
        Command::Digit(digit) => match usize::from(*digit).checked_sub(1) {
            Some(place) if place < options.len() => press(asking, put, s, place),
            _ => Reaction::Nothing,
        },
        Command::Press(place) => press(asking, put, s, *place),
        Command::Toggle => press(asking, put, s, asking.focus),
        Command::Enter if is_unchosen(asking, put) => asking
            .enter_unchosen(s)
            .unwrap_or_else(|| press(asking, put, s, asking.focus)),
        Command::Enter => Reaction::Do(Command::Next),
        Command::Erase => {
            if codes.pop().is_none() {
                return Reaction::Nothing;
            }
            set(asking, codes)
        }
        Command::Raise | Command::Lower => {
            let here = option_at(asking, &options).and_then(|option| {
                let at = codes.iter().position(|code| *code == option.code)?;
                let other = if *command == Command::Raise {
                    at.checked_sub(1)?
                } else {
                    at + 1
                };
                (other < codes.len()).then_some((at, other))
            });
            let Some((at, other)) = here else {
                return Reaction::Nothing;
            };
            codes.swap(at, other);
            set(asking, codes)
        }
        other => Reaction::Do(other.clone()),
    }
}

fn press(asking: &mut Asking, put: &Put<'_>, s: &Situation, place: usize) -> Reaction {
    let options = put.interview.options(put.question);
    asking.focus = place;
    asking.moved = false;
    let Some(option) = options.get(place) else {
        return match s.ways(put.question).get(place.saturating_sub(options.len())) {
            Some(way) => asking.take_missing(put, s, way.kind),
            None => Reaction::Nothing,
        };
    };
    let mut codes = ranked(asking, put);
    if let Some(at) = codes.iter().position(|code| *code == option.code) {
        codes.remove(at);
    } else {
        codes.push(option.code.clone());
    }
    set(asking, codes)
}

fn set(asking: &Asking, codes: Vec<Id>) -> Reaction {
    let item = asking.item();
    let step = if codes.is_empty() {
        Action::Clear(item)
    } else {
        asking.answer_step(item, Answer::Ranking(codes))
    };
    Reaction::Steps(vec![step])
}
