//! How much of a page a paper takes: what does not fit is left out, what stands beside a finding first.

use crate::report::document::{Block, Document};

/// Lines of a page, in tenths of a line of running text.
const PAGE: usize = 450;
/// Letters on a line of running text.
const WIDE: usize = 80;
/// Letters on a line of a finding, which is larger.
const FINDING: usize = 70;
/// Letters on a line of the title.
const TITLE: usize = 36;

/// Leaves out what does not fit one page: quotes, then figures beside findings, then the last of what will be done, and the
/// last findings. The first finding and the first point always stand.
pub(super) fn fit(document: &mut Document) {
    while height(document) > PAGE && leave_out(document) {}
}

/// Leaves out one thing; returns whether there was one.
fn leave_out(document: &mut Document) -> bool {
    let blocks = &mut document.blocks;
    let last_of = |blocks: &[Block], wanted: &dyn Fn(&[Block]) -> bool| {
        let ends = (1..=blocks.len()).rev();
        ends.filter_map(|end| blocks.get(..end))
            .find(|blocks| wanted(blocks))
            .map(|blocks| blocks.len() - 1)
    };
    let is_quote = |blocks: &[Block]| matches!(blocks, [.., Block::Quote { .. }]);
    let is_figure = |blocks: &[Block]| matches!(blocks, [.., Block::Finding { .. }, Block::Paragraph(_)]);
    if let Some(place) = last_of(blocks, &is_quote).or_else(|| last_of(blocks, &is_figure)) {
        blocks.remove(place);
        return true;
    }
    for block in blocks.iter_mut().rev() {
        if let Block::List { points, .. } = block
            && points.len() > 1
        {
            points.pop();
            return true;
        }
    }
    let is_finding = |block: &&Block| matches!(block, Block::Finding { .. });
    let is_last = |blocks: &[Block]| matches!(blocks, [.., Block::Finding { .. }]);
    match last_of(blocks, &is_last) {
        Some(place) if blocks.iter().filter(is_finding).count() > 1 => {
            blocks.remove(place);
            true
        }
        _ => false,
    }
}

/// How high the paper is.
fn height(document: &Document) -> usize {
    let title = lines(&document.title, TITLE) * 20 + 10;
    title + document.blocks.iter().map(of_block).sum::<usize>()
}

fn of_block(block: &Block) -> usize {
    match block {
        Block::Heading { .. } => 28,
        Block::Paragraph(text) => lines(text, WIDE) * 10 + 4,
        Block::Finding { text, .. } => lines(text, FINDING) * 11 + 5,
        Block::Note(text) => lines(text, WIDE - 4) * 10 + 12,
        Block::List { points, .. } => {
            let points = points.iter().map(|point| lines(point, WIDE - 4) * 10 + 2);
            points.sum::<usize>() + 4
        }
        Block::Quote { words, .. } => lines(words, WIDE - 6) * 10 + 14,
        Block::Table(_) | Block::Chart(_) | Block::Room(_) | Block::PageBreak => 0,
    }
}

/// How many lines words take, of so many letters.
fn lines(words: &str, wide: usize) -> usize {
    let each = words
        .split('\n')
        .map(|line| line.chars().count().div_ceil(wide).max(1));
    each.sum()
}

#[cfg(test)]
mod tests {
    use super::{PAGE, fit, height};
    use crate::domain::language::Language;
    use crate::report::document::{Block, Document, Mark};

    fn paper(findings: usize, long: usize) -> Document {
        let mut document = Document::new(Language::Bokmal, "Dette fant vi ut".to_owned(), false);
        for nr in 0..findings {
            document.finding(format!("{nr}{}", "a".repeat(long)), Vec::new());
            document.paragraph(format!("tall {nr}"));
            document.blocks.push(Block::Quote {
                words: "b".repeat(long),
                attribution: "Deltaker".to_owned(),
            });
        }
        document.list(Mark::Dot, vec!["c".repeat(long / 8); 4]);
        document.paragraph("Takk til alle som var med.");
        document
    }

    fn counted(document: &Document) -> (usize, usize, usize) {
        let count = |is: fn(&Block) -> bool| document.blocks.iter().filter(|block| is(block)).count();
        (
            count(|block| matches!(block, Block::Finding { .. })),
            count(|block| matches!(block, Block::Paragraph(text) if text.starts_with("tall"))),
            count(|block| matches!(block, Block::Quote { .. })),
        )
    }

    #[test]
    fn what_fits_a_page_is_left_as_it_is() {
        let mut document = paper(3, 60);
        fit(&mut document);
        assert_eq!(counted(&document), (3, 3, 3));
    }

    #[test]
    fn what_does_not_fit_goes_quotes_first_and_findings_last() {
        let mut document = paper(3, 400);
        fit(&mut document);
        assert_eq!(counted(&document), (3, 3, 1));
        let mut document = paper(5, 900);
        fit(&mut document);
        let (findings, figures, quotes) = counted(&document);
        assert_eq!((figures, quotes), (0, 0));
        assert!((1..5).contains(&findings) && height(&document) <= PAGE);
        let last = document.blocks.last();
        assert_eq!(
            last,
            Some(&Block::Paragraph("Takk til alle som var med.".to_owned()))
        );
    }
}
