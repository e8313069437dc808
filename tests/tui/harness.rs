//! The screens without a terminal: keys in, text out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::{date, time};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use stemme::domain::language::Language;
use stemme::domain::survey::Survey;
use stemme::fieldwork::desk::Desk;
use stemme::fieldwork::founding::Founder;
use stemme::fieldwork::session::Saved;
use stemme::store::preferences::Preferences;
use stemme::texts::Texts;
use stemme::tui::app::{App, Start};
use stemme::tui::command::{Message, Moment};
use stemme::tui::coordinator::{Door, Known, Office};
use stemme::tui::effect::{Effect, KeepPreference, Work};
use stemme::tui::input::{Input, read};
use stemme::tui::look::Look;
use stemme::tui::preview::Preview;
use stemme::tui::results::Documents;
use stemme::tui::situation::Situation;

use crate::sample_survey::{Deeds, SampleDesk, survey};

/// A program in a window.
pub struct Screens {
    pub app: App,
    pub work: Work,
    pub deeds: Arc<Deeds>,
    now: Duration,
    terminal: Terminal<TestBackend>,
}

impl Screens {
    pub fn new(language: Language, (width, height): (u16, u16)) -> Self {
        Self::at(
            SampleDesk::new(survey()),
            language,
            (width, height),
            Look::default(),
        )
    }

    pub fn at(desk: SampleDesk, language: Language, size: (u16, u16), look: Look) -> Self {
        Self::with_results(desk, language, size, look, Documents::default())
    }

    pub fn with_results(
        desk: SampleDesk,
        language: Language,
        (width, height): (u16, u16),
        look: Look,
        results: Documents,
    ) -> Self {
        Self::with(desk, language, (width, height), look, results, None)
    }

    /// A survey that is looked at while it is written.
    pub fn preview(survey: Option<Survey>, language: Language, size: (u16, u16)) -> Self {
        let mut preview = Preview::new(language, false, None);
        preview.survey = survey.map(Arc::new);
        let desk = SampleDesk::new(crate::sample_survey::survey());
        let (look, results) = (Look::default(), Documents::default());
        let mut screens = Self::with(desk, language, size, look, results, Some(preview));
        screens.input(Input::Resize(size.0, size.1));
        let mut next = screens.app.begin(&Start::Preview);
        while let Some(message) = next.and_then(|effect| screens.work.run(effect)) {
            next = screens.update(message);
        }
        screens
    }

    fn with(
        desk: SampleDesk,
        language: Language,
        (width, height): (u16, u16),
        look: Look,
        results: Documents,
        preview: Option<Preview>,
    ) -> Self {
        let deeds = Arc::clone(&desk.deeds);
        let work = Work::new(Box::new(desk) as Box<dyn Desk>);
        let app = App::new(Situation {
            look,
            results,
            preview,
            ..situation(&work, language, (width, height))
        });
        Self {
            app,
            work,
            deeds,
            now: Duration::ZERO,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
        }
    }

    /// Keeps what is preferred with `keep`.
    pub fn keep(&mut self, keep: KeepPreference) {
        let nobody = Work::new(Box::new(SampleDesk::new(survey())));
        self.work = std::mem::replace(&mut self.work, nobody).keeping(keep);
    }

    /// Lets the coordinator's things be done.
    pub fn coordinate(&mut self, office: Option<(Door, Office)>) {
        let nobody = Work::new(Box::new(SampleDesk::new(survey())));
        self.work = std::mem::replace(&mut self.work, nobody).coordinating(office);
        let size = self.app.situation().size;
        let language = self.app.situation().language();
        self.app = App::new(situation(&self.work, language, size));
    }

    /// Lets a new evaluation be made.
    pub fn found(&mut self, founder: Founder) {
        let nobody = Work::new(Box::new(SampleDesk::new(survey())));
        self.work = std::mem::replace(&mut self.work, nobody).founding(Some(founder));
        let facts = self.work.desk_facts();
        self.send(Message::AtDesk(Box::new(facts)));
    }

    /// Begins as asked.
    pub fn start(&mut self, start: &Start) {
        let mut next = self.app.begin(start);
        while let Some(effect) = next {
            next = match self.work.run(effect) {
                Some(message) => self.update(message),
                None => None,
            };
        }
    }

    /// Lets the evaluation decide.
    pub fn decide(&mut self, decided: Preferences) {
        let size = self.app.situation().size;
        let look = self.app.situation().look;
        let language = self.app.situation().language();
        self.app = App::new(Situation {
            look,
            decided,
            ..situation(&self.work, language, size)
        });
    }

    /// Lets time pass.
    pub fn wait(&mut self, time: Duration) {
        self.now += time;
        self.send(Message::Tick);
    }

    pub fn send(&mut self, message: Message) {
        let mut next = self.update(message);
        while let Some(effect) = next {
            next = match self.work.run(effect) {
                Some(message) => self.update(message),
                None => None,
            };
        }
    }

    fn update(&mut self, message: Message) -> Option<Effect> {
        let now = Moment {
            since_start: self.now,
            time: time(14, 2, 0, 0),
        };
        self.app.update(message, now)
    }

    pub fn event(&mut self, event: &Event) {
        self.now += Duration::from_millis(200);
        if let Some(input) = read(event) {
            self.send(Message::Input(input));
        }
    }

    pub fn input(&mut self, input: Input) {
        self.now += Duration::from_millis(200);
        self.send(Message::Input(input));
    }

    /// Presses keys: names of keys with spaces between, as "3 Enter C-l".
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            self.event(&Event::Key(key(name)));
        }
        self
    }

    /// Sorts what was typed while something opened.
    pub fn typed_early(&mut self, inputs: &mut VecDeque<Input>) {
        self.app.typed_early(inputs);
    }

    /// Types a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.event(&Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        self.input(Input::Resize(width, height));
    }

    fn draw(&mut self) -> (Buffer, Position) {
        let app = &self.app;
        let mut at = Position::default();
        self.terminal
            .draw(|frame| {
                let picture = app.picture(frame.area());
                frame.render_widget(&picture, frame.area());
                at = picture.cursor();
                frame.set_cursor_position(at);
            })
            .unwrap();
        (self.terminal.backend().buffer().clone(), at)
    }

    /// Returns the screen, line by line.
    pub fn lines(&mut self) -> Vec<String> {
        let (buffer, _) = self.draw();
        let area = *buffer.area();
        (0..area.height)
            .map(|y| {
                let mut line = String::new();
                let mut x = 0;
                while x < area.width {
                    let symbol = buffer[(x, y)].symbol();
                    line.push_str(symbol);
                    x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol).max(1)).unwrap();
                }
                line.trim_end().to_owned()
            })
            .collect()
    }

    pub fn see(&mut self) -> String {
        self.lines().join("\n")
    }

    pub fn cursor(&mut self) -> (u16, u16) {
        let (_, at) = self.draw();
        (at.x, at.y)
    }

    pub fn buffer(&mut self) -> Buffer {
        self.draw().0
    }

    /// From the start to the first question.
    pub fn interview(&mut self) -> &mut Self {
        self.begin("New")
    }

    /// Begins, agrees, and stands at the first question.
    pub fn begin(&mut self, what: &str) -> &mut Self {
        // New interview or practice, one person, information, age 16 and up, yes, yes.
        self.keys(if what == "New" { "1" } else { "2" });
        self.keys("1 Enter");
        if self.see().contains("«Jeg skriver") || self.app.situation().size.1 < 20 {
            self.keys("Enter");
        }
        while self.is_at_information() {
            self.keys("Enter");
        }
        self.keys("2 Enter 1 Enter 1 Enter");
        self
    }

    pub fn is_at_information(&self) -> bool {
        use stemme::domain::interview::Position as At;
        let interview = self.app.situation().interview.as_ref();
        interview.is_none_or(|interview| *interview.position() == At::Information)
    }

    /// Returns whether the question on the screen can be shown to the other person.
    pub fn app_shows_card(&self) -> bool {
        let interview = self.app.situation().interview.as_ref().unwrap();
        let question = interview.survey().question(interview.current_question().unwrap());
        question.is_some_and(|question| !interview.is_answered_alone(question))
    }

    /// Goes to a question by its id.
    pub fn go_to(&mut self, question: &str) -> &mut Self {
        use stemme::domain::interview::Action;
        let steps = vec![Action::GoTo(crate::sample_survey::id(question))];
        if let Some(message) = self.work.run(Effect::Steps(steps)) {
            self.send(message);
        }
        self.now += Duration::from_secs(1);
        self
    }
}

/// How things stand when the program begins.
fn situation(work: &Work, language: Language, size: (u16, u16)) -> Situation {
    Situation {
        texts: Texts::load(language).unwrap(),
        look: Look::default(),
        preferences: Preferences::default(),
        decided: Preferences::default(),
        interviewer: "Ada".to_owned(),
        today: date(2026, 11, 22),
        desk: work.desk_facts(),
        results: Documents::default(),
        coordinator: Known {
            door: work.door(),
            ..Known::default()
        },
        interview: None,
        entered: stemme::domain::record::Entered::Live,
        founding: false,
        copy_is_out: false,
        practice: false,
        preview: None,
        pin: None,
        saved: Saved::Nothing,
        saved_at: None,
        size,
    }
}

fn key(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    if let Some(letter) = name.strip_prefix("C-") {
        return KeyEvent::new(
            KeyCode::Char(letter.chars().next().unwrap()),
            KeyModifiers::CONTROL,
        );
    }
    plain(match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "Bs" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        "Space" => KeyCode::Char(' '),
        "F1" => KeyCode::F(1),
        "F4" => KeyCode::F(4),
        "F6" => KeyCode::F(6),
        one => KeyCode::Char(one.chars().next().unwrap()),
    })
}
