//! Sealing bytes with `age`, in memory: to public keys, or with a passphrase.
//!
//! The result is an ordinary age file, so that any age program opens it with the same keys, without us.

use std::io::{Read, Write};
use std::iter;

use age::{DecryptError, Decryptor, Encryptor};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::store::error::KeyProblem;
use crate::store::keys::identities::Identities;
use crate::store::keys::recipients::Recipients;

/// The most stanzas a header may have, the random one that age adds for practice included. Without a limit a
/// hostile header costs seconds before it is refused.
pub const MAX_STANZAS: usize = 16;
/// The most bytes a header may have.
pub const MAX_HEADER: usize = 4096;

const INTRODUCTION: &[u8] = b"age-encryption.org/v1\n";

/// The work put into a passphrase, so that guessing costs as much: scrypt with N = 2^`log_n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyStrength {
    log_n: u8,
}

impl KeyStrength {
    /// For real keys: about a second and 128 MiB on a small laptop. Fixed, not measured on the machine, so that a
    /// slow clinic laptop can still open what a fast one wrote.
    pub const NORMAL: Self = Self { log_n: 17 };
    /// For tests and made-up evaluations: no protection at all.
    pub const NONE: Self = Self { log_n: 2 };
    /// The most that is accepted on opening: eight times [`Self::NORMAL`], 1 GiB.
    const MOST: u8 = 20;
}

/// Why an age file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// It is no age file, or one we would not look at: too many stanzas, too long a header.
    Header,
    /// None of the keys, or not this passphrase.
    Key,
    /// It was changed, cut or never finished.
    Seal,
}

/// Seals bytes to everybody in `recipients`: each of them can open it alone.
///
/// # Errors
/// [`KeyProblem::None`] for an empty list, which [`Recipients`] does not allow.
pub fn seal(plain: &[u8], recipients: &Recipients) -> Result<Vec<u8>, KeyProblem> {
    let encryptor = Encryptor::with_recipients(recipients.as_age()).map_err(|_| KeyProblem::None)?;
    write(encryptor, plain).ok_or(KeyProblem::NotAKey)
}

/// Opens what was sealed to one of `identities`.
///
/// # Errors
/// [`Shut`] says why not; nothing of the contents is given out then.
pub fn open(sealed: &[u8], identities: &Identities) -> Result<Zeroizing<Vec<u8>>, Shut> {
    read(sealed, identities.as_age())
}

/// Seals bytes with a passphrase.
///
/// # Errors
/// None that can be named: age refuses only lists of recipients.
pub fn wrap(plain: &[u8], passphrase: &SecretString, strength: KeyStrength) -> Result<Vec<u8>, KeyProblem> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(strength.log_n);
    let recipient: &dyn age::Recipient = &recipient;
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).map_err(|_| KeyProblem::None)?;
    write(encryptor, plain).ok_or(KeyProblem::NotAKey)
}

/// Opens what was sealed with a passphrase.
///
/// # Errors
/// [`Shut`] says why not.
pub fn unwrap(sealed: &[u8], passphrase: &SecretString) -> Result<Zeroizing<Vec<u8>>, Shut> {
    let mut identity = age::scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(KeyStrength::MOST);
    let identity: &dyn age::Identity = &identity;
    read(sealed, iter::once(identity))
}

/// Returns whether these bytes begin as an age file does.
#[must_use]
pub fn is_age_file(bytes: &[u8]) -> bool {
    bytes.starts_with(INTRODUCTION)
}

fn write(encryptor: Encryptor, plain: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = Vec::with_capacity(plain.len() + MAX_HEADER);
    let mut writer = encryptor.wrap_output(&mut sealed).ok()?;
    writer.write_all(plain).ok()?;
    writer.finish().ok()?;
    Some(sealed)
}

fn read<'a>(
    sealed: &[u8],
    identities: impl Iterator<Item = &'a dyn age::Identity>,
) -> Result<Zeroizing<Vec<u8>>, Shut> {
    if !has_fair_header(sealed) {
        return Err(Shut::Header);
    }
    let decryptor = Decryptor::new_buffered(sealed).map_err(|error| why(&error))?;
    let mut reader = decryptor.decrypt(identities).map_err(|error| why(&error))?;
    // Room for everything at once: a vector that grows leaves copies of the contents behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|_| Shut::Seal)?;
    Ok(plain)
}

const fn why(error: &DecryptError) -> Shut {
    match error {
        DecryptError::NoMatchingKeys
        | DecryptError::KeyDecryptionFailed
        | DecryptError::DecryptionFailed
        | DecryptError::ExcessiveWork { .. } => Shut::Key,
        DecryptError::InvalidMac => Shut::Seal,
        _ => Shut::Header,
    }
}

/// Looks at the header before age does: age parses whatever stands there, thousands of stanzas included.
fn has_fair_header(sealed: &[u8]) -> bool {
    let head = sealed.get(..sealed.len().min(MAX_HEADER)).unwrap_or_default();
    let Some(lines) = head.strip_prefix(INTRODUCTION) else {
        return false;
    };
    let mut stanzas = 0;
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"--- ") {
            return line.ends_with(b"\n");
        }
        stanzas += usize::from(line.starts_with(b"-> "));
        if stanzas > MAX_STANZAS {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod vector_tests;

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use secrecy::SecretString;

    use super::{KeyStrength, Shut, open, seal, unwrap, wrap};
    use crate::store::keys::identities::Identities;
    use crate::store::keys::recipients::{MAX_RECIPIENTS, Recipients};

    fn keys(count: usize) -> (Vec<age::x25519::Identity>, Recipients) {
        let identities: Vec<_> = (0..count).map(|_| age::x25519::Identity::generate()).collect();
        let public: Vec<String> = identities.iter().map(|key| key.to_public().to_string()).collect();
        let recipients = Recipients::new(public.iter().map(String::as_str)).unwrap();
        (identities, recipients)
    }

    #[test]
    fn each_recipient_opens_alone_and_nobody_else_does() {
        let (identities, recipients) = keys(3);
        let sealed = seal(b"hei", &recipients).unwrap();
        for identity in identities {
            let opened = open(&sealed, &Identities::one(identity)).unwrap();
            assert_eq!(*opened, b"hei");
        }
        let other = Identities::one(age::x25519::Identity::generate());
        assert_eq!(open(&sealed, &other), Err(Shut::Key));
    }

    #[test]
    fn we_never_make_a_header_that_we_would_refuse() {
        let (mut identities, recipients) = keys(MAX_RECIPIENTS);
        let last = Identities::one(identities.pop().unwrap());
        for _ in 0..50 {
            assert!(open(&seal(b"hei", &recipients).unwrap(), &last).is_ok());
        }
    }

    #[test]
    fn a_header_of_thousands_of_stanzas_is_refused_at_once() {
        let mut hostile = b"age-encryption.org/v1\n".to_vec();
        for _ in 0..4000 {
            hostile.extend(b"-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
            hostile.extend(b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        }
        hostile.extend(b"--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
        let identities = Identities::one(age::x25519::Identity::generate());
        let start = Instant::now();
        for _ in 0..100 {
            assert_eq!(open(&hostile, &identities), Err(Shut::Header));
        }
        assert!(start.elapsed().as_millis() < 100, "1 ms each");
    }

    #[test]
    fn a_passphrase_opens_what_it_wrapped() {
        let right = SecretString::from("fire korte ord her");
        let wrapped = wrap(b"hei", &right, KeyStrength::NONE).unwrap();
        assert_eq!(*unwrap(&wrapped, &right).unwrap(), b"hei");
        let wrong = SecretString::from("fire korte ord der");
        assert_eq!(unwrap(&wrapped, &wrong), Err(Shut::Key));
    }
}
