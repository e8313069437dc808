//! Text from outside, cleaned once at the border.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Text that is safe to draw and to export: no control characters, no text-direction overrides, no invisible
/// characters outside words, composed (NFC).
///
/// Everything that comes from a survey, an answer, a file name or an error of another program becomes a
/// `CleanText` before anything else sees it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct CleanText(String);

/// The two shapes a text can have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Block,
}

impl CleanText {
    /// Cleans a text of one line: line breaks and tabs become single spaces.
    #[must_use]
    pub fn line(raw: &str) -> Self {
        Self(clean(raw, Shape::Line))
    }

    /// Cleans a text of several lines: `\r\n` and `\r` become `\n`, tabs become spaces.
    #[must_use]
    pub fn block(raw: &str) -> Self {
        Self(clean(raw, Shape::Block))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows the length only: a text may be an answer, and answers stay out of logs.
impl fmt::Debug for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CleanText({} characters)", self.0.chars().count())
    }
}

impl<'de> Deserialize<'de> for CleanText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::block(&String::deserialize(deserializer)?))
    }
}

fn clean(raw: &str, shape: Shape) -> String {
    if raw.chars().all(|c| is_plain(c, shape)) {
        return raw.to_owned();
    }
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    let kept: Vec<char> = unified
        .nfc()
        .filter_map(|c| match c {
            '\n' if shape == Shape::Block => Some('\n'),
            '\n' | '\t' => Some(' '),
            c if is_dropped(c) => None,
            c => Some(c),
        })
        .collect();
    let mut text = String::with_capacity(raw.len());
    for (place, &c) in kept.iter().enumerate() {
        let beside = |step: Option<usize>| {
            step.and_then(|at| kept.get(at))
                .is_some_and(|c| !c.is_whitespace())
        };
        let joins = is_joiner(c) && beside(place.checked_sub(1)) && beside(place.checked_add(1));
        if !is_joiner(c) || joins {
            text.push(c);
        }
    }
    text
}

/// Characters that cleaning never changes, wherever they stand: all of Norwegian and its punctuation. They have no
/// canonical decomposition that is not the composed letter itself, and combine with no other of them. Nearly every
/// text holds nothing else, and a survey of a thousand texts is read before the first frame.
const fn is_plain(c: char, shape: Shape) -> bool {
    match c {
        '\n' => matches!(shape, Shape::Block),
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' => true,
        _ => false,
    }
}

/// Characters that have no place in any text: controls, direction overrides and marks, invisible fillers, private
/// use, noncharacters, tags.
const fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Returns where the first character stands that cleaning leaves out without a trace; line ends, tabs and joiners,
/// which are only changed, do not count.
#[must_use]
pub fn first_hidden(raw: &str) -> Option<(usize, char)> {
    raw.char_indices()
        .find(|&(_, c)| !is_plain(c, Shape::Block) && !matches!(c, '\r' | '\t') && is_dropped(c))
}

/// Zero-width joiner and non-joiner: meaningful inside a word, invisible noise elsewhere.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use unicode_normalization::UnicodeNormalization;

    use super::{CleanText, first_hidden};

    #[test]
    fn escapes_overrides_and_fillers_are_dropped() {
        let raw = "a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{200b}e\u{feff}";
        assert_eq!(CleanText::line(raw).as_str(), "a[31mb2Jcde");
    }

    #[test]
    fn line_breaks_are_unified_in_a_block_and_become_spaces_in_a_line() {
        assert_eq!(CleanText::block("a\r\nb\rc\td").as_str(), "a\nb\nc d");
        assert_eq!(CleanText::line("a\r\nb\rc\td").as_str(), "a b c d");
    }

    #[test]
    fn a_decomposed_letter_is_composed() {
        assert_eq!(CleanText::line("A\u{30a}se").as_str(), "Åse");
    }

    #[test]
    fn a_joiner_stays_inside_a_word_only() {
        assert_eq!(
            CleanText::line("a\u{200d}b \u{200d} c\u{200d}").as_str(),
            "a\u{200d}b  c"
        );
    }

    #[test]
    fn hidden_characters_can_be_pointed_at() {
        assert_eq!(first_hidden("å\u{202e}b"), Some((2, '\u{202e}')));
        assert_eq!(first_hidden("a\r\n\tb"), None);
    }

    #[test]
    fn debug_never_shows_the_text() {
        assert_eq!(
            format!("{:?}", CleanText::line("hemmelig")),
            "CleanText(8 characters)"
        );
    }

    #[test]
    fn plain_characters_are_left_as_they_are_beside_each_other() {
        let plain: Vec<char> = ('\0'..='\u{ffff}')
            .filter(|&c| super::is_plain(c, super::Shape::Line))
            .collect();
        assert!(plain.len() > 700);
        for &c in &plain {
            assert!(!super::is_dropped(c) && !super::is_joiner(c));
            for with in ['a', 'o', 'A', '\u{e5}', c] {
                let pair: String = [with, c, with].iter().collect();
                assert_eq!(pair.nfc().collect::<String>(), pair);
            }
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in any::<String>()) {
            let once = CleanText::block(&raw);
            proptest::prop_assert_eq!(CleanText::block(once.as_str()), once);
        }
    }
}
