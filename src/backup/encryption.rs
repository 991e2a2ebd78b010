//! Backups for one pair of eyes, in the format of `age` (age-encryption.org/v1): any
//! program that speaks it opens them with the secret key.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use age::{Decryptor, Encryptor, IdentityFile, x25519};

use super::error::Error;
use crate::files;

/// What every file of that format begins with.
const FIRST: &[u8] = b"age-encryption.org/";

/// True when a file is in that format, by its beginning.
pub fn is_encrypted(file: &Path) -> io::Result<bool> {
    let mut first = [0; FIRST.len()];
    match File::open(file)?.read_exact(&mut first) {
        Ok(()) => Ok(first == *FIRST),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a file that the key's owner alone can read, and has it lie on the disk.
pub fn encrypt(plain: &Path, to: &Path, recipient: &x25519::Recipient) -> io::Result<()> {
    let encryptor = Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient));
    let encryptor = encryptor.map_err(io::Error::other)?;
    let mut encrypted = encryptor.wrap_output(files::make(to)?)?;
    io::copy(&mut File::open(plain)?, &mut encrypted)?;
    let mut file = encrypted.finish()?;
    file.flush()?;
    file.sync_all()
}

/// Writes what an encrypted file holds.
///
/// # Errors
/// [`Error::NoKey`] and [`Error::WrongKey`] about the file with the secret key; a file
/// that was cut off or changed is unreadable.
pub fn decrypt(encrypted: &Path, to: &Path, key: &Path) -> Result<(), Error> {
    let text = BufReader::new(File::open(key).map_err(Error::unreadable(key))?);
    let identities = IdentityFile::from_buffer(text)
        .and_then(|file| file.into_identities().map_err(io::Error::other))
        .map_err(|_| Error::NoKey(key.to_owned()))?;
    if identities.is_empty() {
        return Err(Error::NoKey(key.to_owned()));
    }
    let source = BufReader::new(File::open(encrypted).map_err(Error::unreadable(encrypted))?);
    let wrong = |error: age::DecryptError| match error {
        age::DecryptError::NoMatchingKeys => Error::WrongKey(key.to_owned(), encrypted.to_owned()),
        error => Error::Unreadable(encrypted.to_owned(), io::Error::other(error)),
    };
    let decryptor = Decryptor::new_buffered(source).map_err(wrong)?;
    let mut plain = decryptor
        .decrypt(identities.iter().map(|identity| &**identity as &dyn age::Identity))
        .map_err(wrong)?;
    let mut file = files::make(to).map_err(Error::unwritable(to))?;
    io::copy(&mut plain, &mut file).map_err(Error::unreadable(encrypted))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use age::secrecy::ExposeSecret;
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_file_comes_out_as_it_went_in_and_never_changed_or_cut_off(
            plain in vec(any::<u8>(), 0..70_000), at in any::<prop::sample::Index>(), is_cut: bool,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = |name: &str| folder.path().join(name);
            let identity = x25519::Identity::generate();
            fs::write(path("key"), identity.to_string().expose_secret()).expect("a key");
            fs::write(path("plain"), &plain).expect("a file");
            encrypt(&path("plain"), &path("encrypted"), &identity.to_public()).expect("encrypted");
            prop_assert!(is_encrypted(&path("encrypted")).expect("a file"));
            decrypt(&path("encrypted"), &path("back"), &path("key")).expect("decrypted");
            prop_assert_eq!(fs::read(path("back")).expect("a file"), plain);

            let mut damaged = fs::read(path("encrypted")).expect("a file");
            let at = at.index(damaged.len());
            if is_cut {
                damaged.truncate(at);
            } else {
                damaged[at] ^= 1;
            }
            fs::write(path("damaged"), damaged).expect("a file");
            prop_assert!(decrypt(&path("damaged"), &path("none"), &path("key")).is_err());
        }

        #[test]
        fn whatever_is_given_as_a_key_is_one_or_none(text in prop_oneof![
            vec(any::<u8>(), 0..80),
            any_text(&["AGE-SECRET-KEY-1", "age1", "Q", "\n", "#", " ", "-----BEGIN"]).prop_map(String::into_bytes),
        ]) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = |name: &str| folder.path().join(name);
            fs::write(path("key"), &text).expect("a key");
            fs::write(path("encrypted"), &text).expect("a file");
            prop_assert!(decrypt(&path("encrypted"), &path("plain"), &path("key")).is_err());
            let _ = is_encrypted(&path("encrypted")).expect("a file");
            let _ = String::from_utf8_lossy(&text).parse::<x25519::Recipient>();
        }
    }
}
