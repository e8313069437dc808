//! Compares our figures with reference values: `cargo run --release --example check_statistics -- DIR`.
//!
//! DIR holds one JSON file a set, as those in `tests/fixtures/statistics/`. Prints each value that is off; exit code
//! 1 when there is one.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

#[path = "../tests/statistics/oracles.rs"]
mod oracles;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("Say which folder: check_statistics DIR");
        return ExitCode::from(2);
    };
    let outcome = match oracles::check_folder(Path::new(&folder)) {
        Ok(outcome) => outcome,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    for off in &outcome.off {
        println!("{off}");
    }
    let reasons = oracles::NOT_COMPUTED;
    for (name, reason) in reasons {
        let sets = outcome.not_computed.iter().filter(|(_, own)| own == name).count();
        if sets > 0 {
            println!("not computed, {sets} times: {name} ({reason})");
        }
    }
    for (set, name) in &outcome.not_computed {
        if !reasons.iter().any(|(known, _)| known == name) {
            println!("not computed, a statistic not known: {set} {name}");
        }
    }
    println!("{}", outcome.closing());
    ExitCode::from(u8::from(!outcome.off.is_empty()))
}
