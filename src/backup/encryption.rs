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
