//! Making the report: which files, in which language, with a look at it and a list of what to check before.

use std::path::PathBuf;

use crate::disclosure::standing::Attention;
use crate::domain::clean_text::CleanText;
use crate::domain::language::Language;
use crate::report::compose::{self, Contents, Part, Plan, Work, not_in_full, titled};
use crate::report::document::Document;
use crate::report::plain;
use crate::texts::number::whole;
use crate::texts::{Texts, fill};
use crate::tui::command::{Command, Step};
use crate::tui::edit::edit;
use crate::tui::field::Field;
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, typing};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;
use crate::tui::wrap::{columns, columns16};

use super::findings::names;
use super::pane::{Pane, fit};
use super::{Ask, usual_keys};

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Formats, by the names the command knows.
    pub formats: Vec<&'static str>,
    /// Papers beside the report, by the names the command knows.
    pub papers: Vec<&'static str>,
    /// What is in it.
    pub contents: Contents,
    /// Who has written it.
    pub authors: Vec<CleanText>,
    /// The final report, not the draft.
    pub is_final: bool,
    /// The language of the report.
    pub language: Language,
    /// Where to.
    pub folder: PathBuf,
}

const FORMATS: [&str; 4] = ["docx", "xlsx", "html", "csv"];
const PAPERS: [&str; 4] = ["one-page", "conference", "codebook", "pictures"];

/// Something that can be chosen or pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Format(usize),
    Language(usize),
    Draft,
    Final,
    Paper(usize),
    Contents(usize),
    Author,
    Make,
    Cancel,
}

/// The rows of the form, each with its stops.
const ROWS: [&[Stop]; 7] = [
    &[Stop::Format(0), Stop::Format(1), Stop::Format(2), Stop::Format(3)],
    &[Stop::Language(0), Stop::Language(1), Stop::Language(2)],
    &[Stop::Draft, Stop::Final],
    &[Stop::Paper(0), Stop::Paper(1), Stop::Paper(2), Stop::Paper(3)],
    &[Stop::Contents(0), Stop::Contents(1), Stop::Contents(2)],
    &[Stop::Author],
    &[Stop::Make, Stop::Cancel],
];

/// The form.
pub struct Report {
    row: usize,
    column: usize,
    formats: [bool; 4],
    papers: [bool; 4],
    contents: Contents,
    author: Field,
    language: Language,
    is_final: bool,
    above: usize,
    /// The report as it would be, and the words it is in.
    preview: Option<(Document, Texts)>,
    /// Whether its findings are sentences of the program, and nobody's own.
    is_raw: bool,
    /// Texts of the coordinators in which somebody may be named.
    names: usize,
}

impl Report {
    /// Returns the form: Word and Excel, the draft, in the language of the screen.
    #[must_use]
    pub fn new(s: &Situation) -> Self {
        let mut report = Self {
            row: 0,
            column: 0,
            formats: [true, true, false, false],
            papers: [false; 4],
            contents: Contents::default(),
            author: Field::line(""),
            language: s.language(),
            is_final: false,
            above: 0,
            preview: None,
            is_raw: false,
            names: 0,
        };
        report.renew(s);
        report
    }

    /// Composes the report anew.
    pub(in crate::tui) fn renew(&mut self, s: &Situation) {
        let composed = self.composed(s);
        self.is_raw = composed.as_ref().is_some_and(|(.., is_raw)| *is_raw);
        self.preview = composed.map(|(document, texts, _)| (document, texts));
        self.above = 0;
        let shown = s.coordinator.shown.as_deref();
        let round = shown.and_then(|shown| shown.evaluation.open_round());
        self.names = match (shown, round) {
            (Some(shown), Some(round)) => names::count(&shown.book, &round.id, &shown.evaluation.own_words()),
            _ => 0,
        };
    }

    fn composed(&self, s: &Situation) -> Option<(Document, Texts, bool)> {
        let shown = s.coordinator.shown.as_deref()?;
        let texts = if self.language == s.language() {
            s.texts.clone()
        } else {
            Texts::load(self.language).ok()?
        };
        let portion = shown.parts.first()?;
        let sources = shown.sources(0, 0, &texts)?;
        let rounds = titled(
            &shown.evaluation,
            &portion.rounds,
            Some(&shown.book),
            self.language,
        );
        let is_whole = matches!(sources.people.part, Part::Only | Part::Together { .. });
        let plan = Plan {
            is_final: self.is_final,
            contents: self.contents,
            authors: self.authors(),
            rounds: if is_whole { rounds } else { Vec::new() },
            beside: (1..shown.parts.len())
                .filter_map(|place| shown.sources(place, 0, &texts).filter(|_| is_whole))
                .collect(),
            work: shown
                .evaluation
                .open_round()
                .filter(|_| is_whole)
                .map(|round| Work {
                    book: &shown.book,
                    round: &round.id,
                    survey: Some(sources.survey),
                }),
        };
        let document = compose::report(&sources, &plan);
        let is_raw = is_whole && compose::is_raw(&sources, plan.work.as_ref());
        Some((document, texts, is_raw))
    }

    /// Whoever has written it, by commas.
    fn authors(&self) -> Vec<CleanText> {
        let names = self.author.shown().split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        names.map(CleanText::line).collect()
    }

    pub(super) fn typing(&mut self) -> Option<&mut Field> {
        (self.stop() == Stop::Author).then_some(&mut self.author)
    }

    fn stop(&self) -> Stop {
        let row = ROWS.get(self.row).copied().unwrap_or(&[Stop::Make]);
        let last = row.len().saturating_sub(1);
        row.get(self.column.min(last)).copied().unwrap_or(Stop::Make)
    }

    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let enter = Keys::One(Key::Enter);
        let mut table = Vec::new();
        match self.stop() {
            Stop::Author => {
                table.extend(typing(s.t(), false));
                table.push(Binding::new(enter, Command::NextZone, &hint.next, 1));
            }
            Stop::Make | Stop::Cancel => {
                table.push(Binding::new(enter, Command::Enter, &hint.press, 1));
            }
            _ => {
                table.push(Binding::silent(enter, Command::Toggle));
                let space = Keys::One(Key::Char(' '));
                table.push(Binding::new(space, Command::Toggle, &hint.on_off, 1));
            }
        }
        table.push(Binding::new(
            Keys::One(Key::Tab),
            Command::NextZone,
            &words.hint.next_row,
            2,
        ));
        table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        table.push(Binding::new(
            Keys::Arrows,
            Command::Move(Step::Right),
            &hint.go_to,
            4,
        ));
        let down = Keys::One(Key::PageDown);
        table.push(Binding::new(down, Command::PageDown, &words.hint.page_through, 3));
        table.push(Binding::silent(Keys::One(Key::PageUp), Command::PageUp));
        if self.stop() == Stop::Author {
            table.push(Binding::new(Keys::One(Key::Esc), Command::Close, &hint.back, 0));
        } else {
            usual_keys(&mut table, false, s);
        }
        table
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let words = &s.texts.coordinator.report;
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        if self.preview.is_none() {
            let mut pane = Pane::new(width, s.theme());
            pane.text(&words.nothing, Tone::Plain);
            pane.write(&mut page);
            return page;
        }
        let pane = match Pane::halves(width) {
            Some((left, right)) => {
                let down = if s.look.ascii { "|" } else { "│" };
                let mut form = self.form(s, left);
                form.blank();
                form.below(self.control(s, left));
                form.blank();
                form.below(self.buttons(s, left));
                let room = height;
                form.seen(room, None, more)
                    .beside(self.look(s, right, room), down)
            }
            None => {
                let mut top = self.form(s, width);
                let mut foot = self.control(s, width);
                foot.below(self.buttons(s, width));
                let room = height.saturating_sub(top.height() + foot.height());
                if room >= 4 {
                    top.below(self.look(s, width, room));
                }
                top.below(foot);
                top.seen(height, None, more)
            }
        };
        pane.write(&mut page);
        page
    }

    fn form(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.report;
        let mut pane = Pane::new(width, s.theme());
        let labels = [
            &words.to,
            &words.language,
            &words.stage,
            &words.also,
            &words.contents,
        ];
        for (row, (stops, label)) in ROWS.iter().zip(labels).enumerate() {
            self.row_of(row, label, stops, s, &mut pane);
        }
        let row = labels.len();
        if self.row == row {
            pane.field(&fit(&words.author, 12), &self.author);
        } else {
            let text = format!("{}  {}", fit(&words.author, 11), self.author.shown());
            pane.line(text.trim_end(), Tone::Plain);
            pane.target(
                0,
                u16::try_from(width).unwrap_or(u16::MAX),
                &Command::Press(row * 10),
            );
        }
        pane
    }

    fn buttons(&self, s: &Situation, width: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let last = ROWS.len() - 1;
        self.row_of(
            last,
            "",
            ROWS.get(last).copied().unwrap_or_default(),
            s,
            &mut pane,
        );
        pane
    }

    /// One row of the form; further stops stand on further lines where the first is full.
    fn row_of(&self, row: usize, label: &str, stops: &[Stop], s: &Situation, pane: &mut Pane) {
        let label_width = if label.is_empty() { 0 } else { 11 };
        let mut parts = vec![(fit(label, label_width), Tone::Plain)];
        let (mut targets, mut cursor, mut at) = (Vec::new(), None, label_width);
        let flush = |parts: &mut Vec<(String, Tone)>,
                     targets: &mut Vec<(u16, u16, Command)>,
                     cursor: &mut Option<u16>,
                     pane: &mut Pane| {
            pane.spans(std::mem::take(parts));
            for (from, to, command) in targets.drain(..) {
                pane.target(from, to, &command);
            }
            if let Some(column) = cursor.take() {
                pane.cursor(column);
            }
        };
        for (column, stop) in stops.iter().enumerate() {
            let text = self.stop_words(*stop, s);
            let wide = columns(&text) + 4;
            if at + wide > pane.width() && at > label_width {
                flush(&mut parts, &mut targets, &mut cursor, pane);
                parts.push((" ".repeat(label_width), Tone::Plain));
                at = label_width;
            }
            let focused = self.row == row && self.column.min(stops.len().saturating_sub(1)) == column;
            let place = u16::try_from(at).unwrap_or(u16::MAX);
            parts.push((if focused { "> " } else { "  " }.to_owned(), Tone::Plain));
            parts.push((text.clone(), if focused { Tone::Focus } else { Tone::Plain }));
            parts.push(("  ".to_owned(), Tone::Plain));
            if focused {
                cursor = Some(place);
            }
            let press = Command::Press(row * 10 + column);
            targets.push((place, place + columns16(&text) + 2, press));
            at += wide;
        }
        flush(&mut parts, &mut targets, &mut cursor, pane);
    }

    fn stop_words(&self, stop: Stop, s: &Situation) -> String {
        let words = &s.texts.coordinator.report;
        let tick = |on: bool, text: &str| format!("[{}] {text}", if on { "x" } else { " " });
        let ring = |on: bool, text: &str| format!("({}) {text}", if on { "x" } else { " " });
        let of = |list: &[bool; 4], place: usize| list.get(place).copied().unwrap_or(false);
        match stop {
            Stop::Format(place) => {
                let names = [&words.word, &words.excel, &words.html, &words.csv];
                let name = names.get(place).map_or("", |name| name.as_str());
                tick(of(&self.formats, place), name)
            }
            Stop::Language(place) => match Language::ALL.get(place) {
                Some(language) => ring(self.language == *language, language.own_name()),
                None => String::new(),
            },
            Stop::Draft => ring(!self.is_final, &words.draft),
            Stop::Final => ring(self.is_final, &words.final_report),
            Stop::Paper(place) => {
                let names = [
                    &words.one_page,
                    &words.conference,
                    &words.codebook,
                    &words.pictures,
                ];
                let name = names.get(place).map_or("", |name| name.as_str());
                tick(of(&self.papers, place), name)
            }
            Stop::Contents(place) => {
                let Contents {
                    questions,
                    quotes,
                    appendix,
                } = self.contents;
                let (on, name) = match place {
                    0 => (questions, &words.questions),
                    1 => (quotes, &words.themes),
                    _ => (appendix, &words.appendix),
                };
                tick(on, name)
            }
            Stop::Author => self.author.shown().to_owned(),
            Stop::Make => format!("[ {} ]", words.make),
            Stop::Cancel => format!("[ {} ]", words.cancel),
        }
    }

    /// The report as it would be, in a box.
    fn look(&self, s: &Situation, width: usize, height: usize) -> Pane {
        let mut pane = Pane::new(width, s.theme());
        let Some((document, texts)) = &self.preview else {
            return pane;
        };
        let inner = width.saturating_sub(4);
        let room = height.saturating_sub(2).max(1);
        let lines = plain::lines(document, texts, inner);
        let furthest = lines.len().saturating_sub(room);
        let above = self.above.min(furthest);
        let page = (above.div_ceil(room) + 1).to_string();
        let title = fill(&s.texts.coordinator.report.preview, &[("page", &page)]);
        let (corner, across, down) = if s.look.ascii {
            (["+", "+", "+", "+"], "-", "|")
        } else {
            (["┌", "┐", "└", "┘"], "─", "│")
        };
        let title = format!(" {title} ");
        let rest = width.saturating_sub(columns(&title) + 3);
        let top = format!("{}{across}{title}{}{}", corner[0], across.repeat(rest), corner[1]);
        pane.spans(vec![(top, Tone::Rule)]);
        for line in lines.iter().skip(above).take(room) {
            pane.spans(vec![
                (format!("{down} "), Tone::Rule),
                (fit(&line.text, inner), Tone::Plain),
                (format!(" {down}"), Tone::Rule),
            ]);
        }
        for _ in lines.len().saturating_sub(above)..room {
            let empty = " ".repeat(inner);
            pane.spans(vec![
                (format!("{down} "), Tone::Rule),
                (empty, Tone::Plain),
                (format!(" {down}"), Tone::Rule),
            ]);
        }
        let low = format!(
            "{}{}{}",
            corner[2],
            across.repeat(width.saturating_sub(2)),
            corner[3]
        );
        pane.spans(vec![(low, Tone::Rule)]);
        pane
    }

    /// What to check before anybody reads it.
    fn control(&self, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.report;
        let mut pane = Pane::new(width, s.theme());
        let Some((document, texts)) = &self.preview else {
            return pane;
        };
        let number = |count: usize| whole(u64::try_from(count).unwrap_or(u64::MAX), s.language());
        let (coded, hidden) = not_in_full(document);
        let has_method = document
            .headings()
            .any(|(_, _, text)| text == texts.results.report.method);
        let waiting: u32 = s.coordinator.shown.as_deref().map_or(0, |shown| {
            let first = |portion: &super::Portion| portion.views.first().map_or(0, |(_, own)| own.waiting);
            shown.parts.iter().map(first).sum()
        });
        let mut said = vec![
            fill(
                &words.not_in_full,
                &[("coded", &number(coded)), ("hidden", &number(hidden))],
            ),
            match quotes(s) {
                0 => words.no_quotes.clone(),
                count => fill(&words.quotes, &[("n", &number(count))]),
            },
            match unread(s) {
                0 => words.none_unread.clone(),
                count => fill(&words.unread, &[("n", &number(count))]),
            },
            match self.names {
                0 => words.no_names.clone(),
                count => fill(&words.names, &[("n", &number(count))]),
            },
            if has_method {
                words.method.clone()
            } else {
                words.no_method.clone()
            },
        ];
        if self.is_raw {
            said.insert(0, words.raw.clone());
        }
        let reports = s
            .coordinator
            .shown
            .as_deref()
            .map_or(0, |shown| shown.parts.len());
        if reports > 1 {
            said.insert(0, fill(&words.several, &[("n", &number(reports))]));
        }
        if waiting > 0 {
            let waiting = whole(u64::from(waiting), s.language());
            said.push(fill(&words.waiting, &[("n", &waiting)]));
        }
        said.extend(self.still_withdraw(s));
        let text = format!("{} {}", words.control, said.join("  "));
        pane.text(&text, Tone::Plain);
        pane.text(&fill(&words.folder, &[("folder", &folder_words(s))]), Tone::Plain);
        pane
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let last_row = ROWS.len() - 1;
        let here = ROWS.get(self.row).copied().unwrap_or_default();
        let last = here.len().saturating_sub(1);
        if self.stop() == Stop::Author {
            if let Some(edited) = self.take_author(command, s) {
                return edited;
            }
            // It stands on the title page.
            self.renew(s);
        }
        match command {
            Command::Move(Step::Left) => self.column = self.column.min(last).saturating_sub(1),
            Command::Move(Step::Right) => self.column = (self.column + 1).min(last),
            Command::Move(Step::Up) => self.row = self.row.saturating_sub(1),
            Command::Move(Step::Down) => {
                // Among the buttons it begins with the first.
                if self.row + 1 == last_row {
                    self.column = 0;
                }
                self.row = (self.row + 1).min(last_row);
            }
            Command::Move(Step::First) => self.row = 0,
            Command::Move(Step::Last) => {
                self.row = last_row;
                self.column = 0;
            }
            Command::NextZone => {
                self.row = (self.row + 1) % ROWS.len();
                self.column = 0;
            }
            Command::PreviousZone => {
                self.row = (self.row + last_row) % ROWS.len();
                self.column = 0;
            }
            Command::PageDown => self.above += 8,
            Command::PageUp => self.above = self.above.saturating_sub(8),
            Command::Press(place) => {
                self.row = (place / 10).min(last_row);
                self.column = place % 10;
                return self.press(s);
            }
            Command::Toggle | Command::Enter => return self.press(s),
            other => return Reaction::Do(other.clone()),
        }
        Reaction::Changed
    }

    /// Lets the field with the authors take what is a field's.
    fn take_author(&mut self, command: &Command, s: &Situation) -> Option<Reaction> {
        let is_fields = !matches!(command, Command::Move(Step::Up | Step::Down));
        is_fields.then(|| edit(&mut self.author, command, s)).flatten()
    }

    fn press(&mut self, s: &Situation) -> Reaction {
        match self.stop() {
            Stop::Format(place) => toggle(&mut self.formats, place),
            Stop::Paper(place) => toggle(&mut self.papers, place),
            Stop::Language(place) => {
                if let Some(language) = Language::ALL.get(place) {
                    self.language = *language;
                }
                self.renew(s);
            }
            Stop::Draft | Stop::Final => {
                self.is_final = self.stop() == Stop::Final;
                self.renew(s);
            }
            Stop::Contents(place) => {
                let on = match place {
                    0 => &mut self.contents.questions,
                    1 => &mut self.contents.quotes,
                    _ => &mut self.contents.appendix,
                };
                *on = !*on;
                self.renew(s);
            }
            // A click means to write there.
            Stop::Author => {}
            Stop::Cancel => return Reaction::Do(Command::Close),
            Stop::Make => return self.make(s),
        }
        Reaction::Changed
    }

    /// What stands in the way of the final report: that somebody can still withdraw.
    fn still_withdraw(&self, s: &Situation) -> Option<String> {
        let opened = s.coordinator.opened.as_deref().filter(|_| self.is_final)?;
        let until = opened
            .evaluation
            .withdraw_until
            .filter(|until| s.today <= *until)?;
        let day = crate::texts::number::date(until, s.language());
        Some(fill(
            &s.texts.coordinator.report.still_withdraw,
            &[("date", &day)],
        ))
    }

    fn make(&self, s: &Situation) -> Reaction {
        if let Some(said) = self.still_withdraw(s) {
            return Reaction::Say(said);
        }
        let chosen = |on: &[bool; 4], names: [&'static str; 4]| -> Vec<&'static str> {
            let pairs = on.iter().zip(names);
            pairs.filter(|(on, _)| **on).map(|(_, name)| name).collect()
        };
        let formats = chosen(&self.formats, FORMATS);
        if formats.is_empty() || self.preview.is_none() {
            return Reaction::Say(s.texts.coordinator.report.choose_one.clone());
        }
        let folder = s
            .coordinator
            .opened
            .as_deref()
            .map(|opened| opened.reports.clone());
        Reaction::Coordinate(Ask::Write(Wish {
            formats,
            papers: chosen(&self.papers, PAPERS),
            contents: self.contents,
            authors: self.authors(),
            is_final: self.is_final,
            language: self.language,
            folder: folder.unwrap_or_default(),
        }))
    }
}

/// How many quotes were released: each was read and found fit, and what looked like a name in it was decided on.
fn quotes(s: &Situation) -> usize {
    let shown = s.coordinator.shown.as_deref();
    let views = shown.into_iter().flat_map(|shown| &shown.parts);
    let first = views.filter_map(|portion| portion.views.first());
    first
        .filter_map(|(published, _)| published.voices())
        .map(|told| told.quotes().len())
        .sum()
}

/// How many quotes are marked and still to be read: they are left out.
fn unread(s: &Situation) -> usize {
    let opened = s.coordinator.opened.as_deref();
    let attention = opened.into_iter().flat_map(|opened| &opened.standing.attention);
    attention
        .map(|own| match own {
            Attention::Unread(count) => *count,
            _ => 0,
        })
        .sum()
}

fn toggle(list: &mut [bool; 4], place: usize) {
    if let Some(on) = list.get_mut(place) {
        *on = !*on;
    }
}

fn folder_words(s: &Situation) -> String {
    let opened = s.coordinator.opened.as_deref();
    opened.map_or_else(String::new, |opened| opened.reports.display().to_string())
}
