//! Holding interviews on this machine: the interview machine together with what keeps its answers.
//!
//! The screens and the linear mode both work through a [`Session`]; neither touches a file. A step first changes
//! the machine and then goes to the keeper, which says when it is safe.

pub mod desk;
#[cfg(test)]
pub(crate) mod fixture;
pub mod founding;
pub mod handover;
pub mod journal_keeper;
#[cfg(test)]
mod journal_keeper_tests;
pub mod kim;
pub mod made_up;
pub mod practice_desk;
pub mod preview;
pub mod round_surveys;
pub mod session;
pub mod shipped;
pub mod survey_file;
pub mod workbench;
pub mod workplace;
