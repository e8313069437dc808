//! The second pair of eyes: what a reader could conclude from one printed row.
//!
//! Knows nothing of how a policy was computed. It asks the printing function what it prints for every possible set
//! of answers, keeps those that print the same, and looks whether a reader could then know that a count is unsafe.
//! Its own enumeration, its own idea of "unsafe", on purpose: a mistake in the policy must not be repeated here.

pub mod breakdown;
pub mod flat;
pub mod many;
pub mod row;
pub mod together;
pub mod wide;

mod alike;

/// Returns whether a count tells too much: few did, all but few did, or everybody did.
const fn tells_too_much(count: u32, people: u32, threshold: u32) -> bool {
    let few = count >= 1 && count < threshold;
    let all_but_few = people.saturating_sub(count) < threshold;
    few || all_but_few
}
