//! The newest backup: how old it is, whether it reads through, and whether it would outlive the disk.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use chrono::TimeDelta;

use super::finding::{Finding, fix, look, ok};
use crate::{
    backup::{encryption, nightly},
    config::Config,
    domain::time::Instant,
    serve::folder,
    store::snapshot,
    words::size,
};

const ABOUT: &str = "backups";

pub async fn examine(config: &Config, now: Instant) -> Vec<Finding> {
    let backups = folder::backups(config);
    let newest = match nightly::newest(&backups, now) {
        Ok(Some(newest)) => newest,
        Ok(None) if backups.database.exists() => {
            let says = format!(
                "there's none in {} yet; a running server makes one at once",
                backups.folder.display()
            );
            return vec![fix(ABOUT, says)];
        }
        Ok(None) => return vec![look(ABOUT, "there's nothing to back up yet")],
        Err(error) => return vec![fix(ABOUT, error.to_string())],
    };
    let (shown, age) = (newest.file.display(), hours(now - newest.at));
    let mut findings = Vec::new();
    if nightly::is_too_old(newest.at, now) {
        let says =
            format!("the newest is {age} old ({shown}); see why in the log: one should be made each night");
        findings.push(fix(ABOUT, says));
    }
    findings.push(match encryption::is_encrypted(&newest.file) {
        Err(error) => fix(ABOUT, format!("can't read {shown}: {error}")),
        Ok(true) => ok(
            ABOUT,
            format!("{shown}, {age} old, is encrypted; now and then restore one where the secret key is (restore --key FILE)"),
        ),
        Ok(false) => match snapshot::look_at(&newest.file).await {
            Ok(contents) => ok(
                ABOUT,
                format!(
                    "{shown}, {age} old, reads through: {} appointments, {} clients, {}",
                    contents.appointments,
                    contents.clients,
                    size::bytes(contents.size)
                ),
            ),
            Err(unfit) => fix(ABOUT, format!("{shown} can't be relied on: {unfit}; make one with `stillpoint backup FILE`")),
        },
    });
    let disk = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    if disk(&backups.folder).is_some() && disk(&backups.folder) == disk(&config.data_dir) {
        let says = "they're on the same disk as the database; copy them to another place each day, if nothing does yet";
        findings.push(look(ABOUT, says));
    }
    findings
}

/// `3 hours`, `2 days`
fn hours(age: TimeDelta) -> String {
    let hours = age.num_hours();
    match hours {
        ..1 => "less than an hour".to_owned(),
        1 => "an hour".to_owned(),
        2..48 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_at_a_glance() {
        for (minutes, words) in [
            (5, "less than an hour"),
            (60, "an hour"),
            (125, "2 hours"),
            (47 * 60, "47 hours"),
            (48 * 60, "2 days"),
        ] {
            assert_eq!(hours(TimeDelta::minutes(minutes)), words);
        }
    }
}
