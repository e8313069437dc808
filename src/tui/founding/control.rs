//! How a field is answered on screen: a line, several lines, one of a few, some of what there is.

use crate::domain::founding::{Field, Form, day};
use crate::domain::language::Language;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, key_name};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::choosing::{begin, going_back, leaving};
use super::typing::{self, Line};
use super::{Facts, offered_about};

/// How a field is answered.
pub(super) enum Control {
    Line(Line),
    Lines {
        rows: Vec<String>,
        line: Line,
        /// What was typed goes to the rows and the next can be typed.
        adding: bool,
    },
    One {
        names: &'static [&'static str],
        focus: usize,
        picked: usize,
    },
    Several {
        rows: Vec<Row>,
        focus: usize,
        /// Surveys can also come from a file: the last row asks for it.
        file: Option<Line>,
        is_surveys: bool,
        adding: bool,
    },
}

/// One of several things to choose.
pub(super) struct Row {
    name: String,
    title: String,
    chosen: bool,
}

/// What came of a command.
pub(super) enum Taken {
    /// It is still being answered.
    Stays(Reaction),
    /// This is the answer.
    Answer(String),
    /// It cannot be the answer.
    Wrong(String),
    /// To the question before.
    Back,
}

impl Control {
    pub(super) fn new(field: Field, facts: &Facts, s: &Situation) -> Self {
        let text = facts.text(field);
        match field.form() {
            Form::Line(_) => Self::Line(Line::new(text)),
            Form::Lines => {
                let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
                // What was broken off half typed is gone on with.
                let is_taken = facts.wanted.text(field) == text;
                let half = if is_taken { None } else { rows.pop() };
                Self::Lines {
                    rows,
                    line: Line::new(half.as_deref().unwrap_or_default()),
                    adding: false,
                }
            }
            Form::One(names) => {
                let picked = names.iter().position(|name| *name == text).unwrap_or(0);
                Self::One {
                    names,
                    focus: picked,
                    picked,
                }
            }
            Form::Several => Self::Several {
                rows: rows(field, facts, s),
                focus: 0,
                file: None,
                is_surveys: field == Field::Surveys,
                adding: false,
            },
        }
    }

    /// Returns what stands here, as it is taken for an answer.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Line(line) => line.text().to_owned(),
            Self::Lines { rows, line, .. } => {
                let typed = Some(line.text().trim()).filter(|text| !text.is_empty());
                let rows: Vec<&str> = rows.iter().map(String::as_str).chain(typed).collect();
                rows.join("\n")
            }
            Self::One { names, picked, .. } => names.get(*picked).copied().unwrap_or_default().to_owned(),
            Self::Several { rows, .. } => {
                let chosen = rows.iter().filter(|row| row.chosen);
                let names: Vec<&str> = chosen.map(|row| row.name.as_str()).collect();
                names.join(",")
            }
        }
    }

    pub(super) fn typing(&mut self) -> Option<&mut crate::tui::field::Field> {
        match self {
            Self::Line(line) | Self::Lines { line, .. } | Self::Several { file: Some(line), .. } => {
                Some(line).filter(|line| line.is_typing()).map(Line::field)
            }
            Self::One { .. } | Self::Several { .. } => None,
        }
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let one = Keys::One;
        match self {
            Self::Line(line) | Self::Lines { line, .. } | Self::Several { file: Some(line), .. } => {
                line.table(s)
            }
            Self::One { names, focus, picked } => {
                let last = u8::try_from(names.len()).unwrap_or(9).min(9);
                let space = one(Key::Char(' '));
                let mut table = vec![
                    Binding::new(Keys::Digits(1, last), Command::Digit(1), &t.hint.choose, 2),
                    Binding::new(one(Key::Enter), Command::Enter, &t.hint.next, 1),
                    Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 4),
                    if focus == picked {
                        Binding::silent(space, Command::Toggle)
                    } else {
                        Binding::new(space, Command::Toggle, &t.hint.choose, 3)
                    },
                ];
                table.extend(going_back(s));
                table.extend(leaving(s));
                table
            }
            Self::Several { rows, is_surveys, .. } => {
                let all = rows.len() + usize::from(*is_surveys);
                let last = u8::try_from(all).unwrap_or(9).min(9);
                let mut table = vec![
                    Binding::new(Keys::Digits(1, last), Command::Digit(1), &t.hint.on_off, 2),
                    Binding::new(one(Key::Char(' ')), Command::Toggle, &t.hint.on_off, 3),
                    Binding::new(one(Key::Enter), Command::Enter, &t.hint.next, 1),
                    Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 4),
                ];
                table.extend(going_back(s));
                table.extend(leaving(s));
                table
            }
        }
    }

    pub(super) fn page(&self, field: Field, error: Option<&str>, s: &Situation, width: usize) -> Page {
        let t = &s.texts.founding;
        let asked = t.asked(field);
        if let Self::Several { file: Some(line), .. } = self {
            let mut page = begin(&t.file_title, &[&t.file_about], s, width);
            line.put(&mut page, &t.file_label, 66);
            put_error(&mut page, error);
            page.gap(Gap::Part);
            line.put_buttons(&mut page, s);
            return page;
        }
        let extra = match self {
            Self::Line(_) if matches!(field, Field::Service | Field::Commissioner | Field::Purpose) => {
                t.may_be_empty.clone()
            }
            Self::Lines { rows, .. } => {
                let names = &s.t().key;
                let (enter, delete) = (key_name(Key::Enter, names), key_name(Key::Backspace, names));
                let add = fill(&t.lines_add, &[("enter", &enter)]);
                if rows.is_empty() {
                    add
                } else {
                    format!("{add} {}", fill(&t.lines_back, &[("delete", &delete)]))
                }
            }
            Self::Several { .. } => t.several.clone(),
            Self::Line(_) | Self::One { .. } => String::new(),
        };
        let mut page = begin(&asked.ask, &[&asked.about, &extra], s, width);
        match self {
            Self::Line(line) => {
                let size = match field.form() {
                    Form::Line(size) => size,
                    _ => width,
                };
                line.put(&mut page, "", size);
                if let Some(day) = understood(field, line.text(), s) {
                    page.text(&day, Tone::Chosen, 4);
                }
                put_error(&mut page, error);
                page.gap(Gap::Part);
                line.put_buttons(&mut page, s);
            }
            Self::Lines { rows, line, .. } => {
                for row in rows {
                    page.hanging("- ", row, Tone::Chosen, 4);
                }
                line.put(&mut page, "", 66);
                put_error(&mut page, error);
                page.gap(Gap::Part);
                line.put_buttons(&mut page, s);
            }
            Self::One { names, focus, picked } => {
                for (place, name) in names.iter().enumerate() {
                    let chosen = place == *picked;
                    let lead = format!("{}  {} ", place + 1, if chosen { "(x)" } else { "( )" });
                    let title = t.offered(name).map_or("", |offered| offered.name.as_str());
                    page.choice(&lead, title, *focus == place, chosen, &Command::Press(place));
                    page.text(&offered_about(name, &s.texts), Tone::Aside, 10);
                    page.gap(Gap::Around);
                }
                put_error(&mut page, error);
            }
            Self::Several {
                rows,
                focus,
                is_surveys,
                ..
            } => {
                for (place, row) in rows.iter().enumerate() {
                    let mark = if row.chosen { "[x]" } else { "[ ]" };
                    let lead = format!("{}  {mark} ", place + 1);
                    page.choice(
                        &lead,
                        &row.title,
                        *focus == place,
                        row.chosen,
                        &Command::Press(place),
                    );
                    page.gap(Gap::Options);
                }
                if *is_surveys {
                    let place = rows.len();
                    let lead = format!("{}      ", place + 1);
                    page.choice(
                        &lead,
                        &t.from_file,
                        *focus == place,
                        false,
                        &Command::Press(place),
                    );
                }
                put_error(&mut page, error);
            }
        }
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Taken {
        match self {
            Self::Line(line) => match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Next => Taken::Answer(line.text().to_owned()),
                typing::Taken::Back => Taken::Back,
            },
            Self::Lines { rows, line, adding } => {
                let is_empty = line.text().trim().is_empty();
                if *command == Command::DeleteBack
                    && line.text().is_empty()
                    && line.is_typing()
                    && let Some(last) = rows.pop()
                {
                    line.set(&last);
                    return Taken::Stays(Reaction::Changed);
                }
                let from_field = line.is_typing() && *command == Command::Enter;
                match line.take(command, s) {
                    typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                    typing::Taken::Next => {
                        *adding = from_field && !is_empty;
                        Taken::Answer(self.text())
                    }
                    typing::Taken::Back => Taken::Back,
                }
            }
            Self::One { names, focus, picked } => {
                let names = *names;
                match take_one(command, focus, picked, names.len(), s) {
                    One::Stays(reaction) => Taken::Stays(reaction),
                    One::On => Taken::Answer(self.text()),
                    One::Back => Taken::Back,
                }
            }
            Self::Several { .. } => self.take_several(command, s),
        }
    }

    fn take_several(&mut self, command: &Command, s: &Situation) -> Taken {
        let chosen = self.text();
        let Self::Several {
            rows,
            focus,
            file,
            is_surveys,
            adding,
        } = self
        else {
            return Taken::Stays(Reaction::Nothing);
        };
        if let Some(line) = file {
            return match line.take(command, s) {
                typing::Taken::Stays(reaction) => Taken::Stays(reaction),
                typing::Taken::Next if line.text().trim().is_empty() => {
                    *file = None;
                    Taken::Stays(Reaction::Changed)
                }
                typing::Taken::Next => {
                    *adding = true;
                    Taken::Answer(format!("{chosen}\n{}", line.text().trim()))
                }
                typing::Taken::Back => {
                    *file = None;
                    Taken::Stays(Reaction::Changed)
                }
            };
        }
        let last = rows.len() + usize::from(*is_surveys) - 1;
        let pressed = match command {
            Command::Move(step) => {
                *focus = moved(*focus, *step, last);
                return Taken::Stays(Reaction::Changed);
            }
            Command::Digit(digit) => usize::from(*digit).checked_sub(1).filter(|at| *at <= last),
            Command::Press(place) => Some(*place),
            Command::Toggle => Some(*focus),
            Command::Enter if *focus == rows.len() => Some(*focus),
            Command::Enter | Command::Next if chosen.is_empty() => {
                return Taken::Wrong(s.texts.founding.choose_one.clone());
            }
            Command::Enter | Command::Next => return Taken::Answer(chosen),
            Command::Back => return Taken::Back,
            other => return Taken::Stays(Reaction::Do(other.clone())),
        };
        let Some(place) = pressed else {
            return Taken::Stays(Reaction::Nothing);
        };
        *focus = place;
        match rows.get_mut(place) {
            Some(row) => row.chosen = !row.chosen,
            None => *file = Some(Line::new("")),
        }
        Taken::Stays(Reaction::Changed)
    }

    /// Takes that the answer was taken. Returns whether the next question comes.
    pub(super) fn goes_on(&mut self, facts: &Facts, s: &Situation) -> bool {
        match self {
            Self::Lines { rows, line, adding } if *adding => {
                rows.push(line.text().trim().to_owned());
                line.set("");
                *adding = false;
                false
            }
            Self::Several { adding, .. } if *adding => {
                *self = Self::Several {
                    rows: rows(Field::Surveys, facts, s),
                    focus: 0,
                    file: None,
                    is_surveys: true,
                    adding: false,
                };
                false
            }
            _ => true,
        }
    }

    /// Takes that the answer was not taken.
    pub(super) const fn refused(&mut self) {
        match self {
            Self::Lines { adding, .. } | Self::Several { adding, .. } => *adding = false,
            Self::Line(_) | Self::One { .. } => {}
        }
    }
}

/// What came of a command, where one is picked.
enum One {
    Stays(Reaction),
    On,
    Back,
}

fn take_one(command: &Command, focus: &mut usize, picked: &mut usize, names: usize, s: &Situation) -> One {
    let last = names.saturating_sub(1);
    let place = match command {
        Command::Move(step) => {
            *focus = moved(*focus, *step, last);
            return One::Stays(Reaction::Changed);
        }
        Command::Digit(digit) => usize::from(*digit).checked_sub(1).filter(|at| *at <= last),
        Command::Press(place) => Some(*place).filter(|at| *at <= last),
        Command::Toggle => Some(*focus),
        Command::Enter if focus != picked => {
            *focus = *picked;
            return One::Stays(Reaction::Say(s.row_not_chosen()));
        }
        Command::Enter | Command::Next => return One::On,
        Command::Back => return One::Back,
        other => return One::Stays(Reaction::Do(other.clone())),
    };
    if let Some(place) = place {
        (*focus, *picked) = (place, place);
    }
    One::Stays(Reaction::Changed)
}

const fn moved(focus: usize, step: Step, last: usize) -> usize {
    match step {
        Step::Up | Step::Left => focus.saturating_sub(1),
        Step::Down | Step::Right if focus < last => focus + 1,
        Step::Down | Step::Right | Step::Last => last,
        Step::First => 0,
    }
}

/// Returns what there is to choose of, and what is chosen.
fn rows(field: Field, facts: &Facts, s: &Situation) -> Vec<Row> {
    let text = facts.text(field);
    let chosen: Vec<&str> = text.split([',', '\n']).map(str::trim).collect();
    if field == Field::Languages {
        let has = |language: &Language| {
            let surveys = &facts.wanted.surveys;
            surveys
                .iter()
                .all(|found| found.survey.parts().languages.contains(language))
        };
        return Language::ALL
            .into_iter()
            .filter(has)
            .map(|language| Row {
                name: language.code().to_owned(),
                title: language.own_name().to_owned(),
                chosen: chosen.contains(&language.code()),
            })
            .collect();
    }
    let mut rows: Vec<Row> = facts
        .surveys
        .iter()
        .map(|(name, title)| Row {
            name: name.clone(),
            title: title.get(s.language()).to_owned(),
            chosen: chosen.contains(&name.as_str()),
        })
        .collect();
    let is_new = |named: &str| !facts.surveys.iter().any(|(name, _)| name == named);
    rows.extend(
        facts
            .wanted
            .surveys
            .iter()
            .filter(|found| is_new(&found.named))
            .map(|found| Row {
                name: found.named.clone(),
                title: format!(
                    "{} ({})",
                    found.survey.parts().title.get(s.language()),
                    found.named
                ),
                chosen: true,
            }),
    );
    // The first is the one most begin with.
    if text.is_empty()
        && let Some(first) = rows.first_mut()
    {
        first.chosen = true;
    }
    rows
}

/// Returns the day that is meant, spelled out.
fn understood(field: Field, text: &str, s: &Situation) -> Option<String> {
    matches!(field, Field::WithdrawUntil | Field::DeleteBy)
        .then(|| day(text.trim(), s.today))
        .flatten()
        .map(|day| date(day, s.language()))
}

pub(super) fn put_error(page: &mut Page, error: Option<&str>) {
    if let Some(error) = error {
        page.gap(Gap::Around);
        page.hanging("! ", error, Tone::Notice, 2);
    }
}
