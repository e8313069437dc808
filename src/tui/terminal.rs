//! The terminal: taken over whole, given back whole, also after a panic.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
    disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{cursor, execute, queue};
use ratatui::layout::Rect;

use super::app::App;
use super::canvas::Canvas;

/// Waits until something is typed, at most this long, and returns how much of the wait is left to the reader.
///
/// # Errors
/// When the terminal is gone: on a closed one the event reader would read nothing for ever.
#[cfg(unix)]
pub(super) fn wait(longest: Duration) -> io::Result<Duration> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let input = io::stdin();
    let timeout = Timespec::try_from(longest).map_err(io::Error::other)?;
    let mut watched = [PollFd::new(&input, PollFlags::IN)];
    match poll(&mut watched, Some(&timeout)) {
        // A signal: a window that changed its size, or the end.
        Err(rustix::io::Errno::INTR) => Ok(Duration::ZERO),
        Err(error) => Err(error.into()),
        Ok(_) => {
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if watched.iter().any(|fd| fd.revents().intersects(gone)) {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(Duration::ZERO)
        }
    }
}

/// Leaves the waiting to the event reader, which notices a closed console by itself.
#[cfg(not(unix))]
pub(super) fn wait(longest: Duration) -> io::Result<Duration> {
    Ok(longest)
}

/// The terminal while the screens have it. Dropping it gives it back.
pub(super) struct Screen {
    canvas: Canvas<Stdout>,
    mouse: bool,
    gone: Arc<AtomicBool>,
}

impl Screen {
    /// Takes the terminal over. Nothing is asked of it: the first frame must not wait for answers. `crashed` is said
    /// after a panic, with the place and nothing else.
    pub(super) fn open(title: &str, mouse: bool, crashed: String) -> io::Result<Self> {
        enable_raw_mode()?;
        let gone = Arc::new(AtomicBool::new(false));
        restore_on_panic(mouse, crashed, Arc::clone(&gone));
        let mut screen = Self {
            canvas: Canvas::new(io::stdout()),
            mouse,
            gone,
        };
        let first = screen.canvas.before_frame();
        queue!(
            first,
            EnterAlternateScreen,
            SetTitle(title),
            Clear(ClearType::All),
            EnableBracketedPaste
        )?;
        if mouse {
            queue!(first, EnableMouseCapture)?;
        }
        Ok(screen)
    }

    /// Returns columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        size().unwrap_or((80, 24))
    }

    /// Draws what changed.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        let (width, height) = size()?;
        self.canvas.draw(app, Rect::new(0, 0, width, height))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if !self.gone.swap(true, Ordering::SeqCst) {
            give_back(self.mouse);
        }
        // The hook of a program without a screen again.
        let _ = panic::take_hook();
    }
}

/// Clears the screen before leaving it, so that no answer stays behind, and undoes every mode.
fn give_back(mouse: bool) {
    let mut out = io::stdout();
    if mouse {
        let _ = queue!(out, DisableMouseCapture);
    }
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        Clear(ClearType::All),
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// After a panic the terminal is whole and the place is named; what was said by anybody is not.
fn restore_on_panic(mouse: bool, crashed: String, gone: Arc<AtomicBool>) {
    panic::set_hook(Box::new(move |info| {
        if !gone.swap(true, Ordering::SeqCst) {
            give_back(mouse);
        }
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let _ = writeln!(io::stderr(), "{crashed} ({place})");
    }));
}
