//! The journal's own key, which exists in memory only, and the records it encrypts.

use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::store::journal::format::{MAGIC, NONCE, TAG};
use crate::store::randomness::{NoRandomness, Randomness, draw};

/// Bytes of a journal's key.
pub(super) const KEY: usize = 32;

/// A journal's key K. Wiped from memory when let go: without it, and without a key it was wrapped to, the journal
/// is noise.
pub(super) struct JournalKey(XChaCha20Poly1305);

impl JournalKey {
    /// Makes a new key and returns it with its bytes, to be wrapped.
    pub(super) fn generate(
        random: &mut dyn Randomness,
    ) -> Result<(Self, Zeroizing<[u8; KEY]>), NoRandomness> {
        let bytes = Zeroizing::new(draw::<KEY>(random)?);
        Ok((Self::from_bytes(&bytes), bytes))
    }

    pub(super) fn from_bytes(bytes: &[u8; KEY]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// Returns nonce and ciphertext of record `number`; the plain text is overwritten.
    pub(super) fn encrypt(
        &self,
        number: u64,
        mut plain: Zeroizing<Vec<u8>>,
        random: &mut dyn Randomness,
    ) -> Result<Option<Vec<u8>>, NoRandomness> {
        let nonce = draw::<NONCE>(random)?;
        let associated = associated(number);
        let tag = self
            .0
            .encrypt_in_place_detached(XNonce::from_slice(&nonce), &associated, &mut plain);
        let Ok(tag) = tag else {
            return Ok(None);
        };
        let mut body = Vec::with_capacity(NONCE + plain.len() + TAG);
        body.extend_from_slice(&nonce);
        body.extend_from_slice(&plain);
        body.extend_from_slice(&tag);
        Ok(Some(body))
    }

    /// Returns the plain text of record `number`, if this is that record and nothing of it was changed.
    pub(super) fn decrypt(&self, number: u64, body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = body.split_at_checked(NONCE)?;
        let (ciphertext, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
        let mut plain = Zeroizing::new(ciphertext.to_vec());
        let decrypted = self.0.decrypt_in_place_detached(
            XNonce::from_slice(nonce),
            &associated(number),
            &mut plain,
            tag.into(),
        );
        decrypted.is_ok().then_some(plain)
    }
}

/// Binds a record to its kind of file and its place in it: a record copied elsewhere does not open.
fn associated(number: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    let (kind, place) = bytes.split_at_mut(MAGIC.len());
    kind.copy_from_slice(&MAGIC);
    place.copy_from_slice(&number.to_le_bytes());
    bytes
}
