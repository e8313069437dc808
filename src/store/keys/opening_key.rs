//! A private key for opening thousands of files.
//!
//! age's own key works out its public half anew for every file, a fifth of all that opening one costs. This one knows
//! it. It does what the format says for a stanza that is as it should be
//! (<https://c2sp.org/age#x25519-recipient-stanza>); what is anything else is left to age, so that both always say
//! the same.

use age::{DecryptError, x25519};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use age_core::primitives::{aead_decrypt, bech32_decode, hkdf};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use secrecy::ExposeSecret;
use x25519_dalek::{PublicKey, SharedSecret, StaticSecret};
use zeroize::Zeroizing;

const KIND: &str = "X25519";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";
/// A file key and its tag.
const WRAPPED: usize = FILE_KEY_BYTES + 16;

/// A private key together with its public half. Wiped from memory when let go.
#[derive(Clone)]
pub(in crate::store) struct OpeningKey {
    ours: x25519::Identity,
    known: Option<Known>,
}

/// What age's key keeps to itself.
#[derive(Clone)]
struct Known {
    secret: StaticSecret,
    public: [u8; 32],
}

impl OpeningKey {
    pub(in crate::store) fn new(ours: x25519::Identity) -> Self {
        let known = Known::of(&ours);
        Self { ours, known }
    }

    /// Returns the public half (`age1...`).
    pub(in crate::store) fn public(&self) -> String {
        self.ours.to_public().to_string()
    }
}

impl Known {
    /// Reads the key as it stands in a file, which is the only way age gives it out.
    fn of(ours: &x25519::Identity) -> Option<Self> {
        let text = ours.to_string();
        let bytes = bech32_decode(
            text.expose_secret(),
            |_| (),
            |_| Ok(()),
            |_, bytes| Ok(Zeroizing::new(bytes.collect::<Vec<u8>>())),
        );
        let bytes = Zeroizing::new(<[u8; 32]>::try_from(bytes.ok()?.as_slice()).ok()?);
        let secret = StaticSecret::from(*bytes);
        let public = PublicKey::from(&secret).to_bytes();
        Some(Self { secret, public })
    }

    /// Returns the file's key in a stanza that was made for this key.
    fn open(&self, share: [u8; 32], shared: &SharedSecret, wrapped: &[u8]) -> Option<FileKey> {
        let salt = [share, self.public].concat();
        let key = Zeroizing::new(hkdf(&salt, LABEL, shared.as_bytes()));
        let opened = Zeroizing::new(aead_decrypt(&key, FILE_KEY_BYTES, wrapped).ok()?);
        let opened = opened.first_chunk::<FILE_KEY_BYTES>()?;
        Some(FileKey::init_with_mut(|file_key| *file_key = *opened))
    }
}

impl age::Identity for OpeningKey {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let (Some(known), Some((share, wrapped))) = (&self.known, parts(stanza)) else {
            return self.ours.unwrap_stanza(stanza);
        };
        let shared = known.secret.diffie_hellman(&PublicKey::from(share));
        if !shared.was_contributory() {
            return self.ours.unwrap_stanza(stanza);
        }
        known.open(share, &shared, wrapped).map(Ok)
    }
}

/// Returns the sender's share and the wrapped key, of a stanza that has them as it should.
fn parts(stanza: &Stanza) -> Option<([u8; 32], &[u8])> {
    let [share] = stanza.args.as_slice() else {
        return None;
    };
    let mut room = [0; 33];
    let read = BASE64_STANDARD_NO_PAD.decode_slice(share, &mut room).ok()?;
    let share = *room.first_chunk::<32>()?;
    let is_whole = stanza.tag == KIND && read == share.len() && stanza.body.len() == WRAPPED;
    is_whole.then_some((share, stanza.body.as_slice()))
}

#[cfg(test)]
mod tests {
    use age::{Identity, Recipient, x25519};
    use age_core::format::{FileKey, Stanza};
    use secrecy::ExposeSecret;

    use super::OpeningKey;

    /// What a key says to a stanza: not ours, refused, or the file's key.
    fn said(key: &dyn Identity, stanza: &Stanza) -> Option<Option<[u8; 16]>> {
        let said = key.unwrap_stanza(stanza)?;
        Some(said.ok().map(|key| *key.expose_secret()))
    }

    fn copy(stanza: &Stanza) -> Stanza {
        Stanza {
            tag: stanza.tag.clone(),
            args: stanza.args.clone(),
            body: stanza.body.clone(),
        }
    }

    fn with_share(stanza: &Stanza, share: &str) -> Stanza {
        let args = vec![share.to_owned()];
        Stanza { args, ..copy(stanza) }
    }

    #[test]
    fn it_says_what_ages_own_key_says_to_any_stanza() {
        let (ours, other) = (x25519::Identity::generate(), x25519::Identity::generate());
        let key = OpeningKey::new(ours.clone());
        assert!(key.known.is_some());
        let file_key = FileKey::init_with_mut(|key| *key = [7; 16]);
        let (stanzas, _) = ours.to_public().wrap_file_key(&file_key).unwrap();
        let stanza = &stanzas[0];
        assert_eq!(said(&key, stanza), Some(Some([7; 16])));
        let share = stanza.args[0].clone();
        let mut tried = vec![
            other.to_public().wrap_file_key(&file_key).unwrap().0.remove(0),
            with_share(stanza, &"A".repeat(43)),
            with_share(stanza, &format!("AQ{}", "A".repeat(41))),
            with_share(stanza, &share.chars().skip(1).collect::<String>()),
            with_share(stanza, &format!("{share}A")),
            with_share(stanza, &format!("{share}=")),
            with_share(stanza, "å"),
        ];
        // The last of the 43 digits holds two bits that are nothing.
        let all_but_last: String = share.chars().take(42).collect();
        tried.extend(
            ['A', 'B', 'C', 'D', 'E', '/'].map(|last| with_share(stanza, &format!("{all_but_last}{last}"))),
        );
        for change in 0..6 {
            let mut changed = copy(stanza);
            match change {
                0 => changed.args.push("x".to_owned()),
                1 => changed.args.clear(),
                2 => changed.body.push(0),
                3 => changed.body.truncate(31),
                4 => changed.tag = "x25519".to_owned(),
                _ => changed.body[0] ^= 1,
            }
            tried.push(changed);
        }
        for (number, stanza) in tried.iter().enumerate() {
            assert_eq!(said(&key, stanza), said(&ours, stanza), "{number}");
        }
    }

    #[test]
    fn it_is_the_same_key() {
        let ours = x25519::Identity::generate();
        assert_eq!(
            OpeningKey::new(ours.clone()).public(),
            ours.to_public().to_string()
        );
    }
}
