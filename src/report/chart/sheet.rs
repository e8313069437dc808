//! What all charts have in common: the sheet they are drawn on, how a value is said, and the explanations above the
//! drawing.

use crate::report::wording::share_words;
use crate::texts::number::whole;
use crate::texts::{Texts, fill};

use super::font::Font;
use super::palette::{self, Ink};
use super::scene::{Anchor, Area, Hatching, Pen, Scene};
use super::{Chart, Kind, Side, Value};

/// How wide every chart is: 16 cm on paper, where its smallest letters are 8 points.
pub(super) const WIDTH: i32 = 6400;
/// How wide a chart of dots is on the screen of a phone.
pub(super) const NARROW: i32 = 2850;
/// Letters of numbers that stand outside their bar, and of remarks.
pub(super) const SMALL: i32 = 115;
/// Letters of labels and numbers.
pub(super) const NORMAL: i32 = 130;
/// Letters of a heading.
pub(super) const LARGE: i32 = 190;
/// Room for the labels of rows.
pub(super) const LABELS: i32 = 1900;
/// From one line of labels to the next.
pub(super) const LINE: i32 = 165;
/// How high a bar is.
pub(super) const BAR: i32 = 240;
/// Lines of a label; what does not fit is cut.
pub(super) const MOST_LINES: usize = 4;

/// All of it, in the unit of shares.
pub(super) const WHOLE: i32 = 10_000;

const SWATCH: i32 = 150;
const EDGE: Pen = Pen::solid(Ink::BLACK, 8);
/// Hatching of what is not known for certain.
pub(super) const HATCH: Pen = Pen::solid(Ink::PALE, 7);
/// Other fonts than ours are up to so many per cent wider.
const OTHER_FONTS: i32 = 106;

/// A sheet being drawn on, from above.
pub(super) struct Sheet<'a> {
    /// What is drawn so far.
    pub(super) scene: Scene,
    /// Measures words.
    pub(super) font: Font,
    /// The words of the program, in the chart's language.
    pub(super) texts: &'a Texts,
    /// How values are drawn.
    kind: Kind,
    /// Whether numbers are per cent.
    pub(super) percent: bool,
    /// Where the next part begins.
    pub(super) y: i32,
    /// How wide it is.
    pub(super) wide: i32,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub(super) fn new(chart: &Chart, texts: &'a Texts) -> Self {
        Self {
            scene: Scene::default(),
            font: Font::new(),
            texts,
            kind: chart.kind,
            percent: chart.says_percent(),
            y: 0,
            wide: WIDTH,
        }
    }

    /// Ends the drawing.
    pub(super) fn finish(mut self) -> Scene {
        self.scene.width = self.wide;
        self.scene.height = self.y + 40;
        self.scene
    }

    /// How wide words may become, with whatever font.
    pub(super) fn width(&self, words: &str, size: i32) -> i32 {
        self.font.width(words, size) * OTHER_FONTS / 100
    }

    /// Room for labels: no more than they need and never more than `most`.
    pub(super) fn label_width<'l>(&self, labels: impl Iterator<Item = &'l str>, most: i32) -> i32 {
        labels
            .map(|label| self.width(label, NORMAL) + 20)
            .max()
            .unwrap_or(0)
            .clamp(LABELS / 3, most)
    }

    /// Breaks words into lines that fit with whatever font.
    pub(super) fn lines(&self, words: &str, size: i32, width: i32, most: usize) -> Vec<String> {
        self.font.wrapped(words, size, width * 100 / OTHER_FONTS, most)
    }

    /// Writes lines below each other, the first one's letters standing on `y`.
    pub(super) fn write(
        &mut self,
        lines: &[String],
        (x, mut y): (i32, i32),
        anchor: Anchor,
        size: i32,
        ink: Ink,
    ) {
        for line in lines {
            self.scene.words((x, y), anchor, size, ink, line.clone());
            y += size * 127 / 100;
        }
    }

    /// Writes words whose middle is at `y`.
    pub(super) fn centred(&mut self, (x, y): (i32, i32), anchor: Anchor, size: i32, ink: Ink, words: &str) {
        self.scene
            .words((x, y + size * 36 / 100), anchor, size, ink, words);
    }

    /// How a value is said on the drawing.
    pub(super) fn said(&self, value: Value) -> String {
        said(value, self.percent, self.texts)
    }

    /// How many people a row is of, as the line under a label.
    pub(super) fn people(&self, n: u32) -> String {
        people(n, self.kind, self.texts)
    }

    /// Draws a bar of one side.
    pub(super) fn bar(&mut self, area: Area, side: Side) {
        let edge = Some(EDGE);
        self.scene.rectangle(area, Some(palette::fill(side)), None);
        if let Some(ink) = palette::hatching(side) {
            let hatching = match side {
                Side::Against => Hatching::Falling,
                Side::Beside => Hatching::Crossed,
                _ => Hatching::Rising,
            };
            self.scene.hatch(area, hatching, 70, Pen::solid(ink, 8));
        }
        self.scene.rectangle(area, None, edge);
    }

    /// Writes a number on a patch of the ground's colour, so that hatching does not run through it.
    pub(super) fn on_ground(&mut self, (x, y): (i32, i32), words: &str, ground: Ink, ink: Ink) {
        let width = self.width(words, SMALL) + 40;
        self.scene
            .rectangle(Area::new(x - width / 2, y - 65, width, 130), Some(ground), None);
        self.centred((x, y), Anchor::Middle, SMALL, ink, words);
    }

    /// Writes the title of a picture that stands alone: what was found, then what was asked. Findings of many questions
    /// are no title: the picture shows them.
    pub(super) fn heading(&mut self, found: &str, asked: &str) {
        self.y += 60;
        // What was found may begin with what is shown: somebody's finding, then its figures.
        let (found, asked) = match found.strip_prefix(asked) {
            Some(rest) if !rest.trim().is_empty() => (asked, rest.trim()),
            _ => (found, asked),
        };
        let fits = self.lines(found, LARGE, WIDTH, 4).len() < 4;
        let found = if fits { found } else { asked };
        let lines = self.lines(found, LARGE, WIDTH, 4);
        self.write(&lines, (0, self.y + LARGE), Anchor::Start, LARGE, Ink::BLACK);
        self.y += height(lines.len(), LARGE) + 60;
        let lines = self.lines(asked, NORMAL, WIDTH, MOST_LINES);
        // More than that is read in the drawing itself.
        if asked != found && lines.len() < MOST_LINES {
            self.write(&lines, (0, self.y + NORMAL), Anchor::Start, NORMAL, Ink::GREY);
            self.y += height(lines.len(), NORMAL) + 120;
        }
    }

    /// Writes what the signs mean, side by side as far as they fit.
    pub(super) fn legend(&mut self, entries: &[(Sign, String)]) {
        if entries.is_empty() {
            return;
        }
        let (mut x, mut y) = (0, self.y + 20);
        for (sign, words) in entries {
            // One line on paper, and two on a phone.
            let (room, most) = if self.wide == WIDTH {
                (WIDTH - 800, 1)
            } else {
                (self.wide - sign.width() - 60, 2)
            };
            let lines = self.lines(words, SMALL, room, most);
            let widest = lines.iter().map(|line| self.width(line, SMALL)).max();
            let width = sign.width() + 60 + widest.unwrap_or(0);
            if x > 0 && x + width > self.wide {
                x = 0;
                y += 220;
            }
            self.sign(*sign, x, y);
            for (nr, line) in (0..).zip(&lines) {
                let middle = y + SWATCH / 2 + nr * LINE;
                let at = (x + sign.width() + 60, middle);
                self.centred(at, Anchor::Start, SMALL, Ink::BLACK, line);
            }
            x += width + 200;
            if lines.len() > 1 {
                y += LINE;
            }
        }
        self.y = y + SWATCH + 160;
    }

    fn sign(&mut self, sign: Sign, x: i32, y: i32) {
        let area = Area::new(x, y, SWATCH, SWATCH);
        match sign {
            Sign::Bar(side) => self.bar(area, side),
            Sign::Coded => {
                self.scene.hatch(area, Hatching::Rising, 50, HATCH);
                self.scene.rectangle(area, None, Some(Pen::dashed(Ink::GREY, 9)));
            }
            Sign::Dot(ground) => self.scene.dot(
                x + SWATCH / 2,
                y + SWATCH / 2,
                60,
                ground,
                Pen::solid(Ink::BLUE, 20),
            ),
            Sign::Dashed => self.scene.line(
                (x, y + SWATCH / 2),
                (x + sign.width(), y + SWATCH / 2),
                Pen::dashed(Ink::GREY, 12),
            ),
        }
    }
}

/// A sign that is explained above a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A bar of this side.
    Bar(Side),
    /// The box of a count that is not written exactly.
    Coded,
    /// A dot, filled so.
    Dot(Ink),
    /// A broken line.
    Dashed,
}

impl Sign {
    const fn width(self) -> i32 {
        match self {
            Self::Dashed => 300,
            Self::Bar(_) | Self::Coded | Self::Dot(_) => SWATCH,
        }
    }
}

/// How a value is said on a chart.
pub(super) fn said(value: Value, as_percent: bool, texts: &Texts) -> String {
    let language = texts.language();
    let number = |value: u32| whole(u64::from(value), language);
    match value {
        Value::Exact { count, of, .. } if as_percent => share_words(count, of, language),
        Value::Exact { count, .. } => number(count),
        Value::Coded { low: 0, high, .. } => format!("≤{}", number(high)),
        Value::Coded { low, high, of } if high == of => format!("≥{}", number(low)),
        Value::Coded { low, high, .. } => format!("{}–{}", number(low), number(high)),
        Value::Hidden => texts.results.hidden.clone(),
        Value::None => texts.results.none.clone(),
    }
}

/// How many people a row is of, in words: those who answered, or a whole group. How many of a group answered is never
/// printed.
pub(super) fn people(n: u32, kind: Kind, texts: &Texts) -> String {
    let words = &texts.printed;
    let text = match kind {
        Kind::SmallMultiples => &words.interviewed,
        _ => &words.people,
    };
    fill(text, &[("n", &whole(u64::from(n), texts.language()))])
}

/// How high so many lines of letters are.
pub(super) fn height(lines: usize, size: i32) -> i32 {
    i32::try_from(lines).unwrap_or(0) * (size * 127 / 100)
}

/// So many of so many in ten thousandths.
pub(super) fn share(part: u32, of: u32) -> i32 {
    if of == 0 {
        return 0;
    }
    let share = u64::from(part) * 10_000 / u64::from(of);
    i32::try_from(share).unwrap_or(WHOLE).min(WHOLE)
}
