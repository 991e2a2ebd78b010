//! Values as columns hold them.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::file::StoreError;
use crate::domain::{
    ids::Token,
    practice::opening_hours::{TimeOfDay, Window},
    time::{self, Instant},
};

/// What is stored of a secret.
pub fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

pub fn seconds(at: Instant) -> i64 {
    at.timestamp()
}

pub fn instant(seconds: i64) -> Result<Instant, StoreError> {
    Instant::from_timestamp(seconds, 0).ok_or(StoreError::Unreadable("time"))
}

pub fn optional_instant(seconds: Option<i64>) -> Result<Option<Instant>, StoreError> {
    seconds.map(instant).transpose()
}

/// Dates are text: they are days of the practice, not spans of UTC. The
/// beginning of time, which no text of four digits can say, is the year 0.
pub fn written_date(date: NaiveDate) -> String {
    let beginning = NaiveDate::from_ymd_opt(0, 1, 1).unwrap_or(date);
    date.max(beginning).format("%Y-%m-%d").to_string()
}

pub fn date(text: &str) -> Result<NaiveDate, StoreError> {
    time::parse_date(text).ok_or(StoreError::Unreadable("date"))
}

pub fn window(opens: u32, closes: u32) -> Result<Window, StoreError> {
    let time = TimeOfDay::from_minutes;
    time(opens)
        .zip(time(closes))
        .and_then(|(opens, closes)| Window::new(opens, closes))
        .ok_or(StoreError::Unreadable("window"))
}
