//! The folders and the key: there, ours, writable, for nobody else's eyes, with room.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use super::finding::{Finding, fix, look, ok};
use crate::{
    backup::beside,
    config::Config,
    files,
    sealing::key_file,
    serve::folder,
    store::{owner, snapshot},
    words::size,
};

/// With less than this a day's work may not fit.
const TOO_LITTLE: u64 = 100_000_000;
/// With less than this it's time to look.
const LITTLE: u64 = 1_000_000_000;

/// What is tried in a folder, and removed again.
const TRIED: &str = ".stillpoint-doctor";

pub async fn all(config: &Config) -> Vec<Finding> {
    let data = &config.data_dir;
    let mut findings = writable("DATA_DIR", data, "the first start makes it");
    findings.extend(folder::open_to_others(data).map(|words| look("DATA_DIR", words)));
    findings.extend(others_files(data));
    let backups = folder::backups(config).folder;
    findings.extend(writable("BACKUP_DIR", &backups, "the first backup makes it"));
    findings.extend(unreadable(config).await);
    findings.extend(key(config));
    findings
}

/// Whether a folder can be written to, and has room. `by_itself` says who makes it where there is none.
fn writable(about: &'static str, path: &Path, by_itself: &str) -> Vec<Finding> {
    let shown = path.display();
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return vec![look(about, format!("{shown} isn't there yet; {by_itself}"))];
        }
        Err(error) => return vec![fix(about, format!("can't look into {shown}: {error}"))],
        Ok(found) if !found.is_dir() => return vec![fix(about, format!("{shown} isn't a folder"))],
        Ok(_) => {}
    }
    if let Some((owner, us)) = owner::others(path) {
        let says = format!(
            "{shown} belongs to the user {owner}, and this runs as {us}; run the doctor as {owner}, or, if the website runs as {us}, give the folder to {us} (chown -R)"
        );
        return vec![fix(about, says)];
    }
    let tried = path.join(TRIED);
    let written = File::create(&tried).and_then(|mut file| io::Write::write_all(&mut file, b"tried\n"));
    let _ = fs::remove_file(&tried);
    if let Err(error) = written {
        return vec![fix(about, format!("can't write to {shown}: {error}"))];
    }
    vec![match files::free(path) {
        Err(_) => ok(about, format!("{shown} can be written to")),
        Ok(room) => room_in(about, path, room),
    }]
}

fn room_in(about: &'static str, path: &Path, room: u64) -> Finding {
    let says = format!("{} are free in {}", size::bytes(room), path.display());
    match room {
        ..TOO_LITTLE => fix(about, format!("only {says}; make room, or bookings will soon be refused")),
        TOO_LITTLE..LITTLE => look(about, format!("only {says}")),
        _ => ok(about, says),
    }
}

/// Files of other users in our folder: left by a command that was run as root.
fn others_files(folder: &Path) -> Option<Finding> {
    if owner::others(folder).is_some() {
        return None;
    }
    let entries = fs::read_dir(folder).ok()?;
    let found = entries.flatten().find_map(|entry| Some((entry.path(), owner::others(&entry.path())?)));
    let (file, (owner, us)) = found?;
    let says = format!(
        "{} belongs to the user {owner}, and this runs as {us}; chown -R {us} {}",
        file.display(),
        folder.display()
    );
    Some(fix("DATA_DIR", says))
}

/// Whether the keys are there that words in the database are sealed with.
async fn unreadable(config: &Config) -> Option<Finding> {
    let (database, file) = (folder::database(&config.data_dir), folder::key(config));
    if !database.exists() {
        return None;
    }
    let (keys, sealed_by) = (key_file::read(&file).heads(), snapshot::sealed_by(&database).await.ok()?);
    let is_missing = sealed_by.iter().any(|head| !keys.contains(head));
    is_missing.then(|| {
        let says = format!(
            "some notes and emails can't be read: the key that encrypted them isn't in {}; put that key file back there and restart",
            file.display()
        );
        fix("KEY_FILE", says)
    })
}

/// Where the key lies, and who can read it.
fn key(config: &Config) -> Option<Finding> {
    let backups = folder::backups(config);
    let file = &backups.key_file;
    let found = fs::metadata(file).ok()?;
    let shown = file.display();
    if found.permissions().mode() & 0o077 != 0 {
        return Some(fix(
            "KEY_FILE",
            format!("other users of this machine can read {shown}; chmod 600 {shown}"),
        ));
    }
    if let Some(trouble) = key_file::read(file).trouble() {
        return Some(fix("KEY_FILE", format!("{shown} can't be used: {trouble}; put the right file there")));
    }
    if beside::is_among(&backups) {
        let says = format!(
            "{shown} lies among the backups, so whoever has those has the key as well; move it, and set KEY_FILE"
        );
        return Some(fix("KEY_FILE", says));
    }
    if beside::key_lies_beside(&backups) {
        let says = format!(
            "{shown} and the backups are both in {}, so whoever gets a copy of that folder gets both; move the key to another place, and set KEY_FILE",
            files::folder_of(file).display()
        );
        return Some(look("KEY_FILE", says));
    }
    Some(match found.uid() == rustix::process::geteuid().as_raw() {
        true => ok("KEY_FILE", format!("{shown} lies apart from the backups")),
        false => fix("KEY_FILE", format!("{shown} belongs to another user than this runs as")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn little_room_is_said_before_there_is_none() {
        let verdict = |room| room_in("DATA_DIR", Path::new("data"), room).verdict;
        assert_eq!(verdict(50_000_000), Verdict::Fix);
        assert_eq!(verdict(500_000_000), Verdict::Look);
        assert_eq!(verdict(5_000_000_000), Verdict::Ok);
    }
}
