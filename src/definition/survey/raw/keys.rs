//! Which keys questions of a type have.

use crate::definition::survey::raw::question::Type;

/// Keys of every type.
const ALWAYS: &[&str] = &["id", "type", "text", "help", "interviewer_note", "show_if"];
/// Keys of every type that has an answer.
const ANSWERED: &[&str] = &[
    "required",
    "dimension",
    "sensitive",
    "self_answer",
    "probes",
    "report",
    "without",
    "check",
];

/// Returns the further keys of a type.
const fn own(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::One => &[
            "options", "scale", "order", "groups", "merge", "role", "reverse", "said", "quotable",
        ],
        Type::Scale => &["scale", "faces", "reverse", "said", "role", "merge"],
        Type::Many => &["options", "order", "groups", "min", "max", "quotable"],
        Type::Matrix => &["scale", "scales", "rows"],
        Type::Number => &["min", "max", "unit", "decimals", "bands"],
        Type::Date => &["day", "bands"],
        Type::Text => &["long", "coding", "quotable"],
        Type::Rank => &["options", "order", "groups", "max"],
        Type::Count => &["options", "order", "groups"],
        Type::Info => &[],
    }
}

/// Returns whether questions of a type have a key.
pub(crate) fn has(kind: Type, key: &str) -> bool {
    ALWAYS.contains(&key) || (kind != Type::Info && ANSWERED.contains(&key)) || own(kind).contains(&key)
}
