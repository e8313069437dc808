//! Reads packages back, for the tests: by the directory at their end, as other programs do.

use miniz_oxide::inflate::decompress_to_vec;

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length]
        .iter()
        .rev()
        .fold(0, |sum, byte| sum * 256 + usize::from(*byte))
}

/// Leaves a file in `target/documents`, to be opened and looked at.
#[expect(
    clippy::disallowed_methods,
    reason = "a document to look at, not the program's file"
)]
pub(in crate::report) fn keep(name: &str, package: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/documents");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), package).unwrap();
}

/// The parts of a package in order.
pub(in crate::report) fn all(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let end = package.len() - 22;
    let mut at = number(package, end + 16, 4);
    (0..number(package, end + 10, 2))
        .map(|_| {
            let (packed, whole) = (number(package, at + 20, 4), number(package, at + 24, 4));
            let (name, start) = (number(package, at + 28, 2), number(package, at + 42, 4));
            let words = String::from_utf8(package[at + 46..at + 46 + name].to_vec()).unwrap();
            at += 46 + name;
            let content = start + 30 + number(package, start + 26, 2);
            let content = decompress_to_vec(&package[content..content + packed]).unwrap();
            assert_eq!(content.len(), whole);
            (words, content)
        })
        .collect()
}

/// One part as text.
pub(in crate::report) fn text(package: &[u8], name: &str) -> String {
    let parts = all(package);
    let (_, content) = parts.into_iter().find(|(part, _)| part == name).unwrap();
    String::from_utf8(content).unwrap()
}

/// Every part below its name, an element a line; pictures as their length.
pub(in crate::report) fn as_text(package: &[u8]) -> String {
    let mut written = String::new();
    for (name, content) in all(package) {
        written.push_str(&format!("#### {name}\n"));
        match String::from_utf8(content) {
            Ok(text) => written.push_str(&text.replace("><", ">\n<")),
            Err(binary) => written.push_str(&format!("{} bytes", binary.as_bytes().len())),
        }
        written.push('\n');
    }
    written
}
