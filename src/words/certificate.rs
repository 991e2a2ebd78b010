//! How long a certificate still holds.

use chrono::TimeDelta;

/// As the end of "good for …" and "ends in …".
pub fn days(left: TimeDelta) -> String {
    match left.num_days() {
        ..1 => "less than a day".to_owned(),
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    }
}
