//! A survey as the interviewer will see it, while somebody writes it: on the screen, following its file, or as text.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::domain::id::Id;
use crate::domain::interview::{Action, Position};
use crate::domain::language::Language;
use crate::domain::record::Entered;
use crate::domain::survey::Survey;
use crate::fieldwork::practice_desk::PracticeDesk;
use crate::fieldwork::preview::yes;
use crate::fieldwork::session::Saved;
use crate::store::preferences::Preferences;
use crate::texts::{Texts, fill};

use super::app::{App, Start};
use super::command::{Message, Moment, Open};
use super::coordinator::Known;
use super::effect::{Effect, Work};
use super::look::Look;
use super::results::Documents;
use super::situation::Situation;
use super::wrap::columns;

/// The lines a note about the file may take.
const NOTE_LINES: usize = 3;

/// A survey's file as it was just read.
#[derive(Clone, Debug)]
pub struct Reread {
    /// The survey, where it changed and has no errors.
    pub survey: Option<Arc<Survey>>,
    /// What is wrong with the file now, where, and how much more.
    pub trouble: Option<String>,
}

/// Looks at the file again; `None` where nothing is new. Its words are of this language.
pub type Follow = Box<dyn FnMut(Language) -> Option<Reread>>;

/// How a survey is previewed.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The last version without errors.
    pub survey: Option<Arc<Survey>>,
    /// What is wrong with the file now.
    pub trouble: Option<String>,
    /// The language it begins in.
    pub language: Language,
    /// Whether a group is asked.
    pub group: bool,
    /// Columns and rows of the window to be shown, where they are not the window's own.
    pub window: Option<(u16, u16)>,
    /// The window there is.
    pub(super) room: (u16, u16),
    /// A question tried out from the survey editor: Esc leads back there.
    pub is_trial: bool,
    /// Layers to open again once a changed survey is on the screen.
    pub(super) layers: Vec<Open>,
}

impl Preview {
    /// Returns a preview of a survey that is still to be read.
    #[must_use]
    pub const fn new(language: Language, group: bool, window: Option<(u16, u16)>) -> Self {
        Self {
            survey: None,
            trouble: None,
            language,
            group,
            window,
            room: (0, 0),
            is_trial: false,
            layers: Vec::new(),
        }
    }

    /// Returns the columns and rows to draw in.
    #[must_use]
    pub(super) fn size(&self) -> (u16, u16) {
        let (width, height) = self.window.unwrap_or(self.room);
        (width.min(self.room.0), height.min(self.room.1))
    }

    /// Returns what stands above the screen: what is wrong with the file, or with the window.
    #[must_use]
    pub(super) fn note(&self, texts: &Texts) -> Option<String> {
        if self.trouble.is_some() {
            return self.trouble.clone();
        }
        let wanted = self.window.filter(|window| *window != self.size())?;
        let size = |(width, height): (u16, u16)| format!("{width}x{height}");
        let values = [("have", size(self.room)), ("want", size(wanted))];
        let [have, want] = &values;
        Some(fill(
            &texts.preview.narrow,
            &[(have.0, &have.1), (want.0, &want.1)],
        ))
    }
}

/// Returns what stands above the screen in a preview, line by line.
#[must_use]
pub(super) fn note_lines(s: &Situation, width: usize) -> Vec<String> {
    let note = s.preview.as_ref().and_then(|preview| preview.note(&s.texts));
    let mut lines = note.map_or_else(Vec::new, |note| super::wrap::wrap(&note, width));
    lines.truncate(NOTE_LINES);
    lines
}

/// Draws where a window ends that is smaller than the one there is.
pub(super) fn edge(whole: Rect, window: Rect, ascii: bool, style: Style, buffer: &mut Buffer) {
    let (across, down, corner) = if ascii {
        ("-", "|", "+")
    } else {
        ("─", "│", "┘")
    };
    let right = window.right() < whole.right();
    let below = window.bottom() < whole.bottom();
    if right {
        for y in window.y..window.bottom() {
            buffer.set_string(window.right(), y, down, style);
        }
    }
    if below {
        let line = across.repeat(usize::from(window.width));
        buffer.set_string(window.x, window.bottom(), line, style);
    }
    if right && below {
        buffer.set_string(window.right(), window.bottom(), corner, style);
    }
}

/// A screen as text.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it shows: the id of a question or a consent point; `None` for the information before consent.
    pub of: Option<String>,
    /// Its lines.
    pub lines: Vec<String>,
}

/// Calls `each` with the screen of everything that is said before the questions, and of every question, until it
/// says that nobody wants more.
pub fn sheets(
    preview: Preview,
    size: (u16, u16),
    texts: Texts,
    look: Look,
    today: Date,
    each: &mut dyn FnMut(&Sheet) -> bool,
) {
    let mut screen = Printed::new(preview, size, texts, look, today);
    loop {
        let interview = screen.app.situation().interview.as_ref();
        let Some(interview) = interview.filter(|interview| !interview.has_consent()) else {
            break;
        };
        let of = match interview.position() {
            Position::Point(place) => {
                let points = &interview.survey().parts().consent.points;
                points.get(*place).map(|point| point.id.to_string())
            }
            _ => None,
        };
        let before = interview.position().clone();
        let step = yes(interview).unwrap_or(Action::Next);
        if !each(&screen.sheet(of)) {
            return;
        }
        screen.step(step);
        let now = screen.app.situation().interview.as_ref();
        if now.is_none_or(|interview| *interview.position() == before) {
            return;
        }
    }
    let interview = screen.app.situation().interview.as_ref();
    let questions = interview.map_or_else(Vec::new, |interview| interview.route().questions.clone());
    for question in questions {
        screen.step(Action::GoTo(question.clone()));
        if !each(&screen.sheet(Some(question.to_string()))) {
            return;
        }
    }
}

/// Returns the screen of one question; `None` where it is not asked.
#[must_use]
pub fn sheet_of(
    preview: Preview,
    size: (u16, u16),
    texts: Texts,
    look: Look,
    today: Date,
    question: &Id,
) -> Option<Sheet> {
    let mut screen = Printed::new(preview, size, texts, look, today);
    loop {
        let interview = screen.app.situation().interview.as_ref()?;
        if interview.has_consent() {
            break;
        }
        let before = interview.position().clone();
        let step = yes(interview).unwrap_or(Action::Next);
        screen.step(step);
        if *screen.app.situation().interview.as_ref()?.position() == before {
            return None;
        }
    }
    screen.step(Action::GoTo(question.clone()));
    let interview = screen.app.situation().interview.as_ref()?;
    let is_there = interview.current_question() == Some(question);
    is_there.then(|| screen.sheet(Some(question.to_string())))
}

/// A screen that is drawn for paper.
struct Printed {
    app: App,
    work: Work,
    area: Rect,
}

impl Printed {
    fn new(preview: Preview, size: (u16, u16), texts: Texts, look: Look, today: Date) -> Self {
        let work = Work::new(Box::new(PracticeDesk::empty()));
        let app = App::new(Situation {
            texts,
            look,
            preferences: Preferences::default(),
            decided: Preferences::default(),
            interviewer: String::new(),
            today,
            desk: work.desk_facts(),
            results: Documents::default(),
            coordinator: Known::default(),
            interview: None,
            entered: Entered::Live,
            founding: false,
            copy_is_out: false,
            practice: false,
            preview: Some(Preview {
                window: None,
                room: size,
                ..preview
            }),
            pin: None,
            saved: Saved::Nothing,
            saved_at: None,
            size,
        });
        let mut screen = Self {
            app,
            work,
            area: Rect::new(0, 0, size.0, size.1),
        };
        let first = screen.app.begin(&Start::Preview);
        screen.settle(first);
        screen
    }

    fn step(&mut self, step: Action) {
        self.settle(Some(Effect::Steps(vec![step])));
    }

    fn settle(&mut self, first: Option<Effect>) {
        let mut next = first;
        while let Some(message) = next.and_then(|effect| self.work.run(effect)) {
            next = self.take(message);
        }
    }

    fn take(&mut self, message: Message) -> Option<Effect> {
        let now = Moment {
            since_start: std::time::Duration::ZERO,
            time: jiff::civil::Time::midnight(),
        };
        self.app.update(message, now)
    }

    fn sheet(&self, of: Option<String>) -> Sheet {
        let mut buffer = Buffer::empty(self.area);
        (&self.app.picture(self.area)).render(self.area, &mut buffer);
        let line = |y: u16| {
            let mut line = String::new();
            let mut x = 0;
            while x < self.area.width {
                let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                line.push_str(symbol);
                x += u16::try_from(columns(symbol).max(1)).unwrap_or(1);
            }
            line.trim_end().to_owned()
        };
        Sheet {
            of,
            lines: (0..self.area.height).map(line).collect(),
        }
    }
}
