//! What each event does. An event about something that is not there (any more) does nothing: the other coordinator
//! may have dropped it meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Action, ActionStatus, Alteration, Finding, Standing, Statement};
use super::log::{Change, Stamp};
use super::quote::{Bracket, QuoteMark};
use super::theme::Theme;
use super::{AnswerRef, Workbook};
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::record::InterviewId;

impl Workbook {
    /// Does what the newest event does, so that the whole log need not be gone through again. Nothing for one that takes
    /// back another: that takes the whole log.
    pub fn apply(&mut self, stamp: &Stamp, change: &Change) {
        match change.clone() {
            Change::Theme { theme, name, under } => {
                let under = under.filter(|under| self.can_hold(under, &theme));
                let made = Theme {
                    under,
                    made: Some(stamp.clone()),
                    ..Theme::seed(theme.clone(), name)
                };
                self.themes.entry(theme).or_insert(made);
            }
            Change::ThemeName { theme, name } => self.change_theme(&theme, |theme| {
                theme.names.insert(stamp.coder.clone(), name.clone());
                theme.name = name;
            }),
            Change::ThemeMemo { theme, memo } => self.write_memo(&theme, &stamp.coder, memo),
            Change::ThemeUnder { theme, under } => {
                if under.as_ref().is_none_or(|under| self.can_hold(under, &theme)) {
                    self.change_theme(&theme, |theme| theme.under = under);
                }
            }
            Change::ThemeMerged { theme, into } => self.merge(&theme, &into),
            Change::ThemeSplit {
                theme,
                into,
                name,
                answers,
            } => self.split(stamp, &theme, into, name, &answers),
            Change::ThemeDropped { theme } => self.change_theme(&theme, |theme| theme.dropped = true),
            Change::Tag { answer, theme } => {
                let coders = self.tags.entry(answer).or_default().entry(theme).or_default();
                coders.insert(stamp.coder.clone());
            }
            Change::Untag { answer, theme } => self.untag(&answer, &theme, &stamp.coder),
            Change::GoneThrough { answer } => {
                let coders = self.gone_through.entry(answer).or_default();
                coders.insert(stamp.coder.clone());
            }
            Change::Quote { answer, place, theme } => {
                let quote = QuoteMark {
                    answer,
                    place,
                    theme,
                    other_words: None,
                    reviews: BTreeMap::new(),
                };
                self.quotes.insert(stamp.clone(), quote);
            }
            Change::QuoteTheme { quote, theme } => {
                if let Some(quote) = self.quotes.get_mut(&quote) {
                    quote.theme = theme;
                }
            }
            Change::QuoteWords { quote, words, .. } => {
                if let Some(quote) = self.quotes.get_mut(&quote) {
                    quote.other_words = Some(words).filter(|words| !words.is_blank());
                    // Nobody has read these words yet.
                    quote.reviews.clear();
                }
            }
            Change::QuoteDropped { quote } => drop(self.quotes.remove(&quote)),
            Change::QuoteReviewed { quote, fit } => {
                if let Some(quote) = self.quotes.get_mut(&quote) {
                    quote.reviews.insert(stamp.coder.clone(), fit);
                }
            }
            Change::Bracket { answer, place, word } => self.bracket(stamp, Bracket { answer, place, word }),
            Change::BracketDropped { bracket } => {
                if let Some(bracket) = self.unbracket(&bracket) {
                    self.read_again(&bracket);
                }
            }
            Change::NoName { answer, place } => drop(self.no_names.insert((answer, place))),
            change => self.apply_to_findings(stamp, change),
        }
    }

    fn apply_to_findings(&mut self, stamp: &Stamp, change: Change) {
        match change {
            Change::Finding {
                round,
                text,
                dimension,
                addressee,
                items,
                themes,
            } => {
                let finding = Finding {
                    round,
                    text,
                    dimension,
                    addressee,
                    items,
                    themes,
                    standing: Standing::default(),
                    answer: CleanText::default(),
                };
                self.findings.insert(stamp.clone(), finding);
                self.told.push(stamp.clone());
            }
            Change::FindingAbout {
                finding,
                dimension,
                items,
                themes,
            } => self.change_finding(&finding, |finding| {
                finding.dimension = dimension;
                finding.items = items;
                finding.themes = themes;
            }),
            Change::FindingBefore { finding, before } => self.tell_before(&finding, before.as_ref()),
            Change::FindingText { finding, text } => {
                self.change_finding(&finding, |finding| finding.text = text);
            }
            Change::FindingAddressee { finding, addressee } => {
                self.change_finding(&finding, |finding| finding.addressee = addressee);
            }
            Change::FindingStanding { finding, standing } => {
                self.change_finding(&finding, |finding| finding.standing = standing);
            }
            Change::FindingAnswer { finding, answer } => {
                self.change_finding(&finding, |finding| finding.answer = answer);
            }
            Change::FindingDropped { finding } => {
                self.findings.remove(&finding);
                self.told.retain(|told| *told != finding);
            }
            Change::Statement { round, finding, text } => {
                let statement = Statement { round, finding, text };
                self.statements.insert(stamp.clone(), statement);
            }
            Change::StatementDropped { statement } => drop(self.statements.remove(&statement)),
            Change::Arrived { interviews } => self.arrived(interviews),
            Change::Action {
                round,
                finding,
                text,
                owner,
                due,
            } => {
                let action = Action {
                    round,
                    finding,
                    text,
                    owner,
                    due,
                    status: ActionStatus::default(),
                    is_marked: true,
                };
                self.actions.insert(stamp.clone(), action);
            }
            Change::ActionText {
                action,
                text,
                owner,
                due,
            } => {
                if let Some(action) = self.actions.get_mut(&action) {
                    action.text = text;
                    action.owner = owner;
                    action.due = due;
                }
            }
            Change::ActionStatus { action, status } => {
                if let Some(action) = self.actions.get_mut(&action) {
                    action.status = status;
                }
            }
            Change::Note { round, item, text } if text.is_blank() => drop(self.notes.remove(&(round, item))),
            Change::Note { round, item, text } => drop(self.notes.insert((round, item), text)),
            Change::ActionDropped { action } => drop(self.actions.remove(&action)),
            Change::ActionMarked { action, marked } => {
                if let Some(action) = self.actions.get_mut(&action) {
                    action.is_marked = marked;
                }
            }
            Change::Altered { round, text, day } => {
                let alteration = Alteration { round, text, day };
                self.alterations.insert(stamp.clone(), alteration);
            }
            Change::AlterationDropped { alteration } => drop(self.alterations.remove(&alteration)),
            _ => {}
        }
    }

    /// Changes a theme of its own: somebody who renames one that another coordinator has merged away does not mean the
    /// one it is part of now.
    fn change_theme(&mut self, id: &Id, change: impl FnOnce(&mut Theme)) {
        if let Some(theme) = self.themes.get_mut(id).filter(|theme| theme.stands()) {
            change(theme);
        }
    }

    /// Writes what a coder thinks. What they write about a theme that was merged away is kept behind what they think about
    /// the theme it is part of.
    fn write_memo(&mut self, id: &Id, coder: &Id, memo: CleanText) {
        let Some(now) = self.theme(id).map(|theme| theme.id.clone()) else {
            return;
        };
        let is_own = now == *id;
        self.change_theme(&now, |theme| {
            let before = theme.memos.get(coder).filter(|_| !is_own);
            let memo = match before {
                Some(before) if memo.is_blank() => before.clone(),
                Some(before) => CleanText::line(&format!("{before} {memo}")),
                None => memo,
            };
            if memo.is_blank() {
                theme.memos.remove(coder);
            } else {
                theme.memos.insert(coder.clone(), memo);
            }
        });
    }

    fn change_finding(&mut self, finding: &Stamp, change: impl FnOnce(&mut Finding)) {
        if let Some(finding) = self.findings.get_mut(finding) {
            change(finding);
        }
    }

    /// Returns whether a theme can stand under another: one that is there, and does not stand under it.
    fn can_hold(&self, above: &Id, theme: &Id) -> bool {
        self.theme(above).is_some() && !self.is_under(above, theme)
    }

    /// Returns whether a theme is another, or stands somewhere under it.
    fn is_under(&self, theme: &Id, above: &Id) -> bool {
        let above = self.theme(above).map_or(above, |theme| &theme.id);
        theme == above || self.path(theme).iter().any(|theme| theme.id == *above)
    }

    /// Themes under the merged one go along; where the other stands under it, that one takes its place first.
    /// One that another coordinator has merged away already stays there: following it, themes would become one that nobody
    /// put together.
    fn merge(&mut self, theme: &Id, into: &Id) {
        if self
            .themes
            .get(theme)
            .is_some_and(|own| own.merged_into.is_some())
        {
            return;
        }
        let (Some(from), Some(to)) = (self.theme(theme), self.theme(into)) else {
            return;
        };
        if from.id == to.id {
            return;
        }
        let (from, to, place) = (from.id.clone(), to.id.clone(), from.under.clone());
        if self.is_under(&to, &from) {
            self.change_theme(&to, |theme| theme.under = place);
        }
        if let Some(theme) = self.themes.get_mut(&from) {
            theme.merged_into = Some(to);
        }
    }

    /// The second theme stands beside the first, and everybody's tags of these answers go over to it.
    fn split(&mut self, stamp: &Stamp, theme: &Id, into: Id, name: CleanText, answers: &[AnswerRef]) {
        let Some(from) = self
            .theme(theme)
            .map(|theme| (theme.id.clone(), theme.under.clone()))
        else {
            return;
        };
        let (from, under) = from;
        let made = Theme {
            under,
            made: Some(stamp.clone()),
            ..Theme::seed(into.clone(), name)
        };
        self.themes.entry(into.clone()).or_insert(made);
        for answer in answers {
            let moved: Vec<Id> = self.tagged_as(answer, &from);
            let Some(tags) = self.tags.get_mut(answer) else {
                continue;
            };
            let coders: BTreeSet<Id> = moved
                .iter()
                .filter_map(|tag| tags.remove(tag))
                .flatten()
                .collect();
            if !coders.is_empty() {
                tags.entry(into.clone()).or_default().extend(coders);
            }
        }
    }

    /// The names an answer is tagged with that are this theme.
    fn tagged_as(&self, answer: &AnswerRef, theme: &Id) -> Vec<Id> {
        let tags = self.tags.get(answer).into_iter().flatten();
        tags.map(|(tag, _)| tag)
            .filter(|tag| self.theme(tag).is_some_and(|known| known.id == *theme))
            .cloned()
            .collect()
    }

    fn tell_before(&mut self, finding: &Stamp, before: Option<&Stamp>) {
        let Some(at) = self.told.iter().position(|told| told == finding) else {
            return;
        };
        let moved = self.told.remove(at);
        let place = before.and_then(|before| self.told.iter().position(|told| told == before));
        self.told.insert(place.unwrap_or(self.told.len()), moved);
    }

    /// An interview came in once: with the first that says so.
    fn arrived(&mut self, mut interviews: BTreeSet<InterviewId>) {
        for batch in &self.batches {
            interviews.retain(|interview| !batch.contains(interview));
        }
        if !interviews.is_empty() {
            self.batches.push(interviews);
        }
    }

    /// A tag is taken away under every name the theme has had.
    fn untag(&mut self, answer: &AnswerRef, theme: &Id, coder: &Id) {
        let Some(wanted) = self.theme(theme).map(|theme| theme.id.clone()) else {
            return;
        };
        let same = self.tagged_as(answer, &wanted);
        let Some(tags) = self.tags.get_mut(answer) else {
            return;
        };
        for tag in same {
            if let Some(coders) = tags.get_mut(&tag) {
                coders.remove(coder);
            }
        }
    }

    /// Other words than those somebody approved must be read again.
    fn bracket(&mut self, stamp: &Stamp, bracket: Bracket) {
        self.read_again(&bracket);
        let own = self.bracketed.entry(bracket.answer.clone()).or_default();
        own.insert(stamp.clone());
        self.brackets.insert(stamp.clone(), bracket);
    }

    fn unbracket(&mut self, stamp: &Stamp) -> Option<Bracket> {
        let bracket = self.brackets.remove(stamp)?;
        if let Some(own) = self.bracketed.get_mut(&bracket.answer) {
            own.remove(stamp);
        }
        Some(bracket)
    }

    fn read_again(&mut self, bracket: &Bracket) {
        let touched =
            |quote: &&mut QuoteMark| quote.answer == bracket.answer && quote.place.meets(bracket.place);
        for quote in self.quotes.values_mut().filter(touched) {
            quote.reviews.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::domain::clean_text::CleanText;
    use crate::domain::id::{Id, Slug};
    use crate::domain::workbook::Workbook;
    use crate::domain::workbook::log::{Change, Log, Stamp};
    use crate::domain::workbook::theme::Theme;
    use crate::domain::workbook::theme::tests::{answer, id};

    fn book(log: &Log) -> Workbook {
        Workbook::of(
            ["venting"].map(|name| Theme::seed(id(name), CleanText::line(name))),
            log,
        )
    }

    #[test]
    fn a_note_about_figures_is_of_its_round_and_nothing_takes_it_away() {
        let mut log = Log::default();
        let [first, second] = ["r1", "r2"].map(|name| Slug::new(name).unwrap());
        let item = answer(1).item;
        let mut noted = |round: &Slug, text: &str| {
            let (round, item, text) = (round.clone(), item.clone(), CleanText::line(text));
            log.add(&id("a"), 1, Change::Note { round, item, text });
            book(&log)
        };
        let workbook = noted(&first, "Spør tjenesten om dette");
        let kept = workbook.note(&first, &answer(1).item).map(CleanText::as_str);
        assert_eq!(kept, Some("Spør tjenesten om dette"));
        assert_eq!(workbook.note(&second, &answer(1).item), None);
        assert_eq!(noted(&first, " ").note(&first, &answer(1).item), None);
    }

    #[test]
    fn a_split_takes_the_answers_along_whoever_tagged_them_and_undoing_brings_them_back() {
        let mut log = Log::default();
        for (coder, number) in [("a", 1), ("b", 1), ("a", 2)] {
            let (answer, theme) = (answer(number), id("venting"));
            log.add(&id(coder), 1, Change::Tag { answer, theme });
        }
        let split = Change::ThemeSplit {
            theme: id("venting"),
            into: id("telefon"),
            name: CleanText::line("Telefonkø"),
            answers: vec![answer(1)],
        };
        let split = log.add(&id("a"), 1, split).stamp;
        let workbook = book(&log);
        let of = |number| -> Vec<&str> {
            let themes = workbook.themes_of(&answer(number));
            themes.into_iter().map(Id::as_str).collect()
        };
        assert_eq!((of(1), of(2)), (vec!["telefon"], vec!["venting"]));
        assert_eq!(workbook.themes_by(&id("b"), &answer(1)).len(), 1);
        log.add(&id("a"), 1, Change::TakenBack { event: split });
        let workbook = book(&log);
        assert_eq!(
            workbook.themes_of(&answer(1)).into_iter().next(),
            Some(&id("venting"))
        );
        assert_eq!(workbook.themes().count(), 1);
    }

    fn finding(log: &mut Log, text: &str) -> Stamp {
        let change = Change::Finding {
            round: Slug::new("r1").unwrap(),
            text: CleanText::line(text),
            dimension: None,
            addressee: CleanText::default(),
            items: Vec::new(),
            themes: Vec::new(),
        };
        log.add(&id("a"), 1, change).stamp
    }

    fn told(log: &Log) -> Vec<String> {
        let workbook = book(log);
        workbook
            .findings()
            .map(|(_, finding)| finding.text.to_string())
            .collect()
    }

    #[test]
    fn findings_are_told_in_the_order_somebody_put_them_in() {
        let mut log = Log::default();
        let stamps = ["1", "2", "3"].map(|text| finding(&mut log, text));
        let (finding, before) = (stamps[2].clone(), Some(stamps[0].clone()));
        log.add(&id("a"), 1, Change::FindingBefore { finding, before });
        assert_eq!(told(&log), ["3", "1", "2"]);
        let finding = stamps[0].clone();
        log.add(
            &id("b"),
            1,
            Change::FindingBefore {
                finding,
                before: None,
            },
        );
        assert_eq!(told(&log), ["3", "2", "1"]);
    }

    #[test]
    fn an_interview_came_in_once_with_the_first_who_saw_it() {
        let mut log = Log::default();
        let batch = |numbers: &[u8]| Change::Arrived {
            interviews: numbers.iter().map(|number| answer(*number).interview).collect(),
        };
        for (coder, numbers) in [("a", &[1_u8, 2][..]), ("b", &[2, 3]), ("b", &[1])] {
            log.add(&id(coder), 1, batch(numbers));
        }
        let sizes: Vec<usize> = book(&log).batches().iter().map(BTreeSet::len).collect();
        assert_eq!(sizes, [2, 1]);
        log.forget(&[answer(3).interview].into());
        assert_eq!(book(&log).batches().len(), 1);
    }

    #[test]
    fn the_newest_event_done_on_the_spot_is_the_whole_log_gone_through() {
        let mut log = Log::default();
        let mut grown = book(&log);
        for number in 1..5 {
            let (answer, theme) = (answer(number), id("venting"));
            let event = log.add(&id("a"), 1, Change::Tag { answer, theme });
            grown.apply(&event.stamp, &event.change);
        }
        assert!(grown == book(&log));
    }
}
