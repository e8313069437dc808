//! Bytes as hexadecimal digits, and hashes in that form.

use sha2::{Digest, Sha256};

/// Returns the bytes as small hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    text.extend(digits.flatten());
    text
}

/// Returns the bytes that exactly `2 * N` small hexadecimal digits stand for.
#[must_use]
pub fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, place) in bytes.iter_mut().zip(0..) {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Returns the SHA-256 of the bytes as 64 digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::{bytes, hex, sha256};

    #[test]
    fn digits_read_back_and_nothing_else_does() {
        assert_eq!(bytes::<3>("00ff1a"), Some([0, 0xff, 0x1a]));
        assert_eq!(hex(&[0, 0xff, 0x1a]), "00ff1a");
        for wrong in ["", "00ff", "00FF1A", "00ff1a0", "+0ff1a", "00ff1å"] {
            assert_eq!(bytes::<3>(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_hash_is_that_of_sha256sum() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
