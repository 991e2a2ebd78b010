//! Whose a file is, for the sentence that says why it cannot be opened.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

/// The user to whom a file or folder belongs, and the one as whom this program
/// runs, by name or else by number. `None` where they are the same, or nothing is there.
pub fn others(path: &Path) -> Option<(String, String)> {
    let (owner, us) = (fs::metadata(path).ok()?.uid(), rustix::process::geteuid().as_raw());
    (owner != us).then(|| (name(owner), name(us)))
}

fn name(id: u32) -> String {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    found.unwrap_or_else(|| format!("number {id}"))
}
