//! Commands as a field takes them.

use super::command::Command;
use super::field::Field;
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
        Command::Undo => {
            if !field.undo() {
                return Some(Reaction::Say(s.texts.refusal.nothing_to_undo.clone()));
            }
            Ok(())
        }
        Command::Redo => {
            if !field.redo() {
                return Some(Reaction::Say(s.texts.refusal.nothing_to_undo.clone()));
            }
            Ok(())
        }
        _ => return None,
    };
    Some(match written {
        Ok(()) => Reaction::Changed,
        Err(_) => Reaction::Say(s.texts.refusal.too_long.clone()),
    })
}

/// Lets a field take a pasted text.
pub fn paste(field: &mut Field, text: &str, s: &Situation) -> Reaction {
    match field.paste(text) {
        Ok(()) => Reaction::Changed,
        Err(_) => Reaction::Say(s.texts.refusal.too_long.clone()),
    }
}
