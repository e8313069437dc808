//! One out of a few, by number; the words that work everywhere work here too.

use std::ops::RangeInclusive;

use zeroize::Zeroizing;

use super::linear::curtain;
use super::linear::vocabulary::{Vocabulary, Word};
use super::secret;
use super::settings::Settings;
use super::surroundings::Surroundings;
use crate::texts::fill;

/// How often a number may be mistyped.
const TRIES: usize = 5;
/// Longer lists are narrowed by a part of a name.
const LONG: usize = 9;

/// Why nothing was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// To what was asked before.
    Back,
    /// Out of the program.
    Quit,
    /// Nothing may be asked, nothing more can be read, or nothing fitted.
    Ended,
}

/// What a line comes to.
enum Understood<T> {
    /// An answer.
    Answer(T),
    /// Lines that help to find one.
    Found(Vec<String>),
    /// Nothing.
    Nothing,
}

impl<T> From<Option<T>> for Understood<T> {
    fn from(answer: Option<T>) -> Self {
        answer.map_or(Self::Nothing, Self::Answer)
    }
}

/// Lists names and asks for the number of one; returns its place. Enter alone chooses `usual`.
///
/// # Errors
/// Why nothing was chosen.
pub fn choose(
    ask: &str,
    names: &[String],
    usual: Option<usize>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<usize, Left> {
    pick(ask, names, usual, false, settings, surroundings)
}

/// As [`choose`], of names that may be many: where they are, a part of a name says again only those that have it,
/// with their numbers.
///
/// # Errors
/// Why nothing was chosen.
pub fn search(
    ask: &str,
    names: &[String],
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<usize, Left> {
    pick(ask, names, None, names.len() > LONG, settings, surroundings)
}

fn pick(
    ask: &str,
    names: &[String],
    usual: Option<usize>,
    is_long: bool,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<usize, Left> {
    let words = &settings.texts.linear;
    let mut lines = vec![ask.to_owned()];
    let numbered = |(place, name): (usize, &String)| format!("{place}. {name}");
    lines.extend((1..).zip(names).map(numbered));
    if is_long {
        lines.push(words.choose_long.clone());
    }
    if let Some(usual) = usual {
        let number = (usual + 1).to_string();
        lines.push(fill(&words.choose_usual, &[("number", &number)]));
    }
    let understand = |line: &str| {
        if let (true, Some(usual)) = (line.is_empty(), usual) {
            return Understood::Answer(usual);
        }
        if let Ok(number) = line.trim_end_matches('.').parse::<usize>() {
            return number.checked_sub(1).filter(|place| *place < names.len()).into();
        }
        let part = line.to_lowercase();
        let has_it = |(_, name): &(usize, &String)| name.to_lowercase().contains(&part);
        let found: Vec<String> = (1..).zip(names).filter(has_it).map(numbered).collect();
        if is_long && !part.is_empty() && !found.is_empty() {
            Understood::Found(found)
        } else {
            Understood::Nothing
        }
    };
    listen(&lines, &words.no_such_number, understand, settings, surroundings)
}

/// Asks for a number.
///
/// # Errors
/// Why there is none.
pub fn number(
    ask: &str,
    wrong: &str,
    range: RangeInclusive<u16>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<u16, Left> {
    let understand = |line: &str| {
        let number = line.parse().ok().filter(|number| range.contains(number));
        Understood::from(number)
    };
    listen(&[ask.to_owned()], wrong, understand, settings, surroundings)
}

/// Asks for a line, whatever it says.
///
/// # Errors
/// Why there is none; Enter alone goes back.
pub fn line(ask: &[String], settings: &Settings, surroundings: &mut Surroundings) -> Result<String, Left> {
    let understand = |line: &str| Understood::Answer(line.to_owned());
    let line = listen(ask, "", understand, settings, surroundings)?;
    if line.is_empty() {
        Err(Left::Back)
    } else {
        Ok(line)
    }
}

/// Asks for what opens a draft, without showing it. The words that work everywhere work here too: none of them is
/// long enough to be a code or a passphrase.
///
/// # Errors
/// Why there is none.
pub fn secret(
    ask: &str,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Zeroizing<String>, Left> {
    let words = &settings.texts.linear;
    let vocabulary = Vocabulary::load(settings.language()).map_err(|_| Left::Ended)?;
    loop {
        let typed = secret::ask(ask, settings, surroundings).ok_or(Left::Ended)?;
        match vocabulary.word(&typed) {
            Some(Word::Back) => return Err(Left::Back),
            Some(Word::Quit) => {
                surroundings.output.line(&words.left);
                surroundings.has_left = true;
                return Err(Left::Quit);
            }
            Some(Word::Hide) => {
                if !curtain(&settings.texts, surroundings) {
                    return Err(Left::Ended);
                }
            }
            Some(Word::Help | Word::Menu | Word::Pause) => surroundings.output.line(&words.secret_help),
            Some(Word::Repeat) => {}
            _ => return Ok(typed),
        }
    }
}

/// Says lines and listens until there is an answer that is understood.
fn listen<T>(
    lines: &[String],
    wrong: &str,
    understand: impl Fn(&str) -> Understood<T>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<T, Left> {
    if settings.no_input {
        return Err(Left::Ended);
    }
    let words = &settings.texts.linear;
    let vocabulary = Vocabulary::load(settings.language()).map_err(|_| Left::Ended)?;
    say(lines, surroundings);
    let mut tries = 0;
    while tries < TRIES {
        surroundings.output.part("> ");
        let line = surroundings.read_line().ok_or(Left::Ended)?;
        let line = line.trim();
        if !surroundings.stdin_is_terminal {
            surroundings.output.line(line);
        }
        match vocabulary.word(line) {
            Some(Word::Back) => return Err(Left::Back),
            Some(Word::Quit) => {
                surroundings.output.line(&words.left);
                surroundings.has_left = true;
                return Err(Left::Quit);
            }
            Some(Word::Hide) => {
                if !curtain(&settings.texts, surroundings) {
                    return Err(Left::Ended);
                }
                say(lines, surroundings);
            }
            Some(Word::Help | Word::Menu | Word::Pause) => {
                surroundings.output.line(&words.choose_help);
                say(lines, surroundings);
            }
            Some(Word::Repeat) => say(lines, surroundings),
            _ => match understand(line) {
                Understood::Answer(answer) => return Ok(answer),
                Understood::Found(found) => say(&found, surroundings),
                Understood::Nothing => {
                    surroundings.output.line(wrong);
                    tries += 1;
                }
            },
        }
    }
    Err(Left::Ended)
}

fn say(lines: &[String], surroundings: &mut Surroundings) {
    for line in lines {
        surroundings.output.line(line);
    }
}

#[cfg(test)]
mod tests {
    use super::{Left, choose, search};
    use crate::cli::arguments;
    use crate::cli::configuration::Configuration;
    use crate::cli::settings::Settings;
    use crate::cli::surroundings::Surroundings;
    use crate::domain::language::Language;
    use crate::texts::Texts;

    fn chosen(typed: &str, usual: Option<usize>) -> (Result<usize, Left>, String) {
        let (mut surroundings, written) = Surroundings::made_up(&[], typed);
        let texts = Texts::load(Language::Bokmal).unwrap();
        let matches = arguments::parse(&texts, &[]).unwrap();
        let settings = Settings::of(&matches, texts, Configuration::default(), &surroundings);
        let names = ["Epler".to_owned(), "Pærer".to_owned()];
        let chosen = choose("Hva vil du ha?", &names, usual, &settings, &mut surroundings);
        (chosen, written.0.text())
    }

    #[test]
    fn a_number_chooses_and_enter_takes_the_usual_one() {
        assert_eq!(chosen("2\n", None).0, Ok(1));
        assert_eq!(chosen("\n", Some(1)).0, Ok(1));
        assert_eq!(chosen("\n1\n", None).0, Ok(0));
        assert_eq!(chosen("7\nx\n", None).0, Err(Left::Ended));
    }

    #[test]
    fn a_part_of_a_name_says_again_only_what_has_it_in_a_long_list() {
        let (mut surroundings, written) = Surroundings::made_up(&[], "nord\nfinnes ikke\n4\n");
        let texts = Texts::load(Language::Bokmal).unwrap();
        let matches = arguments::parse(&texts, &[]).unwrap();
        let settings = Settings::of(&matches, texts, Configuration::default(), &surroundings);
        let names: Vec<String> = ["Nord", "Sør"]
            .iter()
            .flat_map(|side| (1..7).map(move |number| format!("{side} {number}")))
            .collect();
        let chosen = search("Hvor?", &names, &settings, &mut surroundings);
        assert_eq!(chosen, Ok(3));
        let said = written.0.text();
        assert_eq!(said.matches("4. Nord 4").count(), 2, "{said}");
        assert_eq!(said.matches("7. Sør 1").count(), 1, "{said}");
        assert!(said.contains("en del av navnet"), "{said}");
    }

    #[test]
    fn words_work_here_as_everywhere() {
        assert_eq!(chosen("tilbake\n", None).0, Err(Left::Back));
        assert_eq!(chosen("avslutt\n", None).0, Err(Left::Quit));
        let (outcome, said) = chosen("hjelp\ngjenta\n1\n", None);
        assert_eq!(outcome, Ok(0));
        assert_eq!(said.matches("1. Epler").count(), 3, "{said}");
        let (outcome, said) = chosen("skjul\n\n2\n", None);
        assert_eq!(outcome, Ok(1));
        assert!(said.contains(&"\n".repeat(60)), "{said}");
    }
}
