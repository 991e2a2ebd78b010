//! The clock: what it says, and whether anybody keeps it right.

use std::{fs, path::Path};

use chrono_tz::Tz;

use super::finding::{Finding, fix, look, ok};
use crate::{
    config::Config,
    domain::time::{self, Instant},
    serve::folder,
};

/// Where systemd notes that it has set the clock by another.
const SYNCHRONIZED: &str = "/run/systemd/timesync/synchronized";

/// How far behind the database's last change a clock may seem: that is somebody's rounding.
const ROUNDING: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

pub fn examine(config: &Config, zone: Option<Tz>, now: Instant) -> Finding {
    let reads = time::full_phrase(zone.unwrap_or(Tz::UTC), now);
    let changed = fs::metadata(folder::database(&config.data_dir)).and_then(|file| file.modified());
    if let Ok(changed) = changed
        && now + ROUNDING < time::whole_seconds(changed.into())
    {
        return fix(
            "clock",
            format!("it reads {reads}, earlier than the database's last change; set it right"),
        );
    }
    match Path::new(SYNCHRONIZED).exists() {
        true => ok("clock", format!("{reads}, kept right by systemd-timesyncd")),
        false => look(
            "clock",
            format!(
                "it reads {reads}; if that's off, or `timedatectl` doesn't say “synchronized: yes”, install systemd-timesyncd or chrony"
            ),
        ),
    }
}
