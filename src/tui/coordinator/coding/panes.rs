//! What stands on the coding screen.

use crate::domain::workbook::AnswerRef;
use crate::fieldwork::workbench::{MayQuote, Show};
use crate::report::wording::quoted;
use crate::texts::fill;
use crate::tui::command::Command;
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::columns;

use super::super::pane::{Pane, fit};
use super::marks::said;
use super::quotes::not_quotable;
use super::sentences::{Marked, written};
use super::{Coding, Stage, Typing, marking};

/// Lower than this, few themes are seen at a time.
const LOW: u16 = 20;

impl Coding {
    pub(in crate::tui::coordinator) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let mut page = Page::new(width, s.theme());
        let pane = match self.stage {
            Stage::Questions => self.questions(s, width).seen(height, None, more),
            Stage::Quotes => self.quotes(s, width).seen(height, None, more),
            Stage::Themes => self.themes_page(s, height, width),
            Stage::Split => self.split_page(s, width).seen(height, None, more),
            Stage::Answers => match Pane::halves(width) {
                Some((left, right)) => {
                    let down = if s.look.ascii { "|" } else { "│" };
                    let answer = self.answer_seen(self.answer_pane(s, left), height, more);
                    let themes = self.themes(s, right).seen(height, None, more);
                    answer.beside(themes, down)
                }
                None => {
                    // The whole answer is seen where there is room; the themes have at least four lines.
                    let answer = self.answer_pane(s, width);
                    let most = height.saturating_sub(5).max(height / 2);
                    let own = answer.height().min(most);
                    let mut pane = self.answer_seen(answer, own, more);
                    pane.blank();
                    let room = height.saturating_sub(pane.height());
                    pane.below(self.themes(s, width).seen(room, None, more));
                    pane
                }
            },
        };
        pane.write(&mut page);
        page
    }

    /// The part of an answer that one has read on to, or that is being written in.
    fn answer_seen(&self, answer: Pane, height: usize, more: (&str, &str)) -> Pane {
        let hidden = answer.height().saturating_sub(height);
        self.page.set((height, hidden.saturating_sub(self.above)));
        let above = (!answer.has_cursor()).then_some(self.above);
        answer.seen(height, above, more)
    }

    fn questions(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        if self.bench.questions().is_empty() {
            pane.text(&words.no_answers, Tone::Plain);
        }
        for (place, question) in self.bench.questions().iter().enumerate() {
            let answers = question.answers();
            let done = self.gone.get(place).copied().unwrap_or(0);
            let (done, all) = (done.to_string(), answers.len().to_string());
            let title = question.title.get(s.language());
            let counts = fill(&words.gone_through, &[("n", &done), ("all", &all)]);
            let room = width.saturating_sub(columns(&counts) + 4);
            let text = format!("{} {counts}", fit(title, room));
            pane.row(
                &text,
                self.focus == place && self.typing.is_none(),
                &Command::Press(place),
            );
        }
        pane.blank();
        match &self.typing {
            Some((Typing::Coder, field)) => pane.field(&words.coder_label, field),
            _ => {
                let coder = self.bench.coder().as_str();
                pane.text(&fill(&words.coder, &[("coder", coder)]), Tone::Aside);
            }
        }
        pane
    }

    /// The question and the answer, marked.
    fn answer_pane(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        if let Some(question) = self.asked() {
            pane.text(question.title.get(s.language()), Tone::Heading);
        }
        let show = self.show_words(s);
        if !show.is_empty() {
            pane.text(&show, Tone::Aside);
        }
        if let Some((Typing::Search, field)) = &self.typing {
            pane.field(&s.t().overview.search, field);
        }
        let Some(answer) = self.current() else {
            pane.text(&words.none_left, Tone::Plain);
            return pane;
        };
        pane.blank();
        // While words are marked each can be pointed at.
        let words_said = match self.marking {
            Some(_) => marking::words(answer.words.as_str()),
            None => Vec::new(),
        };
        let marked = Marked {
            place: self.marked_place(answer),
            words: &words_said,
        };
        written(&self.bench.pieces(answer), marked, &mut pane);
        pane.blank();
        let may = match answer.may_quote {
            _ if answer.is_group => &words.by_group,
            MayQuote::Yes => &words.may_quote,
            MayQuote::InOtherWords => &words.in_other_words,
            MayQuote::NotAgreed => &words.not_agreed,
            MayQuote::NotReadBack => &words.not_read_back,
        };
        pane.text(may, Tone::Aside);
        if self.marking.is_none() {
            for quote in self.bench.quotes_of(&answer.answer) {
                let text = quoted(quote.words.as_str(), s.language());
                let text = format!("{text}  {}", self.quote_words(&quote, s));
                pane.hanging(&format!("{} ", words.quote_label), &text, Tone::Aside);
                if self.reworded.as_ref() == Some(&quote.quote)
                    && let Some((Typing::OtherWords, field)) = &self.typing
                {
                    pane.field(&words.other_words_label, field);
                }
            }
            for (stamp, bracket) in self.bench.book().brackets_of(&answer.answer) {
                let word = said(answer, bracket.place);
                let values = [
                    ("word", word.as_str()),
                    ("instead", bracket.word.as_str()),
                    ("who", stamp.coder.as_str()),
                ];
                pane.text(&fill(&words.bracket_trail, &values), Tone::Aside);
            }
        }
        if let (Some(found), None) = (self.undecided(), self.marking) {
            let word = said(answer, found.place);
            if let Some((Typing::Bracket, field)) = &self.typing {
                pane.field(&fill(&words.bracket_label, &[("word", &word)]), field);
            } else {
                let what = &s.texts.interview.writing.suggestion(found.kind).what;
                let values = [("words", word.as_str()), ("what", what)];
                pane.text(&fill(&words.looks_like, &values), Tone::Notice);
            }
        }
        pane
    }

    fn show_words(&self, s: &Situation) -> String {
        let words = &s.texts.coordinator.coding;
        let show = match &self.filter.show {
            Show::All => "",
            Show::NotGoneThrough => &words.show_not_gone,
            Show::NoTheme => &words.show_no_theme,
            Show::Quoted => &words.show_quoted,
            Show::Disputed => &words.show_disputed,
            Show::Identifier => &words.show_identifier,
            Show::Theme(_) => &words.show_theme,
        };
        let searched = self.filter.words.trim();
        if searched.is_empty() {
            show.to_owned()
        } else {
            format!("{show} «{searched}»").trim().to_owned()
        }
    }

    /// The words that are being marked, as the quote would stand, and what more can be done with them.
    fn preview(&self, s: &Situation, width: usize) -> Option<Pane> {
        let words = &s.texts.coordinator.coding;
        let answer = self.current()?;
        let place = self.marked_place(answer)?;
        let mut pane = Pane::new(width, s.theme());
        if let Some((Typing::Bracket, field)) = &self.typing {
            let word = self
                .to_bracket()
                .map_or_else(String::new, |place| said(answer, place));
            pane.field(&fill(&words.bracket_label, &[("word", &word)]), field);
            return Some(pane);
        }
        let shown = self.bench.book().shown(&answer.answer, &answer.words, place);
        let shown = quoted(shown.as_str().trim(), s.language());
        if let Some(refused) = not_quotable(answer, &s.texts.workbench.voices) {
            pane.text(&words.marked_words, Tone::Heading);
            pane.text(&shown, Tone::Aloud);
            pane.cursor(0);
            pane.text(&refused, Tone::Plain);
        } else {
            pane.text(&words.marking, Tone::Heading);
            pane.text(&shown, Tone::Aloud);
            pane.cursor(0);
            match self.theme().and_then(|theme| self.bench.book().theme(&theme)) {
                Some(theme) => {
                    let name = self.bench.theme_name(theme, s.language());
                    pane.text(&fill(&words.under_theme, &[("theme", &name)]), Tone::Plain);
                }
                None => pane.text(&words.theme_first, Tone::Plain),
            }
        }
        if !self.marked_there().is_empty() {
            pane.text(&words.marked_there, Tone::Aside);
        }
        Some(pane)
    }

    fn themes(&self, s: &Situation, width: usize) -> Pane {
        if let Some(preview) = self.preview(s, width) {
            return preview;
        }
        let words = &s.texts.coordinator.coding;
        let mut pane = Pane::new(width, s.theme());
        pane.text(&words.themes, Tone::Heading);
        let current = self.current().map(|answer| answer.answer.clone());
        let (own, others) = match &current {
            Some(answer) => (
                self.bench.book().themes_by(self.bench.coder(), answer),
                self.bench.themes_seen(answer),
            ),
            None => Default::default(),
        };
        let is_alone = |answer: &AnswerRef| {
            self.bench.has_several_coders() && !self.bench.book().has_left(answer, self.bench.coder())
        };
        if current.as_ref().is_some_and(is_alone) {
            pane.text(&words.each_alone, Tone::Aside);
        }
        let found = match &self.typing {
            Some((Typing::FindTheme, field)) => {
                pane.field(&words.find_label, field);
                let mut found = self.matching(s);
                // In a low window those before the one that is meant make room for it.
                found.retain(|place| s.size.1 >= LOW || *place >= self.focus);
                Some(found)
            }
            _ => None,
        };
        let at_hand = self.at_hand();
        for (place, (depth, theme)) in self.bench.tree().into_iter().enumerate() {
            if found.as_ref().is_some_and(|found| !found.contains(&place)) {
                continue;
            }
            let digit = match at_hand.iter().position(|own| *own == place) {
                Some(digit) => format!("{} ", digit + 1),
                None => "  ".to_owned(),
            };
            let mark = if own.contains(&theme.id) {
                "[x]"
            } else if others.contains(&theme.id) {
                "[o]"
            } else {
                "[ ]"
            };
            let picked = self.picked(&theme.id, s);
            let name = self.bench.theme_name(theme, s.language());
            let text = format!("{digit}{mark} {}{name}{picked}", "  ".repeat(depth));
            let focused = self.focus == place && self.typing.is_none();
            if self.focus == place
                && let Some((Typing::Rename, field)) = &self.typing
            {
                pane.field(&words.rename_label, field);
            } else if self.focus == place && found.is_some() {
                pane.spans(vec![("> ".to_owned(), Tone::Plain), (text, Tone::Chosen)]);
            } else {
                pane.row(&text, focused, &Command::Press(place));
                if self.focus == place {
                    pane.focus();
                    self.memo(s, &mut pane);
                }
            }
        }
        if let Some((Typing::NewTheme, field)) = &self.typing {
            pane.field(&words.new_label, field);
        }
        if others.difference(&own).next().is_some() {
            pane.text(&words.by_another, Tone::Aside);
        }
        pane
    }
}
