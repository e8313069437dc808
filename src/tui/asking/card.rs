//! What a question shows the other person.

use crate::domain::survey::question::QuestionKind;
use crate::tui::card::Shown;
use crate::tui::situation::Situation;

use super::{Asking, Kind, levels, matrix};

/// Longer lists have no numbers.
const NUMBERED: usize = 9;

impl Asking {
    /// Returns what the card shows; `None` where the other person answers alone, or is not there.
    pub(in crate::tui) fn card(&self, s: &Situation) -> Option<Shown> {
        let put = self.put(s)?;
        let live = put.interview.entered().is_live();
        if !live || put.interview.is_answered_alone(put.question) {
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
        Some(shown)
    }
}
