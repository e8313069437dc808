//! One of several options, or several of them.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::interview::Action;
use crate::domain::survey::question::{ChoiceOption, QuestionKind};
use crate::texts::fill;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::{Gap, Page};
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::{Asking, Kind, Put, Zone};

/// Lists longer than this have no numbers: arrows and a filter instead.
const NUMBERED: usize = 9;

/// Returns the options that match the filter.
pub(super) fn visible<'s>(asking: &Asking, put: &Put<'s>, s: &Situation) -> Vec<&'s ChoiceOption> {
    let wanted = asking
        .filter
        .as_ref()
        .map(|filter| filter.text().as_str().to_lowercase());
    let mut options = put.interview.options(put.question);
    if let Some(wanted) = wanted {
        options.retain(|option| s.says(&option.text).to_lowercase().contains(wanted.trim()));
    }
    options
}

fn is_long(put: &Put<'_>) -> bool {
    put.interview.options(put.question).len() > NUMBERED
}

/// Returns the place of what is chosen, among options and ways not to answer.
pub(super) fn chosen_place(asking: &Asking, put: &Put<'_>, s: &Situation) -> Option<usize> {
    let options = visible(asking, put, s);
    match asking.response(put)? {
        Response::Given(answer) => options.iter().position(|option| holds(answer, &option.code)),
        Response::Missing(kind) => {
            let place = s.ways(put.question).iter().position(|way| way.kind == *kind)?;
            Some(options.len() + place)
        }
    }
}

fn holds(answer: &Answer, code: &Id) -> bool {
    match answer {
        Answer::Choice { code: chosen, .. } => chosen == code,
        Answer::Choices { codes, .. } => codes.contains(code),
        _ => false,
    }
}

/// Returns the person's own words for "something else", typed or answered; `None` when that is not chosen.
pub(super) fn own_words(asking: &Asking, put: &Put<'_>) -> Option<String> {
    let answer = asking.answer(put)?;
    let options = put.interview.options(put.question);
    options
        .iter()
        .find(|option| option.specify && holds(answer, &option.code))?;
    let typed = put.interview.typing(&asking.item());
    let words = typed.or_else(|| answer.words());
    Some(words.map(CleanText::to_string).unwrap_or_default())
}

/// Returns whether Enter on the focused row opens the field of "something else".
fn opens_field(asking: &Asking, put: &Put<'_>, s: &Situation) -> bool {
    let options = visible(asking, put, s);
    let focused = options.get(asking.focus);
    let chosen = |option: &&&ChoiceOption| asking.answer(put).is_some_and(|a| holds(a, &option.code));
    let empty = asking.field.as_ref().is_some_and(|field| field.text().is_blank());
    asking.zone == Zone::Rows && empty && focused.filter(chosen).is_some_and(|option| option.specify)
}

/// Returns whether the focus was moved to a row that is not chosen.
fn is_unchosen(asking: &Asking, put: &Put<'_>, s: &Situation) -> bool {
    asking.kind == Kind::Options { many: false }
        && asking.moved
        && chosen_place(asking, put, s) != Some(asking.focus)
}

pub(super) fn table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let many = asking.kind == Kind::Options { many: true };
    if asking.zone == Zone::Field {
        let done = Binding::new(Keys::One(Key::Enter), Command::Enter, &t.hint.done, 1);
        table.push(done);
        table.push(if asking.warns(s) {
            Binding::new(Keys::One(Key::Tab), Command::Exchange, &t.hint.swap, 2)
        } else {
            Binding::silent(Keys::One(Key::Tab), Command::Enter)
        });
        table.push(Binding::silent(Keys::UpDown, Command::Move(Step::Down)));
        table.extend(typing(t, false));
        return;
    }
    if asking.filter.is_some() {
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &t.hint.go_to,
            2,
        ));
        table.push(Binding::new(
            Keys::One(Key::Enter),
            Command::Enter,
            &t.hint.choose,
            1,
        ));
        table.extend(typing(t, false));
        return;
    }
    let options = put.interview.options(put.question).len();
    if !is_long(put) {
        let last = u8::try_from(options).unwrap_or(9);
        let says = if many { &t.hint.on_off } else { &t.hint.choose };
        table.push(Binding::new(Keys::Digits(1, last), Command::Digit(1), says, 0));
    }
    let arrows = if is_long(put) { 0 } else { 9 };
    table.push(if asking.field.is_some() && !is_long(put) {
        Binding::silent(Keys::UpDown, Command::Move(Step::Down))
    } else {
        Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, arrows)
    });
    table.push(Binding::silent(Keys::LeftRight, Command::Move(Step::Down)));
    let opens = opens_field(asking, put, s);
    if many || opens {
        let space = Keys::One(Key::Char(' '));
        table.push(if many {
            Binding::new(space, Command::Toggle, &t.hint.on_off, 4)
        } else {
            Binding::silent(space, Command::Toggle)
        });
        let enter = if opens { &t.hint.write_it } else { &t.hint.next };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 0));
    } else {
        asking.space_and_enter(s, is_unchosen(asking, put, s), table);
    }
    if is_long(put) {
        table.push(Binding::new(
            Keys::One(Key::Char('/')),
            Command::Filter,
            &t.hint.search,
            1,
        ));
    }
    if asking.field.is_some() {
        let tab = Keys::One(Key::Tab);
        table.push(if opens {
            Binding::silent(tab, Command::NextZone)
        } else {
            Binding::new(tab, Command::NextZone, &t.hint.write_it, 4)
        });
    }
    table.push(Binding::silent(Keys::One(Key::Backspace), Command::Erase));
}

pub(super) fn page(asking: &Asking, put: &Put<'_>, s: &Situation, page: &mut Page, height: usize) {
    let t = s.t();
    let many = asking.kind == Kind::Options { many: true };
    let options = visible(asking, put, s);
    if let QuestionKind::Many { min, max, .. } = &put.question.kind {
        page.text(&told(asking, put, s, *min, *max), Tone::Plain, 1);
    }
    if let Some(filter) = &asking.filter {
        input_line(page, &t.overview.search, filter, 20, false, false);
    }
    page.gap(Gap::Part);
    let answer = asking.answer(put);
    for (place, option) in options.iter().enumerate() {
        let chosen = answer.is_some_and(|answer| holds(answer, &option.code));
        let mark = match (many, chosen) {
            (false, false) => "( )",
            (false, true) => "(x)",
            (true, false) => "[ ]",
            (true, true) => "[x]",
        };
        let number = if is_long(put) {
            String::new()
        } else {
            format!("{}  ", place + 1)
        };
        let mut words = s.says(&option.text);
        if option.specify && !chosen {
            words.push_str(": ...");
        }
        let focused = asking.zone == Zone::Rows && asking.focus == place;
        page.choice(
            &format!("{number}{mark} "),
            &words,
            focused,
            chosen,
            &Command::Press(place),
        );
        if option.specify
            && chosen
            && let Some(field) = &asking.field
        {
            input_line(page, "      ", field, 44, asking.zone == Zone::Field, false);
            if !asking.unseen.is_answering() {
                asking.warning.line(s, page, false);
            }
        }
        page.gap(Gap::Options);
    }
    if options.is_empty() {
        page.text(&t.overview.nothing, Tone::Plain, 3);
    }
    // Ways not to answer never look like options: below a line, in brackets.
    let rule = if s.look.ascii { "-" } else { "─" };
    let ways = s.ways(put.question);
    if ways.is_empty() {
        return;
    }
    page.plain(
        &format!("   {}", rule.repeat(36.min(page.width().saturating_sub(6)))),
        Tone::Rule,
    );
    let roomy = page.lines() + ways.len() + 3 <= height;
    if !roomy {
        asking.ways_line(s, put, page, options.len());
        return;
    }
    let missing = asking.response(put).and_then(Response::missing);
    for (place, way) in ways.iter().enumerate() {
        let mark = if missing == Some(way.kind) { "(x)" } else { "( )" };
        let at = options.len() + place;
        let focused = asking.zone == Zone::Rows && asking.focus == at;
        let lead = format!("{}  {mark} ", way.letter);
        let words = format!("({})", way.words);
        page.choice(
            &lead,
            &words,
            focused,
            missing == Some(way.kind),
            &Command::Missing(way.kind),
        );
    }
}

/// How many may be chosen, told before and not after, and how many are.
fn told(asking: &Asking, put: &Put<'_>, s: &Situation, min: Option<u16>, max: Option<u16>) -> String {
    let t = &s.t().many;
    let chosen = match asking.answer(put) {
        Some(Answer::Choices { codes, .. }) => codes.len(),
        _ => 0,
    };
    let words = match (min.filter(|min| *min > 1), max) {
        (None, None) => &t.any,
        (None, Some(_)) => &t.at_most,
        (Some(_), None) => &t.at_least,
        (Some(_), Some(_)) => &t.between,
    };
    let number = |limit: Option<u16>| limit.map_or_else(String::new, |limit| limit.to_string());
    fill(
        words,
        &[
            ("chosen", &chosen.to_string()),
            ("min", &number(min)),
            ("max", &number(max)),
        ],
    )
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    if asking.zone == Zone::Field {
        return take_in_field(asking, put, s, command);
    }
    let options = visible(asking, put, s);
    let rows = options.len() + s.ways(put.question).len();
    if asking.filter.is_some() {
        match command {
            Command::Up => {
                asking.filter = None;
                asking.focus = chosen_place(asking, put, s).unwrap_or(0);
                return Reaction::Changed;
            }
            Command::Enter | Command::Press(_) => {
                let place = if let Command::Press(place) = command {
                    *place
                } else {
                    asking.focus
                };
                let code = options.get(place).map(|option| option.code.clone());
                asking.filter = None;
                let all = visible(asking, put, s);
                asking.focus = all
                    .iter()
                    .position(|option| Some(&option.code) == code.as_ref())
                    .unwrap_or(0);
                return match code {
                    Some(_) => press(asking, put, s, asking.focus),
                    None => Reaction::Changed,
                };
            }
            Command::Move(Step::Up | Step::Down) => {}
            other => {
                if let Some(reaction) = asking.filter.as_mut().and_then(|filter| edit(filter, other, s)) {
                    asking.focus = 0;
                    return reaction;
                }
            }
        }
    }
    match command {
        Command::Move(step) => asking.go(*step, rows),
        Command::Digit(digit) => match usize::from(*digit).checked_sub(1) {
            Some(place) if place < options.len() => press(asking, put, s, place),
            _ => Reaction::Nothing,
        },
        Command::Press(place) => press(asking, put, s, *place),
        Command::Toggle => press(asking, put, s, asking.focus),
        Command::Filter => {
            asking.filter = Some(Field::line(""));
            asking.focus = 0;
            Reaction::Changed
        }
        Command::NextZone if asking.field.is_some() => {
            asking.zone = Zone::Field;
            Reaction::Changed
        }
        Command::Enter if opens_field(asking, put, s) => {
            asking.zone = Zone::Field;
            Reaction::Changed
        }
        Command::Enter if is_unchosen(asking, put, s) => asking
            .enter_unchosen(s)
            .unwrap_or_else(|| press(asking, put, s, asking.focus)),
        Command::Enter => Reaction::Do(Command::Next),
        other => Reaction::Do(other.clone()),
    }
}

/// In the field of "something else", Enter closes the field; it never sends the page.
fn take_in_field(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    match command {
        Command::Enter | Command::Move(Step::Up | Step::Down) | Command::NextZone => {
            asking.zone = Zone::Rows;
            if let Some(place) = visible(asking, put, s).iter().position(|option| option.specify) {
                asking.focus = place;
            }
            asking.moved = false;
            let steps = super::typed::keep(asking, put, s);
            if steps.is_empty() {
                Reaction::Changed
            } else {
                Reaction::Steps(steps)
            }
        }
        Command::Exchange => {
            if let Some(field) = asking.field.as_mut() {
                asking.warning.exchange(field, s);
            }
            Reaction::Changed
        }
        other => asking
            .field
            .as_mut()
            .and_then(|field| edit(field, other, s))
            .unwrap_or_else(|| Reaction::Do(other.clone())),
    }
}

/// Chooses or unchooses a row.
fn press(asking: &mut Asking, put: &Put<'_>, s: &Situation, place: usize) -> Reaction {
    let options = visible(asking, put, s);
    asking.focus = place;
    asking.moved = false;
    let Some(option) = options.get(place) else {
        let ways = s.ways(put.question);
        return match ways.get(place.saturating_sub(options.len())) {
            Some(way) => asking.take_missing(put, s, way.kind),
            None => Reaction::Nothing,
        };
    };
    let item = asking.item();
    let typed = asking
        .field
        .as_ref()
        .map(Field::text)
        .filter(|text| !text.is_blank());
    let words = |specify: bool| typed.clone().filter(|_| specify);
    if asking.kind == (Kind::Options { many: false }) {
        let answer = Answer::Choice {
            code: option.code.clone(),
            specify: words(option.specify),
        };
        return Reaction::Steps(vec![asking.answer_step(item, answer)]);
    }
    let mut codes: BTreeSet<Id> = match asking.answer(put) {
        Some(Answer::Choices { codes, .. }) => codes.clone(),
        _ => BTreeSet::new(),
    };
    if !codes.remove(&option.code) {
        let stands_alone = |code: &Id| {
            options
                .iter()
                .any(|option| option.code == *code && option.exclusive)
        };
        if option.exclusive {
            codes.clear();
        } else {
            codes.retain(|code| !stands_alone(code));
        }
        codes.insert(option.code.clone());
    }
    if codes.is_empty() {
        return Reaction::Steps(vec![Action::Clear(item)]);
    }
    let specify = options
        .iter()
        .any(|option| option.specify && codes.contains(&option.code));
    let answer = Answer::Choices {
        codes,
        specify: words(specify),
    };
    Reaction::Steps(vec![asking.answer_step(item, answer)])
}
