//! What the therapist reads of a clock that was set.

use chrono::TimeDelta;

use super::listed::counted;

/// `ahead by 24 hours`, `back by one hour`, `ahead by 3 days`.
pub fn set(by: TimeDelta) -> String {
    let minutes = by.num_minutes().abs();
    let rounded = |unit: i64| usize::try_from((minutes + unit / 2) / unit).unwrap_or(usize::MAX);
    let far = match minutes {
        ..58 => counted(rounded(1), "minute", "minutes"),
        58..2880 => counted(rounded(60), "hour", "hours"),
        _ => counted(rounded(1440), "day", "days"),
    };
    let way = if by < TimeDelta::zero() { "back" } else { "ahead" };
    format!("{way} by {}", far.unwrap_or_else(|| "a moment".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_clock_was_set_is_read_at_a_glance() {
        for (minutes, words) in [
            (6, "ahead by 6 minutes"),
            (-59, "back by one hour"),
            (1441, "ahead by 24 hours"),
            (-3 * 1440, "back by 3 days"),
            (5 * 366 * 1440, "ahead by 1830 days"),
        ] {
            assert_eq!(set(TimeDelta::minutes(minutes)), words);
        }
    }
}
