//! Making one backup, beside a server that goes on writing.

use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::Path,
};

use age::x25519::Recipient;

use super::{encryption, error::Error};
use crate::{
    domain::time::Instant,
    files::{self, folder_of, part_of},
    store::snapshot::{self, Contents, Unfit},
};

/// What every SQLite file begins with: <https://sqlite.org/fileformat.html>, 1.3.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Copies the database into a file, encrypted where there is a key for it. The file has its
/// name once the copy was opened again and read through, and lies on the disk. Another
/// backup of that name is replaced then, and not before.
///
/// # Errors
/// A sentence each; the file is as it was, and nothing is left beside it.
pub async fn make(
    database: &Path,
    file: &Path,
    recipient: Option<&Recipient>,
    now: Instant,
) -> Result<Contents, Error> {
    is_free(database, file)?;
    let part = part_of(file);
    let clear = |file: &Path| {
        [file, &snapshot::journal_of_copy(file)]
            .into_iter()
            .try_for_each(|file| files::clear(file).map_err(Error::unwritable(file)))
    };
    clear(&part)?;
    // Others may see the backup's folder; the plain copy stays with the database.
    let plain = recipient.map_or_else(|| part.clone(), |_| part_of(database));
    clear(&plain)?;
    let made = copy(database, &plain, &part, recipient, now).await;
    let put = made.and_then(|contents| {
        files::put(&part, file).map_err(Error::unwritable(file))?;
        Ok(contents)
    });
    if put.is_err() || plain != part {
        clear(&plain)?;
    }
    if put.is_err() {
        clear(&part)?;
    }
    put
}

async fn copy(
    database: &Path,
    plain: &Path,
    part: &Path,
    recipient: Option<&Recipient>,
    now: Instant,
) -> Result<Contents, Error> {
    let contents = snapshot::copy(database, plain, now).await.map_err(Error::NotMade)?;
    let Some(recipient) = recipient else { return Ok(contents) };
    let (from, to, recipient) = (plain.to_owned(), part.to_owned(), recipient.clone());
    let encrypted = tokio::task::spawn_blocking(move || encryption::encrypt(&from, &to, &recipient)).await;
    encrypted.map_err(io::Error::other).flatten().map_err(Error::unwritable(part))?;
    let size = fs::metadata(part).map_err(Error::unwritable(part))?.len();
    Ok(Contents { size, ..contents })
}

/// Insists that a file may be written: what is there already is a backup, and not the database.
fn is_free(database: &Path, file: &Path) -> Result<(), Error> {
    if !fs::metadata(database).is_ok_and(|database| database.is_file()) {
        let missing = io::Error::from(io::ErrorKind::NotFound);
        return Err(Error::NotMade(Unfit::from(missing)));
    }
    let folder = folder_of(file);
    fs::metadata(folder).map_err(Error::unwritable(folder))?;
    let Ok(there) = fs::metadata(file) else { return Ok(()) };
    let served = fs::metadata(database).map_err(Error::unreadable(database))?;
    if (there.dev(), there.ino()) == (served.dev(), served.ino()) {
        return Err(Error::Database(file.to_owned()));
    }
    match begins_as_a_backup(file).map_err(Error::unreadable(file))? {
        true => Ok(()),
        false => Err(Error::InTheWay(file.to_owned())),
    }
}

fn begins_as_a_backup(file: &Path) -> io::Result<bool> {
    if fs::metadata(file)?.is_dir() {
        return Ok(false);
    }
    let mut first = Vec::new();
    File::open(file)?.take(SQLITE.len() as u64).read_to_end(&mut first)?;
    Ok(first.is_empty() || first == SQLITE || encryption::is_encrypted(file)?)
}
