//! A terminal with the program in it: keys in, one write each; the screen as somebody sees it out.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// Longer than anything takes on a machine that is busy with other things.
const LONGEST: Duration = Duration::from_secs(60);
/// Nothing came for so long, and the program sleeps: the screen is settled.
const QUIET: Duration = Duration::from_millis(40);
/// Enter, and the digit pressed before, are not listened to this soon after a page has changed.
const AFTER_A_PAGE: Duration = Duration::from_millis(170);

struct Seen {
    parser: Parser,
    bytes: Vec<u8>,
    last: Instant,
    ended: bool,
    let_go: bool,
}

/// The program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    reader: Option<JoinHandle<()>>,
    typed: Instant,
    last_key: String,
}

impl Terminal {
    /// Starts a command in a window of so many columns and rows, and waits until its first screen stands.
    pub fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen {
            parser: Parser::new(rows, columns, 1000),
            bytes: Vec::new(),
            last: Instant::now(),
            ended: false,
            let_go: false,
        }));
        let reader = read(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        let terminal = Self {
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            seen,
            reader: Some(reader),
            typed: Instant::now(),
            last_key: String::new(),
        };
        terminal.until("something on the screen", |screen| !screen.trim().is_empty());
        terminal
    }

    /// Presses keys: names with spaces between, as "3 Enter C-l"; each is one write, and the screen settles after it.
    pub fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            if name == "Enter" || name == self.last_key {
                thread::sleep(AFTER_A_PAGE);
            }
            name.clone_into(&mut self.last_key);
            self.write(&key(name));
        }
        self
    }

    /// Types a text, letter by letter.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.write(&letter.to_string());
        }
        self
    }

    /// Pastes a text, as a terminal that marks it.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.write(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Sends these bytes in one write, and waits until the screen is settled.
    pub fn write(&mut self, bytes: &str) -> &mut Self {
        let before = self.bytes_read();
        self.send(bytes);
        self.wait_until_read(before, bytes.len());
        self.settle();
        self
    }

    /// Returns how many bytes the program has read so far, where the system says so.
    fn bytes_read(&self) -> Option<usize> {
        let io = fs::read_to_string(format!("/proc/{}/io", self.child.process_id()?)).ok()?;
        io.lines().next()?.strip_prefix("rchar: ")?.parse().ok()
    }

    /// On a busy machine what was typed may take its time to arrive. Lines are read only once they are whole, so this
    /// does not wait for ever.
    fn wait_until_read(&self, before: Option<usize>, length: usize) {
        let patience = Instant::now() + Duration::from_secs(2);
        while let (Some(before), Some(now)) = (before, self.bytes_read())
            && now < before + length
            && Instant::now() < patience
        {
            thread::sleep(Duration::from_millis(4));
        }
    }

    /// Sends these bytes in one write and does not wait.
    pub fn send(&mut self, bytes: &str) {
        // A program that has ended is found out by what is looked for next.
        let _ = self.keyboard.write_all(bytes.as_bytes());
        let _ = self.keyboard.flush();
        self.typed = Instant::now();
    }

    /// Waits until the program has taken everything in, drawn it, and sleeps again.
    pub fn settle(&self) {
        let patience = Instant::now() + LONGEST;
        loop {
            thread::sleep(Duration::from_millis(8));
            let (last, ended) = {
                let seen = self.seen.lock().unwrap();
                (seen.last, seen.ended)
            };
            if ended || (last.max(self.typed).elapsed() >= QUIET && self.sleeps()) {
                return;
            }
            assert!(
                Instant::now() < patience,
                "the screen does not settle\n{}",
                self.see()
            );
        }
    }

    /// Returns whether the program waits, and neither works nor writes to the disk; where the system does not say
    /// so, the quiet has to do.
    fn sleeps(&self) -> bool {
        let Some(pid) = self.child.process_id() else {
            return true;
        };
        let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else {
            return true;
        };
        tasks.flatten().all(|task| {
            let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            let state = stat
                .rsplit_once(')')
                .and_then(|(_, rest)| rest.trim().chars().next());
            matches!(state, None | Some('S' | 'Z' | 'X'))
        })
    }

    /// Waits until the screen is as wanted.
    pub fn until(&self, wanted: &str, is_so: impl Fn(&str) -> bool) -> String {
        let patience = Instant::now() + LONGEST;
        loop {
            let ended = self.seen.lock().unwrap().ended;
            let screen = self.see();
            if is_so(&screen) {
                self.settle();
                return self.see();
            }
            assert!(
                !ended && Instant::now() < patience,
                "never seen: {wanted}\n{screen}"
            );
            thread::sleep(Duration::from_millis(8));
        }
    }

    /// Waits until these words stand on the screen.
    pub fn wait_for(&self, words: &str) -> String {
        self.until(words, |screen| screen.contains(words))
    }

    /// Returns the screen, line by line.
    pub fn lines(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let columns = seen.parser.screen().size().1;
        let rows = seen.parser.screen().rows(0, columns);
        rows.map(|row| row.trim_end().to_owned()).collect()
    }

    /// Returns the screen, its lines joined.
    pub fn see(&self) -> String {
        self.lines().join("\n")
    }

    /// Returns the screen without the time in row 1, which goes on by itself, and where the cursor stands.
    pub fn picture(&self) -> (String, (u16, u16)) {
        let mut lines = self.lines();
        if let Some(first) = lines.first_mut()
            && let Some((before, after)) = first.split_once("Lagr")
        {
            let rest: String = after.chars().filter(|c| !c.is_ascii_digit()).collect();
            *first = format!("{before}Lagr{rest}");
        }
        (lines.join("\n"), self.cursor())
    }

    /// Returns what stands on the screen and above it, where somebody may scroll.
    pub fn see_with_history(&self) -> String {
        let mut seen = self.seen.lock().unwrap();
        let screen = seen.parser.screen_mut();
        screen.set_scrollback(usize::MAX);
        let above = screen.scrollback();
        let mut all = screen.contents();
        for back in (0..above).rev() {
            screen.set_scrollback(back);
            all.push_str(&screen.contents());
        }
        all
    }

    /// Returns the cursor's column and row.
    pub fn cursor(&self) -> (u16, u16) {
        let (row, column) = self.seen.lock().unwrap().parser.screen().cursor_position();
        (column, row)
    }

    /// Returns whether the cursor can be seen.
    pub fn shows_cursor(&self) -> bool {
        !self.seen.lock().unwrap().parser.screen().hide_cursor()
    }

    /// Returns whether the program has the whole screen, or the shell's lines are back.
    pub fn is_whole_screen(&self) -> bool {
        self.seen.lock().unwrap().parser.screen().alternate_screen()
    }

    /// Returns everything that was sent to the terminal.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap().bytes.clone()
    }

    /// Returns the title the window was given last.
    pub fn title(&self) -> String {
        let bytes = self.bytes();
        let text = String::from_utf8_lossy(&bytes);
        let after = text.rsplit("\x1b]0;").next().unwrap_or_default();
        after
            .split(['\x07', '\x1b'])
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// Sends the program a signal.
    pub fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap();
        let sent = Command::new("kill")
            .args(["-s", name, &process.to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Returns whether what is typed would be shown, and a line at a time, as a shell wants it.
    pub fn echoes_lines(&self) -> bool {
        let modes = self.master.get_termios().unwrap();
        let shown = format!("{:?}", modes.local_flags);
        shown.contains("ECHO") && shown.contains("ICANON")
    }

    /// Makes the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.seen
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(rows, columns);
        self.master.resize(size(columns, rows)).unwrap();
        // Nothing is read that would show when the news has arrived.
        thread::sleep(AFTER_A_PAGE);
        self.typed = Instant::now();
        self.settle();
    }

    /// Waits until the program has ended, and returns its exit code.
    pub fn end(&mut self) -> u32 {
        let patience = Instant::now() + LONGEST;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it said last is still on its way.
                thread::sleep(QUIET);
                return status.exit_code();
            }
            assert!(
                Instant::now() < patience,
                "the program does not end\n{}",
                self.see()
            );
            thread::sleep(Duration::from_millis(8));
        }
    }

    /// Returns whether the program is still there.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Returns the number of the program's process.
    pub fn process(&self) -> String {
        self.child.process_id().unwrap().to_string()
    }

    /// Returns the root folder as the program sees it.
    pub fn root_of_program(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root", self.child.process_id().unwrap()))
    }

    /// Ends the program as a power cut would.
    pub fn kill(mut self) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            Command::new("kill")
                .args(["-9", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap();
    }

    /// Closes the window with the program in it, and waits until the program has ended.
    pub fn close_window(mut self) {
        self.seen.lock().unwrap().let_go = true;
        // The reader lets go of the terminal after the next bytes; another size brings some.
        self.resize(81, 25);
        self.reader.take().unwrap().join().unwrap();
        let Self {
            master,
            keyboard,
            mut child,
            ..
        } = self;
        drop(keyboard);
        drop(master);
        let patience = Instant::now() + LONGEST;
        while child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < patience, "the program outlives its window");
            thread::sleep(Duration::from_millis(8));
        }
    }
}

const fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn read(mut from: Box<dyn Read + Send>, seen: Arc<Mutex<Seen>>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        loop {
            let length = from.read(&mut buffer).unwrap_or(0);
            let mut seen = seen.lock().unwrap();
            seen.parser.process(&buffer[..length]);
            seen.bytes.extend_from_slice(&buffer[..length]);
            seen.last = Instant::now();
            if length == 0 || seen.let_go {
                seen.ended = true;
                return;
            }
        }
    })
}

/// Returns what a terminal sends for a key.
pub fn key(name: &str) -> String {
    if let Some(letter) = name.strip_prefix("C-") {
        let letter = letter.bytes().next().unwrap();
        return char::from(letter & 0x1f).to_string();
    }
    let sent = match name {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "Space" => " ",
        "Bs" => "\x7f",
        "Del" => "\x1b[3~",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        "F6" => "\x1b[17~",
        "F8" => "\x1b[19~",
        other => other,
    };
    sent.to_owned()
}
