//! Commands as a field takes them.

use crate::texts::fill;
use crate::texts::number::plural;

use super::command::Command;
use super::field::{Field, Full};
use super::situation::Situation;
use super::view::Reaction;

/// Lets a field take a command; `None` when it is none of a field's.
pub fn edit(field: &mut Field, command: &Command, s: &Situation) -> Option<Reaction> {
    let written = match command {
        Command::Insert(c) => field.insert(*c),
        Command::NewLine => field.new_line(),
        Command::DeleteBack => {
            field.delete_back();
            Ok(())
        }
        Command::DeleteForward => {
            field.delete_forward();
            Ok(())
        }
        Command::Move(step) => {
            field.go(*step);
            Ok(())
        }
        Command::Reach(step, reach) => {
            field.reach(*step, *reach);
            Ok(())
        }
        Command::DeleteWord { back } => {
            field.delete_word(*back);
            Ok(())
        }
        Command::Undo => {
            if !field.undo() {
                return Some(Reaction::Say(s.texts.refusal.nothing_to_undo.clone()));
            }
            Ok(())
        }
        Command::Redo => {
            if !field.redo() {
                return Some(Reaction::Say(s.texts.refusal.nothing_to_redo.clone()));
            }
            Ok(())
        }
        _ => return None,
    };
    Some(match written {
        Ok(()) => Reaction::Changed,
        Err(full) => Reaction::Say(full_words(full, s)),
    })
}

/// Lets a field take a pasted text.
pub fn paste(field: &mut Field, text: &str, s: &Situation) -> Reaction {
    match field.paste(text) {
        Ok(()) => Reaction::Changed,
        Err(full) => Reaction::Say(full_words(full, s)),
    }
}

/// What is said when there is no more room: how much of it is not there.
fn full_words(Full(left): Full, s: &Situation) -> String {
    let t = &s.t().writing;
    let words = plural(u64::try_from(left).unwrap_or(u64::MAX), &t.full_one, &t.full_more);
    fill(words, &[("count", &left.to_string())])
}
