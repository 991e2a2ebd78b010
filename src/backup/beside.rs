//! Whether the key lies beside the backups: whoever gets a copy of one may well have both.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{app::Backups, files::folder_of};

/// True where one folder has both: the key lies among the backups, or they lie below the
/// folder that the key lies in.
pub fn key_lies_beside(backups: &Backups) -> bool {
    let (folder, key) = (real(&backups.folder), real(&backups.key_file));
    is_among(backups) || folder.starts_with(folder_of(&key))
}

/// True where the key lies among the backups.
pub fn is_among(backups: &Backups) -> bool {
    real(&backups.key_file).starts_with(real(&backups.folder))
}

/// Where something is, or would be once it is made.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = fs::canonicalize(folder_of(path));
        folder.map_or_else(|_| path.to_owned(), |folder| folder.join(path.file_name().unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_lies_beside_the_backups_where_one_folder_has_both() {
        let folder = tempfile::tempdir().expect("a folder");
        for (key, backups, lies_beside, is_among) in [
            ("data/key", "data/backups", true, false),
            ("data/backups/key", "data/backups", true, true),
            ("disk/deep/below/key", "disk", true, true),
            ("data/key", "data/a/b/backups", true, false),
            ("data/key", "disk/backups", false, false),
            ("etc/key", "data/backups", false, false),
            ("data/keys/key", "data/backups", false, false),
        ] {
            let at = |path: &str| folder.path().join(path);
            fs::create_dir_all(at(key).parent().expect("a folder")).expect("made");
            fs::create_dir_all(at(backups)).expect("made");
            let found = Backups {
                folder: at(backups),
                database: at("data/stillpoint.db"),
                recipient: None,
                key_file: at(key),
            };
            assert_eq!(
                (key_lies_beside(&found), super::is_among(&found)),
                (lies_beside, is_among),
                "{key} {backups}"
            );
        }
    }
}
