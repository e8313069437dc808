//! What stands beside a finding: its area, the figures of questions, the quotes of themes.

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::workbook::finding::Finding;
use crate::domain::workbook::log::Stamp;
use crate::tui::command::Command;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::super::Deed;
use super::super::pane::Pane;
use super::Findings;

/// A row that can be on or off.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Area(Id),
    Figures(ItemKey),
    Quotes(Id),
}

/// A row with what it says.
struct Said {
    row: Row,
    says: String,
}

impl Findings {
    /// Everything that could stand beside a finding: areas, printed figures, themes.
    fn possible(&self, s: &Situation) -> Vec<Said> {
        let language = s.language();
        let mut all = Vec::new();
        for survey in self.bench.surveys() {
            for (area, title) in &survey.parts().dimensions {
                let row = Row::Area(area.clone());
                if !all.iter().any(|known: &Said| known.row == row) {
                    all.push(Said {
                        row,
                        says: title.get(language).to_owned(),
                    });
                }
            }
        }
        for (item, sentence) in self.sentences(s).iter() {
            all.push(Said {
                row: Row::Figures(item.clone()),
                says: sentence.clone(),
            });
        }
        for (_, theme) in self.bench.tree() {
            all.push(Said {
                row: Row::Quotes(theme.id.clone()),
                says: self.bench.theme_name(theme, language),
            });
        }
        all
    }

    pub(super) fn beside_list(&self, finding: &Stamp, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.findings;
        let mut pane = Pane::new(width, s.theme());
        let Some(finding) = self.bench.book().finding(finding) else {
            return pane;
        };
        pane.text(finding.text.as_str(), Tone::Plain);
        let mut before = None;
        for (place, Said { row, says }) in self.possible(s).into_iter().enumerate() {
            let heading = match row {
                Row::Area(_) => &words.areas,
                Row::Figures(_) => &words.figures,
                Row::Quotes(_) => &words.quotes,
            };
            if before != Some(heading) {
                pane.blank();
                pane.text(heading, Tone::Heading);
                before = Some(heading);
            }
            let mark = match (is_beside(finding, &row), place_of(finding, &row)) {
                (true, Some(number)) => format!("[{number}] "),
                (true, None) => "[x] ".to_owned(),
                (false, _) => "[ ] ".to_owned(),
            };
            pane.long_row(&mark, &says, self.place == place, &Command::Press(place));
        }
        if s.coordinator
            .shown
            .as_ref()
            .is_none_or(|shown| shown.parts.is_empty())
        {
            pane.blank();
            pane.text(&words.no_figures, Tone::Aside);
        }
        pane
    }

    pub(super) fn take_beside(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(stamp) = self.beside.clone() else {
            return Reaction::Nothing;
        };
        let possible = self.possible(s);
        let last = possible.len().saturating_sub(1);
        match command {
            Command::Move(step) => self.place = step.in_list(self.place, last),
            Command::Press(place) => {
                self.place = (*place).min(last);
                self.put(&stamp, possible.get(self.place));
            }
            Command::Toggle | Command::Enter => self.put(&stamp, possible.get(self.place.min(last))),
            Command::Deed(Deed::Earlier) => {
                if !self.tell_row_earlier(&stamp, possible.get(self.place.min(last))) {
                    return Reaction::Nothing;
                }
            }
            Command::Back => self.beside = None,
            Command::Undo | Command::Redo => return self.undo(*command == Command::Undo, s),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    /// Figures and quotes stand in the order they were chosen: this one goes before the one above it.
    fn tell_row_earlier(&mut self, stamp: &Stamp, said: Option<&Said>) -> bool {
        let (Some(finding), Some(Said { row, .. })) = (self.bench.book().finding(stamp), said) else {
            return false;
        };
        let (mut items, mut themes) = (finding.items.clone(), finding.themes.clone());
        let dimension = finding.dimension.clone();
        let moved = match row {
            Row::Area(_) => false,
            Row::Figures(item) => earlier(&mut items, item),
            Row::Quotes(theme) => earlier(&mut themes, theme),
        };
        if moved {
            self.bench.finding_is_about(stamp, dimension, items, themes);
        }
        moved
    }

    /// Puts a row beside the finding, or takes it away.
    fn put(&mut self, stamp: &Stamp, said: Option<&Said>) {
        let (Some(finding), Some(Said { row, .. })) = (self.bench.book().finding(stamp), said) else {
            return;
        };
        let (mut items, mut themes) = (finding.items.clone(), finding.themes.clone());
        let mut dimension = finding.dimension.clone();
        match row {
            Row::Area(area) => {
                dimension = Some(area.clone()).filter(|area| dimension.as_ref() != Some(area));
            }
            Row::Figures(item) => switch(&mut items, item),
            Row::Quotes(theme) => switch(&mut themes, theme),
        }
        self.bench.finding_is_about(stamp, dimension, items, themes);
    }
}

fn is_beside(finding: &Finding, row: &Row) -> bool {
    match row {
        Row::Area(area) => finding.dimension.as_ref() == Some(area),
        Row::Figures(item) => finding.items.contains(item),
        Row::Quotes(theme) => finding.themes.contains(theme),
    }
}

/// Which of the figures, or of the themes, a row is.
fn place_of(finding: &Finding, row: &Row) -> Option<usize> {
    let place = match row {
        Row::Area(_) => None,
        Row::Figures(item) => finding.items.iter().position(|known| known == item),
        Row::Quotes(theme) => finding.themes.iter().position(|known| known == theme),
    };
    place.map(|place| place + 1)
}

fn earlier<T: PartialEq>(all: &mut [T], one: &T) -> bool {
    match all.iter().position(|known| known == one) {
        Some(place @ 1..) => {
            all.swap(place, place - 1);
            true
        }
        _ => false,
    }
}

fn switch<T: Clone + PartialEq>(all: &mut Vec<T>, one: &T) {
    match all.iter().position(|known| known == one) {
        Some(place) => drop(all.remove(place)),
        None => all.push(one.clone()),
    }
}
