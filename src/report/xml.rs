//! XML that is well formed whatever the words in it: the ground of pictures and of office files.

use std::fmt::{Display, Write as _};

/// A piece of XML being written. Every element that was opened is closed in the end.
#[derive(Debug, Default)]
pub(super) struct Xml {
    written: String,
    open: Vec<&'static str>,
}

/// Attributes of an element in order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl Xml {
    /// Begins a file of its own.
    pub(super) fn file() -> Self {
        Self {
            written: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Begins a piece that stands in another file.
    pub(super) fn piece() -> Self {
        Self::default()
    }

    /// Opens an element; what follows stands in it until [`Xml::close`].
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.written.push('>');
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.written.push_str("</");
            self.written.push_str(name);
            self.written.push('>');
        }
    }

    /// Writes an element with nothing in it.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.written.push_str("/>");
    }

    /// Writes an element that holds words.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, words: &str) {
        self.open(name, attributes);
        self.words(words);
        self.close();
    }

    /// Writes words.
    pub(super) fn words(&mut self, words: &str) {
        escape(words, &mut self.written);
    }

    /// Writes XML of our own that holds no words of others.
    pub(super) fn raw(&mut self, xml: &'static str) {
        self.written.push_str(xml);
    }

    /// Writes a line break, for those who read the file itself.
    pub(super) fn line(&mut self) {
        self.written.push('\n');
    }

    /// Returns what was written.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.written
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.written.push('<');
        self.written.push_str(name);
        let mut value = String::new();
        for (key, shown) in attributes {
            value.clear();
            // Writing to a text in memory does not fail.
            let _ = write!(value, "{shown}");
            self.written.push(' ');
            self.written.push_str(key);
            self.written.push_str("=\"");
            escape(&value, &mut self.written);
            self.written.push('"');
        }
    }
}

fn escape(words: &str, into: &mut String) {
    for c in words.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\n' | '\t' => into.push(' '),
            c if is_kept(c) => into.push(c),
            _ => {}
        }
    }
}

/// Whether a sign may stand in a file that others open: no control characters, which XML does not know, and none
/// that turn the direction of the words after them.
#[must_use]
pub(super) const fn is_kept(c: char) -> bool {
    !matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{ffff}'
    )
}

/// Returns words on one line with only the signs that may stand in a file.
#[must_use]
pub(super) fn one_line(words: &str) -> String {
    words
        .chars()
        .map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c })
        .filter(|c| is_kept(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn markup_in_words_stays_words_and_controls_are_dropped() {
        let mut xml = Xml::piece();
        xml.open("a", &[("b", &"\"<\u{1b}\n"), ("n", &3)]);
        xml.words("x & <y>\u{0}\u{202e}\u{fffe}å");
        xml.empty("c", &[]);
        assert_eq!(
            xml.finish(),
            "<a b=\"&quot;&lt; \" n=\"3\">x &amp; &lt;y&gt;å<c/></a>"
        );
    }
}
