//! A question on the screen: what every type has in common. The types themselves are in files of their own.

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::interview::{Action, Interview, Written};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::{Question, QuestionKind};
use crate::domain::writing::Writing;
use crate::texts::fill;

use super::command::{Command, Open, Step};
use super::field::Field;
use super::input::Key;
use super::keymap::{Binding, Keys, function_keys, key_name};
use super::page::{Gap, Page};
use super::situation::Situation;
use super::theme::Tone;
use super::view::Reaction;
use super::warning::Warning;

mod count;
mod levels;
mod matrix;
mod options;
mod rank;
pub(super) mod typed;
mod unseen;

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
    unseen: Unseen,
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
            unseen: Unseen::No,
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

    /// Looks for what somebody may be known by in what is typed.
    fn look_for_identifiers(&mut self) {
        let open = matches!(self.kind, Kind::Long | Kind::Line | Kind::Options { .. });
        match self.field.as_ref().filter(|_| open && self.text_is_words) {
            Some(field) => self.warning.look(field, self.zone == Zone::Field),
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

    pub(super) fn long_field(&self) -> Option<&Field> {
        let shown = self.kind == Kind::Long && !self.unseen.is_covered();
        self.field.as_ref().filter(|_| shown)
    }

    pub(super) fn is_in_long_field(&self) -> bool {
        self.kind == Kind::Long && self.zone == Zone::Field && !self.unseen.is_covered()
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

    // Keys

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let Some(put) = self.put(s) else {
            return Vec::new();
        };
        if self.unseen.is_covered() {
            return self.unseen.table(s);
        }
        let t = s.t();
        let mut table = Vec::new();
        match self.kind {
            Kind::Options { .. } => options::table(self, &put, s, &mut table),
            Kind::Levels => levels::table(self, &put, s, &mut table),
            Kind::Slider => levels::slider_table(self, &put, s, &mut table),
            Kind::Matrix => matrix::table(self, &put, s, &mut table),
            Kind::Line | Kind::Long => typed::table(self, s, &mut table),
            Kind::Rank => rank::table(self, &put, s, &mut table),
            Kind::Count => count::table(s, &mut table),
            Kind::Info => {
                table.push(Binding::new(
                    Keys::One(Key::Enter),
                    Command::Next,
                    &t.hint.next,
                    0,
                ));
            }
        }
        table.push(Binding::silent(Keys::One(Key::PageDown), Command::Next));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::Back));
        if self.is_writing() {
            let esc = if self.filter.is_some() {
                &t.hint.close
            } else {
                &t.hint.menu
            };
            table.push(Binding::new(Keys::One(Key::Esc), Command::Up, esc, 0));
            table.extend(function_keys());
            return table;
        }
        if self.kind != Kind::Info {
            for way in s.ways(put.question) {
                table.push(Binding::silent(
                    Keys::Letter(way.letter),
                    Command::Missing(way.kind),
                ));
            }
        }
        let letter = |letter: &str| Keys::Letter(letter.to_owned());
        if !self.unseen.is_answering() {
            table.push(Binding::new(
                letter(&t.letter.back),
                Command::Back,
                &t.hint.back,
                1,
            ));
            if self.kind != Kind::Info {
                let says = if self.kind == Kind::Matrix {
                    &t.hint.skip_row
                } else {
                    &t.hint.skip
                };
                table.push(Binding::new(letter(&t.letter.skip), Command::Skip, says, 3));
            }
            table.push(Binding::new(
                letter(&t.letter.pause),
                Command::Open(Open::Pause),
                &t.hint.pause,
                2,
            ));
            table.push(Binding::new(
                letter(&t.letter.note),
                Command::Open(Open::Note),
                &t.hint.note,
                5,
            ));
            let overview = Command::Open(Open::Overview);
            table.push(Binding::new(
                letter(&t.letter.overview),
                overview,
                &t.hint.overview,
                6,
            ));
            if !put.question.probes.is_empty() {
                let probes = Command::Open(Open::Probes);
                table.push(Binding::new(letter(&t.letter.probes), probes, &t.hint.probes, 7));
            }
            table.push(Binding::new(
                Keys::One(Key::Char('?')),
                Command::Open(Open::Help),
                &t.hint.help,
                8,
            ));
            table.extend(function_keys());
        }
        table.push(Binding::new(Keys::One(Key::Esc), Command::Up, &t.hint.menu, 0));
        table
    }

    fn is_writing(&self) -> bool {
        self.filter.is_some() || self.zone == Zone::Field
    }

    // Drawing

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let t = s.t();
        let mut page = Page::new(width, s.theme());
        page.says_more(&t.more_above, &t.more_below);
        let Some(put) = self.put(s) else {
            return page;
        };
        if self.unseen.is_covered() {
            self.unseen.page(s, &put, &mut page);
            return page;
        }
        self.question_lines(s, &put, &mut page);
        match self.kind {
            Kind::Options { .. } => options::page(self, &put, s, &mut page, height),
            Kind::Levels => levels::page(self, &put, s, &mut page, height),
            Kind::Slider => levels::slider_page(self, &put, s, &mut page),
            Kind::Matrix => matrix::page(self, &put, s, &mut page),
            Kind::Line | Kind::Long => typed::page(self, &put, s, &mut page, height),
            Kind::Rank => rank::page(self, &put, s, &mut page),
            Kind::Count => count::page(self, &put, s, &mut page),
            Kind::Info => page.gap(Gap::Part),
        }
        if let Some(error) = self
            .error
            .as_ref()
            .filter(|_| !matches!(self.kind, Kind::Line | Kind::Long))
        {
            page.gap(Gap::Around);
            page.hanging("! ", error, Tone::Notice, 1);
        }
        if let Some(note) = &put.question.interviewer_note
            && !self.unseen.is_answering()
            && self.kind != Kind::Long
        {
            page.gap(Gap::Part);
            page.text(&s.aside(&s.says(note)), Tone::Aside, 0);
        }
        page
    }

    /// The question itself, with what the section says first and the help.
    fn question_lines(&self, s: &Situation, put: &Put<'_>, page: &mut Page) {
        if self.unseen.is_answering() {
            page.text(&s.t().unseen.intro, Tone::Plain, 1);
            page.gap(Gap::Part);
            page.pinned(&s.says(&put.question.text), Tone::Aloud, 1);
            return;
        }
        let section = put.interview.survey().section_of(&self.question);
        let first = section.is_some_and(|section| {
            let asked = |question: &&Question| put.interview.route().asks(&question.id);
            let first = section.questions.iter().find(asked);
            first.is_some_and(|first| first.id == self.question)
        });
        if let Some(intro) = section
            .and_then(|section| section.intro.as_ref())
            .filter(|_| first)
        {
            page.text(&s.aloud(&s.says(intro)), Tone::Plain, 0);
        }
        page.pinned(&s.aloud(&s.says(&put.question.text)), Tone::Aloud, 0);
        if self.kind == Kind::Info {
            page.cursor(0);
        }
        if let Some(help) = &put.question.help {
            page.text(&s.says(help), Tone::Plain, 1);
        }
        if self.kind == Kind::Long
            && let Some(note) = &put.question.interviewer_note
        {
            page.text(&s.aside(&s.says(note)), Tone::Aside, 0);
        }
    }

    /// The ways not to answer, in one line or two; `from` is the number of rows before them.
    fn ways_line(&self, s: &Situation, put: &Put<'_>, page: &mut Page, from: usize) {
        let response = self.response(put).and_then(Response::missing);
        let ways = s.ways(put.question);
        let mut spans = Vec::new();
        let mut targets = Vec::new();
        let mut cursor = None;
        let mut at = 0_u16;
        for (place, way) in ways.iter().enumerate() {
            let focused = self.zone == Zone::Rows && self.focus == from + place;
            let chosen = response == Some(way.kind);
            let mark = if chosen { "(x)" } else { "( )" };
            let words = format!("{}  {mark} ({})", way.letter, way.words);
            let wide = super::wrap::columns16(&words) + 3;
            if at > 0 && usize::from(at + wide) > page.width() {
                flush(page, &mut spans, &mut targets, &mut cursor);
                at = 0;
            }
            let tone = match (focused, chosen) {
                (true, _) => Tone::Focus,
                (false, true) => Tone::Chosen,
                (false, false) => Tone::Plain,
            };
            spans.push(page.span(if focused { " > " } else { "   " }, Tone::Plain));
            spans.push(page.span(&words, tone));
            if focused {
                cursor = Some(at + 1);
            }
            targets.push((at, at + wide, Command::Missing(way.kind)));
            at += wide;
        }
        flush(page, &mut spans, &mut targets, &mut cursor);
    }

    // Doing

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(put) = self.put(s) else {
            return Reaction::Nothing;
        };
        if self.unseen.is_covered() {
            return unseen::take(self, command);
        }
        let looks_aside = matches!(
            command,
            Command::Up | Command::Curtain | Command::Open(_) | Command::Quit | Command::AskSaved
        );
        if !looks_aside {
            self.error = None;
        }
        if self.unseen.is_answering() && *command == Command::Next {
            return unseen::leave(self, &put, s);
        }
        let reaction = self.take_by_kind(&put, s, command);
        if matches!(reaction, Reaction::Changed | Reaction::Say(_)) {
            self.look_for_identifiers();
        }
        match reaction {
            Reaction::Do(Command::Next) if self.unseen.is_answering() => unseen::leave(self, &put, s),
            reaction => reaction,
        }
    }

    fn take_by_kind(&mut self, put: &Put<'_>, s: &Situation, command: &Command) -> Reaction {
        match command {
            Command::Undo | Command::Redo if self.typing().is_none() => return Reaction::Do(command.clone()),
            Command::Missing(kind) if self.kind != Kind::Matrix => return self.take_missing(put, s, *kind),
            Command::Erase if !matches!(self.kind, Kind::Matrix | Kind::Rank | Kind::Count) => {
                return if put.interview.response(&self.item()).is_some() {
                    Reaction::Steps(vec![Action::Clear(self.item())])
                } else {
                    Reaction::Nothing
                };
            }
            _ => {}
        }
        match self.kind {
            Kind::Options { .. } => options::take(self, put, s, command),
            Kind::Levels => levels::take(self, put, s, command),
            Kind::Slider => levels::slider_take(self, put, s, command),
            Kind::Matrix => matrix::take(self, put, s, command),
            Kind::Line | Kind::Long => typed::take(self, put, s, command),
            Kind::Rank => rank::take(self, put, s, command),
            Kind::Count => count::take(self, put, s, command),
            Kind::Info => Reaction::Do(command.clone()),
        }
    }

    /// A reason for no answer replaces the answer, and says so where several things go at once.
    fn take_missing(&mut self, put: &Put<'_>, s: &Situation, kind: Missing) -> Reaction {
        if !put.question.offers(kind) {
            return Reaction::Nothing;
        }
        self.moved = false;
        let rows = match self.kind {
            Kind::Options { .. } => options::visible(self, put, s).len(),
            Kind::Levels => levels::levels(put).len(),
            Kind::Slider => 1,
            Kind::Rank | Kind::Count => put.interview.options(put.question).len(),
            _ => 0,
        };
        let place = s.ways(put.question).iter().position(|way| way.kind == kind);
        if let Some(place) = place.filter(|_| !matches!(self.kind, Kind::Line | Kind::Long)) {
            self.zone = Zone::Rows;
            self.focus = rows + place;
        }
        if matches!(self.kind, Kind::Line | Kind::Long)
            && let Some(field) = &mut self.field
        {
            field.kept();
        }
        Reaction::Steps(vec![self.missing_step(self.item(), kind)])
    }

    /// Returns what to say after an answer of several things gave way to one.
    #[must_use]
    pub fn cleared_words(count: usize, s: &Situation) -> String {
        let undo = key_name(Key::Ctrl('z'), &s.t().key);
        let words = crate::texts::number::plural(
            u64::try_from(count).unwrap_or(u64::MAX),
            &s.t().cleared_one,
            &s.t().cleared_more,
        );
        fill(words, &[("count", &count.to_string()), ("undo", &undo)])
    }

    /// Enter on a row that was moved to and not chosen: it never answers and never leaves without a word. The other
    /// person, alone with the screen, chooses with it.
    fn enter_unchosen(&mut self, s: &Situation) -> Option<Reaction> {
        if self.unseen.is_answering() {
            return None;
        }
        self.moved = false;
        self.error = Some(s.row_not_chosen());
        Some(Reaction::Changed)
    }

    /// Adds what Space and Enter do; `unchosen` is whether the focus stands on a row that is not chosen.
    fn space_and_enter(&self, s: &Situation, unchosen: bool, table: &mut Vec<Binding>) {
        let t = s.t();
        let space = Keys::One(Key::Char(' '));
        let by_enter = unchosen && self.unseen.is_answering();
        table.push(if unchosen && !by_enter {
            Binding::new(space, Command::Toggle, &t.hint.choose, 1)
        } else {
            Binding::silent(space, Command::Toggle)
        });
        let enter = if by_enter { &t.hint.choose } else { &t.hint.next };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, enter, 0));
    }

    /// Moves the focus among `rows` rows.
    fn go(&mut self, step: Step, rows: usize) -> Reaction {
        let last = rows.saturating_sub(1);
        let focus = match step {
            Step::Up | Step::Left => self.focus.saturating_sub(1),
            Step::Down | Step::Right => (self.focus + 1).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        let before = std::mem::replace(&mut self.focus, focus);
        if before == focus {
            return Reaction::Nothing;
        }
        self.moved = true;
        Reaction::Changed
    }
}

type Targets = Vec<(u16, u16, Command)>;

fn flush(
    page: &mut Page,
    spans: &mut Vec<ratatui::text::Span<'static>>,
    targets: &mut Targets,
    cursor: &mut Option<u16>,
) {
    if spans.is_empty() {
        return;
    }
    page.line(std::mem::take(spans));
    for (from, to, command) in targets.drain(..) {
        page.target(from, to, command);
    }
    if let Some(column) = cursor.take() {
        page.cursor(column);
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
