//! Marking words of an answer: whole sentences first, then its first and last word.

use crate::domain::workbook::quote::Place;
use crate::tui::command::Step;

use super::sentences::sentences;

/// What the arrows move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    /// Whole sentences.
    Sentences,
    /// The first word.
    First,
    /// The last word.
    Last,
}

/// The words that are marked, counted from the first of the answer, and what the arrows move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marking {
    first: usize,
    last: usize,
    /// What the arrows move.
    pub(super) grip: Grip,
}

/// An answer word by word, and which words are a sentence.
struct Text {
    words: Vec<Place>,
    sentences: Vec<(usize, usize)>,
}

impl Text {
    fn of(text: &str) -> Self {
        let words = words(text);
        let place = |number: usize| words.get(number).copied();
        let mut found = Vec::new();
        for sentence in sentences(text) {
            let own: Vec<usize> = (0..words.len())
                .filter(|number| place(*number).is_some_and(|word| word.meets(sentence)))
                .collect();
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                found.push((*first, *last));
            }
        }
        Self {
            words,
            sentences: found,
        }
    }

    fn last(&self) -> usize {
        self.words.len().saturating_sub(1)
    }

    /// The number of the sentence a word stands in.
    fn sentence(&self, word: usize) -> usize {
        let after = self.sentences.iter().position(|(_, last)| word <= *last);
        after.unwrap_or_else(|| self.sentences.len().saturating_sub(1))
    }

    fn range(&self, sentence: usize) -> (usize, usize) {
        let last = self.sentences.len().saturating_sub(1);
        self.sentences
            .get(sentence.min(last))
            .copied()
            .unwrap_or_default()
    }
}

impl Marking {
    /// Returns the first sentence of an answer.
    pub(super) fn of(text: &str) -> Self {
        let (first, last) = Text::of(text).range(0);
        Self {
            first,
            last,
            grip: Grip::Sentences,
        }
    }

    /// Returns where the words stand, without white space; nothing where there are none.
    pub(super) fn place(self, text: &str) -> Option<Place> {
        let words = words(text);
        let (from, to) = (words.get(self.first)?.from, words.get(self.last)?.to);
        Some(Place { from, to })
    }

    /// Moves what the grip is at: a sentence or a word further, up and down to where a sentence begins or ends.
    pub(super) fn go(&mut self, step: Step, text: &str) {
        let text = Text::of(text);
        match self.grip {
            Grip::Sentences => self.by_sentence(step, &text),
            Grip::First => {
                let begins = |number: usize| text.range(number).0;
                let here = text.sentence(self.first);
                let first = match step {
                    Step::Left => self.first.saturating_sub(1),
                    Step::Right => self.first + 1,
                    Step::Up if begins(here) < self.first => begins(here),
                    Step::Up => begins(here.saturating_sub(1)),
                    Step::Down => begins(here + 1),
                    Step::First => 0,
                    Step::Last => self.last,
                };
                self.first = first.min(self.last);
            }
            Grip::Last => {
                let ends = |number: usize| text.range(number).1;
                let here = text.sentence(self.last);
                let last = match step {
                    Step::Left => self.last.saturating_sub(1),
                    Step::Right => self.last + 1,
                    Step::Up if here == 0 => self.first,
                    Step::Up => ends(here - 1),
                    Step::Down if self.last < ends(here) => ends(here),
                    Step::Down => ends(here + 1),
                    Step::First => self.first,
                    Step::Last => text.last(),
                };
                self.last = last.clamp(self.first, text.last().max(self.first));
            }
        }
    }

    fn by_sentence(&mut self, step: Step, text: &Text) {
        let (first, last) = (text.sentence(self.first), text.sentence(self.last));
        let end = text.sentences.len().saturating_sub(1);
        let (from, to) = match step {
            Step::Left => (first.saturating_sub(1), first.saturating_sub(1)),
            Step::Right => ((first + 1).min(end), (first + 1).min(end)),
            Step::First => (0, 0),
            Step::Last => (end, end),
            Step::Down => (first, last + 1),
            Step::Up => (first, last.saturating_sub(1).max(first)),
        };
        (self.first, self.last) = (text.range(from).0, text.range(to).1);
    }

    /// Takes the next grip, or the one before.
    pub(super) const fn grip(&mut self, further: bool) {
        self.grip = match (self.grip, further) {
            (Grip::Sentences, true) | (Grip::Last, false) => Grip::First,
            (Grip::First, true) | (Grip::Sentences, false) => Grip::Last,
            (Grip::Last, true) | (Grip::First, false) => Grip::Sentences,
        };
    }

    /// A word is pointed at: from there on, or, where one word alone was pointed at before, from that one to it.
    pub(super) fn point(&mut self, word: usize, text: &str) {
        let word = word.min(words(text).len().saturating_sub(1));
        if self.grip == Grip::Last && self.first == self.last && word > self.last {
            self.last = word;
        } else {
            (self.first, self.last) = (word, word);
        }
        self.grip = Grip::Last;
    }
}

/// Returns the words of an answer as places in its characters.
pub(super) fn words(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut from = None;
    let mut at = 0_u32;
    for c in text.chars() {
        match (c.is_whitespace(), from) {
            (true, Some(begun)) => {
                found.push(Place { from: begun, to: at });
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
        at = at.saturating_add(1);
    }
    if let Some(begun) = from {
        found.push(Place { from: begun, to: at });
    }
    found
}

/// Returns a place without the signs that stand around its words: a name is bracketed, and not the comma after it.
pub(super) fn without_signs(place: Place, text: &str) -> Place {
    let size = usize::try_from(place.to.saturating_sub(place.from)).unwrap_or(0);
    let at = usize::try_from(place.from).unwrap_or(usize::MAX);
    let own: Vec<char> = text.chars().skip(at).take(size).collect();
    let count = |signs: usize| u32::try_from(signs).unwrap_or(0);
    let before = own.iter().take_while(|c| !c.is_alphanumeric()).count();
    let after = own.iter().rev().take_while(|c| !c.is_alphanumeric()).count();
    if before == own.len() {
        return place;
    }
    Place {
        from: place.from + count(before),
        to: place.to - count(after),
    }
}

#[cfg(test)]
mod tests {
    use super::{Grip, Marking, without_signs, words};
    use crate::domain::workbook::quote::Place;
    use crate::tui::command::Step;

    const SAID: &str = "Fortalt fire ganger!\nSkulle ønske 東京 leste først.  Ja, Kari...";

    fn said(place: Place) -> String {
        let (from, to) = (place.from as usize, place.to as usize);
        SAID.chars().skip(from).take(to - from).collect()
    }

    fn shown(marking: Marking) -> String {
        said(marking.place(SAID).unwrap())
    }

    #[test]
    fn sentences_are_marked_first_and_more_of_them_are_taken_along() {
        let mut marking = Marking::of(SAID);
        assert_eq!(shown(marking), "Fortalt fire ganger!");
        marking.go(Step::Left, SAID);
        assert_eq!(shown(marking), "Fortalt fire ganger!");
        marking.go(Step::Right, SAID);
        assert_eq!(shown(marking), "Skulle ønske 東京 leste først.");
        for _ in 0..3 {
            marking.go(Step::Down, SAID);
        }
        assert_eq!(shown(marking), "Skulle ønske 東京 leste først.  Ja, Kari...");
        marking.go(Step::Up, SAID);
        marking.go(Step::Up, SAID);
        assert_eq!(shown(marking), "Skulle ønske 東京 leste først.");
        marking.go(Step::Last, SAID);
        marking.go(Step::Right, SAID);
        assert_eq!(shown(marking), "Ja, Kari...");
    }

    #[test]
    fn the_first_and_the_last_word_move_alone_and_never_past_each_other() {
        let mut marking = Marking::of(SAID);
        marking.go(Step::Right, SAID);
        marking.grip(true);
        assert_eq!(marking.grip, Grip::First);
        marking.go(Step::Right, SAID);
        marking.go(Step::Right, SAID);
        assert_eq!(shown(marking), "東京 leste først.");
        marking.grip(true);
        marking.go(Step::Left, SAID);
        assert_eq!(shown(marking), "東京 leste");
        for _ in 0..9 {
            marking.go(Step::Left, SAID);
        }
        assert_eq!(shown(marking), "東京");
        for _ in 0..99 {
            marking.go(Step::Right, SAID);
        }
        assert_eq!(shown(marking), "東京 leste først.  Ja, Kari...");
        marking.go(Step::Up, SAID);
        assert_eq!(shown(marking), "東京 leste først.");
        marking.grip(false);
        marking.go(Step::Up, SAID);
        assert_eq!(shown(marking), "Skulle ønske 東京 leste først.");
        marking.go(Step::Up, SAID);
        marking.go(Step::Up, SAID);
        assert_eq!(
            shown(marking),
            "Fortalt fire ganger!\nSkulle ønske 東京 leste først."
        );
        marking.go(Step::Last, SAID);
        assert_eq!(shown(marking), "først.");
    }

    #[test]
    fn words_are_pointed_at_from_the_first_to_the_last() {
        let mut marking = Marking::of(SAID);
        marking.point(4, SAID);
        assert_eq!(shown(marking), "ønske");
        marking.point(6, SAID);
        assert_eq!(shown(marking), "ønske 東京 leste");
        marking.point(5, SAID);
        assert_eq!(shown(marking), "東京");
        marking.point(99, SAID);
        assert_eq!(shown(marking), "東京 leste først.  Ja, Kari...");
    }

    #[test]
    fn nothing_said_is_nothing_marked() {
        let mut marking = Marking::of(" \n");
        marking.go(Step::Down, "");
        marking.point(3, "");
        assert_eq!((marking.place(""), words(" ")), (None, Vec::new()));
    }

    #[test]
    fn signs_around_a_name_are_not_part_of_it() {
        let all = words(SAID);
        let last = *all.last().unwrap();
        assert_eq!(
            (said(last), said(without_signs(last, SAID))),
            ("Kari...".into(), "Kari".into())
        );
        let dots = Place {
            from: last.to - 3,
            to: last.to,
        };
        assert_eq!(without_signs(dots, SAID), dots);
    }
}
