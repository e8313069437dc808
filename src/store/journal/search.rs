//! Looking behind a bad record: is it a write that was cut off, or damage in the middle?

use zeroize::Zeroizing;

use crate::store::journal::format::{
    Next, OVERHEAD, RECORD_HEAD, body_at, declared, is_our_length, is_too_short_for_a_record, next,
    our_lengths,
};
use crate::store::journal::key::JournalKey;

/// Bytes that may be checked in the search. A file that asks for more was made to; it counts as damaged, which
/// keeps it as it is.
const BUDGET: usize = 512 * 1024 * 1024;

/// What stands behind the last good record.
pub(super) enum Behind {
    /// Less than a record: a write that was cut off.
    Torn,
    /// As long as a record, but none: a write that the power cut scrambled, or a last record that went bad.
    Doubtful,
    /// Records of this journal, with their numbers.
    Records(Vec<(u64, Zeroizing<Vec<u8>>)>),
    /// Too much to look through.
    TooMuch,
}

/// Looks at everything from `place`, where a good record numbered `number` should have begun and none did.
pub(super) fn behind(bytes: &[u8], place: usize, number: u64, key: &JournalKey) -> Behind {
    let Some(rest) = bytes.get(place..) else {
        return Behind::Torn;
    };
    // Every number a record could have here: those before it (a copy), and as many after as would fit.
    let fit = rest.len() / (RECORD_HEAD + OVERHEAD) + 1;
    let numbers = number.saturating_add(u64::try_from(fit).unwrap_or(u64::MAX));
    let mut budget = BUDGET;
    let mut found = Vec::new();
    let mut at = 0;
    if let Some((plain, length)) = with_bad_head(rest, number, key) {
        found.push((number, plain));
        at = RECORD_HEAD + length;
    }
    while at < rest.len() {
        let here = rest.get(at..).unwrap_or_default();
        let Some((sum, body)) = body_at(here) else {
            at += 1;
            continue;
        };
        let Some(left) = budget.checked_sub(body.len()) else {
            return Behind::TooMuch;
        };
        budget = left;
        if crc32fast::hash(body) != sum {
            at += 1;
            continue;
        }
        // The likely numbers first.
        for candidate in (number..numbers).chain(0..number) {
            let Some(left) = budget.checked_sub(body.len()) else {
                return Behind::TooMuch;
            };
            budget = left;
            if let Some(plain) = key.decrypt(candidate, body) {
                found.push((candidate, plain));
                at += RECORD_HEAD + body.len() - 1;
                break;
            }
        }
        at += 1;
    }
    if found.is_empty() {
        tail(rest)
    } else {
        Behind::Records(found)
    }
}

/// Reads the record itself where only its length or checksum went bad. It is still damage, but nothing is lost.
fn with_bad_head(rest: &[u8], number: u64, key: &JournalKey) -> Option<(Zeroizing<Vec<u8>>, usize)> {
    our_lengths().find_map(|length| {
        let body = rest.get(RECORD_HEAD..RECORD_HEAD + length)?;
        Some((key.decrypt(number, body)?, length))
    })
}

/// Tells a cut-off write from a whole record that went bad. Lengths are powers of two and a little, so that no
/// single flipped bit makes a whole record look cut off.
fn tail(rest: &[u8]) -> Behind {
    let never_written = rest.iter().all(|byte| *byte == 0);
    let cut_off =
        declared(rest).is_some_and(|(length, _)| is_our_length(length) && rest.len() < RECORD_HEAD + length);
    if is_too_short_for_a_record(rest.len()) || never_written || cut_off {
        Behind::Torn
    } else {
        Behind::Doubtful
    }
}

/// Reads records from `place` on until one is bad. Returns them, where the good ones end, and whether that is the
/// end of the file.
pub(super) fn read_good(
    bytes: &[u8],
    mut place: usize,
    key: &JournalKey,
) -> (Vec<Zeroizing<Vec<u8>>>, usize, bool) {
    let mut records = Vec::new();
    for number in 0.. {
        match next(bytes, place) {
            Next::End => return (records, place, true),
            Next::Bad => break,
            Next::Body(body) => match key.decrypt(number, body) {
                Some(plain) => {
                    records.push(plain);
                    place += RECORD_HEAD + body.len();
                }
                None => break,
            },
        }
    }
    (records, place, false)
}
