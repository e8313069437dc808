//! The picture in the README is the screen as it is: drawn here, compared with `docs/screen.svg`.
//!
//! `STEMME_DRAW=1 cargo test --test picture` draws it anew.

#![expect(clippy::unwrap_used, reason = "a test stops where it is wrong")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use jiff::civil::{Date, date, time};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use stemme::definition::survey;
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::{ConsentPolicy, Contact, Site};
use stemme::domain::id::{Id, Slug};
use stemme::domain::interview::{Action, Interview, Opening};
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::domain::record::{InterviewId, InterviewRecord, Mode, SurveyStamp};
use stemme::fieldwork::desk::{CannotStart, Desk, DraftEntry, NewInterview, Recovery};
use stemme::fieldwork::round_surveys::RoundSurveys;
use stemme::fieldwork::session::{Keeper, KeepsNothing, Remains, Saved, Session, Trouble};
use stemme::texts::Texts;
use stemme::tui::app::App;
use stemme::tui::command::{Message, Moment};
use stemme::tui::effect::{Effect, Work};
use stemme::tui::input::read;
use stemme::tui::look::Look;
use stemme::tui::results::Documents;
use stemme::tui::situation::Situation;

const COLUMNS: u16 = 80;
const ROWS: u16 = 24;

/// Says that everything is safe, and keeps nothing.
struct Safe;

impl Keeper for Safe {
    fn begin(&mut self, _: &Interview, _: &[Action]) {}
    fn keep(&mut self, _: &Action) {}
    fn saved(&mut self) -> Saved {
        Saved::Safe
    }
    fn wait(&mut self) -> Saved {
        Saved::Safe
    }
    fn try_again(&mut self, _: &Interview, _: &[Action]) {}
    fn seal(&mut self, _: &InterviewRecord) -> Result<(), Trouble> {
        Ok(())
    }
    fn delete(&mut self) -> Result<Remains, Trouble> {
        Ok(Remains::Nothing)
    }
}

/// A desk with one survey.
struct OneSurvey {
    title: Localized,
    surveys: RoundSurveys,
}

impl OneSurvey {
    fn interview(&self, wanted: &NewInterview) -> Interview {
        let parts = wanted.survey.parts();
        let opening = Opening {
            interview: InterviewId::from_bytes([7; 16]),
            survey: SurveyStamp {
                id: parts.id.clone(),
                version: parts.version.clone(),
                sha256: parts.fingerprint.clone(),
            },
            round: Slug::new("2026h").unwrap(),
            site: None,
            laptop: None,
            interviewer: None,
            mode: wanted
                .group
                .map_or(Mode::Individual, |people| Mode::Group { people }),
            entered: wanted.entered,
            language: wanted.language,
            order_seed: 7,
            age_bands: ConsentPolicy::default().age_bands(),
            made_up: self.made_up(),
        };
        Interview::begin(Arc::clone(&wanted.survey), opening)
    }
}

impl Desk for OneSurvey {
    fn title(&self) -> Option<&Localized> {
        Some(&self.title)
    }
    fn made_up(&self) -> bool {
        false
    }
    fn surveys(&self) -> &RoundSurveys {
        &self.surveys
    }
    fn sites(&self) -> &[Site] {
        &[]
    }
    fn contacts(&self) -> &[Contact] {
        &[]
    }
    fn withdraw_until(&self) -> Option<Date> {
        None
    }
    fn drafts(&self) -> Vec<DraftEntry> {
        Vec::new()
    }
    fn sealed(&self) -> usize {
        0
    }
    fn begin(&mut self, wanted: &NewInterview) -> Result<Session, CannotStart> {
        Ok(Session::begin(self.interview(wanted), Box::new(Safe)))
    }
    fn resume(&mut self, _: &DraftEntry, _: Option<&str>) -> Result<(Session, Recovery), CannotStart> {
        Err(CannotStart::WrongSecret)
    }
    fn practice(&mut self, wanted: &NewInterview) -> Session {
        Session::begin(self.interview(wanted), Box::new(KeepsNothing))
    }
}

/// The program in a window, driven by steps and keys.
struct Screen {
    app: App,
    work: Work,
    now: Duration,
}

impl Screen {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bytes = fs::read(folder.join("surveys/min-stemme-bup.toml")).unwrap();
        let survey = survey::read(&bytes).value.unwrap();
        let desk = OneSurvey {
            title: Localized::new(Language::Bokmal, CleanText::line("Min stemme teller")),
            surveys: RoundSurveys::read_already(vec![Arc::new(survey)]),
        };
        let work = Work::new(Box::new(desk));
        let app = App::new(Situation {
            texts: Texts::load(Language::Bokmal).unwrap(),
            look: Look::default(),
            preferences: stemme::store::preferences::Preferences::default(),
            decided: stemme::store::preferences::Preferences::default(),
            interviewer: String::new(),
            today: date(2026, 11, 22),
            desk: work.desk_facts(),
            results: Documents::default(),
            coordinator: stemme::tui::coordinator::Known::default(),
            interview: None,
            entered: stemme::domain::record::Entered::Live,
            founding: false,
            copy_is_out: false,
            practice: false,
            preview: None,
            pin: None,
            saved: Saved::Nothing,
            saved_at: None,
            size: (COLUMNS, ROWS),
        });
        Self {
            app,
            work,
            now: Duration::ZERO,
        }
    }

    fn send(&mut self, message: Message) {
        let mut next = Some(message);
        while let Some(message) = next {
            self.now += Duration::from_millis(500);
            let now = Moment {
                since_start: self.now,
                time: time(14, 2, 0, 0),
            };
            next = self
                .app
                .update(message, now)
                .and_then(|effect| self.work.run(effect));
        }
    }

    fn press(&mut self, code: KeyCode) -> &mut Self {
        let event = Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
        self.send(Message::Input(read(&event).unwrap()));
        self
    }

    fn step(&mut self, action: Action) -> &mut Self {
        if let Some(message) = self.work.run(Effect::Steps(vec![action])) {
            self.send(message);
        }
        self
    }

    fn draw(&self) -> (Buffer, Position) {
        let mut terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).unwrap();
        let mut cursor = Position::default();
        terminal
            .draw(|frame| {
                let picture = self.app.picture(frame.area());
                frame.render_widget(&picture, frame.area());
                cursor = picture.cursor();
            })
            .unwrap();
        (terminal.backend().buffer().clone(), cursor)
    }
}

// From cells to SVG. Whole numbers only, so that every machine draws the same.

const WIDE: u16 = 9;
const HIGH: u16 = 20;
const MARGIN: u16 = 16;
const PAPER: &str = "#16181d";
const INK: &str = "#e6e6e6";
const DIM: &str = "#9a9fa8";

fn colour(cell: &Cell) -> &'static str {
    match cell.fg {
        Color::Cyan => "#7fd1d1",
        Color::Yellow => "#e8c468",
        Color::Red => "#f08a80",
        _ if cell.modifier.contains(Modifier::DIM) => DIM,
        _ => INK,
    }
}

/// What makes two neighbouring cells look alike.
fn look(cell: &Cell) -> (&'static str, bool, bool) {
    let is = |modifier| cell.modifier.contains(modifier);
    (colour(cell), is(Modifier::BOLD), is(Modifier::REVERSED))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn svg(buffer: &Buffer, cursor: Position, title: &str) -> String {
    let (width, height) = (COLUMNS * WIDE + 2 * MARGIN, ROWS * HIGH + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\" xml:space=\"preserve\">\n",
        escaped(title)
    );
    for row in 0..ROWS {
        let cells: Vec<&Cell> = (0..COLUMNS)
            .map(|column| buffer.cell((column, row)).unwrap())
            .collect();
        let mut column = 0;
        for run in cells.chunk_by(|one, other| look(one) == look(other)) {
            let length = u16::try_from(run.len()).unwrap();
            let text: String = run.iter().map(|cell| cell.symbol()).collect();
            draw_run(&mut svg, (column, row), length, &text, look(run.first().unwrap()));
            column += length;
        }
    }
    let (x, y) = (MARGIN + cursor.x * WIDE, MARGIN + cursor.y * HIGH);
    writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" height=\"{HIGH}\" fill=\"none\" stroke=\"{INK}\"/>"
    )
    .unwrap();
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn draw_run(svg: &mut String, at: (u16, u16), length: u16, text: &str, look: (&str, bool, bool)) {
    let (ink, bold, reversed) = look;
    let (x, y) = (MARGIN + at.0 * WIDE, MARGIN + at.1 * HIGH);
    if reversed {
        writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{HIGH}\" fill=\"{ink}\"/>",
            length * WIDE
        )
        .unwrap();
    }
    let shown = text.trim_end();
    let blank = u16::try_from(text.chars().take_while(|c| *c == ' ').count()).unwrap();
    let shown = shown.trim_start();
    if shown.is_empty() {
        return;
    }
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let fill = if reversed { PAPER } else { ink };
    let columns = u16::try_from(shown.chars().count()).unwrap();
    writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{fill}\"{weight}>{}</text>",
        x + blank * WIDE,
        y + 15,
        columns * WIDE,
        escaped(shown)
    )
    .unwrap();
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screen.svg")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "draws a picture for the documentation")]
fn the_picture_is_the_screen() {
    let mut screen = Screen::new();
    screen.press(KeyCode::Char('1'));
    for _ in 0..20 {
        let has_consent = |interview: &Interview| interview.has_consent();
        if screen.app.situation().interview.as_ref().is_some_and(has_consent) {
            break;
        }
        screen.press(KeyCode::Enter);
    }
    screen
        .step(Action::GoTo(Id::new("bup05").unwrap()))
        .press(KeyCode::Char('4'));
    screen.send(Message::Saved(Saved::Safe));
    let (buffer, cursor) = screen.draw();
    let drawn = svg(&buffer, cursor, "stemme: et spørsmål på skjermen");
    if std::env::var_os("STEMME_DRAW").is_some() {
        fs::write(file(), &drawn).unwrap();
    }
    let kept = fs::read_to_string(file()).unwrap_or_default();
    assert!(
        kept == drawn,
        "the screen has changed: look at it with STEMME_DRAW=1, and keep docs/screen.svg"
    );
}
