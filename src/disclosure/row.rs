//! One row of answers of the whole group: what may be printed of it.
//!
//! A row is n people's answers to one item, counted by level. It knows counts and public sizes only, no survey and
//! no words.

pub mod code;
pub mod flat;
pub mod policy;
pub mod rule;
pub mod shape;
pub mod wide;
pub mod worlds;

mod board;
mod fact;
mod fixpoint;
mod symmetry;
