//! Making a new evaluation: the steps go to the founder, and the desk it makes takes the place of this one.

use crate::domain::founding::Field;
use crate::domain::language::Language;
use crate::fieldwork::founding::{Founder, NotMade};
use crate::texts::fill;
use crate::tui::command::Message;
use crate::tui::coordinator::{self, Door};
use crate::tui::founding::{Ask, Facts, Heard};

use super::Work;

impl Work {
    /// Takes a step. `round` is what the round of this half year is called.
    pub(super) fn found(&mut self, ask: Ask, round: &str) -> Option<Message> {
        let founder = self.founder.as_mut()?;
        let heard = match ask {
            Ask::Begin(given) => Heard::Begun {
                unfinished: founder.has_unfinished(),
                given,
            },
            Ask::Resume(given) => {
                founder.resume(round);
                begin(founder, given, round)
            }
            Ask::Anew(given) => {
                // What cannot be removed is written over by the first answer.
                let _ = founder.forget();
                begin(founder, given, round)
            }
            Ask::Take(field, text) => {
                let taken = founder.take(field, &text, round);
                Heard::Taken(taken, Box::new(facts(founder, round)))
            }
            Ask::Note(field, text) => {
                founder.note(field, &text);
                return None;
            }
            Ask::Leave(typed) => {
                if let Some((field, text)) = typed {
                    founder.note(field, &text);
                }
                return Some(Message::AtDesk(Box::new(self.desk_facts())));
            }
            Ask::Keys(passphrase) => {
                let made = founder.make_keys(&passphrase);
                Heard::Keys(made.map(|()| founder.recovery()).unwrap_or_default())
            }
            Ask::Write(path, about) => {
                let title = founder.wanted().text(Field::Title);
                let about = fill(&about, &[("title", &title)]);
                let written = founder.write_recovery(&path, &about);
                Heard::Written(written.map_err(|error| NotMade::from(&error)))
            }
            Ask::TypedBack(typed) => Heard::TypedBack(founder.is_typed_back(&typed)),
            Ask::Make(said) => match founder.make(&said) {
                Ok(folder) => {
                    if let Ok(workplace) = founder.open(&folder) {
                        self.desk = Box::new(workplace);
                        self.founder = None;
                        if let Some((door, office)) = &mut self.office {
                            *door = Door::Passphrase;
                            // It says nothing to that.
                            let _ = office(coordinator::Ask::Turn(folder.clone()), Language::Bokmal);
                        }
                    }
                    Heard::Made(Ok(folder))
                }
                Err(error) => Heard::Made(Err(NotMade::from(&error))),
            },
        };
        Some(Message::Founding(Box::new(heard)))
    }
}

fn begin(founder: &mut Founder, given: Vec<(Field, String)>, round: &str) -> Heard {
    for (field, text) in given {
        // What does not fit stays typed, to be corrected when it is asked.
        let _ = founder.take(field, &text, round);
    }
    Heard::Asking(Box::new(facts(founder, round)))
}

fn facts(founder: &Founder, round: &str) -> Facts {
    let typed = |field: Field| Some((field, founder.typed(field)?.to_owned()));
    Facts {
        wanted: founder.wanted().clone(),
        typed: Field::ALL.into_iter().filter_map(typed).collect(),
        usual: Field::ALL
            .into_iter()
            .map(|field| (field, founder.usual(field, round)))
            .collect(),
        at: founder.at(),
        surveys: founder.shipped().to_vec(),
    }
}
