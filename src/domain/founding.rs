//! Founding an evaluation: what must be known before it can be made, and what is taken for an answer.
//!
//! Flags, prompts and screens all go through [`Wanted::take`], so that the same words mean the same everywhere.

mod field;
mod passphrase;
mod typed;
mod wanted;

pub use field::{Field, Form};
pub use passphrase::{LEAST_PASSPHRASE, Strength};
pub use typed::day;
pub use wanted::{Found, Here, Named, Unfit, Wanted};
