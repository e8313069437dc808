//! Everything that was answered, once more, before anything is made.

use crate::domain::evaluation::ProfileName;
use crate::domain::founding::Field;
use crate::domain::language::Language;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::{columns, pad};

use super::Facts;
use super::choosing::{begin, going_back, leaving};

/// The rows, and where the focus is: a field, or after the last the row that makes the keys.
#[derive(Clone, Copy, Default)]
pub(super) struct Summary {
    at: Option<Field>,
    make: bool,
}

/// What came of a command.
pub(super) enum Taken {
    /// Another row has the focus.
    Moved,
    /// This is to be changed.
    Change(Field),
    /// It is right.
    Make,
    /// To the last question.
    Back,
    /// It was none of its own.
    Other,
}

impl Summary {
    /// Returns it with the focus on a field.
    pub(super) const fn at(field: Field) -> Self {
        Self {
            at: Some(field),
            make: false,
        }
    }

    pub(super) fn table(s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = vec![
            Binding::new(Keys::One(Key::Enter), Command::Enter, &t.hint.open, 1),
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 2),
        ];
        table.extend(going_back(s));
        table.extend(leaving(s));
        table
    }

    pub(super) fn page(self, facts: &Facts, error: Option<&str>, s: &Situation, width: usize) -> Page {
        let t = &s.texts.founding;
        let mut page = begin(&t.summary_title, &[&t.summary_about], s, width);
        let asked = facts.asked();
        let focus = self.place(&asked);
        let widest = asked.iter().map(|field| columns(&t.asked(*field).name)).max();
        for (place, field) in asked.iter().enumerate() {
            let name = pad(&t.asked(*field).name, widest.unwrap_or(0));
            let lead = format!("{name}  ");
            let value = shown(*field, facts, s);
            page.choice(&lead, &value, focus == place, false, &Command::Press(place));
        }
        page.gap(Gap::Part);
        let open = facts.wanted.missing();
        if !open.is_empty() {
            let names: Vec<&str> = open.iter().map(|field| t.asked(*field).name.as_str()).collect();
            let says = fill(&t.summary_missing, &[("fields", &names.join(", "))]);
            page.hanging("! ", &says, Tone::Notice, 2);
            page.gap(Gap::Part);
        }
        let place = asked.len();
        page.choice("", &t.summary_make, focus == place, false, &Command::Press(place));
        if let Some(error) = error {
            page.hanging("! ", error, Tone::Notice, 2);
        }
        page
    }

    fn place(self, asked: &[Field]) -> usize {
        if self.make {
            return asked.len();
        }
        let at = self.at.and_then(|at| asked.iter().position(|field| *field == at));
        at.unwrap_or(0)
    }

    pub(super) fn take(&mut self, command: &Command, facts: &Facts) -> Taken {
        let asked = facts.asked();
        let (place, last) = (self.place(&asked), asked.len());
        let to = match command {
            Command::Move(Step::Up | Step::Left) => place.saturating_sub(1),
            Command::Move(Step::Down | Step::Right) => (place + 1).min(last),
            Command::Move(Step::First) => 0,
            Command::Move(Step::Last) | Command::Next => last,
            Command::Enter => return Self::press(place, &asked),
            Command::Press(place) => return Self::press(*place, &asked),
            Command::Back => return Taken::Back,
            _ => return Taken::Other,
        };
        self.at = asked.get(to).copied();
        self.make = to == last;
        Taken::Moved
    }

    fn press(place: usize, asked: &[Field]) -> Taken {
        match asked.get(place) {
            Some(field) => Taken::Change(*field),
            None => Taken::Make,
        }
    }
}

/// Returns what stands at a field, in words.
fn shown(field: Field, facts: &Facts, s: &Situation) -> String {
    let t = &s.texts.founding;
    let wanted = &facts.wanted;
    let joined = |parts: Vec<String>| parts.join(", ");
    let text = match field {
        Field::Round => match &wanted.round {
            Some(round) => round.title.clone(),
            None => facts.text(field).to_owned(),
        },
        Field::Sites => joined(
            wanted
                .sites
                .iter()
                .flatten()
                .map(|own| match own.planned {
                    Some(planned) => format!("{}: {planned}", own.site.title),
                    None => own.site.title.clone(),
                })
                .collect(),
        ),
        Field::Surveys => {
            let titles = wanted.surveys.iter();
            joined(
                titles
                    .map(|found| found.survey.parts().title.get(s.language()).to_owned())
                    .collect(),
            )
        }
        Field::Languages => {
            let languages = wanted.languages().into_iter();
            joined(languages.map(Language::own_name).map(str::to_owned).collect())
        }
        Field::Mode | Field::Profile => {
            let name = match field {
                Field::Profile => wanted.profile.unwrap_or(ProfileName::Standard).code().to_owned(),
                _ => wanted.text(Field::Mode),
            };
            t.offered(&name).map_or(name, |offered| offered.name.clone())
        }
        Field::WithdrawUntil => wanted
            .withdraw_until
            .map_or_else(String::new, |day| date(day, s.language())),
        Field::DeleteBy => wanted
            .delete_day(s.today)
            .map_or_else(String::new, |day| date(day, s.language())),
        Field::Contacts => wanted.text(field).replace('\n', ", "),
        field => wanted.text(field),
    };
    if text.is_empty() { t.nothing.clone() } else { text }
}
