//! Reading JSON whole or not at all.
//!
//! A newer version of the program may have added a field deep inside a value. Read in the ordinary way the field
//! would be dropped in silence, and lost when the value is written again. Here such a value is not read at all:
//! it stays what it is, and is counted as newer.

use std::io::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value that was read whole.
#[derive(Debug)]
pub(crate) struct Whole<T> {
    /// The value.
    pub(crate) value: T,
    /// Whether this version would write it in just these bytes.
    pub(crate) is_as_written: bool,
}

/// Returns the value if the text has its shape and nothing in the text is lost by reading it.
pub(crate) fn read<T: DeserializeOwned + Serialize>(json: &[u8]) -> Option<T> {
    read_whole(json).map(|whole| whole.value)
}

/// As [`read`], and says how it was written.
pub(crate) fn read_whole<T: DeserializeOwned + Serialize>(json: &[u8]) -> Option<Whole<T>> {
    // Looked at once as a whole, and not string by string.
    let value: T = serde_json::from_str(std::str::from_utf8(json).ok()?).ok()?;
    // What this version wrote it writes again, byte for byte, and to see that costs a fraction of looking closer.
    let is_as_written = writes_again(&value, json);
    (is_as_written || is_whole(&value, json)).then_some(Whole { value, is_as_written })
}

fn writes_again<T: Serialize>(value: &T, json: &[u8]) -> bool {
    let mut rest = Expected(json);
    // Records of a journal are filled up with spaces.
    serde_json::to_writer(&mut rest, value).is_ok() && rest.0.iter().all(|byte| *byte == b' ')
}

fn is_whole<T: Serialize>(value: &T, json: &[u8]) -> bool {
    let text: Result<Value, _> = serde_json::from_slice(json);
    let again = serde_json::to_value(value);
    text.is_ok_and(|text| again.is_ok_and(|again| keeps(&text, &again)))
}

/// Takes what is written as long as it is what is expected, and keeps no copy of it.
struct Expected<'j>(&'j [u8]);

impl Write for Expected<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    // Hundreds of small pieces come of one interview, all of them this way, and most are a quotation mark, a colon or a
    // comma: to compare those as slices costs more than the rest of them all.
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let rest = match (bytes, self.0) {
            ([byte], [first, rest @ ..]) => (byte == first).then_some(rest),
            _ => self.0.strip_prefix(bytes),
        };
        self.0 = rest.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns whether everything in `text` is still there in `again`. Single values may differ in how they are
/// written; a member that is left out must have been empty.
fn keeps(text: &Value, again: &Value) -> bool {
    match (text, again) {
        (Value::Object(text), Value::Object(again)) => text.iter().all(|(key, value)| match again.get(key) {
            Some(other) => keeps(value, other),
            None => is_empty(value),
        }),
        (Value::Array(text), Value::Array(again)) => {
            text.len() == again.len() && text.iter().zip(again).all(|(value, other)| keeps(value, other))
        }
        (Value::String(_), Value::String(_)) => true,
        (text, again) => text == again,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(entries) => entries.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::domain::interview::Action;

    #[test]
    fn a_field_of_a_newer_version_is_not_dropped_in_silence() {
        let known = br#"{"answer":{"item":"q1","answer":{"text":"ja"}}}"#;
        let newer = br#"{"answer":{"item":"q1","answer":{"text":"ja"},"said_by":"proxy"}}"#;
        let deeper = br#"{"answer":{"item":"q1","answer":{"number":{"value":"3","unit":"uker"}}}}"#;
        assert!(read::<Action>(known).is_some());
        assert!(read::<Action>(newer).is_none());
        assert!(read::<Action>(deeper).is_none());
    }

    #[test]
    fn what_is_written_otherwise_and_says_the_same_is_read() {
        let spaced = br#" { "answer" : {"by_self":false, "item":"q1", "answer":{"text":"ja"}}}   "#;
        let padded = br#"{"answer":{"item":"q1","answer":{"text":"ja"},"by_self":false}}    "#;
        assert_eq!(read::<Action>(spaced), read::<Action>(padded));
        assert!(read::<Action>(padded).is_some());
        assert!(
            read::<Action>(br#"{"answer":{"item":"q1","answer":{"text":"ja"},"by_self":false}}}"#).is_none()
        );
    }
}
