//! An answer, sentence by sentence, and as it is drawn.

use crate::domain::workbook::quote::Place as Words;
use crate::fieldwork::workbench::{Look, Piece};
use crate::tui::command::Command;
use crate::tui::theme::Tone;
use crate::tui::wrap::columns;

use super::super::pane::Pane;

/// Returns the sentences of an answer as places in its characters.
pub(super) fn sentences(text: &str) -> Vec<Words> {
    let mut found = Vec::new();
    let mut from = 0_u32;
    let mut at = 0_u32;
    let mut ended = false;
    for c in text.chars() {
        if ended && !c.is_whitespace() && !matches!(c, '.' | '!' | '?' | '"' | '»' | ')') {
            found.push(Words { from, to: at });
            from = at;
            ended = false;
        }
        ended |= matches!(c, '.' | '!' | '?' | '\n');
        at = at.saturating_add(1);
    }
    if from < at {
        found.push(Words { from, to: at });
    }
    found
}

/// Part of a word, drawn in one tone, or the white space between two.
struct Fragment {
    text: String,
    tone: Tone,
    place: Words,
}

/// What is marked in an answer while it is drawn, and the words that can be pointed at.
#[derive(Clone, Copy, Default)]
pub(super) struct Marked<'m> {
    /// The words that are being marked.
    pub(super) place: Option<Words>,
    /// Every word of the answer; none where none can be pointed at.
    pub(super) words: &'m [Words],
}

/// Writes an answer, word by word: brackets as brackets, what looks like an identifier between double marks, quotes and
/// what is being marked in their tones. Lines break between words; a word wider than a line is cut.
pub(super) fn written(pieces: &[Piece], marked: Marked<'_>, pane: &mut Pane) {
    let fragments: Vec<Fragment> = pieces.iter().flat_map(fragments).collect();
    let mut line = Line::new(marked, pane);
    let is_space = |fragment: &Fragment| fragment.text.chars().all(char::is_whitespace);
    let mut rest = fragments.as_slice();
    while let Some(first) = rest.first() {
        if is_space(first) {
            line.space(first);
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let size = rest.iter().take_while(|fragment| !is_space(fragment)).count();
        let (word, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
        line.word(word);
        rest = after;
    }
    if line.used > 0 {
        line.end();
    }
}

/// A piece as fragments, each with the characters of the answer it stands for.
fn fragments(piece: &Piece) -> Vec<Fragment> {
    let (tone, marks) = match &piece.look {
        Look::Suggested(_) => (Tone::Notice, ("<<", ">>")),
        Look::Bracket(_) => (Tone::Chosen, ("", "")),
        Look::Plain if piece.quotes.is_empty() => (Tone::Plain, ("", "")),
        Look::Plain => (Tone::Aloud, ("", "")),
    };
    // A word in brackets stands for all of what it replaces.
    let is_whole = matches!(piece.look, Look::Bracket(_));
    let mut found: Vec<Fragment> = Vec::new();
    let mut at = piece.place.from;
    for c in piece.text.chars() {
        let place = if is_whole {
            piece.place
        } else {
            Words { from: at, to: at + 1 }
        };
        at = at.saturating_add(1);
        match found.last_mut() {
            Some(last) if !c.is_whitespace() && !last.text.ends_with(char::is_whitespace) => {
                last.text.push(c);
                last.place.to = place.to;
            }
            _ => found.push(Fragment {
                text: c.to_string(),
                tone,
                place,
            }),
        }
    }
    if let Some(first) = found.first_mut() {
        first.text.insert_str(0, marks.0);
    }
    if let Some(last) = found.last_mut() {
        last.text.push_str(marks.1);
    }
    found
}

/// The line that is being written.
struct Line<'l, 'p> {
    marked: Marked<'l>,
    pane: &'p mut Pane,
    parts: Vec<(String, Tone)>,
    targets: Vec<(usize, usize, usize)>,
    used: usize,
    /// White space that is written once a word follows on the same line.
    space: Option<(String, Tone)>,
}

impl<'l, 'p> Line<'l, 'p> {
    const fn new(marked: Marked<'l>, pane: &'p mut Pane) -> Self {
        Self {
            marked,
            pane,
            parts: Vec::new(),
            targets: Vec::new(),
            used: 0,
            space: None,
        }
    }

    fn tone(&self, fragment: &Fragment) -> Tone {
        let is_marked = self
            .marked
            .place
            .is_some_and(|marked| marked.meets(fragment.place));
        if is_marked { Tone::Focus } else { fragment.tone }
    }

    fn space(&mut self, fragment: &Fragment) {
        if fragment.text.contains('\n') {
            self.end();
            return;
        }
        let tone = self.tone(fragment);
        let space = self.space.get_or_insert_with(|| (String::new(), tone));
        space.0.push(' ');
    }

    fn word(&mut self, fragments: &[Fragment]) {
        let width = self.pane.width().max(2);
        let size: usize = fragments.iter().map(|fragment| columns(&fragment.text)).sum();
        let spaces = self.space.as_ref().map_or(0, |(space, _)| columns(space));
        if self.used > 0 && self.used + spaces + size > width {
            self.end();
        }
        if let Some((space, tone)) = self.space.take().filter(|_| self.used > 0) {
            self.used += columns(&space);
            self.parts.push((space, tone));
        }
        for fragment in fragments {
            let tone = self.tone(fragment);
            let number = self
                .marked
                .words
                .partition_point(|word| word.to <= fragment.place.from);
            let mut part = String::new();
            for c in fragment.text.chars() {
                let wide = columns(c.encode_utf8(&mut [0; 4]));
                if self.used + columns(&part) + wide > width {
                    self.put(std::mem::take(&mut part), tone, number);
                    self.end();
                }
                part.push(c);
            }
            self.put(part, tone, number);
        }
    }

    fn put(&mut self, text: String, tone: Tone, number: usize) {
        let end = self.used + columns(&text);
        self.targets.push((self.used, end, number));
        self.parts.push((text, tone));
        self.used = end;
    }

    /// Ends the line; an empty one stays empty.
    fn end(&mut self) {
        self.space = None;
        self.pane.spans(std::mem::take(&mut self.parts));
        let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        for (from, to, number) in std::mem::take(&mut self.targets) {
            if number < self.marked.words.len() {
                self.pane
                    .target(column(from), column(to), &Command::Press(number));
            }
        }
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Marked, sentences, written};
    use crate::domain::identifier::Kind;
    use crate::domain::workbook::quote::Place;
    use crate::fieldwork::workbench::{Look, Piece};
    use crate::tui::coordinator::pane::Pane;
    use crate::tui::look::Look as Screen;
    use crate::tui::theme::Theme;

    #[test]
    fn an_answer_is_marked_sentence_by_sentence() {
        let text = "Fortalt fire ganger! Skulle ønske de leste først. Ja...";
        let shown: Vec<String> = sentences(text)
            .into_iter()
            .map(|place| {
                let count = (place.to - place.from) as usize;
                text.chars().skip(place.from as usize).take(count).collect()
            })
            .collect();
        assert_eq!(
            shown,
            ["Fortalt fire ganger! ", "Skulle ønske de leste først. ", "Ja..."]
        );
        assert!(sentences("").is_empty());
    }

    fn lines(pieces: &[(&str, Look)], width: usize) -> Vec<String> {
        let mut at = 0;
        let pieces: Vec<Piece> = pieces
            .iter()
            .map(|(text, look)| {
                let from = at;
                at += u32::try_from(text.chars().count()).unwrap();
                Piece {
                    place: Place { from, to: at },
                    text: (*text).to_owned(),
                    look: look.clone(),
                    quotes: Vec::new(),
                }
            })
            .collect();
        let mut pane = Pane::new(width, Theme::new(Screen::default()));
        written(&pieces, Marked::default(), &mut pane);
        pane.texts()
    }

    #[test]
    fn lines_break_between_words_and_nowhere_else() {
        let name = Look::Suggested(Kind::Name);
        let said = [
            ("Da kom ", Look::Plain),
            ("Kari", name),
            (".\nOg så?", Look::Plain),
        ];
        assert_eq!(lines(&said, 12), ["Da kom", "<<Kari>>.", "Og så?"]);
        assert_eq!(lines(&said, 16), ["Da kom <<Kari>>.", "Og så?"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_wide_characters_count_twice() {
        assert_eq!(lines(&[("aaaaaaaa b", Look::Plain)], 5), ["aaaaa", "aaa b"]);
        assert_eq!(lines(&[("東京東京 a", Look::Plain)], 5), ["東京", "東京", "a"]);
    }
}
