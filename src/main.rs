//! The program `stemme`: hands clock, randomness and environment to the command line.

fn main() {}
