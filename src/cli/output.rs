//! The one door through which words leave the program.

use std::fmt;
use std::io::{self, Write};

/// Standard output for results, standard error for everything else.
///
/// A reader that has gone away (`stemme results | head`) is no mistake: what comes after is dropped quietly.
pub struct Output {
    results: Stream,
    notes: Stream,
    /// The last error: its name, and what was said.
    error: Option<(&'static str, String)>,
    /// Whether prompts are shown.
    asks: bool,
}

struct Stream {
    to: Box<dyn Write + Send>,
    /// Something was written.
    used: bool,
    closed: bool,
    failed: bool,
}

impl Output {
    /// Returns the door to these two streams.
    #[must_use]
    pub fn new(results: Box<dyn Write + Send>, notes: Box<dyn Write + Send>) -> Self {
        let stream = |to| Stream {
            to,
            used: false,
            closed: false,
            failed: false,
        };
        Self {
            results: stream(results),
            notes: stream(notes),
            error: None,
            asks: true,
        }
    }

    /// Returns the same without prompts: whoever sits there was asked in another way.
    #[must_use]
    pub fn without_prompts(self) -> Self {
        Self { asks: false, ..self }
    }

    /// Writes a line of the result. Control characters are left out.
    pub fn line(&mut self, text: &str) {
        self.results.write(plain(text).as_bytes());
        self.results.write(b"\n");
    }

    /// Writes part of a line of the result, and shows it at once: a prompt.
    pub fn part(&mut self, text: &str) {
        self.results.write(plain(text).as_bytes());
        self.results.flush();
    }

    /// Writes a result as it is: JSON, a document, text with colours that somebody asked for.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.results.write(bytes);
    }

    /// Writes a line beside the result: progress, warnings, questions, errors. Control characters are left out.
    pub fn note(&mut self, text: &str) {
        self.notes.write(plain(text).as_bytes());
        self.notes.write(b"\n");
    }

    /// Says beside the result what went wrong; `id` names it for programs.
    pub fn error(&mut self, id: &'static str, text: &str) {
        self.note(text);
        self.error = Some((id, plain(text)));
    }

    /// Returns what went wrong last, as far as it was said: its name and the sentence.
    #[must_use]
    pub fn said(&self) -> Option<(&'static str, &str)> {
        self.error.as_ref().map(|(id, text)| (*id, text.as_str()))
    }

    /// Returns whether any of a result was written.
    #[must_use]
    pub const fn has_result(&self) -> bool {
        self.results.used
    }

    /// Writes part of a line beside the result, and shows it at once: a prompt.
    pub fn note_part(&mut self, text: &str) {
        if !self.asks {
            return;
        }
        self.notes.write(plain(text).as_bytes());
        self.notes.flush();
    }

    /// Writes text with colours beside the result.
    pub fn note_bytes(&mut self, bytes: &[u8]) {
        self.notes.write(bytes);
    }

    /// Shows everything written so far.
    pub fn flush(&mut self) {
        self.results.flush();
        self.notes.flush();
    }

    /// Returns whether nobody reads the result any more.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.results.closed
    }

    /// Returns whether the result could not be written, for another reason than that nobody reads it.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        self.results.failed
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Output(..)")
    }
}

impl Stream {
    fn write(&mut self, bytes: &[u8]) {
        self.used = true;
        if !self.closed {
            let written = self.to.write_all(bytes);
            self.note(written);
        }
    }

    fn flush(&mut self) {
        if !self.closed {
            let flushed = self.to.flush();
            self.note(flushed);
        }
    }

    fn note(&mut self, outcome: io::Result<()>) {
        if let Err(error) = outcome {
            self.closed = true;
            self.failed = error.kind() != io::ErrorKind::BrokenPipe;
        }
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::Output;

    struct Refuses(io::ErrorKind);

    impl Write for Refuses {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn after_a_line(kind: io::ErrorKind) -> Output {
        let mut output = Output::new(Box::new(Refuses(kind)), Box::new(io::sink()));
        output.line("to");
        output
    }

    #[test]
    fn a_reader_that_went_away_is_no_mistake() {
        let output = after_a_line(io::ErrorKind::BrokenPipe);
        assert!(output.is_closed() && !output.has_failed());
    }

    #[test]
    fn a_full_disk_is() {
        assert!(after_a_line(io::ErrorKind::StorageFull).has_failed());
    }

    #[test]
    fn no_escape_gets_through() {
        assert_eq!(super::plain("a\u{1b}[2Jb\nc"), "a[2Jb\nc");
    }
}
