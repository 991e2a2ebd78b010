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
    let beside = kept_beside(file);
    let mut kept = keys_of(&beside).unwrap_or_default();
    match keys_of(file) {
        Ok(mut keys) => {
            keys.append(&mut kept);
            Ok(Keys { keys, trouble: None })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let fresh = Key::fresh();
            if is_in_use {
                write(&beside, kept.iter().chain([&fresh]))?;
            }
            write(file, [&fresh])?;
            kept.insert(0, fresh);
            Ok(Keys { keys: kept, trouble: None })
        }
        // Whatever it is, it isn't ours to overwrite.
        Err(error) => {
            if kept.is_empty() {
                kept.push(Key::fresh());
                write(&beside, &kept)?;
            }
            // The youngest seals.
            kept.reverse();
            Ok(Keys { keys: kept, trouble: Some(error.to_string()) })
        }
    }
}

/// Reads the keys where there are any, and makes none.
pub fn read(file: &Path) -> Keys {
    let (own, kept) = (keys_of(file), keys_of(&kept_beside(file)).unwrap_or_default());
    let trouble = own.as_ref().err().filter(|error| error.kind() != io::ErrorKind::NotFound);
    let trouble = trouble.map(ToString::to_string);
    Keys { keys: own.unwrap_or_default().into_iter().chain(kept).collect(), trouble }
}

/// Puts a new key first into the file, before those that are in it. All of them are kept.
pub fn add_new(file: &Path) -> io::Result<()> {
    let mut keys = match keys_of(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        keys => keys?,
    };
    keys.insert(0, Key::fresh());
    let beside = kept_beside(file);
    let mut kept = keys_of(&beside).unwrap_or_default();
    for key in keys.iter().rev() {
        if !kept.contains(key) {
            kept.push(key.clone());
        }
    }
    // First: at no moment a key is in neither.
    write(&beside, &kept)?;
    write(file, &keys)
}

/// Leaves the first key alone in the file.
pub fn leave_first(file: &Path) -> io::Result<()> {
    write(file, keys_of(file)?.first())
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
