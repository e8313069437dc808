//! Answers that are typed: a number, a time, a few words, many words.

use crate::domain::answer::spoken;
use crate::domain::answer::{Answer, Response};
use crate::domain::clean_text::CleanText;
use crate::domain::interview::wording::number_words;
use crate::domain::interview::{Action, Written};
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;
use crate::texts::fill;
use crate::tui::command::{Command, Open, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::situation::Situation;
use crate::tui::view::Reaction;

use super::{Asking, Kind, Put, Zone};

mod drawing;

pub(super) use drawing::{ROOMY, page};

/// Returns the text of the field: what is being typed, or the answer as it was typed.
pub(super) fn text_so_far(asking: &Asking, put: &Put<'_>, s: &Situation) -> String {
    if asking.unseen.is_covered() {
        return String::new();
    }
    if let Some(typing) = put.interview.typing(&asking.item()) {
        return typing.to_string();
    }
    match asking.answer(put) {
        Some(Answer::Text(text)) => text.to_string(),
        Some(Answer::Number { value, about }) => {
            let words = number_words(*value, s.language());
            if *about {
                fill(&s.t().about, &[("number", &words)])
            } else {
                words
            }
        }
        Some(Answer::Date { year, month, day }) => date_words(*year, *month, *day, s),
        _ => String::new(),
    }
}

fn date_words(year: i16, month: Option<i8>, day: Option<i8>, s: &Situation) -> String {
    let name = month
        .and_then(|month| usize::try_from(month - 1).ok())
        .and_then(|place| s.t().months.get(place));
    match (day, name) {
        (Some(day), Some(name)) => format!("{day}. {name} {year}"),
        (None, Some(name)) => format!("{name} {year}"),
        _ => year.to_string(),
    }
}

/// Returns the steps that make what is typed the answer.
///
/// # Errors
/// What to say when it is no such answer.
pub(super) fn settle(asking: &mut Asking, put: &Put<'_>, s: &Situation) -> Result<Vec<Action>, String> {
    let item = asking.item();
    let Some(text) = asking.field.as_ref().map(Field::text) else {
        return Ok(Vec::new());
    };
    if matches!(asking.kind, Kind::Options { .. }) {
        return Ok(keep(asking, put, s));
    }
    if !matches!(asking.kind, Kind::Line | Kind::Long) {
        return Ok(Vec::new());
    }
    let answer = match &put.question.kind {
        _ if text.is_blank() => None,
        QuestionKind::Number { .. } => Some(
            spoken::number(text.as_str(), &s.t().about_words)
                .ok_or_else(|| s.texts.refusal.not_a_number.clone())?,
        ),
        QuestionKind::Date { day, .. } => {
            let said = spoken::date(text.as_str(), &s.t().months, s.today.year());
            let fits = |answer: &Answer| *day || !matches!(answer, Answer::Date { day: Some(_), .. });
            Some(
                said.filter(fits)
                    .ok_or_else(|| s.texts.refusal.not_a_date.clone())?,
            )
        }
        _ => Some(Answer::Text(text)),
    };
    let mut steps = if asking.unseen.is_answering() {
        Vec::new()
    } else {
        write_steps(asking)
    };
    let typing = put.interview.typing(&item).is_some() || !steps.is_empty();
    let settled = match (answer, put.interview.response(&item)) {
        (Some(answer), Some(Response::Given(before))) if *before == answer && !typing => Vec::new(),
        (Some(answer), _) => vec![asking.answer_step(item, answer)],
        (None, Some(Response::Given(_))) => vec![Action::Clear(item)],
        (None, _) if typing => vec![Action::Clear(item)],
        (None, _) => Vec::new(),
    };
    steps.extend(settled);
    Ok(steps)
}

/// Returns the steps that keep what was written since the last time, and where the cursor is.
fn write_steps(asking: &mut Asking) -> Vec<Action> {
    let on = Written::Item(asking.item());
    asking
        .field
        .as_mut()
        .map_or_else(Vec::new, |field| changes_of(field, &on))
}

/// Returns the steps that keep the changes of a field; none when nothing changed.
pub(in crate::tui) fn changes_of(field: &mut Field, on: &Written) -> Vec<Action> {
    if !field.is_changed() {
        return Vec::new();
    }
    let cursor = field.cursor();
    let groups = field.take_changes();
    groups
        .into_iter()
        .map(|changes| Action::Write {
            on: on.clone(),
            changes,
            cursor,
        })
        .collect()
}

/// Returns the steps that keep what is typed as it stands, answer or not: after a rest, and before leaving.
pub(super) fn keep(asking: &mut Asking, put: &Put<'_>, s: &Situation) -> Vec<Action> {
    if !asking.unseen.is_answering() {
        return write_steps(asking);
    }
    let Some(field) = asking.field.as_mut().filter(|field| field.is_changed()) else {
        return Vec::new();
    };
    field.kept();
    let text = field.text();
    keep_unseen(asking, put, s, text)
}

/// What the other person types is kept as theirs from the first word: never as open text.
fn keep_unseen(asking: &mut Asking, put: &Put<'_>, s: &Situation, text: CleanText) -> Vec<Action> {
    let item = asking.item();
    match asking.kind {
        Kind::Line | Kind::Long => settle(asking, put, s).unwrap_or_default(),
        _ => {
            let words = (!text.is_blank()).then_some(text);
            let answer = match put.interview.response(&item).and_then(Response::answer) {
                Some(Answer::Choice { code, .. }) => Answer::Choice {
                    code: code.clone(),
                    specify: words,
                },
                Some(Answer::Choices { codes, .. }) => Answer::Choices {
                    codes: codes.clone(),
                    specify: words,
                },
                _ => return Vec::new(),
            };
            vec![asking.answer_step(item, answer)]
        }
    }
}

/// What the buttons under a field do.
#[derive(Clone)]
struct Button {
    words: String,
    command: Command,
    chosen: bool,
}

fn buttons(asking: &Asking, put: &Put<'_>, s: &Situation) -> Vec<Button> {
    let missing = asking.response(put).and_then(Response::missing);
    let mut buttons = vec![Button {
        words: s.t().button_next.clone(),
        command: Command::Next,
        chosen: false,
    }];
    if let Some((exchange, leave)) = asking.warning.buttons(s) {
        for (words, command) in [(exchange, Command::Exchange), (leave, Command::LeaveAsIs)] {
            buttons.push(Button {
                words,
                command,
                chosen: false,
            });
        }
    }
    buttons.extend(s.ways(put.question).into_iter().map(|way| Button {
        words: way.words,
        chosen: missing == Some(way.kind),
        command: Command::Missing(way.kind),
    }));
    if !asking.unseen.is_answering() {
        buttons.push(Button {
            words: s.t().button_note.clone(),
            command: Command::Open(Open::Note),
            chosen: false,
        });
    }
    buttons
}

/// Returns whether the focus is on a way not to answer that is chosen: Enter goes on from there.
fn is_chosen(asking: &Asking, put: &Put<'_>, s: &Situation) -> bool {
    let Zone::Button(place) = asking.zone else {
        return false;
    };
    buttons(asking, put, s)
        .get(place)
        .is_some_and(|button| button.chosen)
}

pub(super) fn table(asking: &Asking, put: &Put<'_>, s: &Situation, table: &mut Vec<Binding>) {
    let t = s.t();
    let long = asking.kind == Kind::Long;
    match asking.zone {
        Zone::Field => {
            let next = Key::PageDown;
            if long {
                table.extend(typing(t, true));
                table.push(Binding::new(
                    Keys::One(Key::Tab),
                    Command::NextZone,
                    &t.hint.buttons,
                    1,
                ));
                table.push(Binding::new(Keys::One(next), Command::Next, &t.hint.next, 1));
            } else {
                table.push(Binding::new(
                    Keys::One(Key::Enter),
                    Command::Next,
                    &t.hint.next,
                    0,
                ));
                table.extend(typing(t, false));
                table.push(Binding::silent(Keys::One(Key::Down), Command::NextZone));
                table.push(Binding::new(
                    Keys::One(Key::Tab),
                    Command::NextZone,
                    &t.hint.buttons,
                    1,
                ));
            }
            table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
            if put.interview.can_go_back() {
                let back = Keys::One(Key::PageUp);
                table.push(Binding::new(back, Command::Back, &t.hint.back, 3));
            }
            table.push(Binding::new(
                Keys::One(Key::Ctrl('z')),
                Command::Undo,
                &t.hint.undo,
                5,
            ));
            table.push(Binding::new(
                Keys::One(Key::Ctrl('y')),
                Command::Redo,
                &t.hint.redo,
                6,
            ));
            table.push(Binding::new(
                Keys::One(Key::Ctrl('l')),
                Command::Curtain,
                &t.hint.curtain,
                4,
            ));
        }
        Zone::Rows | Zone::Button(_) => {
            let presses = if is_chosen(asking, put, s) {
                &t.hint.next
            } else {
                &t.hint.press
            };
            table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, presses, 0));
            table.push(Binding::new(
                Keys::LeftRight,
                Command::Move(Step::Right),
                &t.hint.go_to,
                3,
            ));
            table.push(Binding::silent(Keys::One(Key::Char(' ')), Command::Enter));
            table.push(Binding::silent(Keys::One(Key::Down), Command::NextZone));
            table.push(Binding::silent(Keys::One(Key::Up), Command::Filter));
            table.push(Binding::new(
                Keys::One(Key::Tab),
                Command::NextZone,
                &t.hint.onward,
                2,
            ));
            table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        }
    }
}

pub(super) fn take(asking: &mut Asking, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
    let buttons = buttons(asking, put, s);
    let last = buttons.len().saturating_sub(1);
    match (command, asking.zone) {
        (Command::NextZone, zone) => {
            asking.zone = match zone {
                Zone::Button(place) if place < last => Zone::Button(place + 1),
                Zone::Button(_) => Zone::Field,
                Zone::Field | Zone::Rows => Zone::Button(0),
            };
            Reaction::Changed
        }
        (Command::PreviousZone, zone) => {
            asking.zone = match zone {
                Zone::Button(0) => Zone::Field,
                Zone::Button(place) => Zone::Button(place - 1),
                Zone::Field | Zone::Rows => Zone::Button(last),
            };
            Reaction::Changed
        }
        (Command::Filter, Zone::Button(_)) => {
            asking.zone = Zone::Field;
            Reaction::Changed
        }
        (Command::Move(step), Zone::Button(place)) => {
            let to = match step {
                Step::Left | Step::Up => place.saturating_sub(1),
                Step::Right | Step::Down => (place + 1).min(last),
                Step::First => 0,
                Step::Last => last,
            };
            asking.zone = Zone::Button(to);
            if to == place {
                Reaction::Nothing
            } else {
                Reaction::Changed
            }
        }
        (Command::Exchange | Command::LeaveAsIs, _) => {
            if let Some(field) = asking.field.as_mut() {
                match command {
                    Command::Exchange => asking.warning.exchange(field, s),
                    _ => asking.warning.leave(),
                }
            }
            // The writer is back where the writing goes on.
            asking.zone = Zone::Field;
            Reaction::Changed
        }
        (Command::Enter, Zone::Button(place)) => match buttons.get(place) {
            Some(button) => match &button.command {
                Command::Missing(_) if button.chosen && asking.unseen.is_answering() => {
                    Reaction::Do(Command::Next)
                }
                Command::Missing(_) if button.chosen => next(asking, put, s),
                Command::Missing(kind) => take_missing(asking, put, s, *kind),
                Command::Next if asking.unseen.is_answering() => Reaction::Do(Command::Next),
                Command::Next => next(asking, put, s),
                own @ (Command::Exchange | Command::LeaveAsIs) => take(asking, put, s, &own.clone()),
                other => Reaction::Do(other.clone()),
            },
            None => Reaction::Nothing,
        },
        (Command::Next, _) => next(asking, put, s),
        (other, Zone::Field) => asking
            .field
            .as_mut()
            .and_then(|field| edit(field, other, s))
            .unwrap_or_else(|| Reaction::Do(other.clone())),
        (other, _) => Reaction::Do(other.clone()),
    }
}

/// What was typed becomes an answer first, so that taking the reason back brings it back.
fn take_missing(asking: &mut Asking, put: &Put<'_>, s: &Situation, kind: Missing) -> Reaction {
    let mut steps = settle(asking, put, s).unwrap_or_default();
    match asking.take_missing(put, s, kind) {
        Reaction::Steps(more) => {
            steps.extend(more);
            Reaction::Steps(steps)
        }
        other => other,
    }
}

/// What is typed becomes the answer, and the interview goes on; what cannot be an answer is said beside the field.
fn next(asking: &mut Asking, put: &Put<'_>, s: &Situation) -> Reaction {
    match settle(asking, put, s) {
        Ok(mut steps) => {
            steps.push(Action::Next);
            Reaction::Steps(steps)
        }
        Err(says) => {
            asking.zone = Zone::Field;
            asking.error = Some(says);
            Reaction::Changed
        }
    }
}
