//! Every question of this interview, how far it has come, and the way there.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::interview::progress::{Counts, QuestionState};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::Item;
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
use super::wrap::{columns, cut};

/// The list of questions, narrowed by what is typed.
///
/// How far the interview has come is counted when it changes, not when the list is drawn, and what is typed is looked
/// for in what was found so far: ten thousand questions take no time.
pub struct Overview {
    search: Field,
    focus: usize,
    counts: Counts,
    /// Places on the way of the interview.
    found: Vec<usize>,
    /// What was looked for, in small letters.
    wanted: String,
    /// Every question in small letters, once somebody searches.
    texts: Vec<String>,
}

/// So many rows on each side of the focus are laid out: more than any window shows.
const AROUND: usize = 100;
/// From so many lines on, one more above the list is no loss.
const ROOMY: usize = 16;

impl Overview {
    /// Returns the list, the focus at the question the interview is at.
    #[must_use]
    pub fn new(s: &Situation) -> Self {
        let mut overview = Self {
            search: Field::line(""),
            focus: 0,
            counts: Counts::default(),
            found: Vec::new(),
            wanted: String::new(),
            texts: Vec::new(),
        };
        overview.renew(s);
        if let Some(interview) = &s.interview {
            let here = interview.current_question();
            let questions = &interview.route().questions;
            overview.focus = questions
                .iter()
                .position(|question| Some(question) == here)
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

    /// Looks at the interview again, which took a step.
    pub(super) fn renew(&mut self, s: &Situation) {
        self.texts.clear();
        self.wanted.clear();
        if let Some(interview) = &s.interview {
            self.counts = interview.counts();
            self.found = (0..interview.route().questions.len()).collect();
        }
        self.look(s);
    }

    /// Finds the questions that hold what is typed, in the order they are asked.
    pub(super) fn look(&mut self, s: &Situation) {
        let wanted = self.search.shown().trim().to_lowercase();
        let Some(interview) = s.interview.as_ref().filter(|_| wanted != self.wanted) else {
            return;
        };
        self.focus = 0;
        let questions = &interview.route().questions;
        if self.texts.len() != questions.len() {
            let text = |question| text_of(s, interview, question).to_lowercase();
            self.texts = questions.iter().map(text).collect();
        }
        if !wanted.starts_with(&self.wanted) {
            self.found = (0..questions.len()).collect();
        }
        let texts = &self.texts;
        self.found
            .retain(|place| texts.get(*place).is_some_and(|text| text.contains(&wanted)));
        self.wanted = wanted;
    }

    fn row<'i>(&self, interview: &'i Interview, place: usize) -> Option<&'i Id> {
        interview.route().questions.get(*self.found.get(place)?)
    }

    pub(super) fn page(&self, s: &Situation, width: usize) -> Page {
        let t = &s.t().overview;
        let mut page = Page::new(width, s.theme());
        page.says_more(&s.t().more_above, &s.t().more_below);
        page.follow_evenly();
        let Some(interview) = &s.interview else {
            return page;
        };
        let said = fill(
            &t.counts,
            &[
                ("done", &self.counts.done.to_string()),
                ("skipped", &self.counts.skipped.to_string()),
                ("open", &self.counts.open.to_string()),
            ],
        );
        page.pinned(&format!("{} {}", t.search, self.search.shown()), Tone::Chosen, 0);
        page.pinned(&said, Tone::Aside, 0);
        // Where there is room, what the marks mean stands in view always.
        let (_, height) = super::frame::body_size(s);
        let roomy = height >= ROOMY;
        if roomy {
            page.pinned(&t.legend, Tone::Aside, 0);
        }
        page.gap(Gap::Part);
        let mut section = None;
        if self.found.is_empty() {
            page.text(&t.nothing, Tone::Plain, 2);
            page.cursor(2);
        }
        let first = self.focus.saturating_sub(AROUND);
        for place in first..self.found.len().min(first + 2 * AROUND) {
            let Some(question) = self.row(interview, place) else {
                continue;
            };
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
            // Of the question a little less than there is room for: what is marked is written twice with each step
            // of the focus.
            let answer_room = room * 2 / 5;
            let words = cut(&text_of(s, interview, question), room - answer_room - 5);
            let padding = " ".repeat((room - answer_room).saturating_sub(columns(&words)));
            let tone = if focused { Tone::Focus } else { Tone::Plain };
            let start = if focused { " > " } else { "   " };
            let spans = vec![
                page.span(start, Tone::Plain),
                page.span(&format!("{lead}{words}"), tone),
                page.span(&padding, Tone::Plain),
                page.span(&cut(&answer, answer_room), Tone::Plain),
            ];
            page.line(spans);
            page.target(0, u16::try_from(width).unwrap_or(u16::MAX), Command::Press(place));
            if focused {
                page.cursor(1);
            }
        }
        if roomy {
            // So that the last row does not come into view together with the one that the mark of more hid.
            page.plain("", Tone::Plain);
        } else {
            page.gap(Gap::Part);
            page.text(&t.legend, Tone::Aside, 1);
        }
        page
    }

    fn answer(&self, s: &Situation, interview: &Interview, question: &Id) -> String {
        let items = interview.items_asked(question);
        match items.as_slice() {
            [] => String::new(),
            [one] => self.one_answer(s, interview, &one.key()),
            items => {
                // A row asked on two scales is one row, and one that was skipped is not done.
                let is_done = |item: &Item<'_>| {
                    let response = interview.response(&item.key());
                    response.is_some_and(|response| *response != Response::Missing(Missing::Skipped))
                };
                let rows = items.chunk_by(|one, next| one.key().row_id() == next.key().row_id());
                let (done, all) = rows.fold((0, 0), |(done, all), row| {
                    (done + usize::from(row.iter().all(is_done)), all + 1)
                });
                let (done, all) = (done.to_string(), all.to_string());
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
        let last = self.found.len().saturating_sub(1);
        match command {
            Command::Move(step @ (Step::Up | Step::Down)) => {
                self.focus = if *step == Step::Up {
                    self.focus.saturating_sub(1)
                } else {
                    (self.focus + 1).min(last)
                };
                Reaction::Changed
            }
            Command::Enter => self.go_to(interview, self.focus),
            Command::Press(place) => self.go_to(interview, *place),
            other => match edit(&mut self.search, other, s) {
                Some(reaction) => {
                    self.look(s);
                    reaction
                }
                None => Reaction::Do(other.clone()),
            },
        }
    }

    fn go_to(&self, interview: &Interview, place: usize) -> Reaction {
        match self.row(interview, place) {
            Some(question) => Reaction::Do(Command::GoTo(question.clone())),
            None => Reaction::Nothing,
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
