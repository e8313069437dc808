//! A small evaluation for tests: 29 made-up people at two sites in one round, shown and sorted as the example is.

use std::path::Path;

use crate::cli::configuration::Configuration;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::domain::language::Language;
use crate::fieldwork::made_up::Crowd;
use crate::texts::Texts;

use super::{SEED, at_the_bench, example, held, opened, workbook, worked};

/// Makes it in the folder `d`, with `home` beside it.
pub(in crate::cli) fn one_round(folder: &Path) {
    one_round_of(folder, SEED);
}

/// As [`one_round`], with the people of a seed.
pub(in crate::cli) fn one_round_of(folder: &Path, seed: u64) {
    let (mut surroundings, written) = Surroundings::made_up(&[], "");
    surroundings.home = folder.join("home");
    let settings = Settings {
        texts: Texts::load(Language::Bokmal).unwrap(),
        evaluation: None,
        round: None,
        colour: false,
        ascii: false,
        linear: false,
        no_input: true,
        quiet: true,
        verbose: false,
        passphrase_file: None,
        configuration: Configuration::load(&surroundings),
    };
    let random = surroundings.randomness();
    let place = folder.join("d");
    example::create(&place, (&example::ONE_ROUND, seed), &settings, &random).unwrap();
    let done = opened(&place, &settings, &mut surroundings).and_then(|mut workplace| {
        let crowd = Crowd::of(29);
        held(&mut workplace, 0, seed, &crowd, &settings, &mut surroundings)?;
        at_the_bench(
            &workplace,
            None,
            &settings,
            &mut surroundings,
            &mut |bench, words| workbook::code(bench, words, false),
        )?;
        worked(&workplace, &settings, &mut surroundings)
    });
    assert_eq!(done, Ok(()), "{}", written.1.text());
}
