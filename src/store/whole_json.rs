//! Reading JSON whole or not at all.
//!
//! A newer version of the program may have added a field deep inside a value. Read in the ordinary way the field
//! would be dropped in silence, and lost when the value is written again. Here such a value is not read at all:
//! it stays what it is, and is counted as newer.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Returns the value if the text has its shape and nothing in the text is lost by reading it.
pub(crate) fn read<T: DeserializeOwned + Serialize>(json: &[u8]) -> Option<T> {
    let text: Value = serde_json::from_slice(json).ok()?;
    let value: T = serde_json::from_slice(json).ok()?;
    let again = serde_json::to_value(&value).ok()?;
    keeps(&text, &again).then_some(value)
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
}
