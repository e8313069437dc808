//! The program `stemme`: hands clock, randomness and environment to the command line.

use std::env;
use std::fs;
use std::io::{self, BufReader, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process;
use std::sync::{Arc, LazyLock};

use etcetera::app_strategy::choose_native_strategy;
use etcetera::{AppStrategy, AppStrategyArgs};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use stemme::cli;
use stemme::cli::debug_log::DebugLog;
use stemme::cli::exit_code::ExitCode;
use stemme::cli::output::Output;
use stemme::cli::places::{PORTABLE, Places};
use stemme::cli::surroundings::Surroundings;
use stemme::store::NoRandomness;
use stemme::store::keys::KeyStrength;

fn main() -> process::ExitCode {
    leave_no_image();
    let places = places();
    outlive_a_full_file();
    let mut surroundings = Surroundings {
        arguments: env::args_os().skip(1).collect(),
        environment: env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        working_folder: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        home: places.home,
        config_folder: places.config,
        documents: documents(),
        is_windows: cfg!(windows),
        stdin_is_terminal: io::stdin().is_terminal(),
        stdout_is_terminal: io::stdout().is_terminal(),
        stderr_is_terminal: io::stderr().is_terminal(),
        input: Box::new(BufReader::new(io::stdin())),
        hidden_line: Box::new(rpassword::read_password),
        output: Output::new(Box::new(io::stdout()), Box::new(io::stderr())),
        log: DebugLog::off(),
        has_left: false,
        now: Arc::new(now),
        time: || now().time(),
        random: Arc::new(|bytes| getrandom::fill(bytes).map_err(|_| NoRandomness)),
        key_strength: KeyStrength::NORMAL,
        keys: None,
    };
    let language = cli::language(&surroundings);
    panic::set_hook(Box::new(move |_| {
        let _ = writeln!(io::stderr(), "{}", cli::crash_sentence(language));
    }));
    let code = panic::catch_unwind(AssertUnwindSafe(|| cli::run(&mut surroundings)));
    process::ExitCode::from(code.unwrap_or(ExitCode::Unexpected).number())
}

/// Returns what the clock shows here.
fn now() -> Zoned {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(time_zone);
    Timestamp::now().to_zoned(ZONE.clone())
}

/// Returns the time zone of this machine. Where the system keeps it in one file, that file is read by itself:
/// looking it up by name reads the names of all zones first, a tenth of the time to the first frame.
fn time_zone() -> TimeZone {
    let here = if env::var_os("TZ").is_some() {
        None
    } else {
        zone_of_the_system()
    };
    here.unwrap_or_else(TimeZone::system)
}

fn zone_of_the_system() -> Option<TimeZone> {
    let file = fs::canonicalize("/etc/localtime").ok()?;
    let (_, name) = file.to_str()?.split_once("zoneinfo/")?;
    TimeZone::tzif(name, &fs::read(&file).ok()?).ok()
}

/// Sees to it that a crash leaves no image of the memory on the disk: answers and keys would be in it. On Linux
/// nobody but root can look into the running program either. Where the system refuses, the program runs all the
/// same.
fn leave_no_image() {
    #[cfg(unix)]
    {
        let none = rustix::process::Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
    }
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        let hidden = rustix::process::DumpableBehavior::NotDumpable;
        let _ = rustix::process::set_dumpable_behavior(hidden);
    }
}

/// Sees to it that a limit on the size of files is an error to tell of, and not the end of the program: the system
/// sends a signal then that kills.
fn outlive_a_full_file() {
    #[cfg(unix)]
    {
        let noticed = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noticed);
    }
}

/// Returns the folder where people look for what they have written: as the desktop names it, else what it is called in
/// English or Norwegian.
fn documents() -> PathBuf {
    let home = etcetera::home_dir().ok();
    let config = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let config = config.or_else(|| Some(home.as_ref()?.join(".config")));
    let named = config.and_then(|config| fs::read_to_string(config.join("user-dirs.dirs")).ok());
    let cloud = env::var_os("OneDrive").map(PathBuf::from);
    cli::places::documents(home, cloud, named.as_deref(), &|path| path.is_dir())
}

/// Returns where settings, keys and unfinished interviews lie: `STEMME_HOME`, else a folder `stemme-data` beside
/// the program (a borrowed laptop, a memory stick), else where the system keeps such things.
fn places() -> Places {
    let beside = env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join(PORTABLE)))
        .filter(|folder| folder.is_dir());
    let names = AppStrategyArgs {
        top_level_domain: "no".to_owned(),
        author: "stemme".to_owned(),
        app_name: "stemme".to_owned(),
    };
    let system = choose_native_strategy(names).ok().map(|system| Places {
        home: system.data_dir(),
        // Preferences of macOS are a data base of its own; a file for people stands with the rest.
        config: if cfg!(target_os = "macos") {
            system.data_dir()
        } else {
            system.config_dir()
        },
    });
    Places::decide(env::var_os("STEMME_HOME").map(PathBuf::from), beside, system)
}
