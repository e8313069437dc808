//! The interview line by line, for screen readers, plain terminals and pipes.
//!
//! The same interview machine as the screens, with plain lines in and plain lines out: no colour, no cursor moves,
//! nothing that rewrites what was said. What is said is made by functions without input or output
//! ([`asking`], [`offer`]); [`conversation`] asks, listens and takes the steps.

pub mod asking;
pub mod conversation;
pub mod offer;
pub mod vocabulary;

mod closing;
mod consent;
mod hands;
mod hearing;
mod kim;
mod menu;
mod parked;
mod pause;
mod question;
mod readback;
mod unseen;
mod writing;

#[cfg(test)]
mod entered;
#[cfg(test)]
mod every_prompt;
#[cfg(test)]
mod held;
#[cfg(test)]
mod whole_interviews;

pub use conversation::{Conversation, Ending};
pub use hearing::curtain;
