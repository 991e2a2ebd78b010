//! The key file: one key per line, of which the first seals. Beside it, under the same name with
//! `.kept` behind it, lies every key that there was, once there was more than one: whoever puts a
//! backup back needs the one of then, and whoever puts back a key file that was missing may put it
//! over one that was made since.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Keys, key::Key};
use crate::files;

/// Where the keys are kept that have sealed something.
pub fn kept_beside(file: &Path) -> PathBuf {
    files::beside(file, ".kept")
}

/// Reads the keys, and makes one where there is none. `is_in_use`: words have been sealed
/// before, so a key file that isn't there is missing.
///
/// # Errors
/// When a key has to be made and can't be written.
pub fn read_or_make(file: &Path, is_in_use: bool) -> io::Result<Keys> {
    // What can't be read isn't ours to overwrite, here or in the file itself.
    let kept = kept(file);
    match keys_of(file) {
        Ok(keys) => Ok(Keys::of(keys, kept)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let (mut kept, fresh) = (kept?, Key::fresh());
            if is_in_use {
                write(&kept_beside(file), kept.iter().chain([&fresh]))?;
            }
            write(file, [&fresh])?;
            kept.insert(0, fresh);
            Ok(Keys { keys: kept, trouble: None })
        }
        Err(error) => {
            let mut kept = kept?;
            if kept.is_empty() {
                kept.push(Key::fresh());
                write(&kept_beside(file), &kept)?;
            }
            // The youngest seals.
            kept.reverse();
            Ok(Keys { keys: kept, trouble: Some(error.to_string()) })
        }
    }
}

/// Reads the keys where there are any, and makes none.
pub fn read(file: &Path) -> Keys {
    match none_if_missing(keys_of(file)) {
        Ok(keys) => Keys::of(keys, kept(file)),
        Err(error) => Keys { keys: kept(file).unwrap_or_default(), trouble: Some(error.to_string()) },
    }
}

/// Puts a new key first into the file, before those that are in it. All of them are kept.
pub fn add_new(file: &Path) -> io::Result<()> {
    let mut keys = none_if_missing(keys_of(file))?;
    keys.insert(0, Key::fresh());
    let mut kept = kept(file)?;
    for key in keys.iter().rev() {
        if !kept.contains(key) {
            kept.push(key.clone());
        }
    }
    // First: at no moment a key is in neither.
    write(&kept_beside(file), &kept)?;
    write(file, &keys)
}

/// Leaves the first key alone in the file.
pub fn leave_first(file: &Path) -> io::Result<()> {
    write(file, keys_of(file)?.first())
}

impl Keys {
    /// The keys of the file, and behind them those that are kept.
    fn of(keys: Vec<Key>, kept: io::Result<Vec<Key>>) -> Self {
        let trouble = kept.as_ref().err().map(ToString::to_string);
        Self { keys: keys.into_iter().chain(kept.unwrap_or_default()).collect(), trouble }
    }
}

/// The keys that are kept beside a key file.
///
/// # Errors
/// Where there is a file that holds none: it may still be mended, and must not be written over.
fn kept(file: &Path) -> io::Result<Vec<Key>> {
    let beside = kept_beside(file);
    let kept = none_if_missing(keys_of(&beside));
    kept.map_err(|error| io::Error::other(format!("{}: {error}", beside.display())))
}

fn none_if_missing(keys: io::Result<Vec<Key>>) -> io::Result<Vec<Key>> {
    match keys {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        keys => keys,
    }
}

fn keys_of(file: &Path) -> io::Result<Vec<Key>> {
    let text = fs::read_to_string(file)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Option<Vec<Key>> = lines.map(Key::parse).collect();
    keys.filter(|keys| !keys.is_empty())
        .ok_or_else(|| io::Error::other("it isn't a key of 64 hexadecimal digits"))
}

fn write<'a>(file: &Path, keys: impl IntoIterator<Item = &'a Key>) -> io::Result<()> {
    let lines: String = keys.into_iter().map(|key| format!("{}\n", key.digits())).collect();
    files::write(file, lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::sealing::Place;

    const NOTE: Place<'_> = Place { table: "clients", column: "note", row: "7" };

    fn sealed(keys: &Keys) -> Vec<u8> {
        keys.seal(NOTE, b"words").expect("sealed")
    }

    fn opens(keys: &Keys, sealed: &[u8]) -> bool {
        keys.open(NOTE, sealed).is_some()
    }

    #[test]
    fn a_key_is_made_once_and_for_its_owners_eyes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        assert!(read(&file).heads().is_empty() && !file.exists(), "a look makes none");
        let words = sealed(&read_or_make(&file, false).expect("made"));
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
        assert!(!kept_beside(&file).exists());
        assert!(opens(&read_or_make(&file, true).expect("read"), &words));
        assert!(opens(&read(&file), &words));
    }

    #[test]
    fn a_file_that_holds_no_key_is_left_as_it_is_and_another_key_seals_until_it_is_mended() {
        for text in ["", "abc", &"g".repeat(64), &"a".repeat(66), &"ä".repeat(32), &"+a".repeat(32)] {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("key");
            fs::write(&file, text).expect("written");
            let words = sealed(&read_or_make(&file, true).expect("another one is made"));
            let keys = read_or_make(&file, true).expect("the same");
            assert!(opens(&keys, &words) && keys.trouble().is_some(), "{text}");
            assert_eq!(fs::read_to_string(&file).expect("a file"), *text);
            fs::write(&file, "0".repeat(64)).expect("mended");
            let keys = read_or_make(&file, true).expect("read");
            assert!(opens(&keys, &words) && keys.trouble().is_none(), "{text}");
        }
    }

    #[test]
    fn a_lost_key_that_is_put_back_over_the_new_one_costs_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        let before = sealed(&read_or_make(&file, false).expect("made"));
        let lost = fs::read(&file).expect("a key");
        fs::remove_file(&file).expect("lost");
        let keys = read_or_make(&file, true).expect("a new one");
        let since = sealed(&keys);
        assert!(!opens(&keys, &before));
        fs::write(&file, lost).expect("put back");
        let keys = read_or_make(&file, true).expect("read");
        assert!(opens(&keys, &before) && opens(&keys, &since));
    }

    #[test]
    fn what_is_kept_and_cannot_be_read_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        read_or_make(&file, false).expect("made");
        let damaged = format!("{}\nhalf a line", "0".repeat(64));
        fs::write(kept_beside(&file), &damaged).expect("written");
        assert!(read_or_make(&file, true).expect("the own key seals").trouble().is_some());
        assert!(add_new(&file).is_err());
        for text in [None, Some("no key")] {
            match text {
                Some(text) => fs::write(&file, text).expect("written"),
                None => fs::remove_file(&file).expect("removed"),
            }
            assert!(read_or_make(&file, true).is_err(), "{text:?}");
            assert_eq!(file.exists(), text.is_some());
        }
        assert_eq!(fs::read_to_string(kept_beside(&file)).expect("a file"), damaged);
    }

    #[test]
    fn a_new_key_takes_the_place_of_the_old_one_which_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        let before = sealed(&read_or_make(&file, false).expect("made"));
        for _broken_off in 0..2 {
            add_new(&file).expect("added");
            assert!(opens(&read(&file), &before));
        }
        assert_eq!(fs::read_to_string(&file).expect("keys").lines().count(), 3);
        let since = sealed(&read(&file));
        leave_first(&file).expect("left");
        assert_eq!(fs::read_to_string(&file).expect("a key").lines().count(), 1);
        assert!(opens(&read(&file), &before) && opens(&read(&file), &since));
        fs::remove_file(kept_beside(&file)).expect("removed by hand");
        assert!(!opens(&read(&file), &before) && opens(&read(&file), &since));
        leave_first(&file).expect("nothing to do");
        assert!(opens(&read(&file), &since) && !kept_beside(&file).exists());
    }
}
