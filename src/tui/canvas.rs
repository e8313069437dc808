//! Frames on their way to the terminal: only what changed, in one write, and nothing when nothing did.

use std::borrow::Cow;
use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::app::App;
use super::preview;
use super::theme::Tone;

mod cells;
mod scroll;

/// A frame of more bytes than this stands between the marks of a synchronized update. A smaller one arrives whole
/// anyway.
const LARGE: usize = 512;

/// For this many bytes no scroll is looked for: it takes about as many itself, and looking takes time.
const FEW: usize = 100;

/// So many times parts of the screen are moved for one frame.
const SCROLLS: usize = 2;

/// Gathers a frame and sends it in one write once it is whole.
struct FrameWriter<W: Write> {
    gathered: Vec<u8>,
    out: W,
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing is sent before the frame is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> FrameWriter<W> {
    fn send(&mut self) -> io::Result<()> {
        let sent = self.out.write_all(&self.gathered).and_then(|()| self.out.flush());
        self.gathered.clear();
        sent
    }
}

/// A terminal's screen, and what stands on it.
pub struct Canvas<W: Write> {
    frame: FrameWriter<W>,
    seen: Buffer,
    fresh: Buffer,
    cursor: Option<Position>,
}

impl<W: Write> Canvas<W> {
    /// Returns a canvas on which nothing is drawn yet; frames go to `out`.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self {
            frame: FrameWriter {
                gathered: Vec::with_capacity(16 * 1024),
                out,
            },
            seen: Buffer::empty(Rect::ZERO),
            fresh: Buffer::empty(Rect::ZERO),
            cursor: None,
        }
    }

    /// Returns where commands go that belong to no frame: with the next one.
    pub(super) const fn before_frame(&mut self) -> &mut impl Write {
        &mut self.frame
    }

    /// Draws what changed since the last frame, in one write; a large one between the marks of a synchronized update.
    ///
    /// # Errors
    /// What the terminal said.
    pub fn draw(&mut self, app: &App, area: Rect) -> io::Result<()> {
        let resized = *self.seen.area() != area;
        if resized {
            self.seen = Buffer::empty(area);
            self.fresh = Buffer::empty(area);
            self.cursor = None;
        } else {
            self.fresh.reset();
        }
        let window = app.drawn_in(area);
        let picture = app.picture(window);
        (&picture).render(window, &mut self.fresh);
        if window != area {
            let s = app.situation();
            let style = s.theme().style(Tone::Rule);
            preview::edge(area, window, s.look.ascii, style, &mut self.fresh);
        }
        let cursor = picture.cursor();
        if self.seen == self.fresh && self.cursor == Some(cursor) {
            return Ok(());
        }
        let changes = changes(&self.seen, &self.fresh)?;
        let large = resized || changes.len() > LARGE;
        if large {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        if resized {
            queue!(self.frame, Clear(ClearType::All))?;
        }
        self.frame.write_all(&changes)?;
        queue!(self.frame, MoveTo(cursor.x, cursor.y))?;
        if large {
            queue!(self.frame, EndSynchronizedUpdate)?;
        }
        self.cursor = Some(cursor);
        std::mem::swap(&mut self.seen, &mut self.fresh);
        self.frame.send()
    }
}

/// Returns the shortest way there is from what is seen to what is wanted: written, or scrolled first, once or twice:
/// what lies above the focused row can move up while what lies below moves down.
fn changes(seen: &Buffer, wanted: &Buffer) -> io::Result<Vec<u8>> {
    let mut shortest = Vec::new();
    cells::write(&mut shortest, seen, wanted)?;
    let mut scrolls = Vec::new();
    let mut seen = Cow::Borrowed(seen);
    let tries = if shortest.len() > FEW { SCROLLS } else { 0 };
    for _ in 0..tries {
        let Some(scroll) = scroll::find(&seen, wanted) else {
            break;
        };
        scroll.send(&mut scrolls)?;
        seen = Cow::Owned(scroll.applied(&seen));
        let mut scrolled = scrolls.clone();
        cells::write(&mut scrolled, &seen, wanted)?;
        if scrolled.len() >= shortest.len() {
            break;
        }
        shortest = scrolled;
    }
    Ok(shortest)
}
