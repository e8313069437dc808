//! From bytes to a tree of TOML values with places; what is no TOML is explained in our own terms.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::definition::code::Code;
use crate::definition::findings::Findings;
use crate::definition::place::Span;
use crate::definition::problem::Argument;

/// The largest file that is read.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// How deep keys and lists may stand inside one another.
pub const MAX_NESTING: usize = 6;
/// After so many lines with mistakes the file is probably something else.
const MOST_SYNTAX_PROBLEMS: usize = 50;
/// More of the library's errors are not looked at: one slip can give several.
const MOST_SYNTAX_ERRORS: usize = 500;

/// Returns the text of a file, or says why it is none.
pub(crate) fn text<'d>(bytes: &'d [u8], findings: &mut Findings) -> Option<&'d str> {
    if bytes.len() > MAX_BYTES {
        findings
            .add(Code::TooLarge, Span::default())
            .with(Argument::Limit("2 MiB".to_owned()));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let start = error.valid_up_to();
            let byte = bytes.get(start).copied().unwrap_or_default();
            let length = error.error_len().unwrap_or(bytes.len() - start);
            findings
                .add(Code::NotUtf8, Span::new(start, start + length))
                .name(format!("0x{byte:02X}"));
            None
        }
    }
}

/// Returns the tree of a text. `None` when there is none worth reading on in; a tree with mistakes is returned with
/// `true` beside it.
pub(crate) fn tree<'d>(text: &'d str, findings: &mut Findings) -> Option<(DeTable<'d>, bool)> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mistakes = one_per_line(&errors, text);
    let broken = !mistakes.is_empty();
    let mut in_single: BTreeSet<usize> = BTreeSet::new();
    for found in mistakes {
        if let Some((place, heading, span)) = single_before(&found, text) {
            // Said once, where it stands: every later heading of that name is a mistake only because of it.
            if in_single.insert(place) {
                single_brackets(heading, span, findings);
            }
            continue;
        }
        // Keys below such a heading seem to stand twice only because of it.
        if found.code == Code::DuplicateKey && !in_single.is_empty() && !is_heading(&found, text) {
            continue;
        }
        let problem = findings.add(found.code, found.span);
        problem.name(found.name).with(Argument::Detail(found.detail));
        if found.code == Code::TooDeep {
            problem.with(Argument::Limit(MAX_NESTING.to_string()));
        }
    }
    let root = root.into_inner();
    if let Some(span) = too_deep(&root, 1) {
        findings
            .add(Code::TooDeep, span)
            .with(Argument::Limit(MAX_NESTING.to_string()));
        return None;
    }
    Some((root, broken))
}

/// Adds that a heading, given with its brackets, needs two of them on each side.
pub(crate) fn single_brackets(heading: &str, span: Span, findings: &mut Findings) {
    let name = heading.trim_matches(['[', ']', ' ']);
    let problem = findings.add(Code::SingleBrackets, span);
    problem.name(name).suggest(span, format!("[[{name}]]"));
}

/// Lists of tables in surveys and evaluations: their headings stand in two brackets.
const LISTS: &[&str] = &[
    "section",
    "section.q",
    "quota",
    "codebook",
    "report.table",
    "round",
    "site",
];

/// Returns the heading in single brackets that makes another heading of the same list a mistake: an earlier one, or the
/// one that was found itself.
fn single_before<'t>(found: &Syntax, text: &'t str) -> Option<(usize, &'t str, Span)> {
    if found.code != Code::DuplicateKey {
        return None;
    }
    let start = line_start(text, found.span.start);
    let line = text.get(start..)?.lines().next()?;
    let indented = start + (line.len() - line.trim_start().len());
    if let Some((heading, name)) = single(line) {
        let is_list = LISTS.contains(&name);
        return is_list.then(|| (indented, heading, Span::new(indented, indented + heading.len())));
    }
    let name = line.trim_start().strip_prefix("[[")?.split(']').next()?;
    let mut from = 0;
    text.get(..start)?.split_inclusive('\n').find_map(|line| {
        let begin = from + (line.len() - line.trim_start().len());
        from += line.len();
        let (heading, own) = single(line)?;
        (own == name).then(|| (begin, heading, Span::new(begin, begin + heading.len())))
    })
}

fn is_heading(found: &Syntax, text: &str) -> bool {
    let line = text.get(line_start(text, found.span.start)..);
    line.is_some_and(|line| line.trim_start().starts_with('['))
}

/// Returns the heading of a line in single brackets, with and without them.
fn single(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let inside = line.strip_prefix('[').filter(|rest| !rest.starts_with('['))?;
    let (name, _) = inside.split_once(']')?;
    Some((line.get(..name.len() + 2)?, name.trim()))
}

/// Returns the most telling mistake of each line.
fn one_per_line(errors: &[toml::de::Error], text: &str) -> Vec<Syntax> {
    let mut lines: BTreeMap<usize, Syntax> = BTreeMap::new();
    let mut line = 0..0;
    for error in errors.iter().take(MOST_SYNTAX_ERRORS) {
        let found = classify(error, text);
        // Most errors stand on the line of the one before; looking for its beginning each time would be slow.
        if !line.contains(&found.span.start) {
            let start = line_start(text, found.span.start);
            let rest = text.get(start..).unwrap_or_default();
            line = start..start + rest.find('\n').unwrap_or(rest.len());
        }
        match lines.get_mut(&line.start) {
            Some(kept) if found.rank() < kept.rank() => *kept = found,
            Some(_) => {}
            None => {
                lines.insert(line.start, found);
            }
        }
    }
    lines.into_values().take(MOST_SYNTAX_PROBLEMS).collect()
}

struct Syntax {
    code: Code,
    span: Span,
    name: String,
    detail: String,
}

impl Syntax {
    /// On one line the most telling mistake is kept: the others follow from it.
    const fn rank(&self) -> u8 {
        match self.code {
            Code::UnclosedText => 0,
            Code::DuplicateKey => 1,
            Code::UnclosedBracket => 2,
            Code::MissingComma => 3,
            Code::ExtraSign => 4,
            Code::BadKey => 5,
            Code::MissingEquals => 6,
            Code::MissingValue => 7,
            Code::BadEscape => 8,
            Code::UnquotedText => 9,
            _ => 10,
        }
    }
}

/// The library's words are matched here and nowhere else; what is not known stays `NotToml`.
fn classify(error: &toml::de::Error, text: &str) -> Syntax {
    let message = error.message();
    let mut span: Span = error.span().map_or_else(Span::default, Into::into);
    span.end = span.end.min(text.len());
    span.start = span.start.min(span.end);
    let name = text.get(span.range()).unwrap_or_default();
    let has = |part: &str| message.contains(part);
    let code = if has("duplicate key") {
        Code::DuplicateKey
    } else if has("extra comma") || has("extra `=`") {
        Code::ExtraSign
    } else if has("missing comma") || has("extra assignment between") {
        Code::MissingComma
    } else if has("unclosed") || has("unexpected `=` in array") {
        Code::UnclosedBracket
    } else if has("key with no value") || has("missing assignment") {
        Code::MissingEquals
    } else if has("missing value") {
        Code::MissingValue
    } else if has("escaped value") || has("unicode value") || has("unicode hexadecimal") {
        Code::BadEscape
    } else if has("unquoted key") {
        Code::BadKey
    } else if has("unexpected key or value") {
        Code::ExtraSign
    } else if has("string values must be quoted") || has("invalid boolean") || has("leading zero") {
        if name.trim().is_empty() {
            Code::MissingValue
        } else {
            Code::UnquotedText
        }
    } else if let Some(c) = control(text, span).filter(|_| has("string") || has("comment") || has("return")) {
        let end = span.start + c.len_utf8();
        return Syntax {
            code: Code::ControlCharacter,
            span: Span::new(span.start, end),
            name: format!("U+{:04X}", u32::from(c)),
            detail: message.to_owned(),
        };
    } else if message.starts_with("invalid") && has("string") {
        // The closing quotation mark is missed where the line or the file ends.
        let rest = text.get(span.start..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with(['\n', '\r']) {
            Code::UnclosedText
        } else {
            Code::NotToml
        }
    } else if has("date") || has("time") {
        Code::BadDate
    } else if has("recurs") {
        Code::TooDeep
    } else if has("cannot extend") {
        Code::DuplicateKey
    } else if has("keys cannot") || has("missing key") {
        Code::BadKey
    } else if has("number") || has("float") || has("radix") || has("sign") || has("between digits") {
        Code::BadNumber
    } else if has("unexpected content") || has("opening") {
        Code::ExtraSign
    } else {
        Code::NotToml
    };
    if code == Code::UnclosedText {
        span = Span::new(opening_quote(text, span.start), span.start);
    }
    let name = text.get(span.range()).unwrap_or_default();
    let name = name.chars().take(40).collect();
    Syntax {
        code,
        span,
        name,
        detail: message.to_owned(),
    }
}

/// Returns the character at a place that no editor shows, if one stands there.
fn control(text: &str, span: Span) -> Option<char> {
    let at = text.get(span.start..)?.chars().next()?;
    let is_line_end = at == '\n' || text.get(span.start..)?.starts_with("\r\n");
    (at.is_control() && at != '\t' && !is_line_end).then_some(at)
}

/// Returns where the text that is not closed at `end` opens, as far as its line tells.
fn opening_quote(text: &str, end: usize) -> usize {
    // A text over several lines begins long before the end, where its end is missed.
    let before = text.get(..end).unwrap_or_default();
    let long = ["\"\"\"", "'''"].into_iter();
    let mut open = long.filter(|quotes| before.matches(quotes).count() % 2 == 1);
    if let Some(start) = open.find_map(|quotes| before.rfind(quotes)) {
        return start;
    }
    let start = line_start(text, end);
    let line = text.get(start..end).unwrap_or_default();
    let value = line.find('=').map_or(0, |place| place + 1);
    let quote = line
        .get(value..)
        .and_then(|rest| rest.find(['"', '\'']).map(|place| start + value + place));
    quote.unwrap_or(end)
}

fn line_start(text: &str, place: usize) -> usize {
    let before = text.get(..place).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// Returns where a table stands deeper than allowed. Recursion ends at the limit.
fn too_deep(table: &DeTable<'_>, depth: usize) -> Option<Span> {
    table.iter().find_map(|(key, value)| {
        if depth > MAX_NESTING {
            return Some(key.span().into());
        }
        deep_value(value, depth)
    })
}

fn deep_value(value: &Spanned<DeValue<'_>>, depth: usize) -> Option<Span> {
    if depth > MAX_NESTING {
        return Some(value.span().into());
    }
    match value.get_ref() {
        DeValue::Table(table) => too_deep(table, depth + 1),
        // A list of tables is one step together with its tables; a list in a list is a step of its own.
        DeValue::Array(list) => list.iter().find_map(|entry| match entry.get_ref() {
            DeValue::Table(table) => too_deep(table, depth + 1),
            DeValue::Array(_) => deep_value(entry, depth + 1),
            _ => None,
        }),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "the places come from the text itself")]
mod tests {
    use super::{text, tree};
    use crate::definition::code::Code;
    use crate::definition::findings::Findings;
    use crate::definition::problem::FileKind;

    fn codes(source: &str) -> Vec<(Code, String)> {
        let mut findings = Findings::new(FileKind::Survey);
        tree(source, &mut findings);
        let problems = findings.outcome(Some(())).problems;
        problems
            .into_iter()
            .map(|problem| (problem.code, source[problem.span.range()].to_owned()))
            .collect()
    }

    fn first(source: &str) -> Code {
        codes(source)
            .first()
            .map_or(Code::Inconsistent, |(code, _)| *code)
    }

    #[test]
    fn the_usual_slips_have_codes_of_their_own() {
        assert_eq!(first("a = \"x\nb = 1\n"), Code::UnclosedText);
        assert_eq!(first("a = '''x\nb = 1\n"), Code::UnclosedText);
        assert_eq!(first("a 1\n"), Code::MissingEquals);
        assert_eq!(first("a: 1\n"), Code::BadKey);
        assert_eq!(first("a =\nb = 2\n"), Code::MissingValue);
        assert_eq!(first("a = 1\na = 2\n"), Code::DuplicateKey);
        assert_eq!(first("a = hei\n"), Code::UnquotedText);
        assert_eq!(first("a = “x”\n"), Code::UnquotedText);
        assert_eq!(first("a = True\n"), Code::UnquotedText);
        assert_eq!(first("[a\nb = 1\n"), Code::UnclosedBracket);
        assert_eq!(first("a = {b = 1 c = 2}\n"), Code::MissingComma);
        assert_eq!(first("a = [1,,2]\n"), Code::ExtraSign);
        assert_eq!(first("a == 1\n"), Code::ExtraSign);
        assert_eq!(first("a = \"\\ø\"\n"), Code::BadEscape);
        assert_eq!(first("a = 2026-13-01\n"), Code::BadDate);
        assert_eq!(first("å = 1\n"), Code::BadKey);
        assert_eq!(first("a = 1__0\n"), Code::BadNumber);
        assert_eq!(first("a = 0X1F\n"), Code::BadNumber);
        assert_eq!(first("a = 1\na.b = 2\n"), Code::DuplicateKey);
        assert_eq!(first("= 1\n"), Code::BadKey);
    }

    #[test]
    fn a_character_that_no_editor_shows_is_named_where_it_stands() {
        for (source, place) in [
            ("a = \"x\u{1}y\"\n", "\u{1}"),
            ("a = 'x\u{7f}'\n", "\u{7f}"),
            ("a = \"\"\"x\n\u{0}\"\"\"\n", "\u{0}"),
            ("a = 1 # \u{1b}[0m\n", "\u{1b}"),
        ] {
            assert_eq!(
                codes(source),
                [(Code::ControlCharacter, place.to_owned())],
                "{source:?}"
            );
        }
    }

    #[test]
    fn every_line_with_a_mistake_is_named_once() {
        let found = codes("a = hei\nb = 1\nb = 2\nc = {d = 1 e = 2}\n");
        let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(
            codes,
            [Code::UnquotedText, Code::DuplicateKey, Code::MissingComma]
        );
    }

    #[test]
    fn an_unclosed_text_is_shown_from_its_opening() {
        assert_eq!(
            codes("text = \"Hei\n"),
            [(Code::UnclosedText, "\"Hei".to_owned())]
        );
    }

    #[test]
    fn a_list_heading_in_single_brackets_is_told_once_where_it_stands() {
        assert_eq!(
            codes("# about\n[section]\nid = 'a'\n[[section]]\nid = 'b'\n[[section]]\nid = 'c'\n"),
            [(Code::SingleBrackets, "[section]".to_owned())]
        );
        assert_eq!(first("[consent]\n[consent]\n"), Code::DuplicateKey);
        let inside = "[[section]]\n  [section.q]\n  id = 'a'\n  [[section.q]]\n  id = 'b'\n";
        assert_eq!(codes(inside), [(Code::SingleBrackets, "[section.q]".to_owned())]);
        let all = "[section]\n[section.q]\na = 1\n[section]\n[section.q]\na = 1\n";
        let told = codes(all);
        assert!(
            told.len() > 1 && told.iter().all(|(code, _)| *code == Code::SingleBrackets),
            "{told:?}"
        );
    }

    #[test]
    fn a_long_text_without_an_end_is_told_where_it_begins() {
        let text = "a = \"\"\"to\nlinjer\"\"\"\nb = \"\"\"uten\nslutt\n";
        let (code, place) = codes(text).remove(0);
        assert_eq!(code, Code::UnclosedText);
        assert!(place.starts_with("\"\"\"uten"), "{place}");
    }

    #[test]
    fn what_follows_a_value_is_too_much() {
        assert_eq!(first("a = \"x\" \"y\"\n"), Code::ExtraSign);
        assert_eq!(first("a = 02\n"), Code::UnquotedText);
    }

    #[test]
    fn nesting_ends_at_six() {
        assert_eq!(codes("a.b.c.d.e.f = 1\n"), []);
        assert_eq!(first("a.b.c.d.e.f.g = 1\n"), Code::TooDeep);
        assert_eq!(first("a = [[[[[[[1]]]]]]]\n"), Code::TooDeep);
    }

    #[test]
    fn bytes_that_are_no_text_are_shown() {
        let mut findings = Findings::new(FileKind::Survey);
        assert!(text(b"a = \"\xff\"", &mut findings).is_none());
        let problems = findings.outcome(Some(())).problems;
        assert_eq!((problems[0].code, problems[0].span.start), (Code::NotUtf8, 5));
    }
}
