//! Problems for people: what is wrong, the line with the place marked, what to do.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::lines::Lines;
use super::words::Words;
use crate::definition::problem::{Problem, Severity};

/// Returns a problem as it is printed, with an empty line after it.
pub(super) fn problem(
    problem: &Problem,
    file: &str,
    lines: &Lines,
    words: &Words<'_>,
    coloured: bool,
) -> String {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Advice => Level::WARNING,
    };
    let level = level.with_name(words.severity(problem.severity()));
    let label = words.label(problem);
    let primary = (AnnotationKind::Primary, problem.span, label.as_str());
    let related = problem
        .related
        .iter()
        .map(|related| (AnnotationKind::Context, related.span, words.role(related.role)));
    let mut group = level
        .primary_title(words.title(problem))
        .id(problem.id())
        .elements(Vec::<Element<'_>>::new());
    for (kind, span, label) in std::iter::once(primary).chain(related) {
        let position = lines.position(span.start);
        let shown = lines.shown(span.range());
        let place = kind.span(shown.place);
        let place = if label.is_empty() {
            place
        } else {
            place.label(label)
        };
        let snippet = Snippet::source(shown.line)
            .line_start(position.line)
            .annotation(place);
        // The library counts columns itself, which is right for whole lines only.
        group = if shown.cut {
            let origin = Origin::path(file)
                .line(position.line)
                .char_column(position.column);
            group.element(origin).element(snippet)
        } else {
            group.element(snippet.path(file))
        };
    }
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&[group]);
    let help = words.help(problem);
    if !help.is_empty() {
        text.push_str(&format!("\n{}: {help}", words.help_word()));
    }
    text.push('\n');
    text
}
