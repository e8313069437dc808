//! The menu, which lists everything there is to do here with its key.

use crate::domain::id::Id;
use crate::domain::interview::{Interview, Position};

use super::{Content, Entry};
use crate::tui::command::{Command, Open};
use crate::tui::input::Key;
use crate::tui::keymap::Keys;
use crate::tui::situation::Situation;

pub(super) fn menu(s: &Situation) -> Content {
    let t = &s.t().menu;
    let letters = &s.t().letter;
    let letter = |letter: &str| Keys::Letter(letter.to_owned());
    let mut entries = Vec::new();
    let mut add = |keys: Keys, text: &str, command: Command| {
        entries.push(Entry::with_key(keys, text, command));
    };
    let position = s.interview.as_ref().map(Interview::position);
    let begun = s.interview.as_ref().is_some_and(Interview::has_consent);
    let asking = matches!(position, Some(Position::Question(_)));
    let resume = if position.is_some() {
        &t.back_to_interview
    } else {
        &t.back
    };
    add(Keys::One(Key::Esc), resume, Command::Close);
    // What somebody may need at once stands first: in a small window the end of the list is below what is seen.
    if position.is_some() {
        add(letter(&letters.pause), &t.pause, Command::Open(Open::Pause));
        add(
            letter(&letters.distress),
            &t.distress,
            Command::Open(Open::Distress),
        );
        add(Keys::One(Key::Ctrl('l')), &t.curtain, Command::Curtain);
    }
    if asking {
        if s.interview.as_ref().is_some_and(Interview::can_go_back) {
            add(letter(&letters.back), &t.previous, Command::Back);
        }
        add(letter(&letters.skip), &t.skip, Command::Skip);
    }
    if begun && !matches!(position, Some(Position::Finished | Position::Held)) {
        add(
            letter(&letters.overview),
            &t.overview,
            Command::Open(Open::Overview),
        );
    }
    if asking {
        add(letter(&letters.note), &t.note, Command::Open(Open::Note));
    }
    if has_probes(s) {
        add(letter(&letters.probes), &t.probes, Command::Open(Open::Probes));
    }
    if shows_card(s) {
        add(letter(&letters.card), &t.card, Command::Open(Open::Card));
    }
    if may_answer_alone(s) {
        add(letter(&letters.alone), &t.alone, Command::AnswerAlone);
    }
    if asking {
        add(letter(&letters.scribe), &t.scribe, Command::Open(Open::Scribe));
    }
    add(
        letter(&letters.settings),
        &t.settings,
        Command::Open(Open::Settings),
    );
    if position.is_none() {
        add(Keys::One(Key::Ctrl('l')), &t.curtain, Command::Curtain);
    }
    if s.preview.is_some() {
        add(letter(&letters.stop), &t.quit, Command::Leave);
    } else if begun && !matches!(position, Some(Position::Finished)) {
        add(letter(&letters.stop), &t.stop, Command::Open(Open::Stop));
    } else if position.is_some() {
        add(letter(&letters.stop), &t.leave, Command::Home);
    } else if s.coordinator.is_in {
        add(letter(&letters.back), &t.start, Command::Home);
        add(letter(&letters.stop), &t.quit, Command::Leave);
    } else if s.founding {
        add(letter(&letters.back), &s.texts.founding.leave, Command::Home);
        add(letter(&letters.stop), &t.quit, Command::Leave);
    } else {
        add(letter(&letters.stop), &t.quit, Command::Leave);
    }
    add(Keys::One(Key::Char('?')), &t.help, Command::Open(Open::Help));
    Content::new(&t.title, entries)
}

fn is_masked(interview: &Interview, question: &Id) -> bool {
    let items = interview.items_asked(question);
    items.iter().any(|item| interview.is_masked(&item.key()))
}

/// Returns whether the other person may answer the question the menu lies over alone, and has not.
fn may_answer_alone(s: &Situation) -> bool {
    let Some(interview) = s.interview.as_ref() else {
        return false;
    };
    let Some(question) = interview.current_question() else {
        return false;
    };
    let known = interview.survey().question(question);
    !is_masked(interview, question) && known.is_some_and(|question| interview.may_be_answered_alone(question))
}

/// Returns whether there is something to ask further at the question the menu lies over.
fn has_probes(s: &Situation) -> bool {
    let Some(interview) = s.interview.as_ref() else {
        return false;
    };
    let asked = interview
        .current_question()
        .and_then(|id| interview.survey().question(id));
    asked.is_some_and(|question| !question.probes.is_empty())
}

/// Returns whether the question the menu lies over can be shown to the other person.
fn shows_card(s: &Situation) -> bool {
    let Some(interview) = s.interview.as_ref().filter(|i| i.entered().is_live()) else {
        return false;
    };
    match interview.position() {
        Position::Question(question) => interview
            .survey()
            .question(question)
            .is_some_and(|asked| !interview.is_answered_alone(asked) && !is_masked(interview, question)),
        Position::ReadBack(_) => true,
        _ => false,
    }
}
