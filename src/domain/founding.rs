//! Founding an evaluation: what must be known before it can be made, and what is taken for an answer.
//!
//! Flags, prompts and screens all go through [`Wanted::take`], so that the same words mean the same everywhere.

mod field;
mod here;
mod passphrase;
mod typed;
mod unfit;
mod wanted;

pub use field::{Field, Form};
pub use here::{Found, Here, Named, PlannedSite};
pub use passphrase::{LEAST_PASSPHRASE, Strength};
pub use typed::{day, named, slug_of};
pub use unfit::Unfit;
pub use wanted::Wanted;
