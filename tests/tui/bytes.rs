//! What is sent to the terminal: how much, in how many writes, and nothing that a survey or a person put there.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use proptest::prelude::{Strategy, any, prop_assert, prop_oneof, proptest};
use proptest::test_runner::Config;
use ratatui::layout::Rect;
use stemme::domain::clean_text::CleanText;
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::domain::survey::Survey;
use stemme::tui::Look;
use stemme::tui::canvas::Canvas;
use stemme::tui::input::Input;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, id, survey};

/// Bytes sent, write by write.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<Vec<Vec<u8>>>>);

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Window {
    screens: Screens,
    canvas: Canvas<Sent>,
    sent: Sent,
    area: Rect,
}

impl Window {
    fn new(screens: Screens, (width, height): (u16, u16)) -> Self {
        let sent = Sent::default();
        Self {
            screens,
            canvas: Canvas::new(sent.clone()),
            sent,
            area: Rect::new(0, 0, width, height),
        }
    }

    fn at(question: &str) -> Self {
        let mut screens = Screens::new(Language::Bokmal, (80, 24));
        screens.interview().go_to(question);
        let mut window = Self::new(screens, (80, 24));
        window.draw();
        window
    }

    /// Draws, and returns the writes this took.
    fn draw(&mut self) -> Vec<Vec<u8>> {
        self.sent.0.lock().unwrap().clear();
        self.canvas.draw(&self.screens.app, self.area).unwrap();
        self.sent.0.lock().unwrap().clone()
    }

    /// Presses keys and returns how many bytes the frame after them takes.
    fn bytes(&mut self, keys: &str) -> usize {
        self.screens.keys(keys);
        let writes = self.draw();
        assert!(writes.len() <= 1, "{} writes", writes.len());
        writes.concat().len()
    }
}

const QUESTIONS: &[&str] = &[
    "alvor",
    "bestemte",
    "hjalp",
    "trygg",
    "viktig",
    "pastander",
    "par",
    "dager",
    "start",
    "ett_ord",
    "annerledes",
    "trodd",
];

#[test]
fn a_cursor_that_moves_takes_few_bytes() {
    let mut most = Vec::new();
    for (question, keys) in [
        ("alvor", "Down"),
        ("bestemte", "Down"),
        ("viktig", "Down"),
        ("trygg", "V"),
        ("pastander", "Down"),
    ] {
        let mut window = Window::at(question);
        most.push((window.bytes(keys), question, keys));
    }
    let mut text = Window::at("annerledes");
    text.screens.text("Fortalt historien fire ganger");
    text.draw();
    // The first Tab also changes what the hints say.
    text.bytes("Tab");
    most.push((text.bytes("Tab"), "annerledes", "Tab"));
    text.bytes("Up");
    for keys in ["Left", "Home", "x", "Bs"] {
        most.push((text.bytes(keys), "annerledes", keys));
    }
    let mut menu = Window::at("alvor");
    menu.bytes("Esc");
    most.push((menu.bytes("Down"), "menu", "Down"));
    let too_many: Vec<_> = most.iter().filter(|(bytes, ..)| *bytes > 250).collect();
    assert!(too_many.is_empty(), "{too_many:?} of {most:?}");
}

/// A section of sixty questions: the list of all of them scrolls.
fn sixty() -> Survey {
    let mut parts = survey().parts().clone();
    let pattern = parts.sections[0].questions[0].clone();
    let section = &mut parts.sections[0].questions;
    for number in section.len()..60 {
        let mut next = pattern.clone();
        next.id = id(&format!("q{number}"));
        section.push(next);
    }
    Survey::new(parts).unwrap()
}

/// Goes down a list and up again, and returns how many bytes each step took.
fn there_and_back(window: &mut Window, steps: usize) -> Vec<usize> {
    let keys = std::iter::repeat_n("Down", steps).chain(std::iter::repeat_n("Up", steps));
    keys.map(|key| window.bytes(key)).collect()
}

#[test]
fn every_step_in_a_list_takes_few_bytes() {
    for language in Language::ALL {
        let letters = Screens::new(language, (80, 24))
            .app
            .situation()
            .t()
            .letter
            .clone();
        let desk = SampleDesk::new(sixty());
        let mut screens = Screens::at(desk, language, (80, 24), Look::default());
        screens.interview();
        // Every third has an answer, which is written beside it.
        for number in (10..60).step_by(3) {
            screens.go_to(&format!("q{number}")).keys("4");
        }
        let mut window = Window::new(screens, (80, 24));
        window.draw();
        let mut open = |keys: &str, steps: usize| {
            for key in keys.split_whitespace() {
                window.bytes(key);
            }
            let taken = there_and_back(&mut window, steps);
            window.bytes("Esc");
            window.bytes("Esc");
            let most = taken.iter().max().copied().unwrap_or(0);
            assert!(most <= 250, "{language:?}, {keys}: {most} in {taken:?}");
        };
        open(&letters.overview, 75);
        open("?", 30);
        open(&format!("Esc {}", letters.settings), 12);
        open("Esc", 14);
    }
}

/// Also where the next row is asked about quoting, and where a section begins.
#[test]
fn every_step_in_the_read_back_takes_few_bytes() {
    for language in Language::ALL {
        let letters = Screens::new(language, (80, 24))
            .app
            .situation()
            .t()
            .letter
            .clone();
        let desk = SampleDesk::new(sixty());
        let mut screens = Screens::at(desk, language, (80, 24), Look::default());
        screens.interview();
        for number in (10..60).step_by(3) {
            screens.go_to(&format!("q{number}")).keys("4");
        }
        screens
            .go_to("annerledes")
            .text("Fortalt historien fire ganger til fire folk");
        screens.keys(&format!("Esc {} 3 2 Enter", letters.pause));
        let mut window = Window::new(screens, (80, 24));
        window.draw();
        let taken = there_and_back(&mut window, 90);
        let most = taken.iter().max().copied().unwrap_or(0);
        assert!(most <= 250, "{language:?}: {most} in {taken:?}");
        let approved: Vec<usize> = (0..60).map(|_| window.bytes("Enter")).collect();
        let most = approved.iter().max().copied().unwrap_or(0);
        assert!(most <= 250, "{language:?}, read: {most} in {approved:?}");
    }
}

#[test]
fn every_step_in_a_long_list_of_choices_takes_few_bytes() {
    let mut window = Window::at("hjalp");
    let taken = there_and_back(&mut window, 14);
    assert!(taken.iter().all(|bytes| *bytes <= 250), "{taken:?}");
    let desk = SampleDesk {
        sites: crate::long_lists::sites(40),
        ..SampleDesk::new(survey())
    };
    let screens = Screens::at(desk, Language::Bokmal, (80, 24), Look::default());
    let mut window = Window::new(screens, (80, 24));
    window.draw();
    window.bytes("1");
    let taken = there_and_back(&mut window, 42);
    assert!(taken.iter().all(|bytes| *bytes <= 250), "{taken:?}");
}

/// Returns how many bytes the whole screen takes, and then the longest frame of a step down and up again, also between
/// a field and its buttons, where the hints change with the keys.
fn drawn_and_moved(screens: &mut Screens) -> (usize, Vec<u8>) {
    let sent = Sent::default();
    let mut canvas = Canvas::new(sent.clone());
    let mut draw = |screens: &Screens| {
        sent.0.lock().unwrap().clear();
        canvas.draw(&screens.app, Rect::new(0, 0, 80, 24)).unwrap();
        sent.0.lock().unwrap().concat()
    };
    let whole = draw(screens).len();
    screens.keys("Down");
    let mut longest = draw(screens);
    // On the last row there is nothing below; the focus ends where it was.
    let keys = if longest.is_empty() {
        ["Up", "Down"]
    } else {
        ["Up", ""]
    };
    for key in keys {
        screens.keys(key);
        let frame = draw(screens);
        if frame.len() > longest.len() {
            longest = frame;
        }
    }
    (whole, longest)
}

#[test]
fn on_every_screen_a_step_takes_few_bytes_and_the_whole_two_thousand() {
    let mut too_many = Vec::new();
    for language in Language::ALL {
        let (mut wholes, mut steps) = (Vec::new(), Vec::new());
        crate::walk::everywhere(language, (80, 24), &mut |name, screens| {
            let (whole, step) = drawn_and_moved(screens);
            wholes.push((whole, name.to_owned()));
            steps.push((step, name.to_owned()));
        });
        wholes.retain(|(bytes, _)| *bytes > 2048);
        assert!(wholes.is_empty(), "{language:?}: {wholes:?}");
        steps.retain(|(frame, _)| frame.len() > 250);
        too_many.extend(steps.into_iter().map(|(frame, name)| {
            let shown = String::from_utf8_lossy(&frame).into_owned();
            (language, name, frame.len(), shown)
        }));
    }
    assert!(too_many.is_empty(), "{too_many:#?}");
}

#[test]
fn a_frame_is_one_write_and_nothing_is_sent_when_nothing_changed() {
    let mut window = Window::at("alvor");
    window.screens.keys("4");
    let writes = window.draw();
    assert_eq!(writes.len(), 1);
    assert!(window.draw().is_empty());
    window.screens.keys("4");
    assert!(window.draw().is_empty(), "the same answer again");
    window.screens.keys("Left Right Bs 4 Ctrl");
    window.draw();
    window.screens.wait(std::time::Duration::from_secs(5));
    assert!(window.draw().is_empty());
}

#[test]
fn a_large_frame_stands_between_the_marks_of_a_synchronized_update_and_a_small_one_needs_none() {
    let mut window = Window::at("alvor");
    window.screens.keys("PgDn");
    let large = window.draw().concat();
    assert!(large.starts_with(b"\x1b[?2026h") && large.ends_with(b"\x1b[?2026l"));
    window.screens.keys("Down");
    let small = window.draw().concat();
    assert!(!small.windows(5).any(|bytes| bytes == b"?2026"));
}

#[test]
fn another_size_is_drawn_whole() {
    let mut window = Window::at("alvor");
    window.screens.resize(60, 16);
    window.area = Rect::new(0, 0, 60, 16);
    let frame = window.draw().concat();
    assert!(frame.windows(4).any(|bytes| bytes == b"\x1b[2J"));
}

/// Returns a frame without the line feeds that scroll a region: they stand between a move to its edge and its end, and
/// nowhere else.
fn without_scrolls(frame: &str) -> String {
    let mut pieces: Vec<&str> = frame.split("\x1b[r").collect();
    let after = pieces.pop().unwrap_or_default();
    let scrolls = pieces.into_iter().map(|piece| {
        let steps = |step: &str| {
            let before = piece.trim_end_matches(step);
            (before.ends_with('H') && before.len() < piece.len()).then_some(before)
        };
        steps("\n").or_else(|| steps("\x1bM")).unwrap_or(piece)
    });
    scrolls.chain([after]).collect()
}

/// Returns the first thing in what is sent that is neither text nor one of the sequences a frame is made of.
fn strange(bytes: &[u8]) -> Option<String> {
    let text = without_scrolls(std::str::from_utf8(bytes).ok()?);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c == '\u{1b}' {
            let sequence: String = {
                let mut taken = String::new();
                for c in characters.by_ref() {
                    taken.push(c);
                    if c.is_ascii_alphabetic() {
                        break;
                    }
                }
                taken
            };
            let inner = sequence
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(['H', 'C', 'm', 'h', 'l', 'J', 'K', 'r']));
            let known = inner.is_some_and(|inner| {
                inner
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, ';' | '?'))
            });
            if !known {
                return Some(format!("ESC {sequence:?}"));
            }
        } else if c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        {
            return Some(format!("{c:?}"));
        }
    }
    None
}

#[test]
fn a_line_feed_is_known_at_the_edge_of_a_region_only() {
    assert_eq!(strange(b"\x1b[3;10r\x1b[10H\n\n\x1b[r\x1b[1Ha"), None);
    assert_eq!(strange(b"\x1b[3;10r\x1b[3H\x1bM\x1b[r"), None);
    for other in ["a\n", "\n\x1b[r", "\x1b[10Ha\n\x1b[r", "\x1bM", "\x1b[1S"] {
        assert!(strange(other.as_bytes()).is_some(), "{other:?}");
    }
}

/// Strings of control characters, sequences, directions and invisible characters.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        (0_u32..0xa0).prop_map(|c| char::from_u32(c).unwrap().to_string()),
        (0x200b_u32..0x2070).prop_map(|c| char::from_u32(c).unwrap().to_string()),
        proptest::sample::select(vec![
            "\u{1b}[2J",
            "\u{1b}]52;c;aGVp\u{7}",
            "\u{1b}]0;x\u{1b}\\",
            "\u{9b}31m",
            "\u{1b}[8m",
            "\u{90}q\u{9c}",
            "\u{feff}",
            "\u{ad}",
            "\u{e0041}",
            "\r\n",
            "\t",
            "日本",
            "å",
            "e\u{301}",
            "👩\u{200d}👧",
            "\u{1b}c",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        "[a-zæøå ]{1,6}",
    ];
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

fn hostile_survey(strings: &[String]) -> Survey {
    let mut next = strings.iter().cycle();
    let mut say = || {
        let text = next.next().map_or("", String::as_str);
        Localized::new(Language::Bokmal, CleanText::block(text))
    };
    let mut parts = survey().parts().clone();
    parts.title = say();
    for section in &mut parts.sections {
        section.title = say();
        section.intro = Some(say());
        for question in &mut section.questions {
            question.text = say();
            question.help = Some(say());
            question.interviewer_note = Some(say());
            question.probes = vec![say(), say()];
        }
    }
    Survey::new(parts).unwrap()
}

proptest! {
    // Each case draws about 250 strings in every widget: some 16,000 in all.
    #![proptest_config(Config { cases: 64, ..Config::default() })]

    #[test]
    fn nothing_but_the_programs_own_sequences_is_ever_sent(strings in proptest::collection::vec(hostile(), 250)) {
        let screens = Screens::at(
            SampleDesk::new(hostile_survey(&strings)),
            Language::Bokmal,
            (80, 24),
            Look::default(),
        );
        let mut window = Window::new(screens, (80, 24));
        let mut sent = window.draw();
        window.screens.begin("New");
        let mut texts = strings.iter().cycle();
        for question in QUESTIONS {
            window.screens.go_to(question);
            sent.extend(window.draw());
            for text in texts.by_ref().take(4) {
                window.screens.input(Input::Paste(text.clone()));
                window.screens.text(text);
                sent.extend(window.draw());
            }
        }
        for keys in ["Esc O", "Esc Esc N", "Esc Esc P", "Esc D", "Esc F1"] {
            window.screens.keys(keys);
            for text in texts.by_ref().take(4) {
                window.screens.text(text);
                window.screens.input(Input::Paste(text.clone()));
            }
            sent.extend(window.draw());
        }
        for frame in sent {
            let found = strange(&frame);
            prop_assert!(found.is_none(), "{found:?}");
        }
    }
}
