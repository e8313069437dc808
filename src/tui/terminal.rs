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
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
    disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{cursor, execute, queue};
use ratatui::layout::Rect;

use super::app::App;
use super::canvas::Canvas;
use super::look::Look;

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
    size().ok()
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

/// Lets the event reader look again where something still lies in the terminal, and returns whether it does.
///
/// The reader takes 1,024 bytes at once, and is told of more only when more is typed: what lies behind would wait for the
/// next key. Setting the terminal to what it is set to counts as news of it.
///
/// # Errors
/// When the terminal is gone.
#[cfg(unix)]
pub(super) fn rouse() -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let input = io::stdin();
    let mut watched = [PollFd::new(&input, PollFlags::IN)];
    let is_waiting = matches!(poll(&mut watched, Some(&Timespec::default())), Ok(1..));
    if is_waiting {
        tcsetattr(&input, OptionalActions::Now, &tcgetattr(&input)?)?;
    }
    Ok(is_waiting)
}

/// There is nothing to do here: the console's reader leaves nothing behind.
#[cfg(not(unix))]
pub(super) fn rouse() -> io::Result<bool> {
    Ok(false)
}

/// Leaves the waiting to the event reader, which notices a closed console by itself.
#[cfg(not(unix))]
pub(super) fn wait(longest: Duration) -> io::Result<Duration> {
    Ok(longest)
}

/// The terminal while the screens have it. Dropping it gives it back.
pub(super) struct Screen {
    canvas: Canvas<Stdout>,
    /// What is switched on now.
    mouse: bool,
    focus: bool,
    taken: Taken,
}

/// Whether the program has the terminal. Whoever ends the program gives it back through this: the screen, a panic, or
/// the forced end after a signal, and only the first of them.
#[derive(Clone, Default)]
pub(super) struct Taken(Arc<AtomicBool>);

impl Taken {
    /// Clears the screen, leaves it and undoes every mode, if that is still to be done.
    pub(super) fn give_back(&self) {
        if self.0.swap(false, Ordering::SeqCst) {
            give_back();
        }
    }
}

impl Screen {
    /// Takes the terminal over. Nothing is asked of it: the first frame must not wait for answers. `crashed` is said
    /// after a panic, with the place and nothing else.
    pub(super) fn open(title: &str, look: Look, crashed: String, taken: Taken) -> io::Result<Self> {
        enable_raw_mode()?;
        taken.0.store(true, Ordering::SeqCst);
        restore_on_panic(crashed, taken.clone());
        let mut screen = Self {
            canvas: Canvas::new(io::stdout()),
            mouse: false,
            focus: false,
            taken,
        };
        let first = screen.canvas.before_frame();
        queue!(
            first,
            EnterAlternateScreen,
            SetTitle(title),
            Clear(ClearType::All),
            EnableBracketedPaste
        )?;
        screen.switch(look)?;
        Ok(screen)
    }

    /// Returns columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        size().unwrap_or((80, 24))
    }

    /// Draws what changed.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.switch(app.situation().look)?;
        let (width, height) = size()?;
        self.canvas.draw(app, Rect::new(0, 0, width, height))
    }
}

impl Screen {
    /// Switches on and off what the settings say; it goes with the next frame.
    fn switch(&mut self, look: Look) -> io::Result<()> {
        let next = self.canvas.before_frame();
        if std::mem::replace(&mut self.mouse, look.mouse) != look.mouse {
            if look.mouse {
                queue!(next, EnableMouseCapture)?;
            } else {
                queue!(next, DisableMouseCapture)?;
            }
        }
        if std::mem::replace(&mut self.focus, look.hide_unfocused) != look.hide_unfocused {
            if look.hide_unfocused {
                queue!(next, EnableFocusChange)?;
            } else {
                queue!(next, DisableFocusChange)?;
            }
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.taken.give_back();
        // The hook of a program without a screen again.
        let _ = panic::take_hook();
    }
}

/// Clears the screen before leaving it, so that no answer stays behind, and undoes every mode.
fn give_back() {
    let mut out = io::stdout();
    // Switching off what is off does nothing.
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
fn restore_on_panic(crashed: String, taken: Taken) {
    panic::set_hook(Box::new(move |info| {
        taken.give_back();
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let _ = writeln!(io::stderr(), "{crashed} ({place})");
    }));
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;
    use std::sync::atomic::Ordering;

    use super::{Taken, restore_on_panic};

    const CHILD: &str = "STEMME_PANICS";
    const SAID: &str = "sjiraffhals";

    /// Panics as the program would, where the test below started it.
    #[test]
    fn panics_with_what_was_said() {
        if env::var_os(CHILD).is_some() {
            let taken = Taken::default();
            taken.0.store(true, Ordering::SeqCst);
            restore_on_panic("Noe gikk galt.".to_owned(), taken);
            panic!("no such option: {SAID}");
        }
    }

    /// Threat row 13.
    #[test]
    fn a_panic_names_a_place_in_the_program_and_nothing_that_was_said() {
        let said = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "tui::terminal::tests::panics_with_what_was_said",
                "--nocapture",
            ])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(!said.status.success());
        let all = [said.stdout, said.stderr].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(all.contains("Noe gikk galt. (src/tui/terminal.rs:"), "{all}");
        assert!(!all.contains(SAID), "{all}");
        // Cleared, and out of the other screen.
        assert!(
            all.contains("\u{1b}[2J") && all.contains("\u{1b}[?1049l"),
            "{all}"
        );
    }
}
