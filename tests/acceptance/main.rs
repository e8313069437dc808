//! What the program promises, tried out in a real terminal: the program itself, behind a pseudo-terminal and a
//! terminal emulator, driven key by key.
//!
//! Every test says the number of the check it shows. What is promised of every screen in every language is shown
//! faster without a terminal, in `tests/tui`; here it is shown that it arrives.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "tests may fail"
)]

mod answering;
mod coordinator;
mod debug_log;
mod disks;
mod guide;
mod keeping;
mod laptop;
mod leaving;
mod linear;
mod looks;
mod monkey;
mod preview;
mod results;
mod start;
mod steps;
mod terminal;
mod traces;
mod two_rounds;
mod window;
