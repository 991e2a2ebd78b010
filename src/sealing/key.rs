//! One key.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};

/// How many bytes the id of a key has, and the key.
pub(super) const ID: usize = 8;
const KEY: usize = 32;
const NONCE: usize = 24;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key([u8; KEY]);

impl Key {
    pub fn fresh() -> Self {
        Self(rand::random())
    }

    /// Reads a key of 64 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let pair = |at: usize| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..KEY).map(pair).collect();
        // A sign before a digit would be read as a number, too.
        let is_digits = digits.len() == 2 * KEY && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        bytes.filter(|_| is_digits).and_then(|bytes| bytes.try_into().ok()).map(Self)
    }

    pub fn digits(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Names the key, and tells nothing of it.
    pub fn id(&self) -> [u8; ID] {
        let mut id = [0; ID];
        let hash = Sha256::new_with_prefix(b"stillpoint key").chain_update(self.0).finalize();
        id.copy_from_slice(&hash[..ID]);
        id
    }

    pub fn seal(&self, place: &[u8], words: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::random();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: words, aad: place }).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}
