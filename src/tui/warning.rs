//! What in a text somebody may be known by, said beside the field while it is written. A suggestion: nothing changes
//! unless the person wants it, and nothing of it is kept anywhere.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::identifier::{Found, Kind, find};
use crate::texts::fill;
use crate::texts::interview::WritingTexts;

use super::field::Field;
use super::page::Page;
use super::situation::Situation;
use super::theme::Tone;
use super::wrap::cut;

/// Columns of the found words in the warning and on its button.
const WIDEST: usize = 24;

/// What stands in the text as it was last looked at.
#[derive(Default)]
pub struct Warning {
    /// The text that was looked at; looking costs more than comparing.
    text: String,
    all: Vec<Found>,
    /// What is said: the first that is neither left as it is nor still being written.
    said: Option<Said>,
    /// Words that were left as they are, in lower case.
    left: BTreeSet<String>,
}

struct Said {
    kind: Kind,
    words: String,
    places: Vec<Range<usize>>,
    /// How many others there are.
    others: usize,
}

impl Warning {
    /// Looks at a text. A word that the cursor stands behind is still being `writing`-ed, and not spoken of yet.
    pub fn look(&mut self, field: &Field, writing: bool) {
        let text = field.shown();
        if self.text != text {
            text.clone_into(&mut self.text);
            self.all = find(text);
        }
        let words = |found: &Found| text.get(found.place.clone()).unwrap_or_default();
        let open: Vec<&Found> = self
            .all
            .iter()
            .filter(|found| !(writing && found.place.end == field.cursor()))
            .filter(|found| !self.left.contains(&words(found).to_lowercase()))
            .collect();
        self.said = open.first().map(|first| {
            let said = words(first).to_lowercase();
            let same = |found: &&&Found| words(found).to_lowercase() == said;
            let places: Vec<Range<usize>> = open
                .iter()
                .filter(same)
                .map(|found| found.place.clone())
                .collect();
            let mut others: Vec<String> = open.iter().map(|found| words(found).to_lowercase()).collect();
            others.sort();
            others.dedup();
            Said {
                kind: first.kind,
                words: words(first).to_owned(),
                places,
                others: others.len() - 1,
            }
        });
    }

    /// Returns the words of its buttons: exchange, and leave as it is.
    #[must_use]
    pub fn buttons(&self, s: &Situation) -> Option<(String, String)> {
        let said = self.said.as_ref()?;
        let t = &s.t().writing;
        let exchange = fill(&t.button_exchange, &[("words", &cut(&said.words, WIDEST))]);
        Some((exchange, t.button_leave.clone()))
    }

    /// Returns the warning as a sentence.
    #[must_use]
    pub fn sentence(&self, t: &WritingTexts) -> Option<String> {
        let said = self.said.as_ref()?;
        let (what, instead) = kind_words(said.kind, t);
        let found = cut(&said.words, WIDEST);
        let sentence = fill(
            &t.looks_like,
            &[("what", what), ("words", &found), ("instead", instead)],
        );
        if said.others == 0 {
            return Some(sentence);
        }
        let more = fill(&t.and_more, &[("count", &said.others.to_string())]);
        Some(format!("{sentence} {more}"))
    }

    /// Adds the warning to a page; an empty line where there is none and the page has room, so that the field does
    /// not jump while somebody writes.
    pub fn line(&self, s: &Situation, page: &mut Page, roomy: bool) {
        match self.sentence(&s.t().writing) {
            Some(sentence) => page.hanging("! ", &sentence, Tone::Notice, 1),
            None if roomy => page.plain("", Tone::Plain),
            None => {}
        }
    }

    /// Puts the suggested words in the place of what was found, everywhere in the text.
    pub fn exchange(&mut self, field: &mut Field, s: &Situation) {
        if let Some(said) = self.said.take() {
            let (_, instead) = kind_words(said.kind, &s.t().writing);
            field.exchange(&said.places, instead);
        }
    }

    /// Leaves what was found as it is, and does not speak of it again on this screen.
    pub fn leave(&mut self) {
        if let Some(said) = self.said.take() {
            self.left.insert(said.words.to_lowercase());
        }
    }
}

/// What a kind is called, and what can stand in its place.
fn kind_words(kind: Kind, t: &WritingTexts) -> (&str, &str) {
    let words = t.suggestion(kind);
    (&words.what, &words.instead)
}

/// What a text should be looked at again for; for whoever hears instead of seeing.
pub struct Suggestion {
    /// What was found, as it is written.
    pub words: String,
    /// The question whether to exchange it.
    pub sentence: String,
}

/// Returns what a text should be looked at again for, each once.
#[must_use]
pub fn suggestions(text: &str, t: &WritingTexts) -> Vec<Suggestion> {
    let mut said = BTreeSet::new();
    find(text)
        .into_iter()
        .filter_map(|found| {
            let words = text.get(found.place)?;
            let (what, instead) = kind_words(found.kind, t);
            said.insert(words.to_lowercase()).then(|| {
                let found = cut(words, WIDEST);
                Suggestion {
                    words: words.to_owned(),
                    sentence: fill(
                        &t.looks_like,
                        &[("what", what), ("words", &found), ("instead", instead)],
                    ),
                }
            })
        })
        .collect()
}

/// Returns a text with what is suggested in the place of these words, wherever they were found in it.
#[must_use]
pub fn exchanged(text: &str, words: &str, t: &WritingTexts) -> String {
    let mut all = text.to_owned();
    for found in find(text).into_iter().rev() {
        let same = text
            .get(found.place.clone())
            .is_some_and(|here| here.to_lowercase() == words.to_lowercase());
        if same {
            let (_, instead) = kind_words(found.kind, t);
            all.replace_range(found.place, instead);
        }
    }
    all
}
