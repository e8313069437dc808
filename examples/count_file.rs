//! Counts a file of made-up answers and prints every count: for the comparison with other tools in `benches/peers/`,
//! and for nothing else. Real answers leave the program only through `stemme tabulate`.
//!
//! `count_file SURVEY.toml ANSWERS.csv THREADS [counts|figures|none]`: every item that is no background, for everybody
//! and by every background question.

#![expect(clippy::print_stderr, reason = "a tool for the comparison")]

use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

use stemme::definition;
use stemme::domain::category::Category;
use stemme::domain::coding::Coding;
use stemme::domain::item::ItemKey;
use stemme::domain::survey::Survey;
use stemme::import::answers::{Reading, read};
use stemme::stats::collect::{By, RowCounts, Tallies};
use stemme::stats::confidence::Confidence;
use stemme::stats::share::wilson;
use stemme::stats::tally::Tally;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [survey, answers, threads, rest @ ..] = arguments else {
        return Err("SURVEY.toml ANSWERS.csv THREADS [counts|figures|none]".to_owned());
    };
    let threads: usize = threads.parse().map_err(|_| "THREADS is a number".to_owned())?;
    let bytes = std::fs::read(survey).map_err(|error| error.to_string())?;
    let survey = definition::survey::read(&bytes)
        .value
        .ok_or("the survey has errors")?;
    let by: Vec<By> = survey
        .questions()
        .filter(|question| question.background)
        .map(|question| By::Item(ItemKey::question(question.id.clone())))
        .collect();
    let coding = Coding::of(&survey, Vec::new());
    let file = File::open(answers).map_err(|error| error.to_string())?;
    let begun = RowCounts::new(&coding, &by);
    let takers = vec![begun.clone(); threads.max(1)];
    let (takers, what) =
        read(file, &coding, &Reading::default(), takers).map_err(|error| error.to_string())?;
    let mut all = begun;
    for taker in takers {
        all.merge(taker);
    }
    let tallies = all.tallies(&coding, &by);
    eprintln!("{} rows, {} wrong cells", what.rows, what.wrong.cells);
    let what = rest.first().map_or("figures", String::as_str);
    print(&survey, &tallies, &by, what).map_err(|error| error.to_string())
}

fn print(survey: &Survey, tallies: &Tallies, by: &[By], what: &str) -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    if what == "none" {
        return Ok(());
    }
    let background = |tally: &&Tally| !by.contains(&By::Item(tally.item().clone()));
    for tally in tallies.all().iter().filter(background) {
        line(&mut out, "all", "", tally, what)?;
    }
    for split in tallies.splits() {
        let By::Item(key) = split.by() else { continue };
        let Some(item) = survey.item(key) else { continue };
        let levels = stemme::domain::category::categories(&item);
        for group in split.groups() {
            let Some(Category::Code(level)) = group.level().and_then(|level| levels.get(level)) else {
                continue;
            };
            for tally in group.all().iter().filter(background) {
                line(&mut out, &key.to_string(), level.as_str(), tally, what)?;
            }
        }
    }
    out.flush()
}

fn line(out: &mut impl Write, variable: &str, level: &str, tally: &Tally, what: &str) -> std::io::Result<()> {
    let item = tally.item();
    let counts: Vec<String> = tally.counts().iter().map(ToString::to_string).collect();
    write!(
        out,
        "{variable},{level},{item},{},{}",
        tally.valid(),
        counts.join(",")
    )?;
    if what == "figures" {
        let (n, mut sum, mut squares) = (u64::from(tally.valid()), 0_u64, 0_u64);
        for (value, count) in (1_u64..).zip(tally.counts()) {
            sum += value * u64::from(*count);
            squares += value * value * u64::from(*count);
        }
        let top: u32 = tally.counts().iter().rev().take(2).sum();
        let share = wilson(u64::from(top), u64::from(tally.valid()), Confidence::default()).ok();
        if let (Some(share), true) = (share, n > 1) {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53 in the comparison")]
            let (mean, variance) = (
                sum as f64 / n as f64,
                (squares * n - sum * sum) as f64 / (n as f64 * (n - 1) as f64),
            );
            let (sd, median) = (variance.sqrt(), median(tally));
            let (part, low, high) = (share.share, share.low, share.high);
            write!(out, ",{mean:.9},{sd:.9},{median},{part:.9},{low:.9},{high:.9}")?;
        }
    }
    writeln!(out)
}

/// The middle of the levels, from 1; between two of them at their mean.
fn median(tally: &Tally) -> f64 {
    let at = |rank: u32| {
        let mut before = 0;
        let level = tally.counts().iter().take_while(|count| {
            before += **count;
            before <= rank
        });
        u32::try_from(level.count() + 1).map_or(0.0, f64::from)
    };
    let n = tally.valid();
    if n % 2 == 1 {
        at(n / 2)
    } else {
        f64::midpoint(at((n / 2).saturating_sub(1)), at(n / 2))
    }
}
