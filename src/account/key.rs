//! The key file: what is encrypted with it can't be read by whoever has the
//! database alone, a backup of it for one.

use std::{fs, io, path::Path};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};

use super::Error;
use crate::files;

const KEY: usize = 32;
const NONCE: usize = 24;

/// Encrypts with the key of a file, which is made where there is none.
pub(super) fn seal(file: &Path, secret: &[u8]) -> Result<Vec<u8>, Error> {
    let unusable = |error: io::Error| Error::Key(error.to_string());
    let key = match read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(file).map_err(unusable)?,
        read => read.map_err(unusable)?,
    };
    let nonce: [u8; NONCE] = rand::random();
    let sealed = XChaCha20Poly1305::new(&key.into()).encrypt(&XNonce::from(nonce), secret);
    let sealed = sealed.map_err(|error| Error::Key(error.to_string()))?;
    Ok([&nonce[..], &sealed].concat())
}

/// Reads what was encrypted. `None` when the key is not there, or another one is.
pub(super) fn open(file: &Path, sealed: &[u8]) -> Option<Vec<u8>> {
    let key = read(file).inspect_err(|error| tracing::warn!(%error, "the key file can't be read")).ok()?;
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let opened = XChaCha20Poly1305::new(&key.into()).decrypt(&XNonce::from(*nonce), sealed);
    opened.inspect_err(|_| tracing::warn!("the key file belongs to another database")).ok()
}

fn read(file: &Path) -> io::Result<[u8; KEY]> {
    let text = fs::read_to_string(file)?;
    let digits = text.trim();
    let pair = |at: usize| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..KEY).map(pair).collect();
    let key = bytes.filter(|_| digits.len() == 2 * KEY).and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| io::Error::other("it isn't a key of 64 hexadecimal digits"))
}

/// Makes the file.
fn make(file: &Path) -> io::Result<[u8; KEY]> {
    let key: [u8; KEY] = rand::random();
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    files::write(file, format!("{digits}\n").as_bytes())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_sealed_is_read_with_its_key_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, other) = (folder.path().join("key"), folder.path().join("other"));
        let sealed = seal(&file, b"a secret").expect("a key is made");
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
        assert_eq!(open(&file, &sealed).as_deref(), Some(&b"a secret"[..]));
        let again = seal(&file, b"a secret").expect("the same key");
        assert_ne!(again, sealed, "nobody sees that it is the same");
        assert_eq!(open(&file, &again), open(&file, &sealed));

        assert_eq!(open(&other, &sealed), None, "no key");
        seal(&other, b"another").expect("another key is made");
        assert_eq!(open(&other, &sealed), None);
        assert_eq!(open(&file, &sealed[1..]), None);
        assert_eq!(open(&file, &[]), None);
    }

    #[test]
    fn a_file_that_holds_no_key_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        for text in ["", "abc", &"g".repeat(64), &"a".repeat(66), &"ä".repeat(32)] {
            fs::write(&file, text).expect("written");
            assert!(matches!(seal(&file, b"a secret"), Err(Error::Key(_))), "{text}");
            assert_eq!(fs::read_to_string(&file).expect("a file"), *text);
        }
    }
}
