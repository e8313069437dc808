//! What a question shows the other person.

use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::survey::question::QuestionKind;
use crate::tui::card::{CHOSEN, Shown};
use crate::tui::situation::Situation;

use super::unseen::Unseen;
use super::{Asking, Kind, Put, levels, matrix};

/// Longer lists have no numbers.
const NUMBERED: usize = 9;

impl Asking {
    /// Returns what the card shows; `None` where the other person answers alone, or is not there.
    pub(in crate::tui) fn card(&self, s: &Situation) -> Option<Shown> {
        let put = self.put(s)?;
        let live = put.interview.entered().is_live();
        if !live || self.unseen != Unseen::No {
            return None;
        }
        let mut shown = Shown {
            text: vec![s.says(&put.question.text)],
            digits: !matches!(self.kind, Kind::Line | Kind::Long | Kind::Info | Kind::Count),
            ..Shown::default()
        };
        if self.kind != Kind::Info {
            shown.ways = s.ways(put.question);
        }
        let numbered = |words: Vec<String>| {
            let few = words.len() <= NUMBERED;
            let number = |place: usize| if few { place.to_string() } else { String::new() };
            (1..)
                .zip(words)
                .map(|(place, words)| (number(place), words))
                .collect()
        };
        match self.kind {
            Kind::Options { .. } | Kind::Rank | Kind::Count => {
                let options = put.interview.options(put.question);
                shown.options = numbered(options.iter().map(|option| s.says(&option.text)).collect());
            }
            Kind::Levels => {
                let levels = levels::levels(&put);
                shown.options = numbered(levels.iter().map(|level| s.says(&level.text)).collect());
            }
            Kind::Slider => {
                let levels = levels::levels(&put);
                shown.line = levels.iter().map(|level| s.says(&level.text)).collect();
            }
            Kind::Matrix => {
                if let Some(item) = matrix::items(&put).get(self.focus) {
                    shown.text.extend(item.row.map(|row| s.says(&row.text)));
                    let ask = item.scale.and_then(|scale| scale.ask.as_ref());
                    shown
                        .text
                        .extend(ask.filter(|_| item.paired).map(|ask| s.says(ask)));
                    let words = item.scale.map(|scale| {
                        let levels = scale.levels.iter();
                        (scale.numeric, levels.map(|level| s.says(&level.text)).collect())
                    });
                    match words {
                        Some((true, words)) => shown.line = words,
                        Some((false, words)) => shown.options = numbered(words),
                        None => {}
                    }
                }
            }
            Kind::Line | Kind::Long => {
                if let QuestionKind::Number { unit: Some(unit), .. } = &put.question.kind {
                    shown.options = vec![("...".to_owned(), s.says(unit))];
                }
            }
            Kind::Info => {}
        }
        if s.look.show_choice {
            self.mark_choice(&put, &mut shown);
        }
        Some(shown)
    }

    /// Marks what is chosen already, so that both see it.
    fn mark_choice(&self, put: &Put<'_>, shown: &mut Shown) {
        let items = matrix::items(put);
        let item = match (self.kind, items.get(self.focus)) {
            (Kind::Matrix, Some(item)) => item.key(),
            _ => self.item(),
        };
        let Some(response) = put.interview.response(&item) else {
            return;
        };
        shown.chosen_way = response.missing();
        let codes: Vec<Id> = match self.kind {
            Kind::Options { .. } | Kind::Rank => {
                let options = put.interview.options(put.question);
                options.iter().map(|option| option.code.clone()).collect()
            }
            Kind::Levels | Kind::Slider => levels::levels(put)
                .iter()
                .map(|level| level.code.clone())
                .collect(),
            Kind::Matrix => {
                let scale = items.get(self.focus).and_then(|item| item.scale);
                let levels = scale.map(|scale| scale.levels.iter()).into_iter().flatten();
                levels.map(|level| level.code.clone()).collect()
            }
            Kind::Line | Kind::Long | Kind::Count | Kind::Info => return,
        };
        let place = |code: &Id| match response.answer()? {
            Answer::Choice { code: chosen, .. } => (chosen == code).then(|| CHOSEN.to_owned()),
            Answer::Choices { codes, .. } => codes.contains(code).then(|| CHOSEN.to_owned()),
            Answer::Ranking(ranked) => {
                let place = ranked.iter().position(|ranked| ranked == code)?;
                Some(format!("({}) ", place + 1))
            }
            _ => None,
        };
        let marks = codes.iter().map(place);
        if shown.line.is_empty() {
            let blank = " ".repeat(CHOSEN.len());
            shown.marks = marks.map(|mark| mark.unwrap_or_else(|| blank.clone())).collect();
            return;
        }
        for (number, mark) in shown.line.iter_mut().zip(marks) {
            if mark.is_some() {
                *number = format!("[{number}]");
            }
        }
    }
}
