//! The checklist: what has to be settled outside the program, and where it is written down that it is.

use crate::disclosure::standing::Point;
use crate::domain::clean_text::CleanText;
use crate::domain::founding::day;
use crate::texts::coordinator::ChecklistTexts;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::overview::point_sentence;
use super::pane::Pane;
use super::{Ask, Opened, usual_keys};

/// A point that is settled on this screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// What it is for.
    Purpose,
    /// Who asked for it.
    Commissioner,
    /// Quality work or research.
    Assessment,
    /// Who is the data controller.
    Controller,
    /// Why the ages are as they are.
    ConsentReason,
    /// When the numbers were tried.
    Contacts,
    /// When answers and keys go.
    Deletion,
}

/// The screen.
#[derive(Default)]
pub struct Checklist {
    focus: usize,
    typing: Option<(Settle, Field)>,
    /// An earlier day of deletion that was asked about: it takes effect when it is entered once more.
    sure: Option<CleanText>,
}

impl Settle {
    /// What a point is settled by; nothing where that is not done here.
    const fn of(point: &Point) -> Option<Self> {
        match point {
            Point::Purpose => Some(Self::Purpose),
            Point::Commissioner => Some(Self::Commissioner),
            Point::Assessment => Some(Self::Assessment),
            Point::Controller => Some(Self::Controller),
            Point::Consent => Some(Self::ConsentReason),
            Point::Contacts => Some(Self::Contacts),
            Point::Deletion(_) => Some(Self::Deletion),
            Point::Withdrawal(_) | Point::Keys | Point::Closed => None,
        }
    }

    /// What stands there now, to be changed.
    fn text(self, opened: &Opened, s: &Situation) -> String {
        let evaluation = &opened.evaluation;
        let text = |text: &Option<CleanText>| text.as_ref().map(ToString::to_string).unwrap_or_default();
        match self {
            Self::Purpose => {
                let purpose = evaluation.purpose.as_ref();
                purpose.map_or_else(String::new, |purpose| purpose.get(s.language()).to_owned())
            }
            Self::Commissioner => text(&evaluation.commissioner),
            Self::Assessment => text(&evaluation.legal_frame.assessment),
            Self::Controller => text(&evaluation.legal_frame.controller),
            Self::ConsentReason => text(&evaluation.consent_policy.reason),
            Self::Contacts => s.today.to_string(),
            Self::Deletion => evaluation
                .delete_by
                .map(|day| day.to_string())
                .unwrap_or_default(),
        }
    }

    const fn label(self, words: &ChecklistTexts) -> &String {
        match self {
            Self::Purpose => &words.label_purpose,
            Self::Commissioner => &words.label_commissioner,
            Self::Assessment => &words.label_assessment,
            Self::Controller => &words.label_controller,
            Self::ConsentReason => &words.label_reason,
            Self::Contacts => &words.label_tried,
            Self::Deletion => &words.label_deletion,
        }
    }
}

/// What is asked before answers go earlier than was promised: it cannot be put off again here.
fn earlier(what: Settle, said: &CleanText, s: &Situation) -> Option<String> {
    let opened = s.coordinator.opened.as_deref()?;
    let promised = opened.evaluation.delete_by.filter(|_| what == Settle::Deletion)?;
    let wanted = day(said.as_str(), s.today).filter(|wanted| *wanted < promised)?;
    let days = (wanted - s.today).get_days().to_string();
    let shown = date(wanted, s.language());
    let values = [("date", shown.as_str()), ("days", &days)];
    Some(fill(&s.texts.coordinator.checklist.deletion_earlier, &values))
}

impl Checklist {
    fn point<'s>(&self, s: &'s Situation) -> Option<&'s Point> {
        let points = &s.coordinator.opened.as_deref()?.standing.checklist;
        let (point, _) = points.get(self.focus.min(points.len().saturating_sub(1)))?;
        Some(point)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator.checklist);
        let mut table = Vec::new();
        let enter = Keys::One(Key::Enter);
        if self.typing.is_some() {
            table.extend(typing(s.t(), false));
            table.push(Binding::new(enter, Command::Enter, &hint.done, 1));
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.cancel, 0));
            return table;
        }
        table.push(
            if self.point(s).is_some_and(|point| Settle::of(point).is_some()) {
                Binding::new(enter, Command::Enter, &words.settle, 1)
            } else {
                Binding::silent(enter, Command::Enter)
            },
        );
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            2,
        ));
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let words = &s.texts.coordinator.checklist;
        let mut page = Page::new(width, s.theme());
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.about, Tone::Plain);
        pane.blank();
        if let Some(opened) = s.coordinator.opened.as_deref() {
            let points = &opened.standing.checklist;
            let focus = self.focus.min(points.len().saturating_sub(1));
            for (place, (point, settled)) in points.iter().enumerate() {
                let mark = if *settled { "[x] " } else { "[ ] " };
                let focused = place == focus && self.typing.is_none();
                let text = point_sentence(point, opened, s);
                pane.long_row(mark, &text, focused, &Command::Press(place));
                if place == focus
                    && let Some((what, field)) = &self.typing
                {
                    pane.field(what.label(words), field);
                }
            }
        }
        pane.blank();
        pane.text(&words.how, Tone::Aside);
        let t = s.t();
        pane.seen(height, None, (&t.more_above, &t.more_below))
            .write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(opened) = s.coordinator.opened.as_deref() else {
            return Reaction::Do(command.clone());
        };
        if self.typing.is_some() {
            return self.take_typed(command, s);
        }
        let last = opened.standing.checklist.len().saturating_sub(1);
        match command {
            Command::Move(step) => {
                self.focus = step.in_list(self.focus.min(last), last);
                Reaction::Changed
            }
            Command::Press(place) if *place != self.focus => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Press(_) | Command::Enter => match self.point(s).map(Settle::of) {
                Some(Some(what)) => {
                    self.typing = Some((what, Field::line(&what.text(opened, s))));
                    Reaction::Changed
                }
                _ => Reaction::Say(s.texts.coordinator.checklist.not_here.clone()),
            },
            other => Reaction::Do(other.clone()),
        }
    }

    fn take_typed(&mut self, command: &Command, s: &Situation) -> Reaction {
        match command {
            Command::Close | Command::Back | Command::Up => {
                self.settled();
                Reaction::Changed
            }
            Command::Enter => {
                let Some((what, field)) = &self.typing else {
                    return Reaction::Nothing;
                };
                let (what, said) = (*what, CleanText::line(field.shown().trim()));
                if said.is_blank() {
                    self.typing = None;
                    return Reaction::Changed;
                }
                if let Some(says) = earlier(what, &said, s).filter(|_| self.sure.as_ref() != Some(&said)) {
                    self.sure = Some(said);
                    return Reaction::Say(says);
                }
                // What cannot be taken stays in the field.
                Reaction::Coordinate(Ask::Settle(what, said))
            }
            other => {
                let field = self.typing.as_mut().map(|(_, field)| field);
                let edited = field.and_then(|field| edit(field, other, s));
                edited.unwrap_or(Reaction::Nothing)
            }
        }
    }

    /// What was typed is settled.
    pub(in crate::tui) fn settled(&mut self) {
        self.typing = None;
        self.sure = None;
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        self.typing.as_mut().map(|(_, field)| field)
    }
}
