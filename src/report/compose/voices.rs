//! What people told in their own words: themes with their quotes.

use crate::disclosure::voices::PublishedVoices;
use crate::domain::id::Id;
use crate::report::document::{Block, Document, Mark};
use crate::texts::fill;

use super::Sources;

/// Writes the themes with their quotes, in the order of the codebook; those few hold stand together at the end.
pub(super) fn write(sources: &Sources<'_>, voices: &PublishedVoices, document: &mut Document) {
    let words = &sources.texts.paper;
    let language = sources.language();
    let themes = voices.themes();
    if themes.headings().is_empty() && themes.others().is_empty() {
        return;
    }
    document.heading(1, words.themes.clone());
    document.paragraph(words.themes_about.clone());
    if !themes.is_divided() {
        document.paragraph(words.work.themes_alike.clone());
    }
    for theme in themes.headings() {
        let level = if voices.above(theme).is_some() { 3 } else { 2 };
        document.heading(level, voices.name(theme, language));
        quotes(sources, voices, theme, usize::MAX, document);
    }
    if !themes.others().is_empty() {
        document.heading(2, words.others.clone());
        let names = themes.others().iter().map(|theme| voices.name(theme, language));
        document.list(Mark::Dot, names.collect());
        for theme in themes.others() {
            quotes(sources, voices, theme, usize::MAX, document);
        }
    }
}

/// Writes at most so many of the quotes of a theme.
pub(super) fn quotes(
    sources: &Sources<'_>,
    voices: &PublishedVoices,
    theme: &Id,
    most: usize,
    document: &mut Document,
) {
    let title = sources.evaluation.title.get(sources.language());
    let attribution = fill(&sources.texts.paper.attribution, &[("title", title)]);
    let own = voices.quotes().iter().filter(|quote| quote.theme() == theme);
    for quote in own.take(most) {
        document.blocks.push(Block::Quote {
            words: quote.words().to_string(),
            attribution: attribution.clone(),
        });
    }
}
