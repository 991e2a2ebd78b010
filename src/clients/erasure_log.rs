//! Who was erased, outside of the database: a backup that is put back later still has
//! them, and they are erased out of it again. Only numbers stand here: a line is the
//! moment, the record's number, and when that record was made, which tells it from
//! another that has got its number in another file.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::domain::{
    ids::ClientId,
    time::{self, Instant},
};

/// A record whose owner was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    pub client: ClientId,
    pub made_at: Instant,
}

/// Adds records to the log, which lies on the disk when this returns.
pub fn add(log: &Path, erased: &[Erased], now: Instant) -> io::Result<()> {
    let mut file = File::options().append(true).create(true).mode(0o600).open(log)?;
    let lines = erased.iter().map(|erased| {
        let Erased { client, made_at } = erased;
        format!("{} {} {}\n", time::write_instant(now), client.0, time::write_instant(*made_at))
    });
    // A line that a crash has cut off ends here.
    let text = "\n".to_owned() + &lines.collect::<String>();
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Everybody in a log; nobody where there is none. What is damaged in it hides nobody else.
pub fn read(log: &Path) -> io::Result<Vec<Erased>> {
    match fs::read(log) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).lines().filter_map(line).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// `None` for a line that was cut off.
fn line(line: &str) -> Option<Erased> {
    let mut words = line.split(' ');
    let (_, client, made_at) = (words.next()?, words.next()?, words.next()?);
    let made_at = time::parse_instant(made_at)?;
    Some(Erased { client: ClientId(client.parse().ok()?), made_at }).filter(|_| words.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::example::any_text;

    fn at(text: &str) -> Instant {
        time::parse_instant(text).expect("an instant")
    }

    #[test]
    fn who_was_erased_is_read_again_even_behind_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("erasures");
        assert_eq!(read(&log).expect("no log"), []);
        let (one, other) = (
            Erased { client: ClientId(7), made_at: at("2026-01-02T03:04:05Z") },
            Erased { client: ClientId(12), made_at: at("2026-02-03T04:05:06Z") },
        );
        add(&log, &[one], at("2026-11-27T12:00:00Z")).expect("written");
        File::options()
            .append(true)
            .open(&log)
            .and_then(|mut file| file.write_all(b"2026-11-27T12:00:01Z 9 2026"))
            .expect("cut off");
        add(&log, &[other], at("2026-11-27T12:00:02Z")).expect("written");
        assert_eq!(read(&log).expect("a log"), [one, other]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn behind_whatever_stands_in_the_log_everybody_who_is_added_is_read(
            before in prop_oneof![
                vec(any::<u8>(), 0..80),
                any_text(&["2026-01-02T03:04:05Z", " ", "7", "\n", "-1", "é"]).prop_map(String::into_bytes),
            ],
            erased in vec((any::<i64>(), 0..253_402_300_800_i64), 0..4),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let log = folder.path().join("erasures");
            fs::write(&log, before).expect("written");
            let already = read(&log).expect("a log");
            let erased: Vec<Erased> = erased
                .into_iter()
                .map(|(client, second)| Erased {
                    client: ClientId(client),
                    made_at: Instant::from_timestamp(second, 0).expect("a second"),
                })
                .collect();
            add(&log, &erased, at("2026-11-27T12:00:00Z")).expect("written");
            prop_assert_eq!(read(&log).expect("a log"), [already, erased].concat());
        }
    }
}
