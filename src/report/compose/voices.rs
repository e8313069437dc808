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
    let quoted: Vec<&str> = voices
        .quotes()
        .iter()
        .map(|quote| quote.words().as_str())
        .collect();
    document.heading(
        1,
        if quoted.is_empty() {
            &words.themes_only
        } else {
            &words.themes
        }
        .clone(),
    );
    let mut about = vec![words.themes_about.clone()];
    if !quoted.is_empty() {
        about.push(words.themes_quotes.clone());
        let other = sources.foreign(&quoted.join("\n"));
        about.extend(other.map(|language| fill(&words.themes_quotes_in, &[("language", language)])));
    }
    document.paragraph(about.join(" "));
    if !themes.is_divided() {
        document.paragraph(words.work.themes_alike.clone());
    }
    let has_quotes = |theme: &Id| voices.quotes().iter().any(|quote| quote.theme() == theme);
    let above_quotes = |theme: &Id| {
        let mut below = themes.headings().iter();
        below.any(|other| voices.above(other) == Some(theme) && has_quotes(other))
    };
    // A heading without anything under it says no more than a line of a list.
    let (told, named): (Vec<&Id>, Vec<&Id>) = themes
        .headings()
        .iter()
        .partition(|theme| has_quotes(theme) || above_quotes(theme));
    for theme in told {
        let level = if voices.above(theme).is_some() { 3 } else { 2 };
        document.heading(level, voices.name(theme, language));
        quotes(sources, voices, theme, usize::MAX, document);
    }
    if !named.is_empty() {
        // Where nobody is quoted, a list of themes is all there is.
        if !quoted.is_empty() {
            document.heading(2, words.themes_named.clone());
            document.paragraph(words.themes_named_about.clone());
        }
        let names = named.into_iter().map(|theme| voices.name(theme, language));
        document.list(Mark::Dot, names.collect());
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
