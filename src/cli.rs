//! The command line: arguments, diagnostics, linear mode and exit codes.

pub mod diagnostics;
