//! Every question of this interview, how far it has come, and the way there.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::interview::progress::QuestionState;
use crate::domain::item::ItemKey;
use crate::texts::fill;
use crate::texts::number::plural;

use super::command::{Command, Step};
use super::edit::edit;
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, typing};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::wrap::{columns, cut, pad};

/// The list of questions, narrowed by what is typed.
pub struct Overview {
    search: Field,
    focus: usize,
}

/// So many rows on each side of the focus are laid out: more than any window shows.
const AROUND: usize = 100;

impl Overview {
    /// Returns the list, the focus at the question the interview is at.
    #[must_use]
    pub fn new(s: &Situation) -> Self {
        let mut overview = Self {
            search: Field::line(""),
            focus: 0,
        };
        if let Some(interview) = &s.interview {
            let here = interview.current_question();
            let rows = overview.rows(s, interview);
            overview.focus = rows
                .iter()
                .position(|question| Some(*question) == here)
                .unwrap_or(0);
        }
        overview
    }

    pub(super) const fn field(&mut self) -> &mut Field {
        &mut self.search
    }

    pub(super) fn table(s: &Situation) -> Vec<Binding> {
        let t = s.t();
        let mut table = vec![
            Binding::new(Keys::UpDown, Command::Move(Step::Down), &t.hint.go_to, 3),
            Binding::new(Keys::One(Key::Enter), Command::Enter, &t.hint.go_there, 1),
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

    /// The questions that hold what is typed, in the order they are asked.
    fn rows<'i>(&self, s: &Situation, interview: &'i Interview) -> Vec<&'i Id> {
        let wanted = self.search.text().as_str().to_lowercase();
        let wanted = wanted.trim();
        let found = |question: &&Id| {
            wanted.is_empty() || text_of(s, interview, question).to_lowercase().contains(wanted)
        };
        interview.route().questions.iter().filter(found).collect()
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().overview;
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        page.follow_evenly();
        let Some(interview) = &s.interview else {
            return page;
        };
        let counts = interview.counts();
        let said = fill(
            &t.counts,
            &[
                ("done", &counts.done.to_string()),
                ("skipped", &counts.skipped.to_string()),
                ("open", &counts.open.to_string()),
            ],
        );
        page.pinned(&format!("{} {}", t.search, self.search.shown()), Tone::Chosen, 0);
        page.pinned(&said, Tone::Aside, 0);
        page.gap(Gap::Part);
        let mut section = None;
        let rows = self.rows(s, interview);
        if rows.is_empty() {
            page.text(&t.nothing, Tone::Plain, 2);
            page.cursor(2);
        }
        let first = self.focus.saturating_sub(AROUND);
        for (place, question) in rows.iter().enumerate().skip(first).take(2 * AROUND) {
            let here = interview.survey().section_of(question);
            if here.map(|here| &here.id) != section {
                section = here.map(|here| &here.id);
                page.gap(Gap::Options);
                page.text(
                    &here.map(|here| s.says(&here.title)).unwrap_or_default(),
                    Tone::Heading,
                    1,
                );
            }
            let focused = self.focus == place;
            let mark = mark(interview, question);
            let note = if interview.note(question).is_some() {
                "n"
            } else {
                " "
            };
            let number = interview.place_of(question);
            let number = number.map_or_else(String::new, |(number, _)| number.to_string());
            let lead = format!("{mark}{note} {number:>2}  ");
            let room = width.saturating_sub(3 + columns(&lead));
            let answer = self.answer(s, interview, question);
            let answer_room = room * 2 / 5;
            let words = pad(
                &cut(&text_of(s, interview, question), room - answer_room - 2),
                room - answer_room,
            );
            let line = format!("{lead}{words}{}", cut(&answer, answer_room));
            let tone = if focused { Tone::Focus } else { Tone::Plain };
            let start = if focused { " > " } else { "   " };
            let spans = vec![page.span(start, Tone::Plain), page.span(&line, tone)];
            page.line(spans);
            page.target(0, u16::try_from(width).unwrap_or(u16::MAX), Command::Press(place));
            if focused {
                page.cursor(1);
            }
        }
        page.gap(Gap::Part);
        page.text(&t.legend, Tone::Aside, 1);
        page
    }

    fn answer(&self, s: &Situation, interview: &Interview, question: &Id) -> String {
        let items = interview.items_asked(question);
        match items.as_slice() {
            [] => String::new(),
            [one] => self.one_answer(s, interview, &one.key()),
            rows => {
                let done = rows
                    .iter()
                    .filter(|item| interview.response(&item.key()).is_some())
                    .count();
                let (done, all) = (done.to_string(), rows.len().to_string());
                fill(&s.t().overview.rows, &[("done", &done), ("all", &all)])
            }
        }
    }

    /// An answer in words; of a text only how long it is, for others may look at this screen.
    fn one_answer(&self, s: &Situation, interview: &Interview, item: &ItemKey) -> String {
        let text = match interview.response(item) {
            Some(Response::Given(Answer::Text(text))) if !interview.is_masked(item) => text,
            _ => return s.response_words(item).unwrap_or_default(),
        };
        let t = &s.t().overview;
        let count = text.as_str().graphemes(true).count();
        let words = plural(
            u64::try_from(count).unwrap_or(u64::MAX),
            &t.text_one,
            &t.text_more,
        );
        fill(words, &[("count", &count.to_string())])
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(interview) = &s.interview else {
            return Reaction::Do(Command::Close);
        };
        let rows = self.rows(s, interview);
        let last = rows.len().saturating_sub(1);
        match command {
            Command::Move(step @ (Step::Up | Step::Down)) => {
                self.focus = if *step == Step::Up {
                    self.focus.saturating_sub(1)
                } else {
                    (self.focus + 1).min(last)
                };
                Reaction::Changed
            }
            Command::Enter => match rows.get(self.focus) {
                Some(question) => Reaction::Do(Command::GoTo((*question).clone())),
                None => Reaction::Nothing,
            },
            Command::Press(place) => match rows.get(*place) {
                Some(question) => Reaction::Do(Command::GoTo((*question).clone())),
                None => Reaction::Nothing,
            },
            other => match edit(&mut self.search, other, s) {
                Some(reaction) => {
                    self.focus = 0;
                    reaction
                }
                None => Reaction::Do(other.clone()),
            },
        }
    }
}

/// Returns a question's mark. What was answered alone is answered, whatever was said: a reason for no answer would
/// show.
fn mark(interview: &Interview, question: &Id) -> &'static str {
    let items = interview.items_asked(question);
    if items.iter().any(|item| interview.is_masked(&item.key())) {
        return state_mark(QuestionState::Answered);
    }
    state_mark(interview.question_state(question))
}

/// A question's text in one line.
fn text_of(s: &Situation, interview: &Interview, question: &Id) -> String {
    let known = interview.survey().question(question);
    known.map_or_else(String::new, |known| s.says(&known.text).replace('\n', " "))
}

/// Returns the mark of a question's state: answered, declined, passed over, begun, not asked.
const fn state_mark(state: QuestionState) -> &'static str {
    match state {
        QuestionState::Answered => "x",
        QuestionState::Declined => "-",
        QuestionState::Skipped => "~",
        QuestionState::Begun => "o",
        QuestionState::NotAsked => ".",
    }
}
