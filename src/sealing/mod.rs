//! Sealing: what somebody wrote can't be read by whoever has the database alone, a backup of it
//! for one. The key lies in a file of its own, which no backup holds.
//!
//! A sealed value is a version (1 byte), the id of its key (8), a nonce (24), and what
//! XChaCha20-Poly1305 makes of the words. It is bound to its place: moved to another row or
//! column it can't be read.

mod key;
pub mod key_file;

use self::key::{ID, Key};

/// What a sealed value begins with, before the id of its key.
const VERSION: u8 = 1;
/// How many bytes a sealed value begins with: the version and the id.
pub const HEAD: usize = 1 + ID;

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    /// What names the row for as long as it is there.
    pub row: &'a str,
}

impl Place<'_> {
    fn name(self) -> Vec<u8> {
        // Neither a table nor a column has a colon in its name.
        format!("{}:{}:{}", self.table, self.row, self.column).into_bytes()
    }
}

/// Sealing failed, which it does only beyond any length that is stored.
#[derive(Clone, Copy, Debug)]
pub struct NotSealed;

/// What words are sealed and opened with, as the key file had it at the start.
pub struct Keys {
    /// The first seals; each opens what it has sealed.
    keys: Vec<Key>,
    /// Why the key file is not used, in the middle of a sentence.
    trouble: Option<String>,
}

impl Keys {
    /// # Errors
    /// For words that are too long for any file.
    pub fn seal(&self, place: Place<'_>, words: &[u8]) -> Result<Vec<u8>, NotSealed> {
        let key = self.keys.first().ok_or(NotSealed)?;
        let sealed = key.seal(&place.name(), words).ok_or(NotSealed)?;
        Ok([&head(&key.id()), &sealed[..]].concat())
    }

    /// `None` where the key is not there, or the value stood in another place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, rest) = sealed.split_first_chunk::<HEAD>()?;
        self.keys.iter().find(|key| self::head(&key.id()) == *head)?.open(&place.name(), rest)
    }

    /// The same of a value that was sealed before values said by which key, and were bound to a place.
    pub fn open_unbound(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.keys.iter().find_map(|key| key.open(&[], sealed))
    }

    /// What every value begins with that is sealed now.
    pub fn head(&self) -> Vec<u8> {
        self.keys.first().map(|key| head(&key.id()).to_vec()).unwrap_or_default()
    }

    /// What the values begin with that can be opened.
    pub fn heads(&self) -> Vec<Vec<u8>> {
        self.keys.iter().map(|key| head(&key.id()).to_vec()).collect()
    }

    /// Why the key file is not used, though it is there.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }
}

fn head(id: &[u8; ID]) -> [u8; HEAD] {
    let mut head = [VERSION; HEAD];
    head[1..].copy_from_slice(id);
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: Place<'_> = Place { table: "clients", column: "note", row: "7" };

    fn keys(keys: Vec<Key>) -> Keys {
        Keys { keys, trouble: None }
    }

    #[test]
    fn what_is_sealed_is_read_in_its_place_with_its_key_alone() {
        let own = keys(vec![Key::fresh()]);
        let sealed = own.seal(NOTE, b"a secret").expect("sealed");
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        assert_eq!(own.open(NOTE, &sealed).as_deref(), Some(&b"a secret"[..]));
        let again = own.seal(NOTE, b"a secret").expect("sealed");
        assert_ne!(again, sealed, "nobody sees that it is the same");
        assert_eq!(own.open(NOTE, &again), own.open(NOTE, &sealed));

        assert_eq!(keys(vec![Key::fresh()]).open(NOTE, &sealed), None);
        assert_eq!(own.open(Place { row: "8", ..NOTE }, &sealed), None, "another row");
        assert_eq!(own.open(Place { column: "name", ..NOTE }, &sealed), None, "another column");
        for cut in 0..sealed.len() {
            assert_eq!(own.open(NOTE, &sealed[..cut]), None, "{cut}");
            let mut touched = sealed.clone();
            touched[cut] ^= 1;
            assert_eq!(own.open(NOTE, &touched), None, "{cut}");
        }
    }

    #[test]
    fn an_older_key_opens_and_the_first_seals() {
        let (old, new) = (Key::fresh(), Key::fresh());
        let sealed = keys(vec![old.clone()]).seal(NOTE, b"words").expect("sealed");
        let both = keys(vec![new.clone(), old]);
        assert_eq!(both.open(NOTE, &sealed).as_deref(), Some(&b"words"[..]));
        let sealed = both.seal(NOTE, b"words").expect("sealed");
        assert!(sealed.starts_with(&both.head()));
        assert_eq!(keys(vec![new]).open(NOTE, &sealed).as_deref(), Some(&b"words"[..]));
    }
}
