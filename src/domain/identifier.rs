//! What in a text looks as if somebody could be recognised by it: names, numbers, addresses, dates, schools, places.
//!
//! Only a suggestion, made from small lists and simple signs, without a network and without remembering anything.
//! It reads a text once from beginning to end: the time it takes grows with the text and not faster.

use std::ops::Range;

mod digits;
mod handles;
mod names;
mod ordinary;
mod places;
mod words;

/// What something looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person's name.
    Name,
    /// A telephone number.
    Phone,
    /// A Norwegian identity number: its check digits are right.
    IdentityNumber,
    /// Another long number: an account, a case, a card.
    LongNumber,
    /// An e-mail address.
    Email,
    /// A user name on some service.
    Account,
    /// A date with a day in it.
    Date,
    /// A school or kindergarten by name.
    School,
    /// A street and number.
    Address,
    /// A town, a part of one, a hospital.
    Place,
}

/// Something in a text that a person may be recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it looks like.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub place: Range<usize>,
}

/// Returns what looks like an identifier, in the order it stands; no two overlap.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = words::find(text);
    found.extend(digits::find(text));
    found.extend(handles::find(text));
    // Where two overlap, the longer says more.
    found.sort_by_key(|found| (found.place.start, std::cmp::Reverse(found.place.end)));
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match kept.last_mut() {
            Some(last) if next.place.start < last.place.end => {
                if next.place.len() > last.place.len() {
                    *last = next;
                }
            }
            _ => kept.push(next),
        }
    }
    kept
}

#[cfg(test)]
mod tests;
