//! The documentation is tried out: every example is read, every key and every code is there.

#![expect(clippy::unwrap_used, reason = "a test stops where it is wrong")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stemme::definition::code::Code;
use stemme::definition::problem::{Argument, FileKind, Outcome, Problem, Severity};
use stemme::definition::{evaluation, survey};

/// A fenced block of a page.
struct Block {
    /// Where it begins.
    line: usize,
    /// What stands after the fence: `toml survey`.
    tag: String,
    text: String,
}

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap()
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (line, text) in (1..).zip(page.lines()) {
        match text.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(tag) => {
                inside = true;
                blocks.push(Block {
                    line,
                    tag: tag.to_owned(),
                    text: String::new(),
                });
            }
            None if inside => {
                let block = blocks.last_mut().unwrap();
                block.text.push_str(text);
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!inside, "a block is not closed");
    blocks
}

fn tagged<'b>(blocks: &'b [Block], tag: &str) -> Vec<&'b Block> {
    blocks.iter().filter(|block| block.tag == tag).collect()
}

/// The file before its first heading, and each heading with what stands under it.
fn pieces(toml: &str) -> (Vec<&str>, Vec<(&str, Vec<&str>)>) {
    let mut head = Vec::new();
    let mut pieces: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in toml.lines() {
        if line.trim_start().starts_with('[') {
            let heading = line.split('#').next().unwrap_or_default().trim();
            pieces.push((heading, Vec::new()));
        }
        match pieces.last_mut() {
            Some((_, lines)) => lines.push(line),
            None => head.push(line),
        }
    }
    (head, pieces)
}

fn key(line: &str) -> &str {
    line.split(['=', '.']).next().unwrap_or_default().trim()
}

/// Puts a piece of a survey into the whole survey of the page, in place of what says the same there.
fn in_frame(frame: &str, fragment: &str) -> String {
    let (frame_head, frame_pieces) = pieces(frame);
    let (head, own_pieces) = pieces(fragment);
    let own_keys: BTreeSet<&str> = head.iter().copied().map(key).collect();
    let own_tables: BTreeSet<&str> = own_pieces
        .iter()
        .map(|(heading, _)| *heading)
        .filter(|heading| !heading.starts_with("[["))
        .collect();
    let kept_head = frame_head
        .into_iter()
        .filter(|line| !own_keys.contains(key(line)));
    let kept = frame_pieces
        .into_iter()
        .filter(|(heading, _)| !own_tables.contains(heading));
    let lines = kept_head
        .chain(head)
        .chain(kept.chain(own_pieces).flat_map(|(_, lines)| lines));
    lines.collect::<Vec<_>>().join("\n")
}

fn frame(blocks: &[Block]) -> &str {
    &tagged(blocks, "toml survey").first().unwrap().text
}

fn errors<T>(outcome: &Outcome<T>) -> Vec<String> {
    let errors = outcome
        .problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error);
    errors
        .map(|problem| format!("{} {:?}", problem.id(), problem.arguments))
        .collect()
}

#[test]
fn whole_surveys_have_nothing_to_mend() {
    let blocks = blocks(&page("docs/survey-format.md"));
    for block in tagged(&blocks, "toml survey") {
        let outcome = survey::read(block.text.as_bytes());
        assert!(
            outcome.value.is_some() && outcome.problems.is_empty(),
            "line {}: {:?}",
            block.line,
            outcome.problems
        );
    }
}

#[test]
fn pieces_of_surveys_are_read_without_errors() {
    let blocks = blocks(&page("docs/survey-format.md"));
    let fragments = tagged(&blocks, "toml fragment");
    assert!(fragments.len() > 15);
    for block in fragments {
        let whole = in_frame(frame(&blocks), &block.text);
        let outcome = survey::read(whole.as_bytes());
        assert!(
            outcome.value.is_some(),
            "line {}: {:?}",
            block.line,
            errors(&outcome)
        );
    }
}

#[test]
fn broken_pieces_are_broken_in_the_way_they_say() {
    let blocks = blocks(&page("docs/survey-format.md"));
    let broken: Vec<_> = blocks
        .iter()
        .filter_map(|block| Some((block.tag.strip_prefix("toml broken ")?, block)))
        .collect();
    assert!(broken.len() >= 3);
    for (code, block) in broken {
        let whole = in_frame(frame(&blocks), &block.text);
        let found: Vec<String> = survey::read(whole.as_bytes())
            .problems
            .iter()
            .filter(|problem| problem.severity() == Severity::Error)
            .map(Problem::id)
            .collect();
        assert_eq!(found, [code], "line {}", block.line);
    }
}

#[test]
fn every_condition_is_understood() {
    let blocks = blocks(&page("docs/survey-format.md"));
    let conditions = tagged(&blocks, "conditions");
    assert!(!conditions.is_empty());
    for condition in conditions.iter().flat_map(|block| block.text.lines()) {
        let question = format!(
            "[[section.q]]\nid = \"prove\"\ntype = \"info\"\ntext = \"Takk.\"\nshow_if = \"{condition}\"\n"
        );
        let outcome = survey::read(in_frame(frame(&blocks), &question).as_bytes());
        assert!(outcome.problems.is_empty(), "{condition}: {:?}", outcome.problems);
    }
}

#[test]
fn every_tag_is_known() {
    for block in blocks(&page("docs/survey-format.md")) {
        let known = ["toml survey", "toml fragment", "toml evaluation", "conditions"];
        let is_known = known.contains(&block.tag.as_str()) || block.tag.starts_with("toml broken S");
        assert!(is_known, "line {}: {}", block.line, block.tag);
    }
}

#[test]
fn every_code_is_explained_once() {
    let page = page("docs/survey-format.md");
    for code in Code::ALL {
        let file = if code.number() < 300 {
            FileKind::Survey
        } else {
            FileKind::Evaluation
        };
        let row = format!("| `{}` | ", code.id(file));
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with(&row)).collect();
        assert_eq!(rows.len(), 1, "{code:?}: {row}");
    }
    let known: BTreeSet<u16> = Code::ALL.iter().map(|code| code.number()).collect();
    for line in page.lines() {
        let named = line.strip_prefix("| `S").or_else(|| line.strip_prefix("| `E"));
        let number = named.and_then(|rest| rest.get(..3)?.parse::<u16>().ok());
        assert!(number.is_none_or(|number| known.contains(&number)), "{line}");
    }
}

#[test]
fn the_evaluation_is_read_without_errors() {
    let blocks = blocks(&page("docs/survey-format.md"));
    for block in tagged(&blocks, "toml evaluation") {
        let outcome = evaluation::read(block.text.as_bytes());
        assert!(
            outcome.value.is_some(),
            "line {}: {:?}",
            block.line,
            errors(&outcome)
        );
    }
}

/// The keys of the tables in which an unknown one was met: the checker names them.
fn known_keys(problems: &[Problem]) -> Vec<&[String]> {
    let unknown = problems.iter().filter(|problem| problem.code == Code::UnknownKey);
    let allowed = unknown.flat_map(|problem| &problem.arguments);
    allowed
        .filter_map(|argument| match argument {
            Argument::Allowed(allowed) => Some(allowed.as_slice()),
            _ => None,
        })
        .collect()
}

fn explained(page: &str, tables: &[&[String]]) {
    for key in tables.iter().copied().flatten() {
        let before = ["`", " `", "[", ".", "= "];
        let is_there = before
            .iter()
            .any(|before| page.contains(&format!("{before}{key}")));
        assert!(is_there, "{key}");
    }
}

#[test]
fn every_key_of_a_survey_is_explained() {
    const TABLES: &[&str] = &[
        "zzz = 1",
        "[consent]\nread_aloud = \"Hei\"\nzzz = 1\npoints = [{ id = \"a\", text = \"Vil du?\", required = true, zzz = 1 }]",
        "[missing]\nzzz = 1",
        "[scale.ny]\ngood = \"none\"\nzzz = 1\nbands = { two = [[\"a\"], [\"b\"]], zzz = 1 }\noptions = [{ code = \"a\", text = \"A\", zzz = 1 }, { code = \"b\", text = \"B\" }]",
        "[[section]]\nid = \"ny\"\ntitle = \"Ny\"\nzzz = 1\nq = []",
        "[[section.q]]\nid = \"ny\"\ntype = \"one\"\ntext = \"Ny?\"\nzzz = 1\noptions = [{ code = \"a\", text = \"A\", zzz = 1 }]\n[[section.q.check]]\nzzz = 1",
        "[[section.q]]\nid = \"ny\"\ntype = \"matrix\"\ntext = \"Ny?\"\nscale = \"enig5\"\nrows = [{ id = \"a\", text = \"A\", zzz = 1 }]",
        "[[section.q]]\nid = \"ny\"\ntype = \"text\"\ntext = \"Ny?\"\ncoding = { zzz = 1 }",
        "[readback]\nzzz = 1",
        "[group_mode]\nzzz = 1",
        "[[quota]]\nzzz = 1",
        "[disclosure]\nzzz = 1",
        "[report]\nzzz = 1",
        "[[report.table]]\nzzz = 1",
        "[[codebook]]\nid = \"ny\"\nzzz = 1\ncodes = [{ code = \"a\", text = \"A\", zzz = 1 }]",
    ];
    let page = page("docs/survey-format.md");
    let blocks = blocks(&page);
    for table in TABLES {
        let problems = survey::read(in_frame(frame(&blocks), table).as_bytes()).problems;
        let known = known_keys(&problems);
        assert_eq!(known.len(), table.matches("zzz").count(), "{table}");
        explained(&page, &known);
    }
}

#[test]
fn every_key_of_an_evaluation_is_explained() {
    const TABLES: &[&str] = &[
        "zzz = 1",
        "[[round]]\nzzz = 1",
        "[[survey]]\nzzz = 1",
        "[[site]]\nzzz = 1",
        "[consent_policy]\nzzz = 1",
        "[disclosure]\nzzz = 1",
        "[[recipient]]\nzzz = 1",
        "[signing]\nzzz = 1",
        "[[signing.laptop]]\nzzz = 1",
        "[[contact]]\nzzz = 1",
    ];
    let page = page("docs/survey-format.md");
    let blocks = blocks(&page);
    let frame = &tagged(&blocks, "toml evaluation").first().unwrap().text;
    for table in TABLES {
        let problems = evaluation::read(in_frame(frame, table).as_bytes()).problems;
        let known = known_keys(&problems);
        assert_eq!(known.len(), 1, "{table}");
        explained(&page, &known);
    }
}
