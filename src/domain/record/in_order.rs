//! Reading a map whose keys stand in order already, as every map that this program wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The most entries there is room for before they are read.
const BELIEVED: usize = 256;

/// Reads a map. As a map that is filled entry by entry does, it keeps the last of several entries with one key; but
/// where the keys are in order, none of them is looked for: a hundred answers of each of ten thousand interviews.
///
/// # Errors
/// As those of the keys and values.
pub(super) fn read<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(InOrder(PhantomData))
}

struct InOrder<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for InOrder<K, V> {
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let room = map.size_hint().unwrap_or(BELIEVED).min(BELIEVED);
        let mut entries = Vec::with_capacity(room);
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::{prop_assert_eq, proptest};

    use super::read;

    proptest! {
        #[test]
        fn it_reads_what_a_map_reads(entries: Vec<(u8, u16)>) {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            let json = format!("{{{}}}", entries.join(","));
            let plain: BTreeMap<u8, u16> = serde_json::from_str(&json).unwrap();
            let in_order: BTreeMap<u8, u16> = read(&mut serde_json::Deserializer::from_str(&json)).unwrap();
            prop_assert_eq!(in_order, plain);
        }
    }
}
