//! Which backups stay: those of seven days, and one for each of four weeks and twelve months.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::name::Named;
use crate::domain::time::Instant;

const DAYS: usize = 7;
const WEEKS: usize = 4;
/// For how many months something stays in a backup at the most.
pub const MONTHS: usize = 12;

/// Those of some backups, the newest first, that need not be kept any longer. They are
/// counted by the days, weeks and months that have any, not by their age: a clock that
/// is wrong for a night, or a machine that was off for a year, takes nothing away. What
/// was made under a clock that was ahead stays, and counts for nothing.
pub fn outlived(backups: &[Named], now: Instant) -> Vec<&Named> {
    let past: Vec<&Named> = backups.iter().filter(|backup| backup.at <= now).collect();
    let kept_days = first(&past, DAYS, |date| date);
    let mut kept: BTreeSet<Instant> =
        past.iter().map(|backup| backup.at).filter(|at| kept_days.contains(&at.date_naive())).collect();
    // Of each week and month the last.
    let mut add_last = |count, of: &dyn Fn(NaiveDate) -> (i32, u32)| {
        for each in first(&past, count, of) {
            kept.extend(past.iter().map(|backup| backup.at).find(|at| of(at.date_naive()) == each));
        }
    };
    add_last(WEEKS, &|date| (date.iso_week().year(), date.iso_week().week()));
    add_last(MONTHS, &|date| (date.year(), date.month()));
    past.into_iter().filter(|backup| !kept.contains(&backup.at)).collect()
}

/// The newest so many days, weeks or months that have a backup.
fn first<T: Ord + Copy>(backups: &[&Named], count: usize, of: impl Fn(NaiveDate) -> T) -> BTreeSet<T> {
    let mut found = BTreeSet::new();
    for backup in backups {
        if found.len() == count {
            break;
        }
        found.insert(of(backup.at.date_naive()));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use chrono::Days;

    use super::*;
    use crate::domain::time;

    fn at(date: NaiveDate, hour: u32) -> Named {
        let at = time::parse_instant(&format!("{date}T{hour:02}:04:00Z")).expect("a moment");
        Named { file: PathBuf::from(at.to_string()), at, size: 1 }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Makes a backup each night as the program does, and lets go of what is outlived.
    fn after_nights(nights: u64) -> Vec<Named> {
        let first = date("2024-01-01");
        let mut backups: Vec<Named> = Vec::new();
        for night in 0..nights {
            backups.insert(0, at(first + Days::new(night), 3));
            let now = backups[0].at;
            let gone: Vec<Named> = outlived(&backups, now).into_iter().cloned().collect();
            backups.retain(|backup| !gone.contains(backup));
        }
        backups
    }

    #[test]
    fn seven_days_four_weeks_and_twelve_months_are_kept() {
        let kept = after_nights(1000);
        let newest = kept[0].at.date_naive();
        let dates: Vec<NaiveDate> = kept.iter().map(|backup| backup.at.date_naive()).collect();
        for day in 0..7 {
            assert!(dates.contains(&(newest - Days::new(day))), "{day} days ago: {dates:?}");
        }
        let weeks: BTreeSet<_> = dates
            .iter()
            .filter(|date| newest - Days::new(27) <= **date)
            .map(|date| date.iso_week())
            .collect();
        assert!(weeks.len() >= 4, "{dates:?}");
        let months: BTreeSet<_> = dates.iter().map(|date| (date.year(), date.month())).collect();
        assert_eq!(months.len(), 12, "{dates:?}");
        assert!(kept.len() <= 7 + 4 + 12, "{dates:?}");
    }

    #[test]
    fn a_machine_that_was_off_loses_none_of_its_older_ones() {
        let mut backups = after_nights(60);
        let before = backups.clone();
        backups.insert(0, at(date("2026-11-27"), 3));
        let gone: Vec<Named> = outlived(&backups, backups[0].at).into_iter().cloned().collect();
        assert!(gone.len() <= 2, "a day and a week more are outlived, not all: {gone:?}");
        assert!(before.len() > 7);
    }

    #[test]
    fn what_a_clock_that_was_ahead_has_made_displaces_nothing() {
        let backups: Vec<Named> = [at(date("2031-01-01"), 3), at(date("2031-01-02"), 3)]
            .into_iter()
            .chain((0..7).map(|day| at(date("2026-11-27") - Days::new(day), 3)))
            .collect();
        assert_eq!(outlived(&backups, backups[2].at), Vec::<&Named>::new());
    }

    #[test]
    fn every_backup_of_a_kept_day_is_kept() {
        let day = date("2026-11-27");
        let backups = [at(day, 21), at(day, 12), at(day, 3)];
        assert!(outlived(&backups, backups[0].at).is_empty());
    }
}
