//! What an evaluation needs beside its answers: laptops with their kits; copies, coordinators, withdrawal and the end.

use crate::disclosure::standing::Attention;
use crate::domain::evaluation::Identification;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::form::What;
use super::pane::Pane;
use super::{Deed, Opened, Place, usual_keys};

/// The screen: a list of what there is, and of what can be done.
#[derive(Clone, Copy, Debug)]
pub struct Upkeep {
    about: About,
    focus: usize,
}

/// What the list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Laptops,
    Evaluation,
    /// What brings a key to this machine.
    Keys,
    /// This laptop, where one interviews.
    OwnLaptop,
}

/// A row that can be chosen.
enum Row {
    /// Something that can be done.
    Do(What),
    /// Somewhere to go.
    Go(Place),
    /// A laptop that is in no use any more.
    Revoked,
}

/// What stands on the screen, in order.
enum Line {
    Heading(String),
    Note(String),
    Choice(String, Row),
}

impl Upkeep {
    /// Returns the laptops.
    #[must_use]
    pub const fn of_laptops() -> Self {
        Self::about(About::Laptops)
    }

    /// Returns everything else.
    #[must_use]
    pub const fn of_evaluation() -> Self {
        Self::about(About::Evaluation)
    }

    /// Returns what brings a key to this machine that opens the evaluation.
    #[must_use]
    pub const fn of_keys() -> Self {
        Self::about(About::Keys)
    }

    /// Returns what is done now and then to a laptop on which one interviews.
    #[must_use]
    pub const fn of_own_laptop() -> Self {
        Self::about(About::OwnLaptop)
    }

    const fn about(about: About) -> Self {
        Self { about, focus: 0 }
    }

    pub(super) fn heading(self, s: &Situation) -> String {
        let words = &s.texts.coordinator.upkeep;
        let title = match self.about {
            About::Laptops => &words.laptops_title,
            About::Evaluation => &words.title,
            About::Keys => &words.keys_title,
            About::OwnLaptop => &words.own_title,
        };
        title.clone()
    }

    fn lines(self, s: &Situation) -> Vec<Line> {
        let opened = s.coordinator.opened.as_deref();
        match (self.about, opened) {
            (About::Keys, _) => key_lines(s),
            (About::OwnLaptop, _) => own_lines(s),
            (About::Laptops, Some(opened)) => laptop_lines(opened, s),
            (About::Evaluation, Some(opened)) => evaluation_lines(opened, s),
            (_, None) => Vec::new(),
        }
    }

    fn rows(self, s: &Situation) -> Vec<Row> {
        let lines = self.lines(s).into_iter();
        lines
            .filter_map(|line| match line {
                Line::Choice(_, row) => Some(row),
                Line::Heading(_) | Line::Note(_) => None,
            })
            .collect()
    }

    pub(super) fn table(self, s: &Situation) -> Vec<Binding> {
        let hint = &s.t().hint;
        let enter = Keys::One(Key::Enter);
        let mut table = vec![
            match self.rows(s).get(self.focus) {
                Some(Row::Do(_) | Row::Go(_)) => Binding::new(enter, Command::Enter, &hint.open, 1),
                _ => Binding::silent(enter, Command::Enter),
            },
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &hint.go_to, 2),
        ];
        usual_keys(&mut table, false, s);
        table
    }

    pub(super) fn page(self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let mut pane = Pane::new(width, s.theme());
        let mut place = 0;
        for line in self.lines(s) {
            match line {
                Line::Heading(text) => {
                    pane.blank();
                    pane.text(&text, Tone::Heading);
                }
                Line::Note(text) => pane.text(&text, Tone::Plain),
                Line::Choice(text, _) => {
                    pane.long_row("", &text, place == self.focus, &Command::Press(place));
                    place += 1;
                }
            }
        }
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        pane.seen(height, None, more).write(&mut page);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let rows = self.rows(s);
        let last = rows.len().saturating_sub(1);
        self.focus = self.focus.min(last);
        match command {
            Command::Move(step) => {
                self.focus = step.in_list(self.focus, last);
                Reaction::Changed
            }
            Command::Press(place) => {
                self.focus = (*place).min(last);
                self.open(rows, s)
            }
            Command::Enter => self.open(rows, s),
            other => Reaction::Do(other.clone()),
        }
    }

    fn open(self, rows: Vec<Row>, s: &Situation) -> Reaction {
        match rows.into_iter().nth(self.focus) {
            Some(Row::Do(what)) => Reaction::Do(Command::Deed(Deed::Fill(what))),
            Some(Row::Go(place)) => Reaction::Do(Command::Deed(Deed::Go(place))),
            Some(Row::Revoked) => Reaction::Say(s.texts.keys.revoked_before.clone()),
            None => Reaction::Nothing,
        }
    }
}

fn laptop_lines(opened: &Opened, s: &Situation) -> Vec<Line> {
    let words = &s.texts.coordinator.upkeep;
    let laptops = &opened.evaluation.signing.laptops;
    let silent = |id| {
        let mut attention = opened.standing.attention.iter();
        attention.any(|one| matches!(one, Attention::NotDelivered(names) if names.contains(id)))
    };
    let mut lines = vec![
        Line::Note(words.laptops_about.clone()),
        Line::Heading(words.laptops_heading.clone()),
    ];
    if laptops.is_empty() {
        lines.push(Line::Note(words.no_laptops.clone()));
    }
    for laptop in laptops {
        let says = if laptop.revoked {
            &words.laptop_revoked
        } else if silent(&laptop.id) {
            &words.laptop_silent
        } else {
            &words.laptop_counts
        };
        let text = fill(says, &[("laptop", laptop.id.as_str())]);
        let row = if laptop.revoked {
            Row::Revoked
        } else {
            Row::Do(What::Revoke(laptop.id.clone()))
        };
        lines.push(Line::Choice(text, row));
    }
    lines.push(Line::Heading(words.do_heading.clone()));
    lines.push(Line::Choice(words.make_kit.clone(), Row::Do(What::Kit)));
    if laptops.iter().any(|laptop| !laptop.revoked) {
        lines.push(Line::Choice(words.renew.clone(), Row::Do(What::Renew)));
    }
    lines
}

fn key_lines(s: &Situation) -> Vec<Line> {
    let words = &s.texts.coordinator.upkeep;
    vec![
        Line::Note(words.keys_about.clone()),
        Line::Heading(words.keys_heading.clone()),
        Line::Choice(words.install.clone(), Row::Do(What::Install)),
        Line::Choice(words.recover.clone(), Row::Do(What::Recover)),
    ]
}

fn own_lines(s: &Situation) -> Vec<Line> {
    let words = &s.texts.coordinator.upkeep;
    let mut lines = vec![
        Line::Note(words.own_about.clone()),
        Line::Heading(words.do_heading.clone()),
        Line::Choice(words.take_kit.clone(), Row::Do(What::TakeKit)),
    ];
    if let Some(day) = s.desk.delete_by {
        lines.push(Line::Heading(words.answers_heading.clone()));
        let shown = date(day, s.language());
        lines.push(Line::Note(fill(&words.closes_on, &[("date", &shown)])));
        if s.today >= day {
            lines.push(Line::Choice(words.wipe.clone(), Row::Do(What::Wipe)));
        }
    }
    lines
}

fn evaluation_lines(opened: &Opened, s: &Situation) -> Vec<Line> {
    let words = &s.texts.coordinator.upkeep;
    let evaluation = &opened.evaluation;
    let mut lines = vec![
        Line::Note(words.about.clone()),
        Line::Heading(words.copy_heading.clone()),
        Line::Choice(words.back_up.clone(), Row::Do(What::BackUp)),
        Line::Choice(words.restore.clone(), Row::Do(What::Restore)),
        Line::Choice(words.verify.clone(), Row::Do(What::Verify)),
        Line::Choice(words.confirm.clone(), Row::Go(Place::Changes)),
        Line::Heading(words.coordinators_heading.clone()),
    ];
    for recipient in &evaluation.recipients {
        let says = if recipient.proved {
            &words.coordinator_proved
        } else {
            &words.coordinator_not_proved
        };
        let text = fill(says, &[("name", recipient.name.as_str())]);
        let remove = What::RemoveCoordinator(recipient.name.to_string());
        lines.push(Line::Choice(text, Row::Do(remove)));
    }
    let own = [
        (&words.add_coordinator, What::AddCoordinator),
        (&words.new_key, What::NewKey),
        (&words.install, What::Install),
        (&words.recover, What::Recover),
        (&words.forget_old, What::ForgetOld),
        (&words.reseal, What::Reseal),
    ];
    // Where everything is made up, the key has no passphrase that could be lost.
    let own = own
        .into_iter()
        .filter(|(_, what)| !evaluation.made_up || !matches!(what, What::Install | What::Recover));
    lines.extend(own.map(|(says, what)| Line::Choice(says.clone(), Row::Do(what))));
    let open = evaluation.open_round().map(|round| &round.id);
    // Another round begins after the open one, whichever is looked at: its surveys are those of the open one.
    if open.is_some() && open == opened.rounds.last() {
        lines.push(Line::Heading(words.rounds_heading.clone()));
        lines.push(Line::Choice(words.new_round.clone(), Row::Do(What::NewRound)));
    }
    lines.push(Line::Heading(words.answers_heading.clone()));
    lines.push(Line::Choice(words.rescue.clone(), Row::Go(Place::Drafts)));
    if evaluation.identification == Identification::Deidentified {
        lines.push(Line::Choice(words.withdraw.clone(), Row::Do(What::Withdraw)));
    }
    if let Some(day) = evaluation.delete_by {
        let day = date(day, s.language());
        lines.push(Line::Note(fill(&words.closes_on, &[("date", &day)])));
    }
    lines.push(Line::Choice(words.close.clone(), Row::Do(What::Close)));
    lines
}
