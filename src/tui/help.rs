//! The help: everything there is to do on the screen below, searched by typing and done with Enter.

use super::command::{Command, Open, Step};
use super::edit::edit;
use super::field::Field;
use super::hints::clickable;
use super::input::Key;
use super::keymap::{Binding, Keys, key_name, typing};
use super::list::Entry;
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::wrap::{columns, pad};

/// One thing to do.
#[derive(Clone, Debug)]
struct Row {
    keys: String,
    does: String,
    /// What Enter does here; `None` where only the keys themselves say what is meant.
    command: Option<Command>,
}

/// The help about a screen.
pub struct Help {
    rows: Vec<Row>,
    search: Field,
    focus: usize,
}

impl Help {
    /// Returns the help about a screen with this key table and this menu.
    #[must_use]
    pub fn new(table: &[Binding], menu: &[Entry], s: &Situation) -> Self {
        let names = &s.t().key;
        let t = &s.t().help;
        let mut rows: Vec<Row> = Vec::new();
        let mut add = |keys: String, does: &str, command: Option<Command>| {
            // The help is open already.
            let itself = matches!(command, Some(Command::Open(Open::Help)));
            if !keys.is_empty() && !itself && !rows.iter().any(|row| row.keys == keys) {
                rows.push(Row {
                    keys,
                    does: does.to_owned(),
                    command,
                });
            }
        };
        for binding in table {
            if let Some(says) = &binding.says {
                add(binding.keys.name(names), says, clickable(binding));
            }
        }
        for entry in menu {
            let keys = entry.letter.as_ref().map(|keys| keys.name(names));
            add(keys.unwrap_or_default(), &entry.text, Some(entry.command.clone()));
        }
        for (key, does, command) in [
            (Key::Ctrl('l'), &t.curtain, Command::Curtain),
            (Key::Ctrl('s'), &t.saved, Command::AskSaved),
            (Key::Ctrl('z'), &t.undo, Command::Undo),
            (Key::Ctrl('y'), &t.redo, Command::Redo),
            (Key::Ctrl('c'), &t.quit, Command::Quit),
        ] {
            add(key_name(key, names), does, Some(command));
        }
        // Whoever opens the help and presses Enter is back where they were.
        let close = Row {
            keys: key_name(Key::Esc, names),
            does: s.t().hint.close.clone(),
            command: Some(Command::Close),
        };
        rows.insert(0, close);
        Self {
            rows,
            search: Field::line(""),
            focus: 0,
        }
    }

    /// Returns the first row that Enter can do.
    fn first(&self) -> usize {
        let found = self.found();
        found.iter().position(|row| row.command.is_some()).unwrap_or(0)
    }

    pub(super) const fn field(&mut self) -> &mut Field {
        &mut self.search
    }

    /// Returns the rows that hold what is typed, in keys or words.
    fn found(&self) -> Vec<&Row> {
        let wanted = self.search.text().as_str().to_lowercase();
        let wanted = wanted.trim();
        let holds = |text: &str| text.to_lowercase().contains(wanted);
        self.rows
            .iter()
            .filter(|row| holds(&row.does) || holds(&row.keys))
            .collect()
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let runs = self
            .found()
            .get(self.focus)
            .is_some_and(|row| row.command.is_some());
        let enter = Keys::One(Key::Enter);
        let mut table = vec![
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 3),
            if runs {
                Binding::new(enter, Command::Enter, &t.hint.do_it, 1)
            } else {
                Binding::silent(enter, Command::Enter)
            },
            Binding::silent(Keys::One(Key::PageDown), Command::PageDown),
            Binding::silent(Keys::One(Key::PageUp), Command::PageUp),
        ];
        for mut binding in typing(t, false) {
            if binding.keys == Keys::Text {
                binding = Binding::new(Keys::Text, binding.command, &t.hint.type_to_search, 2);
            }
            table.push(binding);
        }
        table.push(Binding::new(
            Keys::One(Key::Esc),
            Command::Close,
            &t.hint.close,
            0,
        ));
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = s.t();
        let mut page = Page::new(width, s.theme());
        page.says_more(&t.more_above, &t.more_below);
        page.follow_evenly();
        let search = format!("{} {}", t.overview.search, self.search.shown());
        page.pinned(&search, Tone::Chosen, 0);
        page.pinned(&t.help.about, Tone::Aside, 0);
        page.gap(Gap::Part);
        let rows = self.found();
        if rows.is_empty() {
            page.text(&t.overview.nothing, Tone::Plain, 2);
            page.cursor(2);
        }
        let wide = self.rows.iter().map(|row| columns(&row.keys)).max().unwrap_or(0);
        for (place, row) in rows.iter().enumerate() {
            let lead = format!("{}  ", pad(&row.keys, wide));
            let focused = place == self.focus;
            page.choice(&lead, &row.does, focused, false, &Command::Press(place));
        }
        page.gap(Gap::Part);
        page.text(&t.help.safe, Tone::Aside, 0);
        page
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last = self.found().len().saturating_sub(1);
        let (_, height) = super::frame::body_size(s);
        let turn = height.saturating_sub(4).max(1);
        let focus = match command {
            Command::Move(Step::Up) => self.focus.saturating_sub(1),
            Command::Move(Step::Down) => (self.focus + 1).min(last),
            Command::PageUp => self.focus.saturating_sub(turn),
            Command::PageDown => (self.focus + turn).min(last),
            Command::Enter => return self.run(self.focus, s),
            Command::Press(place) => return self.run(*place, s),
            other => {
                return match edit(&mut self.search, other, s) {
                    Some(reaction) => {
                        self.focus = self.first();
                        reaction
                    }
                    None => Reaction::Do(other.clone()),
                };
            }
        };
        if std::mem::replace(&mut self.focus, focus) == focus {
            return Reaction::Nothing;
        }
        Reaction::Changed
    }

    fn run(&self, place: usize, s: &Situation) -> Reaction {
        match self.found().get(place) {
            Some(Row {
                command: Some(Command::Close),
                ..
            }) => Reaction::Do(Command::Close),
            Some(Row {
                command: Some(command),
                ..
            }) => Reaction::Do(Command::Run(Box::new(command.clone()))),
            Some(row) => Reaction::Say(crate::texts::fill(
                &s.t().help.press_there,
                &[("keys", &row.keys)],
            )),
            None => Reaction::Nothing,
        }
    }
}
