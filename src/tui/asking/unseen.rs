//! The other person answers alone: the interviewer does not see what.

use crate::domain::interview::Action;
use crate::texts::fill;
use crate::tui::command::{Command, Open};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, key_name};
use crate::tui::page::{Gap, Page};
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::{Asking, Put};

/// How far an answer that the interviewer must not see has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    /// An ordinary question.
    No,
    /// The other person has the screen.
    Answering,
    /// Answered just now: the screen is handed back.
    HandBack,
    /// Answered before.
    Answered,
}

impl Unseen {
    pub(super) fn begin(put: &Put<'_>) -> Self {
        let items = put.interview.items_asked(&put.question.id);
        let answered = items.iter().any(|item| put.interview.is_masked(&item.key()));
        match (answered, put.interview.is_answered_alone(put.question)) {
            (true, _) => Self::Answered,
            (false, true) => Self::Answering,
            (false, false) => Self::No,
        }
    }

    /// Returns whether the other person is answering now.
    pub(super) const fn is_answering(self) -> bool {
        matches!(self, Self::Answering)
    }

    /// Returns whether the screen shows only that there is an answer.
    pub(super) const fn is_covered(self) -> bool {
        matches!(self, Self::HandBack | Self::Answered)
    }

    /// Returns whether an answer that is masked stays unseen here.
    pub(super) const fn hides(self, masked: bool) -> bool {
        masked && !self.is_answering()
    }

    pub(super) fn table(self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        let mut table = vec![Binding::new(
            Keys::One(Key::Enter),
            Command::Next,
            &t.hint.next,
            0,
        )];
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::Next));
        table.push(Binding::new(
            Keys::Digits(1, 1),
            Command::Digit(1),
            &t.hint.answer_again,
            1,
        ));
        table.push(Binding::new(
            letter(&t.letter.back),
            Command::Back,
            &t.hint.back,
            2,
        ));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
        table.push(Binding::new(
            letter(&t.letter.pause),
            Command::Open(Open::Pause),
            &t.hint.pause,
            3,
        ));
        let overview = Command::Open(Open::Overview);
        table.push(Binding::new(
            letter(&t.letter.overview),
            overview,
            &t.hint.overview,
            4,
        ));
        let help = Command::Open(Open::Help);
        table.push(Binding::new(Keys::One(Key::Char('?')), help, &t.hint.help, 1));
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, &t.hint.menu, 0));
        table
    }

    pub(super) fn page(self, s: &Situation, put: &Put<'_>, page: &mut Page) {
        let t = &s.t().unseen;
        page.gap(Gap::Part);
        if Self::begin(put) != Self::Answered {
            // What was taken back is not called answered.
            let redo = key_name(Key::Ctrl('y'), &s.t().key);
            page.text(&s.aloud(&s.says(&put.question.text)), Tone::Aloud, 0);
            page.gap(Gap::Part);
            page.text(&fill(&t.taken_back, &[("redo", &redo)]), Tone::Plain, 1);
            page.cursor(1);
            page.gap(Gap::Part);
            page.text(&s.aside(&t.again), Tone::Aside, 0);
        } else if self == Self::HandBack {
            page.text(&t.hand_back, Tone::Aloud, 1);
            page.cursor(1);
            page.gap(Gap::Part);
            page.text(&t.is_hidden, Tone::Plain, 1);
        } else {
            page.text(&s.aloud(&s.says(&put.question.text)), Tone::Aloud, 0);
            page.gap(Gap::Part);
            page.text(&t.answered, Tone::Chosen, 1);
            page.cursor(1);
            page.gap(Gap::Part);
            page.text(&s.aside(&t.again), Tone::Aside, 0);
        }
    }
}

pub(super) fn take(asking: &mut Asking, command: &Command) -> Reaction {
    match command {
        Command::Digit(1) => {
            // The old answer is not shown again: the question starts empty.
            asking.unseen = Unseen::Answering;
            asking.focus = 0;
            asking.field = None;
            Reaction::Steps(vec![Action::Clear(asking.item())])
        }
        other => Reaction::Do(other.clone()),
    }
}

/// The other person takes the keyboard. What the interviewer has seen chosen is taken away first.
pub(super) fn hand_over(asking: &mut Asking, put: &Put<'_>) -> Reaction {
    asking.unseen = Unseen::Answering;
    asking.focus = 0;
    asking.field = None;
    if put.interview.response(&asking.item()).is_some() {
        Reaction::Steps(vec![Action::Clear(asking.item())])
    } else {
        Reaction::Changed
    }
}

/// The other person is done: what is typed is kept as theirs, and the screen is covered.
pub(super) fn leave(asking: &mut Asking, put: &Put<'_>, s: &Situation) -> Reaction {
    let steps = match super::typed::settle(asking, put, s) {
        Ok(steps) => steps,
        Err(says) => {
            asking.error = Some(says);
            return Reaction::Changed;
        }
    };
    let items = put.interview.items_asked(&put.question.id);
    let answered = items
        .iter()
        .any(|item| put.interview.response(&item.key()).is_some());
    if !answered && steps.is_empty() {
        return Reaction::Do(Command::Next);
    }
    asking.unseen = Unseen::HandBack;
    if steps.is_empty() {
        Reaction::Changed
    } else {
        Reaction::Steps(steps)
    }
}
