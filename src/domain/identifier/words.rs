//! Names, schools, streets and places: words that are on a list, or stand as such words stand.

use std::ops::Range;

use super::names::{NAMES, NAMES_AND_WORDS};
use super::ordinary::ORDINARY;
use super::places::{PLACES, PLACES_AND_WORDS};
use super::{Found, Kind};

/// A word and how it stands.
struct Word<'t> {
    text: &'t str,
    lower: String,
    place: Range<usize>,
    /// Whether a sentence, a line or a quotation begins with it: then a capital means nothing.
    begins: bool,
    capital: bool,
    /// Whether it is capitals only: BUP, NAV, ADHD.
    shouted: bool,
    /// Whether only a space stands between it and the word before.
    joined: bool,
}

/// How a word by itself looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// On a list of names.
    Name,
    /// On a list of places.
    Place,
    /// Capitalised inside a sentence, and on no list.
    Proper,
    Ordinary,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        match read(text, rest, before) {
            Some((kind, taken, place)) => {
                found.push(Found { kind, place });
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads what begins with the first of these words: its kind, how many words it takes and where it stands.
fn read(text: &str, words: &[Word<'_>], before: Option<&Word<'_>>) -> Option<(Kind, usize, Range<usize>)> {
    let first = words.first()?;
    let upto = |taken: usize| {
        let end = words.get(taken.checked_sub(1)?)?.place.end;
        Some(first.place.start..end)
    };
    if let Some(place) = street(text, first) {
        return Some((Kind::Address, 1, place));
    }
    if let Some(taken) = school(words) {
        return Some((Kind::School, taken, upto(taken)?));
    }
    let looks = looks(first);
    match looks {
        Looks::Ordinary => None,
        Looks::Place => Some((Kind::Place, 1, upto(1)?)),
        Looks::Name | Looks::Proper => {
            // First name and surname are one.
            let more = words
                .iter()
                .skip(1)
                .take(3)
                .take_while(|word| word.joined && !word.begins && may_be_surname(word))
                .count();
            let taken = more + 1;
            let preposition =
                before.is_some_and(|before| first.joined && IN.contains(&before.lower.as_str()));
            let kind = if looks == Looks::Proper && (preposition || ends_as_a_place(&first.lower)) {
                Kind::Place
            } else {
                Kind::Name
            };
            Some((kind, taken, upto(taken)?))
        }
    }
}

fn may_be_surname(word: &Word<'_>) -> bool {
    matches!(looks(word), Looks::Name | Looks::Proper)
}

fn looks(word: &Word<'_>) -> Looks {
    if on(NAMES, &word.lower) && !(word.shouted && word.text.chars().count() < 4) {
        return Looks::Name;
    }
    if on(PLACES, &word.lower) && !word.shouted {
        return Looks::Place;
    }
    // At the beginning of a sentence a capital says nothing.
    if !word.capital || word.begins || word.shouted {
        return Looks::Ordinary;
    }
    if on(NAMES_AND_WORDS, &word.lower) {
        return Looks::Name;
    }
    if on(PLACES_AND_WORDS, &word.lower) {
        return Looks::Place;
    }
    let plain = word
        .text
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    let inner_capital = word.text.chars().skip(1).any(char::is_uppercase) && !word.text.contains('-');
    let long = word.text.chars().count() > 1;
    let first_part = word.text.split('-').next().unwrap_or_default();
    let abbreviation = first_part.chars().nth(1).is_some() && !first_part.chars().any(char::is_lowercase);
    if plain && long && !inner_capital && !abbreviation && !is_ordinary(&word.lower) {
        Looks::Proper
    } else {
        Looks::Ordinary
    }
}

fn is_ordinary(lower: &str) -> bool {
    let beginning = lower.split(['-', '\'', '’']).next().unwrap_or(lower);
    on(ORDINARY, lower)
        || on(ORDINARY, beginning)
        || INSTITUTIONS.iter().any(|end| lower.ends_with(end))
        || lower.strip_suffix('s').is_some_and(|lower| on(ORDINARY, lower))
}

/// Whether a word, or the word it is the genitive of, is on a list.
fn on(list: &[&str], lower: &str) -> bool {
    let is = |word: &str| list.binary_search(&word).is_ok();
    is(lower)
        || lower
            .strip_suffix("'s")
            .or_else(|| lower.strip_suffix("’s"))
            .or_else(|| lower.strip_suffix('s').filter(|rest| rest.chars().count() > 3))
            .is_some_and(is)
}

/// What a place is in.
const IN: &[&str] = &["i", "in", "på", "ved", "near", "utenfor", "utanfor"];

/// Ends of words for what everybody has: no one is known by it.
const INSTITUTIONS: &[&str] = &[
    "tjenesten",
    "tenesta",
    "tjeneste",
    "teneste",
    "direktoratet",
    "departementet",
    "sykehuset",
    "sjukehuset",
    "klinikken",
    "avdelingen",
    "avdelinga",
    "kommunen",
    "foreningen",
    "ombudet",
    "loven",
    "lova",
    "telefonen",
    "telefon",
    "vakta",
];

/// Ends of place names.
const PLACE_ENDS: &[&str] = &[
    "fjord", "fjorden", "vik", "vika", "viken", "dal", "dalen", "heim", "stad", "nes", "neset", "sund",
    "sundet", "bygda", "bygd", "holmen", "øya", "øy", "åsen", "vågen", "våg", "elva", "strand", "stranda",
    "senteret", "sletta", "lia", "marka",
];

fn ends_as_a_place(lower: &str) -> bool {
    PLACE_ENDS.iter().any(|end| {
        lower
            .strip_suffix(end)
            .is_some_and(|rest| rest.chars().count() > 1)
    })
}

const SCHOOLS: &[&str] = &[
    "skole",
    "skule",
    "barneskole",
    "barneskule",
    "ungdomsskole",
    "ungdomsskule",
    "videregående",
    "vidaregåande",
    "vgs",
    "barnehage",
    "barnehage",
    "folkehøgskole",
    "folkehøgskule",
    "school",
    "kindergarten",
    "college",
    "academy",
];
const SCHOOL_LEADS: &[&str] = &[
    "primary",
    "secondary",
    "high",
    "junior",
    "senior",
    "middle",
    "upper",
    "lower",
];

/// A school by name: a name or place, or a capitalised word inside a sentence, and then a school.
fn school(words: &[Word<'_>]) -> Option<usize> {
    let first = words.first()?;
    let named = match looks(first) {
        Looks::Name | Looks::Place | Looks::Proper => true,
        Looks::Ordinary => first.capital && first.begins && ends_as_a_place(&first.lower),
    };
    let is_school = |word: &Word<'_>| word.joined && SCHOOLS.contains(&word.lower.as_str());
    // Up to two words of name and two of kind before the word itself: Nordahl Grieg videregående skole.
    let place = words
        .iter()
        .enumerate()
        .skip(1)
        .take(4)
        .take_while(|(_, word)| {
            word.joined && (word.capital || is_school(word) || SCHOOL_LEADS.contains(&word.lower.as_str()))
        })
        .filter(|(_, word)| is_school(word))
        .map(|(place, _)| place)
        .last()?;
    named.then_some(place + 1)
}

const STREETS: &[&str] = &[
    "gata", "gaten", "gate", "gt", "veien", "vegen", "vei", "veg", "allé", "alle", "alléen", "plass",
    "plassen", "svingen", "stien", "tunet", "terrasse", "torg", "torget", "bakken", "lia", "street", "road",
    "lane", "avenue",
];

/// A street and a number: Storgata 12 B, Nedre gate 3.
fn street(text: &str, word: &Word<'_>) -> Option<Range<usize>> {
    let whole = STREETS.contains(&word.lower.as_str());
    let part = word.capital && STREETS.iter().any(|end| word.lower.ends_with(end));
    if !whole && !part {
        return None;
    }
    let rest = text.get(word.place.end..)?.strip_prefix(' ')?;
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let after = rest.get(digits..)?;
    let letter = after.strip_prefix(' ').unwrap_or(after);
    let has_letter = letter.chars().next().is_some_and(|c| c.is_ascii_uppercase())
        && letter.chars().nth(1).is_none_or(|c| !c.is_alphanumeric());
    if !(1..=3).contains(&digits) || after.starts_with(char::is_alphabetic) && !has_letter {
        return None;
    }
    let mut start = word.place.start;
    if whole {
        // "gate" alone is a street when a capitalised word stands before it.
        let before = text.get(..start)?.strip_suffix(' ')?;
        let name = before.rsplit(|c: char| c.is_whitespace()).next()?;
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        start = before.len() - name.len();
    }
    let end = text.len() - after.len()
        + if has_letter {
            after.len() - letter.len() + 1
        } else {
            0
        };
    Some(start..end)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut begins = true;
    let mut characters = text.char_indices().peekable();
    let mut gap_from = 0;
    while let Some((from, c)) = characters.next() {
        if !c.is_alphabetic() {
            begins = begins_after(text, from, c, begins, words.last());
            continue;
        }
        let mut to = from + c.len_utf8();
        loop {
            let inner = characters.peek().copied().filter(|(at, c)| {
                c.is_alphanumeric()
                    || matches!(c, '-' | '\'' | '’' | '_')
                        && text
                            .get(at + c.len_utf8()..)
                            .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            });
            let Some((at, c)) = inner else {
                break;
            };
            to = at + c.len_utf8();
            characters.next();
        }
        let word = text.get(from..to).unwrap_or_default();
        words.push(Word {
            text: word,
            lower: word.to_lowercase(),
            place: from..to,
            begins,
            capital: c.is_uppercase(),
            shouted: word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase),
            joined: text
                .get(gap_from..from)
                .is_some_and(|gap| matches!(gap, " " | "\u{a0}")),
        });
        begins = false;
        gap_from = to;
    }
    words
}

/// Abbreviations whose point ends no sentence.
const SHORT: &[&str] = &[
    "dr", "eks", "ca", "kl", "nr", "mr", "mrs", "ms", "st", "bl", "osv", "dvs", "tlf", "pga", "mht", "obs",
    "prof", "vs",
];

/// Whether the next word begins something, after this character.
fn begins_after(text: &str, at: usize, c: char, begins: bool, last: Option<&Word<'_>>) -> bool {
    match c {
        '\n' | '!' | '?' | '…' | ':' | '•' | '*' => true,
        '"' | '«' | '»' | '“' | '”' | '‘' | '(' | '[' | '/' | '–' | '—' => true,
        '.' => {
            let after_word = last.filter(|last| last.place.end == at);
            after_word.is_none_or(|word| !SHORT.contains(&word.lower.as_str()))
        }
        '-' => begins || text.get(..at).is_some_and(|before| before.ends_with([' ', '\n'])),
        _ => begins,
    }
}
