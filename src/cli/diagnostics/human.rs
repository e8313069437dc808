//! Problems for people: what is wrong, the line with the place marked, what to do.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

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
    let position = lines.position(problem.span.start);
    let shown = lines.shown(problem.span.range());
    let label = words.label(problem);
    let primary = AnnotationKind::Primary.span(shown.place);
    let primary = if label.is_empty() {
        primary
    } else {
        primary.label(label)
    };
    let origin = Origin::path(file)
        .line(position.line)
        .char_column(position.column);
    let mut group = level
        .primary_title(words.title(problem))
        .id(problem.id())
        .element(origin)
        .element(
            Snippet::source(shown.line)
                .line_start(position.line)
                .annotation(primary),
        );
    for related in &problem.related {
        let position = lines.position(related.span.start);
        let shown = lines.shown(related.span.range());
        let place = AnnotationKind::Context
            .span(shown.place)
            .label(words.role(related.role));
        let origin = Origin::path(file)
            .line(position.line)
            .char_column(position.column);
        let snippet = Snippet::source(shown.line)
            .line_start(position.line)
            .annotation(place);
        group = group.element(origin).element(snippet);
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
