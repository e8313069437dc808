//! The screens with which young people hold interviews, beside the person they talk with.
//!
//! A key becomes a command by the key table of the view on the screen, the command changes the [`app::App`], which
//! may ask for an effect; only `effect` speaks to the desk and the session, and what comes back is the next message.
//! The layer knows no files: everything said goes through `fieldwork`.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event;
use jiff::civil::{Date, Time};

use crate::domain::record::Entered;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::founding::Founder;
use crate::fieldwork::session::Saved;
use crate::store::preferences::Preferences;
use crate::texts::Texts;

pub mod app;
pub mod asking;
mod buttons;
pub mod canvas;
pub mod card;
pub mod command;
pub mod coordinator;
pub mod curtain;
pub mod desk_facts;
pub mod edit;
pub mod effect;
pub mod field;
pub mod first_run;
pub mod founding;
pub mod frame;
pub mod help;
pub mod hints;
pub mod input;
pub mod keymap;
mod kim;
pub mod list;
pub mod look;
pub mod note;
pub mod overview;
pub mod page;
pub mod pin;
pub mod preview;
pub mod prompt;
pub mod readback;
pub mod reading;
pub mod results;
pub mod retention;
pub mod setting;
mod signals;
pub mod situation;
mod terminal;
pub mod theme;
pub mod trace;
pub mod trial;
pub mod view;
pub mod warning;
pub mod wrap;

pub use app::{Exit, Start};
pub use look::Look;
pub use terminal::{can_draw, window};

use app::App;
use command::{Message, Moment};
use effect::{Effect, KeepPreference, Work};
use founding::Ask;
use input::{Input, PASTE_WITHIN, read_all};
use situation::Situation;
use trace::{Watch, effect_name};

/// Everything the screens need to know before they begin.
pub struct Setup {
    /// The opened evaluation.
    pub desk: Box<dyn Desk>,
    /// The words, in the language it begins in.
    pub texts: Texts,
    /// How they look.
    pub look: Look,
    /// What the person wants, as the settings files say it.
    pub preferences: Preferences,
    /// What the evaluation decides for everybody.
    pub decided: Preferences,
    /// The time of day.
    pub clock: fn() -> Time,
    /// Today.
    pub today: Date,
    /// How to begin.
    pub start: Start,
    /// What the interviewer is called in read-aloud text; may be empty.
    pub interviewer: String,
    /// Keeps what the person wants of the program.
    pub keep: KeepPreference,
    /// What may be shown of the answers; empty where nothing is to be read here.
    pub results: results::Documents,
    /// Does what the coordinator's screens ask for, where the coordinator's key is; and what opens it.
    pub office: Option<(coordinator::Door, coordinator::Office)>,
    /// Makes a new evaluation, where one can be made.
    pub founder: Option<Founder>,
    /// The survey that is previewed, and what follows its file.
    pub preview: Option<(preview::Preview, preview::Follow)>,
    /// Takes what happens, for a log.
    pub trace: trace::Trace,
}

/// Why the screens cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal said no.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
}

/// While answers are on their way to the disk, look again this soon.
const SOON: Duration = Duration::from_millis(25);
/// Otherwise look for signals this often.
const NOW_AND_THEN: Duration = Duration::from_millis(250);

/// Shows the screens until the person leaves.
///
/// # Errors
/// [`TuiError`]; the terminal is as it was before.
pub fn run(setup: Setup) -> Result<Exit, TuiError> {
    let texts = setup.texts;
    let mut work = Work::new(setup.desk)
        .keeping(setup.keep)
        .founding(setup.founder)
        .coordinating(setup.office);
    let title = texts.interview.window_title.clone();
    let crashed = texts.interview.crashed.clone();
    let signals = signals::Signals::listen()?;
    let taken = terminal::Taken::default();
    let given = taken.clone();
    signals.insist(move || given.give_back());
    let mut screen = terminal::Screen::open(&title, setup.look, crashed, taken)?;
    let (preview, mut follow) = setup.preview.unzip();
    let mut app = App::new(Situation {
        texts,
        look: setup.look,
        preferences: setup.preferences,
        decided: setup.decided,
        interviewer: setup.interviewer,
        today: setup.today,
        desk: work.desk_facts(),
        results: setup.results,
        coordinator: coordinator::Known {
            door: work.door(),
            ..coordinator::Known::default()
        },
        interview: None,
        entered: Entered::Live,
        founding: false,
        copy_is_out: false,
        practice: false,
        preview,
        pin: None,
        saved: Saved::Nothing,
        saved_at: None,
        size: screen.size(),
    });
    let mut watch = Watch::new(setup.trace, screen.size());
    let began = Instant::now();
    let now = || Moment {
        since_start: began.elapsed(),
        time: (setup.clock)(),
    };
    let mut size = screen.size();
    app.update(Message::Input(Input::Resize(size.0, size.1)), now());
    let first = app.begin(&setup.start);
    settle(&mut app, &mut work, &mut screen, &mut watch, first, &now)?;
    loop {
        if app.take_dirty() {
            let before = Instant::now();
            screen.draw(&app)?;
            watch.drawn(&app, before.elapsed());
        }
        if let Some(exit) = app.exit() {
            watch.ends(exit.name());
            return Ok(exit);
        }
        let saving = app.situation().saved == Saved::Saving;
        let calm = if saving { SOON } else { NOW_AND_THEN };
        let wait = app
            .patience(began.elapsed())
            .map_or(calm, |patience| patience.min(calm));
        let Ok(inputs) = wait_for_input(wait) else {
            // The terminal is gone: nothing can be shown any more, everything can still be kept.
            work.run(Effect::Leave(app.last_steps()));
            watch.ends("terminal is gone");
            return Ok(Exit::Ended);
        };
        if signals.ended() {
            work.run(Effect::Leave(app.last_steps()));
            watch.ends("signal");
            return Ok(Exit::Ended);
        }
        // A window may get its size after it was asked for and before anybody listens for changes. What is drawn goes by
        // the size it has, and so must what is taken.
        let size_before = std::mem::replace(&mut size, screen.size());
        if size != size_before {
            app.update(Message::Input(Input::Resize(size.0, size.1)), now());
        }
        let mut inputs = VecDeque::from(inputs);
        while let Some(input) = inputs.pop_front() {
            watch.input(&input);
            let effect = app.update(Message::Input(input), now());
            if settle(&mut app, &mut work, &mut screen, &mut watch, effect, &now)? {
                // Typed at a screen that is gone.
                while let Ok(more) = wait_for_input(Duration::ZERO)
                    && !more.is_empty()
                {
                    inputs.extend(more);
                }
                app.typed_early(&mut inputs);
            }
        }
        let effect = app.update(Message::Tick, now());
        settle(&mut app, &mut work, &mut screen, &mut watch, effect, &now)?;
        let language = app.situation().language();
        if let Some(reread) = follow.as_mut().and_then(|follow| follow(language)) {
            let effect = app.update(Message::Reread(reread), now());
            settle(&mut app, &mut work, &mut screen, &mut watch, effect, &now)?;
        }
        let saved = work.saved();
        if saved != app.situation().saved {
            app.update(Message::Saved(saved), now());
        }
    }
}

/// Runs effects until nothing more comes of them. Returns whether somebody had to wait for one.
fn settle(
    app: &mut App,
    work: &mut Work,
    screen: &mut terminal::Screen,
    watch: &mut Watch,
    first: Option<Effect>,
    now: &dyn Fn() -> Moment,
) -> io::Result<bool> {
    let mut next = first;
    let mut waited = false;
    while let Some(effect) = next {
        // What a passphrase opens takes a second or two, and so does a new key: say so first.
        if matches!(
            effect,
            Effect::Resume { .. } | Effect::Prove(_) | Effect::Found(Ask::Make(_), _)
        ) || matches!(&effect, Effect::Coordinate(ask, _) if !matches!(ask, coordinator::Ask::Recheck(_)))
        {
            screen.draw(app)?;
            waited = true;
        }
        let (name, before) = (effect_name(&effect), Instant::now());
        let result = work.run(effect);
        watch.done(name, result.as_ref(), before.elapsed());
        next = result.and_then(|message| app.update(message, now()));
    }
    Ok(waited)
}

/// Waits for input, and takes everything that lies ready: what comes at once may be a paste.
fn wait_for_input(wait: Duration) -> io::Result<Vec<Input>> {
    terminal::wait(Duration::ZERO)?;
    // Events read earlier may still wait in the reader, where the terminal does not see them.
    if !event::poll(Duration::ZERO)? {
        let rest = terminal::wait(wait)?;
        if !event::poll(rest)? && !more_lies_ready()? {
            return Ok(Vec::new());
        }
    }
    let first = Instant::now();
    let mut events = vec![event::read()?];
    while first.elapsed() < PASTE_WITHIN && (event::poll(Duration::ZERO)? || more_lies_ready()?) {
        events.push(event::read()?);
    }
    Ok(read_all(&events, first.elapsed()))
}

/// Returns whether something lies in the terminal that the event reader did not see.
fn more_lies_ready() -> io::Result<bool> {
    Ok(terminal::rouse()? && event::poll(Duration::ZERO)?)
}
