//! A question on the screen: what every type has in common. The types themselves are in files of their own.

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::interview::{Action, Interview, Written};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::{Question, QuestionKind};
use crate::domain::writing::Writing;

use super::field::Field;
use super::situation::Situation;
use super::warning::Warning;

mod card;
mod count;
mod doing;
mod drawing;
mod keys;
mod levels;
mod matrix;
mod options;
mod rank;
pub(super) mod typed;
mod unseen;

pub(super) use drawing::flush;
use unseen::Unseen;

/// How a question is put on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One of several options, or several.
    Options { many: bool },
    /// A scale with words, or faces.
    Levels,
    /// A scale of numbers.
    Slider,
    /// Statements.
    Matrix,
    /// A number, a time or a few words.
    Line,
    /// Many words.
    Long,
    /// An order.
    Rank,
    /// Hands.
    Count,
    /// Nothing to answer.
    Info,
}

/// Where the focus is in a question with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// On a row.
    Rows,
    /// In the field.
    Field,
    /// On a button.
    Button(usize),
}

/// A question on the screen.
pub struct Asking {
    question: Id,
    kind: Kind,
    zone: Zone,
    /// The focused row.
    focus: usize,
    /// The focus was moved by hand to a row that is not chosen.
    moved: bool,
    /// What is typed: the answer, or the words of "something else".
    field: Option<Field>,
    /// What a long list is narrowed by.
    filter: Option<Field>,
    error: Option<String>,
    /// The row whose hands are being typed: a digit there is added to those before.
    counting: Option<usize>,
    unseen: Unseen,
    /// Whether it was just said that rows are left without an answer: going on again goes on.
    told_open: bool,
    /// Whether what is typed is words, and not a number or a time.
    text_is_words: bool,
    warning: Warning,
}

/// What a question's parts work with.
struct Put<'s> {
    interview: &'s Interview,
    question: &'s Question,
}

impl Asking {
    /// Returns a question as it stands in the interview.
    #[must_use]
    pub fn new(question: Id, s: &Situation) -> Self {
        let mut asking = Self {
            question,
            kind: Kind::Info,
            zone: Zone::Rows,
            focus: 0,
            moved: false,
            field: None,
            filter: None,
            error: None,
            counting: None,
            unseen: Unseen::No,
            told_open: false,
            text_is_words: false,
            warning: Warning::default(),
        };
        asking.begin(s);
        asking
    }

    /// Returns which question it is.
    #[must_use]
    pub const fn question(&self) -> &Id {
        &self.question
    }

    fn begin(&mut self, s: &Situation) {
        let Some(put) = self.put(s) else {
            return;
        };
        self.kind = kind_of(&put);
        self.unseen = Unseen::begin(&put);
        self.text_is_words = !matches!(
            put.question.kind,
            QuestionKind::Number { .. } | QuestionKind::Date { .. }
        );
        self.load(s);
        self.focus = match self.kind {
            Kind::Options { .. } => options::chosen_place(self, &put, s).unwrap_or(0),
            Kind::Levels | Kind::Slider => levels::chosen_place(self, &put, s).unwrap_or(0),
            Kind::Matrix => matrix::first_open(&put),
            _ => 0,
        };
    }

    /// Takes over what stands in the interview, after something else changed it.
    pub fn refresh(&mut self, s: &Situation) {
        let typing = self.field.as_ref().is_some_and(Field::is_changed);
        if !typing {
            self.load(s);
        }
        let Some(put) = self.put(s) else {
            return;
        };
        let chosen = match self.kind {
            Kind::Options { .. } => options::chosen_place(self, &put, s),
            Kind::Levels | Kind::Slider => levels::chosen_place(self, &put, s),
            _ => None,
        };
        let many = self.kind == Kind::Options { many: true };
        if let Some(place) = chosen.filter(|_| !many && !self.moved && self.zone == Zone::Rows) {
            self.focus = place;
        }
    }

    /// Covers what the other person answered alone, when the screen has been somewhere else since, or when an answer
    /// came back that was given before.
    pub(super) fn cover(&mut self, s: &Situation) {
        if !self.unseen.is_answering() {
            return;
        }
        let covered = self.put(s).map(|put| Unseen::begin(&put));
        if covered == Some(Unseen::Answered) {
            self.unseen = Unseen::Answered;
            self.field = None;
            self.error = None;
        }
    }

    /// Fills the field with what is typed or answered so far.
    fn load(&mut self, s: &Situation) {
        let Some(put) = self.put(s) else {
            return;
        };
        match self.kind {
            Kind::Line | Kind::Long => {
                let text = typed::text_so_far(self, &put, s);
                let same = self
                    .field
                    .as_ref()
                    .is_some_and(|field| field.text().as_str() == text);
                if !same {
                    self.field = Some(Field::of(self.written(&put), &text, self.kind == Kind::Long));
                    self.look_for_identifiers();
                }
                if self.zone == Zone::Rows {
                    self.zone = Zone::Field;
                }
            }
            Kind::Options { .. } if self.zone != Zone::Field => {
                self.field =
                    options::own_words(self, &put).map(|words| Field::of(self.written(&put), &words, false));
                self.look_for_identifiers();
            }
            _ => {}
        }
    }

    fn put<'s>(&self, s: &'s Situation) -> Option<Put<'s>> {
        let interview = s.interview.as_ref()?;
        let question = interview.survey().question(&self.question)?;
        Some(Put { interview, question })
    }

    /// Returns how the text was written before; never what the other person wrote unseen.
    fn written<'s>(&self, put: &Put<'s>) -> Option<&'s Writing> {
        if put.question.self_answer {
            return None;
        }
        put.interview.written(&Written::Item(self.item()))
    }

    /// Returns whether something that somebody may be known by is spoken of.
    fn warns(&self, s: &Situation) -> bool {
        !self.unseen.is_answering() && self.warning.buttons(s).is_some()
    }

    /// Returns what must be seen although the page has no room for it: while a long text is written in a small
    /// window, what somebody may be known by. The lines under the field lie below what is seen there.
    pub(super) fn notice(&self, s: &Situation) -> Option<String> {
        let small = super::frame::body_size(s).1 < typed::ROOMY;
        let writes = self.is_in_long_field() && !self.unseen.is_answering();
        (small && writes)
            .then(|| self.warning.sentence(&s.t().writing))
            .flatten()
    }

    /// Looks for what somebody may be known by in what is typed.
    pub(super) fn look_for_identifiers(&mut self) {
        let open = matches!(self.kind, Kind::Long | Kind::Line | Kind::Options { .. });
        match self.field.as_ref().filter(|_| open && self.text_is_words) {
            // A word that stood there before is not being written.
            Some(field) => self
                .warning
                .look(field, self.zone == Zone::Field && field.is_changed()),
            None => self.warning = Warning::default(),
        }
    }

    fn item(&self) -> ItemKey {
        ItemKey::question(self.question.clone())
    }

    /// Returns what stands at the question, as far as the screen may show it.
    fn response<'s>(&self, put: &Put<'s>) -> Option<&'s Response> {
        if self.unseen.hides(put.interview.is_masked(&self.item())) {
            return None;
        }
        put.interview.response(&self.item())
    }

    fn answer<'s>(&self, put: &Put<'s>) -> Option<&'s Answer> {
        self.response(put).and_then(Response::answer)
    }

    /// Returns the step that answers.
    fn answer_step(&self, item: ItemKey, answer: Answer) -> Action {
        Action::Answer {
            item,
            answer,
            by_self: self.unseen.is_answering(),
        }
    }

    fn missing_step(&self, item: ItemKey, kind: Missing) -> Action {
        Action::Missing {
            item,
            kind,
            by_self: self.unseen.is_answering(),
        }
    }

    pub(super) fn heading(&self, s: &Situation) -> String {
        if self.is_discreet() {
            return String::new();
        }
        let Some(put) = self.put(s) else {
            return String::new();
        };
        let section = put.interview.survey().section_of(&self.question);
        section.map(|section| s.says(&section.title)).unwrap_or_default()
    }

    pub(super) const fn is_discreet(&self) -> bool {
        self.unseen.is_answering()
    }

    pub(super) fn set_error(&mut self, says: String) {
        self.error = Some(says);
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        if self.filter.is_some() {
            return self.filter.as_mut();
        }
        if self.zone == Zone::Field {
            self.field.as_mut()
        } else {
            None
        }
    }

    pub(super) const fn is_covered(&self) -> bool {
        self.unseen.is_covered()
    }

    pub(super) fn long_field(&self) -> Option<&Field> {
        let shown = self.kind == Kind::Long && !self.unseen.is_covered();
        self.field.as_ref().filter(|_| shown)
    }

    pub(super) fn is_in_long_field(&self) -> bool {
        self.kind == Kind::Long && self.zone == Zone::Field && !self.unseen.is_covered()
    }

    /// Returns whether the wheel moves the focus over rows, or the cursor in a long text. A step on a scale of numbers
    /// would change the answer.
    pub(super) fn is_scrolled(&self) -> bool {
        let rows = self.zone == Zone::Rows || self.filter.is_some();
        match self.kind {
            Kind::Options { .. } | Kind::Levels | Kind::Matrix | Kind::Rank | Kind::Count => rows,
            Kind::Long => self.is_in_long_field(),
            Kind::Slider | Kind::Line | Kind::Info => false,
        }
    }

    /// Puts the cursor into the field, where a click fell on it.
    pub(super) fn enter_field(&mut self) -> Option<&mut Field> {
        if self.filter.is_none() && self.field.is_some() && !self.unseen.is_covered() {
            self.zone = Zone::Field;
        }
        self.typing()
    }

    /// Returns the steps that keep what is typed.
    pub(super) fn keep(&mut self, s: &Situation) -> Vec<Action> {
        match self.put(s) {
            Some(put) => typed::keep(self, &put, s),
            None => Vec::new(),
        }
    }

    /// Returns the steps that settle the question before it is left: what is typed becomes the answer where it can.
    pub(super) fn leave(&mut self, s: &Situation) -> Vec<Action> {
        let Some(put) = self.put(s) else {
            return Vec::new();
        };
        if self.unseen.is_covered() {
            return Vec::new();
        }
        match typed::settle(self, &put, s) {
            Ok(steps) => steps,
            Err(_) => typed::keep(self, &put, s),
        }
    }
}

fn kind_of(put: &Put<'_>) -> Kind {
    match &put.question.kind {
        QuestionKind::One(_) => Kind::Options { many: false },
        QuestionKind::Many { .. } => Kind::Options { many: true },
        QuestionKind::Scale { scale, .. } => {
            let numeric = put
                .interview
                .survey()
                .scale(scale)
                .is_some_and(|scale| scale.numeric);
            if numeric { Kind::Slider } else { Kind::Levels }
        }
        QuestionKind::Matrix { .. } => Kind::Matrix,
        QuestionKind::Number { .. } | QuestionKind::Date { .. } | QuestionKind::Text { long: false } => {
            Kind::Line
        }
        QuestionKind::Text { long: true } => Kind::Long,
        QuestionKind::Rank { .. } => Kind::Rank,
        QuestionKind::Count(_) => Kind::Count,
        QuestionKind::Info => Kind::Info,
    }
}
