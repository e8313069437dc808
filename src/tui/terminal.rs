//! The terminal: taken over whole, given back whole, also after a panic.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::app::App;
use super::look::Look;

/// What ends a frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// Returns whether the terminal can be drawn on. Consoles of old Windows versions cannot: there, all is said line
/// by line.
#[must_use]
pub fn can_draw() -> bool {
    #[cfg(windows)]
    return crossterm::ansi_support::supports_ansi();
    #[cfg(not(windows))]
    true
}

/// Returns the columns and rows of the window, if there is one.
#[must_use]
pub fn window() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

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

/// Gathers a frame and sends it in one write once its end mark is there.
struct FrameWriter {
    gathered: Vec<u8>,
    out: Stdout,
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.gathered.ends_with(FRAME_END) {
            return Ok(());
        }
        let sent = self.out.write_all(&self.gathered).and_then(|()| self.out.flush());
        self.gathered.clear();
        sent
    }
}

/// The terminal while the screens have it. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<FrameWriter>>,
    /// What is switched on now.
    mouse: bool,
    focus: bool,
    gone: Arc<AtomicBool>,
}

impl Screen {
    /// Takes the terminal over. Nothing is asked of it: the first frame must not wait for answers. `crashed` is said
    /// after a panic, with the place and nothing else.
    pub(super) fn open(title: &str, look: Look, crashed: String) -> io::Result<Self> {
        enable_raw_mode()?;
        let gone = Arc::new(AtomicBool::new(false));
        restore_on_panic(crashed, Arc::clone(&gone));
        let mut writer = FrameWriter {
            gathered: Vec::with_capacity(16 * 1024),
            out: io::stdout(),
        };
        queue!(
            writer,
            EnterAlternateScreen,
            SetTitle(title),
            Clear(ClearType::All),
            EnableBracketedPaste
        )?;
        if look.mouse {
            queue!(writer, EnableMouseCapture)?;
        }
        if look.hide_unfocused {
            queue!(writer, EnableFocusChange)?;
        }
        let terminal = Terminal::new(CrosstermBackend::new(writer));
        match terminal {
            Ok(terminal) => Ok(Self {
                terminal,
                mouse: look.mouse,
                focus: look.hide_unfocused,
                gone,
            }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Returns columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        self.terminal
            .size()
            .map_or((80, 24), |size| (size.width, size.height))
    }

    /// Draws a frame, in one write between the marks of a synchronized update.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.switch(app.situation().look)?;
        self.terminal.draw(|frame| {
            let picture = app.picture(frame.area());
            frame.render_widget(&picture, frame.area());
            frame.set_cursor_position(picture.cursor());
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())
    }
}

impl Screen {
    /// Switches on and off what the person changed in the settings.
    fn switch(&mut self, look: Look) -> io::Result<()> {
        let backend = self.terminal.backend_mut();
        if std::mem::replace(&mut self.mouse, look.mouse) != look.mouse {
            if look.mouse {
                queue!(backend, EnableMouseCapture)?;
            } else {
                queue!(backend, DisableMouseCapture)?;
            }
        }
        if std::mem::replace(&mut self.focus, look.hide_unfocused) != look.hide_unfocused {
            if look.hide_unfocused {
                queue!(backend, EnableFocusChange)?;
            } else {
                queue!(backend, DisableFocusChange)?;
            }
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if !self.gone.swap(true, Ordering::SeqCst) {
            give_back();
        }
        // The hook of a program without a screen again.
        let _ = panic::take_hook();
    }
}

/// Clears the screen before leaving it, so that no answer stays behind, and undoes every mode.
fn give_back() {
    let mut out = io::stdout();
    // Both may have been switched on since the start; switching off what is off does nothing.
    let _ = queue!(out, DisableMouseCapture, DisableFocusChange);
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
fn restore_on_panic(crashed: String, gone: Arc<AtomicBool>) {
    panic::set_hook(Box::new(move |info| {
        if !gone.swap(true, Ordering::SeqCst) {
            give_back();
        }
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let _ = writeln!(io::stderr(), "{crashed} ({place})");
    }));
}
