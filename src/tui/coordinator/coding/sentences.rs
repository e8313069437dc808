//! An answer, sentence by sentence, and as it is drawn.

use crate::domain::workbook::quote::Place as Words;
use crate::fieldwork::workbench::{Look, Piece};
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

/// Writes an answer, word by word: brackets as brackets, what looks like an identifier between double marks, quotes and
/// the sentence being marked in their tones.
pub(super) fn written(pieces: &[Piece], marked: Option<Words>, pane: &mut Pane) {
    let mut line: Vec<(String, Tone)> = Vec::new();
    let mut used = 0;
    let width = pane.width();
    for piece in pieces {
        let (text, tone) = match &piece.look {
            Look::Suggested(_) => (format!("<<{}>>", piece.text), Tone::Notice),
            Look::Bracket(_) => (piece.text.clone(), Tone::Chosen),
            Look::Plain if piece.quotes.is_empty() => (piece.text.clone(), Tone::Plain),
            Look::Plain => (piece.text.clone(), Tone::Aloud),
        };
        let mut at = piece.place.from;
        for part in text.split_inclusive([' ', '\n']) {
            let is_marked = marked.is_some_and(|marked| marked.from <= at && at < marked.to);
            at = at.saturating_add(u32::try_from(part.chars().count()).unwrap_or(0));
            let ends = part.ends_with('\n');
            let part = part.trim_end_matches('\n');
            if used > 0 && used + columns(part.trim_end()) > width {
                pane.spans(std::mem::take(&mut line));
                used = 0;
            }
            used += columns(part);
            line.push((part.to_owned(), if is_marked { Tone::Focus } else { tone }));
            if ends {
                pane.spans(std::mem::take(&mut line));
                used = 0;
            }
        }
    }
    if !line.is_empty() {
        pane.spans(line);
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

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
}
