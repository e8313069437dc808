//! Small text files of the program itself: a title with a version, then a line each.

use std::path::Path;
use std::str::Lines;

use crate::store::error::{StoreError, What};

/// Returns the lines after the first one, which must be `title` and a version that is known here.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Newer`].
pub(super) fn lines<'b>(
    bytes: &'b [u8],
    title: &str,
    newest: u16,
    path: &Path,
) -> Result<Lines<'b>, StoreError> {
    let damaged = || StoreError::damaged(path, What::Contents);
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
    let mut lines = text.lines();
    let version = lines.next().and_then(|line| line.strip_prefix(title));
    let version: u16 = version
        .and_then(|version| version.parse().ok())
        .ok_or_else(damaged)?;
    if version > newest {
        return Err(StoreError::Newer {
            path: path.to_owned(),
        });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::lines;
    use crate::store::error::{StoreError, What};

    #[test]
    fn what_is_newer_is_told_from_what_is_damaged() {
        let path = Path::new("x");
        let read = |bytes: &'static [u8]| lines(bytes, "stemme x ", 2, path).map(Iterator::collect::<Vec<_>>);
        assert_eq!(read(b"stemme x 1\na\nb\n"), Ok(vec!["a", "b"]));
        assert_eq!(
            read(b"stemme x 3\n"),
            Err(StoreError::Newer { path: path.into() })
        );
        for wrong in [&b"stemme y 1\n"[..], b"stemme x \n", b"\xff", b""] {
            assert_eq!(read(wrong), Err(StoreError::damaged(path, What::Contents)));
        }
    }
}
